"""Every public function can be learned from its docstring."""

import inspect
import re
from collections import defaultdict

import library

FUNCTIONS = library.functions()


def sections(name):
    """Return the docstring of a function by section, the opening under ""; those not there are empty."""
    parts = re.split(r"\n(\w[\w ]*)\n-{4,}\n", inspect.getdoc(FUNCTIONS[name]) or "")
    return defaultdict(str, {"": parts[0]} | dict(zip(parts[1::2], parts[2::2])))


def parameters(name):
    return list(inspect.signature(FUNCTIONS[name]).parameters)


def test_the_first_line_says_in_a_sentence_what_is_returned():
    first = {name: sections(name)[""].partition("\n")[0] for name in FUNCTIONS}

    assert {} == {
        name: line
        for name, line in first.items()
        if not re.fullmatch(r"(Return|Estimate) .*[.:]", line)
    }


def test_every_parameter_is_described_and_none_that_there_is_not():
    described = {
        name: re.findall(r"^(\w[\w, ]*) : ", sections(name).get("Parameters", ""), re.MULTILINE)
        for name in FUNCTIONS
    }

    assert {name: sorted(parameters(name)) for name in FUNCTIONS} == {
        name: sorted(", ".join(lines).split(", ") if lines else [])
        for name, lines in described.items()
    }


def test_there_is_a_formula():
    said = {name: sections(name)[""] + sections(name)["Returns"] for name in FUNCTIONS}

    assert [] == [name for name, text in said.items() if not re.search(r"[=Σ∫−√⌈/]|\*\*", text)]


def test_a_base_comes_with_the_unit_it_gives():
    unit = re.compile(r"\bbits\b.*\bnats\b|\bnats\b.*\bbits\b")

    assert [] == [
        name
        for name in FUNCTIONS
        if "base" in parameters(name) and not unit.search(sections(name)["Parameters"])
    ]


def has_arrays_without_shapes(name):
    parts = sections(name)
    given = parts.get("Parameters", "")
    arrays = re.search(r"^.*(?:array_like|ndarray).*$", given, re.MULTILINE)
    return arrays and not re.search(r"\bshapes?\b|broadcast", given + parts["Returns"])


def test_arrays_have_shapes():
    assert [] == list(filter(has_arrays_without_shapes, FUNCTIONS))


def missing(name):
    wanted = {"Returns", "References", "Examples"} | ({"Raises"} if parameters(name) else set())
    return wanted - set(sections(name))


def test_errors_and_sources_are_there():
    assert {} == {name: missing(name) for name in FUNCTIONS if missing(name)}


def names_another(name):
    example = sections(name)["Examples"]
    return ">>> " not in example or name.rpartition(".")[2] not in example


def test_the_example_is_one_of_the_function():
    assert [] == list(filter(names_another, FUNCTIONS))


def has_a_foreign_sign(name):
    text = inspect.getdoc(FUNCTIONS[name]) or ""
    return re.search(r"H\([a-z], ?[a-z]\)", text) or "stiff" in text.lower() and "ρ" in text


def test_the_signs_are_those_of_the_book():
    """Cross-entropy is CE(p, q), as H(X, Y) is a joint entropy; a stiffness is κ, as ρ is a correlation."""
    assert [] == list(filter(has_a_foreign_sign, FUNCTIONS))
