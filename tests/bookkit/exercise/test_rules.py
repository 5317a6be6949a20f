"""What an exercise refuses to be, and how its rules judge a reply."""

import itertools
import math
import re
import sys
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from exercise_samples import (
    SAMPLES,
    area,
    diverges,
    growth,
    mean,
    odd_sum,
    primes,
    share,
    stairs,
    write_mean,
)
from hypothesis import assume, given
from hypothesis import strategies as st
from prediction_samples import boil, rope, sizes

from bookkit.exercise import (
    Case,
    Choice,
    Code,
    Derivation,
    ExerciseError,
    Item,
    Limit,
    Mistake,
    Number,
    Option,
    Ordering,
    Slip,
    Step,
    Swap,
    form,
    parts,
    percent_slip,
    sign_slip,
    unit_slip,
)
from bookkit.exercise.code import _show
from bookkit.exercise.rules import Near, first_match
from bookkit.markup import to_html

BASE = {"stars": 1, "minutes": 2, "question": "How many?", "hint": "Count.", "solution": "Two."}
NUMBER = BASE | {"answer": 2.0, "why": "One and one."}
OPTIONS = [Option("one", "No."), Option("two", "Yes.", right=True)]
ITEMS = [Item("b", 2), Item("a", 1), Item("c", 3)]
ORDER = BASE | {"items": ITEMS, "direction": "smallest first", "why": "So it is."}
CODE = BASE | {
    "solution": mean,
    "reference": mean,
    "cases": [Case("Any.", ([1, 2],))],
    "why": "So.",
    "call": "write.check(mean)",
}
STEPS = BASE | {"steps": [Step("First.", "Begin.")], "why": "So."}


def smallest(xs):
    return min(xs)


REFUSED = [
    (Number, NUMBER, {"answer": math.nan}, "the answer is NaN"),
    (Number, NUMBER, {"answer": "two"}, "the answer is not one number but 'two'"),
    (Number, NUMBER, {"answer": np.array([1.0, 2.0])}, "the answer is not one number but array"),
    (Number, NUMBER, {"answer": None}, "it has no answer"),
    (Number, NUMBER, {"hint": " "}, "it has no hint"),
    (Number, NUMBER, {"question": ""}, "it has no question"),
    (Number, NUMBER, {"solution": None}, "it has no solution"),
    (Number, NUMBER, {"why": ""}, "it has no sentence in `why`"),
    (Number, NUMBER, {"otherwise": ""}, "it has no text in `otherwise`"),
    (Number, NUMBER, {"stars": 4}, "stars are 1, 2 or 3, not 4"),
    (Number, NUMBER, {"minutes": 0}, "minutes are a whole number from 1 on, not 0"),
    (Number, NUMBER, {"tolerance": -1}, "a tolerance is a number from 0 on, not -1"),
    (Number, NUMBER, {"tolerance": math.nan}, "a tolerance is a number from 0 on, not nan"),
    (Number, NUMBER, {"unit": "pi"}, "the unit 'pi' must be words of letters or %"),
    (Number, NUMBER, {"unit": "bits!"}, "the unit 'bits!' must be words of letters or %"),
    (Number, NUMBER, {"mistakes": [Mistake(2.0004, "Near.")]}, "cannot be told from the answer 2.0"),
    (Number, NUMBER, {"mistakes": [Mistake(2.001, "Touching.")]}, "cannot be told from the answer"),
    (Number, NUMBER, {"mistakes": [Mistake(math.nan, "Bad.")]}, "the mistake 'Bad.' is NaN"),
    (Number, NUMBER, {"mistakes": [Mistake(3, "")]}, "it has no message for a mistake"),
    (Number, NUMBER, {"mistakes": [Mistake(3, "x"), Mistake(3.0002, "y")]},
     "the mistake 3.0002 ('y') cannot be told from the mistake 3.0"),
    (Number, NUMBER | {"answer": math.inf}, {"mistakes": [Mistake(math.inf, "Same.")]},
     "cannot be told from the answer inf"),
    (Number, NUMBER, {"mistakes": [Mistake(3, "x", tolerance=2)]}, "cannot be told from the answer"),
    (Number, NUMBER, {"limits": [Limit("Too small.", below=3)]}, "excludes the answer 2.0"),
    (Number, NUMBER, {"limits": [Limit("Too large.", above=1)]}, "excludes the answer 2.0"),
    (Number, NUMBER, {"limits": [Limit("What?")]}, "names neither `below` nor `above`"),
    (Choice, BASE, {"options": OPTIONS[:1]}, "a choice needs at least two options"),
    (Choice, BASE, {"options": [*OPTIONS, OPTIONS[0]]}, "two options have the same text"),
    (Choice, BASE, {"options": [OPTIONS[0], Option("x", "y")]}, "exactly one option must be right"),
    (Choice, BASE, {"options": [OPTIONS[1], Option("x", "y", right=True)]}, "not ['two', 'x']"),
    (Choice, BASE, {"options": [*OPTIONS, Option("x", "")]}, "it has no reason for the option 'x'"),
    (Ordering, ORDER, {"items": ITEMS[:2]}, "an ordering needs at least three items"),
    (Ordering, ORDER, {"items": sorted(ITEMS, key=lambda item: item.value)}, "in the right order"),
    (Ordering, ORDER, {"items": [*ITEMS, Item("d", 3)]}, "'c' and 'd' have the same value"),
    (Ordering, ORDER, {"items": [*ITEMS, Item("a", 4)]}, "two items have the same text"),
    (Ordering, ORDER, {"items": [*ITEMS, Item("d", math.nan)]}, "the value of 'd' is nan"),
    (Ordering, ORDER, {"direction": ""}, "it has no text in `direction`"),
    (Ordering, ORDER, {"mistakes": [Swap("a", "b", "No.")]}, "'a' before 'b' is right, not a mistake"),
    (Ordering, ORDER, {"mistakes": [Swap("b", "z", "No.")]}, "a swap names 'z', which is no item"),
    (Ordering, ORDER, {"mistakes": [Swap("b", "a", "No.")] * 2}, "'b' before 'a' is listed twice"),
    (Derivation, STEPS, {"steps": [], "solution": ""}, "it has no solution"),
    (Derivation, STEPS, {"steps": []}, "it has no steps"),
    (Derivation, STEPS, {"steps": [Step("First.", "")]}, "it has no message for those who miss"),
    (Code, CODE, {"cases": []}, "it has no cases"),
    (Code, CODE, {"call": ""}, "it has no text in `call`"),
    (Code, CODE, {"solution": "return 1"}, "`solution` and `reference` are functions"),
    (Code, CODE, {"solution": smallest}, "its own solution fails: Still to be met: Any."),
    (Code, CODE, {"mistakes": [Slip(smallest, "Other.")]}, "a slip names 'Other.', which no case"),
    (Code, CODE, {"mistakes": [Slip(mean, "Any.")]}, "the slip for 'Any.' is told instead: So."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "good", "change", "problem"), REFUSED)
def test_a_flawed_declaration_is_refused_with_a_sentence(kind, good, change, problem):
    """The build stops at once and says which exercise and why."""
    kind("good", **good | ({"options": OPTIONS} if kind is Choice else {}))
    with pytest.raises(ExerciseError, match=re.escape(problem)) as caught:
        kind("bad", **good | change)

    assert str(caught.value).startswith("exercise 'bad': ")


@pytest.mark.parametrize("name", ["", "Upper", "two words", "a_b", "-a", "a--b", "1a", None])
def test_a_name_is_words_joined_by_dashes(name):
    """Names become ids, file names and storage keys."""
    with pytest.raises(ExerciseError, match="a name is lower-case words joined by dashes"):
        Number(name, **NUMBER)


@pytest.mark.parametrize("exercise", [area, diverges, share], ids=lambda e: e.name)
def test_answer_and_mistakes_are_told_their_own_message(exercise):
    """The answer is right, and every listed mistake is recognised."""
    verdict = exercise.judge(exercise.answer)

    assert ("correct", exercise.why) == (verdict.verdict, verdict.message)
    for mistake in exercise.mistakes:
        verdict = exercise.judge(repr(mistake.value))

        assert ("wrong", mistake.message) == (verdict.verdict, verdict.message)


def test_limits_speak_after_mistakes_and_before_all_else():
    """The first rule that fits speaks, so a known mistake beyond a limit keeps its message."""
    exercise = Number(
        "rules",
        **NUMBER,
        mistakes=[Mistake(-2, "Sign.")],
        limits=[Limit("Never negative.", below=0), Limit("At most ten.", above=10)],
    )
    messages = [exercise.judge(reply).message for reply in ("-2", "-3", "11", "inf", "-inf", "5")]

    assert messages == [
        "Sign.",
        "Never negative.",
        "At most ten.",
        "At most ten.",
        "Never negative.",
        exercise.otherwise,
    ]


def test_tolerance_includes_its_ends():
    """0.8 is within 0.1 of 0.7, whatever the last bits of a double."""
    near = Near(0.7, 0.1)

    assert all(near.holds(x) for x in (0.6, 0.7, 0.8))
    assert not any(near.holds(x) for x in (0.5999, 0.8001, math.inf, -math.inf))


def test_infinity_is_near_itself_only():
    """No tolerance reaches infinity."""
    assert [True, False, False] == [
        Near(math.inf, 1).holds(x) for x in (math.inf, -math.inf, 1e308)
    ]


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 10), st.floats(0, 10))
def test_what_does_not_overlap_never_both_hold(a, b, s, t):
    """Rules that a declaration accepts leave no reading to two of them."""
    one, other = Near(a, s), Near(b, t)
    assume(not one.overlaps(other))
    low, high = sorted((one, other), key=lambda near: near.value)
    edges = [low.value + low.tolerance, high.value - high.tolerance, (a + b) / 2]

    assert not any(one.holds(x) and other.holds(x) for x in edges)
    assert not other.overlaps(one)


def test_another_unit_and_nonsense_are_no_attempts():
    """What cannot be read is told with an example that is not the answer."""
    verdict = share.judge("12 bits")

    assert "unreadable" == verdict.verdict
    assert "You wrote bits, this asks for %. Write for example 25 or 100/3." == verdict.message
    half = Number("half", **NUMBER | {"answer": 0.25})
    assert half.judge("?").message.endswith("Write for example 3/8 or log2(5).")


@pytest.mark.parametrize("reply", [None, True, [2.0], {}, b"2", 1 + 0j, math.nan])
def test_python_objects_that_are_no_number_are_no_attempt(reply):
    """`check` never answers with a traceback."""
    assert "unreadable" == area.judge(reply).verdict


def test_numpy_numbers_are_numbers():
    """What itself was computed can be checked without formatting it."""
    assert "correct" == area.judge(np.float64(area.answer)).verdict
    assert "correct" == diverges.judge(np.inf).verdict
    assert "wrong" == diverges.judge(np.int64(2)).verdict


TYPED = [
    (2, "2"),
    (np.int64(2), "2"),
    (2.0, "2.0"),
    (np.float32(0.47), "0.47"),
    (np.array(2), "2"),
    (np.array(0.5), "0.5"),
    (Decimal("0.50"), "0.50"),
    (Fraction(1, 3), "1/3"),
    (2**100, str(2**100)),
]


@pytest.mark.parametrize(("number", "text"), TYPED, ids=lambda x: str(x)[:9])
def test_a_number_is_judged_as_if_it_had_been_typed(number, text):
    """It has the digits that it is given with, no more and no fewer."""
    given, typed = area.entry.read(number), area.entry.read(text)

    assert (typed, typed.step, typed.is_formula) == (given, given.step, given.is_formula)


def test_a_whole_number_is_near_what_rounds_to_it():
    exercise = Number("near-two", **NUMBER | {"answer": 1.791}, mistakes=[Mistake(2, "Another.")])

    assert "Give more digits" in exercise.judge(np.float32(1.8)).message
    assert exercise.judge("2") == exercise.judge(2)
    assert "correct" == exercise.judge(Fraction(1791, 1000)).verdict


HUGE = [10**400, 10**5000, Fraction(10**400, 3), Decimal("1e400")]
LONG = [10**250, Fraction(10**250 + 1, 3), Fraction(10**5000, 10**4999 + 1)]


@pytest.mark.parametrize("number", HUGE, ids=range(4))
def test_a_number_beyond_all_doubles_is_too_large(number):
    assert area.judge(number).message.startswith("That is too large to compute with.")


@pytest.mark.parametrize("number", LONG, ids=range(3))
def test_a_number_of_many_digits_is_read(number):
    assert float(number) == area.entry.read(number)


class Unwritten(Fraction):
    """A number that fails to say what it is."""

    def __str__(self):
        print("Half a word")
        raise RuntimeError("no words")

    __repr__ = __str__

    def __float__(self):
        raise RuntimeError("no number")


class Torn:
    """A list that breaks off."""

    def __iter__(self):
        yield "b"
        raise RuntimeError("no more")


@pytest.mark.parametrize(
    "exercise", [area, primes, growth, odd_sum, write_mean], ids=lambda e: e.name
)
@pytest.mark.parametrize("reply", [Unwritten(1, 2), [Unwritten(1, 2)], Torn()], ids=range(3))
def test_a_reply_that_cannot_be_written_is_unreadable_and_prints_nothing(exercise, reply, capsys):
    assert "unreadable" == exercise.check(reply).verdict
    assert "" == capsys.readouterr().out


def test_steps_may_be_floats_that_are_whole_numbers():
    assert odd_sum.judge([1, 3]) == odd_sum.judge([1.0, 3.0]) == odd_sum.judge(np.array([1.0, 3]))
    assert odd_sum.judge(1) == odd_sum.judge(1.0) == odd_sum.judge(Decimal("1.0"))
    assert ["unreadable"] * 2 == [odd_sum.judge(x).verdict for x in ([1.5], [1.0, 3.25])]


STRANGE = [
    7, 0, True, 0.5, 10**5000, math.nan, b"a", object(), [["a"], "b"], [None], {}, {7: "b"},
    np.array([1, 9]), np.array([["b"], ["a"]]), np.array([]), np.array(None), "1" * 5000, int, iter("z"),
    itertools.repeat(7), range(10**12),
]  # fmt: skip


@pytest.mark.parametrize("exercise", [primes, growth, odd_sum], ids=lambda e: e.name)
@pytest.mark.parametrize("reply", STRANGE, ids=lambda x: str(type(x)))
def test_a_reply_of_another_type_is_answered_in_words(exercise, reply):
    """No option, order or steps, and no error of Python's."""
    assert "unreadable" == exercise.judge(reply).verdict


def test_an_array_is_a_list():
    """Whoever computes an order or a set of steps need not turn it into another type."""
    assert growth.judge("c a b d") == growth.judge(np.array(["c", "a", "b", "d"]))
    assert odd_sum.judge([1, 3]) == odd_sum.judge(np.array([1, 3])) == odd_sum.judge(range(1, 4, 2))
    assert odd_sum.judge(1) == odd_sum.judge(np.array(1)) == odd_sum.judge(np.int64(1))
    assert primes.judge("b") == primes.judge(np.array("b")) == primes.judge(["b"])


def test_a_set_is_no_order_but_may_be_ticks():
    """It has none that its reader gave it."""
    told = growth.judge({"c", "a", "b", "d"})

    assert ("unreadable", "A set has no order") == (told.verdict, told.message[:18])
    assert odd_sum.judge([1, 3]) == odd_sum.judge({1, 3})


def test_the_hint_comes_after_two_different_wrong_attempts():
    """A repeated or an unreadable reply is no further attempt, as when cells are run once more."""
    exercise = Number("patience", **NUMBER | {"hint": ["Count.", "Add."]})
    replies = "5", "5", "?", "6", "5", "6", "7"
    hints = [exercise.check(reply).hint for reply in replies]

    assert ["", "", "", *["Count."] * 3, "Count.\n\nAdd."] == hints
    assert "" == exercise.check("2").hint


def test_a_verdict_reads_as_a_sentence_and_counts_as_true_only_when_right():
    """What a notebook shows below the cell."""
    right, wrong = share.judge("75/2"), share.judge("3/8")

    assert "Right. Three divided by eight, times a hundred. Read as 37.5." == repr(right)
    assert bool(right)
    assert not bool(wrong)
    assert not bool(share.judge(""))
    assert "Right." in right._repr_markdown_()


def test_choice_takes_letter_or_text():
    """A reply from Python names the option as the text shows it."""
    text = primes.options[1].text

    assert ["correct"] * 4 == [primes.judge(x).verdict for x in ("b", " B) ", text, "b)")]
    assert "wrong" == primes.judge("a").verdict
    assert ["unreadable"] * 5 == [primes.judge(x).verdict for x in ("d", "", None, 1, "both")]


def test_every_order_of_items_gets_a_verdict_and_only_one_is_right():
    """Rules over neighbours leave no wrong order without a message."""
    verdicts = {order: growth.judge(" ".join(order)) for order in itertools.permutations("abcd")}

    assert [("c", "a", "b", "d")] == [order for order, v in verdicts.items() if v]
    assert "That is the reverse: the smallest first." == verdicts["d", "b", "a", "c"].message
    assert growth.mistakes[0].message == verdicts["c", "b", "a", "d"].message
    assert "Compare “$2^{10}$” and “$10^2$” once more." == verdicts["a", "c", "b", "d"].message


def test_a_solution_begins_with_the_reply_that_is_right():
    """Its reasons alone would leave open which option they are for."""
    (letter, option) = re.search(r"<p>(\w)\) (.*?)</p>", parts.solution(primes)).groups()
    direction, order = growth.right_reply.split(":\n\n")
    places = [growth.entry.items.index(line.split(". ")[1]) for line in order.splitlines()]

    assert primes.judge(letter)
    assert option in form.render(primes)
    assert "correct" == growth.judge([growth.entry.letters[place] for place in places]).verdict
    assert "The smallest first" == direction
    assert to_html(growth.right_reply) in parts.solution(growth)


@pytest.mark.parametrize("reply", ["a b c", "a b c c", "a b c e", "", None, [], "a b c d d"])
def test_an_order_names_every_item_once(reply):
    """Anything else is no attempt."""
    assert "unreadable" == growth.judge(reply).verdict


@pytest.mark.parametrize(
    "reply",
    ["cabd", "C, A, B, D", "c) a) b) d)", "[c, a, b, d]", "['c', 'a', 'b', 'd']", "c. a. b. d."],
)
def test_marks_around_letters_are_no_part_of_them(reply):
    """Whoever names each once has named each once."""
    assert growth.judge(reply)
    assert primes.judge("b.") == primes.judge("'b'") == primes.judge("b")
    assert odd_sum.judge("1. 3.") == odd_sum.judge("'1', '3'") == odd_sum.judge([1, 3])


def test_a_derivation_asks_for_the_first_step_that_is_missing():
    """Ticking all is right; none is no attempt."""
    messages = [odd_sum.judge(reply).message for reply in ([2, 3], "1, 3", [1, 2], {1, 2, 3}, 1)]
    first, second, third = (step.missing for step in odd_sum.steps)

    assert [first, second, third, odd_sum.why, second] == messages
    assert ["unreadable"] * 4 == [odd_sum.judge(x).verdict for x in ([], None, [4], "one")]


def test_a_derivation_is_its_own_solution():
    """Steps are numbered, and the remark follows."""
    assert odd_sum.full_solution.startswith("1. For $n = 1$")
    assert odd_sum.full_solution.endswith("the L has $2n + 1$ dots.")


@pytest.mark.parametrize("exercise", SAMPLES, ids=lambda e: e.name)
def test_the_text_of_an_exercise_names_it_and_holds_no_answer(exercise):
    """What nbval compares: name, stars, minutes and question, and nothing that gives it away."""
    text = repr(exercise)

    assert text.startswith(f"Exercise {exercise.name} ({'★' * exercise.stars}, ")
    assert exercise.question in text
    assert exercise.hint not in text
    assert exercise.full_solution not in text


PRINTED = [
    (area, "(in square metres, to within 0.005)"),
    (share, "(in %, to within 0.05)"),
    (stairs, "(a number, to within 0.0005)"),
    (primes, "  b) "),
    (growth, "Put in order: the smallest first"),
    (odd_sum, "`full_solution`"),
    (write_mean, "  def mean(xs):\nWrite it, then let `write_mean.check(mean)` test it."),
    (rope, "(in metres)"),
    (sizes, "  c) $1/2$\nPut in order: the smallest first"),
    (boil, "(in km)"),
]


@pytest.mark.parametrize(("asked", "told"), PRINTED, ids=lambda x: getattr(x, "name", ""))
def test_what_the_page_says_beside_the_field_is_printed(asked, told):
    """Nobody can answer in the right unit or order without it."""
    assert told in repr(asked).partition(asked.question)[2]


def without_return(xs):
    sum(xs) / len(xs)


def printing(xs):
    print(sum(xs) / len(xs))


def in_place(xs):
    xs.sort()
    return sum(xs) / len(xs)


def wrong_type(xs):
    return [sum(xs) / len(xs)]


def text_out(xs):
    return str(sum(xs) / len(xs))


def silent_about_nothing(xs):
    return sum(xs) / len(xs) if xs else 0.0


def crash(xs):
    return xs["mean"]


FAULTS = [
    (without_return, "`mean([3.0])` gives nothing back: is a `return` missing?"),
    (printing, "`mean([3.0])` prints, but gives nothing back: is a `return` missing?"),
    (in_place, "`mean([0.0, 8.0, 1.0])` changes the data that it is given."),
    (wrong_type, "`mean([3.0])` should give `3.0`, not `[3.0]`."),
    (text_out, "`mean([3.0])` should give `3.0`, not the text `'3.0'`."),
    (silent_about_nothing, "`mean([])` should raise a ZeroDivisionError."),
    (
        crash,
        "`mean([3.0])` stops with `TypeError: list indices must be integers or slices, not str`, in line ",
    ),
    (lambda: 3, "stops with `TypeError: <lambda>() takes 0 positional arguments but 1 was given`."),
    (lambda xs: math.nan, "`mean([3.0])` should give `3.0`, not `nan`."),
    (
        lambda xs: sum(xs) / (len(xs) + 1e-5),
        "not `2.9999700003`. They are near: is something rounded",
    ),
]


@pytest.mark.parametrize(("function", "told"), FAULTS)
def test_code_is_told_which_property_fails_and_how(function, told, capsys):
    """The message shows the call, what it should give and what it gives."""
    exercise = Code("write", **CODE | {
        "cases": [Case("One.", ([3.0],)), Case("Many.", ([0.0, 8.0, 1.0],)), Case("None.", ([],))]})  # fmt: skip
    verdict = exercise.judge(function)

    assert "wrong" == verdict.verdict
    assert verdict.message.startswith("Still to be met: ")
    assert told in verdict.message
    assert "" == capsys.readouterr().out


class Unhelpful(Exception):
    """An object, or an error, that fails whatever is asked of it."""

    def __array__(self, *args, **options):
        raise RuntimeError("no array")

    def __repr__(self):
        raise RuntimeError("no text")

    __str__ = __repr__


def stops_unhelpfully(xs):
    raise Unhelpful


def leaves(xs):
    sys.exit("enough")


def second_line_of(function):
    return f", in line {function.__code__.co_firstlineno + 1}"


def holds_itself(xs):
    xs.append(xs)
    return [xs]


STOPS = [
    (lambda xs: holds_itself([]), f"should give `3.0`, not `{89 * '['}…`."),
    (sys.exit, "stops with `SystemExit: [3.0]`."),
    (leaves, f'stops with `SystemExit: enough`{second_line_of(leaves)}: `sys.exit("enough")`.'),
    (lambda xs: 10**5000, "should give `3.0`, not `a value of type int`."),
    (lambda xs: [10**5000], "should give `3.0`, not `[a value of type int]`."),
    (
        stops_unhelpfully,
        f"stops with `Unhelpful`{second_line_of(stops_unhelpfully)}: `raise Unhelpful`.",
    ),
    (lambda xs: Unhelpful(), "should give `3.0`, not `a value of type Unhelpful`."),
]


@pytest.mark.parametrize(("function", "told"), STOPS)
def test_code_that_leaves_python_or_gives_what_cannot_be_shown_is_told(function, told):
    assert write_mean.judge(function).message.endswith(told)


EXACT = [
    lambda xs: sum(map(Fraction, xs)) / len(xs),
    lambda xs: sum(map(Decimal, map(float, xs))) / len(xs),
    lambda xs: sum(map(mpmath.mpf, map(float, xs))) / len(xs),
]


@pytest.mark.parametrize("function", EXACT)
def test_right_code_may_give_fractions_and_decimals(function):
    """Numbers are compared as numbers, alone, in lists and in arrays."""
    assert write_mean.judge(function)
    for several in (
        lambda xs: [2 * Fraction(float(x)) for x in np.ravel(xs)],
        lambda xs: np.array([Decimal(float(2 * x)) for x in np.ravel(xs)]),
    ):
        exercise = Code(
            "write-twice",
            **CODE
            | {
                "solution": twice,
                "reference": twice,
                "cases": [Case("A row.", (np.array([1.0, 0.5]),))],
            },
        )
        assert exercise.judge(several)
    assert not write_mean.judge(lambda xs: Fraction(1, 3))
    assert not write_mean.judge(lambda xs: Decimal("NaN"))


def test_right_code_is_right_and_what_is_no_function_is_no_attempt():
    """The function itself is handed over, not what it gives."""
    assert "correct" == write_mean.judge(lambda xs: float(np.mean(xs)) if xs else 1 / 0).verdict
    assert "unreadable" == write_mean.judge(2.0).verdict
    assert "Give the function itself: check(mean)." == write_mean.judge("mean").message


def twice(xs):
    return 2 * np.asarray(xs)


def test_code_on_arrays_compares_shapes_and_every_entry():
    """A batch that comes back as one number is not right."""
    exercise = Code(
        "write-twice",
        **CODE
        | {"solution": twice, "reference": twice, "cases": [Case("Batches.", (np.ones((2, 3)),))]},
    )

    assert exercise.judge(lambda xs: xs + xs)
    assert exercise.judge(lambda xs: (xs + xs).tolist())
    assert not exercise.judge(lambda xs: 2.0)
    assert not exercise.judge(lambda xs: np.full((3, 2), 2.0))
    assert not exercise.judge(lambda xs: np.array([[2, 2, 2], [2, 2, 2.1]]))


def doubled(words):
    return [word * 2 for word in words]


def test_code_on_texts_compares_exactly():
    """Not every function gives numbers."""
    exercise = Code(
        "write-doubled",
        **CODE
        | {"solution": doubled, "reference": doubled, "cases": [Case("Words.", (["a", "b"],))]},
    )

    assert not exercise.judge(lambda words: ["aa", "b"])
    assert not exercise.judge(lambda words: ["aa"])
    assert not exercise.judge(lambda words: 7)
    assert exercise.judge(doubled)


def test_code_shows_its_signature_and_its_source():
    """The question holds the head of the function, the solution all of it."""
    assert "def mean(xs):\n    ..." in write_mean.full_question
    assert "    return sum(xs) / len(xs)\n```" in write_mean.full_solution
    assert write_mean.full_solution.endswith(write_mean.remark)


def test_slips_are_told_from_the_right_value():
    """Each helper is a mistake with a value and a message."""
    assert Mistake(120.0, "Minutes.") == unit_slip(2.0, 60, "Minutes.")
    assert -0.5 == sign_slip(0.5).value
    assert 12.5 == percent_slip(0.125).value


def test_the_first_rule_that_holds_speaks():
    """Order decides, not closeness."""
    rules = area.rules

    assert rules[0] is first_match(rules, area.answer)
    assert rules[-1] is first_match(rules, 1e9)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.1 + 0.2, "0.3"),
        (2.0, "2.0"),
        (1e300, "1e+300"),
        (math.inf, "inf"),
        (np.float64(1 / 3), "0.333333333333"),
        ([0.1 + 0.2, (1,)], "[0.3, (1,)]"),
        (np.array([0.1 + 0.2, -0.5]), "[0.3, -0.5]"),
        (np.array([1, 2]), "[1, 2]"),
    ],
)
def test_a_message_shows_the_digits_on_which_all_platforms_agree(value, shown):
    """The last bits of a sum differ between processors, and page and notebook say the same."""
    assert shown == _show(value)
