"""What the chapters' own functions ask of a number that a reader changes."""

from numbers import Integral


def demand_chance(p, name="p"):
    """Raise unless p is a probability; `name` is what its function calls it."""
    if not 0 <= p <= 1:
        raise ValueError(f"{name} must be between 0 and 1, got {p!r}")


def demand_count(n, name="n"):
    """Raise unless n is a whole number, at least 1; `name` is what its function calls it."""
    if not (isinstance(n, Integral) and n >= 1):
        raise ValueError(f"{name} must be a whole number, at least 1, got {n!r}")
