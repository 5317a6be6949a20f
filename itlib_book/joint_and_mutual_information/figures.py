"""The figures of the chapter on joint, conditional and mutual information."""

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import mutual_information, pointwise_mutual_information
from itlib_book.shared.circles import draw_circles, draw_weather_circles
from itlib_book.shared.weather import WEATHER

FLAT = np.array([[0.1, 0.5], [0.1, 0.3]])
PARITY = np.array([[0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]]) / 6
SENSES = np.array([[30, 1, 169], [10, 120, 670]]) / 1000


# ---- heat maps ----


def _cells(ax, shades, labels, rows, columns, title):
    """Draw a table whose cells are (colour, strength), with a label in each."""
    low, high = 0.02, 0.98  # a gap shows where a cell ends whose neighbour has its shade
    for (x, y), label in np.ndenumerate(labels):
        colour, strength = shades(x, y)
        ax.fill(
            y + np.array([low, high, high, low]),
            x + np.array([low, low, high, high]),
            color=light(colour),
            alpha=strength,
        )
        ax.text(y + 0.5, x + 0.5, label, ha="center", va="center", fontsize=11.5)
    ax.set(
        xlim=(0, len(columns)),
        ylim=(len(rows), 0),
        title=title,
        xticks=np.arange(len(columns)) + 0.5,
        xticklabels=columns,
        yticks=np.arange(len(rows)) + 0.5,
        yticklabels=rows,
    )
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def _draw_weather(ax, cells, title):
    labels = np.array([[f"{p:.3f}" for p in row] for row in cells])
    _cells(
        ax,
        lambda x, y: ("p", min(1.2 * cells[x, y], 0.6)),
        labels,
        ["dry", "rain"],
        ["none", "umbrella"],
        title,
    )


def draw_weather(ax):
    """Draw the joint table of weather and umbrella."""
    _draw_weather(ax, WEATHER, "p(x,y), as it is")


def draw_independent_weather(ax):
    """Draw the product of the marginals of weather and umbrella."""
    product = np.outer(WEATHER.sum(axis=1), WEATHER.sum(axis=0))
    _draw_weather(ax, product, "p(x) p(y), if independent")


heat = Figure(
    "joint-heat",
    draw_weather,
    draw_independent_weather,
    height=180,
    caption="Two tables with the same row and column sums. The first puts most of its mass on "
    "the diagonal; the second is what the sums alone would suggest. Mutual information "
    f"measures how far apart the two are: {mutual_information(WEATHER):.4f} bits.",
    alt="Shaded two by two tables of weather and umbrella: the joint probabilities, and the "
    "products of the margins",
)


# ---- circles with true areas ----


def draw_flat_circles(ax):
    """Draw the circles of the table of the puzzle."""
    draw_circles(ax, FLAT, "the table of the puzzle")


def draw_parity_circles(ax):
    """Draw the circles of the parity of a die and the die."""
    draw_circles(ax, PARITY, "X the parity of a die Y")


def draw_independent_circles(ax):
    """Draw the circles of two independent coins."""
    draw_circles(ax, np.full((2, 2), 0.25), "two coins")


circles = Figure(
    "joint-circles",
    draw_weather_circles,
    draw_flat_circles,
    draw_parity_circles,
    draw_independent_circles,
    height=220,
    caption="Every area is in bits, on one scale for the four pictures: a circle is an entropy, "
    "the overlap is $I(X;Y)$, the two crescents are $H(X \\mid Y)$ and $H(Y \\mid X)$, the "
    "whole shape is $H(X,Y)$. Two equal circles with one overlap for all would show none of the "
    "differences between these tables.",
    alt="Pairs of circles with areas true to the numbers: partly overlapping for the weather, "
    "barely overlapping for the puzzle, one inside the other for the parity of a die, "
    "touching for two coins",
)


# ---- word senses ----


def draw_senses(ax):
    """Draw the pointwise mutual information of senses and words."""
    pmi = pointwise_mutual_information(SENSES)
    labels = np.array([[f"{v:+.3f}".replace("-", "−") for v in row] for row in pmi])
    _cells(
        ax,
        lambda x, y: ("p" if pmi[x, y] > 0 else "q", min(abs(pmi[x, y]) / 6 + 0.05, 0.6)),
        labels,
        ["the forest", "the company"],
        ["fire", "parcel", "neither"],
        "pmi(sense, word), bits",
    )


senses = Figure(
    "joint-senses",
    draw_senses,
    height=180,
    caption="Blue pairs meet more often than by chance, orange ones less often. "
    "“Parcel” avoids the forest more strongly than “fire” seeks it.",
    alt="Shaded table of pointwise mutual information of two senses of Amazon and three contexts",
)


# ---- two coins and whether they differ ----


def _draw_pair(ax, rows, columns, title):
    _cells(ax, lambda x, y: ("p", 0.25), np.full((2, 2), "1/4"), rows, columns, title)


def draw_both_coins(ax):
    """Draw the table of the two coins."""
    _draw_pair(ax, ["heads", "tails"], ["heads", "tails"], "first coin and second coin")


def draw_first_and_fact(ax):
    """Draw the table of the first coin and whether the two differ."""
    _draw_pair(ax, ["heads", "tails"], ["alike", "different"], "first coin, alike or not")


def draw_second_and_fact(ax):
    """Draw the table of the second coin and whether the two differ."""
    _draw_pair(ax, ["heads", "tails"], ["alike", "different"], "second coin, alike or not")


coins = Figure(
    "joint-coins",
    draw_both_coins,
    draw_first_and_fact,
    draw_second_and_fact,
    width=250,
    height=150,
    caption="The tables show how often each pair of facts comes up. In each of them all four cells "
    "are alike: knowing one fact does not help to guess the other.",
    alt="Three two by two tables, of the two coins, of the first coin and whether they differ, and of "
    "the second coin and whether they differ; every cell is a quarter",
)
