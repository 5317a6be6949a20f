"""What a figure shows: its panels' lines, dots and bars, found by the words written beside them.

The book names a curve by a word in the curve's own colour, so the colour of a word leads to what it
names. A panel that has no such word for something is asked by the name of the colour itself.
"""

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from bookkit.palette import COLOURS, light
from bookkit.svg import new_figure, styled


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
    and "word/bars" ask for one of these; "word/line 1" for the second line of the colour.
    """
    word, _, kind = name.partition("/")
    colour = colour_of(ax, word)
    kind, _, number = kind.partition(" ")
    for wanted in (kind,) if kind else ("line", "dots", "bars"):
        found = KINDS[wanted](ax, colour)
        if found:
            if not number and wanted == "line":
                assert 1 == len(found), f"{len(found)} lines have the colour of {word!r}"
            return found[int(number or 0)]
    raise AssertionError(f"nothing in the panel has the colour of {word!r}")


def colour_of(ax, word):
    """Return the colour in which a word is written, or of that name."""
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
    found = [bar for bar in ax.patches if to_hex(bar.get_facecolor()) == colour]
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


KINDS = {"line": lines, "dots": dots, "bars": bars}
