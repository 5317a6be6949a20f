"""Python in the page, in Firefox and WebKit, from a disk: `make engines`."""

import inspect
import json

import pytest
from python_cells import ROOT, RUN_ALL, stored, visible_cells
from site_pages import SITE

from itlib_book.kl_divergence import exercises

CHAPTER = "kl_divergence"


@pytest.fixture
def chapter(engine):
    """The engine with the chapter open, in which nothing has run."""
    engine.open((SITE / "chapters" / f"{CHAPTER}.html").as_uri())
    return engine


CELL = """(() => {{
    const cell = [...document.querySelectorAll("[data-cell]")][0];
    cell.querySelector('[data-action="edit"]')?.click();
    cell.querySelector("textarea").value = {source};
    cell.querySelector('[data-action="run"]').click();
    return true;
}})()"""
STATE = """(() => {
    const cell = document.querySelector("[data-cell]");
    if (cell.querySelector('[data-action="run"]').hidden) return null;
    const output = cell.querySelector("output.cell-python");
    return [output.dataset.state, output.textContent];
})()"""


def test_a_chapter_prints_what_its_notebook_prints(chapter):
    """Every visible cell, to the character."""
    found = chapter.ask(f"({RUN_ALL})()")
    wanted = {
        str(i): ["done", stored(cell)]
        for i, cell in visible_cells(ROOT / "chapters" / f"{CHAPTER}.ipynb").items()
    }

    assert wanted == found


def test_an_endless_loop_can_be_stopped_and_an_error_is_told(chapter):
    """And the page answers all the while."""
    chapter.ask(CELL.format(source=json.dumps("while True:\n    pass")))
    chapter.ask("new Promise((done) => setTimeout(() => done(1), 200))")
    chapter.ask("document.querySelector('[data-cell] [data-action=\"stop\"]').click()")
    assert ["stopped", ""] == chapter.wait(STATE)

    chapter.ask(CELL.format(source=json.dumps("x = 1\nx / 0")))
    assert ["error", "cell 1, line 2: x / 0\nZeroDivisionError: division by zero"] == chapter.wait(
        STATE
    )


def test_a_function_is_judged(chapter):
    """A wrong one is told why, the right one is solved."""
    exercise = next(e for e in vars(exercises).values() if getattr(e, "name", "") == "kl-code")
    form = f'document.querySelector("#ex-{exercise.name}")'
    verdict = f'{form}.querySelector("output").dataset.verdict'
    for source, wanted in (
        (f"def {exercise.solution.__name__}(p, q):\n    return 0.0", "wrong"),
        (inspect.getsource(exercise.solution), "correct"),
    ):
        chapter.ask(f"{form}.querySelector('textarea').value = {json.dumps(source)}")
        chapter.ask(f"{form}.requestSubmit()")
        assert chapter.wait(f'{verdict} === "{wanted}"')
