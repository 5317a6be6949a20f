"""How the build runs notebooks: on the site's side of every object, and again when code changed."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import nbclient
import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors import utils

from bookkit import imports, store
from bookkit.output import SITE_VARIABLE


def setup(app):
    # The packages that belong to the book: a notebook or a demo is made again when what it
    # imports from them has changed.
    app.add_config_value("bookkit_watch", [], "env")
    app.connect("config-inited", prepare)
    app.connect("env-get-outdated", outdated)
    app.connect("env-before-read-docs", run_ahead)
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
    paths = {name: Path(env.doc2path(name)) for name in env.found_docs}
    notebooks = {name: code(path) for name, path in paths.items() if path.suffix == ".ipynb"}
    env.bookkit_keys = imports.keys(notebooks, packages)
    return [name for name, key in env.bookkit_keys.items() if key != before.get(name)]


def run_ahead(app, env, docnames):
    """Run the notebooks that no cache holds, one on each core, before they are read in turn.

    One that fails is left to MyST-NB, which runs it again and says what went wrong where.
    """
    caches = {name: cache_of(app, name) for name in docnames if name in env.bookkit_keys}
    missing = [name for name, cache in caches.items() if not holds(cache, env.doc2path(name))]
    # The longest first, as far as its file tells.
    missing.sort(key=lambda name: -Path(env.doc2path(name)).stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        limit = app.config.nb_execution_timeout
        list(pool.map(lambda name: run_into(caches[name], env.doc2path(name), limit), missing))


def run_into(cache, path, timeout=600):
    """Run a notebook and keep it, unless it fails or a cell takes longer than `timeout` seconds."""
    notebook = nbformat.read(path, as_version=4)
    result = utils.single_nb_execution(
        notebook, cwd=str(Path(path).parent), timeout=timeout, allow_errors=False
    )
    if result.err is None:
        keep(notebook, cache, path)


def keep(notebook, cache, path):
    """Put a notebook that was run into a cache, where MyST-NB finds it."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    bundle = CacheBundleIn(notebook, str(path))
    with opened(cache) as runs:
        runs.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def holds(cache, path):
    """Tell whether a cache holds a run of the notebook as it is."""
    try:
        with opened(cache) as runs:
            runs.match_cache_notebook(nbformat.read(path, as_version=4))
    except KeyError:
        return False
    return True


@contextmanager
def opened(cache):
    """Open the cache of a notebook, and close its database: Python complains of one left open."""
    runs = get_cache(str(cache))
    try:
        yield runs
    finally:
        runs.db.dispose()


def cache_of(app, docname):
    """Return the folder in which the notebook's run is kept, as long as its imports stay."""
    return store.beside(app.outdir, "notebooks") / docname / app.env.bookkit_keys[docname]


def choose_cache(app, docname, source):
    """Give each state of what a notebook imports a cache of its own, and forget the last one.

    MyST-NB's cache knows a notebook by its cells alone.
    """
    if docname in app.env.bookkit_keys:
        cache = cache_of(app, docname)
        for other in cache.parent.glob("*"):
            if other.name != cache.name:
                shutil.rmtree(other)
        cache.parent.mkdir(parents=True, exist_ok=True)
        app.env.mystnb_config = app.env.mystnb_config.copy(execution_cache_path=str(cache))


def code(path):
    """Return what the code cells of a notebook say, a text a cell."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
