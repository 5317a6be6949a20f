"""Data and computations of the chapter language models."""

import bz2
import lzma
import zlib
from functools import lru_cache

import numpy as np

from itlib import fit_ngrams, self_information
from itlib_book.shared.sample_text import KEYS, sample_text

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
def parts():
    """Return the sample as numbers 0 ... 43: nine tenths to learn from, and the rest to test.

    It is cut between two sentences.
    """
    text = sample_text()
    message = np.array([KEYS.index(key) for key in text])
    return np.split(message, [text.index(". ", 9 * len(text) // 10) + 2])


@lru_cache
def model(context, smoothing="witten-bell"):
    """Return the model that learnt from the training part."""
    return fit_ngrams(parts()[0], len(KEYS), context=context, smoothing=smoothing)
