"""Say on each chapter, and for the whole book on its first page, how many exercises are solved."""

import re

from docutils import nodes

from bookkit.exercise.form import forget_button, progress

_FORM = re.compile(r'<form class="exercise" id="ex-([\w-]+)"')
# The heading of a section; its labels stand before it as empty spans.
_HEADING = r'(<section id="{}">\s*(?:<span id="[\w-]+"></span>\s*)*<h2>.*?</h2>)'
_EXERCISES = re.compile(_HEADING.format("exercises"), re.DOTALL)
_CHAPTERS = re.compile(_HEADING.format("the-chapters"), re.DOTALL)


def setup(app):
    app.connect("env-updated", collect)
    app.connect("html-page-context", show)


def collect(app, env):
    """Note the names of all exercises of the book, in its order."""
    app.bookkit_exercises = [
        name
        for page in sorted(env.found_docs)
        for node in env.get_doctree(page).findall(nodes.raw)
        for name in _FORM.findall(node.astext())
    ]


def show(app, pagename, templatename, context, doctree):
    """Put the line under the heading of the exercises, or of the list of chapters."""
    body = context.get("body", "")
    if _FORM.search(body):
        body = _EXERCISES.sub(lambda heading: heading[1] + progress(pagename), body)
    elif pagename == app.config.root_doc:
        whole = progress(pagename, app.bookkit_exercises) + forget_button()
        body = _CHAPTERS.sub(lambda heading: heading[1] + whole, body)
    context["body"] = body
