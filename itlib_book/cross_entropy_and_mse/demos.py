"""The demos of the chapter on cross-entropy and squared error."""

from functools import lru_cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Play, Readout
from bookkit.palette import light
from itlib import (
    binary_cross_entropy,
    sigmoid,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_grad,
    sigmoid_squared_error,
    sigmoid_squared_error_grad,
)

# ---- demo-logit-gradients: two losses and their slopes, in the prediction and in the logit ----

PREDICTIONS = np.linspace(0.001, 0.999, 200)
LOGITS = np.linspace(-8, 8, 129)


def prediction(z):
    """ŷ = σ(z)."""
    return sigmoid(z)


def ce_of_predictions(y):
    """Cross-entropy at every prediction."""
    return binary_cross_entropy(y, PREDICTIONS)


def se_of_predictions(y):
    """Squared error at every prediction."""
    return (y - PREDICTIONS) ** 2


def _ce_slope(y, p):
    """|dL/dŷ|: one over the probability of what happened."""
    return 1 / np.where(y == 1, p, 1 - p)


def ce_slopes_of_predictions(y):
    """The size of the slope of cross-entropy in ŷ."""
    return _ce_slope(y, PREDICTIONS)


def se_slopes_of_predictions(y):
    """The size of the slope of squared error in ŷ."""
    return 2 * np.abs(PREDICTIONS - y)


def ce_of_logits(y):
    """Cross-entropy at every logit."""
    return sigmoid_cross_entropy(LOGITS, y)


def se_of_logits(y):
    """Squared error at every logit."""
    return sigmoid_squared_error(LOGITS, y)


def ce_slopes_of_logits(y):
    """The size of the slope of cross-entropy in z."""
    return np.abs(sigmoid_cross_entropy_grad(LOGITS, y))


def se_slopes_of_logits(y):
    """The size of the slope of squared error in z."""
    return np.abs(sigmoid_squared_error_grad(LOGITS, y))


def ce_here(y, z):
    """Cross-entropy at the present logit, in nats."""
    return sigmoid_cross_entropy(z, y)


def se_here(y, z):
    """Squared error at the present logit."""
    return sigmoid_squared_error(z, y)


def ce_slope_in_prediction(y, z):
    """The size of the slope of cross-entropy in ŷ at the present logit."""
    return _ce_slope(y, prediction(z))


def se_slope_in_prediction(y, z):
    """The size of the slope of squared error in ŷ at the present logit."""
    return 2 * abs(prediction(z) - y)


def ce_slope_in_logit(y, z):
    """The size of the slope of cross-entropy in z at the present logit."""
    return abs(sigmoid_cross_entropy_grad(z, y))


def se_slope_in_logit(y, z):
    """The size of the slope of squared error in z at the present logit."""
    return abs(sigmoid_squared_error_grad(z, y))


def prediction_axes(ax, title, top):
    """Axes over the prediction."""
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.03 * top, top), xlabel="ŷ, the prediction", title=title)


def logit_axes(ax, title, top):
    """Axes over the logit."""
    ax.set(xlim=(-8.3, 8.3), ylim=(-0.03 * top, top), xlabel="z, the logit", title=title)


def _pair(x, here, ce, se, ce_now, se_now):
    """Return the marks of a panel: both curves, and a dot on each at the present logit."""
    return (
        Curve(x=x, y=ce),
        Curve(x=x, y=se, colour="q", dashed=True),
        Points(x=here, y=ce_now, colour="p"),
        Points(x=here, y=se_now, colour="q"),
    )


logit_gradients = Demo(
    "logit-gradients",
    controls=[
        Choice("y", (1, 0), start=1, label="y, the label"),
        Slider("z", -8, 8, 0.25, start=-4, label="z, the logit"),
    ],
    panels=[
        Panel(
            axes=lambda ax: prediction_axes(ax, "the loss, over ŷ", 6),
            height=155,
            marks=_pair(
                PREDICTIONS, prediction, ce_of_predictions, se_of_predictions, ce_here, se_here
            ),
            alt="Both losses over the prediction; cross-entropy, solid, has no upper bound, "
            "squared error, dashed, ends at 1",
        ),
        Panel(
            axes=lambda ax: prediction_axes(ax, "size of the slope in ŷ", 6),
            height=155,
            marks=_pair(
                PREDICTIONS,
                prediction,
                ce_slopes_of_predictions,
                se_slopes_of_predictions,
                ce_slope_in_prediction,
                se_slope_in_prediction,
            ),
            alt="Size of the slopes in the prediction; both are largest where the prediction "
            "is most wrong",
        ),
        Panel(
            axes=lambda ax: logit_axes(ax, "the loss, over z", 8.4),
            height=155,
            drag_x="z",
            marks=_pair(LOGITS, "z", ce_of_logits, se_of_logits, ce_here, se_here),
            alt="Both losses over the logit; cross-entropy is a slope that flattens, squared "
            "error a step between two plateaus",
        ),
        Panel(
            axes=lambda ax: logit_axes(ax, "size of the slope in z", 1.1),
            height=155,
            drag_x="z",
            marks=_pair(
                LOGITS,
                "z",
                ce_slopes_of_logits,
                se_slopes_of_logits,
                ce_slope_in_logit,
                se_slope_in_logit,
            ),
            alt="Size of the slopes in the logit; cross-entropy's tends to 1 where the "
            "prediction is wrong, squared error's to 0 at both ends",
        ),
    ],
    readouts=[
        Readout(of=prediction, label="ŷ"),
        # From 1 to 2981: with more digits its name and it would need a second line at times.
        Readout(
            of=ce_slope_in_prediction, label="cross-entropy: |slope in ŷ|", digits=1, colour="p"
        ),
        Readout(of=ce_slope_in_logit, label="cross-entropy: |slope in z|", colour="p"),
        Readout(of=se_slope_in_prediction, label="squared error: |slope in ŷ|", colour="q"),
        Readout(of=se_slope_in_logit, label="squared error: |slope in z|", colour="q"),
    ],
    caption="Cross-entropy solid, squared error dashed. In $ŷ$, both slopes grow with the mistake, one "
    "out of the frame. In $z$, where training happens, one keeps its size and the other "
    "vanishes. Drag in a picture over $z$ to move the logit.",
)


# ---- demo-descent: one neuron, one example, both losses ----

SHOWN, STRIDE = 300, 5
GOAL = 0.9
TIMES = np.arange(0, SHOWN + 1, STRIDE)

START = Slider("start", -8, 2, 1, start=-4, label="z at the start")
RATE = Slider("rate", 0.5, 4, 0.5, start=1, label="learning rate")
STEP = Slider("step", 0, SHOWN, STRIDE, start=0, label="steps taken")


@lru_cache(maxsize=2)
def descents(slope):
    """Return how many steps each start and rate needs, and the logits at the steps shown."""
    z, rates = np.meshgrid(START.stops, RATE.stops, indexing="ij")
    path, needed, taken = [z], np.zeros(z.shape, dtype=int), 0
    while taken < SHOWN or np.any(sigmoid(z) < GOAL):
        # Counted before the step: a start that is there already needs none.
        needed += sigmoid(z) < GOAL
        z, taken = z - rates * slope(z, 1), taken + 1
        if taken <= SHOWN and taken % STRIDE == 0:
            path.append(z)
    return needed, np.stack(path, axis=-1)


def _logits(slope, start, rate):
    return descents(slope)[1][START.stops.index(start), RATE.stops.index(rate)]


def _steps(slope, start, rate):
    return f"{descents(slope)[0][START.stops.index(start), RATE.stops.index(rate)]:,}"


def ce_logit(start, rate, step):
    """The logit that cross-entropy has reached."""
    return _logits(sigmoid_cross_entropy_grad, start, rate)[int(step) // STRIDE]


def se_logit(start, rate, step):
    """The logit that squared error has reached."""
    return _logits(sigmoid_squared_error_grad, start, rate)[int(step) // STRIDE]


def ce_loss(start, rate, step):
    """Cross-entropy where its own descent is."""
    return sigmoid_cross_entropy(ce_logit(start, rate, step), 1)


def se_loss(start, rate, step):
    """Squared error where its own descent is."""
    return sigmoid_squared_error(se_logit(start, rate, step), 1)


def ce_prediction(start, rate, step):
    """ŷ that cross-entropy has reached."""
    return sigmoid(ce_logit(start, rate, step))


def se_prediction(start, rate, step):
    """ŷ that squared error has reached."""
    return sigmoid(se_logit(start, rate, step))


def ce_curve(start, rate):
    """The learning curve of cross-entropy."""
    return sigmoid(_logits(sigmoid_cross_entropy_grad, start, rate))


def se_curve(start, rate):
    """The learning curve of squared error."""
    return sigmoid(_logits(sigmoid_squared_error_grad, start, rate))


def _shares(loss, slope, start, rate):
    path = loss(_logits(slope, start, rate), 1)
    return path / path[0]


def ce_shares(start, rate):
    """Cross-entropy along its descent, as a share of what it was at the start."""
    return _shares(sigmoid_cross_entropy, sigmoid_cross_entropy_grad, start, rate)


def se_shares(start, rate):
    """Squared error along its descent, as a share of what it was at the start."""
    return _shares(sigmoid_squared_error, sigmoid_squared_error_grad, start, rate)


def ce_share(start, rate, step):
    """What is left of the cross-entropy now."""
    return ce_shares(start, rate)[int(step) // STRIDE]


def se_share(start, rate, step):
    """What is left of the squared error now."""
    return se_shares(start, rate)[int(step) // STRIDE]


def ce_steps(start, rate):
    """Steps until ŷ is at least 0.9, with cross-entropy."""
    return _steps(sigmoid_cross_entropy_grad, start, rate)


def se_steps(start, rate):
    """Steps until ŷ is at least 0.9, with squared error."""
    return _steps(sigmoid_squared_error_grad, start, rate)


def hill_axes(ax):
    """Axes for the two losses over the logit."""
    ax.set(
        xlim=(-8.5, 8),
        ylim=(-0.4, 8.6),
        xticks=range(-8, 9, 4),
        xlabel="z, the logit",
        title="downhill, label 1",
    )


def learning_axes(ax):
    """Axes for the learning curves, with a line at the goal."""
    ax.axhline(GOAL, linewidth=0.8, linestyle=":", color=light("muted"))
    ax.text(SHOWN - 5, GOAL - 0.02, "goal", ha="right", va="top", color=light("muted"))
    ax.set(
        xlim=(-5, SHOWN + 5),
        ylim=(-0.04, 1.04),
        xlabel="steps",
        ylabel="ŷ",
        title="what the neuron says",
    )


def share_axes(ax):
    """Axes for the losses, each as a share of its start."""
    ax.set(
        xlim=(-5, SHOWN + 5),
        ylim=(-0.04, 1.04),
        xlabel="steps",
        ylabel="of the start",
        title="what is left of the loss",
    )


SLOPES = np.linspace(-8.5, 8, 133)

descent = Demo(
    "descent",
    controls=[START, RATE, STEP],
    panels=[
        Panel(
            axes=hill_axes,
            drag_x="start",
            marks=(
                Curve(x=SLOPES, y=sigmoid_cross_entropy(SLOPES, 1)),
                Curve(x=SLOPES, y=sigmoid_squared_error(SLOPES, 1), colour="q", dashed=True),
                Points(x=ce_logit, y=ce_loss, colour="p", radius=6),
                Points(x=se_logit, y=se_loss, colour="q", radius=6),
            ),
            alt="Cross-entropy over the logit, a long slope, and squared error, a plateau with a "
            "step; a ball on each shows how far its descent has come",
        ),
        Panel(
            axes=learning_axes,
            drag_x="step",
            marks=(
                Curve(x=TIMES, y=ce_curve),
                Curve(x=TIMES, y=se_curve, colour="q", dashed=True),
                Points(x="step", y=ce_prediction, colour="p"),
                Points(x="step", y=se_prediction, colour="q"),
            ),
            alt="Learning curves: the prediction against the number of steps, for both losses",
        ),
        Panel(
            axes=share_axes,
            drag_x="step",
            marks=(
                Curve(x=TIMES, y=ce_shares),
                Curve(x=TIMES, y=se_shares, colour="q", dashed=True),
                Points(x="step", y=ce_share, colour="p"),
                Points(x="step", y=se_share, colour="q"),
            ),
            alt="Both losses against the number of steps, each as a share of what it was at the start",
        ),
    ],
    readouts=[
        Readout(of=ce_steps, label="cross-entropy: steps", digits=None, colour="p"),
        Readout(of=ce_prediction, label="its ŷ now", colour="p"),
        Readout(of=se_steps, label="squared error: steps", digits=None, colour="q"),
        Readout(of=se_prediction, label="its ŷ now", colour="q"),
    ],
    buttons=[Play(control="step", label="Play the steps")],
    caption="One neuron, one example with the label 1, plain gradient descent on the logit. "
    "Cross-entropy is solid, squared error dashed. "
    f"The number of steps is counted until $ŷ \\ge 0.9$; the first {SHOWN} are shown.",
)
