"""The figures of the chapter on Fisher information."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib.fisher import fisher_rao_distance
from itlib_book.fisher_information.data import WEIGHTS, importances

# ---- three programs ----

BATCH = 32


def _bars(ax, values, colour, title):
    order = np.argsort(-values)
    places = np.empty(len(values), int)
    places[order] = np.arange(1, len(values) + 1)
    ax.barh(range(len(values)), values, color=light(colour), alpha=0.8)
    for i, value in enumerate(values):
        ax.text(value + 0.02 * values.max(), i, f"{places[i]}.", va="center")
    ax.set(yticks=range(len(values)), yticklabels=WEIGHTS, xlim=(0, 1.15 * values.max()))
    ax.set_xlabel("importance")
    ax.set_title(title)
    ax.locator_params(axis="x", nbins=3)
    ax.invert_yaxis()


def draw_first(ax):
    """Draw what the program with batches says."""
    _bars(ax, importances(BATCH)[0], "mix", "program A")


def draw_second(ax):
    """Draw what the program with single examples says."""
    _bars(ax, importances(BATCH)[1], "q", "program B")


def draw_third(ax):
    """Draw what the program with labels of the model says."""
    _bars(ax, importances(BATCH)[2], "p", "program C")


importance = Figure(
    "fisher-importance",
    draw_first,
    draw_second,
    draw_third,
    width=250,
    height=130,
    caption="What three programs say of the same four weights on the same hundred irises. The "
    "numbers at the bars give the order.",
    alt="Three bar charts of the importance of four weights; the first two agree in all but the "
    "scale, the third exchanges sepal length and sepal width",
)


# ---- log-likelihoods ----


def draw_likelihoods(ax):
    """Draw log-likelihoods of tosses of which three in ten show heads."""
    p = np.linspace(0.02, 0.75, 400)
    for n, colour in ((10, "q"), (100, "mix"), (1000, "p")):
        heads = 0.3 * n
        height = heads * np.log(p / 0.3) + (n - heads) * np.log((1 - p) / 0.7)
        ax.plot(p, height, color=light(colour))
        ax.plot(p, -n / 0.21 * (p - 0.3) ** 2 / 2, color=light(colour), linestyle=":")
    ax.text(0.65, -1.6, "10 tosses", color=light("q"), ha="center")
    ax.text(0.49, -5.2, "100", color=light("mix"), ha="center")
    ax.text(0.365, -7.3, "1000", color=light("p"), ha="left")
    ax.set(xlim=(0, 0.75), ylim=(-8, 0.4), xlabel="p", ylabel="nats below the top")


likelihoods = Figure(
    "fisher-likelihoods",
    draw_likelihoods,
    width=400,
    height=260,
    caption="Log-likelihoods of 10, 100 and 1000 tosses, three tenths of them heads, below their "
    "tops. Dotted: parabolas with the curvature $nF$. The more tosses, the narrower, and the "
    "closer to its parabola where it counts.",
    alt="Three curves with their top at 0.3, each with a dotted parabola; the more tosses, the "
    "narrower the curve and the better the parabola",
)


# ---- a circle, a triangle and a half-plane ----

P, Q = np.array([0.7, 0.2, 0.1]), np.array([0.1, 0.3, 0.6])


def draw_circle(ax):
    """Draw coins on the quarter circle of the roots of their probabilities."""
    turn = np.linspace(0, math.pi / 2, 100)
    ax.plot(np.cos(turn), np.sin(turn), color=light("muted"))
    for heads in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0):
        x, y = math.sqrt(1 - heads), math.sqrt(heads)
        ax.plot(x, y, "o", color=light("p"))
        ax.text(1.05 * x + 0.02, 1.05 * y, f"{heads:g}", color=light("p"))
    ends = np.arcsin(np.sqrt([0.1, 0.5]))
    between = np.linspace(*ends, 50)
    ax.plot(np.cos(between), np.sin(between), color=light("q"), linewidth=3)
    ax.set(
        xlim=(0, 1.2),
        ylim=(0, 1.12),
        aspect="equal",
        xlabel="√p(tails)",
        ylabel="√p(heads)",
        title="coins",
    )


def _on_triangle(p):
    return p[..., 1] + p[..., 2] / 2, p[..., 2] * math.sqrt(3) / 2


def draw_triangle(ax):
    """Draw the shortest way between two categories in the triangle of probabilities."""
    corners = np.eye(3)[[0, 1, 2, 0]]
    ax.plot(*_on_triangle(corners), color=light("muted"))
    half = fisher_rao_distance(P, Q) / 2
    t = np.linspace(0, 1, 60)[:, None]
    roots = (np.sin((1 - t) * half) * np.sqrt(P) + np.sin(t * half) * np.sqrt(Q)) / np.sin(half)
    ax.plot(*_on_triangle(roots**2), color=light("q"), linewidth=2.4)
    ax.plot(*_on_triangle(np.array([P, Q])), "o--", color=light("p"), linewidth=1)
    ax.text(0.1, 0.1, "p", color=light("p"))
    ax.text(0.63, 0.55, "q", color=light("p"))
    for text, x, y in (("a", -0.06, -0.02), ("b", 1.03, -0.02), ("c", 0.48, 0.89)):
        ax.text(x, y, text)
    ax.set(xlim=(-0.12, 1.12), ylim=(-0.1, 1), aspect="equal", title="three outcomes")
    ax.axis("off")


def draw_half_plane(ax):
    """Draw steps of one length from some Gaussians, as ellipses, and a shortest way."""
    turn = np.linspace(0, 2 * np.pi, 80)
    size = math.sqrt(2 * 0.05)
    for mu in (-2, 0, 2):
        for sigma in (0.5, 1, 2):
            ax.plot(
                mu + size * sigma * np.cos(turn),
                sigma + size * sigma / math.sqrt(2) * np.sin(turn),
                color=light("p"),
                linewidth=1.2,
            )
    radius = math.sqrt(2**2 / 2 + 0.5**2)
    start = math.atan2(0.5, 2 / math.sqrt(2))
    arc = np.linspace(start, math.pi - start, 80)
    ax.plot(
        math.sqrt(2) * radius * np.cos(arc), radius * np.sin(arc), color=light("q"), linewidth=2.4
    )
    ax.set(xlim=(-3.2, 3.2), ylim=(0, 2.8), xlabel="μ", ylabel="σ", title="Gaussians")


distances = Figure(
    "fisher-distances",
    draw_circle,
    draw_triangle,
    draw_half_plane,
    width=250,
    height=230,
    caption="Shortest ways in orange. Coins lie on a quarter circle; equal steps of $p$ are longer arcs "
    "towards its ends. Of three outcomes the shortest way (full) bends away from the straight mixture (dashed). "
    "Gaussians: from the middle of a blue ellipse to its rim half the information times the squared "
    "step is 0.05 nats; the shortest way between two narrow ones leads by way of wide ones.",
    alt="Coins on a quarter circle; a triangle of three outcomes with a bent shortest way; the "
    "half-plane of Gaussians with ellipses that grow with the width, and an arc",
)
