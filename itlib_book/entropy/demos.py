"""The demos of the chapter on entropy."""

import math
from functools import lru_cache

import numpy as np

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Image, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Play, Readout
from bookkit.palette import light
from itlib import (
    binary_entropy,
    conditional_entropy,
    entropy,
    joint_from_samples,
    normalize,
    perplexity,
    self_information,
)
from itlib_book.shared.pictures import pictures
from itlib_book.shared.units import information, unit_choice

MOST = 6  # bits; a higher tower leaves the picture, and is thinner than it can be drawn


# ---- demo-coin-entropy: the mean surprise at a coin, as an area and as a curve ----

HEADS = np.linspace(0, 1, 101)
CURVE = binary_entropy(HEADS)


def tails(heads):
    """The probability of tails."""
    return round(1 - heads, 2)


def bits_heads(heads):
    """The surprise at heads in bits."""
    return self_information(heads)


def bits_tails(heads):
    """The surprise at tails in bits."""
    return self_information(tails(heads))


def coin_bits(heads):
    """The entropy of the coin in bits."""
    return binary_entropy(heads)


def coin_nats(heads):
    """The entropy of the coin in nats."""
    return binary_entropy(heads, base=math.e)


def tower_axes(ax):
    """Axes for towers as wide as probabilities and as high as surprises."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, MOST),
        xticks=[0, 0.25, 0.5, 0.75, 1],
        xlabel="probability",
        ylabel="bits",
        title="width p, height −log₂ p",
    )


def coin_axes(ax):
    """Axes for the entropy of a coin, with its curve."""
    ax.plot(HEADS, CURVE, color=light("muted"), linewidth=1.2)
    ax.set(
        xlim=(-0.03, 1.03),
        ylim=(-0.05, 1.1),
        xticks=[0, 0.25, 0.5, 0.75, 1],
        xlabel="probability of heads",
        ylabel="bits",
        title="the mean height: h(p)",
    )


coin_entropy = Demo(
    "coin-entropy",
    controls=[Slider("heads", 0, 1, 0.01, start=0.9, label="P(heads)")],
    panels=[
        Panel(
            axes=tower_axes,
            drag_x="heads",
            marks=(
                Bars(left=0, right="heads", base=0, top=bits_heads, colour="p", opacity=0.6),
                Bars(left="heads", right=1, base=0, top=bits_tails, colour="q", opacity=0.6),
                Curve(x=[0, 1], y=coin_bits, colour="ink", dashed=True),
            ),
            alt="Two towers side by side, heads and tails: each as wide as its probability and as "
            "high as its surprise; a dashed line marks the entropy, their mean height",
        ),
        Panel(
            axes=coin_axes,
            drag_x="heads",
            marks=(Points(x="heads", y=coin_bits, colour="mix"),),
            alt="The entropy of a coin against its probability of heads: an arch from 0 over 1 bit "
            "at one half back to 0; a dot marks this coin",
        ),
    ],
    readouts=[
        Readout(of=bits_heads, label="surprise at heads", unit="bits", colour="p"),
        Readout(of=bits_tails, label="surprise at tails", unit="bits", colour="q"),
        Readout(of=coin_bits, label="entropy", unit="bits", colour="mix"),
        Readout(of=coin_nats, label="in nats", unit="nats", colour="mix"),
    ],
    caption="The two towers stand side by side on a base of length 1, so their joint area is their "
    "mean height: the entropy, the dashed line. The arch is that height for every coin.",
)


# ---- demo-outcomes: a distribution that the reader shapes ----

NAMES = "abcd"
COLOURS = ("p", "q", "mix", "good")


@lru_cache(maxsize=4096)
def shape(a, b, c, d):
    """Return the distribution over four outcomes with these weights."""
    return normalize([a, b, c, d])


@lru_cache(maxsize=4096)
def bits(a, b, c, d):
    """The entropy in bits."""
    return entropy(shape(a, b, c, d))


def possible(a, b, c, d):
    """The logarithm of the number of outcomes that can happen."""
    return math.log2(np.count_nonzero(shape(a, b, c, d)))


def missing(a, b, c, d):
    """How far the entropy stays below log 4."""
    return math.log2(4) - bits(a, b, c, d)


def effective(a, b, c, d):
    """The number of equally likely outcomes that would be as uncertain."""
    return perplexity(shape(a, b, c, d))


def edges(a, b, c, d):
    """Where the towers begin and end."""
    return np.concatenate([[0], np.cumsum(shape(a, b, c, d))])


def _tower(i):
    """Return the marks of outcome number i: a tower, as wide as likely, as high as surprising."""

    def across(a, b, c, d):
        return edges(a, b, c, d)[i : i + 2]

    def top(a, b, c, d):
        return min(self_information(shape(a, b, c, d)[i]), MOST)

    def middle(a, b, c, d):
        return edges(a, b, c, d)[i : i + 2].mean()

    def name(a, b, c, d):
        # A thin tower has no room for its name.
        return NAMES[i] if shape(a, b, c, d)[i] >= 0.04 else ""

    return (
        Bars(across=across, base=0, top=top, colour=COLOURS[i], opacity=0.6),
        Text(x=middle, y=0.12, text=name),
    )


def outcome_axes(ax):
    """Axes for four towers, with a line at log 4."""
    ax.axhline(2, color=light("muted"), linewidth=0.8)
    ax.set(
        xlim=(0, 1),
        ylim=(0, MOST),
        xticks=[0, 0.25, 0.5, 0.75, 1],
        xlabel="probability",
        ylabel="bits",
        title="width p, height −log₂ p",
    )


def strip_axes(ax):
    """Axes for three lengths in bits."""
    ax.set(
        xlim=(0, 2.2),
        ylim=(-0.6, 2.6),
        xlabel="bits",
        xticks=[0, 0.5, 1, 1.5, 2],
        yticks=[0, 1, 2],
        yticklabels=["entropy", "log₂ possible", "log₂ 4"],
        title="never more than the logarithm",
    )
    ax.tick_params(axis="y", length=0)


outcomes = Demo(
    "outcomes",
    controls=[
        Slider("a", 1, 6, 1, start=3, label="weight of a"),
        *(
            Slider(name, 0, 6, 1, start=start, label=f"weight of {name}")
            for name, start in (("b", 1), ("c", 1), ("d", 0))
        ),
        unit_choice(),
    ],
    panels=[
        Panel(
            axes=outcome_axes,
            marks=(
                *(mark for i in range(4) for mark in _tower(i)),
                Curve(x=[0, 1], y=bits, colour="ink", dashed=True),
            ),
            alt="Four towers side by side, a to d: each as wide as its probability and as high as "
            "its surprise; a dashed line marks their mean height, a grey one log 4",
        ),
        Panel(
            axes=strip_axes,
            marks=(
                Bars(left=0, right=2, base=1.7, top=2.3, colour="muted", opacity=0.5),
                Bars(left=0, right=possible, base=0.7, top=1.3, colour="muted", opacity=0.8),
                Bars(left=0, right=bits, base=-0.3, top=0.3, colour="mix"),
            ),
            alt="Three strips in bits: log 4, the logarithm of the number of possible outcomes, and "
            "the entropy, which is never longer than the others",
        ),
    ],
    readouts=[
        information(bits, label="entropy", colour="mix"),
        information(possible, label="log of what is possible", colour="muted"),
        information(missing, label="short of log 4 by"),
        Readout(of=effective, label="as uncertain as", unit="equal outcomes"),
    ],
    caption="Four outcomes with weights of your choice. The towers stand on a base of length 1; "
    "the dashed line is their mean height. A likely outcome has a wide, low tower, an "
    "unlikely one a narrow, high one, and an impossible one has no width and adds nothing.",
)


# ---- demo-pixels: a picture whose pixels lose their places ----

GREYS = 8
SHUFFLED = Slider("shuffled", 0, 100, 5, start=0, label="pixels shuffled", unit="%")


@lru_cache
def _picture(shuffled):
    """Return part of the landscape in eight greys, some of its pixels in other places."""
    land = pictures()["landscape"][:, :64].astype(int)
    land = (land - land.min()) * GREYS // (np.ptp(land) + 1)
    flat, rng = land.ravel().copy(), np.random.default_rng(0)
    # The first pixels of one random order, so that more shuffling goes on where less ended.
    places = rng.permutation(flat.size)[: round(flat.size * shuffled / 100)]
    flat[np.sort(places)] = flat[places]
    return flat.reshape(land.shape)


def inks(shuffled):
    """The picture, dark where the land is low."""
    return GREYS - 1 - _picture(shuffled)


def frequencies(shuffled):
    """How often each grey occurs."""
    return normalize(np.bincount(_picture(shuffled).ravel(), minlength=GREYS))


def alone(shuffled):
    """The entropy of the histogram, in bits per pixel."""
    return entropy(frequencies(shuffled))


@lru_cache
def beside(shuffled):
    """What is left of it when the pixel to the left is known, in bits per pixel."""
    picture = _picture(shuffled)
    return conditional_entropy(joint_from_samples(picture[:, :-1].ravel(), picture[:, 1:].ravel()))


def told(shuffled):
    """What the neighbour tells, in bits per pixel."""
    return alone(shuffled) - beside(shuffled)


def picture_axes(ax):
    """Axes for a picture."""
    ax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[], title="40 × 64 pixels, eight greys")
    ax.spines[:].set_visible(False)


def histogram_axes(ax):
    """Axes for the frequencies of the greys."""
    ax.set(
        xlim=(-0.5, GREYS - 0.5),
        ylim=(0, 0.3),
        xlabel="grey, from low land to high",
        title="share of the pixels",
        xticks=range(GREYS),
    )


def rate_axes(ax):
    """Axes for bits per pixel over the share of shuffled pixels."""
    ax.set(
        xlim=(-3, 103),
        ylim=(0, 3.2),
        xlabel="pixels shuffled, %",
        ylabel="bits per pixel",
        title="alone (dashed), and beside its neighbour",
    )


STEPS = np.array(SHUFFLED.stops)

pixels = Demo(
    "pixels",
    controls=[SHUFFLED, unit_choice()],
    panels=[
        Panel(
            axes=picture_axes,
            marks=(Image(pixels=inks, shape=(40, 64), darkest=GREYS - 1),),
            alt="A landscape in eight greys; the more pixels are shuffled, the more it dissolves "
            "into noise",
        ),
        Panel(
            axes=histogram_axes,
            marks=(
                Bars(
                    left=np.arange(GREYS) - 0.4,
                    right=np.arange(GREYS) + 0.4,
                    base=0,
                    top=frequencies,
                ),
            ),
            alt="The histogram of the picture, which does not change",
        ),
        Panel(
            axes=rate_axes,
            drag_x="shuffled",
            marks=(
                Curve(x=STEPS, y=[alone(step) for step in STEPS], dashed=True),
                Curve(x=STEPS, y=[beside(step) for step in STEPS], colour="mix"),
                Points(x="shuffled", y=alone, colour="p"),
                Points(x="shuffled", y=beside, colour="mix"),
            ),
            alt="Bits per pixel against the share of shuffled pixels: the entropy of the histogram "
            "is a level line, what remains once the left neighbour is known rises to it",
        ),
    ],
    readouts=[
        information(alone, label="a pixel alone", colour="p"),
        information(beside, label="its left neighbour known", colour="mix"),
        information(told, label="told by the neighbour"),
    ],
    buttons=[Play(control="shuffled", label="Shuffle")],
    caption="Heights of a landscape. Shuffling gives a share of the pixels new places and leaves "
    "every grey as frequent as it was.",
)
