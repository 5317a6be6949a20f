"""The separations at which the minima of D(q‖p) change in the plane, q isotropic or not.

p = ½ N(−δ, Σ) + ½ N(δ, Σ).  Two numbers say everything: the Mahalanobis half distance
D = √(δᵀΣ⁻¹δ), and the stiffness κ = tr(Σ⁻¹) δᵀΣ⁻¹δ / (δᵀΣ⁻²δ) − 1, which is v₁/v₂ where δ lies
along a principal axis of variance v₁ and the other variance is v₂.

With any covariance allowed, q follows the one-dimensional problem of half distance D: the
direction across is fitted exactly and drops out, and `separations` applies with d = D.
With q = N(m, σ²I) the mean stays on the line through ±δ, and in suitable units D(q‖p) is the
one-dimensional divergence plus ½κσ² − ln σ.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from itlib import _checks, _continuous
from itlib._types import Array, ArrayLike, FloatArray
from itlib.gaussian_fits._newton import follow_to_a_meeting, solve
from itlib.gaussian_fits._slopes import averages_of_pair
from itlib.gaussian_fits.separations import reverse_pitchfork


class Reduction(NamedTuple):
    """What two equal modes in the plane come down to: D and κ of the module's docstring."""

    separation: float
    stiffness: float


class Tricritical(NamedTuple):
    """The stiffness at which a jump gives way to a pitchfork, and the half distance there."""

    stiffness: float
    separation: float


def mahalanobis_reduction(half_gap: ArrayLike, cov: ArrayLike) -> Reduction:
    """Return (D, κ), the Mahalanobis half distance and the stiffness of two equal modes.

    D = √(δᵀΣ⁻¹δ) and κ = tr(Σ⁻¹) D² / (δᵀΣ⁻²δ) − 1.

    Parameters
    ----------
    half_gap : array_like, shape (2,)
        δ: the modes are at ±δ.
    cov : array_like, shape (2, 2)
        Σ, the covariance of each mode.

    Returns
    -------
    Reduction(separation, stiffness)

    Raises
    ------
    ValueError
        If δ is 0, shapes do not fit or the covariance is not positive definite.

    References
    ----------
    A computation of this library; the module's docstring says how it reduces to the line.

    Examples
    --------
    The same modes, apart along their long axis and along their short one:

    >>> cov = [[4.0, 0.0], [0.0, 1.0]]
    >>> mahalanobis_reduction([2, 0], cov)
    Reduction(separation=1.0, stiffness=4.0)
    >>> mahalanobis_reduction([0, 2], cov)
    Reduction(separation=2.0, stiffness=0.25)
    """
    half_gap, cov = _continuous.moments(half_gap, cov, ("half_gap", "cov"))
    _continuous.plane(half_gap, "half_gap")
    if not half_gap.any():
        raise ValueError("half_gap must not be zero: the modes would be one")
    # In units, powers of 2, in which no square is beyond the doubles.
    reach = 2.0 ** math.floor(math.log2(np.abs(half_gap).max()))
    width = 2.0 ** math.floor(math.log2(cov.max()) / 2)
    half_gap, cov = half_gap / reach, cov / width / width
    # κ of the docstring is |δ|²/(det Σ |Σ⁻¹δ|²), in which no 1 cancels.
    adjugate = np.array([[cov[1, 1], -cov[0, 1]], [-cov[1, 0], cov[0, 0]]])
    det = cov[0, 0] * cov[1, 1] - cov[0, 1] * cov[1, 0]
    with np.errstate(all="ignore"):
        square = half_gap @ _solved(cov, half_gap)
        size = np.hypot(*(adjugate @ half_gap)) / np.hypot(*half_gap)
        reduction = np.sqrt(square) * (reach / width), det / size / size
    if not np.isfinite(reduction).all():
        raise ValueError("cov is too flat for half_gap: a ratio of them is beyond the doubles")
    return Reduction(*(float(x) for x in reduction))


def _solved(cov: Array, gap: Array) -> Array:
    """Return Σ⁻¹δ, or infinities where the units have made Σ singular."""
    try:
        return np.linalg.solve(cov, gap)
    except np.linalg.LinAlgError:
        return np.full_like(gap, math.inf)


def isotropic_pitchfork(stiffness: float = 1.0) -> float:
    """Return the Mahalanobis half distance at which an isotropic q stops covering both modes.

    The q between the modes is a minimum of D(q‖p) in m as long as κσ² < 2, in units in which p
    has unit width along the line of the modes.  On the line itself, where σ has one direction
    to serve, this never fails; in the plane it fails at a finite separation for every Σ.
    Above the stiffness of `isotropic_tricritical` two minima leave the middle smoothly.  Below
    it, minima on the modes have appeared suddenly before.

    Parameters
    ----------
    stiffness : float, default 1.0
        κ of `mahalanobis_reduction`; 1 for modes that are themselves isotropic.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the stiffness is not positive.

    References
    ----------
    A computation of this library; the module's docstring says how it reduces to the line.

    Examples
    --------
    >>> [round(isotropic_pitchfork(stiffness), 6) for stiffness in (0.25, 1, 4)]
    [3.559229, 1.870834, 1.236589]
    """
    stiffness = _checks.scalar(stiffness, "stiffness", _checks.positive)
    return reverse_pitchfork(math.sqrt(2) / math.sqrt(stiffness))


def isotropic_tricritical() -> Tricritical:
    """Return the stiffness at which the change from jump to smooth pitchfork happens.

    There the middle has c₂ = 1 and c₄ = −2, where cₙ = E_q[Heₙ(z) ln(p/q)].

    Stiffer modes (κ above this), and with them isotropic ones, part an isotropic q smoothly;
    softer ones, such as long modes side by side, in a jump.

    Returns
    -------
    Tricritical(stiffness, separation)
        The separation is the Mahalanobis half distance.

    References
    ----------
    A computation of this library; the module's docstring says how it reduces to the line.

    Examples
    --------
    >>> [round(x, 6) for x in isotropic_tricritical()]
    [0.913477, 1.942407]
    """

    def equations(x: FloatArray) -> FloatArray:
        # At the pitchfork the term of fourth order in μ, with σ following, vanishes at c₄ = −2.
        c = averages_of_pair(0.5, 0, np.log(2 / x[0]) / 2, x[1], 4)
        return np.array([c[2] - 1, c[4] + 2])

    return Tricritical(*solve(equations, [0.85, 2.0]).tolist())


def isotropic_fold(stiffness: float) -> float:
    """Return the Mahalanobis half distance at which minima on the modes appear suddenly.

    c₁ = 0, c₂ = κσ² − 1 and (1 − c₂)(2 − 2c₂ − c₄ + 2κσ²) = c₃².

    Parameters
    ----------
    stiffness : float, below that of `isotropic_tricritical`
        κ of `mahalanobis_reduction`.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the stiffness is not positive, or not below the tricritical one.

    References
    ----------
    A computation of this library; the module's docstring says how it reduces to the line.

    Examples
    --------
    >>> round(isotropic_fold(0.25), 6), round(isotropic_fold(0.5), 6)
    (2.778334, 2.392923)
    """
    stiffness = _checks.scalar(stiffness, "stiffness", _checks.positive)
    highest, separation = isotropic_tricritical()
    if stiffness >= highest:
        raise ValueError(
            f"stiffness must be below the tricritical {highest:.6f}, got {stiffness!r}: "
            "a stiffer pair parts smoothly"
        )

    # The folds of both sides meet in the middle.
    fold = follow_to_a_meeting(
        _fold_equations,
        start=[-2.28, 0.51, 2.78],
        parameters=(0.25, stiffness),
        meeting=(highest, [0.0, math.log(2 / highest) / 2, separation]),
        image=lambda x: x * [-1, 1, 1],
        nearest=0.1,
    )
    return float(fold[2])


def _fold_equations(x: FloatArray, stiffness: float) -> FloatArray:
    mu, log_sigma, d = x
    c = averages_of_pair(0.5, mu, log_sigma, d, 4)
    squeeze = stiffness * np.exp(2 * log_sigma)
    bent = (1 - c[2]) * (2 - 2 * c[2] - c[4] + 2 * squeeze) - c[3] ** 2
    return np.array([c[1], c[2] - (squeeze - 1), bent])
