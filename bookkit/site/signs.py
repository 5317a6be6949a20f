"""The characters that formulas are made of, and how small each is set.

A face for formulas has two more shapes of a letter, for an index and for the index of an index, and
they are half of it. So it helps to know which letters are ever set as small as that.
"""

import re
import unicodedata
from html import unescape
from itertools import chain
from xml.etree import ElementTree

_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#\w+);)\w+;")  # XML knows no others
# Their children after the first are set smaller than the first.
_WITH_INDEX = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
_ROOTS = {"msqrt", "mroot"}
# subtle: a page says <mi>x</mi>, and the browser draws the mathematical italic x, U+1D465.
_ITALICS = {
    chr(int(unicodedata.decomposition(chr(code)).split()[1], 16)): chr(code)
    for code in (
        0x210E,
        *range(0x1D434, 0x1D455),
        *range(0x1D456, 0x1D468),
        *range(0x1D6A4, 0x1D6A6),
        *range(0x1D6E2, 0x1D71C),
    )
}


def signs(pages):
    """Return three strings: what formulas need at all, as an index, and still smaller.

    >>> signs(["<p>If <math><msup><mi>x</mi><mn>2</mn></msup><mo>&lt;</mo><mi>log</mi></math>"])
    ('2<glox𝑥', '2', '')
    """
    sizes = set(), set(), set()
    for formula in set(chain.from_iterable(map(_FORMULA.findall, pages))):
        plain = _ENTITY.sub(lambda entity: unescape(entity[0]), formula)
        try:
            collect(ElementTree.fromstring(plain), 0, sizes)
        except ElementTree.ParseError:  # not XML: it may need anything at any size
            for size in sizes:
                size.update(unescape(plain), _ITALICS.values())
    return tuple("".join(sorted(size)) for size in sizes)


def collect(element, depth, sizes):
    """Add the characters of an element to the sizes that they have `depth` steps down."""
    if text := element.text:
        italic = element.tag == "mi" and element.get("mathvariant") != "normal"
        sizes[min(depth, 2)].update(_ITALICS.get(text, text) if italic else text)
        sizes[0].update(text)  # browsers look for the letter as it is written, too
    if element.tag in _ROOTS:
        sizes[min(depth, 2)].add("√")  # drawn, though nobody has written it
    smaller = element.tag in _WITH_INDEX
    for place, child in enumerate(element):
        # A fraction within a line has smaller parts; one that stands alone has not, and may have.
        below = element.tag == "mfrac" or (smaller and place > 0)
        degree = element.tag == "mroot" and place > 0
        collect(child, depth + (2 if degree else below), sizes)
