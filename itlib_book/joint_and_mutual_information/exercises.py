"""The exercises of the chapter on joint, conditional and mutual information."""

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
    co_information,
    conditional_entropy,
    entropy,
    joint_entropy,
    mutual_information,
    pointwise_mutual_information,
)
from itlib_book.shared.common_mistakes import (
    base_ten_for_bits,
    joint_for_conditional,
    marginal_for_conditional,
    missing_minus,
    nats_for_bits,
    other_condition,
    ratio_upside_down,
)
from itlib_book.shared.weather import WEATHER

PUZZLE = np.array([[0.1, 0.5], [0.1, 0.3]])
_TABLE = np.array([[0.2, 0.3], [0.1, 0.4]])
_H_X, _H_Y = entropy(_TABLE.sum(axis=1)), entropy(_TABLE.sum(axis=0))
_H_XY = joint_entropy(_TABLE)

verify = Number(
    "joint-verify",
    stars=1,
    minutes=3,
    unit="bits",
    question="What is the joint entropy of the table with the rows $(0.2, 0.3)$ and $(0.1, 0.4)$?",
    answer=_H_XY,
    why="Four outcomes make four terms $-p \\log_2 p$; the shape of the table plays no part.",
    mistakes=[
        nats_for_bits(_H_XY),
        base_ten_for_bits(_H_XY),
        missing_minus(_H_XY),
        Mistake(
            _H_X + _H_Y,
            "That is $H(X) + H(Y)$, which is right for independent variables "
            "only. It is close here, since these are nearly independent.",
        ),
        Mistake(_H_XY - _H_X, "That is $H(Y \\mid X)$: what is left when $x$ is known."),
        Mistake(math.log2(4), "That would be right for four equally likely pairs."),
    ],
    limits=[
        Limit("Four outcomes have at most 2 bits.", above=2.0),
        Limit("An entropy of discrete variables is never negative.", below=0.0),
    ],
    hint=[
        "Does it matter that the four numbers stand in a table?",
        "$-\\sum p \\log_2 p$ over the four pairs.",
        "$-0.2 \\log_2 0.2 - \\dots$",
    ],
    solution="$-0.2 \\log_2 0.2 - 0.3 \\log_2 0.3$ $- 0.1 \\log_2 0.1 - 0.4 \\log_2 0.4$ $= "
    f"{_H_XY:.4f}$ bits.",
)

_COLUMNS = entropy((PUZZLE / PUZZLE.sum(axis=0)).T)
_REST = conditional_entropy(PUZZLE, given=1)

rest = Number(
    "joint-rest",
    stars=1,
    minutes=4,
    unit="bits",
    question="The table of the puzzle has the rows $x$: $(0.1, 0.5)$ and $(0.1, 0.3)$. "
    "What is $H(X \\mid Y)$, the uncertainty about the row when the column is known?",
    answer=_REST,
    why="Each column is a group with a distribution of its own, and the groups weigh 0.2 and 0.8.",
    mistakes=[
        nats_for_bits(_REST),
        other_condition(PUZZLE, given=1),
        joint_for_conditional(PUZZLE),
        marginal_for_conditional(PUZZLE, given=1),
        Mistake(
            _COLUMNS.mean(),
            "That is the plain mean of the entropies of both columns. The columns are not equally "
            "likely.",
        ),
        Mistake(
            _COLUMNS.sum(),
            "You added the entropies of both columns. Each counts with the sum of its column.",
        ),
    ],
    limits=[
        Limit("An entropy of discrete variables is never negative.", below=0.0),
        Limit("Two rows have at most 1 bit.", above=1.0),
    ],
    hint=[
        "Which groups are there when the column is known, and how large are they?",
        "Divide each column by its sum. Then two binary entropies, weighted by those sums.",
        "The first column is $(0.5, 0.5)$, with the weight 0.2.",
    ],
    solution="The first column is $(1/2, 1/2)$, one bit, with the weight 0.2; the second is "
    f"$(5/8, 3/8)$, {_COLUMNS[1]:.4f} bits, with the weight 0.8. The mean is "
    f"{_REST:.4f} bits. By the chain rule: $H(X,Y) - H(Y) = {joint_entropy(PUZZLE):.4f} - "
    f"{entropy(PUZZLE.sum(axis=0)):.4f}$.",
)

order = Ordering(
    "joint-order",
    stars=2,
    minutes=4,
    question="Weather and umbrella have the table with the rows $(0.40, 0.10)$ and "
    "$(0.05, 0.45)$. Order these quantities, with as little computing as you can.",
    items=[
        Item("H(Y)", entropy(WEATHER.sum(axis=0))),
        Item("H(X,Y)", joint_entropy(WEATHER)),
        Item("I(X;Y)", mutual_information(WEATHER)),
        Item("H(X)", entropy(WEATHER.sum(axis=1))),
        Item("H(Y|X)", conditional_entropy(WEATHER)),
    ],
    direction="the fewest bits first",
    mistakes=[
        Swap("H(X)", "H(Y)", "One of the two margins is exactly a half and a half."),
        Swap("H(X,Y)", "H(X)", "Two variables are never less uncertain than one of them."),
        Swap("H(Y)", "H(Y|X)", "Knowing $X$ does not raise the mean uncertainty about $Y$."),
        Swap(
            "H(Y|X)",
            "I(X;Y)",
            "The two together are $H(Y)$. Is the umbrella more than half "
            "explained? Within each group it still goes against the weather on 10 or 20 % of the "
            "days, and that is more than half a bit on average.",
        ),
    ],
    hint=[
        "Which of the strips is a part of which other one?",
        "$H(Y) = I(X;Y) + H(Y \\mid X)$, and it is at most $H(X,Y)$.",
        "The margins are (0.5, 0.5) and (0.45, 0.55). Which is nearer to a half?",
    ],
    why="Only one comparison needs numbers: how the bit of the umbrella is divided.",
    solution=f"$I = {mutual_information(WEATHER):.4f}$, "
    f"$H(Y \\mid X) = {conditional_entropy(WEATHER):.4f}$, "
    f"$H(Y) = {entropy(WEATHER.sum(axis=0)):.4f}$, $H(X) = 1$, "
    f"$H(X,Y) = {joint_entropy(WEATHER):.4f}$ bits.",
)

_PMI = float(pointwise_mutual_information(WEATHER)[1, 0])

pointwise = Number(
    "joint-pointwise",
    stars=1,
    minutes=3,
    unit="bits",
    question="It rains and there is no umbrella: $p(x,y) = 0.05$, while $p(x) = 0.5$ and "
    "$p(y) = 0.45$. What is the pointwise mutual information of the two?",
    answer=_PMI,
    why="They meet less often than chance would have it, so the logarithm is negative.",
    mistakes=[
        nats_for_bits(_PMI),
        base_ten_for_bits(_PMI),
        ratio_upside_down(_PMI),
        Mistake(
            0.05 * _PMI,
            "That is the term of the mean, with its weight. Asked for is the "
            "pointwise value itself.",
        ),
        Mistake(mutual_information(WEATHER), "That is the mean over all four pairs."),
        Mistake(
            math.log2(0.05 / 0.5),
            "You divided by $p(x)$ alone, which leaves "
            "$\\log p(y \\mid x)$. By chance the two would meet with $p(x)\\,p(y)$.",
        ),
        Mistake(
            math.log2(0.05 / 0.45),
            "You divided by $p(y)$ alone, which leaves "
            "$\\log p(x \\mid y)$. By chance the two would meet with $p(x)\\,p(y)$.",
        ),
        Mistake(
            -math.log2(0.05),
            "That is the surprise of the pair. Compare it with the "
            "surprise if the two were independent.",
        ),
    ],
    hint=[
        "What would $p(x,y)$ be if the two had nothing to do with each other?",
        "$\\log_2 \\frac{p(x,y)}{p(x)\\,p(y)}$.",
        "By chance they would meet with $0.5 \\cdot 0.45$.",
    ],
    solution=f"$\\log_2 \\frac{{0.05}}{{0.5 \\cdot 0.45}} = {_PMI:.4f}$ bits.",
)

_BOUND = math.log2(100)

label = Number(
    "joint-label",
    stars=2,
    minutes=2,
    unit="bits",
    question="A data set has black-and-white pictures of $32 \\times 32$ pixels in a hundred classes. "
    "At most how many bits can the label tell about the picture?",
    answer=_BOUND,
    why="$I(X;Y) \\le H(Y) \\le \\log_2 100$, with equality when the classes are equally frequent "
    "and the picture determines the label.",
    mistakes=[
        nats_for_bits(_BOUND),
        base_ten_for_bits(_BOUND),
        Mistake(
            32 * 32,
            "That bounds $H(X)$, the entropy of the picture. The information is "
            "bounded by the *smaller* entropy.",
        ),
        Mistake(
            100,
            "A hundred classes are not a hundred bits. How many yes-or-no questions single out "
            "one of them?",
        ),
        Mistake(math.log2(10), "That is for ten classes."),
        Mistake(7, "Seven binary digits are enough to write the label down, but it holds less."),
        Mistake(math.inf, "It is bounded by the entropy of the label."),
    ],
    limits=[Limit("Mutual information is never negative.", below=0.0)],
    hint=[
        "Mutual information is symmetric. How much can the picture tell about the label?",
        "$I(X;Y) \\le H(Y)$, and $H(Y)$ is largest for equally frequent classes.",
    ],
    solution=f"$I(X;Y) \\le \\min(H(X), H(Y))$ $\\le \\log_2 100 = {_BOUND:.4f}$ bits, out of as "
    "many as 1024 in the picture. What the label leaves open can be enormous.",
)

_SQUARE = np.array([[0, 1], [1, 0], [0, 1]]) / 3
_I_SQUARE = mutual_information(_SQUARE)

square = Number(
    "joint-square",
    stars=2,
    minutes=4,
    unit="bits",
    question="$X$ is uniform on $-2, -1, 0, 1, 2$ and $Y = X^2$. What is $I(X;Y)$?",
    answer=entropy([0.2, 0.4, 0.4]),
    why="$X$ determines $Y$, so $H(Y \\mid X) = 0$ and $I(X;Y) = H(Y)$, with probabilities "
    "1/5, 2/5, 2/5.",
    mistakes=[
        Mistake(
            0.0,
            "The *correlation* is zero. That does not make them independent: $X$ determines $Y$.",
        ),
        Mistake(math.log2(5), "That is $H(X)$. But $Y$ does not determine $X$: the sign is lost."),
        Mistake(math.log2(3), "The three values of $Y$ are not equally likely."),
        Mistake(0.8, "That is $H(X \\mid Y)$: one bit for the sign, except at zero."),
        nats_for_bits(entropy([0.2, 0.4, 0.4])),
        Mistake(_I_SQUARE, "That is the example of the text, with three values. Here are five."),
    ],
    limits=[
        Limit("Mutual information is never negative.", below=0.0),
        Limit("$X$ shares no more than it has, $\\log_2 5$ bits.", above=math.log2(5)),
    ],
    hint=[
        "How uncertain is $X^2$ when $X$ is known?",
        "$I(X;Y) = H(Y) - H(Y \\mid X)$.",
        "$Y$ is 0, 1 or 4, with probabilities $\\frac15$, $\\frac25$, $\\frac25$.",
    ],
    solution="$H(Y) = \\frac15 \\log_2 5 + \\frac45 \\log_2 \\frac52 = "
    f"{entropy([0.2, 0.4, 0.4]):.4f}$ bits, and nothing is left of it when $X$ is known. "
    "The other way: $H(X) - H(X \\mid Y) = \\log_2 5 - 4/5$, the same.",
)

_SUIT = np.kron(np.eye(4), np.ones(13)) / 52  # rows: suits, columns: cards
_I_SUIT = mutual_information(_SUIT)

determined = Choice(
    "joint-determined",
    stars=1,
    minutes=2,
    question="$Y$ is a card drawn from 52, $X$ its suit. Which statement is right?",
    options=[
        Option(
            "$H(Y|X) = 0$ and $I(X;Y) = H(Y)$",
            "The suit does not tell the card: thirteen are left.",
            right=math.isclose(_I_SUIT, math.log2(52)),
        ),
        Option(
            "$H(X|Y) = 0$ and $I(X;Y) = H(X)$",
            "The card tells the suit, so all of $H(X)$ is shared, two bits, and nothing else is.",
            right=math.isclose(_I_SUIT, 2),
        ),
        Option(
            "$H(X|Y) = 0$ and $I(X;Y) = H(Y)$",
            "The first half is right. What is shared is then "
            "all that $X$ holds, and $Y$ holds more.",
        ),
        Option(
            "$H(X|Y) = 0$ and $I(X;Y) = 0$", "Zero would mean that card and suit are independent."
        ),
    ],
    hint=[
        "Which of the two determines the other?",
        "Put the zero into $I = H(\\cdot) - H(\\cdot \\mid \\cdot)$.",
    ],
    solution="$H(X \\mid Y) = 0$, so $I(X;Y) = H(X) - 0 = 2$ bits, while "
    f"$H(Y) = \\log_2 52 = {math.log2(52):.4f}$ bits and $H(Y \\mid X) = \\log_2 13 = "
    f"{math.log2(13):.4f}$.",
)

belief = Choice(
    "joint-belief",
    stars=2,
    minutes=3,
    question="A doctor's belief about a disease $X$ before a test is $p(x)$, after the result "
    "$y$ it is $p(x \\mid y)$. Which mean is the mutual information, told as *how far the "
    "news moves the belief about the disease*?",
    options=[
        Option(
            "the mean over $y$ of $D(p(x|y)‖p(x))$",
            "The news $y$ takes the belief from $p(x)$ "
            "to $p(x \\mid y)$; the mean over the news is $I(X;Y)$.",
            right=True,
        ),
        Option(
            "the mean over $x$ of $D(p(y|x)‖p(y))$",
            "It has the same value, but its terms say "
            "what each state of the disease tells about the *result*.",
        ),
        Option(
            "the mean over $y$ of $D(p(x)‖p(x|y))$",
            "The arguments are swapped: this weighs with "
            "the old belief, and is infinite as soon as a result rules anything out. It is "
            "not $I(X;Y)$.",
        ),
        Option(
            "the mean over $y$ of $H(p(x|y))$", "That is $H(X \\mid Y)$, what the test leaves open."
        ),
    ],
    hint=[
        "Something about $X$ has to change when $y$ becomes known.",
        "Where it went stands first in the divergence, what it left second.",
    ],
    solution="$\\sum_y p(y) \\sum_x p(x \\mid y) \\log \\frac{p(x \\mid y)}{p(x)}$ $= \\sum_{x,y} "
    "p(x,y) \\log \\frac{p(x,y)}{p(x) p(y)}$ $= I(X;Y)$.",
)

forms = Derivation(
    "joint-forms",
    stars=2,
    minutes=8,
    question="Start from $I(X;Y) = \\sum_{x,y} p(x,y) \\log \\frac{p(x,y)}{p(x)\\,p(y)}$ and show "
    "that it equals $H(X) - H(X \\mid Y)$. Say in words what that means.",
    hint=[
        "Which factor of $p(x,y)$ would cancel one of the margins?",
        "$p(x,y) = p(y)\\,p(x \\mid y)$.",
    ],
    steps=[
        Step(
            "$\\frac{p(x,y)}{p(x)\\,p(y)} = \\frac{p(x \\mid y)}{p(x)}$, as "
            "$p(x,y) = p(y)\\,p(x \\mid y)$.",
            "Factor the joint probability, with $y$ first; $p(y)$ cancels.",
        ),
        Step(
            "$I = -\\sum_{x,y} p(x,y) \\log p(x) + \\sum_{x,y} p(x,y) \\log p(x \\mid y)$.",
            "The logarithm of a ratio is a difference; split the sum.",
        ),
        Step(
            "In the first sum only $p(x,y)$ depends on $y$, and $\\sum_y p(x,y) = p(x)$: it is "
            "$H(X)$.",
            "Sum over $y$ first. The entropy of a margin appears.",
        ),
        Step(
            "The second sum is $\\sum_y p(y) \\sum_x p(x \\mid y) \\log p(x \\mid y)$ $= "
            "-H(X \\mid Y)$.",
            "Pull $p(y)$ out, and find the entropy within each group, with its weight.",
        ),
        Step(
            "In words: the uncertainty about $X$ before, minus what is left of it on average "
            "when $Y$ is known.",
            "Say what the difference is: how much of the uncertainty $Y$ removes.",
        ),
    ],
    why="Factor, split, and sum the variable out that the logarithm does not see.",
    solution="Factoring with $x$ first gives $H(Y) - H(Y \\mid X)$: the symmetry is visible in "
    "the ratio that you started from.",
)


def _hurts(p_xy):
    """Return whether some value of X leaves Y more uncertain than it was."""
    p_xy = np.array(p_xy)
    rows = entropy(p_xy / p_xy.sum(axis=1, keepdims=True))
    return bool(np.any(rows > entropy(p_xy.sum(axis=0)) + 1e-9))


_TABLES = {
    "[[0.25, 0.25], [0.25, 0.25]]": "The rows are equal: $X$ tells nothing, for good or ill.",
    "[[0.4, 0.1], [0.1, 0.4]]": "$Y$ starts with a full bit. No value of $X$ can leave more.",
    "[[0.8, 0.0], [0.1, 0.1]]": "$x = 1$ is rare, and when it comes it makes $Y$ a fair coin, "
    "which it was not before.",
    "[[0.5, 0.0], [0.0, 0.5]]": "Either value of $X$ settles $Y$.",
}
_VALUES = {
    "[[0.25, 0.25], [0.25, 0.25]]": np.full((2, 2), 0.25),
    "[[0.4, 0.1], [0.1, 0.4]]": np.array([[0.4, 0.1], [0.1, 0.4]]),
    "[[0.8, 0.0], [0.1, 0.1]]": np.array([[0.8, 0.0], [0.1, 0.1]]),
    "[[0.5, 0.0], [0.0, 0.5]]": np.eye(2) / 2,
}
_BAD = _VALUES["[[0.8, 0.0], [0.1, 0.1]]"]

hurts = Choice(
    "joint-hurts",
    stars=2,
    minutes=4,
    question="In which of these tables (rows $x$, columns $y$) does some value of $X$ leave you "
    "*less* sure about $Y$ than you were before?",
    options=[Option(text, why, right=_hurts(_VALUES[text])) for text, why in _TABLES.items()],
    hint=[
        "In which table is $Y$ rather certain to begin with?",
        "Compare the entropy of each row, made to sum to one, with that of the column sums.",
    ],
    solution=f"Before: $H(Y) = h(0.1) = {entropy(_BAD.sum(axis=0)):.4f}$ bits. After $x = 1$: "
    "$h(1/2) = 1$ bit. On average it helps all the same: "
    f"$H(Y \\mid X) = {conditional_entropy(_BAD):.4f}$ bits.",
)

_AND = np.zeros((2, 2, 2))
for _x, _y in np.ndindex(2, 2):
    _AND[_x, _y, _x & _y] = 1 / 4
_MIDDLE = co_information(_AND)
_PAIR = mutual_information(_AND.sum(axis=1))

gate = Number(
    "joint-gate",
    stars=3,
    minutes=8,
    unit="bits",
    question="$X$ and $Y$ are independent fair coins, and $Z$ is 1 when both are 1 (an *and*). "
    "How large is the middle region, $I(X;Y;Z) = I(X;Y) - I(X;Y \\mid Z)$?",
    answer=_MIDDLE,
    why="The coins are independent until you hear $Z = 0$: then, if one is 1, the other is 0.",
    mistakes=[
        Mistake(-_MIDDLE, "The size is right. Which of the two terms is zero here?"),
        Mistake(-1.0, "That is the exclusive or. The *and* hides less."),
        Mistake(_PAIR, "That is $I(X;Z)$, what one coin tells about $Z$."),
        Mistake(entropy([0.25, 0.75]), "That is $H(Z) = I(X,Y;Z)$, what both coins tell together."),
        Mistake(_MIDDLE / 0.75, "You took the case $Z = 0$ without its probability, 3/4."),
        Mistake(0.0, "$I(X;Y) = 0$, but $I(X;Y \\mid Z)$ is not."),
        Mistake(_MIDDLE * math.log(2), "That is the value in nats."),
    ],
    limits=[Limit("Each of the two terms is between 0 and 1 bit.", below=-1.0, above=1.0)],
    hint=[
        "Which of $I(X;Y)$ and $I(X;Y \\mid Z)$ is zero?",
        "$I(X;Y \\mid Z)$ is a mean over $Z$, and $Z = 1$ settles both coins.",
        "For $Z = 0$, with probability $\\frac34$, three pairs are left, equally likely: what is the "
        "mutual information of that table?",
    ],
    solution="Given $Z = 0$ the table is "
    "$\\frac13 \\begin{pmatrix} 1 & 1 \\\\ 1 & 0 \\end{pmatrix}$,"
    f" with {-_MIDDLE / 0.75:.4f} bits; given $Z = 1$ there is nothing left. So "
    f"$I(X;Y \\mid Z) = \\frac34 \\cdot {-_MIDDLE / 0.75:.4f} = {-_MIDDLE:.4f}$, and the "
    "middle is minus that.",
)


def my_mutual_information(p_xy):
    """Return I(X;Y) in bits; rows of the table are x, columns are y."""
    p_xy = np.asarray(p_xy, float)
    p_x, p_y = p_xy.sum(axis=1), p_xy.sum(axis=0)
    x, y = np.nonzero(p_xy)
    p = p_xy[x, y]
    return np.sum(p * (np.log2(p) - np.log2(p_x[x]) - np.log2(p_y[y])))


def _in_nats(p_xy):
    return mutual_information(p_xy, base=math.e)


def _margins_broadcast(p_xy):
    p_xy = np.asarray(p_xy, float)
    product = np.broadcast_to(p_xy.sum(axis=0) ** 2, p_xy.shape)
    return np.sum(p_xy[p_xy > 0] * np.log2(p_xy[p_xy > 0] / product[p_xy > 0]))


def _empty_forgotten(p_xy):
    margins = np.sum(p_xy, axis=1), np.sum(p_xy, axis=0)
    return sum(-np.sum(p * np.log2(p)) for p in margins) - joint_entropy(p_xy)


def _zeros_forgotten(p_xy):
    p_xy = np.asarray(p_xy, float)
    return np.sum(p_xy * np.log2(p_xy / np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0))))


def _joint_only(p_xy):
    return joint_entropy(p_xy)


_BITS = "Weather and umbrella share this many bits."
_ZERO = "A pair that never occurs adds nothing."
_EMPTY = "A row or column of zeros changes nothing."
_MARGINS = "Rows and columns have margins of their own."

code = Code(
    "joint-code",
    stars=2,
    minutes=10,
    question="Write `my_mutual_information(p_xy)`: the mutual information of a joint table, in "
    "bits.",
    solution=my_mutual_information,
    reference=mutual_information,
    cases=[
        Case(_BITS, (WEATHER,)),
        Case(_MARGINS, (PUZZLE,)),
        Case("Tables need not be square.", (np.array([[0.1, 0.2, 0.1], [0.3, 0.1, 0.2]]),)),
        Case("Independent variables share nothing.", (np.array([[0.12, 0.28], [0.18, 0.42]]),)),
        Case(_ZERO, (np.array([[0.5, 0.0], [0.25, 0.25]]),)),
        Case(_EMPTY, (np.array([[0.5, 0.0, 0.25], [0.0, 0.0, 0.0], [0.0, 0.0, 0.25]]),)),
        Case("A variable shares all it has with its copy.", (np.eye(2) / 2,)),
    ],
    mistakes=[
        Slip(_in_nats, _BITS),
        Slip(_joint_only, _BITS),
        Slip(_margins_broadcast, _BITS),
        Slip(_zeros_forgotten, _ZERO),
        Slip(_empty_forgotten, _EMPTY),
    ],
    hint=[
        "Which sum over the table has only terms that you can read off?",
        "`np.outer(p_x, p_y)` is the table that the margins alone suggest.",
        "Leave the zeros out before you take a logarithm: `there = p_xy > 0`.",
    ],
    why="Each margin belongs to its own axis, and zeros are left out before the logarithm.",
    remark="A difference of logarithms does not underflow where the product of two tiny margins "
    "does. For nearly independent variables the terms cancel almost completely, and this "
    "function loses its digits; `itlib.mutual_information` does not.",
    call="exercises.code.check(my_mutual_information)",
)

triangle = Derivation(
    "joint-triangle",
    stars=3,
    minutes=12,
    question="Let $d(X,Y) = H(X \\mid Y) + H(Y \\mid X)$, the two crescents of the circles. "
    "Prove that it satisfies the triangle inequality, $d(X,Z) \\le d(X,Y) + d(Y,Z)$.",
    hint=[
        "How could $Y$ be brought in where only $X$ and $Z$ stand?",
        "Show first that $H(X \\mid Z) \\le H(X \\mid Y) + H(Y \\mid Z)$.",
    ],
    steps=[
        Step(
            "$H(X \\mid Z) \\le H(X,Y \\mid Z)$, as a further variable adds no negative "
            "uncertainty.",
            "Bring $Y$ in: two variables are at least as uncertain as one, given the same $Z$.",
        ),
        Step(
            "$H(X,Y \\mid Z)$ $= H(Y \\mid Z) + H(X \\mid Y,Z)$, the chain rule given $Z$.",
            "Use the chain rule, with $Z$ known throughout.",
        ),
        Step(
            "$H(X \\mid Y,Z) \\le H(X \\mid Y)$: knowing $Z$ as well does not raise the mean "
            "uncertainty.",
            "Drop a condition. That can only raise the conditional entropy.",
        ),
        Step(
            "So $H(X \\mid Z) \\le H(X \\mid Y) + H(Y \\mid Z)$; exchange $X$ and $Z$ for the "
            "other half, and add.",
            "The inequality is needed in both directions; add the two.",
        ),
    ],
    why="Bring the middle variable in, split by the chain rule, and forget what you may forget.",
    solution="$d$ is symmetric, and zero exactly when each variable determines the other; up to "
    "such renamings it is a true distance, the *variation of information*, with which "
    "clusterings are compared.",
)

# ---- predictions ----

_XOR = np.zeros((2, 2, 2))
for _x, _y in np.ndindex(2, 2):
    _XOR[_x, _y, _x ^ _y] = 1 / 4

_CENTRES = {
    1: "1 bit, since the coins settle the third fact",
    0: "0 bits, since no two of the facts share anything",
    -1: "minus 1 bit",
}
guess_coins = Prediction(
    "joint-coins",
    question="Two fair coins $X$ and $Y$ are tossed, and a third fact $Z$ says whether they differ. "
    "How large is the middle region, $I(X;Y;Z)$?",
    options=list(_CENTRES.values()),
    happens=_CENTRES[round(co_information(_XOR))],
    saw="With *X xor Y*, one coin alone says nothing about the third fact: the bars of X and of Y are zero. Both "
    "together settle it, one bit. So no two of the facts share the bit, and the region in the "
    "middle, where all three circles overlap, has to hold *minus* one bit for the sums to come out."
    " Three copies of one coin, *X "
    "alone* with $P(Y = X) = 1$, are the opposite: everything is in the middle, plus one bit. The "
    "*and* of two independent coins is a milder exclusive or, and its middle is negative too.",
)

_MOVES = ("all three", "$P(\\text{rain})$ only", "the two umbrella sliders")
guess_strips = Prediction(
    "joint-strips",
    question="$H(X)$ is the uncertainty about the weather. Which of the three sliders of this demo can "
    "change the length of its strip?",
    options=list(_MOVES),
    happens=_MOVES[1],
    saw="$H(X)$ depends only on the rain. The overlap vanishes wherever the two umbrella probabilities "
    "are *equal*, whatever their value: then the cut through the square is straight, and the two "
    "squares are the same. It also vanishes where it never rains, or always: there is nothing left "
    "for the umbrella to tell. It reaches one bit when it rains half of the time and the umbrella "
    "follows the weather without fail, *or* always goes against it: information does not care about "
    "the sign. It is never longer than the shorter of the strips $H(X)$ and $H(Y)$, so rare rain "
    "leaves little to tell, however faithful the umbrella.",
)

_SIZES = ("more than half of each circle", "about a quarter of each circle", "a sliver")
guess_overlap = Prediction(
    "joint-overlap",
    question="The program's table has the rows $(0.1, 0.5)$ and $(0.1, 0.3)$. Two circles are drawn "
    "with the areas $H(X)$ and $H(Y)$. How much do they overlap?",
    options=list(_SIZES),
    happens=_SIZES[2 if mutual_information(PUZZLE) < 0.05 * entropy(PUZZLE.sum(axis=0)) else 1],
    saw="The two rows differ by less than a tenth once each is divided by its sum, so $X$ tells next "
    "to nothing about $Y$.",
)


# ---- practice with variants, and an example that fades ----


def _table_of(a, b, c, d):
    return np.array([[a, b], [c, d]]) / 100


def _rows(a, b, c, d):
    return f"$({a / 100}, {b / 100})$ and $({c / 100}, {d / 100})$"


def _independent(p, q):
    whole = entropy([p, 1 - p]) + entropy([q, 1 - q])
    return Number(
        "joint-independent",
        stars=1,
        minutes=3,
        unit="bits",
        question=f"$X$ is 1 with probability {p} and $Y$ is 1 with probability {q}; the two are "
        "independent. What is $H(X,Y)$?",
        answer=whole,
        why="For independent variables, and only for them, the entropies add up.",
        mistakes=[
            nats_for_bits(whole),
            base_ten_for_bits(whole),
            Mistake(entropy([p, 1 - p]), "That is $H(X)$ alone."),
            Mistake(entropy([q, 1 - q]), "That is $H(Y)$ alone."),
            Mistake(
                entropy([p, 1 - p]) * entropy([q, 1 - q]),
                "You multiplied the entropies. Probabilities multiply, entropies add.",
            ),
        ],
        limits=[
            Limit("An entropy of discrete variables is never negative.", below=0.0),
            Limit("Four outcomes have at most 2 bits.", above=2.0),
        ],
        hint=[
            "Do you need the table of the four pairs?",
            "$H(X,Y) = H(X) + H(Y)$ for independent variables.",
            f"$H(X) = -{p} \\log_2 {p} - \\dots = {entropy([p, 1 - p]):.4f}$ bits.",
        ],
        solution=f"${entropy([p, 1 - p]):.4f} + {entropy([q, 1 - q]):.4f} = {whole:.4f}$ bits.",
    )


independent = varied(
    _independent,
    [
        (0.1, 0.3),
        (0.2, 0.4),
        (0.25, 0.1),
        (0.05, 0.4),
        (0.3, 0.15),
        (0.2, 0.1),
        (0.4, 0.1),
        (0.15, 0.25),
        (0.35, 0.2),
        (0.3, 0.05),
    ],
)


def _left(h_x, h_xy):
    return Number(
        "joint-left",
        stars=1,
        minutes=1,
        unit="bits",
        tolerance=0.005,
        question=f"$H(X) = {h_x}$ bits and $H(X,Y) = {h_xy}$ bits. How many bits of uncertainty about "
        "$Y$ are left, on average, when $X$ is known?",
        answer=h_xy - h_x,
        why="To learn both, learn the first, then what the first has not told.",
        mistakes=[
            Mistake(h_xy + h_x, "You added. $H(X)$ is a part of $H(X,Y)$."),
            Mistake(h_xy, "That is the uncertainty about both."),
            Mistake(h_x, "That is the uncertainty about $X$, which is gone once $X$ is known."),
        ],
        limits=[
            Limit("What is left of $Y$ is a part of $H(X,Y)$.", above=h_xy),
            Limit("An entropy of discrete variables is never negative.", below=0.0),
        ],
        hint=[
            "Which part of the strip $H(X,Y)$ is $H(X)$?",
            "$H(X,Y) = H(X) + H(Y \\mid X)$.",
        ],
        solution=f"${h_xy} - {h_x} = {h_xy - h_x:.2f}$ bits.",
    )


left = varied(
    _left,
    [
        (1.2, 1.9),
        (2.5, 3.1),
        (0.8, 2.1),
        (1.5, 1.7),
        (3.2, 4.1),
        (0.9, 1.1),
        (2.1, 2.8),
        (1.7, 3.3),
        (0.6, 1.4),
        (4.0, 4.3),
    ],
)


def _three_strips(h_x, h_y, h_xy):
    shared = h_x + h_y - h_xy
    return Number(
        "joint-shared",
        stars=1,
        minutes=2,
        unit="bits",
        tolerance=0.005,
        question=f"$H(X) = {h_x}$, $H(Y) = {h_y}$ and $H(X,Y) = {h_xy}$ bits. What is $I(X;Y)$?",
        answer=shared,
        why="In the sum of the two strips the overlap is counted twice.",
        mistakes=[
            Mistake(h_xy - h_x, "That is $H(Y \\mid X)$: what is *not* shared."),
            Mistake(h_xy - h_y, "That is $H(X \\mid Y)$: what is *not* shared."),
            Mistake(h_x + h_y, "That is how long both strips are, end to end."),
            Mistake(
                -shared, "The size is right; which of the two, the sum or the whole, is larger?"
            ),
        ],
        limits=[
            Limit("The overlap is no longer than the shorter strip.", above=min(h_x, h_y)),
            Limit("Mutual information is never negative.", below=0.0),
        ],
        hint=[
            "Lay the two strips end to end. By how much is that longer than the whole?",
            "$I(X;Y) = H(X) + H(Y) - H(X,Y)$.",
            f"${h_x} + {h_y} = {h_x + h_y:.1f}$.",
        ],
        solution=f"${h_x} + {h_y} - {h_xy} = {shared:.2f}$ bits.",
    )


shared = varied(
    _three_strips,
    [
        (1.5, 2.0, 3.1),
        (1.0, 0.9, 1.6),
        (2.2, 1.3, 2.8),
        (3.0, 2.5, 4.9),
        (0.8, 0.7, 1.3),
        (1.9, 1.6, 2.3),
        (2.6, 0.9, 3.1),
        (1.4, 1.2, 2.1),
        (4.0, 3.1, 5.2),
        (2.0, 1.7, 3.2),
    ],
)


def _chance(joint, a, b):
    bits = math.log2(joint / (a * b))
    return Number(
        "joint-word",
        stars=1,
        minutes=3,
        unit="bits",
        question=f"One word is in {100 * a:.0f} % of all sentences, another in {100 * b:.0f} %, and both "
        f"are in {100 * joint:.1f} %. What is the pointwise mutual information of the two?",
        answer=bits,
        why="Compare how often they meet with how often they would meet by chance.",
        mistakes=[
            nats_for_bits(bits),
            ratio_upside_down(bits),
            Mistake(joint * bits, "That is the term of the mean, with its weight."),
            Mistake(
                joint / (a * b),
                "That is how many times as often they meet as by chance. Take its logarithm.",
            ),
            Mistake(math.log2(joint / a), "You left out the frequency of the second word."),
            Mistake(math.log2(joint / b), "You left out the frequency of the first word."),
        ],
        hint=[
            "How often would they meet if they had nothing to do with each other?",
            "$\\log_2 \\frac{p(x,y)}{p(x)\\,p(y)}$.",
            f"By chance they meet in ${a} \\cdot {b} = {a * b:.4f}$ of all sentences.",
        ],
        solution=f"$\\log_2 \\frac{{{joint}}}{{{a} \\cdot {b}}} = {bits:.4f}$ bits.",
    )


word = varied(
    _chance,
    [
        (0.012, 0.04, 0.05),
        (0.002, 0.1, 0.05),
        (0.03, 0.1, 0.06),
        (0.001, 0.02, 0.2),
        (0.02, 0.05, 0.08),
        (0.006, 0.1, 0.2),
        (0.016, 0.02, 0.1),
        (0.005, 0.3, 0.1),
        (0.024, 0.2, 0.03),
        (0.009, 0.02, 0.3),
    ],
)

_EIGHTHS = np.array([[3, 1], [1, 3]]) / 8
_EIGHTHS_REST = conditional_entropy(_EIGHTHS)

table_last_step = Number(
    "joint-table-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    question="The rows of a table are $(\\frac38, \\frac18)$ and $(\\frac18, \\frac38)$. Each row sums "
    "to a half, each column too, so $H(X) = H(Y) = 1$ bit. Within a row the shares are "
    f"$\\frac34$ and $\\frac14$, so $H(Y \\mid X) = {_EIGHTHS_REST:.4f}$ bits. Do the last step: "
    "what is $I(X;Y)$?",
    answer=1 - _EIGHTHS_REST,
    why="It is the uncertainty about $Y$ before, less what is left of it.",
    mistakes=[
        Mistake(1 + _EIGHTHS_REST, "That is $H(X,Y)$, by the chain rule."),
        Mistake((1 - _EIGHTHS_REST) / 2, "$H(Y \\mid X)$ is a mean over the rows already."),
    ],
    limits=[
        Limit("Mutual information is never negative.", below=0.0),
        Limit("It is at most $H(Y)$, one bit.", above=1.0),
    ],
    hint=[
        "What did you not know about $Y$ before, and what after?",
        "$I(X;Y) = H(Y) - H(Y \\mid X)$.",
    ],
    solution=f"$1 - {_EIGHTHS_REST:.4f} = {1 - _EIGHTHS_REST:.4f}$ bits.",
)


def _alone(a, b, c, d):
    p_xy = _table_of(a, b, c, d)
    bits, rest_y = mutual_information(p_xy), conditional_entropy(p_xy)
    return Number(
        "joint-table-alone",
        stars=2,
        minutes=5,
        unit="bits",
        question=f"A table has the rows {_rows(a, b, c, d)}. What is $I(X;Y)$?",
        answer=bits,
        why="It is the entropy of the column sums, less the mean entropy of the rows, each with its "
        "weight.",
        mistakes=[
            nats_for_bits(bits),
            Mistake(rest_y, "That is $H(Y \\mid X)$, what is left."),
            Mistake(joint_entropy(p_xy), "That is $H(X,Y)$."),
            Mistake(entropy(p_xy.sum(axis=0)), "That is $H(Y)$, before anything is known."),
        ],
        limits=[
            Limit("Two columns have at most 1 bit to share.", above=1.0),
            Limit("Mutual information is never negative.", below=0.0),
        ],
        hint=[
            "What do you not know about $Y$ before, and what after $X$ is known?",
            "$I(X;Y) = H(Y) - \\sum_x p(x)\\,H(Y \\mid X = x)$.",
            f"The columns sum to {(a + c) / 100} and {(b + d) / 100}, so "
            f"$H(Y) = {entropy(p_xy.sum(axis=0)):.4f}$ bits.",
        ],
        solution=f"$H(Y) - H(Y \\mid X) = {entropy(p_xy.sum(axis=0)):.4f} - {rest_y:.4f} = "
        f"{bits:.4f}$ bits.",
    )


table_alone = varied(
    _alone,
    [
        (50, 15, 5, 30),
        (50, 10, 15, 25),
        (60, 5, 10, 25),
        (35, 5, 20, 40),
        (55, 25, 5, 15),
        (10, 30, 35, 25),
        (25, 5, 10, 60),
        (65, 5, 10, 20),
        (20, 35, 40, 5),
        (55, 20, 5, 20),
    ],
)

_WORD = WEATHER @ np.array([[0.9, 0.1], [0.1, 0.9]])

worse = Choice(
    "joint-third-hand",
    stars=1,
    minutes=2,
    question="The friend tells a second friend, who tells you, and errs now and then as well, without "
    "having looked out of the window. What does that word tell about the weather?",
    options=[
        Option(
            "At most as much as the first friend's word.",
            "It is computed from the first word alone: one more step of processing.",
            right=mutual_information(_WORD @ np.array([[0.9, 0.1], [0.1, 0.9]]))
            <= mutual_information(_WORD),
        ),
        Option(
            "More, if the second friend corrects errors.", "From what? The weather was not seen."
        ),
        Option(
            "Exactly as much.", "That would be so only if the second friend's errors lost nothing."
        ),
        Option("Nothing.", "A word that is right more often than not still tells something here."),
    ],
    hint=["What is the word computed from?", "$I(X;Z) \\le I(X;Y)$ for $X \\to Y \\to Z$."],
    solution="Weather, umbrella, first word, second word are a Markov chain.",
)

pair = Choice(
    "joint-feature-pair",
    stars=2,
    minutes=2,
    question="Two features have no mutual information with the label, each by itself. What follows for "
    "the pair of them?",
    options=[
        Option(
            "Nothing: the pair may settle the label.",
            "The exclusive or of two independent fair coins is the extreme case.",
            right=mutual_information(_XOR.reshape(4, 2)) > 0.99,
        ),
        Option(
            "The pair has none either.",
            "$I(X,Y;Z) = I(X;Z) + I(Y;Z \\mid X)$, and the last term may be large though $I(Y;Z) = 0$.",
        ),
        Option("The pair has at most half a bit.", "The exclusive or of two coins has more."),
    ],
    hint=["Do you remember a label of that kind?", "$I(X,Y;Z) = I(X;Z) + I(Y;Z \\mid X)$."],
    solution="Scores of single features do not see what features tell together.",
)
