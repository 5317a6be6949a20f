"""The demos of the chapter on Fisher information."""

import math
from functools import cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import kl_divergence
from itlib.fisher import empirical_fisher, fisher_information, logistic_fisher
from itlib_book.fisher_information.data import (
    STEPS,
    batched,
    divergence,
    path,
    plane,
    slopes,
)
from itlib_book.shared.coins import coin

# ---- demo-ruler: two coins, and the parabola in three coordinates ----

HEADS = np.linspace(0.01, 0.99, 99)
FAR = 1e3  # stands for what has left the picture
COORDINATES = {
    "probability": lambda p: p,
    "logit": lambda p: np.log(p / (1 - p)),
    "angle": lambda p: 2 * np.arcsin(np.sqrt(p)),
}
# How fast the probability changes with each of them.
SPEEDS = {
    "probability": lambda p: 1.0,
    "logit": lambda p: p * (1 - p),
    "angle": lambda p: math.sqrt(p * (1 - p)),
}


def information(p, coordinate):
    """What a toss tells about the coordinate."""
    speed = SPEEDS[coordinate](p)
    return fisher_information(coin(p), [speed, -speed])


def _parabola(p, q, coordinate):
    place = COORDINATES[coordinate]
    return information(p, coordinate) * (place(q) - place(p)) ** 2 / 2


def forward(p, q):
    """D(p‖q) in nats."""
    return kl_divergence(coin(p), coin(q), base=math.e)


def backward(p, q):
    """D(q‖p) in nats."""
    return kl_divergence(coin(q), coin(p), base=math.e)


def ruled(p, q, coordinate):
    """Half the information times the squared step, at the coin q."""
    return _parabola(p, q, coordinate)


def share(p, q, coordinate):
    """The parabola over the divergence: 1 in the limit of equal coins."""
    return 1.0 if p == q else _parabola(p, q, coordinate) / forward(p, q)


def all_forward(p):
    """D(p‖q) for all q."""
    return kl_divergence(coin(p), coin(HEADS), base=math.e)


def all_backward(p):
    """D(q‖p) for all q."""
    return kl_divergence(coin(HEADS), coin(p), base=math.e)


def all_ruled(p, coordinate):
    """The parabola for all q."""
    return _parabola(p, HEADS, coordinate)


def all_shares(p, coordinate):
    """The parabola over the divergence, for all q."""
    same = np.isclose(HEADS, p, rtol=0, atol=1e-9)
    divergences = np.where(same, 1.0, all_forward(p))
    return np.where(same, 1.0, np.minimum(all_ruled(p, coordinate) / divergences, FAR))


def share_axes(ax):
    """Axes for the parabola over the divergence."""
    ax.axhline(1, linewidth=0.8, color=light("muted"))
    ax.set(xlim=(0, 1), ylim=(0, 2), xlabel="q(heads)", title="parabola over divergence D(p‖q)")


def ruler_axes(ax):
    """Axes for divergences over q."""
    ax.set(
        xlim=(0, 1), ylim=(0, 0.6), xlabel="q(heads)", ylabel="nats", title="both, and the parabola"
    )


ruler = Demo(
    "ruler",
    controls=[
        Slider("p", 0.05, 0.95, 0.05, start=0.3, label="p(heads)"),
        Slider("q", 0.025, 0.975, 0.025, start=0.4, label="q(heads)"),
        Choice("coordinate", tuple(COORDINATES), start="probability", label="coordinate"),
    ],
    panels=[
        Panel(
            axes=ruler_axes,
            drag_x="q",
            marks=(
                Curve(x=HEADS, y=all_forward, colour="p"),
                Curve(x=HEADS, y=all_backward, colour="q"),
                Curve(x=HEADS, y=all_ruled, colour="mix", dashed=True),
                Points(x="q", y=forward, colour="p"),
                Points(x="q", y=backward, colour="q"),
                Points(x="q", y=ruled, colour="mix", hollow=True),
            ),
            alt="The divergences of two coins in both directions over q, and a dashed curve that "
            "touches both where q equals p",
        ),
        Panel(
            axes=share_axes,
            drag_x="q",
            marks=(
                Curve(x=HEADS, y=all_shares, colour="mix", dashed=True),
                Points(x="q", y=share, colour="mix", hollow=True),
            ),
            alt="The parabola divided by the divergence over q: it passes through 1 where q equals p",
        ),
    ],
    readouts=[
        Readout(of=forward, label="D(p‖q)", unit="nats", colour="p"),
        Readout(of=backward, label="D(q‖p)", unit="nats", colour="q"),
        Readout(of=ruled, label="½ F δ²", unit="nats", colour="mix"),
        Readout(of=share, label="½ F δ² over D(p‖q)", digits=3),
        Readout(of=information, label="F at p", digits=3),
    ],
    caption=(
        "Two coins. Full lines: $D(p‖q)$ and $D(q‖p)$ for all $q$. Dashed: half the Fisher "
        "information at $p$ times the square of the step, in the coordinate that you choose. "
        "The second panel divides the parabola by $D(p‖q)$. Drag the dots."
    ),
)

# ---- demo-two-paths: a Gaussian on its way to N(0, 1) ----

LOGARITHMIC = {"μ and σ": False, "μ and log σ": True}
ROUNDS = np.arange(STEPS + 1)


@cache
def _path(mu, sigma, step, coordinate, natural):
    return path(mu, sigma, step, log=LOGARITHMIC[coordinate], natural=natural)


def plain_path(mu, sigma, step, coordinate):
    """Where plain steps lead."""
    return np.clip(_path(mu, sigma, step, coordinate, False), -FAR, FAR)


def natural_path(mu, sigma, step, coordinate):
    """Where natural steps lead."""
    return np.clip(_path(mu, sigma, step, coordinate, True), -FAR, FAR)


def _left(way):
    return divergence(*way)


def plain_left(mu, sigma, step, coordinate):
    """The divergence in nats that is left after each plain step."""
    return np.clip(_left(_path(mu, sigma, step, coordinate, False)), 0, FAR)


def natural_left(mu, sigma, step, coordinate):
    """The divergence in nats that is left after each natural step."""
    return np.clip(_left(_path(mu, sigma, step, coordinate, True)), 0, FAR)


def at_start(mu, sigma):
    """The divergence at the start."""
    return float(divergence(mu, sigma))


def _after(natural, steps):
    def after(mu, sigma, step, coordinate):
        return float(_left(_path(mu, sigma, step, coordinate, natural))[steps])

    return after


plain_10, plain_30 = _after(False, 10), _after(False, STEPS)
natural_10, natural_30 = _after(True, 10), _after(True, STEPS)
for _function, _name in (
    (plain_10, "plain_10"),
    (plain_30, "plain_30"),
    (natural_10, "natural_10"),
    (natural_30, "natural_30"),
):
    _function.__name__ = _name


def plane_axes(ax):
    """The plane of Gaussians, with lines of equal divergence."""
    mus, sigmas = np.linspace(-3.3, 3.3, 60), np.linspace(0.2, 4, 60)
    heights = divergence(mus[None, :], sigmas[:, None])
    ax.contour(
        mus, sigmas, heights, levels=[0.05, 0.2, 0.5, 1, 2, 5], colors=light("line"), linewidths=0.8
    )
    ax.plot(0, 1, "+", color=light("good"), markersize=11)
    ax.set(xlim=(-3.3, 3.3), ylim=(0, 4), xlabel="μ", ylabel="σ", title="the way to N(0, 1)")


def left_axes(ax):
    """Axes for what is left."""
    ax.set(
        xlim=(0, STEPS),
        ylim=(0, 2),
        xlabel="steps",
        ylabel="nats",
        title="the divergence that is left",
    )


_ARGUMENTS = [
    Slider("mu", -3, 3, 0.5, start=1, label="μ at the start"),
    Slider("sigma", 0.6, 3, 0.2, start=3, label="σ at the start"),
    Choice("coordinate", tuple(LOGARITHMIC), start="μ and σ", label="coordinates"),
    Slider("step", 0.1, 0.5, 0.1, start=0.1, label="step"),
]

two_paths = Demo(
    "two-paths",
    controls=_ARGUMENTS,
    panels=[
        Panel(
            axes=plane_axes,
            drag_x="mu",
            drag_y="sigma",
            marks=(
                Curve(xy=plain_path, colour="q"),
                Points(xy=plain_path, colour="q", radius=2),
                Curve(xy=natural_path, colour="p"),
                Points(xy=natural_path, colour="p", radius=2),
                Points(x="mu", y="sigma", colour="ink", hollow=True),
            ),
            alt="The half-plane of Gaussians, mean across and width up, with a cross at the standard "
            "one and two dotted ways from the start, of plain and of natural steps; not every way "
            "arrives",
        ),
        Panel(
            axes=left_axes,
            marks=(
                Curve(x=ROUNDS, y=plain_left, colour="q"),
                Curve(x=ROUNDS, y=natural_left, colour="p"),
            ),
            alt="The divergence left after each of thirty steps, for plain and for natural steps",
        ),
    ],
    readouts=[
        Readout(of=at_start, label="at the start", unit="nats"),
        Readout(of=plain_10, label="plain, after 10", unit="nats", colour="q"),
        Readout(of=natural_10, label="natural, after 10", unit="nats", colour="p"),
        Readout(of=plain_30, label="plain, after 30", unit="nats", colour="q"),
        Readout(of=natural_30, label="natural, after 30", unit="nats", colour="p"),
    ],
    caption=(
        "A Gaussian is fitted to $N(0, 1)$ by thirty steps down $D(N(0,1)‖N(\\mu,\\sigma^2))$: "
        "plain gradients in orange, natural ones in blue; grey lines join Gaussians of equal "
        "divergence. Change the coordinates and see which way moves. Drag the start."
    ),
)

# ---- demo-three-fishers: three matrices at one place ----

TURN = np.linspace(0, 2 * np.pi, 41)
CIRCLE = np.stack([np.cos(TURN), np.sin(TURN)])
BATCHES = ("1", "4", "16", "64")


def _slopes(w1, w2):
    x, y, _ = plane()
    return slopes(x, y, np.array([w1, w2]))


@cache
def model_matrix(w1, w2):
    """The Fisher information, labels drawn by the model."""
    return logistic_fisher(plane()[0], [w1, w2])


@cache
def data_matrix(w1, w2):
    """The mean square of the gradients at the labels of the data."""
    return empirical_fisher(_slopes(w1, w2))


@cache
def batch_matrix(w1, w2, batch):
    """The mean square of the gradients of batches."""
    mean = _slopes(w1, w2).mean(axis=0)
    return batched(data_matrix(w1, w2), np.outer(mean, mean), int(batch))


def _ellipse(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ (np.sqrt(np.maximum(values, 0))[:, None] * (vectors.T @ CIRCLE))


def model_ellipse(w1, w2):
    """The root of the matrix, as a picture: as wide in each direction as its root says."""
    return _ellipse(model_matrix(w1, w2))


def data_ellipse(w1, w2):
    """The same for the labels of the data."""
    return _ellipse(data_matrix(w1, w2))


def batch_ellipse(w1, w2, batch):
    """The same for batches."""
    return _ellipse(batch_matrix(w1, w2, batch))


def model_trace(w1, w2):
    """The sum over both weights."""
    return float(np.trace(model_matrix(w1, w2)))


def data_trace(w1, w2):
    """The sum over both weights."""
    return float(np.trace(data_matrix(w1, w2)))


def batch_trace(w1, w2, batch):
    """The sum over both weights."""
    return float(np.trace(batch_matrix(w1, w2, batch)))


def smaller(w1, w2, batch):
    """How many times smaller batches make it."""
    return data_trace(w1, w2) / batch_trace(w1, w2, batch)


def _loss(w):
    x, y, _ = plane()
    z = np.tensordot(w, x, axes=(-1, -1))
    return np.mean(np.logaddexp(0, z) - y * z, axis=-1)


def loss(w1, w2):
    """The mean cross-entropy in nats."""
    return float(_loss(np.array([w1, w2])))


def weight_axes(ax):
    """The plane of weights, with lines of equal loss."""
    w1, w2 = np.linspace(-1, 3, 50), np.linspace(-3, 1, 50)
    heights = _loss(np.stack(np.meshgrid(w1, w2), axis=-1))
    levels = [0.45, 0.5, 0.6, 0.7, 0.9, 1.2, 1.6]
    ax.contour(w1, w2, heights, levels=levels, colors=light("line"), linewidths=0.8)
    ax.plot(*plane()[2], "+", color=light("good"), markersize=11)
    ax.set(xlim=(-1, 3), ylim=(-3, 1), xlabel="w₁", ylabel="w₂", title="where the model stands")


def ellipse_axes(ax):
    """Axes for the three ellipses."""
    reach = 1.3
    ax.axhline(0, linewidth=0.8, color=light("line"))
    ax.axvline(0, linewidth=0.8, color=light("line"))
    ax.set(
        xlim=(-reach, reach),
        ylim=(-reach, reach),
        xlabel="direction w₁",
        ylabel="direction w₂",
        title="roots of the three matrices",
    )


three_fishers = Demo(
    "three-fishers",
    controls=[
        Slider("w1", -1, 3, 0.2, start=2, label="w₁"),
        Slider("w2", -3, 1, 0.2, start=0, label="w₂"),
        Choice("batch", BATCHES, start="16", label="examples in a batch"),
    ],
    panels=[
        Panel(
            axes=weight_axes,
            drag_x="w1",
            drag_y="w2",
            marks=(Points(x="w1", y="w2", colour="ink"),),
            alt="The plane of two weights with lines of equal loss, a cross at the best weights and "
            "a dot where the model stands",
        ),
        Panel(
            axes=ellipse_axes,
            marks=(
                Curve(xy=model_ellipse, colour="p", width=2.4),
                Curve(xy=data_ellipse, colour="q"),
                Curve(xy=batch_ellipse, colour="mix"),
            ),
            alt="Three ellipses about the origin: of labels drawn by the model, of the labels of "
            "the data, and of gradients averaged over batches",
        ),
    ],
    readouts=[
        Readout(of=loss, label="loss", unit="nats"),
        Readout(of=model_trace, label="labels of the model", colour="p"),
        Readout(of=data_trace, label="labels of the data", colour="q"),
        Readout(of=batch_trace, label="batches", colour="mix"),
        Readout(of=smaller, label="data over batches", digits=2),
    ],
    caption=(
        "A logistic regression with two weights on forty fixed examples. Each ellipse shows a "
        "matrix: its reach in a direction is the root of what the matrix says of it. "
        "Blue: Fisher information. Orange: the labels of the data. Violet: gradients averaged "
        "over a batch drawn with replacement, then squared. The numbers are sums over both weights. "
        "The cross marks the best weights; drag the dot."
    ),
)
