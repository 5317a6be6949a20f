"""What signatures say: the checker agrees, docstrings agree, and several parts have names."""

import inspect
import re
import subprocess
import sys
import tomllib
import types
import typing
from pathlib import Path

import library
import pytest
from numpy.typing import ArrayLike
from test_docstrings import sections
from valid_calls import ALL, call

import itlib
from itlib._types import FloatArray, IntArray, Result

ROOT = Path(itlib.__file__).parents[1]
FUNCTIONS = library.functions()
SIMPLE = {
    "float": float,
    "int": int,
    "str": str,
    "float or ndarray": Result,
    "ndarray": FloatArray,
    "ndarray of int": IntArray,
}


def described(text):
    """Return the type that a line of a docstring stands for."""
    kind = re.split(r"[,(]", text)[0].strip()
    if kind.startswith("list of "):
        return list[described(kind.removeprefix("list of "))]
    classes = {name.rpartition(".")[2]: thing for name, thing in library.classes().items()}
    return SIMPLE.get(kind) or classes[kind]


def test_the_types_agree_with_each_other():
    """Strictly: pyproject.toml says how."""
    checked = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True
    )

    assert 0 == checked.returncode, checked.stdout + checked.stderr


def test_type_checkers_of_others_are_told_that_there_are_types():
    assert (ROOT / "itlib" / "py.typed").exists()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_returned_has_the_type_that_the_docstring_says(name):
    first = sections(name)["Returns"].partition("\n")[0]

    assert described(first) == typing.get_type_hints(FUNCTIONS[name])["return"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_help_begins_with_a_signature_that_can_be_read(name):
    """NumPy's ArrayLike, written out, has three hundred letters."""
    assert "numpy" not in str(inspect.signature(FUNCTIONS[name]))


def takes_arrays(hint):
    """Tell whether NumPy's ArrayLike is a part of a type: by name, or where it is a union, by parts."""
    parts, known = members(hint), members(ArrayLike)
    return ArrayLike in parts or len(known) > 1 and all(part in parts for part in known)


def members(hint):
    """Return the types of a union, or a type itself."""
    is_union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    return list(typing.get_args(hint)) if is_union else [hint]


@pytest.mark.parametrize(
    "hint, expected",
    [
        (ArrayLike, True),
        (ArrayLike | None, True),
        (float | ArrayLike, True),
        (float, False),
        (float | None, False),
        (str, False),
    ],
)
def test_arrays_are_known_in_a_type(hint, expected):
    assert expected == takes_arrays(hint)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_may_be_an_array_is_array_like_in_both(name):
    text, hints = sections(name).get("Parameters", ""), typing.get_type_hints(FUNCTIONS[name])
    for names, kind in re.findall(r"^(\w[\w, ]*) : (.*)$", text, re.M):
        for parameter in names.split(", "):
            is_array = kind.startswith(("array_like", "float or array_like", "sequence of int"))

            assert is_array == takes_arrays(hints[parameter]), parameter


@pytest.mark.parametrize("name", ALL)
def test_what_has_several_parts_is_a_named_tuple_that_can_be_imported(name):
    returned = call(name)
    for one in returned if isinstance(returned, list) else [returned]:
        assert not isinstance(one, tuple) or type(one) in library.classes().values()


@pytest.mark.parametrize("name, kind", library.classes().items())
def test_a_named_tuple_can_be_unpacked_and_says_what_it_is(name, kind):
    assert inspect.getdoc(kind)
    if issubclass(kind, tuple):
        assert tuple(range(len(kind._fields))) == tuple(kind(*range(len(kind._fields))))


def test_the_version_is_written_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert {"attr": "itlib.__version__"} == project["tool"]["setuptools"]["dynamic"]["version"]
    assert f"version: {itlib.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
