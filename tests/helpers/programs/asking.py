"""What an answer tells on average."""

import math

import numpy as np

from itlib import mutual_information


def in_plain_python(prior, likelihood):
    answers = [
        sum(p * row[y] for p, row in zip(prior, likelihood)) for y in range(len(likelihood[0]))
    ]
    return sum(
        p * x * math.log2(x / answers[y])
        for p, row in zip(prior, likelihood)
        for y, x in enumerate(row)
        if p * x > 0
    )


def of_entropies(prior, likelihood):
    def h(p):
        return -np.sum(np.where(p > 0, p * np.log2(np.where(p > 0, p, 1)), 0), axis=-1)

    return h(prior @ likelihood) - prior @ h(likelihood)


def of_beliefs(prior, likelihood):
    total = 0.0
    for y, chance in enumerate(np.dot(prior, likelihood)):
        if chance > 0:
            belief = prior * likelihood[:, y] / chance
            moved = belief > 0
            total += chance * np.sum(belief[moved] * np.log2(belief[moved] / prior[moved]))
    return total


def with_the_library(prior, likelihood):
    return mutual_information(np.diag(prior) @ likelihood)


PROGRAMS = {"ask-code": [in_plain_python, of_entropies, of_beliefs, with_the_library]}
