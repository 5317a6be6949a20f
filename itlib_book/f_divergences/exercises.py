"""The exercises of the chapter on Jensen–Shannon and the f-divergences."""

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
from itlib import f_divergence, js_divergence, kl_divergence, total_variation
from itlib_book.shared.common_mistakes import nats_for_bits, percent_for_fraction

FAIR, SURE = np.array([0.5, 0.5]), np.array([1.0, 0.0])
_JS = js_divergence(FAIR, SURE)

fair_or_sure = Number(
    "fdiv-fair-or-sure",
    stars=1,
    minutes=4,
    unit="bits",
    question="How large is the Jensen–Shannon divergence between a fair coin, "
    "$p = (1/2, 1/2)$, and a coin with heads on both sides, $q = (1, 0)$?",
    answer=_JS,
    why="Both coins are compared with the average $m = (3/4, 1/4)$, which forbids nothing that "
    "either of them allows.",
    mistakes=[
        nats_for_bits(_JS),
        Mistake(math.sqrt(_JS), "That is the square root, the Jensen–Shannon *distance*."),
        Mistake(
            math.sqrt(js_divergence(FAIR, SURE, base=math.e)),
            "That is the square root, and of nats: two steps away from the divergence.",
        ),
        Mistake(2 * _JS, "You added the two divergences from the average; each has the weight ½."),
        Mistake(
            kl_divergence(FAIR, (FAIR + SURE) / 2),
            "That is $D(p‖m)$ alone. The other coin counts as well.",
        ),
        Mistake(
            kl_divergence(SURE, (FAIR + SURE) / 2),
            "That is $D(q‖m)$ alone. The other coin counts as well.",
        ),
        Mistake(
            math.inf,
            "$D(p‖q)$ is infinite here. But neither coin is compared with the "
            "other: both are compared with their average.",
            tolerance=0,
        ),
        Mistake(kl_divergence(SURE, FAIR), "That is $D(q‖p)$; no average is in it."),
    ],
    hint="Neither coin is compared with the other. What is the average of the two?",
    solution=f"$D(p‖m) = {kl_divergence(FAIR, (FAIR + SURE) / 2):.4f}$ and $D(q‖m) = \\log_2 "
    f"\\frac43 = {kl_divergence(SURE, (FAIR + SURE) / 2):.4f}$ bits; their mean is "
    f"{_JS:.4f} bits.",
)

_TV = total_variation(FAIR, SURE)

guess = Number(
    "fdiv-guess",
    stars=1,
    minutes=3,
    unit="",
    question="I take one of the two coins of the last exercise, fair or two-headed, at random, "
    "toss it once and show you the result. With which probability do you name the coin "
    "rightly, if you guess as well as possible?",
    answer=(1 + _TV) / 2,
    why="The best guess is right with the probability $(1 + \\mathrm{TV})/2$.",
    mistakes=[
        Mistake(
            _TV,
            "So often a guess without looking is right already. How much does the toss help? "
            "(One half is also the total variation.)",
        ),
        Mistake(
            (1 - _TV) / 2,
            "That is how often tails come up, and also how often the best guess is *wrong*.",
        ),
        Mistake(2 * _TV, "That is the sum $\\sum |p - q|$; and could anybody be right always?"),
        Mistake(
            2 / 3,
            "That is how likely the two-headed coin is once you have seen heads. "
            "Tails happen too, and then you are sure.",
        ),
        percent_for_fraction((1 + _TV) / 2),
    ],
    hint="Tails give the coin away. What do you say for heads, and how often are you right then?",
    solution="You see tails one time in four, and are sure. You see heads three times in four, "
    "and say “two-headed”, which is right two times in three. Together "
    f"$\\frac14 + \\frac34 \\cdot \\frac23 = {(1 + _TV) / 2:.2f}$.",
)

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
    hint="Two limits: $f(0)$, and $f(t)/t$ for $t \\to \\infty$.",
    solution="$f(0) = -\\ln \\frac12 = \\ln 2$. For large $t$, $f(t)/t \\to \\ln t - "
    "\\ln \\frac t2 = \\ln 2$. "
    f"The sum is $2 \\ln 2 = {f_divergence(*_APART, _printed_js):.4f}$ nats: "
    "twice the Jensen–Shannon divergence, everywhere and not only here.",
)

_A, _B = np.array([0.6, 0.4]), np.array([0.9, 0.1])
_OTHER_ORDER = float(np.sum(_A * (_B / _A) * np.log(_B / _A)))

convention = Choice(
    "fdiv-convention",
    stars=2,
    minutes=3,
    question="A library defines $D_f = \\sum p\\, f(q/p)$. You give it $f(t) = t \\log t$. "
    "What does it compute?",
    options=[
        Option(
            "D(p‖q)",
            "That is what $\\sum q\\, f(p/q)$ would give. Put $t = q/p$ in and cancel.",
            right=math.isclose(_OTHER_ORDER, kl_divergence(_A, _B, base=math.e)),
        ),
        Option(
            "D(q‖p)",
            "$p \\cdot \\frac qp \\log \\frac qp = q \\log \\frac qp$: the other direction.",
            right=math.isclose(_OTHER_ORDER, kl_divergence(_B, _A, base=math.e)),
        ),
        Option(
            "−D(p‖q)",
            "An f-divergence of a convex $f$ with $f(1) = 0$ is never negative, in "
            "either convention.",
        ),
        Option("nothing sensible", "It is a divergence all right; but which one?"),
    ],
    hint="Write the term of one outcome with $t = q/p$.",
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
    hint="Two conditions: the value at $t = 1$, and the way the curve bends.",
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
    hint="Bounded ones are small. Of the unbounded ones ask how fast $f(t)$ grows with $t$.",
    why="The faster $f$ grows, the more a ratio of five hundred costs.",
    solution="; ".join(
        f"{text}: {f_divergence(_TRUTH, _RARE, name):.4f}" for text, name in _MEASURES.items()
    )
    + ".",
)

_SMALL = 0.02

pinsker_number = Number(
    "fdiv-pinsker-number",
    stars=2,
    minutes=4,
    unit="",
    question="A model $q$ has reached $D(p‖q) = 0.02$ *nats*. How far apart can the probabilities "
    "be, at most, that $p$ and $q$ give to the same event, by Pinsker's inequality?",
    answer=math.sqrt(_SMALL / 2),
    why="The largest difference over all events is the total variation, and Pinsker bounds it by "
    "$\\sqrt{D/2}$ with $D$ in nats.",
    mistakes=[
        Mistake(
            math.sqrt(_SMALL * math.log(2) / 2), "You took 0.02 for bits; the question says nats."
        ),
        Mistake(
            math.sqrt(_SMALL / 2 / math.log(2)),
            "Pinsker's inequality in this form needs nats; you turned 0.02 into bits first.",
        ),
        Mistake(
            math.sqrt(2 * _SMALL),
            "That bounds $\\sum |p - q|$, which is twice the total variation.",
        ),
        Mistake(_SMALL / 2, "Do not forget the root."),
        Mistake(math.sqrt(_SMALL), "Pinsker's inequality has a 2: $D \\ge 2\\,\\mathrm{TV}^2$."),
    ],
    hint="$D(p‖q) \\ge 2\\,\\mathrm{TV}^2$ nats.",
    solution=f"$\\mathrm{{TV}} \\le \\sqrt{{0.02/2}} = {math.sqrt(_SMALL / 2):.2f}$. "
    "The best guesser of the chapter's game would be right at most "
    f"{50 * (1 + math.sqrt(_SMALL / 2)):.0f} % of the time.",
)

_COUNTS = np.array([15, 8, 12, 9, 6, 10])
_FREQUENCIES, _DIE = _COUNTS / _COUNTS.sum(), np.full(6, 1 / 6)
_CHI = f_divergence(_FREQUENCIES, _DIE, "chi_squared")

fit = Number(
    "fdiv-fit",
    stars=1,
    minutes=5,
    unit="",
    tolerance=0.005,
    question=f"A die shows its six faces {', '.join(map(str, _COUNTS[:-1]))} and {_COUNTS[-1]} "
    f"times in {_COUNTS.sum()} throws. How large is Pearson's statistic of goodness of "
    "fit to a fair die, $\\sum (\\text{observed} - \\text{expected})^2 / "
    "\\text{expected}$?",
    answer=_COUNTS.sum() * _CHI,
    why="It is the number of throws times the χ² divergence of the frequencies from the fair die.",
    mistakes=[
        Mistake(
            _CHI,
            "That is the χ² divergence of the frequencies. The statistic is as many "
            "times larger as there are throws.",
        ),
        Mistake(
            _COUNTS.sum() * f_divergence(_DIE, _FREQUENCIES, "chi_squared"),
            "You divided by the observed counts. The expected ones stand below.",
        ),
        Mistake(
            float(np.sum((_COUNTS - 10) ** 2)), "Each square is divided by the expected count."
        ),
        Mistake(
            2 * _COUNTS.sum() * kl_divergence(_FREQUENCIES, _DIE, base=math.e),
            "That is the G statistic, $2 n D$ in nats: close, since χ² and $2D$ agree for small "
            "differences, but another statistic.",
        ),
    ],
    hint=f"Expected are {_COUNTS.sum() // 6} of each face.",
    solution=f"The squares add up to {np.sum((_COUNTS - 10) ** 2)}, and a tenth of that is "
    f"{_COUNTS.sum() * _CHI:.1f}. As a divergence: $n\\,\\chi^2 = {_COUNTS.sum()} \\cdot "
    f"{_CHI:.4f}$.",
)

nonnegative = Derivation(
    "fdiv-nonnegative",
    stars=2,
    minutes=6,
    question="Prove that $D_f(p, q) = \\sum_x q(x) f(p(x)/q(x)) \\ge 0$ for every convex $f$ with "
    "$f(1) = 0$ (let $q > 0$ everywhere), and that merging two outcomes into one never "
    "makes it larger.",
    hint="An average of $f$ over $q$. Which inequality goes with averages of convex functions?",
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
    hint="Every $x$ can be treated alone. Maximise $a \\ln y + b \\ln(1 - y)$.",
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
    solution="For any other $d$ the value is smaller, so what a generator sees is then less than "
    "$-\\ln 4 + 2\\,D_{\\mathrm{JS}}$.",
)

pinsker = Derivation(
    "fdiv-pinsker",
    stars=3,
    minutes=15,
    question="Prove Pinsker's inequality, $D(p‖q) \\ge 2\\,\\mathrm{TV}(p, q)^2$ nats.",
    hint="First for two coins, by a derivative. Then merge all outcomes into two.",
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
    hint="What does the formula know about an outcome, besides its two probabilities?",
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


def _root(p, q):
    return math.sqrt(js_divergence(p, q))


def _sum_of_both(p, q):
    return 2 * js_divergence(p, q)


def _without_zeros(p, q):
    p, q = np.asarray(p, float), np.asarray(q, float)
    m = (p + q) / 2
    return np.sum(p * np.log2(p / m) + q * np.log2(q / m)) / 2


_BITS = "It is in bits, and it is the divergence, not its root and not twice it."
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
        Case(
            "Without a common outcome it is one bit.", (np.array([1.0, 0.0]), np.array([0.0, 1.0]))
        ),
    ],
    mistakes=[
        Slip(_natural, _BITS),
        Slip(_root, _BITS),
        Slip(_sum_of_both, _BITS),
        Slip(_without_zeros, _ZEROS),
    ],
    hint="The average $m$ is zero only where both are; mask each sum by its own distribution.",
    why="Each half is a divergence from the average, which is never zero where it counts.",
    call="exercises.code.check(my_js)",
)
