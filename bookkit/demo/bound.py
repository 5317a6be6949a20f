"""A mark in its place: with the tables that its shapes are drawn from."""

from bookkit.demo.panel import element, paint


class Bound:
    """A mark with its tables, and with what else its `shapes` ask for by name."""

    over = ()  # the controls that the mark itself runs over

    def __init__(self, mark, tables, **fixed):
        self.mark, self.tables, self.fixed = mark, tables, fixed

    def rows(self, state):
        """Return the row of every table at a state."""
        return {name: table.row(state) for name, table in self.tables.items()}

    def shapes(self, state):
        """Return the attributes of every shape at a state; `text` is what stands inside."""
        return self.mark.shapes(**self.rows(state), **self.fixed)

    def markup(self, state):
        """Return the SVG of the mark at a state."""
        inner = ""
        for style, attributes in zip(self.mark.styles(), self.shapes(state)):
            words = attributes.pop("text", None)
            coloured = {k: paint(v) if k in ("fill", "stroke") else v for k, v in style.items()}
            inner += element(
                "path" if words is None else "text", attributes | coloured, words or ""
            )
        opacity = {"opacity": self.mark.opacity} if self.mark.opacity != 1 else {}
        return element("g", {"class": "mark"} | opacity, inner)

    def data(self, number_of, names):
        """Return what player.js needs; `number_of` gives the number of a table."""
        tables = {name: number_of(table) for name, table in self.tables.items()}
        over = [names.index(name) for name in self.over]
        kind = type(self.mark).__name__
        return {"kind": kind, "tables": tables, "over": over, **self.fixed}


class BoundTiles(Bound):
    """A map: it shows its table at every stop of two sliders at once."""

    def __init__(self, mark, tables, stops, **fixed):
        super().__init__(mark, tables, **fixed)
        self.over, self._stops, self._memory = mark.over, stops, {}

    def rows(self, state):
        """Return the values over both sliders; kept, since a live map costs a number per tile."""
        table, (x, y) = self.tables["value"], self.over
        fixed = tuple(state[name] for name in table.source.depends if name not in (x, y))
        if fixed not in self._memory:
            columns, rows = self._stops
            values = [[table.row(state | {x: a, y: b})[0] for b in rows] for a in columns]
            self._memory = {fixed: values}
        return {"value": self._memory[fixed]}
