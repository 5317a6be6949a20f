"""Channels: how much can be said through noise."""

from typing import NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import Array, ArrayLike, FloatArray

_GAP = 1e-12  # between the bounds, relative to the capacity, at which the search is over
_LEAST_GAP = 1e-18  # nats: below, the rounding of p(y) is seen
_ROUNDS = 50
_NEWTON_STEPS = 200


class Capacity(NamedTuple):
    """The capacity of a channel, and an input distribution that reaches it."""

    capacity: float
    p_x: np.ndarray


def channel_capacity(p_y_given_x: ArrayLike, *, base: float = 2) -> Capacity:
    """Return the largest I(X;Y) over all ways to use a channel, and the way that reaches it.

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
    Blahut-Arimoto: an input x whose output tells more than average, D(p(y|x)‖p(y)) > I, is
    used more, by the exponential of what it tells.  At every moment I ≤ C ≤ maxₓ D(p(y|x)‖p(y)),
    so that the gap between the two certifies the result: it is right to 1e-12 of itself, or to
    1e-18 nats.

    Rounds grow many where an input is only just worth using, or not.  Newton steps finish what
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
    rows, unit = _checks.channel(p_y_given_x), _checks.base_log(base)
    p_x = np.full(len(rows), 1 / len(rows))
    told, information, gap = _bounds(rows, p_x)
    for step in [_blahut_arimoto] * _ROUNDS + [_newton] * _NEWTON_STEPS:
        if gap <= max(_GAP * information, _LEAST_GAP):
            return Capacity(_checks.result(information / unit), p_x)
        p_x = step(rows, p_x, told)
        told, information, gap = _bounds(rows, p_x)
    raise RuntimeError(
        f"the capacity is only known to lie between {information / unit:.12g} "
        f"and {(information + gap) / unit:.12g}"
    )


def _bounds(rows: FloatArray, p_x: FloatArray) -> tuple[FloatArray, float, float]:
    """Return what each input tells, their mean I ≤ C, and how far the largest is above it."""
    p_y = np.maximum(_normalized(p_x @ rows), np.where(rows.any(axis=0), 5e-324, 0.0))
    told = np.asarray(_exact.kl(rows, p_y))
    information = max(float(p_x @ told), 0.0)
    return told, information, told.max() - information


def _blahut_arimoto(rows: FloatArray, p_x: FloatArray, told: FloatArray) -> FloatArray:
    """Use the inputs that tell more, more."""
    return _normalized(p_x * np.exp(told - told.max()))


def _newton(rows: FloatArray, p_x: FloatArray, told: FloatArray) -> FloatArray:
    """Step towards: inputs in use tell the same, the others less, and how much is p_x s = mu.

    This is the primal-dual interior-point method for the concave function I(p_x).
    """
    spread = max(told.max() - p_x @ told, 1e-300)
    p_x = _normalized(p_x + 1e-3 * spread / len(p_x))  # stay inside: what is 0 cannot return
    top = told.max() + spread / len(p_x)
    slack = top - told
    target = 0.1 * (p_x @ slack) / len(p_x)
    p_y = p_x @ rows
    seen, root = p_y > 1e-300, np.sqrt(p_x)
    # From p(y), as the step sums to 0: what rows have in common would drown a small difference.
    scaled = root[:, None] * (rows - p_y)[:, seen] / np.sqrt(p_y[seen])
    # Scaled by the root of p_x on both sides, entries large and small keep their digits.
    system = np.block([[scaled @ scaled.T + np.diag(slack), root[:, None]], [root, np.zeros(1)]])
    wanted = np.append(root * (told - top) + target / root, 0.0)
    change = root * _solve(system, wanted)[:-1]
    length = min(1.0, 0.95 / max(1e-300, (-change / p_x).max()))
    return _normalized(p_x + length * change)


def _solve(system: Array, wanted: Array) -> Array:
    try:
        change = np.linalg.solve(system, wanted)
        if np.isfinite(change).all():  # as it is not in a browser, where nothing is raised
            return change
    except np.linalg.LinAlgError:
        pass
    # Two inputs are the same, and told apart by nothing.
    return np.linalg.lstsq(system, wanted)[0]


def _normalized(weights: Array) -> Array:
    return weights / weights.sum()
