"""Exercises that answer back: declared once, checked on a static page and in a notebook."""

from pathlib import Path

from bookkit.checking.choice import Choice, Option
from bookkit.checking.exercise import Exercise, ExerciseError
from bookkit.checking.number import Limit, Mistake, Number

__all__ = [
    "ASSETS",
    "Choice",
    "Exercise",
    "ExerciseError",
    "Limit",
    "Mistake",
    "Number",
    "Option",
]

ASSETS = tuple(Path(__file__).with_name(name) for name in ("exercise.css", "exercise.js"))
