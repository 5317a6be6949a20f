"""Bounds on mutual information and divergence from a critic, and what contrastive learning sees."""

from __future__ import annotations

import math
import sys
from typing import NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray
from itlib.losses import log_softmax

_STEP = 0.25  # of the trapezoids, in log t: they are exact to e^(−π²/step) = 7e-18
_LARGEST = sys.float_info.max / 4
_BELOW, _ABOVE = 40.0, 5.0  # nats around a scale, beyond which exp(−t·w) is 1 or 0


class InfoNCE(NamedTuple):
    """The contrastive loss of a table of scores, and the bound that goes with it."""

    loss: float
    bound: float


def infonce(scores: ArrayLike) -> InfoNCE:
    """Return the contrastive loss of a table of scores, and ln K − loss.

    L = −(1/K) Σᵢ ln [exp(sᵢᵢ) / Σⱼ exp(sᵢⱼ)], the cross-entropy of naming the partner of i among
    K candidates.  The mean of ln K − L is at most I(X;Y) over tables of pairs that are drawn
    independently, if the critic has not seen them.

    Parameters
    ----------
    scores : array_like, shape (K, K)
        The score of pair (i, j): row i's own partner is in column i.  −inf rules a candidate out.

    Returns
    -------
    InfoNCE(loss, bound)
        Two floats, in nats.  The loss is at least 0, so the bound is at most ln K; it is
        negative for scores that are worse than a guess.  A partner that is ruled out costs
        infinitely much.

    Raises
    ------
    ValueError
        If `scores` is not square, a score is NaN or +inf, or a row is all −inf.

    See Also
    --------
    infonce_expected : The mean of the bound over all tables, where probabilities are known.

    References
    ----------
    van den Oord, Li & Vinyals, Representation learning with contrastive predictive coding (2018).

    Examples
    --------
    >>> loss, bound = infonce([[2.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 2.0]])
    >>> round(loss, 4), round(bound, 4)
    (0.2395, 0.8591)

    A model that finds all candidates alike has the loss ln K, and shows nothing:

    >>> infonce([[0.0, 0.0], [0.0, 0.0]])
    InfoNCE(loss=0.6931471805599453, bound=0.0)
    """
    z = _checks.masked_logits(scores, "scores")
    if z.ndim != 2 or z.shape[0] != z.shape[1]:
        raise ValueError(
            f"scores must be a square table with row i's partner in column i, got shape {z.shape}"
        )
    losses = -np.diag(log_softmax(z))
    scale = 2.0 ** len(z).bit_length()  # by which the sum of all stays within the doubles
    loss = _checks.result(float((losses / scale).mean()) * scale)
    return InfoNCE(loss, _checks.result(math.log(len(z)) - loss))


def infonce_expected(p_xy: ArrayLike, candidates: int, critic: ArrayLike | None = None) -> float:
    """Return the mean of the contrastive bound over all draws of candidates, without sampling.

    E [ln K e^f(x,y) / (e^f(x,y) + Σ e^f(x,yⱼ))], where (x, y) comes from `p_xy` and the K − 1
    strangers yⱼ from p(y), independently.

    Parameters
    ----------
    p_xy : array_like, shape (kx, ky)
        Joint probabilities: rows are x, columns are y.
    candidates : int
        K, at least 1: the partner and the strangers.
    critic : array_like, shape (kx, ky), optional
        The scores f(x, y), in nats; −inf rules a pair out.  By default ln p(x,y)/(p(x)p(y)),
        for which no other critic gives more.

    Returns
    -------
    float
        In nats: 0 for a single candidate; otherwise at most I(X;Y), below ln K, and −inf if a pair
        that occurs is ruled out.

    Raises
    ------
    ValueError
        If an entry of `p_xy` is negative or not finite, the entries do not sum to 1, `candidates`
        is below 1, a score is NaN or +inf, a row of them is all −inf, or shapes differ.
    TypeError
        If `candidates` is not a whole number.

    Notes
    -----
    ln u = ∫ (e^(−t) − e^(−tu)) dt/t turns the mean over K − 1 strangers into a power of the mean
    over one, so the time does not depend on K.

    References
    ----------
    Poole et al., On variational bounds of mutual information (2019).

    Examples
    --------
    A fair bit and a copy that is flipped with probability 0.1 share 0.3681 nats:

    >>> p_xy = [[0.45, 0.05], [0.05, 0.45]]
    >>> [round(infonce_expected(p_xy, k), 4) for k in (2, 8, 64)]
    [0.184, 0.3263, 0.363]
    """
    joint, k = _checks.joint(p_xy), _checks.whole(candidates, "candidates", 1)
    if k.bit_length() > sys.float_info.max_exp:
        raise ValueError("candidates is too large: a float could not hold it")
    if critic is None:
        f = _exact.pointwise_mutual_information(joint)
    else:
        f = _checks.masked_logits(critic, "critic")
        if f.shape != joint.shape:
            raise ValueError(
                f"critic must have the shape of p_xy, {joint.shape}, got shape {f.shape}"
            )
    if np.abs(f, where=np.isfinite(f), out=np.zeros(f.shape)).max() > _LARGEST:
        raise ValueError(
            "critic is too large: differences of its scores may be beyond the doubles; "
            "divide it by its largest score"
        )
    joint = joint / joint.sum()
    if np.isneginf(f[joint > 0]).any():
        return -math.inf if k > 1 else 0.0
    p_y = joint.sum(axis=0)
    here = p_y > 0
    rows = [
        float(p[here] @ _against_strangers(scores[here], p_y[here], k))
        for p, scores in zip(joint, f, strict=True)
        if p.any()
    ]
    return _checks.result(math.fsum(rows))


def _against_strangers(scores: FloatArray, p_y: FloatArray, k: int) -> FloatArray:
    """Return E [ln K e^f / (e^f + Σ e^fⱼ)] for each own score f, 0 for one that is ruled out."""
    values, which = np.unique(scores, return_inverse=True)
    if len(values) == 1 or k == 1:
        return np.zeros(len(scores))
    share = np.bincount(which, weights=p_y)
    values = values - values[-1]
    some = np.isfinite(values)
    finite = values[some]
    log_t = _nodes(finite, math.log(k))
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        tw = np.exp(log_t[:, None] + finite)
        gone = -np.expm1(-tw)  # 1 − e^(−tw)
        lost = gone @ share[some]
        # Near 1 the power keeps its digits as that of 1 − lost, near 0 as it is.
        kept = np.exp(-tw) @ share[some] + share[~some].sum()
        log_mean = np.where(lost < 0.5, np.log1p(-np.minimum(lost, 0.5)), np.log(kept))
        rest = np.exp((k - 1) * log_mean)
        integrand = np.exp(-np.exp(log_t))[:, None] - np.exp(-tw) * rest[:, None]
    log_sum = np.diff(log_t) @ (integrand[1:] + integrand[:-1]) / 2
    won = np.zeros(len(values))
    won[some] = math.log(k) + finite - log_sum
    return won[which]


def _nodes(scales: FloatArray, above: float) -> FloatArray:
    """Return values of ln t, close together where some exp(−t·w) changes.

    Between two scales that are far apart the integrand is constant, and one trapezoid is exact.
    """
    starts, ends = -scales[::-1] - _BELOW - above, -scales[::-1] + _ABOVE
    pieces: list[FloatArray] = []
    start, end = starts[0], ends[0]
    for next_start, next_end in zip(starts[1:], ends[1:], strict=True):
        if next_start > end + _STEP:
            pieces.append(_grid(start, end))
            start = next_start
        end = next_end
    return np.concatenate([*pieces, _grid(start, end)])


def _grid(start: float, end: float) -> FloatArray:
    steps = np.arange(math.ceil((end - start) / _STEP) + 1, dtype=float)
    return start + _STEP * steps


def donsker_varadhan(
    f_joint: ArrayLike,
    f_product: ArrayLike,
    *,
    p: ArrayLike | None = None,
    q: ArrayLike | None = None,
) -> float:
    """Return the bound of Donsker and Varadhan on a divergence, from a critic's values.

    E_p[f] − ln E_q[e^f] ≤ D(p‖q), with equality for f = ln p/q, plus any constant.  With pairs
    drawn jointly for p and apart for q it bounds I(X;Y).

    Parameters
    ----------
    f_joint, f_product : array_like
        The critic on outcomes of p (pairs that belong together) and of q (pairs that do not).
        −inf in either rules an outcome out.
    p, q : array_like, optional
        The probabilities of these outcomes, in the same shapes.  By default all entries count
        alike, as in a sample.

    Returns
    -------
    float
        In nats.  With probabilities a lower bound; from a sample the logarithm of a mean is too
        small on average, and the result too large.  −inf if `f_joint` rules out what happens.

    Raises
    ------
    ValueError
        If a score is NaN or +inf, all of `f_product` that can happen is −inf, or `p` or `q` has
        another shape, or is no distribution.

    References
    ----------
    Donsker & Varadhan, Asymptotic evaluation of certain Markov process expectations for large
    time, IV (1983).

    Examples
    --------
    The critic ln p/q reaches the divergence, here D = 0.5108 nats:

    >>> f = [math.log(0.5 / 0.9), math.log(0.5 / 0.1)]
    >>> round(donsker_varadhan(f, f, p=[0.5, 0.5], q=[0.9, 0.1]), 4)
    0.5108

    From a sample:

    >>> round(donsker_varadhan([1.0, 2.0, 1.5], [0.0, -1.0, 1.0]), 4)
    1.191
    """
    f_joint, p = _weighted(f_joint, "f_joint", p, "p")
    f_product, q = _weighted(f_product, "f_product", q, "q")
    top = f_product.max()
    if np.isneginf(top):
        raise ValueError("f_product must leave some outcome, but it is -inf wherever q is not 0")
    with np.errstate(over="ignore", under="ignore"):
        excess = float(q @ np.expm1(f_product - top))
        near = excess > -0.5  # where a logarithm near 0 keeps its digits
        log_mean = math.log1p(excess) if near else math.log(float(q @ np.exp(f_product - top)))
        # Both are counted from the top, where a constant is gone; by halves, as gaps may overflow.
        return _checks.result(2 * float(p @ (f_joint / 2 - top / 2)) - log_mean)


def nwj(
    f_joint: ArrayLike,
    f_product: ArrayLike,
    *,
    p: ArrayLike | None = None,
    q: ArrayLike | None = None,
) -> float:
    """Return the bound of Nguyen, Wainwright and Jordan on a divergence, from a critic's values.

    E_p[f] − E_q[e^(f − 1)] ≤ D(p‖q), with equality for f = 1 + ln p/q alone.

    Parameters
    ----------
    f_joint, f_product : array_like
        The critic on outcomes of p (pairs that belong together) and of q (pairs that do not).
        −inf in either rules an outcome out.
    p, q : array_like, optional
        The probabilities of these outcomes, in the same shapes.  By default all entries count
        alike, as in a sample.

    Returns
    -------
    float
        In nats.  Never above `donsker_varadhan` of the same critic.  From a sample it is right
        on average, as no logarithm is taken of a mean.  −inf if `f_joint` rules out what
        happens, or e^(f − 1) is beyond the largest double.

    Raises
    ------
    ValueError
        If a score is NaN or +inf, or `p` or `q` has another shape, or is no distribution.

    See Also
    --------
    f_divergence : The same tangents for other divergences.

    References
    ----------
    Nguyen, Wainwright & Jordan, Estimating divergence functionals and the likelihood ratio by
    convex risk minimization (2010).

    Examples
    --------
    >>> f = [1 + math.log(0.5 / 0.9), 1 + math.log(0.5 / 0.1)]
    >>> round(nwj(f, f, p=[0.5, 0.5], q=[0.9, 0.1]), 4)
    0.5108
    >>> nwj([1.0, 1.0], [1.0, 1.0])
    0.0
    """
    f_joint, p = _weighted(f_joint, "f_joint", p, "p")
    f_product, q = _weighted(f_product, "f_product", q, "q")
    with np.errstate(over="ignore", under="ignore"):
        return _checks.result(float(p @ f_joint - q @ np.exp(f_product - 1)))


def _weighted(
    f: ArrayLike, name: str, weights: ArrayLike | None, weights_name: str
) -> tuple[FloatArray, FloatArray]:
    """Return the scores of what can happen, and their probabilities, both as vectors."""
    f = _checks.scores(f, name)
    if weights is None:
        return f.ravel(), np.full(f.size, 1 / f.size)
    w = _checks.array(weights, weights_name)
    if w.shape != f.shape:
        raise ValueError(
            f"{weights_name} must have the shape of {name}, {f.shape}, got shape {w.shape}"
        )
    w = _checks.probabilities(w.ravel(), weights_name)
    return f.ravel()[w > 0], w[w > 0] / w.sum()


def barber_agakov(p_xy: ArrayLike, guess: ArrayLike) -> float:
    """Return the bound of Barber and Agakov on I(X;Y), from guesses of x once y is seen.

    H(X) + Σ p(x,y) ln g(x|y) ≤ I(X;Y), with equality for the true p(x|y).  What is missing is
    the mean of D(p(x|y)‖g(x|y)).

    Parameters
    ----------
    p_xy : array_like, shape (kx, ky)
        Joint probabilities: rows are x, columns are y.
    guess : array_like, shape (kx, ky)
        g(x|y): column y is a distribution over x, so columns sum to 1.

    Returns
    -------
    float
        In nats.  −inf if a pair that occurs is guessed with probability 0.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, `p_xy` does not sum to 1, a column of `guess` does
        not, or shapes differ.

    References
    ----------
    Barber & Agakov, The IM algorithm: a variational approach to information maximization (2003).

    Examples
    --------
    A fair bit and its copy, right nine times in ten, guessed as if right in eight:

    >>> p_xy = [[0.45, 0.05], [0.05, 0.45]]
    >>> round(barber_agakov(p_xy, [[0.8, 0.2], [0.2, 0.8]]), 4)
    0.3314
    """
    p_xy = _checks.joint(p_xy)
    guess = _checks.probabilities(guess, "guess", axis=0)
    if guess.shape != p_xy.T.shape:
        raise ValueError(
            f"guess must have the shape of p_xy, {p_xy.shape}, got shape {guess.shape[::-1]}"
        )
    p_y = _exact.normalized(p_xy.sum(axis=0))
    here = p_y > 0
    gaps = _exact.kl((p_xy[:, here] / p_y[here]).T, guess[here])
    return _checks.result(float(_exact.mutual_information(p_xy) - p_y[here] @ np.asarray(gaps)))


def alignment(x: ArrayLike, y: ArrayLike) -> float:
    """Return how far apart partners are on the sphere: the mean of |x − y|².

    (1/n) Σᵢ |xᵢ − yᵢ|², which is 2 − 2 times the mean cosine.

    Parameters
    ----------
    x, y : array_like, shape (n, d)
        One embedding a row, of length 1; row i of `y` is the partner of row i of `x`.

    Returns
    -------
    float
        From 0, each two partners in one place, to 4, all opposite.  Smaller is better.

    Raises
    ------
    ValueError
        If an entry is not finite, a row has not length 1, there are not two axes, or shapes
        differ.

    References
    ----------
    Wang & Isola, Understanding contrastive representation learning through alignment and
    uniformity on the hypersphere (2020).

    Examples
    --------
    >>> alignment([[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [1.0, 0.0]])
    1.0
    """
    x, y = _checks.unit_rows(x, "x"), _checks.unit_rows(y, "y")
    if x.shape != y.shape:
        raise ValueError(f"y must have the shape of x, {x.shape}, got shape {y.shape}")
    return _checks.result(float(np.sum((x - y) ** 2, axis=1).mean()))


def uniformity(x: ArrayLike, *, t: float = 2.0) -> float:
    """Return how evenly points fill the sphere: a log-mean over pairs.

    ln [mean of exp(−t |xᵢ − xⱼ|²) over the pairs i ≠ j].

    Parameters
    ----------
    x : array_like, shape (n, d)
        One embedding a row, of length 1; n at least 2.
    t : float, default 2.0
        Positive: the larger, the more only close pairs count.

    Returns
    -------
    float
        From −4t, two points opposite each other, to 0, all points in one place.  Smaller is
        better.  For independent x and x′ ln E exp(−t |x − x′|²) is least if they are spread
        evenly; the mean of this function over draws of a few points may be less elsewhere.

    Raises
    ------
    ValueError
        If an entry is not finite, a row has not length 1, there are not two axes or not two rows,
        or `t` is not positive.

    References
    ----------
    Wang & Isola, Understanding contrastive representation learning through alignment and
    uniformity on the hypersphere (2020).

    Examples
    --------
    >>> uniformity([[1.0, 0.0], [-1.0, 0.0]])
    -8.0
    >>> uniformity([[1.0, 0.0], [1.0, 0.0]])
    0.0
    """
    x, t = _checks.unit_rows(x, "x"), _checks.scalar(t, "t", _checks.positive)
    n = len(x)
    if n < 2:
        raise ValueError("x must have at least two rows, got a single one: it has no pairs")
    if t > _LARGEST:
        raise ValueError(f"t must be at most {_LARGEST:.6g}, got {t!r}: 4t is beyond the doubles")
    # From one of them, points that lie close together keep the digits of their distances.
    rays: FloatArray = x - x[0]
    squares = np.sum(rays**2, axis=1)
    block = max(1, _exact.BLOCK // n)
    logs, excess = [], 0.0  # of sums of exp(−t |xᵢ − xⱼ|²); the sum of what these are less 1
    for start in range(0, n - 1, block):
        # Each pair once, the later row second; the rows of a block are its first ones.
        rows = np.arange(start, min(start + block, n))
        later = np.arange(start, n) > rows[:, None]
        distances = squares[rows, None] + squares[start:] - 2 * (rays[rows] @ rays[start:].T)
        exponents = -t * np.clip(distances[later], 0.0, 4.0)
        top = exponents.max()
        logs.append(top + math.log(float(np.sum(np.exp(exponents - top)))))
        excess += float(np.sum(np.expm1(exponents)))
    pairs = n * (n - 1) / 2
    if excess > -pairs / 2:
        return _checks.result(math.log1p(excess / pairs))
    return _checks.result(float(np.logaddexp.reduce(logs)) - math.log(pairs))
