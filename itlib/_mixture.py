"""A mixture of Gaussians, checked, and its log ratio to one Gaussian."""

import math

import numpy as np

from itlib import _checks


class Mixture:
    """A checked mixture, normalised exactly, without its components of weight 0."""

    def __init__(self, weights, means, sigmas):
        weights, means, sigmas = _checks.mixture(weights, means, sigmas)
        there = weights > 0
        self.weights = weights[there] / weights.sum()
        self.means, self.sigmas = means[there], sigmas[there]
        self.narrowest = self.sigmas.min()

    def moments(self):
        """Return mean and standard deviation, exact when all components are one Gaussian."""
        w, first, width = self.weights, self.means[0], self.sigmas[0]
        mean = first + w @ (self.means - first)
        excess = (self.sigmas - width) * (self.sigmas + width) + (self.means - mean) ** 2
        return float(mean), math.sqrt(width * width + w @ excess)

    def log_ratio(self, mu, sigma, x):
        """Return log p(x) − log N(x; μ, σ²), with its absolute error about an ulp of its terms."""
        logs = [
            np.log(w) + self._log_component(k, mu, sigma, x) for k, w in enumerate(self.weights)
        ]
        top = logs[0] if len(logs) == 1 else np.maximum.reduce(logs)
        return top + np.log(sum(np.exp(each - top) for each in logs))

    def small_log_ratio(self, mu, sigma, x):
        """Return the same, with small *relative* error where p and q are nearly equal."""
        logs = [self._log_component(k, mu, sigma, x) for k in range(len(self.weights))]
        # p/q − 1; from e^700 on it is not small, whatever the weight.
        rise = sum(w * np.expm1(np.minimum(each, 700)) for w, each in zip(self.weights, logs))
        near = np.abs(rise) < 0.5
        return np.where(near, np.log1p(np.where(near, rise, 0)), self.log_ratio(mu, sigma, x))

    def _log_component(self, k, mu, sigma, x):
        """Return log of N(x; mₖ, sₖ²) / N(x; μ, σ²), exactly 0 where the two are equal."""
        m, s = self.means[k], self.sigmas[k]
        z = (x - m) / s
        gap = ((m - mu) + z * (s - sigma)) / sigma
        stretch = (sigma - s) / s
        near = np.abs(stretch) < 0.5
        log_width = np.where(near, np.log1p(np.where(near, stretch, 0)), np.log(sigma / s))
        return log_width + gap * (z + gap / 2)
