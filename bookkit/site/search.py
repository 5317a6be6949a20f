"""What the search page looks through: the text of every section of every built page."""

import json
import re
from html.parser import HTMLParser

_HEADINGS = {"h1", "h2", "h3", "h4"}
_SKIPPED = {
    "script", "style", "svg", "nav", "button", "select", "template", "legend", "output", "noscript",
}  # fmt: skip
_CONTROLS = {"hidden", "for", "data-alone"}  # attributes of what is no text of the page either
# Most of a page is pictures and data, and a parser that takes every tag takes long for them.
_UNREAD = re.compile(r"<(svg|script|style|template)\b.*?</\1>", re.DOTALL)
_VOID = {"input", "br", "img", "meta", "link", "hr", "wbr", "col", "source"}
_INLINE = {
    "a", "abbr", "b", "cite", "code", "em", "i", "kbd", "mark", "q", "small", "span", "strong",
    "sub", "sup", "math", "mrow", "mi", "mn", "mo", "mtext", "msub", "msup", "msubsup", "mfrac",
    "munder", "mover", "munderover", "msqrt", "mroot", "mspace", "mtable", "mtr", "mtd",
}  # fmt: skip


class Sections(HTMLParser):
    """Collects [address within the page, heading, text] for each section of the article."""

    def __init__(self, html):
        super().__init__()
        self.sections = []
        self._open, self._stack = [], []
        self._skipped = 0  # how many of the open tags are
        self._titles = False  # whether the heading of a section is open; a further one is text
        self.feed(_UNREAD.sub(" ", article(html)))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in _VOID:
            return
        skipped = (
            tag in _SKIPPED
            or not _CONTROLS.isdisjoint(attributes)
            or attributes.get("aria-hidden") == "true"
            or "headerlink" in (attributes.get("class") or "")
        )
        self._stack.append((tag, skipped))
        self._skipped += skipped
        if tag in _HEADINGS and self._open:
            self._titles = not any(part.strip() for part in self._open[-1][1:])
        if tag == "section":
            section = ["#" + attributes.get("id", ""), "", ""]
            self.sections.append(section)
            self._open.append(section)
        self._space(tag)

    def handle_endtag(self, tag):
        while self._stack:
            closed, skipped = self._stack.pop()
            self._skipped -= skipped
            self._titles &= closed not in _HEADINGS
            if closed == tag:
                break
        if tag == "section":
            self._open.pop()
        self._space(tag)

    def handle_data(self, data):
        if self._open and not self._skipped:
            self._open[-1][1 if self._titles else 2] += data

    def _space(self, tag):
        if self._open and tag not in _INLINE:
            self._open[-1][2] += " "


def article(html):
    """Return the part of a page that is searched: neither its head nor what frames it."""
    start, end = html.find("<article>"), html.rfind("</article>")
    return html[start:end] if 0 <= start < end else ""


def entries(address, html):
    """Return [address, page title, section title, text] for each section of a page.

    >>> section = "<section id='kl'><h1>KL</h1><p>Not a <b>dist</b>ance.</p></section>"
    >>> entries("kl.html", f"<article>{section}</article>")
    [['kl.html', 'KL', '', 'Not a distance.']]

    What is read on every page beside a field, a button or a slider is no text of this one:

    >>> field = "<label for='kl-answer'>Your answer</label><input id='kl-answer'>"
    >>> entries("kl.html", section.replace("<p>", f"{field}<p>").join(["<article>", "</article>"]))
    [['kl.html', 'KL', '', 'Not a distance.']]

    A further heading, of no section of its own, is text:

    >>> entries("r.html", "<article><section><h1>Review</h1><h3>Due</h3><p>None.</p></section></article>")
    [['r.html', 'Review', '', 'Due None.']]
    """
    sections = [[at, *(" ".join(s.split()) for s in rest)] for at, *rest in Sections(html).sections]
    title = sections[0][1] if sections else ""
    return [
        [address + (place if i else ""), title, heading if i else "", text]
        for i, (place, heading, text) in enumerate(sections)
    ]


def data_script(pages, same):
    """Return the script that the search page loads.

    Parameters
    ----------
    pages : dict of str to str
        The HTML of each page by its address.
    same : list of list of str
        Groups of words and phrases that readers use for one thing.
    """
    found = [entry for address, html in sorted(pages.items()) for entry in entries(address, html)]
    data = {"sections": found, "same": same}
    return f"const searchData = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
