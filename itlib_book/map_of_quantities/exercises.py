"""The exercises of the map: how the quantities hang together."""

import numpy as np

import itlib
from bookkit.exercise import (
    Choice,
    Derivation,
    Item,
    Limit,
    Mistake,
    Number,
    Option,
    Ordering,
    Step,
    Swap,
)
from itlib_book.map_of_quantities.data import amounts, as_if_independent
from itlib_book.shared.common_mistakes import nats_for_bits
from itlib_book.shared.weather import WEATHER

_TABLE = np.array([[0.3, 0.2], [0.1, 0.4]])
_FOUND = amounts(_TABLE)

gap = Number(
    "map-gap",
    stars=1,
    minutes=5,
    unit="bits per pair",
    tolerance=0.0005,
    question="The table $p(x,y)$ has the rows $(0.3, 0.2)$ and $(0.1, 0.4)$. Somebody codes pairs "
    "as if $X$ and $Y$ were independent, with the right margins. How many bits per pair "
    "are wasted?",
    answer=_FOUND["KL divergence"],
    why="Spent are $H(X) + H(Y)$, needed are $H(X,Y)$; the difference is $I(X;Y)$.",
    mistakes=[
        nats_for_bits(_FOUND["KL divergence"]),
        Mistake(_FOUND["cross-entropy"], "That is what is spent. Some of it is needed by anyone."),
        Mistake(_FOUND["joint entropy"], "That is what is needed. What is spent beyond it?"),
        Mistake(
            itlib.kl_divergence(as_if_independent(_TABLE).ravel(), _TABLE.ravel()),
            "The arguments are swapped: the pairs come from the table, not from the product.",
        ),
        Mistake(
            _FOUND["conditional entropy"],
            "That is $H(Y \\mid X)$: what is left of $Y$ when $X$ is known.",
        ),
    ],
    limits=[
        Limit("No code beats the right one on average.", below=0.0),
        Limit(
            "One variable cannot tell more about the other than that one holds, 1 bit.", above=1.0
        ),
    ],
    hint="The false belief is the product of the margins. Which box of the map is its cost?",
    solution=f"$H(X) + H(Y) - H(X,Y) = {_FOUND['cross-entropy']:.4f} - "
    f"{_FOUND['joint entropy']:.4f} = {_FOUND['KL divergence']:.4f}$ bits.",
)

_WEATHER = amounts(WEATHER)

order = Ordering(
    "map-order",
    stars=2,
    minutes=4,
    question="Two variables, neither of which determines the other, and which are not "
    "independent. Order these amounts; the order is the same for every such pair.",
    items=[
        Item("H(X,Y)", _WEATHER["joint entropy"]),
        Item("H(Y|X)", _WEATHER["conditional entropy"]),
        Item("H(X) + H(Y)", _WEATHER["cross-entropy"]),
        Item("H(Y)", _WEATHER["entropy"]),
    ],
    direction="the fewest bits first",
    mistakes=[
        Swap("H(Y)", "H(Y|X)", "Knowing $X$ lowers the uncertainty about $Y$, on average."),
        Swap("H(X,Y)", "H(Y)", "The pair holds $Y$ and something more."),
        Swap("H(X) + H(Y)", "H(X,Y)", "The sum counts twice what they share."),
    ],
    hint="Each is the one before it plus something that is not negative.",
    why="The steps are $I(X;Y)$, $H(X \\mid Y)$ and $I(X;Y)$ again.",
    solution="$H(Y) = H(Y \\mid X) + I(X;Y)$, $H(X,Y) = H(Y) + H(X \\mid Y)$ and "
    "$H(X) + H(Y) = H(X,Y) + I(X;Y)$. For weather and umbrella: "
    f"{_WEATHER['conditional entropy']:.4f}, {_WEATHER['entropy']:.4f}, "
    f"{_WEATHER['joint entropy']:.4f} and {_WEATHER['cross-entropy']:.4f} bits.",
)

_SURE, _HALF = itlib.normalize([1, 1, 1, 1]), np.array([0.97, 0.01, 0.01, 0.01])
_COSTS = {
    "H": itlib.entropy(_SURE),
    "JS": itlib.js_divergence(_SURE, _HALF),
    "TV": itlib.total_variation(_SURE, _HALF),
    "CE": itlib.cross_entropy(_SURE, _HALF),
}

ceiling = Choice(
    "map-ceiling",
    stars=2,
    minutes=3,
    question="$p$ and $q$ are distributions over four outcomes. One of these can be larger than 2. "
    "Which? (Information in bits.)",
    options=[
        Option("$H(p)$", "Four outcomes have at most $\\log_2 4 = 2$ bits.", right=_COSTS["H"] > 2),
        Option(
            "$D_{\\mathrm{JS}}(p, q)$",
            "It is what an outcome tells about one coin: at most 1 bit.",
            right=_COSTS["JS"] > 2,
        ),
        Option(
            "$\\mathrm{CE}(p, q)$",
            "A false belief can cost any number of bits, up to infinitely many; "
            "only the *right* belief is bounded by $\\log_2 4$.",
            right=_COSTS["CE"] > 2,
        ),
        Option(
            "$\\mathrm{TV}(p, q)$",
            "It is a difference of probabilities, so at most 1.",
            right=_COSTS["TV"] > 2,
        ),
    ],
    hint="Which of them becomes infinite when $q$ forbids what $p$ allows?",
    solution=f"Take $p$ uniform and $q = (0.97, 0.01, 0.01, 0.01)$: $H(p) = {_COSTS['H']:.0f}$, "
    f"$D_{{\\mathrm{{JS}}}} = {_COSTS['JS']:.4f}$, "
    f"$\\mathrm{{CE}} = {_COSTS['CE']:.4f}$ bits, "
    f"$\\mathrm{{TV}} = {_COSTS['TV']:.2f}$.",
)

bridge = Derivation(
    "map-bridge",
    stars=2,
    minutes=6,
    question="Let $p = p(x,y)$ and $q = p(x)\\,p(y)$. Show that $\\mathrm{CE}(p,q) = H(X) + H(Y)$, "
    "and conclude that $D(p‖q) = I(X;Y)$.",
    hint="The logarithm of a product is a sum; then sum out the variable that a term does not "
    "contain.",
    steps=[
        Step(
            "$\\mathrm{CE}(p,q) = -\\sum_{x,y} p(x,y) \\log p(x)\\,p(y)$, the definition.",
            "Write the cross-entropy down: the mean over $p$ of the surprise under $q$.",
        ),
        Step(
            "$= -\\sum_{x,y} p(x,y) \\log p(x) - \\sum_{x,y} p(x,y) \\log p(y)$.",
            "Split the logarithm of the product.",
        ),
        Step(
            "In the first sum $\\sum_y p(x,y) = p(x)$, which leaves $H(X)$; the second leaves "
            "$H(Y)$.",
            "Sum over the variable that the logarithm does not contain.",
        ),
        Step(
            "$D(p‖q) = \\mathrm{CE}(p,q) - H(p) = H(X) + H(Y) - H(X,Y) = I(X;Y)$.",
            "Subtract what is needed, $H(p) = H(X,Y)$, and recognise what is left.",
        ),
    ],
    why="The false belief “independent” costs what the variables share, no more and no less.",
    solution="This is the arrow between the two boxes with one number. As a divergence is never "
    "negative, neither is mutual information.",
)
