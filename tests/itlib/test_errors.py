"""Wrong input to the discrete half: an error in words, with argument, place and value."""

import inspect
import math
import subprocess
import sys

import library
import numpy as np
import pytest
from valid_calls import ALL, CONTINUOUS, call
from valid_calls import DISCRETE as VALID

import itlib

NAN, INF = math.nan, math.inf


def arguments(*wanted):
    """Return (function, argument) for all functions with one of these arguments."""
    return [(name, argument) for name in VALID for argument in wanted if argument in VALID[name]]


def spoilt(name, argument, value):
    """Return the valid argument with its last entry replaced."""
    entry = np.array(VALID[name][argument], dtype=float)
    entry.flat[-1] = value
    return entry


DISTRIBUTIONS = [
    pair
    for pair in arguments("p", "q", "p_xy", "p_xyz", "p_y_given_x")
    if pair[0] not in ("self_information", "binary_entropy")
]
NUMBERS = DISTRIBUTIONS + arguments("counts") + [("self_information", "p"), ("binary_entropy", "p")]
COLUMNS = arguments("x", "y", "feature", "labels")


def test_no_public_function_is_forgotten():
    """A new one has a valid call in tests/helpers/calls/, or in valid_calls.py if `import itlib` gives it.

    What only a module or a sub-package has is listed with its place.
    """
    front_room = {name for name in library.functions() if "." not in name}

    assert front_room == set(VALID) | set(CONTINUOUS)
    assert set(library.functions()) == set(ALL)


def test_a_module_needs_no_import_of_its_own():
    said = "module 'itlib' has no attribute 'entrpy'"
    program = "import itlib; itlib.gaussian_fits.mode_fold, itlib.fisher.fisher_information\n"
    program += f"try: itlib.entrpy\nexcept AttributeError as error: assert {said!r} == str(error)\n"
    program += "import sys; sys.modules['math'] = None\n"  # as if it were not there
    program += (
        "try: itlib.policies\nexcept ModuleNotFoundError as error: assert 'math' == error.name"
    )

    subprocess.run([sys.executable, "-c", program], check=True)


def test_public_names_are_listed_in_order():
    assert sorted(itlib.__all__, key=str.lower) == itlib.__all__


@pytest.mark.parametrize("name", ALL)
def test_the_valid_call_is_valid(name):
    """Without a warning, too, which would be an error here."""
    call(name)


@pytest.mark.parametrize("name, argument", NUMBERS)
def test_an_entry_that_is_no_number_is_named_with_its_place(name, argument):
    last = ", ".join(str(n - 1) for n in np.shape(VALID[name][argument]))
    for value in (NAN, INF, -INF):
        with pytest.raises(
            ValueError, match=rf"{argument} must be finite, but {argument}\[{last}\] is {value}"
        ):
            call(name, **{argument: spoilt(name, argument, value)})


@pytest.mark.parametrize("name, argument", NUMBERS)
def test_a_negative_entry_is_named_with_its_place_and_value(name, argument):
    last = ", ".join(str(n - 1) for n in np.shape(VALID[name][argument]))
    with pytest.raises(
        ValueError, match=rf"{argument} must be .*, but {argument}\[{last}\] is -0.5"
    ):
        call(name, **{argument: spoilt(name, argument, -0.5)})


@pytest.mark.parametrize("name, argument", NUMBERS)
def test_what_holds_no_real_numbers_is_a_type_error(name, argument):
    wrong = ["a", ["a", "b"], [None, 1.0], [0.5j, 0.5], [True, False], {0: 1.0}, object()]
    for value in wrong if (name, argument) == ("perplexity", "q") else [None, *wrong]:
        with pytest.raises(TypeError, match=f"{argument}"):
            call(name, **{argument: value})
    with pytest.raises(TypeError, match=f"{argument} must not be a masked array"):
        call(name, **{argument: np.ma.array([0.5, 0.5], mask=[True, False])})


@pytest.mark.parametrize("name, argument", NUMBERS)
def test_what_is_empty_or_ragged_or_has_too_many_axes_is_named(name, argument):
    with pytest.raises(ValueError, match=f"{argument} must (have|be a list)"):
        call(name, **{argument: np.ones((1,) * 33)})
    with pytest.raises(ValueError, match=f"{argument} is empty"):
        call(name, **{argument: []})
    with pytest.raises(ValueError, match=f"{argument} must be rectangular"):
        call(name, **{argument: [[0.5], [0.25, 0.25]]})


@pytest.mark.parametrize("name, argument", DISTRIBUTIONS)
def test_a_sum_that_is_not_1_is_told_with_the_way_out(name, argument):
    """The message has the sum and names normalize()."""
    wrong = np.array(VALID[name][argument]) * 1.1
    axis = "axis=None" if argument in ("p_xy", "p_xyz") else ""

    with pytest.raises(ValueError, match=rf"{argument}.* must sum to 1 .*; normalize\({axis}\)"):
        call(name, **{argument: wrong})
    way_out = itlib.normalize(wrong, axis=None) if axis else itlib.normalize(wrong)
    call(name, **{argument: way_out})


@pytest.mark.parametrize("name, argument", arguments("p", "q"))
def test_the_slice_that_does_not_sum_to_1_is_named(name, argument):
    batch = {name_: [[0.5, 0.5]] * 2 for name_ in ("p", "q") if name_ in VALID[name]}
    batch[argument] = [[0.5, 0.5], [0.5, 0.25]]
    if name in ("self_information", "binary_entropy"):
        return
    with pytest.raises(
        ValueError, match=rf"{argument}\[1, :\] must sum to 1 along axis -1, got 0.75"
    ):
        call(name, **batch)


def test_the_slice_is_named_as_the_reader_indexes_it():
    with pytest.raises(ValueError, match=r"p\[:, 1\] must sum to 1 along axis 0, got 0.75"):
        itlib.entropy([[0.5, 0.5], [0.5, 0.25]], axis=0)


def test_rounding_is_no_error_and_a_typing_mistake_is():
    assert 1 == pytest.approx(itlib.entropy([0.5, 0.5 + 5e-10]))
    with pytest.raises(ValueError, match="must sum to 1"):
        itlib.entropy([0.5, 0.5 + 5e-9])
    assert math.log2(10) == pytest.approx(itlib.entropy(np.full(10, 0.1, dtype=np.float32)))


def test_a_sum_that_overflows_is_only_an_error():
    with pytest.raises(ValueError, match="p must sum to 1 along axis -1, got inf"):
        itlib.entropy(np.full(100, 1e308))


def having(option):
    """Return all functions of the library that have an option."""
    signatures = {name: inspect.signature(library.functions()[name]) for name in ALL}
    return [name for name, signature in signatures.items() if option in signature.parameters]


@pytest.mark.parametrize("name", having("axis"))
def test_an_axis_that_does_not_exist_is_named(name):
    for axis in (9, -9):
        with pytest.raises(ValueError, match=f"axis {axis} is out of range"):
            call(name, axis=axis)
    for axis in (0.0, "0", True) if name == "normalize" else (0.0, "0", None, True):
        with pytest.raises(TypeError, match="axis must be a whole number"):
            call(name, axis=axis)


@pytest.mark.parametrize("name", having("base"))
def test_a_base_that_is_no_base_is_named(name):
    for base in (0, 1, 1.0, -2, NAN, INF):
        with pytest.raises(
            ValueError, match=f"base must be positive, finite and not 1, got {base}"
        ):
            call(name, base=base)
    for base in ("2", None, True, 2j, [2]):
        with pytest.raises(TypeError, match="base must be a number"):
            call(name, base=base)


@pytest.mark.parametrize("name", [name for name in VALID if {"p", "q"} <= set(VALID[name])])
def test_shapes_that_do_not_fit_are_both_named(name):
    with pytest.raises(ValueError, match="p and q must have as many outcomes.* got 3 and 2"):
        call(name, p=[0.5, 0.25, 0.25])
    with pytest.raises(ValueError, match="p and q must have as many outcomes.* got 1 and 2"):
        call(name, p=[1.0])
    with pytest.raises(
        ValueError, match=r"do not fit together: p of shape \(2,\) and q of shape \(3,\)"
    ):
        call(name, p=[[0.5, 0.5]] * 2, q=[[0.5, 0.5]] * 3)


def test_a_text_among_numbers_is_named_with_its_own_place():
    """NumPy makes texts of the numbers beside it, and they came first."""
    with pytest.raises(TypeError, match=r"^p\[1\] must be a real number, got 'a' \(str\)$"):
        itlib.entropy([0.5, "a"])


def test_who_gives_a_text_is_told_that_its_letters_are_a_column():
    with pytest.raises(ValueError, match=r"list\(x\) has one$"):
        itlib.joint_from_samples("abab", "xyxy")
    assert 1.0 == itlib.mutual_information_from_samples(list("abab"), list("xyxy"))


@pytest.mark.parametrize("name, argument", DISTRIBUTIONS + [("normalize", "counts")])
def test_a_number_is_no_distribution(name, argument):
    with pytest.raises(ValueError, match=f"{argument} must (have|be a list)"):
        call(name, **{argument: 1.0})


@pytest.mark.parametrize("name, argument", arguments("p_xy", "p_xyz", "p_y_given_x"))
def test_a_table_with_the_wrong_number_of_axes_is_named_with_its_shape(name, argument):
    with pytest.raises(ValueError, match=rf"{argument} must have . axes .*got shape \(2,\)"):
        call(name, **{argument: [0.5, 0.5]})


@pytest.mark.parametrize("name, argument", COLUMNS)
def test_a_column_that_is_none_is_named(name, argument):
    for value in ("ab", None, 3, object(), {"a": 1}, [[1, 2, 3]]):
        with pytest.raises((ValueError, TypeError), match=argument):
            call(name, **{argument: value})
    with pytest.raises(ValueError, match=f"{argument} is empty"):
        call(name, **{argument: []})
    with pytest.raises(TypeError, match=f"{argument}"):
        call(name, **{argument: [1j, 2j, 3j]})
    with pytest.raises((ValueError, TypeError), match=rf"{argument}\[0\]"):
        call(name, **{argument: [None, None, None]})


@pytest.mark.parametrize("name, argument", COLUMNS)
def test_a_missing_value_is_named_with_its_place(name, argument):
    with pytest.raises(ValueError, match=rf"{argument}\[1\] is nan"):
        call(name, **{argument: [0.0, NAN, 1.0]})


@pytest.mark.parametrize("name, argument", COLUMNS)
def test_words_among_numbers_are_refused_and_not_turned_into_words(name, argument):
    with pytest.raises(TypeError, match=rf"{argument}(\[1\] must be| must hold)"):
        call(name, **{argument: [1, "1", 2]})


@pytest.mark.parametrize("name", sorted({name for name, _ in COLUMNS}))
def test_columns_of_unequal_length_are_named_with_their_lengths(name):
    columns = [argument for argument in VALID[name] if argument != "table"]
    with pytest.raises(ValueError, match="must be equally long, got . and . values"):
        call(name, **{columns[-1]: [0, 1, 0, 1]})


@pytest.mark.parametrize(
    "name, wrong, error, message",
    [
        (
            "arithmetic_decode",
            {"bits": "012"},
            ValueError,
            r"bits must hold only 0s and 1s, but bits\[2\] is '2'",
        ),
        (
            "arithmetic_decode",
            {"bits": 5},
            TypeError,
            "bits.* must be a string of 0s and 1s, got 5",
        ),
        ("arithmetic_decode", {"length": 0}, ValueError, "length must be at least 1, got 0"),
        ("arithmetic_decode", {"length": 2.0}, TypeError, "length must be a whole number, got 2.0"),
        (
            "arithmetic_encode",
            {"message": [0, 2]},
            ValueError,
            r"message must be in 0 ... 1, but message\[1\] is 2",
        ),
        ("arithmetic_encode", {"message": [0.0]}, TypeError, "message must hold whole numbers"),
        ("arithmetic_encode", {"message": []}, ValueError, "message is empty"),
        (
            "arithmetic_encode",
            {"p": [0.0, 1.0]},
            ValueError,
            r"message\[0\] is 0, which has probability 0",
        ),
        ("best_threshold", {"feature": [1.0, 1.0, 1.0]}, ValueError, "feature has no threshold"),
        ("best_threshold", {"feature": [1.0, INF, 2.0]}, ValueError, r"feature\[1\] is inf"),
        ("conditional_entropy", {"given": 2}, ValueError, "given must be 0 .* or 1 .*, got 2"),
        ("conditional_entropy", {"given": "x"}, TypeError, "given must be a whole number, got 'x'"),
        (
            "expected_length",
            {"code": ["0"]},
            ValueError,
            "code must have one word for each of 2 outcomes, got 1",
        ),
        ("expected_length", {"code": "01"}, TypeError, "code must be a sequence of strings"),
        ("fit_ngrams", {"message": [0, 2]}, ValueError, r"in 0 ... 1, but message\[1\] is 2"),
        ("fit_ngrams", {"message": "01"}, TypeError, "message must hold whole numbers"),
        ("fit_ngrams", {"message": [[0, 1]]}, ValueError, r"message must have one axis"),
        ("fit_ngrams", {"message": []}, ValueError, "message is empty"),
        ("fit_ngrams", {"k": 0}, ValueError, "k must be at least 1, got 0"),
        ("fit_ngrams", {"context": -1}, ValueError, "context must be at least 0, got -1"),
        ("fit_ngrams", {"context": 1.5}, TypeError, "context must be a whole number, got 1.5"),
        ("fit_ngrams", {"context": 62}, ValueError, r"must be below 2\*\*63, got 2\*\*63"),
        ("fit_ngrams", {"smoothing": -1}, ValueError, "smoothing must be non-negative"),
        ("fit_ngrams", {"smoothing": "laplace"}, ValueError, "smoothing must be one of 'witten"),
        ("grow_tree", {"criterion": "entropy"}, ValueError, "criterion must be one of 'gain'"),
        ("grow_tree", {"criterion": 1}, TypeError, "criterion must be a string"),
        ("grow_tree", {"table": {}}, ValueError, "table is empty"),
        ("grow_tree", {"table": [[1, 2]]}, TypeError, "table must be a mapping"),
        ("grow_tree", {"table": np.eye(2)}, TypeError, r": pass dict\(enumerate\(table.T\)\)$"),
        ("grow_tree", {"table": {"wind": [NAN, 1.0]}}, ValueError, r"table\['wind'\]\[0\] is nan"),
        (
            "huffman_code",
            {"p": [[0.5, 0.5]]},
            ValueError,
            r"p must have one axis, got shape \(1, 2\)",
        ),
        ("kraft_sum", {"code": []}, ValueError, "code is empty"),
        (
            "kraft_sum",
            {"code": ["0", 1]},
            TypeError,
            r"code\[1\] must be a string of 0s and 1s, got 1",
        ),
        (
            "kraft_sum",
            {"code": ["0", "2"]},
            ValueError,
            r"code\[1\] must hold only 0s and 1s, got '2'",
        ),
        ("entropy", {"p": {"a": 1}}, TypeError, r": pass \[p\[key\] for key in sorted\(p\)\]$"),
        ("normalize", {"counts": [0, 0]}, ValueError, "counts must not be all 0"),
        ("normalize", {"counts": [[1, 1], [0, 0]]}, ValueError, r"counts\[1, :\] sums to 0"),
        (
            "self_information",
            {"p": [0.5, 1.5]},
            ValueError,
            r"p must be between 0 and 1, but p\[1\] is 1.5",
        ),
        ("binary_entropy", {"p": 1.5}, ValueError, "p must be between 0 and 1, but p is 1.5"),
    ],
)
def test_what_else_can_be_wrong(name, wrong, error, message):
    with pytest.raises(error, match=message):
        call(name, **wrong)


@pytest.mark.parametrize("name", [name for name in ALL if list in map(type, ALL[name].values())])
def test_arguments_are_never_changed(name):
    """Arrays that are handed in are read only here, and calls work all the same."""
    frozen = {}
    for argument, value in ALL[name].items():
        if isinstance(value, list) and argument != "code":
            frozen[argument] = np.array(value)
            frozen[argument].flags.writeable = False

    call(name, **frozen)


@pytest.mark.parametrize("name", ALL)
def test_numpy_settings_of_the_caller_do_not_matter(name):
    """Zeros and tiny probabilities are ordinary input: nothing is raised, nothing warned."""
    tiny = {"p": [0.0, 1.0, 5e-324], "q": [5e-324, 1.0, 0.0], "p_xy": [[0.0, 1.0], [5e-324, 0.0]]}
    tiny |= {"p_xyz": [tiny["p_xy"]], "p_y_given_x": [[0.0, 1.0, 0.0], [5e-324, 0.0, 1.0]]}
    changes = {k: tiny[k] for k in VALID.get(name, ()) if k in tiny}
    if name == "expected_length":
        changes["code"] = ["0", "10", "11"]
    if {"p", "message"} <= set(ALL[name]):
        changes["message"] = [1, 2]

    with np.errstate(divide="raise", invalid="raise", over="raise"):
        call(name, **changes)


@pytest.mark.parametrize(
    "name, argument, value",
    [
        ("grow_tree", "table", [[0] * 10_000]),
        ("f_divergence", "generator", [0] * 10_000),
        ("kraft_sum", "code", ["2" * 10_000]),
        ("kraft_sum", "code", [[0] * 10_000]),
        ("joint_from_samples", "x", ["a" * 10_000, 1, 2]),
        ("entropy", "base", [0] * 10_000),
    ],
)
def test_a_message_stays_short_however_long_the_value_is(name, argument, value):
    with pytest.raises((TypeError, ValueError)) as raised:
        call(name, **{argument: value})

    message = str(raised.value)
    assert len(message) < 160
    assert argument in message


@pytest.mark.parametrize("large", [2**70, 10**400], ids=["2**70", "10**400"])
@pytest.mark.parametrize(
    "name, argument",
    [
        ("hypotheses.neyman_pearson", "n"),
        ("hypotheses.nml_regret", "n"),
        ("honest_bits.masked_bound", "steps"),
        ("questions.beta_information", "tosses"),
        ("rate_distortion.lloyd_max", "levels"),
        ("fit_ngrams", "context"),
        ("policies.best_of_n_kl_bound", "n"),
    ],
)
def test_a_size_that_nobody_can_hold_is_refused_at_once(name, argument, large):
    with pytest.raises(
        ValueError, match=rf"^{argument} (is too large: so|must be at)|\b{argument}\b"
    ):
        call(name, **{argument: large})


def test_a_table_that_nobody_can_hold_is_refused():
    with pytest.raises(ValueError, match="^the table of x and y is too large: so many numbers can"):
        itlib.joint_from_samples(range(10**6), range(10**6))


@pytest.mark.parametrize("power", [70, 2000, 20_000])
@pytest.mark.parametrize(
    "name, argument, changes",
    [
        ("arithmetic_decode", "length", {}),
        ("bounds.infonce_expected", "candidates", {}),
        ("error_correction.belief_propagation", "rounds", {"parity": [[1, 1]], "llr": [0, 0]}),
        ("fit_ngrams", "context", {"k": 1, "message": [0, 0]}),
        ("hypotheses.nml_regret", "k", {}),
        ("questions.beta_information", "tosses", {}),
    ],
)
def test_an_absurd_size_takes_no_time(name, argument, changes, power):
    try:
        call(name, **changes, **{argument: 2**power})
    except ValueError as error:
        assert str(error).startswith(f"{argument} ")
        assert "too large" in str(error) or "at most" in str(error)


def test_a_single_outcome_may_have_any_context():
    assert itlib.fit_ngrams([0, 0], 1, context=2**70)([0] * 100).tolist() == [1.0]
