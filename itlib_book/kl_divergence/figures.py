"""The figures of the chapter on KL divergence."""

import math
from functools import partial

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr
from scipy.stats import entropy as scipy_entropy

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import (
    fit_gaussian_forward,
    fit_gaussian_reverse,
    js_divergence,
    kl_divergence,
    mixture_density,
    mixture_gaussian_kl,
)
from itlib.gaussian_fits import mode_fold, reverse_jump, reverse_pitchfork
from itlib_book.kl_divergence.data import SEPARATIONS, STEPS, branches_of, divergences, half_fisher

LOADED, UNIFORM = np.array([0.4, 0.3, 0.2, 0.1]), np.full(4, 0.25)
HUMPS = [0.5, 0.5], [-3, 3], [1, 1]


# ---- what each outcome adds ----


def _contributions(ax, p, q, colour, title):
    terms = p * np.log2(p / q)
    ax.bar(
        list("abcd"), terms, 0.6, color=[light(colour) if t >= 0 else light("muted") for t in terms]
    )
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.set(ylim=(-0.2, 0.36), ylabel="bits", title=f"{title} = {kl_divergence(p, q):.4f} bits")


def draw_forward_terms(ax):
    """Draw p log(p/q) of every outcome."""
    _contributions(ax, LOADED, UNIFORM, "p", "D(p‖q)")


def draw_reverse_terms(ax):
    """Draw q log(q/p) of every outcome."""
    _contributions(ax, UNIFORM, LOADED, "q", "D(q‖p)")


outcome_terms = Figure(
    "kl-outcome-terms",
    draw_forward_terms,
    draw_reverse_terms,
    height=200,
    caption="What each outcome adds to the two divergences between $p = (.4, .3, .2, .1)$ and the "
    "uniform $q$. An outcome is a saving (grey) where the distribution that is averaged over finds it "
    "*less* likely than the other one; the sum is a net loss all the same.",
    alt="Bars of the terms of D(p‖q) and of D(q‖p) for four outcomes; some are negative",
)


# ---- two coins ----


def draw_coins(ax):
    """Draw both divergences of a 3:1 coin from every other coin."""
    p, heads = np.array([0.75, 0.25]), np.linspace(0.001, 0.999, 400)
    q = np.stack([heads, 1 - heads], axis=-1)
    ax.plot(heads, kl_divergence(p, q), color=light("p"))
    ax.plot(heads, kl_divergence(q, p), color=light("q"), linestyle="--")
    ax.text(0.1, 1.85, "D(p‖q)", color=light("p"), ha="left")
    ax.text(0.04, 0.75, "D(q‖p)", color=light("q"), ha="left")
    ax.plot(0.75, 0, "o", color=INK, markersize=5, clip_on=False)
    ax.set(
        xlim=(0, 1),
        ylim=(0, 3),
        xlabel="q's probability of heads",
        ylabel="bits",
        title="p is a 3:1 coin",
    )


two_coins = Figure(
    "kl-two-coins",
    draw_coins,
    caption="Both divergences vanish only where the coins agree, and near that point they are "
    "almost the same. They are equal once more, where $q$ is $p$ with its sides exchanged. Towards "
    "both ends they part: as $q$ comes to forbid a side that $p$ shows, $D(p‖q)$ grows without bound, "
    "while $D(q‖p)$ stays finite.",
    alt="D(p‖q) and D(q‖p) in bits against q's probability of heads; both are zero at 0.75, "
    "the first rises steeply at both ends",
)


# ---- a grid that is too short ----


def draw_cut_integrand(ax):
    """Draw the integrand of D(wide‖narrow) and what a grid from -5 to 5 leaves out."""
    x = np.linspace(-10, 10, 401)
    wide, narrow = (mixture_density(x, [1], [0], [sigma]) for sigma in (2, 0.5))
    integrand = wide * np.log(wide / narrow)
    outside = np.abs(x) >= 5
    ax.plot(x, integrand, color=light("q"))
    ax.fill_between(x, integrand, where=~outside, color=light("q"), alpha=0.25)
    for side in (x <= -5, x >= 5):
        ax.fill_between(x, integrand, where=side, color=light("bad"), alpha=0.85)
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.plot(x, 3 * wide, color=light("muted"), linewidth=1)
    ax.text(0, 1.09, "grey: wide, ×3", ha="center", color=light("muted"))
    ax.set(
        xlim=(-10, 10),
        ylim=(-0.4, 1.2),
        xlabel="x",
        ylabel="nats per unit of x",
        title="what a grid from −5 to 5 leaves out",
    )


cut_grid = Figure(
    "kl-cut-grid",
    draw_cut_integrand,
    caption="The integrand of $D(\\text{wide}‖\\text{narrow})$. Nearly all of the wide density lies "
    "inside $[-5, 5]$, but not nearly all of the integrand: the log ratio grows like $x^2$, "
    "and what is cut off (red) is a sizeable part of the answer.",
    alt="The integrand has two humps near −3 and 3; its tails beyond −5 and 5 are marked",
)


# ---- the story of the reverse optimum ----


def _draw_branches(ax, weights, row):
    branches = branches_of(*weights)
    ax.plot(*branches["saddle"][[0, row]], ".", color=light("muted"), markersize=2.5)
    ax.plot(*branches["minimum"][[0, row]], "o", color=light("q"), markersize=3.2)


def draw_equal_means(ax):
    """Draw the means of all stationary q against the separation, for equal weights."""
    _draw_branches(ax, [0.5, 0.5], 1)
    fold, jump = mode_fold(), reverse_jump()
    for d, name in ((fold.separation, "fold"), (jump.separation, "jump")):
        ax.axvline(d, linewidth=0.8, linestyle=":", color=INK)
        ax.text(d - 0.05, -3.9, name, ha="right")
    ax.set(
        xlim=(1, 4),
        ylim=(-4.2, 4.2),
        xlabel="d, half the separation",
        ylabel="μ of q",
        title="equal weights, σ free",
    )


def draw_equal_divergences(ax):
    """Draw the divergences of all stationary q against the separation, for equal weights."""
    _draw_branches(ax, [0.5, 0.5], 2)
    ax.axhline(math.log(2), linewidth=0.8, color=light("muted"))
    ax.text(1.02, math.log(2) + 0.03, "ln 2", color=light("muted"))
    ax.axvline(reverse_jump().separation, linewidth=0.8, linestyle=":", color=INK)
    ax.text(3.1, 1.12, "covering", ha="right")
    ax.text(3.95, 0.58, "mode-seeking", ha="right")
    ax.set(
        xlim=(1, 4),
        ylim=(0, 1.4),
        xlabel="d, half the separation",
        ylabel="D(q‖p), nats",
        title="what each of them costs",
    )


def draw_unequal_means(ax):
    """Draw the means of all stationary q against the separation, for weights 0.7 and 0.3."""
    _draw_branches(ax, [0.7, 0.3], 1)
    ax.set(
        xlim=(1, 4),
        ylim=(-4.2, 4.2),
        xlabel="d, half the separation",
        ylabel="μ of q",
        title="weights 0.7 and 0.3, σ free",
    )


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
    ax.axvline(fork, linewidth=0.8, linestyle=":", color=INK)
    ax.text(fork + 0.05, -3.9, "pitchfork")
    ax.set(
        xlim=(1, 4),
        ylim=(-4.2, 4.2),
        xlabel="d, half the separation",
        ylabel="μ of q",
        title="equal weights, σ held at 1",
    )


bifurcation = Figure(
    "kl-bifurcation",
    draw_equal_means,
    draw_equal_divergences,
    draw_unequal_means,
    draw_fixed_width_means,
    caption="Every stationary point of $D(q‖p)$ as the modes move apart: minima as orange dots, "
    "saddles and maxima in grey. First: two minima appear out of nothing at the fold, far "
    "from the covering one, which stays a minimum. Second: they become the better ones only "
    "at the jump. Third: with unequal weights the covering minimum meets a saddle and "
    "vanishes. Fourth: with the width held fixed the one minimum splits smoothly.",
    alt="Four panels of stationary points against the separation of the modes",
)


# ---- near equality: what libraries return ----


def _draw_results(ax, values, marker, colour, label):
    """Draw what is positive, the size of what is negative in red, and marks for zero and NaN."""
    ax.plot(
        STEPS[values > 0],
        values[values > 0],
        marker,
        color=light(colour),
        markersize=4,
        label=label,
    )
    ax.plot(STEPS[values < 0], -values[values < 0], "v", color=light("bad"), markersize=4)
    for wrong, height, name in (
        (values == 0, 1e-26, "zero"),
        (np.isnan(values), 1e-28, "not a number"),
    ):
        if wrong.any():
            ax.plot(
                STEPS[wrong], np.full(wrong.sum(), height), "|", color=light("bad"), markersize=6
            )
            ax.text(1e-8, height, name, color=light("bad"), va="center")


def _label_results(ax, title):
    ax.legend(loc="upper left", handletextpad=0.3)
    ax.set(
        xscale="log",
        yscale="log",
        ylim=(1e-29, 1e4),
        xlabel="ε, the step from p to q",
        ylabel="nats",
        title=title,
    )
    ax.set_yticks([1e-25, 1e-20, 1e-15, 1e-10, 1e-5, 1])


def draw_near_kl(ax):
    """Draw D(p‖q) as q approaches p, by SciPy, by the formula and by itlib."""
    formula = divergences(lambda p, q: np.sum(p * (np.log(p) - np.log(q))))
    _draw_results(ax, formula, "x", "muted", "sum of p * (log(p) - log(q))")
    _draw_results(ax, divergences(scipy_entropy), "+", "mix", "scipy.stats.entropy")
    _draw_results(
        ax, divergences(lambda p, q: rel_entr(p, q).sum()), ".", "q", "scipy.special.rel_entr"
    )
    ax.plot(
        STEPS,
        divergences(partial(kl_divergence, base=math.e)),
        color=light("p"),
        label="itlib.kl_divergence",
    )
    ax.plot([], [], "v", color=light("bad"), markersize=4, label="negative")
    _label_results(ax, "D(p‖q)")


def draw_near_js(ax):
    """Draw D_JS(p, q) as q approaches p, by SciPy and by itlib."""
    _draw_results(ax, divergences(jensenshannon) ** 2, ".", "q", "jensenshannon, squared")
    ax.plot(
        STEPS,
        divergences(partial(js_divergence, base=math.e)),
        color=light("p"),
        label="itlib.js_divergence",
    )
    _label_results(ax, "D_JS(p, q)")


def draw_fisher_ratio(ax):
    """Draw D(p‖q) as a multiple of half the Fisher quadratic, against that quadratic."""
    halves = np.array([half_fisher(step) for step in STEPS])
    ax.axhline(1, linewidth=0.8, color=light("muted"))
    ax.plot(
        halves,
        divergences(lambda p, q: rel_entr(p, q).sum()) / halves,
        ".",
        color=light("q"),
        markersize=4,
    )
    ax.plot(
        halves,
        divergences(partial(kl_divergence, base=math.e)) / halves,
        "o",
        color=light("p"),
        markersize=3,
    )
    ax.text(1e-12, 1.03, "itlib", color=light("p"), ha="right")
    ax.text(
        1e-12,
        0.91,
        "scipy.special.rel_entr,\nfarther left off the picture",
        color=light("q"),
        ha="right",
    )
    ax.set(
        xscale="log",
        ylim=(0.85, 1.15),
        xlabel="half the Fisher quadratic, nats",
        ylabel="D(p‖q) as its multiple",
        title="the quadratic, over 20 decades",
    )
    ax.set_xticks([1e-24, 1e-19, 1e-14, 1e-9, 1e-4])


near_equality = Figure(
    "kl-near-equality",
    draw_near_kl,
    draw_near_js,
    draw_fisher_ratio,
    height=300,
    caption="$p = (.4, .3, .2, .1)$, and $q$ a step of ε away: the third entry lower, the others "
    "higher. First and second: what comes back as the step shrinks. Below about $10^{-16}$ "
    "nats the sums of $p \\log(p/q)$ are rounding: they stay where they are, scatter, or "
    "turn negative (red triangles, at their size), zero or not a number (red marks at the "
    "bottom). `itlib` follows the straight line. Third: its $D(p‖q)$ is half the Fisher "
    "quadratic, $\\tfrac12 \\sum (p - q)^2 / p$, wherever that is small, over more than "
    "twenty decades.",
    alt="Divergences against the step on logarithmic axes: SciPy's scatter, turn negative, zero or "
    "nan below 1e-16 nats, itlib's fall on a straight line; itlib's ratio to the quadratic is 1",
)


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
    "kl-samples",
    draw_forward_samples,
    draw_reverse_samples,
    height=200,
    caption="The humps (blue), the best $q$ for each direction, and 300 samples from it. "
    "The forward fit draws many samples where $p$ has next to none; the reverse fit draws "
    "only plausible ones, all from one hump.",
    alt="First: a wide Gaussian over both humps. Second: a narrow one on the left hump",
)
