"""The losses of classification, from logits, in nats, and their gradients in the logits.

Everything rests on one softmax, in which nothing cancels: the largest logit is taken off, and
the sum of the *other* exponentials is kept, which is what a confident prediction is about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, IntArray, Result

_FEW = 32  # classes, up to which it pays to turn a block so that each class is contiguous
_NEAR = 8  # up to here the rounding of a difference of logits is under 2 ulp of its exponential


def softmax(logits: ArrayLike, *, temperature: float = 1.0, axis: int = -1) -> FloatArray:
    """Return the probabilities p_k = exp(z_k/T) / Σⱼ exp(zⱼ/T).

    Parameters
    ----------
    logits : array_like, shape (..., k)
        The classes along `axis`.  −inf rules a class out: its probability is 0.
    temperature : float, default 1.0
        T > 1 flattens the distribution, T < 1 sharpens it; T → 0 leaves only the largest logit,
        or those that tie for it.
    axis : int, default -1

    Returns
    -------
    ndarray, the shape of `logits`

    Raises
    ------
    ValueError
        If a logit is NaN or +inf, all of one example are −inf, or the temperature is not positive.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.2, equation 4.62.

    Examples
    --------
    >>> softmax([0.0, np.log(3)])
    array([0.25, 0.75])
    >>> softmax([1000.0, 0.0])
    array([1., 0.])
    >>> softmax([0.0, np.log(3)], temperature=100.0).round(3)
    array([0.497, 0.503])

    A class that is ruled out leaves the others as they would be without it:

    >>> softmax([0.0, -np.inf, np.log(3)])
    array([0.25, 0.  , 0.75])
    """
    z, temperature, axis = _tempered(logits, temperature, axis)

    def probabilities(block: FloatArray, out: FloatArray, some: slice) -> None:
        _, e, rest = _exponentials(block, temperature)
        np.divide(e, 1 + rest, out=out)

    return np.moveaxis(_by_blocks(probabilities, z), -1, axis)


def log_softmax(logits: ArrayLike, *, temperature: float = 1.0, axis: int = -1) -> FloatArray:
    """Return ln p_k = z_k/T − ln Σⱼ exp(zⱼ/T), in nats.

    Parameters
    ----------
    logits : array_like, shape (..., k)
        The classes along `axis`.  −inf rules a class out: its probability is 0.
    temperature : float, default 1.0
    axis : int, default -1

    Returns
    -------
    ndarray, the shape of `logits`
        Finite where `softmax` itself would be 0, but for a class that is ruled out.

    Raises
    ------
    ValueError
        If a logit is NaN or +inf, all of one example are −inf, or the temperature is not positive.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.2, equation 4.62.

    Examples
    --------
    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    """
    z, temperature, axis = _tempered(logits, temperature, axis)

    def logs(block: FloatArray, out: FloatArray, some: slice) -> None:
        top, _, rest = _exponentials(block, temperature)
        np.subtract(block, top, out=out)
        out /= temperature
        out -= np.log1p(rest)

    return np.moveaxis(_by_blocks(logs, z), -1, axis) + 0.0


def softmax_cross_entropy(
    logits: ArrayLike, labels: ArrayLike, *, label_smoothing: float = 0.0
) -> Result:
    """Return −ln softmax(z)[label] of each example, in nats.

    With smoothing ε the target is (1 − ε) on the label plus ε/k on every one of the k classes.

    Parameters
    ----------
    logits : array_like, shape (..., k)
        −inf rules a class out, as if it were not there.
    labels : array_like of int or bool, shape (...)
        The right class of each example, 0 ... k − 1; booleans are the labels 0 and 1.
    label_smoothing : float, default 0.0
        ε, from 0 to 1.  Where ε is meant to be shared by the *other* classes only, pass
        ε k/(k − 1).

    Returns
    -------
    float or ndarray, shape (...)
        Never negative; a training loss is the mean of these.

    Raises
    ------
    ValueError
        If a logit is NaN or +inf, a label is not a class or is one that is ruled out (as every
        class is a target with smoothing), shapes do not fit, or ε is outside [0, 1].
    TypeError
        If the labels are not whole numbers.

    See Also
    --------
    softmax_cross_entropy_grad : its gradient.
    softmax_cross_entropy_with_grad : both for the price of one.

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, 2016, section 6.2.2.3.
    Szegedy et al., Rethinking the Inception Architecture, 2016, section 7 (smoothing).

    Examples
    --------
    >>> round(softmax_cross_entropy([0.0, 0.0], 1), 4)
    0.6931

    A confident right answer costs little, and that little keeps its digits:

    >>> softmax_cross_entropy([50.0, 0.0], 0)
    1.9287498479639178e-22

    Smoothed, it costs more: 0.2 nats that no logits avoid, and the rest for being too sure:

    >>> round(softmax_cross_entropy([50.0, 0.0], 0, label_smoothing=0.1), 4)
    2.5
    """
    z, y, smoothing = _labelled(logits, labels, label_smoothing)
    losses = np.empty(y.shape)

    def loss(block: FloatArray, _: object, some: slice) -> None:
        top, _, rest = _exponentials(block)
        losses[some] = _loss(block, y[some], smoothing, top, rest)

    _by_blocks(loss, z, needs_output=False)
    return _checks.result(losses.reshape(z.shape[:-1]))


def softmax_cross_entropy_grad(
    logits: ArrayLike, labels: ArrayLike, *, label_smoothing: float = 0.0
) -> FloatArray:
    """Return the gradient of `softmax_cross_entropy` in the logits: softmax(z) − target.

    Parameters
    ----------
    logits : array_like, shape (..., k)
    labels : array_like of int, shape (...)
    label_smoothing : float, default 0.0

    Returns
    -------
    ndarray, the shape of `logits`
        One gradient for each example, not divided by their number.

    Raises
    ------
    ValueError, TypeError
        As `softmax_cross_entropy`.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4, equation 4.109.

    Examples
    --------
    >>> softmax_cross_entropy_grad([0.0, 0.0], 1)
    array([ 0.5, -0.5])
    """
    return softmax_cross_entropy_with_grad(logits, labels, label_smoothing=label_smoothing)[1]


class LossAndGradient(NamedTuple):
    """The loss of each example, and its gradient in the logits."""

    loss: Result
    gradient: FloatArray


def softmax_cross_entropy_with_grad(
    logits: ArrayLike, labels: ArrayLike, *, label_smoothing: float = 0.0
) -> LossAndGradient:
    """Return `softmax_cross_entropy` and its gradient, which share their exponentials.

    −ln softmax(z)[label], and softmax(z) − target.

    Parameters
    ----------
    logits : array_like, shape (..., k)
    labels : array_like of int, shape (...)
    label_smoothing : float, default 0.0

    Returns
    -------
    LossAndGradient(loss, gradient)
        The loss, float or ndarray of shape (...), and its gradient, in the shape of `logits`.

    Raises
    ------
    ValueError, TypeError
        As `softmax_cross_entropy`.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4, equations 4.108 and
    4.109.

    Examples
    --------
    >>> loss, gradient = softmax_cross_entropy_with_grad([[0.0, np.log(3)]], [0])
    >>> loss.round(4), gradient
    (array([1.3863]), array([[-0.75,  0.75]]))
    """
    z, y, smoothing = _labelled(logits, labels, label_smoothing)
    losses = np.empty(y.shape)

    def both(block: FloatArray, out: FloatArray, some: slice) -> None:
        top, e, rest = _exponentials(block)
        right = y[some], np.arange(len(y[some]))
        losses[some] = _loss(block, y[some], smoothing, top, rest)
        # The right class: softmax − 1, from what the others have, so that nothing cancels.
        others = (rest + (1 - e[right])) / (1 + rest)
        np.divide(e, 1 + rest, out=out)
        out[right] = 0 - others  # not -0.0
        if smoothing:
            out -= smoothing / len(e)
            out[right] += smoothing

    gradient = _by_blocks(both, z)
    return LossAndGradient(_checks.result(losses.reshape(z.shape[:-1])), gradient)


def sigmoid(z: ArrayLike) -> Result:
    """Return σ(z) = 1/(1 + exp(−z)), the softmax of two logits that differ by z.

    Parameters
    ----------
    z : array_like, any shape

    Returns
    -------
    float or ndarray, the shape of `z`

    Raises
    ------
    ValueError
        If an entry is NaN.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.2, equation 4.59.

    Examples
    --------
    >>> sigmoid(0.0), sigmoid(-1000.0), sigmoid(np.inf)
    (0.5, 0.0, 1.0)
    """
    return _checks.result(_sigmoid(_checks.extended(z, "z")))


def binary_cross_entropy(y: ArrayLike, p: ArrayLike) -> Result:
    """Return −y ln p − (1 − y) ln(1 − p) of each example, in nats, from probabilities.

    Parameters
    ----------
    y, p : array_like
        Targets first (in [0, 1], or booleans), and predicted probabilities of the outcome 1
        second; they broadcast.  `sigmoid_cross_entropy` has the prediction first, as the other
        losses from logits do.

    Returns
    -------
    float or ndarray
        Infinite where the prediction rules out what happens; not clipped.

    Raises
    ------
    ValueError
        If an entry is outside [0, 1] or shapes do not fit.

    See Also
    --------
    sigmoid_cross_entropy : the same from a logit, where a confident prediction keeps its digits.

    Notes
    -----
    Shapes broadcast: (n,) against (n, 1) gives n × n losses, each target with each prediction.
    For n losses both must have the shape (n,).

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2, equation 4.90.

    Examples
    --------
    >>> round(binary_cross_entropy(1, 0.8), 4), binary_cross_entropy(1, 0.0)
    (0.2231, inf)
    """
    y, p = _checks.targets(y, "y"), _checks.unit(p, "p")
    _checks.broadcastable(y=y, p=p)
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = np.where(y > 0, -y * np.log(p), 0) + np.where(y < 1, (y - 1) * np.log1p(-p), 0)
    return _checks.result(loss)


def sigmoid_cross_entropy(z: ArrayLike, y: ArrayLike) -> Result:
    """Return −y ln σ(z) − (1 − y) ln σ(−z) of each example, in nats, from the logit z.

    Parameters
    ----------
    z, y : array_like
        Logits first, and targets second (in [0, 1], or booleans); they broadcast.

    Returns
    -------
    float or ndarray
        Never negative; grows like |z| where the prediction is wrong, without a bound.

    Raises
    ------
    ValueError
        If a logit is NaN, a target outside [0, 1], or shapes do not fit.

    Notes
    -----
    Shapes broadcast: (n,) against (n, 1) gives n × n losses, each target with each prediction.
    For n losses both must have the shape (n,).

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2, equation 4.90.

    Examples
    --------
    >>> sigmoid_cross_entropy([-1000.0, 40.0], 1)
    array([1.00000000e+03, 4.24835426e-18])
    """
    z, y = _logits_and_targets(z, y)
    distance, wrong = np.abs(z), np.where(z < 0, y, 1 - y)
    with np.errstate(invalid="ignore"):
        loss = np.where(wrong > 0, distance * wrong, 0) + np.log1p(np.exp(-distance))
    return _checks.result(loss)


def sigmoid_cross_entropy_grad(z: ArrayLike, y: ArrayLike) -> Result:
    """Return the derivative of `sigmoid_cross_entropy` in the logit: σ(z) − y.

    Parameters
    ----------
    z, y : array_like
        Logits first, and targets second (in [0, 1], or booleans); they broadcast.

    Returns
    -------
    float or ndarray, the common shape of `z` and `y`
        Nearly ±1 where the prediction of a target of 0 or 1 is very wrong: the loss keeps pulling.

    Raises
    ------
    ValueError
        As `sigmoid_cross_entropy`.

    Notes
    -----
    Shapes broadcast: (n,) against (n, 1) gives n × n slopes, each target with each prediction.
    For n slopes both must have the shape (n,).

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2, equation 4.91.

    Examples
    --------
    >>> sigmoid_cross_entropy_grad([-10.0, 0.0, 10.0], 1).round(4)
    array([-1. , -0.5, -0. ])
    """
    return _checks.result(_miss(*_logits_and_targets(z, y)))


def sigmoid_squared_error(z: ArrayLike, y: ArrayLike) -> Result:
    """Return (y − σ(z))² of each example, from the logit z.

    Parameters
    ----------
    z, y : array_like
        Logits first, and targets second (in [0, 1], or booleans); they broadcast.

    Returns
    -------
    float or ndarray, the common shape of `z` and `y`
        At most 1, however wrong the prediction is.

    Raises
    ------
    ValueError
        As `sigmoid_cross_entropy`.

    Notes
    -----
    Shapes broadcast: (n,) against (n, 1) gives n × n losses, each target with each prediction.
    For n losses both must have the shape (n,).

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, 2016, section 6.2.2.2.

    Examples
    --------
    >>> sigmoid_squared_error(0.0, 1)
    0.25
    """
    return _checks.result(_miss(*_logits_and_targets(z, y)) ** 2)


def sigmoid_squared_error_grad(z: ArrayLike, y: ArrayLike) -> Result:
    """Return the derivative of `sigmoid_squared_error` in the logit: 2 (σ − y) σ (1 − σ).

    Parameters
    ----------
    z, y : array_like
        Logits first, and targets second (in [0, 1], or booleans); they broadcast.

    Returns
    -------
    float or ndarray, the common shape of `z` and `y`
        Nearly 0 where the prediction is very wrong: there the loss has stopped pulling.

    Raises
    ------
    ValueError
        As `sigmoid_cross_entropy`.

    Notes
    -----
    Shapes broadcast: (n,) against (n, 1) gives n × n slopes, each target with each prediction.
    For n slopes both must have the shape (n,).

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, 2016, section 6.2.2.2.

    Examples
    --------
    >>> [round(sigmoid_squared_error_grad(z, 1), 4) for z in (-10.0, 0.0)]
    [-0.0001, -0.25]
    """
    z, y = _logits_and_targets(z, y)
    return _checks.result(2 * _miss(z, y) * _sigmoid(z) * _sigmoid(-z))


def _sigmoid(z: FloatArray) -> FloatArray:
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


def _miss(z: FloatArray, y: FloatArray) -> FloatArray:
    """Return σ(z) − y, as (1 − y) σ(z) − y σ(−z), which keeps its digits where y is 0 or 1."""
    return (1 - y) * _sigmoid(z) - y * _sigmoid(-z)


def _logits_and_targets(z: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    z, y = _checks.extended(z, "z"), _checks.targets(y, "y")
    _checks.broadcastable(z=z, y=y)
    return z, y


# --- softmax, block by block ---------------------------------------------------------------
# A block has the classes along its first axis and the examples along its second.


def _exponentials(
    block: FloatArray, temperature: float = 1.0
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the largest logit, exp((z − largest)/T), and the sum of these but for one largest."""
    top = np.maximum.reduce(block, axis=0)
    gap = block - top
    if temperature == 1 and gap.min() > -_NEAR:
        e = np.exp(gap, out=gap)
    else:
        e = _exact_exponentials(block, top, gap, temperature)
    rest = np.add.reduce(e, axis=0) - 1
    # Where the rest is small, 1 has rounded it away.
    few = np.flatnonzero(rest < 1)
    if few.size:
        some = e[:, few]
        some[some.argmax(axis=0), np.arange(few.size)] = 0
        rest[few] = np.add.reduce(some, axis=0)
    return top, e, rest


def _exact_exponentials(
    block: FloatArray, top: FloatArray, gap: FloatArray, temperature: float
) -> FloatArray:
    """Return exp((block − top)/T), giving back what gap = block − top and the quotient rounded."""
    # Beyond, the exponential is 0; a division by a small T must not overflow.
    gap = np.maximum(gap, -800 * temperature)
    shadow = gap - block
    lost = (block - (gap - shadow)) - (top + shadow)
    quotient = gap / temperature
    if temperature != 1:
        product = quotient * temperature
        lost += (gap - product) - _exact.product_error(quotient, temperature, product)
    e = np.exp(quotient)
    e += e * np.where(e > 0, lost / temperature, 0)
    return e


def _loss(
    block: FloatArray, y: IntArray, smoothing: float, top: FloatArray, rest: FloatArray
) -> FloatArray:
    """Return (largest − z_label) + ln(1 + rest): two terms, neither negative."""
    short = _smoothed(block, y, smoothing, top) if smoothing else top - block[y, np.arange(len(y))]
    return short + np.log1p(rest)


def _smoothed(block: FloatArray, y: IntArray, smoothing: float, top: FloatArray) -> FloatArray:
    """Return (1 − ε)(largest − z_label) + ε times the mean of largest − z over the classes."""
    gaps = top - block
    short = (1 - smoothing) * gaps[y, np.arange(len(y))] + smoothing * gaps.mean(axis=0)
    if np.isfinite(short).all():
        return short
    # A gap may be beyond the largest double where its share is not.
    small = _smoothed(block * 2.0**-100, y, smoothing, top * 2.0**-100)
    return np.where(np.isfinite(short), short, small * 2.0**100)


def _by_blocks(compute: Callable[..., Any], z: FloatArray, needs_output: bool = True) -> FloatArray:
    """Call compute(block, out, examples) for all blocks of z, and return the array of outs."""
    k = z.shape[-1]
    rows = z.reshape(-1, k)
    out = np.empty_like(rows if needs_output else rows[:0])
    turned, step = k <= _FEW, max(1, _exact.BLOCK // k)
    for i in range(0, len(rows), step):
        some = slice(i, i + step)
        block = rows[some].T
        if turned:
            block = np.ascontiguousarray(block)
        target = np.empty_like(block) if turned and needs_output else out[some].T
        with np.errstate(over="ignore", invalid="ignore"):  # of logits that lie beyond all reach
            compute(block, target, some)
        if turned and needs_output:
            out[some] = target.T
    return out.reshape(z.shape) if needs_output else out


def _tempered(logits: ArrayLike, temperature: float, axis: int) -> tuple[FloatArray, float, int]:
    z = _checks.masked_logits(logits, "logits", axis)
    axis = _checks.axis_of(axis, z, "logits")
    temperature = _checks.scalar(temperature, "temperature", _checks.positive)
    if temperature > 1:  # which brings gaps back, and rounded products, from beyond the doubles
        z, temperature = z * 2.0**-100, temperature * 2.0**-100
    return np.ascontiguousarray(np.moveaxis(z, axis, -1)), temperature, axis


def _labelled(
    logits: ArrayLike, labels: ArrayLike, label_smoothing: float
) -> tuple[FloatArray, IntArray, float]:
    """Return logits, one label for each row of them, and the smoothing."""
    z = _checks.masked_logits(logits, "logits")
    y = _checks.labels(labels, "labels", z.shape[-1])
    if y.shape != z.shape[:-1]:
        is_one_hot = y.shape == z.shape and (y.sum(axis=-1) == 1).all()
        way_out = "; .argmax(axis=-1) turns one-hot rows into labels" if is_one_hot else ""
        raise ValueError(
            f"labels must have the shape of logits without its last axis, {z.shape[:-1]}, "
            f"got {y.shape}{way_out}"
        )
    smoothing = _checks.scalar(label_smoothing, "label_smoothing", _checks.unit)
    _not_ruled_out(z, y, smoothing)
    return z, y.ravel(), smoothing


def _not_ruled_out(z: FloatArray, y: IntArray, smoothing: float) -> None:
    """Refuse a target that is ruled out, the loss of which would be infinite."""
    masked = np.isneginf(z)
    if not masked.any():
        return
    if smoothing:
        raise ValueError(
            "label_smoothing must be 0 where logits are -inf, got "
            f"{smoothing!r}: it makes every class a target, also one that is ruled out"
        )
    wrong = np.take_along_axis(masked, y[..., None].astype(np.intp), -1)[..., 0]
    if wrong.any():
        place = np.unravel_index(np.argmax(wrong), wrong.shape)
        index = ", ".join(map(str, map(int, place)))
        at = f"labels[{index}]" if index else "labels"
        raise ValueError(
            f"labels must be classes that the logits allow, but the logit of {at} is -inf"
        )
