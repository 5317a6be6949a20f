"""Joint and mutual information a second time, by mpmath: sums of -p log p alone."""

from mpmath import ln, mpf


def h(*shares):
    """Return the entropy in bits."""
    return -sum(exact(p) * ln(exact(p)) for p in shares if p) / ln(2)


def exact(x):
    """Return a decimal as it is printed."""
    return mpf(str(x))


def shared(a, b, c, d):
    """Return H(X) + H(Y) - H(X,Y) of a table in hundredths."""
    a, b, c, d = (mpf(n) / 100 for n in (a, b, c, d))
    return h(a + b, c + d) + h(a + c, b + d) - h(a, b, c, d)


def coin(p):
    """Return the entropy of a coin."""
    return h(p, 1 - exact(p))


def together(joint, a, b):
    """Return the pointwise mutual information in bits."""
    return ln(exact(joint) / (exact(a) * exact(b))) / ln(2)


ANSWERS = {
    "joint-independent": lambda p=0.1, q=0.3: coin(p) + coin(q),
    "joint-left": lambda h_x=1.2, h_xy=1.9: exact(h_xy) - exact(h_x),
    "joint-shared": lambda x=1.5, y=2.0, xy=3.1: exact(x) + exact(y) - exact(xy),
    "joint-word": lambda joint=0.012, a=0.04, b=0.05: together(joint, a, b),
    "joint-table-last-step": lambda: shared("37.5", "12.5", "12.5", "37.5"),
    "joint-table-alone": lambda a=30, b=20, c=10, d=40: shared(a, b, c, d),
}
