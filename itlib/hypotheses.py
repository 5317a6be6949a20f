"""Hypotheses: how fast two of them part, how to test them, bet on them, and code with them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, BoolArray, FloatArray

_TOSSES = 1_000_000  # after so many a sequential test is given up, ten seconds later
_OUTCOMES = 10_000_000  # up to so many the sum for k outcomes is made, in a few seconds
_WIDEST = 200  # numbers of heads between which a sequential test may go on: wider ones last longer
_LEAST_MISS = 1e-290  # above, all terms of the sum are within the doubles
_UNDECIDED = 1e-18  # a share that no longer shows in a mean


class ChernoffInformation(NamedTuple):
    """How fast the best decision between two hypotheses improves, and the weight that shows it."""

    value: float
    weight: float


class Projection(NamedTuple):
    """The distribution of a set that is closest to another, and how strongly it is tilted."""

    p: FloatArray
    tilt: float


class SequentialTest(NamedTuple):
    """What a sequential test costs on average, and how often it ends on either side."""

    mean_n: float
    accept_1: float
    accept_0: float


# --- exponents -----------------------------------------------------------------------------


def chernoff_information(p: ArrayLike, q: ArrayLike, *, base: float = 2) -> ChernoffInformation:
    """Return the rate at which the best decision between two hypotheses stops erring.

    C = −min over 0 ≤ λ ≤ 1 of log Σ p^(1−λ) q^λ.  After n independent outcomes the error
    probability of the best decision is 2^(−nC), with C in bits, up to a factor whose logarithm
    grows slower than n, whatever the prior probabilities are, as long as neither of them is 0.

    Parameters
    ----------
    p, q : array_like, shape (k,)
        Probabilities of the outcomes under either hypothesis.
    base : float, default 2
        2 gives bits per outcome, `math.e` nats.

    Returns
    -------
    ChernoffInformation(value, weight)
        The value is at most D(p‖q) and at most D(q‖p), and `inf` where p and q share no
        outcome.  The weight is the λ, that of q, from 0 to 1, at which the minimum is; ½ where all serve.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, p or q does not sum to 1, or lengths differ.

    See Also
    --------
    neyman_pearson : The errors themselves, for two coins.

    Notes
    -----
    With the weight λ comes the distribution r ∝ p^(1−λ) q^λ, half-way between both: where λ is
    neither 0 nor 1, D(r‖p) = D(r‖q) = C.  The value is taken from (1−λ) D(r‖p) + λ D(r‖q), which
    is least at this very r, so that rounding of r or λ does not show, even where p and q hardly
    differ.

    References
    ----------
    Chernoff, A measure of asymptotic efficiency for tests of a hypothesis based on the sum of
    observations (1952).
    Cover & Thomas, Elements of Information Theory, 2nd ed., chapter 11.

    Examples
    --------
    >>> value, weight = chernoff_information([0.9, 0.1], [0.6, 0.4])
    >>> round(value, 4), round(weight, 3)
    (0.0978, 0.54)
    """
    p, q = _checks.distribution(p, "p"), _checks.distribution(q, "q")
    _checks.same_outcomes(p, q, ("p", "q"), -1)
    log_base = _checks.base_log(base)
    shared = (p > 0) & (q > 0)
    if not shared.any():
        return ChernoffInformation(math.inf, 0.5)
    # Both are known up to a rounding of their sums, which would outweigh a small difference.
    surplus = math.log1p(math.fsum([*q, *-p]) / math.fsum(p))
    weight = _chernoff_weight(p[shared], q[shared], surplus)
    between = np.zeros_like(p)
    between[shared] = _between(p[shared], q[shared], weight)
    to_p, to_q = float(_exact.kl(between, p)), float(_exact.kl(between, q))
    nats = _mixed(1 - weight, to_p) + _mixed(weight, to_q)
    return ChernoffInformation(_checks.result(nats / log_base), weight)


def _mixed(weight: float, divergence: float) -> float:
    """Return weight · divergence, where nothing of what is infinite is 0."""
    return weight * divergence if weight else 0.0


def _chernoff_weight(p: FloatArray, q: FloatArray, surplus: float) -> float:
    """Return the λ at which Σ p^(1−λ) q^λ is least: its logarithm is convex, so bisect its slope.

    The surplus is the logarithm of the sum of q over that of p, which makes no evidence.
    """
    evidence = _exact.log_quotient(q, p)
    low, high = 0.0, 1.0
    for _ in range(64):
        weight = (low + high) / 2
        slope = math.fsum(_between(p, q, weight) * evidence) - surplus
        if slope == 0:
            return weight
        low, high = (weight, high) if slope < 0 else (low, weight)
    return low


def _between(p: FloatArray, q: FloatArray, weight: float) -> FloatArray:
    """Return the distribution proportional to p^(1−λ) q^λ, in steps from the nearer of both."""
    if weight > 0.5:
        return _between(q, p, 1 - weight)
    return _exact.normalized(p * np.exp(weight * _exact.log_quotient(q, p)))


def information_projection(q: ArrayLike, values: ArrayLike, mean: float) -> Projection:
    """Return the distribution closest to q among those whose values are large enough on average.

    It is the p with the least D(p‖q) such that Σ p(x) values(x) ≥ mean: q itself where q will
    do, and otherwise q tilted, p(x) = q(x) e^(λ values(x)) / Z.  Sanov's theorem: that n
    draws from q have such an average is an event of probability 2^(−n D(p‖q)), with D in bits,
    up to a factor whose logarithm grows slower than n.

    Parameters
    ----------
    q : array_like, shape (k,)
        Probabilities of the outcomes.
    values : array_like, shape (k,)
        A number for each outcome.
    mean : float
        What the average has to reach.

    Returns
    -------
    Projection(p, tilt)
        `p` is an ndarray of shape (k,); `tilt` is λ ≥ 0, in nats per unit of the values: 0 where
        q will do, `inf` where only the largest value is left.

    Raises
    ------
    ValueError
        If q does not sum to 1, lengths differ, a value is not finite, or no distribution on
        what q allows has such a mean.

    References
    ----------
    Csiszár, I-divergence geometry of probability distributions and minimization problems (1975).
    Cover & Thomas, Elements of Information Theory, 2nd ed., chapter 11.

    Examples
    --------
    Throws of a fair die that are at least four on average look like those of one that leans:

    >>> p, tilt = information_projection([1 / 6] * 6, [1, 2, 3, 4, 5, 6], 4)
    >>> [round(x, 3) for x in p.tolist()], round(tilt, 4)
    ([0.103, 0.123, 0.146, 0.174, 0.207, 0.247], 0.1746)
    """
    q = _checks.distribution(q, "q")
    values = _checks.vector(values, "values")
    mean = _checks.scalar(mean, "mean")
    _checks.equally_long(values, q, ("values", "q"))
    largest = float(values[q > 0].max())
    if mean > largest:
        raise ValueError(
            f"mean must be at most {largest!r}, the largest of the values that q allows, "
            f"got {mean!r}"
        )
    return _projected(q, values, mean, largest)


def _projected(q: FloatArray, values: FloatArray, mean: float, largest: float) -> Projection:
    """Return q where its mean will do, its largest values where they must, or q tilted."""
    allowed = q > 0
    above, scale = _above(values[allowed], mean)
    p = np.zeros_like(q)
    if math.fsum(q[allowed] * above) >= 0:
        return Projection(q + 0.0, 0.0)
    if mean == largest:
        p[allowed] = _exact.normalized(np.where(above == 0, q[allowed], 0.0))
        return Projection(p, math.inf)
    near = allowed & _near(values, mean, largest)
    if math.fsum(q[near] * _above(values[near], mean)[0]) < 0:
        allowed, (above, scale) = near, _above(values[near], mean)
    tilt = _tilt_to_zero_mean(q[allowed], above)
    p[allowed] = _tilted(q[allowed], above, tilt)
    return Projection(p, tilt / scale)


def _above(values: FloatArray, mean: float) -> tuple[FloatArray, float]:
    """Return how far the values are above the mean, in units of the largest of them all."""
    scale = max(float(np.abs(values).max()), abs(mean)) or 1.0
    return _exact.difference_in_units(values, np.array(mean), np.array(scale)), scale


def _near(values: FloatArray, mean: float, largest: float) -> BoolArray:
    """Return which values are not so far below the mean that any tilt leaves nothing of them."""
    with np.errstate(all="ignore"):
        unit = np.array(largest - mean)
        return _exact.difference_in_units(values, np.array(mean), unit) > -(2.0**900)


def _tilt_to_zero_mean(q: FloatArray, values: FloatArray) -> float:
    """Return the λ for which the mean of the tilted q is 0, by bisection until floats end."""
    low, high = 0.0, 1.0
    while math.fsum(_tilted(q, values, high) * values) < 0:
        low, high = high, 2 * high
    while low < (tilt := (low + high) / 2) < high:
        if math.fsum(_tilted(q, values, tilt) * values) < 0:
            low = tilt
        else:
            high = tilt
    return tilt


def _tilted(q: FloatArray, values: FloatArray, tilt: float) -> FloatArray:
    """Return q(x) e^(λ values(x)) / Z."""
    logs = np.log(q) + tilt * values
    return _exact.normalized(np.exp(logs - logs.max()))


def log_type_probability(counts: ArrayLike, q: ArrayLike, *, base: float = 2) -> float:
    """Return the logarithm of the probability that n draws from q come out with these counts.

    log [(n! / Π c!) Π q^c], where n = Σ c.  With the shares T = c/n it is −n D(T‖q), less about
    ½ log n for each count but one, zeros aside.

    Parameters
    ----------
    counts : array_like, shape (k,)
        How often each outcome came, in whole numbers.
    q : array_like, shape (k,)
        Probabilities of the outcomes.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        At most 0; −inf where q rules out what was counted.

    Raises
    ------
    ValueError
        If a count is negative or not whole, q does not sum to 1, or lengths differ.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 11.1.

    Examples
    --------
    Twelve letters that are as often a, b and c as six, four and two of them:

    >>> bits = log_type_probability([6, 4, 2], [1 / 2, 1 / 3, 1 / 6])
    >>> round(bits, 4)
    -3.7511
    """
    counts, q = _checks.counts(counts), _checks.distribution(q, "q")
    log_base = _checks.base_log(base)
    _checks.equally_long(counts, q, ("counts", "q"))
    n = float(counts.sum())
    if n == 0:
        return 0.0
    seen = counts[counts > 0].tolist()
    orders = _log_gamma_rest(n, 1.0) - math.fsum([_log_gamma_rest(c, 1.0) for c in seen])
    orders -= (len(seen) - 1) * math.log(2 * math.pi) / 2
    nats = orders - n * float(_exact.kl(counts / n, q))
    return _checks.result(min(nats, 0.0) / log_base)


# --- tests ---------------------------------------------------------------------------------


def neyman_pearson(p0: float, p1: float, n: int, alpha: float) -> float:
    """Return the least probability to miss a coin of p1, at a level alpha of false alarms.

    β = min P₁(accept 0) over all tests of n tosses with P₀(reject 0) ≤ α.  The best test rejects
    where the likelihood ratio P₁/P₀ is large; at its threshold it leaves the decision to
    chance, so that the level is used up.

    Parameters
    ----------
    p0, p1 : float
        Probability of heads under the null hypothesis, and under the alternative.
    n : int
        Number of tosses.
    alpha : float
        The level: how often a coin of p0 may be taken for one of p1.

    Returns
    -------
    float
        At most 1 − alpha, which a test that does not look at the coin has.

    Raises
    ------
    ValueError
        If p0, p1 or alpha is not between 0 and 1, or n is negative, or too large to hold n numbers.

    See Also
    --------
    log_neyman_pearson : Its logarithm, where it is too small for a double.

    References
    ----------
    Neyman & Pearson, On the problem of the most efficient tests of statistical hypotheses (1933).

    Examples
    --------
    >>> f"{neyman_pearson(0.1, 0.4, 100, 0.05):.4g}"
    '3.904e-08'
    """
    null, other, n, level = _two_coins(p0, p1, n, alpha)
    if null == other or level == 1:
        return _checks.result(1 - level)
    if level == 0 and 0 < null < 1:
        return 1.0
    accepted = _accepted(null, other, n, level)
    return _checks.result(float(_binomial(n, other) @ accepted))


def log_neyman_pearson(p0: float, p1: float, n: int, alpha: float, *, base: float = 2) -> float:
    """Return the logarithm of the least probability to miss, also where no double holds that.

    log β, where β is what `neyman_pearson` returns.  By Stein's lemma −1/n log β tends to
    D(P₀‖P₁) as n grows, at every level between 0 and 1.

    Parameters
    ----------
    p0, p1 : float
        Probability of heads under the null hypothesis, and under the alternative.
    n : int
        Number of tosses.
    alpha : float
        The level: how often a coin of p0 may be taken for one of p1.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        At most 0; −inf where the best test never misses.

    Raises
    ------
    ValueError
        If p0, p1 or alpha is not between 0 and 1, or n is negative, or too large to hold n numbers.

    See Also
    --------
    neyman_pearson : The probability itself.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 11.8.

    Examples
    --------
    Of two coins that are tossed ten thousand times, 0.31 bits a toss:

    >>> bits = log_neyman_pearson(0.1, 0.4, 10_000, 0.05)
    >>> round(bits, 2), round(-bits / 10_000, 4)
    (-3145.46, 0.3145)
    """
    log_base = _checks.base_log(base)
    miss = neyman_pearson(p0, p1, n, alpha)
    if miss > _LEAST_MISS:
        return _checks.result(math.log(miss) / log_base)
    null, other, n, level = _two_coins(p0, p1, n, alpha)
    if level == 1:
        return -math.inf / log_base
    with np.errstate(divide="ignore"):
        logs = _log_binomial(n, other) + np.log(_accepted(null, other, n, level))
    return _checks.result(float(np.logaddexp.reduce(logs)) / log_base)


def _two_coins(p0: float, p1: float, n: int, alpha: float) -> tuple[float, float, int, float]:
    null, other = (_checks.scalar(p, name, _checks.unit) for p, name in ((p0, "p0"), (p1, "p1")))
    return null, other, _checks.whole(n, "n"), _checks.scalar(alpha, "alpha", _checks.unit)


def _accepted(null: float, other: float, n: int, level: float) -> FloatArray:
    """Return how often the best test accepts 0 after 0 ... n heads: always, never, or by chance."""
    _checks.held(n + 1, "n")
    # The outcomes in the order in which they are rejected, the most telling first.
    order = slice(None, None, -1) if other > null else slice(None)
    alarms = _binomial(n, null)[order]
    reached = np.cumsum(alarms)
    accepted = np.zeros(n + 1)
    if reached[-1] > level:  # else, but for rounding, the level is as good as 1
        at = int(np.argmax(reached > level))  # the outcome at which the level is used up
        accepted[at] = min((reached[at] - level) / alarms[at], 1.0)
        accepted[at + 1 :] = 1.0
    return accepted[order]


def _binomial(n: int, p: float) -> FloatArray:
    """Return the probabilities of 0 ... n heads, each from its neighbour, outwards from the top."""
    if p > 0.5:
        return _binomial(n, 1 - p)[::-1]
    ratios, top = _neighbours(n, p)
    above = np.cumprod(ratios[top:])
    with np.errstate(divide="ignore"):
        below = np.cumprod(1 / ratios[:top][::-1])[::-1]
    return _exact.normalized(np.concatenate([below, [1.0], above]))


def _log_binomial(n: int, p: float) -> FloatArray:
    """Return the natural logarithms of the same, also of what no double holds."""
    if p > 0.5:
        return _log_binomial(n, 1 - p)[::-1]
    ratios, top = _neighbours(n, p)
    with np.errstate(divide="ignore"):
        steps = np.log(ratios)
    below, above = -np.cumsum(steps[:top][::-1])[::-1], np.cumsum(steps[top:])
    logs = np.concatenate([below, [0.0], above])
    return np.asarray(logs - math.log(np.exp(logs).sum()))


def _neighbours(n: int, p: float) -> tuple[FloatArray, int]:
    """Return by what each probability of 0 ... n − 1 heads is multiplied, and the top of them."""
    heads = np.arange(n, dtype=float)
    return (n - heads) / (heads + 1) * (p / (1 - p)), min(n, int((n + 1) * p))


def sequential_test(p0: float, p1: float, p: float, *, alpha: float, beta: float) -> SequentialTest:
    """Return what Wald's sequential test of two coins costs, and where it ends, for a coin of p.

    After each toss the log likelihood ratio Σ log P₁/P₀ is compared with two thresholds: at
    log (1−β)/α or above, the test ends and accepts p1; at log β/(1−α) or below, it accepts p0.

    Parameters
    ----------
    p0, p1 : float
        Probability of heads under either hypothesis.
    p : float
        Probability of heads of the coin that is tossed.
    alpha, beta : float
        The errors that the thresholds are made for: to accept p1 when p0 is true, and p0 when
        p1 is.  The true ones are other numbers, as the ratio steps over a threshold: they are
        bounded by α/(1−β) and β/(1−α), and their sum by α + β.

    Returns
    -------
    SequentialTest(mean_n, accept_1, accept_0)
        The mean number of tosses, and the probabilities of both ends; their sum is 1.

    Raises
    ------
    ValueError
        If a probability is not between 0 and 1, p0 and p1 are equal, or too close, or alpha and
        beta too small, for the test to be followed to its end; if alpha or beta is 0, or they add
        up to 1 or more.

    Notes
    -----
    The number of heads is followed toss by toss, as a distribution over whole numbers, until
    nothing that would show is left undecided: no simulation, and no formula of Wald's.

    References
    ----------
    Wald, Sequential tests of statistical hypotheses (1945).

    Examples
    --------
    >>> n, accept_1, accept_0 = sequential_test(0.5, 0.6, 0.5, alpha=0.05, beta=0.05)
    >>> round(n, 1), round(accept_1, 3)
    (135.1, 0.046)
    """
    null, other, heads = (
        _checks.scalar(x, name, _checks.unit) for x, name in ((p0, "p0"), (p1, "p1"), (p, "p"))
    )
    level, miss = _errors(alpha, beta)
    if null == other:
        raise ValueError(f"p0 and p1 must differ, but both are {null!r}")
    if null > other:  # call heads tails
        null, other, heads = 1 - null, 1 - other, 1 - heads
    corridor = _Corridor(null, other, level, miss)
    if corridor.upper - corridor.lower > _WIDEST * corridor.slope:
        raise _too_close(p0, p1)
    undecided, least = np.ones(1), 0  # the probabilities of `least`, `least` + 1 ... heads
    mean_n, ends = 0.0, [0.0, 0.0]
    for n in range(1, _TOSSES + 1):
        mean_n += float(undecided.sum())
        undecided = np.convolve(undecided, [1 - heads, heads])
        first, last = corridor.inside(n)
        first, last = max(first - least, 0), max(last - least, 0)
        ends[0] += float(undecided[:first].sum())
        ends[1] += float(undecided[max(first, last) :].sum())
        undecided, least = undecided[first:last], least + first
        if undecided.sum() <= _UNDECIDED:
            return SequentialTest(mean_n, ends[1], ends[0])
    raise _too_close(p0, p1)


def _too_close(p0: float, p1: float) -> ValueError:
    return ValueError(
        f"p0 and p1 must be farther apart, got {_checks.show(p0)} and {_checks.show(p1)}, or alpha "
        "and beta larger: the test goes on for too long to be followed toss by toss"
    )


def _errors(alpha: float, beta: float) -> tuple[float, float]:
    """Return both errors of a sequential test, which must add up to less than 1."""
    level, miss = (
        _checks.scalar(_checks.unit(x, name), name, _checks.positive)
        for x, name in ((alpha, "alpha"), (beta, "beta"))
    )
    if level + miss >= 1:
        raise ValueError(f"alpha and beta must add up to less than 1, got {level!r} and {miss!r}")
    return level, miss


class _Corridor:
    """Between which numbers of heads the test goes on; p0 is less than p1."""

    def __init__(self, p0: float, p1: float, alpha: float, beta: float):
        # subtle: a ratio that is at a threshold but for rounding has reached it.
        self.upper = (math.log1p(-beta) - math.log(alpha)) * (1 - 1e-12)
        self.lower = (math.log(beta) - math.log1p(-alpha)) * (1 - 1e-12)
        self.head = math.inf if p0 == 0 else float(_exact.log_quotient(np.array(p1), p0))
        self.tail = -math.inf if p1 == 1 else math.log1p(-p1) - math.log1p(-p0)
        self.slope = self.head - self.tail

    def inside(self, n: int) -> tuple[int, int]:
        """Return the least number of heads in n tosses at which the test goes on, and one more
        than the largest."""
        if self.slope == math.inf:
            return self._inside_where_one_outcome_proves(n)
        least = math.floor((self.lower - n * self.tail) / self.slope) + 1
        return least, math.ceil((self.upper - n * self.tail) / self.slope)

    def _inside_where_one_outcome_proves(self, n: int) -> tuple[int, int]:
        if self.tail > -math.inf:  # as long as there was no head
            return (0, 1) if n * self.tail > self.lower else (1, 1)
        if self.head < math.inf:  # as long as there was no tail
            return (n, n + 1) if n * self.head < self.upper else (n, n)
        return n, n


# --- bets ----------------------------------------------------------------------------------


def growth_rate(p: ArrayLike, odds: ArrayLike, bets: ArrayLike, *, base: float = 2) -> float:
    """Return the rate at which wealth grows when the same shares of it are bet again and again.

    Σ p(x) log W(x), where W(x) = 1 − Σ bets + bets(x) odds(x) is what becomes of a unit of wealth
    when x happens.  With everything bet and bets = p it is Σ p log(p·odds).

    Parameters
    ----------
    p : array_like, shape (k,)
        Probabilities of the outcomes.
    odds : array_like, shape (k,)
        What is paid back for a unit bet on each outcome, the unit included: 2 for even odds,
        4 for “three to one”.
    bets : array_like, shape (k,)
        The share of wealth that is bet on each outcome; what is left of it is kept.
    base : float, default 2
        2 gives bits per bet, which are doublings, `math.e` nats.

    Returns
    -------
    float
        −inf where something that can happen takes all.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, p does not sum to 1, the bets sum to more than 1,
        or lengths differ.

    References
    ----------
    Kelly, A new interpretation of information rate (1956).
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 6.1.

    Examples
    --------
    Even odds on a coin that shows heads six times in ten: a fifth of one's wealth, not all.

    >>> round(growth_rate([0.6, 0.4], [2, 2], [0.2, 0]), 4)
    0.029
    >>> growth_rate([0.6, 0.4], [2, 2], [1, 0])
    -inf
    """
    p, log_base = _checks.distribution(p, "p"), _checks.base_log(base)
    odds = _checks.vector(odds, "odds", _checks.nonnegative)
    bets = _checks.shares(bets, "bets")
    _checks.equally_long(odds, p, ("odds", "p"))
    _checks.equally_long(bets, p, ("bets", "p"))
    staked, happens = math.fsum(bets), p > 0
    kept = max(math.fsum([1.0, *-bets]), 0.0)
    with np.errstate(over="ignore"):
        paid = bets[happens] * odds[happens]
        gains = paid - min(staked, 1.0)
    if np.isposinf(gains).any():
        raise ValueError("odds must be smaller: what they pay is beyond the largest number")
    wealth = kept + paid
    if not wealth.all():
        return -math.inf / log_base
    # What nearly all is lost of is known by what is left, and not by the loss.
    logs = np.where(gains > -0.5, np.log1p(np.maximum(gains, -0.5)), np.log(wealth))
    nats = math.fsum(p[happens] * logs) / math.fsum(p)
    return _checks.result(nats / log_base)


# --- codes ---------------------------------------------------------------------------------


def kt_code_length(counts: ArrayLike, *, base: float = 2) -> float:
    """Return what a sequence with these counts costs in the code of Krichevsky and Trofimov.

    The code predicts outcome x with (c(x) + ½) / (n + k/2) after n outcomes, c(x) of them x.  The
    product of its predictions is the same in whatever order they came:
    −log [Γ(k/2)/Γ(n + k/2) · Π Γ(c + ½)/Γ(½)].

    Parameters
    ----------
    counts : array_like, shape (k,)
        How often each outcome came, in whole numbers.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        At least what the best fixed distribution needs, n H(counts/n); more by about half a
        logarithm of n for each count but one.

    Raises
    ------
    ValueError
        If a count is negative or not whole.

    References
    ----------
    Krichevsky & Trofimov, The performance of universal encoding (1981).

    Examples
    --------
    >>> round(kt_code_length([7, 3]), 3)
    10.84
    """
    counts, log_base = _checks.counts(counts), _checks.base_log(base)
    n, k = float(counts.sum()), len(counts)
    if n == 0:
        return 0.0
    learning = _log_gamma_rest(n, k / 2) - (math.lgamma(k / 2) - math.log(2 * math.pi) / 2)
    for c in counts[counts > 0].tolist():
        learning -= _log_gamma_rest(c, 0.5) + math.log(2) / 2
    nats = n * float(_exact.entropy(counts / n)) + learning
    return _checks.result(max(nats, 0.0) / log_base)


def nml_regret(n: int, k: int = 2, *, base: float = 2) -> float:
    """Return the least regret that some code can promise for every sequence of n outcomes.

    log Σ over all sequences of Π (c/n)^c, the largest probability that any fixed distribution
    gives them.  The code of normalised maximum likelihood (Shtarkov) needs exactly so much
    more for each sequence than the distribution that fits this sequence best.

    Parameters
    ----------
    n : int
        Length of the sequence.
    k : int, default 2
        Number of possible outcomes.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        About (k−1)/2 · log n for large n; for k = 2 close to ½ log nπ/2.

    Raises
    ------
    ValueError
        If n is negative, or too large to hold 40 √n numbers, or k is not positive, or
        above ten million.

    Notes
    -----
    For two outcomes Abel's identity turns the sum into Σ n! / ((n−i)! nⁱ), whose terms are
    products of 1 − j/n.  From there a sum for k outcomes, S(k), follows by
    S(k+2) = S(k+1) + n/k · S(k).

    References
    ----------
    Shtarkov, Universal sequential coding of single messages (1987).
    Kontkanen & Myllymäki, A linear-time algorithm for computing the multinomial stochastic
    complexity (2007).

    Examples
    --------
    >>> round(nml_regret(10), 4)
    2.2204
    """
    n, k = _checks.whole(n, "n"), _checks.whole(k, "k", 1)
    log_base = _checks.base_log(base)
    if n == 0 or k == 1:
        return 0.0
    _checks.at_most(k, _OUTCOMES, "k", "the sum is made for one outcome after the other")
    terms = min(n, 40 * math.isqrt(n) + 40)  # the others are less than e^−800
    _checks.held(terms, "n")
    ratio = 1 + float(np.cumprod(1 - np.arange(terms, dtype=float) / n).sum())  # S(2)/S(1)
    nats = math.log(ratio)
    for outcomes in range(1, k - 1):
        ratio = 1 + n / outcomes / ratio
        nats += math.log(ratio)
    return _checks.result(nats / log_base)


def _log_gamma_rest(n: float, a: float) -> float:
    """Return log Γ(n + a) − (n log n − n + ½ log 2π), which does not grow like n.

    What is left out adds up to an entropy, exactly, so that nothing cancels in long sequences.
    """
    z = n + a
    if z < 16:
        return math.lgamma(z) - (n * math.log(n) - n + math.log(2 * math.pi) / 2)
    square = 1 / z / z  # of 1/z: that of z may be beyond the doubles
    stirling = (1 / 12 - (1 / 360 - (1 / 1260 - square / 1680) * square) * square) / z
    return n * math.log1p(a / n) - a + (a - 0.5) * math.log(z) + stirling
