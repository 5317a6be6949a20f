"""Policies that earn a reward and pay for their distance from a reference, in nats."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from itlib import _checks, _exact
from itlib._types import ArrayLike, FloatArray, Result
from itlib.losses import sigmoid, sigmoid_cross_entropy, softmax

_NEAR = 1.0  # up to this log ratio k3 is summed as a series, in which nothing cancels
_TERMS = 19  # whose next term is below a rounding there: 1/20! of the first
_MOST_PATIENT = 1 - 1e-9  # the largest discount: the policy keeps six digits there


class KlEstimates(NamedTuple):
    """Three estimates of D(p‖q) from the same draws of p, one of each for every draw."""

    k1: Result
    k2: Result
    k3: Result


class DpoGradient(NamedTuple):
    """The slope of a loss in the log-probability of the chosen answer and of the rejected one."""

    chosen: Result
    rejected: Result


class SoftValues(NamedTuple):
    """What each state is worth, and how often the best policy takes each action there."""

    values: FloatArray
    policy: FloatArray


# --- the best policy for a budget ----------------------------------------------------------


def tilt(reference: ArrayLike, reward: ArrayLike, beta: float, *, axis: int = -1) -> FloatArray:
    """Return the reference tilted towards reward, π(x) = reference(x) e^(reward(x)/β) / Z.

    It is the policy with the largest E[reward] − β D(π‖reference).

    Parameters
    ----------
    reference : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
    reward : array_like, shape (k,) or (..., k)
        In any unit.  −inf rules an outcome out.
    beta : float
        The price of a nat of divergence, in units of reward: positive.
    axis : int, default -1
        Where the outcomes are, in both.

    Returns
    -------
    ndarray, shape (..., k)
        Probabilities, 0 where the reference is 0.  As β → 0 only the best outcomes that the
        reference allows are left, in its own proportions; as β → ∞ it is the reference, of which
        only those outcomes are kept that no reward of −inf rules out.

    Raises
    ------
    ValueError
        If a slice of `reference` is no distribution, a reward is NaN or +inf, β is not positive,
        shapes do not fit, or every outcome that the reference allows is ruled out.

    See Also
    --------
    soft_value : How much reward, less the price, it gets.

    References
    ----------
    Korbak, Perez & Buckley, RL with KL penalties is better viewed as Bayesian inference (2022).

    Examples
    --------
    >>> tilt([0.2, 0.3, 0.5], [1, 2, 3], 1.0).round(3)
    array([0.042, 0.173, 0.784])

    A dear nat keeps the policy near the reference:

    >>> tilt([0.2, 0.3, 0.5], [1, 2, 3], 100.0).round(3)
    array([0.197, 0.299, 0.503])
    """
    ref, gain, beta = _budget(reference, reward, beta, axis)
    with np.errstate(divide="ignore"):
        logits = np.log(ref) + _above(_best(ref, gain), gain, beta)
    return np.moveaxis(softmax(logits), -1, axis)


def soft_value(reference: ArrayLike, reward: ArrayLike, beta: float, *, axis: int = -1) -> Result:
    """Return β ln E[e^(reward/β)] under the reference: the most reward less price there is.

    It is the largest E[reward] − β D(π‖reference) over all policies π, and `tilt` attains it.

    Parameters
    ----------
    reference : array_like, shape (..., k)
        Probabilities along `axis`; the other axes broadcast.
    reward : array_like, shape (k,) or (..., k)
        In any unit.  −inf rules an outcome out.
    beta : float
        The price of a nat of divergence, in units of reward: positive.
    axis : int, default -1

    Returns
    -------
    float or ndarray, shape (...)
        In the unit of the reward: between the mean reward of the reference, as β → ∞, and the
        largest that the reference allows, as β → 0.

    Raises
    ------
    ValueError
        If a slice of `reference` is no distribution, a reward is NaN or +inf, β is not positive,
        shapes do not fit, or every outcome that the reference allows is ruled out.

    References
    ----------
    Levine, Reinforcement learning and control as probabilistic inference (2018).

    Examples
    --------
    >>> round(soft_value([0.2, 0.3, 0.5], [1, 2, 3], 1.0), 4)
    2.5497

    One chance in two of a reward of 1, at a price of 1 a nat:

    >>> round(soft_value([0.5, 0.5], [0, 1], 1.0), 4)
    0.6201
    """
    ref, gain, beta = _budget(reference, reward, beta, axis)
    ref = ref / np.sum(ref, axis=-1, keepdims=True)
    best = _best(ref, gain)
    above = _above(best, gain, beta)
    with np.errstate(all="ignore"):
        # Of E[e^above] = 1 − shortfall the logarithm is taken from the side that keeps digits.
        shortfall = np.sum(np.where(ref > 0, ref * np.expm1(above), 0.0), axis=-1)
        logits = np.log(ref) + above
        top = logits.max(axis=-1)
        log = top + np.log(np.sum(np.exp(logits - top[..., None]), axis=-1))
        nats = np.where(shortfall > -0.5, np.log1p(np.maximum(shortfall, -0.5)), log)
        value = best[..., 0] + beta * nats
        value = np.where(np.isfinite(value), value, 2 * (best[..., 0] / 2 + beta / 2 * nats))
    return _checks.result(value)


def _budget(
    reference: ArrayLike, reward: ArrayLike, beta: float, axis: int
) -> tuple[FloatArray, FloatArray, float]:
    """Return reference and reward with their outcomes on the last axis, and the price."""
    reference = _checks.probabilities(reference, "reference", axis)
    reward = _checks.masked_logits(reward, "reward", axis)
    reward = np.moveaxis(reward, axis, -1)
    beta = _checks.scalar(beta, "beta", _checks.positive)
    _checks.same_outcomes(reference, reward, ("reference", "reward"), axis)
    _checks.broadcastable(reference=reference[..., 0], reward=reward[..., 0])
    return reference, reward, beta


def _best(reference: FloatArray, reward: FloatArray) -> FloatArray:
    """Return the largest reward that the reference allows, with the last axis kept."""
    best = np.where(reference > 0, reward, -math.inf).max(axis=-1, keepdims=True)
    if np.isneginf(best).any():
        raise ValueError("reward must leave some outcome that reference allows, but all are -inf")
    return best


def _above(best: FloatArray, reward: FloatArray, beta: float) -> FloatArray:
    """Return (reward − best)/β, which is at most 0 wherever it counts."""
    return np.minimum(_exact.difference_in_units(reward, best, np.array(beta)), 0.0)


# --- from samples --------------------------------------------------------------------------


def kl_estimates(log_p: ArrayLike, log_q: ArrayLike) -> KlEstimates:
    """Return three estimates of D(p‖q) from draws of p, one of each for every draw.

    With the log ratio ℓ = ln q − ln p of a draw, k1 = −ℓ, k2 = ½ ℓ² and k3 = e^ℓ − 1 − ℓ.
    Over draws of p the mean of k1 is D(p‖q); so is that of k3 if p is positive wherever q is;
    that of k2 is close to it if every ℓ is close to 0.

    Parameters
    ----------
    log_p, log_q : array_like
        Natural logarithms of the probabilities, or densities, that p and q give to what was
        drawn from p; they broadcast.  Infinities are allowed.

    Returns
    -------
    KlEstimates(k1, k2, k3)
        Floats or ndarrays, in nats.  k1 may be negative, k2 and k3 may not.  Means are
        left to the caller.

    Raises
    ------
    ValueError
        If an entry is NaN, shapes do not fit, or both logarithms of a draw are the same infinity.

    References
    ----------
    Schulman, Approximating KL divergence (2020).

    Examples
    --------
    >>> p, q = np.array([0.7, 0.2, 0.1]), np.array([0.2, 0.3, 0.5])
    >>> k1, k2, k3 = kl_estimates(np.log(p), np.log(q))
    >>> k1.round(4), k3.round(4)
    (array([ 1.2528, -0.4055, -1.6094]), array([0.5385, 0.0945, 2.3906]))

    Their means over the draws, with the probabilities of p:

    >>> [round(float(p @ k), 4) for k in (k1, k2, k3)]
    [0.6349, 0.6952, 0.6349]
    """
    log_p, log_q = _checks.extended(log_p, "log_p"), _checks.extended(log_q, "log_q")
    _checks.broadcastable(log_p=log_p, log_q=log_q)
    with np.errstate(all="ignore"):
        ratio = log_q - log_p
        if np.isnan(ratio).any():
            raise ValueError("log_p and log_q are the same infinity at a draw: no ratio is known")
        k2 = np.square(ratio) / 2
        k3 = np.where(np.abs(ratio) <= _NEAR, _series(ratio), np.expm1(ratio) - ratio)
    k3 = np.where(np.isposinf(ratio), math.inf, k3)
    return KlEstimates(*map(_checks.result, (-ratio, k2, k3)))


def _series(x: FloatArray) -> FloatArray:
    """Return e^x − 1 − x = ½x² (1 + x/3 (1 + x/4 (…))) for small x."""
    x = np.clip(x, -_NEAR, _NEAR)
    inner = np.ones_like(x)
    for n in range(_TERMS, 2, -1):
        inner = 1 + x / n * inner
    return np.square(x) / 2 * inner


# --- the best of several draws -------------------------------------------------------------


def best_of_n(p: ArrayLike, n: int) -> FloatArray:
    """Return the distribution of the best of n draws, F(x)ⁿ − F(the next worse)ⁿ.

    Parameters
    ----------
    p : array_like, shape (..., k)
        Probabilities of one draw, sorted from the worst outcome to the best.  Outcomes that are
        equally good are one entry, as which of them is taken depends on the rule for ties.
    n : int
        How many independent draws, from 1 to 2⁵³.

    Returns
    -------
    ndarray, shape (..., k)

    Raises
    ------
    ValueError
        If an entry is negative or not finite, a slice does not sum to 1, or n is out of range.
    TypeError
        If n is not a whole number.

    See Also
    --------
    best_of_n_kl_bound : The most nats by which it can leave p.

    References
    ----------
    Beirami et al., Theoretical guarantees on the best-of-n alignment policy (2025).

    Examples
    --------
    >>> best_of_n([0.5, 0.5], 2)
    array([0.25, 0.75])
    >>> best_of_n([0.5, 0.3, 0.2], 4).round(4)
    array([0.0625, 0.3471, 0.5904])
    """
    p, n = _checks.probabilities(p, "p"), _draws(n)
    worse, better = np.cumsum(p, axis=-1), np.zeros_like(p)
    # Nothing is taken from what is better or the same: little of it would be left of a p near 1.
    better[..., :-1] = np.cumsum(p[..., :0:-1], axis=-1)[..., ::-1]
    whole = worse + better
    with np.errstate(all="ignore"):
        # log F from whichever side of 1 is the smaller, and Fⁿ less its neighbour as a product.
        log = np.where(worse > better, np.log1p(-better / whole), np.log(worse / whole))
        share = -np.expm1(n * np.log1p(-np.minimum(p / worse, 1.0)))
        best = np.where(p > 0, np.exp(n * log) * share, 0.0)
    return best / np.sum(best, axis=-1, keepdims=True)


def best_of_n_kl_bound(n: int) -> float:
    """Return ln n − (n − 1)/n nats, the most by which the best of n can leave one draw.

    It is D(best of n‖one draw) where no two draws are equally good, as with a continuous reward.

    Parameters
    ----------
    n : int
        How many independent draws, from 1 to 2⁵³.

    Returns
    -------
    float
        In nats.

    Raises
    ------
    ValueError
        If n is out of range.
    TypeError
        If n is not a whole number.

    References
    ----------
    Beirami et al., Theoretical guarantees on the best-of-n alignment policy (2025).

    Examples
    --------
    >>> round(best_of_n_kl_bound(4), 4)
    0.6363
    """
    n = _draws(n)
    return _checks.result(math.log(n) - (n - 1) / n)


def _draws(n: int) -> int:
    n = _checks.whole(n, "n", 1)
    _checks.at_most(n, 2**53, "n", "a float counts no further")
    return n


# --- from preferences ----------------------------------------------------------------------


def dpo_loss(
    chosen: ArrayLike,
    chosen_ref: ArrayLike,
    rejected: ArrayLike,
    rejected_ref: ArrayLike,
    *,
    beta: float,
) -> Result:
    """Return the loss of direct preference optimisation for pairs of answers, in nats.

    −ln σ(β m) with the margin m = (chosen − chosen_ref) − (rejected − rejected_ref): by how much
    the log-odds of the chosen answer against the rejected one are above those of the reference.

    Parameters
    ----------
    chosen, rejected : array_like
        Log-probabilities that the policy gives to the two whole answers: sums over their tokens,
        not means.
    chosen_ref, rejected_ref : array_like
        The same of the reference.  All four broadcast.
    beta : float
        The price of a nat, in units of reward: positive.

    Returns
    -------
    float or ndarray
        ln 2 where the policy is the reference; the mean over pairs is left to the caller.

    Raises
    ------
    ValueError
        If a log-probability is not finite, β is not positive, or shapes do not fit.

    See Also
    --------
    dpo_loss_grad : Its gradient.

    References
    ----------
    Rafailov et al., Direct preference optimization (2023), equation 7.

    Examples
    --------
    >>> round(dpo_loss(-12, -13, -16, -14, beta=0.1), 4)
    0.5544
    >>> round(dpo_loss(-13, -13, -14, -14, beta=0.1), 4)
    0.6931
    """
    scaled, _ = _scaled_margin(chosen, chosen_ref, rejected, rejected_ref, beta)
    return sigmoid_cross_entropy(scaled, 1.0)


def dpo_loss_grad(
    chosen: ArrayLike,
    chosen_ref: ArrayLike,
    rejected: ArrayLike,
    rejected_ref: ArrayLike,
    *,
    beta: float,
) -> DpoGradient:
    """Return the gradient of `dpo_loss` in the policy's two log-probabilities.

    ∓β σ(−β m): descent pushes the chosen answer up and the rejected one down by the same weight.

    Parameters
    ----------
    chosen, rejected : array_like
        Log-probabilities that the policy gives to the two whole answers.
    chosen_ref, rejected_ref : array_like
        The same of the reference.  All four broadcast.
    beta : float
        The price of a nat, in units of reward: positive.

    Returns
    -------
    DpoGradient(chosen, rejected)
        Floats or ndarrays; the second is the first with the other sign.

    Raises
    ------
    ValueError
        If a log-probability is not finite, β is not positive, or shapes do not fit.

    References
    ----------
    Rafailov et al., Direct preference optimization (2023).

    Examples
    --------
    >>> chosen, rejected = dpo_loss_grad(-12, -13, -16, -14, beta=0.1)
    >>> round(chosen, 4), round(rejected, 4)
    (-0.0426, 0.0426)
    """
    scaled, price = _scaled_margin(chosen, chosen_ref, rejected, rejected_ref, beta)
    weight = price * np.asarray(sigmoid(-scaled))
    return DpoGradient(_checks.result(-weight), _checks.result(weight))


def _scaled_margin(
    chosen: ArrayLike,
    chosen_ref: ArrayLike,
    rejected: ArrayLike,
    rejected_ref: ArrayLike,
    beta: float,
) -> tuple[FloatArray, float]:
    """Return β times the margin, and β."""
    named = {
        "chosen": chosen,
        "chosen_ref": chosen_ref,
        "rejected": rejected,
        "rejected_ref": rejected_ref,
    }
    logs = {name: _checks.finite(value, name) for name, value in named.items()}
    price = _checks.scalar(beta, "beta", _checks.positive)
    _checks.broadcastable(**logs)
    with np.errstate(all="ignore"):
        gained = logs["chosen"] - logs["chosen_ref"]
        scaled = price * (gained - (logs["rejected"] - logs["rejected_ref"]))
    if not np.isfinite(scaled).all():
        raise ValueError(
            "chosen, chosen_ref, rejected and rejected_ref are too large: beta times the margin "
            "is beyond the largest double"
        )
    return scaled, price


# --- many steps ----------------------------------------------------------------------------


def soft_value_iteration(
    transitions: ArrayLike, rewards: ArrayLike, *, discount: float, temperature: float
) -> SoftValues:
    """Return the values to which soft value iteration converges, and the policy that earns them.

    V(s) = τ ln Σ_a e^(Q(s,a)/τ) with Q(s,a) = rewards(s,a) + γ Σ_s' transitions(s,a,s') V(s'),
    and π(a|s) = e^((Q(s,a) − V(s))/τ).  V is the most discounted reward plus τ times the entropy,
    in nats, of every choice on the way.

    Parameters
    ----------
    transitions : array_like, shape (s, a, s)
        Row (s, a) holds the probabilities of the next state.
    rewards : array_like, shape (s, a)
    discount : float
        γ, from 0 to 1 − 10⁻⁹; values grow like 1/(1 − γ), and as many digits of the policy are lost.
    temperature : float
        τ, what a nat of entropy is worth in units of reward: positive.

    Returns
    -------
    SoftValues(values, policy)
        Of shapes (s,) and (s, a), in the unit of the reward, and probabilities of actions.

    Raises
    ------
    ValueError
        If a row of `transitions` is no distribution, a reward is not finite, a discount or
        temperature is out of range, shapes do not fit, or values are beyond the largest double.

    References
    ----------
    Haarnoja, Tang, Abbeel & Levine, Reinforcement learning with deep energy-based policies (2017).

    Examples
    --------
    Two states; the first action stays, the second goes over.  Staying in the second state pays 1,
    going there 0.2:

    >>> stay, go = [[1, 0], [0, 1]], [[0, 1], [1, 0]]
    >>> transitions = np.stack([stay, go], axis=1)
    >>> found = soft_value_iteration(
    ...     transitions, [[0, 0.2], [1, 0]], discount=0.9, temperature=0.5
    ... )
    >>> found.values.round(4)
    array([ 9.4412, 10.1769])
    >>> found.policy.round(3)
    array([[0.151, 0.849],
           [0.965, 0.035]])
    """
    transitions = _checks.probabilities(transitions, "transitions")
    rewards = _checks.finite(rewards, "rewards")
    discount = _checks.scalar(discount, "discount", _checks.unit)
    temperature = _checks.scalar(temperature, "temperature", _checks.positive)
    states = transitions.shape[-1]
    if transitions.ndim != 3 or transitions.shape[0] != states:
        raise ValueError(
            "transitions must have the axes state, action, next state, "
            f"got shape {transitions.shape}"
        )
    if rewards.shape != transitions.shape[:2]:
        raise ValueError(
            f"rewards must have shape {transitions.shape[:2]}, a number for each state and action "
            f"of transitions, got {rewards.shape}"
        )
    if discount > _MOST_PATIENT:
        raise ValueError(
            f"discount must be less than 1 by 1e-9 at least, got {discount}: nearer to 1 the values "
            "are so large that the differences between them are lost"
        )
    moves: FloatArray = transitions / np.sum(transitions, axis=-1, keepdims=True)
    with np.errstate(all="ignore"):
        values = _fixed_point(moves, rewards, discount, temperature)
        policy, _ = _soft_choice(rewards + discount * moves @ values, temperature)
    return SoftValues(values + 0.0, policy)


def _fixed_point(
    transitions: FloatArray, rewards: FloatArray, discount: float, temperature: float
) -> FloatArray:
    """Return the values by Newton's method: those of the policy that the last values make.

    V is a maximum over policies, so these values only rise, and in the end quadratically fast.
    """
    states = len(rewards)
    values = np.full(states, rewards.max(axis=1).min())
    for _ in range(200):
        worth = rewards + discount * transitions @ values
        if not np.isfinite(worth).all():
            break
        policy, entropy = _soft_choice(worth, temperature)
        earned = np.sum(policy * rewards, axis=1) + temperature * entropy
        moves = np.einsum("sa,sat->st", policy, transitions)
        new = np.linalg.solve(np.eye(states) - discount * moves, earned)
        if not np.isfinite(new).all():
            break
        small = 4 * np.finfo(float).eps * np.abs(new).max() / (1 - discount)
        if np.abs(new - values).max() <= small:
            return new
        values = new
    raise ValueError("rewards or temperature are too large: values are beyond the largest double")


def _soft_choice(worth: FloatArray, temperature: float) -> tuple[FloatArray, FloatArray]:
    """Return the policy that prefers what is worth more, and its entropy in each state."""
    policy = softmax(
        _exact.difference_in_units(worth, worth.max(axis=1, keepdims=True), np.array(temperature))
    )
    return policy, np.asarray(_exact.entropy(policy))
