"""The exercises and predictions of the chapter on rate–distortion and the bottleneck."""

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
from itlib import binary_entropy
from itlib.bottleneck import gaussian_bottleneck, information_bottleneck
from itlib.rate_distortion import gaussian_rate_distortion, lloyd_max
from itlib_book.rate_distortion import data
from itlib_book.shared.common_mistakes import nats_for_bits
from itlib_book.shared.words import counted

NEVER_NEGATIVE = Limit("A number of bits is never negative here.", below=0.0)


# ---- predictions ----

competitor = Prediction(
    "one-bit-competitor",
    question="How does the competitor do it?",
    options=[
        "he puts the two guesses in better places",
        "he codes many readings together",
        "he compresses the signs, as they are not equally frequent",
        "he adds noise before he takes the sign",
    ],
    happens="he codes many readings together",
    saw="“Any rule” says too much: the proof is about rules for one reading at a time. The guesses "
    "are already the best, and the signs are equally frequent, so there is nothing to compress. But "
    "a thousand bits about a thousand readings need not be one bit about each.",
)

fewer_heads = Prediction(
    "fewer-heads",
    question="A coin shows heads in 30% of the tosses. Take the price of an error down to 3 bits. How "
    "many heads are among what comes back?",
    options=["more than 30%", "30%", "fewer than 30%", "none"],
    happens="fewer than 30%",
    saw="The lower the price, the fewer heads come back: the rare outcome is the first to be given "
    "up. Near the price $\\log_2 \\frac{0.7}{0.3}$, about 1.2 bits, the orange parts vanish, and the rate "
    "with them.",
)

worst_kind = Prediction(
    "worst-kind",
    question="With sixteen levels, not stretched: which way to choose them has the largest squared error?",
    options=["even steps", "least error", "equal use"],
    happens=max(data.KINDS, key=lambda kind: data.judged(*data.quantiser(kind, 16))[0]),
    saw="Equal use has the index with the largest entropy, and the largest error: its outer cells "
    "are wide. Even steps, with entropy coding (the ring), come closest to the limit. "
    "Stretch the sixteen levels: too narrow is worse than too wide by the same factor.",
)

in_pairs = Prediction(
    "in-pairs",
    question="Two bits a pixel: four greys for each pixel, or sixteen code words for a pair of "
    "neighbours. How much smaller is the squared error in pairs?",
    options=["it is the same", "about a tenth smaller", "less than half of it is left"],
    happens="less than half of it is left",
    saw="Neighbours are alike, so pairs lie along the diagonal. The grid spends code words on "
    "corners where there is hardly a pair; in pairs nearly all of them lie where the pixels are.",
)

same_elbo = Prediction(
    "same-elbo",
    question="Several autoencoders reach the same evidence lower bound, with decoders of one variance. By how "
    "much can their rates, the nats they send, differ?",
    options=["not at all", "by a few per cent", "by a factor of three or more"],
    happens="by a factor of three or more",
    saw="The ELBO is a sum, and a line of one sum crosses the plane. At its left end an encoder sends "
    "much and errs little, at its right end it is the other way round; between the ends rate is wasted.",
)

two_bits = Prediction(
    "two-bits-for-one",
    question="At $\\beta = 2$ a bit about $Y$ is worth two bits kept of $X$. Does the best summary then tell "
    "anything about $Y$?",
    options=["yes, nearly all", "yes, a little", "no, nothing"],
    happens="no, nothing" if information_bottleneck(data.SIX, 2).i_xt == 0 else "yes, a little",
    saw="Even the cheapest little about $Y$ costs more than twice as much of $X$: below $\\beta = 2.24$ nothing is kept. "
    "Then two values of $T$ part, later three, and at the end six, as many as there are beliefs. For most $\\beta$, the "
    "largest included, some beliefs are plainly summarised at random: at $\\beta = 40$ the two outermost get, in a third of the "
    "cases, the value that is mostly their neighbour's.",
)

grid = Prediction(
    "grid-of-bins",
    question="Every output of the tanh unit belongs to one input only, whatever the weight: 12 bits. What "
    "will the grid of thirty bins say as the weight grows from 1/32 to 128?",
    options=[
        "12 bits throughout",
        "it rises, and stays near 5",
        "it rises, and falls again to about 1",
        "it falls from 12 to about 1",
    ],
    happens="it rises, and falls again to about 1",
    saw="Small weights crowd the outputs into two bins around 0, large ones into the two bins at the ends. "
    "The unit forgets nothing at any time. With a ReLU half of the inputs are one and the same output "
    "in truth, too, and what lies beyond 1 is one bin to the grid.",
)

# ---- one bit alone ----


def _gauss_bits(variance, error):
    bits = math.log2(variance / error) / 2
    return Number(
        "rd-gauss-bits",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.002,
        question=f"Readings are independent and Gaussian with variance {variance:g}, and a mean "
        f"squared error of {error:g} is allowed. How many bits per reading does the best code of long "
        "blocks need?",
        answer=bits,
        why="The rate is half the logarithm of variance over error.",
        mistakes=[
            Mistake(2 * bits, "Every bit divides the *squared* error by four: there is a ½."),
            nats_for_bits(bits),
            Mistake(math.log2(variance) / 2, "Divide the variance by the error that is allowed."),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "By which factor may the variance shrink?",
            "$R(D) = \\frac12 \\log_2(\\sigma^2/D)$.",
            f"$\\sigma^2/D = {variance / error:.4g}$.",
        ],
        solution=f"$\\frac12 \\log_2({variance:g}/{error:g}) = {bits:.4f}$ bits.",
    )


gauss_bits = varied(
    _gauss_bits,
    [
        (3, 0.2),
        (5, 0.5),
        (2, 0.1),
        (9, 0.4),
        (4, 0.3),
        (6, 0.25),
        (10, 0.7),
        (7, 0.6),
        (8, 0.15),
        (12, 0.9),
    ],
)

# ---- the curve ----


def _fair_coin(percent):
    wrong = percent / 100
    bits = 1 - binary_entropy(wrong)
    return Number(
        "rd-fair-coin",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.002,
        question=f"Fair tosses are stored so that {percent} in a hundred may come back wrong. How many "
        "bits per toss are needed at least?",
        answer=bits,
        why="The coin has one bit, and the doubt whether a toss is wrong may stay open.",
        mistakes=[
            Mistake(
                1 - wrong,
                "That stores all tosses but those that may be wrong; and of those a guess gets half right.",
            ),
            Mistake(
                1 - 2 * wrong,
                "That is what it costs to keep a share of the tosses and to guess the others.",
            ),
            Mistake(binary_entropy(wrong), "That is what is saved, not what is needed."),
            nats_for_bits(bits),
        ],
        limits=[
            NEVER_NEGATIVE,
            Limit("One bit says how a toss fell, without any error.", above=1.0),
        ],
        hint=[
            "What is the entropy of a toss, and what may be left of it?",
            "$R(D) = h(p) - h(D)$ with $p = \\frac12$.",
            f"$1 - h({wrong:g})$.",
        ],
        solution=f"$1 - h({wrong:g}) = 1 - {binary_entropy(wrong):.4f} = {bits:.4f}$ bits.",
    )


fair_coin = varied(_fair_coin, [5, 1, 2, 6, 4, 8, 14, 15, 20, 25])

zero = Choice(
    "rd-zero",
    stars=1,
    minutes=2,
    question="When is $R(D) = 0$ for the Hamming distortion and symbols of probabilities "
    "0.6, 0.3 and 0.1?",
    options=[
        Option(
            "only for $D = 1$",
            "$R = 0$ means that nothing is sent. A constant guess is still right now and then.",
        ),
        Option(
            "from $D = 0.4$ on",
            "Always answer the first symbol: wrong in four cases of ten, and nothing is sent.",
            right=True,
        ),
        Option("from $D = 0.5$ on", "That is the fair coin. Guess the most probable symbol."),
        Option(
            "from $D = 2/3$ on", "That is three symbols of equal probability. These are not equal."
        ),
    ],
    hint=[
        "With no bit at all, what can the receiver do?",
        "$D_{\\max} = \\min_{\\hat x} E\\,d(X, \\hat x)$.",
        "Try each of the three constant answers: how often is it wrong?",
    ],
    solution="The constant answers are wrong with probability 0.4, 0.7 and 0.9; the least is $D_{\\max}$.",
)


def _price(percent):
    wrong = percent / 100
    bits = math.log2((1 - wrong) / wrong)
    return Number(
        "rd-price",
        stars=2,
        minutes=4,
        unit="bits",
        tolerance=0.005,
        question=f"At which price, in bits per wrong toss, does the best code for a coin with P(heads) "
        f"= 0.4 leave {percent} wrong tosses in a hundred? In other words: how steeply does its curve fall "
        "there?",
        answer=bits,
        why="Only $h(D)$ depends on $D$, and the slope of the entropy of a coin is its log-odds.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(
                bits - math.log2(0.6 / 0.4),
                "The curve is $h(p) - h(D)$, and $p$ stays where it is: it has no part in the slope.",
            ),
            Mistake(
                (binary_entropy(0.4) - binary_entropy(wrong)) / wrong,
                "That is the rate over the distortion; the slope is a derivative.",
            ),
        ],
        limits=[Limit("The price is how much it falls: a positive number.", below=0.0)],
        hint=[
            "Which part of $h(p) - h(D)$ changes with $D$?",
            "$h'(D) = \\log_2 \\frac{1 - D}{D}$.",
            f"$\\log_2 \\frac{{{1 - wrong:g}}}{{{wrong:g}}}$.",
        ],
        solution=f"$\\log_2({1 - wrong:g}/{wrong:g}) = {bits:.4f}$ bits per wrong toss.",
    )


price = varied(_price, [10, 5, 8, 12, 15, 18, 22, 24, 26, 30])

# ---- the theorem ----

hamming = Choice(
    "rd-promise",
    stars=2,
    minutes=3,
    question="A source has $R(0.1) = 0.4$ bits. Which of these does the theorem promise, for a memoryless "
    "source and bounded distortion?",
    options=[
        Option(
            "each symbol alone can be stored in 0.4 bits with a mean distortion of 0.1",
            "The theorem speaks of long blocks; the word for a single symbol has a whole number of bits.",
        ),
        Option(
            "no code that stores blocks at 0.39 bits a symbol has a mean distortion of 0.1",
            "The converse holds for blocks of any length, as $R(D)$ is a minimum and convex.",
            right=True,
        ),
        Option(
            "a block of 1000 symbols is enough for 0.4 bits and a distortion of 0.1",
            "It promises codes for every rate *above* 0.4 and blocks that are long enough; how long, it "
            "does not say.",
        ),
        Option(
            "no symbol of a block is ever damaged by more than 0.1",
            "The mean over the block is bounded, not each symbol.",
        ),
    ],
    hint=[
        "Which half of the theorem holds for every block, and which only in the limit?",
        "$nR \\ge \\sum_i R(D_i) \\ge n R(D)$ has no “for large $n$” in it.",
        "Take the answers one by one: alone, below the rate, a fixed length, every symbol.",
    ],
    solution="What cannot be done cannot be done at any length; what can be done asks for long blocks.",
)

# ---- the slope ----

_SCALE = 255


def _scale(price_of_256):
    found = price_of_256 * _SCALE**2
    return Number(
        "rd-scale",
        stars=2,
        minutes=3,
        tolerance=0.02,
        question="A codec minimises rate + λ · squared error with λ = "
        f"{price_of_256:g} for greys from 0 to 255. Which λ makes another program, with greys from "
        "0 to 1, choose the same point?",
        answer=found,
        why="A squared error on the small scale is $255^2$ times smaller, and must count as much more.",
        mistakes=[
            Mistake(
                price_of_256,
                "Then the small errors would hardly count: the point moves.",
                tolerance=1e-4,
            ),
            Mistake(price_of_256 * _SCALE, "The error is squared, and so is the factor."),
            Mistake(price_of_256 * 256**2, "There are 256 greys, but the largest is 255."),
            Mistake(
                price_of_256 / _SCALE**2,
                "The other way round: the errors became smaller.",
                tolerance=1e-9,
            ),
        ],
        limits=[Limit("A price of errors is never negative.", below=0.0)],
        hint=[
            "How large is the same error on the other scale?",
            "λ · squared error must be the same number on both.",
            f"${price_of_256:g} \\cdot 255^2$.",
        ],
        solution=f"${price_of_256:g} \\cdot 255^2 = {found:.2f}$.",
    )


scale = varied(_scale, [0.002, 0.001, 0.003, 0.004, 0.005, 0.006, 0.008, 0.012, 0.015, 0.02])

# ---- one number at a time ----


def _at_two_bits():
    """Return the error of even steps whose index has an entropy of two bits."""
    low, high = 0.5, 2.0
    for _ in range(60):
        step = (low + high) / 2
        used = data.rounded(step)[1]
        used = used[used > 0]
        low, high = (step, high) if -used @ np.log2(used) > 2 else (low, step)
    return data.rounded(low)[2]


order = Ordering(
    "rd-order",
    stars=2,
    minutes=4,
    direction="from the least squared error to the largest",
    question="Here are five ways to spend two bits on each of many standard normal numbers. Order them by "
    "their squared error.",
    items=[
        Item(
            "four levels that are used equally often",
            data.judged(*data.quantiser("equal use", 4))[0],
        ),
        Item("the limit for long blocks", 2.0**-4),
        Item("Lloyd's four levels", lloyd_max(4).error),
        Item("the sign, in two bits that are the same", lloyd_max(2).error),
        Item("many even levels, with entropy coding to two bits", _at_two_bits()),
    ],
    mistakes=[
        Swap(
            "four levels that are used equally often",
            "Lloyd's four levels",
            "Lloyd's levels are the four with the least error.",
        ),
        Swap(
            "Lloyd's four levels",
            "many even levels, with entropy coding to two bits",
            "With entropy coding rare outer levels cost little, and the error is smaller.",
        ),
    ],
    why="The limit is below all; the sign wastes a bit; between them entropy coding helps, and equal use "
    "does not.",
    hint=[
        "Which of them is a bound for all others, and which wastes a whole bit?",
        "$2^{-2R}$ at $R = 2$ is the limit. An index of four words has two bits at most.",
        "The limit is 0.0625, Lloyd's four levels have 0.1175.",
    ],
    solution="The limit, then many even levels with entropy coding "
    f"({_at_two_bits():.4f}), Lloyd's four, equal use, and the sign.",
)

noise = Choice(
    "rd-noise",
    stars=1,
    minutes=2,
    question="Standard normal numbers are rounded to multiples of $\\Delta$. For which $\\Delta$ is "
    "$\\Delta^2/12$ *far* from the squared error?",
    options=[
        Option("0.1", "There are many cells, and the density is nearly flat in each."),
        Option("0.5", "Still fine: the two agree to four digits."),
        Option(
            "1",
            "Even here the two nearly agree, as the errors of the cells make up for one another.",
        ),
        Option(
            "5",
            "Nearly all numbers round to 0, so the error is the number itself: about 1, where the rule "
            "says more than 2.",
            right=data.rounded(5)[2] < 0.5 * 25 / 12,
        ),
    ],
    hint=[
        "When is the error evenly spread over the cell?",
        "The density should hardly change inside a cell.",
        "Compare Δ with the standard deviation.",
    ],
    solution=f"At $\\Delta = 5$ the error is {data.rounded(5)[2]:.3f}, and the rule says {25 / 12:.3f}.",
)


def my_lloyd(x, levels):
    """Return the levels after one round: nearest, then means; an unused level stays."""
    x, levels = np.asarray(x, float), np.asarray(levels, float)
    cell = np.abs(x[:, None] - levels).argmin(axis=1)
    return np.array(
        [x[cell == i].mean() if (cell == i).any() else levels[i] for i in range(len(levels))]
    )


def _split(x, levels):
    x, levels = np.asarray(x, float), np.asarray(levels, float)
    groups = np.split(x, np.searchsorted(x, (levels[1:] + levels[:-1]) / 2))
    return np.array([g.mean() if g.size else own for g, own in zip(groups, levels, strict=True)])


def _two_rounds(x, levels):
    return my_lloyd(x, my_lloyd(x, levels))


def _one_after_the_other(x, levels):
    levels = np.array(levels, float)
    for i in range(len(levels)):
        levels[i] = my_lloyd(x, levels)[i]
    return levels


def _nan_where_unused(x, levels):
    x, levels = np.asarray(x, float), np.asarray(levels, float)
    cell = np.abs(x[:, None] - levels).argmin(axis=1)
    mass = np.bincount(cell, minlength=len(levels))
    return np.bincount(cell, x, len(levels)) / np.where(mass, mass, np.nan)


def _medians(x, levels):
    x, levels = np.asarray(x, float), np.asarray(levels, float)
    cell = np.abs(x[:, None] - levels).argmin(axis=1)
    return np.array(
        [np.median(x[cell == i]) if (cell == i).any() else levels[i] for i in range(len(levels))]
    )


def _midpoints(x, levels):
    x, levels = np.asarray(x, float), np.asarray(levels, float)
    cell = np.abs(x[:, None] - levels).argmin(axis=1)
    return np.array(
        [
            (x[cell == i].min() + x[cell == i].max()) / 2 if (cell == i).any() else levels[i]
            for i in range(len(levels))
        ]
    )


def _next_above(x, levels):
    x, levels = np.asarray(x, float), np.asarray(levels, float)
    cell = np.minimum(np.searchsorted(levels, x), len(levels) - 1)
    return np.array(
        [x[cell == i].mean() if (cell == i).any() else levels[i] for i in range(len(levels))]
    )


_MEANS = "A level goes to the mean of what came to it: not the middle of the range, nor the median."
_NEAREST = "A number belongs to the nearest level, on either side."
_ORDER = "The numbers may come in any order, and more than once."
_ONCE = "It is one round: all numbers are given out, once, before any level moves."
_UNUSED = "A level to which nothing came stays where it is."

code = Code(
    "rd-code",
    stars=2,
    minutes=10,
    question="Write `my_lloyd(x, levels)`: the levels after one round of Lloyd's. Each number of `x` goes to "
    "the nearest of the rising `levels`; each level then moves to the mean of its numbers, and stays if "
    "it has none. No number of the cases lies midway between two levels.",
    solution=my_lloyd,
    reference=my_lloyd,
    cases=[
        Case(_NEAREST, (np.array([0.5, 1.5, 3.5, 4.5]), np.array([1.0, 4.5]))),
        Case(_MEANS, (np.array([0.0, 1.0, 5.0, 9.0, 10.0, 17.0]), np.array([1.0, 11.0]))),
        Case(_UNUSED, (np.array([0.0, 1.0, 2.5]), np.array([0.5, 2.0, 9.0]))),
        Case(_ORDER, (np.array([9.0, 0.0, 10.0, 0.0, 3.0]), np.array([2.0, 8.0]))),
        Case(_ONCE, (np.array([-2.0, 0.0, 8.0, 11.0, 15.0]), np.array([4.0, 13.0]))),
        Case("One level becomes the mean of all.", (np.array([1.0, 2.0, 6.0]), np.array([0.0]))),
    ],
    mistakes=[
        Slip(_medians, _MEANS),
        Slip(_midpoints, _MEANS),
        Slip(_next_above, _NEAREST),
        Slip(_nan_where_unused, _UNUSED),
        Slip(_split, _ORDER),
        Slip(_two_rounds, _ONCE),
        Slip(_one_after_the_other, _ONCE),
    ],
    hint=[
        "Which level is nearest to each number?",
        "`np.abs(x[:, None] - levels).argmin(axis=1)` is the place of the nearest level.",
        "Begin: `cell = np.abs(x[:, None] - levels).argmin(axis=1)`, and take the mean of "
        "`x[cell == i]` for each `i`.",
    ],
    why="Nearest levels, then means: the error never rises, and where nothing changes both conditions hold.",
    call="exercises.code.check(my_lloyd)",
)

# ---- several at a time ----


def _palette(count, width):
    pixels = width * width
    total = pixels * math.log2(count) + count * 24
    return Number(
        "rd-palette",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=0.5,
        question=f"A picture of {width} × {width} pixels is stored in a palette of {count} colours. The "
        "palette has 24 bits for each colour, and each pixel an index of one length. How many bits is that "
        "altogether?",
        answer=total,
        why="An index takes $\\log_2$ of the number of colours, and the table by which it is read comes once.",
        mistakes=[
            Mistake(
                pixels * math.log2(count), "The receiver needs the palette, too: 24 bits a colour."
            ),
            Mistake(pixels * 24.0, "That is the picture without a palette."),
            Mistake(
                pixels * float(count) + count * 24,
                "An index among $K$ colours has $\\log_2 K$ bits, not $K$.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "What does the receiver need to know, beside the indices?",
            "Each pixel takes $\\log_2 K$ bits, and the palette $24 K$.",
            f"${pixels} \\cdot {math.log2(count):g} + {count} \\cdot 24$.",
        ],
        solution=f"${pixels} \\cdot {math.log2(count):g} + {count * 24} = {total:g}$ bits.",
    )


palette = varied(
    _palette,
    [
        (32, 64),
        (8, 64),
        (64, 64),
        (128, 64),
        (32, 32),
        (8, 32),
        (64, 128),
        (32, 128),
        (128, 128),
        (64, 32),
    ],
)

# ---- who gets the bits ----

water_last = Number(
    "rd-water-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=0.002,
    question="Three independent Gaussians have the variances 8, 2 and ½, and the total squared error may "
    "be 2.5. Suppose that all three get bits: then λ = 2.5/3, which is above ½, so that the third gets "
    "nothing, and its error is ½. The other two share what is left: λ = (2.5 − 0.5)/2 = 1, and both are "
    "above it. What is the rate of all three together?",
    answer=gaussian_rate_distortion([8, 2, 0.5], 2.5).rate,
    why="Each of those above the level adds half the logarithm of its variance over the level.",
    mistakes=[
        Mistake(4.0, "Each of them has a ½ in front of its logarithm."),
        Mistake(
            math.log2(8) / 2 + math.log2(2) / 2 + math.log2(0.5) / 2,
            "Either you stopped after the first, or the third took half a bit away: two get bits, and the third "
            "gets nothing and adds nothing.",
        ),
    ],
    limits=[NEVER_NEGATIVE],
    hint=[
        "Who gets bits?",
        "$R = \\sum \\frac12 \\log_2(\\sigma_i^2/\\lambda)$ over those above the level.",
        "$\\frac12 \\log_2 \\frac81 + \\frac12 \\log_2 \\frac21$.",
    ],
    solution="$1.5 + 0.5 = 2$ bits.",
)


def _water(first, second, third, total):
    variances = (first, second, third)
    found = gaussian_rate_distortion(variances, total)
    even = total / 3
    naive = sum(math.log2(v / even) / 2 for v in variances)
    return Number(
        "rd-water-alone",
        stars=2,
        minutes=5,
        tolerance=0.002,
        question=f"Three independent Gaussians have the variances {first:g}, {second:g} and {third:g}, and "
        f"the total squared error may be {total:g}. How high is the water level?",
        answer=found.level,
        why="The level is the common error of all who get bits; the others keep their variance as error.",
        mistakes=[
            Mistake(
                even, "Somebody is below that level: his error is his variance, not the level."
            ),
            Mistake(found.rate, "That is the rate in bits. The level is asked for."),
            Mistake(
                naive, "That is a sum of rates with one of them negative; the level is asked for."
            ),
            Mistake(total, "That is the error of all three together; the level is that of one."),
            Mistake(
                total / 2,
                "Two share, but only what the third has left: its error is its variance.",
            ),
        ],
        limits=[
            Limit("A level is an error, and positive.", below=0.0),
            Limit(
                "The level is the error of one direction, so it is not above that of all.",
                above=total,
            ),
        ],
        hint=[
            "Try the even share first: is anybody below it?",
            "Whoever is below has his variance as error; the rest is shared by the others.",
            f"The even share is {even:.4g}, and the smallest variance is {third:g}.",
        ],
        solution=f"The third is below the even share: its error is {third:g}. The other two share what is "
        f"left, $({total:g} - {third:g})/2 = {found.level:.4g}$, and both are above that level. The errors are "
        + ", ".join(f"{min(v, found.level):.4g}" for v in variances)
        + f"; they sum to {total:g}. The rate is {found.rate:.3f} bits.",
    )


water_alone = varied(
    _water,
    [
        (12, 4, 0.5, 2.1),
        (10, 3, 0.5, 2.3),
        (9, 5, 0.25, 1.95),
        (20, 2, 0.5, 2.7),
        (6, 3, 0.5, 1.9),
        (16, 5, 0.9, 4.1),
        (8, 6, 0.5, 3.1),
        (7, 2, 0.3, 1.5),
        (15, 3, 0.8, 3.4),
        (25, 8, 2, 9),
    ],
)

jpeg = Choice(
    "rd-jpeg",
    stars=1,
    minutes=2,
    question="Why does a transform code turn blocks to other directions before it rounds, although a "
    "rotation changes no squared error?",
    options=[
        Option(
            "because the variances become unequal, and unequal variances need fewer bits",
            "The sum of the variances stays; their product falls, and the rate is made of logarithms.",
            right=True,
        ),
        Option("because the turned block has a smaller sum of variances", "A rotation keeps it."),
        Option(
            "because the turned numbers have a smaller entropy in any case",
            "Not in any case: independent pixels of equal variance gain nothing.",
        ),
        Option(
            "because rounding errors are smaller in the new directions",
            "Not with fine steps: there they are as large as before, and turning saves bits all the same.",
        ),
    ],
    hint=[
        "What does the water level need to have something to do?",
        "The rate is a sum of $\\frac12 \\log(\\sigma_i^2/\\lambda)$.",
        "Compare variances (5, 5) with (9, 1): their sums and their products.",
    ],
    solution="For (5, 5) the product is 25, for (9, 1) it is 9: at the same level, below 1, half a "
    "$\\log_2(25/9)$ less.",
)

# ---- machine learning ----

proof = Derivation(
    "rd-proof",
    stars=2,
    minutes=8,
    question="An encoder $q(z \\mid x)$ is paid for by a rate $R = E\\, D(q(z \\mid x) ‖ p(z))$ with some "
    "prior $p(z)$. Show that $R \\ge I(X;Z)$, and say when they are equal. Then show that no decoder and "
    "no prior reach a point below the rate–distortion curve.",
    hint=[
        "Which distribution of $z$ would make the rate as small as possible?",
        "Put $q(z) = E\\, q(z \\mid X)$ into the logarithm, above and below.",
        "Begin: $\\ln \\frac{q(z \\mid x)}{p(z)} = \\ln \\frac{q(z \\mid x)}{q(z)} + \\ln \\frac{q(z)}{p(z)}$.",
    ],
    steps=[
        Step(
            "Split the logarithm: $\\ln \\frac{q(z|x)}{p(z)} = \\ln \\frac{q(z|x)}{q(z)} + "
            "\\ln \\frac{q(z)}{p(z)}$ with $q(z) = E\\,q(z \\mid X)$.",
            "Bring in the distribution of $z$ over all $x$.",
        ),
        Step(
            "The mean of the first part over $x$ and $z$ is $I(X;Z)$.",
            "What is the mean of $\\ln \\frac{q(z|x)}{q(z)}$ called?",
        ),
        Step(
            "The second part depends on $z$ alone; its mean is $D(q(z)‖p(z)) \\ge 0$.",
            "Which divergence is left?",
        ),
        Step(
            "So $R = I(X;Z) + D(q(z)‖p(z)) \\ge I(X;Z)$, with equality if and only if the prior is $q(z)$.",
            "Add the two, and ask when the second is 0.",
        ),
        Step(
            "A decoder makes $\\hat x$ from $z$ alone, so $I(X;Z) \\ge I(X;\\hat X)$ by data processing.",
            "What can the decoder know at most?",
        ),
        Step(
            "The table $p(\\hat x \\mid x)$ has the mean distortion $D$, so $I(X;\\hat X) \\ge R(D)$ by the "
            "definition of the curve.",
            "What does the curve say about any table with this distortion?",
        ),
    ],
    why="A divergence, data processing, and the definition: each is an inequality in the same direction.",
)


def _file(side, words, perplexity):
    indices = side * side
    bits = indices * math.log2(perplexity)
    return Number(
        "rd-file",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=1.0,
        question=f"A network turns a picture into {side} × {side} indices of a code book of {words} words, "
        f"whose perplexity over many pictures is {perplexity}. How long is the file on average, if a coder "
        "knows how often each word is used and nothing else?",
        answer=bits,
        why="The logarithm of the perplexity is the entropy of an index.",
        mistakes=[
            Mistake(
                indices * math.log2(words),
                "That is the ceiling, for words that are used equally often.",
            ),
            Mistake(
                indices * math.log(perplexity),
                "That is in nats: the logarithm of base 2 gives bits.",
            ),
            Mistake(math.log2(perplexity), "That is one index.", tolerance=0.01),
            Mistake(bits / 8, "That is in bytes; bits are asked for.", tolerance=0.2),
            Mistake(float(indices * perplexity), "Take the logarithm of the perplexity."),
        ],
        limits=[
            NEVER_NEGATIVE,
            Limit(
                f"An index of {words} words never needs more than ${math.log2(words):g}$ bits.",
                above=indices * math.log2(words),
            ),
        ],
        hint=[
            "How many bits has one index on average?",
            "It has $\\log_2$ of the perplexity; there are as many indices as places.",
            f"${indices} \\cdot \\log_2 {perplexity}$.",
        ],
        solution=f"${indices} \\cdot {math.log2(perplexity):.4f} = {bits:.1f}$ bits; the ceiling is "
        f"{indices * math.log2(words):g}.",
    )


file = varied(
    _file,
    [
        (32, 512, 200),
        (32, 512, 300),
        (16, 512, 100),
        (32, 2048, 400),
        (16, 1024, 600),
        (64, 512, 150),
        (24, 256, 90),
        (32, 256, 60),
        (16, 512, 180),
        (64, 1024, 700),
    ],
)


def _realism(bits):
    error = 2.0 ** (-2 * bits)
    return Number(
        "rd-realism",
        stars=2,
        minutes=3,
        tolerance=1e-4,
        question=f"A code of long blocks for standard normal numbers reaches the limit at {counted(bits, 'bit')} a "
        "number. Its decoder draws from what is still possible, so that copies look like the source. "
        "What is its mean squared error?",
        answer=2 * error,
        why="Source and copy are two independent draws around one mean, each with the variance $D$.",
        mistakes=[
            Mistake(error, "That is the error of the mean. A draw strays from it as well."),
            Mistake(2 * 2.0**-bits, "Each bit divides the squared error by four, not by two."),
            Mistake(4 * error, "Independent variances add; their roots do not."),
            Mistake(
                2 - 2 * math.sqrt(1 - error),
                "That is for the best guesses, scaled up to the variance of the source. A draw strays "
                "further.",
            ),
        ],
        limits=[Limit("A squared error is not negative.", below=0.0)],
        hint=[
            "What is the error of the best guess, and what does drawing add?",
            "$2 \\cdot 2^{-2R}$.",
            f"The best guess has $D = 2^{{-{2 * bits:g}}}$.",
        ],
        solution=f"$2 \\cdot 2^{{-{2 * bits:g}}} = {2 * error:.6g}$.",
    )


realism = varied(_realism, [2.5, 1.6, 1.1, 0.8, 0.9, 0.6, 0.75, 1.25, 1.75, 2.25])

# ---- the bottleneck ----

beta = Choice(
    "rd-beta",
    stars=2,
    minutes=3,
    question="One paper minimises $I(X;T) - \\beta I(T;Y)$ and likes $\\beta = 50$. You train a variational "
    "bottleneck whose loss is cross-entropy + β · rate. Which β asks for the same compromise?",
    options=[
        Option("50", "Then a nat of rate costs as much as fifty nats of loss: nothing is kept."),
        Option(
            "0.02",
            "Divide the paper's objective by 50: a nat of rate costs a fiftieth of a nat about Y.",
            right=True,
        ),
        Option("−50", "The sign belongs to the term, and the terms have changed places."),
        Option("0.98", "It is a quotient, not a difference."),
    ],
    hint=[
        "On which term does β stand in each?",
        "Divide the first objective by its β.",
        "$\\frac{1}{50} I(X;T) - I(T;Y)$; cross-entropy is $H(Y)$ less what is told, for the best decoder.",
    ],
    solution="$1/50 = 0.02$. Rates and losses in the code are bounds, so the points agree only as far as "
    "the bounds are tight.",
)


def _critical(percent):
    flip = percent / 100
    rho = 1 - 2 * flip
    return Number(
        "rd-critical",
        stars=2,
        minutes=4,
        tolerance=0.002,
        question=f"A fair bit is flipped with probability {flip:g} on its way to $y$. Above which β does "
        "the best summary of the bit, for $\\min I(X;T) - \\beta I(T;Y)$, keep anything?",
        answer=1 / rho**2,
        why="For a fair bit that is flipped it begins exactly at one over the squared correlation.",
        mistakes=[
            Mistake(1 / rho, "The correlation is squared."),
            Mistake(rho**2, "That is β where it stands on the other term."),
            Mistake(
                1 / (1 - binary_entropy(flip)),
                "That is what the *whole* bit costs per bit about $y$; the first little is cheaper.",
            ),
            Mistake(
                1 / (1 - flip) ** 2,
                "The correlation is $1 - 2p$: a bit flipped half of the time has none.",
            ),
        ],
        limits=[Limit("Below β = 1 nothing is ever kept.", below=1.0)],
        hint=[
            "How strongly are the two bits correlated?",
            "$\\rho = 1 - 2p$, and $\\beta = 1/\\rho^2$.",
            f"$\\rho = {rho:g}$.",
        ],
        solution=f"$1/{rho:g}^2 = {1 / rho**2:.4f}$.",
    )


critical = varied(_critical, [30, 10, 8, 12, 15, 16, 22, 24, 28, 26])

merging = Derivation(
    "rd-merging",
    stars=2,
    minutes=6,
    question="Two values $a$ and $b$ of $x$ have the same $p(y \\mid x)$. Show that a best summary need not "
    "tell them apart: from any $p(t \\mid x)$ make one that treats both alike, tells as much about $y$, and "
    "keeps no more of $x$.",
    hint=[
        "What would a summary do that cannot see which of the two came?",
        "Give both the mean of their rows, weighted by $p(a)$ and $p(b)$.",
        "Begin: let $r(t) = \\frac{p(a)\\,p(t|a) + p(b)\\,p(t|b)}{p(a) + p(b)}$ be the new row of both.",
    ],
    steps=[
        Step(
            "Let $x'$ be $x$ with $a$ and $b$ made one value, and give both the row "
            "$r(t) = \\frac{p(a)p(t|a) + p(b)p(t|b)}{p(a)+p(b)} = p(t \\mid x')$.",
            "Average the two rows with their probabilities.",
        ),
        Step(
            "$p(t)$ stays, as the two together put the same weight on each $t$.",
            "Add up $p(x)\\,p(t \\mid x)$ before and after.",
        ),
        Step(
            "$p(t, y)$ stays, too: its part from $a$ and $b$ is $[p(a)p(t|a) + p(b)p(t|b)]\\,p(y|a)$, as "
            "$p(y|a) = p(y|b)$. So $I(T;Y)$ is the same.",
            "Where is it used that both have the same beliefs?",
        ),
        Step(
            "The new $I(X;T)$ is $I(X';T)$, since $T$ depends on $x'$ alone.",
            "What does the new summary see of $x$?",
        ),
        Step(
            "$x'$ is a function of $x$: by data processing $I(X';T) \\le I(X;T)$ for the old summary.",
            "Compare with the information of the old one.",
        ),
    ],
    why="Only the belief about $y$ matters, and seeing no more of $x$ than that never costs more.",
)

# ---- networks ----

plane = Choice(
    "rd-plane",
    stars=2,
    minutes=3,
    question="Weights of a tanh layer grow during training, and $I(X;T)$, from thirty bins on $[-1, 1]$, "
    "falls. Inputs are real numbers from a density, and no noise is added. What has been shown?",
    options=[
        Option(
            "that the layer forgets its input",
            "A tanh is one-to-one: larger weights forget nothing.",
        ),
        Option(
            "that outputs gather in few bins",
            "That is what an entropy of bins measures; here they saturate.",
            right=True,
        ),
        Option(
            "that $I(X;T)$ falls, since finer bins change it by a constant only",
            "Finer bins make the number grow without end: the information is infinite.",
        ),
        Option("that the network will generalise", "Nothing was measured about new data."),
    ],
    hint=[
        "What is $I(X;T)$ of a one-to-one function of a real number?",
        "The computed number is the entropy of the bin.",
        "What happens to the bins at the ends as weights grow?",
    ],
    solution="The entropy of the bin has fallen: the outputs have gathered at the ends.",
)

# ---- at the end ----


def _gaussian_summary(percent, bits):
    rho = percent / 100
    told = gaussian_bottleneck(rho, bits)
    return Number(
        "rd-gaussian-summary",
        stars=2,
        minutes=5,
        unit="bits",
        tolerance=0.001,
        question=f"$x$ and $y$ are jointly Gaussian with correlation {rho:g}. A summary keeps {counted(bits, 'bit')} of $x$. "
        "How many bits can it tell about $y$?",
        answer=told,
        why="Of the squared correlation the share $1 - 2^{-2R}$ survives the noise.",
        mistakes=[
            Mistake(
                -math.log2(1 - rho**2) / 2,
                "That is all of $I(X;Y)$, for a summary that keeps everything.",
            ),
            Mistake(
                rho**2 * bits,
                "A straight line with the slope $\\rho^2$ gives this, and the curve bends below it.",
            ),
            nats_for_bits(told),
            Mistake(
                -math.log2(1 - rho * (1 - 2.0 ** (-2 * bits))) / 2, "The correlation is squared."
            ),
        ],
        limits=[NEVER_NEGATIVE, Limit("A summary tells no more than it keeps.", above=bits)],
        hint=[
            "Which share of the variance of $x$ is known through the summary?",
            "$I(T;Y) = -\\frac12 \\log_2(1 - \\rho^2(1 - 2^{-2R}))$ for $R$ in bits.",
            f"$1 - 2^{{-{2 * bits:g}}} = {1 - 2.0 ** (-2 * bits):.4f}$.",
        ],
        solution=f"$-\\frac12 \\log_2(1 - {rho**2:.4g} \\cdot {1 - 2.0 ** (-2 * bits):.4f}) = {told:.4f}$ bits.",
    )


gaussian_summary = varied(
    _gaussian_summary,
    [
        (70, 2), (60, 1), (70, 1), (90, 2), (85, 2), (80, 2), (60, 2), (95, 1), (85, 1.5), (75, 2),
    ],
)  # fmt: skip

straight = Choice(
    "rd-straight",
    stars=2,
    minutes=3,
    question="Each of a million training images has one label, out of ten that are equally frequent. You "
    "sweep β in $\\min I(X;T) - \\beta I(T;Y)$ with exact informations, and plot the pairs that come out. "
    "What do you see?",
    options=[
        Option(
            "a smooth curve from $(0, 0)$ to $(\\log_2 10, \\log_2 10)$",
            "The curve is straight there, so no slope picks a single point inside it.",
        ),
        Option(
            "two points: $(0, 0)$ and $(\\log_2 10, \\log_2 10)$",
            "Below β = 1 nothing is worth its price, above it the label is.",
            right=True,
        ),
        Option(
            "ten points, one for each class that appears",
            "All classes have the same price, a bit for a bit, so they appear at the same β.",
        ),
        Option(
            "points with $I(X;T)$ up to $\\log_2 1{,}000{,}000$",
            "Beyond the label every further bit of the image costs and tells nothing.",
        ),
    ],
    hint=[
        "How many bits of the image does a bit about its label cost, if it is well chosen?",
        "For $T$ a function of the label, $I(X;T) = I(T;Y)$.",
        "The objective is then $(1 - \\beta)\\, I(T;Y)$: for which β does it fall with $I(T;Y)$?",
    ],
    solution="$(1 - \\beta)\\, I$ is least at $I = 0$ for $\\beta < 1$ and at $I = H(Y)$ for $\\beta > 1$.",
)

report = Choice(
    "rd-report",
    stars=2,
    minutes=3,
    question="A paper on a learned codec says: “0.31 bits a pixel at a squared error of 0.002”. Which question "
    "need *not* be asked to know what it means?",
    options=[
        Option(
            "Is 0.31 the size of files, or the rate that the loss estimates?",
            "The one is counted, the other is a cross-entropy.",
        ),
        Option(
            "Are greys from 0 to 1 or from 0 to 255?",
            "From 0 to 1 it is a coarse copy, from 0 to 255 nearly a perfect one.",
        ),
        Option(
            "Over which pictures are both averaged, and each at its own rate or all at one?",
            "A mean of points need not be a point of the curve.",
        ),
        Option(
            "Which base has the logarithm in the training loss?",
            "Bits are bits, whatever the loss was in; a factor would have gone into λ.",
            right=True,
        ),
    ],
    hint=[
        "Which of these would change the two numbers?",
        "Rate: counted or estimated. Error: on which scale. Both: averaged over what.",
        "A loss in nats with λ is the same training as one in bits with another λ.",
    ],
    solution="The base only rescales the loss; the others change what was measured.",
)
