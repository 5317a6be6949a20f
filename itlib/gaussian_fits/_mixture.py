"""A mixture of Gaussians, checked; its log ratio to one Gaussian, and what is averaged of that."""

import functools
import itertools
import math

import numpy as np

from itlib import _checks
from itlib._exact import log_quotient
from itlib._types import ArrayLike, FloatArray


class Mixture:
    """A checked mixture, normalised exactly, without its components of weight 0."""

    def __init__(self, weights: ArrayLike, means: ArrayLike, sigmas: ArrayLike) -> None:
        weights, means, sigmas = _checks.mixture(weights, means, sigmas)
        there = weights > 0
        self.weights = weights[there] / weights.sum()
        self.means, self.sigmas = means[there], sigmas[there]
        self.narrowest = self.sigmas.min()

    def moments(self) -> tuple[float, float]:
        """Return mean and standard deviation, exact when all components are one Gaussian."""
        w, first, width = self.weights, self.means[0], self.sigmas[0]
        mean = first + w @ (self.means - first)
        excess = (self.sigmas - width) * (self.sigmas + width) + (self.means - mean) ** 2
        return float(mean), math.sqrt(width * width + w @ excess)

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

    def _log_component(
        self, k: int, mu: FloatArray, sigma: FloatArray, x: FloatArray
    ) -> FloatArray:
        """Return log of N(x; mₖ, sₖ²) / N(x; μ, σ²), exactly 0 where the two are equal."""
        m, s = self.means[k], self.sigmas[k]
        z = (x - m) / s
        gap = ((m - mu) + z * (s - sigma)) / sigma
        return log_quotient(sigma, s) + gap * (z + gap / 2)


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
