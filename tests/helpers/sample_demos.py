"""A demo that uses everything the engine has, and knows nothing of information theory."""

import numpy as np

from bookkit.demo.controls import Choice, Slider, Toggle
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Image, Points, Text, Tiles
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Play, Readout, Walk

X = np.linspace(-5, 5, 41)


def bell_axes(ax):
    """Axes for a curve."""
    ax.set(xlim=(-5, 5), ylim=(0, 1.1), xlabel="x", title="a bell")


def map_axes(ax):
    """Axes for a map; one of them logarithmic."""
    ax.set(xlim=(-2.5, 2.5), ylim=(0.3, 2.1), xlabel="centre", ylabel="width", yscale="log")


def bell(centre, width):
    """Depends on two controls."""
    return np.exp(-0.5 * ((X - centre) / width) ** 2)


def bowl(centre, width, lift):
    """Depends on three controls, and is infinite at some stops."""
    return np.inf if width < 0.5 else (centre - 1) ** 2 + (width - 1) ** 2 - 0.1 * lift


def side(centre, shout):
    """Give words, not a number."""
    word = "left" if centre < 0 else "right"
    return word.upper() if shout else word


def signed(centre):
    """Go below zero, and round to zero from below."""
    return centre / 1000


def dots(centre):
    """Give more points at some stops than at others."""
    return np.arange(1 + abs(round(centre))) / 2


def holes(kind):
    """Leave a point out."""
    return [0.0, np.nan, 1.0] if kind == "holed" else [0.0, 0.5, 1.0]


def blot(centre, lift):
    """Three rows of five pixels, from no ink to three drops."""
    return (np.arange(15).reshape(3, 5) * (1 + abs(round(2 * centre))) + round(4 * lift)) % 4


def in_metres(length, measure):
    """A number whose unit is the reader's choice."""
    return length * {"m": 1, "cm": 100}[measure]


def times(length, measure):
    """The same in another demo."""
    return 2 * in_metres(length, measure)


def _measured(name, of, start):
    return Demo(
        name,
        controls=[
            Slider("length", 1, 3, 1, start=2, label="length"),
            Choice("measure", ("m", "cm"), start=start, label="unit", shared=True),
        ],
        panels=[],
        caption="A length.",
        readouts=[Readout(of=of, label="length", unit_of="measure", digits=1)],
    )


measured, doubled = _measured("measured", in_metres, "m"), _measured("doubled", times, "m")
everything = Demo(
    "everything",
    controls=[
        Slider("centre", -2, 2, 0.5, start=-1, label="centre"),
        Slider("width", 0.4, 2, 0.2, start=1, label="width", unit="m"),
        Slider("lift", 0, 1, 0.25, start=0.5, label="lift"),
        Choice("kind", ("whole", "holed"), start="whole", label="kind"),
        Toggle("shout", False, label="shout"),
    ],
    panels=[
        Panel(
            axes=bell_axes,
            alt="A bell curve",
            drag_x="centre",
            marks=(
                Band(x=X, low=0, high=bell),
                Curve(x=X, y=bell),
                Curve(x=[0, 0], y=[0, 1], dashed=True, colour="muted"),
                Text(x="centre", y=1, text=side),
            ),
        ),
        Panel(
            axes=map_axes,
            alt="A map",
            drag_x="centre",
            drag_y="width",
            marks=(
                Tiles(of="bowl", x="centre", y="width", levels=(0.1, 0.5, 1, 3)),
                Points(x="centre", y="width", colour="q"),
                Points(x=dots, y=1, colour="bad", hollow=True),
                Image(pixels=blot, shape=(3, 5), darkest=3, box=(-1, 0.5, 1, 2)),
            ),
        ),
        Panel(
            axes=bell_axes,
            alt="Bars up and down",
            marks=(
                Bars(left=X - 0.1, right=X + 0.1, base=0.5, top=bell),
                Points(x=[-1, 0, 1], y=holes, colour="mix"),
                Curve(x=[-1, 0, 1], y=holes, broken=True),
            ),
        ),
    ],
    readouts=[
        Readout(of=bowl, label="bowl", unit="nats"),
        Readout(of=side, label="side", digits=None),
        Readout(of=signed, label="signed", digits=2, unit="bits"),
    ],
    buttons=[
        Walk(readout="bowl", over=("centre", "width"), label="Walk down"),
        Play(control="centre", label="Play"),
    ],
    caption="The *centre* moves the bell.",
)
