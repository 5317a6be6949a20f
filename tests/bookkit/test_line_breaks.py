"""A long formula may end a line where TeX would let it, and nowhere else."""

import re
from html import unescape

import pytest

from bookkit.markup import math_html


def pieces(latex):
    """Return the text of each MathML element that a formula becomes."""
    formulas = re.findall(r"<math>(.*?)</math>", math_html(latex))
    return [unescape(re.sub(r"<[^>]*>|[\u2061\xa0]", "", formula)) for formula in formulas]


@pytest.mark.parametrize(
    "latex, expected",
    [
        (r"D(p\|q) = H(p)", ["D(p‖q)=H(p)"]),
        (r"D(p\|q) = E_p[-\log q(X)] - H(p)", ["D(p‖q)=", "Ep[−logq(X)]−", "H(p)"]),
        (
            r"x + y + z + u + v + w \le -1 \cdot (a + b + c)",
            ["x+", "y+", "z+", "u+", "v+", "w≤", "−1⋅", "(a+b+c)"],
        ),
        (r"\text{for } x < 0, \quad \text{and otherwise } y", ["forx<", "0,", "andotherwisey"]),
    ],
    ids=["short", "relation and sum", "product and sign", "comma and space"],
)
def test_a_long_formula_may_end_a_line_after_an_operator(latex, expected):
    assert expected == pieces(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"q\left(x_1 + x_2 + x_3 + x_4 + x_5 + x_6\right)",
        r"\{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11\}",
        r"(x_1 = 1, x_2 = 2, x_3 = 3, x_4 = 4)^2",
        r"\frac{x_1 + x_2 + x_3 + x_4 + x_5}{x_1 - x_2 - x_3}",
    ],
)
def test_a_bracket_and_a_fraction_stay_in_one_piece(latex):
    assert 1 == len(pieces(latex))


def test_a_displayed_formula_stays_in_one_piece():
    formula = math_html("a + b + c + d + e + f + g + h + i + j + k + l = m", display=True)

    assert 1 == formula.count("<math")


def test_an_operator_at_the_end_of_a_line_keeps_the_space_of_one_between():
    formula = math_html("a + b + c + d + e + f + g + h + i + j + k + l = m")

    assert formula.count("</math>") - 1 == formula.count('form="infix"')
