"""What a figure shows: its panels' lines, dots, bars and areas, found by the words beside them.

The book names a curve by a word in the curve's own colour, so the colour of a word leads to what it
names. A panel that has no such word for something is asked by the name of the colour itself.
"""

from fractions import Fraction

import numpy as np
from matplotlib.collections import FillBetweenPolyCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from bookkit.palette import COLOURS, light
from bookkit.svg import INK, new_figure, styled


def panels(figure):
    """Return the axes of every panel, drawn as for the page."""
    found = []
    for panel in figure.panels:
        drawing = new_figure(*figure.size)
        styled(lambda panel=panel, drawing=drawing: panel(drawing.subplots()))
        found.append(drawing.axes[0])
    return found


def plotted(ax, name):
    """Return (x, y) of what a word of the panel, or else a colour, names.

    "word" finds the only line, or else the dots, or else the bars of the word's colour; "word/dots"
    asks for one of the `KINDS`; "word/line 1" for the second line of the colour and "word/line all"
    for all of them, one after the other; "word/line x" for the first coordinates as (0, x₀),
    (1, x₁) and so on, and "word/line all y" likewise for the second ones; "word/line count" for the
    number of points as (0, count).
    """
    kind, colour, number, axis = _asked(ax, name)
    found = KINDS[kind](ax, colour)
    if number is None and kind in ("line", "shape"):
        assert 1 == len(found), f"{len(found)} {kind}s have the colour of {name!r}"
    drawn = np.hstack(found) if number == "all" else found[int(number or 0)]
    if axis is None:
        return drawn
    if axis == "count":
        return np.array([0]), np.array([drawn.shape[1]])
    return np.arange(drawn.shape[1]), drawn["xy".index(axis)]


def unasked(ax, names):
    """Return (kind, colour, number) of the lines, dots and shapes that no name asks for.

    A line between two points is often a mark or an axis, and the colour "line" is for frames.
    """
    asked = set()
    for name in names:
        kind, colour, number, _ = _asked(ax, name)
        every = number == "all" or kind in ("bars", "shade")
        kind = "shape" if kind in AREAS else kind
        numbers = range(len(KINDS[kind](ax, colour))) if every else [int(number or 0)]
        asked |= {(kind, colour, i) for i in numbers}
    return [
        (kind, shade, i)
        for kind, few in (("line", 2), ("dots", 0), ("shape", 2))
        for shade in (*COLOURS, "ink")
        for i, points in enumerate(KINDS[kind](ax, colour_of(ax, shade)))
        if shade != "line" and points.shape[1] > few
        if (kind, colour_of(ax, shade), i) not in asked
    ]


def _asked(ax, name):
    """Return kind, colour, number and axis of "word/line 1 x"; what is left out is None."""
    word, _, asked = name.partition("/")
    kind, *how = asked.split() or [None]
    axis = how.pop() if how and how[-1] in ("x", "y", "count") else None
    colour = colour_of(ax, word)
    kinds = [k for k in ((kind,) if kind else ("line", "dots", "bars")) if KINDS[k](ax, colour)]
    assert kinds, f"nothing in the panel has the colour of {word!r}"
    return kinds[0], colour, how[0] if how else None, axis


def colour_of(ax, word):
    """Return the colour in which a word is written, or of that name."""
    if word == "ink":
        return to_hex(INK)
    if word in COLOURS:
        return to_hex(light(word))
    found = [text for text in ax.texts if word in text.get_text()]
    assert found, f"the panel does not say {word!r}, but {[t.get_text() for t in ax.texts]}"
    return to_hex(found[0].get_color())


def lines(ax, colour):
    """Return (x, y) of every line of a colour that has more than two points or no marker."""
    return [
        np.array(line.get_xydata(), dtype=float).T
        for line in ax.lines
        if to_hex(line.get_color()) == colour and line.get_linestyle() != "None"
    ]


def dots(ax, colour):
    """Return (x, y) of every set of dots of a colour."""
    marked = [
        np.array(line.get_xydata(), dtype=float).T
        for line in ax.lines
        if to_hex(line.get_color()) == colour and line.get_linestyle() == "None"
    ]
    scattered = [
        np.array(found.get_offsets(), dtype=float).T
        for found in ax.collections
        if isinstance(found, PathCollection) and to_hex(found.get_facecolor()[0]) == colour
    ]
    return marked + scattered


def bars(ax, colour):
    """Return one pair (place, length) of all bars of a colour, lying or standing."""
    found = [bar for bar in _filled(ax, colour) if isinstance(bar, Rectangle)]
    if not found:
        return []
    lying = len({bar.get_x() for bar in found}) == 1 and (
        len(found) > 1 or found[0].get_x() == 0 and found[0].get_y() != 0
    )
    if lying:
        pairs = [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in found]
    else:
        pairs = [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in found]
    return [np.array(sorted(pairs)).T]


def shapes(ax, colour):
    """Return (x, y) of the corners of every filled shape of a colour, the first corner twice."""
    patches = [
        patch.get_path().transformed(patch.get_patch_transform()).vertices.T
        for patch in _filled(ax, colour)
    ]
    bands = [
        path.vertices.T
        for band in ax.collections
        if isinstance(band, FillBetweenPolyCollection) and to_hex(band.get_facecolor()[0]) == colour
        for path in band.get_paths()
    ]
    return patches + bands


def tops(ax, colour):
    """Return (x, y) of the upper edge of every filled shape of a colour."""
    return [_edge(corners, np.max) for corners in shapes(ax, colour)]


def bottoms(ax, colour):
    """Return (x, y) of the lower edge of every filled shape of a colour."""
    return [_edge(corners, np.min) for corners in shapes(ax, colour)]


def _edge(corners, best):
    places = np.unique(corners[0])
    return np.array([places, [best(corners[1, corners[0] == place]) for place in places]])


def shades(ax, colour):
    """Return one pair (number, opacity) of the filled shapes of a colour, in the order drawn."""
    found = [patch.get_alpha() for patch in _filled(ax, colour)]
    return [np.array([np.arange(len(found)), found], dtype=float)] if found else []


def numbers(ax, colour):
    """Return one pair (number, value) of the texts of a colour that are numbers, as drawn."""
    found = []
    for text in ax.texts:
        if to_hex(text.get_color()) == colour:
            try:
                found.append(float(Fraction(text.get_text().replace("−", "-"))))
            except ValueError:
                continue
    return [np.array([np.arange(len(found)), found])] if found else []


def _filled(ax, colour):
    return [
        patch
        for patch in ax.patches
        if patch.get_fill() and to_hex(patch.get_facecolor()) == colour
    ]


KINDS = {
    "line": lines,
    "dots": dots,
    "bars": bars,
    "shape": shapes,
    "top": tops,
    "bottom": bottoms,
    "shade": shades,
    "number": numbers,
}
AREAS = "bars", "shape", "top", "bottom", "shade"  # what is asked of filled shapes
