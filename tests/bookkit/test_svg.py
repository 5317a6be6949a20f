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
