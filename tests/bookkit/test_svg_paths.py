"""A path in steps goes through the points of the path that it was."""

import random
import re

import pytest

from bookkit.svg_paths import in_steps


def points(path):
    """Return the corners and curves of a path as {letter and points}, whichever way it is written."""
    found, here, start, letter = [], (0.0, 0.0), (0.0, 0.0), None
    tokens = re.findall(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)", path)
    while tokens:
        if tokens[0].isalpha():
            letter = tokens.pop(0)
        if letter == "z":
            found.append(("Z", round(start[0], 2), round(start[1], 2)))
            here = start
            continue
        group = []
        for _ in range({"c": 3, "q": 2}.get(letter.lower(), 1)):
            x, y = float(tokens.pop(0)), float(tokens.pop(0))
            group.append((x + here[0], y + here[1]) if letter.islower() else (x, y))
        here = group[-1]
        found.append((letter.upper(), *((round(x, 2), round(y, 2)) for x, y in group)))
        if letter == "M":
            start = here
    return found


@pytest.mark.parametrize("seed", range(20))
def test_the_points_are_those_of_the_path_to_a_hundredth(seed):
    rng = random.Random(seed)
    parts = []
    for _ in range(4):
        letters = "M" + "".join(rng.choice("LLLCQ") for _ in range(12))
        for letter in letters:
            numbers = [f"{rng.uniform(-400, 400):.{rng.choice([0, 2, 6])}f}" for _ in range(6)]
            parts += [letter, *numbers[: {"C": 6, "Q": 4}.get(letter, 2)]]
        parts += rng.choice([["z"], []])
    path = " ".join(parts)
    short = in_steps(path)

    assert points(path) == points(short)
    assert len(short) < len(path)


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M 1 1 L 1 1", "M1 1l0 0"),  # a dot, if the ends of lines are round
        ("M 0 0 L 1 0 L 1 0 L 3 0 L 2 0", "M0 0l3 0-1 0"),  # straight on, then back
        ("M 0 0 L 0.1 0.1 L 0.2 0.2 L 0.3 0.31", "M0 0l.2 .2 .1 .11"),
        ("M 5 5 L 9 9 z L 1 1", "M5 5l4 4zl-4-4"),  # from where the closed line began
        ("M 5 5 6 7 L 8 8", "M5 5l1 2 2 1"),
        ("M 1e-3 -0.004 L 2.5e1 0", "M0 0l25 0"),
    ],
)
def test_what_goes_straight_on_is_one_step(path, short):
    assert short == in_steps(path)


def test_what_it_does_not_know_it_refuses():
    with pytest.raises(ValueError, match="'A 1 2 0 0 1 3 4', which is not written in steps"):
        in_steps("M 0 0 A 1 2 0 0 1 3 4")
