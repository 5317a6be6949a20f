"""What a notebook keeps of its reader's forecasts, until its kernel stops."""

from dataclasses import dataclass, field

from bookkit.exercise.scores import Forecast


@dataclass
class Session:
    """What a notebook keeps of its reader's forecasts, until its kernel stops."""

    forecasts: list[Forecast] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)  # the names of the exercises
    listeners: list = field(default_factory=list)  # called when there is one more

    def note(self, name, said, right):
        """Keep what was said before the first answer to an exercise, and tell those who show it.

        A cell that is run again asks again, but its reader has seen the answer.
        """
        if said is not None and name not in self.answered:
            self.forecasts.append(Forecast(said, right))
            for show in self.listeners:
                show()
        self.answered.add(name)


session = Session()
