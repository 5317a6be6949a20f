"""The exercises of the chapter on Jensen–Shannon and the f-divergences."""

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
    Sketch,
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import F_GENERATORS, entropy, f_divergence, js_divergence, kl_divergence, total_variation
from itlib_book.f_divergences import figures
from itlib_book.f_divergences.data import learning_signals, pairs
from itlib_book.shared.common_mistakes import bits_for_nats, nats_for_bits, percent_for_fraction

# ---- predictions ----


def _nearest(options, value):
    return min(options, key=lambda text: abs(options[text] - value))


_JS_GAME = js_divergence(figures.P, figures.Q)
_RIGHT = (1 + total_variation(figures.P, figures.Q)) / 2
_TOLD = {
    "0.65 bits": 0.65,
    "0.3 bits, as you are right in 30 % more of the rounds than wrong": 0.3,
    "less than a tenth of a bit": 0.05,
}

guess_bits = Prediction(
    "fdiv-bits",
    question="You name the side of the coin as well as anybody can, and are right in "
    f"{100 * _RIGHT:.0f} % of the rounds. The coin is worth one bit. How much of it does a letter "
    "tell you, on average?",
    options=list(_TOLD),
    happens=_nearest(_TOLD, _JS_GAME),
    saw=f"You are right well over half of the time and have still learned only "
    f"{_JS_GAME:.4f} bits. A weak hint can be useful and nearly empty at once: after each letter "
    "the coin is still far from decided.",
)

_RUNAWAYS = {
    "KL alone": ["kl"],
    "reverse KL alone": ["reverse_kl"],
    "KL and χ²": ["kl", "chi_squared"],
    "KL, reverse KL and χ²": ["kl", "reverse_kl", "chi_squared"],
    "all six": list(F_GENERATORS),
}
_FAIR_COIN, _SURE_COIN = [0.5, 0.5], [1.0, 0.0]
_INFINITE = [name for name in F_GENERATORS if np.isinf(f_divergence(_FAIR_COIN, _SURE_COIN, name))]

guess_infinite = Prediction(
    "fdiv-infinite",
    question="A model $q$ is sure of heads; the coin $p$ shows tails now and then. Which of the "
    "six divergences are infinite?",
    options=list(_RUNAWAYS),
    happens=next(text for text, names in _RUNAWAYS.items() if names == _INFINITE),
    saw="Set $q$ to 0 or 1: KL and χ² run away, because $p$ still shows an outcome that $q$ "
    "forbids. Set $p$ to 0 or 1 instead: now it is the reverse KL alone, as $q$ shows what $p$ "
    "forbids. JS, TV and Hellinger are never infinite. For a $q$ between 0 and 1 only total "
    "variation has a corner at $p = q$, where the other five are flat. Grey bars pull the sum "
    "down, but never below zero, unless $q$ is 0 or 1: then a limit term is missing in the "
    "picture.",
)

_MEETINGS = {
    "none of them: they are four measures with four units": 0,
    "KL with its reverse, and JS with $\\mathrm{Hel}^2$": 2,
    "KL with JS, and its reverse with $\\mathrm{Hel}^2$": 3,
    "all four": 1,
}
_NEAREST_SHARES = [round(figures.share(name, 1e-3), 2) for name in figures.SMOOTH]

guess_close = Prediction(
    "fdiv-close",
    question="$q$ stays where it is, and $p$ comes nearer. Every divergence falls to zero; divide "
    "each by χ², which does so as well. Which of the four, KL, reverse KL, JS and "
    "$\\mathrm{Hel}^2$, become the same multiple of χ²?",
    options=list(_MEETINGS),
    happens=next(text for text, count in _MEETINGS.items() if count == len(set(_NEAREST_SHARES))),
    saw="Both directions of KL end at one half of χ², and both of the bounded ones at one eighth. "
    "For models that are nearly right it is one divergence in several units.",
)

_TV, _OF_JS = total_variation(*pairs()), js_divergence(*pairs())
_KL = kl_divergence(*pairs(), base=math.e)
_MIDDLE = (0.45 < _TV) & (_TV < 0.55)
_SPREADS = [np.ptp(values[_MIDDLE]) for values in (_KL, _OF_JS)]
_PINNED = (
    "KL: Pinsker's famous inequality is about it",
    "Jensen–Shannon",
    "both equally well",
)

guess_pinned = Prediction(
    "fdiv-pinned",
    question="Of a pair $p, q$ you are told the total variation and nothing else. Of which "
    "divergence, KL or Jensen–Shannon, does this tell you more?",
    options=list(_PINNED),
    happens=_PINNED[
        0 if 2 * _SPREADS[0] < _SPREADS[1] else 1 if 2 * _SPREADS[1] < _SPREADS[0] else 2
    ],
    saw="The cloud of JS lies between two curves. That of KL has a floor "
    f"and no ceiling: among these pairs, those with a total variation between 0.45 and 0.55 have "
    f"values of KL from {_KL[_MIDDLE].min():.2f} to {_KL[_MIDDLE].max():.2f} nats, and values of JS "
    f"from {_OF_JS[_MIDDLE].min():.2f} to {_OF_JS[_MIDDLE].max():.2f} bits.",
)

_PUSHES = [learning_signals(shift)[0] for shift in figures.SHIFTS]
_HARDEST = float(figures.SHIFTS[int(np.argmax(_PUSHES))])

guess_push = Prediction(
    "fdiv-push",
    question="The data come from $N(0, 1)$, the forger’s numbers from $N(\\theta, 1)$, and the "
    "discriminator is the best one for each $\\theta$. The forger goes down the slope of what the "
    "discriminator reaches. At which distance $\\theta$ is that slope steepest? Mark the place.",
    happens=_HARDEST,
    sketch=Sketch(
        "distance of the means",
        0,
        8,
        0.1,
        draw=figures.draw_data,
        alt="The bell of the data, with its middle at 0.",
    ),
    saw=f"The push is strongest at a distance of {_HARDEST:.1f} and dies out beyond it: at 6 it is "
    f"{learning_signals(6)[0] / max(_PUSHES):.4f} of that. JS comes to rest at one bit, and a plateau "
    "has no slope: out there, the worse the forgery, the less the forger learns. The other loss in the second "
    "picture, dashed, pushes the harder the further away the forger is.",
)

_SAME = {
    "0 bits: one source, one distribution": 0.0,
    "about 0.04 bits": 0.04,
    "about 0.4 bits": 0.4,
}
_TWO_SAMPLES = np.random.default_rng(1).multinomial(1000, np.full(1000, 1e-3), size=2) / 1000

guess_same = Prediction(
    "fdiv-same-source",
    question="A source shows a thousand outcomes, all equally likely. Two samples of a thousand "
    "draws each are taken from it. How large is the Jensen–Shannon divergence between the "
    "frequencies of the two?",
    options=list(_SAME),
    happens=_nearest(_SAME, js_divergence(*_TWO_SAMPLES)),
    saw="Of the outcomes that one sample shows, the other lacks more than a third, and each of "
    "those looks like a difference. The number is small only when there are many draws for each "
    "outcome.",
)

# ---- the guessing game ----


def _coins(*percents):
    return [np.array([percent / 100, 1 - percent / 100]) for percent in percents]


def _told_mistakes(p, q):
    """Return what goes wrong on the way to the Jensen–Shannon divergence of two coins."""
    m = (p + q) / 2
    told = float(js_divergence(p, q))
    return [
        nats_for_bits(told),
        Mistake(
            float(entropy(m) - entropy(p) - entropy(q)),
            "Each of the two entropies has the weight ½.",
        ),
        Mistake(float(entropy(m)), "That is $H(m)$. What is left once the coin is known?"),
        Mistake(float(entropy(p) + entropy(q)) / 2, "That is what is left. What was there before?"),
        Mistake(math.sqrt(told), "That is the square root, the Jensen–Shannon *distance*."),
        Mistake(-told, "The size is right. The mixture has the larger entropy."),
    ]


_TOLD_LIMITS = [
    Limit("A toss tells at least 0 bits, and at most the one bit of the choice.", below=0, above=1)
]


def _told_last_step(first, second):
    p, q = _coins(first, second)
    m = (p + q) / 2
    told = float(js_divergence(p, q))
    return Number(
        "fdiv-told-last-step",
        stars=1,
        minutes=2,
        unit="bits",
        question=f"One of two coins is taken at random and tossed. The first shows heads in {first} % "
        f"of all tosses, the second in {second} %.\n\n"
        f"1. The average shows heads in {50 * (p[0] + q[0]):g} %, and has $H(m) = {entropy(m):.4f}$ "
        "bits.\n"
        f"2. The coins have $H(p) = {entropy(p):.4f}$ and $H(q) = {entropy(q):.4f}$ bits.\n"
        "3. How much does the toss tell about which coin it was?",
        answer=told,
        why="What the toss tells is the entropy of the mixture less the mean entropy of the coins.",
        mistakes=_told_mistakes(p, q),
        limits=_TOLD_LIMITS,
        hint=[
            "How uncertain is the toss before, and after one is told the coin?",
            "$D_{\\mathrm{JS}} = H(m) - \\frac12 H(p) - \\frac12 H(q)$.",
            f"It begins with ${entropy(m):.4f} - \\frac12 \\cdot {entropy(p):.4f}$.",
        ],
        solution=f"${entropy(m):.4f} - \\frac12 ({entropy(p):.4f} + {entropy(q):.4f}) = "
        f"{told:.4f}$ bits.",
    )


told_last_step = varied(
    _told_last_step,
    [
        (90, 30),
        (90, 45),
        (80, 30),
        (95, 55),
        (70, 20),
        (60, 8),
        (85, 25),
        (99, 51),
        (75, 15),
        (65, 10),
    ],
)


def _told_alone(first, second):
    p, q = _coins(first, second)
    m = (p + q) / 2
    told = float(js_divergence(p, q))
    return Number(
        "fdiv-told-alone",
        stars=1,
        minutes=4,
        unit="bits",
        question=f"A coin that shows heads in {first} % of all tosses or one that does so in "
        f"{second} %, either with the same chance, is tossed once. How much does the toss tell "
        "about which one it was?",
        answer=told,
        why="This is the Jensen–Shannon divergence of the two coins.",
        mistakes=_told_mistakes(p, q),
        limits=_TOLD_LIMITS,
        hint=[
            "What does the average of the two coins look like?",
            "$D_{\\mathrm{JS}} = H(m) - \\frac12 H(p) - \\frac12 H(q)$.",
            f"The average shows heads in {50 * (p[0] + q[0]):g} %; take its entropy first.",
        ],
        solution=f"$H(m) = {entropy(m):.4f}$, $H(p) = {entropy(p):.4f}$ and $H(q) = "
        f"{entropy(q):.4f}$ bits; so ${told:.4f}$ bits are told.",
    )


told_alone = varied(
    _told_alone,
    [
        (95, 25),
        (90, 40),
        (70, 10),
        (85, 45),
        (60, 15),
        (99, 75),
        (80, 50),
        (55, 5),
        (98, 30),
        (75, 20),
    ],
)

SURE = np.array([1.0, 0.0])


def _fair_or_sure(percent):
    (p,) = _coins(percent)
    m = (p + SURE) / 2
    told = float(js_divergence(p, SURE))
    return Number(
        "fdiv-fair-or-sure",
        stars=1,
        minutes=4,
        unit="bits",
        question="How large is the Jensen–Shannon divergence between a coin that shows heads in "
        f"{percent} % of all tosses, $p = ({p[0]:g}, {p[1]:g})$, and a coin with heads on both sides, "
        "$q = (1, 0)$?",
        answer=told,
        why=f"Both coins are compared with the average $m = ({m[0]:g}, {m[1]:g})$, which forbids "
        "nothing that either of them allows.",
        mistakes=[
            nats_for_bits(told),
            Mistake(math.sqrt(told), "That is the square root, the Jensen–Shannon *distance*."),
            Mistake(
                math.sqrt(js_divergence(p, SURE, base=math.e)),
                "That is the square root, and of nats: two steps away from the divergence.",
            ),
            Mistake(
                2 * told, "You added the two divergences from the average; each has the weight ½."
            ),
            Mistake(
                float(kl_divergence(p, m)), "That is $D(p‖m)$ alone. The other coin counts as well."
            ),
            Mistake(
                float(kl_divergence(SURE, m)),
                "That is $D(q‖m)$ alone. The other coin counts as well.",
            ),
            Mistake(
                math.inf,
                "$D(p‖q)$ is infinite here. But neither coin is compared with the "
                "other: both are compared with their average.",
                tolerance=0,
            ),
            Mistake(float(kl_divergence(SURE, p)), "That is $D(q‖p)$; no average is in it."),
        ],
        limits=[Limit("It is between 0 and 1 bit.", below=0.0, above=1.0)],
        hint=[
            "Neither coin is compared with the other. What is the average of the two?",
            "$D_{\\mathrm{JS}} = \\frac12 D(p‖m) + \\frac12 D(q‖m)$.",
            f"$D(q‖m) = \\log_2 \\frac{{1}}{{{m[0]:g}}}$, as $q$ has one outcome only.",
        ],
        solution=f"$D(p‖m) = {kl_divergence(p, m):.4f}$ and $D(q‖m) = \\log_2 "
        f"\\frac{{1}}{{{m[0]:g}}} = {kl_divergence(SURE, m):.4f}$ bits; their mean is {told:.4f} bits.",
    )


fair_or_sure = varied(_fair_or_sure, [30, 45, 60, 35, 20, 15, 80, 25, 10, 90])


def _guess(percent):
    (p,) = _coins(percent)
    heads, tails = p
    distance = float(total_variation(p, SURE))
    right = (1 + distance) / 2
    return Number(
        "fdiv-guess",
        stars=1,
        minutes=3,
        unit="",
        question=f"A box holds two coins: one shows heads in {percent} % of all tosses, the other "
        "has heads on both sides. I take one at random, toss it once and show you the result. With "
        "which probability do you name the coin rightly, if you guess as well as possible?",
        answer=right,
        why="The best guess is right with the probability $(1 + \\mathrm{TV})/2$.",
        mistakes=[
            Mistake(distance, "That is the total variation. How often is the best guess right?"),
            Mistake(0.5, "So often a guess without looking is right. How much does a toss help?"),
            Mistake(1 - right, "That is how often the best guess is *wrong*."),
            Mistake(1.0, "Nobody is right always: heads come from both coins.", tolerance=1e-9),
            Mistake(
                1 / (1 + heads),
                "That is how likely the two-headed coin is once you have seen heads. "
                "Tails happen too, and then you are sure.",
            ),
            percent_for_fraction(right),
        ],
        limits=[Limit("A probability is between 0 and 1.", below=0.0, above=1.0)],
        hint=[
            "Tails give the coin away. What do you say for heads?",
            "The best guess is right with $\\frac12 \\sum_x \\max(p(x), q(x))$.",
            f"Heads add $\\frac12 \\cdot 1$, as they are likelier with two heads; tails add "
            f"$\\frac12 \\cdot {tails:g}$.",
        ],
        solution=f"You see tails with probability ${tails / 2:g}$, and are sure. For heads you say "
        "“two-headed”, and are right whenever it is that coin, with probability ½. Together "
        f"$\\frac12 + {tails / 2:g} = {right:g}$.",
    )


guess = varied(_guess, [60, 40, 55, 30, 45, 20, 80, 35, 15, 85])

# ---- generators ----

_APART = [1.0, 0.0], [0.0, 1.0]


def _printed_js(t):
    return t * np.log(t) - (t + 1) * np.log((t + 1) / 2)


doubled = Number(
    "fdiv-doubled",
    stars=2,
    minutes=5,
    unit="nats",
    question="A table lists $f(t) = t \\ln t - (t + 1) \\ln \\frac{t + 1}{2}$ as “the generator of "
    "the Jensen–Shannon divergence”. Which value does $\\sum q f(p/q)$ take with it for "
    "two distributions that share no outcome?",
    answer=f_divergence(*_APART, _printed_js),
    why="The largest Jensen–Shannon divergence is $\\ln 2$, and this generator lacks the factor ½.",
    mistakes=[
        Mistake(
            js_divergence(*_APART, base=math.e),
            "That is the Jensen–Shannon divergence. "
            "Compare the generator with the one of this chapter.",
        ),
        Mistake(
            js_divergence(*_APART),
            "That is the Jensen–Shannon divergence in bits; the "
            "generator has natural logarithms, and look at its factor.",
        ),
        Mistake(2.0, "That would be the value in bits."),
        Mistake(0.0, "Where $p = 0$ the term is $q f(0)$, and $f(0)$ is not zero."),
        Mistake(
            math.inf,
            "The terms with $q = 0$ give $p$ times the slope of $f$ far out. That slope is finite.",
            tolerance=0,
        ),
    ],
    limits=[Limit("An f-divergence is never negative.", below=0.0)],
    hint=[
        "No outcome has two positive probabilities. What does the sum mean where one is zero?",
        "Two limits add up: $f(0)$, and $f(t)/t$ for $t \\to \\infty$.",
        "$f(0) = -\\ln \\frac12$, as $t \\ln t \\to 0$.",
    ],
    solution="$f(0) = -\\ln \\frac12 = \\ln 2$. For large $t$, $f(t)/t \\approx \\ln t - "
    "\\ln \\frac t2 = \\ln 2$. "
    f"The sum is $2 \\ln 2 = {f_divergence(*_APART, _printed_js):.4f}$ nats: "
    "twice the Jensen–Shannon divergence, everywhere and not only here.",
)

_A, _B = np.array([0.6, 0.4]), np.array([0.9, 0.1])
_OTHER_ORDER = float(np.sum(_A * -np.log(_B / _A)))

convention = Choice(
    "fdiv-convention",
    stars=2,
    minutes=3,
    question="A library defines $D_f = \\sum p\\, f(q/p)$. You give it $f(t) = -\\log t$. "
    "What does it compute?",
    options=[
        Option(
            "$D(p‖q)$",
            "$p \\cdot \\left(-\\log \\frac qp\\right) = p \\log \\frac pq$. With "
            "the weight $q$, as in $\\sum q\\, f(p/q)$, the same $f$ gives the reverse KL.",
            right=math.isclose(_OTHER_ORDER, kl_divergence(_A, _B, base=math.e)),
        ),
        Option(
            "$D(q‖p)$",
            "That is what $\\sum q\\, f(p/q)$ would give. Put $t = q/p$ in and look at the weight.",
            right=math.isclose(_OTHER_ORDER, kl_divergence(_B, _A, base=math.e)),
        ),
        Option(
            "$-D(p‖q)$",
            "An f-divergence of a convex $f$ with $f(1) = 0$ is never negative, in "
            "either convention.",
        ),
        Option("nothing sensible", "It is a divergence all right; but which one?"),
    ],
    hint=[
        "Which ratio does this library put into $f$?",
        "The term of one outcome is $p\\, f(t)$ with $t = q/p$.",
        "With $f(t) = -\\log t$ it is $-p \\log \\frac qp$. Turn the ratio round.",
    ],
    solution="The same generator means opposite directions in the two conventions. Symmetric ones, "
    "such as JS, TV and Hellinger, come out the same.",
)

_FORMULAS = {
    "$t^2$": lambda t: t**2,
    "$t^2 - 1$": lambda t: t**2 - 1,
    "$\\ln t$": np.log,
    "$(t - 1)^3$": lambda t: (t - 1) ** 3,
}


def _generates(f):
    t = np.linspace(0.05, 5, 100)
    return bool(np.isclose(f(1.0), 0) and np.all(np.diff(f(t), 2) > 0))


which = Choice(
    "fdiv-which",
    stars=1,
    minutes=3,
    question="Which of these functions generates an f-divergence?",
    options=[
        Option(text, why, right=_generates(_FORMULAS[text]))
        for text, why in (
            ("$t^2$", "Convex, but 1 at $t = 1$: equal distributions would be 1 apart."),
            (
                "$t^2 - 1$",
                "Convex, and 0 at $t = 1$. It is $(t - 1)^2 + 2(t - 1)$ and generates χ².",
            ),
            ("$\\ln t$", "It is 0 at $t = 1$, but concave: the sum is $-D(q‖p)$, never positive."),
            ("$(t - 1)^3$", "0 at $t = 1$, but concave for $t < 1$: the sum can be negative."),
        )
    ],
    hint=[
        "What should the divergence of equal distributions be?",
        "Two conditions: $f(1) = 0$, and $f$ is convex.",
        "$t^2$ is 1 at $t = 1$, so it is out. Look at the second derivatives of the others.",
    ],
    solution="$\\sum q\\,(p^2/q^2 - 1) = \\sum p^2/q - 1$, which is another way to write χ². The "
    "part $2(t - 1)$ adds nothing to the sum.",
)

_TRUTH, _RARE = np.array([0.5, 0.5]), np.array([0.999, 0.001])
_MEASURES = {
    "D(p‖q) in nats": "kl",
    "D(q‖p) in nats": "reverse_kl",
    "JS in nats": "js",
    "total variation": "total_variation",
    "χ²": "chi_squared",
}

order = Ordering(
    "fdiv-order",
    stars=2,
    minutes=5,
    question="$p = (0.5, 0.5)$ is the truth, and a model $q = (0.999, 0.001)$ nearly rules out one "
    "side. Order these divergences by their value.",
    items=[
        Item(text, f_divergence(_TRUTH, _RARE, _MEASURES[text]))
        for text in ("D(p‖q) in nats", "total variation", "χ²", "JS in nats", "D(q‖p) in nats")
    ],
    direction="the smallest first",
    mistakes=[
        Swap(
            "D(p‖q) in nats",
            "D(q‖p) in nats",
            "Which of the two averages over the distribution that shows the rare side often?",
        ),
        Swap(
            "χ²",
            "D(p‖q) in nats",
            "A term of χ² grows like $1/q$, one of $D(p‖q)$ only like $\\log(1/q)$.",
        ),
        Swap(
            "D(q‖p) in nats",
            "total variation",
            "$q$ is nearly sure of a side that $p$ gives one half: $D(q‖p)$ is nearly $\\ln 2$, "
            "and the total variation nearly one half.",
        ),
        Swap(
            "total variation",
            "JS in nats",
            "In bits JS is at most the total variation, and a number of nats is smaller still.",
        ),
    ],
    hint=[
        "Which of them are bounded?",
        "An outcome with a large ratio $t$ adds $q\\,f(t)$. How fast does $f$ grow?",
        "Here $t = 500$ on the rare side: compare $(t - 1)^2$ with $t \\ln t$.",
    ],
    why="The faster $f$ grows, the more a ratio of five hundred costs. $D(q‖p)$ alone gains "
    "nothing from it: its $-\\ln t$ is negative there, and its value comes from the other side.",
    solution="; ".join(
        f"{text}: {f_divergence(_TRUTH, _RARE, name):.4f}" for text, name in _MEASURES.items()
    )
    + ".",
)

# ---- close together, and bounds ----


def _near(sides, off):
    part = off / 100
    die = np.full(sides, 1 / sides)
    tilted = die + part * np.eye(sides)[0] - part * np.eye(sides)[1]
    chi = float(f_divergence(tilted, die, "chi_squared"))
    return Number(
        "fdiv-near",
        stars=1,
        minutes=3,
        unit="nats",
        tolerance=0.00015,
        question=f"A die with {sides} sides should be fair. One side comes up with a probability that "
        f"is {part:g} too large, another with one that is {part:g} too small. How large is $D(p‖q)$ "
        "from the fair die $q$, to a good approximation?",
        answer=chi / 2,
        why="Close to equality a smooth f-divergence is $\\frac12 f''(1)\\,\\chi^2$, and for KL "
        "$f''(1) = 1$.",
        mistakes=[
            Mistake(chi, "That is χ². For KL the parabola has the factor ½."),
            Mistake(chi / 8, "That is what JS would be, in nats. KL has another factor."),
            bits_for_nats(chi / 2),
            Mistake(part, "That is the total variation, which shrinks like the step itself."),
            Mistake(chi / 4, "That is χ²/4. Two sides are off, not one, and χ² is halved once."),
        ],
        limits=[Limit("A divergence is never negative.", below=0.0)],
        hint=[
            "Near equality a divergence is a multiple of one that is easy to compute. Of which?",
            "$D(p‖q) \\approx \\frac12 \\chi^2 = \\frac12 \\sum (p - q)^2 / q$.",
            f"Each of the two sides adds ${part:g}^2 \\cdot {sides}$ to χ².",
        ],
        solution=f"$\\chi^2 = 2 \\cdot {part:g}^2 \\cdot {sides} = {chi:.4f}$, and half of it is "
        f"{chi / 2:.4f} nats. Exactly it is {kl_divergence(tilted, die, base=math.e):.5f}.",
    )


near = varied(
    _near,
    [(6, 2), (6, 3), (6, 4), (9, 2), (9, 3), (10, 2), (12, 2), (20, 1), (15, 2), (5, 3)],
)


def _pinsker_number(thousandths):
    small = thousandths / 1000
    bound = math.sqrt(small / 2)
    return Number(
        "fdiv-pinsker-number",
        stars=2,
        minutes=4,
        unit="",
        question=f"A model $q$ has reached $D(p‖q) = {small:g}$ *nats*. How far apart can the "
        "probabilities be, at most, that $p$ and $q$ give to the same event, by Pinsker's "
        "inequality?",
        answer=bound,
        why="The largest difference over all events is the total variation, and Pinsker bounds it "
        "by $\\sqrt{D/2}$ with $D$ in nats.",
        mistakes=[
            Mistake(
                math.sqrt(small * math.log(2) / 2),
                f"{small:g} is in nats, as the inequality wants it: no factor $\\ln 2$ is needed.",
            ),
            Mistake(
                math.sqrt(small / 2 / math.log(2)),
                f"Pinsker's inequality in this form needs nats, and {small:g} is in nats.",
            ),
            Mistake(
                math.sqrt(2 * small),
                "That bounds $\\sum |p - q|$, which is twice the total variation.",
            ),
            Mistake(small / 2, "Do not forget the root."),
            Mistake(math.sqrt(small), "Pinsker's inequality has a 2: $D \\ge 2\\,\\mathrm{TV}^2$."),
        ],
        limits=[Limit("A difference of probabilities is at most 1.", below=0.0, above=1.0)],
        hint=[
            "What is the largest difference over all events called?",
            "$D(p‖q) \\ge 2\\,\\mathrm{TV}^2$ nats. Solve it for $\\mathrm{TV}$.",
            f"$\\mathrm{{TV}}^2 \\le {small:g} / 2$.",
        ],
        solution=f"$\\mathrm{{TV}} \\le \\sqrt{{{small:g}/2}} = {bound:.4f}$. "
        "The best guesser of the chapter's game would be right at most "
        f"{50 * (1 + bound):.1f} % of the time.",
    )


pinsker_number = varied(_pinsker_number, [20, 10, 30, 40, 50, 80, 100, 60, 5, 150])

# ---- from samples ----


def _tangent(percent, on_heads, on_tails):
    p, q = _coins(percent, 50)
    slopes = np.array([on_heads, on_tails])
    real, made = float(p @ slopes), float(q @ np.exp(slopes - 1))
    whole = float(kl_divergence(p, q, base=math.e))
    return Number(
        "fdiv-tangent",
        stars=2,
        minutes=4,
        unit="nats",
        question=f"A coin $p$ shows heads in {percent} % of all tosses, $q$ is fair. A network gives "
        f"$T = {on_heads}$ to heads and $T = {on_tails}$ to tails. Which lower bound of $D(p‖q)$ is "
        "that, with the generator $t \\ln t$ and its conjugate $e^{s - 1}$?",
        answer=real - made,
        why="The first mean is taken over $p$ and the second, of the conjugate, over $q$.",
        mistakes=[
            Mistake(whole, "That is $D(p‖q)$ itself, which only the best $T$ reaches."),
            Mistake(real - float(q @ slopes), "The second mean is one of $f^*(T) = e^{T - 1}$."),
            Mistake(float(q @ slopes) - made, "The first mean is taken over $p$."),
            Mistake(real - float(p @ np.exp(slopes - 1)), "The second mean is taken over $q$."),
            Mistake(real - float(q @ np.exp(slopes)), "The conjugate is $e^{s - 1}$, not $e^s$."),
            Mistake(real, "That is $E_p[T]$. The mean of the conjugate is subtracted."),
        ],
        limits=[Limit("It is a lower bound, so it cannot exceed the divergence.", above=whole)],
        hint=[
            "Two means: which one over $p$, which one over $q$?",
            "$D_f \\ge E_p[T] - E_q[f^*(T)]$ with $f^*(s) = e^{s - 1}$.",
            f"$E_p[T] = {p[0]:g} \\cdot {on_heads} + {p[1]:g} \\cdot {on_tails}$.",
        ],
        solution=f"$E_p[T] = {real:.4f}$ and $E_q[e^{{T - 1}}] = {made:.4f}$, so the bound is "
        f"{real - made:.4f} nats. The divergence is {whole:.4f} nats.",
    )


tangent = varied(
    _tangent,
    [
        (80, 1.2, 0.3),
        (80, 1.6, 0.1),
        (75, 1.3, 0.4),
        (90, 1.4, 0.1),
        (70, 1.3, 0.3),
        (60, 1.1, 0.6),
        (85, 1.6, 0.3),
        (95, 1.7, 0.2),
        (88, 1.3, 0.2),
        (99, 1.6, 0.1),
    ],
)

# ---- adversarial networks ----


def _value(reached):
    nats = (reached + math.log(4)) / 2
    bits = nats / math.log(2)
    return Number(
        "fdiv-value",
        stars=2,
        minutes=3,
        unit="bits",
        question=f"In a GAN the best discriminator reaches $V = {reached:g}$. How large is the "
        "Jensen–Shannon divergence of the real from the made samples?",
        answer=bits,
        why="At the best discriminator $V = -\\ln 4 + 2 D_{\\mathrm{JS}}$, in nats.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(2 * bits, "The value holds *twice* the divergence."),
            Mistake(2 * nats, "That is twice the divergence, and in nats."),
            Mistake((reached + 2) / 2, "You took $\\log_2 4$; the value has natural logarithms."),
            Mistake(
                (reached + math.log(2)) / 2 / math.log(2),
                "Two logarithms lose $\\ln 2$ each: it is $\\ln 4$ in all.",
            ),
        ],
        limits=[Limit("It is between 0 and 1 bit.", below=0.0, above=1.0)],
        hint=[
            "Which value does a discriminator reach that has no idea?",
            "$V = -\\ln 4 + 2 D_{\\mathrm{JS}}$ nats; one bit has $\\ln 2$ nats.",
            f"$2 D_{{\\mathrm{{JS}}}} = {reached:g} + \\ln 4$ nats.",
        ],
        solution=f"$D_{{\\mathrm{{JS}}}} = ({reached:g} + {math.log(4):.4f}) / 2 = {nats:.4f}$ nats, "
        f"which are {bits:.4f} bits.",
    )


value = varied(_value, [-1.1, -1.2, -1.0, -0.9, -0.8, -0.7, -0.6, -1.3, -0.5, -0.4])

# ---- goodness of fit ----


def _fit(*shown):
    counts = np.array(shown)
    throws, expected = int(counts.sum()), int(counts.sum()) // 6
    frequencies, die = counts / throws, np.full(6, 1 / 6)
    chi = float(f_divergence(frequencies, die, "chi_squared"))
    squares = int(np.sum((counts - expected) ** 2))
    return Number(
        "fdiv-fit",
        stars=1,
        minutes=5,
        unit="",
        tolerance=0.005,
        question=f"A die shows its six faces {', '.join(map(str, shown[:-1]))} and {shown[-1]} "
        f"times in {throws} throws. How large is Pearson's statistic of goodness of "
        "fit to a fair die, $\\sum (\\text{observed} - \\text{expected})^2 / "
        "\\text{expected}$?",
        answer=throws * chi,
        why="It is the number of throws times the χ² divergence of the frequencies from the fair "
        "die.",
        mistakes=[
            Mistake(
                chi,
                "That is the χ² divergence of the frequencies. The statistic is as many "
                "times larger as there are throws.",
            ),
            Mistake(
                throws * float(f_divergence(die, frequencies, "chi_squared")),
                "You divided by the observed counts. The expected ones stand below.",
            ),
            Mistake(float(squares), "Each square is divided by the expected count."),
            Mistake(
                2 * throws * float(kl_divergence(frequencies, die, base=math.e)),
                "That is the G statistic, $2 n D$ in nats: another one, though χ² and $2D$ agree for "
                "small differences.",
            ),
        ],
        limits=[Limit("A sum of squares is not negative.", below=0.0)],
        hint=[
            "How often would a fair die show each face?",
            "Take the square of each difference from the expected count, and divide by that count.",
            f"The first face adds $({shown[0]} - {expected})^2 / {expected}$.",
        ],
        solution=f"The squares add up to {squares}; divided by {expected}, that is "
        f"{throws * chi:.2f}. As a divergence: $n\\,\\chi^2 = {throws} \\cdot {chi:.4f}$.",
    )


fit = varied(
    _fit,
    [
        (14, 9, 13, 8, 5, 11),
        (10, 11, 8, 9, 15, 7),
        (16, 7, 11, 9, 12, 5),
        (9, 6, 9, 16, 13, 7),
        (4, 12, 9, 13, 10, 12),
        (13, 12, 13, 12, 5, 17),
        (14, 7, 7, 9, 9, 14),
        (12, 26, 18, 24, 19, 21),
        (6, 5, 4, 3, 4, 2),
        (4, 9, 8, 5, 11, 5),
    ],
)

# ---- proofs and a program ----

nonnegative = Derivation(
    "fdiv-nonnegative",
    stars=2,
    minutes=6,
    question="Prove that $D_f(p, q) = \\sum_x q(x) f(p(x)/q(x)) \\ge 0$ for every convex $f$ with "
    "$f(1) = 0$ (let $q > 0$ everywhere), and that merging two outcomes into one never "
    "makes it larger.",
    hint=[
        "The sum is an average of $f$ over $q$. Of $f$ at which random number?",
        "Jensen: $E[f(R)] \\ge f(E[R])$ for convex $f$.",
        "Start with $D_f = E_q[f(R)]$, $R = p(X)/q(X)$, and find $E_q[R]$.",
    ],
    steps=[
        Step("$D_f = E_q[f(R)]$ with $R = p(X)/q(X)$.", "Read the sum as a mean under $q$ first."),
        Step("Jensen: $E_q[f(R)] \\ge f(E_q[R])$.", "Convexity enters by Jensen's inequality."),
        Step(
            "$E_q[R] = \\sum_x p(x) = 1$ and $f(1) = 0$, so $D_f \\ge 0$.",
            "What is the mean of the ratio under $q$?",
        ),
        Step(
            "Merge $a$ and $b$: with the weights $q_a/(q_a + q_b)$ and $q_b/(q_a + q_b)$ the "
            "ratio $(p_a + p_b)/(q_a + q_b)$ is the mean of $p_a/q_a$ and $p_b/q_b$.",
            "The ratio of the merged outcome is an average of the two ratios. With which weights?",
        ),
        Step(
            "By convexity $(q_a + q_b)\\, f\\!\\left(\\frac{p_a + p_b}{q_a + q_b}\\right) \\le "
            "q_a f(p_a/q_a) + q_b f(p_b/q_b)$.",
            "Apply convexity once more, to the two outcomes alone.",
        ),
    ],
    why="Both are Jensen's inequality, once over all outcomes and once over two of them.",
)

gan = Derivation(
    "fdiv-gan",
    stars=2,
    minutes=10,
    question="A discriminator $d$ with values between 0 and 1 maximises $V(d)$, the sum of "
    "$p(x) \\ln d(x) + q(x) \\ln (1 - d(x))$ over all $x$. "
    "Find the best $d$, and the value that it reaches.",
    hint=[
        "Does the choice of $d$ at one $x$ bind it at another?",
        "Each $x$ can be treated alone: maximise $a \\ln y + b \\ln(1 - y)$ over $y$.",
        "Its derivative is $\\frac ay - \\frac{b}{1 - y}$, with $a = p(x)$ and $b = q(x)$.",
    ],
    steps=[
        Step(
            "The sum is largest when each of its terms is, as $d(x)$ may be chosen freely for "
            "every $x$.",
            "Say why each outcome can be treated alone; a network with few parameters could "
            "not do it.",
        ),
        Step(
            "$a/y - b/(1 - y) = 0$ gives $y = a/(a + b)$, a maximum since the function is "
            "concave: $d^*(x) = p(x)/(p(x) + q(x))$.",
            "Set the derivative to zero, and say why it is a maximum.",
        ),
        Step(
            "With $m = (p + q)/2$: $d^* = p/(2m)$ and $1 - d^* = q/(2m)$.",
            "Write both logarithms with the average $m$; a factor 2 comes out.",
        ),
        Step(
            "$V(d^*) = -2 \\ln 2 + D(p‖m) + D(q‖m) = -\\ln 4 + 2\\,D_{\\mathrm{JS}}(p, q)$, in "
            "nats.",
            "Each of the two sums gives $-\\ln 2$ and a divergence from $m$.",
        ),
    ],
    why="The best discriminator is how likely each side of the guessing game is, and its value measures what "
    "the game tells.",
    solution="For a $d$ that differs from $d^*$ where $p$ or $q$ is positive the value is smaller, so "
    "what a generator sees is then less than $-\\ln 4 + 2\\,D_{\\mathrm{JS}}$.",
)

pinsker = Derivation(
    "fdiv-pinsker",
    stars=3,
    minutes=15,
    question="Prove Pinsker's inequality, $D(p‖q) \\ge 2\\,\\mathrm{TV}(p, q)^2$ nats.",
    hint=[
        "What is the smallest case, and how does it settle all others?",
        "First two coins, by a derivative. Then merge all outcomes into two.",
        "For coins start with the difference of both sides, "
        "$g(b) = a \\ln\\frac ab + (1 - a) \\ln\\frac{1 - a}{1 - b} - 2(a - b)^2$.",
    ],
    steps=[
        Step(
            "Two coins with heads $a$ and $b$: let "
            "$g(b) = a \\ln\\frac ab + (1 - a) \\ln\\frac{1 - a}{1 - b} - 2(a - b)^2$; "
            "then $g(a) = 0$.",
            "Start with coins: write the difference of both sides as a function of $b$.",
        ),
        Step(
            "$g'(b) = (b - a)\\left(\\frac{1}{b(1 - b)} - 4\\right)$.",
            "Differentiate; both parts have the factor $b - a$.",
        ),
        Step(
            "$b(1 - b) \\le \\frac14$, so the bracket is not negative: $g$ falls up to $b = a$ "
            "and rises from there. Hence $g \\ge 0$.",
            "What is the largest value of $b(1 - b)$?",
        ),
        Step(
            "For any $p, q$ let $A = \\{x: p(x) > q(x)\\}$. Merging the outcomes into $A$ and "
            "not-$A$ never raises the divergence, and leaves the total variation as it is: "
            "$\\mathrm{TV} = p(A) - q(A)$.",
            "Which two-outcome question keeps all of the total variation?",
        ),
        Step(
            "So $D(p‖q) \\ge D(\\text{coin } p(A)‖\\text{coin } q(A)) \\ge 2 (p(A) - q(A))^2 = "
            "2\\,\\mathrm{TV}^2$.",
            "Put the two halves together.",
        ),
    ],
    why="The data-processing inequality reduces every pair to two coins, and for coins it is "
    "calculus.",
)

stuck = Choice(
    "fdiv-stuck",
    stars=2,
    minutes=3,
    question="All images of a young generator are obviously fake, and the discriminator is "
    "perfect: no image is possible under both distributions. The generator changes all "
    "its images a little; they are still obviously fake. What happens to the "
    "Jensen–Shannon divergence?",
    options=[
        Option(
            "it falls if the images look a little more real",
            "No f-divergence knows what resembles what: it sees probabilities, not pixels.",
        ),
        Option(
            "it stays at one bit",
            "Two distributions without a common outcome are one bit "
            "apart, however the outcomes look. A constant has no gradient.",
            right=js_divergence([1, 0, 0], [0, 1, 0]) == js_divergence([1, 0, 0], [0, 0, 1]),
        ),
        Option(
            "it is infinite, as the KL divergence is",
            "Both are compared with their average, so it is bounded.",
        ),
        Option("it falls to zero", "That needs equal distributions."),
    ],
    hint=[
        "What does the formula know about an outcome, besides its two probabilities?",
        "$D_{\\mathrm{JS}} = \\frac12 D(p‖m) + \\frac12 D(q‖m)$ with $m = \\frac12 (p + q)$.",
        "Where $q = 0$ the average is $m = p/2$, and each such outcome adds $\\frac12 p \\log_2 2$.",
    ],
    solution="This is why a discriminator that is *too* good stops the minimax game, and one reason "
    "for the non-saturating loss.",
)


def my_js(p, q):
    """Return the Jensen–Shannon divergence of p and q in bits."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    both = p + q  # twice the average; a half of the least double would be zero

    def from_mean(r):
        there = r > 0
        return np.sum(r[there] * np.log2(2 * r[there] / both[there]))

    return (from_mean(p) + from_mean(q)) / 2


def _natural(p, q):
    return js_divergence(p, q, base=math.e)


def _from_entropies(p, q):
    m = np.add(p, q) / 2
    return -np.sum(m * np.log2(m)) - (entropy(p) + entropy(q)) / 2


def _root(p, q):
    return math.sqrt(js_divergence(p, q))


def _sum_of_both(p, q):
    return 2 * js_divergence(p, q)


def _without_zeros(p, q):
    p, q = np.asarray(p, float), np.asarray(q, float)
    m = (p + q) / 2
    return np.sum(p * np.log2(p / m) + q * np.log2(q / m)) / 2


_BITS = "It is in bits, and it is the divergence, not its root and not twice it."
_NEITHER = "An outcome that neither of them shows adds nothing."
_ZEROS = "Outcomes that one of the two never shows are allowed."

code = Code(
    "fdiv-code",
    stars=2,
    minutes=10,
    question="Write `my_js(p, q)`: the Jensen–Shannon divergence of two vectors of probabilities, "
    "in bits.",
    solution=my_js,
    reference=js_divergence,
    cases=[
        Case(_BITS, (np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.4, 0.4]))),
        Case("Equal distributions give zero.", (np.array([0.25, 0.75]), np.array([0.25, 0.75]))),
        Case(_ZEROS, (np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.5, 0.5]))),
        Case(_NEITHER, (np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.75, 0.0]))),
        Case(
            "Without a common outcome it is one bit.", (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
        ),
    ],
    mistakes=[
        Slip(_natural, _BITS),
        Slip(_root, _BITS),
        Slip(_sum_of_both, _BITS),
        Slip(_without_zeros, _ZEROS),
        Slip(_from_entropies, _NEITHER),
    ],
    hint=[
        "Where is the average $m$ zero, and what is added there?",
        "Each half is $\\sum p \\log_2 \\frac pm$ over the outcomes with $p > 0$.",
        "Begin with `m = (p + q) / 2` and `seen = p > 0`.",
    ],
    why="Each half is a divergence from the average, which is never zero where it counts.",
    call="exercises.code.check(my_js)",
)
