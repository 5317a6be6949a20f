"""The reference page lists the library as it is."""

import re
from pathlib import Path

import itlib

PAGE = Path(__file__).parents[2] / "chapters" / "reference.md"
NO_FUNCTIONS = {"F_GENERATORS", "Tree"}  # described where they are used


def test_every_public_function_is_on_the_page_once():
    listed = re.findall(r"^\.\. autofunction:: (\w+)$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert sorted(set(itlib.__all__) - NO_FUNCTIONS) == sorted(listed)
