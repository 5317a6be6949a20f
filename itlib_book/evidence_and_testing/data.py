"""Data and computations of the chapter evidence and testing."""

import math
from functools import cache, lru_cache
from numbers import Integral
from statistics import NormalDist

import numpy as np

from itlib import entropy, kl_divergence
from itlib.hypotheses import kt_code_length, nml_regret
from itlib_book.shared.binomials import log_binomials
from itlib_book.shared.coins import coin
from itlib_book.shared.demands import MANY, demand_chance, demand_count, demand_seed
from itlib_book.shared.irises import load_iris

# ---- two colleagues who look while the coin is tossed ----

TOSSES = 1000
FIRST_LOOK = 10
BENT = 0.6  # what the second colleague, and Wald's test, hold against a fair coin
FACTOR = 20  # the ratio at which he stops
ERROR = 0.05  # both errors that Wald's test allows itself
TESTS = ("p-value below 0.05", "likelihood ratio of 20", "sequential test")


def step(p0=0.5, p1=BENT):
    """Return what a head and a tail add to the log likelihood ratio, in nats."""
    return math.log(p1 / p0), math.log((1 - p1) / (1 - p0))


@lru_cache(maxsize=2 * TOSSES)
def _verdicts(test, tosses):
    """Return which numbers of heads make a test call the coin bent, and which fair."""
    return [np.flatnonzero(verdict) for verdict in _rules(test, tosses)]


def _rules(test, tosses):
    heads = np.arange(tosses + 1)
    if test == TESTS[0]:
        far = NormalDist().inv_cdf(1 - ERROR / 2) * math.sqrt(tosses) / 2
        bent = (np.abs(heads - tosses / 2) >= far) & (tosses >= FIRST_LOOK)
        return bent, np.zeros_like(bent)
    head, tail = step()
    evidence = heads * head + (tosses - heads) * tail
    if test == TESTS[1]:
        return evidence >= math.log(FACTOR), np.zeros(tosses + 1, dtype=bool)
    bound = math.log((1 - ERROR) / ERROR)
    return evidence >= bound, evidence <= -bound


@cache
def stopped(test, p, look):
    """Return the shares of coins called bent, and fair, after 0 ... 1000 tosses, exactly.

    The number of heads of the coins that are still tossed is followed as a distribution.
    """
    if test not in TESTS:
        raise ValueError(f"test must be one of {', '.join(TESTS)}, got {test!r}")
    demand_chance(p)
    if not (look >= 1 and look % 1 == 0):
        raise ValueError(f"look must be a whole number, at least 1, got {look!r}")
    look = int(look)
    going, ends = np.ones(1), np.zeros((2, TOSSES + 1))
    for n in range(look, TOSSES + 1, look):
        going = np.convolve(going, binomial(look, p))
        for end, verdict in zip(ends, _verdicts(test, n)):
            end[n] = going[verdict].sum()
            going[verdict] = 0.0
    return np.cumsum(ends, axis=1)


def mean_tosses(test, p, look):
    """Return how many tosses are made on average, if the last is the thousandth."""
    return TOSSES - float(stopped(test, p, look).sum(axis=0)[:-1].sum()) + 0.0


def evidence_paths(p, paths=8, tosses=300, seed=0):
    """Return the log likelihood ratio of the bent coin, in bits, after 0 ... tosses."""
    demand_chance(p)
    demand_count(paths, "paths", most=100)
    demand_count(tosses, "tosses", most=MANY // 100)
    demand_seed(seed)
    rng = np.random.default_rng(seed)
    heads = rng.random((paths, tosses)) < p
    steps = np.where(heads, *step()) / math.log(2)
    return np.concatenate([np.zeros((paths, 1)), np.cumsum(steps, axis=1)], axis=1)


# ---- exponents, and what happens before they rule ----

RARE, COMMON = 0.1, 0.4  # two coins
LEVEL = 0.05
_LONGEST = 10_000  # tosses whose strings are counted one by one, in whole numbers as long


@cache
def tail_exponent(n, share=0.7):
    """Return −1/n log₂ of the probability that n fair tosses have at least this share of heads."""
    demand_count(n, most=_LONGEST)
    demand_chance(share, "share")
    least = math.ceil(share * n - 1e-9)
    return 1 - math.log2(_ways(n, least)) / n


def second_order(p0, p1, n):
    """Return Strassen's estimate of the exponent of a miss: D + √(V/n) Φ⁻¹(α) + log₂ n / 2n."""
    if not (0 < p0 < 1 and 0 < p1 < 1):
        raise ValueError(f"p0 and p1 must be between 0 and 1, and neither, got {p0!r} and {p1!r}")
    if not 1 <= n < math.inf:
        raise ValueError(f"n must be at least 1 and finite, got {n!r}")
    told = np.log2(coin(p0) / coin(p1))
    spread = math.sqrt(float(coin(p0) @ told**2 - (coin(p0) @ told) ** 2) / n)
    bend = spread * NormalDist().inv_cdf(LEVEL)
    return kl_divergence(coin(p0), coin(p1)) + bend + math.log2(n) / (2 * n)


@lru_cache(maxsize=1024)
def binomial(n, p):
    """Return the probabilities of 0 ... n heads."""
    likely = np.exp(log_binomials(n, p)[1])
    likely.flags.writeable = False  # it is kept
    return likely


def best_error(p0, p1, n):
    """Return the least error of a decision between two coins at even odds: (1 − TV)/2."""
    return float(np.minimum(binomial(n, p0), binomial(n, p1)).sum()) / 2


# ---- bets ----


def outcomes(p):
    """Return wins and losses of five players at 200 bets, the same for every stake."""
    return _luck() < p


@lru_cache
def _luck():
    return np.random.default_rng(3).random((5, 200))


# ---- a fair coin, or any other ----


def p_value(heads, n):
    """Return the exact two-sided p-value of a fair coin: twice the smaller tail, at most 1."""
    _demand_heads(heads, n)
    least = max(heads, n - heads)
    return min(1.0, 2 * _ways(n, least) / 2**n)


def _ways(n, least):
    """Return how many strings of n tosses have at least so many heads: each C(n, k) from the last."""
    ways = [math.comb(n, least)]
    for k in range(least, n):
        ways.append(ways[-1] * (n - k) // (k + 1))
    return sum(ways)


def factor_for_fair(heads, n):
    """Return P(heads | fair) / P(heads | any bias as likely as any other)."""
    _demand_heads(heads, n)
    return math.comb(n, heads) * (n + 1) / 2**n


def _demand_heads(heads, n):
    if not (isinstance(heads, Integral) and isinstance(n, Integral)):
        raise ValueError(f"heads and n must be whole numbers, got {heads!r} and {n!r}")
    demand_count(n, least=0, most=_LONGEST)
    if not 0 <= heads <= n:
        raise ValueError(f"heads must be in 0 ... {n}, as there are {n} tosses, got {heads!r}")


# ---- codes as models ----

CODES = ("fit", "mixture", "NML")
LENGTHS = tuple(n for n in range(1, 61) if 60 % n == 0)  # bins that hold whole numbers of values


def petals():
    """Return the lengths of the petals of 150 irises, in whole millimetres above 1 cm."""
    return np.rint(load_iris().data[:, 2] * 10).astype(int) - 10


def histogram_bits(bins, code="mixture"):
    """Return the bits per petal of a code that names the bin first, then the value in it."""
    if bins not in LENGTHS:
        raise ValueError(f"bins must divide 60, so that bins are equally wide, got {bins!r}")
    if code not in CODES:
        raise ValueError(f"code must be one of {', '.join(CODES)}, got {code!r}")
    counts = np.bincount(petals() * bins // 60, minlength=bins)
    n = int(counts.sum())
    if code == "mixture":
        names = kt_code_length(counts)
    else:
        names = n * entropy(counts / n)
        names += nml_regret(n, bins) if code == "NML" else 0
    return names / n + math.log2(60 / bins)


def mixture_parameters(components, dimensions=4):
    """Return how many numbers a mixture of Gaussians has: weights, means, covariances."""
    demand_count(components, "components")
    demand_count(dimensions, "dimensions")
    each = dimensions + dimensions * (dimensions + 1) // 2
    return components * each + components - 1


def worst_regret(n, code):
    """Return the largest regret, in bits, that a code has for some string of n zeros and ones."""
    if code == "NML":
        return nml_regret(n)
    regrets = []
    for ones in range(n + 1):
        bits = (
            math.log2((n + 1) * math.comb(n, ones))
            if code == "Laplace"
            else kt_code_length([n - ones, ones])
        )
        regrets.append(bits - n * entropy(coin(ones / n)))
    return max(regrets)
