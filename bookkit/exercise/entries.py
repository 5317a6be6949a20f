"""Where a reader answers: what may be typed, picked, moved or ticked, and how Python reads it.

An entry says what the site and the notebook show, `form.py` and `widget.py` show it.
`read` turns a reply into what the rules of an exercise judge, or raises `NotAnAttempt`.
"""

from dataclasses import dataclass
from numbers import Real
from string import ascii_lowercase

from bookkit.exercise import reading
from bookkit.exercise.sketch import Sketch


class NotAnAttempt(ValueError):
    """The reply cannot be judged; the message is plain text that says what is missing."""


@dataclass(frozen=True)
class TextEntry:
    """A field for a number."""

    unit: str
    tolerance: float | None  # none where any number will do
    example: str
    counted: tuple[str, ...] = ()  # what the question counts: binary, digit
    words: tuple[str, ...] = ()  # all its words, for what comes behind `per`
    has_thousands: bool = False  # whether a number from 1000 on can be meant
    comma = "A comma before three digits can mean two things; write 1.234 or 1234."

    def read(self, reply):
        """Return the number in a text, or the number itself, as a `Reading`."""
        if isinstance(reply, Real) and not isinstance(reply, bool):
            reply = repr(float(reply))
        if not isinstance(reply, str):
            raise NotAnAttempt(f"A number or a text was expected, such as {self.example}.")
        try:
            return reading.read(reply, self.unit, self.counted, self.words)
        except reading.Unreadable as problem:
            raise NotAnAttempt(f"{problem} Write for example {self.example}.") from None

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
        if reply is None or reply == "":
            raise NotAnAttempt(self.nothing)
        if reply in self.options:
            return self.letters[self.options.index(reply)]
        letter = str(reply).strip().rstrip(")").lower()
        if len(letter) != 1 or letter not in self.letters:
            raise NotAnAttempt(f"Answer with one of the letters {', '.join(self.letters)}.")
        return letter

    def echo(self, reply, letter):
        return ""

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
        """Return the letters in the order of a reply such as "b a c" or a list of texts."""
        names = reply.replace(",", " ").split() if isinstance(reply, str) else list(reply or ())
        letter_of = dict(zip(self.items, self.letters, strict=True))
        order = [letter_of.get(name, str(name).lower()) for name in names]
        if sorted(order) != list(self.letters):
            raise NotAnAttempt(f"Name each of {', '.join(self.letters)} once, in your order.")
        return order

    def echo(self, reply, order):
        return ""

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
        """Return the set of ticked steps from "1 3", [1, 3] or a single number."""
        names = str(reply).strip("[](){}").replace(",", " ").split() if reply else []
        if not names:
            raise NotAnAttempt(self.nothing)
        numbers = {int(name) for name in names if name.isdecimal()}
        if len(numbers) < len(set(names)) or not numbers <= set(range(1, len(self.steps) + 1)):
            raise NotAnAttempt(f"The steps are numbered 1 to {len(self.steps)}.")
        return numbers

    def echo(self, reply, ticked):
        return ""

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

    def data(self):
        return super().data() | {"entry": "code"}
