"""The notebooks that readers take along: plain Markdown, with what they need and may be used for.

Colab, Kaggle, VS Code and GitHub know no MyST; there a role or a label would stand raw. The folder
is whole: pushed to a branch of its own, it is what Colab opens and what Binder installs.
"""

import copy
import json
from pathlib import Path

import nbformat
from markdown_it.renderer import RendererHTML
from myst_parser.parsers.mdit import create_md_parser
from sphinx.errors import ExtensionError

from bookkit import store
from bookkit.notebooks import dumps
from bookkit.site.answers import answers, home
from bookkit.site.plain import plain

FOLDER = "notebooks"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}
_UNSEEN = {"remove-cell", "remove-input", "hide-input"}
# The settings that a notebook hangs on; the last is a hash of the code of the site.
_HANGS_ON = (
    "html_baseurl",
    "html_title",
    "html_theme_options",
    "copyright",
    "author",
    "myst_substitutions",
    "bookkit_install",
    "bookkit_reader",
)
_PYTHON = "python-3.12"  # what Binder runs; left to itself it takes one that is too old


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
    cache = store.beside(app.outdir, "downloads")
    kept = store.remembered(cache, "all", made_of(app), lambda: json.dumps(made(app)).encode())
    files = json.loads(kept)
    for file in folder.iterdir():
        if file.name not in files:
            file.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def made_of(app):
    """Return what decides how the notebooks read: sources, numbers, addresses, and this code."""
    env, config, here = app.env, app.config, Path(app.srcdir)
    sources = {Path(env.doc2path(name)) for name in env.found_docs}
    sources |= {here / name for names in env.dependencies.values() for name in names}
    sources |= {here / name for name in getattr(config, "bibtex_bibfiles", ())}
    sources |= {here / getattr(config, "external_toc_path", "")}
    contents = [(path.as_posix(), path.read_bytes()) for path in sorted(sources) if path.is_file()]
    settings = [getattr(config, name, None) for name in _HANGS_ON]
    return repr((contents, settings, sorted(env.bookkit_keys.items()))).encode()


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
        files["runtime.txt"] = _PYTHON + "\n"
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
        raise ExtensionError(
            f"{page}: its notebook for download cannot be made: {problem}"
        ) from problem
    inside = [shown(cell) for cell in notebook.cells if cell.source]
    for number, cell in enumerate((c for c in inside if c.cell_type == "code"), start=1):
        cell.execution_count = number if cell.outputs else None
    cells = [install(app.config), *inside, licence(app, page)]
    return nbformat.from_dict(
        {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    )


def shown(cell):
    """Return a cell whose code is folded where the site does not show it."""
    cell = copy.deepcopy(cell)
    if _UNSEEN.intersection(cell.metadata.get("tags", ())):
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
        f"***\n\nFrom {title}, © {config.copyright} {config.author}.\n"
        "Text and figures: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/); code: MIT.",
    )


def _cell(name, source, kind="markdown", **more):
    return nbformat.from_dict(
        {"cell_type": kind, "id": name, "metadata": {}, "source": source, **more}
    )
