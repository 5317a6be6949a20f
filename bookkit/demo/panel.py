"""One picture of a demo: axes that matplotlib draws once, and marks that change."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import numpy as np
from matplotlib.patches import Rectangle

from bookkit.demo.errors import DemoError
from bookkit.demo.marks import MISSING, TENTHS
from bookkit.palette import COLOURS
from bookkit.svg import new_figure, styled, to_svg


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Axes, drawn by the function `axes(ax)`, and the marks on them.

    `alt` says what is drawn to a reader who cannot see it.
    `drag_x` and `drag_y` name the sliders that follow a drag on the picture.
    """

    axes: Callable
    marks: tuple
    alt: str
    drag_x: str | None = None
    drag_y: str | None = None
    width: int = 340
    height: int = 210


class Scale:
    """From data to whole tenths of an SVG unit along one axis of a drawn panel."""

    def __init__(self, kind, limits, ends):
        if kind not in ("linear", "log"):
            raise DemoError(f"a panel's axis is linear or log, not {kind}")
        self._log = kind == "log"
        self._limits = self._straight(np.asarray(limits, dtype=float))
        self._ends = np.asarray(ends, dtype=float) * TENTHS

    def _straight(self, values):
        return np.log10(values) if self._log else values

    def units(self, values):
        """Return the places of the values, as a list of whole numbers.

        What lies more than one axis length outside the picture is moved there: it is not seen.
        """
        with np.errstate(divide="ignore"):
            straight = self._straight(np.atleast_1d(np.asarray(values, dtype=float)))
        (a, b), (first, last) = self._limits, self._ends
        share = np.clip((straight - a) / (b - a), -1.0, 2.0)
        places = first + share * (last - first)
        return [MISSING if np.isnan(place) else round(place) for place in places.tolist()]

    def for_dragging(self):
        """Return the places of both ends in SVG units, and their values (their exponents if log)."""
        numbers = *(self._ends / TENTHS).tolist(), *self._limits.tolist()
        return " ".join(f"{number:.6g}" for number in numbers) + (" log" if self._log else "")


class DrawnPanel:
    """A panel after matplotlib drew its axes: an SVG template and two scales."""

    def __init__(self, panel, prefix):
        self._figure = new_figure(panel.width, panel.height)
        self.clip = f"{prefix}-clip"
        styled(self._draw, panel)
        before, after = to_svg(self._figure, prefix, panel.alt).split(f'<g id="{prefix}-marks">')
        self._before, self._after = before, after[after.index("</g>") + len("</g>") :]

    def _draw(self, panel):
        ax = self._figure.subplots()
        panel.axes(ax)
        # A stand-in keeps the place of the marks: above the grid, below the spines.
        ax.add_artist(Rectangle((0, 0), 1, 1, transform=ax.transAxes, gid="marks", zorder=1.9))
        self._figure.draw_without_rendering()
        box = ax.get_window_extent().transformed(self._figure.dpi_scale_trans.inverted())
        self.left, self.right = 72 * box.x0, 72 * box.x1
        self.top, self.bottom = (panel.height - 72 * edge for edge in (box.y1, box.y0))
        self.x = Scale(ax.get_xscale(), ax.get_xlim(), (self.left, self.right))
        self.y = Scale(ax.get_yscale(), ax.get_ylim(), (self.bottom, self.top))

    def svg(self, marks):
        """Return the picture with the markup of the marks put in."""
        box = (
            f'x="{self.left:.1f}" y="{self.top:.1f}" width="{self.right - self.left:.1f}"'
            f' height="{self.bottom - self.top:.1f}"'
        )
        return (
            f'{self._before}<clipPath id="{self.clip}"><rect {box}/></clipPath>'
            f'<g clip-path="url(#{self.clip})"><g transform="scale({1 / TENTHS})">'
            f"{marks}</g></g>{self._after}"
        )


def paint(name):
    """Return the CSS colour of a palette name; `ink` is the colour of the text.

    >>> paint("p")
    'var(--it-p,#0072b2)'
    """
    return "currentColor" if name == "ink" else f"var(--it-{name},{COLOURS[name][0]})"


def element(tag, attributes, content=""):
    """Return one SVG element as text."""
    text = "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{text}>{content}</{tag}>"
