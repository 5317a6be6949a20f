"""The games of the chapter on questions: published totals, and tables counted peg by peg."""

import itertools
import math

import numpy as np
import pytest
from second_routes.asking import CODES, reply

from itlib_book.asking import data, figures


@pytest.mark.parametrize(("opener", "expected"), [("1234", 5722), ("1123", 5680)])
def test_the_player_who_asks_for_bits_needs_so_many_guesses_in_all(opener, expected):
    """Neuwirth (1982), as tabulated by Kooi (2005), for the free opener."""
    games = data.game_lengths(opener)

    assert 1296 == sum(games)
    assert expected == sum(n * length for length, n in enumerate(games, 1))


@pytest.mark.slow
@pytest.mark.parametrize("opener", ["1123", "1234"])
def test_what_answers_tell_together_grows_to_all_that_there_is_to_know(opener):
    bits = [data.bits_after(opener, guesses) for guesses in range(8)]
    first = np.bincount([int(answer) for answer in data.feedback()[data.number(opener)]])

    assert 0.0 == bits[0]
    assert data.bits_of(first) == pytest.approx(bits[1], rel=1e-12)
    assert bits == sorted(bits)
    assert math.log2(1296) == pytest.approx(bits[7], rel=1e-12)


def test_1123_tells_less_than_1234_at_first_and_more_after_two_answers():
    assert data.bits_after("1123", 1) < data.bits_after("1234", 1)
    assert data.bits_after("1123", 2) > data.bits_after("1234", 2)


def test_1234_is_what_that_player_opens_with():
    assert "1234" == data.name(data.next_guess(np.arange(1296)))


def test_answers_are_those_counted_peg_by_peg():
    chosen = CODES[::37]
    for guess, secret in itertools.product(chosen, repeat=2):
        black, white = divmod(int(data.feedback()[data.number(guess), data.number(secret)]), 5)
        # Four blacks are the number 20; fewer leave less than five whites.
        assert reply(guess, secret) == f"{black} black, {white} white"


def test_fourteen_answers_can_be_given():
    found = {5 * black + white for black, white in data.ANSWERS}

    assert found == set(np.unique(data.feedback()).tolist())


def test_the_better_plan_is_the_best_of_all():
    chance = dict(zip(data.SUSPECTS, data.ODDS))

    def best(left):
        if len(left) == 1:
            return 0.0
        ways = [(left & yes, left - yes) for yes in data.QUESTIONS.values()]
        cheapest = min(best(a) + best(b) for a, b in ways if a and b)
        return sum(chance[suspect] for suspect in left) + cheapest

    assert best(frozenset(data.SUSPECTS)) == pytest.approx(
        figures.questions_on_average(figures.BEST), rel=1e-12
    )
    assert 2.0 == pytest.approx(figures.questions_on_average(figures.GREEDY), rel=1e-12)
    assert figures.first_bits(figures.GREEDY) > figures.first_bits(figures.BEST)


def test_models_of_the_moons_disagree_where_no_labels_are():
    uncertain, told = data.moon_scores(np.array([[0.5, 0.25], [2.2, 0.0]]))

    assert uncertain[0] > uncertain[1]
    assert told[0] < told[1] / 5
