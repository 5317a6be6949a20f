"""Testing, betting, coding: published values, theorems, and sums over all sequences."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf
from strategies import groups_of_pmfs, pmfs, positive_pmfs

from itlib import entropy, kl_divergence, total_variation
from itlib.hypotheses import (
    chernoff_information,
    growth_rate,
    information_projection,
    kt_code_length,
    log_neyman_pearson,
    log_type_probability,
    neyman_pearson,
    nml_regret,
    sequential_test,
)

DIE = [1 / 6] * 6
FACES = [1, 2, 3, 4, 5, 6]
chances = st.floats(0.01, 0.99)
counts = st.lists(st.integers(0, 30), min_size=1, max_size=5)

# ---- Chernoff information ----


@given(groups_of_pmfs(2))
def test_chernoff_information_is_below_both_divergences(pair):
    """C ≤ min(D(p‖q), D(q‖p)): the tilted distribution is at least as close as p or q itself."""
    p, q = pair
    value, weight = chernoff_information(p, q)

    assert 0 <= value <= min(kl_divergence(p, q), kl_divergence(q, p)) * (1 + 1e-12) + 1e-30
    assert 0 <= weight <= 1


@given(groups_of_pmfs(2), st.floats(0.001, 0.999))
def test_no_weight_shows_more_than_the_best(pair, weight):
    """C = max of −log Σ p^(1−λ) q^λ; at λ = ½ it is Bhattacharyya's distance."""
    p, q = pair
    with np.errstate(divide="ignore"):
        shown = -np.log2(np.sum(p ** (1 - weight) * q**weight))

    assert shown <= chernoff_information(p, q).value + 1e-12


@given(groups_of_pmfs(2))
def test_chernoff_information_is_symmetric_and_its_weight_turns_round(pair):
    there, back = chernoff_information(*pair), chernoff_information(*pair[::-1])

    assert there.value == pytest.approx(back.value, rel=1e-12, abs=1e-300)


@given(positive_pmfs(least=2))
def test_the_weight_turns_round_with_the_hypotheses(p):
    q = p[::-1] ** 2 / np.sum(p[::-1] ** 2)
    assume(total_variation(p, q) > 1e-3)

    there, back = chernoff_information(p, q), chernoff_information(q, p)
    assert there.weight == pytest.approx(1 - back.weight, abs=1e-9)


def test_what_is_far_less_than_one_rounding_apart_has_its_information_too():
    """C is about ⅛ Σ (p−q)²/p where p and q are close."""
    step = 2.0**-30
    found, weight = chernoff_information([0.5, 0.5], [0.5 + step, 0.5 - step], base=math.e)

    assert step**2 / 2 == pytest.approx(found, rel=1e-14, abs=0)
    assert 0.5 == pytest.approx(weight, abs=1e-6)


@pytest.mark.parametrize("step", [1e-6, 1e-9, 1e-11])
def test_sums_that_differ_by_a_rounding_hide_no_small_difference(step):
    """From the probabilities with their sums made 1 exactly: to first order the weight is ½."""
    p = np.array([0.2, 0.3, 0.5])
    q = (p + step * np.array([0.2, -0.6, 0.4])) * (1 - 2**-52)
    with mp.workdps(60):
        sides = [[mpf(x) / sum(map(mpf, side)) for x in side] for side in (p.tolist(), q.tolist())]
        expected = -mp.log(sum(mp.sqrt(a * b) for a, b in zip(*sides)))
    found, weight = chernoff_information(p, q, base=math.e)

    assert float(expected) == pytest.approx(found, rel=1e-8, abs=0)
    assert 0.5 == pytest.approx(weight, abs=1e-4)


@pytest.mark.parametrize(
    "p, q, value, weight",
    [
        ([0.1, 0.9], [0.4, 0.6], 0.0978, 0.540),
        ([0.02, 0.98], [0.5, 0.5], 0.3357, 0.598),
        ([1, 0], [0.5, 0.5], 1.0, 1.0),  # only what p allows can be mistaken for p
        ([0.5, 0.5], [1, 0], 1.0, 0.0),
        ([0.5, 0.5, 0], [0.5, 0, 0.5], 1.0, 0.5),
        ([0.3, 0.7], [0.3, 0.7], 0.0, 0.5),
        ([1, 0], [0, 1], math.inf, 0.5),
    ],
)
def test_chernoff_information_of_pairs_that_were_worked_out(p, q, value, weight):
    found = chernoff_information(p, q)

    assert (value, weight) == pytest.approx(found, abs=6e-4 if value < 0.5 else 1e-15)


@pytest.mark.parametrize("p, q", [(0.1, 0.4), (0.02, 0.5), (1e-300, 0.25), (0.5, 0.5 + 1e-7)])
def test_chernoff_information_to_forty_digits(p, q):
    """The weight in closed form: where the tilted coin is as likely to surprise either side."""
    with mp.workdps(60):
        a, b = mpf(p), mpf(q)
        up, down = mp.log(b / a), mp.log((1 - b) / (1 - a))
        # r/(1−r) = ratio, where r up + (1−r) down = 0
        r = -down / (up - down)
        expected = r * mp.log(r / a) + (1 - r) * mp.log((1 - r) / (1 - a))
    found = chernoff_information([p, 1 - p], [q, 1 - q], base=math.e).value

    assert float(expected) == pytest.approx(found, rel=1e-14, abs=0)


def test_the_best_error_of_two_coins_falls_at_the_chernoff_rate():
    """½ Σ min(P₀, P₁) ≤ ½ 2^(−nC) for every n, and its exponent comes down to C."""
    c = chernoff_information([0.1, 0.9], [0.4, 0.6]).value
    exponents = []
    for n in (10, 100, 1000):
        error = (
            sum(
                math.comb(n, k)
                * min(
                    Fraction(1, 10) ** k * Fraction(9, 10) ** (n - k),
                    Fraction(4, 10) ** k * Fraction(6, 10) ** (n - k),
                )
                for k in range(n + 1)
            )
            / 2
        )
        exponents.append(-_log2(error) / n)

    assert exponents[0] > exponents[1] > exponents[2] > c
    assert c == pytest.approx(exponents[2], abs=0.006)


def _log2(fraction):
    """Return the logarithm of a fraction that may be below the least double."""
    shift = fraction.denominator.bit_length() - fraction.numerator.bit_length()
    return math.log2(fraction * 2**shift) - shift


# ---- the closest distribution of a set ----


def test_the_die_that_shows_four_on_average():
    p, tilt = information_projection(DIE, FACES, 4)

    assert 0.17463 == pytest.approx(tilt, abs=5e-6)
    assert 0.06240 == pytest.approx(kl_divergence(p, DIE), abs=5e-6)
    assert 4 == pytest.approx(np.dot(p, FACES), rel=1e-15, abs=0)


@given(positive_pmfs(least=2), st.data())
def test_pythagoras(q, data):
    """D(r‖q) ≥ D(r‖p) + D(p‖q) for every r of the set; Csiszár (1975)."""
    values = data.draw(st.lists(st.floats(-5, 5), min_size=len(q), max_size=len(q)))
    r = data.draw(pmfs(k=len(q)))
    reached = float(np.dot(r, values))
    assume(reached <= max(values))
    p, tilt = information_projection(q, values, reached)

    assert tilt >= 0
    assert np.dot(p, values) >= reached - 1e-9
    assert kl_divergence(r, q) >= kl_divergence(r, p) + kl_divergence(p, q) - 1e-9


def test_what_is_reached_already_needs_no_tilt():
    p, tilt = information_projection([0.25, 0.75], [0, 1], -3)

    assert ([0.25, 0.75], 0) == (p.tolist(), tilt)


def test_the_largest_average_leaves_the_largest_values():
    p, tilt = information_projection([0.25, 0.25, 0.5, 0], [1, 1, 0, 9], 1)

    assert ([0.5, 0.5, 0, 0], math.inf) == (p.tolist(), tilt)


def test_an_average_beyond_what_is_allowed_is_refused():
    with pytest.raises(
        ValueError,
        match="mean must be at most 1.0, the largest of the values that q allows, got 1.5",
    ):
        information_projection([0.5, 0.5, 0], [0, 1, 9], 1.5)
    with pytest.raises(ValueError, match="values and q must be equally long, got 2 and 3"):
        information_projection([0.5, 0.5, 0], [0, 1], 0.5)


@pytest.mark.parametrize("mean", [0.5 + 1e-12, 0.75, 1 - 1e-12])
@pytest.mark.parametrize("unit", [1e-300, 1, 1e308])
def test_a_coin_is_tilted_to_any_bias_in_any_unit(mean, unit):
    """The tilt of a fair coin is the log-odds of the bias that is asked for."""
    p, tilt = information_projection([0.5, 0.5], [0, unit], mean * unit)

    assert [1 - mean, mean] == pytest.approx(p.tolist(), rel=1e-3 if mean > 0.99 else 1e-12)
    assert math.log(mean / (1 - mean)) == pytest.approx(tilt * unit, rel=1e-3, abs=0)


@pytest.mark.parametrize("low", [-1e3, -1e100, -1e300, -1.7e308])
def test_the_tilt_is_right_however_far_below_a_value_lies(low):
    """Of 1 and 2 with chances 2 : 1 the mean is 1.5 where the tilt is log 2."""
    p, tilt = information_projection([0.25, 0.5, 0.25], [low, 1, 2], 1.5)

    assert [0, 0.5, 0.5] == pytest.approx(p.tolist(), rel=1e-15, abs=1e-300)
    assert math.log(2) == pytest.approx(tilt, rel=1e-14)
    # From equal chances only what is far below has to go: as little of it as makes up for 2.
    p, tilt = information_projection([0.25, 0.25, 0.5], [low, 1, 2], 1.5)

    assert 1.5 == pytest.approx(math.fsum(p * [low, 1, 2]), rel=1e-9)


# ---- types ----


@given(counts, st.data())
def test_the_probability_of_a_type_is_that_of_its_sequences(counts, data):
    """n!/Π c! · Π q^c, counted with whole numbers."""
    q = data.draw(positive_pmfs(least=len(counts), most=len(counts)))
    ways = math.factorial(sum(counts)) // math.prod(map(math.factorial, counts))
    exact = ways * math.prod(Fraction(x) ** c for x, c in zip(q.tolist(), counts))
    exact /= Fraction(math.fsum(q)) ** sum(counts)

    assert _log2(exact) == pytest.approx(log_type_probability(counts, q), rel=1e-12, abs=1e-13)


@given(counts.filter(lambda c: sum(c) > 0), st.data())
def test_a_type_is_likely_like_its_divergence_up_to_a_polynomial(counts, data):
    """2^(−nD)/(n+1)^k ≤ P(type) ≤ 2^(−nD). Cover & Thomas (2006), section 11.1."""
    q = data.draw(positive_pmfs(least=len(counts), most=len(counts)))
    n = sum(counts)
    exponent = n * kl_divergence(np.array(counts) / n, q)
    found = log_type_probability(counts, q)

    assert -exponent - len(counts) * math.log2(n + 1) - 1e-9 <= found <= -exponent + 1e-9


def test_all_types_together_are_certain():
    types = [(a, b, 9 - a - b) for a in range(10) for b in range(10 - a)]
    total = math.fsum(2 ** log_type_probability(t, [0.2, 0.3, 0.5]) for t in types)

    assert 1 == pytest.approx(total, rel=1e-14, abs=0)


@pytest.mark.parametrize("n", [10**3, 10**6, 10**9])
def test_long_sequences_lose_no_digits(n):
    """That half of n tosses are heads: about √(2/πn), to first order in 1/n."""
    expected = math.log(math.sqrt(2 / (math.pi * n))) - 1 / (4 * n)

    assert expected == pytest.approx(
        log_type_probability([n // 2, n // 2], [0.5, 0.5], base=math.e), abs=1e-2 / n + 2e-15
    )


def test_what_is_ruled_out_has_no_probability_and_nothing_is_certain():
    assert -math.inf == log_type_probability([1, 0], [0, 1])
    assert 0 == log_type_probability([0, 0], [0.5, 0.5]) == log_type_probability([5, 0], [1, 0])
    with pytest.raises(ValueError, match=r"counts must be whole numbers, but counts\[1\] is 2.5"):
        log_type_probability([1, 2.5], [0.5, 0.5])
    with pytest.raises(ValueError, match="counts and q must be equally long, got 3 and 2"):
        log_type_probability([1, 2, 3], [0.5, 0.5])


# ---- the best test ----


@given(chances, chances, st.integers(0, 8), st.floats(0, 1))
def test_no_test_misses_less_at_its_level(p0, p1, n, alpha):
    """Neyman and Pearson, against the linear programme over all tests of n tosses."""
    alpha = round(alpha, 6)
    likely = [
        [
            Fraction(math.comb(n, k)) * Fraction(p) ** k * (1 - Fraction(p)) ** (n - k)
            for k in range(n + 1)
        ]
        for p in (p0, p1)
    ]
    room, hit = Fraction(alpha), Fraction(0)
    for a, b in sorted(zip(*likely), key=lambda pair: pair[1] / pair[0], reverse=True):
        share = min(Fraction(1), room / a)
        room, hit = room - share * a, hit + share * b

    assert float(1 - hit) == pytest.approx(neyman_pearson(p0, p1, n, alpha), rel=1e-11, abs=1e-14)


@given(chances, chances, st.integers(0, 200), st.floats(1e-9, 1))
def test_errors_keep_to_what_the_divergence_allows(p0, p1, n, alpha):
    """Data processing: n D(P₀‖P₁) is at least the divergence of the two decisions."""
    miss = neyman_pearson(p0, p1, n, alpha)
    assume(0 < miss < 1)
    decided = kl_divergence([1 - alpha, alpha], [miss, 1 - miss])
    told = n * kl_divergence([1 - p0, p0], [1 - p1, p1])

    assert decided <= told * (1 + 1e-9) + 1e-9


@given(chances, chances, st.integers(0, 50))
def test_the_curve_of_the_best_tests_has_the_total_variation_as_its_lowest_point(p0, p1, n):
    """min over α of α + β = 1 − TV; the curve itself is convex and falls from 1 to 0."""
    alphas = np.linspace(0, 1, 41)
    misses = [neyman_pearson(p0, p1, n, a) for a in alphas]
    heads = np.array(
        [[math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)] for p in (p0, p1)]
    )
    variation = np.abs(heads[0] - heads[1]).sum() / 2

    assert (1, 0) == pytest.approx((misses[0], misses[-1]), abs=1e-12)
    assert min(alphas + misses) >= 1 - variation - 1e-9
    assert np.diff(misses, 2).min() >= -1e-9


@pytest.mark.parametrize("n, rate", [(100, 0.2461), (1000, 0.2925)])
def test_the_exact_exponent_of_the_misses(n, rate):
    assert rate == pytest.approx(-math.log2(neyman_pearson(0.1, 0.4, n, 0.05)) / n, abs=5e-5)


@pytest.mark.parametrize("p0, p1, n", [(0.1, 0.4, 1000), (0.5, 0.6, 3000), (0.9, 0.3, 200)])
def test_the_least_miss_to_forty_digits(p0, p1, n):
    with mp.workdps(40):
        heads = [
            [mp.binomial(n, k) * mpf(p) ** k * (1 - mpf(p)) ** (n - k) for k in range(n + 1)]
            for p in (p0, p1)
        ]
        if p1 > p0:
            heads = [row[::-1] for row in heads]
        room, at = mpf(0.05), 0
        while heads[0][at] < room:
            room, at = room - heads[0][at], at + 1
        expected = mp.fsum(heads[1][at + 1 :]) + (1 - room / heads[0][at]) * heads[1][at]

    assert float(expected) == pytest.approx(neyman_pearson(p0, p1, n, 0.05), rel=1e-11, abs=0)


@pytest.mark.parametrize(
    "p0, p1, n, alpha, miss",
    [
        (0.5, 0.5, 10, 0.05, 0.95),  # the same coin: the test may as well not look
        (0, 0.5, 3, 0.0, 0.125),  # a head proves it; without one nothing may be said
        (0, 0.5, 3, 0.5, 0.0625),
        (0, 1, 1, 0.0, 0.0),
        (1, 0, 5, 0.0, 0.0),
        (0.5, 1, 3, 0.0, 1.0),  # a level of nothing leaves nothing to reject
        (0.5, 1, 3, 0.125, 0.0),
        (0.5, 0, 3, 0.0625, 0.5),
        (0.2, 0.7, 0, 0.25, 0.75),
        (0.3, 0.2, 9, 1, 0),
    ],
)
def test_tests_that_need_no_paper(p0, p1, n, alpha, miss):
    assert miss == pytest.approx(neyman_pearson(p0, p1, n, alpha), rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("p0, p1, n", [(0.1, 0.4, 4000), (0.4, 0.1, 4000), (0.1, 0.4, 3)])
def test_misses_too_rare_for_a_double_have_their_logarithm(p0, p1, n):
    heads = range(n, -1, -1) if p1 > p0 else range(n + 1)
    with mp.workdps(30):

        def chances(p):
            p = mpf(p)
            chance, found = (1 - p) ** n, []
            for k in range(n + 1):
                found.append(chance)
                chance *= p / (1 - p) * (n - k) / (k + 1)
            return [found[k] for k in heads]

        left, missed = mpf(0.05), mpf(0)
        for null, other in zip(chances(p0), chances(p1)):
            rejected = min(1, left / null)
            left, missed = left - rejected * null, missed + (1 - rejected) * other
        expected = mp.log(missed, 2)

    assert float(expected) == pytest.approx(log_neyman_pearson(p0, p1, n, 0.05), rel=1e-12)


@pytest.mark.parametrize(
    "p0, p1, n, alpha, nats",
    [
        (0.3, 0.3, 4, 0.2, math.log(0.8)),
        (0.5, 1, 3, 0.0, 0.0),
        (0, 0.5, 5000, 0.0, -5000 * math.log(2)),
        (0.5, 1e-300, 50, 0.5, mp.log(mp.binomial(50, 25) / 2 * mpf("1e-300") ** 25)),
        (0, 1, 1, 0.0, -math.inf),
        (0.3, 0.2, 9, 1, -math.inf),
    ],
)
def test_logarithms_of_misses_that_need_no_paper(p0, p1, n, alpha, nats):
    found = log_neyman_pearson(p0, p1, n, alpha, base=math.e)

    assert float(nats) == pytest.approx(found, rel=1e-13, abs=0)


# ---- the sequential test ----


def by_lines(p0, p1, p, alpha, beta, tosses):
    """Follow Wald's test in exact numbers of heads, with its ratio as a power product."""
    upper, lower = math.log((1 - beta) / alpha), math.log(beta / (1 - alpha))
    alive, mean_n, ends = {0: mpf(1)}, mpf(0), [mpf(0), mpf(0)]
    for n in range(1, tosses + 1):
        mean_n += mp.fsum(alive.values())
        reached = {}
        for heads, mass in alive.items():
            for more, chance in ((0, 1 - mpf(p)), (1, mpf(p))):
                reached[heads + more] = reached.get(heads + more, 0) + mass * chance
        alive = {}
        for heads, mass in reached.items():
            ratio = heads * math.log(p1 / p0) + (n - heads) * math.log((1 - p1) / (1 - p0))
            if ratio >= upper:
                ends[1] += mass
            elif ratio <= lower:
                ends[0] += mass
            else:
                alive[heads] = mass
    return float(mean_n), float(ends[1]), float(ends[0])


@pytest.mark.parametrize(
    "p0, p1, p, alpha, beta",
    [(0.3, 0.7, 0.4, 0.05, 0.1), (0.8, 0.2, 0.5, 0.01, 0.01), (0.1, 0.4, 0.1, 0.2, 0.05)],
)
def test_the_sequential_test_toss_by_toss(p0, p1, p, alpha, beta):
    expected = by_lines(p0, p1, p, alpha, beta, 400)

    assert expected == pytest.approx(
        sequential_test(p0, p1, p, alpha=alpha, beta=beta), rel=1e-11, abs=0
    )


@given(chances, chances, st.floats(0.01, 0.4), st.floats(0.01, 0.4))
def test_walds_bounds_hold(p0, p1, alpha, beta):
    """α' ≤ α/(1−β), β' ≤ β/(1−α), α' + β' ≤ α + β, by Ville's inequality. Wald (1945)."""
    assume(abs(p0 - p1) > 0.1)
    false_alarm = sequential_test(p0, p1, p0, alpha=alpha, beta=beta).accept_1
    miss = sequential_test(p0, p1, p1, alpha=alpha, beta=beta).accept_0

    assert false_alarm <= alpha / (1 - beta) + 1e-12
    assert miss <= beta / (1 - alpha) + 1e-12
    assert false_alarm + miss <= alpha + beta + 1e-12


@given(chances, chances, chances)
def test_the_ends_are_certain_and_the_mean_step_adds_up(p0, p1, p):
    """Wald's identity: E[N] times the mean step is the mean of the ratio at the end."""
    assume(abs(p0 - p1) > 0.1)
    mean_n, accept_1, accept_0 = sequential_test(p0, p1, p, alpha=0.05, beta=0.1)
    up, down = math.log(p1 / p0), math.log((1 - p1) / (1 - p0))
    least = accept_1 * math.log(0.9 / 0.05) + accept_0 * (math.log(0.1 / 0.95) + min(up, down))
    most = accept_1 * (math.log(0.9 / 0.05) + max(up, down)) + accept_0 * math.log(0.1 / 0.95)

    assert 1 == pytest.approx(accept_1 + accept_0, rel=1e-12, abs=0)
    assert least - 1e-9 <= mean_n * (p * up + (1 - p) * down) <= most + 1e-9


def test_the_test_of_the_chapter():
    fair, bent = (sequential_test(0.5, 0.6, p, alpha=0.05, beta=0.05) for p in (0.5, 0.6))

    assert (135.1, 136.6) == pytest.approx((fair.mean_n, bent.mean_n), abs=0.05)
    assert (0.046, 0.046) == pytest.approx((fair.accept_1, bent.accept_0), abs=5e-4)


def test_a_threshold_that_is_met_is_reached():
    """Three steps of log 2 are the logarithm of 8, whatever a logarithm is rounded to."""
    found = sequential_test(1 / 3, 2 / 3, 1, alpha=1 / 9, beta=1 / 9)

    assert (3, 1, 0) == found


@pytest.mark.parametrize(
    "p0, p1, p, expected",
    [
        (0, 0.5, 0, (5, 0, 1)),  # five tails: 2⁻⁵ < 1/19
        (0, 0.5, 1, (1, 1, 0)),  # a head proves it
        (0.5, 1, 1, (5, 1, 0)),
        (0.5, 1, 0.5, (31 / 16, 1 / 32, 31 / 32)),
        (1, 0.5, 1, (5, 0, 1)),
        (0, 1, 0.25, (1, 0.25, 0.75)),
    ],
)
def test_an_outcome_that_proves_ends_the_test(p0, p1, p, expected):
    assert expected == pytest.approx(sequential_test(p0, p1, p, alpha=0.05, beta=0.05))


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"p1": 0.5}, "p0 and p1 must differ, but both are 0.5"),
        ({"p1": 0.5 + 1e-9}, "p0 and p1 must be farther apart"),
        ({"alpha": 1e-200}, "p0 and p1 must be farther apart, .*, or alpha and beta larger"),
        ({"alpha": 0}, "alpha must be positive"),
        ({"beta": 0.0}, "beta must be positive"),
        ({"alpha": 0.5, "beta": 0.5}, "alpha and beta must add up to less than 1, got 0.5 and 0.5"),
    ],
)
def test_a_sequential_test_that_cannot_be_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        sequential_test(**{"p0": 0.5, "p1": 0.6, "p": 0.5, "alpha": 0.05, "beta": 0.05, **wrong})


# ---- bets ----


@given(positive_pmfs(least=2), st.data())
def test_nobody_bets_better_than_in_proportion(p, data):
    """With all bet, the loss against bets = p is D(p‖bets). Cover & Thomas (2006), section 6.1."""
    k = len(p)
    bets = data.draw(positive_pmfs(least=k, most=k))
    odds = data.draw(st.lists(st.floats(0.5, 20), min_size=k, max_size=k))
    lost = growth_rate(p, odds, p) - growth_rate(p, odds, bets)

    assert kl_divergence(p, bets) == pytest.approx(lost, rel=1e-9, abs=1e-12)


@given(st.floats(0.5, 1))
def test_even_odds_grow_by_what_the_coin_lacks_of_a_bit(p):
    """1 − h(p), with the stake 2p − 1. Kelly (1956)."""
    grown = growth_rate([p, 1 - p], [2, 2], [2 * p - 1, 0])

    assert 1 - entropy([p, 1 - p]) == pytest.approx(grown, abs=1e-12)


@pytest.mark.parametrize(
    "p, odds, bets, rate",
    [
        ([0.6, 0.4], [2, 2], [0.2, 0], 0.0290),
        ([0.6, 0.4], [2, 2], [0.4, 0], -0.0035),
        ([0.6, 0.4], [2, 2], [0.5, 0], -0.0490),
        ([0.5, 0.3, 0.2], [2, 4, 5], [0.5, 0.3, 0.2], 0.0789),
        ([0.6, 0.4], [2, 2], [1, 0], -math.inf),
        ([1, 0], [2, 2], [1, 0], 1),
        ([0.6, 0.4], [2, 2], [0, 0], 0),
        ([0.5, 0.5], [0, 0], [0.5, 0.5], -math.inf),
        ([0.5, 0.5], [2, 2**-60], [0.5, 0.5], -30.5),  # nearly all is lost, and not all
    ],
)
def test_growth_rates_that_were_worked_out(p, odds, bets, rate):
    assert rate == pytest.approx(growth_rate(p, odds, bets), abs=5e-5)


def test_a_small_stake_grows_by_what_it_gains_on_average():
    """To first order: the mean gain, less half its square."""
    stake = 1e-9
    expected = 0.2 * stake - stake**2 / 2

    assert expected == pytest.approx(
        growth_rate([0.6, 0.4], [2, 2], [stake, 0], base=math.e), rel=1e-9
    )


def test_bets_in_single_precision_may_be_all_there_is():
    """Ten tenths are 1 but for the rounding of their type."""
    tenths = np.full(10, 0.1, dtype=np.float32)

    assert 1 == pytest.approx(growth_rate(tenths, [20] * 10, tenths), rel=1e-7)


def test_bets_that_nobody_can_pay_are_refused():
    with pytest.raises(ValueError, match="bets must sum to at most 1, got 1.1"):
        growth_rate([0.5, 0.5], [2, 2], [0.6, 0.5])
    with pytest.raises(ValueError, match="bets must sum to at most 1, got inf"):
        growth_rate([0.5, 0.5], [2, 2], [1.7e308, 1.7e308])
    with pytest.raises(ValueError, match="odds and p must be equally long, got 3 and 2"):
        growth_rate([0.5, 0.5], [2, 2, 2], [0.5, 0.5])


# ---- codes ----


def sequentially(outcomes, k, start):
    """Return the bits of a code that predicts with (count + start) / (n + k start)."""
    seen, chance = [0] * k, Fraction(1)
    for x in outcomes:
        chance *= (seen[x] + start) / (sum(seen) + k * start)
        seen[x] += 1
    return -_log2(chance)


@given(st.integers(1, 4), st.data())
def test_the_code_length_is_that_of_its_predictions_in_any_order(k, data):
    outcomes = data.draw(st.lists(st.integers(0, k - 1), max_size=40))
    expected = sequentially(outcomes, k, Fraction(1, 2))

    assert expected == pytest.approx(
        kt_code_length([outcomes.count(x) for x in range(k)]), rel=1e-12, abs=1e-13
    )


@pytest.mark.parametrize("counts, bits", [([7, 3], 10.840), ([0, 0], 0), ([5], 0), ([1, 0], 1)])
def test_code_lengths_that_were_worked_out(counts, bits):
    assert bits == pytest.approx(kt_code_length(counts), abs=5e-4)


@given(st.integers(1, 10**9))
def test_learning_a_coin_costs_half_a_logarithm_and_at_most_a_bit(n):
    """½ log n ≤ KT − nH ≤ ½ log n + 1, here at the edge, where a coin never shows tails."""
    learnt = kt_code_length([n, 0])

    assert math.log2(n) / 2 <= learnt <= math.log2(n) / 2 + 1 + 1e-12


@pytest.mark.parametrize("n", [10**3, 10**6, 10**12])
def test_code_lengths_of_long_sequences_lose_no_digits(n):
    """Γ(n+½)/(Γ(½) n!) = (1 − 1/8n) / √(πn), to first order in 1/n."""
    expected = math.log(math.pi * n) / 2 + 1 / (8 * n)

    assert expected == pytest.approx(kt_code_length([n, 0], base=math.e), abs=1e-2 / n + 1e-14)


@pytest.mark.parametrize("n, k", [(0, 2), (1, 2), (10, 2), (7, 1), (6, 3), (5, 5)])
def test_the_least_regret_by_counting_all_sequences(n, k):
    total = Fraction(0)
    for counts in itertools.product(range(n + 1), repeat=k):
        if sum(counts) == n:
            ways = math.factorial(n) // math.prod(map(math.factorial, counts))
            total += ways * math.prod(Fraction(c, n) ** c if c else 1 for c in counts)

    assert math.log2(total) == pytest.approx(nml_regret(n, k), rel=1e-14, abs=0)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_no_code_promises_less_than_the_least_regret(sequence):
    """Mixture codes pay more somewhere: of all counts, the worst regret of KT is above Shtarkov's."""
    n, ones = sequence
    worst = max(
        kt_code_length([n - c, c]) - n * entropy([1 - c / n, c / n]) for c in {0, ones, n // 2, n}
    )

    assert nml_regret(n) <= worst + 1e-12


@pytest.mark.parametrize("n", [10**2, 10**4, 10**9])
def test_the_least_regret_grows_like_half_a_logarithm(n):
    """½ log₂ nπ/2, and what is left falls like 1/√n."""
    left = nml_regret(n) - math.log2(n * math.pi / 2) / 2

    assert 0 < left < 1 / math.sqrt(n)


def test_many_outcomes_do_not_overflow():
    found = nml_regret(1000, 3000)

    assert 1000 * math.log2(3000) > found > 1000


@pytest.mark.parametrize("n, k, message", [(-1, 2, "n must be at least 0"), (3, 0, "k must be at")])
def test_regrets_of_nothing_are_refused(n, k, message):
    with pytest.raises(ValueError, match=message):
        nml_regret(n, k)


@pytest.mark.parametrize(
    "infinite",
    [
        lambda base: log_neyman_pearson(0.1, 0.4, 10, 1, base=base),
        lambda base: growth_rate([0.6, 0.4], [2, 2], [1, 0], base=base),
        lambda base: log_type_probability([1, 1], [1, 0], base=base),
    ],
)
def test_what_is_infinite_has_the_sign_of_everything_else_in_its_base(infinite):
    """A logarithm to the base ½ is one to the base 2 with the other sign."""
    assert (-math.inf, math.inf) == (infinite(2), infinite(0.5))


def test_counts_whose_squares_no_double_holds_have_their_length():
    """Against the closed form in Γ, with more digits than the counts have."""
    with mp.workdps(200):
        a, b, half = mpf(7), mpf(1e160), mpf(1) / 2
        ways = mp.loggamma(a + half) + mp.loggamma(b + half) - mp.loggamma(a + b + 1)
        expected = (mp.log(mp.pi) - ways) / mp.log(2)

    assert float(expected) == pytest.approx(kt_code_length([7, 1e160]), rel=1e-12)
    assert -1 == pytest.approx(log_type_probability([7, 1e160], [0.5, 0.5]) / 1e160, rel=1e-12)
