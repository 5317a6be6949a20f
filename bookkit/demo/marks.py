"""What is drawn in a panel and can change: curves, bands, bars, points, text, tiles, images.

A mark has *channels* (`x`, `y`, …), and every channel is a source of its own: a constant,
a control, or a function of some controls. So a curve whose height depends on two sliders and
a bar whose width depends on two others are each stored over two sliders only.

A channel is turned into whole tenths of an SVG unit before anything else happens; what is baked,
what is live and what player.js draws are made from the same whole numbers.
The `paths` of a mark here and the function of the same name in player.js are twins.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

TENTHS = 10
MISSING = -(10**6)  # a coordinate that is not there; far outside every picture


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


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What all marks share: colour by palette name, strength of the ink."""

    colour: str = "p"
    opacity: float = 1.0

    channels: ClassVar[dict[str, str]] = {}  # channel -> "x" or "y", the axis that scales it
    may_miss = False  # whether NaN means that something is not there, or is an error

    def groups(self):
        """Return (class, presentation attributes) for each path of the mark."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Curve(Mark):
    """A line through the points (x, y). Of a `broken` line, NaN lifts the pen."""

    x: Any
    y: Any
    width: float = 1.8
    dashed: bool = False
    broken: bool = False

    channels = {"x": "x", "y": "y"}

    @property
    def may_miss(self):
        """Whether NaN means something."""
        return self.broken

    def groups(self):
        """One stroked path."""
        dash = {"stroke-dasharray": "50 40"} if self.dashed else {}
        return [("line", {"stroke": self.colour, "stroke-width": TENTHS * self.width, **dash})]

    @staticmethod
    def paths(x, y):
        """Return the path data of the line."""
        return [_polyline(x, y, range(_count(x, y)))]


@dataclass(frozen=True, kw_only=True)
class Band(Mark):
    """The area between the curves (x, low) and (x, high)."""

    x: Any
    low: Any
    high: Any
    opacity: float = 0.25

    channels = {"x": "x", "low": "y", "high": "y"}

    def groups(self):
        """One filled path."""
        return [("fill", {"fill": self.colour})]

    @staticmethod
    def paths(x, low, high):
        """Return the outline of the area."""
        order = range(_count(x, low, high))
        there, back = _polyline(x, high, order), _polyline(x, low, reversed(order))
        return [f"{there}L{back[1:]}Z"]


@dataclass(frozen=True, kw_only=True)
class Bars(Mark):
    """Rectangles from `left` to `right` and from `base` to `top`.

    Those that go down from their base are drawn in the colour `down`.
    """

    left: Any
    right: Any
    base: Any
    top: Any
    down: str = "bad"
    opacity: float = 0.75

    channels = {"left": "x", "right": "x", "base": "y", "top": "y"}

    def groups(self):
        """A path for the bars that go up and one for those that go down."""
        return [("fill", {"fill": self.colour}), ("fill", {"fill": self.down})]

    @staticmethod
    def paths(left, right, base, top):
        """Return the path data of the bars that go up, and of those that go down."""
        up, down = [], []
        for i in range(_count(left, right, base, top)):
            x0, x1, y0, y1 = (_get(channel, i) for channel in (left, right, base, top))
            (up if y1 <= y0 else down).append(f"M{x0} {y0}V{y1}H{x1}V{y0}Z")
        return ["".join(up), "".join(down)]


@dataclass(frozen=True, kw_only=True)
class Points(Mark):
    """A dot at every (x, y); a `hollow` one is a ring. NaN leaves a point out."""

    x: Any
    y: Any
    radius: float = 4.5
    hollow: bool = False

    channels = {"x": "x", "y": "y"}
    may_miss = True

    def groups(self):
        """One path that holds all the dots."""
        if self.hollow:
            return [("line", {"stroke": self.colour, "stroke-width": TENTHS * 2})]
        return [("dot", {"fill": self.colour})]

    def paths(self, x, y):
        """Return the path data of the dots."""
        r = int(self.radius * TENTHS)
        return [
            "".join(
                f"M{_get(x, i) - r} {_get(y, i)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
                for i in range(_count(x, y))
                if MISSING not in (_get(x, i), _get(y, i))
            )
        ]


@dataclass(frozen=True, kw_only=True)
class Text(Mark):
    """A few words at (x, y); the words may change as well."""

    x: Any
    y: Any
    text: Any
    anchor: str = "middle"
    size: float = 10.5
    colour: str = "ink"

    channels = {"x": "x", "y": "y"}

    def groups(self):
        """One text element."""
        return [
            (
                "text",
                {"fill": self.colour, "text-anchor": self.anchor, "font-size": TENTHS * self.size},
            )
        ]


@dataclass(frozen=True, kw_only=True)
class Tiles(Mark):
    """A map: the read-out `of` at every stop of the two sliders `x` and `y`.

    Stores nothing of its own. A tile is inked the more the lower its value,
    in the steps that `levels` gives in the read-out's unit.
    """

    of: str
    x: str
    y: str
    levels: tuple = ()

    def groups(self):
        """One path for each level, the strongest ink for the lowest values."""
        return _inks(self.colour, len(self.levels))

    @staticmethod
    def paths(edges_x, edges_y, values, levels):
        """Return a path for each level; `values[i][j]` and `levels` are in last digits shown.

        Runs of equal tiles along x are drawn as one rectangle.
        """
        paths = [[] for _ in levels]
        for j in range(len(edges_y) - 1):
            start = 0
            row = [_level(column[j], levels) for column in values]
            for i in range(1, len(row) + 1):
                if i == len(row) or row[i] != row[start]:
                    if row[start] < len(levels):
                        paths[row[start]].append(
                            f"M{edges_x[start]} {edges_y[j]}H{edges_x[i]}"
                            f"V{edges_y[j + 1]}H{edges_x[start]}Z"
                        )
                    start = i
        return ["".join(path) for path in paths]


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

    def groups(self):
        """One path for each ink, the strongest first."""
        return _inks(self.colour, self.darkest)

    def edges(self):
        """Return where the columns begin and end from left to right, and the rows from the top."""
        (rows, columns), (left, bottom, right, top) = self.shape, self.box
        return (
            left + (right - left) * np.arange(columns + 1) / columns,
            top + (bottom - top) * np.arange(rows + 1) / rows,
        )

    def paths(self, edges_x, edges_y, pixels):
        """Return a path for each ink; `pixels` are those of the top row, then the next."""
        columns = self.shape[1]
        paper = [[self.darkest - pixel for pixel in pixels[i::columns]] for i in range(columns)]
        return Tiles.paths(edges_x, edges_y, paper, range(self.darkest))


def _inks(colour, steps):
    return [
        (
            "fill",
            {
                "fill": colour,
                "fill-opacity": round(1 - k / steps, 3),
                "shape-rendering": "crispEdges",
            },
        )
        for k in range(steps)
    ]


def _level(value, levels):
    """Return the first level that the value does not exceed; len(levels) if it exceeds all."""
    for k, level in enumerate(levels):
        if value is not None and value <= level:
            return k
    return len(levels)
