"""Wrong input that only the fits of a Gaussian can be given; test_errors_continuous.py has the rest."""

import pytest
from valid_calls import call

from itlib import gaussian_fits


def test_public_names_are_listed_in_order():
    assert sorted(gaussian_fits.__all__, key=str.lower) == gaussian_fits.__all__


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
        call(f"gaussian_fits.{name}", **wrong)
