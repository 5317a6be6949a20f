"""The scripts of the theme, each on a small page of its own, from disk."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from visits import two_frames

import bookkit
from bookkit.exercise import Choice, Option, form
from bookkit.scripts import joined

THEME = Path(bookkit.__file__).parent / "site" / "theme"
LONG = "x = 1  #" + " and on" * 200
PAGE = f"""<!doctype html><html lang="en" data-theme="light"><title>Page</title>
<script src="before-paint.js"></script>
<button class="theme" aria-pressed="false">Theme</button>
<button popovertarget="contents">Contents</button>
<nav id="contents" popover style="height: 9rem; overflow: auto">
{"".join(f'<p><a href="#s{i}" class="{"current" * (i == 40)}">Section {i}</a></p>' for i in range(60))}
</nav>
<div class="cell_input"><div class="highlight"><pre style="overflow: auto">{LONG}
</pre></div></div>
<pre id="short">y</pre>
<output class="cell-python" style="display: block; overflow: auto; white-space: pre"></output>
<details id="fold"><summary>More</summary>Folded.</details>
<details id="open" open><summary>Less</summary>Open.</details>
<script src="book.js"></script>"""
SECTIONS = [
    ["a.html", "Entropy", "Its unit", "The entropy of a fair coin is one bit, whoever throws it."],
    ["a.html#b", "Entropy", "Coding", "A code of bits; <b>bold</b> is text, as is a+b(c)."],
    ["c.html", "Codes", "", "Prefix codes, and the naïve bound."],
    ["d.html", "Both", "", "Colours normalised at the centre; neighbors, labeled by a tokenizer."],
    ["e.html", "Shared", "", "For minutes on mutual information, MI for short."],
]
DATA = {"sections": SECTIONS, "same": [["coin", "penny"], ["MI", "mutual information"]]}
SEARCH = """<!doctype html><html lang="en"><title>Search</title>
<form><input type="search" id="query" name="q"></form><p id="found" role="status"></p>
<ol id="results"></ol><script src="search-data.js"></script><script src="search.js"></script>"""

FILTER = """<!doctype html><html lang="en"><title>Filter</title><link rel="stylesheet" href="study.css">
<button class="theme">Theme</button><nav id="contents" popover></nav><a href="page.html?other">Other</a>
<form class="filter" hidden><select name="sort" aria-label="Kind"><option value="">all</option>
<option>code</option></select><output></output></form>
<div><table><tbody><tr data-sort="code"><td>2</td></tr><tr data-sort="choice"><td>3</td></tr></tbody></table></div>
<script src="book.js"></script>"""


@pytest.fixture
def opened(browser, tmp_path):
    """A function that opens a page from disk; what it complains of fails the test."""
    context = browser.new_context(offline=True, color_scheme="light")
    errors = []
    for script in THEME.glob("*.js"):
        joins = script.name == "book.js"
        text = joined(script) if joins else script.read_text("utf-8")
        (tmp_path / script.name).write_text(text, "utf-8")
    (tmp_path / "a.html").write_text("<title>Found</title>", "utf-8")
    (tmp_path / "search-data.js").write_text(f"const searchData = {json.dumps(DATA)};")

    def open_page(html, query="", script=""):
        (tmp_path / "page.html").write_text(html, "utf-8")
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        if script:
            tab.add_init_script(script)
        tab.goto((tmp_path / "page.html").as_uri() + query)
        return tab

    yield open_page
    context.close()

    assert [] == errors


def theme(tab):
    return tab.locator("html").get_attribute("data-theme")


def test_the_theme_is_switched_told_and_kept(opened):
    """The next page that is opened has it from the start."""
    tab = opened(PAGE)
    button = tab.locator("button.theme")

    assert ("light", "false") == (theme(tab), button.get_attribute("aria-pressed"))
    button.click()
    assert ("dark", "true") == (theme(tab), button.get_attribute("aria-pressed"))
    tab.reload()
    assert ("dark", "true") == (theme(tab), button.get_attribute("aria-pressed"))
    button.click()
    assert "light" == theme(tab) == tab.evaluate("localStorage.theme")


def test_the_theme_switches_without_storage(opened):
    tab = opened(PAGE, script="Object.defineProperty(window, 'localStorage', {get() { throw 1; }})")
    tab.locator("button.theme").click()

    assert "dark" == theme(tab)


def test_a_kept_theme_that_this_edition_does_not_know_counts_as_none(opened):
    """Another book of the same host may have kept it; then the reader's system decides."""
    tab = opened(PAGE, script="localStorage.theme = 'auto'")
    assert ("light", "false") == (theme(tab), tab.get_attribute("button.theme", "aria-pressed"))

    tab.emulate_media(color_scheme="dark")
    tab.reload()
    assert ("dark", "true") == (theme(tab), tab.get_attribute("button.theme", "aria-pressed"))


def test_where_the_system_gives_the_colours_the_theme_is_that_of_its_ground(opened):
    """Letters of a picture chosen for a dark page would be pale on a white one."""
    tab = opened(PAGE, script="localStorage.theme = 'dark'")
    tab.emulate_media(forced_colors="active")
    tab.reload()

    assert ("light", "dark") == (theme(tab), tab.evaluate("localStorage.theme"))


def test_what_is_switched_in_another_tab_is_switched_in_this_one(opened):
    """The code as well as the theme."""
    page = PAGE.replace("<pre id", '<button class="code">Code</button><pre id')
    first, second = opened(page), opened(page)
    for name, value in (("theme", "dark"), ("code", "hidden")):
        second.locator(f"button.{name}").click()

        expect(first.locator("html")).to_have_attribute(f"data-{name}", value)
        expect(first.locator(f"button.{name}")).to_have_attribute("aria-pressed", "true")


BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def test_a_page_to_which_one_goes_back_has_the_theme_that_was_chosen_meanwhile(opened):
    tab = opened(PAGE)
    tab.evaluate(f"localStorage.theme = 'dark'; {BACK}")

    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")
    expect(tab.locator("button.theme")).to_have_attribute("aria-pressed", "true")


def test_without_storage_a_page_to_which_one_goes_back_keeps_its_theme(opened):
    tab = opened(PAGE, script="Object.defineProperty(window, 'localStorage', {get() { throw 1; }})")
    tab.locator("button.theme").click()
    tab.evaluate(BACK)

    assert "dark" == theme(tab)


def test_open_contents_close_when_a_window_gets_so_wide_that_they_stand_beside_the_text(opened):
    style = "<style>@media (min-width: 60rem) { [popovertarget] { display: none } }</style>"
    tab = opened(PAGE + style)
    tab.set_viewport_size({"width": 390, "height": 700})
    tab.get_by_role("button", name="Contents").click()
    tab.set_viewport_size({"width": 391, "height": 600})
    two_frames(tab)
    expect(tab.locator("#contents:popover-open")).to_have_count(1)

    tab.set_viewport_size({"width": 1280, "height": 700})
    expect(tab.locator("#contents:popover-open")).to_have_count(0)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ("", "3 exercises, about 3 hours"),
        ("a", "1 exercise, about 1 minute"),
        ("b", "1 exercise, about 6 minutes"),
        ("c", "No exercises"),
        ("d", "1 exercise, about 3 hours"),
    ],
)
def test_the_filter_of_exercises_counts_in_words(opened, chosen, words):
    options = "".join(f"<option>{value}</option>" for value in ("", "a", "b", "c", "d"))
    minutes = {"a": 1, "b": 6, "d": 190}
    rows = "".join(f"<tr data-sort={sort}><td>{n}</td></tr>" for sort, n in minutes.items())
    form = f'<form class="filter"><select name="sort">{options}</select><output></output></form>'
    page = f"{form}<div><table><tbody>{rows}</tbody></table></div>"
    tab = opened(PAGE.replace("<pre id", f"{page}<pre id"))
    tab.locator("select").select_option(chosen)

    assert words == tab.locator(".filter output").inner_text()


def test_the_contents_show_the_place_and_close_on_a_choice(opened):
    tab = opened(PAGE)
    tab.get_by_role("button", name="Contents").click()
    here = tab.locator("#contents .current")

    expect(here).to_be_in_viewport()
    here.click()
    expect(tab.locator("#contents")).to_be_hidden()


def test_code_is_copied_without_its_last_line_break(opened):
    """Where the clipboard is not to be had the code is selected instead."""
    tab = opened(PAGE, script="navigator.clipboard.writeText = (text) => { window.copied = text; }")
    tab.get_by_role("button", name="Copy").click()

    expect(tab.locator("button.copy")).to_have_text("Copied")
    assert LONG == tab.evaluate("copied")
    tab = opened(PAGE, script="navigator.clipboard.writeText = () => { throw 1; }")
    tab.get_by_role("button", name="Copy").click()
    expect(tab.locator("button.copy")).to_have_text("Selected")
    assert LONG == tab.evaluate("String(getSelection()).trimEnd()")


# MathML, and the line that is copied of it.
COPIED = {
    "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>": "(a+b)/c",
    "<mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac>": "1/(a+b)",
    "<msup><mi>e</mi><mrow><mo>−</mo><mi>x</mi></mrow></msup>": "e^(−x)",
    "<msub><mi>log</mi><mn>2</mn></msub><mi>x</mi>": "log_2 x",
    "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>": "x_i^2",
    "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>": "∑_(i=1)^n i",
    "<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>": "√(x+1)",
    "<mi>f</mi><mo>\u2061</mo><mi>x</mi><mo>\u2062</mo><mi>y</mi>": "f xy",
}


def test_a_formula_is_copied_as_one_would_type_it(opened):
    """What is above a stroke, below it or raised stays together."""
    lines = "".join(f"<p>At <math>{formula}</math> it ends.</p>" for formula in COPIED)
    tab = opened(f'<div id="all">{lines}</div>{PAGE}')
    told = "addEventListener('copy', (event) => { window.copied = event.clipboardData.getData('text/plain'); })"
    tab.evaluate(told)
    tab.evaluate("getSelection().selectAllChildren(document.getElementById('all'))")
    tab.keyboard.press("Control+c")
    copied = [line for line in tab.evaluate("window.copied").splitlines() if line]

    assert [f"At {words} it ends." for words in COPIED.values()] == copied


def test_what_is_taken_from_within_a_formula_is_copied_as_it_is_typed(opened):
    """A power keeps its height, whether the ends of the selection are those of the formula or not."""
    powers = "<mi>p</mi><mo>=</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>"
    tab = opened(f"<p><math>{powers}</math></p>{PAGE}")
    copied = tab.evaluate("""() => ["p > math", "msup", "msup > mrow"].map((place) => {
        const range = document.createRange();
        const texts = document.createTreeWalker(document.querySelector(place), NodeFilter.SHOW_TEXT);
        let last = texts.nextNode();
        range.setStart(last, 0);
        for (let text; (text = texts.nextNode());) last = text;
        range.setEnd(last, last.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer() });
        dispatchEvent(event);
        return event.clipboardData.getData("text/plain");
    })""")

    assert ["p=10^(−3)", "10^(−3)", "−3"] == copied


def test_what_is_copied_in_a_field_is_the_field_s(opened):
    """Also where a formula beside it is still selected, as Firefox leaves it."""
    tab = opened(f"<p id='all'><math><mi>p</mi></math></p><textarea>0.5</textarea>{PAGE}")
    taken = tab.evaluate("""() => {
        getSelection().selectAllChildren(document.getElementById("all"));
        const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
        document.querySelector("textarea").dispatchEvent(event);
        return event.defaultPrevented;
    }""")

    assert not taken


@pytest.mark.parametrize("held", ["", "Alt+", "Control+", "Meta+", "Shift+"])
def test_an_arrow_turns_the_page_where_no_other_key_is_held(opened, held):
    """With one it is a command of the browser, such as Alt and an arrow to go back."""
    tab = opened(f'{PAGE}<p class="turn"><a rel="next" href="#next">Next</a></p>')
    tab.keyboard.press(f"{held}ArrowRight")

    assert ("" if held else "#next") == tab.evaluate("location.hash")


@pytest.mark.parametrize(
    ("kind", "minutes", "size"),
    [
        ("number", 1, 2),
        ("number", 4, 2),
        ("code", 5, 3),
        ("derivation", 9, 4),
        ("choice", 9, 1),
        ("number", 30, 4),
    ],
)
def test_a_worksheet_has_more_room_for_what_takes_longer(opened, kind, minutes, size):
    """A line for a choice, and for the rest one of three sizes."""
    form = (
        f'<form class="exercise" data-kind="{kind}"><p class="exercise-head">'
        f'<span class="exercise-minutes">{minutes} min</span></p>'
        '<div class="exercise-question">Which?</div><fieldset></fieldset></form>'
    )
    tab = opened(f"<article><h1>Title</h1>{form}</article>{PAGE}", "?print=questions")

    assert str(size) == tab.locator(".sheet-room").get_attribute("data-size")


def test_each_choice_of_a_worksheet_is_made_by_itself(opened):
    """What is chosen in one exercise stays when another is answered, no arrow turns the page away, and
    the number of an exercise leads to it."""
    forms = "".join(
        form.render(Choice(name, stars=1, minutes=1, question="Which?", hint="?", solution="!",
                           options=[Option("this", "Yes.", right=True), Option("that", "No.")]))
        for name in ("first", "second")
    )  # fmt: skip
    turn = '<nav class="turn"><a rel="next" href="#next">Next</a></nav>'
    tab = opened(f"<article><h1>Title</h1>{forms}</article>{turn}{PAGE}", "?print=questions")
    tab.keyboard.press("ArrowRight")
    assert "" == tab.evaluate("location.hash")
    tab.get_by_label("this").first.check()
    tab.get_by_label("that").last.check()
    tab.get_by_role("link", name="Exercise").last.click()

    assert ["a", "b"] == [choice.input_value() for choice in tab.locator("input:checked").all()]
    assert "ex-second" == tab.locator(".sheet-item:target").get_attribute("id")


def test_what_is_wider_than_its_box_can_be_reached_by_keyboard(opened):
    tab = opened(PAGE)
    wide = tab.locator(".highlight pre")

    expect(wide).to_have_attribute("tabindex", "0")
    expect(wide).to_have_class("more")
    assert tab.locator("#short").get_attribute("tabindex") is None
    wide.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    expect(wide).not_to_have_class("more")


def test_what_scrolls_fades_but_where_it_has_a_frame_of_focus_and_on_paper(opened):
    """Else a number that is cut after its first digits is taken for the whole."""
    tab = opened(f"<style>{(THEME / 'book.css').read_text('utf-8')}</style>{PAGE}")
    wide = tab.locator(".highlight pre")

    def fades():
        return wide.evaluate("box => getComputedStyle(box).maskImage !== 'none'")

    expect(wide).to_have_class("more")
    assert fades()
    tab.emulate_media(media="print")
    assert not fades()
    tab.emulate_media(media="screen")
    wide.focus()
    assert not fades()


def test_what_a_cell_prints_is_told_to_go_on_as_well(opened):
    """Whoever wrote it says whether it is reached by keyboard, as it may scroll downwards."""
    box = opened(PAGE).locator("output.cell-python")
    box.evaluate("(box, text) => { box.tabIndex = 0; box.textContent = text; }", f"2\n{LONG}")
    expect(box).to_have_class("cell-python more")
    box.evaluate("box => { box.textContent = '3'; }")

    expect(box).to_have_class("cell-python")
    expect(box).to_have_attribute("tabindex", "0")


def test_what_a_face_that_arrives_makes_too_wide_can_be_reached_as_well(opened):
    """Its box stays as large as it is."""
    tab = opened(PAGE)
    short = tab.locator("#short")
    short.evaluate("box => { box.style.cssText = 'overflow: auto; letter-spacing: 99rem'; }")
    two_frames(tab)
    assert short.get_attribute("tabindex") is None

    tab.evaluate("document.fonts.dispatchEvent(new Event('loadingdone'))")
    assert "0" == short.get_attribute("tabindex")


def test_a_finger_that_scrolls_over_a_slider_leaves_it_where_it_was(opened):
    """A browser moves it as soon as it is touched, and calls the touch off when the page scrolls."""
    slider = opened('<input type="range" value="30">' + PAGE).locator("[type=range]")
    told = slider.evaluate(
        """slider => {
      const told = [];
      slider.addEventListener("input", () => { told.push(slider.value); });
      const touch = (kind) => slider.dispatchEvent(new PointerEvent(kind, { bubbles: true }));
      touch("pointerdown");
      slider.value = 80;
      touch("pointercancel");
      return told;
    }"""
    )

    assert ["30"] == told
    assert "30" == slider.input_value()


def test_a_link_unfolds_what_it_leads_to(opened):
    tab = opened(PAGE, "#fold")

    expect(tab.locator("#fold")).to_have_attribute("open", "")


def test_a_link_on_the_page_unfolds_what_it_leads_to(opened):
    tab = opened(PAGE.replace("<pre id", '<a href="#fold">There</a><pre id'))
    expect(tab.locator("#fold")).not_to_have_attribute("open", "")
    tab.get_by_role("link", name="There").click()

    expect(tab.locator("#fold")).to_have_attribute("open", "")


def test_printing_unfolds_and_folds_again(opened):
    tab = opened(PAGE)
    states = []
    for event in ("beforeprint", "afterprint"):
        tab.evaluate(f"dispatchEvent(new Event('{event}'))")
        states.append(
            [tab.evaluate(f"document.getElementById('{i}').open") for i in ("fold", "open")]
        )

    assert [[True, True], [False, True]] == states


def search(tab, words):
    """Return what is said, and the addresses found, best first."""
    tab.locator("#query").fill(words)
    links = tab.locator("#results a").evaluate_all(
        "nodes => nodes.map(n => n.getAttribute('href'))"
    )
    return tab.locator("#found").inner_text(), links


def test_a_search_finds_the_sections_with_all_words(opened):
    tab = opened(SEARCH)

    assert ("1 section", ["a.html"]) == search(tab, "coin FAIR")
    assert ("2 sections", {"a.html", "a.html#b"}) == (lambda s, a: (s, set(a)))(*search(tab, "bit"))
    assert ("1 section", ["c.html"]) == search(tab, "naive")
    assert ("No sections", []) == search(tab, "zebra")
    assert ("", []) == search(tab, "  ")
    assert ("No sections: only words and numbers can be found", []) == search(tab, "√∞(")


def test_a_search_takes_so_many_words_and_says_so(opened):
    """A whole page that was pasted would keep the browser busy for a minute."""
    tab = opened(SEARCH)

    assert ("1 section, by the first 16 words", ["a.html"]) == search(
        tab, 15 * "coin " + "fair zebra"
    )


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colour", "color"),
        ("colours", "colors"),
        ("normalise", "normalize"),
        ("centre", "center"),
        ("neighbours", "neighbors"),
        ("labelled", "labeled"),
        ("tokenisers", "tokenizers"),
    ],
)
def test_british_and_american_spelling_are_one(opened, british, american):
    tab = opened(SEARCH)

    assert ("1 section", ["d.html"]) == search(tab, british) == search(tab, american)
    assert 1 == tab.locator("#results mark").count()


@pytest.mark.parametrize("typed", ["entopy", "enrtopy", "entroppy", "entrapy", "entropi"])
def test_a_slip_of_the_fingers_finds_what_was_meant(opened, typed):
    """And is said to be one."""
    found = ("1 section for entropy; nowhere in the book: " + typed, ["a.html"])

    assert found == search(opened(SEARCH), typed)


@pytest.mark.parametrize("typed", ["cion", "pxenny", "fentropy", "eentropyy"])
def test_what_is_short_or_further_away_is_no_slip(opened, typed):
    assert ("No sections", []) == search(opened(SEARCH), typed)


def test_whoever_comes_back_to_the_search_finds_it_as_it_was(opened):
    tab = opened(SEARCH)
    search(tab, "coin & penny")
    tab.locator("#results a").click()
    tab.go_back()

    assert "coin & penny" == tab.locator("#query").input_value()
    assert "1 section" == tab.locator("#found").inner_text()


def test_whoever_comes_back_to_a_filter_finds_the_rows_that_it_says(opened):
    tab = opened(FILTER)
    tab.get_by_label("Kind").select_option("code")
    tab.get_by_role("link").click()
    tab.wait_for_url("**?other")
    tab.go_back()

    expect(tab.get_by_label("Kind")).to_have_value("code")
    expect(tab.locator("tr:visible")).to_have_count(1)


def test_a_filter_is_not_shown_where_nothing_answers_it(browser, tmp_path):
    (tmp_path / "page.html").write_text(FILTER, "utf-8")
    (tmp_path / "study.css").write_text((THEME / "study.css").read_text("utf-8"), "utf-8")
    tab = browser.new_page(java_script_enabled=False)
    tab.goto((tmp_path / "page.html").as_uri())

    assert not tab.locator(".filter").is_visible()
    tab.context.close()


def test_the_query_of_the_address_is_searched_for(opened):
    tab = opened(SEARCH, "?q=coin")

    assert "coin" == tab.locator("#query").input_value()
    assert "1 section" == tab.locator("#found").inner_text()


def test_what_only_begins_with_an_abbreviation_is_no_hit(opened):
    tab = opened(SEARCH)
    search(tab, "mutual information")

    assert ["mutual", "information", "MI"] == tab.locator("mark").all_inner_texts()


def test_hits_are_marked_and_nothing_in_them_becomes_markup(opened):
    tab = opened(SEARCH)
    search(tab, "bold")

    assert "bold" == tab.locator("mark").inner_text()
    assert 0 == tab.locator("#results b").count()
    assert "1 section" == search(tab, "a+b(c)")[0]
