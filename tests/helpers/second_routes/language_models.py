"""Second routes of the chapter on language models."""

import bz2
import lzma
import math
import zlib
from collections import Counter, defaultdict
from functools import lru_cache

from itlib_book.language_models.data import parts
from itlib_book.shared.sample_text import KEYS

LEARNT, HELD_OUT = ("".join(KEYS[x] for x in part) for part in parts())


@lru_cache
def followers(n):
    """Return for every run of n characters how often each followed, and how many did."""
    counts = defaultdict(Counter)
    for i in range(n, len(LEARNT)):
        counts[LEARNT[i - n : i]][LEARNT[i]] += 1
    return {before: (c, sum(c.values())) for before, c in counts.items()}


@lru_cache
def rate(context, weight=None, text=HELD_OUT):
    """Return bits per character of a model of the first text, character by character.

    Each context adds its own counts to a share of what the next shorter one says: as much as
    `weight` characters, or, by Witten and Bell, as many as different characters have followed it.
    """
    models = [followers(n) for n in range(context + 1)]
    bits = 0.0
    for i, character in enumerate(text):
        p = 1 / len(KEYS)
        for n in range(min(context, i) + 1):
            counts, total = models[n].get(text[i - n : i], (None, 0))
            if counts:
                share = len(counts) if weight is None else weight
                p = (counts[character] + share * p) / (total + share)
        bits -= math.log2(p)
    return bits / len(text)


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


FIGURES = {
    "lm-writers": [{"p/bars": writer, "muted/bars": lambda place: math.log2([2000, 15][round(place) - 2]) / 4.5}],
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
}  # fmt: skip
