"""A site whose address and repository are known, below a path: a book of two pages, built whole."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import nbformat
import pytest
import yaml
from PIL import Image
from small_books import PROGRAM, filled_once, share_python

pytestmark = pytest.mark.slow  # it builds a small book

ROOT = Path(__file__).parents[3]
ADDRESS = "https://example.org/teach/it"
REPOSITORY = "https://github.com/example/book"
CELLS = (
    "(bits)=\n# Bits\n\nA page about bits, and of few words.",
    "$$\nb = 1\n$$ (one)\n\nSee {eq}`one`, {ref}`the page <bits>` and [the front](front.md).",
)
PAGES = ("index", "chapters/front", "chapters/bits", "search", "404")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the built site."""
    return filled_once(tmp_path_factory, "published", build_with_address) / "_build" / "html"


def build_with_address(book):
    """Build the book in a folder; its settings are those of this book but for what is set here."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    config["repository"] = {"url": REPOSITORY, "branch": "main"}
    switches = ("use_edit_page_button", "use_issues_button", "use_repository_button")
    config["html"] = {"baseurl": ADDRESS + "/", **dict.fromkeys(switches, True)}
    config["html"] |= {"announcement": "A <b>second</b> edition.", "extra_footer": "Made in words."}
    config["logo"] = "logo.svg"
    del config["bibtex_bibfiles"]
    config["sphinx"]["config"]["bookkit_synonyms"] = ""
    config["sphinx"]["config"]["bookkit_shortcuts"] = ["chapters/bits"]
    config["sphinx"]["config"]["extensions"].remove("sphinxcontrib.bibtex")
    for key in ("bibtex_default_style", "bibtex_reference_style"):
        del config["sphinx"]["config"][key]
    (book / "_config.yml").write_text(yaml.safe_dump(config), "utf-8")
    contents = {"format": "jb-book", "root": "chapters/front"}
    contents["chapters"] = [{"file": "chapters/bits"}]
    (book / "_toc.yml").write_text(yaml.safe_dump(contents), "utf-8")
    (book / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    (book / "chapters").mkdir()
    share_python(book)
    (book / "chapters" / "front.md").write_text("# Front\n\nAll [about bits](bits.ipynb).\n")
    cells = [nbformat.v4.new_markdown_cell(text) for text in CELLS]
    (book / "chapters" / "bits.ipynb").write_text(
        nbformat.writes(nbformat.v4.new_notebook(cells=cells)), "utf-8"
    )
    built = subprocess.run(
        [PROGRAM, "build", ".", "-W", "-q"], cwd=book, capture_output=True, text=True
    )
    assert 0 == built.returncode, built.stderr


def addresses(html):
    return re.findall(r' (?:href|src|action)="([^"#]+)', html)


def linked(html):
    """Return {text: address} of the links of a page."""
    return {
        text: href for href, text in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', html)
    }


def head(html, name):
    return re.findall(
        rf'<(?:meta property|meta name|link rel)="{name}" (?:content|href)="([^"]*)"', html
    )


@pytest.mark.parametrize("page", PAGES)
def test_every_address_within_the_site_leads_somewhere(site, page):
    """Below the path of the site, wherever the page is shown."""
    shown = f"{ADDRESS}/a/wrong/address" if page == "404" else f"{ADDRESS}/{page}.html"
    targets = [
        urljoin(shown, address) for address in addresses((site / f"{page}.html").read_text())
    ]
    inside = [target for target in targets if target.startswith("https://example.org")]

    assert inside
    assert [] == [
        target
        for target in inside
        if not (site / urlsplit(target).path.removeprefix("/teach/it/").rstrip("/")).exists()
    ]


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index", f"{ADDRESS}/"),
        ("chapters/front", f"{ADDRESS}/"),
        ("chapters/bits", f"{ADDRESS}/chapters/bits.html"),
    ],
)
def test_a_page_says_its_address_and_has_a_card(site, page, address):
    html = (site / f"{page}.html").read_text("utf-8")
    (card,) = head(html, "og:image")

    assert [address] == head(html, "canonical") == head(html, "og:url")
    assert ["summary_large_image"] == head(html, "twitter:card")
    with Image.open(site / card.removeprefix(ADDRESS + "/")) as picture:
        assert (1200, 630) == picture.size


@pytest.mark.parametrize("page", ["search", "404"])
def test_a_page_that_only_leads_on_is_not_listed(site, page):
    html = (site / f"{page}.html").read_text("utf-8")

    assert ["noindex"] == head(html, "robots")
    assert [] == head(html, "canonical")


def test_the_map_of_the_site_has_every_page_once(site):
    listed = re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))

    assert [f"{ADDRESS}/", f"{ADDRESS}/chapters/bits.html"] == listed
    assert f"Sitemap: {ADDRESS}/sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")


def test_a_notebook_can_be_run_edited_and_complained_of(site):
    links = linked((site / "chapters" / "bits.html").read_text("utf-8"))
    place = "main/chapters/bits.ipynb"

    assert {
        "Open in Colab": "https://colab.research.google.com/github/example/book"
        "/blob/notebooks/bits.ipynb",
        "Open in Binder": "https://mybinder.org/v2/gh/example/book/notebooks"
        "?urlpath=lab/tree/bits.ipynb",
        "Source": f"{REPOSITORY}/blob/{place}",
        "Repository": REPOSITORY,
        "Edit this page": f"{REPOSITORY}/edit/{place}",
        "Report an error": f"{REPOSITORY}/issues/new?title=chapters/bits.ipynb",
    }.items() <= links.items()


def test_a_notebook_elsewhere_installs_what_it_needs_and_leads_back(site):
    """Its first cell as the README says it, its numbers and links as on the page."""
    notebook = nbformat.read(site / "notebooks" / "bits.ipynb", as_version=4)
    install, first, second, licence = (cell.source for cell in notebook.cells)
    page = f"{ADDRESS}/chapters/bits.html"

    assert install in (ROOT / "README.md").read_text("utf-8").replace("OWNER/NAME", "example/book")
    assert "# Bits\n\nA page about bits, and of few words." == first
    assert (
        "$$\nb = 1 \\tag{1}\n$$\n\n"
        f"See [(1)]({page}#equation-one), [the page]({page}#bits) "
        f"and [the front]({ADDRESS}/chapters/front.html)."
    ) == second
    assert page in licence


def test_the_folder_of_notebooks_is_what_binder_installs(site):
    """Pushed to a branch of its own, it needs nothing else."""
    folder = site / "notebooks"
    git = f"git+{REPOSITORY}"

    assert ["bits.ipynb", "requirements.txt", "runtime.txt"] == sorted(
        path.name for path in folder.iterdir()
    )
    assert (
        f"itlib @ {git}\nitlib-book @ {git}#subdirectory=itlib_book\n"
        == (folder / "requirements.txt").read_text()
    )


@pytest.mark.parametrize("page", PAGES)
def test_what_the_settings_add_is_on_every_page(site, page):
    html = (site / f"{page}.html").read_text("utf-8")

    assert "A <b>second</b> edition." in html
    assert "Made in words." in html
    assert '_static/logo.svg" alt=""' in html


def test_the_search_knows_every_section_but_not_itself(site):
    (script,) = (site / "_static").glob("search-data.*.js")
    data = json.loads(script.read_text("utf-8").removeprefix("const searchData = ").rstrip(";\n"))

    assert ["chapters/bits.html", "chapters/front.html"] == [s[0] for s in data["sections"]]
