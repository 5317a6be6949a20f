"""Second routes of the map: SciPy's entropies of one table, and areas of circle segments."""

import cmath
import math

import numpy as np
from points import in_turn, sides
from scipy import optimize, stats

TABLE = np.array([[0.4, 0.1], [0.05, 0.45]])


def bits(p, q=None):
    return float(stats.entropy(np.ravel(p), None if q is None else np.ravel(q), base=2))


H_X, H_Y, BOTH = bits([0.5, 0.5]), bits([0.45, 0.55]), bits(TABLE)
TOLD = bits(TABLE, np.outer([0.5, 0.5], [0.45, 0.55]))


ANSWERS = {"map-gap": lambda: bits([[0.3, 0.2], [0.1, 0.4]], np.outer([0.5, 0.5], [0.4, 0.6]))}


def information_map(quantity, together, unit):
    p = np.array([together - 0.05, 0.55 - together, 0.5 - together, together])
    p = np.where(p < 1e-9, 0, p)
    q = np.array([0.225, 0.275, 0.225, 0.275])
    m, h_y = (p + q) / 2, bits([0.45, 0.55])
    value, symbol, has_unit = {
        "self-information": (-math.log2(together) if together else math.inf, "I(x,y)", True),
        "entropy": (h_y, "H(Y)", True),
        "joint entropy": (bits(p), "H(X,Y)", True),
        "conditional entropy": (bits(p) - 1, "H(Y|X)", True),
        "mutual information": (1 + h_y - bits(p), "I(X;Y)", True),
        "cross-entropy": (1 + h_y, "CE(p,q)", True),
        "KL divergence": (bits(p, q), "D(p‖q)", True),
        "Jensen–Shannon": ((bits(p, m) + bits(q, m)) / 2, "D_JS(p,q)", True),
        "perplexity": (2 ** bits(p), "PP", False),
        "f-divergences": (abs(p - q).sum() / 2, "TV(p,q)", False),
    }[quantity]
    value = abs(value) * (math.log(2) if has_unit and unit == "nats" else 1)
    return {"value": f"{symbol} = {value:.4f} {unit if has_unit else ''}".rstrip()}


DEMOS = {"information-map": information_map}


def segment(radius, height):
    """Return the area that a chord at this distance from the centre cuts off."""
    angle = 2 * math.acos(height / radius)
    return radius**2 * (angle - math.sin(angle)) / 2


def circles():
    """Return place ↦ height of two circles as large as H(X) and H(Y), which share I(X;Y)."""
    r, s = math.sqrt(H_X / math.pi), math.sqrt(H_Y / math.pi)

    def shared(gap):
        chord = (gap + (r - s) * (r + s) / gap) / 2  # how far it is from the first centre
        return segment(r, chord) + segment(s, gap - chord)

    gap = optimize.brentq(lambda d: shared(d) - TOLD, 0.3, r + s, xtol=1e-15)
    half = (r + gap + s) / 2

    def reach(x):
        return math.sqrt(min(r**2 - (x - r + half) ** 2, s**2 - (x - half + s) ** 2))

    return {
        "I(X;Y)/top": reach,
        "I(X;Y)/bottom": lambda x: -reach(x),
        "H(X)": in_turn(*around(r - half, r)),
        "H(Y)": in_turn(*around(half - s, s)),
        "H(X)/shape": in_turn(*closed(r - half, r)),
        "H(Y)/shape": in_turn(*closed(half - s, s)),
    }


def around(centre, radius):
    turn = [centre + cmath.rect(radius, 2 * math.pi * i / 199) for i in range(200)]
    return [(z.real, z.imag) for z in turn]


def closed(centre, radius):
    """Return the corners of the filled circle: its last one is its first one."""
    turn = around(centre, radius)
    return [*turn, turn[0]]


FIGURES = {
    "map-flow": [None],
    "map-to-scale": [
        circles(),
        {
            "muted/bars": in_turn((4, H_X + H_Y)),
            "good/bars": in_turn((3, BOTH)),
            "p/bars": in_turn((0, BOTH - H_Y), (2, H_X)),
            "q/shape all x": sides((BOTH - H_Y, BOTH), (H_X, BOTH)),
            "mix/shape all x": sides((BOTH, BOTH + TOLD), (BOTH - H_Y, H_X)),
        },
    ],
}
