"""What a reader has solved is counted on the chapter and on the front page."""

import os
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "_build" / "html" / "chapters"
pytestmark = pytest.mark.skipif(
    not SITE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)


def test_a_solved_exercise_counts_on_its_chapter_and_in_the_whole_book(browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((SITE / "kl_divergence.html").as_uri())
    count = page.locator("form.exercise").count()
    progress = page.locator(".exercise-progress")

    assert f"0 of {count} solved" == progress.text_content()

    entry = page.locator("#ex-kl-forbidden")
    entry.get_by_label("D(q‖p)").check()
    entry.get_by_role("button", name="Check").click()

    assert f"1 of {count} solved" == progress.text_content()

    page.goto((SITE / "index.html").as_uri())

    assert page.locator(".exercise-progress").text_content().startswith("1 of ")
    assert int(page.locator(".exercise-progress").text_content().split()[2]) > count

    forget = page.locator(".exercise-forget")
    forget.click()
    forget.click()

    assert page.locator(".exercise-progress").text_content().startswith("0 of ")
    context.close()
