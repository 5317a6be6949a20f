"""Honest bits: counts in dictionaries, SciPy's integrals and tables of outcomes, never itlib."""

import itertools
import math
from collections import Counter
from functools import cache

import numpy as np
from scipy import integrate, special, stats

from itlib_book.shared.sample_text import KEYS, sample_text

LN2 = math.log(2)


def lb(x):
    return math.log(x) / LN2


# ---- a fair sign, by quadrature ----


# The noise at nodes so close that a sum over them is the integral to the last digit, as it is of
# every smooth function that vanishes at both ends.
NOISE = np.linspace(-12, 12, 2001)
CHANCES = stats.norm.pdf(NOISE) * (NOISE[1] - NOISE[0])


@cache
def _mmse(snr):
    root = math.sqrt(snr)
    return float(CHANCES @ (1 - np.tanh(root * (root + NOISE))) ** 2)


@cache
def _information(snr):
    """1 bit less the doubt that is left, which is the mean of log₂(1 + e^(−2√s y))."""
    root = math.sqrt(snr)
    return 1 - float(CHANCES @ np.logaddexp(0, -2 * root * (root + NOISE))) / LN2


@cache
def _sign(levels):
    at = [0.01 * 2000 ** (i / (levels - 1)) for i in range(levels)]
    steps = sum((b - a) * _mmse(a) for a, b in itertools.pairwise(at)) / 2 / LN2
    return lb(1.01) / 2 + 1 - _information(20.0), steps


def _levels():
    n = 4
    while sum(_sign(n)) > 1.1:
        n += 1
    return n


# ---- exercises ----


def _density(nats=9000, side=32, low=0):
    width = (1 - low) / 256
    return -(nats / (3 * side**2) + math.log(width)) / LN2


def _logdet(x1=-2, x2=3, s=0.5, t=1):
    """The density of x₁, and that of x₂, which is Gaussian with mean t and deviation e^s."""
    return float(stats.norm.logpdf(x1) + stats.norm.logpdf(x2, t, math.exp(s)))


def _gaussian(snr=3):
    return integrate.quad(lambda u: 0.5 / (1 + u), 0, snr)[0]


def _floor(snr=0.25):
    """Regression of n on y: 1 − cov²/var."""
    return 1 - 1 / (1 + snr)


def _score(y=0.5):
    """Each of the two bells pulls towards its middle, by the chance that the reading is its own."""
    plus = float(special.expit(2 * y))
    return plus * (1 - y) + (1 - plus) * (-1 - y)


def _masked(agree=0.9, steps=3):
    h = float(stats.entropy([agree, 1 - agree], base=2))
    together = sum(1 / steps**2 for _ in range(steps))
    return 2 * together + (1 + h) * (1 - together)


ANSWERS = {
    "hb-normalise": lambda reported=0.5, total=9: lb(2**reported * total),
    "hb-per-byte": lambda nats=3.1, length=4.2: lb(math.exp(nats / length)),
    "hb-token-bytes": lambda: 8 * 1 + 2 + 3 + 3,
    "hb-density-last-step": lambda: 1200 / 784 / LN2 + lb(128),
    "hb-density-alone": _density,
    "hb-grid": lambda k=16: -lb(1 - 1 / k),
    "hb-logdet": _logdet,
    "hb-levels": _levels,
    "hb-gaussian": _gaussian,
    "hb-floor-gaussian": _floor,
    "hb-score": _score,
    "hb-masked": _masked,
    "hb-bits-back": lambda a=0.2, b=0.7: -lb(math.sqrt(a * b)),
    "hb-origin": lambda d=3072: float(stats.chi2(d).mean()) / 2,
}


# ---- demos ----


@cache
def _text():
    text = sample_text()
    cut = text.index(". ", 9 * len(text) // 10) + 2
    return text[:cut], text[cut:], text[cut - 3 : -1]


@cache
def _runs():
    """Return how often each run of four keys occurs in the training text."""
    training, _, _ = _text()
    return Counter(training[i : i + 4] for i in range(len(training) - 3))


@cache
def _hashed(run):
    """Return the 32 bits of which a bucket's number is the first ones."""
    number = 0
    for key in run:
        number = number * 44 + KEYS.index(key)
    return number * 2654435761 % 2**32


@cache
def _hashed_after(context):
    return [_hashed(context + key) for key in KEYS]


@cache
def _counted(size):
    _, test, before = _text()
    runs, contexts, left_out = Counter(), Counter(), 32 - size
    for run, times in _runs().items():  # few of them differ
        runs[_hashed(run) >> left_out] += times
        contexts[_hashed(run[:3]) >> left_out] += times
    said = {}
    for context in {before[i : i + 3] for i in range(len(test))}:
        came = contexts[_hashed(context) >> left_out]
        said[context] = [
            min(runs.get(after >> left_out, 0) / came, 1) if came else 1 / 44
            for after in _hashed_after(context)
        ]
    total = {context: math.fsum(p) for context, p in said.items()}
    came = [said[before[i : i + 3]][KEYS.index(test[i])] for i in range(len(test))]
    sums = [total[before[i : i + 3]] for i in range(len(test))]
    return np.array(came), np.array(sums), total[before[2002 : 2002 + 3]]


def hashed_table(buckets, mix):
    came, sums, here = _counted(int(buckets))
    p, total = came * (1 - mix) + mix / 44, sums * (1 - mix) + mix
    return {
        "sum_here": here * (1 - mix) + mix,
        "mean_sum": float(total.mean()),
        "reported": -float(np.log(p).mean()) / LN2,
        "honest": -float(np.log(p / total).mean()) / LN2,
    }


def _needles(log_width, kind):
    width = 10**log_width
    mixture = [stats.norm(k, width) for k in range(4)]

    def log_density(x):
        return special.logsumexp([bell.logpdf(x) for bell in mixture]) - math.log(4)

    if kind == "at the values themselves":
        return -sum(log_density(k) for k in range(4)) / 4 / LN2
    if kind == "with uniform noise":
        spent = 0.0
        for k in range(4):
            corners = [k - 0.5, k, k + 0.5]
            for a, b in itertools.pairwise(corners):
                spent -= integrate.quad(log_density, a, b, epsabs=1e-11, limit=400)[0]
        return spent / 4 / LN2
    mass = [sum(bell.cdf(k + 0.5) - bell.cdf(k - 0.5) for bell in mixture) / 4 for k in range(4)]
    return -sum(lb(m) for m in mass) / 4


def needles(log_width, kind):
    score = _needles(log_width, kind)
    return {
        "width": 10**log_width,
        "score": score,
        "verdict": "possible" if score > 2 - 1e-8 else "impossible: the truth is 2",
    }


def sign_in_noise(decibels, levels):
    snr = 10 ** (decibels / 10)
    ends, steps = _sign(int(levels))
    return {
        "snr": snr,
        "error": _mmse(snr),
        "noise_error": snr * _mmse(snr),
        "learnt": _information(snr),
        "denoising": steps,
        "ends": ends,
        "total": ends + steps,
    }


@cache
def _table(change):
    """All 256 outcomes of eight flips, and their probabilities."""
    flips = np.array(list(itertools.product((0, 1), repeat=8)))
    changed = (flips[:, 1:] != flips[:, :-1]).sum(axis=1)
    return flips, 0.5 * change**changed * (1 - change) ** (7 - changed)


@cache
def _entropy_of(change, places):
    flips, p = _table(change)
    codes = flips[:, list(places)] @ 2 ** np.arange(len(places))
    return float(stats.entropy(np.bincount(codes.astype(int), weights=p), base=2))


def _alone(change, visible, hidden):
    seen = tuple(sorted(visible))
    return sum(
        _entropy_of(change, tuple(sorted((*seen, i)))) - _entropy_of(change, seen) for i in hidden
    )


@cache
def _by_sets(change):
    return {
        visible: _alone(change, visible, [i for i in range(8) if i not in visible])
        for n in range(8)
        for visible in itertools.combinations(range(8), n)
    }


def unmask(change, steps, order):
    steps, paid = int(steps), 0.0
    if order == "by lot":
        for visible, cost in _by_sets(change).items():
            n = len(visible)
            for j in range(steps):
                hidden = (steps - j) / steps
                paid += (1 - hidden) ** n * hidden ** (8 - n) * cost / (steps - j)
    else:
        line = [0, 4, 2, 6, 1, 5, 3, 7] if order == "far apart first" else list(range(8))
        done = 0
        for j in range(steps):
            size = 8 // steps + (j < 8 % steps)
            paid += _alone(change, line[:done], line[done : done + size])
            done += size
    needed = _entropy_of(change, tuple(range(8)))
    return {"paid_total": paid, "needed": needed, "wasted": abs(paid - needed)}


DEMOS = {
    "hashed-table": hashed_table,
    "needles": needles,
    "sign-in-noise": sign_in_noise,
    "unmask": unmask,
}


# ---- figures ----


def _cell(low, high):
    bell = stats.norm(1.5, math.sqrt(4 / 3))
    return bell.cdf(high) - bell.cdf(low)


def _cells(x):
    return _cell(x - 0.5, x + 0.5)


def _ends(x):
    low, high = (-math.inf if x == 0 else x - 0.5), (math.inf if x == 3 else x + 0.5)
    return _cell(low, high)


def _hidden(steps):
    """Four sticky flips, by all masks of a step."""
    table = {x: 0.5 for x in itertools.product((0, 1), repeat=4)}
    for x in table:
        for a, b in itertools.pairwise(x):
            table[x] *= 0.1 if a != b else 0.9

    def entropy_of(places):
        mass = {}
        for x, p in table.items():
            key = tuple(x[i] for i in places)
            mass[key] = mass.get(key, 0) + p
        return -sum(p * lb(p) for p in mass.values())

    paid, steps = 0.0, round(steps)
    for n in range(4):
        for visible in itertools.combinations(range(4), n):
            cost = sum(
                entropy_of((*visible, i)) - entropy_of(visible)
                for i in set(range(4)) - set(visible)
            )
            for j in range(steps):
                hidden = 1 - j / steps
                paid += (1 - hidden) ** n * hidden ** (3 - n) / steps * cost
    return paid


FIGURES = {
    "honest-reported": [{"reported": lambda size: hashed_table(size, 0.1)["reported"]}],
    "honest-cells": [
        {
            "p": lambda x: stats.norm.pdf(x, 1.5, math.sqrt(4 / 3)),
            "q": lambda x: 0.25,
        },
        {"p": _cells},
        {"p": _ends},
    ],
    "honest-steps": [
        {"p": lambda n: sum(_sign(round(n)))},
        {"p": _hidden},
    ],
    "honest-typical": [
        {
            "draws": lambda r: stats.gamma.pdf(r, 1536, scale=1 / 1536),
            "the likeliest point": lambda r: stats.gamma.pdf(r, 1536, scale=1 / 1536),
            "the likeliest point/dots x": lambda _: 0,
        },
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _stair(i, levels):
    """Return a corner of the stairs over the grid of the diffusion."""
    corner = [0.01 * 2000 ** (step / (int(levels) - 1)) for step in ((i + 1) // 2, i // 2)]
    return corner[0], _mmse(corner[1])


CURVES = {
    "needles": {"0 p": lambda x, log_width: stats.norm.pdf(x, [0, 1, 2, 3], 10**log_width).mean()},
    "sign-in-noise": {
        "0 p": lambda x, decibels: stats.norm.pdf(x, 10 ** (decibels / 20)) / 2,
        "0 q": lambda x, decibels: stats.norm.pdf(-x, 10 ** (decibels / 20)) / 2,
        "0 mix": lambda x, decibels: 0.025 + 0.2 * special.expit(2 * x * 10 ** (decibels / 20)),
        "1 bad": _stair,
        "1 bad 1": _stair,
        "1 axes": lambda x: _mmse(x),
    },
}
