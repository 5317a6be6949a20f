"""Data and computations of the chapter noisy channels and codes."""

import math
from functools import cache, lru_cache
from statistics import NormalDist

import numpy as np

from itlib.error_correction import belief_propagation, hamming_decode, hamming_encode
from itlib_book.shared.binomials import log_binomials
from itlib_book.shared.demands import MANY, demand_chance, demand_count, demand_seed
from itlib_book.shared.pictures import photograph

# ---- repetition and Hamming, exactly ----


def majority_error(p, copies):
    """Return how often the majority of an odd number of copies is wrong."""
    likely = log_binomials(copies, p)[1]
    return math.fsum(np.exp(likely[copies // 2 + 1 :]))


@cache
def noises(digits):
    """Return every pattern of flips of a row of digits, one to a row."""
    if digits not in range(21):
        raise ValueError(
            f"digits must be a whole number in 0 ... 20, got {digits!r}: there are 2^digits patterns"
        )
    digits = int(digits)
    return np.arange(2**digits)[:, None] >> np.arange(digits)[::-1] & 1


def hamming_errors(p):
    """Return how often a block of Hamming's code, and a data digit of it, arrives wrong."""
    demand_chance(p)
    flips = noises(7)
    weight = p ** flips.sum(axis=1) * (1 - p) ** (7 - flips.sum(axis=1))
    wrong = hamming_decode(flips).bits  # what is sent are zeros, and any word does as well
    return float(weight @ wrong.any(axis=1)), float(weight @ wrong.mean(axis=1))


@cache
def perfect_errors(p, checks):
    """Return the share of wrong digits behind the Hamming code with so many checks.

    It has 2^checks − 1 digits; the numbers of those that are flipped, added up without carry,
    spell the one that the decoder flips back.
    """
    size = 2**checks - 1
    flips = noises(size)
    number = np.bitwise_xor.reduce(flips * np.arange(1, size + 1), axis=1)
    left = flips ^ (np.arange(1, size + 1) == number[:, None])
    weight = p ** flips.sum(axis=1) * (1 - p) ** (size - flips.sum(axis=1))
    return float(weight @ left.mean(axis=1))


# ---- a sparse code ----


@cache
def sparse_checks(digits, each=3, in_check=6, seed=0):
    """Return random checks: every digit in `each` of them, every check on `in_check` digits.

    The digits are dealt out anew for each band of checks (Gallager 1962).
    """
    demand_count(each, "each")
    demand_count(in_check, "in_check")
    demand_seed(seed)
    if digits < in_check or digits % in_check:
        raise ValueError(f"digits must be a multiple of {in_check}, got {digits!r}")
    demand_count(digits, "digits", most=6000)
    rng = np.random.default_rng(seed)
    checks = np.zeros((each * digits // in_check, digits), np.int64)
    for band in range(each):
        dealt = rng.permutation(digits).reshape(-1, in_check)
        rows = band * len(dealt) + np.arange(len(dealt))
        checks[rows[:, None], dealt] = 1
    return checks


@cache
def sparse_code(digits):
    """Return a code's checks, which digits are free, and how the others follow from them.

    Gauss's elimination modulo 2; rows that depend on others free a digit more.
    """
    checks = sparse_checks(digits)
    rows, bound, done = checks.astype(bool), [], 0
    for column in range(digits):
        below = np.flatnonzero(rows[done:, column])
        if len(below) == 0:
            continue
        pivot = done + int(below[0])
        rows[[done, pivot]] = rows[[pivot, done]]
        others = rows[:, column].copy()
        others[done] = False
        rows[others] ^= rows[done]
        bound.append(column)
        done += 1
        if done == len(rows):
            break
    free = np.setdiff1d(np.arange(digits), bound)
    return checks, free, np.array(bound), rows[:done][:, free].astype(np.int64)


def sparse_encode(digits, data):
    """Return code words for rows of data digits."""
    _, free, bound, follow = sparse_code(digits)
    words = np.zeros((len(data), digits), np.int64)
    words[:, free] = data
    words[:, bound] = data @ follow.T % 2
    return words


# ---- a picture through the line ----

SIDE = 64
SCHEMES = ("bare", "tripled", "Hamming", "sparse")
BLOCK = 2052


@lru_cache
def picture():
    """Return part of the photograph as 64 × 64 binary digits, 1 where it is darker than around."""
    grey = photograph()[:128, :128].astype(float).reshape(SIDE, 2, SIDE, 2).mean(axis=(1, 3))
    around = np.lib.stride_tricks.sliding_window_view(np.pad(grey, 12, mode="edge"), (25, 25))
    return (grey < around.mean(axis=(2, 3)) - 4).astype(np.int64)


@lru_cache
def sent(scheme):
    """Return the digits that go through the line, and how the picture is read from them."""
    bits = picture().ravel()
    if scheme == "bare":
        return bits
    if scheme == "tripled":
        return np.repeat(bits, 3)
    if scheme == "Hamming":
        return hamming_encode(bits.reshape(-1, 4)).ravel()
    free = len(sparse_code(BLOCK)[1])
    data = np.zeros(-(-bits.size // free) * free, np.int64)
    data[: bits.size] = bits
    return sparse_encode(BLOCK, data.reshape(-1, free)).ravel()


@lru_cache
def luck(scheme):
    """Return for each digit the number below which the line's p must stay to let it pass."""
    return np.random.default_rng(SCHEMES.index(scheme)).random(sent(scheme).size)


@lru_cache(maxsize=200)
def received_picture(scheme, p):
    """Return the picture as it is read behind a line that flips with probability p."""
    digits = sent(scheme) ^ (luck(scheme) < p)
    if scheme == "bare":
        read = digits
    elif scheme == "tripled":
        read = digits.reshape(-1, 3).sum(axis=1) // 2
    elif scheme == "Hamming":
        read = hamming_decode(digits.reshape(-1, 7)).bits.ravel()
    else:
        read = _sparse_decode(digits, p)
    return read[: SIDE * SIDE].reshape(SIDE, SIDE)


def _sparse_decode(digits, p):
    checks, free, *_ = sparse_code(BLOCK)
    scale = math.log((1 - p) / p) if p else math.inf
    llr = np.where(digits == 0, scale, -scale).reshape(-1, BLOCK)
    return belief_propagation(checks, llr, rounds=60).bits[:, free].ravel()


# ---- density evolution on erasures ----


def evolution(erased, each, in_check, rounds):
    """Return the share of messages still erased after 0, 1, 2 … rounds, for endless blocks."""
    demand_chance(erased, "erased")
    demand_count(each, "each")
    demand_count(in_check, "in_check")
    demand_count(rounds, "rounds", least=0, most=MANY)
    shares = [erased]
    for _ in range(rounds):
        shares.append(erased * (1 - (1 - shares[-1]) ** (in_check - 1)) ** (each - 1))
    return np.array(shares)


@cache
def threshold(each, in_check):
    """Return the largest share of erasures that dies out: the least x / f(x), f of one round."""
    demand_count(each, "each")
    demand_count(in_check, "in_check")
    if each == 1:
        return 0.0  # a digit that is in a single check is told nothing by any other
    x = np.linspace(1e-6, 1, 1_000_001)
    return float((x / (1 - (1 - x) ** (in_check - 1)) ** (each - 1)).min())


# ---- how much of the capacity a finite block can use ----


def normal_approximation(n, p, error):
    """Return C − √(V/n) Q⁻¹(error) + log₂(n)/2n for the binary symmetric channel."""
    _demand_block(n, error)
    if not (0 < p < 1 and error > 0):
        raise ValueError(f"p and error must be above 0 and below 1, got {p!r} and {error!r}")
    odds = math.log2((1 - p) / p)
    capacity = 1 + p * math.log2(p) + (1 - p) * math.log2(1 - p)
    backoff = math.sqrt(p * (1 - p) * odds**2 / n) * NormalDist().inv_cdf(error)
    return capacity + backoff + math.log2(n) / (2 * n)


@cache
def _log_weights(n, p):
    """Return ln of the number of patterns of t flips, and ln of their probability."""
    demand_chance(p)
    # A line that flips more than half is as good, with its outputs renamed.
    return log_binomials(n, min(p, 1 - p))


def _demand_block(n, error):
    if not 1 <= n < math.inf:
        raise ValueError(f"n must be at least 1 and finite, got {n!r}")
    if not 0 <= error < 1:
        raise ValueError(f"error must be at least 0 and below 1, got {error!r}")


@cache
def guaranteed_rate(n, p, error):
    """Return a rate at which some code of n digits errs no more: the union bound, exactly."""
    _demand_block(n, error)
    ways, likely = _log_weights(n, p)
    nearer = np.logaddexp.accumulate(ways) - n * math.log(2)

    def wrong(rate):
        return np.exp(likely + np.minimum(0.0, rate * n * math.log(2) + nearer)).sum()

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if wrong(middle) <= error else (low, middle)
    return low


@cache
def impossible_rate(n, p, error):
    """Return the rate above which no code of n digits errs so rarely: balls must not overlap."""
    _demand_block(n, error)
    ways, likely = _log_weights(n, p)
    left = np.logaddexp.accumulate(likely[::-1])[::-1]  # ln of the chance of t flips or more
    log_error = math.log(error) if error else -math.inf
    full = int(np.sum(left > log_error)) - 1  # flips that a ball needs, some patterns of them
    log_part = left[full] - likely[full] + math.log(-math.expm1(log_error - left[full]))
    inside = np.logaddexp.reduce(ways[:full]) if full else -math.inf
    volume = np.logaddexp(inside, ways[full] + log_part)
    return max(0.0, float(1 - volume / (n * math.log(2))))


# ---- flips instead of erasures, with messages of one digit ----


def wrong_messages(p, x, each=3, in_check=6):
    """Return the share of wrong messages after a round of Gallager's algorithm A."""
    right, wrong = ((1 + s * (1 - 2 * x) ** (in_check - 1)) / 2 for s in (1, -1))
    return p * (1 - right ** (each - 1)) + (1 - p) * wrong ** (each - 1)


@cache
def one_digit_threshold():
    """Return the largest share of flips that dies out where messages are single digits."""
    low, high = 0.0, 0.5
    for _ in range(50):
        p = x = (low + high) / 2
        for _ in range(2000):
            x = wrong_messages(p, x)
        low, high = (p, high) if x < 1e-6 else (low, p)
    return low
