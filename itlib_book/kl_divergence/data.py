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


# ---- two descents from one start ----

START_WIDTH, RATE, STRIDE, STRIDES = 1.6, 0.1, 5, 12
NODES = np.linspace(-8, 8, 161)
MASSES = np.exp(-(NODES**2) / 2) / np.exp(-(NODES**2) / 2).sum()


@lru_cache(maxsize=512)
def descents(d, weight, start):
    """Return the bells that two descents pass, as (mu, sigma) for D(p‖q) and for D(q‖p).

    Both go down the gradient in the mean and the logarithm of the width, from the same bell, with
    lengths measured in the bell's own width (the natural gradient). Each row is `STRIDE` steps of
    the size `RATE` after the one before. Shape (2, STRIDES + 1, 2).
    """
    found = []
    for slope in (forward_slope, reverse_slope):
        here = np.array([start, np.log(START_WIDTH)])
        path = [here]
        for _ in range(STRIDES):
            for _ in range(STRIDE):
                ruler = np.array([np.exp(2 * here[1]), 0.5])
                here = here - RATE * ruler * slope(d, weight, *here)
            path.append(here)
        found.append([(mu, np.exp(log_width)) for mu, log_width in path])
    return np.array(found)


def forward_slope(d, weight, mu, log_width):
    """Return the gradient of D(p‖q) in the mean and the log width of q: moments of p alone."""
    mean = d * (1 - 2 * weight)
    spread = 1 + d**2 - mean**2 + (mean - mu) ** 2
    return np.array([mu - mean, np.exp(2 * log_width) - spread]) / np.exp(2 * log_width)


def reverse_slope(d, weight, mu, log_width):
    """Return the gradient of D(q‖p): means over q of the slope of log p."""
    x = mu + np.exp(log_width) * NODES
    left, right = weight * np.exp(-d * x), (1 - weight) * np.exp(d * x)
    slope = -x + d * (right - left) / (right + left)
    return -np.array([MASSES @ slope, 1 + np.exp(log_width) * (MASSES @ (NODES * slope))])
