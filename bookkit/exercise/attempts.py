"""What a reader has tried at one exercise, and the hints that come of it."""

from dataclasses import dataclass, field

from bookkit.exercise.entries import text_of


@dataclass
class Attempts:
    """The wrong attempts at one exercise, and whether it has been solved."""

    patience: int  # wrong attempts after which the first hint opens
    solved: bool = False
    wrong: set[str] = field(default_factory=set)  # replies: one that comes again is no other

    def hints_after(self, reply, verdict):
        """Return how many hints are due after a reply: none once it has been solved."""
        self.solved |= bool(verdict)
        if self.solved or verdict.verdict != "wrong":
            return 0
        self.wrong.add(text_of(reply, repr))
        return max(0, len(self.wrong) - self.patience + 1)
