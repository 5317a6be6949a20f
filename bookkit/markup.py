"""Markdown and LaTeX to HTML with MathML, which a page shows without any script."""

from __future__ import annotations

import functools
import re
from html import escape

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from bookkit import mathml
from bookkit.line_breaks import break_up

# The converter aligns with style attributes, which the site's security policy forbids.
# Each declaration it may write is given a class, and `stylesheet` gives the class its meaning.
CLASSES = {
    "text-align:left": "math-left",
    "justify-items:start": "math-left",
    "text-align:right": "math-right",
    "justify-items:end": "math-right",
    "padding-left:0": "math-tight-left",
    "padding-right:0": "math-tight-right",
    "padding-left:1em": "math-gap-left",
    "padding-right:0.1667em": "math-thin-right",
    "margin-left:-0.16666667em": "math-negative-thin",
    "border-right:0.05em solid currentcolor": "math-rule-right",
    "border-top:0.05em solid currentcolor": "math-rule-top",
}

# What MathML Core knows; any other element would be drawn as a plain row, silently.
ELEMENTS = set(
    "math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom msub msup "
    "msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd b i".split()
)


def math_html(latex, *, display=False):
    r"""Return a formula as MathML: one element, or several where a long one may end a line.

    A formula that cannot be set is an error that names it, never a red word on a page.

    Parameters
    ----------
    latex : str
        The formula without its dollar signs.
    display : bool, default False
        Whether the formula stands on a line of its own.

    Raises
    ------
    ValueError
        If a command is unknown, an argument is missing or MathML Core cannot express it.

    Examples
    --------
    >>> math_html(r"\frac{p}{q}")
    '<math><mfrac><mi>p</mi><mi>q</mi></mfrac></math>'
    >>> math_html(r"\entropy(X)")
    Traceback (most recent call last):
    ValueError: cannot set the formula '\\entropy(X)': Unknown command "\entropy".
    """
    latex = latex.strip()
    try:
        return _math_html(latex, display)
    except ValueError as error:
        raise ValueError(f"cannot set the formula {latex!r}: {error}") from None


def to_html(markdown, *, inline=False):
    """Return Markdown with `$formulas$` as HTML.

    HTML in the source is shown as text: nothing but Markdown becomes markup.

    Parameters
    ----------
    markdown : str
    inline : bool, default False
        True gives no paragraph around the text, for labels, titles and buttons.

    Examples
    --------
    >>> to_html("$x$ or 8", inline=True)
    '<math><mi>x</mi></math> or 8'
    >>> to_html("*half* of $x$", inline=True)
    '<em>half</em> of <math><mi>x</mi></math>'
    """
    parser = _parser()
    # subtle: a formula at the start is taken for text if the last character is a digit.
    return parser.renderInline(f"{markdown}\n").rstrip() if inline else parser.render(markdown)


def stylesheet():
    """Return the CSS for the classes that `math_html` writes."""
    return "".join(f".{name}{{{declaration}}}\n" for declaration, name in CLASSES.items())


@functools.cache
def _parser():
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True})
    parser.enable(["table", "strikethrough", "smartquotes"])
    parser.use(dollarmath_plugin, allow_labels=False, allow_digits=False, double_inline=True)
    parser.add_render_rule("math_inline", _inline_formula)
    parser.add_render_rule("math_inline_double", _displayed_formula)
    parser.add_render_rule("math_block", _displayed_formula)
    return parser


def _inline_formula(renderer, tokens, index, options, env):
    return math_html(tokens[index].content)


def _displayed_formula(renderer, tokens, index, options, env):
    return f'<span class="equation">{math_html(tokens[index].content, display=True)}</span>\n'


@functools.lru_cache(maxsize=4096)
def _math_html(latex, display):
    if not latex:
        raise ValueError("it is empty.")
    _refuse_what_would_be_dropped(latex)
    html = mathml.convert(latex, display)
    _refuse_beyond_core(html)
    html = html.replace("&ApplyFunction;", "\u2061")
    # The combining low line stretches too far, to the left; the overline keeps to its base.
    html = html.replace("\u0332", "\u203e")
    html = re.sub(r' style="([^"]*)"', _class_attribute, html)
    return html if display else break_up(html)


def _refuse_what_would_be_dropped(latex):
    outside = re.sub(r"\\begin\{(\w+\*?)\}.*\\end\{\1\}", "", latex, flags=re.DOTALL)
    if r"\\" in outside:
        raise ValueError(r"\\ breaks a line only inside an environment such as aligned.")
    if numbered := re.search(r"\\begin\{(align|equation|gather|multline)\}", latex):
        raise ValueError(f"{numbered[1]} numbers itself; use $$ ... $$ (label) and aligned.")


def _refuse_beyond_core(html):
    for name in re.findall(r"<(\w+)", html):
        if name not in ELEMENTS:
            raise ValueError(f"it needs <{name}>, which MathML Core does not have.")


def _class_attribute(match):
    names = []
    for declaration in filter(None, match[1].split(";")):
        declaration = re.sub(r"\s*:\s*", ":", declaration.strip())
        if declaration not in CLASSES:
            raise ValueError(f"it needs the inline style {declaration!r}, which pages forbid.")
        names.append(CLASSES[declaration])
    return f' class="{escape(" ".join(dict.fromkeys(names)))}"'


def permalink(ident, kind):
    """Return the link to a figure or a demo that its caption ends with.

    >>> permalink("fig-a", "figure")
    ' <a class="headerlink" href="#fig-a" aria-label="Link to this figure">#</a>'
    """
    return f' <a class="headerlink" href="#{ident}" aria-label="Link to this {kind}">#</a>'
