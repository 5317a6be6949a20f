"""Circles with areas true to the numbers: the entropies of two variables and what they share."""

import math

import numpy as np

from bookkit.palette import light
from itlib import entropy, mutual_information
from itlib_book.shared.weather import WEATHER


def lens(r, s, d):
    """Return the area that two circles of radii r and s share at distance d."""
    if d >= r + s:
        return 0.0
    if d <= abs(r - s):
        return math.pi * min(r, s) ** 2
    u, v = (d * d + r * r - s * s) / (2 * d), (d * d + s * s - r * r) / (2 * d)
    return (
        r * r * math.acos(u / r) + s * s * math.acos(v / s) - d * math.sqrt(max(r * r - u * u, 0))
    )


def distance(r, s, area):
    """Return how far apart the circles stand when they share an area; by bisection."""
    low, high = abs(r - s), r + s
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if lens(r, s, middle) > area else (low, middle)
    return low


def draw_circles(ax, p_xy, title):
    h_x, h_y = entropy(p_xy.sum(axis=1)), entropy(p_xy.sum(axis=0))
    shared = mutual_information(p_xy)
    r, s = math.sqrt(h_x / math.pi), math.sqrt(h_y / math.pi)
    turn, gap = np.linspace(0, 2 * math.pi, 200), distance(r, s, shared)
    start = (r + gap + s) / 2 - r
    for radius, x, colour in ((r, -start, "p"), (s, gap - start, "q")):
        ax.fill(x + radius * np.cos(turn), radius * np.sin(turn), color=light(colour), alpha=0.3)
        ax.plot(x + radius * np.cos(turn), radius * np.sin(turn), color=light(colour))
    if shared > 1e-9:
        both = np.linspace(gap - start - s, min(r - start, gap - start + s), 200)[2:-2]
        height = np.sqrt(np.minimum(r * r - (both + start) ** 2, s * s - (both - gap + start) ** 2))
        ax.fill_between(both, -height, height, color=light("mix"), alpha=0.5, linewidth=0)
    ax.text(-1.75, -1.0, f"H(X) = {h_x:.3f}", color=light("p"), ha="left")
    ax.text(1.75, -1.0, f"H(Y) = {h_y:.3f}", color=light("q"), ha="right")
    ax.text(0, -1.3, f"I(X;Y) = {shared:.4f} bits", color=light("mix"), ha="center")
    ax.set(xlim=(-1.8, 1.8), ylim=(-1.4, 1), aspect="equal", title=title)
    ax.axis("off")


def draw_weather_circles(ax):
    """Draw the circles of weather and umbrella."""
    draw_circles(ax, WEATHER, "weather and umbrella")
