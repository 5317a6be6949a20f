"""The words of a prefix code; the mean length of Huffman's code."""

import heapq
from fractions import Fraction

import numpy as np

import itlib

# --- the words of a prefix code ---


def words_in_plain_python(lengths):
    if sum(2.0 ** -int(x) for x in lengths) > 1:
        raise ValueError("no such code")
    words, code, before = [], 0, 0
    for length in lengths:
        code <<= int(length) - before
        words.append(bin(code)[2:].rjust(int(length), "0"))
        code, before = code + 1, int(length)
    return words


def words_in_numpy(lengths):
    starts = np.concatenate([[0], np.cumsum(0.5 ** np.array(lengths))])
    if starts[-1] > 1:
        raise ValueError
    words = [np.binary_repr(int(s * 2**n), n) for s, n in zip(starts, lengths)]
    return np.array(words)


def words_with_fractions(lengths):
    start, words = Fraction(0), ()
    for length in lengths:
        digits, rest = "", start
        for _ in range(length):
            rest *= 2
            digits += str(int(rest >= 1))
            rest -= rest >= 1
        words += (digits,)
        start += Fraction(1, 2 ** int(length))
        if start > 1:
            raise ValueError("too many words")
    return words


def words_with_the_library(lengths):
    if itlib.kraft_sum(["0" * n for n in lengths]) > 1:
        raise ValueError("Kraft")
    word, out = "", []
    for n in lengths:
        word = word if not out else f"{int(word, 2) + 1:0{len(word)}b}"
        word = word.ljust(n, "0")
        out.append(word)
    return out


# --- the mean length of Huffman's code ---


def length_in_plain_python(p):
    p, total = list(p), 0
    while len(p) > 1:
        p.sort()
        total += p[0] + p[1]
        p = [p[0] + p[1]] + p[2:]
    return total


def length_in_numpy(p):
    total = 0.0
    while p.size > 1:
        p = np.sort(p)
        total += p[:2].sum()
        p = np.append(p[2:], p[:2].sum())
    return total


def length_with_a_heap(p):
    heap, total = list(p), 0.0
    heapq.heapify(heap)
    while len(heap) > 1:
        both = heapq.heappop(heap) + heapq.heappop(heap)
        heapq.heappush(heap, both)
        total += both
    return total


def length_with_the_library(p):
    return np.dot(p, [len(word) for word in itlib.huffman_code(p)])


PROGRAMS = {
    "code-words": [
        words_in_plain_python,
        words_in_numpy,
        words_with_fractions,
        words_with_the_library,
    ],
    "code-length": [
        length_in_plain_python,
        length_in_numpy,
        length_with_a_heap,
        length_with_the_library,
    ],
}
