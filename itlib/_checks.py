"""The gate: every argument passes here, and leaves as float64 or as an error in words.

A check returns what it accepted, as a float64 (or integer) array, so that it is used in one
line: ``p = probabilities(p, "p", axis)``.  Every message names the argument, the place and the
value.  A wrong type is a `TypeError`, everything else a `ValueError`.
"""

import math
import numbers
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sized
from typing import Any, overload

import numpy as np

from itlib._exact import FEW, total
from itlib._types import Array, ArrayLike, BoolArray, FloatArray, IntArray, Result

# How far a sum may be from 1, or a probability outside [0, 1].  Below this it is rounding, and
# forgiven; above, it is a mistake.  Narrow types round more: see `_tolerance`.
_TOLERANCE = 1e-9
_MOST_AXES = 32  # up to so many can be broadcast

# Of a whole number: a key has so many, and Python prints it, which it refuses for longer ones.
_MOST_BITS = 8192


# --- distributions -------------------------------------------------------------------------


def probabilities(p: ArrayLike, name: str, axis: int = -1) -> FloatArray:
    """Return `p` with its distributions along the *last* axis, having been along `axis`.

    Entries must be finite and >= 0 and sum to 1 within 1e-9 (float32: within 16 of its eps, or
    the square root of k of them).  An entry below 0 by no more than that becomes 0.
    """
    p, tolerance = _real(p, name)
    p = _axis_last(p, name, axis)
    # A sum and a minimum see everything: a NaN or an infinity shows in the sum.
    if p.ndim == 1 and p.size <= FEW:
        entries = p.tolist()
        right = min(entries) >= 0 and abs(sum(entries) - 1) <= tolerance
    else:
        right = p.min() >= 0 and _sum_to_1(p, tolerance)
    if not right and -tolerance <= p.min() < 0:
        p = np.maximum(p, 0.0)
        right = _sum_to_1(p, tolerance)
    if not right:
        _explain_probabilities(p, name, axis, tolerance)
    return p


def _sum_to_1(p: FloatArray, tolerance: float) -> bool:
    with np.errstate(invalid="ignore", over="ignore"):
        sums = total(p)
        return max(sums.max() - 1, 1 - sums.min()) <= tolerance


def distribution(p: ArrayLike, name: str) -> FloatArray:
    """Return one distribution, a vector."""
    return vector(p, name, probabilities)


def shares(x: ArrayLike, name: str) -> FloatArray:
    """Return parts of one whole, a vector: each is >= 0, and they sum to at most 1."""
    _, tolerance = _real(x, name)
    x = vector(x, name, nonnegative)  # as it was given: its type says how it is rounded
    with np.errstate(over="ignore"):
        whole = total(x)
    if not whole <= 1 + tolerance:
        raise ValueError(f"{name} must sum to at most 1, got {whole:.12g}")
    return x


def distribution_pair(p: ArrayLike, q: ArrayLike, axis: int = -1) -> tuple[FloatArray, FloatArray]:
    """Return `p` and `q` (distributions on the last axis), over one alphabet, broadcastable."""
    p, q = probabilities(p, "p", axis), probabilities(q, "q", axis)
    same_outcomes(p, q, ("p", "q"), axis)
    if p.shape != q.shape:
        broadcastable(p=p[..., 0], q=q[..., 0])
    return p, q


def joint(p_xy: ArrayLike, name: str = "p_xy", axes: int = 2) -> FloatArray:
    """Return a table of joint probabilities: all entries together sum to 1."""
    p_xy, tolerance = _real(p_xy, name)
    if axes == 2:
        way_out = "; joint_from_samples(x, y) makes such a table of two columns"
        has_axes(p_xy, name, axes, "rows are x, columns are y", way_out)
    else:
        has_axes(p_xy, name, axes, "x, y and z")
    if -tolerance <= p_xy.min() < 0:
        p_xy = np.maximum(p_xy, 0.0)
    with np.errstate(invalid="ignore", over="ignore"):
        sum_p = np.add.reduce(p_xy, axis=None)
    if not (p_xy.min() >= 0 and abs(sum_p - 1) <= tolerance):
        _explain_entries(p_xy, name)
        raise ValueError(f"{name} must sum to 1 over all its entries, {_got(sum_p, 'axis=None')}")
    return p_xy


def channel(p_y_given_x: ArrayLike, name: str = "p_y_given_x") -> FloatArray:
    """Return a channel: two axes, row x holds the distribution of y given x."""
    read, _ = _real(p_y_given_x, name)
    has_axes(read, name, 2, "row x holds the probabilities of y given x")
    return probabilities(p_y_given_x, name)  # as it was given: its type says how it is rounded


def changes(dp: ArrayLike, name: str, axis: int = -1) -> FloatArray:
    """Return derivatives of probabilities, which sum to 0, with the outcomes on the last axis."""
    dp, tolerance, eps = _read(dp, name)
    _demand(np.isfinite(dp), dp, name, "finite")
    dp = _axis_last(dp, name, axis)
    with np.errstate(over="ignore", invalid="ignore"):
        sums, sizes = np.sum(dp, axis=-1), np.sum(np.abs(dp), axis=-1)
    # Beside its own rounding a derivative has that of probabilities, which are of size 1.
    wrong = ~(np.abs(sums) <= tolerance * sizes + 16 * max(eps, _EPS))
    if wrong.any():
        place = np.unravel_index(np.argmax(wrong), np.shape(sums))
        raise ValueError(
            f"{name} must sum to 0 along axis {axis}, as probabilities still sum to 1, "
            f"got {float(np.asarray(sums)[place]):.12g}; {name} - p * sum({name}) is what "
            "normalising makes of it"
        )
    return dp


# --- numbers -------------------------------------------------------------------------------


def finite(x: ArrayLike, name: str) -> FloatArray:
    """Return `x`, every entry of which must be finite."""
    x, _ = _real(x, name)
    _demand(np.isfinite(x), x, name, "finite")
    return x


def positive(x: ArrayLike, name: str) -> FloatArray:
    """Return `x`, every entry of which must be finite and > 0."""
    x = finite(x, name)
    _demand(x > 0, x, name, "positive")
    return x


def nonnegative(x: ArrayLike, name: str) -> FloatArray:
    """Return `x`, every entry of which must be finite and >= 0, but for rounding.

    An entry below 0 by a few roundings of the largest one becomes 0.
    """
    x, _, eps = _read(x, name)
    _demand(np.isfinite(x), x, name, "finite")
    _demand(x >= min(0.0, -4 * eps * x.max()), x, name, "non-negative")
    return np.maximum(x, 0.0)


def information(x: ArrayLike, name: str, log_base: float) -> FloatArray:
    """Return `x`, informations in the unit of a base, in nats; none is negative.

    In a base below 1 they are numbers up to 0.
    """
    if log_base > 0:
        x = nonnegative(x, name)
    else:
        x = finite(x, name)
        _demand(x <= 0, x, name, "at most 0 in a base below 1")
    with np.errstate(over="ignore"):
        return np.asarray(x * log_base)


def rounding(x: ArrayLike, name: str, size: float) -> float:
    """Return how much a number of this size may be off in the type of `x`, by rounding alone."""
    _, _, eps = _read(x, name)
    return max(_TOLERANCE, 16 * eps * size)


def unit(x: ArrayLike, name: str) -> FloatArray:
    """Return `x`, every entry of which must be in [0, 1]: separate probabilities."""
    return _between(x, name, 0)


def correlations(x: ArrayLike, name: str) -> FloatArray:
    """Return `x`, every entry of which must be in [-1, 1]."""
    return _between(x, name, -1)


def _between(x: ArrayLike, name: str, low: int) -> FloatArray:
    """Return `x`, from `low` to 1; what is outside by rounding becomes one of these ends."""
    x, tolerance = _real(x, name)
    _demand(np.isfinite(x), x, name, "finite")
    right = (x >= low - tolerance) & (x <= 1 + tolerance)
    _demand(right, x, name, f"between {low} and 1")
    return np.clip(x, float(low), 1.0)


def targets(y: ArrayLike, name: str) -> FloatArray:
    """Return `y`, probabilities that an example is of class 1; booleans are certain ones."""
    y = array(y, name)
    return unit(y.astype(float) if y.dtype == bool else y, name)


def masked_logits(z: ArrayLike, name: str, axis: int = -1) -> FloatArray:
    """Return `z` with classes along `axis`; -inf, beside something finite, rules a class out."""
    z, _ = _real(z, name)
    axis = axis_of(axis, z, name)
    if not np.isfinite(z).all():
        _demand(~np.isnan(z) & (z < math.inf), z, name, "finite, or -inf for a class ruled out")
        masked = np.isneginf(z).all(axis=axis)
        if masked.any():
            place: list[Any] = list(np.unravel_index(np.argmax(masked), masked.shape))
            place.insert(axis, ":")
            raise ValueError(f"{name} must leave some class, but {_at(name, place)} is all -inf")
    return z


def extended(z: ArrayLike, name: str) -> FloatArray:
    """Return `z`, every entry of which must be a number, or an infinity."""
    z, _ = _real(z, name)
    _demand(~np.isnan(z), z, name, "numbers")
    return z


def scores(f: ArrayLike, name: str) -> FloatArray:
    """Return `f`, every entry of which must be finite, or -inf for an outcome ruled out."""
    f, _ = _real(f, name)
    _demand(~np.isnan(f) & (f < math.inf), f, name, "finite, or -inf for an outcome ruled out")
    return f


def unit_rows(x: ArrayLike, name: str) -> FloatArray:
    """Return `x`, a table with rows of length 1, but for rounding, which is taken away."""
    x, tolerance = _real(x, name)
    _demand(np.isfinite(x), x, name, "finite")
    has_axes(x, name, 2, "one direction a row")
    with np.errstate(over="ignore"):
        lengths = np.sqrt(np.sum(x**2, axis=1, keepdims=True))
    wrong = ~(np.abs(lengths - 1) <= tolerance)
    if wrong.any():
        i = int(np.argmax(wrong))
        raise ValueError(
            f"{name} must have rows of length 1, but that of {name}[{i}] is {lengths[i, 0]:.6g}; "
            f"{name} / np.linalg.norm({name}, axis=1, keepdims=True) turns them into such"
        )
    return x / lengths


def symmetric(cov: ArrayLike, name: str) -> FloatArray:
    """Return `cov`, which must be square and symmetric but for rounding.

    An entry may differ from its mirror image by the tolerance of its type, in units of the two
    deviations it belongs to, and by a few roundings of the largest entry.
    """
    cov, tolerance, eps = _read(cov, name)
    _demand(np.isfinite(cov), cov, name, "finite")
    if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
        raise ValueError(f"{name} must be a square matrix, got shape {cov.shape}")
    widths = np.sqrt(np.abs(np.diag(cov)))
    rounding = 8 * max(eps, _EPS) * np.abs(cov).max()
    uneven = np.abs(cov / 2 - cov.T / 2) > tolerance / 2 * np.outer(widths, widths) + rounding / 2
    if uneven.any():
        i, j = (int(n) for n in np.unravel_index(np.argmax(uneven), cov.shape))
        raise ValueError(
            f"{name} must be symmetric, but {name}[{i}, {j}] is {cov[i, j].item()!r} "
            f"and {name}[{j}, {i}] is {cov[j, i].item()!r}"
        )
    return cov


def scalar(
    x: ArrayLike, name: str, check: Callable[[ArrayLike, str], FloatArray] = finite
) -> float:
    """Return `x`, which must be one number, as a Python float, after `check`."""
    x = check(x, name)
    if x.ndim:
        raise ValueError(f"{name} must be one number, got an array of shape {x.shape}")
    return float(x) + 0.0


def vector(x: ArrayLike, name: str, check: Callable[[ArrayLike, str], Array] = finite) -> Array:
    """Return `x`, which must have one axis, after `check`."""
    x = check(x, name)
    if x.ndim != 1:
        raise ValueError(f"{name} must have one axis, got shape {x.shape}")
    return x


def whole(n: Any, name: str, least: int = 0) -> int:
    """Return `n` as an `int`; it must be a whole number, at least `least`."""
    if isinstance(n, (bool, np.bool_)):
        raise TypeError(f"{name} must be a whole number, got {n!r}")
    try:
        n = operator.index(n)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {show(n)}") from None
    if n.bit_length() > _MOST_BITS:
        raise ValueError(f"{name} is too large or too small: it has more than {_MOST_BITS} bits")
    if n < least:
        raise ValueError(f"{name} must be at least {least}, got {brief(n)}")
    return n


def at_most(n: int, most: int, name: str, why: str) -> None:
    """Refuse the whole number `n` above `most`, for a reason that follows a colon."""
    if n > most:
        raise ValueError(f"{name} must be at most {most}, got {show(n)}: {why}")


def held(count: int, name: str) -> None:
    """Refuse the argument `name`, which asks for so many numbers, if they cannot be held."""
    try:
        np.empty(count)
    except (MemoryError, OverflowError, ValueError):
        raise ValueError(f"{name} is too large: so many numbers cannot be held") from None


def labels(y: ArrayLike, name: str = "labels", k: int | None = None) -> IntArray:
    """Return `y`, an array of whole numbers, each in 0 ... k - 1 when `k` is given.

    Booleans are the labels 0 and 1.
    """
    given, y = y, array(y, name)
    _has_entries(y, name)
    if y.dtype.kind == "b":
        y = y.astype(np.int64)
    if y.dtype.kind not in "iu":
        whole_ones = _as_whole_numbers(given, name)
        if whole_ones is None:
            raise TypeError(
                f"{name} must hold whole numbers, but {_first(y, name)}{_to_whole(y, name)}"
            )
        y = whole_ones
    if k is not None:
        _demand((y >= 0) & (y < k), y, name, f"in 0 ... {k - 1}")
    return y


def _to_whole(y: Array, name: str) -> str:
    """Return what makes whole numbers of words, or of floats that are whole."""
    if y.ndim and all(isinstance(entry, str) for entry in y.flat):
        return f"; np.unique({name}, return_inverse=True)[1] numbers words in their order"
    are_whole = y.dtype.kind == "f" and all(float(entry).is_integer() for entry in y.flat)
    return "; .astype(int) turns whole floats into such" if are_whole else ""


def _as_whole_numbers(y: ArrayLike, name: str) -> IntArray | None:
    """Return what holds whole numbers alone, though NumPy made floats of them, or `None`.

    Raises for the first that is none of 64 bits.
    """
    entries = np.array(y, dtype=object)
    if not all(isinstance(x, (int, np.integer)) and not isinstance(x, bool) for x in entries.flat):
        return None
    for place, entry in np.ndenumerate(entries):
        if not -(2**63) <= entry < 2**63:
            where = _at(name, place)
            raise ValueError(f"{name} must hold numbers of 64 bits, but {where} is {show(entry)}")
    return entries.astype(np.int64)


def whole_numbers(x: ArrayLike, name: str) -> FloatArray:
    """Return `x` as floats, every one of which must be a whole number >= 0."""
    x = nonnegative(x, name)
    _demand(x == np.floor(x), x, name, "whole numbers")
    return x


def counts(x: ArrayLike, name: str = "counts") -> FloatArray:
    """Return `x` as a vector of floats: whole numbers >= 0 whose sum a float can hold."""
    x = vector(x, name, whole_numbers)
    with np.errstate(over="ignore"):
        total = x.sum()
    if total == math.inf:
        raise ValueError(f"{name} must have a sum that a float can hold")
    return x


def number_at(f: Callable[[Any], Any], x: float, name: str, variable: str) -> float:
    """Return what an author's function says of one number; infinity where a float cannot hold it."""
    try:
        return float(f(x))
    except OverflowError:
        return math.inf
    except (TypeError, ValueError, ZeroDivisionError) as error:
        raise ValueError(f"{name} must give a number at {variable} = {x:.6g}: {error}") from error


# --- options -------------------------------------------------------------------------------


def base_log(base: float) -> float:
    """Return the natural logarithm of `base`, which divides nats into units of that base."""
    if type(base) is int and base == 2:
        return _LOG_2
    if isinstance(base, (bool, np.bool_)) or not isinstance(base, numbers.Real):
        raise TypeError(f"base must be a number, got {show(base)}")
    if not (0 < base < math.inf) or base == 1:
        raise ValueError(f"base must be positive, finite and not 1, got {brief(base)}")
    wide = isinstance(base, (numbers.Rational, np.longdouble))
    log = _log_of_wide(base) if wide else math.log(base)
    if abs(log) < _LEAST_LOG:
        raise ValueError(f"base must be farther from 1, got {brief(base)}")
    return log


def _log_of_wide(x: Any) -> float:
    """Return log x of a number that a float may not hold, or not tell from 1."""
    if abs(x - 1) < 1e-3:
        return math.log1p(float(x - 1))
    if 1e-300 < x < 1e300:
        return math.log(x)
    if isinstance(x, np.longdouble):
        return float(np.log(x))
    return math.log(x.numerator) - math.log(x.denominator)


_LOG_2 = math.log(2)
_LEAST_LOG = 1e-290  # of a base: what is divided by less may not be a float


def choice(value: object, name: str, options: Collection[str]) -> str:
    """Return `value`, which must be one of the strings `options`."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, got {show(value)}")
    if value not in options:
        raise ValueError(
            f"{name} must be one of {', '.join(map(repr, options))}, got {brief(value)}"
        )
    return value


def flag(value: object, name: str) -> bool:
    """Return `value`, which must be true or false."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, got {show(value)}")
    return bool(value)


# --- shapes --------------------------------------------------------------------------------


def axis_of(axis: int, x: Array, name: str) -> int:
    """Return `axis` as an index >= 0 into the shape of the array `x`."""
    if isinstance(axis, (bool, np.bool_)):
        raise TypeError(f"axis must be a whole number, got {axis!r}")
    try:
        axis = operator.index(axis)
    except TypeError:
        raise TypeError(f"axis must be a whole number, got {show(axis)}") from None
    if x.ndim == 0:
        raise ValueError(f"{name} must be a list or an array, got the number {x.item()!r}")
    if not -x.ndim <= axis < x.ndim:
        raise ValueError(f"axis {brief(axis)} is out of range: {name} has shape {x.shape}")
    return axis % x.ndim


def has_axes(x: Array, name: str, axes: int, meaning: str, way_out: str = "") -> None:
    """Refuse `x` with another number of axes, whose meaning is told."""
    if x.ndim != axes:
        raise ValueError(f"{name} must have {axes} axes ({meaning}), got shape {x.shape}{way_out}")


def equally_long(x: Sized, y: Sized, names: tuple[str, str]) -> None:
    """Refuse two vectors that do not belong together."""
    if len(x) != len(y):
        lengths = f"got {len(x)} and {len(y)} values"
        raise ValueError(f"{names[0]} and {names[1]} must be equally long, {lengths}")


def same_outcomes(p: Array, q: Array, names: tuple[str, str], axis: int) -> None:
    """Refuse `p` and `q`, whose outcomes are on the last axis now, if they have not as many."""
    if p.shape[-1] != q.shape[-1]:
        raise ValueError(
            f"{names[0]} and {names[1]} must have as many outcomes as each other, "
            f"got {p.shape[-1]} and {q.shape[-1]} along axis {axis}"
        )


def broadcastable(**arrays: Array) -> tuple[int, ...]:
    """Return the common shape of the named arrays: ``broadcastable(mu=mu, sigma=sigma)``."""
    try:
        return np.broadcast_shapes(*(x.shape for x in arrays.values()))
    except ValueError:
        shapes = " and ".join(f"{name} of shape {x.shape}" for name, x in arrays.items())
        raise ValueError(f"shapes do not fit together: {shapes}") from None


# --- the way out ---------------------------------------------------------------------------


@overload
def result(x: float, axis: int = -1, keepdims: bool = False) -> float: ...
@overload
def result(x: FloatArray, axis: int = -1, keepdims: bool = False) -> Result: ...
def result(x: Any, axis: int = -1, keepdims: bool = False) -> Result:
    """Return a Python float for one number and an ndarray for a batch; -0.0 becomes 0.0.

    With `keepdims` the `axis` that was summed over stays, with length 1.
    """
    if keepdims is not False and flag(keepdims, "keepdims"):
        x = np.asarray(x)
        x = np.expand_dims(x, operator.index(axis) % (x.ndim + 1))
    if type(x) is float:
        return x + 0.0
    x = np.asarray(x)
    return x + 0.0 if x.ndim else float(x) + 0.0


# --- reading any array ---------------------------------------------------------------------


def _real(x: ArrayLike, name: str) -> tuple[FloatArray, float]:
    """Return `x` as a non-empty float64 array, and the tolerance its own precision allows."""
    x, tolerance, _ = _read(x, name)
    return x, tolerance


def _read(x: ArrayLike, name: str) -> tuple[FloatArray, float, float]:
    """Return `x` as a non-empty float64 array, the tolerance of its type, and its own eps."""
    if type(x) is np.ndarray and x.dtype == np.float64:
        _has_entries(x, name)
        return x, _TOLERANCE, _EPS
    given, x = x, array(x, name)
    _has_entries(x, name)
    if x.dtype.kind == "O":
        x = _floats_of_objects(x, name)
    if x.dtype.kind == "U" and x.ndim:  # NumPy makes texts of the numbers beside a text
        _floats_of_objects(np.array(given, dtype=object), name)
    if x.dtype.kind not in "fiu":
        raise TypeError(f"{name} must hold real numbers, but {_first(x, name)}")
    # Whole numbers are not rounded, where they stand for themselves: 0 and 1 for probabilities.
    eps = float(np.finfo(x.dtype).eps) if x.dtype.kind == "f" else 0.0
    tolerance = _tolerance(eps, x.shape[-1] if x.ndim else 1)
    return x.astype(np.float64, copy=False), tolerance, eps


def _tolerance(eps: float, k: int) -> float:
    """Return what the rounding of numbers, and of their sum, may come to: like the root of k."""
    return max(_TOLERANCE, eps * max(16.0, math.sqrt(k)))


_EPS = float(np.finfo(float).eps)


def array(x: ArrayLike, name: str) -> Array:
    """Return `x` as an array of whatever it holds; what has no shape is an error."""
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(f"{name} must not be a masked array: leave out what is masked first")
    try:
        read = np.asarray(x)
    except Exception as error:  # whatever a foreign object may raise, it is not its user's word
        if isinstance(x, (list, tuple)) and isinstance(error, ValueError):
            raise ValueError(f"{name} must be rectangular: its rows differ in length") from None
        kind = type(x).__name__
        raise TypeError(
            f"{name} cannot be read as an array, got {kind}{_way_in(x, name)}"
        ) from error
    if read.dtype.kind == "O" and read.ndim == 0 and not isinstance(read[()], numbers.Number):
        way_in = _way_in(x, name)
        raise TypeError(f"{name} must be a number, a list or an array, got {show(x)}{way_in}")
    return read


def _way_in(x: object, name: str) -> str:
    """Return the expression that makes an array or a list of a foreign object, if there is one."""
    if hasattr(x, "detach"):  # a tensor that records its gradient, or of a type of its own
        return f": pass {name}.detach().float().numpy()"
    if hasattr(x, "toarray"):  # a sparse matrix
        return f": pass {name}.toarray()"
    if isinstance(x, Mapping):  # another one with the same keys may have them in another order
        return f": pass [{name}[key] for key in sorted({name})]"
    listed = isinstance(x, Iterable) and not isinstance(x, (list, tuple))
    return f": pass list({name})" if listed else ""


def _floats_of_objects(x: Array, name: str) -> FloatArray:
    """Convert an object array whose entries are real numbers, such as fractions."""
    for place, value in np.ndenumerate(x):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            raise TypeError(f"{_at(name, place)} must be a real number, got {show(value)}")
    try:
        return x.astype(np.float64)
    except OverflowError:
        raise ValueError(f"{name} holds a number too large for a float") from None
    except Exception as error:
        raise TypeError(f"{name} holds a number that cannot be made a float") from error


def _axis_last(p: FloatArray, name: str, axis: int) -> FloatArray:
    if type(axis) is int and axis == -1 and p.ndim:
        return p
    return np.moveaxis(p, axis_of(axis, p, name), -1)


def _has_entries(x: Array, name: str) -> None:
    if x.size == 0:
        raise ValueError(f"{name} is empty: its shape is {x.shape}")
    if x.ndim > _MOST_AXES:
        raise ValueError(f"{name} must have at most {_MOST_AXES} axes, got {x.ndim}")


# --- saying what is wrong ------------------------------------------------------------------


def _demand(right: BoolArray, x: Array, name: str, meaning: str) -> None:
    """Raise for the first entry of `x` where `right` is false."""
    if not np.all(right):
        place = np.unravel_index(np.argmin(right), x.shape)
        raise ValueError(f"{name} must be {meaning}, but {_at(name, place)} is {x[place].item()!r}")


def _explain_entries(p: FloatArray, name: str, axis: int = -1) -> None:
    """Raise for the first entry that is not finite or negative, at its place before moving."""
    p = np.moveaxis(p, -1, axis)
    _demand(np.isfinite(p), p, name, "finite")
    _demand(p >= 0, p, name, "non-negative")


def _explain_probabilities(p: FloatArray, name: str, axis: int, tolerance: float) -> None:
    """Raise for the first wrong entry, or for the first slice that does not sum to 1."""
    _explain_entries(p, name, axis)
    with np.errstate(over="ignore"):
        sums = total(p)
    wrong = ~(np.abs(sums - 1) <= tolerance)
    if (sums == 0).any():  # first of all, as there nothing can be normalised
        wrong = sums == 0
    place = np.unravel_index(np.argmax(wrong), np.shape(sums))
    where = name
    if place:  # name the slice as it is indexed: p[3, :]
        index: list[Any] = list(place)
        index.insert(axis % p.ndim, ":")
        where = _at(name, index)
    got = _got(sums[place], "" if axis in (-1, p.ndim - 1) else f"axis={axis}")
    raise ValueError(f"{where} must sum to 1 along axis {axis}, {got}")


def _got(total: float, axis: int | str) -> str:
    """Say what the sum is, and what turns these very numbers into probabilities."""
    if total == 0:
        return "but all its entries are 0"
    return f"got {float(total):.12g}; normalize({axis}) turns counts into probabilities"


def _at(name: str, place: Iterable[Any]) -> str:
    index = ", ".join(i if isinstance(i, str) else str(int(i)) for i in place)
    return f"{name}[{index}]" if index else name


def _first(x: Array, name: str) -> str:
    """Say what the first entry is, where all entries are of one wrong type."""
    place = (0,) * x.ndim
    return f"{_at(name, place)} is {show(x[place])}"


def show(value: object) -> str:
    """Show a value and its type, shortly: a message must stay one line."""
    return f"{brief(value)} ({type(value).__name__})"


def brief(value: object) -> str:
    """Show a value, or how it begins."""
    try:
        shown = repr(value.item() if isinstance(value, np.generic) else value)
    except Exception:  # what it is, its type says
        shown = "something"
    shown = shown if len(shown) <= 40 else shown[:37] + "..."
    return " ".join(shown.split())
