"""What exercises, captions and chapters add up by hand: both sides of an equation, and the answer."""

import math
import re
from decimal import Decimal
from pathlib import Path

import nbformat
import pytest
from arithmetic import equations, wrong_equations
from content import exercises_of_the_book, figures_of_the_book
from prose import NUMBER, is_printed, prose

from bookkit.exercise import Number

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
EXERCISES = {
    exercise.name: getattr(exercise, "variants", None) or [exercise]
    for exercise in exercises_of_the_book()
}


def texts(exercise):
    """Return all that an exercise may say: messages, hints, and its solution in words."""
    solution = exercise.solution if isinstance(exercise.solution, str) else ""
    return [solution, *exercise.hints, *(rule.message for rule in exercise.rules)]


def test_what_exercises_add_up_is_right():
    """In hints, messages and the solution, for each variant."""
    assert [] == [
        (name, wrong)
        for name, variants in EXERCISES.items()
        for variant in variants
        for text in texts(variant)
        for wrong in wrong_equations(text)
    ]


def test_no_hyphen_stands_for_a_minus_sign():
    """In a formula it becomes one; in a sentence a negative number is a formula, or has a “−”."""
    formula_or_code = re.compile(r"\$[^$]*\$|`[^`]*`")

    assert set() == {
        (name, text)
        for name, variants in EXERCISES.items()
        for variant in variants
        for text in (variant.question, *texts(variant))
        if re.search(r"(?<![\w.)^–-])-[\d.∞]", formula_or_code.sub("", text))
    }


def states_its_answer(variant):
    """Tell whether a solution has the answer among its numbers, as it is rounded there."""
    known = {abs(Decimal(repr(float(variant.answer))))}
    numbers = NUMBER.finditer(prose(variant.solution))
    return any(is_printed(number, known, tolerant=True) for number in numbers)


def test_a_solution_states_the_answer():
    """For each variant: whoever gives up, and whoever reads a sheet of answers, finds the number itself."""
    missing = {
        (name, variant.parameters)
        for name, variants in EXERCISES.items()
        if isinstance(variants[0], Number)
        for variant in variants
        if math.isfinite(variant.answer) and not states_its_answer(variant)
    }

    assert set() == missing


def test_what_captions_add_up_is_right():
    assert [] == [
        (figure.ident, wrong)
        for figure in figures_of_the_book()
        for wrong in wrong_equations(figure.caption)
    ]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_what_a_chapter_adds_up_is_right(path):
    cells = nbformat.read(path, as_version=4).cells

    assert [] == [
        wrong for c in cells if c.cell_type == "markdown" for wrong in wrong_equations(c.source)
    ]


def test_most_solutions_have_an_equation_to_check():
    """Else the reader of formulas has gone blind."""
    checked = [
        name
        for name, variants in EXERCISES.items()
        if any(any(equations(text)) for text in texts(variants[0]))
    ]

    assert len(checked) > 150
