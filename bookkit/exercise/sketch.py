"""An empty picture on which a reader marks a place before seeing what happens there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_WIDTH, _HEIGHT = 340, 150  # of the picture, in points


@dataclass(frozen=True)
class Sketch:
    """A picture over one axis, across which a mark is dragged.

    Parameters
    ----------
    label : str
        Of the axis, in plain words.
    low, high, step : float
        The ends of the axis, and how finely the mark moves.
    draw : function of one matplotlib Axes
        What stands in the picture already; it must not give the answer away.
    alt : str
        What it draws, for a reader who cannot see it.
    """

    label: str
    low: float
    high: float
    step: float
    draw: Callable | None = None
    alt: str = ""

    def problem(self, happens):
        """Return in words what is wrong with this sketch, "" if nothing is."""
        if not (
            self.label.strip() and self.low < self.high and 0 < self.step < self.high - self.low
        ):
            return "a sketch needs a label, `low` below `high`, and a `step` between them"
        if self.draw and not self.alt.strip():
            return "a sketch that draws needs its words in `alt`"
        if not self.low <= happens <= self.high:
            return f"what happens, {happens!r}, is outside the sketch"
        return ""

    @property
    def middle(self):
        """Where the mark stands at first."""
        return self.low + self.step * round((self.high - self.low) / (2 * self.step))

    def html(self, prefix, *, mark=None, truth=None, hidden=False):
        """Return the picture with the reader's mark, and with what is true where that is known."""
        svg, (left, right, top, bottom) = _drawn(self, prefix)

        def line(name, value, more=""):
            x = left + (value - self.low) / (self.high - self.low) * (right - left)
            return (
                f'<g class="{name}" transform="translate({x:.2f} 0)"{more}>'
                f'<line y1="{top:.1f}" y2="{bottom:.1f}"/>'
                f'<circle cy="{(top + bottom) / 2:.1f}" r="7"/></g>'
            )

        marks = "" if truth is None else line("sketch-truth", truth)
        if mark is not None:
            # An attribute, as elements of a picture have no `hidden`.
            marks += line("sketch-mark", mark, ' visibility="hidden"' if hidden else "")
        return (
            f'<div class="sketch" data-low="{self.low!r}" data-high="{self.high!r}"'
            f' data-left="{left:.2f}" data-right="{right:.2f}">'
            f"{svg.removesuffix('</svg>')}{marks}</svg></div>\n"
        )


@lru_cache(maxsize=64)
def _drawn(sketch, prefix):
    """Return the picture without marks, and left, right, top and bottom of its axes."""
    # Imported here, as a page that runs Python has no matplotlib.
    from bookkit.svg import new_figure, styled, to_svg

    figure = new_figure(_WIDTH, _HEIGHT)
    axes = styled(figure.subplots)
    axes.set(xlim=(sketch.low, sketch.high), xlabel=sketch.label)
    if sketch.draw:
        styled(sketch.draw, axes)
        axes.set_xlim(sketch.low, sketch.high)
    else:
        axes.set_yticks([])
    empty = f"An axis, {sketch.label}, from {sketch.low:g} to {sketch.high:g}."
    styled(figure.draw_without_rendering)
    box = axes.get_position()
    svg = to_svg(figure, prefix, sketch.alt or empty)
    ends = (box.x0 * _WIDTH, box.x1 * _WIDTH, (1 - box.y1) * _HEIGHT, (1 - box.y0) * _HEIGHT)
    return svg, ends
