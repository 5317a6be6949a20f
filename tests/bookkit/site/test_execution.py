"""A notebook runs when what it imports has changed, and its print stands on the page as it was."""

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import nbformat
from jupyter_cache.executors import utils

from bookkit.site import execution

IN_PARTS = """
import time
print("one ", end="", flush=True)
time.sleep(0.5)
print("line")
"""


def test_a_line_that_arrives_in_parts_is_one_line(monkeypatch):
    monkeypatch.setattr(utils, "executenb", utils.executenb)
    execution.setup(Mock())
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(IN_PARTS)])
    utils.single_nb_execution(notebook, cwd=None, timeout=60, allow_errors=False)

    assert ["one line\n"] == [output["text"] for output in notebook.cells[0].outputs]


def test_only_notebooks_run_again_that_import_what_changed(tmp_path, monkeypatch):
    """Each has a cache of its own, and the cache of an earlier state is forgotten."""
    monkeypatch.syspath_prepend(tmp_path)
    module = tmp_path / "moving_house.py"
    module.write_text("ROOMS = 3")
    for name, cell in (("house", "import moving_house"), ("garden", "import math")):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    env = Mock(
        spec=["found_docs", "doc2path", "mystnb_config", "bookkit_keys"],
        found_docs=["house", "garden"],
        doc2path=lambda name: str(tmp_path / f"{name}.ipynb"),
        mystnb_config=Mock(copy=SimpleNamespace),
        bookkit_keys={},
    )
    watch = SimpleNamespace(bookkit_watch=["moving_house"])
    app = SimpleNamespace(config=watch, env=env, outdir=tmp_path / "_build" / "html")

    def read():
        again = execution.outdated(app, env, set(), set(), set())
        for name in again:
            env.mystnb_config = Mock(copy=SimpleNamespace)
            execution.choose_cache(app, name, [""])
            Path(env.mystnb_config.execution_cache_path).mkdir()
        return again

    assert ["house", "garden"] == read()
    assert [] == read()

    module.write_text("ROOMS = 4")

    assert ["house"] == read()
    assert 1 == len(list((tmp_path / "_build/.cache/notebooks/house").iterdir()))
