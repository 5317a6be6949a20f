"""How many strings of tosses have so many heads, and how likely that is."""

import math

import numpy as np

from itlib_book.shared.demands import MANY, demand_chance, demand_count


def log_binomials(n, p):
    """Return ln C(n, k), and ln of the probability of k heads in n tosses, for k = 0 ... n."""
    if not 0 <= n < math.inf or n != int(n):
        raise ValueError(f"n must be a whole number, at least 0, got {n!r}")
    n = int(n)
    demand_count(n, least=0, most=MANY)
    demand_chance(p)
    k = np.arange(n // 2)
    rising = np.concatenate([[0.0], np.cumsum(np.log((n - k) / (k + 1)))])
    ways = np.concatenate([rising, rising[: (n + 1) // 2][::-1]])
    heads, tails = np.arange(n + 1), np.arange(n + 1)[::-1]
    log_head = math.log(p) if p > 0 else -math.inf
    log_tail = math.log1p(-p) if p < 1 else -math.inf
    return ways, ways + _times(heads, log_head) + _times(tails, log_tail)


def _times(counts, log):
    """Return ln of a power for each count; that with exponent 0 is 1, of 0 too."""
    return np.multiply(counts, log, out=np.zeros(len(counts)), where=counts > 0)
