"""Number the exercises, and say on each chapter and on the first page how many are solved."""

import re

from docutils import nodes

from bookkit.exercise.form import forget_button, numbered, progress

_FORM = re.compile(r'<form class="exercise" id="ex-([\w-]+)"')


def setup(app):
    app.connect("env-updated", collect)
    app.connect("doctree-resolved", show)


def collect(app, env):
    """Note the names of all exercises of the book, in its order."""
    app.bookkit_exercises = [
        name for page in sorted(env.found_docs) for name in _exercises(env.get_doctree(page))
    ]


def show(app, doctree, docname):
    """Put the line under the heading of the exercises, or of the list of chapters."""
    if docname == app.config.root_doc:
        whole = progress(docname, app.bookkit_exercises) + forget_button()
        _put_under_heading(doctree, "the-chapters", whole)
    elif _exercises(doctree):
        _number(doctree, app.env.toc_secnumbers.get(docname, {}).get("", ()))
        _put_under_heading(doctree, "exercises", progress(docname))


def _exercises(doctree):
    return [name for node in doctree.findall(nodes.raw) for name in _FORM.findall(node.astext())]


def _number(doctree, chapter):
    """Give each exercise its chapter and its place in it; a page without a number has the place."""
    forms = [node for node in doctree.findall(nodes.raw) if _FORM.search(node.astext())]
    for place, node in enumerate(forms, start=1):
        html = numbered(node.astext(), ".".join(map(str, (*chapter, place))))
        node.replace_self(nodes.raw("", html, format="html"))


def _put_under_heading(doctree, name, html):
    """Find the section by its heading, whose words give its name."""
    for section in doctree.findall(nodes.section):
        if nodes.make_id(section[0].astext()) == name:
            section.insert(1, nodes.raw("", html, format="html"))
