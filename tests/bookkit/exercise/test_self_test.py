"""A self-test asks twelve mixed questions without help, and gives the result by skill."""

import json
import math

import pytest
from barriers import found_by_axe, in_each_theme
from exercise_pages import files, open_page
from exercise_samples import area, growth, primes
from playwright.sync_api import expect
from self_test_samples import EXERCISES

from bookkit.exercise import form
from bookkit.exercise.self_test import Item, bare, block, pool

THROWING = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }});"


ITEMS = [
    Item(
        form.render(e),
        f"Exercise {1 + i % 2}.{i}",
        f"c{i % 2}.html#ex-{e.name}",
        f"Skill {i % 4}",
        f"c{i % 2}.html#s{i % 4}",
        f"{1 + i % 2} Chapter",
        f"c{i % 2}.html",
    )
    for i, e in enumerate(EXERCISES)
]
BLOCK = "<h2>Tests</h2>" + block("first", "The first part", ITEMS)
CONTENTS = files([], before=BLOCK)
BY_QUESTION = {exercise.name: exercise for exercise in EXERCISES}


@pytest.fixture
def tab(browser):
    tab = open_page(browser, CONTENTS, width=390)
    yield tab
    tab.context.close()

    assert [] == tab.errors


def test_a_pool_is_spread_over_chapters_and_within_each():
    """No chapter fills it alone, and none gives only its beginning."""
    chapters = [[f"a{i}" for i in range(12)], [f"b{i}" for i in range(6)], ["c0"]]

    assert ["a0", "b0", "c0", "a4", "b2", "a8", "b4"] == pool(chapters, most=9)
    assert [] == pool([[], []])


@pytest.mark.parametrize("exercise", EXERCISES[:6], ids=lambda e: e.name)
def test_a_question_of_a_test_has_no_hint_and_one_variant(exercise):
    html = bare(form.render(exercise))

    assert "exercise-hint" not in html
    assert "exercise-variant" not in html
    assert 1 == html.count("</form>")
    assert len(exercise.rules) == html.count("<template>") == html.count("</template>")
    assert "exercise-solution" in html


def begin(tab, name="Begin"):
    tab.get_by_role("button", name=name).press("Enter")


def current(tab):
    """Return the form on show and its exercise."""
    shown = tab.locator(".self-test-item form")
    return shown, BY_QUESTION[shown.get_attribute("id").removeprefix("ex-")]


def answer(tab, *, right=True):
    """Answer the question on show by keyboard."""
    shown, exercise = current(tab)
    if exercise is primes:
        shown.get_by_role("radio").nth(1 if right else 0).focus()
        tab.keyboard.press("Space")
        tab.keyboard.press("Enter")
    elif exercise is growth:
        order = sorted(growth.items, key=lambda item: item.value)
        letters = [growth.entry.letters[growth.items.index(item)] for item in order]
        while right and shown.locator("[name=answer]").input_value().split() != letters:
            now = shown.locator("[name=answer]").input_value().split()
            place = next(i for i in range(4) if now[i] != letters[i])
            item = shown.locator(f'[data-letter="{letters[place]}"]')
            item.get_by_role("button", name="Move up").press("Enter")
        shown.get_by_role("button", name="Answer").press("Enter")
    else:
        value = exercise.answer if right else -77.7
        text = "inf" if value == math.inf else f"{value!r}"
        shown.get_by_label("Your answer").fill(text)
        tab.keyboard.press("Enter")
    return exercise


def test_twelve_questions_are_asked_once_each_without_help(tab):
    """The heading says where one is, and not which chapter it comes from."""
    begin(tab)
    asked = []
    for i in range(12):
        shown, exercise = current(tab)
        expect(shown.locator(".exercise-head")).to_have_text(f"Question {i + 1} of 12")

        assert 0 == shown.locator("details, .exercise-number").count()
        assert tab.evaluate("document.activeElement.closest('.self-test-item form') !== null")
        asked.append(answer(tab, right=i % 3 > 0).name)
    expect(tab.locator(".self-test-place")).to_have_text("8 of 12 right.")
    assert 12 == len(set(asked))
    assert {0, 1} == {EXERCISES.index(BY_QUESTION[name]) % 2 for name in asked}


def test_the_result_is_told_by_skill_with_links_back(tab):
    begin(tab)
    wrong = set()
    for i in range(12):
        exercise = answer(tab, right=i != 5)
        wrong |= {exercise.name} if i == 5 else set()
    rows = tab.locator(".self-test-result tbody tr")
    cells = [row.locator("td").all_inner_texts() for row in rows.all()]
    done, of = (sum(int(row[2].split(" of ")[k]) for row in cells) for k in (0, 1))

    assert (11, 12) == (done, of)
    (name,) = wrong
    place = EXERCISES.index(BY_QUESTION[name])
    first = rows.first
    assert ITEMS[place].label == first.locator("td").nth(3).inner_text()
    links = first.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert [ITEMS[place].chapter_href, ITEMS[place].skill_href, ITEMS[place].href] == links
    assert 390 >= tab.evaluate("document.documentElement.scrollWidth")
    said = tab.locator("output[data-verdict=wrong]").text_content()
    assert said.startswith("Not right. ")
    assert "question once more" not in said


def test_solutions_come_at_the_end_beside_what_was_answered(tab):
    begin(tab)
    for _ in range(11):
        answer(tab)
    tab.get_by_role("button", name="I do not know").press("Enter")
    tab.get_by_text("Your answers, and the solutions").click()
    forms = tab.locator(".self-test-result form")

    expect(forms).to_have_count(12)
    expect(forms.locator("output[data-verdict=correct]")).to_have_count(11)
    expect(forms.last.locator("output")).to_contain_text("Not right. You left it out.")
    expect(forms.last.get_by_text("Solution", exact=True)).to_be_visible()
    begin(tab, "Take another one")
    expect(tab.locator(".self-test-item form")).to_have_count(1)
    expect(tab.locator(".self-test-result")).to_be_empty()


def test_what_cannot_be_read_or_has_too_few_digits_is_asked_again(tab):
    begin(tab)
    for _ in range(12):
        shown, exercise = current(tab)
        if exercise is primes or exercise is growth:
            answer(tab)
            continue
        shown.get_by_label("Your answer").fill("what")
        tab.keyboard.press("Enter")
        expect(shown.locator("output")).to_contain_text("Not counted.")
        if exercise is area:
            shown.get_by_label("Your answer").fill("2.0")
            tab.keyboard.press("Enter")
            expect(shown.locator("output")).to_contain_text("Give more digits")
        answer(tab)
    expect(tab.locator(".self-test-place")).to_have_text("12 of 12 right.")


def test_answers_go_into_the_record_and_the_next_test_asks_the_others_first(tab):
    begin(tab)
    first = [answer(tab, right=False).name for _ in range(12)]
    kept = [
        json.loads(tab.evaluate(f"localStorage.getItem('bookkit:record:1:{name}')"))
        for name in first
    ]
    begin(tab, "Take another one")
    second = [answer(tab).name for _ in range(12)]

    assert [["wrong"]] * 12 == [[one["how"] for one in record] for record in kept]
    assert set(BY_QUESTION) == {*first, *second}


def test_without_storage_a_test_can_be_taken(browser):
    tab = open_page(browser, CONTENTS, script=THROWING)
    begin(tab)
    for _ in range(12):
        answer(tab)
        tab.evaluate("dispatchEvent(new Event('storage'))")

    expect(tab.locator(".self-test-place")).to_have_text("12 of 12 right.")
    assert [] == tab.errors
    tab.context.close()


def test_without_javascript_the_page_says_what_it_needs(browser):
    tab = open_page(browser, CONTENTS, java_script_enabled=False)

    expect(tab.locator("noscript p")).to_be_visible()
    expect(tab.get_by_role("button", name="Begin")).to_be_disabled()
    tab.context.close()


@in_each_theme
def test_axe_finds_nothing_in_a_test(browser, theme, rules):
    """In the middle of it and at its end."""
    tab = open_page(browser, files([], theme=theme, before=BLOCK), width=390)
    begin(tab)
    found = found_by_axe(tab, rules)
    for i in range(12):
        answer(tab, right=i > 4)
    tab.get_by_text("Your answers, and the solutions").click()
    found += found_by_axe(tab, rules)

    assert [] == found
    tab.context.close()
