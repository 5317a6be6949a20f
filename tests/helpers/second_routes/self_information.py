"""Self-information a second time: logarithms of mpmath, and cards that are counted one by one."""

import itertools
import math

from mpmath import binomial, ln, mpf
from precise import lb


def surprise(*shares):
    """Return the bits of events that follow one another, each given as (so many, of so many)."""
    return sum(lb(mpf(whole) / part) for part, whole in shares)


ANSWERS = {
    "si-card": lambda n=78: lb(n),
    "si-deck-order": lambda n=32: sum(map(lb, range(1, n + 1))),
    "si-even": lambda: mpf(1),
    "si-rest": lambda told="“a king?” no, “red?” yes", cards=48, left=24: lb(len(cards_told(told))),
    "si-lottery": lambda drawn=6, numbers=42: lb(binomial(numbers, drawn)),
    "si-units": lambda odds=100: lb(odds),
    "si-two-sixes": lambda dice=3, faces=6: lb(mpf(faces) ** dice),
    "si-court-last-step": lambda: surprise((12, 52), (11, 51)),
    "si-urn-alone": lambda red=3, blue=5: lb(binomial(red + blue, 2) / binomial(red, 2)),
    "si-free-share": lambda *lengths: free_share(lengths or (1, 4, 4)),
    "si-loss": lambda *chances: -sum(ln(mpf(str(x))) for x in chances or (0.25, 0.8, 0.5)) / 3,
}

MEANINGS = {
    "a king": lambda rank, suit: rank == "K",
    "a queen": lambda rank, suit: rank == "Q",
    "an ace": lambda rank, suit: rank == "A",
    "a ten": lambda rank, suit: rank == "10",
    "an ace or a king": lambda rank, suit: rank in "AK",
    "a king or a queen": lambda rank, suit: rank in "KQ",
    "a jack, queen or king": lambda rank, suit: rank in "JQK",
    "a heart": lambda rank, suit: suit == "♥",
    "a spade": lambda rank, suit: suit == "♠",
    "a club": lambda rank, suit: suit == "♣",
    "a diamond": lambda rank, suit: suit == "♦",
    "red": lambda rank, suit: suit in "♥♦",
    "black": lambda rank, suit: suit in "♠♣",
}
RANKS = ["A", *map(str, range(2, 11)), "J", "Q", "K"]
DECK = list(itertools.product(RANKS, "♠♣♦♥"))


def cards_told(told):
    """Return the cards that fit the words of a question, such as “red?” yes, “an ace?” no."""
    left = DECK
    for words, answer in [part.split("?” ") for part in told.removeprefix("“").split(", “")]:
        left = [card for card in left if MEANINGS[words](*card) == (answer == "yes")]
    return left


def free_share(lengths):
    """Return the share of the longest strings that begin with none of the words."""
    longest = max(lengths)
    return mpf(2**longest - sum(2 ** (longest - n) for n in lengths)) / 2**longest


# ---- demos ----

HIDDEN = {"first": "3♠", "second": "K♥", "third": "A♦", "fourth": "8♣"}


def guess_my_card(deal, **asked):
    """Play the game card by card: which of those that are left would have had the same answer?"""
    left, count = DECK, 0
    rank, suit = HIDDEN[deal][:-1], HIDDEN[deal][-1]
    for question in asked.values():
        if question == "not yet":
            continue
        count += 1
        suits, ranks = (
            sorted({c[k] for c in left}, key=order)
            for k, order in ((1, "♠♣♦♥".index), (0, RANKS.index))
        )
        if question == "half of the suits?":
            red = [s for s in suits if s in "♦♥"]
            named = red if 0 < len(red) < len(suits) else suits[-1:]
        elif question == "a single suit?":
            named = suits[-1:]
        elif question == "half of the ranks?":
            named = ranks[: math.ceil(len(ranks) / 2)]
        else:
            named = ranks[:1]
        about_suits = "suit" in question
        answer = (suit if about_suits else rank) in named
        left = [c for c in left if ((c[1] if about_suits else c[0]) in named) == answer]
    bits = math.log2(52) - math.log2(len(left))
    return {
        "left": len(left),
        "earned": bits,
        "missing": math.log2(len(left)),
        "each": bits / count if count else 0,
    }


SENTENCES = {
    "it is red": lambda rank, suit: suit in "♥♦",
    "it is a heart": lambda rank, suit: suit == "♥",
    "it is no heart": lambda rank, suit: suit != "♥",
    "it is a spade": lambda rank, suit: suit == "♠",
    "it is an ace": lambda rank, suit: rank == "A",
    "it is a king": lambda rank, suit: rank == "K",
    "it is a jack, queen or king": lambda rank, suit: rank in "JQK",
    "it is below 8": lambda rank, suit: rank in "A234567",
}


def together(one, other):
    """Count the cards of both sentences."""
    first, second = ({c for c in DECK if SENTENCES[name](*c)} for name in (one, other))

    def bits(part, whole):
        return math.log2(whole / part) if part else math.inf

    return {
        "bits_one": bits(len(first), 52),
        "bits_other": bits(len(second), 52),
        "bits_sum": bits(len(first) * len(second), 52**2),
        "bits_shared": bits(len(first & second), 52),
        "bits_after": bits(len(first & second), len(first)),
    }


def two_events(a, b):
    both = math.log(1 / a) + math.log(1 / b)
    return {
        "bits_a": math.log2(1 / a),
        "bits_b": math.log2(1 / b),
        "chance": a * b,
        "bits_both": both / math.log(2),
        "nats_both": both,
        "bans_both": both / math.log(10),
    }


DEMOS = {"guess-my-card": guess_my_card, "together": together, "surprise": two_events}

# ---- figures ----


def cells(fits):
    """Return the corners of the cells of the cards that fit: a row a suit, a column a rank."""
    cards = [(suit, rank) for suit in "♠♣♦♥" for rank in RANKS if fits(rank, suit)]
    inset = (0.08, 0.92, 0.92, 0.08, 0.08), (0.08, 0.08, 0.92, 0.92, 0.08)

    def corner(axis, k):
        suit, rank = cards[int(k) // 5]
        return (RANKS.index(rank), "♠♣♦♥".index(suit))[axis] + inset[axis][int(k) % 5]

    return {
        "p/shape all x": lambda k: corner(0, k),
        "p/shape all y": lambda k: corner(1, k),
        "p/shape all count": lambda _: 5 * len(cards),
    }


def strokes(colour, *rows):
    """Return the routes of the ends of strokes from 0: (row, chances as (whole, part))."""
    ends = [end for _, (whole, part) in rows for end in (0, lb(mpf(whole) / part))]
    return {
        f"{colour}/line all x": lambda k: ends[int(k)],
        f"{colour}/line all y": lambda k: rows[int(k) // 2][0],
    }


def box(left, low, width, height):
    """Return the routes of the corners of a rectangle."""
    x = [left, left + width, left + width, left, left]
    y = [low, low, low + height, low + height, low]
    return lambda k: x[int(k)], lambda k: y[int(k)]


def words_of_a_code():
    """Return the corners of the boxes of four words, from the digits of their strings."""
    found = {}
    for colour, word in {"p": "0", "q": "10", "mix": "110", "good": "111"}.items():
        first = int(word, 2) / 2 ** len(word)
        found[f"{colour}/shape x"], found[f"{colour}/shape y"] = box(
            first, len(word) - 1, 1 / 2 ** len(word), 4 - len(word)
        )
    return found


FIGURES = {
    "si-deck": [
        cells(fits)
        for fits in (
            lambda rank, suit: True,
            MEANINGS["a heart"],
            lambda rank, suit: rank == "8",
            lambda rank, suit: (rank, suit) == ("3", "♠"),
        )
    ],
    "si-curve": [
        {
            "p/line": lambda p: -lb(mpf(p)),
            "p/dots all": lambda p: -lb(mpf(p)),
            "line/line all x": lambda k: int(k) % 2 / mpf(2) ** (int(k) // 2 + 1),
            "line/line all y": lambda k: int(k) // 2 + 1,
            "p = 0.01": lambda p: lb(1 / mpf(p)),
        },
        {
            "log₂": lambda p: -lb(mpf(p)),
            "ln": lambda p: -ln(mpf(p)),
            "log₁₀": lambda p: -ln(mpf(p)) / ln(10),
        },
    ],
    "si-events": [
        strokes("good", (0, (10000, 9999)), (1, (100, 95)))
        | strokes("p", (2, (2, 1)), (3, (6, 1)))
        | strokes(
            "q",
            (4, (365, 1)),
            (5, (1000, 1)),
            (6, (649740, 1)),  # a royal flush
            (7, (binomial(49, 6), 1)),
        )
    ],
    "si-shares": [words_of_a_code()],
    "si-pipeline": [None],
}
