"""What the search page looks through: the text of every section of every built page."""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from posixpath import dirname, join, normpath

_HEADINGS = {"h1", "h2", "h3", "h4"}
_SKIPPED = {
    "script", "style", "svg", "nav", "button", "select", "template", "legend", "output", "noscript",
}  # fmt: skip
_NO_TEXT = {"headerlink", "chapter-minutes"}  # classes of what is none either
_CONTROLS = {"hidden", "for", "data-alone"}  # attributes of what is no text of the page either
# Most of a page is pictures and data, and a parser that takes every tag takes long for them.
_UNREAD = re.compile(r"<(svg|script|style|template)\b.*?</\1>", re.DOTALL)
_VOID = {"input", "br", "img", "meta", "link", "hr", "wbr", "col", "source"}
_INLINE = {
    "a", "abbr", "b", "cite", "code", "em", "i", "kbd", "mark", "q", "small", "span", "strong",
    "sub", "sup", "math", "mrow", "mi", "mn", "mo", "mtext", "msub", "msup", "msubsup", "mfrac",
    "munder", "mover", "munderover", "msqrt", "mroot", "mspace", "mtable", "mtr", "mtd",
}  # fmt: skip
# What other pages call a section: the terms that a glossary explains and ends with "See" and a link,
# and the items of a list that are a link and nothing else.
_TERMS = re.compile(
    r'((?:<dt id="[^"]*">(?:(?!</dt>).)*</dt>\s*)+)<dd>(?:(?!</dd>).)*?'
    r'\bSee <a class="reference internal" href="([^"]+)">',
    re.DOTALL,
)
_ITEMS = re.compile(
    r'<li><p><a class="reference internal" href="([^"]+)">'
    r'<span class="std std-ref">((?:(?!</span>).)*)</span></a></p></li>'
)
_APPLIED = re.compile("\u2061(?=\\w)")  # between a function and what it is of
_TERM = re.compile(r'<dt id="[^"]*">((?:(?!<a class="headerlink"|</dt>).)*)', re.DOTALL)


@dataclass
class Section:
    """A part of a page that has an address of its own: a section, a term, a function."""

    address: str
    place: int  # how many tags are open around it
    listed: bool  # a term or a function
    heading: str = ""
    text: str = ""
    labels: list = field(default_factory=list)  # further addresses


class Sections(HTMLParser):
    """Collects the sections of the article.

    What a list explains under an address of its own, a term or a function, is a section as well;
    terms that share an explanation are one.
    """

    def __init__(self, html):
        super().__init__()
        self.sections = []
        self._open, self._stack = [], []
        self._parts = []  # of the open fractions: how many tags are open within, how many parts began
        self._skipped = 0  # how many of the open tags are
        self._titles = False  # whether the heading of a section is open; a further one is text
        self.feed(_UNREAD.sub(" ", article(html)))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in _VOID:
            return
        kind = attributes.get("class") or ""
        skipped = (
            tag in _SKIPPED
            or not _CONTROLS.isdisjoint(attributes)
            or attributes.get("aria-hidden") == "true"
            or kind in _NO_TEXT
        )
        if tag == "mspace" and "width" in attributes:
            self.handle_data(" ")
        elif self._parts and self._parts[-1][0] == len(self._stack):
            self._parts[-1][1] += 1
            if self._parts[-1][1] == 2:
                self.handle_data("/")
        self._stack.append((tag, skipped))
        self._skipped += skipped
        if tag == "mfrac":
            self._parts.append([len(self._stack), 0])
        inner = self._open[-1] if self._open else None
        address = "#" + attributes.get("id", "")
        if tag in _HEADINGS and inner:
            self._titles = not (inner.heading + inner.text).strip()
        elif tag == "section":
            self._begin(Section(address, len(self._stack) - 1, listed=False))
        elif tag == "dt" and address != "#" and inner:
            self._explain(inner, Section(address, len(self._stack) - 2, listed=True))
        elif tag == "span" and address != "#" and inner and not inner.heading:
            inner.labels.append(address)
        elif "sig-paren" in kind:  # what a function is called with is no part of its name
            self._titles = False
        self._space(tag)

    def handle_endtag(self, tag):
        while self._stack:
            closed, skipped = self._stack.pop()
            self._skipped -= skipped
            self._titles &= closed not in {*_HEADINGS, "dt"}
            if closed == tag:
                break
        while self._parts and self._parts[-1][0] > len(self._stack):
            self._parts.pop()
        self._close(len(self._stack))
        self._space(tag)

    def handle_data(self, data):
        if self._open and not self._skipped:
            if self._titles:
                self._open[-1].heading += data
            else:
                self._open[-1].text += data

    def _space(self, tag):
        if self._open and tag not in _INLINE:
            self._open[-1].text += " "

    def _begin(self, section):
        self.sections.append(section)
        self._open.append(section)

    def _explain(self, before, entry):
        self._titles = True
        if before.listed and before.place == entry.place and not before.text.strip():
            before.address, before.heading = entry.address, before.heading + ", "
        else:
            self._close(entry.place)
            self._begin(entry)

    def _close(self, place):
        while self._open and self._open[-1].place >= place:
            self._open.pop()


def article(html):
    """Return the part of a page that is searched: neither its head nor what frames it."""
    start, end = html.find("<article>"), html.rfind("</article>")
    return html[start:end] if 0 <= start < end else ""


def entries(address, html, called=None):
    """Return [address, page title, section title, text, names] for each section of a page.

    The last is left out where nobody calls a section anything, and None for a term or a function.

    Parameters
    ----------
    address : str
    html : str
    called : dict of str to list of str, optional
        What lists call a section, by its address.

    Examples
    --------
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

    A fraction is written in a line:

    >>> half = "<math><mi>log</mi><mo>\u2061</mo><mfrac><mrow><mn>1</mn></mrow><mn>2</mn></mfrac></math>"
    >>> entries("h.html", f"<article><section><h1>Half</h1><p>{half}</p></section></article>")
    [['h.html', 'Half', '', 'log 1/2']]

    Terms that share an explanation are one section:

    >>> terms = "<dl><dt id='bit'>bit</dt><dt id='sh'>shannon</dt><dd><p>A unit.</p></dd></dl>"
    >>> entries("t.html", section.replace("<p>", f"{terms}<p>").join(["<article>", "</article>"]))
    [['t.html', 'KL', '', 'Not a distance.'], ['t.html#sh', 'KL', 'bit, shannon', 'A unit.', None]]
    """
    called, found, page = called or {}, [], ""
    for i, section in enumerate(Sections(html).sections):
        heading, text = (
            " ".join(_APPLIED.sub(" ", part).split()) for part in (section.heading, section.text)
        )
        page = page or heading
        places = [section.address, *section.labels, *([] if i else [""])]
        known = dict.fromkeys(name for at in places for name in called.get(address + at, []))
        names = [None] if section.listed else ["; ".join(known)] if known else []
        own = [address + section.address, page, heading] if i else [address, page, ""]
        found.append([*own, text, *names])
    return found


def names(pages):
    """Return what lists call a section, {address: [names]}: terms, and items that are but a link.

    >>> term = '<dt id="kl">relative entropy</dt><dd>A price. See <a class="reference internal" href="kl.html#price">'
    >>> names({"a/terms.html": term})
    {'a/kl.html#price': ['relative entropy']}
    """
    found = {}
    for page, html in pages.items():
        said = [(to, term) for terms, to in _TERMS.findall(html) for term in _TERM.findall(terms)]
        for to, name in said + _ITEMS.findall(html):
            address = normpath(join(dirname(page), to))
            found.setdefault(address, []).append(unescape(re.sub("<[^>]*>", "", name)))
    return found


def opening(html):
    """Return a page up to its first paragraph.

    >>> opening("<nav></nav><article><h1>All</h1><p>Some.</p><p>More.</p></article>")
    '<article><h1>All</h1><p>Some.</article>'
    """
    return article(html).partition("</p>")[0] + "</article>"


def data_script(pages, same, repeating=()):
    """Return the script that the search page loads.

    Parameters
    ----------
    pages : dict of str to str
        The HTML of each page by its address.
    same : list of list of str
        Groups of words and phrases that readers use for one thing.
    repeating : set of str
        The pages that say again what others say: only their openings are found.
    """
    called = names(pages)
    read = {page: opening(html) if page in repeating else html for page, html in pages.items()}
    found = [entry for page in sorted(read) for entry in entries(page, read[page], called)]
    data = {"sections": found, "same": same}
    return f"const searchData = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"
