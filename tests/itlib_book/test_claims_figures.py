"""What captions and descriptions of figures count and compare, found without what draws them."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from drawings import panels

from itlib_book.asking import figures as asking
from itlib_book.estimating_information import data as estimates
from itlib_book.estimating_information.exercises import guess_seeds
from itlib_book.noisy_channels import data as lines
from itlib_book.noisy_channels import figures as noisy


def answers(guess):
    """Return how many codes each answer of Mastermind leaves, six colours in four places."""
    left = Counter()
    for code in product("123456", repeat=4):
        black = sum(map(str.__eq__, code, guess))
        left[black, (Counter(code) & Counter(guess)).total() - black] += 1
    return left


def test_openers_cut_the_codes_into_as_many_groups_as_their_description_says():
    counts = [len(answers(guess)) for guess in ("1111", "1112", "1122", "1123", "1234")]
    largest = sorted(answers("1111").values())[-2:]

    assert [5, 11, 13, 14, 14] == counts
    assert sum(largest) > 1296 / 2
    assert "1111 into five" in asking.openers.alt
    assert "1112 into eleven, 1122 into thirteen, 1123 and 1234 into fourteen" in asking.openers.alt


def depths(tree, depth=0):
    """Return {suspect: number of questions} of a tree."""
    if isinstance(tree, str):
        return {tree: depth}
    return {name: n for branch in tree[1:] for name, n in depths(branch, depth + 1).items()}


def test_each_suspect_is_found_after_as_many_questions_as_the_description_says():
    assert {2} == set(depths(asking.GREEDY).values())
    assert {"Ann": 1, "Cem": 2, "Ben": 3, "Dora": 3} == depths(asking.BEST)
    assert "second Ann after one, Cem after two, Ben and Dora after three" in asking.suspects.alt


def discs(ax):
    """Return the middles of the discs of a panel, and how far each is from the next, in radii."""
    middles = np.array([line.get_xydata()[0] for line in ax.lines])
    radius = np.ptp(ax.patches[0].get_xy()[:, 0]) / 2
    gaps = np.linalg.norm(middles[:, None] - middles, axis=2) / radius
    np.fill_diagonal(gaps, np.inf)
    return gaps.min(axis=1)


def test_few_discs_lie_apart_and_of_many_each_meets_another():
    few, many = map(discs, panels(noisy.balls))

    assert (7, 28) == (len(few), len(many))
    assert few.min() > 2 > many.max()


def test_one_digit_in_ten_of_the_picture_is_flipped():
    sent, arrived = (np.array(ax.images[0].get_array()) for ax in panels(noisy.opening))

    assert (64, 64) == sent.shape
    assert np.array_equal(1 - sent, lines.picture())
    assert 0.1 == pytest.approx((sent != arrived).mean(), abs=3 * np.sqrt(0.09) / 64)


def test_what_is_possible_stands_left_of_the_limit():
    (ax,) = panels(noisy.rate_error)
    at = {text.get_text(): text.get_position()[0] for text in ax.texts}

    assert at["possible"] < 1 + 0.1 * np.log2(0.1) + 0.9 * np.log2(0.9) < at["impossible"]


@pytest.mark.slow
def test_the_petal_length_is_first_for_as_many_seeds_as_its_prediction_says():
    """The exercise asks twenty of the two hundred seeds."""
    scores = estimates.seed_scores()
    share = np.mean(scores[:, 2] > scores[:, 3])

    assert 0.55 < share < 0.65
    assert "in about three of five" == guess_seeds.happens
