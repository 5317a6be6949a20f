"""The player in a real browser: every state, every way to move, and no script at all."""

import pytest
from demo_pages import READ_STATES, SEEN, all_states, drawn_marks, shown, some_states, write_page
from playwright.sync_api import expect
from sample_demos import everything

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo

IDENT = everything.ident
CHANGE_HASH = """hash => new Promise((done) => {
    addEventListener("hashchange", done, { once: true });
    location.hash = hash;
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a page on disk that holds the demo."""
    return write_page(everything, tmp_path_factory.mktemp("page"))


@pytest.fixture
def page(browser, address):
    """The page, ready; an error of its script fails the test."""
    page, problems = browser.new_page(viewport={"width": 900, "height": 900}), []
    page.on("pageerror", lambda error: problems.append(error))
    page.goto(address)
    page.wait_for_selector("figure[data-ready]")
    yield page
    page.close()

    assert [] == problems


def test_every_state_shows_the_numbers_that_python_gives(page):
    states = all_states(everything)
    read = page.evaluate(READ_STATES, [IDENT, states, False])

    assert [everything.shown(state) for state in states] == read


def test_every_picture_is_drawn_as_python_draws_it(page):
    states = some_states(everything, 300)
    read = page.evaluate(READ_STATES, [IDENT, states, True])

    assert [drawn_marks(everything, state) for state in states] == [r["marks"] for r in read]


def test_picture_and_numbers_change_in_the_task_of_the_event(page):
    before, after = page.evaluate("""() => {
      const input = document.querySelector("[name=centre]");
      const look = () => [document.querySelector("output").textContent,
                          document.querySelector("g.mark path").getAttribute("d")];
      const before = look();
      input.value = "2";
      input.dispatchEvent(new Event("input", {bubbles: true}));
      return [before, look()];
    }""")

    assert all(a != b for a, b in zip(before, after))


def test_the_keyboard_moves_a_slider_and_its_value_is_spoken(page):
    page.focus("[name=width]")
    page.keyboard.press("ArrowRight")

    assert "1.2 m" == page.get_attribute("[name=width]", "aria-valuetext")
    assert everything.shown(everything.start | {"width": 1.2}) == shown(page)


def test_dragging_on_the_picture_moves_the_sliders(page):
    box = page.locator(".demo-panel").nth(1).locator("svg").bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.99 * box["width"], box["y"] + 0.02 * box["height"], steps=5)
    page.mouse.up()

    assert ("2", "2") == (page.input_value("[name=centre]"), page.input_value("[name=width]"))
    assert everything.shown(everything.start | {"centre": 2.0, "width": 2.0}) == shown(page)


def test_the_walk_goes_where_python_walks(page):
    page.click("text=Walk down")
    expect(page.locator("[name=centre]")).to_have_value("1")

    assert everything.shown(everything.start | {"centre": 1.0, "width": 1.0}) == shown(page)


def test_play_runs_to_the_end_and_start_again_returns(page):
    page.click("text=Play")
    expect(page.locator("[name=centre]")).to_have_value("2")
    page.click("text=Start again")

    assert everything.shown(everything.start) == shown(page)


WATCH_TOLD = """() => {
    window.told = [];
    const place = document.querySelector(".demo-told");
    new MutationObserver(() => told.push(place.textContent)).observe(place, { childList: true });
}"""


def told(page, action):
    """Return what a screen reader is told of an action, when it has been told."""
    page.evaluate(WATCH_TOLD)
    action()
    page.wait_for_function("told.length")
    return page.evaluate("told")


def test_what_plays_is_told_at_its_end_alone(page):
    """A screen reader would never rest; it hears the numbers where they come to, by their names."""
    (end,) = told(page, lambda: page.click("text=Play"))

    before = everything.shown(everything.start).items()
    after = everything.shown(everything.start | {"centre": 2.0}).items()
    assert end == "; ".join(f"{name} {text}" for name, text in after if (name, text) not in before)


def test_an_arrow_key_tells_once_what_it_changed_and_nothing_else(page):
    """Of two steps in a row the last one; the number that stayed is not said again."""
    page.focus("[name=lift]")
    (said,) = told(page, lambda: [page.keyboard.press("ArrowLeft") for _ in range(2)])

    assert said == f"bowl {everything.shown(everything.start | {'lift': 0.0})['bowl']}"
    assert {"off"} == set(
        page.eval_on_selector_all("output", "os => os.map(o => o.getAttribute('aria-live'))")
    )


def test_a_link_to_the_demo_alone_takes_its_state_along(browser, tmp_path):
    """By whatever button: the middle one and the menu of the right one send no click."""
    address = write_page(everything, tmp_path)
    path = tmp_path / f"{IDENT}.html"
    button = "Start again</button>"
    link = f'{button}<a data-alone href="{path.name}">Full width</a>'
    path.write_text(path.read_text("utf-8").replace(button, link), "utf-8")
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("figure[data-ready]")
    link = page.get_by_text("Full width")
    page.locator("[name=centre]").fill("2")
    with page.context.expect_page() as opened:
        link.click(button="middle")
    opened.value.wait_for_url("**centre=2*")
    page.locator("[name=centre]").fill("1")
    link.click(button="right")
    assert "centre=1" in link.get_attribute("href")
    page.context.close()


def test_reduced_motion_goes_to_the_end_at_once(browser, address):
    page = browser.new_page(reduced_motion="reduce")
    page.goto(address)
    page.wait_for_selector("figure[data-ready]")
    page.click("text=Walk down")

    assert "1" == page.input_value("[name=centre]")
    page.close()


def test_without_javascript_the_start_position_stands(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    assert "3.9500 nats" == page.inner_text("output[name=bowl]")
    assert 3 == page.locator("svg[role=img]").count()
    assert ["The sliders need JavaScript; this is the start position."] == page.locator(
        "noscript p"
    ).all_text_contents()
    context.close()


def test_the_data_arrives_when_the_demo_comes_near_the_view(browser, address):
    page = browser.new_page(viewport={"width": 900, "height": 600})
    page.add_init_script("""document.addEventListener("DOMContentLoaded", () => {
      document.querySelector("main").style.paddingTop = "5000px"; });""")
    page.goto(address)
    page.wait_for_timeout(300)

    assert 0 == page.locator("head script[src*=demo-everything]").count()

    page.evaluate("document.querySelector('figure').scrollIntoView()")
    page.wait_for_selector("figure[data-ready]")
    page.close()


def test_a_demo_whose_data_do_not_come_says_so_and_locks_its_controls(browser, address):
    page = browser.new_page()
    page.route("**/demo-everything-*.js", lambda route: route.abort())
    page.goto(address)
    expect(page.locator(".demo-failed")).to_contain_text("did not arrive")

    controls = page.locator("figure :is(input, select, button)")

    assert controls.count() == page.locator("figure :is(input, select, button):disabled").count()
    page.close()


def test_page_up_and_down_move_a_tenth_of_the_way(page):
    """Of nine stops each moves one; at the ends they stay."""
    page.focus("[name=centre]")
    page.keyboard.press("PageUp")

    assert "-0.5" == page.input_value("[name=centre]")

    for _ in range(9):
        page.keyboard.press("PageDown")

    assert everything.shown(everything.start | {"centre": -2.0}) == shown(page)


def test_on_paper_a_demo_has_its_numbers_and_nothing_to_move(page):
    page.emulate_media(media="print")

    assert 0 == page.locator("figure :is(input[type=range], .demo-buttons):visible").count()
    values = page.locator(".demo-control:has(input[type=range]) .demo-value:visible")
    assert ["−1.0", "1.0 m", "0.50"] == values.all_inner_texts()


def test_a_slider_of_a_hundred_steps_leaps_by_ten_of_them(browser, tmp_path):
    steps = Slider("steps", 0, 100, 1, start=50, label="steps")
    demo = Demo("long", controls=[steps], panels=[], readouts=[], caption="Long.")
    page = browser.new_page()
    page.goto(write_page(demo, tmp_path))
    page.wait_for_selector("figure[data-ready]", state="attached")
    page.focus("[name=steps]")
    page.keyboard.press("PageUp")

    assert "60" == page.input_value("[name=steps]")
    page.close()


@pytest.fixture
def touched(browser, address):
    """The page on a phone, and a function that sends a finger along a path on a picture."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("figure[data-ready]")

    def stroke(*places):
        page.locator(".demo-panel").first.evaluate(
            """(panel, places) => {
          const svg = panel.querySelector("svg"), box = svg.getBoundingClientRect();
          panel.setPointerCapture = () => { panel.held = true; };
          panel.hasPointerCapture = () => panel.held === true;
          places.forEach(([kind, x, y]) => svg.dispatchEvent(new PointerEvent(kind, {
            bubbles: true, pointerType: "touch", pointerId: 7, button: 0, buttons: 1,
            clientX: box.left + x * box.width, clientY: box.top + y * box.height })));
        }""",
            [list(place) for place in places],
        )

    yield page, stroke
    context.close()


def test_a_finger_that_scrolls_over_a_picture_moves_nothing(touched):
    page, stroke = touched
    stroke(("pointerdown", 0.9, 0.2), ("pointermove", 0.9, 0.6), ("pointercancel", 0.9, 0.7))

    assert everything.shown(everything.start) == shown(page)


def test_a_finger_that_goes_sideways_drags_and_one_that_taps_points(touched):
    page, stroke = touched
    stroke(("pointerdown", 0.5, 0.2), ("pointermove", 0.99, 0.2), ("pointermove", 0.99, 0.5))

    assert "2" == page.input_value("[name=centre]")

    stroke(("pointerdown", 0.02, 0.5), ("pointerup", 0.02, 0.5))

    assert "-2" == page.input_value("[name=centre]")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_slider_has_room_and_on_a_phone_the_whole_width(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    page.wait_for_selector("figure[data-ready]")
    widths = page.eval_on_selector_all(
        "input[type=range]", "sliders => sliders.map(s => s.getBoundingClientRect().width)"
    )
    desk = page.locator(".demo-desk").bounding_box()["width"]

    assert min(widths) >= (desk - 30 if width == 390 else 220)
    page.close()


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("+1.5", "1.5"),
        ("%201.5%20", "1.5"),
        ("1.", "1"),
        ("-1e0", "-1"),
        *[(wrong, "0.5") for wrong in ("1.5x", "1,5", "", "+", "one", "Infinity", "1e999")],
    ],
)
def test_a_number_in_the_address_is_read_whole_or_not_at_all(browser, tmp_path, asked, held):
    """It moved the slider into the middle; a switch knows two words."""
    address = write_page(everything, tmp_path, links='<a data-here href="#">Here</a>')
    page = browser.new_page()
    page.goto(f"{address}#centre=0.5&shout=on")
    page.wait_for_selector("figure[data-ready]")
    page.evaluate(CHANGE_HASH, f"#centre={asked}&shout={asked}")

    assert held == page.input_value("[name=centre]")
    assert page.is_checked("[name=shout]")
    page.close()


@pytest.mark.parametrize("size", [(320, 256), (568, 320), (667, 375), (390, 700)])
def test_a_picture_is_seen_while_a_control_is_moved(browser, address, size):
    """On a phone, on one held across, and at a zoom of 400 %: nothing that sticks covers it."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), size)))
    page.goto(address)
    page.wait_for_selector("figure[data-ready]")

    assert page.evaluate(SEEN)[IDENT] > 0.95
    page.close()


@pytest.mark.parametrize("size", [(320, 256), (320, 560), (390, 430)])
def test_the_control_in_use_follows_to_every_picture(browser, address, size):
    """In a low window the pictures stand one above the other, and the controls below the last."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), size)))
    page.goto(address)
    page.wait_for_selector("figure[data-ready]")
    page.focus("[name=centre]")
    seen = page.evaluate("""() => [...document.querySelectorAll(".demo-panel svg")].map((picture) => {
        const control = document.activeElement.closest(".demo-control");
        scrollTo({ top: scrollY + picture.getBoundingClientRect().top, behavior: "instant" });
        const { top, bottom } = control.getBoundingClientRect();
        return picture.getBoundingClientRect().bottom <= top + 1 && bottom <= innerHeight;
    })""")
    page.close()

    assert [True, True, True] == seen
