"""Codes that mend what a noisy line has damaged: Hamming's, and sparse ones by messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from itlib import _checks
from itlib._types import Array, ArrayLike, BoolArray, FloatArray, IntArray

# Row i checks the positions whose number, counted from 1, has the binary digit 2^i.
_CHECKS = np.array([[1, 0, 1, 0, 1, 0, 1], [0, 1, 1, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1, 1]])
_DATA = np.array([2, 4, 5, 6])  # where the data stand; the others, 0, 1 and 3, are the checks
_ROUNDS = 1_000_000  # of a decoder: a minute or two, for the smallest of codes
_SURE = 1e30  # a log-likelihood ratio beyond all doubt, of which many can still be added
_Join = Callable[[FloatArray, FloatArray], FloatArray]


class Repaired(NamedTuple):
    """Four digits read from seven, and where one was flipped, counted from 0; -1 for nowhere."""

    bits: IntArray
    flipped: int | IntArray


class Beliefs(NamedTuple):
    """Digits after belief propagation, and whether they are decided and every check holds."""

    bits: IntArray
    satisfied: bool | BoolArray


def hamming_encode(bits: ArrayLike) -> IntArray:
    """Return seven digits for four: Hamming's code, which can mend any one flip.

    The seven are c1 c2 d1 c3 d2 d3 d4.  Counted from 1, check c1 makes the positions 1, 3, 5, 7
    sum to an even number, c2 the positions 2, 3, 6, 7, and c3 the positions 4, 5, 6, 7: H c = 0
    modulo 2.

    Parameters
    ----------
    bits : array_like of int, shape (..., 4)
        Digits 0 or 1, four to a block.

    Returns
    -------
    ndarray of int, shape (..., 7)

    Raises
    ------
    ValueError
        If a digit is neither 0 nor 1, or the last axis does not hold four of them.
    TypeError
        If `bits` does not hold whole numbers.

    See Also
    --------
    hamming_decode : back again, through at most one flip a block.

    References
    ----------
    Hamming, Error detecting and error correcting codes (1950).

    Examples
    --------
    >>> hamming_encode([1, 0, 1, 1]).tolist()
    [0, 1, 1, 0, 0, 1, 1]
    """
    data = _blocks(bits, "bits", 4)
    word = np.zeros((*data.shape[:-1], 7), np.int64)
    word[..., _DATA] = data
    # Each check stands at the only one of its positions that no other check looks at.
    word[..., [0, 1, 3]] = word @ _CHECKS.T % 2
    return word


def hamming_decode(received: ArrayLike) -> Repaired:
    """Return the four digits of the code word nearest to seven that arrived.

    The three checks, 1 for each that fails, spell the number of the position to flip:
    flipped = (H y mod 2, its entries worth 1, 2 and 4) − 1.

    Parameters
    ----------
    received : array_like of int, shape (..., 7)
        Digits 0 or 1, as `hamming_encode` orders them.

    Returns
    -------
    Repaired(bits, flipped)
        `bits` is an ndarray of shape (..., 4); `flipped`, of shape (...), is the position that
        was flipped back, counted from 0, or −1.  Two flips in a block lead to a third one.

    Raises
    ------
    ValueError
        If a digit is neither 0 nor 1, or the last axis does not hold seven of them.
    TypeError
        If `received` does not hold whole numbers.

    References
    ----------
    Hamming, Error detecting and error correcting codes (1950).

    Examples
    --------
    The digit at place 4 was flipped, and is mended:

    >>> bits, flipped = hamming_decode([0, 1, 1, 0, 1, 1, 1])
    >>> bits.tolist(), flipped
    ([1, 0, 1, 1], 4)
    """
    word = _blocks(received, "received", 7).copy()
    flipped = word @ _CHECKS.T % 2 @ np.array([1, 2, 4]) - 1
    word ^= np.arange(7) == flipped[..., None]
    place = flipped.astype(np.int64) if flipped.ndim else int(flipped)
    return Repaired(word[..., _DATA], place)


def _blocks(digits: ArrayLike, name: str, size: int) -> IntArray:
    """Return digits 0 or 1 with so many along the last axis."""
    read = _checks.labels(digits, name, k=2).astype(np.int64)
    if read.ndim == 0 or read.shape[-1] != size:
        raise ValueError(
            f"{name} must have {size} digits along the last axis, got shape {read.shape}"
        )
    return read


def belief_propagation(parity: ArrayLike, llr: ArrayLike, *, rounds: int = 50) -> Beliefs:
    """Return what a sparse code's checks make of uncertain digits: the sum-product decoder.

    Digits tell their checks ln p(0)/p(1), leaving out what that check has told them.  A check
    tells each of its digits what the others imply: tanh(m/2) = Π tanh(mᵢ/2).

    Parameters
    ----------
    parity : array_like of int, shape (m, n)
        Row i has a 1 at every digit whose sum, modulo 2, check i wants to be 0.
    llr : array_like, shape (..., n)
        ln p(y|0)/p(y|1) for each digit, in nats: positive where 0 is likelier, 0 where it was
        erased, ±inf where it is certain.
    rounds : int, default 50
        After so many rounds what does not fit is given up.

    Returns
    -------
    Beliefs(bits, satisfied)
        `bits` is an ndarray of shape (..., n), the value of each digit that the last beliefs hold
        likelier, and 0 for one that stays undecided; `satisfied`, of shape (...), says whether all
        digits are decided and all checks hold.  That they hold does not make the digits right.

    Raises
    ------
    ValueError
        If an entry of `parity` is neither 0 nor 1, `llr` holds NaN, the shapes do not fit, or
        `rounds` is negative or above a million.
    TypeError
        If `parity` does not hold whole numbers, or `rounds` is no whole number.

    Notes
    -----
    A block is let alone from the round on in which it is satisfied.  Where the checks form no
    cycle the beliefs are exact after as many rounds as the longest path has checks; those of a
    block that was satisfied before need not be, and then some of its digits may be the less likely
    ones.

    References
    ----------
    Gallager, Low-density parity-check codes (1962).
    MacKay, Information Theory, Inference, and Learning Algorithms (2003), chapter 47.

    Examples
    --------
    Two checks on three digits allow 000 and 111 only.  One of three disagrees, and is overruled:

    >>> parity = [[1, 1, 0], [0, 1, 1]]
    >>> bits, satisfied = belief_propagation(parity, [2.0, -1.0, 2.0])
    >>> bits.tolist(), satisfied
    ([0, 0, 0], True)
    """
    checks = _checks.labels(parity, "parity", k=2)
    heard = np.clip(_checks.extended(llr, "llr"), -_SURE, _SURE)
    rounds = _checks.whole(rounds, "rounds")
    _checks.at_most(rounds, _ROUNDS, "rounds", "more of them take too long")
    _checks.has_axes(checks, "parity", 2, "checks, digits")
    if heard.ndim == 0 or heard.shape[-1] != checks.shape[1]:
        raise ValueError(
            f"llr must have one entry for each of the {checks.shape[1]} columns of parity along "
            f"its last axis, got shape {heard.shape}"
        )
    beliefs, satisfied = _sum_product(checks, heard.reshape(-1, heard.shape[-1]), rounds)
    return Beliefs(
        (beliefs < 0).astype(np.int64).reshape(heard.shape),
        satisfied.reshape(heard.shape[:-1]) if heard.ndim > 1 else bool(satisfied[0]),
    )


def _sum_product(checks: IntArray, blocks: FloatArray, rounds: int) -> tuple[FloatArray, BoolArray]:
    """Return the log-likelihood ratio of every digit, block by block, and which are satisfied."""
    check, digit = np.nonzero(checks)
    of_check, of_digit = _slots(check, checks.shape[0]), _slots(digit, checks.shape[1])
    told = np.zeros((len(blocks), len(check)))  # what each check has told each digit
    beliefs = blocks.copy()
    satisfied = _satisfied(beliefs, digit, of_check)
    for _ in range(rounds):
        if satisfied.all():
            break
        going = ~satisfied
        asked = blocks[going][:, digit] + _others(told[going], of_digit, np.add, 0.0)
        told[going] = _others(np.clip(asked, -_SURE, _SURE), of_check, _agreement, _SURE)
        beliefs[going] = blocks[going]
        for slot in of_digit.T:
            beliefs[going] += _at(told[going], slot, 0.0)
        satisfied[going] = _satisfied(beliefs[going], digit, of_check)
    return beliefs, satisfied


def _satisfied(beliefs: FloatArray, digit: IntArray, of_check: IntArray) -> BoolArray:
    """Return which blocks are decided and fulfil all checks."""
    ones = (beliefs < 0)[:, digit]
    odd = np.zeros((len(beliefs), len(of_check)), bool)
    for slot in of_check.T:
        odd ^= _at(ones, slot, False)
    satisfied: BoolArray = ~odd.any(axis=1) & np.all(beliefs != 0, axis=1)
    return satisfied


def _slots(owner: IntArray, owners: int) -> IntArray:
    """Return the edges of each owner in a row, filled up with -1."""
    degrees = np.bincount(owner.astype(np.int32), minlength=owners)
    slots = np.full((owners, int(degrees.max())), -1)
    filled = [0] * owners
    for edge, one in enumerate(owner.tolist()):
        slots[one, filled[one]] = edge
        filled[one] += 1
    return slots


def _at(messages: Array, slot: IntArray, neutral: float) -> Array:
    """Return the message in one slot of every owner; where there is none, the neutral one."""
    picked = messages.take(slot, axis=1)
    missing = slot < 0
    if missing.any():
        picked[:, missing] = neutral
    return picked


def _others(messages: FloatArray, slots: IntArray, join: _Join, neutral: float) -> FloatArray:
    """Return for each edge what the other edges of its owner say, joined.

    From the left and from the right, so that nothing has to be taken out again.
    """
    joined = np.empty_like(messages)
    left = [np.full((len(messages), len(slots)), neutral)]
    for slot in slots.T[:-1]:
        left.append(join(left[-1], _at(messages, slot, neutral)))
    right = np.full_like(left[0], neutral)
    for i in reversed(range(slots.shape[1])):
        slot, used = slots[:, i], slots[:, i] >= 0
        joined[:, slot[used]] = join(left[i], right)[:, used]
        if i:
            right = join(right, _at(messages, slot, neutral))
    return joined


def _agreement(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the log-likelihood ratio of the sum of two digits, 2 artanh(tanh(a/2) tanh(b/2)).

    As the smaller of the two and a correction, which saturates nowhere.
    """
    less = np.minimum(np.abs(a), np.abs(b))
    correction = np.log1p(np.exp(-np.abs(a + b))) - np.log1p(np.exp(-np.abs(a - b)))
    return np.sign(a) * np.sign(b) * less + correction
