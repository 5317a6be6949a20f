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
    Prediction,
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import (
    elbo,
    entropy,
    evidence,
    kl_divergence,
    multivariate_gaussian_kl,
    mutual_information,
    normalize,
    standard_normal_kl,
)
from itlib_book.shared.common_mistakes import bits_for_nats, nats_for_bits, percent_for_fraction
from itlib_book.variational_inference.data import (
    APART,
    RHO,
    best_bells,
    descend,
    fitted_rates,
    free_energy,
    importance,
    pair_divergence,
    solved_rates,
    spectrum,
)


def _nats(mu, sigma):
    return standard_normal_kl([mu], [sigma], base=math.e)


def _percent(share):
    return f"{100 * share:g} %"


# ---- predict ----

_WORDS = ("none", "one", "two", "three", "four", "five", "six")
_AGAIN = {"none: it was bad luck": 0, "one or two": 1, "three again": 3, "all six": 6}
_DEAD = int(np.count_nonzero(fitted_rates((1.0,), seed=3) < 0.01))

guess_six = Prediction(
    "vi-six",
    question="The owner suspects a training that went wrong, and trains again from another random "
    "start. How many of the six numbers are noise now?",
    options=list(_AGAIN),
    happens=next(words for words, dead in _AGAIN.items() if dead == _DEAD),
    saw="Training had not failed: from another start again three of six are dead. Turn one knob of "
    f"the loss from 1 to 4, and {_WORDS[np.count_nonzero(solved_rates(4.0))]} are left; at 10 there "
    f"is only {_WORDS[np.count_nonzero(solved_rates(10.0))]}, and at 20 there is "
    f"{_WORDS[np.count_nonzero(solved_rates(20.0))]}.",
)

_AFTER_DATUM = normalize([0.8 * 0.1, 0.2 * 0.9])[1]
_LOWEST = (
    "at the prior, a belief of 0.2",
    "halfway, at 0.6",
    f"at the posterior of Bayes’ rule, {_AFTER_DATUM:.2f}",
    "at certainty, 1",
)
_BELIEFS = np.array([0.2, 0.6, _AFTER_DATUM, 1.0])

guess_bargain = Prediction(
    "vi-bargain",
    question="Two hypotheses start at 4:1. What is seen has probability 0.1 under the first and 0.9 "
    "under the second. For which belief in the second is the sum of misfit and price least?",
    options=list(_LOWEST),
    happens=_LOWEST[
        np.argmin(
            free_energy(
                np.stack([1 - _BELIEFS, _BELIEFS], axis=-1), np.array([0.8, 0.2]), [0.1, 0.9]
            )
        )
    ],
    saw="The misfit falls in a straight line towards certainty, and the price rises from the prior "
    "more and more steeply. Their sum is lowest at the posterior, here as in the triangle of the "
    "three coins: Bayes’ rule is the best bargain.",
)

_LAMP = np.array([[0.9 * 0.95, 0.9 * 0.05], [0.1 * 0.10, 0.1 * 0.90]])  # fine, broken; dark, lit
_MACHINES, _SIGHTS = _LAMP.sum(axis=1), _LAMP.sum(axis=0)
_THEN = np.array([normalize(sight) for sight in _LAMP.T])
_FALL = entropy(_MACHINES) - _SIGHTS @ entropy(_THEN)
_MOVED = _SIGHTS @ kl_divergence(_THEN, _MACHINES)
_COMPARED = ("by less than the belief moves", "by as much", "by more than the belief moves")

guess_average = Prediction(
    "vi-average",
    question="Average over what the lamp may show, dark or lit. By how much does the entropy fall, "
    "compared with how far the belief moves, $D(\\text{after}‖\\text{before})$?",
    options=list(_COMPARED),
    happens=_COMPARED[1 if math.isclose(_FALL, _MOVED) else 0 if _FALL < _MOVED else 2],
    saw=f"Both are {_MOVED:.4f} bits on average, although for the lit lamp alone the entropy rises by "
    f"{entropy(_THEN[1]) - entropy(_MACHINES):.2f} bits while the belief moves by "
    f"{kl_divergence(_THEN[1], _MACHINES):.2f}.",
)

_PLACES_OF_A_BELL = (
    "in the middle, and wide enough for both modes",
    "on one mode, and as narrow as that mode",
    "on one mode, and wide enough to reach the other",
)
(_MU, _SIGMA), _ = best_bells()

guess_two_modes = Prediction(
    "vi-two-modes",
    question="$z^2 + \\text{noise}$ has shown 4, and one bell is to stand for what is believed of "
    "$z$. Where does the bell with the highest bound sit?",
    options=list(_PLACES_OF_A_BELL),
    happens=_PLACES_OF_A_BELL[0 if _MU < 1 else 1 if _SIGMA < 0.5 else 2],
    saw=f"The best bell is $N({_MU:.2f}, {_SIGMA:.2f}^2)$, or its mirror image: it sits on one mode "
    "and claims to know $z$ far better than the posterior does. An average over $q$ is not "
    "troubled by what $q$ leaves out, but much by every place where $q$ is and the posterior is "
    "not. The centred bell lies in a shallow hollow of the map, far above the two deep ones.",
)

_SLIDERS = ("only $\\mu$", "only $\\sigma$", "either of them", "neither of them")
_START = (1.5, 0.4)
_HALVES = [min(parts) < _nats(*_START) / 2 for parts in ((_nats(0, 0.4),), (_nats(1.5, 1),))]

guess_gaussian = Prediction(
    "vi-gaussian",
    question="The code starts at $\\mu = 1.5$, $\\sigma = 0.4$. You may move one slider and leave "
    "the other. Which one can halve the price?",
    options=list(_SLIDERS),
    happens=_SLIDERS[
        {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}[tuple(_HALVES)]
    ],
    saw=f"Of the {_nats(*_START):.2f} nats the mean costs {_nats(1.5, 1):.3f} and the width "
    f"{_nats(0, 0.4):.3f}. The two parts do not know of each other: moving $\\mu$ changes only the "
    "first, moving $\\sigma$ only the second, and only $(0, 1)$ is free. The button lets the price "
    "act alone: every code slides to the prior and forgets its input.",
)

_FACTORS = {
    "half as large": 0.5,
    "as it was": 1.0,
    "twice as large": 2.0,
    "four times as large": 4.0,
}

guess_level = Prediction(
    "vi-level",
    question="Look at what comes back at $\\beta = 4$ and $s^2 = 1$. Now halve $s^2$, the variance "
    "of the decoder. How large must $\\beta$ be for the same picture?",
    options=list(_FACTORS),
    happens=next(
        words
        for words, factor in _FACTORS.items()
        if np.allclose(solved_rates(4.0 * factor, 0.5), solved_rates(4.0, 1.0))
    ),
    saw="Only the product $\\beta s^2$, the dashed level, matters for the picture. As it rises, each "
    "direction that goes under loses its number, and the reconstructions shrink towards the mean "
    "before they vanish: a large $\\beta$ shows as blur. In the picture, which leaves out the "
    "second direction, they lie on a line as soon as the level has passed the third variance, "
    f"{spectrum()[2]:.3f}. For a decoder of fixed width, turning up "
    "$\\beta$ is the same as declaring more of the data to be noise.",
)

_ENDS = ("at −3 and 3, the exact fit", "both near 3", "both near 0, between the modes")
_END = descend(1, 5)[-1]

guess_stall = Prediction(
    "vi-stall-start",
    question="From the means −1 and 1 descent finds the exact fit. Where does it end when it starts "
    "from 1 and 5?",
    options=list(_ENDS),
    happens=_ENDS[1 if np.all(np.abs(_END - APART) < 0.5) else 0 if _END[0] < 0 else 2],
    saw="Both components ended in one mode, at a cost of nearly $\\ln 2$ nats "
    f"({pair_divergence(*_END):.3f}). No small step leads out of that basin.",
)

_TIED = [[1, RHO], [RHO, 1]]
_WIDTHS_OF_A_FACTOR = {
    "1, as wide as each coordinate is": 1.0,
    "between the two": 0.7,
    "0.44, as wide as each is once the other is known": math.sqrt(1 - RHO**2),
}


def _missed(width):
    """By how much a product of two bells of this width falls short, in nats."""
    return multivariate_gaussian_kl([0, 0], np.eye(2) * width**2, [0, 0], _TIED, base=math.e)


guess_product = Prediction(
    "vi-product",
    question="Two coordinates of a Gaussian posterior have variances 1 and correlation 0.9. The best "
    "product of two bells is sought, one bell for each coordinate. How wide are its bells?",
    options=list(_WIDTHS_OF_A_FACTOR),
    happens=min(_WIDTHS_OF_A_FACTOR, key=lambda words: _missed(_WIDTHS_OF_A_FACTOR[words])),
    saw=f"Bells as wide as the coordinates would miss {_missed(1):.2f} nats: such a product has much "
    "of its mass beside the ridge, where the posterior is tiny. The best ones have the width "
    f"{math.sqrt(1 - RHO**2):.2f} and miss {_missed(math.sqrt(1 - RHO**2)):.2f}.",
)

_SPREADS = {
    "about equal": 1.0,
    "about 4 times": 4.0,
    "about 20 times": 20.0,
}
_SCORE_VARIANCE = 2.0**4 + 14 * 2.0**2 + 15  # of (μ + ε)² ε at μ = 2, by the moments of ε

guess_gradient = Prediction(
    "vi-gradient",
    question="$E z^2$ is taken under $N(2, 1)$, and its slope in $\\mu$ is estimated from samples. How "
    "many times as large as the variance of the reparameterised estimate is that of the score "
    "function?",
    options=list(_SPREADS),
    happens=min(_SPREADS, key=lambda words: abs(math.log(_SPREADS[words] * 4 / _SCORE_VARIANCE))),
    saw="The reparameterised slope, $2(2 + \\varepsilon)$, is a straight line in the noise; the score "
    "function multiplies the whole value of $z^2$ by the noise, and leaves it to the "
    "average to cancel what is not slope. Its variance is "
    f"{_SCORE_VARIANCE:.0f} against 4, so it needs {_SCORE_VARIANCE / 4:.0f} times as many samples "
    "for the same precision.",
)

_CLEARER = (
    "better: a tighter bound and more samples",
    "as well as before",
    "worse, although the bound is tighter",
)
_SEEN_BY_ONE, _SEEN_BY_MANY = (importance(k)[1] / importance(k)[2] for k in (1, 100))

guess_samples = Prediction(
    "vi-samples",
    question="An encoder is trained on $\\mathrm{ELBO}_k$ with $k = 100$ in place of 1. How well does "
    "one estimate of the slope in $\\mu$ show which way to go, its mean measured in its own "
    "spread?",
    options=list(_CLEARER),
    happens=_CLEARER[
        1
        if math.isclose(_SEEN_BY_ONE, _SEEN_BY_MANY, rel_tol=0.1)
        else 0
        if _SEEN_BY_MANY > _SEEN_BY_ONE
        else 2
    ],
    saw="When many samples make the bound nearly tight for every $q$, it hardly matters where $q$ "
    f"sits: the slope falls faster than its spread. With one sample the slope is {_SEEN_BY_ONE:.2f} "
    f"spreads, with a hundred {_SEEN_BY_MANY:.3f}.",
)

# ---- belief as a bargain ----


def _drawer(fair, double):
    total, jump = fair + double, math.log2((fair + double) / double)
    return Number(
        "vi-drawer",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=0.002,
        question=f"A drawer holds {fair} fair coin{'s' * (fair > 1)} and {double} with two heads. "
        "One is drawn "
        "blindly and tossed: heads. Somebody jumps to the belief that it has two heads for certain. "
        "How large is the free energy of this belief?",
        answer=jump,
        why="There is no misfit, and the price of certainty is the surprise that the prior has at "
        "it.",
        mistakes=[
            nats_for_bits(jump),
            Mistake(
                -math.log2((fair / 2 + double) / total),
                "That is what the posterior pays. Certainty pays more.",
            ),
            Mistake(0.0, "The misfit is 0. Leaving the prior has a price as well."),
            Mistake(
                math.log2(total / fair), "That would be the price of being certain of a fair coin."
            ),
        ],
        limits=[Limit("Here neither misfit nor price is negative.", below=0)],
        hint=[
            "How surprising is heads for a coin with two heads, and what is left of the sum?",
            "$F(q) = E_q[-\\log p(x|z)] + D(q‖p(z))$, and $q$ puts everything on one $z$.",
            f"The prior of two heads is $\\frac{{{double}}}{{{total}}}$, and "
            "$D = 1 \\cdot \\log_2 (1 / \\text{prior})$.",
        ],
        solution=f"$0 + \\log_2 \\frac{{{total}}}{{{double}}} = {jump:.4f}$ bits; the posterior pays "
        f"{-math.log2((fair / 2 + double) / total):.4f}.",
    )


drawer = varied(
    _drawer,
    [(5, 3), (7, 1), (6, 1), (4, 1), (9, 1), (11, 5), (5, 2), (15, 1), (1, 3), (7, 5)],
)

# ---- data that raise doubt ----


def _stubborn(broken, lit_fine, lit_broken):
    prior, lit = np.array([1 - broken, broken]), np.array([lit_fine, lit_broken])
    posterior = normalize(prior * lit)
    pays, least = -elbo(prior, prior, lit), -evidence(prior, lit)
    more = kl_divergence(prior, posterior)
    return Number(
        "vi-stubborn",
        stars=1,
        minutes=4,
        unit="bits",
        tolerance=0.002,
        question=f"A warning lamp is lit. It is so for {_percent(lit_fine)} of the fine machines and "
        f"for {_percent(lit_broken)} of the broken ones, and {_percent(broken)} of all machines are "
        "broken. By how much is the free energy of somebody who stays with the prior larger than "
        "the least possible one?",
        answer=more,
        why="What a belief pays above $-\\log p(x)$ is its divergence from the posterior.",
        mistakes=[
            nats_for_bits(more),
            Mistake(
                kl_divergence(posterior, prior),
                "That is $D(\\text{posterior}‖\\text{prior})$. "
                "The belief $q$ that is held stands first.",
            ),
            Mistake(pays, "That is all that the prior pays. The posterior pays something too."),
            Mistake(least, "That is what the posterior pays."),
            Mistake(0.0, "The prior pays no price, but more misfit."),
            Mistake(-more, "The size is right. Who pays more?"),
        ],
        limits=[Limit("Nobody is below the least possible one.", below=0)],
        hint=[
            "What is left of a free energy after the least value has been subtracted?",
            "$F(q) = -\\log p(x) + D(q‖p(z|x))$, with the prior for $q$.",
            f"The posterior of “broken” is $\\frac{{{broken:g} \\cdot {lit_broken:g}}}"
            f"{{{broken:g} \\cdot {lit_broken:g} + {1 - broken:g} \\cdot {lit_fine:g}}}$.",
        ],
        solution=f"${pays:.4f} - {least:.4f} \\approx {more:.4f}$ bits, and that is "
        "$D(\\text{prior}‖\\text{posterior})$.",
    )


stubborn = varied(
    _stubborn,
    [
        (0.1, 0.05, 0.9),
        (0.2, 0.1, 0.8),
        (0.05, 0.02, 0.9),
        (0.01, 0.05, 0.95),
        (0.3, 0.1, 0.6),
        (0.25, 0.05, 0.75),
        (0.1, 0.2, 0.7),
        (0.02, 0.01, 0.8),
        (0.4, 0.1, 0.9),
        (0.15, 0.04, 0.8),
    ],
)


def _positive(ill, found, false):
    test = np.array(
        [[ill * found, ill * (1 - found)], [(1 - ill) * false, (1 - ill) * (1 - false)]]
    )
    before, after = test.sum(axis=1), normalize(test[:, 0])
    rise, told = entropy(after) - entropy(before), mutual_information(test)
    return Number(
        "vi-positive",
        stars=2,
        minutes=6,
        unit="bits",
        tolerance=0.001,
        question=f"{_percent(ill)} of the people have a disease. A test is positive for "
        f"{_percent(found)} of the ill and for {_percent(false)} of the well. You test positive. By "
        "how much does the entropy of “ill or well” *rise*? (A fall would be negative.)",
        answer=rise,
        why="“Well” was a safe bet before the test; after it, both are possible in earnest.",
        mistakes=[
            nats_for_bits(rise),
            Mistake(-rise, "The size is right. Which of the two entropies is larger?"),
            Mistake(entropy(after), "That is the entropy after the test. Subtract the one before."),
            Mistake(
                -told,
                "That is the change on average over both results. Here the result is known.",
            ),
            Mistake(told, "That is how much the entropy *falls* on *average*."),
            Mistake(
                kl_divergence(after, before),
                "That is how far the belief has moved, "
                "$D(\\text{posterior}‖\\text{prior})$. It is another number.",
            ),
            Mistake(
                entropy([found, 1 - found]) - entropy(before),
                "You took the chance of a positive test, "
                "given illness, for the chance of illness, given a positive test.",
            ),
        ],
        limits=[
            Limit(
                "Two cases have at most 1 bit, so the entropy cannot change by more.",
                below=-1,
                above=1,
            )
        ],
        hint=[
            "What do you believe after the result?",
            "The posterior is the prior times how often each kind tests positive, brought to sum 1; "
            "then $H(\\text{after}) - H(\\text{before})$.",
            f"Ill against well: ${ill:g} \\cdot {found:g}$ against ${1 - ill:g} \\cdot {false:g}$.",
        ],
        solution=f"The posterior of illness is {after[0]:.4f}. The entropy goes from "
        f"{entropy(before):.4f} to {entropy(after):.4f} bits, a rise of {rise:.4f}. A "
        "negative result lowers it, and on average over all people it falls by "
        f"{told:.4f} bits.",
    )


positive = varied(
    _positive,
    [
        (0.01, 0.9, 0.05),
        (0.02, 0.9, 0.06),
        (0.01, 0.8, 0.02),
        (0.05, 0.9, 0.15),
        (0.06, 0.9, 0.03),
        (0.03, 0.85, 0.05),
        (0.02, 0.99, 0.04),
        (0.04, 0.98, 0.01),
        (0.04, 0.75, 0.06),
        (0.05, 0.8, 0.15),
    ],
)

# ---- the bound and its gap ----

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
    hint=[
        "Which way is a bound from below pushed?",
        "$\\mathrm{ELBO} \\le \\log p(x)$, and training raises the left side.",
        "The printed numbers fall, from 95 to 80. Which sign have they?",
    ],
    solution="The loss is the free energy, $-\\mathrm{ELBO} = E_q[-\\log p(x|z)] + D(q‖p(z))$.",
)

# ---- the price of a code ----


def _code_price(mu, sigma):
    nats = _nats(mu, sigma)
    return Number(
        "vi-code-price",
        stars=1,
        minutes=3,
        unit="nats",
        question=f"An encoder answers $\\mu = {mu}$ and $\\sigma = {sigma}$ (standard deviation) for "
        "some input. What does the KL term charge for it?",
        answer=nats,
        why="The mean costs $\\mu^2/2$, and the width $(\\sigma^2 - 1 - \\ln \\sigma^2)/2$.",
        mistakes=[
            bits_for_nats(nats),
            Mistake(
                _nats(mu, math.sqrt(sigma)),
                f"You took {sigma} for the variance. It is the standard deviation, so "
                f"$\\sigma^2 = {sigma**2:g}$.",
            ),
            Mistake(_nats(0, sigma), "That is the part of the width. The mean is off as well."),
            Mistake(_nats(mu, 1), "That is the part of the mean. The width is wrong as well."),
            Mistake(2 * nats, "Do not forget the factor ½ in front of the sum."),
            Mistake(
                nats + math.log(sigma**2),
                "The sign of the logarithm: it is $-\\ln \\sigma^2$ in the sum.",
            ),
            Mistake(nats + math.log(sigma) / 2, "$\\ln \\sigma^2$ is twice $\\ln \\sigma$."),
        ],
        limits=[Limit("A divergence is never negative.", below=0)],
        hint=[
            "One part is for the mean, one for the width. Which of them needs $\\sigma^2$?",
            "$\\frac12(\\mu^2 + \\sigma^2 - 1 - \\ln \\sigma^2)$.",
            f"$\\sigma^2 = {sigma**2:g}$, and the part of the mean is ${mu}^2 / 2$.",
        ],
        solution=f"$\\frac12({mu**2:g} + {sigma**2:g} - 1 - \\ln {sigma**2:g}) = {nats:.4f}$ nats, of "
        f"which {_nats(mu, 1):.4f} for the mean and {_nats(0, sigma):.4f} for the width.",
    )


code_price = varied(
    _code_price,
    [
        (2.5, 0.5),
        (1.4, 0.5),
        (1.4, 2.5),
        (0.5, 2),
        (1.5, 0.5),
        (3, 0.2),
        (0.4, 3),
        (1.5, 4),
        (1.2, 0.1),
        (0.6, 0.4),
    ],
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
    hint=[
        "What does each code pay for its mean, and what for its width?",
        "The mean costs $\\mu^2/2$, and the width $(\\sigma^2 - 1 - \\ln \\sigma^2)/2$.",
        "$N(2, 1)$ pays $2^2/2$ for the mean and nothing for the width.",
    ],
    why="Precision is cheap: a code a tenth as wide as the prior costs less than a mean that is "
    "two steps off.",
    solution="In nats: "
    + "; ".join(f"{text}: {_nats(*code):.4f}" for text, code in _CODES.items())
    + ".",
)


def _three_modes(first, second, third):
    shares = np.array([first, second, third]) / 100
    gap, heaviest = -math.log(shares[1]), -math.log(shares[0])
    return Number(
        "vi-three-modes",
        stars=2,
        minutes=4,
        unit="nats",
        question="A posterior has three bell-shaped modes, far apart, that hold "
        f"{first} %, {second} % and {third} % of the probability. Variational inference with one bell "
        "has ended exactly on the *second* one. By how much does the ELBO fall short of the log "
        "evidence?",
        answer=gap,
        why="Where $q$ is, the posterior is a fixed share of $q$; so the log ratio is the same "
        "everywhere.",
        mistakes=[
            bits_for_nats(gap),
            Mistake(
                heaviest,
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
                entropy(shares, base=math.e),
                "That is the entropy of the three shares. $q$ has seen one of them only.",
            ),
            Mistake(
                -math.log(1 - shares[1]),
                "What $q$ ignores is not what counts: take the share that it has.",
            ),
            Mistake(-gap, "The ELBO falls short, so the gap is positive."),
            Mistake(math.log(3), "That would be so for three modes of equal weight."),
        ],
        limits=[Limit("The ELBO never exceeds the log evidence.", below=0)],
        hint=[
            "How large is the posterior, compared with $q$, where $q$ has its mass?",
            "The gap is $E_q[\\log(q/\\text{posterior})]$.",
            f"There $\\text{{posterior}} = {shares[1]:g}\\, q$.",
        ],
        solution=f"On its mode the posterior is ${shares[1]:g}$ times a bell, and $q$ is that bell. So "
        f"the gap is $E_q[\\ln \\frac{{1}}{{{shares[1]:g}}}] = {gap:.4f}$ nats. Which mode it is "
        f"depends on the start; the heaviest one would leave {heaviest:.4f}.",
    )


three_modes = varied(
    _three_modes,
    [
        (50, 15, 35),
        (60, 25, 15),
        (48, 32, 20),
        (70, 10, 20),
        (55, 5, 40),
        (40, 35, 25),
        (80, 12, 8),
        (65, 20, 15),
        (52, 8, 40),
        (48, 40, 12),
    ],
)

# ---- one factor at a time ----


def _tied(rho):
    gap = -math.log(1 - rho**2) / 2
    return Number(
        "vi-tied",
        stars=1,
        minutes=3,
        unit="nats",
        question="A Gaussian posterior of two coordinates has variances 1 and correlation "
        f"$\\rho = {rho:g}$. By how much does the bound of the best product of two bells fall short "
        "of the log evidence?",
        answer=gap,
        why="The best product misses exactly what the coordinates tell about each other.",
        mistakes=[
            bits_for_nats(gap),
            Mistake(2 * gap, "Do not forget the factor ½."),
            Mistake(-math.log(1 - rho) / 2, "The correlation stands squared in the logarithm."),
            Mistake(-gap, "The bound falls short, so the gap is positive."),
            Mistake(1 - rho**2, "That is the variance of each factor of the best product."),
        ],
        limits=[Limit("The bound never exceeds the log evidence.", below=0)],
        hint=[
            "What do the two coordinates have in common that a product leaves out?",
            "It is their mutual information, $-\\frac12 \\ln (1 - \\rho^2)$.",
            f"$1 - \\rho^2 = {1 - rho**2:.4g}$.",
        ],
        solution=f"$-\\frac12 \\ln {1 - rho**2:.4g} = {gap:.4f}$ nats.",
    )


tied = varied(_tied, [0.8, 0.6, 0.5, 0.7, 0.3, 0.95, 0.99, 0.4, 0.75, 0.85])


def _step(fair, double, belief):
    odds, start = double / fair, f"\\frac{{{double}}}{{{fair}}}"
    tilted, averaged, lowered = (
        normalize([1, ratio])[1]
        for ratio in (odds * 2**belief, odds * (1 + belief), odds * 2**-belief)
    )
    return Number(
        "vi-coordinate-step",
        stars=2,
        minutes=5,
        unit="",
        tolerance=0.002,
        question="Two coins come from two drawers with fair and two-headed coins, and on a toss they "
        f"show the same side. The first drawer holds {fair} fair coin{'s' * (fair > 1)} and "
        f"{double} with two heads. "
        f"The factor $q_2$ of the second coin now says: two heads with probability {belief:g}. One "
        "step of coordinate ascent sets $q_1$. Which probability of two heads does it give to the "
        "first coin?",
        answer=tilted,
        why="The prior is tilted by the mean *logarithm* of the likelihood: a factor $2^b$ on the "
        "odds, where $q_2$ gives two heads the probability $b$.",
        mistakes=[
            Mistake(
                averaged,
                "You averaged the likelihood over $q_2$. The step averages its logarithm.",
                tolerance=0.002,
            ),
            Mistake(normalize([fair, double])[1], "That is the prior. What did the toss say?"),
            Mistake(
                normalize([1, odds * 2])[1],
                "That would be so if the second coin had two heads for certain.",
            ),
            Mistake(1 - tilted, "That is the probability of a fair coin."),
            Mistake(lowered, "Two heads on each coin make the same side *more* likely."),
            Mistake(odds * 2**belief, "Those are the odds. What is the probability?"),
            percent_for_fraction(tilted),
        ],
        limits=[Limit("A probability is between 0 and 1.", below=0, above=1)],
        hint=[
            "How likely is the same side, for each kind of the first and of the second coin?",
            "$q_1 \\propto p(z_1) \\exp E_{q_2}[\\ln p(\\text{same}|z_1, z_2)]$; same sides have "
            "probability ½, unless both coins have two heads.",
            f"Fair: $\\exp(\\ln \\frac12)$. Two heads: $\\exp({1 - belief:g} \\ln \\frac12 + "
            f"{belief:g} \\ln 1)$.",
        ],
        solution=f"The second over the first is $2^{{{belief:g}}} = {2**belief:.4f}$, so the odds are "
        f"${start} \\cdot {2**belief:.4f} = {odds * 2**belief:.4f}$ and the probability "
        f"{tilted:.4f}.",
    )


step = varied(
    _step,
    [
        (3, 1, 0.9),
        (1, 3, 0.35),
        (3, 2, 0.25),
        (4, 1, 0.75),
        (5, 3, 0.25),
        (5, 1, 0.65),
        (1, 2, 0.75),
        (3, 2, 0.2),
        (2, 3, 0.2),
        (3, 1, 0.8),
    ],
)

# ---- the loss of a VAE ----


def _hidden_beta(width, height):
    pixels = float(width * height)
    return Number(
        "vi-hidden-beta",
        stars=2,
        minutes=4,
        unit="",
        tolerance=0.5,
        question="Code for a VAE with a Gaussian decoder of variance $s^2 = \\frac12$ computes the "
        f"*mean* of $(x - \\hat x)^2$ over the {width} × {height} pixels of an image, and adds the "
        "KL, summed over the latent dimensions. With which $\\beta$ does it train, in truth?",
        answer=pixels,
        why="Dividing the reconstruction by the number of pixels is multiplying the KL by it.",
        mistakes=[
            Mistake(1.0, "That would be right for a *sum* over the pixels."),
            Mistake(
                1 / pixels,
                "The other way round: the reconstruction was made small, so the KL weighs more.",
                tolerance=0.001,
            ),
            Mistake(
                pixels / 2,
                "With $s^2 = \\frac12$ the squared error has the factor $1/2s^2 = 1$, not ½.",
            ),
            Mistake(float(width), "An image has width times height pixels."),
        ],
        limits=[Limit("Both terms have the right sign, so β is positive.", below=0)],
        hint=[
            "By which number was the first part of the loss divided?",
            "Multiply the whole loss by a number that makes its first part "
            "$\\sum (x - \\hat x)^2 / 2s^2$. That changes no minimum.",
            f"$1/2s^2 = 1$, and the mean is the sum over {width} · {height} pixels, divided by their "
            "number.",
        ],
        solution="The reconstruction should be $\\sum (x - \\hat x)^2 / 2s^2 = "
        f"\\sum (x - \\hat x)^2$. Multiply the loss by the {pixels:.0f} pixels: the first part is "
        f"right, and the KL has the factor {pixels:.0f}.",
    )


hidden_beta = varied(
    _hidden_beta,
    [
        (28, 28),
        (32, 32),
        (64, 64),
        (8, 8),
        (16, 16),
        (20, 30),
        (40, 40),
        (48, 64),
        (100, 100),
        (12, 12),
    ],
)


def _mismatch(images, mean_kl):
    most = math.log(images)
    return Number(
        "vi-mismatch",
        stars=2,
        minutes=4,
        unit="nats",
        question=f"A VAE was trained on {images} different images, equally often each. The KL term is "
        f"{mean_kl:g} nats on average. How much of it, at the least, cannot be information about the "
        "image?",
        answer=mean_kl - most,
        why=f"About one of {images} images there are only $\\ln {images}$ nats to tell; the rest "
        "is charged for a mixture of codes that does not look like the prior.",
        mistakes=[
            Mistake(
                mean_kl - math.log2(images),
                "The KL is in nats, so the most that can be told has to be in nats too.",
            ),
            Mistake(most, "That is the most that *can* be information."),
            Mistake(math.log2(images), "That is the most that can be information, and in bits."),
            Mistake(mean_kl, "Some of it may well be information. How much, at the most?"),
            Mistake(
                0.0,
                f"That would be possible if {mean_kl:g} nats could be told about one of {images} "
                "images.",
            ),
        ],
        limits=[
            Limit("It is a part of the KL term, from nothing to all of it.", below=0, above=mean_kl)
        ],
        hint=[
            f"How much is there to tell about one of {images} images?",
            "The average KL is $I_q(x; z) + D(q(z)‖p(z))$, and $I_q(x; z) \\le H(x)$.",
            f"$H(x) = \\ln {images} = {most:.4f}$ nats.",
        ],
        solution=f"$I_q(x; z) \\le \\ln {images} = {most:.4f}$ nats, so "
        f"$D(q(z)‖p(z)) \\ge {mean_kl - most:.4f}$.",
    )


mismatch = varied(
    _mismatch,
    [
        (16, 5),
        (8, 4),
        (10, 3),
        (32, 4.5),
        (100, 6),
        (4, 3),
        (64, 7),
        (20, 5),
        (50, 4.5),
        (256, 7),
    ],
)

# ---- gradients, samples and batches ----


def _score(mu):
    spread = float(mu**2 + 2)
    return Number(
        "vi-score-variance",
        stars=2,
        minutes=4,
        unit="",
        tolerance=0.005,
        question=f"$E z$ is taken under $N(\\mu, 1)$ at $\\mu = {mu:g}$, and its slope in $\\mu$ is "
        "estimated with the score function, from one sample. How large is the variance of the "
        "estimate? (The reparameterised estimate is 1 for every sample.)",
        answer=spread,
        why="The value $\\mu$ that all samples share adds $\\mu^2$ and tells nothing of the slope.",
        mistakes=[
            Mistake(spread + 1, "That is the mean square. Take off the square of the mean, 1."),
            Mistake(
                2.0, f"That would be so with the baseline ${mu:g}$, which is not subtracted here."
            ),
            Mistake(0.0, "That is the variance of the reparameterised estimate."),
            Mistake(math.sqrt(spread), "That is the standard deviation."),
            Mistake(float(mu**2), "$\\varepsilon^2$ varies as well."),
            Mistake(
                float(mu**2 + 1), "$\\varepsilon^2$ has the variance 2: $E \\varepsilon^4 = 3$."
            ),
        ],
        limits=[Limit("A variance is never negative.", below=0)],
        hint=[
            "What does one sample $z = \\mu + \\varepsilon$ give?",
            "$g(z)(z - \\mu)/\\sigma^2 = (\\mu + \\varepsilon)\\varepsilon$, and "
            "$E \\varepsilon^2 = 1$, $E \\varepsilon^4 = 3$.",
            f"The mean square is ${mu:g}^2 \\cdot 1 + 3$; the odd terms vanish.",
        ],
        solution=f"$E[({mu:g}\\varepsilon + \\varepsilon^2)^2] = {mu**2:g} + 3$, less the square of the "
        f"mean, $1^2$: {spread:g}.",
    )


score = varied(_score, [3, 5, 1.5, 4, 10, 0.5, 2.5, 6, 8, 20])


def _two_samples(double, of):
    share = double / of
    one, top = -(1 - share), math.log2((1 + share) / 2)
    two = -((1 - share) ** 2) + 2 * share * (1 - share) * math.log2(0.75)
    return Number(
        "vi-two-samples",
        stars=2,
        minutes=4,
        unit="bits",
        tolerance=0.002,
        question=f"A share of {share:g} of the coins in a drawer has two heads, the others are fair. "
        "One is tossed: heads. With the prior as $q$, how large is the importance-weighted bound of "
        "*two* samples?",
        answer=two,
        why="It lies between the bound of one sample and the log evidence.",
        mistakes=[
            Mistake(
                one,
                "That is the bound of one sample. The mean of two logarithms is no better: average "
                "the likelihoods first.",
            ),
            Mistake(top, "That is the log evidence, to which the bound rises with more samples."),
            Mistake(
                -((1 - share) ** 2) + share * (1 - share) * math.log2(0.75),
                "A fair and a two-headed coin can come in two orders.",
            ),
            nats_for_bits(two),
            Mistake(-two, "The size is right. Is the logarithm of a probability positive?"),
        ],
        limits=[Limit("The bound lies below the log evidence, which is negative here.", above=0)],
        hint=[
            "Which pairs of coins can be drawn, and how likely is each?",
            "$\\mathrm{ELBO}_2 = E \\log_2 \\frac{p(x|z_1) + p(x|z_2)}{2}$, since the weights "
            "$p(z)/q(z)$ are 1.",
            f"Two fair coins: probability ${1 - share:g}^2$, logarithm of ½. One of each: "
            f"$2 \\cdot {share:g} \\cdot {1 - share:g}$, logarithm of ¾.",
        ],
        solution=f"${1 - share:g}^2 \\cdot (-1) + 2 \\cdot {share:g} \\cdot {1 - share:g} \\cdot "
        f"\\log_2 \\frac34 = {two:.4f}$ bits, between ${one:.4f}$ for one sample and the log "
        f"evidence ${top:.4f}$.",
    )


two_samples = varied(
    _two_samples,
    [(1, 4), (1, 8), (3, 8), (1, 5), (4, 25), (22, 25), (6, 25), (1, 10), (3, 10), (7, 10)],
)


def _amortised(slope, seen):
    off = (slope - 0.5) * seen
    gap = off**2
    return Number(
        "vi-one-encoder",
        stars=1,
        minutes=3,
        unit="nats",
        tolerance=0.002,
        question="The posterior of $z$ is $N(x/2, \\frac12)$ for every $x$ (the variance stands "
        f"second). One encoder answers $N({slope:g}\\,x, \\frac12)$ to all. How large is its "
        f"amortisation gap at $x = {seen:g}$?",
        answer=gap,
        why="The family holds the posterior, so the best $q$ loses nothing and the whole gap is the "
        "encoder's.",
        mistakes=[
            Mistake(
                gap / 2,
                "You divided by 2. The divisor is $2v$, and that is 1, as the variance is ½.",
                tolerance=0.002,
            ),
            Mistake(abs(off), "That is how far the mean is off. What does it cost?"),
            bits_for_nats(gap),
            Mistake(-gap, "The bound falls short, so the gap is positive."),
            Mistake(0.0, "The best bell loses nothing. Does this encoder give the best bell?"),
        ],
        limits=[Limit("A gap is never negative.", below=0)],
        hint=[
            "What does the best $q$ of the family lose at this $x$, and what the encoder's?",
            "$D(N(a, v)‖N(b, v)) = (a - b)^2 / 2v$.",
            f"$a - b = {slope - 0.5:g} \\cdot {seen:g}$, and $2v = 1$.",
        ],
        solution=f"$({slope - 0.5:g} \\cdot {seen:g})^2 / (2 \\cdot \\frac12) = {gap:.4f}$ nats.",
    )


one_encoder = varied(
    _amortised,
    [
        (0.4, 6),
        (0.4, 3),
        (0.45, 4),
        (0.6, 3),
        (0.55, 8),
        (0.3, 3),
        (0.7, 4),
        (0.35, 6),
        (0.42, 10),
        (0.65, 5),
    ],
)


def _mean_code(variance, noise):
    excess = variance / (2 * noise)
    return Number(
        "vi-mean-code",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=0.002,
        question=f"A decoder is $N(z, {noise:g})$, and the code of some $x$ is $N(\\mu, {variance:g})$, "
        "with one dimension (the variances stand second). A test takes $\\ln p(x|z)$ at "
        "$z = \\mu$ in place of its mean over $q$, and subtracts the price. By how much does the "
        "result exceed the ELBO?",
        answer=excess,
        why="The spread of the code costs squared error, and the mean code does not pay it.",
        mistakes=[
            Mistake(
                2 * excess,
                f"The squared error has the factor $1/2s^2$, and $s^2 = {noise:g}$ is given.",
            ),
            Mistake(
                math.sqrt(variance) / (2 * noise),
                "The square of the width counts, and that is the variance, which is given.",
            ),
            Mistake(
                variance / 2,
                f"The squared error is divided by $2s^2$, with $s^2 = {noise:g}$.",
            ),
            bits_for_nats(excess),
            Mistake(-excess, "The mean code looks better than the samples do."),
            Mistake(0.0, "The price is the same; the mean of the squared error is not."),
        ],
        limits=[Limit("It leaves out a loss, so it exceeds the ELBO.", below=0)],
        hint=[
            "Which of the two terms is not averaged?",
            "$E_q[(x - z)^2] = (x - \\mu)^2 + \\sigma^2$.",
            f"The logarithm has $-(x - z)^2 / (2 \\cdot {noise:g})$.",
        ],
        solution=f"${variance:g} / (2 \\cdot {noise:g}) = {excess:.4f}$ nats, whatever $x$ and $\\mu$ "
        "are.",
    )


mean_code = varied(
    _mean_code,
    [
        (0.3, 0.25),
        (0.3, 0.2),
        (0.5, 0.1),
        (0.7, 0.2),
        (0.9, 1.5),
        (0.1, 0.25),
        (0.6, 0.2),
        (0.4, 0.05),
        (0.8, 1.6),
        (0.15, 0.1),
    ],
)


def _batch_beta(size):
    beta = 1 / size
    return Number(
        "vi-batch-beta",
        stars=2,
        minutes=3,
        unit="",
        tolerance=0.00005,
        question=f"Code for a VAE takes batches of {size} images. It *sums* $-\\ln p(x|z)$ over the "
        "pixels and over the batch, and takes the *mean* of the KL over the batch, summed over the "
        "latent dimensions. With which $\\beta$ does it train, in truth?",
        answer=beta,
        why="Every datum has a price of its own, so both terms are summed over the batch, or both "
        "averaged.",
        mistakes=[
            Mistake(float(size), "The other way round: the *price* was made small.", tolerance=0.5),
            Mistake(1.0, "That would be so if both were sums, or both means, over the batch."),
            Mistake(0.0, "The price is small, and still there.", tolerance=1e-6),
        ],
        limits=[Limit("Both terms have the right sign, so β is positive.", below=0)],
        hint=[
            "What does each of the two terms become for one image?",
            "Divide the whole loss by the size of the batch. That changes no minimum.",
            f"The first term is then right, and the KL has been divided by {size} twice.",
        ],
        solution=f"Divided by {size}, the loss is the mean reconstruction plus "
        f"$\\frac{{1}}{{{size}}}$ times the mean KL: $\\beta = 1/{size} = {beta:.4g}$.",
    )


batch_beta = varied(_batch_beta, [128, 64, 256, 32, 100, 16, 50, 512, 20, 200])


def _batch(data, batch):
    times = math.sqrt((1 + data) / (1 + batch))
    return Number(
        "vi-batch",
        stars=2,
        minutes=3,
        unit="",
        question=f"One unknown mean $z \\sim N(0, 1)$ stands behind {data} numbers, each with noise "
        f"of variance 1. Code adds the likelihood terms of a batch of {batch} and the whole price, "
        f"without the factor ${data}/{batch}$. How many times as wide as the posterior is the $q$ "
        "that it finds?",
        answer=times,
        why="Each datum, and the prior as well, adds 1 to the inverse variance; the width is the "
        "inverse root.",
        mistakes=[
            Mistake(times**2, "That is the ratio of the variances. The width is its root."),
            Mistake(1 / times, "The other way round: from fewer data $q$ is wider."),
            Mistake(math.sqrt(data / batch), "Nearly: the prior counts like one datum more."),
            Mistake(data / batch, "That is the factor that is missing in the loss."),
            Mistake(1.0, "With the factor it would be so. Without it $q$ is that of fewer data."),
        ],
        limits=[Limit("A width is positive.", below=0)],
        hint=[
            "For how many data does the loss hold?",
            "The width is $1/\\sqrt{1 + n}$ for $n$ data.",
            f"$q$ has the width $1/\\sqrt{{{1 + batch}}}$.",
        ],
        solution=f"$\\sqrt{{{1 + data}}} / \\sqrt{{{1 + batch}}} = {times:.4g}$.",
    )


batch = varied(
    _batch,
    [
        (24, 3),
        (99, 3),
        (80, 8),
        (899, 24),
        (48, 3),
        (624, 48),
        (399, 15),
        (255, 35),
        (195, 3),
        (899, 8),
    ],
)

# ---- a VAE that can be solved ----


def _rate(variances, level):
    """Return the nats that the best linear VAE carries."""
    return float(np.maximum(np.log(np.array(variances) / level) / 2, 0).sum())


def _listed(values):
    *first, last = (f"{value:g}" for value in values)
    return ", ".join(first) + f" and {last}"


def _terms(variances, level):
    return " + ".join(
        f"\\frac12 \\ln \\frac{{{value:g}}}{{{level:g}}}" for value in variances if value > level
    )


def _against_level(variances, noise, beta):
    level = beta * noise
    rate, negative = _rate(variances, level), float(np.log(np.array(variances) / level).sum() / 2)
    found = [
        bits_for_nats(rate),
        Mistake(2 * rate, "Each dimension carries *half* of the logarithm."),
        Mistake(_rate(variances, noise), "That is for $\\beta = 1$."),
        Mistake(_rate(variances, beta), "That is for the level $\\beta$. It is $\\beta s^2$."),
        Mistake(
            beta * rate,
            "That is its share of the loss, with the factor $\\beta$. Asked for is the KL itself.",
        ),
    ]
    if negative > 0:  # below 0 the limit speaks
        message = "You let dead dimensions carry negative nats. They carry none."
        found.append(Mistake(negative, message))
    return found


NO_NEGATIVE_KL = Limit("A mean KL is never negative.", below=0)

_STEPS = (12, 5, 2)

last_step = Number(
    "vi-level-last-step",
    stars=1,
    minutes=2,
    unit="nats",
    question="Data vary by 12, 5 and 2 along three directions; $s^2 = 1$ and $\\beta = 4$. Follow "
    "the worked example. (1) The level is $\\beta s^2 = 4$. (2) Two directions are above it, 12 "
    "and 5. (3) How many nats do their dimensions carry together?",
    answer=_rate(_STEPS, 4),
    why="Each dimension carries half the logarithm of how many times its variance exceeds the level.",
    mistakes=[
        bits_for_nats(_rate(_STEPS, 4)),
        Mistake(2 * _rate(_STEPS, 4), "Each dimension carries *half* of the logarithm."),
        Mistake(
            float(np.log(np.array(_STEPS) / 4).sum() / 2),
            "You let the third dimension carry negative nats. It carries none.",
        ),
        Mistake(_rate([12], 4), "That is the first one alone."),
    ],
    limits=[NO_NEGATIVE_KL],
    hint=[
        "How many times does each of the two exceed the level?",
        "$r = \\frac12 \\ln \\frac{\\lambda}{\\beta s^2}$.",
        f"The first: $\\frac12 \\ln 3 = {_rate([12], 4):.4f}$.",
    ],
    solution=f"${_terms(_STEPS, 4)} = {_rate(_STEPS, 4):.4f}$ nats.",
)


def _alone(first, second, third, noise, beta):
    variances, level = (first, second, third), beta * noise
    return Number(
        "vi-level-alone",
        stars=1,
        minutes=4,
        unit="nats",
        question=f"Data vary by {_listed(variances)} along three directions. A linear VAE with "
        f"$s^2 = {noise:g}$ and $\\beta = {beta:g}$ has been trained to the end. How many nats does "
        "its code carry?",
        answer=_rate(variances, level),
        why="Only what lies above the level is described, and half the logarithm says how finely.",
        mistakes=_against_level(variances, noise, beta),
        limits=[NO_NEGATIVE_KL],
        hint=[
            "Which level do $\\beta$ and $s^2$ set together, and what is above it?",
            "$r = \\max(0, \\frac12 \\ln \\frac{\\lambda}{\\beta s^2})$ for each direction.",
            f"The level is {level:g}; the first: $\\frac12 \\ln \\frac{{{first:g}}}{{{level:g}}}$.",
        ],
        solution=f"${_terms(variances, level)} = {_rate(variances, level):.4f}$ nats.",
    )


alone = varied(
    _alone,
    [
        (20, 7, 2, 0.5, 10),
        (8, 5, 2, 0.75, 4),
        (9, 4, 1.2, 0.2, 10),
        (9, 3, 1, 0.5, 5),
        (6, 2.5, 0.7, 0.2, 4),
        (16, 8, 2, 0.5, 6),
        (5, 3, 1, 0.4, 5),
        (12, 6, 4, 0.3, 15),
        (7, 3, 0.5, 0.08, 10),
        (25, 10, 6, 0.8, 10),
    ],
)


def _water(variances, noise, beta):
    level = beta * noise
    return Number(
        "vi-water",
        stars=2,
        minutes=6,
        unit="nats",
        question="A linear VAE with four latent dimensions is trained on data with the principal "
        f"variances {_listed(variances)}. The decoder's variance is $s^2 = {noise:g}$, and "
        f"$\\beta = {beta:g}$. How large is the KL term, averaged over the data, when training has "
        "ended?",
        answer=_rate(variances, level),
        why="Only the directions that vary more than $\\beta s^2$ are described.",
        mistakes=_against_level(variances, noise, beta),
        limits=[NO_NEGATIVE_KL],
        hint=[
            "Which level do $\\beta$ and $s^2$ set together, and which directions are above it?",
            "Each of those carries $\\frac12 \\ln \\frac{\\lambda}{\\beta s^2}$ nats, the others "
            "none.",
            f"The level is ${beta:g} \\cdot {noise:g} = {level:g}$; the first direction: "
            f"$\\frac12 \\ln \\frac{{{variances[0]:g}}}{{{level:g}}}$.",
        ],
        solution=f"The level is {level:g}: ${_terms(variances, level)} = "
        f"{_rate(variances, level):.4f}$ nats.",
    )


water = varied(
    _water,
    [
        ((10, 4, 1, 0.5), 0.5, 5),
        ((12, 4, 1.2, 0.6), 0.25, 10),
        ((8, 5, 2, 0.5), 0.75, 4),
        ((12, 3, 1, 0.4), 0.25, 8),
        ((9, 4, 2.5, 1), 0.2, 10),
        ((20, 6, 3, 1), 0.45, 10),
        ((5, 2.5, 1.2, 0.6), 0.2, 4),
        ((7, 3.5, 2, 0.9), 0.3, 5),
        ((16, 8, 4, 2), 0.5, 6),
        ((15, 5, 3, 0.7), 0.4, 10),
    ],
)

# ---- when it breaks ----

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
            "second one is already, and the divergence ends near $\\ln 2$.",
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
    hint=[
        "Into which mode is the first component pulled, and which one is already there?",
        "Each component goes downhill: away from where $p$ is tiny.",
        "Call `data.descend(0.5, 5)` and look at the last row.",
    ],
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
    hint=[
        "Where could an average over $q$ come from?",
        "$\\log p(x)$ does not depend on $z$, so it is its own average over $q$.",
        "Start with $\\log p(x) = E_q[\\log p(x)]$ and put Bayes' rule in.",
    ],
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

product = Derivation(
    "vi-product-proof",
    stars=3,
    minutes=12,
    question="A Gaussian posterior has mean 0 and covariance $\\Sigma$; $\\Lambda$ is the inverse of "
    "$\\Sigma$. Among all products of bells $N(m_i, v_i)$, show that the bound is highest for "
    "$m_i = 0$ and $v_i = 1/\\Lambda_{ii}$, and that for two coordinates with variances 1 and "
    "correlation $\\rho$ it then misses $-\\frac12 \\ln (1 - \\rho^2)$ nats.",
    hint=[
        "What is the bound's shortfall, written with the means and variances of $q$?",
        "The gap is $D(q‖\\text{posterior})$, between two Gaussians.",
        "In nats: $\\frac12 \\big( m^T \\Lambda m + \\sum_i \\Lambda_{ii} v_i - n - \\sum_i \\ln v_i + "
        "\\ln |\\Sigma| \\big)$ for $n$ coordinates.",
    ],
    steps=[
        Step(
            "The gap is $\\frac12 \\big( m^T \\Lambda m + \\sum_i \\Lambda_{ii} v_i - n - \\sum_i \\ln "
            "v_i + \\ln |\\Sigma| \\big)$ nats.",
            "Take the divergence between Gaussians; the covariance of a product is diagonal.",
        ),
        Step(
            "$m^T \\Lambda m \\ge 0$, and 0 only for $m = 0$.",
            "The means stand in one term alone.",
        ),
        Step(
            "$\\Lambda_{ii} v_i - \\ln v_i$ is least where $\\Lambda_{ii} = 1/v_i$.",
            "Each variance stands in two terms; set the slope to 0. The function is convex.",
        ),
        Step(
            "Then the gap is $\\frac12 \\big( \\sum_i \\ln \\Lambda_{ii} + \\ln |\\Sigma| \\big)$.",
            "Put the variances in: $\\Lambda_{ii} v_i = 1$, $n$ times.",
        ),
        Step(
            "For two coordinates $|\\Sigma| = 1 - \\rho^2$ and $\\Lambda_{ii} = 1/(1 - \\rho^2)$, so the "
            "gap is $\\frac12 (-2 + 1) \\ln (1 - \\rho^2) = -\\frac12 \\ln (1 - \\rho^2)$.",
            "Invert a matrix of two rows.",
        ),
    ],
    why="With three coordinates or more the gap has the same form, but is in general not what the "
    "coordinates have in common: their total correlation is "
    "$\\frac12 \\big( \\sum_i \\ln \\Sigma_{ii} - \\ln |\\Sigma| \\big)$.",
)

pairs = Derivation(
    "vi-pairs",
    stars=3,
    minutes=10,
    question="“The posterior is the distribution closest to the prior that agrees with the data.” "
    "Rescue this: show that among all distributions $r(z, x')$ over pairs that put all "
    "their mass on the $x$ that was seen, the one with the least $D(r‖p(z, x'))$ has the "
    "posterior for its $z$. ($x$ is discrete.) What is the least divergence?",
    hint=[
        "What does “agrees with the data” leave free?",
        "Such an $r$ is a $q(z)$ at $x' = x$ and zero elsewhere.",
        "$D(r‖p) = \\sum_z q(z) \\log \\frac{q(z)}{p(z)\\,p(x|z)}$.",
    ],
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
    why="Under a hard condition on $x$ the posterior is closest to the *joint* belief, and the "
    "divergence is the surprise of the datum.",
)

threshold = Derivation(
    "vi-threshold-proof",
    stars=3,
    minutes=15,
    question="One direction of variance $\\lambda$, decoder $wz + \\text{noise}$ of variance "
    "$s^2$, encoder $N(vx, \\tau^2)$, $c = \\beta s^2$. Show that the best $w$ is zero "
    "for $\\lambda \\le c$ and $w^2 = \\lambda - c$ otherwise.",
    hint=[
        "Which two of the three unknowns are easy to find, for a given $w$?",
        "Minimise over the encoder first, for a given $w$.",
        "The derivative in $v$ is zero where $-w(1 - wv) + cv = 0$.",
    ],
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
            "constant but for $-c \\ln \\tau^2$.",
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


def _likelihood_unmasked(q, prior, likelihood):
    return np.dot(q, np.log2(likelihood)) - kl_divergence(q, prior)


def _possible_only(q, prior, likelihood):
    seen = np.asarray(likelihood) > 0
    return np.dot(q[seen], np.log2(likelihood[seen])) - kl_divergence(q, prior)


def _zero_log_zero(q, prior, likelihood):
    q = np.asarray(q, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.dot(q, np.log2(likelihood)) - np.sum(q * np.log2(q / prior))


_UNIT = "With the prior for $q$ only the mean log likelihood is left, in bits."
_MEAN = "The mean is taken of the logarithms, not inside one."
_PRICE = "The price $D(q‖\\text{prior})$ is subtracted, $q$ first."
_ZERO = "A hypothesis that $q$ rules out adds nothing."
_NEVER = "It is $-\\infty$ where $q$ allows a $z$ that the prior or $x$ rules out."

code = Code(
    "vi-code",
    stars=2,
    minutes=10,
    question="Write `my_elbo(q, prior, likelihood)`: the evidence lower bound in bits, for a $z$ "
    "with few values. `likelihood[i]` is $p(x|z_i)$ of the $x$ that was seen. All three may have zeros.",
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
        Case(_ZERO, (np.array([1.0, 0.0]), np.array([0.5, 0.5]), np.array([0.5, 0.0]))),
        Case(_ZERO, (np.array([1.0, 0.0]), np.array([1.0, 0.0]), np.array([0.5, 0.9]))),
        Case(_NEVER, (np.array([0.5, 0.5]), np.array([0.5, 0.5]), np.array([0.5, 0.0]))),
        Case(_NEVER, (np.array([0.5, 0.5]), np.array([1.0, 0.0]), np.array([0.5, 0.5]))),
    ],
    mistakes=[
        Slip(_natural, _UNIT),
        Slip(_loss, _UNIT),
        Slip(_log_of_mean, _MEAN),
        Slip(_plus, _PRICE),
        Slip(_swapped, _PRICE),
        Slip(_zero_log_zero, _ZERO),
        Slip(_likelihood_unmasked, _ZERO),
        Slip(_possible_only, _NEVER),
    ],
    hint=[
        "Which two averages over $q$ make up the bound?",
        "$E_q[\\log_2 p(x|z)] - D(q‖p(z))$.",
        "`keep = q > 0` first: a hypothesis that $q$ rules out adds nothing to either sum.",
    ],
    call="exercises.code.check(my_elbo)",
    why="Likelihoods need not sum to 1 over $z$; only $q$ and the prior do.",
    remark="Where $q$ allows a $z$ that could not have produced $x$, the bound is $-\\infty$, and "
    "rightly so.",
)
