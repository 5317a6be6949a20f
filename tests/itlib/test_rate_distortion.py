"""Rates and quantisers against published tables, closed forms, and the certificate."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import integrate, optimize, stats
from strategies import pmfs

import itlib
from itlib.rate_distortion import gaussian_rate_distortion, lloyd_max, rate_distortion

WRONG = 1 - np.eye(2)
slopes = st.floats(-3, 3).map(lambda power: 10**power)


def hamming(k):
    return 1 - np.eye(k)


@st.composite
def problems(draw):
    """A source, distortions, and a slope."""
    p = draw(pmfs(most=5))
    m = draw(st.integers(1, 5))
    d = draw(arrays(float, (len(p), m), elements=st.one_of(st.just(0.0), st.floats(0.01, 4))))
    return p, d, draw(slopes)


# --- published values and closed forms -----------------------------------------------------


@given(st.floats(0.01, 0.5), st.floats(0.001, 0.999))
def test_a_coin_needs_the_difference_of_two_entropies(p, share):
    """Cover & Thomas (2006), theorem 10.3.1."""
    wrong = share * p
    rate, distortion, channel = rate_distortion([p, 1 - p], WRONG, math.log((1 - wrong) / wrong))
    expected = itlib.binary_entropy(p) - itlib.binary_entropy(wrong)

    assert wrong == pytest.approx(distortion, abs=1e-7)
    assert expected == pytest.approx(rate, abs=1e-6)
    assert (p - wrong) / (1 - 2 * wrong) == pytest.approx([p, 1 - p] @ channel[:, 0], abs=1e-6)


@pytest.mark.parametrize("slope", [0.0, 0.1, 0.5, math.log(7 / 3)])
def test_a_coin_needs_nothing_from_the_smaller_probability_on(slope):
    rate, distortion, channel = rate_distortion([0.3, 0.7], WRONG, slope)

    assert (0.0, 0.3) == (rate, distortion)
    assert [[0, 1], [0, 1]] == channel.tolist()


def test_three_symbols_until_the_rarest_is_dropped():
    """R = H − h(D) − D log 2 up to D = 2 min p; values computed with mpmath at 30 digits."""
    p = [0.5, 0.3, 0.2]
    slope = math.log(2 * 0.8 / 0.2)
    rate, distortion, _ = rate_distortion(p, hamming(3), slope)
    expected = itlib.entropy(p) - itlib.binary_entropy(0.2) - 0.2

    assert 0.563547 == pytest.approx(expected, abs=1e-6)
    assert (expected, 0.2) == pytest.approx((rate, distortion), rel=1e-9)
    slope = optimize.brentq(lambda s: rate_distortion(p, hamming(3), s).distortion - 0.42, 0.5, 1.5)
    rate, distortion, channel = rate_distortion(p, hamming(3), slope)

    assert 0.0847 == pytest.approx(rate, abs=5e-5)
    assert (channel[:, 2] == 0).all() and (channel[:, :2] > 0).all()


@pytest.mark.parametrize("slope", [1, 2, 8])
def test_a_fine_grid_of_a_gaussian_follows_the_gaussian_curve(slope):
    x = np.linspace(-5, 5, 61)
    p = itlib.normalize(np.exp(-(x**2) / 2))
    rate, distortion, _ = rate_distortion(p, (x[:, None] - x) ** 2, slope, base=math.e)

    assert 1 / (2 * slope) == pytest.approx(distortion, rel=1e-3)
    assert math.log(2 * slope) / 2 == pytest.approx(rate, abs=2e-4)


def test_laplace_and_absolute_error():
    """R = log(b/D): Berger, Rate Distortion Theory (1971)."""
    x = np.linspace(-9, 9, 121)
    p = itlib.normalize(np.exp(-np.abs(x)))
    rate, distortion, _ = rate_distortion(p, np.abs(x[:, None] - x), 2.0, base=math.e)

    assert -math.log(distortion) == pytest.approx(rate, abs=0.02)


MAX = {1: 1.0, 2: 0.3634, 3: 0.1902, 4: 0.1175, 8: 0.03454, 16: 0.009497}


@pytest.mark.parametrize("count", MAX)
def test_errors_of_the_table_of_max(count):
    """Max (1960), table I, whose last digits are rounded otherwise."""
    assert MAX[count] == pytest.approx(lloyd_max(count).error, rel=1e-3)


def test_four_levels_for_a_normal_number():
    """Computed with mpmath at 25 digits."""
    levels, thresholds, error = lloyd_max(4)

    assert [-1.5104, -0.4528, 0.4528, 1.5104] == pytest.approx(levels, abs=5e-5)
    assert [-0.98160, 0, 0.98160] == pytest.approx(thresholds, abs=5e-6)
    assert 0.117482 == pytest.approx(error, abs=5e-7)


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_a_uniform_density_is_cut_evenly(count):
    levels, thresholds, error = lloyd_max(count, density=np.ones_like, low=0, high=1)

    assert (np.arange(count) + 0.5) / count == pytest.approx(levels, rel=1e-12)
    assert np.arange(1, count) / count == pytest.approx(thresholds, rel=1e-12)
    assert 1 / (12 * count**2) == pytest.approx(error, rel=1e-12)


def test_two_levels_for_a_laplace_density_are_one_away():
    """Of the half to the right of 0 the mean is 1 and the variance 1."""
    levels, _, error = lloyd_max(
        2, density=lambda x: np.exp(-np.abs(x)) / 2, low=-40, high=40, points=[0]
    )

    assert [-1, 1] == pytest.approx(levels, abs=1e-4)
    assert 1 == pytest.approx(error, abs=1e-8)


@pytest.mark.parametrize("end", [12, 50, 300, 1000])
@pytest.mark.parametrize("count, error", [(1, 1), (2, 1 - 2 / math.pi)])
def test_tails_that_do_not_matter_change_nothing(count, error, end):
    assert error == pytest.approx(lloyd_max(count, low=-end, high=end).error, rel=1e-10)


def test_one_level_for_two_far_bells_has_their_variance():
    found = lloyd_max(
        1,
        density=lambda x: (stats.norm.pdf(x, -30) + stats.norm.pdf(x, 30)) / 2,
        low=-42,
        high=42,
    )

    assert 901 == pytest.approx(found.error, rel=1e-12)


def test_many_levels_have_the_error_of_panter_and_dite():
    """It is (∫ f^(1/3))³ / 12n², for the normal density √3 π / 2n², and the limit for many."""
    assert math.sqrt(3) * math.pi / 2 == pytest.approx(10**8 * lloyd_max(10**4).error, rel=3e-4)


# --- theorems ------------------------------------------------------------------------------


@given(problems())
def test_no_channel_is_better_at_its_slope(problem):
    """The dual bound: R + sD ≥ Σ p log(λ/p) for any λ with Σ λ e^(−s d) ≤ 1."""
    p, d, slope = problem
    rate, distortion, channel = rate_distortion(p, d, slope, base=math.e)
    q = p @ channel
    z = np.exp(-slope * (d - d.min(axis=1, keepdims=True))) @ q
    weight = (p / z) @ np.exp(-slope * (d - d.min(axis=1, keepdims=True)))
    bound = p @ (slope * d.min(axis=1) - np.log(z)) - math.log(weight.max())

    assert bound == pytest.approx(rate + slope * distortion, rel=1e-9, abs=1e-9)


@given(problems())
def test_rate_and_distortion_are_those_of_the_channel(problem):
    p, d, slope = problem
    rate, distortion, channel = rate_distortion(p, d, slope)

    assert np.ones(len(p)) == pytest.approx(channel.sum(axis=1), rel=1e-12)
    assert itlib.mutual_information(p[:, None] * channel) == pytest.approx(rate, abs=1e-12)
    assert p @ (channel * d).sum(axis=1) == pytest.approx(distortion, abs=1e-12)


@given(problems(), slopes)
def test_a_higher_price_of_errors_costs_rate_and_saves_errors(problem, other):
    p, d, slope = problem
    cheap, dear = (rate_distortion(p, d, s) for s in sorted((slope, other)))

    assert dear.rate >= cheap.rate - 1e-6
    assert dear.distortion <= cheap.distortion + 1e-6


@given(problems())
def test_a_large_slope_leaves_no_error_that_can_be_avoided(problem):
    p, d, _ = problem
    rate, distortion, _ = rate_distortion(p, d, 1e9)

    assert p @ d.min(axis=1) == pytest.approx(distortion, abs=1e-7)
    assert rate <= itlib.entropy(p) + 1e-9


variances = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e3)), min_size=1, max_size=6)


@given(variances, st.floats(1e-6, 1.2))
def test_water_is_filled_up_to_the_distortion(variances, share):
    variances = np.array(variances)
    distortion = share * variances.sum()
    rate, level, rates = gaussian_rate_distortion(variances, distortion, base=math.e)
    errors = variances * np.exp(-2 * rates)

    assert min(distortion, variances.sum()) == pytest.approx(errors.sum(), rel=1e-9)
    assert rates.sum() == pytest.approx(rate, rel=1e-12)
    assert np.minimum(variances, level) == pytest.approx(errors, rel=1e-9, abs=1e-12)


@given(st.floats(0.01, 10), st.floats(0.001, 1))
def test_one_gaussian(variance, share):
    expected = -math.log2(share) / 2
    found = gaussian_rate_distortion([variance], share * variance)

    assert expected == pytest.approx(found.rate, rel=1e-9, abs=1e-12)


def test_four_gaussians_share_three_units_of_error():
    """(16, 4, 1, 1/4): λ = 11/12, by hand."""
    rate, level, rates = gaussian_rate_distortion([16, 4, 1, 0.25], 3)

    assert 11 / 12 == pytest.approx(level, rel=1e-14)
    assert math.log2(64 / (11 / 12) ** 3) / 2 == pytest.approx(rate, rel=1e-14)
    assert 0 == rates[3]


def test_no_error_at_all_costs_infinitely_much():
    rate, level, rates = gaussian_rate_distortion([2.0, 0.0], 0)

    assert (math.inf, 0.0, [math.inf, 0.0]) == (rate, level, rates.tolist())
    assert (0.0, 0.0) == gaussian_rate_distortion([0.0], 0)[:2]


@pytest.mark.parametrize("count", [2, 3, 7, 16, 40])
def test_thresholds_are_midway_and_levels_are_means(count):
    levels, thresholds, error = lloyd_max(count)
    edges = np.concatenate([[-12], thresholds, [12]])
    weight = np.diff(stats.norm.cdf(edges))
    means = -np.diff(stats.norm.pdf(edges)) / weight

    assert (levels[1:] + levels[:-1]) / 2 == pytest.approx(thresholds, abs=1e-12)
    assert means == pytest.approx(levels, abs=1e-9)
    assert 1 - weight @ levels**2 == pytest.approx(error, abs=1e-10)
    assert error >= 1 / count**2


def test_a_density_of_two_bells_has_levels_in_both():
    def density(x):
        return (stats.norm.pdf(x, -3, 0.5) + stats.norm.pdf(x, 3, 0.5)) / 2

    levels, _, error = lloyd_max(4, density=density)
    found = integrate.quad(
        lambda x: density(x) * min((x - level) ** 2 for level in levels), -8, 8, limit=400
    )[0]

    assert [-1, -1, 1, 1] == np.sign(levels).tolist()
    assert found == pytest.approx(error, rel=1e-6)


def test_a_gap_in_the_density_costs_nothing():
    levels, _, error = lloyd_max(
        2, density=lambda x: (np.abs(x) > 1) / 2, low=-2, high=2, points=[-1, 1]
    )

    assert [-1.5, 1.5] == pytest.approx(levels, rel=1e-12)
    assert 1 / 12 == pytest.approx(error, rel=1e-12)


@pytest.mark.parametrize("count", [2, 4, 9, 30])
def test_a_density_with_long_tails_has_levels_that_no_others_beat(count):
    """Cauchy's density, cut off: thresholds on a grid, all of them tried by dynamic programming."""
    end = 1000
    t = np.sinh(np.linspace(-1, 1, 401) * np.arcsinh(end))
    moments = np.arctan(t), np.log1p(t**2) / 2, t - np.arctan(t)
    mass, first, second = (m - m[:, None] for m in moments)  # of every cell between two places
    cell = np.full(mass.shape, np.inf)
    np.divide(first**2, mass, out=cell, where=mass > 0)
    cell = np.where(mass > 0, second - cell, np.inf)
    least = cell[0]
    for _ in range(count - 1):
        least = (least[:, None] + cell).min(axis=0)
    whole = 2 * math.atan(end)
    found = lloyd_max(count, density=lambda x: 1 / (1 + x**2) / whole, low=-end, high=end).error

    assert 0.98 * least[-1] / whole < found <= least[-1] / whole


# --- errors --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.5, 0.5], [[0, 1]], 1), "distortions must have a row for each outcome of p"),
        (([0.5, 0.5], [0, 1], 1), "distortions must have a row for each outcome of p"),
        (([0.5, 0.5], -WRONG, 1), "distortions must be non-negative"),
        (([0.5, 0.5], WRONG, -1), "slope must be non-negative"),
        (([0.5, 0.6], WRONG, 1), "p must sum to 1"),
    ],
)
def test_wrong_problems_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        rate_distortion(*arguments)


def test_wrong_shares_are_refused():
    with pytest.raises(ValueError, match=r"variances must be non-negative, but variances\[1\]"):
        gaussian_rate_distortion([1, -1], 1)
    with pytest.raises(ValueError, match="distortion must be non-negative"):
        gaussian_rate_distortion([1, 1], -1)
    with pytest.raises(ValueError, match="variances sum to more"):
        gaussian_rate_distortion([1e308, 1e308], 1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"levels": 0}, "levels must be at least 1"),
        ({"low": 1, "high": 1}, "low must be below high"),
        ({"high": 1e300}, "low and high must be 2e-150 to 2e.150 apart"),
        ({"low": -1e308, "high": 1e308}, "low and high are too far apart"),
        ({"low": 0}, "density must integrate to 1 from low to high, got 0.5"),
        ({"density": lambda x: 1.00002 * stats.norm.pdf(x)}, "high, got 1.00002"),
        ({"density": lambda x: -np.ones_like(x)}, "density.x. must be non-negative"),
        ({"density": lambda x: 1.0}, "density.x. must have the shape of x"),
        ({"points": [13]}, "points must be between low and high"),
    ],
)
def test_wrong_quantisers_are_refused(options, words):
    with pytest.raises(ValueError, match=words):
        lloyd_max(**{"levels": 2} | options)


def test_a_density_written_for_one_number_serves():
    """What it cannot do for an array is no fault of its."""

    def uniform(x):
        return 1.0 if x < 1 else 0.0

    quantiser = lloyd_max(2, density=uniform, low=0, high=1)

    assert [0.25, 0.75] == pytest.approx(quantiser.levels.tolist(), rel=1e-9)
    with pytest.raises(ValueError, match="density must give a number at x = "):
        lloyd_max(2, density=lambda x: math.exp("x"))


def test_a_density_must_be_callable():
    with pytest.raises(TypeError, match="density must be a function"):
        lloyd_max(2, density=0.5)
