"""Exercises are numbered on the built site, and come back on the page of review."""

import os
import re
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "_build" / "html" / "chapters"
pytestmark = pytest.mark.skipif(
    not SITE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)


def test_exercises_have_the_number_of_their_chapter_and_place():
    """4.3 is the third one of chapter 4: text, and a link to itself."""
    html = (SITE / "kl_divergence.html").read_text("utf-8")
    forms = re.findall(r'<form class="exercise" id="(ex-[\w-]+)" data-kind="\w+"', html)
    numbers = re.findall(
        r'<a class="exercise-number" href="#(ex-[\w-]+)">Exercise ([\d.]+)</a>', html
    )

    assert [(name, f"4.{place}") for place, name in enumerate(forms, start=1)] == numbers


def test_what_went_wrong_is_listed_on_the_review_with_a_link_that_works(browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((SITE / "kl_divergence.html").as_uri())
    entry = page.locator("#ex-kl-forbidden")
    number = entry.locator(".exercise-number").inner_text()
    entry.get_by_label("D(p‖q)").check()
    entry.get_by_role("button", name="Check").click()
    page.goto((SITE / "review.html").as_uri())
    link = page.locator(".review-again a")

    assert number == link.inner_text()
    link.click()
    assert page.url.endswith("kl_divergence.html?again#ex-kl-forbidden")
    context.close()
