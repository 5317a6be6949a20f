"""Channels: capacity against closed forms, and its certificate; Fano's bound; the exponent."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import channels, pmfs

import itlib
from itlib.channels import (
    binary_erasure,
    binary_symmetric,
    fano_bound,
    random_coding_exponent,
    z_channel,
)

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

    assert math.log2(letters) - 1 == pytest.approx(capacity(channel), rel=1e-14, abs=0)


def test_keys_in_a_row_carry_more_than_keys_in_a_circle():
    """The last key of a row has no neighbour: of five, the first, third and last stay apart."""
    circle = (np.eye(5) + np.roll(np.eye(5), 1, axis=1)) / 2
    row = circle.copy()
    row[-1] = np.eye(5)[-1]

    assert math.log2(5) - 1 == pytest.approx(capacity(circle), rel=1e-9)
    assert math.log2(3) == pytest.approx(capacity(row), rel=1e-9)


@given(pmfs(least=2))
def test_capacity_of_a_symmetric_channel(row):
    """C = log k − H(row), where all rows are shifts of one. Cover & Thomas (2006), section 7.2."""
    channel = np.array([np.roll(row, i) for i in range(row.size)])
    expected = math.log2(row.size) - itlib.entropy(row)

    assert expected == pytest.approx(capacity(channel), abs=1e-12)


@given(st.integers(1, 6))
def test_a_clean_line_carries_every_letter(k):
    assert math.log2(k) == pytest.approx(capacity(np.eye(k)), rel=1e-15, abs=0)


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


# --- tables ---


@given(probabilities)
def test_the_tables_are_channels(p):
    for table in (binary_symmetric(p), binary_erasure(p), z_channel(p)):
        assert (1, 1) == pytest.approx(tuple(table.sum(axis=1)), abs=1e-15)


def test_flips_and_erasures_are_told_apart():
    """Half erased leaves half a bit, half flipped nothing, all flipped everything."""
    assert 0.5 == pytest.approx(capacity(binary_erasure(0.5)), abs=1e-12)
    assert 0 == pytest.approx(capacity(binary_symmetric(0.5)), abs=1e-15)
    assert 1 == pytest.approx(capacity(binary_symmetric(1)), abs=1e-12)


@given(channels(inputs=2))
def test_uniform_use_of_two_inputs_loses_little(p_y_given_x):
    """I(uniform) is at least e ln 2 / 2 of C, and 0.011 bits short at most.

    Majani & Rumsey (1991), Shulman & Feder (2004).
    """
    uniform, best = _information(p_y_given_x / 2), capacity(p_y_given_x)

    assert math.e * math.log(2) / 2 * best <= uniform + 1e-12
    assert best <= uniform + 0.0111


# --- Fano's inequality, both ways ---


def test_fano_where_ten_classes_are_left_with_a_bit_and_a_half():
    """h(P) + P log2 9 = 1.5, solved by bisection with 40 digits."""
    assert 0.22855783548110 == pytest.approx(fano_bound(1.5, 10), abs=1e-14)


@pytest.mark.parametrize("bits", [1024, 2048, 8191])
def test_a_key_of_thousands_of_bits_has_a_fano_bound(bits):
    """At P the two sides of the inequality are equal, in many digits."""
    error = fano_bound(bits / 2, 2**bits)
    with mpmath.workdps(40):
        p, others = mpmath.mpf(error), mpmath.mpf(2) ** bits - 1
        sides = -p * mpmath.log(p, 2) - (1 - p) * mpmath.log(1 - p, 2) + p * mpmath.log(others, 2)

    assert bits / 2 == pytest.approx(float(sides), rel=1e-12)


@given(st.integers(2, 1000), st.floats(0, 1))
def test_fano_is_reached_by_errors_that_are_equally_likely(k, share):
    """Cover & Thomas (2006), section 2.10, the remark on sharpness."""
    error = share * (1 - 1 / k)
    entropy = itlib.binary_entropy(error) + error * math.log2(k - 1)
    # Where the curve is flat, the error is known to the root of a rounding only.
    assert error == pytest.approx(fano_bound(min(entropy, math.log2(k)), k), rel=1e-9, abs=1e-7)


@given(st.integers(2, 1000), st.floats(0, 1))
def test_fano_solves_its_equation(k, share):
    entropy = share * math.log2(k)
    error = fano_bound(entropy, k)
    solved = itlib.binary_entropy(error) + error * math.log2(k - 1)

    assert entropy == pytest.approx(solved, rel=1e-14, abs=1e-320)


@given(channels(inputs=4), pmfs(k=4))
def test_no_guess_errs_less_than_fano_says_or_more_than_half_of_the_entropy(p_y_given_x, p_x):
    """P >= Fano's bound; P <= H(X|Y)/2 for the best guess. Hellman & Raviv (1970)."""
    joint = p_x[:, None] * p_y_given_x
    joint = joint / joint.sum()
    left = itlib.conditional_entropy(joint, given=1)
    error = 1 - joint.max(axis=0).sum()

    assert fano_bound(left, 4) <= error + 1e-12
    assert error <= left / 2 + 1e-12


def test_fano_at_its_ends():
    assert [0, 0.9] == fano_bound([0, math.log2(10)], 10).tolist()
    assert 0 == fano_bound(0, 1)
    assert 0.5 == fano_bound(math.log(2), 2, base=math.e)


@pytest.mark.parametrize("k", [7, 1000, 2**200])
def test_all_the_entropy_that_there_can_be_may_be_rounded_to_single_precision(k):
    above = np.nextafter(np.float32(math.log2(k)), np.float32(math.inf))

    assert 1 - 1 / k == fano_bound(above, k)


def test_more_entropy_than_there_can_be_is_named():
    for entropy in (1.01, np.float32(1.00001), 1 + 2e-9):
        with pytest.raises(ValueError, match="must be at most log k = 1 for k = 2"):
            fano_bound(entropy, 2)


# --- data processing ---


@given(channels(inputs=3), pmfs(k=3), st.data())
def test_no_later_channel_recovers_anything(first, p_x, data):
    """I(X;Z) <= I(X;Y) where Z depends on X through Y alone. Cover & Thomas (2006), 2.8."""
    second = data.draw(channels(inputs=first.shape[1]))
    joint = p_x[:, None] * first
    after = joint @ second

    assert _information(after) <= _information(joint) + 1e-12


# --- the random-coding exponent ---


@given(st.floats(0.001, 0.499), st.floats(0, 1))
def test_exponent_of_the_binary_symmetric_channel(p, share):
    """E = D(δ‖p), h(δ) = 1 − R, above the critical rate; R₀ − R below. Gallager (1965)."""
    rate = share * (1 - itlib.binary_entropy(p))
    root = math.sqrt(p) / (math.sqrt(p) + math.sqrt(1 - p))
    critical = 1 - itlib.binary_entropy(root)
    if rate <= critical:
        expected = 1 - 2 * math.log2(math.sqrt(p) + math.sqrt(1 - p)) - rate
    else:
        delta = fano_bound(min(1 - rate, 1.0), 2)  # h has this inverse on [0, 1/2]
        expected = itlib.kl_divergence([delta, 1 - delta], [p, 1 - p])

    assert expected == pytest.approx(random_coding_exponent(binary_symmetric(p), rate), abs=1e-9)


@given(probabilities, st.floats(0, 1))
def test_exponent_of_the_erasure_channel_by_a_search_over_rho(e, rate):
    """E₀ = −log2((1−e) 2^−ρ + e): all output is symmetric."""
    rho = np.linspace(0, 1, 20001)
    expected = max(0, (-np.log2((1 - e) * 2.0**-rho + e) - rho * rate).max())

    assert expected == pytest.approx(random_coding_exponent(binary_erasure(e), rate), abs=1e-8)


@given(channels(inputs=3), pmfs(k=3), st.floats(0, 1), st.floats(0, 1))
def test_no_other_input_and_no_other_rho_has_a_larger_exponent(p_y_given_x, p_x, rho, rate):
    tilted = p_x @ p_y_given_x ** (1 / (1 + rho))
    other = -math.log2((tilted ** (1 + rho)).sum()) - rho * rate

    assert other <= random_coding_exponent(p_y_given_x, rate) + 1e-12


@given(channels())
def test_the_exponent_is_positive_below_the_capacity_and_zero_above(p_y_given_x):
    limit = capacity(p_y_given_x)

    assert 0 == pytest.approx(random_coding_exponent(p_y_given_x, limit), abs=1e-12)
    if limit > 0.01:
        assert random_coding_exponent(p_y_given_x, 0.8 * limit) > 0


def test_the_cutoff_rate():
    """1 − log2(1 + 2 √(p (1 − p))). Gallager (1965)."""
    expected = 1 - math.log2(1 + 2 * math.sqrt(0.05 * 0.95))

    assert expected == pytest.approx(random_coding_exponent(binary_symmetric(0.05), 0), abs=1e-15)


@pytest.mark.parametrize("share", [0.5, 0.75, 0.9])
def test_a_coding_exponent_has_twelve_digits_where_its_rho_is_inside(share):
    """E₀ of a channel that flips, in closed form, and the slope of E₀(ρ) − ρR set to zero by mpmath."""
    with mpmath.workdps(40):
        p = mpmath.mpf("0.11")
        rate = share * (mpmath.log(2) + p * mpmath.log(p) + (1 - p) * mpmath.log(1 - p))

        def gain(rho):
            inner = p ** (1 / (1 + rho)) + (1 - p) ** (1 / (1 + rho))
            return rho * mpmath.log(2) - (1 + rho) * mpmath.log(inner) - rho * rate

        best = mpmath.findroot(lambda rho: mpmath.diff(gain, rho), (0.01, 1), solver="anderson")
        expected = float(gain(best))

    assert 0 < best < 1
    found = random_coding_exponent(binary_symmetric(0.11), float(rate), base=math.e)
    assert expected == pytest.approx(found, rel=1e-12)
