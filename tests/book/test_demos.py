"""Every demo of the book on the built site, from disk, without network, against Python."""

import os
from pathlib import Path

import pytest
from content import demos_of_the_book
from demo_pages import READ_STATES, all_states, drawn_marks, some_states

SITE = Path(__file__).parents[2] / "_build" / "html"
MOST = 5_000  # states; of larger demos a random sample of so many is driven
PICTURES = 80
CHUNK = 2_000
DESKTOP = {"width": 1280, "height": 800}
PROJECTOR = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 700}


DEMOS = demos_of_the_book()
pytestmark = pytest.mark.skipif(
    not SITE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)


def states_of(demo):
    """Return all states of a demo, or a large random sample of them."""
    count = 1
    for control in demo.controls:
        count *= len(control.stops)
    return all_states(demo) if count <= MOST else some_states(demo, MOST)


def page_of(demo):
    """Return the one page of the book on which a demo stands."""
    (page,) = [
        page
        for page in (SITE / "chapters").glob("*.html")
        if f'<figure class="demo" id="{demo.ident}"' in page.read_text("utf-8")
    ]
    return page


@pytest.fixture(scope="module")
def opened(browser):
    """Open the page of a demo, from disk, and wait until the demo answers.

    A chapter is a large page: it stays open for the demo that stands on it, too.
    """
    context = browser.new_context(offline=True)
    tabs = {}

    def open_page(demo):
        page = page_of(demo)
        if page not in tabs:
            for tab in tabs.values():
                tab.close()
            tabs.clear()
            tabs[page] = context.new_page()
            tabs[page].goto(page.as_uri())
        tab = tabs[page]
        tab.set_viewport_size(DESKTOP)
        tab.locator(f"#{demo.ident}").scroll_into_view_if_needed()
        tab.wait_for_selector(f"#{demo.ident}[data-ready]")
        return tab

    yield open_page
    context.close()


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_demo_fits_its_page_and_shows_and_draws_what_python_does(opened, demo):
    """On a projector all of it is seen at once, on a phone the desk stays in view below the
    picture; read-outs are right at every stop, pictures at many."""
    tab = opened(demo)

    assert [] == wrong_states(tab, demo)[:3]

    states = some_states(demo, PICTURES, settings=6, seed=2)
    read = tab.evaluate(READ_STATES, [demo.ident, states, True])

    assert [drawn_marks(demo, state) for state in states] == [shown["marks"] for shown in read]

    tab.set_viewport_size(PROJECTOR)
    figure = tab.locator(f"#{demo.ident}").bounding_box()
    bar = tab.locator(".top").bounding_box()

    assert figure["height"] <= PROJECTOR["height"] - bar["height"]

    tab.set_viewport_size(PHONE)
    tab.evaluate("id => document.getElementById(id).scrollIntoView({block: 'start'})", demo.ident)
    desk = tab.locator(f"#{demo.ident} .demo-desk").bounding_box()

    assert desk["y"] + desk["height"] <= PHONE["height"] + 1


def wrong_states(tab, demo):
    """Return the states at which the page does not show what Python says."""
    wrong, states = [], states_of(demo)
    for first in range(0, len(states), CHUNK):
        chunk = states[first : first + CHUNK]
        read = tab.evaluate(READ_STATES, [demo.ident, chunk, False])
        pairs = zip(chunk, map(demo.shown, chunk), read, strict=True)
        wrong += [pair for pair in pairs if pair[1] != pair[2]]
    return wrong
