"""Each demo on a page of its own: from disk, with its state in the address, and the way back."""

import os

import pytest
from content import demos_of_the_book
from demo_pages import shown
from site_pages import DEMO_PAGES, SITE, Record, broken_links, read

DEMOS = demos_of_the_book()
PROJECTOR = {"width": 1366, "height": 768}
# The width of the page, and whether picture, desk and caption end where the screen does or above.
FITS = """(height) => [document.documentElement.scrollWidth,
    document.querySelector("figure.demo").getBoundingClientRect().bottom <= height + 0.5]"""
pytestmark = pytest.mark.skipif(
    not SITE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)


def address_of(demo):
    """Return the address on disk of the page that holds nothing but this demo."""
    return (SITE / "demos" / f"{demo.ident.removeprefix('demo-')}.html").as_uri()


def far_state(demo):
    """Return the last stop of every control, as a state and as the fragment of an address."""
    state = {control.name: control.stops[-1] for control in demo.controls}
    texts = {
        name: "on" if value is True else f"{value:g}" if isinstance(value, float) else value
        for name, value in state.items()
    }
    return state, "&".join(f"{name}={text}" for name, text in texts.items())


@pytest.fixture(scope="module")
def tab(browser):
    """A tab on a projector that reaches nothing but the disk."""
    context = browser.new_context(offline=True, viewport=PROJECTOR)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def record(tab):
    """What the tab asks for and complains of, on all pages that it visits."""
    return Record(tab, SITE.as_uri())


def opened(tab, address):
    """Open a page as if for the first time: no other address of it was open before."""
    tab.goto("about:blank")
    tab.goto(address)
    tab.wait_for_selector("figure[data-ready]")


def test_every_demo_has_a_page_of_its_own_and_links_that_lead_somewhere():
    assert {f"demos/{demo.ident[5:]}.html" for demo in DEMOS} == set(DEMO_PAGES)
    assert [] == [link for page in DEMO_PAGES for link in broken_links(page)]


def test_chapter_and_page_lead_to_each_other():
    for page in DEMO_PAGES:
        name = page.removeprefix("demos/").removesuffix(".html")
        back = read(page).split('">In its chapter')[0].rpartition('href="')[2]
        chapter, _, anchor = back.partition("#")

        assert f"demo-{name}" == anchor
        assert f'data-alone href="../{page}"' in read(chapter.removeprefix("../"))


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_the_address_brings_the_demo_into_its_state_and_all_of_it_into_view(demo, tab, record):
    """On a projector; nothing is asked of others, and nothing goes wrong."""
    state, fragment = far_state(demo)
    record.forget()
    opened(tab, f"{address_of(demo)}#{fragment}")

    assert demo.shown(state) == shown(tab)
    assert (PROJECTOR["width"], True) == tuple(tab.evaluate(FITS, PROJECTOR["height"]))
    assert ([], []) == (record.complaints, record.strangers())


def test_what_a_reader_moves_is_in_the_address_and_a_reload_keeps_it(tab):
    demo = next(demo for demo in DEMOS if demo.ident == "demo-surprise")
    opened(tab, address_of(demo))
    tab.locator("input[type=range]").first.press("End")
    before = shown(tab)
    name = tab.locator("input[type=range]").first.get_attribute("name")
    last = tab.locator("input[type=range]").first.get_attribute("max")
    assert f"{name}={float(last):g}" in tab.locator("[data-here]").get_attribute("href")

    tab.locator("[data-here]").click()
    tab.reload()
    tab.wait_for_selector("figure[data-ready]")

    assert before == shown(tab)


def test_what_the_address_does_not_know_stays_at_its_start(tab):
    demo = next(demo for demo in DEMOS if demo.ident == "demo-surprise")
    opened(tab, f"{address_of(demo)}#a=nonsense&c=9")

    assert demo.shown(demo.start) == shown(tab)
