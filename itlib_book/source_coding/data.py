"""Data and computations of the chapter source coding."""

import lzma
import math
import zlib
from functools import lru_cache
from numbers import Integral

import numpy as np

from itlib import (
    binary_entropy,
    entropy,
    expected_length,
    huffman_code,
    normalize,
    self_information,
)
from itlib_book.shared.binomials import log_binomials
from itlib_book.shared.demands import MANY, demand_count, demand_seed
from itlib_book.shared.pictures import photograph
from itlib_book.shared.sample_text import KEYS, sample_text

DEPTH = 4


def cells(word):
    """Return which of the 16 strings of four digits begin with the word."""
    width = 2 ** (DEPTH - len(word))
    return slice(int(word, 2) * width, (int(word, 2) + 1) * width)


@lru_cache
def waste(heads, flips):
    """Return the digits per flip that Huffman's code for blocks spends above the entropy."""
    demand_count(flips, "flips", most=20)  # there are 2^flips blocks
    block = coin = np.array([heads, 1 - heads])
    for _ in range(flips - 1):
        block = np.multiply.outer(block, coin).ravel()
    return expected_length(block, huffman_code(block)) / flips - binary_entropy(heads)


HEADS = 0.9


@lru_cache
def surprises(flips):
    """Return the surprise per flip of a message with 0, 1, 2 ... tails, and how likely each is."""
    if flips < 1:
        raise ValueError(f"flips must be at least 1, got {flips!r}")
    tails = np.arange(flips + 1)
    likely = np.exp(log_binomials(flips, HEADS)[1][::-1])
    per_head, per_tail = self_information([HEADS, 1 - HEADS])
    return (per_head * (flips - tails) + per_tail * tails) / flips, normalize(likely)


@lru_cache
def digits_for(share, flips):
    """Return how many digits per flip number the likeliest messages that have this share."""
    number, reached = 0, 0.0
    for tails, likely in enumerate(surprises(flips)[1]):
        ways = math.comb(flips, tails)
        if reached + likely >= share:
            number += ways * (share - reached) / likely
            return math.log2(max(number, 1)) / flips
        number, reached = number + ways, reached + likely


def share_numbered(rate, flips):
    """Return the probability of the 2^(rate · flips) likeliest messages, the last ones in part."""
    if not rate >= 0:
        raise ValueError(f"rate must be at least 0, got {rate!r}")
    room, reached = rate * flips * math.log(2), 0.0
    by_tails = (logs.tolist() for logs in log_binomials(flips, 1 - HEADS))
    for ways, likely in zip(*by_tails, strict=True):
        if ways >= room:
            return reached + math.exp(likely + room - ways)
        reached += math.exp(likely)
        room += math.log1p(-math.exp(ways - room))
    return 1.0


STAY = 0.9

STICKY = np.array([[STAY, 1 - STAY], [1 - STAY, STAY]])


@lru_cache
def sticky_blocks(flips):
    """Return the distribution of blocks of a coin that repeats itself nine times in ten."""
    demand_count(flips, "flips", most=20)
    block = np.array([0.5, 0.5])
    for _ in range(flips - 1):
        block = (block.reshape(-1, 2)[:, :, None] * STICKY).ravel()
    return block


def sticky_flips(flips, seed=0):
    """Return flips of that coin, 0 or 1."""
    demand_count(flips, "flips", most=MANY)
    demand_seed(seed)
    rng = np.random.default_rng(seed)
    changes = rng.random(flips) >= STAY
    return (np.cumsum(changes) + rng.integers(2)) % 2


@lru_cache
def text_numbers():
    """Return the sample text as numbers of its keys."""
    return np.array([KEYS.index(key) for key in sample_text()])


@lru_cache
def _runs(length):
    """Return which runs of this many characters occur, as numbers, and how often."""
    numbers = text_numbers()
    if not (isinstance(length, Integral) and 0 <= length <= len(numbers)):
        raise ValueError(
            f"length must be a whole number in 0 ... {len(numbers)}, the characters of the text, "
            f"got {length!r}"
        )
    runs = np.zeros(len(numbers) - length + 1, dtype=np.int64)  # 44**6 is beyond 32 bits
    for i in range(length):
        if i and i % 8 == 0:  # and 44**12 beyond 64: number those that occur anew
            runs = np.unique(runs, return_inverse=True)[1]
        runs = runs * len(KEYS) + numbers[i : i + len(runs)]
    return np.unique(runs, return_counts=True)


def run_entropy(length):
    """Return the entropy in bits of runs of so many characters, by their frequencies."""
    return entropy(normalize(_runs(length)[1])) if length else 0.0


def distinct_runs(length):
    """Return how many different runs of so many characters occur."""
    return len(_runs(length)[0])


@lru_cache
def learning_rate(context):
    """Return the bits per character for a coder that learns the frequencies as it goes.

    After `context` characters that were seen N times, n of them before the next one, it expects
    that one with the probability (n + 1/k) / (N + 1), k the number of keys: no table is needed.
    The first `context` characters, which have no context, are not counted.
    """
    if context < 0:
        raise ValueError(f"context must be at least 0, got {context!r}")
    share = 1 / len(KEYS)
    runs, counts = _runs(context + 1)
    firsts = np.unique(runs // len(KEYS), return_index=True)[1]
    seen = np.add.reduceat(counts, firsts)
    # Γ(n + a) / Γ(a) is the product of the numerators of n predictions, whatever their order.
    nats = _log_rising(seen, 1.0) - _log_rising(counts, share)
    return nats / math.log(2) / len(text_numbers())


def _log_rising(counts, start):
    """Return the sum of log Γ(n + start) / Γ(start) over the counts."""
    values, times = np.unique(counts, return_counts=True)
    terms = [math.lgamma(n + start) - math.lgamma(start) for n in values.tolist()]
    return float(np.dot(times, terms))


def zlib_rate(data):
    """Return how many bits per byte zlib needs."""
    return _rate(lambda packed: zlib.compress(packed, 9), data)


def lzma_rate(data):
    """Return how many bits per byte lzma, the method of xz and 7-Zip, needs."""
    return _rate(lzma.compress, data)


def _rate(compress, data):
    if not len(data):
        raise ValueError("data must hold a byte at least, got none")
    return 8 * len(compress(bytes(data))) / len(data)


def from_the_left():
    """Return what is left of each pixel after its left neighbour is subtracted, modulo 256."""
    grey = photograph().astype(int)
    return (np.diff(grey, axis=1, prepend=0) % 256).astype(np.uint8)
