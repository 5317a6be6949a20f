"""What is told to readers who came by another route: no wrong one is right, no right one is refused."""

import math
import re
import runpy

import pytest
from arithmetic import equations, value
from content import CONTENT, exercises_of_the_book

from bookkit.exercise import Mistake, Number
from bookkit.exercise.reading import SPELLED
from bookkit.exercise.rules import Near
from itlib import arithmetic_code_length

NUMBERS = {one.name: one for one in exercises_of_the_book() if isinstance(one, Number)}
SOURCES = sorted(CONTENT.glob("*/exercises.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_no_mistake_is_dropped_where_it_meets_another(path, monkeypatch):
    """Its number would get the other's message, which may accuse falsely."""
    made, meant = [], Mistake.__init__
    monkeypatch.setattr(
        Mistake, "__init__", lambda self, *a, **k: (meant(self, *a, **k), made.append(self))[0]
    )
    numbers = [x for x in vars(_run(path)).values() if isinstance(x, Number)]
    kept = {(m.value, m.message) for one in numbers for v in one.variants for m in v.mistakes}

    assert [] == [mistake for mistake in made if (mistake.value, mistake.message) not in kept]


def _run(path):
    """Return what a module holds that is run again, from its declarations on."""
    return type("Module", (), runpy.run_path(str(path)))


# Where the number asked for is one that is given, and to know it is the point.
GIVEN = {"fisher-log-rate", "mse-softmax-slope", "noisy-word", "rd-water-last-step"}
FIGURES = re.compile(r"(?<![\d._])\d+(?:\.\d+)?")


def test_no_answer_is_a_number_of_its_question():
    """It would be right for whoever copies it."""
    assert GIVEN == {
        name
        for name, exercise in NUMBERS.items()
        for variant in exercise.variants
        for number in map(float, FIGURES.findall(variant.question))
        if Near(variant.answer, variant.tolerance).holds(number)
    }


def copied(question):
    """Return the numbers of a question, as they stand there; "one" is mostly another word."""
    words = re.findall("[a-z]+", question.lower())
    return [*FIGURES.findall(question.replace(",", "")), *(set(SPELLED[2:]) & set(words))]


def test_whoever_copies_a_number_of_the_question_is_told_of_no_slip():
    """Nothing was computed, so what is said must be true of the number itself."""
    found = [
        (name, variant.parameters, number, message)
        for name, exercise in NUMBERS.items()
        for variant in exercise.variants
        for number in copied(variant.question)
        if re.match("You |That is the value in", message := variant.judge(number).message)
    ]

    assert [] == found


ROUNDED = {"kl-tosses", "si-deck-order"}  # where the mistake is to take the next whole number


def test_a_known_mistake_is_no_answer_with_too_few_digits():
    """Whoever gives all its digits is told by its own words."""
    assert [] == [
        (name, variant.parameters, mistake.value)
        for name in sorted(NUMBERS.keys() - ROUNDED)
        for variant in NUMBERS[name].variants
        for mistake in variant.mistakes
        if variant.judge(f"{mistake.value:.15g}").message != mistake.message
    ]


# Routes that go wrong, from the parameters of each variant.
WRONG = {
    "est-dice": [lambda faces, n: faces**2 / (2 * n)],  # all cells, and in nats
    "est-contrastive": [lambda number, loss: (math.log(number - 1) - loss) / math.log(2)],
    "tree-price": [lambda before, after, leaves: after],
    "vi-mean-code": [lambda variance, noise: variance],
}


@pytest.mark.parametrize("name", WRONG)
def test_no_wrong_route_comes_to_the_answer(name):
    for variant in NUMBERS[name].variants:
        for route in WRONG[name]:
            verdict = variant.judge(route(*variant.parameters)).verdict

            assert "correct" != verdict, variant.parameters


LONG = re.compile(r"(?<![\w.])\d+\.\d{5,}")


def test_whoever_goes_on_with_four_decimals_is_right():
    """Along each equation of hints and solution that ends in the answer."""
    refused = [
        (name, variant.parameters, left)
        for name in sorted(name for name in NUMBERS if NUMBERS[name].tolerance)
        for variant in NUMBERS[name].variants
        for text in (variant.solution, *variant.hints)
        for left, right in equations(text)
        if _is_at(variant.answer, right)
        and (found := value(LONG.sub(lambda number: f"{float(number[0]):.4f}", left)))
        and variant.judge(found[0]).verdict != "correct"
    ]

    assert [] == refused


def _is_at(answer, text):
    """Return whether a side of an equation is the answer, as rounded there."""
    found = value(text)
    return found and abs(found[0] - answer) <= found[1] + 1e-6 * abs(answer)


def test_a_loss_with_one_digit_less_is_not_taken_for_an_error_rate():
    """1 - 0.1 = 0.9 is e^-0.1 = 0.9048, with one digit."""
    for variant in NUMBERS["xent-typical"].variants:
        assert "wrong" != variant.judge(f"{variant.answer:.1g}").verdict, variant.parameters


TOLD = [
    ("ent-coin", "0.5", "Look at the question once more"),  # no nats
    ("joint-rest", "0.9772", "plain mean of the entropies of both columns"),
    ("joint-rest", "1.9544", "You added the entropies of both columns"),
    ("ask-index", "0.3063", "different units"),  # a divergence in bits, a budget in nats
    ("bound-critic-alone", "0.2323", "the critic as it is, which is lower"),
]


@pytest.mark.parametrize(("name", "reply", "message"), TOLD)
def test_a_slip_is_told_in_its_own_words(name, reply, message):
    verdict = NUMBERS[name].judge(reply)

    assert ("wrong", True) == (verdict.verdict, message in verdict.message), verdict


def test_what_the_model_of_a_monkey_needs_is_what_the_coder_spends_on_it():
    """The coder writes one digit more than the surprise rounded up, which may be a byte more."""
    for variant in NUMBERS["lm-coder"].variants:
        characters = int(re.search(r"text of (\d+) characters", variant.question)[1])
        size = math.ceil(arithmetic_code_length([1 / 44] * 44, [0] * characters) / 8)

        assert "monkey" in variant.judge(str(size)).message, variant.parameters


def test_who_forgets_the_one_digit_more_of_the_coder_is_told_of_it():
    for variant in NUMBERS["lm-coder"].variants:
        digits = math.ceil(float(re.search(r"2\^\{-([\d.]+)\}", variant.question)[1]))
        without = math.ceil(digits / 8)

        assert 8 * without == digits, variant.parameters  # so that the one more needs a byte
        assert "one digit more" in variant.judge(str(without)).message, variant.parameters
