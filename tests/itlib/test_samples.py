"""Columns of any kind: told apart exactly, missing values named, and tables of any make."""

import datetime
import enum
import math
import re

import numpy as np
import pytest

import itlib

DAYS = ["2024-01-01", "2024-01-01", "2024-01-02", "2024-01-03"]


class Missing:
    """Like a value that some libraries leave out: whether it equals itself is not known."""

    def __eq__(self, other):
        raise TypeError("the truth of what is missing is unknown")

    __hash__ = object.__hash__


class Frame:
    """What a DataFrame offers a tree: column names, and columns or values by name."""

    def __init__(self, columns):
        self._columns = columns

    def keys(self):
        return np.array(list(self._columns))

    def __getitem__(self, name):
        return self._columns[name]


@pytest.mark.parametrize(
    "ids",
    [
        [10, 10**19, 10**19 + 1, 10**19 + 2],
        [2**63, 2**63 + 1, -1, -2],
        [2**53, 2**53 + 1, 0.5, 1.5],
        [np.uint64(2**63), np.uint64(2**63 + 1), np.int64(-1), np.int64(-2)],
        (10**30, 10**30 + 1, 2, 3),
        np.array([2**70, 2**70 + 1, 0.5, 1.5], dtype=object),
    ],
)
def test_large_whole_numbers_are_told_apart(ids):
    """Floats would merge them."""
    assert (4, 4) == itlib.joint_from_samples(ids, [0, 1, 2, 3]).shape
    assert 2.0 == itlib.mutual_information_from_samples(ids, [0, 1, 2, 3])
    assert 2.0 == itlib.information_gain(ids, ids)
    assert 0.5 == itlib.gain_ratio(ids, [0, 0, 1, 1])
    assert 0.75 == itlib.gini_decrease(ids, [0, 1, 2, 3])
    tree = itlib.grow_tree({"id": ids}, list("abcd"))
    assert list("abcd") == [tree.predict({"id": i}) for i in ids]
    assert list(ids) == [
        itlib.grow_tree({"x": list("abcd")}, ids).predict({"x": x}) for x in "abcd"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("sun", 1), ("sun", 2), ("rain", 1)],
        [("sun",), ("sun", "warm"), ("rain",)],
        [["sun", 1], ["sun", 2], ["rain", 1]],
        [[1], [2], [3]],
        np.array([[0.1, 1.0], [np.nextafter(0.1, 1), 1.0], [0.1, 2.0]]),
        np.array([["sun"], ["snow"], ["rain"]]),
    ],
)
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("feature", lambda x: itlib.information_gain(x, [0, 1, 2])),
        ("labels", lambda x: itlib.grow_tree({"row": [0, 1, 2]}, x).score),
        ("table", lambda x: itlib.grow_tree({"row": x}, [0, 1, 2]).score),
        ("x", lambda x: itlib.mutual_information_from_samples(x, [0, 1, 2])),
    ],
)
def test_a_column_of_rows_is_refused_with_what_makes_values_of_them(rows, name, call):
    with pytest.raises(ValueError, match=name) as refused:
        call(rows)
    way_out = re.search(r"(?:list|np\.ravel)\(.*\)", str(refused.value))[0]
    values = eval(way_out, {"np": np, name: {"row": rows} if name == "table" else rows})

    assert math.log2(3) == pytest.approx(call(values), rel=1e-14)


def test_large_whole_numbers_have_a_threshold_only_where_floats_tell_them_apart():
    assert (2.0**54 + 8, 1.0) == itlib.best_threshold([2**54, 2**54 + 16], [0, 1])
    for feature in ([2**53, 2**53 + 1], np.array([2**53, 2**53 + 1])):
        with pytest.raises(ValueError, match="feature holds whole numbers .* cannot tell apart"):
            itlib.best_threshold(feature, [0, 1])


@pytest.mark.parametrize("unit", ["D", "s", "us", "ns"])
def test_a_tree_asks_about_dates_of_any_unit(unit):
    days = np.array(DAYS, f"datetime64[{unit}]")
    for column in (days, days - days[0]):
        tree = itlib.grow_tree({"day": column}, list("aabc"))

        assert list("aabc") == [tree.predict({"day": day}) for day in column]


def test_a_date_is_found_whatever_it_is_given_as():
    tree = itlib.grow_tree({"day": np.array(DAYS, "datetime64[ns]")}, list("aabc"))
    for day in (datetime.datetime(2024, 1, 2), np.datetime64("2024-01-02", "s")):
        assert "b" == tree.predict({"day": day})
    assert "a" == tree.predict({"day": "no date"})
    spans = np.array([1, 2, 2], "timedelta64[ns]") * 10**9
    tree = itlib.grow_tree({"span": spans}, list("abb"))
    assert "b" == tree.predict({"span": datetime.timedelta(seconds=2)})


@pytest.mark.parametrize("kind", ["datetime64[ns]", "timedelta64[ns]", "datetime64[D]"])
def test_labels_may_be_dates(kind):
    labels = np.array(DAYS, "datetime64[ns]")
    labels = (labels - labels[0]) if kind[0] == "t" else labels.astype(kind)
    tree = itlib.grow_tree({"x": list("abcd")}, labels)

    assert (labels == [tree.predict({"x": x}) for x in "abcd"]).all()


@pytest.mark.parametrize("missing", [None, math.nan, Missing(), np.datetime64("NaT")])
@pytest.mark.parametrize("value", ["a", 3, 2.5, datetime.date(2024, 1, 1)])
def test_what_is_missing_among_values_of_any_kind_is_named_with_its_place(missing, value):
    for column in ([value, missing], np.array([value, missing], dtype=object), [missing, value]):
        place = 1 if column[0] is value else 0
        with pytest.raises(ValueError, match=rf"x\[{place}\] is .*: leave out what is missing"):
            itlib.joint_from_samples(column, [0, 1])
        with pytest.raises(ValueError, match=rf"table\['x'\]\[{place}\] is .*: leave out what"):
            itlib.grow_tree({"x": column}, [0, 1])


def test_text_of_numpy_and_text_of_python_are_one_kind():
    for column in (["a", np.str_("b")], np.array(["a", np.str_("b")], dtype=object)):
        assert 1.0 == itlib.information_gain(column, [0, 1])


@pytest.mark.parametrize(
    "column",
    [
        [1, "1"],
        ["a", b"b"],
        [datetime.date(2024, 1, 1), datetime.datetime(2024, 1, 1)],
        [np.datetime64("2024"), "2024"],
        [frozenset("a"), frozenset("b")],
        [{}, {}],
        np.zeros(2, [("a", int)]),
        [1j, 2j],
    ],
)
def test_what_cannot_be_told_apart_or_sorted_is_refused(column):
    for measure in (itlib.information_gain, itlib.gain_ratio, itlib.gini_decrease):
        with pytest.raises(TypeError, match="feature must hold values"):
            measure(column, [0, 1])


class Size(str, enum.Enum):  # noqa: UP042 - StrEnum is read as what it says
    SMALL = "x"
    SUITABLE = "y"


@pytest.mark.parametrize(
    "values",
    [[Size.SMALL, Size.SUITABLE], ["a", "a\0"], ["", "\0"], [b"a", b"a\0"], [b"", b"\0"]],
)
def test_texts_that_numpy_would_merge_are_told_apart(values):
    """It cuts zeros off their ends, and an enumeration's to the length of its values."""
    assert 1 == itlib.mutual_information_from_samples(values, [0, 1])
    assert 1 == itlib.information_gain([0, 1], values)
    tree = itlib.grow_tree({"x": values}, values)
    assert values == [tree.predict({"x": value}) for value in values]


def test_whatever_has_keys_is_a_table_and_a_row():
    columns = {"sky": np.array(["sun", "sun", "rain"]), "wind": np.array([0, 1, 0])}
    tree = itlib.grow_tree(Frame(columns), ["no", "no", "yes"])
    rows = [Frame({name: column[i] for name, column in columns.items()}) for i in range(3)]

    assert str(itlib.grow_tree(columns, ["no", "no", "yes"])) == str(tree)
    assert ["no", "no", "yes"] == [tree.predict(row) for row in rows]
    with pytest.raises(ValueError, match="row has no column 'sky', got 'wind'"):
        tree.predict(Frame({"wind": 0}))
    with pytest.raises(TypeError, match=r"row\['sky'\] must be a single value, got \['sun'\]"):
        tree.predict({"sky": ["sun"]})
    for table in ([[1, 2]], np.zeros((2, 2)), "ab"):
        with pytest.raises(TypeError, match="table must be a mapping .*, as dict"):
            itlib.grow_tree(table, [0, 1])


def test_a_printed_tree_can_be_written_in_a_code_page_of_windows():
    tree = itlib.grow_tree({"sky": ["sun", "rain"]}, ["no", "yes"])

    assert b"sky = rain  -> yes  (yes: 1)" in str(tree).encode("cp1252")
