"""Every demo of the book on the built site, from disk, without network, against Python."""

import os
from pathlib import Path

import pytest
from content import demos_of_the_book
from demo_pages import READ_STATES, all_states, drawn_marks, some_states

SITE = Path(__file__).parents[2] / "_build" / "html"
MOST = 20_000  # states; of larger demos a random sample of so many is driven
PICTURES = 150
CHUNK = 2_000


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


@pytest.fixture(scope="module")
def offline(browser):
    """A browser context that reaches nothing but the disk."""
    context = browser.new_context(offline=True)
    yield context
    context.close()


def open_page(context, demo):
    """Open the page on which a demo stands, from disk, and wait until the demo answers."""
    pages = [
        page
        for page in (SITE / "chapters").glob("*.html")
        if f'<figure class="demo" id="{demo.ident}"' in page.read_text("utf-8")
    ]

    assert 1 == len(pages), f"{demo.ident} stands on {len(pages)} pages"

    page = context.new_page()
    page.goto(pages[0].as_uri())
    page.locator(f"#{demo.ident}").scroll_into_view_if_needed()
    page.wait_for_selector(f"#{demo.ident}[data-ready]")
    return page


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_the_page_shows_at_every_stop_what_itlib_gives(offline, demo):
    page, states = open_page(offline, demo), states_of(demo)
    for first in range(0, len(states), CHUNK):
        chunk = states[first : first + CHUNK]
        read = page.evaluate(READ_STATES, [demo.ident, chunk, False])
        wrong = [
            (state, demo.shown(state), shown)
            for state, shown in zip(chunk, read)
            if demo.shown(state) != shown
        ]

        assert [] == wrong[:3]
    page.close()


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_the_page_draws_what_python_draws(offline, demo):
    page, states = open_page(offline, demo), some_states(demo, PICTURES, settings=6, seed=2)
    read = page.evaluate(READ_STATES, [demo.ident, states, True])
    page.close()

    assert [drawn_marks(demo, state) for state in states] == [shown["marks"] for shown in read]


@pytest.fixture(scope="module")
def phone(browser):
    """A browser context as large as a phone."""
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 700})
    yield context
    context.close()


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_on_a_phone_the_sliders_stay_in_view_below_the_picture(phone, demo):
    page = open_page(phone, demo)
    page.evaluate("id => document.getElementById(id).scrollIntoView({block: 'start'})", demo.ident)
    desk = page.locator(f"#{demo.ident} .demo-desk").bounding_box()

    assert desk["y"] + desk["height"] <= 701
    page.close()


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_on_a_projector_the_whole_of_a_demo_is_visible_at_once(browser, demo):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    pages = (SITE / "chapters").glob("*.html")
    page.goto(next(p for p in pages if f'id="{demo.ident}"' in p.read_text("utf-8")).as_uri())
    figure = page.locator(f"#{demo.ident}").bounding_box()
    bar = page.locator(".top").bounding_box()

    assert figure["height"] <= 768 - bar["height"]
    page.close()
