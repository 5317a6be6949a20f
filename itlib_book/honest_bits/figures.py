"""The figures of the chapter on flows, diffusion and honest bits."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib_book.honest_bits.data import (
    BEST,
    EDGES,
    HIGH,
    LOW,
    VALUES,
    scores,
    sign_bound,
    sticky_bound,
)

# ---- the smaller the table, the better ----

SIZES = np.arange(0, 21)


def draw_reported(ax):
    """Draw the bits that the table reports over its size."""
    ax.plot(SIZES, [scores(int(b))[0] for b in SIZES], "o-", color=light("bad"), markersize=4)
    ax.text(11, 0.55, "reported", color=light("bad"))
    ax.set(
        xlim=(-0.5, 20.5),
        ylim=(0, 2.2),
        xlabel="buckets of the table, as a power of 2",
        ylabel="bits per character",
        xticks=range(0, 21, 4),
    )


reported = Figure(
    "honest-reported",
    draw_reported,
    width=400,
    height=210,
    caption="What the entry reports on a text that it has not seen, for tables of one bucket to a "
    "million. Fewer bits are a better score.",
    alt="A curve that rises with the size of the table, from 0.15 bits per character for a single "
    "bucket to 2 for a million",
)

# ---- a density and the cells ----

X = np.linspace(-1.6, 4.6, 200)


def density(x):
    """Return the best Gaussian for four equally likely values with uniform noise."""
    return np.exp(-0.5 * ((x - 1.5) / BEST) ** 2) / (BEST * math.sqrt(2 * math.pi))


def draw_noise(ax):
    """Draw the values with noise, and the density over them."""
    ax.bar(VALUES, np.full(4, 0.25), width=1, color=light("q"), alpha=0.3, edgecolor=light("q"))
    ax.plot(X, density(X), color=light("p"))
    ax.set(xlim=(-1.6, 4.6), ylim=(0, 0.42), xlabel="x", ylabel="density", xticks=VALUES)
    noisy = math.log2(2 * math.pi * math.e * BEST**2) / 2
    ax.set_title(f"uniform noise: {noisy:.4f} bits")


def masses(ends):
    """Return the mass of the density in each cell, with the tails at the ends or without."""
    below = [math.erfc((1.5 - edge) / (BEST * math.sqrt(2))) / 2 for edge in EDGES]
    if ends:
        below[0], below[-1] = 0, 1
    return np.diff(below)


def draw_cells(ax):
    """Draw the mass of the density in each cell."""
    ax.bar(VALUES, masses(False), width=0.9, color=light("p"), alpha=0.75)
    ax.set(xlim=(-1.6, 4.6), ylim=(0, 0.42), xlabel="x", ylabel="probability", xticks=VALUES)
    ax.set_title(f"cells: {-np.log2(masses(False)).mean():.4f} bits")


def draw_ends(ax):
    """Draw the same with the tails in the cells at the ends."""
    ax.bar(VALUES, masses(True), width=0.9, color=light("p"), alpha=0.75)
    ax.set(xlim=(-1.6, 4.6), ylim=(0, 0.42), xlabel="x", ylabel="probability", xticks=VALUES)
    ax.set_title(f"tails to the ends: {-np.log2(masses(True)).mean():.4f} bits")


cells = Figure(
    "honest-cells",
    draw_noise,
    draw_cells,
    draw_ends,
    width=250,
    height=180,
    caption="Four equally likely values, two bits, scored by the best Gaussian in three ways: its "
    "mean surprise at values with uniform noise (orange), the probability that it gives to each "
    "cell, and the same with all that is outside given to the first and the last.",
    alt="A bell over four equal blocks; four bars that do not sum to one; four bars that do",
)

# ---- bits against steps ----

LEVELS = np.array([3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128])
STEPS = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64])


def _over_steps(ax, x, height, truth, title, ylim):
    ax.plot(x, height, "o-", color=light("p"), markersize=3.5)
    ax.axhline(truth, color=light("muted"), linewidth=1)
    ax.set(xscale="log", ylim=ylim, ylabel="bits", title=title)
    ticks = [1, 4, 16, 64] if x[0] == 1 else [4, 16, 64]
    ax.set_xticks(ticks, [str(tick) for tick in ticks])
    ax.minorticks_off()


def draw_blur(ax):
    """Draw the bound of blurring a fair sign over the number of levels."""
    bits = [sign_bound(int(n)).total for n in LEVELS]
    _over_steps(ax, LEVELS, bits, 1.0, "a sign, blurred", (0.5, 7))
    ax.set_xlabel("levels of noise")


def draw_hide(ax):
    """Draw the bound of hiding four flips over the number of steps."""
    bits = [sticky_bound(int(n)) for n in STEPS]
    _over_steps(ax, STEPS, bits, sticky_bound(10**6), "four sticky flips, hidden", (2.2, 4.2))
    ax.set_xlabel("steps")


steps = Figure(
    "honest-steps",
    draw_blur,
    draw_hide,
    caption="What two kinds of diffusion pay with the best guesses there are, over the number of "
    f"steps; grey: the entropy. The levels of noise go from SNR {LOW:g} to {HIGH:g}, evenly in the logarithm. "
    "More steps cost computing and save bits.",
    alt="Two falling curves: five bits for a sign with four levels fall towards one; four bits for "
    "four flips shown at once fall towards 2.4",
)

# ---- where typical points are ----

DIMENSIONS = 3072
RADII = np.linspace(0, 1.2, 400)


def squares(r):
    """Return the density of |x|²/d for a standard Gaussian, from the gamma density."""
    half = DIMENSIONS / 2
    with np.errstate(divide="ignore"):
        log = (half - 1) * np.log(r) - half * r + half * math.log(half) - math.lgamma(half)
    return np.exp(log)


def draw_squares(ax):
    """Draw the density of the mean square of 3072 standard normal numbers."""
    ax.plot(RADII, squares(RADII), color=light("p"))
    ax.text(0.9, 12, "draws", color=light("p"), ha="right")
    ax.plot(0, 0, "o", color=light("bad"), clip_on=False)
    ax.text(0.02, 1.2, "the likeliest point", color=light("bad"))
    ax.set(xlim=(0, 1.2), ylim=(0, 18), xlabel="mean square of the values", ylabel="density")


typical = Figure(
    "honest-typical",
    draw_squares,
    width=400,
    height=200,
    caption="The mean square of 3072 standard normal numbers. Nearly all draws lie in a thin shell, and "
    "the point with the highest density, the origin, is nowhere near it.",
    alt="A narrow peak at 1, and a dot at 0 far to the left of it",
)
