"""Exercises that ask for a proof or a calculation, which the reader compares step by step."""

from dataclasses import dataclass
from functools import cached_property

from bookkit.exercise.entries import TickEntry
from bookkit.exercise.exercise import Exercise
from bookkit.exercise.rules import Always, Lacks, Rule


@dataclass(frozen=True)
class Step:
    """A step of the worked answer, and what to tell those who do not have it."""

    text: str
    missing: str


@dataclass(eq=False, repr=False, kw_only=True)
class Derivation(Exercise):
    """A worked answer whose steps the reader ticks off.

    The steps are the solution; `solution` may add a closing remark.

    Examples
    --------
    >>> even = Derivation("even", stars=1, minutes=2, question="Show that n² + n is even.",
    ...     steps=[Step("n² + n = n(n + 1)", "Factor first."),
    ...            Step("One of n and n + 1 is even.", "What do two neighbours have?")],
    ...     hint="Factor.", why="A product with an even factor is even.")
    >>> even.check([1])
    Not yet. What do two neighbours have?
    >>> even.check("1 2")
    Right. A product with an even factor is even.
    """

    steps: list[Step]
    why: str
    solution: str = ""

    def __post_init__(self):
        super().__post_init__()
        self.require_text("sentence in `why`", self.why)
        if not self.steps:
            self.refuse("it has no steps")
        for step in self.steps:
            self.require_text("text in a step", step.text)
            self.require_text(f"message for those who miss {step.text!r}", step.missing)

    @cached_property
    def entry(self):
        return TickEntry(
            tuple(step.text for step in self.steps),
            legend="Tick every step that your own answer has",
            nothing="Compare first, and tick the steps that you have.",
            summary="Compare with the worked answer",
        )

    @cached_property
    def rules(self):
        steps = enumerate(self.steps, start=1)
        missing = (Rule(Lacks(i), "wrong", step.missing) for i, step in steps)
        return (*missing, Rule(Always(), "correct", self.why))

    @cached_property
    def full_solution(self):
        steps = (f"{i}. {step.text}" for i, step in enumerate(self.steps, start=1))
        return "\n\n".join(filter(None, ("\n".join(steps), self.solution)))
