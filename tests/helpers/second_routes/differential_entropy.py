"""Second routes of the chapter on differential and maximum entropy."""

from mpmath import e, exp, ln, mpf, pi, sqrt


def lb(x):
    """Return the logarithm to base 2."""
    return ln(x) / ln(2)


def bell(sigma):
    """Return the entropy of a bell in bits: the logarithm of its equivalent width."""
    return lb(mpf(str(sigma)) * sqrt(2 * pi * e))


ANSWERS = {
    "diff-gaussian": lambda sigma=3: bell(sigma),
    "diff-units": lambda metres=-3.2: mpf(str(metres)) + lb(100),
    "diff-pair": lambda rho=0.6: -lb(1 - mpf(str(rho)) ** 2) / 2,
    "diff-policy": lambda alpha=0.5: exp(1 / mpf(str(alpha))) / (exp(1 / mpf(str(alpha))) + 1),
    "diff-reading-last-step": lambda: bell(0.5) - lb(mpf(1) / 32),
    "diff-reading-alone": lambda sigma=3, places=6: bell(sigma) + places,
}
