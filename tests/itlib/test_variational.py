"""The evidence lower bound."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itlib

weights = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(itlib.normalize)
likelihoods = st.lists(st.floats(0.01, 2), min_size=3, max_size=3).map(np.array)


@given(weights, weights, likelihoods)
def test_the_bound_falls_short_of_the_evidence_by_the_divergence_from_the_posterior(q, prior, like):
    """log p(x) = ELBO(q) + D(q‖posterior)."""
    posterior = itlib.normalize(prior * like)
    expected = itlib.evidence(prior, like)

    total = itlib.elbo(q, prior, like) + itlib.kl_divergence(q, posterior)
    assert expected == pytest.approx(total, abs=1e-12)


def test_the_bound_is_minus_infinity_where_q_allows_what_cannot_be():
    assert -math.inf == itlib.elbo([0.5, 0.5], [0.5, 0.5], [0.0, 1.0])
    assert -math.inf == itlib.elbo([0.5, 0.5], [1.0, 0.0], [0.5, 1.0])


def test_evidence_of_what_is_nearly_impossible_is_no_underflow():
    prior, like = [1e-200, 1 - 1e-200], [1e-200, 0.0]

    assert -400 == pytest.approx(itlib.evidence(prior, like, base=10), rel=1e-15)
    assert itlib.elbo([1.0, 0.0], prior, like) == pytest.approx(itlib.evidence(prior, like))
    assert -323 == pytest.approx(itlib.evidence([0.1, 0.9], [1e-322, 0.0], base=10), abs=0.01)
    assert -math.inf == itlib.evidence([1.0, 0.0], [0.0, 1.0])


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.1, 3), st.floats(0.1, 3))
def test_the_gaussian_bound_falls_short_by_the_divergence_from_the_posterior(x, mu, sigma, noise):
    variance = noise**2 / (1 + noise**2)
    evidence = math.log(itlib.mixture_density(x, [1.0], [0.0], [math.sqrt(1 + noise**2)]))
    gap = itlib.gaussian_kl(mu, sigma, x / (1 + noise**2), math.sqrt(variance), base=math.e)
    expected = evidence - gap

    bound = itlib.gaussian_elbo(x, mu, sigma, noise, base=math.e)
    assert expected == pytest.approx(bound, rel=1e-9, abs=1e-9)


def test_kl_from_the_standard_normal_is_that_of_the_diagonal_covariance():
    mu, sigma = np.array([0.5, -1.0, 0.0]), np.array([0.3, 1.0, 2.0])
    expected = itlib.multivariate_gaussian_kl(mu, np.diag(sigma**2), np.zeros(3), np.eye(3))

    assert expected == pytest.approx(itlib.standard_normal_kl(mu, sigma), rel=1e-14)


def test_kl_from_the_standard_normal_sums_over_one_axis_of_a_batch():
    mu, sigma = np.arange(6.0).reshape(2, 3), np.ones(3)
    expected = [0.5 * (0 + 1 + 4), 0.5 * (9 + 16 + 25)]

    kl = itlib.standard_normal_kl(mu, sigma, base=math.e)
    assert expected == pytest.approx(kl.tolist(), rel=1e-15)
    assert 0.0 == itlib.standard_normal_kl([0.0, 0.0], [1.0, 1.0])


def test_lengths_that_differ_are_named():
    with pytest.raises(ValueError, match="likelihood_x_given_z and prior_z must be equally long"):
        itlib.elbo([0.5, 0.5], [0.5, 0.5], [0.1, 0.2, 0.3])
    with pytest.raises(ValueError, match="q_z and prior_z must be equally long, got 1 and 2"):
        itlib.elbo([1.0], [0.5, 0.5], [0.1, 0.2])


def test_an_axis_that_numbers_do_not_have_is_told_with_the_number():
    with pytest.raises(ValueError, match="mu must be a list or an array, got the number 1.0"):
        itlib.standard_normal_kl(1.0, 2.0)


def test_an_observation_beyond_all_reach_has_no_bound():
    assert -math.inf == itlib.gaussian_elbo(1e200, 0.0, 1.0, 1.0)
