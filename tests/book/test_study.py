"""What the site offers for planning, printing and practising, made from all chapters."""

import csv
import os
import re
import unicodedata

import pytest
from content import exercises_of_the_book
from playwright.sync_api import expect
from pypdf import PdfReader
from site_pages import SITE

CHAPTERS = SITE / "chapters"
pytestmark = pytest.mark.skipif(
    not SITE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)


@pytest.fixture
def tab(browser):
    """A tab that reads from disk."""
    context = browser.new_context(offline=True, viewport={"width": 794, "height": 1123})
    yield context.new_page()
    context.close()


def forms(chapter):
    """Return the names of the exercises of a chapter, in its order."""
    text = (CHAPTERS / f"{chapter}.html").read_text("utf-8")
    return re.findall(r'<form class="exercise" id="ex-([\w-]+)"', text)


def test_a_worksheet_has_every_question_room_to_write_and_no_solution(tab):
    tab.goto((CHAPTERS / "entropy.html").as_uri() + "?print=questions")
    count = len(forms("entropy"))

    expect(tab.locator(".sheet-item")).to_have_count(count)
    assert count == tab.locator(".sheet-item .exercise-question").count()
    assert count == tab.locator(".sheet-item .sheet-room").count()
    assert 0 == tab.locator("article details, article button:not(.sheet-bar button)").count()
    asked = [
        text for text in tab.locator(".sheet-item > label").all_inner_texts() if "(in bits" in text
    ]
    assert asked


def test_on_a_sheet_the_steps_of_a_question_and_of_a_proof_are_numbered(tab):
    for sheet in ("questions", "answers"):
        tab.goto((CHAPTERS / "entropy.html").as_uri() + f"?print={sheet}")
        steps = tab.locator(".sheet-item ol:not(fieldset ol)")

        assert steps.count()
        assert {"decimal"} == set(
            steps.evaluate_all("all => all.map(ol => getComputedStyle(ol).listStyleType)")
        )


def test_an_answer_sheet_has_every_solution(tab):
    tab.goto((CHAPTERS / "entropy.html").as_uri() + "?print=answers")

    expect(tab.locator(".sheet-item")).to_have_count(len(forms("entropy")))
    assert all(len(text.split()) > 5 for text in tab.locator(".sheet-item").all_inner_texts())
    assert 0 == tab.locator(".sheet-item .exercise-question").count()


def test_any_other_wish_leaves_the_chapter_as_it_is(tab):
    tab.goto((CHAPTERS / "entropy.html").as_uri() + "?print=everything")

    assert 0 == tab.locator(".sheet-item").count()
    expect(tab.locator("form.exercise")).to_have_count(len(forms("entropy")))


def test_the_index_has_every_exercise_and_is_narrowed_down(tab):
    tab.goto((CHAPTERS / "exercises.html").as_uri())
    rows = tab.locator(".exercise-index tbody tr")
    links = rows.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    listed = {link.partition("#ex-")[2] for link in links}

    assert listed <= {exercise.name for exercise in exercises_of_the_book()}
    assert listed == {name for page in numbered() for name in forms(page)}
    solved = (SITE / "index.html").read_text("utf-8")
    counted = re.search(r'class="exercise-progress"[^>]*data-exercises="([^"]*)"', solved)[
        1
    ].split()
    more = len(counted) - len(listed)
    expect(tab.locator(".exercises-elsewhere")).to_contain_text(f"have {more} more")

    tab.get_by_label("Kind").select_option("ordering")
    tab.get_by_label("Stars").select_option("2")
    shown = tab.locator(".exercise-index tbody tr:visible")

    assert 0 < shown.count() < rows.count()
    expect(tab.locator(".filter output")).to_contain_text(f"{shown.count()} exercises")


def text_of(page):
    """Return the HTML of a chapter."""
    return (CHAPTERS / f"{page}.html").read_text("utf-8")


def numbered():
    """Return the chapters that bear a number."""
    return [
        path.stem
        for path in CHAPTERS.glob("*.html")
        if re.search(r'<h1><span class="section-number">', path.read_text("utf-8"))
    ]


def test_the_cheat_sheet_is_two_printed_pages(tab, tmp_path):
    tab.goto((CHAPTERS / "cheat_sheet.html").as_uri())
    tab.pdf(path=tmp_path / "sheet.pdf", format="A4", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "sheet.pdf").pages
    text = unicodedata.normalize("NFKC", " ".join(page.extract_text() for page in pages))

    assert 2 == len(pages)
    for name in numbered():
        title = re.search(r"<h1>.*?</span>(.*?)<", (CHAPTERS / f"{name}.html").read_text("utf-8"))
        assert title[1].split()[0] in text


def test_the_deck_has_a_card_for_every_term():
    with (SITE / "downloads" / "cards.csv").open(encoding="utf-8", newline="") as file:
        cards = list(csv.DictReader(file))
    terms = re.findall(r"<dt[^>]*>([^<]+)<", (CHAPTERS / "glossary.html").read_text("utf-8"))
    asked = " ".join(card["front"] for card in cards if card["tag"] == "term")

    assert [] == [term for term in terms if term not in asked]
    assert len(cards) == len({card["identity"] for card in cards})
    assert all(card["front"] and card["back"] for card in cards)
    assert (SITE / "downloads" / "cards.apkg").stat().st_size > 10_000


def test_the_picture_of_needs_shows_every_chapter_and_every_link_it_needs(tab):
    tab.goto((CHAPTERS / "index.html").as_uri())
    boxes = tab.locator("svg.dependencies a")
    linked = {box.get_attribute("href").partition(".")[0] for box in boxes.all()}

    assert set(numbered()) == linked

    needed = {
        (page, name)
        for page in numbered()
        for line in re.findall(r"<p>\s*<strong>You need</strong>.*?</p>", text_of(page), re.DOTALL)
        for name in re.findall(r'href="(\w+)\.html', line)
    }
    items = tab.locator("details:has-text('The same in words') li")

    assert len(needed) == items.locator("a").count() - items.count()  # each begins with its own
    assert tab.locator("svg.dependencies path").count() >= len(numbered()) - 1


def test_the_first_question_that_goes_wrong_says_where_to_start(tab):
    tab.goto((CHAPTERS / "index.html").as_uri())
    form = tab.locator("#ex-start-entropy")
    form.get_by_label("1 bit").check()
    form.get_by_role("button", name="Check").click()

    expect(form.locator('output a[href="entropy.html"]')).to_be_visible()
