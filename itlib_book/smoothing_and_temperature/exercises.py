"""The exercises of the chapter on label smoothing and temperature."""

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
from itlib import cross_entropy, entropy, kl_divergence, softmax
from itlib_book.shared.common_mistakes import bits_for_nats, percent_for_fraction


def _smoothed(epsilon, classes):
    """Return the label (1 − ε) on class 0, and ε shared by all classes."""
    target = np.full(classes, epsilon / classes)
    target[0] += 1 - epsilon
    return target


def _shared_by_others(epsilon, classes):
    """Return the label (1 − ε) on class 0, and ε shared by the other classes."""
    return np.array([1 - epsilon] + [epsilon / (classes - 1)] * (classes - 1))


_TEN = _smoothed(0.2, 10)

target = Number(
    "smooth-target",
    stars=1,
    minutes=2,
    unit="",
    question="Ten classes, label smoothing $\\varepsilon = 0.2$ shared by *all* classes. "
    "Which probability does the label give to the right class?",
    answer=_TEN[0],
    why="The right class keeps $1 - \\varepsilon$ and gets its own share of $\\varepsilon$ back.",
    mistakes=[
        Mistake(
            _shared_by_others(0.2, 10)[0],
            "That is the form in which the *other* classes "
            "share ε. Here the right class has a share too.",
        ),
        Mistake(_TEN[1], "That is what each wrong class gets."),
        Mistake(
            _shared_by_others(0.2, 10)[1], "That is what each wrong class gets in the other form."
        ),
        percent_for_fraction(_TEN[0]),
    ],
    hint="How much does the right class keep, and how much of what was taken away does it get back?",
    solution=f"$0.8 + 0.2/10 = {_TEN[0]:.2f}$.",
)

_FOUR = _smoothed(0.2, 4)
_FLOOR = entropy(_FOUR, base=math.e)

floor = Number(
    "smooth-floor",
    stars=1,
    minutes=4,
    unit="nats",
    question="Four classes, $\\varepsilon = 0.2$ shared by all of them. "
    "What is the smallest training loss that any model can reach?",
    answer=_FLOOR,
    why="A cross-entropy is never below the entropy of its target, and reaches it when the model "
    "says exactly what the target says.",
    mistakes=[
        bits_for_nats(_FLOOR),
        Mistake(0.0, "That is the floor with hard labels. A soft label has an entropy of its own."),
        Mistake(
            entropy(_shared_by_others(0.2, 4), base=math.e),
            "That is the floor if the three other classes share ε.",
        ),
        Mistake(
            -math.log(_FOUR[0]),
            "That is the term of the right class without its weight; "
            "the three others count as well.",
        ),
        Mistake(
            -_FOUR[0] * math.log(_FOUR[0]),
            "The four wrong classes have terms too, and they are the larger part.",
        ),
    ],
    hint="Write the label down first. Which answer makes its cross-entropy least?",
    solution="$-0.85 \\ln 0.85 - 3 \\cdot 0.05 \\ln 0.05 = "
    f"{-0.85 * math.log(0.85):.4f} + {-0.15 * math.log(0.05):.4f} = {_FLOOR:.4f}$ nats.",
)

_FIVE = _smoothed(0.1, 5)
_SURE = np.array([0.98] + [0.005] * 4)
_EXCESS = kl_divergence(_FIVE, _SURE, base=math.e)

excess = Number(
    "smooth-excess",
    stars=2,
    minutes=5,
    unit="nats",
    question="Five classes, $\\varepsilon = 0.1$ shared by all of them. A model gives the right "
    "class 0.98, and each of the four others 0.005. How large is the *excess* of its "
    "loss?",
    answer=_EXCESS,
    why="The excess over the floor is the divergence of the smoothed label from the model.",
    mistakes=[
        bits_for_nats(_EXCESS),
        Mistake(
            cross_entropy(_FIVE, _SURE, base=math.e),
            "That is the whole loss. Take away what no model can avoid.",
        ),
        Mistake(
            kl_divergence(_SURE, _FIVE, base=math.e),
            "That is $D(\\text{model}‖\\text{label})$. The mean is taken over the label.",
        ),
        Mistake(-math.log(0.98), "That is the loss with the hard label."),
        Mistake(
            cross_entropy(_FIVE, _SURE, base=math.e) + math.log(0.98),
            "You took away the hard loss. Take away the entropy of the label.",
        ),
    ],
    hint="What has this loss above the least that any answer to this label can have?",
    solution=f"The loss is {cross_entropy(_FIVE, _SURE, base=math.e):.4f} nats, the floor "
    f"{entropy(_FIVE, base=math.e):.4f}; what is left is {_EXCESS:.4f}. This model is too sure for "
    "its labels: 0.98 is well above 0.92.",
)

_UNSURE = 0.90

sign = Choice(
    "smooth-sign",
    stars=2,
    minutes=3,
    question="Five classes, $\\varepsilon = 0.1$ shared by all. A model gives the right class the "
    "probability 0.90. In which direction does a step of gradient descent move the right "
    "logit?",
    options=[
        Option(
            "down, because smoothing penalises confidence",
            "Only confidence *beyond the smoothed label* is pushed back. How much does the "
            "label give to the right class?",
            right=_UNSURE > _FIVE[0],
        ),
        Option(
            "up",
            "The gradient in the logit is the probability minus the target, and "
            "$0.90 - 0.92$ is negative. Smoothing does not punish this model.",
            right=_UNSURE < _FIVE[0],
        ),
        Option(
            "nowhere: 0.90 is 1 − ε, the minimum",
            "The minimum is at $1 - \\varepsilon + \\varepsilon/K$ in this form.",
            right=_UNSURE == _FIVE[0],
        ),
        Option(
            "nowhere: a smoothed loss has no gradient in the right logit",
            "It has: softmax minus target.",
        ),
    ],
    hint="The gradient in a logit is softmax minus target.",
    solution=f"The target is {_FIVE[0]:.2f}, the gradient ${_UNSURE - _FIVE[0]:.2f}$, and descent "
    "goes against it: up.",
)

_FIFTY = _smoothed(0.2, 50)
_GAP = math.log(_FIFTY[0] / _FIFTY[1])

gap = Number(
    "smooth-gap",
    stars=2,
    minutes=5,
    unit="",
    tolerance=0.005,
    question="Fifty classes, $\\varepsilon = 0.2$ shared by all. By how much does the right "
    "logit lead all others, which are equal, in the best possible model?",
    answer=_GAP,
    why="Logits differ by the logarithm of the ratio of probabilities, and the best model repeats "
    "the label.",
    mistakes=[
        Mistake(
            math.inf,
            "That is so with hard labels. A soft label is reached at a finite lead.",
            tolerance=0,
        ),
        Mistake(
            math.log2(_FIFTY[0] / _FIFTY[1]),
            "Logits are natural logarithms, not logarithms to base 2.",
        ),
        Mistake(
            math.log(_FIFTY[0] / (1 - _FIFTY[0])),
            "That is the log-odds of the right "
            "class against all the others *together*. Compare with a single one.",
        ),
        Mistake(
            _FIFTY[0] / _FIFTY[1],
            "That is the ratio of the probabilities; take its logarithm.",
        ),
    ],
    hint="$p_i / p_j = e^{z_i - z_j}$.",
    solution=f"$\\ln(0.804 / 0.004) = \\ln 201 = {_GAP:.4f}$.",
)

_ANSWER, _SHARE = 0.65, 0.2 / 4
_TRUTH = (_ANSWER - _SHARE) / (1 - 0.2)

undo = Number(
    "smooth-undo",
    stars=2,
    minutes=5,
    unit="",
    question="Four classes, $\\varepsilon = 0.2$ shared by all, and labels that are truly random. "
    f"The best possible model answers {_ANSWER} for a class. How often is that class the "
    "label?",
    answer=_TRUTH,
    why="The model repeats the mean of its labels, which is $(1 - \\varepsilon)p + "
    "\\varepsilon/K$; solve for $p$.",
    mistakes=[
        Mistake(
            _ANSWER,
            "That is what the model says. It has learnt from smoothed labels, and "
            "says a little less than the truth.",
        ),
        Mistake(
            _ANSWER / (1 - 0.2), "Take away the class's share of the spread before you divide."
        ),
        Mistake((1 - 0.2) * _ANSWER + _SHARE, "You smoothed the answer once more. Undo it."),
        Mistake((_ANSWER - 0.2) / (1 - 0.2), "Each class got a quarter of ε, not all of it."),
        Mistake(
            (_ANSWER - 0.2 / 3) / (1 - 0.2 - 0.2 / 3),
            "That is for the form in which the *other* classes share ε.",
        ),
        percent_for_fraction(_TRUTH),
    ],
    hint="Smooth an unknown probability $p$, and compare the result with the answer.",
    solution=f"$({_ANSWER} - {_SHARE:.2f}) / 0.8 = {_TRUTH:.2f}$.",
)

_ODDS = 3 / math.log(2)

odds = Number(
    "temp-odds",
    stars=1,
    minutes=4,
    unit="",
    tolerance=0.005,
    question="The logit of class a leads that of class b by 3. At which temperature is a exactly "
    "twice as likely as b?",
    answer=_ODDS,
    why="The odds of two classes are $e^{(z_a - z_b)/T}$, whatever the other classes do.",
    mistakes=[
        Mistake(3 * math.log(2), "Solve $e^{3/T} = 2$ for $T$: the logarithm goes below."),
        Mistake(
            1.5, "Odds do not shrink in proportion to the temperature; their *logarithm* does."
        ),
        Mistake(math.log(2) / 3, "That is $1/T$, the inverse temperature."),
        Mistake(
            3.0,
            "At $T = 3$ the odds are $e$, not 2: a softmax has natural exponentials.",
        ),
        Mistake(
            math.exp(3) / 2,
            "Dividing the odds by something is not what a temperature does: "
            "it takes a root of them.",
        ),
    ],
    hint="A temperature takes the $T$-th root of all odds. What are the odds at $T = 1$?",
    solution=f"$T = 3/\\ln 2 = {_ODDS:.4f}$. At $T = 1$ the odds were $e^3 = {math.exp(3):.1f}$.",
)

_CLAIMED = {0.9: 150, 0.6: 50}  # how sure -> of how many inputs
_INPUTS = sum(_CLAIMED.values())
_RIGHT = sum(sure * inputs for sure, inputs in _CLAIMED.items())

count = Number(
    "temp-count",
    stars=1,
    minutes=3,
    unit="",
    tolerance=0.5,
    question="A classifier is 90 % sure of its answer for 150 inputs, and 60 % sure for 50 others. "
    "It is calibrated. How many of its 200 answers do you expect to be right?",
    answer=_RIGHT,
    why="Of the inputs with confidence $c$ a share $c$ is answered rightly.",
    mistakes=[
        Mistake(0.9 * _INPUTS, "It is 90 % sure of 150 inputs only."),
        Mistake(0.6 * _INPUTS, "It is 60 % sure of 50 inputs only."),
        Mistake((0.9 + 0.6) / 2 * _INPUTS, "The two groups are of different sizes: weigh them."),
        Mistake(float(_INPUTS), "A calibrated model errs as often as it says it may."),
        Mistake(_INPUTS - _RIGHT, "That is how many you expect to be wrong."),
        Mistake(_RIGHT / _INPUTS, "That is the share. How many answers are it?", tolerance=0.001),
    ],
    hint="Each group by itself: how many inputs, and which share of them?",
    solution=f"$0.9 \\cdot 150 + 0.6 \\cdot 50 = {_RIGHT:.0f}$. If fewer are right, the model is "
    "too sure; if more are, it is not sure enough.",
)

_FIRST, _FLATTER, _STEEPER = [2, 1, 0.5, 0.1, -0.5], [1, 0.5, 0.25, 0.05, -0.25], [6, 1, 0, 0, 0]
_CASES = {
    "z = (2, 1, .5, .1, −.5), T = 2": (_FIRST, 2),
    "z = (6, 1, 0, 0, 0), T = 1": (_STEEPER, 1),
    "z = (2, 1, .5, .1, −.5), T = 0.5": (_FIRST, 0.5),
    "z = (1, .5, .25, .05, −.25), T = 2": (_FLATTER, 2),
}

order = Ordering(
    "temp-order",
    stars=1,
    minutes=4,
    question="Order these softmax outputs by their entropy. It can be done without a computer.",
    items=[Item(text, entropy(softmax(z, temperature=t))) for text, (z, t) in _CASES.items()],
    direction="the smallest entropy first",
    mistakes=[
        Swap(
            "z = (1, .5, .25, .05, −.25), T = 2",
            "z = (2, 1, .5, .1, −.5), T = 2",
            "Halved logits at the same temperature are the same as a doubled temperature.",
        ),
        Swap(
            "z = (2, 1, .5, .1, −.5), T = 2",
            "z = (2, 1, .5, .1, −.5), T = 0.5",
            "A higher temperature flattens, and flat is uncertain.",
        ),
        Swap(
            "z = (2, 1, .5, .1, −.5), T = 0.5",
            "z = (6, 1, 0, 0, 0), T = 1",
            "At $T = 1$ the first has the logits 4, 2, 1, 0.2 and −1. Which top leads by more?",
        ),
    ],
    hint="Only $z/T$ counts. Write all four as logits at $T = 1$.",
    why="Only the ratio $z/T$ matters, and smaller differences of it mean a flatter softmax.",
    solution="; ".join(
        f"{text}: {entropy(softmax(z, temperature=t)):.3f} bits" for text, (z, t) in _CASES.items()
    )
    + ".",
)

_S, _V = np.array([1.0, 2.0, 0.0]), np.array([3.0, 1.0, -1.0])


def _soft_gradient(temperature):
    s, v = (softmax(z, temperature=temperature) for z in (_S, _V))
    return float(np.linalg.norm(s - v)) / temperature


factor = Number(
    "temp-factor",
    stars=2,
    minutes=4,
    unit="",
    question="A colleague distils at $T = 20$ and adds the hard and the soft loss with equal "
    "weights, but forgets the factor $T^2$. How many times too weak is the gradient of "
    "the soft part?",
    answer=20.0**2,
    why="The factor multiplies the gradient of the soft part by $T^2$, so without it that much is "
    "missing.",
    mistakes=[
        Mistake(
            20.0,
            "One factor $1/T$ comes from the division of the logits; flatter "
            "probabilities differ less, and bring another.",
        ),
        Mistake(1 / 20**2, "That is what is left of it. How many times too weak is it?"),
        Mistake(40.0, "The square of 20, not its double."),
    ],
    hint="Multiplying a loss by a number multiplies its gradient by the same number.",
    solution="$20^2$. For instance with the student's logits $(1, 2, 0)$ and the teacher's "
    f"$(3, 1, -1)$ the soft gradient has the length {_soft_gradient(20):.5f} at $T = 20$; "
    f"times $T^2$ it is {400 * _soft_gradient(20):.3f}.",
)

calibrated = Choice(
    "temp-calibrated",
    stars=2,
    minutes=3,
    question="After training, a classifier's logits are divided by a temperature $T = 2.5$ that was "
    "fitted on held-out data. What changes?",
    options=[
        Option(
            "its accuracy rises",
            "The largest logit stays the largest, so every prediction stays what it was.",
        ),
        Option(
            "how sure it is, but not which class it names",
            "Dividing by a positive number keeps the order of the logits.",
            right=bool(
                np.all(
                    np.argsort(softmax([3, 1, 2]))
                    == np.argsort(softmax([3, 1, 2], temperature=2.5))
                )
            ),
        ),
        Option(
            "it has learnt more about the other classes",
            "Nothing is learnt: no weight of the "
            "network changes. In distillation a temperature acts during training.",
        ),
        Option(
            "it becomes right as often as it says, for every input",
            "One number can mend the average of a group of inputs, not every single one; and "
            "only for data like those on which it was fitted.",
        ),
    ],
    hint="Is there a temperature at which another class has the largest probability?",
    solution="That is why it is cheap: a single number, fitted in seconds, and the accuracy is "
    "safe. It mends confidence on average over data like the held-out ones.",
)

limit = Choice(
    "temp-limit",
    stars=2,
    minutes=3,
    question="“The higher the temperature, the more the student learns.” A student descends on the "
    "sum of a hard loss and a soft one that is *not* multiplied by $T^2$. What does it "
    "learn from the teacher's softened probabilities as $T \\to \\infty$?",
    options=[
        Option(
            "everything: the order of all classes becomes visible",
            "The order is there at every temperature. The differences vanish.",
        ),
        Option("only the teacher's first choice", "That is the limit $T \\to 0$."),
        Option(
            "nothing: all teachers look alike",
            "All probabilities tend to $1/K$, and the soft gradient tends to zero like $1/T^2$, "
            "while the hard one stays.",
            right=_soft_gradient(1e4) < 1e-6,
        ),
        Option(
            "the teacher's logits",
            "With the factor $T^2$ it would: then the limit is least squares on the logits. "
            "Without it the hard loss drowns them.",
        ),
    ],
    hint="What is softmax(z/T) for very large $T$?",
    solution="With the factor the limit is least squares on logits, in which a class that the "
    "teacher finds absurd counts as much as the right one. Neither limit is the best: "
    "a temperature is chosen on validation data.",
)

derivative = Derivation(
    "temp-derivative",
    stars=3,
    minutes=12,
    question="Show that the entropy of $p = \\operatorname{softmax}(z/T)$ rises with the "
    "temperature: $\\frac{dH}{dT} = \\frac{\\operatorname{Var}_p(z)}{T^3}$ in nats.",
    hint="Use $\\beta = 1/T$ and $Z = \\sum_k e^{\\beta z_k}$.",
    steps=[
        Step(
            "$-\\ln p_k = \\ln Z - \\beta z_k$, so $H = \\ln Z - \\beta E_p[z]$.",
            "Write the entropy with $\\ln Z$ first.",
        ),
        Step("$\\frac{d}{d\\beta} \\ln Z = E_p[z]$.", "Differentiate $Z$ under the sum."),
        Step(
            "$\\frac{d}{d\\beta} E_p[z] = E_p[z^2] - E_p[z]^2 = \\operatorname{Var}_p(z)$.",
            "The derivative of a probability is $dp_k/d\\beta = p_k (z_k - E_p[z])$.",
        ),
        Step(
            "So $\\frac{dH}{d\\beta} = E_p[z] - E_p[z] - \\beta \\operatorname{Var}_p(z) = "
            "-\\beta \\operatorname{Var}_p(z)$.",
            "Product rule; two terms cancel.",
        ),
        Step(
            "$\\frac{d\\beta}{dT} = -\\frac{1}{T^2}$, hence $\\frac{dH}{dT} = "
            "\\frac{\\operatorname{Var}_p(z)}{T^3} \\ge 0$, and zero only if all logits are equal.",
            "Chain rule, from $\\beta$ back to $T$.",
        ),
    ],
    why="A variance is never negative, so the entropy never falls with the temperature.",
)

square = Derivation(
    "temp-square",
    stars=2,
    minutes=10,
    question="A student with logits $s$ minimises $\\mathrm{CE}(\\operatorname{softmax}(v/T), "
    "\\operatorname{softmax}(s/T))$ for a teacher's logits $v$ ($K$ classes). Find the "
    "gradient in $s$, and show that it shrinks like $1/T^2$.",
    hint="The gradient of a cross-entropy in the logits that enter the softmax is softmax minus "
    "target. Then $e^x \\approx 1 + x$.",
    steps=[
        Step(
            "In $s/T$ the gradient is $\\operatorname{softmax}(s/T) - "
            "\\operatorname{softmax}(v/T)$.",
            "Start from the known gradient, in the scaled logits.",
        ),
        Step(
            "The chain rule adds a factor: in $s$ it is $\\frac1T \\left("
            "\\operatorname{softmax}(s/T) - \\operatorname{softmax}(v/T)\\right)$.",
            "The loss depends on $s$ through $s/T$: this is the first $1/T$.",
        ),
        Step(
            "For large $T$: $\\operatorname{softmax}(s/T)_i \\approx \\frac{1 + s_i/T}"
            "{K + \\sum_j s_j/T} \\approx \\frac1K \\left(1 + \\frac{s_i - \\bar s}{T}\\right)$.",
            "Expand the exponentials to first order, above and below.",
        ),
        Step(
            "The difference is $\\frac{1}{KT}\\left((s_i - \\bar s) - (v_i - \\bar v)\\right)$: "
            "the second $1/T$.",
            "Subtract the teacher's; the constant 1 cancels.",
        ),
        Step(
            "Times the first: the gradient is about $\\frac{1}{K T^2} \\left((s_i - \\bar s) - "
            "(v_i - \\bar v)\\right)$, and $T^2$ times it tends to that of "
            "$\\frac{1}{2K} \\sum_i \\left((s_i - \\bar s) - (v_i - \\bar v)\\right)^2$.",
            "Say what is left when the factor $T^2$ is there: least squares on centred logits.",
        ),
    ],
    why="One factor $1/T$ comes from the chain rule, the other from probabilities that differ less.",
)


def my_softmax(z, T):
    """Return exp(z/T) over its sum, without overflow."""
    z = np.asarray(z, float)
    e = np.exp((z - z.max()) / T)
    return e / e.sum()


def _reference(z, T):
    return softmax(z, temperature=T)


def _overflowing(z, T):
    e = np.exp(np.asarray(z, float) / T)
    return e / e.sum()


def _multiplied(z, T):
    return softmax(np.asarray(z, float) * T)


def _afterwards(z, T):
    p = softmax(z) / T
    return p / p.sum()


_SOFT = "A temperature above 1 flattens, and it acts on the logits."
_COLD = "A small temperature, or a large logit, does not overflow."

code = Code(
    "temp-code",
    stars=1,
    minutes=6,
    question="Write `my_softmax(z, T)`: the probabilities of a vector of logits at a temperature.",
    solution=my_softmax,
    reference=_reference,
    cases=[
        Case("At temperature 1 it is the plain softmax.", (np.array([2.0, 1.0, 0.5]), 1.0)),
        Case(_SOFT, (np.array([2.0, 1.0, 0.5]), 4.0)),
        Case(_COLD, (np.array([2.0, 1.0, 0.5]), 0.001)),
        Case(_COLD, (np.array([1000.0, 0.0]), 1.0)),
    ],
    mistakes=[Slip(_overflowing, _COLD), Slip(_multiplied, _SOFT), Slip(_afterwards, _SOFT)],
    hint="Subtract the largest logit before you take exponentials: the result is the same.",
    why="Only differences of logits count, so the largest may be taken to be zero.",
    call="exercises.code.check(my_softmax)",
)
