"""What a section of a chapter holds: its text, its code, what it prints, and the exercises it shows."""

import dataclasses
import importlib
import re
from functools import cache
from pathlib import Path

import nbformat

CHAPTERS = Path(__file__).parents[2] / "chapters"
HEADING = re.compile(r"(?:^\((?P<label>[\w-]+)\)=\n+)?^(?P<marks>#+) .*$", re.MULTILINE)


@cache
def sections():
    """Return {label: text} for every labelled section, and {name: text} for every notebook.

    A section ends where the next heading of its own level, or of a higher one, begins.
    """
    found = {}
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        text = whole(path)
        found[path.stem] = text
        headings = list(HEADING.finditer(text))
        for i, heading in enumerate(headings):
            if heading["label"]:
                end = next(
                    (
                        later.start()
                        for later in headings[i + 1 :]
                        if len(later["marks"]) <= len(heading["marks"])
                    ),
                    len(text),
                )
                found[heading["label"]] = text[heading.start() : end]
    return found


def whole(path):
    """Return everything a chapter holds, one cell below the other."""
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(part for cell in cells for part in parts_of(cell, path.stem))


def parts_of(cell, chapter):
    """Return the source of a cell, what it prints, and the words of an exercise that it shows."""
    if cell.cell_type == "markdown":
        return [cell.source]
    code = re.sub(r"^", "    ", cell.source, flags=re.MULTILINE)  # its comments are no headings
    shown = re.fullmatch(r"exercises\.(\w+)", cell.source.strip())
    exercise = [words_of_exercise(chapter, shown[1])] if shown else []
    return [code, *map(printed, cell.outputs), *exercise]


def printed(output):
    """Return the text of an output."""
    return output.get("text") or output.get("data", {}).get("text/plain", "")


def words_of_exercise(chapter, name):
    """Return every text of an exercise, its mistakes and options included."""
    module = importlib.import_module(f"itlib_book.{chapter}.exercises")
    exercise = vars(getattr(module, name))
    # A varied exercise is the first of its variants.
    return "\n".join(texts({part: exercise[part] for part in exercise if part != "variants"}))


def texts(value):
    """Yield every string inside a value made of containers and data classes."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in texts(item))
    elif isinstance(value, list | tuple):
        yield from (text for item in value for text in texts(item))
    elif dataclasses.is_dataclass(value):
        yield from texts(vars(value))
