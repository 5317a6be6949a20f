"""The exercises of the page of mistakes: spot the one in each."""

import math

import numpy as np

from bookkit.exercise import Choice, Limit, Mistake, Number, Option
from itlib import entropy, kl_divergence, mutual_information

# ---- does it sum to one? ----

_CANDIDATES = {
    "(0.5, 0.3, 0.3)": "It sums to 1.1.",
    "(0.7, 0.4, −0.1)": "It sums to one, but a probability is never negative.",
    "(0.6, 0.4, 0.0)": "It sums to one, and no entry is negative. A zero is allowed.",
    "(0.5, 0.25, 0.125)": "It sums to 0.875: the last outcome is missing.",
}


def _is_distribution(text):
    entries = np.array([float(x) for x in text.strip("()").replace("−", "-").split(",")])
    return bool(np.all(entries >= 0) and np.isclose(entries.sum(), 1))


adds_up = Choice(
    "mis-adds-up",
    stars=1,
    minutes=2,
    question="A program prints an entropy for each of these. For which of them does the entropy "
    "exist?",
    options=[Option(text, why, right=_is_distribution(text)) for text, why in _CANDIDATES.items()],
    hint="Two things to look at: the sum, and every single entry.",
    solution="Only $(0.6, 0.4, 0)$ is a distribution. With $0 \\log 0 = 0$ the zero adds nothing, "
    "and the entropy is that of a coin.",
)

# ---- which base? ----

_LOSS = 1.5

log = Number(
    "mis-log",
    stars=1,
    minutes=3,
    question=f"A training log says: “loss {_LOSS} nats per character, perplexity {2**_LOSS:.2f}”. "
    "The loss is right. What is the perplexity?",
    answer=math.exp(_LOSS),
    why="Nats come from natural logarithms, so the base of the power is $e$.",
    mistakes=[
        Mistake(
            2**_LOSS,
            "That is what the log says: 2 to the power of a number in nats. For "
            "which base is the loss a logarithm?",
            tolerance=0.005,
        ),
        Mistake(_LOSS / math.log(2), "That is the loss in bits. One more step: a power."),
        Mistake(
            2 ** (_LOSS * math.log(2)),
            "You multiplied by $\\ln 2$. Nats become bits by *division* by $\\ln 2$.",
        ),
        Mistake(
            math.exp(-_LOSS),
            "That is the typical probability of a character. The perplexity is one over it.",
        ),
    ],
    limits=[Limit("A perplexity is at least 1.", below=1.0)],
    hint="$e^{\\text{nats}} = 2^{\\text{bits}}$.",
    solution=f"$e^{{{_LOSS}}} = {math.exp(_LOSS):.4f}$. By way of bits it is the same: "
    f"${_LOSS} / \\ln 2 = "
    f"{_LOSS / math.log(2):.4f}$ bits, and 2 to that power.",
)

# ---- p > 0 where q = 0? ----

_P, _Q = np.array([0.5, 0.5]), np.array([1.0, 0.0])


def _clipped(least):
    return float(np.sum(_P * np.log(_P / np.maximum(_Q, least))))


clip = Number(
    "mis-clip",
    stars=2,
    minutes=4,
    unit="nats",
    tolerance=0.005,
    question="A program clips $q$ at $10^{-12}$, to be safe, and reports "
    f"{_clipped(1e-12):.2f} nats for $D(p‖q)$ with $p = (0.5, 0.5)$ and $q = (1, 0)$. "
    "What is the divergence? (You may answer `inf`.)",
    answer=kl_divergence(_P, _Q, base=math.e),
    why="$p$ gives an outcome one half that $q$ rules out: no number of nats is enough.",
    mistakes=[
        Mistake(
            _clipped(1e-12),
            "That is what the program says. It measures the clip: with "
            f"$10^{{-6}}$ it would have said {_clipped(1e-6):.2f} nats.",
        ),
        Mistake(
            _clipped(1e-12) / math.log(2), "You changed the unit. It is the number that is wrong."
        ),
        Mistake(
            kl_divergence(_Q, _P, base=math.e),
            "That is $D(q‖p)$, which is harmless: $p$ rules nothing out.",
        ),
        Mistake(
            0.5 * math.log(0.5),
            "You left out the term of the second outcome, to which $p$ gives one half.",
        ),
        Mistake(0, "The second outcome counts: $p$ gives it one half."),
    ],
    limits=[Limit("A divergence is never negative.", below=0.0)],
    hint="Write down the term of the second outcome, without any clip.",
    solution="The second term is $0.5 \\log(0.5/0) = \\infty$. Clipped at $c$ the sum is "
    "$\\log 0.5 - 0.5 \\log c$, which grows without end as $c$ gets smaller.",
)

# ---- within its bounds? ----

_CAN_BE = {
    "a differential entropy of −0.3 bits": (
        False,
        "A narrow density has one: $\\log_2$ of a width below 1 is negative.",
    ),
    "a pointwise mutual information of −2 bits": (
        False,
        "The two outcomes meet a quarter as often as by chance. Single terms can be < 0.",
    ),
    "a divergence $D(p‖q)$ of −0.02 bits, computed from $p$ and $q$": (
        True,
        "Gibbs' inequality forbids it. Something does not sum to one, or digits were lost. (An estimate from a few "
        "draws may be negative by chance.)",
    ),
    "a co-information $I(X;Y;Z)$ of −1 bit": (False, "That is the exclusive or of two fair coins."),
}

sign = Choice(
    "mis-sign",
    stars=2,
    minutes=3,
    question="Four negative numbers in a report. Which of them *must* come from a mistake?",
    options=[Option(text, why, right=right) for text, (right, why) in _CAN_BE.items()],
    hint="Which of these quantities is an average that a theorem keeps from falling below zero?",
    solution="$D(p‖q) \\ge 0$ for any two distributions. Differential entropy, pointwise mutual "
    "information and co-information can all be negative.",
)

# ---- does a second way agree? ----

_TABLE = np.array([[0.2, 0.2], [0.3, 0.3]])
_REPORTED = kl_divergence(_TABLE.sum(axis=1), _TABLE.sum(axis=0))

table = Number(
    "mis-table",
    stars=2,
    minutes=4,
    unit="bits",
    question="For the joint table with the rows $(0.2, 0.2)$ and $(0.3, 0.3)$ a program reports "
    f"$I(X;Y) = {_REPORTED:.4f}$ bits. Is that possible? Answer with the right value.",
    answer=mutual_information(_TABLE),
    why="The rows are proportional, so the variables are independent.",
    mistakes=[
        Mistake(
            _REPORTED,
            "That is what the program says: the divergence of one margin from the "
            "other. Compare the table with the product of its margins.",
        ),
        Mistake(entropy(_TABLE.sum(axis=0)), "That is $H(Y)$. How much of it does $X$ remove?"),
    ],
    limits=[Limit("Mutual information is never negative.", below=0.0)],
    hint="Given the first row, how likely is each column? And given the second?",
    solution="Within both rows the columns are equally likely, so knowing the row changes nothing: "
    "the table *is* the product of its margins $(0.4, 0.6)$ and $(0.5, 0.5)$, and every "
    "logarithm in the sum is $\\log 1 = 0$. The reported number is the divergence of one "
    "margin from the other.",
)

# ---- per what? ----

_PER_WORD, _LETTERS = 30, 4.7

words = Number(
    "mis-words",
    stars=2,
    minutes=4,
    unit="bits per character",
    question=f"A model of English text has a perplexity of {_PER_WORD} per word. Words have "
    f"{_LETTERS} letters on average, and each is followed by a space. How many bits per "
    "character is that?",
    answer=math.log2(_PER_WORD) / (_LETTERS + 1),
    why="The logarithm gives bits per word, and a word is its letters and a space.",
    mistakes=[
        Mistake(
            math.log2(_PER_WORD) / _LETTERS,
            "You forgot the space. It is a character, and the model predicts it too.",
        ),
        Mistake(math.log2(_PER_WORD), "That is per word.", tolerance=0.005),
        Mistake(math.log(_PER_WORD) / (_LETTERS + 1), "That is in nats; use $\\log_2$."),
        Mistake(
            _PER_WORD / (_LETTERS + 1),
            "Perplexities do not divide. Take the logarithm first.",
            tolerance=0.005,
        ),
        Mistake(
            math.log2(_PER_WORD / (_LETTERS + 1)),
            "First the logarithm, then the division: "
            "bits add up along a text, perplexities multiply.",
        ),
    ],
    limits=[Limit("The bits of a prediction are not negative.", below=0.0)],
    hint=f"How many bits has a perplexity of {_PER_WORD}? Over how many characters are they "
    "spread?",
    solution=f"$\\log_2 {_PER_WORD} = {math.log2(_PER_WORD):.4f}$ bits per word, over "
    f"${_LETTERS} + 1$ characters: "
    f"${math.log2(_PER_WORD) / (_LETTERS + 1):.4f}$ bits per character.",
)
