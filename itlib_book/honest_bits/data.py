"""Data and computations of the chapter on flows, diffusion and honest bits."""

import itertools
import math
from functools import cache
from numbers import Integral

import numpy as np

from itlib import binary_entropy, entropy, normalize, self_information
from itlib.gaussian_channels import awgn_capacity, sign_information, sign_mmse
from itlib.honest_bits import diffusion_bound, masked_bound
from itlib_book.shared.demands import demand_chance
from itlib_book.shared.pictures import photograph
from itlib_book.shared.sample_text import KEYS, parts

# ---- a table whose buckets are shared ----

LOOKS_BACK = 3  # characters
MIX = 0.1  # the share of the uniform guess in every prediction
K = len(KEYS)


def runs(message, length):
    """Return each run of so many characters as one number."""
    if not 1 <= length <= 11:
        raise ValueError(f"length must be in 1 ... 11, as 44**12 is beyond 64 bits, got {length!r}")
    windows = np.lib.stride_tricks.sliding_window_view(message, length)
    return windows.astype(np.int64) @ K ** np.arange(length - 1, -1, -1, dtype=np.int64)


def bucket(run, log_buckets):
    """Return the bucket of a run, one of 2 to the power of `log_buckets`."""
    return ((run * 2_654_435_761 % 2**32) >> (32 - log_buckets)).astype(np.intp)


@cache
def _counts(log_buckets):
    """Return the counts of runs and of contexts, as the table with shared buckets keeps them."""
    if log_buckets not in range(25):
        raise ValueError(f"log_buckets must be a whole number in 0 ... 24, got {log_buckets!r}")
    training, size = parts()[0], 2**log_buckets
    followed = np.bincount(bucket(runs(training, LOOKS_BACK + 1), log_buckets), minlength=size)
    came = np.bincount(bucket(runs(training[:-1], LOOKS_BACK), log_buckets), minlength=size)
    return followed, came


def shares(contexts, log_buckets):
    """Return what the table says of each of the 44 keys after each context, before any mixing."""
    followed, came = _counts(log_buckets)
    each = followed[bucket(contexts[:, None] * K + np.arange(K), log_buckets)]
    total = came[bucket(contexts, log_buckets)][:, None]
    return np.where(total > 0, np.minimum(each, total) / np.maximum(total, 1), 1 / K)


@cache
def _held_out():
    """Return the different contexts of the held-out text, and for each character which it follows."""
    training, test = parts()
    before = runs(np.append(training[-LOOKS_BACK:], test[:-1]), LOOKS_BACK)
    return np.unique(before, return_inverse=True)


@cache
def _said(log_buckets):
    """Return the sums of the table's shares and the share of what came, for each character."""
    contexts, which = _held_out()
    said = shares(contexts, log_buckets)
    return said.sum(axis=1)[which], said[which, parts()[1]]


def scores(log_buckets, mix=MIX):
    """Return bits per character as reported, those of the normalised model, and the mean sum."""
    total, came = _said(log_buckets)
    total, came = (1 - mix) * total + mix, (1 - mix) * came + mix / K
    reported = float(np.mean(self_information(came)))
    return reported, reported + float(np.mean(np.log2(total))), float(total.mean())


PLACE = 2002  # a place of the held-out text at which one prediction is shown


def one_prediction(log_buckets, mix=MIX):
    """Return what the table says of each key at one place."""
    contexts, which = _held_out()
    return (1 - mix) * shares(contexts[which[PLACE : PLACE + 1]], log_buckets)[0] + mix / K


def at_the_place():
    """Return the characters before the place, and the one that came."""
    test = parts()[1]
    return "".join(KEYS[i] for i in test[PLACE - 12 : PLACE]), int(test[PLACE])


# ---- four values and a density ----

VALUES = np.arange(4.0)
EDGES = np.arange(5) - 0.5
BEST = math.sqrt(
    4 / 3
)  # the deviation of four equally likely values with noise of width 1: sixteen twelfths


# ---- a sign in noise ----

LOW, HIGH = 0.01, 20


def sign_bound(levels):
    """Return the bound on a fair sign with so many levels, evenly spaced in log SNR."""
    snr = np.geomspace(LOW, HIGH, levels)
    return diffusion_bound(
        snr,
        sign_mmse(snr),
        prior=awgn_capacity(LOW),
        reconstruction=1 - sign_information(HIGH),
    )


# ---- flips that stick together ----


def sticky(change, n):
    """Return the joint table of n flips, each other than the one before with chance `change`."""
    demand_chance(change, "change")
    if not (isinstance(n, Integral) and 1 <= n <= 18):
        raise ValueError(
            f"n must be a whole number in 1 ... 18, as the table has 2**n entries, got {n!r}"
        )
    table = np.full((2,) * n, 0.5)
    place = np.indices(table.shape)
    for one, next_one in zip(place, place[1:]):
        table = table * np.where(one == next_one, 1 - change, change)
    return table


def sticky_bound(steps):
    """Return what masked diffusion pays for four sticky flips."""
    return masked_bound(sticky(0.1, 4), steps)


FLIPS = 8
ORDERS = ("by lot", "left to right", "far apart first")
FAR_APART = (0, 4, 2, 6, 1, 5, 3, 7)


@cache
def sticky_entropy(change, places):
    """Return the entropy of the flips at some places, in rising order: each tells of the next."""
    if not places:
        return 0.0
    gaps = (after - before for before, after in itertools.pairwise(places))
    return 1 + sum(binary_entropy((1 - (1 - 2 * change) ** gap) / 2) for gap in gaps)


def _guess(change, visible, one):
    together = tuple(sorted((*visible, one)))
    return sticky_entropy(change, together) - sticky_entropy(change, visible)


@cache
def _guesses(change, n):
    """Return, for each number of visible flips of n, the summed cost of guessing the hidden ones."""
    cost = np.zeros(n)
    for mask in range(2**n - 1):
        visible = tuple(i for i in range(n) if mask >> i & 1)
        hidden = (i for i in range(n) if not mask >> i & 1)
        cost[len(visible)] += sum(_guess(change, visible, i) for i in hidden)
    return cost


def hidden_cost(share, change=0.1, n=4):
    """Return what guessing all hidden ones of n sticky flips costs, if each is hidden by lot.

    Every hidden flip is guessed from the visible ones alone; `share` is the chance to be hidden.
    """
    for extreme in (np.min(share), np.max(share)):
        demand_chance(float(extreme), "share")
    demand_chance(change, "change")
    if not (isinstance(n, Integral) and 1 <= n <= FLIPS):
        raise ValueError(f"n must be a whole number in 1 ... {FLIPS}, got {n!r}")
    shown, share = np.arange(n), np.asarray(share)[..., None]
    return (1 - share) ** shown * share ** (n - shown) @ _guesses(change, n)


@cache
def unmasking(change, steps, order):
    """Return what each of the steps pays for eight sticky flips, in bits."""
    if order == ORDERS[0]:
        hidden = 1 - np.arange(steps) / steps
        return hidden_cost(hidden, change, FLIPS) / hidden / steps
    line, paid = range(FLIPS) if order == ORDERS[1] else FAR_APART, []
    for block in np.array_split(line, steps):
        visible = tuple(sorted(line[: line.index(int(block[0]))]))
        paid.append(sum(_guess(change, visible, int(i)) for i in block))
    return np.array(paid)


# ---- a photograph, pixel by pixel ----


@cache
def differences():
    """Return the probability of each difference of a grey from its left neighbour, in a photograph.

    From −255 to 255, counted, with one more of each so that all are possible.
    """
    steps = np.diff(photograph().astype(int), axis=1)
    return normalize(np.bincount(steps.ravel() + 255, minlength=511) + 1)


def pixel_bits(picture):
    """Return the bits per pixel of a picture under the differences of the photograph."""
    steps = np.diff(picture.astype(int), axis=1)
    return float(np.mean(self_information(differences()[steps.ravel() + 255])))


def typical_bits():
    """Return the bits per pixel of a picture that is drawn from the model."""
    return entropy(differences())
