"""The figures of the chapter on evidence and testing."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import kl_divergence
from itlib.hypotheses import information_projection, log_neyman_pearson, neyman_pearson
from itlib_book.evidence_and_testing.data import (
    BENT,
    COMMON,
    ERROR,
    LENGTHS,
    LEVEL,
    RARE,
    evidence_paths,
    histogram_bits,
    mixture_parameters,
    second_order,
    tail_exponent,
    worst_regret,
)
from itlib_book.shared.coins import coin
from itlib_book.shared.iris_mixtures import iris_mixtures

# ---- evidence adds up ----

PATH = 300
FAIR, OTHER = coin(0.5), coin(BENT)


def draw_paths(ax):
    """Draw the log ratio of some fair and some bent coins, with the drift of either."""
    tosses = np.arange(PATH + 1)
    for p, colour, drift in (
        (BENT, "q", kl_divergence(OTHER, FAIR)),
        (0.5, "p", -kl_divergence(FAIR, OTHER)),
    ):
        walks = evidence_paths(p, seed=1)
        ax.plot(tosses, walks.T, color=light(colour), linewidth=0.7, alpha=0.55)
        ax.plot(tosses, drift * tosses, color=light(colour), linewidth=2, linestyle="--")
    ax.text(5, 22, "coins that show heads\nsix times in ten", color=light("q"), va="top")
    ax.text(150, -13.5, "fair coins", color=light("p"), ha="right", va="bottom")
    ax.axhline(0, color=light("line"), linewidth=1)
    ax.set(
        xlim=(0, PATH), ylim=(-15, 23), xlabel="tosses", ylabel="bits", title="log₂ of the ratio"
    )


paths = Figure(
    "ev-paths",
    draw_paths,
    width=400,
    height=260,
    caption="The evidence for the bent coin and against the fair one, toss by toss, for eight coins "
    "of each kind. It wanders about a straight line: upwards by $D(P_1‖P_0)$ a toss if the coin is "
    "bent (orange), downwards by $D(P_0‖P_1)$ if it is fair (blue).",
    alt="Sixteen jagged paths that start at zero; eight drift upwards and eight downwards, around "
    "two dashed lines",
)


# ---- the best test ----


def draw_curves(ax):
    """Draw hits against false alarms for the best tests of 10, 50 and 200 tosses."""
    alphas = np.unique(np.concatenate([np.linspace(0, 0.1, 101), np.linspace(0.1, 1, 91)]))
    for n, colour, x, y in ((10, "good", 0.5, 0.67), (50, "q", 0.33, 0.79), (200, "p", 0.13, 0.91)):
        hits = [1 - neyman_pearson(0.5, BENT, n, float(a)) for a in alphas]
        ax.plot(alphas, hits, color=light(colour))
        ax.text(x, y, f"n = {n}", color=light(colour))
    ax.plot([0, 1], [0, 1], color=light("muted"), linestyle="--", linewidth=1)
    ax.text(0.62, 0.53, "without looking", color=light("muted"))
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1.02),
        xlabel="false alarms, α",
        ylabel="hits, 1 − β",
        title="the best tests",
    )


roc = Figure(
    "ev-roc",
    draw_curves,
    width=380,
    height=260,
    caption="What the best test of a fair coin against one of 0.6 finds, at every level of false "
    "alarms. The straight pieces are tests that toss another coin at their threshold. No test of as many "
    "tosses has a point above the curve.",
    alt="Three concave curves from the corner of nothing to the corner of everything, higher for "
    "more tosses, above a dashed diagonal",
)


# ---- the closest distribution of a set ----

VALUES = np.array([1.0, 2.0, 3.0])
START = np.array([0.5, 0.3, 0.2])
AT_LEAST = 2.2


def _place(p):
    """Return where a distribution of three outcomes stands in the triangle."""
    p = np.asarray(p)
    return p[..., 1] / 2 + p[..., 2], p[..., 1] * math.sqrt(3) / 2


def draw_simplex(ax):
    """Draw the distributions of three outcomes, those of large mean, and the closest of them."""
    grid = np.array([(a, b, 60 - a - b) for a in range(61) for b in range(61 - a)]) / 60
    levels = [kl_divergence(p, START) for p in grid]
    closest = information_projection(START, VALUES, AT_LEAST).p
    touch = kl_divergence(closest, START)
    ax.tricontour(
        *_place(grid),
        levels,
        levels=[0.02, 0.08, touch, 0.4, 0.8],
        colors=light("muted"),
        linewidths=0.7,
    )
    # The mean is AT_LEAST on a line between the sides without 2, and without 1.
    ends = np.array([[(3 - AT_LEAST) / 2, 0, (AT_LEAST - 1) / 2], [0, 3 - AT_LEAST, AT_LEAST - 2]])
    ax.fill(*_place([*ends, [0, 0, 1]]), color=light("q"), alpha=0.22, linewidth=0)
    ax.plot(*_place([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]), color=INK, linewidth=1)
    tilts = [START * np.exp(t * VALUES) for t in np.linspace(-4, 4, 81)]
    ax.plot(
        *_place([t / t.sum() for t in tilts]), color=light("good"), linestyle="--", linewidth=1.2
    )
    for p, colour, name, shift in ((START, "p", "q", -0.07), (closest, "q", "p*", 0.05)):
        x, y = _place(p)
        ax.plot(x, y, "o", color=light(colour), markersize=6)
        ax.text(x + shift, y + 0.02, name, color=light(colour))
    for corner, text, x, y in (
        ([1, 0, 0], "1", -0.05, -0.05),
        ([0, 1, 0], "2", 0.04, 0),
        ([0, 0, 1], "3", 0.04, -0.05),
    ):
        px, py = _place(corner)
        ax.text(px + x, py + y, text, ha="center")
    ax.text(0.86, 0.4, f"mean at\nleast {AT_LEAST}", color=light("q"))
    ax.set(xlim=(-0.1, 1.15), ylim=(-0.1, 0.92), aspect="equal")
    ax.axis("off")


simplex = Figure(
    "ev-simplex",
    draw_simplex,
    width=400,
    height=300,
    caption="All distributions of three outcomes worth 1, 2 and 3; at a corner one is certain. Grey: "
    "equally far from $q$, by $D(p‖q)$. Of all points in the shaded set, $p^*$ is the first that the "
    "growing rings touch; on the dashed curve lie the tilted copies of $q$.",
    alt="A triangle with rings around a point q, a shaded part cut off by a straight line, and a "
    "point on that line where a ring touches it, on a dashed curve through q",
)


# ---- exponents are limits ----

SIZES = np.unique(np.rint(np.geomspace(10, 3000, 40) / 10).astype(int) * 10)
FALL = (20, 2000)


def draw_tail(ax):
    """Draw the exponent of a rare average, exact, and its limit."""
    exact = [tail_exponent(int(n)) for n in SIZES]
    limit = kl_divergence(coin(0.7), FAIR)
    ax.plot(SIZES, exact, color=light("p"))
    ax.axhline(limit, color=INK, linestyle="--", linewidth=1)
    ax.text(2900, limit - 0.012, "D(0.7‖0.5)", ha="right")
    ax.text(60, 0.2, "exact", color=light("p"))
    ax.set(
        xscale="log",
        xlim=(10, 3000),
        ylim=(0.09, 0.28),
        xlabel="tosses, n",
        ylabel="bits per toss",
        title="70 % heads of a fair coin",
    )


def draw_misses(ax):
    """Draw the exponent of the least miss, exact and estimated, and its limit."""
    sizes = [int(n) for n in SIZES if FALL[0] <= n <= FALL[1]]
    limit = kl_divergence(coin(RARE), coin(COMMON))
    exponents = [-log_neyman_pearson(RARE, COMMON, n, LEVEL) / n for n in sizes]
    ax.plot(sizes, exponents, color=light("p"))
    ax.plot(
        sizes,
        [second_order(RARE, COMMON, n) for n in sizes],
        color=light("q"),
        linestyle=":",
        linewidth=2,
    )
    ax.axhline(limit, color=INK, linestyle="--", linewidth=1)
    ax.text(FALL[1], limit + 0.006, f"D({RARE}‖{COMMON})", ha="right")
    ax.text(30, 0.235, "exact", color=light("p"))
    ax.text(60, 0.16, "second order", color=light("q"))
    ax.set(
        xscale="log",
        xlim=FALL,
        ylim=(0.05, 0.36),
        xlabel="tosses, n",
        title="misses at 5 % false alarms",
    )


exponents = Figure(
    "ev-exponents",
    draw_tail,
    draw_misses,
    height=235,
    caption="What is left of a probability when one takes $-\\frac1n \\log_2$ of it. First: that a "
    "fair coin shows 70 per cent heads or more. Second: the least misses of a coin of 0.4 that is "
    "tested against one of 0.1. Both have their divergence (dashed) for a limit, one from above, one "
    "from below, and both are still on their way at a thousand tosses.",
    alt="First: a falling curve that nears a dashed line from above. Second: one below its dashed "
    "line that rises after a small dip at its start, with a dotted curve below it that comes close "
    "to it",
)


# ---- the sequential test ----


def draw_corridor(ax):
    """Draw Wald's corridor and the evidence of some coins until they leave it."""
    bound = math.log2((1 - ERROR) / ERROR)
    for p, colour in ((0.5, "p"), (BENT, "q")):
        for path in evidence_paths(p, paths=6, tosses=400, seed=5):
            end = int(np.argmax(np.abs(path) >= bound)) or len(path) - 1
            ax.plot(path[: end + 1], color=light(colour), linewidth=0.9, alpha=0.8)
            ax.plot(end, path[end], "o", color=light(colour), markersize=3.5)
    for height, text, va in (
        (bound, "the coin is bent", "bottom"),
        (-bound, "the coin is fair", "top"),
    ):
        ax.axhline(height, color=INK, linewidth=1.2)
        ax.text(398, height + math.copysign(0.25, height), text, ha="right", va=va)
    ax.set(
        xlim=(0, 400),
        ylim=(-6.5, 6.5),
        xlabel="tosses",
        ylabel="bits",
        title="until the evidence leaves the corridor",
    )


corridor = Figure(
    "ev-corridor",
    draw_corridor,
    width=400,
    height=250,
    caption="Wald's test: toss until the evidence leaves a corridor whose walls stand at $\\pm "
    "\\log_2 19$ bits. Six fair coins (blue) and six of 0.6 (orange). Most are done soon; a few take long, "
    "and now and then one leaves on the wrong side.",
    alt="Jagged paths between two horizontal walls, each ending with a dot at a wall, after very "
    "different numbers of tosses",
)


# ---- the price of not knowing ----


def draw_regret(ax):
    """Draw the worst regret of three codes for binary strings against the length."""
    sizes = np.unique(np.rint(np.geomspace(1, 1000, 30)).astype(int))
    for code, colour, y in (("Laplace", "bad", 8.8), ("KT", "q", 5.6), ("NML", "p", 3.5)):
        ax.plot(sizes, [worst_regret(int(n), code) for n in sizes], color=light(colour))
        ax.text(320, y, code, color=light(colour), ha="right")
    ax.plot(sizes, np.log2(sizes * math.pi / 2) / 2, color=INK, linestyle="--", linewidth=1)
    ax.text(3.2, 0.35, "½ log₂ nπ/2", color=INK)
    ax.set(
        xscale="log",
        xlim=(1, 1000),
        ylim=(0, 10.5),
        xlabel="length of the string, n",
        ylabel="bits",
        title="the worst regret",
    )


regret = Figure(
    "ev-regret",
    draw_regret,
    width=400,
    height=250,
    caption="How many bits a code needs beyond the coin that fits the string best, at the string "
    "that suits it least. Laplace's rule pays a whole logarithm for strings of zeros alone; the rule "
    "with ½ pays half of one everywhere, and at most one bit more; nothing pays less than the code "
    "of normalised maximum likelihood (NML).",
    alt="Three rising curves on a logarithmic axis, the steepest for Laplace's rule, two that run "
    "side by side, and a dashed line that the lowest one nears",
)


# ---- choosing a model by its code ----


def draw_bins(ax):
    """Draw bits per petal against the number of bins."""
    for code, colour in (("fit", "muted"), ("mixture", "q")):
        ax.plot(
            LENGTHS,
            [histogram_bits(k, code) for k in LENGTHS],
            "o-",
            markersize=3.5,
            color=light(colour),
        )
    ax.text(13, 5.13, "frequencies given", color=light("muted"), ha="right")
    ax.text(22, 5.72, "frequencies learnt", color=light("q"), ha="right")
    ax.axhline(math.log2(60), color=light("line"), linewidth=1)
    ax.set(
        xscale="log",
        xlim=(0.9, 66),
        ylim=(5, 6.05),
        xticks=[1, 2, 5, 15, 60],
        xticklabels=["1", "2", "5", "15", "60"],
        xlabel="bins",
        ylabel="bits per petal",
        title="a histogram of petals",
    )
    ax.minorticks_off()


def draw_components(ax):
    """Draw BIC against the number of Gaussians, with the sum and with the mean."""
    components = np.arange(1, 7)
    mean = iris_mixtures()[:, 0]
    penalty = np.array([mixture_parameters(int(k)) for k in components]) * math.log(150)
    for name, value, colour in (
        ("the sum", -300 * mean + penalty, "p"),
        ("the mean", -2 * mean + penalty, "bad"),
    ):
        ax.plot(components, value, "o-", color=light(colour), markersize=4)
        ax.plot(
            value.argmin() + 1,
            value.min(),
            "o",
            color=light(colour),
            markersize=9,
            fillstyle="none",
        )
        ax.text(2.7, value[2] + 55, f"with {name}", color=light(colour), ha="center")
    ax.set(
        xlim=(0.7, 6.3),
        ylim=(0, 900),
        xticks=components,
        xlabel="Gaussians",
        title="BIC of mixtures on the irises",
    )


models = Figure(
    "ev-models",
    draw_bins,
    draw_components,
    height=240,
    caption="First: 150 petals, coded as a bin and a place in it. With the frequencies for "
    "nothing (grey) more bins are better, on the whole; a code that has to learn them (orange) has "
    "a best "
    "number. Second: BIC for mixtures of one to six Gaussians (rings: the least). Computed from the "
    "*mean* log-likelihood (red) it takes one.",
    alt="First: a grey curve that falls, but not at every step, and an orange one "
    "with a lowest point at fifteen bins. Second: a blue curve with its lowest point at two "
    "Gaussians, and a red one that only rises",
)
