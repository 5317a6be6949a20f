"""Every demo of the book on the built site, from disk, without network, against Python."""

import os
import re
from functools import cache
from pathlib import Path

import pytest
from content import demos_of_the_book
from demo_pages import (
    READ_STATES,
    SEEN,
    all_states,
    drawn_marks,
    each_value_once,
    every_stop,
    some_states,
)
from visits import bring_into_view, two_frames

SITE = Path(__file__).parents[2] / "_build" / "html"
MOST = 1_000  # states; of larger demos a random sample of so many is driven, and every stop
PICTURES = 80
PROJECTOR = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 700}
LOW = [{"width": 667, "height": 375}, {"width": 320, "height": 256}]  # held across; at 400 %

# Leave of a page its demos and what holds them, with room to scroll around each.
ALONE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`article :not(:has(figure.demo), figure.demo, figure.demo *) { display: none; }
        figure.demo { margin-block: 1000px !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# What a page with demos measures: of each the height of its figure; where its desk ends when it is
# scrolled to.
HEIGHTS = """() => Object.fromEntries([...document.querySelectorAll("figure.demo")]
    .map((demo) => [demo.id, demo.getBoundingClientRect().height]))"""
ENDS = """() => Object.fromEntries([...document.querySelectorAll("figure.demo")].map((demo) => {
    demo.scrollIntoView({ block: "start", behavior: "instant" });
    return [demo.id, demo.querySelector(".demo-desk").getBoundingClientRect().bottom];
}))"""
# Which read-outs have a text, of those given for each by name, that is wider than the room kept for it.
TOO_WIDE = """([ident, texts]) => Object.keys(texts).filter((name) => {
    const output = document.querySelector(`#${ident} .demo-readout:not(.demo-words) output[name="${name}"]`);
    if (!output) return false;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = getComputedStyle(output).font;
    const width = (text) => pen.measureText(text.replace(/\\d/g, "0")).width;
    const room = width(output.parentElement.dataset.room ?? output.textContent);
    return texts[name].some((text) => width(text) > room + 0.5);
})"""

DEMOS = demos_of_the_book()
pytestmark = pytest.mark.skipif(
    not SITE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)


def states_of(demo):
    """Return all states of a demo, or every stop of each control and a random sample."""
    count = 1
    for control in demo.controls:
        count *= len(control.stops)
    return all_states(demo) if count <= MOST else every_stop(demo) + some_states(demo, MOST)


@cache
def pages_of_demos():
    """Return {demo: page}; each demo stands on one page of the book."""
    found = [
        (ident, page)
        for page in sorted((SITE / "chapters").glob("*.html"))
        for ident in re.findall(r'<figure class="demo" id="([^"]+)"', page.read_text("utf-8"))
    ]
    assert len(found) == len(dict(found))
    return dict(found)


class Chapter:
    """An open page: all its demos are ready and measured, on a projector and on phones."""

    def __init__(self, tab, page):
        self.tab = tab
        tab.set_viewport_size(PROJECTOR)
        tab.goto(page.as_uri())
        bring_into_view(tab)
        tab.evaluate(ALONE)
        self.heights = tab.evaluate(HEIGHTS)
        self.bar = tab.locator(".top").bounding_box()["height"]
        self._look_at(PHONE)
        self.ends = tab.evaluate(ENDS)
        self.seen = []
        for size in LOW:
            self._look_at(size)
            self.seen.append(tab.evaluate(SEEN))

    def _look_at(self, size):
        self.tab.set_viewport_size(size)
        two_frames(self.tab)


@pytest.fixture(scope="module")
def opened(browser):
    """Open the page of a demo: a chapter is large, and stays open for its other demos."""
    context = browser.new_context(offline=True)
    last = {}

    def open_page(demo):
        page = pages_of_demos()[demo.ident]
        if page not in last:
            for chapter in last.values():
                chapter.tab.close()
            last.clear()
            last[page] = Chapter(context.new_page(), page)
        return last[page]

    yield open_page
    context.close()


@pytest.fixture(scope="module", params=DEMOS, ids=lambda demo: demo.ident)
def demo(request):
    """Each demo in turn."""
    with each_value_once(request.param):
        yield request.param


def test_a_demo_shows_the_numbers_that_python_says(demo, opened):
    """In every state, or in a thousand and more."""
    states = states_of(demo)
    read = opened(demo).tab.evaluate(READ_STATES, [demo.ident, states, False])
    pairs = zip(states, map(demo.shown, states), read, strict=True)

    assert [] == [pair for pair in pairs if pair[1] != pair[2]][:3]


def test_a_demo_keeps_room_for_the_widest_text_of_each_read_out(demo, opened):
    """So no line comes or goes, and no picture jumps, while a control is moved."""
    shown = list(map(demo.shown, states_of(demo)))
    texts = {name: sorted({one[name] for one in shown}) for name in shown[0]}

    assert [] == opened(demo).tab.evaluate(TOO_WIDE, [demo.ident, texts])


def test_a_demo_draws_what_python_draws(demo, opened):
    """At many stops, among them all corners of its controls."""
    states = some_states(demo, PICTURES, settings=6, seed=2)
    read = opened(demo).tab.evaluate(READ_STATES, [demo.ident, states, True])

    assert [drawn_marks(demo, state) for state in states] == [shown["marks"] for shown in read]


def test_a_demo_is_seen_whole_on_a_projector(demo, opened):
    chapter = opened(demo)

    assert chapter.heights[demo.ident] <= PROJECTOR["height"] - chapter.bar


def test_the_desk_of_a_demo_stays_in_view_on_a_phone(demo, opened):
    """Below the picture, when the reader scrolls to the demo."""
    assert opened(demo).ends[demo.ident] <= PHONE["height"] + 1


def test_the_picture_of_a_demo_is_seen_in_a_low_window_while_a_control_is_moved(demo, opened):
    """On a phone held across, and at a zoom of 400 %."""
    assert min(seen[demo.ident] for seen in opened(demo).seen) > 0.95
