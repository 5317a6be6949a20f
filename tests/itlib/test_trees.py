"""Trees: the well-known example, theorems, and every threshold tried by hand."""

import copy
import inspect
import math
import pickle
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import columns, groups_of_pmfs, pmfs

import itlib
from itlib.trees import Tree

# Quinlan, Induction of Decision Trees (1986), table 1.
TENNIS = {
    "outlook": "sunny sunny overcast rain rain rain overcast "
    "sunny sunny rain sunny overcast overcast rain",
    "temperature": "hot hot hot mild cool cool cool mild cool mild mild mild hot mild",
    "humidity": "high high high high normal normal normal "
    "high normal normal normal high normal high",
    "windy": "false true false false false true true false false false true true false true",
}
TENNIS = {name: column.split() for name, column in TENNIS.items()}
PLAY = "N N P P P N P N P P P P P N".split()


@pytest.mark.parametrize(
    "expected, feature",
    [(0.246, "outlook"), (0.029, "temperature"), (0.151, "humidity"), (0.048, "windy")],
)
def test_the_gains_of_the_published_example(expected, feature):
    """Quinlan (1986), section 4; the paper works with three rounded digits."""
    assert expected == pytest.approx(itlib.information_gain(TENNIS[feature], PLAY), abs=1.1e-3)


def test_the_tree_of_the_published_example():
    """Quinlan (1986), figure 2."""
    assert str(itlib.grow_tree(TENNIS, PLAY)).splitlines() == [
        "outlook = overcast  -> P  (P: 4)",
        "outlook = rain",
        "    windy = false  -> P  (P: 3)",
        "    windy = true  -> N  (N: 2)",
        "outlook = sunny",
        "    humidity = high  -> N  (N: 3)",
        "    humidity = normal  -> P  (P: 2)",
    ]


tables = st.integers(1, 30).flatmap(lambda n: st.tuples(columns(n), columns(n), columns(n)))


@given(tables)
def test_gain_is_the_uncertainty_removed(table):
    """IG(Y;A) = H(Y) − Σ p(a) H(Y|A=a)."""
    feature, labels, _ = table
    counts = [np.bincount(labels[feature == a], minlength=3) for a in np.unique(feature)]
    left = sum(c.sum() * itlib.entropy(itlib.normalize(c)) for c in counts) / len(labels)
    expected = itlib.entropy(itlib.normalize(np.bincount(labels))) - left

    assert expected == pytest.approx(itlib.information_gain(feature, labels), abs=1e-12)
    assert itlib.information_gain(feature, labels) >= 0


@given(tables)
def test_gain_ratio_is_at_most_one_and_forgives_a_constant_feature(table):
    feature, labels, _ = table

    assert 0 <= itlib.gain_ratio(feature, labels) <= 1
    assert 0 == itlib.gain_ratio(np.zeros(len(labels)), labels)


@given(tables)
def test_gini_decrease_is_the_impurity_removed(table):
    """G(Y) − Σ p(a) G(Y|A=a)."""
    feature, labels, _ = table
    counts = [np.bincount(labels[feature == a], minlength=3) for a in np.unique(feature)]
    left = sum(c.sum() * itlib.gini_impurity(itlib.normalize(c)) for c in counts) / len(labels)
    expected = itlib.gini_impurity(itlib.normalize(np.bincount(labels))) - left

    assert expected == pytest.approx(itlib.gini_decrease(feature, labels), abs=1e-14)
    assert itlib.gini_decrease(feature, labels) >= 0


def test_gini_decrease_of_long_columns_needs_no_table_of_all_pairs():
    """A column of a million different values removes all of 1 − 1/n; so does what goes with it."""
    rows = np.arange(10**6)

    assert 1 - 1e-6 == pytest.approx(itlib.gini_decrease(rows, rows[::-1] * 17), rel=1e-15)
    assert 0.5 == pytest.approx(itlib.gini_decrease(rows // 2, rows // 2 % 2), rel=1e-15)


@pytest.mark.parametrize("n", [7, 9_000])
def test_gini_decrease_of_what_is_independent_is_zero(n):
    assert 0 == itlib.gini_decrease(np.repeat(np.arange(n), 3), np.tile(np.arange(3), n))


def test_gini_impurity_of_many_outcomes_and_of_a_sure_one_keeps_its_digits():
    assert 1 - 1e-6 == pytest.approx(itlib.gini_impurity(np.full(10**6, 1e-6)), rel=1e-15)
    assert 2e-17 == pytest.approx(itlib.gini_impurity([1e-17, 1.0]), rel=1e-15)
    assert 2e-300 == pytest.approx(itlib.gini_impurity([1.0, 5e-301, 5e-301]), rel=1e-15)


@given(pmfs())
def test_gini_impurity_is_the_chance_that_two_draws_differ(p):
    """1 − Σ p², between 0 and 1 − 1/k."""
    assert 1 - (p**2).sum() == pytest.approx(itlib.gini_impurity(p), abs=1e-15)
    assert 0 <= itlib.gini_impurity(p) <= 1 - 1 / p.size + 1e-15


@given(groups_of_pmfs(2), st.floats(0, 1))
def test_gini_impurity_is_concave(pq, t):
    p, q = pq
    mixed = itlib.gini_impurity(itlib.normalize(t * p + (1 - t) * q))

    assert mixed >= t * itlib.gini_impurity(p) + (1 - t) * itlib.gini_impurity(q) - 1e-12


def test_gini_impurity_of_what_is_almost_certain_is_no_false_zero():
    assert 2e-18 == pytest.approx(itlib.gini_impurity([1, 1e-18]), rel=1e-15)


points = (
    st.integers(2, 25)
    .flatmap(lambda n: st.tuples(st.lists(st.integers(-5, 5), min_size=n, max_size=n), columns(n)))
    .filter(lambda pair: len(set(pair[0])) > 1)
)


@given(points)
def test_no_threshold_beats_the_best_and_no_lower_one_equals_it(pair):
    feature, labels = np.array(pair[0]), pair[1]
    threshold, gain = itlib.best_threshold(feature, labels)
    values = np.unique(feature)
    middles = (values[1:] + values[:-1]) / 2
    gains = np.array([itlib.information_gain(feature <= t, labels) for t in middles])

    assert gains.max() == pytest.approx(gain, abs=1e-12)
    assert middles[np.argmax(gains > gains.max() - 1e-12)] == threshold


@given(points)
def test_the_gain_of_a_threshold_is_the_gain_of_its_question(pair):
    feature, labels = np.array(pair[0]), pair[1]
    threshold, gain = itlib.best_threshold(feature, labels)

    assert gain == itlib.information_gain(feature <= threshold, labels)


def test_the_lower_of_two_middles_wins_where_every_row_has_a_label_of_its_own():
    rows = np.arange(20_001)
    threshold, gain = itlib.best_threshold(rows, rows)
    halves = [10_000 / 20_001, 10_001 / 20_001]

    assert 9999.5 == threshold
    assert -sum(h * math.log2(h) for h in halves) == pytest.approx(gain, rel=1e-14)


def test_a_threshold_separates_neighbouring_doubles():
    low, high = 1.0, math.nextafter(1.0, 2.0)
    threshold, gain = itlib.best_threshold([low, high], [0, 1])

    assert low <= threshold < high
    assert 1 == gain


def test_a_constant_feature_has_no_threshold():
    with pytest.raises(ValueError, match="feature has no threshold: all its values are 3"):
        itlib.best_threshold([3, 3, 3], [0, 1, 0])


def rows_of(table):
    return [dict(zip(table, values)) for values in zip(*table.values())]


@pytest.mark.parametrize("criterion", ["gain", "gain_ratio", "gini"])
@given(pair=tables)
def test_a_tree_is_right_wherever_the_table_is_not_contradictory(criterion, pair):
    """Rows that agree in all columns get their most common label; all others their own."""
    first, second, labels = pair
    table = {"first": first.tolist(), "second": second.tolist()}
    tree = itlib.grow_tree(table, labels, criterion=criterion)

    for row in rows_of(table):
        same = labels[(first == row["first"]) & (second == row["second"])]
        counts = np.bincount(same)

        assert counts[tree.predict(row)] == counts.max()


def test_exclusive_or_is_learned_though_neither_column_gains_anything():
    table = {"a": [0, 0, 1, 1], "b": [0, 1, 0, 1]}
    tree = itlib.grow_tree(table, [0, 1, 1, 0])

    assert 0 == tree.score
    assert [0, 1, 1, 0] == [tree.predict(row) for row in rows_of(table)]


def test_gain_prefers_a_row_number_and_the_ratio_does_not():
    table = {"row": list(range(14)), **TENNIS}

    assert "row" == itlib.grow_tree(table, PLAY).feature
    assert "outlook" == itlib.grow_tree(TENNIS, PLAY, criterion="gain_ratio").feature
    assert itlib.gain_ratio(table["row"], PLAY) > itlib.gain_ratio(table["outlook"], PLAY)


def test_a_tree_may_be_deeper_than_calls_may_be():
    """Each row alone affirms one question; those of the n/2 rows with label 0 are asked in turn."""
    n = 120
    table = {f"is it {i}": np.arange(n) == i for i in range(n)}
    calls = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(len(inspect.stack()) + 60)
        tree = itlib.grow_tree(table, np.arange(n) % 2)
        last = tree.predict({name: i == n - 1 for i, name in enumerate(table)})
        printed = str(tree)
    finally:
        sys.setrecursionlimit(calls)

    assert 1 == last
    assert f"{(n // 2 - 1) * '    '}is it {n - 2} = True  -> 0  (0: 1)" in printed.splitlines()
    assert n == len(printed.splitlines())


def test_trees_that_are_deeper_than_calls_may_be_are_compared_copied_and_shown():
    def deep(label):
        tree = Tree(label, {label: 1})
        for _ in range(1500):
            tree = Tree("a", {"a": 1}, "x", 0.5, {0: tree, 1: Tree("b", {"b": 1})})
        return tree

    assert deep("a") == deep("a") != deep("b")
    assert deep("b") == pickle.loads(pickle.dumps(deep("b"))) == copy.deepcopy(deep("b"))
    assert "Tree(label='a', counts={'a': 1}, feature='x', score=0.5)" == repr(deep("b"))


def test_a_row_of_many_columns_is_not_printed_whole():
    tree = itlib.grow_tree({"x" * 3000: [0, 1]}, [0, 1])
    with pytest.raises(ValueError, match="^row has no column 'xxx") as raised:
        tree.predict({f"column {i}": 0 for i in range(1000)})

    assert len(str(raised.value)) < 300
    assert "'column 9', ..." in str(raised.value)


def test_trees_are_equal_where_all_their_places_are():
    tree, play = itlib.grow_tree(TENNIS, PLAY), dict(zip("NP", "PN"))

    assert tree == itlib.grow_tree(TENNIS, PLAY) == copy.deepcopy(tree)
    assert tree != itlib.grow_tree(TENNIS, [play[label] for label in PLAY])
    assert tree != tree.children["sunny"] and tree != str(tree)
    for below in tree.children:
        changed = copy.deepcopy(tree)
        changed.children.pop(below)
        assert tree != changed != tree


def test_an_unseen_value_gets_the_most_common_label_of_its_place():
    tree = itlib.grow_tree(TENNIS, PLAY)

    assert "P" == tree.predict({"outlook": "fog"})
    assert "N" == tree.predict({"outlook": "sunny", "humidity": "unknown"})


def test_a_row_without_the_column_that_is_asked_about_is_an_error():
    tree = itlib.grow_tree(TENNIS, PLAY)

    with pytest.raises(ValueError, match="row has no column 'humidity', got 'outlook'"):
        tree.predict({"outlook": "sunny"})
    with pytest.raises(TypeError, match="row must be a mapping of column names to values"):
        tree.predict(["sunny"])
