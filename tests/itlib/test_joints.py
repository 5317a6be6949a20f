"""Two variables together: by value and by theorem."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import channels, columns, joints, pmfs

import itlib

# Cover & Thomas (2006), example 2.2.1, with X and Y exchanged: rows are x here.
COVER = np.array([[4, 2, 2, 8], [2, 4, 2, 0], [1, 1, 2, 0], [1, 1, 2, 0]]) / 32


def test_the_published_example_has_its_published_values():
    """Cover & Thomas (2006), examples 2.2.1 and 2.4.1."""
    assert 7 / 4 == pytest.approx(itlib.entropy(COVER.sum(axis=1)), rel=1e-15)
    assert 2 == pytest.approx(itlib.entropy(COVER.sum(axis=0)), rel=1e-15)
    assert 11 / 8 == pytest.approx(itlib.conditional_entropy(COVER, given=1), rel=1e-15)
    assert 13 / 8 == pytest.approx(itlib.conditional_entropy(COVER), rel=1e-15)
    assert 27 / 8 == pytest.approx(itlib.joint_entropy(COVER), rel=1e-15)
    assert 3 / 8 == pytest.approx(itlib.mutual_information(COVER), rel=1e-14)


@given(joints(), st.sampled_from([0, 1]))
def test_chain_rule(p_xy, given):
    """H(X,Y) = H(X) + H(Y|X) = H(Y) + H(X|Y)."""
    known = itlib.entropy(p_xy.sum(axis=1 - given))
    expected = known + itlib.conditional_entropy(p_xy, given=given)

    assert expected == pytest.approx(itlib.joint_entropy(p_xy), abs=1e-12)


@given(joints())
def test_joint_entropy_is_subadditive(p_xy):
    """max(H(X), H(Y)) ≤ H(X,Y) ≤ H(X) + H(Y)."""
    h_x, h_y = itlib.entropy(p_xy.sum(axis=1)), itlib.entropy(p_xy.sum(axis=0))

    assert max(h_x, h_y) - 1e-12 <= itlib.joint_entropy(p_xy) <= h_x + h_y + 1e-12


@given(joints())
def test_knowing_more_never_raises_the_average_uncertainty(p_xy):
    """0 ≤ H(Y|X) ≤ H(Y)."""
    h_y = itlib.entropy(p_xy.sum(axis=0))

    assert 0 <= itlib.conditional_entropy(p_xy) <= h_y + 1e-12


@given(joints())
def test_mutual_information_is_the_divergence_from_independence(p_xy):
    """I(X;Y) = D(p_xy ‖ p_x p_y)."""
    product = np.outer(p_xy.sum(axis=1), p_xy.sum(axis=0)).ravel()
    expected = itlib.kl_divergence(p_xy.ravel(), itlib.normalize(product))

    assert expected == pytest.approx(itlib.mutual_information(p_xy), rel=1e-9, abs=1e-15)


@given(joints())
def test_mutual_information_is_three_differences_of_entropies(p_xy):
    """I(X;Y) = H(X) − H(X|Y) = H(Y) − H(Y|X) = H(X) + H(Y) − H(X,Y)."""
    h_x, h_y = itlib.entropy(p_xy.sum(axis=1)), itlib.entropy(p_xy.sum(axis=0))
    information = itlib.mutual_information(p_xy)

    assert information == pytest.approx(h_x - itlib.conditional_entropy(p_xy, given=1), abs=1e-12)
    assert information == pytest.approx(h_y - itlib.conditional_entropy(p_xy), abs=1e-12)
    assert information == pytest.approx(h_x + h_y - itlib.joint_entropy(p_xy), abs=1e-12)


@given(joints())
def test_mutual_information_is_symmetric_and_bounded(p_xy):
    """0 ≤ I(X;Y) = I(Y;X) ≤ min(H(X), H(Y))."""
    information = itlib.mutual_information(p_xy)
    least = min(itlib.entropy(p_xy.sum(axis=1)), itlib.entropy(p_xy.sum(axis=0)))

    assert 0 <= information <= least + 1e-12
    assert information == pytest.approx(itlib.mutual_information(p_xy.T), rel=1e-12, abs=1e-30)


@given(st.lists(st.integers(1, 2**20), min_size=1, max_size=4), st.integers(0, 10))
def test_independent_variables_tell_exactly_nothing(row, power):
    """I(X;Y) = 0 for a product of whole numbers, which is a product to the last bit."""
    table = np.outer(row, [1, 3, 2**power]).astype(float)
    p_xy = table / 2.0 ** np.ceil(np.log2(table.sum()))
    p_xy = itlib.normalize(p_xy.ravel()).reshape(p_xy.shape)

    assert 0 == pytest.approx(itlib.mutual_information(p_xy), abs=1e-31)
    assert 0 == itlib.mutual_information_from_samples([0, 0, 1, 1], [0, 1, 0, 1])


@given(pmfs())
def test_what_a_variable_tells_about_itself_is_its_entropy(p):
    """I(X;X) = H(X)."""
    assert itlib.entropy(p) == pytest.approx(itlib.mutual_information(np.diag(p)), rel=1e-12)


@given(joints().flatmap(lambda p_xy: st.tuples(st.just(p_xy), channels(p_xy.shape[1]))))
def test_processing_data_adds_no_information(chain):
    """X → Y → Z: I(X;Z) ≤ I(X;Y)."""
    p_xy, p_z_given_y = chain
    p_xz = p_xy @ p_z_given_y

    assert itlib.mutual_information(p_xz) <= itlib.mutual_information(p_xy) + 1e-12


@given(joints())
def test_mutual_information_is_the_average_of_the_pointwise(p_xy):
    """I(X;Y) = Σ p(x,y) pmi(x,y)."""
    pmi = itlib.pointwise_mutual_information(p_xy)
    seen = p_xy > 0

    assert not np.isnan(pmi).any()
    assert np.dot(p_xy[seen], pmi[seen]) == pytest.approx(itlib.mutual_information(p_xy), abs=1e-12)


def test_pairs_that_never_meet_have_minus_infinite_pointwise_information():
    pmi = itlib.pointwise_mutual_information([[0.5, 0, 0], [0, 0.5, 0]])

    assert [[1, -math.inf, 0], [-math.inf, 1, 0]] == pmi.tolist()


def xor():
    """X and Y are fair and independent bits, and Z = X xor Y."""
    table = np.zeros((2, 2, 2))
    table[[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]] = 1 / 4
    return table


def test_exclusive_or_hides_all_it_says_in_three_variables():
    for axes in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        table = xor().transpose(axes)

        assert 0 == itlib.mutual_information(table.sum(axis=2))
        assert 1 == itlib.conditional_mutual_information(table)
        assert -1 == itlib.co_information(table)


triples = arrays(float, (2, 3, 2), elements=st.floats(0, 1)).filter(lambda w: w.sum() > 1e-3)


@given(triples)
def test_chain_rule_of_information(weights):
    """I(X;Y,Z) = I(X;Z) + I(X;Y|Z)."""
    p_xyz = weights / weights.sum()
    expected = itlib.mutual_information(p_xyz.sum(axis=1)) + itlib.conditional_mutual_information(
        p_xyz
    )

    assert expected == pytest.approx(itlib.mutual_information(p_xyz.reshape(2, -1)), abs=1e-12)


@given(triples, st.permutations([0, 1, 2]))
def test_co_information_is_the_same_for_every_order(weights, axes):
    p_xyz = weights / weights.sum()
    expected = itlib.co_information(p_xyz)

    assert expected == pytest.approx(itlib.co_information(p_xyz.transpose(axes)), abs=1e-12)


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(columns(n), columns(n))))
def test_samples_are_measured_by_their_shares(xy):
    """The plug-in estimate is the mutual information of the table of shares."""
    x, y = xy
    expected = itlib.mutual_information(itlib.joint_from_samples(x, y))

    assert expected == pytest.approx(
        itlib.mutual_information_from_samples(x, y), rel=1e-12, abs=1e-30
    )


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(columns(n), columns(n))))
def test_samples_may_be_numbers_or_words(xy):
    """Only which values are equal matters, not what they are."""
    x, y = xy
    words = [f"value {i}" for i in x]
    scattered = y * 10**15 + 0.5

    assert (itlib.joint_from_samples(x, y) == itlib.joint_from_samples(words, scattered)).all()
    assert itlib.mutual_information_from_samples(x, y) == pytest.approx(
        itlib.mutual_information_from_samples(words, scattered), rel=1e-14, abs=1e-30
    )


def test_rows_and_columns_of_a_joint_from_samples_are_sorted():
    p_xy = itlib.joint_from_samples(["b", "a", "b", "b"], [10, -3, 10, 7])

    assert [[0.25, 0, 0], [0, 0.25, 0.5]] == p_xy.tolist()


def test_many_different_values_need_no_table():
    """A million cells would be needed for a thousand by a thousand values, and more for more."""
    n = 300_000
    x = np.random.default_rng(0).permutation(n)

    assert math.log2(n) == pytest.approx(itlib.mutual_information_from_samples(x, -x), rel=1e-14)


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32, np.uint8])
def test_samples_of_small_whole_numbers_may_span_their_whole_range(dtype):
    """Their differences may not fit into the type they come in."""
    low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    x = np.tile(np.array([low, high], dtype=dtype), 20_000)

    assert 1.0 == itlib.mutual_information_from_samples(x, x)
    assert [[0.5, 0.0], [0.0, 0.5]] == itlib.joint_from_samples(x, x).tolist()


def test_what_is_missing_in_a_column_of_objects_is_named_with_its_place():
    with pytest.raises(ValueError, match=r"x\[1\] is nan: leave out what is missing"):
        itlib.joint_from_samples(np.array([0.0, math.nan, 1.0], dtype=object), [0, 1, 1])
    with pytest.raises(ValueError, match=r"y\[0\] is NaT: leave out what is missing"):
        itlib.joint_from_samples([0], np.array(["NaT"], dtype="datetime64[ns]"))
