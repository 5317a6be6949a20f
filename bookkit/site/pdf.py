"""The whole book as one PDF: the pages of the built site, printed by a browser and bound.

    python -m bookkit.site.pdf

Demos stand at their start, and everything that is folded is open. A link to another page of the
book leads to its place in the PDF.
"""

import io
import sys
from html import escape
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import yaml
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from ..browser import NoBrowserError, chromium

ROOT = Path(__file__).parents[2]
SITE = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "book.pdf"
PAPER = {"format": "A4", "outline": True, "tagged": True, "prefer_css_page_size": True}


def main():
    """Print the built site; return what to say if it cannot be done."""
    pages = [SITE / f"{name}.html" for name in chapters(yaml.safe_load(
        (ROOT / "_toc.yml").read_text("utf-8")))]
    missing = [page.name for page in pages if not page.exists()]
    if missing:
        return f"no {', '.join(missing)} in {SITE}: `make book` builds the site"
    try:
        with chromium() as browser:
            book = bind([(page, printed(browser, page)) for page in pages], browser)
    except NoBrowserError as problem:
        return str(problem)
    book.write(PDF)
    print(f"{PDF}: {len(book.pages)} pages")
    return None


def chapters(toc):
    """Return the files of a table of contents, in the order of reading.

    >>> chapters({"root": "a", "parts": [{"chapters": [{"file": "b"}, {"file": "c"}]}]})
    ['a', 'b', 'c']
    """
    parts = toc.get("parts", [{"chapters": toc.get("chapters", [])}])
    return [toc["root"], *(entry["file"] for part in parts for entry in part["chapters"])]


def printed(browser, page):
    """Return a page of the site as PDF."""
    tab = browser.new_page(color_scheme="light")
    tab.goto(page.as_uri())
    tab.evaluate("document.fonts.ready")
    data = tab.pdf(**PAPER)
    tab.close()
    return data


def bind(parts, browser):
    """Return one PDF of [(page of the site, PDF)], with outline, page numbers and inner links."""
    book, starts = PdfWriter(), {}
    for page, data in parts:
        starts[page.resolve()] = len(book.pages)
        book.append(io.BytesIO(data), import_outline=True)
    for sheet, number in zip(book.pages, numbers(browser, len(book.pages))):
        sheet.merge_page(number)
        for link in sheet.get("/Annots", []):
            lead(book, link.get_object(), starts)
    return book


def numbers(browser, count):
    """Return empty sheets that bear the page numbers."""
    tab = browser.new_page()
    tab.set_content("<style>@page { margin: 8mm } p { margin: 0; height: 279mm; display: flex;"
                    " align-items: flex-end; justify-content: center; break-after: page;"
                    " font: 9pt serif }</style>"
                    + "".join(f"<p>{escape(str(n))}</p>" for n in range(1, count + 1)))
    sheets = PdfReader(io.BytesIO(tab.pdf(format="A4", prefer_css_page_size=True))).pages
    tab.close()
    return [sheets[i] if i < len(sheets) else PageObject.create_blank_page() for i in range(count)]


def lead(book, link, starts):
    """Let a link to a page of the site lead to where that page begins in the book."""
    action = link.get("/A", DictionaryObject()).get_object()
    address = urlsplit(urldefrag(str(action.get("/URI", "")))[0])
    if address.scheme != "file":
        return
    start = starts.get(Path(address.path).resolve())
    if start is None:  # a notebook to download, say, which a PDF does not bring along
        link[NameObject("/A")] = DictionaryObject()
    else:
        place = ArrayObject([book.pages[start].indirect_reference, NameObject("/Fit")])
        link[NameObject("/A")] = DictionaryObject(
            {NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): place})


if __name__ == "__main__":
    sys.exit(main())
