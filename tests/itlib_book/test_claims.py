"""Sentences of the chapters that need their condition, tried on examples."""

import math
from itertools import permutations, product

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

import itlib
from itlib.gaussian_fits import fit_planar_reverse, reverse_pitchfork
from itlib_book.cross_entropy import exercises as cross_entropy
from itlib_book.cross_entropy_and_mse import exercises as squared_error
from itlib_book.cross_entropy_and_mse.data import SIX, fitted, measurements, mislabelled
from itlib_book.decision_trees import exercises as trees
from itlib_book.f_divergences.data import learning_signals
from itlib_book.kl_divergence import exercises as divergence
from itlib_book.kl_divergence.data import reverse_slope
from itlib_book.kl_divergence.demos import planar_mixture
from itlib_book.shared import irises
from itlib_book.shared.coins import huffman_rate
from itlib_book.shared.tennis import PLAY, TENNIS
from itlib_book.variational_inference import data as approximations


def plug_in(pairs, n, rng, *, copies):
    """Return the mean mutual information of counted tables of two dice, or of a die and a copy."""
    rolls = rng.integers(0, 6, (pairs, 2, n))
    return np.mean([itlib.mutual_information_from_samples(a, a if copies else b) for a, b in rolls])


def test_counted_tables_overstate_for_independent_variables_and_understate_for_copies():
    rng = np.random.default_rng(5)

    assert plug_in(100, 30, rng, copies=False) > 0.3
    assert plug_in(100, 30, rng, copies=True) < np.log2(6) - 0.05


def test_mixing_raises_entropy_and_lowers_divergence():
    rng = np.random.default_rng(6)
    p, r, q, s = rng.dirichlet(np.ones(4), (4, 500))
    mixed = 0.3 * p + 0.7 * r, 0.3 * q + 0.7 * s
    means = [
        0.3 * measure(*one) + 0.7 * measure(*two)
        for measure, one, two in (
            (itlib.entropy, (p,), (r,)),
            (itlib.kl_divergence, (p, q), (r, s)),
        )
    ]

    assert np.all(itlib.entropy(mixed[0]) >= means[0])
    assert np.all(itlib.kl_divergence(*mixed) <= means[1])


@pytest.mark.parametrize(
    ("p", "same"),
    [([0.6, 0.4], False), ([0.5, 0.3, 0.2], False), ([1, 0], True), ([0.5, 0.5, 0], True)],
)
def test_the_cross_entropy_of_the_model_wants_the_data_only_if_all_of_them_are_equally_likely(
    p, same
):
    least = min(itlib.cross_entropy(corner, p) for corner in np.eye(len(p)))

    assert same == (itlib.cross_entropy(p, p) < least + 1e-12)


def test_free_strings_may_have_no_room_for_the_word_that_their_share_allows():
    words = ["000", "010", "100"]
    free = 1 - itlib.kraft_sum(words)

    assert free > 0.5
    assert all(any(word.startswith(short) for word in words) for short in "01")


def test_longer_blocks_do_not_always_come_closer_to_the_entropy():
    rates = [huffman_rate(flips) for flips in range(1, 11)]
    entropy = itlib.binary_entropy(0.9)

    assert any(later > earlier for earlier, later in zip(rates, rates[1:]))
    assert all(entropy <= rate < entropy + 1 / n for n, rate in enumerate(rates, 1))


@pytest.mark.parametrize("heads", [0.5, 0.8, 0.99, 1.0])
@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_a_sample_looks_less_uncertain_on_average_unless_the_source_is_certain(heads, n):
    chances = [math.comb(n, k) * heads**k * (1 - heads) ** (n - k) for k in range(n + 1)]
    seen = math.fsum(np.array(chances) * itlib.binary_entropy(np.arange(n + 1) / n))

    assert (heads < 1) == (seen < itlib.binary_entropy(heads))


def test_two_words_that_occur_once_and_together_have_the_largest_pointwise_information():
    tables = [
        itlib.normalize([[both, one], [other, 40 - both - one - other]], axis=None)
        for both, one, other in product(range(1, 6), range(6), range(6))
    ]
    found = [itlib.pointwise_mutual_information(table)[0, 0] for table in tables]

    assert math.isclose(math.log2(40), max(found))
    assert 0 == np.argmax(found)


@pytest.mark.parametrize("sigma", [0.3, 1, 2, 4])
def test_with_a_held_width_the_best_bell_leaves_the_middle_without_a_jump(sigma):
    fork, mus = reverse_pitchfork(sigma), np.linspace(0, 1.5, 1501)
    best = []
    for d in (0.98 * fork, 1.001 * fork, 1.01 * fork):
        modes = [0.5, 0.5], [-d, d], [1, 1]
        costs = itlib.mixture_gaussian_kl(*modes, mus, sigma, direction="reverse")
        best.append(mus[np.argmin(costs)])

    assert 0 == best[0]
    assert 0 < best[1] < best[2] / 2


@pytest.mark.parametrize(("weight", "covers"), [(0.5, True), (0.7, True), (0.99, False)])
def test_a_forward_fit_covers_a_hump_unless_data_from_there_are_rare(weight, covers):
    mu, sigma = itlib.fit_gaussian_forward([weight, 1 - weight], [-10, 10], [1, 1])

    assert covers == (math.exp(-(((10 - mu) / sigma) ** 2) / 2) > 0.1)
    assert covers or math.exp(-(((10 - mu) / sigma) ** 2) / 2) < 1e-15


@pytest.mark.parametrize(
    ("mu", "sigma", "end"), [(0.2, 3, 0), (0.2, 0.6, 0), (3.4, 3, 3.4), (3.4, 0.6, 3.4)]
)
def test_the_place_of_a_start_and_not_its_width_tells_where_a_reverse_descent_ends(mu, sigma, end):
    bell = np.array([mu, math.log(sigma)])
    for _ in range(1500):
        bell -= 0.1 * reverse_slope(3.4, 0.5, *bell)

    assert end == pytest.approx(bell[0], abs=0.02)


@pytest.mark.parametrize(("d", "between"), [(4, True), (2, False)])
def test_a_round_reverse_fit_is_as_wide_as_between_the_axes_only_of_modes_far_apart(d, between):
    _, cov, _ = fit_planar_reverse(*planar_mixture(d, 0.2), shape="isotropic")[0]

    assert between == (1 - 0.2 < cov[0, 0] < 1 + 0.2)


def test_a_model_that_is_nearer_in_plain_distance_may_waste_more():
    p, near, far = [0.9, 0.1], [0.999999, 0.000001], [0.5, 0.5]

    assert itlib.total_variation(p, near) < itlib.total_variation(p, far)
    assert itlib.kl_divergence(p, near) > itlib.kl_divergence(p, far)


def test_the_two_divergences_of_a_coin_are_equal_at_its_mirror_image_and_at_no_other_coin():
    sides = np.linspace(0.002, 0.998, 499)  # in steps of 0.002: 0.25 is among them
    q = np.stack([sides, 1 - sides], axis=-1)
    gap = itlib.kl_divergence([0.75, 0.25], q) - itlib.kl_divergence(q, [0.75, 0.25])
    crossing = np.abs(sides - 0.25) < 1e-9

    assert 1 == crossing.sum()
    assert 0 == pytest.approx(gap[crossing].item(), abs=1e-15)
    assert np.all(gap[sides < 0.249] > 0)
    assert np.all(gap[(sides > 0.251) & (sides < 0.749)] < 0)
    assert np.all(gap[sides > 0.751] > 0)


def test_squared_error_behind_a_sigmoid_has_two_minima_where_cross_entropy_has_one():
    x, y = SIX
    logits = np.multiply.outer(np.linspace(-2, 6, 801), x)
    minima = []
    for loss in (itlib.sigmoid_cross_entropy, itlib.sigmoid_squared_error):
        mean = loss(logits, y).mean(axis=1)
        minima.append(np.sum((mean[1:-1] < mean[:-2]) & (mean[1:-1] < mean[2:])))

    assert [1, 2] == minima


@pytest.mark.parametrize(
    "slope", [itlib.sigmoid_cross_entropy_grad, itlib.sigmoid_squared_error_grad]
)
def test_the_curves_among_wrong_labels_are_drawn_at_their_minimum(slope):
    x, y = mislabelled()
    inputs = np.stack([x, np.ones(x.size)], axis=-1)
    pull = inputs.T @ slope(inputs @ fitted(slope), y) / len(y)

    assert np.max(np.abs(pull)) < 1e-8


@pytest.mark.parametrize(
    ("slope", "where", "moved"),
    [
        (itlib.sigmoid_cross_entropy_grad, [6, 7, 8], True),
        (itlib.sigmoid_squared_error_grad, [6, 7, 8], False),
        (itlib.sigmoid_cross_entropy_grad, [0.5, 0.7, 0.9], True),
        (itlib.sigmoid_squared_error_grad, [0.5, 0.7, 0.9], True),
    ],
)
def test_squared_error_behind_a_sigmoid_forgives_wrong_labels_only_far_out(slope, where, moved):
    x, y = (part[:-3] for part in mislabelled())
    borders = []
    for wrong in ([], where):
        inputs = np.stack([np.append(x, wrong), np.ones(x.size + len(wrong))], axis=-1)
        labels, weights = np.append(y, np.zeros(len(wrong))), np.array([1.0, 0.0])
        for _ in range(1000):
            weights -= inputs.T @ slope(inputs @ weights, labels) / len(labels)
        borders.append(-weights[1] / weights[0])

    assert moved == (borders[1] - borders[0] > 0.25)
    assert moved or abs(borders[1] - borders[0]) < 0.01


def test_a_line_gives_way_to_wrong_labels_though_not_by_more_than_a_sigmoid_with_cross_entropy():
    x, y = mislabelled()
    line, all_in = np.polyfit(x[:-3], y[:-3], 1), np.polyfit(x, y, 1)
    inputs, weights = np.stack([x[:-3], np.ones(x.size - 3)], axis=-1), np.array([1.0, 0.0])
    for _ in range(3000):
        slopes = itlib.sigmoid_cross_entropy_grad(inputs @ weights, y[:-3])
        weights = weights - inputs.T @ slopes / len(inputs)
    kept = fitted(itlib.sigmoid_cross_entropy_grad)[0] / weights[0]

    assert kept < 0.25 < 0.55 < all_in[0] / line[0] < 0.7


def test_a_descent_ends_in_its_own_valley_even_where_another_is_nearer():
    x, y = SIX
    weight = 0.6
    for _ in range(4000):
        weight -= 0.5 * np.mean(itlib.sigmoid_squared_error_grad(weight * x, y) * x)

    assert abs(0.6 - -0.10) < abs(0.6 - 2.32)
    assert 2.32 == pytest.approx(weight, abs=0.01)


def test_beyond_a_second_hill_a_descent_on_squared_error_never_comes_to_rest():
    x, y = SIX
    far = np.linspace(-60, -7, 500)
    slopes = itlib.sigmoid_squared_error_grad(np.multiply.outer(far, x), y) @ x
    back = itlib.sigmoid_squared_error_grad(np.multiply.outer([-6.0, -2.0], x), y) @ x

    assert np.all(slopes > 0)  # so that it falls to the left, without an end
    assert np.all(back < 0)


def test_rescaled_slopes_carry_one_wrong_example_over_once_those_beside_it_are_learned():
    inputs = np.array([[-1.0, 1.0]] + 9 * [[1.0, 1.0]])  # a weight and a bias, shared by ten

    def steps(rescaled):
        weights, mean, square = np.array([8.0, 0.0]), np.zeros(2), np.zeros(2)
        for count in range(1, 501):
            slope = itlib.sigmoid_squared_error_grad(inputs @ weights, 1) @ inputs / 10
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            adam = mean / (1 - 0.9**count) / (np.sqrt(square / (1 - 0.999**count)) + 1e-8)
            weights = weights - (0.01 * adam if rescaled else slope)
            if np.all(inputs @ weights > 0):
                return count
        return math.inf

    assert steps(rescaled=True) < 300
    assert math.inf == steps(rescaled=False)


def test_nearly_every_wrong_example_of_the_neuron_stands_on_the_plateau():
    x, y, _ = measurements()
    logits = -8 * x
    wrong = (logits > 0) != (y == 1)
    asleep = np.abs(itlib.sigmoid_squared_error_grad(logits, y)) < 0.05

    assert 0.85 < np.mean(asleep[wrong]) < 1


def test_refinement_is_small_for_rare_rain_and_smaller_for_who_tells_the_days_apart():
    def refinement(weights, rained):
        return np.dot(weights, np.multiply(rained, np.subtract(1, rained)))

    desert = refinement([1.0], [0.01])  # the same forecast every day
    assert desert < refinement([0.5, 0.5], [0.1, 0.9])

    assert refinement([0.5, 0.5], [0.1, 0.9]) < refinement([1.0], [0.5])


def test_outlook_and_humidity_are_right_equally_often_and_the_outlook_leaves_less():
    def right(name):
        pairs = list(zip(TENNIS[name], PLAY))
        return sum(max(pairs.count((v, y)) for y in ("yes", "no")) for v in set(TENNIS[name]))

    assert 10 == right("Outlook") == right("Humidity") == max(map(right, TENNIS))
    left = {name: -itlib.information_gain(column, PLAY) for name, column in TENNIS.items()}
    assert "Outlook" == min(left, key=left.get)


@pytest.mark.parametrize("rare", [1, 3, 10])
def test_no_gain_exceeds_the_entropy_of_its_column_however_rare_an_answer_is(rare):
    column = np.arange(1000) < rare
    rng = np.random.default_rng(7)
    for labels in (column, rng.permutation(column), rng.integers(0, 2, 1000)):
        gain = itlib.information_gain(column, labels)

        assert gain <= itlib.entropy([rare / 1000, 1 - rare / 1000]) + 1e-12


def test_a_tree_of_the_petals_cannot_make_every_leaf_pure():
    petals, species = irises.load_iris().data[:, 2:], irises.load_iris().target
    tree = DecisionTreeClassifier(criterion="entropy", random_state=0).fit(petals, species)
    leaves = tree.tree_.children_left < 0

    assert 8 == tree.get_n_leaves()
    assert 1 == np.sum(tree.tree_.impurity[leaves] > 0)
    assert [1, 1, 2, 3, 3] == sorted(tree.tree_.n_node_samples[leaves])[:5]


def test_readings_may_have_any_entropy_where_the_differential_entropy_is_zero():
    def entropy_of_readings(pieces):
        lengths = itlib.normalize(1 / (np.arange(2, pieces) * np.log(np.arange(2, pieces)) ** 2))
        # A density of 1 on one piece of this length in every metre: −∫ f log f is 0.
        return itlib.entropy(lengths)

    found = [entropy_of_readings(10**power) for power in (1, 3, 6)]

    assert found[0] + 1 < found[1] < found[2] - 0.5


def test_a_ripple_makes_the_reparameterised_gradient_the_noisier_one():
    noise = np.random.default_rng(8).normal(size=200_000)

    def spreads(g, slope):
        return np.var(g(2 + noise) * noise), np.var(slope(2 + noise))

    score, moved = spreads(np.square, lambda z: 2 * z)
    assert moved < score / 10

    score, moved = spreads(lambda z: np.sin(20 * z), lambda z: 20 * np.cos(20 * z))
    assert score < moved / 10


@pytest.mark.parametrize(
    ("exercise", "reply", "told"),
    [
        (divergence.order, "c d b a", "surprised is it by the outcome that comes one time in ten"),
        (divergence.order, "c a d b", "pay for the common one"),
        (divergence.moments, "1.8916", "still covers both modes"),
        (trees.identifier, "360", "goes by the formula"),
        (squared_error.softmax_slope, "-1.4286", "for another label"),
        (cross_entropy.code, cross_entropy._sum, "mean over the batch"),
        (cross_entropy.code, cross_entropy._all_pairs, "its own label"),
        (cross_entropy.twice, "1.3863", "half of it"),
    ],
)
def test_a_reader_is_told_what_the_reply_has_done(exercise, reply, told):
    verdict = exercise.judge(reply)

    assert "wrong" == verdict.verdict
    assert told in verdict.message


def test_of_three_classes_both_narrow_calibrations_may_hold_and_the_full_one_fail():
    orders = np.array(list(permutations(range(3))))
    even = np.where((orders[:, 1] - orders[:, 0]) % 3 == 1, 1, -1)
    rows = np.arange(6)[:, None]
    predicted, right = np.empty((6, 3)), np.empty((6, 3))
    predicted[rows, orders] = [0.5, 0.3, 0.2]
    right[rows, orders] = np.array([0.5, 0.3, 0.2]) + 0.1 * even[:, None] * [1, -1, 0]

    confident = predicted.max(axis=1)
    hit = right[np.arange(6), predicted.argmax(axis=1)]

    assert np.all(confident == 0.5)
    assert hit.mean() == pytest.approx(0.5)
    for label, p in product(range(3), [0.5, 0.3, 0.2]):
        assert right[predicted[:, label] == p, label].mean() == pytest.approx(p)
    assert np.abs(right - predicted).max() == pytest.approx(0.1)


def test_a_score_may_exceed_the_entropy_of_the_label():
    labels = np.repeat([0, 1, 2], 50)
    x = np.random.default_rng(0).normal(size=150) + 100 * labels

    assert itlib.knn_mutual_information_discrete(x, labels) > np.log2(3)


@pytest.mark.parametrize("means", [[-3, 3], [-8, 0, 8], [-9, -3, 3, 9]])
def test_one_of_k_equal_parts_misses_about_the_logarithm_of_k_and_never_more(means):
    k = len(means)
    nats = itlib.mixture_gaussian_kl(
        np.full(k, 1 / k), means, np.ones(k), means[0], 1, direction="reverse", base=math.e
    )

    assert math.log(k) == pytest.approx(nats, abs=0.01)
    assert nats < math.log(k)


def test_without_the_covariance_the_training_loop_would_blow_up_at_its_step():
    def longest_encoder(metric):
        rng = np.random.default_rng(0)
        decoder, encoder = rng.normal(0, 0.1, (2, 6, 6))
        for _ in range(300):
            miss = decoder @ encoder - np.eye(6)
            down = decoder.T @ miss @ cov + encoder @ cov  # at β = 1, averaged over the noise
            decoder = decoder - 0.1 * (miss @ cov @ encoder.T + decoder)
            encoder = encoder - 0.1 * down @ metric
        return np.linalg.norm(encoder)

    data = approximations.measurements()
    cov = data.T @ data / len(data)
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = [longest_encoder(metric) for metric in (np.linalg.inv(cov), np.eye(6))]

    assert lengths[0] < 10
    assert not lengths[1] < 1e6


# ---- what a reader finds who goes further out than the text ----


@pytest.mark.parametrize("start", [(0.5, 5), (20, 30), (0.5, 30)])
def test_no_mean_runs_away_from_the_modes(start):
    assert np.all(np.abs(approximations.descend(*start)[-1] - 3) < 0.5)


@pytest.mark.parametrize("x", [9.0, 16.0, 40.0])
def test_a_bell_on_one_of_two_far_modes_misses_about_ln_2(x):
    assert math.log(2) == pytest.approx(approximations.gaps_at(x)[0], abs=3e-3)


@pytest.mark.parametrize("distance", [12.0, 20.0, 30.0, 1000.0])
def test_the_other_loss_pushes_the_harder_the_further_away_the_forger_is(distance):
    minimax, other = learning_signals(distance)

    assert minimax < 1e-7
    assert distance == pytest.approx(other)


def test_the_second_cut_of_the_irises_that_gains_most_is_not_the_best_one_to_go_on_from():
    measured, species = irises.load_iris(return_X_y=True)
    length, width = measured[:, 2:].T

    def cut(b, c):
        leaf = np.where(length <= 2.45, 0, np.where(width > b, 1, np.where(length > c, 2, 3)))
        counts = np.array([np.bincount(species[leaf == k], minlength=3) for k in range(4)])
        wrong = counts.sum() - counts.max(axis=1).sum()
        return wrong, itlib.information_gain(leaf, species)

    (six, less), (also_six, most) = cut(1.65, 7), cut(1.75, 7)
    (three, more), (four, least) = cut(1.65, 4.95), cut(1.75, 4.95)

    assert (6, 6, 3, 4) == (six, also_six, three, four)
    assert less < most < least < more


def test_the_bias_of_a_dependent_pair_depends_on_how_many_samples_its_cells_expect():
    n = 60
    k = np.arange(1, n + 1)
    ways = np.array([math.comb(n, m) for m in k.tolist()], float)

    def mean_entropy(p):
        chances = ways * p.ravel()[:, None] ** k * (1 - p.ravel()[:, None]) ** (n - k)
        return -float(np.sum(chances * k / n * np.log(k / n)))

    def bias(elsewhere):
        """Return the bias of a pair of two values that agree but for this share, in nats."""
        p_xy = (1 - elsewhere) * np.eye(2) / 2 + elsewhere / 4
        found = 2 * mean_entropy(np.full(2, 0.5)) - mean_entropy(p_xy)
        return found - itlib.mutual_information(p_xy, base=math.e)

    # As many samples are expected in a cell off the diagonal.
    none, few, some, many = (bias(4 * samples / n) / bias(1.0) for samples in (0, 0.2, 1.5, 6))

    assert none < 0 < few < 0.5
    assert 1.2 < some < 1.3
    assert 1 < many < 1.05


def test_a_row_number_lifts_the_average_gain_above_that_of_every_other_column():
    gains = [itlib.information_gain(column, PLAY) for column in TENNIS.values()]
    average = (sum(gains) + itlib.information_gain(range(14), PLAY)) / 5

    assert max(gains) < average
