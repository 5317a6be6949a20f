"""The reference page lists the library, and what other libraries answer, as they are."""

import importlib.metadata
import re
from pathlib import Path

import pytest

import itlib
from benchmarks import libraries

PAGE = Path(__file__).parents[2] / "chapters" / "reference.md"
NO_FUNCTIONS = {"F_GENERATORS", "Tree"}  # described where they are used


def test_every_public_function_is_on_the_page_once():
    listed = re.findall(r"^\.\. autofunction:: (\w+)$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert sorted(set(itlib.__all__) - NO_FUNCTIONS) == sorted(listed)


@pytest.mark.parametrize("package", ["scipy", "scikit-learn"])
def test_the_table_of_libraries_names_the_installed_version(package):
    stored = libraries.RESULTS.read_text("utf-8").splitlines()[0]

    assert f"{package} {importlib.metadata.version(package)}" in stored


@pytest.mark.parametrize("library", ["itlib", "scipy", "sklearn"])
def test_the_table_of_libraries_holds_what_this_one_answers_now(library):
    stored = libraries.RESULTS.read_text("utf-8").splitlines()
    rows = [line for line in libraries.table((library,)) if line in stored]

    assert list(libraries.table((library,))) == rows
    assert any(f"| {libraries.LIBRARIES[library]} |" in line for line in rows)
