"""Hamming's code by exhaustion, and belief propagation against the sum over all code words."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itlib.error_correction import belief_propagation, hamming_decode, hamming_encode

DATA = np.array(list(itertools.product([0, 1], repeat=4)))
WORDS = hamming_encode(DATA)


def flip(words, *places):
    """Return the words with the digits at these places flipped."""
    noise = np.zeros(7, int)
    noise[list(places)] = 1
    return words ^ noise


# --- Hamming ---


def test_words_differ_in_three_places_at_least():
    """Hamming (1950): distance 3."""
    distances = (WORDS[:, None] != WORDS[None]).sum(axis=2)

    assert {0, 3, 4, 7} == set(distances.ravel().tolist())


def test_clean_words_are_read():
    bits, flipped = hamming_decode(WORDS)

    assert DATA.tolist() == bits.tolist()
    assert {-1} == set(flipped.tolist())


@pytest.mark.parametrize("place", range(7))
def test_one_flip_is_found_and_mended(place):
    bits, flipped = hamming_decode(flip(WORDS, place))

    assert DATA.tolist() == bits.tolist()
    assert {place} == set(flipped.tolist())


@pytest.mark.parametrize("pair", list(itertools.combinations(range(7), 2)))
def test_two_flips_become_three(pair):
    bits, flipped = hamming_decode(flip(WORDS, *pair))
    wrong = (hamming_encode(bits) != WORDS).sum(axis=1)

    assert {3} == set(wrong.tolist())
    assert not set(flipped.tolist()) & {-1, *pair}


def test_every_row_of_seven_is_within_one_flip_of_a_word():
    """The code is perfect: sixteen words with seven neighbours each are all 128 rows."""
    rows = np.array(list(itertools.product([0, 1], repeat=7)))
    mended = hamming_encode(hamming_decode(rows).bits)

    assert (rows != mended).sum(axis=1).max() == 1
    assert 128 == 16 * (1 + 7)


def test_sums_of_words_are_words():
    sums = {tuple(a ^ b) for a in WORDS for b in WORDS}

    assert set(map(tuple, WORDS)) == sums


def test_one_block_gives_a_plain_number():
    bits, flipped = hamming_decode([0, 1, 1, 0, 1, 1, 1])

    assert ([1, 0, 1, 1], 4, int) == (bits.tolist(), flipped, type(flipped))


def test_digits_and_their_number_are_checked():
    with pytest.raises(ValueError, match=r"received must be in 0 ... 1, but received\[2\] is 2"):
        hamming_decode([0, 1, 2, 0, 0, 0, 0])
    with pytest.raises(ValueError, match=r"bits must have 4 digits along the last axis"):
        hamming_encode([0, 1, 1])
    with pytest.raises(TypeError, match="bits must hold whole numbers"):
        hamming_encode([0.0, 1.0, 1.0, 0.0])


# --- belief propagation ---

# A chain, a star, and two checks that share one digit: no cycles, so the beliefs are exact.
TREES = [
    [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]],
    [[1, 1, 1, 1, 1]],
    [[1, 1, 1, 0, 0], [0, 0, 1, 1, 1]],
]


def beliefs_by_sums(parity, llr):
    """Return the exact ln p(0|y)/p(1|y) of every digit: sums over all words that fit."""
    parity = np.array(parity)
    words = np.array(list(itertools.product([0, 1], repeat=parity.shape[1])))
    words = words[~(words @ parity.T % 2).any(axis=1)]
    weights = np.exp(words @ -np.array(llr))
    ones = weights @ words
    return np.log((weights.sum() - ones) / ones)


@given(st.sampled_from(TREES), st.data())
def test_without_cycles_each_digit_is_the_likelier_one_or_all_checks_hold(parity, data):
    n = len(parity[0])
    llr = data.draw(st.lists(st.floats(-5, 5), min_size=n, max_size=n))
    exact = beliefs_by_sums(parity, llr)
    found = belief_propagation(parity, llr, rounds=10)
    sure = np.abs(exact) > 1e-6

    if found.satisfied:  # it stops as soon as all checks hold, which the likelier digits need not
        assert not (np.array(parity) @ found.bits % 2).any()
    else:
        assert (exact < 0)[sure].tolist() == found.bits.astype(bool)[sure].tolist()


def test_a_block_that_is_satisfied_early_may_hold_a_digit_that_is_the_less_likely_one():
    parity, llr = [[1, 1, 1, 0, 0], [0, 1, 0, 1, 1]], [-0.8, -1.1, -2.6, -1.5, -0.5]

    assert ([0, 1, 1, 1, 0], True) == (
        (found := belief_propagation(parity, llr)).bits.tolist(),
        found.satisfied,
    )
    assert [1, 1, 1, 1, 1] == (beliefs_by_sums(parity, llr) < 0).astype(int).tolist()


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_an_erasure_is_filled_where_a_check_lacks_one_digit_only(arrived):
    """On erasures the messages do what peeling does."""
    parity = [[1, 0, 1, 0, 1, 0, 1], [0, 1, 1, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1, 1]]
    word = WORDS[5]
    sent = [math.inf * (1 - 2 * d) if x else 0.0 for d, x in zip(word.tolist(), arrived)]
    known = {i for i, x in enumerate(arrived) if x}
    for _ in range(7):
        for check in parity:
            lacking = [i for i in range(7) if check[i] and i not in known]
            known |= set(lacking) if len(lacking) == 1 else set()
    bits, satisfied = belief_propagation(parity, sent)

    assert satisfied == (len(known) == 7)
    assert all(bits[i] == word[i] for i in known)


def test_blocks_are_decoded_as_if_they_were_alone():
    rng = np.random.default_rng(0)
    parity = rng.integers(0, 2, (5, 9))
    llr = rng.normal(1, 2, (4, 3, 9))
    bits, satisfied = belief_propagation(parity, llr, rounds=7)
    alone = [belief_propagation(parity, one, rounds=7) for one in llr.reshape(-1, 9)]

    assert (4, 3) == satisfied.shape
    assert [b.bits.tolist() for b in alone] == bits.reshape(-1, 9).tolist()
    assert [b.satisfied for b in alone] == satisfied.ravel().tolist()


def test_without_rounds_each_digit_is_read_for_itself():
    bits, satisfied = belief_propagation([[1, 1]], [2.0, -1.0], rounds=0)

    assert ([0, 1], False) == (bits.tolist(), satisfied)


def test_what_stays_erased_is_not_called_satisfied():
    bits, satisfied = belief_propagation([[1, 1]], [0.0, 0.0])

    assert ([0, 0], False) == (bits.tolist(), satisfied)


def test_certainties_that_contradict_each_other_are_no_crash():
    bits, satisfied = belief_propagation([[1, 1]], [math.inf, -math.inf])

    assert not satisfied
    assert set(bits.tolist()) <= {0, 1}


def test_shapes_are_checked():
    with pytest.raises(ValueError, match="one entry for each of the 2 columns of parity"):
        belief_propagation([[1, 1]], [1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match=r"parity must have 2 axes \(checks, digits\)"):
        belief_propagation([1, 1], [1.0, 1.0])
    with pytest.raises(ValueError, match="rounds must be at least 0"):
        belief_propagation([[1, 1]], [1.0, 1.0], rounds=-1)


def test_checks_on_no_digit_leave_every_digit_as_it_is():
    bits, satisfied = belief_propagation([[0, 0, 0]], [[2.0, -1.0, 3.0], [2.0, 0.0, 3.0]])

    assert [[0, 1, 0], [0, 0, 0]] == bits.tolist()
    assert [True, False] == satisfied.tolist()
