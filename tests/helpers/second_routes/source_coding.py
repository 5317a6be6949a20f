"""Source coding, a second time: with exact fractions, mpmath's logarithms and lists of all cases."""

import itertools
from fractions import Fraction

from mpmath import e, ln, log, mp, mpf

mp.dps = 30


def lb(x):
    return ln(x) / ln(2)


def h(p):
    return -p * lb(p) - (1 - p) * lb(1 - p)


def exact(x):
    """Return a decimal fraction as mpmath holds it."""
    return mpf(str(x))


def room(*words):
    """Return the share of all strings, as long as the longest word, that begin with a word."""
    words = words or ("0", "100", "101", "110")
    longest = max(map(len, words))
    strings = ["".join(digits) for digits in itertools.product("01", repeat=longest)]
    owned = sum(any(string.startswith(word) for word in words) for string in strings)
    return Fraction(owned, len(strings))


def rounding_up(*chances):
    """Return the saving against the best of all lists of lengths that Kraft allows."""
    p = [Fraction(str(x)) for x in chances or (0.6, 0.3, 0.1)]
    lists = itertools.product(range(1, 6), repeat=len(p))
    best = min(
        sum(x * n for x, n in zip(p, lengths))
        for lengths in lists
        if sum(Fraction(1, 2**n) for n in lengths) <= 1
    )
    up = sum(x * next(n for n in range(1, 20) if x * 2**n >= 1) for x in p)
    return up - best


def waste(p, lengths):
    return sum(exact(x) * (n + lb(exact(x))) for x, n in zip(p, lengths))


def message(heads=92, tails=8, nines=9):
    """Return the number of digits by the size of P as an exact fraction."""
    probability = Fraction(nines, 10) ** heads * Fraction(10 - nines, 10) ** tails
    return next(n for n in itertools.count() if probability * 2**n >= 1) + 1


def weather(sunny=90, rainy=70):
    """Return the rate with the shares that many days approach."""
    share = mpf(1) / 2
    for _ in range(3000):
        share = share * sunny / 100 + (1 - share) * (100 - rainy) / 100
    return share * h(mpf(sunny) / 100) + (1 - share) * h(mpf(rainy) / 100)


def counting(length=1000, saved=10):
    return Fraction(2 ** (length - saved + 1) - 1, 2**length)


def phrases(row="0001110010010"):
    """Return the number of phrases, found by looking ahead."""
    found, place = set(), 0
    while place < len(row):
        size = next(n for n in itertools.count(1) if row[place : place + n] not in found)
        found.add(row[place : place + size])
        place += size
    return len(found)


ANSWERS = {
    "code-room": room,
    "code-rounding-up": rounding_up,
    "code-waste-last-step": lambda p=(0.5, 0.3, 0.2), lengths=(2, 2, 2): waste(p, lengths),
    "code-waste-alone": lambda p=(0.4, 0.3, 0.2, 0.1), lengths=(1, 3, 3, 4): waste(p, lengths),
    "code-message": message,
    "code-weather": weather,
    "code-stick": lambda percent=80: h(mpf(percent) / 100),
    "code-digits": lambda percent=75: 1000 * h(mpf(percent) / 100),
    "code-counting": counting,
    "code-line": lambda one_in=20: 1 - h(mpf(1) / one_in),
    "code-numbers": lambda flips=200, bits=1.5: flips * exact(bits),
    "code-phrases": phrases,
    "code-next-character": lambda runs=757, longer=1010: mpf(longer - runs) / 100,
    "code-ramp": lambda columns=64: log(columns, 2),
    "code-loss": lambda hundredths=160: log(e ** (mpf(hundredths) / 100), 2),
    "code-wrong": lambda percent=75: -lb(mpf(percent) / 100 * (1 - mpf(percent) / 100)) / 2,
}
