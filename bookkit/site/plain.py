"""Markdown that every notebook shows, of MyST, which few do: the same words, and nothing raw.

The parser of the chapters finds what is MyST; all else stays as it was written.
"""

import re
from itertools import accumulate

_BOXES = {
    "admonition", "attention", "caution", "danger", "error", "hint", "important", "note",
    "seealso", "tip", "warning",
}  # fmt: skip
_ON_THE_PAGE = {"listing": "*On the page of the book, a picture or a table stands here.*\n"}
_UNSEEN = {"myst_target", "myst_line_comment", "myst_block_break"}
# What has no plain form yet; a chapter that uses it says which it should be.
_WITHOUT_FORM = {"dl_open", "footnote_block_open", "substitution_block", "substitution_inline"}
_FENCES = {"fence", "colon_fence"}
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
_NUMBER = re.compile(r"\(([\d.]+)\)")
_OPTIONS = re.compile(r"(?::[\w-]+:.*\n|\n)*")


def plain(source, parser, answer):
    """Return the text of a Markdown cell without MyST.

    Parameters
    ----------
    source : str
    parser : MarkdownIt
        The parser of the chapters.
    answer : function of a str
        Gives plain Markdown for a role, a link within the book, or the number of an equation, all
        three asked as MyST.

    Raises
    ------
    ValueError
        If something in the cell has no plain form.
    """
    edits = sorted(_edits(source, parser, answer), key=lambda edit: edit[0], reverse=True)
    for start, end, text in edits:
        source = source[:start] + text + source[end:]
    return re.sub(r"\n{3,}", "\n\n", source).strip()


def _edits(source, parser, answer):
    """Yield (start, end, new text), none of which overlap."""
    starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]
    cursor = 0
    for token in parser.parse(source):
        if token.type in _WITHOUT_FORM:
            raise ValueError(
                f"no plain form for {token.type}: {source[starts[token.map[0]] :][:60]!r}"
            )
        if token.type == "inline":
            cursor = max(cursor, starts[token.map[0]])
            for edit in _inline(source, cursor, token.children, answer):
                cursor = max(cursor, edit[1])
                yield edit
        elif (text := _block(token, parser, answer)) is not None:
            start, end = (starts[line] for line in token.map)
            yield start, end, _indented(text, source[start:end])
            cursor = end


def _block(token, parser, answer):
    """Return what stands for a block, or None where it stays."""
    if token.type in _UNSEEN:
        return ""
    if token.type == "math_block_label":
        number = _NUMBER.search(answer(f"{{eq}}`{token.info}`"))
        tag = f" \\tag{{{number[1]}}}" if number else ""
        return f"$$\n{token.content.strip()}{tag}\n$$\n"
    found = _DIRECTIVE.match(token.info) if token.type in _FENCES else None
    if not found:
        return None
    name, title = found.groups()
    if name in _ON_THE_PAGE:
        return _ON_THE_PAGE[name]
    if name not in _BOXES:
        raise ValueError(f"no plain form for the directive {name}: {title}")
    body = plain(_OPTIONS.sub("", token.content, count=1), parser, answer)
    # JupyterLab takes the sign of a quotation into a formula of several lines.
    body = re.sub(
        r"\$\$.*?\$\$", lambda formula: " ".join(formula[0].split()), body, flags=re.DOTALL
    )
    title = plain(title or name.capitalize(), parser, answer)
    lines = f"**{title}**\n\n{body}".splitlines()
    return "".join(f"> {line}".rstrip() + "\n" for line in lines) + "\n"


def _indented(text, block):
    """Return a block at the depth of the one that it replaces, in a list or a quotation."""
    outer = re.match(r"[ >]*", block)[0]
    return "".join((outer + line).rstrip() + "\n" for line in text.splitlines())


def _inline(source, cursor, tokens, answer):
    """Yield the edits of a run of text, which begins at the cursor or after it."""
    opened = []
    for token in tokens:
        if token.type == "myst_role":
            raw = f"{{{token.meta['name']}}}`{token.content}`"
            start, cursor = _place(source, cursor, re.escape(raw).replace(r"\ ", r"[\s>]+"))
            yield start, cursor, answer(raw)
        elif token.type == "code_inline":
            _, cursor = _place(source, cursor, f"{token.markup}.*?{token.markup}")
        elif token.type == "math_inline":
            _, cursor = _place(source, cursor, re.escape(f"${token.content}$"))
        elif token.type == "link_open" and token.info != "auto":
            start, cursor = _place(source, cursor, r"\[")
            opened.append((start, token.attrs["href"]))
        elif token.type == "link_close" and token.info != "auto":
            start, href = opened.pop()
            end, cursor = _place(source, cursor, r"\]\([^)]*\)")
            if not re.match(r"\w+://|mailto:", href):
                before, after = answer(f"[·]({href})").split("·")
                yield start, start + 1, before
                yield end, cursor, after


def _place(source, cursor, pattern):
    """Return where a pattern begins and ends, from the cursor on."""
    found = re.compile(pattern, re.DOTALL).search(source, cursor)
    if not found:
        raise ValueError(f"cannot find {pattern!r} in {source[cursor:][:80]!r}")
    return found.span()
