"""What the chapters' own functions ask of a number that a reader changes."""

import math
from numbers import Integral

MANY = 1_000_000  # numbers that a page can hold, and wait for


def demand_chance(p, name="p"):
    """Raise unless p is a probability; `name` is what its function calls it."""
    if not 0 <= p <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {p!r}")


def demand_count(n, name="n", *, least=1, most=math.inf):
    """Raise unless n is a whole number from least to most; `name` is what its function calls it."""
    if not (isinstance(n, Integral) and n >= least):
        raise ValueError(f"{name} must be a whole number, at least {least}, got {n!r}")
    if n > most:
        raise ValueError(f"{name} must be at most {most}, got {n!r}")


def demand_seed(seed):
    """Raise unless seed is what NumPy draws from."""
    demand_count(seed, "seed", least=0)
