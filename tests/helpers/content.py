"""The modules of the book's content, chapter by chapter."""

import importlib
from pathlib import Path

from bookkit.demo.demo import Demo
from bookkit.exercise import Exercise
from bookkit.figure import Figure

CONTENT = Path(__file__).parents[2] / "itlib_book"


def content_modules(kind):
    """Return every module of one kind: data, figures, demos or exercises."""
    return [
        importlib.import_module(f"itlib_book.{path.parent.name}.{kind}")
        for path in sorted(CONTENT.glob(f"*/{kind}.py"))
    ]


def demos_of_the_book():
    """Return every demo that a chapter declares."""
    return _declared(Demo, "demos")


def exercises_of_the_book():
    """Return every exercise that a chapter declares."""
    return _declared(Exercise, "exercises")


def figures_of_the_book():
    """Return every figure that a chapter declares."""
    return _declared(Figure, "figures")


def _declared(kind, modules):
    return [
        value
        for module in content_modules(modules)
        for value in vars(module).values()
        if isinstance(value, kind)
    ]
