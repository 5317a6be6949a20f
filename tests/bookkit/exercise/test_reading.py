"""One table of readings, run through the reader of the notebook and the one of the page."""

import json
import math
import random
from pathlib import Path

import pytest
from exercise_pages import files, open_page
from exercise_samples import SAMPLES
from hypothesis import given
from hypothesis import strategies as st

from bookkit.exercise import entries, reading

ROWS = json.loads(Path(__file__).with_name("readings.json").read_text("utf-8"))
WORDS = "1 2 0.5 1,5 3. e pi inf ( ) ( ) + - * / ^ ** ! % ln log2 log_3 sqrt( exp bits ² , x = log log( ½ 323 1/2 np. math. lb ' · × 1,323 , 2) \u2061 \n 10−3 per throw one twelve about ca. ≈ E-01 e ... … 0.( 234/2000 ( np.log( 8,2 ,2) ⁻¹ 10 \\frac12 \\frac{1}{2} \\frac{ }{ } \\log_2 \\log_{2} \\ln \\, \\text{bits} \\% $ {,} \\cdot ^{-3} \\sqrt{2} H= σ 2.58-2.16"


def read(text, unit):
    """Return the value of a text, or the sentence that says why it has none."""
    try:
        return reading.read(text, unit)
    except reading.Unreadable as problem:
        return str(problem)


def alike(one, other):
    """Return whether two readings agree; logarithms differ in the last bits between languages."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-300)


@pytest.fixture(scope="module")
def on_page(browser):
    """A function that reads texts, with their units, as the page does: values, words, last digits."""
    tab = open_page(browser, files(SAMPLES[:1]))
    script = """rows => rows.map(([text, unit]) => {
        try { const {value, step} = bookkit.readClosely(text, unit);
              return [Number.isFinite(value) ? value : String(value), bookkit.showNumber(value), step]; }
        catch (problem) { return [null, problem.message, 0]; }})"""

    def read_all(rows):
        return [
            (message, None, 0) if value is None else (float(value), message, step)
            for value, message, step in tab.evaluate(script, rows)
        ]

    yield read_all
    tab.context.close()


def test_the_table_has_hundreds_of_rows_of_either_sort():
    """A table that lost its rows would prove nothing."""
    readable = sum("value" in row for row in ROWS)

    assert readable > 300
    assert len(ROWS) - readable > 300
    assert len(ROWS) == len({(row["text"], row.get("unit")) for row in ROWS})
    assert set(reading.PROBLEMS) == {row["problem"] for row in ROWS if "problem" in row}


def outcome(row):
    """Return the value of a row's text, or the name of its problem."""
    try:
        return reading.read(row["text"], row.get("unit", ""))
    except reading.Unreadable as problem:
        return problem.problem


def test_python_reads_the_table():
    """Every text is the number beside it, or has the problem beside it."""
    expected = [row["problem"] if "problem" in row else float(row["value"]) for row in ROWS]

    assert [] == [
        (row, found)
        for row, right, found in zip(ROWS, expected, map(outcome, ROWS), strict=True)
        if not alike(right, found)
    ]


def test_python_knows_what_the_last_digit_counts():
    """A number that is written out has one, whatever way its power of ten and its unit are written."""
    rows = [row for row in ROWS if "step" in row]

    assert len(rows) > 30
    assert [] == [row for row in rows if not math.isclose(row["step"], outcome(row).step)]


def test_the_page_reads_the_table(on_page):
    """The page finds the same numbers, and says the same about what it cannot read."""
    results = on_page([[row["text"], row.get("unit", "")] for row in ROWS])
    for row, (result, _, step) in zip(ROWS, results, strict=True):
        expected = float(row["value"]) if "value" in row else read(row["text"], row.get("unit", ""))

        assert alike(expected, result), row
        assert math.isclose(row.get("step", step), step), row


def test_a_whole_number_is_shown_whole(on_page):
    """Not with six digits, as any other is."""
    numbers = {"2^20": "1048576", "-10^9 - 1": "−1000000001", "10^14 + 1": "100000000000001"}
    numbers |= {"2^20 + 1/2": "1048580", "10^15": "1e15"}

    assert list(numbers.values()) == [reading.show(read(text, "")) for text in numbers]
    assert list(numbers.values()) == [shown for _, shown, _ in on_page([[x, ""] for x in numbers])]


def test_what_stands_behind_per_is_no_unit_by_itself():
    """An answer in bits per byte is none in bytes."""
    counted, others = entries.words_of("How many bits per byte does it take?", "bits per byte")

    assert ("bit",) == counted
    assert "byte" in others


def test_what_a_unit_says_behind_per_is_what_counts():
    """Bits per word are another number than bits per character."""
    question = "How many bits per character does a word of four letters take?"
    words = entries.words_of(question, "bits per character")

    assert 2 == reading.read("2 bits per character", "bits per character", *words)
    with pytest.raises(reading.Unreadable, match="You wrote bits per word"):
        reading.read("2 bits per word", "bits per character", *words)
    assert 2 == reading.read("2 bits per word", "bits", *entries.words_of(question, "bits"))


def test_page_and_python_agree_on_any_jumble(on_page):
    """Random strings of the grammar's own words are read alike, or refused in the same words."""
    rng = random.Random(7)
    texts = [
        rng.choice(("", " ")).join(rng.choices(WORDS.split(), k=rng.randint(1, 9)))
        for _ in range(4000)
    ]
    results = on_page([[text, "bits"] for text in texts])
    for text, (result, shown, step) in zip(texts, results, strict=True):
        expected = read(text, "bits")

        assert alike(expected, result), text
        assert isinstance(expected, str) or math.isclose(expected.step, step), text
        assert isinstance(expected, str) or near_digits(reading.show(expected), shown), text


def near_digits(one, other):
    """Return whether two shown numbers are equal, or one unit of the last digit apart."""
    if one == other:
        return True
    a, b = (float(text.replace("−", "-").replace("∞", "inf")) for text in (one, other))
    return math.isclose(a, b, rel_tol=1.1e-5)


def test_numbers_are_shown_alike_on_page_and_in_python(on_page):
    """Six significant digits, rounded half up, plain within reason and with a power beyond."""
    rng = random.Random(8)
    numbers = [
        rng.choice((1, -1)) * rng.random() * 10.0 ** rng.randint(-20, 30) for _ in range(500)
    ]
    numbers += [0.0, 1.0, 0.5, 100000.5, 1234565.0, 999999.5, 1e15, 1e14, 1e-5, 9.999995e-6, 1e300]
    results = on_page([[repr(number), ""] for number in numbers])
    for number, (value, shown, _) in zip(numbers, results, strict=True):
        assert number == value
        assert reading.show(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(2.584962500721156, "2.58496"), (-0.25, "−0.25"), (1e15, "1e15"), (3e-7, "3e−7"), (0.0, "0"),
     (math.inf, "∞"), (-math.inf, "−∞"), (1234567.5, "1234570"), (0.00001, "0.00001")],
)  # fmt: skip
def test_a_number_is_shown_with_six_digits(number, shown):
    """What a reader sees is short and has a true minus sign."""
    assert shown == reading.show(number)


@given(st.text(max_size=250))
def test_any_text_is_a_number_or_unreadable(text):
    """No text makes the reader fail in another way, and none gives NaN."""
    result = read(text, "bits")

    assert isinstance(result, str) or not math.isnan(result)


@given(st.text(alphabet="0123456789.,eE+-*/^()%! lnog2πinf√", max_size=60))
def test_any_formula_like_text_is_a_number_or_unreadable(text):
    """The same for texts that come close to the grammar."""
    result = read(text, "")

    assert isinstance(result, str) or not math.isnan(result)


@given(st.floats(allow_nan=False))
def test_every_double_is_read_as_itself(number):
    """What Python prints for a number is that number."""
    assert number == reading.read(repr(number))
    assert number == reading.read(repr(number).replace(".", ",").replace("-", "−"))


def test_minus_zero_is_zero():
    """No answer is shown as −0."""
    assert "0.0" == repr(reading.read("-0"))
    assert "0.0" == repr(reading.read("0/-5"))


def test_a_plain_number_needs_no_reading_back():
    """Formulas, commas and units are read back; decimal numbers are not."""
    plain = ["2.585", " -2.5 ", "−3", "+.5", "7.", "= 4"]
    others = ["2,585", "1/2", "1e3", "50%", "2 bits", "inf"]

    assert [True] * 6 + [False] * 6 == [reading.is_plain(text) for text in plain + others]
