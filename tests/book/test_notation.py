"""What the page on notation promises holds in chapters, exercises, captions and docstrings."""

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
