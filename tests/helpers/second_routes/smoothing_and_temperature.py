"""Second routes of the chapter on label smoothing and temperature."""

import math

import numpy as np
from mpmath import ln, mpf
from scipy import special, stats

from itlib_book.smoothing_and_temperature import data, demos

LOGITS = [2, 1, 0.5, 0.1, -0.5]


def share(i):
    """Return the share of logit i as a function of the temperature."""
    return lambda t: special.softmax(np.divide(LOGITS, t))[i]


def bar(place):
    """Return the height of a bar of five groups of five."""
    temperature = [0.5, 1, 2, 5, 10][round(place)]
    return share(round((place - round(place)) / 0.17) + 2)(temperature)


def pulls(temperature):
    """Return the routes of a panel of pulls, up and down: T times the gap of the two softmaxes."""
    teacher, student = (np.divide(z, temperature) for z in (data.BELIEVED, data.GUESSED))
    found = temperature * (special.softmax(teacher) - special.softmax(student))
    signs = {"good": found >= 0, "bad": found < 0}
    return {
        f"{name}/bars": lambda place: found[round(place)]
        for name, which in signs.items()
        if which.any()
    }


def right_in_the_bin(temperature):
    """Return how often the model is right whose confidence lies in the bin of x."""
    z, labels = data.predictions()
    p = special.softmax(z / temperature, axis=1)
    sure, right = p.max(axis=1), p.argmax(axis=1) == labels
    return lambda x: right[np.floor(10 * sure) == math.floor(10 * x)].mean()


def held_out(temperature):
    """Return the mean surprise at the labels, in nats."""
    z, labels = data.predictions()
    return -special.log_softmax(z / temperature, axis=1)[np.arange(len(z)), labels].mean()


def label(epsilon, classes):
    """Return what a smoothed label gives to the right class, and to a wrong one."""
    epsilon = mpf(str(epsilon))
    return 1 - epsilon + epsilon / classes, epsilon / classes


def floor(epsilon, classes):
    """Return the entropy of a smoothed label in nats."""
    right, wrong = label(epsilon, classes)
    return -right * ln(right) - (classes - 1) * wrong * ln(wrong)


def excess(epsilon, classes, sure):
    """Return what an answer costs above the floor, as the loss less the floor."""
    right, wrong = label(epsilon, classes)
    sure = mpf(str(sure))
    loss = -right * ln(sure) - (classes - 1) * wrong * ln((1 - sure) / (classes - 1))
    return loss - floor(epsilon, classes)


def lead(epsilon, classes):
    """Return ln((1 - ε) K / ε + 1), the lead of the right logit at the floor."""
    epsilon = mpf(str(epsilon))
    return ln((1 - epsilon) * classes / epsilon + 1)


def undone(epsilon, classes, answer):
    """Return the probability whose smoothing is the answer."""
    spread = label(epsilon, classes)[1]
    return (mpf(str(answer)) - spread) / (1 - mpf(str(epsilon)))


def root(*given):
    """Return 1 / Σ (p_k / p_1)^(1/T) for probabilities and, last, a temperature."""
    *p, temperature = (mpf(str(x)) for x in given)
    return 1 / sum((x / p[0]) ** (1 / temperature) for x in p)


def rightly(surer, many, sure, few):
    """Return how many answers of two groups are right."""
    return mpf(str(surer)) * many + mpf(str(sure)) * few


ANSWERS = {
    "smooth-target": lambda epsilon=0.3, classes=5: label(epsilon, classes)[0],
    "smooth-floor": lambda epsilon=0.2, classes=4: floor(epsilon, classes),
    "smooth-excess": lambda epsilon=0.1, classes=5, sure=0.98: excess(epsilon, classes, sure),
    "smooth-gap": lambda epsilon=0.4, classes=5: lead(epsilon, classes),
    "smooth-undo": lambda epsilon=0.4, classes=5, answer=0.53: undone(epsilon, classes, answer),
    "temp-roots-last-step": lambda: mpf("0.8") / mpf("1.8"),
    "temp-roots-alone": lambda *given: root(*(given or (0.7, 0.2, 0.1, 2))),
    "temp-odds": lambda lead=3, times=2: lead / ln(times),
    "temp-count": lambda surer=0.9, many=80, sure=0.55, few=40: rightly(surer, many, sure, few),
    "temp-factor": lambda temperature=20: mpf(temperature) ** 2,
}


def label_smoothing(gap, epsilon, classes, **_):
    k = int(classes)
    target = np.array([float(x) for x in label(epsilon, k)[:1] + (k - 1) * label(epsilon, k)[1:]])
    log_model = special.log_softmax([gap] + [0.0] * (k - 1))
    return {
        "confidence": math.exp(log_model[0]),
        "hard_loss": -log_model[0],
        "loss": -float(target @ log_model),
        "floor": stats.entropy(target),
        "excess": stats.entropy(target, np.exp(log_model)),
        "slope": math.exp(log_model[0]) - target[0],
    }


def temperature(T, teacher, student, **_):
    z = np.array(demos.TEACHERS[teacher])
    other = {
        "knows nothing": 0 * z,
        "is half-way": z / 2,
        "prefers the second class": np.array([z[1], z[0] + 1, *z[2:]]),
    }[student]
    soft = math.dist(special.softmax(other / T), special.softmax(z / T)) / T
    return {
        "softness": stats.entropy(special.softmax(z / T), base=2),
        "plain": soft,
        "scaled": soft * T * T,
        "hard": math.dist(special.softmax(other), [1, 0, 0, 0, 0]),
    }


DEMOS = {"label-smoothing": label_smoothing, "temperature": temperature}
NATS = {"label-smoothing"}

# ---- figures ----

PUZZLE = {
    "p": [0, 0, 1, 0, 0],
    "mix": [0.02, 0.02, 0.92, 0.02, 0.02],
    "q": [0.01, 0.01, 0.95, 0.02, 0.01],
}


def cost(place):
    """Return the loss of the puzzle's prediction under the hard and the smoothed label."""
    target = PUZZLE[("p", "mix")[round(place)]]
    return sum(-t * math.log(x) for t, x in zip(target, PUZZLE["q"], strict=True))


def distance(place):
    """Return the divergence of the hard and of the smoothed label from the prediction."""
    target = PUZZLE[("p", "mix")[round(place)]]
    return sum(t * math.log(t / x) for t, x in zip(target, PUZZLE["q"], strict=True) if t)


FIGURES = {
    "smooth-puzzle": 2
    * [{f"{name}/bars": lambda x, p=p: p[round(x)] for name, p in PUZZLE.items()}],
    "smooth-costs": [
        {"p/bars": cost, "mix/bars": cost},
        {"p/bars": distance, "mix/bars": distance},
    ],
    "smooth-temperatures": [
        {"p/bars": bar},
        {f"p/line {i}": share(i) for i in range(5)} | {"dotted": lambda x: 1 / 5},
    ],
    "smooth-tails": [pulls(1), pulls(20)],
    "smooth-calibration": [
        {"T = 1": right_in_the_bin(1), f"T = {data.OVERDONE}": right_in_the_bin(data.OVERDONE)},
        {"p": held_out, "good": held_out},
    ],
}

# ---- curves of demos that no dot ties to a read-out ----

CURVES = {
    "label-smoothing": {
        "0 muted": ("floor", "gap"),
        "0 mix": ("loss", "gap"),
        "0 mix 1": ("loss", "gap"),
        "1 p": lambda x, classes: -special.expit(math.log(int(classes) - 1) - x),
    },
    "temperature": {"2 muted": ("hard", "T")},
}
