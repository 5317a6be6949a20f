"""Exercises on a page, in a real browser, under a policy that allows no inline script or style."""

import json
import random
import re
from html.parser import HTMLParser

import pytest
from barriers import found_by_axe, in_each_theme
from exercise_pages import files, form_of, open_page, page
from exercise_samples import SAMPLES, area, diverges, growth, odd_sum, primes, share, write_mean
from playwright.sync_api import expect

from bookkit.exercise import Mistake, Number, form
from bookkit.markup import to_html

NUMBERS = [area, diverges, share]
PROGRESS = form.progress("samples")
BOOK = form.progress("book", [e.name for e in SAMPLES] + ["elsewhere"])
CONTENTS = files(SAMPLES, before=PROGRESS + BOOK, after=form.forget_button())
KEY = "bookkit:solved:"
THROWING = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }});"
FULL = (
    "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
)


@pytest.fixture
def tab(browser):
    """A page with all samples; an error in its console fails the test."""
    tab = open_page(browser, CONTENTS)
    yield tab
    tab.context.close()

    assert tab.errors == []


def answer(tab, exercise, text):
    """Type an answer and press Enter."""
    field = form_of(tab, exercise).get_by_label("Your answer")
    field.fill(text)
    field.press("Enter")


def press_check(tab, exercise):
    """Press the button; where no Python runs, that of a function stands with its ticks, folded."""
    if exercise is write_mean:
        form_of(tab, exercise).locator(".exercise-steps").evaluate("fold => { fold.open = true; }")
    form_of(tab, exercise).get_by_role("button", name=re.compile("Check|Count as read")).click()


def verdict(tab, exercise):
    """Return the verdict of a form and the text of its output."""
    output = form_of(tab, exercise).get_by_role("status")
    text = re.sub(r"\s+", " ", output.text_content()).strip()
    return output.get_attribute("data-verdict"), text


def expected(tab, exercise, reply):
    """Return verdict and text as Python has them, with formulas as the browser shows them."""
    told = exercise.judge(reply)
    html = to_html(told.message, inline=True)
    script = "html => new DOMParser().parseFromString(html, 'text/html').body.textContent"
    message = told.message if told.verdict == "unreadable" else tab.evaluate(script, html)
    words = {
        "correct": "Right.",
        "near": "Right so far.",
        "wrong": "Not yet.",
        "unreadable": "Not counted.",
    }
    parts = filter(None, (words[told.verdict], message, told.echo()))
    return told.verdict, re.sub(r"\s+", " ", " ".join(parts)).strip()


def without_hint(told):
    return told[0], told[1].removesuffix(" The hint is open now.")


@pytest.mark.parametrize("exercise", NUMBERS, ids=lambda e: e.name)
def test_page_and_python_say_the_same_about_answer_mistakes_and_anything(tab, exercise):
    """One set of rules: the same verdict and the same words for every reading."""
    rng = random.Random(exercise.name)
    values = [exercise.answer, *(mistake.value for mistake in exercise.mistakes)]
    texts = [repr(value) for value in values] + ["", "log 6", "3 nats", "2e", "<b>", "1/0", "-7"]
    texts += [f"{value + rng.uniform(-2, 2) * exercise.tolerance!r}" for value in values * 8]
    texts += [f"{rng.uniform(-9, 99):.4f} {exercise.unit}" for _ in range(20)]
    edges = [side * share * exercise.tolerance for side in (-1, 1) for share in (0.999, 1.001)]
    texts += [repr(value + edge) for value in values for edge in edges]
    bounds = {bound for limit in exercise.limits for bound in (limit.below, limit.above)} - {None}
    texts += [repr(bound) for bound in sorted(bounds)]
    for text in texts:
        answer(tab, exercise, text)

        assert expected(tab, exercise, text) == without_hint(verdict(tab, exercise)), text


def test_what_is_too_long_is_told_and_not_cut(tab):
    """The field keeps all of a formula that is pasted: half of it would be called wrong."""
    long = "+".join(["0.5"] * 60)
    form_of(tab, area).get_by_label("Your answer").focus()
    tab.keyboard.insert_text(long)
    tab.keyboard.press("Enter")

    assert expected(tab, area, long) == verdict(tab, area)
    assert "unreadable" == verdict(tab, area)[0]


def test_the_page_gives_every_option_its_reason(tab):
    """Choosing nothing is no attempt; every option is answered with its own reason."""
    press_check(tab, primes)

    assert expected(tab, primes, None) == verdict(tab, primes)
    for letter, radio in zip("abc", form_of(tab, primes).get_by_role("radio").all(), strict=True):
        radio.check()
        press_check(tab, primes)

        assert expected(tab, primes, letter) == without_hint(verdict(tab, primes))


def test_enter_checks_a_choice(tab):
    """Keyboard alone: tab to the options, move with the arrows, press Enter."""
    form_of(tab, primes).get_by_role("radio").first.focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")

    assert "correct" == verdict(tab, primes)[0]


def test_items_are_moved_by_keyboard_and_keep_the_focus(tab):
    """The button that moved an item stays under the finger, and the place is announced."""
    items = form_of(tab, growth).get_by_role("listitem")
    up = items.nth(2).get_by_role("button", name="Move up")
    up.focus()
    order = []
    for _ in range(3):  # the third press finds the item at the top already
        tab.keyboard.press("Enter")
        order.append(form_of(tab, growth).locator("[name=answer]").input_value())

        assert "Move up" == tab.evaluate("document.activeElement.getAttribute('aria-label')")
    assert ["a c b d", "c a b d", "c a b d"] == order
    assert "Now number 1 of 4." == form_of(tab, growth).locator("[aria-live]").text_content()
    assert "true" == items.first.get_by_role("button", name="Move up").get_attribute(
        "aria-disabled"
    )
    press_check(tab, growth)
    assert expected(tab, growth, order[-1]) == verdict(tab, growth)


def test_every_wrong_order_is_told_as_in_python(tab):
    """Moving the last item up step by step gives the orders that Python judges alike."""
    for _ in range(3):
        items = form_of(tab, growth).get_by_role("listitem")
        items.nth(3).get_by_role("button", name="Move up").click()
        items.nth(0).get_by_role("button", name="Move down").click()
        press_check(tab, growth)
        order = form_of(tab, growth).locator("[name=answer]").input_value()

        assert expected(tab, growth, order) == without_hint(verdict(tab, growth))


@pytest.mark.parametrize(
    ("exercise", "fold"),
    [(odd_sum, "Compare with the worked answer"), (write_mean, "Without Python")],
)
def test_steps_are_ticked_off(tab, exercise, fold):
    """Nothing ticked is no attempt; the first missing step speaks; all ticked is right."""
    if exercise is odd_sum:
        form_of(tab, exercise).get_by_label("Your own answer").fill("By induction.")
    form_of(tab, exercise).get_by_text(fold, exact=True).click()
    press_check(tab, exercise)

    assert ("unreadable", f"Not counted. {exercise.entry.nothing}") == verdict(tab, exercise)
    boxes = form_of(tab, exercise).get_by_role("checkbox").all()
    told = []
    for box in boxes:
        box.check()
        press_check(tab, exercise)
        told.append(verdict(tab, exercise))

    assert ["wrong"] * (len(boxes) - 1) + ["correct"] == [state for state, _ in told]


def test_focus_stays_where_it_was_and_the_answer_can_be_mended(tab):
    """Enter leaves the cursor in the field."""
    field = form_of(tab, area).get_by_label("Your answer")
    answer(tab, area, "5")
    tab.keyboard.type("0")

    assert "50" == field.input_value()
    assert "wrong" == verdict(tab, area)[0]


def test_the_hint_opens_after_two_different_wrong_attempts(tab):
    """Neither a repetition nor something unreadable counts."""
    hint = form_of(tab, area).locator(".exercise-hint")
    opened = []
    for text in ("5", "5.0", "what", "6", "7"):
        answer(tab, area, text)
        opened.append(hint.get_attribute("open") is not None)

    assert [False, False, False, True, True] == opened


def test_opening_the_hint_is_said_once(tab):
    """Someone who cannot see it open is told."""
    told = []
    for text in ("5", "6", "7"):
        answer(tab, area, text)
        told.append("The hint is open now." in verdict(tab, area)[1])

    assert [False, True, False] == told


def test_what_a_reader_types_never_becomes_markup(tab):
    """A unit is echoed as text, and nothing else of a reply is."""
    for text in (
        "<img src=x onerror=alert(1)>",
        "2 <b>bits</b>",
        "2 &lt;b&gt;",
        "</form>",
        "2 nats",
    ):
        answer(tab, area, text)

        assert "unreadable" == verdict(tab, area)[0]
        assert 0 == form_of(tab, area).locator("output img, output b").count()
    assert "You wrote nats, this asks for square metres." in verdict(tab, area)[1]


def test_a_unit_and_a_tolerance_are_told_beforehand(tab):
    """The label says what is asked for."""
    asks = [form_of(tab, e).locator("label").first.inner_text() for e in NUMBERS]

    assert [
        "Your answer (in square metres, to within 0.005)",
        "Your answer (a number, to within 0.0005)",
        "Your answer (in %, to within 0.05)",
    ] == asks


def test_parts_come_in_order(tab):
    """Question, hint, check, verdict, solution; hint and solution folded."""
    parts = ["question", "hint", "check", "verdict", "solution"]
    selector = ", ".join(f".exercise-{part}" for part in parts) + ", output"
    script = "nodes => nodes.map(node => node.className || node.id.split('-').pop())"
    for exercise in SAMPLES:
        found = form_of(tab, exercise).locator(selector).evaluate_all(script)

        assert parts == [name.removeprefix("exercise-") for name in found]
        assert 0 == form_of(tab, exercise).locator("details[open]").count()


def test_stars_and_minutes_are_seen_and_heard(tab):
    """Difficulty is not told by colour or shape alone."""
    head = form_of(tab, primes).locator(".exercise-head")

    assert "difficulty 2 of 3" == head.get_by_role("img").get_attribute("aria-label")
    assert "★★☆" in head.inner_text()
    assert "about 3 min" in head.inner_text()
    assert "Exercise: A round table" in form_of(tab, area).locator("strong").first.text_content()


def test_a_solved_exercise_is_remembered_and_counted(tab):
    """In this browser only, under keys of our own; a page that is opened again knows."""
    chapter, book = tab.locator(".exercise-progress").all()

    assert ["0 of 7 solved", "0 of 8 solved"] == [chapter.inner_text(), book.inner_text()]
    answer(tab, area, "5")
    answer(tab, share, "37,5")
    assert ["1 of 7 solved", "1 of 8 solved"] == [chapter.inner_text(), book.inner_text()]
    tab.evaluate("localStorage.setItem('theme', 'dark')")
    tab.evaluate(f"localStorage.setItem('{KEY}elsewhere', '1')")
    tab.reload()
    assert ["1 of 7 solved", "2 of 8 solved"] == [chapter.inner_text(), book.inner_text()]
    assert [False, True] == [
        form_of(tab, e).locator(".exercise-solved").is_visible() for e in (area, share)
    ]
    records = {f"bookkit:record:1:{exercise.name}" for exercise in (area, share)}
    assert {"theme", f"{KEY}share", f"{KEY}elsewhere"} | records == set(
        tab.evaluate("Object.keys(localStorage)")
    )


def test_a_button_forgets_all_that_is_solved_and_nothing_else(tab):
    """One click asks, the second forgets; leaving the button takes the question back."""
    tab.evaluate("localStorage.setItem('theme', 'dark')")
    answer(tab, share, "37.5")
    button = tab.locator(".exercise-forget")
    button.click()
    tab.locator("h1").click()

    assert "Forget solved exercises" == button.inner_text()
    button.click()
    assert "Click again to forget them all" == button.inner_text()
    assert "1 of 7 solved" == tab.locator(".exercise-progress").first.inner_text()
    button.click()
    assert "0 of 7 solved" == tab.locator(".exercise-progress").first.inner_text()
    assert ["theme"] == tab.evaluate("Object.keys(localStorage)")


def test_another_tab_hears_of_a_solved_exercise(tab):
    """The contents page that is open beside a chapter counts along."""
    other = tab.context.new_page()
    other.goto(tab.url)
    answer(other, share, "37.5")

    expect(tab.locator(".exercise-progress").first).to_have_text("1 of 7 solved")


@pytest.mark.parametrize("broken", [THROWING, FULL], ids=["switched off", "full"])
def test_storage_that_fails_breaks_nothing(browser, broken):
    """Answers are checked, and the page counts until it is left."""
    tab = open_page(browser, CONTENTS, script=broken)
    answer(tab, share, "37.5")

    assert "correct" == verdict(tab, share)[0]
    assert "1 of 7 solved" == tab.locator(".exercise-progress").first.inner_text()
    button = tab.locator(".exercise-forget")
    button.click()
    button.click()
    assert "0 of 7 solved" == tab.locator(".exercise-progress").first.inner_text()
    assert [] == tab.errors
    tab.context.close()


def test_without_javascript_everything_can_be_read(browser):
    """Hint and solution unfold, the page says why Check does nothing, and nothing is half alive."""
    tab = open_page(browser, CONTENTS, java_script_enabled=False)
    for exercise in SAMPLES:
        shown = form_of(tab, exercise)

        assert shown.locator(".exercise-question").is_visible()
        assert shown.locator("noscript p").is_visible()
        assert shown.locator("button[type=submit]").last.is_disabled()
        for summary in ("Hint", "Solution"):
            shown.get_by_text(summary, exact=True).click()
        assert shown.locator(".exercise-solution > div").is_visible()
        assert shown.locator(".exercise-hint > div").is_visible()
    assert not tab.locator(".exercise-progress, .exercise-forget, [data-move]").first.is_visible()
    tab.context.close()


def test_printing_shows_solutions_and_leaves_out_what_paper_cannot_do(tab):
    """On paper nothing unfolds: solutions are open, buttons and hints are gone."""
    tab.emulate_media(media="print")
    for exercise in SAMPLES:
        assert form_of(tab, exercise).locator(".exercise-solution > div").is_visible()
        assert 0 == form_of(tab, exercise).locator("button[type=submit]:visible").count()
        assert not form_of(tab, exercise).locator(".exercise-hint").is_visible()


def test_printing_folds_the_solutions_again(tab):
    """After printing the page is as it was."""
    count = "document.querySelectorAll('.exercise-solution[open]').length"
    states = [tab.evaluate(count)]
    for event in ("beforeprint", "afterprint"):
        tab.evaluate(f"dispatchEvent(new Event('{event}'))")
        states.append(tab.evaluate(count))

    assert [0, len(SAMPLES), 0] == states


def fill_in(tab):
    """Bring every exercise into a state with a verdict, everything unfolded."""
    answer(tab, area, "2,01")
    answer(tab, diverges, "2")
    answer(tab, share, "3 nats")
    form_of(tab, primes).get_by_role("radio").first.check()
    for exercise in (primes, growth, odd_sum, write_mean):
        press_check(tab, exercise)
    tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")


@in_each_theme
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser, theme, rules, width):
    """WCAG 2.2 AA in both themes and at both widths, before and after answering."""
    contents = files(SAMPLES, theme=theme, before=PROGRESS, after=form.forget_button())
    tab = open_page(browser, contents, width=width)
    before = found_by_axe(tab, rules)
    fill_in(tab)
    after = found_by_axe(tab, rules)

    assert [] == before
    assert [] == after
    assert width >= tab.evaluate("document.documentElement.scrollWidth")
    tab.context.close()


def test_a_verdict_is_seen_where_the_button_is_the_last_thing_in_the_window(tab):
    tab.set_viewport_size({"width": 360, "height": 300})
    form_of(tab, area).get_by_label("Your answer").fill("1")
    button = form_of(tab, area).get_by_role("button", name="Check")
    button.evaluate("button => { button.scrollIntoView({ block: 'end' }); button.click(); }")

    output = form_of(tab, area).get_by_role("status")

    assert output.evaluate("output => output.getBoundingClientRect().bottom <= innerHeight")


def test_targets_are_large_enough_for_a_thumb(browser):
    """At 360 px every control is at least 24 px high and wide, as WCAG 2.2 asks."""
    tab = open_page(browser, CONTENTS, width=360)
    fill_in(tab)
    selector = "form button:visible, summary:visible, form label.exercise-box:visible, form input[type=text]"
    sizes = tab.locator(selector).evaluate_all(
        "nodes => nodes.map(n => n.getBoundingClientRect()).map(r => Math.min(r.width, r.height))"
    )

    assert len(sizes) > 30
    assert min(sizes) >= 24
    tab.context.close()


class Markup(HTMLParser):
    """Collects what a strict policy or a broken page would trip over."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.inline, self.tags = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.inline += [
            (tag, name) for name, _ in attrs if name == "style" or name.startswith("on")
        ]


def test_forms_hold_no_inline_script_style_or_handler_and_no_id_twice():
    """A strict policy has nothing to forbid."""
    markup = Markup("".join(map(form.render, SAMPLES)))

    assert [] == markup.inline
    assert {"script", "style"}.isdisjoint(markup.tags)
    assert len(set(markup.ids)) == len(markup.ids)


def test_nothing_that_an_author_writes_breaks_out_of_its_place(browser):
    """Closing tags, quotes and scripts in any text are text."""
    evil = "</script></template></form>\"'><img src=x onerror=alert(1)>"
    exercise = Number(
        "evil", stars=1, minutes=1, title=evil, question=evil, hint=evil, solution=evil,
        answer=1, why=evil, mistakes=[Mistake(2, evil)], otherwise=evil,
    )  # fmt: skip
    tab = open_page(browser, files([exercise]))
    answer(tab, exercise, "2")

    assert ("wrong", True) == (verdict(tab, exercise)[0], "</script>" in verdict(tab, exercise)[1])
    assert 0 == tab.locator("img").count()
    assert 1 == tab.locator("form").count()
    assert [] == tab.errors
    tab.context.close()


def test_the_data_of_a_form_is_strict_json():
    """Infinity is a word in it, as JSON has no such number."""
    data = json.loads(json.dumps(diverges.data(), allow_nan=False))

    assert {"near": ["Infinity", 0.0005], "verdict": "correct"} == data["rules"][0]
    assert {
        "near": ["-Infinity", 0.0005],
        "recognised": ["-Infinity", 0.0005],
        "verdict": "wrong",
    } == data["rules"][2]


def test_the_site_gets_the_form_and_the_notebook_a_widget(monkeypatch):
    """One object, two lives; the text is the same in both."""
    monkeypatch.setenv("BOOKKIT_SITE", "1")
    site = area._repr_mimebundle_()
    monkeypatch.delenv("BOOKKIT_SITE")
    live = area._repr_mimebundle_()

    assert {"text/plain", "text/html"} == set(site)
    assert {"text/plain", "application/vnd.jupyter.widget-view+json"} == set(live)
    assert site["text/plain"] == live["text/plain"] == repr(area)
    assert form.render(area) == site["text/html"]


def test_a_page_from_disk_answers(browser, tmp_path):
    """No server: the files in a folder are enough."""
    for name, content in CONTENTS.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    tab = browser.new_context(offline=True).new_page()
    tab.goto((tmp_path / "exercises.html").as_uri())
    answer(tab, share, "37.5 %")

    assert "correct" == verdict(tab, share)[0]
    assert "1 of 7 solved" == tab.locator(".exercise-progress").first.inner_text()
    tab.context.close()


def test_a_page_without_exercises_is_left_alone(browser):
    """The script is on every page of the book."""
    contents = files([], before=PROGRESS, after="")
    tab = open_page(browser, contents | {"exercises.html": page([], before=PROGRESS)})

    assert [] == tab.errors
    assert not tab.locator(".exercise-progress").is_visible()
    tab.context.close()
