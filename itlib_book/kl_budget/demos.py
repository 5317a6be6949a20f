"""The demos of the chapter on acting under a KL budget."""

import math
from functools import cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib.policies import (
    best_of_n,
    best_of_n_kl_bound,
    dpo_loss,
    dpo_loss_grad,
    soft_value,
    tilt,
)
from itlib_book.kl_budget.data import PROGRAMS, REFERENCE, STEPS, corner, nats, walk

# ---- demo-four-penalties: where four programs lead ----

EVERY = 2  # steps between the dots of a path
ROUNDS = np.arange(0, STEPS + 1, EVERY)


def _start(first, second):
    return np.array([first, (1 - first) * second / 6, (1 - first) * (6 - second) / 6])


@cache
def _way(program, first, second):
    return walk(program, _start(first, second))


def way(program, first, second):
    """Where the program leads, in the triangle."""
    return corner(_way(program, first, second)[::EVERY])


def place(first, second):
    """Where it starts, in the triangle."""
    return corner(_start(first, second))


def left(program, first, second):
    """D(π‖ref) in nats on the way."""
    return nats(_way(program, first, second)[::EVERY], REFERENCE)


def before(first, second):
    """D(π‖ref) in nats at the start."""
    return nats(_start(first, second), REFERENCE)


def after(program, first, second):
    """D(π‖ref) in nats at the end."""
    return nats(_way(program, first, second)[-1], REFERENCE)


def best_bet(program, first, second):
    """The policy at the end."""
    return " ".join(f"{p:.2f}" for p in _way(program, first, second)[-1])


def triangle_axes(ax):
    """The triangle of policies, with lines of equal divergence from the reference."""
    ax.plot(*corner(np.eye(3)[[0, 1, 2, 0]]), color=light("muted"))
    side = np.linspace(0.004, 0.992, 80)
    a, b = np.meshgrid(side, side)
    inside = a + b < 0.998
    grid = np.stack([a, b, np.where(inside, 1 - a - b, 0.5)], axis=-1)
    heights = nats(grid / grid.sum(axis=-1, keepdims=True), REFERENCE)
    x, y = corner(grid)
    ax.contour(
        x, y, np.where(inside, heights, np.nan), levels=[0.05, 0.2, 0.5, 1], colors=light("line")
    )
    ax.plot(*corner(REFERENCE), "+", color=light("good"), markersize=11)
    for word, (x, y), side in (
        ("first word", (0, -0.09), "left"),
        ("second", (1, -0.09), "right"),
        ("third", (0.5, 0.92), "center"),
    ):
        ax.text(x, y, word, ha=side)
    ax.set(xlim=(-0.14, 1.14), ylim=(-0.14, 1.02), aspect="equal")
    ax.axis("off")


def left_axes(ax):
    """Axes for the divergence on the way."""
    ax.set(xlim=(0, STEPS), ylim=(0, 1.8), xlabel="steps", ylabel="nats", title="D(π‖ref)")


four_penalties = Demo(
    "four-penalties",
    controls=[
        Choice("program", PROGRAMS, start=PROGRAMS[0], label="program"),
        Slider("first", 0.1, 0.9, 0.1, start=0.7, label="π(first word) at the start"),
        Slider("second", 1, 5, 1, start=4, label="sixths of the rest for the second word"),
    ],
    panels=[
        Panel(
            axes=triangle_axes,
            marks=(
                Curve(xy=way, colour="q"),
                Points(xy=way, colour="q", radius=2),
                Points(xy=place, colour="p"),
            ),
            alt="The triangle of policies over three words with lines of equal divergence, a cross "
            "at the reference, a dot at the start, and a dotted path",
        ),
        Panel(
            axes=left_axes,
            marks=(Curve(x=ROUNDS, y=left, colour="q"),),
            alt="The divergence of the policy from the reference over sixty steps",
        ),
    ],
    readouts=[
        Readout(of=before, label="D(π‖ref) at the start", unit="nats", colour="p"),
        Readout(of=after, label=f"after {STEPS} steps", unit="nats", colour="q"),
        Readout(of=best_bet, label="the policy then", digits=None),
    ],
    caption=(
        "A policy over three words, without any reward: only the penalty acts, with its expected "
        f"gradient, for {STEPS} steps of 0.5 in the logits. The cross is the reference "
        "$(0.2, 0.3, 0.5)$, the blue dot the start, the orange path the training. The thin lines join "
        "policies that are equally many nats from the reference."
    ),
)

# ---- demo-budget: the tilt of three answers ----

THREE = np.array([0.5, 0.3, 0.2])
SLOTS = np.arange(3)
PRICES = 2.0 ** np.arange(9, -9.1, -0.25)


def _rewards(second, third):
    return np.array([1.0, second, third])


def _tilted(price, second, third):
    return tilt(THREE, _rewards(second, third), 2.0**price)


def tops(price, second, third):
    """The best policy."""
    return _tilted(price, second, third)


def earned(price, second, third):
    """Its mean reward."""
    return float(_tilted(price, second, third) @ _rewards(second, third))


def spent(price, second, third):
    """Its divergence from the reference in nats."""
    return nats(_tilted(price, second, third), THREE)


def worth(price, second, third):
    """Reward less price."""
    return soft_value(THREE, _rewards(second, third), 2.0**price)


def beta_of(price):
    """The price of a nat."""
    return 2.0**price


def frontier(second, third):
    """Divergence and reward of the best policies at all prices."""
    r = _rewards(second, third)
    found = np.array([tilt(THREE, r, beta) for beta in PRICES])
    return nats(found, THREE), found @ r


def policy_axes(ax):
    """Axes for three probabilities, with those of the reference."""
    ax.bar(SLOTS, THREE, width=0.8, color="none", edgecolor=light("p"), linewidth=1.6)
    ax.set(
        xlim=(-0.6, 2.6),
        ylim=(0, 1),
        xticks=SLOTS,
        xticklabels=["A", "B", "C"],
        xlabel="answer",
        title="reference (outline) and policy",
    )


def frontier_axes(ax):
    """Axes for reward over divergence."""
    ax.set(xlim=(0, 1.7), ylim=(0, 4.2), xlabel="D(π‖ref) in nats", ylabel="mean reward")


budget = Demo(
    "budget",
    controls=[
        Slider("price", -4, 4, 0.5, start=2, label="log₂ of the price β"),
        Slider("second", 0, 4, 1, start=2, label="reward of B"),
        Slider("third", 0, 4, 1, start=4, label="reward of C"),
    ],
    panels=[
        Panel(
            axes=policy_axes,
            marks=(Bars(left=SLOTS - 0.25, right=SLOTS + 0.25, base=0, top=tops, colour="q"),),
            alt="Three bars of the policy inside the outlines of the reference",
        ),
        Panel(
            axes=frontier_axes,
            marks=(Curve(xy=frontier, colour="mix"), Points(x=spent, y=earned, colour="q")),
            alt="The largest mean reward over the divergence that is allowed, a curve that rises "
            "steeply and flattens, with a dot at the policy",
        ),
    ],
    readouts=[
        Readout(of=beta_of, label="β", digits=3),
        Readout(of=earned, label="mean reward", digits=4, colour="q"),
        Readout(of=spent, label="D(π‖ref)", unit="nats", colour="q"),
        Readout(of=worth, label="reward − β·D", digits=4),
    ],
    caption=(
        "Three answers with the reference $(0.5, 0.3, 0.2)$; A earns 1. First: the policy that is "
        "best at the price β of a nat. Second: what the best policies earn, over the nats that "
        "they spend. The slope of the curve at the dot is β."
    ),
)

# ---- demo-best-of-n: the best of several draws ----

LOWEST, HIGHEST = 1, 40
DRAWS = np.arange(LOWEST, HIGHEST + 1)
KINDS = {
    "two answers, ½ and ½": np.array([0.5, 0.5]),
    "0.5, 0.3 and 0.2": THREE,
    "ten answers, equally likely": np.full(10, 0.1),
    "a thousand, equally likely": np.full(1000, 0.001),
}


def _ranks(kind):
    return np.arange(len(KINDS[kind]))


def exact(n, kind):
    """D(best of n‖one draw) in nats."""
    return nats(best_of_n(KINDS[kind], int(n)), KINDS[kind])


def formula(n):
    """What is often quoted: log n − (n − 1)/n."""
    return best_of_n_kl_bound(int(n))


def wins(n, kind):
    """How often the best of n beats one draw, half of the ties counted."""
    p = KINDS[kind]
    return float(best_of_n(p, int(n)) @ (np.cumsum(p) - p / 2))


def gained(n, kind):
    """The mean reward, if the rewards are 0, 1, 2, …, less that of one draw, in deviations."""
    return _in_deviations(best_of_n(KINDS[kind], int(n)), kind)


def _in_deviations(policy, kind):
    p, rank = KINDS[kind], _ranks(kind)
    mean = p @ rank
    return float((policy @ rank - mean) / math.sqrt(p @ (rank - mean) ** 2))


@cache
def _same_kl(n, kind):
    """Find the tilt with the divergence of the best of n, by bisection."""
    p, rank, goal = KINDS[kind], _ranks(kind) / len(KINDS[kind]), exact(n, kind)
    low, high = -12.0, 8.0  # log2 of the price
    for _ in range(60):
        middle = (low + high) / 2
        dear = nats(tilt(p, rank, 2.0**middle), p) < goal
        low, high = (low, middle) if dear else (middle, high)
    return tilt(p, rank, 2.0**low)


def could(n, kind):
    """What the tilt of equal divergence gains, in deviations."""
    return 0.0 if n == 1 else _in_deviations(_same_kl(n, kind), kind)


def all_exact(kind):
    """D(best of n‖one draw) for all n."""
    return np.array([exact(n, kind) for n in DRAWS])


def all_wins(kind):
    """How often the best of n wins, for all n."""
    return np.array([wins(n, kind) for n in DRAWS])


def nats_axes(ax):
    """Axes for nats over draws, with the formula."""
    ax.plot(DRAWS, [formula(n) for n in DRAWS], "--", color=light("mix"))
    ax.set(xlim=(0, HIGHEST), ylim=(0, 2.9), xlabel="n", ylabel="nats")
    ax.set_title("D(best of n‖ref)")


def wins_axes(ax):
    """Axes for the win rate over draws, with its bound."""
    ax.plot(DRAWS, DRAWS / (DRAWS + 1), "--", color=light("mix"))
    ax.set(xlim=(0, HIGHEST), ylim=(0.45, 1), xlabel="n", title="wins against one draw")


best = Demo(
    "best-of-n",
    controls=[
        Slider("n", LOWEST, HIGHEST, 1, start=4, label="draws n"),
        Choice("kind", tuple(KINDS), start="0.5, 0.3 and 0.2", label="answers"),
    ],
    panels=[
        Panel(
            axes=nats_axes,
            drag_x="n",
            marks=(Curve(x=DRAWS, y=all_exact, colour="q"), Points(x="n", y=exact, colour="q")),
            alt="The divergence of the best of n from one draw over n, and a dashed line for log n "
            "less (n − 1)/n, which is never below it",
        ),
        Panel(
            axes=wins_axes,
            drag_x="n",
            marks=(Curve(x=DRAWS, y=all_wins, colour="p"), Points(x="n", y=wins, colour="p")),
            alt="How often the best of n beats one draw, over n, and a dashed line for n/(n + 1)",
        ),
    ],
    readouts=[
        Readout(of=exact, label="exact", unit="nats", colour="q"),
        Readout(of=formula, label="ln n − (n − 1)/n", unit="nats", colour="mix"),
        Readout(of=wins, label="win rate", colour="p"),
        Readout(of=gained, label="gain, in deviations", digits=4),
        Readout(of=could, label="gain of the tilt at equal KL", digits=4),
    ],
    caption=(
        "The best of n draws; answers are listed from the worst to the best. Dashed: $\\ln n - (n-1)/n$, and the win rate $n/(n+1)$; from "
        "two draws on both are exact only where no two are equally good. The gain is that of rewards 0, 1, 2, … in "
        "standard deviations of one draw. Drag the dots."
    ),
)

# ---- demo-estimators: three estimates of one divergence, for Gaussians ----

X = np.linspace(-4, 4, 81)


def _log_ratio(x, shift, spread):
    return -math.log(spread) - ((x - shift) / spread) ** 2 / 2 + x**2 / 2


def reference_density(shift, spread):
    """The density of the reference."""
    return np.exp(-(((X - shift) / spread) ** 2) / 2) / (spread * math.sqrt(2 * math.pi))


def first_estimate(shift, spread):
    """k1 of a draw at x."""
    return -_log_ratio(X, shift, spread)


def second_estimate(shift, spread):
    """k2 of a draw at x."""
    return np.minimum(_log_ratio(X, shift, spread) ** 2 / 2, 100)


def third_estimate(shift, spread):
    """k3 of a draw at x."""
    log = _log_ratio(X, shift, spread)
    return np.minimum(np.exp(np.minimum(log, 6)) - 1 - log, 100)


def _moments(shift, spread):
    """Return the mean and the variance of each estimate, for draws from N(0, 1).

    The log ratio is c + b x + a x², and e^(t·log ratio) has a mean in closed form.
    """
    a, b = (1 - spread**-2) / 2, shift / spread**2
    c = -math.log(spread) - shift**2 / (2 * spread**2)
    # Means of powers of l, from the moments 1, 3, 15, 105 of x.
    mean = c + a
    square = c * c + b * b + 2 * a * c + 3 * a * a
    fourth = _mean_power(a, b, c)
    divergence = -mean
    if 4 * a >= 1:
        return divergence, square - mean**2, square / 2, fourth / 4 - square**2 / 4, math.inf
    root = 1 - 4 * a
    ratio_squared = math.exp(2 * c + 2 * b * b / root) / math.sqrt(root)
    # Under the reference, the mean of l is D(q‖p).
    swapped = -math.log(spread) + (spread**2 + shift**2) / 2 - 0.5
    third = ratio_squared - 1 + (square - mean**2) - 2 * (swapped - mean)
    return divergence, square - mean**2, square / 2, fourth / 4 - square**2 / 4, third


def _mean_power(a, b, c):
    """Return the mean of (c + b x + a x²)⁴ for x from N(0, 1)."""
    nodes, node_weights = np.polynomial.hermite_e.hermegauss(9)  # exact to degree 17
    return float(node_weights @ (c + b * nodes + a * nodes**2) ** 4 / math.sqrt(2 * math.pi))


def divergence(shift, spread):
    """D(p‖q) in nats, the mean of k1 and k3."""
    return _moments(shift, spread)[0]


def second_mean(shift, spread):
    """The mean of k2."""
    return _moments(shift, spread)[2]


def error_1(shift, spread, draws):
    """The standard error of the mean of k1."""
    return math.sqrt(_moments(shift, spread)[1] / int(draws))


def error_2(shift, spread, draws):
    """The standard error of the mean of k2."""
    return math.sqrt(_moments(shift, spread)[3] / int(draws))


def error_3(shift, spread, draws):
    """The standard error of the mean of k3, which may be infinite."""
    return math.sqrt(_moments(shift, spread)[4] / int(draws))


def densities_axes(ax):
    """Axes for two densities, that of the policy drawn."""
    ax.plot(X, np.exp(-(X**2) / 2) / math.sqrt(2 * math.pi), color=light("muted"), linewidth=2)
    ax.set(xlim=(-4, 4), ylim=(0, 0.85), xlabel="x", ylabel="density")
    ax.set_title("policy N(0, 1) and reference")


def estimates_axes(ax):
    """Axes for the estimates over the draw."""
    ax.axhline(0, linewidth=0.8, color=light("line"))
    ax.set(xlim=(-4, 4), ylim=(-3, 6), xlabel="x", ylabel="nats", title="k1, k2, k3 of a draw at x")


estimators = Demo(
    "estimators",
    controls=[
        Slider("shift", 0, 2, 0.25, start=0.5, label="mean of the reference"),
        Slider("spread", 0.7, 1.6, 0.3, start=1, label="deviation of the reference"),
        Choice("draws", ("1", "100", "10000"), start="100", label="draws averaged"),
    ],
    panels=[
        Panel(
            axes=densities_axes,
            drag_x="shift",
            marks=(Curve(x=X, y=reference_density, colour="muted", dashed=True),),
            alt="The bell of the policy and, dashed, that of the reference",
        ),
        Panel(
            axes=estimates_axes,
            marks=(
                Curve(x=X, y=first_estimate, colour="p"),
                Curve(x=X, y=second_estimate, colour="mix"),
                Curve(x=X, y=third_estimate, colour="q"),
            ),
            alt="Three curves over the draw: k1, which can go below 0, k2 and k3, which cannot",
        ),
    ],
    readouts=[
        Readout(of=divergence, label="D(π‖ref) = E k1 = E k3", unit="nats"),
        Readout(of=second_mean, label="E k2", unit="nats", colour="mix"),
        Readout(of=error_1, label="error of the mean, k1", unit="nats", colour="p"),
        Readout(of=error_2, label="error, k2", unit="nats", colour="mix"),
        Readout(of=error_3, label="error, k3", unit="nats", colour="q"),
    ],
    caption=(
        "The policy $N(0,1)$, from which draws come, is the full line in the first picture, the "
        "reference the dashed one. In the second k1 is blue, k2 violet, k3 orange. The numbers are "
        "exact: no draw is made."
    ),
)

# ---- demo-preference: two log-probabilities and their loss ----

BETAS = ("0.05", "0.1", "0.5")
LEVELS = (0.2, 0.4, math.log(2), 1.0, 1.5)
REACH = 12
MARGINS = np.linspace(-2 * REACH, 2 * REACH, 49)


def margin(chosen, rejected):
    """How much further the chosen answer has risen than the rejected one, in nats."""
    return float(chosen - rejected)


def loss(chosen, rejected, beta):
    """The loss of the pair."""
    return dpo_loss(chosen, 0.0, rejected, 0.0, beta=float(beta))


def weight(chosen, rejected, beta):
    """By how much a step pushes each of the two."""
    return dpo_loss_grad(chosen, 0.0, rejected, 0.0, beta=float(beta)).rejected


def identity_loss(chosen, rejected, beta):
    """The loss of IPO, (margin − 1/(2β))²."""
    return (margin(chosen, rejected) - 1 / (2 * float(beta))) ** 2


def all_losses(beta):
    """The loss over the margin."""
    return dpo_loss(MARGINS, 0.0, 0.0, 0.0, beta=float(beta))


def _level(of):
    """Return a function of β: the ends of the line along which the loss is `of`."""

    def line(beta):
        gap = -math.log(math.expm1(of)) / float(beta)
        return np.array([-REACH, REACH]), np.array([-REACH, REACH]) - gap

    line.__name__ = f"level_{of:.2f}".replace(".", "_")
    return line


def plane_axes(ax):
    """The plane of the two log ratios."""
    ax.axhline(0, linewidth=0.8, color=light("line"))
    ax.axvline(0, linewidth=0.8, color=light("line"))
    ax.set(
        xlim=(-REACH, REACH),
        ylim=(-REACH, REACH),
        xlabel="chosen: log π − log ref",
        ylabel="rejected: the same",
        title="lines of equal loss",
    )


def loss_axes(ax):
    """Axes for the loss over the margin."""
    ax.axhline(math.log(2), linewidth=0.8, color=light("muted"))
    ax.set(xlim=(-24, 24), ylim=(0, 3), xlabel="margin in nats", ylabel="loss in nats")


preference = Demo(
    "preference",
    controls=[
        Slider("chosen", -REACH, REACH, 1, start=1, label="chosen: log π − log ref"),
        Slider("rejected", -REACH, REACH, 1, start=-2, label="rejected: log π − log ref"),
        Choice("beta", BETAS, start="0.1", label="β"),
    ],
    panels=[
        Panel(
            axes=plane_axes,
            drag_x="chosen",
            drag_y="rejected",
            marks=(
                *(Curve(xy=_level(of), colour="mix", width=1.2) for of in LEVELS),
                Points(x="chosen", y="rejected", colour="q"),
            ),
            alt="The plane of two log ratios with parallel lines of equal loss, and a dot",
        ),
        Panel(
            axes=loss_axes,
            marks=(
                Curve(x=MARGINS, y=all_losses, colour="mix"),
                Points(x=margin, y=loss, colour="q"),
            ),
            alt="The loss over the margin: it falls from the left to the right, never to 0",
        ),
    ],
    readouts=[
        Readout(of=margin, label="margin", unit="nats", digits=0),
        Readout(of=loss, label="loss", unit="nats", colour="mix"),
        Readout(of=weight, label="push on each", digits=4, colour="q"),
        Readout(of=identity_loss, label="IPO's loss", digits=1),
    ],
    caption=(
        "How far the policy has moved from the reference on two answers, in nats. Violet lines "
        "join equal losses: 0.2, 0.4, ln 2, 1 and 1.5, from the lower right to the upper left, as "
        "far as they cross the picture. "
        "Drag the dot along a line. The push is how steeply the loss changes with either answer. "
        "IPO's loss is another one, which comes after the demo. Grey, in the second picture: ln 2."
    ),
)
