"""Channels: how much can be said through noise, and what cannot be."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Result

_GAP = 1e-12  # between the bounds, relative to the capacity, at which the search is over
_LEAST_GAP = 1e-18  # nats: below, the rounding of p(y) is seen
_ROUNDS = 50  # of Blahut and Arimoto, which suffice for most channels
_NEWTON_STEPS = 200  # at most; a dozen or two finish what the rounds leave


class Capacity(NamedTuple):
    """The capacity of a channel, and an input distribution that reaches it."""

    capacity: float
    p_x: FloatArray


def binary_symmetric(p: float) -> FloatArray:
    """Return the channel that flips a binary digit with probability p.

    p(y|x) = p where y ≠ x, and 1 − p where y = x.

    Parameters
    ----------
    p : float
        The probability of a flip, from 0 to 1.

    Returns
    -------
    ndarray, shape (2, 2)
        Row x holds the probabilities of the outputs 0 and 1.

    Raises
    ------
    ValueError
        If `p` is no probability.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 7.1.4.

    Examples
    --------
    >>> binary_symmetric(0.1).tolist()
    [[0.9, 0.1], [0.1, 0.9]]
    """
    flip = _checks.scalar(p, "p", _checks.unit)
    return np.array([[1 - flip, flip], [flip, 1 - flip]])


def binary_erasure(e: float) -> FloatArray:
    """Return the channel that loses a binary digit with probability e, and says so.

    p(y|x) = e where y is the mark of an erasure, and 1 − e where y = x.

    Parameters
    ----------
    e : float
        The probability of an erasure, from 0 to 1.

    Returns
    -------
    ndarray, shape (2, 3)
        Row x holds the probabilities of the outputs 0, erased and 1, in this order.

    Raises
    ------
    ValueError
        If `e` is no probability.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 7.1.5.

    Examples
    --------
    >>> binary_erasure(0.25).tolist()
    [[0.75, 0.25, 0.0], [0.0, 0.25, 0.75]]
    """
    lost = _checks.scalar(e, "e", _checks.unit)
    return np.array([[1 - lost, lost, 0.0], [0.0, lost, 1 - lost]])


def z_channel(p: float) -> FloatArray:
    """Return the channel that lets 0 pass, and turns 1 into 0 with probability p.

    p(0|1) = p and p(1|1) = 1 − p, while p(0|0) = 1.

    Parameters
    ----------
    p : float
        The probability that a 1 arrives as 0, from 0 to 1.

    Returns
    -------
    ndarray, shape (2, 2)
        Row x holds the probabilities of the outputs 0 and 1.

    Raises
    ------
    ValueError
        If `p` is no probability.

    References
    ----------
    MacKay, Information Theory, Inference, and Learning Algorithms (2003), chapter 9.

    Examples
    --------
    >>> z_channel(0.25).tolist()
    [[1.0, 0.0], [0.25, 0.75]]
    """
    fall = _checks.scalar(p, "p", _checks.unit)
    return np.array([[1.0, 0.0], [fall, 1 - fall]])


def channel_capacity(p_y_given_x: ArrayLike, *, base: float = 2) -> Capacity:
    """Return the largest I(X;Y) over all ways to use a channel, and a way that reaches it.

    C = max over p(x) of I(X;Y).  Data can be sent with as few errors as one likes at any rate
    below C, and at no rate above.

    Parameters
    ----------
    p_y_given_x : array_like, shape (kx, ky)
        Row x holds the probabilities of the outputs y when x is sent.
    base : float, default 2
        2 gives bits per use of the channel, `math.e` nats.

    Returns
    -------
    Capacity(capacity, p_x)
        The capacity is at least 0, at most the logarithm of the smaller of kx and ky; `p_x` is an
        ndarray of shape (kx,), an input distribution that reaches it; there may be others.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a row does not sum to 1, or `p_y_given_x` does
        not have two axes.
    RuntimeError
        If the search ends before the capacity is that certain; no channel is known to do it.

    Notes
    -----
    Blahut-Arimoto: p(x) is multiplied by the exponential of what x tells, D(p(y|x)‖p(y)), and
    normalised, so that of two inputs the one that tells more gains on the other.  At every moment
    I ≤ C ≤ maxₓ D(p(y|x)‖p(y)), so that the gap between the two certifies the result: it is right
    to 1e-12 of itself, or to 1e-18 nats.

    It takes many rounds where an input is only just worth using, or just not.  Newton steps finish what
    fifty rounds leave; the certificate is the same.

    References
    ----------
    Blahut, Computation of channel capacity and rate-distortion functions (1972).
    Arimoto, An algorithm for computing the capacity of arbitrary discrete memoryless
    channels (1972).
    Cover & Thomas, Elements of Information Theory, 2nd ed., sections 7.1 and 10.8.

    Examples
    --------
    A line that flips one bit in ten carries about half a bit, not nine tenths:

    >>> capacity, p_x = channel_capacity([[0.9, 0.1], [0.1, 0.9]])
    >>> round(capacity, 6), p_x.tolist()
    (0.531004, [0.5, 0.5])
    """
    rows, log_base = _checks.channel(p_y_given_x), _checks.base_log(base)
    p_x = np.full(len(rows), 1 / len(rows))
    told, information, gap = _bounds(rows, p_x)
    for number in range(_ROUNDS + _NEWTON_STEPS):
        if gap <= max(_GAP * information, _LEAST_GAP):
            return Capacity(_checks.result(information / log_base), p_x)
        if number < _ROUNDS:
            p_x = _blahut_arimoto(p_x, told)
        else:
            p_x = _newton(p_x, told, _curve_of_information(rows, p_x))
        told, information, gap = _bounds(rows, p_x)
    raise RuntimeError(
        f"the capacity is only known to lie between {information / log_base:.12g} "
        f"and {(information + gap) / log_base:.12g}"
    )


def _bounds(rows: FloatArray, p_x: FloatArray) -> tuple[FloatArray, float, float]:
    """Return what each input tells, their mean I ≤ C, and how far the largest is above it."""
    p_y = np.maximum(_exact.normalized(p_x @ rows), np.where(rows.any(axis=0), 5e-324, 0.0))
    told = np.asarray(_exact.kl(rows, p_y))
    information = max(float(p_x @ told), 0.0)
    return told, information, told.max() - information


def _blahut_arimoto(p_x: FloatArray, told: FloatArray) -> FloatArray:
    """Multiply each p(x) by the exponential of what x tells, and normalise."""
    return _exact.normalized(p_x * np.exp(told - told.max()))


def _curve_of_information(rows: FloatArray, p_x: FloatArray) -> FloatArray:
    """Return a matrix whose product with its transpose is minus the second derivative of I."""
    p_y = p_x @ rows
    seen = p_y > 1e-300
    # From p(y), as the step sums to 0: what rows have in common would drown a small difference.
    return (rows - p_y)[:, seen] / np.sqrt(p_y[seen])


def _newton(p_x: FloatArray, told: FloatArray, curve: FloatArray) -> FloatArray:
    """Step towards: inputs in use tell the same, the others less, and how much is p_x s = mu.

    This is the primal-dual interior-point method for a concave function of p_x, whose first
    derivative is `told`, but for a constant, and whose second is -`curve` @ `curve`.T.
    """
    spread = max(told.max() - p_x @ told, 1e-300)
    p_x = _exact.normalized(p_x + 1e-3 * spread / len(p_x))  # stay inside: what is 0 cannot return
    top = told.max() + spread / len(p_x)
    slack = top - told
    target = 0.1 * (p_x @ slack) / len(p_x)
    root = np.sqrt(p_x)
    # Scaled by the root of p_x on both sides, entries large and small keep their digits.
    scaled = root[:, None] * curve
    system = np.block([[scaled @ scaled.T + np.diag(slack), root[:, None]], [root, np.zeros(1)]])
    wanted = np.append(root * (told - top) + target / root, 0.0)
    # The system is singular where two inputs are the same.
    change = root * _exact.solution(system, wanted)[:-1]
    length = min(1.0, 0.95 / max(1e-300, (-change / p_x).max()))
    return _exact.normalized(p_x + length * change)


def fano_bound(conditional_entropy: ArrayLike, k: int, *, base: float = 2) -> Result:
    """Return the least probability of error of any guess at X that leaves so much entropy open.

    Fano's inequality: whoever guesses one of k values from what he knows, and is left with
    H(X|Y), errs with a probability P for which h(P) + P log(k − 1) ≥ H(X|Y).

    Parameters
    ----------
    conditional_entropy : array_like, shape (...)
        H(X|Y) in the unit of `base`, from 0 to log k.
    k : int
        The number of values that X can take, at least 1.
    base : float, default 2
        2 if the entropy is in bits, `math.e` if it is in nats.

    Returns
    -------
    float or ndarray, shape (...)
        The least P, from 0 to 1 − 1/k.  It is reached where all wrong values are equally likely,
        and the guess has the same chance whatever is seen.

    Raises
    ------
    ValueError
        If `conditional_entropy` is negative, not finite, or above log k beyond rounding, or `k`
        is below 1.
    TypeError
        If `k` is no whole number.

    Notes
    -----
    The left side rises and is concave up to P = 1 − 1/k, so that Newton's steps from below
    never pass the root.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.10.

    Examples
    --------
    One bit and a half left about ten classes: at least two answers in nine are wrong.

    >>> round(fano_bound(1.5, 10), 4)
    0.2286
    >>> fano_bound(0.0, 10), fano_bound(1.0, 2)
    (0.0, 0.5)
    """
    log_base, k = _checks.base_log(base), _checks.whole(k, "k", 1)
    nats = _checks.information(conditional_entropy, "conditional_entropy", log_base)
    most = math.log(k)
    if (nats > most + _checks.rounding(conditional_entropy, "conditional_entropy", most)).any():
        raise ValueError(
            f"conditional_entropy must be at most log k = {most / log_base:.6g} for k = {_checks.brief(k)}, "
            f"got {float(nats.max()) / log_base:.12g}; is it in the unit of base {_checks.brief(base)}?"
        )
    return _checks.result(_least_error(nats, k, most))


def _least_error(nats: FloatArray, k: int, most: float) -> FloatArray:
    """Return the P for which h(P) + P log(k − 1) is this many nats."""
    top, per_error = 1 - 1 / k, math.log(max(k - 1, 1))
    with np.errstate(all="ignore"):
        error = nats / (800 + most)  # below the root: log(1/P) is at most 745
        for _ in range(100):
            missing = nats - _exact.binary_entropy(error) - error * per_error
            slope = np.log1p(-error) - np.log(error) + per_error
            further = np.fmin(error + np.maximum(missing, 0.0) / slope, top)
            if (further == error).all():
                break
            error = further
    # At the top the curve is flat: there a rounding of the entropy would be seen by its root.
    return np.where(nats >= most * (1 - 1e-15), top, np.where(nats > 0, error, 0.0))


_RHO = 16  # steps of the search, which a finer one follows
_GOLDEN = (math.sqrt(5) - 1) / 2


def random_coding_exponent(channel: ArrayLike, rate: float, *, base: float = 2) -> float:
    """Return how fast errors of good codes die out with their length: at least this fast.

    For every n there is a code of n digits at this rate whose blocks are wrong with a
    probability of at most base^(−n E), in the mean over its words, where

        E = max over 0 ≤ ρ ≤ 1 and p(x) of E₀(ρ, p) − ρ·rate,
        E₀(ρ, p) = −log Σ_y (Σ_x p(x) p(y|x)^(1/(1+ρ)))^(1+ρ).

    Parameters
    ----------
    channel : array_like, shape (kx, ky)
        Row x holds the probabilities of the outputs y when x is sent.
    rate : float
        What is sent per use of the channel, in the unit of `base`.
    base : float, default 2
        2 for a rate and an exponent in bits, `math.e` for nats.

    Returns
    -------
    float
        The exponent per use of the channel; 0 from the capacity on.

    Raises
    ------
    ValueError
        If a row of `channel` is no distribution, or `rate` is negative or not finite.
    RuntimeError
        If the best way to use the channel is not found; no channel is known to do it.

    Notes
    -----
    For a given ρ the search over p(x) ends with a certificate, as in `channel_capacity`.  Over ρ
    the function need not be concave: a grid of 17 points comes first, and then a search by the
    golden section beside the best of them.

    References
    ----------
    Gallager, A simple derivation of the coding theorem and some applications (1965).

    Examples
    --------
    One digit in twenty is flipped, and half a bit is sent per digit:

    >>> line = [[0.95, 0.05], [0.05, 0.95]]
    >>> round(random_coding_exponent(line, 0.5), 4)
    0.0414

    At rate 0 what remains is the cutoff rate:

    >>> round(random_coding_exponent(line, 0), 4)
    0.4781
    """
    rows, log_base = _checks.channel(channel, "channel"), _checks.base_log(base)
    in_nats = functools.partial(_checks.information, log_base=log_base)
    nats = _checks.scalar(rate, "rate", in_nats)
    rows = rows / rows.sum(axis=1, keepdims=True)
    p_x = np.full(len(rows), 1 / len(rows))

    def gain(rho: float) -> float:
        nonlocal p_x  # a good start for the next one
        if rho == 0:
            return 0.0
        value, p_x = _gallager(rows, rho, p_x)
        return value - rho * nats

    found = [gain(step / _RHO) for step in range(_RHO + 1)]
    best = max(range(_RHO + 1), key=found.__getitem__)
    low, high = max(best - 1, 0) / _RHO, min(best + 1, _RHO) / _RHO
    return _checks.result(max(*found, _golden_section(gain, low, high)) / log_base)


def _golden_section(gain: Callable[[float], float], low: float, high: float) -> float:
    """Return the largest value of a function that rises and then falls between the two."""
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = gain(left), gain(right)
    for _ in range(40):
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = gain(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = gain(left)
    return max(at_left, at_right)


def _gallager(rows: FloatArray, rho: float, p_x: FloatArray) -> tuple[float, FloatArray]:
    """Return max over p(x) of E₀(ρ, p), in nats, and where it is reached.

    F = exp(−E₀) is convex in p(x), and its slope along x is (1 + ρ) g(x): so F is never below
    its value here less (1 + ρ) (F − min g).
    """
    tilted = rows ** (1 / (1 + rho))
    for _ in range(_NEWTON_STEPS):
        alpha = p_x @ tilted
        seen = alpha > 1e-300
        part = tilted[:, seen]
        slopes = part @ alpha[seen] ** rho
        value = float(p_x @ slopes)
        if value - slopes.min() <= 1e-15:
            return max(-math.log(value), 0.0), p_x
        p_x = _newton(p_x, -slopes, math.sqrt(rho) * part * alpha[seen] ** ((rho - 1) / 2))
    raise RuntimeError(f"no best way to use the channel was found at ρ = {rho}")
