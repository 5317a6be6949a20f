"""The figures of the chapter on label smoothing and temperature."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import cross_entropy, entropy, kl_divergence, softmax
from itlib_book.smoothing_and_temperature.data import OVERDONE, held_out_loss, pulls, reliability

LOGITS = np.array([2, 1, 0.5, 0.1, -0.5])
TEMPERATURES = 0.5, 1, 2, 5, 10

HARD = np.array([0.0, 0.0, 1.0, 0.0, 0.0])
SOFT = np.array([0.02, 0.02, 0.92, 0.02, 0.02])
MODEL = np.array([0.01, 0.01, 0.95, 0.02, 0.01])


# ---- the puzzle: two labels, one prediction ----


def _draw_shares(ax, title, top):
    for shift, p, colour in ((-0.27, HARD, "p"), (0, SOFT, "mix"), (0.27, MODEL, "q")):
        ax.bar(np.arange(5) + shift, p, 0.25, color=light(colour))
    ax.set(
        xticks=range(5),
        xticklabels=range(1, 6),
        ylim=(0, top),
        xlabel="class",
        ylabel="probability",
        title=title,
    )


def draw_labels(ax):
    """Draw the two labels and the prediction, class by class."""
    _draw_shares(ax, "two labels, one prediction", 1.05)
    ax.text(-0.4, 0.95, "hard label", color=light("p"), va="top")
    ax.text(-0.4, 0.82, "smoothed label", color=light("mix"), va="top")
    ax.text(-0.4, 0.69, "prediction", color=light("q"), va="top")


def draw_wrong_classes(ax):
    """Draw the same near zero, where the wrong classes can be told apart."""
    _draw_shares(ax, "the same, near zero", 0.05)


puzzle = Figure(
    "smooth-puzzle",
    draw_labels,
    draw_wrong_classes,
    height=175,
    caption="Class 3 is the right one. The hard label gives it everything, the smoothed label a "
    "little less.",
    alt="For each of five classes three bars, two labels and a prediction, which gives the third "
    "class 0.95; and the same enlarged, where the smoothed label gives 0.02 to each wrong "
    "class and the prediction 0.01 or 0.02",
)


def puzzle_losses():
    """Return what the prediction costs under the hard and the smoothed label, in nats."""
    return tuple(float(cross_entropy(label, MODEL, base=math.e)) for label in (HARD, SOFT))


def puzzle_divergences():
    """Return the divergence of the hard and of the smoothed label from the prediction, in nats."""
    return tuple(float(kl_divergence(label, MODEL, base=math.e)) for label in (HARD, SOFT))


def _draw_two(ax, heights, title, top):
    for place, height, colour in zip((0, 1), heights, ("p", "mix"), strict=True):
        ax.bar(place, height, 0.5, color=light(colour))
        ax.text(place, height + top / 50, f"{height:.3f}", ha="center")
    ax.set(
        xlim=(-0.6, 1.6),
        xticks=range(2),
        xticklabels=["hard label", "smoothed label"],
        ylim=(0, top),
        ylabel="nats",
        title=title,
    )


def draw_costs(ax):
    """Draw the loss of the prediction under each label."""
    _draw_two(ax, puzzle_losses(), "what the prediction costs", 0.5)


def draw_distances(ax):
    """Draw the divergence of each label from the prediction."""
    _draw_two(ax, puzzle_divergences(), "how far the label is from it", 0.065)


costs = Figure(
    "smooth-costs",
    draw_costs,
    draw_distances,
    height=190,
    caption="The same prediction under both labels: its loss, and the divergence of the label from "
    "it, on another scale. The one has grown, the other has shrunk.",
    alt="First: the loss under the hard label is a low bar, under the smoothed one a high bar; "
    "second: the divergence of the hard label is a high bar, of the smoothed one a low bar",
)


# ---- five temperatures ----


def draw_bars(ax):
    """Draw the five probabilities at each of five temperatures."""
    for k, temperature in enumerate(TEMPERATURES):
        p = softmax(LOGITS, temperature=temperature)
        for i, share in enumerate(p):
            ax.bar(k + 0.17 * (i - 2), share, 0.15, color=light("p"), alpha=1 - 0.19 * i)
        ax.text(k, p[0] + 0.035, f"{entropy(p):.2f} bits", ha="center", fontsize=8.5)
    ax.set(
        xticks=range(5),
        xticklabels=[f"T = {t}" for t in TEMPERATURES],
        ylim=(0, 1),
        ylabel="probability",
        title="softmax(z/T) for z = (2, 1, .5, .1, −.5)",
    )


def draw_lines(ax):
    """Draw the five probabilities over the temperature."""
    temperatures = np.linspace(0.05, 10, 200)
    ps = np.array([softmax(LOGITS, temperature=t) for t in temperatures])
    for i, p in enumerate(ps.T):
        ax.plot(temperatures, p, color=light("p"), alpha=1 - 0.17 * i)
    ax.axhline(1 / 5, linestyle=":", linewidth=1, color=light("muted"))
    ax.text(5, 0.42, "the largest logit", color=light("p"))
    ax.text(9.9, 0.06, "dotted: 1/5", color=light("muted"), ha="right")
    ax.set(
        xlim=(0, 10),
        ylim=(0, 1),
        xlabel="T",
        ylabel="probability",
        title="the same at every temperature",
    )


temperatures = Figure(
    "smooth-temperatures",
    draw_bars,
    draw_lines,
    height=220,
    caption="Five logits at five temperatures, with the entropy of each result. The order of the "
    "classes never changes. A low temperature leaves only the largest logit, a high one "
    "makes all classes alike.",
    alt="First: five groups of five bars, steep at temperature 0.5 and nearly level at 10; "
    "second: the five probabilities over the temperature, all tending to one fifth",
)


# ---- what a high temperature teaches ----


def _draw_pulls(ax, temperature):
    pull = -pulls(temperature)
    ax.bar(range(5), pull, 0.6, color=[light("good") if v >= 0 else light("bad") for v in pull])
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.set(
        xticks=range(5),
        xticklabels="abcde",
        ylim=(-1.2, 0.8),
        xlabel="class",
        ylabel="pull",
        title=f"T = {temperature}: what the student is told",
    )


def draw_cool(ax):
    """Draw the pull on each logit at temperature 1."""
    _draw_pulls(ax, 1)


def draw_hot(ax):
    """Draw the pull on each logit at temperature 20."""
    _draw_pulls(ax, 20)


tails = Figure(
    "smooth-tails",
    draw_cool,
    draw_hot,
    height=200,
    caption="The pull on each logit of a student (gradient downhill, times $T^2$). The student "
    "undervalues class b, the teacher’s second choice, and overvalues e, "
    "which both find all but impossible. At $T = 1$ it is told about b; at $T = 20$ the "
    "loudest lesson is about e.",
    alt="Bars of the pull on five logits: at T = 1 only the first two classes matter, at T = 20 "
    "the last class has the longest bar",
)


# ---- calibration ----


def draw_reliability(ax):
    """Draw how often the model is right against how sure it is, before and after."""
    ax.plot([0, 1], [0, 1], linewidth=1, linestyle=":", color=light("muted"))
    ax.plot(*reliability(1), "o-", markersize=4, color=light("bad"))
    ax.plot(*reliability(OVERDONE), "s-", markersize=4, color=light("good"))
    ax.text(0.97, 0.4, "T = 1", color=light("bad"), ha="right")
    ax.text(0.62, 0.76, f"T = {OVERDONE}", color=light("good"), ha="right")
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="how sure",
        ylabel="how often right",
        title="confidence and accuracy",
    )


def draw_held_out(ax):
    """Draw the held-out loss over the temperature."""
    ts = np.linspace(0.8, 8, 37)
    ax.plot(ts, [held_out_loss(t) for t in ts], color=light("p"))
    ax.plot(OVERDONE, held_out_loss(OVERDONE), "o", color=light("good"))
    ax.set(
        xlim=(0.8, 8),
        xlabel="T, fitted after training",
        ylabel="nats per example",
        title="loss on held-out data",
    )


calibration = Figure(
    "smooth-calibration",
    draw_reliability,
    draw_held_out,
    height=220,
    caption=f"A model that reports {OVERDONE} times the true logits. First: it is right less often "
    "than it is sure (red); one number, the temperature, puts that right (green). Second: "
    "the number is found where held-out data cost least.",
    alt="First: accuracy over confidence, below the diagonal at T = 1 and on it at the fitted "
    "temperature; second: held-out loss over the temperature, with a minimum",
)
