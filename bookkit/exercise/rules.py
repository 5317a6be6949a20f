"""Rules that judge a reading: the first whose condition holds speaks, the last always holds.

A condition knows how to test a reading here and how to describe itself to `exercise.js`.
"""

import math
import re
from dataclasses import dataclass, field

from bookkit import output

WORDS = {
    "correct": "Right.",
    "near": "Right so far.",
    "wrong": "Not yet.",
    "unreadable": "Not counted.",
}

_ROUND = re.compile(r"[0-9](?:0*|e\+[0-9]+)")


@dataclass(frozen=True)
class Near:
    """The number lies within a tolerance of a value."""

    value: float
    tolerance: float

    def holds(self, number):
        # subtle: the slack lets 0.8 be within 0.1 of 0.7, whatever the last bits of a double.
        slack = 1e-9 * self.tolerance + 1e-12 * abs(self.value)
        if math.isinf(self.value) or math.isinf(number):
            return number == self.value
        return abs(number - self.value) <= self.tolerance + slack

    def overlaps(self, other):
        """Return whether some number would fit both conditions."""
        reach = Near(self.value, self.tolerance + other.tolerance)
        return reach.holds(other.value)

    def data(self):
        return {"near": [_plain(self.value), self.tolerance]}


@dataclass(frozen=True)
class Recognised(Near):
    """Near, for what makes a definite claim about how the number came about.

    Half is no sign of a slip that comes to 0.5004: a number with fewer digits than the tolerance
    asks for has to be the value itself.
    """

    def holds(self, number):
        step = getattr(number, "step", 0.0)  # of a `Reading`; a formula has none
        as_asked = step / 2 <= self.tolerance * (1 + 1e-9)
        return super().holds(number) and (as_asked or Near(self.value, 0.0).holds(number))

    def data(self):
        return super().data() | {"recognised": super().data()["near"]}


@dataclass(frozen=True)
class Rounds:
    """The number is a value written with too few digits, so many of them at least.

    It may be rounded or, from two digits on, cut off: 0.47 and 0.46 for 0.469.
    Where one digit will do, 7830 and 7800 are 7827.3 with fewer of them; of 7827, which is whole
    and may be counted, they are no roundings.
    """

    value: float
    digits: int

    def holds(self, number):
        step = getattr(number, "step", 0.0)  # of a `Reading`; a formula has none
        size = abs(self.value)
        if self.value % 1 and self.digits == 1 and step == 1 and not is_round(number):
            step = 10.0 ** _zeros(number)
        if not (step and 0 < size < math.inf):
            return False
        if step > 10.0 ** (math.floor(math.log10(size)) - self.digits + 1) * (1 + 1e-9):
            return False
        cut = self.digits > 1 and 0 < size - abs(number) and number * self.value > 0
        return abs(number - self.value) <= step * (1 - 1e-9 if cut else 0.5 + 1e-9)

    def data(self):
        return {"rounds": [_plain(self.value), self.digits]}


@dataclass(frozen=True)
class Below:
    """The number is less than a limit."""

    limit: float

    def holds(self, number):
        return number < self.limit

    def data(self):
        return {"below": _plain(self.limit)}


@dataclass(frozen=True)
class Above:
    """The number is greater than a limit."""

    limit: float

    def holds(self, number):
        return number > self.limit

    def data(self):
        return {"above": _plain(self.limit)}


@dataclass(frozen=True)
class Is:
    """The reply is exactly this: a picked option, or an order of items."""

    reply: object

    def holds(self, reply):
        return reply == self.reply

    def data(self):
        return {"is": self.reply}


@dataclass(frozen=True)
class Before:
    """In an order of items, the first comes before the second."""

    first: str
    second: str

    def holds(self, order):
        return order.index(self.first) < order.index(self.second)

    def data(self):
        return {"before": [self.first, self.second]}


@dataclass(frozen=True)
class Lacks:
    """Among ticked steps, this one is missing."""

    step: int

    def holds(self, ticked):
        return self.step not in ticked

    def data(self):
        return {"lacks": self.step}


@dataclass(frozen=True)
class Always:
    """Any reply at all."""

    def holds(self, reply):
        return True

    def data(self):
        return {}


@dataclass(frozen=True)
class Rule:
    """What to say when a condition holds; the message is Markdown."""

    condition: object
    verdict: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """What a reader is told: `correct`, `near`, `wrong` or `unreadable`, and why."""

    verdict: str
    message: str
    read_as: str = ""
    hint: str = field(default="", compare=False)

    def __bool__(self):
        return self.verdict == "correct"

    def __str__(self):
        return output.printable(repr(self))

    def __repr__(self):
        hint = f"\n\nHint: {self.hint}" if self.hint else ""
        return " ".join(filter(None, (WORDS[self.verdict], self.message, self.echo()))) + hint

    def echo(self):
        """Return how a formula was read, for a reply that was not a plain number."""
        return f"Read as {self.read_as}." if self.read_as else ""

    def _repr_markdown_(self):
        return repr(self)


def is_round(reading):
    """Return whether a whole number has one digit and zeros, as guesses have.

    >>> from bookkit.exercise.reading import read
    >>> [is_round(read(text)) for text in ("100", "340", "0.50")]
    [True, False, False]
    """
    return reading.step >= 1 and bool(_ROUND.fullmatch(f"{abs(reading):.15g}"))


def _zeros(number):
    """Return how many zeros a whole number ends with: 2 for 7800."""
    digits = str(int(number))
    return len(digits) - len(digits.rstrip("0"))


def first_match(rules, reply):
    """Return the first rule whose condition holds for a reply."""
    return next(rule for rule in rules if rule.condition.holds(reply))


def _plain(value):
    """Return a value that JSON can carry; JavaScript's Number() reads both forms."""
    return value if math.isfinite(value) else str(value).replace("inf", "Infinity")
