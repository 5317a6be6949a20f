"""What answers tell, against closed forms, theorems, and fifty digits."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from strategies import channels, pmfs, seeds

import itlib
from itlib.questions import (
    bald,
    beta_information,
    binary_kl_inverse,
    gaussian_design_information,
)

counts = st.floats(0.01, 1000)
chances = st.floats(0, 1)
budgets = st.floats(0, 20)


def kl(p, q):
    return itlib.kl_divergence([p, 1 - p], [q, 1 - q], base=math.e)


# --- disagreement of models ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [(0.9, 0.1, 0.5310), (0.5, 0.5, 0.0), (0.8, 0.3, 0.1912), (1.0, 0.0, 1.0)],
)
def test_two_models_of_a_coin(first, second, expected):
    """Entropy of the mean less mean entropy, by hand."""
    models = [[first, 1 - first], [second, 1 - second]]

    assert expected == pytest.approx(bald(models), abs=5e-5)


@given(channels(), st.data())
def test_bald_is_the_mutual_information_of_model_and_label(models, data):
    weights = data.draw(pmfs(k=len(models)))
    expected = itlib.mutual_information(weights[:, None] * models)

    assert expected == pytest.approx(bald(models, weights), abs=1e-12)


@given(channels(inputs=2))
def test_for_two_models_of_equal_weight_it_is_a_jensen_shannon_divergence(models):
    assert itlib.js_divergence(*models) == pytest.approx(bald(models), rel=1e-11, abs=1e-15)


@given(channels(), st.data())
def test_it_is_never_negative_and_at_most_the_entropy_of_the_weights(models, data):
    weights = data.draw(pmfs(k=len(models)))

    assert 0 <= bald(models, weights) <= itlib.entropy(weights) + 1e-12


@given(pmfs())
def test_a_single_model_has_nothing_to_be_told(p):
    assert 0.0 == bald([p])
    assert 0.0 == bald([p, p], [0.0, 1.0])


def test_models_that_agree_but_for_rounding_tell_next_to_nothing():
    third = [1 / 3 + 6e-17] * 3

    assert 0 <= bald([third] * 3, third) < 1e-30


def test_models_that_hardly_differ_keep_their_digits():
    p, step = mpmath.mpf("0.3"), mpmath.mpf(2) ** -40
    with mpmath.workdps(50):

        def h(x):
            return -x * mpmath.log(x, 2) - (1 - x) * mpmath.log(1 - x, 2)

        a, b = mpmath.mpf(float(p)), mpmath.mpf(float(p)) + step
        expected = float(h((a + b) / 2) - (h(a) + h(b)) / 2)
    a, b = float(a), float(b)

    assert expected == pytest.approx(bald([[a, 1 - a], [b, 1 - b]]), rel=1e-11)


def test_a_label_too_rare_to_show_in_the_mean_adds_nothing():
    models = [[1 - 1e-320, 1e-320], [1.0, 0.0]]

    assert 0 <= bald(models, [1e-10, 1 - 1e-10]) < 1e-300
    assert 0 <= bald([[1.0, 0.0], [0.0, 1.0]], [1 - 1e-16, 5e-324]) < 1e-300


def test_inputs_and_classes_may_lie_along_any_axis_but_the_first():
    models = np.random.default_rng(0).dirichlet([1, 1, 1], size=(4, 5))
    expected = [bald(models[:, i]) for i in range(5)]

    assert expected == pytest.approx(bald(models), rel=1e-14)
    assert expected == pytest.approx(bald(models.transpose(0, 2, 1), axis=1), rel=1e-14)
    assert expected == pytest.approx(bald(models, base=math.e) / math.log(2), rel=1e-14)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (([0.5, 0.5],), {}, "predictions must have 2 axes or more"),
        (([[0.5, 0.5], [0.5, 0.5]],), {"axis": 0}, "predictions has its models along axis 0"),
        (([[0.5, 0.5], [0.5, 0.5]],), {"axis": -2}, "predictions has its models along axis 0"),
        (([[0.5, 0.5], [0.5, 0.5]], [1.0]), {}, "weights has 1 entries, but predictions has shape"),
        (([[0.5, 0.6], [0.5, 0.5]],), {}, r"predictions\[0, :\] must sum to 1"),
        (([[0.5, 0.5], [0.5, 0.5]], [0.5, 0.4]), {}, "weights must sum to 1"),
    ],
)
def test_bald_says_what_is_wrong(arguments, options, words):
    with pytest.raises(ValueError, match=words):
        bald(*arguments, **options)


# --- tosses of a coin ----------------------------------------------------------------------


@pytest.mark.parametrize(("a", "b", "expected"), [(4, 2, 0.1088), (1, 9, 0.0609), (1, 1, 0.2787)])
def test_one_toss_of_a_coin(a, b, expected):
    assert expected == pytest.approx(beta_information(a, b), abs=5e-5)
    assert expected == pytest.approx(beta_information(b, a), abs=5e-5)


def test_a_toss_of_an_unknown_coin_in_closed_form():
    assert 1 - 1 / (2 * math.log(2)) == pytest.approx(beta_information(1, 1), rel=1e-15)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (1e-8, 1),
        (1e-5, 3),
        (1e8, 1e8),
        (1e8, 1e-3),
        (9.5, 10.5),
        (19.9, 0.3),
        (5, 1e12),
        (1, 1e300),
    ],
)
def test_one_toss_in_sixty_digits(a, b):
    with mpmath.workdps(400):
        x, y = mpmath.mpf(a), mpmath.mpf(b)

        def g(z):
            return mpmath.digamma(z + 1) - mpmath.log(z)

        expected = float((x * g(x) + y * g(y)) / (x + y) - g(x + y))

    assert expected == pytest.approx(beta_information(a, b, base=math.e), rel=2e-15, abs=0)


def test_the_largest_and_the_smallest_counts_are_no_trouble():
    assert 2.5e-309 == pytest.approx(beta_information(1e308, 1e308, base=math.e), rel=1e-6, abs=0)
    assert 0 < beta_information(5e-324, 1) < 1e-318
    assert 0.0 == beta_information(1e-300, 1e300)


@given(st.floats(0.05, 50), st.floats(0.05, 50), st.integers(1, 12))
def test_tosses_tell_the_entropy_of_their_number_less_what_chance_adds(a, b, n):
    """SciPy's beta-binomial, and the mean entropy of a binomial by the records' own."""
    heads = np.arange(n + 1)
    record = special.betaln(a + heads, b + n - heads) - special.betaln(a, b)
    of_records = -np.sum(stats.betabinom.pmf(heads, n, a, b) * record)
    digamma = special.digamma
    chance = digamma(a + b + 1) - (a * digamma(a + 1) + b * digamma(b + 1)) / (a + b)

    assert of_records - n * chance == pytest.approx(
        beta_information(a, b, n, base=math.e), abs=1e-9
    )


def test_tosses_of_a_coin_that_is_all_but_known_to_lie_one_way():
    """By which name a side is called does not matter: nothing is taken from a share near 1."""
    a, b = 5e5, 1e-20
    for tosses in (1, 4):
        told = beta_information(a, b, tosses, base=math.e)

        assert told == pytest.approx(beta_information(b, a, tosses, base=math.e), rel=1e-14, abs=0)


@given(counts, counts, st.integers(0, 6))
def test_more_tosses_tell_more_and_each_less_than_the_one_before(a, b, n):
    so_far = [beta_information(a, b, k) for k in (n, n + 1, n + 2)]

    assert 0 <= so_far[2] - so_far[1] + 1e-15
    assert so_far[2] - so_far[1] <= so_far[1] - so_far[0] + 1e-14


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_a_toss_tells_as_much_as_the_belief_moves_on_average(a, b):
    """E D(posterior‖prior), the divergence of two beta distributions."""

    def moved(heads):
        new = (a + heads, b + 1 - heads)
        return (
            special.betaln(a, b)
            - special.betaln(*new)
            + (new[0] - a) * special.digamma(new[0])
            + (new[1] - b) * special.digamma(new[1])
            - special.digamma(a + b + 1)
        )

    expected = (a * moved(1) + b * moved(0)) / (a + b)

    assert expected == pytest.approx(beta_information(a, b, base=math.e), abs=1e-7)


def test_beliefs_come_in_batches():
    a, b = np.array([[1.0], [4.0]]), np.array([1.0, 2.0, 9.0])
    expected = [[beta_information(x, y, 3) for y in b] for x in a[:, 0]]

    assert np.array(expected) == pytest.approx(beta_information(a, b, 3), rel=1e-15)
    assert 0.0 == beta_information(1, 1, 0)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((0, 1), ValueError, "a must be positive, but a is 0.0"),
        (([1, 2], [1, -1]), ValueError, r"b must be positive, but b\[1\] is -1.0"),
        (([1, 2], [1, 1, 1]), ValueError, "shapes do not fit together: a of shape"),
        ((1, 1, 1.5), TypeError, "tosses must be a whole number"),
        ((1, 1, -1), ValueError, "tosses must be at least 0, got -1"),
    ],
)
def test_beta_information_says_what_is_wrong(arguments, error, words):
    with pytest.raises(error, match=words):
        beta_information(*arguments)


# --- how far a coin may lie ----------------------------------------------------------------


def test_the_index_of_a_slot_machine():
    """KL-UCB after 50 rounds with the mean 0.4, in round 1000."""
    assert 0.658 == pytest.approx(binary_kl_inverse(0.4, math.log(1000) / 50), abs=5e-4)


@given(budgets)
def test_without_a_head_it_is_one_less_a_power_of_e(budget):
    assert -math.expm1(-budget) == pytest.approx(binary_kl_inverse(0, budget), rel=1e-14)


@given(chances, budgets)
def test_the_budget_is_spent_and_not_overdrawn(p, budget):
    q = binary_kl_inverse(p, budget)

    assert p <= q <= 1
    assert kl(p, q) <= budget * (1 + 1e-13)
    if q < 1 - 1e-9 and q - p > 1e-9:
        assert budget <= kl(p, q + 1e-10) * (1 + 1e-6)


@given(chances, budgets)
def test_pinsker_gives_a_wider_bound(p, budget):
    """D(p‖q) ≥ 2 (p − q)²."""
    assert binary_kl_inverse(p, budget) <= p + math.sqrt(budget / 2) + 1e-12


@given(chances, budgets, budgets)
def test_a_larger_budget_leads_further(p, one, other):
    least, most = sorted((one, other))

    assert binary_kl_inverse(p, least) <= binary_kl_inverse(p, most)


@pytest.mark.parametrize(
    ("p", "budget", "expected"),
    [(0, 1e-20, 1e-20), (0.3, 0, 0.3), (1, 3, 1), (0, 0, 0), (0.3, 800, 1.0)],
)
def test_at_the_ends(p, budget, expected):
    assert expected == pytest.approx(binary_kl_inverse(p, budget), rel=1e-15)


@pytest.mark.parametrize(("p", "budget"), [(1e-20, 1e-20), (0.5, 1e-10), (0.001, 0.5)])
def test_the_inverse_in_sixty_digits(p, budget):
    with mpmath.workdps(60):
        x, low, high = mpmath.mpf(p), mpmath.mpf(p), mpmath.mpf("0.9999")
        for _ in range(250):
            q = (low + high) / 2
            nats = x * mpmath.log(x / q) + (1 - x) * mpmath.log((1 - x) / (1 - q))
            low, high = (q, high) if nats <= budget else (low, q)

    assert float(low) == pytest.approx(binary_kl_inverse(p, budget), rel=4e-16)


def test_coins_and_budgets_broadcast():
    p, budget = np.array([[0.0], [0.4]]), np.array([0.1, 0.5, 2.0])
    expected = [[binary_kl_inverse(x, c) for c in budget] for x in p[:, 0]]

    assert np.array(expected) == pytest.approx(binary_kl_inverse(p, budget), rel=0)


@pytest.mark.parametrize(
    ("p", "budget", "words"),
    [
        (1.5, 1, "p must be between 0 and 1, but p is 1.5"),
        (0.5, [1, -1], r"budget must be non-negative, but budget\[1\] is -1.0"),
        (0.5, math.inf, "budget must be finite"),
        ([0.5, 0.5], [1, 1, 1], "shapes do not fit together: p of shape"),
    ],
)
def test_the_inverse_says_what_is_wrong(p, budget, words):
    with pytest.raises(ValueError, match=words):
        binary_kl_inverse(p, budget)


# --- measurements --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("design", "noise", "expected"),
    [
        ([[2, 0]], 0.5, math.log(17) / 2),
        ([[1, 0], [0, 1]], 1, math.log(4) / 2),
        ([[1, 0], [1, 0]], 1, math.log(3) / 2),
        ([[0, 0]], 1, 0.0),
    ],
)
def test_measurements_along_axes(design, noise, expected):
    found = gaussian_design_information(design, np.eye(2), noise, base=math.e)

    assert expected == pytest.approx(found, rel=1e-15)


def test_what_sees_nothing_tells_nothing_also_in_a_base_below_1():
    found = gaussian_design_information([[0.0]], [[1.0]], 1.0, base=0.5)

    assert 1 == math.copysign(1, found)


@given(st.integers(1, 4), st.integers(1, 3), seeds)
def test_it_is_the_entropy_of_the_belief_before_less_that_after(n, d, seed):
    rng = np.random.default_rng(seed)
    design, root = rng.normal(size=(n, d)), rng.normal(size=(d, d))
    cov, noise = root @ root.T + 0.1 * np.eye(d), rng.uniform(0.3, 2, n)
    after = np.linalg.inv(np.linalg.inv(cov) + design.T @ (design / noise[:, None] ** 2))
    expected = (np.linalg.slogdet(cov)[1] - np.linalg.slogdet(after)[1]) / 2 / math.log(2)

    assert expected == pytest.approx(gaussian_design_information(design, cov, noise), abs=1e-9)


@given(st.integers(1, 4), seeds)
def test_a_measurement_more_adds_at_most_what_it_tells_alone(n, seed):
    rng = np.random.default_rng(seed)
    design, more, cov = rng.normal(size=(n, 2)), rng.normal(size=(1, 2)), np.diag([2.0, 0.5])
    all_of_them = gaussian_design_information(np.vstack([design, more]), cov, 0.7)
    gain = all_of_them - gaussian_design_information(design, cov, 0.7)

    assert 0 <= gain + 1e-12
    assert gain <= gaussian_design_information(more, cov, 0.7) + 1e-12


def test_weak_and_strong_signals_keep_their_digits():
    one = [[1.0]]

    assert 0.5e-40 == pytest.approx(
        gaussian_design_information([[1e-20]], one, 1, base=math.e), rel=1e-15
    )
    assert 200 * math.log(10) == pytest.approx(
        gaussian_design_information([[1e200]], one, 1, base=math.e), rel=1e-15
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([1.0, 2.0], np.eye(2), 1), "design must have 2 axes"),
        (([[1.0]], np.eye(2), 1), r"design has shape \(1, 1\), but prior_cov has shape \(2, 2\)"),
        (([[1.0]], [[-1.0]], 1), "prior_cov must be positive definite"),
        (([[1.0]], [[1.0]], 0), "noise must be positive"),
        (([[1.0]], [[1.0]], [1, 1]), "noise must be one number or one for each of the 1 rows"),
        (([[1e300]], [[1.0]], 1e-300), "design is too large beside noise"),
    ],
)
def test_a_design_says_what_is_wrong(arguments, words):
    with pytest.raises(ValueError, match=words):
        gaussian_design_information(*arguments)
