"""The sum of ten dice, and the bell that is often put in its place."""

from functools import lru_cache

import numpy as np

from itlib import normalize

SUMS = np.arange(10, 61)


@lru_cache
def ten_dice():
    """Return the distribution of the sum of ten dice, 10 to 60."""
    total = die = np.full(6, 1 / 6)
    for _ in range(9):
        total = np.convolve(total, die)
    return total


def bell_of_dice():
    """Return a Gaussian with the same mean and variance, on the same sums."""
    return normalize(np.exp(-((SUMS - 35) ** 2) / (2 * 10 * 35 / 12)))
