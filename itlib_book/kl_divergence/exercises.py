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
    Slip,
    Step,
    Swap,
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
from itlib_book.shared.common_mistakes import base_ten_for_bits

NEVER_NEGATIVE = Limit("A divergence is never negative.", below=0.0)

FAIR, LOADED = np.full(6, 1 / 6), np.array([0.5, 0.1, 0.1, 0.1, 0.1, 0.1])

die = Number(
    "kl-die",
    stars=1,
    minutes=3,
    unit="bits per throw",
    question="A die shows six half of the time and the other five faces equally often. "
    "How many bits per throw does a code made for a fair die waste on it?",
    answer=kl_divergence(LOADED, FAIR),
    why="The fair code spends $\\log_2 6$ bits, the die needs $H(p)$, and the waste is the "
    "difference.",
    mistakes=[
        Mistake(
            kl_divergence(LOADED, FAIR, base=math.e),
            "That is the waste in nats; divide by $\\ln 2$ for bits.",
        ),
        base_ten_for_bits(kl_divergence(LOADED, FAIR)),
        Mistake(
            kl_divergence(FAIR, LOADED),
            "That is $D(q‖p)$: a fair die coded with the loaded die's code.",
        ),
        Mistake(
            cross_entropy(LOADED, FAIR),
            "That is all that the fair code spends. Some of it is needed anyway.",
        ),
        Mistake(entropy(LOADED), "That is what the die needs, not what is wasted."),
        Mistake(
            -kl_divergence(LOADED, FAIR),
            "The size is right, the sign is not: $p/q$, not $q/p$, stands in the logarithm.",
        ),
    ],
    limits=[
        NEVER_NEGATIVE,
        Limit("That is more than the fair code spends in all.", above=math.log2(6)),
    ],
    hint="Against a uniform $q$ the cross-entropy does not depend on $p$ at all.",
    solution="$D(p‖q) = \\sum p \\log_2 (p/q) = \\log_2 6 - H(p)$, since $-\\log_2 q = \\log_2 6$ "
    "for every face. "
    f"That is ${math.log2(6):.4f} - {entropy(LOADED):.4f} = "
    f"{kl_divergence(LOADED, FAIR):.4f}$ bits.",
)

_P, _Q = np.array([0.5, 0.5, 0.0]), np.array([0.5, 0.25, 0.25])

forbidden = Choice(
    "kl-forbidden",
    stars=1,
    minutes=2,
    question="Take $p = (1/2, 1/2, 0)$ and $q = (1/2, 1/4, 1/4)$. Which divergence is infinite?",
    options=[
        Option(
            "D(p‖q)",
            "Wherever $p$ has mass, $q$ has some as well: every term is finite. "
            "The third outcome adds $0 \\log 0 = 0$.",
            right=math.isinf(kl_divergence(_P, _Q)),
        ),
        Option(
            "D(q‖p)",
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
    hint="Ask who draws the outcomes, and whether the other one ever says “impossible”.",
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


def _coin(heads):
    return np.array([heads, 1 - heads])


order = Ordering(
    "kl-order",
    stars=2,
    minutes=4,
    question="The truth is $p = (0.9, 0.1)$. Order these models by $D(p‖q)$.",
    items=[
        Item(text, kl_divergence(_TENTH, _coin(_CANDIDATES[text])))
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
    hint="Two terms each. The second has the weight 0.1 and the factor $\\log(0.1/q_2)$.",
    why="A model is charged for the ratio of probabilities, not for their difference.",
    solution="In bits: "
    + "; ".join(
        f"{text}: {kl_divergence(_TENTH, _coin(heads)):.4f}" for text, heads in _CANDIDATES.items()
    )
    + ". Only the first is free; a probability that is too small by a factor of 100,000 costs "
    "about 17 bits each time the outcome comes, and it comes one time in ten.",
)

gaussians = Number(
    "kl-gaussians",
    stars=2,
    minutes=4,
    unit="nats",
    question="How large is $D(p‖q)$ for $p = N(0, 1)$ and $q = N(1, 2^2)$?",
    answer=gaussian_kl(0, 1, 1, 2, base=math.e),
    why="The logarithm of the ratio of widths, plus half of the mean square of $x$ measured with $q$'s ruler, "
    "less one half.",
    mistakes=[
        Mistake(gaussian_kl(0, 1, 1, 2), "That is the value in bits; the question asks for nats."),
        Mistake(gaussian_kl(1, 2, 0, 1, base=math.e), "That is $D(q‖p)$."),
        Mistake(
            gaussian_kl(0, 1, 1, math.sqrt(2), base=math.e),
            "You took 2 for the variance; $q$ has the standard deviation 2.",
        ),
        Mistake(
            gaussian_kl(0, 1, 0, 2, base=math.e),
            "The means differ by 1. That adds to the mean square.",
        ),
    ],
    limits=[NEVER_NEGATIVE],
    hint="$E_p[(x - \\mu_q)^2] = \\sigma_p^2 + (\\mu_p - \\mu_q)^2$.",
    solution="$\\ln\\frac{\\sigma_q}{\\sigma_p} + \\frac{\\sigma_p^2 + (\\mu_p - \\mu_q)^2}"
    "{2 \\sigma_q^2} - \\frac12 = \\ln 2 + \\frac{1 + 1}{8} - \\frac12 = "
    f"{gaussian_kl(0, 1, 1, 2, base=math.e):.4f}$ nats.",
)

gibbs = Derivation(
    "kl-gibbs",
    stars=2,
    minutes=8,
    question="Prove that $D(p‖q) \\ge 0$, with equality only for $p = q$. "
    "Write your proof down first, then compare.",
    hint="$-\\log$ is strictly convex. Which average can you move inside?",
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
    hint="Write $\\ln(p/q)$ as a constant and two squares, and take the mean of each under $p$.",
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

_CLIP = 1e-8

clipped = Number(
    "kl-clipped",
    stars=2,
    minutes=4,
    unit="nats",
    question="Code replaces $q$ by $\\max(q, 10^{-8})$ “for safety” and then computes "
    "$\\sum p \\ln(p/q)$. "
    "What does it print for $p = (1/2, 1/2)$ and $q = (1, 0)$?",
    answer=float(np.sum([0.5 * math.log(0.5 / 1), 0.5 * math.log(0.5 / _CLIP)])),
    tolerance=0.01,
    why="The true value is infinite; what is printed is a statement about the constant "
    "$10^{-8}$, and another constant gives another number.",
    mistakes=[
        Mistake(
            math.inf,
            "That is the true divergence. The question is what the clipped code prints instead.",
            tolerance=0,
        ),
        Mistake(
            float(np.sum([0.5 * math.log2(0.5), 0.5 * math.log2(0.5 / _CLIP)])),
            "That is in bits; the code uses the natural logarithm.",
        ),
        Mistake(
            0.5 * math.log(0.5 / _CLIP), "You left out the first outcome, whose term is negative."
        ),
        Mistake(math.log(0.5 / _CLIP) + math.log(0.5), "Both terms have the weight 1/2."),
    ],
    hint="Two terms, one for each outcome. Which of them did the clipping change?",
    solution="$\\frac12 \\ln \\frac{1/2}{1} + \\frac12 \\ln \\frac{1/2}{10^{-8}} = "
    f"{0.5 * math.log(0.5) + 0.5 * math.log(0.5 / _CLIP):.4f}$ nats; clipped at $10^{{-4}}$ it "
    f"would be {0.5 * math.log(0.5) + 0.5 * math.log(0.5 / 1e-4):.2f}. `itlib.kl_divergence` "
    "gives `inf`, which is the truth and cannot be mistaken for a result.",
)

likelihood = Choice(
    "kl-likelihood",
    stars=1,
    minutes=2,
    question="A network is trained by maximum likelihood on data from $p$. "
    "Which divergence between $p$ and the model $q$ does that minimise?",
    options=[
        Option(
            "D(p‖q), the forward one",
            "The data are drawn from $p$, so the mean of "
            "$-\\log q$ over them estimates $H(p) + D(p‖q)$, and $H(p)$ does not depend on the "
            "model.",
            right=True,
        ),
        Option(
            "D(q‖p), the reverse one",
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
    hint="Who draws the points at which the logarithm is taken?",
    solution="$-\\frac1n \\sum_i \\log q(x_i) \\to E_p[-\\log q] = H(p) + D(p‖q)$.",
)

_MODES = [0.7, 0.3], [-2, 2], [1, 1]
_MU, _SIGMA = fit_gaussian_forward(*_MODES)

moments = Number(
    "kl-moments",
    stars=2,
    minutes=4,
    tolerance=0.005,
    question="The modes of $p = 0.7\\,N(-2, 1) + 0.3\\,N(2, 1)$ have unequal weights. "
    "What is the standard deviation $\\sigma$ of the Gaussian that minimises $D(p‖q)$?",
    answer=_SIGMA,
    why="The forward optimum has the mean and the variance of $p$, and that variance is what the "
    "modes have plus what lies between them.",
    mistakes=[
        Mistake(_SIGMA**2, "That is the variance; take its root."),
        Mistake(
            fit_gaussian_forward([0.5, 0.5], [-2, 2], [1, 1])[1], "That is right for equal weights."
        ),
        Mistake(
            math.sqrt(_SIGMA**2 - 1),
            "The modes have a width of their own; its square belongs to the variance.",
        ),
        Mistake(
            fit_gaussian_reverse(*_MODES)[0][1],
            "That is the width of the *reverse* optimum, at "
            f"$\\mu = {fit_gaussian_reverse(*_MODES)[0][0]:.2f}$, which at this separation still "
            "covers both modes.",
        ),
    ],
    hint="$\\sigma^2 = E_p[x^2] - (E_p[x])^2$, and $E_p[x^2]$ is the same for both modes.",
    solution="$E_p[x] = 0.7 \\cdot (-2) + 0.3 \\cdot 2 = -0.8$ and $E_p[x^2] = 1 + 4 = 5$, so "
    f"$\\sigma = \\sqrt{{5 - 0.64}} = {_SIGMA:.4f}$. The mean is at {_MU:.1f}, which is "
    "neither on a mode nor in the trough.",
)

start = Choice(
    "kl-start",
    stars=2,
    minutes=3,
    question="$p$ has two equal modes at $\\pm 3.5$. An optimiser minimises $D(q‖p)$ by gradient "
    "descent and starts at $\\mu = 0.2$, $\\sigma = 3$. Where does it end? "
    "Find out with the demo of this chapter.",
    options=[
        Option(
            "covering both modes, at μ = 0",
            "The covering solution is a minimum at every "
            "separation, and a wide start lies in its basin, though both modes are far "
            "better.",
            right=len(fit_gaussian_reverse([0.5, 0.5], [-3.5, 3.5], [1, 1])) == 3,
        ),
        Option(
            "on the right mode, since μ = 0.2 is to its side",
            "That is where the best $q$ is. But is there a way down from a wide start?",
        ),
        Option("on the left mode", "By symmetry the right mode would be at least as good."),
        Option(
            "it runs to σ → ∞",
            "A wider $q$ puts more of its mass where $p$ is tiny, and pays for it.",
        ),
    ],
    hint="Set d = 3.5, μ = 0.2, σ = 3 in the demo and press the button.",
    solution="Near $\\mu = 0$ and wide, $D(q‖p)$ rises in every direction: "
    f"the covering $q$ costs {fit_gaussian_reverse([0.5, 0.5], [-3.5, 3.5], [1, 1])[-1][2]:.3f} "
    f"nats and each mode {fit_gaussian_reverse([0.5, 0.5], [-3.5, 3.5], [1, 1])[0][2]:.3f}, but "
    "between them lies a pass. Start narrow, or start from many places.",
)

_HEAVIER = 0.6  # the weight of the left mode in kl-jump

jump = Number(
    "kl-jump",
    stars=3,
    minutes=15,
    tolerance=0.002,
    question="$p = 0.6\\,N(-d, 1) + 0.4\\,N(d, 1)$. From which $d$ on is the best $q$ for "
    "$D(q‖p)$ on the heavier mode rather than over both? Use "
    "`itlib.fit_gaussian_reverse` and bisect.",
    answer=reverse_jump(_HEAVIER).separation,
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
        Mistake(reverse_jump().separation, "That is for equal weights."),
        Mistake(
            2 * reverse_jump(_HEAVIER).separation,
            "That is the distance between the modes; $d$ is half of it.",
        ),
        Mistake(
            covering_fold(_HEAVIER).separation,
            "There the covering minimum vanishes. It has been the worse one for long.",
        ),
    ],
    hint="Where the heavier mode is best, the first entry of the list has a $\\mu$ near $-d$.",
    solution="Bisect between 2.3 and 2.8 on whether the $\\mu$ of the best fit is below $-d/2$. "
    f"The two minima cost the same at $d = {reverse_jump(_HEAVIER).separation:.6f}$, earlier than "
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


def _clipped(p, q):
    p, q = np.asarray(p, float), np.maximum(q, 1e-12)
    return np.sum(p[p > 0] * np.log2(p[p > 0] / q[p > 0]))


def _masked(p, q):
    p, q = np.asarray(p, float), np.asarray(q, float)
    both = (p > 0) & (q > 0)
    return np.sum(p[both] * np.log2(p[both] / q[both]))


_SWAP = "It is $D(p‖q)$ and not $D(q‖p)$."
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
        Case(
            "Outcomes of probability zero under $p$ add nothing.",
            (np.array([0.5, 0.5, 0]), np.array([0.25, 0.25, 0.5])),
        ),
        Case(_INF, (np.array([0.5, 0.5]), np.array([1.0, 0.0]))),
    ],
    mistakes=[
        Slip(_natural, "Coins are compared in bits."),
        Slip(_swapped, _SWAP),
        Slip(_clipped, _INF),
        Slip(_masked, _INF),
    ],
    hint="Deal with the two kinds of zero before taking a logarithm.",
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
    tolerance=0.005,
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
        Mistake(0.0, "The moments agree, and the densities do not: zero needs $p = q$."),
    ],
    limits=[NEVER_NEGATIVE],
    hint="The function wants weights, means and standard deviations of $p$, then mean and "
    "standard deviation of $q$, and gives bits unless told otherwise.",
    solution="The variance of $p$ is $1 + 3^2 = 10$, so this $q$ is the forward optimum, and "
    f"$D(p‖q) = {mixture_gaussian_kl(*_APART, 0, math.sqrt(10), base=math.e):.4f}$ nats: "
    "the entropy of $q$ less that of $p$.",
)
