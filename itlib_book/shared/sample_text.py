"""A sample of English prose, for the chapters that compress and predict text.

It is the prose of this book as it stood one day, typed on the keys of a small typewriter: one
sentence a line in `sample_text.txt`. The file is never made anew, so that what chapters say of it
stays true while the book goes on.
"""

from functools import cache
from pathlib import Path

import numpy as np

from bookkit.python.carried import carried

KEYS = " abcdefghijklmnopqrstuvwxyz0123456789.,:'()-"
"""The 44 characters that occur: those of a small typewriter."""


@cache
@carried
def sample_text():
    """Return the sample: one line of lower-case sentences, typed on `KEYS`.

    >>> set(sample_text()) == set(KEYS)
    True
    """
    sentences = Path(__file__).with_name("sample_text.txt").read_text("ascii").splitlines()
    return " ".join(sentences)


@cache
def parts():
    """Return the sample as numbers 0 ... 43: nine tenths to learn from, and the rest to test.

    It is cut between two sentences.
    """
    text = sample_text()
    message = np.array([KEYS.index(key) for key in text])
    return np.split(message, [text.index(". ", 9 * len(text) // 10) + 2])
