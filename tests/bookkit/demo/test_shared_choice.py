"""A choice that is shared: made once, it holds for every demo, and the browser remembers it."""

import re

import pytest
from demo_pages import write_page
from sample_demos import doubled, measured

from bookkit.demo import live
from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.errors import DemoError
from bookkit.demo.readouts import Readout


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a page on disk that holds two demos."""
    return write_page([measured, doubled], tmp_path_factory.mktemp("page"))


@pytest.fixture
def page(browser, address):
    """The page in a browser that remembers nothing yet."""
    context = browser.new_context()
    page, problems = context.new_page(), []
    page.on("pageerror", lambda error: problems.append(error))
    page.goto(address)
    page.wait_for_selector("#demo-doubled[data-ready]")
    yield page
    context.close()

    assert [] == problems


def numbers(page):
    page.wait_for_selector("#demo-measured[data-ready]")
    page.wait_for_selector("#demo-doubled[data-ready]")
    return page.locator("output").all_text_contents()


def test_the_choice_holds_for_the_other_demo_too(page):
    assert ["2.0 m", "4.0 m"] == numbers(page)

    page.select_option("#demo-measured select", "cm")

    assert ["200.0 cm", "400.0 cm"] == numbers(page)


def test_the_choice_is_remembered_on_the_next_page(page, address):
    page.select_option("#demo-doubled select", "cm")
    page.goto(address)

    assert ["200.0 cm", "400.0 cm"] == numbers(page)


def test_moving_a_slider_chooses_nothing(page, address):
    """Who has not chosen sees every demo in the unit that its author chose."""
    page.fill("#demo-measured input", "3")

    assert None is page.evaluate("localStorage.getItem('bookkit:choice:measure')")


def test_starting_again_keeps_the_choice(page):
    page.select_option("#demo-measured select", "cm")
    page.fill("#demo-measured input", "3")
    page.click("#demo-measured [data-reset]")

    assert ["200.0 cm", "400.0 cm"] == numbers(page)


def test_an_option_that_is_gone_is_forgotten(page, address):
    page.evaluate("localStorage.setItem('bookkit:choice:measure', 'ells')")
    page.goto(address)

    assert ["2.0 m", "4.0 m"] == numbers(page)


def test_it_works_where_nothing_can_be_remembered(browser, address):
    page = browser.new_page()
    page.add_init_script(
        "delete Storage.prototype.getItem; Storage.prototype.setItem = () => {"
        "throw new DOMException('full', 'QuotaExceededError'); };"
    )
    page.goto(address)
    page.wait_for_selector("#demo-doubled[data-ready]")
    page.select_option("#demo-measured select", "cm")

    assert ["200.0 cm", "400.0 cm"] == numbers(page)
    page.close()


def test_live_demos_follow_each_other(monkeypatch):
    monkeypatch.setattr(live, "_chosen", {})
    one, other = live._Live(measured), live._Live(doubled)
    one.widgets["length"].value = 3.0

    assert {} == live._chosen

    one.widgets["measure"].value = "cm"

    assert "400.0 cm" in other.numbers.value

    one.box.children[-2].children[-1].click()

    assert "cm" == one.state["measure"]
    assert "cm" == live._Live(measured).state["measure"]


def test_a_unit_that_no_control_gives_is_refused():
    def size(width):
        return width

    with pytest.raises(DemoError, match="the unit of size asks for scale, which is not there"):
        Demo(
            "sized",
            controls=[Slider("width", 0, 1, 1, start=0, label="width")],
            panels=[],
            readouts=[Readout(of=size, label="size", unit_of="scale")],
            caption="",
        )


def test_the_page_names_the_shared_choice():
    assert re.search(
        r'<select [^>]*name="measure"[^>]* data-shared>', measured.controls[1].html("x")
    )
