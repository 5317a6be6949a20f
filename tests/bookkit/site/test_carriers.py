"""A book without the usual carriers of formulas and fonts is built, reads, and says what it lacks."""

import re

import pytest
from small_books import build, write_settings

pytestmark = pytest.mark.slow  # it builds a small book

PAGE = "# Bits\n\nA byte has $\\log_2 256 = 8$ bits.\n\n$$\nH \\le \\log_2 m\n$$\n"
MISSING = "raise ImportError('no wheel for this machine')\n"


def built(folder, **environment):
    """Build a book of one page where math_core and the package of the text's font are missing."""
    for name in ("math_core", "font_source_serif_pro"):
        (folder / "lacking" / name).mkdir(parents=True)
        (folder / "lacking" / name / "__init__.py").write_text(MISSING)
    write_settings(folder, {"root": "bits"})
    (folder / "bits.md").write_text(PAGE)
    return build(folder, folder / "lacking", **environment)


def test_at_home_the_pages_are_built_and_each_lack_is_said_once(tmp_path):
    process = built(tmp_path, CI="")
    notes = re.findall("^note: (.*)$", process.stderr, re.MULTILINE)
    html = (tmp_path / "_build" / "html" / "index.html").read_text("utf-8")

    assert 0 == process.returncode, process.stderr
    assert 1 == sum("no wheel for this machine" in note for note in notes)
    assert 3 == sum(note.startswith("Book Serif") for note in notes)
    assert 2 == html.count("<math")
    assert "<mi>H</mi><mo>≤</mo>" in html


def test_where_ci_is_set_nothing_is_built_by_halves(tmp_path):
    process = built(tmp_path, CI="true")

    assert 0 != process.returncode
    assert "no wheel for this machine" in process.stdout + process.stderr
