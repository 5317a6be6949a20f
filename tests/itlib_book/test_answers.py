"""Every number that an exercise asks for, compared with one that came by another route."""

import math

import pytest
import second_routes
from answers import ANSWERS, gap_of_memory
from content import content_modules

from bookkit.exercise import Number
from itlib_book.language_models.data import parts
from itlib_book.shared.sample_text import KEYS

BY_SEARCH = {"kl-jump": 1e-5}  # found by an optimiser
NUMBERS = {
    value.name: value
    for module in content_modules("exercises")
    for value in vars(module).values()
    if isinstance(value, Number)
}
TEXTS = ["".join(KEYS[x] for x in part) for part in parts()]
SECOND_ROUTES = (
    ANSWERS | {"lm-gap": lambda: gap_of_memory(*TEXTS, len(KEYS))} | second_routes.answers()
)


def test_every_numeric_exercise_has_a_second_route():
    """A new exercise comes with a line in tests/helpers/second_routes/ or answers.py."""
    assert set(NUMBERS) == set(SECOND_ROUTES)


@pytest.mark.parametrize("name", sorted(NUMBERS.keys() & SECOND_ROUTES.keys()))
def test_the_answer_is_what_the_second_route_finds(name):
    expected = float(SECOND_ROUTES[name]())
    answer = NUMBERS[name].answer

    assert math.isclose(expected, answer, rel_tol=BY_SEARCH.get(name, 1e-12), abs_tol=1e-14)
