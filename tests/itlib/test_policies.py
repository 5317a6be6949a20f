"""Policies under a KL budget against closed forms, theorems, and sixty digits."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import groups_of_pmfs, pmfs, positive_pmfs, seeds

import itlib
from itlib.policies import (
    best_of_n,
    best_of_n_kl_bound,
    dpo_loss,
    dpo_loss_grad,
    kl_estimates,
    soft_value,
    soft_value_iteration,
    tilt,
)

REFERENCE, REWARD = [0.5, 0.3, 0.2], [1.0, 2.0, 4.0]
prices = st.floats(0.01, 100)
logs = st.floats(-50, 0)


def kl(p, q):
    return itlib.kl_divergence(p, q, base=math.e)


def rewards_for(p, seed):
    return np.random.default_rng(seed).normal(size=np.shape(p)).round(3)


# --- tilt and soft value -------------------------------------------------------------------


def test_the_worked_tilt():
    p = tilt(REFERENCE, REWARD, 1.0)

    assert [0.0938, 0.1529, 0.7533] == pytest.approx(p, abs=5e-5)
    assert 2.6738 == pytest.approx(soft_value(REFERENCE, REWARD, 1.0), abs=5e-5)
    assert 0.7390 == pytest.approx(kl(p, REFERENCE), abs=5e-5)
    assert 3.4129 == pytest.approx(p @ REWARD, abs=5e-5)


@given(pmfs(), seeds, prices)
def test_the_value_is_reward_less_price_at_the_tilt(reference, seed, beta):
    reward = rewards_for(reference, seed)
    p = tilt(reference, reward, beta)
    earned = p @ reward - beta * kl(p, reference)

    assert earned == pytest.approx(soft_value(reference, reward, beta), rel=1e-9, abs=1e-12)


@given(groups_of_pmfs(2), seeds, prices)
def test_any_other_policy_loses_the_price_of_its_distance_from_the_tilt(two, seed, beta):
    reference, p = two
    p = np.where(reference > 0, p, 0)
    if p.sum() < 1e-3:
        return
    p = p / p.sum()
    reward = rewards_for(reference, seed)
    lost = soft_value(reference, reward, beta) - (p @ reward - beta * kl(p, reference))
    at_the_tilt = tilt(reference, reward, beta)
    if (at_the_tilt[p > 0] < 1e-300).any():
        return

    assert beta * kl(p, at_the_tilt) == pytest.approx(lost, rel=1e-6, abs=1e-9)


@given(positive_pmfs(), seeds, prices)
def test_sixty_digits_agree(reference, seed, beta):
    reward = rewards_for(reference, seed)
    with mpmath.workdps(60):
        total = mpmath.fsum(mpmath.mpf(a) for a in reference)
        weights = [
            mpmath.mpf(a) / total * mpmath.exp(mpmath.mpf(r) / mpmath.mpf(beta))
            for a, r in zip(reference.tolist(), reward.tolist())
        ]
        z = mpmath.fsum(weights)
        expected = [float(w / z) for w in weights]
        value = float(mpmath.mpf(beta) * mpmath.log(z))

    assert expected == pytest.approx(tilt(reference, reward, beta), rel=1e-12, abs=1e-300)
    assert value == pytest.approx(soft_value(reference, reward, beta), rel=1e-11, abs=1e-13)


def test_between_greed_and_the_reference():
    assert np.array([0.6, 0.4, 0.0]) == pytest.approx(tilt([0.3, 0.2, 0.5], [1, 1, 0], 1e-300))
    assert REFERENCE == pytest.approx(tilt(REFERENCE, REWARD, 1e300), rel=1e-15, abs=0)
    assert 4 == soft_value(REFERENCE, REWARD, 1e-300)
    assert np.dot(REFERENCE, REWARD) == pytest.approx(soft_value(REFERENCE, REWARD, 1e12))


def test_temperature_is_a_tilt_by_the_logarithm_of_the_reference_itself():
    z = np.log(REFERENCE)

    assert itlib.softmax(z, temperature=0.5) == pytest.approx(tilt(REFERENCE, z, 1.0))


def test_what_the_reference_or_the_reward_rules_out_stays_out():
    assert np.array([0, 1 / (1 + math.e), 1 / (1 + 1 / math.e)]) == pytest.approx(
        tilt([0, 0.5, 0.5], [9, 0, 1], 1.0)
    )
    assert np.array([0.5, 0.5, 0]) == pytest.approx(tilt([0.4, 0.4, 0.2], [0, 0, -math.inf], 1.0))
    assert math.log(0.8) == pytest.approx(soft_value([0.4, 0.4, 0.2], [0, 0, -math.inf], 1.0))


def test_rewards_of_any_size():
    assert [0, 1] == tilt([0.5, 0.5], [-1.7e308, 1.7e308], 1e-3).tolist()
    assert 0 == pytest.approx(soft_value([0.5, 0.5], [-1.5e308, 1.5e308], 1.7e308) / 1.7e308, abs=1)
    assert np.array([0.5, 0.5]) == pytest.approx(tilt([0.5, 0.5], [1e308, 1e308], 1e-300))


def test_batches_and_axes():
    reference = np.array([[0.5, 0.2], [0.3, 0.3], [0.2, 0.5]])
    by_column = tilt(reference, np.array(REWARD)[:, None], 1.0, axis=0)

    assert tilt(REFERENCE, REWARD, 1.0) == pytest.approx(by_column[:, 0])
    assert (2,) == np.shape(soft_value(reference, np.array(REWARD)[:, None], 1.0, axis=0))


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"reward": [1, 2]}, "as many outcomes"),
        ({"reward": [1, 2, math.inf]}, r"reward.*reward\[2\] is inf"),
        ({"reward": [1, math.nan, 2]}, r"reward\[1\] is nan"),
        ({"beta": 0}, "beta must be positive"),
        ({"beta": [1, 2]}, "beta must be one number"),
        ({"reference": [0.5, 0.3, 0.3]}, "reference must sum to 1"),
        ({"reference": [1, 0, 0], "reward": [-math.inf, 0, 0]}, "reward must leave some outcome"),
    ],
)
@pytest.mark.parametrize("function", [tilt, soft_value])
def test_no_budget(function, changes, words):
    with pytest.raises(ValueError, match=words):
        function(**{"reference": REFERENCE, "reward": REWARD, "beta": 1.0, **changes})


# --- estimates -----------------------------------------------------------------------------

P, Q = np.array([0.7, 0.2, 0.1]), np.array([0.2, 0.3, 0.5])


def test_means_and_variances_of_the_opening_pair():
    estimates = kl_estimates(np.log(P), np.log(Q))
    means = [float(P @ k) for k in estimates]
    variances = [float(P @ (k - mean) ** 2) for k, mean in zip(estimates, means)]

    assert [0.6349, 0.6952, 0.6349] == pytest.approx(means, abs=5e-5)
    assert [0.987, 0.117, 0.373] == pytest.approx(variances, abs=5e-4)


@given(positive_pmfs(least=2), seeds)
def test_two_of_three_have_the_divergence_as_their_mean(p, seed):
    q = np.random.default_rng(seed).dirichlet(np.ones(p.size)) + 1e-3
    q = q / q.sum()
    k1, _, k3 = kl_estimates(np.log(p), np.log(q))

    assert kl(p, q) == pytest.approx(p @ k1, abs=1e-12)
    assert kl(p, q) == pytest.approx(p @ k3, abs=1e-12)


def test_the_mean_of_k3_lacks_what_p_never_draws():
    """E k3 = D(p‖q) − 1 + q(where p is positive)."""
    p, q = np.array([0.5, 0.5]), np.array([0.25, 0.25])
    _, _, k3 = kl_estimates(np.log(p), np.log(q))

    assert math.log(2) - 0.5 == pytest.approx(p @ k3)


@given(st.one_of(st.floats(1e-100, 700), st.floats(-700, -1e-100)))
def test_every_digit_of_k3(ratio):
    with mpmath.workdps(250):
        x = mpmath.mpf(ratio)
        expected = float(mpmath.exp(x) - 1 - x)

    assert expected == pytest.approx(kl_estimates(0.0, ratio).k3, rel=2e-15, abs=0)
    assert kl_estimates(0.0, ratio).k3 >= 0


@pytest.mark.parametrize("ratio", [1e-9, -1e-9, 1e-150, 0.99, 1.01, -1.01])
def test_every_digit_of_k3_near_agreement(ratio):
    with mpmath.workdps(400):
        expected = float(mpmath.exp(mpmath.mpf(ratio)) - 1 - mpmath.mpf(ratio))

    assert expected == pytest.approx(kl_estimates(0.0, ratio).k3, rel=2e-15, abs=0)


def test_infinities_of_draws():
    assert (math.inf,) * 3 == kl_estimates(-1.0, -math.inf)
    assert (-math.inf, math.inf, math.inf) == kl_estimates(-math.inf, -1.0)
    assert math.inf == kl_estimates(0.0, 1e4).k3
    with pytest.raises(ValueError, match="same infinity"):
        kl_estimates([-1.0, -math.inf], -math.inf)
    with pytest.raises(ValueError, match=r"log_q\[1\] is nan"):
        kl_estimates(-1.0, [-1.0, math.nan])


def test_k3_varies_more_than_k1_for_gaussians_beyond_a_distance():
    """Var k1 = d² and Var k3 = e^(d²) − 1 − d² for N(0, 1) and N(d, 1): equal at d² = 1.2564."""
    square = 1.2564312086261697

    assert square == pytest.approx(math.exp(square) - 1 - square)
    x, d = np.linspace(-40, 40, 400_001), math.sqrt(square)
    weights = itlib.softmax(-(x**2) / 2)
    k1, _, k3 = kl_estimates(-(x**2) / 2, -((x - d) ** 2) / 2)
    variances = [weights @ (k - weights @ k) ** 2 for k in (k1, k3)]

    assert [square, square] == pytest.approx(variances, rel=1e-8, abs=0)


# --- the best of n -------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("p", [[0.5, 0.5], [0.5, 0.3, 0.2], [0.1, 0.0, 0.6, 0.3]])
def test_the_best_of_all_possible_draws(p, n):
    expected = np.zeros(len(p))
    for draws in itertools.product(range(len(p)), repeat=n):
        expected[max(draws)] += math.prod(p[i] for i in draws)

    assert expected == pytest.approx(best_of_n(p, n), abs=1e-15)


def test_the_best_of_many_draws_may_be_one_that_hardly_shows_beside_the_others():
    worst = math.exp(-(2**53) * 1e-17)

    assert [worst, 1 - worst] == pytest.approx(best_of_n([1.0, 1e-17], 2**53), rel=1e-12)


@given(pmfs(), st.integers(1, 10**6))
def test_the_best_of_n_is_within_the_bound(p, n):
    """Beirami et al. (2025): never more than log n − (n − 1)/n."""
    found = best_of_n(p, n)

    assert 1 == pytest.approx(found.sum())
    assert kl(found, p) <= best_of_n_kl_bound(n) + 1e-9
    assert kl(found, p) <= math.log(1 / p[p > 0][-1]) + 1e-9


def test_published_and_worked_values():
    assert 0.6363 == pytest.approx(best_of_n_kl_bound(4), abs=5e-5)
    assert 0.1308 == pytest.approx(kl(best_of_n([0.5, 0.5], 2), [0.5, 0.5]), abs=5e-5)
    assert 0.1931 == pytest.approx(best_of_n_kl_bound(2), abs=5e-5)
    assert 0.5598 == pytest.approx(kl(best_of_n(REFERENCE, 4), REFERENCE), abs=5e-5)
    assert 0 == best_of_n_kl_bound(1)


@pytest.mark.parametrize("n", [1, 2, 3, 10, 1000, 2**53])
def test_the_bound_has_all_its_digits(n):
    with mpmath.workdps(40):
        expected = float(mpmath.log(n) - mpmath.mpf(n - 1) / n)

    assert expected == pytest.approx(best_of_n_kl_bound(n), rel=1e-15)


def test_the_bound_is_reached_by_many_different_answers():
    p = np.full(100_000, 1e-5)

    assert best_of_n_kl_bound(4) == pytest.approx(kl(best_of_n(p, 4), p), abs=1e-4)


def test_rare_outcomes_keep_their_digits():
    rare = best_of_n([1 - 1e-12, 1e-12], 5)
    never = best_of_n([1e-12, 1 - 1e-12], 20)

    assert 5e-12 == pytest.approx(rare[1], rel=1e-4, abs=0)
    assert 1e-240 == pytest.approx(never[0], rel=1e-3, abs=0)
    assert [0, 1] == best_of_n([0.5, 0.5], 2**53).tolist()


@pytest.mark.parametrize("n, error", [(0, ValueError), (2**53 + 1, ValueError), (2.0, TypeError)])
def test_no_number_of_draws(n, error):
    with pytest.raises(error, match="n must be"):
        best_of_n(REFERENCE, n)
    with pytest.raises(error, match="n must be"):
        best_of_n_kl_bound(n)


# --- preferences ---------------------------------------------------------------------------

WORKED = (-12.0, -13.0, -16.0, -14.0)


def test_the_worked_pair():
    assert 0.5544 == pytest.approx(dpo_loss(*WORKED, beta=0.1), abs=5e-5)
    assert (-0.0426, 0.0426) == pytest.approx(dpo_loss_grad(*WORKED, beta=0.1), abs=5e-5)
    assert 0.6807 == pytest.approx(dpo_loss(*(x / 12 for x in WORKED), beta=0.1), abs=5e-5)


@given(logs, logs, prices)
def test_it_starts_at_log_2(chosen, rejected, beta):
    assert math.log(2) == dpo_loss(chosen, chosen, rejected, rejected, beta=beta)


@given(logs, logs, logs, logs, st.floats(-20, 20), st.floats(0.01, 1))
def test_only_the_margin_counts(chosen, chosen_ref, rejected, rejected_ref, shift, beta):
    one = dpo_loss(chosen, chosen_ref, rejected, rejected_ref, beta=beta)
    both_lower = dpo_loss(chosen - shift, chosen_ref, rejected - shift, rejected_ref, beta=beta)

    assert one == pytest.approx(both_lower, rel=1e-9, abs=0)


@given(logs, logs, logs, logs, st.floats(0.01, 0.5))
def test_the_gradient_is_the_slope(chosen, chosen_ref, rejected, rejected_ref, beta):
    h = 1e-5
    by_chosen, by_rejected = dpo_loss_grad(chosen, chosen_ref, rejected, rejected_ref, beta=beta)
    up = dpo_loss(chosen + h, chosen_ref, rejected, rejected_ref, beta=beta)
    down = dpo_loss(chosen - h, chosen_ref, rejected, rejected_ref, beta=beta)

    assert (up - down) / (2 * h) == pytest.approx(by_chosen, rel=1e-5, abs=1e-8)
    assert -by_chosen == by_rejected


def test_margins_of_any_size_and_none():
    assert 1e6 == dpo_loss(-1e7, 0, 0, 0, beta=0.1)
    assert 0 <= dpo_loss(0, -1e7, 0, 0, beta=0.1) < 1e-300
    assert (-0.1, 0.1) == pytest.approx(dpo_loss_grad(-1e7, 0, 0, 0, beta=0.1))
    with pytest.raises(ValueError, match="too large"):
        dpo_loss(1e308, -1e308, 0, 0, beta=1.0)
    with pytest.raises(ValueError, match="chosen must be finite"):
        dpo_loss(-math.inf, 0, 0, 0, beta=1.0)
    with pytest.raises(ValueError, match="beta must be positive"):
        dpo_loss_grad(*WORKED, beta=-0.1)
    with pytest.raises(ValueError, match="shapes do not fit"):
        dpo_loss([1.0, 2.0], [1.0, 2.0, 3.0], 0, 0, beta=1.0)


# --- soft values ---------------------------------------------------------------------------

WORLD = np.stack([np.eye(2), np.eye(2)[::-1]], axis=1)  # stay, or go over


def random_world(seed, states=3, actions=2):
    rng = np.random.default_rng(seed)
    moves = rng.dirichlet(np.ones(states), size=(states, actions))
    return moves, rng.normal(size=(states, actions))


def test_the_worked_world():
    values, policy = soft_value_iteration(WORLD, [[0, 0.2], [1, 0]], discount=0.9, temperature=0.5)

    assert [9.4412, 10.1769] == pytest.approx(values, abs=5e-5)
    assert [0.849, 0.035] == pytest.approx(policy[:, 1], abs=5e-4)


@given(seeds, st.floats(0, 0.99), st.floats(0.01, 10))
def test_it_is_where_the_plain_iteration_ends(seed, discount, temperature):
    moves, rewards = random_world(seed)
    values, policy = soft_value_iteration(
        moves, rewards, discount=discount, temperature=temperature
    )
    worth = rewards + discount * moves @ values
    once_more = [
        temperature * mpmath.log(sum(mpmath.exp(q / temperature) for q in row))
        for row in worth.tolist()
    ]

    assert [float(v) for v in once_more] == pytest.approx(values, rel=1e-9, abs=1e-9)
    assert itlib.softmax(worth / temperature) == pytest.approx(policy, abs=1e-9)


@given(seeds)
def test_one_choice_without_a_future_is_a_tilt_of_the_uniform(seed):
    moves, rewards = random_world(seed, states=1, actions=4)
    values, policy = soft_value_iteration(moves, rewards, discount=0.0, temperature=0.7)
    uniform = np.full(4, 0.25)

    assert tilt(uniform, rewards[0], 0.7) == pytest.approx(policy[0])
    assert soft_value(uniform, rewards[0], 0.7) + 0.7 * math.log(4) == pytest.approx(values[0])


def test_hard_values_as_the_temperature_falls():
    values, policy = soft_value_iteration(WORLD, [[0, 0.2], [1, 0]], discount=0.9, temperature=1e-6)

    assert [9.2, 10] == pytest.approx(values, abs=1e-4)
    assert np.array([[0, 1], [1, 0]]) == pytest.approx(policy)


def test_near_a_discount_of_1():
    values, _ = soft_value_iteration(WORLD, [[0, 0], [0, 0]], discount=1 - 1e-9, temperature=1.0)

    assert math.log(2) * 1e9 == pytest.approx(values[0], rel=1e-6, abs=0)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"discount": 1}, "discount must be less than 1 by 1e-9"),
        ({"discount": 1 - 1e-12}, "discount must be less than 1 by 1e-9"),
        ({"discount": 1.5}, "discount must be between"),
        ({"temperature": 0}, "temperature must be positive"),
        ({"rewards": [[0, 0]]}, "rewards must have shape"),
        ({"rewards": [[0, math.inf], [0, 0]]}, r"rewards\[0, 1\] is inf"),
        ({"rewards": [[1.7e308, 0], [1.7e308, 0]]}, "rewards or temperature are too large"),
        ({"transitions": np.eye(2)}, "transitions must have the axes"),
        ({"transitions": np.full((2, 2, 2), 0.6)}, "transitions.* must sum to 1"),
    ],
)
def test_no_world(changes, words):
    valid = {"transitions": WORLD, "rewards": np.zeros((2, 2)), "discount": 0.9, "temperature": 1.0}
    with pytest.raises(ValueError, match=words):
        soft_value_iteration(**{**valid, **changes})


@pytest.mark.parametrize(
    "rewards, temperature",
    [([[0, 0.2], [1, 1.7e308]], 0.5), ([[0, 0.2], [1, 0]], 8.5e307), ([[0, 0.2], [1, 0]], 1.7e308)],
)
def test_values_beyond_the_doubles_are_laid_to_what_the_reader_gave(rewards, temperature):
    transitions = np.stack([[[1, 0], [0, 1]], [[0, 1], [1, 0]]], axis=1)
    with pytest.raises(
        ValueError, match="^rewards or temperature are too large: values are beyond"
    ):
        soft_value_iteration(transitions, rewards, discount=0.9, temperature=temperature)
