"""Acting under a KL budget: SciPy, sums and integrals by hand, never itlib."""

import math
from functools import cache

import numpy as np
from points import in_turn
from scipy import integrate, optimize, special, stats

from itlib_book.kl_budget import data


def _kl(p, q):
    return float(stats.entropy(p, q))


def _coin(s, q):
    return float(special.rel_entr(s, q) + special.rel_entr(1 - s, 1 - q))


def _tilted(common=0.9, beta=0.4):
    return 1 / (1 + common / (1 - common) * math.exp(-1 / beta))


def _draws(target=3):
    def spent(n):
        return math.log(n) - 1 + 1 / n - target

    return math.ceil(optimize.brentq(spent, 1, 1e6))


def _softplus(x):
    return max(x, 0) + math.log1p(math.exp(-abs(x)))


def _two_words(p=0.2, after_a=0.6, after_b=0.9):
    texts = [p * after_a, p * (1 - after_a), (1 - p) * after_b, (1 - p) * (1 - after_b)]
    return _kl(texts, [0.25] * 4)


def _third_variance(d=0.8):
    def draws(power):
        def f(x):
            log = d * x - d * d / 2
            return stats.norm.pdf(x) * (math.exp(log) - 1 - log) ** power

        return integrate.quad(f, -30, 30, limit=400, points=[0, d, 2 * d])[0]

    return draws(2) - draws(1) ** 2


ANSWERS = {
    "budget-tilt-last-step": lambda: 0.5 * float(special.logsumexp([0, 2], b=[0.8, 0.2])),
    "budget-tilt-alone": _tilted,
    "budget-deviations": lambda budget=3: math.sqrt(budget) * math.sqrt(2),
    "budget-success": lambda low=0.15, high=0.6: _coin(high, low),
    "budget-best-of-two": lambda good=0.2: _coin((1 - good) * (1 - good), 1 - good),
    "budget-draws-needed": _draws,
    "budget-pair-loss": lambda margin=6, beta=0.1: _softplus(-margin * beta),
    "budget-pair-push": lambda margin=5, beta=0.1: beta / (1 + math.exp(beta * margin)),
    "budget-two-words": _two_words,
    "budget-third-variance": _third_variance,
    "budget-wrong-sign": lambda p=0.9, q=0.8: 0.5 * math.log(p * (1 - p) / (q * (1 - q))),
    "budget-one-state": lambda rewards=(1, 2), temperature=0.8: float(
        temperature * special.logsumexp(np.divide(rewards, temperature))
    ),
}


# ---- demos ----

REFERENCE = [0.2, 0.3, 0.5]


def _mean_slope(program, p):
    """Return the gradient as a double sum over words and logits."""
    found = [0.0] * 3
    for x in range(3):
        ratio = REFERENCE[x] / p[x]
        log = math.log(ratio)
        k3 = ratio - 1 - log
        factor = {
            "k1 in the loss": 1.0,
            "k2 in the loss": -log,
            "k3 in the loss": 1 - ratio,
            "k3 in the reward": k3,
        }[program]
        for j in range(3):
            found[j] += p[x] * factor * ((x == j) - p[j])
    return found


def _policies(program, first, second):
    p = [first, (1 - first) * second / 6, (1 - first) * (1 - second / 6)]
    z, way = [math.log(x) for x in p], [p]
    for _ in range(data.STEPS):
        z = [a - data.STEP * g for a, g in zip(z, _mean_slope(program, way[-1]))]
        way.append(special.softmax(z).tolist())
    return way


def four_penalties(program, first, second):
    way = _policies(program, first, second)
    return {
        "before": _kl(way[0], REFERENCE),
        "after": _kl(way[-1], REFERENCE),
        "best_bet": " ".join(f"{x:.2f}" for x in way[-1]),
    }


def budget(price, second, third):
    beta, base, r = 2**price, np.array([0.5, 0.3, 0.2]), np.array([1.0, second, third])
    p = special.softmax(np.log(base) + r / beta)
    return {
        "beta_of": beta,
        "earned": float(np.sum(p * r)),
        "spent": _kl(p, base),
        "worth": float(beta * special.logsumexp(r / beta, b=base)),
    }


KINDS = {
    "two answers, ½ and ½": [0.5, 0.5],
    "0.5, 0.3 and 0.2": [0.5, 0.3, 0.2],
    "ten answers, equally likely": [0.1] * 10,
    "a thousand, equally likely": [0.001] * 1000,
}


def best_of_n(n, kind):
    p = np.array(KINDS[kind])
    rank = np.arange(len(p))
    cdf = np.minimum(np.cumsum(p), 1)
    best = np.diff(cdf**n, prepend=0)
    deviation = math.sqrt(np.sum(p * rank**2) - np.sum(p * rank) ** 2)
    spent = _kl(best, p)

    def tilted(slope):
        return special.softmax(np.log(p) + slope * rank / len(p))

    steepest = 1e4
    same = (
        p
        if n == 1
        else tilted(
            optimize.brentq(lambda s: _kl(tilted(s), p) - spent, 1e-9, steepest, xtol=1e-12)
        )
    )
    return {
        "exact": spent,
        "formula": math.log(n) - 1 + 1 / n,
        "wins": float(sum(b * (cdf[i] - p[i] / 2) for i, b in enumerate(best))),
        "gained": float(np.sum((best - p) * rank)) / deviation,
        "could": float(np.sum((same - p) * rank)) / deviation,
    }


def estimators(shift, spread, draws):
    x, weights = np.polynomial.hermite_e.hermegauss(100)
    weights = weights / weights.sum()

    def log_ratio(x):
        return stats.norm.logpdf(x, shift, spread) - stats.norm.logpdf(x)

    def moments(of):
        mean = float(weights @ of(log_ratio(x)))
        return mean, float(weights @ (of(log_ratio(x)) - mean) ** 2)

    divergence, variance_1 = moments(lambda ratio: -ratio)
    mean_2, variance_2 = moments(lambda ratio: ratio**2 / 2)
    variance_3 = math.inf
    if spread**2 < 2:

        def square(x):
            log = log_ratio(x)
            return np.exp(
                stats.norm.logpdf(x)
                + 2 * np.log(np.maximum(np.exp(np.minimum(log, 600)) - 1 - log, 1e-300))
            )

        grid = np.linspace(-80, 120, 400_001)
        variance_3 = integrate.simpson(square(grid), x=grid) - divergence**2
    n = int(draws)
    return {
        "divergence": divergence,
        "second_mean": mean_2,
        "error_1": math.sqrt(variance_1 / n),
        "error_2": math.sqrt(variance_2 / n),
        "error_3": math.sqrt(variance_3 / n),
    }


def preference(chosen, rejected, beta):
    margin, price = chosen - rejected, float(beta)
    return {
        "margin": margin,
        "loss": _softplus(-price * margin),
        "weight": price * special.expit(-price * margin),
        "identity_loss": (margin - 0.5 / price) ** 2,
    }


DEMOS = {
    "four-penalties": four_penalties,
    "budget": budget,
    "best-of-n": best_of_n,
    "estimators": estimators,
    "preference": preference,
}
NATS = set(DEMOS)

# ---- figures ----


def _k3(log):
    return math.expm1(log) - log


def _tilts(base, rewards):
    """Return nats ↦ the tilt that is so far from the base, by a root."""
    base, rewards = np.array(base), np.array(rewards)

    def p(slope):
        return special.softmax(np.log(base) + slope * rewards)

    @cache
    def tilt(nats):
        def missing(slope):
            return float(special.rel_entr(p(slope), base).sum()) - nats

        steepest = 400.0
        if missing(steepest) <= 0:  # all is on the best answer
            return p(steepest)
        return p(optimize.brentq(missing, 0, steepest, xtol=1e-15, rtol=1e-14))

    return tilt


def _best_of(n):
    """Return nats and mean reward of the best of n draws of 0.5, 0.3 and 0.2."""
    none, one, two = 0.5**n, 0.8**n - 0.5**n, 1 - 0.8**n
    return _kl([none, one, two], [0.5, 0.3, 0.2]), one + 2 * two


def _frontier():
    tilt = _tilts([0.5, 0.3, 0.2], [0, 1, 2])
    return {
        "tilts": lambda nats: tilt(nats) @ [0, 1, 2],
        "n = 1/dots all": in_turn(*map(_best_of, (1, 2, 3, 4, 6, 10, 20))),
    }


def _overoptimised():
    worth, judged = data.proxy()
    tilt = _tilts(np.full(400, 1 / 400), judged)
    return {
        "the judge's": lambda nats: tilt(nats) @ judged,
        "true": lambda nats: tilt(nats) @ worth,
    }


@cache
def _trained():
    """Return by step: log-probabilities of chosen and rejected, and loss; a pair after the other.

    A margin is a difference of logits, for their common normaliser drops out of it.
    """
    pairs, start = data.pairs().tolist(), [math.log(p) for p in (0.6, 0.25, 0.1, 0.05)]
    z, found = list(start), []
    for _ in range(201):
        margins = [0.1 * (z[a] - start[a] - z[b] + start[b]) for a, b in pairs]
        log = [x - float(special.logsumexp(z)) for x in z]
        rows = [(log[a], log[b], _softplus(-m)) for (a, b), m in zip(pairs, margins, strict=True)]
        found.append(np.mean(rows, axis=0))
        for (a, b), margin in zip(pairs, margins, strict=True):
            push = 2 * 0.1 / (1 + math.exp(margin)) / 20
            z[a] += push
            z[b] -= push
    return found


def _by_step(column):
    return lambda step: _trained()[round(step)][column]


def _side(x):
    return math.sqrt(3) * min(x, 1 - x)


def _corner(p):
    return p[1] + p[2] / 2, p[2] * math.sqrt(0.75)


def _field(program):
    """Return the reference, and a dot wherever the program's mean slope is nothing."""
    places = [(i / 8, j / 8, (8 - i - j) / 8) for i in range(1, 7) for j in range(1, 8 - i)]
    still = [_corner(p) for p in places if max(map(abs, _mean_slope(program, p))) < 1e-12]
    found = {"muted": _side, "good/dots": in_turn(_corner(REFERENCE))}
    return found | ({"q/dots all": in_turn(*still)} if still else {})


FIGURES = {
    "budget-drift": [
        {
            "p/bars": lambda place: [0.2, 0.3, 0.5][round(place + 0.2)],
            "q/bars": lambda place: [0.7, 0.2, 0.1][round(place - 0.2)],
        }
    ],
    "budget-fields": [_field(program) for program in data.PROGRAMS],
    "budget-estimates": [
        {"k1": lambda log: -log, "k2": lambda log: log**2 / 2, "k3": _k3},
    ],
    "budget-frontier": [_frontier()],
    "budget-overoptimised": [None, _overoptimised()],
    "budget-pairs": [
        {"chosen": _by_step(0), "rejected": _by_step(1)},
        {"mix": _by_step(2), "ln 2": lambda _: math.log(2)},
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _corner(i, program, first, second):
    """Return the mean of the corners (0, 0), (1, 0) and (½, √¾), weighed by the policy."""
    _, b, c = _policies(program, first, second)[2 * i]
    return b + 0.5 * c, math.sqrt(0.75) * c


def _k1(x, shift, spread):
    return stats.norm.logpdf(x) - stats.norm.logpdf(x, shift, spread)


CURVES = {
    "four-penalties": {
        "0 q": _corner,
        "0 axes": lambda x, y: y * (y - math.sqrt(3) * x) * (y - math.sqrt(3) * (1 - x)),
        "1 q": lambda x, **state: _kl(_policies(**state)[round(x)], REFERENCE),
    },
    "best-of-n": {"0 axes": lambda x: math.log(x) - 1 + 1 / x, "1 axes": lambda x: 1 - 1 / (x + 1)},
    "estimators": {
        "0 muted": lambda x, shift, spread: stats.norm.pdf(x, shift, spread),
        "0 axes": lambda x: stats.norm.pdf(x),
        "1 p": _k1,
        "1 mix": lambda x, shift, spread: _k1(x, shift, spread) ** 2 / 2,
        "1 q": lambda x, shift, spread: _k3(-_k1(x, shift, spread)),
    },
}
