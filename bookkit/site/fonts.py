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

from fontTools import subset, ttLib
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

SERIF = ("font_source_serif_pro", "files/SourceSerifPro-{}.ttf")
MATH = ("ziamath", "fonts/STIXTwoMath-Regular.ttf")

# family, weight, style, file. The licences (OFL) reserve the fonts' names, so cuts have others.
FACES = (
    ("Book Serif", 400, "normal", (SERIF[0], SERIF[1].format("Regular"))),
    ("Book Serif", 400, "italic", (SERIF[0], SERIF[1].format("It"))),
    ("Book Serif", 600, "normal", (SERIF[0], SERIF[1].format("Semibold"))),
    ("Book Math", 400, "normal", MATH),
)
# Every face has them: browsers measure the x of a face to place what stands over a letter.
_LETTERS = set(map(chr, range(0x20, 0x7F)))
_ROOT = "√"
# Indices' own shapes and dotless letters for formulas; kerning and ligatures for text.
_FEATURES = ["kern", "liga", "mark", "ccmp", "ssty", "dtls", "flac"]


def stylesheet(characters, signs, cache, say):
    """Return the CSS that defines every face.

    A face that cannot be had is left out, and `say` is told so: pages name further families, of
    the reader's machine, after each of the book's.

    Parameters
    ----------
    characters : iterable of str
        What text may show. What no face of text has is in the face of formulas.
    signs : (str, str, str)
        What formulas show at full size, as an index, and still smaller.
    cache : Path
        The folder in which faces are kept.
    say : function
        Called with a line of text.
    """
    text, unwritten, rules = _LETTERS.union(characters), set(), []
    for family, weight, style, place in FACES:
        sizes = (unwritten.union(_LETTERS, *signs), *signs[1:]) if place == MATH else (text,)
        had = set()  # if it is left out
        try:
            font = _cached(cut, cache, place, tuple("".join(sorted(size)) for size in sizes))
            had = letters_of(place)
        except Exception as problem:  # no package, no such file in it, or no font that can be cut
            say(f"{family} {weight} {style} is left to each reader's machine: {problem}")
        else:
            rules.append(
                f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
                f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode()})}}\n"
            )
        unwritten |= text - had
    return "".join(rules)


def cut(place, needed):
    """Return a font as WOFF2 with the glyphs that characters can need, formulas included.

    `needed` are the characters, and in a face for formulas those of an index and still smaller.
    """
    options = subset.Options(
        flavor="woff2",
        layout_features=_FEATURES,
        hinting=False,
        name_IDs=[0, 13, 14],  # copyright and licence, but no reserved name
        notdef_outline=True,
        recalc_timestamp=False,
    )
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=needed[0])
    result = io.BytesIO()
    with locate(*place).open("rb") as file:
        font = subset.load_font(file, options)
        if len(needed) > 1:
            drop_small(font, *needed[1:])
        if "MATH" in font:
            narrow_roots(font)
        subsetter.subset(font)
        subset.save_font(font, result, options)
    return result.getvalue()


def drop_small(font, small, smallest):
    """Drop the shapes of an index of letters that are none; and those of an index's index."""
    glyphs = font.getBestCmap()
    once, twice = (
        {glyphs[ord(sign)] for sign in signs if ord(sign) in glyphs}
        for signs in (small + smallest, smallest)
    )
    table = font["GSUB"].table
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "ssty":
            for index in feature.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    shapes = getattr(part, "ExtSubTable", part).alternates
                    for glyph in shapes.keys() - once:
                        del shapes[glyph]
                    for glyph in shapes.keys() - twice:
                        del shapes[glyph][1:]


def narrow_roots(font):
    """Make the signs of tall roots as narrow as that of a low one.

    Chromium leaves behind every root the room that the widest sign would need: nearly half an em.
    """
    sign = font.getBestCmap()[ord(_ROOT)]
    variants = font["MATH"].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(sign)
    sizes = variants.VertGlyphConstruction[place]
    taller = {size.VariantGlyph for size in sizes.MathGlyphVariantRecord}
    taller.update(part.glyph for part in sizes.GlyphAssembly.PartRecords)
    shapes, widths = font.getGlyphSet(), font["hmtx"]
    for name in taller - {sign}:
        pen = TTGlyphPen(shapes)
        shapes[name].draw(TransformPen(pen, (widths[sign][0] / widths[name][0], 0, 0, 1, 0, 0)))
        font["glyf"][name] = glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        widths[name] = (widths[sign][0], glyph.xMin)


def letters_of(place):
    """Return the characters that a font has before it is cut."""
    with ttLib.TTFont(locate(*place), lazy=True) as font:
        return set(map(chr, font.getBestCmap()))


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


def _cached(function, folder, place, needed):
    key = hashlib.sha256(repr((place, needed, _FEATURES, _ROOT)).encode()).hexdigest()[:16]
    file = folder / f"font-{key}.woff2"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(function(place, needed))
    return file.read_bytes()
