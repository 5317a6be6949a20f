"""Exercises get their numbers, and the page of review lists them, chapter by chapter."""

from types import SimpleNamespace

from docutils import nodes
from docutils.utils import new_document

from bookkit.exercise import Number
from bookkit.exercise.form import render
from bookkit.site import progress


def form(name):
    return render(
        Number(
            name,
            stars=1,
            minutes=1,
            question="How much is 1 + 1?",
            answer=2,
            why="So it is.",
            hint="Count.",
            solution="2.",
        )
    )


def page(title, *names):
    """Return the tree of a page with a section of this title and forms of these names."""
    tree = new_document("page")
    raws = [nodes.raw("", form(name), format="html") for name in names]
    tree += nodes.section("", nodes.title("", title), *raws)
    return tree


def book():
    """Return an application with two chapters, of which the first in the alphabet is the second."""
    trees = {
        "chapters/a": page("Exercises", "late"),
        "chapters/b": page("Exercises", "x", "y"),
        "chapters/review": page("What is due"),
    }
    env = SimpleNamespace(
        found_docs=set(trees),
        toc_secnumbers={"chapters/a": {"": (4,)}, "chapters/b": {"": (1,)}},
        titles={name: nodes.title("", name.upper()) for name in trees},
        get_doctree=trees.get,
    )
    uri = SimpleNamespace(get_relative_uri=lambda _, to: f"{to.partition('/')[2]}.html")
    return SimpleNamespace(env=env, builder=uri, config=SimpleNamespace(root_doc="chapters/index"))


def test_an_exercise_has_the_number_of_its_chapter_and_its_place():
    app = book()
    tree = app.env.get_doctree("chapters/b")
    progress.show(app, tree, "chapters/b")
    html = "".join(node.astext() for node in tree.findall(nodes.raw))

    assert '<a class="exercise-number" href="#ex-x">Exercise 1.1</a>' in html
    assert '<a class="exercise-number" href="#ex-y">Exercise 1.2</a>' in html


def test_the_review_lists_all_exercises_in_the_order_of_the_chapters():
    app = book()
    tree = app.env.get_doctree("chapters/review")
    progress.show(app, tree, "chapters/review")
    (html,) = [node.astext() for node in tree.findall(nodes.raw)]

    assert [
        ("x", "Exercise 1.1", "b.html#ex-x"),
        ("y", "Exercise 1.2", "b.html#ex-y"),
        ("late", "Exercise 4.1", "a.html#ex-late"),
    ] == [(item["name"], item["label"], item["href"]) for item in progress._listed(app)]
    assert 'class="exercise-review"' in html
    assert "Exercise 4.1" in html
