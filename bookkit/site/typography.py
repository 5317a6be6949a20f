"""Where a line of text may end, and where not: before punctuation after a formula, a %, within n = 4."""

import re

from docutils import nodes

# A formula in a line of text, with the bracket before it and the punctuation after it.
_FORMULA = re.compile(
    r'\(?<math(?![^>]*display="block")[^>]*>(?:(?!</math>).)*</math>[.,;:!?)’”]+', re.DOTALL
)
_OPENING, _CLOSING = re.compile(r"\($"), re.compile(r"^[.,;:!?)’”]+")
_NO_END = re.compile(  # 5 %, odds of 4 : 1, 2 × 3, n = 400, and before the dot between two links
    r"(?<=\d) (?=%|[:×] \d)|(?<=\d [:×]) (?=\d)|(?<=\b\w) (?== [−.\d])|(?<=\b\w =) (?=[−.\d])"
    r"| (?=·\s)"
)
# Tags, and code with all that is in it: their spaces stay.
_NO_TEXT = re.compile(
    "("
    + "|".join(rf"<{name}\b.*?</{name}>" for name in ("pre", "code", "textarea", "script"))
    + "|<[^>]*>)",
    re.DOTALL,
)


def setup(app):
    app.connect("doctree-resolved", keep_together, priority=900)  # when demos are in their places


def keep_together(app, doctree, docname):
    """Bind what belongs together, in the text and in the HTML of demos, figures and exercises."""
    if app.builder.format != "html":
        return
    for formula in doctree.findall(nodes.math):
        take_punctuation(formula)
    for cell in doctree.findall(nodes.entry):
        for name in cell.findall(nodes.literal):
            let_break(name)
    for text in list(doctree.findall(nodes.Text)):
        if isinstance(text.parent, nodes.raw):
            replace(text, kept_together(text.astext()))
        elif not isinstance(text.parent, (nodes.FixedTextElement, nodes.literal, nodes.math)):
            replace(text, _NO_END.sub("\u00a0", text.astext()))


def take_punctuation(formula):
    """Give a formula the punctuation around it, for the renderer to write with it.

    >>> formula, after = nodes.math("", "p"), nodes.Text(", then")
    >>> sentence = nodes.paragraph("", "", formula, after)
    >>> take_punctuation(formula)
    >>> formula["after"], sentence[1].astext()
    (',', ' then')
    """
    place, parent = formula.parent.index(formula), formula.parent
    after = parent[place + 1] if place + 1 < len(parent) else None
    if isinstance(after, nodes.Text) and (found := _CLOSING.match(after)):
        formula["after"] = found[0]
        replace(after, after[found.end() :])
        before = parent[place - 1] if place else None
        if isinstance(before, nodes.Text) and _OPENING.search(before):
            formula["before"] = "("
            replace(before, before[:-1])


def let_break(name):
    """Let a name in a table be broken before its dots, or it makes its column as wide as it is.

    >>> name = nodes.literal("", "bounds.infonce")
    >>> let_break(name)
    >>> [part.astext() for part in name]
    ['bounds', '<wbr>', '.infonce']
    """
    first, *others = re.split(r"(?=\.[a-z])", name.astext())
    breaks = [
        part
        for text in others
        for part in (nodes.raw("", "<wbr>", format="html"), nodes.Text(text))
    ]
    name.children = []
    name.extend([nodes.Text(first), *breaks])


def replace(text, words):
    """Put other words in the place of a text.

    >>> sentence = nodes.paragraph("", "", nodes.Text("."), nodes.math("", "p"), nodes.Text("."))
    >>> replace(sentence[2], "!")
    >>> sentence.astext()
    '.p!'
    """
    if words != text.astext():
        # subtle: texts are strings, and `index` would find the first that says the same.
        place = next(i for i, node in enumerate(text.parent) if node is text)
        text.parent[place] = nodes.Text(words)


def kept_together(html):
    """Return HTML in which no line of text begins with punctuation, a % or half of the odds.

    What a tag says of itself stays as it is, since a script may look for it.

    >>> kept_together("at 12 : 1 : 4")
    'at 12\\xa0:\\xa01\\xa0:\\xa04'
    >>> kept_together("2 × 2 table, n = 400, <code>n = 4</code>")
    '2\\xa0×\\xa02 table, n\\xa0=\\xa0400, <code>n = 4</code>'
    >>> kept_together('<option value="w = 1">w = 1</option>')
    '<option value="w = 1">w\\xa0=\\xa01</option>'
    >>> kept_together("<a>one</a> · <a>two</a>")
    '<a>one</a>\\xa0· <a>two</a>'
    >>> kept_together("<p>5 % of <math><mi>x</mi></math>, then.</p><pre>5 %</pre>")
    '<p>5\\xa0% of <span class="formula"><math><mi>x</mi></math>,</span> then.</p><pre>5 %</pre>'
    """
    html = _FORMULA.sub(r'<span class="formula">\g<0></span>', html)
    return "".join(
        part if _NO_TEXT.match(part) else _NO_END.sub("\u00a0", part)
        for part in _NO_TEXT.split(html)
    )
