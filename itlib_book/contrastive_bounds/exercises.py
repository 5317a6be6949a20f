"""The exercises and predictions of the chapter on bounds and contrastive learning."""

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
from itlib import mutual_information
from itlib.bounds import barber_agakov, donsker_varadhan, infonce, infonce_expected
from itlib_book.contrastive_bounds import data, demos, figures
from itlib_book.shared.common_mistakes import bits_for_nats


def _copy(flip):
    return np.array([[1 - flip, flip], [flip, 1 - flip]]) / 2


def _ratio(flip):
    return np.log(_copy(flip) / data.APART)


def _nats(flip):
    return mutual_information(_copy(flip), base=math.e)


# ---- predictions ----

_DOUBLED = data.reading(math.exp(figures.SETS["B"]), 0, 256, math.inf)

other_batch = Prediction(
    "other-batch",
    question="The instrument is a network, trained with batches of 128. Now it is trained again on "
    "data set B, with batches of 256. What does it read?",
    options=["4.85 nats, as before", f"{_DOUBLED:.2f} nats", "9.70 nats", "48.5 nats"],
    happens=f"{_DOUBLED:.2f} nats",
    saw="It reads the logarithm of the new batch size. On all three data sets the instrument was at "
    "the end of its scale, and the scale is the batch: the reading says nothing about the data but "
    "“at least this”.",
)

cosine_stop = Prediction(
    "cosine-stop",
    question="The colleague divides cosines by the temperature 0.5, and never reads more than two nats. "
    "Now let partners always show the same one of 4096 symbols: they share 8.32 nats. What is the most "
    "that cosines can read at the temperature 0.2, however many candidates there are?",
    options=["about 0.8 nats", "about 2 nats, as before", "about 5 nats", "all of it, 8.32 nats"],
    happens=f"about {demos.cosines('4096', 0.0, 12, '0.2'):.0f} nats",
    saw="The orange curve levels off at one over the temperature: at about two nats for 0.5, at about "
    "five for 0.2. At 0.05 it follows the best critic. But with another symbol now and then, a low "
    "temperature is too steep: the curve can fall below zero.",
)

_TWICE = ("it falls", "it stays as it was", "it grows by a third", "it about doubles")
which_crosses = Prediction(
    "which-crosses",
    question="A fifth number joins the four bounds: Donsker and Varadhan's formula, with the critic of "
    f"its second term clipped at ±{data.CLIP}, to keep it calm. The true critic is now made twice as "
    "steep. What becomes of this number?",
    options=list(_TWICE),
    happens=_TWICE[
        int(np.searchsorted([0.9, 1.1, 1.5], demos.cut(2.0, 0.0) / demos.cut(1.0, 0.0)))
    ],
    saw="Four of the five are bounds: whatever the critic, they never cross the dashed line, and a "
    "wrong critic can only lower them, some even below 0. The clipped one is no bound. Its first mean doubles, and "
    "its second is held by the clip, so it grows with the steepness as long as "
    "you like. A shift moves the tangent, the clipped one where the clip bites, and none of the others.",
)

lean = Prediction(
    "lean",
    question="Even with the *true* critic, the second mean of Donsker and Varadhan's formula is taken "
    "over a batch of strangers. Where is the result on average, with eight of them?",
    options=["below the information", "at the information", "above the information"],
    happens="above the information"
    if np.dot(*figures.estimates(8)) > _nats(data.FLIP)
    else "below the information",
    saw="The logarithm of a mean of few is too small on average, and it is subtracted. The broad "
    "curve leans to the right: more than three batches in a "
    "hundred show over three times the information.",
)

_FOUR, _EIGHT = (demos.shown(classes, 1.0, 0.0) for classes in ("4", "8"))

best_corner = Prediction(
    "best-corner",
    question="Four classes take up the whole circle, without spread. Scores are cosines at the temperature "
    f"{demos.TEMPERATURE}, and there are {demos.CANDIDATES} candidates. Now let there be eight classes: partners "
    "share $\\ln 2 = 0.69$ nats more. By how much does the contrastive bound grow?",
    options=["by all of it", "by about a third of it", "not at all", "it falls"],
    happens="by about a third of it"
    if 0.3 < (_EIGHT - _FOUR) / math.log(2) < 0.37
    else "by all of it",
    saw="Eight classes stand closer together, and cosines at this temperature tell neighbours less well apart. "
    "Both are needed: partners together, which is alignment, and everything else apart, which is "
    "uniformity. In one place the alignment is perfect, the uniformity the worst, and the bound 0. "
    "A little spread within a class helps the uniformity, but any spread lowers the bound.",
)

# ---- naming the partner ----


def _cap(k):
    return Number(
        "bound-cap",
        stars=1,
        minutes=1,
        unit="nats",
        question=f"A contrastive model is trained with batches of {k} pairs; each view looks for its partner "
        "among the partners of the whole batch. What is the largest information that its loss can show?",
        answer=math.log(k),
        why="The loss cannot be below 0, so $\\ln K - L \\le \\ln K$.",
        mistakes=[
            Mistake(math.log2(k), "That is in bits. The loss is in nats."),
            Mistake(float(k), "The largest is the *logarithm* of the number of candidates."),
            Mistake(math.log(k) / 2, "There is no half in it: $\\ln K$ minus a loss of 0."),
        ],
        limits=[
            Limit(
                "A model that finds all alike shows 0 nats, so the largest is not below that.",
                below=0.0,
            )
        ],
        hint=[
            "What is the smallest loss?",
            "$I \\ge \\ln K - L$ with $L \\ge 0$.",
            f"Put $L = 0$ and $K = {k}$.",
        ],
        solution=f"$\\ln {k} = {math.log(k):.4f}$ nats.",
    )


cap = varied(_cap, [512, 32, 200, 100, 48, 80, 96, 300, 768, 24])


def _needed(bits):
    return Number(
        "bound-needed",
        stars=2,
        minutes=2,
        unit="candidates",
        tolerance=0.5,
        question=f"Two views of a picture share about {bits} bits. At least how many candidates must a "
        "contrastive loss have before it can show that much?",
        answer=float(2**bits),
        why="$\\log_2 K$ must reach the number of bits.",
        mistakes=[
            Mistake(
                math.exp(bits),
                "That would be right for nats. Here the information is in bits.",
                tolerance=1.0,
            ),
            Mistake(float(bits**2), "Every bit doubles the candidates, instead of adding some."),
            Mistake(float(2 * bits), "Every bit *doubles* the candidates."),
        ],
        limits=[Limit("There are two candidates at least: a partner and a stranger.", below=2)],
        hint=[
            "Which K has a logarithm that large?",
            "$\\log_2 K \\ge$ the bits.",
            f"Solve $\\log_2 K = {bits}$.",
        ],
        solution=f"$2^{{{bits}}} = {2**bits:,}$ candidates; and even then only with a loss of 0.",
    )


needed = varied(_needed, [20, 9, 11, 12, 13, 14, 15, 16, 17, 18])

impossible = Choice(
    "bound-impossible",
    stars=1,
    minutes=2,
    question="Five logs, all from contrastive training with 64 candidates, all in nats. One of them "
    "cannot be right. Which?",
    options=[
        Option(
            "loss 4.16", "That is $\\ln 64$: the loss of a model that finds all candidates alike."
        ),
        Option("loss 5.20", "Larger than $\\ln 64$: worse than a guess, but possible."),
        Option("information at least 4.10", "Below $\\ln 64 = 4.16$: possible."),
        Option(
            "information at least 4.40",
            "The bound is $\\ln 64$ minus a loss that is not negative.",
            right=4.40 > math.log(64),
        ),
        Option(
            "information at least −0.30",
            "A bound may be negative: it is true, and says nothing.",
        ),
    ],
    hint=[
        "Which values can a cross-entropy have?",
        "From 0 up; $\\ln K - L$ is then at most $\\ln K$.",
        "Compare each with $\\ln 64 = 4.159$.",
    ],
    solution="At most $\\ln 64 = 4.16$ nats can be shown. A log that says 4.40 has left the partner "
    "out of the denominator, counts other candidates than it uses, or is in bits.",
)


def _stuck(devices, each):
    return Number(
        "bound-stuck",
        stars=2,
        minutes=2,
        unit="nats",
        question=f"A model is trained on {devices} devices with {each} pairs each. Every device contrasts "
        "its own pairs only. At which loss does a model stand that finds all pairs alike?",
        answer=math.log(each),
        why="Each row has as many candidates as its own device has pairs.",
        mistakes=[
            Mistake(
                math.log(devices * each),
                "Pairs of other devices are no candidates, unless they are gathered.",
            ),
            Mistake(math.log2(each), "That is in bits; the loss is in nats."),
            Mistake(0.0, "A loss of 0 is a perfect model."),
        ],
        limits=[
            Limit(
                "The loss is minus the logarithm of a probability, and never negative.", below=0.0
            )
        ],
        hint=[
            "Among how many candidates does one row choose?",
            "All scores alike give each of $K$ candidates the probability $1/K$.",
            f"$K = {each}$.",
        ],
        solution=f"$\\ln {each} = {math.log(each):.4f}$ nats. The batch of {devices * each} pairs is "
        "for the optimiser.",
    )


stuck = varied(
    _stuck,
    [(8, 48), (4, 40), (8, 80), (16, 32), (2, 512), (4, 96), (32, 16), (8, 24), (4, 200), (64, 8)],
)


def _roof(k, temperature):
    exact = data.ceiling(k, temperature)
    return Number(
        "bound-roof",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=2e-3,
        question=f"Scores are cosines divided by the temperature {temperature:g}, and there are {k} "
        "candidates. What is the most that the loss can show on average?",
        answer=exact,
        why="On average partners are ahead of strangers by $1/\\tau$ at most.",
        mistakes=[
            Mistake(
                math.log(k),
                "That would need scores as large as you like. Cosines are bounded.",
            ),
            Mistake(
                math.log(k) - math.log1p((k - 1) * math.exp(-2 / temperature)),
                "That is the best of a single row, with all strangers opposite. On average over "
                "all rows partners are ahead by a cosine of 1 at most.",
            ),
            Mistake(
                math.log1p((k - 1) * math.exp(-1 / temperature)),
                "That is the smallest loss. The bound is $\\ln K$ minus it.",
            ),
            bits_for_nats(exact),
        ],
        limits=[
            Limit(
                "A model that finds all alike shows 0 nats, so the most is not below that.",
                below=0.0,
            ),
            Limit("The mean never exceeds $1/\\tau$.", above=1 / temperature),
        ],
        hint=[
            "How far ahead can the partner's score be, on average?",
            "$\\ln K - \\ln\\bigl(1 + (K - 1)\\,e^{-1/\\tau}\\bigr)$.",
            f"$e^{{-1/\\tau}} = {math.exp(-1 / temperature):.4g}$.",
        ],
        solution=f"$\\ln {k} - \\ln(1 + {k - 1} \\cdot {math.exp(-1 / temperature):.4g}) = {exact:.4f}$ "
        "nats.",
    )


roof = varied(
    _roof,
    [
        (64, 0.4),
        (128, 0.4),
        (256, 0.3),
        (64, 0.25),
        (48, 0.3),
        (32, 0.3),
        (80, 0.25),
        (128, 0.3),
        (200, 0.3),
        (100, 0.4),
    ],
)

# ---- a critic ----

_TWICE = donsker_varadhan(2 * _ratio(0.2), 2 * _ratio(0.2), p=_copy(0.2), q=data.APART)

last_step = Number(
    "bound-critic-last-step",
    stars=1,
    minutes=2,
    unit="nats",
    tolerance=5e-4,
    question="A fair bit and its copy, flipped with probability 0.2; the critic is *twice* the log of "
    "the ratio. *The ratios* are 1.6 for equal bits and 0.4 for unequal ones. *The first mean*, over "
    "pairs that belong together, is $2\\,(0.8 \\ln 1.6 + 0.2 \\ln 0.4) = 0.3855$. *The second mean*, of "
    "the exponential over bits drawn apart, is $\\frac12 (1.6^2 + 0.4^2) = 1.36$. What is the bound of "
    "Donsker and Varadhan?",
    answer=_TWICE,
    why="The bound subtracts the logarithm of the second mean.",
    mistakes=[
        Mistake(0.3855 - 1.36, "Subtract its *logarithm*.", tolerance=5e-4),
        Mistake(
            0.3855 - 0.36,
            "That is the tangent's bound for the critic plus one: it is lower.",
            tolerance=5e-4,
        ),
        Mistake(
            0.3855 - 1.36 / math.e,
            "That is the tangent's bound for the critic as it is: it is lower.",
            tolerance=5e-4,
        ),
        Mistake(0.3855 + math.log(1.36), "The logarithm is subtracted.", tolerance=5e-4),
    ],
    limits=[
        Limit("A fair bit holds $\\ln 2$ nats, and no lower bound says more.", above=math.log(2))
    ],
    hint=[
        "Which of the two means goes into a logarithm?",
        "$E_p[f] - \\ln E_q[e^f]$.",
        "$0.3855 - \\ln 1.36$.",
    ],
    solution=f"$0.3855 - 0.3075 = {_TWICE:.4f}$ nats, of {_nats(0.2):.4f} that there are.",
)


def _alone(height, flip):
    first = (1 - 2 * flip) * height
    exact = first - math.log(math.cosh(height))
    return Number(
        "bound-critic-alone",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=1e-3,
        question=f"The copy of a fair bit is flipped with probability {flip:g}. A critic says {height:g} "
        f"for equal bits and −{height:g} for unequal ones. Which bound on the information does Donsker "
        "and Varadhan's formula give?",
        answer=exact,
        why="The first mean is over pairs that belong together, the second over bits drawn apart.",
        mistakes=[
            Mistake(
                first - math.cosh(height) + 1,
                "That is the tangent's bound for the critic plus one. The logarithm gives more.",
            ),
            Mistake(
                first - math.cosh(height) / math.e,
                "That is the tangent's bound for the critic as it is, which is lower than the "
                "logarithm's.",
            ),
            Mistake(
                first - math.log((1 - flip) * math.exp(height) + flip * math.exp(-height)),
                "The second mean is over bits drawn apart: half of these pairs are equal.",
            ),
            Mistake(first, "The second term is missing: a large score must be paid for."),
        ],
        limits=[
            Limit(
                "A fair bit holds $\\ln 2$ nats, and no lower bound says more.", above=math.log(2)
            )
        ],
        hint=[
            "How often are the bits equal, together and apart?",
            f"$E_p[f] - \\ln E_q[e^f]$ with $E_p[f] = (1 - 2 \\cdot {flip:g}) \\cdot {height:g}$.",
            f"$E_q[e^f] = \\frac12(e^{{{height:g}}} + e^{{-{height:g}}}) = {math.cosh(height):.4f}$.",
        ],
        solution=f"${first:.4f} - \\ln {math.cosh(height):.4f} = {exact:.4f}$ nats; there are "
        f"{_nats(flip):.4f}.",
    )


alone = varied(
    _alone,
    [
        (1, 0.1),
        (0.5, 0.2),
        (1, 0.2),
        (0.8, 0.1),
        (1.2, 0.05),
        (0.5, 0.1),
        (0.7, 0.15),
        (1.3, 0.1),
        (1.5, 0.02),
        (0.8, 0.25),
    ],
)


def _guess(flip, belief):
    exact = barber_agakov(_copy(flip), [[belief, 1 - belief], [1 - belief, belief]])
    return Number(
        "bound-guess",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=1e-3,
        question=f"The copy of a fair bit is flipped with probability {flip:g}. A guesser believes that it is "
        f"right with probability {belief:g}. Which lower bound on the information do its guesses give?",
        answer=exact,
        why="The bound is the entropy of the bit minus the guesser's cross-entropy.",
        mistakes=[
            Mistake(
                _nats(flip),
                "That is the information itself; a guesser with a wrong belief shows less.",
            ),
            Mistake(
                math.log(2) - exact,
                "That is the cross-entropy. Take it from $\\ln 2$.",
            ),
            Mistake(
                _nats(1 - belief),
                "You took the mean with the guesser's belief. The pairs come from the world.",
            ),
            bits_for_nats(exact),
        ],
        limits=[
            Limit(
                "A fair bit holds $\\ln 2$ nats, and no lower bound says more.", above=math.log(2)
            )
        ],
        hint=[
            "What does the guesser pay per bit, on average?",
            "$H(X) + \\sum p(x,y) \\ln g(x \\mid y)$.",
            f"$\\ln 2 + {1 - flip:g} \\ln {belief:g} + {flip:g} \\ln {1 - belief:.4g}$.",
        ],
        solution=f"${math.log(2):.4f} + {1 - flip:g} \\cdot ({math.log(belief):.4f}) + {flip:g} \\cdot "
        f"({math.log(1 - belief):.4f}) = {exact:.4f}$ nats.",
    )


guess = varied(
    _guess,
    [
        (0.2, 0.9),
        (0.2, 0.7),
        (0.3, 0.8),
        (0.05, 0.9),
        (0.15, 0.7),
        (0.25, 0.85),
        (0.05, 0.8),
        (0.3, 0.6),
        (0.12, 0.8),
        (0.25, 0.6),
    ],
)

shift = Choice(
    "bound-shift",
    stars=1,
    minutes=2,
    question="To every score of a critic the same number, one nat, is added. Which of these numbers "
    "can change?",
    options=[
        Option("the contrastive loss", "The constant cancels within each row."),
        Option("the bound of Donsker and Varadhan", "It comes out of the logarithm and cancels."),
        Option(
            "the tangent's bound",
            "$E_p$ grows by 1, the second term by the factor $e$: one height is right, and no other.",
            right=True,
        ),
        Option("the guess that the critic makes", "It is normalised for each $y$."),
    ],
    hint=[
        "Which of them divides by a sum of exponentials?",
        "A constant cancels wherever $e^f$ is normalised.",
        "The tangent has $E_q[e^{f-1}]$ without a logarithm.",
    ],
    solution="The tangent knows no normalising: its best critic is $1 + \\ln p/q$ exactly.",
)

# ---- from batches ----


def _variance(nats):
    exact = math.exp(2 * nats) - 1
    return Number(
        "bound-variance",
        stars=2,
        minutes=3,
        unit="",
        tolerance=10.0 ** (math.floor(math.log10(exact)) - 2),
        question=f"Two jointly Gaussian variables share {nats:g} nats. What is the variance of the ratio "
        "$p(x,y)/(p(x)\\,p(y))$ over pairs that are drawn apart?",
        answer=exact,
        why="For Gaussian pairs the mean square of the ratio is $1/(1 - \\rho^2) = e^{2I}$.",
        mistakes=[
            Mistake(
                math.exp(nats) - 1,
                "The exponent is *twice* the information.",
                tolerance=0.005 * math.exp(nats),
            ),
            Mistake(
                math.exp(2 * nats), "That is the mean square. The square of the mean, 1, comes off."
            ),
            Mistake(2 * nats, "It grows with the exponential of the information.", tolerance=0.01),
        ],
        limits=[Limit("A variance is never negative.", below=0)],
        hint=[
            "How is the information of Gaussian pairs related to $1 - \\rho^2$?",
            "$I = -\\frac12 \\ln(1 - \\rho^2)$, and the variance is $1/(1 - \\rho^2) - 1$.",
            f"$1/(1 - \\rho^2) = e^{{2 \\cdot {nats:g}}}$.",
        ],
        solution=f"$e^{{{2 * nats:g}}} - 1 = {exact:.4g}$; a mean over $n$ strangers has an $n$th of it.",
    )


variance = varied(_variance, [1.5, 2.1, 2.2, 1.9, 1.4, 1.2, 1.6, 2.3, 1.8, 1.7])

_ORDER = {
    "contrastive bound, K = 2": infonce_expected(data.COPY, 2),
    "a guesser who believes 0.8": barber_agakov(data.COPY, [[0.8, 0.2], [0.2, 0.8]]),
    "Donsker–Varadhan, exact": _nats(data.FLIP),
    "Donsker–Varadhan, 8 strangers, on average": float(np.dot(*figures.estimates(8))),
    "K = 2 without the partner below": float(np.sum((data.COPY - data.APART) * data.RATIO)),
}

order = Ordering(
    "bound-order",
    stars=2,
    minutes=4,
    question="A fair bit and its copy, flipped one time in ten. Order these five readings; but for the "
    "guesser, all use the true critic. (“Below” means in the denominator.)",
    items=[Item(name, _ORDER[name]) for name in sorted(_ORDER, reverse=True)],
    direction="the smallest first",
    mistakes=[
        Swap(
            "a guesser who believes 0.8",
            "contrastive bound, K = 2",
            "Among two candidates half of the information is shown; the guesser is nearly right.",
        ),
        Swap(
            "Donsker–Varadhan, exact",
            "a guesser who believes 0.8",
            "The one reaches the information, the other is a bound with a wrong belief.",
        ),
        Swap(
            "Donsker–Varadhan, 8 strangers, on average",
            "Donsker–Varadhan, exact",
            "The logarithm of a mean over few is too small, and it is subtracted.",
        ),
        Swap(
            "K = 2 without the partner below",
            "Donsker–Varadhan, 8 strangers, on average",
            "Without the partner in the denominator it is a sum of two divergences.",
        ),
    ],
    hint=[
        "Which of them are lower bounds, and which are none?",
        "The exact value of Donsker and Varadhan's formula with the true critic is the information.",
        "Two stand below it, two above; of two candidates exactly half is shown.",
    ],
    why="Bounds are below the information; a logarithm of a mean over few, and a loss without its "
    "partner, are above.",
    solution="Half of the information, {:.4f}; $\\ln 2 + 0.9 \\ln 0.8 + 0.1 \\ln 0.2 = {:.4f}$; all of it, "
    "{:.4f}; {:.4f} with eight strangers, as the logarithm that is subtracted is below 0 on average; and $(0.9 - 0.5) \\ln 1.8 + "
    "(0.1 - 0.5) \\ln 0.2 = {:.4f}$ nats.".format(*_ORDER.values()),
)

confident = Choice(
    "bound-confident",
    stars=2,
    minutes=3,
    question="“From 10,000 pairs of pictures we show, with 99% confidence and without any assumption "
    "about them, that they share at least 40 nats.” What is to be said?",
    options=[
        Option("It needs a better critic.", "The limit does not depend on the critic."),
        Option(
            "It cannot be: such a bound is at most of the order of the logarithm of the number of pairs.",
            "10,000 pairs look the same in a world that shares far less and happens to show no repeat.",
            right=True,
        ),
        Option(
            "It needs a bound without a ceiling, such as Donsker and Varadhan's.",
            "The formula has no ceiling, but its estimate then needs astronomically many strangers.",
        ),
        Option(
            "It is fine, as the pictures have thousands of pixels.",
            "Nobody doubts the 40 nats, only that these pairs prove them.",
        ),
    ],
    hint=[
        "What do $n$ pairs say about pictures that are rarer than one in $n$?",
        "Distribution-free bounds with confidence stop at the order of $\\ln n$.",
        "A world of $50 n^2$ symbols shows no repeat either: compare its $\\ln(50 n^2)$ with 40.",
    ],
    solution="With an assumption, such as a model of the densities, more can be concluded; then it is "
    "the assumption that is believed.",
)


def _above(flip, fitted):
    exact = (0.5 - flip) * math.log((1 - fitted) / fitted)
    return Number(
        "bound-above",
        stars=3,
        minutes=5,
        unit="nats",
        tolerance=1e-3,
        question=f"The copy of a fair bit is flipped with probability {flip:g}, but a fitted model says "
        f"{fitted:g}. The log of the model's conditional, averaged over pairs that belong together, "
        "minus its average over bits drawn apart, is an upper bound on the information if the model is "
        "true. What does it give here?",
        answer=exact,
        why="Both means are taken in the world; only the logarithm is the model's.",
        mistakes=[
            Mistake(
                (0.5 - flip) * math.log((1 - flip) / flip),
                "That is the value for the true conditional, which nobody has.",
            ),
            Mistake(
                (0.5 - fitted) * math.log((1 - fitted) / fitted),
                "The means are over what happens, not over the model.",
            ),
            Mistake(
                2 * exact,
                "Bits drawn apart are equal half of the time, not with the probability of a flip.",
            ),
            bits_for_nats(exact),
        ],
        hint=[
            "What is the model's log-probability of equal and of unequal bits?",
            "$E_p[\\ln r(y \\mid x)] - E_q[\\ln r(y \\mid x)]$ with the means of the world.",
            f"$({1 - flip:g} - 0.5) \\ln {1 - fitted:g} + ({flip:g} - 0.5) \\ln {fitted:g}$.",
        ],
        solution=f"$(0.5 - {flip:g}) \\ln\\frac{{{1 - fitted:g}}}{{{fitted:g}}} = {exact:.4f}$ nats; the "
        f"information is {_nats(flip):.4f}.",
    )


above = varied(
    _above,
    [
        (0.05, 0.35),
        (0.1, 0.45),
        (0.1, 0.36),
        (0.2, 0.4),
        (0.2, 0.35),
        (0.02, 0.2),
        (0.2, 0.3),
        (0.15, 0.4),
        (0.02, 0.32),
        (0.15, 0.3),
    ],
)

# ---- a classifier ----


def _logit(times, logit):
    exact = logit + math.log(times)
    return Number(
        "bound-logit",
        stars=2,
        minutes=3,
        unit="nats",
        tolerance=1e-3,
        question=f"A classifier learns to tell pairs that belong together from shuffled ones, with "
        f"{times} shuffled pairs for each real one. For a certain pair its logit for “together” is "
        f"${logit:g}$. Which estimate of $\\ln p(x,y)/(p(x)\\,p(y))$ does this give?",
        answer=exact,
        why="The logit of the best classifier is the log-ratio plus the log of the odds before.",
        mistakes=[
            Mistake(float(logit), f"One pair in {times + 1} was real: the odds before count."),
            Mistake(
                logit - math.log(times),
                "The prior odds lower the logit, so they have to be given back.",
            ),
            Mistake(logit + times, "Odds multiply, so their *logarithms* add."),
        ],
        hint=[
            "What would the logit be for a pair about which nothing is known?",
            "Logit = $\\ln\\frac{p}{q} + \\ln\\frac{1}{m}$ with $m$ shuffled pairs for each real one.",
            f"$\\ln\\frac{{p}}{{q}} = {logit:g} + \\ln {times}$.",
        ],
        solution=f"${logit:g} + {math.log(times):.4f} = {exact:.4f}$ nats.",
    )


logit = varied(
    _logit,
    [
        (4, -0.2),
        (5, 0.3),
        (3, -0.5),
        (10, -1.2),
        (20, -1.5),
        (8, 0.4),
        (6, -0.7),
        (15, -2.0),
        (2, 0.6),
        (12, -1.1),
    ],
)


def _words(times, k):
    exact = math.log(times) - math.log(k)
    return Number(
        "bound-words",
        stars=1,
        minutes=2,
        unit="nats",
        tolerance=1e-3,
        question=f"Two words meet {times} times as often as by chance. Word vectors are learnt with {k} "
        "negative samples for each pair, drawn by their frequency. Which scalar product do the two "
        "vectors have where the loss is smallest, if the vectors have entries enough to allow anything?",
        answer=exact,
        why="The optimum is the pointwise mutual information minus the log of the negative samples.",
        mistakes=[
            Mistake(math.log(times), "That is the pointwise mutual information alone."),
            Mistake(math.log(times * k), "The negative samples lower it."),
            Mistake(times / k, "Take the logarithm."),
            bits_for_nats(exact),
        ],
        hint=[
            "What does a classifier's logit have in it beside the log-ratio?",
            "$v \\cdot w = \\mathrm{pmi} - \\ln k$.",
            f"$\\ln {times} - \\ln {k}$.",
        ],
        solution=f"$\\ln({times}/{k}) = {exact:.4f}$ nats.",
    )


words = varied(
    _words,
    [(3, 5), (24, 5), (8, 5), (12, 10), (50, 15), (2, 5), (30, 10), (6, 15), (100, 20), (9, 2)],
)

# ---- who stands in the batch ----


def _without(flip):
    exact = (0.5 - flip) * math.log((1 - flip) / flip)
    return Number(
        "bound-without",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=2e-3,
        question=f"The copy of a fair bit is flipped with probability {flip:g}. A program leaves the "
        "partner out of the denominator. With one stranger and the true critic, what does its “bound”, "
        "score of the partner minus score of the stranger, give on average?",
        answer=exact,
        why="It is $E_p[f] - E_q[f]$, which is $D(p‖q) + D(q‖p)$.",
        mistakes=[
            Mistake(
                _nats(flip), "That is the information, $E_p[f]$. The stranger's score is missing."
            ),
            Mistake(
                infonce_expected(_copy(flip), 2),
                "That is the bound with the partner where it belongs.",
            ),
            Mistake(
                exact - _nats(flip),
                "That is $D(q‖p)$, the second part alone.",
            ),
            bits_for_nats(exact),
        ],
        limits=[
            Limit(
                "The true critic scores the partner higher than the stranger, on average.",
                below=0.0,
            )
        ],
        hint=[
            "What is the critic for equal and for unequal bits?",
            "$E_p[f] - E_q[f]$ with $f = \\ln 2(1 - \\epsilon)$ for equal bits, else $\\ln 2\\epsilon$; "
            "$\\epsilon$ is the probability of a flip.",
            f"Equal bits: {1 - flip:g} of the pairs together, 0.5 apart. So it is "
            f"$({1 - flip:g} - 0.5) \\ln {2 - 2 * flip:.4g} + ({flip:g} - 0.5) \\ln {2 * flip:.4g}$.",
        ],
        solution=f"${0.5 - flip:.4g} \\cdot {math.log(2 - 2 * flip):.4f} - {0.5 - flip:.4g} \\cdot "
        f"({math.log(2 * flip):.4f}) = {exact:.4f}$ nats, more than the {_nats(flip):.4f} there are.",
    )


without = varied(_without, [0.2, 0.05, 0.15, 0.22, 0.3, 0.02, 0.12, 0.1, 0.18, 0.03])

same_class = Choice(
    "bound-same-class",
    stars=2,
    minutes=3,
    question="Pictures of ten classes; partners are two pictures of one class that have nothing else in "
    "common. A program takes its 63 strangers from *other* classes only. The loss falls to 0, and the "
    "log says: at least $\\ln 64 = 4.16$ nats. What is true?",
    options=[
        Option("4.16 nats are shared.", "Partners share the class, at most $\\ln 10$ nats."),
        Option(
            "It is no bound: strangers must be drawn as they come, of the same class as well.",
            "With strangers of the same class now and then, the loss cannot reach 0.",
            right=True,
        ),
        Option(
            "The loss is computed wrongly: it cannot be 0.",
            "It can: a critic that knows the classes is never in doubt.",
        ),
        Option("The bound is right, but in bits.", "The logarithm is natural."),
    ],
    hint=[
        "How much can partners share, if it is the class alone?",
        "The bound needs strangers that are independent draws of $p(y)$.",
        "$\\ln 10 = 2.303$ is less than 4.16.",
    ],
    solution="Leaving out false negatives may make a better training signal; the number is then no "
    "longer a bound on the information.",
)

# ---- on the sphere ----


def _aligned(cosine):
    exact = 2 - 2 * cosine
    return Number(
        "bound-aligned",
        stars=1,
        minutes=2,
        unit="",
        tolerance=1e-3,
        question=f"The embeddings of partners have length 1 and a mean cosine of {cosine:g}. What is their "
        "alignment, the mean of the squared distance?",
        answer=exact,
        why="$|x - y|^2 = 2 - 2\\,x \\cdot y$ for vectors of length 1.",
        mistakes=[
            Mistake(1 - cosine, "Both lengths count: $|x|^2 + |y|^2 = 2$."),
            Mistake(math.sqrt(exact), "The distance is squared."),
            Mistake(2 * cosine, "The scalar product is subtracted from 2."),
        ],
        limits=[
            Limit("A squared distance is never negative.", below=0),
            Limit(
                "Points of a sphere of radius 1 are at most 2 apart, so the square is at most 4.",
                above=4,
            ),
        ],
        hint=[
            "Multiply $(x - y) \\cdot (x - y)$ out.",
            "$|x|^2 + |y|^2 - 2\\,x \\cdot y$, and the lengths are 1.",
            f"$2 - 2 \\cdot {cosine:g}$.",
        ],
        solution=f"$2 - 2 \\cdot {cosine:g} = {exact:g}$.",
    )


aligned = varied(_aligned, [0.9, 0.8, 0.65, 0.45, 0.95, 0.7, 0.85, 0.55, 0.4, 0.3])

# The loss of a critic that tells 50 cameras apart, and nothing else.
_camera = math.log(32) - data.reading(50, 0, 32, math.inf)

views = Choice(
    "bound-views",
    stars=2,
    minutes=3,
    question="Every picture shows one of ten animals and was taken by one of 50 cameras; all are equally likely. "
    "Both views keep the animal, and the tint of the camera. A network is trained with 32 candidates. The loss falls "
    "from 3.47 to 0.50 nats. What follows?",
    options=[
        Option(
            "It has learnt the animal.",
            "The animal alone would not do: it shows $\\ln 10$ nats at most, and 2.97 were shown.",
        ),
        Option("It has learnt animal and camera.", "It need not know both."),
        Option(
            "It need not know the animal: the camera alone suffices.",
            "Most of 31 strangers come from another camera. A critic that knows cameras only has a "
            f"loss of {_camera:.2f} nats.",
            right=_camera < 0.50,
        ),
        Option("It has learnt the background.", "Nobody said that the views share it."),
    ],
    hint=[
        "What do the two views share?",
        "Camera and animal are both shared; which of them is easier?",
        "$\\ln 50$ is above the ceiling $\\ln 32$, and $\\ln 10$ far below the $3.47 - 0.50$ shown.",
    ],
    solution="Change the tint at random in each view: then it is no longer shared, and the camera is of "
    "no use.",
)

# ---- at the end ----

proof = Derivation(
    "bound-proof",
    stars=3,
    minutes=10,
    question="Prove that the contrastive bound is one: $\\ln K - E[L] \\le I(X;Y)$ for every critic. Let $S$ "
    "be the place of the partner, uniform among $1, …, K$; all $Y_j$ with $j \\ne S$ are independent "
    "draws of $p(y)$, and $Y_S$ is the partner of $X$.",
    hint=[
        "The loss is that of guessing $S$ from everything that is seen.",
        "A cross-entropy is at least the conditional entropy; then the chain rule of mutual information.",
        "Begin: $E[L] \\ge H(S \\mid X, Y_1, …, Y_K)$.",
    ],
    steps=[
        Step(
            "The softmax of the scores is a guess of $S$, and $E[L]$ is its cross-entropy, so $E[L] \\ge "
            "H(S \\mid X, Y_1, …, Y_K)$.",
            "Say what the loss is, as a cross-entropy.",
        ),
        Step(
            "As $H(S) = \\ln K$, it follows that $\\ln K - E[L] \\le I(S; X, Y_1, …, Y_K)$.",
            "Take the entropy of $S$ and subtract.",
        ),
        Step(
            "Without $X$ the candidates are $K$ independent draws of $p(y)$, whatever $S$: $I(S; Y_1, …, "
            "Y_K) = 0$. By the chain rule the right side is $I(S; X \\mid Y_1, …, Y_K)$.",
            "What do the candidates alone tell about $S$?",
        ),
        Step(
            "By the chain rule again, $I(S; X \\mid Y_1, …, Y_K) \\le I(S, Y_1, …, Y_K; X)$.",
            "Put the candidates to the left of the semicolon.",
        ),
        Step(
            "$X$ depends on all of these through $Y_S$ alone, so $I(S, Y_1, …, Y_K; X) = I(Y_S; X) = I(X;Y)$.",
            "Which of the candidates has to do with $X$?",
        ),
    ],
    why="The loss guesses a place, and the place is known only by way of what $X$ says about its partner.",
)


def my_infonce(scores):
    """Return ln K − loss of a table of scores, row i's partner in column i, in nats."""
    scores = np.asarray(scores, float)
    top = scores.max(axis=1, keepdims=True)
    log_sum = top[:, 0] + np.log(np.exp(scores - top).sum(axis=1))
    loss = np.mean(log_sum - np.diag(scores))
    return float(np.log(len(scores)) - loss)


def _log_sum(scores, axis=1):
    top = scores.max(axis=axis)
    gap = scores - np.expand_dims(top, axis)
    return top + np.log(np.exp(gap).sum(axis=axis))


def _without_partner(scores):
    scores = np.asarray(scores, float)
    others = np.where(np.eye(len(scores), dtype=bool), -np.inf, scores)
    return float(np.log(len(scores)) - np.mean(_log_sum(others) - np.diag(scores)))


def _columns(scores):
    scores = np.asarray(scores, float)
    return float(np.log(len(scores)) - np.mean(_log_sum(scores, axis=0) - np.diag(scores)))


def _from_gaps(gaps):
    return float(np.log(len(gaps)) + np.mean(np.diag(gaps) - np.log(np.exp(gaps).sum(axis=1))))


def _wrong_maximum(scores):
    return _from_gaps(scores - np.max(scores, axis=0))


def _from_mean(scores):
    return _from_gaps(scores - np.mean(scores, axis=1, keepdims=True))


def _one_maximum(scores):
    return _from_gaps(scores - np.max(scores))


def _from_partner(scores):
    return _from_gaps(scores - np.diag(scores)[:, None])


def _overflows(scores):
    scores = np.asarray(scores, float)
    with np.errstate(over="ignore", invalid="ignore"):
        p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        return float(np.log(len(scores)) + np.log(np.diag(p)).mean())


def _loss_only(scores):
    scores = np.asarray(scores, float)
    return float(np.mean(_log_sum(scores) - np.diag(scores)))


_PLAIN = "It is $\\ln K - L$ in nats, and the partner stands in the denominator, too."
_ROWS = (
    "A row's partner is sought among the columns: the sum, and the maximum if one is taken off, are "
    "those of the row."
)
_BIG = "Scores of a thousand are no trouble."
_SMALL = "A row of small scores counts beside a row of large ones."
_FAR = "A partner that is far behind costs as much as the scores say, and not infinity."
_CHANCE = "A model that finds all candidates alike shows 0: its loss is $\\ln K$."

code = Code(
    "bound-code",
    stars=2,
    minutes=10,
    question="Write `my_infonce(scores)`: the contrastive bound $\\ln K - L$ in nats, from a $K \\times K$ "
    "table in which row $i$ has its partner in column $i$. Scores may be as large as 1000.",
    solution=my_infonce,
    reference=lambda scores: infonce(scores).bound,
    cases=[
        Case(_CHANCE, (np.zeros((4, 4)),)),
        Case(_PLAIN, (np.array([[2.0, 0.0], [0.0, 2.0]]),)),
        Case(_ROWS, (np.array([[2.0, 1.0, 0.0], [-1.0, 1.0, 0.5], [0.0, -2.0, 0.5]]),)),
        Case(_BIG, (np.array([[1000.0, 0.0, 999.0], [0.0, 1000.0, 0.0], [5.0, 0.0, 1000.0]]),)),
        Case(_BIG, (1000 * np.eye(4),)),  # far above the mean of their row
        Case(_SMALL, (np.array([[1000.0, 0.0], [0.0, 1.0]]),)),
        Case(_FAR, (np.array([[0.0, 1000.0], [0.0, 1.0]]),)),
    ],
    mistakes=[
        Slip(_loss_only, _CHANCE),
        Slip(_without_partner, _CHANCE),
        Slip(_columns, _ROWS),
        Slip(_wrong_maximum, _ROWS),
        Slip(_overflows, _BIG),
        Slip(_from_mean, _BIG),
        Slip(_one_maximum, _SMALL),
        Slip(_from_partner, _FAR),
    ],
    hint=[
        "Which scores stand in the denominator of row $i$?",
        "$L = \\frac1K \\sum_i \\bigl(\\ln \\sum_j e^{s_{ij}} - s_{ii}\\bigr)$; take the largest of each *row* "
        "out of the sum first.",
        "Begin: `top = scores.max(axis=1, keepdims=True)`.",
    ],
    why="The loss is a cross-entropy over each row, and its maximum must be taken along the row as well.",
    call="exercises.code.check(my_infonce)",
)
