"""The same in the plane: divergences, fits, and what an isotropic q does."""

import math

import mpmath
import numpy as np
import pytest
from precise import hermite_averages, refine

import itlib
from itlib import gaussian_fits

COV = np.array([[1.6, 0.7], [0.7, 0.8]])


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_a_planar_divergence_across_the_line_of_the_modes_adds_that_direction(direction):
    """For independent coordinates the divergences add."""
    p = [0.3, 0.7], [[-2.0, 1.0], [2.0, 1.0]], [np.diag([1.0, 0.25])] * 2
    along = itlib.mixture_gaussian_kl([0.3, 0.7], [-2, 2], [1, 1], 0.5, 1.5, direction=direction)
    pair = [(1.0, 0.5), (0.8, 0.7)]
    pair = pair if direction == "forward" else pair[::-1]
    expected = along + itlib.gaussian_kl(*pair[0], *pair[1])

    cov = np.diag([1.5**2, 0.7**2])
    kl = gaussian_fits.planar_mixture_kl(*p, [0.5, 0.8], cov, direction=direction)
    assert expected == pytest.approx(kl, rel=1e-10)


def test_a_planar_divergence_of_equal_gaussians_is_zero():
    p = [1.0], [[1, 2]], [COV]
    for direction in ("forward", "reverse"):
        assert 0.0 == gaussian_fits.planar_mixture_kl(*p, [1, 2], COV, direction=direction)


def test_a_full_covariance_turns_the_plane_into_the_line():
    """With q free, only the Mahalanobis distance of the modes matters."""
    half_gap = np.array([2.0, 2.0])
    distance, _ = gaussian_fits.mahalanobis_reduction(half_gap, COV)
    line = itlib.fit_gaussian_reverse([0.5, 0.5], [-distance, distance], [1, 1])
    plane = gaussian_fits.fit_planar_reverse([0.5, 0.5], [-half_gap, half_gap], [COV, COV])

    assert [kl for *_, kl in line] == pytest.approx([kl for *_, kl in plane], rel=1e-8)


@pytest.mark.parametrize("angle", [0.0, 0.6, 1.2])
def test_an_isotropic_fit_leaves_the_middle_at_the_pitchfork(angle):
    direction = np.array([math.cos(angle), math.sin(angle)])
    unit, stiffness = gaussian_fits.mahalanobis_reduction(direction, COV)
    for factor, stays in ((0.98, True), (1.02, False)):
        gap = direction * factor * gaussian_fits.isotropic_pitchfork(stiffness) / unit
        fits = gaussian_fits.fit_planar_reverse(
            [0.5, 0.5], [-gap, gap], [COV, COV], shape="isotropic"
        )

        assert stays == any(np.abs(mean).max() < 1e-4 for mean, _, _ in fits)


def test_long_modes_side_by_side_part_an_isotropic_fit_in_a_jump():
    """Below the tricritical stiffness minima on the modes appear before the middle gives way."""
    cov, stiffness = np.diag([1.0, 4.0]), 0.25
    fold, pitchfork = (
        gaussian_fits.isotropic_fold(stiffness),
        gaussian_fits.isotropic_pitchfork(stiffness),
    )
    numbers = []
    for d in (fold - 0.1, fold + 0.1, pitchfork + 0.1):
        p = [0.5, 0.5], [[-d, 0], [d, 0]], [cov, cov]
        numbers.append(len(gaussian_fits.fit_planar_reverse(*p, shape="isotropic")))

    assert [1, 3, 2] == numbers


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-12])
def test_just_below_the_tricritical_stiffness_the_fold_touches_the_pitchfork(gap):
    """The separations of the two differ like the square of what is left."""
    stiffness = gaussian_fits.isotropic_tricritical().stiffness - gap
    fold, pitchfork = (
        gaussian_fits.isotropic_fold(stiffness),
        gaussian_fits.isotropic_pitchfork(stiffness),
    )

    assert pitchfork == pytest.approx(fold, rel=0, abs=gap**2 + 1e-10)


def test_forward_fits_in_the_plane_are_the_moments():
    mean, cov = gaussian_fits.fit_planar_forward([0.25, 0.75], [[-1, 0], [3, 0]], [COV, COV])

    assert [2.0, 0.0] == mean.tolist()
    assert (COV + np.diag([3.0, 0.0])) == pytest.approx(cov)


@pytest.mark.parametrize("ratio", [1e-2, 1e-6])
def test_long_modes_are_no_narrower_than_a_fit_that_is_as_long(ratio):
    """Across the line of the modes all are one, and the line alone counts."""
    cov = np.diag([1.0, ratio])
    p = [0.5, 0.5], [[-1, 0], [1, 0]], [cov, cov]
    for direction in ("forward", "reverse"):
        expected = itlib.mixture_gaussian_kl(
            [0.5, 0.5], [-1, 1], [1, 1], 0, 1.5, direction=direction
        )
        q = [0, 0], np.diag([1.5**2, ratio])
        kl = gaussian_fits.planar_mixture_kl(*p, *q, direction=direction)
        assert expected == pytest.approx(kl, rel=1e-10)
    assert 0.0 == gaussian_fits.planar_mixture_kl([1.0], [[0, 0]], [cov], [0, 0], cov)


def test_far_from_0_fits_in_the_plane_are_those_at_0():
    p, place = ([-3, 0], [3, 0]), np.array([1e15, -1.7e9])
    weights, covs = [0.5, 0.5], [np.eye(2), np.eye(2)]
    expected = gaussian_fits.fit_planar_reverse(weights, p, covs)
    fits = gaussian_fits.fit_planar_reverse(weights, p + place, covs)

    assert [kl for *_, kl in expected] == pytest.approx([kl for *_, kl in fits], rel=1e-12)
    for near, far in zip(expected, fits):
        assert near.mean + place == pytest.approx(far.mean, rel=1e-15)
    for direction in ("forward", "reverse"):
        near, far = (
            gaussian_fits.planar_mixture_kl(weights, m, covs, q, COV, direction=direction)
            for m, q in ((p, [1, 0]), (p + place, [1, 0] + place))
        )
        assert near == pytest.approx(far, rel=1e-12)
    assert place.tolist() == gaussian_fits.fit_planar_forward(weights, p + place, covs)[0].tolist()


def test_the_tricritical_stiffness_is_where_a_high_precision_solution_says():
    stiffness, separation = gaussian_fits.isotropic_tricritical()

    def equations(stiffness, d):
        c = hermite_averages(mpmath.mpf(1) / 2, 0, mpmath.log(2 / stiffness) / 2, d, 4)
        return [c[2] - 1, c[4] + 2]

    expected = refine(equations, [stiffness, separation])

    assert expected == pytest.approx([stiffness, separation], abs=1e-10)


def test_gaussians_that_no_grid_in_the_plane_can_hold_together_are_refused_at_once():
    p = [0.5, 0.5], [[-1, 0], [1, 0]], [np.eye(2), np.eye(2)]

    with pytest.raises(ValueError, match="the Gaussians differ too much in width"):
        gaussian_fits.planar_mixture_kl(*p, [0, 0], 1e8 * np.eye(2), direction="reverse")


def test_means_whose_squares_are_beyond_the_doubles_are_refused_by_name():
    p = [0.5, 0.5], [[-1e160, 0], [1e160, 0]], [np.eye(2), np.eye(2)]
    for call in (
        lambda: gaussian_fits.fit_planar_forward(*p),
        lambda: gaussian_fits.fit_planar_reverse(*p),
        lambda: gaussian_fits.planar_mixture_kl(*p, [0, 0], np.eye(2)),
    ):
        with pytest.raises(ValueError, match="^means lie too far apart, or covs are too large"):
            call()


@pytest.mark.parametrize("variance", [1e12, 1e15, 1e17])
def test_the_stiffness_of_very_long_modes_is_the_ratio_of_the_variances(variance):
    reduction = gaussian_fits.mahalanobis_reduction([1, 0], [[1, 0], [0, variance]])

    assert (1.0, 1 / variance) == pytest.approx(reduction, rel=1e-15, abs=0)


def test_a_stiffness_beyond_the_doubles_is_refused_in_words():
    with pytest.raises(ValueError, match="cov is too flat for half_gap"):
        gaussian_fits.mahalanobis_reduction([1, 0], [[1, 0], [0, 5e-324]])


@pytest.mark.parametrize("half_gap", [30, 1000])
def test_modes_that_are_far_apart_cost_in_the_plane_what_they_cost_on_the_line(half_gap):
    """Forward, their one bit is known in closed form: D(p‖q) = E_p[log 1/q] − h(p)."""
    means = [[-half_gap, 0], [half_gap, 0]]
    found = gaussian_fits.planar_mixture_kl(
        [0.5, 0.5], means, [np.eye(2)] * 2, [0, 0], np.eye(2), base=math.e
    )

    assert half_gap**2 / 2 - math.log(2) == pytest.approx(found, rel=1e-14)


def test_a_covariance_that_its_own_units_make_singular_is_refused_in_words():
    with pytest.raises(ValueError, match="^cov is too flat for half_gap"):
        gaussian_fits.mahalanobis_reduction([1e300, 0], [[1e-310, 1e-160], [1e-160, 1.7e308]])
