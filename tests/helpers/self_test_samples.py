"""Exercises enough for a self-test."""

from exercise_samples import area, diverges, growth, primes, room, share

from bookkit.exercise import Number


def plain(n):
    return Number(
        f"plus-{n}",
        stars=1,
        minutes=1,
        question=f"How much is {n} + {n}?",
        answer=2 * n,
        why="So it is.",
        hint="Count.",
        solution=f"{2 * n}.",
    )


EXERCISES = [area, diverges, share, primes, growth, room, *map(plain, range(20, 28))]
