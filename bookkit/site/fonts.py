"""The book's typefaces, cut down to the characters in use and embedded in one stylesheet.

Embedded, because then no text moves when a font arrives, and because some browsers refuse to
load a font file for a page that was opened from disk.
"""

import base64
import hashlib
import io
import logging
from importlib.util import find_spec
from pathlib import Path

from fontTools import subset

SERIF = ("font_source_serif_pro", "files/SourceSerifPro-{}.ttf")
MATH = ("ziamath", "fonts/STIXTwoMath-Regular.ttf")

# family, weight, style, file. The licences (OFL) reserve the fonts' names, so cuts have others.
FACES = (
    ("Book Serif", 400, "normal", (SERIF[0], SERIF[1].format("Regular"))),
    ("Book Serif", 400, "italic", (SERIF[0], SERIF[1].format("It"))),
    ("Book Serif", 600, "normal", (SERIF[0], SERIF[1].format("Semibold"))),
    ("Book Math", 400, "normal", MATH),
)
LETTERS = set(map(chr, range(0x20, 0x7F)))
# subtle: a page says <mi>x</mi>, and the browser draws the mathematical italic x, U+1D465.
ITALICS = "".join(map(chr, (0x210E, *range(0x1D434, 0x1D468), *range(0x1D6A4, 0x1D6A6),
                            *range(0x1D6E2, 0x1D71C))))  # fmt: skip
# Scripts' own shapes and dotless letters for formulas; kerning and ligatures for text.
FEATURES = ["kern", "liga", "mark", "ccmp", "ssty", "dtls", "flac"]


def stylesheet(characters, cache, say):
    """Return the CSS that defines every face, with the glyphs for `characters`.

    A face that cannot be had is left out, and `say` is told so: pages name further families, of
    the reader's machine, after each of the book's.
    """
    characters = "".join(sorted(LETTERS.union(characters, ITALICS)))
    rules = []
    for family, weight, style, place in FACES:
        try:
            font = _cached(cut, cache, place, characters)
        except Exception as problem:  # no package, no such file in it, or no font that can be cut
            say(f"{family} {weight} {style} is left to each reader's machine: {problem}")
        else:
            rules.append(
                f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
                f"src:url(data:font/woff2;base64,{font})}}\n"
            )
    return "".join(rules)


def cut(place, characters):
    """Return a font as WOFF2 with the glyphs that `characters` can need, formulas included."""
    options = subset.Options(
        flavor="woff2",
        layout_features=FEATURES,
        hinting=False,
        name_IDs=[0, 13, 14],  # copyright and licence, but no reserved name
        notdef_outline=True,
        recalc_timestamp=False,
    )
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    result = io.BytesIO()
    with locate(*place).open("rb") as file:
        font = subset.load_font(file, options)
        subsetter.subset(font)
        subset.save_font(font, result, options)
    return result.getvalue()


def locate(package, path):
    """Return the path of a file in an installed package, without importing it.

    Raises
    ------
    ModuleNotFoundError
        If the package is not installed.
    """
    spec = find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(f"the package {package}, which carries it, is not installed")
    return Path(spec.origin).parent / path


def _cached(function, folder, place, characters):
    key = hashlib.sha256(repr((place, characters, FEATURES)).encode()).hexdigest()[:16]
    file = folder / f"font-{key}.woff2"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(function(place, characters))
    return base64.b64encode(file.read_bytes()).decode()
