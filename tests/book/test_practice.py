"""The reader does: every chapter lets predict, practise, and come back, in the same places."""

import functools
import importlib
import re
from pathlib import Path

import nbformat
import pytest
import yaml

from bookkit.exercise import Exercise, Number, Prediction

ROOT = Path(__file__).parents[2]
CONTENTS = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))["parts"]
CHAPTERS = [
    Path(entry["file"]).stem
    for part in CONTENTS
    if "numbered" in part
    for entry in part["chapters"]
]
# Sections that sum up, or list what the sections before have practised.
ASIDE = {"When it breaks", "Summary", "Exercises", "Sources and next"}
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS)


@functools.cache
def shown(chapter):
    """Return what a chapter shows in order: ("heading", words), ("demo", …), ("ask", exercise) …"""
    module = importlib.import_module(f"itlib_book.{chapter}.exercises")
    found = []
    for cell in nbformat.read(ROOT / "chapters" / f"{chapter}.ipynb", as_version=4).cells:
        if cell.cell_type == "markdown":
            found += [("text", cell.source)]
            found += [("heading", title) for title in re.findall("^## (.*)$", cell.source, re.M)]
        elif match := re.fullmatch(r"demos\.(\w+)", cell.source.strip()):
            found.append(("demo", match[1]))
        elif match := re.fullmatch(r"exercises\.(\w+)(\.reveal)?", cell.source.strip()):
            thing = getattr(module, match[1])
            kind = "reveal" if match[2] else "guess" if isinstance(thing, Prediction) else "ask"
            found.append((kind, thing))
    return found


def exercises(chapter):
    """Return the exercises that a chapter shows."""
    return [
        thing for kind, thing in shown(chapter) if kind == "ask" and isinstance(thing, Exercise)
    ]


@every_chapter
def test_a_prediction_comes_before_every_demo_and_is_revealed_after_it(chapter):
    kinds = [(kind, thing) for kind, thing in shown(chapter) if kind in ("demo", "guess", "reveal")]
    waiting, bare = None, []
    for kind, thing in kinds:
        if kind == "guess":
            waiting = thing
        elif kind == "demo" and waiting is None:
            bare.append(thing)
        elif kind == "reveal":
            assert thing is waiting, f"{thing.name} is revealed before it is asked"
            waiting = None

    assert [] == bare
    assert waiting is None


@every_chapter
def test_every_section_has_something_to_do(chapter):
    sections, name = {}, None
    for kind, thing in shown(chapter):
        if kind == "heading":
            name = thing
            sections[name] = 0
        elif kind == "ask" and name:
            sections[name] += 1

    assert [] == [title for title, count in sections.items() if not count and title not in ASIDE]


@every_chapter
def test_every_hint_has_steps(chapter):
    assert [] == [exercise.name for exercise in exercises(chapter) if len(exercise.hints) < 2]


@every_chapter
def test_some_exercises_come_again_with_other_numbers(chapter):
    numbers = [exercise for exercise in exercises(chapter) if isinstance(exercise, Number)]
    varied = [exercise for exercise in numbers if len(getattr(exercise, "variants", ())) >= 10]

    assert len(varied) >= 3, "three numbers need ten variants or more: bookkit.exercise.varied"


@every_chapter
def test_a_worked_example_fades(chapter):
    """It is complete, then without its last step; the reader does the next one alone."""
    text = "\n".join(thing for kind, thing in shown(chapter) if kind == "text")
    names = [exercise.name for exercise in exercises(chapter)]
    places = [i for i, name in enumerate(names) if name.endswith("-last-step")]

    assert ":class: worked" in text
    assert 1 == len(places), "one exercise of the chapter has a name that ends in -last-step"
    (place,) = places
    assert isinstance(exercises(chapter)[place + 1], Number)


@every_chapter
def test_a_chapter_says_what_it_needs_what_it_answers_and_what_for(chapter):
    text = "\n".join(thing for kind, thing in shown(chapter) if kind == "text")

    assert re.search(r"^\*\*You need\*\* ", text, re.MULTILINE), "no line begins with **You need**"
    assert ":class: dropdown short-answer" in text
    assert ":class: goals" in text
    answer = re.search(r"short-answer\n+(.*?)```", text, re.DOTALL)[1]
    assert len(answer.split()) <= 110


@every_chapter
def test_something_to_see_or_to_do_comes_before_the_first_section(chapter):
    first = [kind for kind, _ in shown(chapter)].index("heading")
    kinds = {kind for kind, _ in shown(chapter)[:first]}
    cells = nbformat.read(ROOT / "chapters" / f"{chapter}.ipynb", as_version=4).cells
    pictures = [cell for cell in cells[:6] if cell.source.strip().startswith("figures.")]

    assert kinds & {"demo", "guess"} or pictures, "no demo, prediction or figure"


@every_chapter
def test_code_begins_with_imports_and_the_book_itself_is_imported_unseen(chapter):
    """A reader types what is shown; figures and exercises come from a cell tagged remove-cell."""
    cells = nbformat.read(ROOT / "chapters" / f"{chapter}.ipynb", as_version=4).cells
    seen = [
        cell.source
        for cell in cells
        if cell.cell_type == "code"
        and not {"remove-cell", "remove-input"} & set(cell.metadata.get("tags", []))
    ]

    assert seen[0].startswith(("import ", "from "))
    assert [] == [source for source in seen if "itlib_book" in source]
