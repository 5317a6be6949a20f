"""Reads the numbers that readers type: a small calculator grammar, and no `eval`.

    answer  = expr [unit]
    expr    = term {("+" | "-") term}
    term    = factor {["*" | "/"] factor}        a missing sign is a product: 2 pi, 3 ln 2
    factor  = ["+" | "-"] power ["%"]
    power   = primary ["!"] [("^" | "**") ["+" | "-"] power]
    primary = number | pi | e | inf | "(" expr ")" | function "(" expr ")" | function power
    function = ln | log2 | log_2 | log10 | log_b | sqrt | exp

What can be meant in two ways is not guessed but asked about: `log 6` (which base?),
`log2 1/8` (the logarithm of what?), `1/2 pi` (is pi below the line?).
One separator is a decimal sign, so `1,234` is 1.234; `1,234.5` and `1.234,5` are both 1234.5.

`scripts/reader.js` holds the same grammar for the site; `tests/bookkit/exercise/readings.json` binds the two.
"""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

MOST_CHARACTERS = 200
DEEPEST = 20

SPACES = "\t\n\r\u00a0\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u2060\ufeff"
LOOKALIKES = str.maketrans(
    dict.fromkeys(SPACES, " ")
    | dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\uff0d", "-")
    | dict.fromkeys("\u00d7\u00b7\u22c5\u2219\u2217", "*")
    | dict.fromkeys("\u00f7\u2215\u2044", "/")
    | {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
)
SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

TOKEN = re.compile(
    r"(?P<number>(?:[0-9][0-9.,]*|[.,][0-9][0-9.,]*)(?:e[+-]?[0-9]+)?)"
    r"|log(?:_?(?P<base>[0-9]{1,3})(?![0-9.,])|_\{(?P<braced>[0-9]{1,3})\}|(?P<below>[₀-₉]{1,3}))"
    r"|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
    r"|(?P<name>[a-z]+|[√π∞])"
    r"|(?P<mark>\*\*|[-+*/^()!%])"
)
UNFINISHED_POWER = re.compile(r"e(?![a-z])")
PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?|[0-9]*\.[0-9]+)")
UNIT = re.compile(r"%|[a-z]+(?:[ /]+[a-z]+)*")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")

CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}
CONSTANTS |= dict.fromkeys(("inf", "infinity", "∞"), math.inf)

PROBLEMS = {
    "empty": "There is no answer yet.",
    "long": f"That is longer than {MOST_CHARACTERS} characters.",
    "deep": "That is nested too deeply.",
    "base": "“log” alone can mean three things; name the base: log2, ln or log10.",
    "argument": "Say with parentheses what the function is taken of.",
    "division": "This can mean two things; say with parentheses what is divided by what.",
    "power": "“e” right after a number starts a power of ten; write 2*e for the product.",
    "separators": "These dots and commas do not make one number.",
    "name": "“{word}” is not a number.",
    "unit": "You wrote {word}, this asks for {unit}.",
    "undefined": "That has no value.",
    "large": "That is too large to compute with.",
    "syntax": "This does not read as a number.",
}


class Unreadable(ValueError):
    """What was typed is not a number; `problem` is a key of PROBLEMS."""

    def __init__(self, problem, word="", unit=""):
        self.problem, self.word = problem, word
        unit = unit or "a number without a unit"
        super().__init__(PROBLEMS[problem].format(word=word, unit=unit))


@dataclass(frozen=True)
class Token:
    kind: str
    value: object
    start: int


def read(text, unit=""):
    """Return the number that a reader typed, whose trailing unit may be left out.

    Raises
    ------
    Unreadable
        If it is no number, has no value, is too long or carries another unit.

    Examples
    --------
    >>> read("2,585"), read("31/12 bits", "bits"), read("2^−3")
    (2.585, 2.5833333333333335, 0.125)
    >>> read("1.8 nats", "bits")
    Traceback (most recent call last):
    bookkit.exercise.reading.Unreadable: You wrote nats, this asks for bits.
    """
    text = normalise(text)
    if not text:
        raise Unreadable("empty")
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("long")
    if unit == "%":
        text = re.sub(r" *(%|percent)$", "", text)
    parser = _Parser(text, percent_is_unit=unit == "%")
    value = parser.expression()
    _check_rest(parser, unit)
    return value + 0.0  # subtle: adding 0 turns -0 into 0


def normalise(text):
    """Return the text in lower case, with plain spaces and signs, without a leading `=`."""
    text = text.translate(LOOKALIKES).strip(" ")
    return text[1:].strip(" ") if text[:1] in ("=", "≈", "~") else text


def is_plain(text):
    """Return whether a text is simply a decimal number, which needs no reading back."""
    return bool(PLAIN.fullmatch(normalise(text)))


def show(value):
    """Return a number with six significant digits, written alike in Python and JavaScript.

    >>> show(2.584962500721156), show(1e-7 / 3), show(float("inf"))
    ('2.58496', '3.33333e−8', '∞')
    """
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    digits = Context(prec=6, rounding=ROUND_HALF_UP).create_decimal(Decimal(value)).normalize()
    if digits == 0:
        return "0"
    exponent = digits.adjusted()
    if -5 <= exponent < 15:
        return f"{digits:f}".replace("-", "−")
    return f"{digits.scaleb(-exponent):f}e{exponent}".replace("-", "−")


def _check_rest(parser, unit):
    token = parser.next
    if token.kind == "end":
        return
    if token.kind != "name":
        raise Unreadable("syntax")
    word = parser.text[token.start :]
    if not UNIT.fullmatch(word):
        raise Unreadable("name", token.value)
    if not _same_unit(word, unit):
        raise Unreadable("unit", word, unit)


def _same_unit(word, unit):
    """Return whether a word names the unit, or its head: `bits` for `bits per symbol`."""
    word, unit = _unit_words(word), _unit_words(unit)
    return bool(unit) and (word == unit or word == unit[:1])


def _unit_words(unit):
    words = re.sub(r" *(?:/| per ) *", " / ", unit.lower()).split()
    return [re.sub(r"s$", "", word) for word in words]


def _tokens(text, percent_is_unit):
    position, tokens = 0, []
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        match = TOKEN.match(text, position)
        if not match:
            raise Unreadable("syntax")
        tokens.append(_token(match))
        position = match.end()
        if tokens[-1].kind == "number" and UNFINISHED_POWER.match(text, position):
            raise Unreadable("power")
        if tokens[-1].kind == "%" and percent_is_unit:
            raise Unreadable("syntax")
    return [*tokens, Token("end", None, len(text))]


def _token(match):
    kind, written, start = match.lastgroup, match[match.lastgroup], match.start()
    if kind == "number":
        return Token("number", _number(written), start)
    if kind == "raised":
        return Token("raised", float(written.translate(SUPERSCRIPTS)), start)
    if kind == "mark":
        return Token("^" if written == "**" else written, None, start)
    if kind != "name":
        base = int(written.translate(SUBSCRIPTS))
        return Token("function", _logarithm(base), start)
    if written == "log":
        raise Unreadable("base")
    if written in FUNCTIONS:
        return Token("function", FUNCTIONS[written], start)
    if written == "percent":
        return Token("%", None, start)
    return Token("constant" if written in CONSTANTS else "name", written, start)


def _number(written):
    mantissa, _, exponent = written.partition("e")
    dots, commas = mantissa.count("."), mantissa.count(",")
    if dots + commas <= 1:
        mantissa = mantissa.replace(",", ".")
    else:
        # Several separators group thousands; the rightmost may be a decimal sign of the other kind.
        if commas == 0 or (dots and mantissa.rfind(",") > mantissa.rfind(".")):
            mantissa = mantissa.translate(str.maketrans(".,", ",."))
        if not GROUPED.fullmatch(mantissa):
            raise Unreadable("separators")
        mantissa = mantissa.replace(",", "")
    value = float(f"{mantissa}e{exponent or 0}")
    return _finite(value)


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


FUNCTIONS = {
    "ln": lambda x: _log(math.log, x),
    "exp": _exp,
    "sqrt": _root,
    "√": _root,
}


class _Parser:
    """A recursive descent over the tokens; each method is one line of the grammar."""

    def __init__(self, text, *, percent_is_unit):
        self.text = text
        self.tokens = _tokens(text, percent_is_unit)
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
                if bare and self.next.kind != "function":
                    raise Unreadable("argument")
                divided = mark.kind == "/"
                right = self.factor()
                value = _quotient(value, right) if divided else _finite(value * right, value, right)
            elif self.next.kind in ("constant", "function", "("):
                if bare:
                    raise Unreadable("argument")
                if divided:
                    raise Unreadable("division")
                right = self.factor()
                value = _finite(value * right, value, right)
            else:
                return value

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
        if self.depth > DEEPEST:
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
        if token := self.take("number"):
            return token.value
        if token := self.take("constant"):
            return CONSTANTS[token.value]
        if self.take("("):
            return self.group()
        if token := self.take("function"):
            return token.value(self.argument())
        if token := self.take("name"):
            raise Unreadable("name", token.value)
        raise Unreadable("syntax")

    def group(self):
        value = self.expression()
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
