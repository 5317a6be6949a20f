"""How the build runs notebooks: on the site's side of every object, and again when code changed."""

import json
import os
import shutil
from functools import partial
from pathlib import Path

import nbclient
from jupyter_cache.executors import utils

from bookkit import imports
from bookkit.output import SITE_VARIABLE


def setup(app):
    # The packages that belong to the book: a notebook or a demo is made again when what it
    # imports from them has changed.
    app.add_config_value("bookkit_watch", [], "env")
    app.connect("config-inited", prepare)
    app.connect("env-get-outdated", outdated)
    app.connect("source-read", choose_cache)
    # A kernel may hand over what it prints in several parts. nbclient joins them as they were;
    # MyST-NB, later, would begin a line with each.
    utils.executenb = partial(nbclient.execute, coalesce_streams=True)


def prepare(app, config):
    """Tell the kernels where they are."""
    os.environ[SITE_VARIABLE] = "1"


def outdated(app, env, added, changed, removed):
    """Return the notebooks that import something that has changed; these are read again."""
    packages = {"bookkit", *app.config.bookkit_watch}
    before = getattr(env, "bookkit_keys", {})
    env.bookkit_keys = {
        name: imports.key(code(Path(env.doc2path(name))), packages)
        for name in env.found_docs
        if env.doc2path(name).endswith(".ipynb")
    }
    return [name for name, key in env.bookkit_keys.items() if key != before.get(name)]


def choose_cache(app, docname, source):
    """Give each state of what a notebook imports a cache of its own, and forget the last one.

    MyST-NB's cache knows a notebook by its cells alone.
    """
    if key := app.env.bookkit_keys.get(docname):
        folder = Path(app.outdir).parent / ".cache" / "notebooks" / docname
        for other in folder.glob("*"):
            if other.name != key:
                shutil.rmtree(other)
        folder.mkdir(parents=True, exist_ok=True)
        app.env.mystnb_config = app.env.mystnb_config.copy(execution_cache_path=str(folder / key))


def code(path):
    """Return what the code cells of a notebook say, a text a cell."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
