"""The demos of the chapter on bounds and contrastive learning."""

import math
from functools import cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib.bounds import (
    alignment,
    barber_agakov,
    donsker_varadhan,
    infonce_expected,
    nwj,
    uniformity,
)
from itlib_book.contrastive_bounds.data import (
    APART,
    CLIP,
    COPY,
    RATIO,
    best_gap,
    circle_reading,
    clipped,
    cosine_gap,
    guessed,
    on_circle,
    partners,
    reading,
    shared,
)
from itlib_book.contrastive_bounds.data import ceiling as cosine_ceiling

# ---- demo-ceiling: candidates, information, and cosines at a temperature ----

DOUBLINGS = np.arange(1, 13)
LOW = -3.0  # stands for what has left the picture


def information(symbols, flip):
    """What partners share."""
    return shared(int(symbols), flip)


def log_candidates(doublings):
    """The logarithm of K."""
    return math.log(2) * doublings


@cache
def best(symbols, flip, doublings):
    """What the best critic shows."""
    m = int(symbols)
    return reading(m, flip, 2 ** int(doublings), best_gap(m, flip))


@cache
def cosines(symbols, flip, doublings, temperature):
    """What cosines over the temperature show, with the symbols on the corners of a simplex."""
    m = int(symbols)
    return reading(m, flip, 2 ** int(doublings), cosine_gap(m, float(temperature)))


def roof(doublings, temperature):
    """The most that cosines at this temperature can show."""
    return cosine_ceiling(2 ** int(doublings), float(temperature))


def best_curve(symbols, flip):
    """The best critic for all K."""
    return np.array([best(symbols, flip, d) for d in DOUBLINGS.tolist()])


def cosine_curve(symbols, flip, temperature):
    """Cosines for all K."""
    shown = [cosines(symbols, flip, d, temperature) for d in DOUBLINGS.tolist()]
    return np.maximum(shown, LOW)


def cosine_dot(symbols, flip, doublings, temperature):
    """Cosines at the chosen K, as far as the picture goes."""
    return max(cosines(symbols, flip, doublings, temperature), LOW)


def roof_curve(temperature):
    """The ceiling of cosines for all K."""
    return np.array([roof(d, temperature) for d in DOUBLINGS.tolist()])


def ceiling_axes(ax):
    """Axes for nats over K, with the logarithm of K."""
    ax.plot([1, 12], [math.log(2), 12 * math.log(2)], color=light("muted"), linewidth=1.2)
    ax.axhline(0, linewidth=0.8, color=light("line"))
    ax.set(xlim=(0.5, 12.5), ylim=(-1, 9), xlabel="log₂ K", ylabel="nats")
    ax.set_title("what K candidates show; grey: ln K")


ceiling = Demo(
    "ceiling",
    controls=[
        Choice("symbols", ("2", "16", "256", "4096"), start="256", label="symbols M"),
        Slider("flip", 0, 0.5, 0.05, start=0, label="chance of another symbol"),
        Slider("doublings", 1, 12, 1, start=5, label="log₂ K"),
        Choice("temperature", ("1", "0.5", "0.2", "0.1", "0.05"), start="0.2", label="temperature"),
    ],
    panels=[
        Panel(
            axes=ceiling_axes,
            drag_x="doublings",
            marks=(
                Curve(x=[0.5, 12.5], y=information, colour="good", dashed=True, width=1.4),
                Curve(x=DOUBLINGS, y=roof_curve, colour="q", dashed=True, width=1.4),
                Curve(x=DOUBLINGS, y=best_curve, colour="p"),
                Curve(x=DOUBLINGS, y=cosine_curve, colour="q"),
                Points(x="doublings", y=best, colour="p"),
                Points(x="doublings", y=cosine_dot, colour="q"),
            ),
            alt="Nats over the logarithm of the number of candidates: the best critic rises along "
            "the logarithm of K and, if there are candidates enough, levels off at the information; "
            "cosines stay below it",
        ),
    ],
    readouts=[
        Readout(of=information, label="shared, I", unit="nats", colour="good"),
        Readout(of=log_candidates, label="ln K", unit="nats", colour="muted"),
        Readout(of=best, label="best critic", unit="nats", colour="p"),
        Readout(of=cosines, label="cosines", unit="nats", colour="q"),
        Readout(of=roof, label="ceiling of cosines", unit="nats", colour="q"),
    ],
    caption="Partners show the same one of $M$ symbols, or, as often as you set, any other one. "
    "Blue: the contrastive bound of the best critic. Orange: that of cosines divided by a "
    "temperature, the symbols being spread as far as can be, and (dashed) what no cosines can "
    "exceed on average. Green: the information. All curves are exact.",
)

# ---- demo-critic: a critic that is too steep, too flat or shifted ----

STEEPNESS = np.linspace(0, 3, 61)
_NAMES = ("guess", "DV", "tangent", "K = 8", "clipped")
WEIGHTS = {"p": COPY, "q": APART}


def guess(steep):
    """The bound of Barber and Agakov, with the guess that the critic makes."""
    return barber_agakov(COPY, guessed(steep * RATIO))


def variational(steep):
    """The bound of Donsker and Varadhan, in which a shift cancels."""
    return donsker_varadhan(steep * RATIO, steep * RATIO, **WEIGHTS)


def tangent(steep, shift):
    """The bound of Nguyen, Wainwright and Jordan."""
    f = 1 + shift + steep * RATIO
    return nwj(f, f, **WEIGHTS)


@cache
def contrastive(steep):
    """The contrastive bound among eight candidates."""
    return infonce_expected(COPY, 8, steep * RATIO)


def cut(steep, shift):
    """Donsker and Varadhan's formula with a clipped ratio."""
    return clipped(shift + steep * RATIO)


def truth():
    """The information."""
    return float(np.sum(COPY * RATIO))


def _over(bound):
    return np.array([bound(steep) for steep in STEEPNESS.tolist()])


def variational_curve():
    """For all steepnesses."""
    return _over(variational)


def tangent_curve(shift):
    """For all steepnesses, as far as the picture goes."""
    return np.maximum(_over(lambda steep: tangent(steep, shift)), LOW)


def contrastive_curve():
    """For all steepnesses."""
    return _over(contrastive)


def cut_curve(shift):
    """For all steepnesses."""
    return _over(lambda steep: cut(steep, shift))


def tangent_dot(steep, shift):
    """The tangent, as far as the picture goes."""
    return max(tangent(steep, shift), LOW)


_BARS = (
    (guess, "muted"),
    (variational, "p"),
    (tangent_dot, "q"),
    (contrastive, "mix"),
    (cut, "bad"),
)


def bars_axes(ax):
    """Axes for five bars and the truth."""
    ax.axhline(truth(), linewidth=1.4, linestyle="--", color=light("good"))
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.set(xlim=(-0.6, 4.6), ylim=(-0.5, 1), xticks=range(5), xticklabels=_NAMES)
    ax.set(ylabel="nats", title="five numbers, and the information")


def steepness_axes(ax):
    """Axes for nats over the steepness."""
    ax.axhline(truth(), linewidth=1.4, linestyle="--", color=light("good"))
    ax.axhline(0, linewidth=0.8, color=light("muted"))
    ax.set(xlim=(0, 3), ylim=(-0.5, 1), xlabel="steepness", ylabel="nats")
    ax.set_title("for every steepness")


critic = Demo(
    "critic",
    controls=[
        Slider("steep", 0, 3, 0.1, start=0.5, label="steepness"),
        Slider("shift", -1, 1, 0.1, start=0, label="shift"),
    ],
    panels=[
        Panel(
            axes=bars_axes,
            marks=(
                *(
                    Bars(left=i - 0.32, right=i + 0.32, base=0, top=top, colour=colour, down=colour)
                    for i, (top, colour) in enumerate(_BARS)
                ),
            ),
            alt="Five bars with a dashed line at the information",
        ),
        Panel(
            axes=steepness_axes,
            drag_x="steep",
            marks=(
                Curve(x=STEEPNESS, y=contrastive_curve, colour="mix"),
                Curve(x=STEEPNESS, y=variational_curve, colour="p"),
                Curve(x=STEEPNESS, y=tangent_curve, colour="q"),
                Curve(x=STEEPNESS, y=cut_curve, colour="bad", dashed=True),
                Points(x="steep", y=contrastive, colour="mix"),
                Points(x="steep", y=variational, colour="p"),
                Points(x="steep", y=tangent_dot, colour="q"),
                Points(x="steep", y=cut, colour="bad", hollow=True),
            ),
            alt="Four curves over the steepness; three touch the dashed line from below at "
            "steepness 1 or stay under it, the clipped one can cross it",
        ),
    ],
    readouts=[
        Readout(of=guess, label="guess", unit="nats", colour="muted"),
        Readout(of=variational, label="DV", unit="nats", colour="p"),
        Readout(of=tangent, label="tangent", unit="nats", colour="q"),
        Readout(of=contrastive, label="K = 8", unit="nats", colour="mix"),
        Readout(of=cut, label="clipped", unit="nats", colour="bad"),
    ],
    caption="A critic of the flipped bit: the true log-ratio times the steepness, plus the shift. "
    "Five formulas make numbers of it: the guess of Barber and Agakov, Donsker–Varadhan (DV), "
    f"the tangent, the contrastive bound with $K = 8$, and DV with the log-ratio "
    f"of its second term clipped at ±{CLIP}. The guess has no curve of its own: here it is as large as DV. Dashed: the information.",
)

# ---- demo-on-a-circle: alignment and uniformity ----

CANDIDATES, TEMPERATURE = 16, 0.2
COLOURS = ("p", "q", "good", "mix")


@cache
def _points(classes, reach, jitter):
    return on_circle(int(classes), reach, jitter)


def _class_points(first):
    def points(classes, reach, jitter):
        found = _points(classes, reach, jitter).reshape(int(classes), -1, 2)
        some = found[first::4].reshape(-1, 2)
        return some.T if len(some) else np.full((2, 1), np.nan)

    points.__name__ = f"points_{first}"
    return points


def aligned(classes, reach, jitter):
    """How far apart partners are."""
    return alignment(*partners(_points(classes, reach, jitter)))


def uniform(classes, reach, jitter):
    """How evenly the points fill the circle."""
    return uniformity(_points(classes, reach, jitter))


@cache
def shown(classes, reach, jitter):
    """What the contrastive bound shows."""
    return circle_reading(_points(classes, reach, jitter), CANDIDATES, TEMPERATURE)


def classes_share(classes):
    """What partners share: the class."""
    return math.log(int(classes))


def circle_axes(ax):
    """Axes with a circle."""
    turn = np.linspace(0, 2 * np.pi, 120)
    ax.plot(np.cos(turn), np.sin(turn), color=light("line"))
    ax.set(xlim=(-1.25, 1.25), ylim=(-1.25, 1.25), aspect="equal", title="embeddings")
    ax.axis("off")


def corner_axes(ax):
    """Axes for alignment and uniformity."""
    ax.axhline(-4 + math.log(np.i0(4)), linewidth=1.2, linestyle="--", color=light("good"))
    ax.set(xlim=(-0.05, 1.6), ylim=(-2.2, 0.1), xlabel="alignment", ylabel="uniformity")
    ax.set_title("smaller is better, both ways")


circle = Demo(
    "on-a-circle",
    controls=[
        Choice("classes", ("2", "3", "4", "8"), start="4", label="classes"),
        Slider("reach", 0, 1, 0.2, start=0.2, label="share of the circle"),
        Slider("jitter", 0, 50, 10, start=20, label="spread in a class", unit="°"),
    ],
    panels=[
        Panel(
            axes=circle_axes,
            marks=tuple(
                Points(xy=_class_points(i), colour=colour, radius=3)
                for i, colour in enumerate(COLOURS)
            ),
            alt="A circle with groups of dots, one group a class",
        ),
        Panel(
            axes=corner_axes,
            marks=(Points(x=aligned, y=uniform, colour="ink"),),
            alt="A dot at the alignment and the uniformity of the points, with a dashed line at the "
            "best uniformity of many points",
        ),
    ],
    readouts=[
        Readout(of=aligned, label="alignment", digits=3),
        Readout(of=uniform, label="uniformity", digits=3),
        Readout(of=shown, label=f"contrastive, K = {CANDIDATES}", unit="nats", colour="p"),
        Readout(of=classes_share, label="ln classes", unit="nats", colour="muted"),
    ],
    caption="Eight pictures of each class, embedded on a circle; partners are two independent draws from one class. "
    f"With eight classes each colour stands for two. The contrastive bound is exact, with cosines at temperature {TEMPERATURE} and "
    f"{CANDIDATES} candidates. Dashed: the best uniformity of independent draws; "
    "points that are placed evenly may lie below it.",
)
