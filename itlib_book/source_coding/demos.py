"""The demo of the chapter on source coding."""

from functools import cache

import numpy as np

from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.marks import Bars, Curve, Points, Text
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout
from itlib import entropy, expected_length, huffman_code, kraft_sum, normalize, self_information

# ---- demo-huffman: a source, blocks of its symbols, a code for them and its tree ----

NAMES = "abcd"
ROOM = 9  # words; more have no room for their names
WIDE = 56  # digits that fit side by side below the leaves
MOST = 6  # digits; a higher tower leaves the picture


@cache
def source(symbols, ratio):
    """Return the distribution of one symbol: each is `ratio` times as likely as the one before."""
    return normalize(ratio ** np.arange(int(symbols)))


@cache
def blocks(symbols, ratio, block):
    """Return the probabilities of all blocks, the likeliest first, and their names."""
    p, names = np.ones(1), [""]
    for _ in range(int(block)):
        p = np.multiply.outer(p, source(symbols, ratio)).ravel()
        names = [name + letter for name in names for letter in NAMES[: int(symbols)]]
    order = np.argsort(-p, kind="stable")
    return p[order], [names[i] for i in order]


@cache
def words(symbols, ratio, block, code):
    """Return a word for each block: intervals of these lengths, side by side."""
    p = blocks(symbols, ratio, block)[0]
    lengths = (
        [len(word) for word in huffman_code(p)]
        if code == "Huffman"
        else np.ceil(self_information(p)).astype(int).tolist()
    )
    placed, start = [""] * len(p), 0  # start counts units of the longest word
    longest = max(lengths)
    for i in sorted(range(len(p)), key=lengths.__getitem__):
        spare = longest - lengths[i]
        placed[i] = f"{start >> spare:0{lengths[i]}b}"
        start += 1 << spare
    return placed


def bits(symbols, ratio):
    """The entropy of a symbol in bits."""
    return entropy(source(symbols, ratio))


def spent(symbols, ratio, block, code):
    """The mean digits per symbol."""
    p = blocks(symbols, ratio, block)[0]
    return expected_length(p, words(symbols, ratio, block, code)) / block


def wasted(symbols, ratio, block, code):
    """The digits per symbol above the entropy."""
    return max(spent(symbols, ratio, block, code) - bits(symbols, ratio), 0.0)


def at_most(block):
    """What the theorem allows to be wasted per symbol."""
    return 1 / block


def kraft(symbols, ratio, block, code):
    """The Kraft sum of the code."""
    return kraft_sum(words(symbols, ratio, block, code))


def table(symbols, block):
    """The number of words."""
    return symbols**block


# ---- the tree ----


@cache
def tree(symbols, ratio, block, code):
    """Return the place of every node, {beginning of a word: (x, y)}, and those of the leaves."""
    leaves = sorted(words(symbols, ratio, block, code))
    deepest = max(4, *map(len, leaves))
    xs = {word: (i + 0.5) / len(leaves) for i, word in enumerate(leaves)}
    for digits in range(max(map(len, leaves)), 0, -1):
        for word in [word for word in xs if len(word) == digits]:
            children = [xs[child] for child in (word[:-1] + "0", word[:-1] + "1") if child in xs]
            xs[word[:-1]] = sum(children) / len(children)
    return {word: (x, -len(word) / deepest) for word, x in xs.items()}


def pen(symbols, ratio, block, code):
    """Return the nodes in the order in which a pen that is never lifted draws the tree."""
    nodes = tree(symbols, ratio, block, code)

    def walk(word):
        yield nodes[word]
        for child in (word + "0", word + "1"):
            if child in nodes:
                yield from walk(child)
                yield nodes[word]

    return np.array(list(walk(""))).T


def leaf_x(symbols, block):
    """The leaves, from left to right."""
    return (np.arange(table(symbols, block)) + 0.5) / table(symbols, block)


def leaf_y(symbols, ratio, block, code):
    """The leaves, from top to bottom."""
    nodes = tree(symbols, ratio, block, code)
    return [nodes[word][1] for word in sorted(words(symbols, ratio, block, code))]


def _label(i, content):
    """Return the text mark below leaf number i: the block that it stands for, or its word."""

    def x(symbols, block):
        return (i + 0.5) / table(symbols, block)

    def y(symbols, ratio, block, code):
        leaves = leaf_y(symbols, ratio, block, code)
        return (leaves[i] if i < len(leaves) else 0) - (0.1 if content == "name" else 0.18)

    def text(symbols, ratio, block, code):
        if i >= table(symbols, block) or table(symbols, block) > ROOM:
            return ""
        placed = words(symbols, ratio, block, code)
        word = sorted(placed)[i]
        if content == "name":
            return blocks(symbols, ratio, block)[1][placed.index(word)]
        return word if len(word) <= WIDE // table(symbols, block) else ""

    size = 10.5 if content == "name" else 9
    return Text(x=x, y=y, text=text, size=size, colour="p" if content == "name" else "ink")


def tree_axes(ax):
    """Axes for a tree that grows downwards."""
    ax.set(xlim=(0, 1), ylim=(-1.24, 0.06), title="0 to the left, 1 to the right")
    ax.axis("off")


# ---- what is spent, and what is needed ----


def across(symbols, ratio, block):
    """Where the towers of the blocks begin and end."""
    edges = np.concatenate([[0], np.cumsum(blocks(symbols, ratio, block)[0])])
    return edges[:-1], edges[1:]


def needed_heights(symbols, ratio, block):
    """The surprise at each block, by symbol."""
    return self_information(blocks(symbols, ratio, block)[0]) / block


def spent_heights(symbols, ratio, block, code):
    """The length of each word, by symbol."""
    return [len(word) / block for word in words(symbols, ratio, block, code)]


def tower_axes(ax):
    """Axes on which area is digits."""
    ax.set(
        xlim=(0, 1),
        ylim=(0, MOST),
        xlabel="probability",
        ylabel="bits, digits",
        title="width × height, per symbol",
    )


huffman = Demo(
    "huffman",
    controls=[
        Slider("symbols", 2, 4, 1, start=4, label="symbols"),
        Slider("ratio", 0.1, 1, 0.1, start=0.7, label="p of each, over the one before"),
        Slider("block", 1, 3, 1, start=1, label="symbols in a block"),
        Choice("code", ("Huffman", "rounded up"), start="Huffman", label="code"),
    ],
    panels=[
        Panel(
            axes=tree_axes,
            marks=(
                Curve(xy=pen, colour="muted", width=1.2),
                Points(x=leaf_x, y=leaf_y, colour="p", radius=2.5),
                *(_label(i, content) for i in range(ROOM) for content in ("name", "word")),
            ),
            alt="The tree of the code, growing downwards: a leaf for every block of symbols, likely "
            "ones near the root; up to nine leaves carry their block and, if it fits, its word",
        ),
        Panel(
            axes=tower_axes,
            marks=(
                Bars(across=across, base=0, top=needed_heights, opacity=0.35),
                Bars(
                    across=across,
                    base=needed_heights,
                    top=spent_heights,
                    colour="q",
                    down="good",
                ),
                Curve(x=[0, 1], y=bits, colour="ink", dashed=True),
                Curve(x=[0, 1], y=spent, colour="q", width=1.4),
            ),
            alt="A tower for every block, as wide as it is likely: blue up to its surprise, orange "
            "where its word is longer, green where it is shorter; the dashed line is the "
            "entropy, the full one the mean length",
        ),
    ],
    readouts=[
        Readout(of=bits, label="entropy H", unit="bits per symbol", colour="p"),
        Readout(of=spent, label="mean length L/n", unit="digits per symbol", colour="q"),
        Readout(of=wasted, label="wasted", unit="digits per symbol", colour="bad"),
        Readout(of=at_most, label="the bound 1/n", unit="digits per symbol", colour="muted"),
        Readout(of=kraft, label="Kraft sum"),
        Readout(of=table, label="words in the table", digits=0),
    ],
    caption="In the tree a word is the way from the root to its leaf. In the towers blue is what "
    "a block needs, its surprise; orange is what its word adds and green what it saves, "
    "all per symbol; the full line is the mean length, the dashed one the entropy. The code "
    "“rounded up” gives each block $\\lceil -\\log_2 p \\rceil$ digits. Where branches do not "
    "fork, the Kraft sum is below 1.",
)
