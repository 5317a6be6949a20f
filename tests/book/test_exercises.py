"""Every exercise of the book keeps what its declaration promises."""

import math
import re

import pytest
from content import content_modules
from sections import CHAPTERS, texts

from bookkit.exercise import Choice, Code, Derivation, Exercise, Number, Ordering, Prediction, parts
from bookkit.exercise.rules import Before, Lacks, Near

MODULES = content_modules("exercises")
EXERCISES = [
    value for module in MODULES for value in vars(module).values() if isinstance(value, Exercise)
]
of_kind = {
    kind: [exercise for exercise in EXERCISES if isinstance(exercise, kind)]
    for kind in (Choice, Number, Ordering, Derivation, Code)
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
            told = variant.judge(float(mistake.value))  # 118.0, where 118 may be an answer rounded

            assert ("wrong", mistake.message) == (told.verdict, told.message), variant.parameters


def test_a_card_asks_and_answers_without_its_page():
    """A question with options becomes a card: no demo stands beside it, and no chapter is “this” one."""
    elsewhere = re.compile(r"\bdemos?\b|\bthis (?:chapter|section|page)\b")
    on_cards = {
        exercise.name: [exercise.question, *(o.text for o in exercise.options), o.why]
        for exercise in of_kind[Choice]
        for o in exercise.options
        if o.right
    }

    assert [] == [name for name, said in on_cards.items() if elsewhere.search(" ".join(said))]


def rounded(value):
    """Return a number with two to six significant digits, as a reader may write it."""
    return {float(f"{value:.{digits}e}") for digits in range(1, 6)} - {value}


def test_no_known_mistake_becomes_right_by_rounding():
    """Whoever takes 99/24 for 100/25 and writes 2.0 for the root has found nothing."""
    finite = [
        (variant, number)
        for exercise in of_kind[Number]
        for variant in exercise.variants
        for mistake in variant.mistakes
        if math.isfinite(mistake.value)
        for number in rounded(float(mistake.value))
    ]

    assert [] == [
        (variant.name, variant.parameters, number)
        for variant, number in finite
        if Near(variant.answer, variant.tolerance).holds(number)
    ]


# Their numbers are given in bits or nats, or as they are: nobody takes a logarithm for the whole.
WITHOUT_A_LOGARITHM = set(
    """
    ask-bald-last-step bound-critic-alone bound-critic-last-step bound-logit code-next-character
    diff-units est-customers est-redundant ev-bic fdiv-tangent hb-density-alone
    hb-density-last-step hb-logdet hb-normalise joint-left joint-shared joint-table-last-step
    noisy-erasures-in-a-row rd-palette rd-water-last-step tree-gain-last-step tree-price
    tree-weight vi-mismatch xent-bill-last-step
    """.split()
)
OTHER_UNIT = {"bits": math.log(2), "nats": 1 / math.log(2)}


def is_unknown(variant, number):
    """Return whether a number is wrong in no way that the exercise knows."""
    said = variant.judge(number).message
    return said in {variant.otherwise, *(limit.message for limit in variant.limits)}


def test_whoever_answers_in_nats_for_bits_is_told_of_it():
    """Or the other way round, wherever a reader takes the logarithms."""
    asked = [
        (exercise.name, variant, variant.answer * OTHER_UNIT[exercise.unit.split()[0]])
        for exercise in of_kind[Number]
        if exercise.unit.partition(" ")[0] in OTHER_UNIT
        for variant in exercise.variants
        if variant.answer and math.isfinite(variant.answer)
    ]

    assert WITHOUT_A_LOGARITHM == {name for name, *reply in asked if is_unknown(*reply)}


CHANCE = re.compile(r"(?i)(?:which|what is the|least) (?:chance|probability)|how often|which share")


def test_a_probability_in_percent_is_told_to_be_more_than_1():
    """60 for 0.6: as a percentage, or as no probability."""
    asked = [
        variant
        for exercise in of_kind[Number]
        for variant in exercise.variants
        if exercise.unit == "" and 0 < variant.answer < 1 and CHANCE.search(variant.question)
    ]

    assert len(asked) > 100
    assert [] == [
        (variant.name, variant.parameters)
        for variant in asked
        if variant.judge(100 * variant.answer).message == variant.otherwise
    ]


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


def said():
    """Yield (name, text) for all that exercises say, in every variant, and predictions."""
    for exercise in EXERCISES:
        for variant in parts.variants(exercise):
            yield variant.name, variant.full_question
            yield variant.name, variant.full_solution
            yield from ((variant.name, hint) for hint in variant.hints)
            yield from ((variant.name, rule.message) for rule in variant.rules)
    for module in MODULES:
        for value in vars(module).values():
            if isinstance(value, Prediction):
                yield from ((value.name, text) for text in texts(value))


def finds(pattern):
    """Return where a pattern is found in what exercises and predictions say."""
    return [(name, found[0]) for name, text in said() for found in re.finditer(pattern, text)]


def test_a_link_of_an_exercise_leads_to_what_lies_beside_the_notebook():
    """Where chapters are notebooks no page lies; the build of the site links to the pages."""
    links = [link.split("](")[1] for _, link in finds(r"\]\((?!https?:)[^)#]+")]

    assert links
    assert set() == {link for link in links if not (CHAPTERS / link).exists()}


NOUNS = (
    "answers|balls|bans|bits|bytes|cards|characters|classes|coins|days|digits|draws|flips|letters|nats|"
    "ones|pairs|pixels|questions|samples|steps|symbols|times|tosses|votes|words"
)
VOWEL = r"(?:8|1[18](?:,?\d{3})*(?!\d))"  # numbers that are said with one: eighty, eleven thousand


def test_no_variant_counts_one_in_the_plural():
    """It is 1 bit, whichever number stands there."""
    assert [] == finds(rf"(?<!and )(?<![\d.,/^{{−-])\b1 ({NOUNS})\b")


def test_no_variant_has_the_wrong_article_before_its_number():
    """It is a 7 × 7 table, and an 8 × 8 one."""
    assert [] == finds(rf"\b(?:[Aa] \$?{VOWEL}|[Aa]n \$?(?!{VOWEL})\d)")


def test_no_text_goes_on_behind_the_end_of_a_sentence():
    """Where an option is a sentence, what quotes it before a colon leaves its full stop out."""
    assert [] == finds(r"(?<!\.)[.!?] ?[:;]")
