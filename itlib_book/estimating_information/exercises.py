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
from itlib_book.shared.common_mistakes import fraction_for_percent, nats_for_bits

LN2 = math.log(2)


def _bias(k, m, n):
    """Return (k − 1)(m − 1) / (2 n ln 2), in bits."""
    return (k - 1) * (m - 1) / (2 * n * LN2)


def _stated(text):
    """Return the number of bits that an option names."""
    return float(next((word for word in text.split() if word[0].isdigit()), 0))


# ---- predict ----

_FOUND = ("nothing, as it should be", "about 0.03 bits", "about 0.25 bits", "about 0.9 bits")

guess_shuffled = Prediction(
    "est-shuffled",
    question="The species are shuffled, so that the widths have nothing to tell. What does the "
    "third colleague count, on average over many shuffles?",
    options=list(_FOUND),
    happens=min(
        _FOUND, key=lambda text: abs(_stated(text) - np.mean(data.shuffled(len(data.SEPAL_WIDTH))))
    ),
    saw="The whole histogram lies far above zero, although zero is the truth for each of its "
    "shuffles. A shuffled species is bound to be a little more frequent at one width than at "
    "another, and each such accident counts as information. The finer the widths are cut, the more "
    "accidents there are: in the second picture the dots rise with the number of bins, and a good "
    "part of what is measured rises with them.",
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
    saw="The binned estimates gather at the dashed line and not at the truth: what was lost with "
    "the bins, no number of samples brings back. With many bins they start less far above that "
    "line than the last read-out says, which is about independent variables: here most cells are "
    "next to impossible. For independent variables not one plug-in estimate is near zero at a "
    "hundred pairs and eight bins. The last read-out says where they lie, once there are a few "
    "samples in each cell, and four times the samples leave a quarter of the bias or less. "
    "Miller–Madow pulls the estimates down to zero when the table is well filled, and not far "
    "enough when it is not. The neighbours have almost no bias for independent variables, but a "
    "good deal of scatter, which a larger $k$ calms; with a strong correlation a large $k$ in a "
    "small sample is too low as well, because the squares become wider than the dependence.",
)

_SHARES = {"in nearly all": 0.97, "in about three of five": 0.6, "in about one of ten": 0.1}

_FIRST = float(np.mean(data.seed_scores()[:, 2] > data.seed_scores()[:, 3]))

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
    "the denominator holds it back, but not enough. Only the score that takes chance off stays at "
    "zero. In the first picture it is the one that falls when k-means cuts finer than the species.",
)

# ---- counting ----

_DICE = _bias(6, 6, 300)

dice = Number(
    "est-dice",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=0.0005,
    question="Two fair dice are thrown together 300 times. They have nothing to do with each "
    "other. What will the plug-in estimate of their mutual information be on average, "
    "by the formula of the text?",
    answer=_DICE,
    why="The bias counts the degrees of freedom of the table, $5 \\cdot 5$, and falls like $1/n$.",
    mistakes=[
        nats_for_bits(_DICE),
        Mistake(
            25 / (600 * math.log10(2)),
            "You divided by the logarithm of 2 to base 10. It is $\\ln 2$.",
        ),
        Mistake(0.0, "That is the truth. The estimate is never negative, so its mean is above it."),
        Mistake(
            36 / (600 * LN2),
            "You used the 36 cells. Given its margins, the table has only "
            "$(6-1)(6-1)$ cells that are free.",
        ),
        Mistake(
            35 / (600 * LN2),
            "You used $36 - 1$, which belongs to the joint entropy alone. "
            "The margins have a bias of their own, in the other direction.",
        ),
        Mistake(25 / (300 * LN2), "The 2 in the denominator is missing."),
    ],
    hint=[
        "What does the bias count: the cells, or the cells that are free?",
        "The bias is $\\frac{(k-1)(l-1)}{2n \\ln 2}$ bits.",
        "$k = l = 6$ and $n = 300$.",
    ],
    solution=f"$\\frac{{5 \\cdot 5}}{{2 \\cdot 300 \\cdot \\ln 2}} = {_DICE:.4f}$ bits. A single "
    f"experiment scatters around it by about {math.sqrt(50) / (600 * LN2):.3f} bits.",
)

_SHARE = 100 * 0.25 / math.log(3)

share = Number(
    "est-share",
    stars=1,
    minutes=2,
    unit="%",
    tolerance=0.3,
    question="`mutual_info_classif` gives a feature the score 0.25. The label has three equally "
    "frequent values. What percentage of the label's entropy is that?",
    answer=_SHARE,
    why="The score is in nats, so the entropy has to be as well: $\\ln 3$.",
    mistakes=[
        Mistake(
            100 * 0.25 / math.log2(3),
            "You divided nats by bits. Take the entropy of the label in nats.",
        ),
        Mistake(
            100 * 0.25 * LN2 / math.log2(3),
            "You turned nats into bits the wrong way round: one nat is more than one bit.",
        ),
        Mistake(25.0, "A score of 0.25 is not a share of 25 %. Which entropy bounds it?"),
        replace(fraction_for_percent(_SHARE), tolerance=0.003),
        Mistake(0.25, "That is the score itself. Which entropy bounds it?", tolerance=0.003),
    ],
    hint=[
        "In which unit does scikit-learn answer?",
        "The label's entropy bounds the score; for $m$ equally frequent values it is $\\ln m$ nats.",
        "The label has $\\ln 3$ nats. What share of it is 0.25?",
    ],
    solution=f"$0.25 / \\ln 3 = 0.25 / {math.log(3):.4f} = {_SHARE:.1f}\\,\\%$. In bits it is "
    f"${0.25 / LN2:.4f} / {math.log2(3):.4f}$, the same.",
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
    question="Independent variables, counted. Order these samples by the mean of the plug-in "
    "estimate.",
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

_LEFT = 0.08 - _bias(20, 5, 1000)

customers = Number(
    "est-customers",
    stars=2,
    minutes=3,
    unit="bits",
    tolerance=0.0005,
    question="A shop has 1000 customers from 20 towns and counts which of 5 products each one "
    "buys. The plug-in estimate for town and product is 0.0800 bits. How much is left "
    "when the bias expected of independent variables is subtracted?",
    answer=_LEFT,
    why="More than two thirds of the measured information is what shuffled towns would show.",
    mistakes=[
        Mistake(0.08, "That is the estimate as counted. Shuffled towns would not give zero."),
        Mistake(_bias(20, 5, 1000), "That is the bias. What is left of the estimate without it?"),
        Mistake(0.08 - _bias(20, 5, 1000) * LN2, "You subtracted nats from bits."),
        Mistake(0.08 - 99 / (2000 * LN2), "The degrees of freedom are $(k-1)(l-1)$, not $kl - 1$."),
        Mistake(0.08 + _bias(20, 5, 1000), "The estimate is too high, not too low."),
    ],
    hint=[
        "How many cells of a 20 × 5 table are free, given its margins?",
        "Subtract $\\frac{(k-1)(l-1)}{2n \\ln 2}$ bits.",
        "$(20-1)(5-1) = 76$ cells are free, and $n = 1000$.",
    ],
    solution=f"The bias is {_bias(20, 5, 1000):.4f} bits and {_LEFT:.4f} are left. The spread of "
    f"the estimate by chance is about {math.sqrt(2 * 76) / (2000 * LN2):.4f} bits, so "
    "the remainder is more than chance, and small.",
)

COUNTS = np.array([[12, 8], [5, 15]])


def _corrected(table, base=2):
    parts = table.sum(axis=1), table.sum(axis=0), table.ravel()
    h_x, h_y, h_xy = (miller_madow_entropy(part, base=base) for part in parts)
    return h_x + h_y - h_xy


_PLUG_IN, _CORRECTED = mutual_information(COUNTS / COUNTS.sum()), _corrected(COUNTS)

miller = Number(
    "est-miller",
    stars=2,
    minutes=6,
    unit="bits",
    tolerance=0.0005,
    question="Forty patients: of 20 treated ones 12 recovered, of 20 others 5 did, so the counts "
    "are 12, 8 and 5, 15. What is the Miller–Madow estimate of the mutual information "
    "of treatment and recovery?",
    answer=_CORRECTED,
    why="All four cells are occupied, so the correction takes off one degree of freedom.",
    mistakes=[
        nats_for_bits(_CORRECTED),
        Mistake(_PLUG_IN, "That is the plug-in estimate, not yet corrected."),
        Mistake(
            2 * _PLUG_IN - _CORRECTED,
            "You added the correction. The plug-in estimate is too high already.",
        ),
        Mistake(_PLUG_IN - 1 / 80, "The correction $1/(2n)$ is in nats; turn it into bits first."),
        Mistake(
            _PLUG_IN - 3 / (80 * LN2),
            "You corrected the joint entropy only. The margins are "
            "corrected too, upwards, which gives two of these three units back.",
        ),
    ],
    hint=[
        "How many cells are occupied, and how many rows and columns are there?",
        "Subtract $\\frac{m_{xy} - m_x - m_y + 1}{2n \\ln 2}$ bits from the plug-in estimate.",
        "The plug-in estimate is `itlib.mutual_information(table / 40)`, and $4 - 2 - 2 + 1 = 1$.",
    ],
    solution=f"The plug-in estimate is {_PLUG_IN:.4f} bits, the correction "
    f"$1/(2 \\cdot 40 \\cdot \\ln 2) = {1 / (80 * LN2):.4f}$, and {_CORRECTED:.4f} bits "
    "are left.",
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
    limits=[Limit("A table with two rows never shows more than one bit.", above=1.0)],
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


_N, _K, _INSIDE = 1000, 4, 49
_NEAREST = (digamma(_K) + digamma(_N) - 2 * digamma(_INSIDE + 1)) / LN2

nearest = Number(
    "est-nearest",
    stars=2,
    minutes=5,
    unit="bits",
    tolerance=0.001,
    question=f"In a sample of {_N} pairs each square reaches to the {_K}th neighbour, and each has "
    f"{_INSIDE} other samples within its width and {_INSIDE} within its height. What is "
    "the nearest-neighbour estimate? Use Python for $\\psi$, as in the text.",
    answer=_NEAREST,
    why="For independent variables a square of this width and height would hold about "
    f"{_INSIDE**2 / _N:.1f} samples; it holds {_K}.",
    mistakes=[
        nats_for_bits(_NEAREST),
        Mistake(
            (digamma(_K) + digamma(_N) - 2 * digamma(_INSIDE)) / LN2,
            "You took $\\psi(a)$ and $\\psi(b)$. The formula has $a + 1$ and $b + 1$.",
        ),
        Mistake(
            math.log2(_K * _N / _INSIDE**2),
            "That is the idea, $\\log_2 \\frac{kn}{ab}$. "
            "The estimate has $\\psi$ in place of the logarithms.",
        ),
        Mistake(
            (digamma(_K) + digamma(_N) - digamma(_INSIDE + 1)) / LN2,
            "Both counts enter, that of the width and that of the height.",
        ),
        Mistake(
            -_NEAREST, "The size is right, the sign is not: $\\psi(k) + \\psi(n)$ comes first."
        ),
    ],
    hint=[
        "All pairs have the same counts. What is the mean of equal terms?",
        "$\\psi(k) + \\psi(n)$ less the mean of $\\psi(a+1) + \\psi(b+1)$, in nats.",
        f"Start with $\\psi({_K}) + \\psi({_N})$, and mind the $+1$ in the rest.",
    ],
    solution=f"$\\psi(4) = {digamma(_K):.4f}$, $\\psi(1000) = {digamma(_N):.4f}$, $\\psi(50) = "
    f"{digamma(_INSIDE + 1):.4f}$: {_NEAREST * LN2:.4f} nats, or {_NEAREST:.4f} bits.",
)

_TWICE = 0.99 + 0.99 - math.log(3)

redundant = Number(
    "est-redundant",
    stars=2,
    minutes=3,
    unit="nats",
    tolerance=0.002,
    question="Two features score 0.99 nats each, and the label has three equally frequent values. "
    "At least how much of the sum of the scores is said twice?",
    answer=_TWICE,
    why="Together they cannot tell more than $H(Y) = \\ln 3$.",
    mistakes=[
        Mistake(
            0.99 + 0.99 - math.log2(3), "The scores are in nats. In nats the label has $\\ln 3$."
        ),
        Mistake(math.log(3), "That is the most that the two can tell together."),
        Mistake(math.log(3) - 0.99, "That is the most that the second can add to the first."),
        Mistake(
            0.99,
            "That much is said twice if one feature only repeats the other. The question is for "
            "the least.",
        ),
        Mistake(0.0, "Then the two would tell 1.98 nats together, more than the label has."),
    ],
    hint=[
        "What is the most that the two can tell together?",
        "$I(X_1, X_2; Y) \\le H(Y)$.",
        "The sum is 1.98 nats, and the label has $\\ln 3$.",
    ],
    solution=f"$0.99 + 0.99 - I(X_1, X_2; Y) \\ge 1.98 - \\ln 3 = {_TWICE:.3f}$ nats. This is a "
    "bound on the *balance* of redundancy and synergy: $I(X_1;Y) + I(X_2;Y) - "
    "I(X_1,X_2;Y)$ is the co-information.",
)

CLUSTERS = np.array([[50, 0, 0], [0, 45, 5], [0, 10, 40]])
_TABLE = CLUSTERS / CLUSTERS.sum()
_I = mutual_information(_TABLE)
_H_Y, _H_C = entropy(_TABLE.sum(axis=1)), entropy(_TABLE.sum(axis=0))
_V = 2 * _I / (_H_Y + _H_C)

vmeasure = Number(
    "est-vmeasure",
    stars=2,
    minutes=6,
    tolerance=0.0001,
    question="Of three classes with 50 members each, one is found exactly. Of the second 45 are "
    "in its cluster and 5 in the third one, of the third class 40 are in theirs and 10 "
    "in the second one. What is the V-measure? Use `itlib`; four decimals, please.",
    answer=_V,
    why="The mutual information, divided by the mean of the two entropies; the unit cancels.",
    mistakes=[
        Mistake(_I, "That is the mutual information in bits, not yet divided by anything."),
        Mistake(_I * LN2, "That is the mutual information in nats, not yet divided by anything."),
        Mistake(_I / _H_Y, "That is the homogeneity, $I/H(Y)$."),
        Mistake(_I / _H_C, "That is the completeness, $I/H(C)$."),
        Mistake(
            _I / joint_entropy(_TABLE),
            "You divided by the joint entropy. Take the mean of the two.",
        ),
        Mistake(135 / 150, "That is the share of members in the cluster of their class."),
    ],
    hint=[
        "Which three numbers does the V-measure need?",
        "$V = 2I/(H(Y) + H(C))$.",
        "`itlib.mutual_information(table / 150)`, and the entropies of its row and column sums.",
    ],
    solution=f"$I = {_I:.4f}$ bits, $H(Y) = {_H_Y:.4f}$, $H(C) = {_H_C:.4f}$: homogeneity "
    f"{_I / _H_Y:.4f}, completeness {_I / _H_C:.4f}, V-measure {_V:.4f}.",
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
    solution="This is why mutual information alone always prefers more clusters, down to one for "
    "each sample.",
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
    why="The bias is half the curvature times the variance, which makes every cell cost the same.",
    solution="The terms left out are of order $1/n^2$ with factors $1/p$: cells that expect less "
    "than about one sample break the approximation.",
)

_ERROR, _BELIEF = 0.1, 0.2
_BOUND = 1 + (1 - _ERROR) * math.log2(1 - _BELIEF) + _ERROR * math.log2(_BELIEF)
_TRUE = 1 - binary_entropy(_ERROR)

bound = Number(
    "est-bound",
    stars=2,
    minutes=5,
    unit="bits",
    tolerance=0.002,
    question="A fair bit $c$ is turned into a picture that shows the right bit with probability "
    "0.9. A guesser $q$ is too cautious and gives the bit it sees only 0.8. Which lower "
    "bound on $I(c;X)$ does it prove, $H(c) + E[\\log_2 q(c \\mid X)]$?",
    answer=_BOUND,
    why="The mean is taken with the true 0.9 and 0.1, the logarithms with the guesser's 0.8 and "
    "0.2.",
    mistakes=[
        Mistake(_BOUND * LN2, "That is the value in nats. Divide it by $\\ln 2$ for bits."),
        Mistake(
            _TRUE,
            "That is the mutual information itself, which the true posterior 0.9 would reach.",
        ),
        Mistake(
            1 - binary_entropy(_BELIEF),
            "You weighted with the guesser's 0.8. Pictures come from the true joint distribution.",
        ),
        Mistake(_BOUND - 1, "You left out $H(c)$."),
        Mistake(_TRUE - _BOUND, "That is the gap to the mutual information."),
    ],
    limits=[
        Limit("No bound exceeds the information itself, which is less than one bit.", above=1.0)
    ],
    hint=[
        "Which probability does $q$ give to the true code when the picture shows it, and which when it does not?",
        "The mean is taken over true pictures: $H(c) + \\sum p \\log_2 q$.",
        "In nine of ten pictures the true code gets 0.8.",
    ],
    solution=f"${_BOUND:.4f}$ bits, against $I = 1 - H(0.1, 0.9) = {_TRUE:.4f}$. The gap, "
    f"{_TRUE - _BOUND:.4f} bits, is the divergence of $(0.9, 0.1)$ from $(0.8, 0.2)$.",
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


def _clipped(table):
    return max(0.0, _reference(table))


_CORRECT = "The bias is taken off, and all of it is in bits."
_SEEN = "Only cells that were seen count."
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
        Case(_SIGN, (np.array([[10, 10], [11, 9]]),)),
    ],
    mistakes=[
        Slip(_uncorrected, _CORRECT),
        Slip(_in_nats, _CORRECT),
        Slip(_correction_in_nats, _CORRECT),
        Slip(_empty_cells_too, _SEEN),
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
