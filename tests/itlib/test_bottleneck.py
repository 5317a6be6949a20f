"""Summaries against linear programmes, closed forms and theorems."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special
from strategies import joints

import itlib
from itlib.bottleneck import gaussian_bottleneck, information_bottleneck
from itlib.channels import fano_bound, random_coding_exponent

BELIEFS = np.array([0.05, 0.15, 0.4, 0.6, 0.85, 0.95])
SIX = np.stack([1 - BELIEFS, BELIEFS], axis=1) / 6
betas = st.floats(0, 30)


def objective(found, beta):
    return found.i_xt - beta * found.i_ty


def by_linear_programme(p_xy, beta, steps=40):
    """Return the least objective over summaries whose p(x|t) lie on a grid of the simplex."""
    k = len(p_xy)
    grid = (
        np.array([c for c in itertools.product(range(steps + 1), repeat=k) if sum(c) == steps])
        / steps
    )
    p_x = p_xy.sum(axis=1)
    grid = np.vstack([grid, p_x])
    p_y = grid @ (p_xy / p_x[:, None])
    cost = -special.entr(grid).sum(axis=1) + beta * special.entr(p_y).sum(axis=1)
    found = optimize.linprog(cost, A_eq=grid.T, b_eq=p_x)
    whole = special.entr(p_x).sum() - beta * special.entr(p_xy.sum(axis=0)).sum()
    return found.fun + whole


# --- values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beta", "i_xt", "i_ty"),
    [(2.2, 0, 0), (5, 0.7075, 0.2432), (20, 1.5579, 0.3529)],
)
def test_six_beliefs(beta, i_xt, i_ty):
    """Computed with mpmath at 30 digits."""
    assert (i_xt, i_ty) == pytest.approx(information_bottleneck(SIX, beta)[:2], abs=5e-5)


def test_the_better_of_two_minima_of_six_beliefs_is_found():
    """At 35 four values are a minimum too; some plain rounds from six values lead below it."""
    summary, beta = np.eye(6), 35
    summary[[0, 5], [1, 4]] = 5
    for _ in range(100):
        summary /= summary.sum(axis=1, keepdims=True)
        meaning = itlib.normalize(summary.T @ SIX)
        told = special.rel_entr(6 * SIX[:, None], meaning).sum(axis=-1)
        summary = summary.mean(axis=0) * np.exp(-beta * told)
    summary /= summary.sum(axis=1, keepdims=True)
    six = itlib.mutual_information(summary / 6) - beta * itlib.mutual_information(summary.T @ SIX)

    assert objective(information_bottleneck(SIX, beta), beta) < six
    assert six < objective(information_bottleneck(SIX, beta, clusters=4), beta) - 1e-5


@given(st.floats(0.01, 0.49), st.floats(1.01, 20))
def test_a_fair_bit_follows_mrs_gerber(flip, times):
    """Wyner & Ziv (1973): I(T;Y) = 1 − h(a(1−p) + (1−a)p) for I(X;T) = 1 − h(a)."""
    beta = times / (1 - 2 * flip) ** 2
    p_xy = np.array([[1 - flip, flip], [flip, 1 - flip]]) / 2
    i_xt, i_ty, _ = information_bottleneck(p_xy, beta)
    a = optimize.brentq(lambda a: 1 - itlib.binary_entropy(a) - i_xt, 0, 0.5)
    expected = 1 - itlib.binary_entropy(a * (1 - flip) + (1 - a) * flip)

    assert i_xt > 0
    assert expected == pytest.approx(i_ty, abs=1e-7)


@pytest.mark.parametrize("flip", [0.1, 0.25])
def test_below_one_over_the_squared_correlation_nothing_of_a_fair_bit_is_kept(flip):
    p_xy = np.array([[1 - flip, flip], [flip, 1 - flip]]) / 2
    critical = 1 / (1 - 2 * flip) ** 2

    assert (0, 0) == information_bottleneck(p_xy, critical * 0.999)[:2]
    assert information_bottleneck(p_xy, critical * 1.01).i_xt > 0


@pytest.mark.parametrize("beta", [1.001, 2, 50])
def test_labels_that_x_decides_are_kept_whole_or_not_at_all(beta):
    """Kolchinsky, Tracey & Van Kuyk (2019)."""
    p_xy = np.array([[0.2, 0], [0.3, 0], [0, 0.5]])

    assert (1, 1) == pytest.approx(information_bottleneck(p_xy, beta)[:2], abs=1e-12)
    assert (0, 0) == information_bottleneck(p_xy, 1)[:2]


def test_x_of_one_meaning_are_merged():
    p_xy = np.array([[0.1, 0.1], [0.2, 0.2], [0.3, 0.1]])
    encoder = information_bottleneck(p_xy, 100).p_t_given_x

    assert encoder[0] == pytest.approx(encoder[1], abs=0)


def test_an_x_that_never_happens_has_a_row():
    p_xy = np.array([[0.4, 0.1], [0, 0], [0.1, 0.4]])
    encoder = information_bottleneck(p_xy, 10).p_t_given_x

    assert [0.5, 0.5] == pytest.approx(encoder[1], abs=1e-9)


@pytest.mark.parametrize("rare", [1e-12, 1e-30, 1e-300])
def test_an_x_that_hardly_ever_happens_has_the_row_of_its_meaning(rare):
    """Its own cluster would hold next to nothing, and goes."""
    i_xt, i_ty, encoder = information_bottleneck([[1, rare], [rare, rare]], 2)

    assert [0, 0] == pytest.approx([i_xt, i_ty], abs=1e-9)
    assert [1, 1] == pytest.approx(encoder.sum(axis=1), abs=1e-12)

    encoder = information_bottleneck([[0.5, 0], [0, 0.5], [0, rare]], 5).p_t_given_x

    assert [[1, 0], [0, 1], [0, 1]] == pytest.approx(encoder[:, np.argsort(-encoder[0])], abs=1e-9)


# --- theorems ------------------------------------------------------------------------------


@settings(max_examples=20)
@given(joints(most=3).filter(lambda p: len(p) == 3 and (p.sum(axis=1) > 0.01).all()), betas)
def test_no_summary_on_a_grid_is_better(p_xy, beta):
    found = information_bottleneck(p_xy, beta, base=math.e)

    assert objective(found, beta) <= by_linear_programme(p_xy, beta) + 1e-9


@given(joints(), betas)
def test_a_summary_knows_no_more_than_x(p_xy, beta):
    i_xt, i_ty, encoder = information_bottleneck(p_xy, beta)

    assert i_ty <= min(i_xt, itlib.mutual_information(p_xy)) + 1e-9
    assert np.ones(len(p_xy)) == pytest.approx(encoder.sum(axis=1), rel=1e-9, abs=0)
    p_x = p_xy.sum(axis=1)
    assert itlib.mutual_information(p_x[:, None] * encoder) == pytest.approx(i_xt, abs=1e-9)
    assert itlib.mutual_information(encoder.T @ p_xy) == pytest.approx(i_ty, abs=1e-9)


@given(joints(), st.integers(1, 3))
def test_it_keeps_to_its_number_of_clusters(p_xy, clusters):
    encoder = information_bottleneck(p_xy, 9, clusters=clusters).p_t_given_x

    assert encoder.shape[1] <= clusters


@given(st.floats(-1, 1), st.floats(0, 20))
def test_a_gaussian_summary_keeps_what_noise_leaves(rho, rate):
    """Of T = X + noise: ρ_TY² = ρ² (1 − e^(−2R))."""
    found = gaussian_bottleneck(rho, rate, base=math.e)
    kept = rho**2 * -math.expm1(-2 * rate)
    left = 1 - kept if kept < 0.999 else (1 - rho**2) + rho**2 * math.exp(-2 * rate)

    assert -math.log(left) / 2 == pytest.approx(found, rel=1e-6, abs=1e-12)
    assert found <= rate + 1e-12


def test_a_gaussian_summary_in_numbers():
    """Computed with mpmath at 30 digits."""
    assert 0.4717 == pytest.approx(gaussian_bottleneck(0.8, 1), abs=5e-5)
    assert 0.7370 == pytest.approx(gaussian_bottleneck(0.8, 100), abs=5e-5)
    assert np.array([[0, 1000], [0, 0]]) == pytest.approx(
        gaussian_bottleneck([[1], [0]], [0, 1000]), rel=1e-12
    )


def test_a_correlation_may_be_1_but_for_the_rounding_of_its_type():
    a_bit_more = np.nextafter(np.float32(1), np.float32(2))

    assert 3 == gaussian_bottleneck(a_bit_more, 3) == gaussian_bottleneck(-a_bit_more, 3)


# --- errors --------------------------------------------------------------------------------


def test_wrong_inputs_are_refused():
    with pytest.raises(ValueError, match="beta must be non-negative"):
        information_bottleneck(SIX, -1)
    with pytest.raises(ValueError, match="clusters must be at least 1"):
        information_bottleneck(SIX, 2, clusters=0)
    with pytest.raises(ValueError, match="p_xy must sum to 1"):
        information_bottleneck(SIX * 2, 2)
    with pytest.raises(ValueError, match="rho must be between -1 and 1, but rho is -1.5"):
        gaussian_bottleneck(-1.5, 2)


def test_the_largest_beta_keeps_all_that_matters():
    """As any large one does."""
    kept = information_bottleneck(SIX, 1.7e308)

    assert kept[:2] == pytest.approx(information_bottleneck(SIX, 1e6)[:2])


@pytest.mark.parametrize(
    "function",
    [
        lambda bits, base: gaussian_bottleneck(0.8, bits, base=base),
        lambda bits, base: random_coding_exponent([[0.9, 0.1], [0.1, 0.9]], bits, base=base),
        lambda bits, base: fano_bound(bits, 2, base=base) * math.log2(base),
    ],
)
def test_an_information_in_a_base_below_1_is_one_with_the_other_sign(function):
    """What is given as well as what comes of it; an error's probability has no unit."""
    assert -function(0.3, 2) == pytest.approx(function(-0.3, 0.5))
    with pytest.raises(ValueError, match="must be at most 0 in a base below 1, but .* 0.3"):
        function(0.3, 0.5)
