"""The figures of the chapter on variational inference, and the data and fits behind them."""

import math
from functools import lru_cache

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import (
    evidence,
    gaussian_elbo,
    gaussian_kl,
    kl_divergence,
    mixture_density,
    normalize,
)
from itlib_book.variational_inference.data import (
    FITTED,
    HEADS,
    PRIOR,
    RHO,
    VARIANCES,
    Z,
    beliefs,
    bells,
    best_bells,
    coordinate_path,
    descend,
    fitted_rates,
    free_energy,
    gaps_at,
    importance,
    one_encoder,
    pair_divergence,
    solved_codes,
    solved_rates,
    square_bound,
    square_problem,
)

# ---- the puzzle: six numbers for eight objects ----


def draw_six(ax):
    """Draw mean and width of each of the six codes of eight objects."""
    means, widths = solved_codes()
    for i, width in enumerate(widths):
        colour = light("p" if width < 1 else "muted")
        places = i + 1 + np.linspace(-0.3, 0.3, len(means))
        ax.vlines(places, means[:, i] - width, means[:, i] + width, color=colour, linewidth=1.3)
        ax.plot(places, means[:, i], "o", color=colour, markersize=4)
    ax.set(
        xlim=(0.5, 6.5),
        ylim=(-2.6, 2.6),
        xlabel="which of the six numbers",
        ylabel="its mean ± its width",
        title="the codes of eight objects",
    )


six = Figure(
    "vi-six",
    draw_six,
    height=200,
    caption="What the encoder makes of eight objects: the mean of each of its six numbers, and how "
    "far the number is spread about it. The same eight stand side by side in every group.",
    alt="Six groups of eight dots with bars: in the first three the dots lie at different heights "
    "with short bars, in the last three all lie at 0 with bars from −1 to 1",
)

# ---- belief as a bargain: three coins, and heads was seen ----

POSTERIOR = normalize(PRIOR * HEADS)
CORNERS = np.array([[0, 0], [1, 0], [0.5, math.sqrt(3) / 2]])
COINS = "fair", "bent", "two-headed"


def draw_bargain(ax):
    """Draw misfit, price and their sum for every belief about two coins."""
    bent = np.linspace(0, 1, 201)
    q = np.stack([1 - bent, bent], axis=-1)
    prior, likelihood = np.array([0.8, 0.2]), np.array([0.1, 0.9])
    total, price = free_energy(q, prior, likelihood), kl_divergence(q, prior)
    for y, colour, name, x, height in (
        (total - price, "q", "misfit", 0.33, 1.72),
        (price, "mix", "price", 0.62, 0.25),
        (total, "p", "free energy", 0.23, 2.72),
    ):
        ax.plot(bent, y, color=light(colour), linewidth=2.4 if colour == "p" else 1.5)
        ax.text(x, height, name, color=light(colour))
    best = normalize(prior * likelihood)[1]
    ax.plot(best, -evidence(prior, likelihood), "o", color=INK, markersize=5)
    ax.text(best, -evidence(prior, likelihood) + 0.16, "posterior", ha="center")
    ax.axvline(prior[1], linewidth=0.8, linestyle=":", color=INK)
    ax.text(prior[1] + 0.015, 0.12, "prior", ha="left")
    ax.set(
        xlim=(0, 1),
        ylim=(0, 4),
        xlabel="belief in the second hypothesis",
        ylabel="bits",
        title="two hypotheses",
    )


def draw_simplex(ax):
    """Draw the free energy over all beliefs about three coins."""
    q = beliefs(72)
    total = free_energy(q)
    lowest = total.min()
    ax.tricontour(
        *(q @ CORNERS).T,
        total,
        levels=lowest + np.array([0.25, 0.5, 0.8, 1.1, 1.5]),
        colors=light("p"),
        linewidths=1.1,
    )
    ax.plot(*CORNERS[[0, 1, 2, 0]].T, color=light("muted"), linewidth=1)
    for belief, name, shift in ((PRIOR, "prior", -0.07), (POSTERIOR, "posterior", 0.07)):
        x, y = belief @ CORNERS
        ax.plot(x, y, "o", color=INK, markersize=5)
        ax.text(x, y + shift, name, va="center", ha="center")
    for (cx, cy), name in zip(CORNERS, COINS):
        ax.text(cx, cy + (0.05 if cy > 0 else -0.08), name, ha="center", va="center")
    ax.set(xlim=(-0.15, 1.15), ylim=(-0.14, 0.97), aspect="equal", title="three coins, one heads")
    ax.axis("off")


bargain = Figure(
    "vi-bargain",
    draw_bargain,
    draw_simplex,
    height=250,
    caption="The free energy is lowest at the posterior. First, two hypotheses that start at 4:1: "
    "the misfit alone would give everything to the second, the price alone would stay at "
    "the prior. Second, the three coins of the text: every point is a belief, each corner "
    "is certain of one coin, and the contours rise from the posterior outwards.",
    alt="Misfit, price and free energy against the belief in one of two hypotheses; and the free "
    "energy over the triangle of beliefs about three coins, lowest at the posterior",
)


# ---- the bound touches at the posterior ----


def draw_gap(ax):
    """Draw the bound over the mean of q, for a q of the right width and for two others."""
    x, noise = 2.0, 1.0
    width, mus = math.sqrt(noise**2 / (1 + noise**2)), np.linspace(-1, 3, 200)
    top = -0.5 * math.log(2 * math.pi * (1 + noise**2)) - x**2 / (2 * (1 + noise**2))
    ax.axhline(top, color=INK, linewidth=1)
    ax.text(-0.95, top + 0.06, "log evidence")
    for sigma, style in ((width, "-"), (0.3, "--"), (1.5, ":")):
        bound = gaussian_elbo(x, mus, sigma, noise, base=math.e)
        ax.plot(mus, bound, style, color=light("p"))
        ax.text(1, bound.max() - 0.2, f"σ = {sigma:.2g}", ha="center", va="top", color=light("p"))
    ax.set(
        xlim=(-1, 3),
        ylim=(-4.2, -1.9),
        xlabel="μ of q",
        ylabel="ELBO, nats",
        title="one Gaussian latent, x = 2 seen",
    )


gap = Figure(
    "vi-gap",
    draw_gap,
    caption="The bound for $q = N(μ, σ^2)$ when $x = z + \\text{noise}$ shows 2. It never "
    "exceeds the log evidence, and touches it at one point: the mean and the width of the "
    "posterior. What is missing anywhere else is $D(q‖\\text{posterior})$.",
    alt="Three parabolas of the bound over μ below the line of the log evidence; "
    "the one with the posterior's width touches it at μ = 1",
)


# ---- two modes, one bell ----


def draw_two_modes(ax):
    """Draw the posterior of z given z² + noise, and the best bells."""
    prior, likelihood = square_problem()
    posterior, dz = normalize(prior * likelihood), Z[1] - Z[0]
    ax.fill_between(Z, posterior / dz, color=light("p"), alpha=0.25)
    for (mu, sigma), style in zip(best_bells(), ("-", "--")):
        ax.plot(Z, bells(mu, sigma) / dz, style, color=light("q"))
    ax.text(-1.9, 0.98, "posterior", ha="center", color=light("p"))
    ax.text(1.45, 1.35, "best q", ha="right", color=light("q"))
    ax.text(0, 0.62, "best centred q", ha="center", color=light("q"))
    ax.set(xlim=(-4, 4), ylim=(0, 1.75), xlabel="z", title="after x = 4")


def draw_two_mode_bound(ax):
    """Draw the bound over mean and width of q."""
    mus, sigmas = np.linspace(-3, 3, 121), np.linspace(0.1, 1.6, 61)
    bounds = square_bound(*np.broadcast_arrays(mus[:, None], sigmas))
    short = evidence(*square_problem(), base=math.e) - bounds
    lines = ax.contour(
        mus,
        sigmas,
        short.T,
        levels=[0.8, 1.5, 2.5, 2.91, 4, 6, 10, 20],
        colors=light("q"),
        linewidths=1.1,
    )
    ax.clabel(lines, fmt="%g", fontsize=8)
    (mu, sigma), (_, centred) = best_bells()
    ax.plot([-mu, mu], [sigma] * 2, "o", color=INK, markersize=4)
    ax.plot(0, centred, "o", color=INK, markersize=4, markerfacecolor="none")
    ax.set(
        xlim=(-3, 3), ylim=(0.1, 1.6), xlabel="μ of q", ylabel="σ of q", title="log evidence − ELBO"
    )


two_modes = Figure(
    "vi-two-modes",
    draw_two_modes,
    draw_two_mode_bound,
    caption="Seeing $z^2 + \\text{noise} = 4$ leaves two explanations. First: the posterior, and "
    "the bells with the highest bound, without and with the condition that they be "
    "centred. Second: by how much the bound falls short, over all bells, in nats: two "
    "equal optima (dots), one on each mode, and between them a shallow one, which is only "
    "local (ring).",
    alt="A posterior with modes near −1.9 and 1.9, a narrow bell on the right one, and a flat bell "
    "in the middle; a map of the gap over μ and σ with two deep minima and a shallow one between",
)


# ---- the right family, stuck ----


STARTS = ((-1, 1), (1, 5), (-0.5, -2), (5, -0.5))


@lru_cache
def _stall_map():
    places = np.linspace(-6, 6, 49)
    return places, np.array([[pair_divergence(a, b) for a in places] for b in places])


def draw_stall(ax):
    """Draw D(q‖p) over the two means of q, and four descents."""
    places, cost = _stall_map()
    ax.contour(
        places,
        places,
        cost,
        levels=[0.1, 0.3, 0.5, 0.72, 0.9, 1.2, 2, 3, 5],
        colors=light("q"),
        linewidths=0.9,
    )
    for start in STARTS:
        path = descend(*start)
        ax.plot(*path.T, color=INK, linewidth=1.3)
        ax.plot(*path[0], "o", color=INK, markersize=3.5)
        ax.plot(*path[-1], "*", color=INK, markersize=9)
    ax.set(
        xlim=(-6, 6),
        ylim=(-6, 6),
        aspect="equal",
        xlabel="first mean of q",
        ylabel="second mean of q",
        title="D(q‖p), p and q of one family",
    )


stall = Figure(
    "vi-stall",
    draw_stall,
    height=290,
    caption="The target has modes at −3 and 3, and $q$ can have the same. Upper left and "
    "lower right are the exact fits; in the other two basins both components share one mode, at "
    "a cost of about $\\ln 2$ nats. Descents from four starts (dots to stars): two "
    "arrive, two stall.",
    alt="Map of D(q‖p) over both means of q with four basins; four paths end in them, "
    "two of them in the basins where both means are near one mode",
)


# ---- one factor at a time: a tied posterior and the best product ----


def draw_product(ax):
    """Draw a correlated Gaussian posterior, its best product, and a path of coordinate ascent."""
    turn = np.linspace(0, 2 * math.pi, 200)
    circle = np.array([np.cos(turn), np.sin(turn)])
    tied = np.linalg.cholesky([[1, RHO], [RHO, 1]]) @ circle
    for deviations in (1, 2):
        ax.plot(*(deviations * tied), color=light("p"), linewidth=1.5)
        ax.plot(*(deviations * math.sqrt(1 - RHO**2) * circle), color=light("q"), linewidth=1.5)
    path = coordinate_path()
    ax.plot(*path.T, color=INK, linewidth=1.2)
    ax.plot(*path[0], "o", color=INK, markersize=4)
    ax.text(1.6, 0.45, "posterior", color=light("p"), ha="left")
    ax.text(0.55, -0.95, "best product", color=light("q"), ha="left")
    ax.set(
        xlim=(-2.6, 2.9),
        ylim=(-2.4, 2.6),
        aspect="equal",
        xlabel="first coordinate",
        ylabel="second coordinate",
        title="one and two deviations",
    )


def draw_ties(ax):
    """Draw how narrow the factors are, and how much the bound misses, over the correlation."""
    rho = np.linspace(0, 0.99, 199)
    ax.plot(rho, np.sqrt(1 - rho**2), color=light("q"))
    ax.plot(rho, -np.log(1 - rho**2) / 2, color=light("mix"))
    ax.text(0.05, 1.05, "width of a factor", color=light("q"))
    ax.text(0.05, 0.13, "gap, nats", color=light("mix"))
    ax.set(
        xlim=(0, 1), ylim=(0, 2), xlabel="correlation", title="narrower, and further from the top"
    )


mean_field = Figure(
    "vi-mean-field",
    draw_product,
    draw_ties,
    height=260,
    caption="First: a Gaussian posterior with correlation 0.9 and the best product of two bells, "
    "much too narrow along the ridge and a little too wide across it. The steps are the means of the "
    "two factors, set in turn from a wrong start (dot): they climb up the ridge. Second: the width "
    "of each factor, and by how many nats the bound falls short, as the correlation grows.",
    alt="Long narrow ellipses along the diagonal with small circles over their middle, and a staircase of means "
    "along the ridge to the middle; the width of a factor falling and the gap rising over the "
    "correlation",
)

# ---- two ways to a gradient ----

AT = 2.0  # the mean of q
NOISE = np.linspace(-3, 3, 121)
WAYS = {
    "score function": ("p", lambda e: (AT + e) ** 2 * e),
    "with a baseline": ("mix", lambda e: ((AT + e) ** 2 - AT**2 - 1) * e),
    "reparameterised": ("q", lambda e: 2 * (AT + e)),
}


def draw_slopes(ax):
    """Draw the slope that one sample gives, over its noise."""
    for (name, (colour, slope)), (x, y) in zip(WAYS.items(), ((1.9, 42), (-0.8, 16), (0.7, -7))):
        ax.plot(NOISE, slope(NOISE), color=light(colour))
        ax.text(
            x, y, name, color=light(colour), ha="left" if name == "reparameterised" else "right"
        )
    ax.axhline(2 * AT, color=INK, linewidth=0.8, linestyle=":")
    ax.set(xlim=(-3, 3), ylim=(-12, 60), xlabel="ε", ylabel="slope", title="what one ε says")


def draw_samples(ax):
    """Draw the slopes that each of 150 samples gives, one row for each way."""
    rng = np.random.default_rng(1)
    noise, lift = rng.normal(size=150), rng.uniform(-0.25, 0.25, 150)
    for row, (colour, slope) in zip((2, 1, 0), WAYS.values()):
        ax.plot(slope(noise), row + lift, "o", color=light(colour), markersize=2.2, alpha=0.6)
    ax.axvline(2 * AT, color=INK, linewidth=0.8, linestyle=":")
    ax.set(
        xlim=(-10, 60), ylim=(-0.6, 2.6), yticks=[], xlabel="slope", title="150 samples, three ways"
    )


slopes = Figure(
    "vi-slopes",
    draw_slopes,
    draw_samples,
    caption="The slope of $E z^2$ in $μ$ at $μ = 2$, $σ = 1$ (dotted: the truth, 4), as a sample "
    "$z = 2 + ε$ gives it. First over $ε$, then for 150 samples: all three ways have the right "
    "mean, and very different spreads.",
    alt="Three curves of the slope over the noise, two of them cubic and steep and one a straight "
    "line; and three rows of dots around 4, the first far to the right, the second less, the third "
    "close together",
)

# ---- more samples: a tighter bound, and less for the encoder to see ----

SAMPLES = (1, 2, 4, 8, 16, 32, 64, 128)


def draw_tighter(ax):
    """Draw the bound over the number of samples."""
    top = gaussian_elbo(2, 1, math.sqrt(0.5), 1, base=math.e)  # with the posterior for q
    ax.axhline(top, color=INK, linewidth=1)
    ax.text(1, top + 0.05, "log evidence")
    ax.plot(SAMPLES, [importance(k)[0] for k in SAMPLES], "o-", color=light("p"), markersize=4)
    ax.set(xscale="log", ylim=(-3.6, -2), xlabel="samples k", ylabel="nats", title="the bound")
    ax.set_xticks([1, 10, 100], ["1", "10", "100"])


def draw_signal(ax):
    """Draw mean and spread of the encoder's slope over the number of samples."""
    found = np.array([importance(k) for k in SAMPLES])
    for values, colour, name, x, y in (
        (found[:, 2], "muted", "its spread", 20, 1.0),
        (found[:, 1], "q", "the slope", 1.15, 0.35),
    ):
        ax.plot(SAMPLES, values, "o-", color=light(colour), markersize=4)
        ax.text(x, y, name, color=light(colour))
    ax.set(
        xscale="log",
        yscale="log",
        ylim=(0.008, 3),
        xlabel="samples k",
        ylabel="nats per unit of μ",
        title="what the encoder sees",
    )
    ax.set_xticks([1, 10, 100], ["1", "10", "100"])
    ax.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])


samples = Figure(
    "vi-samples",
    draw_tighter,
    draw_signal,
    caption="The number seen through noise, $x = 2$, with the prior as $q$, all means exact. First: "
    "the bound of $k$ samples. Second, on logarithmic axes: the slope in the mean of $q$, "
    "reparameterised, and the standard deviation of one estimate of it. Both fall, the slope "
    "faster.",
    alt="The bound rising close to the line of the log evidence within some ten samples; the mean "
    "slope and its spread, equal at one sample, falling over the number of samples, the slope faster",
)

# ---- one encoder for all ----

SEEN = np.linspace(-1, 8, 91)


def draw_means(ax):
    """Draw the mean that is best at each x, and the encoder's."""
    best = [best_bells(x)[0][0] for x in SEEN]
    shift, slope, _, _ = one_encoder()
    ax.plot(SEEN, best, color=light("p"))
    ax.plot(SEEN, shift + slope * SEEN, color=light("q"))
    ax.text(0.8, 1.75, "best bell", color=light("p"))
    ax.text(4.6, 1.2, "one encoder", color=light("q"))
    ax.set(xlim=(-1, 8), ylim=(-0.2, 3), xlabel="x", ylabel="μ", title="the mean of q")


def draw_gaps(ax):
    """Draw how far the bounds of both fall short, over x."""
    own, shared = np.array([gaps_at(x) for x in SEEN]).T
    ax.fill_between(SEEN, own, shared, color=light("q"), alpha=0.18, linewidth=0)
    ax.plot(SEEN, own, color=light("p"))
    ax.plot(SEEN, shared, color=light("q"))
    ax.text(5.6, 0.5, "best bell", color=light("p"))
    ax.text(1.3, 1.5, "one encoder", color=light("q"))
    ax.set(xlim=(-1, 8), ylim=(0, 2), xlabel="x", ylabel="nats", title="log evidence − ELBO")


amortised = Figure(
    "vi-amortised",
    draw_means,
    draw_gaps,
    caption="$x = z^2 + \\text{noise}$. First: the mean of the best bell for each $x$, which jumps "
    "from 0 to a mode once the two are far enough apart, and that of one encoder with $μ$ and "
    "$\\ln σ$ linear in $x$. Second: by how much their bounds fall short. The shaded part is the "
    "amortisation gap.",
    alt="The best mean zero, then a jump and a rise like a root, beside a straight line; two curves of the "
    "gap with the space between them shaded, widest near x = 6",
)

# ---- the price of a code ----

EXAMPLES = ((0, 1), (1, 1), (0, math.sqrt(2)), (2, math.sqrt(0.5)))


def _draw_encoder(mu, sigma, title):
    def draw(ax):
        z = np.linspace(-4.5, 4.5, 300)
        ax.fill_between(z, mixture_density(z, [1], [0], [1]), color=light("p"), alpha=0.25)
        ax.plot(z, mixture_density(z, [1], [mu], [sigma]), color=light("q"))
        price = gaussian_kl(mu, sigma, 0, 1, base=math.e)
        ax.text(-4.3, 0.57, f"{price:.4f} nats", va="top")
        ax.set(xlim=(-4.5, 4.5), ylim=(0, 0.6), xlabel="z", yticks=[], title=title)

    return draw


encoders = Figure(
    "vi-encoders",
    *(_draw_encoder(mu, sigma, f"μ = {mu}, σ² = {sigma**2:.2g}") for mu, sigma in EXAMPLES),
    height=150,
    caption="Four encoders' answers (lines) against the prior $N(0, 1)$ (filled), and what each "
    "costs: nothing for the prior itself; half a nat for one step aside; less for being "
    "somewhat too wide; most for being both far off and narrow.",
    alt="Four Gaussians, each drawn over the standard normal density",
)


def draw_surface(ax):
    """Draw the contours of the divergence from the standard normal over μ and σ."""
    mus, sigmas = np.linspace(-3, 3, 121), np.linspace(0.1, 3, 117)
    price = gaussian_kl(mus[:, None], sigmas, 0, 1, base=math.e).T
    levels = [0.05, 0.25, 0.5, 1, 2, 3, 4]
    lines = ax.contour(mus, sigmas, price, levels=levels, colors=light("p"), linewidths=1.1)
    ax.clabel(lines, fmt="%g", fontsize=8)
    ax.plot(0, 1, "*", color=light("q"), markersize=12)
    for mu, sigma in EXAMPLES[1:]:
        ax.plot(mu, sigma, "o", color=INK, markersize=4)
    ax.set(xlim=(-3, 3), ylim=(0.1, 3), xlabel="μ", ylabel="σ", title="D(N(μ, σ²)‖N(0, 1)), nats")


surface = Figure(
    "vi-surface",
    draw_surface,
    height=250,
    caption="The price over all $μ$ and $σ$. The star at $(0, 1)$ is the only minimum and costs "
    "nothing; dots are the other three examples. Upwards the price grows like "
    "$σ^2/2$, downwards like $-\\ln σ$: slowly, but without bound, so that a code without "
    "any noise cannot be paid for.",
    alt="Contours around a star at μ = 0, σ = 1, closer together towards small σ",
)


# ---- a variational autoencoder that can be solved ----


def draw_collapse(ax):
    """Draw the nats of every dimension against β, as solved and as fitted."""
    betas = np.geomspace(0.1, 32, 300)
    solved, fitted = solved_rates(betas), fitted_rates(FITTED)
    for i in range(len(VARIANCES)):
        ax.plot(betas, solved[:, i], color=light("p" if i < 3 else "muted"))
        ax.plot(FITTED, fitted[:, i], "o", color=light("q"), markersize=4, clip_on=False)
    ax.axvline(1, linewidth=0.8, linestyle=":", color=INK)
    ax.text(1.05, 2.4, "the VAE")
    ax.set(
        xscale="log",
        xlim=(0.1, 32),
        ylim=(0, 2.6),
        xlabel="β",
        ylabel="nats in each dimension",
        title="six dimensions switch off",
    )
    ax.set_xticks([0.1, 1, 10], ["0.1", "1", "10"])


collapse = Figure(
    "vi-collapse",
    draw_collapse,
    height=270,
    caption="The average KL of each latent dimension as β grows: solved (lines) and reached by "
    "gradient descent from a random start (dots), with $s^2 = 1$. Every line falls with "
    "the same slope and stops at zero when β reaches the variance of its direction. At "
    "β = 1 the three small directions (grey) are off already.",
    alt="Six straight lines that fall on a logarithmic β axis to zero, one after the other, with "
    "dots of the fitted values on them",
)
