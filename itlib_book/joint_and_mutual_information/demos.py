"""The demos of the chapter on joint, conditional and mutual information."""

from functools import lru_cache

import numpy as np

import itlib
from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Text
from bookkit.demo.panel import Panel
from bookkit.palette import light
from itlib_book.shared.units import information, unit_choice

# ---- demo-joint: weather X (dry, rain) and umbrella Y (no, yes) ----

RAIN = Slider("rain", 0, 1, 0.1, start=0.5, label="P(rain)")
IF_DRY = Slider("if_dry", 0, 1, 0.05, start=0.2, label="P(umbrella | dry)")
IF_RAIN = Slider("if_rain", 0, 1, 0.05, start=0.9, label="P(umbrella | rain)")


@lru_cache(maxsize=8192)
def table(rain, if_dry, if_rain):
    """Return the joint probabilities: rows dry and rain, columns without and with umbrella."""
    return np.array(
        [[(1 - rain) * (1 - if_dry), (1 - rain) * if_dry], [rain * (1 - if_rain), rain * if_rain]]
    )


def h_x(rain):
    """H(X) in bits."""
    return itlib.binary_entropy(rain)


def h_y(rain, if_dry, if_rain):
    """H(Y) in bits."""
    return itlib.entropy(table(rain, if_dry, if_rain).sum(axis=0))


@lru_cache(maxsize=8192)
def h_xy(rain, if_dry, if_rain):
    """H(X,Y) in bits."""
    return itlib.joint_entropy(table(rain, if_dry, if_rain))


@lru_cache(maxsize=8192)
def h_x_given_y(rain, if_dry, if_rain):
    """H(X|Y) in bits."""
    return itlib.conditional_entropy(table(rain, if_dry, if_rain), given=1)


@lru_cache(maxsize=8192)
def h_y_given_x(rain, if_dry, if_rain):
    """H(Y|X) in bits."""
    return itlib.conditional_entropy(table(rain, if_dry, if_rain), given=0)


def shared(rain, if_dry, if_rain):
    """I(X;Y) in bits."""
    return itlib.mutual_information(table(rain, if_dry, if_rain))


def umbrella(rain, if_dry, if_rain):
    """P(umbrella)."""
    return table(rain, if_dry, if_rain)[:, 1].sum()


def dry(rain):
    """P(dry), where the columns of the unit square meet."""
    return 1 - rain


def middle_dry(rain):
    """The middle of the dry column."""
    return (1 - rain) / 2


def middle_rain(rain):
    """The middle of the rainy column."""
    return 1 - rain / 2


def _label(width, height, value):
    # Where the cell is too small for its number, the picture says enough.
    return f"{value:.3f}" if min(width / 2, height) >= 0.1 else ""


def _joint_label(x, y):
    def label(rain, if_dry, if_rain):
        value = table(rain, if_dry, if_rain)[x, y]
        width = rain if x else 1 - rain
        return _label(width, value / width if width else 0, value)

    return label


def _product_label(x, y):
    def label(rain, if_dry, if_rain):
        cells = table(rain, if_dry, if_rain)
        width, height = cells[x].sum(), cells[:, y].sum()
        return _label(width, height, width * height)

    return label


def _cells(split_dry, split_rain, label):
    """Return the marks of a unit square that is cut into four cells, their areas p(x,y)."""
    marks = []
    for x, (left, right, split, middle) in enumerate(
        ((0, dry, split_dry, middle_dry), (dry, 1, split_rain, middle_rain))
    ):
        marks += [
            Bars(left=left, right=right, base=0, top=split, colour="q", opacity=0.45),
            Bars(left=left, right=right, base=split, top=1, colour="q", opacity=0.15),
            Text(x=middle, y=0.04, text=label(x, 1)),
            Text(x=middle, y=0.9, text=label(x, 0)),
        ]
    return tuple(marks)


def square_axes(ax, title):
    """Axes for a unit square of probability."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xticks=[0, 0.5, 1],
        yticks=[0, 0.5, 1],
        title=title,
        xlabel="dry, then rain",
        ylabel="umbrella, then none",
    )


def information_axes(ax):
    """Axes for the strips of the information diagram."""
    ax.set(
        xlim=(0, 2),
        ylim=(-0.5, 3.6),
        xlabel="bits",
        title="who holds which bits",
        xticks=[0, 0.5, 1, 1.5, 2],
        yticks=[0.05, 1.05, 2.05, 3.05],
        yticklabels=["parts", "H(Y)", "H(X)", "H(X,Y)"],
    )
    ax.tick_params(axis="y", length=0)


def _strip(y, left, right, colour, opacity=0.75):
    return Bars(left=left, right=right, base=y - 0.3, top=y + 0.4, colour=colour, opacity=opacity)


joint = Demo(
    "joint",
    controls=[RAIN, IF_DRY, IF_RAIN, unit_choice()],
    panels=[
        Panel(
            axes=lambda ax: square_axes(ax, "the joint table, as areas"),
            marks=_cells("if_dry", "if_rain", _joint_label),
            alt="A unit square cut into four cells whose areas are the joint probabilities of "
            "weather and umbrella",
        ),
        Panel(
            axes=lambda ax: square_axes(ax, "if they were independent"),
            marks=_cells(umbrella, umbrella, _product_label),
            alt="A unit square cut into four cells whose areas are the products of the "
            "marginal probabilities; its horizontal cut is one straight line",
        ),
        Panel(
            axes=information_axes,
            marks=(
                _strip(3, 0, h_xy, "muted", 0.5),
                _strip(2, 0, h_x, "p"),
                _strip(1, h_x_given_y, h_xy, "q"),
                _strip(0, 0, h_x_given_y, "p", 0.35),
                _strip(0, h_x_given_y, h_x, "mix", 0.9),
                _strip(0, h_x, h_xy, "q", 0.35),
            ),
            alt="Strips on a common scale in bits: H(X,Y) above, H(X) from its left end, H(Y) up "
            "to its right end; below, H(X|Y), their overlap I(X;Y), and H(Y|X) side by side",
        ),
    ],
    readouts=[
        information(h_x, label="H(X)", colour="p"),
        information(h_y, label="H(Y)", colour="q"),
        information(h_xy, label="H(X,Y)"),
        information(h_x_given_y, label="H(X|Y)", colour="p"),
        information(h_y_given_x, label="H(Y|X)", colour="q"),
        information(shared, label="I(X;Y)", colour="mix"),
    ],
    caption="Weather $X$ and umbrella $Y$. In the squares areas are probabilities: both have the "
    "same margins, and only the cut differs. "
    "In the strips lengths are bits. The lowest strip has three parts: $H(X \\mid Y)$, the overlap "
    "$I(X;Y)$ in purple, and $H(Y \\mid X)$.",
)


# ---- demo-xor: three variables; Z is computed from two coins, and sometimes flipped ----

GATES = {
    "X xor Y": lambda x, y: x ^ y,
    "X and Y": lambda x, y: x & y,
    "X or Y": lambda x, y: x | y,
    "X alone": lambda x, y: x,
}
GATE = Choice("gate", tuple(GATES), start="X alone", label="Z is")
ALIKE = Slider("alike", 0, 1, 0.1, start=0.5, label="P(Y = X)")
FLIP = Slider("flip", 0, 0.5, 0.05, start=0, label="P(Z is flipped)")


@lru_cache(maxsize=1024)
def three(gate, alike, flip):
    """Return p(x,y,z): a fair coin X, a coin Y that agrees with it sometimes, a noisy gate Z."""
    p_xyz = np.zeros((2, 2, 2))
    for x, y in np.ndindex(2, 2):
        z = GATES[gate](x, y)
        p_xy = (alike if x == y else 1 - alike) / 2
        p_xyz[x, y, z] += p_xy * (1 - flip)
        p_xyz[x, y, 1 - z] += p_xy * flip
    return p_xyz


def x_and_z(gate, alike, flip):
    """I(X;Z) in bits."""
    return itlib.mutual_information(three(gate, alike, flip).sum(axis=1))


def y_and_z(gate, alike, flip):
    """I(Y;Z) in bits."""
    return itlib.mutual_information(three(gate, alike, flip).sum(axis=0))


def both_and_z(gate, alike, flip):
    """I(X,Y;Z) in bits."""
    return itlib.mutual_information(three(gate, alike, flip).reshape(4, 2))


def x_and_y(alike):
    """I(X;Y) in bits."""
    return itlib.mutual_information(three("X alone", alike, 0).sum(axis=2))


def _given(gate, alike, flip, order):
    p_xyz = three(gate, alike, flip).transpose(order)
    return itlib.conditional_mutual_information(p_xyz)


@lru_cache(maxsize=1024)
def x_and_y_given_z(gate, alike, flip):
    """I(X;Y|Z) in bits."""
    return _given(gate, alike, flip, (0, 1, 2))


@lru_cache(maxsize=1024)
def middle(gate, alike, flip):
    """I(X;Y;Z), the co-information, in bits."""
    return itlib.co_information(three(gate, alike, flip))


def _alone(gate, alike, flip, axis):
    """Return what is left of one variable when the two others are known."""
    p_xyz = np.moveaxis(three(gate, alike, flip), axis, -1)
    return itlib.conditional_entropy(p_xyz.reshape(4, 2))


def _words(bits):
    return f"−{-bits:.2f}" if round(bits, 2) < 0 else f"{abs(bits):.2f}"


def region_x(gate, alike, flip):
    """H(X|Y,Z)."""
    return _words(_alone(gate, alike, flip, 0))


def region_y(gate, alike, flip):
    """H(Y|X,Z)."""
    return _words(_alone(gate, alike, flip, 1))


def region_z(gate, alike, flip):
    """H(Z|X,Y)."""
    return _words(_alone(gate, alike, flip, 2))


def region_xy(gate, alike, flip):
    """I(X;Y|Z)."""
    return _words(x_and_y_given_z(gate, alike, flip))


def region_xz(gate, alike, flip):
    """I(X;Z|Y)."""
    return _words(_given(gate, alike, flip, (0, 2, 1)))


def region_yz(gate, alike, flip):
    """I(Y;Z|X)."""
    return _words(_given(gate, alike, flip, (1, 2, 0)))


def region_middle(gate, alike, flip):
    """I(X;Y;Z)."""
    return _words(middle(gate, alike, flip))


def circles_axes(ax):
    """Three circles that serve as a map of seven regions; their areas mean nothing."""
    turn = np.linspace(0, 2 * np.pi, 120)
    for name, x, y, colour, at in (
        ("X", -0.55, 0.35, "p", (-1.45, 1.15)),
        ("Y", 0.55, 0.35, "q", (1.45, 1.15)),
        ("Z", 0, -0.6, "mix", (1.0, -1.35)),
    ):
        ax.fill(x + np.cos(turn), y + np.sin(turn), color=light(colour), alpha=0.15)
        ax.plot(x + np.cos(turn), y + np.sin(turn), color=light(colour), linewidth=1)
        ax.text(*at, name, color=light(colour), ha="center", va="center", fontsize=12)
    ax.set(xlim=(-2.2, 2.2), ylim=(-1.7, 1.5), aspect="equal", title="seven regions, in bits")
    ax.axis("off")


def pairs_axes(ax):
    """Axes for what is known about Z, and for the middle region."""
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.set(
        xlim=(-0.6, 3.6),
        ylim=(-1.1, 1.1),
        ylabel="bits",
        title="who knows Z",
        xticks=range(4),
        xticklabels=["X", "Y", "both", "middle"],
    )
    ax.tick_params(axis="x", length=0)


def _bar(place, top, colour):
    return Bars(left=place - 0.35, right=place + 0.35, base=0, top=top, colour=colour)


xor = Demo(
    "xor",
    controls=[GATE, ALIKE, FLIP, unit_choice()],
    panels=[
        Panel(
            axes=circles_axes,
            marks=(
                Text(x=-0.98, y=0.55, text=region_x),
                Text(x=0.98, y=0.55, text=region_y),
                Text(x=0, y=-1.2, text=region_z),
                Text(x=0, y=0.72, text=region_xy),
                Text(x=-0.62, y=-0.3, text=region_xz),
                Text(x=0.62, y=-0.3, text=region_yz),
                Text(x=0, y=-0.02, text=region_middle, size=12),
            ),
            alt="Three overlapping circles for X, Y and Z with the number of bits in each of the "
            "seven regions; the middle one can be negative",
        ),
        Panel(
            axes=pairs_axes,
            marks=(
                _bar(0, x_and_z, "p"),
                _bar(1, y_and_z, "q"),
                _bar(2, both_and_z, "mix"),
                _bar(3, middle, "good"),
            ),
            alt="Bars of I(X;Z), I(Y;Z), I(X,Y;Z) and of the middle region, which can hang "
            "below zero",
        ),
    ],
    readouts=[
        information(x_and_z, label="I(X;Z)", colour="p"),
        information(y_and_z, label="I(Y;Z)", colour="q"),
        information(both_and_z, label="I(X,Y;Z)", colour="mix"),
        information(x_and_y, label="I(X;Y)"),
        information(x_and_y_given_z, label="I(X;Y|Z)"),
        information(middle, label="I(X;Y;Z)", colour="good"),
    ],
    caption="$X$ and $Y$ are fair coins, and $Z$ is made from them. "
    "The numbers in the circles add up as areas would, and still the circles are only a "
    "map: no area is negative, and the middle number can be.",
)
