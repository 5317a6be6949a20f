"""The page of questions leads to the short answers of the chapters, by labels that the build makes."""

import re
from pathlib import Path

import nbformat
import pytest

CHAPTERS = Path(__file__).parents[2] / "chapters"
LED_TO = re.compile(r"\]\((\w+)-short-answer\)")


def markdown(path):
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


QUESTIONS = re.split(r"^\(faq-", markdown(CHAPTERS / "faq.ipynb"), flags=re.MULTILINE)[1:]
CHAPTERS_LED_TO = sorted({page for entry in QUESTIONS for page in LED_TO.findall(entry)})


@pytest.mark.parametrize("page", CHAPTERS_LED_TO)
def test_what_is_called_short_leads_to_a_chapter_with_a_short_answer(page):
    assert 1 == markdown(CHAPTERS / f"{page}.ipynb").count(":class: dropdown short-answer")


def test_many_questions_lead_to_a_short_answer():
    assert 19 <= sum(bool(LED_TO.search(entry)) for entry in QUESTIONS)


@pytest.mark.parametrize("entry", QUESTIONS, ids=lambda entry: entry.partition(")")[0])
def test_a_short_answer_stands_beside_the_section_that_gives_the_long_one(entry):
    last = [line for line in entry.splitlines() if LED_TO.search(line)]

    assert all(line.startswith("See [") for line in last)
