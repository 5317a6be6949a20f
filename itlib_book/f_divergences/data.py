"""Data and computations of the chapter f divergences."""

import numpy as np

from itlib import (
    mixture_density,
    normalize,
)

GRID = np.arange(-10, 18, 0.05)


def pairs():
    rng = np.random.default_rng(1)
    return rng.dirichlet(np.full(3, 0.6), 500), rng.dirichlet(np.full(3, 0.6), 500)


def bell(mu):
    """Return N(mu, 1) as probabilities on a fine grid."""
    if not GRID[0] <= mu <= GRID[-1]:
        ends = f"{GRID[0]:g} and {GRID[-1]:g}"
        raise ValueError(f"mu must be between {ends}, the ends of the grid, got {mu!r}")
    return normalize(mixture_density(GRID, [1], [mu], [1]))


def learning_signals(shift):
    """Return the sizes of the generator's gradients, minimax and non-saturating, in nats."""
    if not -1e3 <= shift <= 1e3:
        raise ValueError(f"shift must be between -1000 and 1000, got {shift!r}")
    push = GRID * bell(0)  # how q changes as its mean moves, the grid taken from there
    log_ratio = GRID * shift + shift**2 / 2  # ln q/p in closed form, as both may underflow
    log_fake = -np.logaddexp(0, -log_ratio)  # ln(1 − d*)
    log_real = -np.logaddexp(0, log_ratio)  # ln d*
    return abs(push @ log_fake), abs(-push @ log_real)
