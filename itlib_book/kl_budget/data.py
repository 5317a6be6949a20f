"""Data and computations of the chapter on acting under a KL budget."""

import math
from functools import cache

import numpy as np

from itlib import kl_divergence, sigmoid, softmax
from itlib.policies import dpo_loss, tilt
from itlib_book.shared.demands import demand_count
from itlib_book.shared.sample_text import sample_text

# ---- three words, and four programs that hold a policy back ----

REFERENCE = np.array([0.2, 0.3, 0.5])
POLICY = np.array([0.7, 0.2, 0.1])
PROGRAMS = ("k2 in the loss", "k3 in the loss", "k1 in the loss", "k3 in the reward")


def weights(program, policy, reference=REFERENCE):
    """Return by what each program multiplies the score of a draw, on average its gradient."""
    if program not in PROGRAMS:
        raise ValueError(f"program must be one of {', '.join(PROGRAMS)}, got {program!r}")
    if np.shape(policy)[-1:] != np.shape(reference):
        raise ValueError(
            f"policy must have {len(reference)} probabilities, as the reference has, "
            f"got shape {np.shape(policy)}"
        )
    if np.min(policy) <= 0:
        raise ValueError(f"policy must be above 0 everywhere, got {np.min(policy):g} at its least")
    ratio = reference / policy
    log = np.log(ratio)
    return {
        "k1 in the loss": np.ones_like(policy),
        "k2 in the loss": -log,
        "k3 in the loss": 1 - ratio,
        "k3 in the reward": ratio - 1 - log,
    }[program]


def slope(program, policy, reference=REFERENCE):
    """Return the expected gradient of what the program minimises, in the logits."""
    pulled = policy * weights(program, policy, reference)
    return pulled - policy * pulled.sum(axis=-1, keepdims=True)


STEPS, STEP = 60, 0.5


def walk(program, start):
    """Return the policies on the way down, the start first: an array (STEPS + 1, 3)."""
    logits = np.log(start)
    found = [start]
    for _ in range(STEPS):
        logits = logits - STEP * slope(program, found[-1], REFERENCE)
        found.append(softmax(logits))
    return np.array(found)


def nats(p, q):
    """Return D(p‖q) in nats."""
    return kl_divergence(p, q, base=math.e)


# ---- the triangle of three words ----


def corner(p):
    """Return where a distribution of three words stands in an equilateral triangle."""
    p = np.asarray(p)
    return p[..., 1] + p[..., 2] / 2, p[..., 2] * math.sqrt(3) / 2


# ---- a proxy that is nearly the truth ----

ANSWERS = 400


@cache
def proxy():
    """Return what 400 answers are worth, and what a judge says whom eight of them fool."""
    rng = np.random.default_rng(5)
    worth = rng.normal(size=ANSWERS)
    judged = worth + 0.3 * rng.normal(size=ANSWERS)
    worth[:8], judged[:8] = -1.0, 3.5 + 0.1 * np.arange(8)
    return worth, judged


def along_the_frontier(prices):
    """Return KL, the judge's reward and the worth of the tilts at these prices."""
    worth, judged = proxy()
    uniform = np.full(ANSWERS, 1 / ANSWERS)
    tilts = [tilt(uniform, judged, price) for price in prices]
    return np.array([(nats(p, uniform), p @ judged, p @ worth) for p in tilts]).T


# ---- twenty pairs of answers ----

ANSWER_REFERENCE = np.array([0.6, 0.25, 0.1, 0.05])


@cache
def pairs():
    """Return twenty pairs (chosen, rejected) of four answers, judged by Bradley and Terry."""
    rng = np.random.default_rng(3)
    rewards = np.array([2.0, 1.2, 0.6, 0.0])
    found = []
    while len(found) < 20:
        a, b = rng.choice(4, size=2, replace=False)
        found.append((a, b) if rng.random() < sigmoid(rewards[a] - rewards[b]) else (b, a))
    return np.array(found, dtype=np.intp)  # what counts take, of 32 bits in a page


@cache
def trained_on_pairs(beta=0.1, steps=200, step=2.0):
    """Return the mean log-probability of chosen and rejected answers, and the loss, by step."""
    demand_count(steps, "steps", least=0, most=100_000)
    chosen, rejected = pairs().T
    ref = np.log(ANSWER_REFERENCE)
    logits, found = ref.copy(), []
    for _ in range(steps + 1):
        log = np.log(softmax(logits))
        losses = dpo_loss(log[chosen], ref[chosen], log[rejected], ref[rejected], beta=beta)
        found.append((log[chosen].mean(), log[rejected].mean(), np.mean(losses)))
        margin = log[chosen] - ref[chosen] - log[rejected] + ref[rejected]
        weight = beta * sigmoid(-beta * margin) / len(chosen)
        logits = logits + step * np.bincount(chosen, weight, 4)
        logits = logits - step * np.bincount(rejected, weight, 4)
    return np.array(found).T


# ---- letters, one after the other ----

LETTERS = "abcdefghijklmnopqrstuvwxyz "
VOWELS = np.isin(list(LETTERS), list("aeiou")).astype(float)


@cache
def bigrams():
    """Return how often each letter follows each other one in the book's text, as a policy."""
    text = "".join(c if c in LETTERS else " " for c in sample_text().lower())
    text = " ".join(text.split())
    places = np.array([LETTERS.index(c) for c in text])
    counts = np.full((27, 27), 0.1)
    np.add.at(counts, (places[:-1], places[1:]), 1)
    return counts / counts.sum(axis=1, keepdims=True)
