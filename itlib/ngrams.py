"""n-gram models: the distribution of the next outcome, from counts of what followed the last few.

A message is a sequence of outcomes, each given by its number 0 ... k - 1: the characters of a
text, its words, or its bytes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from itlib import _checks
from itlib._types import ArrayLike, FloatArray, IntArray


def fit_ngrams(
    message: ArrayLike, k: int, *, context: int, smoothing: str | float = "witten-bell"
) -> NGrams:
    """Return a model of messages that predicts each outcome from the `context` before it.

    The prediction starts from 1/k for every outcome, and is corrected by the counts after the
    last 0, 1, 2 ... `context` outcomes, one after the other:

    p_n(x) = (times x followed + w · p_(n-1)(x)) / (times anything followed + w).

    The weight w says how many counts the shorter context is worth.

    Parameters
    ----------
    message : sequence of int
        Outcomes 0 ... k - 1 to learn from.
    k : int
        The number of outcomes.
    context : int
        How many outcomes the model looks back; an n-gram model has `context` n - 1.
    smoothing : "witten-bell" or float
        The weight w.  Witten and Bell take the number of different outcomes that followed:
        a context with many sequels may well have another one.  With 0 what never followed is
        impossible.  A context that is new leaves the prediction as it was.

    Returns
    -------
    NGrams
        A function of the outcomes so far that gives the distribution of the next one, as
        `arithmetic_encode` takes it.  Its method `probabilities(message)` gives the probability
        of each outcome of a message, fast.

    Raises
    ------
    TypeError
        If the message holds anything but whole numbers, or `context` or `k` is no whole number.
    ValueError
        If the message is empty or holds an outcome out of range, `smoothing` is negative or
        unknown, or k to the power of `context` + 1 is 2**63 or more.

    See Also
    --------
    arithmetic_encode : Turns a message that the model predicts well into few bits.

    References
    ----------
    Shannon, A Mathematical Theory of Communication (1948), section 3, for the models.
    Witten & Bell, The zero-frequency problem (1991), for the weight.

    Examples
    --------
    After "a" came "b" twice and "c" once:

    >>> message = ["abc".index(x) for x in "abacab"]
    >>> model = fit_ngrams(message, 3, context=1, smoothing=0)
    >>> model([0]).round(4).tolist()
    [0.0, 0.6667, 0.3333]
    >>> fit_ngrams(message, 3, context=1)([0]).round(4).tolist()
    [0.1778, 0.5333, 0.2889]
    """
    k, context = _checks.whole(k, "k", least=1), _checks.whole(context, "context")
    message = _message(message, k)
    if k ** min(context + 1, 63) >= 2**63:
        raise ValueError(
            "k to the power of context + 1 must be below 2**63, "
            f"got {_checks.brief(k)}**{_checks.brief(context + 1)}"
        )
    if isinstance(smoothing, str):
        _checks.choice(smoothing, "smoothing", ("witten-bell",))
    else:
        smoothing = _checks.scalar(smoothing, "smoothing", _checks.nonnegative)
    return NGrams(message, k, context, smoothing)


class NGrams:
    """What `fit_ngrams` returns: counts of runs of outcomes, and the predictions they make."""

    def __init__(self, message: IntArray, k: int, context: int, smoothing: str | float) -> None:
        self.k, self.context, self.smoothing = k, context, smoothing
        # Only of a single outcome, which is certain anyway, can a context be longer than 61.
        self._counts = _all_counts(message, k, min(context, 61))

    def __call__(self, past: Sequence[int] | IntArray) -> FloatArray:
        """Return the distribution of the next outcome after the outcomes so far."""
        recent = _last(past, self.context, self.k)
        # Runs are whole numbers up to 2**63, whatever size NumPy takes by default.
        p, outcomes, before = np.full(self.k, 1 / self.k), np.arange(self.k, dtype=np.int64), 0
        for n, counts in enumerate(self._counts[: len(recent) + 1]):
            if n:
                before += recent[-n] * self.k ** (n - 1)
            p = self._corrected(p, counts, np.full(1, before, dtype=np.int64), outcomes)
        return p

    def probabilities(self, message: ArrayLike) -> FloatArray:
        """Return the probability of each outcome of a message, given those before it."""
        message = _message(message, self.k)
        p = np.full(message.size, 1 / self.k)
        for n, counts in enumerate(self._counts[: message.size]):
            # The first n outcomes have no n before them, and keep what they got so far.
            before = _runs(message, n + 1, self.k) // self.k
            p[n:] = self._corrected(p[n:], counts, before, message[n:])
        return p

    def _corrected(
        self, p: FloatArray, counts: _Counts, before: IntArray, outcomes: IntArray
    ) -> FloatArray:
        followed, anything, different = counts.after(before, outcomes)
        weight = different if isinstance(self.smoothing, str) else self.smoothing
        # A context that is new keeps what the shorter one said.
        return np.divide(followed + weight * p, anything + weight, out=p.copy(), where=anything > 0)

    def __repr__(self) -> str:
        return f"NGrams(k={self.k}, context={self.context}, smoothing={self.smoothing!r})"


class _Counts:
    """How often each run of n + 1 outcomes came, and what that says about its first n."""

    def __init__(self, runs: IntArray, times: IntArray, k: int) -> None:
        self._k, self._runs, self._times = k, runs, times
        contexts = self._runs // k  # in order as the runs are: each begins where it changes
        begins = np.ones(contexts.size, dtype=bool)
        begins[1:] = contexts[1:] != contexts[:-1]
        first = np.flatnonzero(begins)
        self._contexts, self._different = contexts[first], np.diff(first, append=contexts.size)
        self._anything = np.add.reduceat(self._times, first)

    def shorter(self, last: int) -> tuple[IntArray, IntArray]:
        """Return the different runs of n outcomes and how often each came, once more for the last."""
        place = np.searchsorted(self._contexts, last)
        if last in self._contexts[place : place + 1]:
            return self._contexts, self._anything + (np.arange(self._contexts.size) == place)
        return np.insert(self._contexts, place, last), np.insert(self._anything, place, 1)

    def after(self, context: IntArray, outcome: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return how often the outcome, anything, and how many different outcomes followed."""
        return (
            _look_up(self._runs, self._times, context * self._k + outcome),
            _look_up(self._contexts, self._anything, context),
            _look_up(self._contexts, self._different, context),
        )


def _all_counts(message: IntArray, k: int, context: int) -> list[_Counts]:
    """Return the counts of runs of 1 ... context + 1 outcomes.

    Only the longest are sorted: others are their beginnings, and the one at the end.
    """
    longest = min(context, message.size - 1)
    found = [_Counts(*_counted(_runs(message, longest + 1, k)), k)]
    for n in range(longest, 0, -1):
        (last,) = _runs(message[-n:], n, k).tolist()
        found.append(_Counts(*found[-1].shorter(last), k))
    return found[::-1]


def _counted(runs: IntArray) -> tuple[IntArray, IntArray]:
    """Return the different runs in order, and how often each comes."""
    if runs.max() > 4 * runs.size:
        return np.unique(runs, return_counts=True)
    # A place for every run there may be takes less time than to sort those there are.
    times = np.bincount(runs.astype(np.int32))
    there = np.flatnonzero(times)
    return there.astype(np.int64), times[there]


def _look_up(keys: IntArray, values: IntArray, wanted: IntArray) -> IntArray:
    """Return the value of each wanted key, 0 where it is not among the sorted keys."""
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[place] == wanted, values[place], 0)


def _runs(message: IntArray, length: int, k: int) -> IntArray:
    """Return every run of `length` outcomes as one whole number with base-k digits."""
    runs = np.zeros(message.size - length + 1, dtype=np.int64)
    for i in range(length):
        runs = runs * k + message[i : i + runs.size]
    return runs


def _last(past: Sequence[int] | IntArray, n: int, k: int) -> list[int]:
    """Return the last n outcomes so far, or all; at least one of them is looked at."""
    past = list(past) if isinstance(past, deque) else past
    try:
        recent = past[-max(n, 1) :]
        some = len(recent) > 0
    except (TypeError, KeyError, IndexError):
        shown = _checks.show(past)
        raise TypeError(f"past must be a sequence of whole numbers, got {shown}") from None
    recent = _message(recent, k, "past").tolist() if some else []
    return recent[-n:] if n else []


def _message(message: ArrayLike, k: int, name: str = "message") -> IntArray:
    read = _checks.vector(message, name, lambda y, name: _checks.labels(y, name, k=k))
    return read.astype(np.int64)
