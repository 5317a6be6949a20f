"""Bounds on information against sums over all draws, published values and theorems."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special
from scipy.spatial.distance import pdist
from strategies import groups_of_pmfs, joints, seeds

import itlib
from itlib.bounds import (
    alignment,
    barber_agakov,
    donsker_varadhan,
    infonce,
    infonce_expected,
    nwj,
    uniformity,
)

FLIPPED = np.array([[0.45, 0.05], [0.05, 0.45]])
RATIO = np.log(FLIPPED / 0.25)
INFORMATION = itlib.mutual_information(FLIPPED, base=math.e)
ROUNDING = 1e-12

sizes = st.integers(1, 6)


def over_all_draws(p_xy, k, critic):
    """Return the mean bound by adding up every draw of candidates."""
    p_y = p_xy.sum(axis=0)
    total = 0.0
    for (x, y), p in np.ndenumerate(p_xy):
        for others in itertools.product(range(len(p_y)), repeat=k - 1):
            chance = p * math.prod(p_y[j] for j in others)
            if chance:
                scores = critic[x, [y, *others]]
                total += chance * (math.log(k) + scores[0] - special.logsumexp(scores))
    return total


def critics(shape, seed, steep=1.5):
    return np.random.default_rng(seed).normal(scale=steep, size=shape)


def directions(n, d, seed):
    x = np.random.default_rng(seed).normal(size=(n, d))
    return x / np.linalg.norm(x, axis=1, keepdims=True)


# --- the contrastive bound -----------------------------------------------------------------


@pytest.mark.parametrize(("k", "expected"), [(2, 0.1840), (8, 0.3263), (64, 0.3630)])
def test_a_flipped_bit_among_k_candidates(k, expected):
    assert expected == pytest.approx(infonce_expected(FLIPPED, k), abs=5e-5)


@pytest.mark.parametrize(("k", "expected"), [(16, 2.7324), (1024, 5.4126)])
def test_identical_pairs_of_256_symbols(k, expected):
    assert expected == pytest.approx(infonce_expected(np.eye(256) / 256, k), abs=5e-5)


@given(st.floats(0, 0.5))
def test_two_candidates_show_exactly_half_of_a_flipped_fair_bit(flip):
    p_xy = np.array([[1 - flip, flip], [flip, 1 - flip]]) / 2
    half = itlib.mutual_information(p_xy, base=math.e) / 2

    assert half == pytest.approx(infonce_expected(p_xy, 2), abs=ROUNDING)


@given(joints(most=3), st.integers(1, 4), seeds)
def test_the_mean_over_all_draws_needs_no_draws(p_xy, k, seed):
    critic = critics(p_xy.shape, seed)

    assert over_all_draws(p_xy, k, critic) == pytest.approx(
        infonce_expected(p_xy, k, critic), abs=ROUNDING
    )


@pytest.mark.parametrize("k", [2, 3, 5])
def test_a_pair_that_never_meets_may_be_ruled_out(k):
    p_xy = np.array([[0.5, 0.0], [0.25, 0.25]])
    with np.errstate(divide="ignore"):
        ratio = np.log(p_xy / np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0)))

    assert over_all_draws(p_xy, k, ratio) == pytest.approx(infonce_expected(p_xy, k), rel=1e-12)


def test_a_pair_that_occurs_and_is_ruled_out_costs_infinitely_much():
    assert -math.inf == infonce_expected(FLIPPED, 4, [[0.0, -math.inf], [0.0, 0.0]])
    assert 0.0 == infonce_expected(FLIPPED, 1, [[0.0, -math.inf], [0.0, 0.0]])


@pytest.mark.parametrize("steep", [1e-6, 1.0, 30.0, 400.0, 1e5])
def test_critics_of_any_steepness_keep_their_digits(steep):
    """Against binomials in fifty digits."""
    k, critic = 8, steep * RATIO
    with mpmath.workdps(50):
        expected = mpmath.mpf(0)
        for (x, y), p in np.ndenumerate(FLIPPED):
            own, low, high = (mpmath.exp(mpmath.mpf(f)) for f in (critic[x, y], *critic[x]))
            for m in range(k):
                chance = mpmath.mpf(math.comb(k - 1, m)) / 2 ** (k - 1)
                whole = own + m * low + (k - 1 - m) * high
                expected += mpmath.mpf(p) * chance * mpmath.log(k * own / whole)
    computed = infonce_expected(FLIPPED, k, critic)

    assert float(expected) == pytest.approx(computed, rel=1e-13, abs=1e-14)


@given(joints(), st.integers(1, 200), seeds, st.floats(0, 5))
def test_the_expected_bound_is_a_bound_for_any_critic(p_xy, k, seed, steep):
    bound = infonce_expected(p_xy, k, critics(p_xy.shape, seed, steep))

    assert bound <= min(math.log(k), itlib.mutual_information(p_xy, base=math.e)) + ROUNDING


@given(joints(), st.integers(2, 50), seeds)
def test_no_critic_beats_the_log_ratio(p_xy, k, seed):
    best = infonce_expected(p_xy, k)

    assert infonce_expected(p_xy, k, critics(p_xy.shape, seed)) <= best + ROUNDING


@given(joints(), st.integers(1, 4), st.integers(2, 200), st.floats(0.05, 2), seeds)
def test_cosines_over_a_temperature_show_less_than_its_inverse(p_xy, d, k, temperature, seed):
    """On average a partner is ahead by a covariance over τ, and that is at most 1/τ."""
    x, y = directions(p_xy.shape[0], d, seed), directions(p_xy.shape[1], d, seed + 1)
    ceiling = math.log(k) - math.log1p((k - 1) * math.exp(-1 / temperature))

    assert infonce_expected(p_xy, k, x @ y.T / temperature) <= ceiling + ROUNDING
    assert ceiling < 1 / temperature


@given(st.integers(2, 20), st.integers(1, 4), st.floats(0.05, 2), seeds)
def test_a_batch_of_cosines_shows_at_most_what_a_simplex_does(k, d, temperature, seed):
    x, y = directions(k, d, seed), directions(k, d, seed + 1)
    ahead = k / (k - 1) / temperature
    ceiling = math.log(k) - math.log1p((k - 1) * math.exp(-ahead))
    corners = (np.eye(k) - 1 / k) / math.sqrt(1 - 1 / k)

    assert infonce(x @ y.T / temperature).bound <= ceiling + ROUNDING
    assert infonce(x @ x.T / temperature).bound <= ceiling + ROUNDING
    assert ceiling == pytest.approx(infonce(corners @ corners.T / temperature).bound, abs=1e-9)


@given(joints(), st.integers(2, 30))
def test_more_candidates_show_more(p_xy, k):
    assert infonce_expected(p_xy, k) <= infonce_expected(p_xy, k + 1) + ROUNDING


def test_a_billion_candidates_show_all():
    assert INFORMATION == pytest.approx(infonce_expected(FLIPPED, 10**9), abs=1e-8)


@given(joints(), seeds, st.integers(2, 20))
def test_a_constant_for_each_x_changes_nothing(p_xy, seed, k):
    critic = critics(p_xy.shape, seed)
    shifted = critic + critics((len(p_xy), 1), seed + 1)

    assert infonce_expected(p_xy, k, critic) == pytest.approx(
        infonce_expected(p_xy, k, shifted), abs=ROUNDING
    )


@given(groups_of_pmfs(2), st.integers(1, 9))
def test_independent_pairs_show_nothing(pair, k):
    assert 0.0 == pytest.approx(infonce_expected(np.outer(*pair), k), abs=ROUNDING)


@given(sizes, seeds)
def test_the_loss_is_the_cross_entropy_of_the_right_column(k, seed):
    scores = critics((k, k), seed)
    expected = itlib.softmax_cross_entropy(scores, range(k)).mean()
    loss, bound = infonce(scores)

    assert expected == pytest.approx(loss, abs=1e-14)
    assert math.log(k) - expected == pytest.approx(bound, abs=1e-14)


def test_the_mean_over_tables_is_the_expected_bound():
    tables = itertools.product(itertools.product(range(2), repeat=2), repeat=3)
    mean = 0.0
    for pairs in tables:
        x, y = np.array(pairs).T
        mean += np.prod(FLIPPED[x, y]) * infonce(RATIO[np.ix_(x, y)]).bound

    assert mean == pytest.approx(infonce_expected(FLIPPED, 3), abs=ROUNDING)


def test_scores_of_a_thousand_are_no_trouble():
    assert (0.0, math.log(2)) == infonce([[1000.0, 0.0], [0.0, 1000.0]])
    assert (1000.0, math.log(2) - 1000) == infonce([[0.0, 1000.0], [1000.0, 0.0]])
    assert (math.inf, -math.inf) == infonce([[-math.inf, 0.0], [0.0, 0.0]])
    assert (1.7e308, -1.7e308) == infonce([[0.0, 1.7e308], [1.7e308, 0.0]])


@pytest.mark.parametrize("k", [128, 256])
def test_an_untrained_model_has_the_loss_log_k(k):
    loss, bound = infonce(np.zeros((k, k)))

    assert math.log(k) == loss
    assert 0.0 == bound


# --- bounds from a critic ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steep", "shift", "dv", "tangent"),
    [
        (1.0, 0.0, 0.3681, 0.3681),
        (0.5, 0.0, 0.2956, 0.2896),
        (2.0, 0.0, 0.2414, 0.0961),
        (1.0, 0.5, 0.3681, 0.2193),
    ],
)
def test_wrong_critics_of_a_flipped_bit(steep, shift, dv, tangent):
    f, weights = steep * RATIO + shift, dict(p=FLIPPED, q=np.full((2, 2), 0.25))

    assert dv == pytest.approx(donsker_varadhan(f, f, **weights), abs=5e-5)
    assert tangent == pytest.approx(nwj(f + 1, f + 1, **weights), abs=5e-5)


@given(groups_of_pmfs(2), seeds)
def test_both_are_bounds_and_the_tangent_is_the_lower_one(pair, seed):
    p, q = pair
    f = critics(p.shape, seed)
    dv, tangent = (bound(f, f, p=p, q=q) for bound in (donsker_varadhan, nwj))

    assert tangent <= dv + ROUNDING
    assert dv <= itlib.kl_divergence(p, q, base=math.e) + ROUNDING


@given(groups_of_pmfs(2), st.floats(-5, 5))
def test_the_best_critic_reaches_the_divergence(pair, shift):
    p, q = pair
    if np.any((p > 0) & (q == 0)):
        return
    with np.errstate(divide="ignore", invalid="ignore"):
        f = np.where(q > 0, np.log(p) - np.log(q), 0.0)
    divergence = itlib.kl_divergence(p, q, base=math.e)

    assert divergence == pytest.approx(donsker_varadhan(f + shift, f + shift, p=p, q=q), abs=1e-9)
    assert divergence == pytest.approx(nwj(f + 1, f + 1, p=p, q=q), abs=1e-9)


def test_a_sample_counts_its_entries_alike():
    f_joint, f_product = [1.0, 2.0, 1.5], [[0.0, -1.0], [1.0, 0.5]]
    mean = np.mean(np.exp(f_product))

    assert 1.5 - math.log(mean) == pytest.approx(donsker_varadhan(f_joint, f_product), rel=1e-14)
    assert 1.5 - mean / math.e == pytest.approx(nwj(f_joint, f_product), rel=1e-14)


def test_the_logarithm_of_a_batch_mean_is_too_small_on_average():
    """The mean over all batches of eight strangers, with the true critic."""
    ratio, mean = np.exp(RATIO[0]), 0.0
    for m in range(9):
        own = [RATIO[0, 0]] * m + [RATIO[0, 1]] * (8 - m)
        chance = math.comb(8, m) / 2**8
        mean += chance * donsker_varadhan(RATIO, own, p=FLIPPED)

    assert ratio.mean() == pytest.approx(1.0)
    assert 0.4140 == pytest.approx(mean, abs=5e-5)


def test_large_and_impossible_scores():
    assert 0.0 == donsker_varadhan([1000.0], [1000.0])
    far = 2.0**40 + np.array([0.0, 1.0])  # a constant that leaves these scores exact
    near = donsker_varadhan([0.0, 1.0], [0.0, 1.0])
    assert near == pytest.approx(donsker_varadhan(far, far), rel=1e-14)
    assert -1e308 == pytest.approx(donsker_varadhan([-1e308, 1e308], [1e308, 1e308]))
    assert -math.inf == donsker_varadhan([-math.inf], [0.0])
    assert math.log(2) == pytest.approx(donsker_varadhan([0.0], [0.0, -math.inf]))
    assert -math.inf == nwj([0.0], [1000.0])
    assert 3.0 == donsker_varadhan([3.0], [0.0, -math.inf], q=[1.0, 0.0])


# --- a guesser -----------------------------------------------------------------------------


def test_a_flipped_bit_that_is_guessed_too_carefully():
    guess = [[0.8, 0.2], [0.2, 0.8]]

    assert 0.3314 == pytest.approx(barber_agakov(FLIPPED, guess), abs=5e-5)


@given(joints(), seeds)
def test_a_guess_is_worth_entropy_minus_cross_entropy(p_xy, seed):
    guess = itlib.softmax(critics(p_xy.shape, seed), axis=0)
    entropy = itlib.entropy(p_xy.sum(axis=1), base=math.e)
    expected = entropy + np.sum(p_xy * np.log(guess))
    bound = barber_agakov(p_xy, guess)

    assert expected == pytest.approx(bound, abs=ROUNDING)
    assert bound <= itlib.mutual_information(p_xy, base=math.e) + ROUNDING


@given(joints())
def test_the_true_conditional_reaches_the_information(p_xy):
    p_y = p_xy.sum(axis=0)
    guess = np.where(p_y > 0, p_xy / np.where(p_y > 0, p_y, 1), 1 / len(p_xy))

    assert itlib.mutual_information(p_xy, base=math.e) == pytest.approx(
        barber_agakov(p_xy, guess), abs=ROUNDING
    )


def test_a_guess_that_rules_out_what_happens_is_worth_less_than_nothing():
    assert -math.inf == barber_agakov(FLIPPED, [[1.0, 0.0], [0.0, 1.0]])


# --- points on a sphere --------------------------------------------------------------------


@given(st.integers(1, 30), st.integers(1, 5), seeds)
def test_alignment_is_two_minus_twice_the_mean_cosine(n, d, seed):
    x, y = directions(n, d, seed), directions(n, d, seed + 1)
    expected = 2 - 2 * np.mean(np.sum(x * y, axis=1))

    assert expected == pytest.approx(alignment(x, y), abs=ROUNDING)
    assert 0.0 == alignment(x, x)


@given(st.integers(2, 60), st.integers(1, 5), seeds, st.floats(0.1, 10))
def test_uniformity_is_a_log_mean_over_pairs(n, d, seed, t):
    x = directions(n, d, seed)
    expected = special.logsumexp(-t * pdist(x) ** 2) - math.log(n * (n - 1) / 2)

    assert expected == pytest.approx(uniformity(x, t=t), abs=1e-11)


@pytest.mark.parametrize(("apart", "t"), [(1, 1e-12), (1, 1e-3), (1e-6, 2), (1e-6, 1e12)])
def test_uniformity_keeps_its_digits_near_0_and_for_points_close_together(apart, t):
    """Three points of an arc, against their chords in 40 digits."""
    angles = apart * np.array([0.0, 0.25, 1.0])
    x = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    with mpmath.workdps(40):
        chords = [2 * mpmath.sin(apart * mpmath.mpf(gap) / 2) for gap in (0.25, 0.75, 1.0)]
        expected = mpmath.log(mpmath.fsum(mpmath.exp(-t * c**2) for c in chords) / 3)

    assert float(expected) == pytest.approx(uniformity(x, t=t), rel=1e-9)


def test_a_small_critic_keeps_the_digits_of_its_bound():
    """For small f ln E[eᶠ] is E[f] + Var[f]/2 + ..."""
    f_joint, f_product = [3e-12, 1e-12], [1e-12, -2e-12]

    assert 2.5e-12 == pytest.approx(donsker_varadhan(f_joint, f_product), rel=1e-11)


def test_uniformity_of_many_points_is_added_up_in_blocks():
    x = directions(700, 3, 0)
    expected = math.log(np.mean(np.exp(-2 * pdist(x) ** 2)))

    assert expected == pytest.approx(uniformity(x), abs=1e-11)


def test_the_best_uniformity_of_a_circle_and_of_a_sphere():
    """Wang & Isola (2020): on the circle −4 + ln I₀(4), on the sphere (1 − e^(−8))/8."""
    turn = 2 * np.pi * np.arange(900) / 900
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)

    assert -1.5750 == pytest.approx(math.log(special.ive(0, 4)), abs=5e-5)
    assert math.log(special.ive(0, 4)) == pytest.approx(uniformity(circle), abs=6e-3)
    assert -2.0798 == pytest.approx(math.log(-math.expm1(-8) / 8), abs=5e-5)


def test_far_points_at_a_large_t_do_not_vanish():
    assert -4e6 == uniformity([[1.0, 0.0], [-1.0, 0.0]], t=1e6)


# --- errors in words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: infonce([[1.0, 2.0]]), r"square table .* got shape \(1, 2\)"),
        (lambda: infonce([1.0, 2.0]), r"square table .* got shape \(2,\)"),
        (lambda: infonce([[math.inf, 0], [0, 0]]), r"scores must be finite, .* scores\[0, 0\] is"),
        (lambda: infonce_expected(FLIPPED, 0), "candidates must be .* 1"),
        (lambda: infonce_expected(FLIPPED, 2, [[1.0, 2.0]]), r"critic must have the shape of p_xy"),
        (lambda: infonce_expected(2 * FLIPPED, 2), "p_xy must sum to 1"),
        (lambda: donsker_varadhan([math.nan], [0.0]), r"f_joint must be finite, .* f_joint\[0\]"),
        (lambda: donsker_varadhan([0.0], [-math.inf]), "f_product must leave some outcome"),
        (lambda: donsker_varadhan([0.0], [0.0], p=[0.5, 0.5]), "p must have the shape of f_joint"),
        (lambda: nwj([0.0], [0.0, 1.0], q=[0.5, 0.6]), "q must sum to 1"),
        (lambda: nwj([0.0], [math.inf]), r"f_product must be finite, .* f_product\[0\] is inf"),
        (lambda: barber_agakov(FLIPPED, [[0.8, 0.2], [0.8, 0.2]]), "guess.* must sum to 1 along"),
        (lambda: barber_agakov(FLIPPED, [[1.0], [0.0]]), r"shape of p_xy, \(2, 2\), .* \(2, 1\)"),
        (lambda: alignment([[1.0, 1.0]], [[1.0, 0.0]]), r"rows of length 1, .* x\[0\] is 1.41421"),
        (lambda: alignment([[1.0, 0.0]], [[1.0]]), r"y must have the shape of x, \(1, 2\)"),
        (lambda: alignment([1.0, 0.0], [[1.0]]), r"x must have 2 axes \(one direction a row\)"),
        (lambda: uniformity([[1.0, 0.0]]), "at least two rows"),
        (lambda: uniformity([[1.0], [1.0]], t=0), "t must be positive"),
    ],
)
def test_what_is_wrong_is_said(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_scores_whose_differences_no_double_holds_are_refused_with_a_way_out():
    critic = np.array([[1e308, -1e308], [-1e308, 1e308]])

    with pytest.raises(ValueError, match="critic is too large.*divide it by its largest"):
        infonce_expected([[0.25, 0.25], [0.25, 0.25]], 2, critic)
    assert math.isfinite(infonce_expected([[0.25, 0.25], [0.25, 0.25]], 2, critic / critic.max()))
    with pytest.raises(ValueError, match=r"t must be at most 4.49423e\+307"):
        uniformity([[1, 0], [0, 1]], t=1e308)
    assert -2 * 4e307 == uniformity([[1, 0], [0, 1]], t=4e307)
