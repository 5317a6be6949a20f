"""Lets the run of a chapter that nbval judges be the one that the site shows.

    pytest --nbval -p bookkit.site.judged chapters

So each notebook is run once: nbval compares what it prints with what is stored, and what it showed
is kept where the build looks for it.
"""

import copy
import os
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from nbval.plugin import IPyNbCell

from bookkit import imports, store
from bookkit.output import SITE_VARIABLE
from bookkit.site import execution

_outputs = defaultdict(dict)  # what the cells of a notebook showed, by file and number


def pytest_configure():
    """Let the kernels show what the site shows."""
    os.environ[SITE_VARIABLE] = "1"


def pytest_collection_modifyitems(items):
    """A notebook in git holds no pages of demos and figures; the text beside them is compared."""
    for item in items:
        if isinstance(item, IPyNbCell) and "text/html" not in item.parent.skip_compare:
            item.parent.skip_compare += ("text/html",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Note what a cell showed, if nbval accepts it."""
    result = yield
    if isinstance(item, IPyNbCell):
        _outputs[item.path][item.cell_num] = item.test_outputs
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After its last cell keep a notebook of which every cell was accepted."""
    result = yield
    if isinstance(item, IPyNbCell) and (nextitem is None or nextitem.path != item.path):
        shown = _outputs.pop(item.path)
        notebook = copy.deepcopy(item.parent.nb)
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        if len(shown) == len(cells):
            for number, cell in enumerate(cells):
                cell.outputs, cell.execution_count = shown[number], number + 1
            execution.keep(notebook, _cache(item.path), item.path)
    return result


def _cache(path):
    """Return the folder in which the build looks for the run of a chapter."""
    root = path.parents[1]
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["sphinx"]["config"]
    key = imports.key(execution.code(path), {"bookkit", *config["bookkit_watch"]})
    docname = Path(path.parent.name, path.stem)
    return store.beside(root / "_build" / "html", "notebooks") / docname / key
