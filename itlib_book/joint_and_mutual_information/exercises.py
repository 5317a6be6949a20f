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
    Slip,
    Step,
    Swap,
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
    forgotten_weights,
    joint_for_conditional,
    marginal_for_conditional,
    missing_minus,
    nats_for_bits,
    other_condition,
    plain_mean,
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
    why="Four outcomes, four terms $-p \\log_2 p$; the shape of the table plays no part.",
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
    hint="Forget that it is a table: it is a distribution over four outcomes.",
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
        plain_mean(_COLUMNS),
        forgotten_weights(_COLUMNS),
    ],
    hint="Divide each column by its sum. Then two binary entropies, weighted by those sums.",
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
            "explained? Within each group it is still off on 10 or 20 % of the days, and that "
            "is more than half a bit on average.",
        ),
    ],
    hint="$H(Y)$ is $I(X;Y) + H(Y \\mid X)$ and at most $H(X,Y)$. Which margin is nearer to a half?",
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
    hint="What would $p(x,y)$ be if the two had nothing to do with each other?",
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
    hint="Mutual information is symmetric. How much can the picture tell about the label?",
    solution=f"$I(X;Y) \\le \\min(H(X), H(Y))$ $\\le \\log_2 100 = {_BOUND:.4f}$ bits, out of as "
    "many as 1024 in the picture. What the label leaves open is enormous.",
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
    hint="$I(X;Y) = H(Y) - H(Y \\mid X)$. How uncertain is $X^2$ when $X$ is known?",
    solution="$H(Y) = H(1/5, 2/5, 2/5) = "
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
            "H(Y|X) = 0 and I(X;Y) = H(Y)",
            "The suit does not tell the card: thirteen are left.",
            right=math.isclose(_I_SUIT, math.log2(52)),
        ),
        Option(
            "H(X|Y) = 0 and I(X;Y) = H(X)",
            "The card tells the suit, so all of $H(X)$ is shared, two bits, and nothing else is.",
            right=math.isclose(_I_SUIT, 2),
        ),
        Option(
            "H(X|Y) = 0 and I(X;Y) = H(Y)",
            "The first half is right. What is shared is then "
            "all that $X$ holds, and $Y$ holds more.",
        ),
        Option("H(X|Y) = 0 and I(X;Y) = 0", "Zero would mean that card and suit are independent."),
    ],
    hint="Which of the two determines the other? Put the zero into $I = H(\\cdot) - H(\\cdot "
    "\\mid \\cdot)$.",
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
            "the mean over y of D(p(x|y)‖p(x))",
            "The news $y$ takes the belief from $p(x)$ "
            "to $p(x \\mid y)$; the mean over the news is $I(X;Y)$.",
            right=True,
        ),
        Option(
            "the mean over x of D(p(y|x)‖p(y))",
            "It has the same value, but its terms say "
            "what each state of the disease tells about the *result*.",
        ),
        Option(
            "the mean over y of D(p(x)‖p(x|y))",
            "The arguments are swapped: this weighs with "
            "the old belief, and is infinite as soon as a result rules anything out. It is "
            "not $I(X;Y)$.",
        ),
        Option(
            "the mean over y of H(p(x|y))", "That is $H(X \\mid Y)$, what the test leaves open."
        ),
    ],
    hint="Something about $X$ has to change when $y$ becomes known.",
    solution="$\\sum_y p(y) \\sum_x p(x \\mid y) \\log \\frac{p(x \\mid y)}{p(x)}$ $= \\sum_{x,y} "
    "p(x,y) \\log \\frac{p(x,y)}{p(x) p(y)}$ $= I(X;Y)$.",
)

forms = Derivation(
    "joint-forms",
    stars=2,
    minutes=8,
    question="Start from $I(X;Y) = \\sum_{x,y} p(x,y) \\log \\frac{p(x,y)}{p(x)\\,p(y)}$ and show "
    "that it equals $H(X) - H(X \\mid Y)$. Say in words what that means.",
    hint="$p(x,y) = p(y)\\,p(x \\mid y)$.",
    steps=[
        Step(
            "$\\frac{p(x,y)}{p(x)\\,p(y)} = \\frac{p(x \\mid y)}{p(x)}$, as "
            "$p(x,y) = p(y)\\,p(x \\mid y)$.",
            "Factor the joint probability, with $y$ first; $p(y)$ cancels.",
        ),
        Step(
            "$I = -\\sum_{x,y} p(x,y) \\log p(x)$ $+ \\sum_{x,y} p(x,y) \\log p(x \\mid y)$.",
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
    hint="Compare the entropy of each row, made to sum to one, with that of the column sums.",
    solution=f"Before: $H(Y) = H(0.9, 0.1) = {entropy(_BAD.sum(axis=0)):.4f}$ bits. After $x = 1$: "
    "$H(1/2, 1/2) = 1$ bit. On average it helps all the same: "
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
    hint="$Z = 1$ settles both coins. For $Z = 0$ three pairs are left, equally likely: what is "
    "the mutual information of that table?",
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


def _zeros_forgotten(p_xy):
    p_xy = np.asarray(p_xy, float)
    return np.sum(p_xy * np.log2(p_xy / np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0))))


def _joint_only(p_xy):
    return joint_entropy(p_xy)


_BITS = "Weather and umbrella share this many bits."
_ZERO = "A pair that never occurs adds nothing."
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
        Case("A variable shares all it has with its copy.", (np.eye(2) / 2,)),
    ],
    mistakes=[
        Slip(_in_nats, _BITS),
        Slip(_joint_only, _BITS),
        Slip(_margins_broadcast, _BITS),
        Slip(_zeros_forgotten, _ZERO),
    ],
    hint="`np.outer(p_x, p_y)` is the table that the margins alone suggest.",
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
    hint="Show first that $H(X \\mid Z) \\le H(X \\mid Y) + H(Y \\mid Z)$.",
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
