"""A mixture of Gaussians, checked; its log ratio to one Gaussian, and what is averaged of that."""

import functools
import itertools
import math
from typing import Any

import numpy as np

from itlib import _continuous
from itlib._exact import difference_in_units, log_quotient
from itlib._types import Array, ArrayLike, FloatArray, IntArray

_FAR = 1e150  # deviations, from which on nothing of a component is left


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
        # From the heaviest mean and the narrowest width on, as what is light or wide may be large.
        w, heaviest, narrowest = self.weights, self.means[self.weights.argmax()], self.narrowest
        mean = heaviest + w @ (self.means - heaviest)
        # In units, a power of 2, in which no square is beyond the doubles.
        size = 2.0 ** math.frexp(max(np.abs(self.means - mean).max(), self.sigmas.max()))[1]
        gaps, sigmas, least = (self.means - mean) / size, self.sigmas / size, narrowest / size
        excess = (sigmas - least) * (sigmas + least) + gaps**2
        return float(mean), size * math.sqrt(least * least + w @ excess)


class LogRatio:
    """log p(x)/q(x) of a mixture p and several Gaussians q; what is the same at every x is kept."""

    def __init__(self, p: Mixture, mu: FloatArray, sigma: FloatArray) -> None:
        self.p, self.mu, self.sigma = p, mu[:, None], sigma[:, None]
        with np.errstate(over="ignore", invalid="ignore"):
            self.quotients = [log_quotient(self.sigma, s) for s in p.sigmas]
            self.parabolas = list(map(self._parabola, p.weights, p.means, p.sigmas, self.quotients))

    def _parabola(self, w: float, m: float, s: float, log: FloatArray) -> tuple[FloatArray, ...]:
        """Return the coefficients of log w N(x; m, s²) / N(x; μ, σ²) in z = (x − μ)/σ."""
        gap, stretch = (self.mu - m) / s, (self.sigma - s) / s
        return -stretch * (2 + stretch) / 2, gap * (1 + stretch), np.log(w) + log - gap * gap / 2

    def __call__(self, which: IntArray, z: FloatArray) -> FloatArray:
        """Return it at x = μ + σz for the q of these numbers, to the absolute error of its terms."""

        def log(square: FloatArray, slope: FloatArray, rest: FloatArray) -> FloatArray:
            value = square[which] * z
            value -= slope[which]
            value *= z
            value += rest[which]
            return value

        return functools.reduce(_add_to_log, itertools.starmap(log, self.parabolas))

    def small(self, which: IntArray, x: FloatArray) -> FloatArray:
        """Return it at x with small *relative* error where p and q are nearly equal."""
        mu, sigma = self.mu[which], self.sigma[which]
        # p/q − 1; from e^700 on it is not small, whatever the weight.
        rise = sum(
            w * np.expm1(np.minimum(_log_component(mu, sigma, (x - m) / s, m, s, log[which]), 700))
            for w, m, s, log in zip(self.p.weights, self.p.means, self.p.sigmas, self.quotients)
        )
        near = np.abs(rise) < 0.5
        far = self(which, (x - mu) / sigma)
        return np.where(near, np.log1p(np.where(near, rise, 0)), far)

    def around(self, place: FloatArray, width: FloatArray, z: FloatArray) -> FloatArray:
        """Return it for the first q at x = place + width·z, with the digits of z and not of x.

        They differ where the width is a rounding of the place, as that of a narrow component is.
        """
        mu, sigma, logs = self.mu[0], self.sigma[0], []
        for w, m, s, log in zip(self.p.weights, self.p.means, self.p.sigmas, self.quotients):
            distance = (place - m + width * z) / s
            component = _log_component(mu, sigma, distance, m, s, log[0])
            logs.append(np.log(w) + np.where(np.abs(distance) < _FAR, component, -math.inf))
        return functools.reduce(_add_to_log, logs)


def _log_component(
    mu: FloatArray, sigma: FloatArray, z: FloatArray, m: float, s: float, quotient: FloatArray
) -> FloatArray:
    """Return log of N(x; m, s²) / N(x; μ, σ²) at x = m + sz, exactly 0 where the two are equal."""
    gap = ((m - mu) + z * (s - sigma)) / sigma
    return quotient + gap * (z + gap / 2)


def origin(means: Array, width: float) -> Any:
    """Return a round number near the means: 0, unless they are far from it for their extent.

    The means less this number are not rounded.
    """
    low, high = means.min(axis=0), means.max(axis=0)
    _, exponent = np.frexp(high / 32 - low / 32 + width / 32)  # of an extent that may overflow
    grain, middle = np.ldexp(1.0, np.minimum(exponent + 9, 1023)), low / 2 + high / 2
    with np.errstate(over="ignore"):
        grains = middle / grain
    # Where they are so many, the middle is a whole number of them itself.
    return np.where(np.abs(grains) < 2.0**53, grain * np.trunc(grains), middle)


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
