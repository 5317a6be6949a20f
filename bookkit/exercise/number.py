"""Exercises whose answer is a number."""

import math
from dataclasses import dataclass, field
from functools import cached_property

from bookkit.exercise import reading
from bookkit.exercise.entries import NotAnAttempt, TextEntry, is_thousands, words_of
from bookkit.exercise.exercise import Exercise
from bookkit.exercise.rules import (
    Above,
    Always,
    Below,
    Near,
    Recognised,
    Rounds,
    Rule,
    first_match,
    is_round,
)

_EXAMPLES = {"0.25": 0.25, "3/8": 3 / 8, "log2(5)": math.log2(5), "2^-3": 1 / 8}
_PERCENTAGES = {"25": 25, "37.5": 37.5, "100/3": 100 / 3}  # a quarter is 25 %, not 0.25


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that people give, and what to tell them.

    Its tolerance is that of the exercise, but no more than a hundredth of the value: a reply that is
    only somewhere near has another cause.
    """

    value: float
    message: str
    tolerance: float | None = None


@dataclass(frozen=True)
class Limit:
    """A bound that the answer keeps, and what to tell those who break it."""

    message: str
    below: float | None = None
    above: float | None = None

    def conditions(self):
        """Return a condition for every side on which numbers are refused."""
        low = [] if self.below is None else [Below(float(self.below))]
        return low + ([] if self.above is None else [Above(float(self.above))])


@dataclass(eq=False, repr=False, kw_only=True)
class Number(Exercise):
    """A number with a unit and an absolute tolerance, and the mistakes that are recognised.

    Parameters
    ----------
    answer : float
        Computed, never typed. May be infinite.
    why : str
        One sentence that says why the answer is right.
    unit : str
        "" for a bare number, "%" for a percentage.
    tolerance : float
        Readings at most this far from the answer are right; 0 asks for the exact number.
    mistakes : list of Mistake
        Judged in order after the answer.
    limits : list of Limit
        Judged after the mistakes: what no answer could be, such as a negative length.
    otherwise : str
        What to say about any other number.

    Examples
    --------
    >>> half = Number("half", stars=1, minutes=1, question="What is 1/2 of 3?", answer=3 / 2,
    ...               why="Half of three is one and a half.", hint="Divide.", solution="3/2.",
    ...               mistakes=[Mistake(6, "You doubled it.")])
    >>> half.check("1,5")
    Right. Half of three is one and a half. Read as 1.5.
    >>> half.check("6")
    Not yet. You doubled it.
    """

    answer: float = None  # required; a default lets the refusal say which exercise lacks it
    why: str = ""
    unit: str = ""
    tolerance: float = 0.0005
    mistakes: list[Mistake] = ()
    limits: list[Limit] = ()
    otherwise: str = "Look at the question once more."
    parameters: tuple = field(default=(), init=False)  # what `varied` made it of

    def __post_init__(self):
        super().__post_init__()
        self.variants = [self]  # with other numbers in it: see `varied`
        self.require_text("sentence in `why`", self.why)
        self.require_text("text in `otherwise`", self.otherwise)
        self._require_tolerance(self.tolerance)
        self._require_unit()
        self.answer = self._number("answer", self.answer)
        self._require_distinct_values()
        self._require_kept_limits()

    @cached_property
    def entry(self):
        right = Near(self.answer, self.tolerance)
        examples = _PERCENTAGES if self.unit == "%" else _EXAMPLES
        texts = [text for text, value in examples.items() if not right.holds(value)]
        sizes = [self.answer, *(float(mistake.value) for mistake in self.mistakes)]
        return TextEntry(
            self.unit,
            self.tolerance,
            f"{texts[0]} or {texts[1]}",
            *words_of(self.question, self.unit),
            any(map(is_thousands, sizes)),
        )

    @cached_property
    def rules(self):
        limits = [
            Rule(condition, "wrong", limit.message)
            for limit in self.limits
            for condition in limit.conditions()
        ]
        wanted = f"to within {reading.show(self.tolerance)}" if self.tolerance else "exactly"
        more = f"Give more digits: the number is asked for {wanted}."
        written_out = self.answer != 0 and math.isfinite(self.answer)

        def near(digits):
            return [Rule(Rounds(self.answer, digits), "near", more)] if written_out else []

        # A mistake that is met exactly speaks before one digit, which many numbers have in common,
        # and after two: nobody who rounds the right number is told of another's mistake.
        return (
            Rule(Near(self.answer, self.tolerance), "correct", self.why),
            *near(2),
            *(Rule(self._near(mistake), "wrong", mistake.message) for mistake in self.mistakes),
            *near(1),
            *limits,
            Rule(Always(), "wrong", self.otherwise),
        )

    def decide(self, reading):
        """As for any exercise; of two numbers that can be meant by a comma, the right one is."""
        rule = self._speaks(reading)
        if rule.verdict in ("correct", "near"):
            return rule, reading
        if reading.other is None:
            is_unknown = not isinstance(rule.condition, Near)
            is_unclear = reading.is_dotted and is_unknown and is_thousands(self.answer)
        else:
            other = first_match(self.rules, reading.other)
            if other.verdict == "correct":
                return other, reading.other
            is_unclear = reading.is_formula or self.entry.has_thousands
        if is_unclear:
            raise NotAnAttempt(self.entry.unclear)
        return rule, reading

    def _speaks(self, reading):
        """Return the first rule that holds; for a number that nothing knows, the one mistake that
        it is with fewer digits, if it is that of a single one. A round number may be a guess."""
        rule = first_match(self.rules, reading)
        if rule.verdict != "wrong" or isinstance(rule.condition, Near) or is_round(reading):
            return rule
        mistakes = [
            rule
            for rule in self.rules
            if rule.verdict == "wrong" and isinstance(rule.condition, Near)
        ]
        rounded = [one for one in mistakes if Rounds(one.condition.value, 2).holds(reading)]
        return rounded[0] if len(rounded) == 1 else rule

    def _near(self, mistake):
        value = self._number(f"mistake {mistake.message!r}", mistake.value)
        tolerance = mistake.tolerance
        if tolerance is None:
            tolerance = min(self.tolerance, abs(value) / 100 or self.tolerance)
        return Recognised(value, self._require_tolerance(tolerance))

    def _number(self, part, value):
        if value is None:
            self.refuse(f"it has no {part}")
        try:
            number = float(value)
        except (TypeError, ValueError):
            self.refuse(f"the {part} is not one number but {value!r}")
        if math.isnan(number):
            self.refuse(f"the {part} is NaN")
        return number

    def _require_tolerance(self, tolerance):
        if not (isinstance(tolerance, (int, float)) and 0 <= tolerance < math.inf):
            self.refuse(f"a tolerance is a number from 0 on, not {tolerance!r}")
        return float(tolerance)

    def _require_unit(self):
        try:
            value = reading.read(f"1 {self.unit}", self.unit)
        except reading.Unreadable:
            value = None
        if value != 1:
            self.refuse(f"the unit {self.unit!r} must be words of letters or %, and no function")

    def _require_distinct_values(self):
        known = [("the answer", Near(self.answer, self.tolerance))]
        for mistake in self.mistakes:
            self.require_text("message for a mistake", mistake.message)
            near = self._near(mistake)
            for what, other in known:
                if near.overlaps(other):
                    self.refuse(
                        f"the mistake {near.value!r} ({mistake.message!r}) cannot be told from "
                        f"{what} {other.value!r}; narrow the tolerance or change the question"
                    )
            known.append(("the mistake", near))

    def _require_kept_limits(self):
        for limit in self.limits:
            self.require_text("message for a limit", limit.message)
            if not limit.conditions():
                self.refuse(f"the limit {limit.message!r} names neither `below` nor `above`")
            for condition in limit.conditions():
                if condition.holds(self.answer):
                    self.refuse(f"the limit {limit.message!r} excludes the answer {self.answer!r}")
