"""Mutual information of a table, in bits."""

import math

import numpy as np
from scipy import special

import itlib


def mutual_in_plain_python(p_xy):
    p_x = [sum(row) for row in p_xy]
    p_y = [sum(column) for column in zip(*p_xy)]
    return sum(
        p * math.log2(p / (p_x[i] * p_y[j]))
        for i, row in enumerate(p_xy)
        for j, p in enumerate(row)
        if p > 0
    )


def mutual_in_numpy(p_xy):
    product = p_xy.sum(axis=1)[:, None] * p_xy.sum(axis=0)[None, :]
    mask = p_xy > 0
    return float((p_xy[mask] * np.log2(p_xy[mask] / product[mask])).sum())


def mutual_in_scipy(p_xy):
    x, y = np.sum(p_xy, axis=1), np.sum(p_xy, axis=0)
    return special.rel_entr(p_xy, np.outer(x, y)).sum() / np.log(2)


def mutual_with_the_library(p_xy):
    p_xy = np.array(p_xy)
    return itlib.entropy(p_xy.sum(0)) - itlib.conditional_entropy(p_xy)


PROGRAMS = {
    "joint-code": [
        mutual_in_plain_python,
        mutual_in_numpy,
        mutual_in_scipy,
        mutual_with_the_library,
    ],
}
