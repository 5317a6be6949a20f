"""Every exercise of the book keeps what its declaration promises."""

import re

import pytest
from content import content_modules

from bookkit.exercise import Code, Derivation, Exercise, Number, Ordering, parts
from bookkit.exercise.rules import Before, Lacks, Near

MODULES = content_modules("exercises")
EXERCISES = [
    value for module in MODULES for value in vars(module).values() if isinstance(value, Exercise)
]
of_kind = {
    kind: [exercise for exercise in EXERCISES if isinstance(exercise, kind)]
    for kind in (Number, Ordering, Derivation, Code)
}
named = {"ids": lambda exercise: exercise.name}


def test_every_name_is_used_once():
    """A page, a link and a browser's memory know an exercise by its name."""
    names = [exercise.name for exercise in EXERCISES]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("exercise", of_kind[Number], **named)
def test_an_answer_is_right_and_every_mistake_gets_its_message(exercise):
    """The known wrong answers teach, each in its own words, in every variant."""
    for variant in exercise.variants:
        answer = variant.judge(variant.answer)

        assert ("correct", variant.why) == (answer.verdict, answer.message), variant.parameters
        for mistake in variant.mistakes:
            told = variant.judge(mistake.value)

            assert ("wrong", mistake.message) == (told.verdict, told.message), variant.parameters


def overlaps(variant):
    """Return the pairs of numbers that two rules of a variant take for theirs."""
    nears = [rule.condition for rule in variant.rules if isinstance(rule.condition, Near)]
    return [(one, two) for i, one in enumerate(nears) for two in nears[:i] if one.overlaps(two)]


def test_no_two_rules_of_a_number_overlap():
    """A reader who makes a known mistake is told exactly that one."""
    variants = [variant for exercise in of_kind[Number] for variant in exercise.variants]

    assert [] == [(v.name, v.parameters, pair) for v in variants for pair in overlaps(v)]


@pytest.mark.parametrize("exercise", of_kind[Ordering], **named)
def test_every_pair_of_neighbours_in_the_wrong_order_is_told(exercise):
    """An order that is not right never goes without a message."""
    ordered = sorted(exercise.items, key=lambda item: item.value)
    texts = [item.text for item in ordered]

    assert "correct" == exercise.judge(texts).verdict
    for i in range(len(texts) - 1):
        wrong = [*texts[:i], texts[i + 1], texts[i], *texts[i + 2 :]]

        assert "wrong" == exercise.judge(wrong).verdict
    assert any(isinstance(rule.condition, Before) for rule in exercise.rules)


@pytest.mark.parametrize("exercise", of_kind[Derivation] + of_kind[Code], **named)
def test_every_step_that_is_missing_is_told(exercise):
    """Each step has a rule of its own, and nothing else makes an answer wrong."""
    steps = [rule.condition for rule in exercise.rules if isinstance(rule.condition, Lacks)]

    assert [Lacks(i + 1) for i in range(len(exercise.entry.steps))] == steps


ONE_OF_MANY = re.compile(
    r"(?<!and )(?<![\d.,/^{−-])\b1 (nats|bits|bans|digits|draws|times|questions|answers|words|steps)\b"
)


def test_no_variant_counts_one_in_the_plural():
    """It is 1 bit, whichever number stands there."""
    found = [
        (variant.name, one.group())
        for exercise in EXERCISES
        for variant in parts.variants(exercise)
        for text in (
            variant.full_question,
            variant.full_solution,
            *variant.hints,
            *(rule.message for rule in variant.rules),
        )
        for one in ONE_OF_MANY.finditer(text)
    ]

    assert [] == found
