"""Formulas and Markdown become HTML that needs no script and hides no mistake."""

import re
from html.parser import HTMLParser

import pytest

from bookkit.markup import CLASSES, ELEMENTS, math_html, stylesheet, to_html

FORMULAS = [
    r"D(p\|q) = \sum_x p(x) \log\frac{p(x)}{q(x)}",
    r"\mathbb{E}_{x\sim p}\left[\log\frac{p(x)}{q(x)}\right]",
    r"q^\star = \operatorname*{arg\,min}_{q\in\mathcal Q} D(p\|q)",
    r"\begin{aligned} H(X,Y) &= H(X) + H(Y\mid X)\\ &= H(Y) + H(X\mid Y)\end{aligned}",
    r"\begin{cases} 0 & x = 0\\ -x\log x & \text{otherwise}\end{cases}",
    r"\begin{pmatrix} 1 & \rho\\ \rho & 1\end{pmatrix}",
    r"\begin{array}{l|r} x & y\\ \hline 0 & 1\end{array}",
    r"\underbrace{H(p,q)}_{\text{cost}} \ge \overline{x} + \hat p + \sqrt[3]{2}",
    r"X \perp\!\!\!\perp Y",
    r"\mathbf x^\top \boldsymbol\Sigma^{-1} \mathbf x \in \mathbb R, \quad 1\,000{,}5",
]


class Tags(HTMLParser):
    """Collects element names and attributes, and checks that elements nest."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes, self.open = set(), set(), []
        self.feed(html)
        assert [] == self.open

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_endtag(self, tag):
        assert tag == self.open.pop()


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("display", [False, True])
def test_a_formula_is_well_formed_mathml_core(latex, display):
    tags = Tags(math_html(latex, display=display))

    assert set() == tags.names - ELEMENTS


@pytest.mark.parametrize("latex", FORMULAS)
def test_a_formula_has_no_inline_style_and_no_deprecated_attribute(latex):
    """The security policy refuses style attributes; Core dropped the others."""
    deprecated = {"style", "columnalign", "rowspacing", "columnspacing", "fence", "separator"}

    assert set() == Tags(math_html(latex, display=True)).attributes & deprecated


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_class_in_a_formula_has_a_rule(latex):
    used = set(" ".join(re.findall('class="([^"]*)"', math_html(latex))).split())

    assert set() == used - set(re.findall(r"\.([\w-]+)\{", stylesheet()))


def test_a_displayed_formula_is_a_block():
    assert '<math display="block"><mi>x</mi></math>' == math_html("x", display=True)


def test_columns_of_aligned_equations_meet_at_the_sign():
    html = math_html(r"\begin{aligned}a &= b\end{aligned}", display=True)

    assert ["math-right math-tight-right", "math-left math-tight-left"] == re.findall(
        '<mtd class="([^"]*)"', html
    )


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\entropy(X)", r'Unknown command "\\entropy"'),
        (r"\frac{a}", "Expected argument"),
        (r"\left( x", "Expected closing token"),
        (r"a^b^c", "Duplicate"),
        (r"x}", "Unmatched closing"),
        (r"a \\ b", "only inside an environment"),
        (r"\begin{align}a&=b\end{align}", "align numbers itself"),
        (r"\cancel{x}", "<menclose>, which MathML Core does not have"),
        (r"\textcolor{red}{x}", "inline style 'color:#FF0000'"),
        ("  ", "empty"),
    ],
)
def test_a_formula_that_cannot_be_set_is_an_error_that_names_it(latex, reason):
    with pytest.raises(ValueError, match=reason) as error:
        math_html(latex)

    assert repr(latex.strip()) in str(error.value)


def test_an_error_inside_markdown_is_not_swallowed():
    with pytest.raises(ValueError, match=r"\\nosuch"):
        to_html(r"half of $\nosuch$")


def test_markdown_gives_paragraphs_and_inline_gives_none():
    assert "<p>a <strong>b</strong></p>\n" == to_html("a **b**")
    assert "a <strong>b</strong>" == to_html("a **b**", inline=True)


def test_display_formulas_in_markdown_stand_in_a_box_of_their_own():
    html = to_html("Then\n\n$$\nx = 1\n$$\n")

    assert '<span class="equation"><math display="block">' in html


def test_dollars_around_prices_are_not_formulas():
    assert "costs $3 and $4" == to_html("costs $3 and $4", inline=True)


def test_html_in_markdown_is_shown_as_text():
    assert "&lt;img src=x onerror=f()&gt;" == to_html("<img src=x onerror=f()>", inline=True)


def test_quotes_are_typographic_and_code_is_left_alone():
    assert "“mode” <code>&quot;x&quot;</code>" == to_html('"mode" `"x"`', inline=True)


def test_the_stylesheet_says_each_declaration_once():
    assert len(CLASSES) == stylesheet().count("{")
