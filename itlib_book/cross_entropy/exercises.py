"""The exercises of the chapter on cross-entropy."""

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
    OwnScores,
    Prediction,
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import (
    binary_cross_entropy,
    cross_entropy,
    entropy,
    kl_divergence,
    softmax,
    softmax_cross_entropy,
)
from itlib_book.cross_entropy import demos, figures
from itlib_book.shared.common_mistakes import (
    base_ten_for_nats,
    bits_for_nats,
    nats_for_bits,
    percent_for_fraction,
    swapped,
)

NATS = math.e

# ---- what the reader says before looking ----

_TRUE = float(binary_cross_entropy(1, 0.0))

guess_libraries = Prediction(
    "xent-three-libraries",
    question="What is the loss of the prediction zero, when the mail is spam?",
    options=["one of the three numbers", "another number", "no finite number"],
    happens="no finite number" if math.isinf(_TRUE) else "another number",
    saw="A loss is a surprise, and the surprise at something that was ruled out is infinite. "
    "The three numbers are the ceilings of the dashed curves: each library cuts the loss off "
    "somewhere else. What none of them can see any more is the straight line, the loss "
    "that the network itself could have reported. The section *When it breaks* takes this up.",
)

_FAIR = [demos.spent(p, 0.5) for p in (0.75, 0.5)]

guess_bill = Prediction(
    "xent-fairer-coin",
    question="A coin shows heads three times out of four, and its tosses are sent in a code made for "
    "a fair coin. Keep the code, and make the coin fairer. What happens to the bits per toss?",
    options=["they rise", "they fall", "they stay as they are"],
    happens="they stay as they are" if math.isclose(*_FAIR) else "they fall",
    saw="The fair coin's code costs one bit per toss whatever the coin does: the bill stays, and the "
    "part of it that is waste shrinks to nothing as the coin becomes fair. "
    "In general the bill is a *straight line* in $p$, since $p$ enters the sum only as a weight. "
    "The line touches the entropy curve at $q$ and lies above it everywhere else; that is Gibbs' "
    "inequality, as a picture. Now drag $q$ to 1, a code with no word for tails: "
    "at $q = 0$ and $q = 1$ the line stands upright, and the bill is infinite for every coin but "
    "one.",
)

_MAILS = binary_cross_entropy(figures.LABELS, figures.PREDICTIONS)

guess_share = Prediction(
    "xent-worst-mail",
    question="Five mails: three of them spam, to which a filter gave the probabilities 0.9, 0.7 and "
    "0.4 of being spam, and two honest ones, to which it gave 0.2 and 0.1. How many per cent of "
    "the total loss come from the spam that it gave 0.4?",
    unit="%",
    happens=round(100 * float(_MAILS[3] / _MAILS.sum())),
    saw="The surprise grows the faster the smaller the probability, so one half-hearted mistake costs "
    "more than four good answers together.",
)

_SPREAD = [float(cross_entropy([1, 0, 0, 0], q)) for q in ([0.4, 0.2, 0.2, 0.2], [0.4, 0.6, 0, 0])]

guess_spread = Prediction(
    "xent-the-rest",
    question="Two models give the true class 0.4. One spreads the other 0.6 evenly over three wrong "
    "classes, the other gives all of it to a single wrong one. Which one has the larger loss?",
    options=["the one that spreads", "the one with a single favourite", "both have the same"],
    happens="both have the same" if math.isclose(*_SPREAD) else "the one that spreads",
    saw="The loss reads the probability of the true class and nothing else. "
    "Accuracy sees a difference: the second model has a wrong favourite.",
)

# ---- the bill ----

_STEPS = np.array([0.5, 0.25, 0.25]), np.array([0.25, 0.25, 0.5])
_SPENT = cross_entropy(*_STEPS)

bill_last_step = Number(
    "xent-bill-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    question="Red, green and blue come with the probabilities 1/2, 1/4 and 1/4, and the code was made "
    "for 1/4, 1/4 and 1/2.\n\n"
    "1. Lengths of its words: $-\\log_2 q$ is 2, 2 and 1 bits.\n"
    "2. How often each is used: 1/2, 1/4 and 1/4 of the time.\n"
    "3. Bits per signal: …\n\nDo the last step.",
    answer=_SPENT,
    why="Each length counts as often as its word is used.",
    mistakes=[
        Mistake(5 / 3, "That is the plain mean of the lengths. Red comes more often than blue."),
        Mistake(
            entropy(_STEPS[0]),
            "That is what is needed, $H(p)$, and also the mean length over signals from $q$. "
            "The code was made for $q$, and the signals come from $p$.",
        ),
        Mistake(kl_divergence(*_STEPS), "That is the waste. What is needed is spent as well."),
    ],
    limits=[Limit("No code spends less on average than the entropy.", below=entropy(_STEPS[0]))],
    hint=[
        "Which of the two distributions says how often a word is used?",
        "$\\mathrm{CE}(p, q) = \\sum_x p(x) \\cdot (-\\log_2 q(x))$.",
        "Red brings $\\frac12 \\cdot 2$.",
    ],
    solution=f"$\\frac12 \\cdot 2 + \\frac14 \\cdot 2 + \\frac14 \\cdot 1 = {_SPENT:g}$ bits.",
)


def _bill_of(p, q):
    coin, code_for = np.array([p, 1 - p]), np.array([q, 1 - q])
    spent = cross_entropy(coin, code_for)
    return Number(
        "xent-wrong-coin",
        stars=1,
        minutes=3,
        unit="bits",
        question=f"A coin shows heads with probability {p}; the code is made for a coin that shows "
        f"heads with probability {q}. How many bits per toss does the code spend?",
        answer=spent,
        why="The mean of $-\\log_2 q$ is taken with the probabilities of what really happens.",
        mistakes=[
            nats_for_bits(spent),
            swapped(cross_entropy, coin, code_for),
            Mistake(
                kl_divergence(coin, code_for),
                "That is the waste $D(p‖q)$. What is needed is spent as well.",
            ),
            Mistake(entropy(coin), "That is what the coin needs. The wrong code spends more."),
            Mistake(
                entropy(code_for), "That is what the code would spend on the coin it was made for."
            ),
        ],
        limits=[
            Limit(
                "No code spends less on average than the entropy of the coin.", below=entropy(coin)
            )
        ],
        hint=[
            "The code has two lengths, made for one coin. How often does the other coin use each?",
            "$\\mathrm{CE}(p, q) = -p \\log_2 q - (1 - p) \\log_2 (1 - q)$.",
            f"Heads cost $-\\log_2 {q} = {-math.log2(q):.4f}$ bits.",
        ],
        solution=f"Heads cost {-math.log2(q):.4f} bits and tails {-math.log2(1 - q):.4f}; weighted "
        f"with {p} and {1 - p:.4g} that is {spent:.4f} bits, of which {entropy(coin):.4f} are needed "
        f"and {kl_divergence(coin, code_for):.4f} wasted.",
    )


bill_alone = varied(
    _bill_of,
    [
        (0.75, 0.9),
        (0.6, 0.8),
        (0.3, 0.6),
        (0.9, 0.7),
        (0.2, 0.45),
        (0.55, 0.15),
        (0.8, 0.95),
        (0.35, 0.1),
        (0.65, 0.2),
        (0.15, 0.4),
    ],
)

# ---- losses ----


def _uniform_start(k):
    start = float(softmax_cross_entropy(np.zeros(k), 1))
    return Number(
        "xent-uniform-start",
        stars=1,
        minutes=2,
        unit="nats",
        question=f"A network for {k} classes is initialised with tiny weights, so that all its logits "
        "are about zero. What loss should its first batch show?",
        answer=start,
        why=f"Equal logits are a uniform prediction, and the surprise at one of {k} is $\\ln {k}$ "
        "whatever the labels are.",
        mistakes=[
            bits_for_nats(start),
            base_ten_for_nats(start),
            Mistake(
                1 / k, "That is the probability of the true class; the loss is minus its logarithm."
            ),
            Mistake(
                -start, "The size is right. A surprise is minus the logarithm of a probability."
            ),
            Mistake(1 - 1 / k, "That would be the error rate of guessing. The loss is a surprise."),
        ],
        limits=[Limit("A mean loss is never negative.", below=0)],
        hint=[
            f"What does softmax make of {k} equal numbers?",
            "The loss is $-\\ln q_{\\text{true}}$.",
            f"The true class has the probability $1/{k}$.",
        ],
        solution=f"Softmax of equal logits gives $1/{k}$ to every class, and $-\\ln(1/{k}) = \\ln {k} "
        f"= {start:.4f}$ nats. If a fresh network shows much more than that, its logits are "
        "too large; it is sure before it has seen anything.",
    )


uniform_start = varied(_uniform_start, [10, 100, 4, 1000, 20, 50, 5, 365, 26, 7])


_ROWS = np.array([[0.1, 0.8, 0.1], [0.3, 0.6, 0.1]])
_PICKED = _ROWS[[0, 1], [1, 0]]
_BATCH = float(-np.log(_PICKED).mean())

batch = Number(
    "xent-batch",
    stars=1,
    minutes=3,
    unit="nats",
    question="Two examples have the labels 1 and 0 (classes are counted from 0), and the predictions "
    "$(0.1, 0.8, 0.1)$ and $(0.3, 0.6, 0.1)$. What is the loss of the batch, as libraries "
    "report it?",
    answer=_BATCH,
    tolerance=0.001,
    why="The mean of the surprises at the true classes; the other entries do not count.",
    mistakes=[
        bits_for_nats(_BATCH),
        base_ten_for_nats(_BATCH),
        Mistake(2 * _BATCH, "That is the sum. A batch's loss is the mean."),
        Mistake(
            -math.log(_PICKED.mean()),
            "You averaged the probabilities and took the logarithm "
            "afterwards. Asked for is the mean of the logarithms.",
        ),
        Mistake(
            float(-np.log(_ROWS[[0, 1], [1, 1]]).mean()),
            "You took the largest entry of each row. The label says which entry counts.",
        ),
        Mistake(-_BATCH, "The size is right. A surprise is minus the logarithm."),
    ],
    limits=[Limit("A mean loss is never negative.", below=0)],
    hint=[
        "Which entry of each row does the label point at?",
        "The loss of an example is $-\\ln q_{\\text{true}}$, the loss of a batch their mean.",
        "Labels are counted from 0: the first row is read at its second entry.",
    ],
    solution=f"The true classes got 0.8 and 0.3: $(-\\ln 0.8 - \\ln 0.3)/2 = "
    f"({-math.log(0.8):.4f} + {-math.log(0.3):.4f})/2 = {_BATCH:.4f}$ nats. "
    "The first prediction is right and the second wrong, but the loss does not ask for that.",
)

_RIVALS = {
    "(0.34, 0.33, 0.33)": [0.34, 0.33, 0.33],
    "(0.45, 0.55, 0)": [0.45, 0.55, 0],
    "(0.40, 0.30, 0.30)": [0.40, 0.30, 0.30],
    "(0.05, 0.05, 0.90)": [0.05, 0.05, 0.90],
}

order = Ordering(
    "xent-order",
    stars=1,
    minutes=2,
    question="The true class is the first one. Order the predictions by their cross-entropy loss.",
    items=[Item(text, cross_entropy([1, 0, 0], q)) for text, q in _RIVALS.items()],
    direction="the smallest loss first",
    mistakes=[
        Swap(
            "(0.40, 0.30, 0.30)",
            "(0.45, 0.55, 0)",
            "The first of these has the right class on top and the second has not; but does "
            "the loss look at what is on top?",
        )
    ],
    hint=[
        "Does the loss ask which class has the largest probability?",
        "The loss is minus the logarithm of one number of each prediction.",
        "Which numbers are read? The first one of each.",
    ],
    why="Only the probability of the true class counts, and accuracy is another measure.",
    solution="In nats: "
    + "; ".join(
        f"{text}: {cross_entropy([1, 0, 0], q, base=NATS):.4f}" for text, q in _RIVALS.items()
    )
    + ". The prediction with the least loss is counted as an error by the accuracy.",
)


def _typical(mean):
    return Number(
        "xent-typical",
        stars=1,
        minutes=2,
        question=f"A classifier's mean test loss is {mean} nats. What is the geometric mean of the "
        "probabilities that it gave to the true classes?",
        answer=math.exp(-mean),
        why="Minus the loss is the logarithm of the geometric mean, and the exponential undoes it.",
        mistakes=[
            Mistake(2**-mean, "That would be right if the loss were in *bits*. It is in nats."),
            Mistake(math.exp(mean), "That is the perplexity, one over the number asked for."),
            Mistake(1 - mean, f"A loss is not an error rate. Which $q$ has $-\\ln q = {mean}$?"),
            Mistake(mean, "The loss is a surprise and not a probability."),
            percent_for_fraction(math.exp(-mean)),
        ],
        limits=[
            Limit("No probability is negative.", below=0),
            Limit("No probability exceeds 1.", above=1),
        ],
        hint=[
            "Which probability has just this surprise?",
            "The geometric mean is $(\\prod q_i)^{1/n}$, and its logarithm is the mean of the "
            "logarithms.",
            f"$\\frac1n \\sum \\ln q_i = -{mean}$.",
        ],
        solution="$(\\prod q_i)^{1/n} = \\exp(\\frac1n \\sum \\ln q_i) = e^{-"
        f"{mean}}} = {math.exp(-mean):.4f}$. The arithmetic mean is at least as large.",
    )


typical = varied(_typical, [0.35, 0.15, 0.45, 1.2, 0.25, 0.7, 2.3, 1.9, 0.9, 1.6])


def _base_rate(share):
    rate = np.array([share, 1 - share])
    floor = entropy(rate, base=NATS)
    return Number(
        "xent-base-rate",
        stars=2,
        minutes=4,
        unit="nats",
        question=f"A share of {share} of all mails is spam. A filter that looks at nothing gives every "
        "mail the same probability of spam. What is the least mean loss that it can reach?",
        answer=floor,
        why="The best constant is the base rate itself, and what is left is the entropy of the "
        "labels.",
        mistakes=[
            bits_for_nats(floor),
            Mistake(
                math.log(2), "That is what it pays for saying 0.5 every time. It can do better."
            ),
            Mistake(-math.log(1 - share), "That is the loss on honest mails; the spam counts too."),
            Mistake(math.inf, "Saying 0 would cost that. It may say something else."),
            Mistake(0.0, "To pay nothing it would have to tell the mails apart."),
            Mistake(
                share,
                "That is the probability it should say, and its error rate if it calls everything "
                "honest. Its loss is another number.",
            ),
        ],
        limits=[
            Limit("A mean loss is never negative.", below=0.0),
            Limit("Saying 0.5 every time costs $\\ln 2$, and it can do better.", above=math.log(2)),
        ],
        hint=[
            "Which constant is the best one to say?",
            "The mean loss of the constant $q$ is $\\mathrm{CE}(p, q) = H(p) + D(p‖q)$.",
            f"Here $p = ({share}, {1 - share:.4g})$, and the best $q$ makes the second part zero.",
        ],
        solution="$\\mathrm{CE}(p, q) = H(p) + D(p‖q)$ is least for $q = p$: "
        f"$h({share}) = {floor:.4f}$ nats. By this loss a filter that pays more "
        "is worse than one that knows nothing but the base rate, whatever its accuracy.",
    )


base_rate = varied(_base_rate, [0.1, 0.28, 0.05, 0.3, 0.08, 0.15, 0.25, 0.4, 0.13, 0.33])

_VOTES = np.array([0.6, 0.4])

soft = Choice(
    "xent-soft",
    stars=2,
    minutes=3,
    question="Of ten people, six call a picture a cat and four a dog. With the label $(0.6, 0.4)$ a "
    "network predicts $(0.6, 0.4)$, and its loss is "
    f"{cross_entropy(_VOTES, _VOTES, base=NATS):.2f} nats. What can more training do?",
    options=[
        Option(
            "nothing, this is the minimum",
            "The loss is $H(p) + D(p‖q)$, and its second part is zero already.",
            right=kl_divergence(_VOTES, _VOTES) == 0,
        ),
        Option(
            "bring the loss to zero by predicting (1, 0)",
            "The four who say dog would then have been ruled out, and the loss is infinite.",
        ),
        Option(
            "lower the loss by predicting (0.7, 0.3)",
            f"It would rise to {cross_entropy(_VOTES, [0.7, 0.3], base=NATS):.4f} nats. Being "
            "surer than the label costs.",
        ),
        Option(
            "lower it by predicting (0.5, 0.5)",
            f"It would rise to {cross_entropy(_VOTES, [0.5, 0.5], base=NATS):.4f} nats, $\\ln 2$.",
        ),
    ],
    hint=[
        "Can a loss with soft labels become zero?",
        "Split the loss into what is needed and what is wasted: $H(p) + D(p‖q)$.",
        "How large is $D(p‖q)$ when the network repeats the votes?",
    ],
    solution="The floor of the loss is the entropy of the label, "
    f"{entropy(_VOTES, base=NATS):.4f} nats. To see how far training has come, look at the "
    "excess over it.",
)

same_minimum = Choice(
    "xent-same-minimum",
    stars=2,
    minutes=3,
    question="The data distribution $p$ is fixed, and the outcomes that can happen are not all "
    "equally likely; the model $q$ is learned. Which of these leads to another $q$ than the "
    "others?",
    options=[
        Option(
            "minimising $\\mathrm{CE}(p, q)$", "That is $H(p) + D(p‖q)$, and $H(p)$ is a constant."
        ),
        Option(
            "minimising $D(p‖q)$",
            "It differs from $\\mathrm{CE}(p, q)$ by the constant $H(p)$: another least value, at "
            "the same $q$.",
        ),
        Option(
            "maximising the expected log-likelihood of data from $p$",
            "$E_p[\\log q]$ is minus the cross-entropy $\\mathrm{CE}(p, q)$.",
        ),
        Option(
            "minimising $\\mathrm{CE}(q, p)$",
            "The mean is now taken over the model, which does best to "
            "put all its mass on the most likely outcome: $E_q[-\\log p]$ has no term that "
            "rewards spread.",
            right=True,
        ),
    ],
    hint=[
        "Which of them average over the data, and which over the model?",
        "$\\mathrm{CE}(p, q) = H(p) + D(p‖q)$, where $H(p)$ does not depend on the model.",
        "Try $p = (0.6, 0.4)$, and compare $q = p$ with $q = (1, 0)$.",
    ],
    solution="For $p = (0.6, 0.4)$ the first three want $q = p$. The last one wants $q = (1, 0)$: "
    f"$\\mathrm{{CE}}(q, p) = {cross_entropy([1, 0], _VOTES, base=NATS):.4f}$ nats there, "
    f"against {cross_entropy(_VOTES, _VOTES, base=NATS):.4f} for $q = p$.",
)


def _twice(k):
    best = np.eye(k)[0]
    least = float(softmax_cross_entropy(best, 0))
    other = float(softmax_cross_entropy(np.eye(k - 1)[0], 0))
    return Number(
        "xent-twice",
        stars=2,
        minutes=4,
        unit="nats",
        question=f"By mistake a network for {k} classes ends in softmax and is trained with a loss that "
        "applies softmax itself. What is the smallest loss that it can ever report?",
        answer=least,
        why="The best that the second softmax can be fed is a 1 at the true class and zeros elsewhere, "
        "and it reads this as logits.",
        mistakes=[
            bits_for_nats(least),
            Mistake(
                0.0,
                "That would be so if the loss took probabilities. It applies softmax to them.",
            ),
            Mistake(other, f"That is for {k - 1} classes."),
            Mistake(
                float(softmax(best)[0]),
                "That is the probability after the second softmax; the loss is minus its logarithm.",
            ),
            Mistake(
                math.log(k),
                "That is the loss of a uniform prediction. The mistaken network gets down to "
                + ("about half of it." if k == 4 else "less than that."),
            ),
        ],
        limits=[Limit("A mean loss is never negative.", below=0)],
        hint=[
            "What are the largest and the smallest entries that can come out of the first softmax?",
            "From logits the loss is $-\\ln \\frac{e^{z_j}}{\\sum_i e^{z_i}}$.",
            f"Put a 1 and {k - 1} zeros in for the logits.",
        ],
        solution=f"$-\\ln \\frac{{e}}{{e + {k - 1}}} = \\ln(1 + {k - 1}/e) = {least:.4f}$ nats, against "
        f"$\\ln {k} = {math.log(k):.4f}$ for knowing nothing. The gradients are small as well, "
        "so such a network learns, slowly, and looks worse than it is.",
    )


twice = varied(_twice, [4, 10, 5, 100, 6, 20, 8, 15, 12, 50])

floors = Choice(
    "xent-floors",
    stars=1,
    minutes=2,
    question="On six mails that were spam, filter B said 0.001 each time; filter A said 0 for one "
    "of them and 1 for the other five. On all other mails both said the same. `log_loss` "
    "prefers A. What do you conclude?",
    options=[
        Option(
            "Nothing: the number of A is a constant of the library",
            "A ruled out what happened, and its true loss is infinite; the library charges what its "
            "own floor under the probability makes of that.",
            right=True,
        ),
        Option("A is the better filter", "By the true loss A is infinitely bad."),
        Option(
            "B is the better filter for certain",
            "The true loss says so, but perhaps A had a finite logit before it was rounded; ask for "
            "that.",
        ),
        Option(
            "`log_loss` has a bug",
            "It does what its documentation says: probabilities are clipped.",
        ),
    ],
    hint=[
        "What is the loss of A as the definition has it?",
        "$-\\ln 0 = \\infty$, and $-\\ln 0.001$ is about 6.9 nats.",
        "B pays six times 6.9 nats, and A pays minus the logarithm of a floor. Who chose the floor?",
    ],
    solution="Compare from logits, or from logarithms of probabilities, if there are any.",
)

library = Choice(
    "xent-library",
    stars=2,
    minutes=3,
    question="A Keras model has a last layer without activation, and its labels are integers. "
    "Which loss fits?",
    options=[
        Option(
            "`CategoricalCrossentropy` as it comes",
            "It expects one-hot or soft labels, and probabilities.",
        ),
        Option(
            "`CategoricalCrossentropy` with `from_logits=True`",
            "The logits are right, but it expects one-hot or soft labels.",
        ),
        Option(
            "`SparseCategoricalCrossentropy` as it comes",
            "Integer labels are right, but without `from_logits` it takes the logits for "
            "probabilities, and clips those that cannot be any.",
        ),
        Option(
            "`SparseCategoricalCrossentropy` with `from_logits=True`",
            "Sparse is for integer labels, and without an activation the outputs are logits.",
            right=True,
        ),
    ],
    hint=[
        "Two questions: what are the labels, and what are the outputs?",
        "“Sparse” is about the labels, `from_logits` about the outputs.",
        "Without an activation the outputs have any sign and size.",
    ],
    solution="In PyTorch the same case is `CrossEntropyLoss` with the prediction as its first "
    "argument. There the default is logits, in Keras it is probabilities.",
)

bernoulli = Derivation(
    "xent-bernoulli",
    stars=2,
    minutes=8,
    question="Labels $y_1, \\dots, y_n \\in \\{0, 1\\}$ are independent, and a model says that "
    "$P(y_i = 1) = \\pi_i$. Derive the mean binary cross-entropy from the likelihood, and "
    "show that each term is the cross-entropy of $(y_i, 1 - y_i)$ and "
    "$(\\pi_i, 1 - \\pi_i)$.",
    hint=[
        "Where does independence come in?",
        "The likelihood is a product; its logarithm is a sum.",
        "Write the probability of one label as a product of two powers.",
    ],
    steps=[
        Step(
            "$P(y_i) = \\pi_i^{y_i} (1 - \\pi_i)^{1 - y_i}$: with $y_i = 1$ the second factor is 1, "
            "with $y_i = 0$ the first.",
            "One formula for both labels is needed before you can take a product.",
        ),
        Step(
            "By independence the likelihood is $L = \\prod_i P(y_i)$.",
            "Say where independence is used: it makes the likelihood a product.",
        ),
        Step(
            "$\\log L = \\sum_i [y_i \\log \\pi_i + (1 - y_i) \\log(1 - \\pi_i)]$, a sum.",
            "The logarithm turns the product into a sum, and the powers into factors.",
        ),
        Step(
            "Maximising $L$ is minimising $-\\frac1n \\log L$, as the logarithm is increasing and "
            "$n$ is fixed.",
            "Why may you take a logarithm, change the sign and divide by $n$?",
        ),
        Step(
            "With $p = (y_i, 1 - y_i)$ and $q = (\\pi_i, 1 - \\pi_i)$, in the same order, "
            "$-\\sum_x p(x) \\log q(x)$ is the $i$-th term.",
            "Write both distributions with the probability of 1 first, and insert them in the "
            "definition.",
        ),
    ],
    why="A product of probabilities, its logarithm, a sign and a division by $n$: the loss is the "
    "likelihood on another scale.",
)

softplus = Derivation(
    "xent-softplus",
    stars=2,
    minutes=8,
    question="Show that $-y \\ln \\sigma(z) - (1 - y) \\ln(1 - \\sigma(z))$ is equal to "
    "$\\max(z, 0) - zy + \\ln(1 + e^{-|z|})$, and that nothing in the second overflows.",
    hint=[
        "Which exponentials overflow, for which sign of $z$?",
        "Treat $z \\le 0$ and $z > 0$ separately.",
        "First show that $-\\ln \\sigma(z) = \\ln(1 + e^{-z})$ and $1 - \\sigma(z) = \\sigma(-z)$.",
    ],
    steps=[
        Step(
            "$-\\ln \\sigma(z) = \\ln(1 + e^{-z})$ and $-\\ln(1 - \\sigma(z)) = \\ln(1 + e^z)$.",
            "Insert $\\sigma(z) = 1/(1 + e^{-z})$, and use $1 - \\sigma(z) = \\sigma(-z)$.",
        ),
        Step(
            "$\\ln(1 + e^{-z}) = \\ln(1 + e^z) - z$, so the loss is $\\ln(1 + e^z) - zy$.",
            "Take $e^{-z}$ out of the sum $1 + e^{-z}$.",
        ),
        Step(
            "For $z \\le 0$ the first term is $\\ln(1 + e^{-|z|})$; for $z > 0$ it is "
            "$z + \\ln(1 + e^{-z})$. Together: $\\max(z, 0) + \\ln(1 + e^{-|z|})$.",
            "Treat the two signs of $z$ separately.",
        ),
        Step(
            "The exponent $-|z|$ is never positive, so $e^{-|z|} \\le 1$.",
            "Say why the formula is safe: which exponentials can overflow?",
        ),
    ],
    why="Every exponent in the second form is at most zero, and the large part, "
    "$\\max(z, 0) - zy$, is computed without any exponential.",
    solution="In code, `log1p(exp(-abs(z)))` keeps the digits where the exponential is tiny.",
)


# ---- code ----


def my_loss(logits, labels):
    """Return the mean cross-entropy in nats."""
    z = np.asarray(logits, float)
    own = z[np.arange(len(z)), labels]
    return np.logaddexp.reduce(z - own[:, None], axis=1).mean()


def _reference(logits, labels):
    return float(np.mean(softmax_cross_entropy(logits, labels)))


def _no_maximum(logits, labels):
    e = np.exp(np.asarray(logits, float))
    return -np.log(e / e.sum(axis=1, keepdims=True))[np.arange(len(e)), labels].mean()


def _from_mean(logits, labels):
    return _no_maximum(logits - np.mean(logits, axis=1, keepdims=True), labels)


def _one_maximum(logits, labels):
    return _no_maximum(logits - np.max(logits), labels)


def _from_softmax(logits, labels):
    q = softmax(logits)
    return -np.log(q[np.arange(len(q)), labels]).mean()


def _sum(logits, labels):
    return my_loss(logits, labels) * len(labels)


def _bits(logits, labels):
    return my_loss(logits, labels) / math.log(2)


def _all_pairs(logits, labels):
    z = np.asarray(logits, float)
    log_q = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_q[:, labels].mean()


_UNIT = "A fair guess between two classes costs $\\ln 2$ nats."
_MEANS = "It is the mean over the batch."
_LARGE = "Logits of a thousand do not overflow."
_SMALL = "A row of small logits counts beside a row of large ones."
_FAR = "A prediction that is far off costs as much as its logits say, and not infinity."
_PAIRS = "Each row is looked up at its own label only."

code = Code(
    "xent-code",
    stars=3,
    minutes=12,
    question="Write `my_loss(logits, labels)`: the mean cross-entropy in nats of a batch of logits, "
    "one row for each example, with integer labels.",
    solution=my_loss,
    reference=_reference,
    cases=[
        Case(_UNIT, (np.array([[0.0, 0.0]]), np.array([1]))),
        # Equal labels: who looks up all pairs passes here, who takes the sum does not.
        Case(_MEANS, (np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([1, 1]))),
        Case(_PAIRS, (np.array([[2.0, 0.0, -1.0], [0.5, 1.5, 0.0]]), np.array([0, 2]))),
        Case(_LARGE, (np.array([[1000.0, 0.0, 0.0, 0.0]]), np.array([0]))),
        Case(_SMALL, (np.array([[1000.0, 0.0], [0.0, 1.0]]), np.array([0, 1]))),
        Case(_FAR, (np.array([[0.0, 900.0]]), np.array([0]))),
    ],
    mistakes=[
        Slip(_bits, _UNIT),
        Slip(_all_pairs, _PAIRS),
        Slip(_sum, _MEANS),
        Slip(_no_maximum, _LARGE),
        Slip(_from_mean, _LARGE),
        Slip(_one_maximum, _SMALL),
        Slip(_from_softmax, _FAR),
    ],
    hint=[
        "Where would the plain formula overflow, and where would it take the logarithm of zero?",
        "On paper $-\\ln q_j = \\ln \\sum_i e^{z_i - z_j}$.",
        "Take the largest exponent out of the sum, or let `np.logaddexp` do it; index with "
        "`np.arange(n), labels`.",
    ],
    why="The logarithm is taken before anything is exponentiated that could overflow or vanish.",
    remark="Who subtracts the largest logit and takes the logarithm of the sum is right as well, but "
    "for logits of 50 and 0 with the label 0 gets exactly 0, where the true loss is "
    f"{softmax_cross_entropy([50.0, 0.0], 0):.4e} nats; `np.logaddexp` uses `log1p` and keeps it.",
    call="exercises.code.check(my_loss)",
)


def my_bill(p, q):
    """Return what is needed, wasted and spent, in bits."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    there = p > 0
    p, q = p[there], q[there]
    needed = -np.sum(p * np.log2(p)) + 0.0
    spent = np.inf if np.any(q == 0) else -np.sum(p * np.log2(q)) + 0.0
    return needed, spent - needed, spent


def _true_bill(p, q):
    return entropy(p), kl_divergence(p, q), cross_entropy(p, q)


def _bill_in_nats(p, q):
    return tuple(part * math.log(2) for part in my_bill(p, q))


def _bill_of_q(p, q):
    return _true_bill(q, p)


def _bill_with_zeros(p, q):
    p, q = np.asarray(p, float), np.asarray(q, float)
    needed, spent = -np.sum(p * np.log2(p)), -np.sum(p * np.log2(q))
    return needed, spent - needed, spent


_IN_BITS = "The three parts are in bits."
_OVER_P = "The mean is taken over $p$, which happens, and not over $q$."
_NO_ZERO = "An outcome that never happens costs nothing, whatever its word."

bill = Code(
    "xent-bill",
    stars=2,
    minutes=8,
    question="Write `my_bill(p, q)`: the three numbers $H(p)$, $D(p‖q)$ and $\\mathrm{CE}(p, q)$ in "
    "bits, so that the first two add up to the third.",
    solution=my_bill,
    reference=_true_bill,
    cases=[
        Case(_IN_BITS, (np.array([0.5, 0.5]), np.array([0.5, 0.5]))),
        Case(_OVER_P, (np.array([0.75, 0.25]), np.array([0.5, 0.5]))),
        Case(_NO_ZERO, (np.array([0.5, 0.5, 0]), np.array([0.25, 0.5, 0.25]))),
        Case(_NO_ZERO, (np.array([1.0, 0]), np.array([1.0, 0]))),
        Case(
            "The bill is infinite where the code has no word for what happens.",
            (np.array([0.5, 0.5]), np.array([1.0, 0])),
        ),
    ],
    mistakes=[
        Slip(_bill_in_nats, _IN_BITS),
        Slip(_bill_of_q, _OVER_P),
        Slip(_bill_with_zeros, _NO_ZERO),
    ],
    hint=[
        "Which outcomes cost nothing, and which cost infinitely much?",
        "$H(p) + D(p‖q) = \\mathrm{CE}(p, q)$: two of the three give the last one.",
        "Drop the outcomes with $p = 0$ first.",
    ],
    why="With the impossible outcomes dropped, both sums are safe, and the waste is their difference.",
    remark="Where $p$ and $q$ nearly agree the difference loses its digits; `itlib.kl_divergence` sums "
    "terms that are never negative, and does not.",
    call="exercises.bill.check(my_bill)",
)

tangent = Derivation(
    "xent-tangent",
    stars=3,
    minutes=12,
    question="Fix $q$ with $q(x) > 0$ everywhere. Show that $p \\mapsto \\mathrm{CE}(p, q)$ is the "
    "tangent plane of the entropy at $q$, and deduce Gibbs' inequality from the concavity "
    "of the entropy.",
    hint=[
        "What is the slope of the entropy in one of the probabilities?",
        "The tangent plane is $H(q) + \\sum_x \\partial H/\\partial q_x \\cdot (p_x - q_x)$.",
        "$\\partial H/\\partial q_x = -\\ln q_x - 1$, and both distributions sum to one.",
    ],
    steps=[
        Step(
            "$\\partial H / \\partial q_x = -\\ln q_x - 1$, in nats, from "
            "$H = -\\sum q_x \\ln q_x$.",
            "Differentiate one term $-q_x \\ln q_x$ by the product rule.",
        ),
        Step(
            "The tangent plane at $q$ is $T(p) = H(q) + \\sum_x (-\\ln q_x - 1)(p_x - q_x)$.",
            "Write down the first-order expansion of $H$ around $q$.",
        ),
        Step(
            "$\\sum_x (p_x - q_x) = 0$ removes the $-1$, and $\\sum_x q_x \\ln q_x$ cancels "
            "$H(q)$: $T(p) = -\\sum_x p_x \\ln q_x = \\mathrm{CE}(p, q)$.",
            "Both $p$ and $q$ sum to one. What does that do to the constant $-1$?",
        ),
        Step(
            "$-t \\ln t$ is strictly concave, so $H$ is, and a strictly concave function lies "
            "below each of its tangents and touches it in one point only.",
            "Say why $H$ is concave, and how a concave function lies to its tangents.",
        ),
        Step(
            "So $H(p) \\le \\mathrm{CE}(p, q)$, that is $D(p‖q) \\ge 0$, with equality only for "
            "$p = q$.",
            "Translate “below the tangent” into an inequality between $H$ and $\\mathrm{CE}$.",
        ),
    ],
    why="The waste $D(p‖q)$ is the height of a tangent over a concave curve.",
    solution="The second panel of the demo shows it for a coin. A divergence made in this way from "
    "a differentiable concave function is called a Bregman divergence; strict concavity makes it "
    "vanish for equal arguments only.",
)

# ---- the reader as a classifier ----

own_scores = OwnScores()
