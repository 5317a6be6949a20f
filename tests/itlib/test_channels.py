"""Channel capacity against closed forms, and its certificate."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import channels, pmfs

import itlib

probabilities = st.floats(0, 1)


def capacity(p_y_given_x):
    return itlib.channel_capacity(p_y_given_x)[0]


@given(probabilities)
def test_capacity_of_the_binary_symmetric_channel(f):
    """C = 1 − h(f). Cover & Thomas (2006), section 7.1.4."""
    expected = 1 - itlib.binary_entropy(f)

    assert expected == pytest.approx(capacity([[1 - f, f], [f, 1 - f]]), abs=1e-12)


@given(probabilities)
def test_capacity_of_the_erasure_channel(f):
    """C = 1 − f. Cover & Thomas (2006), section 7.1.5."""
    assert 1 - f == pytest.approx(capacity([[1 - f, f, 0], [0, f, 1 - f]]), abs=1e-12)


@given(st.floats(0, 1 - 1e-6))
def test_capacity_of_the_z_channel(f):
    """C = log2(1 + (1−f) f^(f/(1−f)))."""
    expected = math.log2(1 + (1 - f) * f ** (f / (1 - f)))

    assert expected == pytest.approx(capacity([[1, 0], [f, 1 - f]]), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("letters", [3, 5, 26])
def test_capacity_of_the_noisy_typewriter(letters):
    """C = log2(letters) − 1. Cover & Thomas (2006), section 7.1.3."""
    channel = (np.eye(letters) + np.roll(np.eye(letters), 1, axis=1)) / 2

    assert math.log2(letters) - 1 == pytest.approx(capacity(channel), rel=1e-14)


@given(pmfs(least=2))
def test_capacity_of_a_symmetric_channel(row):
    """C = log k − H(row), where all rows are shifts of one. Cover & Thomas (2006), section 7.2."""
    channel = np.array([np.roll(row, i) for i in range(row.size)])
    expected = math.log2(row.size) - itlib.entropy(row)

    assert expected == pytest.approx(capacity(channel), abs=1e-12)


@given(st.integers(1, 6))
def test_a_clean_line_carries_every_letter(k):
    assert math.log2(k) == pytest.approx(capacity(np.eye(k)), rel=1e-15)


@given(pmfs(), st.integers(1, 4))
def test_a_line_that_ignores_its_input_carries_nothing(row, k):
    assert 0 == pytest.approx(capacity([row] * k), abs=1e-15)


@given(channels())
def test_the_result_is_certified(p_y_given_x):
    """I(p_x) = C = max over x of D(p(y|x) ‖ p(y)), to 1e-12: Kuhn and Tucker's condition."""
    found, p_x = itlib.channel_capacity(p_y_given_x)
    joint = p_x[:, None] * p_y_given_x
    told = itlib.kl_divergence(p_y_given_x, itlib.normalize(p_x @ p_y_given_x))

    assert found == pytest.approx(_information(joint), rel=1e-12, abs=2e-18)
    assert told.max() <= found * (1 + 2e-12) + 2e-18


def _information(joint):
    return itlib.mutual_information(joint / joint.sum())


@given(channels(inputs=3), pmfs(k=3))
def test_no_input_distribution_does_better(p_y_given_x, p_x):
    """I(X;Y) ≤ C."""
    used = _information(p_x[:, None] * p_y_given_x)

    assert used <= capacity(p_y_given_x) + 1e-12


@given(channels(most=3).flatmap(lambda w: st.tuples(st.just(w), channels(w.shape[1], most=3))))
def test_a_second_channel_behind_the_first_adds_nothing(pair):
    """C of the cascade ≤ min of the two."""
    first, second = pair

    assert capacity(itlib.normalize(first @ second)) <= min(map(capacity, pair)) + 1e-12


@pytest.mark.parametrize(
    "p_y_given_x",
    [
        [[0.9, 0.1], [0.1, 0.9], [0.1001, 0.8999]],  # an input only just not worth using
        [[0.9, 0.1], [0.1, 0.9], [0.9, 0.1]],  # the same input twice
        [[0.5, 0.5], [0.5001, 0.4999]],  # hardly a channel
        [[1, 0], [1 - 1e-6, 1e-6]],
        np.random.default_rng(0).dirichlet(np.full(10, 0.1), 10),
        np.random.default_rng(0).dirichlet(np.ones(2), 30),
    ],
)
def test_channels_on_which_plain_rounds_hardly_move_are_certified_too(p_y_given_x):
    found, p_x = itlib.channel_capacity(p_y_given_x)
    told = itlib.kl_divergence(p_y_given_x, itlib.normalize(p_x @ np.array(p_y_given_x)))

    assert found == pytest.approx(told.max(), rel=2e-12, abs=0)


@pytest.mark.parametrize("step", [1e-4, 1e-6, 1e-8])
def test_channels_whose_inputs_hardly_differ_are_certified_too(step):
    rng = np.random.default_rng(8)
    for shape in [(3, 3), (4, 7), (5, 5), (6, 3)] * 5:
        row = rng.dirichlet(np.ones(shape[1]))
        rows = itlib.normalize(row * (1 + step * rng.uniform(-1, 1, shape)))
        found, p_x = itlib.channel_capacity(rows, base=math.e)
        told = itlib.kl_divergence(rows, itlib.normalize(p_x @ rows), base=math.e)

        assert found == pytest.approx(told.max(), rel=2e-12, abs=2e-18)
