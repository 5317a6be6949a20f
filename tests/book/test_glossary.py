"""The glossary and the chapters agree: what is linked exists, and what exists is linked."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from prose import prose as shown

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))
PAGE = (CHAPTERS[0].parent / "glossary.md").read_text("utf-8")
ROLE = re.compile(r"\{term\}`(?:[^`<]*<)?([^`<>]+)>?`")
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
LABEL = re.compile(r"^\(([\w-]+)\)=$", re.MULTILINE)


def entries(page):
    """Return (terms, definition) of every entry: terms that share a definition stand together."""
    body = re.search(r"^```\{glossary\}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[1]
    lines = [entry.splitlines() for entry in body.strip().split("\n\n")]
    return [
        (
            [line for line in entry if not line.startswith(" ")],
            " ".join(line.strip() for line in entry if line.startswith(" ")),
        )
        for entry in lines
    ]


def prose(path):
    """Return the Markdown of a chapter."""
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def linked(markdown):
    """Return the glossary's names of the terms that a text links, in small letters."""
    return {term.casefold() for term in ROLE.findall(markdown)}


ENTRIES = entries(PAGE)
TERMS = {term.casefold() for terms, _ in ENTRIES for term in terms}
TEXTS = {path.stem: prose(path) for path in CHAPTERS}


@pytest.mark.parametrize("chapter", TEXTS)
def test_every_term_that_a_chapter_links_is_in_the_glossary(chapter):
    assert set() == linked(TEXTS[chapter]) - TERMS


@pytest.mark.parametrize("chapter", TEXTS)
def test_a_term_in_bold_is_a_link(chapter):
    """The first time in each chapter; later bold uses may stay as they are."""
    bold = {text.casefold() for text in BOLD.findall(TEXTS[chapter])}

    assert set() == (bold & TERMS) - linked(TEXTS[chapter])


@pytest.mark.parametrize("chapter", TEXTS)
def test_bold_ends_where_it_should(chapter):
    """Right behind a role and before a letter, as in **{term}`bit`**s, it does not end at all."""
    assert "**" not in shown(TEXTS[chapter])


def test_every_term_of_the_glossary_is_linked_from_a_chapter():
    assert set() == TERMS - set().union(*map(linked, TEXTS.values()))


def test_the_glossary_is_in_alphabetical_order():
    first = [terms[0].casefold() for terms, _ in ENTRIES]

    assert [] == [pair for pair in pairwise(first) if pair[0] >= pair[1]]


def test_every_entry_names_a_section_that_exists():
    """And says something before it does."""
    labels = set().union(*(LABEL.findall(text) for text in TEXTS.values()))
    for terms, definition in ENTRIES:
        said, _, see = definition.rpartition("See {ref}")
        label = re.fullmatch(r"`(?:[^`<]*<)?([\w-]+)>?`\.", see)

        assert label, terms
        assert label[1] in labels, terms
        assert len(said) > 20, terms
