"""Wrong input to the fits of a Gaussian: an error in words, with argument, place and value."""

import library
import numpy as np
import pytest
from calls import gaussian_fits as calls
from valid_calls import INF, NAN, no_numbers

from itlib import gaussian_fits

VALID = {name.rpartition(".")[2]: arguments for name, arguments in calls.VALID.items()}


def call(name, **changes):
    return getattr(gaussian_fits, name)(**{**VALID[name], **changes})


def test_no_public_function_is_forgotten():
    assert {f"gaussian_fits.{name}" for name in VALID} == {
        name for name in library.functions() if name.startswith("gaussian_fits.")
    }


def test_public_names_are_listed_in_order():
    assert sorted(gaussian_fits.__all__, key=str.lower) == gaussian_fits.__all__


@pytest.mark.parametrize("name", VALID)
def test_the_valid_call_is_valid(name):
    call(name)


@pytest.mark.parametrize("name, argument", [(name, a) for name in VALID for a in VALID[name]])
def test_what_is_no_number_is_named(name, argument):
    """NaN, infinity, text, nothing and no entries: each is an error that names the argument."""
    for value, error in no_numbers(VALID[name][argument]):
        with pytest.raises(error, match=argument):
            call(name, **{argument: value})


@pytest.mark.parametrize(
    "name, argument",
    [
        ("isotropic_fold", "stiffness"),
        ("isotropic_pitchfork", "stiffness"),
        ("reverse_pitchfork", "sigma"),
        ("stationary_reverse_fits", "sigmas"),
    ],
)
def test_a_width_that_is_not_positive_is_named_with_its_value(name, argument):
    for value in (0.0, -1.0):
        spoilt = np.array(VALID[name][argument], dtype=float)
        spoilt.flat[-1] = value

        with pytest.raises(ValueError, match=f"{argument} must be positive.*{value}"):
            call(name, **{argument: spoilt})


@pytest.mark.parametrize("name", [name for name in VALID if "weights" in VALID[name]])
def test_weights_that_are_no_distribution_are_named_with_their_sum(name):
    with pytest.raises(ValueError, match="weights must sum to 1.*got 1.1"):
        call(name, weights=[0.5, 0.6])
    with pytest.raises(ValueError, match=r"weights must be non-negative, but weights\[0\] is -0.5"):
        call(name, weights=[-0.5, 1.5])
    with pytest.raises(ValueError, match="means"):
        call(name, weights=[0.2, 0.3, 0.5])


@pytest.mark.parametrize("name", ["planar_mixture_kl", "mahalanobis_reduction"])
def test_a_matrix_that_is_no_covariance_is_named(name):
    for matrix, reason in [
        ([[1.0, 0.5], [0.0, 1.0]], "must be symmetric"),
        ([[1.0, 2.0], [2.0, 1.0]], "must be positive definite"),
        ([[1.0, 0.0]], "must be a square matrix"),
        (np.eye(3), "has shape"),
    ]:
        with pytest.raises(ValueError, match=f"cov.*{reason}"):
            call(name, cov=matrix)


def test_a_base_that_is_no_base_is_named():
    for base in (0, 1, -2, NAN, INF):
        with pytest.raises(ValueError, match="base must be positive, finite and not 1"):
            call("planar_mixture_kl", base=base)
    with pytest.raises(TypeError, match="base must be a number"):
        call("planar_mixture_kl", base="2")


@pytest.mark.parametrize(
    "name, wrong, message",
    [
        ("planar_mixture_kl", {"mean": [0.0], "cov": [[1.0]]}, "mean must have 2 coordinates"),
        ("fit_planar_reverse", {"shape": "round"}, "shape must be one of"),
        ("fit_planar_reverse", {"means": [[0.0], [1.0]]}, "means must have shape"),
        ("mode_fold", {"weight": 0.8}, "weight must be between 0 and that of the cusp"),
        ("covering_fold", {"weight": 0.4}, "weight must be between 0.5 and that of the cusp"),
        ("reverse_jump", {"weight": 0.4}, "weight must be between 0.5 and that of the cusp"),
        ("isotropic_fold", {"stiffness": 1.0}, "stiffness must be below the tricritical"),
        ("mahalanobis_reduction", {"half_gap": [0.0, 0.0]}, "half_gap must not be zero"),
    ],
)
def test_each_particular_mistake_has_its_sentence(name, wrong, message):
    with pytest.raises(ValueError, match=message):
        call(name, **wrong)
