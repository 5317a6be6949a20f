"""Newton's method for a few equations in as many unknowns, and along a path of such systems."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from itlib._types import FloatArray


def solve(equations: Callable[[FloatArray], FloatArray], x: Any, steps: int = 60) -> FloatArray:
    """Return a root of as many equations as unknowns, by Newton's method."""
    x, last = np.array(x, dtype=float), np.inf
    for _ in range(steps):
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
) -> FloatArray:
    """Solve the equations for one parameter after the other; return the last solution."""
    found: list[FloatArray] = []
    for value in parameters:
        # Each solution is looked for on the line through the two before it.
        guess = 2 * found[-1] - found[-2] if len(found) > 1 else found[-1] if found else start
        found.append(solve(functools.partial(_at, equations, value), guess))
    return found[-1]


def _at(
    equations: Callable[[FloatArray, float], FloatArray], parameter: float, x: FloatArray
) -> FloatArray:
    return equations(x, parameter)
