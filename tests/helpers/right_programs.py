"""Right answers to every code exercise of the book, as four different readers would write them.

In plain Python, in NumPy, on the library of the book or on SciPy, and in yet another way; most of
them without a thought for lists or arrays.
"""

import heapq
import math
from collections import Counter
from fractions import Fraction

import numpy as np
from scipy import optimize, special, stats

import itlib
from itlib import error_correction

# --- the mean cross-entropy of a batch of logits, in nats ---


def loss_in_plain_python(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels):
        top = max(row)
        total += top + math.log(sum(math.exp(z - top) for z in row)) - row[label]
    return total / len(labels)


def loss_in_numpy(logits, labels):
    top = np.max(logits, axis=1)
    shifted = logits - top[:, None]
    own = shifted[np.arange(len(labels)), labels]
    return np.mean(np.log(np.sum(np.exp(shifted), axis=1)) - own)


def loss_in_scipy(logits, labels):
    return -special.log_softmax(logits, axis=1)[range(len(labels)), labels].mean()


def loss_with_the_library(logits, labels):
    return itlib.softmax_cross_entropy(logits, labels).mean()


# --- what is needed, wasted and spent, in bits ---


def bill_in_plain_python(p, q):
    needed = -sum(a * math.log2(a) for a in p if a > 0)
    spent = 0.0
    for a, b in zip(p, q):
        if a > 0:
            spent += a * -math.log2(b) if b > 0 else math.inf
    return needed, spent - needed, spent


def bill_in_numpy(p, q):
    seen = p > 0
    needed = -(p[seen] * np.log2(p[seen])).sum()
    spent = -(p[seen] * np.log2(q[seen])).sum()
    return np.array([needed, spent - needed, spent])


def bill_in_scipy(p, q):
    needed, wasted = stats.entropy(p, base=2), stats.entropy(p, q, base=2)
    return [needed, wasted, needed + wasted]


def bill_with_the_library(p, q):
    return itlib.entropy(p), itlib.kl_divergence(p, q), itlib.cross_entropy(p, q)


# --- the slopes of the squared error behind a softmax ---


def slopes_in_plain_python(logits, label):
    top = max(logits)
    e = [math.exp(z - top) for z in logits]
    q = [x / sum(e) for x in e]
    y = [1 if i == label else 0 for i in range(len(q))]
    return [
        sum(2 * (q[j] - y[j]) * q[j] * ((i == j) - q[i]) for j in range(len(q)))
        for i in range(len(q))
    ]


def slopes_in_numpy(logits, label):
    q = np.exp(logits - logits.max())
    q /= q.sum()
    y = np.zeros_like(q)
    y[label] = 1
    return (np.diag(q) - np.outer(q, q)) @ (2 * (q - y))


def slopes_in_scipy(logits, label):
    q = special.softmax(logits)
    e = q - np.eye(q.size)[label]
    return 2 * q * e - 2 * q * np.dot(q, e)


def slopes_with_the_library(logits, label):
    q = itlib.softmax(logits)
    miss = q - (np.arange(len(q)) == label)
    return [2 * q[i] * (miss[i] - (q * miss).sum()) for i in range(len(q))]


# --- the losses of a training run ---


def training_in_plain_python(z, rate, count):
    losses = []
    for _ in range(count):
        q = 1 / (1 + math.exp(-z))
        losses.append(-math.log(q))
        z -= rate * (q - 1)
    return losses


def training_in_numpy(z, rate, count):
    losses = np.zeros(count)
    for i in range(count):
        losses[i] = np.logaddexp(0, -z)
        z += rate / (1 + np.exp(z))
    return losses


def training_in_scipy(z, rate, count):
    zs = [z]
    for _ in range(count - 1):
        zs.append(zs[-1] + rate * special.expit(-zs[-1]))
    return -special.log_expit(np.array(zs))


def training_with_the_library(z, rate, count):
    out = []
    while len(out) < count:
        out.append(itlib.sigmoid_cross_entropy(z, 1))
        z = z - rate * itlib.sigmoid_cross_entropy_grad(z, 1)
    return tuple(out)


# --- information gain, in bits ---


def gain_in_plain_python(feature, labels):
    def bits(column):
        n = len(column)
        return -sum(column.count(x) / n * math.log2(column.count(x) / n) for x in set(column))

    gain = bits(labels)
    for value in set(feature):
        group = [y for x, y in zip(feature, labels) if x == value]
        gain -= len(group) / len(labels) * bits(group)
    return gain


def gain_in_numpy(feature, labels):
    def bits(column):
        p = np.unique(column, return_counts=True)[1] / len(column)
        return -(p * np.log2(p)).sum()

    inside = [(feature == v).mean() * bits(labels[feature == v]) for v in np.unique(feature)]
    return bits(labels) - np.sum(inside)


def gain_in_scipy(feature, labels):
    def bits(things):
        return stats.entropy(list(Counter(things).values()), base=2)

    return bits(feature) + bits(labels) - bits(list(zip(feature, labels)))


def gain_with_the_library(feature, labels):
    return itlib.mutual_information_from_samples(feature, labels)


# --- differential entropy on a grid, in bits ---


def density_in_plain_python(f, dx):
    return -sum(y * math.log2(y) * dx for y in f if y)


def density_in_numpy(f, dx):
    f = f[f > 0]
    return -(f * np.log2(f)).sum() * dx


def density_in_scipy(f, dx):
    return special.entr(f).sum() * dx / np.log(2)


def density_with_the_library(f, dx):
    return itlib.entropy(itlib.normalize(f)) + math.log2(dx)


# --- entropy of one distribution or of a batch, in bits ---


def entropy_in_plain_python(p):
    try:
        return [entropy_in_plain_python(row) for row in [list(row) for row in p]]
    except TypeError:
        return sum(-x * math.log2(x) for x in p if x > 0)


def entropy_in_numpy(p):
    safe = np.where(p == 0, 1, p)
    return -(p * np.log2(safe)).sum(axis=-1)


def entropy_in_scipy(p):
    return stats.entropy(p, base=2, axis=-1)


def entropy_with_the_library(p):
    return itlib.entropy(p, base=math.e) / math.log(2)


# --- Miller and Madow's mutual information from a table of counts, in bits ---


def corrected_in_plain_python(table):
    n = sum(sum(row) for row in table)

    def bits(counts):
        seen = [c for c in counts if c > 0]
        h = -sum(c / n * math.log2(c / n) for c in seen)
        return h + (len(seen) - 1) / (2 * n * math.log(2))

    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table)]
    return bits(rows) + bits(columns) - bits([c for row in table for c in row])


def corrected_in_numpy(table):
    n = table.sum()
    p, x, y = table / n, table.sum(1, keepdims=True) / n, table.sum(0, keepdims=True) / n
    seen = p > 0
    plain = (p[seen] * np.log2(p[seen] / (x * y)[seen])).sum()
    more = (x > 0).sum() + (y > 0).sum() - seen.sum() - 1
    return plain + more / (2 * n) / np.log(2)


def corrected_in_scipy(table):
    def nats(counts):
        return stats.entropy(counts) + (np.count_nonzero(counts) - 1) / (2 * np.sum(counts))

    parts = nats(np.sum(table, 1)), nats(np.sum(table, 0)), nats(np.ravel(table))
    return (parts[0] + parts[1] - parts[2]) / math.log(2)


def corrected_with_the_library(table):
    table = np.array(table)
    plain = itlib.mutual_information(itlib.normalize(table, axis=None))
    cells = [np.count_nonzero(x) for x in (table.sum(0), table.sum(1), table)]
    return plain + (cells[0] + cells[1] - cells[2] - 1) / (2 * table.sum() * math.log(2))


# --- mutual information of a table, in bits ---


def mutual_in_plain_python(p_xy):
    p_x = [sum(row) for row in p_xy]
    p_y = [sum(column) for column in zip(*p_xy)]
    return sum(
        p * math.log2(p / (p_x[i] * p_y[j]))
        for i, row in enumerate(p_xy)
        for j, p in enumerate(row)
        if p > 0
    )


def mutual_in_numpy(p_xy):
    product = p_xy.sum(axis=1)[:, None] * p_xy.sum(axis=0)[None, :]
    mask = p_xy > 0
    return float((p_xy[mask] * np.log2(p_xy[mask] / product[mask])).sum())


def mutual_in_scipy(p_xy):
    x, y = np.sum(p_xy, axis=1), np.sum(p_xy, axis=0)
    return special.rel_entr(p_xy, np.outer(x, y)).sum() / np.log(2)


def mutual_with_the_library(p_xy):
    p_xy = np.array(p_xy)
    return itlib.entropy(p_xy.sum(0)) - itlib.conditional_entropy(p_xy)


# --- D(p||q), in bits ---


def kl_in_plain_python(p, q):
    total = 0
    for i in range(len(p)):
        if p[i] == 0:
            continue
        if q[i] == 0:
            return float("inf")
        total += p[i] * math.log(p[i] / q[i], 2)
    return total


def kl_in_numpy(p, q):
    return np.where(p > 0, p * np.log2(p / q), 0).sum()


def kl_in_scipy(p, q):
    return np.sum(special.rel_entr(p, q)) / np.log(2)


def kl_with_the_library(p, q):
    return itlib.cross_entropy(p, q) - itlib.entropy(p)


# --- surprise, in bits ---


def surprise_in_plain_python(p):
    if hasattr(p, "__len__"):
        return [surprise_in_plain_python(x) for x in p]
    return -math.log2(p) if p else math.inf


def surprise_in_numpy(p):
    return -np.log(p) / np.log(2)


def surprise_in_scipy(p):
    p = np.asarray(p)
    return np.where(p > 0, -special.xlogy(1, p) / math.log(2), np.inf)


def surprise_with_the_library(p):
    return itlib.self_information(p)


# --- softmax at a temperature ---


def softmax_in_plain_python(z, T):
    e = [math.exp((x - max(z)) / T) for x in z]
    return [x / sum(e) for x in e]


def softmax_in_numpy(z, T):
    z = z / T
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def softmax_in_scipy(z, T):
    return np.exp(np.array(z) / T - special.logsumexp(np.array(z) / T))


def softmax_with_the_library(z, T):
    return itlib.softmax([x / T for x in z])


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


# --- the evidence lower bound, in bits ---


def elbo_in_plain_python(q, prior, likelihood):
    return sum(
        a * (math.log2(c) - math.log2(a / b)) for a, b, c in zip(q, prior, likelihood) if a > 0
    )


def elbo_in_numpy(q, prior, likelihood):
    there = q > 0
    q, joint = q[there], (prior * likelihood)[there]
    return np.sum(q * np.log2(joint / q))


def elbo_in_scipy(q, prior, likelihood):
    q, prior = np.array(q), np.array(prior)
    return (special.xlogy(q, likelihood) - special.rel_entr(q, prior)).sum() / math.log(2)


def elbo_with_the_library(q, prior, likelihood):
    q, joint = np.array(q), np.array(prior) * np.array(likelihood)
    evidence = joint.sum()
    return math.log2(evidence) - itlib.kl_divergence(q, joint / evidence)


def _training_as_an_equation(z, rate, count):
    """Each step as the root of an equation, for those who like it odd."""
    losses = []
    for _ in range(count):
        losses.append(math.log1p(math.exp(-z)))
        step = rate / (1 + math.exp(z))
        z = optimize.brentq(
            lambda there, z=z, step=step: there - z - step, z - 1, z + 9, xtol=1e-13
        )
    return losses


# --- the position that Hamming's decoder flips ---


def syndrome_in_plain_python(received):
    checks = [sum(received[i] for i in range(7) if (i + 1) & bit) % 2 for bit in (1, 2, 4)]
    return checks[0] + 2 * checks[1] + 4 * checks[2]


def syndrome_in_numpy(received):
    table = np.array([[1, 0, 1, 0, 1, 0, 1], [0, 1, 1, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1, 1]])
    return table @ np.array(received) % 2 @ [1, 2, 4]


def syndrome_by_adding_without_carry(received):
    return np.bitwise_xor.reduce(np.flatnonzero(received) + 1)


def syndrome_with_the_library(received):
    return error_correction.hamming_decode(received).flipped + 1


PROGRAMS = {
    "noisy-syndrome": [
        syndrome_in_plain_python, syndrome_in_numpy, syndrome_by_adding_without_carry,
        syndrome_with_the_library,
    ],
    "xent-code": [loss_in_plain_python, loss_in_numpy, loss_in_scipy, loss_with_the_library],
    "xent-bill": [bill_in_plain_python, bill_in_numpy, bill_in_scipy, bill_with_the_library],
    "mse-code": [
        slopes_in_plain_python, slopes_in_numpy, slopes_in_scipy, slopes_with_the_library,
    ],
    "mse-training": [
        training_in_plain_python, training_in_numpy, training_in_scipy, training_with_the_library,
        _training_as_an_equation,
    ],
    "tree-code": [gain_in_plain_python, gain_in_numpy, gain_in_scipy, gain_with_the_library],
    "diff-code": [
        density_in_plain_python, density_in_numpy, density_in_scipy, density_with_the_library,
    ],
    "ent-code": [
        entropy_in_plain_python, entropy_in_numpy, entropy_in_scipy, entropy_with_the_library,
    ],
    "est-code": [
        corrected_in_plain_python, corrected_in_numpy, corrected_in_scipy,
        corrected_with_the_library,
    ],
    "joint-code": [
        mutual_in_plain_python, mutual_in_numpy, mutual_in_scipy, mutual_with_the_library,
    ],
    "kl-code": [kl_in_plain_python, kl_in_numpy, kl_in_scipy, kl_with_the_library],
    "si-code": [
        surprise_in_plain_python, surprise_in_numpy, surprise_in_scipy, surprise_with_the_library,
    ],
    "temp-code": [
        softmax_in_plain_python, softmax_in_numpy, softmax_in_scipy, softmax_with_the_library,
    ],
    "code-words": [
        words_in_plain_python, words_in_numpy, words_with_fractions, words_with_the_library,
    ],
    "code-length": [
        length_in_plain_python, length_in_numpy, length_with_a_heap, length_with_the_library,
    ],
    "vi-code": [elbo_in_plain_python, elbo_in_numpy, elbo_in_scipy, elbo_with_the_library],
}  # fmt: skip
