"""What every exercise has and does: a declaration, a verdict on a reply, and two displays."""

import re
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property

from bookkit import output
from bookkit.exercise.attempts import Attempts
from bookkit.exercise.entries import NotAnAttempt
from bookkit.exercise.rules import Verdict, first_match

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class ExerciseError(ValueError):
    """A declaration that cannot become an exercise; the message says which one and why."""

    def __init__(self, name, problem):
        super().__init__(f"exercise {name!r}: {problem}")
        self.name, self.problem = name, problem


def require_name(name):
    """Refuse a name that no address can end with."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ExerciseError(name, "a name is lower-case words joined by dashes")


@dataclass(eq=False)
class Exercise:
    """A question with its entry, rules, hint and solution; the kinds of exercise extend it."""

    name: str
    _: KW_ONLY
    stars: int
    minutes: int
    question: str
    hint: str | list[str]  # or several, each a step further
    solution: str
    title: str = ""
    _attempts: Attempts = field(init=False, repr=False)

    entry = None  # each kind sets its entry and its rules
    rules = ()
    right_reply = ""  # in Markdown, of kinds whose solution need not say it
    patience = 2  # wrong attempts after which the hint opens

    def __post_init__(self):
        require_name(self.name)
        if self.stars not in (1, 2, 3):
            self.refuse(f"stars are 1, 2 or 3, not {self.stars!r}")
        if not isinstance(self.minutes, int) or self.minutes < 1:
            self.refuse(f"minutes are a whole number from 1 on, not {self.minutes!r}")
        self.require_text("question", self.question)
        for hint in self.hints or [""]:
            self.require_text("hint", hint)
        self.require_text("solution", self.full_solution)
        self._attempts = Attempts(self.patience)

    @property
    def kind(self):
        """The name of the kind in lower case: number, choice, ordering, derivation, code."""
        return type(self).__name__.lower()

    def refuse(self, problem):
        """Stop the declaration of this exercise with a sentence."""
        raise ExerciseError(self.name, problem)

    def require_text(self, part, text):
        """Refuse an exercise whose `part` is missing."""
        if not isinstance(text, str) or not text.strip():
            self.refuse(f"it has no {part}")

    @property
    def hints(self):
        """The hints, from what to ask oneself to the first line of the solution."""
        return [self.hint] if isinstance(self.hint, str) else list(self.hint or ())

    @cached_property
    def full_question(self):
        """The whole question in Markdown; kinds may add to what the author wrote."""
        return self.question

    @cached_property
    def full_solution(self):
        """The whole solution in Markdown; kinds may add to what the author wrote."""
        return self.solution

    def judge(self, reply):
        """Return the verdict on a reply and change nothing."""
        try:
            rule, reading = self.decide(self.entry.read(reply))
        except NotAnAttempt as problem:
            return Verdict("unreadable", str(problem))
        return Verdict(rule.verdict, rule.message, self.entry.echo(reply, reading))

    def decide(self, reading):
        """Return the rule that speaks, and what the reply was taken for."""
        return first_match(self.rules, reading), reading

    def check(self, reply):
        """Return the verdict on a reply; from the second wrong attempt on each adds a hint.

        Once it has been solved, a wrong reply is told, and adds none.
        """
        verdict = self.judge(reply)
        due = self._attempts.hints_after(reply, verdict)
        if not due:
            return verdict
        hint = "\n\n".join(self.hints[:due])
        return Verdict(verdict.verdict, verdict.message, verdict.read_as, hint)

    def data(self):
        """Return what `exercise.js` needs to judge a reply, beside the messages."""
        return self.entry.data() | {
            "rules": [rule.condition.data() | {"verdict": rule.verdict} for rule in self.rules],
            "patience": self.patience,
        }

    def __repr__(self):
        stars = "★" * self.stars
        head = f"Exercise {self.name} ({stars}, {self.minutes} min)"
        return "\n".join([head, self.question.strip(), *self.entry.lines()])

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        # Imported here, as judging an answer needs neither Markdown nor widgets.
        if output.on_site():
            from bookkit.exercise import form

            return {"text/plain": repr(self), "text/html": form.render(self)}
        from bookkit.exercise import widget

        return {"text/plain": repr(self)} | widget.bundle(self)
