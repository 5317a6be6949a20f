"""What the page on notation promises holds in chapters, exercises, captions and docstrings."""

import importlib
import inspect
import json
import re
from functools import cache
from pathlib import Path

import pytest

import itlib
from itlib import bounds, fisher, losses, policies

ROOT = Path(__file__).parents[2]
ELSEWHERE = "(notation-others)="  # from here on the page says what others write
CLAIMED = re.compile(r"\*“.*?”\*", re.DOTALL)  # what is quoted as a mistake
BREACHES = {
    "h of one number, not H of two, is the entropy of a coin": r"(?<![A-Za-z])H\((?:\d|\.\d|\{|\\+t?frac)",
    "a prediction is ŷ, in formulas as well": r"\\+hat\{? ?y",
    "the evidence lower bound has one sign": r"\\+text\{ELBO|\\+mathcal\{?L",
    "Jensen–Shannon is D_JS": r"(?<!D_)JS\(|\bJSD\b",
    "cross-entropy is CE": r"H\(p, ?q\) =",
    "a divergence has the letter D": r"\\+mathrm\{+KL|(?<!_)\bKL\([pqPQ]",
    "information has a semicolon": r"I\([A-Z], ?[A-Z]\)",
    "a divergence is that of p from q": r"(?i)divergence from \S+( \S+)? to \S",
}
IN_NATS = [
    getattr(module, name)
    for module in (losses, bounds, fisher, policies)
    for name in dir(module)
    if not name.startswith("_") and inspect.isfunction(getattr(module, name))
    if getattr(module, name).__module__ == module.__name__
] + [itlib.f_divergence]


@cache
def texts():
    """Return (place, text) for the Markdown of the chapters, the content and the library."""
    found = []
    for path in sorted(ROOT.glob("chapters/*.ipynb")):
        for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
            if cell["cell_type"] == "markdown":
                own = "".join(cell["source"]).partition(ELSEWHERE)[0]
                found.append((f"{path.name}, cell {number}", CLAIMED.sub("", own)))
    for path in (*ROOT.glob("chapters/*.md"), ROOT / "chapters" / "formulas.toml"):
        found.append((path.name, path.read_text("utf-8")))
    for path in (*ROOT.glob("itlib_book/*/*.py"), *ROOT.glob("itlib/**/*.py")):
        found.append((str(path.relative_to(ROOT)), path.read_text("utf-8")))
    return found


@pytest.mark.parametrize("promise", BREACHES)
def test_each_thing_is_written_as_the_page_on_notation_says(promise):
    found = [
        (place, text[max(0, match.start() - 30) : match.end() + 30])
        for place, text in texts()
        for match in re.finditer(BREACHES[promise], text)
    ]

    assert [] == found


@pytest.mark.parametrize("function", IN_NATS, ids=lambda f: f.__name__)
def test_where_there_are_only_nats_the_logarithm_is_ln(function):
    bare = r"(?<![-\w.])log(?=[ (\[])(?! (?:ratio|odds|likelihood|prob|base|evidence))"

    assert not re.findall(bare, function.__doc__ or "")


# ---- the table of symbols ----


def rows():
    """Return the cells of each row of the table, the header aside."""
    page = json.loads((ROOT / "chapters" / "notation.ipynb").read_text("utf-8"))
    [text] = [
        "".join(cell["source"])
        for cell in page["cells"]
        if "".join(cell["source"]).startswith("(notation-symbols)=")
    ]
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [[part.strip() for part in line.strip("|").split(" | ")] for line in lines]


def names(module):
    """Return what a module gives, and the arguments of its functions."""
    functions = [value for _, value in inspect.getmembers(module, inspect.isfunction)]
    return {*dir(module)} | {name for f in functions for name in inspect.signature(f).parameters}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_row_names_what_itlib_has_under_that_name(row):
    for name in re.findall(r"`([\w.]+)`", row[2] if len(row) > 3 else ""):
        *module, function = name.split(".")
        found = importlib.import_module(".".join(["itlib", *module]))
        assert function in names(found) | names(losses) | names(policies)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_row_calls_a_section_by_its_name(row):
    headings = dict(
        match
        for place, text in texts()
        for match in re.findall(r"^\(([\w-]+)\)=\n#+ (.+)$", text, re.MULTILINE)
    )
    for words, label in re.findall(r"\[([^]]+)\]\(([\w-]+)\)", row[-1]):
        assert words.lower() in headings[label].lower()
