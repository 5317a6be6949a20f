"""Averages over the standard normal, by the trapezoidal rule, for many functions at once.

For a smooth function the trapezoidal rule on the whole line converges exponentially in 1/step
(Trefethen & Weideman, "The exponentially convergent trapezoidal rule", SIAM Review 56, 2014,
section 5).  Halving the step keeps the old points, so the rule is halved until it stops changing.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from itlib._types import FloatArray, IntArray

# The sum goes this far beyond the deviation at which the normal weight has fallen to the
# tolerance, so that z^4 times what is left out does not matter either.
_BEYOND = 2.8
_FIRST_STEP = 0.5
_LAST_LEVEL = 22  # halvings at most, to 2e8 points

# So many values are computed at a time, to stay in cache however many functions there are.
_BLOCK = 8192


def hermite_averages(
    f: Callable[[IntArray, FloatArray], FloatArray],
    count: int,
    finest: FloatArray,
    *,
    degree: int = 0,
    tolerance: float = 1e-13,
    floor: float = 0.0,
    rounding: float | FloatArray = 0.0,
) -> FloatArray:
    """Return E[Heₙ(Z) fᵢ(Z)], Z ~ N(0, 1), for n = 0 ... degree; shape (degree + 1, count).

    He₀ = 1, He₁ = z, He₂ = z² − 1, ...: degree 0 is the plain average.
    `f(which, z)` gives the values of the functions with indices `which` at the points z, with
    shape (len(which), len(z)).  `finest[i]` is the width, in units of z, of the narrowest detail
    of function i that the first points must not step over.

    The rule is accepted when the new points change it by less than `tolerance` of E[abs(Heₙ f)].
    They cannot where f is mostly rounding error: `floor` is a change in f that means nothing,
    and `rounding` (one, or one for each function) such a change in the root of a function >= 0.
    """
    rule = _Trapezoids(f, degree, _BEYOND + math.sqrt(-2 * math.log(tolerance)))
    with np.errstate(divide="ignore", over="ignore"):  # of details endlessly wide or narrow
        start = np.ceil(np.log2(_FIRST_STEP / np.asarray(finest)))
    if start.max() > _LAST_LEVEL:
        raise rule.unresolved()
    averages = np.empty((degree + 1, count))
    active = np.arange(count)
    total, spread = rule.sums(active, 0)
    for level in range(1, _LAST_LEVEL + 1):
        step = _FIRST_STEP / 2**level
        part, part_spread = rule.sums(active, level)
        spread += part_spread
        size = step * spread
        if not np.isfinite(size).all():
            raise ValueError("the Gaussians lie too far apart: a logarithm of p/q overflows")
        # The new points alone are a trapezoidal rule too: twice the step, shifted by half.
        change = 2 * step * np.abs(total - part)
        total += part
        noise = floor + np.broadcast_to(rounding, count)[active] * np.sqrt(size)
        settled = (change <= tolerance * size + noise).all(axis=0) & (start[active] <= level)
        averages[:, active[settled]] = step * total[:, settled]
        active, total, spread = active[~settled], total[:, ~settled], spread[:, ~settled]
        if active.size == 0:
            return averages
    raise rule.unresolved()


class _Trapezoids(NamedTuple):
    """A rule for the averages of functions with He₀ ... He_degree, as far as some deviations."""

    f: Callable[[IntArray, FloatArray], FloatArray]
    degree: int
    deviations: float

    def sums(self, active: IntArray, level: int) -> tuple[FloatArray, FloatArray]:
        """Return the sums of weight·Heₙ·f, and of their sizes, over the points new at a level."""
        places, step = self.places(level), _FIRST_STEP / 2**level
        columns = min(len(places), _BLOCK)
        rows = max(1, _BLOCK // columns)
        total, spread = np.zeros((2, self.degree + 1, len(active)))
        for left in range(0, len(places), columns):
            z = places[left : left + columns] * step
            weights = _hermite_weights(z, self.degree)
            sizes = np.abs(weights)
            for first in range(0, len(active), rows):
                some = slice(first, first + rows)
                with np.errstate(over="ignore", invalid="ignore"):
                    values = self.f(active[some], z)
                    total[:, some] += weights @ values.T
                    spread[:, some] += sizes @ np.abs(values).T
        return total, spread

    def places(self, level: int) -> IntArray:
        """Return the points of a level in steps: all at first, then those halfway between them."""
        reach = math.ceil(self.deviations / _FIRST_STEP) * 2**level
        return np.arange(-reach, reach + 1) if level == 0 else np.arange(1 - reach, reach, 2)

    def unresolved(self) -> ValueError:
        """Return the error of a detail that the finest rule steps over."""
        points = 2 * self.deviations / _FIRST_STEP * 2**_LAST_LEVEL
        return ValueError(
            "the widths of the Gaussians differ too much: "
            f"{points:.0e} points do not resolve the narrowest beside the widest"
        )


def _hermite_weights(z: FloatArray, degree: int) -> FloatArray:
    """Return Heₙ(z) times the normal density, n = 0 ... degree, by Heₙ₊₁ = z Heₙ − n Heₙ₋₁."""
    rows = [np.exp(-z * z / 2) / math.sqrt(2 * math.pi)]
    for n in range(degree):
        rows.append(z * rows[n] - (n * rows[n - 1] if n else 0))
    return np.array(rows)
