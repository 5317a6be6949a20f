"""A self-test for each part of the book, made of the exercises of its chapters."""

from pathlib import Path

import yaml
from docutils import nodes

from bookkit.exercise.self_test import KINDS, QUESTIONS, Item, block, pool
from bookkit.site import listings


def setup(app):
    listings.KINDS["self-tests"] = blocks


def blocks(book):
    """Return a test for each part that has enough exercises."""
    made = [
        block(nodes.make_id(caption), caption, items)
        for caption, pages in parts(book.app)
        if len(items := items_of(book, pages)) >= QUESTIONS
    ]
    return "".join(made) or "<p>No part has enough exercises for a test yet.</p>\n"


def parts(app):
    """Return (caption, pages) of each part of the table of contents."""
    toc = yaml.safe_load(Path(app.srcdir, app.config.external_toc_path).read_text("utf-8"))
    return [
        (part["caption"], [chapter["file"] for chapter in part["chapters"]])
        for part in toc.get("parts", ())
        if part.get("caption")
    ]


def items_of(book, pages):
    """Return the pool of a part: exercises that the page can judge, of all chapters in turn."""
    return pool([_items(book, chapter) for chapter in book.chapters if chapter.page in pages])


def _items(book, chapter):
    address = book.address(chapter.page)
    title = f"{chapter.number} {chapter.title}"
    return [
        Item(
            exercise.form,
            f"Exercise\u00a0{exercise.label}",
            f"{address}#ex-{exercise.name}",
            section.title if section.title not in ("", "Exercises") else "the whole chapter",
            f"{address}#{section.ident}" if section.ident else address,
            title,
            address,
        )
        for section in chapter.sections
        for exercise in section.exercises
        if exercise.kind in KINDS
    ]
