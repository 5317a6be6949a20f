"""A mixture of Gaussians p and one Gaussian q in the plane: both divergences and their minima.

As in one dimension (see `reverse_fits`), q is described by the coefficients of t = log(p/q) on
the Hermite polynomials of y, where x = m + L y and q has the covariance LLᵀ.  In the coordinates
(u, B) of the nearby Gaussians m + Lu, L(I + B), the slopes of D(q‖p) are −E[yᵢ t] and
−E[(yᵢyⱼ − δᵢⱼ) t], and its curvatures follow from the averages up to the fourth order.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from itlib import _checks, _continuous
from itlib._types import Array, ArrayLike, BoolArray, FloatArray
from itlib.gaussian_fits._mixture import origin, remainder
from itlib.gaussians import multivariate_gaussian_kl

_REACH = 8.5  # standard deviations; beyond, the weight is under 1e-16
_FIRST_STEP = 0.5  # of a grid, in standard deviations
_LAST_LEVEL = 6  # halvings at most, to a square of 2177 by 2177 points
_STEPS = 200  # of a walk downhill, at most


class PlanarFit(NamedTuple):
    """One Gaussian of the plane: its mean, shape (2,), and its covariance, shape (2, 2)."""

    mean: FloatArray
    cov: FloatArray


class PlanarReverseFit(NamedTuple):
    """A local minimum of D(q‖p) in the plane, with its value in nats."""

    mean: FloatArray
    cov: FloatArray
    kl: float


def planar_mixture_kl(
    weights: ArrayLike,
    means: ArrayLike,
    covs: ArrayLike,
    mean: ArrayLike,
    cov: ArrayLike,
    *,
    direction: str = "forward",
    base: float = 2,
) -> float:
    """Return D(p‖q) or D(q‖p) of a mixture of Gaussians p and one Gaussian q in the plane.

    D(p‖q) = ∫ p log(p/q), over the plane.

    Parameters
    ----------
    weights : array_like, shape (k,)
    means : array_like, shape (k, 2)
    covs : array_like, shape (k, 2, 2)
        The mixture p; covariances are symmetric and positive definite.
    mean : array_like, shape (2,)
    cov : array_like, shape (2, 2)
        The Gaussian q.
    direction : {"forward", "reverse"}
        "forward" is D(p‖q), "reverse" is D(q‖p).
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Never negative.

    Raises
    ------
    ValueError
        If the weights do not sum to 1, a covariance is not positive definite, shapes do not
        fit, the direction is unknown, or the Gaussians differ so much in width, or lie so far
        apart, that the grid does not resolve them.

    See Also
    --------
    mixture_gaussian_kl : the same on the line, for many q at once.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1.2 (the two directions).

    Examples
    --------
    A q on one of two far modes: one bit in reverse, very much more forward.

    >>> p = [0.5, 0.5], [[-3, 0], [3, 0]], [np.eye(2), np.eye(2)]
    >>> for direction in ("reverse", "forward"):
    ...     print(round(planar_mixture_kl(*p, [3, 0], np.eye(2), direction=direction), 4))
    0.9944
    11.9898
    """
    p = _PlanarMixture(weights, means, covs)
    mean, cov = _continuous.moments(mean, cov)
    place: Array = _continuous.plane(mean, "mean") - p.origin
    log_base = _checks.base_log(base)
    if _checks.choice(direction, "direction", ("forward", "reverse")) == "forward":
        best_mean, best_cov = p.moments()
        apart = multivariate_gaussian_kl(best_mean, best_cov, place, cov, base=math.e)
        return _checks.result((_forward(p, best_mean, best_cov) + apart) / log_base)
    return _checks.result(_reverse(p, place, cov) / log_base)


def fit_planar_forward(
    weights: ArrayLike, means: ArrayLike, covs: ArrayLike, *, shape: str = "full"
) -> PlanarFit:
    """Return (mean, cov) of the planar Gaussian that minimises D(p‖q): the moments of p.

    mean = Σ wₖ mₖ and cov = Σ wₖ (Cₖ + (mₖ − mean)(mₖ − mean)ᵀ).

    Parameters
    ----------
    weights, means, covs : array_like, shapes (k,), (k, 2), (k, 2, 2)
        The mixture p.
    shape : {"full", "isotropic"}
        Whether q has any covariance, or σ² times the identity; then σ² is the mean of the two
        variances of p.

    Returns
    -------
    PlanarFit(mean, cov)
        Arrays of shapes (2,) and (2, 2).

    Raises
    ------
    ValueError
        If the weights do not sum to 1, a covariance is not positive definite, or shapes do not
        fit.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.7, equation 10.187.

    Examples
    --------
    >>> mean, cov = fit_planar_forward([0.5, 0.5], [[-2, 0], [2, 0]], [np.eye(2), np.eye(2)])
    >>> mean.tolist(), cov.tolist()
    ([0.0, 0.0], [[5.0, 0.0], [0.0, 1.0]])
    """
    p = _PlanarMixture(weights, means, covs)
    mean, cov = p.moments()
    if _checks.choice(shape, "shape", _DIRECTIONS) == "isotropic":
        cov = np.eye(2) * np.trace(cov / 2)
    return PlanarFit(mean + p.origin, cov)


def fit_planar_reverse(
    weights: ArrayLike, means: ArrayLike, covs: ArrayLike, *, shape: str = "full"
) -> list[PlanarReverseFit]:
    """Return the local minima of D(q‖p) = ∫ q ln(q/p) over the Gaussians of the plane, best first.

    The search starts from every component, from every group of components taken as one
    Gaussian, and from points between, and walks downhill from each.

    Parameters
    ----------
    weights, means, covs : array_like, shapes (k,), (k, 2), (k, 2, 2)
        The mixture p, of at most 6 components.
    shape : {"full", "isotropic"}
        Whether q may have any covariance, or σ² times the identity.

    Returns
    -------
    list of PlanarReverseFit(mean, cov, kl)
        The mean, shape (2,), the covariance, shape (2, 2), and D(q‖p) in nats of each minimum.

    Raises
    ------
    ValueError
        If the weights do not sum to 1, a covariance is not positive definite, shapes do not fit,
        or the grid does not resolve a minimum that covers several components: with a full
        covariance, two round modes may be about 16 deviations apart.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning, 2006, section 10.1.2, figure 10.3.

    Examples
    --------
    Modes at a half distance of 2: with a full covariance the best q still covers both; an
    isotropic one would have to be wide in both directions, and prefers a side.

    >>> p = [0.5, 0.5], [[-2, 0], [2, 0]], [np.eye(2), np.eye(2)]
    >>> for shape in ("full", "isotropic"):
    ...     fits = fit_planar_reverse(*p, shape=shape)
    ...     print([(mean.round(3) + 0).tolist() for mean, cov, kl in fits])
    [[0.0, 0.0]]
    [[-1.556, 0.0], [1.556, 0.0]]
    """
    p = _PlanarMixture(weights, means, covs)
    if len(p.weights) > 6:
        raise ValueError(f"weights must have at most 6 positive entries, got {len(p.weights)}")
    directions = _DIRECTIONS[_checks.choice(shape, "shape", _DIRECTIONS)]
    found: list[PlanarReverseFit] = []
    for mean, cov in _starts(p, shape):
        fit = _descend(p, mean, np.linalg.cholesky(cov), directions, found)
        if fit is not None:
            found.append(PlanarReverseFit(*fit, float(_reverse(p, *fit))))
    found = [PlanarReverseFit(mean + p.origin, cov, kl) for mean, cov, kl in found]
    return sorted(found, key=lambda fit: (float(f"{fit.kl:.8g}"), *fit.mean.round(6).tolist()))


# --- the mixture ---------------------------------------------------------------------------


class _PlanarMixture:
    """A checked mixture in the plane, without its components of weight 0, relative to `origin`."""

    def __init__(self, weights: ArrayLike, means: ArrayLike, covs: ArrayLike) -> None:
        weights, means, covs = _continuous.planar_mixture(weights, means, covs)
        there = weights > 0
        self.weights = weights[there] / weights.sum()
        means, self.covs = means[there], covs[there]
        self.inverse_roots = np.linalg.inv(np.linalg.cholesky(self.covs))
        # As on the line, places are held relative to one near the means.
        self.origin = origin(means, math.sqrt(np.linalg.eigvalsh(self.covs).max()))
        with np.errstate(over="ignore", invalid="ignore"):
            self.means = means - self.origin
            variances = self.moments()[1]
        if not np.isfinite(variances).all():
            raise ValueError(
                "means lie too far apart, or covs are too large: their squares are beyond the doubles"
            )

    def moments(self, some: slice | list[int] = slice(None)) -> tuple[Array, Array]:
        w, means = self.weights[some], self.means[some]
        w = w / w.sum()
        gaps = means - w @ means
        return w @ means, np.tensordot(w, self.covs[some], 1) + (w[:, None] * gaps).T @ gaps

    def log_density(self, x: Array) -> Array:
        """Return log p at the columns of x, shape (2, n), short of log 2π."""
        logs = []
        for w, m, root in zip(self.weights, self.means, self.inverse_roots):
            y = root @ (x - m[:, None])
            logs.append(math.log(w * root[0, 0] * root[1, 1]) - _squared_length(y) / 2)
        top = np.maximum.reduce(logs)
        return top + np.log(sum(np.exp(each - top) for each in logs))


def _squared_length(y: Array) -> Array:
    """Return it for the columns of y; a sum over an axis of two takes twice as long."""
    return y[0] * y[0] + y[1] * y[1]


# --- averages over a Gaussian --------------------------------------------------------------


@functools.lru_cache(maxsize=12)
def _grid(level: int, shift: tuple[float, float]) -> tuple[Array, BoolArray, Array]:
    """Return points of a disc, shape (2, n), their places in a square, and weights of its lines.

    The weights are He₀ ... He₄ times the normal density, for the lines and the columns.
    """
    step = _FIRST_STEP / 2**level
    reach = math.ceil(_REACH / step)
    lines = step * (np.arange(-reach, reach + 1) + np.array(shift)[:, None])
    square = np.array(np.meshgrid(*lines, indexing="ij"))
    inside = (square * square).sum(0) <= _REACH**2
    powers = [np.ones_like(lines), lines]
    for n in range(1, 4):
        powers.append(lines * powers[n] - n * powers[n - 1])
    normal = np.exp(-lines * lines / 2) * step / math.sqrt(2 * math.pi)
    return square[:, inside], inside, np.swapaxes(powers * normal, 0, 1)


_ORDERS = [(a, n - a) for n in range(5) for a in range(n, -1, -1)]

# The trapezoidal rule on a shifted grid is as good as on the first, and wrong in another way:
# no wave that is as short as a step looks alike to both.
_SHIFTS = (0.0, 0.0), (0.5, 0.3)


def _averages(
    f: Callable[[Array], Array],
    mean: Array,
    lower: Array,
    details: Array,
    *,
    degree: int = 4,
    tolerance: float = 1e-13,
    rounding: float = 0,
    floor: float = 1e-14,
) -> Array:
    """Return the averages of Hermite polynomials times f over N(mean, lower lowerᵀ).

    `details` are the covariances of what the first grid must not step over.  Two shifted grids
    are accepted when they differ by nothing but rounding, as in `_quadrature`.
    """
    # Widths as the grid sees them: modes that are as long as q are as round as q.
    inverse = np.linalg.inv(lower)
    finest = math.sqrt(max(np.linalg.eigvalsh(inverse @ details @ inverse.T).min(), 1e-30))
    start = max(0, math.ceil(math.log2(_FIRST_STEP / finest) - 1e-9))
    orders = _ORDERS[: (degree + 1) * (degree + 2) // 2]
    for level in range(start, _LAST_LEVEL + 1):
        (one, size), (other, _) = (_sums(f, mean, lower, level, shift, orders) for shift in _SHIFTS)
        noise = floor + rounding * math.sqrt(size)
        if (np.abs(one - other) <= tolerance * size + noise).all():
            return (one + other) / 2
    raise ValueError(
        "the Gaussians differ too much in width, or lie too far apart, for the grid in the plane"
    )


def _sums(
    f: Callable[[Array], Array],
    mean: Array,
    lower: Array,
    level: int,
    shift: tuple[float, float],
    orders: list[tuple[int, int]],
) -> tuple[Array, float]:
    """Return what one grid gives for the averages of some orders, and for that of abs(f)."""
    y, inside, (rows, columns) = _grid(level, shift)
    values = np.zeros(inside.shape)
    values[inside] = f(mean[:, None] + lower @ y)
    table = rows @ values @ columns.T
    return np.array([table[order] for order in orders]), rows[0] @ np.abs(values) @ columns[0]


def _log_ratio(p: _PlanarMixture, mean: Array, lower: Array) -> Callable[[Array], Array]:
    """Return the function log p/q at the columns of x, q = N(mean, lower lowerᵀ)."""
    inverse = np.linalg.inv(lower)
    log_scale = math.log(inverse[0, 0] * inverse[1, 1])

    def t(x: Array) -> Array:
        y = inverse @ (x - mean[:, None])
        return p.log_density(x) - (log_scale - _squared_length(y) / 2)

    return t


def _forward(p: _PlanarMixture, mean: Array, cov: Array) -> float:
    lower = np.linalg.cholesky(cov)
    t = _log_ratio(p, mean, lower)
    # The rounding of a place grows with its distance from 0, in the narrowest widths.
    floor = 1e-14 * max(1.0, float(np.abs(p.inverse_roots).max() * np.abs(p.means).max()))
    kl = 0.0
    for w, m, c in zip(p.weights, p.means, p.covs):
        kl += w * _averages(t, m, np.linalg.cholesky(c), p.covs, degree=0, floor=floor)[0]
    return _careful(p, mean, cov, -1) if kl < 0.05 else kl


def _reverse(p: _PlanarMixture, mean: Array, cov: Array) -> float:
    lower = np.linalg.cholesky(cov)
    t = _log_ratio(p, mean, lower)
    kl = -_averages(t, mean, lower, p.covs, degree=0)[0]
    return _careful(p, mean, cov, 1) if kl < 0.05 else kl


def _careful(p: _PlanarMixture, mean: Array, cov: Array, sign: int) -> float:
    """Return D(q‖p) or D(p‖q) without a negative term, as `mixtures` does on the line."""
    lower = np.linalg.cholesky(cov)
    t = _log_ratio(p, mean, lower)
    details = np.concatenate([p.covs, [cov]])

    def average(mean: Array, lower: Array) -> float:
        # The last digit of t is rounding, and the integrand is a square of t.
        def integrand(x: Array) -> Array:
            return remainder(sign * t(x))

        return _averages(integrand, mean, lower, details, degree=0, rounding=1e-15, floor=0)[0]

    parts = zip(p.weights, p.means, p.covs)
    return average(mean, lower) + sum(w * average(m, np.linalg.cholesky(c)) for w, m, c in parts)


# --- the walk downhill ---------------------------------------------------------------------

# The changes (u, B) that a shape of q allows: all u, shape (n, 2), and all B, shape (n, 2, 2).
_Directions = tuple[FloatArray, FloatArray]


def _directions(of_cov: list[Any]) -> _Directions:
    return np.eye(2 + len(of_cov), 2), np.concatenate([np.zeros((2, 2, 2)), of_cov])


_DIRECTIONS = {
    "full": _directions([[[1, 0], [0, 0]], [[0, 0], [1, 0]], [[0, 0], [0, 1]]]),
    "isotropic": _directions([np.eye(2)]),
}


def _descend(
    p: _PlanarMixture,
    mean: Array,
    lower: Array,
    directions: _Directions,
    found: list[PlanarReverseFit],
) -> PlanarFit | None:
    """Return the minimum to which a damped Newton walk leads; None if it is none, or found before."""
    size = 1.0
    for _ in range(_STEPS):
        if any(_near(mean, lower @ lower.T, fit.mean, fit.cov) for fit in found):
            return None
        t = _log_ratio(p, mean, lower)
        tolerance = min(max(size**2 / 100, 1e-11), 1e-4)  # each step squares what is amiss
        averages = _averages(t, mean, lower, p.covs, tolerance=tolerance)
        slope, curvature = _derivatives(dict(zip(_ORDERS, averages)), directions)
        values, vectors = np.linalg.eigh(curvature)
        # Downhill along every axis of the Hessian, whatever the sign of its curvature there.
        along = (vectors.T @ slope) / np.maximum(np.abs(values), 1e-3)
        step, size = -vectors @ along, float(np.linalg.norm(along))
        # A saddle on whose ridge the walk stands is where it ends; its last digits tell no more.
        on_ridge = size < 1e-2 and ((values < -1e-3) & (np.abs(along) < 1e-9)).any()
        if size < 1e-10 or on_ridge:
            break
        step *= min(1, 0.3 / size)
        u, b = (np.tensordot(step, changes, 1) for changes in directions)
        mean, lower = mean + lower @ u, lower @ (np.eye(2) + b)
    return PlanarFit(mean, lower @ lower.T) if size < 1e-6 and values[0] > 1e-7 else None


def _derivatives(
    averages: dict[tuple[int, int], Any], directions: _Directions
) -> tuple[Array, Array]:
    """Return the slope and the Hessian of D(q‖p) along the given directions."""

    def c(*axes: int) -> float:
        """Return the average for a product of axes: c(0, 1) is E[y₀y₁ t]."""
        return averages[axes.count(0), axes.count(1)]

    first = np.array([c(i) for i in _AXES])
    second = _tensor(c, 2)
    third, fourth = _tensor(c, 3), _tensor(c, 4)
    # The coefficients of log p itself: log q has −δᵢⱼ in the second order, and nothing above.
    of_p = second - np.eye(2)
    mixed = fourth + np.einsum("ij,kl->ikjl", of_p, np.eye(2))
    u, b = directions
    slope = -(u @ first) - np.tensordot(b, second)
    across = np.einsum("ai,bjk,ijk->ab", u, b, third)
    curvature = -(u @ of_p @ u.T) - across - across.T
    curvature += np.einsum("aii,bii->ab", b, b) - np.einsum("aik,bjl,ikjl->ab", b, b, mixed)
    return slope, curvature


_AXES = (0, 1)


def _tensor(c: Callable[..., float], order: int) -> Array:
    entries = [c(*axes) for axes in itertools.product(_AXES, repeat=order)]
    return np.array(entries).reshape((2,) * order)


def _starts(p: _PlanarMixture, shape: str) -> list[tuple[Array, Array]]:
    """Return Gaussians to start from: groups of components as one, and points between them."""
    n = len(p.weights)
    groups = [list(g) for r in range(1, n + 1) for g in itertools.combinations(range(n), r)]
    starts = [p.moments(group) for group in groups]
    whole_mean, whole_cov = p.moments()
    for mean, cov in starts[:-1]:  # the last group is the whole
        starts.append(((mean + whole_mean) / 2, (cov + whole_cov) / 2))
    if shape == "isotropic":
        means, covs = zip(*starts)
        spreads = [np.linalg.eigvalsh(cov) for cov in covs]
        starts = [
            (mean, np.eye(2) * variance)
            for mean, spread in zip(means, spreads)
            for variance in (spread[0], spread.mean())
        ]
    return starts


def _near(mean: Array, cov: Array, other_mean: Array, other_cov: Array) -> bool:
    """Tell whether two Gaussians are so near that one minimum is near both."""
    width = math.sqrt(np.trace(cov))
    apart = np.abs(mean - other_mean).max() / width + np.abs(cov - other_cov).max() / width**2
    return apart < 1e-4
