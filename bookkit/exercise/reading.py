r"""Reads the numbers that readers type: a small calculator grammar, and no `eval`.

    answer  = [[name] ("=" | "≈" | "~")] ["about" | "roughly" | "approximately" | "ca."] expr [unit]
    expr    = term {("+" | "-") term}
    term    = factor {["*" | "/"] factor}        a missing sign is a product: 2 pi, 3 ln 2
    factor  = ["+" | "-"] power ["%"]
    power   = primary ["!"] [("^" | "**") ["+" | "-"] power]
    primary = number | zero … twelve | 1 1/2 | ½ | pi | e | inf | "(" expr ")"
            | function "(" expr ")" | function power | log "(" expr ", " expr ")"
    function = ln | lb | log2 | log_2 | log10 | log_b | sqrt | exp, also as np.log2, math.log2

What can be meant in two ways is not guessed but asked about: `log 6` (which base?),
`log2 1/8` (the logarithm of what?), `1/2 pi` (is pi below the line?), `1.5 × 10-3` and `1.5 E-3`
(a power?), `log(8,2)` (of 8.2?), `1 234/2000` (1234 or 1 above the line?), `0.1(6)` and `2.585 (log2 6)`
(products?).
Where it makes no difference, as in `log(6)/log(2)` and `1/2 ln 2`, nothing is asked.
Not so `math.log(8,2)`: Python writes no comma into a number.
One separator is a decimal sign, so `1,234` is 1.234; `1,234.5` and `1.234,5` are both 1234.5.
But 1234 can be meant by `1,234` as well, so a `Reading` carries that number beside its own.
A computation may stand before its result (`31/12 = 2.583`, `31/12 = about 2.58`) if it comes to it; the unit may stand in brackets.
Of LaTeX what people write in a number is read: `\frac{1}{2}`, `\log_2 3`, `2^{-3}`, `0{,}5`, `60\,\%`.

`scripts/reader.js` holds the same grammar for the site; `tests/bookkit/exercise/readings.json` binds the two.
"""

import math
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import takewhile

MOST_CHARACTERS = 200
_DEEPEST = 20

_SPACES = "\t\u3000\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u2060\u2061\u2062\u2063\u2064\ufeff"
_LOOKALIKES = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("\n\r", "  ")  # a formula of the page has one between its parts
    | dict.fromkeys("\u2018\u2019\u02bc", "'")
    | dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014", "-")
    | dict.fromkeys("\u00d7\u00b7\u22c5\u2219\u2217\u2022", "*")  # the last is what a phone has
    | dict.fromkeys("\u00f7\u2215\u2044", "/")
)
# Small letters; what an East Asian keyboard makes as wide as a sign of writing is what it shows.
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_LOWER |= {code + 0xFEE0: _LOWER.get(code, code) for code in range(0x21, 0x7F)}
# Digits as phones have them for Arabic, Persian, Hindi and Bengali, and an Arabic decimal sign.
_LOWER |= {zero + i: ord("0") + i for zero in (0x660, 0x6F0, 0x966, 0x9E6) for i in range(10)}
_LOWER[0x66B] = ord(".")
_SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_VULGAR = dict(zip("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", (1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4, 1 / 5, 2 / 5, 3 / 5,
                                          4 / 5, 1 / 6, 5 / 6, 1 / 8, 3 / 8, 5 / 8, 7 / 8)))  # fmt: skip

# What stands in parentheses, without commas of its own and with any; parentheses in it are balanced.
_ARGUMENT = r"(?:[^(),]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*"
_ARGUMENTS = _ARGUMENT.replace(",", "")
_TWO_ARGUMENTS = (rf"((?:np|numpy|math)\.log *\({_ARGUMENT}),(?! )(?={_ARGUMENT}\))", r"\1, ")
# What stands in the braces of LaTeX, which may have braces of its own.
_BRACES = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_OPERAND = rf" *(?:{_BRACES}|([0-9]))"
_FRACTION = (rf"(?<![0-9])(?<![0-9] )\\[dt]?frac{_OPERAND}{_OPERAND}", r"((\1\2)/(\3\4))")
# How readers and pages write what the grammar knows by another name: pattern, replacement.
_COPIED = [
    # a formula that was copied from the page
    (r"log[ \n\r]*([0-9]{1,3})[ \n\r]*\u2061", r"log_\1 "),
    (r"(?<![0-9.,])0\u00b7(?=[0-9])", "0."),  # the British decimal point
    (r"(?<![a-z])per ?cent(?![a-z])", "%"),
    # LaTeX
    (r"\$([^$]*)\$", r"\1 "),
    (r"\{,\}", ","),
    (r"_(?:\{([0-9]{1,3})\}|([0-9]{1,3})(?= *\\))", r"_\1\2  "),
    *[_FRACTION] * 2,  # one may stand within another
    (r"\\(?:text|math)[a-z]* *\{([^{}]*)\}", r" \1"),
    *[(rf"(\^|_[0-9]+ *|\\[a-z]+) *{_BRACES}", r"\1(\2)")] * 2,
    (r"\\(?:cdot|times)(?![a-z])", "*"),
    (r"\\approx", "≈"),
    (r"\\infty", "inf"),
    (r"\\(?:[,;:!()]|(?:left|right|quad)(?![a-z])|(?=[ a-z%]))", " "),
]
_REWRITTEN = [
    (r"(?<=[a-zπ)!]),(?=[0-9])", ", "),  # no decimal sign: none stands behind a value
    *[_TWO_ARGUMENTS] * 2,  # one may stand within another
    (rf"(?<![a-z])(?:np|numpy|math)\.log(?=[ (])(?! *\({_ARGUMENTS}, )", "ln"),
    (r"(?<![a-z])(?:np|numpy|math)\.(?:float[0-9]+ *(?=\()|(?=[a-z]))", ""),
    (r"(?<=[0-9.)])(?<!^0) *x *(?=[0-9.(])", "*"),  # 0x10 is no product
]
_COPIED, _REWRITTEN = (
    [(re.compile(pattern), plain) for pattern, plain in pairs] for pairs in (_COPIED, _REWRITTEN)
)
# What readers put before a number: its name, or that they have rounded.
_ABOUT = re.compile(
    r"(?:(?:[a-zα-ω][a-z0-9_{}α-ω ²₀-₉]*(?:\([^()]*\) *)?)?[=≈~] *)?"
    r"(?:(?:about|around|roughly|approximately|approx\.?|circa|ca\.?)(?: +|$))?"
)
_LOST_POWER = re.compile(r"[x\u00d7\u00b7\u22c5\u2022] *10[-\u2212\u2010-\u2014][0-9]")

_TOKEN = re.compile(
    r"(?P<mixed>[0-9]+ [1-9][0-9]* ?/ ?[0-9]+(?![0-9.,]| *(?:\*\*|[\^!⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹])))"
    r"|(?P<vulgar>(?:[0-9]+ ?)?[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<number>(?:[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|[0-9](?:[0-9.]|,(?! ))*|[.,][0-9](?:[0-9.]|,(?! ))*)(?:e[+-]?[0-9]+)?)"
    r"|log(?:_?(?P<base>[0-9]{1,3})(?![0-9.,])|(?P<below>[₀-₉]{1,3}))"
    r"|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
    r"|(?P<name>[a-z]+|[√π∞])"
    r"|(?P<mark>\*\*|[-+*/^()!%,])"
)
_UNFINISHED_POWER = re.compile(r"e(?![a-z])")
_SPLIT_POWER = re.compile(r" +e(?: ?[+-])?[0-9]")
_RECURRING = re.compile(r"[0-9]*[.,][0-9]*\([0-9]+\)")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?|[0-9]*\.[0-9]+)")
_UNIT = re.compile(r"%|(?!half|third|quarter)[a-z]+(?:[ /]+[a-z]+)*")
_WRAPPED_UNIT = re.compile(r"(.*[^ (]) *[(\[]([a-z]+(?:[ /]+[a-z]+)*|%)[)\]]")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_GROUP = re.compile(r"[1-9][0-9]{0,2} [0-9]{3}(?![0-9])")
# In a logarithm: a number with decimals, or a number and its base.
_PAIR = re.compile(r"[1-9][0-9]*,[1-9]")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
# A number that was written out: sign, number, power of ten; in parentheses, perhaps.
_POWER = r"(?:raised|\^[+-]?number|\^\([+-]?number\))"
_WRITTEN_OUT = re.compile(rf"\(*[+-]?\(*number(?:\*\(?number{_POWER})?\)*%?")

_SUM = re.compile(r"[+-]?number(?:[+-]number)+")

_CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}
_CONSTANTS |= dict.fromkeys(("inf", "infinity", "infinite", "∞"), math.inf)
SPELLED = "zero one two three four five six seven eight nine ten eleven twelve".split()

PROBLEMS = {
    "empty": "There is no answer yet.",
    "long": f"That is longer than {MOST_CHARACTERS} characters.",
    "deep": "That is nested too deeply.",
    "base": "“log” alone can mean three things; name the base: log2, ln or log10.",
    "argument": "Say with parentheses what the function is taken of.",
    "second": "This can mean two things; write log(8, 2), with a space, for the base 2, or log(8.2).",
    "division": "This can mean two things; say with parentheses what is divided by what.",
    "power": "“e” right after a number starts a power of ten; write 2*e for the product.",
    "separators": "These dots and commas do not make one number.",
    "name": "“{word}” is not a number.",
    "unit": "You wrote {word}, this asks for {unit}.",
    "undefined": "That has no value.",
    "large": "That is too large to compute with.",
    "recurring": "This can mean two things; write * for a product, or one number and no parentheses.",
    "lost power": "This can mean two things; write 10^-3 for a power of ten.",
    "syntax": "This does not read as a number.",
}


class Unreadable(ValueError):
    """What was typed is not a number; `problem` is a key of PROBLEMS."""

    def __init__(self, problem, word="", unit=""):
        self.problem, self.word = problem, word
        unit = unit or "a number without a unit"
        super().__init__(PROBLEMS[problem].format(word=word, unit=unit))


class Reading(float):
    """A number as it was typed.

    Attributes
    ----------
    step : float
        What one more in the last digit comes to: 0.01 for `5.70` and for a sum such as `2.58-2.16`.
        0 for any other formula, which is exact.
    other : float or None
        What else can be meant: 1234 for `1,234`.
    is_formula : bool
        Whether it takes computing.
    is_dotted : bool
        Whether its dot may stand before thousands, as in `2.048`.
    """

    step, other, is_formula, is_dotted = 0.0, None, False, False


@dataclass(frozen=True)
class Token:
    kind: str
    value: object
    start: int
    step: float = 0.0
    other: float | None = None


def read(text, unit="", counted=(), words=()):
    """Return the number that a reader typed, whose trailing unit may be left out.

    Parameters
    ----------
    text : str
    unit : str
        What the number is asked for in.
    counted, words : sequence of str
        What the question counts, and what may come behind "per", in the singular and in lower case.

    Returns
    -------
    Reading

    Raises
    ------
    Unreadable
        If it is no number, has no value, is too long or carries another unit.

    Examples
    --------
    >>> read("2,585"), read("31/12 bits", "bits"), read("2^−3")
    (2.585, 2.5833333333333335, 0.125)
    >>> read("0.47").step, read("1,234").other
    (0.01, 1234.0)
    >>> read("1.8 nats", "bits")
    Traceback (most recent call last):
    bookkit.exercise.reading.Unreadable: You wrote nats, this asks for bits.
    """
    if _LOST_POWER.search(text.translate(_LOWER)):
        raise Unreadable("lost power")
    text = normalise(text)
    if not text:
        raise Unreadable("empty")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("long")
    *steps, result = re.split(" *[=≈] *", text)
    if steps:
        result = _ABOUT.sub("", result, count=1)
    reading = _reading(result, unit, counted, words)
    worth = [_worth(step, reading, unit, counted, words) for step in steps]
    return min([reading, *worth], key=lambda side: side.step)


def _worth(text, result, unit, counted, words):
    """Return what a step before the result is, as in 31/12 = 2.583, if it comes to the result."""
    try:
        reading = _reading(text, unit, counted, words)
    except Unreadable:
        raise Unreadable("syntax") from None
    if not abs(reading - result) <= min(result.step, 0.5) + 1e-9:
        raise Unreadable("syntax")
    return reading


def _reading(text, unit, counted, words):
    """Return the number that one side of an equation is."""
    if not text:
        raise Unreadable("syntax")
    wrapped = _WRAPPED_UNIT.fullmatch(text)
    if wrapped and (wrapped[2] == "%" or _same_unit(wrapped[2], unit, counted, words)):
        text = " ".join(wrapped.groups())
    if unit == "%":
        text = re.sub(" *%$", "", text)
    tokens = _tokens(text, unit == "%")
    reading = Reading(_value(text, tokens, unit, counted, words))
    written = list(takewhile(lambda token: token.kind not in ("name", "end"), tokens))
    reading.is_formula = not _is_written_out(written)
    reading.step = _step_of_sum(written) if reading.is_formula else _step(written)
    reading.is_dotted = reading.step == 0.001 and 1 <= abs(reading) < 1000
    if any(token.other is not None for token in tokens):
        grouped = [replace(t, value=t.value if t.other is None else t.other) for t in tokens]
        reading.other = _value(text, grouped, unit, counted, words)
    return reading


def _value(text, tokens, unit, counted, words):
    """Return what tokens come to, whatever the base of a logarithm without one."""
    values = []
    for logarithm in (math.log, math.log2):
        parser = _Parser(text, tokens, logarithm)
        values.append(parser.expression())
        _check_rest(parser, unit, counted, words)
        if not parser.unnamed:
            return values[0] + 0.0  # subtle: adding 0 turns -0 into 0
    if parser.unnamed == "second" or not math.isclose(*values, rel_tol=1e-12):
        raise Unreadable(parser.unnamed)
    return values[0] + 0.0


def _is_written_out(tokens):
    """Return whether these are a number and perhaps a power of ten, not of another base."""
    kinds = "".join(token.kind for token in tokens)
    base = [token.value for token in tokens if token.kind == "number"][1:2]
    return bool(_WRITTEN_OUT.fullmatch(kinds)) and base in ([], [10])


def _step(tokens):
    """Return what the last digit counts in a number that is written out."""
    first, *rest = [token for token in tokens if token.kind in ("number", "raised")]
    step = first.step / 100 if any(token.kind == "%" for token in tokens) else first.step
    if rest:
        ten, power = rest
        negative = any(token.kind == "-" for token in tokens if token.start > ten.start)
        step *= ten.value ** min(max(-power.value if negative else power.value, -300), 300)
    return step


def _step_of_sum(tokens):
    """Return what the last digit of a sum of decimals counts; of any other formula 0, as for exact ones.

    `2.58-2.16` has the digits of `0.42`.
    """
    if not _SUM.fullmatch("".join(token.kind for token in tokens)):
        return 0.0
    least = min(token.step for token in tokens if token.kind == "number")
    return least if least < 1 else 0.0


def normalise(text):
    """Return the text in lower case, with plain spaces and signs, without `=`, `about`, stop and dots."""
    text = text.translate(_LOWER)
    for pattern, plain in _COPIED:
        text = pattern.sub(plain, text)
    text = text.translate(_LOOKALIKES).strip(" ")
    for pattern, plain in _REWRITTEN:
        text = pattern.sub(plain, text)
    text = re.sub(r"(?<=[^ .,]) *(?:[.,]|\.{3}|…)$", "", text)
    return text[_ABOUT.match(text).end() :]


def is_plain(text):
    """Return whether a text is simply a decimal number, which needs no reading back."""
    return bool(_PLAIN.fullmatch(normalise(text)))


def show(value):
    """Return a number with six significant digits, or whole, written alike in Python and JavaScript.

    >>> show(2.584962500721156), show(1e-7 / 3), show(2.0**20), show(float("inf"))
    ('2.58496', '3.33333e−8', '1048576', '∞')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    precision = 15 if value == round(value) and abs(value) < 1e15 else 6
    context = Context(prec=precision, rounding=ROUND_HALF_UP)
    digits = context.create_decimal(Decimal(value)).normalize(context)
    if digits == 0:
        return "0"
    exponent = digits.adjusted()
    if -5 <= exponent < 15:
        return f"{digits:f}".replace("-", "−")
    return f"{digits.scaleb(-exponent):f}e{exponent}".replace("-", "−")


def _check_rest(parser, unit, counted, words):
    token = parser.next
    if token.kind == "end":
        return
    if token.kind != "name":
        raise Unreadable("syntax")
    word = parser.text[token.start :]
    if not _UNIT.fullmatch(word):
        raise Unreadable("name", token.value)
    if not _same_unit(word, unit, counted, words):
        raise Unreadable("unit", word, unit)


def _same_unit(word, unit, counted, words):
    """Return whether a word names the unit, its head, or what the question counts.

    `bits` for `bits per symbol`, and `bits per throw` where the question speaks of throws.
    """
    typed, unit = _unit_words(word), _unit_words(unit)
    if unit and typed in (unit, unit[:1]):
        return True
    head, _, per = " ".join(typed).partition(" / ")
    is_unit = bool(unit) and head == unit[0]
    return (is_unit or set(head.split()) <= set(counted)) and set(per.split()) <= {*words, "/"}


def _unit_words(unit):
    return [
        singular(word) for word in re.sub(r" *(?:/| per | an? ) *", " / ", unit.lower()).split()
    ]


def singular(word):
    """Return a word without the `s` of its plural."""
    return re.sub("s$", "", word)


def _tokens(text, percent_is_unit):
    position, tokens = 0, []
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if not match:
            raise Unreadable("syntax")
        if match.lastgroup in ("mixed", "vulgar") and tokens and tokens[-1].kind in "/^function":
            raise Unreadable("division" if tokens[-1].kind == "/" else "argument")
        tokens.append(_token(match))
        position = match.end()
        if tokens[-1].kind == "number":
            _require_clear_end(text[match.start() :], text[position:])
        if tokens[-1].kind == "%" and percent_is_unit:
            raise Unreadable("syntax")
    return [*tokens, Token("end", None, len(text))]


def _require_clear_end(number, rest):
    """Ask about what stands behind a number and may still be a part of it."""
    if _UNFINISHED_POWER.match(rest):
        raise Unreadable("power")
    if _SPLIT_POWER.match(rest):
        raise Unreadable("lost power")
    if _RECURRING.match(number):
        raise Unreadable("recurring")


def _token(match):
    kind, written, start = match.lastgroup, match[match.lastgroup], match.start()
    if kind == "number":
        return _number(written, start)
    if kind == "mixed":
        if _GROUP.match(written):
            raise Unreadable("division")
        return Token("fraction", _mixed(*map(int, re.findall("[0-9]+", written))), start)
    if kind == "vulgar":
        whole = written[:-1].strip() or 0
        return Token("fraction", _finite(int(whole) + _VULGAR[written[-1]]), start)
    if kind == "raised":
        return Token("raised", float(written.translate(_SUPERSCRIPTS)), start)
    if kind == "mark":
        return Token("^" if written == "**" else written, None, start)
    if kind != "name":
        base = int(written.translate(_SUBSCRIPTS))
        return Token("function", _logarithm(base), start)
    if written == "log":
        if match.string[match.end() : match.end() + 1] == "_":
            raise Unreadable("base")
        return Token("log", None, start)
    if written in _FUNCTIONS:
        return Token("function", _FUNCTIONS[written], start)
    if written in SPELLED:
        return Token("number", float(SPELLED.index(written)), start, 1.0)
    return Token("constant" if written in _CONSTANTS else "name", written, start)


def _mixed(whole, above, below):
    """Return 1.5 for 1 1/2."""
    if not 0 < above < below:
        raise Unreadable("syntax")
    return _finite(whole + above / below)


def _number(written, start):
    mantissa, _, exponent = re.sub("[ ']", "", written).partition("e")
    other = None
    if _AMBIGUOUS.fullmatch(mantissa) and len(written) == len(mantissa):
        other = float(mantissa.replace(",", ""))
    dots, commas = mantissa.count("."), mantissa.count(",")
    if dots + commas <= 1:
        mantissa = mantissa.replace(",", ".")
    else:
        # Several separators group thousands; the rightmost may be a decimal sign of the other kind.
        if commas == 0 or (dots and mantissa.rfind(",") > mantissa.rfind(".")):
            mantissa = mantissa.translate(str.maketrans(".,", ",."))
        if not _GROUPED.fullmatch(mantissa):
            raise Unreadable("separators")
        mantissa = mantissa.replace(",", "")
    places = int(exponent or 0) - len(mantissa.partition(".")[2])
    step = 10.0**places if -308 < places < 308 else 0.0
    return Token("number", _finite(float(f"{mantissa}e{exponent or 0}")), start, step, other)


def _finite(value, *operands):
    """Return a value, unless it has none or grew beyond all numbers out of finite ones."""
    if math.isnan(value):
        raise Unreadable("undefined")
    if math.isinf(value) and all(map(math.isfinite, operands)):
        raise Unreadable("large")
    return value


def _quotient(a, b):
    if b == 0:
        raise Unreadable("undefined")
    return _finite(a / b, a, b)


def _power(base, exponent):
    if base == 0 and exponent < 0 or base < 0 and not float(exponent).is_integer():
        raise Unreadable("undefined")
    if base == 1 and math.isinf(exponent):
        raise Unreadable("undefined")
    try:
        return _finite(math.pow(base, exponent), base, exponent)
    except OverflowError:
        raise Unreadable("large") from None


def _factorial(value):
    if not (value >= 0 and value.is_integer()):
        raise Unreadable("undefined")
    if value > 170:
        raise Unreadable("large")
    return float(math.factorial(int(value)))


def _logarithm(base):
    if base < 2:
        raise Unreadable("base")
    known = {2: math.log2, 10: math.log10}
    log = known.get(base, lambda x: math.log(x) / math.log(base))
    return lambda x: _log(log, x)


def _log(log, x):
    if x < 0:
        raise Unreadable("undefined")
    return log(x) if x > 0 else -math.inf


def _root(x):
    if x < 0:
        raise Unreadable("undefined")
    return math.sqrt(x)


def _exp(x):
    try:
        return math.exp(x)
    except OverflowError:
        raise Unreadable("large") from None


_FUNCTIONS = {
    "ln": lambda x: _log(math.log, x),
    "lb": lambda x: _log(math.log2, x),
    "ld": lambda x: _log(math.log2, x),
    "exp": _exp,
    "sqrt": _root,
    "√": _root,
}


class _Parser:
    """A recursive descent over the tokens; each method is one line of the grammar."""

    def __init__(self, text, tokens, logarithm):
        self.text = text
        self.tokens = tokens
        self.logarithm = logarithm  # what `log` is taken for
        self.unnamed = ""  # which problem it is that it was taken for anything
        self.position = 0
        self.depth = 0
        self.bare = False  # whether the last factor was a function without parentheses

    @property
    def next(self):
        return self.tokens[self.position]

    def take(self, *kinds):
        token = self.next
        if token.kind not in kinds:
            return None
        self.position += 1
        return token

    def expression(self):
        value = self.term()
        while sign := self.take("+", "-"):
            right = self.term()
            value = _finite(value + (right if sign.kind == "+" else -right), value, right)
        return value

    def term(self):
        value = self.factor()
        divided = False
        while True:
            bare = self.bare
            if mark := self.take("*", "/"):
                if bare and self.next.kind not in ("function", "log"):
                    raise Unreadable("argument")
                divided = mark.kind == "/"
                right = self.factor()
                value = _quotient(value, right) if divided else _finite(value * right, value, right)
            elif self.next.kind in ("constant", "function", "log", "("):
                if bare:
                    raise Unreadable("argument")
                if divided and not self.follows_a_fraction():
                    raise Unreadable("division")
                # A parenthesis may say where the number is from: 0.75 (3/4).
                explains = self.next.kind == "(" and self.tokens[self.position - 1].kind != ")"
                right = self.factor()
                if explains and abs(right - value) <= 0.01 * abs(value):
                    raise Unreadable("recurring")
                value = _finite(value * right, value, right)
            else:
                return value

    def follows_a_fraction(self):
        """Return whether a logarithm stands behind the first fraction of a term: `1/2 ln 3`."""
        before = self.tokens[max(0, self.position - 4) : self.position]
        whole = [token.step == 1 for token in before[-3::2]]
        kinds = [token.kind for token in before]
        first = len(kinds) == 3 or kinds[0] in ("+", "-", "(")
        fraction = kinds[-3:] == ["number", "/", "number"] and all(whole)
        return fraction and first and self.text[self.next.start] == "l"  # ln, lb, log

    def factor(self):
        sign = self.take("+", "-")
        self.bare = False
        value = self.power()
        if self.next.kind == "%":
            if self.bare:
                raise Unreadable("argument")
            self.take("%")
            value /= 100
        return -value if sign and sign.kind == "-" else value

    def power(self):
        self.depth += 1  # every parenthesis and every exponent comes through here
        if self.depth > _DEEPEST:
            raise Unreadable("deep")
        value = self.primary()
        if self.take("!"):
            value = _factorial(value)
        if raised := self.take("raised"):
            value = _power(value, raised.value)
        elif self.take("^"):
            sign = self.take("+", "-")
            exponent = self.power()
            value = _power(value, -exponent if sign and sign.kind == "-" else exponent)
        self.depth -= 1
        return value

    def primary(self):
        if token := self.take("number", "fraction"):
            return token.value
        if token := self.take("constant"):
            return _CONSTANTS[token.value]
        if self.take("("):
            return self.group()
        if token := self.take("function"):
            return token.value(self.argument())
        if self.take("log"):
            return self.log()
        if token := self.take("name"):
            raise Unreadable("name", token.value)
        raise Unreadable("syntax")

    def log(self):
        """Return a logarithm to the base that stands behind a comma, or to none in particular."""
        if not self.take("("):
            if self.next.kind not in ("number", "constant"):
                raise Unreadable("base")
            self.unnamed = "base"
            return _log(self.logarithm, self.argument())
        value = self.expression()
        if not self.take(","):
            last = self.text[self.tokens[self.position - 1].start : self.next.start]
            has_two = _PAIR.match(last) and self.unnamed != "base"
            self.unnamed = "second" if has_two else "base"
            return _log(self.logarithm, self.group(value))
        base = self.group()
        if not 0 < base < math.inf or base == 1:
            raise Unreadable("base")
        return _quotient(_log(math.log, value), math.log(base))

    def group(self, value=None):
        value = self.expression() if value is None else value
        if self.next.kind == "name":
            raise Unreadable("name", self.next.value)
        if not self.take(")"):
            raise Unreadable("syntax")
        self.bare = False
        return value

    def argument(self):
        if self.take("("):
            return self.group()
        if self.next.kind not in ("number", "constant"):
            raise Unreadable("argument")
        value = self.power()
        self.bare = True
        return value
