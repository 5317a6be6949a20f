"""The parts of the contents and the exercises of their chapters make the self-tests."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from exercise_samples import odd_sum
from self_test_samples import EXERCISES

from bookkit.exercise.form import render
from bookkit.site import outline, self_tests

TOC = """
root: index
parts:
  - caption: The first part
    chapters: [{file: one}, {file: two}]
  - caption: Too few
    chapters: [{file: three}]
  - caption: Reference
    chapters: [{file: glossary}]
"""


def chapter(*exercises):
    """Return the tree of a chapter with exercises in a section and under Exercises."""
    text = "Coins\n#####\n\nThrows\n======\n\none\n\nExercises\n=========\n\nmore\n"
    settings = {"report_level": 5, "doctitle_xform": False}
    tree = publish_doctree(text, settings_overrides=settings)
    _, throws, last = tree.findall(nodes.section)
    for i, exercise in enumerate(exercises):
        (last if i % 2 else throws).append(nodes.raw("", render(exercise), format="html"))
    return tree


@pytest.fixture
def book(tmp_path):
    (tmp_path / "_toc.yml").write_text(TOC)
    trees = {
        "one": chapter(*EXERCISES[:7], odd_sum),
        "two": chapter(*EXERCISES[7:]),
        "three": chapter(),
    }
    env = SimpleNamespace(get_doctree=trees.get)
    config = SimpleNamespace(external_toc_path="_toc.yml")
    app = SimpleNamespace(srcdir=tmp_path, config=config, env=env)
    chapters = [
        outline.chapter_of(tree, page, (number,))
        for number, (page, tree) in enumerate(trees.items(), start=1)
    ]
    return SimpleNamespace(app=app, chapters=chapters, address=lambda page: f"{page}.html")


def test_parts_and_their_pages_are_those_of_the_contents(book):
    assert [
        ("The first part", ["one", "two"]),
        ("Too few", ["three"]),
        ("Reference", ["glossary"]),
    ] == self_tests.parts(book.app)


def test_items_come_from_all_chapters_and_lead_back(book):
    """Proofs are left out: a page does not judge them."""
    items = self_tests.items_of(book, ["one", "two"])

    assert len(EXERCISES) == len(items)
    assert {"1 Coins", "2 Coins"} == {item.chapter for item in items}
    first = items[0]
    assert ("Exercise\u00a01.1", "one.html#ex-circle-area") == (first.label, first.href)
    assert {("Throws", "one.html#throws"), ("the whole chapter", "one.html#exercises")} == {
        (item.skill, item.skill_href) for item in items if item.chapter == "1 Coins"
    }


def test_a_part_with_too_few_exercises_has_no_test(book):
    html = self_tests.blocks(book)

    assert 1 == html.count('class="self-test"')
    assert 'id="test-the-first-part"' in html
    assert "questions from chapters 1 to 2, mixed." in html
    assert "No part has enough" in self_tests.blocks(
        SimpleNamespace(app=book.app, chapters=[], address=str)
    )
