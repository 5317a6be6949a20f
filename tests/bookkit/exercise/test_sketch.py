"""A prediction by a mark on an empty picture: dragged, or moved by arrow keys."""

import re

import ipywidgets
import pytest
from barriers import found_by_axe, in_each_theme
from boxes import descendants
from exercise_pages import files, open_page
from playwright.sync_api import expect
from prediction_samples import boil

from bookkit.exercise import ExerciseError, Item, Prediction, Sketch, form, parts
from bookkit.exercise.widget import live_prediction, live_reveal

SHOWN = form.render_prediction(boil) + parts.reveal(boil)
CONTENTS = files([], before=SHOWN)
BASE = {"question": "Where?", "saw": "There."}


@pytest.fixture(params=[390, 1280])
def tab(browser, request):
    tab = open_page(browser, CONTENTS, width=request.param)
    yield tab
    tab.context.close()

    assert [] == tab.errors


def asked(tab):
    return tab.locator("#predict-boil")


def slider(tab):
    return asked(tab).get_by_role("slider")


def place(mark):
    """Return where a mark stands, in units of its picture."""
    return float(re.search(r"translate\(([\d.]+)", mark.get_attribute("transform"))[1])


def x_of(tab, value):
    """Return where a value lies, in units of the picture."""
    data = tab.locator(".sketch").first.evaluate("box => ({...box.dataset})")
    low, high, left, right = (float(data[key]) for key in ("low", "high", "left", "right"))
    return left + (value - low) / (high - low) * (right - left)


def commit(tab):
    asked(tab).get_by_role("button", name="Check my guess").click()


def test_the_mark_goes_where_it_is_dragged(tab):
    """By pointer: the picture and the range input say the same."""
    box = asked(tab).locator("svg").bounding_box()
    scale = box["width"] / 340
    tab.mouse.move(box["x"] + x_of(tab, 6) * scale, box["y"] + 40)
    tab.mouse.down()
    tab.mouse.move(box["x"] + x_of(tab, 2) * scale, box["y"] + 60, steps=4)
    tab.mouse.up()
    tab.mouse.move(box["x"], box["y"])  # let go: it stays

    assert 2.0 == pytest.approx(float(slider(tab).input_value()), abs=0.1)
    expect(asked(tab).locator(".sketch-value")).to_have_text(slider(tab).input_value())
    mark = asked(tab).locator(".sketch-mark")
    assert x_of(tab, float(slider(tab).input_value())) == pytest.approx(place(mark), abs=0.1)
    assert tab.viewport_size["width"] >= tab.evaluate("document.documentElement.scrollWidth")


def swipe(tab):
    """A finger touches the picture, which holds every finger, and goes on to scroll the page."""
    asked(tab).locator("svg").evaluate("""(svg) => {
        const box = svg.getBoundingClientRect();
        svg.setPointerCapture = () => {};
        svg.hasPointerCapture = () => true;
        for (const kind of ["pointerdown", "pointermove", "pointercancel"]) {
          svg.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerType: "touch",
            clientX: box.left + box.width / 4 }));
        }
      }""")


def test_a_finger_that_scrolls_leaves_the_mark_where_it_was(tab):
    """Before it was moved, after, and when the guess is made."""
    swipe(tab)
    commit(tab)
    expect(asked(tab).locator("output")).to_contain_text("Move the mark first")

    for _ in range(5):
        slider(tab).press("ArrowRight")
    swipe(tab)
    commit(tab)
    expect(asked(tab).locator("output")).to_have_text("You said: 4.5 km")

    swipe(tab)
    assert "4.5" == slider(tab).input_value()


def test_arrow_keys_move_the_mark_and_the_reveal_shows_both(tab):
    slider(tab).focus()
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    commit(tab)
    shown = tab.locator("details.reveal")

    expect(shown).to_have_attribute("open", "")
    assert ["4.5 km", "2.9 km"] == shown.locator("dd").all_inner_texts()
    assert x_of(tab, 4.5) == pytest.approx(place(shown.locator(".sketch-mark")), abs=0.1)
    assert x_of(tab, 2.9) == pytest.approx(place(shown.locator(".sketch-truth")), abs=0.1)
    expect(shown.locator(".sketch-mark")).to_be_visible()
    expect(slider(tab)).to_be_disabled()
    tab.reload()
    assert "4.5" == slider(tab).input_value()
    assert x_of(tab, 4.5) == pytest.approx(place(asked(tab).locator(".sketch-mark")), abs=0.1)


def test_a_mark_that_was_moved_before_the_script_came_is_a_guess(browser):
    contents = dict(CONTENTS)
    script = contents.pop("exercise.js")
    tab = open_page(browser, contents)
    slider(tab).press("ArrowRight")
    tab.evaluate(script)
    commit(tab)

    expect(asked(tab).locator("output")).to_have_text("You said: 4.1 km")
    assert x_of(tab, 4.1) == pytest.approx(place(asked(tab).locator(".sketch-mark")), abs=0.1)
    tab.context.close()


def test_a_mark_that_was_not_moved_is_no_guess(tab):
    commit(tab)

    expect(asked(tab).locator("output")).to_have_text(
        "Move the mark first: drag it, or use the arrow keys."
    )
    assert tab.locator("details.reveal").get_attribute("open") is None


def test_without_javascript_the_reveal_shows_what_happens_alone(browser):
    tab = open_page(browser, CONTENTS, java_script_enabled=False)
    tab.locator("details.reveal summary").click()

    expect(tab.locator(".reveal .sketch-truth circle")).to_be_visible()
    assert "hidden" == tab.locator(".reveal .sketch-mark").get_attribute("visibility")
    tab.context.close()


@in_each_theme
def test_axe_finds_nothing_in_a_sketch(browser, theme, rules):
    tab = open_page(browser, files([], theme=theme, before=SHOWN), width=390)
    slider(tab).focus()
    tab.keyboard.press("ArrowLeft")
    commit(tab)
    found = found_by_axe(tab, rules)

    assert [] == found
    tab.context.close()


def test_the_notebook_has_a_slider_behind_the_mark():
    box = list(descendants(live_prediction(boil)))
    below = live_reveal(boil.reveal).children[-1]
    (range_,) = [w for w in box if isinstance(w, ipywidgets.FloatSlider)]
    (button,) = [w for w in box if isinstance(w, ipywidgets.Button)]
    picture = next(w for w in box if "sketch-mark" in getattr(w, "value", "") and "<svg" in w.value)
    before = picture.value
    button.click()

    assert "Move the mark first" in box[-1].value
    range_.value = 6.5
    assert before != picture.value
    button.click()
    assert "You said: 6.5 km" in box[-1].value
    assert "<dd>2.9 km</dd>" in below.value
    assert 'visibility="hidden"' not in below.value
    boil.said, boil.guess = "", None


def test_what_is_drawn_already_stands_in_the_picture():
    def draw(axes):
        axes.plot([0, 10], [0, 1])

    sketch = Sketch("x", 0, 1, 0.1, draw=draw, alt="A line.")

    assert 'aria-label="A line."' in sketch.html("a", mark=0.5)
    assert sketch.html("b", mark=0.5).count("<path") > Sketch("x", 0, 1, 0.1).html("c").count(
        "<path"
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"sketch": Sketch("x", 1, 0, 0.1), "happens": 0.5}, "`low` below `high`"),
        ({"sketch": Sketch("x", 0, 1, 0), "happens": 0.5}, "a `step`"),
        ({"sketch": Sketch("x", 0, 1, 0.1), "happens": 2}, "outside the sketch"),
        ({"sketch": Sketch("x", 0, 1, 0.1, draw=print), "happens": 0.5}, "in `alt`"),
        (
            {
                "sketch": Sketch("x", 0, 1, 0.1),
                "items": [Item("a", 1), Item("b", 2)],
                "direction": "up",
            },
            "a sketch asks for a number",
        ),
    ],
)
def test_a_flawed_sketch_is_refused(change, problem):
    with pytest.raises(ExerciseError, match=problem):
        Prediction("bad", **BASE | change)
