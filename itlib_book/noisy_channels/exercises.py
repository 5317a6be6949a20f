"""The exercises and predictions of the chapter noisy channels and codes."""

import itertools
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
    Prediction,
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import binary_entropy, channel_capacity
from itlib.channels import binary_erasure, binary_symmetric, fano_bound, z_channel
from itlib.error_correction import hamming_decode, hamming_encode
from itlib.gaussian_channels import sign_information
from itlib_book.noisy_channels.data import (
    evolution,
    impossible_rate,
    majority_error,
    picture,
    received_picture,
)
from itlib_book.shared.common_mistakes import base_ten_for_nats, bits_for_nats, nats_for_bits

PROBABILITY = [
    Limit("A probability is not negative.", below=0.0),
    Limit("A probability is at most 1.", above=1.0),
]
NEVER_NEGATIVE = Limit("A number of bits is never negative here.", below=0.0)


def _capacity(table):
    return channel_capacity(table).capacity


# ---- what sixty copies waste ----


def _copies(percent):
    p = percent / 100
    right = majority_error(p, 5)
    return Number(
        "noisy-copies",
        stars=1,
        minutes=3,
        tolerance=0.0005,
        question=f"A line flips {percent} digits in a hundred. Every digit is sent five times, and "
        "the majority counts. How often is it wrong?",
        answer=right,
        why="Three, four or five of the five copies must be flipped, in any order.",
        mistakes=[
            Mistake(math.comb(5, 3) * p**3 * (1 - p) ** 2, "Four or five flips are wrong as well."),
            Mistake(p**3, "The other two copies, and the order, are missing."),
            Mistake(
                sum(p**k * (1 - p) ** (5 - k) for k in (3, 4, 5)),
                "There are several ways to place the flips: each term needs its number of orders.",
            ),
            Mistake(p**5, "Not all five have to be wrong: three are enough."),
            Mistake(1 - right, "That is how often the majority is right."),
        ],
        limits=PROBABILITY,
        hint=[
            "How many of the five copies must be flipped for the majority to be wrong?",
            "The chance of exactly $k$ flips is $\\binom5k p^k (1-p)^{5-k}$.",
            f"Begin with $k = 3$: $10 \\cdot {p:g}^3 \\cdot {1 - p:g}^2$.",
        ],
        solution=f"For three, four and five flips: $10 \\cdot {p:g}^3 \\cdot {1 - p:g}^2 + 5 \\cdot {p:g}^4 "
        f"\\cdot {1 - p:g} + {p:g}^5 = {right:.5f}$.",
    )


COPIES = [30, 26, 36, 22, 28, 35, 40, 32, 24, 38]
copies = varied(_copies, COPIES)


# ---- channels and their capacity ----


def _erasures_in_a_row(first, second):
    e, f = first / 100, second / 100
    right = (1 - e) * (1 - f)
    return Number(
        "noisy-erasures-in-a-row",
        stars=1,
        minutes=2,
        unit="bits per digit",
        tolerance=0.001,
        question=f"A digit passes a line that erases {first} in a hundred, and then one that erases "
        f"{second} in a hundred of what reaches it. What is the capacity of the two in a row?",
        answer=right,
        why="Both together erase as well: what passes both is what counts.",
        mistakes=[
            Mistake(1 - e - f, "A digit that is lost in the first line cannot be lost again."),
            Mistake(1 - e * f, "That needs both lines to erase; one is enough."),
            Mistake(
                min(1 - e, 1 - f),
                "That is the weaker line alone. The other one loses a part of what passes it.",
            ),
            Mistake(1 - right, "That is the share of what is lost."),
            Mistake(
                1 - binary_entropy(1 - right),
                "That is for a line that flips as many digits as these two lose. An erasure says where "
                "it is.",
            ),
        ],
        limits=[NEVER_NEGATIVE, Limit("A binary digit carries at most one bit.", above=1.0)],
        hint=[
            "Which digits arrive?",
            "The capacity of an erasure channel is the share of digits that pass.",
            f"${1 - e:g}$ pass the first line.",
        ],
        solution=f"${1 - e:g} \\cdot {1 - f:g} = {right:.4f}$ bits per digit.",
    )


ERASURES = [
    (30, 20), (10, 40), (25, 40), (15, 20), (45, 30), (5, 60), (35, 10), (45, 20), (12, 25), (60, 5),
]  # fmt: skip
erasures_in_a_row = varied(_erasures_in_a_row, ERASURES)

_Z_HALF = _capacity(z_channel(0.5))

z_half = Number(
    "noisy-z-half",
    stars=2,
    minutes=6,
    unit="bits per digit",
    tolerance=0.001,
    question="A 0 always arrives as 0; a 1 arrives as 1 or as 0, with equal chances. What is the "
    "capacity?",
    answer=_Z_HALF,
    why="Ones are sent twice in five times, less often than zeros, because they are less reliable.",
    mistakes=[
        nats_for_bits(_Z_HALF),
        Mistake(
            binary_entropy(0.25) - 0.5,
            "That is what arrives if both digits are sent equally often. Can another share do "
            "better?",
        ),
        Mistake(0.5, "Half of the ones get through, but a 0 that arrives may have been a 1."),
        Mistake(0.0, "That would be so if a 0 were flipped half of the time as well."),
        Mistake(0.25, "A share of digits is no information. How uncertain is what arrives?"),
    ],
    limits=[NEVER_NEGATIVE, Limit("A binary digit carries at most one bit.", above=1.0)],
    hint=[
        "How much arrives if a share $q$ of the digits is 1?",
        "$I = h(q/2) - q$: an arriving 1 has the probability $q/2$, and each 1 sent leaves one bit "
        "of doubt about what will arrive.",
        "The slope is zero where $\\frac12 \\log_2 \\frac{1 - q/2}{q/2} = 1$.",
    ],
    solution=f"$\\frac{{1 - q/2}}{{q/2}} = 4$ gives $q = 0.4$, and "
    f"$h(0.2) - 0.4 = \\log_2 1.25 = {_Z_HALF:.4f}$ bits.",
)

_FIVE = {
    "one digit in ten is erased": binary_erasure(0.1),
    "one digit in ten is flipped": binary_symmetric(0.1),
    "one 1 in ten falls to 0": z_channel(0.1),
    "all digits but one in twenty are flipped": binary_symmetric(0.95),
    "half of the digits are flipped": binary_symmetric(0.5),
}

order = Ordering(
    "noisy-order",
    stars=2,
    minutes=4,
    question="Order these channels by their capacity.",
    direction="the smallest first",
    items=[Item(text, _capacity(table)) for text, table in _FIVE.items()],
    mistakes=[
        Swap(
            "all digits but one in twenty are flipped",
            "one digit in ten is flipped",
            "Whoever knows that nearly all are flipped turns them back, and then one in twenty is "
            "wrong.",
        ),
        Swap(
            "one digit in ten is erased",
            "one digit in ten is flipped",
            "An erasure says where it is, a flip does not.",
        ),
        Swap(
            "one 1 in ten falls to 0",
            "one digit in ten is flipped",
            "Where one 1 in ten falls, zeros are safe; where one digit in ten is flipped, neither "
            "digit is.",
        ),
        Swap(
            "one digit in ten is erased",
            "one 1 in ten falls to 0",
            "Only ones are harmed there, but a 0 that arrives may have been a 1; an erasure says where "
            "it is.",
        ),
    ],
    hint=[
        "Which of these lines can be repaired by renaming its outputs?",
        "Erasures: $1 - e$. Flips: $1 - h(p)$, and $h(p) = h(1-p)$. The Z channel: "
        "$\\log_2(1 + (1-p) p^{p/(1-p)})$.",
        "Half flipped is 0, one in ten erased is 0.9.",
    ],
    solution="From the smallest, in bits per digit: half flipped $1 - h(0.5) = 0$; one in ten flipped $1 - h(0.1) = "
    f"{_capacity(binary_symmetric(0.1)):.3f}$; all but one in twenty flipped $1 - h(0.95) = "
    f"{_capacity(binary_symmetric(0.95)):.3f}$; one 1 in ten falls $\\log_2 (1 + 0.9 \\cdot 0.1^{{0.1 / 0.9}}) = "
    f"{_capacity(z_channel(0.1)):.3f}$; one in ten erased $1 - 0.1 = 0.9$.",
    why="What counts is how much what arrives tells, not how many digits are changed.",
)

worst = Choice(
    "noisy-worst",
    stars=1,
    minutes=2,
    question="Why is a line that flips half of all digits the worst, and not one that flips all?",
    options=[
        Option(
            "With half flipped, what arrives says nothing about what was sent; with all flipped, "
            "it says everything.",
            "The receiver turns all digits back.",
            right=_capacity(binary_symmetric(0.5)) < 1e-9 < _capacity(binary_symmetric(1.0)),
        ),
        Option(
            "It is not: one that flips all digits is the worst.",
            "Whoever knows that all are flipped flips them back, and nothing is lost.",
        ),
        Option(
            "With half flipped, half of the information still arrives.",
            "That is the erasure channel. There one knows which half to trust.",
        ),
        Option(
            "Because errors at a rate of one half cannot be counted.",
            "They can be counted; they cannot be told from what is right.",
        ),
    ],
    hint=[
        "What does the receiver know about the line?",
        "Compare $h(0.5)$ and $h(1)$.",
        "$C = 1 - h(p)$ at both values of $p$.",
    ],
    solution="$C = 1 - h(p)$ is 0 at one half, and 1 at 0 and at 1.",
)


def _two_lines(first, second):
    p, q = first / 100, second / 100
    both = p * (1 - q) + q * (1 - p)
    right = 1 - binary_entropy(both)
    return Number(
        "noisy-two-lines",
        stars=2,
        minutes=4,
        unit="bits per digit",
        tolerance=0.002,
        question=f"A digit passes a line that flips {first} in a hundred, and then one that flips "
        f"{second} in a hundred. Nobody repairs anything between the two. What is the capacity of "
        "the two in a row?",
        answer=right,
        why="Two flips undo each other, so the digit is wrong when exactly one of the two happens.",
        mistakes=[
            nats_for_bits(right),
            Mistake(1 - binary_entropy(p + q), "A digit that is flipped twice is right again."),
            Mistake(
                (1 - binary_entropy(p)) * (1 - binary_entropy(q)),
                "Capacities of lines that flip do not multiply. How often is the digit wrong?",
            ),
            Mistake(1 - both, "That is how often the digit is right."),
            Mistake(binary_entropy(both), "That is the doubt that remains, not what arrives."),
        ],
        limits=[NEVER_NEGATIVE, Limit("A binary digit carries at most one bit.", above=1.0)],
        hint=[
            "How often does a digit come out wrong at the far end?",
            "It does when exactly one of the lines flips it; then $C = 1 - h$ of that.",
            f"The chance is ${p:g} \\cdot {1 - q:g} + {q:g} \\cdot {1 - p:g}$.",
        ],
        solution=f"${p:g} \\cdot {1 - q:g} + {q:g} \\cdot {1 - p:g} = {both:.4g}$ of the digits are wrong, "
        f"and $1 - h({both:.4g}) = {right:.4f}$ bits.",
    )


LINES = [
    (10, 5), (5, 5), (20, 15), (2, 8), (15, 10), (10, 30), (4, 12), (25, 10), (8, 8), (3, 6),
]  # fmt: skip
two_lines = varied(_two_lines, LINES)


# ---- Hamming ----


def _word_mistakes(place):
    """Return the mistakes about a row; two that meet in one number share a message."""
    mirrored = sum(int(bit) << 2 - i for i, bit in enumerate(f"{place:03b}"[::-1]))
    others = Mistake(
        7 - place,
        "Add up the numbers of the checks that *fail*, not the others, and count positions from 1.",
    )
    if place == 0:
        return [others]
    found = [
        Mistake(
            0,
            "Here 0 says that all three sums are even; positions are counted from 1. Add up "
            "once more.",
        ),
        Mistake(mirrored, "Check 1 is worth 1, check 2 is worth 2, check 4 is worth 4."),
        others,
    ]
    if place - 1 not in (0, 7 - place):  # both of these say how positions are counted
        message = "Positions are counted from 1 here, and every check that fails adds its number."
        found.append(Mistake(place - 1, message))
    return found


def _word(received):
    row = [int(digit) for digit in received]
    place = hamming_decode(row).flipped + 1
    return Number(
        "noisy-word",
        stars=1,
        minutes=3,
        tolerance=0,
        question=f"The row {received} arrives, in the order of this chapter. Which position does "
        "the decoder flip, counted from 1? (0 if none.)",
        answer=place,
        why="The checks that fail spell the number of the position.",
        mistakes=_word_mistakes(place),
        limits=[Limit("A position is 0 to 7.", above=7), Limit("It is not negative.", below=0)],
        hint=[
            "Which of the three sums are odd?",
            "Check 1 adds the positions 1, 3, 5, 7; check 2 adds 2, 3, 6, 7; check 4 adds 4, 5, 6, "
            "7.",
            f"Check 1: ${' + '.join(received[i] for i in (0, 2, 4, 6))}$.",
        ],
        solution="The sums are "
        + ", ".join(
            f"{sum(row[i] for i in range(7) if (i + 1) >> check & 1)} for check {1 << check}"
            for check in range(3)
        )
        + f"; the odd ones add up to {place}.",
    )


# No position reads alike from both ends, but 0: with 2, 5 and 7 a reader who takes the checks in the
# wrong order would be right.
WORDS = [
    "1101011",
    "1100110",
    "0110001",
    "0011110",
    "1010011",
    "1110010",
    "1001111",
    "1100001",
    "0001001",
    "1011001",
]
word = varied(_word, WORDS)

_DOUBLE = {
    int((hamming_encode(hamming_decode(flips).bits)).sum())
    for pair in itertools.combinations(range(7), 2)
    for flips in [[int(i in pair) for i in range(7)]]
}

double = Choice(
    "noisy-double",
    stars=2,
    minutes=3,
    question="Two of the seven digits of a Hamming word were flipped, and the decoder does its "
    "work. What holds afterwards?",
    options=[
        Option(
            "Both are mended.",
            "Seven positions and nothing wrong are all that three checks can tell apart.",
        ),
        Option(
            "The decoder notices that two are wrong, and says so.",
            "To it the row looks exactly like another word with one flip.",
        ),
        Option(
            "One of the two is mended.",
            "The position that it flips is never one of the two: their numbers differ from "
            "their sum without carry.",
        ),
        Option(
            "Three digits are wrong, and nobody is told.",
            "The row lies at distance one from another word, which differs in three places.",
            right=_DOUBLE == {3},
        ),
    ],
    hint=[
        "What number do the failed checks spell after two flips?",
        "It is the sum, without carry, of the numbers of the two positions.",
        "For the positions 1 and 2 it is 3.",
    ],
    solution="A decoder may repair one flip or report two, not both. With an eighth digit that makes "
    "the sum of all even, it can do both.",
)

# ---- Fano ----


def _fano_two(hundredths):
    left = hundredths / 100
    right = float(fano_bound(left, 2))
    return Number(
        "noisy-fano-two",
        stars=2,
        minutes=4,
        tolerance=0.002,
        question=f"Features leave {left:g} bits of doubt about which of two classes an example "
        "belongs to. How often does any classifier that sees nothing else err, at least?",
        answer=right,
        why="With two classes an error leaves no choice, so that $h(P) \\ge H(Y \\mid X)$.",
        mistakes=[
            Mistake(left / 2, "That is the *most* that the best guess errs."),
            Mistake(left, "Bits are no probability. Which error rate has an entropy of this?"),
            Mistake(1 - right, "The other solution of $h(P) = H$: an error above one half."),
            Mistake(binary_entropy(left), "You took the entropy; its inverse is asked for."),
        ],
        limits=PROBABILITY,
        hint=[
            "Which inequality bounds the error from below?",
            "For two classes Fano's inequality is $h(P) \\ge H(Y \\mid X)$.",
            "Try values of $P$ between 0 and one half in $h(P)$, and halve the interval.",
        ],
        solution=f"$h(P) = {left:g}$ has the solution $P = {right:.4f}$ below one half.",
    )


LEFT = [60, 30, 70, 20, 45, 40, 80, 25, 90, 10]
fano_two = varied(_fano_two, LEFT)

fano_reading = Choice(
    "noisy-fano-reading",
    stars=2,
    minutes=3,
    question="A model of ten classes has a test loss of 1.5 bits, and is wrong 30 times in a "
    "hundred. Which conclusion is right?",
    options=[
        Option(
            "No classifier on these features errs less often than Fano's bound at 1.5 bits.",
            "The loss is the doubt *and* the price of a wrong belief; the doubt of the features "
            "may be much smaller.",
        ),
        Option(
            "The doubt of the features is at most 1.5 bits, apart from chance in the test; so the "
            "best guess from them need not err more than 75 times in a hundred.",
            "A cross-entropy is never below the conditional entropy. The upper bound is half of "
            "it.",
            right=True,
        ),
        Option(
            "The doubt of the features is exactly 1.5 bits.",
            "Only if the model's probabilities are the true ones.",
        ),
        Option(
            "Since the loss is small, errors are rarer than Fano's bound.",
            "No error is rarer than that bound, if the entropy in it is the true one.",
        ),
    ],
    hint=[
        "Is the loss above or below $H(Y \\mid X)$?",
        "Cross-entropy is entropy plus divergence.",
        "A bound from below needs a number that $H(Y \\mid X)$ exceeds; a loss is no such number.",
    ],
    solution="A loss bounds the doubt from above, so it bounds the best error from above: "
    "$P \\le H/2 \\le 0.75$. A bound from below takes an entropy that is known, not one that is "
    "bounded from above.",
)

# ---- above the capacity: a worked example that fades ----


def _above_text(p, rate):
    return (
        f"A line flips with $p = {p:g}$, and data digits, fair and independent, are sent over it at a "
        f"rate of {rate:g}."
    )


def _above(name, p, rate, question, minutes):
    capacity = 1 - binary_entropy(p)
    left = 1 - capacity / rate
    right = float(fano_bound(left, 2))
    return Number(
        name,
        stars=2,
        minutes=minutes,
        tolerance=0.001,
        question=question,
        answer=right,
        why="What does not fit through the line is missing at the other end.",
        mistakes=[
            Mistake(
                left, "That is the least doubt per data digit, in bits. Which error rate has it?"
            ),
            Mistake(
                left / 2,
                "Half of the doubt is a bound from above, for the best guess; and only the least doubt is "
                "known here.",
            ),
            Mistake(p, "That is the line's own error, which would be the answer at rate 1."),
            Mistake(1 - right, "The other solution of $h(P) = 1 - C/R$, above one half."),
        ],
        limits=PROBABILITY,
        hint=[
            "How much can arrive per data digit?",
            "$h(P) \\ge 1 - C/R$, with $C = 1 - h(p)$.",
            f"$C = {capacity:.4f}$, so that $1 - C/R = {left:.4f}$.",
        ],
        solution=f"$h(P) = 1 - {capacity:.4f} / {rate:g} = {left:.4f}$ gives $P = {right:.4f}$.",
    )


above_last_step = _above(
    "noisy-above-last-step",
    0.2,
    0.5,
    _above_text(0.2, 0.5)
    + f" The capacity is $1 - h(0.2) = {1 - binary_entropy(0.2):.4f}$ bits per digit sent, and each "
    "data digit has two uses of the line. So at most "
    f"{2 * (1 - binary_entropy(0.2)):.4f} bits arrive about it, and "
    f"{1 - 2 * (1 - binary_entropy(0.2)):.4f} bits of doubt remain. The last step: how often is a "
    "data digit wrong, at least?",
    3,
)


def _above_alone(hundredths, rate):
    p = hundredths / 100
    return _above(
        "noisy-above-alone",
        p,
        rate,
        _above_text(p, rate) + " How often is a data digit wrong, at least, whatever the code?",
        5,
    )


ABOVE = [
    (10, 0.8),
    (5, 0.9),
    (15, 0.6),
    (20, 0.4),
    (8, 0.8),
    (12, 0.75),
    (25, 0.4),
    (30, 0.25),
    (11, 0.9),
    (6, 0.8),
]
above_alone = varied(_above_alone, ABOVE)

# ---- finite blocks, beliefs ----

finite = Choice(
    "noisy-finite",
    stars=2,
    minutes=3,
    question="A line has a capacity of half a bit per digit. What does the theorem promise for rate "
    "½ exactly?",
    options=[
        Option(
            "A code without errors.",
            "Even below the capacity it promises that errors are rare, not that there are none.",
        ),
        Option(
            "Nothing: it speaks of rates below the capacity and above it, and of blocks without end.",
            "At the capacity itself, and for a given length, other theorems are needed.",
            right=impossible_rate(500, 0.11, 1e-3) < 1 - binary_entropy(0.11),
        ),
        Option(
            "A code whose blocks of 500 are wrong once in a thousand times.",
            "No code of 500 digits does that at this rate, on a line that flips.",
        ),
        Option(
            "That half of the data digits arrive.",
            "A rate is no share of digits that arrive. Below the capacity, as good as all do.",
        ),
    ],
    hint=[
        "Which rates does the theorem speak of?",
        "For every $R < C$ there are codes whose errors vanish as $n$ grows.",
        "Is ½ below ½?",
    ],
    solution="For every rate below ½ there are codes with as few errors as one likes, if the blocks "
    "are long enough. How long, and what 500 digits can do, is a separate question.",
)


def _votes(good, bad):
    p, q = good / 100, bad / 100
    a, b = math.log((1 - p) / p), math.log((1 - q) / q)
    right = 2 * a - b
    return Number(
        "noisy-votes",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=0.01,
        question=f"A digit, 0 or 1 with equal chances, comes over three lines. Two of them flip {good} "
        f"in a hundred, and both say 0; the third flips {bad} in a hundred, and says 1. What is "
        "$\\ln \\frac{P(0)}{P(1)}$ now?",
        answer=right,
        why="Independent witnesses add their log-likelihood ratios, each with its own weight.",
        mistakes=[
            Mistake(a, "That is one vote for 0. Two say so, and the third witness weighs less."),
            Mistake(2 * a + b, "The third line speaks for 1: its ratio is negative."),
            Mistake(-right, "The sign is that of $\\ln \\frac{P(1)}{P(0)}$."),
            Mistake(2 * a, "The third line is not worthless."),
            bits_for_nats(right),
            base_ten_for_nats(right),
        ],
        hint=[
            "How much does each line weigh?",
            "A line that flips with $p$ and says 0 adds $\\ln \\frac{1-p}{p}$.",
            f"The first two add $\\ln {(1 - p) / p:.4g}$ each.",
        ],
        solution=f"$2 \\cdot {a:.4f} - {b:.4f} = {right:.4f}$ nats.",
    )


VOTES = [
    (10, 30), (5, 15), (20, 35), (10, 40), (15, 25), (25, 35), (8, 30), (12, 20), (30, 40), (5, 25),
]  # fmt: skip
votes = varied(_votes, VOTES)


def _one_round(hundredths):
    e = hundredths / 100
    right = float(evolution(e, 3, 6, 1)[1])
    arrives = 1 - (1 - e) ** 5
    return Number(
        "noisy-one-round",
        stars=2,
        minutes=4,
        tolerance=0.001,
        question=f"In the (3, 6) code a share {e:g} of the digits is erased. What share of the "
        "messages from digits to checks is erased after one round?",
        answer=right,
        why="A message stays erased if its digit was erased and neither of the other two checks "
        "could help.",
        mistakes=[
            Mistake(e * arrives, "Two other checks may help, not one."),
            Mistake(e * arrives**3, "The check that is asked does not count: two are left."),
            Mistake(arrives**2, "A digit that arrived needs no help."),
            Mistake(e * (1 - (1 - e) ** 6) ** 2, "A check has five *other* digits, not six."),
            Mistake(e * (e**5) ** 2, "One erased digit is enough to silence a check."),
        ],
        limits=PROBABILITY,
        hint=[
            "When can a check tell one of its digits something?",
            "$x' = e\\,(1 - (1-x)^5)^2$, and $x = e$ at first.",
            f"A check is silent with the probability $1 - {1 - e:g}^5$.",
        ],
        solution=f"$1 - {1 - e:g}^5 = {arrives:.4f}$, and "
        f"${e:g} \\cdot {arrives:.4f}^2 = {right:.4f}$.",
    )


ROUNDS = [40, 30, 20, 33, 35, 25, 28, 15, 38, 42]
one_round = varied(_one_round, ROUNDS)

# ---- Gaussian noise, sources ----


def _decibels(tenths, percent):
    symbol, rate = tenths / 10, percent / 100
    right = symbol - 10 * math.log10(rate)
    return Number(
        "noisy-decibels",
        stars=2,
        minutes=3,
        unit="dB",
        tolerance=0.02,
        question=f"A code of rate {rate:g} works at $E_s/N_0 = {symbol:g}$ dB, the energy per digit "
        "*sent*. At which $E_b/N_0$, the energy per *data* digit, does it work?",
        answer=right,
        why="Each data digit costs $1/R$ digits sent, and their energy.",
        mistakes=[
            Mistake(symbol, "That is per digit sent. A data digit needs more of them."),
            Mistake(symbol + 10 * math.log10(rate), "The energy per data digit is larger."),
            Mistake(symbol / rate, "Decibels are logarithms: a factor becomes a sum."),
            Mistake(
                symbol - 20 * math.log10(rate),
                "That adds $20 \\log_{10} \\frac1R$; the energy takes $10 \\log_{10} \\frac1R$.",
            ),
            Mistake(symbol - math.log(rate) * 10, "Decibels use the logarithm to base 10."),
        ],
        hint=[
            "How many digits are sent for one of the data?",
            "$E_b = E_s / R$, and a factor $1/R$ adds $10 \\log_{10} \\frac1R$ dB.",
            f"$\\frac1R = {1 / rate:.4g}$.",
        ],
        solution=f"${symbol:g} + 10 \\log_{{10}} {1 / rate:.4g} = {right:.2f}$ dB.",
    )


DECIBELS = [
    (-10, 25),
    (-30, 40),
    (10, 75),
    (-22, 45),
    (20, 80),
    (-40, 30),
    (5, 60),
    (15, 90),
    (-15, 20),
    (30, 70),
]
decibels = varied(_decibels, DECIBELS)

soft = Choice(
    "noisy-soft",
    stars=1,
    minutes=2,
    question="A receiver of ±1 in noise stores the sign of each reading, and gives the signs to a "
    "decoder. What is lost?",
    options=[
        Option("Nothing: a digit is one bit.", "A digit is one bit, a doubtful digit is less."),
        Option(
            "How sure each sign was: about a quarter of the information, at signal as strong as "
            "the noise.",
            "A reading close to zero and one far from it become the same.",
            right=True,
        ),
        Option(
            "Only the noise, which is the purpose of deciding.",
            "The size of a reading says how likely its sign is right.",
        ),
        Option(
            "Nothing, if the decoder is good enough.",
            "No later step recovers what was thrown away: that is data processing.",
        ),
    ],
    hint=[
        "What does a reading of 0.1 say, and what one of 3?",
        "Deciding is a function of the reading, so that $I(X; \\mathrm{sign}) \\le I(X; Y)$.",
        "Compare the two printed numbers for SNR 1.",
    ],
    solution="The log-likelihood ratio of a reading is proportional to the reading itself. A decoder "
    "that gets it can let certain digits overrule doubtful ones.",
)


def _source(heads, flips):
    coin, p = heads / 100, flips / 100
    capacity, entropy = 1 - binary_entropy(p), binary_entropy(coin)
    right = capacity / entropy
    return Number(
        "noisy-source",
        stars=2,
        minutes=4,
        unit="tosses per digit sent",
        tolerance=0.005,
        question=f"Tosses of a coin with $P(\\text{{heads}}) = {coin:g}$ are sent over a line that "
        f"flips {flips} digits in a hundred. How many tosses per digit sent can arrive, with as few "
        "errors as one likes, in the limit of long blocks?",
        answer=right,
        why="Compress to the entropy, then protect up to the capacity: both in turn lose nothing.",
        mistakes=[
            Mistake(entropy / capacity, "That is digits sent per toss."),
            Mistake(capacity, "That would be so if a toss were a whole bit."),
            Mistake(1 / entropy, "That is compression alone, over a line without noise."),
            Mistake(capacity * entropy, "A toss of little entropy needs less room, not more."),
        ],
        limits=[Limit("A number of tosses is not negative.", below=0.0)],
        hint=[
            "How many bits is a toss, and how many does a digit carry?",
            "$\\frac{C}{H}$, with $C = 1 - h(p)$ and $H$ the entropy of the coin.",
            f"$H = h({coin:g}) = {entropy:.4f}$ bits.",
        ],
        solution=f"${capacity:.4f} / {entropy:.4f} = {right:.4f}$.",
    )


SOURCES = [
    (20, 10), (10, 10), (30, 5), (5, 20), (25, 2), (15, 15), (40, 10), (2, 30), (35, 8), (12, 4),
]  # fmt: skip
source = varied(_source, SOURCES)


def _annotators(right_in_hundred, wanted):
    p, allowed = 1 - right_in_hundred / 100, 1 - wanted / 100

    def enough(limit):
        return next(n for n in itertools.count(1, 2) if majority_error(p, n) <= limit)

    right = enough(allowed)
    shannon = 1 / (1 - binary_entropy(p))
    return Number(
        "noisy-annotators",
        stars=2,
        minutes=6,
        unit="annotators",
        tolerance=0,
        question=f"Annotators label an image as cat or dog and are right {right_in_hundred} times in "
        f"a hundred, independently of each other. How many of them, an odd number, does it take for the "
        f"majority to be right {wanted} times in a hundred?",
        answer=right,
        why="A crowd that votes is a repetition code, and the majority its decoder.",
        mistakes=[
            Mistake(
                math.ceil(math.log(allowed) / math.log(p)),
                "That makes it unlikely that *all* are wrong. A majority of wrong ones is enough "
                "to fail.",
            ),
            Mistake(
                math.ceil(shannon),
                "That is what a label costs at least in a clever code of many labels, if hardly any may "
                "be wrong. Votes on one label are a repetition code.",
            ),
            Mistake(right - 2, "Close. Compute the error of this majority once more."),
            Mistake(right + 2, "That is enough, but fewer are enough as well."),
        ],
        limits=[Limit("At least one annotator.", below=1)],
        hint=[
            "Which code is this, and what is its error?",
            "$\\sum_{k > n/2} \\binom nk p^k (1-p)^{n-k}$, for one odd $n$ after the other.",
            f"$p = {p:.2g}$; the sum has to fall to {allowed:.2g}. Write it as a line of Python.",
        ],
        solution=f"With {right - 2} the majority errs {majority_error(p, right - 2):.5f} of the "
        f"time, with {right} it errs {majority_error(p, right):.5f} of the time.",
    )


ANNOTATORS = [
    (80, 99), (70, 99), (72, 95), (75, 99), (80, 98), (75, 90), (65, 95), (80, 95), (75, 95), (60, 90),
]  # fmt: skip
annotators = varied(_annotators, ANNOTATORS)

# ---- prove ----

processing = Derivation(
    "noisy-processing",
    stars=2,
    minutes=6,
    question="$Z$ depends on $X$ through $Y$ alone: $p(z \\mid x, y) = p(z \\mid y)$. Prove that "
    "$I(X;Z) \\le I(X;Y)$ from the chain rule of information.",
    hint=[
        "Which single quantity contains both $I(X;Y)$ and $I(X;Z)$?",
        "Expand $I(X; Y, Z)$ in both orders.",
        "$I(X; Y, Z) = I(X;Y) + I(X;Z \\mid Y)$ is the first of the two.",
    ],
    steps=[
        Step(
            "$I(X; Y, Z) = I(X;Y) + I(X;Z \\mid Y)$.", "Take $Y$ first, then what $Z$ adds to it."
        ),
        Step("$I(X; Y, Z) = I(X;Z) + I(X;Y \\mid Z)$.", "Now take $Z$ first."),
        Step(
            "$I(X;Z \\mid Y) = 0$: once $Y$ is known, $Z$ does not depend on $X$.",
            "Use what is assumed about $Z$.",
        ),
        Step(
            "$I(X;Y \\mid Z) \\ge 0$, as it is a mean of mutual informations.",
            "Which of the remaining terms has a sign?",
        ),
        Step(
            "So $I(X;Y) = I(X;Z) + I(X;Y \\mid Z) \\ge I(X;Z)$, with equality if and only if "
            "$X$ and $Y$ are independent given $Z$.",
            "Set both expansions equal, and say when equality holds.",
        ),
    ],
    why="Both orders of the chain rule describe one quantity; what a step loses is "
    "$I(X;Y \\mid Z)$.",
)

# ---- code ----


def my_syndrome(received):
    """Return the number of the position to flip, from 1 to 7, or 0."""
    number = 0
    for position, digit in enumerate(received, start=1):
        if digit:
            number ^= position
    return number


def _counted_from_0(received):
    number = 0
    for position, digit in enumerate(received):
        if digit:
            number ^= position
    return number


def _added(received):
    return sum(position for position, digit in enumerate(received, start=1) if digit) % 8


def _backwards(received):
    return my_syndrome(received[::-1])


_FROM_1 = "Positions are counted from 1, and check 4 is worth 4."
_NO_CARRY = "The three checks are separate sums: nothing is carried from one to the next."
_LEFT = "The first digit of the row is position 1."

syndrome = Code(
    "noisy-syndrome",
    stars=2,
    minutes=8,
    question="Write `my_syndrome(received)`: for seven digits in the order of this chapter the number "
    "from 1 to 7 of the position that the decoder flips, or 0.",
    solution=my_syndrome,
    reference=lambda received: hamming_decode(np.array(received)).flipped + 1,
    cases=[
        Case(_FROM_1, ([0, 0, 0, 1, 0, 0, 0],)),
        Case(_LEFT, ([1, 0, 0, 0, 0, 0, 0],)),
        Case(_NO_CARRY, ([1, 0, 1, 0, 0, 0, 0],)),
        Case("A word of the code needs no repair.", ([0, 1, 1, 0, 0, 1, 1],)),
        Case("Two flips look like a third.", ([0, 0, 0, 0, 1, 1, 0],)),
    ],
    mistakes=[
        Slip(_counted_from_0, _FROM_1),
        Slip(_added, _NO_CARRY),
        Slip(_backwards, _LEFT),
    ],
    hint=[
        "Which number do the failed checks spell?",
        "Check 1 counts the positions whose number has the binary digit 1, check 2 those with a 2, "
        "check 4 those with a 4.",
        "In Python `a ^ b` adds binary numbers without carry.",
    ],
    call="exercises.syndrome.check(my_syndrome)",
    why="Adding the numbers of the ones, without carry, makes all three checks at once.",
    remark="For a word of the code the sum is 0, so it is the flips alone that count.",
)

# ---- predictions ----

_AT = 0.05
_SCHEMES = {
    "sent three times": "tripled",
    "Hamming's code, rate 4/7": "Hamming",
    "sparse checks, rate 1/2": "sparse",
}


def _wrong_at(scheme):
    return int((received_picture(scheme, _AT) != picture()).sum())


guess_picture = Prediction(
    "noisy-picture",
    question="The line flips one digit in twenty. Of three ways to protect the picture, which one "
    "leaves the fewest pixels wrong?",
    options=list(_SCHEMES),
    happens=min(_SCHEMES, key=lambda text: _wrong_at(_SCHEMES[text])),
    saw="At $p = 0.05$ the sparse code leaves "
    f"{_wrong_at('sparse')} of the 4096 pixels wrong, three copies leave {_wrong_at('tripled')} and "
    f"Hamming's code {_wrong_at('Hamming')}; bare it would be {_wrong_at('bare')}. Three copies "
    "cost half as much again as the sparse code and do worse. But move on: between 0.06 and 0.08 "
    "the sparse code breaks down, and soon after it hardly helps at all.",
)

_BEST_SHARE = channel_capacity(z_channel(0.95)).p_x[1]

guess_explorer = Prediction(
    "noisy-share",
    question="A 0 always arrives; of the ones 95 in a hundred fall to 0 ($a = 0$, $b = 0.95$). To let most "
    "information through, how often should one send a 1?",
    options=[
        "hardly ever",
        "about one time in five",
        "more than one time in three, less than half",
        "more than half of the time",
    ],
    happens="more than one time in three, less than half"
    if 1 / 3 < _BEST_SHARE < 1 / 2
    else "about one time in five",
    saw=f"The best share is {_BEST_SHARE:.3f}, hardly less than at $b = 0.5$, where it is "
    f"{channel_capacity(z_channel(0.5)).p_x[1]:.1f}: a 1 that arrives is certain, and few arrive "
    "unless many are sent. The arch is flat at its top, and equal use costs hardly anything. "
    "With $a = b$ the top is in the middle. Where $a + b = 1$ all bars are equally high and the "
    "arch lies on the floor, and beyond that it rises again.",
)

guess_seven = Prediction(
    "noisy-two-flips",
    question="Three checks find the place of any one flip. What does the decoder do after two?",
    options=[
        "it mends one of the two",
        "it notices that something is wrong, and stops",
        "it makes a third error",
    ],
    happens="it makes a third error" if _DOUBLE == {3} else "it mends one of the two",
    saw="Any two flips are answered by a third, always at another place, and then all three circles "
    "are content. Three flips may look like a clean word. Flip 1, 2 and 3: no check fails.",
)

guess_stairs = Prediction(
    "noisy-threshold",
    question="The (3, 6) code cleans up 42 erasures in a hundred. What is left of 44 in a hundred?",
    options=["next to nothing", "a few digits in a hundred", "more than a quarter of the digits"],
    happens="more than a quarter of the digits"
    if 0.44 * (1 - (1 - evolution(0.44, 3, 6, 2000)[-1]) ** 5) ** 3 > 0.25
    else "a few digits in a hundred",
    saw="Where the curve of (3, 6) touches the diagonal the staircase stops, and it stops high: "
    "just above the threshold a fifth of the digits stays lost, just below it none does. There the "
    "staircase squeezes through a narrow gap, and takes many rounds. Of the four "
    "codes (3, 6) bears most; more than three checks a digit are worse for this decoder, though such "
    "codes are better for one that tries everything.",
)

_HARD = 1 - binary_entropy(math.erfc(math.sqrt(0.5)) / 2)

guess_signs = Prediction(
    "noisy-decided",
    question="A sign, +1 or −1, is sent through noise of the same strength (SNR 1). The receiver "
    "keeps only whether the reading was positive. What part of the information is lost?",
    options=["about a hundredth", "about a tenth", "about a quarter", "more than half"],
    happens="about a quarter" if 0.2 < 1 - _HARD / sign_information(1) < 0.3 else "about a tenth",
    saw=f"Of {sign_information(1):.4f} bits {_HARD:.4f} are left. In strong noise, at the left, the "
    "loss comes to more than a third, and at the right, where there is little noise, to nothing.",
)

_BEST = impossible_rate(500, 0.11, 1e-3)

guess_finite = Prediction(
    "noisy-500",
    question="The line flips 11 digits in a hundred, so that $C$ is half a bit. Blocks of 500 digits "
    "may be wrong once in a thousand times. Which rate does the best code have?",
    options=["0.49, almost C", "about 0.45", "about 0.38", "about 0.2"],
    happens="about 0.38" if 0.37 < _BEST < 0.4 else "about 0.45",
    saw="No code of 500 digits gets to 0.39, and some code gets to 0.38: nearly a quarter of the "
    "capacity is still missing. The gap closes like $1/\\sqrt n$, so that halving it takes blocks four "
    "times as long.",
)

# ---- short ones, where they belong ----


def _digits(side):
    pixels = side * side
    return Number(
        "noisy-digits",
        stars=1,
        minutes=2,
        tolerance=0.5,
        question=f"A picture of {side} × {side} pixels, black or white, is sent in Hamming's code. "
        "How many digits pass the line?",
        answer=7 * pixels / 4,
        why="Seven digits are sent for every four.",
        mistakes=[
            Mistake(pixels, "That is the number of pixels, sent bare."),
            Mistake(3 * pixels, "That is what tripling would send."),
            Mistake(4 * pixels / 7, "The code adds digits: the ratio stands upside down."),
            Mistake(3 * pixels / 4, "These are the checks alone."),
        ],
        limits=[Limit("No number of digits is negative.", below=0.0)],
        hint=[
            "How many digits does the code send for four of the picture?",
            f"There are ${side}^2$ pixels, in words of four.",
        ],
        solution=f"${pixels} \\cdot \\frac74 = {7 * pixels // 4}$.",
    )


digits = varied(_digits, [32, 64, 16, 48, 20, 40, 100, 128, 24, 80])

longer = Choice(
    "noisy-longer",
    stars=1,
    minutes=2,
    question="At a rate below the capacity there is a code of length $n$ that errs with a probability of at most "
    "$2^{-nE}$. The blocks are made twice as long, at the same rate. What becomes of the bound?",
    options=[
        Option("It is halved.", "$n$ stands in the exponent."),
        Option("It is squared.", "$2^{-2nE} = (2^{-nE})^2$.", right=True),
        Option(
            "It stays: the rate is the same.", "The rate decides $E$; the length multiplies it."
        ),
        Option(
            "It grows, as more digits can go wrong.", "More do go wrong, and more are told apart."
        ),
    ],
    hint=["Where does the length stand in the bound?", "Put $2n$ in place of $n$."],
    solution="A bound of one in a thousand becomes one in a million: length buys reliability, and no "
    "digit of the rate is paid for it.",
)
