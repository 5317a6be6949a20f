"""The figures of the chapter on rate–distortion and the bottleneck."""

import math

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.ticker import ScalarFormatter

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import binary_entropy, entropy
from itlib.bottleneck import gaussian_bottleneck
from itlib.rate_distortion import gaussian_rate_distortion, lloyd_max, rate_distortion
from itlib_book.rate_distortion import data
from itlib_book.shared.words import counted

# ---- the opening ----


def draw_sign(ax):
    """Draw the bell, its two halves and the level of each."""
    x = np.linspace(-3.2, 3.2, 321)
    levels, _, _ = lloyd_max(2)
    for side, colour, level in ((x <= 0, "p", levels[0]), (x >= 0, "q", levels[1])):
        ax.fill_between(x[side], data.bell(x[side]), color=light(colour), alpha=0.3, linewidth=0)
        ax.plot([level, level], [0, data.bell(level)], color=light(colour), linewidth=2)
        ax.text(
            1.5 * level, 0.42, f"“{'+' if level > 0 else '−'}”", color=light(colour), ha="center"
        )
    ax.plot(x, data.bell(x), color=light("muted"))
    ax.set(
        xlim=(-3.2, 3.2),
        ylim=(0, 0.48),
        yticks=[],
        xticks=levels.round(3),
        xticklabels=[f"{level:.3f}".replace("-", "−") for level in levels],
        xlabel="reading",
        title="one bit: the sign",
    )


def draw_lost(ax):
    """Draw what is lost with no bit, with the sign, and at best."""
    lost = {"nothing kept": 1.0, "the sign": lloyd_max(2).error, "the competitor": 2.0**-2}
    colours = [light("muted"), light("p"), light("good")]
    ax.barh(range(3), list(lost.values()), color=colours, alpha=0.8)
    for i, value in enumerate(lost.values()):
        ax.text(value + 0.03, i, f"{value:.1%}", va="center")
    ax.set(
        yticks=range(3),
        yticklabels=lost,
        xlim=(0, 1.28),
        xticks=[0, 0.5, 1],
        xlabel="squared error, of the variance",
        title="what is lost",
    )
    ax.invert_yaxis()


opening = Figure(
    "rd-opening",
    draw_sign,
    draw_lost,
    width=330,
    height=150,
    caption="A standard normal reading of which the sign is kept, and the two best guesses from "
    "it; and the variance that is lost. Below the last bar nobody can go.",
    alt="A bell in two halves, with a level in each; bars for the variance that is lost: all, 36.3 "
    "per cent with the sign, 25 per cent for the competitor",
)

# ---- three curves ----

P_COIN, P_THREE = 0.3, (0.5, 0.3, 0.2)
COIN_ERRORS = np.linspace(1e-4, P_COIN, 200)


def draw_coin(ax):
    """Draw the curve of a coin with 0.3 heads."""
    heights = binary_entropy(P_COIN) - binary_entropy(COIN_ERRORS)
    ax.plot(COIN_ERRORS, heights, color=light("p"))
    ax.plot([0, P_COIN], [binary_entropy(P_COIN), 0], color=light("muted"), linestyle=":")
    ax.text(0.105, 0.62, "keep a share\nof the tosses", color=light("muted"))
    ax.text(0.035, 0.2, "limit", color=light("p"), ha="left")
    ax.set(
        xlim=(0, 0.4),
        ylim=(0, 1),
        xlabel="tosses that are wrong",
        ylabel="bits per toss",
        title="a coin",
    )


def _three():
    found = [rate_distortion(P_THREE, 1 - np.eye(3), slope) for slope in np.geomspace(0.512, 7, 80)]
    return np.array([(point.distortion, point.rate) for point in found]).T


def draw_three(ax):
    """Draw the curve of three symbols, and the formula that leaves it."""
    ax.plot(*_three(), color=light("p"))
    errors = np.linspace(0.4, 0.5, 20)
    formula = entropy(P_THREE) - binary_entropy(errors) - errors
    ax.plot(errors, formula, color=light("q"), linestyle="--")
    ax.plot([0.4], [entropy(P_THREE) - binary_entropy(0.4) - 0.4], "o", color=light("muted"))
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.text(0.41, 0.13, "a symbol is dropped", color=light("muted"))
    ax.text(0.445, 0.012, "formula", color=light("q"), ha="right")
    ax.set(
        xlim=(0.34, 0.52),
        ylim=(-0.02, 0.24),
        xticks=[0.35, 0.4, 0.45, 0.5],
        xlabel="symbols that are wrong",
        ylabel="bits per symbol",
        title="three symbols, the end",
    )


ERRORS = np.geomspace(0.004, 1, 100)


def draw_gaussian(ax):
    """Draw the Gaussian curve, and what quantisers of one number at a time reach."""
    ax.plot(ERRORS, [data.gaussian_rate(error) for error in ERRORS], color=light("p"))
    counts = np.array([2, 3, 4, 6, 8, 12, 16])
    found = [data.judged(*data.quantiser("least error", int(n))) for n in counts]
    errors = [error for error, _ in found]
    ax.plot(errors, np.log2(counts), "o", color=light("q"), markersize=5)
    ax.plot(errors, [bits for _, bits in found], "o", color=light("mix"), markersize=5, mfc="none")
    ax.text(0.09, 2.6, "whole words", color=light("q"))
    ax.text(0.0062, 1.3, "entropy-coded", color=light("mix"))
    ax.text(0.02, 2.2, "limit", color=light("p"), ha="right")
    ax.set(
        xscale="log",
        xlim=(0.004, 1.1),
        ylim=(0, 4.4),
        xticks=[0.01, 0.1, 1],
        xlabel="squared error",
        ylabel="bits per number",
        title="a normal number",
    )
    ax.xaxis.set_major_formatter(ScalarFormatter())


curves = Figure(
    "rd-curves",
    draw_coin,
    draw_three,
    draw_gaussian,
    width=250,
    height=220,
    caption="Three rate–distortion curves. First: a coin with $P(\\text{heads}) = 0.3$; whoever "
    "keeps a share of the tosses and guesses the others moves on the dotted line, which is worse. "
    "Second: the end of the curve of three symbols of probabilities 0.5, 0.3 and 0.2; where the "
    "rarest is dropped, the formula (dashed) leaves it and turns negative. Third: the Gaussian, "
    "and Lloyd's quantisers of 2 to 16 levels, with words of one length (dots) and entropy-coded "
    "(rings).",
    alt="Three falling curves: a convex one of a coin, with a straight line above it; a convex one of "
    "three symbols, with a dot where a symbol is dropped; and of a Gaussian, straight over the logarithm "
    "of the error, with dots and rings of quantisers above it",
)

# ---- pairs of pixels ----


def _draw_pairs(ax, book, title):
    pairs = data.neighbours()
    counts, _, _ = np.histogram2d(pairs[:, 1], pairs[:, 0], 64, ((0, 256), (0, 256)))
    ink = np.empty((64, 64, 4))
    ink[..., :3] = to_rgb(light("muted"))
    ink[..., 3] = np.log1p(counts) / np.log1p(counts.max())
    ax.imshow(ink, origin="lower", extent=(0, 256, 0, 256), interpolation="none")
    ax.plot(book[:, 0], book[:, 1], "o", color=light("q"), markersize=5)
    ax.set(
        xlim=(0, 256),
        ylim=(0, 256),
        xticks=[0, 100, 200],
        yticks=[0, 100, 200],
        aspect="equal",
        xlabel="grey of a pixel",
        ylabel="of its neighbour",
        title=title,
    )


def _first(count, width):
    points = data.neighbours()
    if width == 1:
        points = points.reshape(-1, 1)
    order = points.sum(axis=1).argsort(kind="stable")
    return points, points[order[(np.arange(count) * 2 + 1) * len(points) // (2 * count)]]


def draw_one_by_one(ax):
    """Draw the pairs that four levels for each pixel make."""
    levels, _, _ = data.lloyd(*_first(4, 1), 30)
    book = np.array([(a, b) for a in levels[:, 0] for b in levels[:, 0]])
    _draw_pairs(ax, book, "each pixel for itself")


def draw_in_pairs(ax):
    """Draw sixteen pairs that Lloyd's rounds find."""
    book, _, _ = data.lloyd(*_first(16, 2), 30)
    _draw_pairs(ax, book, "in pairs")


vectors = Figure(
    "rd-vectors",
    draw_one_by_one,
    draw_in_pairs,
    width=300,
    height=290,
    caption="Neighbouring pixels of the photograph (the stronger the ink, the more pairs), and sixteen code words for a pair: "
    "two bits a pixel either way. First: four levels for each pixel, so that the code words in two "
    "corners lie where there is hardly a pixel. Second: sixteen pairs found by k-means.",
    alt="Two maps of pairs of greys, strongest along the diagonal: with a grid of four by four code "
    "words, and with sixteen code words along the diagonal",
)


def _draw_colours(ax, count):
    picture, error = data.in_colours(count)
    ax.imshow(picture / 255, interpolation="none")
    bits = int(math.log2(count))
    ax.set(xticks=[], yticks=[], title=f"{counted(bits, 'bit')} a pixel")
    ax.spines[:].set_visible(False)


def draw_2(ax):
    """Draw the photograph in two colours."""
    _draw_colours(ax, 2)


def draw_4(ax):
    """Draw the photograph in four colours."""
    _draw_colours(ax, 4)


def draw_8(ax):
    """Draw the photograph in eight colours."""
    _draw_colours(ax, 8)


def draw_16(ax):
    """Draw the photograph in sixteen colours."""
    _draw_colours(ax, 16)


colours = Figure(
    "rd-colours",
    draw_2,
    draw_4,
    draw_8,
    draw_16,
    width=190,
    height=145,
    caption="A photograph in the 2, 4, 8 and 16 colours that k-means finds for it: a code book of "
    "vectors with three entries, red, green and blue. The photograph comes with scikit-learn.",
    alt="A Chinese palace roof in two, four, eight and sixteen colours; with sixteen it looks "
    "nearly right",
)

# ---- transform coding ----


def draw_directions(ax):
    """Draw the eight directions of the largest variance as squares of 8 × 8 greys."""
    _, rows = data.directions()
    tiles = np.full((2 * 9 - 1, 4 * 9 - 1), np.nan)
    for i, row in enumerate(rows[:8]):
        top, left = 9 * (i // 4), 9 * (i % 4)
        tiles[top : top + 8, left : left + 8] = row.reshape(8, 8) / np.abs(row).max()
    ax.imshow(tiles, cmap="gray", vmin=-1, vmax=1, interpolation="none")
    ax.set(xticks=[], yticks=[], title="the first eight directions")
    ax.spines[:].set_visible(False)


PLACES = np.arange(1, 65)
ALLOWED = 100.0  # squared error a pixel


def draw_water(ax):
    """Draw variances of 64 directions, and the water level."""
    variances, _ = data.directions()
    level = gaussian_rate_distortion(variances, 64 * ALLOWED).level
    ax.plot(PLACES, variances, color=light("p"))
    ax.axhline(level, color=light("q"))
    ax.fill_between(
        PLACES, np.minimum(variances, level), 1, color=light("q"), alpha=0.2, linewidth=0
    )
    above = variances > level
    ax.fill_between(
        PLACES[above], variances[above], level, color=light("p"), alpha=0.2, linewidth=0
    )
    ax.text(63, 1.5 * level, "water level", color=light("q"), ha="right")
    ax.text(12, 9000, "gets bits", color=light("p"))
    ax.set(
        yscale="log",
        xlim=(1, 64),
        ylim=(20, 1e6),
        xticks=[1, 16, 32, 48, 64],
        xlabel="direction",
        ylabel="variance",
        title="who gets bits",
    )


transform = Figure(
    "rd-transform",
    draw_directions,
    draw_water,
    width=320,
    height=200,
    caption="Squares of 8 × 8 pixels of the photograph. First: the directions in which they differ "
    "most: one nearly flat, then steps and waves. Second: the variance along each "
    "of the 64, and the level for a squared error of 100 a pixel. What is below it is lost; what "
    "lies above gets bits.",
    alt="Eight small patterns from flat to wavy; and a falling curve of variances that crosses a "
    "level line",
)

# ---- an autoencoder in the plane ----

VAE_NOISE = 0.25  # the variance of the decoder


def same_objective(error):
    """Return the rate in nats at which an encoder with this error has the objective of (0.5, ½ ln 2)."""
    return math.log(2) / 2 + (0.5 - error) / (2 * VAE_NOISE)


def draw_vae(ax):
    """Draw the limit, and a line of equal evidence bounds."""
    errors = np.linspace(0.02, 1, 200)
    ax.plot(errors, -np.log(errors) / 2, color=light("p"))
    line = np.linspace(0.1016, 0.5, 50)
    ax.plot(line, [same_objective(error) for error in line], color=light("q"))
    ax.plot([0.5, 0.1016], [math.log(2) / 2, same_objective(0.1016)], "o", color=light("q"))
    ax.plot([0.3], [same_objective(0.3)], "o", color=light("q"), mfc="none")
    ax.text(0.36, 0.85, "same ELBO", color=light("q"))
    ax.text(0.68, 0.3, "limit", color=light("p"))
    ax.set(
        xlim=(0, 1),
        ylim=(0, 2),
        xlabel="squared error",
        ylabel="rate, nats",
        title="encoders of a normal number",
    )


vae = Figure(
    "rd-vae",
    draw_vae,
    width=400,
    height=240,
    caption="Rate and squared error of encoders for a standard normal number; below the curve there "
    "is none. All points of the orange line have one evidence lower bound, with decoders "
    "of variance ¼: two of them are the best at their rates, and the ring wastes rate.",
    alt="A falling convex curve, and a straight line above it that meets it at both ends; a ring "
    "in the middle of the line",
)

# ---- curves of the bottleneck ----

KEPT = np.linspace(0, 4, 161)


def _gerber(flip):
    noise = np.linspace(0, 0.5, 101)
    told = 1 - binary_entropy(noise * (1 - flip) + (1 - noise) * flip)
    return 1 - binary_entropy(noise), told


def draw_gauss_and_bit(ax):
    """Draw the curves of two Gaussians and of a flipped bit."""
    ax.plot(KEPT, gaussian_bottleneck(0.8, KEPT), color=light("p"))
    ax.plot(*_gerber(0.1), color=light("q"))
    ax.plot([0, 0.8], [0, 0.8], color=light("muted"), linestyle=":")
    ax.text(2.7, 0.755, "Gaussians, ρ = 0.8", color=light("p"), ha="center")
    ax.text(1.2, 0.42, "a bit, flipped 0.1", color=light("q"))
    ax.set(
        xlim=(0, 4),
        ylim=(0, 0.85),
        xlabel="bits kept of x, I(X;T)",
        ylabel="bits about y, I(T;Y)",
        title="curves that bend",
    )


def draw_decided(ax):
    """Draw the curve of labels that x decides."""
    whole, labels = entropy(data.PASS_OR_FAIL.sum(axis=1)), entropy(data.PASS_OR_FAIL.sum(axis=0))
    ax.plot([0, labels, whole], [0, labels, labels], color=light("p"))
    ax.plot([labels], [labels], "o", color=light("p"))
    ax.text(1.05, 0.86, "every β above 1 ends here", color=light("p"))
    ax.text(0.55, 0.3, "β = 1: the whole slope", color=light("p"))
    ax.set(
        xlim=(0, 2.4),
        ylim=(0, 1.2),
        xlabel="bits kept of x, I(X;T)",
        ylabel="bits about y, I(T;Y)",
        title="labels that x decides",
    )


bent = Figure(
    "rd-bent",
    draw_gauss_and_bit,
    draw_decided,
    width=330,
    height=220,
    caption="How much a summary can tell about $y$, against what it keeps of $x$. First: curves "
    "that bend everywhere, so that each slope has a point of its own; on the dotted line every bit "
    "kept is a bit about $y$. Second: five values of $x$ that decide a label; the curve is two "
    "straight pieces.",
    alt="Two concave curves below a dotted diagonal; and a line that rises along the diagonal and "
    "then stays level",
)
