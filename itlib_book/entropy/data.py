"""Data and computations of the chapter entropy."""

from functools import lru_cache

import numpy as np

from itlib import (
    expected_length,
    huffman_code,
)

COIN = np.array([0.9, 0.1])


@lru_cache
def huffman_rate(flips):
    """Return the bits per flip that Huffman's code spends on blocks of a 0.9 coin."""
    block = COIN
    for _ in range(flips - 1):
        block = np.multiply.outer(block, COIN).ravel()
    return expected_length(block, huffman_code(block)) / flips
