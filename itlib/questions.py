"""Questions: what an answer can tell about models, coins and lines, and how far a coin may lie."""

from __future__ import annotations

import math

import numpy as np

from itlib import _checks, _continuous, _exact
from itlib._types import ArrayLike, FloatArray, Result

_LEAST_WEIGHT = 1e-300  # of a model: what those below add is no double
_TOSSES = 100_000  # up to which half an hour is enough
_LARGE = 20.0  # from here on a few terms of the series of the digamma function are exact


def bald(
    predictions: ArrayLike, weights: ArrayLike | None = None, *, base: float = 2, axis: int = -1
) -> Result:
    """Return how much the label of an input tells about which of several models is right.

    I(model; y) = H(Σ w p) − Σ w H(p): entropy of the mean less mean of the entropies.

    Parameters
    ----------
    predictions : array_like, shape (m, ..., k)
        Probabilities of the label, one model along axis 0 each, classes along `axis`.
    weights : array_like, shape (m,), optional
        Probabilities of the models; without them all are equally probable.
    base : float, default 2
        2 gives bits, `math.e` nats.
    axis : int, default -1
        Where the classes are.  Axis 0 belongs to the models.

    Returns
    -------
    float or ndarray, shape (...)
        Between 0, where all models agree, and the entropy of the weights.  Also at most log k.
        Exactly 0 for a single model.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, probabilities do not sum to 1, there are not as
        many weights as models, `predictions` has one axis only, or `axis` is that of the models.

    See Also
    --------
    mutual_information : The same of one joint table of models and labels.
    js_divergence : The same of two models of equal weight.

    References
    ----------
    Houlsby, Huszár, Ghahramani & Lengyel, Bayesian active learning for classification and
    preference learning (2011).

    Examples
    --------
    Two models that contradict each other, and two that agree to know nothing:

    >>> round(bald([[0.9, 0.1], [0.1, 0.9]]), 4)
    0.531
    >>> bald([[0.5, 0.5], [0.5, 0.5]])
    0.0

    One input a column, of which three models speak:

    >>> chances = [[[0.9, 0.1], [0.5, 0.5]], [[0.1, 0.9], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]]]
    >>> bald(chances, [0.4, 0.4, 0.2]).round(4)
    array([0.4248, 0.    ])
    """
    models, chances = _models(predictions, weights, axis)
    mean = np.tensordot(chances, models, axes=1)
    # The mean distance to the mean: nothing is subtracted, so that nothing cancels.  A chance
    # that is too small to show in the mean adds nothing that would show.
    seen = np.where(mean > 0, models, 0.0)
    # Rows that agree but for rounding may be a rounding of it below 0 apart.
    distances = np.maximum(_exact.kl(seen, np.broadcast_to(mean, seen.shape)), 0.0)
    return _checks.result(np.tensordot(chances, distances, axes=1) / _checks.base_log(base))


def _models(
    predictions: ArrayLike, weights: ArrayLike | None, axis: int
) -> tuple[FloatArray, FloatArray]:
    """Return the predictions of the models that may be right, and the weights of these."""
    models = _checks.probabilities(predictions, "predictions", axis)
    if models.ndim < 2:
        raise ValueError(
            "predictions must have 2 axes or more (models first, then classes), "
            f"got shape {models.shape}"
        )
    if _checks.axis_of(axis, models, "predictions") == 0:
        raise ValueError("predictions has its models along axis 0, so the classes cannot be there")
    m = len(models)
    equal = np.full(m, 1 / m)
    chances = _checks.distribution(equal if weights is None else weights, "weights")
    if len(chances) != m:
        raise ValueError(
            f"weights has {len(chances)} entries, but predictions has shape {np.shape(predictions)}"
        )
    there = chances > _LEAST_WEIGHT
    models = models[there] / models[there].sum(axis=-1, keepdims=True)
    return models, chances[there] / chances[there].sum()


def beta_information(a: ArrayLike, b: ArrayLike, tosses: int = 1, *, base: float = 2) -> Result:
    """Return how much some tosses of a coin tell about its bias, believed to be Beta(a, b).

    I(θ; y) = H(y) − E H(y | θ).  For one toss it is, in nats, with g(x) = ψ(x + 1) − ln x,
    [a g(a) + b g(b)]/(a + b) − g(a + b); more tosses add up, each judged by what those before
    it have left of the belief.

    Parameters
    ----------
    a, b : array_like
        Positive; they broadcast.  The belief has the mean a/(a + b).
    tosses : int, default 1
        At least 0.  The time grows with its square.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float or ndarray
        At most log 2 a toss, and about 1/(2(a + b)) nats for one toss where a and b are large.

    Raises
    ------
    ValueError
        If `a` or `b` is not positive and finite, shapes do not fit, or `tosses` is negative,
        or above a hundred thousand.
    TypeError
        If `tosses` is no whole number.

    References
    ----------
    Lindley, On a measure of the information provided by an experiment (1956).

    Examples
    --------
    One toss, if all biases are equally probable, tells 1 − 1/(2 ln 2) bits:

    >>> round(beta_information(1, 1), 4)
    0.2787
    >>> beta_information([4, 1], [2, 9]).round(4)
    array([0.1088, 0.0609])

    Two tosses tell less than twice as much as one:

    >>> round(beta_information(1, 1, tosses=2), 4)
    0.4756
    """
    a, b = _checks.positive(a, "a"), _checks.positive(b, "b")
    shape = _checks.broadcastable(a=a, b=b)
    n, log_base = _checks.whole(tosses, "tosses"), _checks.base_log(base)
    _checks.at_most(n, _TOSSES, "tosses", "the time grows with their square")
    a = np.broadcast_to(a, shape)[..., None]
    b = np.broadcast_to(b, shape)[..., None]
    nats, chances = np.zeros(shape), np.ones((*shape, 1))  # the latter of 0, 1, … heads so far
    for done in range(n):
        heads = np.arange(done + 1.0)
        before = a + heads, b + (done - heads)
        share, other = _share(*before), _share(*before[::-1])
        with np.errstate(under="ignore"):
            of_next = share * _fall(*before) + other * _fall(*before[::-1])
        nats = nats + (chances * of_next).sum(axis=-1)
        grown = np.zeros((*shape, done + 2))
        grown[..., 1:] = chances * share
        grown[..., :-1] += chances * other
        chances = grown
    return _checks.result(nats / log_base)


def _share(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return a/(a + b), also where the sum is beyond the largest double."""
    with np.errstate(over="ignore", under="ignore"):
        return np.where(np.isinf(a + b), a / 2 / (a / 2 + b / 2), a / (a + b))


def _fall(x: FloatArray, by: FloatArray) -> FloatArray:
    """Return g(x) − g(x + by), where g(x) = ψ(x + 1) − ln x, which falls: nothing cancels."""
    fall = np.zeros(np.shape(x))
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        while (small := x < _LARGE).any():
            # g(x) = g(x + 1) + ln(1 + 1/x) − 1/(x + 1), of which both sides take the difference.
            near, far = x[small], by[small]
            reach = far / (near + 1 + far)
            logarithm = np.where(
                reach < near, np.log1p(reach / near), np.log(near + reach) - np.log(near)
            )
            fall[small] += logarithm - reach / (near + 1)
            x = np.where(small, x + 1, x)
        ratio = np.log1p(by / x)
        for power, factor in _SERIES:
            fall -= factor * x**-power * np.expm1(-power * ratio)
    return fall


# g(x) = 1/(2x) − Σ B₂ₖ/(2k x²ᵏ), with the numbers of Bernoulli.
_SERIES = (
    (1.0, 1 / 2),
    (2.0, -1 / 12),
    (4.0, 1 / 120),
    (6.0, -1 / 252),
    (8.0, 1 / 240),
    (10.0, -1 / 132),
    (12.0, 691 / 32760),
)


def binary_kl_inverse(p: ArrayLike, budget: ArrayLike) -> Result:
    """Return the largest chance that a coin may have within a divergence of one that shows `p`.

    The largest q ≥ p with p ln(p/q) + (1 − p) ln((1 − p)/(1 − q)) ≤ budget.

    Parameters
    ----------
    p : array_like
        Between 0 and 1: the chance, or the share that was seen.
    budget : array_like
        At least 0, in nats; it broadcasts with `p`.

    Returns
    -------
    float or ndarray
        Between p and 1; 1 − e^(−budget) for p = 0.  The smallest such coin is
        ``1 - binary_kl_inverse(1 - p, budget)``.

    Raises
    ------
    ValueError
        If `p` is not in [0, 1], `budget` is negative or not finite, or shapes do not fit.

    References
    ----------
    Garivier & Cappé, The KL-UCB algorithm for bounded stochastic bandits and beyond (2011).

    Examples
    --------
    A slot machine paid in 20 of 50 rounds; the index of KL-UCB in round 1000:

    >>> import math
    >>> round(binary_kl_inverse(0.4, math.log(1000) / 50), 3)
    0.658
    >>> round(binary_kl_inverse(0, math.log(2)), 6)
    0.5
    """
    p, budget = _checks.unit(p, "p"), _checks.nonnegative(budget, "budget")
    shape = _checks.broadcastable(p=p, budget=budget)
    p = np.array(np.broadcast_to(p, shape)) + 0.0
    coin = np.stack([p, 1 - p], axis=-1)
    # Doubles that are not negative are in the order of their bits, read as whole numbers; so
    # halving takes 62 steps at most and ends between neighbours, however small they are.
    low, high = p.view(np.int64), np.ones(shape).view(np.int64)
    for _ in range(62):
        middle = np.asarray(low + (high - low) // 2)
        q = middle.view(np.float64)
        nats = _exact.kl(coin, np.stack([q, 1 - q], axis=-1))
        fits = nats <= budget
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    q = np.asarray(low).view(np.float64)
    return _checks.result(np.where(budget == 0, p, q))


def gaussian_design_information(
    design: ArrayLike, prior_cov: ArrayLike, noise: ArrayLike, *, base: float = 2
) -> float:
    """Return how much measurements tell about the weights of a line or plane.

    I(w; y) = ½ log det(I + X Σ Xᵀ/s²) for y = Xw + noise, where w is Gaussian with covariance Σ,
    and the noise Gaussian, independent of w and from one measurement to the next.
    A design with the largest value is called (Bayesian) D-optimal.

    Parameters
    ----------
    design : array_like, shape (n, d)
        Where to measure, one measurement a row.
    prior_cov : array_like, shape (d, d)
        Covariance of what is believed about the weights: symmetric, positive definite.
    noise : array_like, shape () or (n,)
        The (positive) standard deviation of the noise of one measurement, or of each.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        At least 0.  It does not depend on what the measurements will show.

    Raises
    ------
    ValueError
        If an entry is not finite, `design` has not two axes, `prior_cov` is not symmetric or
        not positive definite, a deviation is not positive, shapes do not fit, or entries are
        too large for a double.

    References
    ----------
    Chaloner & Verdinelli, Bayesian experimental design: a review (1995).

    Examples
    --------
    Far from the middle of a line through 0, ½ ln 17 nats:

    >>> import math
    >>> round(gaussian_design_information([[2]], [[1]], 0.5, base=math.e), 4)
    1.4166

    Two measurements along two axes tell more than two along one, ½ log₂ 4 and ½ log₂ 3 bits:

    >>> round(gaussian_design_information([[1, 0], [0, 1]], [[1, 0], [0, 1]], 1), 4)
    1.0
    >>> round(gaussian_design_information([[1, 0], [1, 0]], [[1, 0], [0, 1]], 1), 4)
    0.7925
    """
    design, cov = _checks.finite(design, "design"), _continuous.covariance(prior_cov, "prior_cov")
    noise, log_base = _checks.positive(noise, "noise"), _checks.base_log(base)
    strengths = np.linalg.svd(_signals(design, cov, noise), compute_uv=False)
    # log(1 + s²)/2, where s² itself may be too large or too small.
    halves = np.where(
        strengths < 1, np.log1p(np.minimum(strengths, 1) ** 2) / 2, np.log(np.hypot(1, strengths))
    )
    return _checks.result(math.fsum(halves) / log_base)


def _signals(design: FloatArray, cov: FloatArray, noise: FloatArray) -> FloatArray:
    """Return the design in units of the noise, for weights that are independent and of size 1."""
    _checks.has_axes(design, "design", 2, "one measurement a row")
    if design.shape[1] != len(cov):
        raise ValueError(
            f"design has shape {design.shape}, but prior_cov has shape {cov.shape}: "
            "a column for each weight"
        )
    if noise.shape not in ((), (len(design),)):
        raise ValueError(
            f"noise must be one number or one for each of the {len(design)} rows of design, "
            f"got shape {noise.shape}"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        signals = (design / noise.reshape(-1, 1)) @ np.linalg.cholesky(cov)
    if not np.isfinite(signals).all():
        raise ValueError(
            "design is too large beside noise: a quotient is beyond the largest double"
        )
    return signals
