"""Codes: bit strings for outcomes, short ones for what is likely.

A code is a list of strings of 0s and 1s, one for each outcome.  A message is a sequence of
outcomes, each given by its number 0 ... k - 1.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from itlib import _checks
from itlib._types import ArrayLike, Model

_SPARE = 128  # binary digits to which each interval of an arithmetic code is known
_EQUAL = 1 + 2.0**-47  # ratio up to which weights of a Huffman code are equal but for rounding


def huffman_code(p: ArrayLike) -> list[str]:
    """Return a prefix code with the shortest expected length, L = Σ pᵢ lᵢ.

    The two least likely outcomes are joined into one, again and again; each joining puts one
    more bit in front of the words of both.

    Parameters
    ----------
    p : array_like, shape (k,)
        Probabilities.

    Returns
    -------
    list of str
        A word for each outcome, none of which begins another one.  A single outcome needs no
        bit at all, and gets the empty word.  Where outcomes, joined or single, are equally likely,
        but for rounding, words of other lengths may cost as little; these keep the longest short.

    Raises
    ------
    ValueError
        If an entry is negative or not finite, `p` does not sum to 1 or has not one axis.

    Notes
    -----
    For positive probabilities H(p) ≤ L < H(p) + 1: a symbol code may waste almost a bit,
    as it must on a coin that nearly always shows heads.

    References
    ----------
    Huffman, A Method for the Construction of Minimum-Redundancy Codes (1952).
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 5.6.

    Examples
    --------
    >>> huffman_code([0.5, 0.25, 0.125, 0.125])
    ['0', '10', '110', '111']
    >>> expected_length([0.5, 0.25, 0.125, 0.125], ["0", "10", "110", "111"])
    1.75
    """
    p = _checks.distribution(p, "p")
    # Joined groups come in the order of their weights, so that two queues serve.
    singles, joined = deque(_in_order(p.tolist())), deque[_Group]()
    parts: list[tuple[int, int]] = []  # of each joined group, the one that takes 0 and the other

    def lightest() -> _Group:
        """Take the lightest group; of equal ones a single outcome, or the earlier one."""
        if joined and (not singles or singles[0].weight > joined[0].weight * _EQUAL):
            return joined.popleft()
        return singles.popleft()

    for _ in range(p.size - 1):
        first, second = lightest(), lightest()
        # The heavier group takes the 0, so that likely outcomes read 0, 10, 110 ...
        is_heavier = second.weight > first.weight * _EQUAL
        zero, one = (second, first) if is_heavier else (first, second)
        joined.append(_Group(zero.weight + one.weight, p.size + len(parts)))
        parts.append((zero.number, one.number))
    return _words(parts)


class _Group(NamedTuple):
    """Outcomes whose words begin alike: their probability together, and the group's number.

    Single outcomes are numbered as they stand in p, joined ones go on from there.
    """

    weight: float
    number: int


def _words(parts: list[tuple[int, int]]) -> list[str]:
    """Return the word of each outcome, each group's from that of the group it was joined into."""
    k = len(parts) + 1
    words = [""] * (2 * k - 1)
    for number in range(2 * k - 2, k - 1, -1):
        zero, one = parts[number - k]
        words[zero], words[one] = words[number] + "0", words[number] + "1"
    return words[:k]


def _in_order(weights: list[float]) -> Iterator[_Group]:
    """Yield the outcomes from the least likely on; those equal but for rounding as they stand."""
    order = sorted(range(len(weights)), key=weights.__getitem__)
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or weights[order[end]] > weights[order[start]] * _EQUAL:
            yield from (_Group(weights[i], i) for i in sorted(order[start:end]))
            start = end


def expected_length(p: ArrayLike, code: Sequence[str]) -> float:
    """Return the average number of bits per outcome, L = Σ p · length of its word.

    Parameters
    ----------
    p : array_like, shape (k,)
        Probabilities.
    code : sequence of str, length k
        A word of 0s and 1s for each outcome.

    Returns
    -------
    float
        In bits.  No uniquely decodable code is shorter than the entropy of `p`.

    Raises
    ------
    TypeError
        If the code is not a sequence of strings.
    ValueError
        If an entry is negative or not finite, `p` does not sum to 1 or has not one axis, a
        word holds anything but 0 and 1, or there is not one word for each outcome.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 5.1.

    Examples
    --------
    A code made for the wrong distribution costs more:

    >>> expected_length([0.125, 0.125, 0.25, 0.5], ["0", "10", "110", "111"])
    2.625
    """
    p, lengths = _checks.distribution(p, "p"), _lengths(code)
    if p.size != len(lengths):
        raise ValueError(
            f"code must have one word for each of {p.size} outcomes, got {len(lengths)}"
        )
    return math.fsum(p * np.array(lengths, dtype=float)) / math.fsum(p) + 0.0


def kraft_sum(code: Sequence[str]) -> float:
    """Return Σ 2^(−length): for a prefix code, the share of all bit strings that its words begin.

    Kraft's inequality: at most 1 for a prefix code, and whatever lengths satisfy it belong to
    some prefix code.  Exactly 1 when no room is left over.

    Parameters
    ----------
    code : sequence of str
        Words of 0s and 1s.

    Returns
    -------
    float

    Raises
    ------
    TypeError
        If the code is not a sequence of strings.
    ValueError
        If the code is empty, or a word holds anything but 0 and 1.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 5.2.

    Examples
    --------
    >>> kraft_sum(["0", "10", "110", "111"])
    1.0
    >>> kraft_sum(["0", "1", "10"])  # too good to be a prefix code
    1.25
    """
    return float(sum(Fraction(1, 1 << length) for length in _lengths(code)))


def arithmetic_encode(p: ArrayLike | Model, message: ArrayLike) -> str:
    """Return one bit string for a whole message, within two bits of its information content.

    Each outcome narrows the interval [0, 1) to the part that `p` assigns to it, so that the last
    one has the width P = Π p(xᵢ).  The ⌈log₂ 1/P⌉ + 1 bits name a dyadic interval that lies
    inside it, so that whatever follows them does not matter.  No outcome has to take a whole
    number of bits.

    It takes time in proportion to the length of the message (and to k, where `p` is a model).

    Parameters
    ----------
    p : array_like, shape (k,), or function
        Probabilities.  A function is a model that predicts: called with the list of the
        outcomes so far, it returns the probabilities of the next one.
    message : sequence of int
        Outcomes 0 ... k - 1, each of positive probability.

    Returns
    -------
    str
        ⌈log2 1/P⌉ + 1 bits, where P is the probability of the message.  Intervals are rounded to
        128 digits, which may cost or save one bit where log2 1/P misses a whole number by less
        than 1e-38 for each outcome.

    Raises
    ------
    TypeError
        If the message holds anything but whole numbers.
    ValueError
        If `p` is (or returns) no distribution, the message is empty, or it holds an outcome
        that is out of range or impossible.

    See Also
    --------
    arithmetic_decode : The way back.
    fit_ngrams : A model that predicts.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 13.3.

    Examples
    --------
    Twenty flips of a coin that shows heads (0) nine times in ten, in 8 bits:

    >>> flips = [0] * 19 + [1]
    >>> bits = arithmetic_encode([0.9, 0.1], flips)
    >>> len(bits), arithmetic_decode([0.9, 0.1], bits, 20) == flips
    (8, True)

    A model that expects every flip to repeat the one before:

    >>> def sticky(past):
    ...     return [0.9, 0.1] if past[-1:] == [0] else [0.1, 0.9]
    >>> len(arithmetic_encode(sticky, [1] * 10 + [0] * 10))
    8
    """
    interval = _Interval()
    for start, end, whole in _shares(p, message):
        interval.narrow(start, end, whole)
    return interval.name()


def arithmetic_decode(p: ArrayLike | Model, bits: str, length: int) -> list[int]:
    """Return the message of `length` outcomes that `arithmetic_encode` turned into `bits`.

    The bits are a number in [0, 1), Σ bₖ 2⁻ᵏ; each outcome is the one whose part holds it.
    It takes time in proportion to the length of the message, as encoding does.

    Parameters
    ----------
    p : array_like, shape (k,), or function
        The probabilities, or the model, used for encoding.
    bits : str
        0s and 1s.
    length : int
        How many outcomes to read.

    Returns
    -------
    list of int

    Raises
    ------
    TypeError
        If `bits` is not a string or `length` not a whole number.
    ValueError
        If `p` is no distribution, `bits` holds anything but 0 and 1, or `length` < 1.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 13.3.

    Examples
    --------
    >>> arithmetic_decode([0.5, 0.25, 0.25], "100110", 3)
    [1, 0, 2]
    """
    predict = _predictor(p)
    length = _checks.whole(length, "length", least=1)
    _checks.held(length, "length")
    _demand_bits(bits)
    interval = _Interval(bits)
    message: list[int] = []
    for _ in range(length):
        starts, _, whole = predict(message)
        outcome = interval.find(starts, whole)
        interval.narrow(starts[outcome], starts[outcome + 1], whole)
        message.append(outcome)
    return message


def arithmetic_code_length(p: ArrayLike | Model, message: ArrayLike) -> int:
    """Return how many bits `arithmetic_encode` takes for a message: ⌈log2 1/P⌉ + 1.

    Parameters
    ----------
    p : array_like, shape (k,), or function
        Probabilities, or a model that predicts them.
    message : sequence of int
        Outcomes 0 ... k - 1, each of positive probability.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        As `arithmetic_encode`.

    References
    ----------
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 13.3.

    Examples
    --------
    >>> arithmetic_code_length([0.9, 0.1], [0] * 100)
    17
    """
    interval = _Interval()
    for start, end, whole in _shares(p, message):
        interval.narrow(start, end, whole)
    return interval.digits()


class _Interval:
    """A part of [0, 1), known to its last `_SPARE` digits or more, however small it becomes.

    It begins at the binary digits that are written, then those of `low`, and is `width` wide, in
    units of the last digit of `low`.  Digits are added at the right as it shrinks, and written at
    the left once only a carry can change them, so that each step has numbers of one size.

    An interval for reading keeps, in place of `low`, how far a number given by its digits lies
    above it.
    """

    def __init__(self, digits: str | None = None) -> None:
        self._given, self._read = digits, 0  # how many of the digits were read
        self._written: list[tuple[int, int]] = []  # pairs of a number and of how many digits it has
        self._places = 0  # how many digits there are after the point, written or not
        self._low, self._low_places, self._width = 0, 0, 1

    def narrow(self, start: int, end: int, whole: int) -> None:
        """Leave the part from start/whole to end/whole."""
        self._widen(whole)
        first, last = self._width * start // whole, self._width * end // whole
        self._width = last - first
        self._low += first if self._given is None else -first

    def find(self, starts: list[int], whole: int) -> int:
        """Return the last of the parts that does not start above the number that is read."""
        self._widen(whole)
        # The largest share of the whole that narrow() would put at or below it.
        share = ((self._low + 1) * whole - 1) // self._width
        # The last to start there is never one of width 0, which starts where the next one does.
        return bisect.bisect_right(starts, share) - 1

    def digits(self) -> int:
        """Return how many digits name a dyadic interval inside this one: ⌈log2 1/width⌉ + 1."""
        return self._places - self._width.bit_length() + 2

    def name(self) -> str:
        """Return the digits of the first dyadic interval of that size inside this one."""
        surplus = self._places - self.digits()
        self._low = -(-self._low >> surplus) << surplus  # the next one, which carries perhaps
        self._write(self._low_places)
        return "".join(f"{number:0{count}b}" for number, count in self._written)[: self.digits()]

    def _widen(self, whole: int) -> None:
        """Add digits until the width has _SPARE more of them than the whole of what divides it."""
        wanted = whole.bit_length() + _SPARE
        if self._width.bit_length() < wanted:
            # Some more than are wanted, so that the next steps find enough.
            self._shift(wanted + _SPARE - self._width.bit_length())
            if self._given is None:
                self._write(self._low_places - self._width.bit_length())

    def _shift(self, count: int) -> None:
        """Add binary digits at the right: of the number that is read, and 0 for lack of one."""
        self._width <<= count
        self._low <<= count
        self._places += count
        self._low_places += count
        if self._given is not None:
            digits = self._given[self._read : self._read + count]
            self._low += int(digits.ljust(count, "0"), 2)
            self._read += count

    def _write(self, count: int) -> None:
        """Write the leading digits of `low`, and add what it carries to those written before."""
        if count <= 0:
            return
        self._low_places -= count
        number = self._low >> self._low_places
        self._low -= number << self._low_places
        carry, number = divmod(number, 1 << count)
        place = len(self._written)
        while carry:
            place -= 1
            before, digits = self._written[place]
            carry, before = divmod(before + 1, 1 << digits)
            self._written[place] = before, digits
        self._written.append((number, count))


def _shares(p: ArrayLike | Model, message: ArrayLike) -> Iterator[tuple[int, int, int]]:
    """Yield where the interval of each outcome starts and ends, and the whole, as integers."""
    predict = _predictor(p)
    past: list[int] = []
    message = _checks.vector(message, "message", _checks.labels)
    for place, outcome in enumerate(message.tolist()):
        starts, widths, whole = predict(past)
        if not 0 <= outcome < len(widths):
            raise ValueError(
                f"message must be in 0 ... {len(widths) - 1}, but message[{place}] is {outcome}"
            )
        if not widths[outcome]:
            raise ValueError(f"message[{place}] is {outcome}, which has probability 0 in p")
        past.append(outcome)
        yield starts[outcome], starts[outcome + 1], whole


def _predictor(p: ArrayLike | Model) -> Callable[[list[int]], tuple[list[int], list[int], int]]:
    """Return a function from the outcomes so far to the intervals of the next one."""
    if callable(p):
        return lambda past: _intervals(p(past))
    intervals = _intervals(p)
    return lambda past: intervals


def _intervals(p: ArrayLike) -> tuple[list[int], list[int], int]:
    """Return where each outcome's interval starts (and the last ends), widths, and their sum."""
    p = _checks.distribution(p, "p")
    shares = [x.as_integer_ratio() for x in p.tolist()]
    common = max(denominator for _, denominator in shares)  # powers of two
    widths = [numerator * (common // denominator) for numerator, denominator in shares]
    starts = list(itertools.accumulate(widths, initial=0))
    return starts, widths, starts[-1]


def _lengths(code: Sequence[str]) -> list[int]:
    """Return the lengths of the words of a code, having read every bit."""
    is_array = hasattr(code, "__array__") and _checks.array(code, "code").ndim
    if not is_array and (isinstance(code, str) or not isinstance(code, Sequence)):
        shown = _checks.show(code)
        raise TypeError(f"code must be a sequence of strings of 0s and 1s, got {shown}")
    if len(code) == 0:
        raise ValueError("code is empty")
    for place, word in enumerate(code):
        if not isinstance(word, str):
            shown = _checks.show(word)
            raise TypeError(f"code[{place}] must be a string of 0s and 1s, got {shown}")
        if word.strip("01"):
            shown = _checks.show(word)
            raise ValueError(f"code[{place}] must hold only 0s and 1s, got {shown}")
    return [len(word) for word in code]


def _demand_bits(bits: object) -> None:
    """Refuse what is no string of 0s and 1s, at its place."""
    if not isinstance(bits, str):
        raise TypeError(f"bits must be a string of 0s and 1s, got {_checks.show(bits)}")
    if bits.strip("01"):
        place = next(i for i, bit in enumerate(bits) if bit not in "01")
        raise ValueError(f"bits must hold only 0s and 1s, but bits[{place}] is {bits[place]!r}")
