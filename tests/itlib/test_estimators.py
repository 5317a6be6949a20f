"""Estimates from samples: against closed forms, and against the plug-in."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_selection import mutual_info_classif, mutual_info_regression

import itlib


def test_miller_madow_adds_one_half_of_a_nat_for_each_further_outcome_and_sample():
    counts = [5, 3, 0, 2]
    plug_in = itlib.entropy(itlib.normalize(counts), base=math.e)
    expected = plug_in + (3 - 1) / (2 * 10)

    assert expected == pytest.approx(itlib.miller_madow_entropy(counts, base=math.e), rel=1e-15)


def test_miller_madow_is_nearer_to_the_truth_than_the_plug_in():
    """The plug-in is biased downwards by (k − 1)/(2n) nats to first order."""
    rng = np.random.default_rng(1)
    samples = rng.multinomial(50, np.full(8, 1 / 8), size=400)
    plug_in = itlib.entropy(itlib.normalize(samples)).mean()
    corrected = np.mean([itlib.miller_madow_entropy(counts) for counts in samples])

    assert plug_in < 3 - 0.05
    assert abs(corrected - 3) < (3 - plug_in) / 5


@pytest.mark.parametrize("d", [1, 2])
def test_knn_entropy_is_that_of_the_gaussian_sampled(d):
    x = np.random.default_rng(2).normal(size=(3000, d))

    assert d * itlib.gaussian_entropy(1.0) == pytest.approx(itlib.knn_entropy(x), abs=0.06)


DICE = np.random.default_rng(8).integers(1, 7, (2, 1000))
COIN = np.random.default_rng(8).integers(0, 2, (2, 2000))


@pytest.mark.parametrize(
    "estimate, arguments, place",
    [
        (itlib.knn_entropy, [np.zeros(10)], r"x\[0\] coincides with 3 or more others"),
        (itlib.knn_entropy, [[0.0, 1.5, 3.0, 3.0, 3.0, 3.0]], r"x\[2\] coincides"),
        (itlib.knn_mutual_information, DICE, r"x\[0\] and y\[0\] coincide with 3 or more others"),
        (itlib.knn_mutual_information, COIN, r"x\[0\] and y\[0\] coincide"),
        (itlib.knn_mutual_information, [DICE[0], DICE[0]], r"x\[0\] and y\[0\] coincide"),
        (itlib.knn_mutual_information_discrete, DICE, r"x\[0\] coincides .* others of its class"),
        (itlib.knn_mutual_information_discrete, [np.zeros(9), [1] + [0] * 8], r"x\[1\] coincides"),
        (itlib.knn_mutual_information_discrete, [[0, 1, 2, 2], [0, 1, 1, 1]], r"x\[2\] coincides"),
    ],
)
def test_samples_that_coincide_are_refused_with_their_place_and_the_way_out(
    estimate, arguments, place
):
    with pytest.raises(ValueError, match=place + ".*: add noise as wide as the rounding"):
        estimate(*arguments, **({"k": 1} if len(arguments[0]) == 4 else {}))


def test_noise_as_wide_as_the_rounding_is_a_way_out():
    """Two dice are independent; a die and itself share log2 6 bits, and what noise tells of noise."""
    x, y = DICE + np.random.default_rng(9).uniform(-0.5, 0.5, DICE.shape)

    assert 0 == pytest.approx(itlib.knn_mutual_information(x, y), abs=0.1)
    assert math.log2(6) == pytest.approx(itlib.knn_mutual_information_discrete(x, DICE[0]), abs=0.1)


def test_a_constant_tells_nothing():
    """Ties in one of two columns are no ties of the pairs."""
    y = np.random.default_rng(10).normal(size=500)

    assert 0 == pytest.approx(itlib.knn_mutual_information(np.zeros(500), y), abs=0.01)


def test_booleans_are_classes():
    rng = np.random.default_rng(11)
    labels = rng.integers(2, size=200)
    x = rng.normal(labels)
    expected = itlib.knn_mutual_information_discrete(x, labels)

    assert expected == itlib.knn_mutual_information_discrete(x, labels == 1)


def test_samples_too_large_for_distances_are_refused():
    with pytest.raises(ValueError, match="x is too large for distances: divide it"):
        itlib.knn_entropy([-1e308, 1e308, 0.0, 1.0, 2.0])


def test_miller_madow_takes_whole_floats_for_counts():
    assert itlib.miller_madow_entropy([3, 1]) == itlib.miller_madow_entropy([3.0, 1.0])
    with pytest.raises(ValueError, match=r"counts must be whole numbers, but counts\[1\] is 1.5"):
        itlib.miller_madow_entropy([3.0, 1.5])


@pytest.mark.parametrize("r", [0.0, 0.5, 0.9])
def test_knn_mutual_information_is_that_of_the_gaussian_sampled(r):
    """I = −½ log2(1 − r²)."""
    x, noise = np.random.default_rng(3).normal(size=(2, 2500))
    y = r * x + math.sqrt(1 - r * r) * noise
    expected = -0.5 * math.log2(1 - r * r)

    assert expected == pytest.approx(itlib.knn_mutual_information(x, y), abs=0.06)


def test_knn_mutual_information_sees_what_correlation_does_not():
    x = np.random.default_rng(4).normal(size=1000)

    assert abs(np.corrcoef(x, x**2)[0, 1]) < 0.15
    assert itlib.knn_mutual_information(x, x**2) > 2


def test_knn_mutual_information_agrees_with_another_implementation():
    rng = np.random.default_rng(5)
    x = rng.normal(size=400)
    y = x + rng.normal(size=400)
    # scikit-learn divides by the standard deviations and adds noise of 1e-10.
    expected = mutual_info_regression(x[:, None], y, random_state=0)[0]

    estimate = itlib.knn_mutual_information(x / x.std(), y / y.std(), base=math.e)
    assert expected == pytest.approx(estimate, abs=0.01)


@pytest.mark.parametrize("k", [1, 3, 6])
def test_estimates_from_neighbours_are_their_formulas_counted_one_by_one(k):
    """Kraskov et al. (2004), equation 8; Ross (2014), equation 2; with ψ by mpmath."""
    rng = np.random.default_rng(8)
    x, y = rng.normal(size=(2, 14)).tolist()
    labels = [i % 2 for i in range(14)]
    joint, classes = [], []
    for i in range(14):
        others = [j for j in range(14) if j != i]
        far = sorted(max(abs(x[i] - x[j]), abs(y[i] - y[j])) for j in others)[k - 1]
        joint += [sum(abs(z[i] - z[j]) < far for j in others) + 1 for z in (x, y)]
        own = sorted(abs(x[i] - x[j]) for j in others if labels[j] == labels[i])[k - 1]
        classes += [sum(abs(x[i] - x[j]) <= own for j in others)]
    psi = mpmath.psi
    pairs = psi(0, k) + psi(0, 14) - sum(psi(0, n) for n in joint) / 14
    labelled = psi(0, k) + psi(0, 14) - psi(0, 7) - sum(psi(0, n) for n in classes) / 14

    assert float(pairs) == pytest.approx(
        itlib.knn_mutual_information(x, y, k=k, base=math.e), abs=1e-12
    )
    assert float(labelled) == pytest.approx(
        itlib.knn_mutual_information_discrete(x, labels, k=k, base=math.e), abs=1e-12
    )


def test_knn_mutual_information_with_labels_agrees_with_another_implementation():
    rng = np.random.default_rng(6)
    labels = rng.integers(3, size=400)
    x = rng.normal(labels)
    expected = mutual_info_classif(x[:, None], labels, random_state=0)[0]

    estimate = itlib.knn_mutual_information_discrete(x / x.std(), labels, base=math.e)
    assert expected == pytest.approx(estimate, abs=1e-3)


def test_a_class_of_one_sample_is_left_out():
    rng = np.random.default_rng(7)
    labels = rng.integers(2, size=200)
    x = rng.normal(3.0 * labels)
    expected = itlib.knn_mutual_information_discrete(x, labels)

    with_single = itlib.knn_mutual_information_discrete([*x, 0.0], [*labels, 9])
    assert expected == pytest.approx(with_single, rel=1e-12)


@settings(max_examples=20)
@given(st.floats(0.05, 20), st.floats(-5, 5))
def test_differential_entropy_by_quadrature_is_the_closed_form(sigma, mu):
    def density(x):
        return itlib.mixture_density(x, [1.0], [mu], [sigma])

    expected = itlib.gaussian_entropy(sigma)

    h = itlib.differential_entropy(density, mu - 12 * sigma, mu + 12 * sigma)
    assert expected == pytest.approx(h, abs=1e-10)


def test_on_the_unit_interval_the_uniform_density_has_the_most_entropy():
    """h <= log(b − a), with equality for the uniform density."""
    assert 0.0 == itlib.differential_entropy(np.ones_like, 0, 1)
    assert 0.0 == itlib.differential_entropy(lambda x: 1 if x < 1 else 0, 0, 1)
    exponential = itlib.differential_entropy(lambda x: math.exp(-x), 0, 50, base=math.e)
    assert 1 == pytest.approx(exponential, rel=1e-10)
    assert itlib.differential_entropy(lambda x: 2 * x, 0, 1) < 0


def test_a_density_that_does_not_integrate_to_one_is_refused():
    with pytest.raises(ValueError, match="density must integrate to 1 from low to high, got 2"):
        itlib.differential_entropy(lambda x: 2 * np.ones_like(x), 0, 1)
    with pytest.raises(ValueError, match="low must be below high, got 1.0 and 0.0"):
        itlib.differential_entropy(np.ones_like, 1, 0)
    with pytest.raises(TypeError, match="density must be a function, got float"):
        itlib.differential_entropy(1.0, 0, 1)


def test_too_few_samples_are_refused_with_their_number():
    with pytest.raises(ValueError, match="x must hold more than k = 3 samples, got 3"):
        itlib.knn_entropy([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="x and y must be paired, got 5 and 4 samples"):
        itlib.knn_mutual_information(np.arange(5.0), np.arange(4.0))
    with pytest.raises(ValueError, match="labels must hold some class at least twice"):
        itlib.knn_mutual_information_discrete(np.arange(5.0), np.arange(5))


def test_miller_madow_of_counts_that_are_too_many_to_add_up_as_whole_numbers():
    expected = math.log2(3)

    assert expected == pytest.approx(itlib.miller_madow_entropy([2**62] * 3), rel=1e-15)


def test_miller_madow_keeps_its_digits_where_one_outcome_has_nearly_all_counts():
    """H ≈ (1 + log n)/n nats for n − 1 counts of one outcome and 1 of another."""
    n = 1e15
    expected = (1 + math.log(n)) / n + 1 / (2 * n)

    estimate = itlib.miller_madow_entropy([10**15 - 1, 1], base=math.e)
    assert expected == pytest.approx(estimate, rel=1e-14)


@pytest.mark.parametrize("mu, b", [(0.0, 1e-6), (1.0, 1e-6), (-1000.0, 1.0), (0.0, 1e6)])
def test_differential_entropy_of_a_laplace_density_with_its_kink_given(mu, b):
    """h = log2(2eb)."""
    expected = math.log2(2 * math.e * b)

    h = itlib.differential_entropy(
        lambda x: np.exp(-np.abs(x - mu) / b) / (2 * b), mu - 40 * b, mu + 40 * b, points=[mu]
    )
    assert expected == pytest.approx(h, rel=1e-11, abs=1e-11)


@given(
    st.lists(st.integers(1, 50), min_size=1, max_size=6),
    st.lists(st.integers(1, 50), min_size=6, max_size=6),
    st.randoms(),
)
def test_differential_entropy_of_a_density_in_steps(widths, heights, random):
    """Entropy of the steps, plus the average logarithm of their widths."""
    ends = np.cumsum([0.0, *widths])
    p = itlib.normalize(np.multiply(widths, heights[: len(widths)]))
    expected = itlib.entropy(p) + p @ np.log2(widths)
    points = ends[1:-1].tolist()
    random.shuffle(points)

    h = itlib.differential_entropy(
        lambda x: (p / widths)[np.searchsorted(ends[1:-1], x)], 0, ends[-1], points=points * 2
    )
    assert expected == pytest.approx(h, rel=1e-12, abs=1e-12)


def test_differential_entropy_of_a_density_with_a_jump_and_a_zero_agrees_with_mpmath():
    """f = 3x²/4 below 1 and e^(1−x)/2 above it, down to −1."""

    def density(x):
        return np.where(x < 1, 0.75 * x * x, np.exp(1 - x) / 2)

    with mpmath.workdps(30):
        below = mpmath.quad(lambda x: -0.75 * x**2 * mpmath.log(0.75 * x**2), [-1, 0, 1])
        above = mpmath.quad(
            lambda x: -mpmath.exp(1 - x) / 2 * mpmath.log(mpmath.exp(1 - x) / 2), [1, 41]
        )
    expected = float(below + above)

    h = itlib.differential_entropy(density, -1, 41, points=[0, 1], base=math.e)
    assert expected == pytest.approx(h, rel=1e-12)


def test_a_density_with_a_kink_that_was_not_given_is_refused_with_the_way_out():
    def laplace(x):
        return np.exp(-np.abs(x)) / 2

    with pytest.raises(ValueError, match="from -40 to 39 its integral does not settle: give .* as"):
        itlib.differential_entropy(laplace, -40, 39)
    with pytest.raises(ValueError, match="from -40 to 2 its integral does not settle"):
        itlib.differential_entropy(laplace, -40, 39, points=[2])


@pytest.mark.parametrize(
    "points, error, message",
    [
        ([0.5, 1.0], ValueError, r"between low and high, 0.0 and 1.0, but points\[1\] is 1.0"),
        ([-2, 0.5], ValueError, r"between low and high, 0.0 and 1.0, but points\[0\] is -2.0"),
        ([0.5, math.nan], ValueError, r"points must be finite, but points\[1\] is nan"),
        ([[0.5]], ValueError, r"points must have one axis, got shape \(1, 1\)"),
        (0.5, ValueError, r"points must have one axis, got shape \(\)"),
        (["a"], TypeError, r"points\[0\] must be a real number"),
        (None, TypeError, "points"),
    ],
)
def test_break_points_that_are_none_are_named_with_their_place(points, error, message):
    with pytest.raises(error, match=message):
        itlib.differential_entropy(np.ones_like, 0, 1, points=points)


def test_numbers_next_to_the_largest_double_have_their_entropy():
    largest = 1.7e308
    uniform = itlib.differential_entropy(lambda x: np.full_like(x, 1 / largest), 0, largest)

    assert math.log2(largest) == pytest.approx(uniform, rel=1e-12)
    assert 0 == pytest.approx(itlib.miller_madow_entropy([1, largest]), abs=1e-300)
    with pytest.raises(ValueError, match="low and high are too far apart"):
        itlib.differential_entropy(np.ones_like, -largest, largest)
