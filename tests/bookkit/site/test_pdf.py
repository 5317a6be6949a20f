"""The book as one PDF: bound in order, numbered, and linked within itself."""

import io

import pytest
from pypdf import PdfReader

from bookkit.site.pdf import bind, printed

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>@page {{ margin: 2cm; @bottom-center {{ content: counter(page); }} }}</style>
<h1>{title}</h1><p><a href="{other}.html#end">the other</a> <a href="data.zip">data</a>
<a href="https://example.org/">elsewhere</a>
<p style="break-before: page">Last words of {title}."""


@pytest.fixture(scope="module")
def book(browser, tmp_path_factory):
    """Two pages of two sheets each that link to each other, bound."""
    folder = tmp_path_factory.mktemp("site")
    pages = []
    for title, other in (("First", "Second"), ("Second", "First")):
        pages.append(folder / f"{title}.html")
        pages[-1].write_text(PAGE.format(title=title, other=other), "utf-8")
    written = io.BytesIO()
    bind(printed(browser, pages)).write(written)
    return PdfReader(written)


def actions(book):
    return [link.get_object()["/A"] for sheet in book.pages for link in sheet.get("/Annots", [])]


def test_the_pages_follow_each_other_and_bear_numbers(book):
    texts = [sheet.extract_text() for sheet in book.pages]

    assert 4 == len(texts)
    assert "Last words of First" in texts[1] and "Last words of Second" in texts[3]
    assert ["1", "2", "3", "4"] == [text.split()[0] for text in texts]


def test_the_outline_has_the_headings(book):
    titles = [entry.title for entry in book.outline if not isinstance(entry, list)]

    assert ["First", "Second"] == titles


def test_a_link_to_another_page_leads_to_its_place(book):
    starts = [action["/D"][0] for action in actions(book) if action.get("/S") == "/GoTo"]

    assert [2, 0] == [book.get_page_number(start.get_object()) for start in starts]


def test_no_link_leads_to_the_disk_of_who_printed_it(book):
    addresses = [str(action.get("/URI", "")) for action in actions(book)]

    assert 2 == addresses.count("https://example.org/")
    assert not any(address.startswith("file:") for address in addresses)
