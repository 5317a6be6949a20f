"""Data that a page cannot compute, since they come from a library that it has not.

A function marked `@carried` is called when the site is built, and what it returned is among the
files that a page loads with Python; there the function gives it back. Everywhere else the mark
changes nothing.
"""

import functools
import io
from pathlib import Path

import numpy as np

_FOLDER = Path("/book/carried")  # of a page


def carried(function):
    """Let the result of a function without arguments, a text or an array, travel with the pages.

    >>> @carried
    ... def primes():
    ...     return np.array([2, 3, 5])
    >>> primes().tolist()
    [2, 3, 5]
    """
    if not _FOLDER.is_dir():
        function.is_carried = True
        return function

    @functools.wraps(function)
    def given():
        return unpacked((_FOLDER / f"{function.__module__}.{function.__name__}").read_bytes())

    return given


def packed(value):
    """Return a text or an array as bytes.

    >>> unpacked(packed("Huffman")), unpacked(packed(np.eye(1))).tolist()
    ('Huffman', [[1.0]])
    """
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, np.ndarray):
        out = io.BytesIO()
        np.save(out, value, allow_pickle=False)
        return out.getvalue()
    raise TypeError(f"a text or an array can be carried, not {type(value).__name__}")


def unpacked(data):
    """Return the text or the array that was packed."""
    if data.startswith(b"\x93NUMPY"):
        return np.load(io.BytesIO(data), allow_pickle=False)
    return data.decode()
