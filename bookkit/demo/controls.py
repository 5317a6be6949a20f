"""What a reader can move: sliders, choices and toggles, each with a finite list of stops."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from html import escape

import ipywidgets

from bookkit.demo.errors import DemoError


@dataclass(frozen=True)
class Slider:
    """A number between `low` and `high` in steps of `step`, both ends included.

    >>> Slider("sigma", 0.2, 0.8, 0.2, start=0.4, label="σ").stops
    (0.2, 0.4, 0.6, 0.8)
    """

    name: str
    low: float
    high: float
    step: float
    start: float
    label: str
    unit: str = ""

    shared = False  # only a choice can hold for every demo

    def __post_init__(self):
        if self.start not in self.stops:
            raise DemoError(f"slider {self.name!r}: start {self.start} is not one of its stops")
        if self.stops[-1] != self.high:
            raise DemoError(f"slider {self.name!r}: {self.high} is not a whole number of steps up")

    @cached_property
    def stops(self):
        """Every position, as the doubles that their decimal texts stand for."""
        low, high, step = (Decimal(str(v)) for v in (self.low, self.high, self.step))
        if not (step > 0 and high > low):
            raise DemoError(f"slider {self.name!r}: needs low < high and a positive step")
        return tuple(float(low + i * step) for i in range(int((high - low) / step) + 1))

    @property
    def texts(self):
        """Every position as it is shown, with as many decimals as the step has."""
        digits = max(
            0, *(-Decimal(str(v)).normalize().as_tuple().exponent for v in (self.low, self.step))
        )
        unit = f" {self.unit}" if self.unit else ""
        return [f"{stop:.{digits}f}".replace("-", "−") + unit for stop in self.stops]

    def html(self, ident):
        """Return the range input of the page."""
        return (
            f'<input type="range" id="{ident}" name="{self.name}" min="{self.low}"'
            f' max="{self.high}" step="{self.step}" value="{self.start}" autocomplete="off"'
            f' aria-valuetext="{escape(self.texts[self.stops.index(self.start)])}">'
        )

    def widget(self):
        """Return the live slider; its options are the stops, so live and baked cannot differ."""
        return ipywidgets.SelectionSlider(
            options=list(zip(self.texts, self.stops)),
            value=self.start,
            description=self.label,
            continuous_update=True,
            style={"description_width": "14em"},
            layout=ipywidgets.Layout(width="100%", max_width="50em"),
        )


@dataclass(frozen=True)
class Choice:
    """One of a few named options, as a drop-down list.

    A `shared` choice holds for every demo that offers one of the same name,
    and the reader's browser remembers it.

    >>> Choice("base", ("bits", "nats"), start="bits", label="unit").stops
    ('bits', 'nats')
    """

    name: str
    stops: tuple
    start: str
    label: str
    shared: bool = False

    def __post_init__(self):
        if self.start not in self.stops:
            raise DemoError(f"choice {self.name!r}: start {self.start!r} is not one of its options")

    @property
    def texts(self):
        """Every option as it is shown."""
        return [str(stop) for stop in self.stops]

    def html(self, ident):
        """Return the select element of the page."""
        options = "".join(
            f'<option value="{escape(text)}"{" selected" if stop == self.start else ""}>'
            f"{escape(text)}</option>"
            for stop, text in zip(self.stops, self.texts)
        )
        shared = " data-shared" if self.shared else ""
        return (
            f'<select id="{ident}" name="{self.name}" autocomplete="off"{shared}>{options}</select>'
        )

    def widget(self):
        """Return the live drop-down list."""
        return ipywidgets.Dropdown(
            options=list(zip(self.texts, self.stops)),
            value=self.start,
            description=self.label,
            style={"description_width": "14em"},
            layout=ipywidgets.Layout(width="max-content"),  # no option is cut off
        )


@dataclass(frozen=True)
class Toggle:
    """Off or on, as a checkbox; a demo's functions get False or True."""

    name: str
    start: bool
    label: str

    stops = (False, True)
    texts = ("off", "on")
    shared = False

    def html(self, ident):
        """Return the checkbox of the page."""
        checked = " checked" if self.start else ""
        return (
            f'<input type="checkbox" id="{ident}" name="{self.name}" autocomplete="off"{checked}>'
        )

    def widget(self):
        """Return the live checkbox."""
        return ipywidgets.Checkbox(value=self.start, description=self.label)
