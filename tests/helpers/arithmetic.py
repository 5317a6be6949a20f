"""The arithmetic that formulas spell out: is the left side what the right side says?"""

import math
import re

from prose import formulas

SIGN = re.compile(r"=|\\approx(?![a-z])|≈")
LITERAL = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
KNOWN = {
    "log2": math.log2,
    "ln": math.log,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "pi": math.pi,
    "log10": math.log10,
}
# LaTeX and what Python calls it, innermost braces first.
SPELT = [
    (r"\\(?:left|right|big|Big|bigl|bigr|displaystyle)(?![a-z])|\\[,;:! ]|\{,\}(?=\d{3})", ""),
    (r"\\(?:tfrac|frac|dfrac)\s*(\d)\s*(\d)", r"((\1)/(\2))"),
    (r"\\(?:tfrac|frac|dfrac)\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\\sqrt\s*\{([^{}]*)\}", r"sqrt(\1)"),
    (r"(?<![a-z\\])e\^\{([^{}]*)\}", r"exp(\1)"),
    (r"\^\{([^{}]*)\}", r"**(\1)"),
    (r"\^(\d)", r"**\1"),
    (r"\\log_(?:2|\{2\})", " log2 "),
    (r"\\log_(?:10|\{10\})", " log10 "),
    (r"\\ln(?![a-z])", " ln "),
    (r"\\pi(?![a-z])", " pi "),
    (r"\\(?:cdot|times)(?![a-z])|·|×", "*"),
    (r"−", "-"),
]
CALL = re.compile(r"(log2|log10|ln)\s*(\d+(?:\.\d+)?)")
SPACED = re.compile(r"(log2|log10|ln|sqrt|exp)\s+\(")
NEXT = re.compile(r"(?<=[\d)])\s*(?=\(|[a-z])|(?<=\))\s*(?=\d)")


def python(latex):
    """Return a formula of numbers alone as Python, or None for any other.

    >>> python("2^{3} − 1"), python("H(X) + 1")
    ('2**(3) - 1', None)
    """
    before = None
    while before != latex:
        before = latex
        for pattern, plain in SPELT:
            latex = re.sub(pattern, plain, latex)
    text = SPACED.sub(r"\1(", CALL.sub(r"\1(\2)", latex))
    text = NEXT.sub("*", text.strip())
    text = re.sub(r"(log2|log10|ln|sqrt|exp)\*\(", r"\1(", text)
    left = re.sub(r"log2|log10|ln|sqrt|exp|pi", "", text)
    is_number = re.search(r"^[^+*/]*\d", text) and not re.search(r"[^\d.+\-*/() ]", left)
    return text if is_number else None


def value(text):
    """Return a value and how far it may be off, as decimals are rounded; None if it has none."""
    try:
        middle = _evaluate(text)
        slack = sum(abs(_evaluate(moved) - middle) for moved in _moved(text))
    except (SyntaxError, TypeError, ValueError, ArithmeticError):
        return None
    return middle, slack


def _evaluate(text):
    return float(eval(text, {"__builtins__": {}}, KNOWN))


def _moved(text):
    """Yield the text with one decimal half a unit of its last place larger."""
    for found in LITERAL.finditer(text):
        whole, point, places = found[0].partition(".")
        if point:
            larger = f"({found[0]}+{0.5 * 10 ** -len(places)!r})"
            yield text[: found.start()] + larger + text[found.end() :]


def equations(markdown):
    """Yield the neighbours (left, right) in chains of equalities that are numbers alone."""
    for latex, _ in formulas(markdown.replace("$ million", r" \cdot 10^6$")):
        sides = [python(side) for side in SIGN.split(latex)]
        yield from (pair for pair in zip(sides, sides[1:]) if None not in pair)


def wrong_equations(markdown):
    """Yield those whose sides differ by more than the rounding of what is written.

    >>> list(wrong_equations("$2.5 · 3 = 7.5$, $1/3 ≈ 0.33$, $0.20 + 0.50 = 0.72$"))
    ['0.20 + 0.50 = 0.72']
    """
    for left, right in equations(markdown):
        sides = value(left), value(right)
        if None not in sides:
            (a, slack), (b, more) = sides
            whole = 0.5 if re.fullmatch(r"\s*\d+\s*", right) and a != round(a) else 0
            if abs(a - b) > 1.0001 * (slack + more + whole) + 1e-9 * abs(a):
                yield f"{left.strip()} = {right.strip()}"
