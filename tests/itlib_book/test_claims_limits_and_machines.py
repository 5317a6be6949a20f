"""General sentences of the chapters on limits and on the machines of today, tried on examples."""

import math
from itertools import combinations

import numpy as np
import pytest

from itlib import entropy, js_divergence, kl_divergence, mutual_information, sigmoid
from itlib.bottleneck import information_bottleneck
from itlib.bounds import barber_agakov, donsker_varadhan, infonce, infonce_expected, nwj
from itlib.fisher import (
    empirical_fisher,
    fisher_information,
    logistic_fisher,
    natural_gradient,
)
from itlib.gaussian_channels import awgn_capacity, sign_information, sign_mmse
from itlib.honest_bits import bits_per_dimension, diffusion_bound, masked_bound
from itlib.policies import best_of_n, best_of_n_kl_bound, kl_estimates, tilt
from itlib.questions import beta_information, binary_kl_inverse, gaussian_design_information
from itlib.rate_distortion import rate_distortion
from itlib_book.asking import demos as asking
from itlib_book.contrastive_bounds import data as embedded
from itlib_book.contrastive_bounds import demos as contrastive
from itlib_book.honest_bits import data as honest
from itlib_book.rate_distortion import data as quantisers


def nats(p, q):
    return kl_divergence(p, q, base=math.e)


def tables(count, shape, seed):
    """Return random joint tables, some of them spiky."""
    rng = np.random.default_rng(seed)
    sharp = rng.choice([0.2, 1.0, 5.0], size=count)
    return [rng.dirichlet(np.full(math.prod(shape), a)).reshape(shape) for a in sharp]


# ---- rate and distortion ----


@pytest.mark.parametrize("kind", quantisers.KINDS)
@pytest.mark.parametrize("factor", [1.1, 1.25, 1.5])
def test_of_sixteen_levels_too_narrow_is_worse_than_too_wide(kind, factor):
    thresholds, levels = quantisers.quantiser(kind, 16)
    narrow, wide = (
        quantisers.judged(thresholds * by, levels * by)[0] for by in (1 / factor, factor)
    )

    assert narrow > wide


@pytest.mark.parametrize(("step", "correlation"), [(0.5, 0), (1, 0), (2, -0.025), (4, -0.611)])
def test_the_error_of_rounding_goes_with_the_reading_where_steps_are_coarse(step, correlation):
    x = np.linspace(-9, 9, 180_001)
    weights = np.exp(-(x**2) / 2)
    weights /= weights.sum()
    error = step * np.rint(x / step) - x

    found = weights @ (error * x) / math.sqrt(weights @ error**2 * (weights @ x**2))

    assert correlation == pytest.approx(found, abs=1e-3)


def test_a_coarse_step_may_err_as_a_fine_one_where_no_level_lies_in_the_middle():
    x = np.linspace(-9, 9, 180_001)
    weights = np.exp(-(x**2) / 2)
    weights /= weights.sum()
    error = 4 * np.rint((x - 1) / 4) + 1 - x

    assert weights @ error**2 == pytest.approx(16 / 12, abs=0.005)
    assert abs(weights @ (error * x)) < 0.02


def test_at_a_corner_of_the_curve_one_point_is_that_of_many_slopes():
    wrong = 1 - np.eye(3)
    ends = [rate_distortion([0.5, 0.3, 0.2], wrong, slope) for slope in (0.1, 0.3, 0.5)]
    before = rate_distortion([0.5, 0.3, 0.2], wrong, 0.52)

    assert {(0.0, 0.5)} == {(point.rate, point.distortion) for point in ends}
    assert before.rate * math.log(2) > 0.5 * (0.5 - before.distortion) > 0


@pytest.mark.parametrize("step", [0.25, 0.1, 0.05, 0.01])
def test_of_fine_steps_hardly_more_than_a_quarter_of_a_bit_can_be_won(step):
    _, used, error = quantisers.rounded(step)
    quarter = math.log2(2 * math.pi * math.e / 12) / 2
    lost = math.log2(1 + step**2 / 12) / 2  # the noise of rounding widens the bell

    assert step**2 / 12 == pytest.approx(error)
    assert quarter + lost == pytest.approx(entropy(used) - quantisers.gaussian_rate(error))


def test_a_copy_drawn_from_what_is_possible_has_twice_the_squared_error_of_the_mean():
    x = np.array([-2.0, 0.5, 1.0, 4.0])
    for table in tables(50, (4, 3), 1):
        given = table / table.sum(axis=0)  # p(x | index)
        mean = x @ given
        least = np.sum(table * (x[:, None] - mean) ** 2)
        drawn = np.einsum("xi,yi,xy->", table, given, (x[:, None] - x) ** 2)

        assert 2 * least == pytest.approx(drawn)


def test_a_summary_keeps_nothing_up_to_one_and_something_beyond_the_critical_beta():
    for table in tables(10, (3, 3), 2):
        margins = np.sqrt(np.outer(table.sum(axis=1), table.sum(axis=0)))
        critical = 1 / np.linalg.svd(table / margins)[1][1] ** 2

        assert 0 == information_bottleneck(table, 1.0).i_xt
        assert critical >= 1
        assert information_bottleneck(table, 1.1 * critical).i_xt > 0


# ---- Fisher information ----


def test_of_densities_with_one_variance_the_gaussian_tells_least():
    x = np.linspace(-60, 60, 120_001)
    step = x[1] - x[0]

    def product(f):
        f = f / (f.sum() * step)
        mean = np.sum(x * f) * step
        slope = np.gradient(f, x)
        informed = np.sum(slope**2 / np.maximum(f, 1e-300)) * step
        return np.sum((x - mean) ** 2 * f) * step * informed

    bell = np.exp(-(x**2) / 2)
    others = [
        np.cosh(x / 2) ** -2.0,
        (1 + x**2 / 5) ** -3.0,
        np.exp(-((x - 2) ** 2) / 2) + np.exp(-((x + 2) ** 2) / 2),
        bell + 0.1 * np.exp(-((x - 1) ** 2) / 8),
    ]

    assert 1 == pytest.approx(product(bell), abs=1e-4)
    assert min(map(product, others)) > 1.01


def test_processing_never_raises_fisher_information():
    rng = np.random.default_rng(3)
    for _ in range(200):
        p, change = rng.dirichlet(np.ones(5)), rng.normal(size=5)
        change -= change.mean()
        channel = rng.dirichlet(np.full(3, 0.5), size=5)

        whole = fisher_information(p, change)

        assert fisher_information(p @ channel, change @ channel) <= whole * (1 + 1e-12)


def test_batches_at_an_optimum_shrink_by_their_size_or_more_if_nothing_is_drawn_twice():
    gradients = np.array([3.0, -1.0, 0.5, -4.0, 2.0, -0.5])
    single = np.mean(gradients**2)
    pairs = np.add.outer(gradients, gradients) / 2
    unlike = [(a + b) / 2 for a, b in combinations(gradients, 2)]

    assert 0 == gradients.sum()
    assert single / 2 == pytest.approx(np.mean(np.square(pairs)))
    assert single / 2 * (6 - 2) / (6 - 1) == pytest.approx(np.mean(np.square(unlike)))


def test_where_all_is_even_the_labels_of_the_data_do_not_matter():
    x = np.random.default_rng(0).normal(size=(30, 2))
    for labels in (np.zeros(30), np.arange(30) % 2):
        gradients = (sigmoid(x @ [0.0, 0.0]) - labels)[:, None] * x

        assert logistic_fisher(x, [0, 0]) == pytest.approx(empirical_fisher(gradients))


def test_one_natural_step_in_mean_parameters_leads_to_the_means_of_the_data():
    """Of a Gaussian they are the means of x and of x²; its loss is differentiated by differences."""
    x = np.random.default_rng(0).normal(1, 2, size=500)

    def loss(m):
        variance = m[1] - m[0] ** 2
        return np.mean((x - m[0]) ** 2) / (2 * variance) + math.log(variance) / 2

    m, h = np.array([0.5, 2.0]), 1e-5
    slope = [(loss(m + h * e) - loss(m - h * e)) / (2 * h) for e in np.eye(2)]
    v = m[1] - m[0] ** 2
    spread = [[v, 2 * m[0] * v], [2 * m[0] * v, 2 * v**2 + 4 * m[0] ** 2 * v]]  # of x and x²

    step = natural_gradient(np.linalg.inv(spread), slope)

    assert [x.mean(), np.mean(x**2)] == pytest.approx(m - step, rel=1e-6)


# ---- asking ----


@pytest.mark.parametrize(("opener", "expected"), [("1234", 9), ("1123", 3)])
def test_how_often_the_best_second_guess_cannot_be_right(opener, expected):
    replies = [reply for reply in asking.REPLIES[:-1] if asking.codes_left(opener, reply)]
    found = sum("cannot" in asking.next_guess(opener, reply) for reply in replies)

    assert 13 == len(replies)
    assert expected == found


def of_plans(p, questions):
    """Return what the most even split and the best plan need on average, by trying every plan."""

    def splits(left):
        return [(left & q, left - q) for q in questions if left & q and left - q]

    def chance(left):
        return sum(p[i] for i in left)

    def even(left):
        if len(left) == 1:
            return 0.0
        pair = min(splits(left), key=lambda pair: abs(chance(pair[0]) - chance(pair[1])))
        return chance(left) + sum(map(even, pair))

    def best(left):
        if len(left) == 1:
            return 0.0
        return chance(left) + min(sum(map(best, pair)) for pair in splits(left))

    everyone = frozenset(range(len(p)))
    return even(everyone), best(everyone)


def test_greed_falls_behind_by_a_logarithm_at_most_and_may_need_a_third_more():
    rng = np.random.default_rng(0)
    for p in rng.dirichlet(np.full(5, 0.5), size=40):
        allowed = [np.flatnonzero(row) for row in rng.random((2, 5)) < 0.5]
        questions = [frozenset([i]) for i in range(5)] + [frozenset(q.tolist()) for q in allowed]
        even, best = of_plans(p, questions)

        assert best - 1e-12 <= even <= 4 * math.log(1 / p.min()) * best

    suspects = [frozenset(q) for q in ([0], [2], [0, 1])]
    even, best = of_plans(np.array([1000, 1, 1000, 1]) / 2002, suspects)

    assert even / best == pytest.approx(4 / 3, rel=2e-3)


def test_a_toss_tells_less_than_the_one_before_on_average_but_not_after_every_toss():
    for a, b in np.ndindex(20, 20):
        a, b = (a + 1) / 2, (b + 1) / 2
        heads, tails = beta_information(a + 1, b), beta_information(a, b + 1)

        assert (a * heads + b * tails) / (a + b) < beta_information(a, b)

    assert beta_information(10, 1) > beta_information(10, 2)
    assert beta_information(13, 1) < beta_information(13, 2)


def test_no_single_question_may_be_worth_its_price_where_two_are():
    coins = np.array(list(np.ndindex(2, 2)))
    secret = coins[:, 0] ^ coins[:, 1]
    places = {"one coin": coins[:, 0], "both coins": 2 * coins[:, 0] + coins[:, 1]}
    told = {}
    for name, heard in places.items():
        table = np.zeros((2, 4))
        np.add.at(table, (secret, heard), 0.25)
        told[name] = mutual_information(table)

    assert {"one coin": 0, "both coins": 1} == pytest.approx(told)


def test_the_parabola_is_several_times_too_wide_for_rare_clicks_after_many_plays_only():
    def times_too_wide(plays, rounds):
        budget = math.log(rounds) / plays
        return math.sqrt(budget / 2) / (binary_kl_inverse(0.01, budget) - 0.01)

    assert times_too_wide(100, 1e3) < 2.5
    assert times_too_wide(2000, 1e5) > 3.5


def test_the_design_with_the_largest_determinant_need_not_tell_most_where_the_prior_counts():
    believed = np.diag([100.0, 0.01])  # the second weight is nearly known
    both_axes, one_axis = np.eye(2), np.array([[1.0, 0.0], [1.0, 0.0]])

    assert np.linalg.det(both_axes.T @ both_axes) > np.linalg.det(one_axis.T @ one_axis)
    assert math.log(201) / 2 == pytest.approx(
        gaussian_design_information(one_axis, believed, 1, base=math.e)
    )
    assert gaussian_design_information(both_axes, believed, 1) < gaussian_design_information(
        one_axis, believed, 1
    )


def test_noise_that_is_not_gaussian_hides_less():
    half = 0.5 * math.sqrt(3)  # uniform noise of standard deviation 0.5
    x, y = np.linspace(-12, 12, 2001), np.linspace(-15, 15, 2001)
    slopes = np.exp(-(x**2) / 8)
    sums = np.append(0, np.cumsum(slopes / slopes.sum()))
    ends = (np.interp(y + side, x + 0.006, sums[1:], 0, 1) for side in (half, -half))
    density = np.subtract(*ends) / (2 * half)
    seen = density[density > 1e-12]
    told = -np.sum(seen * np.log(seen)) * 0.015 - math.log(2 * half)

    assert 1.593 == pytest.approx(told, abs=2e-3)
    assert 1.42 > gaussian_design_information([[2]], [[1]], 0.5, base=math.e)


def test_from_a_uniform_belief_the_move_is_the_fall_for_every_answer():
    likelihood = np.random.default_rng(12).dirichlet(np.ones(3), size=4)
    after = likelihood / likelihood.sum(axis=0)
    moves = kl_divergence(after, np.full((4, 1), 0.25), axis=0)

    assert 2 - entropy(after, axis=0) == pytest.approx(moves)


# ---- bounds from critics ----


def test_a_network_with_random_weights_may_begin_far_below_the_logarithm():
    rng = np.random.default_rng(13)
    first, second = rng.normal(size=(100, 256)) / 10, rng.normal(size=(256, 64)) / 16
    pictures = rng.normal(size=(128, 100))
    views = pictures + 0.5 * rng.normal(size=(2, 128, 100))
    x, y = np.maximum(views @ first, 0) @ second
    cosines = x @ y.T / np.outer(np.linalg.norm(x, axis=1), np.linalg.norm(y, axis=1))

    assert infonce(cosines / 0.07).loss < 1 < 4 < infonce(cosines).loss < math.log(128)


def test_of_two_candidates_both_rows_may_have_the_stranger_opposite():
    cosines = np.array([[1.0, -1.0], [-1.0, 1.0]])
    one_row, on_average = (math.log(2) - math.log1p(math.exp(-gap / 0.5)) for gap in (2, 1))

    assert one_row == pytest.approx(infonce(cosines / 0.5).bound)
    assert one_row > on_average


def test_whatever_the_critic_four_formulas_stay_below_the_information():
    rng = np.random.default_rng(4)
    for table in tables(60, (3, 4), 5):
        information = mutual_information(table, base=math.e)
        apart = np.outer(table.sum(axis=1), table.sum(axis=0))
        f = rng.normal(size=(3, 4)) * rng.choice([0.1, 1, 5])
        guess = table.sum(axis=1, keepdims=True) * np.exp(f)
        shown = (
            donsker_varadhan(f, f, p=table, q=apart),
            nwj(f, f, p=table, q=apart),
            barber_agakov(table, guess / guess.sum(axis=0)),
            infonce_expected(table, 8, f),
        )

        assert max(shown) <= information + 1e-12
        assert shown[1] <= shown[0] + 1e-12 <= shown[2] + 2e-12


def test_cosines_never_show_more_than_their_ceiling_on_average():
    rng = np.random.default_rng(6)
    for table in tables(40, (6, 6), 7):
        x, y = (z / np.linalg.norm(z, axis=1, keepdims=True) for z in rng.normal(size=(2, 6, 3)))
        for k, tau in ((4, 0.5), (64, 0.2)):
            ceiling = math.log(k) - math.log1p((k - 1) * math.exp(-1 / tau))

            assert infonce_expected(table, k, x @ y.T / tau) <= ceiling + 1e-12


def test_which_tables_find_a_missing_partner_and_a_maximum_along_the_wrong_axis():
    def reading(scores, axis=1):
        guesses = np.exp(scores - scores.max(axis=axis, keepdims=True))
        guesses = guesses / guesses.sum(axis=1, keepdims=True)
        return math.log(len(scores)) + np.log(np.diag(guesses)).mean()

    def without_partner(scores):
        others = np.where(np.eye(len(scores)) > 0, 0, np.exp(scores)).sum(axis=1)
        return math.log(len(scores)) + np.mean(np.diag(scores) - np.log(others))

    zeros, diagonal = np.zeros((3, 3)), 50 * np.eye(3)
    one_maximum = np.array([[2.0, 1.0], [0.0, 2.0]])
    symmetric = np.array([[3.0, 0.0], [0.0, 1.0]])
    found_by = np.array([[2.0, 1.0], [0.0, 1.0]])
    by_chance = np.array([[2.0, 1.0], [0.0, 0.0]])  # not symmetric, and finds nothing

    for table in (zeros, diagonal):
        assert without_partner(table) > reading(table) + 0.1
    for table in (zeros, diagonal, one_maximum, symmetric, by_chance):
        assert reading(table) == pytest.approx(reading(table, axis=0), abs=1e-12)
    assert abs(reading(found_by) - reading(found_by, axis=0)) > 0.05


def test_a_reading_of_nothing_may_hide_a_critic_that_is_too_steep():
    copy = np.array([[0.45, 0.05], [0.05, 0.45]])
    steepness = np.linspace(0.5, 8, 400)
    shown = [infonce_expected(copy, 8, s * np.log(4 * copy)) for s in steepness]

    assert shown[0] > 0.2
    assert min(np.abs(shown)) < 0.01


def test_where_both_views_of_a_picture_are_candidates_more_can_be_shown_than_is_shared():
    k, others = 15, 7  # pictures, whose two views show the same one of two symbols
    loss = np.mean([math.log(1 + 2 * sum(shown)) for shown in np.ndindex(*[2] * others)])
    apart = math.log(k) - np.mean(
        [math.log(1 + sum(shown)) for shown in np.ndindex(*[2] * (k - 1))]
    )

    assert math.log(k) - loss > math.log(2)
    assert infonce_expected(np.eye(2) / 2, k) == pytest.approx(apart, rel=1e-9)
    assert apart < math.log(2)


def test_an_accuracy_near_one_proves_more_than_pinsker_can():
    rng = np.random.default_rng(8)
    for p, q in zip(*rng.dirichlet(np.full(4, 0.2), size=(2, 300))):
        tv = np.abs(p - q).sum() / 2
        if tv < 1:
            assert nats(p, q) >= -math.log((1 - tv) * (1 + tv)) - 1e-9

    assert -math.log(1 - 0.99**2) > 2


def test_an_area_under_the_curve_bounds_the_total_variation():
    rng = np.random.default_rng(9)
    for p, q in zip(*rng.dirichlet(np.ones(5), size=(2, 200))):
        score = rng.permutation(5)
        wins = np.where(score[:, None] > score, 1.0, 0.0) + np.eye(5) / 2
        area = p @ wins @ q

        if area > 0.5:
            assert np.abs(p - q).sum() / 2 >= 1 - math.sqrt(2 * (1 - area)) - 1e-12


def test_bald_of_two_equal_models_is_the_divergence_of_jensen_and_shannon():
    p, q = [0.8, 0.2], [0.3, 0.7]

    assert 0.1912 == pytest.approx(js_divergence(p, q), abs=5e-5)


def test_words_drawn_by_a_power_of_their_frequency_take_the_place_of_it_in_the_pmi():
    frequency, k, pmi = np.array([0.6, 0.3, 0.1]), 5, math.log(8)
    drawn = frequency**0.75 / np.sum(frequency**0.75)
    score = pmi - math.log(k) + np.log(frequency / drawn)
    together = 1e-3 * math.exp(pmi) * frequency
    slope = k * 1e-3 * drawn * sigmoid(score) - together * sigmoid(-score)

    assert np.zeros(3) == pytest.approx(slope, abs=1e-15)
    assert score[0] > pmi - math.log(k) > score[2]


def test_the_even_distribution_has_the_best_uniformity_but_not_the_best_of_a_few_draws():
    def on_corners(k):
        turn = 2 * np.pi * np.arange(k) / k
        return np.exp(4 * np.cos(turn) - 4), np.exp(4 * np.cos(turn[:, None] - turn) - 4)

    def of_all(near, _):
        return math.log(near.mean())

    def of_three(near, pairs):  # the first point in the first corner, the others anywhere
        return np.log((near[:, None] + near + pairs) / 3).mean()

    assert -4 + math.log(np.i0(4)) == pytest.approx(of_all(*on_corners(360)))
    assert of_all(*on_corners(360)) < of_all(*on_corners(4))
    assert of_three(*on_corners(360)) > of_three(*on_corners(4))


def test_twice_as_many_classes_on_a_circle_show_a_third_of_what_they_share_more():
    four, eight = (contrastive.shown(classes, 1.0, 0.0) for classes in ("4", "8"))

    assert 1 / 3 == pytest.approx((eight - four) / math.log(2), abs=0.01)


def test_at_a_low_temperature_many_candidates_show_nearly_all_of_it():
    four, eight = (
        embedded.circle_reading(embedded.on_circle(classes, 1, 0), 1024, 0.05) for classes in (4, 8)
    )

    assert eight - four > 0.95 * math.log(2)


def test_spread_within_a_class_lowers_the_bound_and_helps_the_uniformity_at_first():
    for classes in ("4", "8"):
        spreads = (0.0, 10.0, 20.0, 30.0, 40.0, 50.0)
        for reach in (0.4, 1.0):
            shown = [contrastive.shown(classes, reach, spread) for spread in spreads]

            assert shown == sorted(shown, reverse=True)
            assert contrastive.uniform(classes, reach, 10.0) < contrastive.uniform(
                classes, reach, 0.0
            )
    assert contrastive.uniform("8", 1.0, 50.0) > contrastive.uniform("8", 1.0, 20.0)


# ---- honest bits ----


def test_with_noise_one_datum_may_have_negative_bits_and_their_mean_may_not():
    density = np.array([1.8, 0.2])  # in the two halves of a cell that has all the mass
    bits = bits_per_dimension(np.log(density), 1, scale=1)

    assert bits.min() < 0 <= bits.mean()


def test_masked_diffusion_pays_less_with_more_steps_and_never_less_than_the_entropy():
    for table in tables(40, (2, 3, 2), 10):
        paid = [masked_bound(table, steps) for steps in (1, 2, 3, 5, 8, 30)]

        assert paid == sorted(paid, reverse=True)
        assert paid[-1] >= entropy(table.ravel()) - 1e-12


def test_levels_that_are_added_between_the_others_lower_the_bound():
    snr = np.geomspace(0.01, 20, 12)
    finer = np.sort(np.append(snr, np.random.default_rng(11).uniform(0.01, 20, 5)))
    coarse, fine = (
        diffusion_bound(
            levels,
            sign_mmse(levels),
            prior=awgn_capacity(levels[0]),
            reconstruction=1 - sign_information(levels[-1]),
        ).total
        for levels in (snr, finer)
    )

    assert 1 < fine < coarse


def test_with_poor_guesses_more_steps_of_diffusion_may_cost_more():
    def paid(snr, error):
        return diffusion_bound(snr, error, prior=0, reconstruction=0).total

    assert paid([1, 2, 3], [0.4, 0.9, 0.2]) > paid([1, 3], [0.4, 0.2])
    assert paid([1, 2, 3], [0.4, 0.3, 0.2]) < paid([1, 3], [0.4, 0.2])


def test_sums_of_a_hashed_table_can_be_below_one_as_well():
    contexts = np.unique(honest.runs(honest.parts()[1], 3))
    sums = 0.9 * honest.shares(contexts, 16).sum(axis=1) + 0.1

    assert sums.min() < 0.5
    assert sums.max() > 2


def test_four_levels_pay_five_bits_for_a_sign_or_hardly_more_than_one_by_where_they_are():
    def bound(snr):
        rest = 1 - sign_information(snr[-1])
        return diffusion_bound(
            snr, sign_mmse(snr), prior=awgn_capacity(snr[0]), reconstruction=rest
        )

    assert honest.sign_bound(4).total == pytest.approx(5.033, abs=1e-3)
    assert bound(np.array([0.05, 0.06, 0.07, 0.08])).total < 1.001


def of_thresholds(steps, n):
    """Return what n variables pay of which any 1, 2, … n tell the rest, and fewer tell nothing."""
    hidden, k = np.arange(1, steps + 1)[:, None] / steps, np.arange(n)
    ways = np.array([math.comb(n - 1, shown) for shown in k])
    return n * np.cumsum(ways * (1 - hidden) ** k * hidden ** (n - 1 - k), axis=1).mean(axis=0)


def test_steps_that_are_added_between_never_cost_more_and_other_ones_may():
    two, three, four, eight = (of_thresholds(steps, 25)[9] for steps in (2, 3, 4, 8))

    assert three > two > four > eight > 10


@pytest.mark.parametrize("n", [2, 3, 10, 18, 24])
def test_more_steps_never_cost_more_for_so_few_variables(n):
    # Every table pays like a sum of thresholds, as knowing more never raises a mean entropy.
    paid = [of_thresholds(steps, n) for steps in range(1, 60)]

    assert np.diff(paid, axis=0).max() <= 1e-12


def test_levels_added_where_nothing_is_unknown_leave_the_bound_as_it_is():
    def paid(snr):
        return diffusion_bound(snr, np.zeros(len(snr)), prior=0.5, reconstruction=0).total

    assert paid([1, 2]) == paid([1, 1.5, 2]) == 0.5


@pytest.mark.parametrize("change", [0.02, 0.1, 0.4])
def test_the_mean_over_most_masks_is_above_the_entropy_and_what_is_left_of_the_area_below(change):
    hidden = 0.1 + 0.9 * (np.arange(2000) + 0.5) / 2000
    mean = np.mean(honest.hidden_cost(hidden, change) / hidden)

    assert 0.9 * mean < entropy(honest.sticky(change, 4).ravel()) < mean


def test_the_mean_over_most_masks_may_be_less_than_a_model_pays():
    # One hidden token of two is guessed at a cost of nine bits, two hidden ones at one bit each.
    def mean(low, n=2000):
        hidden = low + (1 - low) * (np.arange(n) + 0.5) / n
        return np.mean(2 * (hidden + 9 * (1 - hidden)))

    assert mean(0.1) < mean(0)


# ---- policies ----


@pytest.mark.parametrize(
    ("ref", "share"), [([0.2, 0.3, 0.5], 3 / 4), ([1 / 3] * 3, 0.9), ([0.01, 0.49, 0.5], 1 / 6)]
)
def test_from_how_many_policies_k3_in_the_reward_pushes_away_hangs_on_the_reference(ref, share):
    grid = np.array([(a, b, 100 - a - b) for a in range(1, 99) for b in range(1, 100 - a)]) / 100
    k1, _, k3 = kl_estimates(np.log(grid), np.log(ref))
    down, moved = (grid * (k - np.sum(grid * k, axis=1, keepdims=True)) for k in (k1, k3))

    assert share == pytest.approx(np.mean(np.sum(down * moved, axis=1) < 0), abs=0.02)


def test_the_best_of_n_keeps_its_bounds():
    rng = np.random.default_rng(12)
    for _ in range(200):
        p, n = rng.dirichlet(np.full(rng.integers(2, 6), 0.7)), int(rng.integers(1, 40))
        best = best_of_n(p, n)
        wins = best @ (np.cumsum(p) - p / 2)

        assert nats(best, p) <= min(best_of_n_kl_bound(n), -math.log(p[-1])) + 1e-9
        assert wins <= n / (n + 1) + 1e-12


@pytest.mark.parametrize(("n", "ties_cost"), [(1, False), (2, True), (30, True)])
def test_ties_cost_the_best_of_n_something_from_two_draws_on(n, ties_cost):
    p = np.array([0.5, 0.3, 0.2])
    best = best_of_n(p, n)

    assert ties_cost == (best_of_n_kl_bound(n) - nats(best, p) > 1e-9)
    assert ties_cost == (n / (n + 1) - best @ (np.cumsum(p) - p / 2) > 1e-9)


def test_where_words_count_alike_advantages_leave_a_value_if_length_goes_with_them():
    advantages, lengths = np.array([1.0, -1.0, -1.0, 1.0]), np.array([30, 10, 20, 20])
    of_words = np.repeat(advantages, lengths)

    assert 0 == advantages.mean()
    assert 4 * np.cov(advantages, lengths, bias=True)[0, 1] / lengths.sum() == of_words.mean() > 0


@pytest.mark.parametrize(("after_b", "same_sign"), [(0.8, True), (0.95, False)])
def test_the_slope_with_the_text_held_fixed_may_point_the_other_way(after_b, same_sign):
    def dear(s):
        return nats([s, 1 - s], [0.5, 0.5])

    def text(z, fixed):
        p, seen = sigmoid(z), sigmoid(fixed)
        return dear(p) + seen * dear(0.9 if same_sign else 0.6) + (1 - seen) * dear(after_b)

    z, h = math.log(1.5), 1e-5
    whole = text(z + h, z + h) - text(z - h, z - h)
    held = text(z + h, z) - text(z - h, z)

    assert same_sign == (whole * held > 0)


def earned_at_equal_divergence(ref, policy, reward):
    """Return what the tilt earns that spends as many nats as a policy, found by bisection."""
    low, high = 1e-3, 1e3
    for _ in range(60):
        price = math.sqrt(low * high)
        low, high = (
            (low, price)
            if nats(tilt(ref, reward, price), ref) < nats(policy, ref)
            else (price, high)
        )
    return tilt(ref, reward, low) @ reward


def test_no_policy_earns_more_for_its_nats_than_a_tilt():
    rng = np.random.default_rng(13)
    for _ in range(50):
        ref, policy = rng.dirichlet(np.ones(4), size=2)
        reward = rng.normal(size=4)

        assert policy @ reward <= earned_at_equal_divergence(ref, policy, reward) + 1e-6


def test_the_best_of_two_is_far_below_the_tilt_where_a_rare_answer_earns_most():
    ref, reward = np.array([0.5, 0.49, 0.01]), np.array([0.0, 1.0, 100.0])
    two = best_of_n(ref, 2)
    could = earned_at_equal_divergence(ref, two, reward)

    assert 1 / 7 == pytest.approx((two - ref) @ reward / (could - ref @ reward), abs=0.005)


def test_a_tilt_by_a_judge_with_independent_errors_never_lowers_the_worth():
    rng = np.random.default_rng(14)
    worth, error = rng.normal(size=8), 3 * rng.normal(size=9)
    ref = np.outer(rng.dirichlet(np.ones(8)), rng.dirichlet(np.ones(9)))
    judged = worth[:, None] + error
    true = [
        tilt(ref.ravel(), judged.ravel(), price) @ np.repeat(worth, 9)
        for price in (1e6, 10.0, 3.0, 1.0, 0.3)
    ]

    assert true == sorted(true)


def test_with_one_winner_the_margin_grows_and_the_divergence_stays_bounded():
    ref, beta = np.array([0.2, 0.8]), 0.1
    z, margins, spent = np.log(ref), [], []
    for step in range(20_000):
        z = z + np.array([1, -1]) * 5 * beta * sigmoid(-beta * (z[0] - z[1] - math.log(0.25)))
        if step in (100, 1000, 19_999):
            p = np.exp(z - np.logaddexp(*z))
            margins.append(z[0] - z[1] - math.log(0.25))
            spent.append(nats(p, ref))

    assert margins == sorted(margins)
    assert margins[-1] > 50
    assert spent[-1] <= -math.log(0.2) + 1e-12


def test_the_best_of_n_comes_ever_closer_to_the_best_answer_alone_and_never_there():
    ref = np.array([0.5, 0.3, 0.2])
    gone = [nats(best_of_n(ref, n), ref) for n in range(1, 60)]

    assert (np.diff(gone) > 0).all()
    assert math.log(5) - 1e-4 < gone[-1] < math.log(5)


def test_close_to_the_reference_a_mean_of_many_draws_is_often_negative_by_chance():
    rng = np.random.default_rng(0)
    for draws, least, most in ((1, 0.18, 0.3), (20, 0.0, 0.01)):  # times one over the divergence
        x = rng.normal(size=(300, 100 * draws))
        mean = kl_estimates(-(x**2) / 2, -((x - math.sqrt(0.02)) ** 2) / 2).k1.mean(axis=1)

        assert least <= (mean < 0).mean() <= most


def test_far_from_the_reference_a_few_draws_make_the_variance_of_k3_and_not_its_mean():
    x = np.linspace(-12, 14, 20_001)
    bell = np.exp(-(x**2) / 2)
    bell = bell / bell.sum()
    k3 = np.exp(2 * x - 2) - 1 - (2 * x - 2)  # of the policy N(0, 1) and the reference N(2, 1)
    far = x > 2
    off = (k3 - bell @ k3) ** 2

    assert bell[far].sum() < 0.025
    assert (bell * k3)[far].sum() < 0.25 * (bell @ k3)
    assert (bell * off)[far].sum() > 0.95 * (bell @ off)


def test_a_round_of_the_soft_bellman_equation_shrinks_the_largest_difference_and_not_every_other():
    to_first = np.array(
        [[[1.0, 0.0]], [[1.0, 0.0]]]
    )  # two states, one action: both go to the first
    values = np.array([[1.0, 0.0], [0.0, 0.0]])
    apart = np.subtract(*(0.9 * to_first[:, 0] @ v for v in values))

    assert 0.9 == pytest.approx(np.abs(apart).max())
    assert math.sqrt((apart**2).sum()) > 1


def test_a_budget_bounds_the_damage_between_limits_and_not_without_them():
    rng = np.random.default_rng(3)
    for ref, policy in rng.dirichlet(np.full(4, 0.5), size=(50, 2)):
        worth = rng.uniform(-2, 1, size=4)
        change = abs(policy @ worth - ref @ worth)

        assert change <= np.ptp(worth) * math.sqrt(nats(policy, ref) / 2) + 1e-12

    ref, policy = np.array([1 - 1e-6, 1e-6]), np.array([0.99, 0.01])

    assert nats(policy, ref) < 0.1
    assert policy @ [0, -1e6] < -9999
