"""The reference page lists the library, and what other libraries answer, as they are."""

import importlib.metadata
import re
from pathlib import Path

import library
import pytest

import itlib
from benchmarks import libraries

PAGE = Path(__file__).parents[2] / "chapters" / "reference.md"


def listed(kind):
    """Return the names on the page that Sphinx documents by itself, each with its place."""
    names, place = [], ""
    for directive, name in re.findall(r"^\.\. (\w+):: ([\w.]+)$", PAGE.read_text("utf-8"), re.M):
        if directive == "currentmodule":
            place = name.partition(".")[2]
        elif directive == kind:
            names.append(f"{place}.{name}".lstrip("."))
    return sorted(names)


def test_every_public_function_is_on_the_page_once():
    assert sorted(library.functions()) == listed("autofunction")


def test_everything_that_functions_return_is_on_the_page_once():
    assert sorted(library.classes()) == listed("autoclass")


def test_what_else_the_front_room_has_is_explained():
    others = set(itlib.__all__) - set(library.public())

    assert {"F_GENERATORS"} == others
    assert "`F_GENERATORS` holds" in PAGE.read_text("utf-8")


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
