"""What two variables say together, and about each other.

A joint distribution is a table `p_xy`: rows are values of X, columns are values of Y, and all
entries together sum to 1.
"""

from __future__ import annotations

import numpy as np

from itlib import _checks, _exact, _samples
from itlib._types import ArrayLike, FloatArray


def joint_entropy(p_xy: ArrayLike, *, base: float = 2) -> float:
    """Return H(X,Y), the average surprise at both variables at once.

    H(X,Y) = −Σ p(x,y) log p(x,y)

    Parameters
    ----------
    p_xy : array_like, shape (kx, ky)
        Joint probabilities: rows are x, columns are y.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        At least the larger of H(X) and H(Y), at most their sum.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, the entries do not sum to 1, or `p_xy` does
        not have two axes.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.2.

    Examples
    --------
    Two fair coins that are tossed separately, and two that are glued together:

    >>> joint_entropy([[0.25, 0.25], [0.25, 0.25]])
    2.0
    >>> joint_entropy([[0.5, 0], [0, 0.5]])
    1.0
    """
    p_xy, log_base = _checks.joint(p_xy), _checks.base_log(base)
    return _checks.result(float(_exact.entropy(p_xy.ravel())) / log_base)


def conditional_entropy(p_xy: ArrayLike, *, given: int = 0, base: float = 2) -> float:
    """Return H(Y|X), the surprise that is left in one variable when the other is known.

    H(Y|X) = Σ p(x) H(Y|X=x) = H(X,Y) − H(X).  Knowing X never raises the uncertainty about
    Y *on average*; a single value of X can.

    Parameters
    ----------
    p_xy : array_like, shape (kx, ky)
        Joint probabilities: rows are x, columns are y.
    given : {0, 1}, default 0
        The axis of the variable that is known: 0 gives H(Y|X), 1 gives H(X|Y).
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Between 0, where the known variable determines the other, and the entropy of the other.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, the entries do not sum to 1, `p_xy` does not
        have two axes, or `given` is neither 0 nor 1.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., equation (2.10).

    Examples
    --------
    Y is a fair coin when x = 0, and certain when x = 1:

    >>> conditional_entropy([[0.25, 0.25], [0.5, 0.0]])
    0.5
    >>> round(conditional_entropy([[0.25, 0.25], [0.5, 0.0]], given=1), 4)
    0.6887
    """
    p_xy, log_base = _checks.joint(p_xy), _checks.base_log(base)
    if _checks.whole(given, "given") > 1:
        raise ValueError(
            f"given must be 0 (x is known) or 1 (y is known), got {_checks.brief(given)}"
        )
    table = p_xy if given == 0 else p_xy.T
    weights = table.sum(axis=1)
    rows = table[weights > 0] / weights[weights > 0, None]
    h = np.dot(weights[weights > 0], _exact.entropy(rows)) / weights.sum()
    return _checks.result(h / log_base)


def mutual_information(p_xy: ArrayLike, *, base: float = 2) -> float:
    """Return I(X;Y), what one variable tells about the other on average.

    I(X;Y) = Σ p(x,y) log [p(x,y) / (p(x) p(y))], the KL divergence of the joint from the product of the
    marginals.  Equally H(X) − H(X|Y), H(Y) − H(Y|X), H(X) + H(Y) − H(X,Y).

    Parameters
    ----------
    p_xy : array_like, shape (kx, ky)
        Joint probabilities: rows are x, columns are y.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Never negative, 0 exactly for independent variables, at most the smaller entropy.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, the entries do not sum to 1, or `p_xy` does
        not have two axes.

    See Also
    --------
    mutual_information_from_samples : From data; beware of its bias.
    pointwise_mutual_information : For each pair of values.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., sections 2.3 and 2.4.

    Examples
    --------
    An umbrella (columns: no, yes) tells 0.4 bits about the weather (rows: dry, rain):

    >>> round(mutual_information([[0.4, 0.1], [0.05, 0.45]]), 3)
    0.397
    >>> mutual_information([[0.25, 0.25], [0.25, 0.25]])
    0.0
    """
    p_xy, log_base = _checks.joint(p_xy), _checks.base_log(base)
    return _checks.result(_exact.mutual_information(p_xy) / log_base)


def pointwise_mutual_information(p_xy: ArrayLike, *, base: float = 2) -> FloatArray:
    """Return how much more often each pair of values meets than by chance, as a logarithm.

    pmi(x, y) = log [p(x,y) / (p(x) p(y))].  Its average over p(x,y) is I(X;Y).

    Parameters
    ----------
    p_xy : array_like, shape (kx, ky)
        Joint probabilities: rows are x, columns are y.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    ndarray, shape (kx, ky)
        Positive for pairs that attract each other, negative for pairs that avoid each other,
        `-inf` for pairs that never meet, 0 where x or y itself never happens.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, the entries do not sum to 1, or `p_xy` does
        not have two axes.

    References
    ----------
    Church & Hanks, Word Association Norms, Mutual Information, and Lexicography (1990).

    Examples
    --------
    >>> pointwise_mutual_information([[0.4, 0.1], [0.05, 0.45]]).round(3).tolist()
    [[0.83, -1.459], [-2.17, 0.71]]
    """
    p_xy, log_base = _checks.joint(p_xy), _checks.base_log(base)
    return _exact.pointwise_mutual_information(p_xy) / log_base + 0.0  # no -0.0


def conditional_mutual_information(p_xyz: ArrayLike, *, base: float = 2) -> float:
    """Return I(X;Y|Z), what X and Y tell about each other when Z is known.

    I(X;Y|Z) = Σ p(z) I(X;Y|Z=z)

    Parameters
    ----------
    p_xyz : array_like, shape (kx, ky, kz)
        Joint probabilities of three variables.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Never negative.  It may be larger or smaller than I(X;Y), or the same.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, the entries do not sum to 1, or `p_xyz` does
        not have three axes.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.5.

    Examples
    --------
    Two fair bits and their exclusive or: X and Y are independent until Z is known.

    >>> xor = np.zeros((2, 2, 2))
    >>> for x in (0, 1):
    ...     for y in (0, 1):
    ...         xor[x, y, x ^ y] = 1 / 4
    >>> mutual_information(xor.sum(axis=2)), conditional_mutual_information(xor)
    (0.0, 1.0)
    """
    p_xyz, log_base = _checks.joint(p_xyz, "p_xyz", axes=3), _checks.base_log(base)
    return _checks.result(_conditional(p_xyz) / log_base)


def co_information(p_xyz: ArrayLike, *, base: float = 2) -> float:
    """Return I(X;Y) − I(X;Y|Z), the middle region of three overlapping circles.

    It is the same for every order of the variables, and, unlike an area, can be negative:
    then X and Y tell more about each other when Z is known.

    Parameters
    ----------
    p_xyz : array_like, shape (kx, ky, kz)
        Joint probabilities of three variables.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Positive where sharing prevails, negative where what is held only together does.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, the entries do not sum to 1, or `p_xyz` does
        not have three axes.

    Notes
    -----
    Interaction information is the same quantity, in some texts with the opposite sign.

    References
    ----------
    McGill, Multivariate information transmission (1954).

    Examples
    --------
    >>> xor = np.zeros((2, 2, 2))
    >>> for x in (0, 1):
    ...     for y in (0, 1):
    ...         xor[x, y, x ^ y] = 1 / 4
    >>> co_information(xor)
    -1.0
    """
    p_xyz, log_base = _checks.joint(p_xyz, "p_xyz", axes=3), _checks.base_log(base)
    unconditional = _exact.mutual_information(p_xyz.sum(axis=2))
    return _checks.result((unconditional - _conditional(p_xyz)) / log_base)


def _conditional(p_xyz: FloatArray) -> float:
    """Return I(X;Y|Z) in nats."""
    weights = p_xyz.sum(axis=(0, 1))
    slices = [
        _exact.mutual_information(p_xyz[:, :, z] / weight) if weight else 0.0
        for z, weight in enumerate(weights)
    ]
    return np.dot(weights, slices) / weights.sum()


def joint_from_samples(x: ArrayLike, y: ArrayLike) -> FloatArray:
    """Return the table of how often each pair of values occurs in the data, as a share.

    p(x, y) = n(x, y) / n

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Paired samples: numbers, text, or anything that can be sorted.

    Returns
    -------
    ndarray, shape (kx, ky)
        Joint probabilities: rows are the distinct values of `x` in increasing order, columns
        those of `y`.  Ready for `mutual_information` and its kin.

    Raises
    ------
    TypeError
        If values of different kinds are mixed, or cannot be sorted.
    ValueError
        If there are no samples, `x` and `y` differ in length, a value is missing, or the table is
        too large to hold.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 11.1 (types).

    Examples
    --------
    >>> joint_from_samples(["dry", "dry", "rain", "rain"], [0, 0, 0, 1]).tolist()
    [[0.5, 0.0], [0.25, 0.25]]
    """
    counts = _samples.counts(x, y)
    return counts / counts.sum()


def mutual_information_from_samples(x: ArrayLike, y: ArrayLike, *, base: float = 2) -> float:
    """Return the mutual information between two columns of data, as counted.

    I(X;Y) of the shares in which each pair of values occurs: the plug-in estimate.
    It is usually too high: columns that have nothing to do with each other get, on average,
    about (kx−1)(ky−1)/(2n) nats if n is far above kx·ky.  Shuffle one of them and see.
    Of a feature and labels it is their `information_gain`, the same quantity.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Paired samples: numbers, text, or anything that can be sorted.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Never negative.

    Raises
    ------
    TypeError
        If values of different kinds are mixed, or cannot be sorted.
    ValueError
        If there are no samples, `x` and `y` differ in length, or a value is missing.

    See Also
    --------
    mutual_information : From probabilities.
    information_gain : The same quantity, by the name that it has in trees.

    References
    ----------
    Miller, Note on the Bias of Information Estimates (1955).

    Examples
    --------
    >>> mutual_information_from_samples("a a b b".split(), [1, 1, 2, 2])
    1.0
    """
    log_base = _checks.base_log(base)
    return _checks.result(
        _exact.mutual_information_of_counts(*_samples.pair_counts(x, y)) / log_base
    )
