"""The demos of the chapter on KL divergence."""

import math
from functools import lru_cache

import numpy as np

from itlib import (
    fit_gaussian_forward,
    fit_gaussian_reverse,
    gaussian_kl,
    mixture_density,
    mixture_gaussian_kl,
)

from ..baking.controls import Slider
from ..baking.demo import Demo
from ..baking.marks import Band, Bars, Curve, Points, Tiles
from ..baking.panel import Panel
from ..baking.readouts import Readout, Walk
from ..palette import light

# ---- demo-bimodal-kl: p = w N(-d, 1) + (1 - w) N(d, 1) against q = N(mu, sigma^2) ----

D = Slider("d", 0, 4, 0.1, start=3, label="d, half the gap")
W = Slider("w", 0.5, 0.9, 0.1, start=0.5, label="w, left weight")
MU = Slider("mu", -5, 5, 0.2, start=1, label="μ, q’s mean")
SIGMA = Slider("sigma", 0.6, 4.4, 0.2, start=1.6, label="σ, q’s width")

XS = np.linspace(-7, 7, 71)
BAR_WIDTH = 0.4
BARS = np.arange(-6.8, 6.9, BAR_WIDTH)


def mixture(d, w):
    """Return the weights, means and standard deviations of p."""
    return [w, 1 - w], [-d, d], [1, 1]


@lru_cache(maxsize=256)
def landscape(d, w, direction):
    """Return the divergence in nats at every stop of mu and sigma."""
    mus, sigmas = np.array(MU.stops)[:, None], np.array(SIGMA.stops)
    return mixture_gaussian_kl(*mixture(d, w), mus, sigmas, direction=direction, base=math.e)


def _at(d, w, mu, sigma, direction):
    return landscape(d, w, direction)[MU.stops.index(mu), SIGMA.stops.index(sigma)]


def forward_kl(d, w, mu, sigma):
    """D(p‖q) in nats."""
    return _at(d, w, mu, sigma, "forward")


def reverse_kl(d, w, mu, sigma):
    """D(q‖p) in nats."""
    return _at(d, w, mu, sigma, "reverse")


def p_density(d, w):
    """The bimodal density."""
    return mixture_density(XS, *mixture(d, w))


def q_density(mu, sigma):
    """The Gaussian."""
    return mixture_density(XS, [1], [mu], [sigma])


def log_p(d, w):
    """The logarithm of p where the curves are drawn."""
    return np.log(p_density(d, w))


def log_q(mu, sigma):
    """The logarithm of q where the curves are drawn."""
    return _log_gaussian(XS, mu, sigma)


def log_p_at_bars(d, w):
    """The logarithm of p in the middle of every bar."""
    return np.log(mixture_density(BARS, *mixture(d, w)))


def log_q_at_bars(mu, sigma):
    """The logarithm of q in the middle of every bar."""
    return _log_gaussian(BARS, mu, sigma)


def _log_gaussian(x, mu, sigma):
    # As a formula, since the density itself underflows far from mu.
    return -(((x - mu) / sigma) ** 2) / 2 - math.log(sigma * math.sqrt(2 * math.pi))


def _half_widths(density):
    return BAR_WIDTH / 2 * density / density.max()


def p_left(d, w):
    """Left edges of bars that are as wide as p is high."""
    return BARS - _half_widths(mixture_density(BARS, *mixture(d, w)))


def p_right(d, w):
    """Right edges of bars that are as wide as p is high."""
    return BARS + _half_widths(mixture_density(BARS, *mixture(d, w)))


def q_left(mu, sigma):
    """Left edges of bars that are as wide as q is high."""
    return BARS - _half_widths(mixture_density(BARS, [1], [mu], [sigma]))


def q_right(mu, sigma):
    """Right edges of bars that are as wide as q is high."""
    return BARS + _half_widths(mixture_density(BARS, [1], [mu], [sigma]))


def forward_optimum_mu(d, w):
    """The mean of the Gaussian that minimises D(p‖q)."""
    return fit_gaussian_forward(*mixture(d, w))[0]


def forward_optimum_sigma(d, w):
    """The width of the Gaussian that minimises D(p‖q)."""
    return fit_gaussian_forward(*mixture(d, w))[1]


@lru_cache(maxsize=256)
def reverse_optima(d, w):
    """Return (mu, sigma, nats) of every local minimum of D(q‖p), best first."""
    return fit_gaussian_reverse(*mixture(d, w))


def reverse_optima_mu(d, w):
    """The means of the Gaussians at the local minima of D(q‖p)."""
    return [mu for mu, _, _ in reverse_optima(d, w)]


def reverse_optima_sigma(d, w):
    """The widths of the Gaussians at the local minima of D(q‖p)."""
    return [sigma for _, sigma, _ in reverse_optima(d, w)]


def minima(d, w):
    """How many local minima the reverse divergence has, and where the lowest is."""
    found = reverse_optima(d, w)
    mu, sigma = (round(number, 2) + 0.0 for number in found[0][:2])
    count = "one minimum," if len(found) == 1 else f"{len(found)} minima, the lowest"
    return f"{count} at μ = {mu:.2f}, σ = {sigma:.2f}"


def density_axes(ax):
    """Axes for p and q."""
    ax.set(xlim=(-7, 7), ylim=(0, 0.7), xlabel="x", title="the densities p and q")


def forward_axes(ax):
    """Axes for the forward integrand."""
    ax.set(xlim=(-7, 7), ylim=(-8, 0.4), xlabel="x", title="D(p‖q): the gap log p − log q, where p is")


def reverse_axes(ax):
    """Axes for the reverse integrand."""
    ax.set(xlim=(-7, 7), ylim=(-8, 0.4), xlabel="x", title="D(q‖p): the gap log q − log p, where q is")


def map_axes(ax, title):
    """Axes for a landscape over mu and sigma."""
    ax.set(xlim=(-5.1, 5.1), ylim=(0.5, 4.5), xlabel="μ", ylabel="σ", title=title)


LEVELS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.6, 2, 2.5, 3.2, 4, 6)

bimodal_kl = Demo(
    "bimodal-kl",
    controls=[D, W, MU, SIGMA],
    panels=[
        Panel(axes=density_axes, drag_x="mu", marks=(
            Band(x=XS, low=0, high=p_density),
            Curve(x=XS, y=p_density),
            Curve(x=XS, y=q_density, colour="q"),
        ), alt="The densities: p with modes at −d and d, filled, and the Gaussian q as a line"),
        Panel(axes=forward_axes, drag_x="mu", marks=(
            Bars(left=p_left, right=p_right, base=log_q_at_bars, top=log_p_at_bars,
                 colour="p", down="muted"),
            Curve(x=XS, y=log_p, width=1.2),
            Curve(x=XS, y=log_q, colour="q", width=1.2),
        ), alt="log p and log q; bars as wide as p is high span the gap between them"),
        Panel(axes=lambda ax: map_axes(ax, "D(p‖q) over all μ and σ"),
              drag_x="mu", drag_y="sigma", marks=(
            Tiles(of="forward_kl", x="mu", y="sigma", levels=LEVELS),
            Points(x=forward_optimum_mu, y=forward_optimum_sigma, colour="ink", hollow=True),
            Points(x="mu", y="sigma", colour="q"),
        ), alt="Map of D(p‖q) over μ and σ, darkest where it is lowest; "
               "a ring marks its only minimum, a dot the present q"),
        Panel(axes=reverse_axes, drag_x="mu", marks=(
            Bars(left=q_left, right=q_right, base=log_p_at_bars, top=log_q_at_bars,
                 colour="q", down="muted"),
            Curve(x=XS, y=log_p, width=1.2),
            Curve(x=XS, y=log_q, colour="q", width=1.2),
        ), alt="log p and log q; bars as wide as q is high span the gap between them"),
        Panel(axes=lambda ax: map_axes(ax, "D(q‖p) over all μ and σ"),
              drag_x="mu", drag_y="sigma", marks=(
            Tiles(of="reverse_kl", x="mu", y="sigma", levels=LEVELS, colour="q"),
            Points(x=reverse_optima_mu, y=reverse_optima_sigma, colour="ink", hollow=True),
            Points(x="mu", y="sigma", colour="p"),
        ), alt="Map of D(q‖p) over μ and σ, darkest where it is lowest; "
               "rings mark its minima, one or several, a dot the present q"),
    ],
    readouts=[
        Readout(of=forward_kl, label="D(p‖q)", unit="nats", colour="p"),
        Readout(of=reverse_kl, label="D(q‖p)", unit="nats", colour="q"),
        Readout(of=minima, label="D(q‖p) has", digits=None),
    ],
    buttons=[
        Walk(readout="forward_kl", over=("mu", "sigma"), label="Minimise D(p‖q) from here"),
        Walk(readout="reverse_kl", over=("mu", "sigma"), label="Minimise D(q‖p) from here"),
    ],
    caption=(
        "Both directions measure the *same* gap between $\\log p$ and $\\log q$; "
        "they differ in who weighs it. "
        "A bar is as wide as the weighing density is high, so its area is what that stretch of "
        "$x$ adds to the integral; grey bars subtract. "
        "Drag $q$ in the upper left picture, or the dot in a map."),
)


# ---- demo-two-gaussians: where the integrand of each direction lives ----

WIDE = np.linspace(-8, 8, 129)


def two_forward(mu_q, sigma_p, sigma_q):
    """D(p‖q) in nats, in closed form."""
    return gaussian_kl(0, sigma_p, mu_q, sigma_q, base=math.e)


def two_reverse(mu_q, sigma_p, sigma_q):
    """D(q‖p) in nats, in closed form."""
    return gaussian_kl(mu_q, sigma_q, 0, sigma_p, base=math.e)


def two_p(sigma_p):
    """The density of p = N(0, sigma_p²)."""
    return np.exp(_log_gaussian(WIDE, 0, sigma_p))


def two_q(mu_q, sigma_q):
    """The density of q = N(mu_q, sigma_q²)."""
    return np.exp(_log_gaussian(WIDE, mu_q, sigma_q))


def two_forward_integrand(mu_q, sigma_p, sigma_q):
    """p log(p/q), in nats per unit of x."""
    gap = _log_gaussian(WIDE, 0, sigma_p) - _log_gaussian(WIDE, mu_q, sigma_q)
    return two_p(sigma_p) * gap


def two_reverse_integrand(mu_q, sigma_p, sigma_q):
    """q log(q/p), in nats per unit of x."""
    gap = _log_gaussian(WIDE, mu_q, sigma_q) - _log_gaussian(WIDE, 0, sigma_p)
    return two_q(mu_q, sigma_q) * gap


def two_density_axes(ax):
    """Axes for the two densities."""
    ax.set(xlim=(-8, 8), ylim=(0, 0.85), xlabel="x", title="the densities p and q")


def integrand_axes(ax, title):
    """Axes for an integrand, with a line at zero."""
    ax.set(xlim=(-8, 8), ylim=(-0.4, 1.2), xlabel="x", title=title)
    ax.axhline(0, linewidth=0.8, color=light("muted"))


two_gaussians = Demo(
    "two-gaussians",
    controls=[
        Slider("mu_q", 0, 4, 0.5, start=0, label="mean of q"),
        Slider("sigma_p", 0.5, 3, 0.5, start=0.5, label="width of p"),
        Slider("sigma_q", 0.5, 3, 0.5, start=2, label="width of q"),
    ],
    panels=[
        Panel(axes=two_density_axes, drag_x="mu_q", marks=(
            Band(x=WIDE, low=0, high=two_p),
            Curve(x=WIDE, y=two_p),
            Curve(x=WIDE, y=two_q, colour="q"),
        ), alt="The densities of the Gaussians p, filled, and q, a line"),
        Panel(axes=lambda ax: integrand_axes(ax, "p log(p/q): its area is D(p‖q)"), marks=(
            Band(x=WIDE, low=0, high=two_forward_integrand, opacity=0.4),
            Curve(x=WIDE, y=two_forward_integrand),
        ), alt="The integrand of D(p‖q) over x, with its area filled"),
        Panel(axes=lambda ax: integrand_axes(ax, "q log(q/p): its area is D(q‖p)"), marks=(
            Band(x=WIDE, low=0, high=two_reverse_integrand, colour="q", opacity=0.4),
            Curve(x=WIDE, y=two_reverse_integrand, colour="q"),
        ), alt="The integrand of D(q‖p) over x, with its area filled"),
    ],
    readouts=[
        Readout(of=two_forward, label="D(p‖q)", unit="nats", colour="p"),
        Readout(of=two_reverse, label="D(q‖p)", unit="nats", colour="q"),
    ],
    caption="Where the weighing density has no mass the integrand is flat, however wide the gap; "
            "area below the zero line subtracts, and the whole is never negative.",
)
