"""Softmax at a temperature."""

import math

import numpy as np
from scipy import special

import itlib


def softmax_in_plain_python(z, T):
    e = [math.exp((x - max(z)) / T) for x in z]
    return [x / sum(e) for x in e]


def softmax_in_numpy(z, T):
    z = z / T
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def softmax_in_scipy(z, T):
    return np.exp(np.array(z) / T - special.logsumexp(np.array(z) / T))


def softmax_with_the_library(z, T):
    return itlib.softmax([x / T for x in z])


PROGRAMS = {
    "temp-code": [
        softmax_in_plain_python,
        softmax_in_numpy,
        softmax_in_scipy,
        softmax_with_the_library,
    ],
}
