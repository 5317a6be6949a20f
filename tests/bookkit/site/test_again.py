"""A book that is built again: what hangs on a change is made again, and nothing else."""

import nbformat
import pytest
from small_books import build, write_settings

pytestmark = pytest.mark.slow  # it builds a small book three times

DEMO = """
from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.readouts import Readout

def double(d):
    return 2 * d

twice = Demo(
    "twice",
    controls=[Slider("d", 0, 4, 1, start=2, label="d")],
    panels=[],
    readouts=[Readout(of=double, label="twice", digits=0)],
    caption="A number, twice.",
)
"""
PLACE = '<figure class="demo" id="demo-twice" data-bake="throws.demos:demo-twice"></figure>'
PAGES = {
    "front.md": "# Front\n\nA byte.\n",
    "thrown.md": f"# Thrown\n\n```{{raw}} html\n{PLACE}\n```\n",
}


def built(book):
    """Build the book and return {page: (when it was written, text)}."""
    process = build(book, book)
    assert 0 == process.returncode, process.stderr
    site = book / "_build" / "html"
    pages = [site / f"{name}.html" for name in ("front", "thrown", "links")]
    return {page.stem: (page.stat().st_mtime_ns, page.read_text("utf-8")) for page in pages}


def test_a_page_is_written_again_when_its_demo_has_changed_and_only_then(tmp_path):
    """So is a notebook that readers take along, when a word has changed that it takes from a page."""
    contents = {"root": "front", "chapters": [{"file": "thrown"}, {"file": "links"}]}
    write_settings(tmp_path, contents, bookkit_watch=["throws"])
    (tmp_path / "throws").mkdir()
    (tmp_path / "throws" / "__init__.py").write_text("")
    (tmp_path / "throws" / "demos.py").write_text(DEMO)
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text)
    cell = nbformat.v4.new_markdown_cell("# Links\n\nSee {doc}`front`.")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "links.ipynb")
    taken_along = tmp_path / "_build" / "html" / "notebooks" / "links.ipynb"

    first = built(tmp_path)
    second = built(tmp_path)

    assert first["thrown"] == second["thrown"]
    assert first["links"] == second["links"]
    assert "See Front." in taken_along.read_text("utf-8")

    (tmp_path / "throws" / "demos.py").write_text(DEMO.replace("2 * d", "2 * d + 1"))
    (tmp_path / "front.md").write_text(PAGES["front.md"].replace("# Front", "# Cover"))
    third = built(tmp_path)

    assert ">4</output>" in second["thrown"][1]
    assert ">5</output>" in third["thrown"][1]
    assert "See Cover." in taken_along.read_text("utf-8")
