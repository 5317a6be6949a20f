"""Rate against distortion: how few bits suffice when what comes back may differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from itlib import _checks, _continuous, _exact
from itlib._types import ArrayLike, FloatArray

_GAP = 1e-10  # nats of rate + slope * distortion: what the certificate must show
_STEPS = 300  # of Newton, at most; two dozen do
_FULL_STOP = 1e-12  # of the interval: how far a level may be from the middle of its cell
_FLAT = 1e-6  # a curvature of the error, in units of the weight, that counts as none
_SIZES = [sign * 0.5**n for n in range(20) for sign in (1, -1)]  # of a step off a saddle
_LLOYD_STEPS = 2000  # at most; Newton's steps need a handful, others more
_PIECES = 256  # of the interval, or shorter ones, over which all integrals are made
_NARROWEST, _WIDEST = 1e-150, 1e150  # halves of intervals whose squares are within the doubles
_MOST_LEVELS = 10**5  # each is integrated at 64 places, and these are held together

_NODES, _WEIGHTS = (half / 2 for half in np.polynomial.legendre.leggauss(64))


class RateDistortion(NamedTuple):
    """A point of the rate–distortion curve, and a test channel that reaches it."""

    rate: float
    distortion: float
    channel: FloatArray


class GaussianRate(NamedTuple):
    """A rate for independent Gaussians, the water level, and how the rate is shared out."""

    rate: float
    level: float
    rates: FloatArray


class Quantiser(NamedTuple):
    """Levels, the thresholds between their cells, and the mean squared error."""

    levels: FloatArray
    thresholds: FloatArray
    error: float


def rate_distortion(
    p: ArrayLike, distortions: ArrayLike, slope: float, *, base: float = 2
) -> RateDistortion:
    """Return the point of the rate–distortion curve at which one more unit of error saves `slope`.

    R(D) = min I(X;X̂) over the channels p(x̂|x) whose mean distortion Σ p(x) p(x̂|x) d(x,x̂) is
    at most D.  The point is the one at which R + slope·D is least, R in nats: there the curve
    falls by `slope` nats per unit of distortion.

    Parameters
    ----------
    p : array_like, shape (k,)
        The source.
    distortions : array_like, shape (k, m)
        d(x, x̂) ≥ 0: row x, a column for each reproduction x̂.
    slope : float
        At least 0, always in nats per unit of distortion; 0 asks for the end of the curve, where
        the rate is 0.  A slope in bits per unit is multiplied by ln 2.
    base : float, default 2
        Of the rate that is returned: 2 gives bits per symbol, `math.e` nats.

    Returns
    -------
    RateDistortion(rate, distortion, channel)
        The rate is I(X;X̂) of the channel, the distortion its mean; `channel` is an ndarray of
        shape (k, m) whose rows are p(x̂|x).  A reproduction that is not used has zeros only.

    Raises
    ------
    ValueError
        If `p` is no distribution, an entry of `distortions` or the slope is negative or not
        finite, or shapes do not fit.
    RuntimeError
        If the search ends before the point is certain; no source is known to do it.

    Notes
    -----
    Blahut and Arimoto: the channel that is best for an output distribution q is
    q(x̂) e^(−s d)/Z(x), and q is best where c(x̂) = Σ p(x) e^(−s d)/Z(x) is 1 for what is used
    and at most 1 elsewhere.  At every q the least R + sD lies between −Σ p log Z and that less
    log max c, so that the gap certifies the result, to 1e-10 nats.  Where Blahut and Arimoto
    multiply q by c again and again, Newton's steps take a few dozen.

    On a straight piece of the curve all points have one slope, and some point of it is returned.
    At a corner, such as the end of most curves for finitely many symbols, it is the other way
    round: one point is returned for a whole range of slopes.

    References
    ----------
    Blahut, Computation of channel capacity and rate-distortion functions (1972).
    Cover & Thomas, Elements of Information Theory, 2nd ed., sections 10.7 and 10.8.

    Examples
    --------
    A coin with P(heads) = 0.3 of which one toss in ten may come back wrong; the slope there is
    log((1 − D)/D):

    >>> wrong = [[0, 1], [1, 0]]
    >>> rate, distortion, _ = rate_distortion([0.3, 0.7], wrong, math.log(9))
    >>> round(rate, 4), round(distortion, 4)
    (0.4123, 0.1)
    """
    p = _checks.distribution(p, "p")
    distortions = _checks.nonnegative(distortions, "distortions")
    slope = _checks.scalar(slope, "slope", _checks.nonnegative)
    log_base = _checks.base_log(base)
    if distortions.ndim != 2 or len(distortions) != len(p):
        raise ValueError(
            "distortions must have a row for each outcome of p and a column for each "
            f"reproduction, got shape {distortions.shape} for {len(p)} outcomes"
        )
    source = _exact.normalized(p)
    q = _constant(source, distortions, slope)
    if q is None:
        q = _pruned(source, distortions, slope, _best_output(source, distortions, slope))
    channel = _test_channel(q, distortions, slope)
    rate = _exact.mutual_information(source[:, None] * channel)
    with np.errstate(over="ignore"):
        distortion = float(source @ (channel * distortions).sum(axis=1))
    return RateDistortion(
        _checks.result(max(rate, 0.0) / log_base), _checks.result(distortion), channel
    )


def _constant(p: FloatArray, distortions: FloatArray, slope: float) -> FloatArray | None:
    """Return the output that is always the same one, if no bit is worth its price."""
    with np.errstate(over="ignore", under="ignore"):
        best = int(np.argmin(p @ distortions))
        saved = np.exp(slope * (distortions[:, [best]] - distortions)[p > 0])
        if slope == 0 or (p[p > 0] @ saved).max() <= 1 + 1e-12:
            return np.eye(distortions.shape[1])[best]
    return None


def _likelihoods(p: FloatArray, distortions: FloatArray, slope: float) -> FloatArray:
    """Return e^(−s d) of the outcomes that happen, each row up to a factor."""
    rows = distortions[p > 0]
    with np.errstate(over="ignore", under="ignore"):
        return np.exp(-slope * (rows - rows.min(axis=1, keepdims=True)))


def _worth(p: FloatArray, likelihoods: FloatArray, q: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what each reproduction is worth, c, and the e^(−s d)/Z it is made of."""
    shares = likelihoods / (likelihoods @ q)[:, None]
    return p @ shares, shares


def _best_output(p: FloatArray, distortions: FloatArray, slope: float) -> FloatArray:
    """Return the q for which Σ p log Σ q e^(−s d) is largest."""
    best, least = np.empty(0), math.inf
    for q, gap in _rising(p[p > 0], _likelihoods(p, distortions, slope)):
        # At the top the sum is flat, and the distortion is not: go on while it still gets better.
        done = gap <= 0 or (least <= _GAP and gap > least / 2)
        if gap < least:
            best, least = q, gap
        if done:
            break
    if least <= _GAP:
        return best
    raise RuntimeError(f"the point at slope {slope:.6g} is only known to {least:.3g} nats")


def _rising(p: FloatArray, likelihoods: FloatArray) -> Iterator[tuple[FloatArray, float]]:
    """Yield better and better q, each with the nats that it may be below the top.

    This is an interior-point method.  Without the condition that q sums to 1 it looks for the top
    of the same less Σ q, for there the sum is 1.  The slack 1 − c of each reproduction is kept as
    a number of its own.
    """
    m = likelihoods.shape[1]
    q, slack = np.full(m, 1 / m), np.full(m, 1.0)
    for _ in range(_STEPS):
        output = _exact.normalized(q)
        worth, shares = _worth(p, likelihoods, output)
        yield output, math.log(worth.max())
        q, slack = _newton(p, q, slack, shares / q.sum())


def _newton(
    p: FloatArray, q: FloatArray, slack: FloatArray, shares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return q and its slacks after a step towards q·slack = mu, the same for all and small."""
    target = 0.1 * float(q @ slack) / len(q)
    root, width = np.sqrt(q), np.sqrt(slack)
    # As a problem of least squares it keeps twice as many digits as its normal equations.
    left = np.concatenate([np.sqrt(p)[:, None] * shares * root, np.diag(width)])
    right = np.concatenate([np.sqrt(p), (target / root - root) / width])
    change = _least_squares(left, right) / root  # of q, relative to it
    slack_change = target / (q * slack) - 1 - change
    longest = [min(1.0, 0.95 / max(1e-300, -float(c.min()))) for c in (change, slack_change)]
    return q * (1 + longest[0] * change), slack * (1 + longest[1] * slack_change)


def _least_squares(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return the x for which left · x is nearest to right, the shortest of several."""
    orthogonal, triangle = np.linalg.qr(left)
    return _exact.solution(triangle, orthogonal.T @ right)


def _pruned(p: FloatArray, distortions: FloatArray, slope: float, q: FloatArray) -> FloatArray:
    """Return q without what is not used, if that is still the best."""
    kept = _exact.normalized(np.where(q > 1e-8 * q.max(), q, 0.0))
    likelihoods = _likelihoods(p, distortions, slope)
    if (likelihoods @ kept > 0).all():
        worth, _ = _worth(p[p > 0], likelihoods, kept)
        if math.log(worth.max()) <= _GAP:
            return kept
    return q


def _test_channel(q: FloatArray, distortions: FloatArray, slope: float) -> FloatArray:
    """Return q e^(−s d)/Z, also in the rows that never happen."""
    used = q > 0
    rows = distortions[:, used]
    with np.errstate(over="ignore", under="ignore"):
        weights = q[used] * np.exp(-slope * (rows - rows.min(axis=1, keepdims=True)))
    channel = np.zeros(distortions.shape)
    channel[:, used] = weights / weights.sum(axis=1, keepdims=True)
    return channel


def gaussian_rate_distortion(
    variances: ArrayLike, distortion: float, *, base: float = 2
) -> GaussianRate:
    """Return the least rate for independent Gaussians within a total squared error.

    R(D) = Σ max(0, ½ log(σᵢ²/λ)), where the errors min(σᵢ², λ) sum to D.  For one Gaussian it
    is ½ log(σ²/D), up to D = σ².  λ is the water level: whoever is below it gets no bits at all.

    Parameters
    ----------
    variances : array_like, shape (d,)
        At least 0.
    distortion : float
        The sum of the squared errors, at least 0.
    base : float, default 2
        2 gives bits per vector, `math.e` nats.

    Returns
    -------
    GaussianRate(rate, level, rates)
        The rate for all of them, the level λ, and an ndarray of shape (d,): the rate of each.
        From the sum of the variances on the rate is 0 and the level the largest variance.
        At distortion 0 the level is 0 and the rate infinite, unless all variances are 0.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, `variances` has not one axis, or the sum of the
        variances is too large for a double.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 10.3.3.

    Examples
    --------
    >>> rate, level, rates = gaussian_rate_distortion([16, 4, 1, 0.25], 3)
    >>> round(rate, 3), round(level, 4), rates.round(3).tolist()
    (3.188, 0.9167, [2.063, 1.063, 0.063, 0.0])
    """
    variances = _checks.vector(variances, "variances", _checks.nonnegative)
    distortion = _checks.scalar(distortion, "distortion", _checks.nonnegative)
    log_base = _checks.base_log(base)
    with np.errstate(over="ignore"):
        if not np.isfinite(variances.sum()):
            raise ValueError("variances sum to more than a double can hold: change the unit")
    level = _water_level(np.sort(variances), distortion)
    rates = np.zeros(len(variances))
    dry = variances > level
    if level > 0:
        rates[dry] = _exact.log_quotient(variances[dry], level) / 2
    else:
        rates[dry] = math.inf
    return GaussianRate(
        _checks.result(float(rates.sum()) / log_base), level, rates / log_base + 0.0
    )


def _water_level(rising: FloatArray, distortion: float) -> float:
    """Return the λ for which Σ min(σ², λ) is the distortion, of variances in rising order."""
    below = 0.0
    for i, variance in enumerate(rising.tolist()):
        level = (distortion - below) / (len(rising) - i)
        if level <= variance:
            return max(level, 0.0)
        below += variance
    return float(rising[-1])


def _standard_normal(x: FloatArray) -> FloatArray:
    return np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def lloyd_max(
    levels: int,
    *,
    density: Callable[[FloatArray], ArrayLike] = _standard_normal,
    low: float = -12.0,
    high: float = 12.0,
    points: ArrayLike = (),
) -> Quantiser:
    """Return a quantiser of so many levels, each the mean of its cell.

    Each threshold lies halfway between two levels, and each level at the mean of its cell:
    t = (l + l′)/2 and l = ∫ x f(x) dx / ∫ f(x) dx over the cell.  For a density whose logarithm
    is concave, as the normal one, no quantiser of so many levels has a smaller mean squared error.

    Parameters
    ----------
    levels : int
        How many, at least 1.
    density : callable, default the standard normal density
        f(x) for an array x of any shape, or for one number; integrating to 1 over the interval,
        and smooth inside it but for `points`.
    low, high : float, default -12.0 and 12.0
        The ends of the interval, finite.  Tails beyond them must not matter.
    points : array_like, shape (m,), optional
        The places between `low` and `high` at which the density has a jump or a kink.

    Returns
    -------
    Quantiser(levels, thresholds, error)
        An ndarray of shape (levels,), one of shape (levels − 1,), both rising, and the mean
        squared error.  To about ten digits where the density is smooth.

    Raises
    ------
    ValueError
        If `levels` is below 1 or above a hundred thousand, the density is negative or
        not finite somewhere, does not integrate to 1 (within 1e-6), a point is not between low
        and high, or low is not below high, or so near or far that squares are beyond the doubles.
    TypeError
        If `levels` is no whole number, or `density` cannot be called.
    RuntimeError
        If the search does not come to rest.

    Notes
    -----
    The two conditions are necessary for the least error.  For a density whose logarithm is
    concave only one quantiser meets them, and it is the best; for others there may be several,
    and the one that is returned need not be the best.
    That of a symmetric density with long tails, for one, need not be symmetric: its mirror image is
    then as good.  Newton steps are taken where they lower the error, and Lloyd's where they do not;
    where the levels are means, but a step aside lowers the error, the search goes on from there.

    References
    ----------
    Lloyd, Least squares quantization in PCM (1982).
    Max, Quantizing for minimum distortion (1960).

    Examples
    --------
    Four levels for a standard normal number, which two bits can name:

    >>> levels, thresholds, error = lloyd_max(4)
    >>> levels.round(4).tolist(), round(error, 4)
    ([-1.5104, -0.4528, 0.4528, 1.5104], 0.1175)
    """
    count = _checks.whole(levels, "levels", 1)
    _checks.at_most(count, _MOST_LEVELS, "levels", "the integrals of more would fill gigabytes")
    low, high = _continuous.interval(density, low, high)
    if not _NARROWEST < high / 2 - low / 2 < _WIDEST:
        raise ValueError(
            f"low and high must be {2 * _NARROWEST:g} to {2 * _WIDEST:g} apart, "
            f"got {low!r} and {high!r}: squares of errors are beyond the doubles, change the unit"
        )
    line = _Line(density, low, high, _continuous.points_inside(points, low, high))
    cells = _Cells(line, line.companded(count))
    for _ in range(_LLOYD_STEPS):
        at_rest = np.abs(cells.means - cells.levels).max() <= _FULL_STOP * (high - low)
        better = None if at_rest else _newton_cells(cells)
        better = better or _cells_off_a_saddle(cells)
        if at_rest and not better:
            return Quantiser(cells.levels, cells.thresholds, _checks.result(cells.error))
        cells = better or _Cells(line, cells.means)
    raise RuntimeError(f"no quantiser of {count} levels was found for this density")


class _Line:
    """A density on an interval, and integrals of it."""

    def __init__(
        self,
        density: Callable[[FloatArray], ArrayLike],
        low: float,
        high: float,
        points: list[float],
    ) -> None:
        self.density, self.low, self.high = density, low, high
        self.points = np.sort(np.concatenate([points, np.linspace(low, high, _PIECES + 1)]))

    def values(self, x: FloatArray) -> FloatArray:
        """Return f(x)."""
        return _continuous.density_at(self.density, x)

    def nodes(self, inner: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return places and weights of a rule between all points, a row for each piece."""
        edges = np.sort(np.concatenate([self.points, inner]))
        width = np.diff(edges)[:, None]
        return (edges[:-1, None] + edges[1:, None]) / 2 + width * _NODES, (width * _WEIGHTS)

    def companded(self, count: int) -> FloatArray:
        """Return levels as dense as the cube root of the density, which is the best for many."""
        x, weights = self.nodes(np.zeros(0))
        values = self.values(x)
        _continuous.integrates_to_1(float((values * weights).sum()))
        pieces = (np.cbrt(values) * weights).sum(axis=1)
        rising = np.concatenate([[0.0], np.cumsum(pieces)]) / pieces.sum()
        ends = np.append(x[:, 0], self.high)
        return np.interp((np.arange(count) + 0.5) / count, rising, ends)


class _Cells:
    """Levels, the cells around them, and what lies in these: weights, means, and the error."""

    def __init__(self, line: _Line, levels: FloatArray) -> None:
        self.line, self.levels = line, levels
        self.thresholds = (levels[1:] + levels[:-1]) / 2
        x, weights = line.nodes(self.thresholds)
        weights = weights * line.values(x)
        cell = np.searchsorted(self.thresholds, x[:, len(_NODES) // 2])
        self.weights = np.bincount(cell, weights.sum(axis=1), len(levels))
        sums = np.bincount(cell, (weights * x).sum(axis=1), len(levels))
        # The level of a cell without weight stays where it is.
        some = self.weights > 0
        self.means = np.where(some, sums / np.where(some, self.weights, 1), levels)
        self.error = float((weights * (x - levels[cell, None]) ** 2).sum())

    def edges(self, levels: FloatArray) -> FloatArray:
        """Return levels between the ends of the line."""
        return np.concatenate([[self.line.low], levels, [self.line.high]])


def _newton_cells(cells: _Cells) -> _Cells | None:
    """Return the cells after Newton's step towards levels that are means, if it is a good one."""
    if not cells.weights.all():
        return None
    try:
        step = _solve_tridiagonal(*_curvature(cells), cells.means - cells.levels)
    except ZeroDivisionError:
        return None
    return _better_cells(cells, cells.levels + step)


def _cells_off_a_saddle(cells: _Cells) -> _Cells | None:
    """Return cells of less error in a direction in which the error curves down, if there is one."""
    if not cells.weights.all():
        return None
    below, diagonal, above = (part.tolist() for part in _curvature(cells))
    pivots = diagonal[:1]
    while pivots[-1] >= -_FLAT and (i := len(pivots)) < len(diagonal):
        pivots.append(diagonal[i] - below[i - 1] * above[i - 1] / (pivots[-1] or _FLAT))
    if pivots[-1] >= -_FLAT:
        return None
    # Along it the curvature is the negative pivot; the levels to the right stand still.
    direction = np.zeros(len(diagonal))
    direction[len(pivots) - 1] = 1.0
    for i in reversed(range(len(pivots) - 1)):
        direction[i] = -above[i] * direction[i + 1] / (pivots[i] or _FLAT)
    step = direction / np.abs(direction).max() * np.diff(cells.edges(cells.levels)).min() / 2
    tried = (_better_cells(cells, cells.levels + step * size) for size in _SIZES)
    return next((found for found in tried if found), None)


def _curvature(cells: _Cells) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return, in three diagonals, how far each level less its mean moves with each level.

    Row by row it is the second derivative of the error over twice the weight of the cell.
    """
    # A threshold moves half as far as each of its levels, and moves the means on both sides.
    height = cells.line.values(cells.thresholds) / 2 if len(cells.thresholds) else np.zeros(0)
    up = height * (cells.thresholds - cells.means[:-1]) / cells.weights[:-1]
    down = height * (cells.means[1:] - cells.thresholds) / cells.weights[1:]
    return -down, 1 - np.append(up, 0.0) - np.append(0.0, down), -up


def _better_cells(cells: _Cells, levels: FloatArray) -> _Cells | None:
    """Return the cells of these levels, if they are in order and their error is less."""
    if not (np.isfinite(levels).all() and (np.diff(cells.edges(levels)) > 0).all()):
        return None
    found = _Cells(cells.line, levels)
    return found if found.error < cells.error else None


def _solve_tridiagonal(
    below: FloatArray, diagonal: FloatArray, above: FloatArray, right: FloatArray
) -> FloatArray:
    """Return the solution of a system whose matrix has three diagonals, by elimination.

    No rows are exchanged: at a minimum the matrix is that of a convex function, and needs none.
    """
    pivots, upper, solution = diagonal.tolist(), above.tolist(), right.tolist()
    for i, entry in enumerate(below.tolist()):
        factor = entry / pivots[i]
        pivots[i + 1] -= factor * upper[i]
        solution[i + 1] -= factor * solution[i]
    solution[-1] /= pivots[-1]
    for i in reversed(range(len(upper))):
        solution[i] = (solution[i] - upper[i] * solution[i + 1]) / pivots[i]
    return np.array(solution)
