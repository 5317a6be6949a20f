"""A number (or a few words) that a demo shows, and the walks that follow one downhill."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

_NARROW = frozenset(" -.,:;!'|()fijlrt")  # about half as wide as a digit, in most fonts


@dataclass(frozen=True, kw_only=True)
class Readout:
    """What the function `of` gives, with `digits` decimals and a unit.

    The read-out has the name of its function. With ``digits=None`` the function gives words.
    Instead of one `unit` there may be a choice of units: `unit_of` names the control.
    """

    of: Callable
    label: str
    unit: str = ""
    unit_of: str | None = None
    digits: int | None = 4
    colour: str = "ink"

    @property
    def name(self):
        """The name of the function."""
        return self.of.__name__

    def text(self, cell, state=None):
        """Return what is shown for one cell of its table; the twin of `readout` in player.js.

        >>> def excess(): ...
        >>> shown = Readout(of=excess, label="excess", unit="bits", digits=2)
        >>> shown.text(1234), shown.text(-5), shown.text(None)
        ('12.34 bits', '−0.05 bits', '∞ bits')
        """
        if self.digits is None:
            return cell
        unit = state[self.unit_of] if self.unit_of else self.unit
        return f"{_decimal(cell, self.digits)} {unit}".rstrip()

    def room(self, texts):
        """Return a text that is as wide as the widest of these, "" where all are equally wide.

        Its digits are noughts, as all digits are equally wide.

        >>> def excess(): ...
        >>> shown = Readout(of=excess, label="excess", unit_of="unit", digits=1)
        >>> shown.room(["10.1 bits", "7.0 nats"]), shown.room(["1.2 bits", "3.4 bits"])
        ('00.0 bits', '')
        """
        shapes = dict.fromkeys(re.sub(r"\d", "0", text) for text in texts)
        return max(shapes, key=_width) if len(shapes) > 1 else ""


def _width(text):
    """Return about how wide a text is, in halves of a digit."""
    return sum(1 if letter in _NARROW else 2 for letter in text)


def _decimal(cell, digits):
    if cell is None:
        return "∞"
    sign, figures = "−" if cell < 0 else "", str(abs(cell)).rjust(digits + 1, "0")
    return (
        f"{sign}{figures[: len(figures) - digits]}{'.' if digits else ''}"
        f"{figures[len(figures) - digits :]}"
    )


@dataclass(frozen=True, kw_only=True)
class Walk:
    """A button that walks downhill on a read-out, one stop of the sliders `over` at a time."""

    readout: str
    over: tuple
    label: str


@dataclass(frozen=True, kw_only=True)
class Play:
    """A button that moves one control from its first stop to its last, as time goes by."""

    control: str
    label: str = "Play"


def downhill(value, sizes, start):
    """Yield the stops of a walk: always the lowest neighbour, until none is lower.

    `value(i, j, …)` looks a number up, `sizes` are the numbers of stops, `start` the first place.
    The twin of `downhill` in player.js.

    >>> list(downhill(lambda i: (i - 3) ** 2, [9], [1]))
    [(2,), (3,)]
    """
    here = tuple(start)
    while True:
        near = [
            tuple(h + step for h, step in zip(here, steps))
            for steps in product((-1, 0, 1), repeat=len(sizes))
        ]
        inside = [place for place in near if all(0 <= i < size for i, size in zip(place, sizes))]
        best = min(inside, key=lambda place: value(*place))
        if not value(*best) < value(*here):
            return
        here = best
        yield here
