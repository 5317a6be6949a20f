"""Information from samples: entropy with its bias corrected, and the nearest-neighbour estimators.

Estimates scatter around the truth, and may fall on the wrong side of 0: they are not clipped.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator

import numpy as np

from itlib import _checks, _continuous, _exact
from itlib._types import ArrayLike, FloatArray, IntArray

_BLOCK = 1 << 18  # distances held at a time
_LARGEST = 2.0**1022  # the size of a sample, up to which distances are finite


def miller_madow_entropy(counts: ArrayLike, *, base: float = 2) -> float:
    """Return the plug-in entropy of counts plus (m − 1)/(2n) nats, which lessens its bias.

    The entropy of the observed frequencies is too low on average, by (K − 1)/(2n) nats to first
    order, n the number of samples and K of possible outcomes; m, the number of outcomes that
    were seen, stands in for K.

    Parameters
    ----------
    counts : array_like, shape (k,)
        How often each outcome was seen: whole numbers (as integers or floats), not all 0.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        May exceed log k.

    Raises
    ------
    ValueError
        If a count is negative or not whole, or all are 0.
    TypeError
        If the counts are not numbers.

    References
    ----------
    Miller, Note on the Bias of Information Estimates (1955).
    Paninski, Estimation of Entropy and Mutual Information, Neural Computation 15, 2003.

    Examples
    --------
    Four throws of a fair coin that came out 3 to 1:

    >>> round(miller_madow_entropy([3, 1]), 4)
    0.9916
    """
    log_base = _checks.base_log(base)
    counts = _checks.counts(counts)
    n = counts.sum()
    if n == 0:
        raise ValueError("counts must not all be 0")
    correction = (np.count_nonzero(counts) - 1) / 2 / n
    return _checks.result((_exact.entropy(counts / n) + correction) / log_base)


def knn_entropy(x: ArrayLike, *, k: int = 3, base: float = 2) -> float:
    """Estimate the differential entropy h(X) from samples, by distances to nearest neighbours.

    h ≈ ψ(n) − ψ(k) + ln c + d · mean(ln εᵢ), in nats, where εᵢ is the distance from sample i to
    its k-th neighbour: where that is near, density is high.
    Distances are the largest difference over the d coordinates, so that the unit ball has the
    volume c = 2ᵈ.

    Parameters
    ----------
    x : array_like, shape (n,) or (n, d)
        Samples of a continuous variable.
    k : int, default 3
        Small k has less bias, large k less scatter.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        For n samples it takes time n² d.

    Raises
    ------
    ValueError
        If an entry is not finite, there are not more than k samples, or more than k coincide,
        as no density has them do.

    See Also
    --------
    differential_entropy : from a density instead of samples.

    References
    ----------
    Kraskov, Stögbauer & Grassberger, Estimating mutual information, Physical Review E 69, 2004,
    equation 20 (the estimator is Kozachenko and Leonenko's).

    Examples
    --------
    >>> x = np.random.default_rng(0).normal(size=2000)
    >>> round(knn_entropy(x), 2), round(0.5 * math.log2(2 * math.pi * math.e), 2)
    (2.07, 2.05)
    """
    log_base = _checks.base_log(base)
    x, k = _samples(x, "x", k)
    radius = _neighbour_radius(x, k)
    _apart(radius, k, "x")
    log_volume = x.shape[1] * (math.log(2) + np.log(radius).mean())
    return _checks.result((_digamma(len(x)) - _digamma(k) + log_volume) / log_base)


def knn_mutual_information(x: ArrayLike, y: ArrayLike, *, k: int = 3, base: float = 2) -> float:
    """Estimate I(X;Y) of two continuous variables from pairs of samples.

    I ≈ ψ(k) + ψ(n) − mean(ψ(aᵢ + 1) + ψ(bᵢ + 1)), in nats, where aᵢ and bᵢ count the samples
    closer to i than its k-th neighbour is, in x alone and in y alone: many, where x and y are
    independent.

    Parameters
    ----------
    x, y : array_like, shape (n,) or (n, d)
        Paired samples.  The estimate depends on the scale of each coordinate of x and of y.
    k : int, default 3
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        May be slightly negative.  Takes time n² d.

    Raises
    ------
    ValueError
        If an entry is not finite, the numbers of samples differ, there are not more than k, or
        more than k pairs coincide, as no density has them do.

    See Also
    --------
    knn_mutual_information_discrete : where one of the two is a label.

    References
    ----------
    Kraskov, Stögbauer & Grassberger, Estimating mutual information, Physical Review E 69, 2004,
    equation 8.

    Examples
    --------
    Two Gaussians of correlation r share −½ log2(1 − r²) bits:

    >>> x, noise = np.random.default_rng(0).normal(size=(2, 2000))
    >>> y = 0.8 * x + 0.6 * noise
    >>> round(knn_mutual_information(x, y), 2), round(-0.5 * math.log2(1 - 0.8**2), 2)
    (0.73, 0.74)
    """
    log_base = _checks.base_log(base)
    (x, k), (y, _) = _samples(x, "x", k), _samples(y, "y", k)
    if len(x) != len(y):
        raise ValueError(f"x and y must be paired, got {len(x)} and {len(y)} samples")
    radius = _neighbour_radius(np.concatenate([x, y], axis=1), k)
    _apart(radius, k, "x", "y")
    near_x, near_y = _count_nearer(x, radius), _count_nearer(y, radius)
    average = (_digamma(near_x + 1) + _digamma(near_y + 1)).mean()
    return _checks.result((_digamma(k) + _digamma(len(x)) - average) / log_base)


def knn_mutual_information_discrete(
    x: ArrayLike, labels: ArrayLike, *, k: int = 3, base: float = 2
) -> float:
    """Estimate I(X;C) of a continuous variable X and a class C from pairs of samples.

    I ≈ ψ(n) + ψ(k) − mean(ψ(nᵢ) + ψ(mᵢ)), in nats: nᵢ samples have the class of i, and mᵢ others
    of any class are within the distance of its k-th neighbour *among its own class*.

    Parameters
    ----------
    x : array_like, shape (n,) or (n, d)
        Samples of a continuous variable.
    labels : array_like, shape (n,)
        Classes: whole numbers or booleans.  A class with a single sample says nothing and is left
        out.
    k : int, default 3
        In a class of k or fewer samples, all the others in it are used.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        May be slightly negative, or above the entropy of the labels.  Takes time n² d.

    Raises
    ------
    ValueError
        If an entry of x is not finite, the numbers of samples differ, every class has a single
        sample, or more than k samples of one class (or all of a smaller one) coincide, as no
        density has them do.
    TypeError
        If the labels are not whole numbers.

    References
    ----------
    Ross, Mutual Information between Discrete and Continuous Data Sets, PLoS ONE 9, 2014.

    Examples
    --------
    Two classes, two standard deviations apart, share at most the one bit of the class:

    >>> rng = np.random.default_rng(0)
    >>> labels = rng.integers(2, size=2000)
    >>> round(knn_mutual_information_discrete(rng.normal(2 * labels), labels), 2)
    0.49
    """
    log_base = _checks.base_log(base)
    x, k = _samples(x, "x", k)
    labels = _checks.vector(labels, "labels", _checks.labels)
    if len(labels) != len(x):
        raise ValueError(f"x and labels must be paired, got {len(x)} and {len(labels)} samples")
    _, which, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    kept = sizes[which] > 1
    if not kept.any():
        raise ValueError("labels must hold some class at least twice")
    place, x, which = np.flatnonzero(kept), x[kept], which[kept]
    radius, neighbours = np.empty(len(x)), np.empty(len(x), dtype=np.int64)
    for c in np.unique(which):
        members = np.flatnonzero(which == c)
        neighbours[members] = min(k, len(members) - 1)
        radius[members] = _neighbour_radius(x[members], min(k, len(members) - 1))
    _apart(radius, neighbours, "x", place=place, whose=" of its class")
    # "Within" includes the neighbour itself.
    within = _count_nearer(x, np.nextafter(radius, np.inf))
    own = _digamma(sizes[which]).mean() - _digamma(neighbours).mean()
    return _checks.result((_digamma(len(x)) - own - _digamma(within).mean()) / log_base)


def differential_entropy(
    density: Callable[[FloatArray], ArrayLike],
    low: float,
    high: float,
    *,
    points: ArrayLike = (),
    base: float = 2,
) -> float:
    """Return h = −∫ f(x) log f(x) dx of a density on an interval, by quadrature.

    Parameters
    ----------
    density : callable
        f(x) for an array x, or for one number; integrating to 1 over the interval, and smooth
        inside it but for `points`.
    low, high : float
        The ends of the interval, finite.  Tails beyond them must not matter.
    points : array_like, shape (m,), optional
        The places between `low` and `high`, in any order, at which the density has a jump or a
        kink, or touches 0.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        To about ten digits; may be negative.

    Raises
    ------
    ValueError
        If the density is negative or not finite somewhere, does not integrate to 1 over the
        interval (within 1e-6), is not smooth elsewhere than at `points`, one of these is not
        between low and high, or low is not below high.
    TypeError
        If `density` cannot be called.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 8.1.
    Takahasi & Mori, Double Exponential Formulas for Numerical Integration, 1974 (the rule).

    Examples
    --------
    >>> round(differential_entropy(lambda x: 2 * x, 0, 1, base=math.e), 8)
    -0.19314718
    >>> differential_entropy(lambda x: np.ones_like(x), 0, 1)
    0.0

    The Laplace density has a kink at 0; its entropy is log2(2e) bits:

    >>> round(differential_entropy(lambda x: np.exp(-abs(x)) / 2, -40, 40, points=[0]), 8)
    2.44269504
    """
    log_base = _checks.base_log(base)
    low, high = _continuous.interval(density, low, high)
    ends = [low, *_continuous.points_inside(points, low, high), high]
    pieces = [_mass_and_entropy(density, *piece) for piece in itertools.pairwise(ends)]
    mass, h = (math.fsum(parts) for parts in zip(*pieces))
    _continuous.integrates_to_1(mass)
    return _checks.result(h / log_base)


# --- neighbours ----------------------------------------------------------------------------


def _samples(x: ArrayLike, name: str, k: int) -> tuple[FloatArray, int]:
    """Return samples as (n, d), and k as a whole number below n."""
    x = _checks.finite(x, name)
    if x.ndim not in (1, 2) or not x.size:
        raise ValueError(f"{name} must have shape (n,) or (n, d), got {x.shape}")
    k = _checks.whole(k, "k", 1)
    if len(x) <= k:
        raise ValueError(f"{name} must hold more than k = {_checks.brief(k)} samples, got {len(x)}")
    if np.abs(x).max() > _LARGEST:
        raise ValueError(f"{name} is too large for distances: divide it by its largest entry")
    return x.reshape(len(x), -1), k


def _blocks_of_distances(x: FloatArray) -> Iterator[tuple[slice, FloatArray]]:
    """Yield (rows, distances of these rows to all), the largest difference of a coordinate."""
    step = max(1, _BLOCK // len(x))
    for i in range(0, len(x), step):
        rows = slice(i, min(i + step, len(x)))
        yield rows, np.maximum.reduce([np.abs(c[rows, None] - c) for c in x.T])


def _neighbour_radius(x: FloatArray, k: int) -> FloatArray:
    """Return the distance of each sample to its k-th nearest other."""
    radius = np.empty(len(x))
    for rows, distances in _blocks_of_distances(x):
        # The nearest of all, at 0, is the sample itself.
        radius[rows] = np.partition(distances, k, axis=1)[:, k]
    return radius


def _apart(
    radius: FloatArray, k: ArrayLike, *names: str, place: IntArray | None = None, whose: str = ""
) -> None:
    """Refuse samples whose k-th neighbour is at distance 0: they were not drawn from a density."""
    if radius.all():
        return
    first = int(np.argmin(radius))
    here = int(first if place is None else place[first])
    many = int(np.broadcast_to(k, radius.shape)[first])
    samples = " and ".join(f"{name}[{here}]" for name in names)
    raise ValueError(
        f"{samples} coincide{'s' if len(names) == 1 else ''} with {many} or more others{whose}, "
        f"where a density has no ties: add noise as wide as the rounding to {' and '.join(names)}, "
        "or count the values, if they are few"
    )


def _count_nearer(x: FloatArray, radius: FloatArray) -> IntArray:
    """Return how many other samples are nearer to each than its radius."""
    counts = np.empty(len(x), dtype=np.int64)
    for rows, distances in _blocks_of_distances(x):
        nearer = (distances < radius[rows, None]).sum(axis=1, dtype=np.int64)
        counts[rows] = nearer - (radius[rows] > 0)
    return counts


def _digamma(n: ArrayLike) -> FloatArray:
    """Return ψ(n) = 1 + 1/2 + ... + 1/(n − 1) − γ for whole numbers n >= 1."""
    n = np.asarray(n)
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, n.max()))])
    return harmonic[n - 1] - np.euler_gamma


# --- quadrature ----------------------------------------------------------------------------


def _mass_and_entropy(
    density: Callable[[FloatArray], ArrayLike], low: float, high: float
) -> tuple[float, float]:
    """Return the integrals of f and of −f log f over an interval, inside which f is smooth."""
    last = math.inf
    for level in range(3, 13):
        x, weights = _double_exponential(low, high, 2.0**-level)
        f = _continuous.density_at(density, x)
        logs = np.log(f, where=f > 0, out=np.zeros_like(f))
        mass, h = float(weights @ f), -float(weights @ (f * logs))
        if abs(h - last) < 1e-12 * (1 + abs(h)):
            return mass, h
        last = h
    raise ValueError(
        f"density must be smooth, but from {low:.6g} to {high:.6g} its integral does not settle: "
        "give the places of its jumps and kinks as points"
    )


def _double_exponential(low: float, high: float, step: float) -> tuple[FloatArray, FloatArray]:
    """Return points and weights of the tanh-sinh rule, dense towards both ends."""
    t = step * np.arange(-round(4 / step), round(4 / step) + 1)
    u = np.pi / 2 * np.sinh(t)
    # The distance to the nearer end, computed as such: next to 0 it keeps its digits.
    short = 1 / (1 + np.exp(2 * np.abs(u)))
    width = high - low
    x = np.where(t < 0, low + width * short, high - width * short)
    # Never at an end itself, where the density may jump to what it is on the other side.
    x = np.clip(x, np.nextafter(low, high), np.nextafter(high, low))
    weights = width * (step * np.pi / 4 * np.cosh(t) / np.cosh(u) ** 2)
    return x, weights
