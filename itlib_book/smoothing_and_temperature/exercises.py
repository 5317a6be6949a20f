"""The exercises of the chapter on label smoothing and temperature."""

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
    Sketch,
    Slip,
    Step,
    Swap,
    varied,
)
from bookkit.palette import light
from itlib import cross_entropy, entropy, kl_divergence, softmax
from itlib_book.shared.common_mistakes import bits_for_nats, percent_for_fraction
from itlib_book.smoothing_and_temperature import data, demos, figures

SHARE = [
    Limit("A probability is at least 0.", below=0.0),
    Limit("A probability is at most 1.", above=1.0),
]
NO_NEGATIVE_LOSS = Limit("Neither a loss nor a part of it is negative here.", below=0.0)
_WORDS = {3: "Three", 4: "Four", 5: "Five", 6: "Six", 8: "Eight", 10: "Ten", 20: "Twenty"}
_WORDS |= {30: "Thirty", 50: "Fifty", 100: "A hundred"}


def _smoothed(epsilon, classes):
    """Return the label (1 − ε) on class 0, and ε shared by all classes."""
    target = np.full(classes, epsilon / classes)
    target[0] += 1 - epsilon
    return target


def _shared_by_others(epsilon, classes):
    """Return the label (1 − ε) on class 0, and ε shared by the other classes."""
    return np.array([1 - epsilon] + [epsilon / (classes - 1)] * (classes - 1))


def _nearest(value, options):
    """Return the text of the option whose number is nearest to a value, as a ratio."""
    return min(options, key=lambda text: abs(math.log(options[text] / value)))


# ---- predict ----

_PUZZLE_HARD, _PUZZLE_SOFT = figures.puzzle_losses()
_TIMES = {
    "a quarter of it": 1 / 4,
    "about the same": 1,
    "about twice as much": 2,
    "about eight times as much": 8,
}
_EXCESS_THEN, _EXCESS_NOW = figures.puzzle_divergences()

guess_puzzle = Prediction(
    "smooth-puzzle",
    question="What does the same prediction cost under the new label, compared with before?",
    options=list(_TIMES),
    happens=_nearest(_PUZZLE_SOFT / _PUZZLE_HARD, _TIMES),
    saw=f"{_PUZZLE_HARD:.4f} nats have become {_PUZZLE_SOFT:.4f}. And yet the divergence of the label "
    f"from the prediction has *fallen*, from {_EXCESS_THEN:.4f} nats to {_EXCESS_NOW:.4f}.",
)


def _draw_hard_loss(ax):
    """Draw the loss with the hard label, over the lead of the right logit."""
    ax.plot(demos.GAPS, demos.hard_curve("5"), "--", color=light("p"))
    ax.set(ylim=(0, 2), ylabel="nats", title="five classes: loss with the hard label")


guess_stop = Prediction(
    "smooth-stop",
    question="Five classes. With a hard label training raises the right logit for ever: the loss "
    "falls and falls. Now the label is smoothed with $\\varepsilon = 0.1$. At which lead over the "
    "four others, which are equal, does training stop raising it? Mark the place.",
    happens=demos.best_gap(0.1, "5"),
    sketch=Sketch(
        "lead of the right logit",
        0,
        12,
        0.25,
        draw=_draw_hard_loss,
        alt="The loss with the hard label falls towards zero as the lead grows from 0 to 12.",
    ),
    saw="With the hard label the gradient (dashed) is negative everywhere, and the logits drift "
    "apart for as long as you train. Move $\\varepsilon$ to 0.1: the gradient of the smoothed loss "
    f"crosses zero at a lead of {demos.best_gap(0.1, '5'):.2f}, and beyond it the loss rises "
    "again. So smoothing is better described as a *finite target for the logits*. With a thousand "
    "classes each wrong one gets less, and the goal is further away, at "
    f"{demos.best_gap(0.1, '1000'):.2f}; the grey floor is higher as well.",
)

_DOUBLED = {
    "about 0.75": 0.75,
    "0.55, as before": 0.55,
    "about 0.36": 0.36,
    "about 0.27, half as much": 0.27,
}

guess_double = Prediction(
    "temp-double",
    question="A model has the logits 2, 1, 0.5, 0.1 and −0.5, and its softmax gives the first "
    "class 0.55. Divide all logits by $T = 2$. What does the first class get now?",
    options=list(_DOUBLED),
    happens=_nearest(softmax(figures.LOGITS, temperature=2)[0], _DOUBLED),
    saw="A higher temperature flattens, but it does not halve a probability: it takes the square "
    "root of all *odds*. The first class was "
    f"{math.e:.1f} times as likely as the second, and is now {math.exp(0.5):.2f} times as likely. "
    "It stays the first at every temperature; as $T$ grows, all five tend to one fifth.",
)

_COURSES = (
    "it falls all the way",
    "it rises at first, and then falls",
    "it rises all the way",
    "it stays the same",
)
_COURSE = np.diff(demos.plain_curve("a sure teacher", "is half-way")) > 0

guess_course = Prediction(
    "temp-course",
    question="A sure teacher has the logits 8, 3, 1, 0 and −2, its student half of each. Raise the "
    "temperature from 0.25 to 10. What becomes of the soft gradient, *without* the factor $T^2$?",
    options=list(_COURSES),
    happens=_COURSES[2 * _COURSE[0] if _COURSE[0] == _COURSE[-1] else 1],
    saw="At a low temperature both are sure of the same class, and the student has nothing to "
    "learn: choose this pair, and the red curve rises first. It falls in the end for every pair, "
    "and the green one levels off. At $T = 1$ the sure teacher’s answer is nearly a hard label; "
    "at 2.75 the wrong classes together get "
    f"{1 - demos.probabilities('a sure teacher', 2.75)[0]:.2f}.",
)

_CLASSES = {
    "a, which both put first": 0,
    "b, the teacher’s second choice": 1,
    "e, which both find all but impossible": 4,
    "all five alike": None,
}

guess_lesson = Prediction(
    "temp-lesson",
    question="A student gives too little to class b, to which its teacher gives a good quarter, "
    "and its logit of class e is too high; both find e all but impossible. At $T = 1$ the gradient "
    "pulls about as hard on the logit of b as on that of a. On which logit does it pull hardest at "
    "$T = 20$?",
    options=list(_CLASSES),
    happens=next(
        text for text, k in _CLASSES.items() if k == int(np.argmax(np.abs(data.pulls(20))))
    ),
    saw="At a high temperature all probabilities are nearly alike, and what counts is by how much "
    "a *logit* is wrong. On e the student is off by "
    f"{data.GUESSED[4] - data.BELIEVED[4]:.0f}, on b by "
    f"{data.BELIEVED[1] - data.GUESSED[1]:.0f}, so it is told most of all about a class that "
    "never decides anything.",
)

_SUREST, _RIGHT_THEN = (values[-1] for values in data.reliability(1))
_RATES = {
    "hardly ever wrong: 97 of 100": 0.97,
    "85 of 100": 0.85,
    "70 of 100": 0.70,
    "33 of 100, as the logits are three times too large": 0.33,
}

guess_sure = Prediction(
    "temp-sure",
    question="A model’s logits are three times too large. Take the answers of which it is surest: "
    f"{100 * _SUREST:.0f} % sure on average. How many of them are right?",
    options=list(_RATES),
    happens=_nearest(_RIGHT_THEN, _RATES),
    saw=f"{100 * _RIGHT_THEN:.0f} of 100 are right; in every bin the red dots lie below the "
    "diagonal. Divided by three, the logits are the true ones, and the green dots lie on the "
    "diagonal but for chance. The second picture finds the three without knowing the truth: "
    "there held-out data cost least.",
)

# ---- labels ----


def _target(epsilon, classes):
    label, other = _smoothed(epsilon, classes), _shared_by_others(epsilon, classes)
    return Number(
        "smooth-target",
        stars=1,
        minutes=2,
        unit="",
        question=f"{_WORDS[classes]} classes, label smoothing $\\varepsilon = {epsilon:g}$ shared by "
        "*all* classes. Which probability does the label give to the right class?",
        answer=label[0],
        why="The right class keeps $1 - \\varepsilon$ and gets its own share of $\\varepsilon$ back.",
        mistakes=[
            Mistake(
                other[0],
                "That is the form in which the *other* classes share ε. Here the right class has "
                "a share too.",
            ),
            Mistake(label[1], "That is what each wrong class gets."),
            Mistake(other[1], "That is what each wrong class gets in the other form."),
            percent_for_fraction(label[0]),
        ],
        limits=SHARE,
        hint=[
            "How much does the right class keep, and how much of what was taken away does it get "
            "back?",
            "$1 - \\varepsilon + \\varepsilon/K$.",
            f"It keeps {1 - epsilon:g}, and gets a share of {epsilon:g} back.",
        ],
        solution=f"${1 - epsilon:g} + {epsilon:g}/{classes} = {label[0]:.4g}$.",
    )


target = varied(
    _target,
    [
        (0.3, 5),
        (0.1, 4),
        (0.3, 8),
        (0.4, 8),
        (0.2, 5),
        (0.3, 6),
        (0.45, 10),
        (0.25, 5),
        (0.4, 4),
        (0.6, 4),
    ],
)

# ---- floor and excess ----


def _floor(epsilon, classes):
    label = _smoothed(epsilon, classes)
    least = entropy(label, base=math.e)
    right, wrong = -label[0] * math.log(label[0]), -label[1] * math.log(label[1])
    return Number(
        "smooth-floor",
        stars=1,
        minutes=4,
        unit="nats",
        question=f"{_WORDS[classes]} classes, $\\varepsilon = {epsilon:g}$ shared by all of them. "
        "If inputs determine their labels, what is the smallest training loss that any model "
        "can reach?",
        answer=least,
        why="A cross-entropy is never below the entropy of its target, and reaches it when the "
        "model says exactly what the target says.",
        mistakes=[
            bits_for_nats(least),
            Mistake(
                0.0, "That is the floor with hard labels. A soft label has an entropy of its own."
            ),
            Mistake(
                entropy(_shared_by_others(epsilon, classes), base=math.e),
                "That is the floor if only the *other* classes share ε.",
            ),
            Mistake(
                -math.log(label[0]),
                "That is the term of the right class without its weight; the wrong ones count as "
                "well.",
            ),
            Mistake(right, "The wrong classes have terms too, and they are the larger part."),
            Mistake(right + wrong, "Each of the wrong classes has a term. You counted one."),
        ],
        limits=[NO_NEGATIVE_LOSS],
        hint=[
            "Write the label down first. Which answer makes its cross-entropy least?",
            "The least is $H(t) = -\\sum_k t_k \\ln t_k$.",
            f"The label is {label[0]:.4g}, and {label[1]:.4g} for each wrong class.",
        ],
        solution=f"$-{label[0]:.4g} \\ln {label[0]:.4g} - {classes - 1} \\cdot {label[1]:.4g} \\ln "
        f"{label[1]:.4g} = {right:.4f} + {(classes - 1) * wrong:.4f} = {least:.4f}$ nats.",
    )


floor = varied(
    _floor,
    [
        (0.2, 4),
        (0.3, 3),
        (0.2, 5),
        (0.4, 4),
        (0.3, 6),
        (0.5, 8),
        (0.2, 8),
        (0.3, 10),
        (0.5, 5),
        (0.25, 5),
    ],
)


def _excess(epsilon, classes, sure):
    label = _smoothed(epsilon, classes)
    model = np.array([sure] + [(1 - sure) / (classes - 1)] * (classes - 1))
    loss = cross_entropy(label, model, base=math.e)
    more = kl_divergence(label, model, base=math.e)
    verdict = "is too sure for its labels" if sure > label[0] else "is less sure than its labels"
    return Number(
        "smooth-excess",
        stars=2,
        minutes=5,
        unit="nats",
        question=f"{_WORDS[classes]} classes, $\\varepsilon = {epsilon:g}$ shared by all of them. A "
        f"model gives the right class {sure:g}, and each of the others {model[1]:.4g}. How large is "
        "the *excess* of its loss?",
        answer=more,
        why="The excess over the floor is the divergence of the smoothed label from the model.",
        mistakes=[
            bits_for_nats(more),
            Mistake(loss, "That is the whole loss. Take away what no model can avoid."),
            Mistake(
                kl_divergence(model, label, base=math.e),
                "That is $D(\\text{model}‖\\text{label})$. The mean is taken over the label.",
            ),
            Mistake(-math.log(sure), "That is the loss with the hard label."),
            Mistake(
                loss + math.log(sure),
                "You took away the hard loss. Take away the entropy of the label.",
            ),
        ],
        limits=[NO_NEGATIVE_LOSS],
        hint=[
            "What has this loss above the least that any answer to this label can have?",
            "$D(t‖\\hat p) = \\sum_k t_k \\ln \\frac{t_k}{\\hat p_k}$.",
            f"The right class: ${label[0]:.4g} \\ln \\frac{{{label[0]:.4g}}}{{{sure:g}}}$.",
        ],
        solution=f"The loss is {loss:.4f} nats, the floor {loss - more:.4f}; what is left is "
        f"{more:.4f}. This model {verdict}: {sure:g} beside {label[0]:.4g}.",
    )


excess = varied(
    _excess,
    [
        (0.1, 5, 0.98),
        (0.2, 4, 0.97),
        (0.2, 5, 0.92),
        (0.3, 4, 0.91),
        (0.1, 3, 0.97),
        (0.2, 6, 0.96),
        (0.2, 5, 0.6),
        (0.1, 10, 0.73),
        (0.4, 4, 0.82),
        (0.3, 3, 0.6),
    ],
)

_FIVE = _smoothed(0.1, 5)

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
            "nowhere: 0.90 is $1 - \\varepsilon$, the minimum",
            "The minimum is at $1 - \\varepsilon + \\varepsilon/K$ in this form.",
            right=_UNSURE == _FIVE[0],
        ),
        Option(
            "nowhere: a smoothed loss has no gradient in the right logit",
            "It has: softmax minus target.",
        ),
    ],
    hint=[
        "Which probability does the smoothed label give the right class?",
        "The gradient in a logit is softmax minus target, and descent goes against it.",
        "It is $0.90$ less what the label gives.",
    ],
    solution=f"The target is {_FIVE[0]:.2f}, the gradient ${_UNSURE - _FIVE[0]:.2f}$, and descent "
    "goes against it: up.",
)


def _gap(epsilon, classes):
    label = _smoothed(epsilon, classes)
    lead = math.log(label[0] / label[1])
    return Number(
        "smooth-gap",
        stars=2,
        minutes=5,
        unit="",
        tolerance=0.005,
        question=f"{_WORDS[classes]} classes, $\\varepsilon = {epsilon:g}$ shared by all. By how much "
        "does the right logit lead all others, which are equal, in the best possible model?",
        answer=lead,
        why="Logits differ by the logarithm of the ratio of probabilities, and the best model "
        "repeats the label.",
        mistakes=[
            Mistake(
                math.inf,
                "That is so with hard labels. A soft label is reached at a finite lead.",
                tolerance=0,
            ),
            Mistake(
                math.log2(label[0] / label[1]),
                "Logits are natural logarithms, not logarithms to base 2.",
            ),
            Mistake(
                math.log(label[0] / (1 - label[0])),
                "That is the log-odds of the right class against all the others *together*. "
                "Compare with a single one.",
            ),
            Mistake(
                label[0] / label[1],
                "That is the ratio of the probabilities; take its logarithm.",
            ),
        ],
        limits=[Limit("The right logit leads: its class is the likeliest.", below=0.0)],
        hint=[
            "Which probabilities does the best model give?",
            "$p_i / p_j = e^{z_i - z_j}$.",
            f"The best model gives {label[0]:.4g} to the right class and {label[1]:.4g} to another.",
        ],
        solution=f"$\\ln({label[0]:.4g} / {label[1]:.4g}) = \\ln {label[0] / label[1]:.4g} = "
        f"{lead:.4f}$.",
    )


gap = varied(
    _gap,
    [
        (0.4, 5),
        (0.2, 20),
        (0.3, 6),
        (0.3, 10),
        (0.2, 10),
        (0.4, 10),
        (0.3, 30),
        (0.5, 20),
        (0.4, 8),
        (0.4, 100),
    ],
)


def _undo(epsilon, classes, answer):
    spread, others = epsilon / classes, epsilon / (classes - 1)
    truth = (answer - spread) / (1 - epsilon)
    return Number(
        "smooth-undo",
        stars=2,
        minutes=5,
        unit="",
        question=f"{_WORDS[classes]} classes, $\\varepsilon = {epsilon:g}$ shared by all, and labels "
        f"that are truly random. The best possible model answers {answer:g} for a class. How often "
        "is that class the label?",
        answer=truth,
        why="The model repeats the mean of its labels, which is $(1 - \\varepsilon)p + "
        "\\varepsilon/K$; solve for $p$.",
        mistakes=[
            Mistake(
                answer,
                "That is what the model says. It has learnt from smoothed labels, which pull "
                "every answer towards $1/K$.",
            ),
            Mistake(
                answer / (1 - epsilon),
                "Take away the class's share of the spread before you divide.",
            ),
            Mistake((1 - epsilon) * answer + spread, "You smoothed the answer once more. Undo it."),
            Mistake(
                (answer - epsilon) / (1 - epsilon), "Each class got its share of ε, not all of it."
            ),
            Mistake(
                (answer - others) / (1 - epsilon - others),
                "That is for the form in which the *other* classes share ε.",
            ),
            percent_for_fraction(truth),
        ],
        limits=SHARE,
        hint=[
            "Smooth an unknown probability $p$. What comes out?",
            "$(1 - \\varepsilon)\\,p + \\varepsilon/K$ is the answer.",
            f"${1 - epsilon:g}\\,p + {spread:.4g} = {answer:g}$.",
        ],
        solution=f"$({answer:g} - {spread:.4g}) / {1 - epsilon:g} = {truth:.4g}$.",
    )


undo = varied(
    _undo,
    [
        (0.4, 5, 0.53),
        (0.3, 6, 0.47),
        (0.3, 5, 0.41),
        (0.4, 10, 0.43),
        (0.4, 4, 0.61),
        (0.4, 8, 0.47),
        (0.3, 4, 0.46),
        (0.4, 5, 0.65),
        (0.2, 4, 0.77),
        (0.4, 8, 0.53),
    ],
)

# ---- temperature: a worked example that fades ----


def _softened(p, temperature):
    """Return probabilities at another temperature: their roots, made to add up to one."""
    return softmax(np.log(p), temperature=temperature)


def _without_the_sum(p, temperature):
    """Return the mistakes of somebody who softens the first of some probabilities."""
    p = np.array(p)
    return [
        Mistake(p[0], "That is what it gets at $T = 1$."),
        Mistake(
            p[0] ** (1 / temperature),
            "That is its root. The roots of all classes do not add up to one yet.",
        ),
        Mistake(
            softmax(np.log(p) * temperature)[0],
            "That is what powers give, a temperature below 1. A temperature above 1 takes roots.",
        ),
        percent_for_fraction(_softened(p, temperature)[0]),
    ]


_SQUARES = (0.64, 0.16, 0.16, 0.04)

roots_last_step = Number(
    "temp-roots-last-step",
    stars=1,
    minutes=2,
    unit="",
    question="A classifier gives four classes 0.64, 0.16, 0.16 and 0.04. What does it give the "
    "first one at $T = 2$?\n\n"
    "1. The square roots are 0.8, 0.4, 0.4 and 0.2.\n"
    f"2. They add up to {sum(math.sqrt(p) for p in _SQUARES):.1f}.\n"
    "3. What does the first class get?",
    answer=_softened(_SQUARES, 2)[0],
    why="The roots keep the right proportions, and dividing by their sum makes them probabilities.",
    mistakes=_without_the_sum(_SQUARES, 2),
    limits=SHARE,
    hint=["What must probabilities add up to?", "Divide the first root by the sum of the roots."],
    solution=f"$0.8 / 1.8 = {_softened(_SQUARES, 2)[0]:.4f}$.",
)


def _roots(*given):
    *p, temperature = given
    roots = [x ** (1 / temperature) for x in p]
    listed = f"{p[0]:g}, {p[1]:g} and {p[2]:g}"
    return Number(
        "temp-roots-alone",
        stars=1,
        minutes=3,
        unit="",
        tolerance=0.002,
        question=f"A classifier gives three classes {listed}. Its logits are divided by "
        f"{temperature}. What does it give the first class now?",
        answer=_softened(p, temperature)[0],
        why="A temperature takes roots of all odds, so of all probabilities up to a common factor.",
        mistakes=_without_the_sum(p, temperature),
        limits=SHARE,
        hint=[
            "You do not know the logits, but logarithms of the probabilities do as well. What "
            "becomes of $e^{\\ln p / T}$?",
            "Take $p_k^{1/T}$, and divide it by the sum of all of them.",
            f"The first root is ${p[0]:g}^{{1/{temperature}}} = {roots[0]:.4f}$.",
        ],
        solution=" + ".join(f"{x:.4f}" for x in roots)
        + f" = {sum(roots):.4f}, and {roots[0]:.4f} / {sum(roots):.4f} = "
        f"{roots[0] / sum(roots):.4f}.",
    )


roots = varied(
    _roots,
    [
        (0.7, 0.2, 0.1, 2),
        (0.8, 0.15, 0.05, 2),
        (0.65, 0.25, 0.1, 3),
        (0.9, 0.08, 0.02, 2),
        (0.65, 0.2, 0.15, 4),
        (0.9, 0.05, 0.05, 4),
        (0.75, 0.15, 0.1, 2),
        (0.85, 0.1, 0.05, 3),
        (0.95, 0.04, 0.01, 2),
        (0.7, 0.25, 0.05, 5),
    ],
)


def _odds(lead, times):
    temperature = lead / math.log(times)
    often = {2: "twice"}.get(times, f"{times} times")
    return Number(
        "temp-odds",
        stars=1,
        minutes=4,
        unit="",
        tolerance=0.005,
        question=f"The logit of class a leads that of class b by {lead}. At which temperature is class "
        f"a exactly {often} as likely as class b?",
        answer=temperature,
        why="The odds of two classes are $e^{(z_a - z_b)/T}$, whatever the other classes do.",
        mistakes=[
            Mistake(
                lead * math.log(times),
                f"Solve $e^{{{lead}/T}} = {times}$ for $T$: the logarithm goes below.",
            ),
            Mistake(
                lead / times,
                f"At this $T$ the divided logits differ by {times}. It is the *odds* that "
                f"should be {times}.",
            ),
            Mistake(math.log(times) / lead, "That is $1/T$, the inverse temperature."),
            Mistake(
                float(lead),
                f"At $T = {lead}$ the odds are $e$, not {times}: a softmax has natural exponentials.",
            ),
            Mistake(
                math.exp(lead) / times,
                "Dividing the odds by something is not what a temperature does: it takes a root of "
                "them.",
            ),
        ],
        limits=[Limit("A temperature is positive.", below=0.0)],
        hint=[
            "A temperature takes the $T$-th root of all odds. What are the odds at $T = 1$?",
            "$e^{(z_a - z_b)/T}$.",
            f"$e^{{{lead}/T}} = {times}$.",
        ],
        solution=f"$T = {lead}/\\ln {times} = {temperature:.4f}$. At $T = 1$ the odds were "
        f"$e^{lead} = {math.exp(lead):.1f}$.",
    )


odds = varied(
    _odds,
    [(3, 2), (4, 3), (5, 2), (2, 5), (6, 4), (4, 10), (5, 3), (7, 3), (8, 5), (6, 2)],
)

# ---- calibration ----


def _count(surer, many, sure, few):
    inputs, right = many + few, surer * many + sure * few
    high, low = f"{100 * surer:.0f} %", f"{100 * sure:.0f} %"
    return Number(
        "temp-count",
        stars=1,
        minutes=3,
        unit="",
        tolerance=0.5,
        question=f"A classifier is {high} sure of its answer for {many} inputs, and {low} sure for "
        f"{few} others. It is calibrated. How many of its {inputs} answers do you expect to be "
        "right?",
        answer=right,
        why="Of the inputs with confidence $c$ a share $c$ is answered rightly.",
        mistakes=[
            Mistake(surer * inputs, f"It is {high} sure of {many} inputs only."),
            Mistake(sure * inputs, f"It is {low} sure of {few} inputs only."),
            Mistake(
                (surer + sure) / 2 * inputs, "The two groups are of different sizes: weigh them."
            ),
            Mistake(float(inputs), "A calibrated model errs as often as it says it may."),
            Mistake(inputs - right, "That is how many you expect to be wrong."),
            Mistake(
                right / inputs, "That is the share. How many answers is that?", tolerance=0.001
            ),
        ],
        limits=[
            Limit("A number of answers is at least 0.", below=0.0),
            Limit(f"There are only {inputs} answers.", above=float(inputs)),
        ],
        hint=[
            "Each group by itself: how many inputs, and which share of them?",
            "Multiply confidence by inputs, and add over the groups.",
            f"The first group: ${surer:g} \\cdot {many}$.",
        ],
        solution=f"${surer:g} \\cdot {many} + {sure:g} \\cdot {few} = {right:.0f}$. If fewer are "
        "right, the model is too sure; if more are, it is not sure enough.",
    )


count = varied(
    _count,
    [
        (0.9, 80, 0.55, 40),
        (0.8, 100, 0.45, 80),
        (0.95, 200, 0.7, 100),
        (0.9, 100, 0.6, 160),
        (0.99, 300, 0.8, 100),
        (0.85, 40, 0.6, 160),
        (0.75, 120, 0.55, 80),
        (0.9, 60, 0.65, 140),
        (0.8, 250, 0.6, 50),
        (0.9, 200, 0.6, 60),
    ],
)

own_scores = OwnScores()

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
            "The logits (2, 1, .5, .1, −.5) at $T = 0.5$ are the same as (4, 2, 1, 0.2, −1) at "
            "$T = 1$. Which top leads by more?",
        ),
    ],
    hint=[
        "What would the logits be if the temperature were 1?",
        "Only $z/T$ counts, and smaller differences mean more entropy.",
        "The first at $T = 2$ is $(1, 0.5, 0.25, 0.05, -0.25)$.",
    ],
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


def _factor(temperature):
    pull = _soft_gradient(temperature)
    return Number(
        "temp-factor",
        stars=2,
        minutes=4,
        unit="",
        question=f"A colleague distils at $T = {temperature}$ and adds the hard and the soft loss "
        "with equal weights, but forgets the factor $T^2$. How many times too weak is the gradient "
        "of the soft part?",
        answer=float(temperature**2),
        why="The factor multiplies the gradient of the soft part by $T^2$, so without it that much "
        "is missing.",
        mistakes=[
            Mistake(
                float(temperature),
                "One factor $1/T$ comes from the division of the logits; flatter probabilities "
                "differ less, and bring another.",
            ),
            Mistake(
                1 / temperature**2, "That is what is left of it. How many times too weak is it?"
            ),
            Mistake(2.0 * temperature, f"The square of {temperature}, not its double."),
        ],
        limits=[Limit("A number of times is positive.", below=0.0)],
        hint=[
            "What does multiplying a loss by a number do to its gradient?",
            "It multiplies the gradient by the same number.",
            "Which number is missing before the soft loss?",
        ],
        solution=f"${temperature}^2 = {temperature**2}$. For instance with the student's logits "
        f"$(1, 2, 0)$ and the teacher's $(3, 1, -1)$ the soft gradient has the length {pull:.5f} at "
        f"$T = {temperature}$; times $T^2$ it is {temperature**2 * pull:.3f}.",
    )


factor = varied(_factor, [20, 5, 3, 7, 10, 6, 8, 12, 15, 25])

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
    hint=[
        "Is there a temperature at which another class has the largest probability?",
        "The odds of two classes become $e^{(z_i - z_j)/T}$.",
        "Take $z_i > z_j$: with $T > 0$ the odds stay above 1.",
    ],
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
    hint=[
        "What is $\\operatorname{softmax}(z/T)$ for very large $T$?",
        "The soft gradient is about $\\frac{1}{K T^2}$ times the differences of the centred logits.",
        "Compare it with the hard gradient, which has no $T$ in it.",
    ],
    solution="With the factor the limit is least squares on logits, in which a class that the "
    "teacher finds absurd counts as much as the right one. Neither limit is best in general: "
    "a temperature is chosen on validation data.",
)

derivative = Derivation(
    "temp-derivative",
    stars=3,
    minutes=12,
    question="Show that the entropy of $p = \\operatorname{softmax}(z/T)$ rises with the "
    "temperature: $\\frac{dH}{dT} = \\frac{\\operatorname{Var}_p(z)}{T^3}$ in nats.",
    hint=[
        "In which variable is the softmax easy to differentiate?",
        "Use $\\beta = 1/T$ and $Z = \\sum_k e^{\\beta z_k}$.",
        "$\\ln p_k = \\beta z_k - \\ln Z$.",
    ],
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
    "gradient in $s$, and show that it shrinks like $1/T^2$ for large $T$.",
    hint=[
        "What is the gradient in the logits that enter the softmax?",
        "Softmax minus target; then the chain rule, and $e^x \\approx 1 + x$.",
        "$s$ enters as $s/T$: the chain rule gives the first $1/T$.",
    ],
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


def _from_first(z, T):
    return _overflowing(np.asarray(z) - z[0], T)


def _powered(z, T):
    p = softmax(z) ** (1 / T)
    return p / p.sum()


_SOFT = "A temperature above 1 flattens, and it acts on the logits."
_COLD = "A small temperature, or a large logit, does not overflow."
_HOT = "At temperature 1000 a logit of 0 keeps a chance beside one of 1000."

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
        Case(_COLD, (np.array([-1000.0, 0.0]), 1.0)),
        Case(_HOT, (np.array([1000.0, 0.0]), 1000.0)),
    ],
    mistakes=[
        Slip(_overflowing, _COLD),
        Slip(_from_first, _COLD),
        Slip(_powered, _HOT),
        Slip(_multiplied, _SOFT),
        Slip(_afterwards, _SOFT),
    ],
    hint=[
        "Which exponentials overflow?",
        "Subtract the largest logit before you take exponentials: the result is the same.",
        "`e = np.exp((z - z.max()) / T)`; what is left to do?",
    ],
    why="Only differences of logits count, so the largest may be taken to be zero.",
    call="exercises.code.check(my_softmax)",
)
