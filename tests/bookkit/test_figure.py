"""Figures of a page: how many pictures stand side by side is said before they arrive."""

import re

import pytest

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
