"""The exercises of the chapter on self-information."""

import math

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
    Slip,
    Step,
    Swap,
)
from itlib import self_information
from itlib_book.shared.common_mistakes import (
    base_ten_for_bits,
    bits_for_nats,
    missing_minus,
    nats_for_bits,
)

NEVER_NEGATIVE = Limit("A probability is at most 1, so a surprise is never negative.", below=0.0)


# ---- check a number of the text ----

_CARD = self_information(1 / 78)

card = Number(
    "si-card",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=0.005,
    question="A tarot deck has 78 different cards, 22 of them trumps. How surprising is it to draw "
    "the one that was named beforehand?",
    answer=_CARD,
    why="One card of 78 has the probability 1/78, and its surprise is $\\log_2 78$.",
    mistakes=[
        nats_for_bits(_CARD),
        base_ten_for_bits(_CARD),
        missing_minus(_CARD),
        Mistake(
            7,
            "Seven questions always suffice for *one* card, but together they are not worth "
            "seven whole bits: 78 is less than $2^7$.",
        ),
        Mistake(self_information(1 / 52), "That is for a deck of 52. A tarot deck has 78."),
        Mistake(self_information(22 / 78), "That is the surprise at *some* trump."),
        Mistake(self_information(1 / 22), "That is for a deck of trumps only."),
        Mistake(78, "That is the number of cards. How often can it be halved?"),
        Mistake(1 / 78, "That is the probability. The surprise is minus its logarithm."),
    ],
    limits=[NEVER_NEGATIVE],
    hint="What is the probability of the one card, and how often must one halve to get there?",
    solution=f"$-\\log_2 \\frac{{1}}{{78}} = \\log_2 78 = {_CARD:.4f}$ bits. There are one and a "
    f"half times as many cards as in a deck of 52, which adds $\\log_2 1.5 = "
    f"{math.log2(1.5):.4f}$ bits.",
)

_PACK = math.log2(math.factorial(32))

deck_order = Number(
    "si-deck-order",
    stars=2,
    minutes=4,
    unit="bits",
    tolerance=0.05,
    question="How many bits is the order of a shuffled pack of 32 cards worth?",
    answer=_PACK,
    why="There are $32!$ orders, all equally likely.",
    mistakes=[
        Mistake(_PACK * math.log(2), "That is the value in nats; divide by $\\ln 2$ for bits."),
        Mistake(_PACK * math.log10(2), "That is the value in bans; the question asks for bits."),
        Mistake(
            32 * math.log2(32),
            "That would be 32 cards drawn *with* replacement. In a pack each card "
            "that is known makes the next one a little less surprising.",
        ),
        Mistake(math.log2(math.factorial(52)), "That is for 52 cards. This pack has 32."),
        Mistake(32, "A pack has 32 cards; the question is how many orders they have."),
        Mistake(
            math.ceil(_PACK),
            "So many yes-or-no questions suffice. The surprise itself is a little less.",
            tolerance=0.01,
        ),
    ],
    limits=[NEVER_NEGATIVE],
    hint="In how many orders can the cards lie? Factorials are read in an answer, too.",
    solution="$\\log_2 32! = \\log_2 32 + \\log_2 31$ $+ \\dots + \\log_2 1 = "
    f"{_PACK:.2f}$ bits: 32 surprises, each at a card from what is left.",
)

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
    hint="What is the probability of an even number?",
    solution="$-\\log_2 \\frac36 = 1$ bit. Which of the three it is would be worth "
    f"$\\log_2 3 = {self_information(1 / 3):.4f}$ bits more, and the two add up to "
    f"$\\log_2 6 = {self_information(1 / 6):.4f}$.",
)

_LOTTERY = self_information(1 / math.comb(49, 6))
_HUNDRED = self_information(0.01)

lottery = Number(
    "si-lottery",
    stars=1,
    minutes=3,
    unit="flips",
    tolerance=0.05,
    question="Hitting the six right numbers of 49 is as surprising as a fair coin that shows heads "
    "*how many* times in a row? A fraction is allowed.",
    answer=_LOTTERY,
    why="$n$ heads in a row have the probability $2^{-n}$: one bit for each flip.",
    mistakes=[
        Mistake(_LOTTERY * math.log(2), "That is the surprise in nats; a flip is a bit."),
        Mistake(_LOTTERY * math.log10(2), "That is the surprise in bans; a flip is a bit."),
        Mistake(
            6 * self_information(6 / 49),
            "The second number is drawn from what is left, and only five of the 48 are yours.",
        ),
        Mistake(
            6 * self_information(1 / 49),
            "You counted six given numbers in a given order, drawn with replacement.",
        ),
        Mistake(
            self_information(1 / math.perm(49, 6)),
            "You counted ordered draws. On the ticket the order plays no part.",
        ),
    ],
    limits=[NEVER_NEGATIVE],
    hint="There are $\\binom{49}{6}$ tickets, and one of them wins.",
    solution=f"$\\log_2 \\binom{{49}}{{6}} = \\log_2 {math.comb(49, 6)} = {_LOTTERY:.2f}$.",
)

_NATS = self_information(0.01, base=math.e)

units = Number(
    "si-units",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=0.005,
    question="A library reports a surprise of $\\ln 100$ nats. How many bits are that?",
    answer=_HUNDRED,
    why="One bit is $\\ln 2$ nats, so a number of nats is divided by $\\ln 2$.",
    mistakes=[
        Mistake(
            _NATS * math.log(2),
            "You multiplied by $\\ln 2$. A bit is *less* than a nat, so "
            "the number of bits is larger.",
        ),
        Mistake(_NATS, "That is $\\ln 100$, still in nats."),
        Mistake(2, "That is the number of bans, $\\log_{10} 100$."),
        Mistake(
            -_HUNDRED,
            "The size is right. $\\ln 100$ is positive already, and so is $\\ln 2$: "
            "a change of unit changes no sign.",
        ),
    ],
    limits=[NEVER_NEGATIVE],
    hint="Both are the surprise at an event of probability 1/100.",
    solution=f"$\\ln 100 / \\ln 2 = \\log_2 100 = {_HUNDRED:.4f}$ bits.",
)

_SIXES = self_information(1 / 36)

two_sixes = Number(
    "si-two-sixes",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=0.005,
    question="Two dice, both show a six. How many bits of surprise?",
    answer=_SIXES,
    why="Independent events: the probabilities multiply, so the surprises add.",
    mistakes=[
        Mistake(self_information(1 / 6), "That is one six."),
        Mistake(
            self_information(1 / 3), "You added the probabilities. That of *both* is the product."
        ),
        Mistake(
            self_information(1 / 6) ** 2,
            "You multiplied the surprises. Probabilities multiply, their logarithms add.",
        ),
        Mistake(
            self_information(1 / 18),
            "That is for two *different* numbers in either order, such as a five and a six.",
        ),
        nats_for_bits(_SIXES),
        base_ten_for_bits(_SIXES),
        missing_minus(_SIXES),
    ],
    limits=[NEVER_NEGATIVE],
    hint="What is the probability that *both* show it? Or take one die after the other.",
    solution=f"$2 \\log_2 6 = {_SIXES:.4f}$ bits.",
)

# ---- think ----

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
            "Only if “king” added nothing. It does: two thirds of those cards are no kings.",
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
    hint="What is the probability that both sentences are true?",
    solution=f"${_FACE:.4f} + {math.log2(3):.4f} = {_KING:.4f}$: a surprise is taken given what is "
    "known already. Only for independent events is that the surprise at the event by itself.",
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
    hint="Write each as one chance in so many.",
    why="The surprise grows with the number of equally likely alternatives.",
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
            "because it grows gently, while 1/p explodes as p goes to 0",
            "$-\\log p$ grows beyond every bound as well, only later; and gentle growth would "
            "leave many functions, $1/\\sqrt[10]{p}$ among them.",
        ),
        Option("because it is zero for a certain event", "So is $1 - p$, and so is $1/p - 1$."),
        Option(
            "because computers count in binary digits",
            "That may decide the base. A decimal computer would need a logarithm too.",
        ),
    ],
    hint="Which of these reasons would do for $1 - p$ or $1/p - 1$ as well?",
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
            "If each digit is a fair coin flip, independent of all others. The "
            "question does not say so.",
        ),
        Option(
            "at least 1,000 bits",
            "No source of 1,000 binary digits has more than $2^{1000}$ outcomes.",
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
    hint="What if you knew beforehand that it starts with 500 ones?",
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
    hint="Compare $p^n$ with powers of 1/2, for large $n$.",
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
        Case("An array gives one surprise for each entry.", (np.array([0.5, 0.25, 1.0]),)),
        Case("Very small probabilities are not cut off.", (1e-300,)),
    ],
    mistakes=[
        Slip(_natural, _BITS),
        Slip(_decimal, _BITS),
        Slip(_positive, _BITS),
        Slip(_clipped, _NONE),
    ],
    hint="`np.log2` takes arrays; its warning about zero can be switched off with `np.errstate`.",
    why="One logarithm and a sign, and what is impossible stays infinitely surprising.",
    remark="`0.0 - …` and not `-…`, which would call the surprise at a certain event `-0.0`. "
    "`np.log2(1 / p)` is the same on paper; in floating point $1/p$ overflows for $p$ below "
    "about $10^{-308}$. `itlib` refuses whatever is no probability besides.",
    call="exercises.code.check(my_surprise)",
)

_MODEL = np.array([0.5, 0.1, 0.8])
_LOSS = float(np.mean(self_information(_MODEL, base=math.e)))

loss = Number(
    "si-loss",
    stars=2,
    minutes=4,
    unit="nats",
    tolerance=0.002,
    question="A classifier gave the labels that turned out right the probabilities 0.5, 0.1 and "
    "0.8. Its loss is the *mean* of their surprises in nats. How large is it?",
    answer=_LOSS,
    why="The loss of a classifier is how surprised it was by the truth, on average.",
    mistakes=[
        bits_for_nats(_LOSS),
        Mistake(
            3 * _LOSS,
            "That is the sum, the negative log-likelihood of all three. The loss is the mean.",
        ),
        Mistake(
            -math.log(_MODEL.mean()),
            "That is the logarithm of the mean; asked for is the mean of the logarithms.",
        ),
        Mistake(float(1 - _MODEL.mean()), "That is one minus the mean probability."),
        missing_minus(_LOSS),
    ],
    limits=[NEVER_NEGATIVE],
    hint="Each label has a surprise of its own, with the natural logarithm; then the mean.",
    solution="$\\frac13 ("
    + " + ".join(f"{-math.log(p):.4f}" for p in _MODEL)
    + f") = {_LOSS:.4f}$ nats. The one confident miss contributes most of it.",
)
