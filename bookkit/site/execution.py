"""How the build runs notebooks: on the site's side of every object, and again when code changed."""

import hashlib
import os
from functools import partial
from pathlib import Path

import nbclient
from jupyter_cache.executors import utils

from bookkit.output import SITE_VARIABLE

ROOT = Path(__file__).parents[2]
PACKAGES = ("itlib", "bookkit", "itlib_book")
SUFFIXES = {".py", ".js", ".css", ".mplstyle"}


def setup(app):
    app.add_config_value("bookkit_sources", sources_hash(), "env")
    app.connect("config-inited", prepare)
    # A kernel may hand over what it prints in several parts. nbclient joins them as they were;
    # MyST-NB, later, would begin a line with each.
    utils.executenb = partial(nbclient.execute, coalesce_streams=True)


def prepare(app, config):
    """Tell the kernels where they are, and give each state of the library its own cache."""
    os.environ[SITE_VARIABLE] = "1"
    # subtle: the cache knows a notebook by its cells alone, so changed code needs another cache.
    cache = Path(app.outdir).parent / ".cache" / f"notebooks-{config.bookkit_sources}"
    cache.parent.mkdir(parents=True, exist_ok=True)
    config.nb_execution_cache_path = str(cache)


def sources_hash():
    """Return a short hash of everything a notebook may import from this book."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]
