"""The demos of the chapter on variational inference."""

import math

import numpy as np

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Image, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout, Walk
from bookkit.palette import light
from itlib import gaussian_kl, mixture_density, standard_normal_kl
from itlib_book.shared.units import information, unit_choice
from itlib_book.variational_inference.data import measurements, solved_rates, spectrum

# ---- demo-gaussian-vae: what an encoder's Gaussian costs ----

MU = Slider("mu", -3, 3, 0.1, start=1.5, label="μ, the code’s mean")
SIGMA = Slider("sigma", 0.1, 3, 0.1, start=0.4, label="σ, its width")
ZS = np.linspace(-5, 5, 201)
PRIOR = mixture_density(ZS, [1], [0], [1])
SCALE = np.linspace(-3, 3, 121)
WIDTHS = np.linspace(0.05, 3, 119)


# D(N(μ, σ²)‖N(0, 1)) in nats, at every stop of μ (down) and σ (across)
PRICES = standard_normal_kl(
    np.array(MU.stops)[:, None, None], np.array(SIGMA.stops)[:, None], base=math.e
)


def price(mu, sigma):
    """D(N(μ, σ²)‖N(0, 1)) in nats."""
    return PRICES[MU.stops.index(mu), SIGMA.stops.index(sigma)]


def mean_part(mu):
    """What being off the middle costs, in nats: μ²/2."""
    return gaussian_kl(mu, 1, 0, 1, base=math.e)


def width_part(sigma):
    """What the wrong width costs, in nats: (σ² − 1)/2 − ln σ."""
    return gaussian_kl(0, sigma, 0, 1, base=math.e)


def encoder(mu, sigma):
    """The density of the code."""
    return mixture_density(ZS, [1], [mu], [sigma])


def code_axes(ax):
    """Axes for the code and the prior."""
    ax.set(xlim=(-5, 5), ylim=(0, 1.3), xlabel="z", title="the code N(μ, σ²) and the prior")


def price_axes(ax):
    """Axes for the price over μ and σ."""
    ax.set(
        xlim=(-3.2, 3.2), ylim=(0, 3.15), xlabel="μ", ylabel="σ", title="the price over all μ and σ"
    )
    ax.axhline(1, linewidth=0.8, color=light("muted"))


def part_axes(ax):
    """Axes for the two parts of the price."""
    ax.set(
        xlim=(-3.15, 3.15),
        ylim=(-0.15, 4.7),
        xlabel="μ (blue), σ (orange)",
        ylabel="nats",
        title="the two parts of the price",
    )


# The map has more ink where the price is lower; its top row has the largest σ.
LEVELS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.3, 1.6, 2, 2.5, 3, 4, 5)  # in nats
INKS = (len(LEVELS) - np.searchsorted(LEVELS, PRICES)).T[::-1]

gaussian_vae = Demo(
    "gaussian-vae",
    controls=[MU, SIGMA, unit_choice("nats")],
    panels=[
        Panel(
            axes=code_axes,
            drag_x="mu",
            marks=(
                Band(x=ZS, low=0, high=PRIOR),
                Curve(x=ZS, y=PRIOR),
                Curve(x=ZS, y=encoder, colour="q"),
            ),
            alt="The standard normal density, filled, and the code’s density as a line",
        ),
        Panel(
            axes=price_axes,
            drag_x="mu",
            drag_y="sigma",
            marks=(
                Image(
                    pixels=INKS,
                    shape=INKS.shape,
                    darkest=len(LEVELS),
                    box=(-3.05, 0.05, 3.05, 3.05),
                    colour="mix",
                ),
                Points(x=0, y=1, colour="ink", hollow=True),
                Points(x="mu", y="sigma", colour="q"),
            ),
            alt="Map of the divergence over μ and σ, strongest where it is lowest; a ring marks the "
            "minimum at μ = 0, σ = 1, a dot the present code",
        ),
        Panel(
            axes=part_axes,
            marks=(
                Curve(x=SCALE, y=gaussian_kl(SCALE, 1, 0, 1, base=math.e)),
                Curve(x=WIDTHS, y=gaussian_kl(0, WIDTHS, 0, 1, base=math.e), colour="q"),
                Points(x="mu", y=mean_part),
                Points(x="sigma", y=width_part, colour="q"),
            ),
            alt="The part of the mean, a parabola over μ, and the part of the width over σ, "
            "zero at 1 and steep near 0; dots mark the present values",
        ),
    ],
    readouts=[
        information(price, label="D(code‖prior)", given_in="nats"),
        information(mean_part, label="for the mean", given_in="nats", colour="p"),
        information(width_part, label="for the width", given_in="nats", colour="q"),
    ],
    buttons=[Walk(readout="price", over=("mu", "sigma"), label="Let only the KL term act")],
    caption=(
        "The code of one input against the prior, and its price. Drag the curve, or the dot in "
        "the map; the ring marks the only place that costs nothing."
    ),
)

# ---- demo-vae-beta: a linear VAE loses its dimensions one by one ----

BETAS = np.arange(1, 65) / 4
FLOOR = 0.08  # where the bars of the logarithmic picture begin
_DIRECTIONS = np.arange(1, 7)
_CLOUD = measurements()[:120] @ np.linalg.eigh(measurements().T @ measurements())[1][:, ::-1]
# An eigenvector may point either way; the cloud shall not depend on whose library chose.
CLOUD = _CLOUD * np.sign(_CLOUD[0])


def rates(beta, noise):
    """The nats of each dimension at the optimum."""
    return solved_rates(beta, noise)


def water(beta, noise):
    """The level β s² below which variance is given up."""
    return beta * noise


def lost_top(beta, noise):
    """Up to where each direction is given up."""
    return np.minimum(spectrum(), beta * noise)


def curve_of(i):
    """Return the function that gives dimension i over all β."""

    def curve(noise):
        return solved_rates(BETAS, noise)[:, i]

    return curve


def kept(beta, noise):
    """How much of each direction comes back on average: 1 − βs²/λ, or nothing."""
    return np.maximum(1 - beta * noise / spectrum(), 0)


def back(beta, noise):
    """The reconstructions along the widest and the third direction."""
    return (CLOUD * kept(beta, noise)).T[[0, 2]]


def in_use(beta, noise):
    """How many dimensions carry anything."""
    return f"{np.count_nonzero(solved_rates(beta, noise))} of 6"


def rate(beta, noise):
    """The average KL of all dimensions together, in nats."""
    return float(solved_rates(beta, noise).sum())


def error(beta, noise):
    """The mean squared error of a reconstruction from a noisy code, over all six directions."""
    return float(lost_top(beta, noise).sum())


def level_axes(ax):
    """Axes for the variances and the level."""
    ax.set(
        yscale="log",
        xlim=(0.5, 6.5),
        ylim=(FLOOR, 40),
        xlabel="direction",
        ylabel="variance",
        title="kept above the level β s²",
    )
    ax.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])


def rate_axes(ax):
    """Axes for the nats of each dimension."""
    ax.set(
        xlim=(0, 16.3),
        ylim=(-0.08, 2.6),
        xlabel="β",
        ylabel="nats",
        title="average KL of each dimension",
    )


def cloud_axes(ax):
    """Axes for data and reconstructions."""
    ax.set(
        xlim=(-12, 12),
        ylim=(-5, 5),
        xlabel="widest direction",
        ylabel="third direction",
        title="data, and what comes back",
    )


vae_beta = Demo(
    "vae-beta",
    controls=[
        Slider("beta", 0.25, 16, 0.25, start=1, label="β"),
        Slider("noise", 0.5, 2, 0.5, start=1, label="s², the decoder’s variance"),
        unit_choice("nats"),
    ],
    panels=[
        Panel(
            axes=level_axes,
            marks=(
                Bars(
                    left=_DIRECTIONS - 0.3,
                    right=_DIRECTIONS + 0.3,
                    base=FLOOR,
                    top=lost_top,
                    colour="muted",
                    opacity=0.45,
                ),
                Bars(left=_DIRECTIONS - 0.3, right=_DIRECTIONS + 0.3, base=lost_top, top=spectrum),
                Curve(x=[0.5, 6.5], y=water, colour="q", dashed=True),
            ),
            alt="Bars for the variances of six directions on a logarithmic axis, grey below the "
            "level β s², which a dashed line marks, and blue above it",
        ),
        Panel(
            axes=rate_axes,
            drag_x="beta",
            marks=(
                *(Curve(x=BETAS, y=curve_of(i), width=1.4) for i in range(6)),
                Points(x="beta", y=rates, colour="q", radius=4),
            ),
            alt="The nats of six dimensions falling with β and staying at zero one after the other; "
            "dots mark the present β",
        ),
        Panel(
            axes=cloud_axes,
            marks=(
                Points(x=CLOUD[:, 0], y=CLOUD[:, 2], colour="muted", radius=2, opacity=0.6),
                Points(xy=back, colour="q", radius=2.2),
            ),
            alt="A cloud of data in two directions, and their reconstructions, which draw together "
            "as β s² grows: into a line, and beyond the largest variance into a point",
        ),
    ],
    readouts=[
        Readout(of=in_use, label="dimensions in use", digits=None),
        information(rate, label="average KL", given_in="nats", colour="p"),
        Readout(of=error, label="mean squared error", colour="q"),
    ],
    caption=(
        "The best linear VAE for six measurements, as β grows. First the variances of the six "
        "directions: what lies under the level $β s^2$ is given up. Then the nats that each "
        "dimension carries. Last the data (grey) along two directions, and the decoder's picture "
        "of them (orange) from each mean code; the error read out is that of noisy codes, summed "
        "over all six."
    ),
)
