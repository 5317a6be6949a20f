"""Columns of anything that can be sorted, turned into whole numbers and counted."""

import numpy as np

from itlib import _checks


def column(x, name):
    """Return `x` as a one-dimensional array of values that can be sorted."""
    array = _checks.array(x, name)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one axis, got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty")
    if array.dtype.kind not in "biufmM":
        _one_kind(x, name)
    if array.dtype.kind not in "biu":
        missing = np.not_equal(array, array)  # as only NaN is, and a date that is none
        if missing.any():
            place = int(missing.argmax())
            raise ValueError(f"{name}[{place}] is {array[place]}: leave out what is missing")
    return array


def codes(x, name):
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
    values, found = np.unique(x, return_inverse=True)
    return found, len(values)


def pair(x, y, names=("x", "y")):
    """Return the codes of two columns that belong together, each with its k."""
    (x, kx), (y, ky) = codes(x, names[0]), codes(y, names[1])
    if len(x) != len(y):
        raise ValueError(f"{names[0]} and {names[1]} must be as long: {len(x)} and {len(y)} values")
    return x, kx, y, ky


def counts(x, y, names=("x", "y")):
    """Return the table of how often each pair of values occurs, without empty rows or columns."""
    x, kx, y, ky = pair(x, y, names)
    if kx * ky > 4 * len(x) + 1_000_000:
        x, y = (np.unique(column, return_inverse=True)[1] for column in (x, y))
        kx, ky = int(x.max()) + 1, int(y.max()) + 1
    table = np.bincount(x * ky + y, minlength=kx * ky).reshape(kx, ky)
    return table[table.any(axis=1)][:, table.any(axis=0)]


def pair_counts(x, y, names=("x", "y")):
    """Return n(x, y), n(x) and n(y) for each pair of values that occurs."""
    x, kx, y, ky = pair(x, y, names)
    both = x * ky + y
    if kx * ky <= 4 * len(x) + 1000:
        table = np.bincount(both, minlength=kx * ky).reshape(kx, ky)
        found = np.nonzero(table)
        return table[found], table.sum(axis=1)[found[0]], table.sum(axis=0)[found[1]]
    values, n_xy = np.unique(both, return_counts=True)
    return n_xy, np.bincount(x)[values // ky], np.bincount(y)[values % ky]


def _one_kind(x, name):
    """Refuse what NumPy would quietly turn into text, and what has no order."""
    kinds = {type(value): value for value in (x.tolist() if isinstance(x, np.ndarray) else x)}
    if len(kinds) > 1 and not all(issubclass(kind, (int, float)) for kind in kinds):
        shown = " and ".join(map(_checks.show, kinds.values()))
        raise TypeError(f"{name} must hold values of one kind, got {shown}")
    for value in kinds.values():
        try:
            sorted([value, value])
        except TypeError:
            shown = _checks.show(value)
            raise TypeError(f"{name} must hold values that can be sorted, got {shown}") from None
