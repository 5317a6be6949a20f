"""Where the first converter of formulas cannot be had, another sets the same signs, as strictly."""

import re
import sys
import unicodedata
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import nbformat
import pytest
from prose import formulas

from bookkit import markup, mathml

CHAPTERS = Path(__file__).parents[2] / "chapters"
PAGES = sorted([*CHAPTERS.glob("*.ipynb"), *CHAPTERS.glob("*.md")])
# The two write one sign by different characters: dots, stars, accents.
ONE_SIGN = str.maketrans("⋅∗ˆˉ¯―~˜", "·*^‾‾‾∼∼")


@pytest.fixture
def without_first_choice(monkeypatch):
    """An environment that has no math-core; what was asked before is forgotten, then and after."""
    monkeypatch.setitem(sys.modules, "math_core", None)
    yield from forgetful()


@pytest.fixture
def with_other_functions(monkeypatch):
    """An environment whose math-core has changed its functions."""
    changed = SimpleNamespace(LatexError=ValueError, LatexToMathML=lambda **options: object())
    monkeypatch.setitem(sys.modules, "math_core", changed)
    yield from forgetful()


def forgetful():
    for function in (mathml.chosen, markup._math_html):
        function.cache_clear()
    yield
    for function in (mathml.chosen, markup._math_html):
        function.cache_clear()


def texts(path):
    """Return the Markdown of a page."""
    if path.suffix == ".md":
        return [path.read_text("utf-8")]
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def signs(html):
    """Return what a formula shows, without its spaces and with one character for one sign."""
    text = unescape(re.sub("<[^>]+>", "", html)).replace("⋯", "···").translate(ONE_SIGN)
    text = unicodedata.normalize("NFKC", text).translate(ONE_SIGN).replace("···", "...")
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn", "Zs", "Cc"))


@pytest.mark.parametrize("display", [True, False])
def test_a_minus_does_not_touch_the_bar_of_a_fraction(display):
    assert 'rspace="0.1em">−</mo><mfrac>' in mathml.convert(r"-\frac34 x", display)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_formula_of_the_book_has_the_same_signs_in_the_same_order(path, request):
    """And holds nothing that pages may not: elements of MathML Core, no style attribute."""
    asked = [found for text in texts(path) for found in formulas(text)]
    first = [markup.math_html(latex, display=display) for latex, display in asked]
    request.getfixturevalue("without_first_choice")
    second = [markup.math_html(latex, display=display) for latex, display in asked]

    assert list(map(signs, first)) == list(map(signs, second))
    for html in second:
        assert " style=" not in html
        assert {e.tag for e in ElementTree.fromstring(f"<m>{html}</m>").iter()} <= (
            markup.ELEMENTS | {"m"}
        )


def test_no_large_bracket_bears_an_index_alone():
    r"""Chromium sets it small and low; ${\bigl(x\bigr)}^2$ is set as it should be."""
    alone = re.compile(r"[bB]igg?r?\\*[)\]}|]\s*[\^_]")
    modules = (CHAPTERS.parent / "itlib_book").rglob("*.py")

    assert [] == [p for p in [*PAGES, *modules] if alone.search(p.read_text("utf-8"))]


def test_the_first_choice_has_no_shortcoming():
    assert mathml.shortcoming() is None


@pytest.mark.parametrize(
    ("environment", "why"),
    [("without_first_choice", "math_core"), ("with_other_functions", "convert_with_local_state")],
)
def test_what_is_wrong_with_the_first_choice_is_said(environment, why, request):
    request.getfixturevalue(environment)

    assert why in mathml.shortcoming()
    assert "pip install" in mathml.shortcoming()
    assert "<math><mrow><mi>x</mi></mrow></math>" == markup.math_html("x")


@pytest.mark.parametrize(
    ("latex", "why"),
    [
        (r"\entropy(X)", 'Unknown command "\\entropy"'),
        (r"\frac{a", "a brace is opened"),
        ("a & b", "an & stands outside"),
        ("x^", "MissingSuperScript"),
        (r"\left( x", "ExtraLeftOrMissingRight"),
    ],
)
def test_a_formula_that_cannot_be_set_is_an_error_with_the_stand_in_too(
    latex, why, without_first_choice
):
    with pytest.raises(ValueError, match=f"cannot set the formula .*{re.escape(why)}"):
        markup.math_html(latex)


def test_without_either_the_error_says_what_to_install(monkeypatch, without_first_choice):
    monkeypatch.setitem(sys.modules, "latex2mathml", None)
    with pytest.raises(ImportError, match="pip install latex2mathml"):
        markup.math_html("x")


@pytest.mark.parametrize(
    ("latex", "letter"),
    [
        (r"\mathbf{x}", "𝐱"),
        (r"\boldsymbol\Sigma", "𝜮"),
        (r"\mathbb{1}", "𝟙"),
        (r"\mathbb R", "ℝ"),
        (r"\mathcal{X}", "𝒳"),
    ],
)
def test_a_style_of_letters_is_a_character_of_its_own(latex, letter, without_first_choice):
    """MathML Core knows no bold; a page would show a plain letter."""
    assert letter in markup.math_html(latex)
    assert "mathvariant" not in markup.math_html(latex)
