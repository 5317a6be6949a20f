"""Functions that readers write on a page: which check is told, and where the focus is meanwhile."""

import pytest
from exercise_pages import files, open_page
from exercise_samples import write_mean
from playwright.sync_api import expect
from visits import two_frames

from bookkit.site import python as site

# Python that answers when a test says so.
PYTHON = """() => {
    globalThis.asked = [];
    bookkit.python.ask = (question) => new Promise((done) => asked.push({ ...question, done }));
    bookkit.python.stop = () => asked.forEach(({ done }) => done({ kind: "stopped", text: "Stopped." }));
}"""
RIGHT = "place => asked[place].done({ kind: 'done', verdict: 'correct', rule: 0, text: '' })"


@pytest.fixture
def tab(browser):
    """A page with a function to write, as on the site."""
    contents = files([write_mean]) | {"run.js": site.script()}
    contents["exercises.html"] = (
        contents["exercises.html"]
        .replace('<div class="exercise-typed" hidden>', '<div class="exercise-typed">')
        .replace("</head>", '<script defer src="run.js"></script></head>')
    )
    tab = open_page(browser, contents)
    tab.evaluate(PYTHON)
    yield tab
    tab.context.close()

    assert [] == tab.errors


def check(tab, text):
    field = tab.get_by_label("Your function")
    field.fill(text)
    field.press("Shift+Enter")


def test_the_last_of_two_checks_is_told_and_can_be_stopped(tab):
    """A verdict belongs to the text above it; an endless function is not left running."""
    stop, output = tab.get_by_role("button", name="Stop"), tab.locator("output").first
    check(tab, "def mean(xs): return 0")
    check(tab, "def mean(xs):\n    while True: pass")
    tab.evaluate(RIGHT, 0)
    two_frames(tab)

    assert stop.is_visible()
    assert "" == output.text_content()
    stop.click()
    expect(output).to_contain_text("Stopped.")
    assert stop.is_hidden()
    assert [] == tab.evaluate("bookkit.record.names()")


def test_a_check_that_ends_is_told_and_its_stop_goes(tab):
    check(tab, "def mean(xs): return sum(xs) / len(xs)")
    expect(tab.get_by_role("button", name="Stop")).to_be_visible()
    tab.evaluate(RIGHT, 0)

    expect(tab.locator("output").first).to_contain_text("Right.")
    assert tab.get_by_role("button", name="Stop").is_hidden()
    expect(tab.get_by_label("Your function")).to_be_focused()


def test_who_stops_by_keyboard_keeps_the_focus(tab):
    """The button that had it goes; were the focus nowhere, the next arrow would turn the page."""
    check(tab, "def mean(xs):\n    while True: pass")
    tab.get_by_role("button", name="Stop").press("Enter")
    expect(tab.locator("output").first).to_contain_text("Stopped.")
    two_frames(tab)

    expect(tab.get_by_role("button", name="Check")).to_be_focused()


def test_python_that_does_not_start_is_said(tab):
    tab.evaluate("() => { bookkit.python.ask = () => Promise.reject(new Error('no Python')); }")
    check(tab, "def mean(xs): return 0")

    expect(tab.locator("output").first).to_have_text("Not counted. no Python. ")
    assert tab.get_by_role("button", name="Stop").is_hidden()
