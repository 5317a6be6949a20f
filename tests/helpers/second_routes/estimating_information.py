"""Estimating information: entropies of SciPy's, sums and harmonic numbers, never itlib."""

import math

import numpy as np
from scipy import stats


def _shared(table):
    """I(X;Y) in bits: half of the likelihood-ratio statistic of independence, per sample."""
    table = np.asarray(table, float)
    statistic = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    return statistic / (2 * table.sum()) / math.log(2)


def _bits(nats):
    return nats / math.log(2)


def _dice(faces=6, n=300):
    return _bits(stats.chi2((faces - 1) * (faces - 1)).mean() / (2 * n))


def _customers(n=1000, towns=20, products=5, plug=0.08):
    return plug - _bits(stats.chi2((towns - 1) * (products - 1)).mean() / (2 * n))


def _miller(treated=12, others=5):
    return _shared([[treated, 20 - treated], [others, 20 - others]]) - _bits(1 / 80)


def _alone(rows=4, columns=3, empty=2, n=60, plug=0.32):
    """Three corrections, one for each entropy."""
    seen = rows * columns - empty
    return plug - _bits(((seen - 1) - (rows - 1) - (columns - 1)) / (2 * n))


def _psi(m):
    """The digamma function of a whole number, by harmonic sums."""
    return math.fsum(1 / i for i in range(1, m)) - np.euler_gamma


def _nearest(n=1000, k=4, inside=49):
    return _bits(_psi(k) + _psi(n) - 2 * _psi(inside + 1))


def _redundant(a=0.99, b=0.99, m=3):
    return a + b - stats.entropy(np.ones(m))


def _vmeasure(second=45, third=40):
    table = np.array([[50, 0, 0], [0, second, 50 - second], [0, 50 - third, third]])
    h = [stats.entropy(table.sum(axis=axis), base=2) for axis in (0, 1)]
    return _shared(table) / np.mean(h)


def _bound(error=0.1, belief=0.2):
    """The information, less the divergence of the guesser from the posterior."""
    true, guessed = [1 - error, error], [1 - belief, belief]
    return 1 - stats.entropy(true, base=2) - stats.entropy(true, guessed, base=2)


def _adjusted(shared=0.9, h_y=1.5, h_c=1.9, expected=0.2):
    return 2 * (shared - expected) / (h_y + h_c - 2 * expected)


ANSWERS = {
    "est-dice": _dice,
    "est-share": lambda score=0.25, m=3: 100 * score / stats.entropy(np.ones(m)),
    "est-customers": _customers,
    "est-miller": _miller,
    "est-miller-last-step": lambda: _shared([[9, 3, 0], [2, 4, 6]]) - _bits(1 / 48),
    "est-miller-alone": _alone,
    "est-copied": lambda: 0.5 * 0 + 0.5 * 1,
    "est-nearest": _nearest,
    "est-redundant": _redundant,
    "est-vmeasure": _vmeasure,
    "est-bound": _bound,
    "est-adjusted": _adjusted,
    "est-contrastive": lambda number=512, loss=1.2: math.log2(number * math.exp(-loss)),
    "est-grows": lambda few=800, many=6400: _bits(math.fsum(1 / i for i in range(few, many))),
}
