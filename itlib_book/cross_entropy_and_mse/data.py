"""Data and computations of the chapter cross entropy and mse."""

import math
from functools import lru_cache

import numpy as np

GOAL = math.log(9)  # the logit of ŷ = 0.9


def steps_of(slope, starts):
    """Return the steps of rate 1 that each start needs to reach the goal."""
    z, needed = starts.astype(float), np.zeros(starts.shape)
    while np.any(z < GOAL):
        needed += z < GOAL
        z = z - slope(z, 1)
    return needed


def travel_time(colour, z):
    """Return the time that a continuous descent takes from z to the goal."""

    def clock(z):
        if colour == "p":
            return z + np.exp(z)
        return (3 * z - np.exp(-z) + 3 * np.exp(z) + np.exp(2 * z) / 2) / 2

    return clock(GOAL) - clock(z)


@lru_cache
def measurements():
    """Return 200 numbers, the label of each, and the inputs of a neuron with a bias."""
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(-1.5, 1, 100), rng.normal(1.5, 1, 100)])
    return x, np.repeat([0, 1], 100), np.stack([x, np.ones(200)], axis=-1)


@lru_cache
def errors(slope, weight):
    """Return the share of wrong answers before each of 300 steps of rate 1 and after them, starting at a weight."""
    _, y, inputs = measurements()
    weights, wrong = np.array([weight, 0.0]), []
    for _ in range(301):
        z = inputs @ weights
        wrong.append(np.mean((z > 0) != (y == 1)))
        weights = weights - inputs.T @ slope(z, y) / len(y)
    return np.array(wrong)


@lru_cache
def mislabelled():
    """Return measurements of two kinds that overlap, and three far ones with the wrong label."""
    rng = np.random.default_rng(2)
    x = np.concatenate([rng.normal(-2, 1.2, 30), rng.normal(2, 1.2, 30), [6, 7, 8]])
    return x, np.concatenate([np.repeat([0, 1], 30), [0, 0, 0]])


@lru_cache
def fitted(slope):
    """Return weight and bias where a descent on a loss from a fair start comes to rest."""
    x, y = mislabelled()
    inputs, weights = np.stack([x, np.ones(x.size)], axis=-1), np.array([1.0, 0.0])
    for _ in range(6000):
        weights = weights - inputs.T @ slope(inputs @ weights, y) / len(y)
    return weights


# Six measurements and their labels, on which squared error behind a sigmoid has two minima.
SIX = np.array([10, 1, 1, 1, 1, 0.2]), np.array([0, 1, 1, 1, 1, 0])


def minima(loss):
    """Return how many minima a mean loss of the six measurements has, as a function of the weight."""
    x, y = SIX
    mean = loss(np.multiply.outer(np.linspace(-2, 6, 801), x), y).mean(axis=1)
    return int(np.sum((mean[1:-1] < mean[:-2]) & (mean[1:-1] < mean[2:])))
