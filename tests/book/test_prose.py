"""The watch over numbers in prose: it sees what it should, and leaves alone what it should."""

from decimal import Decimal

import pytest
from prose import missing_numbers, printed_numbers, stated_numbers


def stated(markdown):
    return [match[0].strip() for match, _, _ in stated_numbers(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("It costs 0.1887 bits, or 18.9% more.", ["0.1887", "18.9%"]),
        ("A number ends the sentence at 0.069.", ["0.069"]),
        ("All 39,406 states and 1024 more", ["39,406", "1024"]),
        (r"Here $D(p\|q) = 0.2075$ holds", ["0.2075"]),
        ("$$\nx = 1.386\n$$", ["1.386"]),
        ("$$\nx = 1.387\n$$ (label)", ["1.387"]),
        (r"exactly $30\,000$ or $30{,}001$", ["30,000", "30,001"]),
        (r"about $1.25 \times 10^{-5}$", [r"1.25 \times 10^{-5}"]),
        ("```{admonition} Not 0.693\n:class: tip\nbut 0.694\n```", ["0.693", "0.694"]),
        (":::{note}\nbut 0.695\n:::", ["0.695"]),
        ("```{math}\n:label: a\nx = 0.696\n```", ["0.696"]),
        ("## A heading of 365 days", ["365"]),
        ("[a link to 0.697](page.md)", ["0.697"]),
        ("| a |\n|---|\n| 0.698 |", ["0.698"]),
        ("a note[^1]\n\n[^1]: of 0.699 bits", ["0.699"]),
        ("{math}`0.701`", ["0.701"]),
        ("a 256-dimensional vector", ["256"]),
        ("−0.702 and -0.703", ["0.702", "0.703"]),
        ("**0.704** and *0.705*", ["0.704", "0.705"]),
        ("in 1948 it began", ["1948"]),
        ("75% of 64, 0.75 and 12", ["75%", "64", "0.75", "12"]),
    ],
)
def test_numbers_in_prose_are_seen(markdown, expected):
    assert expected == stated(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        "`0.1887` in code",
        "```python\nx = 0.1887\n```",
        "```{code-block} python\nx = 0.1887\n```",
        "[a page](https://example.org/1234) and <https://example.org/1234>",
        "![0](images/1234.png)",
        "{cite}`shannon1948` and {eq}`kl-1234`",
        "Shannon (1948), Shannon, 1948, Kullback and Leibler (1951), Goodfellow et al. 2014",
        "section 2.6.3, equation (10.123), pages 379–423, p. 109, Theorem 2.111",
        "ResNet-152, H100, x_100 and $x_{100}$",
        "5% of 8, 0.5 and 2",
        r"$2^{10}$, $10^{-5}$ or $10^{-300}$ and $p=10^{-300}$",
    ],
)
def test_what_is_no_result_is_left_alone(markdown):
    assert [] == stated(markdown)


@pytest.mark.parametrize(
    ("markdown", "printed"),
    [
        ("0.1887 bits", "0.18872187554086717"),
        ("0.189 bits", "0.1887"),
        ("a fall of 0.250", "[-0.25]"),
        ("18.9% more", "0.18872"),
        ("18.9% more", "18.87 %"),
        ("39,406 states", "39406"),
        ("39,406 states", "39,406 states"),
        ("about 39,000 states", "39406"),
        (r"$1.25 \times 10^{-5}$", "1.2497e-05"),
        ("0.125 or 0.375", "(0.125,0.375)"),
        ("a half goes either way: 0.125", "0.1245"),
        ("1024 symbols", "1024.0"),
        ("0.500 exactly", "0.5"),
    ],
)
def test_a_printed_number_satisfies_its_rounding(markdown, printed):
    assert [] == missing_numbers([markdown], [printed])


@pytest.mark.parametrize(
    ("markdown", "printed"),
    [
        ("0.1888 bits", "0.18872187554086717"),
        ("0.1887 bits", "0.189"),
        ("0.1887 bits", ""),
        ("39,000 states", "39406"),
        ("18.9% more", "0.19"),
        ("0.189 more", "18.9"),
        (r"$1.25 \times 10^{-5}$", "1.25e-04"),
        ("1887 states", "0.1887"),
        ("365 days", "x365y 3650 1.365"),
        ("0.694 bits", "nan inf"),
    ],
)
def test_a_number_that_is_not_printed_is_named(markdown, printed):
    (sentence,) = missing_numbers([markdown], [printed])

    assert stated(markdown)[0] in sentence


def test_numbers_from_every_cell_count():
    assert [] == missing_numbers(["0.111 and", "0.222"], ["0.222\n", "0.111"])


def test_printed_numbers_are_read_from_lists_and_scientific_notation():
    expected = {Decimal(number) for number in ("0.5", "1.25", "0.002", "1234", "1", "234")}

    assert expected == printed_numbers(["[0.5, 1.25]\nH = 2e-3 | 1,234"])
