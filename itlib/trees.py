"""Decision trees: asking the question whose answer says most about the label."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from itlib import _checks, _exact, _samples


def information_gain(feature, labels, *, base=2):
    """Return how much uncertainty about the labels a feature removes: IG = H(Y) − H(Y|A).

    It is the mutual information of the two columns, as counted.  It favours features with many
    values: a row number removes everything and predicts nothing.

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
        If the columns are empty, differ in length, or a value is NaN.

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
    unit = _checks.base_log(base)
    return _checks.result(_gain(feature, labels) / unit)


def gain_ratio(feature, labels):
    """Return the information gain per bit of the feature itself: IG / H(A).

    Divided by its own entropy, a feature with many values loses its advantage, though not all
    of it.  The base cancels.

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
        If the columns are empty, differ in length, or a value is NaN.

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
    own = _exact.entropy(_shares(feature))
    return _checks.result(min(gain / own, 1.0) if own > 0 else 0.0)


def gini_impurity(p, *, axis=-1):
    """Return the chance that two draws from `p` differ, 1 − Σ p².

    Parameters
    ----------
    p : array_like, shape (..., k)
        Probabilities along `axis`.
    axis : int, default -1

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
    # Each pair of different outcomes once: nothing is subtracted from 1.
    before = np.cumsum(p, axis=-1)
    pairs = (p[..., 1:] * before[..., :-1]).sum(axis=-1)
    return _checks.result(2 * pairs / before[..., -1] ** 2)


def gini_decrease(feature, labels):
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
        If the columns are empty, differ in length, or a value is NaN.

    References
    ----------
    Breiman, Friedman, Olshen & Stone, Classification and Regression Trees (1984), section 4.3.

    Examples
    --------
    >>> gini_decrease(["a", "a", "b", "b"], [0, 0, 0, 1])
    0.125
    """
    counts = _samples.counts(feature, labels, ("feature", "labels"))
    n, n_a, n_y = counts.sum(), counts.sum(axis=1), counts.sum(axis=0)
    # The drop is Σ p(a) Σ [p(y|a) − p(y)]²: squares of whole numbers, never negative.
    residual = (counts * n - np.outer(n_a, n_y)).astype(float)
    return _checks.result(((residual**2).sum(axis=1) / n_a).sum() / float(n) ** 3)


def best_threshold(feature, labels, *, base=2):
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
    threshold : float
        Half-way between two neighbouring values of the feature; the lowest of equally good ones.
    gain : float
        The information gain of the split.

    Raises
    ------
    TypeError
        If the feature does not hold numbers, or labels of different kinds are mixed.
    ValueError
        If the columns are empty or differ in length, a value of the feature is not finite, or
        all its values are equal.

    References
    ----------
    Fayyad & Irani, On the Handling of Continuous-Valued Attributes in Decision Tree
    Generation (1992).

    Examples
    --------
    >>> best_threshold([1.0, 2.0, 3.0, 4.0], ["no", "no", "yes", "yes"])
    (2.5, 1.0)
    """
    unit = _checks.base_log(base)
    feature = _checks.vector(feature, "feature")
    labels, _ = _samples.codes(labels, "labels")
    n = len(labels)
    if len(feature) != n:
        raise ValueError(f"feature and labels must be as long: {len(feature)} and {n} values")
    feature, labels, wholes = _in_order(feature, labels)
    if feature[0] == feature[-1]:
        raise ValueError(f"feature has no threshold: all its values are {feature[0]:.6g}")
    scores = _split_scores(labels, wholes)
    scores[feature[1:] == feature[:-1]] = -np.inf  # no threshold comes between equal values
    last = _first_largest(scores, rounding=1e-14 * n * (1 + math.log(n)))  # on the left
    low, high = feature[last : last + 2].tolist()
    middle = low / 2 + high / 2
    threshold = middle if low <= middle < high else low
    left = np.bincount(labels[: last + 1], minlength=len(wholes))
    gain = _gain_of_table(np.array([wholes - left, left]))
    return threshold, _checks.result(gain / unit)


@dataclass(frozen=True)
class Tree:
    """A grown tree: a question, with a smaller tree for each answer, or a label.

    `label` is the most common label among the rows that came here and `counts` says how often
    each occurred.  `feature` is the column to ask about, and `None` at a leaf; `score` is what
    asking gained.  `children` has a tree for each value.
    """

    label: object
    counts: dict
    feature: str | None = None
    score: float = 0.0
    children: dict = field(default_factory=dict)

    def predict(self, row):
        """Return the label for a row, a mapping of column names to values.

        A value that was not seen when the tree grew gets the most common label of its place.
        """
        if not isinstance(row, Mapping):
            shown = _checks.show(row)
            raise TypeError(f"row must be a mapping of column names to values, got {shown}")
        if self.feature is None:
            return self.label
        if self.feature not in row:
            raise ValueError(f"row has no column {self.feature!r}, got {', '.join(map(repr, row))}")
        child = self.children.get(row[self.feature])
        return child.predict(row) if child else self.label

    def __str__(self):
        return "\n".join(self._lines())

    def _lines(self, indent=""):
        if self.feature is None:
            shown = ", ".join(f"{label}: {n}" for label, n in self.counts.items())
            return [f"{indent}→ {self.label}  ({shown})"]
        lines = []
        for value, child in self.children.items():
            first, *others = child._lines(indent + "    ")
            if child.feature is None:
                lines.append(f"{indent}{self.feature} = {value}  {first.strip()}")
            else:
                lines += [f"{indent}{self.feature} = {value}", first, *others]
        return lines


def grow_tree(table, labels, *, criterion="gain"):
    """Return a decision tree that asks, at each place, about the column that scores best.

    The score of a column A is IG = H(Y) − H(Y|A), the gain ratio IG / H(A), or the decrease of
    the Gini impurity.

    This is ID3: every value of the chosen column gets a branch; a place is a leaf when its rows
    agree on the label, or no column tells them apart.

    Parameters
    ----------
    table : mapping of str to array_like, shape (n,)
        Columns by name.  Every distinct value is a category.
    labels : array_like, shape (n,)
        What to predict.
    criterion : {"gain", "gain_ratio", "gini"}, default "gain"
        `information_gain` (as ID3), `gain_ratio` (as C4.5) or `gini_decrease` (as CART).

    Returns
    -------
    Tree
        `print` shows it; `tree.predict(row)` returns the label of a row.
        Of equally good columns the first is asked about, and of equally common labels the
        smallest is predicted.

    Raises
    ------
    TypeError
        If `table` is not a mapping, the criterion is not a string, or values of different kinds
        are mixed.
    ValueError
        If the table has no column, columns are empty or differ in length, or the criterion is
        unknown.

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
    sky = cloud  → yes  (yes: 1)
    sky = rain
        wind = strong  → no  (no: 1)
        wind = weak  → yes  (yes: 1)
    sky = sun  → no  (no: 2)
    >>> tree.predict({"sky": "rain", "wind": "weak"})
    'yes'
    """
    if not isinstance(table, Mapping):
        shown = _checks.show(table)
        raise TypeError(f"table must be a mapping of column names to columns, got {shown}")
    if not table:
        raise ValueError("table is empty: it has no column")
    score = _CRITERIA[_checks.choice(criterion, "criterion", _CRITERIA)]
    labels = _samples.column(labels, "labels")
    columns = {name: _samples.column(column, f"table[{name!r}]") for name, column in table.items()}
    for name, column in columns.items():
        if len(column) != len(labels):
            lengths = f"{len(column)} and {len(labels)} values"
            raise ValueError(f"table[{name!r}] and labels must be as long: {lengths}")
    return _grow(columns, labels, score)


_CRITERIA = {"gain": information_gain, "gain_ratio": gain_ratio, "gini": gini_decrease}


def _grow(columns, labels, score):
    values, counts = np.unique(labels, return_counts=True)
    label, counts = values.tolist()[counts.argmax()], dict(zip(values.tolist(), counts.tolist()))
    useful = {name: column for name, column in columns.items() if (column != column[0]).any()}
    if len(counts) == 1 or not useful:
        return Tree(label, counts)
    scores = np.array([score(column, labels) for column in useful.values()])
    best = _first_largest(scores, rounding=1e-14)
    name = list(useful)[best]
    children = {}
    for value in np.unique(useful[name]).tolist():
        here = useful[name] == value
        rest = {other: column[here] for other, column in useful.items() if other != name}
        children[value] = _grow(rest, labels[here], score)
    return Tree(label, counts, name, float(scores[best]), children)


def _gain(feature, labels):
    """Return the information gain in nats."""
    return _exact.mutual_information_of_counts(
        *_samples.pair_counts(feature, labels, ("feature", "labels"))
    )


def _shares(feature):
    codes, _ = _samples.codes(feature, "feature")
    counts = np.bincount(codes)
    return counts / counts.sum()


def _gain_of_table(counts):
    """Return the information gain in nats, from how often each answer and label occur."""
    found = np.nonzero(counts)
    parts = counts[found], counts.sum(axis=1)[found[0]], counts.sum(axis=0)[found[1]]
    return _exact.mutual_information_of_counts(*parts)


def _in_order(feature, labels):
    """Return both columns in the order of the feature, and how often each label occurs."""
    wholes = np.bincount(labels)
    small = np.min_scalar_type(len(wholes) - 1)  # such whole numbers are sorted by their digits
    values = feature[np.argsort(labels.astype(small), kind="stable")]
    # Sorting values is much quicker than sorting places: so the values of each label are sorted
    # apart, and then the places need only be merged, which is what a stable sort does with runs.
    for run in np.split(values, np.cumsum(wholes)[:-1]):
        run.sort()
    order = np.argsort(values, kind="stable")
    return values[order], np.repeat(np.arange(len(wholes)), wholes)[order], wholes


def _split_scores(labels, wholes):
    """Return n times the gain of a split after each place but the last, short of a constant."""
    n = len(labels)
    c_log_c = np.arange(n + 1.0)
    c_log_c[1:] *= np.log(c_log_c[1:])
    scores = -(c_log_c[1:n] + c_log_c[n - 1 : 0 : -1])
    for label in np.flatnonzero(wholes):
        whole = wholes[label]
        both_sides = c_log_c[: whole + 1] + c_log_c[whole::-1]
        scores += both_sides[np.cumsum(labels[:-1] == label)]
    return scores


def _first_largest(scores, rounding):
    """Return the first place whose score is the largest, but for rounding."""
    return int(np.argmax(scores >= scores.max() - rounding))
