"""Number the exercises, count those that are solved, and list them all on the page of review."""

from docutils import nodes

from bookkit.exercise.form import forget_button, lettered, numbered, progress, review
from bookkit.site import outline

_REVIEW = "chapters/review"


def setup(app):
    app.connect("doctree-resolved", show)


def show(app, doctree, docname):
    """Put the line under the heading of the exercises, or of the list of chapters."""
    env = app.env
    if docname == app.config.root_doc:
        names = [
            exercise.name
            for page in sorted(env.found_docs)
            for exercise in outline.on_page(env, page)
        ]
        _put_under_heading(doctree, "the-chapters", progress(docname, names) + forget_button())
    elif docname == _REVIEW:
        _put_under_heading(doctree, "what-is-due", review(_listed(app)) + forget_button())
    elif exercises := outline.on_page(env, docname):
        _number(doctree, {exercise.name: exercise.label for exercise in exercises})
        _put_under_heading(doctree, "exercises", progress(docname))


def _listed(app):
    """Return what the review says of every exercise, chapter by chapter."""
    env = app.env
    return [
        {
            "name": exercise.name,
            "label": f"Exercise {exercise.label}",
            "href": f"{app.builder.get_relative_uri(_REVIEW, page)}#ex-{exercise.name}",
            "page": page,
            "chapter": env.titles[page].astext(),
            "kind": exercise.kind,
            "letters": lettered(exercise.form),
        }
        for page in outline.in_order(env)
        for exercise in outline.on_page(env, page)
    ]


def _number(doctree, labels):
    """Write the number of each exercise into its form."""
    for node in list(doctree.findall(nodes.raw)):
        html = numbered(node.astext(), labels)
        if html != node.astext():
            node.replace_self(nodes.raw("", html, format="html"))


def _put_under_heading(doctree, name, html):
    """Find the section by its heading, whose words give its name."""
    for section in doctree.findall(nodes.section):
        if nodes.make_id(section[0].astext()) == name:
            section.insert(1, nodes.raw("", html, format="html"))
