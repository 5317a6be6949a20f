"""The evidence lower bound, in bits."""

import math

import numpy as np
from scipy import special

import itlib


def elbo_in_plain_python(q, prior, likelihood):
    return sum(
        a * (math.log2(b * c / a) if b * c else -math.inf)
        for a, b, c in zip(q, prior, likelihood)
        if a > 0
    )


def elbo_in_numpy(q, prior, likelihood):
    there = q > 0
    q, joint = q[there], (prior * likelihood)[there]
    return np.sum(q * np.log2(joint / q))


def elbo_in_scipy(q, prior, likelihood):
    q, prior = np.array(q), np.array(prior)
    return (special.xlogy(q, likelihood) - special.rel_entr(q, prior)).sum() / math.log(2)


def elbo_with_the_library(q, prior, likelihood):
    q, joint = np.array(q), np.array(prior) * np.array(likelihood)
    evidence = joint.sum()
    return math.log2(evidence) - itlib.kl_divergence(q, joint / evidence)


PROGRAMS = {
    "vi-code": [elbo_in_plain_python, elbo_in_numpy, elbo_in_scipy, elbo_with_the_library],
}
