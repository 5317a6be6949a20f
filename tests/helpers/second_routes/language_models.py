"""Second routes of the chapter on language models."""

import bz2
import lzma
import math
import zlib
from collections import Counter
from fractions import Fraction
from functools import cache, lru_cache

import numpy as np
from mpmath import ceil, exp, mpf
from precise import exact, lb

from itlib_book.language_models.demos import SENTENCE
from itlib_book.shared.sample_text import KEYS, parts

LEARNT, HELD_OUT = ("".join(KEYS[x] for x in part) for part in parts())


@lru_cache
def followed(n):
    """Return how often runs of n + 1 characters occur, runs of n before another, and before how many."""
    places = range(n, len(LEARNT))
    runs = Counter(LEARNT[i - n : i + 1] for i in places)
    return runs, Counter(LEARNT[i - n : i] for i in places), Counter(run[:-1] for run in runs)


@lru_cache
def seen(n, text):
    """Return, for each character of a text, how often the n before it were followed by this one.

    And how often by any, and by how many different ones; 0 where there are no n before it.
    """
    runs, total, kinds = followed(n)
    places = range(n, len(text))
    rows = [
        (runs[text[i - n : i + 1]], total[text[i - n : i]], kinds[text[i - n : i]]) for i in places
    ]
    return np.array(n * [(0, 0, 0)] + rows).T


@lru_cache
def rates(weight=None, text=HELD_OUT):
    """Return bits per character of models of the first text that look back 0 ... 8 characters.

    Each context adds its own counts to a share of what the next shorter one says: as much as
    `weight` characters, or, by Witten and Bell, as many as different characters have followed it.
    """
    p = np.full(len(text), 1 / len(KEYS))
    found = []
    for n in range(9):
        count, total, kinds = seen(n, text)
        share = kinds if weight is None else weight
        np.divide(count + share * p, total + share, where=total > 0, out=p)
        found.append(-np.log2(p).mean())
    return found


def rate(context, weight=None, text=HELD_OUT):
    return rates(weight, text)[context]


def of_rate(weight=None, text=HELD_OUT):
    return lambda context: rate(int(context), weight, text)


def writer(place):
    """Return the bits per key of a writer of the puzzle, from the size of the choice."""
    row = round(place)
    keys = 1 if row < 2 else 4.5 + (place < row)
    return math.log([44, 15, 2000, 15][row], 2) / keys


COMPRESSORS = [lambda data: zlib.compress(data, 9), lzma.compress, bz2.compress]


def compressor(place):
    """Return the bits per character of a bar: models first and last, compressors between."""
    row = round(place)
    if row in (0, 7):
        return rate(0 if row == 0 else 5)
    shrink = COMPRESSORS[(row - 1) % 3]
    learnt, held_out = (bytes(KEYS.index(x) for x in text) for text in (LEARNT, HELD_OUT))
    known = learnt if row > 3 else b""
    spent = len(shrink(known + held_out)) - (len(shrink(known)) if known else 0)
    return 8 * spent / len(held_out)


# ---- the demo: counts by searching the text ----

WEIGHTS = {"none": 0, "w = 0.1": 0.1, "w = 1": 1, "w = 10": 10, "Witten–Bell": None}


def perplexity(context, smoothing, place, **_):
    past, total, context = ". ", 0.0, int(context)
    for key in SENTENCE[: int(place)]:
        chance = chance_of(past[max(len(past) - context, 0) :], key, WEIGHTS[smoothing])
        last = math.inf if chance == 0 else -math.log2(chance)
        total, past = total + last, past + key
    rate_so_far = total / place
    return {"surprise": last, "rate": rate_so_far, "per_character": 2**rate_so_far}


@cache
def found_after(history):
    """Return how often each key follows a run of the text, found by looking for the run."""
    found, at = Counter(), LEARNT.find(history)
    while 0 <= at and at + len(history) < len(LEARNT):
        found[LEARNT[at + len(history)]] += 1
        at = LEARNT.find(history, at + 1)
    return found


def chance_of(history, key, weight):
    """Return the share of a key after a history, corrected from that after a shorter one."""
    lower = chance_of(history[1:], key, weight) if history else 1 / len(KEYS)
    seen = found_after(history)
    worth = len(seen) if weight is None else weight
    total = sum(seen.values())
    return (seen[key] + worth * lower) / (total + worth) if total else lower


DEMOS = {"perplexity": perplexity}


# ---- what exercises ask for ----


def per_character(choices, letters):
    """Return the perplexity per character as a root, without a logarithm."""
    return mpf(choices) ** (1 / (exact(letters) + 1))


def geometric(*spelt):
    """Return the root of the word's improbability, as a product."""
    improbable = mpf(1)
    for p in spelt or (0.05, 0.5, 0.8, 0.2, 0.9):
        improbable /= exact(p)
    return improbable ** (mpf(1) / len(spelt or range(5)))


def novel(often=7, some=2, once=1, hundredths=5):
    """Return the share of e after three observations of the shorter context are added."""
    return Fraction(3, 3 + often + some + once) * Fraction(hundredths, 100)


def coder(tenths=30074, characters=2000):
    """Return the bytes of the shortest file that is one digit longer than the surprise."""
    digits = ceil(mpf(tenths) / 10) + 1
    return ceil(digits / 8)


ANSWERS = {
    "lm-monkey": lambda keys=61: lb(keys),
    "lm-typesetter": lambda box=6000, letters=5: lb(box) / (exact(letters) + 1),
    "lm-units-last-step": lambda choices=60, letters=5: per_character(choices, letters),
    "lm-units-alone": lambda choices=150, letters=4.7: per_character(choices, letters),
    "lm-per-word": lambda choices=40, letters=4.8: lb(choices) / (exact(letters) + 1),
    "lm-per-character": lambda: mpf(15) ** mpf("5.5") / 10**6,
    "lm-geometric": geometric,
    "lm-loss": lambda hundredths=125: exp(mpf(hundredths) / 100),
    "lm-novel": novel,
    "lm-gap": lambda: rate(6, 10) - rate(6, 10, LEARNT[: len(HELD_OUT)]),
    "lm-coder": coder,
    "lm-bytes": lambda hundredths=250, tenths=38: lb(exp(mpf(hundredths) / 100)) * 10 / tenths,
    "lm-worst": lambda: 1 / (mpf(1) / 21 * mpf(2) / 42 / 3),
}

FIGURES = {
    "lm-writers": [
        {
            "p/bars": writer,
            "muted/bars": lambda place: math.log2([2000, 15][round(place) - 2]) / 4.5,
        }
    ],
    "lm-by-heart": [
        {"training": of_rate(text=LEARNT[: len(HELD_OUT)]), "held-out": of_rate()},
        {
            "w = 0.1": of_rate(0.1),
            "w = 1": of_rate(1),
            "Witten–Bell": of_rate(),
            "w = 10": of_rate(10),
        },
    ],
    "lm-compressors": [{"p/bars": compressor, "q/bars": compressor, "muted/bars": compressor}],
}
