"""A mixture of Gaussians, checked; its log ratio to one Gaussian, and what is averaged of that."""

import functools
import itertools
import math
from typing import Any

import numpy as np

from itlib import _continuous
from itlib._exact import difference_in_units, log_quotient
from itlib._types import Array, ArrayLike, FloatArray


class Mixture:
    """A checked mixture, normalised exactly, without its components of weight 0.

    It is held in coordinates of its own, near 0 and away from the ends of the doubles, in which
    no place is rounded by more than the mixture is wide: x is origin + unit · y.
    """

    def __init__(self, weights: ArrayLike, means: ArrayLike, sigmas: ArrayLike) -> None:
        weights, means, sigmas = _continuous.mixture(weights, means, sigmas)
        there = weights > 0
        self.weights = weights[there] / weights.sum()
        means, sigmas = means[there], sigmas[there]
        self.origin = float(origin(means, sigmas.max()))
        self.unit = _unit(np.abs(means / 2 - self.origin / 2).max(), sigmas)
        self.means, self.sigmas = self.inside(means, sigmas)
        self.narrowest = self.sigmas.min()

    def inside(self, mu: FloatArray, sigma: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and deviation of Gaussians in the coordinates of the mixture."""
        with np.errstate(over="ignore", under="ignore"):
            mu, sigma = difference_in_units(mu, self.origin, self.unit), sigma / self.unit
        if not (np.isfinite(mu).all() and np.isfinite(sigma).all() and np.all(sigma > 0)):
            raise ValueError("the Gaussians lie too far apart, or their widths differ too much")
        return mu, sigma

    def outside(self, mu: float, sigma: float) -> tuple[float, float]:
        """Return mean and deviation of one Gaussian as they are without the mixture."""
        mu, sigma = mu * self.unit + self.origin + 0.0, sigma * self.unit
        if not math.isfinite(mu) or not math.isfinite(sigma):
            raise ValueError("means and sigmas are too large: a fit to them is beyond the doubles")
        return mu, sigma

    def moments(self) -> tuple[float, float]:
        """Return mean and standard deviation, exact when all components are one Gaussian."""
        w, first = self.weights, self.means[0]
        mean = first + w @ (self.means - first)
        # In units, a power of 2, in which no square is beyond the doubles.
        size = 2.0 ** math.frexp(max(np.abs(self.means - mean).max(), self.sigmas.max()))[1]
        gaps, sigmas = (self.means - mean) / size, self.sigmas / size
        excess = (sigmas - sigmas[0]) * (sigmas + sigmas[0]) + gaps**2
        return float(mean), size * math.sqrt(sigmas[0] * sigmas[0] + w @ excess)

    def log_ratio(self, mu: FloatArray, sigma: FloatArray, z: FloatArray) -> FloatArray:
        """Return log p(x)/q(x), q = N(μ, σ²), at x = μ + σz, with the absolute error of its terms.

        For each component it is a parabola in z.
        """

        def parabola(w: float, m: float, s: float) -> FloatArray:
            gap, stretch = (mu - m) / s, (sigma - s) / s
            log = -stretch * (2 + stretch) / 2 * z
            log -= gap * (1 + stretch)
            log *= z
            log += np.log(w) + log_quotient(sigma, s) - gap * gap / 2
            return log

        components = zip(self.weights, self.means, self.sigmas)
        return functools.reduce(_add_to_log, itertools.starmap(parabola, components))

    def small_log_ratio(self, mu: FloatArray, sigma: FloatArray, x: FloatArray) -> FloatArray:
        """Return the same, with small *relative* error where p and q are nearly equal."""
        logs = [self._log_component(k, mu, sigma, x) for k in range(len(self.weights))]
        # p/q − 1; from e^700 on it is not small, whatever the weight.
        rise = sum(w * np.expm1(np.minimum(each, 700)) for w, each in zip(self.weights, logs))
        near = np.abs(rise) < 0.5
        far = self.log_ratio(mu, sigma, (x - mu) / sigma)
        return np.where(near, np.log1p(np.where(near, rise, 0)), far)

    def log_ratio_at(self, mu: FloatArray, sigma: FloatArray, x: FloatArray) -> FloatArray:
        """Return log p(x)/q(x), whose digits do not depend on how far x is from μ."""
        logs = (
            np.log(w) + self._log_component(k, mu, sigma, x) for k, w in enumerate(self.weights)
        )
        return functools.reduce(_add_to_log, logs)

    def _log_component(
        self, k: int, mu: FloatArray, sigma: FloatArray, x: FloatArray
    ) -> FloatArray:
        """Return log of N(x; mₖ, sₖ²) / N(x; μ, σ²), exactly 0 where the two are equal."""
        m, s = self.means[k], self.sigmas[k]
        z = (x - m) / s
        gap = ((m - mu) + z * (s - sigma)) / sigma
        return log_quotient(sigma, s) + gap * (z + gap / 2)


def origin(means: Array, width: float) -> Any:
    """Return a round number near the means: 0, unless they are far from it for their extent.

    The means less this number are not rounded.
    """
    low, high = means.min(axis=0), means.max(axis=0)
    _, exponent = np.frexp(high / 32 - low / 32 + width / 32)  # of an extent that may overflow
    grain = np.ldexp(1.0, np.minimum(exponent + 9, 1023))
    return grain * np.trunc((low / 2 + high / 2) / grain)


def _unit(reach: float, sigmas: FloatArray) -> float:
    """Return the power of 2 that takes widths away from the ends of the doubles: mostly 1."""
    up = math.frexp(max(reach, sigmas.max()))[1] - 1000
    down = math.frexp(sigmas.min())[1] + 960
    return 2.0 ** max(up, min(down, 0))


def _add_to_log(total: FloatArray, log: FloatArray) -> FloatArray:
    """Return log(e^total + e^log), written into the first of two new arrays."""
    low = np.minimum(total, log)
    np.maximum(total, log, out=total)
    low -= total
    np.exp(low, out=low)
    low += 1
    total += np.log(low, out=low)
    return total


def remainder(t: FloatArray) -> FloatArray:
    """Return (eᵗ − 1 − t)/(1 + eᵗ) >= 0 to a few ulp."""
    small = np.exp(-np.abs(t))
    far = np.where(t > 0, 1 - (1 + t) * small, small - 1 - t) / (1 + small)
    near = np.abs(t) < 0.5
    u = np.where(near, t, 0)
    return np.where(near, u * u * np.polyval(_EXPONENTIAL, u) / (1 + np.exp(u)), far)


# eᵘ − 1 − u = u² (1/2! + u/3! + ...)
_EXPONENTIAL = [1 / math.factorial(n) for n in reversed(range(2, 18))]
