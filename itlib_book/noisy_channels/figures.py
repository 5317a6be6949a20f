"""The figures of the chapter noisy channels and codes."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import binary_entropy, channel_capacity
from itlib.channels import binary_erasure, binary_symmetric, z_channel
from itlib.gaussian_channels import awgn_capacity, sign_information
from itlib_book.noisy_channels.data import (
    guaranteed_rate,
    impossible_rate,
    majority_error,
    normal_approximation,
    perfect_errors,
    picture,
    received_picture,
)

# ---- the opening ----


def _draw_picture(ax, pixels, title):
    ax.imshow(1 - pixels, cmap="gray", interpolation="none")
    ax.set(xticks=[], yticks=[], title=title)
    ax.spines[:].set_color(light("line"))


def draw_sent(ax):
    """Draw the picture that is sent."""
    _draw_picture(ax, picture(), "sent")


def draw_arrived(ax):
    """Draw the picture as it arrives behind a line that flips one digit in ten."""
    _draw_picture(ax, received_picture("bare", 0.1), "what arrives")


opening = Figure(
    "noisy-opening",
    draw_sent,
    draw_arrived,
    width=230,
    height=220,
    caption="A picture of 64 × 64 binary digits, and what a line makes of it that flips one digit "
    "in ten. The receiver does not know which.",
    alt="A pagoda in black and white, and the same picture with specks all over",
)

# ---- capacities ----

FLIPS = np.linspace(0, 1, 101)


def draw_capacities(ax):
    """Draw the capacity of four channels against their one parameter."""
    curves = {
        "typewriter of four keys": ([2 - binary_entropy(p) for p in FLIPS], "mix", 0.5, 1.18),
        "erasures": (
            [channel_capacity(binary_erasure(p)).capacity for p in FLIPS],
            "good",
            0.3,
            0.78,
        ),
        "flips": ([channel_capacity(binary_symmetric(p)).capacity for p in FLIPS], "p", 0.86, 0.62),
        "Z": ([channel_capacity(z_channel(p)).capacity for p in FLIPS], "q", 0.17, 0.5),
    }
    for name, (heights, colour, x, y) in curves.items():
        ax.plot(FLIPS, heights, color=light(colour))
        ax.text(x, y, name, color=light(colour), ha="center")
    ax.set(
        xlim=(0, 1),
        ylim=(0, 2.05),
        xlabel="probability of the accident, p",
        ylabel="bits per use",
        title="capacity of four channels",
    )


capacities = Figure(
    "noisy-capacities",
    draw_capacities,
    width=400,
    height=260,
    caption="A flip with probability $p$, an erasure with probability $p$, a 1 that falls to 0 with "
    "probability $p$, and a key, one of four in a circle, that prints its right neighbour with "
    "probability $p$. "
    "Flips and misprints are harmless where they are certain; erasures are not.",
    alt="Four curves: a straight line from one to zero for erasures, a curve that touches zero at "
    "one half and returns to one for flips, a sagging curve for the Z channel, and one between "
    "one and two bits for the typewriter",
)

# ---- why: messages that stay apart ----


def _draw_balls(ax, centres, title):
    turn, radius = np.linspace(0, 2 * math.pi, 60), 0.115
    near = np.linalg.norm(centres[:, None] - centres[None], axis=2) < 2 * radius
    for i, (x, y) in enumerate(centres):
        colour = light("bad" if near[i].sum() > 1 else "p")
        ax.fill(x + radius * np.cos(turn), y + radius * np.sin(turn), color=colour, alpha=0.2)
        ax.plot(x, y, "o", color=colour, markersize=3.5)
    ax.set(xlim=(0, 1.6), ylim=(0, 1), xticks=[], yticks=[], aspect="equal", title=title)
    ax.spines[:].set_color(light("line"))


def draw_few_balls(ax):
    """Draw few messages at random, with room for their distortions."""
    _draw_balls(ax, _centres(7), "few messages: all apart")


def draw_many_balls(ax):
    """Draw many messages at random, whose distortions meet."""
    _draw_balls(ax, _centres(28), "too many: they meet")


def _centres(number):
    rng = np.random.default_rng(196)
    return rng.uniform([0.12, 0.12], [1.48, 0.88], (28, 2))[:number]


balls = Figure(
    "noisy-balls",
    draw_few_balls,
    draw_many_balls,
    height=225,
    caption="A sketch: each dot is the row of digits of a message, drawn by lot, and the disc holds "
    "what the line is likely to make of it. Where discs meet (red) the receiver may take one "
    "message for the other. In a space of 1000 dimensions the change from the first picture to "
    "the second is much more sudden.",
    alt="Two fields with dots and discs: seven discs that lie apart, and twenty-eight of "
    "which each meets another",
)

# ---- what is possible at p = 0.1 ----

P = 0.1


def draw_rate_error(ax):
    """Draw codes as dots, their rate against the errors they leave, and the limit as a line."""
    capacity = 1 - binary_entropy(P)
    errors = np.geomspace(1e-15, P, 400)
    limit = capacity / (1 - np.array([binary_entropy(error) for error in errors]))
    ax.fill_betweenx(errors, 0, limit, color=light("good"), alpha=0.12)
    ax.plot(limit, errors, color=light("good"))
    ax.text(0.3, 3e-7, "possible", color=light("good"))
    ax.text(0.72, 3e-7, "impossible", color=light("bad"))
    copies = np.arange(1, 62, 2)
    ax.plot(1 / copies, [majority_error(P, int(n)) for n in copies], "o", color=light("q"), ms=3.5)
    ax.text(0.05, 1e-12, "copies", color=light("q"))
    for checks, name in ((3, "(7,4)"), (4, "(15,11)")):
        size = 2**checks - 1
        rate, error = (size - checks) / size, perfect_errors(P, checks)
        ax.plot(rate, error, "s", color=light("p"), markersize=5)
        ax.text(rate - 0.02, 2.2 * error, name, color=light("p"))
    ax.axvline(capacity, color=INK, linewidth=1, linestyle="--")
    ax.text(capacity + 0.01, 2e-14, f"C = {capacity:.3f}")
    ax.set(
        xlim=(0, 1.02),
        ylim=(1e-15, 1),
        yscale="log",
        xlabel="rate: data digits per digit sent",
        ylabel="share of data digits wrong",
        title="a line that flips one in ten",
    )


rate_error = Figure(
    "noisy-rate-error",
    draw_rate_error,
    width=400,
    height=300,
    caption="Dots are codes, computed exactly: 1, 3, 5 … 61 copies, and two Hamming codes (squares). "
    "The line is the limit of all codes for fair and independent data: to its right nothing can be. "
    "Copies creep along the left edge while the limit stands still.",
    alt="Errors on a logarithmic axis against the rate: dots for copies fall steeply at rates near "
    "zero, two squares stand far right and high, and a line falls vertically at the capacity "
    "and bends to the right above",
)

# ---- finite blocks ----


def draw_finite(ax):
    """Draw which rates blocks of n digits can have, for certain, at one error in a thousand."""
    lengths = np.unique(np.rint(np.geomspace(60, 4000, 22)).astype(int))
    sure = [guaranteed_rate(int(n), 0.11, 1e-3) for n in lengths]
    never = [impossible_rate(int(n), 0.11, 1e-3) for n in lengths]
    about = [normal_approximation(int(n), 0.11, 1e-3) for n in lengths]
    ax.fill_between(lengths, sure, never, color=light("p"), alpha=0.3, linewidth=0)
    ax.plot(lengths, about, color=light("q"), linewidth=1.2, linestyle="--")
    ax.axhline(1 - binary_entropy(0.11), color=INK, linewidth=1, linestyle="--")
    ax.text(64, 0.515, "C, for n without end")
    ax.text(700, 0.3, "normal approximation", color=light("q"))
    ax.text(150, 0.37, "best code", color=light("p"), ha="right")
    ax.set(
        xlim=(60, 4000),
        ylim=(0.1, 0.56),
        xscale="log",
        xlabel="digits in a block, n",
        ylabel="bits per digit",
        title="one block in 1000 wrong, p = 0.11",
    )


finite = Figure(
    "noisy-finite",
    draw_finite,
    width=400,
    height=260,
    caption="The best code of $n$ digits lies in the blue band: its lower edge is reached by some "
    "code, and none exceeds its upper edge, both computed exactly. The dashed curve is the normal "
    "approximation.",
    alt="A narrow band that rises with the length of the block towards a dashed level line, with a "
    "dashed curve inside it or close by",
)

# ---- signs in Gaussian noise ----


def draw_signs(ax):
    """Draw what a sign carries, what is left after deciding, and what any number may carry."""
    decibels = np.linspace(-20, 15, 141)
    snr = 10 ** (decibels / 10)
    flip = [math.erfc(math.sqrt(s / 2)) / 2 for s in snr]
    ax.plot(decibels, awgn_capacity(snr), color=light("muted"))
    ax.plot(decibels, sign_information(snr), color=light("p"))
    ax.plot(decibels, [1 - binary_entropy(p) for p in flip], color=light("q"))
    ax.text(5.0, 1.3, "any number", color=light("muted"), ha="right")
    ax.text(-3.5, 0.5, "±1, soft", color=light("p"), ha="right")
    ax.text(3, 0.5, "±1, decided", color=light("q"))
    ax.set(
        xlim=(-20, 15),
        ylim=(0, 1.6),
        xlabel="signal to noise, dB",
        ylabel="bits per use",
        title="a sign in Gaussian noise",
    )


signs = Figure(
    "noisy-signs",
    draw_signs,
    width=400,
    height=260,
    caption="At little noise a sign carries its one bit, decided or not. In strong noise it carries "
    "nearly as much as any number of the same power would; deciding first then loses more than "
    "a third.",
    alt="Three curves against the ratio of signal to noise in decibels: that of any number keeps "
    "rising, that of signs bends to one bit, and that of decided signs lies below it",
)
