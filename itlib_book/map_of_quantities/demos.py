"""The demo of the map: every quantity, its neighbours and its formulas, for one joint table."""

import math
from functools import lru_cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from itlib_book.map_of_quantities.data import amounts, strips
from itlib_book.map_of_quantities.figures import (
    ARROWS,
    HALF_HEIGHT,
    HALF_WIDTH,
    PLACES,
    STRIP_COLOURS,
    draw_boxes,
    strip_axes,
)
from itlib_book.shared.units import unit_choice

QUANTITY = Choice("quantity", tuple(PLACES), start="mutual information", label="look at")
TOGETHER = Slider("together", 0.05, 0.5, 0.025, start=0.45, label="P(rain and umbrella)")

MEANINGS = {
    "self-information": "how surprising one outcome is",
    "entropy": "how uncertain a variable is, before it is seen",
    "joint entropy": "how uncertain a pair is",
    "conditional entropy": "what stays uncertain about Y, on average, when X is known",
    "mutual information": "what X tells about Y, and Y about X",
    "cross-entropy": "how surprised a believer in q is, on average, in the world of p",
    "KL divergence": "what the false belief costs",
    "Jensen–Shannon": "what one outcome tells about which of p and q it came from, if a coin chose",
    "perplexity": "how many equally likely outcomes would be as uncertain",
    "f-divergences": "how different p and q are, scored by a function of p/q",
}
FORMULAS = {
    "self-information": "I(x) = −log p(x)",
    "entropy": "H(Y) = E[I(Y)] = −Σ p(y) log p(y)",
    "joint entropy": "H(X,Y) = −Σ p(x,y) log p(x,y) = H(X) + H(Y|X)",
    "conditional entropy": "H(Y|X) = H(X,Y) − H(X) = Σ p(x) H(Y|X=x)",
    "mutual information": "I(X;Y) = H(Y) − H(Y|X) = H(X) + H(Y) − H(X,Y) = D(p(x,y)‖p(x)p(y))",
    "cross-entropy": "CE(p,q) = −Σ p log q = H(p) + D(p‖q)",
    "KL divergence": "D(p‖q) = Σ p log(p/q) = CE(p,q) − H(p)",
    "Jensen–Shannon": "D_JS(p,q) = ½ D(p‖m) + ½ D(q‖m), with m = ½ (p + q)",
    "perplexity": "PP = 2^H(p) with H in bits; of a model, 2^CE(p,q)",
    "f-divergences": "Σ q f(p/q): D and D_JS are of this form, and so is the total variation, "
    "½ Σ |p−q|, shown here",
}


# ---- the numbers ----


@lru_cache(maxsize=64)
def found(together):
    """Return every quantity for the table whose margins are those of weather and umbrella."""
    return amounts(table(together))


def table(together):
    """Return p(x,y): rows dry and rain, columns without and with umbrella."""
    # subtle: rounded, so that the table with an empty cell holds 0 and not what 0.55 - 0.5 leaves.
    cells = [[together - 0.05, 0.55 - together], [0.5 - together, together]]
    return np.round(cells, 3)


def amount(name, together, unit):
    """Return the number of a quantity, with its unit if it has one."""
    value, has_unit = found(together)[name], PLACES[name].unit
    scale = math.log(2) if has_unit and unit == "nats" else 1.0
    return f"{scale * value + 0.0:.4f}", unit if has_unit else ""


def value(quantity, together, unit):
    """The symbol and the number of the chosen quantity."""
    number, unit = amount(quantity, together, unit)
    return f"{PLACES[quantity].symbol} = {number} {unit}".rstrip()


def meaning(quantity):
    """What the chosen quantity says."""
    return MEANINGS[quantity]


def formulas(quantity):
    """How the chosen quantity is computed."""
    return FORMULAS[quantity]


def _number_in(name):
    def number(together, unit):
        return amount(name, together, unit)[0]

    return number


# ---- what lights up ----


def neighbours(quantity):
    """Return the quantities one arrow away."""
    return {name for arrow in ARROWS if quantity in arrow for name in arrow} - {quantity}


def _box(name, lit):
    # A box that is not lit has no width; every state then draws the same number of boxes.
    x, y = PLACES[name][:2]
    wide = HALF_WIDTH if lit else 0
    return x - wide, x + wide, y - HALF_HEIGHT, y + HALF_HEIGHT


def chosen_box(quantity):
    """The sides of the chosen box."""
    return _box(quantity, True)


def near_boxes(quantity):
    """The sides of the neighbours' boxes."""
    near = neighbours(quantity)
    return list(zip(*(_box(name, name in near) for name in PLACES)))


def arrows(quantity):
    """The arrows of the chosen quantity."""
    points, nowhere = [], (np.nan, np.nan)
    for arrow, (corners, _, _) in ARROWS.items():
        points += [corner if quantity in arrow else nowhere for corner in corners] + [nowhere]
    return np.array(points).T


# ---- to scale ----

STRIP_OF = {
    "entropy": "H(Y)",
    "joint entropy": "H(X,Y)",
    "conditional entropy": "H(Y|X)",
    "mutual information": "I(X;Y)",
    "cross-entropy": "CE(p,q)",
    "KL divergence": "D(p‖q)",
}


def _strip(name):
    row = strips(table(0.45))[name][0]

    def ends(together):
        return strips(table(together))[name][1:]

    return Bars(
        across=ends,
        base=row - 0.36,
        top=row + 0.36,
        colour=STRIP_COLOURS[name],
        opacity=0.3,
    )


def _label(name):
    row = strips(table(0.45))[name][0]

    def middle(together):
        return sum(strips(table(together))[name][1:]) / 2

    def words(together):
        # Where the strip is too short for its name, the picture says enough.
        _, left, right = strips(table(together))[name]
        return name if right - left > 0.25 else ""

    return Text(x=middle, y=row - 0.09, text=words, size=9.5)


def lit_ends(quantity, together):
    """The ends of the chosen strip; no length where there is none."""
    return strips(table(together))[STRIP_OF[quantity]][1:] if quantity in STRIP_OF else (0, 0)


def lit_edges(quantity):
    """The lower and the upper edge of the chosen strip."""
    if quantity not in STRIP_OF:
        return 0, 0
    row = strips(table(0.45))[STRIP_OF[quantity]][0]
    return row - 0.36, row + 0.36


def scale_axes(ax):
    """Axes for the strips of the demo."""
    strip_axes(ax)
    ax.set(title="to scale, always in bits")


information_map = Demo(
    "information-map",
    controls=[QUANTITY, TOGETHER, unit_choice()],
    panels=[
        Panel(
            axes=draw_boxes,
            height=270,
            marks=(
                Bars(
                    box=near_boxes,
                    colour="p",
                    opacity=0.2,
                ),
                Bars(
                    box=chosen_box,
                    colour="q",
                    opacity=0.4,
                ),
                Curve(xy=arrows, colour="q", broken=True),
                *(
                    Text(x=place.x, y=place.y - 0.25, text=_number_in(name), size=9)
                    for name, place in PLACES.items()
                ),
            ),
            alt="The map of the quantities as boxes with arrows between them; the chosen box is "
            "orange, its neighbours are blue, and every box holds its number",
        ),
        Panel(
            axes=scale_axes,
            height=270,
            marks=(
                *(_strip(name) for name in STRIP_COLOURS),
                Bars(
                    across=lit_ends,
                    up=lit_edges,
                    colour="q",
                    opacity=0.55,
                ),
                *(_label(name) for name in STRIP_COLOURS),
            ),
            alt="Strips as long as their bits: the cross-entropy, under it the joint entropy and "
            "the divergence, then H(X), H(Y), and the parts H(X|Y), I(X;Y) and H(Y|X); the "
            "chosen quantity is orange",
        ),
    ],
    readouts=[
        Readout(of=value, label="value", digits=None, colour="q"),
        Readout(of=meaning, label="says", digits=None),
        Readout(of=formulas, label="formula", digits=None),
    ],
    caption="It rains on half of the days, and the umbrella is there on 55 of 100; the slider "
    "changes only how often the two meet. $p$ is the joint table, $q$ the table with the "
    "same margins and no dependence. Self-information is that of a day with rain and "
    "umbrella, perplexity that of the pair.",
)
