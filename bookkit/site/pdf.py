"""The whole book as one PDF: the pages of the built site, printed by a browser and bound.

    python -m bookkit.site.pdf

Demos stand at their start, and everything that is folded is open. A link to another page of the
book leads to its place in the PDF.
"""

import io
import sys
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import yaml
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from bookkit.browser import NoBrowserError, chromium
from bookkit.site import offers
from bookkit.site.offers import ROOT, SITE

PDF = SITE / offers.FOLDER / "book.pdf"
_PAPER = {"format": "A4", "outline": True, "tagged": True, "prefer_css_page_size": True}


def main():
    """Print the built site; return what to say if it cannot be done."""
    pages = [
        SITE / f"{name}.html"
        for name in chapters(yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8")))
    ]
    missing = [page.name for page in pages if not page.exists()]
    if missing:
        return f"no {', '.join(missing)} in {SITE}: `make book` builds the site"
    try:
        with chromium() as browser:
            book = bind(printed(browser, pages))
    except NoBrowserError as problem:
        return str(problem)
    PDF.parent.mkdir(exist_ok=True)
    book.write(PDF)
    offers.update(SITE, offers.from_settings())
    print(f"{PDF}: {len(book.pages)} pages")
    return None


def chapters(toc):
    """Return the files of a table of contents, in the order of reading.

    >>> chapters({"root": "a", "parts": [{"chapters": [{"file": "b"}, {"file": "c"}]}]})
    ['a', 'b', 'c']
    """
    parts = toc.get("parts", [{"chapters": toc.get("chapters", [])}])
    return [toc["root"], *(entry["file"] for part in parts for entry in part["chapters"])]


def printed(browser, pages):
    """Yield each page of the site with its PDF; the numbers of the sheets run on."""
    tab, count = browser.new_page(color_scheme="light"), 0
    for page in pages:
        tab.goto(page.as_uri())
        tab.evaluate("document.fonts.ready")
        tab.evaluate("n => { document.documentElement.style.counterReset = `page ${n}`; }", count)
        sheets = PdfReader(io.BytesIO(tab.pdf(**_PAPER)))
        count += len(sheets.pages)
        yield page, sheets
    tab.close()


def bind(parts):
    """Return one PDF of [(page of the site, PDF)], with outline and inner links."""
    book, starts = PdfWriter(), {}
    for page, sheets in parts:
        starts[page.resolve()] = len(book.pages)
        book.append(sheets, import_outline=True)
    for sheet in book.pages:
        for link in sheet.get("/Annots", []):
            lead(book, link.get_object(), starts)
    return book


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
            {NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): place}
        )


if __name__ == "__main__":
    sys.exit(main())
