"""A demo: controls, pictures and numbers that depend on them. Live in a notebook, baked on a page."""

import inspect
import re
from functools import cached_property

from bookkit.demo.errors import DemoError
from bookkit.demo.marks import Image, Text, Tiles
from bookkit.demo.panel import DrawnPanel, element, paint
from bookkit.demo.readouts import Walk
from bookkit.demo.sources import Source
from bookkit.demo.tables import Table, TextTable, coordinates, decimals, pixels, words
from bookkit.output import on_site


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
        self.spec = _where_defined(self)
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

    def _repr_mimebundle_(self, include=None, exclude=None):
        if on_site():
            place = f'<figure class="demo" id="{self.ident}" data-bake="{self.spec}"></figure>'
            return {"text/plain": repr(self), "text/html": place}
        from bookkit.demo.live import live  # only a notebook needs the widgets

        return live(self)._repr_mimebundle_() | {"text/plain": repr(self)}


class Scene:
    """The panels of a demo after drawing, with a table behind every channel and read-out."""

    def __init__(self, demo):
        self._demo, self._seen = demo, {}
        self.tables = []
        self.readouts = [self._readout(readout) for readout in demo.readouts]
        self.panels = [
            DrawnPanel(panel, f"{demo.ident}-{i}") for i, panel in enumerate(demo.panels)
        ]
        self.marks = [
            [self._bind(mark, drawn) for mark in panel.marks]
            for panel, drawn in zip(demo.panels, self.panels)
        ]

    def svgs(self, state):
        """Return the pictures at a state."""
        return [
            panel.svg("".join(mark.markup(state) for mark in marks))
            for panel, marks in zip(self.panels, self.marks)
        ]

    def _table(self, kind, of, convert, key, what):
        """Return the table of a source, the same one for the same source and conversion."""
        key = (id(of), *key)
        if key not in self._seen:
            try:
                source = Source(of, self._demo.controls)
            except DemoError as problem:
                raise DemoError(f"{self._demo.ident}: {problem}") from None
            # The source is kept with its table, so that its id stays its own.
            self._seen[key] = kind(source, convert, f"{self._demo.ident}, {what}"), of
            self.tables.append(self._seen[key][0])
        return self._seen[key][0]

    def _readout(self, readout):
        if readout.digits is None:
            return self._table(TextTable, readout.of, words, ("words",), "read-out")
        return self._table(
            Table, readout.of, decimals(readout.digits), ("digits", readout.digits), "read-out"
        )

    def _bind(self, mark, drawn):
        if isinstance(mark, Tiles):
            return self._bind_tiles(mark, drawn)
        if isinstance(mark, Image):
            return self._bind_image(mark, drawn)
        what = type(mark).__name__.lower()
        may_miss = mark.may_miss
        tables = {
            channel: self._table(
                Table,
                getattr(mark, channel),
                coordinates(getattr(drawn, axis), may_miss=may_miss),
                (id(drawn), axis, may_miss),
                f"{what} ({channel})",
            )
            for channel, axis in mark.channels.items()
        }
        if isinstance(mark, Text):
            text = mark.text if callable(mark.text) else (lambda: mark.text)
            tables["text"] = self._table(TextTable, text, words, ("words",), what)
        return BoundMark(mark, tables)

    def _bind_tiles(self, mark, drawn):
        demo = self._demo
        readout = next(i for i, r in enumerate(demo.readouts) if r.name == mark.of)
        controls = {control.name: control for control in demo.controls}
        edges = [
            scale.units(_edges(controls[name].stops))
            for name, scale in ((mark.x, drawn.x), (mark.y, drawn.y))
        ]
        levels = [round(level * 10 ** demo.readouts[readout].digits) for level in mark.levels]
        return BoundTiles(mark, self.readouts[readout], controls, edges, levels)

    def _bind_image(self, mark, drawn):
        table = self._table(
            Table,
            mark.pixels,
            pixels(mark.shape, mark.darkest),
            ("pixels", mark.shape, mark.darkest),
            "image",
        )
        edges = [scale.units(ends) for ends, scale in zip(mark.edges(), (drawn.x, drawn.y))]
        return BoundImage(mark, table, edges)


def _edges(stops):
    half = (stops[1] - stops[0]) / 2
    return [stops[0] - half, *(stop + half for stop in stops)]


class BoundMark:
    """A mark with the tables of its channels."""

    def __init__(self, mark, tables):
        self.mark, self.tables = mark, tables

    def paths(self, state):
        """Return the path data of every group, or the words of a text, at a state."""
        return self.mark.paths(**{name: table.row(state) for name, table in self.tables.items()})

    def markup(self, state):
        """Return the SVG of the mark at a state."""
        if isinstance(self.mark, Text):
            rows = {name: table.row(state)[0] for name, table in self.tables.items()}
            return self._wrap([("text", {"x": rows["x"], "y": rows["y"]}, rows["text"])])
        return self._wrap([("path", {"d": path}, "") for path in self.paths(state)])

    def _wrap(self, shapes):
        inner = ""
        for (style, attributes), (tag, places, words_) in zip(self.mark.groups(), shapes):
            colours = {k: paint(v) if k in ("fill", "stroke") else v for k, v in attributes.items()}
            if style == "line":
                colours["fill"] = "none"
            inner += element(tag, places | colours, words_)
        opacity = {"opacity": self.mark.opacity} if self.mark.opacity != 1 else {}
        return element("g", {"class": "mark"} | opacity, inner)


class BoundTiles(BoundMark):
    """Tiles with the table of the read-out that they map."""

    def __init__(self, mark, table, controls, edges, levels):
        super().__init__(mark, {})
        self.table, self.edges, self.levels = table, edges, levels
        self._stops = [controls[name].stops for name in (mark.x, mark.y)]
        self._memory = {}

    def paths(self, state):
        """Return the path of every level; kept, since a live map costs a read-out per tile."""
        fixed = tuple(
            state[name]
            for name in self.table.source.depends
            if name not in (self.mark.x, self.mark.y)
        )
        if fixed not in self._memory:
            values = [
                [
                    self.table.row(state | {self.mark.x: x, self.mark.y: y})[0]
                    for y in self._stops[1]
                ]
                for x in self._stops[0]
            ]
            self._memory = {fixed: self.mark.paths(*self.edges, values, self.levels)}
        return self._memory[fixed]


class BoundImage(BoundMark):
    """An image with the table of its pixels."""

    def __init__(self, mark, table, edges):
        super().__init__(mark, {"pixels": table})
        self.edges = edges

    def paths(self, state):
        """Return the path of every ink at a state."""
        return self.mark.paths(*self.edges, self.tables["pixels"].row(state))


def _where_defined(demo):
    """Return the module in which the demo is being declared; bake adds the variable."""
    frame = inspect.currentframe().f_back.f_back
    return f"{frame.f_globals['__name__']}:{demo.ident}"
