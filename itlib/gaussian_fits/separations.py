"""The separations of two modes at which the minima of D(q‖p) appear, change places and vanish.

Throughout, p = w N(−d, 1) + (1 − w) N(d, 1) and q = N(μ, σ²); the left mode has the weight w.
In other units, multiply d, μ and σ by the common width of the modes.

A stationary point has c₁ = c₂ = 0 (see `reverse_fits`), and it turns from a minimum into a
saddle where c₃² + c₄ = 2: there a minimum and a saddle meet and vanish, which is a fold.
"""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

import numpy as np

from itlib import _checks
from itlib._types import FloatArray
from itlib.gaussian_fits._newton import follow, follow_to_a_meeting, solve
from itlib.gaussian_fits._slopes import averages_of_pair
from itlib.gaussian_fits.mixtures import GaussianFit
from itlib.losses import sigmoid

_FARTHEST = 250  # separation at which a covering minimum is sought: ten seconds, and more beyond


class Fold(NamedTuple):
    """The half distance at which a minimum and a saddle meet, and the q = N(μ, σ²) where they do."""

    separation: float
    mu: float
    sigma: float


class Jump(NamedTuple):
    """The half distance at which two q are equally good, one over both modes, one on a mode."""

    separation: float
    covering: GaussianFit
    seeking: GaussianFit


class Cusp(NamedTuple):
    """The weight and the half distance at which two folds meet, and the q where they do."""

    weight: float
    separation: float
    mu: float
    sigma: float


def mode_fold(weight: float = 0.5) -> Fold:
    """Return where the minimum of D(q‖p) on the mode of this weight suddenly appears.

    c₁ = c₂ = 0 and c₃² + c₄ = 2, where cₙ = E_q[Heₙ(z) ln(p/q)].

    As d grows past it, a minimum and a saddle come into being together, away from every other
    stationary point: the reader who follows the covering minimum sees nothing happen.

    Parameters
    ----------
    weight : float, between 0 and the weight of `reverse_cusp`, about 0.743
        The weight w of the left mode.  A heavier mode has no fold: there the minimum that
        covers both modes for small d moves onto the mode without a break.

    Returns
    -------
    Fold(separation, mu, sigma)
        The half distance d, and the q that appears there.

    Raises
    ------
    ValueError
        If the weight is outside this range.

    See Also
    --------
    covering_fold : where the covering minimum vanishes.
    reverse_jump : where the best q jumps from one minimum to the other.

    References
    ----------
    A computation of this library; the equations are those of the module's docstring.

    Examples
    --------
    >>> [round(x, 6) for x in mode_fold()]
    [2.41223, -2.145724, 1.290985]

    The heavier mode is found sooner, the lighter one later:

    >>> round(mode_fold(0.6).separation, 6), round(mode_fold(0.4).separation, 6)
    (2.288168, 2.520278)
    """
    weight = _weight(weight, least=0)
    mu, log_sigma, d = follow(_fold_equations, [-2.15, 0.25, 2.41], _by_odds(0.5, weight))[-1]
    return Fold(float(d), float(mu), math.exp(log_sigma))


def covering_fold(weight: float) -> Fold:
    """Return where the minimum of D(q‖p) that covers both modes vanishes.

    c₁ = c₂ = 0 and c₃² + c₄ = 2, where cₙ = E_q[Heₙ(z) ln(p/q)].

    With equal weights never: the covering q is a minimum at every separation.  With any other
    weights it meets the saddle on the side of the heavier mode, at d ≈ 2π / (3 ln(w/(1 − w)))
    when w is near ½, and an optimiser that was resting there slides onto the heavier mode.

    Parameters
    ----------
    weight : float, from 0.5 to the weight of `reverse_cusp`, about 0.743
        The weight w of the left mode, the heavier one.

    Returns
    -------
    Fold(separation, mu, sigma)
        With equal weights the limit of this: (inf, -1, inf).

    Raises
    ------
    ValueError
        If the weight is outside this range, or not 0.5 and nearer to it than about 0.002.

    References
    ----------
    A computation of this library; the equations are those of the module's docstring.

    Examples
    --------
    >>> [round(covering_fold(w).separation, 6) for w in (0.6, 0.7)]
    [5.009205, 2.355786]
    >>> covering_fold(0.5).separation
    inf
    """
    weight = _weight(weight, least=0.5)
    if weight == 0.5:
        return Fold(math.inf, -1.0, math.inf)
    # Far out, with w near ½, the wide q sees two sharp modes, and σ = d √(2/π).
    near = min(weight, 0.55)
    d = 2 * math.pi / (3 * math.log(near / (1 - near)))
    if d > _FARTHEST:
        raise ValueError(
            f"weight must be farther from 0.5 than {weight!r}: the covering minimum vanishes at a "
            f"separation of about {d:.6g}, too far for the integrals"
        )
    start = [-1, math.log(d * math.sqrt(2 / math.pi)), d]
    mu, log_sigma, d = follow(_fold_equations, start, _by_odds(near, weight))[-1]
    return Fold(float(d), float(mu), math.exp(log_sigma))


def reverse_jump(weight: float = 0.5) -> Jump:
    """Return where the best q for D(q‖p) jumps from covering both modes to seeking the heavier.

    Both are minima there, q₁ and q₂, with D(q₁‖p) = D(q₂‖p); from there on the one on the mode
    is the better.

    Parameters
    ----------
    weight : float, from 0.5 to the weight of `reverse_cusp`, about 0.743
        The weight w of the left mode, the heavier one.

    Returns
    -------
    Jump(separation, covering, seeking)
        The half distance d, and the two best q, each a GaussianFit(mu, sigma).

    Raises
    ------
    ValueError
        If the weight is outside this range.

    References
    ----------
    A computation of this library; the equations are those of the module's docstring.

    Examples
    --------
    >>> d, covering, seeking = reverse_jump()
    >>> round(d, 6), [round(x, 3) + 0 for x in covering], [round(x, 3) for x in seeking]
    (2.800082, [0.0, 2.601], [-2.768, 1.044])
    """
    weight = _weight(weight, least=0.5)
    cusp = _cusp()
    both = [cusp.mu, math.log(cusp.sigma)] * 2
    mu, log_sigma, mu_mode, log_mode, d = follow_to_a_meeting(
        _jump_equations,
        start=[0, 0.95, -2.76, 0.05, 2.79],
        parameters=(0.5, weight),
        meeting=(cusp.weight, [*both, cusp.separation]),
        image=lambda x: x[[2, 3, 0, 1, 4]],
        nearest=0.01,
    ).tolist()
    covering = GaussianFit(mu, math.exp(log_sigma))
    return Jump(d, covering, GaussianFit(mu_mode, math.exp(log_mode)))


def reverse_cusp() -> Cusp:
    """Return the weight above which the best q for D(q‖p) moves without a jump.

    Here the folds of `mode_fold` and `covering_fold` meet and end: c₁ = c₂ = 0, c₃² + c₄ = 2,
    and this sum stays 2 along the direction in which D(q‖p) is flat.  A heavier left mode draws
    the minimum onto itself smoothly as d grows.

    Returns
    -------
    Cusp(weight, separation, mu, sigma)

    References
    ----------
    A computation of this library; the equations are those of the module's docstring.

    Examples
    --------
    >>> [round(x, 6) for x in reverse_cusp()]
    [0.742904, 2.001763, -1.427876, 1.524013]
    """
    return _cusp()


def reverse_pitchfork(sigma: float = 1.0) -> float:
    """Return the half distance at which q = N(0, σ²) stops being the best, with σ held fixed.

    With equal weights and σ not free, μ = 0 turns from a minimum of D(q‖p) into a maximum
    where d² E_q[sech²(dx)] = 1, and the two minima leave it smoothly: nothing jumps.

    Parameters
    ----------
    sigma : float, default 1.0
        The standard deviation of q.  As it tends to 0, D(q‖p) comes down to −ln p(μ)
        plus a term without μ, and the half distance tends to 1, where p itself begins to have
        two peaks.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If sigma is not positive.

    References
    ----------
    A computation of this library; the equations are those of the module's docstring.

    Examples
    --------
    >>> round(reverse_pitchfork(), 6), round(reverse_pitchfork(0.01), 3)
    (1.460834, 1.0)
    """
    sigma = _checks.scalar(sigma, "sigma", _checks.positive)
    if sigma > 1e100:  # what is narrow beside q leaves d = σ √(π/2)
        return float(_checks.finite(sigma * math.sqrt(math.pi / 2), "sigma, times the root of π/2"))

    def excess(x: FloatArray) -> FloatArray:
        # The trapezoidal rule, four points to the narrower of the two bells: exact to rounding.
        scale = x[0] * sigma
        step = 0.25 / max(1, scale)
        z = step * np.arange(-160, 161)
        average = step * (np.exp(-z * z / 2) / np.cosh(scale * z) ** 2).sum()
        return x**2 * average / math.sqrt(2 * math.pi) - 1

    return solve(excess, [1 + 1.1 * sigma]).item()


# --- the equations -------------------------------------------------------------------------


def _fold_equations(x: FloatArray, weight: float) -> FloatArray:
    mu, log_sigma, d = x
    c = averages_of_pair(weight, mu, log_sigma, d, 4)
    return np.array([c[1], c[2], c[3] ** 2 + c[4] - 2])


def _jump_equations(x: FloatArray, weight: float) -> FloatArray:
    mu, log_sigma, mu_mode, log_mode, d = x
    covering = averages_of_pair(weight, mu, log_sigma, d, 2)
    seeking = averages_of_pair(weight, mu_mode, log_mode, d, 2)
    return np.array([*covering[1:], *seeking[1:], covering[0] - seeking[0]])


@functools.cache  # as it depends on nothing
def _cusp() -> Cusp:
    mu, log_sigma, d, weight = solve(_cusp_equations, [-1.43, 0.42, 2.0, 0.743]).tolist()
    return Cusp(weight, d, mu, math.exp(log_sigma))


def _cusp_equations(x: FloatArray) -> FloatArray:
    """A fold, and c₃² + c₄ does not change along the direction in which the Hessian is flat.

    In that direction σ∂_μ has the weight c₃ and ∂_λ the weight 1; σ∂_μ cₙ = cₙ₊₁ and
    ∂_λ cₙ = n cₙ + cₙ₊₂.
    """
    mu, log_sigma, d, weight = x
    c = averages_of_pair(weight, mu, log_sigma, d, 6)
    change_3 = c[3] * c[4] + 3 * c[3] + c[5]
    change_4 = c[3] * c[5] + 4 * c[4] + c[6]
    return np.array([c[1], c[2], c[3] ** 2 + c[4] - 2, 2 * c[3] * change_3 + change_4])


def _weight(weight: float, least: float) -> float:
    """Return the weight of the left mode, which must be between `least` and that of the cusp."""
    weight = _checks.scalar(weight, "weight")
    most = _cusp().weight
    if not (least < weight < most or weight == least > 0):
        raise ValueError(
            f"weight must be between {least:g} and that of the cusp, {most:.6f}, got {weight!r}"
        )
    return weight


def _by_odds(first: float, last: float) -> FloatArray:
    """Return weights from first to last, in steps along which a solution moves evenly."""
    start, end = (math.log(w / (1 - w)) for w in (first, last))
    if end > start:  # small steps towards the cusp
        odds = np.linspace(start, end, 2 + math.ceil((end - start) / 0.2))
    else:  # towards light modes the separation grows like the root of the log odds
        root = math.sqrt(start - end)
        odds = start - np.linspace(0, root, 2 + math.ceil(root)) ** 2
    return np.asarray(sigmoid(odds))
