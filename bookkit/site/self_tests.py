"""A self-test for each part of the book, made of the exercises of its chapters."""

import re
from pathlib import Path

import yaml
from docutils import nodes

from bookkit.exercise.self_test import KINDS, QUESTIONS, Item, block, pool
from bookkit.site import listings
from bookkit.site.doctrees import as_read

_FORM = re.compile(r'<form class="exercise" id="ex-([\w-]+)".*?</form>\n', re.DOTALL)


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
    forms = _forms(as_read(book.app.env, chapter.page))
    title = f"{chapter.number} {chapter.title}"
    return [
        Item(
            forms[exercise.name],
            f"Exercise {exercise.label}",
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


def _forms(doctree):
    texts = (node.astext() for node in doctree.findall(nodes.raw))
    return {found[1]: found[0] for text in texts for found in _FORM.finditer(text)}
