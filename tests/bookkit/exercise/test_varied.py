"""Another one like it: variants of an exercise, in Python, on the page and in the notebook."""

import json
import re

import ipywidgets
import pytest
from boxes import pieces
from exercise_pages import files, open_page, page
from exercise_samples import area, odd_sum, room
from playwright.sync_api import expect

from bookkit.exercise import ExerciseError, Mistake, Number, Prediction, form, varied
from bookkit.exercise.widget import live
from bookkit.site import variants


def number(name="twice", question="Twice {}?", answer=2, **more):
    """Return a function that makes an exercise of n; what is given may depend on n."""

    def make(n, *rest):
        given = {key: value(n) if callable(value) else value for key, value in more.items()}
        return Number(
            name(n) if callable(name) else name,
            **{"stars": 1, "minutes": 1, "why": "So.", "hint": "!", "solution": "."} | given,
            question=question.format(n),
            answer=answer * n,
        )

    return make


def test_the_first_variant_is_what_is_printed_and_knows_the_others():
    """It is an exercise like any other; each variant keeps what it was made of."""
    assert isinstance(room, Number)
    assert "A square room is 5 m wide. How large is its floor?" == room.question
    assert [25.0, 49.0, 144.0] == [variant.answer for variant in room.variants]
    assert [(5,), (7,), (12,)] == [variant.parameters for variant in room.variants]
    assert all(variant.variants == room.variants for variant in room.variants)
    assert room.variants[0] is room
    assert ["wrong", "correct"] == [v.judge("49").verdict for v in room.variants[:2]]


def test_an_exercise_that_is_not_varied_is_its_only_variant():
    assert [area] == area.variants
    assert () == area.parameters


def test_tuples_are_several_arguments():
    made = varied(lambda n, m: number()(n * m), [(1, 2), (3, 4)])

    assert [4.0, 24.0] == [variant.answer for variant in made.variants]
    assert [(1, 2), (3, 4)] == [variant.parameters for variant in made.variants]


@pytest.mark.parametrize(
    ("make", "parameters", "complaint"),
    [
        (number(), [3], "'make': it varies with at least two parameters, not 1"),
        (number(), [], "at least two parameters, not 0"),
        (number(lambda n: f"of-{n}"), [1, 2],
         "'of-1': all variants have one name, but with 1 it is 'of-1' and with 2 'of-2'"),
        (number(minutes=lambda n: n), [1, 2], "one minutes, but with 1 it is 1 and with 2 2"),
        (number(unit=lambda n: "m" if n > 1 else "km"), [1, 2], "one unit"),
        (number(), [1, 2, 1], "'twice': with 1 and with 1 it asks and answers the same"),
        (number(mistakes=lambda n: [Mistake(4, "!")]), [1, 2],
         "'twice': with 2: the mistake 4.0 ('!') cannot be told from the answer 4.0"),
        (lambda n: odd_sum, [1, 2], "only a Number has variants; with 1 it is a Derivation"),
        (lambda n: Prediction("p", question="?", saw=".", happens=n), [1, 2],
         "only a Number has variants; with 1 it is a Prediction"),
    ],
)  # fmt: skip
def test_what_cannot_vary_is_refused_in_words(make, parameters, complaint):
    with pytest.raises(ExerciseError, match=re.escape(complaint)):
        varied(make, parameters)


def near(n, m):
    return number(question=f"Twice {n}, and a little more, {m}?", tolerance=0.1)(n + m)


def test_the_same_answer_to_another_question_is_another_variant():
    made = varied(near, [(1, 0.02), (2, 0), (1, 0), (3, 0)])

    assert [2.04, 4.0, 2.0, 6.0] == [variant.answer for variant in made.variants]


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ([(2, 0), (1, 0), (1, 0.02)], "with 1, 0.02 it follows 1, 0, whose answer 2.0 is right"),
        ([(1, 0), (2, 0), (1, 0.02)], "with 1, 0 it follows 1, 0.02, whose answer 2.04 is right"),
    ],
)
def test_what_was_just_typed_is_never_right_again(parameters, complaint):
    """Not within the tolerance, and not when the first comes after the last."""
    with pytest.raises(ExerciseError, match=re.escape(complaint)):
        varied(near, parameters)


# --- on the page ---


@pytest.fixture
def tab(browser):
    tab = open_page(browser, files([room, area]), width=390)
    yield tab
    tab.context.close()

    assert [] == tab.errors


def entry(tab):
    return tab.locator("#ex-square-room")


def answer(tab, *replies):
    for reply in replies:
        field = entry(tab).get_by_label("Your answer")
        field.fill(reply)
        field.press("Enter")


def another(tab):
    entry(tab).get_by_role("button", name="Another one").press("Enter")


def test_another_one_shows_the_next_and_wraps(tab):
    """Question, hints, solution and what is judged belong together; the field has the focus."""
    seen = []
    for variant in [*room.variants, room]:
        question, solution = (
            entry(tab).locator(f".exercise-{part}").text_content()
            for part in ("question", "solution")
        )
        answer(tab, f"{variant.answer:g}")
        more = entry(tab).locator(".exercise-more").inner_text()
        seen.append(more.split("with")[0].removeprefix("Another one").strip())

        assert variant.question in question
        assert f"={variant.answer:g}" in solution.replace(" ", "")
        assert "correct" == entry(tab).locator("output").get_attribute("data-verdict")
        another(tab)
        assert "answer" == tab.evaluate("document.activeElement.name")
        assert "" == entry(tab).get_by_label("Your answer").input_value()
    assert ["1 of 3", "2 of 3", "3 of 3", "1 of 3"] == seen


def test_a_known_mistake_of_each_variant_has_its_own_words(tab):
    for variant in room.variants:
        mistake = variant.mistakes[0]
        answer(tab, f"{mistake.value}")
        expect(entry(tab).locator("output")).to_contain_text("That is the way round: four walls of")
        expect(entry(tab).locator("output")).to_contain_text(str(variant.parameters[0]))
        another(tab)


def test_attempts_hints_and_solution_begin_afresh(tab):
    """What was looked up for one says nothing of the next; both are in the record."""
    answer(tab, "1", "2")
    expect(entry(tab).locator(".exercise-hint").first).to_have_attribute("open", "")
    entry(tab).get_by_text("Solution", exact=True).click()
    answer(tab, "25")
    another(tab)

    assert 0 == entry(tab).locator("details[open]").count()
    assert "" == entry(tab).locator("output").inner_text()
    answer(tab, "1")
    assert 0 == entry(tab).locator("details[open]").count()
    another(tab)
    answer(tab, "144")
    kept = json.loads(tab.evaluate("localStorage.getItem('bookkit:record:1:square-room')"))
    hows = [one["how"] for one in kept]
    assert ["wrong", "wrong", "looked", "wrong", "first"] == hows


def test_the_page_says_what_counts(tab):
    """One of the variants solved is the exercise solved."""
    assert "and counts for this exercise" in entry(tab).inner_text()
    another(tab)
    answer(tab, "49")
    assert entry(tab).locator(".exercise-solved").is_visible()
    assert 0 == tab.locator("#ex-circle-area .exercise-more").count()
    assert 390 >= tab.evaluate("document.documentElement.scrollWidth")


def test_an_exercise_that_comes_back_has_other_numbers(browser):
    """By the link of the review: the variant after the last one answered, and round again."""
    item = {"name": room.name, "label": "Exercise 1.1", "href": f"#ex-{room.name}"}
    listed = form.review([item | {"page": "rooms", "chapter": "Rooms"}])
    tab = open_page(browser, files([room, area], before="<h2>Review</h2>" + listed), width=390)
    tab.clock.set_fixed_time("2026-01-01T12:00:00Z")
    answer(tab, "24")
    sides = []
    for month in ("02", "03", "04", "08"):  # intervals grow
        tab.clock.set_fixed_time(f"2026-{month}-01T12:00:00Z")
        tab.reload()
        tab.locator(".review-due a").click()
        tab.wait_for_load_state()
        question = entry(tab).locator(".exercise-question").inner_text()
        variant = next(v for v in room.variants if v.question in question)
        sides.append(variant.parameters[0])
        tab.reload()  # until it is answered it stays
        expect(entry(tab).locator(".exercise-question")).to_have_text(question)
        expect(entry(tab).locator(".exercise-more")).to_contain_text(
            f"{room.variants.index(variant) + 1} of 3"
        )
        answer(tab, f"{variant.answer:g}")
        expect(entry(tab).locator("output")).to_have_attribute("data-verdict", "correct")

    assert [7, 12, 5, 7] == sides
    kept = json.loads(tab.evaluate("localStorage.getItem('bookkit:record:1:square-room')"))
    assert [None, 2, 3, None, 2] == [one.get("variant") for one in kept]
    tab.goto("http://book.test/exercises.html#ex-square-room")  # by any other way as printed
    expect(entry(tab).locator(".exercise-question")).to_contain_text("5 m wide")
    assert [] == tab.errors
    tab.context.close()


# --- variants in a script of their own, as on the site ---


def apart(tmp_path):
    """Return the files of a page whose variants come when they are asked for, and their name."""
    (tmp_path / "exercises.html").write_text(page([room, area]), "utf-8")
    pages = {"exercises.html": page([room, area])}
    changed = variants.set_apart(tmp_path, pages)
    (script,) = (tmp_path / variants.FOLDER).iterdir()
    return files([room, area]) | changed | {script.name: script.read_text("utf-8")}, script.name


@pytest.fixture
def tab_apart(tmp_path, browser):
    """A page on which exercises are far below the first screen."""
    contents, script = apart(tmp_path)
    far = '<div class="far"></div>'
    contents["exercises.html"] = contents["exercises.html"].replace("<h1>", f"{far}<h1>")
    contents["page.css"] += ".far { height: 4000px }"
    tab = open_page(browser, contents)
    tab.asked = []
    tab.on("request", lambda request: tab.asked.append(request.url.rpartition("/")[2]))
    tab.script, tab.contents = script, contents
    yield tab
    tab.context.close()


def test_variants_come_when_a_reader_comes_near_and_not_before(tab_apart):
    tab_apart.reload(wait_until="networkidle")
    assert tab_apart.script not in tab_apart.asked
    with tab_apart.expect_request(f"**/{tab_apart.script}"):
        entry(tab_apart).scroll_into_view_if_needed()
    for _ in range(2):
        for variant in room.variants:
            assert variant.question in entry(tab_apart).locator(".exercise-question").text_content()
            answer(tab_apart, f"{variant.answer:g}")
            expect(entry(tab_apart).locator("output")).to_have_attribute("data-verdict", "correct")
            another(tab_apart)
            expect(entry(tab_apart).locator("output")).not_to_have_attribute(
                "data-verdict", "correct"
            )

    assert 1 == tab_apart.asked.count(tab_apart.script)
    assert [] == tab_apart.errors


def test_variants_that_do_not_arrive_are_said_and_asked_for_again(tab_apart):
    lost = tab_apart.contents.pop(tab_apart.script)
    another(tab_apart)
    expect(entry(tab_apart).locator(".exercise-more")).to_contain_text("did not arrive")
    assert "5 m wide" in entry(tab_apart).locator(".exercise-question").text_content()
    expect(entry(tab_apart).get_by_role("button", name="Another one")).to_be_focused()

    tab_apart.contents[tab_apart.script] = lost
    another(tab_apart)
    expect(entry(tab_apart).locator(".exercise-more")).to_contain_text("2 of 3")
    assert "7 m wide" in entry(tab_apart).locator(".exercise-question").text_content()


@pytest.fixture
def slow(tab_apart):
    """The page, come to by a link of the review, with its variants still on the way."""
    held = []
    tab_apart.route(f"**/{tab_apart.script}", lambda route: held.append(route))
    record = [{"at": "2026-01-01T12:00:00Z", "how": "wrong", "reply": "1"}]
    tab_apart.evaluate(
        "text => localStorage.setItem('bookkit:record:1:square-room', text)", json.dumps(record)
    )
    with tab_apart.expect_request(f"**/{tab_apart.script}"):
        tab_apart.goto(
            "http://book.test/exercises.html?again#ex-square-room", wait_until="domcontentloaded"
        )

    def arrive():
        held.pop().fallback()
        tab_apart.wait_for_load_state()  # which waits for every script

    tab_apart.arrive = arrive
    yield tab_apart

    assert [] == tab_apart.errors


def test_variants_that_come_late_leave_what_was_typed(slow):
    """The question stays that was answered; "Another one" shows the next."""
    entry(slow).get_by_label("Your answer").press_sequentially("1.23")
    slow.arrive()

    assert "1.23" == entry(slow).get_by_label("Your answer").input_value()
    expect(entry(slow).get_by_label("Your answer")).to_be_focused()
    assert "5 m wide" in entry(slow).locator(".exercise-question").text_content()
    another(slow)
    expect(entry(slow).locator(".exercise-question")).to_contain_text("7 m wide")


def test_variants_that_come_late_keep_the_focus(slow):
    """It stands in the field of the other question, and an arrow moves in it."""
    entry(slow).get_by_label("Your answer").focus()
    slow.arrive()

    expect(entry(slow).locator(".exercise-question")).to_contain_text("7 m wide")
    expect(entry(slow).get_by_label("Your answer")).to_be_focused()


def test_variants_that_come_late_take_no_focus_from_elsewhere(slow):
    another(slow)
    slow.locator("#ex-circle-area").get_by_label("Your answer").focus()
    slow.arrive()

    expect(entry(slow).locator(".exercise-question")).to_contain_text("m wide")
    expect(slow.locator("#ex-circle-area").get_by_label("Your answer")).to_be_focused()


def test_a_reader_in_a_hurry_skips_none(tab_apart):
    """Who presses twice while they are on the way is shown the second."""
    press = "button => { button.click(); button.click(); }"
    entry(tab_apart).get_by_role("button", name="Another one").evaluate(press)

    expect(entry(tab_apart).locator(".exercise-more")).to_contain_text("2 of 3")


def test_a_page_has_what_it_had_but_for_variants_and_keeps_them_apart(tmp_path):
    contents, script = apart(tmp_path)
    (text,) = variants.texts(tmp_path)
    left = contents["exercises.html"].replace(f' data-variants="_exercises/{script}"', "")

    assert page([room, area]) == left.replace(
        '<p class="exercise-more"', text + '<p class="exercise-more"'
    )
    again = variants.set_apart(tmp_path, {"exercises.html": contents["exercises.html"]})
    assert ({}, [text]) == (again, variants.texts(tmp_path))
    assert {} == variants.set_apart(tmp_path, {"exercises.html": page([area])})
    assert [] == variants.texts(tmp_path)


def test_without_javascript_the_first_variant_is_there(browser):
    tab = open_page(browser, files([room]), java_script_enabled=False)

    assert not entry(tab).locator(".exercise-more").is_visible()
    assert entry(tab).get_by_text("5 m wide").is_visible()
    assert 0 == entry(tab).get_by_text("7 m wide").count()
    tab.context.close()


def test_no_identity_is_used_twice_in_the_document(browser):
    """Those of the other variants wait in templates, outside the document."""
    tab = open_page(browser, {**files([room]), "exercises.html": page([room])})
    script = "nodes => nodes.map(node => node.id)"
    idents = tab.locator("[id]").evaluate_all(script)

    assert sorted(set(idents)) == sorted(idents)
    tab.context.close()


def test_a_variant_says_nothing_that_the_first_says_for_it():
    """The head stands once."""
    html = form.render(room)

    assert 1 == html.count('class="exercise-head"')
    assert len(room.variants) - 1 == html.count('<template class="exercise-variant"')


# --- in the notebook ---


def test_the_widget_shows_another_one_and_begins_afresh():
    box = live(room)

    def press(name):
        next(b for b in pieces(box, ipywidgets.Button) if b.description == name).click()

    def text():
        return " ".join(html.value for html in pieces(box, ipywidgets.HTML))

    for i, variant in enumerate([*room.variants, room]):
        (field,) = pieces(box, ipywidgets.Text)

        assert "" == field.value
        assert variant.question in text()
        assert f"{i % 3 + 1} of 3 with other numbers" in text()
        for reply in ("1", "2"):
            field.value = reply
            press("Check")
        assert 'exercise-hint" open' in text()
        field.value = repr(variant.answer)
        press("Check")
        assert 'data-verdict="correct"' in text()
        press("Another one")
        assert 'exercise-hint" open' not in text()
        assert "<output" not in text()
    assert ["Check"] == [b.description for b in pieces(live(area), ipywidgets.Button)]
