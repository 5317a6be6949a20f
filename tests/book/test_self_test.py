"""The built book has a self-test for each of its parts, within what a page may weigh."""

import gzip
import os
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "_build" / "html" / "chapters" / "self_test.html"
pytestmark = pytest.mark.skipif(
    not PAGE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)


def test_each_part_with_numbered_chapters_has_its_test():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    captions = [part["caption"] for part in toc["parts"] if part.get("numbered")]
    tests = re.findall(
        r'<section class="self-test".*?data-questions="(\d+)">\n<h3>(.*?)</h3>',
        PAGE.read_text("utf-8"),
    )

    assert [("12", caption) for caption in captions] == tests


def test_the_page_is_no_heavier_than_a_chapter():
    assert 200_000 > len(gzip.compress(PAGE.read_bytes()))


def test_a_test_is_taken_from_disk_and_leads_back_to_the_chapters(browser):
    context = browser.new_context(offline=True)
    tab = context.new_page()
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(PAGE.as_uri())
    part = tab.locator(".self-test").first
    part.get_by_role("button", name="Begin").click()
    for _ in range(12):
        part.get_by_role("button", name="I do not know").click()
    links = part.locator(".self-test-result tbody a")
    places = links.evaluate_all("links => links.map(link => link.href)")

    assert "0 of 12 right." == part.locator(".self-test-place").inner_text()
    for place in places:
        page, _, ident = place.removeprefix("file://").partition("#")
        assert not ident or f'id="{ident}"' in Path(page).read_text("utf-8"), place
    assert [] == errors
    context.close()
