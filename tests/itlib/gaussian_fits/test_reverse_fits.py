"""The stationary points of D(q‖p): none is missed, and each is what it is called."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from strategies import mixtures

import itlib
from itlib import gaussian_fits


@settings(max_examples=12)
@given(mixtures())
def test_reverse_fits_are_minima_and_the_first_is_the_lowest(p):
    fits = itlib.fit_gaussian_reverse(*p)
    mus = np.linspace(-5, 5, 41)[:, None]
    landscape = itlib.mixture_gaussian_kl(
        *p, mus, np.geomspace(0.25, 6, 25), direction="reverse", base=math.e
    )

    assert fits[0][2] <= landscape.min() + 1e-12
    for mu, sigma, kl in fits:
        ring = itlib.mixture_gaussian_kl(
            *p,
            mu + 1e-3 * sigma * np.cos(np.arange(12)),
            sigma * np.exp(1e-3 * np.sin(np.arange(12))),
            direction="reverse",
            base=math.e,
        )
        assert kl <= ring.min() + 1e-13


def downhill(p, mu, log_sigma):
    """Return where ever smaller steps lead, each to the lowest point of a ring."""
    angles = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    step, here = 0.1, np.inf
    while step > 1e-3:
        mus, logs = mu + step * np.cos(angles), log_sigma + step * np.sin(angles)
        kls = itlib.mixture_gaussian_kl(*p, mus, np.exp(logs), direction="reverse", base=math.e)
        best = np.argmin(kls)
        if kls[best] < here:
            mu, log_sigma, here = mus[best], logs[best], kls[best]
        else:
            step /= 2
    return mu, log_sigma


@settings(max_examples=12)
@given(mixtures())
@example(([0.4666666666666667, 0.5333333333333333], [0.0, 1.5], [1.75, 0.3125]))
def test_from_every_low_point_of_a_fine_landscape_it_is_downhill_to_a_reverse_fit(p):
    fits = itlib.fit_gaussian_reverse(*p)
    mus, logs = np.linspace(-5, 5, 101), np.linspace(math.log(0.25), math.log(7), 61)
    kl = itlib.mixture_gaussian_kl(*p, mus[:, None], np.exp(logs), direction="reverse", base=math.e)
    inside = kl[1:-1, 1:-1]
    low = np.ones_like(inside, dtype=bool)
    for i in (0, 1, 2):
        for j in (0, 1, 2):
            if (i, j) != (1, 1):
                low &= inside < kl[i : i + 99, j : j + 59]
    for i, j in np.argwhere(low):
        mu, log_sigma = downhill(p, mus[i + 1], logs[j + 1])
        near = [abs(m - mu) < 0.1 and abs(math.log(s) - log_sigma) < 0.1 for m, s, _ in fits]

        assert any(near), (mu, math.exp(log_sigma), fits)


def test_a_tiny_basin_beside_the_fold_is_found():
    """Just above the fold the new minimum and its saddle are close together, and still two."""
    d = gaussian_fits.mode_fold().separation
    below = gaussian_fits.stationary_reverse_fits([0.5, 0.5], [-d + 1e-6, d - 1e-6], [1, 1])
    above = gaussian_fits.stationary_reverse_fits([0.5, 0.5], [-d - 1e-6, d + 1e-6], [1, 1])

    assert ["minimum"] == [kind for *_, kind in below]
    assert 3 == [kind for *_, kind in above].count("minimum")
    assert 2 == [kind for *_, kind in above].count("saddle")


@pytest.mark.parametrize("d", [0.5, 1.0, 2.0, 2.5, 3.0, 5.0, 8.0, 12.0])
def test_covering_stays_a_minimum_at_every_separation(d):
    """For equal weights q = N(0, σ²) with the best σ is a strict local minimum for every d."""
    fits = itlib.fit_gaussian_reverse([0.5, 0.5], [-d, d], [1, 1])

    assert any(abs(mu) < 1e-9 and sigma > 1 for mu, sigma, _ in fits)


@pytest.mark.parametrize("weight, d", [(0.5, 1.0), (0.5, 4.0), (0.6, 3.0), (0.9, 4.0)])
def test_at_every_stationary_point_the_curvature_in_mu_is_one_over_sigma_squared(weight, d):
    """∂²D(q‖p)/∂μ² = 1/σ² wherever ∂D/∂σ = 0: by Stein's lemma, for any p.  No maxima exist."""
    p = [weight, 1 - weight], [-d, d], [1, 1]
    for mu, sigma, kl, _ in gaussian_fits.stationary_reverse_fits(*p):
        h = 1e-3 * sigma
        sides = itlib.mixture_gaussian_kl(
            *p, [mu - h, mu + h], sigma, direction="reverse", base=math.e
        )

        assert 1 / sigma**2 == pytest.approx((sides.sum() - 2 * kl) / h**2, rel=1e-4)


def test_the_pass_around_the_covering_minimum_is_low_and_near():
    """For large d the saddles are at |μ| → √3, and 3π/(8d²) nats above the covering minimum."""
    d = 12.0
    fits = gaussian_fits.stationary_reverse_fits([0.5, 0.5], [-d, d], [1, 1])
    saddle = next(fit for fit in fits if fit[3] == "saddle")
    covering = next(fit for fit in fits if fit[3] == "minimum" and abs(fit[0]) < 1)

    assert math.sqrt(3) == pytest.approx(abs(saddle[0]), rel=0.01)
    assert 3 * math.pi / (8 * d * d) == pytest.approx(saddle[2] - covering[2], rel=0.02)


@pytest.mark.parametrize("offset", [1e8, 1.7e9, 1e12, -1e15])
@pytest.mark.parametrize("p", [([0.5, 0.5], [-4, 4], [1, 1]), ([0.7, 0.3], [-4, 4], [1, 2])])
def test_far_from_0_there_are_as_many_fits(p, offset):
    """Places in seconds since 1970 are exact doubles, and no fit to them is lost."""
    weights, means, sigmas = p
    expected = gaussian_fits.stationary_reverse_fits(*p)
    fits = gaussian_fits.stationary_reverse_fits(weights, np.add(means, offset), sigmas)

    assert [fit.kind for fit in expected] == [fit.kind for fit in fits]
    for near, far in zip(expected, fits):
        assert (near.sigma, near.kl) == pytest.approx((far.sigma, far.kl), rel=1e-10)
        assert near.mu + offset == pytest.approx(far.mu, rel=1e-15, abs=1e-12)


@pytest.mark.parametrize("scale", [1e-310, 1e-170, 1e160, 1e307])
def test_fits_stretch_to_the_ends_of_the_doubles(scale):
    expected = itlib.fit_gaussian_reverse([0.5, 0.5], [-3, 3], [1, 1])
    fits = itlib.fit_gaussian_reverse([0.5, 0.5], [-3 * scale, 3 * scale], [scale, scale])

    assert [fit.kl for fit in expected] == pytest.approx([fit.kl for fit in fits], rel=1e-12)
    assert [fit.sigma for fit in expected] == pytest.approx(
        [fit.sigma / scale for fit in fits], rel=1e-12
    )


@pytest.mark.parametrize(
    "means, sigmas",
    [([-300, 300], [1, 1]), ([-1e5, 1e5], [1, 1]), ([-1e17, 1e17], [1, 1]), ([0, 1], [1, 1e-6])],
)
def test_a_search_of_minutes_is_refused_at_once(means, sigmas):
    with pytest.raises(ValueError, match="^means lie too far apart, or sigmas differ too much"):
        gaussian_fits.stationary_reverse_fits([0.5, 0.5], means, sigmas)


def test_fits_move_and_stretch_with_the_mixture():
    """Reverse KL does not know the unit of x: fits of a x + b are a fits + b."""
    fits = itlib.fit_gaussian_reverse([0.6, 0.4], [-3, 3], [1, 1])
    moved = itlib.fit_gaussian_reverse([0.6, 0.4], [-59, 61], [20, 20])

    assert len(fits) == len(moved)
    for (mu, sigma, kl), (mu_moved, sigma_moved, kl_moved) in zip(fits, moved):
        assert (20 * mu + 1, 20 * sigma) == pytest.approx((mu_moved, sigma_moved), rel=1e-8)
        assert kl == pytest.approx(kl_moved, rel=1e-11)
