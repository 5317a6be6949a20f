"""n-gram models: counted by hand, by brute force and by theorem."""

import collections
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import itlib

K = 3
messages = st.lists(st.integers(0, K - 1), min_size=1, max_size=30)
weights = st.sampled_from(["witten-bell", 0, 0.5, 3])


def predicted(message, k, context, smoothing, past):
    """The definition, run by run and in fractions."""
    p = [Fraction(1, k)] * k
    for n in range(min(context, len(past)) + 1):
        before = past[len(past) - n :]
        followers = [
            message[i + n] for i in range(len(message) - n) if message[i : i + n] == before
        ]
        weight = len(set(followers)) if smoothing == "witten-bell" else Fraction(smoothing)
        if followers:
            p = [(followers.count(x) + weight * p[x]) / (len(followers) + weight) for x in range(k)]
    return p


@given(messages, st.integers(0, 4), weights, messages)
def test_predictions_are_those_of_the_definition(message, context, smoothing, past):
    """p_n(x) = (times x followed + w p_(n-1)(x)) / (times anything followed + w)."""
    model = itlib.fit_ngrams(message, K, context=context, smoothing=smoothing)
    expected = [float(x) for x in predicted(message, K, context, smoothing, past)]

    assert expected == pytest.approx(model(past), abs=1e-12)


@given(messages, st.integers(0, 4), weights, messages)
def test_a_prediction_is_a_distribution(message, context, smoothing, past):
    model = itlib.fit_ngrams(message, K, context=context, smoothing=smoothing)

    assert itlib.entropy(model(past)) <= math.log2(K) + 1e-12


@given(messages, st.integers(0, 4), weights, messages)
def test_a_whole_message_gets_the_probabilities_of_its_outcomes(message, context, smoothing, other):
    """All at once or one after the other: chain rule."""
    model = itlib.fit_ngrams(message, K, context=context, smoothing=smoothing)
    expected = [model(other[:i])[x] for i, x in enumerate(other)]

    assert expected == model.probabilities(other).tolist()


@given(messages, st.integers(0, 3), messages)
def test_a_model_drives_the_arithmetic_coder(message, context, other):
    """Decoded back, in ⌈log2 1/P⌉ + 1 bits."""
    model = itlib.fit_ngrams(message, K, context=context)
    bits = itlib.arithmetic_encode(model, other)
    content = -np.log2(model.probabilities(other)).sum()

    assert other == itlib.arithmetic_decode(model, bits, len(other))
    assert len(bits) == itlib.arithmetic_code_length(model, other)
    assert content + 1 - 1e-9 <= len(bits) < content + 2 + 1e-9


@given(messages)
def test_frequencies_are_the_best_model_that_looks_nowhere(message):
    """With no context and no smoothing the mean surprise is the entropy of the counts."""
    model = itlib.fit_ngrams(message, K, context=0, smoothing=0)
    counts = np.bincount(message, minlength=K)
    expected = itlib.entropy(itlib.normalize(counts))

    assert expected == pytest.approx(-np.log2(model.probabilities(message)).mean(), abs=1e-12)


def test_what_never_followed_is_impossible_without_smoothing():
    model = itlib.fit_ngrams([0, 1, 0, 1, 2], K, context=1, smoothing=0)

    assert [0, 1, 0] == model([0]).tolist()
    assert 0 == model.probabilities([0, 0])[1]


def test_a_context_that_is_new_leaves_the_shorter_one_to_say():
    message = [0, 1, 2, 1, 0]
    long = itlib.fit_ngrams(message, K, context=2, smoothing=0)
    short = itlib.fit_ngrams(message, K, context=1, smoothing=0)

    assert short([1]).tolist() == long([1, 1]).tolist()


def test_a_message_shorter_than_the_context_still_counts():
    model = itlib.fit_ngrams([1], K, context=5, smoothing=0)

    assert [0, 1, 0] == model([0, 1, 2]).tolist()


def test_a_model_tells_what_it_is():
    model = itlib.fit_ngrams([0, 1], 2, context=3)

    assert "NGrams(k=2, context=3, smoothing='witten-bell')" == repr(model)


def test_a_message_of_another_alphabet_is_refused():
    model = itlib.fit_ngrams([0, 1], 2, context=1)

    with pytest.raises(ValueError, match=r"message must be in 0 ... 1, but message\[0\] is 2"):
        model.probabilities([2])


def test_a_past_of_another_alphabet_is_refused():
    """Read as digits, outcomes out of range would be other runs that did happen."""
    model = itlib.fit_ngrams([0, 1, 2, 0, 1], 3, context=2)

    with pytest.raises(ValueError, match=r"past must be in 0 ... 2, but past\[1\] is 5"):
        model([0, 5])
    with pytest.raises(TypeError, match="past must hold whole numbers"):
        model([0, 1.5])


@pytest.mark.parametrize("context", [0, 1])
@pytest.mark.parametrize("past", [None, 5, {1}, {0: 1}, iter([0]), np.array(0), "01", [0, 7]])
def test_a_past_that_is_none_is_refused_in_words(context, past):
    model = itlib.fit_ngrams([0, 1, 0, 1, 1], 2, context=context)
    with pytest.raises((TypeError, ValueError), match="past"):
        model(past)


def test_a_past_may_be_a_deque_of_the_last_outcomes():
    model = itlib.fit_ngrams([0, 1, 0, 1, 1], 2, context=1)

    assert model([0, 1]).tolist() == model(collections.deque([0, 1], maxlen=2)).tolist()
