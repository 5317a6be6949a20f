"""Second routes of the page of common mistakes."""

from mpmath import exp, inf, ln, mpf

ANSWERS = {
    "mis-log": lambda: exp(mpf("1.5")),
    "mis-clip": lambda: inf,
    "mis-table": lambda: mpf(0),
    "mis-words": lambda: ln(30) / ln(2) / mpf("5.7"),
}
