"""Exercises that ask for an order."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bookkit.exercise.entries import OrderEntry
from bookkit.exercise.exercise import Exercise
from bookkit.exercise.rules import Before, Is, Rule


@dataclass(frozen=True)
class Item:
    """Something to be put in its place, by the value that was computed for it."""

    text: str
    value: float


@dataclass(frozen=True)
class Swap:
    """Two items, by their texts, put in the wrong order, and what to say about it."""

    earlier: str
    later: str
    message: str


@dataclass(eq=False, repr=False, kw_only=True)
class Ordering(Exercise):
    """Items to be ordered by value, ascending; shown first in the order of the declaration.

    Parameters
    ----------
    items : list of Item
        At least three, no two of the same value, and not in order yet.
    direction : str
        Says what comes first: "the smallest area first".
    mistakes : list of Swap
        Pairs that people mix up. Of other wrong pairs the message only names the two.

    Examples
    --------
    >>> sizes = Ordering("sizes", stars=1, minutes=1, question="Which is how large?",
    ...     items=[Item("1 + 1", 2), Item("1/2", 0.5), Item("2³", 8)], hint="Compute.",
    ...     direction="the smallest first", solution="1/2, 1 + 1, 2³.", why="0.5 < 2 < 8.")
    >>> sizes.check("b a c")
    Right. 0.5 < 2 < 8.
    >>> sizes.check(["1/2", "2³", "1 + 1"])
    Not yet. Compare “1 + 1” and “2³” once more.
    """

    items: list[Item]
    direction: str
    why: str
    mistakes: list[Swap] = ()

    def __post_init__(self):
        super().__post_init__()
        self.require_text("sentence in `why`", self.why)
        self.require_text("text in `direction`", self.direction)
        self._require_distinct_items()
        self._require_wrong_swaps()

    @cached_property
    def entry(self):
        return OrderEntry(tuple(item.text for item in self.items), self.direction)

    @cached_property
    def rules(self):
        right = [self._letter(item.text) for item in self._ordered]
        # Every wrong order has some neighbours of the right one the wrong way round.
        pairs = [
            Rule(Before(later, earlier), "wrong", self._compare(earlier, later))
            for earlier, later in pairwise(right)
        ]
        return (
            Rule(Is(right), "correct", self.why),
            Rule(Is(right[::-1]), "wrong", f"That is the reverse: {self.direction}."),
            *(
                Rule(
                    Before(self._letter(swap.earlier), self._letter(swap.later)),
                    "wrong",
                    swap.message,
                )
                for swap in self.mistakes
            ),
            *pairs,
        )

    @property
    def right_reply(self):
        """The items in their order."""
        places = [f"{place}. {item.text}" for place, item in enumerate(self._ordered, 1)]
        return "\n".join([f"{self.direction[0].upper()}{self.direction[1:]}:", "", *places])

    @cached_property
    def _ordered(self):
        return sorted(self.items, key=lambda item: item.value)

    def _letter(self, text):
        return self.entry.letters[self.entry.items.index(text)]

    def _compare(self, *letters):
        # Named in the order of the declaration, which does not give the answer away.
        first, second = (self.entry.items[self.entry.letters.index(x)] for x in sorted(letters))
        return f"Compare “{first}” and “{second}” once more."

    def _require_distinct_items(self):
        if len(self.items) < 3:
            self.refuse("an ordering needs at least three items")
        for item in self.items:
            self.require_text("text in an item", item.text)
            if not math.isfinite(item.value):
                self.refuse(f"the value of {item.text!r} is {item.value!r}, which has no place")
        if len(set(self.entry.items)) < len(self.items):
            self.refuse("two items have the same text")
        for one, next_one in pairwise(self._ordered):
            if next_one.value - one.value <= 1e-9 * abs(one.value):
                self.refuse(f"{one.text!r} and {next_one.text!r} have the same value")
        if self._ordered == list(self.items):
            self.refuse("the items are declared in the right order, which the page would show")

    def _require_wrong_swaps(self):
        places = {item.text: place for place, item in enumerate(self._ordered)}
        seen = set()
        for swap in self.mistakes:
            self.require_text("message for a swap", swap.message)
            for text in (swap.earlier, swap.later):
                if text not in places:
                    self.refuse(f"a swap names {text!r}, which is no item")
            if places[swap.earlier] <= places[swap.later]:
                self.refuse(f"{swap.earlier!r} before {swap.later!r} is right, not a mistake")
            if (swap.earlier, swap.later) in seen:
                self.refuse(f"{swap.earlier!r} before {swap.later!r} is listed twice")
            seen.add((swap.earlier, swap.later))
