"""Second routes of the chapter on KL divergence."""

import math

import numpy as np
from mpmath import ln, mpf
from scipy import integrate, stats


def waste_of_fair(heads):
    """Return 1 - H(heads) in bits."""
    return 1 + sum(mpf(x) * ln(mpf(x)) / ln(2) for x in (str(heads), 1 - mpf(str(heads))))


ANSWERS = {
    "kl-coin-last-step": lambda: waste_of_fair("0.9"),
    "kl-coin-alone": lambda heads=0.8: waste_of_fair(heads),
    "kl-tosses": lambda heads=0.7, bits=10: bits / waste_of_fair(heads),
}


def log_humps(x, gap, weight):
    return np.logaddexp(
        math.log(weight) + stats.norm.logpdf(x, -gap),
        math.log(1 - weight) + stats.norm.logpdf(x, gap),
    )


def divergence(mu, sigma, gap, weight, forward):
    """Return D(p‖q), or D(q‖p), of two humps and a bell in nats, by adaptive quadrature."""

    def integrand(x):
        log_p, log_q = log_humps(x, gap, weight), stats.norm.logpdf(x, mu, sigma)
        return math.exp(log_p) * (log_p - log_q) if forward else math.exp(log_q) * (log_q - log_p)

    reach = 12 if forward else 10 * sigma
    middle = 0 if forward else mu
    return integrate.quad(integrand, middle - reach, middle + reach, limit=400, points=[middle])[0]


NODES, MASSES = np.polynomial.legendre.leggauss(400)
NODES, MASSES = 9 * NODES, 9 * MASSES * stats.norm.pdf(9 * NODES)


def two_fits(step, origin, gap, humps):
    """Take the steps again: slopes are differences of values, which Gauss's rule gives."""
    weight = {"alike": 0.5, "left one larger": 0.7}[humps]
    mean = (1 - weight) * gap - weight * gap
    variance = 1 + gap**2 - mean**2

    def reverse(mu, width):
        x = mu + math.exp(width) * NODES
        return -width - MASSES @ log_humps(x, gap, weight)

    def forward(mu, width):
        return width + (variance + (mean - mu) ** 2) / (2 * math.exp(2 * width))

    ends = []
    for value in (forward, reverse):
        mu, width, h = float(origin), math.log(1.6), 1e-5
        for _ in range(5 * round(step)):
            down = (value(mu + h, width) - value(mu - h, width)) / (2 * h)
            narrow = (value(mu, width + h) - value(mu, width - h)) / (2 * h)
            mu, width = mu - 0.1 * math.exp(2 * width) * down, width - 0.05 * narrow
        ends.append((mu, math.exp(width)))
    (mu, sigma), (other, width) = ends
    return {
        "forward_now": divergence(mu, sigma, gap, weight, True),
        "reverse_now": divergence(other, width, gap, weight, False),
        "forward_mean": mu,
        "reverse_mean": other,
    }


DEMOS = {"two-fits": two_fits}
NATS = {"two-fits"}
