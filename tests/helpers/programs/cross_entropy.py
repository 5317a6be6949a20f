"""The mean cross-entropy of a batch of logits, in nats; what is needed, wasted and spent, in bits."""

import math

import numpy as np
from scipy import special, stats

import itlib

# --- the mean cross-entropy of a batch of logits, in nats ---


def loss_in_plain_python(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels):
        top = max(row)
        total += top + math.log(sum(math.exp(z - top) for z in row)) - row[label]
    return total / len(labels)


def loss_in_numpy(logits, labels):
    top = np.max(logits, axis=1)
    shifted = logits - top[:, None]
    own = shifted[np.arange(len(labels)), labels]
    return np.mean(np.log(np.sum(np.exp(shifted), axis=1)) - own)


def loss_in_scipy(logits, labels):
    return -special.log_softmax(logits, axis=1)[range(len(labels)), labels].mean()


def loss_with_the_library(logits, labels):
    return itlib.softmax_cross_entropy(logits, labels).mean()


# --- what is needed, wasted and spent, in bits ---


def bill_in_plain_python(p, q):
    needed = -sum(a * math.log2(a) for a in p if a > 0)
    spent = 0.0
    for a, b in zip(p, q):
        if a > 0:
            spent += a * -math.log2(b) if b > 0 else math.inf
    return needed, spent - needed, spent


def bill_in_numpy(p, q):
    seen = p > 0
    needed = -(p[seen] * np.log2(p[seen])).sum()
    spent = -(p[seen] * np.log2(q[seen])).sum()
    return np.array([needed, spent - needed, spent])


def bill_in_scipy(p, q):
    needed, wasted = stats.entropy(p, base=2), stats.entropy(p, q, base=2)
    return [needed, wasted, needed + wasted]


def bill_with_the_library(p, q):
    return itlib.entropy(p), itlib.kl_divergence(p, q), itlib.cross_entropy(p, q)


PROGRAMS = {
    "xent-code": [loss_in_plain_python, loss_in_numpy, loss_in_scipy, loss_with_the_library],
    "xent-bill": [bill_in_plain_python, bill_in_numpy, bill_in_scipy, bill_with_the_library],
}
