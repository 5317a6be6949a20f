"""The evidence lower bound, for a latent variable with few values and for Gaussian ones."""

from __future__ import annotations

import math

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Result
from itlib.gaussians import gaussian_kl


def elbo(
    q_z: ArrayLike, prior_z: ArrayLike, likelihood_x_given_z: ArrayLike, *, base: float = 2
) -> float:
    """Return the evidence lower bound E_q[log p(x|z)] − D(q‖prior) for one observed x.

    It falls short of the log evidence, log p(x), by D(q‖posterior), whatever q is.

    Parameters
    ----------
    q_z, prior_z : array_like, shape (k,)
        Probabilities of the values of z, under q and before x was seen.
    likelihood_x_given_z : array_like, shape (k,)
        p(x|z) of the observed x for each value of z: separate numbers >= 0.  They need not sum
        to 1, and where x is continuous they are densities.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        −inf where q allows a z that the prior rules out, or that could not have produced x.

    Raises
    ------
    ValueError
        If q or the prior does not sum to 1, a likelihood is negative, or lengths differ.

    See Also
    --------
    evidence : the bound for the best q.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1, equations 10.2 to 10.4.

    Examples
    --------
    A coin is fair, or shows heads nine times in ten; it shows heads.

    >>> prior, likelihood = [0.5, 0.5], [0.5, 0.9]
    >>> round(elbo(prior, prior, likelihood), 4), round(evidence(prior, likelihood), 4)
    (-0.576, -0.5146)

    With the posterior for q, the bound is reached:

    >>> round(elbo([5 / 14, 9 / 14], prior, likelihood), 4)
    -0.5146
    """
    log_base = _checks.base_log(base)
    q, prior = _checks.distribution(q_z, "q_z"), _checks.distribution(prior_z, "prior_z")
    likelihood = _likelihood(likelihood_x_given_z, prior)
    _checks.equally_long(q, prior, ("q_z", "prior_z"))
    there = q > 0
    with np.errstate(divide="ignore"):
        fit = q[there] @ np.log(likelihood[there]) / q.sum()
    return _checks.result((fit - float(_exact.kl(q, prior))) / log_base)


def evidence(prior_z: ArrayLike, likelihood_x_given_z: ArrayLike, *, base: float = 2) -> float:
    """Return log p(x) = log Σ p(z) p(x|z), which no evidence lower bound exceeds.

    Parameters
    ----------
    prior_z, likelihood_x_given_z : array_like, shape (k,)
        As for `elbo`.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        −inf where no z that the prior allows could have produced x.

    Raises
    ------
    ValueError
        If the prior does not sum to 1, a likelihood is negative, or lengths differ.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1, equations 10.2 to 10.4.

    Examples
    --------
    >>> evidence([0.5, 0.5], [0.25, 0.75])
    -1.0
    """
    log_base = _checks.base_log(base)
    prior = _checks.distribution(prior_z, "prior_z")
    likelihood = _likelihood(likelihood_x_given_z, prior)
    return _checks.result(_log_mean(prior, likelihood) / log_base)


def standard_normal_kl(
    mu: ArrayLike, sigma: ArrayLike, *, base: float = 2, axis: int = -1, keepdims: bool = False
) -> Result:
    """Return D(N(μ, diag σ²) ‖ N(0, I)), the price of a latent code in a variational autoencoder.

    ½ Σ (σᵢ² + μᵢ² − 1 − ln σᵢ²) in nats, summed over the latent coordinates along `axis`.

    Parameters
    ----------
    mu, sigma : array_like, shape (..., d)
        Means and (positive) standard deviations; they broadcast.
    base : float, default 2
        2 gives bits, `math.e` nats, in which the loss of the autoencoder is written.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Never negative; 0 exactly for μ = 0, σ = 1.

    Raises
    ------
    ValueError
        If an entry is not finite, a standard deviation not positive, or shapes do not fit.

    References
    ----------
    Kingma & Welling, Auto-Encoding Variational Bayes, 2014, appendix B.

    Examples
    --------
    >>> round(standard_normal_kl([0.0, 1.0], [1.0, 1.0], base=math.e), 4)
    0.5
    """
    mu, sigma = _checks.finite(mu, "mu"), _checks.positive(sigma, "sigma")
    shape = _checks.broadcastable(mu=mu, sigma=sigma)
    axis = _checks.axis_of(axis, np.broadcast_to(mu, shape), "mu")
    parts = gaussian_kl(mu, sigma, 0.0, 1.0, base=base)
    return _checks.result(np.sum(parts, axis=axis), axis, keepdims)


def gaussian_elbo(
    x: ArrayLike, mu: ArrayLike, sigma: ArrayLike, noise: ArrayLike, *, base: float = 2
) -> Result:
    """Return the evidence lower bound of x = z + noise, z ~ N(0, 1), for q(z) = N(μ, σ²).

    E_q[log N(x; z, noise²)] − D(q ‖ N(0, 1)).  Here everything is known: the log evidence
    is log N(x; 0, 1 + noise²), and the bound touches it at the posterior, μ = x/(1 + noise²) and
    σ² = noise²/(1 + noise²).

    Parameters
    ----------
    x, mu, sigma, noise : array_like
        The observation, the mean and deviation of q, the deviation of the noise; they broadcast.
    base : float, default 2
        2 gives bits, `math.e` nats, in which the loss of the autoencoder is written.

    Returns
    -------
    float or ndarray

    Raises
    ------
    ValueError
        If an entry is not finite, a deviation not positive, or shapes do not fit.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1, equations 10.2 to 10.4.

    Examples
    --------
    >>> round(gaussian_elbo(1.0, 0.0, 1.0, 1.0, base=math.e), 4)
    -1.9189
    >>> round(gaussian_elbo(1.0, 0.5, 0.5**0.5, 1.0, base=math.e), 4)
    -1.5155
    """
    log_base = _checks.base_log(base)
    x, mu = _checks.finite(x, "x"), _checks.finite(mu, "mu")
    sigma, noise = _checks.positive(sigma, "sigma"), _checks.positive(noise, "noise")
    _checks.broadcastable(x=x, mu=mu, sigma=sigma, noise=noise)
    with np.errstate(over="ignore"):
        gap = _exact.difference_in_units(x, mu, noise)
        miss = (gap**2 + (sigma / noise) ** 2) / 2
    fit = -0.5 * np.log(2 * np.pi) - np.log(noise) - miss
    return _checks.result((fit - gaussian_kl(mu, sigma, 0.0, 1.0, base=math.e)) / log_base)


def _log_mean(prior: FloatArray, likelihood: FloatArray) -> float:
    """Return log Σ p(z) p(x|z), also where no product is within the doubles."""
    with np.errstate(divide="ignore", over="ignore"):
        mean = prior @ likelihood / prior.sum()
        if 1e-290 < mean < math.inf:
            return float(np.log(mean))
        logs = np.log(prior) + np.log(likelihood)
    top = logs.max()
    if top == -math.inf:
        return top
    return top + math.log(np.exp(logs - top).sum() / prior.sum())


def _likelihood(likelihood: ArrayLike, prior: FloatArray) -> FloatArray:
    name = "likelihood_x_given_z"
    likelihood = _checks.vector(likelihood, name, _checks.nonnegative)
    _checks.equally_long(likelihood, prior, (name, "prior_z"))
    return likelihood
