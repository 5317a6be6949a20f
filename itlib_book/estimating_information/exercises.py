"""The exercises of the chapter on estimating information."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.special import digamma

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
    entropy,
    joint_entropy,
    miller_madow_entropy,
    mutual_information,
    mutual_information_from_samples,
)
from itlib_book.estimating_information import data
from itlib_book.estimating_information.demos import CORRELATIONS, plug_in, truth
from itlib_book.shared.common_mistakes import (
    fraction_for_percent,
    nats_for_bits,
    percent_for_fraction,
)

LN2 = math.log(2)


def _bias(k, m, n):
    """Return (k − 1)(m − 1) / (2 n ln 2), in bits."""
    return (k - 1) * (m - 1) / (2 * n * LN2)


def _stated(text):
    """Return the number of bits that an option names."""
    return float(next((word for word in text.split() if word[0].isdigit()), 0))


# ---- predict ----

_FOUND = ("nothing, as it should be", "about 0.03 bits", "about 0.25 bits")

guess_shuffled = Prediction(
    "est-shuffled",
    question="The species are shuffled. What does she count, on average over many shuffles?",
    options=list(_FOUND),
    happens=min(
        _FOUND, key=lambda text: abs(_stated(text) - np.mean(data.shuffled(len(data.SEPAL_WIDTH))))
    ),
    saw="The whole histogram lies above zero, although zero is the truth for each of its "
    "shuffles. A shuffled species is bound to be a little more frequent at one width than at "
    "another, and each such accident counts as information. The finer the widths are cut, the more "
    "accidents there are: in the second picture the dots rise with the number of bins, and a good "
    "part of what is measured rises with them. She counts every width by itself, which is finer "
    "than all of these bins: there chance gives about a quarter of a bit.",
)

_STRONG = tuple(CORRELATIONS)[-1]
_SIDES = ("above the truth", "within 0.05 bits of it", "below the truth")

_OFF = float(np.mean(plug_in(_STRONG, 400, 4))) - truth(_STRONG)

guess_estimators = Prediction(
    "est-estimators",
    question="Counting has said too much so far. Now take a strong correlation of 0.9, 400 pairs "
    "and four bins on each axis. Where do the plug-in estimates lie, on average?",
    options=list(_SIDES),
    happens=_SIDES[1 - (0 if abs(_OFF) < 0.05 else int(np.sign(_OFF)))],
    saw="The binned estimates gather at the dashed line and not at the truth: no number of samples "
    "brings back what was lost with the bins.\n\n"
    "- *Plug-in, independent variables:* not one estimate is near zero at a hundred pairs and eight "
    "bins. The last read-out says where they lie, once there are a few samples in each cell; from "
    "there on, four times the samples leave about a quarter of the bias.\n"
    "- *Plug-in, strong correlation:* most cells are next to impossible, so with many bins the "
    "estimates start less far above the dashed line than that read-out says.\n"
    "- *Miller–Madow, independent variables:* it pulls the estimates down to zero when the table is "
    "well filled, and not far enough when it is not.\n"
    "- *Neighbours:* they have almost no bias for independent variables, but a good deal of scatter, "
    "which a larger $k$ calms. With a strong correlation a large $k$ in a small sample is too low "
    "as well, because the squares become wider than the dependence.",
)

_SHARES = {"in nearly all": 0.97, "in about three of five": 0.6, "in about one of ten": 0.1}

# Twenty of the two hundred seeds tell the same, and whoever imports an exercise waits for them.
_FIRST = float(np.mean(data.seed_scores(20)[:, 2] > data.seed_scores(20)[:, 3]))

guess_seeds = Prediction(
    "est-scores",
    question="The function takes a `random_state`. Ask two hundred times for the same flowers, "
    "each time with another seed. In how many of the answers is the petal length first?",
    options=list(_SHARES),
    happens=min(_SHARES, key=lambda text: abs(_SHARES[text] - _FIRST)),
    saw="The dots of the two petal measurements overlap, and in the second picture they lie on "
    "both sides of the diagonal. Here are the two colleagues: which petal measurement is first is "
    "decided by the seed, and the score of the sepal width moves by more than half of its mean.",
)

_COURSES = ("it stays near zero", "it keeps rising", "it rises, then falls back to zero")

_RANDOM = [data.agreement(data.at_random(k))[1] for k in (3, 15, 50, 150)]

guess_random = Prediction(
    "est-random",
    question="The flowers are dealt into groups at random, by somebody who never looks at them. "
    "What does the V-measure do as the number of groups grows from three to 150?",
    options=list(_COURSES),
    happens=_COURSES[0 if max(_RANDOM) < 0.1 else 1 if _RANDOM == sorted(_RANDOM) else 2],
    saw="In the second picture the groups know nothing about the species, and still the V-measure "
    "climbs. The shared information is counted, and small groups invent it; the growing $H(C)$ in "
    "the denominator holds it back, but not enough. Only the score that takes chance off stays "
    "near zero. In the first picture, when k-means cuts finer than the species, the V-measure does "
    "fall; the adjusted score falls further, nearly to zero.",
)

# ---- counting ----


def _dice(faces, n):
    freedom = (faces - 1) ** 2
    bits = _bias(faces, faces, n)
    return Number(
        "est-dice",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.0005,
        question=f"Two fair dice with {faces} faces are thrown together {n} times. They have nothing to do with each "
        "other. What will the plug-in estimate of their mutual information be on average, "
        "by the formula of the text?",
        answer=bits,
        why=f"The bias counts the degrees of freedom of the table, ${faces - 1} \\cdot {faces - 1}$, and falls like $1/n$.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(
                freedom / (2 * n * math.log10(2)),
                "You divided by the logarithm of 2 to base 10. It is $\\ln 2$.",
            ),
            Mistake(
                0.0, "That is the truth. The estimate is never negative, so its mean is above it."
            ),
            Mistake(
                faces**2 / (2 * n * LN2),
                f"You used the {faces**2} cells. Given its margins, the table has only "
                f"$({faces}-1)({faces}-1)$ cells that are free.",
            ),
            Mistake(
                (faces**2 - 1) / (2 * n * LN2),
                f"You used ${faces**2} - 1$, which belongs to the joint entropy alone. "
                "The margins have a bias of their own, in the other direction.",
            ),
            Mistake(freedom / (n * LN2), "The 2 in the denominator is missing."),
        ],
        limits=[
            Limit("The estimate is never negative, nor is its mean.", below=0),
        ],
        hint=[
            "What does the bias count: the cells, or the cells that are free?",
            "The bias is $\\frac{(k-1)(l-1)}{2n \\ln 2}$ bits.",
            f"$k = l = {faces}$ and $n = {n}$.",
        ],
        solution=f"$\\frac{{{faces - 1} \\cdot {faces - 1}}}{{2 \\cdot {n} \\cdot \\ln 2}} = {bits:.4f}$ bits. A single "
        f"experiment scatters around it by about {math.sqrt(2 * freedom) / (2 * n * LN2):.3f} bits.",
    )


dice = varied(
    _dice,
    [
        (8, 400),
        (4, 200),
        (12, 700),
        (5, 250),
        (10, 600),
        (4, 80),
        (8, 700),
        (10, 400),
        (5, 120),
        (12, 500),
    ],
)


def _share(score, m):
    percent = 100 * score / math.log(m)
    word = {2: "two", 3: "three", 4: "four", 5: "five", 8: "eight", 10: "ten"}[m]
    return Number(
        "est-share",
        stars=1,
        minutes=2,
        unit="%",
        tolerance=0.3,
        question=f"`mutual_info_classif` gives a feature the score {score}. The label has {word} equally "
        "frequent values. What percentage of the label's entropy is that?",
        answer=percent,
        why=f"The score is in nats, so the entropy has to be as well: $\\ln {m}$.",
        mistakes=[
            Mistake(
                100 * score / math.log2(m),
                "You divided nats by bits. Take the entropy of the label in nats.",
            ),
            Mistake(
                100 * score * LN2 / math.log2(m),
                "You turned nats into bits the wrong way round: one nat is more than one bit.",
            ),
            Mistake(
                100 * score,
                f"A score of {score} is not a share of {100 * score:.0f} %. Of which entropy is it a share?",
            ),
            replace(fraction_for_percent(percent), tolerance=0.003),
            Mistake(
                score, "That is the score itself. Of which entropy is it a share?", tolerance=0.003
            ),
        ],
        limits=[
            Limit("A score is never negative: the function sets negative ones to zero.", below=0),
            Limit("This score is less than the entropy of the label.", above=100),
        ],
        hint=[
            "In which unit does scikit-learn answer?",
            "The label's entropy bounds the information; for $m$ equally frequent values it is $\\ln m$ nats.",
            f"The label has $\\ln {m}$ nats. What share of it is {score}?",
        ],
        solution=f"${score} / \\ln {m} = {score} / {math.log(m):.4f} = {percent:.1f}\\,\\%$. In bits it is "
        f"${score / LN2:.4f} / {math.log2(m):.4f}$, the same.",
    )


share = varied(
    _share,
    [
        (0.25, 3),
        (0.3, 4),
        (0.4, 4),
        (0.5, 5),
        (0.7, 8),
        (0.9, 10),
        (0.35, 3),
        (0.2, 5),
        (0.7, 5),
        (1.1, 8),
    ],
)


zero = Choice(
    "est-zero",
    stars=1,
    minutes=2,
    question="A feature has the score 0.000 from `mutual_info_classif`. What follows?",
    options=[
        Option(
            "alone, it showed no dependence on the label in this sample",
            "That is all: an estimate, of this feature alone, from this sample.",
            right=True,
        ),
        Option(
            "it can be dropped without loss",
            "Both inputs of an exclusive or score zero, and dropping either one loses all.",
        ),
        Option(
            "it is independent of the label",
            "Negative estimates are set to zero, and a weak "
            "dependence can hide in the noise of the estimate.",
        ),
        Option(
            "it is uncorrelated with the label, but may depend on it in another way",
            "Mutual information sees any dependence of the pair; it is not restricted to "
            "straight lines.",
        ),
    ],
    hint=[
        "What is a score: the information, or an estimate of it?",
        "Three restrictions: estimated, one at a time, from one sample.",
    ],
    solution="The score estimates $I(X_j; Y)$ for one column. It can be zero by chance, by "
    "truncation, or because the feature tells something only together with another.",
)

seeds = Choice(
    "est-seeds",
    stars=2,
    minutes=2,
    question="Over 200 seeds the score of a feature has the mean 0.50 and the standard deviation "
    "0.02 nats, always for the same 150 flowers. What does the 0.02 tell?",
    options=[
        Option(
            "how much the way of breaking ties moves the estimate",
            "The seed decides the tiny noise that breaks ties, and nothing else. Averaging "
            "over seeds removes it.",
            right=True,
        ),
        Option(
            "how far the score is from the truth, typically",
            "All seeds see the same flowers. "
            "What 150 other flowers would have given, no seed can show.",
        ),
        Option(
            "how much the score would change with other flowers",
            "For that the flowers have to "
            "change: take random halves of them, for instance. In the text that spread is "
            "several times as large for the petals.",
        ),
        Option(
            "nothing, a good estimator does not depend on a seed",
            "The estimator needs distinct "
            "values. Where values coincide, something has to break the ties.",
        ),
    ],
    hint=[
        "What is drawn anew from seed to seed, and what is not?",
        "The flowers are the same in all two hundred answers.",
    ],
    solution="The estimator adds noise of about $10^{-10}$ of the scale, to have no equal values. "
    "The seed is the seed of that noise. The uncertainty that comes from the sample is a "
    "different one, and usually larger.",
)

_TABLES = {
    "2 × 2 table, n = 50": (2, 2, 50),
    "2 × 2 table, n = 400": (2, 2, 400),
    "10 × 3 table, n = 400": (10, 3, 400),
    "10 × 10 table, n = 400": (10, 10, 400),
}

order = Ordering(
    "est-order",
    stars=2,
    minutes=3,
    question="Two independent variables are counted. Order these samples by the mean of the plug-in "
    "estimate, by the formula of the text.",
    items=[
        Item(text, _bias(*_TABLES[text]))
        for text in (
            "10 × 3 table, n = 400",
            "2 × 2 table, n = 50",
            "10 × 10 table, n = 400",
            "2 × 2 table, n = 400",
        )
    ],
    direction="the smallest bias first",
    mistakes=[
        Swap(
            "10 × 3 table, n = 400",
            "2 × 2 table, n = 50",
            "Eight times the samples, but how many times the degrees of freedom?",
        ),
        Swap("2 × 2 table, n = 50", "2 × 2 table, n = 400", "The bias falls as $1/n$."),
        Swap("10 × 10 table, n = 400", "10 × 3 table, n = 400", "More cells to fill by chance."),
    ],
    hint=[
        "Which of the tables has many cells to fill by chance, and which has few samples to do it?",
        "$(k-1)(l-1)/n$ decides.",
        "For the 2 × 2 table and 50 samples it is $1/50$.",
    ],
    why="Only the ratio of $(k-1)(l-1)$ to $n$ matters.",
    solution="In bits: "
    + "; ".join(f"{text}: {_bias(*shape):.4f}" for text, shape in _TABLES.items())
    + ".",
)


def _customers(n, towns, products, plug):
    freedom, chance = (towns - 1) * (products - 1), _bias(towns, products, n)
    left = plug - chance
    spread = math.sqrt(2 * freedom) / (2 * n * LN2)
    return Number(
        "est-customers",
        stars=2,
        minutes=3,
        unit="bits",
        tolerance=0.0005,
        question=f"A shop has {n} customers from {towns} towns and counts which of {products} products each one "
        f"buys. The plug-in estimate for town and product is {plug:.4f} bits. How much is left "
        "when the bias expected of independent variables is subtracted?",
        answer=left,
        why=f"{100 * chance / plug:.0f} % of the measured information is what shuffled towns would show.",
        mistakes=[
            Mistake(plug, "That is the estimate as counted. Shuffled towns would not give zero."),
            Mistake(chance, "That is the bias. What is left of the estimate without it?"),
            Mistake(plug - chance * LN2, "You subtracted nats from bits."),
            Mistake(
                plug - (towns * products - 1) / (2 * n * LN2),
                "The degrees of freedom are $(k-1)(l-1)$, not $kl$ or $kl - 1$.",
            ),
            Mistake(plug + chance, "The estimate is too high, not too low."),
        ],
        limits=[
            Limit("The bias is less than the estimate here, so something is left.", below=0),
            Limit("Something is taken off, so less is left than was counted.", above=plug),
        ],
        hint=[
            f"How many cells of a table of {towns} × {products} are free, given its margins?",
            "Subtract $\\frac{(k-1)(l-1)}{2n \\ln 2}$ bits.",
            f"$({towns}-1)({products}-1) = {freedom}$ cells are free, and $n = {n}$.",
        ],
        solution=f"The bias is {chance:.4f} bits and {left:.4f} are left. The spread of "
        f"the estimate by chance is about {spread:.4f} bits; what is left is {left / spread:.1f} times that.",
    )


customers = varied(
    _customers,
    [
        (1000, 20, 5, 0.08),
        (800, 12, 5, 0.092),
        (2000, 30, 6, 0.09),
        (500, 10, 3, 0.05),
        (1500, 15, 8, 0.075),
        (600, 9, 5, 0.06),
        (1200, 25, 4, 0.075),
        (3000, 40, 5, 0.055),
        (900, 16, 3, 0.058),
        (2500, 18, 10, 0.06),
    ],
)


COUNTS = np.array([[12, 8], [5, 15]])


def _corrected(table, base=2):
    parts = table.sum(axis=1), table.sum(axis=0), table.ravel()
    h_x, h_y, h_xy = (miller_madow_entropy(part, base=base) for part in parts)
    return h_x + h_y - h_xy


def _miller(treated, others):
    counts = np.array([[treated, 20 - treated], [others, 20 - others]])
    plug, bits = mutual_information(counts / 40), _corrected(counts)
    return Number(
        "est-miller",
        stars=2,
        minutes=6,
        unit="bits",
        tolerance=0.0005,
        question=f"Forty patients: of 20 treated ones {treated} recovered, of 20 others {others} did, so the counts "
        f"are {treated}, {20 - treated} and {others}, {20 - others}. What is the Miller–Madow estimate of the mutual information "
        "of treatment and recovery?",
        answer=bits,
        why="All four cells are occupied, so the correction takes off one degree of freedom.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(plug, "That is the plug-in estimate, not yet corrected."),
            Mistake(
                2 * plug - bits,
                "You added the correction. The plug-in estimate is too high already.",
            ),
            Mistake(plug - 1 / 80, "The correction $1/(2n)$ is in nats; turn it into bits first."),
            Mistake(
                plug - 3 / (80 * LN2),
                "You corrected the joint entropy only. The margins are "
                "corrected too, upwards, which gives two of these three units back.",
            ),
        ],
        limits=[
            Limit("The correction is less than the estimate here, so something is left.", below=0),
            Limit("Something is taken off, so less is left than was counted.", above=plug),
        ],
        hint=[
            "How many cells are occupied, and how many rows and columns are there?",
            "Subtract $\\frac{m_{xy} - m_x - m_y + 1}{2n \\ln 2}$ bits from the plug-in estimate.",
            "The plug-in estimate is `itlib.mutual_information(table / 40)`, and $4 - 2 - 2 + 1 = 1$.",
        ],
        solution=f"The plug-in estimate is {plug:.4f} bits, the correction "
        f"$1/(2 \\cdot 40 \\cdot \\ln 2) = {1 / (80 * LN2):.4f}$, and {bits:.4f} bits "
        "are left.",
    )


miller = varied(
    _miller,
    [(12, 5), (14, 7), (11, 4), (15, 7), (13, 6), (16, 9), (10, 3), (17, 8), (18, 10), (8, 2)],
)


_COPIED = float(
    np.mean(
        [mutual_information_from_samples(tosses, tosses) for tosses in product((0, 1), repeat=2)]
    )
)

copied = Number(
    "est-copied",
    stars=2,
    minutes=5,
    unit="bits",
    tolerance=0.005,
    question="Plug-in estimates are usually too high; break the rule. $X$ is a fair coin and "
    "$Y = X$, so that they share one bit. From $n = 2$ tosses, what is the plug-in "
    "estimate on average?",
    answer=_COPIED,
    why="For a copy the estimate is the entropy of the shares, and that is too low on average.",
    mistakes=[
        nats_for_bits(_COPIED),
        Mistake(1.0, "That is the truth. What do two tosses that agree say?"),
        Mistake(0.0, "That is what two equal tosses say. They may differ."),
        Mistake(
            1 + _bias(2, 2, 2),
            "You added the bias of *independent* coins. Count the four possible samples.",
        ),
        Mistake(_bias(2, 2, 2), "That is the formula for *independent* coins."),
        Mistake(
            1 - _bias(2, 2, 2),
            "That is right to first order in $1/n$, and $n$ is 2. Count the four possible samples.",
        ),
    ],
    limits=[
        Limit("The plug-in estimate is never negative.", below=0),
        Limit("A table with two rows never shows more than one bit.", above=1.0),
    ],
    hint=[
        "Which samples of two tosses are there?",
        "There are four, equally likely. For each, how many bits do the shares of heads and tails have?",
        "Two heads: one occupied cell, 0 bits.",
    ],
    solution="Two equal tosses, half of the time, leave one occupied cell and 0 bits. Two different "
    "ones fill the diagonal evenly: 1 bit. The mean is "
    f"{_COPIED:.1f} bits. Of the four cells only two can ever be "
    "filled, so $m_{xy} - m_x - m_y + 1 = 2 - 2 - 2 + 1$ is negative.",
)


def _place(k):
    """Return 1st, 2nd, 3rd, 4th, …"""
    return f"{k}{({1: 'st', 2: 'nd', 3: 'rd'}).get(k, 'th')}"


def _nearest(n, k, inside):
    bits = (digamma(k) + digamma(n) - 2 * digamma(inside + 1)) / LN2
    return Number(
        "est-nearest",
        stars=2,
        minutes=5,
        unit="bits",
        tolerance=0.001,
        question=f"In a sample of {n} pairs each square reaches to the {_place(k)} neighbour, and each has "
        f"{inside} other samples within its width and {inside} within its height. What is "
        "the nearest-neighbour estimate? Use Python for $\\psi$, as in the text.",
        answer=bits,
        why="For independent variables a square of this width and height would hold about "
        f"{inside**2 / n:.1f} samples; it holds {k}.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(
                (digamma(k) + digamma(n) - 2 * digamma(inside)) / LN2,
                "You took $\\psi(a)$ and $\\psi(b)$. The formula has $a + 1$ and $b + 1$.",
            ),
            Mistake(
                math.log2(k * n / inside**2),
                "That is the idea, $\\log_2 \\frac{kn}{ab}$. "
                "The estimate has $\\psi$ in place of the logarithms.",
            ),
            Mistake(
                (digamma(k) + digamma(n) - digamma(inside + 1)) / LN2,
                "Both counts enter, that of the width and that of the height.",
            ),
            Mistake(
                -bits, "The size is right, the sign is not: $\\psi(k) + \\psi(n)$ comes first."
            ),
        ],
        hint=[
            "All pairs have the same counts. What is the mean of equal terms?",
            "$\\psi(k) + \\psi(n)$ less the mean of $\\psi(a+1) + \\psi(b+1)$, in nats.",
            f"Start with $\\psi({k}) + \\psi({n})$, and mind the $+1$ in the rest.",
        ],
        solution=f"$\\psi({k}) = {digamma(k):.4f}$, $\\psi({n}) = {digamma(n):.4f}$, $\\psi({inside + 1}) = "
        f"{digamma(inside + 1):.4f}$: {bits * LN2:.4f} nats, or {bits:.4f} bits.",
    )


nearest = varied(
    _nearest,
    [
        (1000, 4, 49),
        (1000, 3, 29),
        (500, 5, 35),
        (2000, 4, 59),
        (400, 3, 24),
        (800, 6, 49),
        (1500, 5, 39),
        (600, 2, 19),
        (3000, 8, 99),
        (1000, 1, 19),
    ],
)


def _redundant(a, b, m):
    entire = math.log(m)
    twice = a + b - entire
    scores = f"{a} nats each" if a == b else f"{a} and {b} nats"
    word = {2: "two", 3: "three", 4: "four", 5: "five"}[m]
    return Number(
        "est-redundant",
        stars=2,
        minutes=3,
        unit="nats",
        tolerance=0.002,
        question=f"Two features score {scores}, and the label has {word} equally frequent values. "
        "At least how much of the sum of the scores is said twice?",
        answer=twice,
        why=f"Together they cannot tell more than $H(Y) = \\ln {m}$.",
        mistakes=[
            Mistake(
                a + b - math.log2(m), f"The scores are in nats. In nats the label has $\\ln {m}$."
            ),
            Mistake(entire, "That is the most that the two can tell together."),
            Mistake(entire - a, "That is the most that the second can add to the first."),
            Mistake(
                min(a, b),
                "That much is said twice if one feature tells nothing beyond the other. The question is "
                "for the least.",
            ),
            Mistake(
                0.0, f"Then the two would tell {a + b:.2f} nats together, more than the label has."
            ),
        ],
        limits=[
            Limit("The sum is more than the label has, so something is said twice.", below=0),
            Limit("No more is said twice than the smaller of the scores.", above=min(a, b)),
        ],
        hint=[
            "What is the most that the two can tell together?",
            "$I(X_1, X_2; Y) \\le H(Y)$.",
            f"The sum is {a + b:.2f} nats, and the label has $\\ln {m}$.",
        ],
        solution=f"${a} + {b} - I(X_1, X_2; Y) \\ge {a + b:.2f} - \\ln {m} = {twice:.3f}$ nats. This is a "
        "bound on the *balance* of redundancy and synergy: $I(X_1;Y) + I(X_2;Y) - "
        "I(X_1,X_2;Y)$ is the co-information.",
    )


redundant = varied(
    _redundant,
    [
        (0.99, 0.99, 3),
        (0.6, 0.45, 2),
        (1.2, 1.1, 4),
        (0.9, 0.8, 3),
        (1.4, 1.3, 5),
        (0.65, 0.6, 2),
        (1.3, 0.9, 4),
        (1.05, 0.75, 3),
        (1.5, 1.2, 5),
        (0.55, 0.4, 2),
    ],
)


def _vmeasure(second, third):
    counts = np.array([[50, 0, 0], [0, second, 50 - second], [0, 50 - third, third]])
    table = counts / counts.sum()
    shared = mutual_information(table)
    h_y, h_c = entropy(table.sum(axis=1)), entropy(table.sum(axis=0))
    v = 2 * shared / (h_y + h_c)
    return Number(
        "est-vmeasure",
        stars=2,
        minutes=6,
        tolerance=0.0001,
        question=f"Of three classes with 50 members each, one is found exactly. Of the second {second} are "
        f"in its cluster and {50 - second} in the third one, of the third class {third} are in theirs and {50 - third} "
        "in the second one. What is the V-measure? Use `itlib`; four decimals, please.",
        answer=v,
        why="The mutual information, divided by the mean of the two entropies; the unit cancels.",
        mistakes=[
            Mistake(shared, "That is the mutual information in bits, not yet divided by anything."),
            Mistake(
                shared * LN2, "That is the mutual information in nats, not yet divided by anything."
            ),
            Mistake(shared / h_y, "That is the homogeneity, $I/H(Y)$."),
            Mistake(shared / h_c, "That is the completeness, $I/H(C)$."),
            Mistake(
                shared / joint_entropy(table),
                "You divided by the joint entropy. Take the mean of the two.",
            ),
            Mistake(
                (50 + second + third) / 150,
                "That is the share of members in the cluster of their class.",
            ),
            Mistake(
                (second + third) / 100,
                "That is the share of the second and third class in the cluster of their class.",
            ),
            percent_for_fraction(v),
        ],
        limits=[
            Limit("A V-measure is at least 0.", below=0),
            Limit("A V-measure is at most 1.", above=1),
        ],
        hint=[
            "Which three numbers does the V-measure need?",
            "$V = 2I/(H(Y) + H(C))$.",
            "`itlib.mutual_information(table / 150)`, and the entropies of its row and column sums.",
        ],
        solution=f"$I = {shared:.4f}$ bits, $H(Y) = {h_y:.4f}$, $H(C) = {h_c:.4f}$: homogeneity "
        f"{shared / h_y:.4f}, completeness {shared / h_c:.4f}, V-measure {v:.4f}.",
    )


vmeasure = varied(
    _vmeasure,
    [
        (46, 28),
        (25, 48),
        (49, 27),
        (28, 49),
        (24, 45),
        (47, 24),
        (26, 49),
        (48, 30),
        (24, 49),
        (24, 46),
    ],
)


harmonic = Derivation(
    "est-harmonic",
    stars=2,
    minutes=5,
    question="Show that the harmonic mean of homogeneity $I/H(Y)$ and completeness $I/H(C)$ is "
    "$2I/(H(Y) + H(C))$, and that it lies in $[0, 1]$. When is it 1?",
    hint=[
        "Which mean is easy to take, and of what?",
        "The reciprocal of a harmonic mean is the mean of the reciprocals.",
        "For the bounds: $0 \\le I \\le \\min(H(Y), H(C))$.",
    ],
    steps=[
        Step(
            "$\\frac1V = \\frac12\\left(\\frac{H(Y)}{I} + \\frac{H(C)}{I}\\right) = "
            "\\frac{H(Y) + H(C)}{2I}$, for $I > 0$.",
            "Write the harmonic mean with reciprocals; $I$ is a common denominator.",
        ),
        Step("$I \\ge 0$, so $V \\ge 0$.", "Which side is bounded by $I \\ge 0$?"),
        Step(
            "$I \\le H(Y)$ and $I \\le H(C)$, so $2I \\le H(Y) + H(C)$ and $V \\le 1$.",
            "Mutual information is bounded by both entropies; add the two bounds.",
        ),
        Step(
            "$V = 1$ needs both bounds tight: $H(Y \\mid C) = 0$ and $H(C \\mid Y) = 0$. Class "
            "and cluster determine each other: the same grouping, up to names.",
            "Equality in a sum of two bounds needs equality in each.",
        ),
    ],
    why="A harmonic mean of two ratios with one numerator puts the mean of the denominators below.",
)

split = Derivation(
    "est-split",
    stars=2,
    minutes=6,
    question="A cluster is split in two, by any rule at all; $C'$ is the finer clustering. Prove "
    "that $I(Y;C') \\ge I(Y;C)$ on the counted table.",
    hint=[
        "Which of the two clusterings is a function of the other?",
        "$C$ is a function of $C'$.",
        "Use the chain rule on $I(Y; C, C')$, in both orders.",
    ],
    steps=[
        Step(
            "$C$ is determined by $C'$, so $I(Y;C,C') = I(Y;C')$.",
            "Say first that nothing is added to $C'$ by $C$.",
        ),
        Step(
            "Chain rule: $I(Y;C,C') = I(Y;C) + I(Y;C' \\mid C)$.",
            "Expand the other way round, with $C$ first.",
        ),
        Step(
            "$I(Y;C' \\mid C) \\ge 0$, as a mean of mutual informations.",
            "Conditional mutual information is an average of what?",
        ),
        Step(
            "So $I(Y;C') = I(Y;C) + I(Y;C' \\mid C) \\ge I(Y;C)$, and with $H(Y)$ fixed the "
            "homogeneity cannot fall.",
            "Put the three together.",
        ),
    ],
    why="Refining never loses information about $Y$, whether or not the refinement has to do with "
    "it.",
    solution="This is why mutual information alone never punishes a split: nothing exceeds the "
    "clustering with one cluster for each sample.",
)

bias_proof = Derivation(
    "est-bias-proof",
    stars=3,
    minutes=15,
    question="Derive the bias of the plug-in estimate for independent variables: the plug-in "
    "entropy of $m$ outcomes is too low by about $(m-1)/(2n)$ nats, and the mutual "
    "information too high by about $(k-1)(l-1)/(2n)$.",
    hint=[
        "A curved function of a scattering share: what does its mean miss?",
        "Expand $-\\hat p \\ln \\hat p$ around $p$ to second order.",
        "The mean of $(\\hat p - p)^2$ is $p(1-p)/n$.",
    ],
    steps=[
        Step(
            "With $f(t) = -t \\ln t$: $f'' = -1/t$, so $f(\\hat p) \\approx f(p) + f'(p)"
            "(\\hat p - p) - \\frac{(\\hat p - p)^2}{2p}$.",
            "A Taylor expansion to second order; the first order will vanish on average.",
        ),
        Step(
            "$E[\\hat p - p] = 0$ and $E[(\\hat p - p)^2] = p(1-p)/n$, as counts are binomial.",
            "Mean and variance of a share of $n$ independent samples.",
        ),
        Step(
            "Each outcome with $p > 0$ loses $\\frac{p(1-p)}{2pn} = \\frac{1-p}{2n}$; summed: "
            "$E[\\hat H] \\approx H - \\frac{m-1}{2n}$.",
            "Divide by $2p$ and sum over the $m$ outcomes: $\\sum (1 - p) = m - 1$.",
        ),
        Step(
            "Independent variables with full margins have $kl$ possible pairs. So "
            "$E[\\hat I\\,] \\approx I + \\frac{(kl - 1) - (k - 1) - (l - 1)}{2n}$.",
            "Apply the entropy's bias to $\\hat H(X) + \\hat H(Y) - \\hat H(X,Y)$; mind the signs.",
        ),
        Step("$kl - k - l + 1 = (k-1)(l-1)$, and $I = 0$.", "Factorise the numerator."),
    ],
    why="The bias is half the curvature times the variance, and with these two every cell costs "
    "nearly the same.",
    solution="The terms left out are of order $1/n^2$ with factors $1/p$: cells that expect less "
    "than about one sample break the approximation.",
)


def _bound(error, belief):
    bits = 1 + (1 - error) * math.log2(1 - belief) + error * math.log2(belief)
    true = 1 - binary_entropy(error)
    right, seen = round(1 - error, 2), round(1 - belief, 2)
    return Number(
        "est-bound",
        stars=2,
        minutes=5,
        unit="bits",
        tolerance=0.002,
        question="A fair bit $c$ is turned into a picture that shows the right bit with probability "
        f"{right}. A guesser $q$ gives the bit that it sees the probability {seen}. Which lower "
        "bound on $I(c;X)$ does it prove, $H(c) + E[\\log_2 q(c \\mid X)]$?",
        answer=bits,
        why=f"The mean is taken with the true {right} and {error}, the logarithms with the guesser's {seen} and "
        f"{belief}.",
        mistakes=[
            Mistake(bits * LN2, "That is the value in nats. Divide it by $\\ln 2$ for bits."),
            Mistake(
                true,
                f"That is the mutual information itself, which the true posterior {right} would reach.",
            ),
            Mistake(
                1 - binary_entropy(belief),
                f"You weighted with the guesser's {seen}. Pictures come from the true joint distribution.",
            ),
            Mistake(bits - 1, "You left out $H(c)$."),
            Mistake(true - bits, "That is the gap to the mutual information."),
        ],
        limits=[
            Limit("No bound exceeds the information itself, which is less than one bit.", above=1.0)
        ],
        hint=[
            "Which probability does $q$ give to the true code when the picture shows it, and which when it does not?",
            "The mean is taken over true pictures: $H(c) + \\sum p \\log_2 q$.",
            f"A share of {right} of the pictures gives the true code {seen}.",
        ],
        solution=f"${bits:.4f}$ bits, against $I = 1 - h({error}) = {true:.4f}$. The gap, "
        f"{true - bits:.4f} bits, is the divergence of $({right}, {error})$ from $({seen}, {belief})$.",
    )


bound = varied(
    _bound,
    [
        (0.1, 0.2),
        (0.1, 0.3),
        (0.2, 0.3),
        (0.05, 0.1),
        (0.05, 0.2),
        (0.1, 0.05),
        (0.02, 0.1),
        (0.15, 0.25),
        (0.2, 0.36),
        (0.25, 0.1),
    ],
)


infogan = Choice(
    "est-infogan",
    stars=1,
    minutes=2,
    question="What does InfoGAN maximise, beside the game of generator and discriminator?",
    options=[
        Option(
            "a lower bound on the information between its code and the generated picture",
            "$H(c) + E[\\log q(c \\mid G(z,c))] \\le I(c; G(z,c))$, over the generator and over "
            "$q$.",
            right=True,
        ),
        Option(
            "the mutual information between pictures and their labels",
            "Nobody gives it labels. The code is drawn at random.",
        ),
        Option(
            "the mutual information between the noise $z$ and the picture",
            "Then the noise would have to be read off the picture; it is the code that should be.",
        ),
        Option(
            "the mutual information between the code and the picture, exactly",
            "That would need the true posterior of the code, which is not known.",
        ),
    ],
    hint=[
        "Whose information is it?",
        "And is it known exactly, or only from below?",
    ],
    solution="The posterior $p(c \\mid x)$ is replaced by a network $q(c \\mid x)$, and the bound "
    "is tight only when the two agree.",
)


def my_corrected(table):
    """Return the Miller–Madow estimate of I(X;Y) in bits from a table of counts."""
    table = np.asarray(table, float)
    n, ours = table.sum(), 0.0
    for counts, sign in ((table.sum(1), 1), (table.sum(0), 1), (table, -1)):
        p = counts[counts > 0] / n
        ours += sign * (-np.sum(p * np.log(p)) + (len(p) - 1) / (2 * n))
    return ours / np.log(2)


def _reference(table):
    return _corrected(np.asarray(table))


def _uncorrected(table):
    return mutual_information(np.asarray(table) / np.sum(table))


def _in_nats(table):
    return _corrected(np.asarray(table), base=math.e)


def _correction_in_nats(table):
    table = np.asarray(table)
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    return _uncorrected(table) - freedom / (2 * table.sum())


def _empty_cells_too(table):
    table = np.asarray(table)
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    return _uncorrected(table) - freedom / (2 * table.sum() * LN2)


def _empty_rows_too(table):
    table = np.asarray(table)
    more = sum(table.shape) - 1 - np.count_nonzero(table)
    return _uncorrected(table) + more / (2 * table.sum() * LN2)


def _clipped(table):
    return max(0.0, _reference(table))


_CORRECT = "The bias is taken off, and all of it is in bits."
_SEEN = "Only cells that were seen count."
_EMPTY = "A row or column without a count changes nothing."
_SIGN = "An estimate may be negative."

code = Code(
    "est-code",
    stars=2,
    minutes=12,
    question="Write `my_corrected(table)`: the Miller–Madow estimate of the mutual information in "
    "bits, from a table of counts.",
    solution=my_corrected,
    reference=_reference,
    cases=[
        Case(_CORRECT, (COUNTS,)),
        Case("Tables need not be square.", (np.array([[8, 3, 9], [2, 7, 4]]),)),
        Case(_SEEN, (np.array([[10, 0, 3], [0, 6, 5]]),)),
        Case(_EMPTY, (np.array([[9, 0, 3], [0, 0, 0], [2, 0, 7]]),)),
        Case(_SIGN, (np.array([[10, 10], [11, 9]]),)),
    ],
    mistakes=[
        Slip(_uncorrected, _CORRECT),
        Slip(_in_nats, _CORRECT),
        Slip(_correction_in_nats, _CORRECT),
        Slip(_empty_cells_too, _SEEN),
        Slip(_empty_rows_too, _EMPTY),
        Slip(_clipped, _SIGN),
    ],
    hint=[
        "Mutual information is made of three entropies. Which?",
        "Each has its own $(m - 1)/(2n)$ nats, with $m$ the outcomes that were seen.",
        "Start from `table.sum(axis=1)`, `table.sum(axis=0)` and `table.ravel()`; divide by $\\ln 2$ at the end.",
    ],
    call="exercises.code.check(my_corrected)",
    why="Each entropy gets its own correction, from the cells that were seen.",
    remark="An estimate that may be negative can be unbiased for independent variables; one that "
    "is cut off at zero cannot, unless it is zero for every sample.",
)


# ---- taking the bias off: the last step, then alone ----

SMALL = np.array([[9, 3, 0], [2, 4, 6]])
_SMALL = mutual_information(SMALL / 24)

miller_last_step = Number(
    "est-miller-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=0.0005,
    question="Twenty-four samples fill a table of two rows and three columns: 9, 3, 0 and 2, 4, 6. "
    "(1) The entropies of the shares give "
    f"$1 + {entropy(SMALL.sum(axis=0) / 24):.4f} - {joint_entropy(SMALL / 24):.4f} = {_SMALL:.4f}$ "
    "bits for the plug-in estimate. (2) Five cells, two rows and three columns are occupied: "
    "$5 - 2 - 3 + 1 = 1$. (3) What is the Miller–Madow estimate?",
    answer=_corrected(SMALL),
    why="One free cell costs $1/(2n)$ nats, whatever the size of the table.",
    mistakes=[
        nats_for_bits(_corrected(SMALL)),
        Mistake(_SMALL, "That is the plug-in estimate. What does the third step take off?"),
        Mistake(_SMALL - 1 / 48, "The correction $1/(2n)$ is in nats; turn it into bits first."),
        Mistake(_SMALL + 1 / (48 * LN2), "The plug-in estimate is too high; subtract."),
        Mistake(
            _SMALL - 2 / (48 * LN2),
            "You counted all six cells, or left out the 2 below the bar. Miller and Madow count the "
            "cells that were seen.",
        ),
    ],
    limits=[
        Limit("The correction is less than the estimate here, so something is left.", below=0),
        Limit("Something is taken off, so less is left than was counted.", above=_SMALL),
    ],
    hint=[
        "What does one free cell cost?",
        "$\\frac{m_{xy} - m_x - m_y + 1}{2n \\ln 2}$ bits are taken off.",
        "The numerator is 1, and $n = 24$.",
    ],
    solution=f"$1 / (48 \\ln 2) = {1 / (48 * LN2):.4f}$ bits are taken off, and "
    f"{_corrected(SMALL):.4f} bits are left.",
)


def _alone(rows, columns, empty, n, plug):
    free = rows * columns - empty - rows - columns + 1
    bits = plug - free / (2 * n * LN2)
    return Number(
        "est-miller-alone",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=0.001,
        question=f"A table of {n} samples has {rows} rows and {columns} columns. {empty} of its "
        "cells are empty, but no whole row or column is. The plug-in estimate is "
        f"{plug} bits. What is the Miller–Madow estimate?",
        answer=bits,
        why=f"Of the cells that were seen, {free} are free, given the margins.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(plug, "That is the plug-in estimate, not yet corrected."),
            Mistake(plug + free / (2 * n * LN2), "The plug-in estimate is too high; subtract."),
            Mistake(plug - free / (2 * n), "The correction is in nats; turn it into bits first."),
            Mistake(
                plug - (free + empty) / (2 * n * LN2),
                "You counted the empty cells too. Only those that were seen count.",
            ),
            Mistake(
                plug - (rows * columns - empty - 1) / (2 * n * LN2),
                "You corrected the joint entropy only. The margins are corrected as well.",
            ),
        ],
        limits=[
            Limit("The correction is less than the estimate here, so something is left.", below=0),
            Limit("Something is taken off, so less is left than was counted.", above=plug),
        ],
        hint=[
            "How many cells are occupied?",
            "$\\frac{m_{xy} - m_x - m_y + 1}{2n \\ln 2}$ bits are taken off.",
            f"$m_{{xy}} = {rows} \\cdot {columns} - {empty}$, $m_x = {rows}$, $m_y = {columns}$.",
        ],
        solution=f"${rows * columns - empty} - {rows} - {columns} + 1 = {free}$ and "
        f"${free} / (2 \\cdot {n} \\ln 2) = {free / (2 * n * LN2):.4f}$, so {bits:.4f} bits are left.",
    )


miller_alone = varied(
    _alone,
    [
        (5, 5, 5, 60, 0.34),
        (7, 3, 5, 65, 0.36),
        (4, 3, 2, 55, 0.42),
        (6, 3, 4, 90, 0.3),
        (9, 3, 7, 90, 0.37),
        (8, 2, 3, 80, 0.37),
        (4, 4, 4, 70, 0.5),
        (3, 6, 4, 65, 0.41),
        (6, 5, 8, 200, 0.38),
        (10, 4, 9, 250, 0.3),
    ],
)

# ---- in the sections ----

scale = Choice(
    "est-scale",
    stars=1,
    minutes=1,
    question="$x$ and $y$ are lengths in metres. Both are now given in millimetres instead. What "
    "happens to the nearest-neighbour estimate of $I(X;Y)$?",
    options=[
        Option(
            "nothing",
            "All distances grow alike: each square has the same neighbours and the same counts.",
            right=True,
        ),
        Option(
            "it falls towards zero",
            "That happens when one of the two is stretched a thousandfold and the other is not.",
        ),
        Option(
            "it grows by $\\log_2 1000$ bits",
            "No unit stands in the formula: it is made of counts.",
        ),
    ],
    hint=[
        "Which numbers of the sample enter the formula?",
        "Only the counts $a_i$ and $b_i$. Do they change?",
    ],
    solution="A square that is a thousand times as wide and a thousand times as high holds the "
    "same samples. With only one of the two in millimetres it would be a different square.",
)


def _chance(shared, h_y, h_c, expected):
    mean = (h_y + h_c) / 2
    ami = (shared - expected) / (mean - expected)
    return Number(
        "est-adjusted",
        stars=1,
        minutes=3,
        tolerance=0.002,
        question=f"A clustering shares {shared} bits with the classes. The classes have {h_y} bits, "
        f"the clusters {h_c}. Shuffled clusters share {expected} bits on average. What is the "
        "adjusted mutual information?",
        answer=ami,
        why="What chance gives is taken off above the bar and below it.",
        mistakes=[
            Mistake(shared / mean, "That is the V-measure. Chance is not yet taken off."),
            Mistake(
                (shared - expected) / mean, "Chance has to be taken off below the bar as well."
            ),
            Mistake(
                shared / (mean - expected), "Chance has to be taken off above the bar as well."
            ),
            Mistake(shared - expected, "That is in bits, not yet divided by anything."),
            Mistake(
                (shared - expected) / (h_y + h_c - expected),
                "Below the bar stands the mean of the two entropies, not their sum.",
            ),
        ],
        limits=[Limit("A perfect agreement has 1, and none has more.", above=1.0)],
        hint=[
            "What would a perfect clustering share, and what a shuffled one?",
            "$(I - E[I]) / (\\frac12(H(Y) + H(C)) - E[I])$.",
            f"The mean of the two entropies is {mean:.3f} bits.",
        ],
        solution=f"$({shared} - {expected}) / ({mean:.3f} - {expected}) = {ami:.4f}$.",
    )


adjusted = varied(
    _chance,
    [
        (0.9, 1.3, 1.9, 0.1),
        (1.1, 1.5, 1.9, 0.15),
        (0.6, 1.3, 1.7, 0.15),
        (1.1, 1.4, 1.8, 0.25),
        (0.8, 1.4, 2.2, 0.25),
        (0.9, 1.4, 2.4, 0.25),
        (0.7, 1.5, 3.1, 0.3),
        (0.9, 1.2, 2.2, 0.25),
        (1.2, 2.0, 3.6, 0.5),
        (0.7, 1.2, 2.4, 0.15),
    ],
)


def _contrastive(number, loss):
    nats = math.log(number) - loss
    bits = nats / LN2
    return Number(
        "est-contrastive",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=0.002,
        question="On fresh pairs, which are drawn independently, a network tells the true partner from "
        f"{number - 1} strangers, with a mean loss of {loss} nats. At least how many bits does it prove "
        "that partners share?",
        answer=bits,
        why=f"It proves the distance between the loss and that of a blind guess, $\\ln {number}$.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(math.log2(number), "So much it would prove with a loss of zero."),
            Mistake(math.log2(number) - loss, "You subtracted nats from bits."),
            Mistake(loss / LN2, "That is the loss in bits. A small loss proves much."),
            Mistake((math.log(number) + loss) / LN2, "A loss lowers what is proved."),
            Mistake(
                (math.log(number - 1) - loss) / LN2,
                "The partner stands among the strangers: count it as well.",
            ),
        ],
        limits=[
            Limit("The loss is less than that of a blind guess, so something is proved.", below=0),
            Limit("So much it does not even prove with a loss of zero.", above=math.log2(number)),
        ],
        hint=[
            "What would a blind guess lose?",
            "$I \\ge \\ln N - L$ nats, and one bit is $\\ln 2$ nats.",
            f"$N = {number}$, the partner and the strangers: $\\ln {number} = "
            f"{math.log(number):.4f}$.",
        ],
        solution=f"$(\\ln {number} - {loss}) / \\ln 2 = {bits:.4f}$ bits. Were the two the same "
        f"picture, it still could not prove more than $\\log_2 {number} = {math.log2(number):.2f}$.",
    )


contrastive = varied(
    _contrastive,
    [
        (256, 1.2),
        (64, 1.5),
        (128, 0.4),
        (32, 0.8),
        (100, 1.1),
        (200, 1.4),
        (50, 0.6),
        (150, 1.7),
        (80, 2.5),
        (250, 3.0),
    ],
)


def _grows(few, many):
    bits = (digamma(many) - digamma(few)) / LN2
    return Number(
        "est-grows",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.02,
        question=f"By how many bits is the neighbours' estimate for a copy, $Y = X$, higher with "
        f"{many} samples than with {few}?",
        answer=bits,
        why="It grows like the logarithm of $n$, and the truth, infinity, is never reached.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(0.0, "The information of a copy is the same, infinite; its estimate is not."),
            Mistake(many / few, "So many times as many samples. What does its logarithm say?"),
            Mistake(math.log2(many), "That is $\\log_2 n$ itself. By how much does it grow?"),
            Mistake(
                math.log2(many - few),
                "That is the logarithm of a difference. A difference of logarithms is that of a ratio.",
            ),
        ],
        limits=[
            Limit("More samples give a higher estimate.", below=0),
        ],
        hint=[
            "How does the estimate depend on $n$?",
            "It grows like $\\log_2 n$, and a difference of logarithms is that of a ratio.",
            f"How many times {few} is {many}?",
        ],
        solution=f"$\\log_2 ({many} / {few}) = {math.log2(many / few):.3f}$ bits. In the formula only "
        "$\\psi(n)$ changes, and for large $n$ it is nearly $\\ln n$: with $\\psi$ itself the difference "
        f"is {bits:.3f} bits.",
    )


grows = varied(
    _grows,
    [
        (200, 1000),
        (100, 2000),
        (200, 1400),
        (300, 9600),
        (500, 15000),
        (400, 9600),
        (800, 6400),
        (250, 8000),
        (600, 3000),
        (100, 1200),
    ],
)
