"""Decision trees: asking the question whose answer says most about the label."""

from __future__ import annotations

import datetime
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from itlib import _checks, _exact, _samples
from itlib._types import ArrayLike, FloatArray, IntArray, Result


def information_gain(feature: ArrayLike, labels: ArrayLike, *, base: float = 2) -> float:
    """Return how much uncertainty about the labels a feature removes: IG = H(Y) − H(Y|A).

    It is the mutual information of the two columns, as counted: the same quantity, and the same
    number, as `mutual_information_from_samples`, under the name that it has in trees.  It favours
    features with many values: a row number removes everything and predicts nothing.

    Parameters
    ----------
    feature, labels : array_like, shape (n,)
        Two columns of a table: numbers, text, or anything that can be sorted.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    float
        Never negative.

    Raises
    ------
    TypeError
        If values of different kinds are mixed, or cannot be sorted.
    ValueError
        If the columns are empty, differ in length, or a value is missing.

    See Also
    --------
    mutual_information_from_samples : The same quantity of any two columns.

    References
    ----------
    Quinlan, Induction of Decision Trees (1986), section 4.

    Examples
    --------
    >>> wind = ["weak", "strong", "weak", "weak", "weak", "strong", "strong"]
    >>> play = ["no", "no", "yes", "yes", "yes", "no", "yes"]
    >>> round(information_gain(wind, play), 4)
    0.1281
    """
    log_base = _checks.base_log(base)
    return _checks.result(_gain(feature, labels) / log_base)


def gain_ratio(feature: ArrayLike, labels: ArrayLike) -> float:
    """Return the information gain per bit of the feature itself: IG / H(A).

    The division takes from a feature with many values some of its advantage, not all of it.
    The base cancels.

    Parameters
    ----------
    feature, labels : array_like, shape (n,)
        Two columns of a table: numbers, text, or anything that can be sorted.

    Returns
    -------
    float
        Between 0 and 1; 0 for a feature with one value, which tells nothing.

    Raises
    ------
    TypeError
        If values of different kinds are mixed, or cannot be sorted.
    ValueError
        If the columns are empty, differ in length, or a value is missing.

    References
    ----------
    Quinlan, C4.5: Programs for Machine Learning (1993), section 2.2.

    Examples
    --------
    A row number has the largest gain there can be; here, though not always, a smaller ratio:

    >>> rows, sky, play = [1, 2, 3, 4], ["sun", "sun", "rain", "rain"], [1, 1, 0, 0]
    >>> information_gain(rows, play), information_gain(sky, play)
    (1.0, 1.0)
    >>> gain_ratio(rows, play), gain_ratio(sky, play)
    (0.5, 1.0)
    """
    gain = _gain(feature, labels)
    own = float(_exact.entropy(_shares(feature)))
    return _checks.result(min(gain / own, 1.0) if own > 0 else 0.0)


def gini_impurity(p: ArrayLike, *, axis: int = -1, keepdims: bool = False) -> Result:
    """Return the chance that two draws from `p` differ, 1 − Σ p².

    Parameters
    ----------
    p : array_like, shape (..., k)
        Probabilities along `axis`.
    axis : int, default -1
    keepdims : bool, default False
        Whether `axis` stays, with length 1.

    Returns
    -------
    float or ndarray, shape (...)
        Between 0, where one outcome is certain, and 1 − 1/k, where all are equally likely.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, or a slice does not sum to 1.

    References
    ----------
    Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984), section 4.3.

    Examples
    --------
    >>> gini_impurity([0.5, 0.5])
    0.5
    >>> gini_impurity([[0.25, 0.75], [1.0, 0.0]]).tolist()
    [0.375, 0.0]
    """
    p = _checks.probabilities(p, "p", axis)
    # With m the largest and S the sum, S² − m² = (S − m)(S + m): what is left to subtract from it,
    # the squares of the others, is at most half of it.
    largest, others = p.max(axis=-1), p.copy()
    np.put_along_axis(others, p.argmax(axis=-1)[..., None], 0.0, axis=-1)
    rest = others.sum(axis=-1)
    differ = rest * (rest + 2 * largest) - (others**2).sum(axis=-1)
    return _checks.result(differ / (rest + largest) ** 2, axis, keepdims)


def gini_decrease(feature: ArrayLike, labels: ArrayLike) -> float:
    """Return how much the Gini impurity of the labels drops, on average, when a feature is known.

    G(Y) − Σ p(a) G(Y|A=a)

    Parameters
    ----------
    feature, labels : array_like, shape (n,)
        Two columns of a table: numbers, text, or anything that can be sorted.

    Returns
    -------
    float
        Never negative.

    Raises
    ------
    TypeError
        If values of different kinds are mixed, or cannot be sorted.
    ValueError
        If the columns are empty, differ in length, or a value is missing.

    References
    ----------
    Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984), section 4.3.

    Examples
    --------
    >>> gini_decrease(["a", "a", "b", "b"], [0, 0, 0, 1])
    0.125
    """
    a, y, n_ay = _samples.pairs(feature, labels, ("feature", "labels"))
    starts = np.flatnonzero(np.diff(a, prepend=-1))
    n, n_a, n_y = n_ay.sum(), np.add.reduceat(n_ay, starts), _samples.totals(y, n_ay)
    # The drop is Σ p(a) Σ [p(y|a) − p(y)]²: squares of whole numbers, never negative.
    residual = (n_ay * n - _samples.totals(a, n_ay)[a] * n_y[y]).astype(float)
    elsewhere = (n_y**2).sum() - np.add.reduceat(n_y[y] ** 2, starts)  # over what a never meets
    squares = np.add.reduceat(residual**2, starts) + n_a.astype(float) ** 2 * elsewhere
    return _checks.result((squares / n_a).sum() / float(n) ** 3)


class Threshold(NamedTuple):
    """The best place to split a column of numbers, and what the split says about the labels."""

    threshold: float
    gain: float


def best_threshold(feature: ArrayLike, labels: ArrayLike, *, base: float = 2) -> Threshold:
    """Return the question "is the feature at most t?" that says most about the labels.

    The largest of IG(t) = H(Y) − H(Y | A), where A is the answer, over all t.

    Parameters
    ----------
    feature : array_like, shape (n,)
        A column of numbers with at least two different values.
    labels : array_like, shape (n,)
        A column of numbers, text, or anything that can be sorted.
    base : float, default 2
        2 gives bits, `math.e` nats.

    Returns
    -------
    Threshold(threshold, gain)
        The threshold, half-way between two neighbouring values of the feature, is the lowest of
        equally good ones; `gain` is the information gain of the split.

    Raises
    ------
    TypeError
        If the feature does not hold numbers, or labels of different kinds are mixed.
    ValueError
        If the columns are empty or differ in length, a value of the feature is not finite, all
        its values are equal, or it holds whole numbers so large that floats merge them.

    References
    ----------
    Fayyad & Irani, On the Handling of Continuous-Valued Attributes in Decision Tree
    Generation (1992).

    Examples
    --------
    >>> best_threshold([1.0, 2.0, 3.0, 4.0], ["no", "no", "yes", "yes"])
    Threshold(threshold=2.5, gain=1.0)
    """
    log_base = _checks.base_log(base)
    feature = _thresholds(feature)
    labels, _ = _samples.codes(labels, "labels")
    _checks.equally_long(feature, labels, ("feature", "labels"))
    n = len(labels)
    feature, labels, before, wholes = _in_order(feature, labels)
    if feature[0] == feature[-1]:
        raise ValueError(f"feature has no threshold: all its values are {feature[0]:.6g}")
    scores = _split_scores(before, wholes[labels])
    scores[feature[1:] == feature[:-1]] = -np.inf  # no threshold comes between equal values
    last = _first_largest(scores, rounding=1e-14 * n * (1 + math.log(n)))  # on the left
    low, high = feature[last : last + 2].tolist()
    middle = low / 2 + high / 2
    threshold = middle if low <= middle < high else low
    left = _samples.count(labels[: last + 1], len(wholes))
    gain = _gain_of_table(np.array([wholes - left, left]))
    return Threshold(threshold, _checks.result(gain / log_base))


@dataclass(frozen=True, eq=False)
class Tree:
    """A grown tree: a question, with a smaller tree for each answer, or a label.

    `label` is the most common label among the rows that came here and `counts` says how often
    each occurred.  `feature` is the column to ask about, and `None` at a leaf; `score` is what
    asking gained.  `children` has a tree for each value.
    """

    label: object
    counts: dict[Any, int]
    feature: str | None = None
    score: float = 0.0
    children: dict[Any, Tree] = field(default_factory=dict, repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tree):
            return NotImplemented
        waiting = [(self, other)]  # not one call in another: a tree may be deeper than calls may be
        while waiting:
            one, two = waiting.pop()
            if one._here() != two._here():
                return False
            waiting += [(child, two.children[value]) for value, child in one.children.items()]
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how a copy, or a pickle, is made: place after place, for the same reason."""
        places: list[tuple[Any, ...]] = []
        waiting: deque[tuple[Tree, int, Any]] = deque([(self, -1, None)])
        while waiting:
            tree, above, value = waiting.popleft()
            waiting.extend((child, len(places), answer) for answer, child in tree.children.items())
            places.append((above, value, tree.label, tree.counts, tree.feature, tree.score))
        return _of_places, (places,)

    def _here(self) -> tuple[Any, ...]:
        """Return what the tree says of its own place, without the trees below it."""
        return self.label, self.counts, self.feature, self.score, self.children.keys()

    def predict(self, row: Mapping[str, Any]) -> Any:
        """Return the label for a row: a mapping of column names to values, or a row of a DataFrame.

        A value that was not seen when the tree grew gets the most common label of its place.
        """
        _demand_columns(row, "row", "values")
        tree: Tree | None = self
        while tree:
            label, tree = tree.label, tree._child(row)
        return label

    def _child(self, row: Mapping[str, Any]) -> Tree | None:
        """Return the tree for the answer of a row, or None at a leaf, or for one that was not seen."""
        if self.feature is None:
            return None
        value = _entry(row, self.feature)
        try:
            child = self.children.get(value)
        except TypeError:
            column, shown = _checks.brief(self.feature), _checks.show(value)
            raise TypeError(f"row[{column}] must be a single value, got {shown}") from None
        if child is None and any(isinstance(seen, np.generic) for seen in self.children):
            # A date with nanoseconds equals others that have another hash.
            return next((tree for seen, tree in self.children.items() if _equal(value, seen)), None)
        return child

    def __str__(self) -> str:
        lines: list[str] = []
        waiting = [("", "", self)]  # how far in, the answer, and the tree for it
        while waiting:
            indent, answer, tree = waiting.pop()
            words = [answer] if answer else []
            if tree.feature is None:
                shown = ", ".join(f"{label}: {n}" for label, n in tree.counts.items())
                words.append(f"-> {tree.label}  ({shown})")
            else:
                below = indent + "    " if answer else ""
                waiting += [
                    (below, f"{tree.feature} = {value}", child)
                    for value, child in reversed(tree.children.items())
                ]
            if words:
                lines.append(indent + "  ".join(words))
        return "\n".join(lines)


def grow_tree(
    table: Mapping[str, ArrayLike], labels: ArrayLike, *, criterion: str = "gain"
) -> Tree:
    """Return a decision tree that asks, at each place, about the column that scores best.

    The score of a column A is IG = H(Y) − H(Y|A), the gain ratio IG / H(A), or the decrease of
    the Gini impurity.

    This is ID3: every value of the chosen column gets a branch; a place is a leaf when its rows
    agree on the label, or no column tells them apart.

    Parameters
    ----------
    table : mapping of str to array_like, shape (n,), or DataFrame
        Columns by name: whatever has `keys()` and is indexed by them.  Every distinct value is a
        category.
    labels : array_like, shape (n,)
        What to predict.
    criterion : {"gain", "gain_ratio", "gini"}, default "gain"
        `information_gain` (as ID3), `gain_ratio` (as C4.5, which asks for an average gain too) or
        `gini_decrease` (as CART, which asks questions with two answers).

    Returns
    -------
    Tree
        `print` shows it; `tree.predict(row)` returns the label of a row.
        Of equally good columns the first is asked about, and of equally common labels the
        smallest is predicted.

    Raises
    ------
    TypeError
        If `table` has no named columns, the criterion is not a string, or values of different
        kinds are mixed.
    ValueError
        If the table has no column, columns are empty or differ in length, a value is missing, or
        the criterion is unknown.

    References
    ----------
    Quinlan, Induction of Decision Trees (1986).

    Examples
    --------
    >>> table = {
    ...     "sky": ["sun", "sun", "cloud", "rain", "rain"],
    ...     "wind": ["weak", "strong", "weak", "weak", "strong"],
    ... }
    >>> tree = grow_tree(table, ["no", "no", "yes", "yes", "no"])
    >>> print(tree)
    sky = cloud  -> yes  (yes: 1)
    sky = rain
        wind = strong  -> no  (no: 1)
        wind = weak  -> yes  (yes: 1)
    sky = sun  -> no  (no: 2)
    >>> tree.predict({"sky": "rain", "wind": "weak"})
    'yes'
    """
    _demand_columns(table, "table", "columns")
    names = list(map(_samples.plain, table.keys()))
    if not names:
        raise ValueError("table is empty: it has no column")
    score = _CRITERIA[_checks.choice(criterion, "criterion", _CRITERIA)]
    known = _Column(labels, "labels")
    columns = {}
    for name in names:
        place = f"table[{_checks.brief(name)}]"
        columns[name] = _Column(table[name], place)
        _checks.equally_long(columns[name].codes, known.codes, (place, "labels"))
    return _grow(columns, known, score)


def _of_places(places: list[tuple[Any, ...]]) -> Tree:
    """Return the tree of these places: of each the number of that above, the answer, and the rest."""
    trees: list[Tree] = []
    for above, value, *here in places:
        trees.append(Tree(*here))
        if above >= 0:
            trees[above].children[value] = trees[-1]
    return trees[0]


def _equal(value: Any, seen: Any) -> bool:
    """Tell whether a value is the date or duration that was seen, in whatever unit."""
    if type(value) in (datetime.date, datetime.datetime):
        value = np.datetime64(value)
    elif type(value) is datetime.timedelta:
        value = np.timedelta64(value)
    return bool(value == seen)


class _Column:
    """The values of a column, in order, and for each row the number of its value."""

    def __init__(self, values: ArrayLike, name: str) -> None:
        self.codes, self.values = _samples.distinct(_samples.column(values, name), name)


def _demand_columns(table: object, name: object, what: str) -> None:
    """Refuse what does not have its columns by name, as a dictionary and a DataFrame do."""
    if not (hasattr(table, "keys") and hasattr(table, "__getitem__")):
        shown = _checks.show(table)
        way_out = f": pass dict(enumerate({name}.T))" if getattr(table, "ndim", 0) == 2 else ""
        raise TypeError(
            f"{name} must be a mapping of column names to {what}, as dict() makes one, "
            f"got {shown}{way_out}"
        )


def _entry(row: Any, column: str) -> Any:
    """Return the value of a row in a column, as a plain value where it has one."""
    names = list(row.keys())
    if column not in names:
        some = [_checks.brief(_samples.plain(name)) for name in names[:10]]
        shown = ", ".join(some + ["..."] * (len(names) > 10))
        raise ValueError(f"row has no column {_checks.brief(column)}, got {shown}")
    value = row[column]
    return _samples.plain(value[()] if isinstance(value, np.ndarray) and not value.ndim else value)


_CRITERIA = {"gain": information_gain, "gain_ratio": gain_ratio, "gini": gini_decrease}


def _grow(columns: dict[str, _Column], labels: _Column, score: Callable[..., float]) -> Tree:
    """Return the tree for all rows, place after place: it may be deeper than calls may be."""
    top: dict[Any, Tree] = {}
    waiting: deque[Any] = deque([(top, None, columns, np.arange(len(labels.codes)))])
    while waiting:
        children, value, useful, rows = waiting.popleft()
        children[value], parts = _place(useful, labels, score, rows)
        waiting.extend((children[value].children, *part) for part in parts)
    return top[None]


def _place(
    columns: dict[str, _Column], labels: _Column, score: Callable[..., float], rows: IntArray
) -> tuple[Tree, list[tuple[Any, dict[str, _Column], IntArray]]]:
    """Return a tree without children for some rows, and for each child what is to grow it.

    That is the value of the column asked about, the columns left, and the rows with that value.
    """
    here = labels.codes[rows]
    seen, times = np.unique(here, return_counts=True)
    label = labels.values[seen[times.argmax()]]
    counts = {labels.values[i]: n for i, n in zip(seen, times.tolist())}
    codes = {name: column.codes[rows] for name, column in columns.items()}
    useful = [name for name, column in codes.items() if (column != column[0]).any()]
    if len(counts) == 1 or not useful:
        return Tree(label, counts), []
    scores = np.array([score(codes[name], here) for name in useful])
    best = _first_largest(scores, rounding=1e-14)
    name = useful[best]
    rest = {other: columns[other] for other in useful if other != name}
    order = np.argsort(codes[name], kind="stable")  # the rows of one answer beside each other
    answers, starts = np.unique(codes[name][order], return_index=True)
    groups = np.split(rows[order], starts[1:])
    parts = [(columns[name].values[i], rest, some) for i, some in zip(answers, groups)]
    return Tree(label, counts, name, float(scores[best])), parts


def _gain(feature: ArrayLike, labels: ArrayLike) -> float:
    """Return the information gain in nats."""
    return _exact.mutual_information_of_counts(
        *_samples.pair_counts(feature, labels, ("feature", "labels"))
    )


def _shares(feature: ArrayLike) -> FloatArray:
    codes, _ = _samples.codes(feature, "feature")
    counts = _samples.count(codes)
    return counts / counts.sum()


def _thresholds(feature: ArrayLike) -> FloatArray:
    """Return a column of numbers as floats, which must tell them apart."""
    values = _checks.vector(feature, "feature")
    if np.abs(values).max() >= _samples.MERGED:
        _, exact = _samples.distinct(_samples.column(feature, "feature"), "feature")
        if len(exact) > len(np.unique(values)):
            raise ValueError(
                "feature holds whole numbers from 2**53 that a float cannot tell apart: take off "
                "what they have in common"
            )
    return values


def _gain_of_table(counts: IntArray) -> float:
    """Return the information gain in nats, from how often each answer and label occur."""
    found = np.nonzero(counts)
    parts = counts[found], counts.sum(axis=1)[found[0]], counts.sum(axis=0)[found[1]]
    return _exact.mutual_information_of_counts(*parts)


def _in_order(
    feature: FloatArray, labels: IntArray
) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
    """Return both columns in the order of the feature, and two counts of labels.

    These are how often the label of a row occurs before it, and how often each label occurs.
    """
    wholes = _samples.count(labels)
    small = np.min_scalar_type(len(wholes) - 1)  # such whole numbers are sorted by their digits
    values = feature[np.argsort(labels.astype(small), kind="stable")]
    # Sorting values is much quicker than sorting places: so the values of each label are sorted
    # apart, and then the places need only be merged, which is what a stable sort does with runs.
    ends = np.cumsum(wholes)
    for run in np.split(values, ends[:-1]):
        run.sort()
    order = np.argsort(values, kind="stable")
    in_runs = np.repeat(np.arange(len(wholes)), wholes.astype(np.intp))[order]
    return values[order], in_runs, order - (ends - wholes)[in_runs], wholes


def _split_scores(before: IntArray, whole: IntArray) -> FloatArray:
    """Return n times the gain of a split after each place but the last, short of a constant.

    Of each place: how often its label occurs before it, and how often in all.
    """
    n = len(before)
    c_log_c = np.arange(n + 1.0)
    c_log_c[1:] *= np.log(c_log_c[1:])
    # In whole numbers of a tiny unit a running sum is exact, however many labels there are.
    unit = 2.0 ** (math.frexp(c_log_c[-1])[1] - 61)
    f = np.rint(c_log_c / unit).astype(np.int64)
    after = whole - before
    changes = (f[before + 1] - f[before]) - (f[after] - f[after - 1])  # as one label crosses
    sums = np.cumsum(changes[:-1]) - f[1:n] - f[n - 1 : 0 : -1]
    return np.asarray(sums * unit, np.float64)


def _first_largest(scores: FloatArray, rounding: float) -> int:
    """Return the first place whose score is the largest, but for rounding."""
    return int(np.argmax(scores >= scores.max() - rounding))
