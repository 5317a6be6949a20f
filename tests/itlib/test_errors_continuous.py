"""Wrong input to the continuous half: an error in words, with argument, place and value."""

import numpy as np
import pytest
from valid_calls import CONTINUOUS as VALID
from valid_calls import INF, NAN, no_numbers

import itlib
from itlib import _checks

NOT_NUMBERS = {"density", "labels"}
# Where an infinity has a meaning, and where booleans are targets.
WITH_INFINITY = {"logits": (-INF,), "z": (INF, -INF)}
WITH_BOOLEANS = {"y"}


@pytest.mark.parametrize("name", VALID)
def test_the_valid_call_is_valid(name):
    getattr(itlib, name)(**VALID[name])


@pytest.mark.parametrize(
    "name, argument",
    [(name, argument) for name, call in VALID.items() for argument in call],
)
def test_what_is_no_number_is_named(name, argument):
    """NaN, infinity, text, nothing and no entries: each is an error that names the argument."""
    call = VALID[name]
    if argument in NOT_NUMBERS:
        wrong = [(0.5, TypeError), ("a", TypeError), (None, TypeError)]
    else:
        wrong = no_numbers(call[argument], WITH_INFINITY.get(argument, ()))
        if argument in WITH_BOOLEANS and name != "knn_mutual_information":
            wrong = [(value, error) for value, error in wrong if value is not True]
    for value, error in wrong:
        with pytest.raises(error, match=argument):
            getattr(itlib, name)(**{**call, argument: value})


POSITIVE = {
    "fit_gaussian_forward": "sigmas",
    "fit_gaussian_reverse": "sigmas",
    "gaussian_elbo": "noise",
    "gaussian_entropy": "sigma",
    "gaussian_kl": "sigma_q",
    "mixture_density": "sigmas",
    "mixture_gaussian_kl": "sigma",
    "standard_normal_kl": "sigma",
}


@pytest.mark.parametrize("name, argument", POSITIVE.items())
def test_a_width_that_is_not_positive_is_named_with_its_value(name, argument):
    for value in (0.0, -1.0):
        spoilt = np.array(VALID[name][argument], dtype=float)
        spoilt.flat[-1] = value

        with pytest.raises(ValueError, match=f"{argument} must be positive.*{value}"):
            getattr(itlib, name)(**{**VALID[name], argument: spoilt})


@pytest.mark.parametrize("name", [name for name, call in VALID.items() if "weights" in call])
def test_weights_that_are_no_distribution_are_named_with_their_sum(name):
    call = VALID[name]
    with pytest.raises(ValueError, match="weights must sum to 1.*got 1.1"):
        getattr(itlib, name)(**{**call, "weights": [0.5, 0.6]})
    with pytest.raises(ValueError, match=r"weights must be non-negative, but weights\[0\] is -0.5"):
        getattr(itlib, name)(**{**call, "weights": [-0.5, 1.5]})
    with pytest.raises(ValueError, match="means"):
        getattr(itlib, name)(**{**call, "weights": [0.2, 0.3, 0.5]})


@pytest.mark.parametrize(
    "name, argument",
    [
        ("multivariate_gaussian_kl", "cov_p"),
        ("multivariate_gaussian_kl", "cov_q"),
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
            getattr(itlib, name)(**{**VALID[name], argument: matrix})


WITH_BASE = [
    "differential_entropy", "elbo", "evidence", "gaussian_elbo", "gaussian_entropy", "gaussian_kl",
    "knn_entropy", "knn_mutual_information", "knn_mutual_information_discrete",
    "miller_madow_entropy", "mixture_gaussian_kl", "multivariate_gaussian_kl",
    "standard_normal_kl",
]  # fmt: skip


@pytest.mark.parametrize("name", WITH_BASE)
def test_a_base_that_is_no_base_is_named(name):
    for base in (0, 1, -2, NAN, INF):
        with pytest.raises(ValueError, match="base must be positive, finite and not 1"):
            getattr(itlib, name)(**VALID[name], base=base)
    with pytest.raises(TypeError, match="base must be a number"):
        getattr(itlib, name)(**VALID[name], base="2")


@pytest.mark.parametrize(
    "name, wrong, message",
    [
        ("gaussian_kl", {"mu_p": [0.0, 1.0, 2.0]}, "shapes do not fit together"),
        ("mixture_gaussian_kl", {"mu": [0.0] * 3, "sigma": [1.0] * 2}, "shapes do not fit"),
        ("mixture_gaussian_kl", {"direction": "sideways"}, "direction must be one of"),
        ("mixture_gaussian_kl", {"means": [0.0]}, "weights, means and sigmas must be equally long"),
        ("softmax", {"temperature": 0.0}, "temperature must be positive"),
        ("softmax", {"axis": 1}, "axis 1 is out of range"),
        ("softmax", {"logits": 1.0}, "logits must have at least one axis"),
        ("softmax_cross_entropy", {"label_smoothing": 1.5}, "label_smoothing must be between 0"),
        ("softmax_cross_entropy", {"labels": [0, 2]}, r"labels\[1\] is 2"),
        ("softmax_cross_entropy", {"labels": [0, -1]}, r"labels\[1\] is -1"),
        ("softmax_cross_entropy", {"labels": [0]}, "labels must have the shape of logits"),
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
        getattr(itlib, name)(**{**VALID[name], **wrong})


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
    "labels, named", [([0, 2**64], r"\[1\] is 1844"), ([-1, 2**63], r"\[1\] is 9223")]
)
def test_labels_beyond_64_bits_are_named_as_they_were_given(labels, named):
    with pytest.raises(
        ValueError, match=rf"labels must hold numbers of 64 bits, but labels{named}"
    ):
        itlib.softmax_cross_entropy([[0.0, 1.0]] * 2, labels)
