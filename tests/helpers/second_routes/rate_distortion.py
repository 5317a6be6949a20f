"""Rates, quantisers and summaries: SciPy's integrals, roots and descents, never itlib."""

import math
from functools import cache

import numpy as np
from points import in_turn
from scipy import integrate, optimize, special, stats
from scipy.cluster import vq

from itlib_book.shared.pictures import photograph


def lb(x):
    return math.log(x) / math.log(2)


def _h(p):
    return float((special.entr(p) + special.entr(1 - p)) / math.log(2))


def _level(variances, total):
    """Find the water level by bisection."""
    return optimize.brentq(
        lambda level: np.minimum(variances, level).sum() - total, 0, max(variances)
    )


def _water_rate(variances, total):
    level = _level(np.array(variances), total)
    return sum(lb(v / level) / 2 for v in variances if v > level)


def _summary(percent=70, bits=2):
    """T = X + noise of the variance v: both informations from correlations."""
    rho = percent / 100
    v = 1 / (4.0**bits - 1)
    squared = rho**2 / (1 + v)
    return -lb(1 - squared) / 2


ANSWERS = {
    "rd-gauss-bits": lambda variance=3, error=0.2: lb(math.sqrt(variance / error)),
    "rd-fair-coin": lambda percent=5: 1 - _h(percent / 100),
    "rd-price": lambda percent=10: lb(100 / percent - 1),
    "rd-scale": lambda price=0.002: price * 65025,
    "rd-palette": lambda count=32, width=64: (count.bit_length() - 1) * width**2 + count * 8 * 3,
    "rd-water-last-step": lambda: _water_rate([8, 2, 0.5], 2.5),
    "rd-water-alone": lambda a=12, b=4, c=0.5, total=2.1: _level(np.array([a, b, c]), total),
    "rd-file": lambda side=32, words=512, perplexity=200: side**2 * lb(perplexity),
    "rd-realism": lambda bits=2.5: 2 / 4.0**bits,
    "rd-critical": lambda percent=30: 1 / (1 - percent / 50) ** 2,
    "rd-gaussian-summary": _summary,
}

# ---- demo-quantiser ----


def _spread(x, level):
    return stats.norm.pdf(x) * (x - level) ** 2


def _cells(edges, levels):
    """Integrate the squared error and the weight over each cell."""
    whole = [-np.inf, *edges, np.inf]
    error, weights = 0.0, []
    for low, high, level in zip(whole, whole[1:], levels):
        low, high = max(low, -12.0), min(high, 12.0)
        if low >= high:
            weights.append(0.0)
            continue
        middle = sorted({low, high, *[x for x in (-4.0, 0.0, 4.0) if low < x < high]})
        for a, b in zip(middle, middle[1:]):
            error += integrate.quad(_spread, a, b, args=(level,))[0]
        weights.append(stats.norm.cdf(high) - stats.norm.cdf(low))
    return error, np.array(weights)


@cache
def _lloyd(n):
    """Descend on the error, from quantiles."""
    levels = stats.norm.ppf((np.arange(n) + 0.5) / n) * 1.2
    for _ in range(6000):
        edges = np.concatenate([[-np.inf], (levels[1:] + levels[:-1]) / 2, [np.inf]])
        densities = np.exp(-(edges**2) / 2) / math.sqrt(2 * math.pi)
        levels = -np.diff(densities) / np.diff(special.ndtr(edges))
    return levels


def _even_error(step, n):
    levels = step * (np.arange(n) - (n - 1) / 2)
    edges = np.concatenate([[-np.inf], (levels[1:] + levels[:-1]) / 2, [np.inf]])
    weights, moments = np.diff(stats.norm.cdf(edges)), -np.diff(stats.norm.pdf(edges))
    return 1 - 2 * moments @ levels + weights @ levels**2


def _quantiser(levels, kind):
    n = int(levels)
    if kind == "equal use":
        edges = stats.norm.ppf(np.arange(1, n) / n)
        return edges, np.array(
            [
                stats.norm.expect(lb=a, ub=b, conditional=True)
                for a, b in zip([-np.inf, *edges], [*edges, np.inf])
            ]
        )
    if kind == "least error":
        places = _lloyd(n)
    else:
        found = optimize.minimize_scalar(
            lambda step: _even_error(step, n),
            bounds=(0.05, 2.5),
            method="bounded",
            options={"xatol": 1e-9},
        )
        places = found.x * (np.arange(n) - (n - 1) / 2)
    return (places[1:] + places[:-1]) / 2, places


def quantiser(levels, kind, stretch):
    edges, places = _quantiser(levels, kind)
    error, weights = _cells(stretch * edges, stretch * places)
    entropy = float(special.entr(weights).sum() / math.log(2))
    limit = max(0.0, -lb(error) / 2)
    return {
        "error": error,
        "word": lb(levels),
        "index_entropy": entropy,
        "limit": limit,
        "excess": entropy - limit,
    }


# ---- demo-rate-distortion-two ----


def rate_distortion_two(p, slope):
    wrong = min(1 / (1 + 2.0**slope), p)
    heads = (p - wrong) / (1 - 2 * wrong) if wrong < 0.5 else 0.0
    return {"rate": max(0.0, _h(p) - _h(wrong)), "wrong": wrong, "heads": heads}


# ---- demo-bottleneck-six ----

BELIEFS = np.array([0.05, 0.15, 0.4, 0.6, 0.85, 0.95])


@cache
def bottleneck_six(beta):
    """The best of many iterations of the equations, from random starts, the last ones long."""
    rng = np.random.default_rng(0)
    y = np.stack([1 - BELIEFS, BELIEFS])

    def step(t):
        p_t = t.mean(axis=0)
        meaning = np.clip((t * BELIEFS[:, None]).sum(axis=0) / t.sum(axis=0), 1e-15, 1 - 1e-15)
        gap = sum(special.rel_entr(y[i][:, None], (1 - meaning, meaning)[i]) for i in (0, 1))
        logs = np.log(p_t) - beta * gap
        t = np.exp(logs - logs.max(axis=1, keepdims=True))
        t = t / t.sum(axis=1, keepdims=True)
        return t[:, t.mean(axis=0) > 1e-10], meaning, p_t

    def numbers(t):
        p_t = t.mean(axis=0)
        meaning = (t * BELIEFS[:, None]).sum(axis=0) / t.sum(axis=0)
        kept = (special.entr(p_t).sum() - special.entr(t).sum() / 6) / math.log(2)
        return kept, 1 - sum(p * _h(m) for p, m in zip(p_t, meaning))

    def score(t):
        kept, told = numbers(t)
        return kept - beta * told

    starts = [rng.dirichlet(np.full(k, 0.3), 6) + 1e-3 for k in (2, 3, 6) for _ in range(3)]
    mixed = np.eye(6) + 1e-3
    mixed[[0, 5], [1, 4]] = 5.0  # near the best six values where six have only just become the best
    starts += [np.eye(6) + 1e-3, mixed, np.ones((6, 1))]
    found = []
    for t in starts:
        t = t / t.sum(axis=1, keepdims=True)
        for _ in range(200):
            t = step(t)[0]
        found.append(t)
    best = []
    for t in sorted(found, key=score)[:2]:
        for _ in range(20_000):
            new = step(t)[0]
            if new.shape == t.shape and np.abs(new - t).max() < 1e-14:
                break
            t = new
        best.append(t)
    summary = min(best, key=score)
    kept, told = numbers(summary)
    if kept - beta * told > -1e-12:
        kept = told = 0.0
        summary = np.ones((6, 1))
    meanings = (summary * BELIEFS[:, None]).sum(axis=0) / summary.sum(axis=0)
    return {"kept": kept, "told": told, "values": len(np.unique(meanings.round(5)))}


# ---- demo-information-plane ----


def information_plane(power, activation, bins):
    """Count by the edges at which a bin begins, as inputs."""
    n, weight = int(bins), 2.0**power
    edges = np.linspace(-1, 1, n + 1)[1:-1]
    inputs = np.arange(-4095, 4096, 2) / 4096
    if activation == "tanh":
        begins = np.arctanh(edges) / weight
    else:
        begins = edges / weight
    place = np.searchsorted(begins, inputs, side="right")
    if activation == "ReLU":
        place = np.maximum(place, n // 2)
    counts = np.bincount(place, minlength=n)
    return {
        "seen": float(stats.entropy(counts, base=2)),
        "truth": 6.5 if activation == "ReLU" else 12.0,
    }


DEMOS = {
    "quantiser": quantiser,
    "rate-distortion-two": rate_distortion_two,
    "bottleneck-six": bottleneck_six,
    "information-plane": information_plane,
}

# ---- figures ----


def _gaussian_told(kept):
    return -lb(1 - 0.64 * (1 - 4.0**-kept)) / 2


def _flipped_told(kept):
    """Return what a bit of so much information still tells behind one flip in ten."""
    if kept >= 1:
        return 1 - _h(0.1)
    doubt = optimize.brentq(lambda p: 1 - _h(p) - kept, 0, 0.5, xtol=1e-16)
    return 1 - _h(0.5 - 0.8 * (0.5 - doubt))


def _of_three(error):
    """Return the rate for 0.5, 0.3 and 0.2, with what is unknown of x written out.

    Given what is said, 0.2 is left for the symbol that is never said, and to the right of 0.4 no
    more than that.
    """
    unknown = [1 - error, error - 0.2, 0.2] if error > 0.4 else [1 - error, error / 2, error / 2]
    return stats.entropy([0.5, 0.3, 0.2], base=2) - stats.entropy(unknown, base=2)


def _formula(error):
    return stats.entropy([0.5, 0.3, 0.2], base=2) - _h(error) - error


@cache
def _levels():
    """Return {error: (whole bits, bits of the index)} of the quantisers with the least error."""
    found = {}
    for n in (2, 3, 4, 6, 8, 12, 16):
        levels = _lloyd(n)
        error, weights = _cells((levels[1:] + levels[:-1]) / 2, levels)
        found[round(error, 6)] = lb(n), float(stats.entropy(weights, base=2))
    return found


def _words(width, count):
    """Return the code words that SciPy's k-means finds for the photograph's pixels or pairs."""
    points = photograph().astype(float).reshape(-1, width)
    ranked = points[np.argsort(points.sum(axis=1), kind="stable")]
    start = ranked[[(2 * i + 1) * len(points) // (2 * count) for i in range(count)]]
    return vq.kmeans2(points, start, iter=30, minit="matrix")[0].tolist()


@cache
def _variances():
    """Return the variances of the squares along their directions, from singular values."""
    picture = photograph().astype(float)
    squares = [
        picture[i : i + 8, j : j + 8].ravel() for i in range(0, 144, 8) for j in range(0, 216, 8)
    ]
    spread = np.linalg.svd(squares - np.mean(squares, axis=0), compute_uv=False)
    return spread**2 / len(squares)


def _water():
    return _level(_variances(), 64 * 100)


def _same_bound(error):
    """Return the rate at which rate and error over twice the variance are as at (½, ½ ln 2)."""
    return (math.log(2) + 0.5 / 0.25 - error / 0.25) / 2


HALF = math.sqrt(2 / math.pi)  # the mean of half a bell
LABEL = _h(0.4)

FIGURES = {
    "rd-opening": [
        {
            "muted": stats.norm.pdf,
            "p/line": in_turn((-HALF, 0), (-HALF, stats.norm.pdf(HALF))),
            "q/line": in_turn((HALF, 0), (HALF, stats.norm.pdf(HALF))),
            "p/top": stats.norm.pdf,
            "q/top": stats.norm.pdf,
        },
        {
            "muted/bars": in_turn((0, 1)),
            "p/bars": in_turn((1, 1 - HALF**2)),
            "good/bars": in_turn((2, 1 / 4)),
        },
    ],
    "rd-curves": [
        {
            "limit": lambda error: _h(0.3) - _h(error),
            "keep a share": lambda error: (1 - error / 0.3) * _h(0.3),
        },
        {
            "p": _of_three,
            "formula": _formula,
            "muted/dots": in_turn((0.4, _formula(0.4))),
        },
        {
            "limit": lambda error: max(0.0, -lb(error) / 2),
            "whole words": lambda error: _levels()[round(error, 6)][0],
            "entropy-coded": lambda error: _levels()[round(error, 6)][1],
        },
    ],
    "rd-vectors": [
        {"q/dots": in_turn(*[(a, b) for (a,) in _words(1, 4) for (b,) in _words(1, 4)])},
        {"q/dots": in_turn(*_words(2, 16))},
    ],
    "rd-colours": [None, None, None, None],
    "rd-transform": [
        None,
        {
            "gets bits": lambda place: _variances()[round(place) - 1],
            "gets bits/top": lambda place: _variances()[round(place) - 1],
            "gets bits/bottom": lambda _: _water(),
            "water level": lambda _: _water(),
            "water level/top": lambda place: min(_variances()[round(place) - 1], _water()),
        },
    ],
    "rd-bent": [
        {
            "Gaussians": _gaussian_told,
            "a bit, flipped 0.1": _flipped_told,
            "muted": lambda kept: kept,
        },
        {"p/line": lambda kept: min(kept, LABEL), "p/dots": in_turn((LABEL, LABEL))},
    ],
    "rd-vae": [
        {
            "limit": lambda error: -math.log(error) / 2,
            "same ELBO": _same_bound,
            "q/dots 0": _same_bound,
            "q/dots 1": _same_bound,
        }
    ],
}

# ---- curves of demos that no dot ties to a read-out ----

CURVES = {
    "quantiser": {
        "0 p": lambda x: stats.norm.pdf(x),
        "0 p 1": lambda x: 0.0,
        "0 p 2": lambda x: stats.norm.pdf(x),
        "0 muted": lambda x, y: y * (y - stats.norm.pdf(x)),
        "1 p": lambda x: -math.log2(x) / 2,
    },
    "rate-distortion-two": {
        "0 p": lambda x, p: stats.entropy([p, 1 - p], base=2) - stats.entropy([x, 1 - x], base=2)
    },
    "information-plane": {"1 p": ("seen", "power")},
}
