"""General sentences of the chapters on smoothing, codes, tests and noise, tried on many cases.

Each test is named by what a chapter or a reference page says. Where a sentence has lost a condition
before, a case stands beside it in which the condition fails.
"""

import itertools
import math
from collections import Counter

import numpy as np
import pytest

import itlib
from itlib.channels import binary_erasure, binary_symmetric, fano_bound
from itlib.error_correction import hamming_encode
from itlib.hypotheses import chernoff_information, neyman_pearson, sequential_test
from itlib_book.shared.pictures import grey_entropy, photograph, png_size, zlib_size
from itlib_book.shared.sample_text import sample_text

RNG = np.random.default_rng(12)  # for the cases; a test that draws has its own


def distributions(n, k):
    """Return n distributions over k outcomes, all of them possible."""
    return RNG.dirichlet(np.ones(k), size=n)


# ---- smoothing, temperature, calibration ----


@pytest.mark.parametrize("logits", RNG.normal(0, 3, (30, 6)).tolist())
def test_temperature_flattens_above_one_sharpens_below_and_never_reorders(logits):
    temperatures = np.geomspace(0.1, 20, 40)
    ps = np.array([itlib.softmax(logits, temperature=T) for T in temperatures])

    assert np.all(np.diff(itlib.entropy(ps)) > -1e-12)
    assert np.all(np.diff(ps[:, np.argsort(logits)], axis=1) >= 0)


@pytest.mark.parametrize("epsilon", [0.05, 0.1, 0.3, 0.6])
def test_with_more_classes_the_floor_is_higher_and_the_goal_further_away(epsilon):
    floors, goals = [], []
    for classes in range(2, 200):
        label = np.full(classes, epsilon / classes)
        label[0] += 1 - epsilon
        floors.append(itlib.entropy(label))
        goals.append(math.log(label[0] / label[1]))

    assert np.all(np.diff(floors) > 0)
    assert np.all(np.diff(goals) > 0)


def right_as_often_as_said(said, true):
    """Whether, among equal entries, the mean of what is true is what was said."""
    said, true = np.round(said, 9), np.asarray(true)
    return all(math.isclose(true[said == value].mean(), value) for value in set(said.tolist()))


def test_calibration_of_each_class_and_that_of_the_first_choice_are_different_demands():
    said = np.array([[0.4, 0.3, 0.3], [0.4, 0.5, 0.1], [0.1, 0.3, 0.6], [0.1, 0.5, 0.4]])
    true = np.array([[0.5, 0.2, 0.3], [0.3, 0.6, 0.1], [0.0, 0.4, 0.6], [0.2, 0.4, 0.4]])
    first = said.argmax(axis=1)

    assert all(right_as_often_as_said(said[:, k], true[:, k]) for k in range(3))
    assert not right_as_often_as_said(said.max(axis=1), true[range(4), first])

    said, true = np.array([[0.6, 0.3, 0.1]]), np.array([[0.6, 0.1, 0.3]])

    assert right_as_often_as_said(said.max(axis=1), true[[0], [0]])
    assert not right_as_often_as_said(said[:, 1], true[:, 1])


# ---- codes ----


def wrong_symbols(p, message):
    """Return how many symbols each single wrong digit spoils."""
    digits = itlib.arithmetic_encode(p, message)
    spoilt = []
    for place, digit in enumerate(digits):
        hurt = digits[:place] + "10"[int(digit)] + digits[place + 1 :]
        spoilt.append(int(np.sum(itlib.arithmetic_decode(p, hurt, len(message)) != message)))
    return spoilt


def test_an_arithmetic_code_of_a_fair_coin_writes_flips_so_that_one_digit_spoils_one():
    flips = np.random.default_rng(0).integers(2, size=60)

    assert {0, 1} == set(wrong_symbols([0.5, 0.5], flips))


def test_as_a_rule_an_arithmetic_code_does_not_recover():
    message = (np.random.default_rng(0).random(120) < 0.1).astype(int)
    spoilt = wrong_symbols([0.9, 0.1], message)

    assert np.mean(spoilt[: len(spoilt) // 2]) > 10


def test_in_a_photograph_zlib_gains_a_bit_and_a_half_and_png_two_and_a_half():
    grey = photograph()
    rates = [8 * size(grey) / grey.size for size in (zlib_size, png_size)]

    assert np.allclose([1.5, 2.5], grey_entropy(grey) - np.array(rates), atol=0.05)


def test_for_every_third_character_a_context_of_six_is_new_or_was_met_once():
    text, met = sample_text(), Counter()
    rare = 0
    for place in range(6, len(text)):
        context = text[place - 6 : place]
        rare += met[context] < 2
        met[context] += 1

    assert math.isclose(1 / 3, rare / (len(text) - 6), abs_tol=0.01)


@pytest.mark.parametrize("p", distributions(30, 5).tolist())
def test_the_best_code_loses_less_than_a_digit_and_leaves_no_room(p):
    code = itlib.huffman_code(p)

    assert itlib.entropy(p) <= itlib.expected_length(p, code) < itlib.entropy(p) + 1
    assert 1 == itlib.kraft_sum(code)


def test_where_an_outcome_is_impossible_the_best_code_may_lose_a_whole_digit():
    assert 1 == itlib.expected_length([1.0, 0.0], itlib.huffman_code([1.0, 0.0]))


# ---- evidence ----


@pytest.mark.parametrize("pair", list(zip(distributions(30, 4), distributions(30, 4), strict=True)))
def test_chernoff_information_is_below_both_divergences_where_the_same_outcomes_are_allowed(pair):
    p, q = pair
    value = chernoff_information(p, q).value

    assert value < min(itlib.kl_divergence(p, q), itlib.kl_divergence(q, p))


def test_chernoff_information_can_be_a_divergence_where_outcomes_are_ruled_out():
    assert math.isclose(1.0, chernoff_information([1, 0], [0.5, 0.5]).value, rel_tol=1e-9)
    assert 1.0 == itlib.kl_divergence([1, 0], [0.5, 0.5])


def test_e_values_multiply_if_a_later_experiment_has_fresh_data():
    """The second is begun only where the first looks well, and on its data or on new ones."""
    null, ratio = np.array([0.5, 0.5]), np.array([1.2, 0.8])  # of a coin of 0.6
    going_on = ratio > 1

    fresh = null @ (ratio * np.where(going_on, null @ ratio, 1))
    again = null @ (ratio * np.where(going_on, ratio, 1))

    assert 1 == pytest.approx(null @ ratio)
    assert 1 == pytest.approx(fresh)
    assert again > 1.1


def test_two_to_the_minus_nd_bounds_the_chance_of_seventy_per_cent_heads_for_every_n():
    D = itlib.kl_divergence([0.7, 0.3], [0.5, 0.5])
    for n in range(1, 400):
        least = math.ceil(7 * n / 10)
        tail = sum(math.comb(n, k) for k in range(least, n + 1))

        assert n - math.log2(tail) >= n * D - 1e-9


def best_by_bic(x, factor):
    """Return how many Gaussians BIC takes for two clumps: one for all, or one for each half."""
    n, half = x.size, x.size // 2
    one = -0.5 - math.log(x.std()) - math.log(2 * math.pi) / 2
    each = np.mean([-0.5 - math.log(part.std()) for part in (x[:half], x[half:])])
    two = each - math.log(2 * math.pi) / 2 - math.log(2)
    scores = {1: (one, 2), 2: (two, 5)}
    return min(scores, key=lambda k: -2 * factor * scores[k][0] + scores[k][1] * math.log(n))


def test_bic_from_a_mean_nearly_always_takes_one_gaussian():
    noise = np.random.default_rng(0).normal(size=100)
    found = {
        width: [best_by_bic(np.repeat([-1, 1], 50) + width * noise, f) for f in (1, 100)]
        for width in (0.1, 1e-6)
    }

    assert [1, 2] == found[0.1]
    assert [2, 2] == found[1e-6]  # but for clumps a million times narrower than their distance


@pytest.mark.parametrize(
    ("p0", "p1", "share"),
    [(0.5, 0.6, (0.5, 0.52)), (0.4, 0.6, (0.5, 0.56)), (0.1, 0.9, (0.8, 0.82))],
)
def test_a_sequential_test_saves_half_where_two_coins_are_hard_to_tell_apart(p0, p1, share):
    mean_n = sequential_test(p0, p1, p0, alpha=0.05, beta=0.05).mean_n
    fixed = next(n for n in range(1, 999) if neyman_pearson(p0, p1, n, 0.05) <= 0.05)

    assert share[0] < mean_n / fixed < share[1]


# ---- noisy channels ----


@pytest.mark.parametrize("table", [distributions(2, k) for k in (2, 3, 4, 5) for _ in range(20)])
def test_even_use_of_two_inputs_is_never_bad(table):
    capacity = itlib.channel_capacity(table).capacity
    even = itlib.mutual_information(table / 2)

    assert capacity - even < 0.0111
    assert even > 0.942 * capacity


@pytest.mark.parametrize(
    "table",
    [binary_symmetric(0.2), binary_erasure(0.3), (np.eye(5) + np.roll(np.eye(5), 1, 1)) / 2],
)
def test_even_use_is_the_best_where_all_inputs_are_alike(table):
    even = itlib.mutual_information(table / len(table))

    assert math.isclose(itlib.channel_capacity(table).capacity, even, rel_tol=1e-9)


def test_several_ways_to_use_a_typewriter_reach_its_capacity():
    typewriter = (np.eye(26) + np.roll(np.eye(26), 1, axis=1)) / 2
    for keys in (range(26), range(0, 26, 2), range(1, 26, 2)):
        used = np.bincount(keys, minlength=26) / len(keys)

        assert math.isclose(math.log2(13), itlib.mutual_information(used[:, None] * typewriter))


def test_even_use_can_lose_much_where_inputs_are_worth_nothing():
    table = np.vstack([np.eye(2), np.full((30, 2), 0.5)])

    assert itlib.mutual_information(table / len(table)) < 0.1
    assert math.isclose(1.0, itlib.channel_capacity(table).capacity, rel_tol=1e-9)


def test_the_digit_that_is_flipped_more_often_is_used_less():
    for a, b in itertools.product(np.arange(0, 1, 0.1), repeat=2):
        if b > a + 1e-9 and a + b < 1 - 1e-9:
            assert itlib.channel_capacity([[1 - a, a], [b, 1 - b]]).p_x[1] < 0.5


def test_the_words_of_hammings_code_lie_at_least_three_flips_apart():
    words = hamming_encode(list(itertools.product((0, 1), repeat=4)))
    distances = {int(np.sum(a != b)) for a, b in itertools.combinations(words, 2)}

    assert {3, 4, 7} == distances


def guess(joint):
    """Return H(X|Y), with X in rows, and how often the best guess at X errs."""
    return itlib.conditional_entropy(joint, given=1), 1 - joint.max(axis=0).sum()


@pytest.mark.parametrize("joint", RNG.dirichlet(np.full(40, 0.3), size=60).reshape(-1, 10, 4))
def test_the_best_guess_errs_between_fanos_bound_and_half_of_what_is_open(joint):
    left, error = guess(joint)

    assert fano_bound(left, 10) - 1e-12 <= error <= left / 2 + 1e-12


def test_fanos_bound_is_reached_where_the_chances_are_the_same_at_every_y():
    alike = np.full((10, 3), 0.02 / 9)
    alike[[0, 4, 7], range(3)] = 0.98
    unlike = alike.copy()
    unlike[:, 0] = 0.1
    for joint, reached in ((alike / 3, True), (unlike / 3, False)):
        left, error = guess(joint)

        assert reached == math.isclose(fano_bound(left, 10), error, rel_tol=1e-9)


# ---- the pages of questions and of mistakes ----


def test_taking_any_coin_for_a_fair_one_costs_at_most_one_bit():
    sides = np.linspace(0, 1, 101)
    coins = np.stack([sides, 1 - sides], axis=-1)

    assert itlib.kl_divergence(coins, [0.5, 0.5]).max() <= 1
    assert itlib.kl_divergence([0.5, 0.5], [1 - 1e-9, 1e-9]) > 10


@pytest.mark.parametrize("logit", [-800.0, -5000.0])
def test_a_divergence_is_infinite_where_a_softmax_rounds_to_zero_and_finite_from_the_logits(logit):
    p, z = np.array([0.5, 0.5]), np.array([0.0, logit])
    from_logits = p @ (np.log(p) - itlib.log_softmax(z))

    assert math.inf == itlib.kl_divergence(p, itlib.softmax(z), base=math.e)
    assert math.isclose(-logit / 2 - math.log(2), from_logits)


@pytest.mark.parametrize("classes", [2, 10, 1000])
def test_a_softmax_of_a_softmax_never_reaches_a_small_loss(classes):
    sure = np.zeros(classes)
    sure[0] = 1e6
    twice = itlib.softmax_cross_entropy(itlib.softmax(sure), 0)

    assert math.isclose(math.log(1 + (classes - 1) / math.e), twice, rel_tol=1e-9)
    assert 0 == itlib.softmax_cross_entropy(sure, 0)


def test_shares_of_information_rank_pairs_of_variables_differently():
    few, many = np.eye(2) / 2, np.zeros((2, 64))
    many[0, :32], many[1, 32:] = 0.9 / 64, 0.9 / 64
    many += 0.1 / 128
    shares = [
        (bits / itlib.entropy(p.sum(axis=1)), bits / itlib.entropy(p.sum(axis=0)))
        for p in (0.88 * few + 0.03, many)
        for bits in [itlib.mutual_information(p)]
    ]

    assert shares[0][0] < shares[1][0]
    assert shares[0][1] > shares[1][1]


def test_cosines_show_at_most_one_over_the_temperature():
    rng = np.random.default_rng(3)
    for tau in (0.5, 0.1, 0.05):
        z = rng.normal(size=(400, 8))
        z /= np.linalg.norm(z, axis=1, keepdims=True)
        shown = math.log(400) - itlib.softmax_cross_entropy(z @ z.T / tau, np.arange(400)).mean()

        assert shown <= min(1 / tau, math.log(400))


def test_the_variance_of_k3_is_infinite_for_a_reference_of_twice_the_variance():
    def mean_square_ratio(variance, end):
        """Return E_p[(ref/p)²] up to an end, for Gaussians of variance 1 and of this one."""
        x, dx = np.linspace(-end, end, 200_001, retstep=True)
        logs = -(x**2) / variance + x**2 / 2
        return np.sum(np.exp(logs)) * dx / (variance * math.sqrt(2 * math.pi))

    assert math.isclose(mean_square_ratio(1.9, 40), mean_square_ratio(1.9, 30), rel_tol=1e-5)
    assert mean_square_ratio(2.1, 40) > 2 * mean_square_ratio(2.1, 30)


def test_entropy_can_rise_with_an_observation_but_not_on_average():
    rng = np.random.default_rng(4)
    joints = rng.dirichlet(np.ones(12), size=100).reshape(-1, 3, 4)
    rises = []
    for joint in joints:
        before = itlib.entropy(joint.sum(axis=1))
        after = itlib.entropy((joint / joint.sum(axis=0)).T)
        rises.append(after.max() > before)

        assert joint.sum(axis=0) @ after <= before + 1e-12

    assert any(rises)
