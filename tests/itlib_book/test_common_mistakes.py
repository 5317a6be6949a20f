"""The usual mistakes, computed: each is the number that the slip really gives."""

import inspect
import math

import pytest

from bookkit.exercise import Number
from itlib import conditional_entropy, entropy, joint_entropy, kl_divergence, perplexity
from itlib_book.shared import common_mistakes as usual

P, Q = [0.5, 0.3, 0.2], [0.2, 0.2, 0.6]
JOINT = [[0.3, 0.2], [0.1, 0.4]]
H = entropy(P)
SURPRISES = [-math.log2(x) for x in P]

# What each slip gives, worked out by making it: with another base, another order, no weights.
MADE = [
    (usual.nats_for_bits(H), entropy(P, base=math.e)),
    (usual.bits_for_nats(entropy(P, base=math.e)), H),
    (usual.base_ten_for_bits(H), entropy(P, base=10)),
    (usual.base_ten_for_nats(entropy(P, base=math.e)), entropy(P, base=10)),
    (usual.missing_minus(H), sum(p * math.log2(p) for p in P)),
    (
        usual.ratio_upside_down(kl_divergence(P, Q)),
        sum(p * math.log2(q / p) for p, q in zip(P, Q, strict=True)),
    ),
    (usual.swapped(kl_divergence, P, Q), kl_divergence(Q, P)),
    (usual.swapped(kl_divergence, P, Q, base=math.e), kl_divergence(Q, P, base=math.e)),
    (usual.percent_for_fraction(0.37), 37),
    (usual.fraction_for_percent(37), 0.37),
    (usual.forgotten_weights(SURPRISES), sum(SURPRISES)),
    (usual.plain_mean(SURPRISES), sum(SURPRISES) / 3),
    (usual.as_if_uniform(3), entropy([1 / 3] * 3)),
    (usual.perplexity_for_entropy(H), perplexity(P)),
    (usual.joint_for_conditional(JOINT), joint_entropy(JOINT)),
    (usual.marginal_for_conditional(JOINT), entropy([0.4, 0.6])),
    (usual.marginal_for_conditional(JOINT, given=1), entropy([0.5, 0.5])),
    (usual.other_condition(JOINT), conditional_entropy(JOINT, given=1)),
]


@pytest.mark.parametrize(("mistake", "value"), MADE)
def test_a_mistake_is_the_number_that_the_slip_gives(mistake, value):
    """Making the slip by hand gives the value that is recognised."""
    assert value == pytest.approx(mistake.value, rel=1e-12)
    assert mistake.message.endswith(".")


def test_every_mistake_is_tested_here():
    """A new helper comes with a row above."""
    messages = {mistake.message for mistake, _ in MADE}
    helpers = [
        name
        for name, function in inspect.getmembers(usual, inspect.isfunction)
        if function.__module__ == usual.__name__ and not name.startswith("_")
    ]

    assert len(helpers) == len(messages)


def test_an_entropy_exercise_tells_the_usual_mistakes_apart():
    """All that concern one question fit into it together, and each is told its own message."""
    mistakes = [
        usual.nats_for_bits(H),
        usual.base_ten_for_bits(H),
        usual.missing_minus(H),
        usual.forgotten_weights(SURPRISES),
        usual.plain_mean(SURPRISES),
        usual.as_if_uniform(3),
        usual.perplexity_for_entropy(H),
    ]
    exercise = Number(
        "entropy",
        stars=1,
        minutes=2,
        question="How large is $H$?",
        unit="bits",
        answer=H,
        why="Each surprise counts with its probability.",
        mistakes=mistakes,
        hint="Three terms.",
        solution=f"{H:.4f} bits.",
    )
    told = [exercise.judge(f"{mistake.value:.4f}").message for mistake in mistakes]

    assert [mistake.message for mistake in mistakes] == told
