"""Let the pages run Python: buttons on their cells, the parts to load, and leave to run them.

Without the release of Pyodide the book is built without any of it, and one line says so.
"""

import io
import json
import re
import zipfile
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.util import logging

from bookkit import store
from bookkit.python import bytecode, collect, parts, release, trim
from bookkit.scripts import joined
from bookkit.site import notices
from bookkit.site.assets import named

_PAGE = Path(parts.__file__).with_name("page")
FOLDER = "python"  # in _static
BAR = (
    '<div class="cell-bar">'
    '<button type="button" data-action="run" aria-label="Run {name}">Run</button>'
    '<button type="button" data-action="stop" aria-label="Stop {name}" hidden>Stop</button>'
    '<button type="button" data-action="edit" aria-label="Edit {name}">Edit</button>'
    '<button type="button" data-action="reset" aria-label="Reset {name} to the book’s text" hidden>'
    "Reset</button>"
    '<span class="cell-status" role="status"></span></div>\n'
)
OUTPUT = '<output class="cell-python" aria-label="What {name} prints"></output>\n'
# Added to the policy of a page that runs Python, and to no other.
_LEAVE = (("script-src", "'wasm-unsafe-eval'"), ("worker-src", "blob:"))
_CELL = re.compile(r'<div class="cell( [^"]*)? runs-(\d+)-(\d+)( [^"]*)?">')
_FORM = re.compile(r'<form class="exercise" id="[\w-]+" data-kind="code"')
_TYPED = '<div class="exercise-typed" hidden>'
_log = logging.getLogger(__name__)


def setup(app):
    app.add_config_value("bookkit_python", {}, "env")
    app.add_config_value("bookkit_runs_python", False, "env")
    app.connect("config-inited", find)
    app.connect("builder-inited", prepare)
    app.connect("doctree-resolved", dress)
    app.connect("html-page-context", complete)
    app.connect("build-finished", write)


def find(app, config):
    """Get the release, or say that the pages will not run Python."""
    app.bookkit_release = None
    if not config.bookkit_python:
        return
    try:
        app.bookkit_release = release.files(log=_log.info)
    except release.NoReleaseError as problem:
        notices.say(f"the pages will not run Python: {problem}")
    config.bookkit_runs_python = app.bookkit_release is not None


def prepare(app):
    """Put the script that runs cells among the assets."""
    if app.config.bookkit_runs_python:
        app.bookkit_run_script = named("run.js", script())
        app.bookkit_assets[app.bookkit_run_script] = script()


def script():
    """Return the script that runs cells."""
    return joined(_PAGE / "run.js")


def dress(app, doctree, docname):
    """Give every visible code cell its buttons and a place for what it prints."""
    if app.builder.format != "html" or not app.config.bookkit_runs_python:
        return
    cells = [
        node for node in doctree.findall(nodes.container) if node.get("nb_element") == "cell_code"
    ]
    sources = [(cell, source) for cell in cells if (source := _source(cell)) is not None]
    for number, (cell, source) in enumerate(sources, start=1):
        cell["classes"].append(f"runs-{cell['cell_index']}-{number}")
        name = f"cell {number}"
        _after(source, BAR.format(name=name) + (_note(app, docname) if number == 1 else ""))
        folded = source.parent if source.parent is not cell else source.parent[1]
        _after(folded, OUTPUT.format(name=name))


def _source(cell):
    """Return the node with the code of a cell; None if the page does not show it."""
    found = (
        node
        for node in cell.findall(nodes.container)
        if node.get("nb_element") == "cell_code_source"
    )
    return next(found, None)


def _after(node, text):
    node.parent.insert(node.parent.index(node) + 1, nodes.raw("", text, format="html"))


def _note(app, docname):
    """Return what is said before the first click, with a link to the page that says it all."""
    about = app.config.bookkit_python.get("about")
    more = ""
    if about:
        more = f' <a href="{app.builder.get_relative_uri(docname, about)}">More about this</a>.'
    return (
        '<p class="python-note">The first Run loads Python into this page: 7 MB, once. Nothing is '
        "sent anywhere. Whole numbers of NumPy have 32 bits here, and a division by zero does not "
        f"warn.{more}</p>\n"
    )


def complete(app, pagename, templatename, context, doctree):
    """Number the cells of a page, add those that it hides, and let it run Python."""
    if not app.config.bookkit_runs_python:
        return
    body = context.get("body", "")
    if not (_CELL.search(body) or _FORM.search(body)):
        scripts = context["book_scripts"]
        context["book_scripts"] = [name for name in scripts if name != app.bookkit_run_script]
        return
    body = _CELL.sub(_numbered, body).replace(_TYPED, _TYPED.replace(" hidden", ""))
    hidden = hidden_cells(Path(app.env.doc2path(pagename)))
    context["body"] = body + hidden_data(hidden)
    context["policy"] = with_leave(context["policy"])


def _numbered(match):
    before, index, number, after = match.groups(default="")
    return f'<div class="cell{before}{after}" data-cell="{index}" data-name="cell {number}">'


def hidden_cells(path):
    """Return the code cells of a notebook that its page does not show: [(index, source)]."""
    if path.suffix != ".ipynb":
        return []
    cells = enumerate(nbformat.read(path, as_version=4).cells)
    unseen = {"remove-cell", "remove-input"}
    return [
        (i, cell.source)
        for i, cell in cells
        if cell.cell_type == "code" and unseen & set(cell.metadata.get("tags", []))
    ]


def hidden_data(hidden):
    """Return hidden cells as a block of data in a page."""
    if not hidden:
        return ""
    text = json.dumps(hidden, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" class="hidden-cells">{text}</script>\n'


def with_leave(policy):
    """Return a content-security policy that lets a page run Python, and nothing else.

    >>> with_leave("default-src 'none'; script-src 'self'; base-uri 'none'")
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; worker-src blob:"
    """
    rules = policy.split("; ")
    for name, value in _LEAVE:
        for i, rule in enumerate(rules):
            if rule.startswith(f"{name} "):
                rules[i] = f"{rule} {value}"
                break
        else:
            rules.append(f"{name} {value}")
    return "; ".join(rules)


def write(app, exception):
    """Write the parts, and take away those of earlier builds."""
    if exception or app.builder.format != "html" or not app.config.bookkit_runs_python:
        return
    cache = store.beside(app.outdir, "python")
    wanted = files(app.bookkit_release, app.config.bookkit_python, Path(app.srcdir), cache)
    folder = Path(app.outdir) / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def _python_scripts(released, cache):
    """Return Python's own parts: compiled, or in words why not."""
    try:
        return parts.python_scripts(released, cache)
    except bytecode.NoNodeError as problem:
        notices.say(f"Python starts a second later in the pages: {problem}")
        return parts.python_scripts(released, cache, compiled=False)


def _compiled(modules, released, cache):
    """Return the bytecode of modules; nothing where they cannot be compiled, which is said already."""
    try:
        return parts.compiled(modules, released, cache)
    except bytecode.NoNodeError:
        return {}


def _left_out(released, settings, root, modules):
    """Return the modules of the book, of the engine and of Python's library that a page lacks."""
    with zipfile.ZipFile(io.BytesIO(released["python_stdlib.zip"])) as archive:
        library = archive.namelist()
    return [
        *collect.left_out(collect.sources(root, settings["packages"]), modules),
        *collect.left_out(library, filter(trim.in_library, library)),
    ]


def files(released, settings, root, cache, more=None):
    """Return everything below `_static/python/`: {name: text}.

    Parameters
    ----------
    released : dict
        As `release.files` gives it.
    settings : dict
        The value of `bookkit_python` in the configuration.
    root : Path
        Where the packages are that the settings name.
    cache : Path
        Where compressed parts are kept.
    more : dict, optional
        Further modules of the book's part: {name: bytes}.
    """
    modules = collect.collected(root, settings["packages"])
    first = settings.get("first", "")
    found = _python_scripts(released, cache)
    quick = _compiled(collect.imported_at_start(modules, first), released, cache)
    data = collect.carried_data(modules, cache)
    found |= parts.kept(cache, "book", parts.archive(modules | quick | data | (more or {})))
    listed = {
        "parts": [[name, len(text)] for name, text in found.items()],
        "absent": [*settings.get("absent", []), *_left_out(released, settings, root, modules)],
        "standIns": settings.get("stand_ins", {}),
        "first": first,
    }
    found["parts.js"] = f"bookkit.python.parts({json.dumps(listed)});\n"
    found["licences.txt"] = parts.licences(released)
    return found
