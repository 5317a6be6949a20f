"""Fisher information against closed forms, theorems, and sixty digits."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from precise import ulps
from scipy import integrate, optimize
from strategies import channels, groups_of_pmfs, pmfs, positive_pmfs, seeds

import itlib
from itlib.fisher import (
    empirical_fisher,
    fisher_information,
    fisher_rao_distance,
    gaussian_fisher_rao,
    logistic_fisher,
    natural_gradient,
    softmax_fisher,
)

X, Y = np.array([[-2.0], [-1.0], [0.5], [1.0], [3.0]]), np.array([0, 1, 0, 1, 1])
places = st.floats(-5, 5)
widths = st.floats(0.05, 5)


def directions(p, n, seed):
    """Return n directions in which the probabilities p can move, the zeros staying zeros."""
    raw = np.random.default_rng(seed).normal(size=(n, p.size)) * (p > 0)
    return raw * p - p * (raw * p).sum(axis=-1, keepdims=True)


# --- published values and closed forms -----------------------------------------------------


@given(st.floats(1e-6, 1 - 1e-6))
def test_a_coin_tells_one_over_p_times_one_less_p(p):
    """Cover & Thomas (2006), section 11.10: the Bernoulli family."""
    assert 1 / (p * (1 - p)) == pytest.approx(fisher_information([p, 1 - p], [1, -1]), rel=1e-12)


@given(st.floats(1e-6, 1 - 1e-6))
def test_in_the_logit_it_is_the_variance_and_in_the_angle_it_is_1(p):
    v, root = p * (1 - p), math.sqrt(p * (1 - p))

    assert v == pytest.approx(fisher_information([p, 1 - p], [v, -v]), rel=1e-12)
    assert 1 == pytest.approx(fisher_information([p, 1 - p], [root, -root]), rel=1e-12)


@pytest.mark.parametrize("rate", [0.5, 4.0, 9.0])
def test_a_poisson_count_tells_one_over_its_mean(rate):
    """Lehmann & Casella, Theory of Point Estimation, 2nd ed., chapter 2."""
    n = np.arange(90)
    p = itlib.softmax(n * math.log(rate) - [math.lgamma(k + 1) for k in n])
    dp = p * (n / rate - 1)

    assert 1 / rate == pytest.approx(fisher_information(p, dp - p * dp.sum()), rel=1e-9)


def test_a_gaussian_tells_one_over_the_variance_about_the_mean_and_twice_that_about_the_width():
    mu, sigma = 0.3, 1.7
    x = np.linspace(-20, 20, 8001)
    p = itlib.softmax(-(((x - mu) / sigma) ** 2) / 2)
    z = (x - mu) / sigma
    dp = p * np.array([z / sigma, (z * z - 1) / sigma])
    expected = np.diag([1 / sigma**2, 2 / sigma**2])

    assert expected == pytest.approx(fisher_information(p, dp), abs=1e-9)


def test_fisher_information_where_an_outcome_appears():
    assert math.inf == fisher_information([0, 1], [1, -1])
    both = fisher_information([0.0, 0.5, 0.5], [[1, -1, 0], [0, 1, -1]])

    assert np.array([[math.inf, -2], [-2, 4]]) == pytest.approx(both)
    with pytest.raises(ValueError, match="dp gives an entry ∞ − ∞"):
        fisher_information([0.0, 0.0, 1.0], [[1, 1, -2], [1, -1, 0]])


def test_the_axis_of_the_outcomes_may_be_the_first_and_distributions_come_in_batches():
    p, dp = np.array([[0.3, 0.7], [0.5, 0.5]]), np.array([[1, -1]])
    expected = [[[1 / 0.21]], [[4.0]]]

    assert np.array(expected) == pytest.approx(fisher_information(p, dp), rel=1e-14)
    assert np.array(expected) == pytest.approx(fisher_information(p.T, dp.T, axis=0), rel=1e-14)


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        ([0.1, 0.9], [0.5, 0.5], 0.9273),
        ([0.7, 0.2, 0.1], [0.1, 0.3, 0.6], 1.4319),
        ([1, 0], [0, 1], math.pi),
        ([0.25, 0.75], [0.25, 0.75], 0.0),
    ],
)
def test_the_distance_of_two_distributions(p, q, expected):
    assert expected == pytest.approx(fisher_rao_distance(p, q), abs=5e-5)


@given(widths, widths)
def test_gaussians_of_one_mean_are_as_far_as_the_logarithms_of_their_widths(a, b):
    """Atkinson & Mitchell (1981)."""
    expected = math.sqrt(2) * abs(math.log(a / b))

    assert expected == pytest.approx(gaussian_fisher_rao(1, a, 1, b), rel=1e-12, abs=1e-14)


def test_logistic_regression_on_five_points():
    """Values computed with mpmath at 25 digits."""
    gradients = (itlib.sigmoid(X[:, 0] / 2) - Y)[:, None] * X
    fisher = logistic_fisher(X, [0.5])

    assert 0.53206 == pytest.approx(fisher.item(), abs=5e-6)
    assert 0.23957 == pytest.approx(empirical_fisher(gradients).item(), abs=5e-6)
    assert -0.21018 == pytest.approx(natural_gradient(fisher, gradients.mean(0)).item(), abs=5e-6)


# --- theorems ------------------------------------------------------------------------------


@given(pmfs(least=2), seeds)
def test_fisher_information_is_the_curvature_of_the_divergence(p, seed):
    """D(p‖p + δ dp) = ½ δ² F + O(δ³), in both orders."""
    dp, step = directions(p, 1, seed)[0], 1e-5
    expected = fisher_information(p, dp) / 2
    moved = itlib.normalize(np.maximum(p + step * dp, 0))
    for pair in ((p, moved), (moved, p)):
        found = itlib.kl_divergence(*pair, base=math.e) / step**2

        assert expected == pytest.approx(found, rel=1e-3, abs=1e-5)


@given(pmfs(least=2), seeds)
def test_it_is_symmetric_and_has_no_negative_eigenvalue(p, seed):
    information = fisher_information(p, directions(p, 3, seed))

    assert (information == information.T).all()
    assert np.linalg.eigvalsh(information)[0] >= -1e-12 * (1 + information.max())


@given(positive_pmfs(least=2), seeds)
def test_another_coordinate_changes_it_by_the_jacobian(p, seed):
    """F′ = JᵀFJ."""
    dp = directions(p, 2, seed)
    jacobian = np.random.default_rng(seed + 1).normal(size=(2, 2))
    expected = jacobian.T @ fisher_information(p, dp) @ jacobian

    assert expected == pytest.approx(fisher_information(p, jacobian.T @ dp), abs=1e-10)


@given(groups_of_pmfs(2, least=2, most=4), seeds)
def test_independent_outcomes_add_up(pair, seed):
    """Cover & Thomas (2006), section 11.10: n samples tell n times as much as one."""
    p, q = pair
    dp, dq = directions(p, 1, seed)[0], directions(q, 1, seed + 1)[0]
    both = np.outer(p, q).ravel()
    change = (np.outer(dp, q) + np.outer(p, dq)).ravel()
    expected = fisher_information(p, dp) + fisher_information(q, dq)

    assert expected == pytest.approx(fisher_information(both, change), rel=1e-9, abs=1e-12)


@given(channels(inputs=4), pmfs(k=4), seeds)
def test_processing_never_adds_information(channel, p, seed):
    dp = directions(p, 2, seed)
    lost = fisher_information(p, dp) - fisher_information(p @ channel, dp @ channel)

    assert np.linalg.eigvalsh(lost)[0] >= -1e-9


def test_a_sufficient_statistic_loses_nothing():
    """The number of heads tells all that three tosses tell."""
    p = 0.3
    heads = np.array([math.comb(3, k) for k in range(4)]) * [
        p**k * (1 - p) ** (3 - k) for k in range(4)
    ]
    score = np.arange(4) / p - (3 - np.arange(4)) / (1 - p)

    assert 3 / 0.21 == pytest.approx(fisher_information(heads, heads * score), rel=1e-12)


@given(st.floats(0.02, 0.98), st.integers(1, 12), seeds)
def test_no_estimate_beats_the_bound_of_cramer_and_rao(p, n, seed):
    """Var(T) ≥ (d E[T]/dp)² / (n F), for any statistic T of n tosses."""
    k = np.arange(n + 1)
    heads = itlib.normalize([math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in k])
    change = heads * (k / p - (n - k) / (1 - p))
    change -= heads * change.sum()
    statistic = np.random.default_rng(seed).normal(size=n + 1)
    variance = heads @ (statistic - heads @ statistic) ** 2
    bound = (change @ statistic) ** 2 / fisher_information(heads, change)

    assert variance >= bound * (1 - 1e-9)


@given(groups_of_pmfs(3))
def test_the_distance_is_one(three):
    a, b, c = three
    there, back = fisher_rao_distance(a, b), fisher_rao_distance(b, a)

    assert there == pytest.approx(back, rel=1e-14)
    assert 0 <= there <= math.pi + 1e-15
    assert there <= fisher_rao_distance(a, c) + fisher_rao_distance(c, b) + 1e-12


@given(channels(inputs=4), groups_of_pmfs(2, least=4, most=4))
def test_processing_brings_distributions_closer(channel, pair):
    p, q = pair
    after = fisher_rao_distance(*(itlib.normalize(x @ channel) for x in (p, q)))

    assert after <= fisher_rao_distance(p, q) + 1e-7


@pytest.mark.parametrize(("a", "b"), [(0.1, 0.5), (0.3, 0.9), (0.02, 0.98)])
def test_the_way_by_counts_of_heads_is_longer_than_by_all_distributions(a, b):
    counts = [[(1 - p) ** 2, 2 * p * (1 - p), p**2] for p in (a, b)]
    by_counts, _ = integrate.quad(lambda p: math.sqrt(2 / (p * (1 - p))), a, b)

    assert fisher_rao_distance(*counts) < 0.99 * by_counts


@given(places, widths, places, widths, places, widths)
def test_the_distance_of_gaussians_is_one(a, s, b, t, c, u):
    there = gaussian_fisher_rao(a, s, b, t)

    assert there == pytest.approx(gaussian_fisher_rao(b, t, a, s), rel=1e-14)
    assert there <= gaussian_fisher_rao(a, s, c, u) + gaussian_fisher_rao(c, u, b, t) + 1e-12


@given(places, widths, places, widths, st.floats(0.1, 10), places)
def test_it_does_not_depend_on_the_unit_of_x(a, s, b, t, unit, origin):
    expected = gaussian_fisher_rao(a, s, b, t)
    found = gaussian_fisher_rao(unit * a + origin, unit * s, unit * b + origin, unit * t)

    assert expected == pytest.approx(found, rel=1e-7, abs=1e-9)


def test_the_way_of_the_circle_is_as_long_as_the_formula_says():
    """From N(−1, 1) to N(1, 1): in (μ/√2, σ) a half circle about (0, 0), by quadrature."""
    radius = math.sqrt(1.5)
    start = math.atan2(1, 1 / math.sqrt(2))
    arc = integrate.quad(lambda t: math.sqrt(2) / math.sin(t), start, math.pi - start)[0]

    assert radius**2 == pytest.approx(1 + 0.5)
    assert arc == pytest.approx(gaussian_fisher_rao(-1, 1, 1, 1), rel=1e-12)


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=5))
def test_the_matrix_of_a_softmax_is_that_of_its_probabilities(logits):
    p = itlib.softmax(logits)
    by_hand = fisher_information(p, np.diag(p) - np.outer(p, p))
    found = softmax_fisher(logits)

    assert by_hand == pytest.approx(found, abs=1e-12)
    assert 0 == pytest.approx(found.sum(axis=0), abs=1e-16)


def test_a_class_that_is_ruled_out_tells_nothing():
    expected = [[0.1875, -0.1875, 0], [-0.1875, 0.1875, 0], [0, 0, 0]]

    assert np.array(expected) == pytest.approx(softmax_fisher([math.log(3), 0, -math.inf]))


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=2), st.integers(2, 6), seeds)
def test_the_matrix_of_a_logistic_regression_is_the_hessian_of_its_loss(w, n, seed):
    rng = np.random.default_rng(seed)
    x, y, h = rng.normal(size=(n, 2)), rng.integers(0, 2, n), 1e-5

    def slope(at):
        return (itlib.sigmoid(x @ at) - y) @ x / n

    steps = np.eye(2) * h
    hessian = np.array([(slope(w + step) - slope(w - step)) / (2 * h) for step in steps])

    assert hessian == pytest.approx(logistic_fisher(x, w), abs=1e-8)


def test_labels_that_the_model_draws_give_its_information_on_average():
    w = np.array([0.5])
    p = itlib.sigmoid(X @ w)
    mean = sum(
        empirical_fisher((p - np.array(y))[:, None] * X) * np.where(y, p, 1 - p).prod()
        for y in np.ndindex(*(2,) * 5)
    )

    assert logistic_fisher(X, w) == pytest.approx(mean, rel=1e-12)


@given(seeds)
def test_the_natural_gradient_is_the_same_step_in_every_coordinate(seed):
    """θ = Jφ: g′ = Jᵀg and F′ = JᵀFJ, and J F′⁻¹g′ = F⁻¹g."""
    rng = np.random.default_rng(seed)
    root, jacobian = rng.normal(size=(3, 5)), rng.normal(size=(3, 3)) + 3 * np.eye(3)
    fisher, gradient = root @ root.T + np.eye(3), rng.normal(size=3)
    step = natural_gradient(jacobian.T @ fisher @ jacobian, jacobian.T @ gradient)

    assert natural_gradient(fisher, gradient) == pytest.approx(jacobian @ step, rel=1e-6, abs=1e-9)


def test_no_step_of_the_same_divergence_lowers_the_loss_more():
    fisher, gradient = np.array([[2.0, 0.6], [0.6, 0.5]]), np.array([1.0, -0.4])

    def change(angle):
        step = np.array([math.cos(angle), math.sin(angle)])
        return gradient @ step / math.sqrt(step @ fisher @ step)

    found = optimize.minimize_scalar(
        change, bounds=(-4, 4), options={"xatol": 1e-10}, method="bounded"
    )
    best = -natural_gradient(fisher, gradient)

    assert change(math.atan2(best[1], best[0])) == pytest.approx(found.fun, rel=1e-9)


def test_one_step_solves_a_categorical_model_in_its_logits_to_first_order():
    """Where F is singular the shortest step is taken: logits have a common constant to spare."""
    z, target = np.array([0.2, -0.1, 0.0]), np.array([0.5, 0.3, 0.2])
    step = natural_gradient(softmax_fisher(z), itlib.softmax(z) - target)

    assert 0 == pytest.approx(step.sum(), abs=1e-14)
    assert itlib.softmax(z) - target == pytest.approx(softmax_fisher(z) @ step, abs=1e-14)


def test_parameters_of_very_different_size_are_no_trouble():
    expected = [1e200, 1e-200]

    assert expected == pytest.approx(natural_gradient(np.diag([1e-200, 1e200]), [1, 1]), rel=1e-14)


# --- refusals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: fisher_information([0.5, 0.5], [1, -0.5]), "dp must sum to 0 .* got 0.5"),
        (lambda: fisher_information([0.5, 0.5], [1, -1, 0]), "as many outcomes"),
        (lambda: natural_gradient([[1, 2], [2, 1]], [1, 1]), "least eigenvalue is -1"),
        (lambda: natural_gradient([[-1.0]], [1]), "least eigenvalue is -1"),
        (lambda: natural_gradient([[1, 2], [0, 1]], [1, 1]), "symmetric"),
        (lambda: natural_gradient([[1, 0], [0, 1]], [1]), "gradient has 1 entries"),
        (lambda: natural_gradient([[1, 1], [1, 1]], [1, 0]), "pass a damping above 0"),
        (lambda: natural_gradient([[1.0]], [1], damping=-1), "damping must be non-negative"),
        (lambda: natural_gradient([[1e-200]], [1e200]), "gradient is too large beside fisher"),
        (lambda: natural_gradient([[1.0]], [1], damping=[1]), "damping must be one number"),
        (lambda: empirical_fisher([[0.1, 0.2]]), "a row for each example"),
        (lambda: empirical_fisher([0.1, 0.2]), "2 axes"),
        (lambda: empirical_fisher([[1e200], [1.0]]), "gradients is too large"),
        (lambda: logistic_fisher([[1.0, 2.0]], [1.0]), "w has 1 entries"),
        (lambda: logistic_fisher([[1e200]], [1e200]), "x or w is too large"),
        (lambda: softmax_fisher([-math.inf, -math.inf]), "logits must leave some class"),
    ],
)
def test_what_is_wrong_is_said_in_words(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()


# --- against sixty digits and more ---------------------------------------------------------


PAIRS = [
    ([0.3, 0.7], [0.3 + 1e-12, 0.7 - 1e-12]),
    ([0.5, 0.3, 0.2], [0.2, 0.4, 0.4]),
    ([1e-320, 1.0], [0.0, 1.0]),
    ([1e-300, 1.0], [1e-290, 1.0]),
    ([0.1] * 10, [0.1 + 1e-15 * i for i in range(5)] + [0.1 - 1e-15 * i for i in range(5)]),
    ([1.0, 0.0], [0.0, 1.0]),
]


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_the_distance_is_right_to_the_last_digits(p, q):
    with mpmath.workdps(700):
        exact_p, exact_q = (mpmath.matrix(x) / mpmath.fsum(x) for x in (p, q))
        gaps = [mpmath.sqrt(a) - mpmath.sqrt(b) for a, b in zip(exact_p, exact_q)]
        expected = 4 * mpmath.asin(mpmath.sqrt(mpmath.fsum(g * g for g in gaps)) / 2)

        assert 8 > ulps(expected, fisher_rao_distance(p, q))


@pytest.mark.parametrize(
    "pair",
    [
        (0, 1, 1, 2),
        (0, 1, 1e-9, 1),
        (0, 1, 0, 1 + 1e-12),
        (0, 1e-308, 1e308, 1e-308),
        (-1.7e308, 1, 1.7e308, 1),
        (1, 1e-300, 1, 1e300),
    ],
)
def test_the_distance_of_gaussians_is_right_to_the_last_digits(pair):
    with mpmath.workdps(700):
        a, s, b, t = map(mpmath.mpf, pair)
        r = mpmath.sqrt(((a - b) ** 2 / 2 + (s - t) ** 2) / (4 * s * t))
        expected = 2 * mpmath.sqrt(2) * mpmath.asinh(r)

        assert 8 > ulps(expected, gaussian_fisher_rao(*pair))


@pytest.mark.parametrize(
    ("p", "dp"),
    [([1e-320, 1.0], [1e-160, -1e-160]), ([0.3, 0.7], [1.0, -1.0]), ([1e-8, 1 - 1e-8], [1, -1])],
)
def test_the_information_is_right_to_the_last_digits(p, dp):
    with mpmath.workdps(60):
        whole = mpmath.fsum(p)
        expected = mpmath.fsum(mpmath.mpf(d) ** 2 * whole / mpmath.mpf(a) for a, d in zip(p, dp))

        assert 8 > ulps(expected, fisher_information(p, dp))


@pytest.mark.parametrize("z", [-700.0, -40.0, 0.3, 36.0])
def test_a_class_that_is_nearly_certain_keeps_its_digits(z):
    with mpmath.workdps(60):
        p = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))

        assert 8 > ulps(p * (1 - p), float(softmax_fisher([z, 0.0])[0, 0]))
        assert 8 > ulps(p * (1 - p), logistic_fisher([[1.0]], [z]).item())
