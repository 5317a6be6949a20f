"""The exercises of the chapter on differential and maximum entropy."""

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
    differential_entropy,
    entropy,
    gaussian_entropy,
    multivariate_gaussian_kl,
    self_information,
    sigmoid,
    softmax,
)
from itlib_book.differential_entropy.data import FACES, STRAIGHT, readings, slope_for
from itlib_book.shared.common_mistakes import base_ten_for_bits, nats_for_bits, percent_for_fraction

# ---- predict ----

_QUARTERS = {-4: "−4 bits", -2: "−2 bits", 0: "no bits", 0.25: "a quarter of a bit"}

guess_quarter = Prediction(
    "diff-quarter",
    question="Let an interval of 1 mm, all of whose points are equally likely, count as 0 bits, one "
    "of 2 mm as 1 bit, and one of 4 mm as 2 bits. How many bits has an interval of a quarter of a "
    "millimetre?",
    options=list(_QUARTERS.values()),
    happens=_QUARTERS[math.log2(1 / 4)],
    saw="Each halving of the width takes one bit away, and nothing stops it at zero. Every density "
    "with a finite entropy has a box that is as uncertain as it is, and the logarithm of the width "
    "of this box is the entropy. Below one unit it is negative; and what counts as one unit, the "
    "ruler says.",
)

_MOVES = ("it falls by one bit", "it stays as it is", "it rises by one bit", "it rises by two bits")
_MOVED = entropy(readings(2, 0)[1]) - entropy(readings(1, 1)[1])

guess_ruler = Prediction(
    "diff-both",
    question="A bell with its middle at 0 is read with a ruler that has a mark there. Both the bell "
    "and the steps of the ruler become twice as wide. What happens to the entropy $H$ of the "
    "readings?",
    options=list(_MOVES),
    happens=_MOVES[1 + round(_MOVED)],
    saw="With a mark in the middle of the bell the entropy of the readings depends on "
    "$\\sigma/\\Delta$ alone. A wider bell and a finer step do the same; once the ruler is fine, "
    "each doubling adds one bit. The formula is good as long as the step is at most a standard "
    "deviation. As the steps grow beyond that it falls below zero in the end, while $H$ levels out at "
    "zero (at one bit, if the bell had its middle halfway between two marks).",
)


def _gamma_bits(k):
    """Return the entropy of the gamma density of shape k and mean 2."""
    norm = math.gamma(k) * (2 / k) ** k
    return differential_entropy(lambda x: x ** (k - 1) * np.exp(-k * x / 2) / norm, 0, 400)


_SIXES = {
    1 / 6: "one sixth",
    1 / 4: "about a quarter",
    1 / 3: "about a third",
    1 / 2: "about a half",
}
_SIX = float(softmax(slope_for(4.5) * FACES)[5])

guess_six = Prediction(
    "diff-six",
    question="The die of the second riddle has the average 4.5. Of all dice with this average, the "
    "one of largest entropy is taken. What is its chance of a six?",
    options=list(_SIXES.values()),
    happens=_SIXES[min(_SIXES, key=lambda chance: abs(chance - _SIX))],
    saw="The average must rise by one point, and the chances rise in equal ratios from face to face "
    "to make it so. The last face gains most, and no face loses all.",
)

_RIVALS = ("the spike (shape −1)", "the hump (shape 2)")

guess_rival = Prediction(
    "diff-rival",
    question="Of a waiting time only the mean is known, 2. One rival of the best density rises "
    "without bound towards 0, at shape −1 of the demo; another is a hump around the mean, at "
    "shape 2. Which of them claims more, that is, lies further below the largest entropy?",
    options=[*_RIVALS, "both the same"],
    happens=_RIVALS[int(_gamma_bits(4) < _gamma_bits(0.5))],
    saw="Choose “mean 2, not negative” and move the shape to both ends: the spike lies "
    f"{_gamma_bits(1) - _gamma_bits(0.5):.2f} bits below the largest entropy, and the hump "
    f"{_gamma_bits(1) - _gamma_bits(4):.2f}. Each family of rivals passes through the density of "
    "the table, at shape 0, and only there does the gap close. The hump is narrow and says that "
    "waits are much alike, which nobody told us. Under a given variance the almost uniform rival "
    "at the right end costs a little more than the Laplace density at the left end. What is best "
    "for one constraint is poor for another: on an interval nothing beats the uniform density, and "
    "for a given variance even Laplace does.",
)

# ---- bits of a reading, with less and less help ----


def _reading(name, sigma, places, question):
    bits = gaussian_entropy(sigma)
    return Number(
        name,
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=0.01,
        question=question,
        answer=bits + places,
        why="Every binary place adds one bit to the differential entropy.",
        mistakes=[
            Mistake(bits, "That is the differential entropy. How fine is the scale?"),
            Mistake(bits - places, "A finer scale takes *more* bits."),
            Mistake(float(places), "These are the bits of the scale. How wide is the bell?"),
            nats_for_bits(bits + places),
            Mistake(gaussian_entropy(1) + places, "That is for a standard deviation of 1."),
        ],
        limits=[Limit("The readings are discrete: their entropy is not negative.", below=0.0)],
        hint=[
            "How wide is the bell, and how many binary places has a reading?",
            "$H(X_\\Delta) \\approx h(X) - \\log_2 \\Delta$.",
            f"$-\\log_2 \\Delta = {places}$, and the width of the bell is "
            f"${sigma} \\sqrt{{2 \\pi e}}$.",
        ],
        solution=f"${bits:.4f} + {places} = {bits + places:.4f}$ bits.",
    )


reading_last_step = _reading(
    "diff-reading-last-step",
    0.5,
    5,
    "A weight is Gaussian with a standard deviation of half a gram, and it is recorded in steps of "
    f"1/32 gram. Its differential entropy is {gaussian_entropy(0.5):.4f} bits in grams, and "
    "$-\\log_2 \\frac1{32} = 5$. How many bits does a reading take?",
)


def _alone(sigma, places):
    return _reading(
        "diff-reading-alone",
        sigma,
        places,
        f"A length is Gaussian with a standard deviation of {sigma} mm, and it is recorded in steps "
        f"of 1/{2**places} mm. How many bits does a reading take?",
    )


reading_alone = varied(
    _alone,
    [(3, 6), (5, 4), (4, 5), (6, 3), (12, 7), (7, 4), (10, 5), (3, 4), (9, 6), (5, 7)],
)

# ---- one formula ----


def _gaussian(sigma):
    bits = gaussian_entropy(sigma)
    return Number(
        "diff-gaussian",
        stars=1,
        minutes=2,
        unit="bits",
        question=f"What is the differential entropy of a Gaussian with standard deviation {sigma} mm, in bits, "
        "with lengths in mm?",
        answer=bits,
        why=f"It is {sigma} times as wide as the standard bell, and has $\\log_2 {sigma}$ bits more than its "
        f"{gaussian_entropy(1):.4f} bits.",
        mistakes=[
            nats_for_bits(bits),
            base_ten_for_bits(bits),
            Mistake(
                gaussian_entropy(math.sqrt(sigma)),
                f"You used {sigma} as the variance. It is the standard deviation, and the formula squares it.",
            ),
            Mistake(2 * bits, "The factor $\\frac12$ in front of the logarithm is missing."),
            Mistake(
                0.5 * math.log2(2 * math.pi * sigma**2),
                "The $e$ is missing: the mean of $x^2/2\\sigma^2$ adds half a nat.",
            ),
            Mistake(gaussian_entropy(1), "That is for standard deviation 1."),
        ],
        hint=[
            "What has the width of a bell to do with its entropy?",
            "$h = \\frac12 \\log_2 (2 \\pi e\\, \\sigma^2)$, the logarithm of $\\sigma \\sqrt{2 \\pi e}$.",
            f"The standard deviation is {sigma}, so under the logarithm stands $2 \\pi e \\cdot {sigma}^2$.",
        ],
        solution=f"$\\frac12 \\log_2 (2 \\pi e \\cdot {sigma**2}) = {bits:.4f}$ bits.",
    )


gaussian = varied(_gaussian, [3, 11, 5, 4, 6, 10, 7, 12, 9, 8])


def _units(metres):
    answer = metres + math.log2(100)
    shown = str(metres).replace("-", "−")
    return Number(
        "diff-units",
        stars=1,
        minutes=3,
        unit="bits",
        question=f"A length has the differential entropy {shown} bits when it is given in metres. "
        "How large is the entropy when the length is given in centimetres?",
        answer=answer,
        why="All numbers become a hundred times larger, the density a hundred times wider, and a width "
        "enters by its logarithm.",
        mistakes=[
            Mistake(
                metres - math.log2(100),
                "In centimetres the numbers are *larger*, so the density "
                "is wider and the entropy rises.",
            ),
            Mistake(
                metres * 100,
                "The numbers are multiplied by 100; their entropy is a logarithm, "
                "and something is added.",
            ),
            Mistake(
                metres,
                "That would be right for a discrete variable. A density changes with the unit.",
            ),
            Mistake(metres + math.log2(1000), "A metre has a hundred centimetres."),
            Mistake(metres + math.log(100), "You added $\\ln 100$, which is in nats."),
            Mistake(metres + 2, "You added $\\log_{10} 100$. For bits it is $\\log_2$."),
        ],
        hint=[
            "Are the numbers in centimetres larger or smaller, and what does that do to the width?",
            "$h(aX) = h(X) + \\log |a|$.",
            "A metre has 100 centimetres, so $a = 100$.",
        ],
        solution=f"${metres} + \\log_2 100 = {answer:.4f}$ bits. "
        "Nothing about the length has changed.",
    )


units = varied(_units, [-3.2, -2.7, -4.1, -1.4, -5.3, -0.8, -6.2, -2.1, -3.9, -4.6])

_ZERO = 1 / math.sqrt(12)

negative = Number(
    "diff-negative",
    stars=1,
    minutes=4,
    unit="",
    tolerance=0.0005,
    question="Below which standard deviation is the differential entropy of a *uniform* density "
    "negative?",
    answer=_ZERO,
    why="A uniform density one unit wide has $h = 0$ and the variance $1/12$.",
    mistakes=[
        Mistake(1 / 12, "That is the variance. Take the root."),
        Mistake(1.0, "That is the width at which $h = 0$. Which standard deviation has it?"),
        Mistake(
            1 / math.sqrt(2 * math.pi * math.e),
            "That is where a *Gaussian* one turns negative.",
        ),
        Mistake(0.0, "There it is $-\\infty$. It changes its sign before."),
        Mistake(math.sqrt(12), "That is the inverse: the width in standard deviations."),
        Mistake(
            0.5, "Half a unit is how far the ends are from the middle, not the standard deviation."
        ),
    ],
    limits=[
        Limit("A standard deviation is never negative.", below=0),
    ],
    hint=[
        "At which width is $h = 0$?",
        "A uniform density of width $w$ has $h = \\log w$ and the variance $w^2/12$.",
        "$\\log w = 0$ at $w = 1$.",
    ],
    solution=f"$\\log w = 0$ at $w = 1$, and the variance is $w^2/12$: $1/\\sqrt{{12}} = {_ZERO:.4f}$. "
    "A Gaussian with this standard deviation has a little more than zero, as the bell always "
    "has more than its rivals of the same variance.",
)

_FALLS = gaussian_entropy(math.sqrt(1 - 0.5**2)) < gaussian_entropy(1)

survives = Choice(
    "diff-survives",
    stars=1,
    minutes=3,
    question="Which of these laws of entropy holds for densities as well?",
    options=[
        Option("$h(X) \\ge 0$", "A uniform density half a unit wide has −1 bit."),
        Option(
            "$h(X, Y) \\ge h(X)$", "$h(X, Y) = h(X) + h(Y|X)$, and the second term may be negative."
        ),
        Option(
            "$h(Y|X) \\le h(Y)$",
            "The difference is the mutual information, a divergence, and never negative.",
            right=_FALLS,
        ),
        Option("$h(g(X)) = h(X)$ for invertible $g$", "A stretch alone adds $\\log |a|$."),
    ],
    hint=[
        "Which of them change their truth when the unit changes?",
        "A difference of two entropies of one variable keeps its meaning.",
        "Three of them compare an entropy with zero or change a unit on one side only.",
    ],
    solution="$h(Y) - h(Y|X) = I(X;Y) \\ge 0$: a difference of two entropies of the same variable "
    "does not care about its unit.",
)

# ---- compute ----


def _pair(rho):
    info = multivariate_gaussian_kl([0, 0], [[1, rho], [rho, 1]], [0, 0], np.eye(2))
    return Number(
        "diff-pair",
        stars=2,
        minutes=4,
        unit="bits",
        question=f"Height and weight in some population are jointly Gaussian with correlation {rho}. "
        "How many bits does one tell about the other?",
        answer=info,
        why="Only the correlation enters; centimetres and kilograms cancel.",
        mistakes=[
            nats_for_bits(info),
            base_ten_for_bits(info),
            Mistake(2 * info, "The factor $\\frac12$ is missing."),
            Mistake(
                -info, "The size is right. Minus the logarithm of a number below 1 is positive."
            ),
            Mistake(-0.5 * math.log2(1 - rho), "Under the logarithm stands $1 - \\rho^2$."),
            Mistake(
                rho,
                "A correlation is not an information, although both are 0 for independent Gaussians.",
            ),
            Mistake(
                gaussian_entropy(math.sqrt(1 - rho**2)),
                "That is the entropy that is left, for a unit standard deviation. What was taken away?",
            ),
        ],
        limits=[Limit("Mutual information is never negative.", below=0.0)],
        hint=[
            "Units cancel, so take both variances as 1. Which variance is left once the other is known?",
            "$I(X;Y) = h(Y) - h(Y|X) = -\\frac12 \\log_2 (1 - \\rho^2)$.",
            f"Here $\\rho^2 = {rho**2:.4g}$.",
        ],
        solution=f"$-\\frac12 \\log_2 (1 - {rho**2:.4g}) = {info:.4f}$ bits.",
    )


pair = varied(_pair, [0.6, 0.8, 0.7, 0.4, 0.3, 0.75, 0.85, 0.65, 0.35, 0.45])

_RULER = entropy(readings(1.5, 4)[1])

ruler = Number(
    "diff-ruler",
    stars=2,
    minutes=5,
    unit="bits per reading",
    tolerance=0.005,
    question="A temperature is Gaussian with a standard deviation of 1.5 degrees, and it is "
    "recorded in steps of 1/16 degree. How many bits per reading does an ideal code take?",
    answer=_RULER,
    why="Four binary places add four bits to the differential entropy, and the steps are fine.",
    mistakes=[
        Mistake(
            gaussian_entropy(1.5),
            "That is the differential entropy in degrees. How fine is the scale?",
        ),
        Mistake(
            gaussian_entropy(1.5) - 4,
            "A finer scale takes *more* bits: $-\\log_2 \\frac1{16} = 4$.",
        ),
        Mistake(4.0, "That would be a value uniform on one degree."),
        nats_for_bits(_RULER),
        base_ten_for_bits(_RULER),
        Mistake(gaussian_entropy(1) + 4, "That is for a standard deviation of one degree."),
        Mistake(gaussian_entropy(1.5) + 16, "Sixteen steps per degree are four binary places."),
    ],
    limits=[Limit("The readings are discrete: their entropy is not negative.", below=0.0)],
    hint=[
        "How many binary places do the readings have, and how wide is the bell?",
        "$H(X_\\Delta) \\approx \\frac12 \\log_2 (2 \\pi e\\, \\sigma^2) - \\log_2 \\Delta$.",
        "$\\sigma = 1.5$, and a step of $\\frac1{16}$ is four binary places.",
    ],
    solution=f"$h = {gaussian_entropy(1.5):.4f}$ bits and $-\\log_2 \\Delta = 4$: "
    f"{gaussian_entropy(1.5) + 4:.4f} bits. The exact entropy of the readings is "
    f"{_RULER:.4f}.",
)

_PIECES = differential_entropy(
    lambda x: np.where((x < 1) | (x > 9), 0.5, 0.0), 0, 10, points=[1, 9]
)
_WIDTHS = {
    "uniform, 4 units wide": math.log2(4),
    "Gaussian, standard deviation 1": gaussian_entropy(1),
    "uniform on two pieces, 0 to 1 and 9 to 10": _PIECES,
    "exponential, mean 1": differential_entropy(lambda x: np.exp(-x), 0, 50),
}
_FOUR, _BELL, _TWO_PIECES, _WAITING = _WIDTHS

order = Ordering(
    "diff-order",
    stars=1,
    minutes=3,
    question="Order these densities by their differential entropy.",
    items=[Item(name, bits) for name, bits in _WIDTHS.items()],
    direction="the smallest entropy first",
    mistakes=[
        Swap(
            _BELL,
            _FOUR,
            "They are close. The equivalent width of a bell is $\\sqrt{2 \\pi e}$ standard "
            "deviations: is that more or less than four?",
        ),
        *(
            Swap(
                other,
                _TWO_PIECES,
                "The gap between the pieces has no probability and counts nothing; the variance is "
                "large, the width that is filled is two units.",
            )
            for other in (_FOUR, _BELL, _WAITING)
        ),
        Swap(_FOUR, _WAITING, "The equivalent width of the exponential density is $e$ units."),
        Swap(
            _BELL,
            _WAITING,
            "Both have variance 1, and for a given variance nothing beats the bell.",
        ),
    ],
    hint=[
        "How wide would a uniform density with the same entropy be?",
        "The equivalent width is $2^h$: $w$ for a uniform density, $\\sigma \\sqrt{2 \\pi e}$ for a Gaussian.",
        "What lies between the two pieces has no probability and adds no width.",
    ],
    why="The equivalent widths are 2, $e$, 4 and a little more than 4 units.",
    solution="; ".join(
        f"{name}: {bits:.4f} bits, {2**bits:.3f} units"
        for name, bits in sorted(_WIDTHS.items(), key=lambda pair: pair[1])
    )
    + ".",
)

_MOST, _HERS = math.log2(2 * math.e), math.log2(4)
_CLAIM = _MOST - _HERS

claim = Number(
    "diff-claim",
    stars=2,
    minutes=5,
    unit="bits per observation",
    question="Of waiting times only the mean is known, 2 minutes. A colleague models them as uniform "
    "between 0 and 4 minutes. How many bits per observation does she claim beyond what is "
    "known?",
    answer=_CLAIM,
    why="The gap to the largest entropy is $D(\\text{uniform}‖\\text{exponential})$.",
    mistakes=[
        nats_for_bits(_CLAIM),
        Mistake(-_CLAIM, "The size is right. The exponential density has *more* entropy."),
        Mistake(
            math.inf,
            "That is $D(\\text{exponential}‖\\text{uniform})$, where the tail is "
            "forbidden. The claim is hers, so her density stands first.",
        ),
        Mistake(_HERS, "That is the entropy of her density. How far is it below the largest?"),
        Mistake(_MOST, "That is the largest entropy. Subtract hers."),
        Mistake(
            gaussian_entropy(4 / math.sqrt(12)) - _HERS,
            "That is the gap to a Gaussian of her variance. Known is the mean, and that a waiting "
            "time is not negative.",
        ),
        Mistake(
            math.log2(math.e) - _HERS,
            "You took the exponential density of mean 1. That of mean 2 is twice as wide.",
        ),
    ],
    limits=[
        Limit("Nothing on $x \\ge 0$ with this mean beats the exponential density.", below=0.0)
    ],
    hint=[
        "Which density of mean 2 on $x \\ge 0$ has the largest entropy, and how much?",
        "The claim is the gap $h(f^*) - h(g)$, with $h(f^*) = \\log_2 (e \\mu)$.",
        "$\\mu = 2$, and hers is uniform and 4 minutes wide.",
    ],
    solution=f"$\\log_2 2e - \\log_2 4 = \\log_2 \\frac e2 = {_CLAIM:.4f}$ bits.",
)

_AREA = differential_entropy(lambda y: 0.5 / np.sqrt(y), 0, 1)

square = Number(
    "diff-square",
    stars=2,
    minutes=6,
    unit="bits",
    question="$U$ is uniform on $[0, 1]$, and $Y = U^2$. What is $h(Y)$?",
    answer=_AREA,
    why="Squaring crowds the values near 0, and what leaves the uniform density on $[0, 1]$ loses "
    "entropy.",
    mistakes=[
        Mistake(
            0.0,
            "On $[0, 1]$ squaring is invertible, but a differential entropy changes under "
            "invertible maps, too.",
        ),
        Mistake(-_AREA, "The size is right. On $[0, 1]$ no differential entropy is above 0."),
        nats_for_bits(_AREA),
        Mistake(1.0, "$|g'(u)| = 2u$, not 2. It has to be averaged."),
        Mistake(-1 / math.log(2), "You averaged $\\log_2 u$; the derivative is $2u$."),
    ],
    limits=[Limit("On $[0, 1]$ the largest differential entropy is 0.", above=0.0)],
    hint=[
        "By how much does squaring stretch or squeeze the scale near $u$?",
        "$h(g(U)) = h(U) + E[\\log |g'(U)|]$, and $E[\\ln U] = -1$.",
        "$h(U) = 0$ and $g'(u) = 2u$.",
    ],
    solution=f"$0 + E[\\log_2 2U] = 1 - \\frac1{{\\ln 2}} = {_AREA:.4f}$ bits. "
    "`differential_entropy(lambda y: 0.5 / np.sqrt(y), 0, 1)` agrees.",
)

_LOW = softmax(slope_for(2.5) * FACES)

die = Number(
    "diff-die",
    stars=2,
    minutes=6,
    unit="",
    tolerance=0.002,
    question="Another die has the mean 2.5. According to maximum entropy, what is the probability "
    "of a *six*? No new search is needed.",
    answer=float(_LOW[5]),
    why="Counting the faces from the other end turns the mean 4.5 into 2.5, and a one into a six.",
    mistakes=[
        Mistake(
            float(_LOW[0]),
            "That is the probability of a *one*: the faces of this die are the "
            "less likely, the more points they have.",
        ),
        Mistake(1 / 6, "That is a fair die; its mean is 3.5."),
        Mistake(
            float(STRAIGHT[0]),
            "That is a straight line with the right mean. Its *logarithm* has to be straight.",
        ),
        Mistake(
            0.0,
            "Nothing you know forbids a six. Maximum entropy never gives a zero that "
            "is not forced.",
        ),
        percent_for_fraction(float(_LOW[5])),
    ],
    limits=[Limit("A probability lies between 0 and 1.", below=0.0, above=1.0)],
    hint=[
        "What happens to the mean if the faces are counted from the other end?",
        "Opposite faces of a die sum to 7, and entropy does not care about names.",
        "What is the mean of $7 - k$, if $k$ has the mean 4.5?",
    ],
    solution="If $k$ has the mean 4.5, then $7 - k$ has the mean 2.5, and entropy does not care about "
    f"names. So this six is as likely as a *one* in the text: {_LOW[5]:.4f}. The slope is "
    f"${slope_for(2.5):.4f}$.",
)


def _policy(alpha):
    greedy = sigmoid(1 / alpha)
    return Number(
        "diff-policy",
        stars=2,
        minutes=4,
        unit="",
        question="Two actions have the values 1 and 0, and the entropy (in nats) counts with "
        f"$\\alpha = {alpha}$. How often does the best policy take the better action?",
        answer=greedy,
        why="It is the softmax of the values at temperature $\\alpha$.",
        mistakes=[
            Mistake(
                sigmoid(alpha), "You multiplied the values by $\\alpha$. They are divided by it."
            ),
            Mistake(sigmoid(1.0), "You left $\\alpha$ out: that is for $\\alpha = 1$."),
            Mistake(1.0, "That policy is greedy: the best only if entropy counts nothing."),
            Mistake(0.5, "That policy ignores the values."),
            Mistake(1 - greedy, "That is how often it takes the worse one."),
            percent_for_fraction(greedy),
        ],
        limits=[Limit("A probability lies between 0 and 1.", below=0.0, above=1.0)],
        hint=[
            "Which policy has no divergence to pay?",
            "It is the softmax of the values at temperature $\\alpha$: $e^{Q/\\alpha}$, divided by the sum.",
            f"The two powers are $e^{{1/{alpha}}}$ and $e^0$.",
        ],
        solution=f"$1 / (1 + e^{{-1/{alpha}}}) = {greedy:.4f}$.",
    )


policy = varied(_policy, [0.5, 2, 0.4, 0.8, 1.5, 0.6, 3, 0.7, 2.5, 4])

# ---- prove, and break ----

exponential = Derivation(
    "diff-exponential",
    stars=2,
    minutes=8,
    question="Prove that of all densities on $x \\ge 0$ with mean $\\mu$ the exponential one, "
    "$f(x) = \\frac1\\mu e^{-x/\\mu}$, has the largest entropy, and find its value.",
    hint=[
        "What does the logarithm of the exponential density look like?",
        "Start from $D(g‖f) \\ge 0$ for a rival $g$.",
    ],
    steps=[
        Step(
            "$-\\ln f(x) = \\ln \\mu + x/\\mu$, which is linear in $x$.",
            "Take the logarithm of the density first.",
        ),
        Step(
            "For every rival $g$ with mean $\\mu$: $-\\int g \\ln f = \\ln \\mu + 1$, and the same "
            "for $g = f$. So $h(f) = \\ln (e \\mu)$ nats.",
            "Average the linear function. Which property of $g$ is needed?",
        ),
        Step(
            "$0 \\le D(g‖f) = -h(g) - \\int g \\ln f = h(f) - h(g)$.",
            "Write the divergence as a cross term minus an entropy.",
        ),
        Step(
            "Equality needs $D(g‖f) = 0$, that is $g = f$: the maximum is unique.",
            "When is a divergence zero?",
        ),
    ],
    why="What is linear in the constraint has the same mean under all rivals.",
    solution="In bits the maximum is $\\log_2 (e \\mu)$: "
    f"{differential_entropy(lambda x: np.exp(-x), 0, 50):.4f} for $\\mu = 1$.",
)

coordinates = Derivation(
    "diff-coordinates",
    stars=3,
    minutes=12,
    question="Let $f$ be a positive density with distribution function $F$, and let $X$ have the "
    "density $g$. Prove that $D(g‖f) = -h(F(X))$: a divergence is minus the entropy "
    "in the scale in which $f$ is uniform.",
    hint=[
        "Which scale makes $f$ uniform?",
        "What is the density of $U = F(X)$ on $[0, 1]$?",
    ],
    steps=[
        Step(
            "$F$ is increasing with derivative $f$, so $u = F(x)$ is a change of variable with "
            "$du = f(x)\\,dx$.",
            "Why is $F$ invertible, and what is its derivative?",
        ),
        Step(
            "$U = F(X)$ has the density $k(u) = g(x)/f(x)$ at $u = F(x)$.",
            "Probability is kept: $k(u)\\,du = g(x)\\,dx$.",
        ),
        Step(
            "$-h(U) = \\int_0^1 k \\log k\\, du = \\int \\frac{g}{f} \\log \\frac{g}{f}\\, f\\, dx$.",
            "Put the density into the definition, and return to $x$.",
        ),
        Step("That is $\\int g \\log (g/f)\\, dx = D(g‖f)$.", "One $f$ cancels."),
    ],
    why="In the scale of $f$ the density $f$ is the uniform one, and the largest entropy on "
    "$[0, 1]$ is 0.",
    solution="So Gibbs' inequality and “no density on $[0, 1]$ has a positive entropy” are the same "
    "statement. The left side does not change with the scale, since the right side has "
    "fixed one.",
)

_SPREADS = np.array([1.0, 10.0, 1000.0])

unbounded = Choice(
    "diff-unbounded",
    stars=2,
    minutes=3,
    question="Of a variable on the whole line only the mean is known: 0. Which density has the "
    "largest differential entropy?",
    options=[
        Option(
            "the Gaussian with mean 0 and variance 1",
            "Nobody said that the variance is 1; with variance 4 it has one bit more.",
        ),
        Option("the Laplace density", "Which one? A wider one has more entropy."),
        Option(
            "the uniform density on the whole line",
            "There is none: a constant over the whole line has no finite area.",
        ),
        Option(
            "none: for each there is one with more",
            "Stretching by $a$ keeps the mean at 0 and adds $\\log a$, without end.",
            right=bool(np.all(np.diff(gaussian_entropy(_SPREADS)) > 3)),
        ),
    ],
    hint=[
        "Which change of the density keeps the mean at 0?",
        "What does $X \\to 2X$ do to the mean, and to the entropy?",
    ],
    solution="The constraint leaves the width free, so the entropy has no largest value. The "
    "principle answers only when the constraint bounds the entropy.",
)

perfect = Choice(
    "diff-perfect",
    stars=2,
    minutes=3,
    question="A network maps a continuous input $X$ to $Z = g(X)$ by a smooth invertible layer, "
    "without noise. How large is $I(X;Z)$?",
    options=[
        Option(
            "$h(X)$",
            "For discrete variables $I(X;Z) = H(X)$. For a density $h$ changes with "
            "the unit, and an information does not.",
        ),
        Option(
            "$h(X) - h(Z)$",
            "This difference is $-E[\\log |g'(X)|]$, which may be negative. An information is not.",
        ),
        Option(
            "0, as nothing new is learnt",
            "Nothing new, but nothing is lost: $Z$ tells all about $X$.",
        ),
        Option(
            "infinite",
            "$h(Z|X) = -\\infty$: given $X$ there is no uncertainty about any digit of $Z$.",
            right=gaussian_entropy(1) - gaussian_entropy(1e-300) > 900,
        ),
    ],
    hint=[
        "How many digits of $X$ does $Z$ determine?",
        "$I(X;Z) = h(Z) - h(Z|X)$.",
        "Given $X$, how wide is what is left of $Z$?",
    ],
    solution="$I(X;Z) = h(Z) - h(Z|X)$ with $h(Z|X) = -\\infty$. Statements about the information "
    "in a deterministic layer are statements about rounding, or about noise added on the "
    "way.",
)


# ---- write it ----


def my_entropy(f, dx):
    """Return the differential entropy in bits of density values on a grid of step dx."""
    f = np.asarray(f, float)
    logs = np.log2(np.where(f > 0, f, 1))
    return -np.sum(f * logs) * dx


def _by_cells(f, dx):
    """Return the same by the entropy of the cells: h = H + log2 dx."""
    return entropy(np.asarray(f, float) * dx) + math.log2(dx)


def _no_step(f, dx):
    f = np.asarray(f, float)
    return -np.sum(f * np.log2(np.where(f > 0, f, 1)))


def _scaled(f, dx):
    p = np.asarray(f, float) / np.sum(f)
    return float(np.sum(p * self_information(np.where(p > 0, p, 1))))


def _natural(f, dx):
    return my_entropy(f, dx) * math.log(2)


def _positive(f, dx):
    return abs(my_entropy(f, dx))


def _no_weights(f, dx):
    f = np.asarray(f, float)
    return -np.mean(np.log2(f[f > 0]))


def _width(f, dx):
    return math.log2(np.count_nonzero(f) * dx)


def _no_zeros(f, dx):
    f = np.asarray(f, float)
    return -np.sum(f * np.log2(f)) * dx


_WIDE, _NARROW, _UNEVEN, _EMPTY, _FINE = (
    "A uniform density 8 wide has 3 bits.",
    "A uniform density 1/8 wide has −3 bits.",
    "Uneven heights count with the probabilities of their cells.",
    "Where the density is zero it adds nothing.",
    "A finer grid does not change the result.",
)

code = Code(
    "diff-code",
    stars=2,
    minutes=8,
    question="Write `my_entropy(f, dx)`: the differential entropy in bits, from the values `f` of "
    "a density in cells of equal width `dx`.",
    solution=my_entropy,
    reference=_by_cells,
    cases=[
        Case(_WIDE, (np.full(8, 0.125), 1.0)),
        Case(_FINE, (np.full(32, 0.125), 0.25)),
        Case(_NARROW, (np.full(4, 8.0), 1 / 32)),
        Case(_UNEVEN, (np.array([1.0, 0.5, 0.25, 0.25]), 0.5)),
        Case(_EMPTY, (np.array([0.0, 0.5, 0.5, 0.0]), 1.0)),
    ],
    mistakes=[
        Slip(_no_step, _FINE),
        Slip(_scaled, _FINE),
        Slip(_natural, _WIDE),
        Slip(_positive, _NARROW),
        Slip(_no_weights, _UNEVEN),
        Slip(_width, _UNEVEN),
        Slip(_no_zeros, _EMPTY),
    ],
    hint=[
        "What turns the height of a density into the probability of a cell?",
        "$-\\sum f \\log_2 f\\, \\Delta x$.",
        "Where `f` is zero, keep the logarithm away from it, with `np.where`.",
    ],
    why="The step turns heights into probabilities, and the sum may be negative.",
    call="exercises.code.check(my_entropy)",
)
