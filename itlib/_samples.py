"""Columns of anything that can be sorted, turned into whole numbers and counted."""

import itertools
import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np

from itlib import _checks
from itlib._types import Array, ArrayLike, IntArray

MERGED = 2.0**53  # from here on a float may stand for several whole numbers


def column(x: ArrayLike, name: str) -> Array:
    """Return `x` as a one-dimensional array of values that can be sorted.

    What NumPy would turn into values that are not the reader's own stays Python objects.
    """
    is_list = not hasattr(x, "__array__")
    try:
        array = _checks.array(x, name)
    except ValueError as error:
        raise ValueError(f"{error}{_as_values(name, is_list)}") from None
    if array.ndim != 1:
        way_out = _as_values(name, is_list) if array.ndim else ""
        if array.size == max(array.shape, default=0):
            way_out = f"; np.ravel({name}) has one"
        if isinstance(x, str):
            way_out = f"; list({name}) has one"
        raise ValueError(f"{name} must have one axis, got shape {array.shape}{way_out}")
    if array.size == 0:
        raise ValueError(f"{name} is empty")
    if array.dtype.kind in "OTVc" or (is_list and array.dtype.kind not in "biuf"):
        array = _of_one_kind(array, x if is_list else array, name)
    elif is_list and array.dtype.kind == "f" and np.abs(array).max() >= MERGED:
        array = _unmerged(array, x)
    if array.dtype.kind in "fmM":
        _all_there(np.equal(array, array), array, name)  # as NaN is not, nor a date that is none
    return array


def codes(x: ArrayLike, name: str) -> tuple[IntArray, int]:
    """Return whole numbers 0 ... k - 1 in the order of the values of `x`, and k.

    Whole numbers that lie close together are only shifted, so that a code may be unused.
    """
    x = column(x, name)
    if x.dtype.kind == "b":
        return x.astype(np.intp), 2
    if x.dtype.kind in "iu":
        if x.dtype.itemsize < 8:  # a difference of small types may overflow
            x = x.astype(np.int64)
        low, high = int(x.min()), int(x.max())
        if high - low <= 2 * x.size + 1000:
            return (x - x.dtype.type(low)).astype(np.intp, copy=False), high - low + 1
    found, values = distinct(x, name)
    return found, len(values)


def distinct(array: Array, name: str) -> tuple[IntArray, list[Any]]:
    """Return whole numbers 0 ... k - 1 in the order of the values of a column, and the values."""
    if array.dtype.kind != "O":
        uniques, found = np.unique(array, return_inverse=True)
        return found, list(map(plain, uniques))
    values = list(set(array.tolist()))
    try:
        values.sort()
        in_order = all(a < b for a, b in itertools.pairwise(values))
    except Exception:
        in_order = False
    if not in_order:
        shown = _checks.show(values[0])
        raise TypeError(f"{name} must hold values that can be sorted, got {shown}")
    number = {value: i for i, value in enumerate(values)}
    return np.array([number[value] for value in array.tolist()], dtype=np.intp), values


def plain(value: object) -> Any:
    """Return a NumPy scalar as the Python object that it is, if there is one.

    There is none for a date with nanoseconds, nor for a difference of months.
    """
    if not isinstance(value, np.generic):
        return value
    item = value.item()
    is_number = isinstance(item, int)
    return value if isinstance(value, (np.datetime64, np.timedelta64)) and is_number else item


def pair(
    x: ArrayLike, y: ArrayLike, names: tuple[str, str] = ("x", "y")
) -> tuple[IntArray, int, IntArray, int]:
    """Return the codes of two columns that belong together, each with its k."""
    (x, kx), (y, ky) = codes(x, names[0]), codes(y, names[1])
    _checks.equally_long(x, y, names)
    return x, kx, y, ky


def counts(x: ArrayLike, y: ArrayLike) -> IntArray:
    """Return the table of how often each pair of values occurs, without empty rows or columns."""
    x, kx, y, ky = pair(x, y)
    if kx * ky > 4 * len(x) + 1_000_000:
        x, y = (np.unique(column, return_inverse=True)[1] for column in (x, y))
        kx, ky = int(x.max()) + 1, int(y.max()) + 1
        _checks.held(kx * ky, "the table of x and y")
    table = count(_both(x, y, ky), kx * ky).reshape(kx, ky)
    return table[table.any(axis=1)][:, table.any(axis=0)]


def pairs(
    x: ArrayLike, y: ArrayLike, names: tuple[str, str] = ("x", "y")
) -> tuple[IntArray, IntArray, IntArray]:
    """Return the codes of x and of y for each pair of values that occurs, in order, and n(x, y)."""
    x, kx, y, ky = pair(x, y, names)
    both = _both(x, y, ky)
    if kx * ky <= 4 * len(x) + 1000:
        n_xy = count(both, kx * ky)
        values = np.flatnonzero(n_xy)
        return values // ky, values % ky, n_xy[values]
    values, n_xy = np.unique(both, return_counts=True)
    return values // ky, values % ky, n_xy.astype(np.int64)


def pair_counts(
    x: ArrayLike, y: ArrayLike, names: tuple[str, str] = ("x", "y")
) -> tuple[IntArray, IntArray, IntArray]:
    """Return n(x, y), n(x) and n(y) for each pair of values that occurs."""
    x, y, n_xy = pairs(x, y, names)
    return n_xy, totals(x, n_xy)[x], totals(y, n_xy)[y]


def totals(codes: IntArray, n_xy: IntArray) -> IntArray:
    """Return the sum of n(x, y) over the pairs with each code."""
    codes = codes.astype(np.intp, copy=False)
    return np.bincount(codes, n_xy).astype(np.int64)  # exact, as floats are up to 2**53


def count(codes: IntArray, k: int = 0) -> IntArray:
    """Return how often each of 0 ... k - 1 occurs, in whole numbers of 64 bits on every machine.

    subtle: NumPy counts in whole numbers of the machine's size, and takes no wider ones, and in
    a browser these have 32 bits.  Products of counts need more.
    """
    return np.bincount(codes.astype(np.intp, copy=False), minlength=k).astype(np.int64, copy=False)


def _both(x: IntArray, y: IntArray, ky: int) -> IntArray:
    """Return one code for each pair of codes."""
    return x.astype(np.int64, copy=False) * ky + y


def _as_values(name: str, is_list: bool) -> str:
    """Say what makes one value of each row, or tuple, of what holds rows."""
    rows = name if is_list else f"np.array({name}).tolist()"
    return f"; list(map(str, {rows})) makes one value of each row"


def _of_one_kind(array: Array, values: Any, name: str) -> Array:
    """Refuse what is missing, what NumPy would quietly turn into text, and what has no order.

    `values` are what the array was read from, where that was no array itself.
    """
    if array.dtype.kind == "V":
        shown = _checks.show(array[0])
        raise TypeError(f"{name} must hold values that can be sorted, got {shown}")
    values = values.tolist() if isinstance(values, np.ndarray) else list(values)
    _all_there([not _is_missing(value) for value in values], values, name)
    kinds = {_kind(value): value for value in values}
    if len(kinds) > 1 and not any(all(issubclass(kind, base) for kind in kinds) for base in kinds):
        shown = " and ".join(map(_checks.show, kinds.values()))
        raise TypeError(f"{name} must hold values of one kind, got {shown}")
    for value in kinds.values():
        try:
            sorted([value, value])
            hash(value)
        except Exception:
            shown = _checks.show(value)
            raise TypeError(f"{name} must hold values that can be sorted, got {shown}") from None
    # NumPy cuts zeros off the ends of texts, and an enumeration's texts to something else.
    is_changed = array.dtype.kind in "SU" and array.tolist() != values
    if array.dtype.kind == "O" or is_changed:
        return _objects([plain(value) for value in values])
    return array


def _kind(value: object) -> type:
    """Return the type whose values can stand beside this one."""
    if isinstance(value, (numbers.Real, np.bool_)):
        return numbers.Real
    return str if isinstance(value, str) else type(value)


def _is_missing(value: object) -> bool:
    """Tell whether a value is None, or not equal to itself as NaN is."""
    try:
        return value is None or not value == value
    except TypeError:  # whether a value that is missing equals itself, some libraries leave open
        return True
    except ValueError:  # an array
        return False


def _all_there(there: ArrayLike, values: Any, name: str) -> None:
    if not np.all(there):
        place = int(np.argmin(there))
        raise ValueError(f"{name}[{place}] is {values[place]}: leave out what is missing")


def _unmerged(array: Array, x: Any) -> Array:
    """Return the values of a list as they were, if there are whole numbers that floats merge."""
    values = [plain(value) for value in x]
    return _objects(values) if any(isinstance(value, int) for value in values) else array


def _objects(values: Sequence[Any]) -> Array:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
