"""The information bottleneck: summaries that keep what matters, and drop the rest."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, IntArray, Result

_STILL = 1e-13  # a change of p(t|x) that ends the search
_ROUNDS = 4000  # at most, of one start: some tenths of a second for a small table
_FIRST = 60  # rounds before the better of two starts is known
_NEVER = -1e270  # stands for log 0: times a probability of 0 it is 0
_NOTHING = 1e-14  # nats: below, a summary is no better than none
_UNUSED = 1e-9  # p(t) of a cluster that is about to vanish
_STEPS_DOWN = 16  # from a large β to the one that is asked for
_LARGEST_BETA = 1e35  # so that products with it stay below the largest double


class Bottleneck(NamedTuple):
    """What a summary keeps of x, what it tells about y, and the summary itself."""

    i_xt: float
    i_ty: float
    p_t_given_x: FloatArray


def information_bottleneck(
    p_xy: ArrayLike, beta: float, *, clusters: int | None = None, base: float = 2
) -> Bottleneck:
    """Return a summary t of x that is short, and tells much about y.

    It makes I(X;T) − β I(T;Y) small, over all p(t|x).  There
    p(t|x) = p(t) e^(−β D(p(y|x)‖p(y|t))) / Z(x), in nats.

    Parameters
    ----------
    p_xy : array_like, shape (kx, ky)
        Joint probabilities.
    beta : float
        At least 0: what a bit about y is worth, in bits about x.  Up to 1 nothing is worth
        keeping.  Others write the objective otherwise: I(T;Y) − β′ I(X;T) has β′ = 1/β.
    clusters : int, optional
        The most values that t may take; as many as x by default, more are never needed.
    base : float, default 2
        Of both informations: 2 gives bits, `math.e` nats.

    Returns
    -------
    Bottleneck(i_xt, i_ty, p_t_given_x)
        Two floats, and an ndarray of shape (kx, k): row x holds p(t|x), a column for each of the
        k ≤ `clusters` values that are in use.  An x of probability 0 has p(t) as its row.

    Raises
    ------
    ValueError
        If an entry of `p_xy` is negative or not finite, they do not sum to 1, `p_xy` has not two
        axes, or `beta` is negative or not finite.
    TypeError
        If `clusters` is no whole number.

    Notes
    -----
    The objective has local minima, and no certificate is known.  So there are several starts:
    every x for itself at a large β that comes down to the one asked for, and the groups that are
    left when those two x are merged, again and again, whose merging loses least about y.  From
    each the equations above are repeated, with steps that look ahead, and the least objective is
    returned.  x with equal p(y|x) are merged beforehand, which costs nothing.

    References
    ----------
    Tishby, Pereira & Bialek, The information bottleneck method (1999).
    Slonim & Tishby, Agglomerative information bottleneck (2000), for the groups.

    Examples
    --------
    A fair bit that is flipped one time in ten.  Below β = 1/0.8² nothing is kept:

    >>> flips = [[0.45, 0.05], [0.05, 0.45]]
    >>> information_bottleneck(flips, 1.5)[:2]
    (0.0, 0.0)
    >>> i_xt, i_ty, _ = information_bottleneck(flips, 2)
    >>> round(i_xt, 4), round(i_ty, 4)
    (0.6964, 0.4072)
    """
    # From some β on, all that differs is told apart, and products of a larger one may overflow.
    beta = min(_checks.scalar(beta, "beta", _checks.nonnegative), _LARGEST_BETA)
    log_base = _checks.base_log(base)
    table = _checks.joint(p_xy)
    most = len(table) if clusters is None else _checks.whole(clusters, "clusters", 1)
    p_x = np.divide(table.sum(axis=1), table.sum())
    happens = p_x > 0
    rows = table[happens] / table[happens].sum(axis=1, keepdims=True)
    source, kind = _by_meaning(rows, p_x[happens])
    found = _best(source, beta, min(most, len(source.p_x)))
    encoder = np.empty((len(p_x), found.shape[1]))
    encoder[happens] = found[kind]
    encoder[~happens] = p_x[happens] @ found[kind]
    i_xt = _exact.mutual_information(p_x[:, None] * encoder)
    i_ty = _exact.mutual_information(encoder[happens].T @ (p_x[happens, None] * rows))
    return Bottleneck(_checks.result(i_xt / log_base), _checks.result(i_ty / log_base), encoder)


def _by_meaning(rows: FloatArray, p_x: FloatArray) -> tuple[_Source, IntArray]:
    """Return a source in which all x that say the same of y are one, and which one each x is."""
    meanings, kind = np.unique(rows.round(14), axis=0, return_inverse=True)
    kind = kind.ravel()
    kinds = range(len(meanings))
    source = _Source(
        np.stack([rows[kind == i].mean(axis=0) for i in kinds]),
        np.array([p_x[kind == i].sum() for i in kinds]),
    )
    return source, kind


class _Source:
    """p(y|x), a row for each x that happens, and p(x)."""

    def __init__(self, rows: FloatArray, p_x: FloatArray) -> None:
        self.rows, self.p_x = rows, p_x
        self.own = (rows * np.log(np.where(rows > 0, rows, 1))).sum(axis=1, keepdims=True)

    def step(self, encoder: FloatArray, beta: float) -> tuple[FloatArray, float]:
        """Return the encoder after one round, and −E log Z(x): the objective, but for β I(X;Y).

        It is that of p(t) and p(y|t) before the round with p(t|x) after it.
        """
        p_t = self.p_x @ encoder
        p_y = (self.p_x[:, None] * encoder).T @ self.rows / p_t[:, None]
        logs = np.log(p_y, where=p_y > 0, out=np.full_like(p_y, _NEVER))
        gaps = np.maximum(self.own - self.rows @ logs.T, 0.0)
        exponents = np.log(p_t) - beta * gaps
        tops = exponents.max(axis=1, keepdims=True)
        terms = np.exp(exponents - tops)
        sums = terms.sum(axis=1, keepdims=True)
        return terms / sums, -float(self.p_x @ (tops + np.log(sums))[:, 0])


def _best(source: _Source, beta: float, clusters: int) -> FloatArray:
    """Return the best encoder that several starts lead to: one that keeps nothing, if none is better."""
    nothing = np.ones((len(source.p_x), 1))
    if beta <= 1 or clusters == 1:
        return nothing
    starts = [_settled(source, beta, start, _FIRST) for start in _starts(source, beta, clusters)]
    scores = [source.step(start, beta)[1] for start in starts]
    order = np.argsort(scores)[:3]
    found = [_settled(source, beta, starts[i], _ROUNDS) for i in order]
    scores = [source.step(encoder, beta)[1] for encoder in found]
    i = int(np.argmin(scores))
    if not scores[i] < source.step(nothing, beta)[1] - _NOTHING:
        return nothing
    return _merged(source, found[i])


def _starts(source: _Source, beta: float, clusters: int) -> list[FloatArray]:
    """Return the groups of agglomerative merging, softened, and one that comes from a large β."""
    joint = source.rows * source.p_x[:, None]
    groups = np.eye(len(joint))
    found = []
    if clusters == len(joint):
        encoder = groups
        # By smaller and smaller steps: a larger last one may leap into another minimum.
        for high in beta * 50 ** np.linspace(1, 0, _STEPS_DOWN) ** 2:
            encoder = _settled(source, float(high), encoder, _FIRST // 4)
        found.append(encoder)
    while groups.shape[1] > 1:
        if groups.shape[1] <= clusters:
            p_t = source.p_x @ groups
            found.append(0.9 * groups + 0.1 * p_t)
        together = groups.T @ joint
        lost = _weight(together)[:, None] + _weight(together)
        lost -= _weight(together[:, None] + together)
        np.fill_diagonal(lost, math.inf)
        i, j = sorted(int(n) for n in np.unravel_index(np.argmin(lost), lost.shape))
        groups[:, i] += groups[:, j]
        groups = np.delete(groups, j, axis=1)
    return found


def _weight(tables: FloatArray) -> FloatArray:
    """Return Σ w log(w/Σw) along the last axis: how much is lost when rows merge is a difference."""
    shares = tables / tables.sum(axis=-1, keepdims=True)
    return (tables * np.log(np.where(shares > 0, shares, 1))).sum(axis=-1)


def _settled(source: _Source, beta: float, encoder: FloatArray, rounds: int) -> FloatArray:
    """Return the encoder after rounds that look ahead where that lowers the objective."""
    for _ in range(rounds):
        encoder = _in_use(source, encoder)
        once, _ = source.step(encoder, beta)
        if np.abs(once - encoder).max() > _STILL and (source.p_x @ once).min() > _UNUSED:
            encoder = _ahead(source, beta, encoder, once)
            continue
        encoder = _in_use(source, once)
        if np.abs(source.step(encoder, beta)[0] - encoder).max() <= _STILL:
            break
    return encoder


def _ahead(source: _Source, beta: float, encoder: FloatArray, once: FloatArray) -> FloatArray:
    """Return the encoder after two rounds, the first of them known, or where they lead if better."""
    twice, before = source.step(once, beta)
    first, second = once - encoder, twice - once
    bend = second - first
    length = math.sqrt(float((first**2).sum()) / max(float((bend**2).sum()), 1e-300))
    if length <= 1:
        return twice
    ahead = encoder + 2 * length * first + length**2 * bend
    ahead = np.where(ahead > 0, ahead, once)  # a common floor is never quite left
    ahead /= ahead.sum(axis=1, keepdims=True)
    tried, score = source.step(ahead, beta)
    return tried if score <= before else twice


def _in_use(source: _Source, encoder: FloatArray) -> FloatArray:
    """Return the encoder without clusters that nearly never occur."""
    used = source.p_x @ encoder > _UNUSED
    if used.all():
        return encoder
    encoder = encoder[:, used]
    left = encoder.sum(axis=1) > 0  # an x may have been nowhere else
    encoder[~left] = source.p_x[left] @ encoder[left]
    return encoder / encoder.sum(axis=1, keepdims=True)


def _merged(source: _Source, encoder: FloatArray) -> FloatArray:
    """Return the encoder with clusters of one meaning made one, which changes no information."""
    p_t = source.p_x @ encoder
    meanings = (source.p_x[:, None] * encoder).T @ source.rows / p_t[:, None]
    kept: list[int] = []
    for t in range(len(meanings)):
        same = [k for k in kept if np.abs(meanings[k] - meanings[t]).max() < 1e-6]
        if same:
            encoder[:, same[0]] += encoder[:, t]
        else:
            kept.append(t)
    return encoder[:, kept]


def gaussian_bottleneck(rho: ArrayLike, rate: ArrayLike, *, base: float = 2) -> Result:
    """Return the most that a summary of x can tell about y, if the two are jointly Gaussian.

    I(T;Y) = −½ log(1 − ρ² (1 − e^(−2R))) for I(X;T) = R, in nats.  A summary that reaches it is
    x with Gaussian noise.

    Parameters
    ----------
    rho : array_like, shape (...)
        The correlation of x and y, from −1 to 1.
    rate : array_like, shape (...)
        I(X;T) in the unit of `base`, at least 0; broadcasts with `rho`.
    base : float, default 2
        2 for bits, `math.e` for nats, of the rate and of the result.

    Returns
    -------
    float or ndarray, shape (...)
        At most the rate, and at most I(X;Y) = −½ log(1 − ρ²).

    Raises
    ------
    ValueError
        If `rho` is not between −1 and 1, `rate` is negative or not finite, or shapes do not fit.

    References
    ----------
    Chechik, Globerson, Tishby & Weiss, Information bottleneck for Gaussian variables (2005).

    Examples
    --------
    One bit about x, of which nearly half a bit is about y:

    >>> round(gaussian_bottleneck(0.8, 1), 4)
    0.4717
    >>> gaussian_bottleneck(1, 3)
    3.0
    """
    log_base = _checks.base_log(base)
    size = np.abs(_checks.correlations(rho, "rho"))
    nats = _checks.information(rate, "rate", log_base)
    _checks.broadcastable(rho=size, rate=nats)
    with np.errstate(all="ignore"):
        kept = size**2 * -np.expm1(-2 * nats)
        # Where little of the variance is left, what is left is added up, not taken from 1.
        left = np.logaddexp(np.log((1 - size) * (1 + size)), 2 * np.log(size) - 2 * nats)
        told = np.where(kept < 0.5, -np.log1p(-kept), -left) / 2
    return _checks.result(told / log_base)
