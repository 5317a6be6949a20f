"""All numerical care in one place: information in nats, to a few units in the last place.

Every function takes arrays that have passed `_checks`, with distributions along the last axis,
and measures the *exactly normalised* distributions the doubles stand for: sums that miss 1 by
rounding are corrected, not ignored.  Three ideas carry everything:

* a quantity that is never negative is summed from terms that are never negative, so that
  nothing cancels;
* what is close to 1 is described by its distance from 1, and `log` becomes `log1p`;
* work is done in blocks that stay in the cache, so that extra memory does not grow with n.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from itlib._types import Array, FloatArray, IntArray, Result

BLOCK = 32768  # elements: 256 KB, which stays in a second- or third-level cache
_PIECE = 64  # elements that are added in one go
FEW = 32  # up to here plain Python is eight times as quick as a few calls of NumPy
_NEAR = 0.33  # |p - q| / (p + q), up to which p and q differ by a factor of less than two
_PEAKED = 0.5  # nats of entropy, below which one outcome has p > 0.6
_CLOSE = 0.2  # nats of divergence, below which one rounding of p or q would show
_CLOSE_JS = 0.25  # the same for a Jensen-Shannon divergence, which is at most log 2

# Both are called with tables of equally many rows, one table for each distribution of a row.
Measure = Callable[..., FloatArray]  # returns a number for each row
Sums = Callable[..., tuple[FloatArray, ...]]  # returns several, each a sum along the row


def entropy(p: FloatArray) -> Result:
    """Return the entropy of each distribution in `p`."""
    if p.ndim == 1 and p.size <= FEW:
        return _one_short_row(
            p, quick=_quick_entropy_of_few, careful=_entropy_of_peaked_rows, below=_PEAKED
        )
    return _by_rows(p, measure=_quick_entropy, careful=_entropy_of_peaked_rows, below=_PEAKED)


def binary_entropy(p: FloatArray) -> FloatArray:
    """Return the entropy of a coin that shows heads with probability `p`, elementwise."""
    with np.errstate(all="ignore"):
        heads = np.where(p > 0, p * np.log(p), 0.0)
        tails = np.where(p < 1, (1 - p) * np.log1p(-p), 0.0)
    return -heads - tails


def kl(p: FloatArray, q: FloatArray) -> Result:
    """Return D(p‖q) for each pair of distributions."""
    if p.ndim == q.ndim == 1 and p.size <= FEW:
        return _one_short_row(p, q, quick=_quick_kl_of_few, careful=_kl_of_near_rows, below=_CLOSE)
    return _by_rows(p, q, measure=_quick_kl, careful=_kl_of_near_rows, below=_CLOSE)


def cross_entropy(p: FloatArray, q: FloatArray) -> Result:
    """Return CE(p, q) for each pair of distributions.

    As H(p) + D(p‖q) neither part loses digits where q is nearly certain.
    """
    return entropy(p) + kl(p, q)


def js(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the Jensen-Shannon divergence of each pair of distributions."""
    return _by_rows(p, q, measure=_quick_js, careful=_js_of_near_rows, below=_CLOSE_JS)


def total_variation(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return half the sum of |p - q| for each pair of distributions."""
    return _by_rows(p, q, measure=_variation_of_rows)


def chi_squared(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the sum of (p - q)²/q for each pair of distributions."""
    return _by_rows(p, q, measure=_chi_squared_of_rows)


def squared_hellinger(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return half the sum of (√p − √q)² for each pair of distributions."""
    return _by_rows(p, q, measure=_lifted_square_of_rows) / 2 / _LIFT**2


def chord(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the length of √p − √q for each pair of distributions."""
    return np.sqrt(_by_rows(p, q, measure=_lifted_square_of_rows)) / _LIFT


def mutual_information(p_xy: FloatArray) -> float:
    """Return I(X;Y) of a joint table of probabilities."""
    with np.errstate(all="ignore"):
        return _information(p_xy, *_against_independence(p_xy))


def mutual_information_of_counts(n_xy: IntArray, n_x: IntArray, n_y: IntArray) -> float:
    """Return I(X;Y) from the counts of the pairs that occur and of their parts.

    All differences are whole numbers of 64 bits, and exact.
    """
    n_xy, n_x, n_y = (np.asarray(counts, np.int64) for counts in (n_xy, n_x, n_y))
    n, product = int(n_xy.sum()), n_x * n_y
    elsewhere = n * n - int(product.sum())  # n(x) n(y) of the pairs that never occur
    difference = (n_xy * n - product).astype(float)
    with np.errstate(all="ignore"):
        joint, product = n_xy * float(n), product.astype(float)
        return _information(n_xy, joint, product, difference, joint / product, n, elsewhere)


def pointwise_mutual_information(p_xy: FloatArray) -> FloatArray:
    """Return log p(x,y)/(p(x)p(y)) for each cell; 0 where x or y never happens."""
    with np.errstate(all="ignore"):
        _, product, difference, ratio, _ = _against_independence(p_xy)
        change = difference / product
        pmi = np.where(np.abs(change) < 0.5, np.log1p(change), np.log(ratio))
    return np.where(np.isnan(ratio), 0.0, pmi)


def log_quotient(a: FloatArray, b: FloatArray | float) -> FloatArray:
    """Return log(a/b) for positive numbers, near 1 and also where a/b itself is out of range."""
    with np.errstate(over="ignore", under="ignore"):
        quotient, stretch = a / b, (a - b) / b
    near, fits = np.abs(stretch) < 0.5, (quotient > 1e-300) & (quotient < math.inf)
    log = np.where(fits, np.log(np.where(fits, quotient, 1)), np.log(a) - np.log(b))
    return np.where(near, np.log1p(np.where(near, stretch, 0)), log)


def difference_in_units(
    a: FloatArray, b: FloatArray | float, unit: FloatArray | float
) -> FloatArray:
    """Return (a − b)/unit, also where the difference itself is beyond the largest double."""
    with np.errstate(over="ignore", invalid="ignore"):
        gap = a - b
        quotient = gap / unit
        if np.isfinite(gap).all():
            return quotient
        return np.where(np.isfinite(gap), quotient, (a / 2 - b / 2) / unit * 2)


def total(x: FloatArray) -> Any:
    """Return the sum along the last axis; for short rows a product with ones is quickest."""
    k = x.shape[-1]
    return x @ _ONES[:k] if x.ndim > 1 and k <= 16 else np.add.reduce(x, axis=-1)


_ONES = np.ones(_PIECE)


def normalized(weights: FloatArray) -> FloatArray:
    """Return all weights divided by their sum."""
    return np.asarray(weights / weights.sum())


def solution(system: Array, wanted: Array) -> Array:
    """Return the x with system · x = wanted, the shortest of several where it is singular."""
    try:
        found = np.linalg.solve(system, wanted)
        if np.isfinite(found).all():  # as it is not in a browser, where nothing is raised
            return found
    except np.linalg.LinAlgError:
        pass
    return np.linalg.lstsq(system, wanted)[0]


# --- entropy -------------------------------------------------------------------------------


def _quick_entropy(p: FloatArray) -> FloatArray:
    sum_p, p_log_p = _sums(_sum_and_p_log_p, p)
    return np.log(sum_p) - p_log_p / sum_p


def _entropy_of_peaked_rows(p: FloatArray) -> FloatArray:
    return _entropy_of_peaked(*_sums(_top_and_others, p))


def _quick_entropy_of_few(p: list[float]) -> float:
    """Do the same as `_quick_entropy` for one short list."""
    sum_p = math.fsum(p)
    return math.log(sum_p) - math.fsum([x * math.log(x) for x in p if x]) / sum_p


def _entropy_of_peaked(top: FloatArray, rest: FloatArray, rest_log_rest: FloatArray) -> FloatArray:
    """Return the entropy where one outcome is nearly certain.

    Its distance from 1 is not 1 - top, which is rounded, but the sum of the others.
    """
    whole = top + rest
    return (rest * np.log(whole) - rest_log_rest - top * np.log1p(-rest / whole)) / whole


def _sum_and_p_log_p(p: FloatArray) -> tuple[FloatArray, ...]:
    logs = np.log(p)
    p_log_p = _dot(p, logs)
    if math.isnan(p_log_p.sum()):  # from 0 log 0, which is 0: any finite number serves as log 0
        p_log_p = _dot(p, np.maximum(logs, -1e4))
    return total(p), p_log_p


def _top_and_others(p: FloatArray) -> tuple[FloatArray, ...]:
    """Return the largest probability, the sum of the others and of their p log p."""
    others = np.where(p > 0.5, 0.0, p)
    return _sum(p - others), *_sum_and_p_log_p(others)


# --- KL divergence -------------------------------------------------------------------------
#
# D(p‖q) = Σ [p log(p/q) - p + q] for normalised p and q.  The terms are never negative.  With
# s = (p-q)/(p+q), log(p/q) = 2 artanh(s) turns a term into (p-q) [s + (1+s) A(s²)], where
# A(t) = t/3 + t²/5 + t³/7 + ...; nothing in it cancels, and p - q is exact in floating point
# while p and q are within a factor of two.
#
# Doubles sum to 1 + rounding.  For sums P and Q the same terms add up to T, and
# D = T/P - g(Q/P - 1), g(e) = e - log(1 + e): a second-order correction.  Where it takes away
# much of T, q is first rescaled to the sum of p.


def _quick_kl(p: FloatArray, q: FloatArray) -> FloatArray:
    """Take one logarithm per outcome; good enough where p and q are far apart."""
    if len(p) == 1 and _looks_near(p, q):
        return np.zeros(1)
    p_log_ratio, excess, sum_p = _sums(_p_log_ratio_and_sums, p, q)
    return p_log_ratio / sum_p + np.log1p(-excess / sum_p)


def _quick_kl_of_few(p: list[float], q: list[float]) -> float:
    """Do the same as `_quick_kl` for two short lists."""
    try:
        p_log_ratio = math.fsum([a * math.log(a / b) for a, b in zip(p, q) if a])
    except ZeroDivisionError:
        return math.inf
    sum_p = math.fsum(p)
    return p_log_ratio / sum_p - math.log(sum_p / math.fsum(q))


def _looks_near(p: FloatArray, q: FloatArray) -> np.bool_:
    """Tell from the beginning of a row whether the quick sum would be in vain."""
    p, q = p[:, :FEW], q[:, :FEW]
    return np.max(np.abs(p - q) - _NEAR * (p + q)) <= 0


def _p_log_ratio_and_sums(p: FloatArray, q: FloatArray) -> tuple[FloatArray, ...]:
    # The difference of two rounded sums would be mostly rounding.
    excess = _sum(p - q)
    return _p_log_ratio(p, q), excess, total(p)


def _p_log_ratio(p: FloatArray, q: FloatArray) -> FloatArray:
    p_log_ratio = _dot(p, np.log(p / q))
    if not math.isfinite(p_log_ratio.sum()):
        p_log_ratio = _dot(p, _log_ratio(p, q))
    return p_log_ratio


def _log_ratio(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return log(p/q): inf where only q is 0, and something finite where p is 0."""
    logs = _finite_log(p / q)
    over = np.isposinf(logs)  # as p/q itself may be
    return np.where(over, np.log(p) - np.log(q), logs) if over.any() else logs


def _finite_log(ratio: FloatArray) -> FloatArray:
    """Return the log of a ratio, where 0/p and 0/0 meet a factor 0 and any number serves."""
    return np.fmax(np.log(ratio), -1e4)


def _kl_of_near_rows(p: FloatArray, q: FloatArray) -> FloatArray:
    """Sum terms that are never negative, again where the sums of p and q are too far apart."""
    terms, excess, sum_p = _sums(_kl_sums, p, q)
    divergence, correction = _kl_from_sums(terms, excess, sum_p)
    off = correction > divergence / 4
    if off.any():
        scale = (excess / (sum_p - excess))[:, None]
        terms, excess, _ = _sums(_kl_sums, p, q, scale)
        divergence = np.where(off, _kl_from_sums(terms, excess, sum_p)[0], divergence)
    return divergence


def _kl_from_sums(
    terms: FloatArray, excess: FloatArray, sum_p: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the divergence and how much of it the sums not being equal made up."""
    e = -excess / sum_p
    correction = e * e * (1 / 2 - e * (1 / 3 - e * (1 / 4 - e / 5)))
    return terms / sum_p - correction, correction


def _kl_sums(
    p: FloatArray, q: FloatArray, scale: FloatArray | None = None
) -> tuple[FloatArray, ...]:
    """Return the sums of the terms, of p - q (1 + scale), and of p."""
    if scale is None:
        difference = p - q
    else:
        difference, q = _difference(p, q, scale), q + q * scale
    return _sum(_kl_terms(p, q, difference)), _sum(difference), total(p)


def _kl_terms(
    p: FloatArray, q: FloatArray, difference: FloatArray, ratio: FloatArray | None = None
) -> FloatArray:
    """Return p log(p/q) - (p - q) for each outcome, given the difference."""
    s, t, reach = _relative(difference, p + q)
    terms = difference * (s + (1 + s) * _series(ARTANH, t, reach))
    if reach > _NEAR:
        log_ratio = _log_ratio(p, q) if ratio is None else _finite_log(ratio)
        terms = np.where(t > _NEAR**2, p * log_ratio - difference, terms)
    return terms


# --- Jensen-Shannon, total variation -------------------------------------------------------
#
# With s = (p-q)/(p+q), the divergence is 1/4 Σ (p+q) G(s), where G(s) = (1+s) log(1+s) +
# (1-s) log(1-s) = s² + s⁴/6 + s⁶/15 + ...: even, never negative.


def _quick_js(p: FloatArray, q: FloatArray) -> FloatArray:
    """Take two logarithms per outcome; good enough where p and q are far apart."""
    if len(p) == 1 and _looks_near(p, q):
        return np.zeros(1)
    sum_p, sum_q = _sums(lambda p, q: (total(p), total(q)), p, q)
    (shared,) = _sums(_js_from_logs, p, q, (sum_p / sum_q)[:, None])
    return math.log(2) + shared / sum_p / 2


def _js_from_logs(p: FloatArray, q: FloatArray, factor: FloatArray) -> tuple[FloatArray, ...]:
    """Return Σ p log p/(p+q) + q log q/(p+q): never positive, and 0 where nothing is shared."""
    q = q * factor
    whole = p + q
    return (_p_log_ratio(p, whole) + _p_log_ratio(q, whole),)


def _js_of_near_rows(p: FloatArray, q: FloatArray) -> FloatArray:
    (sum_p,) = _sums(_sum_of_block, p)
    return _sums(_js_sum, p, q, _scale(p, q))[0] / sum_p / 4


def _js_sum(p: FloatArray, q: FloatArray, scale: FloatArray) -> tuple[FloatArray, ...]:
    """Return Σ (p+q) G(s), with q scaled to the sum of p."""
    difference = _difference(p, q, scale)
    q = q + q * scale
    s, t, reach = _relative(difference, p + q)
    terms = difference * s * (1 + _series(_GAIN, t, reach))
    if reach > _NEAR:
        terms = np.where(t > _NEAR**2, _js_terms_far_apart(p, q, np.abs(s)), terms)
    return (_sum(terms),)


def _js_terms_far_apart(p: FloatArray, q: FloatArray, s: FloatArray) -> FloatArray:
    """Return (p+q) G(s), given |s|."""
    whole = p + q
    # 1 - s goes with the rounding of s, where it is not lost in it: then the smaller part counts.
    small = np.minimum(p, q) / whole * 2
    less = np.where(s < 0.5, 1 - s, small)
    log_less = np.where(s < 0.5, np.log1p(-s), _finite_log(small))
    return whole * ((1 + s) * np.log1p(s) + less * log_less)


def _variation_of_rows(p: FloatArray, q: FloatArray) -> FloatArray:
    (sum_p,), scale = _sums(_sum_of_block, p), _scale(p, q)
    return _sums(_variation_sum, p, q, scale)[0] / sum_p / 2


def _variation_sum(p: FloatArray, q: FloatArray, scale: FloatArray) -> tuple[FloatArray, ...]:
    return (_sum(np.abs(_difference(p, q, scale))),)


def _chi_squared_of_rows(p: FloatArray, q: FloatArray) -> FloatArray:
    (sum_p,), scale = _sums(_sum_of_block, p), _scale(p, q)
    return _sums(_chi_squared_sum, p, q, scale)[0] / sum_p


def _chi_squared_sum(p: FloatArray, q: FloatArray, scale: FloatArray) -> tuple[FloatArray, ...]:
    difference, q = _difference(p, q, scale), q + q * scale
    # Neither the ratio nor the square leaves the doubles where the term does not.
    terms = difference / (q * _LIFT) * (difference * _LIFT)
    return (_sum(np.where(difference == 0, 0.0, terms)),)


def _lifted_square_of_rows(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return the sum of (√p − √q)², times a power of 2."""
    (sum_p,), scale = _sums(_sum_of_block, p), _scale(p, q)
    return _sums(_chord_sum, p, q, scale)[0] / sum_p


def _chord_sum(p: FloatArray, q: FloatArray, scale: FloatArray) -> tuple[FloatArray, ...]:
    roots = np.sqrt(p) + np.sqrt(q + q * scale)
    gap = np.where(roots > 0, _difference(p, q, scale) / roots, 0.0) * _LIFT
    return (_sum(gap * gap),)


_LIFT = 2.0**300  # the square of the root of the least double would be zero


def _scale(p: FloatArray, q: FloatArray) -> FloatArray:
    """Return by how much, beyond 1, q must be multiplied to have the sum of p."""
    excess, sum_q = _sums(lambda p, q: (_sum(p - q), _sum(q)), p, q)
    return (excess / sum_q)[:, None]


# --- dependence ----------------------------------------------------------------------------
#
# I(X;Y) is the KL divergence of the joint from the product of the marginals.  Nearly
# independent variables leave a residual p_xy - p_x p_y of the size of one rounding, so sums and
# products are carried as pairs of doubles, high + low (for counts, these are whole numbers
# and exact).  Everything stays multiplied by the square of the total, to divide only once.


def _information(
    p: Array,
    joint: Array,
    product: Array,
    difference: FloatArray,
    ratio: FloatArray,
    total: float,
    elsewhere: float = 0,
) -> float:
    """Return Σ p log(joint/product) / total, with care where it is small."""
    p, ratio = p.reshape(1, -1), ratio.reshape(1, -1)
    (quick,) = _sums(lambda p, ratio: (_dot(p, _finite_log(ratio)),), p, ratio)
    if quick[0] / total >= _CLOSE:
        return float(quick[0] / total)
    terms = _kl_terms(joint.ravel(), product.ravel(), difference.ravel(), ratio.ravel())
    (careful,) = _sums(_sum_of_block, terms.reshape(1, -1))
    return float((careful[0] + elsewhere) / total / total)


def _against_independence(
    table: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, float]:
    """Return total·p_xy, p_x·p_y, their exact difference, their ratio, and the total."""
    x_high, x_low = _sum_in_pairs(table)
    y_high, y_low = (part[None, :] for part in _sum_in_pairs(table.T))
    high, low = _sum_in_pairs(x_high[None, :])
    high, low = high[0], low[0] + x_low.sum()
    x_high, x_low = x_high[:, None], x_low[:, None]
    joint, product = table * high, x_high * y_high
    difference = joint - product
    difference += product_error(table, high, joint) - product_error(x_high, y_high, product)
    difference += table * low - (x_high * y_low + x_low * y_high)
    # The ratio is right where the product underflows; it is never infinite, but may overflow.
    ratio = np.minimum(table / x_high / y_high * high, _LARGEST)
    return joint, product, difference, ratio, high


def _sum_in_pairs(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the sum along the last axis as high + low, exact to about 30 digits."""
    high, low = x, np.zeros_like(x)
    while high.shape[-1] > 1:
        if high.shape[-1] % 2:
            high, low = (
                np.concatenate([part, np.zeros_like(part[..., :1])], -1) for part in (high, low)
            )
        a, b = high[..., ::2], high[..., 1::2]
        high = a + b
        shadow = high - a
        low = low[..., ::2] + low[..., 1::2] + ((a - (high - shadow)) + (b - shadow))
    high, low = high[..., 0], low[..., 0]
    return high + low, low - ((high + low) - high)


_LARGEST = np.finfo(float).max


# --- tools ---------------------------------------------------------------------------------

ARTANH = [1 / (2 * k + 3) for k in range(18)]  # of artanh s = s + Σ cₖ s^(2k+3)
_GAIN = [1 / ((k + 2) * (2 * k + 3)) for k in range(18)]


def _series(coefficients: list[float], t: FloatArray, reach: float) -> FloatArray:
    """Return Σ cₖ t^(k+1), t = s², with as many terms as |s| <= reach needs, up to _NEAR."""
    reach, t = min(reach, _NEAR), np.minimum(t, _NEAR**2)
    count = max(1, math.ceil(-19 / math.log(reach) - 0.5)) if reach else 1
    value = np.zeros_like(t)
    for coefficient in coefficients[count - 1 :: -1]:
        value += coefficient
        value *= t
    return value


def _relative(difference: FloatArray, whole: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Return s = difference/whole, 0 where both are 0; s²; and the largest |s|."""
    s = difference / whole
    if math.isnan(s.max()):
        s[np.isnan(s)] = 0.0
    t = s * s
    return s, t, math.sqrt(t.max())


def _difference(p: FloatArray, q: FloatArray, scale: FloatArray) -> FloatArray:
    """Return p - q (1 + scale), rounded about once."""
    shift = q * scale
    difference = p - q - shift
    if np.max(np.abs(scale)) > 2**-52:  # the sums differ by more than their rounding
        difference -= product_error(q, scale, shift)
    return difference


def product_error(a: FloatArray, b: FloatArray | float, product: FloatArray) -> FloatArray:
    """Return a*b - product without rounding, after Dekker, from halves that multiply exactly."""
    a_high, b_high = _upper_half(a), _upper_half(b)
    a_low, b_low = a - a_high, b - b_high
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def _upper_half(x: Any) -> Any:
    shifted = x * 134217729.0  # 2**27 + 1, which leaves 26 bits
    return shifted - (shifted - x)


# --- sums over rows and blocks -------------------------------------------------------------


def _by_rows(
    *arrays: FloatArray, measure: Measure, careful: Measure | None = None, below: float = 0.0
) -> FloatArray:
    """Measure every row of arrays that broadcast; with care what comes out below a limit."""
    arrays = np.broadcast_arrays(*arrays) if len(arrays) > 1 else arrays
    shape, k = arrays[0].shape[:-1], arrays[0].shape[-1]
    rows = [x.reshape(-1, k) for x in arrays]
    with np.errstate(all="ignore"):
        measured = _in_blocks(measure, rows, np.arange(len(rows[0])))
        if careful is not None:
            again = np.flatnonzero(measured < below)
            if len(again):
                measured[again] = _in_blocks(careful, rows, again)
    return measured.reshape(shape)


def _in_blocks(measure: Measure, rows: list[FloatArray], places: IntArray) -> FloatArray:
    """Return the measure of the rows at these places, taken of about a block at a time."""
    step = max(1, BLOCK // rows[0].shape[-1])
    parts = []
    for i in range(0, len(places), step):
        here = places[i : i + step]
        neighbours = here[-1] - here[0] == len(here) - 1  # which need no copy
        some = slice(here[0], here[-1] + 1) if neighbours else here
        parts.append(measure(*(x[some] for x in rows)))
    return np.concatenate(parts)


def _one_short_row(
    *row: FloatArray, quick: Callable[..., float], careful: Measure, below: float
) -> float:
    """Do the same for one row, whose quick measure is taken from lists."""
    measured = quick(*(x.tolist() for x in row))
    if below <= measured < math.inf:
        return measured
    with np.errstate(all="ignore"):
        return float(careful(*(x[None] for x in row))[0])


def _sums(measure: Sums, *rows: FloatArray) -> tuple[FloatArray, ...]:
    """Return several sums along each row, added up over blocks of columns where it is long."""
    k = rows[0].shape[-1]
    if k <= BLOCK:
        return measure(*rows)
    blocks = (
        [x if x.shape[-1] == 1 else x[:, j : j + BLOCK] for x in rows] for j in range(0, k, BLOCK)
    )
    parts = zip(*(measure(*block) for block in blocks))
    return tuple(np.array([math.fsum(sums) for sums in zip(*part)]) for part in parts)


def _sum_of_block(x: FloatArray) -> tuple[FloatArray, ...]:
    return (_sum(x),)


def _sum(x: FloatArray) -> FloatArray:
    """Return the sum along the last axis, in pieces.

    subtle: one long running sum of equal terms, as of a uniform distribution, drifts away.
    """
    if x.shape[-1] <= _PIECE:
        return total(x)
    pieces, rest = _pieces(x)
    sums = np.add.reduce(np.vecdot(pieces, _ONES), axis=-1)
    return sums + total(rest) if rest.size else sums


def _dot(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the sum of x*y along the last axis, in pieces."""
    if x.shape[-1] <= _PIECE:
        return total(x * y)
    (x, x_rest), (y, y_rest) = _pieces(x), _pieces(y)
    sums = np.add.reduce(np.vecdot(x, y), axis=-1)
    return sums + total(x_rest * y_rest) if x_rest.size else sums


def _pieces(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    whole = x.shape[-1] - x.shape[-1] % _PIECE
    return x[..., :whole].reshape(*x.shape[:-1], -1, _PIECE), x[..., whole:]
