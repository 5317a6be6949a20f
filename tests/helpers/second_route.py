"""What each demo shows, computed a second time: by SciPy, by hand, by counting; never by itlib.

A function of a demo's controls gives {read-out: number or words}. Information is given in
bits where the demo's functions give bits, in nats where they give nats; words are compared as
they are.
"""

import heapq
import itertools
import math
from collections import Counter

import numpy as np
from scipy import integrate, optimize, special, stats

from itlib_book.decision_trees import demos as trees
from itlib_book.entropy import demos as entropy_demos
from itlib_book.estimating_information import demos as estimating
from itlib_book.smoothing_and_temperature import demos as smoothing
from itlib_book.variational_inference import data as variational

LN2 = math.log(2)


def h(*p):
    return stats.entropy(np.ravel(p), base=2)


def kl(p, q, base=2):
    return stats.entropy(np.ravel(p), np.ravel(q), base=base)


def coin(heads):
    return np.array([heads, 1 - heads])


def bits(p):
    return math.inf if p == 0 else -math.log2(p) + 0.0


def wrong_code(p, q, **_):
    spent = float((special.xlogy(coin(p), coin(q)) / -LN2).sum()) + 0.0
    return {"needed": h(coin(p)), "spent": spent, "wasted": kl(coin(p), coin(q))}


wrong_belief = wrong_code


def coin_entropy(heads):
    nats = -sum(special.xlogy(x, x) for x in (heads, 1 - heads))
    return {
        "bits_heads": bits(heads),
        "bits_tails": bits(round(1 - heads, 2)),
        "coin_bits": nats / LN2,
        "coin_nats": nats,
    }


def surprise(a, b):
    both = math.log(1 / a) + math.log(1 / b)
    return {
        "bits_a": bits(a),
        "bits_b": bits(b),
        "chance": a * b,
        "bits_both": both / LN2,
        "nats_both": both,
        "bans_both": both / math.log(10),
    }


def outcomes(a, b, c, d, **_):
    p = np.array([a, b, c, d]) / (a + b + c + d)
    return {
        "bits": h(p),
        "possible": math.log2(sum(x > 0 for x in (a, b, c, d))),
        "missing": kl(p, [0.25] * 4),
        "effective": math.prod(x**-x for x in p if x),
    }


def pixels(shuffled, **_):
    picture = entropy_demos._picture(shuffled)
    pairs = Counter(zip(picture[:, :-1].ravel().tolist(), picture[:, 1:].ravel().tolist()))
    left = Counter()
    for (before, _next), count in pairs.items():
        left[before] += count
    alone = h(list(Counter(picture.ravel().tolist()).values()))
    beside = h(list(pairs.values())) - h(list(left.values()))
    return {"alone": alone, "beside": beside, "told": alone - beside}


def joint(rain, if_dry, if_rain, **_):
    cells = {
        (0, 0): (1 - rain) * (1 - if_dry),
        (0, 1): (1 - rain) * if_dry,
        (1, 0): rain * (1 - if_rain),
        (1, 1): rain * if_rain,
    }
    h_x, h_xy = h(coin(rain)), h(list(cells.values()))
    h_y = h(coin(cells[0, 1] + cells[1, 1]))
    return {
        "h_x": h_x,
        "h_y": h_y,
        "h_xy": h_xy,
        "h_x_given_y": h_xy - h_y,
        "h_y_given_x": (1 - rain) * h(coin(if_dry)) + rain * h(coin(if_rain)),
        "shared": h_x + h_y - h_xy,
    }


def xor(gate, alike, flip, **_):
    made = {
        "X xor Y": lambda x, y: int(x != y),
        "X and Y": min,
        "X or Y": max,
        "X alone": lambda x, y: x,
    }[gate]
    p = Counter()
    for x, y, turned in itertools.product((0, 1), repeat=3):
        z = made(x, y) ^ turned
        p[x, y, z] += 0.5 * (alike if x == y else 1 - alike) * (flip if turned else 1 - flip)

    def of(*axes):
        margin = Counter()
        for place, share in p.items():
            margin[tuple(place[axis] for axis in axes)] += share
        return h(list(margin.values()))

    xy_given_z = of(0, 2) + of(1, 2) - of(2) - of(0, 1, 2)
    xy = of(0) + of(1) - of(0, 1)
    return {
        "x_and_z": of(0) + of(2) - of(0, 2),
        "y_and_z": of(1) + of(2) - of(1, 2),
        "both_and_z": of(0, 1) + of(2) - of(0, 1, 2),
        "x_and_y": xy,
        "x_and_y_given_z": xy_given_z,
        "middle": xy - xy_given_z,
    }


def _log_mixture(x, d, w):
    return np.logaddexp(
        math.log(w) + stats.norm.logpdf(x, -d), math.log(1 - w) + stats.norm.logpdf(x, d)
    )


def _divergence(log_p, log_q, x):
    return float(integrate.simpson(np.exp(log_p) * (log_p - log_q), x=x))


def bimodal_kl(d, w, mu, sigma):
    x = np.linspace(-60, 60, 60_001)
    p, q = _log_mixture(x, d, w), stats.norm.logpdf(x, mu, sigma)
    return {"forward_kl": _divergence(p, q, x), "reverse_kl": _divergence(q, p, x)}


def two_gaussians(mu_q, sigma_p, sigma_q, **_):
    x = np.linspace(-60, 60, 60_001)
    p, q = stats.norm.logpdf(x, 0, sigma_p), stats.norm.logpdf(x, mu_q, sigma_q)
    return {"two_forward": _divergence(p, q, x), "two_reverse": _divergence(q, p, x)}


def bimodal_2d(d, rho, shape, **_):
    """Integrate over the plane; the reverse fit by a simplex from both kinds of start."""
    xs = np.linspace(-12, 12, 161)
    grid = np.stack(np.meshgrid(xs, xs), axis=-1)
    area, cov = (xs[1] - xs[0]) ** 2, np.array([[1, rho], [rho, 1]])
    modes = [stats.multivariate_normal([at, 0], cov).logpdf(grid) for at in (-d, d)]
    log_p = np.logaddexp(*modes) - LN2

    def divergence(a, b):
        return float((np.exp(a) * (a - b)).sum() * area)

    spread = cov + np.diag([d * d, 0])
    if shape == "round only":
        spread = np.eye(2) * np.trace(spread) / 2
    forward = divergence(log_p, stats.multivariate_normal([0, 0], spread).logpdf(grid))

    def reverse(t):
        if shape == "round only":
            own = np.eye(2) * math.exp(2 * t[2])
        else:
            root = np.array([[math.exp(t[2]), 0], [t[3], math.exp(t[4])]])
            own = root @ root.T
        log_q = stats.multivariate_normal(t[:2], own).logpdf(grid)
        return divergence(log_q, log_p)

    starts = [[d, 0, 0, 0, 0], [0, 0, 0.5, 0, 0]]
    size = 3 if shape == "round only" else 5
    found = [
        optimize.minimize(
            reverse,
            s[:size],
            method="Nelder-Mead",
            options={"xatol": 1e-5, "fatol": 1e-8, "maxiter": 900},
        ).fun
        for s in starts
    ]
    return {"least_forward": forward, "least_reverse": min(found)}


def logit_gradients(y, z):
    p = special.expit(z)
    slope = p * (1 - p)
    return {
        "prediction": p,
        "ce_slope_in_prediction": 1 / (p if y else 1 - p),
        "ce_slope_in_logit": abs(p - y),
        "se_slope_in_prediction": 2 * abs(p - y),
        "se_slope_in_logit": 2 * abs(p - y) * slope,
    }


def descent(start, rate, step):
    def run(slope):
        z, count, there = start, 0, start
        while special.expit(z) < 0.9 or count < step:
            if special.expit(z) < 0.9:
                needed = count + 1
            z -= rate * slope(special.expit(z))
            count += 1
            if count == step:
                there = z
        return there, needed if special.expit(start) < 0.9 else 0

    (ce, ce_needs), (se, se_needs) = (
        run(lambda p: p - 1),
        run(lambda p: 2 * (p - 1) * p * (1 - p)),
    )
    words = "{:,} steps".format
    return {
        "ce_steps": words(ce_needs) if ce_needs != 1 else "1 step",
        "ce_prediction": special.expit(ce),
        "se_steps": words(se_needs) if se_needs != 1 else "1 step",
        "se_prediction": special.expit(se),
    }


def threshold(measured, threshold, **_):
    values, kinds = trees.FEATURES[measured], trees.IRIS.target
    sides = [
        [kind for value, kind in zip(values, kinds) if (value <= threshold) == low]
        for low in (True, False)
    ]
    spread = [h(list(Counter(side).values())) if side else 0 for side in sides]
    gain = math.log2(3) - sum(len(s) * e for s, e in zip(sides, spread)) / 150
    words = [
        f"{len(s)} flowers, {abs(e):.4f} bits" if s else "no flowers" for s, e in zip(sides, spread)
    ]
    return {"gain": gain, "left": words[0], "right": words[1]}


def criteria(share, first, second, **_):
    before = share * first + (1 - share) * second

    def fall(height):
        return height(before) - share * height(first) - (1 - share) * height(second)

    return {
        "parent": before,
        "entropy_decrease": fall(lambda p: h(coin(min(max(p, 0), 1)))),
        "gini_gap": fall(lambda p: 2 * p * (1 - p)),
        "error_gap": fall(lambda p: min(p, 1 - p)),
    }


def quantisation(sigma, places):
    step = 2.0**-places
    k = np.arange(-int(12 * sigma / step) - 2, int(12 * sigma / step) + 3)
    p = np.diff(stats.norm.cdf(np.append(k - 0.5, k[-1] + 0.5) * step, scale=sigma))
    bell = stats.norm(scale=sigma).entropy() / LN2
    return {
        "step": step,
        "reading_bits": h(p),
        "bell_bits": bell,
        "formula": bell + places,
        "off": h(p) - bell - places,
    }


def maxent(given, shape, **_):
    if given == "between 0 and 4":
        best, rate = math.log(4), 0.4 * shape
        x = np.linspace(0, 4, 20_001)
        density = np.exp(rate * x) / integrate.simpson(np.exp(rate * x), x=x)
        own = -integrate.simpson(density * np.log(density), x=x)
    elif given == "variance 1":
        best, own = stats.norm().entropy(), None
        beta = 2 * 2.0**shape
        scale = 1 / stats.gennorm(beta).std()
        own = stats.gennorm(beta, scale=scale).entropy()
    else:
        best, k = stats.expon(scale=2).entropy(), 2.0**shape
        own = stats.gamma(k, scale=2 / k).entropy()
    return {"most_bits": best / LN2, "rival_bits": own / LN2, "gap": (best - own) / LN2}


def mi_estimators(pair, n, bins, k, **_):
    rho, bins, k = estimating.CORRELATIONS[pair], int(bins), int(k)
    truth = -math.log2(1 - rho * rho) / 2 + 0.0
    found = {"plug_in": [], "corrected": [], "neighbours": []}
    for x, y in estimating.samples(pair, n):
        a, b = (((stats.rankdata(v) - 1) * bins // n).astype(int) for v in (x, y))
        counts = [Counter(zip(a, b)), Counter(a), Counter(b)]
        h_xy, h_x, h_y = (h(list(c.values())) for c in counts)
        seen = [len(c) for c in counts]
        found["plug_in"].append(h_x + h_y - h_xy)
        correction = (seen[1] + seen[2] - seen[0] - 1) / (2 * n * LN2)
        found["corrected"].append(h_x + h_y - h_xy + correction)
        dx, dy = (np.abs(v[:, None] - v) for v in (x, y))
        reach = np.sort(np.maximum(dx, dy), axis=1)[:, k, None]
        near = special.digamma((dx < reach).sum(1)) + special.digamma((dy < reach).sum(1))
        nats = special.digamma(k) + special.digamma(n) - near.mean()
        found["neighbours"].append(nats / LN2)
    shown = {"truth": truth, "prediction": (bins - 1) ** 2 / (2 * n * LN2)}
    for name, values in found.items():
        shown[f"{name}_error"] = np.mean(values) - truth
        shown[f"{name}_spread"] = np.std(values, ddof=1)
    return shown


def information_map(quantity, together, unit):
    p = np.array([together - 0.05, 0.55 - together, 0.5 - together, together])
    p = np.where(p < 1e-9, 0, p)
    q = np.array([0.225, 0.275, 0.225, 0.275])
    m, h_y = (p + q) / 2, h([0.45, 0.55])
    value, symbol, has_unit = {
        "self-information": (bits(together), "I(x,y)", True),
        "entropy": (h_y, "H(Y)", True),
        "joint entropy": (h(p), "H(X,Y)", True),
        "conditional entropy": (h(p) - 1, "H(Y|X)", True),
        "mutual information": (1 + h_y - h(p), "I(X;Y)", True),
        "cross-entropy": (1 + h_y, "CE(p,q)", True),
        "KL divergence": (kl(p, q), "D(p‖q)", True),
        "Jensen–Shannon": ((kl(p, m) + kl(q, m)) / 2, "D_JS(p,q)", True),
        "perplexity": (2 ** h(p), "PP", False),
        "f-divergences": (abs(p - q).sum() / 2, "TV(p,q)", False),
    }[quantity]
    value = abs(value) * (LN2 if has_unit and unit == "nats" else 1)
    return {"value": f"{symbol} = {value:.4f} {unit if has_unit else ''}".rstrip()}


def label_smoothing(gap, epsilon, classes, **_):
    k = int(classes)
    z = np.array([gap] + [0.0] * (k - 1))
    target = np.full(k, epsilon / k)
    target[0] += 1 - epsilon
    log_model = special.log_softmax(z)
    floor = stats.entropy(target)
    return {
        "confidence": math.exp(log_model[0]),
        "hard_loss": -log_model[0],
        "loss": -float(target @ log_model),
        "floor": floor,
        "excess": kl(target, np.exp(log_model), None),
        "slope": math.exp(log_model[0]) - target[0],
    }


def temperature(T, teacher, student, **_):
    z = np.array(smoothing.TEACHERS[teacher])
    other = {
        "knows nothing": 0 * z,
        "is half-way": z / 2,
        "prefers the second class": np.array([z[1], z[0] + 1, *z[2:]]),
    }[student]
    soft = math.dist(special.softmax(other / T), special.softmax(z / T)) / T
    return {
        "softness": h(special.softmax(z / T)),
        "plain": soft,
        "scaled": soft * T * T,
        "hard": math.dist(special.softmax(other), [1, 0, 0, 0, 0]),
    }


def huffman(symbols, ratio, block, code):
    symbols, block = int(symbols), int(block)
    weights = [ratio**i for i in range(symbols)]
    one = [w / sum(weights) for w in weights]
    p = [math.prod(letters) for letters in itertools.product(one, repeat=block)]
    if code == "Huffman":
        heap, mean = sorted(p), 0.0
        while len(heap) > 1:  # the mean length is the sum of all merged weights
            both = heapq.heappop(heap) + heapq.heappop(heap)
            mean += both
            heapq.heappush(heap, both)
        kraft = 1.0
    else:
        lengths = [math.ceil(-math.log2(x) - 1e-12) for x in p]
        mean = sum(x * n for x, n in zip(p, lengths))
        kraft = sum(2.0**-n for n in lengths)
    return {
        "bits": h(one),
        "spent": mean / block,
        "wasted": mean / block - h(one),
        "at_most": 1 / block,
        "kraft": kraft,
        "table": symbols**block,
    }


def gaussian_vae(mu, sigma, **_):
    width = (sigma**2 - 1) / 2 - math.log(sigma)
    return {"price": mu**2 / 2 + width, "mean_part": mu**2 / 2, "width_part": width}


def vae_beta(beta, noise, **_):
    data = variational.measurements()
    variances = np.linalg.svd(data, compute_uv=False) ** 2 / len(data)
    above = variances[variances > beta * noise]
    return {
        "in_use": f"{len(above)} of 6",
        "rate": float(np.log(above / (beta * noise)).sum() / 2),
        "error": float(np.minimum(variances, beta * noise).sum()),
    }
