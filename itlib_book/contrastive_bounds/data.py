"""Data and computations of the chapter on bounds and contrastive learning."""

import math

import numpy as np

from itlib import softmax
from itlib.bounds import infonce_expected
from itlib_book.shared.demands import MANY, demand_count

# ---- a fair bit and its copy, flipped one time in ten ----

FLIP = 0.1
COPY = np.array([[1 - FLIP, FLIP], [FLIP, 1 - FLIP]]) / 2
APART = np.full((2, 2), 0.25)  # the same bits, drawn apart
RATIO = np.log(COPY / APART)  # the best critic
CLIP = 0.25


def guessed(critic):
    """Return the guess of x that a critic makes once y is seen, for equally likely x."""
    return softmax(critic, axis=0)


def clipped(critic):
    """Return Donsker and Varadhan's formula with the ratio clipped in its second term."""
    ratio = np.exp(np.clip(critic, -CLIP, CLIP))
    return float(np.sum(COPY * critic) - np.log(np.sum(APART * ratio)))


# ---- M equally likely symbols, and a partner that is the same or any other ----


def reading(symbols, flip, candidates, gap):
    """Return the mean of the contrastive bound: equal symbols score `gap` more than others.

    Of the K − 1 strangers a binomial number shows the symbol of x.
    """
    n = candidates - 1
    same = np.arange(n + 1)
    choose = np.append(0, np.cumsum(np.log(n - same[:-1]) - np.log(same[1:])))
    chance = np.exp(choose - same * math.log(symbols) + (n - same) * math.log1p(-1 / symbols))
    lost = (1 - flip) * (chance @ np.log1p(same + (n - same) * math.exp(-gap)))
    if flip:
        lost += flip * (chance @ np.log1p(same * math.exp(gap) + n - same))
    return math.log(candidates) - lost


def best_gap(symbols, flip):
    """Return the score of the best critic: the log of how much likelier the same symbol is."""
    return math.log((1 - flip) * (symbols - 1) / flip) if flip else math.inf


def cosine_gap(symbols, temperature):
    """Return the same for the corners of a simplex, with cosines over the temperature."""
    return symbols / (symbols - 1) / temperature


def shared(symbols, flip):
    """Return I(X;Y) in nats."""
    if not flip:
        return math.log(symbols)
    doubt = -flip * math.log(flip / (symbols - 1)) - (1 - flip) * math.log(1 - flip)
    return math.log(symbols) - doubt


def ceiling(candidates, temperature):
    """Return what cosines at a temperature can show on average."""
    if not (candidates >= 1 and temperature > 0):
        given = f"{candidates!r} and {temperature!r}"
        raise ValueError(f"candidates must be at least 1 and temperature positive, got {given}")
    return math.log(candidates) - math.log1p((candidates - 1) * math.exp(-1 / temperature))


# ---- points on a circle ----

EACH = 8  # points of a class, at quantiles of a Gaussian
_QUANTILES = np.array([-1.534, -0.887, -0.489, -0.157, 0.157, 0.489, 0.887, 1.534])


def on_circle(classes, reach, jitter):
    """Return embeddings, a class after the other: the classes take up a share of the circle."""
    demand_count(classes, "classes", most=MANY)
    if not (math.isfinite(reach) and math.isfinite(jitter)):
        raise ValueError(f"reach and jitter must be finite, got {reach!r} and {jitter!r}")
    middles = 2 * np.pi * reach * (np.arange(classes) - (classes - 1) / 2) / classes
    angles = np.pi / 2 + middles[:, None] + np.radians(jitter) * _QUANTILES
    return np.stack([np.cos(angles.ravel()), np.sin(angles.ravel())], axis=1)


def partners(points):
    """Return all ordered pairs of points of one class."""
    groups = points.reshape(-1, EACH, 2)
    return np.repeat(groups, EACH, axis=1).reshape(-1, 2), np.tile(groups, (1, EACH, 1)).reshape(
        -1, 2
    )


def circle_reading(points, candidates, temperature):
    """Return the mean of the contrastive bound for partners of one class."""
    n = len(points)
    p_xy = np.kron(np.eye(n // EACH), np.ones((EACH, EACH))) / (n * EACH)
    # Equal cosines are one value, up to rounding: there are far fewer of them than pairs.
    return infonce_expected(p_xy, candidates, np.round(points @ points.T, 12) / temperature)
