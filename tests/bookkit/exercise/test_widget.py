"""Exercises live: the widgets of a notebook, driven as a reader's clicks drive them."""

import re

import ipywidgets
import pytest
from boxes import descendants
from exercise_samples import SAMPLES, area, growth, odd_sum, primes, share, write_mean

from bookkit.exercise import Choice, Option, parts
from bookkit.exercise.rules import WORDS
from bookkit.exercise.widget import live
from bookkit.markup import to_html


class Shown:
    """The widget of an exercise, with its parts by what they are."""

    def __init__(self, exercise):
        self.box = live(exercise)
        self.all = list(descendants(self.box))

    def find(self, kind):
        return [widget for widget in self.all if isinstance(widget, kind)]

    def button(self, description="Check"):
        return next(b for b in self.find(ipywidgets.Button) if b.description == description)

    def part(self, piece):
        return next(w.value for w in self.find(ipywidgets.HTML) if piece in w.value)

    def verdict(self):
        """Return the verdict and the HTML of the feedback without its frame."""
        state, inner = re.fullmatch(
            r'<output role="status" data-verdict="(\w+)">(.*)</output>', self.part("<output")
        ).groups()
        return state, re.sub(r"<span class=\"[\w-]+\">|</span>", "", inner)

    def answer(self, text):
        (field,) = self.find(ipywidgets.Text)
        field.value = text
        self.button().click()
        return self.verdict()


@pytest.mark.parametrize("exercise", SAMPLES, ids=lambda e: e.name)
def test_the_widget_shows_every_part(exercise):
    """Question, difficulty, time, hint and solution are there, folded where they should be."""
    shown = Shown(exercise)

    assert parts.block(exercise.full_question) in shown.part('<div class="exercise-question"')
    head = shown.part('<p class="exercise-head"')
    assert f"difficulty {exercise.stars} of 3" in head
    assert f"about {exercise.minutes} min" in head
    assert exercise.title in head
    assert to_html(exercise.hint) in shown.part('<details class="exercise-hint">')
    assert parts.block(exercise.full_solution) in shown.part('<details class="exercise-solution">')


@pytest.mark.parametrize("exercise", [area, share], ids=lambda e: e.name)
def test_the_widget_says_what_python_says(exercise):
    """Answer, mistakes and nonsense get verdict and words of `judge`."""
    shown = Shown(exercise)
    replies = [repr(exercise.answer), *(repr(m.value) for m in exercise.mistakes), "-1", "1,5", "?"]
    for reply in replies:
        told = exercise.judge(reply)
        message = (
            told.message if told.verdict == "unreadable" else to_html(told.message, inline=True)
        )
        words = " ".join(filter(None, (WORDS[told.verdict], message, told.echo())))
        state, text = shown.answer(reply)

        assert (told.verdict, words) == (state, text.removesuffix(" The hint is open now."))


def test_enter_checks_and_leaving_the_field_does_not():
    """Only the submit event of the field counts."""
    shown = Shown(share)
    (field,) = shown.find(ipywidgets.Text)
    field.value = "37.5"

    with pytest.raises(StopIteration):
        shown.part("<output")
    field._handle_msg(
        {"content": {"data": {"method": "custom", "content": {"event": "submit"}}}, "buffers": []}
    )
    assert "correct" == shown.verdict()[0]


def test_the_live_hint_opens_after_two_different_wrong_attempts():
    """As on the page: a repetition and nonsense do not count."""
    shown = Shown(area)
    opened = []
    for text in ("5", "5", "?", "6", "7"):
        shown.answer(text)
        opened.append('exercise-hint" open' in shown.part('<details class="exercise-hint"'))

    assert [False, False, False, True, True] == opened


def test_what_a_reader_types_is_escaped():
    """No reply becomes markup."""
    shown = Shown(area)
    for text in ("<img src=x onerror=alert(1)>", "2 <b>", "2 nats&lt;"):
        assert "<" not in shown.answer(text)[1]


def test_radio_buttons_show_plain_options_and_letters_where_there_are_formulas():
    """Labels of radio buttons cannot hold formulas, so those are listed above them."""
    plain = Choice(
        "plain",
        stars=1,
        minutes=1,
        question="?",
        hint="!",
        solution=".",
        options=[Option("one", "No."), Option("two", "Yes.", right=True)],
    )
    radios = [Shown(e).find(ipywidgets.RadioButtons)[0] for e in (plain, primes)]

    assert [("one", "a"), ("two", "b")] == list(radios[0].options)
    assert [(x, x) for x in "abc"] == list(radios[1].options)
    assert [None, None] == [radio.value for radio in radios]
    shown = Shown(primes)
    shown.button().click()
    assert "unreadable" == shown.verdict()[0]
    shown.find(ipywidgets.RadioButtons)[0].value = "b"
    shown.button().click()
    assert "correct" == shown.verdict()[0]


def test_live_items_move_and_are_judged_in_their_order():
    """The rows show the order that is checked."""
    shown = Shown(growth)
    rows = next(
        b
        for b in shown.find(ipywidgets.VBox)
        if len(b.children) == len(growth.items)
        and all(isinstance(row, ipywidgets.HBox) for row in b.children)
    )
    for _ in range(3):  # up from the third place, and a press too many
        third = next(row for row in rows.children if row.children[0].tooltip == "Move c up")
        third.children[0].click()
    shown.button().click()

    assert "Move c up" == rows.children[0].children[0].tooltip
    assert "correct" == shown.verdict()[0]


def test_live_steps_are_ticked():
    """The first missing step speaks."""
    shown = Shown(odd_sum)
    told = []
    for box in shown.find(ipywidgets.Checkbox):
        shown.button().click()
        told.append(shown.verdict()[0])
        box.value = True
    shown.button().click()

    assert ["unreadable", "wrong", "wrong", "correct"] == [*told, shown.verdict()[0]]


def test_a_live_code_exercise_says_how_to_check_and_has_no_button():
    """The function is checked by a call, below the cell that defines it."""
    shown = Shown(write_mean)

    assert "<code>write_mean.check(mean)</code>" in shown.part("Write it in a cell")
    assert "none" == shown.button().layout.display
