"""Surprise and entropy: by value and by theorem."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import groups_of_pmfs, pmfs, positive_pmfs

import itlib


@pytest.mark.parametrize(
    "expected, p",
    [
        (0.0, 1.0),
        (1.0, 0.5),
        (2.0, 13 / 52),  # a heart
        (3.0, 1 / 8),
        (6.0, 1 / 64),  # one square of a chess board
        (math.log2(52), 1 / 52),
        (math.inf, 0.0),
    ],
)
def test_self_information_is_the_log_of_one_over_p(expected, p):
    assert expected == pytest.approx(itlib.self_information(p), rel=1e-15)


@given(st.floats(1e-100, 1), st.floats(1e-100, 1))
def test_surprises_at_independent_events_add_up(p, q):
    """I(pq) = I(p) + I(q)."""
    expected = itlib.self_information(p) + itlib.self_information(q)

    assert expected == pytest.approx(itlib.self_information(p * q), abs=1e-12)


@pytest.mark.parametrize(
    "expected, p",
    [
        (0.0, [1.0]),
        (0.0, [0.0, 1.0, 0.0]),
        (1.0, [0.5, 0.5]),
        (7 / 4, [1 / 2, 1 / 4, 1 / 8, 1 / 8]),  # Cover & Thomas (2006), example 2.1.2
        (
            2.0,
            [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 64, 1 / 64, 1 / 64, 1 / 64],
        ),  # ibid., example 1.1.2
        (math.log2(6), [1 / 6] * 6),
    ],
)
def test_entropy_has_its_published_values(expected, p):
    assert expected == pytest.approx(itlib.entropy(p), rel=1e-15, abs=0)


@given(pmfs())
def test_entropy_lies_between_zero_and_the_log_of_the_alphabet(p):
    """0 ≤ H(p) ≤ log k."""
    h = itlib.entropy(p)

    assert 0 <= h <= math.log2(p.size) + 1e-12


@given(st.integers(1, 3000))
def test_only_the_uniform_distribution_reaches_the_log_of_the_alphabet(k):
    assert math.log2(k) == pytest.approx(itlib.entropy(np.full(k, 1 / k)), rel=1e-15)


@given(pmfs())
def test_entropy_is_zero_only_where_an_outcome_is_certain(p):
    assert (itlib.entropy(p) == 0) == (np.count_nonzero(p) == 1)


@given(pmfs(), st.randoms())
def test_entropy_ignores_the_order_of_outcomes_and_impossible_ones(p, random):
    """H does not change when outcomes are relabelled or an outcome of probability 0 is added."""
    shuffled = random.sample([*p, 0.0], p.size + 1)

    assert itlib.entropy(p) == pytest.approx(itlib.entropy(shuffled), rel=1e-14)


@given(groups_of_pmfs(2), st.floats(0, 1))
def test_entropy_is_concave(pq, t):
    """H(t p + (1−t) q) ≥ t H(p) + (1−t) H(q)."""
    p, q = pq
    mixed = itlib.normalize(t * p + (1 - t) * q)

    assert itlib.entropy(mixed) >= t * itlib.entropy(p) + (1 - t) * itlib.entropy(q) - 1e-12


@given(pmfs(least=2), st.floats(0, 1))
def test_splitting_an_outcome_adds_the_entropy_of_the_split(p, t):
    """H(p₁t, p₁(1−t), p₂ ...) = H(p) + p₁ h(t): Shannon's third axiom."""
    split = np.concatenate([[p[0] * t, p[0] * (1 - t)], p[1:]])
    expected = itlib.entropy(p) + p[0] * itlib.binary_entropy(t)

    assert expected == pytest.approx(itlib.entropy(itlib.normalize(split)), abs=1e-12)


@given(pmfs(), st.sampled_from([math.e, 10, 3, 0.5]))
def test_a_change_of_base_is_a_change_of_unit(p, base):
    """H in base b is H in bits times log_b 2."""
    expected = itlib.entropy(p) / math.log2(base)

    assert expected == pytest.approx(itlib.entropy(p, base=base), rel=1e-14)


@given(st.floats(0, 1))
def test_binary_entropy_is_the_entropy_of_a_coin(p):
    assert itlib.entropy([p, 1 - p]) == pytest.approx(itlib.binary_entropy(p), abs=1e-15)


@given(st.integers(0, 2**40))
def test_binary_entropy_is_symmetric(n):
    """h(p) = h(1−p), for p = n/2⁴⁰, of which 1−p is not rounded."""
    p = n / 2**40

    assert itlib.binary_entropy(1 - p) == pytest.approx(itlib.binary_entropy(p), rel=1e-14)


def test_binary_entropy_is_largest_for_a_fair_coin():
    assert 1.0 == itlib.binary_entropy(0.5)
    assert itlib.binary_entropy(0.5 + 1e-7) < 1


@given(pmfs())
def test_perplexity_counts_equally_likely_outcomes(p):
    """1 ≤ 2^H ≤ k."""
    assert 1 <= itlib.perplexity(p) <= p.size * (1 + 1e-14)


@given(groups_of_pmfs(2))
def test_a_model_is_at_least_as_perplexed_as_the_truth(pq):
    """2^CE(p, q) ≥ 2^H(p)."""
    p, q = pq

    assert itlib.perplexity(p, q) >= itlib.perplexity(p)


def test_perplexity_is_infinite_where_the_model_rules_out_what_happens():
    assert math.inf == itlib.perplexity([0.5, 0.5], [1, 0])


@given(st.lists(st.integers(0, 100), min_size=1).filter(any))
def test_normalized_counts_sum_to_one_and_keep_their_ratios(counts):
    p = itlib.normalize(counts)
    expected = np.array(counts) / sum(counts)

    assert 1 == pytest.approx(p.sum(), abs=1e-14)
    assert expected == pytest.approx(p, rel=1e-14)


def test_normalize_survives_weights_whose_sum_overflows():
    assert [0.5, 0.5] == itlib.normalize([1.5e308, 1.5e308]).tolist()


def test_any_axis_of_a_batch_can_hold_the_distributions():
    p = itlib.normalize(np.arange(24.0).reshape(2, 3, 4) + 1, axis=1)

    assert (2, 4) == itlib.entropy(p, axis=1).shape
    assert itlib.entropy(p[1, :, 2]) == pytest.approx(itlib.entropy(p, axis=1)[1, 2], rel=1e-15)


@given(st.integers(1, 70), st.integers(1, 5))
def test_a_batch_measures_each_row_as_a_vector(k, n):
    """Long rows, short rows and single vectors take different roads to one number."""
    p = np.random.default_rng(k).dirichlet(np.ones(k), n)
    expected = [itlib.entropy(row) for row in p]

    assert expected == pytest.approx(itlib.entropy(p), rel=1e-14)


def test_one_vector_gives_a_float_and_a_batch_an_array():
    assert type(itlib.entropy(np.full(100, 0.01))) is float
    assert type(itlib.self_information(np.float64(0.5))) is float
    assert type(itlib.entropy([[0.5, 0.5]])) is np.ndarray


@pytest.mark.parametrize("p", [[1.0], [1, 0], [0.0, -0.0, 1.0], np.eye(100)[3]])
def test_nothing_is_ever_minus_zero(p):
    for value in (itlib.entropy(p), itlib.self_information(p).min(), itlib.binary_entropy(1.0)):
        assert 1 == math.copysign(1, value)


@given(positive_pmfs(least=2))
def test_single_precision_is_taken_for_what_it_stands_for(p):
    """Probabilities in float32 sum to 1 within their own rounding, and that is no error."""
    single = p.astype(np.float32)

    assert itlib.entropy(p) == pytest.approx(itlib.entropy(single), abs=1e-5)


def test_a_perplexity_beyond_the_largest_double_is_infinite():
    assert math.inf == itlib.perplexity([1.0, 0.0], [1e-320, 1.0])


ROUNDED = 0.1 * 3 + 0.2 * 3 + 0.1  # 1.0000000000000002


@pytest.mark.parametrize("p", [ROUNDED, np.float32(1.0000001), 1 + 1e-10])
def test_a_probability_beyond_1_by_rounding_is_1(p):
    assert 0 == itlib.self_information(p)
    assert 0 == itlib.binary_entropy(p)
    assert 0 == itlib.binary_cross_entropy(1, p)
    assert math.log(2) == itlib.binary_cross_entropy(p, 0.5)
    assert math.log(2) == itlib.sigmoid_cross_entropy(0.0, p)
    assert -0.5 == itlib.sigmoid_cross_entropy_grad(0.0, p)
    assert 0.25 == itlib.sigmoid_squared_error(0.0, p)
    assert itlib.softmax_cross_entropy(
        [0.0, 1.0], 0, label_smoothing=1.0
    ) == itlib.softmax_cross_entropy([0.0, 1.0], 0, label_smoothing=p)


@pytest.mark.parametrize("p", [1 + 2e-9, np.float32(1.00001), np.float64(1.0000001)])
def test_a_probability_beyond_1_by_more_than_rounding_is_an_error(p):
    with pytest.raises(ValueError, match="p must be between 0 and 1"):
        itlib.self_information(p)
    with pytest.raises(ValueError, match="label_smoothing must be between 0 and 1"):
        itlib.softmax_cross_entropy([0.0, 1.0], 0, label_smoothing=p)


@pytest.mark.parametrize("tiny", [-1e-17, -1e-10, np.float32(-1e-7)])
def test_a_probability_below_0_by_rounding_is_0(tiny):
    p = np.array([1.0, tiny])

    assert math.inf == itlib.self_information(tiny)
    assert [1.0, 0.0] == itlib.normalize(np.array([1.0, -1e-17])).tolist()
    if isinstance(tiny, float):
        assert 0 == itlib.entropy(p) == itlib.entropy([p])[0]
        assert 0 == itlib.kl_divergence(p, [1.0, 0.0]) == itlib.kl_divergence([1.0, 0.0], p)
        assert 0 == itlib.joint_entropy([p]) == itlib.mutual_information([p])
        assert 0 == itlib.gini_impurity(p)


@pytest.mark.parametrize("p", [[1.0, -2e-9], [1 + 2e-9, -2e-9], [1.0] + [-1e-10] * 40 + [4e-9]])
def test_what_is_negative_by_more_than_rounding_is_an_error(p):
    with pytest.raises(ValueError, match="p must be non-negative|p must sum to 1"):
        itlib.entropy(p)


def test_a_whole_number_below_0_is_no_rounding():
    for counts in ([10**12, -1], [1e12, -1.0], [1.0, -1e-10]):
        with pytest.raises(ValueError, match=r"counts must be non-negative, but counts\[1\]"):
            itlib.normalize(counts)
        if counts[1] == -1:
            with pytest.raises(ValueError, match=r"counts must be non-negative, but counts\[1\]"):
                itlib.miller_madow_entropy(counts)


def test_the_sum_of_a_long_softmax_in_single_precision_is_1_but_for_rounding():
    z = np.random.default_rng(3).normal(size=100_000).astype(np.float32)
    e = np.exp(z)
    running = np.cumsum(e, dtype=np.float32)[-1]  # as a plain loop adds up
    p = e / running

    assert 1e-6 < abs(p.sum(dtype=float) - 1)
    assert itlib.entropy(itlib.normalize(p)) == pytest.approx(itlib.entropy(p), rel=1e-12)


def test_a_whole_table_is_normalized_without_an_axis():
    table = [[10, 20], [30, 40]]

    assert [[0.1, 0.2], [0.3, 0.4]] == itlib.normalize(table, axis=None).tolist()
    with pytest.raises(ValueError, match="counts must not be all 0"):
        itlib.normalize([[0, 0], [0, 0]], axis=None)
    assert 0 < itlib.mutual_information(itlib.normalize(table, axis=None))


WITH_KEEPDIMS = [
    (itlib.entropy, 1),
    (itlib.perplexity, 1),
    (itlib.gini_impurity, 1),
    (itlib.cross_entropy, 2),
    (itlib.perplexity, 2),
    (itlib.kl_divergence, 2),
    (itlib.js_divergence, 2),
    (itlib.total_variation, 2),
    (lambda p, q, **how: itlib.f_divergence(p, q, "kl", **how), 2),
    (itlib.standard_normal_kl, 2),
]


@pytest.mark.parametrize("measure, distributions", WITH_KEEPDIMS)
def test_an_axis_that_is_summed_over_can_be_kept(measure, distributions):
    tables = [np.random.default_rng(i).dirichlet(np.ones(4), (2, 3)) for i in range(distributions)]
    for axis in (-1, 1, 0):
        moved = [np.moveaxis(table, -1, axis) for table in tables]
        expected = np.expand_dims(measure(*moved, axis=axis), axis)

        assert (expected == measure(*moved, axis=axis, keepdims=True)).all()
    assert (1,) == measure(*(table[0, 0] for table in tables), keepdims=True).shape
    with pytest.raises(TypeError, match="keepdims must be True or False, got 1"):
        measure(*tables, keepdims=1)


def test_a_base_is_what_it_is_also_where_no_float_holds_it():
    large, near = Fraction(10**400), Fraction(10**20 + 1, 10**20)
    nats = math.log(2)

    assert nats / (400 * math.log(10)) == pytest.approx(itlib.entropy([0.5, 0.5], base=large))
    assert -nats / (400 * math.log(10)) == pytest.approx(itlib.entropy([0.5, 0.5], base=1 / large))
    assert nats * 1e20 == pytest.approx(itlib.entropy([0.5, 0.5], base=near), rel=1e-15)
    assert itlib.entropy([0.3, 0.7], base=2.5) == itlib.entropy([0.3, 0.7], base=Fraction(5, 2))
    for gap in (2.0**-52, 2.0**-60):
        long = np.longdouble(1) + np.longdouble(gap)
        if long > 1:  # which the second is where a longdouble is longer than a double
            assert nats / gap == pytest.approx(itlib.entropy([0.5, 0.5], base=long), rel=1e-15)
