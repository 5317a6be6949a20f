"""Data and computations of the chapter kl divergence."""

import warnings
from fractions import Fraction
from functools import lru_cache

import numpy as np

from itlib.gaussian_fits import stationary_reverse_fits

SEPARATIONS = np.linspace(1, 4, 61)


@lru_cache
def branches_of(*weights):
    """Return {kind: (d, mu, kl)} of every stationary point over many separations."""
    found = {"minimum": [], "saddle": []}
    for d in SEPARATIONS:
        for mu, _, kl, kind in stationary_reverse_fits(weights, [-d, d], [1, 1]):
            found[kind].append((d, mu, kl))
    return {kind: np.array(points or [(np.nan,) * 3]).T for kind, points in found.items()}


NEARLY = np.array([0.4, 0.3, 0.2, 0.1])

STEPS = np.logspace(-12.5, -1.5, 56)


def _stepped(step):
    """Return the distribution whose third entry is a step below that of NEARLY."""
    return NEARLY + step * np.array([1 / 3, 1 / 3, -1, 1 / 3])


def divergences(measure):
    """Return measure(p, q) at every step."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of the square root of a negative number
        return np.array([measure(NEARLY, _stepped(step)) for step in STEPS])


def half_fisher(step):
    """Return half the Fisher quadratic, of the numbers that the floats stand for, exactly."""
    p, q = ([Fraction(x) for x in side.tolist()] for side in (NEARLY, _stepped(step)))
    p, q = ([x / sum(side) for x in side] for side in (p, q))
    return float(sum((a - b) ** 2 / a for a, b in zip(p, q)) / 2)
