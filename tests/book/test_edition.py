"""What readers are promised and told of an edition agrees with what the book does."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import itlib

ROOT = Path(__file__).parents[2]
ABOUT = (ROOT / "chapters" / "about.md").read_text("utf-8")
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def test_one_version_everywhere():
    """The library says it; both distributions take it from there, and the citation is compared."""
    for place in ("pyproject.toml", "itlib_book/pyproject.toml"):
        project = tomllib.loads((ROOT / place).read_text("utf-8"))

        assert ["version"] == project["project"]["dynamic"]
        assert {"attr": "itlib.__version__"} == project["tool"]["setuptools"]["dynamic"]["version"]
    assert itlib.__version__ == CITATION["version"]
    assert f"## {itlib.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_citation_has_what_a_reference_needs():
    book = CITATION["preferred-citation"]

    assert CITATION["date-released"].year == book["year"] == int(CONFIG["copyright"])
    assert CITATION["title"] == book["title"]
    for words in (book["title"], str(book["year"]), book["authors"][0]["name"]):
        assert words in ABOUT


def test_readers_are_told_of_every_key_that_a_page_keeps():
    """What no script writes is not told of either."""
    scripts = "".join(path.read_text("utf-8") for path in sorted((ROOT / "bookkit").rglob("*.js")))
    written = set(re.findall(r'"(bookkit:[a-z:0-9]+:)"', scripts))
    written |= set(re.findall(r'localStorage\.\w+Item\("(\w+)"', scripts))
    told = {key.rstrip("…") for key in re.findall(r"`(bookkit:[^`]+|theme|code)`", ABOUT)}

    assert written == told


def test_no_page_keeps_anything_elsewhere():
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "bookkit").rglob("*.js"))

    assert [] == re.findall(
        r"document\.cookie|indexedDB|caches\.|sessionStorage|sendBeacon", scripts
    )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_asks_where_and_what(form):
    asked = yaml.safe_load(form.read_text("utf-8"))

    assert {"name", "description", "labels", "body"} == set(asked)
    assert "Where" == asked["body"][0]["attributes"]["label"]
    assert len(asked["body"]) == len({field["id"] for field in asked["body"]})


def test_the_foot_leads_to_places_that_exist():
    toc = (ROOT / "_toc.yml").read_text("utf-8")
    for place in CONFIG["sphinx"]["config"]["bookkit_foot"].values():
        assert f"({place})=" in ABOUT or f"file: {place}\n" in toc


def test_the_line_that_installs_is_the_same_in_the_readme_and_in_the_settings():
    packages = CONFIG["sphinx"]["config"]["bookkit_install"]["packages"]
    words = " ".join(f'"{package}"' for package in packages)
    line = f"%pip install -q {words}".format(repository="https://github.com/OWNER/NAME")

    assert line in (ROOT / "README.md").read_text("utf-8")
    for package in packages:
        import_module(package.partition(" ")[0].replace("-", "_"))
