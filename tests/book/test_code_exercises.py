"""A right function is right however it is written, and a message is the same on every platform."""

import re

import numpy as np
import pytest
from content import content_modules
from programs import PROGRAMS
from sections import CHAPTERS, whole

from bookkit.exercise import Code

EXERCISES = {
    value.name: value
    for module in content_modules("exercises")
    for value in vars(module).values()
    if isinstance(value, Code)
}
RIGHT = [(name, program) for name, programs in PROGRAMS.items() for program in programs]


def test_every_code_exercise_has_four_right_programs():
    """One that is new gets its own, in tests/helpers/programs/."""
    assert set(PROGRAMS) == set(EXERCISES)
    assert [] == [name for name, programs in PROGRAMS.items() if len(programs) < 4]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "program"), RIGHT, ids=lambda x: getattr(x, "__name__", x))
def test_a_right_program_is_accepted(name, program):
    """In plain Python, in NumPy, with SciPy, with the library; for lists or for arrays.

    Also in a session in which NumPy is told to stop at every overflow.
    """
    with np.errstate(all="raise"):
        verdict = EXERCISES[name].judge(program)

    assert "correct" == verdict.verdict, verdict.message


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.name)
def test_a_slip_is_told_by_the_case_it_names(exercise):
    """What is accepted in several forms is not accepted when it is wrong."""
    for slip in exercise.mistakes:
        with np.errstate(all="raise"):
            verdict = exercise.judge(slip.function)

        assert "wrong" == verdict.verdict
        assert slip.says in verdict.message


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.name)
def test_a_call_is_one_that_the_chapter_can_make(exercise):
    """What its cell of imports names leads to this exercise, and the function is the one asked for."""
    package = exercise.solution.__module__.rpartition(".")[0]
    text = whole(CHAPTERS / f"{package.rpartition('.')[2]}.ipynb")
    imported = re.search(rf"from {package} import .*", text)
    assert imported, f"the chapter has no cell `from {package} import …`"
    names = {}
    exec(imported[0], names)
    check, asked = re.fullmatch(r"(.*)\((\w+)\)", exercise.call).groups()

    assert exercise.check == eval(check, names)
    assert exercise.solution.__name__ == asked
