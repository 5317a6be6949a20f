"""Where a reader answers: what may be typed, picked, moved or ticked, and how Python reads it.

An entry says what the site and the notebook show, `form.py` and `widget.py` show it; its `lines` say
it where only text is printed.
`read` turns a reply into what the rules of an exercise judge, or raises `NotAnAttempt`.
"""

import contextlib
import io
import math
import re
from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, takewhile
from numbers import Real
from string import ascii_lowercase

import numpy as np

from bookkit.exercise import reading
from bookkit.exercise.sketch import Sketch

# "How many binary digits per word does …" counts binary digits.
_COUNTED = re.compile("how many ([a-z ]+)")
_ENDS = set(
    "a an are at can could did do does for from has have in is it must of on per should the to will with would".split()
)


_MOST_NAMES = 100  # of a reply that may be endless


class NotAnAttempt(ValueError):
    """The reply cannot be judged; the message is plain text that says what is missing."""


def text_of(value, write=str):
    """Return a value as text, without what it prints; none where it has none.

    That is a whole number so long that Python does not write it, or an object of the reader's.
    """
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return write(value)
        except Exception:  # noqa: BLE001 - whatever an object of the reader's does
            return ""


def _typed(number):
    """Return a number as it would be typed: 2 for 2, 0.47 for a short float, 1/3 for a fraction."""
    text = text_of(number)
    try:
        return text if 0 < len(text) <= reading.MOST_CHARACTERS else repr(float(number))
    except OverflowError:
        raise reading.Unreadable("large") from None
    except Exception:  # noqa: BLE001 - of a class of the reader's
        raise reading.Unreadable("syntax") from None


def _names(reply):
    """Return what a reply names: the words of a text, the members of a list or an array, or itself."""
    if isinstance(reply, str):
        return reply.replace(",", " ").split()
    try:
        return [text_of(member) for member in islice(reply, _MOST_NAMES)]
    except Exception:  # noqa: BLE001 - no list, or one of the reader's making
        return [] if reply is None else [text_of(reply)]


def _bare(name):
    """Return a letter or a number without the marks that are written around it: `b)`, `[1`."""
    return name.strip("()[]{}.:;'\"").lower()


def _lettered(letters, texts):
    return [f"  {letter}) {text}" for letter, text in zip(letters, texts, strict=True)]


def words_of(question, unit):
    """Return what a question counts, and what may stand behind `per`: all its words.

    Where the unit says per what, only that: bits per word are no bits per character.
    """
    text = re.sub(r"\$[^$]*\$|`[^`]*`|[*_]", "", question).lower()
    phrases = [takewhile(lambda word: word not in _ENDS, x.split()) for x in _COUNTED.findall(text)]
    counted = [word for phrase in phrases for word in phrase]
    per = unit.partition(" per ")[2] or (text if counted or unit else "")
    others = re.findall("[a-z]{3,}", per)
    return tuple(tuple(dict.fromkeys(map(reading.singular, x))) for x in (counted, others))


def is_thousands(size):
    """Return whether a number is one that readers group by thousands."""
    return 999.5 <= abs(size) < math.inf


@dataclass(frozen=True)
class TextEntry:
    """A field for a number."""

    unit: str
    tolerance: float | None  # none where any number will do
    example: str
    counted: tuple[str, ...] = ()  # what the question counts: binary, digit
    words: tuple[str, ...] = ()  # what may come behind `per`
    has_thousands: bool = False  # whether a number from 1000 on can be meant
    unclear = "A comma or dot before three digits can mean two things; write 1.2340 or 1234."

    def read(self, reply):
        """Return the number in a text, or the number itself with its own digits, as a `Reading`."""
        if isinstance(reply, np.ndarray) and reply.ndim == 0:
            reply = reply[()]
        is_number = isinstance(reply, (Real, Decimal)) and not isinstance(reply, bool)
        if not is_number and not isinstance(reply, str):
            raise NotAnAttempt(f"A number or a text was expected, such as {self.example}.")
        try:
            text = _typed(reply) if is_number else reply
            number = reading.read(text, self.unit, self.counted, self.words)
        except reading.Unreadable as problem:
            raise NotAnAttempt(f"{problem} Write for example {self.example}.") from None
        number.is_dotted = number.is_dotted and not is_number
        return number

    def echo(self, reply, number):
        """Return how a formula was read, or nothing for a plain number."""
        plain = not isinstance(reply, str) or reading.is_plain(reply)
        return "" if plain else reading.show(number)

    def asks_for(self):
        """Return unit and tolerance in words."""
        unit = {"": "a number", "%": "in %"}.get(self.unit, f"in {self.unit}")
        if self.tolerance is None:
            return unit
        if self.tolerance == 0:
            return f"{unit}, exactly"
        return f"{unit}, to within {reading.show(self.tolerance)}"

    def lines(self):
        return [f"({self.asks_for()})"]

    def data(self):
        return {
            "entry": "text",
            "unit": self.unit,
            "example": self.example,
            "counted": list(self.counted),
            "words": list(self.words),
            "thousands": self.has_thousands,
        }


@dataclass(frozen=True)
class SlideEntry(TextEntry):
    """A number, by a mark that is dragged across a picture."""

    sketch: Sketch | None = None
    nothing = "Move the mark first: drag it, or use the arrow keys."

    def read(self, reply):
        """Return where the mark was put; none is no attempt."""
        if reply is None:
            raise NotAnAttempt(self.nothing)
        return super().read(reply)

    def data(self):
        return {"entry": "slide", "unit": self.unit, "nothing": self.nothing}


@dataclass(frozen=True)
class PickEntry:
    """One option out of several."""

    options: tuple[str, ...]
    nothing = "Choose one of the options first."

    @property
    def letters(self):
        return ascii_lowercase[: len(self.options)]

    def read(self, reply):
        """Return the letter of an option from its letter or its text."""
        if isinstance(reply, str) and reply in self.options:
            return self.letters[self.options.index(reply)]
        names = list(filter(None, map(_bare, _names(reply))))
        if not names:
            raise NotAnAttempt(self.nothing)
        if len(names) > 1 or names[0] not in tuple(self.letters):
            raise NotAnAttempt(f"Answer with one of the letters {', '.join(self.letters)}.")
        return names[0]

    def echo(self, reply, letter):
        return ""

    def lines(self):
        return _lettered(self.letters, self.options)

    def data(self):
        return {"entry": "pick", "nothing": self.nothing}


@dataclass(frozen=True)
class OrderEntry:
    """Items to be put in order; a reply names their letters, first to last."""

    items: tuple[str, ...]
    direction: str

    @property
    def letters(self):
        return ascii_lowercase[: len(self.items)]

    def read(self, reply):
        """Return the letters in the order of a reply such as "b a c", "bac" or a list of texts."""
        example = f"such as “{' '.join(self.letters)}”"
        if isinstance(reply, Set):
            raise NotAnAttempt(f"A set has no order; give a list or a text {example}.")
        letter_of = dict(zip(self.items, self.letters, strict=True))
        order = [letter_of.get(name, _bare(name)) for name in _names(reply)]
        if len(order) == 1:
            order = list(order[0])
        if sorted(order) != list(self.letters):
            raise NotAnAttempt(
                f"Name each of {', '.join(self.letters)} once, in your order, {example}."
            )
        return order

    def echo(self, reply, order):
        return ""

    def lines(self):
        return [*_lettered(self.letters, self.items), f"Put in order: {self.direction}"]

    def data(self):
        return {"entry": "order"}


@dataclass(frozen=True)
class TickEntry:
    """Steps to be ticked off; a reply lists the numbers of those that were found."""

    steps: tuple[str, ...]
    legend: str
    nothing: str
    summary: str = ""  # what the steps are folded under until the reader wants to compare

    def read(self, reply):
        """Return the set of ticked steps from "1 3", [1, 3], [1.0, 3.0] or a single number."""
        names = [_bare(name).removesuffix(".0") for name in _names(reply)]
        names = list(filter(None, names))
        if not names:
            raise NotAnAttempt(self.nothing)
        numbers = {int(name) for name in names if name.isdecimal() and len(name) < 9}
        if len(numbers) < len(set(names)) or not numbers <= set(range(1, len(self.steps) + 1)):
            raise NotAnAttempt(f"The steps are numbered 1 to {len(self.steps)}.")
        return numbers

    def echo(self, reply, ticked):
        return ""

    def lines(self):
        return [
            "Write your own answer, compare it with `full_solution`, and check the numbers of the "
            "steps that it has."
        ]

    def data(self):
        return {"entry": "tick", "nothing": self.nothing}


@dataclass(frozen=True)
class CodeEntry(TickEntry):
    """A function: typed into a page that runs Python, tested by a call in a notebook.

    Where no Python runs, the reader ticks what it does.
    """

    call: str = ""  # what to type in a notebook, in Markdown
    module: str = ""  # where a page's Python finds the exercise
    stub: str = ""  # what the function begins with

    def lines(self):
        return [f"  {self.stub}", f"Write it, then let {self.call} test it."]

    def data(self):
        return super().data() | {"entry": "code"}
