"""Every stationary point of D(q‖p), q one Gaussian and p a mixture of Gaussians.

In the coefficients cₙ of `_slopes`, q is stationary exactly where c₁ = c₂ = 0: where log(p/q), as
q sees it, has neither slope nor curvature.  There F_μμ = 1/σ² > 0 whatever p is: no stationary
point is a maximum; one is a minimum where c₃² + c₄ < 2, and a saddle where it is more than 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from itlib._types import ArrayLike, BoolArray, FloatArray
from itlib.gaussian_fits._mixture import Mixture
from itlib.gaussian_fits._slopes import log_ratio_averages
from itlib.gaussian_fits.mixtures import mixture_gaussian_kl

_WIDEST = 5000  # extent of a mixture, in widths of its narrowest component
_STEPS = 60  # of Newton, at most
_LONGEST = 10_000  # sum of the widths from which the search starts, in the same: a minute or less


class ReverseFit(NamedTuple):
    """A local minimum of D(q‖p), with its value in nats."""

    mu: float
    sigma: float
    kl: float


class StationaryFit(NamedTuple):
    """A stationary point of D(q‖p), with its value in nats; `kind` is "minimum" or "saddle"."""

    mu: float
    sigma: float
    kl: float
    kind: str


def fit_gaussian_reverse(
    weights: ArrayLike, means: ArrayLike, sigmas: ArrayLike
) -> list[ReverseFit]:
    """Return every local minimum of D(q‖p) over the Gaussians q = N(μ, σ²), best first.

    Where an optimiser ends depends on where it starts: each of these is the end of some walk.

    Parameters
    ----------
    weights, means, sigmas : array_like, shape (k,)
        The mixture p = Σ wₖ N(mₖ, sₖ²).

    Returns
    -------
    list of ReverseFit(mu, sigma, kl)
        μ, σ and D(q‖p) in nats, the smallest divergence first; of equal ones, the smaller μ.

    Raises
    ------
    ValueError
        If the weights do not sum to 1, lengths differ, or an entry is not finite or positive.

    See Also
    --------
    fit_gaussian_forward : the other direction, whose minimum is unique.
    stationary_reverse_fits : the saddle points between the minima as well.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1.2, figure 10.3.

    Examples
    --------
    Modes close together: one minimum, which covers both.  Farther apart: one on each mode as
    well, and covering has become the worst of the three without ceasing to be a minimum.

    >>> for d in (1, 3):
    ...     fits = fit_gaussian_reverse([0.5, 0.5], [-d, d], [1, 1])
    ...     print([(round(mu, 3) + 0, round(sigma, 3), round(kl, 3)) for mu, sigma, kl in fits])
    [(0.0, 1.394, 0.011)]
    [(-2.984, 1.023, 0.689), (2.984, 1.023, 0.689), (0.0, 2.744, 0.841)]
    """
    fits = stationary_reverse_fits(weights, means, sigmas)
    return [ReverseFit(*fit[:3]) for fit in fits if fit.kind == "minimum"]


def stationary_reverse_fits(
    weights: ArrayLike, means: ArrayLike, sigmas: ArrayLike
) -> list[StationaryFit]:
    """Return every stationary point of D(q‖p) over the Gaussians q = N(μ, σ²), best first.

    Each is a minimum or a saddle; none is a maximum, since the curvature in μ is 1/σ² at each.

    Parameters
    ----------
    weights, means, sigmas : array_like, shape (k,)
        The mixture p = Σ wₖ N(mₖ, sₖ²).

    Returns
    -------
    list of StationaryFit(mu, sigma, kl, kind)
        μ, σ, D(q‖p) in nats, and "minimum" or "saddle"; the smallest divergence first.

    Raises
    ------
    ValueError
        If the weights do not sum to 1, lengths differ, an entry is not finite or positive, or the
        components are so far apart, or so different in width, that the search would take minutes.

    See Also
    --------
    fit_gaussian_reverse : the minima alone.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1.2, figure 10.3.

    Examples
    --------
    Between the covering minimum and each mode there is a pass:

    >>> fits = stationary_reverse_fits([0.5, 0.5], [-3, 3], [1, 1])
    >>> [fit.kind for fit in fits]
    ['minimum', 'minimum', 'minimum', 'saddle', 'saddle']
    """
    p = Mixture(weights, means, sigmas)
    extent = p.means.max() - p.means.min() + p.sigmas.max()
    if extent > _WIDEST * p.narrowest:
        raise _too_long()
    starts = _starts(p)
    if np.exp(starts[1]).sum() > _LONGEST * p.narrowest:
        raise _too_long()
    mu, log_sigma = _settle(p, *starts)
    sigma = np.exp(log_sigma)
    c = log_ratio_averages(p, mu, sigma, 4)
    rounding = 1e-15 * np.abs(mu) / sigma  # of μ, which shows in the slope along it
    found = (np.abs(c[1]) < 1e-9 + rounding) & (np.abs(c[2]) < 1e-9)
    kinds = np.where(c[3] ** 2 + c[4] < 2, "minimum", "saddle")[found]
    points = _distinct(zip(mu[found].tolist(), sigma[found].tolist(), kinds.tolist()))
    if not points:
        raise ValueError("the Gaussians differ too much in place or width: no fit settles")
    mus, sigmas_q = np.array([point[:2] for point in points]).T
    nats = mixture_gaussian_kl(
        p.weights, p.means, p.sigmas, mus, sigmas_q, direction="reverse", base=np.e
    )
    fits = [
        StationaryFit(*p.outside(mu, sigma), kl, kind)
        for (mu, sigma, kind), kl in zip(points, np.asarray(nats).tolist())
    ]
    return sorted(fits, key=lambda fit: (float(f"{fit.kl:.10g}"), fit.mu))


def _too_long() -> ValueError:
    return ValueError(
        "means lie too far apart, or sigmas differ too much, for the narrowest Gaussian: "
        "the search would take minutes"
    )


# --- the search ----------------------------------------------------------------------------


def _starts(p: Mixture) -> tuple[FloatArray, FloatArray]:
    """Return starting points: the corners and middles of the cells in which both slopes vanish.

    A stationary q is no narrower than the narrowest component and, as its slope in μ vanishes,
    centred among the means.
    """
    low, high, reach = p.means.min(), p.means.max(), p.sigmas.max()
    around = [m + s * np.linspace(-2, 2, 13) for m, s in zip(p.means, p.sigmas)]
    mus = np.concatenate([np.linspace(low - reach, high + reach, 49), *around])
    mus = np.unique(np.round(mus / p.narrowest, 9)) * p.narrowest
    logs = np.linspace(np.log(0.95 * p.narrowest), np.log(1.1 * (high - low + reach)), 33)
    mu, log_sigma = (x.ravel() for x in np.meshgrid(mus, logs, indexing="ij"))
    c = log_ratio_averages(p, mu, np.exp(log_sigma), 2, tolerance=1e-5).reshape(
        3, len(mus), len(logs)
    )
    cells = _changes_sign(c[1]) & _changes_sign(c[2])
    i, j = np.nonzero(cells)
    across = [(mus[i], logs[j]), (mus[i + 1], logs[j + 1]), (mus[i], logs[j + 1])]
    mu, log_sigma = zip(*across, ((mus[i] + mus[i + 1]) / 2, (logs[j] + logs[j + 1]) / 2))
    return np.concatenate(mu), np.concatenate(log_sigma)


def _changes_sign(values: FloatArray) -> BoolArray:
    corners = [values[:-1, :-1], values[1:, :-1], values[:-1, 1:], values[1:, 1:]]
    return (np.minimum.reduce(corners) <= 0) & (np.maximum.reduce(corners) >= 0)


def _settle(p: Mixture, mu: FloatArray, log_sigma: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return where Newton's method leads from each start, in steps of at most half a width."""
    mu, log_sigma, active = mu.copy(), log_sigma.copy(), np.arange(len(mu))
    last = np.full(len(mu), np.inf)
    for step in range(_STEPS):
        sigma = np.exp(log_sigma[active])
        along_mu, along_log = _newton_step(log_ratio_averages(p, mu[active], sigma, 4), sigma)
        size = np.maximum(np.abs(along_mu) / sigma, np.abs(along_log))
        shrink = np.minimum(1, 0.5 / np.maximum(size, 1e-300))
        mu[active] += np.nan_to_num(shrink * along_mu)
        log_sigma[active] += np.nan_to_num(shrink * along_log)
        # Done when the step is rounding: tiny, or small and no longer falling.  Lost when it is
        # still large after a while: where a minimum has vanished, Newton's method wanders for ever.
        done = (size < 1e-13) | ((size < 1e-9) & (size > last / 4))
        lost = (size > 0.1) & (step > 12)
        active, last = active[~done & ~lost], size[~done & ~lost]
        if active.size == 0:
            break
    return mu, log_sigma


def _newton_step(c: FloatArray, sigma: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the Newton step in (μ, log σ) towards a stationary point, from c₀ ... c₄."""
    # By μ in units of σ.
    a, b, d = 1 - c[2], -c[3], 2 - 2 * c[2] - c[4]
    slope_mu, slope_log = -c[1], -c[2]
    with np.errstate(divide="ignore", invalid="ignore"):
        det = a * d - b * b
        along_mu, along_log = b * slope_log - d * slope_mu, b * slope_mu - a * slope_log
        return sigma * (along_mu / det), along_log / det


def _distinct(points: Iterable[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    """Return one of each group of points of one kind that differ by rounding alone."""
    kept: list[tuple[float, float, str]] = []
    for mu, sigma, kind in sorted(points):
        near = (abs(mu - m) + abs(sigma - s) < 1e-6 * sigma and kind == k for m, s, k in kept)
        if not any(near):
            kept.append((mu, sigma, kind))
    return kept
