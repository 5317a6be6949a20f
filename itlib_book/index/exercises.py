"""Six questions on the front page: the first that goes wrong says with which chapter to start."""

import math

import numpy as np

from bookkit.exercise import Choice, Option
from bookkit.output import on_site
from itlib import (
    binary_entropy,
    information_gain,
    kl_divergence,
    mutual_information,
    self_information,
    softmax_cross_entropy,
)
from itlib_book.shared.tennis import PLAY, TENNIS


def _question(name, chapter, page, question, options, right, why, hint):
    """Return a question whose wrong options all lead to one chapter."""
    ending = "html" if on_site() else "ipynb"
    start = f"Start with [{chapter}]({page}.{ending})."
    return Choice(
        f"start-{name}",
        stars=1,
        minutes=1,
        question=question,
        options=[
            Option(
                text,
                message if text == right else f"{message} {start}".strip(),
                right=text == right,
            )
            for text, message in options.items()
        ],
        hint=hint,
        solution=f"{right.rstrip('.')}: {why}",
    )


_EIGHTH = self_information(1 / 8)

surprise = _question(
    "surprise",
    "self-information",
    "self_information",
    "An event has the probability 1/8. How much information is it that it happened?",
    {
        "1/8 of a bit": "That is its probability.",
        f"{_EIGHTH:g} bits": "Three halvings lead from 1 to 1/8.",
        "8 bits": "That is one over its probability.",
        "It depends on what the event is.": "It depends on nothing but the probability.",
    },
    f"{_EIGHTH:g} bits",
    "$\\log_2 8 = 3$.",
    "How often is 1 halved to get there?",
)

_COIN = f"{binary_entropy(0.9):.2f} bits"

entropy = _question(
    "entropy",
    "entropy",
    "entropy",
    "A coin shows heads nine times in ten. How large is its entropy?",
    {
        "0.9 bits": "That is a probability.",
        "1 bit": "That is the entropy of a fair coin, the most uncertain one.",
        _COIN: "It is the mean of a small surprise that is frequent and a large one that is rare.",
        f"{self_information(0.1):.2f} bits": "That is the surprise at tails alone.",
    },
    _COIN,
    "$-0.9 \\log_2 0.9 - 0.1 \\log_2 0.1$.",
    "Is it more or less uncertain than a fair one?",
)

_COPY = f"{mutual_information(np.eye(2) / 2):g} bit"

shared = _question(
    "shared",
    "joint entropy and mutual information",
    "joint_and_mutual_information",
    "$X$ is a fair coin, and $Y$ always shows the side that $X$ shows. How large is $I(X;Y)$?",
    {
        "0 bits": "That would mean that $Y$ tells nothing about $X$.",
        _COPY: "$Y$ removes all of the uncertainty about $X$.",
        "2 bits": "Together they have no more than the one bit that both share.",
        "It is infinite.": "It is at most the entropy of either.",
    },
    _COPY,
    "$H(X) - H(X \\mid Y) = 1 - 0$.",
    "How uncertain is $X$ before, and how uncertain after $Y$ is seen?",
)

_NEVER = {True: "It is infinite."}[math.isinf(kl_divergence([0.5, 0.5], [1, 0]))]

price = _question(
    "price",
    "KL divergence",
    "kl_divergence",
    "A model $q$ gives the probability 0 to something that happens half of the time. "
    "How large is $D(p‖q)$?",
    {
        "At most 1 bit.": "Even a single impossible event that happens spoils every bound.",
        _NEVER: "No code word is long enough for what $q$ calls impossible.",
        "0, as $0 \\log 0 = 0$.": "The zero stands in $q$, not in $p$.",
        "It is not defined.": "It is defined, as a limit.",
    },
    _NEVER,
    "the term $\\frac12 \\log \\frac{1/2}{0}$ has no bound.",
    "How surprised is the model?",
)

_LOSS = f"{softmax_cross_entropy(np.zeros(4), 0):.2f}"

loss = _question(
    "loss",
    "cross-entropy",
    "cross_entropy",
    "A classifier of four classes gives each the probability 1/4. "
    "What is its cross-entropy loss, as most frameworks report it?",
    {
        "0.25": "That is the probability itself.",
        "0.75": "That is what is missing to certainty.",
        _LOSS: "Most frameworks count in nats.",
        "2.00": "That is the loss in bits, and most frameworks count in nats.",
    },
    _LOSS,
    "$-\\ln \\frac14$.",
    "It is the surprise at the true class, in nats.",
)

_COLUMNS = TENNIS | {"The number of the row.": list(range(len(PLAY)))}
_GAINS = {name: information_gain(column, PLAY) for name, column in _COLUMNS.items()}
_BEST = max(_GAINS, key=_GAINS.get)

gain = _question(
    "gain",
    "decision trees",
    "decision_trees",
    "Which column of a table of training data has the largest information gain about the answer?",
    {
        _BEST: "It tells every answer of the table, and none of tomorrow's.",
        "The one with the fewest values.": "A column of few values can tell at most the logarithm of their number.",
        "The one that is correlated most.": "Correlation sees straight lines only.",
        "The one that will predict best.": "The gain is counted on the table, not on new data.",
    },
    _BEST,
    "a value of its own for each row leaves nothing uncertain.",
    "What would a column have to look like to leave no uncertainty?",
)
