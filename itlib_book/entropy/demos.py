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
    cross_entropy,
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
        Slider("a", 1, 6, 1, start=4, label="weight of a, sun"),
        *(
            Slider(name, 0, 6, 1, start=start, label=f"weight of {name}, {weather}")
            for name, weather, start in (("b", "clouds", 2), ("c", "rain", 1), ("d", "snow", 1))
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
    caption="The four outcomes have weights of your choice, at first those of the weather in Seville. "
    "The towers stand on a base of length 1; the dashed line is their mean height, and the grey one "
    "is at log 4. A likely outcome has a wide, low tower, an unlikely one a narrow, high one, and an "
    "impossible one has no width and adds nothing.",
)


# ---- demo-code-budget: the strings divided between two words ----

SHARES = np.linspace(0.02, 0.98, 97)
TALLEST = 4.5


def other_share(share):
    """What is left for the second word."""
    return round(1 - share, 2)


def first_length(share):
    """The length of the first word in digits."""
    return self_information(share)


def second_length(share):
    """The length of the second word in digits."""
    return self_information(other_share(share))


def mean_length(likely, share):
    """The mean length of a word in digits."""
    return cross_entropy([likely, 1 - likely], [share, 1 - share])


def floor(likely):
    """The entropy of the outcomes in bits."""
    return binary_entropy(likely)


def wasted(likely, share):
    """How much the mean length exceeds the entropy."""
    return mean_length(likely, share) - floor(likely)


def saved(likely, share):
    """The digits that one more hundredth saves the first word, at the present rate."""
    return likely / share / math.log(2) / 100


def lost(likely, share):
    """The digits that one hundredth less costs the second word, at the present rate."""
    return (1 - likely) / (1 - share) / math.log(2) / 100


def verdict(likely, share):
    """Which word should get the next hundredth."""
    if math.isclose(likely, share):
        return "keep"
    return "to the first" if likely > share else "to the second"


def lengths_over_shares(likely):
    """The mean length at every division."""
    return [mean_length(likely, share) for share in SHARES]


def spent_axes(ax):
    """Axes for towers as wide as probabilities and as high as words are long."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, TALLEST),
        xticks=[0, 0.5, 1],
        xlabel="probability",
        ylabel="digits",
        title="area: digits spent",
    )


def worth_axes(ax):
    """Axes for what a hundredth of the strings is worth to either word."""
    ax.set(
        xlim=(-0.6, 1.6),
        ylim=(0, 0.06),
        xticks=[0, 1],
        xticklabels=["first saves", "second loses"],
        yticks=[0, 0.02, 0.04, 0.06],
        title="one hundredth more",
        ylabel="digits",
    )
    ax.tick_params(axis="x", length=0)


def valley_axes(ax):
    """Axes for the mean length over the division of the strings."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, TALLEST),
        xticks=[0, 0.5, 1],
        xlabel="share of the first word",
        ylabel="digits",
        title="mean length",
    )


code_budget = Demo(
    "code-budget",
    controls=[
        Slider("likely", 0.05, 0.95, 0.05, start=0.7, label="probability of the first word"),
        Slider("share", 0.02, 0.98, 0.01, start=0.4, label="share of the first word"),
    ],
    panels=[
        Panel(
            axes=valley_axes,
            drag_x="share",
            marks=(
                Bars(left=0, right="share", base=0, top=0.35, colour="p"),
                Bars(left="share", right=1, base=0, top=0.35, colour="q"),
                Curve(x=SHARES, y=lengths_over_shares, colour="muted"),
                Points(x="share", y=mean_length, colour="mix"),
            ),
            alt="Along the bottom all strings, divided between two words; above, the mean length "
            "of a word at every division, a valley, with a dot at this one",
        ),
        Panel(
            axes=worth_axes,
            marks=(
                Bars(left=-0.35, right=0.35, base=0, top=saved, colour="p"),
                Bars(left=0.65, right=1.35, base=0, top=lost, colour="q"),
            ),
            alt="Two bars: how many digits a hundredth more saves the first word on average, and "
            "how many it costs the second",
        ),
        Panel(
            axes=spent_axes,
            marks=(
                Bars(left=0, right="likely", base=0, top=first_length, colour="p", opacity=0.6),
                Bars(left="likely", right=1, base=0, top=second_length, colour="q", opacity=0.6),
                Curve(x=[0, 1], y=mean_length, colour="mix"),
                Curve(x=[0, 1], y=floor, colour="ink", dashed=True),
            ),
            alt="Two towers, each as wide as a word is probable and as high as it is long; a line "
            "at their mean height, and a dashed one at the entropy",
        ),
    ],
    readouts=[
        Readout(of=first_length, label="first word", unit="digits", digits=2, colour="p"),
        Readout(of=second_length, label="second word", unit="digits", digits=2, colour="q"),
        Readout(of=mean_length, label="mean length", unit="digits", colour="mix"),
        Readout(of=floor, label="entropy", unit="bits"),
        Readout(of=wasted, label="wasted", unit="digits"),
        Readout(of=verdict, label="next hundredth", digits=None),
    ],
    caption="All strings, the strip at the bottom, are divided between two words; a word with the "
    "share $s$ has $-\\log_2 s$ digits, which need not be whole here. Drag the border. Blue: the "
    "first word, orange: the second, purple: both on average; the dashed line is the entropy. What is "
    "too long for a frame ends at its edge.",
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
        title="alone (dashed), with neighbour",
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
