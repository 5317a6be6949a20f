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
    Prediction,
    Slip,
    Step,
    Swap,
    varied,
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
from itlib_book.decision_trees import data, demos
from itlib_book.decision_trees.data import chance_gains, held_out
from itlib_book.shared.common_mistakes import base_ten_for_bits, bits_for_nats, nats_for_bits
from itlib_book.shared.tennis import DAYS, PLAY, TENNIS

_ROOT = np.array([9, 5]) / 14

# ---- what the reader says before looking ----

_GAINS = {name: information_gain(column, PLAY) for name, column in TENNIS.items()}

guess_first = Prediction(
    "tree-first",
    question="You may ask about one of the four before you guess whether the next day suits a "
    "game. Which one leaves you least uncertain, on average?",
    options=list(TENNIS),
    happens=max(_GAINS, key=_GAINS.get),
    saw="The tree asks the outlook first. Its middle column is all of one colour, and the "
    "other two differ a little. The humidity comes second: its two columns differ by much. "
    "Whichever of these two is asked, the likelier guess is then right on ten of the fourteen days, "
    "but the outlook leaves less uncertainty. The section “One question: information gain” puts numbers to both.",
)

_TWO_CUTS = [
    sum(int(group.sum() - group.max()) for group in data.leaves(data.ALL, a, b, data.LONGEST))
    for a in demos.FIRST_CUT.stops
    for b in demos.SECOND_CUT.stops
]

_ENDS = data.LONGEST
_AFTER = [
    demos.entropy_left(data.ALL, *cuts)
    for cuts in ((2.45, data.WIDEST, _ENDS), (2.45, 1.75, _ENDS))
]
_GAINED = math.log2(3) - _AFTER[0], _AFTER[0] - _AFTER[1], _AFTER[1]

guess_cuts = Prediction(
    "tree-two-cuts",
    question="Two straight cuts make three rectangles: the first is upright, the second lies "
    "across, to the right of it. Each rectangle answers with its most frequent species. "
    "How many of the 150 flowers are answered wrongly at best?",
    unit="flowers",
    happens=min(_TWO_CUTS),
    saw="The first cut at 2.45 cm of length takes all setosas off, and a second one at 1.75 cm of "
    "width leaves six flowers on the wrong side. A third cut at 4.95 cm of length brings "
    "that down to four. (The best second cut is not the best one to go on from: at 1.65 cm it gains "
    "a little less, leaves six as well, and then the same third cut leaves only three.) "
    "Look at the bits too: of the $\\log_2 3$ bits the first cut gains "
    f"{_GAINED[0]:.3f}, all that tells setosa from the others, the second "
    f"{_GAINED[1]:.3f}, and {_GAINED[2]:.3f} are left.\n\n"
    "Now choose another sample of the same flowers, and watch “best two cuts”. "
    "The first one stays in its gap; the second one moves, or asks for the other measurement.",
)

_TIE = abs(
    best_threshold(data.IRIS.data[:, 2], data.IRIS.target).gain
    - best_threshold(data.IRIS.data[:, 3], data.IRIS.target).gain
)

guess_tie = Prediction(
    "tree-tie",
    question="One cut, four measurements: length and width of the sepals, length and width of the "
    "petals. Which one cut gains most?",
    options=[
        "one of the petal lengths",
        "one of the petal widths",
        "a petal length and a petal width gain exactly as much",
        "one of the sepal lengths",
    ],
    happens="a petal length and a petal width gain exactly as much"
    if _TIE < 1e-9
    else "one of the petal lengths",
    saw="Outside the range of the data the gain is zero. "
    "The sepal lengths have one high peak, with a notch in it, and small ones beside it. "
    "For the petals there is a lower rise between versicolor and virginica, which has two tips "
    "for the length, and a high one with a flat top, since a gap separates setosa from the other "
    "two and every threshold within the gap is the same split. "
    "Length and width of the petals make that split equally well, so they tie, to the last "
    "digit: a pure group of fifty, and one of a hundred with one bit left.",
)

guess_ratio = Prediction(
    "tree-penalty",
    question="The row number has the entropy $\\log_2 14$, by far the largest of the five "
    "columns. Is dividing by it enough to bring the row number down from the first place?",
    options=["Yes, it comes last", "Yes, it falls behind the outlook", "No, it still comes first"],
    happens="No, it still comes first"
    if gain_ratio(DAYS, PLAY) > max(gain_ratio(column, PLAY) for column in TENNIS.values())
    else "Yes, it falls behind the outlook",
    saw="The lead shrinks, and the row number still wins: it gains almost four times as much as "
    "the outlook, and pays only between two and three times as much.",
)

guess_chance = Prediction(
    "tree-by-chance",
    question="Shuffle the fourteen answers, so that the weather has nothing to do with them, and "
    "compute the gain of the outlook again; do so 400 times. In how many per cent of the "
    "shuffles does it gain at least as much as with the true answers?",
    unit="%",
    happens=round(100 * float(np.mean(chance_gains(TENNIS["Outlook"]) > _GAINS["Outlook"] - 1e-9))),
    saw="Nonsense does as well as the truth in about one shuffle of four. "
    "The row number gains as much from nonsense as from the truth, every time.",
)

guess_error = Prediction(
    "tree-blind-error",
    question="Two groups of equal size have 10 % and 40 % positives. Which measures does the "
    "split lower?",
    options=[
        "entropy, Gini impurity and error",
        "entropy and Gini impurity, not the error",
        "the error only",
    ],
    happens="entropy and Gini impurity, not the error"
    if demos.error_gap(0.5, 0.1, 0.4) < 1e-12 < demos.gini_gap(0.5, 0.1, 0.4)
    else "entropy, Gini impurity and error",
    saw="The gain is the height of the curve above the chord, at the share of the parent. "
    "As long as both groups have the same majority, they lie on one straight line of the error "
    "curve: the split gains nothing by that count, however much purer the groups have become. "
    "Entropy and Gini see it; move the second group past one half, and the error does too. "
    "This is why trees are *grown* by the curved ones, even where error is what counts in "
    "the end.",
)

guess_pruned = Prediction(
    "tree-shears",
    question="A tree is grown to the end on 100 flowers, from their sepals alone, and has 34 leaves "
    "on average. Another is stopped at a depth of three, with about seven leaves. How does the "
    "small one do on the 50 other flowers?",
    options=["worse, since it knows less", "as well or better"],
    happens="as well or better"
    if held_out(depth=3)[1] >= held_out()[1]
    else "worse, since it knows less",
    saw="On the flowers that both were grown from, the full tree is ahead; on new ones the small tree "
    "is. The leaves that it lacks would have learned single flowers.",
)


# ---- gain ----


def _windy(a, b, c, d):
    """Return gain, entropy before, and the entropies of both groups: (a, b) and (c, d) are counts."""
    column = np.repeat([0, 1], [a + b, c + d])
    labels = np.repeat([1, 0, 1, 0], [a, b, c, d])
    before = entropy(normalize([a + c, b + d]))
    groups = entropy(np.array([normalize([a, b]), normalize([c, d])]))
    return information_gain(column, labels), before, groups, gini_decrease(column, labels)


_STEPS = _windy(1, 3, 7, 1)

gain_last_step = Number(
    "tree-gain-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    question="Of 12 days 8 were good. On the 4 windy days 1 was good, on the 8 calm ones 7.\n\n"
    f"1. Before: $h(8/12) = {_STEPS[1]:.4f}$ bits.\n"
    f"2. Windy days: $h(1/4) = {_STEPS[2][0]:.4f}$ bits; "
    f"calm ones: $h(7/8) = {_STEPS[2][1]:.4f}$ bits.\n"
    "3. Left after asking, and the gain: …\n\nDo the last step: what is the gain?",
    answer=_STEPS[0],
    why="The groups count with their sizes, 4 and 8 of 12 days, and the rest is a difference.",
    mistakes=[
        Mistake(_STEPS[1] - _STEPS[0], "That is what is left after asking. What did it take off?"),
        Mistake(
            _STEPS[1] - _STEPS[2].mean(),
            "You took the plain mean of the two groups. There are more calm days than windy ones.",
        ),
        Mistake(
            _STEPS[1] - _STEPS[2].sum(),
            "You subtracted the sum of the two group entropies. Each counts with its share of "
            "the days.",
        ),
    ],
    limits=[
        Limit("A gain is never negative.", below=0.0),
        Limit("No question gains more than the entropy of the label.", above=_STEPS[1]),
    ],
    hint=[
        "How much does each group count?",
        "Left after asking: $\\sum_v \\frac{|S_v|}{|S|} H(S_v)$.",
        f"The windy days bring $\\frac{{4}}{{12}} \\cdot {_STEPS[2][0]:.4f}$.",
    ],
    solution=f"$\\frac{{4}}{{12}} \\cdot {_STEPS[2][0]:.4f} + \\frac{{8}}{{12}} \\cdot "
    f"{_STEPS[2][1]:.4f} = {_STEPS[1] - _STEPS[0]:.4f}$ bits are left, so the gain is "
    f"${_STEPS[1]:.4f} - {_STEPS[1] - _STEPS[0]:.4f} = {_STEPS[0]:.4f}$ bits.",
)


def _gain(a, b, c, d):
    bits, before, groups, gini_falls = _windy(a, b, c, d)
    windy, calm, good = a + b, c + d, a + c
    days = windy + calm
    return Number(
        "tree-gain",
        stars=1,
        minutes=4,
        unit="bits",
        question=f"Of {days} days {good} were good. Good were {a} of the {windy} windy days and "
        f"{c} of the {calm} calm ones. What is the information gain of the wind?",
        answer=bits,
        why="The entropy before, less the mean of the two groups, each counted with its size.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            Mistake(before - bits, "That is $H(Y \\mid A)$, what is left after asking."),
            Mistake(
                before - groups.sum(),
                "You subtracted the sum of the two group "
                "entropies. Each group counts with its share of the days.",
                tolerance=0.0001,
            ),
            Mistake(
                before - groups.mean(),
                "You took the plain mean of the two groups. They are not equally large.",
            ),
            Mistake(
                gini_falls,
                "That is the decrease of the Gini impurity; the gain is about entropies.",
            ),
            Mistake(
                1 - (before - bits),
                "You subtracted what is left from one bit. Before the question the uncertainty is that of "
                f"{good} against {days - good}, which is less than one bit.",
            ),
        ],
        limits=[
            Limit("A gain is never negative.", below=0.0),
            Limit("No question gains more than the entropy of the label.", above=before),
        ],
        hint=[
            "Three entropies are needed: of all days, and of the two groups. How much does each "
            "group count?",
            "$\\operatorname{Gain} = H(S) - \\sum_v \\frac{|S_v|}{|S|} H(S_v)$.",
            f"Before the question: $h({good}/{days}) = {before:.4f}$ bits.",
        ],
        solution=f"${before:.4f} - \\frac{{{windy}}}{{{days}}} \\cdot {groups[0]:.4f} - "
        f"\\frac{{{calm}}}{{{days}}} \\cdot {groups[1]:.4f} = {bits:.4f}$ bits.",
    )


gain_alone = varied(
    _gain,
    [
        (2, 3, 9, 1),
        (2, 4, 9, 1),
        (1, 4, 6, 1),
        (3, 3, 8, 1),
        (2, 6, 9, 1),
        (3, 4, 8, 1),
        (1, 3, 8, 2),
        (2, 5, 12, 1),
        (1, 6, 9, 2),
        (3, 5, 11, 1),
    ],
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
    hint=[
        "Which one is worth nothing? Of the others, compare what is left.",
        "What is left is the mean of the group entropies, each with its share of the 16 days.",
        "For (8, 4) and (0, 4): three quarters of the entropy of 2 to 1, and nothing for the "
        "pure group.",
    ],
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


def _gini(good, bad):
    n, shares = good + bad, np.array([good, bad]) / (good + bad)
    impurity = gini_impurity(shares)
    return Number(
        "tree-gini",
        stars=1,
        minutes=2,
        question=f"What is the Gini impurity of {good} good and {bad} bad days?",
        answer=impurity,
        why="Two draws with replacement differ with this probability.",
        mistakes=[
            Mistake(1 - impurity, "That is $\\sum p_k^2$, the probability that two draws agree."),
            Mistake(
                impurity / 2,
                "You have $p(1 - p)$ once. Both orders count: good then bad, bad then good.",
            ),
            Mistake(min(good, bad) / n, "That is the error of guessing the majority."),
            Mistake(entropy(shares), "That is the entropy in bits."),
            Mistake(
                2 * good * bad / (n * (n - 1)),
                "That is without replacement. The impurity belongs to the "
                "shares, whatever the size of the group.",
            ),
        ],
        limits=[
            Limit("An impurity is never negative.", below=0),
            Limit("Two classes have at most 1/2.", above=0.5),
        ],
        hint=[
            "Draw two of the days, with replacement. How often do they agree?",
            "$G = 1 - \\sum_k p_k^2$.",
            f"Both are good with the probability $({good}/{n})^2$.",
        ],
        solution=f"$1 - ({good}/{n})^2 - ({bad}/{n})^2 = {2 * good * bad}/{n * n} = "
        f"{impurity:.4f}$.",
    )


gini = varied(
    _gini,
    [(6, 4), (11, 5), (3, 8), (2, 7), (5, 8), (4, 11), (9, 6), (13, 7), (8, 12), (5, 15)],
)

_HUMID = [i for i, value in enumerate(TENNIS["Humidity"]) if value == "high"]


def _gain_when_humid(name):
    column, labels = ([values[i] for i in _HUMID] for values in (TENNIS[name], PLAY))
    return information_gain(column, labels)


def _best_when_humid(name):
    rivals = "Outlook", "Temperature", "Wind"
    return _gain_when_humid(name) == max(map(_gain_when_humid, rivals))


def _listed(answer):
    """Return the humid days with this answer, in words."""
    rivals = "Outlook", "Temperature", "Wind"
    return "; ".join(
        " ".join(TENNIS[name][i] for name in rivals) for i in _HUMID if PLAY[i] == answer
    )


humid = Choice(
    "tree-humid",
    stars=2,
    minutes=4,
    question="Suppose that the humidity had been asked first. Which question is then best for the "
    "seven days of *high* humidity? Here they are, with outlook, temperature and wind:\n\n"
    f"- *good:* {_listed('yes')};\n- *bad:* {_listed('no')}.",
    options=[
        Option(
            "Outlook",
            "Three sunny days are bad and two overcast ones good; only the two days of rain stay "
            "mixed.",
            right=_best_when_humid("Outlook"),
        ),
        Option(
            "Temperature",
            "It leaves three hot and four mild days, both about as mixed as all seven.",
            right=_best_when_humid("Temperature"),
        ),
        Option(
            "Wind",
            "Four weak days are half good, three strong ones one third.",
            right=_best_when_humid("Wind"),
        ),
        Option("Humidity", "All seven days have the same humidity: it gains nothing here."),
    ],
    hint=[
        "Which question leaves groups with only one label?",
        "For each question, count the good and the bad days of each of its answers.",
        "By wind they fall into 2 of 4 good and 1 of 3 good.",
    ],
    solution="In bits: "
    + ", ".join(
        f"{name.lower()} {_gain_when_humid(name):.4f}"
        for name in ("Outlook", "Temperature", "Wind")
    )
    + ".",
)


def _ratio(gained, of_label, first, second, third):
    rows = first + second + third
    shares = np.array([first, second, third]) / rows
    own = entropy(shares)
    return Number(
        "tree-ratio",
        stars=2,
        minutes=3,
        question=f"A question gains {gained} bits about a label of {of_label} bits. Of {rows} rows "
        f"{first} give its first answer, {second} its second and {third} its third. "
        "What is its gain ratio?",
        answer=gained / own,
        why="The gain is divided by the entropy of the column itself, whatever the labels.",
        mistakes=[
            Mistake(gained, "That is the gain. Divide it by the entropy of all three answers."),
            Mistake(
                gained / of_label,
                "You divided by the entropy of the *label*. That would not change the ranking "
                "at all.",
            ),
            Mistake(own, "That is $H(A)$, the divisor."),
            Mistake(own / gained, "Upside down: the gain stands above."),
            Mistake(gained / 3, "The divisor is an entropy, not the number of values."),
            Mistake(
                gained / math.log2(3),
                "You divided by $\\log_2 3$, but the three answers are not equally frequent.",
            ),
            Mistake(
                gained / entropy(shares, base=math.e),
                "Gain and entropy must have one unit: you divided bits by nats.",
            ),
        ],
        hint=[
            "How uncertain is the answer itself, before it is heard?",
            "$\\operatorname{GainRatio} = \\operatorname{Gain} / H(A)$, and $H(A)$ is about the "
            "column alone.",
            f"The shares of the answers are {first}/{rows}, {second}/{rows} and {third}/{rows}.",
        ],
        solution=f"$H(A) = {own:.4g}$ bits, and ${gained} / {own:.4g} = {gained / own:.4g}$.",
    )


ratio = varied(
    _ratio,
    [
        (0.3, 0.9, 6, 3, 3),
        (0.24, 0.8, 8, 4, 4),
        (0.4, 0.95, 10, 5, 5),
        (0.2, 0.7, 6, 2, 1),
        (0.35, 0.9, 7, 2, 1),
        (0.15, 0.85, 9, 6, 1),
        (0.45, 0.98, 12, 3, 3),
        (0.25, 0.9, 5, 4, 1),
        (0.5, 0.97, 11, 4, 1),
        (0.18, 0.6, 14, 3, 3),
    ],
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
    hint=[
        "What does the rule that knowledge lowers uncertainty speak of: one answer, or their mean?",
        "Two classes are the more uncertain the nearer their shares are to one half.",
        "Compare 2/5 and 9/14: which one is nearer to one half?",
    ],
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
    "leaves more uncertainty.",
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
    limits=[Limit("An information gain is never negative.", below=0)],
    hint=[
        "The group on one side can be made pure. How many cases can it have?",
        "$\\operatorname{Gain} = H(Y) - \\sum_v \\frac{|S_v|}{|S|} H(S_v)$, and a pure group "
        "has no entropy.",
        "Three a's and three b's are one bit. Cut off the two a's at the lower end: which labels "
        "do the other four have?",
    ],
    solution=f"`best_threshold` says {_CUT:g}. Cutting off the two a's leaves one a and three b's: "
    f"$1 - \\frac46 h(1/4) = {_CUT_GAIN:.4f}$ bits. Cutting off the two b's at the "
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
    hint=[
        "What does each of the two groups guess, and what did the parent?",
        "The error counts the members outside the majority.",
        "Before the split 80 of 400 are guessed wrongly. Count them after it.",
    ],
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
    hint=[
        "How are the shares of the parent made from those of the groups?",
        "Concavity says $\\phi(\\sum_v w_v p_v) \\ge \\sum_v w_v \\phi(p_v)$ for weights that "
        "add up to 1.",
        "Begin with $p = \\sum_v \\frac{|S_v|}{|S|} p_v$.",
    ],
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
    hint=[
        "Which function do you need more than once?",
        "Gain is the entropy of the labels, less the mean of the entropies of the groups, each "
        "with its share of the rows.",
        "`np.unique(column, return_counts=True)` counts; use it for the labels, and within each "
        "group.",
    ],
    why="Every group counts with its size, and the entropy before is that of the labels.",
    call="exercises.code.check(my_information_gain)",
)

refine = Derivation(
    "tree-refine",
    stars=3,
    minutes=8,
    question="Column $B$ is finer than column $A$: the value of $B$ determines that of $A$ (a "
    "date and its month). Prove that $\\operatorname{Gain}(Y; B) \\ge "
    "\\operatorname{Gain}(Y; A)$. What does that say about columns with many values?",
    hint=[
        "What do you know of $A$ once you know $B$?",
        "A further condition does not raise the mean uncertainty.",
        "$H(Y \\mid B) = H(Y \\mid A, B)$. Why?",
    ],
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
    why="The honest question has the ratio $1 - h(0.3)$, since its own entropy is one bit; "
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
            "That is the first table from there on in which 7/10 of both groups are whole numbers. "
            "The question goes by the formula alone.",
        ),
    ],
    hint=[
        "Which of the two ratios depends on $n$?",
        "The row number has the ratio $1 / \\log_2 n$; the honest question has its gain, divided "
        "by the entropy of two equal halves.",
        f"The honest question gains $1 - h(0.3) = {1 - entropy([0.3, 0.7]):.4f}$ bits.",
    ],
    solution=f"The honest ratio is $1 - {entropy([0.3, 0.7]):.4f} = "
    f"{1 - entropy([0.3, 0.7]):.4f}$, so $\\log_2 n > "
    f"{1 / (1 - entropy([0.3, 0.7])):.4f}$ and $n$ is at least "
    f"{math.floor(2 ** (1 / (1 - entropy([0.3, 0.7])))) + 1}. Until there are hundreds of rows the list "
    "beats the law. The fourteen mornings are far from it: there the row number has "
    f"the ratio {_IDENTIFIER:.4f}.",
)


# ---- the weight of a node, numbers as labels, the price of a leaf ----


def _weight(rows, of, gained):
    return Number(
        "tree-weight",
        stars=1,
        minutes=2,
        unit="bits",
        question=f"A table has {of} rows, of which {rows} have come to a node. There the best question "
        f"gains {gained} bits. By how much does it lower the mean uncertainty of a row of the "
        "whole table?",
        answer=gained * rows / of,
        why="The other rows gain nothing from this question, so its gain counts with the share of "
        "the rows that come to be asked.",
        mistakes=[
            Mistake(gained, "That is the gain for a row that has come to the node."),
            Mistake(
                gained * of / rows,
                "You divided by the share of the node. The rows elsewhere gain nothing, so the "
                "mean over all rows is smaller.",
            ),
            Mistake(
                gained * (of - rows) / of, "That is weighted with the rows that do *not* come."
            ),
            Mistake(rows / of, "That is the share of the rows that come to the node."),
        ],
        hint=[
            "How many rows gain anything?",
            "A mean over all rows: share of the node times its gain, and nothing for the others.",
            f"The node's share is ${rows}/{of}$.",
        ],
        solution=f"${rows}/{of} \\cdot {gained} = {gained * rows / of:.4g}$ bits.",
    )


weight = varied(
    _weight,
    [
        (12, 40, 0.8),
        (9, 50, 0.4),
        (15, 60, 0.9),
        (21, 50, 0.9),
        (9, 45, 0.7),
        (12, 50, 0.9),
        (50, 400, 0.3),
        (15, 40, 0.8),
        (18, 150, 0.75),
        (7, 28, 0.44),
    ],
)


def _variance(low, high):
    values = np.array([*low, *high], float)
    parts = [np.array(low, float), np.array(high, float)]
    within = sum(part.size * part.var() for part in parts) / values.size
    fall = values.var() - within
    text = ", ".join(map(str, low)), ", ".join(map(str, high))
    return Number(
        "tree-variance",
        stars=2,
        minutes=4,
        question=f"In a tree for numbers, four rows with the labels {text[0]}, {text[1]} have come to a "
        f"node, and a question divides them into {text[0]} and {text[1]}. By how much does the split "
        "lower the mean squared error of guessing the mean?",
        answer=fall,
        why="A group's mean squared error about its own mean is its variance, and the groups count "
        "with their size, as entropies do.",
        mistakes=[
            Mistake(within, "That is the squared error that is left after the split."),
            Mistake(values.var(), "That is the squared error before the split."),
            Mistake(
                values.var() - sum(part.var() for part in parts),
                "Within the groups that is twice too much: each variance counts with its share of the "
                "rows, and divides by $n$, not by $n - 1$.",
            ),
            Mistake(
                values.var(ddof=1) - sum(part.size * part.var(ddof=1) for part in parts) / 4,
                "You divided by $n - 1$. The mean squared error divides by $n$.",
            ),
            Mistake(
                values.std() - sum(part.size * part.std() for part in parts) / 4,
                "You took standard deviations. The squared error is a variance.",
            ),
        ],
        limits=[Limit("A split never raises the mean squared error.", below=0)],
        hint=[
            "What does each leaf guess, and how far off is it?",
            "Before: the mean of $(y - \\bar y)^2$ over all four. After: the same within each "
            "group, counted with its size.",
            f"Before the split the guess is {values.mean():g}, and the mean squared error "
            f"{values.var():g}.",
        ],
        solution=f"Before: ${values.var():g}$. After: ${parts[0].size}/4 \\cdot "
        f"{parts[0].var():g} + {parts[1].size}/4 \\cdot {parts[1].var():g} = {within:g}$. "
        f"The difference is ${fall:g}$.",
    )


variance = varied(
    _variance,
    [
        ((1, 7), (13, 23)),
        ((0, 2), (5, 15)),
        ((1, 3), (10, 16)),
        ((1, 5), (6, 14)),
        ((0, 4), (11, 19)),
        ((2, 8), (12, 22)),
        ((1, 7), (12, 14)),
        ((2, 4), (8, 20)),
        ((1, 9), (18, 22)),
        ((0, 6), (14, 24)),
    ],
)


def _price(before, after, leaves):
    each = (before - after) / (leaves - 1)
    return Number(
        "tree-price",
        stars=2,
        minutes=3,
        unit="bits",
        question=f"Below a node a tree has {leaves} leaves, which lower the entropy of a row of the "
        f"whole table from {before} to {after} bits. Pruning replaces the node and all that is below it by "
        "one leaf, unless the gain pays a price for each leaf that it adds. Suppose that no part "
        "of it is cut back sooner. From which price on is all of it cut back?",
        answer=each,
        why=f"It adds {leaves - 1} leaves to the one that would stand there anyway, and shares its gain "
        "among them.",
        mistakes=[
            Mistake(
                (before - after) / leaves,
                "You divided by all its leaves. One leaf would stand there in any case.",
            ),
            Mistake(before - after, "That is the whole gain. It pays for more than one leaf."),
            Mistake(after / (leaves - 1), "You divided what is left, not what is gained."),
        ],
        hint=[
            "What does the branch gain, and how many leaves does it add?",
            "The price at which it no longer pays is the gain, divided by the added leaves.",
            f"It gains ${before} - {after}$ bits.",
        ],
        solution=f"$({before} - {after}) / ({leaves} - 1) = {each:.4g}$ bits for each leaf.",
    )


price = varied(
    _price,
    [
        (0.5, 0.2, 4),
        (0.4, 0.16, 5),
        (0.34, 0.1, 3),
        (0.6, 0.18, 7),
        (0.45, 0.25, 6),
        (0.8, 0.35, 6),
        (0.36, 0.12, 9),
        (0.7, 0.14, 8),
        (0.35, 0.15, 11),
        (0.9, 0.3, 5),
    ],
)


def _log_loss(first, positives, second, others):
    rows = first + second
    groups = np.array([[positives, first - positives], [others, second - others]])
    nats = entropy(normalize(groups), base=math.e)
    loss = float(np.array([first, second]) @ nats / rows)
    shares = np.array([positives + others, rows - positives - others]) / rows
    return Number(
        "tree-log-loss",
        stars=2,
        minutes=3,
        unit="nats",
        question=f"A tree has two leaves: {first} rows, {positives} of them positive, and {second} rows, "
        f"{others} of them positive. Each leaf predicts its own share of positives. What is the mean "
        "log loss of the tree on these rows?",
        answer=loss,
        why="The mean log loss of a leaf that predicts its own shares is their entropy, and the leaves "
        "count with their rows.",
        mistakes=[
            bits_for_nats(loss),
            Mistake(float(nats.mean()), "You took the plain mean. The leaves differ in size."),
            Mistake(float(nats.sum()), "You added the entropies. Each counts with its share."),
            Mistake(
                entropy(shares, base=math.e),
                "That is the loss of one leaf for all rows, before the split.",
            ),
            Mistake(
                entropy(shares, base=math.e) - loss, "That is the gain. Asked for is what is left."
            ),
        ],
        hint=[
            "What is the mean log loss within one leaf?",
            "A leaf with the share $p$ pays $-p \\ln p - (1 - p) \\ln(1 - p)$ per row.",
            f"The first leaf has $p = {positives}/{first}$ and {first} of {rows} rows.",
        ],
        solution=f"$\\frac{{{first}}}{{{rows}}} \\cdot {nats[0]:.4f} + \\frac{{{second}}}{{{rows}}} \\cdot "
        f"{nats[1]:.4f} = {loss:.4f}$ nats.",
    )


log_loss = varied(
    _log_loss,
    [
        (60, 45, 40, 4),
        (30, 21, 70, 14),
        (50, 40, 150, 15),
        (80, 20, 20, 17),
        (25, 5, 75, 50),
        (120, 30, 80, 72),
        (45, 36, 55, 22),
        (90, 9, 60, 45),
        (200, 150, 100, 10),
        (35, 7, 65, 39),
    ],
)
