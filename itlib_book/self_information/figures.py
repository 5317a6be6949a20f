"""The figures of the chapter on self-information."""

import math

import numpy as np
from matplotlib.patches import FancyBboxPatch, Rectangle

from bookkit.figure import Figure
from bookkit.palette import light
from bookkit.svg import INK
from itlib import self_information
from itlib_book.self_information.data import EVENTS

# ---- the deck: what each sentence leaves over ----

SUITS = "♠♣♦♥"  # from below, as in the game


def _deck(ax, is_left, title):
    """Draw the deck as 4 × 13 cells, those that are still possible in colour."""
    left = 0
    for suit in range(4):
        for rank in range(13):
            possible = is_left(suit, rank)
            left += possible
            ax.add_patch(
                Rectangle(
                    (rank + 0.08, suit + 0.08), 0.84, 0.84, color=light("p" if possible else "line")
                )
            )
    bits = self_information(left / 52)
    ax.set(
        xlim=(0, 13),
        ylim=(0, 4),
        yticks=[],
        aspect="equal",
        xticks=np.arange(13) + 0.5,
        xticklabels=["A", *range(2, 11), "J", "Q", "K"],
        title=f"“{title}”: {left} of 52 left, {bits:.2f} bits",
    )
    for suit, sign in enumerate(SUITS):
        ax.text(-0.5, suit + 0.5, sign, ha="center", va="center")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def draw_any_card(ax):
    """Draw the deck after a sentence that excludes nothing."""
    _deck(ax, lambda suit, rank: True, "a card")


def draw_a_heart(ax):
    """Draw the deck after a sentence that leaves one suit."""
    _deck(ax, lambda suit, rank: suit == 3, "a heart")


def draw_an_eight(ax):
    """Draw the deck after a sentence that leaves one rank."""
    _deck(ax, lambda suit, rank: rank == 7, "an eight")


def draw_one_card(ax):
    """Draw the deck after a sentence that leaves one card."""
    _deck(ax, lambda suit, rank: suit == 0 and rank == 2, "the three of spades")


deck = Figure(
    "si-deck",
    draw_any_card,
    draw_a_heart,
    draw_an_eight,
    draw_one_card,
    height=150,
    caption="The cards that are still possible (blue) after each sentence. The less is left, the "
    "more was said: keeping a quarter costs two halvings, and keeping one card costs as "
    "much as its suit and its rank together.",
    alt="The deck as a grid of four suits and thirteen ranks: all cards, one row, one column, and "
    "one card in colour",
)


# ---- the curve ----


def draw_curve(ax):
    """Draw -log2 p from 0.01 to 1 with the halvings marked."""
    p = np.linspace(0.01, 1, 400)
    ax.plot(p, self_information(p), color=light("p"))
    for half in range(7):
        ax.plot(0.5**half, half, "o", color=light("p"), markersize=4.5, clip_on=False)
        if half:
            ax.plot([0, 0.5**half], [half, half], color=light("line"), linewidth=0.8, zorder=0)
    for half, name in ((1, "½"), (2, "¼"), (3, "⅛")):
        ax.text(0.5**half + 0.02, half + 0.15, name)
    rare = self_information(0.01)
    ax.plot(0.01, rare, "o", color=light("q"), markersize=4.5)
    ax.text(0.05, rare - 0.12, f"p = 0.01: {rare:.2f} bits", color=light("q"))
    ax.set(xlim=(0, 1), ylim=(0, 7.2), xlabel="probability p", ylabel="bits", title="−log₂ p")


def draw_three_logarithms(ax):
    """Draw the same curve in bits, nats and bans."""
    p = np.linspace(0.01, 1, 400)
    for base, name, colour, row in (
        (2, "log₂: bits", "p", 6),
        (math.e, "ln: nats", "q", 5.3),
        (10, "log₁₀: bans", "mix", 4.6),
    ):
        ax.plot(p, self_information(p, base=base), color=light(colour))
        ax.text(0.6, row, name, color=light(colour))
    ax.set(
        xlim=(0, 1),
        ylim=(0, 7.2),
        xlabel="probability p",
        ylabel="−log p",
        title="one quantity, three units",
    )


curve = Figure(
    "si-curve",
    draw_curve,
    draw_three_logarithms,
    caption="Every halving of the probability adds one bit. The curve is zero at certainty and has "
    "no upper end. Another base of the logarithm rescales it and changes nothing else.",
    alt="Surprise against probability, falling from high values near 0 to zero at 1; "
    "and three such curves, in bits, nats and bans",
)


# ---- everyday events on one scale ----


def draw_events(ax):
    """Draw everyday events by their surprise."""
    for row, p in enumerate(EVENTS.values()):
        bits = self_information(p)
        colour = light("good" if bits < 0.5 else "p" if bits < 7 else "q")
        ax.plot([0, bits], [row, row], color=colour, linewidth=5)
        digits = 4 if bits < 0.01 else 2
        ax.text(bits + 0.4, row, f"{bits:.{digits}f}", va="center")
    ax.set(
        xlim=(0, 28),
        ylim=(len(EVENTS) - 0.4, -0.6),
        xlabel="bits",
        yticks=range(len(EVENTS)),
        yticklabels=list(EVENTS),
        title="expected, uncertain, rare",
    )
    ax.tick_params(axis="y", length=0)


events = Figure(
    "si-events",
    draw_events,
    height=230,
    caption="Each bit halves the probability, so that twenty bits are about one chance in a "
    "million. Green: expected. Blue: uncertain, within seven coin flips. Orange: rare.",
    alt="Bars of the surprise in bits at eight everyday events, from almost zero for sunrise to "
    "more than twenty for a lottery win",
)


# ---- code words own shares of all bit strings ----

CODE = {"0": "p", "10": "q", "110": "mix", "111": "good"}  # word -> colour


def draw_shares(ax):
    """Draw every code word over the share of all strings that begin with it."""
    for length in range(1, 4):
        for place in range(2**length):
            ax.add_patch(
                Rectangle(
                    (place / 2**length, length - 1),
                    0.5**length,
                    1,
                    fill=False,
                    edgecolor=light("line"),
                    linewidth=0.8,
                )
            )
    start = 0
    for word, colour in CODE.items():
        p, low = 0.5 ** len(word), len(word) - 1
        ax.add_patch(Rectangle((start, low), p, 3 - low, color=light(colour), alpha=0.25))
        ax.add_patch(
            Rectangle((start, low), p, 1, fill=False, edgecolor=light(colour), linewidth=1.6)
        )
        ax.text(start + p / 2, low + 0.5, word, ha="center", va="center")
        start += p
    ax.set(
        xlim=(0, 1),
        ylim=(3, 0),
        yticks=[0.5, 1.5, 2.5],
        yticklabels=["1 digit", "2 digits", "3 digits"],
        xlabel="share of all strings that begin so",
        title="a word of ℓ digits takes a share 2⁻ˡ",
    )
    ax.tick_params(axis="y", length=0)


shares = Figure(
    "si-shares",
    draw_shares,
    height=190,
    caption="Four code words for outcomes of probability ½, ¼, ⅛ and ⅛. No word begins another, so "
    "each owns all strings below it. Giving every outcome a share as large as its "
    "probability makes the word for $p$ exactly $-\\log_2 p$ digits long.",
    alt="Strings of one, two and three binary digits as cells in rows; the words 0, 10, 110 and "
    "111 are coloured, each with everything below it",
)


# ---- where information theory enters a model ----

STAGES = {
    "data": "entropy: how far they compress",
    "features": "mutual information: which to keep",
    "model": "KL divergence: how far from a prior",
    "predictions": "perplexity: how many choices left",
    "loss": "cross-entropy: surprise at the truth",
}


def draw_pipeline(ax):
    """Draw the stages of a model and the measure that belongs to each."""
    for row, (stage, measure) in enumerate(STAGES.items()):
        ax.add_patch(
            FancyBboxPatch(
                (0.05, row + 0.25),
                1.1,
                0.4,
                boxstyle="round,pad=0.05",
                facecolor=light("panel"),
                edgecolor=light("p"),
                linewidth=1,
            )
        )
        ax.text(0.6, row + 0.45, stage, ha="center", va="center")
        ax.text(1.4, row + 0.45, measure, va="center", color=light("p"))
        if row:
            ax.annotate(
                "",
                (0.6, row + 0.2),
                (0.6, row - 0.3),
                arrowprops={"arrowstyle": "->", "color": INK, "linewidth": 1},
            )
    ax.set(xlim=(-0.05, 4.2), ylim=(5, 0))
    ax.axis("off")


pipeline = Figure(
    "si-pipeline",
    draw_pipeline,
    height=230,
    caption="From data to loss: every stage is measured by a quantity of this book, and all of "
    "them are made of averages of self-information.",
    alt="Five boxes, one below the other: data, features, model, predictions and loss, with "
    "entropy, mutual information, KL divergence, perplexity and cross-entropy beside them",
)
