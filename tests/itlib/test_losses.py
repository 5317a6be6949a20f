"""Losses from logits: values, identities, and gradients against finite differences."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itlib

logit_rows = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.floats(-30, 30), min_size=k, max_size=k)
)


@given(logit_rows, st.floats(0.1, 10))
def test_softmax_is_a_distribution_in_the_order_of_the_logits(z, temperature):
    p = itlib.softmax(z, temperature=temperature)

    assert 1.0 == pytest.approx(p.sum(), rel=1e-14)
    assert (np.diff(p[np.argsort(z)]) >= 0).all()


@given(logit_rows, st.floats(-100, 100))
def test_softmax_does_not_see_a_shift_of_all_logits(z, shift):
    expected = itlib.softmax(z)

    assert expected == pytest.approx(itlib.softmax(np.array(z) + shift), rel=1e-11)


@given(logit_rows)
def test_log_softmax_is_the_logarithm_of_softmax(z):
    expected = np.log(itlib.softmax(z))

    assert expected == pytest.approx(itlib.log_softmax(z), rel=1e-12, abs=1e-12)


@given(st.floats(-500, 500))
def test_sigmoid_is_the_softmax_of_two_logits(z):
    expected = itlib.softmax([z, 0.0])[0]

    assert expected == pytest.approx(itlib.sigmoid(z), rel=1e-15)


@given(logit_rows, st.data())
def test_softmax_cross_entropy_is_the_cross_entropy_of_the_one_hot_label(z, data):
    """With a one-hot p, CE(p, q) = −log q(label)."""
    label = data.draw(st.integers(0, len(z) - 1))
    expected = itlib.cross_entropy(np.eye(len(z))[label], itlib.softmax(z), base=math.e)

    loss = itlib.softmax_cross_entropy(z, label)
    assert expected == pytest.approx(loss, rel=1e-9, abs=1e-12)


@given(logit_rows, st.floats(0, 1), st.data())
def test_smoothed_loss_is_the_cross_entropy_of_the_smoothed_label(z, smoothing, data):
    label = data.draw(st.integers(0, len(z) - 1))
    target = (1 - smoothing) * np.eye(len(z))[label] + smoothing / len(z)
    expected = -(target @ itlib.log_softmax(z))

    loss = itlib.softmax_cross_entropy(z, label, label_smoothing=smoothing)
    assert expected == pytest.approx(loss, rel=1e-12, abs=1e-14)


def test_smoothing_over_the_other_classes_is_the_same_with_a_larger_epsilon():
    """ε over the k − 1 others is ε k/(k − 1) over all k."""
    z, epsilon = np.array([2.0, 0.5, -1.0, 0.3]), 0.1
    target = np.full(4, epsilon / 3)
    target[2] = 1 - epsilon
    expected = -(target @ itlib.log_softmax(z))

    loss = itlib.softmax_cross_entropy(z, 2, label_smoothing=epsilon * 4 / 3)
    assert expected == pytest.approx(loss, rel=1e-14)


@given(st.floats(-700, 700), st.floats(0, 1))
def test_sigmoid_cross_entropy_is_softmax_cross_entropy_of_two_classes(z, y):
    expected = y * itlib.softmax_cross_entropy([z, 0.0], 0)
    expected += (1 - y) * itlib.softmax_cross_entropy([z, 0.0], 1)

    assert expected == pytest.approx(itlib.sigmoid_cross_entropy(z, y), rel=1e-12, abs=1e-300)


@given(st.floats(1e-9, 1 - 1e-9), st.floats(0, 1))
def test_binary_cross_entropy_is_the_cross_entropy_of_two_outcomes(p, y):
    expected = itlib.cross_entropy([y, 1 - y], [p, 1 - p], base=math.e)

    assert expected == pytest.approx(itlib.binary_cross_entropy(y, p), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "y, p, expected", [(1, 0, math.inf), (0, 1, math.inf), (0, 0, 0), (1, 1, 0)]
)
def test_binary_cross_entropy_at_the_ends_is_not_clipped(y, p, expected):
    assert expected == itlib.binary_cross_entropy(y, p)


def exact_derivative(f, at):
    """Return the derivative of a function of mpmath numbers, to 20 digits."""
    with mpmath.workdps(60):
        h = mpmath.mpf("1e-20")
        return float((f(mpmath.mpf(at) + h) - f(mpmath.mpf(at) - h)) / (2 * h))


@given(logit_rows, st.floats(0, 1), st.data())
def test_gradient_of_softmax_cross_entropy_is_its_slope(z, smoothing, data):
    label = data.draw(st.integers(0, len(z) - 1))
    at = data.draw(st.integers(0, len(z) - 1))

    def loss(value):
        logits = [value if i == at else mpmath.mpf(x) for i, x in enumerate(z)]
        log_sum = mpmath.log(mpmath.fsum(mpmath.exp(x) for x in logits))
        e = mpmath.mpf(smoothing)
        return log_sum - (1 - e) * logits[label] - e * mpmath.fsum(logits) / len(z)

    expected = exact_derivative(loss, z[at])

    slope = itlib.softmax_cross_entropy_grad(z, label, label_smoothing=smoothing)[at]
    assert expected == pytest.approx(slope, rel=1e-12, abs=1e-15)


@given(st.floats(-50, 50), st.floats(0, 1))
def test_gradients_in_the_logit_are_the_slopes(z, y):
    def sigmoid(z):
        return 1 / (1 + mpmath.exp(-z))

    def cross_entropy(z):
        return -y * mpmath.log(sigmoid(z)) - (1 - mpmath.mpf(y)) * mpmath.log(sigmoid(-z))

    expected = exact_derivative(cross_entropy, z)
    assert expected == pytest.approx(itlib.sigmoid_cross_entropy_grad(z, y), rel=1e-11, abs=1e-15)

    expected = exact_derivative(lambda z: (y - sigmoid(z)) ** 2, z)
    assert expected == pytest.approx(itlib.sigmoid_squared_error_grad(z, y), rel=1e-11, abs=1e-15)


@given(logit_rows, st.data())
def test_gradient_of_softmax_cross_entropy_sums_to_zero(z, data):
    label = data.draw(st.integers(0, len(z) - 1))
    gradient = itlib.softmax_cross_entropy_grad(z, label)

    assert 0.0 == pytest.approx(gradient.sum(), abs=1e-14)


def test_squared_error_stops_pulling_where_cross_entropy_still_does():
    assert abs(itlib.sigmoid_squared_error_grad(-20.0, 1)) < 1e-8
    assert abs(itlib.sigmoid_cross_entropy_grad(-20.0, 1)) > 0.99


@pytest.mark.parametrize("k", [3, 32, 33, 700])
def test_a_batch_is_the_same_as_its_examples_one_by_one(k):
    """Across the border between few and many classes, and over several blocks."""
    rng = np.random.default_rng(k)
    z, y = rng.normal(scale=5, size=(2, 300, k)), rng.integers(k, size=(2, 300))
    losses, gradients = itlib.softmax_cross_entropy_with_grad(z, y, label_smoothing=0.1)

    assert (2, 300) == losses.shape
    for i, j in [(0, 0), (1, 7), (1, 299)]:
        loss, gradient = itlib.softmax_cross_entropy_with_grad(
            z[i, j], y[i, j], label_smoothing=0.1
        )
        assert loss == pytest.approx(losses[i, j], rel=1e-14)
        assert gradient == pytest.approx(gradients[i, j], rel=1e-13)


def test_softmax_along_another_axis_is_the_transpose():
    z = np.arange(12.0).reshape(3, 4)
    expected = itlib.softmax(z.T).T

    assert (expected == itlib.softmax(z, axis=0)).all()


def test_the_argument_is_left_as_it_was():
    z = np.array([[1000.0, 0.0], [0.0, 3.0]])
    before = z.copy()
    itlib.softmax_cross_entropy_with_grad(z, [0, 1])
    itlib.softmax(z, temperature=0.5)

    assert (before == z).all()


@pytest.mark.parametrize(
    "function", [itlib.softmax_cross_entropy, itlib.softmax_cross_entropy_grad]
)
def test_a_label_that_is_no_class_is_named(function):
    with pytest.raises(ValueError, match=r"labels must be in 0 ... 1, but labels\[1\] is 2"):
        function([[0.0, 1.0], [0.0, 1.0]], [0, 2])
    with pytest.raises(ValueError, match=r"labels must have the shape of logits"):
        function([[0.0, 1.0], [0.0, 1.0]], [0])
    with pytest.raises(TypeError, match="labels must hold whole numbers"):
        function([0.0, 1.0], 0.0)


def test_logits_and_temperatures_at_the_edge_of_the_doubles():
    assert [1.0, 0.0] == itlib.softmax([1e308, -1e308]).tolist()
    assert [0.0, -math.inf] == itlib.log_softmax([1e308, -1e308]).tolist()
    assert [1.0, 0.0] == itlib.softmax([1.0, 0.0], temperature=1e-320).tolist()
    assert [0.5, 0.5] == itlib.softmax([1.0, 0.0], temperature=1e305).tolist()
    expected = itlib.softmax([1.0, -0.1])
    assert expected == pytest.approx(
        itlib.softmax([1e308, -1e307], temperature=1e308), rel=1e-15, abs=0
    )


def test_what_a_share_or_a_temperature_brings_back_among_the_doubles_is_finite():
    """The gap of 3.4e308 is no double, but half of it and a tenth of it are."""
    far, large = [-1.7e308, 1.7e308], 1.7e308
    for loss in (
        itlib.softmax_cross_entropy,
        lambda *z, **e: itlib.softmax_cross_entropy_with_grad(*z, **e).loss,
    ):
        assert large == loss(far, 0, label_smoothing=1) == loss(far, 1, label_smoothing=1)
        assert 0.1 * large == loss(far, 1, label_smoothing=0.1)
        both = loss([far, [0.0, 0.0]], [0, 0], label_smoothing=1)
        assert [large, math.log(2)] == pytest.approx(both.tolist(), rel=1e-15)
        assert math.inf == loss(far, 0, label_smoothing=0.1)

    assert [-large / 5, 0] == itlib.log_softmax(far, temperature=10).tolist()


def test_the_gradient_of_a_certain_answer_is_no_minus_zero():
    for logits in ([3.0], [1000.0, 0.0]):
        gradient = itlib.softmax_cross_entropy_grad(logits, 0)

        assert 0 == np.signbit(gradient).sum()


def ruled_out(z, place):
    """Return the logits with another class in this place, which is ruled out."""
    return np.insert(z, place, -math.inf)


@given(logit_rows, st.data())
def test_a_class_that_is_ruled_out_leaves_the_others_as_they_would_be_without_it(z, data):
    place, label = data.draw(st.integers(0, len(z))), data.draw(st.integers(0, len(z) - 1))
    masked, among = ruled_out(z, place), label + (place <= label)

    for temperature in (1.0, 0.5, 7.0):
        expected = np.insert(itlib.softmax(z, temperature=temperature), place, 0.0)
        assert expected == pytest.approx(
            itlib.softmax(masked, temperature=temperature), rel=1e-15, abs=0
        )
        expected = ruled_out(itlib.log_softmax(z, temperature=temperature), place)
        assert expected == pytest.approx(
            itlib.log_softmax(masked, temperature=temperature), rel=1e-14, abs=1e-300
        )
    expected, gradient = itlib.softmax_cross_entropy_with_grad(z, label)
    loss, slope = itlib.softmax_cross_entropy_with_grad(masked, among)
    assert expected == pytest.approx(loss, rel=1e-14, abs=0)
    assert np.insert(gradient, place, 0.0) == pytest.approx(slope, rel=1e-13, abs=0)


def test_a_mask_along_another_axis_and_over_many_classes():
    z = np.random.default_rng(1).normal(size=(700, 3))
    z[5:, 1] = -math.inf

    assert (itlib.softmax(z.T).T == itlib.softmax(z, axis=0)).all()
    assert 1 == pytest.approx(itlib.softmax(z, axis=0)[:5, 1].sum())


@pytest.mark.parametrize(
    "logits, labels, smoothing, message",
    [
        ([[0, 1], [-math.inf, 1]], [0, 0], 0, r"the logit of labels\[1\] is -inf"),
        ([0, -math.inf], 1, 0, "the logit of labels is -inf"),
        ([[0, 1], [-math.inf] * 2], [0, 0], 0, r"leave some class, but logits\[1, :\] is all -inf"),
        ([0, -math.inf], 0, 0.1, "label_smoothing must be 0 where logits are -inf, got 0.1"),
        ([0, math.inf], 0, 0, r"logits must be finite, or -inf .*, but logits\[1\] is inf"),
        ([0, math.nan], 0, 0, r"logits must be finite, or -inf .*, but logits\[1\] is nan"),
    ],
)
def test_what_is_ruled_out_is_no_target(logits, labels, smoothing, message):
    for loss in (itlib.softmax_cross_entropy, itlib.softmax_cross_entropy_grad):
        with pytest.raises(ValueError, match=message):
            loss(logits, labels, label_smoothing=smoothing)


def test_the_column_of_logits_that_rules_everything_out_is_named():
    z = [[0.0, -math.inf], [1.0, -math.inf]]
    with pytest.raises(ValueError, match=r"logits\[:, 1\] is all -inf"):
        itlib.softmax(z, axis=0)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("y", [0, 0.25, 1])
def test_an_infinite_logit_is_the_limit_of_large_ones(sign, y):
    z = sign * math.inf
    certain = float(sign > 0)

    assert certain == itlib.sigmoid(z)
    assert (0 if y == certain else math.inf) == itlib.sigmoid_cross_entropy(z, y)
    assert certain - y == itlib.sigmoid_cross_entropy_grad(z, y)
    assert (certain - y) ** 2 == itlib.sigmoid_squared_error(z, y)
    assert 0 == itlib.sigmoid_squared_error_grad(z, y)


def test_booleans_are_labels():
    z, p, y = np.array([-1.0, 0.5, 2.0]), np.array([0.1, 0.5, 0.9]), np.array([0, 1, 1])

    assert (itlib.binary_cross_entropy(y, p) == itlib.binary_cross_entropy(y == 1, p)).all()
    assert (itlib.sigmoid_cross_entropy(z, y) == itlib.sigmoid_cross_entropy(z, y == 1)).all()
    logits = np.stack([z, -z], axis=1)
    expected = itlib.softmax_cross_entropy(logits, y)
    assert (expected == itlib.softmax_cross_entropy(logits, y == 1)).all()
    with pytest.raises(TypeError, match="p must hold real numbers"):
        itlib.binary_cross_entropy(y, p > 0.5)
