"""The directive `listing`: tables and pictures made from what the chapters say of themselves."""

import re
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import ascii_uppercase

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.application import Sphinx

from bookkit.markup import math_html, to_html
from bookkit.site import dependencies, outline
from bookkit.site.doctrees import as_read

_FORMULAS = "chapters/formulas.toml"
DECK, TABLE = "downloads/cards.apkg", "downloads/cards.csv"
KINDS = {}


class listing(nodes.General, nodes.Element):  # named as docutils names its nodes
    """The place of a listing, until all pages have been read."""


class Listing(Directive):
    """Stands for a listing of one of the `KINDS`."""

    required_arguments = 1

    def run(self):
        kind = directives.choice(self.arguments[0], sorted(KINDS))
        return [listing("", kind=kind)]


@dataclass
class Book:
    """All chapters, seen from one page."""

    app: Sphinx
    page: str

    @property
    def chapters(self):
        return self.app.bookkit_chapters

    def address(self, page):
        """Return the address of a page."""
        return self.app.builder.get_relative_uri(self.page, page)

    def place(self, label):
        """Return the address and the title of a section."""
        page, ident, title = self.app.env.domains["std"].labels[label]
        return f"{self.address(page)}#{ident}", title


def setup(app):
    app.add_node(listing)
    app.add_directive("listing", Listing)
    app.connect("env-updated", pages_with_listings)
    app.connect("doctree-resolved", fill)


def pages_with_listings(app, env):
    """Return the pages to write again: what they list may have changed on another one."""
    app.bookkit_chapters = None  # until chapters have their numbers
    return [page for page in env.found_docs if any(as_read(env, page).findall(listing))]


def fill(app, doctree, docname):
    """Put each listing in its place, and the minutes of a chapter under its title."""
    if app.bookkit_chapters is None:
        app.bookkit_chapters = outline.chapters(app.env)
    book = Book(app, docname)
    for node in list(doctree.findall(listing)):
        made = KINDS[node["kind"]](book)
        node.replace_self(made if isinstance(made, list) else [nodes.raw("", made, format="html")])
    for chapter in book.chapters:
        if chapter.page == docname:
            top = next(iter(doctree.findall(nodes.section)))
            top.insert(1, nodes.raw("", minutes(chapter), format="html"))


def formulas(app):
    """Return the key formulas: what, formula, what to remember, label of the section."""
    path = Path(app.srcdir, _FORMULAS)
    return tomllib.loads(path.read_text("utf-8"))["formulas"] if path.exists() else []


def minutes(chapter):
    """Return the line that says how long a chapter takes."""
    practice = f", {chapter.practice} minutes of exercises" if chapter.practice else ""
    return f'<p class="chapter-minutes">About {chapter.reading} minutes to read{practice}</p>\n'


def _listed(function):
    KINDS[function.__name__.removeprefix("list_")] = function
    return function


@_listed
def list_exercises(book):
    """Return all exercises in a table that can be narrowed down."""
    chapters = [chapter for chapter in book.chapters if chapter.exercises]
    rows = "".join(
        f'<tr data-chapter="{chapter.number}" data-sort="{exercise.kind}" data-stars="{exercise.stars}">'
        f'<td><a href="{book.address(chapter.page)}#ex-{exercise.name}">{exercise.label}</a></td>'
        f"<td>{exercise.title or _opening(exercise.question)}</td>"
        f"<td>{_skill(chapter, exercise)}</td><td>{exercise.kind}</td>"
        f'<td><span role="img" aria-label="{exercise.stars} of 3">{"★" * exercise.stars}</span></td>'
        f"<td>{exercise.minutes}</td></tr>\n"
        for chapter in chapters
        for exercise in chapter.exercises
    )
    kinds = sorted({exercise.kind for chapter in chapters for exercise in chapter.exercises})
    fields = (
        _select("chapter", "Chapter", [chapter.number for chapter in chapters])
        + _select("sort", "Kind", kinds)
        + _select("stars", "Stars", "123")
    )
    return (
        _elsewhere(book)
        + f'<form class="filter" hidden>{fields}<output role="status"></output></form>\n'
        '<div class="table-box" tabindex="0"><table class="exercise-index"><thead><tr><th>Number</th>'
        "<th>It begins</th><th>Skill</th><th>Kind</th><th>Stars</th><th>Minutes</th></tr></thead>\n"
        f"<tbody>\n{rows}</tbody></table></div>\n"
    )


def _elsewhere(book):
    """Say how many exercises stand on pages without a number, and where."""
    numbered = {chapter.page for chapter in book.chapters}
    env = book.app.env
    counts = {page: len(outline.on_page(env, page)) for page in sorted(env.found_docs - numbered)}
    places = [
        f'<a href="{book.address(page)}">{escape(env.titles[page].astext())}</a> ({count})'
        for page, count in counts.items()
        if count
    ]
    if not places:
        return ""
    return (
        f'<p class="exercises-elsewhere">Pages without a number have {sum(counts.values())} more, '
        f"which count as well and come back for review: {', '.join(places)}.</p>\n"
    )


@_listed
def list_minutes(book):
    """Return how long each chapter takes, and in folds each section."""
    rows = "".join(
        f"<tr><td>{chapter.number}</td>"
        f'<td><a href="{book.address(chapter.page)}">{escape(chapter.title)}</a></td>'
        f"<td>{chapter.reading}</td><td>{chapter.practice}</td></tr>\n"
        for chapter in book.chapters
    )
    reading = sum(chapter.reading for chapter in book.chapters)
    practice = sum(chapter.practice for chapter in book.chapters)
    return (
        '<div class="table-box" tabindex="0"><table class="minutes"><thead><tr><th>Chapter</th>'
        "<th>Title</th><th>Reading, min</th><th>Exercises, min</th></tr></thead>\n"
        f"<tbody>\n{rows}<tr><td></td><td>All chapters</td><td>{reading}</td><td>{practice}</td></tr>"
        "</tbody></table></div>\n"
        + "".join(_sections(chapter, book.address(chapter.page)) for chapter in book.chapters)
    )


@_listed
def list_dependencies(book):
    """Return the picture of what each chapter needs, and the same in words."""
    return dependencies.picture(book.chapters, book.address) + dependencies.in_words(
        book.chapters, book.address
    )


@_listed
def list_sheets(book):
    """Return the links to the worksheet and the answers of each chapter."""
    items = "".join(
        f"<li>{chapter.number} {escape(chapter.title)} ({sheets(book.address(chapter.page))})</li>\n"
        for chapter in book.chapters
        if chapter.exercises
    )
    return f'<ul class="sheets">{items}</ul>\n'


@_listed
def list_formulas(book):
    """Return the key formulas, each with what to remember and its section."""
    rows = []
    for what, latex, remember, label in formulas(book.app):
        address, title = book.place(label)
        rows.append(
            f'<tr><td><a href="{address}" title="{escape(title)}">{to_html(what, inline=True)}</a></td>'
            f"<td>{math_html(latex, display=True)}</td><td>{to_html(remember, inline=True)}</td></tr>\n"
        )
    return (
        '<div class="table-box" tabindex="0"><table class="key-formulas"><thead><tr><th>Quantity</th>'
        f"<th>Formula</th><th>To remember</th></tr></thead>\n<tbody>\n{''.join(rows)}</tbody></table></div>\n"
    )


@_listed
def list_cards(book):
    """Return the links to the cards that can be taken along."""
    up = "../" * book.page.count("/")
    return (
        f'<ul><li><a download href="{up}{DECK}">A deck for Anki</a></li>\n'
        f'<li><a download href="{up}{TABLE}">The same cards as a table (CSV)</a></li></ul>\n'
    )


@_listed
def list_letters(book):
    """Return a link to the first term of the page's glossary by each letter of the alphabet.

    Terms that share an explanation stand where the first of them does.
    """
    first = {}
    for term in as_read(book.app.env, book.page).findall(nodes.term):
        letter = term.astext()[0].upper()
        if letter in ascii_uppercase:
            first.setdefault(letter, term["ids"][0])
    links = (f'<a href="#{ident}">{letter}</a>' for letter, ident in sorted(first.items()))
    return f"<p>{'&emsp; '.join(links)}</p>\n"


@_listed
def list_summaries(book):
    """Return the summaries of all chapters, one after the other."""
    made = []
    for chapter in book.chapters:
        if chapter.summary:
            address = book.address(chapter.page)
            link = f'<a href="{address}">{chapter.number} {escape(chapter.title)}</a>'
            items = nodes.bullet_list("", *(item.deepcopy() for item in chapter.summary))
            made += [nodes.raw("", f'<p class="rubric">{link}</p>', format="html"), items]
    return [nodes.container("", *made, classes=["summaries"])]


def sheets(page):
    """Return the links to a chapter's exercises on paper, without and with their solutions.

    >>> sheets("kl.html")
    '<a href="kl.html?print=questions">worksheet</a>, <a href="kl.html?print=answers">answers</a>'
    """
    return f'<a href="{page}?print=questions">worksheet</a>, <a href="{page}?print=answers">answers</a>'


def _sections(chapter, address):
    items = "".join(
        f'<li><a href="{address}#{section.ident}">{escape(section.title)}</a>: '
        f"{section.reading} min"
        + (f", exercises {section.practice} min" if section.practice else "")
        + "</li>\n"
        for section in chapter.sections
        if section.title
    )
    title = f"{chapter.number} {escape(chapter.title)}, section by section"
    return f"<details><summary>{title}</summary>\n<ul>{items}</ul></details>\n"


def _select(name, label, values):
    options = "".join(f"<option>{value}</option>" for value in values)
    return f'<label>{label} <select name="{name}"><option value="">all</option>{options}</select></label> '


def _skill(chapter, exercise):
    mixed = exercise.section in ("", "Exercises")
    return escape(chapter.title if mixed else exercise.section)


def _opening(question, most=9):
    """Return the first words of a question, with those formulas that can be written in a line.

    >>> _opening("<p>What is <em>the</em> entropy of a coin that shows heads in half of all tosses?</p>")
    'What is the entropy of a coin that shows …'
    >>> _opening("<p>Is <math><mi>X</mi></math> above <math><msup><mi>x</mi><mn>2</mn></msup></math>?</p>")
    'Is X above …?'
    >>> _opening("<p>Why <math><mi>t</mi><mi>ln</mi><mi>t</mi></math>?</p>")
    'Why t\xa0ln\xa0t?'
    """
    text = re.sub(r"<math.*?</math>", _in_a_line, question, flags=re.DOTALL)
    plain = re.split(r"[ \n]+", re.sub(r"<[^>]+>", "", re.sub(r"…[\s…]*…", "…", text)).strip())
    return " ".join(plain[:most]) + (" …" if len(plain) > most else "")


def _in_a_line(formula):
    if re.search(r"<m(?!ath|row|i\b|n\b|o\b|text|space)", formula[0]):  # not all in one line
        return "…"
    named = re.sub(r"<mi>(\w\w+)</mi>", "\u00a0\\1\u00a0", formula[0])  # ln x, and not lnx
    text = re.sub(r"<[^>]+>|[ \n\u2061]", "", named).strip("\u00a0").replace("\u00a0(", "(")
    return text if len(text) <= 24 else "…"
