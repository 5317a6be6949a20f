"""A reader's own scores: log loss, Brier score and a calibration curve, from their own record."""

import json
import math
from dataclasses import replace

import ipywidgets
import pytest
from barriers import found_by_axe, in_each_theme
from exercise_pages import files, open_page
from exercise_samples import growth, odd_sum, primes, room
from playwright.sync_api import expect

from bookkit.exercise import OwnScores, form, own_scores
from bookkit.exercise import scores as reckoned
from bookkit.exercise.scores import Forecast, honesty, log_loss
from bookkit.exercise.session import Session
from bookkit.exercise.widget import live, live_scores

# Confidence and how it went: three at 50 %, two right; four at 75 %, three right; six at 95 %, four.
SAID = [
    (50, "first"),
    (50, "wrong"),
    (50, "helped"),
    *[(75, how) for how in ("first", "first", "wrong", "first")],
    *[(95, how) for how in ("first", "wrong", "first", "wrong", "first", "first")],
]
# All elements with their attributes, and the words between them.
DESCRIBED = """root => [...root.querySelectorAll("*")].map(e => [e.tagName,
    e.children.length ? "" : e.textContent,
    ...[...e.attributes].map(a => [a.name, ...a.value.split(/[ ,]/).map(
        part => isNaN(part) || part === "" ? part : Number(part).toFixed(3))]).sort()])"""
CONTENTS = files([primes], before="<h2>Scores</h2>" + OwnScores().html())


def opened(browser, said=(), contents=CONTENTS, **options):
    """Open a page on which so much was answered before."""
    tab = open_page(browser, contents, width=390, **options)
    record = [
        {"at": "2026-01-01T12:00:00Z", "how": how, "reply": "a", "sure": sure} for sure, how in said
    ]
    tab.evaluate("text => localStorage.setItem('bookkit:record:1:some', text)", json.dumps(record))
    tab.reload()
    return tab


def scores(tab):
    return tab.locator(".own-scores-shown")


def test_honesty_is_cheapest_by_the_numbers_that_are_told():
    """What is said of 75 % comes from the formula."""
    assert min((0.5, 0.75, 0.95), key=lambda said: log_loss(said, 0.75)) == 0.75
    for said in (0.5, 0.75, 0.95):
        loss = (3 * math.log(1 / said) + math.log(1 / (1 - said))) / 4

        assert f"{loss:.3f}" in honesty()


def test_the_scores_are_those_of_the_record(browser):
    tab = opened(browser, SAID)
    loss = sum(-math.log(p / 100 if how != "wrong" else 1 - p / 100) for p, how in SAID) / 13
    brier = sum(((how != "wrong") - p / 100) ** 2 for p, how in SAID) / 13

    expect(scores(tab)).to_contain_text(
        f"Over 13 answers your mean log loss is {loss:.3f} nats, your Brier score {brier:.3f}."
    )
    rows = [row.locator("td").all_inner_texts() for row in scores(tab).locator("tbody tr").all()]
    assert [["50 %", "2 of 3"], ["75 %", "3 of 4"], ["95 %", "4 of 6"]] == rows
    assert [] == tab.errors
    tab.context.close()


def test_the_curve_has_a_point_for_each_confidence_and_says_so(browser):
    """Higher where more was right; its words are those of the table."""
    tab = opened(browser, SAID)
    picture = scores(tab).get_by_role("img")
    heights = [float(c.get_attribute("cy")) for c in picture.locator("circle").all()]

    assert [2 / 3, 3 / 4, 4 / 6] == pytest.approx([(190 - y) / 170 for y in heights])
    assert (
        "Calibration curve. 50 % said: 2 of 3 right; 75 % said: 3 of 4 right; "
        "95 % said: 4 of 6 right." == picture.get_attribute("aria-label")
    )
    assert 390 >= tab.evaluate("document.documentElement.scrollWidth")
    tab.context.close()


def test_what_would_have_cost_less_is_told(browser):
    """Four of six right: 75 % fits better than 95 %."""
    tab = opened(browser, SAID)
    gain = log_loss(0.95, 4 / 6) - log_loss(0.75, 4 / 6)

    expect(scores(tab)).to_contain_text(
        "Where you said 95 % you were right in 4 of 6: 75 % would have cost "
        f"{gain:.3f} nats less an answer."
    )
    tab.context.close()


WRONG = (95, "wrong"), (95, "first"), (95, "wrong"), (95, "first"), (95, "wrong")
UNSURE = [(50, "first")] * 5


def test_advice_takes_five_answers_and_begins_with_the_dearest(browser):
    """Two of five right at 95 % cost more than five of five at 50 %."""
    tab = opened(browser, [*UNSURE, *WRONG[:4]])
    expect(scores(tab)).to_contain_text("Where you said 50 % you were right in 5 of 5: 95 %")
    assert "Where you said 95 %" not in scores(tab).inner_text()
    tab.context.close()

    tab = opened(browser, [*UNSURE, *WRONG])
    expect(scores(tab)).to_contain_text("Where you said 95 % you were right in 2 of 5: 50 %")
    tab.context.close()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "You have not yet said how sure you are."),
        ([(75, "looked")], "You have not yet said how sure you are."),
        ([(75, "first")], "Over one answer your mean log loss is 0.288 nats"),
        (SAID[:9], "That is too few for a curve; it is drawn from 10 answers on."),
    ],
)
def test_too_few_answers_are_told_in_words(browser, said, words):
    tab = opened(browser, said)

    expect(scores(tab)).to_contain_text(words)
    assert 0 == scores(tab).locator("svg").count()
    tab.context.close()


def test_an_answer_on_the_same_page_is_scored_at_once(browser):
    """Also where nothing can be stored."""
    off = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }});"
    tab = open_page(browser, CONTENTS, script=off)
    entry = tab.locator("#ex-largest-prime")
    entry.get_by_label("How sure are you?").select_option("95")
    entry.get_by_role("radio").nth(1).check()
    entry.get_by_role("button", name="Check").click()

    expect(scores(tab)).to_contain_text("your mean log loss is 0.051 nats, your Brier score 0.003")
    assert [] == tab.errors
    tab.context.close()


def test_confidence_is_explained_where_it_is_asked_for(browser):
    """In a fold beside it, by keyboard too."""
    tab = open_page(browser, files([primes]), width=390)
    why = tab.get_by_text("What you say before your first answer is scored")

    expect(why).to_be_hidden()
    tab.get_by_text("What for?").focus()
    tab.keyboard.press("Enter")
    expect(why).to_be_visible()
    assert 390 >= tab.evaluate("document.documentElement.scrollWidth")
    tab.context.close()


def test_nothing_moves_when_the_script_comes(browser):
    """On the site a class says beforehand that scripts run; what they show has its place."""
    html = files([primes, room, odd_sum, growth])["exercises.html"]
    page = html.replace("<html ", '<html class="scripted" ')
    tops = []
    for text in (page, page.replace('<script defer src="exercise.js"></script>', "")):
        contents = files([]) | {"exercises.html": text}
        tab = open_page(browser, contents, width=390)
        tops.append(
            tab.locator("form").evaluate_all("fs => fs.map(f => f.getBoundingClientRect().height)")
        )
        tab.context.close()

    assert tops[0] == pytest.approx(tops[1], abs=1)


def test_without_javascript_the_block_says_what_it_is(browser):
    tab = open_page(browser, CONTENTS, java_script_enabled=False)

    expect(tab.locator(".own-scores")).to_contain_text("They need JavaScript")
    expect(tab.locator(".own-scores")).to_contain_text("nothing is cheaper than the truth")
    tab.context.close()


# --- in the notebook ---


@pytest.fixture
def kept(monkeypatch):
    """A kernel that has just started."""
    session = Session()
    monkeypatch.setattr(own_scores, "session", session)
    monkeypatch.setattr("bookkit.exercise.widget.session", session)
    return session


def widgets(box, kind):
    found = [box] if isinstance(box, kind) else []
    return found + [x for child in getattr(box, "children", ()) for x in widgets(child, kind)]


def say(box, sure, letter):
    """Say how sure one is, choose and check, as a reader's clicks do."""
    (asked,) = widgets(box, ipywidgets.Dropdown)
    asked.value = sure
    widgets(box, ipywidgets.RadioButtons)[0].value = letter
    next(b for b in widgets(box, ipywidgets.Button) if b.description == "Check").click()


@pytest.mark.parametrize("said", [(), SAID[:1], SAID[3:4], SAID[:9], SAID])
def test_a_notebook_shows_what_the_page_shows(browser, said):
    """To the letter, the picture included."""
    tab = opened(browser, said)
    forecasts = [Forecast(p / 100, how != "wrong") for p, how in said]
    if said:
        expect(scores(tab)).to_contain_text("your mean log loss is")
    page = scores(tab).evaluate(DESCRIBED)
    block = f'<div class="own-scores-shown">{reckoned.html(forecasts)}</div>'
    tab.set_content(block)

    assert page == scores(tab).evaluate(DESCRIBED)
    tab.context.close()


def test_a_notebook_scores_what_is_said_before_the_first_answer(kept):
    """Later answers, those in a cell that is run again, and of who has said nothing, do not count."""
    shown = live_scores(kept)
    said = [("one", 0.95, "ab"), ("two", 0.75, "b"), ("one", 0.5, "b"), ("three", None, "b")]
    for name, sure, letters in [*said, ("three", 0.75, "b")]:
        box = live(replace(primes, name=name))
        for letter in letters:
            say(box, sure, letter)
    expected = [Forecast(0.95, False), Forecast(0.75, True)]
    words = widgets(shown, ipywidgets.HTML)[-1].value

    assert expected == kept.forecasts
    assert reckoned.html(expected) in words
    assert honesty() in words
    loss = -(math.log(0.05) + math.log(0.75)) / 2
    assert f"Over 2 answers your mean log loss is {loss:.3f} nats" in repr(OwnScores())


def test_what_cannot_be_read_is_no_forecast(kept):
    box = live(primes)
    say(box, 0.95, None)
    assert [] == kept.forecasts
    say(box, 0.75, "b")

    assert [Forecast(0.75, True)] == kept.forecasts


def test_a_notebook_asks_beside_choices_alone_and_in_the_words_of_the_page(kept):
    page = form.render(primes)
    (asked,) = widgets(live(primes), ipywidgets.Dropdown)

    assert f"<label>{asked.description} " in page
    assert all(f">{text}</option>" in page for text, _ in asked.options)
    assert "not said" == asked.label
    assert [0.5, 0.75, 0.95] == [value for _, value in asked.options[1:]]
    assert [] == [w for e in (room, odd_sum, growth) for w in widgets(live(e), ipywidgets.Dropdown)]


def test_a_notebook_offers_the_scores_as_a_widget(kept):
    bundle = OwnScores()._repr_mimebundle_()

    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "since this kernel started: You have not yet said" in bundle["text/plain"]


@in_each_theme
def test_axe_finds_nothing_in_the_scores(browser, theme, rules):
    contents = files([primes], theme=theme, before="<h2>Scores</h2>" + OwnScores().html())
    tab = opened(browser, SAID, contents)
    found = found_by_axe(tab, rules)

    assert [] == found
    tab.context.close()
