"""Second routes of the chapter on differential and maximum entropy."""

from functools import lru_cache

import numpy as np
from mpmath import e, exp, mpf, ncdf, pi, quad, sqrt
from precise import lb
from scipy import integrate, optimize, special, stats


def bell(sigma):
    """Return the entropy of a bell in bits: the logarithm of its equivalent width."""
    return lb(mpf(str(sigma)) * sqrt(2 * pi * e))


def recorded(sigma, step):
    """Return the entropy in bits of a Gaussian that is rounded to multiples of a step."""
    reach = int(12 * sigma / step)
    edges = [ncdf((k - mpf("0.5")) * step / sigma) for k in range(-reach, 1)]
    below = [b - a for a, b in zip(edges, edges[1:])]
    middle = 1 - 2 * edges[-1]
    return -sum(x * lb(x) for x in (middle, *below, *below) if x)


ANSWERS = {
    "diff-negative": lambda: sqrt(quad(lambda x: (x - mpf(1) / 2) ** 2, [0, 1])),
    "diff-ruler": lambda: recorded(mpf("1.5"), mpf(1) / 16),
    "diff-claim": lambda: quad(lambda x: lb(exp(x / 2) / 2) / 4, [0, 4]),
    "diff-square": lambda: -quad(lambda y: lb(1 / (2 * sqrt(y))) / (2 * sqrt(y)), [0, 1]),
    "diff-die": lambda: least_told(2.5)[5],
    "diff-gaussian": lambda sigma=3: bell(sigma),
    "diff-units": lambda metres=-3.2: mpf(str(metres)) + lb(100),
    "diff-pair": lambda rho=0.6: -lb(1 - mpf(str(rho)) ** 2) / 2,
    "diff-policy": lambda alpha=0.5: exp(1 / mpf(str(alpha))) / (exp(1 / mpf(str(alpha))) + 1),
    "diff-reading-last-step": lambda: bell(0.5) - lb(mpf(1) / 32),
    "diff-reading-alone": lambda sigma=3, places=6: bell(sigma) + places,
}


def quantisation(sigma, places):
    step = 2.0**-places
    k = np.arange(-int(12 * sigma / step) - 2, int(12 * sigma / step) + 3)
    p = np.diff(stats.norm.cdf(np.append(k - 0.5, k[-1] + 0.5) * step, scale=sigma))
    read, formula = stats.entropy(p, base=2), float(bell(sigma)) + places
    return {
        "step": step,
        "reading_bits": read,
        "bell_bits": formula - places,
        "formula": formula,
        "off": read - formula,
    }


def maxent(given, shape, **_):
    if given == "between 0 and 4":
        best, rate = np.log(4), 0.4 * shape
        x = np.linspace(0, 4, 20_001)
        density = np.exp(rate * x) / integrate.simpson(np.exp(rate * x), x=x)
        own = -integrate.simpson(density * np.log(density), x=x)
    elif given == "variance 1":
        best, beta = stats.norm().entropy(), 2 * 2.0**shape
        own = stats.gennorm(beta, scale=1 / stats.gennorm(beta).std()).entropy()
    else:
        best, k = stats.expon(scale=2).entropy(), 2.0**shape
        own = stats.gamma(k, scale=2 / k).entropy()
    bits = np.divide([best, own, best - own], np.log(2))
    return dict(zip(("most_bits", "rival_bits", "gap"), bits))


DEMOS = {"quantisation": quantisation, "maxent": maxent}

# ---- figures ----


def box(left, width):
    """Return the routes of the corners of a box of area 1 on the axis."""
    across = left, left + width, left + width, left, left
    return {
        "q/shape x": lambda k: across[int(k)],
        "q/top": lambda _: 1 / width,
        "q/bottom": lambda _: 0,
    }


def bell_width(sigma):
    """Return the routes of a bell and of the box that is as uncertain."""
    width = sigma * sqrt(2 * pi * e)
    return {"p/line": stats.norm(scale=float(sigma)).pdf} | box(-width / 2, width)


# The ramp 2x, up to 1 where it drops: its mean of -ln 2x is ½ - ln 2.
RAMP = box(0, sqrt(e) / 2) | {
    "p/line x": lambda k: (0, 1, 1)[int(k)],
    "p/line y": lambda k: (0, 2, 0)[int(k)],
}


def given(rho):
    """Return the entropy of a normal variable once a partner is known, by SciPy."""
    return stats.norm.entropy(scale=np.sqrt((1 - rho) * (1 + rho))) / np.log(2)


def two_bumps(x):
    sigma = np.sqrt(0.19)
    return (stats.norm.pdf(x, 0.9, sigma) + stats.norm.pdf(x, -0.9, sigma)) / 2


def geometric(ratio):
    """Return the shares of the six faces when each is a fixed multiple of the one before."""
    powers = ratio ** np.arange(6.0)
    return powers / powers.sum()


@lru_cache
def least_told(mean):
    """Return the die of a mean whose faces follow one another in a fixed ratio."""
    slope = optimize.brentq(
        lambda slope: geometric(np.exp(slope)) @ np.arange(1, 7) - mean, -6, 6, xtol=1e-14
    )
    return geometric(np.exp(slope))


def most(mean):
    return stats.entropy(least_told(float(mean)), base=2)


VALUES = 1.0, 0.8, 0.5, 0.0


def policy(alpha):
    return special.softmax(np.divide(VALUES, alpha))


def alpha_of(k):
    """Return the k-th of 121 weights from a fiftieth to twenty, in equal ratios."""
    return 0.02 * 1000 ** (k / 120)


@lru_cache
def random_policies():
    return np.random.default_rng(0).dirichlet(np.full(4, 0.5), 500)


FIGURES = {
    "diff-widths": [
        bell_width(1),
        {"p/line": stats.expon.pdf} | box(0, e),
        RAMP,
        bell_width(mpf("0.2")),
    ],
    "diff-pair": [
        {
            "h(Y)/line": lambda _: bell(1),
            "h(Y|X)": given,
            "mix/top": lambda _: bell(1),
            "mix/bottom": given,
            "muted": lambda _: 0,
        },
        {"mix": lambda rho: -(lb(1 - mpf(rho)) + lb(1 + mpf(rho))) / 2},
    ],
    "diff-rivals": [
        {"q": density, "p/top": stats.norm.pdf}
        for density in (
            stats.logistic(scale=np.sqrt(3) / np.pi).pdf,
            stats.laplace(scale=np.sqrt(0.5)).pdf,
            stats.uniform(-np.sqrt(3), np.sqrt(12)).pdf,
            two_bumps,
        )
    ],
    "diff-die": [
        {
            "p": lambda face: least_told(4.5)[round(face) - 1],
            "dots": lambda face: mpf(1) / 6 + (mpf(face) - mpf(7) / 2) * 12 / 210,
            "fair": lambda _: mpf(1) / 6,
        },
        {"p": most, "ink": most, "ink/dots x": lambda _: 4.5, "muted": most},
    ],
    "diff-bandit": [
        {
            colour: lambda alpha, i=i: policy(alpha)[i]
            for i, colour in enumerate(("p", "q", "mix", "good"))
        },
        {
            "muted/dots x": lambda k: stats.entropy(random_policies()[int(k)]),
            "muted/dots y": lambda k: np.dot(random_policies()[int(k)], VALUES),
            "p/line x": lambda k: stats.entropy(policy(alpha_of(k))),
            "p/line y": lambda k: np.dot(policy(alpha_of(k)), VALUES),
        },
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _known(given, shape=0.0):
    """Return the density that a constraint leaves, or its rival of this shape."""
    if given == "between 0 and 4":
        rate = 0.4 * shape
        area = np.expm1(4 * rate) / rate if rate else 4
        return lambda x: np.exp(rate * x) / area if 0 < x < 4 else 0.0
    if given == "variance 1":
        power = 2 * 2.0**shape
        return stats.gennorm(power, scale=1 / stats.gennorm(power).std()).pdf
    k = 2.0**shape
    return stats.gamma(k, scale=2 / k).pdf


def _least_assumed(x, given):
    return _known(given)(x)


CURVES = {
    "quantisation": {
        "0 p": lambda x, sigma: stats.norm.pdf(x, 0, sigma),
        "1 p": ("formula", "places"),
    },
    "maxent": {
        "0 p": _least_assumed,
        "0 p 1": _least_assumed,
        "0 q": lambda x, given, shape: _known(given, shape)(x),
    },
}
