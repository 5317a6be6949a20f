"""The figures of the chapter on differential and maximum entropy, and the densities it compares."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import (
    differential_entropy,
    entropy,
    gaussian_entropy,
    kl_divergence,
    mixture_density,
    multivariate_gaussian_kl,
    softmax,
)
from itlib_book.differential_entropy.data import (
    FACES,
    RIVALS,
    STRAIGHT,
    gaussian,
    rival_bits,
    slope_for,
)

# ---- an entropy as a width ----


def _width(ax, x, density, low, bits, title):
    width = 2**bits
    ax.bar(low, 1 / width, width, align="edge", color=light("q"), alpha=0.3)
    ax.plot(x, density, color=light("p"))
    ax.set(ylim=(0, None), ylabel="density", xlabel="x", title=f"{title}: width {width:.2f}")


def draw_bell_width(ax):
    """Draw the standard bell and the equally uncertain interval."""
    x = np.linspace(-4, 4, 201)
    bits = gaussian_entropy(1)
    _width(ax, x, mixture_density(x, [1], [0], [1]), -(2**bits) / 2, bits, "bell, σ = 1")


def draw_exponential_width(ax):
    """Draw the exponential density and the equally uncertain interval."""
    x = np.linspace(0, 6, 201)
    bits = differential_entropy(lambda t: np.exp(-t), 0, 50)
    _width(ax, x, np.exp(-x), 0, bits, "exponential")


def draw_ramp_width(ax):
    """Draw the ramp and the equally uncertain interval."""
    x = np.array([0, 1, 1])
    bits = differential_entropy(lambda t: 2 * t, 0, 1)
    _width(ax, x, np.array([0, 2, 0]), 0, bits, "ramp")


def draw_narrow_width(ax):
    """Draw a narrow bell and the equally uncertain interval."""
    x = np.linspace(-0.8, 0.8, 201)
    bits = gaussian_entropy(0.2)
    _width(ax, x, mixture_density(x, [1], [0], [0.2]), -(2**bits) / 2, bits, "bell, σ = 0.2")


widths = Figure(
    "diff-widths",
    draw_bell_width,
    draw_exponential_width,
    draw_ramp_width,
    draw_narrow_width,
    height=170,
    caption="Four densities and, in orange, the uniform density that is as uncertain as each. The "
    "differential entropy is the logarithm of the width of the orange box: above one unit "
    "it is positive (the first two), below it is negative (the last two).",
    alt="Two bells, an exponential density and a ramp, each with a box of area 1 whose width is 2 "
    "to the differential entropy",
)


# ---- a Gaussian pair ----


def draw_pair_entropies(ax):
    """Draw h(Y), h(Y|X) and their gap against the correlation."""
    rho = np.linspace(0, 0.9999, 500)
    given = gaussian_entropy(np.sqrt(1 - rho**2))
    alone = gaussian_entropy(1)
    ax.fill_between(rho, given, alone, color=light("mix"), alpha=0.15)
    ax.axhline(0, color=light("muted"), linewidth=0.8)
    ax.plot([0, 1], [alone, alone], color=light("p"))
    ax.plot(rho, given, color=light("q"))
    ax.text(0.04, alone + 0.15, "h(Y)", color=light("p"))
    ax.text(0.34, 1.3, "h(Y|X)", color=light("q"))
    ax.text(0.985, 1.5, "I(X;Y)", color=light("mix"), ha="right")
    ax.set(
        xlim=(0, 1),
        ylim=(-2, 2.7),
        xlabel="correlation ρ",
        ylabel="bits",
        title="Y, and Y once X is known",
    )


def draw_pair_information(ax):
    """Draw the mutual information of a Gaussian pair against its correlation."""
    rho = np.linspace(0, 0.9999, 120)
    origin, apart = [0, 0], np.eye(2)
    info = [multivariate_gaussian_kl(origin, [[1, r], [r, 1]], origin, apart) for r in rho]
    ax.plot(rho, info, color=light("mix"))
    ax.set(
        xlim=(0, 1),
        ylim=(0, 4.7),
        xlabel="correlation ρ",
        ylabel="bits",
        title="I(X;Y) = −½ log₂(1 − ρ²)",
    )


pair = Figure(
    "diff-pair",
    draw_pair_entropies,
    draw_pair_information,
    caption="A Gaussian pair with unit variances. First: what is left of $Y$ once $X$ is known "
    "falls below zero, which has no meaning of its own; a change of unit shifts both lines "
    "alike. Second: the gap between them, which no unit can change, grows without bound as "
    "the correlation tends to 1.",
    alt="First: h(Y) as a level line and h(Y|X) falling from it through zero. Second: the mutual "
    "information against the correlation, rising without bound",
)


# ---- rivals of the bell, all symmetric and of variance 1 ----


def _rival(name):
    def draw(ax):
        x = np.linspace(-4, 4, 801)
        ax.fill_between(x, gaussian(x), color=light("p"), alpha=0.25)
        ax.plot(x, RIVALS[name][0](x), color=light("q"))
        short = gaussian_entropy(1) - rival_bits(name)
        ax.set(
            xlim=(-4, 4),
            ylim=(0, 0.75),
            yticks=[0, 0.3, 0.6],
            title=f"{name}: {short:.3f} bits below",
        )

    draw.__doc__ = f"Draw the {name} density over the bell."
    return draw


rivals = Figure(
    "diff-rivals",
    *(_rival(name) for name in ("logistic", "Laplace", "uniform", "two bumps")),
    height=140,
    caption="Four rivals (orange) with the variance of the bell (blue), and how far each stays "
    "below the bell's entropy. The logistic density stays close to the bell's outline and "
    "costs little; each of the others says more about the shape, of which the variance says nothing.",
    alt="Four densities of variance 1 over the same bell curve: logistic, Laplace, uniform, and "
    "one with two bumps",
)


# ---- a die whose mean is 4.5 ----


def draw_one_die(ax):
    """Draw the die of largest entropy with mean 4.5, and the straight line."""
    die = softmax(slope_for(4.5) * FACES)
    ax.bar(FACES, die, 0.7, color=light("p"), alpha=0.5)
    ax.plot(FACES, STRAIGHT, "o", color=light("q"), markersize=5)
    ax.axhline(1 / 6, color=light("muted"), linewidth=0.8, linestyle="--")
    ax.text(0.6, 1 / 6 + 0.012, "fair", color=light("muted"))
    short = kl_divergence(STRAIGHT, die)
    ax.text(0.6, 0.3, f"dots: a straight line,\n{short:.3f} bits below", color=light("q"))
    ax.set(
        xlim=(0.4, 6.6),
        ylim=(0, 0.4),
        xticks=FACES,
        xlabel="face",
        ylabel="probability",
        title=f"mean 4.5: at most {entropy(die):.3f} bits",
    )


def draw_all_means(ax):
    """Draw the largest entropy against the mean."""
    means = np.linspace(1.02, 5.98, 125)
    bits = [entropy(softmax(slope_for(float(mean)) * FACES)) for mean in means]
    ax.plot(means, bits, color=light("p"))
    die = softmax(slope_for(4.5) * FACES)
    ax.plot(4.5, entropy(die), "o", color=INK, markersize=5)
    ax.plot(3.5, math.log2(6), "o", color=light("muted"), markersize=5)
    ax.text(3.5, 2.68, "fair die", color=light("muted"), ha="center")
    ax.text(4.65, entropy(die) + 0.03, "mean 4.5")
    ax.set(
        xlim=(1, 6),
        ylim=(0, 2.95),
        xlabel="mean",
        ylabel="bits",
        title="the largest entropy for each mean",
    )


die = Figure(
    "diff-die",
    draw_one_die,
    draw_all_means,
    caption="First: of all dice with mean 4.5, the softmax (bars) assumes least; a straight line "
    "with the same mean comes close but not quite. Second: the mean limits the entropy; "
    "only the mean 3.5 allows the full $\\log_2 6$, and the extremes allow none.",
    alt="First: bars rising geometrically from face 1 to face 6, and dots on a straight line. "
    "Second: an arch of the largest entropy against the mean, highest at 3.5",
)


# ---- a bandit with four arms ----

VALUES = np.array([1.0, 0.8, 0.5, 0.0])
ALPHAS = np.geomspace(0.02, 20, 121)


def draw_policies(ax):
    """Draw the best policy against the weight of the entropy."""
    policies = softmax(VALUES / ALPHAS[:, None])
    names = ("p", "q", "mix", "good")
    for share, colour in zip(policies.T, names):
        ax.plot(ALPHAS, share, color=light(colour))
    for line, (value, colour) in enumerate(zip(VALUES, names)):
        ax.text(18, 0.95 - 0.1 * line, f"value {value:g}", color=light(colour), ha="right")
    ax.set(
        xscale="log",
        xlim=(0.02, 20),
        ylim=(0, 1.05),
        xlabel="α",
        ylabel="probability",
        title="the best policy: softmax(Q/α)",
    )


def draw_trade(ax):
    """Draw mean value and entropy of the best policies, and of random ones."""
    rng = np.random.default_rng(0)
    others = rng.dirichlet(np.full(4, 0.5), 500)
    policies = softmax(VALUES / ALPHAS[:, None])
    ax.plot(
        entropy(others, base=math.e), others @ VALUES, ".", color=light("muted"), markersize=2.5
    )
    ax.plot(entropy(policies, base=math.e), policies @ VALUES, color=light("p"))
    ax.text(0.66, 0.99, "softmax, all α", color=light("p"))
    ax.text(0.03, 0.25, "random policies", color=light("muted"))
    ax.set(
        xlim=(0, 1.45),
        ylim=(0, 1.08),
        xlabel="entropy, nats",
        ylabel="mean value",
        title="no policy lies beyond the line",
    )


bandit = Figure(
    "diff-bandit",
    draw_policies,
    draw_trade,
    caption="Four arms with the values 1, 0.8, 0.5 and 0. First: the best policy goes from greedy "
    "to indifferent as the entropy counts more. Second: 500 random policies; for the "
    "entropy that it has, no policy earns more than a softmax of the values.",
    alt="First: four probabilities against α, one near 1 at the left, all nearly equal at the right. "
    "Second: points of random policies below a falling curve",
)
