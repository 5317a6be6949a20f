"""Differential entropy on a grid, in bits."""

import math

import numpy as np
from scipy import special

import itlib


def density_in_plain_python(f, dx):
    return -sum(y * math.log2(y) * dx for y in f if y)


def density_in_numpy(f, dx):
    f = f[f > 0]
    return -(f * np.log2(f)).sum() * dx


def density_in_scipy(f, dx):
    return special.entr(f).sum() * dx / np.log(2)


def density_with_the_library(f, dx):
    return itlib.entropy(itlib.normalize(f)) + math.log2(dx)


PROGRAMS = {
    "diff-code": [
        density_in_plain_python,
        density_in_numpy,
        density_in_scipy,
        density_with_the_library,
    ],
}
