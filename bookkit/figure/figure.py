"""A figure that does not move: panels drawn by code, a caption that says what to see, a text alternative."""

import io
from pathlib import Path

import matplotlib

from bookkit import output
from bookkit.markup import permalink, to_html
from bookkit.palette import notebook_stylesheet
from bookkit.svg import new_figure, style, styled, to_svg

_STYLE = Path(__file__).with_name("figure.css")
# Panels -> a layout, and the widest panel in points that it has room for: a caption at the side of
# one picture, and three pictures in a row. All others stand in pairs. The page says which, as a style
# that asks whether a second one is there moves the first when the second arrives.
_LAYOUTS = {1: (" figure-beside", 400), 3: (" figure-three", 260)}


class Figure:
    """Panels side by side where there is room, one below the other where there is not.

    Parameters
    ----------
    name : str
        Lower case with dashes, unique in the book; the page's figure is ``fig-NAME``.
    *panels : functions of one matplotlib Axes
        Each draws one panel and computes what it draws.
    caption : str
        Markdown: what to see.
    alt : str
        What is drawn, for a reader who cannot see it.
    width, height : int
        Size of a panel in points.

    Examples
    --------
    >>> def draw_square(ax):
    ...     ax.plot([0, 1, 2], [0, 1, 4])
    ...     ax.set(xlabel="side", ylabel="area")
    >>> Figure("square", draw_square, caption="Twice the side, four times the area.",
    ...     alt="A curve that rises ever faster")
    fig-square: A curve that rises ever faster
    """

    def __init__(self, name, *panels, caption, alt, width=340, height=230):
        self.ident = f"fig-{name}"
        self.panels, self.caption, self.alt = panels, caption, alt
        self.size = width, height

    def __repr__(self):
        return f"{self.ident}: {self.alt}"

    def __str__(self):
        return output.printable(repr(self))

    def _repr_mimebundle_(self, include=None, exclude=None):
        if output.on_site():
            shown = {"text/html": self.html(permalink(self.ident, "figure"))}
        else:
            shown = self._live()._repr_mimebundle_() | {"image/png": self.png()}
        return shown | {"text/plain": repr(self)}

    def _live(self):
        """Return a widget with the picture of the page; a PNG stands beside it where none is shown."""
        from ipywidgets import HTML  # which a build of the site does without

        style = f"<style>{notebook_stylesheet()}{_STYLE.read_text('utf-8')}</style>"
        return HTML(style + self.html())

    def html(self, link=""):
        """Return the `<figure>` with inline SVG that follows the theme; a link ends its caption."""
        pictures = ""
        for i, panel in enumerate(self.panels):
            drawing = new_figure(*self.size)
            styled(lambda panel=panel, drawing=drawing: panel(drawing.subplots()))
            prefix = f"{self.ident}-{i}"
            alt = self.alt if i == 0 else f"{self.alt} (panel {i + 1})"
            pictures += f'<div class="figure-panel">{to_svg(drawing, prefix, alt)}</div>'
        layout = _LAYOUTS.get(len(self.panels), ("", 0))
        pair = " figure-pair" if len(self.panels) > 1 else ""
        form = layout[0] if self.size[0] <= layout[1] else pair
        return (
            f'<figure class="drawn" id="{self.ident}"><div class="figure-panels{form}">{pictures}'
            f"</div><figcaption>{to_html(self.caption, inline=True)}{link}</figcaption></figure>"
        )

    def png(self):
        """Return the figure as the bytes of a PNG, all panels in a row."""
        width, height = self.size
        drawing = new_figure(width * len(self.panels), height)
        styled(self._draw_all, drawing)
        data = io.BytesIO()
        with matplotlib.rc_context(style()):
            drawing.savefig(data, format="png", dpi=144, facecolor="white")
        return data.getvalue()

    def _draw_all(self, drawing):
        for panel, ax in zip(self.panels, drawing.subplots(1, len(self.panels), squeeze=False)[0]):
            panel(ax)
