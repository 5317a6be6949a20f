"""The exercises of the chapter on evidence and testing."""

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
from itlib import kl_divergence, mutual_information, normalize
from itlib.hypotheses import (
    chernoff_information,
    growth_rate,
    information_projection,
    kt_code_length,
    log_type_probability,
    neyman_pearson,
    nml_regret,
)
from itlib_book.evidence_and_testing.data import (
    TESTS,
    factor_for_fair,
    mixture_parameters,
    p_value,
    stopped,
)
from itlib_book.shared.coins import coin
from itlib_book.shared.common_mistakes import base_ten_for_bits, bits_for_nats, nats_for_bits

NEVER_NEGATIVE = Limit("A number of bits is never negative here.", below=0.0)
PROBABILITY = [
    Limit("A probability is never negative.", below=0.0),
    Limit("A probability is at most 1.", above=1.0),
]
SHARE = [
    Limit("A share of your wealth is at least 0.", below=0.0),
    Limit("A share of your wealth is at most 1.", above=1.0),
]

# ---- predictions ----

_PEEKED = float(stopped(TESTS[0], 0.5, 1)[0][-1])

guess_peeking = Prediction(
    "ev-peeking",
    question="A thousand tosses of a *fair* coin. After each toss, from the tenth on, she computes a "
    "two-sided p-value, by the normal curve: the probability that a fair coin comes out at least as "
    "far from half heads. She stops as soon as it is below 0.05. Of a hundred fair coins, how many "
    "does she call bent?",
    unit="coins",
    happens=100 * _PEEKED,
    saw="Each look has its own chance to go wrong, and there are many looks. With the second choice, "
    "*likelihood ratio of 20*, he looks as often and is wrong for fewer than five in a hundred, "
    "however often he looks. The sequential test also says when a coin is fair. Move "
    "the coin to 0.6: all three find nearly every bent coin, after different numbers of tosses.",
)

_C, _DIVERGENCE = (
    chernoff_information(coin(0.1), coin(0.4)).value,
    kl_divergence(coin(0.1), coin(0.4)),
)
_EXPONENT_OPTIONS = (
    "The misses: their exponent is the larger one.",
    "The best decision: it balances both errors.",
    "Both the same: one pair of coins has one exponent.",
)

guess_exponents = Prediction(
    "ev-exponents",
    question="Two coins, either of which may show heads or tails, are told apart by $n$ tosses. One "
    "statistician fixes false alarms at 5 % and watches how fast the misses fall. Another takes the "
    "decision with the least error at even odds, and watches that error. Whose errors fall faster, "
    "in the long run?",
    options=list(_EXPONENT_OPTIONS),
    happens=_EXPONENT_OPTIONS[0 if _DIVERGENCE > _C else 1],
    saw="The misses may fall faster because the false alarms do not have to fall at all. Whoever "
    "wants both errors small gets the green limit, which lies below both divergences. Exchange the "
    "coins: the green limit stays, and the orange one changes, unless one coin shows heads as often as "
    "the other shows tails. Both curves come slowly near their limits.",
)

_HALF = growth_rate(coin(0.6), [2, 0], [0.5, 0])
_KELLY_OPTIONS = ("It grows.", "It stays about where it is.", "It shrinks.")

guess_kelly = Prediction(
    "ev-kelly",
    question="A coin that you know to show heads six times in ten pays even odds. You bet half of "
    "your wealth on heads, again and again. Each bet raises your expected wealth by a tenth. What "
    "does the wealth of nearly every player do in the long run?",
    options=list(_KELLY_OPTIONS),
    happens=_KELLY_OPTIONS[0 if _HALF > 0.005 else 2 if _HALF < -0.005 else 1],
    saw="Half is too much: three wins and two losses, the usual share, leave less than before. "
    "The expectation is "
    "carried by a few players with incredible luck. Growth is largest at a fifth, and "
    "with all at stake the first loss is the last. Where the odds are against you (move the "
    "chance to 0.4) the best stake is none.",
)

# ---- evidence adds up ----

_DECIBANS = 10 * (12 * math.log10(0.6 / 0.5) + 8 * math.log10(0.4 / 0.5))


decibans = Number(
    "ev-decibans",
    stars=1,
    minutes=3,
    unit="decibans",
    tolerance=0.01,
    question="Twenty tosses show 12 heads. How many decibans do they give for a coin of 0.6 against a "
    "fair one? (A deciban is a tenth of a ban, and a ban belongs to $\\log_{10}$.)",
    answer=_DECIBANS,
    why="Twelve heads give 0.79 decibans each, and eight tails take away 0.97 each.",
    mistakes=[
        Mistake(_DECIBANS / 10, "Those are bans. A deciban is a tenth of one."),
        Mistake(_DECIBANS * math.log2(10) / 10, "That is the evidence in bits."),
        Mistake(_DECIBANS * math.log(10) / 10, "That is the evidence in nats."),
        Mistake(
            10 * 12 * math.log10(0.6 / 0.5),
            "You counted the heads only. Tails speak too, against the bent coin.",
        ),
        Mistake(-_DECIBANS, "The size is right: this is the evidence for the fair coin."),
    ],
    hint=[
        "What does one head say, and what one tail?",
        "Sum over tosses of $10 \\log_{10} \\frac{P_1(x)}{P_0(x)}$.",
        "One head gives $10 \\log_{10} \\frac{0.6}{0.5}$ decibans.",
    ],
    solution=f"$9.50 - 7.75 = {_DECIBANS:.2f}$ decibans: hardly anything.",
)

# ---- the best test ----

_THREE = neyman_pearson(0.5, 0.8, 3, 0.2)

level = Number(
    "ev-level",
    stars=2,
    minutes=5,
    tolerance=0.0005,
    question="A fair coin is tested against one that shows heads eight times in ten, with three tosses "
    "and a level of 0.2. What is the least probability to miss the second coin?",
    answer=_THREE,
    why="Three heads use up 0.125 of the level; the rest, 0.075, is spent on a fifth of the cases "
    "with two heads.",
    mistakes=[
        Mistake(1 - _THREE, "That is the probability to find it."),
        Mistake(
            1 - 0.8**3,
            "You reject for three heads only. That uses 0.125 of the level; the rest may be used too.",
        ),
        Mistake(
            1 - 0.8**3 - 3 * 0.8**2 * 0.2,
            "You reject for two heads as well: a fair coin does that far too often.",
        ),
        Mistake(0.8, "That is the miss of a test that does not look at the coin."),
    ],
    limits=PROBABILITY,
    hint=[
        "Which outcome speaks most clearly for the second coin, and which comes next?",
        "Reject for the first, and for the second with the probability that uses up the level.",
        "$P_0(3) = \\frac18$; $P_0(2) = \\frac38$; so reject two heads with probability "
        "$(0.2 - \\frac18) / \\frac38$.",
    ],
    solution=f"$1 - 0.512 - 0.2 \\cdot 0.384 = {_THREE:.4f}$.",
)

# ---- types ----


def _strings(a, b, c):
    n = a + b + c
    found = round(2 ** (log_type_probability([a, b, c], [1 / 3] * 3) + n * math.log2(3)))
    return Number(
        "ev-strings",
        stars=1,
        minutes=3,
        unit="strings",
        tolerance=0,
        question=f"How many strings of {n} letters have {a} times a, {b} times b and {c} times c?",
        answer=found,
        why=f"The letters can be ordered in ${n}!$ ways, and equal ones can be exchanged.",
        mistakes=[
            Mistake(math.factorial(n), "Equal letters can be exchanged without a new string."),
            Mistake(3**n, "Those are all strings of this length, whatever their counts."),
            Mistake(
                math.comb(n, a),
                "Those are the places of the letters a. The others have b and c to share.",
            ),
            Mistake(
                math.comb(n + 2, 2), "That is how many *types* there are, not the strings of one."
            ),
        ],
        limits=[
            Limit("One string at least has these counts.", below=1),
            Limit(f"There are ${3**n}$ strings of this length in all.", above=3**n),
        ],
        hint=[
            "Place the letters a first, then b among what is left.",
            "$n! / \\prod c!$.",
            f"There are $\\binom{{{n}}}{{{a}}}$ ways to place the letters a.",
        ],
        solution=f"${math.comb(n, a)} \\cdot {math.comb(b + c, b)} = {found}$.",
    )


strings = varied(
    _strings,
    [(5, 3, 2), (4, 3, 3), (6, 2, 2), (5, 2, 2), (4, 4, 2), (3, 3, 3), (7, 2, 3), (6, 3, 2), (4, 2, 3),
     (8, 2, 2)],
)  # fmt: skip

# ---- Sanov ----

_DIE = [1 / 6] * 6
_FACES = np.arange(1, 7)
_HIGH, _TILT = information_projection(_DIE, _FACES, 4.5)
_HIGH_BITS = kl_divergence(_HIGH, _DIE)
_Z = float(np.mean(np.exp(_TILT * _FACES)))

die = Number(
    "ev-die",
    stars=2,
    minutes=6,
    unit="bits per throw",
    tolerance=0.0005,
    question="A fair die is thrown $n$ times, and the average of the throws is 4.5 or more. At which "
    "rate does the probability of this fall, in bits per throw? (Use `information_projection`.)",
    answer=_HIGH_BITS,
    why="The cheapest way to a mean of 4.5 is a die tilted by the same factor from face to face.",
    mistakes=[
        nats_for_bits(_HIGH_BITS),
        base_ten_for_bits(_HIGH_BITS),
        Mistake(
            _TILT, "That is the tilt $\\lambda$. The rate is the divergence of the tilted die."
        ),
        Mistake(
            kl_divergence(_DIE, _HIGH),
            "You swapped the arguments: what is seen comes first, what is true second.",
        ),
        Mistake(
            kl_divergence([0, 0, 0, 0.5, 0.5, 0], _DIE),
            "Fours and fives alone have this mean too, but another die with that mean is closer.",
        ),
    ],
    limits=[NEVER_NEGATIVE],
    hint=[
        "Which die with that mean is closest to the fair one?",
        "$p(x) \\propto q(x) e^{\\lambda x}$ with $\\lambda$ such that the mean is 4.5; then "
        "$D(p‖q)$.",
        "`p, tilt = information_projection([1/6] * 6, range(1, 7), 4.5)`.",
    ],
    solution=f"The mean of $p$ is 4.5 for $\\lambda = {_TILT:.4f}$, and then "
    f"$Z = \\sum_x \\frac16 e^{{\\lambda x}} = {_Z:.4f}$. As $\\ln \\frac{{p(x)}}{{q(x)}} = \\lambda x - "
    f"\\ln Z$, its mean under $p$ is $4.5 \\lambda - \\ln Z$, and $D(p‖q) = ({4.5 * _TILT:.5f} - "
    f"{math.log(_Z):.5f}) / {math.log(2):.5f} = {_HIGH_BITS:.4f}$ bits per throw.",
)

# ---- Stein ----


def _stein(p0, p1):
    null, other = coin(p0), coin(p1)
    rate = kl_divergence(null, other)
    return Number(
        "ev-stein",
        stars=2,
        minutes=4,
        unit="bits per toss",
        tolerance=0.0005,
        question=f"The null is a coin of {p0}, the alternative one of {p1}. False alarms are held at "
        "1 %. At which rate do the misses of the best test fall, for long series?",
        answer=rate,
        why="A miss is a coin of $P_1$ that looks like the null: what is seen, the null, comes first.",
        mistakes=[
            Mistake(
                kl_divergence(other, null),
                "That is $D(P_1‖P_0)$, the rate of *false alarms* when the misses are held fixed.",
            ),
            Mistake(
                chernoff_information(null, other).value,
                "That is about the Chernoff information, for whoever wants both errors to fall.",
            ),
            Mistake(
                0.99 * rate,
                "The level does not show in the rate, however small it is.",
            ),
            nats_for_bits(rate),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "When does one miss: which coin is tossed, and what do its tosses look like?",
            "Tosses of $P_1$ that look like $P_0$ have the exponent $D(P_0‖P_1)$.",
            f"The heads add ${p0} \\log_2 \\frac{{{p0}}}{{{p1}}}$.",
        ],
        solution=f"$D(P_0‖P_1) = {p0} \\log_2 \\frac{{{p0}}}{{{p1}}} + {1 - p0:g} \\log_2 "
        f"\\frac{{{1 - p0:g}}}{{{1 - p1:g}}} = {rate:.4f}$ bits per toss. The level of 1 % plays no part.",
    )


stein = varied(
    _stein,
    [(0.4, 0.1), (0.6, 0.2), (0.1, 0.4), (0.3, 0.6), (0.7, 0.2), (0.9, 0.7), (0.15, 0.45),
     (0.8, 0.3), (0.6, 0.9), (0.2, 0.6)],
)  # fmt: skip

# ---- Chernoff ----

_P, _Q = coin(0.05), coin(0.5)
_BHATTACHARYYA = -math.log2(float(np.sqrt(_P * _Q).sum()))
_C_FIVE, _WEIGHT = chernoff_information(_P, _Q)
_FIVE = {
    "the Bhattacharyya distance $-\\log_2 \\sum \\sqrt{P_0 P_1}$": _BHATTACHARYYA,
    "the Chernoff information": _C_FIVE,
    "$D(P_0‖P_1)$": kl_divergence(_P, _Q),
    "$D(P_1‖P_0)$": kl_divergence(_Q, _P),
    "the square of the total variation": 0.45**2,
}

order = Ordering(
    "ev-order",
    stars=2,
    minutes=5,
    question="$P_0$ shows heads once in twenty tosses, $P_1$ is fair. Order these numbers (in "
    "bits, but for the square of the total variation).",
    items=[
        Item(text, value)
        for text, value in sorted(_FIVE.items(), key=lambda pair: pair[0], reverse=True)
    ],
    direction="the smallest first",
    mistakes=[
        Swap(
            "the Chernoff information",
            "the Bhattacharyya distance $-\\log_2 \\sum \\sqrt{P_0 P_1}$",
            "The Chernoff information is the largest of a family to which Bhattacharyya belongs.",
        ),
        Swap(
            "$D(P_0‖P_1)$",
            "the Chernoff information",
            "The Chernoff information is below both divergences.",
        ),
    ],
    hint=[
        "Which of these is the largest of a family in which another one is?",
        "$-\\log_2 \\sum \\sqrt{P_0 P_1} \\le C \\le \\min(D(P_0‖P_1), D(P_1‖P_0))$.",
        "$D(P_0‖P_1) = 1 - h(0.05)$, and in $D(P_1‖P_0)$ the logarithm of $0.5/0.05$ counts by half.",
    ],
    why="Bhattacharyya takes the weight one half, Chernoff the best weight, and a divergence is what "
    "one error can reach if the other is merely held.",
    solution=f"From the smallest: $0.45^2 = {0.45**2:.4f}$; "
    f"$-\\log_2 (\\sqrt{{0.05 \\cdot 0.5}} + \\sqrt{{0.95 \\cdot 0.5}}) = {_BHATTACHARYYA:.4f}$; $C = {_C_FIVE:.4f}$, "
    f"at the weight {_WEIGHT:.2f}; $D(P_0‖P_1) = 1 - h(0.05) = {kl_divergence(_P, _Q):.4f}$; $D(P_1‖P_0) = "
    f"0.5 \\log_2 \\frac{{0.5}}{{0.05}} + 0.5 \\log_2 \\frac{{0.5}}{{0.95}} = {kl_divergence(_Q, _P):.4f}$.",
)

# ---- Wald ----


def _walls(alpha, beta):
    wall = math.log((1 - beta) / alpha)
    return Number(
        "ev-walls",
        stars=1,
        minutes=3,
        unit="nats",
        tolerance=0.005,
        question=f"A sequential test shall accept $P_1$ wrongly in at most about {alpha:.0%} of cases, and "
        f"$P_0$ wrongly in {beta:.0%}. At which value of $\\ln P_1/P_0$ does it accept $P_1$, by Wald's "
        "rule?",
        answer=wall,
        why=f"$P_1$ is accepted once the data are ${1 - beta:.2f} / {alpha}$ times as likely under it as "
        "under $P_0$.",
        mistakes=[
            Mistake(
                math.log((1 - alpha) / beta),
                "That is the size of the lower wall, or this one with the two errors exchanged.",
            ),
            Mistake(
                math.log(beta / (1 - alpha)), "That is the lower wall, at which $P_0$ is accepted."
            ),
            Mistake(
                -wall, "The size is right. The ratio is $P_1/P_0$, and $P_1$ is accepted above."
            ),
            Mistake(
                -math.log(alpha),
                "That is $\\ln 1/\\alpha$: safe however one stops, by Ville, and higher than Wald's.",
            ),
            bits_for_nats(wall),
        ],
        limits=[Limit("$P_1$ is accepted where the data speak for it: above 0.", below=0.0)],
        hint=[
            "How often does the test stop at this wall under $P_1$, and how often under $P_0$?",
            "$\\ln \\frac{1 - \\beta}{\\alpha}$, where $\\alpha$ is the error under $P_0$.",
            f"Here $\\alpha = {alpha}$ and $\\beta = {beta}$.",
        ],
        solution=f"$\\ln \\frac{{{1 - beta:g}}}{{{alpha}}} = {wall:.3f}$ nats; the lower wall is "
        f"$\\ln \\frac{{{beta}}}{{{1 - alpha:g}}} = {math.log(beta / (1 - alpha)):.3f}$.",
    )


walls = varied(
    _walls,
    [(0.1, 0.2), (0.05, 0.2), (0.02, 0.1), (0.1, 0.05), (0.01, 0.05), (0.01, 0.1), (0.05, 0.1),
     (0.2, 0.1), (0.02, 0.2), (0.01, 0.2)],
)  # fmt: skip

anytime = Choice(
    "ev-anytime",
    stars=2,
    minutes=3,
    question="Which of these may be looked at after every toss, and reported at any moment, with at "
    "most 5 % false alarms in all?",
    options=[
        Option(
            "A p-value below 0.05.",
            "Each look has its own chance to be wrong, and one wrong look is enough.",
        ),
        Option(
            "A p-value below 0.05 that was confirmed at the next toss.",
            "Neighbouring looks are nearly the same look, so that this helps little.",
        ),
        Option(
            "A wealth of 20, made from 1 by fair bets against the null, and without debts.",
            "Under the null the bets are fair, and wealth is a martingale that is never negative: by "
            "Ville's inequality it ever reaches 20 with a probability of at most 1/20.",
            right=True,
        ),
        Option(
            "A posterior of 95 % for the bent coin, from a prior of 95 %.",
            "It says so before the first toss.",
        ),
    ],
    hint=[
        "What is bounded over all moments at once?",
        "For a martingale that starts at 1 and is never negative: $P(\\text{ever} \\ge c) \\le "
        "\\frac1c$.",
        "Which of the four is such a martingale, if the coin is fair?",
    ],
    solution="Betting is a test: whoever becomes rich has evidence that the bets were not fair.",
)

# ---- Kelly ----


def _stake(p, odds):
    return p - (1 - p) / odds


_THREE_TO_ONE = _stake(0.4, 3)

last_step = Number(
    "ev-kelly-last-step",
    stars=1,
    minutes=3,
    tolerance=0.0005,
    question="You win with a chance of 0.4, at odds of three to one. A bet of the share $f$ makes 1 "
    "into $1 + 3f$ or into $1 - f$, so growth is $0.4 \\log_2 (1 + 3f) + 0.6 \\log_2 (1 - f)$. "
    "Its slope is zero where $\\frac{0.4 \\cdot 3}{1 + 3f} = \\frac{0.6}{1 - f}$. Which share is best?",
    answer=_THREE_TO_ONE,
    why="It is the edge, $0.4 \\cdot 3 - 0.6 = 0.6$, divided by the odds.",
    mistakes=[
        Mistake(
            0.4 - 0.6,
            "A share of your wealth is at least 0. If you took $2p - 1$: that is for even odds, "
            "and here a win pays three.",
        ),
        Mistake(
            0.4 * 3 - 0.6,
            "That is the edge: what a unit bet gains on average. Divide it by the odds.",
        ),
        Mistake(
            0.4,
            "That is the chance to win. It is the best share where the rest is bet on the other outcome.",
        ),
        Mistake(
            0.4 - 0.6 / 4, "A stake at three to one pays back four, but what is *won* is three."
        ),
    ],
    limits=SHARE,
    hint=[
        "How does one get rid of the fractions?",
        "Multiply by both denominators; the equation is then linear in $f$.",
        "$1.2 (1 - f) = 0.6 (1 + 3f)$.",
    ],
    solution=f"$f = 0.6 / 3 = {_THREE_TO_ONE:.1f}$.",
)


def _alone(p, odds):
    stake = _stake(p, odds)
    return Number(
        "ev-kelly-alone",
        stars=2,
        minutes=4,
        tolerance=0.0005,
        question=f"A horse wins with a chance of {p}, and the odds are {odds} to one. Which share of your "
        "wealth do you bet on it, to grow fastest?",
        answer=stake,
        why=f"$p - (1 - p)/b$ with $p = {p}$ and $b = {odds}$.",
        mistakes=[
            Mistake(p * odds - (1 - p), "That is the edge. Divide it by the odds."),
            Mistake(
                p - (1 - p) / (odds + 1),
                f"{odds} to one means that {odds} are won, and {odds + 1} paid back.",
            ),
            Mistake(2 * p - 1, "That is the rule for even odds."),
            Mistake(p, "Proportional betting is for those who bet all they have, on all horses."),
            Mistake(1, "It makes expected wealth largest, and the first loss ruins you."),
        ],
        limits=SHARE,
        hint=[
            "What becomes of 1 if the horse wins, and if it loses?",
            "The slope of $p \\ln (1 + bf) + (1 - p) \\ln (1 - f)$ is zero at $f = p - (1 - p)/b$.",
            f"Here $b = {odds}$, and a loss has the probability {1 - p:.2g}.",
        ],
        solution=f"$f = {p} - {1 - p:g}/{odds} = {stake:.4f}$.",
    )


alone = varied(
    _alone,
    [(0.4, 6), (0.55, 2), (0.24, 5), (0.3, 4), (0.65, 2), (0.2, 7), (0.45, 3), (0.35, 4),
     (0.15, 10), (0.7, 2)],
)  # fmt: skip

_TIP = np.array([[3, 1], [1, 3]]) / 8
_WORTH = mutual_information(_TIP)

tip = Number(
    "ev-tip",
    stars=2,
    minutes=4,
    unit="bits per race",
    tolerance=0.0005,
    question="Two horses win equally often. A friend names the winner, and is right three times in "
    "four, whichever of them wins. By how much does your growth rise, at most, for any odds, if all is "
    "bet in every race?",
    answer=_WORTH,
    why="A tip is worth what it tells about the winner.",
    mistakes=[
        Mistake(0.75, "That is how often the friend is right. A tip is worth its information."),
        Mistake(1.0, "It would be a whole bit if the friend were never wrong."),
        Mistake(1 - _WORTH, "That is how uncertain the winner still is, after the tip."),
        Mistake(0.75 * 2 - 1, "That is the stake of Kelly at even odds, not the growth."),
        nats_for_bits(_WORTH),
    ],
    limits=[
        NEVER_NEGATIVE,
        Limit("Which of two horses wins is one bit, and a tip tells no more.", above=1.0),
    ],
    hint=[
        "How much does the tip tell about the winner?",
        "Growth with the tip less growth without it is $I(\\text{tip}; \\text{winner})$.",
        "Without the tip the winner is uncertain by one bit. By how much with it?",
    ],
    solution=f"$I = 1 - h(0.75) = {_WORTH:.4f}$ bits per race, whatever the odds are.",
)

# ---- p-value and factor ----

_FOR_FAIR, _P_VALUE = factor_for_fair(5100, 10000), p_value(5100, 10000)

lindley = Choice(
    "ev-lindley",
    stars=2,
    minutes=3,
    question="5100 heads in 10,000 tosses: the p-value of a fair coin is below 0.05, and yet they are "
    "about ten times as likely from a fair coin as from one of unknown bias. Why?",
    options=[
        Option(
            "One of the two was computed wrongly.", "Both are exact; they answer two questions."
        ),
        Option(
            "The p-value asks how rare the data are if the coin is fair, the factor also asks how rare "
            "they are otherwise.",
            "Such data are rare under a fair coin, and rarer still under a bias that could be "
            "anything between 0 and 1.",
            right=_P_VALUE < 0.05 and _FOR_FAIR > 9,
        ),
        Option(
            "The factor is a prejudice, since it needs a prior for the bias.",
            "It does, and another prior gives another factor. But no prior spread over large "
            "biases finds these data likely.",
        ),
        Option(
            "10,000 tosses are too few for a p-value.",
            "It is exact for any number. With more tosses the two can part even farther.",
        ),
    ],
    hint=[
        "What would a coin of 0.51 be expected to show, and how much of the prior is near 0.51?",
        "A factor is a ratio of two probabilities of the same data.",
        "$P(5100 \\mid \\text{any bias alike}) = 1/10\\,001$.",
    ],
    solution=f"The p-value is {_P_VALUE:.3f}, the factor {_FOR_FAIR:.1f} for the fair coin: data that "
    "are surprising under one hypothesis can be more surprising under the other.",
)


def _g_test(n, bits):
    g = 2 * n * bits * math.log(2)
    return Number(
        "ev-g",
        stars=1,
        minutes=3,
        tolerance=0.005,
        question=f"{n} observations have empirical shares that diverge from the null by {bits} bits. "
        "What is the statistic $G$, to be compared with $\\chi^2$?",
        answer=g,
        why="$G = 2 n D$, with $D$ in nats.",
        mistakes=[
            Mistake(2 * n * bits, "That is $2nD$ with $D$ in bits. $\\chi^2$ wants nats."),
            Mistake(g / 2, "You forgot the 2."),
            Mistake(g / n, "You forgot the number of observations."),
            Mistake(2 * n * bits / math.log(2), "Bits become nats by *multiplying* by $\\ln 2$."),
        ],
        limits=[Limit("$G$ is never negative.", below=0.0)],
        hint=[
            "In which unit does the formula want its divergence?",
            "$G = 2 n D(T‖q)$ in nats.",
            f"The divergence is ${bits} \\ln 2$ nats.",
        ],
        solution=f"$G = 2 \\cdot {n} \\cdot {bits} \\cdot \\ln 2 = {g:.3f}$.",
    )


g_test = varied(
    _g_test,
    [(250, 0.02), (100, 0.07), (400, 0.01), (150, 0.03), (80, 0.06), (500, 0.012), (300, 0.025),
     (120, 0.045), (60, 0.11), (1000, 0.003)],
)  # fmt: skip

# ---- codes and criteria ----


def _laplace(n, ones):
    bits = math.log2((n + 1) * math.comb(n, ones))
    share = ones / n
    best = -n * (share * math.log2(share) + (1 - share) * math.log2(1 - share))
    return Number(
        "ev-laplace",
        stars=2,
        minutes=4,
        unit="bits",
        tolerance=0.005,
        question=f"A string of {n} digits has {ones} ones. How many bits does it cost in the code that "
        "predicts by Laplace's rule, $(c + 1)/(n + 2)$?",
        answer=bits,
        why="It costs as much to say first which count of ones, then which of the strings with this count.",
        mistakes=[
            Mistake(
                math.log2(math.comb(n, ones)),
                f"You left out how many ones there are: {n + 1} possible counts.",
            ),
            Mistake(float(n), "That is what a fair coin's code takes."),
            Mistake(best, "That is what the best coin would take, if the decoder knew it."),
            Mistake(
                kt_code_length([n - ones, ones]),
                "That is the code of Krichevsky and Trofimov. Laplace adds 1 to each count, not ½.",
            ),
            nats_for_bits(bits),
        ],
        limits=[NEVER_NEGATIVE],
        hint=[
            "In which order do the digits come, and does it matter?",
            "The product of the predictions is $\\frac{1}{n+1} / \\binom{n}{c}$.",
            f"There are $\\binom{{{n}}}{{{ones}}}$ strings with this count.",
        ],
        solution=f"$\\log_2 ({n + 1} \\cdot {math.comb(n, ones)}) = {bits:.3f}$ bits.",
    )


laplace = varied(
    _laplace,
    [(7, 2), (8, 3), (13, 2), (12, 2), (15, 3), (9, 2), (20, 4), (16, 3), (18, 4), (14, 2)],
)

_SCORES = {1: -2.0, 2: -1.9}
_BIC = {
    k: -2 * 500 * score + mixture_parameters(k, 1) * math.log(500) for k, score in _SCORES.items()
}
_SAVED = _BIC[1] - _BIC[2]

bic = Number(
    "ev-bic",
    stars=2,
    minutes=5,
    unit="nats",
    tolerance=0.05,
    question="On 500 numbers a library's `score`, the *mean* log-likelihood in nats, is −2.0 for one "
    "Gaussian (2 parameters) and −1.9 for a mixture of two (5 parameters). BIC is minus twice the "
    "log-likelihood of all data plus $k \\ln n$. By how much is the BIC of the mixture lower?",
    answer=_SAVED,
    why="Twice the log-likelihood gains 100, and three more parameters cost $3 \\ln 500$.",
    mistakes=[
        Mistake(
            2 * 0.1 - 3 * math.log(500),
            "You put the mean into the formula. BIC wants the sum over all data.",
        ),
        Mistake(100.0, "You forgot the penalty for three more parameters."),
        Mistake(50 - 3 * math.log(500), "You forgot the 2 before the log-likelihood."),
        Mistake(100 - 5 * math.log(500), "One Gaussian pays for its two parameters too."),
        Mistake(-_SAVED, "The size is right: the mixture has the *lower* BIC."),
        Mistake(_SAVED / 2, "That is a difference of code lengths in nats; BIC is twice as much."),
        Mistake(
            100 - 3 * math.log2(500), "BIC is in nats: the penalty takes the natural logarithm."
        ),
    ],
    hint=[
        "Is `score` a sum or a mean?",
        "$\\mathrm{BIC} = -2 n \\cdot \\text{score} + k \\ln n$.",
        "Minus twice the log-likelihood falls by $2 \\cdot 500 \\cdot 0.1$.",
    ],
    solution=f"$100 - 18.64 = {_SAVED:.2f}$ nats.",
)

# ---- many tests ----

_MANY = 2**10

many = Number(
    "ev-many",
    stars=1,
    minutes=2,
    unit="hypotheses",
    tolerance=0,
    question="Evidence of 10 bits looks strong, but it is that of the best of $m$ hypotheses. For which "
    "$m$ does the cost of looking use up all of it?",
    answer=_MANY,
    why="Looking at $m$ hypotheses costs $\\log_2 m$ bits.",
    mistakes=[
        Mistake(
            10, "Bits are a logarithm: each one halves, so that ten of them divide by far more."
        ),
        Mistake(100, "That would be 6.6 bits."),
        Mistake(math.exp(10), "That is for 10 nats.", tolerance=1),
        Mistake(10**10, "That is for 10 bans.", tolerance=1),
    ],
    limits=[Limit("One hypothesis at least was looked at.", below=1)],
    hint=[
        "What does it cost to look at $m$ hypotheses?",
        "It costs $\\log_2 m$ bits of evidence.",
        "$\\log_2 m = 10$.",
    ],
    solution=f"$2^{{10}} = {_MANY}$.",
)

# ---- prove ----

ville = Derivation(
    "ev-ville",
    stars=3,
    minutes=12,
    question="Let $M_n = \\prod_{i \\le n} P_1(x_i)/P_0(x_i)$ for independent outcomes $x_i$, and let $P_0$ "
    "be positive where $P_1$ is. Show that $E_0[M_n] = 1$, and that under $P_0$ the probability that $M_n$ *ever* reaches $c > 1$ "
    "is at most $1/c$.",
    hint=[
        "What is the mean of $M_n$ if the first $n - 1$ outcomes are known?",
        "$E_0[P_1(x)/P_0(x)] = \\sum_x P_1(x)$, over the outcomes that $P_0$ allows.",
        "Stop at the first moment at which $M_n \\ge c$, or at a fixed $N$.",
    ],
    steps=[
        Step(
            "$E_0[P_1(x)/P_0(x)] = \\sum_{x: P_0(x) > 0} P_0(x) P_1(x)/P_0(x) = 1$.",
            "Write the mean of one ratio as a sum.",
        ),
        Step(
            "Given the past, $E_0[M_n \\mid x_1 \\dots x_{n-1}] = M_{n-1} \\cdot 1$: a martingale, and so "
            "$E_0[M_n] = M_0 = 1$.",
            "Take the last factor out of the mean.",
        ),
        Step(
            "Let $T$ be the first $n \\le N$ with $M_n \\ge c$, or $N$ if there is none. Whether to stop "
            "is decided by the past, so $E_0[M_T] = 1$ as well: after stopping, nothing changes.",
            "Stop the game, and say why its mean is still 1.",
        ),
        Step(
            "$M_T \\ge 0$, and $M_T \\ge c$ if $c$ was reached by $N$. Hence $1 = E_0[M_T] \\ge c \\, "
            "P_0(c \\text{ is reached by } N)$.",
            "Use Markov's inequality on the stopped game.",
        ),
        Step(
            "The bound $1/c$ holds for every $N$, and the events grow with $N$, so it holds for *ever*.",
            "Let $N$ grow.",
        ),
    ],
    why="A fair game without debts is never better than fair, however one stops; so nobody can be sure "
    "to become rich in it.",
)

# ---- write ----


def my_nml(n):
    """Return log2 of the sum of the largest likelihoods of all strings of n zeros and ones."""
    total = 0.0
    for ones in range(n + 1):
        share = ones / n
        total += math.comb(n, ones) * share**ones * (1 - share) ** (n - ones)
    return math.log2(total)


def _types_once(n):
    shares = [ones / n for ones in range(n + 1)]
    return math.log2(sum(s ** (n * s) * (1 - s) ** (n - n * s) for s in shares))


def _in_nats(n):
    return my_nml(n) * math.log(2)


_ALL = "Every string counts, with its zeros and ones, not every number of ones."
_COUNTED = "A hundred digits have too many strings to list: they are counted by their ones."
_BITS = "The two strings of one digit have the largest probability 1 each: that is 1 bit."

nml = Code(
    "ev-nml",
    stars=2,
    minutes=10,
    question="Write `my_nml(n)`: the regret, in bits, of normalised maximum likelihood for strings of "
    "$n \\ge 1$ zeros and ones: $\\log_2$ of the sum, over all $2^n$ strings, of the largest probability that "
    "any coin gives to the string. It must do for a hundred digits, too many strings to list.",
    solution=my_nml,
    reference=nml_regret,
    cases=[
        Case(_BITS, (1,)),
        Case(_ALL, (2,)),
        Case(_ALL, (10,)),
        Case(_COUNTED, (100,)),
    ],
    mistakes=[Slip(_types_once, _ALL), Slip(_in_nats, _BITS)],
    hint=[
        "Which coin makes a string with $c$ ones most likely, and how many such strings are there?",
        "$\\sum_c \\binom{n}{c} \\left(\\frac{c}{n}\\right)^c \\left(\\frac{n - c}{n}\\right)^{n - c}$; in "
        "Python `0.0**0` is 1.",
        "In a loop over `ones in range(n + 1)` begin with `share = ones / n`.",
    ],
    call="exercises.nml.check(my_nml)",
    why="No code can promise less: this one has the same regret for all strings, and a code that has less "
    "for one of them has more for another.",
    remark="`itlib` uses Abel's identity, by which the sum is $\\sum_i n! / ((n-i)! \\, n^i)$: its terms "
    "shrink fast and never overflow.",
)

# ---- mixed ----

_COUNTS = np.array([18, 22, 30, 30])
_FIT = kl_divergence(normalize(_COUNTS), [0.25] * 4, base=math.e)

shares = Number(
    "ev-shares",
    stars=3,
    minutes=6,
    unit="bits",
    tolerance=0.01,
    question="A hundred people choose among four doors: 18, 22, 30 and 30 of them. By how many bits "
    "are these counts less likely, if all doors are alike, than under the shares that fit best?",
    answer=100 * _FIT / math.log(2),
    why="The log of the ratio of both likelihoods is $n D(T‖q)$: the ways to order the choices cancel.",
    mistakes=[
        Mistake(_FIT / math.log(2), "That is the divergence per person. There are a hundred."),
        Mistake(100 * _FIT, "That is $nD$ in nats."),
        Mistake(200 * _FIT, "That is $G$, which is twice $nD$, in nats."),
        Mistake(
            100 * kl_divergence([0.25] * 4, normalize(_COUNTS)),
            "You swapped the arguments: the mean is taken over what was seen.",
        ),
    ],
    limits=[NEVER_NEGATIVE],
    hint=[
        "What is the likelihood of all choices, in order, under shares $q$?",
        "$\\log_2 \\prod q_i^{c_i}$, once with $q_i = c_i/n$ and once with $\\frac14$: the difference is "
        "$n D(T‖q)$.",
        "The first door adds $18 \\log_2 \\frac{0.18}{0.25}$.",
    ],
    solution="$18 \\log_2 \\frac{0.18}{0.25} + 22 \\log_2 \\frac{0.22}{0.25} + 60 \\log_2 \\frac{0.3}{0.25} = "
    f"{100 * _FIT / math.log(2):.3f}$ bits. (And $G = 2nD$ in nats is {200 * _FIT:.2f}.)",
)

# ---- short ones, where they belong ----

_HALVED = 2.0 ** -(100 * kl_divergence([0.7, 0.3], [0.5, 0.5]))

rare = Choice(
    "ev-rare",
    stars=1,
    minutes=2,
    question="The exponent of “at least 70 % heads” is $D$ bits a toss. How does the probability for "
    "$2n$ tosses compare with that for $n$, when $n$ is large?",
    options=[
        Option("It is half as large.", "The exponent stands over a 2: what doubles is $nD$."),
        Option(
            "It is about its square, but for factors that change slowly.",
            f"$2^{{-2nD}}$ is the square of $2^{{-nD}}$; for $n = 100$ the latter is {_HALVED:.1e}.",
            right=True,
        ),
        Option(
            "It is the same: 70 % are 70 %.",
            "A share stays rare, and the more so the more is tossed.",
        ),
        Option(
            "It falls by the factor $2^{-D}$.",
            "That is what one toss more does on average, not $n$ of them.",
        ),
    ],
    hint=["What does the exponent multiply?", "Compare $2^{-nD}$ with $2^{-2nD}$."],
    solution="$2^{-2nD} = (2^{-nD})^2$, and the polynomial factor changes little beside it.",
)

product = Choice(
    "ev-product",
    stars=1,
    minutes=2,
    question="Two independent experiments give the e-values 4 and 6 against the same null. "
    "What is the strongest e-value that you may report for both?",
    options=[
        Option(
            "24, their product",
            "Under the null the mean of a product of independent numbers is the product of their "
            "means, at most 1.",
            right=True,
        ),
        Option("10, their sum", "Under the null its mean may be 2, and an e-value's is at most 1."),
        Option("6, the larger one", "To pick the larger is to look twice: its mean may exceed 1."),
        Option(
            "5, their mean",
            "That is an e-value as well, but a weaker one than another choice here.",
        ),
    ],
    hint=["What must the mean be under the null, at most?", "Of which combination is that sure?"],
    solution="The product: $E_0[E E'] = E_0[E]\\,E_0[E'] \\le 1$. The mean is allowed too, also for "
    "experiments that depend on each other, and is weaker here.",
)


def _watermark(rate, million):
    tokens = math.log2(million) / rate
    return Number(
        "ev-watermark",
        stars=1,
        minutes=3,
        tolerance=1,
        question=f"A watermark gives {rate:g} bits of evidence per token, on average. After about how "
        f"many tokens does the evidence reach {million:,} to one?",
        answer=tokens,
        why="Evidence adds up token by token, and in bits it is $\\log_2$ of the odds.",
        mistakes=[
            Mistake(
                math.log(million) / rate, "You took the odds in nats and the watermark in bits."
            ),
            Mistake(
                math.log10(million) / rate, "You took the odds in bans and the watermark in bits."
            ),
            Mistake(math.log2(million), "That is the evidence in bits. How many tokens bring it?"),
            Mistake(math.log2(million) * rate, "That is a product. Each token brings a part."),
            Mistake(million * rate, "Evidence is the *logarithm* of the odds."),
            Mistake(million / rate, "Take the *logarithm* of the odds before you divide."),
        ],
        limits=[Limit("No number of tokens is negative.", below=0.0)],
        hint=[
            "How many bits are odds of so much to one?",
            "The number of tokens times the bits of each is the evidence.",
            f"$\\log_2 {million} = {math.log2(million):.2f}$.".replace(",", ""),
        ],
        solution=f"$\\log_2 {million} / {rate:g} = {tokens:.1f}$ tokens.",
    )


watermark = varied(
    _watermark,
    [(0.1, 10**6), (0.2, 10**6), (0.05, 10**6), (0.1, 10**4), (0.25, 10**9), (0.5, 10**6),
     (0.1, 10**9), (0.15, 10**5), (0.4, 10**6), (0.05, 10**4)],
)  # fmt: skip
