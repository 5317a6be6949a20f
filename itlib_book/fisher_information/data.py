"""Data and computations of the chapter on Fisher information."""

import math
from functools import cache

import numpy as np

from itlib import sigmoid
from itlib.fisher import empirical_fisher, logistic_fisher
from itlib_book.shared.irises import load_iris

WEIGHTS = ("sepal length", "sepal width", "petal length", "bias")

# Five points through which a logistic regression without a bias is drawn.
X = np.array([[-2.0], [-1.0], [0.5], [1.0], [3.0]])
Y = np.array([0, 1, 0, 1, 1])


def slopes(x, y, w):
    """Return the gradient of each example's loss in the weights w, one a row."""
    return (sigmoid(x @ w) - y)[:, None] * x


def trained(x, y):
    """Return the weights of the logistic regression that fits best, by natural steps."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        w = w - np.linalg.solve(logistic_fisher(x, w), slopes(x, y, w).mean(axis=0))
    return w


@cache
def irises():
    """Return two species as standardised features with a one, their labels, and the weights."""
    features, species = load_iris(return_X_y=True)
    two = species > 0
    x = features[two][:, :3]
    x = np.column_stack([(x - x.mean(axis=0)) / x.std(axis=0), np.ones(len(x))])
    y = (species[two] == 2).astype(float)
    return x, y, trained(x, y)


def importances(batch=32):
    """Return what three programs say of each weight: batches, examples, labels of the model.

    The first is the mean over all batches that can be drawn with replacement.
    """
    if not batch >= 1:
        raise ValueError(f"batch must be at least 1, got {batch!r}")
    x, y, w = irises()
    gradients = slopes(x, y, w)
    each = np.diag(empirical_fisher(gradients))
    return batched(each, gradients.mean(axis=0) ** 2, batch), each, np.diag(logistic_fisher(x, w))


def batched(mean_square, square_of_mean, batch):
    """Return the mean square of the average of `batch` draws with replacement."""
    return mean_square / batch + (1 - 1 / batch) * square_of_mean


# ---- forty points in the plane, with labels that a logistic regression drew ----


@cache
def plane():
    """Return features, labels and the best weights of forty examples."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=(40, 2)) * [1.0, 1.5]
    y = (rng.random(40) < sigmoid(x @ [1.0, -1.0])).astype(float)
    return x, y, trained(x, y)


# ---- a Gaussian that learns to be N(0, 1) ----

STEPS = 30


def divergence(mu, sigma):
    """Return D(N(0, 1)‖N(μ, σ²)) in nats."""
    with np.errstate(over="ignore"):
        return np.log(sigma) + (1 + np.square(mu)) / (2 * np.square(sigma)) - 0.5


def path(mu, sigma, step, *, log, natural):
    """Return μ and σ of STEPS steps downhill, in the coordinates (μ, σ) or (μ, log σ)."""
    found = [(mu, sigma)]
    for _ in range(STEPS):
        down_mu, down_sigma = mu / sigma**2, 1 / sigma - (1 + mu**2) / sigma**3
        if natural:
            down_mu, down_sigma = down_mu * sigma**2, down_sigma * sigma**2 / 2
        elif log:
            down_sigma *= sigma**2  # ∂/∂log σ is σ ∂/∂σ, and a step of log σ one of σ by σ
        mu = mu - step * down_mu
        if log:
            sigma = sigma * math.exp(min(-step * down_sigma / sigma, 20))
        else:
            sigma = sigma - step * down_sigma
        found.append((mu, sigma))
    return np.array(found).T
