"""Slopes and curvatures of D(q‖p), q one Gaussian and p a mixture of Gaussians.

Write cₙ = E_q[Heₙ(z) ln(p/q)], z = (x − μ)/σ, for the coefficients of ln(p/q) on the Hermite
polynomials 1, z, z² − 1, z³ − 3z, ...  By Stein's lemma, with F = D(q‖p) = −c₀ and λ = ln σ,

    F_μ = −c₁/σ         F_λ = −c₂         F_μμ = (1 − c₂)/σ²    F_μλ = −c₃/σ    F_λλ = 2 − 2c₂ − c₄
"""

import numpy as np

from itlib._types import FloatArray
from itlib.gaussian_fits._mixture import LogRatio, Mixture
from itlib.gaussian_fits._quadrature import hermite_averages


def log_ratio_averages(
    p: Mixture, mu: FloatArray, sigma: FloatArray, degree: int, tolerance: float = 1e-13
) -> FloatArray:
    """Return c₀ ... c_degree, shape (degree + 1, n), for n Gaussians N(μ, σ²) and a `Mixture`."""
    log_ratio, finest, floor = LogRatio(p, mu, sigma), p.narrowest / sigma, 0.1 * tolerance
    return hermite_averages(
        log_ratio, len(mu), finest, degree=degree, tolerance=tolerance, floor=floor
    )


def averages_of_pair(
    weight: float, mu: float, log_sigma: float, d: float, degree: int
) -> FloatArray:
    """Return c₀ ... c_degree of log(p/q), p = w N(−d, 1) + (1 − w) N(d, 1) and q = N(μ, σ²)."""
    p = Mixture([weight, 1 - weight], [-d, d], [1, 1])
    return log_ratio_averages(p, np.array([mu]), np.exp([log_sigma]), degree)[:, 0]
