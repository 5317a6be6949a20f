"""The demo of the chapter on estimating information."""

import inspect
import math
from functools import cached_property, lru_cache, wraps
from statistics import NormalDist

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Curve, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.sources import Part
from bookkit.palette import light
from itlib import (
    knn_mutual_information,
    miller_madow_entropy,
    mutual_information,
    mutual_information_from_samples,
)
from itlib_book.shared.units import information, unit_choice

# ---- demo-mi-estimators: three estimates of I(X;Y) of a Gaussian pair, over many samples ----

CORRELATIONS = {"independent": 0.0, "correlated, ρ = 0.6": 0.6, "correlated, ρ = 0.9": 0.9}
SIZES = (25, 50, 100, 200, 400)
SAMPLES = 24

PAIR = Choice("pair", tuple(CORRELATIONS), start="independent", label="X and Y are")
SIZE = Choice("n", SIZES, start=100, label="n, pairs")
BINS = Slider("bins", 2, 12, 2, start=8, label="bins on each axis")
K = Slider("k", 1, 9, 2, start=3, label="k, neighbours")


# ---- samples ----


@lru_cache(maxsize=1)
def _normals():
    return np.random.default_rng(0).normal(size=(SAMPLES, 2, SIZES[-1]))


def sample(pair, number):
    """Return one sample of the largest size; a smaller one is its beginning."""
    rho, (x, noise) = CORRELATIONS[pair], _normals()[number]
    return x, rho * x + math.sqrt(1 - rho**2) * noise


def samples(pair, n):
    """Return every sample, a pair of arrays, cut to its first n."""
    return [tuple(part[:n] for part in sample(pair, number)) for number in range(SAMPLES)]


def bin_by_rank(x, bins):
    """Return the bin of each number, with equally many numbers in each."""
    return np.argsort(np.argsort(x)) * int(bins) // len(x)


# ---- estimates, in bits ----


@lru_cache(maxsize=256)
def plug_in(pair, n, bins):
    """The plug-in estimates after binning, in increasing order."""
    return np.sort(
        [
            mutual_information_from_samples(bin_by_rank(x, bins), bin_by_rank(y, bins))
            for x, y in samples(pair, n)
        ]
    )


@lru_cache(maxsize=256)
def corrected(pair, n, bins):
    """The estimates after Miller and Madow, in increasing order."""
    return np.sort(
        [
            _miller_madow(bin_by_rank(x, bins), bin_by_rank(y, bins), int(bins))
            for x, y in samples(pair, n)
        ]
    )


def _miller_madow(x, y, bins):
    table = np.bincount(bins * x + y, minlength=bins * bins).reshape(bins, bins)
    h_x, h_y, h_xy = (
        miller_madow_entropy(counts)
        for counts in (table.sum(axis=1), table.sum(axis=0), table.ravel())
    )
    return h_x + h_y - h_xy


@lru_cache(maxsize=256)
def neighbours(pair, n, k):
    """The nearest-neighbour estimates, in increasing order."""
    return np.sort([knn_mutual_information(x, y, k=int(k)) for x, y in samples(pair, n)])


def truth(pair):
    """I(X;Y) in bits."""
    return -0.5 * math.log2(1 - CORRELATIONS[pair] ** 2) + 0.0


@lru_cache(maxsize=64)
def binned_truth(pair, bins):
    """The information in bits that is left when X and Y are cut into equally likely bins."""
    rho, normal, bins = CORRELATIONS[pair], NormalDist(), int(bins)
    edges = [normal.inv_cdf(i / bins) for i in range(1, bins)]
    rest = NormalDist(sigma=math.sqrt(1 - rho**2))
    table = np.zeros((bins, bins))
    for i, share in np.ndindex(bins, 100):
        x = normal.inv_cdf((i + (share + 0.5) / 100) / bins)
        below = [0, *(rest.cdf(edge - rho * x) for edge in edges), 1]
        table[i] += np.diff(below) / (100 * bins)
    return mutual_information(table)


def prediction(n, bins):
    """(b − 1)² / (2 n ln 2): how far the plug-in estimate of independent variables is too high."""
    return (bins - 1) ** 2 / (2 * n * math.log(2))


# ---- one sample, its bins, and one neighbourhood ----


def first_x(n):
    """The first sample, across; what is beyond n is left out."""
    x, _ = sample("independent", 0)
    return np.where(np.arange(SIZES[-1]) < n, x, np.nan)


def first_y(pair):
    """The first sample, up."""
    return sample(pair, 0)[1]


REACH = 3.2


def _edges(values, bins):
    ordered, n = np.sort(values), len(values)
    cuts = [-(-i * n // bins) for i in range(1, bins)]
    return [(ordered[cut - 1] + ordered[cut]) / 2 for cut in cuts]


def grid_x(n, bins):
    """The lines between the bins: across. First the upright ones, then the level ones."""
    edges = _edges(sample("independent", 0)[0][:n], int(bins))
    upright = [part for edge in edges for part in (edge, edge, np.nan)]
    return upright + [-REACH, REACH, np.nan] * len(edges)


def grid_y(pair, n, bins):
    """The lines between the bins: up."""
    edges = _edges(sample(pair, 0)[1][:n], int(bins))
    return [-REACH, REACH, np.nan] * len(edges) + [
        part for edge in edges for part in (edge, edge, np.nan)
    ]


def square(pair, n, k):
    """The corners of the square around the first pair that its k-th neighbour is on."""
    x, y = (part[:n] for part in sample(pair, 0))
    reach = np.sort(np.maximum(abs(x - x[0]), abs(y - y[0])))[int(k)]
    return (
        x[0] + reach * np.array([-1, 1, 1, -1, -1]),
        y[0] + reach * np.array([-1, -1, 1, 1, -1]),
    )


# ---- the picture ----

# The dots of a row lie in the order of their values; this spreads them up and down.
_STAGGER = 0.26 * ((np.arange(SAMPLES) * 7 % SAMPLES) / SAMPLES - 0.5) * 2


def _row(height):
    return (height + _STAGGER).tolist()


class Estimator:
    """What is shown of an estimator: functions of the controls that it depends on."""

    def __init__(self, estimates, label, row, colour):
        self.estimates, self.label, self.row, self.colour = estimates, label, row, colour
        self.mean = self._of("mean", lambda values, truth: values.mean())
        self.error = self._of("error", lambda values, truth: values.mean() - truth)
        self.spread = self._of("spread", lambda values, truth: values.std(ddof=1))

    def _of(self, what, number):
        @wraps(self.estimates)
        def of(pair, *rest, **named):
            return number(self.estimates(pair, *rest, **named), truth(pair))

        of.__name__ = f"{self.estimates.__name__}_{what}"
        return of

    @cached_property
    def over_sizes(self):
        """For every size the mean, one standard deviation below it, and one above."""

        def of(pair, *setting, **named):
            found = [self.estimates(pair, n, *setting, **named) for n in SIZES]
            mean = np.array([values.mean() for values in found])
            spread = np.array([values.std(ddof=1) for values in found])
            return mean, mean - spread, mean + spread

        own = inspect.signature(self.estimates)
        rest = [parameter for name, parameter in own.parameters.items() if name != "n"]
        of.__signature__ = own.replace(parameters=rest)
        return of


ESTIMATORS = (
    Estimator(plug_in, "plug-in", 3, "q"),
    Estimator(corrected, "Miller–Madow", 2, "p"),
    Estimator(neighbours, "neighbours", 1, "mix"),
)


def sample_axes(ax):
    """Axes for one sample."""
    ax.set(
        xlim=(-REACH, REACH),
        ylim=(-REACH, REACH),
        xlabel="x",
        ylabel="y",
        title="bins and one neighbourhood",
    )


LOW, HIGH = -0.5, 3


def estimate_axes(ax):
    """Axes for the estimates from many samples."""
    ax.set(
        xlim=(LOW, HIGH),
        ylim=(0.4, 3.75),
        xlabel="estimate, bits",
        yticks=[1, 2, 3],
        yticklabels=["neigh-\nbours", "Miller–\nMadow", "plug-in"],
        title=f"estimates from {SAMPLES} samples",
    )
    ax.tick_params(axis="y", length=0)


def size_axes(ax):
    """Axes for the estimates against the sample size."""
    ax.set(
        xscale="log",
        xlim=(22, 450),
        ylim=(LOW, HIGH),
        ylabel="bits",
        title="mean ± standard deviation",
    )
    ax.set_xlabel("n, pairs in a sample")
    ax.set_xticks(SIZES, labels=map(str, SIZES))
    ax.minorticks_off()
    ax.axhline(0, linewidth=0.8, color=light("line"))


mi_estimators = Demo(
    "mi-estimators",
    controls=[PAIR, SIZE, BINS, K, unit_choice()],
    panels=[
        Panel(
            axes=sample_axes,
            height=205,
            marks=(
                Curve(x=grid_x, y=grid_y, broken=True, colour="muted", width=0.8),
                Points(x=first_x, y=first_y, radius=1.8, opacity=0.75),
                Curve(xy=square, colour="mix", width=1.8),
            ),
            alt="Scatter plot of one sample of n pairs, grey lines between bins that hold equally "
            "many numbers, to within one, and a square around one pair that reaches to its k-th neighbour",
        ),
        Panel(
            axes=estimate_axes,
            height=205,
            marks=(
                Curve(x=truth, y=(0.4, 3.4), colour="ink", width=1.4),
                Curve(x=binned_truth, y=(1.55, 3.4), colour="muted", width=1.4, dashed=True),
                *(
                    Points(x=e.estimates, y=_row(e.row), colour=e.colour, radius=2.4, opacity=0.6)
                    for e in ESTIMATORS
                ),
                *(Points(x=e.mean, y=e.row, colour="ink", hollow=True) for e in ESTIMATORS),
                Text(x=truth, y=3.5, text="truth"),
            ),
            alt="Three rows of dots, one dot for each sample: plug-in, Miller–Madow and neighbour "
            "estimates; rings mark the means, a line the truth, a dashed line the information "
            "that is left after binning",
        ),
        Panel(
            axes=size_axes,
            height=205,
            marks=(
                *(
                    Band(
                        x=SIZES,
                        low=Part(e.over_sizes, 1),
                        high=Part(e.over_sizes, 2),
                        colour=e.colour,
                    )
                    for e in ESTIMATORS
                ),
                *(Curve(x=SIZES, y=Part(e.over_sizes, 0), colour=e.colour) for e in ESTIMATORS),
                Curve(x=(22, 450), y=truth, colour="ink", width=1.4),
                Curve(x="n", y=(LOW, HIGH), colour="muted", width=1, dashed=True),
            ),
            alt="Mean of the three estimates against the sample size, with bands of one standard "
            "deviation to either side; with many bins the plug-in curve starts high and comes down as "
            "n grows",
        ),
    ],
    readouts=[
        information(truth, label="truth", digits=3),
        *(
            information(of, label=f"{e.label}, {what}", digits=3, colour=e.colour)
            for e in ESTIMATORS
            for of, what in ((e.error, "error"), (e.spread, "spread"))
        ),
        information(prediction, label="chance, predicted", digits=3),
    ],
    caption=(
        f"First picture: one of {SAMPLES} samples; the neighbourhood is a square in the units of $x$ "
        "and $y$; it looks wide because the picture is. Second: what each estimator says about every one "
        "of them; rings are the means, the full line is the truth, the dashed one what binning "
        "leaves of it. Third: means and standard deviations for all sample sizes; the dashed line "
        "is at the chosen $n$. "
        "Errors are against the truth of the unbinned pair, and uncertain themselves, by about a "
        "fifth of the spread."
    ),
)
