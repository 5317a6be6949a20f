"""A mixture of Gaussians p and one Gaussian q: both divergences, and the q that minimises each.

Everything here is an average over a Gaussian of t = log(p/q), taken by `_quadrature`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from itlib import _checks, _continuous, _exact
from itlib._types import ArrayLike, FloatArray, IntArray, Result
from itlib.gaussian_fits._mixture import LogRatio, Mixture, remainder
from itlib.gaussian_fits._quadrature import hermite_averages
from itlib.gaussians import gaussian_kl


class GaussianFit(NamedTuple):
    """One Gaussian N(μ, σ²)."""

    mu: float
    sigma: float


def mixture_density(
    x: ArrayLike, weights: ArrayLike, means: ArrayLike, sigmas: ArrayLike
) -> Result:
    """Return p(x) = Σ wₖ N(x; mₖ, sₖ²), the density of a mixture of Gaussians.

    Parameters
    ----------
    x : array_like, any shape
    weights, means, sigmas : array_like, shape (k,)
        The weights are probabilities, the standard deviations positive.

    Returns
    -------
    float or ndarray, the shape of `x`

    Raises
    ------
    ValueError
        If the weights do not sum to 1, lengths differ, or an entry is not finite.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 2.3.9, equation 2.188.

    Examples
    --------
    Two modes three apart leave a trough between them:

    >>> mixture_density([-1.5, 0, 1.5], [0.5, 0.5], [-1.5, 1.5], [1, 1]).round(4)
    array([0.2017, 0.1295, 0.2017])
    """
    x = _checks.finite(x, "x")
    weights, means, sigmas = _continuous.mixture(weights, means, sigmas)
    with np.errstate(over="ignore", invalid="ignore"):
        z = _exact.difference_in_units(x[..., None], means, sigmas)
        bells, quarters = np.exp(-z * z / 2), weights / weights.sum() / 4
        heights = quarters / sigmas * bells
        if sigmas.min() < 1e-300:  # where a height is beyond the doubles, its bell brings it back
            heights = quarters * bells / sigmas
    return _checks.result(heights.sum(-1) / math.sqrt(2 * math.pi) * 4)


def mixture_gaussian_kl(
    weights: ArrayLike,
    means: ArrayLike,
    sigmas: ArrayLike,
    mu: ArrayLike,
    sigma: ArrayLike,
    *,
    direction: str = "forward",
    base: float = 2,
) -> Result:
    """Return D(p‖q) or D(q‖p) of a mixture of Gaussians p and one Gaussian q = N(μ, σ²).

    The forward divergence splits exactly (a Pythagorean identity): with q* the Gaussian that
    has the mean and the variance of p, D(p‖q) = D(p‖q*) + D(q*‖q).  The reverse one has no
    closed form; both integrals are taken to about 1e-13 of their value.  Their time grows with the
    ratio of the widths, and with the distance of narrow components in a wide q: a ratio of 1e5
    takes about a second for each q.

    Parameters
    ----------
    weights, means, sigmas : array_like, shape (k,)
        The mixture p = Σ wₖ N(mₖ, sₖ²).
    mu, sigma : array_like
        Mean and standard deviation of q; they broadcast, so that a whole landscape is one call.
    direction : {"forward", "reverse"}
        "forward" is D(p‖q), which maximum likelihood minimises;
        "reverse" is D(q‖p), which variational inference minimises.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float or ndarray, the common shape of `mu` and `sigma`
        Never negative; 0 when every component equals q.

    Raises
    ------
    ValueError
        If the weights do not sum to 1, a standard deviation is not positive, an entry is not
        finite, shapes do not fit, the direction is unknown, or the Gaussians differ so much
        (in width, beyond a million to one) that the integral cannot be taken.

    See Also
    --------
    fit_gaussian_forward, fit_gaussian_reverse : the q that minimises each direction.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1.2 (the two directions).

    Examples
    --------
    Two modes, and a q that covers both or sits on one of them:

    >>> p = [0.5, 0.5], [-3, 3], [1, 1]
    >>> covering, seeking = (0, 10**0.5), (3, 1)
    >>> [round(mixture_gaussian_kl(*p, *q), 4) for q in (covering, seeking)]
    [0.6665, 11.9898]
    >>> [round(mixture_gaussian_kl(*p, *q, direction="reverse"), 4) for q in (covering, seeking)]
    [1.3532, 0.9944]

    Forward, q on one mode pays dearly for the other mode; in reverse it pays one bit at most,
    while covering costs more, for the mass that q puts into the trough.
    """
    p = Mixture(weights, means, sigmas)
    mu, sigma = _checks.finite(mu, "mu"), _checks.positive(sigma, "sigma")
    shape = _checks.broadcastable(mu=mu, sigma=sigma)
    log_base = _checks.base_log(base)
    way = _checks.choice(direction, "direction", ("forward", "reverse"))
    divergence = _forward if way == "forward" else _reverse
    q = (np.broadcast_to(x, shape).ravel() for x in (mu, sigma))
    nats = divergence(p, *p.inside(*q))
    return _checks.result(nats.reshape(shape) / log_base)


def fit_gaussian_forward(weights: ArrayLike, means: ArrayLike, sigmas: ArrayLike) -> GaussianFit:
    """Return (μ, σ) of the Gaussian q that minimises D(p‖q): the mean and deviation of p.

    μ = Σ wₖ mₖ and σ² = Σ wₖ (sₖ² + (mₖ − μ)²).  The minimum is unique: D(p‖q) falls as
    E_p[log q] rises, the mean log-likelihood of q on endless data from p.

    Parameters
    ----------
    weights, means, sigmas : array_like, shape (k,)
        The mixture p = Σ wₖ N(mₖ, sₖ²).

    Returns
    -------
    GaussianFit(mu, sigma)

    Raises
    ------
    ValueError
        If the weights do not sum to 1, lengths differ, or an entry is not finite or positive.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.7, equation 10.187.

    Examples
    --------
    With unequal weights the mean is not in the trough:

    >>> mu, sigma = fit_gaussian_forward([0.75, 0.25], [-2, 2], [1, 1])
    >>> mu, round(sigma, 4)
    (-1.0, 2.0)
    """
    p = Mixture(weights, means, sigmas)
    return GaussianFit(*p.outside(*p.moments()))


def _forward(p: Mixture, mu: FloatArray, sigma: FloatArray) -> FloatArray:
    """Return D(p‖q) in nats: that of the best q, and how far q is from the best."""
    best_mu, best_sigma = p.moments()
    least = _least(p, np.array([best_mu]), np.array([best_sigma]))
    kl = least + np.asarray(gaussian_kl(best_mu, best_sigma, mu, sigma, base=math.e))
    # The moments are rounded, which shows where p itself is nearly one Gaussian.
    small = kl < 1e-6
    if small.any():
        kl[small] = _careful(p, mu[small], sigma[small], sign=-1)
    return kl


def _least(p: Mixture, mu: FloatArray, sigma: FloatArray) -> float:
    """Return D(p‖q) in nats for one q that is about as wide as p."""
    if p.narrowest > 0.01 * sigma[0]:
        return float(_careful(p, mu, sigma, sign=-1)[0])
    # The points of a grid over q would be too many; those of each component are enough.
    means, sigmas, ratio = p.means[:, None], p.sigmas[:, None], LogRatio(p, mu, sigma)

    def log_ratio(which: IntArray, z: FloatArray) -> FloatArray:
        return ratio.around(means[which], sigmas[which], z)

    averages = hermite_averages(log_ratio, len(means), p.narrowest / p.sigmas, floor=1e-14)
    return float(p.weights @ averages[0])


def _reverse(p: Mixture, mu: FloatArray, sigma: FloatArray) -> FloatArray:
    """Return D(q‖p) in nats."""
    log_ratio = LogRatio(p, mu, sigma)

    def minus_log_ratio(which: IntArray, z: FloatArray) -> FloatArray:
        return -log_ratio(which, z)

    with np.errstate(over="ignore"):
        finest = p.narrowest / sigma
    kl = hermite_averages(minus_log_ratio, len(mu), finest, floor=1e-14)[0]
    small = kl < 0.05
    if small.any():
        kl[small] = _careful(p, mu[small], sigma[small], sign=1)
    return kl


def _careful(p: Mixture, mu: FloatArray, sigma: FloatArray, sign: int) -> FloatArray:
    """Return D(q‖p) (sign 1) or D(p‖q) (sign -1) as an integral without a negative term.

    As p and q both integrate to 1, D(q‖p) = ∫ q log(q/p) − q + p = ∫ (p + q) ψ(t), where
    t = log(p/q) and ψ(t) = (eᵗ − 1 − t)/(1 + eᵗ) >= 0: an average over q and the components of p.
    The other direction has −t in place of t.
    """
    # The rounding of t is that of its largest terms, which grow with the distance of p from q.
    distance = sum(abs(m - mu) + abs(s - sigma) for m, s in zip(p.means, p.sigmas)) / sigma
    rounding = np.finfo(float).eps * distance
    finest = np.minimum(p.narrowest, sigma)
    log_ratio = LogRatio(p, mu, sigma)

    def average(m: FloatArray, s: FloatArray) -> FloatArray:
        def integrand(which: IntArray, z: FloatArray) -> FloatArray:
            x = m[which, None] + s[which, None] * z
            return remainder(sign * log_ratio.small(which, x))

        return hermite_averages(integrand, len(mu), finest / s, rounding=rounding)[0]

    total = average(mu, sigma)
    for w, m, s in zip(p.weights, p.means, p.sigmas):
        total += w * average(np.full_like(mu, m), np.full_like(sigma, s))
    return total
