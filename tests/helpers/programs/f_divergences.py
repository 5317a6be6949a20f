"""The Jensen–Shannon divergence, in bits."""

import math

import numpy as np
from scipy.spatial import distance

import itlib


def js_in_plain_python(p, q):
    def from_mean(a, b):
        return sum(x * math.log2(2 * x / (x + y)) for x, y in zip(a, b) if x > 0)

    return (from_mean(p, q) + from_mean(q, p)) / 2


def js_in_numpy(p, q):
    m = (p + q) / 2
    d = [(a[a > 0] * np.log2(a[a > 0] / m[a > 0])).sum() for a in (p, q)]
    return np.mean(d)


def js_in_scipy(p, q):
    return distance.jensenshannon(p, q, base=2) ** 2


def js_with_the_library(p, q):
    m = (np.array(p) + np.array(q)) / 2
    return itlib.entropy(m) - (itlib.entropy(p) + itlib.entropy(q)) / 2


PROGRAMS = {"fdiv-code": [js_in_plain_python, js_in_numpy, js_in_scipy, js_with_the_library]}
