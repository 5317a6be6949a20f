"""The demos of the chapter on evidence and testing."""

import math
from functools import cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from itlib import kl_divergence
from itlib.hypotheses import (
    chernoff_information,
    growth_rate,
    log_neyman_pearson,
    neyman_pearson,
)
from itlib_book.evidence_and_testing import data
from itlib_book.evidence_and_testing.data import LEVEL, TESTS, TOSSES, binomial
from itlib_book.shared.coins import coin

# ---- demo-peeking: tests that are read while the coin is tossed ----

SHOWN = np.arange(0, TOSSES + 1, 10)


def accused(test, p, look):
    """The share of coins that have been called bent, by the number of tosses."""
    return data.stopped(test, p, int(look))[0][SHOWN]


def cleared(test, p, look):
    """The share of coins that have been called fair, by the number of tosses."""
    return data.stopped(test, p, int(look))[1][SHOWN]


def called_bent(test, p, look):
    """The share of coins that are called bent within 1000 tosses."""
    return 100 * data.stopped(test, p, int(look))[0][-1]


def called_fair(test, p, look):
    """The share of coins that are called fair within 1000 tosses."""
    return 100 * data.stopped(test, p, int(look))[1][-1]


def tosses_made(test, p, look):
    """The mean number of tosses, 1000 for coins that are not decided by then."""
    return data.mean_tosses(test, p, int(look))


def peeking_axes(ax):
    """Axes for shares of coins against tosses."""
    ax.set(
        xlim=(0, TOSSES),
        ylim=(0, 1.02),
        xlabel="tosses",
        ylabel="share of the coins",
        title="decided so far",
    )


peeking = Demo(
    "peeking",
    controls=[
        Choice("test", TESTS, start=TESTS[0], label="stop when"),
        Slider("p", 0.5, 0.7, 0.01, start=0.5, label="heads of the coin"),
        Choice("look", ("1", "2", "5", "10", "50"), start="50", label="look every … tosses"),
    ],
    panels=[
        Panel(
            axes=peeking_axes,
            marks=(
                Curve(x=[0, TOSSES], y=[0.05, 0.05], colour="muted", dashed=True, width=1.2),
                Curve(x=SHOWN, y=cleared, colour="p"),
                Curve(x=SHOWN, y=accused, colour="bad", width=2.2),
            ),
            alt="The share of coins that were called bent, red, and fair, blue, rising with the "
            "number of tosses; a dashed line at five per cent",
        )
    ],
    readouts=[
        Readout(of=called_bent, label="called bent", unit="%", digits=2, colour="bad"),
        Readout(of=called_fair, label="called fair", unit="%", digits=2, colour="p"),
        Readout(of=tosses_made, label="tosses, on average", digits=1),
    ],
    caption="The share of coins that have been called bent (red) or fair (blue) so far, exact; "
    "the dashed line is at 5 %. The p-value is two-sided, by the normal curve, from the tenth toss "
    "on. The ratio compares a coin of 0.6 with a fair one; the sequential test stops at 19 to 1 in "
    "either direction. All three give up after 1000 tosses.",
)

# ---- demo-two-coins-exponents: two coins, and how fast one can tell them apart ----

SIZES = np.arange(5, 201, 5)


def shares(n):
    """Where the towers of 0 ... n heads begin and end, as shares of the tosses."""
    heads = np.arange(int(n) + 2) - 0.5
    return heads[:-1] / n, heads[1:] / n


@cache
def null_heights(p0, n):
    """How likely each number of heads is under the null, by the likeliest."""
    likely = binomial(int(n), p0)
    return likely / likely.max()


@cache
def other_heights(p1, n):
    """How likely each number of heads is under the alternative, by the likeliest."""
    likely = binomial(int(n), p1)
    return likely / likely.max()


@cache
def threshold(p0, p1, n):
    """The share of heads from which the best test at 5 % rejects; outside where there is none."""
    if p0 == p1:
        return -1.0
    likely = binomial(int(n), p0)
    tail = np.cumsum(likely[::-1] if p1 > p0 else likely)
    kept = int(np.argmax(tail > LEVEL)) - 0.5  # so many outcomes are rejected for certain
    return (n - kept) / n if p1 > p0 else kept / n


def missed(p0, p1, n):
    """The least miss at a level of 5 %, in words where six digits do not show it."""
    miss = neyman_pearson(p0, p1, int(n), LEVEL)
    return f"{miss:.6f}" if miss >= 1e-6 else "below 0.000001"


@cache
def miss_rate(p0, p1, n):
    """Its exponent."""
    return -log_neyman_pearson(p0, p1, int(n), LEVEL) / int(n) + 0.0


@cache
def error_rate(p0, p1, n):
    """The exponent of the best decision's error at even odds."""
    return -math.log2(data.best_error(p0, p1, int(n))) / n


def forward(p0, p1):
    """D(P₀‖P₁)."""
    return kl_divergence(coin(p0), coin(p1))


def backward(p0, p1):
    """D(P₁‖P₀)."""
    return kl_divergence(coin(p1), coin(p0))


def chernoff(p0, p1):
    """The Chernoff information."""
    return chernoff_information(coin(p0), coin(p1)).value


@cache
def miss_curve(p0, p1):
    """The exponent of the misses for 5 ... 200 tosses."""
    return [miss_rate(p0, p1, n) for n in SIZES]


@cache
def error_curve(p0, p1):
    """The exponent of the best decision's error for 5 ... 200 tosses."""
    return [error_rate(p0, p1, int(n)) for n in SIZES]


HIGHEST = 1.2  # bits a toss; what is above leaves the picture


def towers_axes(ax):
    """Axes for how likely each share of heads is."""
    ax.set(
        xlim=(0, 1), ylim=(0, 1.08), yticks=[], xlabel="share of heads", title="what n tosses show"
    )


def rates_axes(ax):
    """Axes for exponents."""
    ax.set(
        xlim=(0, 200),
        ylim=(0, HIGHEST),
        xlabel="tosses, n",
        ylabel="bits per toss",
        title="−1/n log₂ of an error",
    )


two_coins_exponents = Demo(
    "two-coins-exponents",
    controls=[
        Slider("p0", 0.05, 0.95, 0.05, start=0.1, label="P₀: heads of the null"),
        Slider("p1", 0.05, 0.95, 0.05, start=0.4, label="P₁: heads of the other"),
        Slider("n", 5, 200, 5, start=50, label="tosses, n"),
    ],
    panels=[
        Panel(
            axes=towers_axes,
            marks=(
                Bars(across=shares, base=0, top=null_heights, colour="p", opacity=0.5),
                Bars(across=shares, base=0, top=other_heights, colour="q", opacity=0.5),
                Curve(x=threshold, y=[0, 1.08], colour="ink", dashed=True),
            ),
            alt="Two hills of bars over the share of heads, blue for the null and orange for the "
            "other coin, both scaled to the same height, and a dashed line where the test rejects",
        ),
        Panel(
            axes=rates_axes,
            marks=(
                Curve(x=[0, 200], y=forward, colour="q", dashed=True, width=1.2),
                Curve(x=[0, 200], y=chernoff, colour="good", dashed=True, width=1.2),
                Curve(x=SIZES, y=miss_curve, colour="q"),
                Curve(x=SIZES, y=error_curve, colour="good"),
                Points(x="n", y=miss_rate, colour="q"),
                Points(x="n", y=error_rate, colour="good"),
            ),
            alt="Exponents against the number of tosses: of the misses, orange, and of the best "
            "decision, green, each with its limit as a dashed line",
        ),
    ],
    readouts=[
        Readout(of=missed, label="misses, 5 % false alarms", digits=None, colour="q"),
        Readout(of=miss_rate, label="their exponent", unit="bits per toss", colour="q"),
        Readout(of=forward, label="D(P₀‖P₁)", unit="bits per toss", colour="q"),
        Readout(of=backward, label="D(P₁‖P₀)", unit="bits per toss", colour="muted"),
        Readout(
            of=error_rate, label="best decision, exponent", unit="bits per toss", colour="good"
        ),
        Readout(of=chernoff, label="Chernoff information C", unit="bits per toss", colour="good"),
    ],
    caption="Blue: what the null coin shows; orange: the other one; each hill is scaled to its top. "
    "From the dashed line on, on the other coin's side, the best test at a level of 5 % rejects. "
    "Second picture: exponents of the misses of that test (orange), and of the best decision at even "
    "odds (green), each with its limit (dashed).",
)

# ---- demo-kelly: how much of one's wealth to bet ----

STAKES = np.linspace(0, 1, 41)
BETS = np.arange(0, 201, 20)
FLOOR, TOP = -30, 30  # the doublings that the picture shows
FAR = 300  # stands for what has left it


@cache
def _growth(p, stake, odds):
    return growth_rate(coin(p), [1 + odds, 0], [stake, 0])


def growth_curve(p, odds):
    """The growth for every stake, cut off below."""
    return [max(_growth(p, float(s), odds), -1.0) for s in STAKES]


def growth_height(p, stake, odds):
    """The growth for this stake, cut off below."""
    return max(_growth(p, stake, odds), -1.0)


def growth(p, stake, odds):
    """Doublings per bet, in words where wealth is lost for good."""
    rate = _growth(p, stake, odds)
    return f"{rate:.4f} bits a bet".replace("-", "−") if rate > -math.inf else "−∞: ruin"


def gain(p, stake, odds):
    """What expected wealth gains with each bet."""
    return 100 * stake * (p * (1 + odds) - 1)


def best_stake(p, odds):
    """Kelly's stake: none where the odds are against it."""
    return max(p - (1 - p) / odds, 0.0)


def best_growth(p, odds):
    """The growth that it gives."""
    return _growth(p, best_stake(p, odds), odds) + 0.0


@cache
def _wins(p):
    """Return how often each player has won after each of the numbers of bets that are drawn."""
    return np.cumsum(np.pad(data.outcomes(p), ((0, 0), (1, 0))), axis=1)[:, BETS]


def _player(number):
    """Return the function that draws a player's wealth, in doublings."""

    def wealth(p, stake, odds):
        wins = _wins(p)[number]
        won = math.log2(1 + stake * odds)
        lost = math.log2(1 - stake) if stake < 1 else -10 * FAR
        return np.clip(wins * won + (BETS - wins) * lost, -FAR, FAR)

    return wealth


def stakes_axes(ax):
    """Axes for growth against the stake."""
    ax.axhline(0, color="0.5", linewidth=0.8)
    ax.set(
        xlim=(0, 1),
        ylim=(-0.5, 1.05),
        xlabel="share of wealth that is bet",
        ylabel="bits per bet",
        title="growth",
    )


def wealth_axes(ax):
    """Axes for wealth against bets."""
    ax.axhline(0, color="0.5", linewidth=0.8)
    ax.set(
        xlim=(0, 200),
        ylim=(FLOOR, TOP),
        xlabel="bets",
        ylabel="doublings",
        title="log₂ of the wealth of five players",
    )


kelly = Demo(
    "kelly",
    controls=[
        Slider("p", 0.2, 0.8, 0.02, start=0.6, label="chance to win"),
        Slider("stake", 0, 1, 0.025, start=0.1, label="share that is bet"),
        Slider("odds", 1, 3, 0.25, start=1, label="odds, to one"),
    ],
    panels=[
        Panel(
            axes=stakes_axes,
            marks=(
                Curve(x=STAKES, y=growth_curve, colour="p"),
                Points(x="stake", y=growth_height, colour="q"),
                Points(x=best_stake, y=best_growth, colour="good", hollow=True, radius=5.5),
            ),
            alt="A curve of the growth against the stake, with a ring at its top: at a stake above 0 "
            "if the odds favour the player, else at 0; beyond the top it falls "
            "without end; a dot at the stake that is chosen",
            drag_x="stake",
        ),
        Panel(
            axes=wealth_axes,
            marks=tuple(
                Curve(x=BETS, y=_player(i), colour=colour, width=1.4)
                for i, colour in enumerate(("p", "q", "mix", "good", "muted"))
            ),
            alt="The wealth of five players on a logarithmic scale over two hundred bets",
        ),
    ],
    readouts=[
        Readout(of=growth, label="growth", digits=None, colour="q"),
        Readout(of=gain, label="expected gain a bet", unit="%", digits=2),
        Readout(of=best_stake, label="the best share", colour="good"),
        Readout(of=best_growth, label="its growth", unit="bits a bet", colour="good"),
    ],
    caption="Odds of $b$ to one pay the stake back and $b$ times as much; even odds are one to one. "
    "The five players have the same luck whatever the stake. The ring is the stake that grows "
    "fastest.",
)
