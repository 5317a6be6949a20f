"""The numbers that a chapter's prose states, and the numbers that its cells print."""

import re
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

# Directives whose content is no prose.
VERBATIM = {"code", "code-block", "code-cell", "bibliography", "literalinclude", "toctree"}

NUMBER = re.compile(
    r"""(?<![\w.])(?<![A-Za-z][-‐])            # not inside a name: H2, ResNet-152, 1.2.3
        (?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
        (?:e(?P<e>[+-]?\d+)|\s*(?:×|\\times|\\cdot)\s*10\^\{?(?P<ten>[+−-]?\d+)\}?)?
        (?P<percent>\s?\\?%)?(?!\w)(?!\.\d)""",
    re.VERBOSE,
)
PRINTED = re.compile(r"(?<![\w.])\d[\d,_]*(?:\.\d+)?(?:e[+-]?\d+)?(?!\w)|(?<![\w.])\.\d+")
ABOUT = re.compile(
    r"(?:about|around|roughly|nearly|almost|over|under|some|than|least|most|≈|~|\\approx|\\sim)"
    r"\s*$"
)

# What is written with digits and is no result: the year of a source, a place in it, an index,
# a power such as 10^{-300}.
EXEMPT = re.compile(
    r"""[A-Z][\w’']+(?:\s(?:and|&)\s[A-Z]\w+)?(?:\set\sal\.)?,?\s\(?(?:1[6-9]|20)\d\d\b\)?
      | \b(?i:sections?|chapters?|theorems?|lemmas?|equations?|eqs?\.|pages?|pp?\.|figures?|tables?
        |problems?|exercises?|volumes?)\s\(?\d[\d.–-]*(?:\)|\b)
      | _\{\d+\}
      | (?<!\\times\s)(?<!\\times)(?<!×\s)(?<!×)(?<!\\cdot\s)\b\d+\^\{?[+−-]?\d+\}?""",
    re.VERBOSE,
)


def prose(markdown):
    """Return the text of a Markdown cell, formulas included; no code, address or citation."""
    return " ".join(_texts(_parser().parse(markdown)))


def stated_numbers(markdown):
    """Yield (number as written, its context, tolerant) for each number of two digits or more.

    The zero before a decimal point is no digit. `tolerant` says that a word such as "about" lets
    trailing zeros stand for rounding.
    """
    text = _joined_digits(EXEMPT.sub(" ", prose(markdown)))
    for match in NUMBER.finditer(text):
        digits = match["digits"].replace(",", "")
        if len(re.sub(r"^0(?=\.)|\.", "", digits)) >= 2:
            context = text[max(0, match.start() - 30) : match.end() + 20].strip()
            yield match, context, bool(ABOUT.search(text[: match.start()]))


def printed_numbers(outputs):
    """Return the set of numbers in the stored text outputs of cells."""
    found = set()
    for text in outputs:
        for token in PRINTED.findall(text):
            # 1,234 may be one number, or two in a list.
            parts = {token.replace(",", "").replace("_", ""), *token.strip(",").split(",")}
            found |= {Decimal(part) for part in parts if re.fullmatch(r"[\d.]+(e[+-]?\d+)?", part)}
    return found


def is_printed(match, printed, tolerant=False):
    """Return whether a printed number, rounded as the prose rounds it, is the stated one.

    Signs are left aside: prose says "falls by 0.25" of a printed -0.25.
    """
    shift = int((match["e"] or match["ten"] or "0").replace("−", "-"))
    stated = Decimal(match["digits"].replace(",", "")).scaleb(shift)
    step = stated.as_tuple().exponent
    if tolerant and step >= 0:
        step = stated.normalize().as_tuple().exponent
    values = printed | {value.scaleb(2) for value in printed} if match["percent"] else printed
    return any(_rounds_to(value, stated, step) for value in values)


def missing_numbers(markdown_cells, outputs):
    """Return a sentence for each stated number that no cell prints."""
    printed = printed_numbers(outputs)
    return [
        f"{match[0].strip()} in “…{context}…” is printed by no cell"
        for cell in markdown_cells
        for match, context, tolerant in stated_numbers(cell)
        if not is_printed(match, printed, tolerant)
    ]


def _rounds_to(value, stated, step):
    if value.adjusted() > 60 or value.adjusted() < -400:
        return value == stated
    # A half may go either way: prose rounds by hand, Python to even.
    modes = (ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN)
    unit = Decimal(1).scaleb(step)
    return any((value / unit).to_integral_value(mode) == stated / unit for mode in modes)


def _joined_digits(text):
    r"""Write 10\,000 and 10{,}000 as 10,000."""
    return re.sub(r"(?<=\d)(?:\{,\}|\\,|\u202f|\u2009)(?=\d{3})", ",", text)


@cache
def _parser():
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for plugin in (colon_fence_plugin, deflist_plugin, footnote_plugin, myst_role_plugin):
        parser.use(plugin)
    return parser.use(dollarmath_plugin, double_inline=True)


def _texts(tokens):
    automatic = False
    for token in tokens:
        if token.type == "link_open":
            automatic = token.info == "auto"
        elif token.type == "link_close":
            automatic = False
        elif token.type in ("fence", "colon_fence"):
            yield from _directive(token)
        elif token.type == "myst_role":
            if token.meta["name"] == "math":
                yield token.content
        elif token.type == "inline":
            yield "".join(_texts(token.children))
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type in ("text", "math_inline", "math_inline_double", "math_block"):
            if not automatic:
                yield token.content
        elif token.type == "math_block_label":
            yield token.content


def _directive(token):
    """The text of a directive: its title and its content, which is Markdown again."""
    named = re.match(r"\{([\w:-]+)\}\s*(.*)", token.info.strip())
    if named is None or named[1] in VERBATIM:
        return
    body = re.sub(r"\A(?:\s*:[\w-]+:.*\n)+", "", token.content)
    if named[1] == "math":
        yield body
    else:
        yield prose(named[2])
        yield prose(body)


def formulas(markdown):
    """Yield (LaTeX, whether on a line of its own) for each formula of a text."""
    for token in _all_tokens(_parser().parse(markdown)):
        if token.type in ("math_inline", "math_inline_double", "math_block", "math_block_label"):
            yield token.content, token.type != "math_inline"


def _all_tokens(tokens):
    for token in tokens:
        yield token
        yield from _all_tokens(token.children or [])
