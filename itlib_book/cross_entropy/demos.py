"""The demo of the chapter on cross-entropy."""

import numpy as np

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points, Text
from bookkit.demo.panel import Panel
from itlib import cross_entropy, entropy, kl_divergence, self_information
from itlib_book.shared.coins import coin
from itlib_book.shared.units import information, unit_choice

# ---- demo-wrong-code: tosses of a coin p, sent in a code made for a coin q ----

HEADS = np.linspace(0, 1, 101)
COINS = np.stack([HEADS, 1 - HEADS], axis=-1)


def needed(p):
    """H(p) in bits."""
    return entropy(coin(p))


def spent(p, q):
    """CE(p, q) in bits."""
    return cross_entropy(coin(p), coin(q))


def wasted(p, q):
    """D(p‖q) in bits."""
    return kl_divergence(coin(p), coin(q))


def across(p):
    """Where the bars of heads and of tails begin and end: as wide as their outcome is likely."""
    return [0, p], [p, 1]


def own_lengths(p):
    """The bits that p's own code spends on heads and on tails."""
    return self_information(coin(p))


def other_lengths(q):
    """The bits that q's code spends on heads and on tails."""
    return self_information(coin(q))


def heads_middle(p):
    """The middle of the bar of heads."""
    return p / 2


def tails_middle(p):
    """The middle of the bar of tails."""
    return (1 + p) / 2


def heads_name(p):
    """A name where there is room for it."""
    return "heads" if p >= 0.15 else ""


def tails_name(p):
    """A name where there is room for it."""
    return "tails" if p <= 0.85 else ""


def line_of(q):
    """What q's code spends on every coin: a straight line in the coin's probability."""
    return cross_entropy(COINS, coin(q))


def gap_ends(p, q):
    """The ends of the gap: what is needed and what is spent."""
    return [needed(p), spent(p, q)]


def entropy_at_q(q):
    """Where the line touches the curve."""
    return entropy(coin(q))


def length_axes(ax):
    """Axes on which area is bits."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 6),
        xlabel="probability under p",
        ylabel="bits",
        title="width × height = bits per toss",
    )


def tangent_axes(ax):
    """Axes for bits against the probability of heads."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 2.5),
        xlabel="p(heads)",
        ylabel="bits per toss",
        title="needed, and spent with q's code",
    )


wrong_code = Demo(
    "wrong-code",
    controls=[
        Slider("p", 0, 1, 0.025, start=0.75, label="p(heads), the coin"),
        Slider("q", 0, 1, 0.025, start=0.5, label="q(heads), the code"),
        unit_choice(),
    ],
    panels=[
        Panel(
            axes=length_axes,
            drag_x="p",
            marks=(
                Bars(across=across, base=0, top=own_lengths, opacity=0.35),
                Bars(
                    across=across,
                    base=own_lengths,
                    top=other_lengths,
                    colour="q",
                    down="good",
                ),
                Text(x=heads_middle, y=5.5, text=heads_name),
                Text(x=tails_middle, y=5.5, text=tails_name),
            ),
            alt="Two bars, heads and tails, as wide as they are likely; blue up to the length in "
            "p's code, orange where q's code is longer, green where it is shorter",
        ),
        Panel(
            axes=tangent_axes,
            drag_x="p",
            marks=(
                Curve(x=HEADS, y=entropy(COINS)),
                Curve(x=HEADS, y=line_of, colour="q", width=1.4),
                Curve(x="p", y=gap_ends, colour="bad", width=4),
                Points(x="q", y=entropy_at_q, colour="q", hollow=True),
                Points(x="p", y=needed, colour="p"),
            ),
            alt="The entropy of a coin as a curve, and its tangent at q; "
            "a thick stroke at p spans the gap between the two",
        ),
    ],
    readouts=[
        information(needed, label="needed, H(p)", colour="p"),
        information(spent, label="spent, CE(p, q)", colour="q"),
        information(wasted, label="wasted, D(p‖q)", colour="bad"),
    ],
    caption=(
        "First: blue is what the coin needs; orange is what $q$'s code adds to it and green, which "
        "is cut away from the blue, what it saves. "
        "Second: the cost of $q$'s code is the *tangent* to the entropy curve at $q$, "
        "and the red stroke is the waste. What is too long for a frame ends at its edge."
    ),
)
