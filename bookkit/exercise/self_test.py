"""A test of a part of the book: twelve mixed questions, no hints, the result by skill."""

import re
from dataclasses import dataclass
from html import escape

QUESTIONS = 12
_POOL = 40  # of which each test takes its questions
KINDS = {"number", "choice", "ordering"}  # what a page judges by itself
_HINTS = re.compile(
    r'<details class="exercise-hint">.*?(?=<div class="exercise-check">)', re.DOTALL
)


@dataclass(frozen=True)
class Item:
    """A question of a test, and where the reader can go back to."""

    form: str  # HTML, from `form.render`
    label: str  # "Exercise 4.3"
    href: str
    skill: str  # the section it practises
    skill_href: str
    chapter: str  # "4 KL divergence"
    chapter_href: str


def bare(html):
    """Return the form of an exercise without hints and without its other variants."""
    body, rest, _ = html.partition("\n<noscript>")
    return _HINTS.sub("", body) + ("</form>\n" if rest else "")


def pool(chapters, most=_POOL):
    """Return items of all chapters in turn, as many as a pool holds, from all over each chapter.

    >>> pool([["a", "b", "c", "d"], ["e"], []], most=4)
    ['a', 'e', 'c']
    """
    chapters = [items for items in chapters if items]
    each = -(-most // max(1, len(chapters)))
    spread = [[items[i * len(items) // each] for i in range(each)] for items in chapters]
    turns = (items[i] for i in range(each) for items in spread)
    return list(dict.fromkeys(turns))[:most]


def block(ident, title, items):
    """Return the test of one part; its questions wait in templates.

    Parameters
    ----------
    ident : str
        `#test-IDENT` leads to it.
    title : str
        Of the part.
    items : list of Item
    """
    count = min(QUESTIONS, len(items))
    waiting = "".join(
        f'<template data-label="{escape(item.label)}" data-href="{escape(item.href)}"'
        f' data-skill="{escape(item.skill)}" data-skill-href="{escape(item.skill_href)}"'
        f' data-chapter="{escape(item.chapter)}" data-chapter-href="{escape(item.chapter_href)}">'
        f"{bare(item.form)}</template>\n"
        for item in items
    )
    return (
        f'<section class="self-test" id="test-{ident}" data-questions="{count}">\n'
        f"<h3>{escape(title)}</h3>\n"
        f'<p class="self-test-intro">{count} questions from {_span(items)}, mixed.</p>\n'
        "<noscript><p>The test needs JavaScript; its questions stand in the chapters.</p></noscript>\n"
        '<button type="button" class="self-test-begin" disabled>Begin</button>\n'
        '<p class="self-test-place" role="status"></p>\n<div class="self-test-item"></div>\n'
        '<button type="button" class="self-test-skip" hidden>I do not know</button>\n'
        f'<div class="self-test-result" tabindex="-1"></div>\n{waiting}</section>\n'
    )


def _span(items):
    numbers = [int(found[0]) for item in items if (found := re.match(r"\d+", item.chapter))]
    return f"chapters {min(numbers)} to {max(numbers)}" if len(set(numbers)) > 1 else "its chapters"
