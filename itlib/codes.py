"""Codes: bit strings for outcomes, short ones for what is likely.

A code is a list of strings of 0s and 1s, one for each outcome.  A message is a sequence of
outcomes, each given by its number 0 ... k - 1.
"""

import bisect
import heapq
import itertools
import math
from fractions import Fraction

import numpy as np

from itlib import _checks


def huffman_code(p):
    """Return the prefix code with the shortest expected length, L = Σ pᵢ lᵢ.

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
        bit at all, and gets the empty word.  Where probabilities are equal, other codes are
        just as short; this one keeps its longest word short.

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
    p = _checks.vector(p, "p", _checks.probabilities)
    words = [""] * p.size
    # On equal weights the earlier group goes first, and single outcomes before joined ones.
    heap = [(weight, order, [order]) for order, weight in enumerate(p.tolist())]
    heapq.heapify(heap)
    for order in itertools.count(p.size):
        if len(heap) == 1:
            return words
        light, _, first = heapq.heappop(heap)
        heavy, _, second = heapq.heappop(heap)
        # The heavier group takes the 0, so that likely outcomes read 0, 10, 110 ...
        zero, one = (second, first) if heavy > light else (first, second)
        for bit, group in (("0", zero), ("1", one)):
            for outcome in group:
                words[outcome] = bit + words[outcome]
        heapq.heappush(heap, (light + heavy, order, zero + one))


def expected_length(p, code):
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
    p, lengths = _checks.vector(p, "p", _checks.probabilities), _lengths(code)
    if p.size != len(lengths):
        raise ValueError(
            f"code must have one word for each of {p.size} outcomes, got {len(lengths)}"
        )
    return math.fsum(p * lengths) / math.fsum(p)


def kraft_sum(code):
    """Return Σ 2^(−length), the share of all bit strings that begin with a word of the code.

    Kraft's inequality: at most 1 for a prefix code, and whatever lengths satisfy it belong to
    some prefix code.  Exactly 1 when nothing is wasted.

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


def arithmetic_encode(p, message):
    """Return one bit string for a whole message, within two bits of its information content.

    Each outcome narrows the interval [0, 1) to the part that `p` assigns to it, so that the last
    one has the width P = Π p(xᵢ).  The ⌈log₂ 1/P⌉ + 1 bits name a dyadic interval that lies
    inside it, so that whatever follows them does not matter.  No outcome has to take a whole
    number of bits.

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
        ⌈log2 1/P⌉ + 1 bits, where P is the probability of the message.

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
    low, width, unit = 0, 1, 1
    for start, share, whole in _shares(p, message):
        low, width, unit = low * whole + width * start, width * share, unit * whole
    length = _code_length(width, unit)
    first = -(-(low << length) // unit)  # [first, first + 1) / 2**length lies in the interval
    return f"{first:0{length}b}"


def arithmetic_decode(p, bits, length):
    """Return the message of `length` outcomes that `arithmetic_encode` turned into `bits`.

    The bits are a number in [0, 1), Σ bₖ 2⁻ᵏ; each outcome is the one whose part holds it.

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
    _lengths([bits], "bits")
    point, unit = int(bits or "0", 2), 1 << len(bits)  # the number point / unit, in [0, 1)
    message = []
    for _ in range(length):
        starts, widths, whole = predict(message)
        # The last to start there is never one of width 0, which starts where the next one does.
        outcome = bisect.bisect_right(starts, point * whole // unit) - 1
        message.append(outcome)
        point, unit = point * whole - starts[outcome] * unit, unit * widths[outcome]
    return message


def arithmetic_code_length(p, message):
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
    _, widths, wholes = zip(*_shares(p, message))
    return _code_length(math.prod(widths), math.prod(wholes))


def _code_length(width, whole):
    """Return ⌈log2(whole / width)⌉ + 1."""
    ratio = -(-whole // width)
    return (ratio - 1).bit_length() + 1


def _shares(p, message):
    """Yield where the interval of each outcome starts, its width and the whole, as integers."""
    predict, past = _predictor(p), []
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
        yield starts[outcome], widths[outcome], whole


def _predictor(p):
    """Return a function from the outcomes so far to the intervals of the next one."""
    if callable(p):
        return lambda past: _intervals(p(past))
    intervals = _intervals(p)
    return lambda past: intervals


def _intervals(p):
    """Return where the interval of each outcome starts, its width and their sum, as integers."""
    p = _checks.vector(p, "p", _checks.probabilities)
    shares = [x.as_integer_ratio() for x in p.tolist()]
    common = max(denominator for _, denominator in shares)  # powers of two
    widths = [numerator * (common // denominator) for numerator, denominator in shares]
    *starts, whole = itertools.accumulate(widths, initial=0)
    return starts, widths, whole


def _lengths(code, name="code"):
    """Return the lengths of the words of a code, having read every bit."""
    if _checks.array(code, name).ndim == 0:  # also what has no order, such as a set
        raise TypeError(
            f"{name} must be a sequence of strings of 0s and 1s, got {_checks.show(code)}"
        )
    if len(code) == 0:
        raise ValueError(f"{name} is empty")
    for place, word in enumerate(code):
        if not isinstance(word, str):
            shown = _checks.show(word)
            raise TypeError(f"{name}[{place}] must be a string of 0s and 1s, got {shown}")
        if word.strip("01"):
            shown = _checks.show(word)
            raise ValueError(f"{name}[{place}] must hold only 0s and 1s, got {shown}")
    return np.array([len(word) for word in code])
