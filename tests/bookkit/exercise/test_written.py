"""A proof is written before it is compared; without writing, ticking counts as read."""

import ipywidgets
from barriers import found_by_axe, in_each_theme
from boxes import pieces
from exercise_pages import files, open_page
from exercise_samples import odd_sum, write_mean
from playwright.sync_api import expect
from visits import two_frames

from bookkit.exercise import form
from bookkit.exercise.widget import live

CONTENTS = files([odd_sum, write_mean], after=form.forget_button())
TYPED = '<div class="exercise-typed" hidden>'
WITH_PYTHON = CONTENTS | {
    "exercises.html": CONTENTS["exercises.html"].replace(TYPED, TYPED.replace(" hidden", ""))
}
THROWING = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }});"


def open_tab(browser, contents=CONTENTS, **options):
    return open_page(browser, contents, width=390, **options)


def proof(tab):
    return tab.locator("#ex-odd-sum")


def own(tab):
    return proof(tab).get_by_label("Your own answer")


def tick_all(tab):
    steps = proof(tab).locator(".exercise-steps")
    if steps.get_attribute("open") is None:
        proof(tab).get_by_text("Compare with the worked answer").click()
    for box in steps.get_by_role("checkbox").all():
        box.check()
    proof(tab).get_by_role("button", name="Check").click()


def mark(tab):
    return proof(tab).locator(".exercise-solved")


def test_steps_open_when_something_was_written(browser):
    """Blanks are nothing; what was written makes the proof count as solved."""
    tab = open_tab(browser)
    steps = proof(tab).locator(".exercise-steps")

    expect(steps).to_be_hidden()
    own(tab).fill("  \n ")
    expect(steps).to_be_hidden()
    own(tab).fill("Induction on n.")
    expect(steps).to_be_visible()
    expect(proof(tab).locator(".exercise-locked")).to_be_hidden()
    tick_all(tab)
    expect(mark(tab)).to_have_text("solved")
    assert 390 >= tab.evaluate("document.documentElement.scrollWidth")
    assert [] == tab.errors
    tab.context.close()


def test_who_writes_anew_keeps_the_steps_and_nothing_hidden_is_judged(browser):
    """Deleted to write better: the ticks stay. Forgotten elsewhere: the steps close, without their ticks."""
    tab = open_tab(browser)
    own(tab).fill("Induction on n.")
    tick_all(tab)
    own(tab).fill("")
    expect(proof(tab).get_by_role("checkbox", checked=True).first).to_be_visible()

    tab.evaluate("localStorage.clear(); dispatchEvent(new StorageEvent('storage', {key: null}))")
    expect(proof(tab).locator(".exercise-steps")).to_be_hidden()
    proof(tab).get_by_role("button", name="Check").click()
    expect(proof(tab).get_by_role("status")).to_contain_text("Compare first")
    tab.context.close()


def test_without_writing_ticks_count_as_read(browser):
    """By keyboard: the button opens the steps, and the focus goes there."""
    tab = open_tab(browser)
    proof(tab).get_by_role("button", name="Go on without writing").press("Enter")

    assert "SUMMARY" == tab.evaluate("document.activeElement.tagName")
    own(tab).fill("Copied from the steps.")  # too late: they were seen
    tick_all(tab)
    expect(mark(tab)).to_have_text("read")
    output = proof(tab).locator("output")
    expect(output).to_contain_text("Read. The claim holds at the start")
    expect(output).to_contain_text("Nothing was written first, so it counts as read.")
    assert "read" in tab.evaluate("localStorage.getItem('bookkit:record:1:odd-sum')")
    tab.context.close()


def test_what_was_written_is_kept_until_it_is_forgotten(browser):
    tab = open_tab(browser)
    own(tab).fill("Draw a square <b>of dots</b>.")
    tab.reload()

    assert "Draw a square <b>of dots</b>." == own(tab).input_value()
    expect(proof(tab).locator(".exercise-steps")).to_be_visible()
    for _ in range(2):
        tab.locator(".exercise-forget").click()
    assert [] == tab.evaluate("Object.keys(localStorage)")
    tab.reload()
    assert "" == own(tab).input_value()
    tab.context.close()


def test_two_tabs_write_one_text(browser):
    """Each goes on from what the other wrote, also one that was kept as it was and comes back."""
    tab = open_tab(browser)
    other = tab.context.new_page()
    other.goto(tab.url)
    own(other).press_sequentially("A long proof")
    expect(own(tab)).to_have_value("A long proof")
    expect(proof(tab).locator(".exercise-steps")).to_be_visible()
    own(tab).press("End")
    own(tab).press_sequentially(".")
    expect(own(other)).to_have_value("A long proof.")
    tab.evaluate("localStorage.setItem('bookkit:written:odd-sum', 'Another')")
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert "Another" == own(tab).input_value()
    tab.context.close()


def test_what_is_forgotten_elsewhere_is_not_kept_again(browser):
    """Whoever stands in the steps, which close again, keeps the focus."""
    tab = open_tab(browser)
    own(tab).fill("Induction.")
    proof(tab).locator(".exercise-steps summary").focus()
    other = tab.context.new_page()
    other.goto(tab.url)
    for _ in range(2):
        other.locator(".exercise-forget").click()

    expect(own(tab)).to_have_value("")
    expect(own(tab)).to_be_focused()
    expect(proof(tab).locator(".exercise-steps")).to_be_hidden()
    own(tab).press_sequentially("N")
    assert "N" == tab.evaluate("localStorage.getItem('bookkit:written:odd-sum')")
    tab.context.close()


def test_a_page_that_comes_back_without_storage_has_what_was_typed(browser):
    tab = open_tab(browser, script=THROWING)
    own(tab).fill("Induction.")
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert "Induction." == own(tab).input_value()
    tab.context.close()


def test_what_a_full_storage_refused_is_forgotten_with_all_else(browser):
    """Also on a page that was left for the one where all is forgotten, and comes back."""
    deaf = "addEventListener('storage', (e) => e.isTrusted && e.stopImmediatePropagation())"
    tab = open_tab(browser, script=deaf)
    tab.evaluate("""() => {
        localStorage.setItem("bookkit:solved:share", "1");
        Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    own(tab).fill("Induction.")
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    other = tab.context.new_page()
    other.goto(tab.url)
    for _ in range(2):
        other.locator(".exercise-forget").click()
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert "" == own(tab).input_value()
    tab.context.close()


def test_who_types_before_the_script_comes_loses_nothing(browser):
    """A function stands in the page from the start; what was kept of it comes with the script."""
    contents = dict(WITH_PYTHON)
    script = contents.pop("exercise.js")
    tab = open_tab(browser, contents)
    field = tab.locator("#ex-write-mean").get_by_label("Your function")
    tab.evaluate("localStorage.setItem('bookkit:written:write-mean', 'def mean(xs): pass')")
    field.fill("def mean(xs): return 0")
    tab.evaluate(script)

    assert "def mean(xs): pass\n\ndef mean(xs): return 0" == field.input_value()
    assert field.input_value() == tab.evaluate("localStorage.getItem('bookkit:written:write-mean')")
    tab.context.close()


def test_without_storage_writing_opens_the_steps_all_the_same(browser):
    tab = open_tab(browser, script=THROWING)
    own(tab).fill("Induction.")
    tick_all(tab)

    expect(mark(tab)).to_have_text("solved")
    assert [] == tab.errors
    tab.context.close()


def test_a_function_is_written_before_its_ticks_open(browser):
    """What the field begins with is not yet something written; ticks of code count as read."""
    tab = open_tab(browser, WITH_PYTHON)
    code = tab.locator("#ex-write-mean")
    field = code.get_by_label("Your function")
    ticks = code.locator(".exercise-steps")

    expect(ticks).to_be_hidden()
    field.fill("def mean(xs):\n    return sum(xs) / len(xs)")
    expect(ticks).to_be_visible()
    tab.reload()
    assert "def mean(xs):\n    return sum(xs) / len(xs)" == field.input_value()
    ticks.locator("summary").click()
    for box in ticks.get_by_role("checkbox").all():
        box.check()
    ticks.get_by_role("button", name="Count as read").click()
    expect(code.locator(".exercise-solved")).to_have_text("read")
    tab.context.close()


def test_without_javascript_the_steps_can_be_read(browser):
    tab = open_tab(browser, java_script_enabled=False)
    proof(tab).get_by_text("Compare with the worked answer").click()

    assert proof(tab).get_by_role("checkbox").first.is_visible()
    assert not own(tab).is_visible()
    assert not proof(tab).locator(".exercise-locked").is_visible()
    tab.context.close()


def test_printing_is_no_look_at_the_solution(browser):
    """On paper solutions are open; the reader has not asked for them."""
    tab = open_tab(browser)
    own(tab).fill("Induction.")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(proof(tab).locator(".exercise-solution")).to_have_attribute("open", "")
    two_frames(tab)
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    tick_all(tab)

    assert '"how":"first"' in tab.evaluate("localStorage.getItem('bookkit:record:1:odd-sum')")
    tab.context.close()


def test_paper_has_all_that_was_written(browser):
    """A field does not scroll there; it holds a long answer whole, and leaves room for a short one."""
    tab = open_tab(browser)
    heights = {}
    for lines in (0, 3, 20):
        own(tab).fill("So it is.\n" * lines)
        tab.emulate_media(media="print")
        heights[lines], whole = own(tab).evaluate("area => [area.clientHeight, area.scrollHeight]")
        assert heights[lines] == whole
        tab.emulate_media(media="screen")
    tab.context.close()

    assert heights[0] == heights[3] < heights[20]


@in_each_theme
def test_axe_finds_nothing_where_one_writes(browser, theme, rules):
    contents = files([odd_sum], theme=theme)
    tab = open_tab(browser, contents)
    found = found_by_axe(tab, rules)

    assert [] == found
    tab.context.close()


# --- in the notebook ---


def tick_all_live(box):
    for tick in pieces(box, ipywidgets.Checkbox):
        tick.value = True
    button = next(b for b in pieces(box, ipywidgets.Button) if b.description == "Check")
    button.click()
    return next(html.value for html in pieces(box, ipywidgets.HTML) if "<output" in html.value)


def test_live_steps_open_when_something_was_written():
    box = live(odd_sum)
    (steps,), (area,) = pieces(box, ipywidgets.Accordion), pieces(box, ipywidgets.Textarea)

    assert "none" == steps.layout.display
    area.value = "Induction."
    assert "" == steps.layout.display
    assert "Right." in tick_all_live(box)


def test_live_ticks_without_writing_count_as_read():
    box = live(odd_sum)
    (steps,) = pieces(box, ipywidgets.Accordion)
    next(b for b in pieces(box, ipywidgets.Button) if "without" in b.description).click()

    assert "" == steps.layout.display
    told = tick_all_live(box)
    assert "Read." in told
    assert "Nothing was written first, so it counts as read." in told
