"""Cards to take along: the glossary, the key formulas and the questions with options, for Anki.

`cards.apkg` is a deck that Anki opens; `cards.csv` is the same for any other program. Each card has
an identity that hangs on what it asks about and not on its words, so a newer edition updates a deck
that is in use.
"""

import csv
import json
import re
import zipfile
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

import genanki  # writes the format of Anki
from docutils import nodes

from bookkit.markup import math_html, to_html
from bookkit.site import listings, outline
from bookkit.site.doctrees import as_read

_GLOSSARY = "chapters/glossary"
# Numbers by which Anki knows the deck and its kind of card; never to be changed.
_DECK_ID, _MODEL_ID = 1_742_869_301, 1_742_869_302
_CSS = (
    ".card { font: 20px/1.5 Georgia, serif; max-width: 34em; margin: 0 auto; text-align: left; }\n"
    ".more { color: #6b7280; font-size: .8em; }\n"
    "math { font-size: 1.1em; }\n"
)
_DATA = re.compile(r' data-exercise="([^"]*)"')
_OPTION = re.compile(r'value="(\w)"> .*?</span> <span>(.*?)</span></label>\n', re.DOTALL)
_MESSAGE = re.compile(r"<template>(.*?)</template>", re.DOTALL)


@dataclass(frozen=True)
class Card:
    """One card, in HTML with formulas in MathML."""

    identity: str
    front: str
    back: str
    tag: str


def setup(app):
    app.connect("build-finished", write)


def write(app, exception):
    """Write both files, if the book has anything to put on cards."""
    if exception or app.builder.format != "html":
        return
    cards = cards_of(app)
    if cards:
        out = Path(app.outdir)
        (out / listings.DECK).parent.mkdir(exist_ok=True)
        write_deck(out / listings.DECK, app.config.html_title, cards, made(app.bookkit_version))
        write_table(out / listings.TABLE, cards)


def made(version):
    """Return a time for an edition, later for a later one: a day of its own for each number.

    >>> made("0.1.0") < made("0.1.1") < made("0.2.0") < made("1.0.0")
    True
    """
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    days = sum(number * 100**place for place, number in enumerate(reversed(numbers)))
    return 1_700_000_000.0 + 86_400 * days


def cards_of(app):
    """Return all cards of the book: terms, formulas, questions."""
    pages = sorted(app.env.found_docs)
    found = list(formula_cards(listings.formulas(app)))
    if _GLOSSARY in pages:
        found += term_cards(as_read(app.env, _GLOSSARY))
    exercises = (exercise for page in pages for exercise in outline.on_page(app.env, page))
    return found + [question_card(e) for e in exercises if e.kind == "choice"]


def term_cards(glossary):
    """Yield a card for each term: what is it?"""
    for item in glossary.findall(nodes.definition_list_item):
        terms = [part.astext() for part in item.findall(nodes.term)]
        sentences = [as_html(part) for part in item[-1].findall(nodes.paragraph)]
        # The last sentence only says where to read on.
        text = re.sub(r"\s*See [^.]*\.\s*$", "", " ".join(sentences))
        front = f"What is <b>{escape(' or '.join(terms))}</b>?"
        yield Card(f"term-{nodes.make_id(terms[0])}", front, text, "term")


def formula_cards(formulas):
    """Yield a card for each key formula: how is it written, and what to remember?"""
    for what, latex, remember, label in formulas:
        back = math_html(latex, display=True)
        more = f'<p class="more">{to_html(remember, inline=True)}</p>'
        front = f"Write {to_html(what, inline=True)}."
        yield Card(f"formula-{label}-{nodes.make_id(what)}", front, back + more, "formula")


def question_card(exercise):
    """Return the card of a question with options: which one, and why?"""
    rules = json.loads(unescape(_DATA.search(exercise.form)[1]))["rules"]
    options = dict(_OPTION.findall(exercise.form))
    messages = _MESSAGE.findall(exercise.form)
    right = next(i for i, rule in enumerate(rules) if rule["verdict"] == "correct")
    listed = "".join(f"<li>{text}</li>" for text in options.values())
    answer = options[rules[right]["is"]]
    return Card(
        f"question-{exercise.name}",
        f'{exercise.question}<ol type="a">{listed}</ol>',
        f'<p><b>{answer}</b></p><p class="more">{messages[right]}</p>',
        "question",
    )


def as_html(paragraph):
    """Return a paragraph of a page as HTML, its formulas as MathML and its links as their words."""
    return "".join(
        math_html(part.astext()) if isinstance(part, nodes.math) else escape(part.astext())
        for part in paragraph.children
    )


def write_deck(path, title, cards, made=0.0):
    """Write the deck for Anki; a card that Anki has is replaced by one that was made later."""
    model = genanki.Model(
        _MODEL_ID,
        title,
        fields=[{"name": "Front"}, {"name": "Back"}],
        templates=[
            {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}
        ],
        css=_CSS,
    )
    deck = genanki.Deck(_DECK_ID, title)
    for card in cards:
        guid = genanki.guid_for(card.identity)
        deck.add_note(
            genanki.Note(model=model, fields=[card.front, card.back], tags=[card.tag], guid=guid)
        )
    genanki.Package(deck).write_to_file(path, timestamp=made)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():  # of no date, so that the same cards are the same file
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def write_table(path, cards):
    """Write the same as a table: identity, front, back, tag."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["identity", "front", "back", "tag"])
        rows.writerows((card.identity, card.front, card.back, card.tag) for card in cards)
