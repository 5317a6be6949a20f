"""Data and computations of the chapter decision trees."""

import numpy as np

from itlib import information_gain
from itlib_book.shared.tennis import PLAY

SHUFFLES = 400


def chance_gains(column, *, shuffles=SHUFFLES):
    """Return the gains of a column for shuffled answers, with which it has nothing to do."""
    rng = np.random.default_rng(0)
    return np.array([information_gain(column, rng.permutation(PLAY)) for _ in range(shuffles)])
