"""Number the exercises, count those that are solved, and list them all on the page of review."""

import re

from docutils import nodes

from bookkit.exercise.form import forget_button, numbered, progress, review
from bookkit.site.doctrees import as_read

REVIEW = "chapters/review"
_FORM = re.compile(r'<form class="exercise" id="ex-([\w-]+)"')


def setup(app):
    app.connect("env-updated", collect)
    app.connect("doctree-resolved", show)


def collect(app, env):
    """Note the names of all exercises of the book, in its order."""
    app.bookkit_exercises = [
        name for page in sorted(env.found_docs) for name in _exercises(as_read(env, page))
    ]


def show(app, doctree, docname):
    """Put the line under the heading of the exercises, or of the list of chapters."""
    if docname == app.config.root_doc:
        whole = progress(docname, app.bookkit_exercises) + forget_button()
        _put_under_heading(doctree, "the-chapters", whole)
    elif docname == REVIEW:
        _put_under_heading(doctree, "what-is-due", review(_listed(app)) + forget_button())
    elif _exercises(doctree):
        _number(doctree, _chapter_number(app.env, docname))
        _put_under_heading(doctree, "exercises", progress(docname))


def _exercises(doctree):
    return [name for node in doctree.findall(nodes.raw) for name in _FORM.findall(node.astext())]


def _chapter_number(env, page):
    return env.toc_secnumbers.get(page, {}).get("", ())


def _listed(app):
    """Return name, number, place and chapter of every exercise, chapter by chapter."""
    env = app.env
    pages = sorted(env.found_docs, key=lambda page: (_chapter_number(env, page) or (1e9,), page))
    return [
        {
            "name": name,
            "label": "Exercise " + ".".join(map(str, (*_chapter_number(env, page), place))),
            "href": f"{app.builder.get_relative_uri(REVIEW, page)}#ex-{name}",
            "page": page,
            "chapter": env.titles[page].astext(),
        }
        for page in pages
        for place, name in enumerate(_exercises(as_read(env, page)), start=1)
    ]


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
