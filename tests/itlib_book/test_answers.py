"""Every number that an exercise asks for, compared with one that came by another route."""

import math

import pytest
import second_routes
from content import content_modules

from bookkit.exercise import Number

NUMBERS = {
    value.name: value
    for module in content_modules("exercises")
    for value in vars(module).values()
    if isinstance(value, Number)
}
SECOND_ROUTES = second_routes.answers()


def test_every_numeric_exercise_has_a_second_route():
    """A new exercise comes with a line in tests/helpers/second_routes/."""
    assert set(NUMBERS) == set(SECOND_ROUTES)


KNOWN = [NUMBERS[name] for name in sorted(NUMBERS.keys() & SECOND_ROUTES.keys())]
VARIED = [exercise for exercise in KNOWN if exercise.parameters]


def differs(exercise, *parameters):
    """Return an answer and that of its second route where they differ, with the parameters."""
    expected = float(SECOND_ROUTES[exercise.name](*parameters))
    if math.isclose(expected, exercise.answer, rel_tol=1e-12, abs_tol=1e-14):
        return []
    return [(parameters, expected, exercise.answer)]


@pytest.mark.parametrize("exercise", KNOWN, ids=lambda exercise: exercise.name)
def test_the_answer_is_what_the_second_route_finds(exercise):
    """For each variant, from the same parameters."""
    assert [] == [
        wrong for variant in exercise.variants for wrong in differs(variant, *variant.parameters)
    ]


@pytest.mark.parametrize("exercise", VARIED, ids=lambda exercise: exercise.name)
def test_what_is_printed_is_the_default_of_the_second_route(exercise):
    """Called with nothing it gives the first variant, which the chapter shows."""
    assert [] == differs(exercise)
