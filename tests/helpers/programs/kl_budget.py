"""The best policy for a price of a nat."""

import math

import numpy as np

from itlib.policies import tilt


def in_plain_python(reference, reward, beta):
    best = max(reward)
    weights = [p * math.exp((r - best) / beta) for p, r in zip(reference, reward)]
    return [w / sum(weights) for w in weights]


def in_numpy(reference, reward, beta):
    logits = np.log(reference) + np.asarray(reward) / beta
    found = np.exp(logits - logits.max())
    return found / np.sum(found)


def one_after_the_other(reference, reward, beta):
    found = np.array(reference, float)
    for i, r in enumerate(reward):
        found[i] *= np.exp((r - np.max(reward)) / beta)
    return found / np.sum(found)


def with_the_library(reference, reward, beta):
    return tilt(reference, reward, beta)


PROGRAMS = {"budget-code": [in_plain_python, in_numpy, one_after_the_other, with_the_library]}
