"""Predictions: any answer is accepted, once, and stands beside what happens."""

import math
from dataclasses import replace

import ipywidgets
import pytest
from barriers import found_by_axe, in_each_theme
from boxes import descendants
from exercise_pages import files, open_page
from playwright.sync_api import expect
from prediction_samples import PREDICTIONS, boil, fall, rope, sizes, walk
from visits import two_frames

from bookkit.exercise import ExerciseError, Item, Prediction, form, parts
from bookkit.exercise.widget import live_prediction, live_reveal

SHOWN = "".join(form.render_prediction(p) + parts.reveal(p) for p in PREDICTIONS)
CONTENTS = files([], before=SHOWN, after=form.forget_button())
BASE = {"question": "Which?", "saw": "This."}


@pytest.fixture
def tab(browser):
    tab = open_page(browser, CONTENTS)
    yield tab
    tab.context.close()

    assert [] == tab.errors


def asked(tab, prediction):
    return tab.locator(f"#predict-{prediction.name}")


def shown(tab, prediction):
    return tab.locator(f'details.reveal[data-for="predict-{prediction.name}"]')


def commit(tab, prediction):
    asked(tab, prediction).get_by_role("button", name="Check my guess").click()


def test_a_reveal_is_closed_until_the_reader_commits(tab):
    """It opens with both; nothing is called right or wrong."""
    for prediction in PREDICTIONS:
        assert shown(tab, prediction).get_attribute("open") is None
    asked(tab, fall).get_by_label("The heavy one").check()
    commit(tab, fall)

    expect(shown(tab, fall)).to_have_attribute("open", "")
    assert ["You said", "What happens"] == shown(tab, fall).locator("dt").all_inner_texts()
    assert ["The heavy one", "Both at once"] == shown(tab, fall).locator("dd").all_inner_texts()
    output = asked(tab, fall).locator("output")
    assert ("accepted", "You said: The heavy one") == (
        output.get_attribute("data-verdict"),
        output.inner_text(),
    )
    assert shown(tab, rope).get_attribute("open") is None


def test_nothing_chosen_and_nothing_readable_is_no_commitment(tab):
    commit(tab, fall)
    asked(tab, rope).get_by_label("Your answer").fill("far")
    commit(tab, rope)

    assert "Choose one of the options first." == asked(tab, fall).locator("output").inner_text()
    assert "unreadable" == asked(tab, rope).locator("output").get_attribute("data-verdict")
    assert 0 == tab.locator("details.reveal[open]").count()


def test_a_number_and_an_order_are_set_beside_what_happens(tab):
    field = asked(tab, rope).get_by_label("Your answer")
    field.fill("1/1000 metres")
    field.press("Enter")
    asked(tab, sizes).get_by_role("button", name="Move up").nth(1).click()
    commit(tab, sizes)

    assert ["0.001 metres", "0.159 metres"] == shown(tab, rope).locator("dd").all_inner_texts()
    mine, true = shown(tab, sizes).locator("dd").evaluate_all("ds => ds.map(d => d.textContent)")
    assert ("32 · 23 · 1/2", "1/2 · 23 · 32") == (mine, true)


GUESSES = [
    (walk, "1,500", None),  # 1.5, or 1500?
    (walk, "1.500", None),
    (walk, "1,500 steps", None),
    (walk, "1,234-1234", None),
    (walk, "3 miles per step", None),
    (walk, "1.5000", "1.5"),
    (walk, "1500 steps", "1500"),
    (walk, "1,500.0", "1500"),
    (rope, "1,500 metres", None),  # a guess has any size
    (rope, "1.500 metres", "1.5 metres"),  # where thousands do not happen, a dot is a decimal sign
]


@pytest.mark.parametrize(("prediction", "reply", "said"), GUESSES)
def test_what_a_guess_may_mean_twice_is_asked_about(prediction, reply, said):
    """And what the question counts may stand behind the number, as in an exercise."""
    fresh = replace(prediction)
    fresh.commit(reply)

    assert (said or "") == fresh.said


def test_a_number_that_python_gives_has_no_dot_of_thousands():
    fresh = replace(walk)
    fresh.commit(1.5)
    fresh.commit(1.234)

    assert "1.234" == fresh.said


def test_the_page_asks_as_python_does(browser):
    shown_forms = form.render_prediction(walk) + form.render_prediction(rope)
    tab = open_page(browser, files([], before=shown_forms))
    for prediction, reply, said in GUESSES:
        asked(tab, prediction).get_by_label("Your answer").fill(reply)
        commit(tab, prediction)
        problem = getattr(replace(prediction).commit(reply), "message", "")
        output = asked(tab, prediction).locator("output").inner_text()
        if said:
            tab.evaluate("localStorage.clear()")
            tab.reload()

        assert (f"You said: {said}" if said else problem) == output
    tab.context.close()


@pytest.mark.parametrize(
    ("happens", "shown"),
    [
        (0.7533123544, "0.753"),
        (1542, "1542"),
        (1542.4, "1542"),
        (46.55043774, "46.6"),
        (0, "0"),
        (-3.828641, "−3.83"),
        (0.000123456, "0.000123"),
        (math.inf, "∞"),
    ],
)
def test_what_happens_is_shown_as_finely_as_what_is_said_around_it(happens, shown):
    """Six digits would ask for a guess that nobody makes."""
    assert shown == Prediction("p", happens=happens, **BASE).outcome


def test_a_prediction_is_accepted_once_and_kept(tab):
    """Also on a page that is opened again, where the reveal is open, as it was left."""
    asked(tab, fall).get_by_label("The light one").check()
    commit(tab, fall)
    for _ in range(2):
        for control in asked(tab, fall).locator("input, button").all():
            expect(control).to_be_disabled()
        tab.reload()

    assert ["The light one", "Both at once"] == shown(tab, fall).locator("dd").all_inner_texts()
    button = tab.locator(".exercise-forget")
    button.click()
    button.click()
    tab.reload()
    expect(asked(tab, fall).get_by_label("The light one")).to_be_enabled()


@pytest.mark.parametrize("way", ["elsewhere", "back"])
def test_tabs_have_one_prediction_and_forget_it_together(tab, way):
    """So has a page that was kept as it was and comes back."""
    other = tab.context.new_page()
    other.goto(tab.url)
    if way == "back":  # such a page is told of nothing meanwhile
        tab.add_init_script(
            "addEventListener('storage', (e) => e.isTrusted && e.stopImmediatePropagation())"
        )
        tab.reload()

    def come_back():
        if way == "back":
            tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    output = asked(tab, fall).locator("output")
    asked(other, fall).get_by_label("The light one").check()
    commit(other, fall)
    come_back()
    expect(output).to_have_text("You said: The light one")
    expect(asked(tab, fall).get_by_label("The heavy one")).to_be_disabled()
    assert shown(tab, fall).get_attribute("open") is None
    for _ in range(2):
        other.locator(".exercise-forget").click()
    come_back()
    expect(output).to_be_empty()
    expect(shown(tab, fall).locator(".reveal-said")).to_be_hidden()
    asked(tab, fall).get_by_label("The heavy one").check()
    commit(tab, fall)
    expect(output).to_have_text("You said: The heavy one")


@pytest.mark.parametrize(
    "kept",
    [
        ("z", "zz", "a,b", "zz"),
        ("", "", "", ""),
        ("a,b", " ", "a,b,z", "5000"),
        ("5", "a", "b", "a"),
        ("toString", "1;2", "a,a,b", "-1"),
    ],
)
def test_a_kept_prediction_that_this_edition_does_not_know_is_none(tab, kept):
    """It is asked again, and whatever else the page has works."""
    for prediction, value in zip((fall, rope, sizes, boil), kept, strict=True):
        tab.evaluate(
            "([key, value]) => localStorage.setItem(key, value)",
            [f"bookkit:predict:predict-{prediction.name}", value],
        )
    tab.reload()

    for prediction in PREDICTIONS:
        expect(asked(tab, prediction).get_by_role("button").last).to_be_enabled()
        assert "" == asked(tab, prediction).locator("output").text_content()
        assert shown(tab, prediction).locator(".reveal-said").is_hidden()
    assert [] == tab.evaluate("bookkit.record.names()")


@pytest.mark.parametrize("kept", ["-Infinity", "0", "1e-7", "-3.5"])
def test_every_number_that_was_kept_is_one(tab, kept):
    tab.evaluate("value => localStorage.setItem('bookkit:predict:predict-rope', value)", kept)
    tab.reload()

    expect(asked(tab, rope).locator("output")).to_have_attribute("data-verdict", "accepted")


@pytest.mark.parametrize("prediction", PREDICTIONS, ids=lambda p: p.name)
def test_a_prediction_by_keyboard_keeps_the_focus(tab, prediction):
    """What had it is switched off; were it nowhere, the next arrow would turn the page."""
    form_of = asked(tab, prediction)
    if prediction is rope:
        form_of.get_by_label("Your answer").fill("5")
    elif prediction is sizes:
        form_of.get_by_role("button", name="Check my guess").focus()
    else:
        form_of.locator("input").first.focus()
        tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    expect(form_of.locator("output")).to_have_attribute("data-verdict", "accepted")
    two_frames(tab)

    expect(form_of.locator("output")).to_be_focused()


def test_a_prediction_that_was_kept_takes_no_focus(tab):
    asked(tab, fall).get_by_label("The light one").check()
    commit(tab, fall)
    tab.reload()

    assert "BODY" == tab.evaluate("document.activeElement.tagName")


def test_asking_reveals_without_a_prediction(tab):
    """Nobody is made to guess."""
    shown(tab, fall).locator("summary").click()

    assert ["Both at once"] == [
        text for text in shown(tab, fall).locator("dd").all_inner_texts() if text
    ]


def test_without_javascript_the_reveal_is_an_ordinary_fold(browser):
    tab = open_page(browser, CONTENTS, java_script_enabled=False)
    shown(tab, fall).locator("summary").click()

    assert shown(tab, fall).get_by_text("Without air").is_visible()
    assert asked(tab, fall).get_by_role("button").is_disabled()
    tab.context.close()


def test_without_storage_a_prediction_is_accepted(browser):
    script = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }});"
    tab = open_page(browser, CONTENTS, script=script)
    asked(tab, fall).get_by_label("The heavy one").check()
    commit(tab, fall)

    expect(shown(tab, fall)).to_have_attribute("open", "")
    assert [] == tab.errors
    tab.context.close()


@in_each_theme
def test_axe_finds_nothing_in_predictions(browser, theme, rules):
    tab = open_page(browser, files([], theme=theme, before=SHOWN), width=390)
    asked(tab, fall).get_by_label("The heavy one").check()
    commit(tab, fall)
    found = found_by_axe(tab, rules)

    assert [] == found
    assert 390 >= tab.evaluate("document.documentElement.scrollWidth")
    tab.context.close()


def test_the_notebook_asks_and_reveals():
    """The reveal, in a cell of its own, opens when the prediction is made."""
    prediction = Prediction("again", **BASE, options=["one", "two"], happens="two")
    box = list(descendants(live_prediction(prediction)))
    below = live_reveal(prediction.reveal).children[-1]
    (radios,) = [w for w in box if isinstance(w, ipywidgets.RadioButtons)]
    (button,) = [w for w in box if isinstance(w, ipywidgets.Button)]

    assert 'class="reveal" data-for="predict-again">' in below.value
    button.click()
    assert "Choose one" in box[-1].value
    assert " open>" not in below.value
    radios.value = "a"
    button.click()
    assert "You said: one" in box[-1].value
    assert " open>" in below.value
    assert "<dd>one</dd>" in below.value
    assert button.disabled


def test_who_has_predicted_in_a_cell_of_code_may_still_predict_in_the_form():
    """A button that can be pressed does something."""
    prediction = Prediction("twice", **BASE, options=["one", "two"], happens="two")
    box = list(descendants(live_prediction(prediction)))
    prediction.commit("a")
    (radios,) = [w for w in box if isinstance(w, ipywidgets.RadioButtons)]
    (button,) = [w for w in box if isinstance(w, ipywidgets.Button)]
    radios.value = "b"
    button.click()

    assert "You said: two" in box[-1].value


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, "a number must happen"),
        ({"options": ["one"], "happens": "one"}, "at least two options"),
        ({"options": ["one", "two"], "happens": "three"}, "one of the options"),
        ({"items": [Item("a", 1)], "direction": "up"}, "at least two items"),
        ({"items": [Item("a", 1), Item("b", 1)], "direction": "up"}, "the same value"),
        ({"items": [Item("a", 1)], "options": ["one"]}, "not both"),
        ({"happens": 1, "saw": " "}, "no text in `saw`"),
    ],
)
def test_a_flawed_prediction_is_refused(change, problem):
    with pytest.raises(ExerciseError, match=problem):
        Prediction("bad", **BASE | change)


def test_the_site_gets_form_and_reveal(monkeypatch):
    monkeypatch.setenv("BOOKKIT_SITE", "1")

    assert form.render_prediction(fall) == fall._repr_mimebundle_()["text/html"]
    assert parts.reveal(fall) == fall.reveal._repr_mimebundle_()["text/html"]
