"""D(p||q), in bits."""

import math

import numpy as np
from scipy import special

import itlib


def kl_in_plain_python(p, q):
    total = 0
    for i in range(len(p)):
        if p[i] == 0:
            continue
        if q[i] == 0:
            return float("inf")
        total += p[i] * math.log(p[i] / q[i], 2)
    return total


def kl_in_numpy(p, q):
    return np.where(p > 0, p * np.log2(p / q), 0).sum()


def kl_in_scipy(p, q):
    return np.sum(special.rel_entr(p, q)) / np.log(2)


def kl_with_the_library(p, q):
    return itlib.cross_entropy(p, q) - itlib.entropy(p)


PROGRAMS = {
    "kl-code": [kl_in_plain_python, kl_in_numpy, kl_in_scipy, kl_with_the_library],
}
