"""The figures of the chapter on decision trees, and its fourteen days."""

from functools import lru_cache

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from bookkit.figure import Figure
from bookkit.palette import light
from itlib import entropy, gini_decrease, grow_tree, information_gain, normalize
from itlib_book.decision_trees.data import SHUFFLES, chance_gains, pruned, sepals
from itlib_book.shared.irises import load_iris
from itlib_book.shared.tennis import DAYS, PLAY, TENNIS

# ---- the four questions ----


def _draw_question(ax, name):
    """Draw one attribute: a column for each value, as wide as it is frequent, split by answer."""
    column, play = np.array(TENNIS[name]), np.array(PLAY) == "yes"
    left = 0
    for value in dict.fromkeys(TENNIS[name]):
        chosen = column == value
        count, yes = int(chosen.sum()), int(play[chosen].sum())
        right, share = left + count, yes / count
        inner = [left + 0.06, right - 0.06, right - 0.06, left + 0.06]
        middle = (left + right) / 2
        ax.text(middle, -0.03, value, ha="center", va="top")
        if yes:
            ax.fill(inner, [0, 0, share, share], color=light("p"), alpha=0.55)
            ax.text(middle, share / 2, f"{yes} yes", ha="center", va="center")
        if yes < count:
            ax.fill(inner, [share, share, 1, 1], color=light("q"), alpha=0.45)
            ax.text(middle, (1 + share) / 2, f"{count - yes} no", ha="center", va="center")
        left = right
    ax.set(xlim=(0, 14), ylim=(-0.12, 1), title=name)
    ax.axis("off")


def draw_outlook(ax):
    """Draw the split by outlook."""
    _draw_question(ax, "Outlook")


def draw_temperature(ax):
    """Draw the split by temperature."""
    _draw_question(ax, "Temperature")


def draw_humidity(ax):
    """Draw the split by humidity."""
    _draw_question(ax, "Humidity")


def draw_wind(ax):
    """Draw the split by wind."""
    _draw_question(ax, "Wind")


questions = Figure(
    "tree-questions",
    draw_outlook,
    draw_temperature,
    draw_humidity,
    draw_wind,
    height=128,
    caption="Fourteen days, divided by each of the four questions. A column is as wide as its group "
    "is large; blue is the share of the days that suited a game.",
    alt="Four mosaics, one for each attribute: the days of each value, split into yes and no",
)


# ---- the tree of the fourteen days ----

WIDE = 1.5  # the width of a node's bar, in leaves
BAR = 0.16  # its height, in levels
SMALL = 10  # points: five leaves have room for no more


def _draw_node(ax, x, y, tree, answer):
    """Draw the shares of a node as a bar, what led to it, and what it asks or says."""
    yes, no = tree.counts.get("yes", 0), tree.counts.get("no", 0)
    width = WIDE * (yes + no) / 14
    edge = x - width / 2 + width * yes / (yes + no)
    ax.fill_between([x - width / 2, edge], y, y + BAR, color=light("p"), alpha=0.7, linewidth=0)
    ax.fill_between([edge, x + width / 2], y, y + BAR, color=light("q"), alpha=0.7, linewidth=0)
    bits = entropy(normalize([yes, no]))
    left = f"{bits:.3f} bits" if bits else "0 bits"
    for k, words in enumerate((left, f"{yes} yes, {no} no", answer)):
        ax.text(x, y + BAR + 0.05 + 0.12 * k, words, ha="center", fontsize=SMALL)
    words = f"{tree.feature}?" if tree.children else tree.label
    ax.text(x, y - 0.04, words, ha="center", va="top", weight="bold")
    if tree.children:
        gain = f"gains {tree.score:.3f} bits"
        ax.text(x, y - 0.18, gain, ha="center", va="top", fontsize=SMALL, color=light("good"))


def _draw_branches(ax, x, y, tree, places, answer):
    """Draw a node and all below it; the places are where the nodes stand across."""
    _draw_node(ax, x, y, tree, answer)
    for value, child in tree.children.items():
        below = places[id(child)]
        ax.plot([x, below], [y - 0.33, y - 1.1 + BAR + 0.45], color=light("muted"), linewidth=1)
        _draw_branches(ax, below, y - 1.1, child, places, value)


def _placed(tree, places, right=0.0):
    """Note where each node stands, the leaves one beside the other; return the next free place."""
    if not tree.children:
        places[id(tree)] = right
        return right + 1
    for child in tree.children.values():
        right = _placed(child, places, right)
    below = [places[id(child)] for child in tree.children.values()]
    places[id(tree)] = (below[0] + below[-1]) / 2
    return right


def draw_tree(ax):
    """Draw the tree that ID3 grows for the fourteen days."""
    tree, places = grow_tree(TENNIS, PLAY), {}
    leaves = _placed(tree, places)
    _draw_branches(ax, places[id(tree)], 0, tree, places, "all days")
    ax.set(xlim=(-0.6, leaves - 0.4), ylim=(-2.45, 0.62))
    ax.axis("off")


tree = Figure(
    "tree-tennis",
    draw_tree,
    width=400,
    height=330,
    caption="The tree that asks the best question at every node. The more days arrive, the wider "
    "is the bar; blue are those that suited a game. Above a bar stand the answer that leads to it "
    "and how uncertain the day is then, below it the next question and what this gains there.",
    alt="A tree: the outlook is asked first; overcast is always yes, rain leads on to the wind, "
    "sunny to the humidity, and all five leaves are pure",
)


# ---- what chance would give ----


def draw_chance(ax):
    """Draw each column's gain, and what it would gain for shuffled answers."""
    columns = TENNIS | {"row number": DAYS}
    for y, column in enumerate(columns.values()):
        by_chance = chance_gains(column)
        ax.barh(y, information_gain(column, PLAY), 0.55, color=light("p"), alpha=0.6)
        ax.plot(np.quantile(by_chance, [0.05, 0.95]), [y, y], color=light("q"), linewidth=2)
        ax.plot(by_chance.mean(), y, "o", color=light("q"), markersize=5)
    ax.set(
        xlim=(0, 1),
        ylim=(4.5, -0.5),
        xlabel="gain, bits",
        yticks=range(5),
        yticklabels=list(columns),
        title="the gain, and the gain from shuffled answers",
    )
    ax.tick_params(axis="y", length=0)


chance = Figure(
    "tree-chance",
    draw_chance,
    width=380,
    height=210,
    caption="Bars: the gain on the fourteen days. Dots: the mean gain of the same column when the "
    f"answers are shuffled {SHUFFLES} times; lines: the middle 90 % of those. "
    "The row number gains as much from nonsense as from the truth, and with fourteen rows "
    "none of the other columns gains more than chance gives it now and then.",
    alt="Bars of the gains of five columns, each with a dot and a line for the gain by chance; "
    "for the row number the dot is at the end of the bar",
)


# ---- a tree cuts the plane ----

SPECIES = ("p", "q", "mix")  # setosa, versicolor, virginica


@lru_cache
def _petals():
    """Return length and width of the petals, and the species."""
    iris = load_iris()
    return iris.data[:, 2:], iris.target


def _draw_plane(ax, depth, title):
    petals, species = _petals()
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=depth, random_state=0)
    tree.fit(petals, species)
    length, width = np.meshgrid(np.linspace(0.8, 7.2, 321), np.linspace(0, 2.7, 271))
    answer = tree.predict(np.stack([length.ravel(), width.ravel()], axis=1)).reshape(length.shape)
    levels = [-0.5, 0.5, 1.5, 2.5]
    colours = [light(colour) for colour in SPECIES]
    ax.contourf(length, width, answer, levels=levels, colors=colours, alpha=0.2)
    for kind, (colour, mark) in enumerate(zip(SPECIES, "osD", strict=True)):
        chosen = petals[species == kind]
        ax.plot(chosen[:, 0], chosen[:, 1], mark, color=light(colour), markersize=2.5)
    ax.set(
        xlim=(0.8, 7.2),
        ylim=(0, 2.7),
        xlabel="petal length, cm",
        ylabel="petal width, cm",
        title=f"{title}: {tree.get_n_leaves()} leaves",
    )


def draw_first_cuts(ax):
    """Draw the plane of petals after two levels of questions."""
    _draw_plane(ax, 2, "two levels")


def draw_all_cuts(ax):
    """Draw the plane of petals when no leaf can be divided any more."""
    _draw_plane(ax, None, "to the end")


plane = Figure(
    "tree-plane",
    draw_first_cuts,
    draw_all_cuts,
    height=240,
    caption="150 irises by the length and width of their petals: setosa (blue dots), versicolor "
    "(orange squares) and virginica (purple diamonds), and what a tree answers in each "
    "rectangle; neighbours with one answer run together. Five of the eight leaves of the second tree "
    "hold no more than three flowers: the small box has two, the corner of longer petals under it three.",
    alt="Two scatter plots of petal length and width with the rectangles of a tree behind them: "
    "level bands after two levels; grown to the end, the border of two species has steps and a "
    "small box",
)


# ---- pruning ----


def _draw_sepals(ax, price, title):
    (x, y), tree = sepals(), pruned(price)
    length, width = np.meshgrid(np.linspace(4, 8.2, 281), np.linspace(1.8, 4.6, 187))
    answer = tree.predict(np.stack([length.ravel(), width.ravel()], axis=1)).reshape(length.shape)
    colours = [light(colour) for colour in SPECIES]
    ax.contourf(length, width, answer, levels=[-0.5, 0.5, 1.5, 2.5], colors=colours, alpha=0.2)
    for kind, (colour, mark) in enumerate(zip(SPECIES, "osD", strict=True)):
        own = x[y == kind]
        ax.plot(own[:, 0], own[:, 1], mark, color=light(colour), markersize=2.5)
    ax.set(
        xlim=(4, 8.2),
        ylim=(1.8, 4.6),
        xlabel="sepal length, cm",
        ylabel="sepal width, cm",
        title=f"{title}: {tree.get_n_leaves()} leaves",
    )


def draw_unpruned(ax):
    """Draw the plane of sepals of the tree that was grown to the end."""
    _draw_sepals(ax, 0.0, "grown to the end")


def draw_pruned(ax):
    """Draw the plane of sepals of the tree whose leaves must pay."""
    _draw_sepals(ax, 0.03, "pruned at 0.03 bits a leaf")


pruning = Figure(
    "tree-pruning",
    draw_unpruned,
    draw_pruned,
    height=240,
    caption="The 150 irises by the length and width of their sepals, and the answers of two trees. "
    "The first fences off single flowers. In the second, from the ends towards the root, "
    "each branch was cut back that then gained less than 0.03 bits per flower for each leaf it "
    "still added.",
    alt="Two scatter plots of sepal length and width: many small rectangles behind the first, "
    "few large ones behind the second",
)


# ---- three criteria rank the questions ----


def draw_ranking(ax):
    """Draw the share of the total that each attribute has, by gain and by Gini decrease."""
    names = list(TENNIS)
    for offset, measure, colour, label in (
        (-0.19, information_gain, "p", "information gain"),
        (0.19, gini_decrease, "q", "Gini decrease"),
    ):
        shares = normalize([measure(TENNIS[name], PLAY) for name in names])
        ax.bar(np.arange(4) + offset, shares, 0.36, color=light(colour), alpha=0.7, label=label)
    ax.set(
        xticks=range(4),
        xticklabels=names,
        ylabel="share of the sum",
        ylim=(0, 0.6),
        title="two criteria, one ranking",
    )
    ax.legend()


ranking = Figure(
    "tree-ranking",
    draw_ranking,
    width=380,
    height=210,
    caption="Information gain and Gini decrease of the four attributes, each divided by its sum. "
    "The order is the same; the outlook's lead over the humidity is smaller by Gini.",
    alt="Pairs of bars for four attributes, which come in the same order by both criteria",
)
