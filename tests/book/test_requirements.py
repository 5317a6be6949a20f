"""The pins install on every Python that is promised, and nothing is installed without a pin."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BOOK = tomllib.loads((ROOT / "itlib_book/pyproject.toml").read_text("utf-8"))["project"]
OLDEST = "3.11.0"


def pins():
    """Return the requirements of requirements.txt, without the book's own packages."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    found = [re.sub(r"\s*#.*", "", line) for line in lines if not line.startswith("-e")]
    return [Requirement(line) for line in found if line]


def test_the_oldest_python_is_the_one_that_is_promised():
    assert [OLDEST] == list(SpecifierSet(PROJECT["requires-python"]).filter(["3.10.9", OLDEST]))
    assert PROJECT["requires-python"] == BOOK["requires-python"]


@pytest.mark.parametrize("pin", pins(), ids=str)
def test_a_pin_installs_on_the_oldest_python(pin):
    """What a package asks of Python stands in its metadata; its first release of 3.11 must do."""
    if pin.marker and not pin.marker.evaluate():
        pytest.skip("for another Python or platform")
    asked = metadata.metadata(pin.name).get("Requires-Python") or ""

    assert SpecifierSet(asked).contains(OLDEST), f"{pin} asks for Python {asked}"


def test_what_the_book_needs_is_bounded_below_and_within_the_pins():
    """A host that has an older one, as Colab had ipywidgets 7, is told so by pip."""
    pinned = {
        pin.name.lower(): next(iter(pin.specifier)).version
        for pin in pins()
        if not pin.marker or pin.marker.evaluate()
    }
    needs = [Requirement(text) for text in BOOK["dependencies"] if text != "itlib"]

    assert [] == [need for need in needs if "==" in str(need) or ">=" not in str(need)]
    assert [] == [need for need in needs if pinned[need.name.lower()] not in need.specifier]
