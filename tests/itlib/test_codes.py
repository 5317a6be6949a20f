"""Codes: by example and by theorem."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import pmfs, positive_pmfs

import itlib
from itlib.codes import _Interval


def is_prefix_free(code):
    words = sorted(code)
    return all(not b.startswith(a) for a, b in itertools.pairwise(words))


def test_the_published_example_has_its_published_length():
    """Cover & Thomas (2006), example 5.6.1: lengths 2, 2, 2, 3, 3 and L = 2.3 bits."""
    p = [0.25, 0.25, 0.2, 0.15, 0.15]
    code = itlib.huffman_code(p)

    assert [2, 2, 2, 3, 3] == [len(word) for word in code]
    assert 2.3 == pytest.approx(itlib.expected_length(p, code), rel=1e-15)


@given(positive_pmfs(most=8))
def test_huffman_is_within_a_bit_of_the_entropy(p):
    """H(p) ≤ L < H(p) + 1."""
    length = itlib.expected_length(p, itlib.huffman_code(p))

    assert itlib.entropy(p) - 1e-12 <= length < itlib.entropy(p) + 1


@given(pmfs(most=12))
def test_huffman_is_a_prefix_code_that_wastes_nothing(p):
    """No word begins another one, and Σ 2^(−length) = 1."""
    code = itlib.huffman_code(p)

    assert p.size == len(code)
    assert is_prefix_free(code)
    assert 1 == itlib.kraft_sum(code)


@given(pmfs(least=2, most=5))
def test_no_prefix_code_is_shorter_than_huffman(p):
    """Tried against all lengths that satisfy Kraft's inequality."""
    best = min(
        float(np.dot(p, lengths))
        for lengths in itertools.product(range(1, p.size), repeat=p.size)
        if sum(2.0**-length for length in lengths) <= 1
    )

    assert best == pytest.approx(itlib.expected_length(p, itlib.huffman_code(p)), abs=1e-12)


def test_huffman_decides_ties_by_what_the_weights_stand_for():
    """By hand: 2/14 + 3/14 ties with 5/14, so that two bits serve for all four words."""
    assert ["00", "11", "10", "01"] == itlib.huffman_code([5 / 14, 2 / 14, 3 / 14, 4 / 14])
    # 1 - 2/3 is an ulp above 1/3, and 0.1 + 0.2 above 0.3; the earlier outcome still goes first.
    for three in ([1 / 3] * 3, [1 - 2 / 3, 1 / 3, 1 / 3], [0.1 + 0.2, 0.3, 0.4]):
        assert ["00", "01", "1"] == itlib.huffman_code(three)


@given(st.lists(st.integers(1, 7), min_size=2, max_size=13))
def test_huffman_keeps_its_longest_word_as_short_as_in_whole_numbers(counts):
    """In whole numbers a tie is a tie; there, too, single outcomes go before joined ones."""
    heap = [(count, 0, 0) for count in counts]  # weight, length of the longest word, is it joined
    while len(heap) > 1:
        first, second, *heap = sorted(heap, key=lambda group: (group[0], group[2]))
        heap.append((first[0] + second[0], max(first[1], second[1]) + 1, len(counts) - len(heap)))
    code = itlib.huffman_code(np.array(counts) / sum(counts))

    assert heap[0][1] == max(map(len, code))


@given(st.integers(0, 6))
def test_huffman_reaches_the_entropy_of_dyadic_probabilities(n):
    p = np.full(2**n, 2.0**-n)

    assert n == itlib.expected_length(p, itlib.huffman_code(p)) == itlib.entropy(p)


def test_coding_flips_together_approaches_the_entropy():
    """The 9:1 coin costs a whole bit per flip alone, and less in blocks."""
    p = np.array([0.9, 0.1])
    block, rates = np.ones(1), []
    for n in range(1, 7):
        block = np.outer(block, p).ravel()
        rates.append(itlib.expected_length(block, itlib.huffman_code(block)) / n)

    assert 1 == pytest.approx(rates[0])
    assert all(
        itlib.entropy(p) <= rate < itlib.entropy(p) + 1 / n for n, rate in enumerate(rates, 1)
    )
    assert rates[-1] < 0.5


@given(st.lists(st.text("01", max_size=8), min_size=1, max_size=8))
def test_kraft_inequality(code):
    """Σ 2^(−length) ≤ 1 for every prefix code."""
    total = itlib.kraft_sum(code)

    assert total == sum(2.0 ** -len(word) for word in code)
    assert total <= 1 or not is_prefix_free(code)


messages = positive_pmfs(most=8).flatmap(
    lambda p: st.tuples(st.just(p), st.lists(st.integers(0, p.size - 1), min_size=1, max_size=30))
)


@given(messages)
def test_what_was_encoded_is_decoded(pair):
    p, message = pair
    bits = itlib.arithmetic_encode(p, message)

    assert message == itlib.arithmetic_decode(p, bits, len(message))
    assert len(bits) == itlib.arithmetic_code_length(p, message)


@given(messages)
def test_an_arithmetic_code_is_within_two_bits_of_the_information_content(pair):
    """log2 1/P ≤ length < log2 1/P + 2."""
    p, message = pair
    content = math.fsum(itlib.self_information(p[message]))

    assert content - 1e-9 <= itlib.arithmetic_code_length(p, message) < content + 2 + 1e-9


@given(positive_pmfs(least=2, most=3))
def test_arithmetic_codes_of_all_messages_form_a_prefix_code(p):
    code = [
        itlib.arithmetic_encode(p, message)
        for message in itertools.product(range(p.size), repeat=3)
    ]

    assert is_prefix_free(code)


def test_whatever_follows_an_arithmetic_code_does_not_matter():
    p, message = [0.2, 0.5, 0.3], [2, 0, 1, 1, 0, 2]
    bits = itlib.arithmetic_encode(p, message)

    assert message == itlib.arithmetic_decode(p, bits + "1111", 6)
    assert message == itlib.arithmetic_decode(p, bits + "0000", 6)


def test_a_model_may_stand_in_for_fixed_probabilities():
    """A function of the outcomes so far that always says the same changes nothing."""
    p, message = [0.5, 0.3, 0.2], [2, 0, 1, 1, 0]

    assert itlib.arithmetic_encode(p, message) == itlib.arithmetic_encode(lambda _: p, message)


def test_a_model_sees_every_outcome_before_the_one_it_predicts():
    """What an earlier outcome makes certain costs nothing."""
    repeat = [0.5, 0.5], [1.0, 0.0], [0.0, 1.0]
    bits = itlib.arithmetic_encode(lambda past: repeat[1 + past[0] if past else 0], [1] * 50)

    assert 2 == len(bits)


def test_a_model_that_returns_no_distribution_is_refused():
    with pytest.raises(ValueError, match="p must sum to 1"):
        itlib.arithmetic_encode(lambda past: [0.5, 0.6], [0])


def test_a_code_without_an_order_is_refused():
    """Which word is for which outcome, a set does not say."""
    for code in ({"0", "1"}, {"a": "0", "b": "1"}, np.array("0"), iter(["0", "1"])):
        with pytest.raises(TypeError, match="code must be a sequence of strings of 0s and 1s"):
            itlib.expected_length([0.5, 0.5], code)


def whole_message(p, message):
    """The definition, in fractions: the interval of the message, and how many digits it takes."""
    exact = [Fraction(x) for x in p]
    starts = [0, *itertools.accumulate(exact)]
    low, width = Fraction(0), Fraction(1)
    for outcome in message:
        low += width * starts[outcome] / starts[-1]
        width *= exact[outcome] / starts[-1]
    return low, width, (math.ceil(1 / width) - 1).bit_length() + 1


# From probabilities of one size, of every size down to the least double, and powers of 2.
shares = st.one_of(
    st.lists(st.floats(0.01, 1), min_size=1, max_size=6),
    st.lists(st.integers(-1074, 0).map(lambda n: 2.0**n), min_size=1, max_size=6),
    st.lists(st.floats(5e-324, 1), min_size=1, max_size=6),
)
messages_of_any_size = shares.flatmap(
    lambda weights: st.tuples(
        st.just(itlib.normalize(weights)),
        st.lists(st.integers(0, len(weights) - 1), min_size=1, max_size=40),
    )
).filter(lambda pair: all(pair[0][x] > 0 for x in pair[1]))


@settings(max_examples=200)
@given(messages_of_any_size, st.text("01", max_size=300))
def test_an_arithmetic_code_names_a_dyadic_interval_inside_that_of_the_message(pair, rest):
    """As short as exact intervals would have it, but where P is next to a power of 2."""
    p, message = pair
    _, width, expected = whole_message(p, message)
    bits = itlib.arithmetic_encode(p, message)
    to_a_power = width * 2 ** round(-math.log2(width.numerator) + math.log2(width.denominator))
    rounded = 0 < abs(to_a_power - 1) < Fraction(1, 2**100)

    assert abs(expected - len(bits)) <= rounded
    assert len(bits) == itlib.arithmetic_code_length(p, message)
    assert message == itlib.arithmetic_decode(p, bits + rest, len(message))


@given(messages)
def test_the_digits_are_those_of_the_exact_interval(pair):
    p, message = pair
    low, _, length = whole_message(p, message)
    expected = math.ceil(low * 2**length)

    assert expected == int(itlib.arithmetic_encode(p, message), 2)


def test_a_carry_runs_through_all_digits_that_were_written():
    """The middle third keeps the interval around 0.0111...; its ends decide late and carry."""
    p = [1 / 3, 1 / 3, 1 / 3]
    half = [0.5, 0.5]

    def model(past):
        return p if past and past[0] == 1 and len(past) < 3000 else half

    for message in ([0] + [1] * 3000, [1] + [1] * 2999 + [1], [1] + [0] * 2999 + [1]):
        bits = itlib.arithmetic_encode(model, message)

        assert message == itlib.arithmetic_decode(model, bits, len(message))
    # 1/2 is approached from below by ever more digits 1, until the last outcome passes it.
    written = _Interval()
    for _ in range(600):
        written.narrow(1, 3, 4)  # from 1/4 to 3/4 of what there is, around 1/2
    written.narrow(1, 2, 2)
    assert "1" + "0" * 601 == written.name()


def test_each_step_of_an_arithmetic_code_has_numbers_of_one_size():
    """So that a message takes time in proportion to its length."""
    interval = _Interval()
    for _ in range(5000):
        interval.narrow(1, 2, 3)

    assert interval.digits() == math.floor(5000 * math.log2(3)) + 2
    assert interval._low.bit_length() < 600
    assert max(count for _, count in interval._written) < 600


def test_probabilities_that_allow_one_message_only_take_one_digit():
    assert "0" == itlib.arithmetic_encode([1.0, 0.0], [0] * 1000)
    assert [0] * 1000 == itlib.arithmetic_decode([1.0, 0.0], "0", 1000)


def test_an_expected_length_and_a_kraft_sum_of_very_long_words():
    """Beyond 64 digits a whole number of NumPy would wrap around."""
    words = ["0", "1" * 70]

    assert 0.5 + 2.0**-70 == itlib.kraft_sum(words)
    assert 35.5 == itlib.expected_length([0.5, 0.5], words)


def test_the_first_bit_that_is_none_is_named_with_its_place():
    with pytest.raises(ValueError, match=r"bits must hold only 0s and 1s, but bits\[2\] is '2'"):
        itlib.arithmetic_decode([0.5, 0.5], "0120", 3)
