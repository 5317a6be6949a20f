"""What a notebook keeps of its reader's forecasts, until its kernel stops."""

from dataclasses import dataclass, field

from bookkit.exercise.scores import Forecast


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
