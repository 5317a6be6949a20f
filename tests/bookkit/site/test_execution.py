"""What a notebook prints stands on the page as it was printed."""

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
