"""Questions: counting pegs one by one, SciPy's integrals and roots, entropies by hand, never itlib."""

import math
from collections import Counter
from functools import cache
from itertools import product
from operator import eq

import numpy as np
from points import sides
from scipy import integrate, optimize, special, stats

# ---- Mastermind, peg by peg ----

CODES = ["".join(pegs) for pegs in product("123456", repeat=4)]
COLOURS = {code: [code.count(colour) for colour in "123456"] for code in CODES}


@cache
def reply(guess, secret):
    black = sum(map(eq, guess, secret))
    common = sum(map(min, COLOURS[guess], COLOURS[secret]))
    return f"{black} black, {common - black} white"


def _bits(counts):
    total = sum(counts)
    return math.fsum(n / total * math.log2(total / n) for n in counts if n)


def _told(guess, left):
    return _bits(Counter(reply(guess, secret) for secret in left).values())


@cache
def mastermind(opener, answer):
    left = [code for code in CODES if reply(opener, code) == answer]
    shown = {
        "opener_bits": _told(opener, CODES),
        "told": math.log2(1296 / len(left)) if left else math.inf,
        "codes_left": len(left),
        "next_guess": "no code answers so",
        "next_bits": 0.0,
    }
    if left:
        bits = {guess: round(_told(guess, left), 9) for guess in CODES}
        best = min(CODES, key=lambda guess: (-bits[guess], guess not in left))
        shown["next_bits"] = bits[best]
        shown["next_guess"] = best + ("" if best in left else " (cannot be right)")
        if answer == "4 black, 0 white":
            shown["next_guess"] = "none: found"
    return shown


# ---- coins, models, slot machines ----


def _h(p):
    return float(special.entr(p) + special.entr(1 - p)) / math.log(2)


def _told_by(a, b, n):
    """The entropy of the number of heads, less its mean over the belief; bits, by quadrature."""
    heads = np.arange(n + 1)
    marginal = stats.betabinom.pmf(heads, n, a, b)

    def chance(u):  # the belief's quantile u, so that nothing is infinite
        return _bits(stats.binom.pmf(heads, n, stats.beta.ppf(u, a, b)))

    mean, _ = integrate.quad(chance, 0, 1, epsabs=1e-9, epsrel=1e-9, limit=200)
    return _bits(marginal) - mean


def beta_question(a, b):
    toss = _told_by(a, b, 1)
    return {
        "heads": a / (a + b),
        "answer_bits": _h(a / (a + b)),
        "toss_bits": toss,
        "noise_bits": _h(a / (a + b)) - toss,
        "ten_bits": _told_by(a, b, 10),
    }


def bald(p1, p2, weight):
    mean = weight * p1 + (1 - weight) * p2
    each = weight * _h(p1) + (1 - weight) * _h(p2)
    return {"of_mean": _h(mean), "mean_entropy": each, "disagreement": _h(mean) - each}


def _index(mean, budget):
    if mean == 1:
        return 1.0

    def over(q):
        return float(special.rel_entr(mean, q) + special.rel_entr(1 - mean, 1 - q)) - budget

    return optimize.brentq(over, mean, 1 - 1e-15, xtol=1e-16)


def bandit_index(mean, n, t):
    budget = math.log(int(t)) / n
    return {
        "budget": budget,
        "kl_index": _index(mean, budget),
        "hoeffding_index": mean + math.sqrt(budget / 2),
        "ucb1_index": mean + 2 * math.sqrt(budget / 2),
    }


DEMOS = {
    "mastermind": mastermind,
    "beta-question": beta_question,
    "bald": bald,
    "bandit-index": bandit_index,
}

# ---- exercises ----


def _weighing(balls=10, each=2):
    return _bits([each, each, balls - 2 * each])


def _left(sizes=(20, 10, 6)):
    return float(np.average(sizes, weights=sizes))


def _plan(likely=12, rare=1):
    return float(np.average([1, 3, 2, 3], weights=[likely, rare, likely, rare]))


def _bald(*chances):
    return _h(float(np.mean(chances))) - float(np.mean([_h(p) for p in chances]))


def _batch(p=0.85):
    """The entropy of the two labels, less that of two labels of a known model."""
    q = 1 - p
    pairs = [(p * p + q * q) / 2, p * q, p * q, (p * p + q * q) / 2]
    return _bits(pairs) - 2 * _h(p)


def _nested(p=0.85):
    total = 0.0
    for true, drawn in product((p, 1 - p), repeat=2):
        for label in (0, 1):
            a, b = (abs(label - true), abs(label - drawn))
            total += a * math.log2(a / b) / 4
    return total


def _regret(p=0.1, best=0.3):
    return (best - p) / float(stats.entropy([p, 1 - p], [best, 1 - best]))


def _thompson(a=6, b=4):
    first, second = stats.beta(a, 1), stats.beta(b, 1)
    return float(integrate.quad(lambda x: first.pdf(x) * second.cdf(x), 0, 1)[0])


def _design(place=2, width=3, noise=5):
    """The entropy of the reading less that of the noise."""
    reading = stats.norm(0, math.hypot(place * width, noise)).entropy()
    return float(reading - stats.norm(0, noise).entropy())


ANSWERS = {
    "ask-weighing": _weighing,
    "ask-left": _left,
    "ask-plan": _plan,
    "ask-liar": lambda suspects=64, lies=0.1: math.log2(suspects) / (1 - _h(lies)),
    "ask-design": _design,
    "ask-bald-last-step": lambda: _bald(0.9, 0.5),
    "ask-bald-alone": lambda p=0.9, q=0.6, r=0.3: _bald(p, q, r),
    "ask-batch": _batch,
    "ask-nested": _nested,
    "ask-index": lambda wins=3, plays=30, rounds=200: _index(
        wins / plays, math.log(rounds) / plays
    ),
    "ask-regret": _regret,
    "ask-thompson": _thompson,
}

# ---- figures ----


def _pieces():
    """Return the ends of the pieces of five bars, the largest first."""
    pieces = []
    for guess in ("1111", "1112", "1122", "1123", "1234"):
        sizes = sorted(Counter(reply(guess, secret) for secret in CODES).values(), reverse=True)
        pieces += [(sum(sizes[:i]), sum(sizes[: i + 1])) for i in range(len(sizes))]
    return pieces


FIGURES = {
    "ask-openers": [{"p/shape all x": sides(*_pieces())}],
    "ask-suspects": [None, None],
    "ask-moons": [None, None],
}

# ---- curves of demos that no dot ties to a read-out ----

CURVES = {
    "beta-question": {"0 p": lambda x, a, b: stats.beta.pdf(x, a, b)},
    "bald": {"0 muted": lambda x: stats.entropy([x, 1 - x], base=2)},
    "bandit-index": {
        "0 p": ("kl_index", "n"),
        "0 mix": ("hoeffding_index", "n"),
        "0 q": ("ucb1_index", "n"),
    },
}
