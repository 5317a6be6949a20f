"""What is drawn in a panel and can change: curves, bands, bars, points, text, tiles, images.

A mark has *channels* (`x`, `y`, …), and every channel is a source of its own: a constant,
a control, or a function of some controls. So a curve whose height depends on two sliders and
a bar whose width depends on two others are each stored over two sliders only.
Where one function gives several channels, it is named once: ``Curve(xy=circle)``.

A channel is turned into whole tenths of an SVG unit before anything else happens; what is baked,
what is live and what player.js draws are made from the same whole numbers.

To add a mark, write a class here, with the `shapes` that it draws from the rows of its tables,
and in player.js the twin of `shapes` under the same name. Nothing else knows what marks there are.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from bookkit.demo.bound import Bound, BoundTiles
from bookkit.demo.errors import DemoError
from bookkit.demo.scale import MISSING, TENTHS
from bookkit.demo.sources import Part
from bookkit.demo.tables import Pixels


def _get(channel, i):
    return channel[i] if len(channel) > 1 else channel[0]


def _count(*channels):
    return max(map(len, channels))


def _polyline(xs, ys, order):
    path, pen = "", "M"
    for i in order:
        x, y = _get(xs, i), _get(ys, i)
        if MISSING in (x, y):
            pen = "M"
        else:
            path, pen = f"{path}{pen}{x} {y}", "L"
    return path


def _paths(*texts):
    return [{"d": text} for text in texts]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What all marks share: colour by palette name, strength of the ink, and how to be bound."""

    colour: str = "p"
    opacity: float = 1.0

    channels: ClassVar[dict[str, str]] = {}  # channel -> "x" or "y", the axis that scales it
    together: ClassVar[dict[str, tuple]] = {}  # the name of several channels -> these channels
    may_miss = False  # whether NaN means that something is not there, or is an error
    reach = 0.0  # how far it may be drawn over the frame, in points

    def __post_init__(self):
        """Complain where a mark is declared, not where it is drawn."""
        missing = [name for name, of in self.sources().items() if of is None]
        if missing:
            raise DemoError(f"{type(self).__name__} lacks {', '.join(missing)}")

    def styles(self):
        """Return the presentation attributes of each shape of the mark."""
        raise NotImplementedError

    def shapes(self, **rows):
        """Return the attributes of each shape, from a row of whole numbers for each channel."""
        raise NotImplementedError

    def sources(self):
        """Return where each channel comes from.

        >>> def ring(turn): ...
        >>> Points(xy=ring).sources() == {"x": Part(ring, 0), "y": Part(ring, 1)}
        True
        """
        found = {name: getattr(self, name) for name in self.channels}
        for whole, names in self.together.items():
            of = getattr(self, whole)
            if of is not None:
                found |= {name: Part(of, i) for i, name in enumerate(names)}
        return found

    def bind(self, place):
        """Return the mark in its place, a `Place`: with a table behind every channel."""
        what = type(self).__name__.lower()
        tables = {
            name: place.coordinates(of, self.channels[name], self.may_miss, f"{what} ({name})")
            for name, of in self.sources().items()
        }
        return Bound(self, tables)


def _line(colour, width, **more):
    return {"stroke": colour, "stroke-width": TENTHS * width, **more, "fill": "none"}


@dataclass(frozen=True, kw_only=True)
class Curve(Mark):
    """A line through the points (x, y). Of a `broken` line, NaN lifts the pen."""

    x: Any = None
    y: Any = None
    xy: Any = None
    width: float = 1.8
    dashed: bool = False
    broken: bool = False

    channels = {"x": "x", "y": "y"}
    together = {"xy": ("x", "y")}

    @property
    def may_miss(self):
        """Whether NaN means something."""
        return self.broken

    def styles(self):
        """One stroked path."""
        dash = {"stroke-dasharray": "50 40"} if self.dashed else {}
        return [_line(self.colour, self.width, **dash)]

    def shapes(self, x, y):
        """Return the path of the line."""
        return _paths(_polyline(x, y, range(_count(x, y))))


@dataclass(frozen=True, kw_only=True)
class Band(Mark):
    """The area between the curves (x, low) and (x, high); `span` gives both heights."""

    x: Any
    low: Any = None
    high: Any = None
    span: Any = None
    opacity: float = 0.25

    channels = {"x": "x", "low": "y", "high": "y"}
    together = {"span": ("low", "high")}

    def styles(self):
        """One filled path."""
        return [{"fill": self.colour}]

    def shapes(self, x, low, high):
        """Return the outline of the area."""
        order = range(_count(x, low, high))
        there, back = _polyline(x, high, order), _polyline(x, low, reversed(order))
        return _paths(f"{there}L{back[1:]}Z")


@dataclass(frozen=True, kw_only=True)
class Bars(Mark):
    """Rectangles from `left` to `right` and from `base` to `top`.

    `across` gives left and right, `up` gives base and top, `box` gives all four.
    Those that go down from their base are drawn in the colour `down`.
    """

    left: Any = None
    right: Any = None
    base: Any = None
    top: Any = None
    across: Any = None
    up: Any = None
    box: Any = None
    down: str = "bad"
    opacity: float = 0.75

    channels = {"left": "x", "right": "x", "base": "y", "top": "y"}
    together = {
        "across": ("left", "right"),
        "up": ("base", "top"),
        "box": ("left", "right", "base", "top"),
    }

    def styles(self):
        """A path for the bars that go up and one for those that go down."""
        return [{"fill": self.colour}, {"fill": self.down}]

    def shapes(self, left, right, base, top):
        """Return the path of the bars that go up, and of those that go down."""
        up, down = [], []
        for i in range(_count(left, right, base, top)):
            x0, x1, y0, y1 = (_get(channel, i) for channel in (left, right, base, top))
            (up if y1 <= y0 else down).append(f"M{x0} {y0}V{y1}H{x1}V{y0}Z")
        return _paths("".join(up), "".join(down))


@dataclass(frozen=True, kw_only=True)
class Points(Mark):
    """A dot at every (x, y); a `hollow` one is a ring. NaN leaves a point out."""

    x: Any = None
    y: Any = None
    xy: Any = None
    radius: float = 4.5
    hollow: bool = False

    channels = {"x": "x", "y": "y"}
    together = {"xy": ("x", "y")}
    may_miss = True

    @property
    def reach(self):
        """A dot at the end of an axis is whole."""
        return self.radius + self.hollow

    def bind(self, place):
        """Return the points in their place; the page draws them as large as Python does."""
        return Bound(self, super().bind(place).tables, radius=int(self.radius * TENTHS))

    def styles(self):
        """One path that holds all the dots."""
        return [_line(self.colour, 2) if self.hollow else {"fill": self.colour}]

    def shapes(self, x, y, radius):
        """Return the path of the dots."""
        r = radius
        dots = (
            f"M{_get(x, i) - r} {_get(y, i)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
            for i in range(_count(x, y))
            if MISSING not in (_get(x, i), _get(y, i))
        )
        return _paths("".join(dots))


@dataclass(frozen=True, kw_only=True)
class Text(Mark):
    """A few words at (x, y); the words may change as well."""

    x: Any = None
    y: Any = None
    xy: Any = None
    text: Any
    anchor: str = "middle"
    size: float = 11.5
    colour: str = "ink"

    channels = {"x": "x", "y": "y"}
    together = {"xy": ("x", "y")}

    def bind(self, place):
        """Return the words in their place, with one table more."""
        of = self.text if callable(self.text) else (lambda: self.text)
        return Bound(self, super().bind(place).tables | {"text": place.words(of, "text")})

    def styles(self):
        """One text element."""
        size = TENTHS * self.size
        return [{"fill": self.colour, "text-anchor": self.anchor, "font-size": size}]

    def shapes(self, x, y, text):
        """Return the place and the words."""
        return [{"x": x[0], "y": y[0], "text": text[0]}]


@dataclass(frozen=True, kw_only=True)
class Tiles(Mark):
    """A map: the read-out `of` at every stop of the two sliders `x` and `y`.

    Stores nothing of its own. A tile is inked the more the lower its value, in the steps that
    `levels` gives in the read-out's unit; with `rising`, the more the higher. A value above
    the last level has no ink.
    """

    of: str
    x: str
    y: str
    levels: tuple = ()
    rising: bool = False

    def bind(self, place):
        """Return the map in its place, with the table of the read-out."""
        readout, table = place.readout(self.of)
        edges = [
            place.units(axis, _edges(place.stops(name))) for axis, name in zip("xy", self.over)
        ]
        levels = [round(level * 10**readout.digits) for level in self.levels]
        stops = [place.stops(name) for name in self.over]
        return BoundTiles(self, {"value": table}, stops, edges=edges, levels=levels)

    @property
    def over(self):
        """The sliders that the map runs over."""
        return self.x, self.y

    def styles(self):
        """One path for each level, the strongest ink for the lowest values or the highest."""
        inks = _inks(self.colour, len(self.levels))
        return inks[::-1] if self.rising else inks

    def shapes(self, value, edges, levels):
        """Return a path for each level; `value[i][j]` and `levels` are in last digits shown."""
        return _tiles(value, edges, levels)


@dataclass(frozen=True, kw_only=True)
class Image(Mark):
    """A picture of pixels in the box from (left, bottom) to (right, top) of the axes.

    `pixels` gives `shape` = (rows, columns) whole numbers, the top row first,
    from 0 (no ink) to `darkest` (full ink).
    """

    pixels: Any
    shape: tuple
    darkest: int
    box: tuple = (0, 0, 1, 1)
    colour: str = "ink"

    def bind(self, place):
        """Return the image in its place, with the table of its pixels."""
        table = place.numbers(self.pixels, Pixels(self.shape, self.darkest), "image")
        edges = [place.units(axis, ends) for axis, ends in zip("xy", self.edges())]
        return Bound(self, {"pixels": table}, edges=edges, levels=list(range(self.darkest)))

    def styles(self):
        """One path for each ink, the strongest first."""
        return _inks(self.colour, self.darkest)

    def edges(self):
        """Return where the columns begin and end from left to right, and the rows from the top."""
        (rows, columns), (left, bottom, right, top) = self.shape, self.box
        return (
            left + (right - left) * np.arange(columns + 1) / columns,
            top + (bottom - top) * np.arange(rows + 1) / rows,
        )

    def shapes(self, pixels, edges, levels):
        """Return a path for each ink; `pixels` are those of the top row, then the next."""
        columns = self.shape[1]
        paper = [[self.darkest - pixel for pixel in pixels[i::columns]] for i in range(columns)]
        return _tiles(paper, edges, levels)


def _tiles(values, edges, levels):
    """Return a path for each level; runs of equal tiles along x are one rectangle."""
    (xs, ys), paths = edges, [[] for _ in levels]
    for j in range(len(ys) - 1):
        start = 0
        row = [_level(column[j], levels) for column in values]
        for i in range(1, len(row) + 1):
            if i == len(row) or row[i] != row[start]:
                if row[start] < len(levels):
                    paths[row[start]].append(
                        f"M{xs[start]} {ys[j]}H{xs[i]}V{ys[j + 1]}H{xs[start]}Z"
                    )
                start = i
    return _paths(*map("".join, paths))


def _edges(stops):
    half = (stops[1] - stops[0]) / 2
    return [stops[0] - half, *(stop + half for stop in stops)]


def _inks(colour, steps):
    return [
        {
            "fill": colour,
            "fill-opacity": round(1 - k / steps, 3),
            "shape-rendering": "crispEdges",
        }
        for k in range(steps)
    ]


def _level(value, levels):
    """Return the first level that the value does not exceed; len(levels) if it exceeds all."""
    for k, level in enumerate(levels):
        if value is not None and value <= level:
            return k
    return len(levels)
