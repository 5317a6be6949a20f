"""Exercises that answer back: declared once, checked on a static page and in a notebook."""

from pathlib import Path

from bookkit.exercise.choice import Choice, Option
from bookkit.exercise.code import Case, Code, Slip
from bookkit.exercise.derivation import Derivation, Step
from bookkit.exercise.exercise import Exercise, ExerciseError
from bookkit.exercise.number import Limit, Mistake, Number
from bookkit.exercise.ordering import Item, Ordering, Swap
from bookkit.exercise.prediction import Prediction
from bookkit.exercise.slips import percent_slip, sign_slip, unit_slip
from bookkit.exercise.varied import varied

__all__ = [
    "REVIEW_SCRIPT",
    "SCRIPT",
    "STYLE",
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
    "Prediction",
    "Slip",
    "Step",
    "Swap",
    "percent_slip",
    "sign_slip",
    "unit_slip",
    "varied",
]

STYLE = Path(__file__).with_name("exercise.css")
SCRIPT = Path(__file__).parent / "scripts" / "page.js"  # joined with what it imports: `scripts.py`
REVIEW_SCRIPT = SCRIPT.with_name("review.js")  # after it, on the page of review
