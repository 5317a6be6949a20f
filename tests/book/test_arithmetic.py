"""What exercises, captions and chapters add up by hand: both sides of an equation, and the answer."""

import math
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
# Solutions that end in other words than the number: on the way to it, or beside it.
NOT_STATED = {
    "tree-identifier": "the number of rows from which on",
    "ent-picture": "in bits, where megabits are asked for",
    "ent-tail": "two numbers, of which it is the difference",
    "est-grows": "the formula for large n",
    "code-rounding-up": "two numbers, of which it is the difference",
    "code-phrases": "the phrases, to be counted",
}


def texts(exercise):
    """Return all that an exercise may say: messages, hints, and its solution in words."""
    solution = exercise.solution if isinstance(exercise.solution, str) else ""
    return [solution, *exercise.hints, *(rule.message for rule in exercise.rules)]


@pytest.mark.parametrize("name", EXERCISES)
def test_what_an_exercise_adds_up_is_right(name):
    """In hints, messages and the solution, for each variant."""
    found = [text for variant in EXERCISES[name] for text in texts(variant)]

    assert [] == [wrong for text in found for wrong in wrong_equations(text)]


@pytest.mark.parametrize(
    "name", [name for name, variants in EXERCISES.items() if isinstance(variants[0], Number)]
)
def test_a_solution_states_the_answer(name):
    """As it is rounded there; for each variant."""
    missing = [
        variant.parameters
        for variant in EXERCISES[name]
        if math.isfinite(variant.answer)
        and not any(
            is_printed(number, {abs(Decimal(repr(float(variant.answer))))}, tolerant=True)
            for number in NUMBER.finditer(prose(variant.solution))
        )
    ]

    assert (name in NOT_STATED) == bool(missing), missing


@pytest.mark.parametrize("figure", figures_of_the_book(), ids=lambda figure: figure.ident)
def test_what_a_caption_adds_up_is_right(figure):
    assert [] == list(wrong_equations(figure.caption))


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
