"""Fisher information: sums of squares by hand, SciPy's arcs and matrices, never itlib."""

import itertools
import math
from functools import cache

import numpy as np
from points import in_turn
from scipy import optimize, special, stats
from sklearn.datasets import load_iris

from itlib_book.fisher_information import data


def _poisson(mean=5):
    n = np.arange(200)
    return float(np.sum(stats.poisson.pmf(n, mean) * (n / mean - 1) ** 2))


def _log_rate(mean=4.5):
    n = np.arange(200)
    return float(np.sum(stats.poisson.pmf(n, mean) * (n - mean) ** 2))


def _variance(sigma=3, n=50):
    return n / 2 / sigma / sigma / sigma / sigma


def _coins(a=0.1, b=0.9):
    overlap = math.sqrt(a * b) + math.sqrt((1 - a) * (1 - b))
    return 2 * math.acos(overlap)


def _trust(p=0.1, nats=0.02):
    return math.sqrt(2 * nats * (1 / p + 1 / (1 - p)))


ANSWERS = {
    "fisher-poisson": _poisson,
    "fisher-log-rate": _log_rate,
    "fisher-variance": _variance,
    "fisher-tosses": lambda p=0.2, deviation=0.02: (p - p * p) / deviation / deviation,
    "fisher-coins": _coins,
    "fisher-trust": _trust,
    "fisher-natural-last-step": lambda: 0.3 * 4,
    "fisher-natural-alone": lambda rate=5, mean=9: mean / rate - 1,
    "fisher-batch": lambda size=32, mean_square=0.064: mean_square / size,
    "fisher-noise-speed": lambda sigma=5, variance=0.3: 0.5 * variance / sigma / sigma,
    "fisher-tasks": lambda b=4, c=13: float(np.mean([0, np.mean([0, b]), c])),
}


def _kl(p, q):
    return float(stats.entropy([p, 1 - p], [q, 1 - q]))


PLACES = {
    "probability": (lambda p: p, lambda p: 1 / p + 1 / (1 - p)),
    "logit": (special.logit, lambda p: p - p * p),
    "angle": (lambda p: math.acos(1 - 2 * p), lambda p: 1.0),
}


def ruler(p, q, coordinate):
    place, information = PLACES[coordinate]
    ruled = information(p) * (place(q) - place(p)) ** 2 / 2
    return {
        "forward": _kl(p, q),
        "backward": _kl(q, p),
        "ruled": ruled,
        "share": ruled / _kl(p, q) if p != q else 1.0,
        "information": information(p),
    }


def _left(x, log):
    sigma = math.exp(x[1]) if log else x[1]
    return math.log(sigma) + (1 + x[0] ** 2) / (2 * sigma**2) - 0.5


def _walk(mu, sigma, step, log, natural):
    """Walk with the derivatives in the very coordinates, in long double."""
    x = np.array([mu, math.log(sigma) if log else sigma], np.longdouble)
    way = [x]
    for _ in range(data.STEPS):
        s2 = np.exp(2 * x[1]) if log else x[1] ** 2
        slope = np.array([x[0] / s2, (1 - (1 + x[0] ** 2) / s2) * (1 if log else 1 / x[1])])
        if natural:
            slope = np.array([slope[0] * s2, slope[1] / 2 * (1 if log else s2)])
        x = x - step * slope
        way.append(x)
    return way


def two_paths(mu, sigma, coordinate, step):
    log = coordinate == "μ and log σ"
    plain, natural = (
        [_left(x, log) for x in _walk(mu, sigma, step, log, way)] for way in (False, True)
    )
    return {
        "at_start": plain[0],
        "plain_10": plain[10],
        "natural_10": natural[10],
        "plain_30": plain[30],
        "natural_30": natural[30],
    }


def _pulls(w1, w2):
    """Return the forty examples, what the model says of each, and the slope of its loss."""
    x, y, _ = data.plane()
    p = special.expit(x @ [w1, w2])
    return x, p, (p - y)[:, None] * x


def three_fishers(w1, w2, batch):
    _, y, _ = data.plane()
    x, p, gradients = _pulls(w1, w2)
    model = np.einsum("i,ij,ij->", p * (1 - p), x, x) / len(x)
    each = np.einsum("ij,ij->", gradients, gradients) / len(x)
    mean = gradients.mean(axis=0)
    n = int(batch)
    batches = each / n + (n - 1) / n * float(mean @ mean)
    return {
        "loss": float(-np.mean(special.xlogy(y, p) + special.xlog1py(1 - y, -p))),
        "model_trace": float(model),
        "data_trace": float(each),
        "batch_trace": batches,
        "smaller": float(each) / batches,
    }


DEMOS = {"ruler": ruler, "two-paths": two_paths, "three-fishers": three_fishers}
NATS = {"ruler", "two-paths", "three-fishers"}

# ---- figures ----


@cache
def _importances():
    """Return the squares of slopes of two species at the root of their sum, three times averaged."""
    features, species = load_iris(return_X_y=True)
    x, y = stats.zscore(features[50:, :3]), species[50:] - 1
    x = np.hstack([x, np.ones((100, 1))])
    found = optimize.root(lambda w: x.T @ (special.expit(x @ w) - y), np.zeros(4), tol=1e-14)
    right = special.expit(x @ found.x)
    slopes = (right - y)[:, None] * x
    batches = np.var(slopes, axis=0) / 32 + np.mean(slopes, axis=0) ** 2
    labels = right[:, None] * ((right - 1)[:, None] * x) ** 2
    labels = labels + (1 - right)[:, None] * (right[:, None] * x) ** 2
    return batches, np.mean(slopes**2, axis=0), np.mean(labels, axis=0)


def _importance(program):
    return lambda row: _importances()[program][round(row)]


def _below_the_top(n):
    heads = 3 * n // 10
    return lambda p: stats.binom.logpmf(heads, n, p) - stats.binom.logpmf(heads, n, 0.3)


def _parabola(n):
    deviation = stats.binom.std(n, 0.3) / n
    return lambda p: stats.norm.logpdf(p, 0.3, deviation) - stats.norm.logpdf(0.3, 0.3, deviation)


def _quarter(x):
    return math.sqrt((1 - x) * (1 + x))


def _triangle(x):
    return math.sqrt(3) * min(x, 1 - x)


def _height_between(p, q):
    """Return place ↦ height on the straight line between two points of the triangle."""
    (x, y), (across, up) = ((c / 2 + b, c * math.sqrt(0.75)) for _, b, c in (p, q))
    return lambda place: y + (place - x) * (up - y) / (across - x)


def _bent_way(place):
    """Return the height where the chord of the roots, blown up to the sphere, has a place."""

    def between(share):
        roots = (1 - share) * np.sqrt([0.7, 0.2, 0.1]) + share * np.sqrt([0.1, 0.3, 0.6])
        return roots**2 / (roots @ roots)

    share = optimize.brentq(
        lambda s: between(s) @ [0, 1, 0.5] - place, -0.01, 1.01, xtol=1e-15, rtol=1e-14
    )
    return between(share)[2] * math.sqrt(0.75)


def _ellipses():
    """Return points round nine places at which half of the ruler's square is 0.05 nats."""
    turn = np.exp(2j * np.pi * np.arange(80) / 79)
    points = []
    for mu, sigma in itertools.product((-2, 0, 2), (0.5, 1, 2)):
        information = np.diag([1 / sigma**2, 2 / sigma**2])
        across = np.linalg.cholesky(np.linalg.inv(information)) @ [turn.real, turn.imag]
        points += ([mu, sigma] + math.sqrt(0.1) * across.T).tolist()
    return points


COINS = 0, 0.1, 0.3, 0.5, 0.7, 0.9, 1


FIGURES = {
    "fisher-importance": [
        {"mix": _importance(0)},
        {"q": _importance(1)},
        {"p": _importance(2)},
    ],
    "fisher-likelihoods": [
        {
            f"{colour}/line {i}": route(n)
            for colour, n in (("q", 10), ("mix", 100), ("p", 1000))
            for i, route in enumerate((_below_the_top, _parabola))
        }
    ],
    "fisher-distances": [
        {
            "p/dots all": in_turn(*[(math.sqrt(1 - heads), math.sqrt(heads)) for heads in COINS]),
            "muted": _quarter,
            "q": _quarter,
        },
        {
            "muted": _triangle,
            "q": _bent_way,
            "p": _height_between((0.7, 0.2, 0.1), (0.1, 0.3, 0.6)),
        },
        {
            "p/line all": in_turn(*_ellipses()),
            "q": lambda mu: math.sqrt(0.5**2 + (2**2 - mu**2) / 2),
        },
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _place(natural):
    def route(i, mu, sigma, coordinate, step):
        log = coordinate == "μ and log σ"
        mean, width = _walk(mu, sigma, step, log, natural)[i]
        return mean, math.exp(width) if log else width

    return route


def _left_after(natural):
    def route(x, mu, sigma, coordinate, step):
        log = coordinate == "μ and log σ"
        return _left(_walk(mu, sigma, step, log, natural)[round(x)], log)

    return route


def _off_the_ellipse(place, matrix):
    """Return how far vᵀ M⁻¹ v is from 1."""
    return place @ np.linalg.solve(matrix, place) - 1


def _off_the_models(x, y, w1, w2):
    points, p, _ = _pulls(w1, w2)
    return _off_the_ellipse(np.array([x, y]), (points.T * p * (1 - p)) @ points / len(points))


def _off_the_batches(x, y, w1, w2, batch=1):
    slopes = _pulls(w1, w2)[2]
    spread, mean = np.cov(slopes.T, bias=True), slopes.mean(axis=0)
    return _off_the_ellipse(np.array([x, y]), spread / int(batch) + np.outer(mean, mean))


CURVES = {
    "two-paths": {
        "0 q": _place(False),
        "0 p": _place(True),
        "1 q": _left_after(False),
        "1 p": _left_after(True),
    },
    "three-fishers": {
        "1 p": _off_the_models,
        "1 q": lambda x, y, w1, w2: _off_the_batches(x, y, w1, w2),
        "1 mix": _off_the_batches,
    },
}
