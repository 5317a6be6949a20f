"""How far one distribution is from another."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Generator, Result


def cross_entropy(
    p: ArrayLike, q: ArrayLike, *, base: float = 2, axis: int = -1, keepdims: bool = False
) -> Result:
    """Return CE(p, q), the average surprise of a model `q` at outcomes drawn from `p`.

    CE(p, q) = −Σ p log q = H(p) + D(p‖q), with 0·log 0 = 0.
    It is no divergence: CE(p, p) is H(p), not 0.

    Parameters
    ----------
    p, q : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
        `p` is what happens, `q` what is expected.
    base : float, default 2
        2 gives bits, `math.e` nats.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        At least H(p); `inf` where `q` is 0 and `p` is not.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a slice does not sum to 1, or shapes do not fit.

    See Also
    --------
    kl_divergence : What is left when H(p) is taken away.
    softmax_cross_entropy : The loss, from logits and labels.

    References
    ----------
    Murphy, Probabilistic Machine Learning: An Introduction (2022), section 6.1.2.

    Examples
    --------
    For a one-hot `p` it is the surprise at the outcome that happened:

    >>> cross_entropy([0, 1, 0], [0.25, 0.5, 0.25])
    1.0
    """
    p, q = _checks.distribution_pair(p, q, axis)
    return _checks.result(_exact.cross_entropy(p, q) / _checks.base_log(base), axis, keepdims)


def kl_divergence(
    p: ArrayLike, q: ArrayLike, *, base: float = 2, axis: int = -1, keepdims: bool = False
) -> Result:
    """Return D(p‖q), the price in bits of believing `q` when the truth is `p`.

    D(p‖q) = Σ p log(p/q), with 0·log(0/q) = 0 and p·log(p/0) = ∞.

    Outcomes are drawn from `p`.  Someone who knows `p` is surprised by −log p(x) at the
    outcome x; someone who believes `q` is surprised by −log q(x).  D(p‖q) is the difference,
    averaged over what really happens.  Three readings of the same number:

    * coding: the extra bits per outcome, when a code made for `q` carries data from `p`;
    * evidence: the average log-odds that one outcome gives in favour of `p` against `q`;
    * learning: what a loss, the cross-entropy CE(p, q) = H(p) + D(p‖q), can still lose.

    It is never negative and 0 only when p = q (Gibbs' inequality), but it is not a distance:
    the two directions differ in general, and the triangle inequality fails.
    D(p‖q) grows large where `q` is small and `p` is not, and takes no notice of outcomes
    that `p` never draws.  It is called the Kullback-Leibler divergence, or relative entropy.

    Parameters
    ----------
    p, q : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
        Neither is renormalised: use `normalize` on counts.
    base : float, default 2
        2 gives bits, `math.e` nats, 10 bans.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Never negative; `inf` where `q` is 0 and `p` is not.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a slice does not sum to 1, or shapes do not fit.

    See Also
    --------
    cross_entropy : CE(p, q) = H(p) + D(p‖q).
    js_divergence : Symmetric and bounded.
    mutual_information : The divergence from independence.

    Notes
    -----
    The result is right to a few units in the last place even where `p` and `q` agree in
    twelve digits.  There the divergence is, in nats, about half of Σ (p−q)²/p, and the formula
    taken literally returns rounding noise, or a negative number.

    References
    ----------
    Kullback & Leibler, On Information and Sufficiency (1951).
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.3.

    Examples
    --------
    Coding a 3:1 coin with a fair coin's code wastes a fifth of a bit per toss:

    >>> p, q = [0.75, 0.25], [0.5, 0.5]
    >>> round(kl_divergence(p, q), 4)
    0.1887

    It is not symmetric, and it is infinite where q rules out what p allows:

    >>> round(kl_divergence(q, p), 4)
    0.2075
    >>> kl_divergence([0.5, 0.5], [1.0, 0.0])
    inf
    >>> kl_divergence([1.0, 0.0], [0.5, 0.5])
    1.0

    One model against several truths, one per row:

    >>> kl_divergence([[0.5, 0.5], [1.0, 0.0]], q).tolist()
    [0.0, 1.0]
    """
    p, q = _checks.distribution_pair(p, q, axis)
    return _checks.result(_exact.kl(p, q) / _checks.base_log(base), axis, keepdims)


def js_divergence(
    p: ArrayLike, q: ArrayLike, *, base: float = 2, axis: int = -1, keepdims: bool = False
) -> Result:
    """Return the Jensen-Shannon divergence: how well one outcome tells `p` from `q`.

    D_JS(p, q) = ½ D(p‖m) + ½ D(q‖m) with m = (p + q)/2.  Toss a fair coin to choose `p` or
    `q` and draw one outcome: it holds D_JS(p, q) bits about the coin.

    Parameters
    ----------
    p, q : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
    base : float, default 2
        2 gives bits, `math.e` nats.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Between 0, for p = q, and 1 bit (log 2), for `p` and `q` that share no outcome.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a slice does not sum to 1, or shapes do not fit.

    Notes
    -----
    Symmetric, and its square root is a distance.  That root is what some libraries
    return under this name.

    References
    ----------
    Lin, Divergence Measures Based on the Shannon Entropy (1991).
    Endres & Schindelin, A New Metric for Probability Distributions (2003).

    Examples
    --------
    >>> round(js_divergence([0.5, 0.3, 0.2], [0.2, 0.4, 0.4]), 4)
    0.0776
    >>> js_divergence([1, 0], [0, 1])
    1.0
    """
    p, q = _checks.distribution_pair(p, q, axis)
    return _checks.result(_exact.js(p, q) / _checks.base_log(base), axis, keepdims)


def total_variation(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1, keepdims: bool = False
) -> Result:
    """Return the largest difference in probability that `p` and `q` give to one event.

    TV(p, q) = ½ Σ |p − q| = max over events A of p(A) − q(A)

    Parameters
    ----------
    p, q : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Between 0 and 1.  A distance: symmetric, and the triangle inequality holds.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a slice does not sum to 1, or shapes do not fit.

    References
    ----------
    Levin, Peres & Wilmer, Markov Chains and Mixing Times (2009), section 4.1.

    Examples
    --------
    >>> total_variation([0.5, 0.5], [0.75, 0.25])
    0.25
    """
    p, q = _checks.distribution_pair(p, q, axis)
    return _checks.result(_exact.total_variation(p, q), axis, keepdims)


def _entropy_generator(t: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        return np.where(t > 0, t * np.log(t), 0.0)


def _js_generator(t: FloatArray) -> FloatArray:
    return (_entropy_generator(t) - 2 * _entropy_generator((t + 1) / 2)) / 2


#: The convex functions f with f(1) = 0 whose Σ q f(p/q) have a name.  Logarithms are natural.
F_GENERATORS = {
    "kl": _entropy_generator,
    "reverse_kl": lambda t: -np.log(t),
    "js": _js_generator,
    "total_variation": lambda t: np.abs(t - 1) / 2,
    "chi_squared": lambda t: (t - 1) ** 2,
    "squared_hellinger": lambda t: (np.sqrt(t) - 1) ** 2 / 2,
}

# The same from p and q themselves: p/q, or f of it, may be beyond the doubles where q f(p/q) is not.
_MEASURES: dict[str, Callable[[FloatArray, FloatArray], Result]] = {
    "kl": _exact.kl,
    "reverse_kl": lambda p, q: _exact.kl(q, p),
    "js": _exact.js,
    "total_variation": _exact.total_variation,
    "chi_squared": _exact.chi_squared,
    "squared_hellinger": _exact.squared_hellinger,
}


def f_divergence(
    p: ArrayLike,
    q: ArrayLike,
    generator: str | Generator,
    *,
    axis: int = -1,
    keepdims: bool = False,
) -> Result:
    """Return the f-divergence Σ q f(p/q) of a convex function f with f(1) = 0.

    Beware of the order: some books write Σ p f(q/p), which swaps a divergence and its
    reverse.  With the order used here, these have a name:

    * "kl": t ln t gives D(p‖q);
    * "reverse_kl": −ln t gives D(q‖p);
    * "js": ½ [t ln t − (t+1) ln((t+1)/2)] gives D_JS(p, q);
    * "total_variation": ½ |t − 1| gives ½ Σ |p − q|;
    * "chi_squared": (t − 1)² gives Σ (p − q)²/q;
    * "squared_hellinger": ½ (√t − 1)² gives ½ Σ (√p − √q)².

    Parameters
    ----------
    p, q : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
    generator : str or callable
        One of the names above, or a convex function of t = p/q > 0 with f(1) = 0.
        The names use natural logarithms: divergences in nats.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Never negative for a convex f.  Where p = 0, a term is q f(0); where q = 0, it is
        p · lim f(t)/t for t → ∞; where both are 0, it is 0.  Both limits may be infinite, and
        those of a function are found by evaluating it near 0 and far out.

    Raises
    ------
    TypeError
        If the generator is neither a name nor callable.
    ValueError
        If f(1) is not 0 or f is not a number somewhere, f is beyond the doubles or too slow in
        reaching a limit for its term to be told, an entry of `p` or `q` is negative or not
        finite, a slice does not sum to 1, or shapes do not fit.

    See Also
    --------
    kl_divergence, js_divergence, total_variation : The same, the first two in any base.

    References
    ----------
    Csiszár, Information-type measures of difference of probability distributions (1967).
    Liese & Vajda, On Divergences and Informations in Statistics and Information Theory (2006).

    Examples
    --------
    >>> p, q = [0.75, 0.25], [0.5, 0.5]
    >>> f_divergence(p, q, "chi_squared")
    0.25
    >>> f_divergence(p, q, lambda t: abs(t - 1) / 2)
    0.25
    >>> f_divergence([0.5, 0.5], [1.0, 0.0], "reverse_kl") == math.log(2)
    True
    >>> f_divergence([0.5, 0.5], [1.0, 0.0], "kl")
    inf
    """
    if isinstance(generator, str):
        measure = _MEASURES[_checks.choice(generator, "generator", F_GENERATORS)]
        return _checks.result(measure(*_checks.distribution_pair(p, q, axis)), axis, keepdims)
    f = _generator(generator)
    terms = _terms(f, *np.broadcast_arrays(*_checks.distribution_pair(p, q, axis)))
    sums, sizes = terms.sum(axis=-1), np.abs(terms).sum(axis=-1)
    # What is negative by rounding is 0.
    sums = np.where((sums < 0) & (sums > -1e-15 * (1 + sizes)), 0.0, sums)
    return _checks.result(sums, axis, keepdims)


def _terms(f: Generator, p: FloatArray, q: FloatArray) -> FloatArray:
    """Return q f(p/q) for each outcome, with the limits where p or q is 0."""
    with np.errstate(all="ignore"):
        ratio = p / q
    # Where q is next to nothing beside p, the ratio overflows, and the limit takes its place.
    only_q, only_p = (p == 0) & (q > 0), (p > 0) & np.isinf(ratio)
    both = (p > 0) & (q > 0) & ~only_p
    terms = np.zeros(p.shape)
    terms[both] = q[both] * _values(f, ratio[both])
    for t, share in zip(ratio[both & np.isinf(terms)], p[both & np.isinf(terms)]):
        _is_infinite(f, t, share)
    if only_q.any():
        terms[only_q] = q[only_q] * _limit(f, -1, "generator(t)")
    if only_p.any():
        terms[only_p] = p[only_p] * _limit(lambda t: f(t) / t, 1, "generator(t)/t")
    return terms


def _generator(generator: Generator) -> Generator:
    """Return the generator, having checked that f(1) = 0."""
    if not callable(generator):
        shown = _checks.show(generator)
        raise TypeError(f"generator must be a name or a function, got {shown}")
    at_1 = _values(generator, np.array([1.0]))[0]
    if abs(at_1) > 1e-12:
        raise ValueError(f"generator must be 0 at t = 1, got {at_1:.6g}")
    return generator


def _values(f: Generator, t: FloatArray) -> FloatArray:
    """Return f at every t, calling it once if it takes arrays and else one by one."""
    with np.errstate(all="ignore"):
        try:
            values = np.asarray(f(t)).astype(float, casting="same_kind")
            values = np.broadcast_to(values, t.shape)
        except (TypeError, ValueError, OverflowError):
            values = np.array([_checks.number_at(f, float(one), "generator", "t") for one in t])
    if np.isnan(values).any():
        raise ValueError(f"generator is not a number at t = {t[np.isnan(values)][0]:.6g}")
    return values


def _is_infinite(f: Generator, t: float, p: float) -> None:
    """Make sure that p f(t)/t is beyond the doubles, where f(t) is."""
    halvings = np.arange(max(1, math.floor(math.log2(t))))
    smaller = (t * 0.5**halvings).astype(np.float64)
    s = smaller[np.isinf(_values(f, smaller))].min()
    # A convex f rises at least in proportion: f(t) > f(s) · t/s.
    if p / s < 1e-8:
        raise ValueError(
            f"generator is beyond the largest double at t = {t:.6g}, where q f(t) may be finite"
        )


def _limit(f: Generator, sign: int, name: str) -> float:
    """Return the limit of f towards infinity (sign 1) or 0 (sign -1), which may be infinite."""
    towards = np.ldexp(np.ones(3), sign * np.array([500, 750, 1000]))
    far, between, last = _values(f, towards).tolist()
    if abs(last - far) <= 1e-9 * (1 + abs(last)):
        return last
    if sign < 0 and last < (at_0 := _at_0(f)) < math.inf:  # it still rises, to what f says
        return at_0
    if abs(last - between) < 0.99 * abs(between - far):
        raise ValueError(f"{name} is too slow to have come to its limit at t = 2**{1000 * sign}")
    return math.inf


def _at_0(f: Generator) -> float:
    """Return f(0), or NaN where f does not know it."""
    try:
        return float(_values(f, np.zeros(1))[0])
    except Exception:  # as a function of t > 0 may
        return math.nan
