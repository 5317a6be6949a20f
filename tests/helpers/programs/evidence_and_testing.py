"""The regret of normalised maximum likelihood, in bits."""

import math
from fractions import Fraction

import numpy as np
from scipy import special, stats

from itlib.hypotheses import nml_regret


def in_plain_python(n):
    return math.log2(
        sum(math.comb(n, c) * (c / n) ** c * (1 - c / n) ** (n - c) for c in range(n + 1))
    )


def in_numpy(n):
    c = np.arange(n + 1)
    ways = np.array([math.comb(n, k) for k in c], dtype=float)
    return np.log2(np.sum(ways * (c / n) ** c * (1 - c / n) ** (n - c)))


def in_scipy(n):
    c = np.arange(n + 1)
    logs = stats.binom.logpmf(c, n, c / n)
    return special.logsumexp(logs) / math.log(2)


def with_fractions(n):
    total = sum(
        math.comb(n, c) * Fraction(c, n) ** c * Fraction(n - c, n) ** (n - c) for c in range(n + 1)
    )
    return math.log2(total)


def with_the_library(n):
    return nml_regret(n)


PROGRAMS = {"ev-nml": [in_plain_python, in_numpy, in_scipy, with_fractions, with_the_library]}
