"""The exercises of the chapter on self-information."""

import math
from dataclasses import replace

import numpy as np

from bookkit.exercise import (
    Case,
    Choice,
    Code,
    Derivation,
    Item,
    Limit,
    Mistake,
    Number,
    Option,
    Ordering,
    Prediction,
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import self_information
from itlib_book.shared.common_mistakes import (
    base_ten_for_bits,
    base_ten_for_nats,
    bits_for_nats,
    missing_minus,
    nats_for_bits,
)
from itlib_book.shared.words import counted

NEVER_NEGATIVE = Limit("A probability is at most 1, so a surprise is never negative.", below=0.0)


def _word(number):
    """Return a small number in letters."""
    return ("no", "one", "two", "three", "four", "five", "six")[number]


# ---- predict ----

_HALVINGS = ("two", "between three and four", "six and a half", "thirteen")

guess_game = Prediction(
    "si-game",
    question="You ask “is it red?”, the answer is yes, and half of the deck is left. Say that this "
    "answer is worth one token. Instead you could have asked “is it an ace?”: a yes would leave "
    "four cards. How many tokens would that answer be worth?",
    options=[f"{number} tokens" for number in _HALVINGS],
    happens=f"{_HALVINGS[1]} tokens",
    saw="Halving the deck again and again leaves 26, 13, 6½ and 3¼ cards. Four cards lie between "
    f"three halvings and four: the yes to “an ace?” is worth {self_information(4 / 52):.2f} "
    "halvings. One halving, one *bit*, is what the yes to “red?” earned. The no"
    " to “an ace?” earns only "
    f"{self_information(48 / 52):.2f} bits, and comes twelve times as often. However you ask, "
    f"the bits of all answers add up to the same {math.log2(52):.2f} once a single card is left. "
    "Five questions about halves earn about five bits; to find the card with five takes luck.",
)

guess_adding = Prediction(
    "si-adding",
    question="$A$ has the probability $\\frac12$. At which $P(B)$ do $A$ and an independent $B$ "
    "together have one bit more than $A$ alone?",
    options=["at $P(B) = \\frac14$", "at $P(B) = \\frac12$", "at $P(B) = 1$", "nowhere"],
    happens="at $P(B) = \\frac12$",
    saw="The rectangle shrinks by multiplication and the strips grow by addition; the logarithm "
    "turns the one into the other. $P(B) = \\frac12$ adds one bit to whatever was there, and so "
    "does halving $P(A)$. A certain $B$ has a strip of length zero, and the purple dot falls onto "
    "the blue one.",
)

_TOGETHER = ("less than the sum", "exactly the sum", "more than the sum")

guess_together = Prediction(
    "si-together",
    question="“It is red” is worth 1 bit, “it is no heart” "
    f"{self_information(39 / 52):.2f} bits. What are both together worth?",
    options=list(_TOGETHER),
    happens=_TOGETHER[
        int(1 + np.sign(self_information(13 / 52) - self_information(26 / 52 * 39 / 52)))
    ],
    saw="Together they leave the diamonds, one card in four: two bits, more than the sum, since "
    "among the red cards “no heart” is rarer than in the deck. “Red” and “a heart” are worth less "
    "than the sum, since every heart is red; “red” and “an ace” exactly the sum, since half of "
    "the aces are red. “Red” and “a spade” cannot both be true, and would be infinitely "
    "surprising. What adds up in each case is the first and the second *given the first*, the "
    "last read-out.",
)

guess_lottery = Prediction(
    "si-lottery-heads",
    question="Six numbers of 49 are right: one chance in fourteen million. A coin that shows heads "
    "how many times in a row would be as surprising?",
    options=["about 24 times", "about 240 times", "about 24,000 times", "about 7 million times"],
    happens="about 24 times",
    saw="Every flip doubles the number of possibilities, and 24 doublings are nearly seventeen "
    "million. The ruler in bits puts a sunrise and a lottery win on one page.",
)

# ---- what a sentence is worth ----

_POOLS = {
    78: "A tarot deck has 78 different cards",
    40: "An Italian deck has 40 different cards",
    24: "A euchre deck has 24 different cards",
    37: "A roulette wheel has 37 pockets",
    26: "A bag holds the 26 letters of the alphabet",
    28: "A set of dominoes has 28 tiles",
    90: "A drum holds 90 numbered balls",
    20: "A die has 20 faces",
    100: "A shelf has 100 different books",
    12: "A clock has 12 hours on its face",
}


def _card(n):
    bits = self_information(1 / n)
    return Number(
        "si-card",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.005,
        question=f"{_POOLS[n]}, and one of them is picked at random. How many bits is it worth "
        "to be told which one?",
        answer=bits,
        why=f"One of {n} equally likely ones is picked, and its price is $\\log_2 {n}$.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            missing_minus(bits),
            Mistake(
                math.ceil(bits),
                f"So many yes-or-no questions always suffice, but {n} is less than "
                f"$2^{{{math.ceil(bits)}}}$: the price is a little lower.",
            ),
            Mistake(self_information(1 / 52), f"That is for one of 52. Here there are {n}."),
            Mistake(n, "That is the number of possibilities. How often can it be halved?"),
            Mistake(1 / n, "That is the probability. How many halvings lead to it?"),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "How many possibilities are there, and how often must they be halved until one is left?",
            "$n$ equally likely possibilities are worth $\\log_2 n$ bits.",
            "It lies between "
            f"$\\log_2 {2 ** math.floor(bits)} = {math.floor(bits)}$ and "
            f"$\\log_2 {2 ** math.ceil(bits)} = {math.ceil(bits)}$.",
        ],
        solution=f"$\\log_2 {n} = {bits:.4f}$ bits. Some calculators have no $\\log_2$; "
        f"$\\ln {n} / \\ln 2$ is the same.",
    )


card = varied(_card, list(_POOLS))


def _order(n):
    bits = math.log2(math.factorial(n))
    return Number(
        "si-deck-order",
        stars=2,
        minutes=4,
        unit="bits",
        tolerance=0.05,
        question=f"How many bits is the order of a shuffled pack of {n} cards worth?",
        answer=bits,
        why=f"There are ${n}!$ orders, all equally likely.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            Mistake(
                n * math.log2(n),
                f"That would be {n} cards drawn *with* replacement. In a pack each card that is "
                "known makes the next one a little less surprising.",
            ),
            Mistake(math.log2(math.factorial(52)), f"That is for 52 cards. This pack has {n}."),
            Mistake(n, f"A pack has {n} cards; the question is how many orders they have."),
            Mistake(
                math.ceil(bits),
                "So many yes-or-no questions suffice. The surprise itself is a little less.",
                tolerance=0.01,
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "In how many orders can the cards lie?",
            "$n$ cards have $n!$ orders. Factorials are read in an answer, too.",
            f"The first card has {n} possibilities, the second {n - 1}, and so on down to 1.",
        ],
        solution=f"$\\log_2 {n}! = \\log_2 {n} + \\log_2 {n - 1}$ $+ \\dots + \\log_2 1 = "
        f"{bits:.2f}$ bits: {n} surprises, each at a card from what is left.",
    )


deck_order = varied(_order, [32, 24, 40, 36, 20, 16, 13, 26, 30, 12])

# ---- compute ----

even = Number(
    "si-even",
    stars=1,
    minutes=2,
    unit="bits",
    question="A fair die is thrown behind your back, and you are told that the number is even. "
    "How many bits were you told?",
    answer=self_information(3 / 6),
    why="Half of the possibilities are gone, and halving is one bit.",
    mistakes=[
        Mistake(
            self_information(1 / 6), "That is the surprise at *one* face. Three of them are even."
        ),
        Mistake(
            self_information(1 / 3),
            "That is for one outcome of three, which is what is left to find out.",
        ),
        nats_for_bits(1.0),
        base_ten_for_bits(1.0),
        missing_minus(1.0),
        Mistake(0.5, "That is the probability. How many halvings is it?"),
    ],
    limits=[NEVER_NEGATIVE],
    hint=[
        "Which faces are left, and what share of all six are they?",
        "The surprise at an event of probability $p$ is $-\\log_2 p$.",
        "Three of six faces are even.",
    ],
    solution="$-\\log_2 \\frac36 = 1$ bit. Which of the three it is would be worth "
    f"$\\log_2 3 = {self_information(1 / 3):.4f}$ bits more, and the two add up to "
    f"$\\log_2 6 = {self_information(1 / 6):.4f}$.",
)


def _rest(told, cards, left):
    bits = math.log2(left)
    return Number(
        "si-rest",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=0.005,
        question=f"Of a card from a deck of 52 you hear: {told}. How many bits is it still worth "
        "to be told which card it is?",
        answer=bits,
        why=f"{left} cards are left, all equally likely.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            missing_minus(bits),
            Mistake(
                self_information(left / 52),
                "That is what you were told already. What is still missing?",
            ),
            Mistake(
                self_information(1 / 52),
                "That is the card for somebody who has heard nothing.",
            ),
            Mistake(math.log2(cards), "You heard two things. Both make the deck smaller."),
            Mistake(left, "That is how many cards are left. How often can they be halved?"),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "How many cards fit both answers?",
            "Whatever is told in between, all the bits add up to $\\log_2 52$.",
            f"The first answer leaves {cards} cards; how many of these fit the second?",
        ],
        solution=f"{left} cards are left, so $\\log_2 {left} = {bits:.4f}$ bits. What you heard "
        f"was worth {self_information(left / 52):.4f} bits, and both together make "
        f"$\\log_2 52 = {math.log2(52):.4f}$.",
    )


rest = varied(
    _rest,
    [
        ("“a king?” no, “red?” yes", 48, 24),
        ("“a heart?” no, “a queen?” no", 39, 36),
        ("“a jack, queen or king?” yes, “red?” no", 12, 6),
        ("“a spade?” yes, “a jack, queen or king?” no", 13, 10),
        ("“a jack, queen or king?” no, “a club?” no", 40, 30),
        ("“an ace?” no, “a heart?” yes", 48, 12),
        ("“red?” yes, “a jack, queen or king?” no", 26, 20),
        ("“an ace or a king?” no, “black?” yes", 44, 22),
        ("“red?” no, “a ten?” no", 26, 24),
        ("“a diamond?” no, “a king or a queen?” no", 39, 33),
    ],
)


def _lottery(drawn, numbers):
    bits = self_information(1 / math.comb(numbers, drawn))
    return Number(
        "si-lottery",
        stars=1,
        minutes=3,
        unit="flips",
        tolerance=0.05,
        question=f"Hitting the {_word(drawn)} right numbers of {numbers} is as surprising as a "
        "fair coin that shows heads *how many* times in a row? A fraction is allowed.",
        answer=bits,
        why="$n$ heads in a row have the probability $2^{-n}$: one bit for each flip.",
        mistakes=[
            Mistake(bits * math.log(2), "That is the surprise in nats; a flip is a bit."),
            Mistake(bits * math.log10(2), "That is the surprise in bans; a flip is a bit."),
            Mistake(
                drawn * self_information(drawn / numbers),
                f"The second number is drawn from what is left: {numbers - 1}, of which only "
                f"{_word(drawn - 1)} are yours.",
            ),
            Mistake(
                drawn * self_information(1 / numbers),
                f"You counted {_word(drawn)} given numbers in a given order, drawn with "
                "replacement.",
            ),
            Mistake(
                self_information(1 / math.perm(numbers, drawn)),
                "You counted ordered draws. On the ticket the order plays no part.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "How many different tickets are there?",
            "$k$ numbers can be chosen from $n$ in $\\binom{n}{k} = \\frac{n!}{k!\\,(n-k)!}$ ways.",
            f"Of $\\binom{{{numbers}}}{{{drawn}}}$ tickets one wins. How often must one double to "
            "get there?",
        ],
        solution=f"$\\log_2 \\binom{{{numbers}}}{{{drawn}}} = "
        f"\\log_2 {math.comb(numbers, drawn)} = {bits:.2f}$.",
    )


lottery = varied(
    _lottery,
    [(6, 42), (5, 45), (5, 90), (6, 40), (5, 35), (6, 59), (6, 47), (6, 37), (5, 47), (6, 52)],
)


def _units(odds):
    bits, nats = math.log2(odds), math.log(odds)
    return Number(
        "si-units",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.005,
        question=f"A library reports a surprise of $\\ln {odds}$ nats. How many bits is that?",
        answer=bits,
        why="One bit is $\\ln 2$ nats, so a number of nats is divided by $\\ln 2$.",
        mistakes=[
            Mistake(
                nats * math.log(2),
                "You multiplied by $\\ln 2$. A bit is *less* than a nat, so "
                "the number of bits is larger.",
            ),
            Mistake(nats, f"That is $\\ln {odds}$, still in nats."),
            Mistake(math.log10(odds), f"That is the number of bans, $\\log_{{10}} {odds}$."),
            Mistake(
                -bits,
                f"The size is right. $\\ln {odds}$ is positive already, and so is $\\ln 2$: "
                "a change of unit changes no sign.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "Which of the two units is the smaller one?",
            "One bit is $\\ln 2$ nats.",
            f"The nats and the bits are the surprise at one event, of probability 1/{odds}.",
        ],
        solution=f"$\\ln {odds} / \\ln 2 = \\log_2 {odds} = {bits:.4f}$ bits.",
    )


units = varied(_units, [100, 50, 10, 1000, 20, 40, 200, 500, 12, 7])


def _same(dice, faces):
    one = self_information(1 / faces)
    every = "both" if dice == 2 else f"all {_word(dice)}"
    return Number(
        "si-two-sixes",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.005,
        question=f"{_word(dice).capitalize()} fair dice with {faces} faces are thrown, and {every} "
        "show the highest face. How many bits of surprise?",
        answer=dice * one,
        why="Independent events: the probabilities multiply, so the surprises add.",
        mistakes=[
            Mistake(one, "That is one die."),
            Mistake(
                self_information(dice / faces),
                f"You added the probabilities. That of *{every}* is the product.",
            ),
            Mistake(
                one**dice,
                "You multiplied the surprises. Probabilities multiply, their logarithms add.",
            ),
            nats_for_bits(dice * one),
            base_ten_for_bits(dice * one),
            missing_minus(dice * one),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            f"What is the probability that *{every}* show it? Or take one die after the other.",
            "Surprises at independent events add.",
            f"One die: $\\log_2 {faces} = {one:.4f}$ bits.",
        ],
        solution=f"${dice} \\log_2 {faces} = {dice * one:.4f}$ bits.",
    )


two_sixes = varied(
    _same,
    [(3, 6), (4, 20), (5, 8), (4, 6), (2, 24), (3, 20), (2, 20), (5, 6), (4, 12), (2, 30)],
)

# ---- one after the other: a worked example that fades ----

_FIRST, _SECOND = self_information(12 / 52), self_information(11 / 51)

court = Number(
    "si-court-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=0.005,
    question="Two cards are drawn from a shuffled deck, and each is a jack, a queen or a king.\n\n"
    f"1. The first is one of them with probability 12/52: {_FIRST:.4f} bits.\n"
    f"2. Then 11 of the 51 cards left are such cards: {_SECOND:.4f} bits.\n"
    "3. How many bits is it worth that *both* are?",
    answer=_FIRST + _SECOND,
    why="The second surprise was taken given the first event, and then the two add.",
    mistakes=[
        Mistake(
            2 * _FIRST,
            "That would be right if the first card were put back. The second surprise is in step 2.",
        ),
        Mistake(_FIRST, "That is the first card. The second was told, too."),
        Mistake(_SECOND, "That is the second card, given the first. Add the first."),
        Mistake(_FIRST * _SECOND, "You multiplied the surprises. They add."),
        Mistake(
            _SECOND - _FIRST, "You subtracted. Both together are worth more than either alone."
        ),
        Mistake((_FIRST + _SECOND) / 2, "That is their mean. Both were told, so both count."),
        nats_for_bits(_FIRST + _SECOND),
        missing_minus(_FIRST + _SECOND),
    ],
    limits=[NEVER_NEGATIVE],
    hint=[
        "Which rule joins $I(A)$ and $I(B \\mid A)$?",
        "$I(A \\text{ and } B) = I(A) + I(B \\mid A)$.",
        "Take the numbers of steps 1 and 2.",
    ],
    solution=f"${_FIRST:.4f} + {_SECOND:.4f} = {_FIRST + _SECOND:.4f}$ bits. The product of the "
    f"probabilities says the same: $-\\log_2 \\frac{{12 \\cdot 11}}{{52 \\cdot 51}} = "
    f"{self_information(12 * 11 / (52 * 51)):.4f}$.",
)


def _urn(red, blue):
    total = red + blue
    first, second = self_information(red / total), self_information((red - 1) / (total - 1))
    return Number(
        "si-urn-alone",
        stars=2,
        minutes=3,
        unit="bits",
        tolerance=0.005,
        question=f"An urn holds {red} red balls and {blue} blue ones. Two are drawn, the first is "
        "not put back, and both are red. How many bits of surprise?",
        answer=first + second,
        why="The second ball is drawn from what the first one left.",
        mistakes=[
            Mistake(
                2 * first,
                "That would be right if the first ball were put back. How many are left, and how "
                "many of them are red?",
            ),
            Mistake(first, "That is the first ball. The second one is told, too."),
            Mistake(second, "That is the second ball, given the first. Add the first."),
            Mistake(
                first + self_information((red - 1) / total),
                f"The second ball is one of {total - 1}: there is one fewer in the urn.",
            ),
            Mistake(
                first + self_information(red / (total - 1)),
                f"The first red ball is gone: {red - 1} red ones are left.",
            ),
            nats_for_bits(first + second),
            base_ten_for_bits(first + second),
            missing_minus(first + second),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "What has changed in the urn before the second draw?",
            "$I(A \\text{ and } B) = I(A) + I(B \\mid A)$.",
            f"First: $-\\log_2 \\frac{{{red}}}{{{total}}}$.",
        ],
        solution=f"$-\\log_2 \\frac{{{red}}}{{{total}}} - \\log_2 \\frac{{{red - 1}}}{{{total - 1}}} "
        f"= {first:.4f} + {second:.4f} = {first + second:.4f}$ bits.",
    )


urn = varied(
    _urn,
    [(3, 5), (3, 8), (5, 8), (3, 7), (6, 8), (4, 7), (5, 7), (3, 9), (7, 4), (8, 5)],
)

# ---- lengths ----


def _free(*lengths):
    taken = sum(0.5**n for n in lengths)
    listed = ", ".join(map(str, lengths[:-1])) + f" and {lengths[-1]}"
    return Number(
        "si-free-share",
        stars=2,
        minutes=3,
        tolerance=0.0005,
        question=f"The words of a code have {listed} digits, and none of them begins another. What "
        "share of all strings is still free for further words?",
        answer=1 - taken,
        why="A word of $\\ell$ digits takes the share $2^{-\\ell}$, and the shares do not overlap.",
        mistakes=[
            Mistake(taken, "That is what is taken. What is left of the whole?"),
            Mistake(
                sum(lengths),
                "That is the number of digits. How large a part of all strings begins with a word?",
            ),
        ],
        limits=[
            Limit("A share is at least 0.", below=0.0),
            Limit("A share is at most 1.", above=1.0),
        ],
        hint=[
            "Which part of all strings begins with a word of one digit? With one of two?",
            "A word of $\\ell$ digits takes the share $2^{-\\ell}$.",
            f"The first word takes $2^{{-{lengths[0]}}}$.",
        ],
        solution="$1 - "
        + " - ".join(f"2^{{-{n}}}" for n in lengths)
        + f" = {1 - taken:g}$. A further word takes a share of its own, so it has at least "
        f"{counted(math.ceil(self_information(1 - taken)), 'digit')}.",
    )


free = varied(
    _free,
    [
        (1, 4, 4),
        (2, 3, 6),
        (1, 2, 6),
        (2, 3, 5),
        (1, 5, 5),
        (3, 3, 3),
        (2, 2, 2, 4),
        (1, 3, 4),
        (2, 4, 6),
        (1, 2, 5),
    ],
)

# ---- think ----

impossible = Choice(
    "si-impossible",
    stars=1,
    minutes=2,
    question="A model gave the probability 0 to a label that turned out right, and 1 to each of "
    "999 others that did as well. What is its mean surprise?",
    options=[
        Option(
            "0, as nearly all of its labels were certain and right",
            "999 surprises are 0, but the last one is not small.",
        ),
        Option(
            "infinite",
            "One infinite surprise makes the sum infinite, and so the mean.",
            right=math.isinf(np.mean(self_information([0.0, *[1.0] * 999]))),
        ),
        Option(
            "one thousandth of a bit",
            "A surprise is no error of size 1: what was impossible has no finite surprise.",
        ),
        Option(
            "it is not defined",
            "$-\\log p$ grows beyond every bound as $p$ goes to 0, and counts as infinite there.",
        ),
    ],
    hint=[
        "How large is the surprise at the one label?",
        "The mean is the sum, divided by the number of labels.",
        "The sum is 999 times 0, and once $-\\log 0$.",
    ],
    solution="No number of good predictions makes up for one event that was called impossible. "
    "Models that are scored in this way keep away from 0.",
)


_FACE, _KING = self_information(12 / 52), self_information(4 / 52)

face_card = Choice(
    "si-face-card",
    stars=2,
    minutes=3,
    question="Of one card you first hear “it is a jack, a queen or a king”, then “it is a king”. "
    f"Taken each by itself, these sentences carry {_FACE:.2f} bits and {_KING:.2f} bits. What do "
    "they carry together?",
    options=[
        Option(
            f"{_FACE:.2f} bits",
            "That would be so if “king” added nothing, but two thirds of those cards are no kings.",
        ),
        Option(
            f"{_KING:.2f} bits",
            "Together they say “a king”, four cards of 52. After the first sentence the second "
            "is worth $\\log_2 3$ bits only.",
            right=math.isclose(_KING, _FACE + math.log2(3)),
        ),
        Option(
            f"{_FACE + _KING:.2f} bits",
            "Surprises add for *independent* events. Every king is one of those cards, so the "
            "second sentence repeats the first one.",
        ),
        Option(
            f"{math.log2(3):.2f} bits",
            "That is the second sentence, for somebody who has heard the first one.",
        ),
    ],
    hint=[
        "Which cards are left when both sentences are true?",
        "The surprise at both is $-\\log_2 P(A \\text{ and } B)$.",
        "Every king is one of the cards of the first sentence.",
    ],
    solution=f"${_FACE:.4f} + {math.log2(3):.4f} = {_KING:.4f}$: a surprise is taken given what is "
    "known already. For independent events that is the surprise at the event by itself.",
)

_SCALE = {
    "an ace, drawn from a deck": 4 / 52,
    "both of two dice show a six": 1 / 36,
    "heads, from a fair coin": 1 / 2,
    "four heads in a row": 1 / 16,
    "a sum of seven with two dice": 6 / 36,
}

scale = Ordering(
    "si-scale",
    stars=2,
    minutes=4,
    question="Order these events by how surprising they are.",
    items=[Item(text, self_information(p)) for text, p in _SCALE.items()],
    direction="the least surprising first",
    mistakes=[
        Swap(
            "four heads in a row",
            "an ace, drawn from a deck",
            "Sixteen sequences of four flips are possible, and one card in thirteen is an ace.",
        )
    ],
    hint=[
        "How likely is each of them?",
        "The less likely, the more surprising. Write each as one chance in so many.",
        "Heads: one in 2. A sum of seven: six of the 36 pairs.",
    ],
    why="The smaller the probability, the larger the surprise.",
    solution="In bits: "
    + "; ".join(
        f"{text} {self_information(p):.2f}"
        for text, p in sorted(_SCALE.items(), key=lambda item: -item[1])
    )
    + ".",
)

reason = Choice(
    "si-reason",
    stars=2,
    minutes=3,
    question="Why does self-information use a logarithm?",
    options=[
        Option(
            "because the surprise at independent events is to add up",
            "Together with "
            "“rarer is more surprising” that leaves the logarithm alone, up to its base.",
            right=math.isclose(
                self_information(0.5 * 0.1), self_information(0.5) + self_information(0.1)
            ),
        ),
        Option(
            "because it grows gently, while $1/p$ explodes as $p$ goes to 0",
            "$-\\log p$ grows beyond every bound as well, only later; and gentle growth would "
            "leave many functions, $1/\\sqrt[10]{p}$ among them.",
        ),
        Option("because it is zero for a certain event", "So is $1 - p$, and so is $1/p - 1$."),
        Option(
            "because computers count in binary digits",
            "That may decide the base. A decimal computer would need a logarithm too.",
        ),
    ],
    hint=[
        "Which of these reasons would do for $1 - p$ or $1/p - 1$ as well?",
        "A reason for the logarithm must exclude every other function.",
        "Try each reason on $p^{-1/10} - 1$, which falls as $p$ grows and is zero at $p = 1$.",
    ],
    solution="Of the candidates in the text $1 - p$, $1/p - 1$ and $p^{-1/10} - 1$ are zero for a "
    "certain event and fall as $p$ grows, and the last one even grows gently towards "
    "$p = 0$. None of them adds up over independent events.",
)

binary_string = Choice(
    "si-string",
    stars=2,
    minutes=3,
    question="A file consists of 1,000 binary digits. How much information does it carry?",
    options=[
        Option(
            "1,000 bits",
            "That is so if each digit is a fair coin flip, independent of all others. "
            "The question does not say so.",
        ),
        Option(
            "at least 1,000 bits",
            "No source of 1,000 binary digits has more than $2^{1000}$ outcomes, so on average it "
            "tells at most 1,000 bits.",
        ),
        Option(
            "on average at most 1,000 bits; how much depends on its source",
            "A source whose "
            "digits are fair and independent reaches the limit; a source that always writes "
            "the same file tells nothing.",
            right=True,
        ),
        Option(
            "it depends on what the digits mean",
            "What they mean plays no part, only how probable each file is.",
        ),
    ],
    hint=[
        "What if you knew beforehand that it starts with 500 ones?",
        "A digit carries one bit if it is fair, given all before it; otherwise less on average.",
        "A single file of probability $p$ carries $-\\log_2 p$ bits; what is $p$?",
    ],
    solution="A digit is a place, a bit is an amount. Digits that are biased or that depend on "
    "each other carry, on average, less than a bit each.",
)

# ---- prove ----

proof = Derivation(
    "si-proof",
    stars=3,
    minutes=15,
    question="Let $f$ be defined for $0 < p \\le 1$, let it fall strictly as $p$ grows, and let "
    "$f(pq) = f(p) + f(q)$. Prove that $f(p) = -c \\log p$ with a constant $c > 0$.",
    hint=[
        "On which numbers does additivity fix $f$, once $f(\\frac12)$ is known?",
        "$f(p^n) = n f(p)$. Compare $p^n$ with powers of 1/2, for large $n$.",
        "For every $n$ there is a whole $m$ with $2^{-(m+1)} < p^n \\le 2^{-m}$.",
    ],
    steps=[
        Step(
            "$f(1) = f(1) + f(1)$, so $f(1)$ is zero; and $f(p) > 0$ for $p < 1$, as $f$ falls.",
            "Put $p = q = 1$: a certain event has no surprise.",
        ),
        Step(
            "By repeating the rule, $f(p^n) = n f(p)$ for $n = 1, 2, 3, \\dots$",
            "Independent repetitions of one event add up.",
        ),
        Step(
            "For every $n$ there is a whole $m$ with $2^{-(m+1)} < p^n \\le 2^{-m}$, so "
            "$m \\le n \\log_2 \\frac1p < m + 1$.",
            "Fit a power of $p$ between two powers of 1/2.",
        ),
        Step(
            "$f$ falls, so $m f(\\frac12) \\le n f(p) \\le (m + 1) f(\\frac12)$: "
            "$f(p)/f(\\frac12)$ and $\\log_2 \\frac1p$ both lie between $m/n$ and $(m + 1)/n$.",
            "Apply $f$ to the three powers. Because it falls, the order turns round.",
        ),
        Step(
            "They differ by at most $1/n$ for every $n$, so they are equal: "
            "$f(p) = f(\\frac12) \\log_2 \\frac1p$.",
            "Two fixed numbers that are closer than every $1/n$ are one number.",
        ),
    ],
    why="Additivity fixes $f$ on powers, and monotonicity leaves no room between them.",
    solution="The constant $c$ chooses the unit: with $f(\\frac12) = 1$ the unit is the bit.",
)


# ---- write it ----


def my_surprise(p):
    """Return the surprise in bits at an event of probability p."""
    with np.errstate(divide="ignore"):
        return 0.0 - np.log2(p)


def _natural(p):
    return self_information(p, base=math.e)


def _decimal(p):
    return self_information(p, base=10)


def _positive(p):
    return -np.asarray(self_information(p))


def _clipped(p):
    return self_information(np.maximum(p, 1e-12))


_BITS = "A chance of one in eight is 3 bits."
_NONE = "What is impossible is infinitely surprising."

code = Code(
    "si-code",
    stars=2,
    minutes=6,
    question="Write `my_surprise(p)`: the self-information in bits, of one probability or of an "
    "array of them.",
    solution=my_surprise,
    reference=self_information,
    cases=[
        Case(_BITS, (1 / 8,)),
        Case("What is certain is no surprise.", (1.0,)),
        Case(_NONE, (0.0,)),
        Case("An array gives one surprise for each entry.", (np.array([0.5, 0.0, 1.0]),)),
        Case("Very small probabilities are not cut off.", (1e-300,)),
    ],
    mistakes=[
        Slip(_natural, _BITS),
        Slip(_decimal, _BITS),
        Slip(_positive, _BITS),
        Slip(_clipped, _NONE),
    ],
    hint=[
        "Which function of NumPy takes the logarithm of a whole array?",
        "$I = -\\log_2 p$; think of $p = 0$ and of $p = 1$.",
        "`np.log2` takes arrays; its warning about zero can be switched off with `np.errstate`.",
    ],
    why="One logarithm and a sign, and what is impossible stays infinitely surprising.",
    remark="`0.0 - …` and not `-…`, which would call the surprise at a certain event `-0.0`. "
    "`np.log2(1 / p)` is the same on paper; in floating point $1/p$ overflows for $p$ below "
    "about $10^{-308}$. `itlib` refuses whatever is no probability besides.",
    call="exercises.code.check(my_surprise)",
)


def _loss(*chances):
    model = np.array(chances)
    nats = float(np.mean(self_information(model, base=math.e)))
    return Number(
        "si-loss",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=0.002,
        question="A classifier gave the labels that turned out right the probabilities "
        f"{chances[0]}, {chances[1]} and {chances[2]}. Its loss is the *mean* of their surprises in "
        "nats. How large is it?",
        answer=nats,
        why="The loss of a classifier is how surprised it was by the truth, on average.",
        mistakes=[
            bits_for_nats(nats),
            Mistake(
                3 * nats,
                "That is the sum, the negative log-likelihood of all three. The loss is the mean.",
            ),
            Mistake(
                -math.log(model.mean()),
                "That is the logarithm of the mean; asked for is the mean of the logarithms.",
            ),
            Mistake(float(1 - model.mean()), "That is one minus the mean probability."),
            replace(base_ten_for_nats(nats), tolerance=0.0005),
            missing_minus(nats),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "How surprised was it by each label?",
            "$\\frac1n \\sum -\\ln p$, with the natural logarithm, over the $n$ labels.",
            f"The first label: $-\\ln {chances[0]} = {-math.log(chances[0]):.4f}$.",
        ],
        solution="$\\frac13 ("
        + " + ".join(f"{-math.log(p):.4f}" for p in chances)
        + f") = {nats:.4f}$ nats. The label with the probability {min(chances)} contributes most.",
    )


loss = varied(
    _loss,
    [
        (0.25, 0.8, 0.5),
        (0.9, 0.4, 0.25),
        (0.7, 0.05, 0.9),
        (0.6, 0.25, 0.9),
        (0.5, 0.05, 0.9),
        (0.99, 0.01, 0.9),
        (0.4, 0.6, 0.1),
        (0.35, 0.95, 0.6),
        (0.95, 0.2, 0.75),
        (0.15, 0.6, 0.9),
    ],
)
