"""Data and computations of the chapter smoothing and temperature."""

from functools import lru_cache

import numpy as np
from sklearn.datasets import load_digits

from itlib import log_softmax, softmax
from itlib_book.shared.demands import demand_count

BELIEVED = np.array([6.0, 5.0, 1.0, 0.0, -12.0])  # a teacher's logits

GUESSED = np.array([6.0, 3.0, 1.0, 0.0, -4.0])  # a student's: too low on b, too high on e

OVERDONE = 3  # by which factor the model of the calibration example inflates its logits


def pulls(temperature):
    """Return T² times the gradient of the distillation loss in the student's logits."""
    gap = softmax(GUESSED, temperature=temperature) - softmax(BELIEVED, temperature=temperature)
    return temperature * gap


@lru_cache(maxsize=1)
def predictions():
    """Return logits of a model that is too sure of itself, and labels.

    The labels are drawn from the softmax of z; the model reports `OVERDONE` times z.
    """
    rng = np.random.default_rng(0)
    z = rng.normal(0, 1.5, (20_000, 5))
    chances = softmax(z).cumsum(axis=1)
    labels = (rng.random((len(z), 1)) > chances).sum(axis=1).clip(max=4)
    return OVERDONE * z, labels


def held_out_loss(temperature):
    """Return the mean loss of the model at a temperature, in nats."""
    z, labels = predictions()
    return -log_softmax(z, temperature=temperature)[np.arange(len(z)), labels].mean()


def reliability(temperature):
    """Return the mean confidence and the share of right answers in ten bins of confidence."""
    z, labels = predictions()
    p = softmax(z, temperature=temperature)
    sure, right = p.max(axis=1), p.argmax(axis=1) == labels
    bins = np.minimum((10 * sure).astype(int), 9)
    filled = [b for b in range(10) if np.sum(bins == b) >= 50]
    return np.array([(sure[bins == b].mean(), right[bins == b].mean()) for b in filled]).T


@lru_cache(maxsize=1)
def digits(*, training=100, held_out=900, hidden=64, steps=3000):
    """Return (logits, labels) of a small network for held-out digits, and for digits to test on.

    It has one hidden layer, and goes downhill on the loss of its few training digits for long.
    """
    images, rng = load_digits(), np.random.default_rng(0)
    demand_count(training, "training", most=len(images.target) - 2)
    demand_count(held_out, "held_out", most=len(images.target) - 1 - training)
    demand_count(hidden, "hidden", most=10_000)
    demand_count(steps, "steps", least=0, most=100_000)
    order = rng.permutation(len(images.target))
    x, y = images.data[order] / 16, images.target[order]
    rng = np.random.default_rng(0)
    w, offset = rng.normal(0, 1 / 8, (64, hidden)), np.zeros(hidden)
    w_out, offset_out = rng.normal(0, hidden**-0.5, (hidden, 10)), np.zeros(10)
    seen, targets = x[:training], np.eye(10)[y[:training]]
    for _ in range(steps):
        inner = np.tanh(seen @ w + offset)
        pull = (softmax(inner @ w_out + offset_out) - targets) / training
        back = (pull @ w_out.T) * (1 - inner**2)
        w_out, offset_out = w_out - inner.T @ pull, offset_out - pull.sum(axis=0)
        w, offset = w - seen.T @ back, offset - back.sum(axis=0)
    logits = np.tanh(x @ w + offset) @ w_out + offset_out
    parts = slice(training, training + held_out), slice(training + held_out, None)
    return tuple((logits[part], y[part]) for part in parts)
