"""Data and computations of the chapter on rate–distortion and the bottleneck."""

import math
from functools import cache, lru_cache
from statistics import NormalDist

import numpy as np
from sklearn.datasets import load_sample_image

from itlib import entropy, normalize
from itlib.bottleneck import information_bottleneck
from itlib.rate_distortion import lloyd_max
from itlib_book.shared.demands import demand_count
from itlib_book.shared.pictures import photograph

# ---- quantisers of a standard normal number ----

KINDS = ("even steps", "least error", "equal use")


def below(x):
    """Return P(X ≤ x) of standard normal numbers, for an array."""
    return np.array([math.erfc(-value / math.sqrt(2)) / 2 for value in np.ravel(x)])


def bell(x):
    """Return the standard normal density."""
    return np.exp(-np.square(x) / 2) / math.sqrt(2 * math.pi)


def cells(thresholds):
    """Return how often each cell is used, and its share of the mean: ∫ x f(x) dx."""
    edges = np.concatenate([[-math.inf], thresholds, [math.inf]])
    return np.diff(below(edges)), -np.diff(bell(edges))


def judged(thresholds, levels):
    """Return the mean squared error and the entropy of the index in bits."""
    weights, moments = cells(thresholds)
    error = 1 - 2 * moments @ levels + weights @ np.square(levels)
    return float(error), entropy(normalize(weights))


def midway(levels):
    """Return the thresholds halfway between levels."""
    return (levels[1:] + levels[:-1]) / 2


@cache
def quantiser(kind, count):
    """Return thresholds and levels of a quantiser of a standard normal number."""
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    demand_count(count, "count", most=100_000)
    if kind == "least error":
        levels, thresholds, _ = lloyd_max(count)
    elif kind == "equal use":
        thresholds = np.array([NormalDist().inv_cdf(i / count) for i in range(1, count)])
        weights, moments = cells(thresholds)
        levels = moments / weights
    else:
        levels = (np.arange(count) - (count - 1) / 2) * best_step(count)
        thresholds = midway(levels)
    return thresholds, levels


def best_step(count):
    """Return the step of so many evenly spaced levels that has the least error."""
    places = np.arange(count) - (count - 1) / 2

    def error(step):
        return judged(step * midway(places), step * places)[0]

    low, high = 0.0, 4.0
    for _ in range(60):  # the golden section
        left, right = high - 0.618034 * (high - low), low + 0.618034 * (high - low)
        low, high = (low, right) if error(left) < error(right) else (left, high)
    return (low + high) / 2


def rounded(step):
    """Return the levels of rounding to multiples of a step, how often each is used, the error."""
    if not 1e-4 <= step < math.inf:
        raise ValueError(f"step must be at least 0.0001 and finite, got {step!r}")
    reach = math.ceil(10 / step)  # beyond ten deviations nothing is left
    levels = step * np.arange(-reach, reach + 1)
    weights, _ = cells(midway(levels))
    return levels, normalize(weights), judged(midway(levels), levels)[0]


def gaussian_rate(error):
    """Return the bits per number that any code needs for this squared error, variance 1."""
    if not error >= 0:
        raise ValueError(f"error must be at least 0, got {error!r}")
    return max(0.0, -math.log2(error) / 2) if error else math.inf


# ---- the photograph ----


def neighbours():
    """Return pairs of greys, a pixel and its right neighbour, as rows."""
    return photograph().astype(float).reshape(-1, 2)


def blocks(side=8):
    """Return the squares of side × side pixels, one a row, as differences from their mean."""
    picture = photograph().astype(float)
    height, width = picture.shape
    cut = picture.reshape(height // side, side, width // side, side).transpose(0, 2, 1, 3)
    rows = cut.reshape(-1, side * side)
    return rows - rows.mean(axis=0)


@lru_cache
def directions():
    """Return the variances of the blocks along their principal directions, and these as rows."""
    rows = blocks()
    variances, vectors = np.linalg.eigh(rows.T @ rows / len(rows))
    return np.maximum(variances[::-1], 0), vectors.T[::-1]


def lloyd(points, book, rounds):
    """Return a code book after rounds of Lloyd's: nearest neighbours, then means; and the error."""
    for _ in range(rounds):
        nearest = np.square(points[:, None] - book).sum(axis=-1).argmin(axis=1)
        book = np.array([points[nearest == i].mean(axis=0) for i in range(len(book))])
    distances = np.square(points[:, None] - book).sum(axis=-1)
    return book, distances.argmin(axis=1), float(distances.min(axis=1).mean())


@lru_cache
def colour_photograph():
    """Return the photograph in colours, as red, green and blue from 0 to 255."""
    picture = load_sample_image("china.jpg")[60:348, 80:512].astype(float)
    return picture.reshape(72, 4, 108, 4, 3).mean(axis=(1, 3))


@cache
def in_colours(count):
    """Return the photograph in colours that k-means finds, and the mean squared error a pixel."""
    picture = colour_photograph()
    points = picture.reshape(-1, 3)
    order = points.sum(axis=1).argsort(kind="stable")
    start = points[order[(np.arange(count) * 2 + 1) * len(points) // (2 * count)]]
    book, nearest, error = lloyd(points, start, 40)
    return book[nearest].reshape(picture.shape), error


# ---- the bottleneck ----

BELIEFS = np.array([0.05, 0.15, 0.4, 0.6, 0.85, 0.95])  # P(Y = 1) for each of six values of X
SIX = np.stack([1 - BELIEFS, BELIEFS], axis=1) / len(BELIEFS)
PASS_OR_FAIL = np.array([[0.1, 0], [0.2, 0], [0.3, 0], [0, 0.2], [0, 0.2]])  # x decides y
FLIPS = np.array([[0.45, 0.05], [0.05, 0.45]])


@cache
def summary(beta):
    """Return the bottleneck of the six beliefs, its clusters in the order of what they mean."""
    i_xt, i_ty, encoder = information_bottleneck(SIX, beta)
    meaning = (encoder * BELIEFS[:, None]).sum(axis=0) / encoder.sum(axis=0)
    return i_xt, i_ty, encoder[:, np.argsort(meaning)]


# ---- a layer of one unit, and a grid of bins ----

INPUTS = (np.arange(4096) + 0.5) / 2048 - 1  # evenly spread over -1 … 1
ACTIVATIONS = {"tanh": np.tanh, "ReLU": lambda z: np.maximum(z, 0), "linear": lambda z: z}


def binned(weight, activation, bins):
    """Return the shares of the bins between −1 and 1 of a unit's outputs; ends take what is out."""
    outputs = ACTIVATIONS[activation](weight * INPUTS)
    counts, _ = np.histogram(np.clip(outputs, -1, 1), bins, (-1, 1))
    return normalize(counts)
