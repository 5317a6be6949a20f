"""Cross-entropy, a second time."""

from mpmath import e, exp, findroot, ln, log, mpf


def decimal(number):
    """Return the decimal number that a double was written as."""
    return mpf(str(number))


def bill(p=0.75, q=0.9):
    """Return what a coin's tosses cost in another coin's code, in bits."""
    p, q = decimal(p), decimal(q)
    return -p * log(q, 2) - (1 - p) * log(1 - q, 2)


def best_constant(share=0.1):
    """Return the least mean loss of a constant, found where its slope is zero."""
    p = decimal(share)
    q = findroot(lambda q: -p / q + (1 - p) / (1 - q), p * mpf("1.1"))
    return -p * ln(q) - (1 - p) * ln(1 - q)


ANSWERS = {
    "xent-bill-last-step": lambda: mpf(1) / 2 * 2 + mpf(1) / 4 * 2 + mpf(1) / 4,
    "xent-wrong-coin": bill,
    "xent-uniform-start": lambda k=10: ln(k),
    "xent-typical": lambda mean=0.3: 1 / exp(decimal(mean)),
    "xent-base-rate": best_constant,
    "xent-twice": lambda k=4: ln(e + k - 1) - 1,
}
