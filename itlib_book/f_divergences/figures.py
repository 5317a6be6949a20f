"""The figures of the chapter on Jensen–Shannon and the f-divergences."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import (
    binary_entropy,
    f_divergence,
    js_divergence,
    kl_divergence,
    total_variation,
)
from itlib_book.f_divergences.data import bell, learning_signals, pairs

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.4, 0.4])
SHIFTS = np.linspace(0, 8, 81)
STEPS = np.geomspace(1e-3, 1, 61)
SMOOTH = ("kl", "reverse_kl", "js", "squared_hellinger")


# ---- the guessing game ----


def draw_guess(ax):
    """Draw both sides' shares of each outcome, the likelier one in full ink."""
    for shares, other, offset, colour in ((P / 2, Q / 2, -0.2, "p"), (Q / 2, P / 2, 0.2, "q")):
        for i, share in enumerate(shares):
            ax.bar(
                i + offset, share, 0.36, color=light(colour), alpha=0.9 if share > other[i] else 0.3
            )
    ax.text(0.05, 0.225, "heads, from p", color=light("p"))
    ax.text(1.2, 0.213, "tails, from q", color=light("q"))
    ax.set(
        xticks=range(3),
        xticklabels="abc",
        ylim=(0, 0.27),
        ylabel="probability",
        title=f"guess the likelier side: right {100 * (1 + total_variation(P, Q)) / 2:.0f} %",
    )


def draw_gain(ax):
    """Draw what each outcome tells about the coin, over the probability of the outcome."""
    m = (P + Q) / 2
    edges = np.concatenate([[0], np.cumsum(m)])
    gains = 1 - binary_entropy(P / 2 / m)
    ax.bar(edges[:-1], gains, m, align="edge", color=light("mix"), alpha=0.75, edgecolor="white")
    for middle, name in zip(edges[:-1] + m / 2, "abc"):
        ax.text(middle, 0.22, name, ha="center")
    ax.set(
        xlim=(0, 1),
        ylim=(0, 0.25),
        xlabel="probability of the outcome",
        ylabel="bits",
        title=f"learned about the coin: area = {js_divergence(P, Q):.4f} bits",
    )


game = Figure(
    "fdiv-game",
    draw_guess,
    draw_gain,
    height=200,
    caption="The guessing game for $p = (.5, .3, .2)$ and $q = (.2, .4, .4)$. First: of each "
    "outcome, guess the side with the larger share; the pale bars are the times you "
    "are wrong. Second: an outcome that is about as likely on either side tells little.",
    alt="First: for three outcomes the probability of coming from heads or from tails; "
    "second: bars as wide as an outcome is likely and as high as the bits it gives",
)


# ---- close together ----


def share(name, step):
    """Return how large an f-divergence is as a multiple of χ², a step away from q."""
    p = Q + step * (P - Q)
    return float(f_divergence(p, Q, name) / f_divergence(p, Q, "chi_squared"))


def draw_close(ax):
    """Draw four divergences, as multiples of χ², over the step away from q."""
    looks = (
        ("KL", "p", "-", (0.62, 0.52)),
        ("reverse KL", "q", "--", (0.12, 0.33)),
        ("JS", "mix", "-", (0.35, 0.06)),
        ("Hel²", "good", "--", (0.35, 0.155)),
    )
    for name, (label, colour, style, place) in zip(SMOOTH, looks, strict=True):
        shares = [share(name, step) for step in STEPS]
        ax.semilogx(STEPS, shares, style, color=light(colour), linewidth=1.8)
        ax.text(*place, label, color=light(colour))
    ax.minorticks_off()
    ax.set(
        xlim=(1, 1e-3),
        ylim=(0, 0.6),
        xlabel="share of the way from q to p (smaller to the right)",
        ylabel="multiple of χ²",
        xticks=[1, 0.1, 0.01, 0.001],
        xticklabels=["1", "0.1", "0.01", "0.001"],
        yticks=[0, 0.125, 0.25, 0.375, 0.5],
        yticklabels=["0", "⅛", "¼", "⅜", "½"],
        title="four divergences, divided by χ²",
    )


close = Figure(
    "fdiv-close",
    draw_close,
    height=220,
    caption="The $q$ of the puzzle stays, and $p$ walks straight towards it; the last step shown is a "
    "thousandth of the way. Each divergence is divided by $\\chi^2(p, q)$ at the same place.",
    alt="Four curves against the step from q to p, on a logarithmic axis: KL and reverse KL run "
    "together into one half, Jensen–Shannon and Hellinger into one eighth",
)


# ---- which bounds which ----


def draw_pinsker(ax):
    """Draw D(p‖q) over total variation for random pairs, with two lower bounds."""
    p, q = pairs()
    tv = np.linspace(0, 0.999, 300)
    ax.plot(
        total_variation(p, q),
        kl_divergence(p, q, base=math.e),
        ".",
        markersize=3,
        color=light("p"),
        alpha=0.5,
    )
    ax.plot(tv, 2 * tv**2, color=light("q"))
    ax.plot(tv, -np.log1p(-(tv**2)), color=light("good"), linestyle="--")
    ax.text(0.68, 0.14, "Pinsker: 2 TV²", color=light("q"))
    ax.text(0.03, 3.76, "dashed: −ln(1 − TV²)", color=light("good"))
    ax.set(
        xlim=(0, 1),
        ylim=(0, 4),
        xlabel="total variation",
        ylabel="nats",
        title="D(p‖q) of random pairs",
    )


def draw_js_bounds(ax):
    """Draw JS over total variation for random pairs, between its bounds."""
    p, q = pairs()
    tv = np.linspace(0, 1, 200)
    ax.plot(
        total_variation(p, q), js_divergence(p, q), ".", markersize=3, color=light("p"), alpha=0.5
    )
    ax.plot(tv, tv, color=light("q"))
    ax.plot(tv, 1 - binary_entropy((1 + tv) / 2), color=light("good"), linestyle="--")
    ax.text(0.42, 0.56, "TV", color=light("q"), ha="right")
    ax.text(0.6, 0.17, "1 − h((1 + TV)/2)", color=light("good"))
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="total variation",
        ylabel="bits",
        title="JS of the same pairs",
    )


bounds = Figure(
    "fdiv-bounds",
    draw_pinsker,
    draw_js_bounds,
    height=220,
    caption="Five hundred random pairs of distributions over three outcomes. First: no pair lies "
    "below either curve; Pinsker's is the simple one, the dashed one still says something "
    "when the divergence is large. Second: JS is caught between two functions of the total "
    "variation.",
    alt="Scatter of the divergence and of Jensen–Shannon over total variation for random pairs, "
    "with curves that bound the cloud",
)


# ---- a generator that is far off ----


def draw_data(ax):
    """Draw the bell of the data, and nothing of what the forger makes."""
    x = np.linspace(0, 8, 200)
    ax.plot(x, np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi), color=light("p"))
    ax.set(ylim=(0, 0.5), ylabel="density", title="the data come from N(0, 1)")


def draw_far(ax):
    """Draw three divergences of two unit bells over their distance."""
    p = bell(0)
    shifted = np.array([bell(shift) for shift in SHIFTS])
    ax.plot(SHIFTS, kl_divergence(p, shifted), color=light("muted"))
    ax.plot(SHIFTS, total_variation(p, shifted), color=light("q"), linestyle="--")
    ax.plot(SHIFTS, js_divergence(p, shifted), color=light("mix"), linewidth=2.2)
    ax.text(1.65, 1.6, "KL in bits", color=light("muted"))
    ax.text(1.6, 0.72, "TV", color=light("q"), ha="right")
    ax.text(2.3, 0.42, "JS in bits", color=light("mix"))
    ax.set(
        xlim=(0, 8), ylim=(0, 2), xlabel="distance of the means", title="N(0, 1) against N(θ, 1)"
    )


def draw_signals(ax):
    """Draw the gradient in the generator's mean for both of its losses."""
    signals = np.array([learning_signals(shift) for shift in SHIFTS[1:]])
    ax.semilogy(SHIFTS[1:], signals[:, 0], color=light("bad"))
    ax.semilogy(SHIFTS[1:], signals[:, 1], color=light("good"), linestyle="--")
    ax.text(4.2, 1.3e-3, "minimise ln(1 − d)", color=light("bad"), ha="right")
    ax.text(7.8, 0.9, "minimise −ln d", color=light("good"), ha="right")
    ax.minorticks_off()
    ax.set(
        xlim=(0, 8),
        ylim=(1e-4, 20),
        xlabel="distance of the means",
        yticks=[1e-4, 1e-3, 0.01, 0.1, 1, 10],
        yticklabels=["0.0001", "0.001", "0.01", "0.1", "1", "10"],
        title="size of the generator's gradient",
    )


far = Figure(
    "fdiv-far",
    draw_far,
    draw_signals,
    height=220,
    caption="A generator $N(\\theta, 1)$ and data from $N(0, 1)$, with the best possible "
    "discriminator at every distance $\\theta$. First: JS comes to rest at one bit, and a "
    "plateau has no slope. Second (logarithmic): so the gradient of the minimax loss dies "
    "out, while the one of the non-saturating loss grows with the distance.",
    alt="First: KL, total variation and Jensen–Shannon over the distance of two bells; the latter "
    "two level off at 1. Second: two gradient sizes over the distance, one that rises and then "
    "falls by orders of magnitude, and one that rises throughout",
)
