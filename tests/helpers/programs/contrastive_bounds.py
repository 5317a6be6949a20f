"""The contrastive bound of a table of scores."""

import math

import numpy as np
from scipy.special import log_softmax, logsumexp

from itlib.bounds import infonce


def in_plain_python(scores):
    total = 0.0
    for i, row in enumerate(scores.tolist()):
        top = max(row)
        total += math.log(sum(math.exp(s - top) for s in row)) + top - row[i]
    return math.log(len(scores)) - total / len(scores)


def in_scipy(scores):
    return np.log(len(scores)) + np.trace(log_softmax(scores, axis=1)) / len(scores)


def by_differences(scores):
    gaps = scores - np.diag(scores)[:, None]
    return np.log(len(scores)) - np.mean(logsumexp(gaps, axis=1))


def with_the_library(scores):
    return infonce(scores).bound


PROGRAMS = {"bound-code": [in_plain_python, in_scipy, by_differences, with_the_library]}
