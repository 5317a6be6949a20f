r"""LaTeX to MathML by the converter that is there.

The first choice is math-core: strict, and it writes MathML Core. It is young and compiled, so
where it is missing, has no wheel or has changed its functions, latex2mathml stands in. That one is
plain Python and old, and is made as strict here as it can be; what it writes is brought to
MathML Core, so that a formula has the same signs in the same order, if not always the same spaces.
"""

import functools
import re
import unicodedata
from html import unescape

# What latex2mathml does not know, by what it does.
_SAME = (
    (re.compile(r"\{aligned\}"), "{align*}"),
    (re.compile(r"\\operatorname\*"), r"\\operatorname"),
    (re.compile(r"\\operatorname\{(\w+)\\,(\w+)\}"), r"\\operatorname{\1}\\,\\operatorname{\2}"),
    (re.compile(r"\\arg(?![A-Za-z])"), r"\\operatorname{arg}"),
    (re.compile(r"\\sim(?![A-Za-z])"), r"\\thicksim"),
)
_SPACES = {
    "negativethinmathspace": "-0.16666667em",
    "thinmathspace": "0.16666667em",
    "mediummathspace": "0.22222222em",
    "thickmathspace": "0.27777778em",
}


def convert(latex, display):
    r"""Return a formula as MathML.

    Raises
    ------
    ValueError
        If the formula cannot be set; the message says why.

    Examples
    --------
    >>> convert(r"\sqrt{x}", display=False)
    '<math><msqrt><mi>x</mi></msqrt></math>'
    """
    function, _ = chosen()
    # A minus and the bar of the fraction after it would be one long bar.
    return function(latex, display).replace(
        'rspace="0">−</mo><mfrac>', 'rspace="0.1em">−</mo><mfrac>'
    )


def shortcoming():
    """Return why formulas are not set by the first choice, in words; None if they are."""
    return chosen()[1]


@functools.cache
def chosen():
    """Return the converter, and what is wrong with the first choice, if anything is."""
    try:
        function = first_choice()
        if (said := function("x", False)) != "<math><mi>x</mi></math>":
            raise TypeError(f"it says {said} for x")
    except Exception as problem:  # missing, broken, or with other functions than it had
        return stand_in, (
            f"math-core cannot be used ({problem}), so latex2mathml sets the formulas: their "
            'spaces may differ. `pip install "math-core>=0.7,<0.10"` mends it'
        )
    return function, None


def first_choice():
    """Return the conversion by math-core."""
    from math_core import LatexError, LatexToMathML

    converter = LatexToMathML(fancy_error=False)

    def function(latex, display):
        try:
            return converter.convert_with_local_state(latex, displaystyle=display)
        except LatexError as error:
            raise ValueError(re.sub(r"^\d+: ", "", str(error))) from None

    return function


def stand_in(latex, display):
    r"""Return the conversion by latex2mathml; what that would print as it stands is refused.

    >>> stand_in(r"\entropy(X)", display=False)
    Traceback (most recent call last):
    ValueError: Unknown command "\entropy".
    """
    try:
        from latex2mathml import converter
    except ImportError:
        raise ImportError(
            "formulas need math-core or latex2mathml; `pip install latex2mathml` brings the latter"
        ) from None
    for pattern, known in _SAME:
        latex = pattern.sub(known, latex)
    if latex.replace(r"\{", "").count("{") != latex.replace(r"\}", "").count("}"):
        raise ValueError("a brace is opened or closed that has no partner.")
    try:
        mathml = converter.convert(latex, display="block" if display else "inline")
    except Exception as error:  # it has no error of its own for all of them
        raise ValueError(f"{type(error).__name__} {error}".strip() + ".") from None
    if "<mi>&</mi>" in mathml:
        raise ValueError("an & stands outside of a table.")
    if unknown := re.search(r">(\\[A-Za-z]+)<", mathml):
        raise ValueError(f'Unknown command "{unknown[1]}".')
    return to_core(mathml)


def to_core(mathml):
    """Return MathML in which nothing stands that MathML Core does not know.

    >>> to_core('<math display="inline"><mi mathvariant="bold">x</mi><mo>&#x0003D;</mo></math>')
    '<math><mi>𝐱</mi><mo>=</mo></math>'
    """
    mathml = re.sub(r"&#x([0-9A-Fa-f]+);", _character, mathml)
    mathml = re.sub(r'<(m\w) mathvariant="([a-z-]+)">([^<])</\1>', _styled, mathml)
    mathml = re.sub(r'(?<=width=")\w+mathspace', lambda name: _SPACES[name[0]], mathml)
    mathml = re.sub(r'width="(-0\.16666667em)"', r'style="margin-left:\1"', mathml)
    # The name of a function keeps its distance, as an operator does.
    mathml = re.sub(
        r"<mi>([a-z]{2,})</mi>", r'<mo lspace="0.1667em" rspace="0.1667em">\1</mo>', mathml
    )
    # The sides of an equation meet; other columns keep their distance.
    mathml = mathml.replace(' columnalign="right"', ' style="text-align:right;padding-right:0"')
    mathml = mathml.replace(
        ' columnalign="left"><mi />', ' style="text-align:left;padding-left:0"><mi></mi>'
    )
    mathml = mathml.replace(' columnalign="left"', ' style="text-align:left"')
    mathml = re.sub(
        r' (?:xmlns|fence|separator|linebreak|columnspacing|rowspacing)="[^"]*"', "", mathml
    )
    return re.sub(r' display="inline"|(?<=<mspace) (?=/>)', "", mathml)


def _character(match):
    character = unescape(match[0])
    return match[0] if character in "<>&" else character


def _styled(match):
    """Write a letter as the character that Unicode has for it in this style."""
    element, style, letter = match.groups()
    name = unicodedata.name(letter, "").replace("LATIN ", "").replace("GREEK ", "")
    name = name.replace("LETTER ", "")
    style = style.upper().replace("D-I", "D I")
    for words in (f"MATHEMATICAL {style} {name}", f"{style} {name}"):  # ℝ has no MATHEMATICAL
        try:
            return f"<{element}>{unicodedata.lookup(words)}</{element}>"
        except KeyError:
            pass
    return match[0] if style == "NORMAL" else f"<{element}>{letter}</{element}>"
