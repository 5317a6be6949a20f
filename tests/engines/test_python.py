"""Python in the page, in Firefox and WebKit, from a disk: `make engines`."""

import inspect
import json
import os
import time
from pathlib import Path

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


# What is printed within a twentieth of a second of the start waits for more.
ENDLESS = """
import time
begin = time.time()
while time.time() < begin + 0.2:
    pass
print("begun")
while True:
    pass
"""


def test_a_program_that_was_stopped_does_not_go_on_unseen(chapter):
    """The browser comes to rest, though its worker was in the middle of an endless loop."""
    chapter.ask(CELL.format(source=json.dumps(ENDLESS)))
    chapter.wait(
        "document.querySelector('[data-cell] output.cell-python').textContent.includes('begun')"
    )
    chapter.ask("document.querySelector('[data-cell] [data-action=\"stop\"]').click()")
    end = time.monotonic() + 60
    while at_work(0.5) > 0.1:
        assert time.monotonic() < end, "it still computes a minute later"


def at_work(seconds):
    """Return how many processors the programs that this one started keep busy, on average."""
    before = processor_time()
    time.sleep(seconds)
    return (processor_time() - before) / seconds


def processor_time():
    """Return the seconds that this program's children have computed, and theirs, while they run."""
    parents, spent = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        name = int(path.parent.name)
        parents[name], spent[name] = int(fields[1]), int(fields[11]) + int(fields[12])
    mine = {os.getpid()}
    while more := {name for name, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(spent[name] for name in mine - {os.getpid()}) / os.sysconf("SC_CLK_TCK")
