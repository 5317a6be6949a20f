"""What a reader has tried at one exercise, and the hints that come of it."""

from dataclasses import dataclass


@dataclass
class Attempts:
    """The wrong attempts at one exercise, and whether it has been solved."""

    patience: int  # wrong attempts after which the first hint opens
    solved: bool = False
    wrong: int = 0
    last: str = ""  # the last wrong reply: the same once more is no other attempt

    def hints_after(self, reply, verdict):
        """Return how many hints are due after a reply: none once it has been solved."""
        self.solved |= bool(verdict)
        if self.solved or verdict.verdict != "wrong":
            return 0
        if repr(reply) != self.last:
            self.last = repr(reply)
            self.wrong += 1
        return max(0, self.wrong - self.patience + 1)
