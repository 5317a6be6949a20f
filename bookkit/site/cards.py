"""The picture that a link to a page shows elsewhere: its title and the mark of the book."""

import textwrap
from math import exp
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from bookkit.palette import light
from bookkit.site.fonts import SERIF, locate

_SIZE = (1200, 630)
_INK = "#15191e"


def setup(app):
    app.connect("html-page-context", draw)


def draw(app, pagename, templatename, context, doctree):
    """Draw the page's card where the site has an address that others can link to."""
    base = app.config.html_baseurl.rstrip("/")
    if not base or not doctree:
        return
    place = f"_cards/{pagename}.png"
    path = Path(app.outdir) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    figure = card(context["plain_title"], app.config.html_title)
    figure.savefig(path, dpi=100, metadata={"Software": None})  # same bytes on every build
    context["card_url"] = f"{base}/{place}"


def card(title, book):
    """Return the card as a figure, 1200 × 630 pixels."""
    figure = Figure(figsize=(_SIZE[0] / 100, _SIZE[1] / 100), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, _SIZE[0]), ylim=(_SIZE[1], 0))
    axes.set_axis_off()
    for centre, width, height, colour in ((1010, 125, 180, "q"), (870, 62, 310, "p")):
        xs = range(0, _SIZE[0] + 1, 4)
        ys = [_SIZE[1] - 40 - height * exp(-(((x - centre) / width) ** 2) / 2) for x in xs]
        axes.plot(xs, ys, color=light(colour), linewidth=5, alpha=0.55)
    bold, plain = _font("Semibold", 44), _font("Regular", 22)
    lines = "\n".join(textwrap.wrap(title, 34))
    axes.text(80, 90, lines, fontproperties=bold, color=_INK, va="top", linespacing=1.25)
    if book != title:
        axes.text(80, _SIZE[1] - 64, book, fontproperties=plain, color=light("muted"))
    return figure


def _font(cut, size):
    return FontProperties(fname=str(locate(SERIF[0], SERIF[1].format(cut))), size=size)
