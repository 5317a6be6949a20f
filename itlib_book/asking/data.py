"""Data and computations of the chapter on questions: a game, four suspects, two moons, a bandit."""

import itertools
import math
import re
from functools import cache

import numpy as np

from itlib import entropy, sigmoid
from itlib.questions import bald
from itlib_book.shared.demands import demand_count
from itlib_book.shared.sample_text import sample_text

# ---- Mastermind: four places, six colours ----

CODES = np.array(list(itertools.product(range(1, 7), repeat=4)))
OPENERS = ("1111", "1112", "1122", "1123", "1234")
KINDS = 21  # an answer is the number 5·black + white; 20 is the end
ANSWERS = [(b, w) for b in range(5) for w in range(5 - b) if (b, w) != (3, 1)]


def number(code):
    """Return the place of a code such as "1123" in the list of all codes."""
    if not re.fullmatch("[1-6]{4}", str(code)):
        raise ValueError(f"a code has four pegs, each of 1 ... 6, as in '1123', got {code!r}")
    return int("".join(str(int(peg) - 1) for peg in str(code)), 6)


def name(code):
    """Return the pegs of the code in this place of the list."""
    return "".join(map(str, CODES[code]))


@cache
def feedback():
    """Return the answer to each guess (row) for each secret (column), as 5·black + white."""
    counts = np.array([(CODES == c).sum(axis=1) for c in range(1, 7)], np.int8).T
    black = (CODES[:, None] == CODES).sum(axis=-1, dtype=np.int16)
    common = np.minimum(counts[:, None], counts).sum(axis=-1, dtype=np.int16)
    return 4 * black + common


def group_sizes(left):
    """Return how many of the codes that are left give each answer, for every guess."""
    cells = KINDS * np.arange(len(CODES))[:, None] + feedback()[:, left]
    return np.bincount(cells.ravel(), minlength=KINDS * len(CODES)).reshape(-1, KINDS)


def bits_of(sizes):
    """Return the entropy of the answer whose groups have these sizes, in bits."""
    return entropy(sizes / sizes.sum(axis=-1, keepdims=True))


def next_guess(left):
    """Return the guess with the most informative answer; one that may be right, if there is one."""
    bits = np.round(bits_of(group_sizes(left)), 9)
    best = np.flatnonzero(bits == bits.max())
    return int(min(best, key=lambda guess: guess not in left))


def consistent(guess, answer):
    """Return the codes that give this answer to this guess."""
    return np.flatnonzero(feedback()[guess] == answer)


@cache
def game_lengths(opener):
    """Return how many of all codes are found with 1, 2, … guesses after an opener."""
    found = {}

    def play(left, guess, depth):
        answers = feedback()[guess, left]
        for answer in np.unique(answers):
            part = left[answers == answer]
            if answer == KINDS - 1:
                found[depth] = found.get(depth, 0) + 1
            else:
                play(part, part[0] if len(part) < 3 else next_guess(part), depth + 1)

    play(np.arange(len(CODES)), number(opener), 1)
    return [found.get(length, 0) for length in range(1, max(found) + 1)]


@cache
def bits_after(opener, guesses):
    """Return what the answers to so many guesses tell about the code, together, in bits."""
    demand_count(guesses, "guesses", least=0, most=20)
    groups, guess = [np.arange(len(CODES))], number(opener)
    for turn in range(guesses):
        parts = []
        for left in groups:
            if turn:
                guess = left[0] if len(left) < 3 else next_guess(left)
            answers = feedback()[guess, left]
            parts += [left[answers == answer] for answer in np.unique(answers)]
        groups = parts
    return float(bits_of(np.array([len(left) for left in groups])))


# ---- words of five letters ----


@cache
def words():
    """Return the words of five letters in the book's sample text, in order."""
    return sorted(set(re.findall(r"(?<![a-z0-9'-])[a-z]{5}(?![a-z0-9'-])", sample_text())))


# ---- four suspects and three questions ----

SUSPECTS = ("Ann", "Ben", "Cem", "Dora")
ODDS = np.array([4, 1, 4, 1]) / 10
QUESTIONS = {"Ann?": {"Ann"}, "Cem?": {"Cem"}, "Ann or Ben?": {"Ann", "Ben"}}


# ---- models of two moons ----


def _features(x):
    """Return smooth bumps, one at each place of a grid."""
    places = np.stack(np.meshgrid(np.arange(-2, 3.6, 0.5), np.arange(-1.5, 2.6, 0.5)), axis=-1)
    places = places.reshape(-1, 2)
    return np.exp(-np.sum((x[..., None, :] - places) ** 2, axis=-1) / (2 * 0.5**2))


@cache
def moons():
    """Return points of two moons that overlap, their labels, and which of them have one.

    Those to the right of 1.2, a good part of the lower moon, have not been labelled yet.
    """
    rng = np.random.default_rng(3)
    turn = rng.uniform(0, math.pi, 160)
    upper = np.column_stack([np.cos(turn[:80]), np.sin(turn[:80])])
    lower = np.column_stack([1 - np.cos(turn[80:]), 0.5 - np.sin(turn[80:])])
    x = np.vstack([upper, lower]) + rng.normal(0, 0.28, (160, 2))
    y = np.repeat([0.0, 1.0], 80)
    return x, y, x[:, 0] < 1.2


@cache
def weights_of_models():
    """Return the weights of a hundred models: draws from Laplace's approximation."""
    x, y, known = moons()
    features, target = _features(x[known]), y[known]
    w = np.zeros(features.shape[1])
    for _ in range(40):
        p = np.asarray(sigmoid(features @ w))
        curvature = (features.T * (p * (1 - p))) @ features + np.eye(len(w)) / 4
        w = w - np.linalg.solve(curvature, features.T @ (p - target) + w / 4)
    root = np.linalg.inv(np.linalg.cholesky(curvature))
    return w + np.random.default_rng(5).normal(size=(100, len(w))) @ root


def moon_chances(x):
    """Return what each of the models says of points, shape (models, ..., 2)."""
    lower = np.asarray(sigmoid(np.tensordot(weights_of_models(), _features(x), axes=(1, -1))))
    return np.stack([1 - lower, lower], axis=-1)


def moon_scores(x):
    """Return the entropy of the mean prediction, and what a label tells about the models."""
    chances = moon_chances(x)
    return entropy(chances.mean(axis=0)), bald(chances)
