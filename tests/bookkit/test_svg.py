"""A figure on a page: small, and not a pixel of it changed."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from bookkit.svg import new_figure, to_svg


@pytest.mark.parametrize(("colours", "mode"), [("gray", "L"), ("viridis", "RGBA")])
def test_a_picture_keeps_its_pixels_and_only_the_channels_it_needs(colours, mode):
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    figure = new_figure(100, 100)
    ax = figure.add_subplot()
    shown = ax.imshow(pixels, cmap=colours, vmin=0, vmax=255, interpolation="none")
    svg = to_svg(figure, "test", "a picture")
    picture = Image.open(io.BytesIO(base64.b64decode(re.search('base64,([^"]+)', svg)[1])))
    expected = shown.to_rgba(pixels, bytes=True)

    assert mode == picture.mode
    assert (expected == np.asarray(picture.convert("RGBA"))).all()


def test_what_all_dots_of_a_group_are_is_said_of_the_group():
    figure = new_figure(100, 100)
    ax = figure.add_subplot()
    ax.set(xlim=(0, 10), ylim=(0, 10), xticks=[], yticks=[])
    ax.plot([1, 2, 3], [2, 4, 6], ".", color="#0072b2", alpha=0.5)
    ax.scatter([1, 2], [1, 1], color=["#0072b2", "#c44e00"])
    svg = to_svg(figure, "test", "dots")
    alike, apart = (re.search(rf"<g([^>]*)>((?:<use [^>]*/>){{{n}}})</g>", svg) for n in (3, 2))

    assert 'fill="var(--it-p,#0072b2)"' in alike[1]
    assert 'fill-opacity="0.5"' in alike[1]
    assert {"x", "y", "href"} == set(re.findall(r' ([\w-]+)="', alike[2]))
    assert "fill" not in apart[1]
    assert 2 == apart[2].count("fill=")
