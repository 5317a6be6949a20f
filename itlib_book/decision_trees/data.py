"""Data and computations of the chapter decision trees."""

from functools import lru_cache

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from itlib import information_gain
from itlib_book.shared.irises import load_iris
from itlib_book.shared.tennis import PLAY

SHUFFLES = 400


def chance_gains(column, *, shuffles=SHUFFLES):
    """Return the gains of a column for shuffled answers, with which it has nothing to do."""
    rng = np.random.default_rng(0)
    return np.array([information_gain(column, rng.permutation(PLAY)) for _ in range(shuffles)])


def sepals():
    """Return length and width of the sepals of 150 irises, and their species."""
    measured, species = load_iris(return_X_y=True)
    return measured[:, :2], species


@lru_cache
def pruned(price):
    """Return the tree of the sepals whose branches gain a price in bits for each leaf."""
    tree = DecisionTreeClassifier(criterion="entropy", ccp_alpha=price, random_state=0)
    return tree.fit(*sepals())


@lru_cache
def held_out(price, splits=20):
    """Return the shares of right answers on seen and on new flowers, and the number of leaves.

    Two thirds of the irises grow a tree from their sepals, pruned at a price in bits for each
    leaf, and the others test it; means over some splits.
    """
    x, y = sepals()
    found = np.zeros((splits, 3))
    for k in range(splits):
        rows = np.random.default_rng(k).permutation(len(y))
        old, new = rows[:100], rows[100:]
        tree = DecisionTreeClassifier(criterion="entropy", ccp_alpha=price, random_state=0)
        tree.fit(x[old], y[old])
        found[k] = tree.score(x[old], y[old]), tree.score(x[new], y[new]), tree.get_n_leaves()
    return tuple(found.mean(axis=0))
