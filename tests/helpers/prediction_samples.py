"""One prediction of every kind, of no particular subject."""

import math

from bookkit.exercise import Item, Prediction, Sketch

fall = Prediction(
    "fall",
    question="A heavy and a light ball fall from a tower. Which one lands *first*?",
    options=["The heavy one", "The light one", "Both at once"],
    happens="Both at once",
    saw="Without air both fall alike, $s = \\frac12 g t^2$.",
)
rope = Prediction(
    "rope",
    question="A rope around the earth is made 1 m longer. How far does it rise?",
    unit="metres",
    happens=1 / (2 * math.pi),
    saw="The radius of the earth does not matter.",
)
sizes = Prediction(
    "sizes",
    question="How large?",
    direction="the smallest first",
    saw="As computed.",
    items=[Item("$2^3$", 8), Item("$3^2$", 9), Item("$1/2$", 0.5)],
)
boil = Prediction(
    "boil",
    question="At which height does water boil at 90 °C?",
    unit="km",
    happens=2.9,
    sketch=Sketch("height in km", 0, 8, 0.1),
    saw="The air is thinner there.",
)
walk = Prediction(
    "walk",
    question="How many steps does a mile take?",
    happens=1542,
    saw="One is a yard.",
)
PREDICTIONS = [fall, rope, sizes, boil]
