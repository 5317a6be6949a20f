"""Figures of a page: how many pictures stand side by side is said before they arrive."""

import io
import re
import sys

import pytest

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.figure import Figure


def draw(ax):
    ax.plot([0, 1], [0, 1])


@pytest.mark.parametrize(
    "count, width, layout",
    [
        (1, 400, "figure-beside"),
        (1, 420, None),
        (2, 340, "figure-pair"),
        (3, 250, "figure-three"),
        (3, 340, "figure-pair"),
        (4, 250, "figure-pair"),
    ],
)
def test_a_page_says_how_pictures_stand(count, width, layout):
    html = Figure("f", *[draw] * count, caption="c", alt="a", width=width).html()
    classes = re.search(r'<div class="figure-panels ?([^"]*)">', html)[1]

    assert (layout or "") == classes


def test_a_notebook_shows_the_picture_of_the_page_with_its_caption():
    """In the colours of the notebook's theme, and without the link to a place of the page."""
    figure = Figure("f", draw, caption="what *to* see", alt="a line")
    shown = figure._live().value

    assert figure.html() in shown and 'aria-label="a line"' in figure.html()
    assert "what <em>to</em> see</figcaption>" in figure.html()
    assert "data-jp-theme-light" in shown and "data-theme" not in shown


def test_nbval_compares_of_a_figure_its_text_alone():
    """It passes over widgets and pictures by itself; what has HTML would fail in a plain `--nbval`."""
    figure = Figure("f", draw, caption="c", alt="a line")
    shown = figure._repr_mimebundle_()

    assert "fig-f: a line" == shown.pop("text/plain")
    assert {"image/png", "application/vnd.jupyter.widget-view+json"} == set(shown)


@pytest.mark.parametrize(
    "shown",
    [
        Figure("f", draw, caption="c", alt="where x ≤ σ"),
        Demo(
            "d",
            controls=[Slider("x", 0, 1, 1, start=0, label="x", unit="σ")],
            panels=(),
            readouts=(),
            caption="c",
        ),
    ],
    ids=lambda shown: shown.ident,
)
def test_a_figure_and_a_demo_are_printed_into_any_pipe(shown, monkeypatch):
    """On Windows a pipe has 200 characters, and no σ among them."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "ascii"))
    print(shown)
    sys.stdout.flush()

    assert b"?" in sys.stdout.buffer.getvalue()
