"""The gate for what is continuous: densities, Gaussians and their mixtures.

As in `_checks`, a check returns what it accepted, and everything else is an error in words.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from itlib import _checks
from itlib._types import ArrayLike, FloatArray

# --- densities -----------------------------------------------------------------------------


def interval(density: object, low: ArrayLike, high: ArrayLike) -> tuple[float, float]:
    """Return the ends of the interval on which a function is a density."""
    low, high = _checks.scalar(low, "low"), _checks.scalar(high, "high")
    if not low < high:
        raise ValueError(f"low must be below high, got {low!r} and {high!r}")
    if high - low == math.inf:
        raise ValueError(
            f"low and high are too far apart, {low!r} and {high!r}: "
            "their distance is beyond the doubles"
        )
    if not callable(density):
        raise TypeError(f"density must be a function, got {type(density).__name__}")
    return low, high


def points_inside(points: Any, low: float, high: float) -> list[float]:
    """Return the distinct points in order, all of which must be inside the interval."""
    if _checks.array(points, "points").shape == (0,):
        return []
    points = _checks.vector(points, "points")
    inside = (low < points) & (points < high)
    if not inside.all():
        place = int(inside.argmin())
        raise ValueError(
            f"points must be between low and high, {low!r} and {high!r}, "
            f"but points[{place}] is {float(points[place])!r}"
        )
    return [float(point) for point in np.unique(points)]


def density_at(density: Callable[[Any], ArrayLike], x: FloatArray) -> FloatArray:
    """Return the values of a density at `x`, asked for at once if it takes arrays, or one by one."""
    try:
        values = density(x)
    except (TypeError, ValueError):  # it was written for one number
        each = [_checks.number_at(density, float(one), "density", "x") for one in x.flat]
        values = np.reshape(each, x.shape)
    values = _checks.nonnegative(values, "density(x)")
    if x.size == values.size == 1:  # an array of one number may do for a number
        return values.reshape(x.shape)
    if values.shape != x.shape:
        raise ValueError(f"density(x) must have the shape of x, {x.shape}, got {values.shape}")
    return values


def integrates_to_1(mass: float) -> None:
    """Refuse a density by its integral over its interval, if this is not 1 to about six digits."""
    if not abs(mass - 1) <= 1e-6:
        raise ValueError(f"density must integrate to 1 from low to high, got {mass:.9g}")


# --- Gaussians and their mixtures ----------------------------------------------------------


def covariance(cov: ArrayLike, name: str) -> FloatArray:
    """Return `cov`, which must be square, symmetric and positive definite."""
    cov = _checks.symmetric(cov, name)
    if not _is_positive_definite(cov):
        least = np.linalg.eigvalsh(cov)[0]
        raise ValueError(
            f"{name} must be positive definite, but its least eigenvalue is {least:.3g}"
        )
    return cov


def _is_positive_definite(cov: FloatArray) -> bool:
    try:
        root = np.linalg.cholesky(cov)
    except np.linalg.LinAlgError:
        return False
    # Where floating point raises no flags, as in a browser, NumPy returns NaN instead.
    return bool(np.isfinite(root).all())


def moments(
    mean: ArrayLike, cov: ArrayLike, names: tuple[str, str] = ("mean", "cov")
) -> tuple[FloatArray, FloatArray]:
    """Return the mean vector and the covariance matrix of one Gaussian, which must fit."""
    mean, cov = _checks.vector(mean, names[0]), covariance(cov, names[1])
    if len(mean) != len(cov):
        raise ValueError(
            f"{names[0]} has {len(mean)} entries, but {names[1]} has shape {cov.shape}"
        )
    return mean, cov


def mixture(
    weights: ArrayLike, means: ArrayLike, sigmas: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the three vectors of a mixture of Gaussians, of one length."""
    weights = _checks.distribution(weights, "weights")
    means = _checks.vector(means, "means")
    sigmas = _checks.vector(sigmas, "sigmas", _checks.positive)
    if not len(weights) == len(means) == len(sigmas):
        raise ValueError(
            "weights, means and sigmas must be equally long, "
            f"got {len(weights)}, {len(means)} and {len(sigmas)} entries"
        )
    return weights, means, sigmas


def plane(mean: FloatArray, name: str) -> FloatArray:
    """Return `mean`, which must have the two coordinates of a point in the plane."""
    if mean.shape[-1] != 2:
        raise ValueError(f"{name} must have 2 coordinates, got shape {mean.shape}")
    return mean


def planar_mixture(
    weights: ArrayLike, means: ArrayLike, covs: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return weights (k,), means (k, 2) and covariances (k, 2, 2) of a mixture in the plane."""
    weights = _checks.distribution(weights, "weights")
    means, covs = _checks.finite(means, "means"), _checks.finite(covs, "covs")
    k = len(weights)
    for x, name, shape in ((means, "means", (k, 2)), (covs, "covs", (k, 2, 2))):
        if x.shape != shape:
            raise ValueError(f"{name} must have shape {shape} for {k} weights, got {x.shape}")
    for i, cov in enumerate(covs):
        covariance(cov, f"covs[{i}]")
    return weights, means, covs
