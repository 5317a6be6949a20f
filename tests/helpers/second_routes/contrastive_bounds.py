"""Bounds and contrastive learning: SciPy's binomials and sums over all pairs, never itlib."""

import math

import numpy as np
from scipy import integrate, special, stats
from scipy.spatial.distance import pdist

ANSWERS = {
    "bound-cap": lambda k=512: -math.log(1 / k),
    "bound-needed": lambda bits=20: math.prod([2] * bits),
    "bound-stuck": lambda devices=8, each=48: float(special.logsumexp(np.zeros(each))),
    "bound-roof": lambda k=64, temperature=0.4: (
        math.log(k) - special.logsumexp([1 / temperature] + [0] * (k - 1)) + 1 / temperature
    ),
    "bound-variance": lambda nats=1.5: float(np.exp(nats) ** 2 - 1),
    "bound-logit": lambda times=4, logit=-0.2: math.log(math.exp(logit) * times),
    "bound-words": lambda times=3, k=5: math.log(times / k),
    "bound-aligned": lambda cosine=0.9: float(
        np.sum((np.array([1, 0]) - [cosine, math.sqrt(1 - cosine**2)]) ** 2)
    ),
}


def _pairs(flip):
    """Yield (probability together, probability apart, log-ratio) of the four pairs of bits."""
    for equal in (True, False, False, True):
        p = (1 - flip if equal else flip) / 2
        yield p, 0.25, math.log(4 * p), equal


def _critic(height=1, flip=0.1):
    first = sum(p * (height if equal else -height) for p, _, _, equal in _pairs(flip))
    second = sum(q * math.exp(height if equal else -height) for _, q, _, equal in _pairs(flip))
    return first - math.log(second)


def _last_step():
    first = sum(p * 2 * f for p, _, f, _ in _pairs(0.2))
    return first - math.log(sum(q * math.exp(2 * f) for _, q, f, _ in _pairs(0.2)))


def _guess(flip=0.2, belief=0.9):
    return sum(
        p * math.log(2 * (belief if equal else 1 - belief)) for p, _, _, equal in _pairs(flip)
    )


def _above(flip=0.05, fitted=0.35):
    return sum(
        (p - q) * math.log(1 - fitted if equal else fitted) for p, q, _, equal in _pairs(flip)
    )


def _without(flip=0.2):
    return sum(stats.entropy(a, b) for a, b in _both_ways(flip))


def _both_ways(flip):
    together = [p for p, *_ in _pairs(flip)]
    return (together, [0.25] * 4), ([0.25] * 4, together)


ANSWERS |= {
    "bound-critic-last-step": _last_step,
    "bound-critic-alone": _critic,
    "bound-guess": _guess,
    "bound-above": _above,
    "bound-without": _without,
}


def _reading(symbols, flip, k, gap):
    """Return the mean bound: over binomial strangers, in logarithms throughout."""
    m = np.arange(k)
    strangers = stats.binom(k - 1, 1 / symbols).pmf(m)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.logaddexp(np.log(m) + gap, np.log(k - 1 - m))
    alike = gap - np.logaddexp(gap, whole)
    other = -np.logaddexp(0, whole)
    return math.log(k) + float(strangers @ ((1 - flip) * alike + flip * other))


def _information(symbols, flip):
    joint = np.full((symbols, symbols), flip / symbols / (symbols - 1))
    np.fill_diagonal(joint, (1 - flip) / symbols)
    return 2 * math.log(symbols) - float(stats.entropy(joint.ravel()))


def ceiling(symbols, flip, doublings, temperature):
    m, k, tau = int(symbols), 2 ** int(doublings), float(temperature)
    best = 800.0 if flip == 0 else math.log((1 - flip) / flip) + math.log(m - 1)
    corners = (1 + 1 / (m - 1)) / tau  # the cosine of two corners of a simplex is −1/(M − 1)
    return {
        "information": _information(m, flip),
        "log_candidates": math.log(k),
        "best": _reading(m, flip, k, best),
        "cosines": _reading(m, flip, k, corners),
        "roof": math.log(k) - math.log(1 + (k - 1) * math.exp(-1 / tau)),
    }


def critic(steep, shift):
    f, p, q = [], [], []
    for together, apart, ratio, _ in _pairs(0.1):
        f.append(steep * ratio)
        p.append(together)
        q.append(apart)
    f, p, q = map(np.array, (f, p, q))
    first = float(p @ f)
    normal = f - np.log([np.exp(f[:2]).sum(), np.exp(f[2:]).sum()]).repeat(2)
    shown = 0.0
    for own, chance in zip(f, p):
        for m in range(8):  # strangers of seven that are equal bits
            whole = math.exp(own) + m * math.exp(f[0]) + (7 - m) * math.exp(f[1])
            shown += chance * math.comb(7, m) / 2**7 * math.log(8 * math.exp(own) / whole)
    ratios = np.minimum(np.maximum(np.exp(f + shift), math.exp(-0.25)), math.exp(0.25))
    return {
        "guess": math.log(2) + float(p @ normal),
        "variational": first - math.log(q @ np.exp(f)),
        "tangent": first + shift + 1 - float(q @ np.exp(f + shift)),
        "contrastive": shown,
        "cut": first + shift - math.log(q @ ratios),
    }


QUANTILES = [-1.534, -0.887, -0.489, -0.157, 0.157, 0.489, 0.887, 1.534]


def on_a_circle(classes, reach, jitter):
    n = int(classes)
    angles = np.array(
        [360 * reach * (c - (n - 1) / 2) / n + jitter * z for c in range(n) for z in QUANTILES]
    )
    gaps = np.radians(angles[:, None] - angles)
    same = np.arange(8 * n)[:, None] // 8 == np.arange(8 * n) // 8
    points = np.column_stack([np.cos(np.radians(angles)), np.sin(np.radians(angles))])
    return {
        "aligned": float(np.mean((4 * np.sin(gaps / 2) ** 2)[same])),
        "uniform": math.log(np.mean(np.exp(-2 * pdist(points, "sqeuclidean")))),
        "shown": _circle_reading(np.cos(gaps) / 0.2, same),
        "classes_share": math.log(n),
    }


def _circle_reading(scores, same, k=16):
    """Return the mean bound by E log(1 + S) = ∫ (1 − E e^(−tS)) e^(−t) dt/t, S over strangers."""

    def mean_log(i, own):
        weights = np.exp(scores[i] - own)

        def integrand(s):
            t = math.exp(s)
            power = (np.exp(-t * weights).sum() / len(weights)) ** (k - 1)
            return (1 - power) * math.exp(-t)

        return integrate.quad(integrand, -25, 5, limit=300, epsabs=1e-9)[0]

    found = {}
    for i, j in zip(*np.nonzero(same)):
        key = (i, round(scores[i, j], 9))
        if key not in found:
            found[key] = mean_log(i, scores[i, j])
    losses = [found[i, round(scores[i, j], 9)] for i, j in zip(*np.nonzero(same))]
    return math.log(k) - float(np.mean(losses))


DEMOS = {"ceiling": ceiling, "critic": critic, "on-a-circle": on_a_circle}
NATS = {"ceiling", "critic", "on-a-circle"}


def _identical(k):
    return lambda nats: (
        math.log(k)
        - float(stats.binom(k - 1, math.exp(-nats)).pmf(np.arange(k)) @ np.log1p(np.arange(k)))
    )


def _colleague(k):
    m = math.exp(12)
    return _reading(m, 0, int(round(k)), 2 * m / (m - 1))


def _log_ratio(x):
    return stats.norm(2).logpdf(x) - stats.norm(0).logpdf(x)


FIGURES = {
    "bound-opening": [None, {"q/dots": _colleague}],
    "bound-exact": [{f"K = {k}": _identical(k) for k in (16, 128, 1024)}],
    "bound-spread": [None],
    "bound-clipping": [
        {
            "p": _log_ratio,
            "clipped": lambda x: sorted((-1, _log_ratio(x), 1))[1],
            "draws of p/top": lambda x: 4 * stats.norm(2).pdf(x) - 4.5,
        }
    ],
    "bound-stages": [None, None, None],
}

# ---- curves of demos that no dot ties to a read-out ----

CURVES = {
    "ceiling": {
        "0 q": ("roof", "doublings"),
        "0 q 1": ("cosines", "doublings"),
    },
}
