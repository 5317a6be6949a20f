"""Cross-entropy and squared error, a second time."""

from functools import lru_cache

import numpy as np
from mpmath import diff, exp, findroot, log, mpf, quad
from precise import exact
from scipy import integrate, optimize, special

from itlib_book.cross_entropy_and_mse import data


def sigmoid(z):
    """Return 1 / (1 + e^−z)."""
    return 1 / (1 + exp(-z))


def squared_error(z):
    """Return the squared error of a neuron for the label 1."""
    return (1 - sigmoid(z)) ** 2


def at(p):
    """Return the logit of a prediction."""
    p = exact(p)
    return log(p / (1 - p))


def wished(p=0.2, y=1):
    """Return the slope of cross-entropy in the prediction, by differences."""
    return diff(lambda q: -log(q) if y else -log(1 - q), exact(p))


def pull_ratio(k=50):
    """Return how much harder cross-entropy pulls at the true logit of k equal ones."""

    def true(z):
        return exp(z) / (exp(z) + k - 1)

    def squares(z):
        other = (1 - true(z)) / (k - 1)
        return (1 - true(z)) ** 2 + (k - 1) * other**2

    return diff(lambda z: -log(true(z)), 0) / diff(squares, 0)


def longer(near=12, far=15):
    """Return how much longer the descent takes from the farther start, by quadrature."""

    def time(start):
        return quad(lambda z: -1 / diff(squared_error, z), [-start, -start + 2, -5, 0, log(9)])

    return time(far) / time(near)


ANSWERS = {
    "mse-slope-last-step": lambda: diff(squared_error, at(0.3)),
    "mse-slope": lambda p=0.1: diff(squared_error, at(p)),
    "mse-softmax-slope": lambda a=0.2, b=0.7, c=0.1: diff(
        lambda z: -log(exact(a)) + log(exact(a) + exp(z) + exact(c)), log(exact(b))
    ),
    "mse-wished": wished,
    "mse-curvature": lambda p=0.2: diff(squared_error, at(p), 2),
    "mse-steepest": lambda: findroot(lambda y: y * (2 - 3 * y), 0.6),
    "mse-brier": lambda a=0.5, b=0.3, c=0.2: exact(a) ** 2 + (1 - exact(b)) ** 2 + exact(c) ** 2,
    "mse-many": pull_ratio,
    "mse-longer": longer,
}


def logit_gradients(y, z):
    p = special.expit(z)
    return {
        "prediction": p,
        "ce_slope_in_prediction": 1 / (p if y else 1 - p),
        "ce_slope_in_logit": abs(pull_ce(z, y)),
        "se_slope_in_prediction": 2 * abs(p - y),
        "se_slope_in_logit": abs(pull_se(z, y)),
    }


def descent(start, rate, step):
    shown = {}
    for name, pull in (("ce", pull_ce), ("se", pull_se)):
        z, count, needed = start, 0, None
        while needed is None or count < step:
            if needed is None and special.expit(z) >= 0.9:
                needed = count
            if count < step:
                there = z - rate * pull(z, 1)
            z, count = z - rate * pull(z, 1), count + 1
        shown[f"{name}_steps"] = f"{needed:,}"
        shown[f"{name}_prediction"] = special.expit(there if step else start)
    return shown


DEMOS = {"logit-gradients": logit_gradients, "descent": descent}

# ---- figures ----


def pull_ce(z, y):
    """Return the slope of -ln σ(z) or -ln σ(-z): minus the chance of the other label."""
    return special.expit(z) * (1 - y) - special.expit(-z) * y


def pull_se(z, y):
    """Return the slope of (σ(z) - y)²."""
    return 2 * (special.expit(z) - y) * special.expit(z) * special.expit(-z)


PULLS = {"p": pull_ce, "q": pull_se}


def travel(pull):
    """Return start ↦ the time of a descent to ŷ = 0.9, as an integral of 1 / speed."""
    return lambda start: integrate.quad(
        lambda z: -1 / pull(z, 1), start, np.log(9), epsrel=1e-11, limit=200
    )[0]


def counted(pull):
    def steps(start):
        z, count = start, 0
        while special.expit(z) < 0.9:
            z, count = z - pull(z, 1), count + 1
        return count

    return steps


@lru_cache
def wrong_answers(pull, weight):
    """Return the percentage of wrong answers before each of 300 steps."""
    x, y, _ = data.measurements()
    slope, level, found = float(weight), 0.0, []
    for _ in range(301):
        z = slope * x + level
        found.append(100 * np.count_nonzero((z > 0) != (y > 0)) / 200)
        pulls = pull(z, y)
        slope, level = slope - np.mean(pulls * x), level - np.mean(pulls)
    return found


def learning(colour):
    return {
        f"{colour}/line {i}": lambda step, w=w: wrong_answers(PULLS[colour], w)[round(step)]
        for i, w in enumerate((-1, -4, -8))
    }


def expected(loss):
    """Return forecast ↦ the mean loss when it rains with probability 0.7."""
    return lambda p: 7 * loss(1 - mpf(p)) / 10 + 3 * loss(mpf(p)) / 10


def rain_in_nats(p="0.7"):
    """Return what a forecast costs in the mean when it rains with probability 0.7."""
    return -(7 * log(mpf(p)) + 3 * log(1 - mpf(p))) / 10


def mean_of_six(loss):
    x, y = np.array([10, 1, 1, 1, 1, 0.2]), np.array([0, 1, 1, 1, 1, 0])
    return lambda weight: np.mean(loss(special.expit(weight * x * (2 * y - 1))))


def valleys(loss):
    """Return the weights of a grid in steps of a fiftieth that cost less than both neighbours."""
    weights = -2 + np.arange(401) / 50
    mean = [mean_of_six(loss)(weight) for weight in weights]
    return [weights[i] for i in range(1, 400) if mean[i] < mean[i - 1] and mean[i] < mean[i + 1]]


def shape(colour, loss):
    """Return the routes of a mean loss, where `loss` is of the chance given to the true label."""
    return {
        f"{colour}/line": mean_of_six(loss),
        f"{colour}/dots x": lambda k: valleys(loss)[int(k)],
        f"{colour}/dots": mean_of_six(loss),
    }


@lru_cache
def at_rest(pull):
    """Return weight and bias at which the mean slope of the loss is zero."""
    x, y = data.mislabelled()

    def slope(weights):
        pulls = pull(weights[0] * x + weights[1], y)
        return np.mean(pulls * x), np.mean(pulls)

    return optimize.root(slope, [1.0, 0.0], tol=1e-14).x


def curve(pull):
    return lambda x: special.expit(at_rest(pull) @ [x, 1])


FIGURES = {
    "mse-steps-needed": [
        {
            "cross-entropy/line": travel(pull_ce),
            "cross-entropy/dots": counted(pull_ce),
            "squared error/line": travel(pull_se),
            "squared error/dots": counted(pull_se),
        }
    ],
    "mse-learning-curves": [learning("p"), learning("q")],
    "mse-proper": [
        {"p/line": rain_in_nats, "p/dots": rain_in_nats, "H(p)": lambda _: rain_in_nats()},
        {
            "squared": expected(lambda miss: miss**2),
            "absolute": expected(lambda miss: miss),
            "squared/dots": lambda _: mpf("0.21"),
            "bad/dots": expected(lambda miss: miss),
            "squared/dots x": lambda _: mpf("0.7"),
            "bad/dots x": lambda _: 1,
        },
    ],
    "mse-shapes": [
        shape("p", lambda chance: -np.log(chance)),
        shape("q", lambda chance: (1 - chance) ** 2),
    ],
    "mse-wrong-labels": [
        {
            "muted/dots": lambda x: dict(zip(*data.mislabelled()))[x],
            "wrong labels": lambda x: {6: 0, 7: 0, 8: 0}[x],
            "cross-entropy": curve(pull_ce),
            "squared error": curve(pull_se),
        }
    ],
}
