"""Questions: counting pegs one by one, SciPy's integrals and roots, entropies by hand, never itlib."""

import math
from collections import Counter
from functools import cache
from itertools import product

import numpy as np
from scipy import integrate, optimize, special, stats

# ---- Mastermind, peg by peg ----

CODES = ["".join(pegs) for pegs in product("123456", repeat=4)]


@cache
def reply(guess, secret):
    black = sum(a == b for a, b in zip(guess, secret))
    common = sum((Counter(guess) & Counter(secret)).values())
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

    return optimize.brentq(over, mean, 1 - 1e-15)


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
