"""Data and computations of the chapter language models."""

import bz2
import lzma
import zlib
from functools import lru_cache

import numpy as np

from itlib import fit_ngrams, self_information
from itlib_book.shared.demands import demand_count
from itlib_book.shared.sample_text import KEYS, parts

COMPRESSORS = {
    "zlib": lambda data: zlib.compress(data, 9),
    "lzma": lzma.compress,
    "bz2": bz2.compress,
}


@lru_cache
def bits_per_character(context, smoothing="witten-bell", *, held_out=True):
    """Return the mean surprise at the held-out part, or at as long a piece of the training part."""
    training, test = parts()
    message = test if held_out else training[: test.size]
    return float(np.mean(self_information(model(context, smoothing).probabilities(message))))


def compressed(name, *, after_training=False):
    """Return the bits per character that a compressor takes for the held-out part.

    After the training part: what the held-out part adds to the size of both together.
    """
    size = COMPRESSORS[name]
    training, test = (bytes(part.astype(np.uint8)) for part in parts())
    spent = len(size(training + test)) - len(size(training)) if after_training else len(size(test))
    return 8 * spent / len(test)


@lru_cache
def kneser_ney(context, discount=0.75):
    """Return the bits per character on the held-out part of Kneser and Ney's model.

    Every count is lowered by the discount, and what that saves goes to the shorter context. There a
    run counts once for every different character that came before it, not every time it came.
    """
    demand_count(context, "context", least=0, most=10)  # 44^12 is beyond 64 bits
    training, test = parts()
    p, k = 1 / len(KEYS), len(KEYS)
    for n in range(context + 1):
        runs = _runs(training, n + 1)
        if n < context:
            runs = np.unique(_runs(training, n + 2)) % k ** (n + 1)
        runs, counts = np.unique(runs, return_counts=True)
        before, first, different = np.unique(runs // k, return_index=True, return_counts=True)
        wanted = _runs(np.append(training[training.size - n :], test), n + 1)
        came = _look_up(runs, counts, wanted)
        total = _look_up(before, np.add.reduceat(counts, first), wanted // k)
        spared = discount * _look_up(before, different, wanted // k)
        own = np.maximum(came - discount, 0) + spared * p
        p = np.divide(own, total, out=np.broadcast_to(p, own.shape).copy(), where=total > 0)
    return float(np.mean(self_information(p)))


def _runs(numbers, length):
    """Return each run of this many characters as one number."""
    windows = np.lib.stride_tricks.sliding_window_view(numbers, length)
    return windows @ len(KEYS) ** np.arange(length - 1, -1, -1, dtype=np.int64)


def _look_up(keys, values, wanted):
    """Return the value of each wanted key, 0 where it is not among the sorted keys."""
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[place] == wanted, values[place], 0)


def per_sentence(better, worse):
    """Return for each held-out sentence how many bits it saves and how many characters it has.

    The arguments are how far the two models look back.
    """
    test = parts()[1]
    saved = self_information(model(worse).probabilities(test))
    saved = saved - self_information(model(better).probabilities(test))
    ends = (test[:-1] == KEYS.index(".")) & (test[1:] == KEYS.index(" "))
    starts = np.append(0, np.flatnonzero(ends) + 2)
    starts = starts[starts < test.size]
    return np.add.reduceat(saved, starts), np.diff(np.append(starts, test.size))


def impossible_share(context):
    """Return the share of held-out characters that the model without smoothing rules out."""
    return float(np.mean(model(context, 0).probabilities(parts()[1]) == 0))


@lru_cache
def model(context, smoothing="witten-bell"):
    """Return the model that learnt from the training part."""
    return fit_ngrams(parts()[0], len(KEYS), context=context, smoothing=smoothing)
