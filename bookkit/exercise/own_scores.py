"""How well a reader knows what they know: a block that shows the reader's own scores."""

from dataclasses import dataclass

from bookkit import output
from bookkit.exercise import scores
from bookkit.exercise.session import session


@dataclass
class OwnScores:
    """The reader's own calibration curve, mean log loss and Brier score.

    On the site the script fills the block from what this browser has kept; in a notebook it follows
    what was answered since its kernel started.
    """

    def html(self):
        """Return the block for the site; its words stay where no script runs."""
        return scores.block()

    def __repr__(self):
        told = " ".join(scores.sentences(session.forecasts))
        return f"Your own scores, since this kernel started: {told} {scores.honesty()}"

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        if output.on_site():
            return {"text/plain": repr(self), "text/html": self.html()}
        from bookkit.exercise import widget

        return {"text/plain": repr(self)} | widget.bundle_of(widget.live_scores(session))
