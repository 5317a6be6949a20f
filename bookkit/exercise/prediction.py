"""Questions before something surprising: any answer is accepted, once, and set beside what happens."""

import math
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property

from bookkit import output
from bookkit.exercise.entries import (
    NotAnAttempt,
    OrderEntry,
    PickEntry,
    SlideEntry,
    TextEntry,
    is_thousands,
    words_of,
)
from bookkit.exercise.exercise import ExerciseError, require_name
from bookkit.exercise.ordering import Item
from bookkit.exercise.reading import show
from bookkit.exercise.rules import Verdict
from bookkit.exercise.sketch import Sketch


@dataclass(eq=False, repr=False)
class Prediction:
    """A question that the reader commits to before looking.

    Show the prediction above a demo or figure and `prediction.reveal` below it.

    Parameters
    ----------
    name : str
        The form is `#predict-NAME`.
    question : str
        Markdown.
    saw : str
        What there was to be seen, in Markdown.
    happens : str or float
        The option that comes true, or the number, computed. For items their values say it.
    options : list of str
        For a choice.
    items : list of Item
        For an ordering, with `direction`: "the smallest first".
    unit : str
        For a number.
    sketch : Sketch
        For a number that is marked on a picture: a place or a threshold on its axis.

    Examples
    --------
    >>> coin = Prediction("coin", question="Two throws. How often do both show heads?",
    ...     happens=0.5 * 0.5, saw="Half of the halves.")
    >>> coin.commit("1/3")
    You said 0.333333. What happens: 0.25.

    A number that happens is shown with three digits.
    """

    name: str
    _: KW_ONLY
    question: str
    saw: str
    happens: str | float | None = None
    options: list[str] = ()
    items: list[Item] = ()
    direction: str = ""
    unit: str = ""
    sketch: Sketch | None = None
    guess: float | None = field(default=None, init=False)  # the number committed to
    said: str = field(default="", init=False)  # what the reader committed to, in Markdown

    def __post_init__(self):
        require_name(self.name)
        for part in ("question", "saw"):
            if not str(getattr(self, part) or "").strip():
                self.refuse(f"it has no text in `{part}`")
        if self.options and self.items:
            self.refuse("it has options or items, not both")
        self._require_outcome()
        if self.sketch and (self.options or self.items):
            self.refuse("a sketch asks for a number, not for options or items")
        if self.sketch and (problem := self.sketch.problem(self.happens)):
            self.refuse(problem)

    def _require_outcome(self):
        """Refuse a question to which nothing can happen, or several things."""
        if self.options:
            if len(set(self.options)) < max(2, len(self.options)):
                self.refuse("a choice needs at least two options, all different")
            if self.happens not in self.options:
                self.refuse(f"what happens is one of the options, not {self.happens!r}")
        elif self.items:
            if len(self.items) < 2 or not self.direction:
                self.refuse("an ordering needs at least two items and a `direction`")
            if len({item.value for item in self.items}) < len(self.items):
                self.refuse("two items have the same value")
        elif not isinstance(self.happens, (int, float)) or math.isnan(self.happens):
            self.refuse(f"a number must happen, not {self.happens!r}")

    def refuse(self, problem):
        """Stop the declaration with a sentence."""
        raise ExerciseError(self.name, problem)

    @property
    def kind(self):
        """What is asked for: choice, ordering or number."""
        return "choice" if self.options else "ordering" if self.items else "number"

    @cached_property
    def entry(self):
        """Where the reader answers."""
        if self.options:
            return PickEntry(tuple(self.options))
        if self.items:
            return OrderEntry(tuple(item.text for item in self.items), self.direction)
        example = "25 or 37.5" if self.unit == "%" else "0.25 or 3/8"
        if self.sketch:
            return SlideEntry(self.unit, None, example, sketch=self.sketch)
        words = words_of(self.question, self.unit)
        return TextEntry(self.unit, None, example, *words, is_thousands(self.happens))

    @property
    def outcome(self):
        """What happens, in Markdown."""
        if self.items:
            return " · ".join(item.text for item in sorted(self.items, key=lambda item: item.value))
        if self.options:
            return self.happens
        return f"{show(_three_digits(float(self.happens)))} {self.unit}".strip()

    def wording(self, reading):
        """Return what was committed to, in Markdown."""
        if self.kind == "number":
            return f"{show(reading)} {self.unit}".strip()
        texts = dict(zip(self.entry.letters, self._texts, strict=True))
        return " · ".join(texts[letter] for letter in reading)

    def _read(self, reply):
        """Return what a reply is taken for; a guess may have any size, so a comma is asked about."""
        reading = self.entry.read(reply)
        if self.kind != "number":
            return reading
        if reading.other is not None or (reading.is_dotted and self.entry.has_thousands):
            raise NotAnAttempt(self.entry.unclear)
        return reading

    def commit(self, reply):
        """Accept any answer that can be read in one way, and say it beside what happens."""
        try:
            reading = self._read(reply)
            self.said = self.wording(reading)
            self.guess = float(reading) if self.kind == "number" else None
        except NotAnAttempt as problem:
            return Verdict("unreadable", str(problem))
        return self.reveal

    @cached_property
    def reveal(self):
        """What is shown below: closed until the reader has committed or asks."""
        return Reveal(self)

    @property
    def _texts(self):
        return self.options or [item.text for item in self.items]

    def data(self):
        """Return what the page needs to read the answer."""
        return self.entry.data()

    def __repr__(self):
        return "\n".join([f"Prediction {self.name}", self.question.strip(), *self.entry.lines()])

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        # Imported here, as in `Exercise`.
        if output.on_site():
            from bookkit.exercise import form

            return {"text/plain": repr(self), "text/html": form.render_prediction(self)}
        from bookkit.exercise import widget

        return {"text/plain": repr(self)} | widget.bundle_of(widget.live_prediction(self))


def _three_digits(value):
    """Return a number with three digits, and a whole part with all of its own.

    A guess is seldom closer, and what is printed around it is not finer.

    >>> _three_digits(0.753312), _three_digits(1542.38)
    (0.753, 1542.0)
    """
    if value == 0 or math.isinf(value):
        return value
    return round(value, max(0, 2 - math.floor(math.log10(abs(value)))))


class Reveal:
    """What there was to see, with the reader's own prediction beside what happens."""

    def __init__(self, prediction):
        self.prediction = prediction
        self.listeners = []  # what shows it in a notebook

    def __repr__(self):
        said = f"You said {self.prediction.said}. " if self.prediction.said else ""
        return f"{said}What happens: {self.prediction.outcome}."

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        text = f"What you saw ({self.prediction.name})"  # the same however often the cell is run
        if output.on_site():
            from bookkit.exercise import parts

            return {"text/plain": text, "text/html": parts.reveal(self.prediction)}
        from bookkit.exercise import widget

        return {"text/plain": text} | widget.bundle_of(widget.live_reveal(self))
