"""Divergences: by value and by theorem."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import channels, groups_of_pmfs, pmfs

import itlib


@pytest.mark.parametrize(
    "expected, p, q",
    [
        # Cover & Thomas (2006), example 2.3.1 with r = 1/2 and s = 1/4.
        (1 - 0.5 * math.log2(3), [1 / 2, 1 / 2], [3 / 4, 1 / 4]),
        (0.75 * math.log2(3) - 1, [3 / 4, 1 / 4], [1 / 2, 1 / 2]),
        (0.0, [0.2, 0.3, 0.5], [0.2, 0.3, 0.5]),
        (1.0, [1, 0], [0.5, 0.5]),
        (math.inf, [0.5, 0.5], [1, 0]),
        (0.0, [0, 1], [0, 1]),
    ],
)
def test_kl_has_its_published_values(expected, p, q):
    expected = pytest.approx(expected, rel=1e-14, abs=0)

    assert expected == itlib.kl_divergence(p, q)


@given(groups_of_pmfs(2))
def test_gibbs_inequality(pq):
    """D(p‖q) ≥ 0, with equality exactly for p = q."""
    p, q = pq
    divergence = itlib.kl_divergence(p, q)

    assert divergence >= 0
    assert (divergence == 0) == np.array_equal(p, q)


@given(groups_of_pmfs(2))
def test_kl_is_infinite_where_q_rules_out_what_p_allows_and_nowhere_else(pq):
    p, q = pq

    assert bool(((q == 0) & (p > 0)).any()) == (itlib.kl_divergence(p, q) == math.inf)


@given(groups_of_pmfs(2))
def test_cross_entropy_is_entropy_plus_divergence(pq):
    """CE(p, q) = −Σ p log q = H(p) + D(p‖q)."""
    p, q = pq
    seen = p > 0
    with np.errstate(divide="ignore"):
        expected = -np.dot(p[seen], np.log2(q[seen]))

    assert expected == pytest.approx(itlib.cross_entropy(p, q), abs=1e-12)
    assert itlib.cross_entropy(p, p) == pytest.approx(itlib.entropy(p), rel=1e-14)


@given(groups_of_pmfs(4), st.floats(0, 1, allow_subnormal=False))
def test_kl_is_convex_in_the_pair(rows, t):
    """D(t p + (1−t) p' ‖ t q + (1−t) q') ≤ t D(p‖q) + (1−t) D(p'‖q')."""
    p, p2, q, q2 = rows
    mixed_p, mixed_q = (itlib.normalize(t * a + (1 - t) * b) for a, b in ((p, p2), (q, q2)))
    parts = [(t, itlib.kl_divergence(p, q)), (1 - t, itlib.kl_divergence(p2, q2))]
    bound = sum(weight * part for weight, part in parts if weight)

    assert itlib.kl_divergence(mixed_p, mixed_q) <= bound + 1e-12


@given(groups_of_pmfs(2).flatmap(lambda pq: st.tuples(st.just(pq), channels(pq.shape[1]))))
def test_a_channel_makes_nothing_easier_to_tell_apart(pair):
    """D(pW‖qW) ≤ D(p‖q), and the same for JS and total variation: data processing."""
    (p, q), channel = pair
    sent_p, sent_q = (itlib.normalize(one @ channel) for one in (p, q))

    for measure in (itlib.kl_divergence, itlib.js_divergence, itlib.total_variation):
        assert measure(sent_p, sent_q) <= measure(p, q) + 1e-12


@given(groups_of_pmfs(2), groups_of_pmfs(2, most=3))
def test_divergences_of_independent_parts_add_up(pq, rs):
    """D(p×r ‖ q×s) = D(p‖q) + D(r‖s)."""
    (p, q), (r, s) = pq, rs
    joint = itlib.kl_divergence(
        itlib.normalize(np.outer(p, r).ravel()), itlib.normalize(np.outer(q, s).ravel())
    )

    assert itlib.kl_divergence(p, q) + itlib.kl_divergence(r, s) == pytest.approx(joint, abs=1e-11)


@given(groups_of_pmfs(2))
def test_js_is_symmetric_and_at_most_one_bit(pq):
    """0 ≤ JS(p, q) = JS(q, p) ≤ 1 bit."""
    p, q = pq
    divergence = itlib.js_divergence(p, q)

    assert 0 <= divergence <= 1
    assert divergence == pytest.approx(itlib.js_divergence(q, p), rel=1e-13)
    assert (divergence == 0) == np.array_equal(p, q)


@given(groups_of_pmfs(2))
def test_js_is_the_average_divergence_from_the_middle(pq):
    """JS(p, q) = ½ D(p‖m) + ½ D(q‖m) = H(m) − ½ H(p) − ½ H(q)."""
    p, q = pq
    m = itlib.normalize(p + q)
    to_the_middle = (itlib.kl_divergence(p, m) + itlib.kl_divergence(q, m)) / 2
    gap = itlib.entropy(m) - (itlib.entropy(p) + itlib.entropy(q)) / 2

    assert to_the_middle == pytest.approx(itlib.js_divergence(p, q), abs=1e-13)
    assert gap == pytest.approx(itlib.js_divergence(p, q), abs=1e-13)


@given(groups_of_pmfs(2))
def test_js_is_what_one_draw_tells_about_a_fair_choice(pq):
    """JS(p, q) = I(X;Z), where a fair coin Z chooses whether X is drawn from p or q."""
    assert itlib.mutual_information(pq / 2) == pytest.approx(itlib.js_divergence(*pq), abs=1e-13)


@pytest.mark.parametrize(
    "squared", [itlib.js_divergence, lambda p, q: itlib.f_divergence(p, q, "squared_hellinger")]
)
@given(groups_of_pmfs(3))
def test_the_roots_of_js_and_of_squared_hellinger_are_distances(squared, rows):
    """√JS(p, r) ≤ √JS(p, q) + √JS(q, r), and so for Hel."""
    p, q, r = rows
    direct, first, second = (math.sqrt(squared(*pair)) for pair in ((p, r), (p, q), (q, r)))

    assert direct <= first + second + 1e-12


@given(st.integers(1, 50))
def test_disjoint_distributions_are_one_bit_apart(k):
    p, q = np.zeros(2 * k), np.zeros(2 * k)
    p[:k] = q[k:] = 1 / k

    assert 1 == pytest.approx(itlib.js_divergence(p, q), rel=1e-15)
    assert 1 == pytest.approx(itlib.total_variation(p, q), rel=1e-15)


@given(groups_of_pmfs(3))
def test_total_variation_is_a_distance(rows):
    """TV(p, r) ≤ TV(p, q) + TV(q, r), and 0 ≤ TV ≤ 1."""
    p, q, r = rows
    measure = itlib.total_variation

    assert 0 <= measure(p, r) <= min(1, measure(p, q) + measure(q, r)) + 1e-14
    assert measure(p, q) == pytest.approx(measure(q, p), rel=1e-13)


@given(groups_of_pmfs(2, most=5))
def test_total_variation_is_the_largest_difference_of_an_event(pq):
    """½ Σ |p − q| = max over A of p(A) − q(A)."""
    p, q = pq
    events = [
        sum((p - q)[i] for i in range(p.size) if event >> i & 1) for event in range(2**p.size)
    ]

    assert max(events) == pytest.approx(itlib.total_variation(p, q), abs=1e-14)


@given(groups_of_pmfs(2))
def test_pinsker_inequality(pq):
    """D(p‖q) ≥ 2 TV(p, q)² nats."""
    p, q = pq

    assert itlib.kl_divergence(p, q, base=math.e) >= 2 * itlib.total_variation(p, q) ** 2 - 1e-14


def chi_squared(p, q):
    if ((q == 0) & (p > 0)).any():
        return math.inf
    return float(((p - q)[q > 0] ** 2 / q[q > 0]).sum())


NAMED = {
    "kl": lambda p, q: itlib.kl_divergence(p, q, base=math.e),
    "reverse_kl": lambda p, q: itlib.kl_divergence(q, p, base=math.e),
    "js": lambda p, q: itlib.js_divergence(p, q, base=math.e),
    "total_variation": itlib.total_variation,
    "chi_squared": chi_squared,
    "squared_hellinger": lambda p, q: float(((np.sqrt(p) - np.sqrt(q)) ** 2).sum() / 2),
}


@pytest.mark.parametrize("name", itlib.F_GENERATORS)
@given(pq=groups_of_pmfs(2))
def test_every_named_f_divergence_is_what_its_name_says(name, pq):
    """Σ q f(p/q) with its limits where p or q is 0."""
    p, q = pq
    expected = NAMED[name](p, q)

    assert expected == pytest.approx(itlib.f_divergence(p, q, name), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", itlib.F_GENERATORS)
@given(pq=groups_of_pmfs(2))
def test_swapping_p_and_q_swaps_the_generator_for_its_conjugate(name, pq):
    """D_f(q, p) = D_g(p, q) for g(t) = t f(1/t)."""
    p, q = pq
    f = itlib.F_GENERATORS[name]
    swapped = itlib.f_divergence(p, q, lambda t: t * f(1 / t))

    assert itlib.f_divergence(q, p, name) == pytest.approx(swapped, rel=1e-9, abs=1e-12)


@given(groups_of_pmfs(2))
def test_a_generator_may_be_written_for_one_number_at_a_time(pq):
    p, q = pq

    def generator(t):
        return t * math.log(t) if t > 1e-300 else 0.0

    assert itlib.f_divergence(p, q, "kl") == pytest.approx(
        itlib.f_divergence(p, q, generator), rel=1e-12, abs=1e-15
    )


def test_a_generator_that_is_none_is_refused():
    p, q = [0.5, 0.5], [0.25, 0.75]

    with pytest.raises(ValueError, match="generator must be 0 at t = 1, got 1"):
        itlib.f_divergence(p, q, lambda t: t)
    with pytest.raises(ValueError, match="generator is not a number at t = 2"):
        itlib.f_divergence(p, q, lambda t: np.where(t == 1, 0.0, np.nan))
    with pytest.raises(ValueError, match="generator must be one of 'kl'"):
        itlib.f_divergence(p, q, "Kl")
    with pytest.raises(TypeError, match="generator must be a name or a function, got 3"):
        itlib.f_divergence(p, q, 3)


MEASURES = [
    itlib.kl_divergence,
    itlib.js_divergence,
    itlib.cross_entropy,
    itlib.total_variation,
    itlib.perplexity,
    lambda p, q, axis=-1: itlib.f_divergence(p, q, "kl", axis=axis),
]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("k", [2, 10, 33, 200])
def test_a_batch_measures_each_pair_as_two_vectors(measure, k):
    """Short rows, long rows and vectors take different roads to one number, near and far."""
    rng = np.random.default_rng(k)
    p = rng.dirichlet(np.ones(k), (3, 4))
    q = itlib.normalize(p * (1 + rng.uniform(-1, 1, p.shape) * [[[0.9]], [[0.1]], [[1e-9]]]))
    expected = [[measure(a, b) for a, b in zip(*rows)] for rows in zip(p, q)]

    assert np.array(expected) == pytest.approx(measure(p, q), rel=1e-13, abs=0)
    assert np.array(expected) == pytest.approx(
        measure(np.moveaxis(p, -1, 0), np.moveaxis(q, -1, 0), axis=0), rel=1e-13, abs=0
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_one_model_is_compared_with_many_truths(measure):
    p = np.array([[0.5, 0.5], [0.9, 0.1], [1.0, 0.0]])
    q = np.array([0.25, 0.75])
    expected = [measure(row, q) for row in p]

    assert expected == pytest.approx(measure(p, q), rel=1e-15)
    assert [measure(q, row) for row in p] == pytest.approx(measure(q, p), rel=1e-15)


@given(pmfs())
def test_nothing_is_minus_zero(p):
    for measure in MEASURES:
        assert 1 == math.copysign(1, measure(p, p))


@pytest.mark.parametrize("n", [10, 100, 20_000])
@pytest.mark.parametrize("step", [1e-3, 1e-6, 1e-9, 1e-12])
def test_kl_is_half_a_quadratic_near_by(n, step):
    """D(p‖p + d) ≈ ½ Σ d²/p: the Fisher information as curvature."""
    p = np.full(n, 1 / n)
    q = p * (1 + step * np.tile([1, -1], n // 2))
    expected = step**2 / 2

    assert expected == pytest.approx(
        itlib.kl_divergence(p, q, base=math.e), rel=max(step, 2 * 2**-53 / step), abs=0
    )


def test_an_f_divergence_of_probabilities_too_far_apart_to_divide():
    """p/q overflows, and lim f(t)/t takes its place."""
    p, q = [0.5, 0.5], [1e-320, 1.0]

    assert 0.5 == pytest.approx(itlib.f_divergence(p, q, "total_variation"), rel=1e-15)
    for name in ("js", "squared_hellinger"):
        expected = NAMED[name](np.array(p), np.array(q))

        assert expected == pytest.approx(itlib.f_divergence(p, q, name), rel=1e-12)


def test_an_f_divergence_is_finite_where_the_ratio_is_large():
    p, q = [0.5, 0.5], [1e-307, 1 - 1e-307]
    assert itlib.kl_divergence(p, q, base=math.e) == itlib.f_divergence(p, q, "kl")
    assert itlib.js_divergence(p, q, base=math.e) == itlib.f_divergence(p, q, "js")

    p, q = [1e-100, 1 - 1e-100], [1e-300, 1 - 1e-300]
    assert 1e100 == pytest.approx(itlib.f_divergence(p, q, "chi_squared"), rel=1e-15)


def test_a_function_whose_term_cannot_be_told_is_refused_in_words():
    p, q = [0.5, 0.5], [1e-307, 1 - 1e-307]
    with pytest.raises(ValueError, match=r"generator is beyond the largest double at t = 5e\+306"):
        itlib.f_divergence(p, q, lambda t: t * np.log(t))
    with pytest.raises(ValueError, match=r"generator\(t\)/t is too slow to have come to its limit"):
        itlib.f_divergence([0.5, 0.5], [1.0, 0.0], lambda t: t - t**0.99)

    assert math.inf == itlib.f_divergence([0.5, 0.5], [5e-4, 0.9995], lambda t: np.exp(t) - math.e)


def test_a_function_that_is_slow_near_0_says_itself_what_it_comes_to():
    def generator(t):
        return 100 * (1 - t**0.01)

    expected = 0.5 * generator(2.0) + 0.5 * 100
    assert expected == pytest.approx(itlib.f_divergence([1, 0], [0.5, 0.5], generator), rel=1e-15)
    # That of a logarithm is infinite, whatever a function says at 0.
    assert math.inf == itlib.f_divergence(
        [1, 0], [0.5, 0.5], lambda t: np.where(t > 0, -np.log(t), 0.0)
    )


@pytest.mark.parametrize("name", itlib.F_GENERATORS)
def test_an_f_divergence_of_nearly_equal_distributions_is_not_negative(name):
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.ones(4), 1000)
    q = itlib.normalize(
        p * (1 + 10.0 ** -rng.uniform(3, 15, (1000, 1)) * rng.uniform(-1, 1, p.shape))
    )

    assert 0 <= itlib.f_divergence(p, q, name).min()
    assert 0 <= itlib.f_divergence(p, q, itlib.F_GENERATORS[name]).min()
    assert 0 <= itlib.f_divergence([1e-100, 1], [1e-300, 1], name)


def test_a_generator_may_grow_beyond_the_largest_double():
    p, q = [0.5, 0.5], [1.0, 0.0]

    assert math.inf == itlib.f_divergence(p, q, lambda t: t**3 - 1)
    assert math.inf == itlib.f_divergence(p, q, lambda t: math.exp(t) - math.e)


@pytest.mark.parametrize("wrong", [lambda t: "a", lambda t: 1j * (t - 1), lambda t: [0.0] * 3])
def test_a_generator_that_gives_no_number_is_named_with_the_place(wrong):
    with pytest.raises(ValueError, match="generator must give a number at t = 1: "):
        itlib.f_divergence([0.5, 0.5], [0.25, 0.75], wrong)
