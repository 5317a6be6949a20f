"""Sphinx alone is told what Jupyter Book would tell it."""

import copy
from pathlib import Path

import pytest
import yaml
from jupyter_book.config import get_final_config

from bookkit.site.alone import NUMBERING, settings

ROOT = Path(__file__).parents[3]
BOOK = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
USED = {
    "title": "t", "author": "a", "copyright": "c", "logo": "l.png", "exclude_patterns": ["x"],
    "only_build_toc_files": False, "bibtex_bibfiles": ["r.bib"],
    "repository": {"url": "https://github.com/a/b", "branch": "trunk", "path_to_book": "book"},
    "launch_buttons": {"colab_url": "https://c.org", "thebe": True},
    "html": {"favicon": "f.svg", "baseurl": "https://a.org", "extra_footer": "f", "announcement": "n",
             "home_page_in_navbar": False, "navbar_footer_text": "w", "comments": {"hypothesis": True},
             "analytics": {"google_analytics_id": "G"}, "use_repository_button": True,
             "use_edit_page_button": True, "use_issues_button": True},
    "execute": {"execute_notebooks": "force", "allow_errors": True, "show_tb": True, "timeout": 5,
                "exclude_patterns": ["y"], "stderr_output": "show", "raise_on_error": True},
    "sphinx": {"config": {"extensions": ["myst_nb", "jupyter_book", "bookkit.site"], "language": "en"}},
}  # fmt: skip

ADDED = ("jupyter_book", "sphinx_jupyterbook_latex", NUMBERING)


def by_jupyter_book(book):
    # subtle: it takes keys out of what it is given.
    told, _ = get_final_config(
        user_yaml=copy.deepcopy(book), cli_config={"latex_individualpages": False}
    )
    return told


def within(told, expected):
    """Tell whether a value is the expected one; Jupyter Book adds keys, whose values are empty."""
    if isinstance(told, dict):
        return all(key in expected and within(told[key], expected[key]) for key in told)
    return told == expected


@pytest.mark.parametrize("book", [BOOK, USED], ids=["this book", "every key"])
def test_what_sphinx_is_told_is_what_jupyter_book_tells_it(book):
    told, expected = settings(book), by_jupyter_book(book)
    del told["external_toc_path"]  # for Jupyter Book a choice on the command line
    told["extensions"].remove(NUMBERING)
    expected["extensions"] = [name for name in expected["extensions"] if name not in ADDED]

    assert [] == [
        (name, value, expected.get(name))
        for name, value in told.items()
        if not within(value, expected.get(name))
    ]


@pytest.mark.parametrize("book", [BOOK, USED], ids=["this book", "every key"])
def test_nothing_of_the_book_stays_untold(book):
    """What is told by Jupyter Book alone is its own default."""
    only_there = by_jupyter_book(book).keys() - settings(book).keys()

    assert only_there <= by_jupyter_book({"bibtex_bibfiles": []}).keys()
    assert [] == [
        name
        for name in only_there & by_jupyter_book({}).keys()
        if by_jupyter_book(book)[name] != by_jupyter_book({})[name]
        and name not in ("use_jupyterbook_latex",)
    ]
