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


KNOWN = [
    variant
    for name in sorted(NUMBERS.keys() & SECOND_ROUTES.keys())
    for variant in NUMBERS[name].variants
]


def named(variant):
    return "-".join([variant.name, *map(str, variant.parameters)])


@pytest.mark.parametrize("variant", KNOWN, ids=named)
def test_the_answer_is_what_the_second_route_finds(variant):
    """For each variant, from the same parameters."""
    expected = float(SECOND_ROUTES[variant.name](*variant.parameters))

    assert math.isclose(expected, variant.answer, rel_tol=1e-12, abs_tol=1e-14)


@pytest.mark.parametrize("name", sorted({v.name for v in KNOWN if v.parameters}))
def test_what_is_printed_is_the_default_of_the_second_route(name):
    """Called with nothing it gives the first variant, which the chapter shows."""
    expected = float(SECOND_ROUTES[name]())

    assert math.isclose(expected, NUMBERS[name].answer, rel_tol=1e-12, abs_tol=1e-14)
