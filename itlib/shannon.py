"""How surprising one outcome is, and how surprising a distribution is on average."""

from __future__ import annotations

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Result


def normalize(counts: ArrayLike, *, axis: int | None = -1) -> FloatArray:
    """Return counts, or any weights, divided by their sum: a probability distribution.

    pᵢ = cᵢ / Σⱼ cⱼ

    Parameters
    ----------
    counts : array_like, shape (..., k)
        Non-negative weights along `axis`.
    axis : int or None, default -1
        None: all entries together, as for a table of counts of two variables.

    Returns
    -------
    ndarray, shape (..., k)
        Probabilities that sum to 1 along `axis`, or all together.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or all weights of a slice are 0.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 11.1 (types).

    Examples
    --------
    Nine days on which tennis was played, and five on which it was not:

    >>> normalize([9, 5]).round(4).tolist()
    [0.6429, 0.3571]

    A table of counts, all entries of which belong together:

    >>> normalize([[10, 20], [30, 40]], axis=None).tolist()
    [[0.1, 0.2], [0.3, 0.4]]
    """
    counts = _checks.nonnegative(counts, "counts")
    if axis is None:
        return normalize(counts.ravel()).reshape(counts.shape)
    axis = _checks.axis_of(axis, counts, "counts")
    largest = counts.max(axis=axis, keepdims=True)
    if not largest.all():
        place = np.argwhere(np.squeeze(largest, axis) == 0)[0].tolist()
        place.insert(axis, ":")
        raise ValueError(
            f"counts must not be all 0 along axis {axis}, "
            f"but counts[{', '.join(map(str, place))}] sums to 0"
        )
    shares = counts / largest  # at most 1, so that the sum cannot overflow
    return shares / shares.sum(axis=axis, keepdims=True) + 0.0


def self_information(p: ArrayLike, *, base: float = 2) -> Result:
    """Return the surprise at an outcome of probability `p`.

    I(p) = −log p: 0 for what is certain, infinite for what is impossible,
    and the surprises at independent events add up.

    Parameters
    ----------
    p : float or array_like
        Separate probabilities, each between 0 and 1; they need not sum to 1.
    base : float, default 2
        2 gives bits, `math.e` nats, 10 bans.

    Returns
    -------
    float or ndarray
        Of the shape of `p`.  Never negative for a base above 1.

    Raises
    ------
    ValueError
        If an entry is not between 0 and 1 (but for rounding, which is forgiven).

    References
    ----------
    Shannon, A Mathematical Theory of Communication (1948), introduction.

    Examples
    --------
    An outcome that happens once in eight times answers three yes-or-no questions:

    >>> self_information(1 / 8)
    3.0
    >>> self_information([1.0, 0.5, 0.0]).tolist()
    [0.0, 1.0, inf]
    """
    p, log_base = _checks.unit(p, "p"), _checks.base_log(base)
    with np.errstate(divide="ignore"):
        return _checks.result(-np.log(p) / log_base)


def entropy(p: ArrayLike, *, base: float = 2, axis: int = -1, keepdims: bool = False) -> Result:
    """Return H(p), the average surprise at an outcome drawn from `p`.

    H(p) = −Σ p log p, with 0 log 0 = 0.  In bits, no code that can be read without commas
    uses fewer binary digits per independent outcome, on average.

    Parameters
    ----------
    p : array_like, shape (..., k)
        Probabilities along `axis`.
    base : float, default 2
        2 gives bits, `math.e` nats, 10 bans.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Between 0, where one outcome is certain, and log k, where all are equally likely.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, or a slice does not sum to 1.

    See Also
    --------
    binary_entropy : For a coin, from the probability of heads.
    perplexity : The same number as an effective count of outcomes.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.1.

    Examples
    --------
    >>> entropy([0.5, 0.5])
    1.0
    >>> entropy([0.5, 0.25, 0.25])
    1.5
    >>> entropy([[0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0]]).tolist()
    [2.0, 0.0]
    """
    p, log_base = _checks.probabilities(p, "p", axis), _checks.base_log(base)
    return _checks.result(_exact.entropy(p) / log_base, axis, keepdims)


def binary_entropy(p: ArrayLike, *, base: float = 2) -> Result:
    """Return the entropy of a coin that shows heads with probability `p`.

    h(p) = −p log p − (1−p) log(1−p)

    Parameters
    ----------
    p : float or array_like
        Probabilities of heads, each between 0 and 1.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float or ndarray
        Of the shape of `p`.  0 at p = 0 and p = 1, largest (1 bit) at p = 1/2.

    Raises
    ------
    ValueError
        If an entry is not between 0 and 1 (but for rounding, which is forgiven).

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., equation (2.5).

    Examples
    --------
    >>> binary_entropy(0.5)
    1.0
    >>> binary_entropy([0.0, 0.1, 0.9, 1.0]).round(3).tolist()
    [0.0, 0.469, 0.469, 0.0]
    """
    p, log_base = _checks.unit(p, "p"), _checks.base_log(base)
    return _checks.result(_exact.binary_entropy(p) / log_base)


def perplexity(
    p: ArrayLike, q: ArrayLike | None = None, *, axis: int = -1, keepdims: bool = False
) -> Result:
    """Return the number of equally likely outcomes that would be as uncertain.

    2**H(p); with `q`, 2**CE(p, q): how a model `q` fares on what `p` draws.
    No base is needed: e to the power of the entropy in nats is the same number.

    Parameters
    ----------
    p : array_like, shape (..., k)
        Probabilities along `axis`.
    q : array_like, shape (..., k), optional
        Probabilities of a model.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Between 1 and k for one distribution.
        With a model there is no upper limit: `inf` where `q` rules out what `p` allows.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a slice does not sum to 1, or shapes do not fit.

    See Also
    --------
    entropy, cross_entropy : The exponents.

    References
    ----------
    Jelinek, Mercer, Bahl & Baker, Perplexity: a measure of the difficulty of speech
    recognition tasks (1977).

    Examples
    --------
    >>> round(perplexity([1 / 6] * 6), 12)
    6.0

    A model that is wrong can be more perplexed than there are outcomes:

    >>> round(perplexity([0.5, 0.5], [0.99, 0.01]), 2)
    10.05
    """
    if q is None:
        nats = _exact.entropy(_checks.probabilities(p, "p", axis))
    else:
        nats = _exact.cross_entropy(*_checks.distribution_pair(p, q, axis))
    with np.errstate(over="ignore"):
        return _checks.result(np.exp(nats), axis, keepdims)
