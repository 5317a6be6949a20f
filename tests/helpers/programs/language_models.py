"""The perplexity of a text."""

import math

import numpy as np
from scipy import stats

import itlib


def perplexity_in_plain_python(p):
    if min(p) == 0:
        return math.inf
    return math.exp(-sum(map(math.log, p)) / len(p))


def perplexity_in_numpy(p):
    return 2 ** -np.log2(p).mean()


def perplexity_in_scipy(p):
    return 1 / stats.gmean(p)


def perplexity_with_the_library(p):
    return 2 ** (sum(itlib.self_information(p)) / len(p))


PROGRAMS = {
    "lm-code": [
        perplexity_in_plain_python,
        perplexity_in_numpy,
        perplexity_in_scipy,
        perplexity_with_the_library,
    ]
}
