"""The demos of the chapter on label smoothing and temperature."""

import math
from functools import lru_cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Band, Bars, Curve, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import (
    entropy,
    softmax,
    softmax_cross_entropy_with_grad,
)
from itlib_book.shared.units import information, unit_choice

# ---- demo-label-smoothing: one class ahead of k - 1 equal ones, by a gap of logits ----

GAP = Slider("gap", 0, 12, 0.25, start=2.5, label="lead of the right logit")
EPSILON = Slider("epsilon", 0, 0.5, 0.05, start=0, label="ε, smoothing")
CLASSES = Choice("classes", ("2", "5", "10", "100", "1000"), start="5", label="classes")
GAPS = np.array(GAP.stops)


def _target(epsilon, classes):
    others = int(classes) - 1
    share = epsilon / int(classes)
    return np.array([1 - others * share] + [share] * others)


@lru_cache(maxsize=128)
def _over_gaps(epsilon, classes):
    """Return the loss, and its slope in the right logit, at every gap."""
    logits = np.zeros((GAPS.size, int(classes)))
    logits[:, 0] = GAPS
    labels = np.zeros(GAPS.size, dtype=int)
    loss, gradient = softmax_cross_entropy_with_grad(logits, labels, label_smoothing=epsilon)
    return loss, gradient[:, 0]


def _at(values, gap):
    return float(values[GAP.stops.index(gap)])


def confidence(gap, classes):
    """The probability that the model gives to the right class."""
    return softmax([gap] + [0] * (int(classes) - 1))[0]


def hard_loss(gap, classes):
    """The cross-entropy with the hard label, in nats."""
    return _at(_over_gaps(0.0, classes)[0], gap)


def loss(gap, epsilon, classes):
    """The cross-entropy with the smoothed label, in nats."""
    return _at(_over_gaps(epsilon, classes)[0], gap)


def floor(epsilon, classes):
    """The entropy of the smoothed label: the least possible loss, in nats."""
    return entropy(_target(epsilon, classes), base=math.e)


def excess(gap, epsilon, classes):
    """What the loss is above its floor: D(target‖model) in nats."""
    return max(0.0, loss(gap, epsilon, classes) - floor(epsilon, classes))


def slope(gap, epsilon, classes):
    """The gradient in the right logit."""
    return _at(_over_gaps(epsilon, classes)[1], gap)


def hard_curve(classes):
    """The loss with the hard label, at every gap."""
    return _over_gaps(0.0, classes)[0]


def soft_curve(epsilon, classes):
    """The loss with the smoothed label, at every gap."""
    return _over_gaps(epsilon, classes)[0]


def hard_slopes(classes):
    """The gradient in the right logit with the hard label, at every gap."""
    return _over_gaps(0.0, classes)[1]


def soft_slopes(epsilon, classes):
    """The gradient in the right logit with the smoothed label, at every gap."""
    return _over_gaps(epsilon, classes)[1]


def best_gap(epsilon, classes):
    """The lead at which the smoothed loss is at its floor; beyond every picture for ε = 0."""
    target = _target(epsilon, classes)
    return math.log(target[0] / target[1]) if epsilon else 1e3


def loss_axes(ax):
    """Axes for losses over the gap."""
    ax.set(
        xlim=(-0.2, 12.2),
        ylim=(0, 5),
        xlabel="lead of the right logit",
        ylabel="nats",
        title="loss: hard (dashed), smoothed, and its floor",
    )


def slope_axes(ax):
    """Axes for the gradient in the right logit."""
    ax.set(
        xlim=(-0.2, 12.2),
        ylim=(-1.05, 0.55),
        xlabel="lead of the right logit",
        title="gradient in the right logit",
    )
    ax.axhline(0, linewidth=0.8, color=light("muted"))


label_smoothing = Demo(
    "label-smoothing",
    controls=[GAP, EPSILON, CLASSES, unit_choice("nats")],
    panels=[
        Panel(
            axes=loss_axes,
            drag_x="gap",
            marks=(
                Band(x=GAPS, low=0, high=floor, colour="muted"),
                Band(x=GAPS, low=floor, high=soft_curve, colour="mix"),
                Curve(x=GAPS, y=hard_curve, colour="p", dashed=True),
                Curve(x=GAPS, y=soft_curve, colour="mix"),
                Points(x="gap", y=loss, colour="mix"),
                Points(x="gap", y=hard_loss, colour="p"),
            ),
            alt="Loss over the lead of the right logit: with the hard label falling for ever, with a "
            "smoothed one falling to a floor, marked grey, and rising again; "
            "two dots at the present lead",
        ),
        Panel(
            axes=slope_axes,
            drag_x="gap",
            marks=(
                Curve(x=GAPS, y=hard_slopes, colour="p", dashed=True),
                Curve(x=GAPS, y=soft_slopes, colour="mix"),
                Points(x=best_gap, y=0, colour="ink", hollow=True),
                Points(x="gap", y=slope, colour="mix"),
            ),
            alt="Gradient in the right logit over its lead: with the hard label always negative, "
            "with a smoothed one crossing zero where a ring marks it",
        ),
    ],
    readouts=[
        Readout(of=confidence, label="probability, right class"),
        information(hard_loss, label="loss, hard label", given_in="nats", colour="p"),
        information(loss, label="loss, smoothed", given_in="nats", colour="mix"),
        information(floor, label="of which floor", given_in="nats", colour="muted"),
        information(excess, label="and excess", given_in="nats", colour="mix"),
        Readout(of=slope, label="gradient in the right logit"),
    ],
    caption=(
        "All wrong classes have the same logit, and the right one leads by the gap. "
        "Grey is the floor, the entropy of the smoothed label, which no model can avoid; purple "
        "above it is the excess. Where the gradient is negative, training still *raises* the "
        "right logit; with a smoothed label a ring marks where it stops. "
        "Curves and gradient are of the loss in nats."
    ),
)


# ---- demo-temperature: a teacher's softmax, its entropy, and what a student feels ----

TEACHERS = {
    "the five logits of the text": (2.0, 1.0, 0.5, 0.1, -0.5),
    "a sure teacher": (8.0, 3.0, 1.0, 0.0, -2.0),
    "a tie at the top": (2.0, 2.0, 0.5, 0.1, -0.5),
}
STUDENTS = {
    "knows nothing": lambda teacher: np.zeros_like(teacher),
    "is half-way": lambda teacher: teacher / 2,
    "prefers the second class": lambda teacher: teacher[[1, 0, 2, 3, 4]] + [0, 1, 0, 0, 0],
}
T = Slider("T", 0.25, 10, 0.25, start=1, label="T, temperature")
TS = np.array(T.stops)
PLACES = np.arange(1, 6)


def _logits(teacher, student):
    z = np.array(TEACHERS[teacher])
    return z, STUDENTS[student](z)


def probabilities(teacher, T):
    """The teacher's probabilities at the temperature."""
    return softmax(TEACHERS[teacher], temperature=T)


def softness(teacher, T):
    """The entropy of the teacher's softened answer, in bits."""
    return entropy(probabilities(teacher, T))


def softness_curve(teacher):
    """That entropy at every temperature."""
    return [softness(teacher, t) for t in TS]


def plain(teacher, student, T):
    """The length of the gradient of the soft loss in the student's logits."""
    z, s = _logits(teacher, student)
    return float(np.linalg.norm(softmax(s, temperature=T) - softmax(z, temperature=T)) / T)


def scaled(teacher, student, T):
    """The same length, times T²."""
    return T**2 * plain(teacher, student, T)


def hard(teacher, student):
    """The length of the gradient of the hard loss, at temperature 1."""
    s = _logits(teacher, student)[1]
    return float(np.linalg.norm(softmax_cross_entropy_with_grad(s, 0)[1]))


def plain_curve(teacher, student):
    """The soft gradient at every temperature."""
    return [plain(teacher, student, t) for t in TS]


def scaled_curve(teacher, student):
    """The soft gradient times T² at every temperature."""
    return [scaled(teacher, student, t) for t in TS]


def names_above(teacher, T):
    """Where the largest probability is written."""
    return probabilities(teacher, T)[0] + 0.05


def largest(teacher, T):
    """The largest probability, in words."""
    return f"{probabilities(teacher, T)[0]:.2f}"


def bar_axes(ax):
    """Axes for the five probabilities."""
    ax.set(
        xlim=(0.4, 5.6),
        ylim=(0, 1.2),
        xticks=PLACES,
        xlabel="class",
        yticks=[0, 0.25, 0.5, 0.75, 1],
        title="the teacher: softmax(z/T)",
    )


def entropy_axes(ax):
    """Axes for the entropy over the temperature."""
    ax.set(
        xlim=(0, 10.2),
        ylim=(-0.06, 2.5),
        xlabel="T",
        ylabel="bits",
        title="its entropy; dotted: log₂ 5",
    )
    ax.axhline(math.log2(5), linewidth=1, linestyle=":", color=light("muted"))


def gradient_axes(ax):
    """Axes for the sizes of gradients over the temperature."""
    ax.set_yscale("log")
    ax.minorticks_off()
    ax.set(
        xlim=(0, 10.2),
        ylim=(0.0002, 12),
        xlabel="T",
        yticks=[0.001, 0.01, 0.1, 1, 10],
        yticklabels=["0.001", "0.01", "0.1", "1", "10"],
        title="soft, soft × T², hard (dashed)",
    )


temperature = Demo(
    "temperature",
    controls=[
        T,
        Choice("teacher", tuple(TEACHERS), start="the five logits of the text", label="teacher"),
        Choice("student", tuple(STUDENTS), start="knows nothing", label="the student"),
        unit_choice(),
    ],
    panels=[
        Panel(
            axes=bar_axes,
            marks=(
                Bars(
                    left=PLACES - 0.35, right=PLACES + 0.35, base=0, top=probabilities, colour="p"
                ),
                Text(x=1, y=names_above, text=largest),
            ),
            alt="Five bars: the teacher's probabilities at the temperature",
        ),
        Panel(
            axes=entropy_axes,
            drag_x="T",
            marks=(
                Curve(x=TS, y=softness_curve, colour="p"),
                Points(x="T", y=softness, colour="p"),
            ),
            alt="The entropy of the softened answer rises with the temperature towards log₂ 5; "
            "a dot marks the present temperature",
        ),
        Panel(
            axes=gradient_axes,
            drag_x="T",
            marks=(
                Curve(x=TS, y=hard, colour="muted", dashed=True),
                Curve(x=TS, y=plain_curve, colour="bad"),
                Curve(x=TS, y=scaled_curve, colour="good"),
                Points(x="T", y=plain, colour="bad"),
                Points(x="T", y=scaled, colour="good"),
            ),
            alt="Sizes of gradients over the temperature on a logarithmic scale: of the soft loss as "
            "it is, and times T², which meet at T = 1, and of the hard loss, which is constant; at "
            "high temperatures the first falls and the second levels off",
        ),
    ],
    readouts=[
        information(softness, label="entropy of the answer", colour="p"),
        Readout(of=plain, label="soft gradient", colour="bad"),
        Readout(of=scaled, label="soft gradient × T²", colour="good"),
        Readout(of=hard, label="hard gradient", colour="muted"),
    ],
    caption=(
        "First a teacher’s logits turned into probabilities, and how uncertain those are. "
        "Last, on a logarithmic scale, how strongly the softened answer pulls on a student’s "
        "logits, as it is (red) and times $T^2$ (green), beside the pull of the hard label."
    ),
)
