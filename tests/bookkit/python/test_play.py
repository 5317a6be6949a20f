"""A page to play: programs go into its first cell, and what was there can be brought back."""

import pytest
from exercise_pages import open_page
from playwright.sync_api import expect
from python_pages import box

from bookkit.site import python as site

CELLS = {1: "1 + 1", 3: "for i in range(3):\n    print(i)"}
BOXES = "".join(box(number, *cell) for number, cell in enumerate(CELLS.items(), start=1))
GROUND = BOXES.replace('class="cell"', 'class="cell tag_play"', 1)
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Play</title>'
    '<body><main><a href="#there">Skip</a>'
    f"{GROUND}</main></body></html>"
)
CONTENTS = {"exercises.html": PAGE, "run.js": site.script()}


@pytest.fixture
def tab(browser):
    tab = open_page(browser, CONTENTS)
    tab.get_by_role("link").focus()
    tab.add_script_tag(url="run.js")
    yield tab
    tab.context.close()

    assert [] == tab.errors


def ground(tab):
    return tab.locator("textarea")


def printed(tab):
    """What the book has below that cell."""
    return tab.locator('[data-cell="1"] .cell_output .output')


def test_a_script_that_comes_late_takes_no_focus(tab):
    """The first cell can be written in at once, by whoever goes there."""
    assert "1 + 1" == ground(tab).input_value()
    expect(printed(tab)).to_be_visible()
    expect(tab.get_by_role("link")).to_be_focused()


@pytest.mark.parametrize("way", ["button", "link"])
def test_a_program_that_replaces_another_can_be_undone(tab, way):
    """What a reader wrote is one Ctrl-Z away; what another program printed is gone."""
    ground(tab).fill("my program")
    if way == "button":
        tab.get_by_role("button", name="Open in the cell above").click()
    else:
        tab.evaluate("code => { location.hash = `code=${encodeURIComponent(code)}`; }", CELLS[3])

    expect(ground(tab)).to_have_value(CELLS[3])
    assert "2" == ground(tab).get_attribute("rows")
    expect(printed(tab)).to_be_hidden()
    expect(ground(tab)).to_be_focused()
    tab.keyboard.press("Control+z")
    assert "my program" == ground(tab).input_value()


def test_who_comes_back_to_a_link_finds_the_program_as_it_was_left(tab):
    """A link within the page, and then Back, is no new program."""
    tab.evaluate("location.hash = 'code=1%2B1'")
    expect(ground(tab)).to_have_value("1+1")
    ground(tab).fill("my program")
    tab.evaluate("location.hash = 'there'")
    tab.go_back()
    tab.evaluate("() => new Promise(requestAnimationFrame)")

    assert "#code=1%2B1" == tab.evaluate("location.hash")
    assert "my program" == ground(tab).input_value()


@pytest.mark.parametrize("program", ["x = 1.", "x_", "(1, 2)", "# naïve 😀\n"])
def test_a_link_that_a_program_shows_is_whole(tab, program):
    """What it ends with is no sign that mail or a forum leaves out of a link; a page opens with it."""
    ground(tab).fill(program)
    tab.get_by_role("button", name="Copy a link").click()
    link = tab.evaluate("location.hash")
    tab.reload()
    tab.get_by_role("link").focus()
    tab.add_script_tag(url="run.js")

    assert link[-1].isalnum()
    assert program == ground(tab).input_value()
    expect(printed(tab)).to_be_hidden()
    assert str(max(2, program.count("\n") + 1)) == ground(tab).get_attribute("rows")
    expect(tab.get_by_role("link")).to_be_focused()
