"""Joint and mutual information a second time, by mpmath: sums of -p log p alone."""

from collections import Counter
from itertools import product

from mpmath import cos, findroot, ln, mpf, pi, quad, sin, sqrt
from precise import exact


def h(*shares):
    """Return the entropy in bits."""
    return -sum(exact(p) * ln(exact(p)) for p in shares if p) / ln(2)


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


def and_gate():
    """Return I(X;Y) - I(X;Y|Z) for fair coins and Z their logical and."""
    third = mpf(1) / 3
    return -mpf(3) / 4 * (2 * h(third, 2 * third) - h(third, third, third))


ANSWERS = {
    "joint-verify": lambda: h("0.2", "0.3", "0.1", "0.4"),
    "joint-rest": lambda: h("0.1", "0.5", "0.1", "0.3") - h("0.2", "0.8"),
    "joint-pointwise": lambda: together("0.05", "0.5", "0.45"),
    "joint-label": lambda: ln(100) / ln(2),
    "joint-square": lambda: h("0.2", "0.4", "0.4"),
    "joint-gate": and_gate,
    "joint-independent": lambda p=0.1, q=0.3: coin(p) + coin(q),
    "joint-left": lambda h_x=1.2, h_xy=1.9: exact(h_xy) - exact(h_x),
    "joint-shared": lambda x=1.5, y=2.0, xy=3.1: exact(x) + exact(y) - exact(xy),
    "joint-word": lambda joint=0.012, a=0.04, b=0.05: together(joint, a, b),
    "joint-table-last-step": lambda: shared("37.5", "12.5", "12.5", "37.5"),
    "joint-table-alone": lambda a=50, b=15, c=5, d=30: shared(a, b, c, d),
}


def of_margins(p, *sets):
    """Return the entropies of the margins of a distribution of tuples."""
    found = []
    for axes in sets:
        margin = Counter()
        for place, share in p.items():
            margin[tuple(place[axis] for axis in axes)] += exact(share)
        found.append(float(h(*margin.values())))
    return found


def joint(rain, if_dry, if_rain, **_):
    p = {
        (0, 0): (1 - rain) * (1 - if_dry),
        (0, 1): (1 - rain) * if_dry,
        (1, 0): rain * (1 - if_rain),
        (1, 1): rain * if_rain,
    }
    h_x, h_y, h_xy = of_margins(p, (0,), (1,), (0, 1))
    return {
        "h_x": h_x,
        "h_y": h_y,
        "h_xy": h_xy,
        "h_x_given_y": h_xy - h_y,
        "h_y_given_x": float((1 - exact(rain)) * coin(if_dry) + exact(rain) * coin(if_rain)),
        "shared": h_x + h_y - h_xy,
    }


GATES = {
    "X xor Y": lambda x, y: int(x != y),
    "X and Y": min,
    "X or Y": max,
    "X alone": lambda x, y: x,
}


def xor(gate, alike, flip, **_):
    p = Counter()
    for x, y, turned in product((0, 1), repeat=3):
        z = GATES[gate](x, y) ^ turned
        p[x, y, z] += 0.5 * (alike if x == y else 1 - alike) * (flip if turned else 1 - flip)
    x, y, z, xy, xz, yz, xyz = of_margins(p, (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))
    return {
        "x_and_z": x + z - xz,
        "y_and_z": y + z - yz,
        "both_and_z": xy + z - xyz,
        "x_and_y": x + y - xy,
        "x_and_y_given_z": xz + yz - z - xyz,
        "middle": x + y - xy - (xz + yz - z - xyz),
    }


DEMOS = {"joint": joint, "xor": xor}

# ---- figures ----


def shaded(table, strength, digits=3):
    """Return the routes of the numbers of a table and of how dark each is."""
    cells = [exact(cell) for row in table for cell in row]
    return {
        "ink/number": lambda k: round(float(cells[int(k)]), digits),
        "p/shade": lambda k: strength(cells[int(k)]),
    }


def independent(table):
    """Return the products of row and column sums."""
    rows = [sum(map(exact, row)) for row in table]
    columns = [sum(map(exact, column)) for column in zip(*table)]
    return [[a * b for b in columns] for a in rows]


def lens(r, s, gap):
    """Return what two circles share: the smaller heights of the two, added up across."""
    crossing = (gap**2 + r**2 - s**2) / (2 * gap)

    def half(radius, start):
        return quad(lambda x: sqrt(max(radius**2 - x**2, 0)), [start, radius])

    return 2 * (half(r, crossing) + half(s, gap - crossing))


def turn(k):
    """Return the angle of a point of a circle; a filled one ends where it begins."""
    return 2 * pi * (k % 200) / 199


def circles(table):
    """Return the routes of two circles with the entropies as areas and the information shared."""
    rows = [sum(map(exact, row)) for row in table]
    columns = [sum(map(exact, column)) for column in zip(*table)]
    r, s = (sqrt(h(*shares) / pi) for shares in (rows, columns))
    both = h(*rows) + h(*columns) - h(*(cell for row in table for cell in row))
    apart, inside = r + s, abs(r - s)
    if both < 1e-12:
        gap = apart
    elif pi * min(r, s) ** 2 - both < 1e-12:
        gap = inside
    else:
        ends = inside + mpf("1e-9"), apart - mpf("1e-9")
        gap = findroot(lambda gap: lens(r, s, gap) - both, ends, solver="anderson", tol=1e-18)
    left = -(r + gap + s) / 2
    centres = {"p": (r, left + r), "q": (s, left + r + gap)}
    found = {}
    for colour, (radius, centre) in centres.items():
        for kind in ("line", "shape"):
            found[f"{colour}/{kind} x"] = lambda k, r=radius, c=centre: c + r * cos(turn(k))
            found[f"{colour}/{kind} y"] = lambda k, r=radius: r * sin(turn(k))

    def reach(x):
        return min(sqrt(radius**2 - (x - c) ** 2) for radius, c in centres.values())

    overlap = {"mix/top": reach, "mix/bottom": lambda x: -reach(x)}
    return found | (overlap if both >= 1e-12 else {})


WEATHER = [[0.4, 0.1], [0.05, 0.45]]
SENSES = [[0.03, 0.001, 0.169], [0.01, 0.12, 0.67]]


def pmi(k):
    """Return the pointwise mutual information of a cell of the word senses."""
    row, column = divmod(int(k), 3)
    word = sum(exact(row[column]) for row in SENSES)
    return together(SENSES[row][column], sum(map(exact, SENSES[row])), word)


def strength_of(*cells):
    """Return how dark the cells of a colour are."""
    return lambda k: min(abs(pmi(cells[int(k)])) / 6 + mpf("0.05"), 0.6)


QUARTERS = {"ink/number": lambda _: mpf(1) / 4, "p/shade": lambda _: mpf(1) / 4}
FIGURES = {
    "joint-heat": [
        shaded(WEATHER, lambda p: min(p * 6 / 5, 0.6)),
        shaded(independent(WEATHER), lambda p: min(p * 6 / 5, 0.6)),
    ],
    "joint-circles": [
        circles(table)
        for table in (
            WEATHER,
            [[0.1, 0.5], [0.1, 0.3]],
            [[mpf((x + y) % 2) / 6 for y in range(1, 7)] for x in range(2)],
            [[0.25, 0.25], [0.25, 0.25]],
        )
    ],
    "joint-senses": [
        {
            "ink/number": lambda k: round(float(pmi(k)), 3),
            "p/shade": strength_of(0, 2, 4),
            "q/shade": strength_of(1, 3, 5),
        }
    ],
    "joint-coins": [QUARTERS, QUARTERS, QUARTERS],
}
