"""Every formula of the cheat sheet, read as it is printed, is what `itlib` computes."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from latex import RELATIONS, relations

import itlib
from itlib.bounds import infonce_expected
from itlib.honest_bits import bits_per_dimension
from itlib.hypotheses import information_projection
from itlib.policies import soft_value, tilt
from itlib.rate_distortion import gaussian_rate_distortion, rate_distortion

SHEET = tomllib.loads((Path(__file__).parents[2] / "chapters" / "formulas.toml").read_text("utf-8"))
FORMULAS = {label: (latex, remark) for _, latex, remark, label in SHEET["formulas"]}

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
JOINT = np.array([[0.3, 0.2, 0.0], [0.05, 0.05, 0.4]])
P_X, P_Y = JOINT.sum(axis=1), JOINT.sum(axis=0)
NATS = {"base": math.e}


def joint(p_xy):
    """Return what the names of two variables stand for."""
    p_xy = np.array(p_xy)
    return {
        "H(X)": itlib.entropy(p_xy.sum(axis=1)),
        "H(Y)": itlib.entropy(p_xy.sum(axis=0)),
        "H(X, Y)": itlib.joint_entropy(p_xy),
        r"H(Y \mid X)": itlib.conditional_entropy(p_xy),
        "I(X;Y)": itlib.mutual_information(p_xy),
    }


def prefix_code(p):
    """Return what the names of Huffman's code stand for."""
    code = itlib.huffman_code(p)
    return {
        "H": itlib.entropy(p),
        "L": itlib.expected_length(p, code),
        r"\ell(x)": np.array([len(word) for word in code]),
    }


def processed(flip):
    """Return the information before and after a line flips a digit."""
    once, line = np.array([[0.45, 0.05], [0.1, 0.4]]), [[1 - flip, flip], [flip, 1 - flip]]
    told = itlib.mutual_information
    return {"I(X;Z)": told(once @ line), "I(X;Y)": told(once)}


def pinsker(p, q):
    return {
        "D(p‖q)": itlib.kl_divergence(p, q, **NATS),
        r"\mathrm{TV}(p, q)": itlib.total_variation(p, q),
    }


def logistic(z, y):
    """Return a prediction and the slope of its squared error, by a step to either side."""
    error, h = itlib.sigmoid_squared_error, 1e-5
    slope = (error(z + h, y) - error(z - h, y)) / (2 * h)
    assert itlib.sigmoid_squared_error_grad(z, y) == pytest.approx(slope)
    return {r"\frac{\partial}{\partial z}(ŷ - y)^2": slope, "ŷ": itlib.sigmoid(z), "y": y}


def softmax_slopes():
    z, h = np.array([1.0, -0.5, 0.3]), 1e-5
    loss = itlib.softmax_cross_entropy
    slopes = (loss(z + h * np.eye(3), [2] * 3) - loss(z - h * np.eye(3), [2] * 3)) / (2 * h)
    return {
        r"\frac{\partial L}{\partial z_j}": slopes,
        "q_j": itlib.softmax(z),
        "y_j": np.array([0, 0, 1]),
    }


def belief():
    """Return a belief about three coins, one head being seen, and what it is compared with."""
    prior, likelihood, q = P, np.array([0.9, 0.5, 0.2]), Q
    posterior = prior * likelihood / (prior @ likelihood)
    return {
        r"\ln p(x)": itlib.evidence(prior, likelihood, **NATS),
        r"D(q‖p(z \mid x))": itlib.kl_divergence(q, posterior, **NATS),
        "E_q": lambda values: q @ values,
        r"p(x \mid z)": likelihood,
        "D(q‖p(z))": itlib.kl_divergence(q, prior, **NATS),
        "elbo": itlib.elbo(q, prior, likelihood, **NATS),
    }


def candidates(k, p_xy):
    """Return what the cross-entropy of naming the partner among K is, with the best critic."""
    return {
        "I(X;Y)": itlib.mutual_information(p_xy, **NATS),
        "K": k,
        "E[L]": math.log(k) - infonce_expected(p_xy, k),
    }


def bent_coin(p, slope):
    """Return a point of a coin's curve, and what the channels of that error tell.

    A channel turns tails into heads so often, and heads into tails as often as is left.
    """
    point = rate_distortion([1 - p, p], 1 - np.eye(2), slope)
    wrong = point.distortion
    raised = np.linspace(0, wrong, 2001)
    rows = np.stack([1 - p - raised, raised, wrong - raised, p - wrong + raised], axis=-1)
    back = np.stack([rows[:, 0] + rows[:, 2], rows[:, 1] + rows[:, 3]], axis=-1)
    told = itlib.binary_entropy(p) + itlib.entropy(back) - itlib.entropy(rows)
    return {"R(D)": point.rate, r"\min_{E\,d(X,\hat X) \le D}": np.min, r"I(X;\hat X)": told}


def density_in_bits(steps, unit):
    """Return a log-density of three values that come in steps, `unit` the whole interval."""
    bits = bits_per_dimension(2.5, 3, scale=steps / unit)
    return {"f(x)": math.exp(2.5), "d": 3, r"\delta": unit / steps, "=": bits}


WORTH, BETA = np.array([1.0, 0.0, 2.0]), 0.7
CHAIN = np.array([[0.9, 0.1], [0.3, 0.7]])  # a stationary source: three quarters, one quarter
LONG, START = 10**7, np.array([0.75, 0.25])
RATE = itlib.conditional_entropy(START[:, np.newaxis] * CHAIN)
COUNTS = np.array([7, 5, 3])
COIN = rate_distortion([0.7, 0.3], 1 - np.eye(2), 2.0)
HIGH_MEAN = information_projection([0.25] * 4, [1, 2, 3, 4], 3.2)
Z = np.array([2.0, -1.0, 0.5])

# What the names of each formula stand for; an inequality comes with one case in which it is
# all but an equality, and one in which it is not. "=" is what a formula without a sign gives.
NAMES = {
    "si-surprise": [{"p": 0.3, "=": itlib.self_information(0.3)}],
    "ent-mean-surprise": [{"H(p)": itlib.entropy(P), "p(x)": P}],
    "ent-coin": [{"h(p)": itlib.binary_entropy(0.3), "p": 0.3}],
    "ent-code": [{r"\ell(x)": itlib.self_information(P), "p(x)": P}],
    "code-kraft": [prefix_code(P), {r"\ell(x)": np.array([2, 3, 3])}],
    "code-cost": [prefix_code([0.5, 0.25, 0.25]), prefix_code([0.999, 0.001])],
    "conditional-entropy": [joint(JOINT)],
    "mutual-information": [joint(JOINT)],
    "pointwise-mutual-information": [
        {
            "p(x, y)": JOINT[1, 2],
            "p(x)": P_X[1],
            "p(y)": P_Y[2],
            "=": itlib.pointwise_mutual_information(JOINT)[1, 2],
        }
    ],
    "joint-processing": [processed(0), processed(0.1)],
    "kl-price": [{"D(p‖q)": itlib.kl_divergence(P, Q), "p(x)": P, "q(x)": Q}],
    "kl-gaussians": [
        {
            "D(N_p‖N_q)": itlib.gaussian_kl(1.0, 0.8, -0.5, 2.0, **NATS),
            r"\mu_p": 1.0,
            r"\sigma_p": 0.8,
            r"\mu_q": -0.5,
            r"\sigma_q": 2.0,
        }
    ],
    "xent-definition": [
        {
            r"\mathrm{CE}(p, q)": itlib.cross_entropy(P, Q),
            "p(x)": P,
            "q(x)": Q,
            "H(p)": itlib.entropy(P),
            "D(p‖q)": itlib.kl_divergence(P, Q),
        }
    ],
    "xent-many": [softmax_slopes()],
    "mse-slopes": [logistic(0.7, 0), logistic(-1.2, 1)],
    "information-gain": [joint(JOINT)],
    "split-criteria": [{"p_k": P, "=": itlib.gini_impurity(P)}],
    "plug-in-bias": [
        {
            "k": 3,
            "n": 15,
            "=": itlib.entropy(COUNTS / 15, **NATS) - itlib.miller_madow_entropy(COUNTS, **NATS),
        }
    ],
    "diff-density": [{"h": itlib.gaussian_entropy(1.7), r"\sigma": 1.7}],
    "diff-maxent": [
        {"p(x)": HIGH_MEAN.p, r"\lambda": HIGH_MEAN.tilt, "f(x)": np.array([1, 2, 3, 4])}
    ],
    "f-divergences": [
        {
            "D_f(p, q)": itlib.f_divergence(P, Q, "squared_hellinger"),
            "p(x)": P,
            "q(x)": Q,
            "f": lambda t: (np.sqrt(t) - 1) ** 2 / 2,
        }
    ],
    "js-game": [
        {
            r"D_{\mathrm{JS}}(p, q)": itlib.js_divergence(P, Q),
            "D(p‖m)": itlib.kl_divergence(P, (P + Q) / 2),
            "D(q‖m)": itlib.kl_divergence(Q, (P + Q) / 2),
        }
    ],
    "f-pinsker": [pinsker([0.5, 0.5], [0.51, 0.49]), pinsker(P, Q)],
    "vi-elbo": [belief()],
    "vi-standard-normal": [
        {r"\mu": 1.3, r"\sigma": 0.6, "=": itlib.standard_normal_kl([1.3], [0.6], **NATS)}
    ],
    "temperature-softmax": [{"q_j": itlib.softmax(Z, temperature=2.5), "z_j": Z, "T": 2.5}],
    "smoothing-labels": [
        {
            r"\varepsilon": 0.1,
            "y": np.array([0, 1, 0]),
            "k": 3,
            "=": itlib.softmax(Z) - itlib.softmax_cross_entropy_grad(Z, 1, label_smoothing=0.1),
        }
    ],
    "code-rate": [
        {
            r"\lim_{n \to \infty}": lambda share: share,
            "n": LONG,
            r"H(X_1, \dots, X_n)": itlib.entropy(START) + (LONG - 1) * RATE,
            "=": RATE,
        }
    ],
    "lm-perplexity": [
        {r"\mathrm{CE}": itlib.cross_entropy(P, Q), "=": itlib.perplexity(P, Q)},
    ],
    "budget-tilt": [
        {
            r"\pi^*": tilt(P, WORTH, BETA),
            "Z": P @ np.exp(WORTH / BETA),
            r"\mathrm{ref}": P,
            "r": WORTH,
            r"\beta": BETA,
            "J": soft_value(P, WORTH, BETA),
        }
    ],
    "bound-naming": [candidates(1000, [[0.45, 0.05], [0.05, 0.45]]), candidates(2, JOINT)],
    "hb-density": [density_in_bits(256, 1), density_in_bits(16, 2)],
    "rd-curve": [bent_coin(0.3, 2.0), bent_coin(0.45, 1.2)],
}


def test_every_formula_has_names_and_every_remark_a_check():
    assert set(FORMULAS) == set(NAMES)
    assert {remark for _, remark in FORMULAS.values()} == set(REMARKS)


@pytest.mark.parametrize("label", FORMULAS)
def test_a_formula_is_what_the_library_computes(label):
    latex, _ = FORMULAS[label]
    found = [relations(latex, names) for names in NAMES[label]]

    assert all(RELATIONS[sign](left, right) for case in found for left, sign, right in case)
    for one in zip(*found):
        if one[0][1] in (r"\le", r"\ge", "<"):
            assert {True, False} == {math.isclose(a, b, rel_tol=0.03) for a, _, b in one}


@pytest.mark.parametrize("remark", [remark for _, remark in FORMULAS.values()])
def test_what_to_remember_of_a_formula_is_so(remark):
    """A remark is a key of `REMARKS`: whoever changes one looks at its check again."""
    assert REMARKS[remark]()


def uniform(k):
    return np.full(k, 1 / k)


def digits_for_blocks(first, rows, n):
    """Return how many digits a symbol Huffman's code for blocks of n takes; rows p(next|last)."""
    last, many = len(first), np.array(first)
    for _ in range(n - 1):
        many = (many.reshape(-1, last, 1) * rows).ravel()
    return itlib.expected_length(many, itlib.huffman_code(many)) / n


def wasted(p, n):
    return digits_for_blocks(p, np.array([p, p]), n) - itlib.entropy(p)


def all_close(*values):
    return all(np.allclose(values[0], other) for other in values)


def falls_for_any_other_policy():
    """β D(π‖π*) is the difference of the values, for the policy Q."""
    value = Q @ WORTH - BETA * itlib.kl_divergence(Q, P, **NATS)
    lost = BETA * itlib.kl_divergence(Q, tilt(P, WORTH, BETA), **NATS)
    return all_close(soft_value(P, WORTH, BETA) - value, lost)


def bias_of_coins(n, p=0.5):
    """Return the exact mean of the counted entropy of n tosses less the truth, in nats."""
    heads = np.arange(n + 1)
    chance = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in heads]
    return chance @ itlib.binary_entropy(heads / n, **NATS) - itlib.binary_entropy(p, **NATS)


def gradient_of(loss, q, step=1e-6):
    return [(loss(q + h) - loss(q - h)) / (2 * step) for h in step * (np.eye(3) - np.eye(3)[::-1])]


REMARKS = {
    "in bits with $\\log_2$, in nats with $\\ln$": lambda: (
        all_close(itlib.self_information(0.3), -math.log2(0.3))
        and all_close(itlib.self_information(0.3, **NATS), -math.log(0.3))
    ),
    "$0 \\log 0 = 0$; from 0 to $\\log k$ for $k$ outcomes": lambda: (
        0 == itlib.entropy([0, 1, 0]) and all_close(itlib.entropy(uniform(5)), math.log2(5))
    ),
    "at most one bit, for the fair coin": lambda: (
        50 == np.argmax(itlib.binary_entropy(np.linspace(0, 1, 101)))
        and 1 == itlib.binary_entropy(0.5)
    ),
    "its share of the code space is $2^{-\\ell}$": lambda: all_close(
        itlib.kraft_sum(["000"]), itlib.kraft_sum(["0000", "0001"]), 2.0**-3
    ),
    "every list of lengths that keeps it has a prefix code": lambda: (
        # The best code of 2^-l has these lengths, if they fill the space.
        [1, 2, 3, 3] == [len(word) for word in itlib.huffman_code([1 / 2, 1 / 4, 1 / 8, 1 / 8])]
    ),
    "if no probability is 0; blocks of $n$: less than $\\frac1n$ a symbol above their entropy": lambda: (
        all(wasted([0.97, 0.03], n) < 1 / n for n in range(1, 9))
        and wasted([0.9999, 0.0001], 3) > 0.3
        and itlib.expected_length([1, 0], itlib.huffman_code([1, 0])) == itlib.entropy([1, 0]) + 1
    ),
    "knowing more never raises entropy on average": lambda: (
        itlib.conditional_entropy(JOINT) < itlib.entropy(P_Y)
        and itlib.entropy(JOINT[0] / P_X[0]) < itlib.entropy(P_Y)
    ),
    "also $H(Y) - H(Y \\mid X)$, and $D(p_{XY}‖p_X p_Y)$; "
    "at least 0, and 0 only if they are independent": lambda: (
        all_close(
            itlib.mutual_information(JOINT),
            itlib.entropy(P_Y) - itlib.conditional_entropy(JOINT),
            itlib.kl_divergence(JOINT.ravel(), np.outer(P_X, P_Y).ravel()),
        )
        and all_close(itlib.mutual_information(np.outer(P, Q)), 0)
        and itlib.mutual_information(JOINT) > 0
    ),
    "can be negative; its mean is $I(X;Y)$": lambda: (
        itlib.pointwise_mutual_information(JOINT)[1, 0] < 0
        and all_close(
            JOINT[JOINT > 0] @ itlib.pointwise_mutual_information(JOINT)[JOINT > 0],
            itlib.mutual_information(JOINT),
        )
    ),
    "no computation on $Y$ adds information about $X$": lambda: (
        itlib.mutual_information(JOINT @ [[1, 0], [0, 1], [0, 1]]) < itlib.mutual_information(JOINT)
    ),
    "at least 0; infinite if $q(x) = 0$ where $p(x) > 0$; not symmetric": lambda: (
        itlib.kl_divergence([0.5, 0.5], [1, 0]) == math.inf
        and 0 == itlib.kl_divergence(P, P) < itlib.kl_divergence(P, Q)
        and not all_close(itlib.kl_divergence(P, Q), itlib.kl_divergence(Q, P))
    ),
    "in nats": lambda: (
        all_close(itlib.gaussian_kl(1, 1, 0, 1, **NATS), 0.5)
        # The two sides all but meet, so that another unit would break the inequality.
        and itlib.kl_divergence([0.5, 0.5], [0.51, 0.49], **NATS) < 2.001 * 0.01**2
    ),
    "with fixed labels its gradient in $q$ is that of $D(p‖q)$": lambda: all_close(
        gradient_of(lambda q: itlib.cross_entropy(P, q), Q),
        gradient_of(lambda q: itlib.kl_divergence(P, q), Q),
    ),
    "prediction minus label": lambda: all_close(
        itlib.softmax_cross_entropy_grad(Z, 1), itlib.softmax(Z) - [0, 1, 0]
    ),
    "vanishes where the model is surest, right or wrong": lambda: (
        np.max(np.abs(itlib.sigmoid_squared_error_grad([-20, 20], [[0, 0], [1, 1]]))) < 1e-8
    ),
    "favours many values: a row number wins": lambda: (
        itlib.information_gain(range(6), list("aababb"))
        > itlib.information_gain(list("xxxyyy"), list("aababb"))
    ),
    "the chance that two draws differ": lambda: all_close(
        itlib.gini_impurity(P), sum(P[i] * P[j] for i in range(3) for j in range(3) if i != j)
    ),
    "in nats; Miller and Madow add it back": lambda: (
        bias_of_coins(400) == pytest.approx(-1 / 800, rel=0.01)
        and all_close(
            itlib.miller_madow_entropy(COUNTS, **NATS), itlib.entropy(COUNTS / 15, **NATS) + 1 / 15
        )
    ),
    "can be negative; $\\log c$ more when the unit is $c$ times finer": lambda: (
        itlib.gaussian_entropy(0.1) < 0
        and all_close(itlib.gaussian_entropy(10.0), itlib.gaussian_entropy(0.1) + math.log2(100))
    ),
    "$\\lambda$ makes the mean right": lambda: all_close(HIGH_MEAN.p @ [1, 2, 3, 4], 3.2),
    "$f$ convex, $f(1) = 0$": lambda: all(
        0 == float(f(np.array([1.0]))[0]) for f in itlib.F_GENERATORS.values()
    ),
    "$m = \\frac{p + q}{2}$; at most one bit": lambda: (
        1 == itlib.js_divergence([1, 0], [0, 1]) > itlib.js_divergence(P, Q)
    ),
    "fit minus price; tight where $q$ is the posterior": lambda: all_close(
        itlib.elbo([0.75, 0.25], [0.5, 0.5], [0.9, 0.3]), itlib.evidence([0.5, 0.5], [0.9, 0.3])
    ),
    "nats per dimension": lambda: all_close(
        itlib.standard_normal_kl([1.0, 1.0], [1.0, 1.0], **NATS), 2 * 0.5
    ),
    "the order of the classes stays": lambda: np.array_equal(
        np.argsort(itlib.softmax(Z, temperature=9.0)), np.argsort(Z)
    ),
    "its entropy is the floor of the loss": lambda: all_close(
        itlib.softmax_cross_entropy(np.log([0.05, 0.9, 0.05]), 1, label_smoothing=0.15),
        itlib.entropy([0.05, 0.9, 0.05], **NATS),
    ),
    "what the best codes of long messages approach": lambda: (
        RATE < digits_for_blocks(START, CHAIN, 8) < RATE + 0.05
        and RATE + 0.1 < digits_for_blocks(START, CHAIN, 1)
    ),
    "with cross-entropy in bits: the number of equally likely choices": lambda: all_close(
        itlib.perplexity(uniform(7)), 2 ** itlib.cross_entropy(uniform(7), uniform(7)), 7
    ),
    "any other policy loses $\\beta D(\\pi‖\\pi^*)$": falls_for_any_other_policy,
    "$L$ the cross-entropy of naming the partner, on fresh, independent pairs; "
    "never above $\\ln K$": lambda: (
        math.log(2) > infonce_expected(np.eye(1000) / 1000, 2) > 0.99 * math.log(2)
    ),
    "$\\delta$ the width of a step, for 256 steps 8 bits in $[0, 1)$ and 7 in $[-1, 1)$; "
    "with noise over the step": lambda: (
        [8, 7] == [bits_per_dimension(0.0, 1, scale=256 / length) for length in (1, 2)]
    ),
    "$h(p) - h(D)$ for a coin, up to $\\min(p, 1-p)$; "
    "$\\frac12 \\log(\\sigma^2/D)$ for a Gaussian, up to $\\sigma^2$": lambda: (
        all_close(COIN.rate, itlib.binary_entropy(0.3) - itlib.binary_entropy(COIN.distortion))
        and 0.3 == rate_distortion([0.7, 0.3], 1 - np.eye(2), 0.01).distortion
        and all_close(gaussian_rate_distortion([4.0], 0.5).rate, 0.5 * math.log2(4.0 / 0.5))
        and 0 == gaussian_rate_distortion([4.0], 4.0).rate
    ),
}
