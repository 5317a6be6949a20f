"""The notebooks that readers take along: plain Markdown, with what they need and may be used for.

Colab, Kaggle, VS Code and GitHub know no MyST; there a role or a label would stand raw. The folder
is whole: pushed to a branch of its own, it is what Colab opens and what Binder installs.
"""

import copy
from pathlib import Path

import nbformat
from markdown_it.renderer import RendererHTML
from myst_parser.parsers.mdit import create_md_parser
from sphinx.util import logging

from bookkit.notebooks import dumps
from bookkit.site.answers import answers, home
from bookkit.site.plain import plain

FOLDER = "notebooks"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}
UNSEEN = {"remove-cell", "remove-input", "hide-input"}
PYTHON = "python-3.12"  # what Binder runs; left to itself it takes one that is too old
_log = logging.getLogger(__name__)


def setup(app):
    # What a notebook elsewhere installs: pip's words for packages, {repository} for its address;
    # and what to type in the folder of the book, where there is no repository.
    app.add_config_value("bookkit_install", {"packages": [], "folder": ""}, "html")
    app.add_config_value("bookkit_notebooks", FOLDER, "html")  # the branch that holds the folder
    app.connect("build-finished", write)


def write(app, exception):
    """Write the folder of notebooks, once every number of the book is known."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(exist_ok=True)
    files = made(app)
    for file in folder.iterdir():
        if file.name not in files:
            file.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def made(app):
    """Return the files {name: text}."""
    pages = [
        name
        for name in sorted(app.env.found_docs)
        if Path(app.env.doc2path(name)).suffix == ".ipynb"
    ]
    files = {file_of(page): dumps(taken_along(app, page)) for page in pages}
    if packages := packages_of(app.config):
        files["requirements.txt"] = "\n".join(packages) + "\n"
        files["runtime.txt"] = PYTHON + "\n"
    return files


def file_of(page):
    """Return the name of a page's notebook.

    >>> file_of("chapters/entropy")
    'entropy.ipynb'
    """
    return f"{page.rpartition('/')[2]}.ipynb"


def taken_along(app, page):
    """Return the notebook of a page as it is outside the book."""
    notebook = nbformat.read(app.env.doc2path(page), as_version=4)
    parser = create_md_parser(app.env.myst_config, RendererHTML)
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    questions = {}  # all of them first: they are answered together
    try:
        for cell in texts:
            plain(cell.source, parser, lambda question: questions.setdefault(question, "·"))
        found = answers(app, page, list(questions))
        for cell in texts:
            cell.source = plain(cell.source, parser, found.get)
    except ValueError as problem:
        _log.warning("its notebook for download cannot be made: %s", problem, location=page)
    inside = [shown(cell) for cell in notebook.cells if cell.source]
    for number, cell in enumerate((c for c in inside if c.cell_type == "code"), start=1):
        cell.execution_count = number if cell.outputs else None
    cells = [install(app.config), *inside, licence(app, page)]
    return nbformat.from_dict(
        {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    )


def shown(cell):
    """Return a cell whose code is folded where the site does not show it."""
    cell = copy.deepcopy(cell)
    if UNSEEN.intersection(cell.metadata.get("tags", ())):
        cell.metadata["jupyter"] = {"source_hidden": True}
    return cell


def install(config):
    """Return the first cell: what the notebook needs, installed in one line."""
    if packages := packages_of(config):
        words = " ".join(f'"{package}"' for package in packages)
        source = f"%pip install -q {words}"
        return _cell("install", source, "code", outputs=[], execution_count=None)
    return _cell(
        "install",
        "This notebook needs the packages of its book. "
        f"In the folder of the book, `{config.bookkit_install['folder']}` installs them.",
    )


def packages_of(config):
    """Return what pip installs for a notebook; nothing while the repository has no address."""
    repository = (config.html_theme_options.get("repository_url") or "").rstrip("/")
    packages = config.bookkit_install["packages"] if repository else []
    return [package.format(repository=repository) for package in packages]


def licence(app, page):
    """Return the last cell: whose words these are, and what may be done with them."""
    config = app.config
    title = f"*{config.html_title}*"
    if home(config):
        title = f"[{title}]({home(config)}{app.builder.get_target_uri(page)})"
    return _cell(
        "licence",
        f"---\n\nFrom {title}, © {config.copyright} {config.author}.\n"
        "Text and figures: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/); code: MIT.",
    )


def _cell(name, source, kind="markdown", **more):
    return nbformat.from_dict(
        {"cell_type": kind, "id": name, "metadata": {}, "source": source, **more}
    )
