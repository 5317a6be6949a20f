"""Second routes of the chapter on Jensen–Shannon and the f-divergences."""

import math
from fractions import Fraction
from functools import cache

import numpy as np
from mpmath import exp, ln, mpf, sqrt
from precise import lb
from scipy import integrate, special, stats
from scipy.spatial import distance

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.4, 0.4])


def part(percent):
    """Return percent as exactly as mpmath holds them."""
    return mpf(percent) / 100


def told(first, second=100):
    """Return what a toss tells, as the mean of what each side of the coin tells."""
    bits = mpf(0)
    for a, b in ((first, second), (100 - first, 100 - second)):
        seen, share = mpf(a + b) / 200, mpf(a) / (a + b)
        bits += seen * (1 + sum(x * lb(x) for x in (share, 1 - share) if x))
    return bits


def guess(percent=60):
    """Return how often the best of all four rules is right."""
    heads = Fraction(percent, 100)
    chances = {"first": (heads, 1 - heads), "second": (1, 0)}
    rules = [(x, y) for x in chances for y in chances]
    return max((chances[on_heads][0] + chances[on_tails][1]) / 2 for on_heads, on_tails in rules)


def near(sides=6, off=2):
    """Return half of χ²: two sides are off by the same."""
    return 2 * part(off) ** 2 * sides / 2


def tangent(percent=80, on_heads=1.2, on_tails=0.3):
    """Return the bound, one side of the coin after the other."""
    sides = ((part(percent), on_heads), (1 - part(percent), on_tails))
    return sum(p * mpf(str(slope)) - exp(mpf(str(slope)) - 1) / 2 for p, slope in sides)


def value(reached=-1.1):
    """Return the divergence from a value that is 0 bits at -ln 4 and 1 bit at 0."""
    return 1 + mpf(str(reached)) / ln(4)


def fit(*counts):
    """Return the statistic from sums of squares of counts alone."""
    counts = counts or (14, 9, 13, 8, 5, 11)
    return Fraction(6 * sum(n * n for n in counts), sum(counts)) - sum(counts)


ANSWERS = {
    "fdiv-told-last-step": lambda first=90, second=30: told(first, second),
    "fdiv-told-alone": lambda first=95, second=25: told(first, second),
    "fdiv-fair-or-sure": lambda percent=30: told(percent),
    "fdiv-guess": guess,
    "fdiv-doubled": lambda: 2 * ln(2),
    "fdiv-near": near,
    "fdiv-pinsker-number": lambda thousandths=20: sqrt(mpf(thousandths) / 2000),
    "fdiv-tangent": tangent,
    "fdiv-value": value,
    "fdiv-fit": fit,
}


# ---- the demo ----


def coin(heads):
    return np.array([heads, 1 - heads])


def kl(p, q):
    return stats.entropy(p, q)


def divergences(f, p, q, **_):
    a, b = coin(p), coin(q)
    m = (a + b) / 2
    squares = sum(0 if x == y else math.inf if y == 0 else (x - y) ** 2 / y for x, y in zip(a, b))
    return {
        "kl": kl(a, b),
        "reverse_kl": kl(b, a),
        "js": (kl(a, m) + kl(b, m)) / 2,
        "variation": abs(p - q),
        "chi_squared": squares,
        "hellinger": 1 - float(np.sqrt(a * b).sum()),
    }


DEMOS = {"divergences": divergences}
NATS = {"divergences"}


# ---- the figures ----


def gain(place):
    """Return the bits of the outcome whose bar stands over a place from 0 to 1."""
    likely = (P + Q) / 2
    outcome = int(np.searchsorted(np.cumsum(likely), place))
    return 1 - stats.entropy([P[outcome], Q[outcome]], base=2)


def multiples(name):
    """Return the divergence a step from q as a multiple of χ², by one of SciPy's functions."""

    def of_step(step):
        p = Q + step * (P - Q)
        found = {
            "KL": special.rel_entr(p, Q).sum(),
            "reverse KL": special.rel_entr(Q, p).sum(),
            "JS": distance.jensenshannon(p, Q) ** 2,
            "Hel²": distance.sqeuclidean(np.sqrt(p), np.sqrt(Q)) / 2,
        }
        return found[name] / ((p - Q) ** 2 / Q).sum()

    return of_step


def random_pairs():
    rng = np.random.default_rng(1)
    return rng.dirichlet(np.full(3, 0.6), 500), rng.dirichlet(np.full(3, 0.6), 500)


def at_variation(measure):
    """Return what a measure says about the random pair of a given total variation."""
    found = [(distance.cityblock(p, q) / 2, measure(p, q)) for p, q in zip(*random_pairs())]

    def lookup(variation):
        return min(found, key=lambda pair: abs(pair[0] - variation))[1]

    return lookup


def js_of_bells(shift):
    """Return the Jensen–Shannon divergence of N(0, 1) and N(shift, 1) in bits, as an integral.

    A sum over close nodes, which for what is smooth and vanishes at both ends is exact.
    """
    x, step = np.linspace(-12, 20, 3201, retstep=True)
    a, b = stats.norm.pdf([x, x - shift])
    return ((a + b) / 2 * (1 - stats.entropy([a, b], base=2))).sum() * step


NODES = np.arange(-10, 18, 0.05)


def variation_of_bells(shift):
    """Return the total variation of two bells on the figure's grid: one sign change, two sums."""
    a, b = stats.norm.pdf(NODES), stats.norm.pdf(NODES, shift)
    a, b = a / a.sum(), b / b.sum()
    left = NODES < shift / 2
    return a[left].sum() - b[left].sum()


@cache
def minimax(shift):
    """Return the slope of the mean of ln(1 - d), by the chance that a made number looks real."""

    def push(x):
        bell = math.exp(-((x - shift) ** 2) / 2) / math.sqrt(2 * math.pi)
        return bell * special.expit(shift**2 / 2 - shift * x)

    return (
        integrate.quad(push, -12, 20, points=[0, shift / 2, shift], epsabs=1e-13, limit=200)[0]
        * shift
    )


FIGURES = {
    "fdiv-game": [
        {
            "heads": lambda place: P[round(place + 0.2)] / 2,
            "tails": lambda place: Q[round(place - 0.2)] / 2,
        },
        {"mix/bars": gain},
    ],
    "fdiv-close": [{name: multiples(name) for name in ("KL", "reverse KL", "JS", "Hel²")}],
    "fdiv-bounds": [
        {
            "Pinsker": lambda tv: 2 * tv * tv,
            "dashed": lambda tv: -math.log((1 - tv) * (1 + tv)),
            "p/dots": at_variation(lambda p, q: special.rel_entr(p, q).sum()),
        },
        {
            "TV": lambda tv: tv,
            "1 − h": lambda tv: 1 - stats.entropy([1 + tv, 1 - tv], base=2),
            "p/dots": at_variation(lambda p, q: distance.jensenshannon(p, q, base=2) ** 2),
        },
    ],
    "fdiv-far": [
        {
            "KL": lambda shift: shift**2 / 2 / math.log(2),
            "TV": variation_of_bells,
            "JS": js_of_bells,
        },
        {"ln(1 − d)": minimax, "−ln d": lambda shift: shift - minimax(shift)},
    ],
}

# ---- curves of demos that no dot ties to a read-out ----

GENERATORS = {
    "KL": lambda t: t * math.log(t),
    "reverse KL": lambda t: -math.log(t),
    "Jensen–Shannon": lambda t: (t * math.log(2 * t / (t + 1)) + math.log(2 / (t + 1))) / 2,
    "total variation": lambda t: abs(t - 1) / 2,
    "chi-squared": lambda t: t * t - 2 * t + 1,
    "squared Hellinger": lambda t: (t + 1) / 2 - math.sqrt(t),
}
SHOWN = "kl", "reverse_kl", "js", "variation", "chi_squared", "hellinger"

CURVES = {
    "divergences": {
        "0 mix": lambda x, f: GENERATORS[f](x),
        "2 mix": lambda x, f, **state: divergences(**(state | {"f": f, "p": x}))[
            dict(zip(GENERATORS, SHOWN))[f]
        ],
    }
    | {f"2 muted {i}".removesuffix(" 0"): (name, "p") for i, name in enumerate(SHOWN)},
}
