"""Noisy channels and codes, a second time: by closed forms, by listing all words, by SciPy."""

import functools
import itertools
import math
from fractions import Fraction

import numpy as np
from points import in_turn
from scipy import integrate, optimize, stats

from itlib_book.noisy_channels import data


def h(p):
    return float(stats.entropy([p, 1 - p], base=2))


def h_inverse(bits):
    """Return the p of at most one half whose coin has so many bits."""
    return optimize.brentq(lambda p: h(p) - bits, 1e-18, 0.5, xtol=1e-18, rtol=1e-15)


def wrong_majority(p, n):
    return float(stats.binom.sf(n // 2, n, p))


# ---- Hamming's code, as the list of its words ----


WORDS = [
    word
    for word in itertools.product([0, 1], repeat=7)
    if all(sum(word[i] for i in range(7) if (i + 1) & check) % 2 == 0 for check in (1, 2, 4))
]


def nearest(row):
    return min(WORDS, key=lambda word: sum(a != b for a, b in zip(word, row)))


def position(row):
    row = [int(digit) for digit in row]
    places = [i + 1 for i, (a, b) in enumerate(zip(row, nearest(row))) if a != b]
    return places[0] if places else 0


# ---- the exercises ----


def erasures(first=30, second=20):
    """Return what passes, as the exact share of ten thousand digits."""
    return (100 - first) * (100 - second) / 10_000


def z_half():
    found = optimize.minimize_scalar(
        lambda q: q - h(q / 2), bounds=(0.01, 0.99), method="bounded", options={"xatol": 1e-12}
    )
    return -found.fun


def two_lines(first=10, second=5):
    line = np.array([[1 - p / 100, p / 100] for p in (first, second)])
    wrong = line[0] @ line[1][::-1]
    return 1 - h(wrong)


def annotators(right=80, wanted=99):
    n = 1
    while wrong_majority(1 - right / 100, n) > 1 - wanted / 100:
        n += 2
    return n


def above(p, rate):
    return h_inverse(1 - (1 - h(p)) / rate)


def votes(good=10, bad=30):
    likelihood = [1.0, 1.0]  # of 0 and of 1
    for p, says in ((good, 0), (good, 0), (bad, 1)):
        for digit in (0, 1):
            likelihood[digit] *= (100 - p) if digit == says else p
    return math.log(likelihood[0]) - math.log(likelihood[1])


def one_round(hundredths=40):
    """Return the share by listing what the ten other digits of two checks may be."""
    e, total = hundredths / 100, 0.0
    for first, second in itertools.product(range(6), repeat=2):
        if first and second:
            total += math.prod(stats.binom.pmf([first, second], 5, e))
    return e * total


def decibels(tenths=-10, percent=25):
    energy = 10 ** (tenths / 100) / (percent / 100)
    return 10 * math.log10(energy)


def source(heads=20, flips=10):
    return (1 - h(flips / 100)) / h(heads / 100)


ANSWERS = {
    "noisy-digits": lambda side=32: side * side + 3 * (side * side // 4),
    "noisy-copies": lambda percent=30: wrong_majority(percent / 100, 5),
    "noisy-erasures-in-a-row": erasures,
    "noisy-z-half": z_half,
    "noisy-two-lines": two_lines,
    "noisy-word": lambda received="1101011": position(received),
    "noisy-fano-two": lambda hundredths=60: h_inverse(hundredths / 100),
    "noisy-above-last-step": lambda: above(0.2, 0.5),
    "noisy-above-alone": lambda hundredths=10, rate=0.8: above(hundredths / 100, rate),
    "noisy-votes": votes,
    "noisy-one-round": one_round,
    "noisy-decibels": decibels,
    "noisy-source": source,
    "noisy-annotators": annotators,
}

# ---- the demos ----


def noisy(scheme, p):
    return data.sent(scheme) ^ (data.luck(scheme) < p)


@functools.cache
def read_sparse(p):
    """Return the data digits by sum-product with tanh and its inverse, on dense tables."""
    checks, free, *_ = data.sparse_code(data.BLOCK)
    digits = np.array([np.flatnonzero(row) for row in checks])
    read = []
    for row in noisy("sparse", p).reshape(-1, data.BLOCK):
        llr = (1 - 2 * row) * (math.log((1 - p) / p) if p else 40.0)
        told, sums = np.zeros(digits.shape), llr.copy()
        for _ in range(60):
            if not ((sums < 0)[digits].sum(axis=1) % 2).any():
                break
            halves = np.tanh((sums[digits] - told) / 2)
            products = np.stack(
                [np.delete(halves, i, axis=1).prod(axis=1) for i in range(digits.shape[1])], axis=1
            )
            told = 2 * np.arctanh(products)
            sums = llr.copy()
            np.add.at(sums, digits, told)
        read.append((sums < 0)[free])
    return np.concatenate(read)


def picture_line(p):
    picture = data.picture().ravel()

    def wrong(read):
        return int((np.asarray(read, int)[: picture.size] != picture).sum())

    three = noisy("tripled", p).reshape(-1, 3)
    sevens = [nearest(tuple(row)) for row in noisy("Hamming", p).reshape(-1, 7).tolist()]
    return {
        "wrong_bare": wrong(noisy("bare", p)),
        "wrong_tripled": wrong(np.median(three, axis=1)),
        "wrong_hamming": wrong([word[i] for word in sevens for i in (2, 4, 5, 6)]),
        "wrong_sparse": wrong(read_sparse(p)),
    }


def channel_explorer(a, b, share):
    """Capacity by Muroga's closed form: p(y) from the rows' entropies."""
    out = (1 - share) * a + share * (1 - b)
    information = h(out) - (1 - share) * h(a) - share * h(b)
    if math.isclose(a + b, 1):
        capacity, best = 0.0, 0.5
    else:
        table = np.array([[1 - a, a], [b, 1 - b]])
        x = np.linalg.solve(table, [-h(a), -h(b)])
        capacity = float(np.logaddexp2(*x))
        best = float(np.linalg.solve(table.T, 2 ** (x - capacity))[1])
    return {
        "information": information,
        "capacity": capacity,
        "best_share": best,
        "lost": capacity - information,
    }


def seven_bits(**flips):
    sent = (0, 1, 1, 0, 0, 1, 1)
    row = tuple(a ^ int(flips[f"f{i}"]) for i, a in enumerate(sent, start=1))
    place, left = position(row), sum(a != b for a, b in zip(nearest(row), sent))
    harmed = any(flips[f"f{i}"] for i in (3, 5, 6, 7))
    mended = "mended" if harmed else "as they were sent"
    return {
        "received": "".join(map(str, row)),
        "syndrome": place,
        "does": f"flips position {place}" if place else "leaves all as it is",
        "still_wrong": left,
        "verdict": "wrong, and nobody is told" if left else mended,
    }


@functools.cache
def touching(each, in_check):
    """Return the threshold: where e, as a function of the fixed point, is least."""
    found = optimize.minimize_scalar(
        lambda x: x / (1 - (1 - x) ** (in_check - 1)) ** (each - 1),
        bounds=(1e-7, 1),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return found.fun


def staircase(e, code):
    each, in_check = map(int, code.strip("()").split(", "))
    x, rounds = e, 0
    while x >= 1e-6 and rounds < 100_000:
        x, rounds = e * (1 - (1 - x) ** (in_check - 1)) ** (each - 1), rounds + 1
    clean = x < 1e-6
    return {
        "rounds": rounds if clean else math.inf,
        "left": 0.0 if clean else e * (1 - (1 - x) ** (in_check - 1)) ** each,
        "at_most": touching(each, in_check),
    }


DEMOS = {
    "picture-line": picture_line,
    "channel-explorer": channel_explorer,
    "seven-bits": seven_bits,
    "staircase": staircase,
}

# ---- the figures ----


def z_capacity(p):
    return math.log2(1 + (1 - p) * p ** (p / (1 - p))) if p < 1 else 0.0


def error(place):
    """Return one of 400 shares of wrong digits, evenly spread over fourteen powers of ten."""
    return 10 ** (14 * place / 399 - 15)


def passing(wrong):
    """Return the bits that pass a line whose digits are wrong so often."""
    return 1 - h(wrong)


@functools.cache
def balls(n):
    """Return how many rows lie within 0, 1 ... n flips of one, as whole numbers."""
    return list(itertools.accumulate(math.comb(n, t) for t in range(n + 1)))


def guaranteed(n):
    """Return the rate at which random code words lie nearer than the right one once in 1000."""
    n = round(n)
    rarities = np.array([n - math.log2(ball) for ball in balls(n)])
    likely = stats.binom.pmf(np.arange(n + 1), n, 0.11)

    def over(rate):
        return likely @ 2 ** np.minimum(0, rate * n - rarities) - 1e-3

    return optimize.brentq(over, 0, 1, xtol=1e-15, rtol=1e-14)


def impossible(n):
    """Return the rate at which balls that catch all but one in 1000 fill the whole space."""
    n = round(n)
    flips = int(stats.binom.ppf(0.999, n, 0.11))
    part = (0.999 - stats.binom.cdf(flips - 1, n, 0.11)) / stats.binom.pmf(flips, n, 0.11)
    volume = balls(n)[flips - 1] + math.comb(n, flips) * Fraction(part)
    return 1 - (math.log2(volume.numerator) - math.log2(volume.denominator)) / n


def hamming_weights(n):
    """Return how many words of the code have 0, 1 ... n ones (MacWilliams)."""
    half = np.polynomial.Polynomial([1, 0, -1]) ** (n // 2)
    whole = np.polynomial.Polynomial([1, 1]) ** n
    return ((whole + n * half * np.polynomial.Polynomial([1, -1])) / (n + 1)).coef


def left_wrong(p, n):
    """Return the share of wrong digits: each row is a word of the code, or one digit off it."""
    row = [p**w * (1 - p) ** (n - w) for w in range(n + 1)] + [0.0]
    return sum(
        words * w / n * (row[w] + w * row[w - 1] + (n - w) * row[w + 1])
        for w, words in enumerate(hamming_weights(n))
    )


def approximate_rate(n):
    """Return the normal approximation, with the spread of a digit's two information densities."""
    deviation = math.sqrt(0.11 * 0.89) * (math.log2(0.89) - math.log2(0.11))
    worst = stats.norm.ppf(1e-3, loc=1 - h(0.11), scale=deviation / math.sqrt(n))
    return worst + math.log2(n) / n / 2


def power(decibels):
    return 10 ** (decibels / 10)


def soft_sign(decibels):
    """Return one bit less what is unknown of a sign: the mean of log₂(1 + e^(−2 · evidence))."""
    s = power(decibels)

    def unknown(noise):
        surprise = np.logaddexp(0, -2 * (s + math.sqrt(s) * noise)) / math.log(2)
        return math.exp(-(noise**2) / 2) / math.sqrt(2 * math.pi) * surprise

    return 1 - integrate.quad(unknown, -12, 12, points=[0], epsabs=1e-13, limit=200)[0]


def limit_corner(k):
    """Return how far to the right a corner of what is possible lies: along the axis, and back."""
    if 1 <= k <= 400:
        return 0
    place = {0: 0, 401: 399, 802: 0}.get(k, 801 - k)
    return passing(0.1) / passing(1e-15 * 1e14 ** (place / 399))


FIGURES = {
    "noisy-opening": [None, None],
    "noisy-capacities": [
        {
            "typewriter": lambda p: 2 - h(p),
            "erasures": lambda p: 1 - p,
            "flips": lambda p: 1 - h(p),
            "Z": z_capacity,
        }
    ],
    "noisy-balls": [None, None],
    "noisy-rate-error": [
        {
            "possible/line x": lambda place: passing(0.1) / passing(error(place)),
            "possible/line y": error,
            "good/shape x": limit_corner,
            "ink/line x": lambda _: passing(0.1),
            "copies": lambda rate: wrong_majority(0.1, round(1 / rate)),
            "(7,4)/dots all": in_turn((4 / 7, left_wrong(0.1, 7)), (11 / 15, left_wrong(0.1, 15))),
        }
    ],
    "noisy-finite": [
        {
            "normal approximation": approximate_rate,
            "C, for n without end": lambda _: passing(0.11),
            "best code/top": impossible,
            "best code/bottom": guaranteed,
        }
    ],
    "noisy-signs": [
        {
            "any number": lambda decibels: math.log2(1 + power(decibels)) / 2,
            "soft": soft_sign,
            "decided": lambda decibels: 1 - h(stats.norm.sf(math.sqrt(power(decibels)))),
        }
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _after_a_round(x, e, code):
    """Return how often one of the digit's other checks does not tell it, and it was erased."""
    each, in_check = (int(number) for number in code.strip("()").split(","))
    told = (1 - x) ** (in_check - 1)
    return e * (1 - told) ** (each - 1)


def _after_rounds(x, e, code):
    share = e
    for _ in range(round(x)):
        share = _after_a_round(share, e, code)
    return share


CURVES = {
    "channel-explorer": {"0 p": ("information", "share")},
    "staircase": {
        "0 p": _after_a_round,
        "0 q": lambda i, e, code: (
            _after_rounds(i // 2, e, code),
            _after_rounds((i + 1) // 2, e, code),
        ),
        "1 q": _after_rounds,
    },
}
