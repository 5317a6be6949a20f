"""The exercises of the chapter on cross-entropy and squared error."""

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
    kl_divergence,
    sigmoid_cross_entropy,
    sigmoid_cross_entropy_grad,
    sigmoid_squared_error,
    sigmoid_squared_error_grad,
    softmax,
    softmax_cross_entropy_grad,
)
from itlib_book.cross_entropy_and_mse import data, demos

NATS = math.e


def _logit(p):
    return math.log(p / (1 - p))


def _reference(logits, label):
    """Return the slopes of the summed squared error: (diag(q) − q qᵀ) times those in q."""
    q = softmax(logits)
    in_q = 2 * (q - (np.arange(len(q)) == label))
    return q * in_q - q * (q @ in_q)


# ---- what the reader says before looking ----

_NEEDED = [
    int(data.steps_of(slope, np.array([-8]))[0])
    for slope in (sigmoid_cross_entropy_grad, sigmoid_squared_error_grad)
]

guess_steps = Prediction(
    "mse-steps",
    question=f"With cross-entropy the neuron says 0.9 after {_NEEDED[0]} steps. How many steps does it "
    "need with squared error?",
    unit="steps",
    happens=_NEEDED[1],
    saw="Move the start to −8. Cross-entropy is a slope: one unit of logit further out is about one more "
    "step, at rate 1. Squared error is a plateau that ends in a short drop, and each unit further "
    "out multiplies the waiting time. A larger rate divides all the times by about the same "
    "number; the wait on the plateau outgrows any such number.",
)

_STEEPEST = float(demos.LOGITS[np.argmax(np.abs(sigmoid_squared_error_grad(demos.LOGITS, 1)))])
_PLACES = {
    "far to the left, where the neuron is most wrong": -8.0,
    "in between, where it is wrong but not sure": _STEEPEST,
    "in the middle, where it says one half": 0.0,
}

guess_slope = Prediction(
    "mse-steepest-logit",
    question="The label is 1. Over the *logit*, where is the squared error steepest?",
    options=list(_PLACES),
    happens=max(_PLACES, key=lambda text: abs(sigmoid_squared_error_grad(_PLACES[text], 1))),
    saw="For a label of 0 or 1, each slope has its own places where it vanishes.\n\n"
    "- *Cross-entropy in $ŷ$*: nowhere. Even at the right answer its size is 1.\n"
    "- *Cross-entropy in $z$*: only where the prediction is right. Where it is badly wrong the "
    "size tends to 1.\n"
    "- *Squared error in $ŷ$*: only where the prediction is right.\n"
    "- *Squared error in $z$*: where the prediction is right, *and where it is badly wrong*. In "
    "between, at $ŷ = 1/3$ for $y = 1$, its size has its maximum of 8/27.\n\n"
    "Per unit of logit, squared error never pulls more than half as hard as cross-entropy: the "
    "ratio is $2ŷ(1 - ŷ) \\le 1/2$.",
)

_STILL = data.errors(sigmoid_squared_error_grad, -8)[120] > 0.5

guess_stuck = Prediction(
    "mse-wrong-way-round",
    question="A neuron with a weight and a bias has 200 measurements to tell apart, and starts the "
    "wrong way round, with the weight −8. Cross-entropy has learned them within ten steps. And "
    "squared error within 120?",
    options=["It has learned them too, a little later", "It still has most of them wrong"],
    happens="It still has most of them wrong"
    if _STILL
    else "It has learned them too, a little later",
    saw="Nearly every example that is wrong stands on the plateau, and they all wait together.",
)

guess_minima = Prediction(
    "mse-minima",
    question="Six measurements, a sigmoid, one weight and no bias. In how many places can a descent "
    "on the squared error come to rest?",
    happens=data.minima(sigmoid_squared_error),
    saw="One of the two minima of squared error serves the far point and guesses at the others, "
    "and the other one gives the far point up. A descent with small steps that starts in the picture "
    "ends in the one on whose side of the hill it starts. Far to the left of the picture there is "
    "another hill, and beyond it a descent goes on for ever. Cross-entropy has one minimum.",
)

_MEAN_LOSS = {q: 0.7 * (1 - q) + 0.3 * q for q in (0.5, 0.7, 1.0)}

guess_bluster = Prediction(
    "mse-bluster",
    question="It will rain with probability 0.7, and you pay the *absolute* error of what you "
    "announce, $|y - q|$. What should you announce to pay least on average?",
    options=["0.5", "0.7", "1.0"],
    happens=str(min(_MEAN_LOSS, key=_MEAN_LOSS.get)),
    saw="Cross-entropy and squared error have their least mean at the honest 0.7; absolute error "
    "falls all the way to 1.",
)

_FLATTER = abs(data.fitted(sigmoid_cross_entropy_grad)[0]) < abs(
    data.fitted(sigmoid_squared_error_grad)[0]
)

guess_forgiven = Prediction(
    "mse-forgiven",
    question="Two groups of points overlap a little, and three points far out have the wrong label. "
    "A sigmoid is fitted to all of them, once with each loss. Which curve gives way more to the "
    "three?",
    options=["that of cross-entropy", "that of squared error"],
    happens="that of cross-entropy" if _FLATTER else "that of squared error",
    saw="For cross-entropy each of the three pulls with nearly full strength, and the curve becomes "
    "flat. For squared error they stand on the plateau and hardly pull.",
)


# ---- slopes ----


def _slope_mistakes(p, slope):
    z = _logit(p)
    return [
        Mistake(
            2 * (p - 1),
            "That is the slope in the prediction. The chain rule has one more "
            "factor on the way to the logit.",
        ),
        Mistake(
            -slope,
            "The size is right. A larger logit makes the loss smaller, so the slope is negative.",
        ),
        Mistake(sigmoid_cross_entropy_grad(z, 1), "That is the slope of the cross-entropy."),
        Mistake(slope / 2, "You left out the 2 that comes from the square."),
        Mistake(sigmoid_squared_error(z, 1), "That is the loss itself."),
    ]


_LAST = float(sigmoid_squared_error_grad(_logit(0.3), 1))

slope_last_step = Number(
    "mse-slope-last-step",
    stars=1,
    minutes=2,
    tolerance=0.0005,
    question="The label is 1, and a sigmoid neuron predicts $ŷ = 0.3$. What is the slope of the squared "
    "error in the logit?\n\n"
    "1. In the prediction: $2(ŷ - y) = 2(0.3 - 1) = -1.4$.\n"
    "2. The sigmoid's own slope: $ŷ(1 - ŷ) = 0.3 \\cdot 0.7 = 0.21$.\n"
    "3. In the logit: …\n\nDo the last step.",
    answer=_LAST,
    why="The chain rule multiplies the two.",
    mistakes=[
        Mistake(-1.4 + 0.21, "You added the two. The chain rule multiplies them."),
        *_slope_mistakes(0.3, _LAST),
    ],
    hint=[
        "How does a slope in $ŷ$ become one in $z$?",
        "$\\frac{dL}{dz} = \\frac{dL}{dŷ} \\cdot \\frac{dŷ}{dz}$.",
        "Both factors stand in the question; which sign does the product have?",
    ],
    solution=f"$-1.4 \\cdot 0.21 = {_LAST:.3f}$.",
)


def _slope(p):
    slope = float(sigmoid_squared_error_grad(_logit(p), 1))
    return Number(
        "mse-slope",
        stars=1,
        minutes=2,
        tolerance=0.0005,
        question=f"The label is 1 and a sigmoid neuron predicts $ŷ = {p}$. "
        "What is the slope of the squared error $(y - ŷ)^2$ in the logit?",
        answer=slope,
        why="The slope in $ŷ$, times the sigmoid's own slope $ŷ(1 - ŷ)$.",
        mistakes=_slope_mistakes(p, slope),
        hint=[
            "The slope in the prediction is not yet the answer. What comes between $z$ and $ŷ$?",
            "$\\frac{dL}{dz} = \\frac{dL}{dŷ} \\cdot \\frac{dŷ}{dz}$, with "
            "$\\frac{dŷ}{dz} = ŷ(1 - ŷ)$.",
            f"The first factor is $2({p} - 1)$.",
        ],
        solution=f"$2(ŷ - y) \\cdot ŷ(1 - ŷ) = 2 \\cdot ({p - 1:.4g}) \\cdot {p} \\cdot {1 - p:.4g} = "
        f"{slope:.4f}$. Cross-entropy would give $ŷ - y = {p - 1:.4g}$.",
    )


slope_alone = varied(_slope, [0.1, 0.05, 0.4, 0.6, 0.15, 0.7, 0.35, 0.8, 0.45, 0.22])


def _softmax_slope(a, b, c):
    q = np.array([a, b, c])
    pull = softmax_cross_entropy_grad(np.log(q), 0)
    return Number(
        "mse-softmax-slope",
        stars=1,
        minutes=2,
        question=f"A softmax layer predicts $({a}, {b}, {c})$, and the first class is the true one. "
        "What is the slope of the cross-entropy in the logit of the *second* class?",
        answer=float(pull[1]),
        why="Prediction minus label, and the label of the second class is 0.",
        mistakes=[
            Mistake(0.0, "The loss reads only $q_1$, but $q_1$ depends on all the logits."),
            Mistake(
                -b,
                "The size is right. A larger second logit takes probability from the first, "
                "so the loss rises.",
            ),
            Mistake(float(pull[0]), "That is the slope in the logit of the true class."),
            Mistake(
                -1 / b,
                "That is the slope of $-\\ln q_2$ in $q_2$: in a probability, and for another label.",
            ),
        ],
        hint=[
            "The loss reads only $q_1$. Does $q_1$ depend on the second logit?",
            "$\\partial\\, \\mathrm{CE}/\\partial z_k = q_k - y_k$.",
            "The label is $(1, 0, 0)$, so $y_2 = 0$.",
        ],
        solution=f"$q - y = ({a}, {b}, {c}) - (1, 0, 0) = ({a - 1:.4g}, {b}, {c})$. The three add up "
        "to zero, as they must: adding a constant to all logits changes nothing.",
    )


softmax_slope = varied(
    _softmax_slope,
    [
        (0.2, 0.7, 0.1),
        (0.6, 0.25, 0.15),
        (0.1, 0.7, 0.2),
        (0.55, 0.15, 0.3),
        (0.3, 0.6, 0.1),
        (0.05, 0.25, 0.7),
        (0.25, 0.45, 0.3),
        (0.7, 0.05, 0.25),
        (0.4, 0.25, 0.35),
        (0.15, 0.8, 0.05),
    ],
)


def _wished(p, y):
    slope = (p - y) / (p * (1 - p))
    return Number(
        "mse-wished",
        stars=1,
        minutes=3,
        question="You look for a loss behind a sigmoid whose slope in the *logit* is $ŷ - y$. Which "
        f"slope in the *prediction* must it have at $ŷ = {p}$, for the label {y}?",
        answer=slope,
        why="The sigmoid will multiply it by $ŷ(1 - ŷ)$, so it has to be divided by that.",
        mistakes=[
            Mistake(p - y, "That is the slope in the logit that you wish for."),
            Mistake((p - y) * p * (1 - p), "You multiplied. The sigmoid will do that for you."),
            Mistake(2 * (p - y), "That is the slope of the squared error in the prediction."),
            Mistake(-slope, "The size is right; look at the sign of the error."),
        ],
        hint=[
            "What does the sigmoid make of a slope in the prediction?",
            "$\\frac{dL}{dŷ} \\cdot ŷ(1 - ŷ) = ŷ - y$.",
            f"On the right stands ${p} - {y}$.",
        ],
        solution=f"$({p} - {y}) / ({p} \\cdot {1 - p:.4g}) = {slope:.4g}$, which is "
        + (
            f"$-1/{p}$, the slope of $-\\ln ŷ$."
            if y
            else f"$1/{1 - p:.4g}$, the slope of $-\\ln(1 - ŷ)$."
        ),
    )


wished = varied(
    _wished,
    [
        (0.2, 1),
        (0.75, 0),
        (0.4, 1),
        (0.9, 0),
        (0.05, 1),
        (0.6, 0),
        (0.55, 1),
        (0.35, 0),
        (0.625, 1),
        (0.4, 0),
    ],
)


def _curvature(p):
    bend = 2 * p * (1 - p) ** 2 * (3 * p - 1)
    return Number(
        "mse-curvature",
        stars=1,
        minutes=2,
        tolerance=0.0005,
        question=f"The label is 1. What is the second derivative of the squared error in the logit at "
        f"$ŷ = {p}$?",
        answer=bend,
        why="Its sign is that of $3ŷ - 1$: "
        + ("negative, a place where the loss is not convex." if p < 1 / 3 else "positive here."),
        mistakes=[
            Mistake(p * (1 - p), "That is the second derivative of the cross-entropy."),
            Mistake(-bend, "The size is right. Which sign does $3ŷ - 1$ have?"),
            Mistake(bend / 2, "You left out the 2 that comes from the square."),
            Mistake(
                2 * p * (1 - p) * (3 * p - 1), "The factor $1 - ŷ$ stands there with a square."
            ),
        ],
        hint=[
            "Is the loss bent upwards there, or downwards?",
            "$\\mathrm{SE}'' = 2ŷ(1 - ŷ)^2 (3ŷ - 1)$ for the label 1.",
            f"The last factor is $3 \\cdot {p} - 1 = {3 * p - 1:.4g}$.",
        ],
        solution=f"$2 \\cdot {p} \\cdot {1 - p:.4g}^2 \\cdot ({3 * p - 1:.4g}) = {bend:.4f}$.",
    )


curvature = varied(_curvature, [0.2, 0.1, 0.55, 0.28, 0.6, 0.08, 0.45, 0.7, 0.15, 0.8])

claim = Choice(
    "mse-claim",
    stars=1,
    minutes=2,
    question="A text says: “When the prediction is very wrong, the gradient of the squared error "
    "vanishes.” When is that true?",
    options=[
        Option(
            "for the slope in the prediction ŷ",
            "That one is $2(ŷ - y)$, and largest where the prediction is most wrong.",
        ),
        Option(
            "for the slope in the logit, behind a sigmoid",
            "The factor $ŷ(1 - ŷ)$ of the sigmoid tends to zero there, and takes the slope along.",
            right=abs(sigmoid_squared_error_grad(-30.0, 1)) < 1e-9,
        ),
        Option(
            "for the slope in the output of a linear neuron",
            "Without a sigmoid the slope is $2(ŷ - y)$, and does not vanish.",
        ),
        Option(
            "never, that is a slip for cross-entropy",
            "Cross-entropy's slope in the logit tends to the size 1 there. It does not vanish.",
        ),
    ],
    hint=[
        "A gradient is a slope in something. In which variable does the text mean it?",
        "The two candidates are $2(ŷ - y)$ and $2(ŷ - y)\\,ŷ(1 - ŷ)$.",
        "Put $ŷ = 0$ and $y = 1$ into both.",
    ],
    solution="A gradient is taken in something. In $ŷ$ the sentence is wrong, in the logit behind a "
    "sigmoid it is right, and the weights see the logit.",
)

_PREDICTIONS = {"ŷ = 0.35": 0.35, "ŷ = 0.001": 0.001, "ŷ = 0.95": 0.95, "ŷ = 0.1": 0.1}

order = Ordering(
    "mse-order",
    stars=2,
    minutes=4,
    question="The label is 1. Order these predictions of a sigmoid neuron by the size of the slope "
    "of the squared error in the logit.",
    items=[
        Item(text, abs(sigmoid_squared_error_grad(_logit(p), 1)))
        for text, p in _PREDICTIONS.items()
    ],
    direction="the smallest size first",
    mistakes=[
        Swap(
            "ŷ = 0.1",
            "ŷ = 0.001",
            "In $ŷ$ the slope is larger at 0.001. On its way to the logit it is multiplied "
            "by $ŷ(1 - ŷ)$.",
        )
    ],
    hint=[
        "Is it the most wrong prediction that is pulled hardest?",
        "For the label 1 the size is $2\\,ŷ\\,(1 - ŷ)^2$.",
        "At $ŷ = 0.001$ that is about $2 \\cdot 0.001$.",
    ],
    why="The size $2ŷ(1 - ŷ)^2$ is small at both ends, and of these four the surest mistake has the "
    "smallest.",
    solution="; ".join(
        f"{text}: {abs(sigmoid_squared_error_grad(_logit(p), 1)):.4f}"
        for text, p in _PREDICTIONS.items()
    )
    + ". The prediction that needs correction most gets the least of it.",
)

steepest = Number(
    "mse-steepest",
    stars=2,
    minutes=5,
    question="The label is 0. At which prediction $ŷ$ does the squared error pull hardest at the "
    "logit?",
    answer=2 / 3,
    why="The derivative of $ŷ^2(1 - ŷ)$ is $ŷ(2 - 3ŷ)$, which is zero at two thirds.",
    mistakes=[
        Mistake(0.5, "There the sigmoid is steepest. But the error $ŷ$ counts as well."),
        Mistake(1.0, "There the slope in $ŷ$ is largest. The slope in the logit is zero."),
        Mistake(1 / 3, "That is the place for the label 1."),
        Mistake(_logit(2 / 3), "That is the logit. The question asks for the prediction."),
        Mistake(8 / 27, "That is the size of the slope there."),
    ],
    hint=[
        "Two things count: how wrong the prediction is, and how steep the sigmoid.",
        "Write the size of the slope as a function of $ŷ$ alone, and maximise it.",
        "For the label 0 it is $2ŷ^2(1 - ŷ)$.",
    ],
    solution="The size is $2ŷ \\cdot ŷ(1 - ŷ)$, and $\\frac{d}{dŷ}\\, ŷ^2(1 - ŷ) = ŷ(2 - 3ŷ)$. The "
    "zero at $ŷ = 0$ is a minimum of the size, the one at $ŷ = 2/3$ its maximum: $2 \\cdot "
    "\\frac49 \\cdot \\frac13 = \\frac{8}{27}$. For $ŷ > 2/3$ the loss is concave in the "
    "logit: a plateau.",
)


def _brier(a, b, c):
    miss = np.array([a, b, c]) - np.array([0, 1, 0])
    total = float(np.sum(miss**2))
    rest = (1 - b) / 2
    even = float(2 * rest**2 + (1 - b) ** 2)
    return Number(
        "mse-brier",
        stars=1,
        minutes=3,
        question=f"A forecast for three classes is $({a}, {b}, {c})$, and the second one comes true. "
        "What is its Brier score, as the sum over the classes?",
        answer=total,
        why="Every class contributes the square of prediction minus label, the wrong ones too.",
        mistakes=[
            Mistake(
                float(miss[1] ** 2),
                "That is the part of the true class. Unlike cross-entropy the "
                "Brier score counts the others as well.",
            ),
            Mistake(total / 3, "That is the mean over the classes. Asked for is the sum."),
            Mistake(total / 2, "Half of the sum is usual for two classes only."),
            Mistake(math.sqrt(total), "That is the distance; the score is its square."),
            Mistake(-math.log(b), "That is the cross-entropy in nats."),
        ],
        limits=[Limit("A sum of squares is never negative.", below=0)],
        hint=[
            "Does the score read the wrong classes too?",
            "$\\sum_j (q_j - y_j)^2$ with the label $y = (0, 1, 0)$.",
            f"The first class brings ${a}^2$.",
        ],
        solution=f"${a}^2 + ({b} - 1)^2 + {c}^2 = {total:.4g}$. With the rest shared evenly it would be "
        f"{even:.4g}: the score depends on how the wrong classes share the rest, which "
        "cross-entropy ignores.",
    )


brier = varied(
    _brier,
    [
        (0.5, 0.3, 0.2),
        (0.1, 0.7, 0.2),
        (0.6, 0.15, 0.25),
        (0.4, 0.45, 0.15),
        (0.1, 0.65, 0.25),
        (0.75, 0.1, 0.15),
        (0.15, 0.75, 0.1),
        (0.3, 0.55, 0.15),
        (0.3, 0.25, 0.45),
        (0.6, 0.1, 0.3),
    ],
)

noise = Choice(
    "mse-noise",
    stars=1,
    minutes=2,
    question="A network predicts tomorrow's temperature, and its errors are about Gaussian with the "
    "same spread every day. Which loss and which output does the likelihood prescribe?",
    options=[
        Option(
            "squared error, with no activation",
            "Minus the logarithm of a Gaussian density is the squared error, up to constants, "
            "and a mean may be any number.",
            right=True,
        ),
        Option(
            "squared error, behind a sigmoid",
            "A sigmoid says that temperatures lie between 0 and 1, and takes the slope away at "
            "both ends.",
        ),
        Option("cross-entropy, behind a sigmoid", "That is for labels that are 0 or 1."),
        Option(
            "absolute error, with no activation",
            "That belongs to Laplace noise, the logarithm of whose density falls like $-|y - ŷ|$.",
        ),
    ],
    hint=[
        "Which labels can occur, and how are they spread around the prediction?",
        "The loss is minus the logarithm of the density of the label.",
        "Write down $-\\ln p(y)$ for a Gaussian around $ŷ$. In which form does $y - ŷ$ occur?",
    ],
    solution="$-\\ln N(y; ŷ, s^2) = (y - ŷ)^2/2s^2 + \\text{const}$. The pair of Gaussian noise and "
    "the identity has the slope $2(ŷ - y)$ in its output, as the pair of Bernoulli labels "
    "and the sigmoid has $ŷ - y$.",
)

honest = Choice(
    "mse-honest",
    stars=2,
    minutes=3,
    question="It will rain with probability 0.8. A forecaster is paid by the mean of a loss, and "
    "wants it small. Under which of these does it pay to announce something else than 0.8?",
    options=[
        Option(
            "cross-entropy",
            "Its excess over the minimum is $D(p‖q)$, which is zero only for the honest forecast.",
        ),
        Option(
            "squared error",
            "Its excess is $(p - q)^2$, which is zero only for the honest forecast.",
        ),
        Option(
            "absolute error",
            "Its mean $0.8(1 - q) + 0.2q$ falls all the way to $q = 1$: bluster pays.",
            right=True,
        ),
        Option(
            "squared error, times ten",
            "A positive factor moves no minimum: the honest forecast is still the best.",
        ),
    ],
    hint=[
        "For which loss is the honest forecast not the one that pays least?",
        "Write down the mean loss as a function of the announced $q$: $0.8$ times the loss of rain, "
        "and $0.2$ times that of none.",
        "One of them is a straight line in $q$.",
    ],
    solution="A mean loss that is a straight line in $q$ has its minimum at an end. Strictly proper "
    "scores are those whose mean has its one minimum at the truth, wherever the truth lies.",
)


def _many(k):
    fresh = np.zeros(k)
    times = float(softmax_cross_entropy_grad(fresh, 0)[0] / _reference(fresh, 0)[0])
    return Number(
        "mse-many",
        stars=2,
        minutes=4,
        tolerance=0.1,
        question=f"A fresh network for {k:,} classes says $1/{k}$ to each. How many times harder does "
        "cross-entropy pull at the logit of the true class than the squared error, summed over "
        "the classes?",
        answer=times,
        why="At the uniform prediction the squared error's slope is $2/k$ times that of "
        "cross-entropy.",
        mistakes=[
            Mistake(
                2 * times,
                "That is the number of classes, and what comes out without the 2 of the square.",
            ),
            Mistake(1 / times, "That is the inverse: how much weaker squared error pulls."),
            Mistake(2.0, "That is the ratio at $ŷ = 1/2$ for two classes and one logit."),
            Mistake(k * times, "You took the mean over the classes; the question says sum."),
        ],
        hint=[
            "Both slopes are wanted at the uniform $q$. Which sum becomes easy there?",
            "In the formula for the slopes, what is $\\sum_j q_j (q_j - y_j)$ for a uniform $q$?",
            "Cross-entropy's slope is $\\frac1k - 1$.",
        ],
        solution="$\\sum_j q_j(q_j - y_j) = \\frac1k - \\frac1k = 0$, so squared error's slope is "
        "$\\frac2k(\\frac1k - 1)$, and cross-entropy's is $\\frac1k - 1$. The ratio is "
        f"$k/2 = {times:g}$. Without the softmax, on the raw outputs, squared error has no such factor.",
    )


many = varied(_many, [50, 1000, 20, 300, 64, 120, 700, 36, 250, 5000])


def _travel(z):
    """Return the time of a descent on squared error at a logit, up to a constant."""
    return (3 * z - math.exp(-z) + 3 * math.exp(z) + math.exp(2 * z) / 2) / 2


_GOAL = math.log(9)


def _longer(near, far):
    times = (_travel(_GOAL) - _travel(-far)) / (_travel(_GOAL) - _travel(-near))
    more = far - near
    return Number(
        "mse-longer",
        stars=2,
        minutes=4,
        tolerance=0.1,
        question=f"A neuron trained with squared error starts at the logit −{near}, another at −{far}; "
        "the label is 1. By which factor does the second need longer until $ŷ = 0.9$?",
        answer=times,
        why=f"Far out the time is $\\frac12 e^a$, so {more} more units multiply it by $e^{{{more}}}$.",
        mistakes=[
            Mistake(
                far / near,
                "That would be a time in proportion to the distance. On the plateau it grows "
                "exponentially.",
            ),
            Mistake(
                float(more),
                "The time grows exponentially with the distance, not in proportion to it.",
            ),
            Mistake(float(2**more), "The base is $e$, not 2."),
            Mistake(math.exp(more / 2), "The $\\frac12$ stands before the exponential, not in it."),
            Mistake(math.exp(2 * more), "The slope is proportional to $ŷ$, not to its square."),
        ],
        hint=[
            "How long does squared error stay on its plateau?",
            f"In the formula for $t_{{\\mathrm{{SE}}}}$ only one term counts at $z = -{near}$.",
            "That term is $\\frac12 e^{-z}$, the time still to go.",
        ],
        solution=f"$\\frac12 e^{{{far}}} / (\\frac12 e^{{{near}}}) = e^{{{more}}} = {math.exp(more):.4f}$. "
        f"With all the terms it is {times:.4f}. Cross-entropy's time grows from "
        f"{_GOAL + 9 + near:.1f} to {_GOAL + 9 + far:.1f}.",
    )


longer = varied(
    _longer,
    [
        (12, 15),
        (10, 12),
        (11, 13.5),
        (13, 17),
        (12, 13.5),
        (14, 17.5),
        (11, 13.25),
        (16, 20.5),
        (13, 14.75),
        (15, 20),
    ],
)

never = Choice(
    "mse-never",
    stars=1,
    minutes=2,
    question="A straight line separates the training data. A logistic regression with cross-entropy "
    "and no penalty is trained on and on. What becomes of its weights?",
    options=[
        Option(
            "They settle where the loss is least",
            "There is no such place: every loss can still be undercut by larger weights.",
        ),
        Option(
            "They grow without end, ever more slowly",
            "Larger weights make every right answer surer, and the loss a little smaller.",
            right=True,
        ),
        Option(
            "They stop as soon as the last error is gone",
            "The slope $ŷ - y$ is zero only at a prediction of exactly 0 or 1.",
        ),
        Option(
            "They shrink, since the gradients vanish",
            "A small gradient makes small steps, but not in the direction of smaller weights.",
        ),
    ],
    hint=[
        "Double the weights of a line that separates the data. What happens to each loss?",
        "For the label 1 the loss is $\\ln(1 + e^{-z})$, which falls in $z$ everywhere.",
        "All the logits have the right sign already. Multiply them by two.",
    ],
    solution="With twice the weights every logit is twice as far on its right side, so every loss is "
    "smaller. Stopping early, or a penalty on the weights, is what sets the confidence.",
)

# ---- proofs ----

cancel = Derivation(
    "mse-cancel",
    stars=2,
    minutes=8,
    question="Derive the slopes of cross-entropy and squared error in the logit, for $ŷ = "
    "\\sigma(z)$ and any $y \\in [0, 1]$, and name every place where they vanish.",
    hint=[
        "Which slopes do you know already, and in which variable?",
        "$\\frac{dL}{dz} = \\frac{dL}{dŷ} \\cdot \\frac{dŷ}{dz}$.",
        "First show that $\\sigma' = \\sigma(1 - \\sigma)$.",
    ],
    steps=[
        Step(
            "$\\frac{dŷ}{dz} = \\frac{e^{-z}}{(1 + e^{-z})^2} = ŷ(1 - ŷ)$.",
            "The chain rule needs the sigmoid's own slope first.",
        ),
        Step(
            "$\\frac{d\\,\\mathrm{CE}}{dŷ} = -\\frac{y}{ŷ} + \\frac{1 - y}{1 - ŷ} = "
            "\\frac{ŷ - y}{ŷ(1 - ŷ)}$.",
            "Bring the two fractions over one denominator; it turns out to be the sigmoid's slope.",
        ),
        Step(
            "The product is $\\frac{d\\,\\mathrm{CE}}{dz} = ŷ - y$, which vanishes only at $ŷ = y$ "
            "(for $y = 0$ or 1 only in the limit).",
            "Multiply, cancel, and say where the result is zero.",
        ),
        Step(
            "$\\frac{d\\,\\mathrm{SE}}{dz} = 2(ŷ - y)\\,ŷ(1 - ŷ)$ vanishes at $ŷ = y$ and, in the "
            "limit, at $ŷ \\to 0$ and $ŷ \\to 1$, whatever $y$ is.",
            "Nothing cancels here. Which of the three factors can become zero?",
        ),
    ],
    why="The denominator of the one slope is the factor that the sigmoid brings, and the other has "
    "no denominator.",
)

counts = Derivation(
    "mse-counts",
    stars=2,
    minutes=6,
    question="A network predicts how many calls come in an hour: a number $ŷ = e^z$ that is always "
    "positive. You wish for a loss $L(ŷ)$ whose slope in the logit is the error itself, $ŷ - y$. "
    "Which losses have it, and for which distribution of the count is one of them minus the "
    "log-likelihood?",
    hint=[
        "How does the slope in $ŷ$ become one in $z$, now that $ŷ = e^z$?",
        "$\\frac{dL}{dz} = \\frac{dL}{dŷ} \\cdot \\frac{dŷ}{dz}$, and the last factor is $ŷ$.",
        "The wish is $\\frac{dL}{dŷ}\\, ŷ = ŷ - y$. Divide, and integrate.",
    ],
    steps=[
        Step(
            "$\\frac{dŷ}{dz} = e^z = ŷ$, so the wish is $\\frac{dL}{dŷ} = \\frac{ŷ - y}{ŷ} = "
            "1 - \\frac{y}{ŷ}$.",
            "Translate the wish into a condition on the slope in the prediction.",
        ),
        Step(
            "Integrated: $L = ŷ - y \\ln ŷ + c$, where $c$ may depend on $y$.",
            "Integrate in $ŷ$, and do not forget the constant.",
        ),
        Step(
            "A Poisson count of mean $ŷ$ has the probability $e^{-ŷ} ŷ^y / y!$, and minus its "
            "logarithm is $ŷ - y \\ln ŷ + \\ln y!$.",
            "Which distribution of counts has $e^{-ŷ}$ and a power of $ŷ$ in it?",
        ),
    ],
    why="It is the argument of the text with another output, and each output asks for a loss of its own.",
    solution="So the exponential and the Poisson distribution are one more natural pair.",
)

gradient = Derivation(
    "mse-gradient",
    stars=2,
    minutes=8,
    question="Show that the slope of $-\\sum_j y_j \\ln q_j$ in the logit $z_k$ is $q_k - y_k$, for "
    "$q = \\operatorname{softmax}(z)$ and any label with $\\sum_j y_j = 1$, hard or soft.",
    hint=[
        "On which logits does $q_j$ depend?",
        "$\\ln q_j = z_j - \\ln \\sum_i e^{z_i}$.",
        "Write $\\ln q_j$ as a difference before you differentiate, and use $\\sum_j y_j = 1$.",
    ],
    steps=[
        Step(
            "$\\ln q_j = z_j - \\ln \\sum_i e^{z_i}$.",
            "Take the logarithm of softmax before you differentiate anything.",
        ),
        Step(
            "The loss is $-\\sum_j y_j z_j + \\ln \\sum_i e^{z_i}$, since the $y_j$ add up to 1.",
            "Use $\\sum_j y_j = 1$ for the second part.",
        ),
        Step(
            "$\\frac{\\partial}{\\partial z_k} \\ln \\sum_i e^{z_i} = e^{z_k}/\\sum_i e^{z_i} = "
            "q_k$.",
            "The derivative of log-sum-exp is softmax. Why?",
        ),
        Step("Together the slope is $q_k - y_k$.", "Add the two derivatives."),
    ],
    why="The gradient of log-sum-exp is softmax itself, and the labels enter linearly.",
    solution="The slopes add up to $1 - 1 = 0$: the loss does not change when a constant is added to "
    "all logits.",
)

time = Derivation(
    "mse-time",
    stars=3,
    minutes=12,
    question="Gradient descent with tiny steps follows $\\frac{dz}{dt} = -\\frac{dL}{dz}$. Derive, for "
    "the label 1, the time that each loss needs from $z = -a$ to a fixed goal, and how it "
    "grows for large $a$.",
    hint=[
        "How long does a small piece of the way take?",
        "Separate the variables: $t = \\int dz / (-\\frac{dL}{dz})$.",
        "Write both slopes in $e^z$: $1 - ŷ = 1/(1 + e^z)$.",
    ],
    steps=[
        Step(
            "With $ŷ = e^z/(1 + e^z)$: $-\\frac{d\\,\\mathrm{CE}}{dz} = 1 - ŷ = \\frac{1}{1 + e^z}$ "
            "and $-\\frac{d\\,\\mathrm{SE}}{dz} = 2ŷ(1 - ŷ)^2 = \\frac{2e^z}{(1 + e^z)^3}$.",
            "Write both slopes in terms of $e^z$.",
        ),
        Step(
            "$t_{\\mathrm{CE}} = \\int (1 + e^z)\\,dz = z + e^z$.",
            "Integrate the inverse of the speed.",
        ),
        Step(
            "$t_{\\mathrm{SE}} = \\int \\frac{(1 + e^z)^3}{2e^z}\\,dz = \\frac12(-e^{-z} + 3z + 3e^z + "
            "\\frac12 e^{2z})$.",
            "Expand $(1 + e^z)^3$ and divide by $e^z$ before you integrate.",
        ),
        Step(
            "Between $-a$ and a fixed goal the first grows like $a$; in the second $-e^{-z}$ at "
            "$z = -a$ contributes $\\frac12 e^a$, which outgrows the rest.",
            "Insert the lower end $-a$ and see which terms become large.",
        ),
    ],
    why="The time is the integral of one over the speed, and the speed on the plateau is "
    "proportional to $e^z$.",
)

_TWO = kl_divergence([0.7, 0.3], [0.6, 0.4], base=NATS)

pinsker = Derivation(
    "mse-pinsker",
    stars=3,
    minutes=12,
    question="Let $D(p‖q)$ be the divergence in nats of two coins with the probabilities $p$ and $q$ "
    "of heads. Show that $D(p‖q) \\ge 2(p - q)^2$, so that a forecast that is nearly best for "
    "cross-entropy is nearly best for the Brier score.",
    hint=[
        "Where are both sides equal, and which one grows faster from there?",
        "Fix $p$, call the difference of both sides $g(q)$, and differentiate in $q$.",
        "The slope of $D(p‖q)$ in $q$ is $\\frac{q - p}{q(1 - q)}$.",
    ],
    steps=[
        Step(
            "$g(q) = p \\ln \\frac pq + (1 - p) \\ln \\frac{1 - p}{1 - q} - 2(p - q)^2$, and "
            "$g(p) = 0$.",
            "Start from the difference of both sides as a function of $q$ alone.",
        ),
        Step(
            "$g'(q) = -\\frac pq + \\frac{1 - p}{1 - q} + 4(p - q) = (q - p) \\left[ "
            "\\frac{1}{q(1 - q)} - 4 \\right]$.",
            "The first two terms are the slope of a cross-entropy: $\\frac{q - p}{q(1 - q)}$.",
        ),
        Step(
            "$q(1 - q) \\le \\frac14$, so the bracket is never negative.",
            "How large can $q(1 - q)$ be?",
        ),
        Step(
            "Thus $g$ falls for $q < p$ and rises for $q > p$; its minimum is $g(p) = 0$.",
            "What do the signs of $g'$ on both sides of $p$ say about $g$?",
        ),
    ],
    why="Both slopes have the factor $q - p$; the other factor is at least 4 for the divergence, and "
    "exactly 4 for twice the squared gap.",
    solution=f"For $p = 0.7$ and $q = 0.6$ it says ${_TWO:.6f} \\ge {2 * (0.7 - 0.6) ** 2:.6f}$. It is "
    "the two-outcome case of Pinsker's inequality.",
)

# ---- code ----


def se_slopes(logits, label):
    """Return the slopes of the summed squared error in the logits."""
    e = np.exp(logits - np.max(logits))
    q = e / e.sum()
    miss = q.copy()
    miss[label] -= 1
    return 2 * q * (miss - q @ miss)


def _in_prediction(logits, label):
    q = softmax(logits)
    return 2 * (q - np.eye(len(q))[label])


def _each_alone(logits, label):
    q = softmax(logits)
    return 2 * (q - np.eye(len(q))[label]) * q * (1 - q)


def _true_class_only(logits, label):
    q = softmax(logits)
    miss = q - np.eye(len(q))[label]
    return 2 * q * (miss - q[label] * miss[label]) if len(q) > 2 else _reference(logits, label)


def _halved(logits, label):
    return _reference(logits, label) / 2


def _cross(logits, label):
    return softmax_cross_entropy_grad(logits, label)


def _without_maximum(logits, label):
    q = np.exp(logits) / np.sum(np.exp(logits))
    miss = q - np.eye(len(q))[label]
    return 2 * q * (miss - q @ miss)


def _from_mean(logits, label):
    return _without_maximum(logits - np.mean(logits), label)


def _from_own(logits, label):
    return _without_maximum(logits - np.asarray(logits)[label], label)


_EVEN = "For two classes of probability 1/2 the slopes are −1/2 and 1/2."
_SQUARE = "The loss is the squared error."
_ALL = "Each logit moves all the probabilities."
_SURE = "Where a wrong logit is a thousand above the others, no slope is left."

code = Code(
    "mse-code",
    stars=3,
    minutes=12,
    question="Write `se_slopes(logits, label)`: the slopes of $\\sum_j (q_j - y_j)^2$ in the logits, "
    "for $q = \\operatorname{softmax}(z)$ and the one-hot vector $y$ of an integer label.",
    solution=se_slopes,
    reference=_reference,
    cases=[
        Case(_EVEN, (np.array([0.0, 0.0]), 0)),
        # In the case above the slopes of cross-entropy are the same.
        Case(_SQUARE, (np.array([2.0, 0.0]), 0)),
        Case(_ALL, (np.array([1.0, 0.0, -1.0]), 1)),
        Case(
            "Adding a constant to all logits changes nothing, even a large one.",
            (np.array([1001.0, 1000.0, 999.0]), 1),
        ),
        Case(_SURE, (np.array([0.0, 0.0, 1000.0, 0.0]), 1)),
    ],
    mistakes=[
        Slip(_in_prediction, _EVEN),
        Slip(_each_alone, _EVEN),
        Slip(_halved, _EVEN),
        Slip(_cross, _SQUARE),
        Slip(_true_class_only, _ALL),
        Slip(_from_mean, _SURE),
        Slip(_from_own, _SURE),
    ],
    hint=[
        "On how many probabilities does one logit act?",
        "$\\partial q_j / \\partial z_k = q_j(\\delta_{jk} - q_k)$.",
        "With `miss = q - onehot` the slopes need `q`, `miss` and the one number `q @ miss`.",
    ],
    why="The chain rule runs through every probability: $2 q_k [m_k - \\sum_j q_j m_j]$ with "
    "$m = q - y$.",
    call="exercises.code.check(se_slopes)",
)


def my_training(z, rate, count):
    """Return the loss before each step of gradient descent, for the label 1."""
    losses = []
    for _ in range(count):
        losses.append(np.logaddexp(0, -z))
        z = z + rate * np.exp(-np.logaddexp(0, z))  # 1 − ŷ, which cannot overflow
    return np.array(losses)


def _descend(z, rate, count, sign=-1, slope=sigmoid_cross_entropy_grad):
    losses = []
    for _ in range(count):
        losses.append(sigmoid_cross_entropy(z, 1))
        z = z + sign * rate * slope(z, 1)
    return np.array(losses)


def _true_training(z, rate, count):
    return _descend(z, rate, count)


def _uphill(z, rate, count):
    return _descend(z, rate, count, sign=1)


def _squared_slope(z, rate, count):
    return _descend(z, rate, count, slope=sigmoid_squared_error_grad)


def _no_rate(z, rate, count):
    return _descend(z, 1.0, count)


def _one_late(z, rate, count):
    return _descend(z, rate, count + 1)[1:]


_FIRST = "The first loss is that of the start, in nats."
_FALLS = "The loss falls from step to step, by the slope of the same loss."
_RATED = "The learning rate scales every step."

training = Code(
    "mse-training",
    stars=2,
    minutes=10,
    question="Write `my_training(z, rate, count)`: the cross-entropy in nats of a neuron with the "
    "logit `z` and the label 1 before each of `count` steps of gradient descent, as an array.",
    solution=my_training,
    reference=_true_training,
    cases=[
        Case(_FIRST, (0.0, 1.0, 1)),
        Case(_FALLS, (-2.0, 1.0, 5)),
        Case(_RATED, (-3.0, 0.5, 20)),
    ],
    mistakes=[
        Slip(_one_late, _FIRST),
        Slip(_uphill, _FALLS),
        Slip(_squared_slope, _FALLS),
        Slip(_no_rate, _RATED),
    ],
    hint=[
        "What is noted first at each step, the loss or the move?",
        "Note the loss $\\ln(1 + e^{-z})$, then move: $z \\leftarrow z - \\text{rate} \\cdot (ŷ - 1)$.",
        "`np.logaddexp(0, -z)` is the loss, also where $e^{-z}$ would overflow.",
    ],
    why="Each loss is noted before the step that it causes, and the step goes against the slope.",
    remark="Plot `my_training(-8, 1, 40)`: a straight line down to the bend at $z = 0$, and then the "
    "long tail. The demo shows the same descent.",
    call="exercises.training.check(my_training)",
)

# ---- the reader as a classifier ----

own_scores = OwnScores()
