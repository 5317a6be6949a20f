"""The demos of the chapter on differential and maximum entropy."""

import math
from functools import lru_cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import (
    differential_entropy,
    entropy,
    gaussian_entropy,
    mixture_density,
)
from itlib_book.differential_entropy.data import readings, step
from itlib_book.shared.units import information, unit_choice

# ---- demo-quantisation: a bell read with a ruler ----

X = np.linspace(-5, 5, 161)
PLACES = np.arange(-3, 4.01, 0.125)


def reading_bits(sigma, places):
    """The entropy of the readings in bits."""
    return entropy(readings(sigma, places)[1])


def bell_bits(sigma):
    """The differential entropy of the bell in bits."""
    return gaussian_entropy(sigma)


def formula(sigma, places):
    """What the approximation says about the readings."""
    return gaussian_entropy(sigma) - math.log2(step(places))


def off(sigma, places):
    """How much the approximation says too little."""
    return reading_bits(sigma, places) - formula(sigma, places)


def bell(sigma):
    """The density of what is measured."""
    return mixture_density(X, [1], [0], [sigma])


def _visible(sigma, places):
    middles, p = readings(sigma, places)
    seen = np.abs(middles) <= 5
    return middles[seen], p[seen]


def cells(sigma, places):
    """Where the cells begin and end."""
    middles, _ = _visible(sigma, places)
    return middles - step(places) / 2, middles + step(places) / 2


def height(sigma, places):
    """The probability of each cell divided by its width."""
    return _visible(sigma, places)[1] / step(places)


def reading_curve(sigma):
    """The entropy of the readings for every ruler."""
    return [reading_bits(sigma, places) for places in PLACES.tolist()]


def formula_curve(sigma):
    """The approximation for every ruler."""
    return gaussian_entropy(sigma) + PLACES


def cell_axes(ax):
    """Axes for the bell and the cells of the ruler."""
    ax.set(
        xlim=(-5, 5), ylim=(0, 0.85), xlabel="x", ylabel="density", title="the bell, and readings"
    )


def ruler_axes(ax):
    """Axes for entropies against the fineness of the ruler."""
    ax.axhline(0, color=light("muted"), linewidth=0.8)
    ax.set(
        xlim=(-3.15, 4.15),
        ylim=(-3, 8),
        xlabel="binary places n",
        ylabel="bits",
        title="full: H of readings, dashed: h + n",
    )


quantisation = Demo(
    "quantisation",
    controls=[
        Slider("sigma", 0.5, 2, 0.25, start=1, label="σ, the spread"),
        Slider("places", -3, 4, 0.5, start=1, label="n, for Δ = 2⁻ⁿ"),
    ],
    panels=[
        Panel(
            axes=cell_axes,
            drag_x="sigma",
            marks=(
                Bars(across=cells, base=0, top=height, colour="q", opacity=0.4),
                Curve(x=X, y=bell, colour="p"),
            ),
            alt="A bell curve, and a bar for every reading of the ruler, as wide as the step and "
            "with the area of its probability",
        ),
        Panel(
            axes=ruler_axes,
            drag_x="places",
            marks=(
                Curve(x=PLACES, y=reading_curve, colour="q"),
                Curve(x=PLACES, y=formula_curve, colour="p", dashed=True),
                Points(x="places", y=reading_bits, colour="q"),
            ),
            alt="The entropy of the readings against the number of binary places, and the straight "
            "line h + n, which it meets as soon as the ruler is fine enough",
        ),
    ],
    readouts=[
        Readout(of=step, label="step Δ", digits=4),
        Readout(of=reading_bits, label="H of the readings", unit="bits", colour="q"),
        Readout(of=bell_bits, label="h of the bell", unit="bits", colour="p"),
        Readout(of=formula, label="h − log₂ Δ", unit="bits", colour="p"),
        Readout(of=off, label="H is more by", unit="bits"),
    ],
    caption="A Gaussian (blue), rounded to multiples of $\\Delta = 2^{-n}$. Each bar has the area "
    "of the probability of its reading. Second picture: the entropy of the readings in "
    "bits, and the straight line that approximates it.",
)


# ---- demo-maxent: the density that assumes least, and a rival ----

INTERVAL, MEAN, VARIANCE = "between 0 and 4", "mean 2, not negative", "variance 1"
SHAPES = np.linspace(-1, 2, 61)
LAST = 400.0  # where the half line is cut: far beyond all rivals of mean 2


def tilted(shape):
    """Return the density ∝ exp(rate x) on [0, 4], its end, and what it is called."""
    if shape == 0:
        return lambda x: np.full_like(x, 1 / 4), 4.0, "uniform"
    rate = 0.4 * shape
    norm = math.expm1(4 * rate) / rate
    return lambda x: np.exp(rate * x) / norm, 4.0, f"∝ exp({rate:.2f} x)".replace("-", "−")


def gamma(shape):
    """Return the density ∝ x^(k − 1) exp(−kx/2), of mean 2, its end, and what it is called."""
    k = 2.0**shape
    scale = 2 / k
    norm = math.gamma(k) * scale**k
    name = "exponential" if shape == 0 else f"gamma, shape {k:.2f}"
    return lambda x: x ** (k - 1) * np.exp(-x / scale) / norm, LAST, name


def generalised_normal(shape):
    """Return half of the density ∝ exp(−(|x|/c)^β) of variance 1, its end, and its name."""
    beta = 2 * 2.0**shape
    c = math.sqrt(math.gamma(1 / beta) / math.gamma(3 / beta))
    norm = 2 * c * math.gamma(1 + 1 / beta)
    name = {-1: "Laplace", 0: "Gaussian"}.get(shape, f"∝ exp(−|x/c|^{beta:.2f})")
    return lambda x: np.exp(-((x / c) ** beta)) / norm, c * 45 ** (1 / beta), name


FAMILIES = {INTERVAL: tilted, MEAN: gamma, VARIANCE: generalised_normal}


@lru_cache(maxsize=4096)
def entropy_of(given, shape):
    """Return the differential entropy in bits of a rival, by quadrature."""
    density, end, _ = FAMILIES[given](shape)
    if given == VARIANCE:  # symmetric: the sign is one bit, |X| has the rest
        return 1 + differential_entropy(lambda x: 2 * density(x), 0, end)
    return differential_entropy(density, 0, end)


def line(given):
    """Where the curves are drawn: no point is lost at the edge of what is possible."""
    if given == VARIANCE:
        return np.linspace(-4, 6, 165)
    end = 4 if given == INTERVAL else 6
    return np.concatenate([[-4, 0], np.geomspace(0.002, end, 161), [end, 6]])


def _heights(given, shape):
    density, _, _ = FAMILIES[given](shape)
    x = line(given)
    if given == VARIANCE:
        return density(np.abs(x))
    inside = density(x[2:-2])
    beyond = 0 if given == INTERVAL else inside[-1]
    return np.concatenate([[0, 0], inside, [beyond, beyond]])


def most_heights(given):
    """The density that assumes least."""
    return _heights(given, 0.0)


def rival_heights(given, shape):
    """The density of the rival."""
    return _heights(given, shape)


def rival(given, shape):
    """What the rival is called."""
    return FAMILIES[given](shape)[2]


def most_bits(given):
    """The largest entropy under the constraint."""
    return entropy_of(given, 0.0)


def rival_bits(given, shape):
    """The entropy of the rival."""
    return entropy_of(given, shape)


def gap(given, shape):
    """How far the rival stays below, which is its divergence from the best."""
    return most_bits(given) - rival_bits(given, shape)


def gap_curve(given):
    """The gap for every shape."""
    return [gap(given, shape) for shape in SHAPES.round(2).tolist()]


def density_axes(ax):
    """Axes for two densities."""
    ax.set(
        xlim=(-4, 6),
        ylim=(0, 1.05),
        xlabel="x",
        ylabel="density",
        title="least assumed (area), rival (line)",
    )


def gap_axes(ax):
    """Axes for the gap against the shape."""
    ax.set(
        xlim=(-1.05, 2.05),
        ylim=(-0.02, 0.6),
        xlabel="shape of the rival",
        ylabel="bits",
        title="gap = D(rival‖least assumed)",
    )


maxent = Demo(
    "maxent",
    controls=[
        Choice("given", tuple(FAMILIES), start=VARIANCE, label="what is known"),
        Slider("shape", -1, 2, 0.1, start=-1, label="shape of the rival"),
        unit_choice(),
    ],
    panels=[
        Panel(
            axes=density_axes,
            marks=(
                Band(x=line, low=0, high=most_heights, colour="p"),
                Curve(x=line, y=most_heights, colour="p", width=1.2),
                Curve(x=line, y=rival_heights, colour="q"),
            ),
            alt="The density of largest entropy under the constraint as a filled area, and a rival "
            "that satisfies the same constraint as a line",
        ),
        Panel(
            axes=gap_axes,
            drag_x="shape",
            marks=(
                Curve(x=SHAPES, y=gap_curve, colour="mix"),
                Points(x="shape", y=gap, colour="mix"),
            ),
            alt="The gap between the entropies in bits against the shape of the rival; it is zero "
            "only where the rival is the density of largest entropy",
        ),
    ],
    readouts=[
        information(most_bits, label="largest entropy", colour="p"),
        information(rival_bits, label="entropy of the rival", colour="q"),
        information(gap, label="gap", colour="mix"),
        Readout(of=rival, label="the rival is", digits=None, colour="q"),
    ],
    caption="Blue: the density of largest entropy under the constraint. Orange: a rival that "
    "satisfies it too. The gap between their entropies is the divergence of the rival from "
    "the blue density; the second picture has it in bits, for every shape.",
)
