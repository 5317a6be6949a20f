"""The demo of the front page."""

import numpy as np

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Points
from bookkit.demo.panel import Panel
from itlib import binary_entropy, cross_entropy, kl_divergence
from itlib_book.shared.coins import coin
from itlib_book.shared.units import information, unit_choice

BELIEFS = np.linspace(0.05, 0.95, 91)


def needed(p):
    """The entropy of the coin: bits per toss that no code can do without."""
    return binary_entropy(p)


def wasted(p, q):
    """The divergence: bits per toss lost because the belief is wrong."""
    return kl_divergence(coin(p), coin(q))


def spent(p, q):
    """The cross-entropy: bits per toss of a code made for the belief."""
    return cross_entropy(coin(p), coin(q))


def cost_of_beliefs(p):
    """The cross-entropy for every belief."""
    return cross_entropy(coin(p), coin(BELIEFS))


def bar(q):
    """Where the bar that stands for the waste begins and ends."""
    return q - 0.006, q + 0.006


def cost_axes(ax):
    """Axes for the cost of a belief."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 4.5),
        xlabel="believed probability of heads, q",
        ylabel="bits per toss",
        title="what a toss costs",
    )


wrong_belief = Demo(
    "wrong-belief",
    controls=[
        Slider("p", 0.05, 0.95, 0.01, start=0.75, label="true heads, p"),
        Slider("q", 0.05, 0.95, 0.01, start=0.3, label="believed, q"),
        unit_choice(),
    ],
    panels=[
        Panel(
            axes=cost_axes,
            drag_x="q",
            marks=(
                Band(x=[0, 1], low=0, high=needed, colour="good"),
                Curve(x=BELIEFS, y=cost_of_beliefs),
                Bars(across=bar, base=needed, top=spent, colour="q"),
                Points(x="q", y=spent, colour="q"),
                Points(x="p", y=needed, colour="ink", hollow=True),
            ),
            alt="The cost of coding a coin against the believed probability of heads: a curve that "
            "touches the coin's entropy where belief and truth agree, with a dot at the belief",
        )
    ],
    readouts=[
        information(needed, label="needed, H(p)", colour="good"),
        information(wasted, label="wasted, D(p‖q)", colour="q"),
        information(spent, label="spent, CE(p, q)", colour="p"),
    ],
    caption="A coin shows heads with probability $p$, and you code its tosses as if that were $q$. "
    "The green part is needed by anyone; the rest of the curve is the price of being "
    "wrong. The picture is in bits. Drag the dot.",
)
