"""One picture of a demo: axes that matplotlib draws once, and marks that change."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby
from operator import itemgetter

from matplotlib.patches import Rectangle

from bookkit.demo.scale import TENTHS, Scale
from bookkit.palette import COLOURS
from bookkit.svg import new_figure, styled, to_svg

_SIZES = {1: (400, 230), 2: (340, 210), 3: (250, 185)}  # columns -> width, height of a picture


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Axes, drawn by the function `axes(ax)`, and the marks on them.

    `alt` says what is drawn to a reader who cannot see it.
    `drag_x` and `drag_y` name the sliders that follow a drag on the picture.
    `width` and `height` are in points; the fewer columns a demo has, the wider its pictures,
    so that letters are as large in every demo.
    """

    axes: Callable
    marks: tuple
    alt: str
    drag_x: str | None = None
    drag_y: str | None = None
    width: int | None = None
    height: int | None = None


class DrawnPanel:
    """A panel after matplotlib drew its axes: an SVG template and two scales."""

    def __init__(self, panel, prefix, columns=2):
        width, height = _SIZES[columns]
        self.size = panel.width or width, panel.height or height
        self._figure, self._prefix, self._alt = new_figure(*self.size), prefix, panel.alt
        self.clip = f"{prefix}-clip"
        styled(self._draw, panel)

    def _draw(self, panel):
        ax = self._figure.subplots()
        panel.axes(ax)
        # A stand-in keeps the place of the marks: above the grid, below the spines.
        ax.add_artist(Rectangle((0, 0), 1, 1, transform=ax.transAxes, gid="marks", zorder=1.9))
        self._figure.get_layout_engine().execute(self._figure)
        # Saving would lay it out again, for an SVG's letters, and move the axes away from the marks.
        self._figure.set_layout_engine("none")
        ax.apply_aspect()
        box = ax.get_window_extent().transformed(self._figure.dpi_scale_trans.inverted())
        self.left, self.right = 72 * box.x0, 72 * box.x1
        self.top, self.bottom = (self.size[1] - 72 * edge for edge in (box.y1, box.y0))
        self.x = Scale(ax.get_xscale(), ax.get_xlim(), (self.left, self.right))
        self.y = Scale(ax.get_yscale(), ax.get_ylim(), (self.bottom, self.top))

    @cached_property
    def _around(self):
        """What stands before and after the marks; who asks for numbers alone needs no picture."""
        text = to_svg(self._figure, self._prefix, self._alt)
        before, after = text.split(f'<g id="{self._prefix}-marks">')
        return before, after[after.index("</g>") + len("</g>") :]

    def svg(self, marks):
        """Return the picture with its marks: pairs of how far one may reach over the frame, and SVG."""
        before, after = self._around
        inside = "".join(
            f'<clipPath id="{self.clip}{reach:g}"><rect {self._box(reach)}/></clipPath>'
            for reach in sorted({reach for reach, _ in marks})
        )
        for reach, alike in groupby(marks, key=itemgetter(0)):
            inside += (
                f'<g clip-path="url(#{self.clip}{reach:g})"><g transform="scale({1 / TENTHS})">'
                f"{''.join(markup for _, markup in alike)}</g></g>"
            )
        return before + inside + after

    def _box(self, reach):
        return (
            f'x="{self.left - reach:.1f}" y="{self.top - reach:.1f}"'
            f' width="{self.right - self.left + 2 * reach:.1f}"'
            f' height="{self.bottom - self.top + 2 * reach:.1f}"'
        )


def paint(name):
    """Return the CSS colour of a palette name; `ink` is that of the text, `none` no colour.

    >>> paint("p")
    'var(--it-p,#0072b2)'
    """
    if name == "none":
        return name
    return "currentColor" if name == "ink" else f"var(--it-{name},{COLOURS[name][0]})"


def element(tag, attributes, content=""):
    """Return one SVG element as text."""
    text = "".join(f' {name}="{escape(str(value))}"' for name, value in attributes.items())
    return f"<{tag}{text}>{content}</{tag}>"
