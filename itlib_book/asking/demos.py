"""The demos of the chapter on questions."""

import math
from functools import cache
from itertools import product

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points, Tiles
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import binary_entropy
from itlib.questions import bald as bits_of_disagreement
from itlib.questions import beta_information, binary_kl_inverse
from itlib_book.asking import data

FAR = 20.0  # stands for what has left the picture

# ---- demo-mastermind: an opener, its answer, and the guess after it ----

REPLIES = tuple(f"{black} black, {white} white" for black, white in data.ANSWERS)
SIGNS = [f"{black}+{white}" for black, white in data.ANSWERS]
PLACES = np.arange(len(REPLIES), dtype=float)
BAR = 0.4  # half of its width


@cache
def _groups(opener):
    """How many codes give each of the fourteen answers."""
    sizes = data.group_sizes(np.arange(len(data.CODES)))[data.number(opener)]
    return _of_answers(sizes)


def _of_answers(sizes):
    return np.array([sizes[5 * black + white] for black, white in data.ANSWERS], float)


@cache
def _left(opener, answer):
    black, white = data.ANSWERS[REPLIES.index(answer)]
    return data.consistent(data.number(opener), 5 * black + white)


@cache
def _next(opener, answer):
    """The next guess, and the sizes of the groups that it makes; None if nothing is left."""
    left = _left(opener, answer)
    if not len(left):
        return None, np.zeros(len(REPLIES))
    guess = data.next_guess(left)
    return guess, _of_answers(data.group_sizes(left)[guess])


def groups(opener):
    """The sizes of the groups, one for each answer."""
    return _groups(opener)


def chosen(opener, answer):
    """The size of the group of the chosen answer; nothing for the others."""
    return np.where(np.array(REPLIES) == answer, _groups(opener), 0.0)


def next_groups(opener, answer):
    """The sizes of the groups after the next guess."""
    return _next(opener, answer)[1]


def opener_bits(opener):
    """What the answer to the opener tells on average."""
    return float(data.bits_of(_groups(opener)))


def codes_left(opener, answer):
    """How many codes give this answer."""
    return float(len(_left(opener, answer)))


def told(opener, answer):
    """What this very answer tells."""
    left = len(_left(opener, answer))
    return math.log2(len(data.CODES) / left) if left else math.inf


def next_guess(opener, answer):
    """The guess after it that tells most, and whether it may be right."""
    guess, _ = _next(opener, answer)
    if guess is None:
        return "no code answers so"
    if answer == REPLIES[-1]:
        return "none: found"
    return data.name(guess) + ("" if guess in _left(opener, answer) else " (cannot be right)")


def next_bits(opener, answer):
    """What the next answer tells on average."""
    guess, sizes = _next(opener, answer)
    return 0.0 if guess is None else float(data.bits_of(sizes))


def groups_axes(ax):
    """Axes for the groups of the opener."""
    ax.set(
        xlim=(-0.6, 13.6),
        ylim=(0, 640),
        xticks=PLACES,
        xlabel="black + white",
        ylabel="codes",
        title="answers to the opener",
    )
    ax.set_xticklabels(SIGNS, rotation=90)


def next_axes(ax):
    """Axes for the groups of the next guess."""
    ax.set(
        xlim=(-0.6, 13.6),
        ylim=(0, 130),
        xticks=PLACES,
        xlabel="black + white",
        ylabel="codes",
        title="answers to the next guess",
    )
    ax.set_xticklabels(SIGNS, rotation=90)


mastermind = Demo(
    "mastermind",
    controls=[
        Choice("opener", data.OPENERS, start="1123", label="first guess"),
        Choice("answer", REPLIES, start="1 black, 1 white", label="answer"),
    ],
    panels=[
        Panel(
            axes=groups_axes,
            marks=(
                Bars(left=PLACES - BAR, right=PLACES + BAR, base=0, top=groups, opacity=0.35),
                Bars(left=PLACES - BAR, right=PLACES + BAR, base=0, top=chosen, opacity=0.9),
            ),
            alt="Bars: how many codes give each of the fourteen answers to the first guess",
        ),
        Panel(
            axes=next_axes,
            marks=(
                Bars(left=PLACES - BAR, right=PLACES + BAR, base=0, top=next_groups, colour="q"),
            ),
            alt="Bars: how many of the codes that are left give each answer to the next guess",
        ),
    ],
    readouts=[
        Readout(of=opener_bits, label="opener, on average", unit="bits", digits=3, colour="p"),
        Readout(of=told, label="this answer tells", unit="bits", digits=3, colour="p"),
        Readout(of=codes_left, label="codes left", digits=0, colour="p"),
        Readout(of=next_guess, label="next guess", digits=None, colour="q"),
        Readout(of=next_bits, label="next, on average", unit="bits", digits=3, colour="q"),
    ],
    caption=(
        "First picture: the 1296 codes by their answer to the first guess; 1+2 stands for one black and two "
        "white pegs. Full: those that fit the answer you chose. Second: what the most informative "
        "next guess makes of these. Which guess that is depends on both, the first guess and its answer."
    ),
)

# ---- demo-beta-question: what the next toss tells ----

HEADS = Slider("a", 0.5, 10, 0.5, start=4, label="a, for heads")
TAILS = Slider("b", 0.5, 10, 0.5, start=2, label="b, for tails")

BIAS = np.linspace(0.01, 0.99, 50)


def belief(a, b):
    """The density of the bias."""
    log = (a - 1) * np.log(BIAS) + (b - 1) * np.log1p(-BIAS)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return np.minimum(np.exp(log - log_beta), FAR)


def heads(a, b):
    """The chance that the next toss shows heads."""
    return a / (a + b)


def answer_bits(a, b):
    """How uncertain the next toss is."""
    return float(binary_entropy(a / (a + b)))


@cache
def _told(tosses):
    """Return {(a, b): what some tosses tell about the bias} for every belief of the sliders."""
    beliefs = list(product(HEADS.stops, TAILS.stops))
    return dict(zip(beliefs, beta_information(*np.transpose(beliefs), tosses).tolist()))


def toss_bits(a, b):
    """What the next toss tells about the bias."""
    return _told(1)[a, b]


def noise_bits(a, b):
    """What of it is chance, whatever the bias."""
    return answer_bits(a, b) - toss_bits(a, b)


def ten_bits(a, b):
    """What ten tosses tell."""
    return _told(10)[a, b]


def belief_axes(ax):
    """Axes for the belief."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 5),
        xlabel="bias θ",
        ylabel="density",
        title="what is believed",
    )


def counts_axes(ax):
    """The map of beliefs."""
    ax.set(
        xlim=(0.25, 10.25),
        ylim=(0.25, 10.25),
        xticks=[1, 4, 7, 10],
        yticks=[1, 4, 7, 10],
        xlabel="a",
        ylabel="b",
        title="what the next toss tells",
    )
    ax.grid(visible=False)


beta_question = Demo(
    "beta-question",
    controls=[
        HEADS,
        TAILS,
    ],
    panels=[
        Panel(
            axes=belief_axes,
            marks=(Curve(x=BIAS, y=belief, colour="p", width=2.4),),
            alt="The density of the bias of a coin, from 0 to 1",
        ),
        Panel(
            axes=counts_axes,
            drag_x="a",
            drag_y="b",
            marks=(
                Tiles(
                    of="toss_bits",
                    x="a",
                    y="b",
                    levels=(0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 1),
                    rising=True,
                    colour="p",
                    opacity=0.6,
                ),
                Points(x="a", y="b", colour="ink"),
            ),
            alt="A map over a and b: strong in colour where both are small and the next toss tells most; "
            "faint for large a and b",
        ),
    ],
    readouts=[
        Readout(of=heads, label="chance of heads", digits=3),
        Readout(of=answer_bits, label="entropy of the toss", unit="bits"),
        Readout(of=noise_bits, label="of it noise", unit="bits", colour="muted"),
        Readout(of=toss_bits, label="of it about θ", unit="bits", colour="p"),
        Readout(of=ten_bits, label="ten tosses tell", unit="bits", colour="p"),
    ],
    caption=(
        "A belief about the bias of a coin, Beta(a, b), and what the next toss will tell about it "
        "on average. On the map, the stronger the colour, the more. Drag the dot."
    ),
)

# ---- demo-bald: two models and a label ----

CHANCE = np.linspace(0, 1, 51)


def hill():
    """The entropy of a coin, over its chance."""
    return np.asarray(binary_entropy(CHANCE))


def models(p1, p2):
    """Where the two models stand on the curve."""
    ends = np.array([p1, p2])
    return ends, np.asarray(binary_entropy(ends))


def _mean(p1, p2, weight):
    return weight * p1 + (1 - weight) * p2


def gap(p1, p2, weight):
    """From the straight line up to the curve, at the mean."""
    mean = _mean(p1, p2, weight)
    return np.array([mean, mean]), np.array([mean_entropy(p1, p2, weight), of_mean(p1, p2, weight)])


def of_mean(p1, p2, weight):
    """The entropy of the mean prediction."""
    mean = min(_mean(p1, p2, weight), 1.0)
    return float(binary_entropy(mean))


def mean_entropy(p1, p2, weight):
    """The mean of the models' entropies."""
    first, second = np.asarray(binary_entropy([p1, p2]))
    return float(weight * first + (1 - weight) * second)


def disagreement(p1, p2, weight):
    """What the label tells about which model is right."""
    chances = [[p1, 1 - p1], [p2, 1 - p2]]
    return float(bits_of_disagreement(chances, [weight, 1 - weight]))


def hill_axes(ax):
    """Axes for the entropy of a coin."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1.08),
        xlabel="chance of label 1",
        ylabel="bits",
        title="entropies of the two and of their mean",
    )


def models_axes(ax):
    """The square of two models."""
    ax.set(
        xlim=(-0.025, 1.025),
        ylim=(-0.025, 1.025),
        xlabel="model 1 says",
        ylabel="model 2 says",
        title="what the label tells",
    )
    ax.grid(visible=False)


bald = Demo(
    "bald",
    controls=[
        Slider("p1", 0, 1, 0.05, start=0.8, label="model 1 says"),
        Slider("p2", 0, 1, 0.05, start=0.3, label="model 2 says"),
        Slider("weight", 0.1, 0.9, 0.2, start=0.5, label="weight of model 1"),
    ],
    panels=[
        Panel(
            axes=hill_axes,
            marks=(
                Curve(x=CHANCE, y=hill, colour="muted"),
                Curve(xy=models, colour="p", dashed=True),
                Points(xy=models, colour="p"),
                Curve(xy=gap, colour="q", width=3),
            ),
            alt="The entropy of a coin as an arch; two dots on it joined by a straight line; an "
            "upright line from there to the arch at the mean of the two",
        ),
        Panel(
            axes=models_axes,
            drag_x="p1",
            drag_y="p2",
            marks=(
                Tiles(
                    of="disagreement",
                    x="p1",
                    y="p2",
                    levels=(0.01, 0.05, 0.1, 0.2, 0.35, 1),
                    rising=True,
                    colour="q",
                    opacity=0.6,
                ),
                Points(x="p1", y="p2", colour="ink"),
            ),
            alt="A map over what the two models say: faint along the diagonal, strong in colour in the two "
            "corners where they contradict each other",
        ),
    ],
    readouts=[
        Readout(of=of_mean, label="entropy of the mean", unit="bits"),
        Readout(of=mean_entropy, label="mean of the entropies", unit="bits", colour="p"),
        Readout(of=disagreement, label="told about the models", unit="bits", colour="q"),
    ],
    caption=(
        "Two models say with which chance an input has label 1. The arch is the entropy of a coin; the two "
        "models are the blue dots on it, joined by a dashed line. "
        "The orange line, from the mean of the entropies up to the entropy of the mean, is what the "
        "label tells about which model is right. On the map, the stronger the "
        "colour, the more. Drag the dot."
    ),
)

# ---- demo-bandit-index: how good may this machine be? ----

ROUNDS = np.arange(10, 201, 10.0)
TIMES = ("100", "1000", "10000", "100000")
Q = np.linspace(0.005, 0.995, 67)


def budget(n, t):
    """What a coin may be away, in nats."""
    return math.log(int(t)) / n


@cache
def all_kl(mean, t):
    """The index of KL-UCB for each number of plays."""
    return binary_kl_inverse(mean, math.log(int(t)) / ROUNDS)


def all_hoeffding(mean, t):
    """The index from Hoeffding's bound with the same budget."""
    return np.minimum(mean + np.sqrt(math.log(int(t)) / ROUNDS / 2), FAR)


def all_ucb1(mean, t):
    """The index of UCB1."""
    return np.minimum(mean + np.sqrt(2 * math.log(int(t)) / ROUNDS), FAR)


def kl_index(mean, n, t):
    """The largest chance within the budget."""
    return float(all_kl(mean, t)[list(ROUNDS).index(n)])


def hoeffding_index(mean, n, t):
    """The same with a parabola in place of the divergence."""
    return mean + math.sqrt(budget(n, t) / 2)


def ucb1_index(mean, n, t):
    """The index of UCB1, which has four times the budget."""
    return mean + math.sqrt(2 * budget(n, t))


def divergence(mean):
    """The divergence of the machine that was seen from each other one, in nats."""
    with np.errstate(divide="ignore", invalid="ignore"):
        up = mean * np.log(mean / Q) if mean else 0.0
        down = (1 - mean) * np.log((1 - mean) / (1 - Q)) if mean < 1 else 0.0
    return np.minimum(np.where(mean <= Q, up + down, 0.0), FAR)


def parabola(mean):
    """Pinsker's bound on it."""
    return np.where(mean <= Q, 2 * (Q - mean) ** 2, 0.0)


def spent(n, t):
    """The budget, as a level."""
    return np.full(2, budget(n, t))


def index_axes(ax):
    """Axes for the indices."""
    ax.axhline(1, color=light("muted"), linewidth=0.8)
    ax.set(
        xlim=(0, 200),
        ylim=(0, 1.5),
        xlabel="times played",
        ylabel="chance",
        title="how good it may be",
    )


def budget_axes(ax):
    """Axes for the divergence and the budget."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 0.5),
        xlabel="chance q",
        ylabel="nats",
        title="from the mean to q, and the budget",
    )


bandit_index = Demo(
    "bandit-index",
    controls=[
        Slider("mean", 0, 1, 0.05, start=0.4, label="mean reward so far"),
        Slider("n", 10, 200, 10, start=50, label="times played"),
        Choice("t", TIMES, start="1000", label="rounds in all"),
    ],
    panels=[
        Panel(
            axes=index_axes,
            drag_x="n",
            drag_y="mean",
            marks=(
                Curve(x=ROUNDS, y=all_kl, colour="p", width=2.4),
                Curve(x=ROUNDS, y=all_hoeffding, colour="mix", dashed=True),
                Curve(x=ROUNDS, y=all_ucb1, colour="q"),
                Points(x="n", y=kl_index, colour="p"),
                Points(x="n", y="mean", colour="ink", hollow=True),
            ),
            alt="Three curves over the number of plays that come down towards the mean: that of KL-UCB "
            "is never above 1, that of Hoeffding lies above it, and UCB1 is the highest",
        ),
        Panel(
            axes=budget_axes,
            marks=(
                Curve(x=Q, y=divergence, colour="p", width=2.4),
                Curve(x=Q, y=parabola, colour="mix", dashed=True),
                Curve(x=(0, 1), y=spent, colour="muted"),
                Points(x=kl_index, y=budget, colour="p"),
                Points(x=hoeffding_index, y=budget, colour="mix", hollow=True),
            ),
            alt="The divergence of the mean from q, the parabola below it, and the level of the "
            "budget, which the divergence reaches first",
        ),
    ],
    readouts=[
        Readout(of=budget, label="budget", unit="nats"),
        Readout(of=kl_index, label="KL-UCB", digits=3, colour="p"),
        Readout(of=hoeffding_index, label="parabola, same budget", digits=3, colour="mix"),
        Readout(of=ucb1_index, label="UCB1", digits=3, colour="q"),
    ],
    caption=(
        "A slot machine has paid with a mean $p$ between 0 and 1 in $n$ plays, of $t$ rounds in all. Blue: the "
        "largest chance $q$ that it may have, if $D(p‖q)$ may be $\\ln t/n$ nats. Violet: the same with the "
        "parabola $2(q - p)^2$ below the divergence. Orange: UCB1, the parabola with four times the budget. "
        "Drag the ring."
    ),
)
