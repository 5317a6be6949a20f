"""Everything of a demo that changes: its panels after drawing, and the tables behind them."""

from functools import cached_property

from bookkit.demo.errors import DemoError
from bookkit.demo.panel import DrawnPanel
from bookkit.demo.sources import Part, Source
from bookkit.demo.tables import Coordinates, Decimals, Table, TextTable, words


class Scene:
    """The panels of a demo after drawing, with a table behind every channel and read-out."""

    def __init__(self, demo):
        self.demo, self._sources, self._seen = demo, {}, {}
        self._tables = []
        self.readouts = [self._readout(readout) for readout in demo.readouts]

    @cached_property
    def panels(self):
        """The panels, drawn when first needed: the numbers of the read-outs do without."""
        return [
            DrawnPanel(panel, f"{self.demo.ident}-{i}", self.demo.columns)
            for i, panel in enumerate(self.demo.panels)
        ]

    @cached_property
    def marks(self):
        """The marks of each panel, bound to their tables."""
        return [
            [mark.bind(Place(self, drawn)) for mark in panel.marks]
            for panel, drawn in zip(self.demo.panels, self.panels)
        ]

    @property
    def tables(self):
        """The tables behind read-outs and marks, in the order in which they were asked for."""
        _ = self.marks  # makes theirs
        return self._tables

    def svgs(self, state):
        """Return the pictures at a state."""
        return [
            panel.svg([(mark.mark.reach, mark.markup(state)) for mark in marks])
            for panel, marks in zip(self.panels, self.marks)
        ]

    def table(self, kind, of, convert, what):
        """Return the table of a source, the same one for the same source and conversion."""
        of, part = (of.of, of.index) if isinstance(of, Part) else (of, None)
        key = id(of), part, convert
        if key not in self._seen:
            self._seen[key] = kind(
                self._source(of), convert, f"{self.demo.ident}, {what}", part=part
            )
            self._tables.append(self._seen[key])
        return self._seen[key]

    def _source(self, of):
        if id(of) not in self._sources:
            try:
                source = Source(of, self.demo.controls)
            except DemoError as problem:
                raise DemoError(f"{self.demo.ident}: {problem}") from None
            # What it is made of is kept with the source, so that its id stays its own.
            self._sources[id(of)] = source, of
        return self._sources[id(of)][0]

    def _readout(self, readout):
        if readout.digits is None:
            return self.table(TextTable, readout.of, words, "read-out")
        return self.table(Table, readout.of, Decimals(readout.digits), "read-out")


class Place:
    """What a mark is bound to: one drawn panel of a scene, and tables for the asking."""

    def __init__(self, scene, drawn):
        self._scene, self._axes = scene, {"x": drawn.x, "y": drawn.y}

    def coordinates(self, of, axis, may_miss, what):
        """Return the table of a channel along an axis."""
        return self.numbers(of, Coordinates(self._axes[axis], may_miss), what)

    def numbers(self, of, convert, what):
        """Return the table of a source whose values `convert` turns into whole numbers."""
        return self._scene.table(Table, of, convert, what)

    def words(self, of, what):
        """Return the table of a source that gives words."""
        return self._scene.table(TextTable, of, words, what)

    def units(self, axis, values):
        """Return the places of constant values along an axis."""
        return self._axes[axis].units(values)

    def readout(self, name):
        """Return the read-out of this name, and its table."""
        pairs = zip(self._scene.demo.readouts, self._scene.readouts)
        return next(pair for pair in pairs if pair[0].name == name)

    def stops(self, name):
        """Return the stops of a control."""
        return next(c.stops for c in self._scene.demo.controls if c.name == name)
