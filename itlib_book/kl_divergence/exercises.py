"""The exercises of the chapter on KL divergence."""

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
    cross_entropy,
    entropy,
    fit_gaussian_forward,
    fit_gaussian_reverse,
    gaussian_kl,
    kl_divergence,
    mixture_gaussian_kl,
)
from itlib.gaussian_fits import covering_fold, mode_fold, reverse_jump
from itlib_book.kl_divergence.data import descents
from itlib_book.shared.coins import coin
from itlib_book.shared.common_mistakes import base_ten_for_bits, bits_for_nats, nats_for_bits

NEVER_NEGATIVE = Limit("A divergence is never negative.", below=0.0)


# ---- predictions ----

_FORWARD_END, _REVERSE_END = descents(3, 0.5, 2)[:, -1]
_ENDS = {
    (False, False): "both in the valley",
    (True, True): "both on the right hump",
    (False, True): "the blue one in the valley, the orange one on the right hump",
    (True, False): "the blue one on the right hump, the orange one in the valley",
}

guess_two_fits = Prediction(
    "two-fits",
    question="Two bells start half-way up the right hump. Each goes downhill on a measure of how far "
    "the data $p$ and a bell $q$ are apart: the blue one on $D(p‖q)$, a mean over the data, the "
    "orange one on $D(q‖p)$, a mean over the bell. Where do they end?",
    options=list(_ENDS.values()),
    happens=_ENDS[bool(_FORWARD_END[0] > 1.5), bool(_REVERSE_END[0] > 1.5)],
    saw="The first bell must not be surprised by any datum, so it spreads over *both* humps, and "
    "its top stands where there are hardly any data. The second must not put weight where there "
    "are no data, so it shrinks onto *one* hump and leaves the other alone. Where it ends depends "
    "on the start: from 1 it ends in the valley too, from −2 on the other hump. Then move the "
    "humps together.",
)

guess_tails = Prediction(
    "tails",
    question="$p$ is narrow and $q$ is wide, with the same mean. Then the widths are exchanged. "
    "When is $D(p‖q)$ larger?",
    options=[
        "when $p$ is the narrow one",
        "when $p$ is the wide one",
        "it is the same, since the two curves are the same",
    ],
    happens="when $p$ is the wide one"
    if gaussian_kl(0, 2, 0, 0.5) > gaussian_kl(0, 0.5, 0, 2)
    else "when $p$ is the narrow one",
    saw="The mean is taken over the *first* argument, so its tails decide: widen $p$ far beyond $q$ "
    "and $D(p‖q)$ becomes huge, widen $q$ far beyond $p$ and $D(q‖p)$ does.",
)

guess_landscape = Prediction(
    "landscape",
    question="Each point of a map is one bell $q$, its mean across and its width up; the map says "
    "how large the divergence is. For humps at $\\pm 3$ of equal weight: how many low points "
    "do the map of $D(p‖q)$ and that of $D(q‖p)$ have, taken together?",
    happens=1 + len(fit_gaussian_reverse([0.5, 0.5], [-3, 3], [1, 1])),
    saw="*Forward*, $D(p‖q)$: one minimum, wherever you start. "
    "*Reverse*, $D(q‖p)$: three, one on each hump and a third, shallower one that covers both.",
)

guess_plane = Prediction(
    "plane",
    question="The modes lie side by side, far apart, and are stretched diagonally. $q$ is round, with "
    "one width for all directions, and minimises $D(q‖p)$. How wide is it?",
    options=["as wide as a mode is long", "as wide as a mode is short", "in between"],
    happens="in between",
    saw="Move $\\rho$ up, and the modes are stretched. The forward fit is moment matching again, and a "
    "round $q$ has the average of $p$'s variances in every direction, also in those in which $p$ is "
    "narrow. "
    "With the modes far apart the reverse fit of a round $q$ is *narrower* than they are long, since "
    "anything outside $p$ is punished: its variance is the harmonic mean of the variances along the "
    "two axes of a mode, and the short axis dominates that mean.",
)


# ---- the price of the wrong code ----


def _waste_of_fair(heads):
    return kl_divergence([heads, 1 - heads], [0.5, 0.5])


def _against_fair(heads):
    """Return the mistakes of an exercise on a coin with a code for a fair one."""
    p, q = [heads, 1 - heads], [0.5, 0.5]
    d = kl_divergence(p, q)
    return [
        nats_for_bits(d),
        Mistake(kl_divergence(q, p), "That is $D(q‖p)$: a fair coin in this coin's code."),
        Mistake(entropy(p), "That is what the coin needs, not what is wasted."),
    ]


last_step = Number(
    "kl-coin-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    question="A coin shows heads nine times in ten and is coded as if it were fair. Follow the "
    "worked example. (1) The code spends $-\\log_2 \\frac12 = 1$ bit on either side, so 1 bit on "
    f"average. (2) The coin needs $H(p) = {entropy([0.9, 0.1]):.4f}$ bits. (3) How much is wasted?",
    answer=_waste_of_fair(0.9),
    why="What is spent, less what is needed.",
    mistakes=_against_fair(0.9),
    limits=[NEVER_NEGATIVE],
    hint=["What is waste?", "$D(p‖q) = \\mathrm{CE}(p, q) - H(p)$."],
    solution=f"$1 - {entropy([0.9, 0.1]):.4f} = {_waste_of_fair(0.9):.4f}$ bits per toss.",
)


def _alone(heads):
    return Number(
        "kl-coin-alone",
        stars=1,
        minutes=3,
        unit="bits",
        question=f"A coin shows heads with probability {heads:g} and is coded as if it were fair. "
        "How many bits per toss does that waste?",
        answer=_waste_of_fair(heads),
        why="The fair code spends one bit, the coin needs its entropy, and the rest is wasted.",
        mistakes=[
            *_against_fair(heads),
            base_ten_for_bits(_waste_of_fair(heads)),
            Mistake(
                -_waste_of_fair(heads),
                "The size is right, the sign is not: what is needed is taken from what is spent, "
                "and $p/q$ stands in the logarithm.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "What does the code spend on each side, and what would the coin need?",
            "$D(p‖q) = 1 - H(p)$ for a fair $q$.",
            f"$H(p) = -{heads:g} \\log_2 {heads:g} - {1 - heads:g} \\log_2 {1 - heads:g}$.",
        ],
        solution=f"$1 - h({heads:g}) = 1 - {entropy([heads, 1 - heads]):.4f} = "
        f"{_waste_of_fair(heads):.4f}$ bits.",
    )


alone = varied(_alone, [0.85, 0.7, 0.25, 0.95, 0.02, 0.65, 0.1, 0.8, 0.01, 0.12])


def _die(half):
    loaded, fair = np.array([half] + 5 * [(1 - half) / 5]), np.full(6, 1 / 6)
    waste = kl_divergence(loaded, fair)
    return Number(
        "kl-die",
        stars=1,
        minutes=3,
        unit="bits per throw",
        question=f"A die shows six with probability {half:g} and the other five faces equally often. "
        "How many bits per throw does a code made for a fair die waste on it?",
        answer=waste,
        why="The fair code spends $\\log_2 6$ bits, the die needs $H(p)$, and the waste is the "
        "difference.",
        mistakes=[
            Mistake(
                kl_divergence(loaded, fair, base=math.e),
                "That is the waste in nats; divide by $\\ln 2$ for bits.",
            ),
            base_ten_for_bits(waste),
            Mistake(
                kl_divergence(fair, loaded),
                "That is $D(q‖p)$: a fair die coded with the loaded die's code.",
            ),
            Mistake(
                cross_entropy(loaded, fair),
                "That is all that the fair code spends. Some of it is needed anyway.",
            ),
            Mistake(entropy(loaded), "That is what the die needs, not what is wasted."),
            Mistake(
                -waste,
                "The size is right, the sign is not: what is needed is taken from what is spent, and "
                "$p/q$ stands in the logarithm.",
            ),
        ],
        limits=[
            NEVER_NEGATIVE,
            Limit("That is more than the fair code spends in all.", above=math.log2(6)),
        ],
        hint=[
            "What does a code for a fair die spend on each face?",
            "Against a uniform $q$ the cross-entropy does not depend on $p$ at all: "
            "$D(p‖q) = \\log_2 6 - H(p)$.",
            f"The other faces have the probability $\\frac{{{1 - half:g}}}{{5}}$ each.",
        ],
        solution="$D(p‖q) = \\sum p \\log_2 (p/q) = \\log_2 6 - H(p)$, since "
        "$-\\log_2 q = \\log_2 6$ for every face. "
        f"That is ${math.log2(6):.4f} - {entropy(loaded):.4f} = {waste:.4f}$ bits.",
    )


die = varied(_die, [0.5, 0.4, 0.3, 0.6, 0.7, 0.75, 0.8, 0.35, 0.45, 0.25])

_P, _Q = np.array([0.5, 0.5, 0.0]), np.array([0.5, 0.25, 0.25])

forbidden = Choice(
    "kl-forbidden",
    stars=1,
    minutes=2,
    question="Take $p = (1/2, 1/2, 0)$ and $q = (1/2, 1/4, 1/4)$. Which divergence is infinite?",
    options=[
        Option(
            "$D(p‖q)$",
            "Wherever $p$ has mass, $q$ has some as well: every term is finite. "
            "The third outcome adds $0 \\log 0 = 0$.",
            right=math.isinf(kl_divergence(_P, _Q)),
        ),
        Option(
            "$D(q‖p)$",
            "The third outcome has probability 1/4 under $q$, and $p$ forbids it: "
            "that term alone is infinite.",
            right=math.isinf(kl_divergence(_Q, _P)),
        ),
        Option(
            "both",
            "Look at $D(p‖q)$ term by term: none of its denominators vanishes where "
            "the numerator does not.",
        ),
        Option(
            "neither", "A zero in $p$ is harmless in $D(p‖q)$. Where does it stand in $D(q‖p)$?"
        ),
    ],
    hint=[
        "Who draws the outcomes in $D(p‖q)$, and who in $D(q‖p)$?",
        "Does the other one ever call “impossible” what comes?",
    ],
    solution=f"$D(p‖q) = {kl_divergence(_P, _Q):.1f}$ bits, and $D(q‖p) = \\infty$: data from $q$ "
    "show the third outcome sooner or later, and $p$'s code has no word for it.",
)

_TENTH = np.array([0.9, 0.1])
_CANDIDATES = {
    "q = (0.9, 0.1)": 0.9,
    "q = (0.5, 0.5)": 0.5,
    "q = (0.99, 0.01)": 0.99,
    "q = (0.999999, 0.000001)": 0.999999,
}


order = Ordering(
    "kl-order",
    stars=2,
    minutes=4,
    question="The truth is $p = (0.9, 0.1)$. Order these models by $D(p‖q)$.",
    items=[
        Item(text, kl_divergence(_TENTH, coin(_CANDIDATES[text])))
        for text in (
            "q = (0.5, 0.5)",
            "q = (0.999999, 0.000001)",
            "q = (0.9, 0.1)",
            "q = (0.99, 0.01)",
        )
    ],
    direction="the smallest divergence first",
    mistakes=[
        Swap(
            "q = (0.999999, 0.000001)",
            "q = (0.5, 0.5)",
            "In plain distance 0.999999 is much nearer to 0.9 than 0.5 is. But how much more "
            "surprised is it by the outcome that comes one time in ten?",
        ),
        Swap(
            "q = (0.5, 0.5)",
            "q = (0.99, 0.01)",
            "The rare outcome surprises 0.99 more, but it comes only one time in ten. How much "
            "does each of the two pay for the common one, nine times in ten?",
        ),
        Swap(
            "q = (0.999999, 0.000001)",
            "q = (0.99, 0.01)",
            "Both are too sure of the common outcome. Which of them gives the rare one less?",
        ),
    ],
    hint=[
        "What does each model pay for the common outcome, and what for the rare one?",
        "There are two terms each; the second has the weight 0.1 and the factor $\\log(0.1/q_2)$.",
    ],
    why="A model is charged for the ratio of probabilities, not for their difference.",
    solution="In bits: "
    + "; ".join(
        f"{text}: {kl_divergence(_TENTH, coin(heads)):.4f}" for text, heads in _CANDIDATES.items()
    )
    + ". Only the first is free; a probability that is too small by a factor of 100,000 costs "
    "about 17 bits each time the outcome comes, and it comes one time in ten.",
)


def _gaussians(mean, width):
    d = gaussian_kl(0, 1, mean, width, base=math.e)
    return Number(
        "kl-gaussians",
        stars=2,
        minutes=4,
        unit="nats",
        question=f"How large is $D(p‖q)$ for $p = N(0, 1)$ and $q = N({mean:g}, {width:g}^2)$?",
        answer=d,
        why="The logarithm of the ratio of widths, plus half of the mean square of $x$ measured with "
        "$q$'s ruler, less one half.",
        mistakes=[
            bits_for_nats(d),
            Mistake(gaussian_kl(mean, width, 0, 1, base=math.e), "That is $D(q‖p)$."),
            Mistake(
                gaussian_kl(0, 1, mean, math.sqrt(width), base=math.e),
                f"You took {width:g} for the variance; $q$ has the standard deviation {width:g}.",
            ),
            Mistake(
                gaussian_kl(0, 1, 0, width, base=math.e),
                "Part of the mean square is missing: it is $\\sigma_p^2 + (\\mu_p - \\mu_q)^2$.",
            ),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "Whose mean is taken, and of which square?",
            "$E_p[(x - \\mu_q)^2] = \\sigma_p^2 + (\\mu_p - \\mu_q)^2$.",
            f"Here the mean square is $1 + {mean:g}^2$, measured in units of ${width:g}^2$.",
        ],
        solution="$\\ln\\frac{\\sigma_q}{\\sigma_p} + \\frac{\\sigma_p^2 + (\\mu_p - \\mu_q)^2}"
        f"{{2 \\sigma_q^2}} - \\frac12 = \\ln {width:g} + "
        f"\\frac{{1 + {mean * mean:g}}}{{{2 * width * width:g}}} - \\frac12 = {d:.4f}$ nats.",
    )


gaussians = varied(
    _gaussians,
    [
        (1.5, 2),
        (0.5, 3),
        (1.6, 3),
        (3, 2),
        (2.5, 2),
        (0.5, 2),
        (1.5, 0.5),
        (2, 0.5),
        (1.5, 4),
        (1.2, 2),
    ],
)

gibbs = Derivation(
    "kl-gibbs",
    stars=2,
    minutes=8,
    question="Prove that $D(p‖q) \\ge 0$, with equality only for $p = q$. "
    "Write your proof down first, then compare.",
    hint=[
        "Over which outcomes may you sum?",
        "$-\\log$ is strictly convex. Which average can you move inside?",
    ],
    steps=[
        Step(
            "Sum only over the outcomes with $p(x) > 0$: $D(p‖q) = E_p[-\\log(q(x)/p(x))]$.",
            "Say first over which outcomes you sum, or $q/p$ may be $0/0$.",
        ),
        Step(
            "By Jensen, $E_p[-\\log(q/p)] \\ge -\\log E_p[q/p]$, as $-\\log$ is convex.",
            "Jensen's inequality is the heart of it; and it needs convexity, so keep the minus.",
        ),
        Step(
            "$E_p[q/p] = \\sum_{p > 0} q(x) \\le 1$, so $-\\log E_p[q/p] \\ge 0$.",
            "The sum of $q$ over the support of $p$ may be less than one. Which way does that "
            "push the bound?",
        ),
        Step(
            "Equality in Jensen needs $q/p$ constant where $p > 0$ (strict convexity), and "
            "equality in the last step needs all of $q$ there; so the constant is 1 and $p = q$.",
            "Both steps must be tight: one gives a constant ratio, the other fixes the constant.",
        ),
    ],
    why="Two inequalities, each tight in one case only, and the two cases together say $p = q$.",
)

closed_form = Derivation(
    "kl-closed-form",
    stars=3,
    minutes=12,
    question="Derive $D(p‖q)$ for two Gaussians $p = N(\\mu_p, \\sigma_p^2)$ and "
    "$q = N(\\mu_q, \\sigma_q^2)$.",
    hint=[
        "What is left of $\\ln(p/q)$ when both densities are written out?",
        "A constant and two squares: take the mean of each under $p$.",
        "$E_p[(x - \\mu_q)^2]$ needs the variance of $p$ and the distance of the means.",
    ],
    steps=[
        Step(
            "$\\ln\\frac{p(x)}{q(x)} = \\ln\\frac{\\sigma_q}{\\sigma_p} - "
            "\\frac{(x - \\mu_p)^2}{2\\sigma_p^2} + \\frac{(x - \\mu_q)^2}{2\\sigma_q^2}$.",
            "Take the logarithm of both densities; the factors $\\sqrt{2\\pi}$ cancel.",
        ),
        Step(
            "$E_p[(x - \\mu_p)^2] = \\sigma_p^2$, so the first square gives $-\\frac12$.",
            "That mean is the definition of the variance.",
        ),
        Step(
            "$E_p[(x - \\mu_q)^2] = \\sigma_p^2 + (\\mu_p - \\mu_q)^2$.",
            "Write $x - \\mu_q = (x - \\mu_p) + (\\mu_p - \\mu_q)$; the mixed term has mean zero.",
        ),
        Step(
            "$D(p‖q) = \\ln\\frac{\\sigma_q}{\\sigma_p} + "
            "\\frac{\\sigma_p^2 + (\\mu_p - \\mu_q)^2}{2\\sigma_q^2} - \\frac12$ nats.",
            "Put the three together; the unit is nats because the logarithm is natural.",
        ),
    ],
    why="The mean under $p$ of a quadratic needs nothing but the mean and the variance of $p$.",
    solution="With equal widths only $(\\mu_p - \\mu_q)^2 / 2\\sigma^2$ is left, which is symmetric.",
)


def _clipped_at(exponent):
    smallest = 10.0**-exponent
    value = 0.5 * math.log(0.5) + 0.5 * math.log(0.5 / smallest)
    return Number(
        "kl-clipped",
        stars=2,
        minutes=4,
        unit="nats",
        question=f"Code replaces $q$ by $\\max(q, 10^{{-{exponent}}})$ “for safety” and then computes "
        "$\\sum p \\ln(p/q)$. "
        "What does it print for $p = (1/2, 1/2)$ and $q = (1, 0)$?",
        answer=value,
        tolerance=0.01,
        why="The true value is infinite; what is printed is a statement about the constant, and "
        "another constant gives another number.",
        mistakes=[
            Mistake(
                math.inf,
                "That is the true divergence. The question is what the clipped code prints instead.",
                tolerance=0,
            ),
            Mistake(value / math.log(2), "That is in bits; the code uses the natural logarithm."),
            Mistake(
                0.5 * math.log(0.5 / smallest),
                "You left out the first outcome, whose term is negative.",
            ),
            Mistake(2 * value, "Both terms have the weight 1/2."),
        ],
        hint=[
            "There are two terms, one for each outcome. Which of them did the clipping change?",
            "$\\frac12 \\ln \\frac{1/2}{q_1} + \\frac12 \\ln \\frac{1/2}{q_2}$.",
            f"$q_1 = 1$ and $q_2 = 10^{{-{exponent}}}$.",
        ],
        solution="$\\frac12 \\ln \\frac{1/2}{1} + \\frac12 \\ln "
        f"\\frac{{1/2}}{{10^{{-{exponent}}}}} = {value:.4f}$ nats. `itlib.kl_divergence` "
        "gives `inf`, which is the truth and cannot be mistaken for an ordinary number.",
    )


clipped = varied(_clipped_at, [8, 4, 5, 6, 7, 9, 11, 15, 16, 20])

likelihood = Choice(
    "kl-likelihood",
    stars=1,
    minutes=2,
    question="A network is trained by maximum likelihood on data from $p$. "
    "Which divergence between $p$ and the model $q$ does that minimise?",
    options=[
        Option(
            "$D(p‖q)$, the forward one",
            "The data are drawn from $p$, so the mean of "
            "$-\\log q$ over them estimates $H(p) + D(p‖q)$, and $H(p)$ does not depend on the "
            "model.",
            right=True,
        ),
        Option(
            "$D(q‖p)$, the reverse one",
            "That mean would have to be taken over samples of the "
            "model, and it would need $\\log p$, which nobody knows.",
        ),
        Option("the mean of the two", "Nothing in the likelihood is drawn from $q$."),
        Option(
            "neither, only a cross-entropy",
            "It is a cross-entropy, and that is the forward "
            "divergence plus a constant: the same minimum.",
        ),
    ],
    hint=[
        "Who draws the points at which the logarithm is taken?",
        "The mean of $-\\log q$ over data estimates $E_p[-\\log q]$.",
    ],
    solution="$-\\frac1n \\sum_i \\log q(x_i) \\to E_p[-\\log q] = H(p) + D(p‖q)$.",
)


def _moments(weight, half):
    modes = [weight, 1 - weight], [-half, half], [1, 1]
    mu, sigma = fit_gaussian_forward(*modes)
    mean_square = 1 + half**2
    reverse_mu, reverse_sigma, _ = fit_gaussian_reverse(*modes)[0]
    covers = (
        ", which at this separation still covers both modes" if abs(reverse_mu) < half / 2 else ""
    )
    return Number(
        "kl-moments",
        stars=2,
        minutes=4,
        tolerance=0.005,
        question=f"The modes of $p = {weight:g}\\,N(-{half:g}, 1) + {1 - weight:g}\\,N({half:g}, 1)$ "
        "have unequal weights. "
        "What is the standard deviation $\\sigma$ of the Gaussian that minimises $D(p‖q)$?",
        answer=sigma,
        why="The forward optimum has the mean and the variance of $p$, and that variance is what the "
        "modes have plus what lies between them.",
        mistakes=[
            Mistake(sigma**2, "That is the variance; take its root."),
            Mistake(math.sqrt(mean_square), "That is right for equal weights."),
            Mistake(
                math.sqrt(sigma**2 - 1),
                "The modes have a width of their own; its square belongs to the variance.",
            ),
            Mistake(
                reverse_sigma,
                f"That is the width of the *reverse* optimum, at $\\mu = {reverse_mu:.2f}${covers}.",
            ),
        ],
        hint=[
            "Which two numbers of $p$ does the forward optimum share?",
            "$\\sigma^2 = E_p[x^2] - (E_p[x])^2$, and $E_p[x^2]$ is the same for both modes.",
            f"$E_p[x] = {1 - weight:g} \\cdot {half:g} - {weight:g} \\cdot {half:g}$.",
        ],
        solution=f"$E_p[x] = {mu:g}$ and $E_p[x^2] = 1 + {half * half:g} = {mean_square:g}$, so "
        f"$\\sigma = \\sqrt{{{mean_square:g} - {mu * mu:.4g}}} = {sigma:.4f}$. The mean is neither on "
        "a mode nor half-way between them.",
    )


moments = varied(
    _moments,
    [
        (0.7, 2),
        (0.62, 2),
        (0.78, 2),
        (0.88, 2),
        (0.7, 3),
        (0.6, 3),
        (0.8, 3),
        (0.9, 3),
        (0.7, 4),
        (0.8, 4),
    ],
)

start = Choice(
    "kl-start",
    stars=2,
    minutes=3,
    question="$p$ has two equal modes at $\\pm 3.4$. An optimiser minimises $D(q‖p)$ by gradient "
    "descent and starts at $\\mu = 0.2$, $\\sigma = 3$. Where does it end?",
    options=[
        Option(
            "covering both modes, at $\\mu = 0$",
            "The covering solution is a minimum at every "
            "separation, and this start lies in its basin, though a bell on either mode "
            "costs far less.",
            right=len(fit_gaussian_reverse([0.5, 0.5], [-3.4, 3.4], [1, 1])) == 3,
        ),
        Option(
            "on the right mode, since $\\mu = 0.2$ is to its side",
            "One of the two best bells is there. But is there a way down to it from this start?",
        ),
        Option("on the left mode", "By symmetry the right mode would be at least as good."),
        Option(
            "it runs to $\\sigma \\to \\infty$",
            "A very wide $q$ puts most of its mass where $p$ is tiny, and pays for it.",
        ),
    ],
    hint=[
        "Does a wide bell near the middle have a way down to a mode?",
        "Set the demo with the maps to this start, and press *Downhill on D(q‖p)*.",
    ],
    solution="From the covering bell $D(q‖p)$ rises in every direction: "
    f"the covering $q$ costs {fit_gaussian_reverse([0.5, 0.5], [-3.4, 3.4], [1, 1])[-1][2]:.3f} "
    f"nats and each mode {fit_gaussian_reverse([0.5, 0.5], [-3.4, 3.4], [1, 1])[0][2]:.3f}, but "
    "between them lies a pass. A narrow start so near the middle may end there too. Start on a mode, "
    "or from many places.",
)

_HEAVIER = 0.6  # the weight of the left mode in kl-jump
_JUMP, _UNEQUAL_JUMP = (reverse_jump(weight).separation for weight in (0.5, _HEAVIER))

jump = Number(
    "kl-jump",
    stars=3,
    minutes=15,
    tolerance=0.002,
    question="$p = 0.6\\,N(-d, 1) + 0.4\\,N(d, 1)$. From which $d$ on is the best $q$ for "
    "$D(q‖p)$ on the heavier mode rather than over both? Use "
    "`itlib.fit_gaussian_reverse` and bisect.",
    answer=_UNEQUAL_JUMP,
    why="There the covering minimum and the one on the heavier mode cost the same; beyond it the "
    "mode is better.",
    mistakes=[
        Mistake(
            mode_fold(_HEAVIER).separation,
            "There the minimum on the heavier mode appears. It is still worse than covering.",
        ),
        Mistake(
            mode_fold(1 - _HEAVIER).separation,
            "There the minimum on the *lighter* mode appears. It is never the best.",
        ),
        Mistake(_JUMP, "That is for equal weights."),
        Mistake(
            2 * _UNEQUAL_JUMP,
            "That is the distance between the modes; $d$ is half of it.",
        ),
        Mistake(
            covering_fold(_HEAVIER).separation,
            "There the covering minimum vanishes. It has long been the worse one.",
        ),
    ],
    hint=[
        "How does one see from the list of minima which kind is best?",
        "Where the heavier mode is best, the first entry of the list has a $\\mu$ near $-d$.",
        "Bisect between a $d$ where it is not and one where it is.",
    ],
    solution="Bisect between 2.3 and 2.8 on whether the $\\mu$ of the best fit is below $-d/2$. "
    f"The two minima cost the same at $d = {_UNEQUAL_JUMP:.6f}$, earlier than "
    "for equal weights: the heavier mode is the better bargain.",
)


def my_kl(p, q):
    """Return D(p‖q) in bits."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    there = p > 0
    if np.any(q[there] == 0):
        return np.inf
    return np.sum(p[there] * (np.log2(p[there]) - np.log2(q[there])))


def _natural(p, q):
    return kl_divergence(p, q, base=math.e)


def _swapped(p, q):
    return kl_divergence(q, p)


def _any_zero(p, q):
    return kl_divergence(p, q) if np.all(q) else np.inf


def _clipped(p, q):
    p, q = np.asarray(p, float), np.maximum(q, 1e-12)
    return np.sum(p[p > 0] * np.log2(p[p > 0] / q[p > 0]))


def _masked(p, q):
    p, q = np.asarray(p, float), np.asarray(q, float)
    both = (p > 0) & (q > 0)
    return np.sum(p[both] * np.log2(p[both] / q[both]))


_SWAP = "It is $D(p‖q)$ and not $D(q‖p)$."
_ZERO = "Outcomes of probability zero under $p$ add nothing."
_INF = "It is infinite where $q$ forbids what $p$ allows."

code = Code(
    "kl-code",
    stars=2,
    minutes=10,
    question="Write `my_kl(p, q)`: the divergence of two vectors of probabilities, in bits.",
    solution=my_kl,
    reference=kl_divergence,
    cases=[
        Case("Coins are compared in bits.", (np.array([0.75, 0.25]), np.array([0.25, 0.75]))),
        Case(_SWAP, (np.array([0.75, 0.25]), np.array([0.5, 0.5]))),
        Case(
            "Equal distributions give zero.",
            (np.array([0.2, 0.3, 0.5]), np.array([0.2, 0.3, 0.5])),
        ),
        Case(_ZERO, (np.array([0.5, 0.5, 0]), np.array([0.25, 0.25, 0.5]))),
        Case(_ZERO, (np.array([0.5, 0.5, 0]), np.array([0.25, 0.75, 0]))),
        Case(_INF, (np.array([0.5, 0.5]), np.array([1.0, 0.0]))),
    ],
    mistakes=[
        Slip(_natural, "Coins are compared in bits."),
        Slip(_swapped, _SWAP),
        Slip(_any_zero, _ZERO),
        Slip(_clipped, _INF),
        Slip(_masked, _INF),
    ],
    hint=[
        "Which zeros are harmless, and which are not?",
        "Deal with both kinds before taking a logarithm.",
        "`there = p > 0` picks the outcomes that count.",
    ],
    call="exercises.code.check(my_kl)",
    why="Each kind of zero is a branch of its own; nothing is clipped.",
    remark="Close to $p = q$ this loses its digits, as the section *When it breaks* shows.",
)

_APART = [0.5, 0.5], [-3, 3], [1, 1]

trough = Number(
    "kl-trough",
    stars=2,
    minutes=5,
    unit="nats",
    tolerance=0.001,
    question="$p = \\frac12 N(-3, 1) + \\frac12 N(3, 1)$, and $q$ is $N(0, 10)$ (variance 10), the "
    "forward optimum. How large is $D(p‖q)$? Set $d = 3$ in the demo and look for it, or "
    "call `itlib.mixture_gaussian_kl`.",
    answer=mixture_gaussian_kl(*_APART, 0, math.sqrt(10), base=math.e),
    why="Even the best Gaussian pays, because no Gaussian has two modes.",
    mistakes=[
        Mistake(mixture_gaussian_kl(*_APART, 0, math.sqrt(10)), "That is the value in bits."),
        Mistake(
            mixture_gaussian_kl(*_APART, 0, math.sqrt(10), direction="reverse", base=math.e),
            "That is $D(q‖p)$ for this $q$.",
        ),
        Mistake(
            mixture_gaussian_kl(*_APART, 0, 10, base=math.e),
            "You gave 10 as the standard deviation; it is the variance.",
        ),
        Mistake(
            math.log(10 / 4) / 2,
            "That is right for modes that do not overlap at all. These do a little, which lowers "
            "$H(p)$ a little.",
        ),
        Mistake(0.0, "The moments agree, and the densities do not: zero needs $p = q$."),
    ],
    limits=[NEVER_NEGATIVE],
    hint=[
        "Which numbers describe $p$, and which $q$? A variance is no standard deviation.",
        "The function wants weights, means and standard deviations of $p$, then mean and "
        "standard deviation of $q$, and gives bits unless told otherwise.",
    ],
    solution="The variance of $p$ is $1 + 3^2 = 10$, so this $q$ is the forward optimum, and "
    f"$D(p‖q) = {mixture_gaussian_kl(*_APART, 0, math.sqrt(10), base=math.e):.4f}$ nats: "
    "the entropy of $q$ less that of $p$.",
)


# ---- evidence and rules ----


def _rounded_up(tosses):
    """Return the mistake of giving whole tosses, where they are not nearly the answer."""
    whole = math.ceil(tosses)
    told = "So many whole tosses are enough, but the mean gets there earlier. Give the fraction."
    return [Mistake(whole, told, tolerance=0.01)] if whole - tosses > 0.1 else []


def _tosses(heads, bits):
    each = kl_divergence([heads, 1 - heads], [0.5, 0.5])
    return Number(
        "kl-tosses",
        stars=1,
        minutes=3,
        tolerance=0.05,
        question=f"A coin shows heads with probability {heads:g}; the other explanation is a fair "
        f"coin. After how many tosses is the evidence for the truth {bits} bits, on average? A fraction "
        "is allowed; round only at the end.",
        answer=bits / each,
        why="Each toss brings $D(p‖q)$ bits on average, and evidence adds up.",
        mistakes=[
            Mistake(
                bits / kl_divergence([0.5, 0.5], [heads, 1 - heads]),
                "You averaged over a fair coin. The tosses come from the bent one.",
            ),
            Mistake(bits / (each * math.log(2)), "You counted the divergence in nats."),
            Mistake(bits * each, "That is a product. How many tosses make one bit?"),
            Mistake(each, "That is the evidence of one toss."),
            *_rounded_up(bits / each),
        ],
        limits=[Limit("No number of tosses is negative.", below=0.0)],
        hint=[
            "How much evidence does one toss bring on average?",
            "The evidence of $n$ tosses has the mean $n\\,D(p‖q)$.",
            f"$D(p‖q) = 1 - h({heads:g})$ bits.",
        ],
        solution=f"$D(p‖q) = {each:.6f}$ bits a toss, so ${bits} / {each:.6f} = {bits / each:.1f}$ "
        "tosses.",
    )


tosses = varied(
    _tosses,
    [(0.7, 10), (0.75, 10), (0.83, 10), (0.9, 10), (0.75, 20), (0.7, 20), (0.78, 20), (0.9, 20),
     (0.95, 10), (0.85, 20)],
)  # fmt: skip

rounding = Choice(
    "kl-rounding",
    stars=1,
    minutes=2,
    question="Two densities $p$ and $q$ have $D(p‖q) = 2$ bits. Every value is rounded to a whole "
    "number, by the same rule for both. What can be said of the divergence of the rounded values?",
    options=[
        Option(
            "It is at most 2 bits.",
            "Rounding is processing: whoever sees less cannot tell the two apart better.",
            right=True,
        ),
        Option("It is exactly 2 bits.", "That holds for an invertible change; rounding is none."),
        Option("It is at least 2 bits.", "Could a coarser look tell the two apart better?"),
        Option(
            "Nothing: it depends on the rule.",
            "How much is lost depends on the rule. That nothing is gained does not.",
        ),
    ],
    hint=["Can one undo the rounding?", "Which of the four rules speaks of what both go through?"],
    solution="By the data-processing inequality it is at most 2 bits, and less unless the rounded "
    "value still tells all that the exact one told about $p$ and $q$.",
)

_FOLD = mode_fold().separation

follow = Choice(
    "kl-follow",
    stars=2,
    minutes=3,
    question="The humps have equal weights and move slowly together, from $d = 4$ on. An optimiser "
    "of $D(q‖p)$ starts on the right mode and is restarted, again and again, where it stopped. "
    "When does its bell leave the mode?",
    options=[
        Option(
            "at the jump, where covering becomes better",
            f"At $d = {_JUMP:.2f}$ another minimum becomes the better one. A descent does not look "
            "across; it leaves when its own minimum goes.",
        ),
        Option(
            "at the fold, where its minimum vanishes",
            f"At $d = {_FOLD:.2f}$, below the jump: the way back differs from the way there.",
            right=_FOLD < _JUMP,
        ),
        Option(
            "at $d = 1$, where $p$ no longer has two peaks",
            "The peaks of $p$ and the minima of $D(q‖p)$ come and go at different places.",
        ),
        Option("never", "For small $d$ there is one minimum only, and it is in the middle."),
    ],
    hint=[
        "What holds a descent in its place?",
        "Follow the outer branch in the first picture from the right to the left.",
    ],
    solution=f"The minimum on a mode exists down to the fold, $d = {_FOLD:.4f}$, though below the jump "
    f"at $d = {_JUMP:.4f}$ it is the worse one. Moved apart again, the bell stays in the middle: "
    "the covering minimum never vanishes. Where a descent ends depends on where it comes from.",
)
