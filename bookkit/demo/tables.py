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

    def packed(self, rows):
        """Return the rows at all states as plain data for player.js."""
        self._refuse_what_does_not_fit(rows)
        length = max(map(len, rows))
        present = [
            [cell is not None for cell in row] + [False] * (length - len(row)) for row in rows
        ]
        shape = [*self.source.shape, length]
        orders, text = encode(_filled(rows, length).reshape(shape))
        table = {"shape": shape, "orders": orders, "text": text}
        if not np.all(present):
            table["gaps"] = encode(1 - np.array(present, dtype=int).reshape(shape))
        return table

    def _refuse_what_does_not_fit(self, rows):
        for row, state in zip(rows, self.source.states(), strict=True):
            for cell in row:
                if cell is not None and abs(cell) >= _TOO_LARGE:
                    raise DemoError(
                        f"{self._owner}: {self.source.name} gives {cell:,} units of its last digit"
                        f"{self._where(state)}; the page keeps whole numbers below 2**31, so show "
                        "fewer digits or a larger unit"
                    )


class TextTable(Table):
    """As `Table`, for a source that gives words: the rows hold one text each."""

    def packed(self, rows):
        """Return the distinct texts, and which of them each state shows."""
        texts = list(dict.fromkeys(row[0] for row in rows))
        place = {text: i for i, text in enumerate(texts)}
        shape = [*self.source.shape, 1]
        orders, text = encode(np.array([place[row[0]] for row in rows]).reshape(shape))
        return {"shape": shape, "orders": orders, "text": text, "texts": texts}


def rows_of(tables):
    """Return the rows of each table at all states; a source is asked once, for all its tables."""
    rows, by_source = {id(table): [] for table in tables}, {}
    for table in tables:
        by_source.setdefault(id(table.source), []).append(table)
    for family in by_source.values():
        for state in family[0].source.states():
            value = family[0].value(state)
            for table in family:
                rows[id(table)].append(table.converted(value, state))
    return [rows[id(table)] for table in tables]


def _filled(rows, length):
    """Repeat the last number where a row has a gap or ends early: that costs nothing to store."""
    filled, last = [], 0
    for row in rows:
        for cell in [*row, *[None] * (length - len(row))]:
            last = last if cell is None else cell
            filled.append(last)
    return np.array(filled, dtype=np.int64)


def _short(value):
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"


# How a value becomes a row. Two tables of one source are the same if their conversions are equal.


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


def words(value):
    """Convert a text read-out or the words of a text mark."""
    if not isinstance(value, str):
        raise DemoError("words are expected here")
    return [value]
