"""Pictures that stand side by side on a wide page stand one below the other on a phone.

So a caption names them by their order or by what they show, never by their place.
"""

import re

import pytest
from content import demos_of_the_book, figures_of_the_book

SIDES = r"(left|right)"
PLACE = re.compile(
    rf"\b(left|right|middle):|(^|[.;] ){SIDES}\b(?! of\b)|\b(on|to) the {SIDES}\b"
    rf"|\bthe {SIDES} (one|picture|panel|plot|map|figure)\b|\bbeside (it|them)\b"
    r"|\bthe (two|ones?|pictures?|panels?) (above|below)\b",
    re.IGNORECASE,
)

# Words of place within one picture, and “right” for what is not wrong.
WITHIN = {
    "demo-cuts": ["to the right"],  # of another cut
    "demo-label-smoothing": ["the right one"],  # the class
    "demo-preference": ["to the right"],  # along an axis
    "fig-kl-samples": ["on the left"],  # a hump
    "fig-smooth-puzzle": ["the right one"],  # the class
    "fig-vi-slopes": ["to the right"],  # along an axis
    "fig-vi-two-modes": ["on the right"],  # a mode
}


def places(text):
    """Return the words that say where a picture stands."""
    return [match[0].strip(".:; ") for match in PLACE.finditer(text)]


def words_of_several_pictures():
    """Return what captions and alternatives say, for every figure and demo of two panels or more."""
    figures = [(figure, [figure.caption, figure.alt]) for figure in figures_of_the_book()]
    demos = [
        (demo, [demo.caption, *(panel.alt for panel in demo.panels)])
        for demo in demos_of_the_book()
    ]
    return {shown.ident: texts for shown, texts in figures + demos if len(shown.panels) > 1}


def test_no_caption_or_alternative_says_where_a_picture_stands():
    found = {
        name: [place for text in texts for place in places(text)]
        for name, texts in words_of_several_pictures().items()
    }

    assert WITHIN == {name: words for name, words in found.items() if words}


@pytest.mark.parametrize(
    "text, said",
    [
        ("Left: the same instrument. Right: a colleague's.", ["Left", "Right"]),
        ("Low bars; right: the divergence", ["right"]),
        ("Three starts. Left, cross-entropy: all fall at once", ["Left"]),
        ("Left two concave curves; right a line", ["Left", "right"]),
        ("Middle: the end of the curve", ["Middle"]),
        ("the full line on the left, the reference dashed", ["on the left"]),
        ("The left one fences off flowers. In the right one", ["The left one", "the right one"]),
        ("Above or to the left a ramp, beside it noise", ["to the left", "beside it"]),
        ("The two above share one histogram", ["The two above"]),
        ("the left hump, far below the value; left of 1", []),
    ],
)
def test_words_of_place_are_found(text, said):
    assert said == places(text)
