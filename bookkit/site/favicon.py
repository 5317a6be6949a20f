"""The mark of the book: two bells, one wide and one narrow, and the space between them."""

from math import exp

from bookkit.palette import light


def svg():
    """Return the mark as an SVG image, in the colours of p and q."""
    p, q = bell(14, 4.2, 20), bell(20, 7.5, 11)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" '
        'stroke-width="2.6" stroke-linecap="round">'
        f'<path stroke="{light("q")}" d="{q}"/><path stroke="{light("p")}" d="{p}"/></svg>'
    )


def bell(centre, width, height, base=27):
    """Return the path of a Gaussian bell across the mark.

    >>> bell(16, 4, 20)[:18]
    'M2 27L3.4 26.9L4.8'
    """
    xs = [2 + 1.4 * i for i in range(21)]
    points = ((x, base - height * exp(-(((x - centre) / width) ** 2) / 2)) for x in xs)
    return "M" + "L".join(f"{x:.3g} {y:.3g}" for x, y in points)
