"""The figures of the chapter on cross-entropy and squared error."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import (
    cross_entropy,
    entropy,
    sigmoid,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_grad,
    sigmoid_squared_error,
    sigmoid_squared_error_grad,
)
from itlib_book.cross_entropy_and_mse.data import (
    SIX,
    errors,
    fitted,
    mislabelled,
    steps_of,
    travel_time,
)

SLOPES = {"p": sigmoid_cross_entropy_grad, "q": sigmoid_squared_error_grad}

# ---- steps needed from a bad start ----


def draw_steps(ax):
    """Draw the number of steps against the start, counted and from the formula."""
    starts, fine = np.arange(-10, 2), np.linspace(-10, 1, 100)
    for colour, slope in SLOPES.items():
        ax.plot(fine, travel_time(colour, fine), color=light(colour), linewidth=1.2)
        ax.plot(starts, steps_of(slope, starts), "o", color=light(colour), markersize=4.5)
    ax.text(-9.6, 28, "cross-entropy", color=light("p"))
    ax.text(-7.4, 2600, "squared error", color=light("q"))
    ax.set(
        yscale="log",
        xlim=(-10.4, 1.4),
        ylim=(3, 3e4),
        xlabel="logit at the start, label 1",
        ylabel="steps",
        title="steps until ŷ = 0.9, learning rate 1",
    )
    ax.set_yticks([10, 100, 1000, 10000], ["10", "100", "1,000", "10,000"])
    ax.minorticks_off()


steps_needed = Figure(
    "mse-steps-needed",
    draw_steps,
    width=380,
    height=240,
    caption="Counted steps (dots) and the formula of the text (lines). Far out, two more units cost "
    "cross-entropy two more steps, and they multiply the steps of squared error by about seven.",
    alt="Number of steps on a logarithmic axis against the starting logit; nearly flat for "
    "cross-entropy, a steep straight line for squared error",
)


# ---- logistic regression from several starts ----


def _draw_learning(ax, colour, title):
    for weight, style in ((-1, "-"), (-4, "--"), (-8, ":")):
        ax.plot(100 * errors(SLOPES[colour], weight), style, color=light(colour), linewidth=2)
    ax.set(xlim=(0, 120), ylim=(0, 100), xlabel="steps", ylabel="% wrong", title=title)


def draw_ce_learning(ax):
    """Draw the learning curves of cross-entropy."""
    _draw_learning(ax, "p", "cross-entropy")
    ax.text(12, 30, "from weights −1, −4 and −8:\nall learned within ten steps", color=light("p"))


def draw_se_learning(ax):
    """Draw the learning curves of squared error."""
    _draw_learning(ax, "q", "squared error")
    ax.text(8, 15, "−1", color=light("q"))
    ax.text(62, 55, "−4", color=light("q"))
    ax.text(90, 80, "−8", color=light("q"))


learning_curves = Figure(
    "mse-learning-curves",
    draw_ce_learning,
    draw_se_learning,
    height=210,
    caption="The share of wrong answers while a neuron learns to tell 100 measurements of one kind "
    "from 100 of another, starting with a weight of the wrong sign. "
    "The steeper the wrong start, the surer the neuron is of its mistakes, and the less "
    "squared error has to say about them.",
    alt="Learning curves from three starts. First, cross-entropy: all fall at once. Second, "
    "squared error: one falls at once, one late, one not at all",
)


# ---- what each loss wants to hear ----

RAIN = 0.7
FORECASTS = np.linspace(0.001, 0.999, 300)


def draw_expected_ce(ax):
    """Draw the expected cross-entropy of a forecast."""
    truth, forecasts = [RAIN, 1 - RAIN], np.stack([FORECASTS, 1 - FORECASTS], axis=-1)
    ax.plot(FORECASTS, cross_entropy(truth, forecasts, base=math.e), color=light("p"))
    ax.axhline(entropy(truth, base=math.e), linewidth=0.8, linestyle=":", color=light("muted"))
    ax.plot(RAIN, entropy(truth, base=math.e), "o", color=light("p"), clip_on=False)
    ax.text(0.02, entropy(truth, base=math.e) - 0.17, "H(p)", color=light("muted"))
    ax.set(
        xlim=(0, 1), ylim=(0, 3), xlabel="forecast", ylabel="nats", title="expected cross-entropy"
    )


def draw_expected_errors(ax):
    """Draw the expected squared and absolute error of a forecast."""
    squared = RAIN * (1 - FORECASTS) ** 2 + (1 - RAIN) * FORECASTS**2
    absolute = RAIN * (1 - FORECASTS) + (1 - RAIN) * FORECASTS
    ax.plot(FORECASTS, squared, color=light("q"))
    ax.plot(FORECASTS, absolute, color=light("bad"), linestyle="--")
    ax.plot(RAIN, RAIN * (1 - RAIN), "o", color=light("q"))
    ax.plot(1, 1 - RAIN, "o", color=light("bad"), clip_on=False)
    ax.text(0.72, RAIN * (1 - RAIN) - 0.07, "squared", color=light("q"), ha="center")
    ax.text(0.38, 0.56, "absolute", color=light("bad"))
    ax.set(xlim=(0, 1), ylim=(0, 0.8), xlabel="forecast", title="expected errors")


proper = Figure(
    "mse-proper",
    draw_expected_ce,
    draw_expected_errors,
    height=200,
    caption="It will rain with probability 0.7. Which forecast costs least in the long run? "
    "For cross-entropy and squared error it is the honest one. For absolute error it is "
    "“certainly”.",
    alt="Expected losses against the forecast: cross-entropy and squared error have their minimum "
    "at 0.7, absolute error falls all the way to 1",
)


# ---- convex, and not ----


def _draw_shape(ax, loss, colour, title):
    weights = np.linspace(-2, 6, 401)
    x, y = SIX
    mean = loss(np.multiply.outer(weights, x), y).mean(axis=1)
    lower = np.flatnonzero((mean[1:-1] < mean[:-2]) & (mean[1:-1] < mean[2:])) + 1
    ax.plot(weights, mean, color=light(colour))
    ax.plot(weights[lower], mean[lower], "o", color=light(colour))
    ax.set(xlim=(-2, 6), ylim=(0, None), xlabel="weight", ylabel="mean loss", title=title)


def draw_convex(ax):
    """Draw the cross-entropy of six measurements against the weight."""
    _draw_shape(ax, sigmoid_cross_entropy, "p", "cross-entropy, nats")


def draw_not_convex(ax):
    """Draw the squared error of six measurements against the weight."""
    _draw_shape(ax, sigmoid_squared_error, "q", "squared error")


shapes = Figure(
    "mse-shapes",
    draw_convex,
    draw_not_convex,
    height=200,
    caption="The same six measurements, the same neuron, two losses over its one weight. "
    "Cross-entropy is a bowl; squared error has two valleys, and a descent with small steps ends in "
    "the one in which it starts.",
    alt="First: cross-entropy against the weight, a bowl with one minimum. Second: squared error "
    "against the weight, with two minima and a hill between them",
)


# ---- wrong labels ----


def draw_mislabelled(ax):
    """Draw the measurements and what both losses make of them."""
    x, y = mislabelled()
    grid = np.linspace(-5, 9, 300)
    ax.plot(x[:-3], y[:-3], "|", color=light("muted"), markersize=9)
    ax.plot(x[-3:], y[-3:], "x", color=light("bad"), markersize=7)
    for colour, slope in SLOPES.items():
        weight, bias = fitted(slope)
        ax.plot(
            grid,
            sigmoid(weight * grid + bias),
            color=light(colour),
            linestyle="-" if colour == "p" else "--",
        )
    ax.text(8.9, 0.77, "cross-entropy", color=light("p"), ha="right")
    ax.text(3.2, 1.08, "squared error", color=light("q"), ha="right")
    ax.text(7, 0.09, "wrong labels", color=light("bad"), ha="center")
    ax.set(
        xlim=(-5, 9),
        ylim=(-0.08, 1.18),
        xlabel="x",
        ylabel="ŷ",
        yticks=[0, 0.5, 1],
        title="three labels out of 63 are wrong",
    )


wrong_labels = Figure(
    "mse-wrong-labels",
    draw_mislabelled,
    width=380,
    height=230,
    caption="Both losses behind a sigmoid, each at its minimum. Cross-entropy bends the whole curve "
    "for the sake of three points that cannot be helped; it never stops pulling at them. Squared "
    "error has given them up.",
    alt="Two groups of points that overlap a little and three far ones with the wrong label; the "
    "curve fitted by cross-entropy is much flatter than the one fitted by squared error",
)
