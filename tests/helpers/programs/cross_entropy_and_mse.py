"""The slopes of the squared error behind a softmax; the losses of a training run."""

import math

import numpy as np
from scipy import optimize, special

import itlib

# --- the slopes of the squared error behind a softmax ---


def slopes_in_plain_python(logits, label):
    top = max(logits)
    e = [math.exp(z - top) for z in logits]
    q = [x / sum(e) for x in e]
    y = [1 if i == label else 0 for i in range(len(q))]
    return [
        sum(2 * (q[j] - y[j]) * q[j] * ((i == j) - q[i]) for j in range(len(q)))
        for i in range(len(q))
    ]


def slopes_in_numpy(logits, label):
    q = np.exp(logits - logits.max())
    q /= q.sum()
    y = np.zeros_like(q)
    y[label] = 1
    return (np.diag(q) - np.outer(q, q)) @ (2 * (q - y))


def slopes_in_scipy(logits, label):
    q = special.softmax(logits)
    e = q - np.eye(q.size)[label]
    return 2 * q * e - 2 * q * np.dot(q, e)


def slopes_with_the_library(logits, label):
    q = itlib.softmax(logits)
    miss = q - (np.arange(len(q)) == label)
    return [2 * q[i] * (miss[i] - (q * miss).sum()) for i in range(len(q))]


# --- the losses of a training run ---


def training_in_plain_python(z, rate, count):
    losses = []
    for _ in range(count):
        q = 1 / (1 + math.exp(-z))
        losses.append(-math.log(q))
        z -= rate * (q - 1)
    return losses


def training_in_numpy(z, rate, count):
    losses = np.zeros(count)
    for i in range(count):
        losses[i] = np.logaddexp(0, -z)
        z += rate / (1 + np.exp(z))
    return losses


def training_in_scipy(z, rate, count):
    zs = [z]
    for _ in range(count - 1):
        zs.append(zs[-1] + rate * special.expit(-zs[-1]))
    return -special.log_expit(np.array(zs))


def training_with_the_library(z, rate, count):
    out = []
    while len(out) < count:
        out.append(itlib.sigmoid_cross_entropy(z, 1))
        z = z - rate * itlib.sigmoid_cross_entropy_grad(z, 1)
    return tuple(out)


def training_as_an_equation(z, rate, count):
    """Each step as the root of an equation, for those who like it odd."""
    losses = []
    for _ in range(count):
        losses.append(math.log1p(math.exp(-z)))
        step = rate / (1 + math.exp(z))
        z = optimize.brentq(
            lambda there, z=z, step=step: there - z - step, z - 1, z + 9, xtol=1e-13
        )
    return losses


PROGRAMS = {
    "mse-code": [slopes_in_plain_python, slopes_in_numpy, slopes_in_scipy, slopes_with_the_library],
    "mse-training": [
        training_in_plain_python,
        training_in_numpy,
        training_in_scipy,
        training_with_the_library,
        training_as_an_equation,
    ],
}
