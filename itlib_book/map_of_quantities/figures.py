"""The figures of the map: every quantity of the book, computed from one joint table."""

from typing import NamedTuple

from matplotlib.patches import Rectangle

from bookkit.figure import Figure
from bookkit.palette import light
from itlib_book.map_of_quantities.data import amounts, strips
from itlib_book.shared.circles import draw_weather_circles
from itlib_book.shared.weather import WEATHER


class Place(NamedTuple):
    """Where a quantity stands on the map, and the symbol of what is computed there."""

    x: float
    y: float
    symbol: str
    unit: str = "bits"


# ---- the quantities of a joint table ----


# ---- the flow chart ----


PLACES = {
    "self-information": Place(5, 5.15, "I(x,y)"),
    "entropy": Place(1.6, 3.95, "H(Y)"),
    "joint entropy": Place(1.6, 2.8, "H(X,Y)"),
    "conditional entropy": Place(1.6, 1.65, "H(Y|X)"),
    "mutual information": Place(5, 0.5, "I(X;Y)"),
    "cross-entropy": Place(8.5, 3.95, "CE(p,q)"),
    "KL divergence": Place(8.5, 2.8, "D(p‖q)"),
    "Jensen–Shannon": Place(8.5, 1.65, "D_JS(p,q)"),
    "f-divergences": Place(8.5, 0.5, "TV(p,q)", ""),
    "perplexity": Place(5, 2.8, "PP", ""),
}
HALF_WIDTH, HALF_HEIGHT = 1.5, 0.37

# (from, to) -> (the corners of the arrow, what is done, where that is written)
ARROWS = {
    ("self-information", "entropy"): ([(3.5, 5.0), (2.1, 4.32)], "mean", (2.5, 4.85)),
    ("self-information", "cross-entropy"): (
        [(6.5, 5.0), (8.0, 4.32)],
        "mean over p\nof q’s surprise",
        (8.75, 4.85),
    ),
    ("entropy", "joint entropy"): ([(1.6, 3.58), (1.6, 3.17)], "of a pair", (0.85, 3.38)),
    ("joint entropy", "conditional entropy"): (
        [(1.6, 2.43), (1.6, 2.02)],
        "minus H(X)",
        (0.75, 2.23),
    ),
    ("conditional entropy", "mutual information"): (
        [(1.6, 1.28), (1.6, 0.5), (3.5, 0.5)],
        "H(Y) minus it",
        (1.75, 0.2),
    ),
    ("entropy", "perplexity"): ([(2.7, 3.58), (4.3, 3.17)], "2 to the power", (5, 3.6)),
    ("cross-entropy", "perplexity"): ([(7.3, 3.58), (5.7, 3.17)], "", (5, 3.6)),
    ("cross-entropy", "KL divergence"): ([(8.5, 3.58), (8.5, 3.17)], "minus H(p)", (9.4, 3.38)),
    ("KL divergence", "mutual information"): (
        [(7.1, 2.43), (5.7, 0.87)],
        "of p(x,y)\nand p(x) p(y)",
        (5.25, 1.75),
    ),
    ("KL divergence", "Jensen–Shannon"): ([(8.5, 2.43), (8.5, 2.02)], "to the middle", (9.5, 2.23)),
    ("Jensen–Shannon", "f-divergences"): ([(8.5, 1.28), (8.5, 0.87)], "one of many", (9.45, 1.08)),
}


def draw_boxes(ax):
    """Draw the quantities and the arrows between them, without numbers."""
    for corners, _, _ in ARROWS.values():
        xs, ys = zip(*corners)
        ax.plot(xs[:-1], ys[:-1], color=light("muted"), linewidth=0.9)
        ax.annotate(
            "",
            corners[-1],
            corners[-2],
            arrowprops={
                "arrowstyle": "->",
                "color": light("muted"),
                "linewidth": 0.9,
                "shrinkA": 0,
                "shrinkB": 0,
            },
        )
    for name, place in PLACES.items():
        corner = place.x - HALF_WIDTH, place.y - HALF_HEIGHT
        ax.add_patch(
            Rectangle(
                corner,
                2 * HALF_WIDTH,
                2 * HALF_HEIGHT,
                facecolor=light("panel"),
                edgecolor=light("line"),
                linewidth=0.8,
            )
        )
        ax.text(place.x, place.y + 0.17, name, ha="center", va="center", fontsize=9.5)
    ax.set(xlim=(0, 10.15), ylim=(0, 5.6))
    ax.axis("off")


def draw_flow(ax):
    """Draw the flow chart, with the numbers of weather and umbrella and what the arrows do."""
    draw_boxes(ax)
    found = amounts(WEATHER)
    for name, place in PLACES.items():
        ax.text(
            place.x,
            place.y - 0.17,
            f"{place.symbol} = {found[name]:.4f}",
            ha="center",
            va="center",
            fontsize=9,
            color=light("p"),
        )
    for _, words, (x, y) in ARROWS.values():
        ax.text(x, y, words, ha="center", va="center", fontsize=8.5, color=light("q"))


flow = Figure(
    "map-flow",
    draw_flow,
    width=400,
    height=370,
    caption="Ten quantities made of one table, that of weather $X$ and umbrella $Y$; $q$ is what "
    "the table would be without dependence, and $I(x,y)$ is the surprise at rain with "
    "umbrella. The numbers are in bits, but for the "
    "perplexity $\\mathrm{PP} = 2^{H(X,Y)}$, that of the pair, and the total variation TV, which "
    "have no unit. "
    "Two boxes hold the same number, and the arrow between them says why.",
    alt="A flow chart from self-information: on the left to entropy, joint entropy, conditional "
    "entropy and mutual information; on the right to cross-entropy, KL divergence, "
    "Jensen–Shannon and the f-divergences; perplexity in the middle; an arrow from KL "
    "divergence to mutual information",
)


# ---- to scale ----


STRIP_COLOURS = {
    "CE(p,q)": "muted",
    "H(X,Y)": "good",
    "D(p‖q)": "mix",
    "H(X)": "p",
    "H(Y)": "q",
    "H(X|Y)": "p",
    "I(X;Y)": "mix",
    "H(Y|X)": "q",
}


def strip_axes(ax):
    """Axes for the strips."""
    ax.set(xlim=(0, 2.05), ylim=(-0.5, 4.6), xlabel="bits", yticks=[])
    ax.spines[["left", "right", "top"]].set_visible(False)


def draw_strips(ax):
    """Draw the strips of weather and umbrella, each with its name and length."""
    for name, (row, left, right) in strips(WEATHER).items():
        colour = light(STRIP_COLOURS[name])
        ax.add_patch(
            Rectangle(
                (left, row - 0.36),
                right - left,
                0.72,
                facecolor=colour,
                edgecolor=colour,
                alpha=0.3,
                linewidth=1,
            )
        )
        ax.text(
            (left + right) / 2,
            row,
            f"{name}\n{right - left:.3f}",
            ha="center",
            va="center",
            fontsize=9,
        )
    strip_axes(ax)


to_scale = Figure(
    "map-to-scale",
    draw_weather_circles,
    draw_strips,
    height=250,
    caption="The same table twice, true to scale. In the first picture areas are bits: two circles "
    "are $H(X)$ and $H(Y)$, the overlap is $I(X;Y)$, the crescents are $H(X \\mid Y)$ and "
    "$H(Y \\mid X)$, and all of it is $H(X,Y)$. In the second lengths are bits, and there "
    "is room for $q$: what is spent, needed and wasted by someone who ignores the "
    "dependence. The two purple strips are equally long.",
    alt="Two overlapping circles for the entropies of weather and umbrella, with their mutual "
    "information as overlap; then strips: the cross-entropy on top, under it the "
    "joint entropy and the divergence side by side, then both entropies, then the two "
    "conditional entropies with the mutual information between them",
)
