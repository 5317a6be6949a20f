"""Channels that add Gaussian noise: any real number sent, or only a sign."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Result


def awgn_capacity(snr: ArrayLike, *, base: float = 2) -> Result:
    """Return how much a real number carries through Gaussian noise, at a given power.

    C = ½ log(1 + snr), reached by inputs that are Gaussian themselves.

    Parameters
    ----------
    snr : array_like, shape (...)
        The power of the signal over that of the noise, a ratio (not decibels), at least 0.
    base : float, default 2
        2 gives bits per real number sent, `math.e` nats.

    Returns
    -------
    float or ndarray, shape (...)

    Raises
    ------
    ValueError
        If `snr` is negative or not finite.

    See Also
    --------
    sign_information : the same where only ±1 may be sent.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 9.1.

    Examples
    --------
    >>> awgn_capacity(3)
    1.0
    >>> awgn_capacity([0, 15]).tolist()
    [0.0, 2.0]
    """
    log_base = _checks.base_log(base)
    return _checks.result(0.5 * np.log1p(_checks.nonnegative(snr, "snr")) / log_base)


def sign_information(snr: ArrayLike, *, base: float = 2) -> Result:
    """Return how much a fair sign carries through Gaussian noise: I(X; √snr·X + N).

    X is 1 or −1, N is a standard normal number.  A reader of y = √snr·x + n believes in
    X = 1 as in a coin of log-odds 2√snr·y, so that I = 1 bit − E h(belief).

    Parameters
    ----------
    snr : array_like, shape (...)
        The power of the signal over that of the noise, a ratio (not decibels), at least 0.
    base : float, default 2
        2 gives bits per sign, `math.e` nats.

    Returns
    -------
    float or ndarray, shape (...)
        From 0 to one bit; never above `awgn_capacity`.

    Raises
    ------
    ValueError
        If `snr` is negative or not finite.

    Notes
    -----
    The mean is a sum over a grid of equal steps.  For functions as smooth as these its error
    falls exponentially as the grid gets finer; here it is below a rounding.

    See Also
    --------
    sign_mmse : twice the slope of this, in nats.

    References
    ----------
    Guo, Shamai & Verdú, Mutual information and minimum mean-square error in Gaussian
    channels (2005).

    Examples
    --------
    Signs as strong as the noise carry half a bit, not one:

    >>> round(sign_information(1), 4)
    0.4859
    """
    log_base = _checks.base_log(base)
    power = _checks.nonnegative(snr, "snr")
    return _checks.result(_in_parts(_learnt, power) / log_base)


def sign_mmse(snr: ArrayLike) -> Result:
    """Return the least mean squared error of a guess at a fair sign in Gaussian noise.

    X is 1 or −1, y = √snr·x + n with n standard normal, and the best guess is
    E[X|y] = tanh(√snr·y); mmse = E (X − tanh(√snr·Y))² = e^(−snr/2) E 1/cosh(√snr·N).

    Parameters
    ----------
    snr : array_like, shape (...)
        The power of the signal over that of the noise, a ratio (not decibels), at least 0.

    Returns
    -------
    float or ndarray, shape (...)
        From 1, where nothing is known, down to 0.

    Raises
    ------
    ValueError
        If `snr` is negative or not finite.

    See Also
    --------
    sign_information : its slope is half of this, in nats.

    References
    ----------
    Guo, Shamai & Verdú, Mutual information and minimum mean-square error in Gaussian
    channels (2005).

    Examples
    --------
    >>> round(sign_mmse(1), 4), round(sign_mmse(4), 4)
    (0.4496, 0.0686)
    """
    return _checks.result(_in_parts(_error, _checks.nonnegative(snr, "snr")))


_LN2 = math.log(2)
_NORMAL = np.arange(-160, 161) / 16  # a standard normal number, up to ten standard deviations
_WEIGHTS = _exact.normalized(np.exp(-0.5 * _NORMAL**2))
_STEP = 1 / 8  # of trapezoids, whose error is e^(−π²/step)
_STEPS = np.arange(-320, 321) * _STEP  # up to 40, where 1/cosh is below a rounding of 1
_TOGETHER = 4096  # values at once: each needs a grid of hundreds of numbers


def _in_parts(function: Callable[[FloatArray], FloatArray], values: FloatArray) -> FloatArray:
    """Return a function of many values, a few thousand of them at a time."""
    flat = values.reshape(-1)
    found = [function(flat[i : i + _TOGETHER]) for i in range(0, flat.size, _TOGETHER)]
    return np.concatenate(found).reshape(values.shape)


def _learnt(power: FloatArray) -> FloatArray:
    """Return the information of a sign in nats."""
    root = np.sqrt(power)[:, None]
    belief = root * (root + _NORMAL)  # half the log-odds of the sign that was sent
    return np.where(power > 1, _LN2 - _doubt(belief) @ _WEIGHTS, _gain(belief) @ _WEIGHTS)


def _error(power: FloatArray) -> FloatArray:
    """Return the mean squared error of the best guess at a sign."""
    power = power[:, None]
    # The grid follows whichever factor is narrower, the density or 1/cosh.
    wide = np.maximum(power, 1.0)
    at = _STEPS / np.sqrt(wide)
    density = np.exp(-0.5 * at**2) / np.sqrt(wide) * (_STEP / math.sqrt(2 * math.pi))
    error = (density * _sech(np.sqrt(power) * at)).sum(axis=-1)
    return np.exp(-0.5 * power[:, 0]) * error


def _doubt(a: FloatArray) -> FloatArray:
    """Return the entropy in nats of a coin of log-odds 2a."""
    log_odds = 2 * np.minimum(np.abs(a), 1e3)  # beyond, nothing is left of the doubt
    odds = np.exp(-log_odds)
    return np.log1p(odds) + log_odds * odds / (1 + odds)


def _gain(a: FloatArray) -> FloatArray:
    """Return ln 2 less the entropy of a coin of log-odds 2a, which is a tanh a − ln cosh a."""
    tanh = np.tanh(np.clip(a, -1, 1))
    return np.where(np.abs(a) < 1, a * tanh + 0.5 * np.log1p(-(tanh**2)), _LN2 - _doubt(a))


def _sech(a: FloatArray) -> FloatArray:
    odds = np.exp(-np.abs(a))
    return 2 * odds / (1 + odds**2)
