"""Estimates from samples: against closed forms, and against the plug-in."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

import itlib


def test_miller_madow_adds_one_half_of_a_nat_for_each_further_outcome_and_sample():
    counts = [5, 3, 0, 2]
    plug_in = itlib.entropy(itlib.normalize(counts), base=math.e)
    expected = plug_in + (3 - 1) / (2 * 10)

    assert expected == pytest.approx(itlib.miller_madow_entropy(counts, base=math.e), rel=1e-15)


def test_miller_madow_is_nearer_to_the_truth_than_the_plug_in():
    """The plug-in is biased downwards by (k − 1)/(2n) nats to first order."""
    rng = np.random.default_rng(1)
    samples = rng.multinomial(50, np.full(8, 1 / 8), size=400)
    plug_in = itlib.entropy(itlib.normalize(samples)).mean()
    corrected = np.mean([itlib.miller_madow_entropy(counts) for counts in samples])

    assert plug_in < 3 - 0.05
    assert abs(corrected - 3) < (3 - plug_in) / 5


@pytest.mark.parametrize("d", [1, 2])
def test_knn_entropy_is_that_of_the_gaussian_sampled(d):
    x = np.random.default_rng(2).normal(size=(3000, d))

    assert d * itlib.gaussian_entropy(1.0) == pytest.approx(itlib.knn_entropy(x), abs=0.06)


def test_knn_entropy_is_minus_infinity_where_samples_coincide():
    assert -math.inf == itlib.knn_entropy(np.zeros(10))


@pytest.mark.parametrize("r", [0.0, 0.5, 0.9])
def test_knn_mutual_information_is_that_of_the_gaussian_sampled(r):
    """I = −½ log2(1 − r²)."""
    x, noise = np.random.default_rng(3).normal(size=(2, 2500))
    y = r * x + math.sqrt(1 - r * r) * noise
    expected = -0.5 * math.log2(1 - r * r)

    assert expected == pytest.approx(itlib.knn_mutual_information(x, y), abs=0.06)


def test_knn_mutual_information_sees_what_correlation_does_not():
    x = np.random.default_rng(4).normal(size=1000)

    assert abs(np.corrcoef(x, x**2)[0, 1]) < 0.15
    assert itlib.knn_mutual_information(x, x**2) > 2


def test_knn_mutual_information_agrees_with_another_implementation():
    rng = np.random.default_rng(5)
    x = rng.normal(size=400)
    y = x + rng.normal(size=400)
    # scikit-learn divides by the standard deviations and adds noise of 1e-10.
    expected = mutual_info_regression(x[:, None], y, random_state=0)[0]

    estimate = itlib.knn_mutual_information(x / x.std(), y / y.std(), base=math.e)
    assert expected == pytest.approx(estimate, abs=0.01)


def test_knn_mutual_information_with_labels_agrees_with_another_implementation():
    rng = np.random.default_rng(6)
    labels = rng.integers(3, size=400)
    x = rng.normal(labels)
    expected = mutual_info_classif(x[:, None], labels, random_state=0)[0]

    estimate = itlib.knn_mutual_information_discrete(labels, x / x.std(), base=math.e)
    assert expected == pytest.approx(estimate, abs=1e-3)


def test_a_class_of_one_sample_is_left_out():
    rng = np.random.default_rng(7)
    labels = rng.integers(2, size=200)
    x = rng.normal(3.0 * labels)
    expected = itlib.knn_mutual_information_discrete(labels, x)

    with_single = itlib.knn_mutual_information_discrete([*labels, 9], [*x, 0.0])
    assert expected == pytest.approx(with_single, rel=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.05, 20), st.floats(-5, 5))
def test_differential_entropy_by_quadrature_is_the_closed_form(sigma, mu):
    def density(x):
        return itlib.mixture_density(x, [1.0], [mu], [sigma])

    expected = itlib.gaussian_entropy(sigma)

    h = itlib.differential_entropy(density, mu - 12 * sigma, mu + 12 * sigma)
    assert expected == pytest.approx(h, abs=1e-10)


def test_on_the_unit_interval_the_uniform_density_has_the_most_entropy():
    """h <= log(b − a), with equality for the uniform density."""
    assert 0.0 == itlib.differential_entropy(np.ones_like, 0, 1)
    assert itlib.differential_entropy(lambda x: 2 * x, 0, 1) < 0


def test_a_density_that_does_not_integrate_to_one_is_refused():
    with pytest.raises(ValueError, match="density must integrate to 1 from low to high, got 2"):
        itlib.differential_entropy(lambda x: 2 * np.ones_like(x), 0, 1)
    with pytest.raises(ValueError, match="low must be below high, got 1.0 and 0.0"):
        itlib.differential_entropy(np.ones_like, 1, 0)
    with pytest.raises(TypeError, match="density must be a function, got float"):
        itlib.differential_entropy(1.0, 0, 1)


def test_too_few_samples_are_refused_with_their_number():
    with pytest.raises(ValueError, match="x must hold more than k = 3 samples, got 3"):
        itlib.knn_entropy([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="x and y must be paired, got 5 and 4 samples"):
        itlib.knn_mutual_information(np.arange(5.0), np.arange(4.0))
    with pytest.raises(ValueError, match="labels must hold some class at least twice"):
        itlib.knn_mutual_information_discrete(np.arange(5), np.arange(5.0))
