"""The figures of the chapter on estimating information, and the computations they share with it."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import (
    entropy,
    mutual_information,
    mutual_information_from_samples,
)
from itlib_book.estimating_information.data import (
    CODE_JOINT,
    JOINT,
    NAMES,
    SEEDS,
    SEPAL_WIDTH,
    SHUFFLES,
    SPECIES,
    agreement,
    at_random,
    bottleneck_curve,
    chance_bias,
    chi_square_density,
    code_bound,
    groupings,
    half_scores,
    hard,
    information_of,
    k_means,
    posterior_to_the,
    quantile_bins,
    seed_scores,
    shuffled,
)

# ---- shuffled labels ----

BINS = (2, 3, 4, 5, 6, 8, 10, 12, 15)


def draw_shuffled(ax):
    """Draw the estimates for shuffled species, the predicted density, and the true order."""
    bins, scale = 6, 2 * len(SPECIES) * math.log(2)
    found = shuffled(bins)
    x = np.linspace(0.001, 0.17, 300)
    ax.hist(found, 30, range=(0, 0.15), density=True, color=light("q"), alpha=0.5)
    ax.plot(x, scale * chi_square_density(scale * x, chance_bias(bins) * scale), color=light("q"))
    truth = mutual_information_from_samples(quantile_bins(SEPAL_WIDTH, bins), SPECIES)
    ax.axvline(truth, color=light("p"), linewidth=2)
    top = ax.get_ylim()[1]
    ax.text(0.1, 0.75 * top, "shuffled", color=light("q"))
    ax.text(truth - 0.008, 0.9 * top, "as measured", color=light("p"), ha="right")
    ax.set(
        xlim=(0, truth + 0.05),
        xlabel="plug-in estimate, bits",
        yticks=[],
        title=f"sepal width in {bins} bins",
    )


def draw_bins(ax):
    """Draw the plug-in estimate against the number of bins, measured and shuffled."""
    measured = [
        mutual_information_from_samples(quantile_bins(SEPAL_WIDTH, b), SPECIES) for b in BINS
    ]
    by_chance = [shuffled(b).mean() for b in BINS]
    ax.plot(BINS, measured, "o-", color=light("p"), markersize=4)
    ax.plot(BINS, by_chance, "o", color=light("q"), markersize=4)
    ax.plot(BINS, [chance_bias(b) for b in BINS], color=light("q"), linewidth=1)
    ax.plot(BINS, np.subtract(measured, by_chance), "o--", color=light("good"), markersize=4)
    ax.text(BINS[-1], measured[-1] + 0.02, "as measured", color=light("p"), ha="right")
    ax.text(BINS[-1], by_chance[-1] - 0.07, "shuffled", color=light("q"), ha="right")
    ax.text(8.2, 0.225, "difference", color=light("good"))
    ax.set(
        xlim=(1.5, 15.5),
        ylim=(0, 0.6),
        xlabel="bins",
        ylabel="bits",
        title="more bins, more “information”",
    )


shuffled_labels = Figure(
    "est-shuffled",
    draw_shuffled,
    draw_bins,
    caption=f"What the width of the sepals tells about the species, by counting. First: {SHUFFLES} "
    "shufflings of the species give the histogram, theory gives the curve over it, and the truth "
    "for shuffled species is zero. Second: on the whole the estimate grows with the bins, and "
    "much of the growth is chance: dots for the mean over shufflings, the thin line for "
    "the formula. The dashed line is the estimate less that mean; from five bins on it "
    "stays nearly level.",
    alt="First: histogram of plug-in estimates for shuffled species, far below the measured value. "
    "Second: plug-in estimates that on the whole rise with the number of bins, as shuffled ones do",
)


# ---- scores of the four measurements ----


def draw_scores(ax):
    """Draw the mean scores as bars, each seed as a dot, and the spread over halves as a line."""
    scores, spread = seed_scores(), half_scores().std(axis=0, ddof=1)
    order = np.argsort(scores.mean(axis=0))
    nudge = np.random.default_rng(0).uniform(-0.2, 0.2, len(scores))
    for place, j in enumerate(order):
        mean = scores[:, j].mean()
        ax.barh(place, mean, 0.66, color=light("p"), alpha=0.35)
        ax.plot(scores[:, j], place + nudge, ".", color=light("p"), markersize=2)
        ax.plot(
            [mean - spread[j], mean + spread[j]],
            [place - 0.42] * 2,
            color=light("q"),
            linewidth=2.2,
        )
    limit = entropy([1 / 3] * 3, base=math.e)
    ax.axvline(limit, color=light("muted"), linewidth=1, linestyle="--")
    ax.text(limit - 0.03, 0.45, "H(species)", color=light("muted"), ha="right")
    ax.set(
        xlim=(0, 1.2),
        ylim=(-0.7, 3.6),
        xlabel="score, nats",
        yticks=range(4),
        yticklabels=[NAMES[j] for j in order],
        title="mutual_info_classif",
    )
    ax.tick_params(axis="y", length=0)


def draw_top_two(ax):
    """Draw the scores of the two petal measurements against each other, a dot for each seed."""
    length, width = seed_scores()[:, 2:].T
    ends = 0.965, 1.015
    ax.plot(ends, ends, color=light("muted"), linewidth=1)
    for first, colour in ((length > width, "p"), (length <= width, "q")):
        ax.plot(length[first], width[first], "o", color=light(colour), markersize=3, alpha=0.6)
    ax.text(0.9665, 1.0105, "width first", color=light("q"))
    ax.text(1.0145, 0.9668, "length first", color=light("p"), ha="right")
    ax.set(
        xlim=ends,
        ylim=ends,
        xlabel="petal length, nats",
        ylabel="petal width, nats",
        title=f"the first two, {SEEDS} seeds",
        xticks=[0.97, 0.98, 0.99, 1, 1.01],
        yticks=[0.97, 0.98, 0.99, 1, 1.01],
    )


scores = Figure(
    "est-scores",
    draw_scores,
    draw_top_two,
    height=240,
    caption=f"First: the scores of the four measurements, in nats and in order. Bars: means over "
    f"{SEEDS} seeds; dots: the seeds, with the same flowers and nothing else changed; "
    "orange lines: about one standard error, from random halves of the flowers. Second: each "
    "seed's scores of the petals; which of the two comes first depends on the seed.",
    alt="First: bars of four scores, petal length and width near one nat, sepal length near a "
    "half, sepal width near a quarter, with the dots of single seeds. Second: scores of petal "
    "length and width scattered on both sides of the diagonal",
)


# ---- clusterings ----

CLUSTERS = (2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 75, 100, 140)


def _draw_agreement(ax, group, title):
    found = np.array([agreement(group(k)) for k in CLUSTERS]).T
    for line, colour in zip(found, ("q", "mix", "good")):
        ax.plot(CLUSTERS, line, "o-", color=light(colour), markersize=3.5)
    ax.set(xscale="log", xlim=(1.8, 160), ylim=(-0.05, 1.05), xlabel="clusters", title=title)
    ax.set_xticks([2, 3, 5, 10, 20, 50, 100], labels=["2", "3", "5", "10", "20", "50", "100"])
    ax.minorticks_off()


def draw_k_means(ax):
    """Draw three scores of k-means against its number of clusters."""
    _draw_agreement(ax, k_means, "k-means")
    ax.text(30, 0.82, "homogeneity", color=light("q"), ha="right")
    ax.text(48, 0.5, "V-measure, NMI", color=light("mix"))
    ax.text(30, 0.2, "adjusted", color=light("good"))


def draw_at_random(ax):
    """Draw three scores of random clusters against their number."""
    _draw_agreement(ax, at_random, "clusters at random")


clusterings = Figure(
    "est-clusterings",
    draw_k_means,
    draw_at_random,
    caption="Agreement of clusters with the three species against the number of clusters. "
    "Homogeneity is the mutual information divided by $H(Y)$: splitting never lowers "
    "it, and it grows even for random clusters. With many clusters the V-measure is deceived too. "
    "Adjusted for chance, random clusters get about zero, and k-means does best with three.",
    alt="Two panels of scores against the number of clusters on a logarithmic axis; homogeneity "
    "rises towards one in both, adjusted information stays near zero for random clusters",
)


# ---- the information bottleneck ----


def draw_bottleneck(ax):
    """Draw what summaries of X keep of Y against what they keep of X."""
    places = np.array([information_of(hard(labels)) for labels in groupings()]).T
    ax.plot(*places, ".", color=light("muted"), markersize=3, alpha=0.7)
    ax.plot(*bottleneck_curve(), color=light("p"))
    whole = mutual_information(JOINT)
    ax.axhline(whole, color=light("muted"), linewidth=1, linestyle="--")
    ax.text(0.05, whole + 0.012, "I(X;Y)", color=light("muted"))
    x, y = information_of(hard((0, 0, 0, 1, 1, 1)))
    ax.plot(x, y, "o", color=light("q"), markersize=5)
    ax.text(x - 0.03, y + 0.024, "two halves", color=light("q"), ha="right")
    ax.text(2.68, 0.02, "grey: every\ngrouping", color=light("muted"), ha="right")
    ax.set(
        xlim=(0, 2.7),
        ylim=(0, whole + 0.06),
        xlabel="I(X;T), bits kept of X",
        ylabel="I(T;Y), bits",
        title="summaries of six values",
    )


def draw_bound(ax):
    """Draw the bound on I(c;X) against how sharp q is, the posterior raised to a power."""
    powers = np.linspace(0.02, 3, 200)
    bounds = [code_bound(posterior_to_the(power)) for power in powers]
    exact = mutual_information(CODE_JOINT)
    ax.axhline(exact, color=light("muted"), linewidth=1, linestyle="--")
    ax.axhline(0, color=light("line"), linewidth=0.8)
    ax.plot(powers, bounds, color=light("p"))
    ax.plot(1, exact, "o", color=light("q"), markersize=5)
    ax.text(2.95, exact + 0.03, "I(c;X)", color=light("muted"), ha="right")
    ax.text(1.1, 0.3, "H(c) + E log q(c|X)", color=light("p"))
    ax.text(1.05, exact + 0.03, "true posterior", color=light("q"), ha="left")
    ax.set(
        xlim=(0, 3),
        ylim=(-0.05, exact + 0.12),
        xlabel="sharpness of q",
        ylabel="bits",
        title="a lower bound for every q",
    )


# ---- a code and what is generated from it ----


representations = Figure(
    "est-representations",
    draw_bottleneck,
    draw_bound,
    caption="First: each summary $T$ of $X$ is a point. No summary lies above the curve, on which "
    "the bottleneck's objective is least for some $β$; it meets the dashed line only at "
    "the far right, and most of the height is had for little. Second: the bound that "
    "InfoGAN maximises, for guessers $q$ that are too vague (left of 1) or too sure "
    "(right of 1); it touches the mutual information at the true posterior.",
    alt="First: grey points below a curve that rises steeply and flattens towards I(X;Y). Second: "
    "a curve that rises to the dashed line of the mutual information at sharpness one and falls "
    "again",
)
