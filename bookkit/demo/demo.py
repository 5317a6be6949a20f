"""A demo: controls, pictures and numbers that depend on them. Live in a notebook, baked on a page."""

import inspect
import re
from functools import cached_property

from bookkit import output
from bookkit.demo.errors import DemoError
from bookkit.demo.readouts import Walk
from bookkit.demo.scene import Scene


class Demo:
    """One object, two lives.

    Parameters
    ----------
    name : str
        Lower case with dashes, unique in the book; the page's figure is ``demo-NAME``.
    controls : sequence of Slider, Choice or Toggle
    panels : sequence of Panel
    readouts : sequence of Readout
    buttons : sequence of Walk or Play
    caption : str
        Markdown under the picture: what to see in it.

    Raises
    ------
    DemoError
        If a function asks for something that is not a control, or a name is taken twice.
    """

    def __init__(self, name, *, controls, panels, readouts, caption, buttons=()):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            raise DemoError(f"demo {name!r}: the name is lower case with dashes")
        self.ident = f"demo-{name}"
        # Shared ones last: they stand last on the page, and both must agree.
        self.controls = tuple(sorted(controls, key=lambda control: control.shared))
        self.panels = tuple(panels)
        self.readouts, self.buttons, self.caption = tuple(readouts), tuple(buttons), caption
        # No object knows the module that declares it; the alternative is that every one says it.
        module = inspect.currentframe().f_back.f_globals["__name__"]
        self.spec = f"{module}:{self.ident}"  # by which `bake` finds the demo in another process
        self._check_names()

    def _check_names(self):
        names = [c.name for c in self.controls] + [r.name for r in self.readouts]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise DemoError(f"{self.ident}: {', '.join(sorted(twice))} is there twice")
        controls, readouts = ({x.name for x in xs} for xs in (self.controls, self.readouts))
        for readout in self.readouts:
            if readout.unit_of not in controls | {None}:
                raise DemoError(
                    f"{self.ident}: the unit of {readout.name} asks for "
                    f"{readout.unit_of}, which is not there"
                )
        for button in self.buttons:
            asked = {*button.over} if isinstance(button, Walk) else {button.control}
            missing = asked - controls | (
                {button.readout} - readouts if isinstance(button, Walk) else set()
            )
            if missing:
                raise DemoError(
                    f"{self.ident}: the button {button.label!r} asks for "
                    f"{', '.join(sorted(missing))}, which is not there"
                )

    @property
    def columns(self):
        """How many pictures stand side by side where there is room: never one alone below two."""
        return {0: 1, 1: 1, 2: 2, 4: 2}.get(len(self.panels), 3)

    @property
    def start(self):
        """The state in which the demo is first seen."""
        return {control.name: control.start for control in self.controls}

    @cached_property
    def scene(self):
        """Everything that changes, bound to its tables; made when first needed."""
        return Scene(self)

    def shown(self, state):
        """Return the text of every read-out at a state.

        What the page shows at the same stops, letter for letter.
        """
        return {
            readout.name: readout.text(table.row(state)[0], state)
            for readout, table in zip(self.readouts, self.scene.readouts)
        }

    def __repr__(self):
        state = ", ".join(
            f"{control.name} = {control.texts[control.stops.index(control.start)]}"
            for control in self.controls
        )
        numbers = "; ".join(f"{name} {text}" for name, text in self.shown(self.start).items())
        return f"{self.ident} at {state}: {numbers}" if numbers else f"{self.ident} at {state}"

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        if output.on_site():
            place = f'<figure class="demo" id="{self.ident}" data-bake="{self.spec}"></figure>'
            return {"text/plain": repr(self), "text/html": place}
        from bookkit.demo.live import live  # only a notebook needs the widgets

        return live(self)._repr_mimebundle_() | {"text/plain": repr(self)}
