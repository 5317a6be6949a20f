"""The modules of the book's content, chapter by chapter."""

import importlib
from pathlib import Path

CONTENT = Path(__file__).parents[2] / "itlib_book"


def content_modules(kind):
    """Return every module of one kind: data, figures, demos or exercises."""
    return [
        importlib.import_module(f"itlib_book.{path.parent.name}.{kind}")
        for path in sorted(CONTENT.glob(f"*/{kind}.py"))
    ]
