"""Exercises that answer back: declared once, checked on a static page and in a notebook."""

from pathlib import Path

from bookkit.checking.choice import Choice, Option
from bookkit.checking.code import Case, Code, Slip
from bookkit.checking.derivation import Derivation, Step
from bookkit.checking.exercise import Exercise, ExerciseError
from bookkit.checking.number import Limit, Mistake, Number
from bookkit.checking.ordering import Item, Ordering, Swap
from bookkit.checking.slips import percent_slip, sign_slip, unit_slip

__all__ = [
    "ASSETS",
    "Case",
    "Choice",
    "Code",
    "Derivation",
    "Exercise",
    "ExerciseError",
    "Item",
    "Limit",
    "Mistake",
    "Number",
    "Option",
    "Ordering",
    "Slip",
    "Step",
    "Swap",
    "percent_slip",
    "sign_slip",
    "unit_slip",
]

ASSETS = tuple(Path(__file__).with_name(name) for name in ("exercise.css", "exercise.js"))
