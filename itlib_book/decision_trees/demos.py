"""The demos of the chapter on decision trees."""

from functools import cache, lru_cache, wraps

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import binary_entropy, entropy, gini_impurity, information_gain, normalize
from itlib_book.decision_trees import data
from itlib_book.shared.irises import load_iris
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
SHARE = Slider("share", 0.1, 0.9, 0.1, start=0.5, label="size of group 1")
FIRST = Slider("first", 0, 1, 0.05, start=0.1, label="positives in group 1")
SECOND = Slider("second", 0, 1, 0.05, start=0.7, label="positives in group 2")


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


# ---- demo-cuts: the plane of petals cut into rectangles, and the tree that grows beside it ----

LEFT, FAR, TOP = 0.8, 7.2, 2.7  # the frame of the plane, from the width 0 up
NODE, THICK = 2.2, 0.55  # width and height of the bar of a node
PLACES = {
    "root": (3.4, 9.3),
    "left": (1.4, 6.35),
    "right": (5.6, 6.35),
    "below": (3.8, 3.4),
    "above": (8.2, 3.4),
    "below_left": (2.2, 0.75),
    "below_right": (6.0, 0.75),
}

SAMPLE = Choice("sample", data.SAMPLES, start=data.ALL, label="flowers")
FIRST_CUT = Slider("a", 1.45, 5.45, 0.2, start=4.45, label="first cut, length", unit="cm")
SECOND_CUT = Slider(
    "b", 0.95, data.WIDEST, 0.1, start=data.WIDEST, label="second, width", unit="cm"
)
THIRD_CUT = Slider(
    "c", 4.15, data.LONGEST, 0.2, start=data.LONGEST, label="third, length", unit="cm"
)


def gained(sample, a, b, c):
    """What the cuts have taken off the entropy of the species, in bits."""
    return data.gain(data.root(sample), data.leaves(sample, a, b, c))


def entropy_left(sample, a, b, c):
    """The entropy of the species within the leaves, on average, in bits."""
    return data.bits_of(data.leaves(sample, a, b, c)) / 150


def wrong(sample, a, b, c):
    """How many flowers are not of the species that is most frequent in their leaf."""
    return sum(int(group.sum() - group.max()) for group in data.leaves(sample, a, b, c))


def best(sample):
    """The first two cuts that the gain chooses for these flowers."""
    return data.best_cuts(sample)


def _nudged(kind):
    shift = np.random.default_rng(1).uniform(
        -0.04, 0.04, (2, 150)
    )  # so that equal ones can be told

    def petals(sample):
        length, width, species, rows = data.flowers(sample)
        own = species == kind
        return (
            np.where(own, length + shift[0, rows], np.nan),
            np.where(own, width + shift[1, rows], np.nan),
        )

    return Points(xy=petals, colour=INKS[kind], radius=2.2, opacity=0.75)


def height_below(b):
    """How high what lies below the second cut reaches: to the top where that is not made."""
    return b if data.second_made(b) else TOP


def third_at(a, b, c):
    """Where the third cut lies, or the first one where it is not made."""
    return c if data.third_made(a, b, c) else a


def lower_right(sample, a, b, c):
    """Return the counts of the leaf in the lower right corner, whichever cuts are made."""
    if data.third_made(a, b, c):
        return data.below_right(sample, a, b, c)
    return data.below(sample, a, b) if data.second_made(b) else data.right(sample, a)


def _regions(kind):
    """Return the rectangles in which this species is the most frequent; others have no width."""

    def wins(group):
        return group.any() and int(np.argmax(group)) == kind

    def left_end(sample, a):
        return a if wins(data.left(sample, a)) else LEFT

    def upper_end(sample, a, b):
        return FAR if wins(data.above(sample, a, b)) else a

    def middle_end(sample, a, b, c):
        return third_at(a, b, c) if wins(data.below_left(sample, a, b, c)) else a

    def lower_end(sample, a, b, c):
        return FAR if wins(lower_right(sample, a, b, c)) else third_at(a, b, c)

    ink = {"colour": INKS[kind], "opacity": 0.2}
    return (
        Bars(left=LEFT, right=left_end, base=0, top=TOP, **ink),
        Bars(left="a", right=upper_end, base="b", top=TOP, **ink),
        Bars(left="a", right=middle_end, base=0, top=height_below, **ink),
        Bars(left=third_at, right=lower_end, base=0, top=height_below, **ink),
    )


def second_line(a, b):
    """The second cut, from the first one to the edge; a point where it is not made."""
    return [a, FAR if data.second_made(b) else a], [b, b]


def third_line(a, b, c):
    """The third cut, from the axis up to the second one; a point where it is not made."""
    return [c, c], [0, b if data.third_made(a, b, c) else 0]


def _shown(counts, show):
    """Return the function of the same controls that shows what a node holds."""

    @wraps(counts)
    def of(*state, **named):
        return show(counts(*state, **named))

    return of


def _node(place):
    """Return the marks of a node: a bar with the shares of the species, and how many there are."""
    counts, (x, y) = getattr(data, place), PLACES[place]

    @cache
    def edges(*group):
        return (x + NODE * (np.cumsum([0, *group]) / max(sum(group), 1) - 0.5)).tolist()

    def ends(kind):
        return _shown(counts, lambda group: edges(*group.tolist())[kind : kind + 2])

    def size(group):
        return f"{group.sum()} flowers" if group.any() else ""

    bars = [
        Bars(across=ends(kind), base=y, top=y + THICK, colour=INKS[kind], opacity=0.7)
        for kind in range(3)
    ]
    return *bars, Text(x=x, y=y - 0.5, text=_shown(counts, size))


def first_question(sample, a):
    """The question at the root, and what it gains."""
    bits = data.gain(data.root(sample), [data.left(sample, a), data.right(sample, a)])
    return f"length ≤ {a:.2f}: {bits:.3f} bits"


def second_question(sample, a, b):
    """The second question, and what it gains; counted over all flowers, as the gains add up."""
    if not data.second_made(b):
        return ""
    parts = data.below(sample, a, b), data.above(sample, a, b)
    return f"width ≤ {b:.2f}: {data.gain(data.right(sample, a), parts):.3f} bits"


def third_question(sample, a, b, c):
    """The third question, and what it gains; counted over all flowers, as the gains add up."""
    if not data.third_made(a, b, c):
        return ""
    parts = data.below_left(sample, a, b, c), data.below_right(sample, a, b, c)
    return f"length ≤ {c:.2f}: {data.gain(data.below(sample, a, b), parts):.3f} bits"


def _question(place, text):
    x, y = PLACES[place]
    return Text(x=x, y=y - 1.05, text=text, colour="good")


def _branch(parent, child, grows=None):
    """Return the line from a question to a node below; `grows` says where it is there."""
    (x0, y0), (x1, y1) = PLACES[parent], PLACES[child]
    ends = [x0, x1], [y0 - 1.2, y1 + THICK]
    if grows is None:
        return Curve(xy=lambda: ends, colour="muted", width=1.2)

    def line(there):
        return ends if there else ([x0, x0], [y0 - 1.2, y0 - 1.2])

    return Curve(xy=_shown(grows, line), colour="muted", width=1.2)


def plane_axes(ax):
    """Axes for length and width of the petals."""
    ax.set(
        xlim=(LEFT, FAR),
        ylim=(0, TOP),
        xlabel="petal length, cm",
        ylabel="petal width, cm",
        title="the plane, and the cuts",
    )


def tree_axes(ax):
    """An empty frame for the tree."""
    ax.set(xlim=(0, 10), ylim=(-0.3, 10), title="the tree: yes to the left, no to the right")
    ax.axis("off")


cuts = Demo(
    "cuts",
    controls=[SAMPLE, FIRST_CUT, SECOND_CUT, THIRD_CUT, unit_choice()],
    panels=[
        Panel(
            axes=plane_axes,
            height=270,
            drag_x="a",
            drag_y="b",
            marks=(
                *(region for kind in range(3) for region in _regions(kind)),
                *(_nudged(kind) for kind in range(3)),
                Curve(x="a", y=[0, TOP], colour="ink"),
                Curve(xy=second_line, colour="ink"),
                Curve(xy=third_line, colour="ink"),
            ),
            alt="Length and width of the petals, a dot for each flower; lines cut the plane into "
            "rectangles, each in the colour of its most frequent species",
        ),
        Panel(
            axes=tree_axes,
            height=270,
            marks=(
                _branch("root", "left"),
                _branch("root", "right"),
                _branch("right", "below", data.second_made),
                _branch("right", "above", data.second_made),
                _branch("below", "below_left", data.third_made),
                _branch("below", "below_right", data.third_made),
                *(mark for place in PLACES for mark in _node(place)),
                _question("root", first_question),
                _question("right", second_question),
                _question("below", third_question),
            ),
            alt="A tree with one question for each cut; every node is a bar of the shares of the "
            "species in it, with the number of its flowers",
        ),
    ],
    readouts=[
        information(gained, label="gained", colour="good"),
        information(entropy_left, label="entropy left"),
        Readout(of=wrong, label="answered wrongly", digits=0),
        Readout(of=best, label="best two cuts", digits=None),
    ],
    caption="Setosa is blue, versicolor orange, virginica purple. "
    "Drag in the plane to move the first two cuts, and find the third with its slider. At the "
    "upper end of its slider the second or the third cut is not made; the third also needs the "
    "second, and lies to the right of the first. Beside each question stands what it gains, in "
    "bits, as a mean over all flowers. Samples are drawn from the 150 flowers with replacement.",
)
