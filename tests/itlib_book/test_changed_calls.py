"""What a reader meets who changes the numbers in a cell that calls a chapter's own functions."""

import math
from collections import Counter

import mpmath
import numpy as np
import pytest
from scipy import integrate, stats

from itlib_book.asking import data as asking
from itlib_book.contrastive_bounds import data as contrastive
from itlib_book.decision_trees import data as trees
from itlib_book.differential_entropy import data as differential
from itlib_book.estimating_information import data as estimates
from itlib_book.evidence_and_testing import data as evidence
from itlib_book.f_divergences import data as divergences
from itlib_book.fisher_information import data as fisher
from itlib_book.honest_bits import data as honest
from itlib_book.kl_budget import data as budget
from itlib_book.language_models import data as language
from itlib_book.noisy_channels import data as noisy
from itlib_book.rate_distortion import data as rates
from itlib_book.smoothing_and_temperature import data as smoothing
from itlib_book.source_coding import data as sources
from itlib_book.variational_inference import data as variational


@pytest.mark.parametrize("n, p", [(0, 0), (5, 0), (5, 1), (0, 0.5), (2000, 0.4), (9, 1e-200)])
def test_binomials_have_their_limits(n, p):
    heads = np.arange(n + 1)

    assert stats.binom.pmf(heads, n, p) == pytest.approx(evidence.binomial(n, p), rel=1e-9)


@pytest.mark.parametrize("p0, p1, error", [(0, 0.4, 0.6**10 / 2), (0.1, 0, 0.9**10 / 2), (0, 1, 0)])
def test_a_coin_that_always_falls_one_way_has_its_error(p0, p1, error):
    assert error == pytest.approx(evidence.best_error(p0, p1, 10), rel=1e-12)


def test_a_line_without_noise_has_all_rates_but_for_the_errors_that_are_allowed():
    assert 1 + math.log2(1e-3) / 500 == pytest.approx(noisy.guaranteed_rate(500, 0, 1e-3))
    assert 1 - math.log2(1 - 1e-3) / 500 == pytest.approx(noisy.impossible_rate(500, 0, 1e-3))
    assert (0, 0) == (noisy.guaranteed_rate(500, 0.11, 0), noisy.impossible_rate(500, 0.11, 0))


@pytest.mark.parametrize("n, error", [(500, 1e-3), (500, 1e-17), (60, 1e-25), (20, 0.5)])
def test_balls_must_not_overlap_however_rare_the_errors(n, error):
    with mpmath.workdps(60):
        p, wanted, volume = mpmath.mpf("0.11"), 1 - mpmath.mpf(error), mpmath.mpf(0)
        for t in range(n + 1):
            ways = mpmath.binomial(n, t)
            likely = ways * p**t * (1 - p) ** (n - t)
            if wanted <= likely:
                volume += ways * wanted / likely
                break
            wanted, volume = wanted - likely, volume + ways
        expected = 1 - mpmath.log(volume, 2) / n

    assert float(expected) == pytest.approx(noisy.impossible_rate(n, 0.11, error), abs=1e-12)


def test_digits_in_a_single_check_never_die_out():
    """Each says what the line said, round for round."""
    assert [0.3] * 6 == pytest.approx(noisy.evolution(0.3, 1, 2, 5).tolist())
    assert 0 == noisy.threshold(1, 2)


@pytest.mark.parametrize("weight", [1e-3, 0.1, 0.25, 0.276])
def test_a_far_bump_carries_a_third_moment_of_1(weight):
    density, low, high, middles = differential.far_bump(weight)
    moments = [
        integrate.quad(lambda x, k=k: x**k * density(x), low, high, points=middles, limit=200)[0]
        for k in range(4)
    ]

    assert [1, 0, 1, 1] == pytest.approx(moments, abs=1e-6)


@pytest.mark.parametrize("x", [-200, 0, 4, 20, 100, 200])
def test_no_bell_is_above_the_evidence(x):
    """For large x there are two bells, one of which is half of the evidence's."""
    best, _ = variational.gaps_at(x)

    assert best >= 0
    assert x < 20 or math.log(2) == pytest.approx(best, abs=0.03)


def test_fitted_rates_take_any_row_of_numbers():
    kinds = [5.0], (5.0,), np.array([5.0])
    first, *others = (variational.fitted_rates(betas, steps=3).tolist() for betas in kinds)

    assert [first] * 2 == others


def test_long_messages_have_their_surprises():
    per_flip, likely = sources.surprises(5000)

    assert 1 == pytest.approx(likely.sum())
    assert stats.binom.pmf(np.arange(5001), 5000, 0.1) == pytest.approx(likely, rel=1e-9)
    assert stats.entropy([0.9, 0.1], base=2) == pytest.approx(per_flip @ likely)


def test_many_even_steps_have_the_best_size():
    """No step nearby is better."""
    places = (np.arange(2000) - 999.5) * rates.best_step(2000)
    error = rates.judged(rates.midway(places), places)[0]
    for factor in (0.99, 1.01):
        assert error < rates.judged(factor * rates.midway(places), factor * places)[0]


def test_runs_that_no_whole_number_of_64_bits_can_name_are_counted():
    """A coder that looks back eleven characters pays by how often a run and its context came."""
    text, keys = sources.sample_text(), len(sources.KEYS)
    runs = Counter(text[i : i + 12] for i in range(len(text) - 11))
    contexts = Counter(text[i : i + 11] for i in range(len(text) - 11))
    ways = Counter(contexts.values()), Counter(runs.values())
    nats = sum(times * math.lgamma(n + 1) for n, times in ways[0].items())
    nats -= sum(
        times * (math.lgamma(n + 1 / keys) - math.lgamma(1 / keys)) for n, times in ways[1].items()
    )

    assert len(runs) == sources.distinct_runs(12)
    assert nats / math.log(2) / len(text) == pytest.approx(sources.learning_rate(11), rel=1e-9)


def test_an_error_of_nothing_needs_all_bits():
    assert math.inf == rates.gaussian_rate(0)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: evidence.binomial(5, -0.1), "p must be between 0 and 1, got -0.1"),
        (lambda: evidence.binomial(2.5, 0.1), "n must be a whole number, at least 0, got 2.5"),
        (lambda: evidence.second_order(0, 0.4, 9), "p0 and p1 must be between 0 and 1"),
        (lambda: evidence.binomial(math.nan, 0.1), "n must be a whole number, at least 0, got nan"),
        (lambda: evidence.second_order(0.1, 0.4, 0), "n must be at least 1"),
        (lambda: evidence.second_order(0.1, 0.4, math.nan), "n must be at least 1 and finite"),
        (lambda: noisy.normal_approximation(math.inf, 0.1, 0.1), "n must be at least 1 and finite"),
        (lambda: evidence.p_value(11, 10), "heads must be in 0 ... 10"),
        (lambda: evidence.factor_for_fair(-1, 4), "heads must be in 0 ... 4"),
        (lambda: evidence.p_value(10.5, 20), "heads and n must be whole numbers, got 10.5 and 20"),
        (lambda: evidence.histogram_bits(7), "bins must divide 60, so that .* got 7"),
        (lambda: evidence.histogram_bits(6, "best"), "code must be one of fit, mixture, NML"),
        (lambda: evidence.stopped("ratio", 0.5, 1), "test must be one of p-value below 0.05, "),
        (lambda: evidence.stopped(evidence.TESTS[0], 1.5, 1), "p must be between 0 and 1"),
        (lambda: evidence.stopped(evidence.TESTS[0], 0.5, 0), "look must be a whole number"),
        (lambda: evidence.stopped(evidence.TESTS[0], 0.5, 2.5), "look .* at least 1, got 2.5"),
        (lambda: evidence.tail_exponent(10, 1.1), "share must be between 0 and 1, got 1.1"),
        (lambda: evidence.tail_exponent(2.5), "n must be a whole number, at least 1, got 2.5"),
        (lambda: noisy.guaranteed_rate(500, 0.11, 1), "error must be at least 0 and below 1"),
        (lambda: noisy.impossible_rate(0, 0.11, 0.1), "n must be at least 1"),
        (lambda: noisy.normal_approximation(500, 0, 1e-3), "p and error must be above 0"),
        (lambda: noisy.hamming_errors(2), "p must be between 0 and 1, got 2"),
        (lambda: noisy.impossible_rate(500, 1.1, 0.1), "p must be between 0 and 1, got 1.1"),
        (lambda: noisy.noises(40), "digits must be a whole number in 0 ... 20, got 40"),
        (lambda: noisy.noises(2.5), "digits must be a whole number in 0 ... 20, got 2.5"),
        (lambda: noisy.sparse_checks(10), "digits must be a multiple of 6, got 10"),
        (lambda: differential.far_bump(0.3), "weight must be between 0 and 0.2764, got 0.3"),
        (lambda: sources.surprises(0), "flips must be at least 1"),
        (lambda: sources.sticky_flips(-1), "flips must be a whole number, at least 1"),
        (lambda: sources.sticky_flips(2.5), "flips must be a whole number, .* got 2.5"),
        (lambda: sources.run_entropy(1.5), "length must be a whole number in .* got 1.5"),
        (lambda: sources.share_numbered(math.nan, 9), "rate must be at least 0, got nan"),
        (lambda: sources.share_numbered(0.5, math.inf), "n must be a whole number, .* got inf"),
        (
            lambda: sources.distinct_runs(10**6),
            "length must be a whole number in 0 ... 336792, .* got 10",
        ),
        (lambda: sources.learning_rate(-1), "context must be at least 0"),
        (lambda: honest.sticky(2, 4), "change must be between 0 and 1, got 2"),
        (lambda: honest.sticky(0.1, 30), "n must be a whole number in 1 ... 18, .* got 30"),
        (lambda: honest.sticky(0.1, 1.5), "n must be a whole number in 1 ... 18, .* got 1.5"),
        (lambda: honest.runs(np.arange(99), 12), "length must be in 1 ... 11"),
        (lambda: fisher.importances(0), "batch must be at least 1, got 0"),
        (lambda: estimates.at_random(0), "clusters must be a whole number, at least 1, got 0"),
        (lambda: estimates.at_random(1.5), "clusters must be a whole number, .* got 1.5"),
        (
            lambda: estimates.quantile_bins([1, 2], -3),
            "bins must be a whole number, at least 1, got -3",
        ),
        (lambda: divergences.bell(500), "mu must be between -10 and 17.95, .* got 500"),
        (lambda: budget.slope("k2", budget.POLICY), "program must be one of k2 in the loss, k3 "),
        (lambda: budget.slope(budget.PROGRAMS[0], [0.2, 0.8]), "policy must have 3 probabilities"),
        (lambda: budget.slope(budget.PROGRAMS[0], np.eye(3)), "policy must be above 0 everywhere"),
        (lambda: variational.fitted_rates([0.0]), "betas must be above 0"),
        (lambda: variational.fitted_rates(1e4), "betas must be above 0 and at most 30"),
        (lambda: variational.solved_rates(0), "beta must be positive"),
        (lambda: variational.gaps_at(2000), "x must be between -200 and 200"),
        (lambda: rates.rounded(0), "step must be at least 0.0001"),
        (lambda: rates.gaussian_rate(-1), "error must be at least 0"),
        (lambda: rates.gaussian_rate(math.nan), "error must be at least 0, got nan"),
        (lambda: rates.quantiser("even", 4), "kind must be one of even steps, least error"),
        (lambda: asking.bits_after("7777", 1), "a code has four pegs, each of 1 ... 6"),
        (lambda: asking.bits_after("11", 1), "a code has four pegs, each of 1 ... 6"),
        (lambda: sources.zlib_rate(b""), "data must hold a byte at least, got none"),
        (lambda: sources.lzma_rate([]), "data must hold a byte at least, got none"),
        (lambda: rates.rounded(math.inf), "step must be at least 0.0001 and finite, got inf"),
        (lambda: divergences.learning_signals(math.nan), "shift must be between .* got nan"),
        (lambda: honest.hidden_cost(1.5), "share must be between 0 and 1, got 1.5"),
        (lambda: honest.hidden_cost(math.nan), "share must be between 0 and 1, got nan"),
        (lambda: honest.hidden_cost(0.5, 0.1, 1.5), "n must be a whole number in 1 ... 8, got 1.5"),
        (lambda: honest.hidden_cost(0.5, 2), "change must be between 0 and 1, got 2"),
        (lambda: honest.hidden_cost(0.5, 0.1, 4.0), "n must be a whole number in 1 ... 8, got 4.0"),
        (
            lambda: evidence.mixture_parameters(math.nan),
            "components must be a whole number, at least 1, got nan",
        ),
        (lambda: fisher.importances(math.nan), "batch must be at least 1, got nan"),
        (lambda: contrastive.on_circle(2.5, 1, 0), "classes must be a whole number, .* got 2.5"),
        (lambda: contrastive.on_circle(2, math.nan, 0), "reach and jitter must be finite"),
        (lambda: contrastive.ceiling(0, 0.1), "candidates must be at least 1 and temperature"),
        (lambda: sources.sticky_flips(10**9), "flips must be at most 1000000, got 1000000000"),
        (lambda: sources.sticky_flips(5, seed=-1), "seed must be a whole number, at least 0, got"),
        (lambda: sources.surprises(10**9), "n must be at most 1000000, got 1000000000"),
        (lambda: sources.sticky_blocks(40), "flips must be at most 20, got 40"),
        (lambda: sources.waste(0.9, 40), "flips must be at most 20, got 40"),
        (lambda: noisy.guaranteed_rate(10**9, 0.1, 0.1), "n must be at most 1000000, got"),
        (lambda: noisy.sparse_checks(204, seed=-1), "seed must be a whole number, at least 0"),
        (lambda: noisy.sparse_checks(204, in_check=0), "in_check must be a whole number, at least"),
        (lambda: noisy.sparse_checks(6 * 10**9), "digits must be at most 6000, got 6000000000"),
        (lambda: noisy.evolution(2, 3, 6, 9), "erased must be between 0 and 1, got 2"),
        (lambda: noisy.threshold(0, 0), "each must be a whole number, at least 1, got 0"),
        (lambda: evidence.p_value(5, 10**9), "n must be at most 10000, got 1000000000"),
        (lambda: evidence.tail_exponent(10**9), "n must be at most 10000, got 1000000000"),
        (lambda: evidence.evidence_paths(0.5, seed=-1), "seed must be a whole number, at least 0"),
        (lambda: evidence.evidence_paths(0.5, tosses=10**9), "tosses must be at most 10000, got"),
        (lambda: trees.held_out(-1), "price must be at least 0 and finite, got -1"),
        (lambda: trees.held_out(math.nan), "price must be at least 0 and finite, got nan"),
        (lambda: trees.held_out(splits=0), "splits must be a whole number, at least 1, got 0"),
        (lambda: trees.held_out(depth=1.5), "depth must be a whole number, at least 1, got 1.5"),
        (lambda: estimates.k_means(0), "clusters must be a whole number, at least 1, got 0"),
        (lambda: estimates.k_means(151), "clusters must be at most 150, got 151"),
        (lambda: estimates.seed_scores(-1), "seeds must be a whole number, at least 1, got -1"),
        (lambda: estimates.quantile_bins([1, 2], 10**9), "bins must be at most 1000000, got"),
        (lambda: contrastive.on_circle(10**9, 1, 0), "classes must be at most 1000000, got"),
        (lambda: rates.quantiser("even steps", 10**9), "count must be at most 100000, got"),
        (lambda: rates.quantiser("even steps", 0), "count must be a whole number, at least 1"),
        (lambda: budget.trained_on_pairs(steps=10**9), "steps must be at most 100000, got"),
        (lambda: smoothing.digits(training=10**9), "training must be at most 1795, got"),
        (lambda: smoothing.digits(held_out=1697), "held_out must be at most 1696, got 1697"),
        (lambda: variational.fitted_rates([1.0], seed=-1), "seed must be a whole number, at least"),
        (lambda: variational.fitted_rates([1.0], steps=10**9), "steps must be at most 100000, got"),
        (
            lambda: variational.descend(1.0, 1.0, steps=-1),
            "steps must be a whole number, at least 0",
        ),
        (lambda: asking.bits_after("1122", 10**9), "guesses must be at most 20, got 1000000000"),
        (lambda: language.kneser_ney(-1), "context must be a whole number, at least 0, got -1"),
        (lambda: honest.scores(32), "log_buckets must be a whole number in 0 ... 24"),
    ],
)
def test_what_cannot_be_is_refused_in_words(call, words):
    with pytest.raises(ValueError, match=f"^{words}"):
        call()


def test_a_whole_number_may_be_a_float():
    assert (evidence.binomial(12, 0.1) == evidence.binomial(12.0, 0.1)).all()


@pytest.mark.parametrize("copies", [1, 3, 101, 1201])
def test_the_majority_of_more_copies_than_a_double_counts_has_its_error(copies):
    assert stats.binom.sf(copies // 2, copies, 0.3) == pytest.approx(
        noisy.majority_error(0.3, copies), rel=1e-9
    )
