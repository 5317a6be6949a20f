"""Gaussians: closed forms, by value, by theorem and by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itlib
from itlib.gaussians import _log_det_near_1

means = st.floats(-100, 100)
sigmas = st.floats(1e-3, 1e3)


def test_entropy_of_a_gaussian_is_the_known_value():
    """h(N(0, 1)) = ½ log2(2πe) bits."""
    expected = 0.5 * math.log2(2 * math.pi * math.e)

    assert expected == pytest.approx(itlib.gaussian_entropy(1.0), rel=1e-15)


@given(sigmas, st.floats(0.01, 100))
def test_scaling_a_gaussian_adds_the_log_of_the_factor_to_its_entropy(sigma, factor):
    """h(aX) = h(X) + log |a|: a differential entropy changes with the unit."""
    expected = itlib.gaussian_entropy(sigma) + math.log2(factor)

    assert expected == pytest.approx(itlib.gaussian_entropy(factor * sigma), abs=1e-12)


def test_a_narrow_gaussian_has_negative_entropy():
    assert itlib.gaussian_entropy(0.1) < 0


@given(means, sigmas, means, sigmas)
def test_kl_of_gaussians_is_the_textbook_formula(mu_p, sigma_p, mu_q, sigma_q):
    """Written out term by term, it agrees where the terms do not cancel."""
    expected = (
        math.log(sigma_q / sigma_p) + (sigma_p**2 + (mu_p - mu_q) ** 2) / (2 * sigma_q**2) - 0.5
    )
    size = abs(math.log(sigma_q / sigma_p)) + (sigma_p / sigma_q) ** 2 + 1

    kl = itlib.gaussian_kl(mu_p, sigma_p, mu_q, sigma_q, base=math.e)
    assert expected == pytest.approx(kl, rel=1e-12, abs=1e-15 * size)


@given(means, sigmas, means, sigmas)
def test_kl_of_gaussians_is_zero_only_for_equal_ones(mu_p, sigma_p, mu_q, sigma_q):
    """Gibbs: D(p‖q) >= 0, with equality exactly when p = q."""
    kl = itlib.gaussian_kl(mu_p, sigma_p, mu_q, sigma_q)

    assert kl >= 0
    # D grows with the square of the distance, and below 1e-160 that square is no longer a double.
    if sigma_p != sigma_q or abs(mu_p - mu_q) / sigma_q > 1e-160:
        assert kl > 0
    if (mu_p, sigma_p) == (mu_q, sigma_q):
        assert kl == 0


@pytest.mark.parametrize(
    ("distance", "expected"), [(1e-160, 7.2e-321), (1e-161, 7e-323), (1e-163, 0.0)]
)
def test_kl_of_close_gaussians_is_half_the_square_of_their_distance(distance, expected):
    """Down to the least double, and zero where not even that can hold it."""
    kl = itlib.gaussian_kl(distance, 1.0, 0.0, 1.0)

    assert expected == pytest.approx(kl, rel=0.05, abs=0)


@given(means, means, sigmas)
def test_kl_is_symmetric_for_gaussians_of_one_width(mu_p, mu_q, sigma):
    expected = itlib.gaussian_kl(mu_p, sigma, mu_q, sigma)

    assert expected == itlib.gaussian_kl(mu_q, sigma, mu_p, sigma)


def test_kl_broadcasts_into_a_grid():
    mu, sigma = np.linspace(-1, 1, 3)[:, None], np.array([0.5, 2.0])
    grid = itlib.gaussian_kl(0, 1, mu, sigma)

    assert (3, 2) == grid.shape
    assert itlib.gaussian_kl(0, 1, -1, 2) == grid[0, 1]


def test_one_dimension_is_a_special_case_of_several():
    expected = itlib.gaussian_kl(1, 0.5, -1, 2)

    kl = itlib.multivariate_gaussian_kl([1], [[0.25]], [-1], [[4]])
    assert expected == pytest.approx(kl, rel=1e-15)


def test_kl_of_several_dimensions_is_invariant_under_a_change_of_coordinates():
    """D(p‖q) does not change when both are mapped by one invertible matrix."""
    rng = np.random.default_rng(5)
    roots = rng.normal(size=(2, 3, 3))
    cov_p, cov_q = (root @ root.T + np.eye(3) for root in roots)
    mean, turn = rng.normal(size=3), rng.normal(size=(3, 3))
    expected = itlib.multivariate_gaussian_kl(mean, cov_p, np.zeros(3), cov_q)

    mapped = itlib.multivariate_gaussian_kl(
        turn @ mean, turn @ cov_p @ turn.T, np.zeros(3), turn @ cov_q @ turn.T
    )
    assert expected == pytest.approx(mapped, rel=1e-9)


def test_kl_from_the_product_of_its_marginals_is_the_mutual_information_of_a_gaussian():
    """I(X;Y) = −½ log(1 − r²) for two Gaussians of correlation r."""
    r = 0.8
    expected = -0.5 * math.log2(1 - r * r)

    kl = itlib.multivariate_gaussian_kl([0, 0], [[1, r], [r, 1]], [0, 0], np.eye(2))
    assert expected == pytest.approx(kl, rel=1e-14)


def test_kl_is_zero_for_one_and_the_same_covariance():
    cov = [[2.0, 0.3], [0.3, 0.5]]

    assert 0.0 == itlib.multivariate_gaussian_kl([1, 2], cov, [1, 2], cov)


def test_an_uneven_covariance_is_named_with_both_entries():
    with pytest.raises(ValueError, match=r"cov_p must be symmetric, but cov_p\[0, 1\] is 0.5"):
        itlib.multivariate_gaussian_kl([0, 0], [[1, 0.5], [0.4, 1]], [0, 0], np.eye(2))


@pytest.mark.parametrize(
    "cov", [[[1e18, 9e8], [0, 1]], [[1, 0], [9e8, 1e18]], [[1e9, 0.5], [-0.5, 1]]]
)
def test_a_correlation_on_one_side_alone_is_uneven_however_large_a_variance_is(cov):
    with pytest.raises(ValueError, match="cov_p must be symmetric"):
        itlib.multivariate_gaussian_kl([0, 0], cov, [0, 0], np.diag(np.diag(cov)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_covariance_may_be_uneven_by_the_rounding_of_its_own_type(dtype):
    rng = np.random.default_rng(0)
    for _ in range(50):
        turn, root = rng.normal(size=(2, 4, 4))
        turn, cov = turn.astype(dtype), (root @ root.T + np.eye(4)).astype(dtype)
        itlib.multivariate_gaussian_kl(np.zeros(4), turn @ cov @ turn.T, np.zeros(4), np.eye(4))


def test_a_covariance_that_is_not_positive_definite_is_named_with_its_least_eigenvalue():
    with pytest.raises(ValueError, match="cov_q must be positive definite.*-1"):
        itlib.multivariate_gaussian_kl([0, 0], np.eye(2), [0, 0], [[1, 2], [2, 1]])


def test_kl_of_gaussians_whose_widths_no_ratio_can_hold():
    """log(σ_q/σₚ) is a small number where σ_q/σₚ itself is beyond the largest double."""
    expected = 400 * math.log(10) - 0.5

    assert expected == pytest.approx(itlib.gaussian_kl(0, 1e-200, 0, 1e200, base=math.e), rel=1e-15)
    assert math.inf == itlib.gaussian_kl(0, 1e200, 0, 1e-200)


def test_covariances_that_no_double_can_compare_are_refused():
    for cov_p, cov_q in (([[1e-200]], [[1e200]]), ([[1e200]], [[1e-200]])):
        with pytest.raises(ValueError, match="cov_p and cov_q are too different in size"):
            itlib.multivariate_gaussian_kl([0], cov_p, [0], cov_q)


def test_a_matrix_that_rounding_has_left_singular_has_no_determinant_to_count_with():
    """Not 0, whose logarithm would make a divergence infinite."""
    assert math.isnan(_log_det_near_1(np.diag([0.0, 1.0])))
