"""Mixtures against one Gaussian: the divergences, their minima, and where these change."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import itlib
from itlib import gaussian_fits
from itlib.gaussian_fits._newton import solve

TWO_MODES = [0.5, 0.5], [-3.0, 3.0], [1.0, 1.0]


@st.composite
def mixtures(draw):
    k = draw(st.integers(1, 3))
    raw = draw(st.lists(st.floats(0.05, 1), min_size=k, max_size=k))
    means = draw(st.lists(st.floats(-4, 4), min_size=k, max_size=k))
    sigmas = draw(st.lists(st.floats(0.3, 3), min_size=k, max_size=k))
    return itlib.normalize(raw), means, sigmas


def mixture_log_density(x, p):
    weights, means, sigmas = p
    total = sum(mpmath.mpf(float(w)) for w in weights)
    terms = (
        mpmath.mpf(float(w)) / total * mpmath.npdf(x, mpmath.mpf(float(m)), mpmath.mpf(float(s)))
        for w, m, s in zip(weights, means, sigmas)
    )
    return mpmath.log(mpmath.fsum(terms))


def normal_mean(f, mu=0, sigma=1, steps=1200):
    """Return E[f(x)], x ~ N(μ, σ²), by the trapezoidal rule in mpmath's working precision."""
    reach = mpmath.sqrt(2 * mpmath.mp.dps * mpmath.log(10)) + 2
    h = 2 * reach / steps
    points = [h * i - reach for i in range(steps + 1)]
    return h * mpmath.fsum(mpmath.npdf(z) * f(mu + sigma * z) for z in points)


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


# --- the divergences -----------------------------------------------------------------------


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


@settings(max_examples=60, deadline=None)
@given(mixtures(), st.floats(-5, 5), st.floats(0.2, 5))
def test_mixture_kl_is_never_negative_in_either_direction(p, mu, sigma):
    """Gibbs."""
    for direction in ("forward", "reverse"):
        assert itlib.mixture_gaussian_kl(*p, mu, sigma, direction=direction) >= 0


@settings(max_examples=40, deadline=None)
@given(st.floats(-5, 5), st.floats(0.2, 5), st.floats(-5, 5), st.floats(0.2, 5))
def test_a_mixture_of_one_gaussian_is_that_gaussian(mu_p, sigma_p, mu_q, sigma_q):
    forward = itlib.gaussian_kl(mu_p, sigma_p, mu_q, sigma_q)
    reverse = itlib.gaussian_kl(mu_q, sigma_q, mu_p, sigma_p)
    p = [0.25, 0.75], [mu_p, mu_p], [sigma_p, sigma_p]

    kl = itlib.mixture_gaussian_kl(*p, mu_q, sigma_q)
    assert forward == pytest.approx(kl, rel=1e-11, abs=1e-300)
    kl = itlib.mixture_gaussian_kl(*p, mu_q, sigma_q, direction="reverse")
    assert reverse == pytest.approx(kl, rel=1e-11, abs=1e-300)


@settings(max_examples=30, deadline=None)
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


# --- the minima ----------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(mixtures(), st.floats(-0.5, 0.5), st.floats(0.7, 1.4))
def test_the_forward_fit_is_beaten_by_no_other_gaussian(p, shift, stretch):
    mu, sigma = itlib.fit_gaussian_forward(*p)
    best = itlib.mixture_gaussian_kl(*p, mu, sigma)

    assert best <= itlib.mixture_gaussian_kl(*p, mu + shift, sigma * stretch) + 1e-12


@settings(max_examples=12, deadline=None)
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


@settings(max_examples=12, deadline=None)
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


def test_fits_move_and_stretch_with_the_mixture():
    """Reverse KL does not know the unit of x: fits of a x + b are a fits + b."""
    fits = itlib.fit_gaussian_reverse([0.6, 0.4], [-3, 3], [1, 1])
    moved = itlib.fit_gaussian_reverse([0.6, 0.4], [-59, 61], [20, 20])

    assert len(fits) == len(moved)
    for (mu, sigma, kl), (mu_moved, sigma_moved, kl_moved) in zip(fits, moved):
        assert (20 * mu + 1, 20 * sigma) == pytest.approx((mu_moved, sigma_moved), rel=1e-8)
        assert kl == pytest.approx(kl_moved, rel=1e-11)


# --- the separations, with mpmath ----------------------------------------------------------


def hermite_averages(weight, mu, log_sigma, d, degree):
    """Return E_q[Heₙ(z) log(p/q)] in mpmath's working precision; c₂ is that of log p plus 1."""
    sigma = mpmath.exp(log_sigma)
    digits = mpmath.mp.dps * mpmath.log(10)
    reach = mpmath.sqrt(2 * digits) + 2
    # log p has singularities π/(2dσ) away from the real line, as cosh has zeros.
    distance = min(2, mpmath.pi / (2 * d * sigma))
    steps = int(mpmath.ceil(2 * reach * digits / (2 * mpmath.pi * distance)))
    h, sums = 2 * reach / steps, [mpmath.mpf(0)] * (degree + 1)
    for i in range(steps + 1):
        z = h * i - reach
        x = mu + sigma * z
        low = mpmath.log(weight) - (x + d) ** 2 / 2
        high = mpmath.log(1 - weight) - (x - d) ** 2 / 2
        top = max(low, high)
        log_p = top + mpmath.log1p(mpmath.exp(min(low, high) - top))
        t = h * mpmath.npdf(z) * (log_p + z * z / 2 + log_sigma)
        before, polynomial = mpmath.mpf(0), mpmath.mpf(1)
        for n in range(degree + 1):
            sums[n] += polynomial * t
            before, polynomial = polynomial, z * polynomial - n * before
    return sums


def refine(equations, start):
    """Return the root that Newton's method in 16 digits reaches from `start`."""
    with mpmath.workdps(16):
        x = mpmath.matrix([mpmath.mpf(float(value)) for value in start])
        n = len(x)
        for _ in range(2):
            jacobian, h = mpmath.matrix(n, n), mpmath.mpf("1e-6")
            for j in range(n):
                up, down = x.copy(), x.copy()
                up[j] += h
                down[j] -= h
                above, below = equations(*up), equations(*down)
                for i in range(n):
                    jacobian[i, j] = (above[i] - below[i]) / (2 * h)
            x -= mpmath.lu_solve(jacobian, mpmath.matrix(equations(*x)))
        assert mpmath.norm(mpmath.matrix(equations(*x))) < mpmath.mpf("1e-12")
        return [float(value) for value in x]


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

    def equations(mu, log_sigma, mu_mode, log_mode, d):
        covering = hermite_averages(mpmath.mpf(weight), mu, log_sigma, d, 2)
        seeking = hermite_averages(mpmath.mpf(weight), mu_mode, log_mode, d, 2)
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


def test_the_tricritical_stiffness_is_where_a_high_precision_solution_says():
    stiffness, separation = gaussian_fits.isotropic_tricritical()

    def equations(stiffness, d):
        c = hermite_averages(mpmath.mpf(1) / 2, 0, mpmath.log(2 / stiffness) / 2, d, 4)
        return [c[2] - 1, c[4] + 2]

    expected = refine(equations, [stiffness, separation])

    assert expected == pytest.approx([stiffness, separation], abs=1e-10)


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


def test_above_the_cusp_the_minimum_moves_onto_the_heavy_mode_without_a_break():
    weight = gaussian_fits.reverse_cusp().weight + 0.02
    for d in np.linspace(1, 2.5, 16):
        assert 1 == len([fit for fit in minima(weight, d) if fit[0] < 0])


# --- in the plane --------------------------------------------------------------------------

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
        fits = gaussian_fits.fit_planar_reverse([0.5, 0.5], [-gap, gap], [COV, COV], shape="isotropic")

        assert stays == any(np.abs(mean).max() < 1e-4 for mean, _, _ in fits)


def test_long_modes_side_by_side_part_an_isotropic_fit_in_a_jump():
    """Below the tricritical stiffness minima on the modes appear before the middle gives way."""
    cov, stiffness = np.diag([1.0, 4.0]), 0.25
    fold, pitchfork = gaussian_fits.isotropic_fold(stiffness), gaussian_fits.isotropic_pitchfork(stiffness)
    numbers = []
    for d in (fold - 0.1, fold + 0.1, pitchfork + 0.1):
        p = [0.5, 0.5], [[-d, 0], [d, 0]], [cov, cov]
        numbers.append(len(gaussian_fits.fit_planar_reverse(*p, shape="isotropic")))

    assert [1, 3, 2] == numbers


def test_forward_fits_in_the_plane_are_the_moments():
    mean, cov = gaussian_fits.fit_planar_forward([0.25, 0.75], [[-1, 0], [3, 0]], [COV, COV])

    assert [2.0, 0.0] == mean.tolist()
    assert (COV + np.diag([3.0, 0.0])) == pytest.approx(cov)


def test_gaussians_that_no_grid_can_hold_together_are_refused_at_once():
    p = [0.5, 0.5], [-1.0, 1.0], [1.0, 1.0]

    with pytest.raises(ValueError, match="the widths of the Gaussians differ too much"):
        itlib.mixture_gaussian_kl(*p, 0.0, 1e10, direction="reverse")
    with pytest.raises(ValueError, match="the Gaussians lie too far apart"):
        itlib.mixture_gaussian_kl(*p, 1e200, 1.0, direction="reverse")
    assert 0.0 == itlib.mixture_density(1e200, *p)


@pytest.mark.parametrize("sigma", [1e-9, 1e9])
def test_the_pitchfork_of_a_very_narrow_and_of_a_very_wide_fit(sigma):
    """A point sees where p has two peaks, at d = 1; a wide q has d ≈ σ √(π/2)."""
    expected = 1.0 if sigma < 1 else sigma * math.sqrt(math.pi / 2)

    assert expected == pytest.approx(gaussian_fits.reverse_pitchfork(sigma), rel=1e-14)


def test_equations_without_a_root_are_refused():
    """x² + 1 = 0: where Newton's method wanders, its last place is no answer."""
    with pytest.raises(ArithmeticError, match="Newton's method does not settle"):
        solve(lambda x: x**2 + 1, [0.7])


def test_gaussians_that_no_grid_in_the_plane_can_hold_together_are_refused_at_once():
    p = [0.5, 0.5], [[-1, 0], [1, 0]], [np.eye(2), np.eye(2)]

    with pytest.raises(ValueError, match="the widths of the Gaussians differ too much"):
        gaussian_fits.planar_mixture_kl(*p, [0, 0], 1e8 * np.eye(2), direction="reverse")
