"""Entropy a second time: sums of mpmath written out, and mean lengths from shares."""

import heapq
import math
from collections import Counter
from functools import lru_cache
from itertools import accumulate, product

import numpy as np
from mpmath import exp, mpf
from precise import lb
from scipy import special, stats

from itlib_book.entropy import demos


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
    "ent-question": lambda words="", cards=8: of_counts(cards, 52 - cards),
    "ent-table-last-step": lambda: bits("0.5", "0.3", "0.2"),
    "ent-table-alone": lambda *p: bits(*(p or (0.6, 0.3, 0.1))),
    "ent-budget": lambda likely=0.75, share=0.9: mean_length(likely, share),
    "ent-die": lambda: lb(6) - bits("0.5", *5 * ["0.1"]),
    "ent-picture": lambda width=1280, height=720: mpf(width * height * 24) / 10**6,
    "ent-huffman": lambda: sum(map(mpf, ("0.4", "0.6", "0.6", "0.3"))),
    "ent-blocks": lambda: (mpf("0.64") + 2 * mpf("0.16") + 3 * (mpf("0.16") + mpf("0.04"))) / 2,
    "ent-two-dice": lambda: of_counts(
        *Counter(a + b for a, b in product(range(6), repeat=2)).values()
    ),
    "ent-grouping": lambda left=0.7, ends=8: traveller(left, ends),
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


def coin_entropy(heads):
    sides = [heads, round(1 - heads, 2)]
    nats = special.entr(sides).sum()
    bits_heads, bits_tails = special.rel_entr(1, sides) / math.log(2)
    return {
        "bits_heads": bits_heads,
        "bits_tails": bits_tails,
        "coin_bits": nats / math.log(2),
        "coin_nats": nats,
    }


def outcomes(a, b, c, d, **_):
    p = np.array([a, b, c, d]) / (a + b + c + d)
    return {
        "bits": stats.entropy(p, base=2),
        "possible": math.log2(np.count_nonzero(p)),
        "missing": stats.entropy(p, [0.25] * 4, base=2),
        "effective": math.prod(x**-x for x in p if x),
    }


def pixels(shuffled, **_):
    picture = demos._picture(shuffled)
    pairs = Counter(zip(picture[:, :-1].ravel().tolist(), picture[:, 1:].ravel().tolist()))
    left = Counter()
    for (before, _next), count in pairs.items():
        left[before] += count
    alone, beside, before = (
        stats.entropy(list(counts.values()), base=2)
        for counts in (Counter(picture.ravel().tolist()), pairs, left)
    )
    return {"alone": alone, "beside": beside - before, "told": alone - (beside - before)}


DEMOS = {
    "code-budget": code_budget,
    "coin-entropy": coin_entropy,
    "outcomes": outcomes,
    "pixels": pixels,
}

# ---- figures ----


def towers(*p):
    """Return the routes of towers as wide as they are likely, and of their mean height."""
    edges = [0, *accumulate(exactly(p))]
    found = {"ink": lambda _: bits(*p)}
    for i, colour in enumerate(("p", "q", "mix", "good")[: len(p)]):
        across = edges[i], edges[i + 1], edges[i + 1], edges[i], edges[i]
        found[f"{colour}/shape x"] = lambda k, across=across: across[int(k)]
        found[f"{colour}/top"] = lambda _, share=p[i]: lb(1 / mpf(str(share)))
        found[f"{colour}/bottom"] = lambda _: 0
    return found


def arch(p):
    """Return the entropy of a coin in bits, whose sides may be sure."""
    return coin(p) if 0 < p < 1 else 0


@lru_cache
def huffman(flips):
    """Return the digits a flip: each merge adds a digit to all that it merges."""
    heap = [0.9**flips * 9.0**-tails for tails in map(sum, product((0, 1), repeat=flips))]
    heapq.heapify(heap)
    total = 0.0
    while len(heap) > 1:
        merged = heapq.heappop(heap) + heapq.heappop(heap)
        total += merged
        heapq.heappush(heap, merged)
    return total / flips


@lru_cache
def ways():
    """Return in how many ways ten dice show each sum, added one die at a time."""
    found = Counter({0: 1})
    for _ in range(10):
        found = sum(
            (Counter({n + face: k for n, k in found.items()}) for face in range(1, 7)), Counter()
        )
    return found


def of_ten_dice(total):
    return mpf(ways()[round(total)]) / mpf(6) ** 10


def bell(total):
    """Return the Gaussian's share of a sum, scaled on 10 … 60."""
    weights = [exp(-((n - 35) ** 2) / (2 * mpf(350) / 12)) for n in range(10, 61)]
    return weights[round(total) - 10] / sum(weights)


FIGURES = {
    "ent-towers": [
        towers(0.5, 0.5),
        towers(0.99, 0.01),
        towers(0.25, 0.25, 0.25, 0.25),
        towers(0.7, 0.1, 0.1, 0.1),
    ],
    "ent-binary": [
        {"p": arch, "q": arch},
        {
            "heads": lambda p: p * lb(1 / mpf(p)),
            "tails": lambda p: (1 - mpf(p)) * lb(1 / (1 - mpf(p))),
            "muted": arch,
        },
    ],
    "ent-mixture": [
        {
            "p/line": arch,
            "r": coin,
            "gained/line x": lambda _: mpf("0.4"),
            "gained/line y": lambda k: ((coin(0.1) + coin(0.7)) / 2, coin(0.4))[int(k)],
        }
    ],
    "ent-blocks": [
        {
            "p/line": lambda _: coin(0.9),
            "dots": lambda n: huffman(round(n)),
            "p/bottom": lambda _: coin(0.9),
            "p/top": lambda n: coin(0.9) + 1 / mpf(n),
        }
    ],
    "ent-puzzle": [None, None],
    "ent-gallery": [None, None, None, None],
    "ent-dice": [
        {"p": of_ten_dice, "q": bell},
        {
            "ten dice": lambda total: -lb(of_ten_dice(total)),
            "the Gaussian": lambda total: -lb(bell(total)),
        },
    ],
}
