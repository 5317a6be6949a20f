"""Decision trees, a second time."""

import math
from collections import Counter

import numpy as np
from mpmath import log, mpf
from sklearn.datasets import load_iris

SEEDS = {"sample A": 9, "sample B": 2, "sample C": 4}


def of_counts(*counts):
    """Return the entropy of shares, in bits."""
    n = mpf(sum(counts))
    return -sum(k / n * log(k / n, 2) for k in counts if k)


def gain(a=1, b=4, c=6, d=1):
    """Return the gain of two groups of good and bad days."""
    n = a + b + c + d
    left = (a + b) * of_counts(a, b) + (c + d) * of_counts(c, d)
    return of_counts(a + c, b + d) - left / n


def decimal(number):
    """Return the decimal number that a double was written as."""
    return mpf(str(number))


def fall_of_variance(low=(1, 3), high=(8, 12)):
    """Return the weighted squares of the distances of the group means from the mean of all."""
    values = [*low, *high]
    mean = mpf(sum(values)) / len(values)
    return sum(len(g) * (mpf(sum(g)) / len(g) - mean) ** 2 for g in (low, high)) / len(values)


def log_loss(first=60, positives=45, second=40, others=4):
    """Return the mean log loss in nats, row by row."""
    loss = mpf(0)
    for rows, good in ((first, positives), (second, others)):
        p = mpf(good) / rows
        loss -= good * log(p) + (rows - good) * log(1 - p)
    return loss / (first + second)


ANSWERS = {
    "tree-log-loss": log_loss,
    "tree-gain-last-step": lambda: gain(1, 3, 7, 1),
    "tree-gain": gain,
    "tree-gini": lambda good=7, bad=5: 2 * mpf(good) * bad / (good + bad) ** 2,
    "tree-ratio": lambda gained=0.3, label=0.9, a=6, b=3, c=3: decimal(gained) / of_counts(a, b, c),
    "tree-weight": lambda rows=30, of=120, gained=0.6: decimal(gained) * rows / of,
    "tree-variance": fall_of_variance,
    "tree-price": lambda before=0.5, after=0.2, leaves=4: (
        (decimal(before) - decimal(after)) / (leaves - 1)
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


DEMOS = {"cuts": cuts}
