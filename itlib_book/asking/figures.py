"""The figures of the chapter on questions."""

import numpy as np

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import entropy
from itlib_book.asking.data import ODDS, OPENERS, QUESTIONS, SUSPECTS, feedback, moon_scores, moons
from itlib_book.asking.data import number as place_of

# ---- five openers ----


def draw_openers(ax):
    """Draw how each opener cuts the codes into groups, the largest first."""
    for row, opener in enumerate(OPENERS):
        sizes = np.bincount(feedback()[place_of(opener)])
        sizes = np.sort(sizes[sizes > 0])[::-1]
        left = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        for k, (start, size) in enumerate(zip(left, sizes)):
            ax.barh(row, size, left=start, color=light("p"), alpha=0.8 - 0.35 * (k % 2), height=0.7)
    ax.set(
        yticks=range(len(OPENERS)),
        yticklabels=OPENERS,
        xlim=(0, 1296),
        xticks=[0, 324, 648, 972, 1296],
        xlabel="codes",
        ylabel="first guess",
    )
    ax.grid(visible=False)
    ax.invert_yaxis()


openers = Figure(
    "ask-openers",
    draw_openers,
    width=400,
    height=200,
    caption="Five first guesses. Each cuts the 1296 codes into groups, one for each answer, here the "
    "largest first. The answer tells you in which group the secret is.",
    alt="Five bars of equal length, cut into pieces: 1111 into five, of which two make up most of "
    "it, 1112 into eleven, 1122 into thirteen, 1123 and 1234 into fourteen",
)


# ---- four suspects, twice ----

# The questions of a tree, from the first one on; where one is not asked, "" stands.
GREEDY = ("Ann or Ben?", ("Ann?", "Ann", "Ben"), ("Cem?", "Cem", "Dora"))
BEST = ("Ann?", "Ann", ("Cem?", "Cem", ("Ann or Ben?", "Ben", "Dora")))


def questions_on_average(tree, depth=0):
    """Return the sum over a tree's leaves of their chance times their depth."""
    if isinstance(tree, str):
        return depth * ODDS[SUSPECTS.index(tree)]
    return sum(questions_on_average(branch, depth + 1) for branch in tree[1:])


def first_bits(tree):
    """Return the entropy of the answer to a tree's first question."""
    yes = sum(ODDS[SUSPECTS.index(suspect)] for suspect in QUESTIONS[tree[0]])
    return entropy([yes, 1 - yes])


def _leaves(tree):
    return [tree] if isinstance(tree, str) else [leaf for t in tree[1:] for leaf in _leaves(t)]


def _draw(ax, tree, places, depth=0):
    """Draw a tree below its place, which is the middle of its branches; return the place."""
    if isinstance(tree, str):
        x = places[tree]
        ax.text(
            x,
            -depth - 0.12,
            f"{tree}\n{ODDS[SUSPECTS.index(tree)]:g}",
            ha="center",
            va="top",
            color=light("p"),
        )
        return x
    ends = [_draw(ax, branch, places, depth + 1) for branch in tree[1:]]
    x = sum(ends) / 2
    for end, branch, word, side in zip(ends, tree[1:], ("yes", "no"), ("right", "left")):
        below = -depth - (1 if isinstance(branch, str) else 0.84)
        ax.plot([x, end], [-depth - 0.16, below], color=light("muted"))
        shift = (0.07 + 0.13 * abs(end - x)) * (-1 if side == "right" else 1)
        ax.text(
            (x + end) / 2 + shift, -depth - 0.5, word, ha=side, va="center", color=light("muted")
        )
    ax.text(x, -depth, tree[0], ha="center", va="center", fontweight="bold")
    return x


def _draw_tree(ax, tree, title):
    places = {leaf: float(i) for i, leaf in enumerate(_leaves(tree))}
    _draw(ax, tree, places)
    ax.set(xlim=(-0.7, 3.7), ylim=(-3.7, 0.3), title=title)
    ax.axis("off")


def draw_greedy(ax):
    """Draw the tree that begins with the most informative question."""
    _draw_tree(ax, GREEDY, "begins with the most bits")


def draw_best(ax):
    """Draw the tree with the fewest questions on average."""
    _draw_tree(ax, BEST, "needs the fewest questions")


suspects = Figure(
    "ask-suspects",
    draw_greedy,
    draw_best,
    width=330,
    height=250,
    caption="Two plans for the four suspects, with their chances. The first plan begins with "
    f"{first_bits(GREEDY):.3f} bits, the second with {first_bits(BEST):.3f}. On average the first asks "
    f"{questions_on_average(GREEDY):.1f} questions, the second {questions_on_average(BEST):.1f}: it gets "
    "the two likely ones out of the way first.",
    alt="Two trees of questions: in the first each suspect is found after two questions; in the "
    "second Ann after one, Cem after two, Ben and Dora after three",
)


# ---- two moons ----

ACROSS, UP = np.linspace(-1.8, 3, 61), np.linspace(-1.4, 2.1, 45)


def _draw_map(ax, heights, title, levels):
    x, y, known = moons()
    grid = np.stack(np.meshgrid(ACROSS, UP), axis=-1)
    height = heights(grid)
    ax.contourf(ACROSS, UP, height, levels=levels, colors=light("mix"), alpha=0.2)
    for extra in levels[1:-1]:  # inks add up: the more, the higher
        ax.contourf(ACROSS, UP, height, levels=[extra, 2], colors=light("mix"), alpha=0.2)
    for label, colour in ((0, "p"), (1, "q")):
        here = known & (y == label)
        ax.plot(*x[here].T, ".", color=light(colour), markersize=4)
    ax.plot(*x[~known].T, ".", color=light("muted"), markersize=3)
    ax.set(
        xlim=(-1.8, 3),
        ylim=(-1.4, 2.1),
        aspect="equal",
        xlabel="feature 1",
        ylabel="feature 2",
        title=title,
    )
    ax.grid(visible=False)


def draw_uncertainty(ax):
    """Draw where the models' mean is uncertain."""
    _draw_map(
        ax, lambda x: moon_scores(x)[0], "how uncertain the label is", [0.3, 0.5, 0.7, 0.9, 1.01]
    )


def draw_disagreement(ax):
    """Draw where a label would tell about the models."""
    _draw_map(
        ax, lambda x: moon_scores(x)[1], "what the label would tell", [0.1, 0.2, 0.3, 0.4, 1.01]
    )


two_moons = Figure(
    "ask-moons",
    draw_uncertainty,
    draw_disagreement,
    width=330,
    height=260,
    caption="A hundred models of two moons, learned from the blue and the orange points; the grey "
    "ones have no label yet. The stronger the colour, the more bits: in the first map of the mean "
    "prediction's entropy, in the second of what a label would tell about which model is right.",
    alt="Two maps of the plane with two overlapping moons. The entropy is high in a band between "
    "the moons and beyond the labelled points; the information only beyond the labelled points",
)
