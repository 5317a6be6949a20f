"""The figures of the chapter on acting under a KL budget."""

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib.policies import best_of_n, kl_estimates, tilt
from itlib_book.kl_budget.data import (
    POLICY,
    PROGRAMS,
    REFERENCE,
    along_the_frontier,
    corner,
    nats,
    proxy,
    slope,
    trained_on_pairs,
)

# ---- the policy that drifted ----


def draw_drift(ax):
    """Draw the policy and the reference over three words."""
    for p, shift, colour, name in (
        (REFERENCE, -0.2, "p", "reference"),
        (POLICY, 0.2, "q", "policy"),
    ):
        bars = ax.bar(np.arange(3) + shift, p, width=0.36, color=light(colour), alpha=0.8)
        bars.set_label(name)
        for i, height in enumerate(p):
            ax.text(i + shift, height + 0.02, f"{height:g}", ha="center", color=light(colour))
    ax.set(xticks=range(3), xticklabels=["first word", "second", "third"], ylim=(0, 0.85))
    ax.set(ylabel="probability")
    ax.legend(loc="upper right", frameon=False)


drift = Figure(
    "budget-drift",
    draw_drift,
    width=400,
    height=150,
    caption="A reference over three words, and a policy that training on a reward has moved away.",
    alt="Bars of two distributions over three words: the reference 0.2, 0.3, 0.5 and the policy "
    "0.7, 0.2, 0.1",
)

# ---- four fields ----


ARROW = {"angles": "xy", "scale_units": "xy", "scale": 1, "width": 0.012}


def _field(program):
    def draw(ax):
        ax.plot(*corner(np.eye(3)[[0, 1, 2, 0]]), color=light("muted"))
        grid = np.array([(i, j, 8 - i - j) for i in range(1, 7) for j in range(1, 8 - i)]) / 8
        for p in grid:
            down = -slope(program, p)
            x, y = corner(p)
            moved = corner(p + 0.25 * p * (down - p @ down))
            size = np.hypot(moved[0] - x, moved[1] - y)
            if size < 1e-12:
                ax.plot(x, y, ".", color=light("q"), markersize=4)
                continue
            across, up = 0.09 * (moved[0] - x) / size, 0.09 * (moved[1] - y) / size
            ax.quiver(x, y, across, up, color=light("q"), **ARROW)
        ax.plot(*corner(REFERENCE), "+", color=light("good"), markersize=10, markeredgewidth=2)
        ax.text(0.5, 0.99, program, ha="center")
        ax.set(xlim=(-0.06, 1.06), ylim=(-0.06, 1.12), aspect="equal")
        ax.axis("off")

    return draw


fields = Figure(
    "budget-fields",
    *(_field(program) for program in PROGRAMS),
    width=190,
    height=180,
    caption="Which way each program moves a policy, from any place in the triangle; the cross is "
    "the reference. The arrows show directions only, not speeds; dots stay where they are.",
    alt="Four triangles with arrows: two in which all arrows lead to the reference, one with dots "
    "only, and one in which most arrows lead away from the reference, also from places near it",
)

# ---- three estimates of one draw ----


def draw_estimates(ax):
    """Draw k1, k2 and k3 over the log ratio of a draw."""
    log = np.linspace(-3, 3, 121)
    found = kl_estimates(0.0, log)
    places = (("k1", "p", -1.9, 2.25), ("k2", "mix", 2.45, 2.25), ("k3", "q", 1.62, 4.3))
    for k, (name, colour, x, y) in zip(found, places):
        ax.plot(log, k, color=light(colour))
        ax.text(x, y, name, color=light(colour))
    ax.axhline(0, linewidth=0.8, color=light("line"))
    ax.set(xlim=(-3, 3), ylim=(-3, 6), xlabel="ℓ = log ref − log π of the draw", ylabel="nats")


estimates = Figure(
    "budget-estimates",
    draw_estimates,
    width=380,
    height=250,
    caption="What each estimate makes of one draw. To the right are draws that the reference finds "
    "likelier than the policy does. Near 0, k2 and k3 have the same parabola.",
    alt="Three curves over the log ratio: k1 falls along a line through the origin, k2 is a "
    "parabola, k3 touches it at 0, is below it to the left and far above it to the right",
)

# ---- the frontier, and the best of several draws ----

BASE, RANKS = np.array([0.5, 0.3, 0.2]), np.arange(3.0)


def draw_frontier(ax):
    """Draw what tilts earn over nats, and where the best of n stand."""
    tilts = np.array([tilt(BASE, RANKS, 2.0**price) for price in np.arange(7, -8, -0.25)])
    ax.plot(nats(tilts, BASE), tilts @ RANKS, color=light("mix"))
    for n in (1, 2, 3, 4, 6, 10, 20):
        p = best_of_n(BASE, n)
        ax.plot(nats(p, BASE), p @ RANKS, "o", color=light("q"), markersize=5)
        if n in (1, 2, 4, 10):
            ax.text(nats(p, BASE) + 0.04, p @ RANKS - 0.11, f"n = {n}", color=light("q"))
    ax.text(0.28, 1.52, "tilts", color=light("mix"))
    ax.set(xlim=(-0.05, 1.7), ylim=(0.45, 2.15), xlabel="D(π‖ref) in nats", ylabel="mean reward")


frontier = Figure(
    "budget-frontier",
    draw_frontier,
    width=380,
    height=240,
    caption="Rewards 0, 1 and 2 with the reference (0.5, 0.3, 0.2). No policy is above the line of "
    "the tilts. The best of n draws (dots) comes close to it.",
    alt="A rising and flattening curve of reward over divergence, with dots on it or just below it for "
    "the best of 1, 2, 3, 4, 6, 10 and 20 draws",
)

# ---- a judge that can be fooled ----


def draw_answers(ax):
    """Draw what the judge says over what answers are worth."""
    worth, judged = proxy()
    ax.plot(worth[8:], judged[8:], ".", color=light("p"), markersize=3)
    ax.plot(worth[:8], judged[:8], ".", color=light("bad"), markersize=6)
    ax.set(xlabel="what an answer is worth", ylabel="what the judge says")


def draw_optimised(ax):
    """Draw both rewards along the frontier."""
    spent, judged, worth = along_the_frontier(2.0 ** np.arange(6, -4.1, -0.25))
    ax.plot(spent, judged, color=light("q"))
    ax.plot(spent, worth, color=light("p"))
    ax.text(0.35, 3.1, "the judge's", color=light("q"))
    ax.text(1.7, 0.5, "true", color=light("p"))
    ax.axhline(0, linewidth=0.8, color=light("line"))
    ax.set(xlim=(0, 5), xlabel="D(π‖ref) in nats", ylabel="mean reward")


overoptimised = Figure(
    "budget-overoptimised",
    draw_answers,
    draw_optimised,
    width=330,
    height=220,
    caption="Four hundred answers, and a judge whom eight of them fool (red). Second picture: the "
    "policies that the judge likes best at each budget, by the judge and in truth.",
    alt="A cloud of answers along a diagonal with eight red outliers; and two curves over the "
    "budget, one that rises throughout and one that rises a little and then falls below 0",
)

# ---- training on pairs ----


def draw_log_probabilities(ax):
    """Draw the mean log-probabilities of chosen and of rejected answers."""
    chosen, rejected, _ = trained_on_pairs()
    ax.plot(chosen, color=light("p"))
    ax.plot(rejected, color=light("q"))
    ax.text(110, chosen[110] + 0.35, "chosen", color=light("p"))
    ax.text(110, rejected[110] + 0.45, "rejected", color=light("q"))
    ax.set(xlim=(0, 200), xlabel="steps", ylabel="mean log-probability")


def draw_loss(ax):
    """Draw the mean loss."""
    ax.axhline(np.log(2), color=light("muted"), linewidth=0.8)
    ax.text(196, np.log(2) - 0.014, "ln 2", color=light("muted"), ha="right")
    ax.plot(trained_on_pairs()[2], color=light("mix"))
    ax.set(xlim=(0, 200), ylim=(0.52, 0.7), xlabel="steps", ylabel="mean loss in nats")


pairs = Figure(
    "budget-pairs",
    draw_log_probabilities,
    draw_loss,
    width=330,
    height=220,
    caption="A policy over four answers is trained on twenty pairs. First: the mean "
    "log-probability of chosen and rejected answers. Second: the loss.",
    alt="Two falling curves of log-probabilities, that of the rejected answers far steeper, and a "
    "falling curve of the loss from ln 2",
)
