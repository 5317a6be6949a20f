"""The figures of the chapter on entropy, and the pictures that it compresses."""

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import (
    binary_entropy,
    entropy,
    self_information,
)
from itlib_book.shared.coins import huffman_rate
from itlib_book.shared.dice import SUMS, bell_of_dice, ten_dice
from itlib_book.shared.pictures import grey_entropy, pictures

# ---- towers: width p, height -log p ----

COLOURS = ("p", "q", "mix", "good")


def _towers(ax, p, title):
    start = 0
    for share, bits, colour in zip(p, self_information(p), COLOURS):
        ax.bar(start, bits, share, align="edge", color=light(colour), alpha=0.6)
        start += share
    ax.axhline(entropy(p), color=INK, linewidth=1.2, linestyle="--")
    ax.set(
        xlim=(0, 1),
        ylim=(0, 7),
        xticks=[0, 0.5, 1],
        ylabel="bits",
        title=f"{title}: {entropy(p):.3f} bits",
    )


def draw_fair(ax):
    """Draw the towers of a fair coin."""
    _towers(ax, [0.5, 0.5], "fair coin")


def draw_nearly_certain(ax):
    """Draw the towers of a coin that nearly always shows heads."""
    _towers(ax, [0.99, 0.01], "(.99, .01)")


def draw_four_equal(ax):
    """Draw the towers of four equally likely outcomes."""
    _towers(ax, [0.25] * 4, "four equal")


def draw_four_skewed(ax):
    """Draw the towers of one likely and three unlikely outcomes."""
    _towers(ax, [0.7, 0.1, 0.1, 0.1], "(.7, .1, .1, .1)")


towers = Figure(
    "ent-towers",
    draw_fair,
    draw_nearly_certain,
    draw_four_equal,
    draw_four_skewed,
    height=150,
    caption="Every outcome is a tower as wide as it is likely and as high as it is surprising. The "
    "dashed line is the mean height, the entropy. The highest tower of all stands where "
    "the mean is lowest: an outcome that is so rare is hardly ever met.",
    alt="Towers of four distributions: a fair coin, a coin of 99 to 1, four equal outcomes, and "
    "four of which one has probability 0.7; a dashed line in each marks the entropy",
)


# ---- the entropy of a coin ----


def draw_binary(ax):
    """Draw the binary entropy function with five coins marked."""
    p = np.linspace(0, 1, 401)
    ax.plot(p, binary_entropy(p), color=light("p"))
    coins = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    ax.plot(coins, binary_entropy(coins), "o", color=light("q"), markersize=4.5)
    for coin in coins:
        side = "left" if coin < 0.5 else "right" if coin > 0.5 else "center"
        inwards = 0.03 * np.sign(0.5 - coin)
        ax.text(coin + inwards, binary_entropy(coin) - 0.1, f"{binary_entropy(coin):.3f}", ha=side)
    ax.set(
        xlim=(0, 1), ylim=(0, 1.15), xlabel="probability of heads p", ylabel="bits", title="h(p)"
    )


def draw_terms(ax):
    """Draw what heads and tails add to the binary entropy."""
    p = np.linspace(0.001, 0.999, 400)
    heads, tails = p * self_information(p), (1 - p) * self_information(1 - p)
    ax.plot(p, heads, color=light("p"))
    ax.plot(p, tails, color=light("q"))
    ax.plot(p, heads + tails, color=light("muted"), linestyle="--", linewidth=1)
    ax.text(0.35, 0.57, "heads", color=light("p"), ha="center")
    ax.text(0.65, 0.57, "tails", color=light("q"), ha="center")
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1.15),
        xlabel="probability of heads p",
        ylabel="bits",
        title="−p log₂ p and −(1 − p) log₂(1 − p)",
    )


binary = Figure(
    "ent-binary",
    draw_binary,
    draw_terms,
    caption="The entropy of a coin is symmetric, 1 bit at one half, 0 at both ends, and it leaves "
    "the ends vertically: a small doubt costs a lot. The second picture shows what heads and tails "
    "add: each is largest away from one half, where its own probability is $1/e$.",
    alt="The binary entropy function with five coins marked; and its two terms, each a skewed "
    "arch, with their sum dashed",
)


# ---- mixing ----


def draw_mixture(ax):
    """Draw the entropy of coins, the chord between two of them, and what their mixture gains."""
    p = np.linspace(0, 1, 401)
    ends, middle = np.array([0.1, 0.7]), 0.4
    chord = binary_entropy(ends)
    ax.plot(p, binary_entropy(p), color=light("p"))
    ax.plot(ends, chord, "o-", color=light("q"), markersize=4.5)
    ax.plot([middle] * 2, [chord.mean(), binary_entropy(middle)], color=light("good"), linewidth=3)
    ax.text(0.06, 0.52, "p", color=light("q"), ha="right")
    ax.text(0.73, 0.89, "r", color=light("q"))
    ax.text(0.44, 0.57, "gained by mixing", color=light("good"))
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1.15),
        xlabel="probability of heads",
        ylabel="bits",
        title="H(m) above the chord",
    )


mixture = Figure(
    "ent-mixture",
    draw_mixture,
    width=380,
    height=230,
    caption="Two coins, $p$ with heads in 10 % and $r$ with heads in 70 % of the tosses, mixed half "
    "and half. The mixture $m$ is a coin of 40 %; its entropy lies on the curve, the mean of theirs "
    "on the chord.",
    alt="The arch of the entropy of a coin with a chord between two coins; a thick stroke at the "
    "middle spans the gap from the chord up to the curve",
)


# ---- coding flips in blocks ----


def draw_blocks(ax):
    """Draw bits per flip against the length of the block, between its bounds."""
    flips = np.arange(1, 11)
    floor = binary_entropy(0.9)
    ax.fill_between(flips, floor, floor + 1 / flips, color=light("p"), alpha=0.12)
    ax.axhline(floor, color=light("p"), linewidth=1.2)
    ax.plot(flips, [huffman_rate(int(n)) for n in flips], "o-", color=light("q"), markersize=4)
    ax.text(9.9, floor - 0.12, f"entropy H = {floor:.3f}", color=light("p"), ha="right")
    ax.text(5, 1.2, "dots: Huffman's code", color=light("q"))
    ax.text(5, 1.05, "band: from H to H + 1/n", color=light("p"))
    ax.set(
        xlim=(1, 10),
        ylim=(0, 1.5),
        xticks=range(1, 11),
        xlabel="flips coded together, n",
        ylabel="bits per flip",
        title="a coin with P(heads) = 0.9",
    )


blocks = Figure(
    "ent-blocks",
    draw_blocks,
    height=230,
    caption="A single flip takes a whole digit, but ten together take less than one digit each. What "
    "Huffman's code spends lies in the shaded band between the entropy and a limit that comes down "
    "as $1/n$.",
    alt="Bits per flip of Huffman's code against the block length, coming down from 1 to just above "
    "the entropy, inside a shaded band",
)


# ---- pictures, all of 40 × 256 pixels with 256 greys ----


def _show(ax, name, title):
    ax.imshow(pictures()[name], cmap="gray", vmin=0, vmax=255, interpolation="none")
    ax.set(xticks=[], yticks=[], title=title)
    ax.spines[:].set_visible(False)


def _with_its_entropy(ax, name):
    _show(ax, name, f"{name}: {grey_entropy(pictures()[name]):.2f} bits a pixel")


def draw_first(ax):
    """Draw the ramp as the first picture of the puzzle."""
    _show(ax, "ramp", "the first picture")


def draw_second(ax):
    """Draw the noise as the second picture of the puzzle."""
    _show(ax, "noise", "the second picture")


puzzle = Figure(
    "ent-puzzle",
    draw_first,
    draw_second,
    height=80,
    caption="Two pictures of 256 × 40 pixels. Each of 256 greys occurs forty times in either.",
    alt="First a ramp of greys from black to white, then noise of the same greys",
)


def draw_landscape(ax):
    """Draw the landscape."""
    _with_its_entropy(ax, "landscape")


def draw_shuffled(ax):
    """Draw the landscape's pixels in random order."""
    _with_its_entropy(ax, "shuffled")


def draw_ramp(ax):
    """Draw a ramp from black to white."""
    _with_its_entropy(ax, "ramp")


def draw_noise(ax):
    """Draw noise with the ramp's histogram."""
    _with_its_entropy(ax, "noise")


gallery = Figure(
    "ent-gallery",
    draw_landscape,
    draw_shuffled,
    draw_ramp,
    draw_noise,
    height=80,
    caption="Four pictures and the entropy of their histograms. The first two share one histogram, "
    "and so do the last two: a histogram does not know which pixel stands next to which.",
    alt="A landscape of heights in grey; its pixels shuffled, which look like noise; a ramp from "
    "black to white; noise in which every grey is equally frequent",
)


# ---- ten dice ----


def draw_body(ax):
    """Draw the distribution of the sum and the bell on top of it."""
    ax.bar(SUMS, ten_dice(), 0.8, color=light("p"), alpha=0.5)
    ax.plot(SUMS, bell_of_dice(), color=light("q"))
    ax.set(
        xlim=(9, 61),
        ylim=(0, 0.08),
        xticks=[10, 20, 35, 50, 60],
        xlabel="sum of ten dice",
        ylabel="probability",
        title="the body: no difference to be seen",
    )


def draw_tails(ax):
    """Draw the surprise at every sum, which for a bell is a parabola."""
    ax.plot(SUMS, self_information(ten_dice()), "o", color=light("p"), markersize=3)
    ax.plot(SUMS, self_information(bell_of_dice()), color=light("q"))
    ax.text(35, 21, "ten dice", color=light("p"), ha="center")
    ax.text(35, 16, "the Gaussian", color=light("q"), ha="center")
    ax.set(
        xlim=(9, 61),
        ylim=(0, 27),
        xticks=[10, 20, 35, 50, 60],
        xlabel="sum of ten dice",
        ylabel="bits of surprise",
        title="the tails: bits apart",
    )


dice = Figure(
    "ent-dice",
    draw_body,
    draw_tails,
    caption="The sum of ten dice (blue) and the Gaussian of the same mean and variance (orange). "
    "As probabilities they agree; as surprises they part towards the ends, where the "
    "Gaussian makes ten sixes far too likely.",
    alt="First: the distribution of the sum as bars, a bell curve on top of them. Second: surprise "
    "against the sum; the dots rise above the parabola at both ends",
)
