"""The exercises of the chapter on decision trees."""

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
    best_threshold,
    conditional_entropy,
    entropy,
    gain_ratio,
    gini_decrease,
    gini_impurity,
    information_gain,
    joint_from_samples,
    normalize,
)
from itlib_book.shared.common_mistakes import base_ten_for_bits, nats_for_bits
from itlib_book.shared.tennis import DAYS, PLAY, TENNIS

_ROOT = np.array([9, 5]) / 14


_WINDY, _LABELS_OF_WINDY = np.repeat([0, 1], [5, 7]), np.repeat([1, 0, 1, 0], [1, 4, 6, 1])
_TWELVE = np.array([7, 5]) / 12
_WIND_GAIN = information_gain(_WINDY, _LABELS_OF_WINDY)
_GROUPS = entropy(np.array([[1 / 5, 4 / 5], [6 / 7, 1 / 7]]))

gain = Number(
    "tree-gain",
    stars=1,
    minutes=4,
    unit="bits",
    question="Of 12 days 7 were good. On the 5 windy days 1 was good, on the 7 calm ones 6. "
    "What is the information gain of the wind?",
    answer=_WIND_GAIN,
    why="The entropy before, less the mean of the two groups, each counted with its size.",
    mistakes=[
        nats_for_bits(_WIND_GAIN),
        base_ten_for_bits(_WIND_GAIN),
        Mistake(
            entropy(_TWELVE) - _WIND_GAIN, "That is $H(Y \\mid A)$, what is left after asking."
        ),
        Mistake(
            entropy(_TWELVE) - _GROUPS.sum(),
            "You subtracted the sum of the two group "
            "entropies. Each group counts with its share of the days.",
        ),
        Mistake(
            entropy(_TWELVE) - _GROUPS.mean(),
            "You took the plain mean of the two groups. There are more calm days than windy ones.",
        ),
        Mistake(entropy(_TWELVE) - _GROUPS[0], "You used the windy days only."),
        Mistake(
            gini_decrease(_WINDY, _LABELS_OF_WINDY),
            "That is the decrease of the Gini impurity; the gain is about entropies.",
        ),
        Mistake(
            1 - (entropy(_TWELVE) - _WIND_GAIN),
            "Before the question the uncertainty is that of "
            "7 against 5, which is less than one bit.",
        ),
    ],
    limits=[
        Limit("A gain is never negative.", below=0.0),
        Limit("No question gains more than the entropy of the label.", above=entropy(_TWELVE)),
    ],
    hint="Three entropies, of all days and of the two groups; how much does each group count?",
    solution=f"${entropy(_TWELVE):.4f} - \\frac{{5}}{{12}} \\cdot {_GROUPS[0]:.4f} - "
    f"\\frac{{7}}{{12}} \\cdot {_GROUPS[1]:.4f} = {_WIND_GAIN:.4f}$ bits.",
)

order = Ordering(
    "tree-order",
    stars=1,
    minutes=4,
    question="Four questions divide 8 good and 8 bad days. In each, the first group is written "
    "(good, bad), then the second. Order the questions by information gain.",
    items=[
        Item(
            text,
            information_gain(
                np.repeat([0, 1], [sum(a), sum(b)]),
                np.concatenate([np.repeat([1, 0], a), np.repeat([1, 0], b)]),
            ),
        )
        for text, a, b in (
            ("(6, 2) and (2, 6)", (6, 2), (2, 6)),
            ("(4, 4) and (4, 4)", (4, 4), (4, 4)),
            ("(8, 4) and (0, 4)", (8, 4), (0, 4)),
            ("(7, 1) and (1, 7)", (7, 1), (1, 7)),
        )
    ],
    direction="the smallest gain first",
    mistakes=[
        Swap(
            "(8, 4) and (0, 4)",
            "(6, 2) and (2, 6)",
            "Both leave four days on the wrong side of the majority. But in one of them a "
            "group is finished with.",
        )
    ],
    hint="One is worth nothing. Of the others, compare what is left: how many groups, how mixed, "
    "how large.",
    why="What counts is what is left: a pure group of four days leaves less than two groups of three "
    "to one, and more than two that are nearly pure.",
    solution="In bits: "
    + ", ".join(
        f"{text}: {bits:.4f}"
        for text, bits in (
            ("(4, 4) and (4, 4)", 0.0),
            ("(6, 2) and (2, 6)", 1 - entropy([0.25, 0.75])),
            ("(8, 4) and (0, 4)", 1 - 0.75 * entropy([1 / 3, 2 / 3])),
            ("(7, 1) and (1, 7)", 1 - entropy([1 / 8, 7 / 8])),
        )
    )
    + ".",
)

_GINI = gini_impurity(_TWELVE)

gini = Number(
    "tree-gini",
    stars=1,
    minutes=2,
    question="What is the Gini impurity of 7 good and 5 bad days?",
    answer=_GINI,
    why="Two draws with replacement differ with this probability.",
    mistakes=[
        Mistake(1 - _GINI, "That is $\\sum p_k^2$, the probability that two draws agree."),
        Mistake(
            _GINI / 2, "You have $p(1 - p)$ once. Both orders count: good then bad, bad then good."
        ),
        Mistake(5 / 12, "That is the error of guessing the majority."),
        Mistake(entropy(_TWELVE), "That is the entropy in bits."),
        Mistake(
            2 * 7 * 5 / (12 * 11),
            "That is without replacement. The impurity belongs to the "
            "shares, whatever the size of the group.",
        ),
    ],
    limits=[Limit("Two classes have at most 1/2.", above=0.5)],
    hint="Draw two of the days, with replacement. How often do they agree?",
    solution=f"$1 - (7/12)^2 - (5/12)^2 = 70/144 = {_GINI:.4f}$.",
)

_RAIN = [i for i, value in enumerate(TENNIS["Outlook"]) if value == "rain"]


def _gain_in_rain(name):
    column, labels = ([values[i] for i in _RAIN] for values in (TENNIS[name], PLAY))
    return information_gain(column, labels)


def _best_in_rain(name):
    return _gain_in_rain(name) == max(map(_gain_in_rain, ("Temperature", "Humidity", "Wind")))


rainy = Choice(
    "tree-rainy",
    stars=1,
    minutes=4,
    question="Grow the tree by hand: which question is best for the five rainy days? Days 4, 5, "
    "10 (wind weak) were good, days 6 and 14 (wind strong) were not; the humidity was "
    "high on 4 and 14, the temperature mild on 4, 10 and 14.",
    options=[
        Option(
            "Temperature",
            "Two of the three mild days and one of the two cool ones were "
            "good: nearly the mix you started from.",
            right=_best_in_rain("Temperature"),
        ),
        Option(
            "Humidity",
            "One of the two humid days and two of the three others were good: "
            "nearly the mix you started from.",
            right=_best_in_rain("Humidity"),
        ),
        Option(
            "Wind",
            "It leaves two pure groups, so it gains all of the entropy, "
            f"{_gain_in_rain('Wind'):.4f} bits.",
            right=_best_in_rain("Wind"),
        ),
        Option("Outlook", "All five days have the same outlook: it gains nothing here."),
    ],
    hint="Look for a question whose answers leave only one label.",
    solution=f"Wind gains {_gain_in_rain('Wind'):.4f} bits, temperature and humidity "
    f"{_gain_in_rain('Humidity'):.4f} each.",
)

_GAINED, _OF_LABEL, _SHARES = 0.3, 0.9, np.array([6, 3, 3]) / 12
_RATIO = _GAINED / entropy(_SHARES)

ratio = Number(
    "tree-ratio",
    stars=2,
    minutes=4,
    question=f"A question gains {_GAINED} bits about a label of {_OF_LABEL} bits. Of 12 rows 6 give "
    "its first answer, 3 its second and 3 its third. What is its gain ratio?",
    answer=_RATIO,
    why="The gain is divided by the entropy of the column itself, whatever the labels.",
    mistakes=[
        Mistake(_GAINED, "That is the gain, not yet divided."),
        Mistake(
            _GAINED / _OF_LABEL,
            "You divided by the entropy of the *label*. That would not change the ranking at all.",
        ),
        Mistake(entropy(_SHARES), "That is $H(A)$, the divisor."),
        Mistake(1 / _RATIO, "Upside down: the gain stands above."),
        Mistake(_GAINED / 3, "The divisor is an entropy, not the number of values."),
        Mistake(
            _GAINED / math.log2(3), "The three answers are not equally frequent: 6, 3 and 3 of 12."
        ),
        Mistake(
            _GAINED / entropy(_SHARES, base=math.e),
            "Gain and entropy must have one unit: you divided bits by nats.",
        ),
    ],
    hint="How uncertain is the answer itself, before it is heard?",
    solution=f"$H(A) = H(1/2, 1/4, 1/4) = {entropy(_SHARES):.1f}$ bits, and "
    f"${_GAINED} / {entropy(_SHARES):.1f} = {_RATIO:.1f}$.",
)

_OUTLOOK = joint_from_samples(TENNIS["Outlook"], PLAY)  # rows: overcast, rain, sunny
_AFTER = conditional_entropy(_OUTLOOK)

answer = Choice(
    "tree-answer",
    stars=2,
    minutes=3,
    question="Of 14 days 9 were good; of the 5 sunny ones 2. Somebody computes the uncertainty "
    "before and after hearing “sunny” and finds that it has *risen*. What is wrong?",
    options=[
        Option(
            "The arithmetic: knowledge cannot raise uncertainty",
            "It can, for a single answer. Compute both binary entropies.",
            right=entropy([0.4, 0.6]) <= entropy(_ROOT),
        ),
        Option(
            "Nothing: it is only the mean over all answers that cannot rise",
            "“Sunny” is bad news for certainty, “overcast” more than makes up for it.",
            right=entropy([0.4, 0.6]) > entropy(_ROOT) > _AFTER,
        ),
        Option("The outlook is a bad question", "It is the best of the four."),
        Option(
            "The table is too small; with enough data it could not happen",
            "It is a property of the probabilities, not of the sample.",
        ),
    ],
    hint="Which is nearer to one half: 2/5 or 9/14?",
    solution=f"Before: {entropy(_ROOT):.4f} bits, sunny: {entropy([0.4, 0.6]):.4f} bits, on "
    f"average after asking: {_AFTER:.4f} bits.",
)

_XS, _LABELS = [1.0, 2.0, 3.0, 4.0, 6.0, 7.0], list("aababb")
_CUT, _CUT_GAIN = best_threshold(_XS, _LABELS)

cut = Number(
    "tree-cut",
    stars=2,
    minutes=5,
    unit="bits",
    question="Six measurements 1, 2, 3, 4, 6, 7 have the labels a, a, b, a, b, b. How much does "
    "the best threshold gain?",
    answer=_CUT_GAIN,
    why="A cut after 2, or after 4, leaves a pure group of two cases on one side; every other cut "
    "leaves more.",
    mistakes=[
        nats_for_bits(_CUT_GAIN),
        Mistake(
            1.0,
            "No single threshold separates the labels: the b at 3 and the a at 4 are "
            "in each other's way.",
        ),
        Mistake(1 - _CUT_GAIN, "That is what is left after the split."),
        Mistake(
            information_gain([x <= 3 for x in _XS], _LABELS),
            "That is the cut in the middle, with two mixed groups. Try to cut a pure group off.",
        ),
        Mistake(information_gain([x <= 1 for x in _XS], _LABELS), "That cuts off only one case."),
    ],
    hint="The group on one side can be made pure. How many cases can it have, and what is left "
    "on the other side?",
    solution=f"`best_threshold` says {_CUT:g}. Cutting off the two a's leaves one a and three b's: "
    f"$1 - \\frac46 H(1/4, 3/4) = {_CUT_GAIN:.4f}$ bits. Cutting off the two b's at the "
    "other end gains as much.",
)


def _wrong(groups):
    return sum(min(group) for group in groups)


blind = Choice(
    "tree-blind",
    stars=2,
    minutes=4,
    question="A parent has 80 positives among 400 cases. A split gives two groups of 200 with 10 "
    "and with 70 positives. Which criteria decrease?",
    options=[
        Option(
            "all three: entropy, Gini and error",
            "In both groups the negatives are the "
            "majority, as before: as many cases are guessed wrongly as without the split.",
            right=_wrong([(10, 190), (70, 130)]) < 80,
        ),
        Option(
            "entropy and Gini, not the error",
            "The shares differ, so the curved criteria "
            "fall; the majority is the same everywhere, so the error does not.",
            right=_wrong([(10, 190), (70, 130)]) == 80,
        ),
        Option("only entropy", "The Gini impurity is strictly concave too."),
        Option("none, since no group is pure", "A split need not finish a group in order to help."),
    ],
    hint="Count the wrong guesses before and after.",
    solution="Guessing “negative” is wrong 80 times before, and $10 + 70 = 80$ times after. The "
    f"entropy goes from {entropy([0.2, 0.8]):.4f} to "
    f"{(entropy([0.05, 0.95]) + entropy([0.35, 0.65])) / 2:.4f} bits, the Gini impurity "
    f"from {gini_impurity([0.2, 0.8]):.4f} to "
    f"{(gini_impurity([0.05, 0.95]) + gini_impurity([0.35, 0.65])) / 2:.4f}.",
)

concave = Derivation(
    "tree-concave",
    stars=2,
    minutes=8,
    question="Let $\\phi(p)$ be a concave function of the vector $p$ of class shares, such as "
    "entropy, Gini impurity or error. Prove that a split never raises the weighted "
    "mean of $\\phi$, and say when it leaves it unchanged.",
    hint="How are the shares of the parent made from those of the groups?",
    steps=[
        Step(
            "With $w_v = |S_v| / |S|$ the shares of the parent are $p = \\sum_v w_v p_v$.",
            "Say first how parent and groups hang together: the weights are the group sizes.",
        ),
        Step(
            "Jensen: $\\phi(\\sum_v w_v p_v) \\ge \\sum_v w_v \\phi(p_v)$, as $\\phi$ is concave.",
            "Concavity is the statement about weighted means.",
        ),
        Step(
            "The left side is the impurity before, the right side the one after, so the "
            "decrease is not negative.",
            "Read both sides as impurities.",
        ),
        Step(
            "If $\\phi$ is strictly concave (entropy, Gini), equality holds exactly when all "
            "$p_v$ are equal: the question is independent of the label.",
            "When is Jensen's inequality an equality?",
        ),
        Step(
            "The error is linear as long as the majority stays the same, so it can stay put "
            "although the groups differ.",
            "Say what is different for a function with straight pieces.",
        ),
    ],
    why="The parent is the weighted mean of its groups, and a concave function of a mean is at "
    "least the mean of the function.",
)


def my_information_gain(feature, labels):
    """Return how many bits the feature takes off the entropy of the labels."""
    feature, labels = np.asarray(feature), np.asarray(labels)

    def bits(chosen):
        _, counts = np.unique(chosen, return_counts=True)
        p = counts / counts.sum()
        return -np.sum(p * np.log2(p))

    groups = [labels[feature == value] for value in np.unique(feature)]
    return bits(labels) - sum(len(g) / len(labels) * bits(g) for g in groups)


def _plain_mean_of_groups(feature, labels):
    p_xy = joint_from_samples(feature, labels)
    return entropy(p_xy.sum(axis=0)) - float(np.mean(entropy(normalize(p_xy))))


def _other_way(feature, labels):
    return conditional_entropy(joint_from_samples(feature, labels))


def _nats(feature, labels):
    return information_gain(feature, labels, base=math.e)


def _one_bit_before(feature, labels):
    return 1 - conditional_entropy(joint_from_samples(feature, labels))


_WIND = "Groups count with their size, and the label need not have a full bit."
_MANY = "Labels may have more than two values."

code = Code(
    "tree-code",
    stars=2,
    minutes=10,
    question="Write `my_information_gain(feature, labels)`: two lists of equal length, of text "
    "or numbers; the answer is in bits.",
    solution=my_information_gain,
    reference=information_gain,
    cases=[
        Case(
            "A column that repeats the labels gains all of their entropy.",
            (["x", "x", "y", "y"], [1, 1, 0, 0]),
        ),
        Case(_WIND, (TENNIS["Wind"], PLAY)),
        Case(_MANY, ([0, 0, 1, 1, 1, 1], ["a", "b", "c", "c", "c", "b"])),
        Case("A constant column gains nothing.", (["same"] * 4, [1, 0, 1, 1])),
        Case("A row number gains everything.", (DAYS, PLAY)),
    ],
    mistakes=[
        Slip(_plain_mean_of_groups, _WIND),
        Slip(_other_way, "A column that repeats the labels gains all of their entropy."),
        Slip(_nats, "A column that repeats the labels gains all of their entropy."),
        Slip(_one_bit_before, _WIND),
    ],
    hint="`np.unique(column, return_counts=True)` counts; use it for the labels, and within each "
    "group.",
    why="Every group counts with its size, and the entropy before is that of the labels.",
)

refine = Derivation(
    "tree-refine",
    stars=3,
    minutes=8,
    question="Column $B$ is finer than column $A$: the value of $B$ determines that of $A$ (a "
    "date and its month). Prove that $\\operatorname{Gain}(Y; B) \\ge "
    "\\operatorname{Gain}(Y; A)$. What does that say about columns with many values?",
    hint="$H(Y \\mid B) = H(Y \\mid A, B)$. Why?",
    steps=[
        Step(
            "As $B$ determines $A$, knowing $B$ is knowing both: $H(Y \\mid B) = H(Y \\mid A, B)$.",
            "Use that $A$ is a function of $B$.",
        ),
        Step(
            "A further condition does not raise the mean uncertainty: "
            "$H(Y \\mid A, B) \\le H(Y \\mid A)$.",
            "Compare with the uncertainty when only $A$ is known.",
        ),
        Step(
            "So $H(Y) - H(Y \\mid B) \\ge H(Y) - H(Y \\mid A)$, which is the claim.",
            "Subtract both from $H(Y)$.",
        ),
        Step(
            "Splitting values further never costs gain, whether or not there is a reason for "
            "it; the row number is finer than every column and gains the most.",
            "Say what follows for the row number.",
        ),
    ],
    why="The gain is a mutual information, and a coarser column cannot know more.",
    solution="This is the data-processing inequality in its simplest form: $A$ is computed from "
    "$B$, so $I(Y; A) \\le I(Y; B)$.",
)

_IDENTIFIER = gain_ratio(DAYS, PLAY)

identifier = Number(
    "tree-identifier",
    stars=3,
    minutes=6,
    question="Break the gain ratio. The row number of $n$ rows has $H(A) = \\log_2 n$ and, for "
    "equally frequent yes and no, a gain of one bit. An honest yes-or-no question "
    "with equally large groups is right in 7 of 10 cases in each of them. From how many "
    "rows on does the row number *lose* to it by gain ratio? Give the smallest whole $n$ by the "
    "formula, and never mind whether 7/10 of a group is a whole number.",
    answer=math.floor(2 ** (1 / (1 - entropy([0.3, 0.7])))) + 1,
    tolerance=0,
    why="The honest question has the ratio $1 - H(0.3, 0.7)$, since its own entropy is one bit; "
    "the row number has $1 / \\log_2 n$, which falls very slowly.",
    mistakes=[
        Mistake(
            math.floor(2 ** (1 / (1 - entropy([0.3, 0.7])))),
            "So many rows are one too few: the row number is still ahead.",
        ),
        Mistake(
            math.floor(math.exp(1 / (1 - entropy([0.3, 0.7])))) + 1,
            "You took a natural logarithm on one side; $H(A) = \\log_2 n$ is in bits.",
        ),
        Mistake(
            math.floor(2 ** (1 / entropy([0.3, 0.7]))) + 1,
            "You compared with the entropy that is left, not with the gain.",
        ),
        Mistake(
            20 * math.ceil(2 ** (1 / (1 - entropy([0.3, 0.7]))) / 20),
            "That is the first table in which 7/10 of both groups are whole numbers. The question "
            "goes by the formula alone.",
        ),
    ],
    hint="Solve $1 / \\log_2 n = 1 - H(0.3, 0.7)$ for $n$, and take the next whole number.",
    solution=f"The honest ratio is $1 - {entropy([0.3, 0.7]):.4f} = "
    f"{1 - entropy([0.3, 0.7]):.4f}$, so $\\log_2 n > "
    f"{1 / (1 - entropy([0.3, 0.7])):.4f}$. Until there are hundreds of rows the list "
    "beats the law. The fourteen mornings are far from it: there the row number has "
    f"the ratio {_IDENTIFIER:.4f}.",
)
