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
    Slip,
    Step,
    Swap,
)
from itlib import (
    binary_entropy,
    entropy,
    expected_length,
    huffman_code,
    perplexity,
    self_information,
)
from itlib_book.shared.common_mistakes import (
    as_if_uniform,
    base_ten_for_bits,
    forgotten_weights,
    missing_minus,
    nats_for_bits,
    perplexity_for_entropy,
    plain_mean,
)
from itlib_book.shared.dice import bell_of_dice

NEVER_NEGATIVE = Limit("The entropy of a discrete variable is never negative.", below=0.0)


def _sum(p):
    """Return Σ p log2 1/p written out."""
    return " + ".join(f"{x:g} \\cdot {self_information(x):.4f}" for x in p)


# ---- check a number of the text ----

_NINE, _FIVE = binary_entropy(0.9), binary_entropy(0.8)

coin = Number(
    "ent-coin",
    stars=1,
    minutes=3,
    unit="bits",
    question="What is the entropy of a coin that shows heads four times in five?",
    answer=_FIVE,
    why="Four times in five the surprise is small, once in five it is large, and the mean is less "
    "than the bit of a fair coin.",
    mistakes=[
        nats_for_bits(_FIVE),
        base_ten_for_bits(_FIVE),
        missing_minus(_FIVE),
        Mistake(0.8 * self_information(0.8), "That is what heads adds. Tails adds something too."),
        Mistake(0.2 * self_information(0.2), "That is what tails adds. Heads adds something too."),
        Mistake(_NINE, "That is the coin of the text, with heads nine times in ten."),
        plain_mean(self_information([0.8, 0.2]).tolist()),
        forgotten_weights(self_information([0.8, 0.2]).tolist()),
        as_if_uniform(2),
        perplexity_for_entropy(_FIVE),
    ],
    limits=[NEVER_NEGATIVE, Limit("A coin has at most 1 bit.", above=1.0)],
    hint="Each side has a surprise; how often does each of them come?",
    solution=f"${_sum([0.8, 0.2])} = {_FIVE:.4f}$ bits.",
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
    hint="One entropy for each die. How many faces share the other half?",
    solution=f"$H = 0.5 \\cdot 1 + 5 \\cdot 0.1 \\cdot {self_information(0.1):.4f} = "
    f"{_LOADED:.4f}$ bits for the loaded die and $\\log_2 6 = {math.log2(6):.4f}$ bits "
    f"for the fair one: {math.log2(6) - _LOADED:.4f} bits less. "
    "Round at the end: with 3.32 for "
    "$\\log_2 10$ the third digit is already wrong.",
)

# ---- order, decide ----

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
    hint="Certainty has 0 bits, $k$ equal outcomes have $\\log_2 k$.",
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
    hint="Compare the mean with the largest value.",
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
            "It gives a bound for every code that knows only the distribution.",
        ),
    ],
    hint="Remember the ramp.",
    solution="Equally likely *and* independent pixels cannot be compressed. A flat histogram shows "
    "the first and not the second.",
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
            "One would be infinitely surprising. It only never comes.",
        ),
    ],
    hint="Try $p = 0.1, 0.01, 0.001, \\dots$",
    solution="With $p = 2^{-n}$ the term is $n 2^{-n}$, and a power of two outgrows every $n$.",
)

# ---- compute ----

_PIXELS = 1280 * 720

picture = Number(
    "ent-picture",
    stars=1,
    minutes=2,
    unit="megabits",
    tolerance=0.05,
    question="A colour picture has 1280 × 720 pixels; each is three numbers of 256 values. "
    "How many megabits (a million bits each) does it carry at most?",
    answer=_PIXELS * 3 * entropy(np.full(256, 1 / 256)) / 1e6,
    why="Each number has at most $\\log_2 256 = 8$ bits, which takes equally likely values; all "
    "together reach that only if they are also independent.",
    mistakes=[
        Mistake(
            _PIXELS / 1e6, "That is the number of pixels in millions. Each can have several bits."
        ),
        Mistake(8 * _PIXELS / 1e6, "That is for a grey picture; this one has three colours."),
        Mistake(_PIXELS * 768 / 1e6, "A number has 256 *values*; that is $\\log_2 256$ bits."),
        Mistake(_PIXELS * 24 / 2**20, "You divided by $2^{20}$; a megabit here is a million bits."),
        Mistake(3 * _PIXELS / 1e6, "That is in megabytes. A byte is eight bits."),
        Mistake(_PIXELS * 3 * math.log(256) / 1e6, "That is in nats."),
    ],
    hint="How many bits has one pixel at most?",
    solution=f"$1280 \\cdot 720 \\cdot 3 \\cdot 8 = {_PIXELS * 24}$ bits. Pictures of something "
    "have far less, because neighbouring pixels are alike, and so are the colours of one pixel.",
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
    hint="Join 0.1 and 0.2 into 0.3. Which are the two smallest now?",
    solution="The words are "
    + ", ".join(f"`{word}`" for word in _CODE)
    + f", and $L = {_LENGTH:.1f}$ digits: more than $H = {entropy(_WORDS):.4f}$ bits and "
    "less than one digit more.",
)

_PAIR = np.outer([0.8, 0.2], [0.8, 0.2]).ravel()
_PAIRS = expected_length(_PAIR, huffman_code(_PAIR))

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
        Mistake(_FIVE, "That is the entropy, the limit for long blocks. Pairs do not reach it."),
        Mistake(1, "That is what single flips take."),
        Mistake(2 * _FIVE, "That is the entropy of a pair."),
        Mistake(0.645, "That is the coin of the text, with heads nine times in ten."),
    ],
    hint="How likely is each of the four pairs? Then join the least likely ones.",
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
    hint="The sums 2 to 12 have 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1 chances in 36. "
    "`entropy(normalize([...]))` adds them up.",
    solution=f"`entropy(normalize([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]))` is {_SUM:.4f} bits: as "
    f"uncertain as {perplexity(_TWO):.2f} equally likely values.",
)

_GROUPS = entropy([0.5, 0.25, 0.25])

grouping = Number(
    "ent-grouping",
    stars=2,
    minutes=4,
    unit="bits",
    question="A traveller turns left with probability 1/2. Otherwise a second fork sends her, with "
    "equal chances, up or down. What is the entropy of where she ends?",
    answer=_GROUPS,
    why="The first fork has one bit, and the second one has one bit but is reached half of the "
    "time.",
    mistakes=[
        Mistake(2, "You counted the second fork in full. It is reached half of the time."),
        Mistake(1, "That is the first fork only."),
        as_if_uniform(3),
        nats_for_bits(_GROUPS),
        missing_minus(_GROUPS),
        base_ten_for_bits(_GROUPS),
    ],
    limits=[NEVER_NEGATIVE],
    hint="Three ends: 1/2, 1/4, 1/4.",
    solution="$H(\\frac12, \\frac14, \\frac14) = H(\\frac12, \\frac12) + \\frac12 H(\\frac12, "
    f"\\frac12) = {_GROUPS:.1f}$ bits. That a choice may be broken up like this is the "
    "third of the demands from which Shannon derived the entropy.",
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
    hint="In how many ways can ten dice show 59? For the model, divide the Gaussian at 59 by the "
    "sum of its values from 10 to 60.",
    solution=f"The surprise is {_EXACT:.2f} bits, the model says {_MODEL:.2f}: its probability is "
    f"{2 ** (_EXACT - _MODEL):.0f} times too large.",
)

# ---- prove ----

maximum = Derivation(
    "ent-maximum",
    stars=2,
    minutes=8,
    question="Prove that $H(p) \\le \\log k$ for $k$ outcomes, with equality only for the uniform "
    "distribution. You may use $\\ln x \\le x - 1$, with equality only at $x = 1$.",
    hint="Look at $H(p) - \\log k$, and write $\\log k$ as a mean under $p$.",
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
    why="A logarithm lies below its tangent, and the tangent's values sum to at most nothing.",
    solution="It is Gibbs' inequality with the uniform distribution as the second one: "
    "$\\log k - H(p) = D(p‖\\text{uniform}) \\ge 0$.",
)

bounds = Derivation(
    "ent-bounds",
    stars=3,
    minutes=12,
    question="A prefix code has words of $\\ell(x)$ digits, and Kraft's inequality says "
    "$\\sum_x 2^{-\\ell(x)} \\le 1$; whole lengths that satisfy it belong to some prefix "
    "code. Prove $H(p) \\le L$ for the mean length, and find a code with $L < H(p) + 1$.",
    hint="Compare $p(x)$ with $2^{-\\ell(x)}$, as Gibbs' inequality compares $p$ with $q$. For the "
    "second part round up.",
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
            "Take $\\ell(x) = \\lceil -\\log_2 p(x) \\rceil$. Then $\\sum 2^{-\\ell(x)}$ is "
            "at most $\\sum p(x)$, which is 1, so a prefix code with these lengths exists.",
            "The ideal lengths need not be whole. Which way of rounding keeps Kraft's sum small?",
        ),
        Step(
            "$\\ell(x) < -\\log_2 p(x) + 1$; averaging gives $L < H(p) + 1$.",
            "Rounding up adds less than one.",
        ),
    ],
    why="Below the entropy Kraft's shares run out, and rounding up costs less than a digit.",
    solution="Huffman's code is at least as short as the one that rounds up, so it lies between "
    "the same bounds.",
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
    ],
    mistakes=[
        Slip(_natural, _COIN),
        Slip(_no_minus, _COIN),
        Slip(_no_weights, _COIN),
        Slip(_no_zeros, _ZERO),
        Slip(_whole, _BATCH),
    ],
    hint="`np.where(p > 0, p, 1)` keeps the logarithm away from zero; $\\log_2 1 = 0$.",
    why="Each surprise counts with its probability, an impossible one not at all, and the sum runs "
    "along the last axis.",
    remark="`0.0 - …` keeps a certain outcome from having the entropy `-0.0`. A sum with `nansum` "
    "comes to the same for distributions, and passes over a wrong input; see *When it breaks*.",
    call="exercises.code.check(my_entropy)",
)
