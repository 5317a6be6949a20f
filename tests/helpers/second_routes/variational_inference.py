"""Second routes of the chapter on variational inference."""

from functools import lru_cache

import numpy as np
from mpmath import exp, ln, mpf, sqrt
from precise import exact, lb
from scipy import integrate, stats

from itlib_book.variational_inference import data


def price(mu=2.5, sigma=0.5):
    mu, variance = exact(mu), exact(sigma) ** 2
    return (mu**2 + variance - 1 - ln(variance)) / 2


def stubborn(broken=0.1, lit_fine=0.05, lit_broken=0.9):
    """Return the mean log ratio of prior and posterior odds, written out for both kinds."""
    broken, lit_fine, lit_broken = map(exact, (broken, lit_fine, lit_broken))
    lit = (1 - broken) * lit_fine + broken * lit_broken
    return (1 - broken) * lb(lit / lit_fine) + broken * lb(lit / lit_broken)


def binary_entropy(p):
    return -p * lb(p) - (1 - p) * lb(1 - p)


def positive(ill=0.01, found=0.9, false=0.05):
    ill, found, false = map(exact, (ill, found, false))
    odds = ill * found / ((1 - ill) * false)
    return binary_entropy(odds / (1 + odds)) - binary_entropy(ill)


def water(variances=(10, 4, 1, 0.5), noise=0.5, beta=5):
    """Return the nats of the directions above the level, as one logarithm of a product."""
    product = mpf(1)
    for variance in map(exact, variances):
        product *= max(variance / (exact(beta) * exact(noise)), 1)
    return ln(product) / 2


def coordinate_step(fair=3, double=1, belief=0.9):
    """Return the best factor of the first coin, with both mean logarithms written out."""
    half, belief = ln(mpf(1) / 2), exact(belief)
    of_fair, of_double = fair * exp(half), double * exp((1 - belief) * half + belief * ln(mpf(1)))
    return of_double / (of_fair + of_double)


def score_variance(mu=3):
    """Return the variance of (μ + ε)ε by Gauss–Hermite quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(9)
    values, weights = (float(mu) + nodes) * nodes, weights / weights.sum()
    return mpf(weights @ values**2 - (weights @ values) ** 2)


def two_samples(double=1, of=4):
    """Return the mean over all ordered pairs of coins, drawn with replacement."""
    heads = [mpf(1)] * double + [mpf(1) / 2] * (of - double)
    return sum(lb((a + b) / 2) for a in heads for b in heads) / of**2


def one_encoder(slope=0.4, seen=6):
    """Return the divergence of two Gaussians of variance ½."""
    return ((exact(slope) - mpf(1) / 2) * exact(seen)) ** 2 / (2 * (mpf(1) / 2))


def mean_code(variance=0.3, noise=0.25):
    """Return the log likelihood at μ less its mean, which two samples μ ± σ give exactly."""
    x, mu, sigma = mpf(3), mpf(1), sqrt(exact(variance))
    at_mean, *samples = (-((x - z) ** 2) / (2 * exact(noise)) for z in (mu, mu - sigma, mu + sigma))
    return at_mean - sum(samples) / 2


ANSWERS = {
    "vi-drawer": lambda fair=5, double=3: lb(mpf(fair + double) / double),
    "vi-code-price": price,
    "vi-stubborn": stubborn,
    "vi-positive": positive,
    "vi-three-modes": lambda first=50, second=15, third=35: ln(mpf(100) / second),
    "vi-tied": lambda rho=0.8: ln(1 / (1 - exact(rho) ** 2)) / 2,
    "vi-hidden-beta": lambda width=28, height=28: mpf(width * height),
    "vi-mismatch": lambda images=16, mean_kl=5: exact(mean_kl) - ln(images),
    "vi-coordinate-step": coordinate_step,
    "vi-score-variance": score_variance,
    "vi-two-samples": two_samples,
    "vi-one-encoder": one_encoder,
    "vi-mean-code": mean_code,
    "vi-batch-beta": lambda size=128: mpf(1) / size,
    "vi-batch": lambda data=24, batch=3: sqrt(mpf(1 + data) / (1 + batch)),
    "vi-level-last-step": lambda: ln(mpf(12) / 4 * 5 / 4) / 2,
    "vi-level-alone": lambda a=20, b=7, c=2, noise=0.5, beta=10: water((a, b, c), noise, beta),
    "vi-water": water,
}


LEFT, SPREADS, _ = np.linalg.svd(data.measurements(), full_matrices=False)
LARGEST_FIRST = SPREADS**2 / len(LEFT)  # the variances along the principal directions


def gaussian_vae(mu, sigma, **_):
    whole, width = float(price(mu, sigma)), float(price(0, sigma))
    return {"price": whole, "mean_part": whole - width, "width_part": width}


def vae_beta(beta, noise, **_):
    level = beta * noise
    return {
        "in_use": f"{np.count_nonzero(LARGEST_FIRST > level)} of 6",
        "rate": float(water(LARGEST_FIRST, noise, beta)),
        "error": np.minimum(LARGEST_FIRST, level).sum(),
    }


DEMOS = {"gaussian-vae": gaussian_vae, "vae-beta": vae_beta}
NATS = set(DEMOS)

# ---- figures ----


def code_of(direction):
    """Return place ↦ the mean code of an object, from the singular vectors of the data."""
    along = LEFT[:8, direction] * np.sqrt(len(LEFT)) * np.sign(LEFT[0, direction])
    means = along * np.sqrt(max(1 - 1 / LARGEST_FIRST[direction], 0))
    return lambda place: means[round((place - direction - 0.7) / 0.6 * 7)]


def coin_divergence(q, p):
    """Return D(q‖p) of two coins in bits, with 0 log 0 = 0."""
    return sum(a * np.log2(a / b) for a, b in ((q, p), (1 - q, 1 - p)) if a > 0)


def misfit(bent):
    return (bent - 1) * np.log2(0.1) - bent * np.log2(0.9)


def bound_of(sigma):
    """Return μ ↦ the bound at x = 2: the evidence N(2; 0, 2) less the gap from N(1, ½)."""

    def bound(mu):
        gap = np.log(np.sqrt(0.5) / sigma) + sigma**2 + (mu - 1) ** 2 - 0.5
        return stats.norm.logpdf(2, 0, np.sqrt(2)) - gap

    return bound


def bell(mu, sigma):
    return lambda z: stats.norm.pdf(z, mu, sigma)


def rate_of(direction):
    return lambda beta: max(0.0, np.log(LARGEST_FIRST[direction] / beta) / 2)


def factor_width(rho):
    return 1 / np.sqrt(np.linalg.inv([[1, rho], [rho, 1]])[0, 0])


def product_gap(rho):
    """Return D(product‖posterior) of two Gaussians, from determinant and trace."""
    tied, width = np.array([[1, rho], [rho, 1]]), factor_width(rho)
    logs = np.linalg.slogdet(tied)[1] - 4 * np.log(width)
    return (logs + np.trace(np.linalg.inv(tied)) * width**2 - 2) / 2


def slope_of_the_score(noise, baseline=0):
    """Return g(z) − baseline times the slope of ln N(z; μ, 1) in μ, by a central difference."""
    z, mu, step = 2 + noise, 2, 0.5
    up, down = (-((z - mean) ** 2) / 2 for mean in (mu + step, mu - step))
    return (z**2 - baseline) * (up - down) / (2 * step)


def slope_inside(noise):
    """Return the slope of (μ + ε)² in μ, by a central difference."""
    return ((2.5 + noise) ** 2 - (1.5 + noise) ** 2) / 1.0


NODES = np.linspace(-9, 9, 721)
SHARES = stats.norm.pdf(NODES) * (NODES[1] - NODES[0])
FITS = stats.norm.pdf(2, NODES, 1)
PULLS = FITS * (2 - 2 * NODES)


@lru_cache
def more_samples(k):
    """Return the bound of k samples from the prior at x = 2, and mean and spread of its slope.

    One and two samples are averaged over all places and pairs of places; for more, 1/S and ln S
    are adaptive integrals of e^(−tS) over ln t.
    """
    if k < 3:
        total, pull, share = FITS, PULLS, SHARES
        if k == 2:
            total, pull = np.add.outer(FITS, FITS), np.add.outer(PULLS, PULLS)
            share = np.outer(SHARES, SHARES)
        mean = np.sum(share * pull / total)
        square = np.sum(share * (pull / total) ** 2)
        return np.sum(share * np.log(total / k)), mean, np.sqrt(square - mean**2)

    def shrunk(t, *powers):
        return [np.sum(SHARES * PULLS**power * np.exp(-t * FITS)) for power in powers]

    def log(u):
        (plain,) = shrunk(np.exp(u), 0)
        return np.exp(-np.exp(u)) - plain**k

    def first(u):
        plain, pulled = shrunk(np.exp(u), 0, 1)
        return k * pulled * plain ** (k - 1) * np.exp(u)

    def second(u):
        plain, pulled, squared = shrunk(np.exp(u), 0, 1, 2)
        pairs = (k - 1) * pulled**2 * plain ** (k - 2)
        return k * (squared * plain ** (k - 1) + pairs) * np.exp(2 * u)

    bound, mean, square = (
        integrate.quad(f, -25, 40, limit=400, points=[-5, 0, 5, 10], epsabs=1e-12)[0]
        for f in (log, first, second)
    )
    return bound - np.log(k), mean, np.sqrt(square - mean**2)


def gap_of(mu, sigma, x):
    """Return the evidence less the bound; (x − z²)² has the square of its mean, and a variance."""
    square = (x - mu**2 - sigma**2) ** 2 + 2 * sigma**4 + 4 * (mu * sigma) ** 2
    bound = -(square + np.log(2 * np.pi)) / 2 - (mu**2 + sigma**2 - 1) / 2 + np.log(sigma)
    return log_evidence(x) - bound


@lru_cache
def log_evidence(x):
    return np.log(np.sum(SHARES * stats.norm.pdf(x, NODES**2, 1)))


@lru_cache
def own_bell(x):
    """Return the best (μ, σ) in steps of a hundredth."""
    mus, sigmas = np.arange(301)[:, None] / 100, np.arange(10, 201) / 100
    i, j = divmod(np.argmin(gap_of(mus, sigmas, x)), sigmas.size)
    return mus[i, 0], sigmas[j]


def shared_bell(x):
    a, b, c, d = data.one_encoder()
    return a + b * x, np.exp(c + d * x)


@lru_cache
def total_at_4():
    """Return the density of x = 4 for x = z² + noise, as an integral."""
    return integrate.quad(
        lambda z: stats.norm.pdf(z) * stats.norm.pdf(4 - z * z), -8, 8, points=[-2, 2], epsabs=1e-14
    )[0]


@lru_cache
def descended():
    """Return {β: nats of the dimensions} after the descent, seen along the principal directions.

    Neither the loss nor a step of the descent depends on the axes in which the data are written.
    """
    axes, size = np.linalg.svd(data.measurements(), full_matrices=False)[2].T, len(SPREADS)
    betas = np.array(data.FITTED)
    decoder, encoder = np.random.default_rng(2).normal(0, 0.1, (2, len(betas), size, size))
    decoder, encoder = axes.T @ decoder, encoder @ axes
    variances, beta = LARGEST_FIRST, betas[:, None, None]
    log_var = np.zeros((len(betas), size))
    for _ in range(5000):
        noise = np.exp(log_var)
        miss = np.eye(size) - decoder @ encoder
        grown = decoder * noise[:, None] - (miss * variances) @ encoder.swapaxes(1, 2)
        turned = beta * encoder - decoder.swapaxes(1, 2) @ miss
        louder = noise * np.square(decoder).sum(axis=1) + betas[:, None] * (noise - 1)
        decoder, encoder = decoder - grown / 10, encoder - turned / 20
        log_var = log_var - louder / 20
    squares = np.square(encoder) @ variances
    nats = (squares + np.exp(log_var) - 1 - log_var) / 2
    return {b: sorted(row, reverse=True) for b, row in zip(data.FITTED, nats)}


def fitted_rate(i):
    return lambda beta: descended()[beta][i]


FIGURES = {
    "vi-six": [
        {f"p/dots {i}": code_of(i) for i in range(3)}
        | {f"muted/dots {i}": code_of(i + 3) for i in range(3)}
    ],
    "vi-bargain": [
        {
            "misfit": misfit,
            "price": lambda bent: coin_divergence(bent, 0.2),
            "free energy": lambda bent: coin_divergence(bent, 9 / 13) - np.log2(0.26),
            "ink/dots x": lambda _: 9 / 13,
            "ink/dots y": lambda _: -np.log2(0.26),
        },
        None,
    ],
    "vi-gap": [{f"p/line {i}": bound_of(sigma) for i, sigma in enumerate((0.5**0.5, 0.3, 1.5))}],
    "vi-two-modes": [
        {f"q/line {i}": bell(*found) for i, found in enumerate(data.best_bells())}
        | {"posterior/top": lambda z: stats.norm.pdf(z) * stats.norm.pdf(4 - z * z) / total_at_4()},
        None,
    ],
    "vi-mean-field": [None, {"width": factor_width, "gap": product_gap}],
    "vi-slopes": [
        {
            "score function": slope_of_the_score,
            "with a baseline": lambda noise: slope_of_the_score(noise, baseline=5),
            "reparameterised": slope_inside,
        },
        None,
    ],
    "vi-samples": [
        {"p": lambda k: more_samples(k)[0]},
        {"the slope": lambda k: more_samples(k)[1], "its spread": lambda k: more_samples(k)[2]},
    ],
    "vi-amortised": [
        {"best bell": lambda x: own_bell(x)[0], "one encoder": lambda x: shared_bell(x)[0]},
        {
            "best bell": lambda x: gap_of(*own_bell(x), x),
            "one encoder": lambda x: gap_of(*shared_bell(x), x),
            "q/bottom": lambda x: gap_of(*own_bell(x), x),
            "q/top": lambda x: gap_of(*shared_bell(x), x),
        },
    ],
    "vi-stall": [None],
    "vi-encoders": [
        {"q": bell(mu, sigma), "p/top": bell(0, 1)}
        for mu, sigma in ((0, 1), (1, 1), (0, 2**0.5), (2, 0.5**0.5))
    ],
    "vi-surface": [None],
    "vi-collapse": [
        {f"p/line {i}": rate_of(i) for i in range(3)}
        | {f"muted/line {i}": rate_of(i + 3) for i in range(3)}
        | {f"q/dots {i}": fitted_rate(i) for i in range(6)}
    ],
}

# ---- curves of demos that no dot ties to a read-out ----


def _nats_of(direction):
    return lambda x, noise: max(0.0, np.log(LARGEST_FIRST[direction] / x / noise) / 2)


CURVES = {
    "gaussian-vae": {
        "0 p": lambda x: stats.norm.pdf(x),
        "0 p 1": lambda x: stats.norm.pdf(x),
        "0 q": lambda x, mu, sigma: stats.norm.pdf(x, mu, sigma),
    },
    "vae-beta": {
        f"1 p{number}": _nats_of(i) for i, number in enumerate(("", " 1", " 2", " 3", " 4", " 5"))
    },
}
