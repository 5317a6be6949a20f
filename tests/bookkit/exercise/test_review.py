"""What was answered, when and how, is kept, and comes back when it is due."""

import json
import math
import re
from datetime import datetime, timedelta

import pytest
from barriers import found_by_axe, in_each_theme
from exercise_pages import files, form_of, open_page
from exercise_samples import SAMPLES, area, growth, odd_sum, primes, share, stairs
from playwright.sync_api import expect
from visits import two_frames

from bookkit.exercise import SCRIPT, form

ITEMS = [
    {
        "name": e.name,
        "label": f"Exercise {1 + i % 3}.{i}",
        "href": f"#ex-{e.name}",
        "page": f"chapter-{i % 3}",
        "chapter": f"Chapter {i % 3}",
        "kind": e.kind,
        "letters": form.lettered(form.render(e)),
    }
    for i, e in enumerate([*SAMPLES, stairs])
]
CONTENTS = files(
    [*SAMPLES, stairs], before="<h2>Review</h2>" + form.review(ITEMS), after=form.forget_button()
)
START = "2026-01-01T12:00:00Z"


@pytest.fixture
def tab(browser):
    tab = open_page(browser, CONTENTS)
    tab.clock.set_fixed_time(START)
    yield tab
    tab.context.close()

    assert [] == tab.errors


def answer(tab, exercise, *replies):
    for reply in replies:
        form_of(tab, exercise).get_by_label("Your answer").fill(reply)
        form_of(tab, exercise).get_by_role("button", name="Check").click()


def choose(tab, exercise, *letters, sure=None):
    if sure:
        form_of(tab, exercise).get_by_label("How sure are you?").select_option(sure)
    for letter in letters:
        form_of(tab, exercise).locator(f'[value="{letter}"][type="radio"]').check()
        form_of(tab, exercise).get_by_role("button", name="Check").click()


def record(tab, exercise):
    """Return how each attempt went."""
    text = tab.evaluate(f"localStorage.getItem('bookkit:record:1:{exercise.name}')")
    return json.loads(text or "[]")


def listed(tab, name):
    return tab.locator(f".review-{name} li").all_inner_texts()


def come_back(tab, day):
    """Open the page again so many days after the start."""
    tab.clock.set_fixed_time(f"2026-{1 + day // 28:02}-{1 + day % 28:02}T13:00:00Z")
    tab.reload()


def test_attempts_are_kept_with_their_date_and_how_they_went(tab):
    """First, later, near, helped, looked; nonsense and repetitions are nothing."""
    answer(tab, share, "37.5", "37.5")
    answer(tab, stairs, "what", "3", "3", "15")
    answer(tab, area, "2.0", "2.01")
    form_of(tab, SAMPLES[1]).get_by_text("Solution", exact=True).click()
    answer(tab, SAMPLES[1], "inf")

    assert ["first"] == [one["how"] for one in record(tab, share)]
    assert "2026-01-01T12:00:00.000Z" == record(tab, share)[0]["at"]
    assert ["wrong", "later"] == [one["how"] for one in record(tab, stairs)]
    assert ["near", "first"] == [one["how"] for one in record(tab, area)]
    assert ["looked"] == [one["how"] for one in record(tab, SAMPLES[1])]
    tab.reload()
    answer(tab, stairs, "3", "8", "15")
    assert "helped" == record(tab, stairs)[-1]["how"]


def test_a_choice_found_by_trying_all_is_not_solved(tab):
    choose(tab, primes, "a", "c", "b")

    assert ["wrong", "wrong", "tried"] == [one["how"] for one in record(tab, primes)]
    assert ["bookkit:read:largest-prime", "bookkit:record:1:largest-prime"] == sorted(
        tab.evaluate("Object.keys(localStorage)")
    )
    assert "It was the last one left" in form_of(tab, primes).locator("output").inner_text()


def test_a_wrong_choice_and_a_wrong_order_are_said_in_words(tab):
    """A letter is nothing that anyone remembers; steps that were ticked say nothing at all."""
    choose(tab, primes, "a")
    order = form_of(tab, growth)
    order.get_by_role("button", name="Check").click()
    odd = form_of(tab, odd_sum)
    odd.get_by_role("button", name="Go on without writing").click()
    odd.get_by_role("checkbox").first.check()
    odd.get_by_role("button", name="Check").click()
    tab.reload()
    choice, ordering, derivation = (
        next(text for text in listed(tab, "again") if item["label"] in text)
        for exercise in (primes, growth, odd_sum)
        for item in ITEMS
        if item["name"] == exercise.name
    )

    assert f"not yet right, your answer was “{primes.options[0].text}”" in choice
    assert 3 == ordering.partition("your answer was “")[2].count(" · ")
    assert "MathML" in tab.locator(".review-again math").first.evaluate("m => m.namespaceURI")
    assert derivation.endswith("not yet right")


def test_an_item_comes_back_after_a_week_a_month_and_a_quarter(tab):
    """Intervals grow while it goes well at first, and begin anew when it does not."""
    answer(tab, share, "37.5")

    def is_due():
        return any(ITEMS[2]["label"] in text and "right" in text for text in listed(tab, "due"))

    seen = []
    for day in (1, 6, 7, 30, 37, 120, 127):
        come_back(tab, day)
        seen.append(is_due())
        if is_due() and day < 127:
            answer(tab, share, "37.5")

    assert [False, False, True, False, True, False, True] == seen
    answer(tab, share, "9")
    come_back(tab, 129)
    assert any(ITEMS[2]["label"] in text for text in listed(tab, "again"))
    assert any("not yet right" in text for text in listed(tab, "due"))


def test_an_answer_of_a_clock_that_was_ahead_does_not_wait_for_its_date(tab):
    """It would have been kept from its reader for years."""
    tab.clock.set_fixed_time("2030-01-01T12:00:00Z")
    answer(tab, share, "9")
    come_back(tab, 0)

    assert any(ITEMS[2]["label"] in text and "not yet right" in text for text in listed(tab, "due"))


# Attempts, each with its hour, and how many days after the last one the exercise comes back.
HALF_A_YEAR = [(day * 24, "first") for day in (0, 7, 37, 127, 307)]
COMES_BACK = [
    ([(0, "first")], 7),
    ([(0, "wrong")], 1),
    ([(0, "near")], 1),
    ([(0, "near"), (0.1, "first")], 7),  # too few digits are no attempt
    ([(0, "first"), (10, "first")], 7),  # twice in a day is once
    ([(0, "first"), (14, "first")], 30),
    ([(0, "first"), (168, "near"), (168.1, "first")], 30),
    ([(0, "first"), (168, "later")], 7),
    *[([(0, "first"), (168, how)], 1) for how in ("wrong", "helped", "looked", "tried", "read")],
    ([(0, "first"), (168, "wrong"), (168.1, "later"), (192.1, "first")], 7),
    (HALF_A_YEAR[:3], 90),
    (HALF_A_YEAR[:4], 180),
    (HALF_A_YEAR, 180),  # and no later
]


def keep(tab, exercise, tries):
    """Let the browser remember attempts, each with its hour after the start, and show the review anew."""
    start = datetime.fromisoformat(START)
    kept = [
        {"at": (start + timedelta(hours=hour)).isoformat(), "how": how, "reply": "1"}
        for hour, how in tries
    ]
    tab.evaluate(
        "([name, text]) => localStorage.setItem('bookkit:record:1:' + name, text)",
        [exercise.name, json.dumps(kept)],
    )
    tab.evaluate("window.dispatchEvent(new Event('storage'))")


def test_an_exercise_comes_back_as_the_page_of_review_promises(tab):
    """An hour before it is due it is not there, an hour after it is."""
    wrong = []
    for tries, days in COMES_BACK:
        due = datetime.fromisoformat(START) + timedelta(hours=tries[-1][0], days=days)
        seen = []
        for hour in (-1, 1):
            tab.clock.set_fixed_time(due + timedelta(hours=hour))
            keep(tab, share, tries)
            seen.append(any("not yet answered" not in text for text in listed(tab, "due")[:1]))
        wrong += [(tries, seen)] if seen != [False, True] else []

    assert [] == wrong


def test_what_went_wrong_is_all_that_was_not_solved_without_help(tab):
    """What is right so far is not wrong."""
    listed_again = {}
    for how in ("first", "later", "helped", "looked", "tried", "read", "near", "wrong"):
        keep(tab, share, [(0, how)])
        listed_again[how] = listed(tab, "again") != ["None."]

    assert {"looked", "tried", "read", "wrong"} == {
        how for how, is_there in listed_again.items() if is_there
    }


def test_attempts_from_two_machines_are_in_the_order_of_their_dates(tab, tmp_path):
    """What was answered last decides, wherever it was."""
    keep(tab, share, [(1, "wrong"), (3, "first")])
    here = record(tab, share)
    keep(tab, share, [(0, "near"), (2, "helped")])
    path = tmp_path / "progress.json"
    path.write_text(
        json.dumps({"bookkit": 1, "kept": {"bookkit:record:1:share": json.dumps(here)}})
    )
    tab.get_by_label("Read back").set_input_files(path)
    expect(tab.locator(".review-told")).to_have_text("Read back.")

    assert ["near", "wrong", "helped", "first"] == [one["how"] for one in record(tab, share)]


def test_of_many_attempts_the_last_twenty_are_kept(tab):
    keep(tab, share, [(hour, "wrong") for hour in range(-30, -5)])
    answer(tab, share, "37.5")

    assert [*["wrong"] * 19, "first"] == [one["how"] for one in record(tab, share)]


def test_printing_is_no_look_at_the_solution(tab):
    """Paper has the solutions unfolded; the reader has not asked for them."""
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    form_of(tab, share).locator(".exercise-solution[open]").wait_for()
    two_frames(tab)
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    answer(tab, share, "37.5")

    assert ["first"] == [one["how"] for one in record(tab, share)]


def test_five_items_of_several_chapters_are_due(tab):
    """The rest waits; chapters that were never opened are left alone."""
    assert ["Nothing is due. Answer some exercises, or come back tomorrow."] == listed(tab, "due")
    answer(tab, share, "1")
    tab.reload()
    fresh = listed(tab, "due")
    assert all("Chapter 2" in text for text in fresh)
    answer(tab, area, "1")
    answer(tab, SAMPLES[1], "1")
    choose(tab, primes, "a")
    answer(tab, stairs, "1")
    come_back(tab, 2)
    due = listed(tab, "due")

    assert 5 == len(due)
    assert {"Chapter 0", "Chapter 1", "Chapter 2"} == {
        text.partition("(")[2].partition(")")[0] for text in due[:3]
    }


def test_confidence_is_scored(tab):
    """Log loss in nats and Brier score, by what was said before the first answer."""
    choose(tab, primes, "a", sure="95")
    tab.reload()
    choose(tab, primes, "b", sure="75")
    tab.reload()
    loss, brier = -(math.log(0.05) + math.log(0.75)) / 2, (0.95**2 + 0.25**2) / 2
    shown = tab.locator(".review-calibration")

    assert f"mean log loss is {loss:.3f} nats, your Brier score {brier:.3f}." in shown.inner_text()
    assert [["75 %", "1 of 1"], ["95 %", "0 of 1"]] == [
        row.locator("td").all_inner_texts() for row in shown.locator("tbody tr").all()
    ]


def test_what_is_kept_can_be_saved_forgotten_and_read_back(tab, tmp_path):
    answer(tab, share, "37.5")
    answer(tab, stairs, "3")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save to a file").click()
    path = tmp_path / "progress.json"
    download.value.save_as(path)
    tab.evaluate("localStorage.setItem('theme', 'dark')")
    for _ in range(2):
        tab.locator(".exercise-forget").click()

    assert ["theme"] == tab.evaluate("Object.keys(localStorage)")
    assert ["Nothing has been answered yet."] == listed(tab, "tally")
    answer(tab, stairs, "8")
    for _ in range(2):  # the second time adds nothing
        tab.get_by_label("Read back").set_input_files(path)
        expect(tab.locator(".review-told")).to_have_text("Read back.")
    assert form_of(tab, share).locator(".exercise-solved").is_visible()
    assert ["wrong", "wrong"] == [one["how"] for one in record(tab, stairs)]
    assert {"3", "8"} == {one["reply"] for one in record(tab, stairs)}
    path.write_text('{"bookkit": 2}')
    tab.get_by_label("Read back").set_input_files(path)
    expect(tab.locator(".review-told")).to_have_text("That is no file of this book's progress.")


def attempt(**change):
    return json.dumps([{"at": START, "how": "wrong", "reply": "9"} | change])


DAMAGED = [
    "{", "[1]", "7", "[null]", "null", '["text"]', attempt(at="never"), attempt(reply=3),
    attempt(reply=None), attempt(how="unheard-of"), attempt(how="toString"), attempt(how=None),
    attempt(variant={}), attempt(variant="2"),
]  # fmt: skip


def test_nothing_is_said_to_be_saved_where_nothing_is_kept(tab):
    tab.get_by_role("button", name="Save to a file").click()

    expect(tab.locator(".review-told")).to_have_text(
        "Nothing is kept yet, so there is nothing to save."
    )


@pytest.mark.parametrize("broken", DAMAGED)
def test_a_record_that_is_damaged_is_no_record(tab, tmp_path, broken):
    """Whether it stands in the browser or comes with a file."""
    tab.evaluate("text => localStorage.setItem('bookkit:record:1:share', text)", broken)
    path = tmp_path / "progress.json"
    path.write_text(json.dumps({"bookkit": 1, "kept": {"bookkit:record:1:largest-prime": broken}}))
    tab.get_by_label("Read back").set_input_files(path)
    expect(tab.locator(".review-told")).to_have_text("Read back.")
    tab.reload()
    assert ["Nothing has been answered yet."] == listed(tab, "tally")
    assert ["None."] == listed(tab, "again")
    answer(tab, share, "37.5")
    choose(tab, primes, "b")

    assert ["first"] == [one["how"] for one in record(tab, share)]
    assert ["first"] == [one["how"] for one in record(tab, primes)]


def test_every_way_that_an_answer_goes_has_words_in_the_review():
    """What is kept, what is told of it, and what the contract says are the same."""
    scripts = SCRIPT.parent
    kept = re.search(r"HOWS = \[(.*?)\]", (scripts / "record.js").read_text("utf-8"))[1]
    told = re.search(r"OUTCOMES = {(.*?)}", (scripts / "review.js").read_text("utf-8"), re.DOTALL)[
        1
    ]
    types = (SCRIPT.parents[2] / "types.js").read_text("utf-8")
    agreed = re.search(r"@property {(\S+)} how", types)[1]

    assert set(re.findall(r"\w+", kept)) == set(re.findall(r"(\w+): \"", told))
    assert set(re.findall(r"\w+", kept)) == set(re.findall(r"\w+", agreed))


def hows(tab, exercise):
    """Return what the page itself knows."""
    return [
        one["how"] for one in tab.evaluate("name => bookkit.record.attempts(name)", exercise.name)
    ]


def test_what_is_forgotten_in_another_tab_stays_forgotten(tab):
    """What was tried is not kept again; test_written.py has a page that comes back from elsewhere."""
    answer(tab, share, "37.5")
    choose(tab, primes, "a")
    other = tab.context.new_page()
    other.goto(tab.url)
    for _ in range(2):
        other.locator(".exercise-forget").click()
    other.close()

    expect(form_of(tab, share).locator(".exercise-solved")).to_be_hidden()
    assert ["Nothing has been answered yet."] == listed(tab, "tally")
    assert [] == hows(tab, share)
    choose(tab, primes, "b")
    assert ["later"] == [one["how"] for one in record(tab, primes)]
    assert 2 == tab.evaluate("Object.keys(localStorage).length")


REFUSES = """() => { Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError'); }; }"""


def test_a_full_storage_loses_nothing_until_the_page_is_left(tab, tmp_path):
    """What it refused is newer than what it has, and goes into the file; forgetting takes both."""
    answer(tab, stairs, "3")
    tab.evaluate(REFUSES)
    answer(tab, stairs, "8")
    answer(tab, share, "9")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save to a file").click()
    download.value.save_as(tmp_path / "progress.json")
    saved = json.loads((tmp_path / "progress.json").read_text())["kept"]

    assert ["wrong", "wrong"] == hows(tab, stairs)
    assert ["3", "8"] == [one["reply"] for one in json.loads(saved["bookkit:record:1:stairs"])]
    assert "bookkit:record:1:share" in saved
    tab.get_by_label("Read back").set_input_files(tmp_path / "progress.json")
    expect(tab.locator(".review-told")).to_contain_text("this browser refuses to keep all of it")
    other = tab.context.new_page()
    other.goto(tab.url)
    for _ in range(2):
        other.locator(".exercise-forget").click()
    other.close()
    expect(tab.locator(".review-tally")).to_have_text("Nothing has been answered yet.")


@pytest.mark.parametrize("kept", [[], None, 7, "text"])
def test_a_file_that_keeps_nothing_is_refused(tab, tmp_path, kept):
    path = tmp_path / "progress.json"
    path.write_text(json.dumps({"bookkit": 1, "kept": kept}))
    tab.get_by_label("Read back").set_input_files(path)

    expect(tab.locator(".review-told")).to_have_text("That is no file of this book's progress.")


def test_a_text_that_is_read_back_replaces_none(tab, tmp_path):
    """Both are kept, the one of this browser last; a file that is read twice adds nothing."""
    key, path = "bookkit:written:odd-sum", tmp_path / "progress.json"
    path.write_text(json.dumps({"bookkit": 1, "kept": {key: "Induction."}}))
    own = form_of(tab, odd_sum).get_by_label("Your own answer")
    texts = []
    for here in ("", "A square", "Induction. And more"):
        own.fill(here)
        for _ in range(2):
            tab.evaluate("document.querySelector('.review-told').textContent = ''")
            tab.get_by_label("Read back").set_input_files(path)
            expect(tab.locator(".review-told")).to_have_text("Read back.")
        texts.append(own.input_value())

    assert ["Induction.", "Induction.\n\nA square", "Induction. And more"] == texts


def test_a_mark_that_is_read_back_replaces_none(tab, tmp_path):
    """A prediction is made once; what is not there yet comes from the file."""
    keys, path = ["bookkit:predict:predict-a", "bookkit:predict:predict-b"], tmp_path / "p.json"
    path.write_text(json.dumps({"bookkit": 1, "kept": dict.fromkeys(keys, "z")}))
    tab.evaluate("key => localStorage.setItem(key, 'a')", keys[0])
    tab.get_by_label("Read back").set_input_files(path)
    expect(tab.locator(".review-told")).to_have_text("Read back.")

    assert ["a", "z"] == [tab.evaluate("key => localStorage.getItem(key)", key) for key in keys]


def test_a_list_that_another_tab_renews_keeps_the_focus(tab):
    """On the item that now stands there; on the list itself when it has become empty."""
    answer(tab, share, "9")
    answer(tab, stairs, "3")
    tab.reload()
    tab.locator(".review-again a").last.focus()
    other = tab.context.new_page()
    other.goto(tab.url)
    held = []
    for exercise, right in ((stairs, "15"), (share, "37.5")):
        answer(other, exercise, right)
        expect(tab.locator(".review-tally")).to_contain_text("right at first")
        expect(tab.locator(".review-again")).not_to_contain_text(
            next(item["label"] for item in ITEMS if item["name"] == exercise.name)
        )
        held.append(tab.evaluate("document.activeElement.tagName"))

    assert ["A", "UL"] == held


def test_without_storage_the_review_lasts_as_long_as_the_page(browser):
    script = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }});"
    tab = open_page(browser, CONTENTS, script=script)
    answer(tab, share, "9")
    tab.evaluate("dispatchEvent(new Event('storage'))")

    assert 1 == len(listed(tab, "again"))
    assert [] == tab.errors
    tab.context.close()


@in_each_theme
def test_axe_finds_nothing_in_the_review(browser, theme, rules):
    review = "<h2>Review</h2>" + form.review(ITEMS)
    tab = open_page(browser, files([primes], theme=theme, before=review), width=390)
    choose(tab, primes, "a", sure="95")
    tab.reload()
    found = found_by_axe(tab, rules)

    assert [] == found
    assert 390 >= tab.evaluate("document.documentElement.scrollWidth")
    tab.context.close()
