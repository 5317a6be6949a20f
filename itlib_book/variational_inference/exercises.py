"""The exercises of the chapter on variational inference."""

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
    elbo,
    entropy,
    evidence,
    kl_divergence,
    mutual_information,
    normalize,
    standard_normal_kl,
)
from itlib_book.shared.common_mistakes import bits_for_nats, nats_for_bits
from itlib_book.variational_inference.data import APART, descend, pair_divergence


def _nats(mu, sigma):
    return standard_normal_kl([mu], [sigma], base=math.e)


code_price = Number(
    "vi-code-price",
    stars=1,
    minutes=3,
    unit="nats",
    question="An encoder answers $\\mu = 1$ and $\\sigma = 2$ (standard deviation) for some "
    "input. What does the KL term charge for it?",
    answer=_nats(1, 2),
    why="Half a nat for the mean, and $(\\sigma^2 - 1 - \\ln \\sigma^2)/2$ for the width.",
    mistakes=[
        bits_for_nats(_nats(1, 2)),
        Mistake(
            _nats(1, math.sqrt(2)),
            "You took 2 for the variance. It is the standard deviation, so $\\sigma^2 = 4$.",
        ),
        Mistake(_nats(0, 2), "That is the part of the width. The mean is off by one as well."),
        Mistake(_nats(1, 1), "That is the part of the mean. The width is wrong as well."),
        Mistake(2 * _nats(1, 2), "Do not forget the factor ½ in front of the sum."),
        Mistake(
            _nats(1, 2) + math.log(4),
            "The sign of the logarithm: wide codes get $-\\ln \\sigma^2$.",
        ),
        Mistake(_nats(1, 2) + math.log(2) / 2, "$\\ln \\sigma^2$ is twice $\\ln \\sigma$."),
    ],
    hint="One part for the mean, one for the width. Which of the two needs $\\sigma^2$, and how much is it?",
    solution=f"$\\frac12(1 + 4 - 1 - \\ln 4) = {_nats(1, 2):.4f}$ nats, of which one half for the "
    f"mean and {_nats(0, 2):.4f} for the width.",
)

_PRIOR, _LIT = np.array([0.9, 0.1]), np.array([0.05, 0.9])
_POSTERIOR = normalize(_PRIOR * _LIT)
_STUBBORN = -elbo(_PRIOR, _PRIOR, _LIT)

stubborn = Number(
    "vi-stubborn",
    stars=1,
    minutes=4,
    unit="bits",
    tolerance=0.002,
    question="The warning lamp of this chapter is lit: it is so for one fine machine in twenty and "
    "for nine broken ones in ten, and one machine in ten is broken. By how much is the "
    "free energy of somebody who stays with the prior larger than the least possible one?",
    answer=kl_divergence(_PRIOR, _POSTERIOR),
    why="What a belief pays above $-\\log p(x)$ is its divergence from the posterior.",
    mistakes=[
        nats_for_bits(kl_divergence(_PRIOR, _POSTERIOR)),
        Mistake(
            kl_divergence(_POSTERIOR, _PRIOR),
            "That is $D(\\text{posterior}‖\\text{prior})$. "
            "The belief $q$ that is held stands first.",
        ),
        Mistake(_STUBBORN, "That is all that the prior pays. The posterior pays something too."),
        Mistake(-evidence(_PRIOR, _LIT), "That is what the posterior pays."),
        Mistake(0.0, "The prior pays no price, but more misfit."),
        Mistake(-kl_divergence(_PRIOR, _POSTERIOR), "The size is right. Who pays more?"),
    ],
    hint="$F(q) = -\\log p(x) + D(q‖p(z|x))$: what is left after subtracting the least value?",
    solution=f"${_STUBBORN:.4f} - {-evidence(_PRIOR, _LIT):.4f} = "
    f"{kl_divergence(_PRIOR, _POSTERIOR):.4f}$ bits, and that is "
    "$D(\\text{prior}‖\\text{posterior})$.",
)

# rows: ill, well; columns: test positive, negative
_TEST = np.array([[0.01 * 0.9, 0.01 * 0.1], [0.99 * 0.05, 0.99 * 0.95]])
_BEFORE, _AFTER = _TEST.sum(axis=1), normalize(_TEST[:, 0])
_RISE = entropy(_AFTER) - entropy(_BEFORE)

positive = Number(
    "vi-positive",
    stars=2,
    minutes=6,
    unit="bits",
    tolerance=0.002,
    question="One person in a hundred has a disease. A test is positive for nine in ten of the "
    "ill and for one in twenty of the well. You test positive. By how much does the "
    "entropy of “ill or well” *rise*? (A fall would be negative.)",
    answer=_RISE,
    why="“Well” was a safe bet before the test; after it, both are possible in earnest.",
    mistakes=[
        nats_for_bits(_RISE),
        Mistake(-_RISE, "The size is right. Which of the two entropies is larger?"),
        Mistake(entropy(_AFTER), "That is the entropy after the test. Subtract the one before."),
        Mistake(
            -mutual_information(_TEST),
            "That is the change on average over both results. Here the result is known.",
        ),
        Mistake(mutual_information(_TEST), "That is how much the entropy *falls* on *average*."),
        Mistake(
            kl_divergence(_AFTER, _BEFORE),
            "That is how far the belief has moved, "
            "$D(\\text{posterior}‖\\text{prior})$. It is another number.",
        ),
        Mistake(
            entropy([0.9, 0.1]) - entropy(_BEFORE),
            "You took the chance of a positive test, "
            "given illness, for the chance of illness, given a positive test.",
        ),
    ],
    hint="The posterior first: $0.01 \\cdot 0.9$ against $0.99 \\cdot 0.05$.",
    solution=f"The posterior of illness is {_AFTER[0]:.4f}. The entropy goes from "
    f"{entropy(_BEFORE):.4f} to {entropy(_AFTER):.4f} bits, a rise of {_RISE:.4f}. A "
    "negative result lowers it, and on average over all people it falls by "
    f"{mutual_information(_TEST):.4f} bits.",
)

log_of_training = Choice(
    "vi-sign",
    stars=1,
    minutes=2,
    question="A program prints “ELBO loss” after every epoch, and the numbers fall from 95 to 80. "
    "It learns well. What is it printing?",
    options=[
        Option(
            "the ELBO, which is being minimised",
            "The ELBO is a lower bound on the log "
            "evidence; minimising it would push the model away from the data.",
        ),
        Option(
            "−ELBO, which is being minimised",
            "A loss falls while the bound, its negative, rises from −95 to −80.",
            right=True,
        ),
        Option("the log evidence", "That one is not known; and would it fall?"),
        Option(
            "the gap between evidence and ELBO",
            "The gap cannot be computed without the "
            "posterior, which is the reason for having a bound.",
        ),
    ],
    hint="Bounds from below are pushed up.",
    solution="The loss is the free energy, $-\\mathrm{ELBO} = E_q[-\\log p(x|z)] + D(q‖p(z))$.",
)

_CODES = {
    "N(0, 1)": (0, 1),
    "N(0, 3)": (0, math.sqrt(3)),
    "N(1.2, 1)": (1.2, 1),
    "N(0, 0.01)": (0, 0.1),
    "N(2, 1)": (2, 1),
}

order = Ordering(
    "vi-order",
    stars=1,
    minutes=3,
    question="Order these codes by what they cost against the prior $N(0, 1)$. The second "
    "number is the variance.",
    items=[
        Item(text, _nats(*_CODES[text]))
        for text in ("N(2, 1)", "N(0, 3)", "N(0, 0.01)", "N(0, 1)", "N(1.2, 1)")
    ],
    direction="the cheapest first",
    mistakes=[
        Swap(
            "N(2, 1)",
            "N(0, 0.01)",
            "Being two steps off the middle costs $2^2/2$ nats. What does a width of one tenth "
            "cost?",
        ),
        Swap(
            "N(1.2, 1)",
            "N(0, 3)",
            "A step aside costs half of its square. Being wider than the prior by a factor "
            "$\\sqrt 3$ costs less than that.",
        ),
    ],
    hint="Mean part $\\mu^2/2$, width part $(\\sigma^2 - 1 - \\ln \\sigma^2)/2$.",
    why="Precision is cheap: a code a tenth as wide as the prior costs less than a mean that is "
    "two steps off.",
    solution="In nats: "
    + "; ".join(f"{text}: {_nats(*code):.4f}" for text, code in _CODES.items())
    + ".",
)

_SHARES = np.array([0.5, 0.3, 0.2])

three_modes = Number(
    "vi-three-modes",
    stars=2,
    minutes=4,
    unit="nats",
    question="A posterior has three bell-shaped modes, far apart, that hold 50 %, 30 % and 20 % of "
    "the probability. Variational inference with one bell has ended exactly on the "
    "*second* one. By how much does the ELBO fall short of the log evidence?",
    answer=-math.log(_SHARES[1]),
    why="Where $q$ is, the posterior is 0.3 times $q$; so the log ratio is the same everywhere.",
    mistakes=[
        bits_for_nats(-math.log(_SHARES[1])),
        Mistake(
            -math.log(_SHARES[0]),
            "That would be so on the heaviest mode, which is the best "
            "place. The descent ended on another one.",
        ),
        Mistake(
            math.inf,
            "That is $D(\\text{posterior}‖q)$, nearly. The gap of the ELBO averages "
            "over $q$, which never visits the other modes.",
            tolerance=0,
        ),
        Mistake(
            entropy(_SHARES, base=math.e),
            "That is the entropy of the three shares. $q$ has seen one of them only.",
        ),
        Mistake(
            -math.log(1 - _SHARES[1]),
            "What $q$ ignores is not what counts: take the share that it has.",
        ),
        Mistake(math.log(_SHARES[1]), "The ELBO falls short, so the gap is positive."),
        Mistake(math.log(3), "That would be so for three modes of equal weight."),
    ],
    hint="The gap is $E_q[\\log(q/\\text{posterior})]$. What is the ratio where $q$ has its mass?",
    solution="On its mode the posterior is $0.3$ times a bell, and $q$ is that bell. So the gap is "
    f"$E_q[\\ln \\frac{{1}}{{0.3}}] = {-math.log(_SHARES[1]):.4f}$ nats. Which mode it "
    "is depends on the start; the heaviest one would leave "
    f"{-math.log(_SHARES[0]):.4f}.",
)

_WIDTH, _HEIGHT, _VAR = 28, 28, 0.5

hidden_beta = Number(
    "vi-hidden-beta",
    stars=2,
    minutes=4,
    unit="",
    tolerance=0.5,
    question="Code for a VAE with a Gaussian decoder of variance $s^2 = \\frac12$ computes the "
    "*mean* of $(x - \\hat x)^2$ over the pixels of a 28 × 28 image, and adds the KL, "
    "summed over the latent dimensions. With which $\\beta$ does it train, in truth?",
    answer=float(_WIDTH * _HEIGHT) * 2 * _VAR,
    why="Dividing the reconstruction by the number of pixels is multiplying the KL by it.",
    mistakes=[
        Mistake(1.0, "That would be right for a *sum* over the pixels."),
        Mistake(
            1 / (_WIDTH * _HEIGHT),
            "The other way round: the reconstruction was made small, so the KL weighs more.",
            tolerance=0.001,
        ),
        Mistake(
            _WIDTH * _HEIGHT / 2,
            "With $s^2 = \\frac12$ the squared error has the factor $1/2s^2 = 1$, not ½.",
        ),
        Mistake(float(_WIDTH), "An image has width times height pixels."),
    ],
    hint="Multiply the whole loss by a number that makes its first part right. That changes no "
    "minimum.",
    solution="The reconstruction should be $\\sum (x - \\hat x)^2 / 2s^2 = \\sum (x - \\hat x)^2$. "
    f"Multiply the loss by the {_WIDTH * _HEIGHT} pixels: the first part is right, and "
    f"the KL has the factor {_WIDTH * _HEIGHT}.",
)

_EIGEN, _NOISE, _BETA = np.array([6, 3, 1.5, 0.8]), 0.5, 4
_LEVEL = _BETA * _NOISE
_RATE = float(np.maximum(np.log(_EIGEN / _LEVEL) / 2, 0).sum())

water = Number(
    "vi-water",
    stars=2,
    minutes=6,
    unit="nats",
    question="A linear VAE with four latent dimensions is trained on data with the principal "
    "variances 6, 3, 1.5 and 0.8. The decoder's variance is $s^2 = 0.5$, and $\\beta = "
    "4$. How large is the KL term, averaged over the data, when training has ended?",
    answer=_RATE,
    why="Only the directions that vary more than $\\beta s^2$ are described.",
    mistakes=[
        bits_for_nats(_RATE),
        Mistake(2 * _RATE, "Each dimension carries *half* of the logarithm."),
        Mistake(
            float(np.log(_EIGEN / _LEVEL).sum() / 2),
            "You let dead dimensions carry negative nats. They carry none.",
        ),
        Mistake(
            float(np.log(_EIGEN / _NOISE).sum() / 2),
            "That is for $\\beta = 1$, where all four are alive.",
        ),
        Mistake(
            float(np.log(_EIGEN[0] / _BETA) / 2), "You left out $s^2$: the level is $\\beta s^2$."
        ),
        Mistake(
            _BETA * _RATE,
            "That is its share of the loss, with the factor $\\beta$. Asked for is the KL itself.",
        ),
    ],
    limits=[Limit("A mean KL is never negative.", below=0)],
    hint="Which level do $\\beta$ and $s^2$ set together, and which directions are above it?",
    solution="Two directions are: $\\frac12 \\ln \\frac62 + \\frac12 \\ln \\frac32 = "
    f"{_RATE:.4f}$ nats.",
)

_IMAGES, _MEAN_KL = 16, 5.0

mismatch = Number(
    "vi-mismatch",
    stars=2,
    minutes=4,
    unit="nats",
    question="A VAE was trained on 16 different images, equally often each. The KL term is 5 nats "
    "on average. How much of it, at the least, cannot be information about the image?",
    answer=_MEAN_KL - math.log(_IMAGES),
    why="About one of 16 images there are only $\\ln 16$ nats to tell; the rest is a mixture "
    "of codes that does not look like the prior.",
    mistakes=[
        Mistake(
            _MEAN_KL - math.log2(_IMAGES),
            "The KL is in nats, so the most that can be told has to be in nats too.",
        ),
        Mistake(math.log(_IMAGES), "That is the most that *can* be information."),
        Mistake(math.log2(_IMAGES), "That is the most that can be information, and in bits."),
        Mistake(_MEAN_KL, "Some of it may well be information. How much, at the most?"),
        Mistake(0.0, "That would be possible if 5 nats could be told about one of 16 images."),
    ],
    hint="The average KL is $I_q(x; z) + D(q(z)‖p(z))$, and $I_q(x; z) \\le H(x)$.",
    solution=f"$I_q(x; z) \\le \\ln 16 = {math.log(_IMAGES):.4f}$ nats, so "
    f"$D(q(z)‖p(z)) \\ge {_MEAN_KL - math.log(_IMAGES):.4f}$.",
)

stall = Choice(
    "vi-stall",
    stars=2,
    minutes=3,
    question="The target is an equal mixture of bells at −3 and 3, and so is $q$, with free means. "
    "Descent on $D(q‖p)$ starts with the means 0.5 and 5. What does it find?",
    options=[
        Option(
            "the exact fit, since the family contains it",
            "The minimum is there. But does a way downhill lead to it?",
        ),
        Option(
            "both means near 3",
            "The first component is pulled into the nearer mode, where the "
            "second one is already, and the divergence stays near $\\ln 2$.",
            right=bool(np.all(np.abs(descend(0.5, 5)[-1] - APART) < 0.5)),
        ),
        Option(
            "one mean at 0, covering both modes", "A unit bell at 0 would sit where $p$ is tiny."
        ),
        Option(
            "one mean near 3, and the other runs away",
            "Far out $p$ is tiny as well, and a component there would pay for it.",
        ),
    ],
    hint="Call `data.descend(0.5, 5)` and look at the last row.",
    solution="It ends at the means "
    + " and ".join(f"{mean:.2f}" for mean in descend(0.5, 5)[-1])
    + f" with $D(q‖p) = {pair_divergence(*descend(0.5, 5)[-1]):.3f}$ nats. Starting from "
    "many places, and keeping the lowest, is the usual cure.",
)

gap = Derivation(
    "vi-gap-proof",
    stars=2,
    minutes=6,
    question="Prove that $\\log p(x) = \\mathrm{ELBO}(q) + D(q‖p(z|x))$ for every $q$ whose mass "
    "lies where the posterior's does, and conclude that the ELBO is a lower bound.",
    hint="$\\log p(x)$ does not depend on $z$, so it is its own average over $q$.",
    steps=[
        Step(
            "$\\log p(x) = E_q[\\log p(x)]$, since it is a constant.",
            "An average over $q$ has to come in somewhere, and a constant is its own average.",
        ),
        Step(
            "$p(x) = p(x|z)\\,p(z) / p(z|x)$ for every $z$ with positive posterior.",
            "Bayes' rule, solved for the evidence.",
        ),
        Step(
            "Multiply and divide by $q(z)$: $\\log p(x) = E_q[\\log p(x|z)] - "
            "E_q\\!\\left[\\log \\frac{q}{p(z)}\\right] + "
            "E_q\\!\\left[\\log \\frac{q}{p(z|x)}\\right]$.",
            "Split the logarithm so that the prior and the posterior each meet $q$.",
        ),
        Step(
            "The first two terms are the ELBO, the third is $D(q‖p(z|x)) \\ge 0$ by Gibbs.",
            "Say why the gap cannot be negative: it is a divergence.",
        ),
    ],
    why="Every step is an equation, so the bound comes with its exact gap.",
)

pairs = Derivation(
    "vi-pairs",
    stars=3,
    minutes=10,
    question="“The posterior is the distribution closest to the prior that agrees with the data.” "
    "Rescue this: show that among all distributions $r(z, x')$ over pairs that put all "
    "their mass on the $x$ that was seen, the one with the least $D(r‖p(z, x'))$ has the "
    "posterior for its $z$. ($x$ is discrete.) What is the least divergence?",
    hint="Such an $r$ is a $q(z)$ at $x' = x$ and zero elsewhere.",
    steps=[
        Step(
            "$r(z, x) = q(z)$ for some distribution $q$, and $r(z, x') = 0$ for $x' \\ne x$.",
            "First say what “agrees with the data” leaves free.",
        ),
        Step(
            "$D(r‖p) = \\sum_z q(z) \\log \\frac{q(z)}{p(z)\\,p(x|z)}$; the other pairs add "
            "nothing.",
            "Terms with $r = 0$ vanish, whatever $p$ is there.",
        ),
        Step(
            "That is $E_q[-\\log p(x|z)] + D(q‖p(z)) = F(q)$, the free energy.",
            "Split the logarithm and recognise the two demands of the bargain.",
        ),
        Step(
            "So its minimum is at $q = p(z|x)$ and is worth $-\\log p(x)$.",
            "Use what the chapter shows about the free energy.",
        ),
    ],
    why="Closest to the *joint* belief, under a hard condition on $x$: that is the posterior, and "
    "the divergence is the surprise of the datum.",
)

threshold = Derivation(
    "vi-threshold-proof",
    stars=3,
    minutes=15,
    question="One direction of variance $\\lambda$, decoder $wz + \\text{noise}$ of variance "
    "$s^2$, encoder $N(vx, \\tau^2)$, $c = \\beta s^2$. Show that the best $w$ is zero "
    "for $\\lambda \\le c$ and $w^2 = \\lambda - c$ otherwise.",
    hint="Minimise over the encoder first, for a given $w$.",
    steps=[
        Step(
            "Times $2s^2$ the mean loss is $\\lambda(1 - wv)^2 + w^2\\tau^2 + "
            "c(\\lambda v^2 + \\tau^2 - 1 - \\ln \\tau^2)$.",
            "Average $(x - wz)^2$ over $x$ and over $z = vx + \\tau\\varepsilon$; the mixed term "
            "vanishes.",
        ),
        Step(
            "In $v$: $-w(1 - wv) + cv = 0$, so $v = w/(w^2 + c)$.",
            "Take the derivative in $v$; $\\lambda$ cancels.",
        ),
        Step(
            "In $\\tau^2$: $w^2 + c - c/\\tau^2 = 0$, so $\\tau^2 = c/(w^2 + c)$.",
            "Take the derivative in $\\tau^2$, not in $\\tau$: it is shorter.",
        ),
        Step(
            "Put both in. With $u = w^2 + c$ the loss is $c(\\lambda/u + \\ln u)$ and a constant.",
            "$1 - wv = c/u$; collect the terms with $\\lambda$, and the ones with $\\tau^2$ are "
            "constant.",
        ),
        Step(
            "Its slope in $u$ has the sign of $u - \\lambda$, and $u \\ge c$: the minimum is at "
            "$u = \\max(\\lambda, c)$.",
            "The least $u$ that is allowed belongs to $w = 0$. Is the loss rising there?",
        ),
    ],
    why="Below the level $c$ every use of the code costs more than it saves.",
)


def my_elbo(q, prior, likelihood):
    """Return the evidence lower bound in bits."""
    table = np.array([q, prior, likelihood], float)
    q, prior, likelihood = table[:, table[0] > 0]
    price = np.sum(q * (np.log2(q) - np.log2(prior)))  # a ratio may overflow
    return np.sum(q * np.log2(likelihood)) - price


def _plus(q, prior, likelihood):
    return elbo(q, prior, likelihood) + 2 * kl_divergence(q, prior)


def _loss(q, prior, likelihood):
    return -elbo(q, prior, likelihood)


def _natural(q, prior, likelihood):
    return elbo(q, prior, likelihood, base=math.e)


def _log_of_mean(q, prior, likelihood):
    return math.log2(np.dot(q, likelihood)) - kl_divergence(q, prior)


def _swapped(q, prior, likelihood):
    return np.dot(q, np.log2(likelihood)) - kl_divergence(prior, q)


def _zero_log_zero(q, prior, likelihood):
    q = np.asarray(q, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.dot(q, np.log2(likelihood)) - np.sum(q * np.log2(q / prior))


_UNIT = "With the prior for $q$ only the mean log likelihood is left, in bits."
_MEAN = "The mean is taken of the logarithms, not inside one."
_PRICE = "The price $D(q‖\\text{prior})$ is subtracted, $q$ first."
_ZERO = "A hypothesis that $q$ rules out adds nothing."

code = Code(
    "vi-code",
    stars=2,
    minutes=10,
    question="Write `my_elbo(q, prior, likelihood)`: the evidence lower bound in bits, for a $z$ "
    "with few values. `likelihood[i]` is $p(x|z_i)$ of the $x$ that was seen.",
    solution=my_elbo,
    reference=elbo,
    cases=[
        Case(_UNIT, (np.array([0.5, 0.5]), np.array([0.5, 0.5]), np.array([0.25, 0.25]))),
        Case(_MEAN, (np.array([0.5, 0.5]), np.array([0.5, 0.5]), np.array([0.25, 1.0]))),
        Case(_PRICE, (np.array([0.2, 0.8]), np.array([0.5, 0.5]), np.array([0.5, 0.5]))),
        Case(
            "It is never above the log evidence.",
            (np.array([0.3, 0.7]), np.array([0.6, 0.4]), np.array([0.1, 0.9])),
        ),
        Case(_ZERO, (np.array([1.0, 0.0]), np.array([0.5, 0.5]), np.array([0.5, 0.9]))),
    ],
    mistakes=[
        Slip(_natural, _UNIT),
        Slip(_loss, _UNIT),
        Slip(_log_of_mean, _MEAN),
        Slip(_plus, _PRICE),
        Slip(_swapped, _PRICE),
        Slip(_zero_log_zero, _ZERO),
    ],
    hint="Two sums over $q$: one of the log likelihood, one of $\\log(q/\\text{prior})$.",
    call="exercises.code.check(my_elbo)",
    why="Likelihoods need not sum to 1 over $z$; only $q$ and the prior do.",
    remark="Where $q$ allows a $z$ that could not have produced $x$, the bound is $-\\infty$, and "
    "rightly so.",
)
