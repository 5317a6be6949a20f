"""Model solutions keep the library's standard where numbers are extreme."""

import math

import numpy as np
import pytest

import itlib
from itlib_book.cross_entropy import exercises as cross_entropy
from itlib_book.cross_entropy_and_mse import exercises as squared_error
from itlib_book.entropy import exercises as entropy
from itlib_book.joint_and_mutual_information import exercises as joint
from itlib_book.kl_divergence import exercises as divergence
from itlib_book.self_information import exercises as surprise

LEAST = 5e-324


@pytest.mark.parametrize("p", [LEAST, 5e-309, 1e-300, 0.5, 1 - 2**-53, 1.0, 0.0])
def test_a_surprise_is_right_down_to_the_least_double(p):
    assert math.isclose(itlib.self_information(p), surprise.my_surprise(p), rel_tol=1e-12)


def test_a_certain_event_and_a_certain_distribution_have_no_minus_zero():
    for zero in (surprise.my_surprise(1.0), entropy.my_entropy([0.0, 1.0])):
        assert "0.0" == f"{float(zero)}"


def test_an_entropy_is_finite_with_the_least_double():
    assert 0 < entropy.my_entropy([1.0, LEAST]) < 1e-300


def test_mutual_information_survives_tiny_margins():
    table = np.array([[1.0, 0.0], [0.0, 1e-200]])

    expected = itlib.mutual_information(table)

    assert math.isclose(expected, joint.my_mutual_information(table), rel_tol=0.01)


def test_a_divergence_is_finite_for_the_least_double():
    assert math.isclose(1074 / 2 - 1, divergence.my_kl([0.5, 0.5], [1.0, LEAST]))
    assert math.isclose(1074 / 2, cross_entropy.my_bill([0.5, 0.5], [1.0, LEAST])[2])


def test_a_loss_keeps_its_digits_at_both_ends():
    for logits, label in (([50.0, 0.0], 0), ([0.0, 50.0], 1), ([900.0, 0.0], 1)):
        expected = itlib.softmax_cross_entropy(logits, label)

        assert math.isclose(expected, cross_entropy.my_loss([logits], [label]), rel_tol=1e-12)


@pytest.mark.filterwarnings("error")
def test_training_from_a_far_start_does_not_overflow():
    losses = squared_error.my_training(-800.0, 1.0, 3)

    assert [800.0, 799.0, 798.0] == losses.tolist()
