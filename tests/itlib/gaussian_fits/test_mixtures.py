"""Mixtures against one Gaussian: both divergences, and the best Gaussian in each direction."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from precise import normal_mean
from strategies import mixtures

import itlib

TWO_MODES = [0.5, 0.5], [-3.0, 3.0], [1.0, 1.0]


def mixture_log_density(x, p):
    weights, means, sigmas = p
    total = sum(mpmath.mpf(float(w)) for w in weights)
    terms = (
        mpmath.mpf(float(w)) / total * mpmath.npdf(x, mpmath.mpf(float(m)), mpmath.mpf(float(s)))
        for w, m, s in zip(weights, means, sigmas)
    )
    return mpmath.log(mpmath.fsum(terms))


def exact_kl(p, mu, sigma, direction):
    mu, sigma = mpmath.mpf(float(mu)), mpmath.mpf(float(sigma))

    def log_ratio(x):
        z = (x - mu) / sigma
        log_q = -z * z / 2 - mpmath.log(sigma) - mpmath.log(2 * mpmath.pi) / 2
        return mixture_log_density(x, p) - log_q

    if direction == "reverse":
        return -normal_mean(log_ratio, mu, sigma)
    total = sum(mpmath.mpf(float(w)) for w in p[0])
    return mpmath.fsum(
        mpmath.mpf(float(w)) / total * normal_mean(log_ratio, float(m), float(s))
        for w, m, s in zip(*p)
    )


@pytest.mark.slow
@pytest.mark.parametrize("direction", ["forward", "reverse"])
@pytest.mark.parametrize(
    "p, mu, sigma",
    [
        (TWO_MODES, 0.0, 3.0),
        (TWO_MODES, 3.0, 1.0),
        (TWO_MODES, -2.0, 0.25),
        (([0.7, 0.3], [-1.0, 2.0], [0.5, 1.0]), 0.2, 1.3),
        (([0.5, 0.5], [-0.1, 0.1], [1.0, 1.0]), 0.0, 1.005),
        (([0.2, 0.3, 0.5], [0.0, 1.0, 4.0], [1.0, 0.4, 2.0]), 1.0, 0.4),
        (([1.0], [1.5], [2.0]), 1.5, 2.0000001),
    ],
)
def test_mixture_kl_agrees_with_a_high_precision_integral(p, mu, sigma, direction):
    with mpmath.workdps(30):
        expected = exact_kl(p, mu, sigma, direction)

    kl = itlib.mixture_gaussian_kl(*p, mu, sigma, direction=direction, base=math.e)
    assert float(expected) == pytest.approx(kl, rel=1e-12)


@given(mixtures(), st.floats(-5, 5), st.floats(0.2, 5))
def test_mixture_kl_is_never_negative_in_either_direction(p, mu, sigma):
    """Gibbs."""
    for direction in ("forward", "reverse"):
        assert itlib.mixture_gaussian_kl(*p, mu, sigma, direction=direction) >= 0


@given(st.floats(-5, 5), st.floats(0.2, 5), st.floats(-5, 5), st.floats(0.2, 5))
def test_a_mixture_of_one_gaussian_is_that_gaussian(mu_p, sigma_p, mu_q, sigma_q):
    forward = itlib.gaussian_kl(mu_p, sigma_p, mu_q, sigma_q)
    reverse = itlib.gaussian_kl(mu_q, sigma_q, mu_p, sigma_p)
    p = [0.25, 0.75], [mu_p, mu_p], [sigma_p, sigma_p]

    kl = itlib.mixture_gaussian_kl(*p, mu_q, sigma_q)
    assert forward == pytest.approx(kl, rel=1e-11, abs=1e-300)
    kl = itlib.mixture_gaussian_kl(*p, mu_q, sigma_q, direction="reverse")
    assert reverse == pytest.approx(kl, rel=1e-11, abs=1e-300)


@given(mixtures(), mixtures(), st.floats(0, 1), st.floats(-3, 3), st.floats(0.5, 3))
def test_mixing_two_mixtures_brings_them_no_farther_from_q(p, r, share, mu, sigma):
    """D is convex in its first argument, and in its second."""
    both = (
        [*(share * np.array(p[0])), *((1 - share) * np.array(r[0]))],
        [*p[1], *r[1]],
        [*p[2], *r[2]],
    )
    for direction in ("forward", "reverse"):
        apart = [
            itlib.mixture_gaussian_kl(*each, mu, sigma, direction=direction) for each in (p, r)
        ]
        mixed = itlib.mixture_gaussian_kl(*both, mu, sigma, direction=direction)
        assert mixed <= share * apart[0] + (1 - share) * apart[1] + 1e-9


def test_a_landscape_is_the_same_as_its_points_one_by_one():
    mu, sigma = np.linspace(-4, 4, 5)[:, None], np.geomspace(0.3, 4, 4)
    for direction in ("forward", "reverse"):
        landscape = itlib.mixture_gaussian_kl(*TWO_MODES, mu, sigma, direction=direction)
        point = itlib.mixture_gaussian_kl(*TWO_MODES, mu[3, 0], sigma[1], direction=direction)

        assert (5, 4) == landscape.shape
        assert landscape[3, 1] == pytest.approx(point, rel=1e-12)


def test_a_component_of_weight_zero_is_not_there():
    expected = itlib.gaussian_kl(0, 1, 1, 2)

    kl = itlib.mixture_gaussian_kl([1.0, 0.0], [0, 50], [1, 1e-9], 1, 2)
    assert expected == pytest.approx(kl, rel=1e-12)


def test_a_speck_of_mass_far_away_is_seen():
    """D(q‖p) = −log(1 − w) where all that p has elsewhere is a weight w."""
    expected = -math.log1p(-1e-6)

    p = [1 - 1e-6, 1e-6], [0, 100], [1, 1]
    kl = itlib.mixture_gaussian_kl(*p, 0, 1, direction="reverse", base=math.e)
    assert expected == pytest.approx(kl, rel=1e-9)


def test_density_of_a_mixture_integrates_to_one():
    x = np.linspace(-12, 12, 4801)
    expected = 1.0

    assert expected == pytest.approx(itlib.mixture_density(x, *TWO_MODES).sum() * 0.005, rel=1e-12)


@given(mixtures(), st.floats(-0.5, 0.5), st.floats(0.7, 1.4))
def test_the_forward_fit_is_beaten_by_no_other_gaussian(p, shift, stretch):
    mu, sigma = itlib.fit_gaussian_forward(*p)
    best = itlib.mixture_gaussian_kl(*p, mu, sigma)

    assert best <= itlib.mixture_gaussian_kl(*p, mu + shift, sigma * stretch) + 1e-12


@pytest.mark.parametrize(
    "p",
    [
        ([1e-10, 1.0], [0.0, 1.0], [1.0, 1e-6]),
        ([1e-30, 1.0], [1e5, 0.0], [1.0, 1e-9]),
        ([1e-25, 1.0, 1e-22], [4e3, 1e-4, -3e2], [50.0, 1e-7, 400.0]),
    ],
)
def test_a_light_component_that_is_wide_or_far_costs_the_forward_fit_no_digits(p):
    with mpmath.workdps(60):
        weights, means, sigmas = (list(map(mpmath.mpf, part)) for part in p)
        weights = [w / sum(weights) for w in weights]
        mean = sum(w * m for w, m in zip(weights, means))
        variance = sum(w * (s**2 + (m - mean) ** 2) for w, m, s in zip(weights, means, sigmas))

    fit = itlib.fit_gaussian_forward([float(w) for w in weights], *p[1:])
    assert float(mean) == pytest.approx(fit.mu, rel=1e-15)
    assert float(mpmath.sqrt(variance)) == pytest.approx(fit.sigma, rel=1e-15)


def test_a_narrow_mixture_next_to_the_largest_double_is_fitted():
    fit = itlib.fit_gaussian_forward([0.5, 0.5], [1.7e308, 1.7e308], [2e-51, 2e-51])

    assert (1.7e308, 2e-51) == pytest.approx(fit, rel=1e-15)


SCALES = [1e-310, 1e-170, 1e-160, 1e160, 1e307]


@pytest.mark.parametrize("scale", SCALES)
def test_widths_whose_squares_leave_the_doubles_are_widths(scale):
    """μ and σ go with the unit of x, and a divergence does not know it."""
    p = [0.5, 0.5], [-3 * scale, 3 * scale], [scale, scale]
    mu, sigma = itlib.fit_gaussian_forward(*p)

    assert 0.0 == mu
    assert math.sqrt(10) * scale == pytest.approx(sigma, rel=1e-12)
    for direction in ("forward", "reverse"):
        expected = itlib.mixture_gaussian_kl(*TWO_MODES, 1.0, 2.0, direction=direction)
        kl = itlib.mixture_gaussian_kl(*p, scale, 2 * scale, direction=direction)
        assert expected == pytest.approx(kl, rel=1e-12)
        assert 0.0 == itlib.mixture_gaussian_kl([1.0], [0.0], [scale], 0.0, scale)


@pytest.mark.parametrize("offset", [1e8, 1.7e9, -1e15])
def test_a_divergence_far_from_0_is_that_at_0(offset):
    p = [0.5, 0.5], [offset - 3, offset + 3], [1.0, 1.0]
    for direction in ("forward", "reverse"):
        expected = itlib.mixture_gaussian_kl(*TWO_MODES, 0.5, 3.0, direction=direction)
        kl = itlib.mixture_gaussian_kl(*p, offset + 0.5, 3.0, direction=direction)
        assert expected == pytest.approx(kl, rel=1e-14)


def test_a_density_is_right_at_the_ends_of_the_doubles():
    assert 0.0 == itlib.mixture_density(1.0, [1.0], [0.0], [1e-310])
    for x, mean, sigma in ((0, 0, 3e-309), (4e-310, 0, 1e-310), (1e308, -1e308, 1e308)):
        expected = float(mpmath.npdf(x, mean, mpmath.mpf(sigma)))

        density = itlib.mixture_density(x, [1.0], [mean], [sigma])
        assert expected == pytest.approx(density, rel=1e-12, abs=0)


def test_a_fit_that_is_wider_than_the_doubles_is_refused_in_words():
    with pytest.raises(ValueError, match="means and sigmas are too large"):
        itlib.fit_gaussian_forward([0.5, 0.5], [-1.7e308, 1.7e308], [1e308, 1e308])
    with pytest.raises(ValueError, match="their widths differ too much"):
        itlib.mixture_gaussian_kl([1.0], [0.0], [1e308], 0.0, 5e-324)


def test_gaussians_that_no_grid_can_hold_together_are_refused_at_once():
    p = [0.5, 0.5], [-1.0, 1.0], [1.0, 1.0]

    with pytest.raises(ValueError, match="the widths of the Gaussians differ too much"):
        itlib.mixture_gaussian_kl(*p, 0.0, 1e10, direction="reverse")
    with pytest.raises(ValueError, match="the Gaussians lie too far apart"):
        itlib.mixture_gaussian_kl(*p, 1e200, 1.0, direction="reverse")
    assert 0.0 == itlib.mixture_density(1e200, *p)


@pytest.mark.parametrize("half_gap", [1e2, 1e6, 1e12])
def test_modes_far_apart_cost_the_best_gaussian_one_bit_less_than_its_width(half_gap):
    """Of the entropy of q, log σ√(2πe), all is paid but log 2 and that of one mode."""
    means = [-half_gap, half_gap]
    sigma = math.hypot(half_gap, 1)
    found = itlib.mixture_gaussian_kl([0.5, 0.5], means, [1, 1], 0, sigma, base=math.e)

    assert math.log(sigma / 2) == pytest.approx(found, rel=1e-14)


@pytest.mark.parametrize(
    "half_gap, sigma", [(1, 1e-10), (1, 1e-17), (1e10, 1e-290), (1e10, 1e-300), (1e100, 1e-300)]
)
def test_narrow_modes_far_apart_keep_their_digits(half_gap, sigma):
    """log(half_gap/σ) − log 2, where a place in a mode is rounded by more than σ."""
    expected = math.log(half_gap) - math.log(sigma) - math.log(2)
    p = [0.5, 0.5], [-half_gap, half_gap], [sigma, sigma]

    kl = itlib.mixture_gaussian_kl(*p, 0, half_gap, base=math.e)
    assert expected == pytest.approx(kl, rel=1e-14)


@pytest.mark.parametrize("means", [[1e308, 1.0], [-1e160, 1e160]])
def test_a_divergence_beyond_the_doubles_is_infinite_or_refused_without_a_warning(means):
    p = [0.5, 0.5], means, [1.0, 1.0]

    assert math.inf == itlib.mixture_gaussian_kl(*p, 0.0, 1.0)
    with pytest.raises(ValueError, match="the Gaussians lie too far apart: a logarithm of p/q"):
        itlib.mixture_gaussian_kl(*p, 0.0, 1.0, direction="reverse")
