"""The exercises of the chapter on entropy."""

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
from itlib import (
    binary_entropy,
    cross_entropy,
    entropy,
    expected_length,
    huffman_code,
    perplexity,
    self_information,
)
from itlib_book.shared.coins import huffman_rate
from itlib_book.shared.common_mistakes import (
    as_if_uniform,
    base_ten_for_bits,
    forgotten_weights,
    missing_minus,
    nats_for_bits,
    perplexity_for_entropy,
    plain_mean,
)
from itlib_book.shared.dice import bell_of_dice, ten_dice
from itlib_book.shared.pictures import pictures, png_size

NEVER_NEGATIVE = Limit("The entropy of a discrete variable is never negative.", below=0.0)


def _sum(p):
    """Return Σ p log2 1/p written out."""
    return " + ".join(f"{x:g} \\cdot {self_information(x):.4f}" for x in p)


# ---- predict ----

_SIZES = {name: png_size(picture) for name, picture in pictures().items()}
_TIMES = ("about as large", "twice as large", "ten times as large", "eighty times as large")

guess_files = Prediction(
    "ent-files",
    question="How large is the file of the second picture, compared with that of the first?",
    options=list(_TIMES),
    happens=_TIMES[
        int(np.argmin(np.abs(np.log([1, 2, 10, 80]) - math.log(_SIZES["noise"] / _SIZES["ramp"]))))
    ],
    saw=f"The first takes {_SIZES['ramp']} bytes, the second {_SIZES['noise']:,}: more than "
    "the 10,240 that the greys take uncompressed. A count of greys is blind to what makes the "
    "difference; what a count *can*"
    " say about a file, and what it cannot, is the subject of this chapter.",
)

_STEPS = {
    "from 0.50 to 0.60": abs(binary_entropy(0.6) - binary_entropy(0.5)),
    "from 0.70 to 0.80": abs(binary_entropy(0.8) - binary_entropy(0.7)),
    "from 0.90 to 1.00": abs(binary_entropy(1.0) - binary_entropy(0.9)),
}

guess_step = Prediction(
    "ent-step",
    question="Which of these changes of a coin's probability of heads lowers its entropy most?",
    options=[*_STEPS, "all by the same"],
    happens=max(_STEPS, key=_STEPS.get),
    saw="As heads becomes certain, the tower of tails grows without bound, but it gets thin faster "
    "than it gets high, and its area vanishes. The dashed line, the mean height, is highest for the fair coin, with 1 bit, "
    "and zero at both ends. It hardly moves around one half: the first step takes "
    f"{_STEPS['from 0.50 to 0.60']:.3f} bits, the last one {_STEPS['from 0.90 to 1.00']:.3f}. "
    "Near certainty a little doubt costs a lot.",
)

_MAY = ("no, four possibilities are more than three", "yes")

guess_three = Prediction(
    "ent-three",
    question="In one town four kinds of weather are possible, in another only three. Can the "
    "reports from the town with three be the more surprising ones, on average?",
    options=list(_MAY),
    happens=_MAY[int(entropy([1 / 3] * 3) > entropy([0.7, 0.1, 0.1, 0.1]))],
    saw="Set a, b and c to the same weight and d to 0: the mean height of the towers, the dashed "
    f"line, is $\\log_2 3 = {math.log2(3):.3f}$ bits. With the weights 6, 1, 1, 1 it is "
    f"{entropy([6 / 9, 1 / 9, 1 / 9, 1 / 9]):.3f}. The logarithm of the number of possible "
    "outcomes, the grey line for four, is a ceiling, not a measure. All four towers stand at it "
    "only if all weights are equal, and that is where the mean is largest. As the weight of an "
    "outcome goes to zero, so does what it adds to the mean.",
)

_MIXED = (
    "lower than the mean of the two",
    "the mean of the two",
    "higher than the mean of the two",
)

guess_mixing = Prediction(
    "ent-mixed",
    question="Two coins show heads in 10 % and in 70 % of the tosses. Somebody picks one of them at "
    "random for each toss and does not tell you which. How large is the entropy of what you see?",
    options=list(_MIXED),
    happens=_MIXED[
        int(1 + np.sign(binary_entropy(0.4) - (binary_entropy(0.1) + binary_entropy(0.7)) / 2))
    ],
    saw="What you see is a coin of 40 %, and its entropy is "
    f"{binary_entropy(0.4):.3f} bits; the mean of the two is "
    f"{(binary_entropy(0.1) + binary_entropy(0.7)) / 2:.3f}. The curve lies above its chords: not "
    "knowing which coin it was makes you less sure on average.",
)

_BEST = np.linspace(0.05, 0.95, 91)
_LEAST = _BEST[np.argmin([cross_entropy([0.7, 0.3], [s, 1 - s]) for s in _BEST])]
_GIVEN = ("0.50, so that no word is long", "0.70", "0.85", "0.95, so that the first is very short")

guess_share = Prediction(
    "ent-divide",
    question="Two words, for outcomes of probability 0.7 and 0.3, divide all strings between them. "
    "Which share should the first word get, so that the mean length is least?",
    options=list(_GIVEN),
    happens=next(text for text in _GIVEN if text.startswith(f"{_LEAST:.2f}")),
    saw="As long as the first word has less than 0.7, a hundredth more saves it more than it costs "
    "the second; beyond 0.7 it is the other way round. The bars are equally high where the shares "
    "are the probabilities, for every probability that you set, and there the two towers have "
    "the area of the entropy. So the best length of a word is $-\\log_2$ of its *probability*.",
)

_RATES = (
    "1 digit, as no word is shorter",
    "about two thirds of a digit",
    "0.469 digits, the entropy",
)

guess_pairs = Prediction(
    "ent-pairs",
    question="A coin shows heads nine times in ten, and a word for one flip takes one digit. Now "
    "the words stand for two flips together, the commonest pair with the shortest word. How many "
    "digits does a flip take on average?",
    options=list(_RATES),
    happens=_RATES[int(np.argmin(np.abs(np.array([1, 2 / 3, 0.469]) - huffman_rate(2))))],
    saw=f"Two heads, which come in 81 of 100 pairs, get one digit together: {huffman_rate(2):.3f} "
    "digits a flip. Longer blocks come closer to the entropy, inside a band that shrinks as "
    "$1/n$, though not always closer with each flip more.",
)

guess_pictures = Prediction(
    "ent-gallery",
    question="Here are four pictures in two pairs; the two of a pair have one histogram, which counts "
    "how often each grey occurs. Order the pictures by the size of their PNG files.",
    items=[Item(name, _SIZES[name]) for name in ("landscape", "shuffled", "ramp", "noise")],
    direction="the smallest file first",
    saw="The numbers stand below. For the shuffled landscape and the noise the histogram "
    "tells the truth: PNG does not get below it. In the ramp every row repeats the one above, and "
    "the file shrinks to almost nothing. The landscape lies between.",
)

_WHICH = (
    "the histogram's entropy; it rises to 3 bits",
    "what is left when the neighbour is known; it rises to the histogram's entropy",
    "both; they fall to 0",
    "neither",
)

guess_shuffle = Prediction(
    "ent-shuffle",
    question="The picture below loses its order step by step. Its histogram has an entropy; beside "
    "that stands what is left to say about a pixel once the one to its left is known. Which of the "
    "two numbers changes, and where does it end?",
    options=list(_WHICH),
    happens=_WHICH[1],
    saw="The histogram cannot tell the landscape from noise: every grey stays as frequent as it "
    "was, and so does its entropy. The left neighbour can. In the landscape it leaves little more "
    "than a third of the bits; in the noise it leaves all of them, apart from a hundredth of a bit "
    "that comes from counting pairs in so small a picture.",
)

_BELL = bell_of_dice()[-1] / ten_dice()[-1]
_FACTORS = (
    "about as probable as they are",
    "twice as probable",
    "a hundred times as probable",
    "a million times as probable",
)

guess_tail = Prediction(
    "ent-ten-sixes",
    question="The Gaussian has the mean and the variance of the sum, and nearly its entropy. How "
    "probable does it make ten sixes?",
    options=list(_FACTORS),
    happens=_FACTORS[int(np.argmin(np.abs(np.log([1, 2, 100, 1e6]) - math.log(_BELL))))],
    saw=f"The Gaussian makes ten sixes {_BELL:.0f} times too probable: "
    f"{math.log2(_BELL):.1f} bits of surprise are missing. The picture with the bars shows nothing "
    "of that, since both probabilities are far below a thousandth.",
)

# ---- compute ----


def _coin(heads):
    bits = binary_entropy(heads)
    tails = round(1 - heads, 2)
    return Number(
        "ent-coin",
        stars=1,
        minutes=3,
        unit="bits",
        question=f"What is the entropy of a coin that shows heads with probability {heads}?",
        answer=bits,
        why="The likely side surprises by less than a bit, the other by more but less often, and "
        "the mean is less than the bit of a fair coin.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            missing_minus(bits),
            Mistake(
                heads * self_information(heads),
                "That is what heads adds. Tails adds something too.",
            ),
            Mistake(
                tails * self_information(tails),
                "That is what tails adds. Heads adds something too.",
            ),
            plain_mean(self_information([heads, tails]).tolist()),
            forgotten_weights(self_information([heads, tails]).tolist()),
            as_if_uniform(2),
            perplexity_for_entropy(bits),
        ],
        limits=[NEVER_NEGATIVE, Limit("A coin has at most 1 bit.", above=1.0)],
        hint=[
            "Each side has a surprise; how often does each of them come?",
            "$h(p) = -p \\log_2 p - (1 - p) \\log_2 (1 - p)$.",
            f"Heads adds ${heads} \\cdot {self_information(heads):.4f}$.",
        ],
        solution=f"${_sum([heads, tails])} = {bits:.4f}$ bits.",
    )


coin = varied(_coin, [0.8, 0.7, 0.6, 0.75, 0.68, 0.95, 0.85, 0.97, 0.55, 0.92])


def _question(words, cards):
    bits = binary_entropy(cards / 52)
    return Number(
        "ent-question",
        stars=1,
        minutes=3,
        unit="bits",
        question=f"A card is drawn from a deck of 52. How many bits do you expect to learn from the "
        f"answer to “is it {words}?”",
        answer=bits,
        why="The answer is a coin, and what you expect to learn from it is its entropy.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            Mistake(
                self_information(cards / 52), "That is what a yes is worth. How often does it come?"
            ),
            Mistake(
                self_information(1 - cards / 52), "That is what a no is worth. A yes is worth more."
            ),
            Mistake(
                cards / 52 * self_information(cards / 52),
                "That is what a yes adds to the mean. A no adds something, too.",
            ),
            Mistake(
                (1 - cards / 52) * self_information(1 - cards / 52),
                "That is what a no adds to the mean. A yes adds something, too.",
            ),
            Mistake(cards / 52, "That is the probability of a yes."),
            as_if_uniform(2),
        ],
        limits=[NEVER_NEGATIVE, Limit("A yes or no has at most 1 bit.", above=1.0)],
        hint=[
            "With which probability is the answer yes?",
            "It is a coin with $p = P(\\text{yes})$, and its entropy is $h(p)$.",
            f"$p = \\frac{{{cards}}}{{52}}$: a yes is worth {self_information(cards / 52):.4f} bits.",
        ],
        solution=f"A yes is worth {self_information(cards / 52):.4f} bits, a no "
        f"{self_information(1 - cards / 52):.4f}, each weighted by how often it comes: "
        f"$h(\\frac{{{cards}}}{{52}}) = \\frac{{{cards}}}{{52}} \\cdot {self_information(cards / 52):.4f} "
        f"+ \\frac{{{52 - cards}}}{{52}} \\cdot {self_information(1 - cards / 52):.4f} = {bits:.4f}$ bits.",
    )


question = varied(
    _question,
    [
        ("an ace or a king", 8),
        ("a red king", 2),
        ("a jack, queen or king", 12),
        ("a spade below 8 (the ace counts as 1)", 7),
        ("a red card with a number from 2 to 10", 18),
        ("a number from 2 to 6", 20),
        ("a black ace or a heart", 15),
        ("a spade, a red king or a red queen", 17),
        ("a jack, queen, king or black ten", 14),
        ("a heart or an ace", 16),
    ],
)


def _table(a, b, c):
    p = [a, b, c]
    bits, terms = entropy(p), [x * self_information(x) for x in p]
    return Number(
        "ent-table-alone",
        stars=1,
        minutes=4,
        unit="bits",
        question=f"Three outcomes have the probabilities {a}, {b} and {c}. What is their entropy?",
        answer=bits,
        why="Each surprise counts with its probability.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            missing_minus(bits),
            as_if_uniform(3),
            plain_mean(self_information(p).tolist()),
            forgotten_weights(self_information(p).tolist()),
            Mistake(bits - terms[2], "The third outcome is missing."),
            perplexity_for_entropy(bits),
        ],
        limits=[
            NEVER_NEGATIVE,
            Limit("Three outcomes have at most $\\log_2 3$ bits.", above=math.log2(3)),
        ],
        hint=[
            "How surprising is each outcome, and how often does it come?",
            "$H = -\\sum p \\log_2 p$.",
            f"The first outcome: ${a} \\cdot {self_information(a):.4f} = {terms[0]:.4f}$.",
        ],
        solution=f"${_sum(p)} = {bits:.4f}$ bits.",
    )


table = varied(
    _table,
    [
        (0.6, 0.3, 0.1),
        (0.7, 0.2, 0.1),
        (0.4, 0.4, 0.2),
        (0.8, 0.15, 0.05),
        (0.5, 0.4, 0.1),
        (0.55, 0.25, 0.2),
        (0.9, 0.06, 0.04),
        (0.65, 0.2, 0.15),
        (0.35, 0.4, 0.25),
        (0.75, 0.15, 0.1),
    ],
)

_ROWS = [0.5, 0.3, 0.2]
_TERMS = [x * self_information(x) for x in _ROWS]

last_step = Number(
    "ent-table-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    question="A station reports sun, cloud or rain, with the probabilities 0.5, 0.3 and 0.2.\n\n"
    "1. The surprises are "
    + ", ".join(f"{self_information(x):.4f}" for x in _ROWS)
    + " bits.\n2. Each times its probability: "
    + ", ".join(f"{x:.4f}" for x in _TERMS)
    + ".\n3. What is the entropy?",
    answer=entropy(_ROWS),
    why="The weighted surprises add up to the mean surprise.",
    mistakes=[
        nats_for_bits(entropy(_ROWS)),
        Mistake(sum(_TERMS) / 3, "The weights stand in step 2 already; nothing is left to divide."),
        forgotten_weights(self_information(_ROWS).tolist()),
        plain_mean(self_information(_ROWS).tolist()),
        as_if_uniform(3),
        missing_minus(entropy(_ROWS)),
    ],
    limits=[
        NEVER_NEGATIVE,
        Limit("Three outcomes have at most $\\log_2 3$ bits.", above=math.log2(3)),
    ],
    hint=[
        "What does each kind of day add to a mean?",
        "$H = \\sum p \\cdot (-\\log_2 p)$.",
        "Take the three numbers of step 2.",
    ],
    solution="$" + " + ".join(f"{x:.4f}" for x in _TERMS) + f" = {entropy(_ROWS):.4f}$ bits.",
)


def _budget(likely, share):
    mean = cross_entropy([likely, 1 - likely], [share, 1 - share])
    rest, other = round(1 - likely, 2), round(1 - share, 2)
    return Number(
        "ent-budget",
        stars=2,
        minutes=4,
        unit="digits",
        tolerance=0.002,
        question=f"Two outcomes have the probabilities {likely} and {rest}. Their words take the "
        f"shares {share} and {other} of all strings, and lengths need not be whole. How many "
        "digits does a word have on average?",
        answer=mean,
        why="The lengths come from the shares, the weights from the probabilities.",
        mistakes=[
            Mistake(
                binary_entropy(likely),
                "That is the entropy: the mean length if the shares were the probabilities.",
            ),
            Mistake(
                cross_entropy([share, 1 - share], [likely, 1 - likely]),
                "You exchanged shares and probabilities: a word is as long as its *share* says.",
            ),
            Mistake(
                binary_entropy(share),
                "You took the shares as weights, too. The outcomes come with their probabilities.",
            ),
            plain_mean(self_information([share, other]).tolist()),
            forgotten_weights(self_information([share, other]).tolist()),
            nats_for_bits(mean),
        ],
        limits=[
            Limit(
                "That is less than the entropy; no division of the strings does it.",
                below=math.floor(100 * binary_entropy(likely)) / 100 - 0.01,
            )
        ],
        hint=[
            "How long is each word, and how often is it sent?",
            "A word with the share $s$ has $-\\log_2 s$ digits.",
            f"The first word has $-\\log_2 {share} = {self_information(share):.4f}$ digits.",
        ],
        solution=f"${likely} \\cdot {self_information(share):.4f} + {rest} \\cdot "
        f"{self_information(other):.4f} = {mean:.4f}$ digits. With the shares {likely} and {rest} "
        f"it would be {binary_entropy(likely):.4f}.",
    )


budget = varied(
    _budget,
    [
        (0.75, 0.9),
        (0.8, 0.4),
        (0.9, 0.6),
        (0.6, 0.3),
        (0.85, 0.75),
        (0.65, 0.85),
        (0.95, 0.75),
        (0.4, 0.7),
        (0.3, 0.1),
        (0.7, 0.2),
    ],
)

LOADED = np.array([0.5, 0.1, 0.1, 0.1, 0.1, 0.1])
_LOADED = entropy(LOADED)

die = Number(
    "ent-die",
    stars=1,
    minutes=4,
    unit="bits",
    question="A loaded die shows six half of the time and each other face one time in ten. How "
    "much less uncertain is it than a fair die?",
    answer=math.log2(6) - _LOADED,
    why="The fair die has the largest entropy that six faces allow, and the loaded one falls short "
    "of it.",
    mistakes=[
        Mistake(
            _LOADED, "That is the entropy of the loaded die. How far is it below the fair die's?"
        ),
        Mistake(math.log2(6), "That is the entropy of the fair die. Subtract the loaded one's."),
        Mistake(
            (math.log2(6) - _LOADED) * math.log(2),
            "That is the difference in nats; divide by $\\ln 2$ for bits.",
        ),
        Mistake(
            _LOADED - math.log2(6), "The size is right. The fair die is the *more* uncertain one."
        ),
        Mistake(
            math.log2(6) - 0.5 - 0.1 * self_information(0.1),
            "There are *five* faces of probability 0.1.",
        ),
        Mistake(0, "Six faces are possible in both cases; how likely they are counts as well."),
    ],
    limits=[
        Limit("A fair die is the most uncertain one.", below=0),
        Limit("A fair die has $\\log_2 6$ bits, and no more can be missing.", above=math.log2(6)),
    ],
    hint=[
        "How uncertain is each of the two dice?",
        "$H = -\\sum p \\log_2 p$ for the loaded die; six equal faces have $\\log_2 6$.",
        "Five faces share the other half: $H = 0.5 \\cdot 1 + 5 \\cdot 0.1 \\cdot \\log_2 10$.",
    ],
    solution=f"$H = 0.5 \\cdot 1 + 5 \\cdot 0.1 \\cdot {self_information(0.1):.4f} = "
    f"{_LOADED:.4f}$ bits for the loaded die and $\\log_2 6 = {math.log2(6):.4f}$ bits "
    f"for the fair one: {math.log2(6) - _LOADED:.4f} bits less. "
    "Round at the end: with 3.32 for "
    "$\\log_2 10$ the third digit is already wrong.",
)

# ---- order, decide ----

careful = Choice(
    "ent-conventions",
    stars=1,
    minutes=2,
    question="`scipy.stats.entropy([3, 1])` returns "
    f"{entropy([0.75, 0.25], base=math.e):.4f}. What is that?",
    options=[
        Option(
            "the entropy of (3/4, 1/4) in nats",
            "The weights were rescaled without a word, and the unit is the nat. In bits it is "
            f"{entropy([0.75, 0.25]):.4f}.",
            right=math.isclose(entropy([0.75, 0.25], base=math.e), 0.5623, abs_tol=1e-4),
        ),
        Option(
            "the entropy of (3/4, 1/4) in bits",
            f"In bits it would be {entropy([0.75, 0.25]):.4f}.",
        ),
        Option(
            "the sum of $-x \\ln x$ for 3 and 1",
            f"That would be ${-3 * math.log(3):.4f}$; the weights were divided by their sum first.",
        ),
        Option(
            "nothing sensible, as (3, 1) is no distribution",
            "SciPy divides by the sum first, and (3/4, 1/4) is one. `itlib` refuses (3, 1).",
        ),
    ],
    hint=[
        "Which two habits of SciPy does the text name?",
        "One concerns the unit, one what does not sum to 1.",
        "Divide 3 and 1 by their sum.",
    ],
    solution="A library's unit and what it does with a wrong sum are worth looking up once.",
)

sample = Choice(
    "ent-sample",
    stars=2,
    minutes=2,
    question="You count 200 independent draws from an unknown source, and the frequencies have an "
    "entropy of 5.2 bits. As an estimate of the source's entropy, is that number biased?",
    options=[
        Option(
            "no, since frequencies are unbiased",
            "They are, but the entropy of a mean is not the mean of the entropies.",
        ),
        Option(
            "yes: on average such a number is too small",
            "Entropy is concave, so scatter of the frequencies lowers it on average.",
            right=entropy([0.4, 0.6]) > (entropy([0.3, 0.7]) + entropy([0.5, 0.5])) / 2,
        ),
        Option(
            "yes: on average such a number is too large",
            "Scatter makes frequencies look less even, not more, on average.",
        ),
        Option(
            "that depends on whether some outcomes were never seen",
            "Unseen outcomes make it worse; the scatter of those that were seen is enough.",
        ),
    ],
    hint=[
        "Imagine two samples: what lies between their frequencies?",
        "The mean of a concave function is at most the function of the mean.",
        "The mean of the frequencies is the true distribution.",
    ],
    solution="The mean frequencies are the probabilities. As the curve lies above its chords, the "
    "mean of the entropies lies below the entropy of the mean.",
)


_SHAPES = {
    "(0.97, 0.01, 0.01, 0.01)": [0.97, 0.01, 0.01, 0.01],
    "(0.25, 0.25, 0.25, 0.25)": [0.25] * 4,
    "(1, 0, 0, 0)": [1.0, 0, 0, 0],
    "(0.5, 0.5, 0, 0)": [0.5, 0.5, 0, 0],
    "(0.7, 0.1, 0.1, 0.1)": [0.7, 0.1, 0.1, 0.1],
}

order = Ordering(
    "ent-order",
    stars=1,
    minutes=3,
    question="Order these distributions over four outcomes by their entropy.",
    items=[Item(text, entropy(p)) for text, p in _SHAPES.items()],
    direction="the smallest entropy first",
    mistakes=[
        Swap(
            "(0.7, 0.1, 0.1, 0.1)",
            "(0.5, 0.5, 0, 0)",
            "Two equal outcomes are one bit. The other has an outcome that is more likely "
            "than either, but three more to choose from: work it out.",
        )
    ],
    hint=[
        "Which of them is certain, and which as even as four outcomes can be?",
        "Certainty has 0 bits, $k$ equal outcomes have $\\log_2 k$.",
        "Two equal outcomes: 1 bit. For (0.7, 0.1, 0.1, 0.1) the three rare ones alone add "
        "$0.3 \\log_2 10$.",
    ],
    why="Both evenness and the number of outcomes raise the entropy, and they can pull against "
    "each other: an uneven distribution over four may have more than an even one over two.",
    solution="In bits: "
    + "; ".join(
        f"{text} {entropy(p):.4f}"
        for text, p in sorted(_SHAPES.items(), key=lambda item: entropy(item[1]))
    )
    + ".",
)

_SURPRISES = self_information([1 / 2, 0.99, 0.01])

average = Choice(
    "ent-average",
    stars=1,
    minutes=2,
    question="One coin is fair, the other shows tails one time in a hundred. "
    "Which statement is right?",
    options=[
        Option(
            "The fair coin has the larger entropy, so each of its flips is the larger surprise.",
            "Entropy is a mean. One flip of the other coin can surprise far "
            "more, if it shows tails.",
        ),
        Option(
            "The fair coin has the larger entropy, but the most surprising flip is one of the "
            "other coin's.",
            "Tails of the other coin has "
            f"{_SURPRISES[2]:.2f} bits, and it is so rare that the mean is only "
            f"{binary_entropy(0.01):.3f} bits.",
            right=bool(
                binary_entropy(0.5) > binary_entropy(0.01) and _SURPRISES[2] == _SURPRISES.max()
            ),
        ),
        Option(
            "The other coin has the larger entropy, because tails would be such a surprise.",
            "The surprise at tails is multiplied by how often it comes, one time in a hundred.",
        ),
        Option(
            "Both have the same entropy, since both have two sides.",
            "The number of sides gives the upper limit, $\\log_2 2$; only the fair coin "
            "reaches it.",
        ),
    ],
    hint=[
        "Is the question about a mean, or about one flip?",
        "Entropy is the mean surprise, each weighted by how often it comes.",
        "Tails of the other coin has the surprise $\\log_2 100$.",
    ],
    solution="The fair coin: 1 bit for either side, 1 bit on average. The other: "
    f"{_SURPRISES[1]:.4f} bits for heads, {_SURPRISES[2]:.4f} for tails, "
    f"{binary_entropy(0.01):.4f} on average.",
)

flat = Choice(
    "ent-flat",
    stars=2,
    minutes=3,
    question="In a grey picture each of 256 values occurs equally often. "
    "What follows for a lossless compressor?",
    options=[
        Option(
            "It cannot do better than 8 bits per pixel.",
            "A ramp from black to white has this histogram, and PNG shrinks it to almost nothing.",
        ),
        Option(
            "A code for single pixels cannot do better than 8 bits per pixel; one that uses "
            "the neighbours may.",
            "The histogram's entropy bounds codes that treat every "
            "pixel alike and alone. The entropy of the whole picture can be much smaller.",
            right=math.isclose(entropy(np.full(256, 1 / 256)), 8),
        ),
        Option(
            "It cannot do better than 8 bits per pixel, but JPEG can.",
            "JPEG saves by changing "
            "the picture: it is not lossless. And lossless compressors can do better, too.",
        ),
        Option(
            "Nothing: entropy says nothing about compression.",
            "It bounds what a code spends on average; but it must be the entropy of what is "
            "coded, and a picture is more than its greys.",
        ),
    ],
    hint=[
        "Remember the ramp: which greys does it have, and how large is its file?",
        "The histogram counts single pixels.",
        "Take each claim and try it on the ramp.",
    ],
    solution="Equally likely *and* independent pixels cannot be compressed, on average. A flat "
    "histogram shows the first and not the second.",
)

zero = Choice(
    "ent-zero",
    stars=1,
    minutes=2,
    question="Why may $0 \\log 0$ be counted as 0 in an entropy?",
    options=[
        Option(
            "Because every number times zero is zero.",
            "$\\log 0$ is no number, so that rule does not apply.",
        ),
        Option(
            "Because $p \\log p$ tends to 0 with $p$.",
            "So the entropy stays continuous, and an outcome that never happens changes nothing.",
            right=abs(1e-12 * math.log2(1e-12)) < 1e-9,
        ),
        Option(
            "Because NumPy's `nansum` skips it.",
            "It also skips what comes from a wrong input, such as a negative probability.",
        ),
        Option(
            "Because impossible outcomes are not surprising.",
            "Such an outcome would be infinitely surprising, if it came. It never comes.",
        ),
    ],
    hint=[
        "What happens to both factors as $p$ gets small?",
        "Ask for the limit of $p \\log p$, not for a value at 0.",
        "Try $p = 0.1, 0.01, 0.001, \\dots$",
    ],
    solution="With $p = 2^{-n}$ the term $-p \\log_2 p$ is $n 2^{-n}$, "
    "and $2^n$ grows faster than $n$.",
)

# ---- compute ----


def _picture(width, height):
    pixels = width * height
    most = pixels * 3 * entropy(np.full(256, 1 / 256)) / 1e6
    return Number(
        "ent-picture",
        stars=1,
        minutes=2,
        unit="megabits",
        tolerance=0.05,
        question=f"A colour picture has {width} × {height} pixels; each is three numbers of 256 "
        "values. How many megabits (a million bits each) does it carry at most, on average?",
        answer=most,
        why="Each number has at most $\\log_2 256 = 8$ bits, which takes equally likely values; "
        "all together reach that only if they are also independent.",
        mistakes=[
            Mistake(
                pixels / 1e6,
                "That is the number of pixels in millions. Each can have several bits.",
            ),
            Mistake(8 * pixels / 1e6, "That is for a grey picture; this one has three colours."),
            Mistake(pixels * 768 / 1e6, "A number has 256 *values*; that is $\\log_2 256$ bits."),
            Mistake(
                pixels * 24 / 2**20, "You divided by $2^{20}$; a megabit here is a million bits."
            ),
            Mistake(3 * pixels / 1e6, "That is in megabytes. A byte is eight bits."),
            Mistake(24 * pixels, "That is in bits. A megabit is a million of them."),
            Mistake(pixels * 3 * math.log(256) / 1e6, "That is in nats."),
        ],
        hint=[
            "How many bits does one pixel carry at most?",
            "One of 256 values has at most $\\log_2 256 = 8$ bits.",
            f"A pixel is three such numbers, and there are ${width} \\cdot {height}$ pixels.",
        ],
        solution=f"${width} \\cdot {height} \\cdot 3 \\cdot 8 = {pixels * 24}$ bits, {most:.2f} megabits. "
        "Pictures of something carry far less, because neighbouring pixels are alike, and so are the colours of "
        "one pixel.",
    )


picture = varied(
    _picture,
    [
        (1280, 720),
        (640, 480),
        (800, 600),
        (1280, 1024),
        (1600, 900),
        (1366, 768),
        (2560, 1440),
        (3840, 2160),
        (720, 576),
        (1440, 1080),
    ],
)

_WORDS = [0.4, 0.3, 0.2, 0.1]
_CODE = huffman_code(_WORDS)
_LENGTH = expected_length(_WORDS, _CODE)

huffman = Number(
    "ent-huffman",
    stars=2,
    minutes=5,
    unit="digits per word",
    question="Four words have the probabilities 0.4, 0.3, 0.2 and 0.1. How many binary digits per "
    "word does the best prefix code for single words use on average? Build it by hand.",
    answer=_LENGTH,
    why="Joining the two least likely words, again and again, gives words of 1, 2, 3 and 3 digits.",
    mistakes=[
        Mistake(
            entropy(_WORDS),
            "That is the entropy, which no prefix code can beat and this one does not reach.",
        ),
        Mistake(2, "That is a code with two digits for every word. Give the likeliest word fewer."),
        Mistake(
            sum(map(len, _CODE)) / 4,
            "That is the plain mean of the lengths. Likely words weigh more.",
        ),
        Mistake(
            sum(map(len, _CODE)),
            "That is the sum of the lengths. Weight each with its probability.",
        ),
        Mistake(
            expected_length(_WORDS, ["0" * math.ceil(b) for b in self_information(_WORDS)]),
            "You rounded every $-\\log_2 p$ up. That stays below $H + 1$, but here it is worse even "
            "than two digits for every word.",
        ),
    ],
    limits=[
        Limit(
            "That is less than the entropy; no prefix code does it.",
            below=math.floor(1000 * entropy(_WORDS)) / 1000 - 0.01,
        )
    ],
    hint=[
        "Which two words are joined first?",
        "The mean length is the sum of length times probability.",
        "Join 0.1 and 0.2 into 0.3. Which are the two smallest now?",
    ],
    solution="The words are "
    + ", ".join(f"`{word}`" for word in _CODE)
    + f", and $L = {_LENGTH:.1f}$ digits: more than $H = {entropy(_WORDS):.4f}$ bits and "
    "less than one digit more.",
)

_PAIR = np.outer([0.8, 0.2], [0.8, 0.2]).ravel()
_PAIRS = expected_length(_PAIR, huffman_code(_PAIR))
_FLIP = binary_entropy(0.8)

blocks = Number(
    "ent-blocks",
    stars=2,
    minutes=5,
    unit="digits per flip",
    question="A coin with $P(\\text{heads}) = 0.8$ is coded two flips at a time, with Huffman's "
    "code for the four pairs. How many digits *per flip* does that take?",
    answer=_PAIRS / 2,
    why="Two heads, which come in 64 of 100 pairs, get a single digit together.",
    mistakes=[
        Mistake(_PAIRS, "That is per pair. A pair is two flips."),
        Mistake(_FLIP, "That is the entropy, the limit for long blocks. Pairs do not reach it."),
        Mistake(1, "That is what single flips take."),
        Mistake(2 * _FLIP, "That is the entropy of a pair."),
        Mistake(huffman_rate(2), "That is the coin of the text, with heads nine times in ten."),
    ],
    limits=[
        Limit("That is less than the entropy; no prefix code does it.", below=entropy([0.8, 0.2])),
        Limit("Single flips take a digit each, and pairs no more.", above=1),
    ],
    hint=[
        "How likely is each of the four pairs?",
        "Join the two least likely, again and again; then weight the lengths, per *flip*.",
        "0.64, 0.16, 0.16 and 0.04: join the last two into 0.20.",
    ],
    solution="The pairs have the probabilities 0.64, 0.16, 0.16 and 0.04, and words of 1, 2, 3 and "
    "3 digits: $0.64 + 2 \\cdot 0.16$ $+ 3 \\cdot 0.16 "
    f"+ 3 \\cdot 0.04 = {_PAIRS:.2f}$ per pair, {_PAIRS / 2:.2f} per flip.",
)

_TWO = np.convolve(np.full(6, 1 / 6), np.full(6, 1 / 6))
_SUM = entropy(_TWO)

two_dice = Number(
    "ent-two-dice",
    stars=2,
    minutes=5,
    unit="bits",
    tolerance=0.002,
    question="Two fair dice are thrown, and only their sum is reported. "
    "How large is the entropy of the sum?",
    answer=_SUM,
    why="The sum has eleven values, and they are not equally likely.",
    mistakes=[
        Mistake(
            2 * math.log2(6),
            "That is the entropy of both dice. Their sum does not tell them apart, and has less.",
        ),
        as_if_uniform(11),
        Mistake(math.log2(6), "That is one die."),
        nats_for_bits(_SUM),
        base_ten_for_bits(_SUM),
        missing_minus(_SUM),
        perplexity_for_entropy(_SUM),
    ],
    limits=[
        NEVER_NEGATIVE,
        Limit("Eleven outcomes have at most $\\log_2 11$ bits.", above=math.log2(11)),
    ],
    hint=[
        "In how many ways does each sum come about?",
        "The sums 2 to 12 have 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1 chances in 36.",
        "`entropy(normalize([...]))` of `itlib` adds them up.",
    ],
    solution=f"`entropy(normalize([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]))` is {_SUM:.4f} bits: as "
    f"uncertain as {perplexity(_TWO):.2f} equally likely values.",
)


def _grouping(left, ends):
    rest = round(1 - left, 2)
    p = [left, *[rest / ends] * ends]
    bits, first = entropy(p), binary_entropy(left)
    return Number(
        "ent-grouping",
        stars=2,
        minutes=4,
        unit="bits",
        question=f"A traveller turns left with probability {left}. Otherwise she comes to a place "
        f"from which {ends} roads lead on, and takes any of them with the same probability. What "
        "is the entropy of where she ends?",
        answer=bits,
        why="The second choice counts only as often as it is made.",
        mistakes=[
            Mistake(
                first + math.log2(ends),
                f"You counted the second choice in full. It is made with probability {rest}.",
            ),
            Mistake(first, "That is the first fork only."),
            as_if_uniform(ends + 1),
            Mistake(
                rest * math.log2(ends), "That is the second choice only, weighted. Add the first."
            ),
            nats_for_bits(bits),
            missing_minus(bits),
            base_ten_for_bits(bits),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "In which two steps is it decided where she ends, and how often is the second taken?",
            "$H = h(p) + (1 - p) \\log_2 k$, where the second step, to one of $k$ ends, is taken "
            "with probability $1 - p$.",
            f"The first fork: $h({left}) = {first:.4f}$ bits.",
        ],
        solution=f"$h({left}) + {rest} \\cdot \\log_2 {ends} = {bits:.4f}$ bits. That a choice "
        "may be broken up like this is the third of the demands from which Shannon derived the "
        "entropy.",
    )


grouping = varied(
    _grouping,
    [
        (0.7, 8),
        (0.45, 3),
        (0.7, 4),
        (0.55, 6),
        (0.8, 8),
        (0.4, 5),
        (0.3, 6),
        (0.75, 5),
        (0.6, 8),
        (0.9, 4),
    ],
)

_EXACT, _MODEL = self_information(10 / 6**10), self_information(bell_of_dice()[-2])

tail = Number(
    "ent-tail",
    stars=3,
    minutes=8,
    unit="bits",
    tolerance=0.02,
    question="The Gaussian model of the sum of ten dice (mean 35, variance $10 \\cdot 35/12$, "
    "scaled to sum to 1 over 10 … 60) is asked about the sum 59. By how many bits does it "
    "underrate the surprise?",
    answer=_EXACT - _MODEL,
    why="The logarithm of a Gaussian is a parabola, and the true surprise rises faster at the end.",
    mistakes=[
        Mistake(_EXACT, "That is the true surprise. What does the model say?"),
        Mistake(
            10 * math.log2(6) - _MODEL,
            "Nine sixes and a five can fall in ten ways: any of the dice may show the five.",
        ),
        Mistake(_MODEL, "That is the surprise according to the model."),
        Mistake(
            _MODEL - _EXACT, "The size is right. The model is *less* surprised than it should be."
        ),
        Mistake(
            2 ** (_EXACT - _MODEL),
            "That is the factor by which the model's probability is "
            "too large. Its logarithm is asked for.",
            tolerance=0.2,
        ),
        Mistake((_EXACT - _MODEL) * math.log(2), "That is in nats."),
    ],
    hint=[
        "In how many ways can ten dice show 59?",
        "Surprise is $-\\log_2$ of a probability, under the dice and under the model.",
        "For the model, divide the Gaussian at 59 by the sum of its values from 10 to 60.",
    ],
    solution=f"The surprise is {_EXACT:.3f} bits, and the model says {_MODEL:.3f}, which is "
    f"{_EXACT - _MODEL:.3f} bits less: its probability is "
    f"{2 ** (_EXACT - _MODEL):.0f} times too large.",
)

# ---- prove ----

maximum = Derivation(
    "ent-maximum",
    stars=2,
    minutes=8,
    question="Prove that $H(p) \\le \\log k$ for $k$ outcomes, with equality only for the uniform "
    "distribution. You may use $\\ln x \\le x - 1$, with equality only at $x = 1$.",
    hint=[
        "Which difference should turn out to be at most 0?",
        "Write $\\log k$ as a mean under $p$, and bring both logarithms into one.",
        "In nats $H(p) - \\ln k = \\sum_{p > 0} p(x) \\ln \\frac{1}{k\\,p(x)}$.",
    ],
    steps=[
        Step(
            "In nats $H(p) - \\ln k$ $= \\sum_{p > 0} p(x) \\ln \\frac{1}{k\\,p(x)}$, because the "
            "probabilities sum to 1.",
            "$\\ln k = \\sum p(x) \\ln k$; then both logarithms join into one.",
        ),
        Step(
            "$\\ln \\frac{1}{k\\,p(x)} \\le \\frac{1}{k\\,p(x)} - 1$, so the sum is at most "
            "$\\sum_{p > 0} (\\frac1k - p(x))$.",
            "Use $\\ln x \\le x - 1$ with $x = 1/(k\\,p(x))$, and multiply by $p(x)$.",
        ),
        Step(
            "That is $\\frac{m}{k} - 1 \\le 0$, where $m$ is the number of outcomes with "
            "$p(x) > 0$.",
            "Only the $m$ outcomes that can happen are in the sum, and $m \\le k$.",
        ),
        Step(
            "Equality needs $k\\,p(x) = 1$ wherever $p(x) > 0$, and $m = k$: the uniform "
            "distribution.",
            "Two inequalities were used. When is each an equality?",
        ),
    ],
    why="A logarithm lies below its tangent, and the tangent's values sum to at most 0.",
    solution="It is Gibbs' inequality with the uniform distribution as the second one: "
    "$\\log k - H(p) \\ge 0$. A later chapter calls this difference the KL divergence of $p$ from "
    "the uniform distribution.",
)

bounds = Derivation(
    "ent-bounds",
    stars=3,
    minutes=12,
    question="A prefix code has words of $\\ell(x)$ digits, and Kraft's inequality says "
    "$\\sum_x 2^{-\\ell(x)} \\le 1$; whole lengths that satisfy it belong to some prefix "
    "code. Prove $H(p) \\le L$ for the mean length, and find a code with $L < H(p) + 1$.",
    hint=[
        "What plays the part of $q$ in Gibbs' inequality here?",
        "Compare $p(x)$ with $2^{-\\ell(x)}$. For the second part round up.",
        "$L - H(p) = -\\sum p(x) \\log_2 \\frac{2^{-\\ell(x)}}{p(x)}$.",
    ],
    steps=[
        Step(
            "$L - H(p)$ $= \\sum p(x)\\,(\\ell(x) + \\log_2 p(x))$ $= -\\sum p(x) \\log_2 "
            "\\frac{2^{-\\ell(x)}}{p(x)}$, over the $x$ with $p(x) > 0$.",
            "Write a length as a logarithm: $\\ell = -\\log_2 2^{-\\ell}$.",
        ),
        Step(
            "As $\\ln t \\le t - 1$, in nats this is at least $-\\sum (2^{-\\ell(x)} - p(x))$ "
            "$= 1 - \\sum 2^{-\\ell(x)}$.",
            "Use $\\ln t \\le t - 1$ with $t = 2^{-\\ell(x)} / p(x)$, and multiply by $p(x)$.",
        ),
        Step(
            "By Kraft the sum is at most 1, so $L - H(p) \\ge 0$.",
            "Use Kraft's inequality: what is the largest value of the sum?",
        ),
        Step(
            "Take $\\ell(x) = \\lceil -\\log_2 p(x) \\rceil$ where $p(x) > 0$; what never happens "
            "needs no word. Then $\\sum 2^{-\\ell(x)}$ is at most $\\sum p(x)$, which is 1, so a "
            "prefix code with these lengths exists.",
            "The ideal lengths need not be whole. Which way of rounding keeps Kraft's sum small?",
        ),
        Step(
            "$\\ell(x) < -\\log_2 p(x) + 1$; averaging gives $L < H(p) + 1$.",
            "Rounding up adds less than one.",
        ),
    ],
    why="Below the entropy Kraft's shares run out, and rounding up costs less than a digit.",
    solution="Huffman's code for the outcomes that can happen is at least as short as the one that "
    "rounds up, so it lies between the same bounds.",
)


# ---- write it ----


def my_entropy(p):
    """Return the entropy in bits of distributions along the last axis."""
    p = np.asarray(p, float)
    return 0.0 - np.sum(p * np.log2(np.where(p > 0, p, 1)), axis=-1)


def _natural(p):
    return entropy(p, base=math.e)


def _whole(p):
    p = np.asarray(p, float)
    return -np.sum(p[p > 0] * np.log2(p[p > 0]))


def _no_zeros(p):
    p = np.asarray(p, float)
    return -np.sum(p * np.log2(p), axis=-1)


def _no_zeros_in_batches(p):
    return _whole(p) if np.ndim(p) == 1 else _no_zeros(p)


def _no_minus(p):
    return -np.asarray(entropy(p))


def _no_weights(p):
    return np.sum(self_information(p), axis=-1)


_COIN, _ZERO, _BATCH = (
    "A fair coin has one bit.",
    "What never happens adds nothing.",
    "A batch gives one entropy for each row.",
)

code = Code(
    "ent-code",
    stars=2,
    minutes=10,
    question="Write `my_entropy(p)`: the entropy in bits of a distribution, or of each row of a "
    "batch of distributions.",
    solution=my_entropy,
    reference=entropy,
    cases=[
        Case(_COIN, (np.array([0.5, 0.5]),)),
        Case("A loaded die has less than a fair one.", (LOADED,)),
        Case(_ZERO, (np.array([0.5, 0.5, 0.0]),)),
        Case("What is certain has no entropy.", (np.array([0.0, 1.0, 0.0]),)),
        Case(_BATCH, (np.array([[0.25, 0.25, 0.25, 0.25], [0.7, 0.1, 0.1, 0.1]]),)),
        Case(_ZERO, (np.array([[0.25, 0.25, 0.25, 0.25], [0.5, 0.25, 0.25, 0.0]]),)),
    ],
    mistakes=[
        Slip(_natural, _COIN),
        Slip(_no_minus, _COIN),
        Slip(_no_weights, _COIN),
        Slip(_no_zeros, _ZERO),
        Slip(_no_zeros_in_batches, _ZERO),
        Slip(_whole, _BATCH),
    ],
    hint=[
        "What should an outcome of probability 0 add, and along which axis is the sum?",
        "$H = -\\sum p \\log_2 p$ with $0 \\log 0 = 0$.",
        "`np.where(p > 0, p, 1)` keeps the logarithm away from zero; $\\log_2 1 = 0$.",
    ],
    why="Each surprise counts with its probability, an impossible one not at all, and the sum runs "
    "along the last axis.",
    remark="`0.0 - …` keeps a certain outcome from having the entropy `-0.0`. A sum with `nansum` "
    "comes to the same for distributions, and passes over a wrong input; see *When it breaks*.",
    call="exercises.code.check(my_entropy)",
)
