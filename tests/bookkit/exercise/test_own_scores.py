"""A reader's own scores: log loss, Brier score and a calibration curve, from their own record."""

import json
import math

import pytest
from exercise_pages import files, open_page
from exercise_samples import growth, odd_sum, primes, room
from playwright.sync_api import expect

from bookkit.exercise import OwnScores
from bookkit.exercise.own_scores import honesty, log_loss

# Confidence and how it went: three at 50 %, two right; four at 75 %, three right; six at 95 %, four.
SAID = [(50, "first"), (50, "wrong"), (50, "helped"),
        *[(75, how) for how in ("first", "first", "wrong", "first")],
        *[(95, how) for how in ("first", "wrong", "first", "wrong", "first", "first")]]  # fmt: skip
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


def test_a_notebook_says_where_the_scores_are():
    bundle = OwnScores()._repr_mimebundle_()

    assert ["text/plain"] == list(bundle)
    assert "on the book's pages" in bundle["text/plain"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_scores(browser, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    contents = files([primes], theme=theme, before="<h2>Scores</h2>" + OwnScores().html())
    tab = opened(browser, SAID, contents)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    found = axe.run(tab, options=options)

    assert 0 == found.violations_count, found.generate_report()
    tab.context.close()
