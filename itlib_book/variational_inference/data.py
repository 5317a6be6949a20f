"""Data and computations of the chapter variational inference."""

import math
from functools import lru_cache

import numpy as np
from scipy.optimize import minimize

from itlib import (
    gaussian_kl,
    kl_divergence,
    normalize,
)
from itlib_book.shared.demands import demand_count, demand_seed

PRIOR, HEADS = np.array([3, 2, 1]) / 6, np.array([0.5, 0.75, 1.0])


def free_energy(q, prior=PRIOR, likelihood=HEADS):
    """Return the mean surprise under each q, plus its divergence from the prior, in bits."""
    return -(q @ np.log2(likelihood)) + kl_divergence(q, prior)


def beliefs(steps):
    """Return every belief about three hypotheses in whole steps, shape (n, 3)."""
    return (
        np.array([(i, j, steps - i - j) for i in range(steps + 1) for j in range(steps + 1 - i)])
        / steps
    )


Z = np.linspace(-8, 8, 1601)


def bells(mu, sigma):
    """Return Gaussians on the grid Z, as probabilities."""
    mu, sigma = np.asarray(mu)[..., None], np.asarray(sigma)[..., None]
    return normalize(np.exp(-(((Z - mu) / sigma) ** 2) / 2))


def square_problem():
    """Return the prior of z and the likelihood of x = 4, which is z² + noise, both on the grid."""
    return bells(0.0, 1.0), np.exp(-((4 - Z**2) ** 2) / 2) / math.sqrt(2 * math.pi)


def square_bound(mu, sigma, x=4.0):
    """Return the ELBO of N(μ, σ²) in nats; E_q[(x − z²)²] needs the means of z² and z⁴ alone."""
    second, fourth = mu**2 + sigma**2, mu**4 + 6 * (mu * sigma) ** 2 + 3 * sigma**4
    fit = -(x**2 - 2 * x * second + fourth + math.log(2 * math.pi)) / 2
    return fit - gaussian_kl(mu, sigma, 0, 1, base=math.e)


FARTHEST = 200  # the largest |x| at which the bells below are fine enough


@lru_cache
def best_bells(x=4.0):
    """Return (mu, sigma) of the best bell, and of the best one that is centred at 0."""
    reach = 1 + math.ceil(math.sqrt(max(x, 4.0)))
    mus = np.linspace(0, reach, 100 * reach + 1)[:, None]
    sigmas = np.linspace(0.02, 2, 199)
    bounds = square_bound(mus, sigmas, x)
    i, j = np.unravel_index(np.argmax(bounds), bounds.shape)
    return (mus[i, 0], sigmas[j]), (0.0, sigmas[np.argmax(bounds[0])])


@lru_cache
def one_encoder():
    """Return (a, b, c, d) of the best encoder N(a + b x, exp(c + d x)²) for data from the model."""
    rng = np.random.default_rng(0)
    xs = rng.normal(size=2000) ** 2 + rng.normal(size=2000)

    def loss(weights):
        a, b, c, d = weights
        return -np.mean(square_bound(a + b * xs, np.exp(c + d * xs), xs))

    options = {"maxiter": 4000, "xatol": 1e-6, "fatol": 1e-9}
    starts = ((0.0, 0.0, 0.0, 0.0), (1.0, 0.2, -1.0, -0.1))
    fits = [minimize(loss, start, method="Nelder-Mead", options=options) for start in starts]
    return tuple(min(fits, key=lambda fit: fit.fun).x)


def gaps_at(x):
    """Return how far the best bell for this x, and the encoder's, fall short of the evidence.

    The latter is an integral over z, whose logarithm is taken as it may be less than a double.
    """
    if not abs(x) <= FARTHEST:
        raise ValueError(f"x must be between {-FARTHEST} and {FARTHEST}, got {x!r}")
    reach = 8 + math.sqrt(FARTHEST)
    z, dz = np.linspace(-reach, reach, 20_001, retstep=True)
    top = float(np.logaddexp.reduce(-(z**2 + (x - z**2) ** 2) / 2)) + math.log(dz / math.tau)
    a, b, c, d = one_encoder()
    own = square_bound(*best_bells(x)[0], x)
    return top - own, top - square_bound(a + b * x, math.exp(c + d * x), x)


RHO = 0.9


def coordinate_path():
    """Return the means of two factors, as coordinate ascent sets one after the other.

    The posterior has means 0, variances 1 and correlation ρ: given one coordinate, the mean of the
    other is ρ times it. Eight rounds, shape (17, 2).
    """
    path = [(-1.8, 2.2)]
    for _ in range(8):
        path.append((RHO * path[-1][1], path[-1][1]))
        path.append((path[-1][0], RHO * path[-1][0]))
    return np.array(path)


@lru_cache
def _weight_means():
    """Return ln t on a grid, and at each t the means of e^(−tw), a e^(−tw) and a² e^(−tw).

    Here z ~ N(0, 1) is drawn from the prior, w = p(x = 2|z), and a is w times the slope of
    ln(p(z) p(x|z)) as z moves with the mean of q.
    """
    log_t = np.arange(-40, 60, 0.25)
    weight = np.exp(-((2 - Z) ** 2) / 2) / math.sqrt(2 * math.pi)
    pull = weight * (2 - 2 * Z)
    shrunk = np.exp(-np.exp(log_t)[:, None] * weight) * bells(0.0, 1.0)
    return log_t, shrunk.sum(axis=1), shrunk @ pull, shrunk @ pull**2


def importance(k):
    """Return the bound of k samples from the prior, and mean and spread of its slope in μ.

    For x = z + noise at x = 2, in nats. With S the sum of the k weights, ln S, 1/S and 1/S² are
    integrals of e^(−tS) over t, and the mean of that is the k-th power of the mean of e^(−tw): so
    nothing is drawn.
    """
    demand_count(k, "k")
    log_t, plain, pulled, squared = _weight_means()
    t, dt = np.exp(log_t), 0.25 * np.exp(log_t)
    bound = 0.25 * np.sum(np.exp(-t) - plain**k) - math.log(k)
    mean = k * np.sum(pulled * plain ** (k - 1) * dt)
    alone = k * squared * plain ** (k - 1)
    together = k * (k - 1) * pulled**2 * plain ** (k - 2) if k > 1 else 0.0
    return bound, mean, math.sqrt(np.sum((alone + together) * t * dt) - mean**2)


STEEPEST = 30  # the largest β for which steps of the rate 0.1 still lead downhill
VARIANCES = (16, 6, 2, 0.6, 0.3, 0.15)


@lru_cache
def measurements():
    """Return 400 objects with six measurements each: three large causes, three small, all mixed."""
    along = np.arange(1, 7)
    mirror = np.eye(6) - 2 * np.outer(along, along) / (along @ along)
    data = np.random.default_rng(0).normal(size=(400, 6)) * np.sqrt(VARIANCES) @ mirror
    return data - data.mean(axis=0)


@lru_cache
def spectrum():
    """Return the variances of the measurements along their principal directions, largest first."""
    data = measurements()
    return np.linalg.eigvalsh(data.T @ data / len(data))[::-1]


def solved_rates(beta, noise=1.0):
    """Return the nats of each dimension at the optimum, ½ ln(λ/βs²) where that is positive."""
    level = np.asarray(beta)[..., None] * noise
    if not (level > 0).all():
        raise ValueError(f"beta must be positive, got {beta}")
    return np.maximum(np.log(spectrum() / level) / 2, 0) + 0.0


def fitted_rates(betas, steps=5000, seed=2):
    """Return the nats of each dimension after gradient descent, for every β, largest first."""
    betas = tuple(np.ravel(betas).tolist())
    if not all(0 < beta <= STEEPEST for beta in betas):
        raise ValueError(f"betas must be above 0 and at most {STEEPEST}, got {betas}")
    demand_count(steps, "steps", least=0, most=100_000)
    demand_seed(seed)
    return _descended_rates(betas, steps, seed)


_RATE = 0.1  # of the descent


@lru_cache
def _descended_rates(betas, steps, seed):
    """Descend on decoder, encoder and widths at once.

    The average over the encoder's noise is taken exactly: with a linear decoder it is a square.
    Steps for the encoder are measured in the spread of the data, or the narrow directions crawl.
    """
    data = measurements()
    cov, size = data.T @ data / len(data), data.shape[1]
    beta = np.array(betas)[:, None, None]
    decoder, encoder = np.random.default_rng(seed).normal(0, 0.1, (2, len(betas), size, size))
    log_var = np.zeros((len(betas), 1, size))
    for _ in range(steps):
        var, miss = np.exp(log_var), decoder @ encoder - np.eye(size)
        down_decoder = miss @ cov @ encoder.swapaxes(1, 2) + decoder * var
        down_encoder = decoder.swapaxes(1, 2) @ miss + beta * encoder
        down_log_var = (np.sum(decoder**2, axis=1, keepdims=True) * var + beta * (var - 1)) / 2
        decoder = decoder - _RATE * down_decoder
        encoder = encoder - _RATE / 2 * down_encoder
        log_var = log_var - _RATE * down_log_var
    # The divergence depends on the mean through its square alone, so the mean square will do.
    spread = np.sqrt(np.sum(encoder @ cov * encoder, axis=-1))
    rates = gaussian_kl(spread, np.exp(log_var[:, 0] / 2), 0, 1, base=math.e)
    return np.sort(rates, axis=-1)[:, ::-1]


def solved_codes():
    """Return the means (8, 6) and the widths (6,) of the best linear encoder's codes, s² = 1 and β = 1.

    In a direction of variance λ > 1 the best mean is √(1 − 1/λ) times the object's standardised
    place, and the best width √(1/λ); otherwise the code is the prior, N(0, 1).
    """
    data, variances = measurements(), spectrum()
    directions = np.linalg.eigh(data.T @ data)[1][:, ::-1]
    along = data[:8] @ directions / np.sqrt(variances)
    along = along * np.sign(along[0])  # an eigenvector may point either way
    left = np.minimum(1 / variances, 1)
    return along * np.sqrt(1 - left), np.sqrt(left)


FITTED = (0.22, 0.4, 0.75, 1.2, 1.7, 3, 4.4, 7, 11, 20)


APART = 3.0
_STEPS = np.linspace(-8, 8, 321)  # from the middle of a bell
_SHARES = normalize(np.exp(-(_STEPS**2) / 2))


def pair_divergence(a, b):
    """D(q‖p) in nats, q and p equal mixtures of unit bells: at a and b, and at −3 and 3."""
    x = np.stack([a + _STEPS, b + _STEPS])  # around q's bells, wherever they are
    log_q, log_p = (
        np.logaddexp(-((x - one) ** 2) / 2, -((x - other) ** 2) / 2)
        for one, other in ((a, b), (-APART, APART))
    )
    nats = float(np.mean((log_q - log_p) @ _SHARES))
    return max(nats, 0.0)  # at the minimum rounding may leave a trace below 0


@lru_cache
def descend(a, b, rate=0.5, steps=400, width=1e-4):
    """Return the path of (a, b) downhill on `pair_divergence`, shape (steps + 1, 2)."""
    demand_count(steps, "steps", least=0, most=100_000)
    path = [(a, b)]
    for _ in range(steps):
        down_a = pair_divergence(a - width, b) - pair_divergence(a + width, b)
        down_b = pair_divergence(a, b - width) - pair_divergence(a, b + width)
        a, b = a + rate * down_a / (2 * width), b + rate * down_b / (2 * width)
        path.append((a, b))
    return np.array(path)
