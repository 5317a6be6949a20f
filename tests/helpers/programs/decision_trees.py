"""Information gain, in bits."""

import math
from collections import Counter

import numpy as np
from scipy import stats

import itlib


def gain_in_plain_python(feature, labels):
    def bits(column):
        n = len(column)
        return -sum(column.count(x) / n * math.log2(column.count(x) / n) for x in set(column))

    gain = bits(labels)
    for value in set(feature):
        group = [y for x, y in zip(feature, labels) if x == value]
        gain -= len(group) / len(labels) * bits(group)
    return gain


def gain_in_numpy(feature, labels):
    def bits(column):
        p = np.unique(column, return_counts=True)[1] / len(column)
        return -(p * np.log2(p)).sum()

    inside = [(feature == v).mean() * bits(labels[feature == v]) for v in np.unique(feature)]
    return bits(labels) - np.sum(inside)


def gain_in_scipy(feature, labels):
    def bits(things):
        return stats.entropy(list(Counter(things).values()), base=2)

    return bits(feature) + bits(labels) - bits(list(zip(feature, labels)))


def gain_with_the_library(feature, labels):
    return itlib.mutual_information_from_samples(feature, labels)


PROGRAMS = {
    "tree-code": [gain_in_plain_python, gain_in_numpy, gain_in_scipy, gain_with_the_library],
}
