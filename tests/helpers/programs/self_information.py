"""Surprise, in bits."""

import math

import numpy as np
from scipy import special

import itlib


def surprise_in_plain_python(p):
    if hasattr(p, "__len__"):
        return [surprise_in_plain_python(x) for x in p]
    return -math.log2(p) if p else math.inf


def surprise_in_numpy(p):
    return -np.log(p) / np.log(2)


def surprise_in_scipy(p):
    p = np.asarray(p)
    return np.where(p > 0, -special.xlogy(1, p) / math.log(2), np.inf)


def surprise_with_the_library(p):
    return itlib.self_information(p)


PROGRAMS = {
    "si-code": [
        surprise_in_plain_python,
        surprise_in_numpy,
        surprise_in_scipy,
        surprise_with_the_library,
    ],
}
