"""Decision trees, a second time."""

import math
from collections import Counter
from functools import lru_cache

import numpy as np
from mpmath import ceil, log, mpf
from precise import exact
from sklearn.datasets import load_iris

from itlib_book.shared.tennis import DAYS, PLAY, TENNIS

SEEDS = {"sample A": 9, "sample B": 2, "sample C": 4}


def of_counts(*counts):
    """Return the entropy of shares, in bits."""
    n = mpf(sum(counts))
    return -sum(k / n * log(k / n, 2) for k in counts if k)


def gain(a=2, b=3, c=9, d=1):
    """Return the gain of two groups of good and bad days."""
    n = a + b + c + d
    left = (a + b) * of_counts(a, b) + (c + d) * of_counts(c, d)
    return of_counts(a + c, b + d) - left / n


def fall_of_variance(low=(1, 7), high=(13, 23)):
    """Return the weighted squares of the distances of the group means from the mean of all."""
    values = [*low, *high]
    mean = mpf(sum(values)) / len(values)
    return sum(len(g) * (mpf(sum(g)) / len(g) - mean) ** 2 for g in (low, high)) / len(values)


def best_cut(labels="aababb"):
    """Return the gain of the best threshold on sorted measurements."""
    n = len(labels)

    def left(*parts):
        return sum(len(part) * of_counts(*Counter(part).values()) for part in parts) / n

    return left(labels) - min(left(labels[:i], labels[i:]) for i in range(1, n))


def log_loss(first=60, positives=45, second=40, others=4):
    """Return the mean log loss in nats, row by row."""
    loss = mpf(0)
    for rows, good in ((first, positives), (second, others)):
        p = mpf(good) / rows
        loss -= good * log(p) + (rows - good) * log(1 - p)
    return loss / (first + second)


ANSWERS = {
    "tree-cut": best_cut,
    "tree-identifier": lambda: ceil(2 ** (1 / (1 - of_counts(3, 7)))),
    "tree-log-loss": log_loss,
    "tree-gain-last-step": lambda: gain(1, 3, 7, 1),
    "tree-gain": gain,
    "tree-gini": lambda good=6, bad=4: 2 * mpf(good) * bad / (good + bad) ** 2,
    "tree-ratio": lambda gained=0.3, label=0.9, a=6, b=3, c=3: exact(gained) / of_counts(a, b, c),
    "tree-weight": lambda rows=12, of=40, gained=0.8: exact(gained) * rows / of,
    "tree-variance": fall_of_variance,
    "tree-price": lambda before=0.5, after=0.2, leaves=4: (
        (exact(before) - exact(after)) / (leaves - 1)
    ),
}


def cuts(sample, a, b, c, **_):
    """Return what the cuts gain and leave, flower by flower; and the best two cuts."""
    irises = load_iris()
    rows = range(150)
    if sample in SEEDS:
        rows = np.random.default_rng(SEEDS[sample]).integers(0, 150, 150)
    flowers = [(*irises.data[i, 2:], int(irises.target[i])) for i in rows]

    def leaf(length, width):
        if length <= a or b > 2.5:
            return length <= a
        if width > b:
            return "above"
        return "left" if a < c < 6.9 and length <= c else "right"

    groups = {}
    for length, width, kind in flowers:
        groups.setdefault(leaf(length, width), []).append(kind)
    left = sum(len(g) * of_counts(*Counter(g).values()) for g in groups.values()) / 150
    whole = of_counts(*Counter(kind for *_, kind in flowers).values())
    return {
        "gained": float(whole - left),
        "entropy_left": float(left),
        "wrong": sum(len(g) - max(Counter(g).values()) for g in groups.values()),
        "best": _best(flowers),
    }


def _best(flowers):
    words = []
    for _ in range(2):
        found = []
        for k, name in enumerate(("length", "width")):
            values = sorted({flower[k] for flower in flowers})
            for below, above in zip(values, values[1:]):
                t = (below + above) / 2
                sides = [[f[2] for f in flowers if (f[k] <= t) == low] for low in (True, False)]
                after = sum(len(s) * of_counts(*Counter(s).values()) for s in sides)
                found.append((round(float(after), 6), k, t, name))
        _, k, t, name = min(found)
        words.append(f"{name} ≤ {math.floor(100 * t + 0.5 + 1e-9) / 100:.2f}")
        flowers = [f for f in flowers if f[k] > t]
    return ", then ".join(words)


def threshold(measured, threshold, **_):
    irises = load_iris()
    values = irises.data[:, irises.feature_names.index(f"{measured} (cm)")]
    sides = [irises.target[(values <= threshold) == low].tolist() for low in (True, False)]
    spread = [float(of_counts(*Counter(side).values())) for side in sides]
    words = [
        f"{len(s)} flowers, {abs(e):.4f} bits" if s else "no flowers" for s, e in zip(sides, spread)
    ]
    left = sum(len(s) * e for s, e in zip(sides, spread)) / 150
    return {"gain": math.log2(3) - left, "left": words[0], "right": words[1]}


def criteria(share, first, second, **_):
    before = share * first + (1 - share) * second

    def fall(height):
        return height(before) - share * height(first) - (1 - share) * height(second)

    return {
        "parent": before,
        "entropy_decrease": float(fall(lambda p: of_counts(min(p, 1), max(1 - p, 0)))),
        "gini_gap": fall(lambda p: impurity(p, 1 - p)),
        "error_gap": fall(lambda p: min(p, 1 - p)),
    }


def impurity(yes, no):
    """Return the chance that two days drawn with replacement have different answers."""
    return 2 * yes * no / (yes + no) ** 2


DEMOS = {"cuts": cuts, "threshold": threshold, "criteria": criteria}

# ---- figures ----


def answers_by_value(column, play):
    """Return {value: (days that suited, days that did not)}, in the order of the days."""
    pairs = Counter(zip(column, play))
    return {value: (pairs[value, "yes"], pairs[value, "no"]) for value in dict.fromkeys(column)}


def mosaic(name):
    """Return the routes of the corners of both parts of every column; an empty part is not drawn."""
    found, start = {"p": [], "q": []}, 0
    for yes, no in answers_by_value(TENNIS[name], PLAY).values():
        ends, share = (start + 0.06, start + yes + no - 0.06), yes / (yes + no)
        if yes:
            found["p"].append((*ends, 0, share))
        if no:
            found["q"].append((*ends, share, 1))
        start += yes + no
    routes = {}
    for colour, boxes in found.items():
        corners = [
            corner
            for left, right, low, high in boxes
            for corner in ((left, low), (right, low), (right, high), (left, high), (left, low))
        ]
        routes[f"{colour}/shape all x"] = lambda k, corners=corners: corners[int(k)][0]
        routes[f"{colour}/shape all y"] = lambda k, corners=corners: corners[int(k)][1]
    return routes


def told(column, play):
    """Return the information that a column and the answers share, as H + H - H, in bits."""
    both = of_counts(*Counter(zip(column, play)).values())
    return of_counts(*Counter(column).values()) + of_counts(*Counter(play).values()) - both


class Node:
    """A node of the tree of all days: its counts, its questions, and where it stands."""

    def __init__(self, rows, depth=0):
        self.depth = depth
        play = [PLAY[i] for i in rows]
        self.yes, self.no = play.count("yes"), play.count("no")
        self.children = []
        if self.yes and self.no:
            gains = {name: told([c[i] for i in rows], play) for name, c in TENNIS.items()}
            column = TENNIS[max(gains, key=gains.get)]
            self.children = [
                Node([i for i in rows if column[i] == value], depth + 1)
                for value in sorted({column[i] for i in rows})
            ]

    def settle(self, free=0):
        """Place the leaves one beside the other, and the others over the middle of theirs."""
        self.across = free
        for child in self.children:
            free = child.settle(free)
        if self.children:
            self.across = (self.children[0].across + self.children[-1].across) / 2
            return free
        return free + 1

    def all(self):
        yield self
        for child in self.children:
            yield from child.all()


def tennis_tree():
    """Return the routes of the bars of the tree and of the branches between them."""
    root = Node(range(14))
    root.settle()
    nodes = list(root.all())
    lefts = [node.across - 1.5 * (node.yes + node.no) / 28 for node in nodes]
    edges = [left + 1.5 * node.yes / 14 for left, node in zip(lefts, nodes)]
    rights = [node.across + 1.5 * (node.yes + node.no) / 28 for node in nodes]
    branches = []

    def walk(node):
        for child in node.children:
            branches.append((node, child))
            walk(child)

    walk(root)

    def x(low, high):
        return lambda k: (low, low, high, high, high, low, low)[int(k) % 7][int(k) // 7]

    def y(k):
        low = -1.1 * nodes[int(k) // 7].depth
        return low + (0.16, 0, 0, 0.16, 0.16, 0.16, 0.16)[int(k) % 7]

    return {
        "p/shape all x": x(lefts, edges),
        "q/shape all x": x(edges, rights),
        "p/shape all y": y,
        "q/shape all y": y,
        "muted/line all x": lambda k: branches[int(k) // 2][int(k) % 2].across,
        "muted/line all y": lambda k: (
            -1.1 * branches[int(k) // 2][0].depth - (0.33, 0.49)[int(k) % 2]
        ),
    }


COLUMNS = [*TENNIS.values(), DAYS]


@lru_cache
def by_chance(row):
    """Return mean, and the ends of the middle 90 %, of the gains of 400 shuffled answers."""
    rng = np.random.default_rng(0)
    gains = sorted(float(told(COLUMNS[row], rng.permutation(PLAY).tolist())) for _ in range(400))
    ends = []
    for place in (0.05 * 399, 0.95 * 399):
        low, share = int(place), place - int(place)
        ends.append((1 - share) * gains[low] + share * gains[low + 1])
    return math.fsum(gains) / 400, *ends


def ranked(measure):
    """Return place ↦ the share of an attribute in the sum of a measure."""
    values = [measure(column) for column in TENNIS.values()]
    return lambda place: values[round(place)] / sum(values)


def gini_fall(column):
    groups = answers_by_value(column, PLAY).values()
    return impurity(9, 5) - sum((yes + no) / 14 * impurity(yes, no) for yes, no in groups)


def flowers_of(kind, first):
    """Return the routes of the dots of a species: two measurements, from the first one."""
    irises = load_iris()
    rows = irises.data[irises.target == kind]
    return lambda k: rows[int(k), first], lambda k: rows[int(k), first + 1]


def scattered(first):
    found = {}
    for kind, colour in enumerate(("p", "q", "mix")):
        found[f"{colour}/dots x"], found[f"{colour}/dots y"] = flowers_of(kind, first)
    return found


FIGURES = {
    "tree-questions": [mosaic(name) for name in TENNIS],
    "tree-tennis": [tennis_tree()],
    "tree-chance": [
        {
            "p": lambda row: told(COLUMNS[round(row)], PLAY),
            "q/line all x": lambda k: by_chance(int(k) // 2)[1 + int(k) % 2],
            "q/line all y": lambda k: int(k) // 2,
            "q/dots all x": lambda k: by_chance(int(k))[0],
            "q/dots all y": lambda k: k,
        }
    ],
    "tree-plane": [scattered(2), scattered(2)],
    "tree-pruning": [scattered(0), scattered(0)],
    "tree-ranking": [
        {"p": ranked(lambda column: told(column, PLAY)), "q": ranked(gini_fall)},
    ],
}

# ---- curves of demos that no dot ties to a read-out ----

CURVES = {
    "criteria": {
        "0 axes": lambda x: sum(-p * math.log2(p) for p in (x, 1 - x) if p),
        "1 axes": lambda x: 2 * x * (1 - x),
        "2 axes": lambda x: x if x < 0.5 else 1 - x,
    },
}
