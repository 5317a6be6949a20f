"""Against mpmath, on hard cases, in units of 2^-52 of relative error.

The truth is the exactly normalised distribution that the doubles stand for.  Sixty digits are
enough where numbers differ by less than that; tiny probabilities get more.
"""

import math

import mpmath
import numpy as np
import pytest
from precise import LEAST_NORMAL, ulps

import itlib

DIGITS = 360


@pytest.fixture(autouse=True)
def digits():
    with mpmath.workdps(DIGITS):
        yield


def exactly(p):
    """Return the entries of an array as exact numbers that sum to 1."""
    entries = [mpmath.mpf(float(x)) for x in np.ravel(p)]
    total = mpmath.fsum(entries)
    return [x / total for x in entries]


def entropy(p):
    return -mpmath.fsum(x * mpmath.log(x) for x in exactly(p) if x)


def kl(p, q):
    pairs = zip(exactly(p), exactly(q))
    return mpmath.fsum(a * mpmath.log(a / b) if a else 0 for a, b in pairs)


def js(p, q):
    p, q = exactly(p), exactly(q)
    middle = [(a + b) / 2 for a, b in zip(p, q)]
    return (
        mpmath.fsum(x * mpmath.log(x / m) for side in (p, q) for x, m in zip(side, middle) if x) / 2
    )


def mutual_information(p_xy):
    table = mpmath.matrix(*p_xy.shape)
    for place, share in zip(np.ndindex(p_xy.shape), exactly(p_xy)):
        table[place] = share
    x = [mpmath.fsum(table[i, :]) for i in range(table.rows)]
    y = [mpmath.fsum(table[:, j]) for j in range(table.cols)]
    return mpmath.fsum(
        table[i, j] * mpmath.log(table[i, j] / (x[i] * y[j]))
        for i in range(table.rows)
        for j in range(table.cols)
        if table[i, j]
    )


SIZES = [2, 3, 10, 32, 33, 100]  # short ones, and long ones that are summed in pieces


def peaked(rng, k):
    """One outcome has 1 − δ, with δ down to 1e-300."""
    for delta in (0.3, 0.1, 1e-3, 1e-9, 1e-16, 1e-17, 1e-18, 1e-100, 1e-300):
        yield np.concatenate([[1 - delta], delta * rng.dirichlet(np.ones(k - 1))])


def wide(rng, k):
    """Entries of every size down to 1e-300."""
    for _ in range(3):
        yield itlib.normalize(10.0 ** rng.uniform(-300, 0, k))


def distributions():
    rng = np.random.default_rng(1)
    for k in SIZES:
        yield np.eye(k)[0]
        yield np.full(k, 1 / k)
        yield from rng.dirichlet(np.ones(k), 5)
        yield from peaked(rng, k)
        yield from wide(rng, k)


def pairs():
    """Far pairs, and pairs that agree to a relative 1e-15; sums a little off 1 as well."""
    rng = np.random.default_rng(2)
    for k in SIZES:
        yield from zip(rng.dirichlet(np.ones(k), 3), rng.dirichlet(np.ones(k), 3))
        yield from zip(wide(rng, k), wide(rng, k))
        yield from zip(peaked(rng, k), [np.full(k, 1 / k)] * 9)
        for p in rng.dirichlet(np.ones(k), 2):
            for step in (0.9, 0.3, 0.1, 1e-2, 1e-4, 1e-8, 1e-12, 1e-15):
                q = itlib.normalize(p * (1 + step * rng.uniform(-1, 1, k)))
                yield p, q
                yield p, q * (1 + 1e-10 * min(1, step / 1e-6))
    yield [1, 0, 0], [1 / 3] * 3
    yield [0.5, 0.5, 0.0], [0.5, 0.25, 0.25]
    yield np.nextafter(np.full(4, 0.25), 1), np.nextafter([0.25, 0.25, 0.5, 1e-300], 0)
    p = [0.1, 0.2, 0.7]
    yield p, [*p[:2], math.nextafter(p[2], 1)]


def joint_tables():
    """Joints from dependent down to independent but for a relative 1e-12, and sparse ones."""
    rng = np.random.default_rng(3)
    for shape in ((2, 2), (3, 5), (20, 7)):
        for step in (1, 0.3, 1e-3, 1e-6, 1e-9, 1e-12):
            product = np.outer(*(rng.dirichlet(np.ones(k)) for k in shape))
            table = product * (1 + step * rng.uniform(-1, 1, shape))
            yield table / table.sum()
            yield table / table.sum() * (1 + 1e-10)
        yield rng.dirichlet(np.full(shape[0] * shape[1], 0.05)).reshape(shape)
        yield itlib.normalize(10.0 ** rng.uniform(-300, 0, shape[0] * shape[1])).reshape(shape)
    yield np.diag([1 - 1e-200, 1e-200])  # the product of its marginals underflows


def as_rows(measure):
    """Return the same measure, taken of batches of one, which go through other code."""
    return lambda *arrays: measure(*(np.array([x]) for x in arrays), base=math.e)[0]


def nats(measure):
    return lambda *arrays: measure(*arrays, base=math.e)


@pytest.mark.parametrize("form", [nats, as_rows])
def test_entropy_is_right_to_4_units_in_the_last_place(form):
    for p in distributions():
        assert ulps(entropy(p), form(itlib.entropy)(p)) <= 4, p


def test_binary_entropy_is_right_to_4_units_in_the_last_place():
    rng = np.random.default_rng(4)
    small = 10.0 ** -rng.uniform(0, 300, 100)
    for p in [*rng.random(100), *small, *(1 - 10.0 ** -rng.uniform(0, 15.9, 100)), 0.5, 0, 1]:
        p = float(p)
        exact = -mpmath.fsum(x * mpmath.log(x) for x in (mpmath.mpf(p), 1 - mpmath.mpf(p)) if x)

        assert ulps(exact, itlib.binary_entropy(p, base=math.e)) <= 4, p


@pytest.mark.slow
@pytest.mark.parametrize("form", [nats, as_rows])
def test_kl_is_right_to_8_units_in_the_last_place(form):
    for p, q in pairs():
        assert ulps(kl(p, q), form(itlib.kl_divergence)(p, q)) <= 8, (p, q)


@pytest.mark.slow
@pytest.mark.parametrize("form", [nats, as_rows])
def test_js_is_right_to_8_units_in_the_last_place(form):
    for p, q in pairs():
        assert ulps(js(p, q), form(itlib.js_divergence)(p, q)) <= 8, (p, q)


@pytest.mark.parametrize("k", [3, 10, 64, 1000])
def test_a_rounding_that_all_outcomes_share_does_not_add_up(k):
    """Equal terms are rounded alike, and so are their sums, which are a little off 1."""
    with mpmath.workdps(40):
        for x in np.linspace(0.1, 0.99, 16):
            p = np.full(k, 1 / k)
            q = itlib.normalize(p * (1 + x * np.where(np.arange(k) % 2, -1, 1)))
            for a, b in ((p, q), (q, p)):
                assert ulps(kl(a, b), itlib.kl_divergence(a, b, base=math.e)) <= 8
                assert ulps(js(a, b), itlib.js_divergence(a, b, base=math.e)) <= 8


def test_mutual_information_is_right_to_8_units_in_the_last_place():
    for table in joint_tables():
        computed = itlib.mutual_information(table, base=math.e)

        assert ulps(mutual_information(table), computed) <= 8, table


def test_mutual_information_from_samples_is_right_to_8_units_in_the_last_place():
    rng = np.random.default_rng(5)
    for counts in (
        rng.integers(0, 50, (3, 4)),
        np.outer([3, 5], [7, 11]) * 10 + [[0, 1], [0, 0]],
        np.full((4, 4), 400) + np.eye(4, dtype=int),
    ):
        x, y = (
            np.repeat(code, counts.ravel().astype(np.intp))
            for code in map(np.ravel, np.indices(counts.shape))
        )
        computed = itlib.mutual_information_from_samples(x, y, base=math.e)

        assert ulps(mutual_information(counts.astype(float)), computed) <= 8, counts


def test_cross_entropy_of_a_confident_model_keeps_its_digits():
    """CE(p, q) for one-hot p and q = 1 − δ is δ, and not the rounding of 1 − δ."""
    for delta in (1e-3, 1e-9, 1e-17, 1e-100):
        p, q = [1.0, 0.0, 0.0], [1 - delta, delta / 2, delta / 2]
        exact = -mpmath.log(exactly(q)[0])

        assert ulps(exact, itlib.cross_entropy(p, q, base=math.e)) <= 8


@pytest.mark.slow
def test_long_vectors_are_as_exact_as_short_ones():
    """Sums of many blocks: a uniform, a random, a peaked distribution, and near pairs."""
    rng = np.random.default_rng(6)
    n = 9_001
    p = rng.dirichlet(np.ones(n))
    tail = np.append(1 - 1e-12, 1e-12 * rng.dirichlet(np.ones(n - 1)))
    with mpmath.workdps(60):
        for one in (np.full(n, 1 / n), p, tail):
            assert ulps(entropy(one), itlib.entropy(one, base=math.e)) <= 4
        for step in (0.5, 1e-3, 1e-12):
            q = itlib.normalize(p * (1 + step * rng.uniform(-1, 1, n)))

            assert ulps(kl(p, q), itlib.kl_divergence(p, q, base=math.e)) <= 8
            assert ulps(js(p, q), itlib.js_divergence(p, q, base=math.e)) <= 8


@pytest.mark.parametrize("base", [2, 10])
def test_other_bases_cost_no_digits(base):
    for p in list(distributions())[::3]:
        exact = entropy(p) / mpmath.log(base)

        assert ulps(exact, itlib.entropy(p, base=base)) <= 4, p


TINY = [3e-308, 1e-307, 1e-306, 1e-305, 1e-303, 1e-300]
SUBNORMAL = [5e-324, 1e-323, 1e-320, 1e-310]


@pytest.mark.parametrize("form", [nats, as_rows])
@pytest.mark.parametrize("x", SUBNORMAL + TINY)
def test_what_is_next_to_nothing_keeps_its_digits_where_the_result_is_a_normal_number(form, x):
    """Down to 2.2e-308; below, a double has fewer digits to keep."""
    with mpmath.workdps(700):
        for y in SUBNORMAL + TINY + [0.0, 0.5]:
            p, q = [x, 1 - x], [y, 1 - y]
            for measure, exact, most in [
                (itlib.entropy, entropy(p), 4),
                (itlib.kl_divergence, kl(p, q) if y else mpmath.inf, 8),
                (itlib.kl_divergence, kl(q, p), 8),
                (itlib.js_divergence, js(p, q), 8),
                (itlib.cross_entropy, entropy(q) + kl(q, p), 8),
            ]:
                arrays = [p] if measure is itlib.entropy else [p, q]
                arrays = arrays[::-1] if exact in (kl(q, p), entropy(q) + kl(q, p)) else arrays
                computed = form(measure)(*map(np.array, arrays))
                if exact == mpmath.inf:
                    assert math.inf == computed
                elif exact > LEAST_NORMAL:
                    assert ulps(exact, computed) <= most, (measure, arrays)
                else:
                    assert abs(computed - exact) <= 1e-323, (measure, arrays)


@pytest.mark.parametrize("p, q", [([0.0, 1.0], [5e-324, 1.0]), ([5e-324, 1.0], [0.0, 1.0])])
def test_js_of_the_least_double_is_next_to_nothing(p, q):
    """In a batch too, and not the bound that a logarithm of 0 would be clipped to."""
    assert itlib.js_divergence(p, q) <= 5e-324
    batch = itlib.js_divergence([p, [0, 1]], [q, [0.5, 0.5]])
    assert batch[0] <= 5e-324
    assert itlib.js_divergence([0, 1], [0.5, 0.5]) == pytest.approx(batch[1], rel=1e-15)


def test_js_is_never_above_one_bit():
    rng = np.random.default_rng(7)
    for k in (2, 3, 40):
        p = np.append(rng.dirichlet(np.ones(k), 200), np.zeros((200, k)), axis=1)
        q = p[::-1, ::-1]

        assert (itlib.js_divergence(p, q) <= 1).all()
        assert 1 == pytest.approx(itlib.js_divergence(p, q).min(), rel=1e-15)
