"""Sentences of the chapters that need their condition, tried on examples."""

import numpy as np
import pytest

import itlib
from itlib_book.cross_entropy import exercises as cross_entropy
from itlib_book.cross_entropy_and_mse.data import SIX, fitted, mislabelled
from itlib_book.decision_trees import exercises as trees
from itlib_book.kl_divergence import exercises as divergence


def plug_in(pairs, n, rng, *, copies):
    """Return the mean mutual information of counted tables of two dice, or of a die and a copy."""
    rolls = rng.integers(0, 6, (pairs, 2, n))
    return np.mean([itlib.mutual_information_from_samples(a, a if copies else b) for a, b in rolls])


def test_counted_tables_overstate_for_independent_variables_and_understate_for_copies():
    rng = np.random.default_rng(5)

    assert plug_in(100, 30, rng, copies=False) > 0.3
    assert plug_in(100, 30, rng, copies=True) < np.log2(6) - 0.05


def test_mixing_raises_entropy_and_lowers_divergence():
    rng = np.random.default_rng(6)
    p, r, q, s = rng.dirichlet(np.ones(4), (4, 500))
    mixed = 0.3 * p + 0.7 * r, 0.3 * q + 0.7 * s
    means = [
        0.3 * measure(*one) + 0.7 * measure(*two)
        for measure, one, two in (
            (itlib.entropy, (p,), (r,)),
            (itlib.kl_divergence, (p, q), (r, s)),
        )
    ]

    assert np.all(itlib.entropy(mixed[0]) >= means[0])
    assert np.all(itlib.kl_divergence(*mixed) <= means[1])


def test_squared_error_behind_a_sigmoid_has_two_minima_where_cross_entropy_has_one():
    x, y = SIX
    logits = np.multiply.outer(np.linspace(-2, 6, 801), x)
    minima = []
    for loss in (itlib.sigmoid_cross_entropy, itlib.sigmoid_squared_error):
        mean = loss(logits, y).mean(axis=1)
        minima.append(np.sum((mean[1:-1] < mean[:-2]) & (mean[1:-1] < mean[2:])))

    assert [1, 2] == minima


@pytest.mark.parametrize(
    "slope", [itlib.sigmoid_cross_entropy_grad, itlib.sigmoid_squared_error_grad]
)
def test_the_curves_among_wrong_labels_are_drawn_at_their_minimum(slope):
    x, y = mislabelled()
    inputs = np.stack([x, np.ones(x.size)], axis=-1)
    pull = inputs.T @ slope(inputs @ fitted(slope), y) / len(y)

    assert np.max(np.abs(pull)) < 1e-8


@pytest.mark.parametrize(
    ("exercise", "reply", "told"),
    [
        (divergence.order, "c d b a", "surprised is it by the outcome that comes one time in ten"),
        (divergence.order, "c a d b", "pay for the common one"),
        (divergence.moments, "1.8916", "still covers both modes"),
        (trees.identifier, "360", "goes by the formula"),
        (cross_entropy.code, cross_entropy._sum, "mean over the batch"),
        (cross_entropy.code, cross_entropy._all_pairs, "its own label"),
        (cross_entropy.twice, "1.3863", "half of it"),
    ],
)
def test_a_reader_is_told_what_the_reply_has_done(exercise, reply, told):
    verdict = exercise.judge(reply)

    assert "wrong" == verdict.verdict
    assert told in verdict.message
