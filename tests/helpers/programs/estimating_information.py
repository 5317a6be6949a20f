"""Miller and Madow's mutual information from a table of counts, in bits."""

import math

import numpy as np
from scipy import stats

import itlib


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


PROGRAMS = {
    "est-code": [
        corrected_in_plain_python,
        corrected_in_numpy,
        corrected_in_scipy,
        corrected_with_the_library,
    ],
}
