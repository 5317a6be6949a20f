"""The figures of the chapter on cross-entropy."""

import math

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import binary_cross_entropy, self_information, sigmoid_cross_entropy

NATS = math.e

# ---- five mails ----

LABELS = np.array([1, 0, 1, 1, 0])
PREDICTIONS = np.array([0.9, 0.2, 0.7, 0.4, 0.1])


def draw_mail_probabilities(ax):
    """Draw what the filter says of each mail, and what the mail was."""
    ax.bar(np.arange(5), PREDICTIONS, 0.6, color=light("muted"), alpha=0.45)
    ax.plot(np.arange(5), LABELS, "o", color=light("p"), markersize=6, clip_on=False)
    ax.set(
        xticks=range(5),
        xticklabels=[f"mail {i}" for i in range(1, 6)],
        ylim=(0, 1.08),
        title="predicted (bars), true (dots)",
    )


def draw_mail_losses(ax):
    """Draw the loss of each mail and their mean."""
    losses = binary_cross_entropy(LABELS, PREDICTIONS)
    ax.bar(np.arange(5), losses, 0.6, color=light("q"), alpha=0.8)
    ax.axhline(losses.mean(), color=INK, linestyle="--", linewidth=1)
    ax.text(-0.4, losses.mean() + 0.02, f"mean {losses.mean():.4f}")
    ax.set(
        xticks=range(5),
        xticklabels=[f"mail {i}" for i in range(1, 6)],
        ylim=(0, 1),
        ylabel="nats",
        title="loss of each mail",
    )


five_mails = Figure(
    "xent-five-mails",
    draw_mail_probabilities,
    draw_mail_losses,
    height=200,
    caption="Five mails, 1 for spam. The fourth is spam that the filter thinks is probably not, "
    "and it alone causes more than half of the loss.",
    alt="First: predicted probabilities and true labels of five mails. "
    "Second: their losses with the mean as a dashed line; the fourth is by far the largest",
)


# ---- the two curves of binary cross-entropy ----


def draw_binary_curves(ax):
    """Draw the loss against the prediction, for both labels."""
    p = np.linspace(0.005, 0.995, 300)
    ax.plot(p, binary_cross_entropy(1, p), color=light("p"))
    ax.plot(p, binary_cross_entropy(0, p), color=light("q"), linestyle="--")
    ax.text(0.13, 2.9, "y = 1", color=light("p"))
    ax.text(0.87, 2.9, "y = 0", color=light("q"), ha="right")
    ax.plot(0.5, math.log(2), "o", color=INK, markersize=4)
    ax.text(0.5, math.log(2) + 0.22, "ln 2", ha="center")
    ax.set(
        xlim=(0, 1),
        ylim=(0, 5),
        xlabel="π, predicted probability of 1",
        ylabel="nats",
        title="loss for either label",
    )


def draw_confidence(ax):
    """Draw the loss against the probability of the true class, on a logarithmic axis."""
    p = np.logspace(-6, 0, 200)
    ax.plot(p, self_information(p, base=NATS), color=light("mix"))
    some = np.array([0.25, 0.5, 0.75, 0.9, 0.99])
    ax.plot(some, self_information(some, base=NATS), "o", color=light("mix"), markersize=4)
    for tiny in (1e-2, 1e-4):
        ax.plot(tiny, self_information(tiny, base=NATS), "o", color=light("bad"), markersize=4)
    ax.set(
        xscale="log",
        xlim=(1e-6, 1),
        ylim=(0, 15),
        ylabel="nats",
        xlabel="probability given to what happened",
        title="a nat for every factor e",
    )
    ax.set_xticks([1e-6, 1e-4, 1e-2, 1], ["10⁻⁶", "10⁻⁴", "10⁻²", "1"])
    ax.minorticks_off()


binary_curves = Figure(
    "xent-binary-curves",
    draw_binary_curves,
    draw_confidence,
    caption="First: with $y = 1$ the loss explodes as $\\pi \\to 0$, with $y = 0$ as $\\pi \\to 1$; "
    "they meet at a shrug, which costs $\\ln 2$. Second: the same curve over the logarithm "
    "of the probability is a straight line, and has no end. Dividing the probability "
    "of what happened by 100 adds the same 4.6 nats, wherever one starts.",
    alt="First: two mirrored curves, falling for y = 1 and rising for y = 0, crossing at one half. "
    "Second: loss against probability on a logarithmic axis, a falling straight line",
)


# ---- five models of one picture ----

MODELS = {
    "perfect": [1, 0, 0, 0],
    "good": [0.85, 0.05, 0.05, 0.05],
    "uncertain": [0.25, 0.25, 0.25, 0.25],
    "wrong": [0.15, 0.7, 0.1, 0.05],
    "very wrong": [0.01, 0.97, 0.01, 0.01],
}
SHADES = ("p", "q", "mix", "muted")


def draw_model_predictions(ax):
    """Draw what each model says, stacked."""
    left = np.zeros(5)
    for k, name in enumerate(("cat", "dog", "fox", "hen")):
        share = np.array([q[k] for q in MODELS.values()])
        ax.barh(
            range(5), share, 0.62, left=left, color=light(SHADES[k]), alpha=0.9 if k == 0 else 0.4
        )
        left += share
        ax.text((0.14, 0.38, 0.62, 0.86)[k], -0.85, name, color=light(SHADES[k]), ha="center")
    ax.set(
        yticks=range(5),
        yticklabels=MODELS,
        xlim=(0, 1),
        ylim=(4.5, -1.2),
        xlabel="predicted probability",
        title="it is a cat",
    )


def draw_model_losses(ax):
    """Draw the loss of each model."""
    losses = [self_information(q[0], base=NATS) for q in MODELS.values()]
    ax.barh(range(5), losses, 0.62, color=light("p"), alpha=0.9)
    for row, loss in enumerate(losses):
        ax.text(loss + 0.08, row, f"{loss:.4f}", va="center")
    ax.set(
        yticks=range(5),
        yticklabels=MODELS,
        xlim=(0, 6),
        ylim=(4.5, -1.2),
        xlabel="nats",
        title="loss: surprise at “cat”",
    )


five_models = Figure(
    "xent-five-models",
    draw_model_predictions,
    draw_model_losses,
    caption="Five predictions for one photo of a cat. The loss reads the share of the "
    "cat and nothing else. Saying nothing costs $\\ln 4$; being wrong and modest costs half a nat "
    "more; being wrong and sure costs the more, the less is left for the cat.",
    alt="First: stacked bars of four class probabilities for five models. "
    "Second: their losses, from zero for the perfect one to the largest for the very wrong one",
)


# ---- where libraries stop counting ----


def draw_ceilings(ax):
    """Draw the loss of a wrong prediction against its logit, exact and with ceilings."""
    z = np.linspace(0, 150, 400)
    truth = sigmoid_cross_entropy(-z, 1)
    ax.plot(z, truth, color=light("p"), linewidth=2.4)
    ax.text(58, 82, "from the logit", color=light("p"), ha="right")
    ceilings = (
        (100, "log cut at −100", "q"),
        (-math.log(np.finfo(float).eps), "clipped at machine precision", "mix"),
        (-math.log(1e-7), "clipped at 1e-7", "bad"),
    )
    for ceiling, name, colour in ceilings:
        ax.plot(z, np.minimum(truth, ceiling), color=light(colour), linestyle="--", linewidth=1.3)
        ax.text(149, ceiling - 12, name, color=light(colour), ha="right")
    ax.set(
        xlim=(0, 150),
        ylim=(0, 150),
        xlabel="how sure the filter is, in logits",
        ylabel="nats",
        title="loss of a confident mistake",
    )


ceilings = Figure(
    "xent-ceilings",
    draw_ceilings,
    width=380,
    height=230,
    caption="A mail is spam, and a filter is ever surer that it is honest. "
    "The straight line is the loss by the filter's own measure of how sure it is, its logit; it "
    "has no end. Each dashed curve is what a library reports that is given a "
    "probability instead: it leaves the line for a ceiling of its own.",
    alt="Loss against the logit: a straight line, and three dashed curves that leave it for "
    "ceilings near 16, 36 and 100",
)
