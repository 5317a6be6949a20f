"""Rows of whole numbers (or texts) for every state of the controls that they depend on."""

import math
from dataclasses import dataclass

import numpy as np

from bookkit.demo.codec import encode
from bookkit.demo.errors import DemoError
from bookkit.demo.scale import Scale

_TOO_LARGE = 2**31  # player.js reads tables into integers of 32 bits


class Table:
    """The rows of one source, or of one part of it."""

    def __init__(self, source, convert, owner, part=None):
        self.source, self._convert, self._owner, self._part = source, convert, owner, part

    def row(self, state):
        """Return the row at one state, a list of whole numbers."""
        return self.converted(self.value(state), state)

    def value(self, state):
        """Return what the source gives at one state."""
        try:
            return self.source.at(state)
        except Exception as problem:  # whatever an author's function raises, it is named
            raise DemoError(
                f"{self._owner}: {self.source.name} fails{self._where(state)}; "
                f"{type(problem).__name__}: {problem}"
            ) from problem

    def converted(self, value, state):
        """Return the row that the table has for what its source gave at a state."""
        try:
            return self._convert(value if self._part is None else value[self._part])
        except (DemoError, TypeError, ValueError, IndexError) as problem:
            raise DemoError(
                f"{self._owner}: {self.source.name} gives {_short(value)}{self._where(state)}; "
                f"{problem}"
            ) from problem

    def _where(self, state):
        where = ", ".join(f"{name} = {state[name]}" for name in self.source.depends)
        return f" at {where}" if where else ""

    def packed(self, cells):
        """Return the cells at all states as plain data for player.js."""
        gaps, shape = np.isnan(cells), [*self.source.shape, cells.shape[1]]
        orders, text = encode(_filled(cells).reshape(shape))
        table = {"shape": shape, "orders": orders, "text": text}
        if gaps.any():
            table["gaps"] = encode(gaps.reshape(shape))
        return table

    def cells(self, values):
        """Return all rows as one array of whole numbers, with NaN where a row has none."""
        try:
            parts = values if self._part is None else [value[self._part] for value in values]
            cells = self._convert.together(parts)
            if not (np.abs(cells) >= _TOO_LARGE).any():
                return cells
        except (DemoError, TypeError, ValueError, IndexError, OverflowError):
            pass  # rows of several lengths, or an error, which is told for the first state it is at
        rows = [self._fitting(v, state) for v, state in zip(values, self.source.states())]
        length = max(map(len, rows))
        return np.array([row + [math.nan] * (length - len(row)) for row in rows])

    def _fitting(self, value, state):
        row = self.converted(value, state)
        for cell in row:
            if cell is not None and abs(cell) >= _TOO_LARGE:
                raise DemoError(
                    f"{self._owner}: {self.source.name} gives {cell:,} units of its last digit"
                    f"{self._where(state)}; the page keeps whole numbers below 2**31, so show "
                    "fewer digits or a larger unit"
                )
        return [math.nan if cell is None else float(cell) for cell in row]


class TextTable(Table):
    """As `Table`, for a source that gives words: the rows hold one text each."""

    def cells(self, values):
        """Return the words at all states."""
        return [self.converted(v, state)[0] for v, state in zip(values, self.source.states())]

    def packed(self, cells):
        """Return the distinct texts, and which of them each state shows."""
        place = {}
        numbers = [place.setdefault(text, len(place)) for text in cells]
        shape, texts = [*self.source.shape, 1], list(place)
        orders, text = encode(np.array(numbers).reshape(shape))
        return {"shape": shape, "orders": orders, "text": text, "texts": texts}


def cells_of(tables):
    """Return what each table holds at all states; a source is asked once, for all its tables."""
    cells, by_source = {}, {}
    for table in tables:
        by_source.setdefault(id(table.source), []).append(table)
    for first, *others in by_source.values():
        values = [first.value(state) for state in first.source.states()]
        for table in (first, *others):
            cells[table] = table.cells(values)
    return cells


def _filled(cells):
    """Repeat the last number where a row has a gap or ends early: that costs nothing to store."""
    cells = np.concatenate([[0.0], cells.ravel()])
    last = np.maximum.accumulate(np.where(np.isnan(cells), 0, np.arange(cells.size)))
    return cells[last[1:]].astype(np.int64)


def _short(value):
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


# How a value becomes a row: one at a time where a demo is live, and all together where it is baked,
# as floats with NaN for what is not there, which is many times as fast. What cannot be converted
# together, since one of it is wrong or has another length, is converted one at a time.
# Two tables of one source are the same if their conversions are equal.


@dataclass(frozen=True)
class Coordinates:
    """A mark's channel: data to whole tenths of an SVG unit."""

    scale: Scale
    may_miss: bool = False

    def __call__(self, value):
        """Return the places of the values along the axis."""
        if not isinstance(value, float | int):
            value = np.asarray(value, dtype=float)
            if value.ndim > 1 or value.size == 0:
                raise DemoError("a channel is a number or one row of numbers")
        if np.isnan(value).any() and not self.may_miss:
            raise DemoError("nan cannot be drawn")
        return self.scale.units(value)

    def together(self, values):
        """Return the places of many values, a row each."""
        rows = np.array(values, dtype=float)
        if rows.ndim > 2 or rows.size == 0 or (np.isnan(rows).any() and not self.may_miss):
            raise DemoError("one of them cannot be drawn")
        return self.scale.places(rows.reshape(len(values), -1)).astype(float)


@dataclass(frozen=True)
class Decimals:
    """A number read-out: the number in units of its last digit shown.

    >>> Decimals(4)(0.69314718), Decimals(2)(-0.001), Decimals(2)(math.inf)
    ([6931], [0], [None])
    """

    digits: int

    def __call__(self, value):
        """Return one whole number, or None for infinity."""
        if isinstance(value, np.ndarray) and value.ndim:
            raise DemoError("a read-out shows one number")
        number = float(value)
        if math.isnan(number) or number == -math.inf:
            raise DemoError("a read-out shows a number or infinity")
        if number == math.inf:
            return [None]
        return [int(f"{number:.{self.digits}f}".replace(".", ""))]

    def together(self, values):
        """Return whole numbers for many values, a row each."""
        numbers = np.array(values, dtype=float)
        if numbers.ndim > 1:
            raise DemoError("a read-out shows one number")
        with np.errstate(invalid="ignore", over="ignore"):
            units = numbers * 10.0**self.digits
            whole = np.rint(units)
            near = np.abs(units - whole) < 0.499
        for i in np.flatnonzero(~near):  # infinity, or a number that is nearly half way
            (cell,) = self(values[i])
            whole[i] = math.nan if cell is None else cell
        return whole[:, None]


@dataclass(frozen=True)
class Pixels:
    """An image: its rows of pixels, one after the other.

    >>> Pixels((2, 2), 9)([[0, 1], [9, 3]])
    [0, 1, 9, 3]
    """

    shape: tuple
    darkest: int

    def __call__(self, value):
        """Return all pixels in one row."""
        values = np.asarray(value)
        if values.shape != self.shape or values.dtype.kind not in "iu":
            rows, columns = self.shape
            raise DemoError(f"{rows} rows of {columns} whole numbers are expected here")
        if values.min() < 0 or values.max() > self.darkest:
            raise DemoError(f"a pixel is a number from 0 to {self.darkest}")
        return values.ravel().tolist()

    def together(self, values):
        """Return all pixels of many images, a row each."""
        return np.array([self(value) for value in values], dtype=float)


def words(value):
    """Convert a text read-out or the words of a text mark."""
    if not isinstance(value, str):
        raise DemoError("words are expected here")
    return [value]
