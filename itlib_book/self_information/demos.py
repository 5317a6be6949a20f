"""The demos of the chapter on self-information."""

import math
from functools import cache, lru_cache

import numpy as np
from matplotlib.patches import Rectangle

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Image, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from bookkit.palette import light
from itlib import self_information

# ---- demo-guess-my-card: yes-or-no questions, what they leave, and what they are worth ----

SUITS = ("♠", "♣", "♦", "♥")  # from below, so that the black ones touch, and the red ones
NAMES = ("a spade?", "a club?", "a diamond?", "a heart?")
RANKS = ("A", *map(str, range(2, 11)), "J", "Q", "K")
DEALS = {"first": (2, 0), "second": (12, 3), "third": (0, 2), "fourth": (7, 1)}  # rank, suit
NOTHING, SUIT_HALF, SUIT_ONE, RANK_HALF, RANK_ONE = QUESTIONS = (
    "not yet",
    "half of the suits?",
    "a single suit?",
    "half of the ranks?",
    "a single rank?",
)
CARD = self_information(1 / 52)


def _asked(box, question):
    """Return the words of a question about a box of cards, and the box of those with a yes."""
    low, high, bottom, top = box  # ranks from `low` to before `high`, suits in the same way
    if question in (RANK_HALF, RANK_ONE):
        end = low + (1 if question == RANK_ONE else (high - low + 1) // 2)
        named = f"{RANKS[low]}?" if end - low == 1 else f"{RANKS[low]} to {RANKS[end - 1]}?"
        return named, (low, end, bottom, top)
    if question == SUIT_HALF and bottom < 2 < top:
        return "red?", (low, high, 2, top)
    return NAMES[top - 1], (low, high, top - 1, top)


def _without(box, part):
    """Return what is left of a box when a part of it, its low ranks or its high suits, is not."""
    low, high, bottom, top = box
    return (part[1], high, bottom, top) if part[1] < high else (low, high, bottom, part[2])


def _holds(box, rank, suit):
    return box[0] <= rank < box[1] and box[2] <= suit < box[3]


def _size(box):
    return (box[1] - box[0]) * (box[3] - box[2])


@cache
def _left(deal, *questions):
    """Return the box of the cards that are left after some questions, and the last answer."""
    if not questions:
        return (0, 13, 0, 4), ""
    before, _ = _left(deal, *questions[:-1])
    if questions[-1] == NOTHING:
        return before, ""
    named, part = _asked(before, questions[-1])
    after, answer = (part, "yes") if _holds(part, *DEALS[deal]) else (_without(before, part), "no")
    worth = self_information(_size(after) / _size(before))
    return after, f"{named} {answer}: {worth:.2f} bits"


@cache
def _worth(left):
    """Return the bits that it is worth to know that so many cards are left."""
    return self_information(left / 52)


def _earned(deal, *questions):
    """Return the surprise at all answers together, in bits."""
    return _worth(_size(_left(deal, *questions)[0]))


def box_left(deal, q1, q2, q3, q4, q5):
    """Where the cards lie that are left."""
    return _left(deal, q1, q2, q3, q4, q5)[0]


def left(deal, q1, q2, q3, q4, q5):
    """The number of cards that are left."""
    return _size(box_left(deal, q1, q2, q3, q4, q5))


def earned(deal, q1, q2, q3, q4, q5):
    """The bits that the answers earned together."""
    return _earned(deal, q1, q2, q3, q4, q5)


def missing(deal, q1, q2, q3, q4, q5):
    """The bits that the card is still worth."""
    return math.log2(left(deal, q1, q2, q3, q4, q5))


def each(deal, q1, q2, q3, q4, q5):
    """The bits that a question earned on average."""
    asked = sum(question != NOTHING for question in (q1, q2, q3, q4, q5))
    return earned(deal, q1, q2, q3, q4, q5) / max(asked, 1)


def step1(deal, q1):
    """Where the bits of the first answer begin and end."""
    return 0, _earned(deal, q1)


def step2(deal, q1, q2):
    """Where the bits of the second answer begin and end."""
    return _earned(deal, q1), _earned(deal, q1, q2)


def step3(deal, q1, q2, q3):
    """Where the bits of the third answer begin and end."""
    return _earned(deal, q1, q2), _earned(deal, q1, q2, q3)


def step4(deal, q1, q2, q3, q4):
    """Where the bits of the fourth answer begin and end."""
    return _earned(deal, q1, q2, q3), _earned(deal, q1, q2, q3, q4)


def step5(deal, q1, q2, q3, q4, q5):
    """Where the bits of the fifth answer begin and end."""
    return _earned(deal, q1, q2, q3, q4), _earned(deal, q1, q2, q3, q4, q5)


def words1(deal, q1):
    """The first question and its answer."""
    return _left(deal, q1)[1]


def words2(deal, q1, q2):
    """The second question and its answer."""
    return _left(deal, q1, q2)[1]


def words3(deal, q1, q2, q3):
    """The third question and its answer."""
    return _left(deal, q1, q2, q3)[1]


def words4(deal, q1, q2, q3, q4):
    """The fourth question and its answer."""
    return _left(deal, q1, q2, q3, q4)[1]


def words5(deal, q1, q2, q3, q4, q5):
    """The fifth question and its answer."""
    return _left(deal, q1, q2, q3, q4, q5)[1]


def deck_axes(ax):
    """Axes with the 52 cards, suits in rows and ranks in columns."""
    for suit in range(4):
        for rank in range(13):
            ax.add_patch(Rectangle((rank + 0.06, suit + 0.06), 0.88, 0.88, color=light("line")))
    ax.set(
        xlim=(0, 13),
        ylim=(0, 4),
        xticks=np.arange(13) + 0.5,
        xticklabels=RANKS,
        yticks=np.arange(4) + 0.5,
        yticklabels=SUITS,
    )
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def game_axes(ax):
    """Axes with the deck of the game."""
    deck_axes(ax)
    ax.set_title("the cards that are left")


def ladder_axes(ax):
    """Axes for the bits of five answers, one below the other, up to those of a card."""
    ax.axvline(CARD, color=light("muted"), linestyle="--", linewidth=1)
    ax.set(
        xlim=(0, 6.2),
        ylim=(5.05, -0.1),
        xticks=range(7),
        yticks=np.arange(5) + 0.5,
        yticklabels=range(1, 6),
        xlabel=f"bits (dashed: one card, log₂ 52 = {CARD:.2f})",
        ylabel="question",
        title="what the answers are worth",
    )
    ax.tick_params(axis="y", length=0)


def _rung(row, span, words):
    """Return the marks of one answer: a bar that begins where the last one ended, and its words."""
    return (
        Bars(across=span, base=row + 0.92, top=row + 0.52, colour="pq"[row % 2]),
        Text(x=0.08, y=row + 0.4, text=words, anchor="start"),
    )


guess_my_card = Demo(
    "guess-my-card",
    controls=[
        Choice("deal", tuple(DEALS), start="first", label="hidden card"),
        *(
            Choice(
                f"q{k}", QUESTIONS, start=SUIT_HALF if k == 1 else NOTHING, label=f"question {k}"
            )
            for k in range(1, 6)
        ),
    ],
    panels=[
        Panel(
            axes=game_axes,
            marks=(Bars(box=box_left, colour="p", opacity=0.6),),
            alt="The deck as a grid of four suits and thirteen ranks; the cards that can still be "
            "the hidden one are coloured",
        ),
        Panel(
            axes=ladder_axes,
            marks=tuple(
                mark
                for row, (span, words) in enumerate(
                    [
                        (step1, words1),
                        (step2, words2),
                        (step3, words3),
                        (step4, words4),
                        (step5, words5),
                    ]
                )
                for mark in _rung(row, span, words)
            ),
            alt="One strip for each answer, as long as the answer is worth in bits; each begins "
            "where the one before it ends, and a dashed line marks what a whole card is worth",
        ),
    ],
    readouts=[
        Readout(of=left, label="cards left", digits=0, colour="p"),
        Readout(of=earned, label="earned", unit="bits", digits=2),
        Readout(of=missing, label="still to earn", unit="bits", digits=2),
        Readout(of=each, label="for each question", unit="bits", digits=2),
    ],
    caption="Four cards are hidden; choose one, and then your questions. An answer that leaves half "
    "of the cards earns one bit, one that leaves a quarter earns two, one that leaves an eighth "
    "three. A question about *half* takes the upper suits or the lower ranks of what is left, a "
    "question about a *single* one the uppermost suit or the lowest rank.",
)


# ---- demo-surprise: the surprise at two independent events, apart and together ----

# Close together where the curve is steep.
PS = np.concatenate([np.geomspace(0.0004, 0.2, 60), np.linspace(0.21, 1, 40)])
SURPRISES = self_information(PS)
MOST = 12


def bits_a(a):
    """The surprise at A in bits."""
    return self_information(a)


def bits_b(b):
    """The surprise at B in bits."""
    return self_information(b)


def chance(a, b):
    """The probability of A and B, which are independent."""
    return a * b


def bits_both(a, b):
    """The surprise at A and B, from their joint probability."""
    return self_information(chance(a, b))


def nats_both(a, b):
    """The same surprise in nats."""
    return self_information(chance(a, b), base=np.e)


def bans_both(a, b):
    """The same surprise in bans."""
    return self_information(chance(a, b), base=10)


def end_of_b(a, b):
    """Where the strip of B ends when it begins where that of A ends."""
    return bits_a(a) + bits_b(b)


def square_axes(ax):
    """Axes for a unit square of probability."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xticks=[0, 0.5, 1],
        yticks=[0, 0.5, 1],
        xlabel="P(A)",
        ylabel="P(B)",
        title="probabilities multiply",
    )


def curve_axes(ax):
    """Axes for surprise against probability."""
    ax.set(
        xlim=(-0.03, 1.03),
        ylim=(-0.5, MOST),
        xticks=[0, 0.25, 0.5, 0.75, 1],
        xlabel="probability",
        ylabel="bits",
        title="−log₂ of a probability",
    )


def strip_axes(ax):
    """Axes for surprises laid end to end."""
    ax.set(
        xlim=(0, MOST),
        ylim=(-0.6, 1.6),
        xlabel="bits",
        title="surprises add",
        yticks=[0, 1],
        yticklabels=["A, then B", "A and B"],
    )
    ax.tick_params(axis="y", length=0)


surprise = Demo(
    "surprise",
    controls=[
        Slider("a", 0.02, 1, 0.02, start=0.5, label="P(A)"),
        Slider("b", 0.02, 1, 0.02, start=0.1, label="P(B)"),
    ],
    panels=[
        Panel(
            axes=square_axes,
            drag_x="a",
            drag_y="b",
            marks=(
                Bars(left=0, right="a", base=0, top=1, colour="p", opacity=0.25),
                Bars(left=0, right=1, base=0, top="b", colour="q", opacity=0.25),
                Bars(left=0, right="a", base=0, top="b", colour="mix"),
            ),
            alt="A unit square: A is a column as wide as P(A), B a row as high as P(B), and the "
            "rectangle in which they meet has the area P(A and B)",
        ),
        Panel(
            axes=curve_axes,
            drag_x="a",
            marks=(
                Curve(x=PS, y=SURPRISES, colour="muted"),
                Points(x="a", y=bits_a, colour="p"),
                Points(x="b", y=bits_b, colour="q"),
                Points(x=chance, y=bits_both, colour="mix"),
            ),
            alt="The curve of surprise in bits against probability, with three dots: A, B, and "
            "A and B together",
        ),
        Panel(
            axes=strip_axes,
            marks=(
                Bars(left=0, right=bits_both, base=0.7, top=1.3, colour="mix"),
                Bars(left=0, right=bits_a, base=-0.3, top=0.3, colour="p"),
                Bars(left=bits_a, right=end_of_b, base=-0.3, top=0.3, colour="q"),
            ),
            alt="Strips as long as surprises: above that of A and B, below that of A followed by "
            "that of B; both end at the same place",
        ),
    ],
    readouts=[
        Readout(of=bits_a, label="I(A)", unit="bits", colour="p"),
        Readout(of=bits_b, label="I(B)", unit="bits", colour="q"),
        Readout(of=chance, label="P(A and B)", colour="mix"),
        Readout(of=bits_both, label="I(A and B)", unit="bits", colour="mix"),
        Readout(of=nats_both, label="in nats", unit="nats", colour="mix"),
        Readout(of=bans_both, label="in bans", unit="bans", colour="mix"),
    ],
    caption="Two independent events, $A$ (blue) and $B$ (orange). The purple rectangle is as large "
    "as the probability that both happen, and the purple strip, computed from that area "
    "alone, is as long as the blue one and the orange one together.",
)


# ---- demo-together: two events of the deck, which may lean on each other ----

EVENTS = {
    "it is red": lambda rank, suit: suit >= 2,
    "it is a heart": lambda rank, suit: suit == 3,
    "it is no heart": lambda rank, suit: suit != 3,
    "it is a spade": lambda rank, suit: suit == 0,
    "it is an ace": lambda rank, suit: rank == 0,
    "it is a king": lambda rank, suit: rank == 12,
    "it is a jack, queen or king": lambda rank, suit: rank >= 10,
    "it is below 8": lambda rank, suit: rank < 7,
}
LONGEST = 8


@lru_cache
def _cards(event):
    """Return the cards of an event as a table of 0 and 1, the uppermost suit first."""
    return np.array([[int(EVENTS[event](r, s)) for r in range(13)] for s in (3, 2, 1, 0)])


def cards_one(one):
    """The cards of the first event."""
    return _cards(one)


def cards_other(other):
    """The cards of the second event."""
    return _cards(other)


def cards_shared(one, other):
    """The cards of both."""
    return _cards(one) * _cards(other)


def bits_one(one):
    """The surprise at the first event."""
    return self_information(_cards(one).mean())


def bits_other(other):
    """The surprise at the second event."""
    return self_information(_cards(other).mean())


def bits_sum(one, other):
    """Both surprises, added."""
    return bits_one(one) + bits_other(other)


def bits_shared(one, other):
    """The surprise at both events together."""
    return self_information(cards_shared(one, other).mean())


def bits_after(one, other):
    """The surprise at the second event for somebody who knows the first."""
    return self_information(cards_shared(one, other).sum() / _cards(one).sum())


def strip_shared(one, other):
    """How long the strip of both is; an infinite one leaves the picture."""
    return min(bits_shared(one, other), 2 * LONGEST)


def pair_axes(ax):
    """Axes with the deck for two events."""
    deck_axes(ax)
    ax.set_title("first, second, and both")


def sum_axes(ax):
    """Axes for the surprises at two events, laid end to end and together."""
    ax.set(
        xlim=(0, LONGEST),
        ylim=(-0.6, 1.6),
        xlabel="bits",
        title="does the sum say it?",
        yticks=[0, 1],
        yticklabels=["added", "together"],
    )
    ax.tick_params(axis="y", length=0)


DECK = {"shape": (4, 13), "darkest": 1, "box": (0, 0, 13, 4)}

together = Demo(
    "together",
    controls=[
        Choice("one", tuple(EVENTS), start="it is red", label="first"),
        Choice("other", tuple(EVENTS), start="it is an ace", label="second"),
    ],
    panels=[
        Panel(
            axes=pair_axes,
            marks=(
                Image(pixels=cards_one, colour="p", opacity=0.4, **DECK),
                Image(pixels=cards_other, colour="q", opacity=0.4, **DECK),
                Image(pixels=cards_shared, colour="mix", opacity=0.7, **DECK),
            ),
            alt="The deck as a grid: the cards of the first event in one colour, those of the "
            "second in another, and those of both in a third",
        ),
        Panel(
            axes=sum_axes,
            marks=(
                Bars(left=0, right=strip_shared, base=0.7, top=1.3, colour="mix"),
                Bars(left=0, right=bits_one, base=-0.3, top=0.3, colour="p"),
                Bars(left=bits_one, right=bits_sum, base=-0.3, top=0.3, colour="q"),
            ),
            alt="Above, a strip as long as the surprise at both events together; below, the strips "
            "of the two, laid end to end",
        ),
    ],
    readouts=[
        Readout(of=bits_one, label="I(first)", unit="bits", colour="p"),
        Readout(of=bits_other, label="I(second)", unit="bits", colour="q"),
        Readout(of=bits_sum, label="their sum", unit="bits"),
        Readout(of=bits_shared, label="I(both)", unit="bits", colour="mix"),
        Readout(of=bits_after, label="I(second | first)", unit="bits"),
    ],
    caption="Two sentences about one card. If both are true of more cards than they would be if "
    "they were independent, together they are worth less than the sum. If both are true of fewer "
    "cards, they are worth more.",
)
