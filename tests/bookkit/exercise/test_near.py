"""A right number with too few digits is told so, and costs no attempt."""

import pytest
from exercise_pages import files, open_page
from near_samples import GUESSED, REPLIES, ROUND, ROUNDED, confused, heads, loss, tosses, whole

from bookkit.exercise import Mistake, Number
from bookkit.exercise.widget import live

EXERCISES = list(dict.fromkeys(exercise for exercise, _, _ in REPLIES))


@pytest.mark.parametrize(("exercise", "reply", "verdict"), REPLIES, ids=lambda x: str(x)[:20])
def test_python_judges_each_reply(exercise, reply, verdict):
    """A known mistake speaks where it is told from the answer, and nowhere else."""
    assert verdict == exercise.judge(reply).verdict


def test_the_page_judges_each_reply_and_says_the_same(browser):
    """One table for both; the words as well."""
    tab = open_page(browser, files(EXERCISES))
    for exercise, reply, verdict in REPLIES:
        form = tab.locator(f"#ex-{exercise.name}")
        form.get_by_label("Your answer").fill(reply)
        form.get_by_role("button", name="Check").click()
        output = form.locator("output")

        assert verdict == output.get_attribute("data-verdict"), (exercise.name, reply)
        assert exercise.judge(reply).message.rstrip(".") in output.inner_text()
    assert [] == tab.errors
    tab.context.close()


@pytest.mark.parametrize(("reply", "message"), ROUNDED)
def test_a_known_mistake_with_fewer_digits_has_its_own_words(reply, message):
    """Where it is that of one mistake, and nothing else."""
    assert ("wrong", message) == (confused.judge(reply).verdict, confused.judge(reply).message)


def test_the_page_knows_mistakes_with_fewer_digits_as_well(browser):
    tab = open_page(browser, files([confused]))
    for reply, message in ROUNDED:
        tab.get_by_label("Your answer").fill(reply)
        tab.get_by_role("button", name="Check").click()

        assert message in tab.locator("output").inner_text(), reply
    tab.context.close()


GUESSES = [(one, *row) for one, rows in ((heads, GUESSED), (tosses, ROUND)) for row in rows]


@pytest.mark.parametrize(("exercise", "reply", "message"), GUESSES, ids=lambda x: str(x)[:9])
def test_a_guess_of_one_digit_is_told_of_no_slip_that_lies_beside_it(exercise, reply, message):
    """Half a bit is no proof that anyone took nats, nor is a hundred one of another coin."""
    verdict = exercise.judge(reply)

    assert ("wrong", message) == (verdict.verdict, verdict.message)


def test_the_page_accuses_no_guess_either(browser):
    tab = open_page(browser, files([heads, tosses]))
    for exercise, reply, message in GUESSES:
        form = tab.locator(f"#ex-{exercise.name}")
        form.get_by_label("Your answer").fill(reply)
        form.get_by_role("button", name="Check").click()

        assert message in form.locator("output").inner_text(), reply
    tab.context.close()


def test_near_says_how_many_digits_are_asked_for():
    assert (
        "Give more digits: the number is asked for to within 0.0005." == loss.judge("0.47").message
    )
    assert "Right so far. Give more digits: the number is asked for exactly. Read as 340." == str(
        whole.judge("3.4e2")
    )


def test_near_is_no_attempt_in_python():
    """The hint waits for two wrong answers."""
    hints = [loss.check(reply).hint for reply in ("0.47", "0.46", "0.9", "0.47", "0.8")]

    assert ["", "", "", "", loss.hint] == hints


def test_near_is_no_attempt_on_the_page(browser):
    tab = open_page(browser, files([loss]))
    opened = []
    for reply in ("0.47", "0.46", "0.9", "0.47", "0.8"):
        tab.get_by_label("Your answer").fill(reply)
        tab.get_by_role("button", name="Check").click()
        opened.append(tab.locator(".exercise-hint").get_attribute("open") is not None)

    assert [False, False, False, False, True] == opened
    tab.context.close()


def test_near_in_the_notebook_has_its_own_mark():
    box = live(loss)
    field = next(
        child for row in box.children if hasattr(row, "children") for child in row.children
    )
    field.value = "0.47"
    button = next(child for child in box.children if hasattr(child, "click"))
    button.click()

    assert any('data-verdict="near"' in str(getattr(child, "value", "")) for child in box.children)


def test_a_formula_that_is_pasted_keeps_its_parts_apart(browser):
    """A field drops line breaks, and a fraction would become another number."""
    tab = open_page(browser, files([loss]))
    field = tab.get_by_label("Your answer")
    paste = """(field, text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true,
                                                         cancelable: true})); }"""
    pasted = []
    for text in ("31\n12\n", "log\n2\n\u2061\n52\n"):
        field.fill("")
        field.evaluate(paste, text)
        pasted.append(field.input_value())

    assert ["31  12", "log  2  \u2061  52"] == pasted
    tab.get_by_role("button", name="Check").click()
    assert "Read as 5.70044." in tab.locator("output").inner_text()
    tab.context.close()


@pytest.mark.parametrize(
    ("reply", "known"),
    [
        ("0.5", True),
        ("0.504", True),
        ("0", False),
        ("1", False),
        ("0.52", False),
        ("0.6", False),
    ],
)
def test_a_mistake_reaches_no_further_than_a_hundredth_of_its_value(reply, known):
    """Whatever is right to within a half, 0 and 1 are no signs of the slip that comes to 0.5."""
    exercise = Number(
        "wide",
        stars=1,
        minutes=1,
        question="What is it?",
        answer=8,
        tolerance=0.5,
        why="So it is.",
        mistakes=[Mistake(0.5, "That is for each.")],
        hint=["Think."],
        solution="8",
    )

    assert known == (exercise.judge(reply).message.startswith("That is for each"))
