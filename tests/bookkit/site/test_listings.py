"""What is made of the chapters' own words: outline, picture of needs, cards."""

import csv
import re
import sqlite3
import zipfile
from contextlib import closing
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from sphinx import addnodes

from bookkit.exercise import Choice, Number, Option
from bookkit.exercise.form import render
from bookkit.site import decks, dependencies, listings, outline

COIN = Number(
    "coin",
    stars=2,
    minutes=3,
    question="What is half of three?",
    answer=1.5,
    why="Half of three is one and a half.",
    hint="Divide.",
    solution="3/2.",
)
SIDE = Choice(
    "side",
    stars=1,
    minutes=2,
    title="Two $x$",
    question="Which is it?",
    options=[Option("this", "Right, it is.", right=True), Option("that", "It is not.")],
    hint="Look.",
    solution="This.",
)


def chapter():
    """Return a chapter with a line of needs, a section with an exercise, and a summary."""
    tree = publish_doctree(
        "Coins\n#####\n\n**You need** `Dice <dice.html>`_ first.\n\n"
        "Throws\n======\n\none two three\n\nSummary\n=======\n\n- first\n- second\n\n"
        "Exercises\n=========\n\nmore\n",
        settings_overrides={"report_level": 5, "doctitle_xform": False},
    )
    throws, _, exercises = list(tree.findall(nodes.section))[1:]
    throws += nodes.raw("", render(COIN), format="html")
    exercises += nodes.raw("", render(SIDE), format="html")
    return outline.chapter_of(tree, "chapters/coins", (4,))


def test_a_chapter_says_what_it_needs_holds_and_sums_up():
    found = chapter()

    assert ["dice"] == found.needs
    assert ["", "Throws", "Summary", "Exercises"] == [section.title for section in found.sections]
    assert ["first", "second"] == [item.astext() for item in found.summary]


def test_an_exercise_is_found_with_its_number_skill_stars_and_minutes():
    coin, side = chapter().exercises

    assert ("coin", "number", "4.1", "Throws", 2, 3, "") == (
        coin.name,
        coin.kind,
        coin.label,
        coin.section,
        coin.stars,
        coin.minutes,
        coin.title,
    )
    assert ("side", "choice", "4.2", "Exercises", 1, 2) == (
        side.name,
        side.kind,
        side.label,
        side.section,
        side.stars,
        side.minutes,
    )
    assert "Two <math>" in side.title


def test_minutes_are_those_of_the_words_and_of_the_exercises():
    section = outline.Section("a", "A", words=451, exercises=chapter().exercises)

    assert (3, 5) == (section.reading, section.practice)


def test_a_chapter_that_needs_itself_by_way_of_others_is_refused():
    with pytest.raises(ValueError, match="needs itself"):
        dependencies.layers({"a": ["b"], "b": ["a"]})


def test_a_link_to_a_chapter_is_known_before_it_is_resolved():
    tree = publish_doctree("Coins\n#####\n", settings_overrides={"doctitle_xform": False})
    section = next(iter(tree.findall(nodes.section)))
    link = addnodes.pending_xref(
        "", refdomain="doc", reftarget="chapters/dice", refdoc="chapters/coins"
    )
    section += nodes.paragraph(
        "", "", nodes.Text(""), nodes.strong("", "You need"), nodes.Text(" "), link
    )

    assert ["chapters/dice"] == outline.needs(section)


def test_a_box_stands_below_all_that_it_needs():
    needs = {"a": [], "b": ["a"], "c": ["a", "b"], "d": []}

    assert [["a", "d"], ["b"], ["c"]] == dependencies.layers(needs)


def test_lines_lead_down_from_what_is_needed():
    """Each begins under the box of a chapter that another one needs, and ends on top of that one."""
    chapters = [
        outline.Chapter("a", "1", "First", [], [], []),
        outline.Chapter("b", "2", "Second", ["a"], [], []),
    ]
    html = dependencies.picture(chapters, str)
    (x, y, right, down) = re.search(r"M(\S+) (\S+)c0 \S+ \S+ \S+ (\S+) ([^\"]+)", html).groups()
    tops = {
        page: float(top)
        for page, top in re.findall(r'<a href="(\w)"><rect x="\S+" y="(\S+)"', html)
    }

    assert tops["a"] < float(y) < tops["b"]
    assert tops["b"] == float(y) + float(down)


def test_a_question_becomes_a_card_with_the_right_option_behind_it():
    card = decks.question_card(chapter().exercises[1])

    assert "question-side" == card.identity
    assert "<li>this</li><li>that</li>" in card.front
    assert "<b>this</b>" in card.back
    assert "Right, it is." in card.back


def test_a_deck_is_one_that_anki_reads_and_keeps_its_identities(tmp_path):
    cards = [decks.Card("term-bit", "What is a bit?", "A unit.", "term")]
    guids = []
    for wording in ("A unit.", "A unit of information."):
        path = tmp_path / "cards.apkg"
        decks.write_deck(
            path, "Cards", [decks.Card("term-bit", "What?", wording, "term"), *cards[1:]]
        )
        with zipfile.ZipFile(path) as package:
            package.extract("collection.anki2", tmp_path)
        with closing(sqlite3.connect(tmp_path / "collection.anki2")) as collection:
            ((guid, fields),) = collection.execute("select guid, flds from notes").fetchall()
        guids.append(guid)

        assert ["What?", wording] == fields.split("\x1f")
    assert guids[0] == guids[1]


def test_the_table_holds_the_same_cards(tmp_path):
    decks.write_table(tmp_path / "cards.csv", [decks.Card("a", "x, y", 'say "z"', "term")])
    with (tmp_path / "cards.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    assert [["identity", "front", "back", "tag"], ["a", "x, y", 'say "z"', "term"]] == rows


def test_the_letters_of_a_glossary_lead_to_the_first_term_by_each():
    terms = [
        nodes.term("", name, ids=[f"term-{name}"])
        for name in ("alignment", "ELBO", "ban", "BALD", "β")
    ]
    env = SimpleNamespace(get_doctree=lambda page: nodes.definition_list("", *terms))
    book = listings.Book(SimpleNamespace(env=env), "glossary")

    assert (
        '<p><a href="#term-alignment">A</a>&emsp; <a href="#term-ban">B</a>&emsp; <a href="#term-ELBO">E</a></p>\n'
        == listings.list_letters(book)
    )
