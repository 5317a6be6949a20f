"""Where matplotlib itself would put a mark: the second route to every coordinate of a demo."""

import functools
import inspect
import re

import numpy as np

from bookkit.demo.sources import Part
from bookkit.svg import new_figure, styled


class TruePlaces:
    """The axes of one panel, drawn anew; places come from `ax.transData`, not from the engine."""

    def __init__(self, panel, size):
        self.height, figure = size[1], new_figure(*size)
        self.ax = styled(self._draw, figure, panel)
        self.unit = 72 / figure.dpi  # points in a pixel
        box = self.ax.get_window_extent()
        self.ends = {
            "x": 10 * self.unit * np.array([box.x0, box.x1]),
            "y": 10 * (self.height - self.unit * np.array([box.y0, box.y1])),
        }

    def _draw(self, figure, panel):
        ax = figure.subplots()
        panel.axes(ax)
        figure.draw_without_rendering()
        return ax

    def along(self, axis, values):
        """Return the places in tenths of a unit; those far outside stand one length outside."""
        values = np.atleast_1d(np.asarray(values, dtype=float))
        other = (self.ax.get_ylim() if axis == "x" else self.ax.get_xlim())[0]
        other = np.full(values.shape, float(other))
        pairs = np.stack([values, other] if axis == "x" else [other, values], axis=-1)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            pixels = self.ax.transData.transform(pairs)[:, "xy".index(axis)]
        places = 10 * (self.unit * pixels if axis == "x" else self.height - self.unit * pixels)
        # A logarithm of nothing lies below everything.
        scale = self.ax.get_xscale() if axis == "x" else self.ax.get_yscale()
        low, high = self.ends[axis]
        if scale == "log":
            places = np.where(values <= 0, -np.inf * np.sign(high - low), places)
        first, last = sorted((2 * low - high, 2 * high - low))
        return np.clip(places, first, last)

    def fixed_lines(self):
        """Return the lines that the axes show at every state, in tenths of a unit."""
        places = [
            self.unit * line.get_transform().transform(line.get_xydata()) for line in self.ax.lines
        ]
        return [
            np.stack([10 * x, 10 * (self.height - y)], axis=-1)
            for x, y in map(np.transpose, places)
        ]

    def inside(self, dot):
        """Tell whether a place is within the frame."""
        return all(min(self.ends[a]) <= at <= max(self.ends[a]) for a, at in zip("xy", dot))


def value_of(of, state):
    """Return what a channel is at a state, straight from the function that its author wrote."""
    if isinstance(of, Part):
        return value_of(of.of, state)[of.index]
    if callable(of):
        return _computed(of, *((name, state[name]) for name in _asked(of) if name in state))
    return state[of] if isinstance(of, str) else of


@functools.cache
def _asked(function):
    return tuple(inspect.signature(function).parameters)


@functools.lru_cache(maxsize=256)
def _computed(function, *arguments):
    """Return what a function gives: several marks, and both tests of a demo, ask for the same."""
    return function(**dict(arguments))


def corners_of(kind, places):
    """Return the corners of a mark in the order in which a pen would visit them."""
    sides = {name: np.atleast_1d(side) for name, side in places.items()}
    count = max(map(len, sides.values()))
    sides = {
        name: np.broadcast_to(side, count) if len(side) == 1 else side
        for name, side in sides.items()
    }
    if kind == "Band":
        there = np.stack([sides["x"], sides["high"]], axis=-1)
        back = np.stack([sides["x"], sides["low"]], axis=-1)[::-1]
        return np.concatenate([there, back])
    if kind == "Bars":
        boxes = [sides[name] for name in ("left", "base", "right", "top")]
        return np.stack(boxes, axis=-1)
    return np.stack([sides["x"], sides["y"]], axis=-1)


def drawn_corners(kind, shapes, radius=0):
    """Return the corners that a mark was drawn with, in the same order."""
    if kind == "Text":
        return [[shapes[0]["x"], shapes[0]["y"]]]
    numbers = r"(-?\d+)"
    if kind == "Bars":
        box = re.compile(rf"M{numbers} {numbers}V{numbers}H{numbers}V{numbers}Z")
        found = [[int(n) for n in m] for s in shapes for m in box.findall(s["d"])]
        return [[left, base, right, top] for left, base, top, right, _ in found]
    if kind == "Points":
        return [
            [int(x) + radius, int(y)]
            for x, y in re.findall(rf"M{numbers} {numbers}a", shapes[0]["d"])
        ]
    return [[int(x), int(y)] for x, y in re.findall(rf"[ML]{numbers} {numbers}", shapes[0]["d"])]


_DRAWN = {}  # by the panel's id; the panel is kept with it, so that its id stays its own


def true_places(panel, size):
    """Return the axes of a panel, drawn once."""
    if id(panel) not in _DRAWN:
        _DRAWN[id(panel)] = panel, TruePlaces(panel, size)
    return _DRAWN[id(panel)][1]


def misplaced(demo, state):
    """Return every mark of a demo that is not where its data and matplotlib say, in words."""
    wrong = []
    for i, (panel, drawn) in enumerate(zip(demo.panels, demo.scene.panels)):
        true = true_places(panel, drawn.size)
        for j, (mark, bound) in enumerate(zip(panel.marks, demo.scene.marks[i])):
            kind = type(mark).__name__
            check = _tiles_differ if kind in ("Tiles", "Image") else _corners_differ
            if check(demo, mark, bound, true, state):
                wrong.append(f"{demo.ident}, panel {i}, mark {j} ({kind}) at {state}")
    return wrong


def off_the_curves(demo, state):
    """Yield (panel, mark) of every dot within a frame that lies on no curve of its panel.

    A curve is drawn by a mark or by the axes; a quarter of a point beside it is on it. Where there
    are curves of its colour, it lies on one of them.
    """
    for i, (panel, drawn) in enumerate(zip(demo.panels, demo.scene.panels)):
        true = true_places(panel, drawn.size)
        curves = [
            (m.colour, _way(m, true, state)) for m in panel.marks if type(m).__name__ == "Curve"
        ]
        for j, mark in enumerate(panel.marks):
            if type(mark).__name__ == "Points":
                own = [line for colour, line in curves if colour == mark.colour]
                lines = own or [line for _, line in curves] + true.fixed_lines()
                dots = [dot for dot in _way(mark, true, state) if true.inside(dot)]
                if any(
                    min((_beside(dot, line) for line in lines), default=9) > 2.5 for dot in dots
                ):
                    yield i, j


def _way(mark, true, state):
    return corners_of(
        "Curve",
        {n: true.along(mark.channels[n], value_of(of, state)) for n, of in mark.sources().items()},
    )


def _beside(dot, line):
    """Return how far a dot lies from a line of straight pieces, in tenths of a point."""
    starts, ends = line[:-1], line[1:]
    whole = ~np.isnan(starts + ends).any(axis=-1)
    starts, steps = starts[whole], (ends - starts)[whole]
    lengths = np.maximum((steps**2).sum(axis=-1), 1e-9)
    shares = np.clip(((dot - starts) * steps).sum(axis=-1) / lengths, 0, 1)
    gaps = starts + shares[:, None] * steps - dot
    return np.sqrt((gaps**2).sum(axis=-1)).min(initial=np.inf)


def _corners_differ(demo, mark, bound, true, state):
    kind = type(mark).__name__
    places = {
        name: true.along(mark.channels[name], value_of(of, state))
        for name, of in mark.sources().items()
    }
    expected = corners_of(kind, places)
    expected = expected[~np.isnan(expected).any(axis=-1)]
    actual = np.array(
        drawn_corners(kind, bound.shapes(state), bound.fixed.get("radius", 0)), dtype=float
    ).reshape(-1, expected.shape[-1])
    if kind == "Bars":  # those that go up stand before those that go down
        expected, actual = (
            np.array(sorted(map(tuple, np.round(a, 4)))) for a in (expected, actual)
        )
        return len(expected) != len(actual) or not _same_boxes(expected, actual)
    return expected.shape != actual.shape or np.abs(expected - actual).max(initial=0) > 0.51


def _same_boxes(expected, actual):
    used = np.zeros(len(actual), dtype=bool)
    for box in expected:
        near = (np.abs(actual - box).max(axis=-1) <= 0.51) & ~used
        if not near.any():
            return False
        used[np.argmax(near)] = True
    return True


def _tiles_differ(demo, mark, bound, true, state):
    """Compare the ink at the middle of every tile."""
    if type(mark).__name__ == "Tiles":
        stops = [
            next(c.stops for c in demo.controls if c.name == name) for name in (mark.x, mark.y)
        ]
        readout = next(r for r in demo.readouts if r.name == mark.of)
        values = np.array(
            [
                [value_of(readout.of, state | {mark.x: x, mark.y: y}) for y in stops[1]]
                for x in stops[0]
            ],
            dtype=float,
        )
        wanted = sum(np.round(values, readout.digits) > level for level in mark.levels)
        middles = [true.along(axis, s) for axis, s in zip("xy", stops)]
        count = len(mark.levels)
    else:
        pixels, (left, bottom, right, top) = np.asarray(value_of(mark.pixels, state)), mark.box
        rows, columns = mark.shape
        wanted, count = mark.darkest - pixels.T, mark.darkest
        across = left + (np.arange(columns) + 0.5) / columns * (right - left)
        down = top + (np.arange(rows) + 0.5) / rows * (bottom - top)
        middles = [true.along("x", across), true.along("y", down)]
    return not np.array_equal(np.minimum(wanted, count), _inked(bound.shapes(state), *middles))


def _inked(shapes, xs, ys):
    found = np.full((len(xs), len(ys)), len(shapes))
    box = re.compile(r"M(-?\d+) (-?\d+)H(-?\d+)V(-?\d+)H-?\d+Z")
    for level, shape in enumerate(shapes):
        for numbers in box.findall(shape["d"]):
            x0, y0, x1, y1 = map(int, numbers)
            inside_x = (min(x0, x1) < xs) & (xs < max(x0, x1))
            inside_y = (min(y0, y1) < ys) & (ys < max(y0, y1))
            found[np.ix_(inside_x, inside_y)] = level
    return found
