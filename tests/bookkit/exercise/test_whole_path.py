"""A reader's whole path: predict, go wrong, near, right, with help; come back; save, forget, read back."""

import json

import pytest
from exercise_pages import files, form_of, open_page
from exercise_samples import area, odd_sum, primes, room, stairs
from playwright.sync_api import expect
from prediction_samples import fall

from bookkit.exercise import form, parts

EXERCISES = [area, primes, odd_sum, stairs, room]
ITEMS = [
    {
        "name": e.name,
        "label": f"Exercise {1 + i}.1",
        "href": f"#ex-{e.name}",
        "page": f"chapter-{i}",
        "chapter": f"Chapter {i}",
    }
    for i, e in enumerate(EXERCISES)
]
BEFORE = form.render_prediction(fall) + parts.reveal(fall) + "<h2>Review</h2>" + form.review(ITEMS)
CONTENTS = files(EXERCISES, before=BEFORE, after=form.forget_button())


def answer(tab, exercise, text):
    form_of(tab, exercise).get_by_label("Your answer").fill(text)
    form_of(tab, exercise).get_by_role("button", name="Check").click()
    return form_of(tab, exercise).locator("output").get_attribute("data-verdict")


def due(tab):
    return tab.locator(".review-due li").all_inner_texts()


def again(tab):
    return tab.locator(".review-again li").all_inner_texts()


def come_back(tab, date):
    tab.clock.set_fixed_time(f"{date}T13:00:00Z")
    tab.reload()


def predict(tab):
    """Predict, and see it beside what happens."""
    tab.locator("#predict-fall").get_by_label("The heavy one").check()
    tab.get_by_role("button", name="Check my guess").click()
    expect(tab.locator("details.reveal")).to_have_attribute("open", "")


def practise(tab):
    """Answer wrong, near, right; at first; with help; by trying all; in words; another one."""
    assert ["wrong", "near", "correct"] == [answer(tab, area, x) for x in ("5.027", "2.0", "2.01")]
    assert ["wrong", "wrong"] == [answer(tab, stairs, x) for x in ("3", "8")]
    expect(form_of(tab, stairs).locator(".exercise-hint").first).to_have_attribute("open", "")
    assert "correct" == answer(tab, stairs, "15")
    for radio in form_of(tab, primes).get_by_role("radio").all()[::2]:
        radio.check()
        form_of(tab, primes).get_by_role("button", name="Check").click()
    form_of(tab, odd_sum).get_by_label("Your own answer").fill("Induction.")
    form_of(tab, odd_sum).get_by_text("Compare with").click()
    for box in form_of(tab, odd_sum).get_by_role("checkbox").all():
        box.check()
    form_of(tab, odd_sum).get_by_role("button", name="Check").click()
    assert "correct" == answer(tab, room, "25")
    form_of(tab, room).get_by_role("button", name="Another one").click()
    assert "wrong" == answer(tab, room, "14")


def come_back_next_day(tab):
    """Find what went wrong and what needed help; not what went well."""
    come_back(tab, "2026-01-02")
    assert {"Exercise 1.1", "Exercise 2.1", "Exercise 4.1", "Exercise 5.1"} == {
        text.partition(" (")[0] for text in due(tab)
    }
    assert any("your answer was 14 (with other numbers, the 2nd)" in text for text in again(tab))
    assert "correct" == answer(tab, stairs, "15")
    assert "correct" == answer(tab, area, "2.01")


def come_back_for_weeks(tab):
    """Find a success due after a week, and not before; then after a month."""
    come_back(tab, "2026-01-08")
    assert any(text.startswith("Exercise 3.1") for text in due(tab))
    assert not any(text.startswith("Exercise 4.1") for text in due(tab))
    come_back(tab, "2026-01-09")
    assert any(text.startswith("Exercise 4.1") for text in due(tab))
    assert "correct" == answer(tab, stairs, "15")
    come_back(tab, "2026-02-07")
    assert not any(text.startswith("Exercise 4.1") for text in due(tab))
    come_back(tab, "2026-02-08")
    assert any(text.startswith("Exercise 4.1") for text in due(tab))


def save_forget_and_read_back(tab, path):
    """Everything is as it was."""
    before = [due(tab), again(tab), tab.locator(".exercise-solved:visible").count()]
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save to a file").click()
    download.value.save_as(path)
    for _ in range(2):
        tab.locator(".exercise-forget").click()
    assert [] == tab.evaluate("Object.keys(localStorage)")
    assert ["None."] == again(tab)
    tab.get_by_label("Read back").set_input_files(path)
    expect(tab.locator(".review-told")).to_have_text("Read back.")
    tab.reload()
    assert before == [due(tab), again(tab), tab.locator(".exercise-solved:visible").count()]
    assert "Induction." == form_of(tab, odd_sum).get_by_label("Your own answer").input_value()
    kept = json.loads(path.read_text("utf-8"))["kept"]
    assert "bookkit:predict:predict-fall" in kept


@pytest.mark.parametrize("width", [390, 1280])
def test_the_whole_path_of_a_reader(browser, width, tmp_path):
    """Days, a week and a month go by on the clock of the page."""
    tab = open_page(browser, CONTENTS, width=width)
    tab.clock.set_fixed_time("2026-01-01T12:00:00Z")

    predict(tab)
    practise(tab)
    come_back_next_day(tab)
    come_back_for_weeks(tab)
    save_forget_and_read_back(tab, tmp_path / "progress.json")

    assert [] == tab.errors
    tab.context.close()
