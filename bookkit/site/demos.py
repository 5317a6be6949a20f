"""Put the baked figure of every demo in place of the placeholder that its notebook cell left."""

import hashlib
import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging

from bookkit import store
from bookkit.demo.bake import bake_all
from bookkit.demo.errors import DemoError
from bookkit.site import standalone
from bookkit.site.doctrees import as_read

_FOLDER = "_demos"
_PLACE = re.compile(r'<figure class="demo" id="[\w-]+" data-bake="([\w.:-]+)"></figure>')
_log = logging.getLogger(__name__)


def setup(app):
    """Bake when the pages have been read, place when they are written, copy at the end."""
    app.connect("env-updated", _bake)
    app.connect("doctree-resolved", _place)
    app.connect("build-finished", _copy)


def _raw_html(doctree):
    return (node for node in doctree.findall(nodes.raw) if "html" in node.get("format", ""))


def _specs_of(doctree):
    return [spec for node in _raw_html(doctree) for spec in _PLACE.findall(node.astext())]


def _bake(app, env):
    pages = {name: _specs_of(as_read(env, name)) for name in sorted(env.found_docs)}
    specs = [spec for found in pages.values() for spec in found]
    twice = {spec for spec in specs if specs.count(spec) > 1}
    if twice:
        raise ExtensionError(f"a demo stands in the book twice: {', '.join(sorted(twice))}")
    cache = store.beside(app.outdir, "demos")
    try:
        app.bookkit_baked = bake_all(specs, cache, app.config.bookkit_watch, _log.info)
    except DemoError as problem:
        raise ExtensionError(f"a demo cannot be baked: {problem}") from problem
    app.bookkit_demo_pages = {spec: name for name, found in pages.items() for spec in found}
    app.bookkit_placed = {name: _digest(app, found) for name, found in pages.items() if found}
    written = _written(app)
    return [name for name, digest in app.bookkit_placed.items() if digest != written.get(name)]


def _digest(app, specs):
    """Return a name for all that a page shows of its demos."""
    shown = [(spec, app.bookkit_baked[spec].figure, app.bookkit_baked[spec].file) for spec in specs]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _written(app):
    """Return {page: digest} of the last build, and take the note away: this one may break off."""
    note = _note(app)
    written = json.loads(note.read_text("utf-8")) if note.exists() else {}
    note.unlink(missing_ok=True)
    return written


def _note(app):
    return Path(app.doctreedir) / f"placed.{app.builder.name}.json"


def _place(app, doctree, docname):
    up = "../" * docname.count("/")
    for node in list(_raw_html(doctree)):
        if _PLACE.search(node.astext()):
            html = _PLACE.sub(lambda m: _figure(app, m.group(1), up), node.astext())
            node.replace_self(nodes.raw("", html, format="html"))


def _figure(app, spec, up):
    return app.bookkit_baked[spec].placed(f"{up}{_FOLDER}/", standalone.link_to(spec, up))


def _copy(app, problem):
    if problem or app.builder.format != "html":
        return
    folder = Path(app.outdir) / _FOLDER
    folder.mkdir(exist_ok=True)
    wanted = {baked.file: baked.data for baked in app.bookkit_baked.values()}
    for file in folder.iterdir():
        if file.name not in wanted:
            file.unlink()
    for name, data in wanted.items():
        (folder / name).write_text(data, encoding="utf-8")
    _note(app).write_text(json.dumps(app.bookkit_placed), encoding="utf-8")
