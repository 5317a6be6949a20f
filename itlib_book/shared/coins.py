"""Coins, their distributions, and the rate of Huffman's code for one that nearly always shows heads."""

from functools import cache

import numpy as np

from itlib import expected_length, huffman_code
from itlib_book.shared.demands import demand_count

NINE_IN_TEN = np.array([0.9, 0.1])


def coin(heads):
    """Return the distribution of a toss, heads first, or those of many coins."""
    return np.stack([heads, 1 - np.asarray(heads)], axis=-1)


@cache
def huffman_rate(flips):
    """Return the bits per flip that Huffman's code spends on blocks of a coin with 0.9 heads."""
    demand_count(flips, "flips", most=20)  # there are 2^flips blocks
    block = NINE_IN_TEN
    for _ in range(flips - 1):
        block = np.multiply.outer(block, NINE_IN_TEN).ravel()
    return expected_length(block, huffman_code(block)) / flips
