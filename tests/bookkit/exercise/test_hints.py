"""Hints in steps: one is folded into another, and wrong answers open them one by one."""

from dataclasses import replace

import ipywidgets
import pytest
from exercise_pages import files, open_page
from exercise_samples import area, stairs

from bookkit.exercise import ExerciseError, Number, parts
from bookkit.exercise.widget import live

WRONG = ["3", "8", "8", "?", "12", "14", "16"]
OPEN = [0, 1, 1, 1, 2, 3, 3]  # how many hints are open after each of these


def test_hints_are_unfolded_one_after_the_other(browser):
    """By hand, and without JavaScript."""
    tab = open_page(browser, files([stairs]), java_script_enabled=False)
    summaries = tab.locator(".exercise-hint > summary")

    assert ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"] == summaries.all_text_contents()
    for place in range(3):
        assert [True] * (place + 1) + [False] * (2 - place) == [
            summary.is_visible() for summary in summaries.all()
        ]
        summaries.nth(place).click()
    tab.context.close()


def test_wrong_answers_open_the_hints_on_the_page(browser):
    """A repetition opens nothing, and what opens is said."""
    tab = open_page(browser, files([stairs]))
    opened, said, told = [], [], ""
    for reply in WRONG:
        tab.get_by_label("Your answer").fill(reply)
        tab.get_by_role("button", name="Check").click()
        opened.append(tab.locator(".exercise-hint[open]").count())
        told = tab.locator("output").inner_text()
        said.append("The hint is open now." in told)

    assert OPEN == opened
    assert [False, True, False, False, True, True, False] == said
    assert "open the hint" not in told  # there is no more to open
    assert [] == tab.errors
    tab.context.close()


SOLVED = ["15", "3", "8", "12"]  # the right one first


def test_a_wrong_answer_after_the_right_one_opens_nothing_on_the_page(browser):
    """It is told, and the exercise stays solved."""
    tab = open_page(browser, files([stairs]))
    verdicts = []
    for reply in SOLVED:
        tab.get_by_label("Your answer").fill(reply)
        tab.get_by_role("button", name="Check").click()
        verdicts.append(tab.locator("output").get_attribute("data-verdict"))

    assert ["correct", "wrong", "wrong", "wrong"] == verdicts
    assert 0 == tab.locator(".exercise-hint[open]").count()
    assert tab.locator(".exercise-solved").is_visible()
    tab.context.close()


def test_a_wrong_answer_after_the_right_one_opens_nothing_in_the_notebook():
    box = live(stairs)
    row = next(child for child in box.children if isinstance(child, ipywidgets.HBox))
    button = next(child for child in box.children if isinstance(child, ipywidgets.Button))
    for reply in SOLVED:
        row.children[0].value = reply
        button.click()

    assert not [w for w in box.children if '"exercise-hint" open' in getattr(w, "value", "")]


def test_a_wrong_answer_after_the_right_one_adds_no_hint_in_python():
    once = replace(stairs)

    assert [("correct", ""), *[("wrong", "")] * 3] == [
        (verdict.verdict, verdict.hint) for verdict in map(once.check, SOLVED)
    ]


def test_wrong_answers_open_the_hints_in_the_notebook():
    box = live(stairs)
    row = next(child for child in box.children if isinstance(child, ipywidgets.HBox))
    button = next(child for child in box.children if isinstance(child, ipywidgets.Button))
    opened = []
    for reply in WRONG:
        row.children[0].value = reply
        button.click()
        (hint,) = [w.value for w in box.children if '"exercise-hint"' in getattr(w, "value", "")]
        opened.append(hint.count('"exercise-hint" open'))

    assert OPEN == opened


def test_wrong_answers_add_hints_in_python():
    told = [stairs.check(reply).hint.count("\n\n") for reply in ("3", "8", "12", "14", "16")]

    assert [0, 0, 1, 2, 2] == told


def test_a_single_hint_has_no_number():
    assert "<summary>Hint</summary>" in parts.hint(area)


@pytest.mark.parametrize("hint", [[], ["Yes.", " "], None, ""])
def test_an_exercise_without_a_hint_is_refused(hint):
    with pytest.raises(ExerciseError, match="it has no hint"):
        Number("bad", stars=1, minutes=1, question="?", answer=1, why="!", solution=".", hint=hint)
