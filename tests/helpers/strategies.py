"""Where the theorems are tried: distributions, pairs, joint tables, channels and mixtures."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

# Zeros and very unequal weights are common on purpose.
weights = st.one_of(st.just(0.0), st.floats(1e-12, 1e-6), st.floats(0.01, 1.0))
seeds = st.integers(0, 1000)


def _normalized(w, axis=-1):
    return w / w.sum(axis=axis, keepdims=True)


def rows_of_weights(shape):
    return arrays(float, shape, elements=weights).filter(lambda w: (w.sum(axis=-1) > 1e-3).all())


def pmfs(k=None, least=1, most=6):
    """Distributions of k outcomes, or of any number of them."""
    sizes = st.integers(least, most) if k is None else st.just(k)
    return sizes.flatmap(rows_of_weights).map(_normalized)


def positive_pmfs(least=1, most=6):
    """Distributions without a zero."""
    sizes = st.integers(least, most)
    rows = sizes.flatmap(lambda k: arrays(float, k, elements=st.floats(0.01, 1.0)))
    return rows.map(_normalized)


def groups_of_pmfs(n, least=1, most=6):
    """Arrays of n distributions over one alphabet: ``p, q = ...`` of ``groups_of_pmfs(2)``."""
    return st.integers(least, most).flatmap(lambda k: rows_of_weights((n, k))).map(_normalized)


def joints(most=4):
    """Joint tables p_xy."""
    shapes = st.tuples(st.integers(1, most), st.integers(1, most))
    tables = shapes.flatmap(lambda shape: arrays(float, shape, elements=weights))
    return tables.filter(lambda w: w.sum() > 1e-3).map(lambda w: w / w.sum())


def channels(inputs=None, most=4):
    """Channels p_y_given_x, with a given number of inputs or any."""
    rows = st.integers(1, most) if inputs is None else st.just(inputs)
    return st.tuples(rows, st.integers(1, most)).flatmap(rows_of_weights).map(_normalized)


def columns(n, values=3):
    """Columns of a table with n rows."""
    return arrays(np.int64, n, elements=st.integers(0, values - 1))


@st.composite
def mixtures(draw):
    """Mixtures of up to three Gaussians: weights, means, widths."""
    k = draw(st.integers(1, 3))
    raw = draw(st.lists(st.floats(0.05, 1), min_size=k, max_size=k))
    means = draw(st.lists(st.floats(-4, 4), min_size=k, max_size=k))
    sigmas = draw(st.lists(st.floats(0.3, 3), min_size=k, max_size=k))
    return _normalized(np.array(raw)), means, sigmas
