"""The demos of the chapter on decision trees."""

from functools import lru_cache

import numpy as np
from sklearn.datasets import load_iris

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import binary_entropy, entropy, gini_impurity, information_gain, normalize
from itlib_book.shared.units import information, unit_choice

# ---- demo-threshold: a split dragged over the measurements of 150 irises ----

IRIS = load_iris()
SPECIES = tuple(str(name) for name in IRIS.target_names)
INKS = ("p", "q", "mix")
FEATURES = {
    name.removesuffix(" (cm)"): IRIS.data[:, i] for i, name in enumerate(IRIS.feature_names)
}
MEASUREMENT = Choice("measured", tuple(FEATURES), start="sepal length", label="measured")
THRESHOLD = Slider("threshold", 0.05, 7.95, 0.1, start=6.05, label="cut, cm")
SCATTER = np.random.default_rng(0).uniform(-0.3, 0.3, 50)  # so that equal flowers can be told


@lru_cache(maxsize=1024)
def left_counts(measured, threshold):
    """Return how many flowers of each species lie at or below the threshold."""
    left = IRIS.target[FEATURES[measured] <= threshold]
    return np.bincount(left, minlength=len(SPECIES))


def right_counts(measured, threshold):
    """Return how many flowers of each species lie above the threshold."""
    return np.bincount(IRIS.target) - left_counts(measured, threshold)


@lru_cache(maxsize=1024)
def gain(measured, threshold):
    """The information gain of the split, in bits."""
    return information_gain(FEATURES[measured] <= threshold, IRIS.target)


def gains(measured):
    """The gain at every stop of the threshold."""
    return [gain(measured, threshold) for threshold in THRESHOLD.stops]


def _group(counts):
    size = int(counts.sum())
    if not size:
        return "no flowers"
    return f"{size} flowers, {entropy(normalize(counts)):.4f} bits"


def left(measured, threshold):
    """The group at or below the threshold."""
    return _group(left_counts(measured, threshold))


def right(measured, threshold):
    """The group above the threshold."""
    return _group(right_counts(measured, threshold))


def _flowers(species):
    def centimetres(measured):
        return FEATURES[measured][IRIS.target == species]

    return Points(x=centimetres, y=species + SCATTER, colour=INKS[species], radius=2.6, opacity=0.6)


def _child_bars(species):
    def below(measured, threshold):
        return left_counts(measured, threshold)[species]

    def above(measured, threshold):
        return right_counts(measured, threshold)[species]

    return [
        Bars(
            left=start + species, right=start + species + 0.8, base=0, top=top, colour=INKS[species]
        )
        for start, top in ((0, below), (4, above))
    ]


def flowers_axes(ax):
    """Axes for the flowers, one row for each species."""
    ax.set(
        xlim=(0, 8),
        ylim=(-0.6, 2.6),
        xlabel="cm",
        yticks=range(3),
        yticklabels=SPECIES,
        title="150 flowers, and the cut",
    )
    ax.tick_params(axis="y", length=0)


def gain_axes(ax):
    """Axes for the gain against the threshold."""
    ax.set(
        xlim=(0, 8),
        ylim=(0, 1),
        xlabel="threshold, cm",
        ylabel="bits",
        title="information gain of every cut",
    )


def children_axes(ax):
    """Axes for the counts in both groups."""
    ax.set(
        xlim=(-0.3, 7.1),
        ylim=(0, 54),
        title="the two groups",
        ylabel="flowers",
        xticks=[1.4, 5.4],
        xticklabels=["at or below the cut", "above it"],
    )
    ax.tick_params(axis="x", length=0)


threshold = Demo(
    "threshold",
    controls=[MEASUREMENT, THRESHOLD, unit_choice()],
    panels=[
        Panel(
            axes=flowers_axes,
            drag_x="threshold",
            marks=(
                *(_flowers(species) for species in range(3)),
                Curve(x="threshold", y=[-0.6, 2.6], colour="ink"),
            ),
            alt="One dot for each flower, at its measurement, in a row for each species, and an "
            "upright line at the threshold",
        ),
        Panel(
            axes=gain_axes,
            drag_x="threshold",
            marks=(
                Curve(x=np.array(THRESHOLD.stops), y=gains, colour="good"),
                Points(x="threshold", y=gain, colour="good"),
            ),
            alt="The information gain against the threshold; a dot marks the present one",
        ),
        Panel(
            axes=children_axes,
            marks=tuple(bars for species in range(3) for bars in _child_bars(species)),
            alt="Bars of the number of flowers of each species on both sides of the threshold",
        ),
    ],
    readouts=[
        information(gain, label="gain", colour="good"),
        Readout(of=left, label="at or below", digits=None),
        Readout(of=right, label="above", digits=None),
    ],
    caption="Drag the cut. The species are setosa (blue), versicolor (orange) and virginica "
    "(purple), fifty flowers of each, so the groups start from $\\log_2 3$ bits.",
)


# ---- demo-criteria: entropy, Gini impurity and error over one split ----

PS = np.linspace(0, 1, 101)
SHARE = Slider("share", 0.1, 0.9, 0.1, start=0.5, label="size of 1")
FIRST = Slider("first", 0, 1, 0.05, start=0.1, label="positives in 1")
SECOND = Slider("second", 0, 1, 0.05, start=0.4, label="positives in 2")


def gini(p):
    """Return the Gini impurity of two classes with shares p and 1 − p."""
    p = np.asarray(p, dtype=float)
    return gini_impurity(np.stack([p, 1 - p], axis=-1))


def error(p):
    """Return the error of predicting the more frequent class."""
    return np.minimum(p, 1 - np.asarray(p, dtype=float))


def parent(share, first, second):
    """The share of positives before the split."""
    return min(max(share * first + (1 - share) * second, 0.0), 1.0)


@lru_cache(maxsize=32768)
def _height(impurity, p):
    return float(impurity(p))


def _decrease(impurity, share, first, second):
    """Return how much a split lowers an impurity on average."""
    before = _height(impurity, parent(share, first, second))
    after = share * _height(impurity, first) + (1 - share) * _height(impurity, second)
    # The gap of a concave curve; what is below zero is rounding.
    return max(before - after, 0.0)


def entropy_decrease(share, first, second):
    """The information gain in bits."""
    return _decrease(binary_entropy, share, first, second)


def gini_gap(share, first, second):
    """The decrease of the Gini impurity."""
    return _decrease(gini, share, first, second)


def error_gap(share, first, second):
    """The decrease of the error."""
    return _decrease(error, share, first, second)


def _criterion_panel(impurity, title, top):
    def chord(first, second):
        return [first, second], [_height(impurity, first), _height(impurity, second)]

    def gap(share, first, second):
        high = _height(impurity, parent(share, first, second))
        return [high - _decrease(impurity, share, first, second), high]

    def axes(ax):
        ax.plot(PS, impurity(PS), color=light("p"))
        ax.set(
            xlim=(-0.02, 1.02),
            ylim=(-0.03 * top, 1.12 * top),
            title=title,
            xlabel="share of positives",
        )

    return Panel(
        axes=axes,
        marks=(
            Curve(xy=chord, colour="muted", width=1.4),
            Curve(x=parent, y=gap, colour="good", width=4),
            Points(xy=chord, colour="q"),
        ),
        alt=f"{title} against the share of positives; two dots for the groups, the chord between "
        "them, and a thick line from the chord up to the curve, which is the decrease",
    )


criteria = Demo(
    "criteria",
    controls=[SHARE, FIRST, SECOND, unit_choice()],
    panels=[
        _criterion_panel(binary_entropy, "entropy, bits", 1.0),
        _criterion_panel(gini, "Gini impurity", 0.5),
        _criterion_panel(error, "error", 0.5),
    ],
    readouts=[
        Readout(of=parent, label="positives before", digits=3),
        information(entropy_decrease, label="information gain", colour="good"),
        Readout(of=gini_gap, label="Gini decrease", colour="good"),
        Readout(of=error_gap, label="error decrease", colour="good"),
    ],
    caption="Two groups (orange) lie on the curve, and their weighted mean on the chord between "
    "them; what lies above it, up to the curve, is what the split gains (green).",
)
