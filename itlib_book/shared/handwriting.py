"""Handwritten digits, told apart by several yes-no questions that form a code."""

import numpy as np
from sklearn.datasets import load_digits

from bookkit.python.carried import carried


def output_codes():
    """Return {name: code} of the ten digits; a column is a yes-no question about the digit."""
    rng = np.random.default_rng(0)
    return {
        "one question a digit": np.eye(10, dtype=int),
        "15 random questions": rng.integers(0, 2, (10, 15)),
        "63 random questions": rng.integers(0, 2, (10, 63)),
    }


@carried
def output_code_errors():
    """Return for each code how many single answers are wrong, and how many digits, on a test.

    A question is answered by a line that is fitted by least squares to scikit-learn's
    handwritten digits; the digit whose row of the code is nearest to the answers wins.
    """
    x, y = load_digits(return_X_y=True)
    x = np.hstack([x / 16, np.ones((len(x), 1))])
    train = np.arange(len(x)) < 1200
    return np.array([_output_code_error(code, x, y, train) for code in output_codes().values()])


def _output_code_error(code, x, y, train):
    aims = 2 * code[y] - 1
    lines = np.linalg.lstsq(x[train], aims[train], rcond=None)[0]
    answers = x[~train] @ lines
    single = ((answers > 0) != (aims[~train] > 0)).mean()
    nearest = ((answers[:, None] - (2 * code - 1)) ** 2).sum(axis=2).argmin(axis=1)
    return single, (nearest != y[~train]).mean()
