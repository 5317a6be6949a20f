"""The demo of the chapter on self-information."""

import numpy as np

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from itlib import self_information

# ---- demo-surprise: the surprise at two independent events, apart and together ----

# Close together where the curve is steep.
PS = np.concatenate([np.geomspace(0.0004, 0.2, 60), np.linspace(0.21, 1, 40)])
SURPRISES = self_information(PS)
MOST = 12


def bits_a(a):
    """The surprise at A in bits."""
    return self_information(a)


def bits_b(b):
    """The surprise at B in bits."""
    return self_information(b)


def chance(a, b):
    """The probability of A and B, which are independent."""
    return a * b


def bits_both(a, b):
    """The surprise at A and B, from their joint probability."""
    return self_information(chance(a, b))


def nats_both(a, b):
    """The same surprise in nats."""
    return self_information(chance(a, b), base=np.e)


def bans_both(a, b):
    """The same surprise in bans."""
    return self_information(chance(a, b), base=10)


def end_of_b(a, b):
    """Where the strip of B ends when it begins where that of A ends."""
    return bits_a(a) + bits_b(b)


def square_axes(ax):
    """Axes for a unit square of probability."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xticks=[0, 0.5, 1],
        yticks=[0, 0.5, 1],
        xlabel="P(A)",
        ylabel="P(B)",
        title="probabilities multiply",
    )


def curve_axes(ax):
    """Axes for surprise against probability."""
    ax.set(
        xlim=(-0.03, 1.03),
        ylim=(-0.5, MOST),
        xticks=[0, 0.25, 0.5, 0.75, 1],
        xlabel="probability",
        ylabel="bits",
        title="−log₂ of a probability",
    )


def strip_axes(ax):
    """Axes for surprises laid end to end."""
    ax.set(
        xlim=(0, MOST),
        ylim=(-0.6, 1.6),
        xlabel="bits",
        title="surprises add",
        yticks=[0, 1],
        yticklabels=["A, then B", "A and B"],
    )
    ax.tick_params(axis="y", length=0)


surprise = Demo(
    "surprise",
    controls=[
        Slider("a", 0.02, 1, 0.02, start=0.5, label="P(A)"),
        Slider("b", 0.02, 1, 0.02, start=0.1, label="P(B)"),
    ],
    panels=[
        Panel(
            axes=square_axes,
            drag_x="a",
            drag_y="b",
            marks=(
                Bars(left=0, right="a", base=0, top=1, colour="p", opacity=0.25),
                Bars(left=0, right=1, base=0, top="b", colour="q", opacity=0.25),
                Bars(left=0, right="a", base=0, top="b", colour="mix"),
            ),
            alt="A unit square: A is a column as wide as P(A), B a row as high as P(B), and the "
            "rectangle in which they meet has the area P(A and B)",
        ),
        Panel(
            axes=curve_axes,
            drag_x="a",
            marks=(
                Curve(x=PS, y=SURPRISES, colour="muted"),
                Points(x="a", y=bits_a, colour="p"),
                Points(x="b", y=bits_b, colour="q"),
                Points(x=chance, y=bits_both, colour="mix"),
            ),
            alt="The curve of surprise in bits against probability, with three dots: A, B, and "
            "A and B together",
        ),
        Panel(
            axes=strip_axes,
            marks=(
                Bars(left=0, right=bits_both, base=0.7, top=1.3, colour="mix"),
                Bars(left=0, right=bits_a, base=-0.3, top=0.3, colour="p"),
                Bars(left=bits_a, right=end_of_b, base=-0.3, top=0.3, colour="q"),
            ),
            alt="Strips as long as surprises: above that of A and B, below that of A followed by "
            "that of B; both end at the same place",
        ),
    ],
    readouts=[
        Readout(of=bits_a, label="I(A)", unit="bits", colour="p"),
        Readout(of=bits_b, label="I(B)", unit="bits", colour="q"),
        Readout(of=chance, label="P(A and B)", colour="mix"),
        Readout(of=bits_both, label="I(A and B)", unit="bits", colour="mix"),
        Readout(of=nats_both, label="in nats", unit="nats", colour="mix"),
        Readout(of=bans_both, label="in bans", unit="bans", colour="mix"),
    ],
    caption="Two independent events, $A$ (blue) and $B$ (orange). The purple rectangle is as large "
    "as the probability that both happen, and the purple strip, computed from that area "
    "alone, is as long as the blue one and the orange one together.",
)
