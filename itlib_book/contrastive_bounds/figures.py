"""The figures of the chapter on bounds and contrastive learning."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib_book.contrastive_bounds.data import (
    COPY,
    RATIO,
    cosine_gap,
    on_circle,
    reading,
)

# ---- three data sets, one reading ----

BATCH = 128
SETS = {"A": 12, "B": 120, "C": 36}  # nats that the two views share
DOUBLINGS = np.arange(3, 17)


def draw_readings(ax):
    """Draw what the instrument reads of three data sets."""
    heights = [reading(math.exp(nats), 0, BATCH, math.inf) for nats in SETS.values()]
    ax.bar(range(3), heights, width=0.5, color=light("p"), alpha=0.8)
    for i, height in enumerate(heights):
        ax.text(i, height + 0.15, f"{height:.2f}", ha="center")
    ax.set(xticks=range(3), xticklabels=[f"data set {name}" for name in SETS])
    ax.set(ylim=(0, 6.5), ylabel="nats", title=f"batches of {BATCH}")


def draw_colleague(ax):
    """Draw what a colleague reads of the first data set, with larger and larger batches."""
    symbols = math.exp(SETS["A"])
    heights = [reading(symbols, 0, 2**d, cosine_gap(symbols, 0.5)) for d in DOUBLINGS.tolist()]
    ax.plot(2.0**DOUBLINGS, heights, "o", color=light("q"))
    ax.set(xscale="log", xlim=(5, 1e5), ylim=(0, 6.5), xlabel="pictures in a batch")
    ax.set(ylabel="nats", title="the colleague, data set A")


opening = Figure(
    "bound-opening",
    draw_readings,
    draw_colleague,
    width=260,
    height=165,
    caption="First: the same instrument on three data sets. Second: a colleague's instrument on "
    "the first of them, with batches of 8 to 65,536 pictures.",
    alt="Three bars of the same height, 4.85; and dots that rise with the batch size and stop at 2",
)

# ---- what K candidates show of what there is ----

NATS = np.linspace(0.02, 12, 150)
SHOWN = {16: "q", 128: "mix", 1024: "p"}


def draw_exact(ax):
    """Draw the bound of the best critic over the information, for identical pairs."""
    ax.plot([0, 12], [0, 12], color=light("muted"), linestyle="--")
    for k, colour in SHOWN.items():
        heights = [reading(math.exp(nats), 0, k, math.inf) for nats in NATS.tolist()]
        ax.plot(NATS, heights, color=light(colour))
        ax.text(11.9, math.log(k) + 0.2, f"K = {k}", color=light(colour), ha="right")
    ax.text(8.1, 9.0, "all of it", color=light("muted"), ha="right")
    ax.set(xlim=(0, 12), ylim=(0, 10), xlabel="nats that partners share", ylabel="nats shown")


exact = Figure(
    "bound-exact",
    draw_exact,
    width=400,
    height=250,
    caption="What the best of all critics shows among $K$ candidates, if partners are the same one "
    "of $M$ symbols and share $\\ln M$ nats. No samples are drawn: the curves are exact.",
    alt="Three curves that follow the diagonal and then level off at the logarithms of 16, 128 and "
    "1024",
)

# ---- estimates from a few strangers ----

STRANGERS = {8: "q", 64: "mix", 512: "p"}


def estimates(strangers):
    """Return the values that the formula takes with n strangers, and their probabilities."""
    m = np.arange(strangers + 1)
    choose = np.append(0, np.cumsum(np.log(strangers - m[:-1]) - np.log(m[1:])))
    mean = (m * math.exp(RATIO[0, 0]) + (strangers - m) * math.exp(RATIO[0, 1])) / strangers
    return np.sum(COPY * RATIO) - np.log(mean), np.exp(choose - strangers * math.log(2))


def draw_estimates(ax):
    """Draw how estimates of Donsker and Varadhan's formula are spread."""
    ax.axvline(np.sum(COPY * RATIO), color=light("muted"), linestyle="--")
    for height, (n, colour) in zip((0.74, 0.86, 0.98), STRANGERS.items()):
        values, chances = estimates(n)
        dots = {"marker": "o", "markersize": 4} if n == 8 else {}
        ax.plot(values, chances / chances.max(), color=light(colour), **dots)
        ax.text(1.18, height, f"{n} strangers", color=light(colour), ha="right")
    ax.set(xlim=(-0.2, 1.2), ylim=(0, 1.1), yticks=[], xlabel="nats", ylabel="how often, scaled")


spread = Figure(
    "bound-spread",
    draw_estimates,
    width=400,
    height=220,
    caption="The formula of Donsker and Varadhan with the true critic, the first mean exact and the "
    "second taken over a few strangers. Dashed: the information. With eight strangers few values are "
    "possible, and the largest are out of the picture.",
    alt="Three bell-like curves around the dashed true value; the one of eight strangers is broad "
    "and leans to the right, that of 512 narrow",
)

# ---- a ratio and its clipped copy ----


def draw_clipped(ax):
    """Draw the log of a density ratio, clipped, and the density under which it is averaged."""
    x = np.linspace(-3, 5, 200)
    ax.fill_between(
        x,
        4 * np.exp(-((x - 2) ** 2) / 2) / math.sqrt(2 * math.pi) - 4.5,
        -4.5,
        color=light("p"),
        alpha=0.25,
    )
    ax.plot(x, 2 * x - 2, color=light("p"))
    ax.plot(x, np.clip(2 * x - 2, -1, 1), color=light("bad"), linestyle="--")
    ax.text(2.6, 4.0, "log p/q", color=light("p"), ha="right")
    ax.text(4.9, 1.4, "clipped", color=light("bad"), ha="right")
    ax.text(2, -3.9, "draws of p", color=light("p"), ha="center")
    ax.set(xlim=(-3, 5), ylim=(-4.5, 5), xlabel="x", ylabel="nats")


clipping = Figure(
    "bound-clipping",
    draw_clipped,
    width=400,
    height=220,
    caption="The critic $\\ln p/q$ for $p = N(2, 1)$ and $q = N(0, 1)$, and its copy clipped at 1, "
    "as it stands in the second term. The first term still takes the whole line: where the two "
    "part, nothing is paid any more for a large score.",
    alt="A rising line, a dashed copy that is flat above 1 and below minus 1, and the hill of p "
    "with its top to the right of where the line leaves the copy",
)

# ---- three stages on a circle ----

STAGES = {"at the start": (4, 0.25, 24), "collapsed": (4, 0.0, 4), "trained": (4, 1.0, 4)}
CLASSES = ("p", "q", "good", "mix")


def _draw_stage(ax, title):
    turn = np.linspace(0, 2 * np.pi, 120)
    ax.plot(np.cos(turn), np.sin(turn), color=light("line"))
    groups = on_circle(*STAGES[title]).reshape(4, -1, 2)
    for i, (group, colour) in enumerate(zip(groups, CLASSES)):
        radius = 1 + 0.06 * (i - 1.5)  # so that points in one place can be told apart
        ax.plot(*(radius * group.T), "o", color=light(colour), markersize=3.5)
    ax.set(xlim=(-1.2, 1.2), ylim=(-1.2, 1.2), aspect="equal", title=title)
    ax.axis("off")


def draw_start(ax):
    """Draw embeddings of an untrained network."""
    _draw_stage(ax, "at the start")


def draw_collapsed(ax):
    """Draw embeddings all in one place."""
    _draw_stage(ax, "collapsed")


def draw_trained(ax):
    """Draw embeddings as a contrastive loss wants them."""
    _draw_stage(ax, "trained")


stages = Figure(
    "bound-stages",
    draw_start,
    draw_collapsed,
    draw_trained,
    width=170,
    height=180,
    caption="Embeddings of four classes of pictures on a circle. Each class is drawn a little "
    "further out than the one before, for the eye.",
    alt="Three circles: dots of four colours mixed on one side; all dots in one place; four tight "
    "groups a quarter turn apart",
)
