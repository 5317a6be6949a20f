"""How well a reader knows what they know: a block that shows the reader's own scores."""

from dataclasses import dataclass, field

from bookkit import output
from bookkit.exercise import scores
from bookkit.exercise.scores import LEVELS, Forecast, log_loss


def honesty(share=0.75):
    """Return in a sentence what each confidence costs whoever is right in such a share."""
    cost = {said: log_loss(said, share) for said in LEVELS}
    others = " and ".join(f"{cost[x]:.3f} for {x:.0%}" for x in LEVELS if x != share)
    return (
        f"Who is right in {100 * share:.0f} of 100 answers pays {cost[share]:.3f} nats an answer "
        f"for saying {share:.0%}, but {others}: nothing is cheaper than the truth."
    ).replace("%", "\N{NARROW NO-BREAK SPACE}%")


@dataclass
class Session:
    """What a notebook keeps of its reader's forecasts, until its kernel stops."""

    forecasts: list[Forecast] = field(default_factory=list)
    listeners: list = field(default_factory=list)  # called when there is one more

    def note(self, said, right):
        """Keep one forecast, and tell those who show them."""
        self.forecasts.append(Forecast(said, right))
        for show in self.listeners:
            show()


session = Session()


@dataclass
class OwnScores:
    """The reader's own calibration curve, mean log loss and Brier score.

    On the site the script fills the block from what this browser has kept; in a notebook it follows
    what was answered since its kernel started.
    """

    def html(self):
        """Return the block for the site; its words stay where no script runs."""
        return (
            '<div class="own-scores"><div class="own-scores-shown"><p>Your own scores stand here '
            "once you have said beside some questions how sure you are. They need JavaScript, and "
            f"stay in this browser.</p></div>\n<p>{honesty()}</p></div>\n"
        )

    def __repr__(self):
        told = " ".join(scores.sentences(session.forecasts))
        return f"Your own scores, since this kernel started: {told} {honesty()}"

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        if output.on_site():
            return {"text/plain": repr(self), "text/html": self.html()}
        from bookkit.exercise import widget

        return {"text/plain": repr(self)} | widget.bundle_of(widget.live_scores(session))
