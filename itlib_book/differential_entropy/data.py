"""Data and computations of the chapter differential entropy."""

import math
from functools import lru_cache

import numpy as np

from itlib import (
    differential_entropy,
    mixture_density,
    normalize,
    softmax,
)


def gaussian(x):
    """Return the standard normal density."""
    return mixture_density(x, [1], [0], [1])


def logistic(x):
    """Return the logistic density of variance 1."""
    scale = math.sqrt(3) / math.pi
    tail = np.exp(-np.abs(x) / scale)
    return tail / (scale * (1 + tail) ** 2)


def triangle(x):
    """Return the triangular density of variance 1."""
    return np.maximum(0, 1 - np.abs(x) / math.sqrt(6)) / math.sqrt(6)


def laplace(x):
    """Return the Laplace density of variance 1."""
    return np.exp(-math.sqrt(2) * np.abs(x)) / math.sqrt(2)


def uniform(x):
    """Return the uniform density of variance 1."""
    return np.where(np.abs(x) <= math.sqrt(3), 1 / math.sqrt(12), 0)


def two_bumps(x):
    """Return an equal mixture of two bells at ±0.9, of variance 1."""
    sigma = math.sqrt(1 - 0.9**2)
    return mixture_density(x, [0.5, 0.5], [-0.9, 0.9], [sigma, sigma])


# name: (density, where its tail can be cut)
RIVALS = {
    "Gaussian": (gaussian, 12),
    "logistic": (logistic, 30),
    "triangle": (triangle, math.sqrt(6)),
    "Laplace": (laplace, 30),
    "uniform": (uniform, math.sqrt(3)),
    "two bumps": (two_bumps, 12),
}


def far_bump(weight):
    """Return a density of mean 0, variance 1 and third moment 1, its ends, and its two middles.

    It is a bell, and a bump of this weight so far away that it carries the third moment.
    """
    # Two points of mean 0 and variance 1 have a third moment of 1 or more up to this weight.
    most = (1 - 1 / math.sqrt(5)) / 2
    if not 0 < weight < most:
        raise ValueError(f"weight must be between 0 and {most:.4f}, got {weight!r}")

    def parts(far):
        near = -weight * far / (1 - weight)
        variance = 1 - (1 - weight) * near**2 - weight * far**2
        third = (1 - weight) * near * (near**2 + 3 * variance)
        return near, math.sqrt(variance), third + weight * far * (far**2 + 3 * variance)

    low, high = 0.0, min(1.5 * weight ** (-1 / 3), math.sqrt((1 - weight) / weight))
    for _ in range(100):
        far = (low + high) / 2
        low, high = (far, high) if parts(far)[2] < 1 else (low, far)
    near, sigma, _ = parts(far)

    def density(x):
        return mixture_density(x, [1 - weight, weight], [near, far], [sigma, sigma])

    return density, near - 12, far + 12, [near, far]


@lru_cache
def rival_bits(name):
    """Return the differential entropy of a rival; some have a kink at 0."""
    density, end = RIVALS[name]
    return differential_entropy(density, -end, end, points=[0])


FACES = np.arange(1, 7)

STRAIGHT = (12 * FACES - 7) / 210


@lru_cache
def slope_for(mean):
    """Return the slope whose softmax over the faces has this mean."""
    low, high = -5.0, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        below = softmax(middle * FACES) @ FACES < mean
        low, high = (middle, high) if below else (low, middle)
    return middle


@lru_cache(maxsize=4096)
def readings(sigma, places):
    """Return (readings, probabilities) of N(0, σ²) rounded to multiples of 2^-places."""
    step = 2.0**-places
    edge = math.ceil(10 * sigma / step) + 0.5
    edges = np.arange(-edge, edge + 1) * step
    below = [0.5 * math.erfc(-x / (sigma * math.sqrt(2))) for x in edges.tolist()]
    return (edges[1:] + edges[:-1]) / 2, normalize(np.diff(below))


def step(places):
    """The step of the ruler."""
    return 2.0**-places
