"""Data and computations of the chapter decision trees."""

import math
from functools import cache, lru_cache

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from itlib import best_threshold, entropy, information_gain, normalize
from itlib_book.shared.demands import demand_count
from itlib_book.shared.irises import load_iris
from itlib_book.shared.tennis import PLAY

SHUFFLES = 400


def chance_gains(column):
    """Return the gains of a column for shuffled answers, with which it has nothing to do."""
    rng = np.random.default_rng(0)
    return np.array([information_gain(column, rng.permutation(PLAY)) for _ in range(SHUFFLES)])


def sepals():
    """Return length and width of the sepals of 150 irises, and their species."""
    measured, species = load_iris(return_X_y=True)
    return measured[:, :2], species


@lru_cache
def pruned(price):
    """Return the tree of the sepals whose branches gain a price in bits for each leaf."""
    _demand_price(price)
    tree = DecisionTreeClassifier(criterion="entropy", ccp_alpha=price, random_state=0)
    return tree.fit(*sepals())


@lru_cache
def held_out(price=0.0, depth=None, splits=20):
    """Return the shares of right answers on seen and on new flowers, and the number of leaves.

    Two thirds of the irises grow a tree from their sepals, to a depth, pruned at a price in bits
    for each leaf, and the others test it; means over some splits.
    """
    _demand_price(price)
    if depth is not None:
        demand_count(depth, "depth")
    demand_count(splits, "splits", most=10_000)
    x, y = sepals()
    found = np.zeros((splits, 3))
    for k in range(splits):
        rows = np.random.default_rng(k).permutation(len(y))
        old, new = rows[:100], rows[100:]
        tree = DecisionTreeClassifier(
            criterion="entropy", max_depth=depth, ccp_alpha=price, random_state=0
        )
        tree.fit(x[old], y[old])
        found[k] = tree.score(x[old], y[old]), tree.score(x[new], y[new]), tree.get_n_leaves()
    return tuple(found.mean(axis=0))


def _demand_price(price):
    if not 0 <= price < math.inf:
        raise ValueError(f"price must be at least 0 and finite, got {price!r}")


# ---- three cuts of the plane of petals ----
#
# The first cut is upright, at the petal length `a`. To the right of it the second one lies across,
# at the petal width `b`, and below that the third one is upright again, at the length `c`. A cut at
# the end of its slider is not made, and the third one needs the second.

IRIS = load_iris()
ALL = "all 150 flowers"
# Each sample is drawn from the 150 flowers with replacement; the numbers are the seeds.
SEEDS = {"sample A": 9, "sample B": 2, "sample C": 4}
SAMPLES = (ALL, *SEEDS)
LONGEST, WIDEST = 6.95, 2.55  # no petal is longer or wider
MEASURES = ("length", "width")


@lru_cache
def flowers(sample):
    """Return length and width of the petals, the species, and the rows they were drawn from."""
    rows = np.arange(150)
    if sample != ALL:
        rows = np.sort(np.random.default_rng(SEEDS[sample]).integers(0, 150, 150))
    return *IRIS.data[rows, 2:].T, IRIS.target[rows], rows


def second_made(b):
    """Return whether the second cut is made."""
    return b < WIDEST


def third_made(a, b, c):
    """Return whether the third cut is made."""
    return second_made(b) and a < c < LONGEST


def _counts(sample, chosen):
    return np.bincount(flowers(sample)[2][chosen], minlength=3)


NONE = np.zeros(3, dtype=int)


@lru_cache
def root(sample):
    """Return how many flowers of each species there are."""
    return _counts(sample, slice(None))


@lru_cache
def left(sample, a):
    """Return how many of them lie to the left of the first cut, or on it."""
    return _counts(sample, flowers(sample)[0] <= a)


def right(sample, a):
    """Return how many lie to the right of the first cut."""
    return root(sample) - left(sample, a)


@lru_cache(maxsize=2048)
def below(sample, a, b):
    """Return how many of those on the right lie below the second cut, or on it."""
    length, width, *_ = flowers(sample)
    return _counts(sample, (length > a) & (width <= b)) if second_made(b) else NONE


def above(sample, a, b):
    """Return how many of those on the right lie above the second cut."""
    return right(sample, a) - below(sample, a, b) if second_made(b) else NONE


@lru_cache(maxsize=32768)
def below_left(sample, a, b, c):
    """Return how many of those below the second cut lie left of the third, or on it."""
    length, width, *_ = flowers(sample)
    chosen = (length > a) & (width <= b) & (length <= c)
    return _counts(sample, chosen) if third_made(a, b, c) else NONE


def below_right(sample, a, b, c):
    """Return how many of those below the second cut lie to the right of the third."""
    return below(sample, a, b) - below_left(sample, a, b, c) if third_made(a, b, c) else NONE


def leaves(sample, a, b, c):
    """Return the counts of every leaf of the tree that the cuts make."""
    groups = [left(sample, a)]
    if not second_made(b):
        return [*groups, right(sample, a)]
    groups.append(above(sample, a, b))
    if not third_made(a, b, c):
        return [*groups, below(sample, a, b)]
    return [*groups, below_left(sample, a, b, c), below_right(sample, a, b, c)]


@cache
def _bits(*counts):
    return sum(counts) * entropy(normalize(counts)) if any(counts) else 0.0


def bits_of(groups):
    """Return the total entropy of some groups of flowers, in bits: size times entropy, added up."""
    return sum(_bits(*group.tolist()) for group in groups)


def gain(group, parts):
    """Return what cutting a group into parts takes off the entropy of a flower of the whole."""
    # A gain is never negative; what is below zero is rounding.
    return max(float(bits_of([group]) - bits_of(parts)) / 150, 0.0)


def best_cuts(sample):
    """Return the best first cut, and the best one of the part that it leaves mixed: their words."""
    *measures, species, _ = flowers(sample)
    rows, words = np.full(150, True), []
    for _ in range(2):
        found = [best_threshold(x[rows], species[rows]) for x in measures]
        k = int(found[1].gain > found[0].gain + 1e-9)  # of two that tie, the length
        words.append(f"{MEASURES[k]} ≤ {found[k].threshold:.2f}")
        rows = rows & (measures[k] > found[k].threshold)
    return ", then ".join(words)
