"""The figures of the chapter on KL divergence."""

import math
from functools import lru_cache

import numpy as np

from itlib import (
    fit_gaussian_forward,
    fit_gaussian_reverse,
    kl_divergence,
    mixture_density,
    mixture_gaussian_kl,
    mode_fold,
    reverse_jump,
    reverse_pitchfork,
    stationary_reverse_fits,
)

from ..figure import Figure
from ..palette import light

LOADED, UNIFORM = np.array([0.4, 0.3, 0.2, 0.1]), np.full(4, 0.25)
SEPARATIONS = np.linspace(1, 4, 61)
HUMPS = [0.5, 0.5], [-3, 3], [1, 1]


# ---- what each outcome adds ----

def _contributions(ax, p, q, colour, title):
    terms = p * np.log2(p / q)
    ax.bar("abcd", terms, 0.6, color=[light(colour) if t >= 0 else light("muted") for t in terms])
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.set(ylim=(-0.2, 0.36), ylabel="bits", title=f"{title} = {kl_divergence(p, q):.4f} bits")


def draw_forward_terms(ax):
    """Draw p log(p/q) of every outcome."""
    _contributions(ax, LOADED, UNIFORM, "p", "D(p‖q)")


def draw_reverse_terms(ax):
    """Draw q log(q/p) of every outcome."""
    _contributions(ax, UNIFORM, LOADED, "q", "D(q‖p)")


outcome_terms = Figure(
    "kl-outcome-terms", draw_forward_terms, draw_reverse_terms, height=200,
    caption="What each outcome adds to the two divergences between $p = (.4, .3, .2, .1)$ and the "
            "uniform $q$. Outcomes that the weighing distribution finds *less* likely than the "
            "other does count as savings (grey); the sum is a net loss all the same.",
    alt="Bars of the terms of D(p‖q) and of D(q‖p) for four outcomes; some are negative")


# ---- two coins ----

def draw_coins(ax):
    """Draw both divergences of a 3:1 coin from every other coin."""
    p, heads = np.array([0.75, 0.25]), np.linspace(0.001, 0.999, 400)
    q = np.stack([heads, 1 - heads], axis=-1)
    ax.plot(heads, kl_divergence(p, q), color=light("p"))
    ax.plot(heads, kl_divergence(q, p), color=light("q"), linestyle="--")
    ax.text(0.1, 1.85, "D(p‖q)", color=light("p"), ha="left")
    ax.text(0.04, 0.75, "D(q‖p)", color=light("q"), ha="left")
    ax.plot(0.75, 0, "o", color="#101418", markersize=5, clip_on=False)
    ax.set(xlim=(0, 1), ylim=(0, 3), xlabel="q's probability of heads", ylabel="bits",
           title="p is a 3:1 coin")


two_coins = Figure(
    "kl-two-coins", draw_coins,
    caption="Both divergences vanish only where the coins agree, and near that point they are "
            "almost the same. Far from it they part: as $q$ comes to forbid a side that $p$ shows, "
            "$D(p‖q)$ grows without bound, while $D(q‖p)$ stays finite.",
    alt="D(p‖q) and D(q‖p) in bits against q's probability of heads; both are zero at 0.75, "
        "the first rises steeply at both ends")


# ---- a grid that is too short ----

def draw_cut_integrand(ax):
    """Draw the integrand of D(wide‖narrow) and what a grid from -5 to 5 leaves out."""
    x = np.linspace(-10, 10, 401)
    wide, narrow = (np.exp(-(x / s) ** 2 / 2) / (s * math.sqrt(2 * math.pi)) for s in (2, 0.5))
    integrand = wide * (math.log(0.5 / 2) + x**2 / 2 * (1 / 0.25 - 1 / 4))
    outside = np.abs(x) >= 5
    ax.plot(x, integrand, color=light("q"))
    ax.fill_between(x, integrand, where=~outside, color=light("q"), alpha=0.25)
    for side in (x <= -5, x >= 5):
        ax.fill_between(x, integrand, where=side, color=light("bad"), alpha=0.85)
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.plot(x, 3 * wide, color=light("muted"), linewidth=1)
    ax.text(0, 3 * 0.2 + 0.06, "wide, ×3", ha="center", color=light("muted"))
    ax.set(xlim=(-10, 10), ylim=(-0.4, 1.2), xlabel="x", ylabel="nats per unit of x",
           title="what a grid from −5 to 5 leaves out")


cut_grid = Figure(
    "kl-cut-grid", draw_cut_integrand,
    caption="The integrand of $D(\\text{wide}‖\\text{narrow})$. Nearly all of the wide density lies "
            "inside $[-5, 5]$, but not nearly all of the integrand: the log ratio grows like $x^2$, "
            "and what is cut off (red) is a sizeable part of the answer.",
    alt="The integrand has two humps near −3 and 3; its tails beyond −5 and 5 are marked")


# ---- the story of the reverse optimum ----

@lru_cache
def _branches(*weights):
    """Return {kind: (d, mu, kl)} of every stationary point over many separations."""
    found = {"minimum": [], "saddle": []}
    for d in SEPARATIONS:
        for mu, _, kl, kind in stationary_reverse_fits(weights, [-d, d], [1, 1]):
            found[kind].append((d, mu, kl))
    return {kind: np.array(points or [(np.nan,) * 3]).T for kind, points in found.items()}


def _draw_branches(ax, weights, row):
    branches = _branches(*weights)
    ax.plot(*branches["saddle"][[0, row]], ".", color=light("muted"), markersize=2.5)
    ax.plot(*branches["minimum"][[0, row]], "o", color=light("q"), markersize=3.2)


def draw_equal_means(ax):
    """Draw the means of all stationary q against the separation, for equal weights."""
    _draw_branches(ax, [0.5, 0.5], 1)
    fold, jump = mode_fold(), reverse_jump()
    for d, name in ((fold.separation, "fold"), (jump.separation, "jump")):
        ax.axvline(d, linewidth=0.8, linestyle=":", color="#101418")
        ax.text(d - 0.05, -3.9, name, ha="right")
    ax.set(xlim=(1, 4), ylim=(-4.2, 4.2), xlabel="d, half the separation", ylabel="μ of q",
           title="equal weights, σ free")


def draw_equal_divergences(ax):
    """Draw the divergences of all stationary q against the separation, for equal weights."""
    _draw_branches(ax, [0.5, 0.5], 2)
    ax.axhline(math.log(2), linewidth=0.8, color=light("muted"))
    ax.text(1.02, math.log(2) + 0.03, "log 2", color=light("muted"))
    ax.axvline(reverse_jump().separation, linewidth=0.8, linestyle=":", color="#101418")
    ax.text(3.1, 1.12, "covering", ha="right")
    ax.text(3.95, 0.58, "mode-seeking", ha="right")
    ax.set(xlim=(1, 4), ylim=(0, 1.4), xlabel="d, half the separation", ylabel="D(q‖p), nats",
           title="what each of them costs")


def draw_unequal_means(ax):
    """Draw the means of all stationary q against the separation, for weights 0.7 and 0.3."""
    _draw_branches(ax, [0.7, 0.3], 1)
    ax.set(xlim=(1, 4), ylim=(-4.2, 4.2), xlabel="d, half the separation", ylabel="μ of q",
           title="weights 0.7 and 0.3, σ free")


def draw_fixed_width_means(ax):
    """Draw the best means against the separation, with the width of q held at 1."""
    fork = reverse_pitchfork()
    mus = np.linspace(0, 4, 401)
    for d in SEPARATIONS:
        costs = mixture_gaussian_kl([0.5, 0.5], [-d, d], [1, 1], mus, 1, direction="reverse")
        best = mus[np.argmin(costs)]
        ax.plot([d, d], [best, -best], "o", color=light("q"), markersize=3.2)
        if d > fork:
            ax.plot(d, 0, ".", color=light("muted"), markersize=2.5)
    ax.axvline(fork, linewidth=0.8, linestyle=":", color="#101418")
    ax.text(fork + 0.05, -3.9, "pitchfork")
    ax.set(xlim=(1, 4), ylim=(-4.2, 4.2), xlabel="d, half the separation", ylabel="μ of q",
           title="equal weights, σ held at 1")


bifurcation = Figure(
    "kl-bifurcation", draw_equal_means, draw_equal_divergences, draw_unequal_means,
    draw_fixed_width_means,
    caption="Every stationary point of $D(q‖p)$ as the modes move apart: minima as orange dots, "
            "saddles and maxima in grey. Upper left: two minima appear out of nothing at the "
            "fold, far from the covering one, which stays a minimum. Upper right: they become the "
            "better ones only at the jump. Lower left: with unequal weights the covering minimum "
            "meets a saddle and vanishes. Lower right: with the width held fixed the one minimum "
            "splits smoothly.",
    alt="Four panels of stationary points against the separation of the modes")


# ---- near equality ----

def draw_near_equality(ax):
    """Draw the divergence of two coins as they come together, three ways."""
    gaps = np.logspace(-10, -1, 90)
    p = np.array([0.5, 0.5])
    ours, naive = [], []
    for gap in gaps:
        q = np.array([0.5 + gap, 0.5 - gap])
        ours.append(kl_divergence(p, q, base=math.e))
        naive.append(np.sum(p * np.log(p / q)))
    ax.plot(gaps, 2 * gaps**2, color=light("muted"), linewidth=5, alpha=0.35)
    ax.plot(gaps, ours, color=light("p"))
    naive = np.array(naive)
    ax.plot(gaps[naive > 0], naive[naive > 0], ".", color=light("q"), markersize=4)
    below = gaps[naive <= 0]
    ax.plot(below, np.full(below.size, 3e-22), "|", color=light("bad"), markersize=7)
    ax.text(2e-6, 2e-21, "zero or negative", color=light("bad"), ha="left")
    ax.text(1.2e-10, 1e-12, "sum of p log(p/q)", color=light("q"))
    ax.text(3e-5, 2e-12, "itlib, on the parabola 2ε²", color=light("p"))
    ax.set(xscale="log", yscale="log", ylim=(1e-22, 1), xlabel="ε", ylabel="nats",
           title="a fair coin against ½ ± ε")


near_equality = Figure(
    "kl-near-equality", draw_near_equality, height=250,
    caption="Close to $q = p$ the divergence is half the Fisher information times the squared "
            "step, here $2ε^2$. Summing $p \\log(p/q)$ in floating point loses it (orange), and "
            "returns zero or negative numbers at the places marked in red; `itlib` follows the "
            "parabola (grey) all the way.",
    alt="Divergence against the difference of the coins on logarithmic axes; "
        "the plain sum scatters and breaks off, itlib follows a straight line")


# ---- samples from both fits ----

def _draw_fit(ax, mu, sigma, colour, title):
    x = np.linspace(-8, 8, 400)
    samples = np.random.default_rng(0).normal(mu, sigma, 300)
    ax.fill_between(x, mixture_density(x, *HUMPS), color=light("p"), alpha=0.25)
    ax.plot(x, mixture_density(x, [1], [mu], [sigma]), color=light(colour))
    ax.plot(samples, np.full(300, -0.02), "|", color=light(colour), markersize=6, alpha=0.5)
    ax.set(xlim=(-8, 8), ylim=(-0.045, 0.42), xlabel="x", title=title, yticks=[0, 0.2, 0.4])


def draw_forward_samples(ax):
    """Draw the forward fit of the humps and samples from it."""
    _draw_fit(ax, *fit_gaussian_forward(*HUMPS), "q", "least D(p‖q): maximum likelihood")


def draw_reverse_samples(ax):
    """Draw the best reverse fit of the humps and samples from it."""
    mu, sigma, _ = fit_gaussian_reverse(*HUMPS)[0]
    _draw_fit(ax, mu, sigma, "q", "least D(q‖p): variational inference")


samples = Figure(
    "kl-samples", draw_forward_samples, draw_reverse_samples, height=200,
    caption="The humps (blue), the best $q$ for each direction, and 300 samples from it. "
            "The forward fit draws many samples where $p$ has next to none; the reverse fit draws "
            "only plausible ones, all from one hump.",
    alt="Left: a wide Gaussian over both humps. Right: a narrow one on the left hump")
