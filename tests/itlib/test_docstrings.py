"""Every public function can be learned from its docstring."""

import inspect
import re

import library
import pytest

FUNCTIONS = library.functions()


def sections(name):
    """Return the docstring of a function by section, the opening under ""."""
    parts = re.split(r"\n(\w[\w ]*)\n-{4,}\n", inspect.getdoc(FUNCTIONS[name]))
    return {"": parts[0]} | dict(zip(parts[1::2], parts[2::2]))


def parameters(name):
    return list(inspect.signature(FUNCTIONS[name]).parameters)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_first_line_says_in_a_sentence_what_is_returned(name):
    first = sections(name)[""].splitlines()[0]

    assert re.fullmatch(r"(Return|Estimate) .*[.:]", first), first


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_is_described_and_none_that_there_is_not(name):
    lines = re.findall(r"^(\w[\w, ]*) : ", sections(name).get("Parameters", ""), re.MULTILINE)
    described = [parameter for line in lines for parameter in line.split(", ")]

    assert sorted(parameters(name)) == sorted(described)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_there_is_a_formula(name):
    parts = sections(name)

    assert re.search(r"[=Σ∫−√⌈/]|\*\*", parts[""] + parts["Returns"])


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if "base" in parameters(name)])
def test_a_base_comes_with_the_unit_it_gives(name):
    assert re.search(r"\bbits\b.*\bnats\b|\bnats\b.*\bbits\b", sections(name)["Parameters"])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arrays_have_shapes(name):
    parts = sections(name)
    arrays = re.findall(r"^.*(?:array_like|ndarray).*$", parts.get("Parameters", ""), re.MULTILINE)
    text = parts.get("Parameters", "") + parts["Returns"]

    assert not arrays or re.search(r"\bshapes?\b|broadcast", text)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_errors_sources_and_an_example_are_there(name):
    wanted = {"Returns", "References", "Examples"} | ({"Raises"} if parameters(name) else set())

    assert set() == wanted - set(sections(name))
    assert ">>> " in sections(name)["Examples"]
    assert name.rpartition(".")[2] in sections(name)["Examples"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_signs_are_those_of_the_book(name):
    """Cross-entropy is CE(p, q), as H(X, Y) is a joint entropy; a stiffness is κ, as ρ is a correlation."""
    text = inspect.getdoc(FUNCTIONS[name])

    assert not re.search(r"H\([a-z], ?[a-z]\)", text)
    assert "stiff" not in text.lower() or "ρ" not in text
