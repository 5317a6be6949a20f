"""The demos of the chapter on rate–distortion and the bottleneck."""

import math
from functools import cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import binary_entropy, entropy, normalize
from itlib.rate_distortion import rate_distortion
from itlib_book.rate_distortion import data

# ---- demo-quantiser: levels for a normal number ----

MOST = 16
X = np.linspace(-3.4, 3.4, 137)
ERRORS = np.geomspace(0.004, 1, 60)
LIMITS = [data.gaussian_rate(error) for error in ERRORS]
OUTSIDE = 9.0  # stands for a place beyond the picture


def _stretched(levels, kind, stretch):
    thresholds, places = data.quantiser(kind, int(levels))
    return stretch * thresholds, stretch * places


@cache
def _judged(levels, kind, stretch):
    return data.judged(*_stretched(levels, kind, stretch))


def error(levels, kind, stretch):
    """The mean squared error; the variance is 1."""
    return _judged(levels, kind, stretch)[0]


def word(levels):
    """Bits of an index that all levels have alike."""
    return math.log2(levels)


def index_entropy(levels, kind, stretch):
    """Bits of the index, if it is entropy-coded."""
    return _judged(levels, kind, stretch)[1]


def limit(levels, kind, stretch):
    """Bits that any code of many numbers needs for this error."""
    return data.gaussian_rate(error(levels, kind, stretch))


def excess(levels, kind, stretch):
    """Bits above the limit, with entropy coding."""
    return index_entropy(levels, kind, stretch) - limit(levels, kind, stretch)


def walls(levels, kind, stretch):
    """An upright line at each threshold, up to the bell."""
    thresholds = np.clip(_stretched(levels, kind, stretch)[0], -OUTSIDE, OUTSIDE)
    x = np.full(3 * (MOST - 1), np.nan)
    y = np.full(3 * (MOST - 1), np.nan)
    x[0 : 3 * len(thresholds) : 3] = x[1 : 3 * len(thresholds) : 3] = thresholds
    y[0 : 3 * len(thresholds) : 3] = 0
    y[1 : 3 * len(thresholds) : 3] = data.bell(thresholds)
    return x, y


def places(levels, kind, stretch):
    """The levels, on the axis."""
    found = np.clip(_stretched(levels, kind, stretch)[1], -OUTSIDE, OUTSIDE)
    return np.append(found, np.full(MOST - len(found), np.nan))


def bell_axes(ax):
    """Axes for the bell."""
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.set(
        xlim=(-3.4, 3.4), ylim=(-0.04, 0.45), yticks=[], xlabel="reading", title="cells and levels"
    )


def plane_axes(ax):
    """Axes for bits over error."""
    ax.set(
        xscale="log",
        xlim=(0.004, 2),
        ylim=(0, 4.2),
        xticks=[0.01, 0.1, 1],
        xticklabels=["0.01", "0.1", "1"],
        xlabel="squared error",
        ylabel="bits per number",
        title="rate and error",
    )


quantiser = Demo(
    "quantiser",
    controls=[
        Slider("levels", 2, MOST, 1, start=4, label="levels"),
        Choice("kind", data.KINDS, start="even steps", label="levels with"),
        Slider("stretch", 0.4, 2, 0.1, start=1, label="stretched by"),
    ],
    panels=[
        Panel(
            axes=bell_axes,
            marks=(
                Band(x=X, low=np.zeros(len(X)), high=data.bell(X), colour="p", opacity=0.15),
                Curve(x=X, y=data.bell(X), colour="p"),
                Curve(xy=walls, colour="muted", broken=True, width=1.2),
                Points(x=places, y=0, colour="q"),
            ),
            alt="A bell cut into cells by upright lines, with a dot on the axis for the level of "
            "each cell",
        ),
        Panel(
            axes=plane_axes,
            marks=(
                Curve(x=ERRORS, y=LIMITS, colour="p"),
                Points(x=error, y=word, colour="q"),
                Points(x=error, y=index_entropy, colour="mix", hollow=True),
            ),
            alt="Bits over squared error: the limit as a falling line, and above it a dot for the "
            "quantiser with words of one length and a ring for the same with entropy coding",
        ),
    ],
    readouts=[
        Readout(of=error, label="squared error"),
        Readout(of=word, label="log₂ of the levels", unit="bits", colour="q"),
        Readout(of=index_entropy, label="entropy of the index", unit="bits", colour="mix"),
        Readout(of=limit, label="limit at this error", unit="bits", colour="p"),
        Readout(of=excess, label="above the limit", unit="bits"),
    ],
    caption=(
        "A standard normal reading is replaced by one of a few levels. Three ways to choose them: "
        "even steps of the best size, least error (Lloyd and Max), and cells that are used "
        "equally often. “Stretched” multiplies levels and thresholds, as if the spread had been "
        "misjudged. Second picture: the limit for long blocks (line), words of one length (dot), and "
        "entropy coding (ring)."
    ),
)

# ---- demo-rate-distortion-two: a coin ----

SHARES = np.linspace(0, 1, 81)
HAMMING = 1 - np.eye(2)


@cache
def _point(p, slope):
    return rate_distortion([1 - p, p], HAMMING, slope * math.log(2))


def rate(p, slope):
    """Bits per toss."""
    return _point(p, slope).rate


def wrong(p, slope):
    """The share of tosses that come back wrong."""
    return _point(p, slope).distortion


def heads(p, slope):
    """The share of heads in what comes back."""
    channel = _point(p, slope).channel
    return float((1 - p) * channel[0, 1] + p * channel[1, 1])


def curve(p):
    """The curve from no error to the least that needs no bit."""
    errors = SHARES * p
    return errors, binary_entropy(p) - binary_entropy(errors)


def tangent(p, slope):
    """The line of this slope through the point."""
    here, there = _point(p, slope).distortion, _point(p, slope).rate
    x = np.array([0.0, min(here + 0.2, 0.55)])
    return x, there - slope * (x - here)


def heads_told(p, slope):
    """Rectangles of tosses that come back as heads: a column for tails, one for heads."""
    channel = _point(p, slope).channel
    return np.array([0, 1 - p]), np.array([1 - p, 1]), np.zeros(2), channel[:, 1]


def tails_told(p, slope):
    """Rectangles of tosses that come back as tails."""
    channel = _point(p, slope).channel
    return np.array([0, 1 - p]), np.array([1 - p, 1]), channel[:, 1], np.ones(2)


def wall(p):
    """The line between the columns."""
    return np.array([1 - p, 1 - p])


def coin_axes(ax):
    """Axes for the curve of a coin."""
    ax.set(
        xlim=(0, 0.55),
        ylim=(0, 1.05),
        xlabel="tosses that are wrong",
        ylabel="bits per toss",
        title="rate and distortion",
    )


def channel_axes(ax):
    """Axes for the test channel."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xticks=[],
        yticks=[0, 0.5, 1],
        xlabel="thrown: tails, then heads",
        ylabel="share that comes back",
        title="the best test channel",
    )


two = Demo(
    "rate-distortion-two",
    controls=[
        Slider("p", 0.05, 0.5, 0.05, start=0.5, label="P(heads)"),
        Slider("slope", 0, 8, 0.2, start=6, label="price of an error", unit="bits"),
    ],
    panels=[
        Panel(
            axes=coin_axes,
            marks=(
                Curve(xy=curve, colour="p"),
                Curve(xy=tangent, colour="muted", dashed=True, width=1.2),
                Points(x=wrong, y=rate, colour="q"),
            ),
            alt="A falling convex curve with a dot and the tangent there",
        ),
        Panel(
            axes=channel_axes,
            marks=(
                Bars(box=heads_told, colour="q"),
                Bars(box=tails_told, colour="p"),
                Curve(x=wall, y=np.array([0.0, 1.0]), colour="ink", width=1.2),
            ),
            alt="Two columns, as wide as tails and heads are frequent, each divided into what comes "
            "back as heads, below, and as tails, above",
        ),
    ],
    readouts=[
        Readout(of=rate, label="rate", unit="bits"),
        Readout(of=wrong, label="wrong tosses"),
        Readout(of=heads, label="heads in the copy", colour="q"),
    ],
    caption=(
        "A coin, and the point of its curve at which one more wrong toss saves as many bits as the "
        "price says: the slope of the dashed tangent. At a price below all slopes of the curve the point is the "
        "end, where nothing is sent. Second picture: the copy, that is, what comes back, orange for "
        "heads and blue for tails, in a column for tails thrown and one for heads thrown."
    ),
)

# ---- demo-bottleneck-six: a summary of six beliefs ----

BETAS = np.linspace(1, 40, 79)
SLOTS = {1: [0], 2: [0, 5], 3: [0, 2, 5], 4: [0, 2, 4, 5], 5: [0, 1, 2, 4, 5], 6: range(6)}
COLOURS = ("p", "good", "mix", "muted", "bad", "q")


def kept(beta):
    """I(X;T) in bits."""
    return data.summary(beta)[0]


def told(beta):
    """I(T;Y) in bits."""
    return data.summary(beta)[1]


def values(beta):
    """How many values the summary has."""
    return data.summary(beta)[2].shape[1]


def _stack(slot):
    def stack(beta):
        encoder = data.summary(beta)[2]
        shares = np.zeros((6, 6))
        shares[:, list(SLOTS[encoder.shape[1]])] = encoder
        tops = shares.cumsum(axis=1)
        return tops[:, slot] - shares[:, slot], tops[:, slot]

    return stack


def summary_axes(ax):
    """Axes for p(t|x)."""
    ax.set(
        xlim=(-0.6, 5.6),
        ylim=(0, 1),
        xticks=range(6),
        xticklabels=[f"{belief:g}" for belief in data.BELIEFS],
        yticks=[0, 0.5, 1],
        xlabel="belief, P(Y = 1 | x)",
        ylabel="p(t|x)",
        title="the summary of each x",
    )


def curve_axes(ax):
    """Axes for the curve of the bottleneck."""
    found = np.array([data.summary(float(beta))[:2] for beta in BETAS])
    ax.plot(*found.T, color=light("p"))
    ax.set(
        xlim=(0, 2.1),
        ylim=(0, 0.4),
        xlabel="bits kept, I(X;T)",
        ylabel="bits about Y, I(T;Y)",
        title="the curve",
    )


six = Demo(
    "bottleneck-six",
    controls=[Slider("beta", 1, 40, 0.5, start=1, label="β, worth of a bit about Y")],
    panels=[
        Panel(
            axes=summary_axes,
            marks=tuple(
                Bars(
                    left=np.arange(6) - 0.4,
                    right=np.arange(6) + 0.4,
                    up=_stack(slot),
                    colour=colour,
                    opacity=0.8,
                )
                for slot, colour in enumerate(COLOURS)
            ),
            alt="Six stacked bars, one for each belief: the shares of the values of its summary",
        ),
        Panel(
            axes=curve_axes,
            marks=(Points(x=kept, y=told, colour="q"),),
            alt="A rising concave curve with a dot on it",
        ),
    ],
    readouts=[
        Readout(of=kept, label="I(X;T)", unit="bits"),
        Readout(of=told, label="I(T;Y)", unit="bits"),
        Readout(of=values, label="values of T", digits=0),
    ],
    caption=(
        "Six values of $X$ with different beliefs about $Y$. Each bar shows with which "
        "probabilities this $x$ is summarised as which $t$; one colour for each value of $T$. "
        "The dot runs along the curve of the bottleneck."
    ),
)

# ---- demo-information-plane: one unit and a grid of bins ----

FINE = 30
EDGES = np.linspace(-1, 1, FINE + 1)
POWERS = np.linspace(-5, 7, 49)


def _bits(power, activation, bins):
    return entropy(data.binned(2.0**power, activation, int(bins)))


def seen(power, activation, bins):
    """Bits of the bin."""
    return _bits(power, activation, bins)


@cache
def truth(activation):
    """Bits of the output itself, as it is for every weight: the activations keep their shapes."""
    _, counts = np.unique(data.ACTIVATIONS[activation](data.INPUTS), return_counts=True)
    return entropy(normalize(counts))


def heights(power, activation, bins):
    """The share of each bin, at the fine edges."""
    shares = data.binned(2.0**power, activation, int(bins))
    return np.repeat(shares, FINE // int(bins))


@cache
def all_seen(activation, bins):
    """Bits of the bin for all weights."""
    return np.array([_bits(power, activation, bins) for power in POWERS])


def true_line(activation):
    """Bits of the output itself, twice."""
    return np.full(2, truth(activation))


def output_axes(ax):
    """Axes for the shares of bins."""
    ax.set(
        xlim=(-1.04, 1.04),
        ylim=(0, 1),
        xlabel="output of the unit",
        ylabel="share of the inputs",
        title="what the grid sees",
    )


def weight_axes(ax):
    """Axes for bits over the weight."""
    ax.set(
        xlim=(-5, 7),
        ylim=(0, 13),
        xticks=[-5, -2, 0, 2, 4, 7],
        xlabel="log₂ of the weight",
        ylabel="bits",
        title="information about the input",
    )


plane = Demo(
    "information-plane",
    controls=[
        Slider("power", -5, 7, 0.25, start=-5, label="log₂ of the weight"),
        Choice("activation", tuple(data.ACTIVATIONS), start="tanh", label="activation"),
        Choice("bins", ("10", "30"), start="30", label="bins"),
    ],
    panels=[
        Panel(
            axes=output_axes,
            marks=(
                Bars(
                    left=EDGES[:-1],
                    right=EDGES[1:],
                    base=np.zeros(FINE),
                    top=heights,
                    colour="p",
                ),
            ),
            alt="The shares of the outputs of a unit in bins between −1 and 1",
        ),
        Panel(
            axes=weight_axes,
            drag_x="power",
            marks=(
                Curve(x=(-5, 7), y=true_line, colour="good"),
                Curve(x=POWERS, y=all_seen, colour="p"),
                Points(x="power", y=seen, colour="q"),
            ),
            alt="Bits over the weight: a level line for the truth, far above a curve that rises and "
            "falls",
        ),
    ],
    readouts=[
        Readout(of=seen, label="in bins", unit="bits", digits=3, colour="p"),
        Readout(of=truth, label="in truth", unit="bits", digits=3, colour="good"),
    ],
    caption=(
        "A unit multiplies its input by a weight and applies an activation. There are 4,096 inputs, "
        "evenly spread from −1 to 1 and equally likely. Bars: outputs sorted into bins from −1 to 1, "
        "the ends taking what lies outside. Blue: bits of the bin. Green: bits of the output itself."
    ),
)
