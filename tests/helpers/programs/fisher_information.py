"""The Fisher information of one parameter."""

import numpy as np

from itlib.fisher import fisher_information


def in_plain_python(p, dp):
    return sum(d * d / a for a, d in zip(p, dp) if a)


def in_numpy(p, dp):
    score = np.divide(dp, p, out=np.zeros(len(p)), where=np.asarray(p) > 0)
    return np.sum(p * score**2)


def as_a_mean(p, dp):
    kept = np.flatnonzero(p)
    return float(np.average((dp[kept] / p[kept]) ** 2, weights=p[kept]))


def with_the_library(p, dp):
    return fisher_information(p, dp)


PROGRAMS = {"fisher-code": [in_plain_python, in_numpy, as_a_mean, with_the_library]}
