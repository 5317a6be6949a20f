"""Write an array of whole numbers as a short text that a few lines of JavaScript read back.

Neighbouring states look alike, so what is written is the difference along each axis
(taken as often as makes it smallest); small numbers are one character each,
and what the server's gzip makes of that is close to the entropy of the differences.
"""

from functools import cache

import numpy as np

# Printable ASCII without the backslash and the double quote: no escapes in a JSON string.
_ALPHABET = "".join(chr(c) for c in range(35, 127) if c != 92)
_SINGLES = 70  # characters that end a number; the others prefix its higher digits
_PREFIXES = len(_ALPHABET) - _SINGLES


def encode(values):
    """Return (orders, text): how often each axis was differenced, and the differences.

    >>> encode(np.array([[0, 1, 2], [10, 11, 12]]))
    ([1, 1], '#%%7##')
    """
    residual, orders = _best_differences(np.asarray(values, dtype=np.int64))
    return orders, "".join(map(_symbol, _zigzag(residual).ravel().tolist()))


def decode(orders, text, shape):
    """Return the array that `encode` was given; the twin of `decode` in player.js.

    >>> decode(*encode(np.array([3, 5, 900])), (3,)).tolist()
    [3, 5, 900]
    """
    numbers, high = [], 0
    for character in text:
        digit = _ALPHABET.index(character)
        if digit < _SINGLES:
            number = high * _SINGLES + digit
            numbers.append(number // 2 if number % 2 == 0 else -(number + 1) // 2)
            high = 0
        else:
            high = high * _PREFIXES + digit - _SINGLES + 1
    values = np.array(numbers, dtype=np.int64).reshape(shape)
    for axis, order in enumerate(orders):
        for _ in range(order):
            values = np.cumsum(values, axis=axis)
    return values


def _zigzag(values):
    return np.where(values >= 0, 2 * values, -2 * values - 1)


@cache
def _symbol(number):
    high, low = divmod(number, _SINGLES)
    text = _ALPHABET[low]
    while high:  # bijective base: every prefix digit is between 1 and _PREFIXES
        high, digit = divmod(high - 1, _PREFIXES)
        text = _ALPHABET[_SINGLES + digit] + text
    return text


def _difference(values, axis):
    return np.diff(values, axis=axis, prepend=0)


def _cost(values):
    return float(np.log2(1.0 + np.abs(values)).sum())


def _best_differences(values):
    """Difference the axis that helps most, until none does."""
    orders, cost = [0] * values.ndim, _cost(values)
    while values.ndim:
        trials = [_difference(values, axis) for axis in range(values.ndim)]
        costs = [_cost(trial) for trial in trials]
        best = int(np.argmin(costs))
        if costs[best] >= 0.999 * cost:
            break
        values, cost = trials[best], costs[best]
        orders[best] += 1
    return values, orders
