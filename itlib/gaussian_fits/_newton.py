"""Newton's method for a few equations in as many unknowns, and along a path of such systems."""

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from itlib._types import FloatArray

_STEPS = 60  # at most; half a dozen do, from near by


def solve(equations: Callable[[FloatArray], FloatArray], x: Any) -> FloatArray:
    """Return a root of as many equations as unknowns, by Newton's method."""
    x, last = np.array(x, dtype=float), np.inf
    for _ in range(_STEPS):
        widths = 1e-5 * np.maximum(1, np.abs(x))
        columns = [
            (equations(x + h) - equations(x - h)) / (2 * width)
            for h, width in zip(np.diag(widths), widths)
        ]
        step = np.linalg.solve(np.transpose(columns), -equations(x))
        size = (np.abs(step) / np.maximum(1, np.abs(x))).max()
        x = x + step * min(1, 0.2 / max(size, 1e-300))
        # Done when the step is rounding: small, and no longer falling.
        if size < 1e-14 or (size < 1e-7 and size > last / 4):
            break
        last = size
    else:
        raise ArithmeticError("Newton's method does not settle: the equations are too flat here")
    return x


def follow(
    equations: Callable[[FloatArray, float], FloatArray], start: list[float], parameters: FloatArray
) -> list[FloatArray]:
    """Solve the equations for one parameter after the other; return every solution."""
    found: list[FloatArray] = []
    for value in parameters:
        # Each solution is looked for on the line through the two before it.
        guess = 2 * found[-1] - found[-2] if len(found) > 1 else found[-1] if found else start
        found.append(solve(functools.partial(_at, equations, value), guess))
    return found


def follow_to_a_meeting(
    equations: Callable[[FloatArray, float], FloatArray],
    start: list[float],
    parameters: tuple[float, float],
    meeting: tuple[float, list[float]],
    image: Callable[[FloatArray], FloatArray],
    nearest: float,
) -> FloatArray:
    """Follow a solution towards a parameter at which it meets its mirror image; return the last.

    `parameters` are the first and the last one, `meeting` is the parameter with the solution
    there.  A solution moves like the root of what is left to it, and is solved for down to the
    root `nearest`.
    """
    end, met = meeting
    far, near = (math.sqrt(end - parameter) for parameter in parameters)
    if near >= 0.1:
        return follow(equations, start, end - np.linspace(far, near, 8) ** 2)[-1]
    # Steps that shrink with the distance of the two, so that one solution does not become both.
    if near >= nearest:
        return follow(equations, start, end - np.geomspace(far, near, 24) ** 2)[-1]
    # Nearer, the equations are too flat to be solved: the curve through the nearest solutions.
    places = np.arange(1.0, 6)
    roots = nearest * np.append(np.geomspace(far / nearest, 6, 16), places[::-1])
    found = follow(equations, start, end - roots**2)[-5:]
    curve = [*found, np.array(met), *(image(x) for x in found[::-1])]
    every = np.concatenate([places[::-1], [0.0], -places])
    coefficients = np.polyfit(every, curve, len(every) - 1)
    return np.asarray(np.polyval(coefficients, near / nearest), np.float64)


def _at(
    equations: Callable[[FloatArray, float], FloatArray], parameter: float, x: FloatArray
) -> FloatArray:
    return equations(x, parameter)
