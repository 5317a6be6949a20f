"""Exercises that answer back: declared once, checked on a static page and in a notebook."""

from pathlib import Path

from bookkit.exercise.choice import Choice, Option
from bookkit.exercise.code import Case, Code, Slip
from bookkit.exercise.derivation import Derivation, Step
from bookkit.exercise.exercise import Exercise, ExerciseError
from bookkit.exercise.number import Limit, Mistake, Number
from bookkit.exercise.ordering import Item, Ordering, Swap
from bookkit.exercise.own_scores import OwnScores
from bookkit.exercise.prediction import Prediction
from bookkit.exercise.sketch import Sketch
from bookkit.exercise.slips import percent_slip, sign_slip, unit_slip
from bookkit.exercise.varied import varied

__all__ = [
    "REVIEW_SCRIPT",
    "SCORES_SCRIPT",
    "SCRIPT",
    "SELF_TEST_SCRIPT",
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
    "OwnScores",
    "Prediction",
    "Sketch",
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
SCORES_SCRIPT = SCRIPT.with_name("scores.js")  # after it, where `OwnScores` stand
SELF_TEST_SCRIPT = SCRIPT.with_name("self_test.js")  # after it, where `self_test.block` stands
