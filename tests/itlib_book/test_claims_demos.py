"""What captions and descriptions of demos say in general, tried at every place of the controls.

Where a sentence has lost a condition before, a case stands beside it in which the condition fails.
"""

import itertools
import math

import numpy as np
import pytest
from true_places import value_of

from bookkit.demo.marks import Tiles
from itlib import gaussian_elbo
from itlib_book.asking import demos as asking
from itlib_book.contrastive_bounds import demos as contrastive
from itlib_book.estimating_information import demos as estimating
from itlib_book.evidence_and_testing import demos as evidence
from itlib_book.fisher_information import demos as fisher
from itlib_book.honest_bits import demos as honest
from itlib_book.joint_and_mutual_information import demos as joint
from itlib_book.kl_budget import demos as budget
from itlib_book.kl_divergence import demos as divergences
from itlib_book.noisy_channels import demos as noisy
from itlib_book.smoothing_and_temperature import demos as smoothing
from itlib_book.source_coding import demos as coding
from itlib_book.variational_inference import data as approximations


def places(demo, *names):
    """Return every combination of the places of these controls."""
    return itertools.product(*(c.stops for name in names for c in demo.controls if c.name == name))


def test_the_middle_region_is_below_zero_for_more_gates_than_one_and_not_always():
    signs = {
        gate: {int(np.sign(round(joint.middle(gate, alike, flip), 9))) for alike, flip in rest}
        for gate in joint.GATE.stops
        for rest in [itertools.product(joint.ALIKE.stops, joint.FLIP.stops)]
    }

    assert {-1, 0} == signs["X xor Y"]
    assert {-1, 0, 1} == signs["X and Y"] == signs["X or Y"]
    assert {0, 1} == signs["X alone"]


@pytest.mark.parametrize("pair", estimating.PAIR.stops)
def test_plug_in_estimates_come_down_with_the_samples_only_if_the_bins_are_many(pair):
    plug_in, _, neighbours = (estimator.over_sizes for estimator in estimating.ESTIMATORS)
    near = neighbours(pair=pair, k=3)[0]

    for bins in (8, 10, 12):
        counted = plug_in(pair=pair, bins=bins)[0]
        assert np.all(np.diff(counted) < 0)
        assert counted[0] > near[0] + 0.5
    if pair != "independent":
        assert np.all(plug_in(pair=pair, bins=2)[0] < near)


def test_reconstructions_are_a_line_above_the_third_variance_and_a_point_above_the_first():
    variances = approximations.spectrum()
    for level, directions in ((variances[2] * 1.01, 2), (variances[0] * 1.01, 0)):
        assert directions == np.count_nonzero(approximations.solved_rates(level))
    assert 16 < variances[0]  # with s² = 1 the slider of β ends before the point


def test_the_slope_falls_faster_than_its_spread_and_ten_samples_reach_near_the_evidence():
    bounds, slopes, spreads = np.array([approximations.importance(k) for k in (1, 8, 16, 64)]).T
    top = gaussian_elbo(2, 1, np.sqrt(0.5), 1, base=np.e)

    assert slopes[0] == pytest.approx(spreads[0])
    assert np.all(np.diff(slopes / spreads) < 0)
    assert np.all(bounds < top)
    assert bounds[1] > top - 0.1


@pytest.mark.parametrize("code", ["Huffman", "rounded up"])
def test_a_kraft_sum_is_below_one_exactly_where_a_branch_does_not_fork(code):
    for symbols, ratio, block in places(coding.huffman, "symbols", "ratio", "block"):
        nodes = coding.tree(symbols, ratio, block, code)
        forks = all((node + "0" in nodes) == (node + "1" in nodes) for node in nodes)

        assert forks == (coding.kraft(symbols, ratio, block, code) == 1)


def test_more_steps_never_cost_more_by_lot_but_may_in_a_fixed_order():
    orders = {"by lot": False, "left to right": False, "far apart first": False}
    for change, order in itertools.product([0.0, 0.1, 0.2, 0.5], orders):
        totals = np.array(honest.over_steps(change, order))
        orders[order] |= bool(np.any(np.diff(totals) > 1e-9))

        assert 8 == pytest.approx(totals[0])
        assert np.all(totals >= honest.needed(change) - 1e-9)

    assert {"by lot": False, "left to right": False, "far apart first": True} == orders


def test_growth_has_its_top_at_no_stake_exactly_if_the_odds_are_against_the_player():
    for p, odds in itertools.product([0.2, 0.4, 0.5, 0.52, 0.8], [1.0, 1.5, 3.0]):
        curve = evidence.growth_curve(p, odds)
        against = p * (1 + odds) <= 1 + 1e-12
        beyond = evidence.STAKES >= evidence.best_stake(p, odds)

        assert against == (evidence.best_stake(p, odds) < 1e-12)
        assert np.max(curve) <= evidence.best_growth(p, odds) + 1e-12
        assert np.all(np.diff(np.array(curve)[beyond]) <= 0)


def test_bounds_on_a_mean_stand_in_one_order_and_that_of_the_divergence_is_never_above_one():
    for mean, t in itertools.product([0.0, 0.05, 0.5, 0.95, 1.0], ["100", "100000"]):
        kl, hoeffding, ucb1 = (
            np.array(f(mean, t)) for f in (asking.all_kl, asking.all_hoeffding, asking.all_ucb1)
        )

        assert np.all(mean <= kl + 1e-12) and np.all(kl <= np.minimum(1, hoeffding) + 1e-9)
        assert np.all(hoeffding < ucb1)
        assert mean < 1 or np.all(kl == 1)


def test_a_clipped_second_term_crosses_the_information_unless_the_shift_is_far_below():
    truth = contrastive.truth()
    crossing = {
        shift
        for (shift,) in places(contrastive.critic, "shift")
        if np.max(contrastive.cut_curve(shift)) > truth
    }

    assert min(crossing) == pytest.approx(-0.7)
    for (shift,) in places(contrastive.critic, "shift"):
        assert np.max(contrastive.tangent_curve(shift)) <= truth + 1e-9
    assert np.max(contrastive.contrastive_curve()) < truth


def test_cosines_stay_below_the_best_critic_and_may_fall_again():
    falls = 0
    for symbols, flip, temperature in places(contrastive.ceiling, "symbols", "flip", "temperature"):
        best = np.array(contrastive.best_curve(symbols, flip))
        cosines = np.array(contrastive.cosine_curve(symbols, flip, temperature))
        falls += bool(np.any(np.diff(cosines) < -1e-9))

        assert np.all(cosines <= best + 1e-9)
        assert np.all(np.diff(best) >= -1e-9)

    assert falls > 0


def inks(demo, of):
    """Return (value, opacity) of a read-out's map at every place of its two sliders, by value."""
    (tiles,) = (m for p in demo.panels for m in p.marks if isinstance(m, Tiles) and m.of == of)
    read = next(readout.of for readout in demo.readouts if readout.name == of)
    opacities = [style["fill-opacity"] for style in tiles.styles()] + [0]
    values = [
        value_of(read, demo.start | dict(zip(tiles.over, place)))
        for place in places(demo, *tiles.over)
    ]
    return [(v, opacities[sum(v > level for level in tiles.levels)]) for v in sorted(values)]


@pytest.mark.parametrize(
    ("demo", "of", "rising"),
    [
        (asking.beta_question, "toss_bits", True),  # the stronger the colour, the more
        (asking.bald, "disagreement", True),
        (divergences.bimodal_kl, "forward_kl", False),  # strongest where it is lowest
        (divergences.bimodal_kl, "reverse_kl", False),
    ],
)
def test_a_map_is_strongest_where_its_words_say(demo, of, rising):
    found = [opacity for _, opacity in inks(demo, of)]

    assert sorted(found, reverse=not rising) == found
    assert found[0] != found[-1]


def test_the_upright_line_of_two_models_goes_from_their_chord_to_the_curve():
    """By the formula of h(p), at every tenth place."""
    for p1, p2, weight in itertools.islice(places(asking.bald, "p1", "p2", "weight"), 0, None, 10):
        mean = weight * p1 + (1 - weight) * p2
        low = weight * coin_entropy(p1) + (1 - weight) * coin_entropy(p2)
        x, y = asking.gap(p1, p2, weight)

        assert [mean, mean] == pytest.approx(x)
        assert [low, coin_entropy(mean)] == pytest.approx(y, abs=1e-12)


def coin_entropy(p):
    """Return h(p) in bits."""
    return -sum(x * math.log2(x) for x in (p, 1 - p) if x > 1e-15)


# ---- sentences that were false at some places of the controls ----


def test_a_way_of_plain_steps_need_not_arrive():
    ends = {
        step: fisher.plain_path(mu=1.0, sigma=3.0, step=step, coordinate="μ and σ")[:, -1]
        for step in (0.1, 0.5)
    }

    assert ends[0.5] == pytest.approx([0, 1], abs=0.05)
    assert np.hypot(*(ends[0.1] - [0, 1])) > 1


def test_far_from_the_best_weights_batches_of_64_shrink_the_matrix_three_times():
    assert 3 == pytest.approx(fisher.smaller(w1=-1.0, w2=1.0, batch="64"), abs=0.1)


def test_the_stairs_go_no_lower_than_the_lines_meet_and_may_be_cut_before():
    cut = 0
    for e, code in places(noisy.staircase, "e", "code"):
        shares = noisy.fall(e, code)
        left = noisy.left(e, code)
        cut += left == 0 and shares[-1] > 0.1

        assert len(shares) == 31
        assert np.all(np.diff(shares) <= 0)
        assert left <= shares[-1] + 1e-9

    assert cut > 0


def test_k1_goes_below_0_unless_policy_and_reference_agree():
    for shift, spread in places(budget.estimators, "shift", "spread"):
        k1, k2, k3 = (
            estimate(shift, spread)
            for estimate in (budget.first_estimate, budget.second_estimate, budget.third_estimate)
        )

        assert ((shift, spread) == (0, 1)) == (np.min(k1) >= 0)
        assert np.min(k2) >= 0 <= np.min(k3)


def test_the_best_guess_at_a_sign_need_not_reach_the_ends_of_its_scale():
    heights = {decibels: (honest.guess(decibels) - 0.125) / 0.1 for decibels in (-20, 13)}

    assert all(np.all(np.diff(rising) >= 0) for rising in heights.values())
    assert [-0.66, 0.66] == np.round(heights[-20][[0, -1]], 2).tolist()
    assert [-1, 1] == np.round(heights[13][[0, -1]], 2).tolist()


def test_the_best_critic_levels_off_only_among_candidates_enough():
    few, many = (
        contrastive.information(symbols, 0) - contrastive.best_curve(symbols, 0)[-1]
        for symbols in ("16", "4096")
    )

    assert 0 <= few < 0.01 < 0.3 < many


@pytest.mark.parametrize(
    ("start", "end"), [(-3, -3), (-2, -3), (-1, 0), (0, 0), (1, 0), (2, 3), (3, 3)]
)
def test_a_bell_that_goes_downhill_in_reverse_has_three_ends_for_seven_starts(start, end):
    last = divergences.STRIDES

    assert end == pytest.approx(divergences.reverse_mean(3, "alike", start, last), abs=0.03)
    assert 0 == pytest.approx(divergences.forward_mean(3, "alike", start, last), abs=0.03)


def test_only_with_a_larger_hump_does_a_bell_still_move_when_the_time_is_over():
    def last_move(gap, humps, start):
        ends = (divergences.descent(gap, humps, start, divergences.STRIDES - n) for n in (0, 1))
        return float(np.abs(np.subtract(*ends)[1]).max())

    alike, larger = (
        max(last_move(gap, humps, start) for gap in range(5) for start in range(-3, 4))
        for humps in divergences.HUMPS
    )
    assert alike < 0.1 < 0.3 < larger


@pytest.mark.parametrize("mix", [0.05, 0.3, 0.55])
def test_honest_bits_fall_and_reported_ones_rise_until_they_meet(mix):
    true, claimed = (np.array(f(mix)) for f in (honest.all_honest, honest.all_reported))

    assert np.all(np.diff(true) <= 1e-9) and np.all(np.diff(claimed) >= 0)
    assert true[0] - claimed[0] > 4 > 0.05 > true[-1] - claimed[-1] > 0


def test_soft_gradients_meet_at_temperature_1_and_only_one_of_them_falls_off():
    ts = np.asarray(smoothing.temperature.panels[2].marks[1].x)
    for teacher, student in places(smoothing.temperature, "teacher", "student"):
        plain, scaled = (
            f(teacher, student) for f in (smoothing.plain_curve, smoothing.scaled_curve)
        )

        assert scaled == pytest.approx(plain * ts**2)
        assert plain[-1] < plain[ts.tolist().index(1)] / 2
        assert scaled[-1] == pytest.approx(scaled[-4], rel=0.05)
