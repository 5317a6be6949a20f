"""Every page in Firefox and WebKit, and what readers do there: `make engines`.

A page is loaded once, in a frame, and all that can be asked there is asked then. What these two
cannot be asked, and why, stands in EXCEPTIONS.
"""

import io
import json
import re

import pytest
import second_routes
from pypdf import PdfReader
from site_pages import FRONT, PAGES, SITE, read

EXCEPTIONS = {
    "webkit": {
        "print": "its driver prints nothing; the page is told that it will be printed",
        "large letters": "its browser cannot be told of them; Firefox and Chromium are",
        "forced colours": "WebKit has none",
        "reduced motion": "follows the desktop, which a test has not",
    }
}
ENTER = "\ue007"
VISIT = """(async (address) => {
    const frame = document.querySelector("iframe");
    const until = async (ready) => {
        for (const end = Date.now() + 60000; !ready() && Date.now() < end;) await new Promise((done) => setTimeout(done, 20));
    };
    frame.style.width = "1000px";
    await new Promise((done) => { frame.onload = done; frame.src = address; });
    const view = frame.contentWindow, page = frame.contentDocument, root = page.documentElement;
    await until(() => !root.classList.contains("waiting"));
    const frames = () => new Promise((done) => view.requestAnimationFrame(() => view.requestAnimationFrame(done)));

    const demos = [...page.querySelectorAll("figure.demo")];
    const still = [];
    for (const demo of demos) {
        demo.scrollIntoView({ behavior: "instant" });
        await until(() => "ready" in demo.dataset);
        const shown = () => demo.querySelector("svg")?.outerHTML + [...demo.querySelectorAll("output")].map((output) => output.textContent);
        const before = shown();
        const moved = [...demo.querySelectorAll("input[type=range]")].some((slider) => {
            slider.value = slider.value === slider.max ? slider.min : slider.max; // one step may change nothing
            slider.dispatchEvent(new view.Event("input", { bubbles: true }));
            return shown() !== before;
        });
        if (!moved && demo.querySelector("input[type=range]")) still.push(demo.id);
    }
    for (const fold of page.querySelectorAll("details")) fold.open = true;
    root.style.scrollbarWidth = "none"; // as on a phone
    frame.style.width = "360px";
    await frames();
    const width = root.scrollWidth;
    for (const fold of page.querySelectorAll("details")) fold.open = false;
    view.dispatchEvent(new Event("beforeprint"));
    return {
        complaints: view.complaints,
        strangers: view.performance.getEntriesByType("resource").map(({ name }) => name)
            .filter((name) => !name.startsWith(location.origin) && !/^(data|blob):/.test(name)),
        asleep: demos.filter((demo) => !("ready" in demo.dataset)).map(({ id }) => id),
        still, width,
        folded: page.querySelectorAll("details:not([open])").length,
        fonts: [...page.fonts].filter(({ status }) => status === "error").length,
    };
})"""
AS_IT_SHOULD_BE = {
    "complaints": [],
    "strangers": [],
    "asleep": [],
    "still": [],
    "width": 360,
    "folded": 0,
    "fonts": 0,
}


FIT = """(async (address) => {
    const frame = document.querySelector("iframe");
    frame.style.width = "320px";
    await new Promise((done) => { frame.onload = done; frame.src = address; });
    for (const fold of frame.contentDocument.querySelectorAll("details")) fold.open = true;
    const root = frame.contentDocument.documentElement;
    root.style.scrollbarWidth = "none"; // as on a phone
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return [frame.contentWindow.matchMedia("(width: 10rem)").matches, root.scrollWidth];
})"""


def in_frame(engine, address):
    """Open the page that shows others in its frame, if it is not open."""
    if not engine.ask("location.href").startswith(f"{address}frame.html"):
        engine.open(f"{address}frame.html")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_a_phone_whose_letters_are_large(page, large, address):
    """At twice the usual size nothing scrolls sideways, from 320 pixels on."""
    in_frame(large, address)

    assert [True, 320] == large.ask(f"{FIT}({json.dumps(address + page)})")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_should(page, engine, address):
    """No complaint and no other host; every demo is ready and moves; nothing scrolls sideways on a
    phone; paper has nothing folded."""
    in_frame(engine, address)

    assert AS_IT_SHOULD_BE == engine.ask(f"{VISIT}({json.dumps(address + page)})")


def test_the_watch_sees_what_goes_wrong(engine, address):
    """A warning, an error, and a request that the policy forbids."""
    engine.open(f"{address}chapters/notation.html")
    engine.ask(
        """(() => {
            console.warn("a warning");
            setTimeout(() => { throw new Error("an error"); });
            new Image().src = "https://example.org/a.png";
        })()"""
    )

    assert engine.wait("complaints.length >= 3")
    seen = engine.ask("complaints.join()")
    for part in ("warn: a warning", "an error", "policy: img-src https://example.org"):
        assert part in seen


def test_words_are_found(engine, address):
    engine.open(f"{address}search.html?q=relative+entropy")

    assert engine.wait("document.querySelectorAll('#results li').length > 3")
    assert [] == engine.ask("complaints")


def test_an_exercise_is_answered_by_keyboard(engine, address):
    """A wrong number is told so, the right one is solved, and the next page remembers."""
    engine.open(f"{address}chapters/kl_divergence.html")
    form = "document.querySelector('#ex-kl-die')"
    for typed, verdict in (
        ("7", "wrong"),
        (f"{float(second_routes.answers()['kl-die']()):.4f}", "correct"),
    ):
        engine.ask(f"{form}.elements.answer.focus()")
        engine.ask(f"{form}.elements.answer.select()")
        engine.press(typed + ENTER)

        assert engine.wait(f"{form}.querySelector('output').dataset.verdict === '{verdict}'")
    engine.open(f"{address}{FRONT}")

    assert engine.ask("localStorage.getItem('bookkit:solved:kl-die')")


def test_an_exercise_comes_again_with_other_numbers(engine, address):
    """They arrive in a script of their own, from disk as well."""
    for start in (address, f"{SITE.as_uri()}/"):
        engine.open(f"{start}chapters/kl_divergence.html")
        form = "document.querySelector('#ex-kl-die')"
        question = f"{form}.querySelector('.exercise-question').textContent"
        first = engine.ask(question)
        engine.ask(f"{form}.querySelector('.exercise-more button').click()")

        assert engine.wait(
            f"{form}.querySelector('.exercise-more').textContent.includes('2 of 10')"
        )
        assert first != engine.ask(question)


def test_a_prediction_opens_what_it_was_about(engine, address):
    page = next((page for page in PAGES if 'class="prediction"' in read(page)), None)
    if not page:
        pytest.skip("no page asks for a prediction yet")
    engine.open(address + page)
    form = "document.querySelector('form.prediction')"
    engine.ask(
        f"""(() => {{
            const field = {form}.elements.answer;
            if (field instanceof RadioNodeList) field[0].checked = true; else field.value = "1";
            {form}.requestSubmit();
        }})()"""
    )

    assert engine.wait(f"document.querySelector(`details.reveal[data-for=${{{form}.id}}]`).open")


def test_a_page_is_printed_whole(engine, address):
    if "print" in EXCEPTIONS.get(engine.name, {}):
        pytest.skip(EXCEPTIONS[engine.name]["print"])
    engine.open(f"{address}chapters/entropy.html")
    sheets = PdfReader(io.BytesIO(engine.printed())).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())

    assert len(sheets) > 5
    assert "Sources and next" in text
    assert "Download the notebook" not in text


@pytest.mark.parametrize("page", ["chapters/entropy.html", "chapters/kl_divergence.html"])
def test_forced_colours_and_less_motion_leave_everything_usable(page, careful, address):
    """Pictures keep lines that stand out from the ground, and nothing glides."""
    careful.open(address + page)
    state = careful.ask(
        """(async () => {
            const demo = document.querySelector("figure.demo");
            demo.scrollIntoView();
            for (const end = Date.now() + 60000; !("ready" in demo.dataset) && Date.now() < end;) await new Promise((done) => setTimeout(done, 20));
            const ground = getComputedStyle(document.body).backgroundColor;
            const lines = [...demo.querySelectorAll("svg path")].map((path) => getComputedStyle(path))
                .filter((style) => style.stroke !== "none").map((style) => style.stroke);
            return {
                forced: matchMedia("(forced-colors: active)").matches,
                calm: matchMedia("(prefers-reduced-motion: reduce)").matches,
                seen: lines.some((stroke) => stroke !== ground),
                gliding: document.getAnimations().length,
                smooth: getComputedStyle(document.documentElement).scrollBehavior,
                complaints,
            };
        })()"""
    )

    assert {
        "forced": True,
        "calm": True,
        "seen": True,
        "gliding": 0,
        "smooth": "auto",
        "complaints": [],
    } == state


def test_every_exception_is_one_of_an_engine_that_is_visited():
    assert set(EXCEPTIONS) <= {"firefox", "webkit"}
    assert all(re.search(r"\w+ \w+", why) for of in EXCEPTIONS.values() for why in of.values())
