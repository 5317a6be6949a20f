"""The demos of the chapter on KL divergence."""

import math
from functools import lru_cache
from itertools import product

import numpy as np
from contourpy import contour_generator

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Points, Tiles
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Play, Readout, Walk
from bookkit.palette import light
from itlib import (
    fit_gaussian_forward,
    fit_gaussian_reverse,
    gaussian_kl,
    mixture_density,
    mixture_gaussian_kl,
)
from itlib.gaussian_fits import fit_planar_forward, fit_planar_reverse, planar_mixture_kl
from itlib_book.kl_divergence.data import STRIDES, descents
from itlib_book.shared.units import information, unit_choice

XS = np.linspace(-7, 7, 71)


def mixture(d, w):
    """Return the weights, means and standard deviations of p."""
    return [w, 1 - w], [-d, d], [1, 1]


# ---- demo-two-fits: two bells go downhill from one start, each on its own divergence ----

HUMPS = {"alike": 0.5, "left one larger": 0.7}


def across(reach, count):
    """Points of a bell, in its own widths: close together where it bends, for straight lines between."""
    z = np.linspace(-reach, reach, 2001)
    bend = np.sqrt(np.abs(z**2 - 1) * np.exp(-(z**2) / 2))
    bent = np.cumsum(bend) - bend / 2
    return np.interp(np.linspace(bent[0], bent[-1], count), bent, z)


ACROSS = across(3.2, 19)


def descent(gap, humps, origin, step):
    """Return (mu, sigma) of both bells after some steps: shape (2, 2)."""
    return descents(gap, HUMPS[humps], origin)[:, int(step)]


def humps_density(gap, humps):
    """The density of the data."""
    return mixture_density(XS, *mixture(gap, HUMPS[humps]))


def _bell(mu, sigma):
    return mu + sigma * ACROSS, np.exp(-(ACROSS**2) / 2) / (sigma * math.sqrt(2 * math.pi))


def forward_bell(gap, humps, origin, step):
    """The bell that goes downhill on D(p‖q)."""
    return _bell(*descent(gap, humps, origin, step)[0])


def reverse_bell(gap, humps, origin, step):
    """The bell that goes downhill on D(q‖p)."""
    return _bell(*descent(gap, humps, origin, step)[1])


@lru_cache(maxsize=512)
def _nats_on_the_way(gap, humps, origin, direction):
    way = descents(gap, HUMPS[humps], origin)[0 if direction == "forward" else 1]
    p = mixture(gap, HUMPS[humps])
    return mixture_gaussian_kl(*p, *way.T, direction=direction, base=math.e)


def forward_now(gap, humps, origin, step):
    """D(p‖q) of its bell, in nats."""
    return _nats_on_the_way(gap, humps, origin, "forward")[int(step)]


def reverse_now(gap, humps, origin, step):
    """D(q‖p) of its bell, in nats."""
    return _nats_on_the_way(gap, humps, origin, "reverse")[int(step)]


def forward_mean(gap, humps, origin, step):
    """The mean of the first bell."""
    return descent(gap, humps, origin, step)[0, 0]


def reverse_mean(gap, humps, origin, step):
    """The mean of the second bell."""
    return descent(gap, humps, origin, step)[1, 0]


def fit_axes(ax, title):
    """Axes for the data and one bell."""
    ax.set(xlim=(-7, 7), ylim=(0, 0.45), xlabel="x", yticks=[], title=title)


two_fits = Demo(
    "two-fits",
    controls=[
        Slider("step", 0, STRIDES, 1, start=0, label="time"),
        Slider("origin", -3, 3, 1, start=2, label="both start at"),
        Slider("gap", 0, 4, 1, start=3, label="humps at ±"),
        Choice("humps", tuple(HUMPS), start="alike", label="the humps"),
    ],
    panels=[
        Panel(
            axes=lambda ax: fit_axes(ax, "downhill on D(p‖q)"),
            drag_x="gap",
            height=180,
            marks=(
                Band(x=XS, low=0, high=humps_density, colour="muted"),
                Curve(xy=forward_bell, width=2.2),
            ),
            alt="Two humps, filled, and the bell that goes downhill on D(p‖q)",
        ),
        Panel(
            axes=lambda ax: fit_axes(ax, "downhill on D(q‖p)"),
            drag_x="gap",
            height=180,
            marks=(
                Band(x=XS, low=0, high=humps_density, colour="muted"),
                Curve(xy=reverse_bell, colour="q", width=2.2),
            ),
            alt="The same humps, and the bell that goes downhill on D(q‖p)",
        ),
    ],
    readouts=[
        Readout(of=forward_now, label="D(p‖q)", unit="nats", colour="p"),
        Readout(of=reverse_now, label="D(q‖p)", unit="nats", colour="q"),
        Readout(of=forward_mean, label="mean of the blue bell", digits=2, colour="p"),
        Readout(of=reverse_mean, label="mean of the orange bell", digits=2, colour="q"),
    ],
    buttons=[Play(control="step", label="Let both go")],
    caption="The data, in grey, have two humps, and each picture has one bell. Both bells start alike "
    "and go downhill with the same step size, each on its own divergence. With a larger left hump "
    "the orange bell may still be moving when the time is over. Drag the humps, or move the start.",
)


# ---- demo-bimodal-kl: p = w N(-d, 1) + (1 - w) N(d, 1) against q = N(mu, sigma^2) ----

D = Slider("d", 0, 4, 0.2, start=2, label="d, half the gap")
W = Slider("w", 0.5, 0.9, 0.1, start=0.5, label="w, left weight")
MU = Slider("mu", -5, 5, 0.2, start=2, label="μ, q’s mean")
SIGMA = Slider("sigma", 0.6, 4.4, 0.1, start=1.6, label="σ, q’s width")

BAR_WIDTH = 0.4
BARS = np.arange(-6.8, 6.9, BAR_WIDTH)


@lru_cache(maxsize=512)
def landscape(d, w, direction):
    """Return {(mu, sigma): divergence in nats} for every stop of both."""
    qs = list(product(MU.stops, SIGMA.stops))
    nats = mixture_gaussian_kl(*mixture(d, w), *np.transpose(qs), direction=direction, base=math.e)
    return dict(zip(qs, nats.tolist()))


def forward_kl(d, w, mu, sigma):
    """D(p‖q) in nats."""
    return landscape(d, w, "forward")[mu, sigma]


def reverse_kl(d, w, mu, sigma):
    """D(q‖p) in nats."""
    return landscape(d, w, "reverse")[mu, sigma]


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


def _bars(density):
    half_widths = BAR_WIDTH / 2 * density / density.max()
    return BARS - half_widths, BARS + half_widths


def p_bars(d, w):
    """Where bars begin and end that are as wide as p is high."""
    return _bars(mixture_density(BARS, *mixture(d, w)))


def q_bars(mu, sigma):
    """Where bars begin and end that are as wide as q is high."""
    return _bars(mixture_density(BARS, [1], [mu], [sigma]))


def forward_optimum(d, w):
    """The mean and the width of the Gaussian that minimises D(p‖q)."""
    return fit_gaussian_forward(*mixture(d, w))


@lru_cache(maxsize=512)
def reverse_optima(d, w):
    """Return (mu, sigma, nats) of every local minimum of D(q‖p), best first."""
    return fit_gaussian_reverse(*mixture(d, w))


def reverse_rings(d, w):
    """The means and the widths of the Gaussians at the local minima of D(q‖p)."""
    return np.array(reverse_optima(d, w)).T[:2]


def minima(d, w):
    """How many local minima the reverse divergence has, and where the lowest is."""
    found = reverse_optima(d, w)
    mu, sigma = (round(number, 2) for number in found[0][:2])
    sign = "±" if len(_best(found)) > 1 else "−" if mu < 0 else ""
    count = "one minimum," if len(found) == 1 else f"{len(found)} minima, the lowest"
    return f"{count} at μ\u00a0=\u00a0{sign}{abs(mu):.2f}, σ\u00a0=\u00a0{sigma:.2f}"


def _best(fits):
    """Return the fits that no other one beats: two, where p is symmetric."""
    return [fit for fit in fits if fit[2] < fits[0][2] + 1e-6]


def density_axes(ax):
    """Axes for p and q."""
    ax.set(xlim=(-7, 7), ylim=(0, 0.7), xlabel="x", title="the densities p and q")


def forward_axes(ax):
    """Axes for the forward integrand."""
    ax.set(xlim=(-7, 7), ylim=(-8, 0.4), xlabel="x", title="D(p‖q): p weighs the gap")


def reverse_axes(ax):
    """Axes for the reverse integrand."""
    ax.set(xlim=(-7, 7), ylim=(-8, 0.4), xlabel="x", title="D(q‖p): q weighs the gap")


def map_axes(ax, title):
    """Axes for a landscape over mu and sigma."""
    ax.set(xlim=(-5.1, 5.1), ylim=(0.5, 4.5), xlabel="μ", ylabel="σ", title=title)


LEVELS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.6, 2.2, 3.2, 5)


def map_panel(name, of, colour, minima, rings):
    """Return the map of a divergence, its minima as rings, and q as a dot to be dragged."""
    return Panel(
        axes=lambda ax: map_axes(ax, f"map of {name}"),
        drag_x="mu",
        drag_y="sigma",
        height=165,
        marks=(
            Tiles(of=of, x="mu", y="sigma", levels=LEVELS, colour=colour),
            Points(xy=minima, colour="ink", hollow=True),
            Points(x="mu", y="sigma", colour="ink"),
        ),
        alt=f"Map of {name} over μ and σ, strongest where it is lowest; {rings}, a dot the present q",
    )


bimodal_kl = Demo(
    "bimodal-kl",
    controls=[D, W, MU, SIGMA],
    panels=[
        Panel(
            axes=density_axes,
            drag_x="mu",
            height=165,
            marks=(
                Band(x=XS, low=0, high=p_density),
                Curve(x=XS, y=p_density),
                Curve(x=XS, y=q_density, colour="q"),
            ),
            alt="The densities: p with modes at −d and d, filled, and the Gaussian q as a line",
        ),
        Panel(
            axes=forward_axes,
            drag_x="mu",
            height=165,
            marks=(
                Bars(
                    across=p_bars,
                    base=log_q_at_bars,
                    top=log_p_at_bars,
                    colour="p",
                    down="muted",
                ),
                Curve(x=XS, y=log_p, width=1.2),
                Curve(x=XS, y=log_q, colour="q", width=1.2),
            ),
            alt="log p and log q; bars as wide as p is high span the gap between them",
        ),
        Panel(
            axes=reverse_axes,
            drag_x="mu",
            height=165,
            marks=(
                Bars(
                    across=q_bars,
                    base=log_p_at_bars,
                    top=log_q_at_bars,
                    colour="q",
                    down="muted",
                ),
                Curve(x=XS, y=log_p, width=1.2),
                Curve(x=XS, y=log_q, colour="q", width=1.2),
            ),
            alt="log p and log q; bars as wide as q is high span the gap between them",
        ),
        map_panel("D(p‖q)", "forward_kl", "p", forward_optimum, "a ring marks its only minimum"),
        map_panel(
            "D(q‖p)", "reverse_kl", "q", reverse_rings, "rings mark its minima, one or several"
        ),
    ],
    readouts=[
        Readout(of=forward_kl, label="D(p‖q)", unit="nats", colour="p"),
        Readout(of=reverse_kl, label="D(q‖p)", unit="nats", colour="q"),
        Readout(of=minima, label="D(q‖p) has", digits=None),
    ],
    buttons=[
        Walk(readout="forward_kl", over=("mu", "sigma"), label="Downhill on D(p‖q)"),
        Walk(readout="reverse_kl", over=("mu", "sigma"), label="Downhill on D(q‖p)"),
    ],
    caption=(
        "Both directions measure the *same* gap between $\\log p$ and $\\log q$; "
        "they differ in who weighs it. "
        "A bar is as wide as the weighing density is high, so its area is in proportion to what that "
        "stretch of $x$ adds to the integral; grey bars subtract, and long ones end at the frame. "
        "Drag $q$ in the first picture, or the dot in a map."
    ),
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
    ax.set(xlim=(-8, 8), ylim=(-0.4, 1.2), xlabel="x", ylabel="nats per unit of x", title=title)
    ax.axhline(0, linewidth=0.8, color=light("muted"))


two_gaussians = Demo(
    "two-gaussians",
    controls=[
        Slider("mu_q", 0, 4, 0.5, start=0.5, label="mean of q"),
        Slider("sigma_p", 0.5, 3, 0.5, start=1, label="width of p"),
        Slider("sigma_q", 0.5, 3, 0.5, start=1, label="width of q"),
        unit_choice("nats"),
    ],
    panels=[
        Panel(
            axes=two_density_axes,
            drag_x="mu_q",
            marks=(
                Band(x=WIDE, low=0, high=two_p),
                Curve(x=WIDE, y=two_p),
                Curve(x=WIDE, y=two_q, colour="q"),
            ),
            alt="The densities of the Gaussians p, filled, and q, a line",
        ),
        Panel(
            axes=lambda ax: integrand_axes(ax, "p log(p/q): its area is D(p‖q)"),
            marks=(
                Band(x=WIDE, low=0, high=two_forward_integrand, opacity=0.4),
                Curve(x=WIDE, y=two_forward_integrand),
            ),
            alt="The integrand of D(p‖q) over x, with its area filled",
        ),
        Panel(
            axes=lambda ax: integrand_axes(ax, "q log(q/p): its area is D(q‖p)"),
            marks=(
                Band(x=WIDE, low=0, high=two_reverse_integrand, colour="q", opacity=0.4),
                Curve(x=WIDE, y=two_reverse_integrand, colour="q"),
            ),
            alt="The integrand of D(q‖p) over x, with its area filled",
        ),
    ],
    readouts=[
        information(two_forward, label="D(p‖q)", given_in="nats", colour="p"),
        information(two_reverse, label="D(q‖p)", given_in="nats", colour="q"),
    ],
    caption="Each integrand ends where the density that is averaged over dies away, and farther out "
    "if the log ratio is large there. Area below the zero line subtracts, and the whole is never "
    "negative. Large integrands rise out of the frame.",
)


# ---- demo-bimodal-2d: the same in the plane ----

ANGLES = np.linspace(0, 2 * np.pi, 41)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)])
PLANE_X, PLANE_Y = np.linspace(-7, 7, 141), np.linspace(-4.5, 4.5, 91)
SHAPES = {"any covariance": "full", "round only": "isotropic"}
POINTS_OF_A_LINE = 48


def planar_mixture(d, rho):
    """Return the weights, means and covariances of p in the plane."""
    cov = np.array([[1, rho], [rho, 1]])
    return [0.5, 0.5], np.array([[-d, 0], [d, 0]]), [cov, cov]


def contours(d, rho):
    """Return the contours of p at three shares of its peak, as one broken line of shape (2, n)."""
    weights, means, covs = planar_mixture(d, rho)
    grid = np.stack(np.meshgrid(PLANE_X, PLANE_Y), axis=-1)
    density = 0
    for weight, mean, cov in zip(weights, means, covs):
        gap = grid - mean
        density += weight * np.exp(-np.sum(gap @ np.linalg.inv(cov) * gap, axis=-1) / 2)
    generator = contour_generator(PLANE_X, PLANE_Y, density / density.max())
    lines = [line for level in (0.8, 0.4, 0.1) for line in generator.lines(level)]
    return _broken([_thin(line.T) for line in lines])


def _thin(line):
    """Return a line of shape (2, n) with few enough points to store."""
    steps = np.linspace(0, line.shape[1] - 1, POINTS_OF_A_LINE)
    return np.stack([np.interp(steps, np.arange(line.shape[1]), row) for row in line])


def _broken(lines):
    """Join lines into one, with the pen lifted between them."""
    gap = np.full((2, 1), np.nan)
    return np.concatenate([part for line in lines for part in (line, gap)][:-1], axis=1)


def _ellipses(fits):
    """Return the ellipses one and two standard deviations around each Gaussian."""
    return _broken(
        [
            np.asarray(mean)[:, None] + reach * np.linalg.cholesky(cov) @ CIRCLE
            for mean, cov, *_ in fits
            for reach in (1, 2)
        ]
    )


@lru_cache(maxsize=1024)
def planar_forward(d, rho, shape):
    """Return (mean, cov) of the Gaussian that minimises D(p‖q)."""
    return fit_planar_forward(*planar_mixture(d, rho), shape=SHAPES[shape])


@lru_cache(maxsize=1024)
def planar_reverse(d, rho, shape):
    """Return (mean, cov, nats) of every local minimum of D(q‖p), best first."""
    return fit_planar_reverse(*planar_mixture(d, rho), shape=SHAPES[shape])


def forward_ellipse(d, rho, shape):
    """The forward optimum."""
    return _ellipses([planar_forward(d, rho, shape)])


def reverse_ellipses(d, rho, shape):
    """All local reverse optima."""
    return _ellipses(planar_reverse(d, rho, shape))


def best_ellipses(d, rho, shape):
    """The reverse optima that no other one beats."""
    return _ellipses(_best(planar_reverse(d, rho, shape)))


def least_forward(d, rho, shape):
    """The least D(p‖q) in nats."""
    best = planar_forward(d, rho, shape)
    return planar_mixture_kl(*planar_mixture(d, rho), *best, base=math.e)


def least_reverse(d, rho, shape):
    """The least D(q‖p) in nats."""
    return planar_reverse(d, rho, shape)[0][2]


def planar_minima(d, rho, shape):
    """How many local minima the reverse divergence has, and which are the best."""
    fits = planar_reverse(d, rho, shape)
    best = "covering" if np.abs(fits[0][0]).max() < 1e-3 else "one mode"
    return f"{len(fits)} {'minimum' if len(fits) == 1 else 'minima'}, best: {best}"


def plane_axes(ax, title):
    """Axes for the plane, one unit as long across as up."""
    ax.set(xlim=(-7, 7), ylim=(-4.5, 4.5), xlabel="x₁", ylabel="x₂", title=title, aspect="equal")


CONTOURS = Curve(xy=contours, broken=True, width=1.1)

bimodal_2d = Demo(
    "bimodal-2d",
    controls=[
        Slider("d", 0, 4, 0.5, start=2.5, label="d, half the gap"),
        Slider("rho", 0, 0.8, 0.2, start=0, label="ρ, correlation"),
        Choice("shape", tuple(SHAPES), start="round only", label="q’s shape"),
        unit_choice("nats"),
    ],
    panels=[
        Panel(
            axes=lambda ax: plane_axes(ax, "least D(p‖q)"),
            height=250,
            marks=(
                CONTOURS,
                Curve(xy=forward_ellipse, broken=True, colour="mix"),
            ),
            alt="Contours of p with two correlated modes, and ellipses one and two standard "
            "deviations around the Gaussian with the least D(p‖q)",
        ),
        Panel(
            axes=lambda ax: plane_axes(ax, "every local minimum of D(q‖p)"),
            height=250,
            marks=(
                CONTOURS,
                Curve(
                    xy=reverse_ellipses,
                    broken=True,
                    colour="q",
                    width=1,
                    dashed=True,
                ),
                Curve(xy=best_ellipses, broken=True, colour="q"),
            ),
            alt="Contours of p, and ellipses around every Gaussian at which D(q‖p) has a local "
            "minimum; the best ones drawn in full, the others dashed",
        ),
    ],
    readouts=[
        information(least_forward, given_in="nats", label="least D(p‖q)", colour="mix"),
        information(least_reverse, given_in="nats", label="least D(q‖p)", colour="q"),
        Readout(of=planar_minima, label="D(q‖p) has", digits=None),
    ],
    caption="The contours of $p$ are blue. Ellipses lie one and two standard deviations around each "
    "$q$ at a minimum: full lines for the best ones, dashed lines for the others.",
)
