"""Rows of whole numbers (or texts) for every state of the controls that they depend on."""

import math

import numpy as np

from bookkit.demo.codec import encode
from bookkit.demo.errors import DemoError


class Table:
    """The rows of one source: `row(state)` for one state, `baked()` for all of them."""

    def __init__(self, source, convert, owner):
        self.source, self._convert, self._owner = source, convert, owner

    def row(self, state):
        """Return the row at one state, a list of whole numbers."""
        value = self.source.at(state)
        try:
            return self._convert(value)
        except (DemoError, TypeError, ValueError) as problem:
            where = ", ".join(f"{name} = {state[name]}" for name in self.source.depends)
            raise DemoError(
                f"{self._owner}: {self.source.name} gives {_short(value)}"
                f"{' at ' + where if where else ''}; {problem}"
            ) from problem

    def baked(self):
        """Return the table as plain data for player.js."""
        rows = [self.row(state) for state in self.source.states()]
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


class TextTable(Table):
    """As `Table`, for a source that gives words: the rows hold one text each."""

    def baked(self):
        """Return the distinct texts, and which of them each state shows."""
        rows = [self.row(state)[0] for state in self.source.states()]
        texts = list(dict.fromkeys(rows))
        place = {text: i for i, text in enumerate(texts)}
        shape = [*self.source.shape, 1]
        orders, text = encode(np.array([place[row] for row in rows]).reshape(shape))
        return {"shape": shape, "orders": orders, "text": text, "texts": texts}


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


def coordinates(scale, *, may_miss=False):
    """Return the conversion of a mark's channel: data to whole tenths of an SVG unit."""

    def convert(value):
        values = np.asarray(value, dtype=float)
        if values.ndim > 1 or values.size == 0:
            raise DemoError("a channel is a number or one row of numbers")
        if np.isnan(values).any() and not may_miss:
            raise DemoError("nan cannot be drawn")
        return scale.units(values)

    return convert


def decimals(digits):
    """Return the conversion of a number read-out: the number in units of its last digit shown.

    >>> decimals(4)(0.69314718), decimals(2)(-0.001), decimals(2)(math.inf)
    ([6931], [0], [None])
    """

    def convert(value):
        if isinstance(value, np.ndarray) and value.ndim:
            raise DemoError("a read-out shows one number")
        number = float(value)
        if math.isnan(number) or number == -math.inf:
            raise DemoError("a read-out shows a number or infinity")
        return [None if number == math.inf else int(f"{number:.{digits}f}".replace(".", ""))]

    return convert


def pixels(shape, darkest):
    """Return the conversion of an image: its rows of pixels, one after the other.

    >>> pixels((2, 2), 9)([[0, 1], [9, 3]])
    [0, 1, 9, 3]
    """

    def convert(value):
        values = np.asarray(value)
        if values.shape != shape or values.dtype.kind not in "iu":
            raise DemoError(f"{shape[0]} rows of {shape[1]} whole numbers are expected here")
        if values.min() < 0 or values.max() > darkest:
            raise DemoError(f"a pixel is a number from 0 to {darkest}")
        return values.ravel().tolist()

    return convert


def words(value):
    """Convert a text read-out or the words of a text mark."""
    if not isinstance(value, str):
        raise DemoError("words are expected here")
    return [value]
