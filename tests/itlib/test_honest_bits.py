"""Scores in bits against codes, closed forms, theorems, and brute force."""

import itertools
import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats
from strategies import pmfs, seeds

import itlib
from itlib.gaussian_channels import awgn_capacity, sign_information, sign_mmse
from itlib.honest_bits import (
    bits_per_byte,
    bits_per_dimension,
    checked_predictions,
    diffusion_bound,
    masked_bound,
)


def chain(p, n):
    """Return the joint table of n flips, each of which differs from the one before with chance p."""
    table = np.full((2,) * n, 0.5)
    for x in itertools.product((0, 1), repeat=n):
        for a, b in itertools.pairwise(x):
            table[x] *= p if a != b else 1 - p
    return table


def tables(most=4):
    """Return random joint tables of two to `most` variables with two or three values."""
    shapes = st.lists(st.integers(2, 3), min_size=2, max_size=most)
    return st.tuples(shapes, seeds).map(
        lambda drawn: itlib.normalize(
            np.random.default_rng(drawn[1]).gamma(0.3, size=drawn[0]), axis=None
        )
    )


# --- units ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "offset"), [(1, 0.0), (128, 7.0), (256, 8.0)])
def test_the_unit_of_the_values_adds_its_logarithm(scale, offset):
    expected = offset - 10_000 / 3072 / math.log(2)

    assert expected == pytest.approx(
        bits_per_dimension(10_000, 3072, scale=scale), rel=1e-14, abs=0
    )


def test_a_uniform_density_pays_eight_bits_for_one_of_256_values_in_any_unit():
    for width in (256.0, 2.0, 1.0):
        log_density = -10 * math.log(width)

        assert 8 == pytest.approx(bits_per_dimension(log_density, 10, scale=256 / width))


@given(pmfs(k=4), seeds)
def test_uniform_noise_never_pays_less_than_the_code(p, seed):
    """E −log₂ f(x + u) ≥ −Σ p log₂ ∫ f ≥ H(p): Theis, van den Oord & Bethge (2016)."""
    rng = np.random.default_rng(seed)
    heights = rng.gamma(0.5, size=(4, 50)) + 1e-6  # a density that is constant on small pieces
    heights /= heights.sum() / 50
    noisy = p @ [np.mean(bits_per_dimension(np.log(row), 1, scale=1)) for row in heights]
    cells = heights.sum(axis=1) / 50

    assert noisy >= itlib.cross_entropy(p, cells) - 1e-9
    assert noisy >= itlib.entropy(p) - 1e-9


def test_bits_per_byte_of_uniform_bytes_are_eight():
    assert 8 == pytest.approx(bits_per_byte(1000 * math.log(256), 1000), rel=1e-14, abs=0)


def test_tokens_of_any_length_give_the_same_bits_per_byte():
    """2.4 nats at each token of 3.2 bytes: 1.082 bits per byte, with mpmath."""
    assert 1.0820 == pytest.approx(bits_per_byte(2.4 * 1000, 3200), abs=5e-5)
    assert bits_per_byte(2400, 3200) == pytest.approx(bits_per_byte([24, 2400], [32, 3200])[0])


# --- sums ----------------------------------------------------------------------------------


@given(pmfs(least=2, most=5), st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_what_passes_is_the_size_of_a_file(p, message):
    message = [x % p.size for x in message if p[x % p.size] > 0]
    if not message:
        return
    bits = checked_predictions(p, message, p.size)
    digits = itlib.arithmetic_encode(p, message)

    assert bits <= len(digits) <= bits + 2 + 1e-9


def test_a_model_that_learns_is_asked_with_the_past():
    """Laplace's rule: the chance of a sequence is 1/((n + 1) binom(n, k))."""

    def rule(past):
        ones = (sum(past) + 1) / (len(past) + 2)
        return [1 - ones, ones]

    message = [1, 0, 1, 1, 0, 1, 1, 1]
    expected = math.log2(9 * math.comb(8, 6))

    assert expected == pytest.approx(checked_predictions(rule, message, 2), rel=1e-14, abs=0)


def test_what_came_although_it_was_impossible_costs_infinitely_much():
    assert math.inf == checked_predictions([1.0, 0.0], [0, 1], 2)


def test_a_certain_message_costs_nothing():
    assert "0.0" == repr(checked_predictions([1.0], [0, 0], 1))


def test_a_sum_above_1_is_told_with_its_place():
    def late(past):
        return [0.5, 0.5] if len(past) < 2 else [0.9, 0.9]

    with pytest.raises(ValueError, match=r"message\[2\] must sum to 1 .* got 1.8"):
        checked_predictions(late, [0, 1, 1, 0], 2)


# --- bounds of diffusion -------------------------------------------------------------------


def sign_bound(levels, low=0.01, high=20):
    snr = np.geomspace(low, high, levels)
    return diffusion_bound(
        snr,
        sign_mmse(snr),
        prior=awgn_capacity(low),
        reconstruction=1 - sign_information(high),
    )


@pytest.mark.parametrize(("levels", "bits"), [(4, 5.0330), (16, 1.3021), (64, 1.0628)])
def test_a_fair_sign_by_levels(levels, bits):
    """Values computed with mpmath at 25 digits."""
    assert bits == pytest.approx(sign_bound(levels).total, abs=5e-5)


def test_the_terms_of_a_fair_sign_at_16_levels():
    bound = sign_bound(16)

    assert (0.0072, 1.2949, 0.00002) == pytest.approx(bound[1:], abs=5e-5)
    assert bound.total == pytest.approx(sum(bound[1:]), rel=1e-15, abs=0)


def test_the_limit_of_many_levels_does_not_depend_on_how_they_are_spaced():
    """total → H + ½ log(1 + s₀) − I(s₀), s₀ the noisiest level: Guo, Shamai & Verdú (2005)."""
    low, high = 0.5, 20
    expected = 1 + awgn_capacity(low) - sign_information(low)
    for snr in (np.geomspace(low, high, 8_001), np.linspace(low, high, 8_001)):
        bound = diffusion_bound(
            snr,
            sign_mmse(snr),
            prior=awgn_capacity(low),
            reconstruction=1 - sign_information(high),
        )

        assert expected == pytest.approx(bound.total, abs=1e-3)
        assert expected < bound.total


def test_a_gaussian_pays_what_a_gaussian_channel_carries():
    """mmse = 1/(1 + s): ½ ∫ mmse = ½ ln(1 + s) nats."""
    snr = np.linspace(0, 3, 6_001)
    bound = diffusion_bound(snr, 1 / (1 + snr), prior=0, reconstruction=0, base=math.e)

    assert 0.5 * math.log(4) == pytest.approx(bound.denoising, rel=1e-3, abs=0)


@given(st.lists(st.floats(0.01, 20), min_size=2, max_size=6, unique=True))
def test_more_levels_never_pay_more(levels):
    coarse = np.sort(levels)
    fine = np.unique(np.append(coarse, (coarse[1:] + coarse[:-1]) / 2))
    ends = {"prior": 0, "reconstruction": 0}
    paid = [diffusion_bound(snr, sign_mmse(snr), **ends).total for snr in (fine, coarse)]

    assert paid[0] <= paid[1] + 1e-12


def test_one_level_pays_for_no_step():
    assert (0.75, 0.5, 0.0, 0.25) == diffusion_bound([1.0], [0.4], prior=0.5, reconstruction=0.25)


def test_a_bound_in_a_base_below_1_is_one_with_the_other_sign():
    """The two terms that are given as well as what comes of them."""
    bits, other = (
        diffusion_bound([1, 2], [0.5, 0.4], prior=end, reconstruction=end / 2, base=base)
        for end, base in ((0.5, 2), (-0.5, 0.5))
    )

    assert bits == pytest.approx([-term for term in other], rel=1e-15)
    with pytest.raises(ValueError, match="prior must be at most 0 in a base below 1"):
        diffusion_bound([1, 2], [0.5, 0.4], prior=0.5, reconstruction=0, base=0.5)


def by_brute_force(p, steps):
    """Go through all masks of every step, and all outcomes."""
    n, spent = p.ndim, 0.0
    for step in range(steps):
        before, after = 1 - step / steps, 1 - (step + 1) / steps
        for hidden in itertools.product((False, True), repeat=n):
            chance = math.prod(before if h else 1 - before for h in hidden)
            gone = tuple(i for i in range(n) if hidden[i])
            visible = p.sum(axis=gone, keepdims=True)
            for i in gone:
                pair = p.sum(axis=tuple(j for j in gone if j != i), keepdims=True)
                seen = pair > 0
                given = (pair / np.where(visible > 0, visible, 1))[seen]
                cost = -float(np.sum(pair[seen] * np.log2(given)))
                spent += chance * (before - after) / before * cost
    return spent


@given(tables(), st.integers(1, 5))
def test_the_masked_bound_is_the_mean_over_all_masks(p, steps):
    assert by_brute_force(p, steps) == pytest.approx(masked_bound(p, steps), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("steps", "bits"), [(1, 4.0), (2, 3.1235), (4, 2.7453), (16, 2.4878), (20_000, 2.4070)]
)
def test_four_sticky_flips(steps, bits):
    """Values computed with mpmath at 25 digits; the last is the entropy, 1 + 3 h(0.1)."""
    assert bits == pytest.approx(masked_bound(chain(0.1, 4), steps), abs=1e-4)


@given(tables(), st.integers(1, 8))
def test_it_is_never_below_the_entropy_and_falls_with_twice_the_steps(p, steps):
    bound = masked_bound(p, steps)

    assert itlib.entropy(p.ravel()) <= bound + 1e-9
    assert masked_bound(p, 2 * steps) <= bound + 1e-9


@given(tables())
def test_one_step_pays_for_each_variable_alone(p):
    axes = range(p.ndim)
    expected = sum(itlib.entropy(p.sum(axis=tuple(j for j in axes if j != i))) for i in axes)

    assert expected == pytest.approx(masked_bound(p, 1), rel=1e-12, abs=0)


@given(pmfs(k=2), pmfs(k=3), st.integers(1, 9))
def test_of_independent_variables_no_step_loses_anything(p, q, steps):
    expected = itlib.entropy(p) + itlib.entropy(q)

    assert expected == pytest.approx(masked_bound(np.outer(p, q), steps), rel=1e-9, abs=1e-12)


def test_the_weight_of_the_limit_is_one_over_the_share_that_is_hidden():
    """∫ E Σ H(xᵢ | visible)/t dt over the share t that is hidden is the entropy, by quadrature."""
    p = chain(0.1, 3)
    a, b, c = (itlib.entropy(x) for x in (p.sum((1, 2)), p.sum(2).ravel(), p.ravel()))
    ends = itlib.entropy(p.sum(1).ravel())  # of the first and the last
    guesses = [3 * a, 2 * (2 * b + ends) - 6 * a, 3 * c - (2 * b + ends)]

    def weighted(t):
        return sum(g * (1 - t) ** k * t ** (2 - k) for k, g in enumerate(guesses))

    assert c == pytest.approx(integrate.quad(weighted, 0, 1)[0], rel=1e-12, abs=0)
    assert c == pytest.approx(masked_bound(p, 10**6), rel=1e-5, abs=0)


def test_the_bound_on_a_gaussian_in_cells_is_that_of_a_table():
    """Four equal values under the Gaussian of their noisy mean and variance."""
    sigma = math.sqrt(4 / 3)
    bell = stats.norm(2, sigma)
    noisy = np.mean(
        [
            integrate.quad(lambda x: bits_per_dimension(bell.logpdf(x), 1, scale=1), k, k + 1)[0]
            for k in range(4)
        ]
    )

    assert 2.2546 == pytest.approx(noisy, abs=5e-5)
    assert 2.2132 == pytest.approx(-np.mean(np.log2(np.diff(bell.cdf(range(5))))), abs=5e-5)


# --- refusals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: bits_per_dimension(1.0, 0), "dimensions must be positive"),
        (lambda: bits_per_dimension(1.0, 2.5), "dimensions must be whole numbers"),
        (lambda: bits_per_dimension(math.inf, 2), "log_density must be finite"),
        (lambda: bits_per_dimension(1.0, 2, scale=0), "scale must be positive"),
        (lambda: bits_per_dimension([1.0, 2.0], [1, 2, 3]), "shapes do not fit"),
        (lambda: bits_per_dimension(1.7e308, 1), "log_density is too large"),
        (lambda: bits_per_byte(-1.0, 2), "nats must be non-negative"),
        (lambda: bits_per_byte(1.0, 0), "n_bytes must be positive"),
        (
            lambda: checked_predictions([0.5, 0.5], [0, 1], 3),
            "predict must give k = 3 prob.* gives 2",
        ),
        (lambda: checked_predictions([0.5, 0.5], [0, 2], 2), "message must be in 0 ... 1"),
        (lambda: checked_predictions([0.5, 0.5], [], 2), "message is empty"),
        (lambda: diffusion_bound([1, 1], [1, 1], prior=0, reconstruction=0), r"snr\[1\] is 1"),
        (
            lambda: diffusion_bound([1, 2], [1], prior=0, reconstruction=0),
            "mmse and snr must be equally",
        ),
        (lambda: diffusion_bound([1, 2], [1, -1], prior=0, reconstruction=0), "mmse must be non-"),
        (lambda: diffusion_bound([1, 2], [1, 1], prior=-1, reconstruction=0), "prior must be non-"),
        (
            lambda: diffusion_bound([0, 1e300], [1e100, 0], prior=0, reconstruction=0),
            "snr times mmse is too large",
        ),
        (lambda: masked_bound([0.5, 0.4], 2), "p must sum to 1 over all"),
        (lambda: masked_bound(1.0, 2), "p must have an axis for each variable, .* got 0"),
        (
            lambda: masked_bound(np.ones((1,) * 19), 2),
            "p must have an axis for each variable, .* 18",
        ),
        (lambda: masked_bound([0.5, 0.5], 0), "steps must be at least 1"),
    ],
)
def test_what_is_wrong_is_said_in_words(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()


# --- against many digits -------------------------------------------------------------------


def test_the_sum_of_surprises_is_right_to_the_last_digits():
    p = [0.1, 0.2, 0.7]
    message = [0, 2, 1, 2, 2, 0] * 500
    with mpmath.workdps(40):
        exact = mpmath.fsum(-mpmath.log(mpmath.mpf(p[x]), 2) for x in message)

        assert abs(exact - checked_predictions(p, message, 3)) < 1e-12 * exact


def test_masked_bound_keeps_its_digits_over_a_thousand_steps():
    with mpmath.workdps(40):
        h = -sum(mpmath.mpf(x) * mpmath.log(mpmath.mpf(x), 2) for x in (0.1, 0.9))
        exact = 1 + h + (1 - h) / 1000  # two flips that agree nine times in ten

        assert abs(exact - masked_bound(chain(0.1, 2), 1000)) < 1e-14
