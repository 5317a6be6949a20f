"""Exercises that ask for one option out of several."""

from dataclasses import dataclass
from functools import cached_property

from bookkit.exercise.entries import PickEntry
from bookkit.exercise.exercise import Exercise
from bookkit.exercise.rules import Is, Rule


@dataclass(frozen=True)
class Option:
    """A possible answer, and why it is right or wrong."""

    text: str
    why: str
    right: bool = False


@dataclass(eq=False, repr=False, kw_only=True)
class Choice(Exercise):
    """Options of which one is right; each has its reason.

    Let a computation decide which one is right where it can: `right=h_die > h_coin`.

    Examples
    --------
    >>> larger = Choice("larger", stars=1, minutes=1, question="Which is larger?",
    ...     options=[Option("2", "Three is one more."), Option("3", "3 > 2.", right=3 > 2)],
    ...     hint="Count.", solution="Three.")
    >>> larger.check("a")
    Not yet. Three is one more.
    >>> larger.check("3")
    Right. 3 > 2.
    """

    options: list[Option]

    def __post_init__(self):
        super().__post_init__()
        if len(self.options) < 2:
            self.refuse("a choice needs at least two options")
        for option in self.options:
            self.require_text("text in an option", option.text)
            self.require_text(f"reason for the option {option.text!r}", option.why)
        texts = [option.text for option in self.options]
        if len(set(texts)) < len(texts):
            self.refuse("two options have the same text")
        right = [option.text for option in self.options if option.right]
        if len(right) != 1:
            self.refuse(f"exactly one option must be right, not {right}")

    @cached_property
    def entry(self):
        return PickEntry(tuple(option.text for option in self.options))

    @cached_property
    def rules(self):
        return tuple(
            Rule(Is(letter), "correct" if option.right else "wrong", option.why)
            for letter, option in zip(self.entry.letters, self.options, strict=True)
        )

    @property
    def right_reply(self):
        """The right option with its letter."""
        options = zip(self.entry.letters, self.options, strict=True)
        return next(f"{letter}) {option.text}" for letter, option in options if option.right)
