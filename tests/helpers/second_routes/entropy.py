"""Entropy a second time: sums of mpmath written out, and mean lengths from shares."""

import math
from collections import Counter
from itertools import product

from mpmath import exp, ln, mpf


def lb(x):
    """Return the binary logarithm."""
    return ln(x) / ln(2)


def exactly(numbers):
    """Return decimal numbers as exactly as mpmath holds them."""
    return [mpf(str(x)) for x in numbers]


def bits(*p):
    """Return the entropy of probabilities in bits."""
    return -sum(x * lb(x) for x in exactly(p) if x)


def of_counts(*counts):
    """Return the entropy of frequencies in bits."""
    return bits(*(mpf(n) / sum(counts) for n in counts))


def coin(heads):
    """Return the entropy of a coin in bits, from the odds of its sides."""
    p = mpf(str(heads))
    return lb(1 / (1 - p)) + p * lb((1 - p) / p)


def mean_length(likely, share):
    """Return the mean length of two words that have the shares `share` and the rest."""
    p, s = exactly((likely, share))
    return lb(1 / (1 - s)) + p * lb((1 - s) / s)


def traveller(left, ends):
    """Return the entropy of all ends of the road."""
    p = mpf(str(left))
    return p * lb(1 / p) + (1 - p) * lb(ends / (1 - p))


def tail_of_the_bell():
    """Return by how many bits a Gaussian scaled on 10 … 60 underrates a sum of 59."""
    weights = {n: exp(-((n - 35) ** 2) / (2 * mpf(350) / 12)) for n in range(10, 61)}
    return 10 * lb(6) - lb(10) - lb(sum(weights.values()) / weights[59])


ANSWERS = {
    "ent-coin": lambda heads=0.8: coin(heads),
    "ent-question": lambda words="", cards=12: of_counts(cards, 52 - cards),
    "ent-table-last-step": lambda: bits("0.5", "0.3", "0.2"),
    "ent-table-alone": lambda *p: bits(*(p or (0.6, 0.3, 0.1))),
    "ent-budget": lambda likely=0.9, share=0.6: mean_length(likely, share),
    "ent-die": lambda: lb(6) - bits("0.5", *5 * ["0.1"]),
    "ent-picture": lambda width=1280, height=720: mpf(width * height * 24) / 10**6,
    "ent-huffman": lambda: sum(map(mpf, ("0.4", "0.6", "0.6", "0.3"))),
    "ent-blocks": lambda: (mpf("0.64") + 2 * mpf("0.16") + 3 * (mpf("0.16") + mpf("0.04"))) / 2,
    "ent-two-dice": lambda: of_counts(
        *Counter(a + b for a, b in product(range(6), repeat=2)).values()
    ),
    "ent-grouping": lambda left=0.6, ends=4: traveller(left, ends),
    "ent-tail": tail_of_the_bell,
}


def code_budget(likely, share):
    """Weigh the lengths of both words; the worth of a hundredth is a slope, taken over a little."""
    e = 1e-6

    def spent(s, t):
        return likely * math.log2(1 / s) + (1 - likely) * math.log2(1 / t)

    least = spent(likely, 1 - likely)
    return {
        "first_length": math.log2(1 / share),
        "second_length": math.log2(1 / (1 - share)),
        "mean_length": spent(share, 1 - share),
        "floor": least,
        "wasted": spent(share, 1 - share) - least,
        "verdict": (
            "keep"
            if abs(likely - share) < e
            else "to the first"
            if spent(share + e, 1 - share - e) < spent(share, 1 - share)
            else "to the second"
        ),
    }


DEMOS = {"code-budget": code_budget}
