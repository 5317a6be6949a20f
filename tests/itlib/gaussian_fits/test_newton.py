"""Newton's method says when it has found nothing."""

import pytest

from itlib.gaussian_fits._newton import solve


def test_equations_without_a_root_are_refused():
    """x² + 1 = 0: where Newton's method wanders, its last place is no answer."""
    with pytest.raises(ArithmeticError, match="Newton's method does not settle"):
        solve(lambda x: x**2 + 1, [0.7])
