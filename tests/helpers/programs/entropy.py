"""Entropy of one distribution or of a batch, in bits."""

import math

import numpy as np
from scipy import stats

import itlib


def entropy_in_plain_python(p):
    try:
        return [entropy_in_plain_python(row) for row in [list(row) for row in p]]
    except TypeError:
        return sum(-x * math.log2(x) for x in p if x > 0)


def entropy_in_numpy(p):
    safe = np.where(p == 0, 1, p)
    return -(p * np.log2(safe)).sum(axis=-1)


def entropy_in_scipy(p):
    return stats.entropy(p, base=2, axis=-1)


def entropy_with_the_library(p):
    return itlib.entropy(p, base=math.e) / math.log(2)


PROGRAMS = {
    "ent-code": [
        entropy_in_plain_python,
        entropy_in_numpy,
        entropy_in_scipy,
        entropy_with_the_library,
    ],
}
