"""Whatever is handed to any array argument of any function: a right number, or an error in words.

Right is what the same function says of the same values as a plain list of floats; in words is a
`ValueError` or `TypeError` that names the argument.
"""

import array
import collections
import decimal
import fractions
import inspect
import math

import library
import numpy as np
import pytest
import valid_calls
from valid_calls import ALL as VALID

import itlib

OPTIONS = {
    "axis",
    "base",
    "bits",
    "clusters",
    "context",
    "density",
    "generator",
    "k",
    "length",
    "levels",
    "n",
    "steps",
    "table",
}
ARGUMENTS = [
    (name, argument)
    for name, call in VALID.items()
    for argument, value in call.items()
    if argument not in OPTIONS
]
WORDS = ["code"]
WHOLE = ["candidates", "labels", "message", "parity", "received"]
MAY_BE_NONE = {
    ("perplexity", "q"),
    ("questions.bald", "weights"),
    ("bounds.donsker_varadhan", "p"),
    ("bounds.donsker_varadhan", "q"),
    ("bounds.infonce_expected", "critic"),
    ("bounds.nwj", "p"),
    ("bounds.nwj", "q"),
}
# Searches that take a tenth of a second: what reads their arguments is tried with the others.
SLOW = {
    "gaussian_fits.fit_planar_reverse",
    "gaussian_fits.isotropic_fold",
    "gaussian_fits.covering_fold",
    "gaussian_fits.mode_fold",
    "gaussian_fits.reverse_jump",
}
QUICK = [pair for pair in ARGUMENTS if pair[0] not in SLOW]


class Tensor:
    """An array of another library that does not let itself be read."""

    dtype = "bfloat16"

    def __array__(self, *args, **options):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")

    def detach(self):
        return self


class Unreadable(Tensor):
    def __array__(self, *args, **options):
        raise KeyError("no such thing")

    def __repr__(self):
        raise OSError("not even this")


class Sparse:
    """A matrix of another library that NumPy takes for one object."""

    shape = (2, 2)

    def toarray(self):
        return np.eye(2)


FOREIGN = {
    "tensor": Tensor(),
    "unreadable": Unreadable(),
    "sparse": Sparse(),
    "list of tensors": [Tensor(), Tensor()],
    "generator": (x for x in (0.5, 0.5)),
    "map": map(float, (0.5, 0.5)),
    "dict view": {"a": 0.5, "b": 0.5}.values(),
    "mapping": {0: 0.5, 1: 0.5},
    "set": {0.25, 0.75},
    "structured": np.zeros(2, [("p", float)]),
    "object": object(),
    "function": len,
    "masked": np.ma.array([0.5, 0.5], mask=[True, False]),
    "complex": np.array([0.5, 0.5j]),
    "ragged": [[0.5], [0.25, 0.25]],
    "deep": np.zeros((1, 1, 1, 1, 2)),
    "empty": [],
    "empty rows": np.zeros((2, 0)),
    "no rows": np.zeros((0, 2)),
    "none": None,
    "nones": [None, None],
    "not a time": np.array(["NaT", "NaT"], "datetime64[ns]"),
    "list of lists of text": [["a", "b"]],
}
# Never a number: neither for one of these, nor for what holds one.
WRONG = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf, "negative": -0.25}


# Said of arguments that do not go together, none of which is wrong by itself.
TOGETHER = ["shapes do not fit", "the Gaussians"]


def call(name, argument, value):
    return valid_calls.call(name, **{argument: value})


def numbers_in(result):
    """Yield every number of a result, whatever its shape."""
    if isinstance(result, (tuple, list)):
        for part in result:
            yield from numbers_in(part)
    elif isinstance(result, (float, int, np.ndarray, np.generic)):
        yield from np.ravel(result).tolist()


def in_words(name, argument, value):
    """Return the result, or None where there is an error; which must be in words."""
    try:
        result = call(name, argument, value)
    except (ValueError, TypeError) as error:
        assert argument in str(error) or any(said in str(error) for said in TOGETHER), error
        assert len(str(error)) < 300
        return None
    for number in numbers_in(result):
        assert not isinstance(number, float) or not math.isnan(number)
        assert number != 0 or math.copysign(1, number) == 1, "-0.0"
    return result


@pytest.mark.parametrize("name, argument", ARGUMENTS)
def test_what_is_foreign_is_refused_in_words(name, argument):
    for kind, value in FOREIGN.items():
        if kind == "none" and (name, argument) in MAY_BE_NONE:
            continue  # there it is the default
        result = in_words(name, argument, value)

        # Zeros along many axes are numbers, where any shape broadcasts.
        assert result is None or kind == "deep", kind


@pytest.mark.parametrize("option", ["axis", "base", "keepdims"])
def test_an_option_that_is_foreign_is_refused_in_words(option):
    """In all functions that have it; an array, too, of values that would do one by one."""
    having = [
        name for name in VALID if option in inspect.signature(library.functions()[name]).parameters
    ]
    assert having
    for name in having:
        for value in [*FOREIGN.values(), np.array([2, 10]), np.array([0, -1]), "2"]:
            if name == "normalize" and value is None:
                continue  # all axes at once
            assert in_words(name, option, value) is None, (name, value)


LONG = [10**2000, -(10**2000), fractions.Fraction(-1, 10**2000), "x" * 3000, ["x" * 3000]]


@pytest.mark.parametrize("name", VALID)
def test_what_is_long_is_refused_in_a_short_message(name):
    """Whatever argument it is given for: also a size, an axis, a base or a choice."""
    for argument in inspect.signature(library.functions()[name]).parameters:
        for value in LONG if name not in SLOW else []:
            in_words(name, argument, value)


def test_a_base_that_is_nearly_1_is_refused():
    for base in (fractions.Fraction(10**2000 + 1, 10**2000), 1 + fractions.Fraction(1, 10**300)):
        with pytest.raises(ValueError, match=r"^base must be farther from 1, got Fraction\(1000"):
            itlib.entropy([0.5, 0.5], base=base)
    assert 10**280 * math.log(2) == pytest.approx(
        itlib.entropy([0.5, 0.5], base=1 + fractions.Fraction(1, 10**280))
    )


@pytest.mark.parametrize("name, argument", ARGUMENTS)
def test_an_entry_that_cannot_be_is_refused_in_words_or_has_a_meaning(name, argument):
    if argument in WORDS:
        return
    spoilt = np.array(VALID[name][argument])
    spoilt = spoilt.astype(float) if spoilt.dtype.kind in "biuf" else np.zeros(spoilt.shape)
    for kind, value in WRONG.items():
        for place in {(0,) * spoilt.ndim, tuple(n - 1 for n in spoilt.shape)}:
            entry = spoilt.copy()
            entry[place] = value
            result = in_words(name, argument, entry)

            # A column of values may hold a negative number or an infinity, but no NaN.
            assert kind != "nan" or result is None, kind


SAME = {
    "tuple": lambda x: tuple(x.tolist()) if x.ndim else x[()],
    "fractions": lambda x: [fractions.Fraction(v) for v in x.tolist()] if x.ndim == 1 else x,
    "objects": lambda x: x.astype(object),
    "backwards in memory": lambda x: np.asfortranarray(x) if x.ndim else x,
    "other byte order": lambda x: x.astype(x.dtype.newbyteorder(">")),
    "every second": lambda x: np.repeat(x, 2, axis=-1)[..., ::2] if x.ndim else x,
    "long double": lambda x: x.astype(np.longdouble) if x.dtype.kind == "f" else x,
    "array.array": lambda x: (
        array.array("d" if x.dtype.kind == "f" else "q", x.tolist()) if x.ndim == 1 else x
    ),
    "deque": lambda x: collections.deque(x.tolist()) if x.ndim == 1 else x,
    "numpy scalars": lambda x: list(x) if x.ndim else x[()],
    "int32": lambda x: x.astype(np.int32) if (x == np.round(x)).all() else x,
    "uint8": lambda x: x.astype(np.uint8) if (x == np.round(x)).all() and (x >= 0).all() else x,
}


@pytest.mark.parametrize("name, argument", QUICK)
def test_the_same_values_in_another_dress_have_the_same_result(name, argument):
    values = np.array(VALID[name][argument])
    if values.dtype.kind not in "iuf":
        return
    expected = repr(call(name, argument, values))
    for kind, dressed in SAME.items():
        if kind in ("fractions", "objects") and argument in WHOLE:
            continue  # labels of another type, or none
        assert expected == repr(in_words(name, argument, dressed(values))), kind


@pytest.mark.parametrize("name, argument", QUICK)
def test_narrow_floats_are_what_they_stand_for(name, argument):
    """The result is that of the same numbers as doubles, up to the rounding of their sum."""
    values = np.array(VALID[name][argument])
    if values.dtype.kind != "f":
        return
    for narrow in (np.float32, np.float16):
        narrowed = values.astype(narrow)
        expected = in_words(name, argument, narrowed.astype(float))
        result = in_words(name, argument, narrowed)
        if expected is not None:
            assert list(numbers_in(expected)) == pytest.approx(list(numbers_in(result)), rel=1e-12)


@pytest.mark.parametrize("name, argument", QUICK)
def test_a_sum_that_narrow_floats_round_is_forgiven_by_every_function(name, argument):
    """Values a few roundings too large: whoever wants probabilities takes them for such."""
    values = np.array(VALID[name][argument])
    if values.dtype.kind != "f":
        return
    for narrow, few in ((np.float32, 6e-7), (np.float16, 5e-3)):
        try:
            call(name, argument, (values * (1 + few)).astype(narrow))
        except ValueError as error:
            assert "must sum to" not in str(error)


@pytest.mark.parametrize("name, argument", QUICK)
def test_probabilities_whose_sum_is_rounded_stand_for_those_that_sum_to_1(name, argument):
    values = np.array(VALID[name][argument])
    if values.dtype.kind != "f":
        return
    try:
        call(name, argument, values * 1.1)
    except ValueError as error:
        if "must sum to 1" in str(error):
            expected, result = (
                list(numbers_in(call(name, argument, values * (1 + off)))) for off in (0, 9e-10)
            )
            assert expected == pytest.approx(result, rel=1e-14, abs=0)


ENDS = [1.7e308, -1.7e308, 1e160, -1e160, 1e-160, 5e-324]


@pytest.mark.parametrize("name, argument", QUICK)
def test_what_is_next_to_the_ends_of_the_doubles_is_taken_or_refused_in_words(name, argument):
    """All entries, or one of them beside the others, without a warning on the way."""
    values = np.array(VALID[name][argument])
    if values.dtype.kind not in "iuf":
        return
    for end in ENDS:
        alone = values.astype(float)
        alone.flat[-1] = end
        for entries in (np.full(values.shape, end), alone):
            in_words(name, argument, entries)


@pytest.mark.parametrize("name, argument", QUICK)
def test_one_value_in_place_of_many_is_right_or_refused(name, argument):
    for value in (0.0, 1.0, 1, True, 0.5, np.array(0.5), -0.0, "a", b"a", ""):
        in_words(name, argument, value)


@pytest.mark.parametrize("name, argument", QUICK)
def test_zeros_with_a_sign_are_zeros(name, argument):
    """What is 0 in the valid call may as well be -0.0: the result is the same, with no -0.0."""
    values = np.array(VALID[name][argument])
    if values.dtype.kind != "f":
        return
    signed = np.where(values == 0, -0.0, values)

    assert repr(call(name, argument, values)) == repr(in_words(name, argument, signed))


@pytest.mark.parametrize("name, argument", ARGUMENTS)
def test_decimals_are_refused_in_words_or_columns(name, argument):
    values = np.array(VALID[name][argument])
    if values.dtype.kind not in "iuf" or values.ndim != 1:
        return
    result = in_words(name, argument, [decimal.Decimal(value) for value in values.tolist()])

    assert result is None or argument in ("feature", "labels", "x", "y")
