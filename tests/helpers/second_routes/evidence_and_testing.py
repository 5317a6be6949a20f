"""Second routes of the chapter evidence and testing: SciPy, whole numbers, counted paths."""

import functools
import math
from fractions import Fraction

import numpy as np
from points import in_turn
from scipy import optimize, special, stats
from sklearn.datasets import load_iris

from itlib_book.shared.iris_mixtures import iris_mixtures


def _kl(p, q):
    return float(special.rel_entr(np.asarray(p, float), np.asarray(q, float)).sum())


def _coin(p):
    return np.array([p, 1 - p])


def _bits(p, q):
    return _kl(p, q) / math.log(2)


def _tilted_die(mean):
    """Find the root of the tilted die by its generating function."""
    faces = np.arange(1, 7)

    def mean_of(x):
        return (faces * x**faces).sum() / (x**faces).sum() - mean

    x = optimize.brentq(mean_of, 1e-3, 1e3, xtol=1e-15, rtol=1e-15)
    p = x**faces / (x**faces).sum()
    return float((p * np.log2(6 * p)).sum())


def _level():
    """By whole numbers: three tosses, level one fifth, heads eight times in ten."""
    null = [Fraction(math.comb(3, k), 8) for k in range(4)]
    other = [Fraction(math.comb(3, k) * 4**k, 125) for k in range(4)]
    share = (Fraction(1, 5) - null[3]) / null[2]
    return 1 - other[3] - share * other[2]


ANSWERS = {
    "ev-watermark": lambda rate=0.1, odds=10**6: math.log(odds) / (rate * math.log(2)),
    "ev-decibans": lambda: 10 * math.log10(1.2**12 * 0.8**8),
    "ev-level": _level,
    "ev-strings": lambda a=5, b=3, c=2: special.binom(a + b + c, a) * special.binom(b + c, b),
    "ev-die": lambda: _tilted_die(4.5),
    "ev-stein": lambda p0=0.4, p1=0.1: _bits(_coin(p0), _coin(p1)),
    "ev-walls": lambda alpha=0.1, beta=0.2: -math.log(alpha / (1 - beta)),
    "ev-kelly-last-step": lambda: (0.4 * 4 - 1) / 3,
    "ev-kelly-alone": lambda p=0.4, odds=6: (p * (odds + 1) - 1) / odds,
    "ev-tip": lambda: 1 - stats.entropy([0.75, 0.25], base=2),
    "ev-g": lambda n=250, bits=0.02: n * bits * math.log(4),
    "ev-laplace": lambda n=7, ones=2: -special.betaln(ones + 1, n - ones + 1) / math.log(2),
    "ev-bic": lambda: (1000 * 2.0 + 2 * math.log(500)) - (1000 * 1.9 + 5 * math.log(500)),
    "ev-many": lambda: 2**10,
    "ev-shares": lambda: sum(c * math.log2(c / 25) for c in (18, 22, 30, 30)),
}

# ---- demos ----

PEEKED, RATIO, WALD = "p-value below 0.05", "likelihood ratio of 20", "sequential test"


def _ends(test, heads, n):
    """Return 1 for bent, 0 for fair, None for going on."""
    if test == PEEKED:
        far = n >= 10 and stats.norm.sf(abs(2 * heads - n) / math.sqrt(n)) <= 0.025
        return 1 if far else None
    odds = 1.2**heads * 0.8 ** (n - heads)
    bound = 20 if test == RATIO else 19
    if odds >= bound:
        return 1
    return 0 if test == WALD and odds <= 1 / bound else None


@functools.cache
def _paths(test, look):
    """Count the paths that end after n tosses with so many heads: they do not depend on the coin."""
    going, ended = {0: 1}, []
    for n in range(1, 1001):
        reached = {}
        for heads, ways in going.items():
            reached[heads] = reached.get(heads, 0) + ways
            reached[heads + 1] = reached.get(heads + 1, 0) + ways
        going = {}
        for heads, ways in reached.items():
            verdict = _ends(test, heads, n) if n % look == 0 else None
            if verdict is None:
                going[heads] = ways
            else:
                ended.append((verdict, heads, n, math.log(ways)))
    return ended


def peeking(test, p, look):
    shares, tosses = [0.0, 0.0], 0.0
    for verdict, heads, n, ways in _paths(test, int(look)):
        mass = math.exp(ways + heads * math.log(p) + (n - heads) * math.log(1 - p))
        shares[verdict] += mass
        tosses += mass * n
    tosses += (1 - sum(shares)) * 1000
    return {"called_bent": 100 * shares[1], "called_fair": 100 * shares[0], "tosses_made": tosses}


def two_coins_exponents(p0, p1, n):
    n = int(n)
    null, other = stats.binom(n, p0), stats.binom(n, p1)
    ks = np.arange(n + 1)
    a, b = null.pmf(ks), other.pmf(ks)
    if p0 == p1:
        missed = 0.95
    else:  # the line between two sharp tests, in the order of their levels
        if p1 > p0:
            levels, misses = null.sf(ks - 1), other.cdf(ks - 1)
        else:
            levels, misses = null.cdf(ks), other.sf(ks)
        levels, misses = np.append(levels, 0.0), np.append(misses, 1.0)
        order = np.argsort(levels, kind="stable")
        at = int(np.searchsorted(levels[order], 0.05, side="right"))
        low, high = order[at - 1], order[min(at, n + 1)]
        share = (0.05 - levels[low]) / (levels[high] - levels[low])
        missed = misses[low] + share * (misses[high] - misses[low])
    pair = _coin(p0), _coin(p1)
    found = optimize.minimize_scalar(
        lambda w: float((pair[0] ** (1 - w) * pair[1] ** w).sum()),
        bounds=(0, 1),
        method="bounded",
        options={"xatol": 1e-12},
    )
    return {
        "missed": f"{missed:.6f}" if missed >= 1e-6 else "below 0.000001",
        "miss_rate": -math.log2(missed) / n,
        "forward": _bits(*pair),
        "backward": _bits(*pair[::-1]),
        "error_rate": -math.log2(np.minimum(a, b).sum() / 2) / n,
        "chernoff": max(-math.log2(found.fun), 0.0),
    }


def kelly(p, stake, odds):
    def growth(f):
        return float(special.xlogy([p, 1 - p], [1 + f * odds, 1 - f]).sum()) / math.log(2)

    best = max(0.0, (p * (1 + odds) - 1) / odds)
    rate = growth(stake)
    shown = "−∞: ruin" if math.isinf(rate) else f"{rate:.4f} bits a bet".replace("-", "−")
    return {
        "growth": shown,
        "gain": 100 * (p * (1 + stake * odds) + (1 - p) * (1 - stake) - 1),
        "best_stake": best,
        "best_growth": growth(best),
    }


DEMOS = {
    "peeking": peeking,
    "two-coins-exponents": two_coins_exponents,
    "kelly": kelly,
}

# ---- figures ----


@functools.cache
def _heads(p, seed, paths, tosses):
    """Return the numbers of heads after 1, 2 ... tosses of each coin."""
    return (np.random.default_rng(seed).random((paths, tosses)) < p).cumsum(axis=1).tolist()


def _ratio(heads, n):
    """Return 0.6 against 0.5 in bits, by one logarithm of whole numbers."""
    return math.log2(6**heads * 4 ** (n - heads)) - n * math.log2(5)


def _path(heads):
    return lambda n: _ratio(heads[round(n) - 1], round(n)) if n else 0.0


def _end(heads):
    """Return where odds of nineteen to one are reached, compared as whole numbers."""
    for n, k in enumerate(heads, start=1):
        ours, theirs = 6**k * 4 ** (n - k), 5**n
        if ours >= 19 * theirs or 19 * ours <= theirs:
            return n, _ratio(k, n)
    return None


def _corridor(colour, p):
    coins = _heads(p, 5, 6, 400)
    lines = {f"{colour}/line {i}": _path(heads) for i, heads in enumerate(coins)}
    return lines | {f"{colour}/dots {i}": in_turn(_end(heads)) for i, heads in enumerate(coins)}


def _hits(n, p0, p1):
    """Return level ↦ hits, on the straight pieces between the tests of at least so many heads."""
    least = np.arange(n + 1, -1, -1)
    levels, hits = (stats.binom.sf(least - 1, n, p) for p in (p0, p1))
    return lambda level: np.interp(level, levels, hits)


def _missed(n):
    n = round(n)
    least = np.arange(n + 1, -1, -1)
    levels, missed = stats.binom.sf(least - 1, n, 0.1), stats.binom.cdf(least - 1, n, 0.4)
    return -math.log2(np.interp(0.05, levels, missed)) / n


def _second_order(n):
    deviation = math.sqrt(0.1 * 0.9) * math.log2((0.4 / 0.6) / (0.1 / 0.9))
    quantile = stats.norm.ppf(0.05, scale=deviation / math.sqrt(n))
    return _bits(_coin(0.1), _coin(0.4)) + quantile + math.log2(n) / n / 2


def _triangle(x):
    return math.sqrt(3) * min(x, 1 - x)


def _tilted(x):
    """Return the height of the tilted copy of q whose mean is 1 + 2x."""
    q, values = np.array([0.5, 0.3, 0.2]), np.arange(3)

    def p(tilt):
        return special.softmax(np.log(q) + tilt * values)

    tilt = optimize.brentq(lambda t: p(t) @ values - 2 * x, -20, 20, xtol=1e-14)
    return p(tilt)[1] * math.sqrt(0.75)


def _nml(n):
    k = np.arange(n + 1)
    return math.log2(stats.binom.pmf(k, n, k / n).sum())


def _petal_bits(learnt):
    """Return bins ↦ bits per petal, by Dirichlet's integral or by the frequencies."""
    tenths = np.rint(10 * load_iris().data[:, 2])

    def bits(bins):
        k = round(bins)
        counts, _ = np.histogram(tenths, k, (10, 70))
        if learnt:
            pairs = special.gammaln(counts + 0.5).sum() - k * special.gammaln(0.5)
            nats = special.gammaln(150 + k / 2) - special.gammaln(k / 2) - pairs
            names = nats / 150 / math.log(2)
        else:
            names = stats.entropy(counts, base=2)
        return names + math.log2(60 / k)

    return bits


def _bic(mean):
    """Return BIC by scikit-learn for 1 ... 6 Gaussians, or with the mean of 150 likelihoods in it."""
    return [bic + (298 * fit if mean else 0) for fit, bic in iris_mixtures().tolist()]


def _criterion(colour, mean):
    found = _bic(mean)
    best = min(range(6), key=found.__getitem__)
    return {
        f"{colour}/line": lambda k: found[round(k) - 1],
        f"{colour}/dots": in_turn((best + 1, found[best])),
    }


FIGURES = {
    "ev-paths": [
        {
            f"{colour}/line {i}": _path(heads)
            for colour, p in (("p", 0.5), ("q", 0.6))
            for i, heads in enumerate(_heads(p, 1, 8, 300))
        }
        | {
            "p/line 8": lambda n: n * math.log2(0.96) / 2,
            "q/line 8": lambda n: n * (1 - stats.entropy([0.4, 0.6], base=2)),
        }
    ],
    "ev-roc": [
        {f"n = {n}": _hits(n, 0.5, 0.6) for n in (10, 50, 200)}
        | {"without looking": lambda level: level}
    ],
    "ev-simplex": [
        {
            "1": _triangle,
            "good": _tilted,
            "p/dots": in_turn((0.3 / 2 + 0.2, 0.3 * math.sqrt(0.75))),
            "q/dots": in_turn(((2.2 - 1) / 2, _tilted((2.2 - 1) / 2))),
            "q/shape": in_turn((0.6, 0), (0.6, 0.8 * math.sqrt(0.75)), (1, 0), (0.6, 0)),
        }
    ],
    "ev-exponents": [
        {
            "exact": lambda n: -math.log2(stats.binom.sf(7 * round(n) // 10 - 1, n, 0.5)) / n,
            "D(0.7‖0.5)": lambda _: 1 - stats.entropy([0.7, 0.3], base=2),
        },
        {
            "exact": _missed,
            "second order": _second_order,
            "D(0.1‖0.4)": lambda _: _bits(_coin(0.1), _coin(0.4)),
        },
    ],
    "ev-corridor": [
        _corridor("p", 0.5)
        | _corridor("q", 0.6)
        | {
            "the coin is bent/line 0": lambda _: math.log2(19),
            "the coin is fair/line 1": lambda _: -math.log2(19),
        }
    ],
    "ev-regret": [
        {
            "Laplace": lambda n: math.log2(n + 1),  # of zeros alone, as is the next
            "KT": lambda n: (math.log(math.pi) - special.betaln(n + 0.5, 0.5)) / math.log(2),
            "NML": _nml,
            "½": lambda n: math.log2(n * math.pi / 2) / 2,
        }
    ],
    "ev-models": [
        {
            "frequencies given": _petal_bits(learnt=False),
            "frequencies learnt": _petal_bits(learnt=True),
            "line": lambda _: math.log2(60),
        },
        _criterion("p", mean=False) | _criterion("bad", mean=True),
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _called(bent):
    """Return the number of tosses ↦ the share of coins that have been called bent, or fair."""

    def route(x, test, p, look):
        verdict, heads, n, ways = np.array(_paths(test, int(look))).T
        there = (verdict == bent) & (n <= x)
        return np.exp(ways + heads * math.log(p) + (n - heads) * math.log(1 - p))[there].sum()

    return route


def _wealth(number):
    def route(x, p, stake, odds):
        luck = np.random.default_rng(3).random((5, 200))[number, : round(x)]
        with np.errstate(divide="ignore"):
            doublings = np.log2(np.where(luck < p, 1 + odds * stake, 1 - stake)).sum()
        return min(max(doublings, -300), 300)  # far outside the picture

    return route


CURVES = {
    "peeking": {"0 p": _called(0), "0 bad": _called(1)},
    "two-coins-exponents": {"1 q": ("miss_rate", "n"), "1 good": ("error_rate", "n")},
    "kelly": {
        f"1 {colour}": _wealth(i) for i, colour in enumerate(("p", "q", "mix", "good", "muted"))
    },
}
