"""How well a reader knows what they know: a block that the page fills from the reader's record."""

import math
from dataclasses import dataclass

from bookkit import output

LEVELS = (0.5, 0.75, 0.95)  # what may be said beside a choice


def log_loss(said, share):
    """Return the mean log loss, in nats, of always saying `said` when a share is right.

    >>> round(log_loss(0.75, 0.75), 3)
    0.562
    """
    return -share * math.log(said) - (1 - share) * math.log(1 - said)


def honesty(share=0.75):
    """Return in a sentence what each confidence costs whoever is right in such a share."""
    cost = {said: log_loss(said, share) for said in LEVELS}
    others = " and ".join(f"{cost[x]:.3f} for {x:.0%}" for x in LEVELS if x != share)
    return (
        f"Who is right in {100 * share:.0f} of 100 answers pays {cost[share]:.3f} nats an answer "
        f"for saying {share:.0%}, but {others}: nothing is cheaper than the truth."
    ).replace("%", "\N{NARROW NO-BREAK SPACE}%")


@dataclass
class OwnScores:
    """The reader's own calibration curve, mean log loss and Brier score.

    On the site the script fills the block from what this browser has kept; a notebook keeps
    nothing and says so.
    """

    def html(self):
        """Return the block; its words stay where no script runs."""
        return (
            '<div class="own-scores"><div class="own-scores-shown"><p>Your own scores stand here '
            "once you have said beside some questions how sure you are. They need JavaScript, and "
            f"stay in this browser.</p></div>\n<p>{honesty()}</p></div>\n"
        )

    def __repr__(self):
        return (
            "Your own scores: on the book's pages, whose browser keeps what you answer. "
            f"A notebook keeps nothing. {honesty()}"
        )

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        if output.on_site():
            return {"text/plain": repr(self), "text/html": self.html()}
        return {"text/plain": repr(self)}
