"""Bits or nats: one choice of the reader for the whole book, and the read-outs that follow it."""

import inspect
import math
from functools import lru_cache, wraps

from bookkit.demo.controls import Choice
from bookkit.demo.readouts import Readout

_IN_NATS = {"bits": math.log(2), "nats": 1.0}


def unit_choice(start="bits"):
    """Return the control; `start` is the unit of those who have not chosen yet."""
    return Choice("unit", tuple(_IN_NATS), start=start, label="unit", shared=True)


def information(of, *, given_in="bits", **details):
    """Return the read-out of a function that gives bits (or nats), in the unit of the choice.

    >>> def surprise(halvings): return halvings
    >>> shown = information(surprise, label="surprise")
    >>> shown.of(halvings=3.0, unit="bits"), shown.of(halvings=3.0, unit="nats")
    (3.0, 2.0794415416798357)
    """
    parameters = inspect.signature(of).parameters.values()
    once = lru_cache(maxsize=1)(of)  # for both units, which are mostly asked one after the other

    @wraps(of)
    def in_unit(*state, unit, **named):
        value = once(*state, **named)
        return value if unit == given_in else value * (_IN_NATS[given_in] / _IN_NATS[unit])

    unit = inspect.Parameter("unit", inspect.Parameter.KEYWORD_ONLY)
    in_unit.__signature__ = inspect.Signature([*parameters, unit])
    return Readout(of=in_unit, unit_of="unit", **details)
