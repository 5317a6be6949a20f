"""Entropy and KL divergence of Gaussians, in closed form."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from itlib import _checks, _continuous, _exact
from itlib._types import Array, ArrayLike, FloatArray, Result


def gaussian_entropy(sigma: ArrayLike, *, base: float = 2) -> Result:
    """Return h(N(μ, σ²)), the differential entropy of a Gaussian.

    h = ½ log(2πe σ²), whatever the mean.  Of all densities with standard deviation σ,
    the Gaussian has the largest.

    Parameters
    ----------
    sigma : array_like, any shape
        Standard deviations, positive.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float or ndarray, the shape of `sigma`
        Negative for a narrow Gaussian, σ < 1/√(2πe) ≈ 0.242: a differential entropy is not a
        code length, and it changes with the unit in which x is measured.

    Raises
    ------
    ValueError
        If an entry of `sigma` is not finite and positive.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., example 8.1.2 and theorem 8.6.5.

    Examples
    --------
    >>> round(gaussian_entropy(1.0), 4)
    2.0471

    Twice as wide is one bit more:

    >>> round(gaussian_entropy(2.0) - gaussian_entropy(1.0), 12)
    1.0
    """
    log_base = _checks.base_log(base)
    sigma = _checks.positive(sigma, "sigma")
    return _checks.result((np.log(sigma) + 0.5 * (1 + math.log(2 * math.pi))) / log_base)


def gaussian_kl(
    mu_p: ArrayLike, sigma_p: ArrayLike, mu_q: ArrayLike, sigma_q: ArrayLike, *, base: float = 2
) -> Result:
    """Return D(p‖q) of p = N(μₚ, σₚ²) from q = N(μ_q, σ_q²).

    D(p‖q) = ln(σ_q/σₚ) + (σₚ² + (μₚ − μ_q)²) / (2σ_q²) − ½, in nats.

    Parameters
    ----------
    mu_p, sigma_p, mu_q, sigma_q : array_like
        Means and (positive) standard deviations; they broadcast.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float or ndarray
        Never negative; 0 exactly when the two Gaussians are equal.

    Raises
    ------
    ValueError
        If an entry is not finite, a standard deviation is not positive, or shapes do not fit.

    See Also
    --------
    multivariate_gaussian_kl : the same in several dimensions.

    References
    ----------
    Kullback, Information Theory and Statistics, 1968, chapter 9 (the general case).

    Examples
    --------
    A narrow p under a wide q is cheap, a wide p under a narrow q is not:

    >>> round(gaussian_kl(0, 0.5, 0, 2), 4), round(gaussian_kl(0, 2, 0, 0.5), 4)
    (1.3237, 8.8202)

    With equal widths the two directions agree:

    >>> gaussian_kl(0, 1, 1, 1, base=math.e), gaussian_kl(1, 1, 0, 1, base=math.e)
    (0.5, 0.5)
    """
    log_base = _checks.base_log(base)
    mu_p, mu_q = _checks.finite(mu_p, "mu_p"), _checks.finite(mu_q, "mu_q")
    sigma_p, sigma_q = _checks.positive(sigma_p, "sigma_p"), _checks.positive(sigma_q, "sigma_q")
    _checks.broadcastable(mu_p=mu_p, sigma_p=sigma_p, mu_q=mu_q, sigma_q=sigma_q)
    # Three terms, none negative: (μₚ − μ_q)²/2σ_q², and with ρ = σₚ/σ_q: (ρ − 1)²/2, ρ − 1 − log ρ.
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        shift = _exact.difference_in_units(mu_p, mu_q, sigma_q)
        stretch = (sigma_p - sigma_q) / sigma_q
        excess = _log_excess(stretch, _exact.log_quotient(sigma_p, sigma_q))
        return _checks.result((0.5 * (shift * shift + stretch * stretch) + excess) / log_base)


def multivariate_gaussian_kl(
    mean_p: ArrayLike, cov_p: ArrayLike, mean_q: ArrayLike, cov_q: ArrayLike, *, base: float = 2
) -> float:
    """Return D(p‖q) of p = N(mₚ, Σₚ) from q = N(m_q, Σ_q), in k dimensions.

    D(p‖q) = ½ [tr(Σ_q⁻¹Σₚ) − k − ln det(Σ_q⁻¹Σₚ) + (mₚ − m_q)ᵀ Σ_q⁻¹ (mₚ − m_q)], in nats.

    Parameters
    ----------
    mean_p, mean_q : array_like, shape (k,)
    cov_p, cov_q : array_like, shape (k, k)
        Covariances: symmetric and positive definite.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Never negative; 0 exactly when the two Gaussians are equal.

    Raises
    ------
    ValueError
        If an entry is not finite, a covariance is not symmetric or not positive definite,
        or shapes do not fit.

    See Also
    --------
    gaussian_kl : one dimension, with standard deviations in place of covariances.

    References
    ----------
    Kullback, Information Theory and Statistics, 1968, chapter 9.

    Examples
    --------
    Two independent coordinates: the divergences of the coordinates add.

    >>> both = multivariate_gaussian_kl([0, 1], [[1, 0], [0, 4]], [0, 0], [[4, 0], [0, 1]])
    >>> bool(np.isclose(both, gaussian_kl(0, 1, 0, 2) + gaussian_kl(1, 2, 0, 1)))
    True

    What q does not know about a correlation costs more, the stronger it is:

    >>> def price(r):
    ...     return multivariate_gaussian_kl([0, 0], [[1, r], [r, 1]], [0, 0], np.eye(2))
    >>> [round(price(r), 3) for r in (0.0, 0.5, 0.9, 0.99)]
    [0.0, 0.208, 1.198, 2.826]
    """
    log_base = _checks.base_log(base)
    mean_p, cov_p = _continuous.moments(mean_p, cov_p, ("mean_p", "cov_p"))
    mean_q, cov_q = _continuous.moments(mean_q, cov_q, ("mean_q", "cov_q"))
    if len(mean_p) != len(mean_q):
        raise ValueError(
            f"mean_p and mean_q must be of one dimension, got {len(mean_p)} and {len(mean_q)}"
        )
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            nats = _multivariate_kl(mean_p, cov_p, mean_q, cov_q)
    except (np.linalg.LinAlgError, OverflowError, ValueError):  # of NaN, in a browser
        nats = math.nan
    if math.isnan(nats):
        raise ValueError(
            "cov_p and cov_q are too different in size for a divergence in double precision"
        )
    return _checks.result(nats / log_base)


def _multivariate_kl(
    mean_p: FloatArray, cov_p: FloatArray, mean_q: FloatArray, cov_q: FloatArray
) -> float:
    """Return D(p‖q) in nats, in coordinates in which q is nearly round.

    Covariances of correlated variables are nearly singular, and rounding them would show.  A
    change of coordinates changes nothing, so one is chosen by rounded arithmetic and then
    carried out exactly; and what counts is the difference of the covariances.
    """
    view = np.linalg.inv(np.linalg.cholesky(cov_q))
    round_q = _seen_in([view], cov_q)
    lower = np.linalg.cholesky(round_q)
    shift = np.linalg.solve(lower, _gap_seen_in(view, mean_p, mean_q))
    half = np.linalg.solve(lower, _seen_in([view], cov_p, less=cov_q))
    # The eigenvalues of Σ_q⁻¹Σₚ, less 1.
    stretch = np.linalg.eigvalsh(np.linalg.solve(lower, half.T))
    if stretch[0] > -0.95:
        excess = _log_excess(stretch, np.log(1 + stretch)).sum()
    else:  # p is flat in some direction, whose eigenvalue is better known by itself
        closer = np.linalg.inv(np.linalg.cholesky(_seen_in([view], cov_p)))
        log_det = _log_det_near_1(_seen_in([view, closer], cov_p)) - _log_det_near_1(round_q)
        excess = stretch.sum() - (log_det - 2 * np.log(np.diag(closer)).sum())
    return 0.5 * (shift @ shift + excess)


def _log_det_near_1(matrix: FloatArray) -> float:
    """Return the log of a determinant, NaN of a matrix that rounding has left singular."""
    beyond_1 = np.linalg.eigvalsh(matrix - np.eye(len(matrix)))
    return np.log1p(np.where(beyond_1 > -1, beyond_1, math.nan)).sum()


def _seen_in(views: Sequence[Array], cov: Array, less: Array | float = 0.0) -> Array:
    """Return V (cov − less) Vᵀ, for one view V after the other, rounded once."""
    (cov, scale), (less, other) = _integers(cov), _integers(np.asarray(less))
    exact, scale = cov * other - less * scale, scale * other
    for view in views:
        view, unit = _integers(view)
        exact, scale = view @ exact @ view.T, scale * unit**2
    return (exact / scale).astype(float)


def _gap_seen_in(view: Array, mean_p: FloatArray, mean_q: FloatArray) -> Array:
    """Return V (mean_p − mean_q), rounded once."""
    (p, p_unit), (q, q_unit), (view, unit) = (_integers(x) for x in (mean_p, mean_q, view))
    return (view @ (p * q_unit - q * p_unit) / (p_unit * q_unit * unit)).astype(float)


def _integers(x: Array) -> tuple[Array, int]:
    """Return Python integers n and one divisor d, of any size, such that x = n/d exactly."""
    ratios = [value.as_integer_ratio() for value in x.ravel().tolist()]
    divisor = max(d for _, d in ratios)
    return np.array([n * (divisor // d) for n, d in ratios], object).reshape(x.shape), divisor


def _log_excess(x: FloatArray, log: FloatArray) -> FloatArray:
    """Return x − log(1 + x) >= 0 to a few ulp, given x and that logarithm.

    Near 0 the two terms cancel.  With s = x/(2 + x) the logarithm is 2 artanh(s), and
    x − log(1 + x) = s (x − 2s²A(s²)), A(t) = 1/3 + t/5 + t²/7 + ..., where nothing cancels;
    as s² < 1/9, the first term left out is below a rounding of the first.
    """
    near = np.abs(x) < 0.5
    s = np.where(near, x, 0) / np.where(near, 2 + x, 2)
    return np.where(near, s * (x - 2 * s * s * np.polyval(_exact.ARTANH[::-1], s * s)), x - log)
