"""Wrong input to the continuous half: an error in words, with argument, place and value."""

import numpy as np
import pytest
from calls import gaussian_fits
from valid_calls import CONTINUOUS, INF, call, no_numbers

import itlib
from itlib import _checks

VALID = CONTINUOUS | gaussian_fits.VALID
NOT_NUMBERS = {"density", "labels"}
# Where an infinity has a meaning, and where booleans are targets.
WITH_INFINITY = {"logits": (-INF,), "z": (INF, -INF)}
WITH_BOOLEANS = {"y"}


@pytest.mark.parametrize(
    "name, argument",
    [(name, argument) for name, arguments in VALID.items() for argument in arguments],
)
def test_what_is_no_number_is_named(name, argument):
    """NaN, infinity, text, nothing and no entries: each is an error that names the argument."""
    if argument in NOT_NUMBERS:
        wrong = [(0.5, TypeError), ("a", TypeError), (None, TypeError)]
    else:
        wrong = no_numbers(VALID[name][argument], WITH_INFINITY.get(argument, ()))
        if argument in WITH_BOOLEANS and name != "knn_mutual_information":
            wrong = [(value, error) for value, error in wrong if value is not True]
    for value, error in wrong:
        with pytest.raises(error, match=argument):
            call(name, **{argument: value})


POSITIVE = {
    "fit_gaussian_forward": "sigmas",
    "fit_gaussian_reverse": "sigmas",
    "gaussian_elbo": "noise",
    "gaussian_entropy": "sigma",
    "gaussian_kl": "sigma_q",
    "mixture_density": "sigmas",
    "mixture_gaussian_kl": "sigma",
    "standard_normal_kl": "sigma",
    "gaussian_fits.isotropic_fold": "stiffness",
    "gaussian_fits.isotropic_pitchfork": "stiffness",
    "gaussian_fits.reverse_pitchfork": "sigma",
    "gaussian_fits.stationary_reverse_fits": "sigmas",
}


@pytest.mark.parametrize("name, argument", POSITIVE.items())
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


@pytest.mark.parametrize(
    "name, argument",
    [
        ("multivariate_gaussian_kl", "cov_p"),
        ("multivariate_gaussian_kl", "cov_q"),
        ("gaussian_fits.mahalanobis_reduction", "cov"),
        ("gaussian_fits.planar_mixture_kl", "cov"),
    ],
)
def test_a_matrix_that_is_no_covariance_is_named(name, argument):
    for matrix, reason in [
        ([[1.0, 0.5], [0.0, 1.0]], "must be symmetric"),
        ([[1.0, 2.0], [2.0, 1.0]], "must be positive definite"),
        ([[1.0, 0.0]], "must be a square matrix"),
        (np.eye(3), "has shape"),
    ]:
        with pytest.raises(ValueError, match=f"{argument}.*{reason}"):
            call(name, **{argument: matrix})


@pytest.mark.parametrize(
    "name, wrong, message",
    [
        ("gaussian_kl", {"mu_p": [0.0, 1.0, 2.0]}, "shapes do not fit together"),
        ("mixture_gaussian_kl", {"mu": [0.0] * 3, "sigma": [1.0] * 2}, "shapes do not fit"),
        ("mixture_gaussian_kl", {"direction": "sideways"}, "direction must be one of"),
        ("mixture_gaussian_kl", {"means": [0.0]}, "weights, means and sigmas must be equally long"),
        ("softmax", {"temperature": 0.0}, "temperature must be positive"),
        ("softmax", {"axis": 1}, "axis 1 is out of range"),
        ("softmax", {"logits": 1.0}, "logits must be a list or an array"),
        ("softmax_cross_entropy", {"label_smoothing": 1.5}, "label_smoothing must be between 0"),
        ("softmax_cross_entropy", {"labels": [0, 2]}, r"labels\[1\] is 2"),
        ("softmax_cross_entropy", {"labels": [0, -1]}, r"labels\[1\] is -1"),
        ("softmax_cross_entropy", {"labels": [0]}, "labels must have the shape of logits"),
        (
            "softmax_cross_entropy",
            {"labels": [[0, 1], [1, 0]]},
            r"; .argmax\(axis=-1\) turns one-hot",
        ),
        (
            "sigmoid_cross_entropy",
            {"y": [0.0, 1.5]},
            r"y must be between 0 and 1, but y\[1\] is 1.5",
        ),
        ("sigmoid_cross_entropy", {"y": [0.0] * 3}, "shapes do not fit together"),
        ("binary_cross_entropy", {"p": [0.5, -0.1]}, r"p must be between 0 and 1, but p\[1\]"),
        (
            "elbo",
            {"likelihood_x_given_z": [0.1, -0.2]},
            "likelihood_x_given_z must be non-negative",
        ),
        ("elbo", {"q_z": [0.5, 0.6]}, "q_z must sum to 1"),
        ("evidence", {"prior_z": [[0.5, 0.5]]}, "prior_z must have one axis"),
        ("miller_madow_entropy", {"counts": [-1, 2]}, r"counts must be non-negative.*\[0\] is -1"),
        ("miller_madow_entropy", {"counts": [0, 0]}, "counts must not all be 0"),
        ("miller_madow_entropy", {"counts": [1e308, 1e308]}, "counts must have a sum that a float"),
        ("knn_entropy", {"k": 0}, "k must be at least 1"),
        ("knn_entropy", {"x": [1.0, 2.0]}, "x must hold more than k = 3 samples"),
        ("differential_entropy", {"density": lambda x: -x}, "must be non-negative"),
        ("differential_entropy", {"density": lambda x: 1.0}, "must have the shape of x"),
    ],
)
def test_each_particular_mistake_has_its_sentence(name, wrong, message):
    with pytest.raises(ValueError, match=message):
        call(name, **wrong)


def test_a_knn_count_that_is_no_whole_number_is_refused():
    with pytest.raises(TypeError, match="k must be a whole number"):
        itlib.knn_entropy([0.0, 1.0, 2.0, 3.0], k=1.5)


@pytest.mark.parametrize(
    "labels", [np.array([0, 1], dtype=object), np.array([np.int8(0), 1], dtype=object)]
)
def test_whole_numbers_are_labels_in_an_array_of_objects_too(labels):
    logits = [[0.0, 1.0]] * 2
    loss = itlib.softmax_cross_entropy(logits, labels)

    assert loss.tolist() == itlib.softmax_cross_entropy(logits, [0, 1]).tolist()


@pytest.mark.parametrize(
    "labels",
    [
        np.array([2**60 + 1, 2**60], dtype=object),
        [np.uint64(2**60 + 1), np.int64(2**60)],
        [np.uint64(2**60 + 1), -1],
    ],
)
def test_labels_that_floats_would_merge_stay_apart(labels):
    """NumPy makes floats of some lists of whole numbers."""
    assert [int(y) for y in labels] == _checks.labels(labels).tolist()


@pytest.mark.parametrize(
    "labels, way_out",
    [
        (np.array([0, 1], np.float16), r"\[0\] is 0.0 \(float16\); .astype\(int\)"),
        (
            ["b", "a"],
            r"; np.unique\(labels, return_inverse=True\)\[1\] numbers words in their order$",
        ),
        ([0.0, 1.5], r"\(float64\)$"),
        ([0.0, np.inf], r"\(float64\)$"),
    ],
)
def test_labels_that_are_no_whole_numbers_are_told_how_they_become_such(labels, way_out):
    with pytest.raises(TypeError, match=f"labels must hold whole numbers, .*{way_out}"):
        itlib.softmax_cross_entropy([[0.0, 1.0]] * 2, labels)


@pytest.mark.parametrize(
    "labels, named", [([0, 2**64], r"\[1\] is 1844"), ([-1, 2**63], r"\[1\] is 9223")]
)
def test_labels_beyond_64_bits_are_named_as_they_were_given(labels, named):
    with pytest.raises(
        ValueError, match=rf"labels must hold numbers of 64 bits, but labels{named}"
    ):
        itlib.softmax_cross_entropy([[0.0, 1.0]] * 2, labels)
