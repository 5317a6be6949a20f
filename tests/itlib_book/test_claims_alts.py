"""What the descriptions of figures count, measure and compare, looked up in what is drawn."""

import math
from functools import cache

import numpy as np
import pytest
from content import figures_of_the_book
from drawings import panels, plotted
from second_routes import evidence_and_testing

from itlib_book.shared.tennis import PLAY, TENNIS

FIGURES = {figure.ident.removeprefix("fig-"): figure for figure in figures_of_the_book()}


@cache
def drawn(name):
    return panels(FIGURES[name])


def y(ax, what):
    """Return the heights of what a colour names."""
    return plotted(ax, what)[1]


def at(ax, what, place):
    """Return the height of a line over a place, on the straight piece between two of its points."""
    x, heights = plotted(ax, what)
    order = np.argsort(x)
    return float(np.interp(place, x[order], heights[order]))


def top(ax, what):
    """Return the place where a line is highest."""
    x, heights = plotted(ax, what)
    return x[np.argmax(heights)]


def low(ax, what):
    """Return the place where a line is lowest."""
    x, heights = plotted(ax, what)
    return x[np.argmin(heights)]


def falls(ax, what):
    x, heights = plotted(ax, what)
    return bool(np.all(np.diff(heights[np.argsort(x)]) <= 1e-9))


def rises(ax, what):
    x, heights = plotted(ax, what)
    return bool(np.all(np.diff(heights[np.argsort(x)]) >= -1e-9))


def hills(heights):
    """Return how many points are higher than both neighbours."""
    inner = heights[1:-1]
    return int(np.sum((inner > heights[:-2]) & (inner >= heights[2:])))


def near(found, expected, off=0.0):
    return bool(np.allclose(found, expected, rtol=1e-3, atol=off))


def written(ax):
    """Return the words of a panel."""
    return [text.get_text() for text in ax.texts]


def paths(ax):
    return [line.get_ydata() for line in ax.lines if len(line.get_xdata()) > 2]


def quarter_turns(ax):
    """Return the angles between the groups of dots of four colours, as one goes round."""
    groups = [plotted(ax, f"{colour}/dots") for colour in ("p", "q", "good", "mix")]
    middles = [complex(*np.mean(group, axis=1)) for group in groups]
    angles = np.sort(np.angle(middles))
    return np.diff([*angles, angles[0] + 2 * np.pi])


def share(ax, colour, condition):
    """Return for which share of the dots of a colour a condition holds."""
    return np.mean([condition(*dot) for dot in zip(*plotted(ax, f"{colour}/dots"))])


# {figure: {what its description says: whether it is so, asked of the panels}}
SAID = {
    "bound-opening": {
        "same height, 4.85;": lambda a, b: near(y(a, "p/bars"), 4.85, 0.005),
        "rise with the batch size and stop at 2": lambda a, b: (
            rises(b, "q/dots") and near(y(b, "q/dots")[-1], 2)
        ),
    },
    "bound-exact": {
        "logarithms of 16, 128 and 1024": lambda a: all(
            near(y(a, colour)[-1], math.log(m), 0.01)
            for colour, m in (("q", 16), ("mix", 128), ("p", 1024))
        ),
        "follow the diagonal": lambda a: near([at(a, c, 1) for c in ("p", "q", "mix")], 1, 0.1),
    },
    "bound-clipping": {
        "flat above 1 and below minus 1": lambda a: (
            (-1, 1) == (y(a, "bad").min(), y(a, "bad").max())
            and at(a, "bad", 4) == 1 == -at(a, "bad", -2)
        ),
    },
    "bound-stages": {
        "four tight groups a quarter turn apart": lambda a, b, c: near(
            quarter_turns(c), math.pi / 2, 0.05
        ),
        "four colours mixed on one side": lambda a, b, c: all(
            y(a, f"{colour}/dots").min() > 0 for colour in ("p", "q", "good", "mix")
        ),
    },
    "xent-five-mails": {
        "the fourth is by far the largest": lambda a, b: (
            3 == np.argmax(y(b, "q/bars"))
            and y(b, "q/bars").max() > np.sort(y(b, "q/bars"))[-2] * 2
        ),
    },
    "xent-binary-curves": {
        "crossing at one half": lambda a, b: near(at(a, "p", 0.5), at(a, "q", 0.5), 0.01),
        "falling for y = 1 and rising for y = 0": lambda a, b: falls(a, "p") and rises(a, "q"),
    },
    "xent-five-models": {
        "from zero for the perfect one to the largest for the very wrong one": lambda a, b: (
            0 == y(b, "p/bars")[0] and 4 == np.argmax(y(b, "p/bars"))
        ),
    },
    "xent-ceilings": {
        "ceilings near 16, 36 and 100": lambda a: near(
            [y(a, colour)[-1] for colour in ("bad", "mix", "q")], [16, 36, 100], 0.5
        ),
    },
    "mse-learning-curves": {
        "one falls at once, one late, one not at all": lambda a, b: (
            [True, False, False] == [np.min(line[:60]) < 20 for line in paths(b)]
            and [True, True, False] == [line[-1] < 20 for line in paths(b)]
        ),
        "cross-entropy: all fall at once": lambda a, b: all(line[60] < 20 for line in paths(a)),
    },
    "mse-proper": {
        "minimum at 0.7": lambda a, b: near([low(a, "p"), low(b, "q")], 0.7, 0.005),
        "absolute error falls all the way to 1": lambda a, b: falls(b, "bad"),
    },
    "mse-shapes": {
        "one minimum.": lambda a, b: 1 == hills(-y(a, "p")),
        "two minima and a hill between them": lambda a, b: (
            2 == hills(-y(b, "q/line"))
            and at(b, "q/line", 1.5) > max(at(b, "q/line", -0.1), at(b, "q/line", 2.32))
        ),
    },
    "tree-ranking": {
        "in the same order by both criteria": lambda a: (
            np.argsort(y(a, "p/bars")).tolist() == np.argsort(y(a, "q/bars")).tolist()
        ),
    },
    "diff-pair": {
        "falling from it through zero": lambda a, b: (
            falls(a, "q") and near(at(a, "q", 0), y(a, "p")[0]) and y(a, "q")[-1] < 0
        ),
        "rising without bound": lambda a, b: rises(b, "mix") and y(b, "mix")[-1] > 5,
    },
    "diff-die": {
        "rising geometrically from face 1 to face 6": lambda a, b: near(
            np.diff(np.log(y(a, "p/bars")), 2), 0, 1e-6
        ),
        "highest at 3.5": lambda a, b: near(top(b, "p"), 3.5, 0.03),
    },
    "diff-bandit": {
        "one near 1 at the left, all nearly equal at the right": lambda a, b: (
            y(a, "p")[0] > 0.99 and np.ptp([y(a, c)[-1] for c in ("p", "q", "mix", "good")]) < 0.02
        ),
        "below a falling curve": lambda a, b: (
            falls(b, "p") and 1 == share(b, "muted", lambda x, h: h <= at(b, "p", x) + 1e-3)
        ),
    },
    "ent-towers": {
        "a coin of 99 to 1": lambda *four: near(y(four[1], "ink")[0], 0.0808),
        "four of which one has probability 0.7": lambda *four: near(y(four[3], "ink")[0], 1.3568),
    },
    "ent-binary": {"with five coins": lambda a, b: 5 == len(y(a, "q/dots"))},
    "ent-blocks": {
        "coming down from 1 to just above the entropy": lambda a: (
            1 == y(a, "q")[0] and 0 < y(a, "q")[-1] - y(a, "p")[0] < 0.01
        ),
    },
    "ent-dice": {
        "rise above the parabola at both ends": lambda a, b: all(
            y(b, "p/dots")[end] > y(b, "q/line")[end] + 5 for end in (0, -1)
        ),
    },
    "ev-paths": {
        "Sixteen jagged paths that start at zero": lambda a: (
            16 == sum(np.ptp(np.diff(line)) > 1e-6 for line in paths(a))
            and all(line[0] == 0 for line in paths(a))
        ),
        "eight drift upwards and eight downwards": lambda a: all(
            y(a, f"{colour}/line {i}")[-1] * sign > 0
            for colour, sign in (("q", 1), ("p", -1))
            for i in range(8)
        ),
    },
    "ev-roc": {
        "higher for more tosses, above a dashed diagonal": lambda a: all(
            level < at(a, "n = 10", level) < at(a, "n = 50", level) < at(a, "n = 200", level)
            for level in (0.05, 0.2, 0.5)
        ),
    },
    "ev-exponents": {
        "nears a dashed line from above": lambda a, b: np.all(y(a, "exact") > y(a, "ink")[0]),
        "one below its dashed line": lambda a, b: (
            np.all(y(b, "p") < y(b, "ink")[0]) and np.all(y(b, "q") < y(b, "p"))
        ),
        "a falling curve": lambda a, b: np.all(np.diff(y(a, "exact")) < 0),
        "rises after a small dip at its start": lambda a, b: (
            [0] == np.flatnonzero(np.diff(y(b, "p")) < 0).tolist()
        ),
    },
    "ev-regret": {
        "the steepest for Laplace's rule": lambda a: (
            y(a, "bad")[-1] > y(a, "q")[-1] + 3 and y(a, "q")[-1] - y(a, "p")[-1] < 1
        ),
    },
    "fdiv-close": {
        "KL and reverse KL run together into one half": lambda a: near(
            [y(a, "p")[0], y(a, "q")[0]], 0.5, 1e-3
        ),
        "Jensen–Shannon and Hellinger into one eighth": lambda a: near(
            [y(a, "mix")[0], y(a, "good")[0]], 0.125, 1e-3
        ),
    },
    "fdiv-far": {
        "the latter two level off at 1": lambda a, b: near([y(a, "q")[-1], y(a, "mix")[-1]], 1),
        "rises and then falls by orders of magnitude": lambda a, b: (
            0.3 < top(b, "bad") < 4 and y(b, "bad").max() > 100 * y(b, "bad")[-1]
        ),
        "one that rises throughout": lambda a, b: rises(b, "good"),
    },
    "fisher-importance": {
        "agree in all but the scale": lambda a, b, c: np.array_equal(
            np.argsort(y(a, "mix/bars")), np.argsort(y(b, "q/bars"))
        ),
        "exchanges sepal length and sepal width": lambda a, b, c: (
            np.sign(np.diff(y(b, "q/bars")[:2])) == -np.sign(np.diff(y(c, "p/bars")[:2]))
        ),
    },
    "fisher-likelihoods": {
        "top at 0.3": lambda a: near([top(a, f"{c}/line 0") for c in "pq"], 0.3, 0.002),
    },
    "honest-reported": {
        "from 0.15 bits per character for a single bucket to 2 for a million": lambda a: near(
            [y(a, "bad")[0], y(a, "bad")[-1]], [0.15, 2], 0.03
        ),
    },
    "honest-cells": {
        "four bars that do not sum to one; four bars that do": lambda a, b, c: (
            y(b, "p/bars").sum() < 0.95 and near(y(c, "p/bars").sum(), 1)
        ),
        "four equal blocks": lambda a, b, c: near(y(a, "q/bars"), [0.25] * 4),
    },
    "honest-steps": {
        "five bits for a sign with four levels fall towards one": lambda a, b: (
            near(at(a, "p", 4), 5, 0.3) and near(y(a, "p")[-1], 1, 0.05)
        ),
        "four bits for four flips shown at once fall towards 2.4": lambda a, b: (
            near(y(b, "p")[0], 4) and near(y(b, "muted")[0], 2.4, 0.01) and falls(b, "p")
        ),
    },
    "honest-typical": {
        "peak at 1": lambda a: near(top(a, "p"), 1, 0.005),
        "a dot at 0": lambda a: plotted(a, "bad/dots")[0] == 0,
    },
    "joint-coins": {
        "every cell is a quarter": lambda *three: (
            {"1/4"} == set(word for ax in three for word in written(ax))
        ),
    },
    "budget-drift": {
        "the reference 0.2, 0.3, 0.5 and the policy 0.7, 0.2, 0.1": lambda a: (
            near(y(a, "p/bars"), [0.2, 0.3, 0.5]) and near(y(a, "q/bars"), [0.7, 0.2, 0.1])
        ),
    },
    "budget-estimates": {
        "touches it at 0, is below it to the left and far above it to the right": lambda a: (
            near([at(a, "q", 0), at(a, "mix", 0)], 0, 1e-9)
            and at(a, "q", -2) < at(a, "mix", -2)
            and at(a, "q", 3) > 3 * at(a, "mix", 3)
        ),
    },
    "budget-frontier": {
        "best of 1, 2, 3, 4, 6, 10 and 20 draws": lambda a: all(
            near(y(a, f"q/dots {i}"), 2 - 0.8**n - 0.5**n)
            for i, n in enumerate((1, 2, 3, 4, 6, 10, 20))
        ),
    },
    "budget-overoptimised": {
        "eight red outliers": lambda a, b: 8 == len(y(a, "bad/dots")),
        "rises a little and then falls below 0": lambda a, b: (
            0 < y(b, "p").max() < 1 and 0 < top(b, "p") < 1 and y(b, "p")[-1] < 0
        ),
        "one that rises throughout": lambda a, b: rises(b, "q"),
    },
    "budget-pairs": {
        "of the loss from ln 2": lambda a, b: near(y(b, "mix")[0], math.log(2)),
        "that of the rejected answers far steeper": lambda a, b: (
            np.ptp(y(a, "q")) > 2 * np.ptp(y(a, "p"))
        ),
    },
    "kl-two-coins": {
        "both are zero at 0.75": lambda a: (
            near([low(a, "p"), low(a, "q")], 0.75, 0.003) and y(a, "p").min() < 1e-4
        ),
        "the first rises steeply at both ends": lambda a: all(
            y(a, "p")[end] > 2 * y(a, "q")[end] for end in (0, -1)
        ),
    },
    "kl-cut-grid": {
        "two humps near −3 and 3": lambda a: near(
            np.abs(plotted(a, "q/line")[0])[[np.argmax(y(a, "q/line"))]], 3, 0.4
        ),
    },
    "noisy-capacities": {
        "touches zero at one half and returns to one": lambda a: (
            near(at(a, "p", 0.5), 0, 1e-9) and near(y(a, "p")[[0, -1]], 1)
        ),
        "one between one and two bits": lambda a: near(
            [y(a, "mix").min(), y(a, "mix").max()], [1, 2]
        ),
        "a straight line from one to zero": lambda a: any(
            near(y(a, c), 1 - plotted(a, c)[0], 1e-9) for c in ("q", "good")
        ),
    },
    "noisy-signs": {
        "of signs bends to one bit": lambda a: near(y(a, "p")[-1], 1),
        "decided signs lies below it": lambda a: np.all(y(a, "q") <= y(a, "p") + 1e-12),
        "any number keeps rising": lambda a: y(a, "muted")[-1] > 2 and rises(a, "muted"),
    },
    "rd-opening": {
        "all, 36.3 per cent with the sign, 25 per cent for the competitor": lambda a, b: near(
            [bar.get_width() for bar in b.patches], [1, 0.3634, 0.25]
        ),
    },
    "rd-vectors": {
        "with sixteen code words along the diagonal": lambda a, b: (
            16 == len(y(b, "q/dots"))
            and np.corrcoef(plotted(b, "q/dots"))[0, 1]
            > 0.9
            > np.corrcoef(plotted(a, "q/dots"))[0, 1]
        ),
        "a grid of four by four code words": lambda a, b: (
            (4, 4) == tuple(len(np.unique(side.round(6))) for side in plotted(a, "q/dots"))
        ),
    },
    "rd-vae": {
        "meets it at both ends": lambda a: all(
            near(y(a, "q/line")[end], -math.log(plotted(a, "q/line")[0][end]) / 2, 0.01)
            for end in (0, -1)
        ),
    },
    "rd-bent": {
        "rises along the diagonal and then stays level": lambda a, b: (
            near(y(b, "p/line")[1], plotted(b, "p/line")[0][1])
            and y(b, "p/line")[1] == y(b, "p/line")[2]
        ),
    },
    "si-events": {
        "to more than twenty for a lottery win": lambda a: 20 < y(a, "q/line 3 x").max(),
    },
    "smooth-puzzle": {
        "gives the third class 0.95": lambda a, b: near(y(a, "q/bars")[2], 0.95),
        "gives 0.02 to each wrong class and the prediction 0.01 or 0.02": lambda a, b: (
            near(np.delete(y(b, "mix/bars"), 2), 0.02)
            and {0.01, 0.02} == set(np.delete(y(b, "q/bars"), 2).round(9).tolist())
        ),
    },
    "smooth-temperatures": {
        "steep at temperature 0.5 and nearly level at 10": lambda a, b: (
            np.ptp(y(a, "p/bars")[:5]) > 0.8 and np.ptp(y(a, "p/bars")[-5:]) < 0.1
        ),
        "all tending to one fifth": lambda a, b: near(
            [y(b, f"p/line {i}")[-1] for i in range(5)], 0.2, 0.03
        ),
    },
    "smooth-calibration": {
        "below the diagonal at T = 1 and on it": lambda a, b: (
            np.all(y(a, "bad") < plotted(a, "bad")[0])
            and near(y(a, "good"), plotted(a, "good")[0], 0.06)
        ),
    },
    "code-puzzle": {
        "of nine to one it is more than twice as long": lambda a: (
            y(a, "q/bars")[-1] > 2 * y(a, "p/bars")[-1]
            and np.all(y(a, "q/bars")[:2] < y(a, "p/bars")[:2])
        ),
    },
    "code-blocks": {
        "block lengths of 1 to 10, for three coins, below the dashed line 1/n": lambda a: (
            [1, 10] == plotted(a, "q")[0][[0, -1]].tolist()
            and all(np.all(y(a, c) < y(a, "muted")) for c in ("q", "mix", "good"))
        ),
    },
    "code-rates": {
        "drops at once to the entropy rate": lambda a: np.ptp(y(a, "good")[1:]) < 1e-12,
        "dots on or above the blue curve": lambda a: np.all(y(a, "q/dots") >= y(a, "p") - 1e-12),
    },
    "code-contexts": {
        "a dashed curve that falls below 1": lambda a: falls(a, "p") and y(a, "p")[-1] < 1,
        "turns up again after three characters": lambda a: 3 == low(a, "q"),
    },
    "vi-six": {
        "in the last three all lie at 0 with bars from −1 to 1": lambda a: all(
            near(y(a, f"muted/dots {i}"), 0, 1e-9) for i in range(3)
        ),
        "Six groups of eight dots": lambda a: (
            [8] * 6 == [len(y(a, f"{c}/dots {i}")) for c in ("p", "muted") for i in range(3)]
        ),
    },
    "vi-gap": {
        "touches it at μ = 1": lambda a: (
            near(top(a, "p/line 0"), 1, 0.02)
            and near(y(a, "p/line 0").max(), y(a, "ink")[0], 1e-3)
            and all(y(a, f"p/line {i}").max() < y(a, "ink")[0] - 0.05 for i in (1, 2))
        ),
    },
    "vi-two-modes": {
        "modes near −1.9 and 1.9": lambda a, b: (
            near(top(a, "posterior/top"), 1.9, 0.05) or near(top(a, "posterior/top"), -1.9, 0.05)
        ),
    },
    "vi-samples": {
        "within some ten samples": lambda a, b: near(at(a, "p", 10), y(a, "ink")[0], 0.1),
        "equal at one sample": lambda a, b: near(y(b, "q")[0], y(b, "muted")[0]),
    },
    "vi-amortised": {
        "widest near x = 6": lambda a, b: near(
            plotted(b, "p")[0][np.argmax((y(b, "q") - y(b, "p"))[:-5])], 6, 0.5
        ),
    },
    "vi-surface": {
        "star at μ = 0, σ = 1": lambda a: [0, 1] == np.ravel(plotted(a, "q/dots")).tolist(),
    },
    "vi-collapse": {
        "Six straight lines that fall": lambda a: (
            6 == len([line for line in paths(a) if line[0] > line[-1] == 0 and len(line) == 300])
        ),
    },
}
CASES = [(name, phrase) for name, said in SAID.items() for phrase in said]


@pytest.mark.parametrize(("name", "phrase"), CASES, ids=[f"{n}: {p}" for n, p in CASES])
def test_a_description_says_what_is_drawn(name, phrase):
    assert phrase in FIGURES[name].alt
    assert SAID[name][phrase](*drawn(name))


def test_the_leaves_of_the_tree_of_days_are_five_and_pure():
    next_question = {"rain": "Wind", "sunny": "Humidity"}
    days = [dict(zip(TENNIS, day)) for day in zip(*TENNIS.values())]
    leaves = {
        (day["Outlook"], day.get(next_question.get(day["Outlook"])), played)
        for day, played in zip(days, PLAY)
    }

    assert 5 == len(leaves) == len({leaf[:2] for leaf in leaves})
    assert "all five leaves are pure" in FIGURES["tree-tennis"].alt


def test_a_code_that_learns_its_frequencies_is_best_with_fifteen_bins():
    bins = [k for k in range(1, 61) if 60 % k == 0]

    assert 15 == min(bins, key=evidence_and_testing._petal_bits(True))
    assert "a lowest point at fifteen bins" in FIGURES["ev-models"].alt
