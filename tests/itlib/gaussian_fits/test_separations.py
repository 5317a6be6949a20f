"""Where the minima of D(q‖p) appear, change places and vanish, on the line."""

import functools
import math

import mpmath
import numpy as np
import pytest
from precise import hermite_averages, normal_mean, refine

import itlib
from itlib import gaussian_fits

# Against forty digits, and along whole branches of minima: most of a second each.
pytestmark = pytest.mark.slow

# --- with mpmath ----------------------------------------------------------------------------


def fold_equations(weight):
    def equations(mu, log_sigma, d):
        c = hermite_averages(mpmath.mpf(weight), mu, log_sigma, d, 4)
        return [c[1], c[2], c[3] ** 2 + c[4] - 2]

    return equations


@pytest.mark.parametrize("weight", [0.5, 0.6, 0.3])
def test_the_fold_is_where_a_high_precision_solution_says(weight):
    fold = gaussian_fits.mode_fold(weight)
    expected = refine(fold_equations(weight), [fold.mu, math.log(fold.sigma), fold.separation])[2]

    assert expected == pytest.approx(fold.separation, abs=1e-10)


@pytest.mark.parametrize("weight", [0.7])
def test_the_covering_minimum_vanishes_where_a_high_precision_solution_says(weight):
    fold = gaussian_fits.covering_fold(weight)
    start = [fold.mu, math.log(fold.sigma), fold.separation]
    expected = refine(fold_equations(weight), start)[2]

    assert expected == pytest.approx(fold.separation, abs=1e-10)


@pytest.mark.parametrize("weight", [0.5, 0.7])
def test_the_jump_is_where_a_high_precision_solution_says(weight):
    jump = gaussian_fits.reverse_jump(weight)
    averages = functools.cache(hermite_averages)  # what moves one fit leaves the other's

    def equations(mu, log_sigma, mu_mode, log_mode, d):
        covering = averages(mpmath.mpf(weight), mu, log_sigma, d, 2)
        seeking = averages(mpmath.mpf(weight), mu_mode, log_mode, d, 2)
        return [*covering[1:], *seeking[1:], covering[0] - seeking[0]]

    (mu, sigma), (mu_mode, sigma_mode) = jump.covering, jump.seeking
    start = [mu, math.log(sigma), mu_mode, math.log(sigma_mode), jump.separation]
    expected = refine(equations, start)[4]

    assert expected == pytest.approx(jump.separation, abs=1e-10)


def test_the_cusp_is_where_a_high_precision_solution_says():
    cusp = gaussian_fits.reverse_cusp()

    def equations(mu, log_sigma, d, weight):
        c = hermite_averages(weight, mu, log_sigma, d, 6)
        change = 2 * c[3] * (c[3] * c[4] + 3 * c[3] + c[5]) + c[3] * c[5] + 4 * c[4] + c[6]
        return [c[1], c[2], c[3] ** 2 + c[4] - 2, change]

    start = [cusp.mu, math.log(cusp.sigma), cusp.separation, cusp.weight]
    expected = refine(equations, start)

    assert expected[3] == pytest.approx(cusp.weight, abs=1e-9)
    assert expected[2] == pytest.approx(cusp.separation, abs=1e-9)


@pytest.mark.parametrize("sigma", [0.5, 1.0, 2.0])
def test_the_pitchfork_is_where_a_high_precision_solution_says(sigma):
    """With σ held, μ = 0 stops being a minimum where d² E[sech²(dσz)] = 1."""
    d = gaussian_fits.reverse_pitchfork(sigma)
    with mpmath.workdps(30):
        expected = mpmath.findroot(
            lambda d: d**2 * normal_mean(lambda x: mpmath.sech(d * x) ** 2, 0, sigma, 800) - 1, d
        )

    assert float(expected) == pytest.approx(d, abs=1e-11)


@pytest.mark.parametrize("sigma", [1e-9, 1e9, 1e160])
def test_the_pitchfork_of_a_very_narrow_and_of_a_very_wide_fit(sigma):
    """A point sees where p has two peaks, at d = 1; a wide q has d ≈ σ √(π/2)."""
    expected = 1.0 if sigma < 1 else sigma * math.sqrt(math.pi / 2)

    assert expected == pytest.approx(gaussian_fits.reverse_pitchfork(sigma), rel=1e-14)


# --- what happens at the separations -------------------------------------------------------


def minima(weight, d):
    return itlib.fit_gaussian_reverse([weight, 1 - weight], [-d, d], [1, 1])


@pytest.mark.parametrize("weight", [0.5, 0.6, 0.7])
def test_a_minimum_appears_at_the_fold_away_from_the_covering_one(weight):
    fold = gaussian_fits.mode_fold(weight)
    before, after = minima(weight, fold.separation - 1e-3), minima(weight, fold.separation + 1e-3)

    assert len(before) < len(after)
    assert any(abs(mu - fold.mu) < 0.2 for mu, _, _ in after)
    assert not any(abs(mu - fold.mu) < 0.2 for mu, _, _ in before)


@pytest.mark.parametrize("weight", [0.5, 0.6, 0.7])
def test_the_best_fit_jumps_at_the_jump(weight):
    jump = gaussian_fits.reverse_jump(weight)
    before, after = minima(weight, jump.separation - 1e-3), minima(weight, jump.separation + 1e-3)

    assert jump.covering[1] == pytest.approx(before[0][1], abs=0.01)
    assert jump.seeking[1] == pytest.approx(after[0][1], abs=0.01)


@pytest.mark.parametrize("weight", [0.6, 0.7])
def test_with_unequal_weights_the_covering_minimum_ends(weight):
    fold = gaussian_fits.covering_fold(weight)
    before, after = minima(weight, fold.separation - 1e-3), minima(weight, fold.separation + 1e-3)

    assert len(before) == len(after) + 1
    assert any(abs(mu - fold.mu) < 0.2 for mu, _, _ in before)
    assert not any(abs(mu - fold.mu) < 0.2 for mu, _, _ in after)


def test_near_equal_weights_the_covering_minimum_ends_far_out():
    """d ≈ 2π / (3 log(w/(1 − w)))."""
    weight = 0.52
    expected = 2 * math.pi / (3 * math.log(weight / (1 - weight)))

    assert expected == pytest.approx(gaussian_fits.covering_fold(weight).separation, rel=0.01)


@pytest.mark.parametrize("gap", [3e-3, 1e-5])
def test_just_below_the_cusp_the_jump_is_between_the_folds(gap):
    cusp = gaussian_fits.reverse_cusp()
    weight = cusp.weight - gap
    jump = gaussian_fits.reverse_jump(weight)
    folds = gaussian_fits.mode_fold(weight), gaussian_fits.covering_fold(weight)

    assert folds[0].separation < jump.separation < folds[1].separation
    assert jump.seeking.mu < folds[0].mu < folds[1].mu < jump.covering.mu


def test_at_the_last_weight_before_the_cusp_the_jump_is_the_cusp():
    cusp = gaussian_fits.reverse_cusp()
    jump = gaussian_fits.reverse_jump(math.nextafter(cusp.weight, 0))

    assert cusp.separation == pytest.approx(jump.separation, rel=1e-13)
    assert cusp[2:] == pytest.approx(jump.covering, rel=1e-6)
    assert cusp[2:] == pytest.approx(jump.seeking, rel=1e-6)


def test_weights_too_near_one_half_are_told_how_far_out_the_minimum_ends():
    for weight in (0.501, 0.50000001, math.nextafter(0.5, 1)):
        with pytest.raises(ValueError, match="weight must be farther from 0.5 than 0.5"):
            gaussian_fits.covering_fold(weight)


def test_above_the_cusp_the_minimum_moves_onto_the_heavy_mode_without_a_break():
    weight = gaussian_fits.reverse_cusp().weight + 0.02
    for d in np.linspace(1, 2.5, 16):
        assert 1 == len([fit for fit in minima(weight, d) if fit[0] < 0])


@pytest.mark.parametrize("weight", [1e-10, 5e-324])
def test_the_fold_of_a_very_light_mode_is_where_its_equations_say(weight):
    """By a plain sum: c₁ = c₂ = 0 and c₃² + c₄ = 2."""
    d, mu, sigma = gaussian_fits.mode_fold(weight)
    x = mu + sigma * np.linspace(-12, 12, 20_001)
    z = (x - mu) / sigma
    step = sigma * (z[1] - z[0])
    q = np.exp(-z * z / 2) / math.sqrt(2 * math.pi) / sigma
    log_p = (
        np.logaddexp(math.log(weight) - (x + d) ** 2 / 2, math.log1p(-weight) - (x - d) ** 2 / 2)
        - math.log(2 * math.pi) / 2
    )
    c = [step * (q * h * (log_p - np.log(q))).sum() for h in (z, z**2 - 1, z**3 - 3 * z)]
    c4 = step * (q * (z**4 - 6 * z**2 + 3) * (log_p - np.log(q))).sum()

    assert c[:2] == pytest.approx([0, 0], abs=1e-9)
    assert c[2] ** 2 + c4 == pytest.approx(2, abs=1e-8)
