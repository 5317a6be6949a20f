"""The curves of a demo: what its marks and its axes draw through three places or more."""

from collections import Counter

import numpy as np
from true_places import value_of


def drawn_curves(panel, ax, state):
    """Return {name: (x, y)}: "p", "p 1" for the next of that colour, "axes" for one of the axes.

    Of a band it is the upper edge, and then the lower one if it is not level.
    """
    found, count = {}, Counter()
    fixed = (("axes", line.get_xydata().T) for line in ax.lines)
    for colour, (x, y) in (*_of_marks(panel, state), *fixed):
        if len(x) > 2:
            number, count[colour] = count[colour], count[colour] + 1
            found[f"{colour} {number}" if number else colour] = x, y
    return found


def _of_marks(panel, state):
    for mark in panel.marks:
        sources = mark.sources()
        for side in {"Curve": ["y"], "Band": ["high", "low"]}.get(type(mark).__name__, []):
            x, y = (
                np.atleast_1d(np.asarray(value_of(sources[n], state), float)) for n in ("x", side)
            )
            if side != "low" or len(y) > 1:
                yield mark.colour, np.broadcast_arrays(x, y)


def tied(panel, ax):
    """Return the colours of curves that a dot ties to a read-out: it lies on no other line.

    A dot lies on the one curve of its colour or, where there is none, on the panel's only one. What
    is a corner of a path ties nothing.
    """
    curves = [mark for mark in panel.marks if type(mark).__name__ == "Curve"]
    own = Counter(curve.colour for curve in curves)
    lines = [*own.elements(), *("axes" for line in ax.lines if len(line.get_xydata()) > 2)]
    found = set()
    for mark in panel.marks:
        if type(mark).__name__ == "Points" and not any(mark.xy and mark.xy is c.xy for c in curves):
            if own[mark.colour] == 1:
                found.add(mark.colour)
            elif not own[mark.colour] and len(lines) == 1:
                found.update(lines)
    return found
