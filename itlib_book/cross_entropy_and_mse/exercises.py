"""The exercises of the chapter on cross-entropy and squared error."""

import math

import numpy as np

from bookkit.exercise import (
    Case,
    Choice,
    Code,
    Derivation,
    Item,
    Mistake,
    Number,
    Option,
    Ordering,
    Slip,
    Step,
    Swap,
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

NATS = math.e


def _logit(p):
    return math.log(p / (1 - p))


def _reference(logits, label):
    """Return the slopes of the summed squared error, by the matrix of the softmax's own."""
    q = softmax(logits)
    through_softmax = np.diag(q) - np.outer(q, q)
    return through_softmax @ (2 * (q - np.eye(len(q))[label]))


# ---- slopes ----

_Z = _logit(0.1)
_SLOPE = sigmoid_squared_error_grad(_Z, 1)

slope = Number(
    "mse-slope",
    stars=1,
    minutes=2,
    tolerance=0.0005,
    question="The label is 1 and a sigmoid neuron predicts $ŷ = 0.1$. "
    "What is the slope of the squared error $(y - ŷ)^2$ in the logit?",
    answer=_SLOPE,
    why="The slope in $ŷ$, times the sigmoid's own slope $ŷ(1 - ŷ)$.",
    mistakes=[
        Mistake(
            2 * (0.1 - 1),
            "That is the slope in the prediction. The chain rule has one more "
            "factor on the way to the logit.",
        ),
        Mistake(
            -_SLOPE,
            "The size is right. A larger logit makes the loss smaller, so the slope is negative.",
        ),
        Mistake(sigmoid_cross_entropy_grad(_Z, 1), "That is the slope of the cross-entropy."),
        Mistake(_SLOPE / 2, "You left out the 2 that comes from the square."),
        Mistake(sigmoid_squared_error(_Z, 1), "That is the loss itself."),
    ],
    hint="$\\frac{dL}{dz} = \\frac{dL}{dŷ} \\cdot \\frac{dŷ}{dz}$.",
    solution="$2(ŷ - y) \\cdot ŷ(1 - ŷ) = 2 \\cdot (-0.9) \\cdot 0.1 \\cdot 0.9 = "
    f"{_SLOPE:.4f}$. Cross-entropy would give $ŷ - y = -0.9$, more than five times as "
    "much.",
)

_Q = np.array([0.2, 0.5, 0.3])
_PULL = softmax_cross_entropy_grad(np.log(_Q), 0)

softmax_slope = Number(
    "mse-softmax-slope",
    stars=1,
    minutes=2,
    question="A softmax layer predicts $(0.2, 0.5, 0.3)$, and the first class is the true one. "
    "What is the slope of the cross-entropy in the logit of the *second* class?",
    answer=float(_PULL[1]),
    why="Prediction minus label, and the label of the second class is 0.",
    mistakes=[
        Mistake(0.0, "The loss reads only $q_1$, but $q_1$ depends on all the logits."),
        Mistake(
            -0.5,
            "The size is right. A larger second logit takes probability from the first, "
            "so the loss rises.",
        ),
        Mistake(float(_PULL[0]), "That is the slope in the logit of the true class."),
        Mistake(-1 / 0.5, "That would be a slope in a probability, and of another label."),
    ],
    hint="$\\partial\\, \\mathrm{CE}/\\partial z_k = q_k - y_k$.",
    solution="$q - y = (0.2, 0.5, 0.3) - (1, 0, 0) = (-0.8, 0.5, 0.3)$. The three add up to zero, "
    "as they must: adding a constant to all logits changes nothing.",
)

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
    hint="In which variable?",
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
    hint="For the label 1 the size is $2\\,ŷ\\,(1 - ŷ)^2$.",
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
    hint="Write the size of the slope as a function of $ŷ$ alone, and maximise it.",
    solution="The size is $2ŷ \\cdot ŷ(1 - ŷ)$, and $\\frac{d}{dŷ}\\, ŷ^2(1 - ŷ) = ŷ(2 - 3ŷ)$. The "
    "zero at $ŷ = 0$ is a minimum of the size, the one at $ŷ = 2/3$ its maximum: $2 \\cdot "
    "\\frac49 \\cdot \\frac13 = \\frac{8}{27}$. For $ŷ > 2/3$ the loss is concave in the "
    "logit: a plateau.",
)

_MISS = np.array([0.5, 0.3, 0.2]) - np.array([0, 1, 0])
_SUM = float(np.sum(_MISS**2))

brier = Number(
    "mse-brier",
    stars=1,
    minutes=3,
    tolerance=0.005,
    question="A forecast for three classes is $(0.5, 0.3, 0.2)$, and the second one comes true. "
    "What is its Brier score, as the sum over the classes?",
    answer=_SUM,
    why="Every class contributes the square of prediction minus label, the wrong ones too.",
    mistakes=[
        Mistake(
            float(_MISS[1] ** 2),
            "That is the part of the true class. Unlike cross-entropy the "
            "Brier score counts the others as well.",
        ),
        Mistake(_SUM / 3, "That is the mean over the classes. Asked for is the sum."),
        Mistake(_SUM / 2, "Half of the sum is usual for two classes only."),
        Mistake(math.sqrt(_SUM), "That is the distance; the score is its square."),
        Mistake(-math.log(0.3), "That is the cross-entropy in nats."),
    ],
    hint="Every class has a part, also those that did not come true.",
    solution=f"$0.25 + 0.49 + 0.04 = {_SUM:.2f}$. With the forecast $(0.35, 0.3, 0.35)$ it would be "
    f"{np.sum((np.array([0.35, 0.3, 0.35]) - [0, 1, 0]) ** 2):.4f}: the score depends on how "
    "the wrong classes share the rest, which cross-entropy ignores.",
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
            "That is the likelihood of Laplace noise, whose logarithm falls like $-|y - ŷ|$.",
        ),
    ],
    hint="Write down $-\\ln p(y)$ for the noise.",
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
    hint="Write down the mean loss as a function of the announced $q$.",
    solution="A loss that is a straight line in $q$ has its minimum at an end. Strictly proper "
    "scores are those whose mean has its one minimum at the truth.",
)

_FRESH = np.zeros(1000)
_RATIO = float(softmax_cross_entropy_grad(_FRESH, 0)[0] / _reference(_FRESH, 0)[0])

many = Number(
    "mse-many",
    stars=2,
    minutes=4,
    tolerance=0.5,
    question="A fresh network for 1,000 classes says $1/1000$ to each. How many times harder does "
    "cross-entropy pull at the logit of the true class than the squared error, summed over "
    "the classes?",
    answer=_RATIO,
    why="At the uniform prediction the squared error's slope is $2/k$ times that of cross-entropy.",
    mistakes=[
        Mistake(2 * _RATIO, "You left out the 2 that comes from the square."),
        Mistake(1 / _RATIO, "That is the inverse: how much weaker squared error pulls."),
        Mistake(2.0, "That is the ratio at $ŷ = 1/2$ for two classes and one logit."),
        Mistake(1000 * _RATIO, "You took the mean over the classes; the question says sum."),
    ],
    hint="In the formula for the slopes, what is $\\sum_j q_j (q_j - y_j)$ for a uniform $q$?",
    solution="$\\sum_j q_j(q_j - y_j) = \\frac1k - \\frac1k = 0$, so squared error's slope is "
    "$\\frac2k(\\frac1k - 1)$, and cross-entropy's is $\\frac1k - 1$. The ratio is $k/2$. "
    "This is one reason why people who train with squared error give up the softmax.",
)


def _travel(z):
    """Return the time of a descent on squared error at a logit, up to a constant."""
    return (3 * z - math.exp(-z) + 3 * math.exp(z) + math.exp(2 * z) / 2) / 2


_GOAL = math.log(9)
_LONGER = (_travel(_GOAL) - _travel(-15)) / (_travel(_GOAL) - _travel(-12))

longer = Number(
    "mse-longer",
    stars=2,
    minutes=4,
    tolerance=0.1,
    question="A neuron trained with squared error starts at the logit −12, another at −15; the label "
    "is 1. By which factor does the second need longer until $ŷ = 0.9$?",
    answer=_LONGER,
    why="Far out the time is $\\frac12 e^a$, so three more units multiply it by $e^3$.",
    mistakes=[
        Mistake(
            15 / 12,
            "That would be a time in proportion to the distance. On the plateau it grows "
            "exponentially.",
        ),
        Mistake(3.0, "The time grows exponentially with the distance, not in proportion to it."),
        Mistake(2**3, "The base is $e$, not 2."),
        Mistake(math.exp(1.5), "The $\\frac12$ stands before the exponential, and not in it."),
        Mistake(math.exp(6), "The slope is proportional to $ŷ$, not to its square."),
    ],
    hint="In the formula for $t_{\\mathrm{SE}}$ only one term counts at $z = -12$.",
    solution="$\\frac12 e^{15} / \\frac12 e^{12} = e^3 = "
    + f"{math.exp(3):.4f}$. With all the terms "
    f"it is {_LONGER:.4f}. Cross-entropy's time grows from "
    f"{_GOAL + 9 + 12:.1f} to {_GOAL + 9 + 15:.1f}.",
)

# ---- proofs ----

cancel = Derivation(
    "mse-cancel",
    stars=2,
    minutes=8,
    question="Derive the slopes of cross-entropy and squared error in the logit, for $ŷ = "
    "\\sigma(z)$ and any $y \\in [0, 1]$, and name every place where they vanish.",
    hint="First show that $\\sigma' = \\sigma(1 - \\sigma)$.",
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

wish = Derivation(
    "mse-wish",
    stars=2,
    minutes=6,
    question="Turn the argument round. You wish for a loss $L(ŷ)$ whose slope in the logit is the "
    "error itself, $ŷ - y$, for $ŷ = \\sigma(z)$. Which losses have it?",
    hint="The chain rule says what the slope in $ŷ$ has to be; then integrate.",
    steps=[
        Step(
            "$\\frac{dL}{dz} = \\frac{dL}{dŷ}\\,ŷ(1 - ŷ)$, so the wish is "
            "$\\frac{dL}{dŷ} = \\frac{ŷ - y}{ŷ(1 - ŷ)}$.",
            "Translate the wish into a condition on the slope in the prediction.",
        ),
        Step(
            "In partial fractions that is $-\\frac{y}{ŷ} + \\frac{1 - y}{1 - ŷ}$.",
            "Split the fraction so that each part can be integrated.",
        ),
        Step(
            "Integrated: $L = -y \\ln ŷ - (1 - y) \\ln(1 - ŷ) + c$, the cross-entropy and a "
            "constant.",
            "Integrate in $ŷ$, and do not forget the constant.",
        ),
    ],
    why="A slope determines a function up to a constant.",
    solution="Cross-entropy need not be guessed, nor taken from the likelihood: it is what the wish "
    "for an undamped error leads to.",
)

gradient = Derivation(
    "mse-gradient",
    stars=2,
    minutes=8,
    question="Show that the slope of $-\\sum_j y_j \\ln q_j$ in the logit $z_k$ is $q_k - y_k$, for "
    "$q = \\operatorname{softmax}(z)$ and any label with $\\sum_j y_j = 1$, hard or soft.",
    hint="Write $\\ln q_j$ as a difference before you differentiate.",
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
    hint="Separate the variables: $t = \\int dz / (-\\frac{dL}{dz})$.",
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
    hint="Fix $p$, call the difference of both sides $g(q)$, and differentiate in $q$.",
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


_EVEN = "For two classes of probability 1/2 the slopes are −1/2 and 1/2."
_SQUARE = "The loss is the squared error."
_ALL = "Each logit moves all the probabilities."

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
    ],
    mistakes=[
        Slip(_in_prediction, _EVEN),
        Slip(_each_alone, _EVEN),
        Slip(_halved, _EVEN),
        Slip(_cross, _SQUARE),
        Slip(_true_class_only, _ALL),
    ],
    hint="$\\partial q_j / \\partial z_k = q_j(\\delta_{jk} - q_k)$.",
    why="The chain rule runs through every probability: $2 q_k [m_k - \\sum_j q_j m_j]$ with "
    "$m = q - y$.",
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
    hint="Note the loss, then move: $z \\leftarrow z - \\text{rate} \\cdot (ŷ - 1)$.",
    why="Each loss is noted before the step that it causes, and the step goes against the slope.",
    remark="Plot `my_training(-8, 1, 40)`: a straight line down to the bend at $z = 0$, and then the "
    "long tail. The demo shows the same descent.",
)
