"""The face of formulas has what formulas show, at each size, and nothing besides."""

import io

import pytest
from fontTools import ttLib

from bookkit.site import fonts
from bookkit.site.signs import signs

NOTHING = ("", "", "")


def shapes(font, sign):
    """Return how many shapes of an index a face has for a character."""
    glyph = font.getBestCmap()[ord(sign)]
    table = font["GSUB"].table
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "ssty":
            for index in feature.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found = getattr(part, "ExtSubTable", part).alternates.get(glyph)
                    if found:
                        return len(found)
    return 0


@pytest.mark.parametrize(
    ("formula", "sizes"),
    [
        ("<math><mi>x</mi><mi>log</mi></math>", ("glox𝑥", "", "")),
        ('<math><mi mathvariant="normal">x</mi><mi>ϕ</mi></math>', ("xϕ𝜙", "", "")),
        ("<math><mn>1</mn><mo>&lt;</mo><mo>&sum;</mo></math>", ("1<∑", "", "")),
        ("<math><msub><mi>x</mi><mn>1</mn></msub></math>", ("1x𝑥", "1", "")),
        (
            "<math><msup><mi>e</mi><mrow><mo>−</mo><msup><mi>x</mi><mn>2</mn></msup></mrow></msup></math>",
            ("2ex−𝑒", "−𝑥", "2"),
        ),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", ("12", "12", "")),
        ("<math><mroot><mi>x</mi><mn>3</mn></mroot></math>", ("3x√𝑥", "", "3")),
        ("<math><msup><mi>x</mi><msqrt><mn>2</mn></msqrt></msup></math>", ("2x𝑥", "2√", "")),
        (
            "<math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover></math>",
            ("in∑", "𝑖𝑛", ""),
        ),
    ],
)
def test_a_character_is_wanted_at_the_size_that_it_is_set(formula, sizes):
    assert sizes == signs([f"<p>Text {formula} and more.</p>"])


def test_what_cannot_be_taken_apart_is_wanted_at_every_size():
    for size in signs(["<math><mi>q<br></math>"]):
        assert {"q", "𝑞"} < set(size)


def test_an_index_has_its_shapes_and_no_other_letter_has():
    font = ttLib.TTFont(io.BytesIO(fonts.cut(fonts.MATH, ("𝑎𝑏𝑐", "𝑏𝑐", "𝑐"))))

    assert [0, 1, 2] == [shapes(font, sign) for sign in "𝑎𝑏𝑐"]


def test_the_sign_of_a_tall_root_is_no_wider_than_that_of_a_low_one():
    font = ttLib.TTFont(io.BytesIO(fonts.cut(fonts.MATH, ("√", "", ""))))
    (sizes,) = font["MATH"].table.MathVariants.VertGlyphConstruction
    taller = [size.VariantGlyph for size in sizes.MathGlyphVariantRecord]
    taller += [part.glyph for part in sizes.GlyphAssembly.PartRecords]
    widths = {font["hmtx"][name][0] for name in [font.getBestCmap()[ord("√")], *taller]}

    assert len(taller) > 3
    assert 1 == len(widths)


def test_formulas_have_what_no_face_of_text_has(tmp_path):
    """Also where a face of text cannot be had, so that a word is set in one face."""
    said = []
    assert "Book Math" in fonts.stylesheet("é⊗", NOTHING, tmp_path, said.append)
    (file,) = (file for file in tmp_path.iterdir() if has(file, "⊗"))

    assert [] == said
    assert not has(file, "é")


def test_where_a_face_of_text_is_missing_formulas_have_its_letters(tmp_path, monkeypatch):
    gone = ("Book Serif", 400, "italic", ("no_such_package", "a.ttf"))
    monkeypatch.setattr(fonts, "FACES", (gone, fonts.FACES[-1]))
    fonts.stylesheet("é", NOTHING, tmp_path, lambda line: None)
    (file,) = tmp_path.iterdir()

    assert all(has(file, letter) for letter in "azAZ09é")


# Without Greek letters: which of them a face has decides how some systems round the others to pixels.
FORMULAS = (
    "<math><munder><mi>min</mi><mrow><mi>d</mi><mo>,</mo>"
    '<mover accent="true"><mi>X</mi><mo stretchy="false">ˆ</mo></mover></mrow></munder></math>'
    "<math><msqrt><mfrac><msub><mi>a</mi><mn>1</mn></msub><mn>2</mn></mfrac></msqrt></math>"
    '<math display="block"><munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow>'
    "<mi>n</mi></munderover><msup><mi>e</mi><mrow><mo>−</mo><msup><mi>x</mi><mn>2</mn></msup>"
    "</mrow></msup><mroot><mi>log</mi><mn>3</mn></mroot></math>"
)


def test_formulas_look_as_they_do_with_the_whole_face(tmp_path, browser):
    everything = "".join(map(chr, ttLib.TTFont(fonts.locate(*fonts.MATH)).getBestCmap()))
    (tmp_path / "whole.woff2").write_bytes(fonts.cut(fonts.MATH, (everything,)))
    css = fonts.stylesheet("é", signs([FORMULAS]), tmp_path, pytest.fail)
    (tmp_path / "cut.css").write_text(css)
    (tmp_path / "whole.css").write_text("@font-face{font-family:'Book Math';src:url(whole.woff2)}")
    pictures = [drawn(browser, tmp_path, name) for name in ("cut.css", "whole.css", "none.css")]

    assert pictures[0] == pictures[1] != pictures[2]


def drawn(browser, folder, css):
    """Return a picture of the formulas in the face that a stylesheet gives."""
    page = folder / "page.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{css}">'
        f'<style>math{{font-family:"Book Math";font-size:40px}}</style>{FORMULAS}'
    )
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.evaluate("Promise.all([...document.fonts].map((face) => face.load()))")
    picture = tab.screenshot()
    context.close()
    return picture


def has(file, sign):
    """Is a character in a font file?"""
    return ord(sign) in ttLib.TTFont(file).getBestCmap()
