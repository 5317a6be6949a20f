"""The answers of the book's numeric exercises, each by a second route.

Nothing here imports itlib or a chapter: every value follows from the words of its question, with
mpmath's arithmetic, a sum written out, an integral, or a search of SciPy's.
"""

import math
from collections import Counter

import numpy as np
from mpmath import (
    ceil,
    exp,
    findroot,
    inf,
    ln,
    mp,
    mpf,
    ncdf,
    pi,
    quad,
    sqrt,
)
from scipy import optimize, stats

mp.dps = 30


def lb(x):
    """Return the binary logarithm."""
    return ln(x) / ln(2)


def fractions(*texts):
    """Return decimal fractions as exactly as mpmath holds them."""
    return [mpf(text) for text in texts]


def bits(*p):
    """Return the entropy of probabilities in bits."""
    return -sum(x * lb(x) for x in map(mpf, p) if x)


def of_counts(*counts):
    """Return the entropy of frequencies in bits."""
    return bits(*(mpf(n) / sum(counts) for n in counts))


def waste(p, q):
    """Return the divergence D(p‖q) in bits."""
    return sum(x * lb(x / y) for x, y in zip(map(mpf, p), map(mpf, q), strict=True) if x)


def shared(table):
    """Return I(X;Y) of a table of weights in bits, as H(X) + H(Y) - H(X,Y)."""
    columns = [sum(column) for column in zip(*table, strict=True)]
    return of_counts(*map(sum, table)) + of_counts(*columns) - of_counts(*sum(table, []))


def and_gate():
    """Return I(X;Y) - I(X;Y|Z) for fair coins and Z their logical and."""
    given_no = shared([[1, 1], [1, 0]])
    return -mpf(3) / 4 * given_no


def gain_of_the_best_cut(labels="aababb"):
    """Return the gain of the best threshold on sorted measurements."""

    def entropy(part):
        return of_counts(*Counter(part).values())

    n = len(labels)
    parts = [(labels[:i], labels[i:]) for i in range(1, n)]
    return entropy(labels) - min(sum(len(p) * entropy(p) for p in pair) / n for pair in parts)


def die_with_mean(mean):
    """Return the most uncertain distribution of a die with a mean, from its exponential form."""
    tilt = findroot(lambda t: sum((k - mean) * exp(t * (k - mean)) for k in range(1, 7)), 0)
    weights = [exp(tilt * k) for k in range(1, 7)]
    return [w / sum(weights) for w in weights]


def recorded(sigma, step):
    """Return the entropy in bits of a Gaussian that is rounded to multiples of a step."""
    reach = int(12 * sigma / step)
    edges = [ncdf((k - mpf("0.5")) * step / sigma) for k in range(-reach, 1)]
    below = [b - a for a, b in zip(edges, edges[1:])]
    middle = 1 - 2 * edges[-1]
    return bits(middle, *below, *below)


NODES = np.linspace(-10, 10, 2001)
WEIGHTS = stats.norm.pdf(NODES) * (NODES[1] - NODES[0])  # exact to rounding for what is smooth


def reverse_kl(mu, sigma, d):
    """Return D(q‖p) in nats of N(mu, sigma²) and unit bells at -d and d of weights 0.6 and 0.4."""
    x = mu + sigma * NODES
    log_q = stats.norm.logpdf(x, mu, sigma)
    log_p = np.logaddexp(
        math.log(0.6) + stats.norm.logpdf(x, -d), math.log(0.4) + stats.norm.logpdf(x, d)
    )
    return WEIGHTS @ (log_q - log_p)


def jump():
    """Return the d at which a bell on the heavier mode becomes as good as one over both."""

    def best(start, d):
        found = optimize.minimize(
            lambda x: reverse_kl(x[0], math.exp(x[1]), d),
            start,
            method="Nelder-Mead",
            options={"xatol": 1e-6, "fatol": 1e-13},
        )
        return found.fun

    return optimize.brentq(
        lambda d: best([-d, 0.0], d) - best([-0.4, math.log(1 + d / 2)], d), 2.4, 2.7, xtol=1e-6
    )


def trough():
    """Return D(p‖q) of two unit bells at ±3 and the Gaussian with their mean and variance."""

    def p(x):
        return (exp(-((x - 3) ** 2) / 2) + exp(-((x + 3) ** 2) / 2)) / (2 * sqrt(2 * pi))

    def q(x):
        return exp(-(x**2) / 20) / sqrt(20 * pi)

    return quad(lambda x: p(x) * ln(p(x) / q(x)), [-14, -6, -3, 0, 3, 6, 14])


SCHEDULE = [[mpf("0.3"), mpf("0.2")], [mpf("0.1"), mpf("0.4")]]
PUZZLE = [[1, 5], [1, 3]]
CLUSTERS = [[50, 0, 0], [0, 45, 5], [0, 10, 40]]

ANSWERS = {
    # cross-entropy
    "xent-batch": lambda: -ln(mpf("0.7") * mpf("0.4")) / 2,
    # decision trees
    "tree-cut": gain_of_the_best_cut,
    "tree-identifier": lambda: ceil(2 ** (1 / (1 - bits("0.3", "0.7")))),
    # differential entropy
    "diff-negative": lambda: sqrt(quad(lambda x: (x - mpf(1) / 2) ** 2, [0, 1])),
    "diff-ruler": lambda: recorded(mpf("1.5"), mpf(1) / 16),
    "diff-claim": lambda: quad(lambda x: lb(exp(x / 2) / 2) / 4, [0, 4]),
    "diff-square": lambda: -quad(lambda y: lb(1 / (2 * sqrt(y))) / (2 * sqrt(y)), [0, 1]),
    "diff-die": lambda: die_with_mean(mpf("2.5"))[5],
    # joint and mutual information
    "joint-verify": lambda: of_counts(2, 3, 1, 4),
    "joint-rest": lambda: of_counts(*sum(PUZZLE, [])) - of_counts(2, 8),
    "joint-pointwise": lambda: lb(mpf("0.05") / (mpf("0.5") * mpf("0.45"))),
    "joint-label": lambda: lb(100),
    "joint-square": lambda: bits("0.2", "0.4", "0.4"),
    "joint-gate": and_gate,
    # KL divergence
    "kl-die": lambda six=0.5: waste([mpf(str(six))] + 5 * [(1 - mpf(str(six))) / 5], 6 * [mpf(1) / 6]),
    "kl-gaussians": lambda mu=1, s=2: ln(s) + (1 + mpf(mu) ** 2) / (2 * mpf(s) ** 2) - mpf(1) / 2,
    "kl-clipped": lambda n=8: (ln(mpf("0.5")) + ln(mpf("0.5") * mpf(10) ** n)) / 2,
    "kl-moments": lambda w=0.7, d=2: sqrt(1 + d * d * (1 - (2 * mpf(str(w)) - 1) ** 2)),
    "kl-jump": jump,
    "kl-trough": trough,
    # pages
    "map-gap": lambda: shared(SCHEDULE),
    "mis-log": lambda: exp(mpf("1.5")),
    "mis-clip": lambda: inf,
    "mis-table": lambda: mpf(0),
    "mis-words": lambda: lb(30) / mpf("5.7"),
}  # fmt: skip
