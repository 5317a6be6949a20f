"""Second routes of the chapter on variational inference."""

from mpmath import ln, mpf, sqrt


def lb(x):
    """Return the binary logarithm."""
    return ln(x) / ln(2)


def exact(x):
    """Return a decimal fraction as exactly as mpmath holds it."""
    return mpf(str(x))


def price(mu=1, sigma=2):
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


def water(variances=(6, 3, 1.5, 0.8), noise=0.5, beta=4):
    """Return the nats of the directions above the level, as one logarithm of a product."""
    product = mpf(1)
    for variance in map(exact, variances):
        product *= max(variance / (exact(beta) * exact(noise)), 1)
    return ln(product) / 2


ANSWERS = {
    "vi-drawer": lambda fair=3, double=1: lb(mpf(fair + double) / double),
    "vi-code-price": price,
    "vi-stubborn": stubborn,
    "vi-positive": positive,
    "vi-three-modes": lambda first=50, second=30, third=20: ln(mpf(100) / second),
    "vi-tied": lambda rho=0.6: ln(1 / (1 - exact(rho) ** 2)) / 2,
    "vi-hidden-beta": lambda width=28, height=28: mpf(width * height),
    "vi-mismatch": lambda images=16, mean_kl=5: exact(mean_kl) - ln(images),
    "vi-batch": lambda data=399, batch=99: sqrt(mpf(1 + data) / (1 + batch)),
    "vi-level-last-step": lambda: ln(mpf(12) / 4 * 5 / 4) / 2,
    "vi-level-alone": lambda a=10, b=3, c=1, noise=0.5, beta=4: water((a, b, c), noise, beta),
    "vi-water": water,
}
