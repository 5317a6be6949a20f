"""The pages of mistakes and of questions keep their form, and lead on to the chapters."""

import re
from pathlib import Path

import nbformat
import pytest

CHAPTERS = Path(__file__).parents[2] / "chapters"
PRINTS = "(a cell prints)"  # stands for a code cell with an output
ELSEWHERE = re.compile(r"See .*\]\((?!mistake)[\w-]+(\.ipynb)?(#[\w-]+)?\)", re.DOTALL)


def text_of(page):
    """Return the prose of a page, with a mark for each cell that prints."""
    cells = nbformat.read(CHAPTERS / f"{page}.ipynb", as_version=4).cells
    return "\n\n".join(
        cell.source if cell.cell_type == "markdown" else PRINTS if cell.outputs else ""
        for cell in cells
    )


def entries(page, prefix):
    """Return {label: text} of a page's entries, without their headings."""
    _, *parts = re.split(r"^\(([\w-]+)\)=\n#+ .*$", text_of(page), flags=re.MULTILINE)
    found = zip(parts[::2], parts[1::2], strict=True)
    return {
        label: text.partition("\n## ")[0].strip()
        for label, text in found
        if label.startswith(f"{prefix}-")
    }


def words(entry):
    """Return the number of words of an entry, without cells and the addresses of links."""
    return len(re.sub(r"\]\([^)]*\)", "]", entry.replace(PRINTS, "")).split())


MISTAKES, QUESTIONS = entries("mistakes", "mistake"), entries("faq", "faq")


@pytest.mark.parametrize("label", MISTAKES)
def test_a_mistake_is_a_claim_a_number_and_where_to_read_on(label):
    """First the wrong claim in italics, then what a cell prints, then the truth with a link."""
    claim, number, truth = MISTAKES[label].partition(PRINTS)

    assert re.fullmatch(r"\*“.+”\*", claim.strip())
    assert PRINTS == number
    assert ELSEWHERE.search(truth)
    assert words(MISTAKES[label]) <= 80


@pytest.mark.parametrize("label", QUESTIONS)
def test_an_answer_is_short(label):
    assert 40 <= words(QUESTIONS[label]) <= 120


@pytest.mark.parametrize(
    ("page", "prefix", "found"), [("mistakes", "mistake", MISTAKES), ("faq", "faq", QUESTIONS)]
)
def test_the_list_of_a_page_and_its_entries_agree(page, prefix, found):
    """An entry that is lost leaves a line in the list, a line that is lost an entry."""
    listed = re.findall(rf"\]\(({prefix}-[\w-]+)\)", text_of(page))

    assert sorted(found) == sorted(set(listed))
