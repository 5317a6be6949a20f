"""Writes the index of topics: every topic of `chapters/topics.toml`, as a link to its section."""

import tomllib
from pathlib import Path

_PAGE = "chapters/topics"
_PLACEHOLDER = "% The list is made from topics.toml when the book is built."


def setup(app):
    app.connect("source-read", fill)


def fill(app, docname, source):
    """Put the list in place of the comment on the page."""
    if docname == _PAGE:
        data = Path(app.srcdir, f"{_PAGE}.toml")
        app.env.note_dependency(str(data))
        listing = markdown(tomllib.loads(data.read_text("utf-8"))["part"])
        source[0] = source[0].replace(_PLACEHOLDER, listing)


def markdown(parts):
    """Return the list as Markdown: a heading for each part, a link for each topic.

    >>> topics = [[1, "a card", "si-price", "card"], [2, "the book", "index", "book"]]
    >>> print(markdown([{"title": "Surprise", "topics": topics}]))
    ## Surprise
    <BLANKLINE>
    :::{container} topics
    - {ref}`a card <si-price>`
    - {doc}`the book <index>`
    :::
    """
    return "\n\n".join(
        "\n".join(
            [f"## {part['title']}\n", ":::{container} topics", *map(link, part["topics"]), ":::"]
        )
        for part in parts
    )


def link(topic):
    """Return the list item of a topic; a place is a labelled section, or else a whole page."""
    _, wording, place, *_ = topic
    role = "doc" if place == "index" else "ref"
    return f"- {{{role}}}`{wording} <{place}>`"
