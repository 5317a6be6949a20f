"""What a formula says in numbers: its LaTeX is read as it is printed, with values for its names."""

import re

import numpy as np

SPACE = re.compile(r"\\[,;! ]|\\(?:left|right|quad)(?![a-z])|\s+")
KNOWN = {
    r"\ln": np.log,
    r"\log": np.log2,
    r"\log_2": np.log2,
    r"\sum_x": np.sum,
    r"\sum_k": np.sum,
    r"\pi": np.pi,
    "e": np.e,
}
RELATIONS = {
    "=": lambda a, b: bool(np.allclose(a, b, rtol=1e-6, atol=1e-9)),
    r"\propto": lambda a, b: bool(np.allclose(a / np.sum(a), b / np.sum(b), rtol=1e-6)),
    r"\le": lambda a, b: a <= b + 1e-9,
    r"\ge": lambda a, b: a >= b - 1e-9,
    "<": lambda a, b: a < b,
}
FRACTIONS = r"\frac", r"\tfrac"
ENDS = {"+", "-", ")", "}", ",", *RELATIONS}


def relations(latex, names):
    r"""Return (left, relation, right) of all neighbours; a formula alone is equal to `names["="]`.

    A value is a number or an array over x. A function takes what follows, up to a plus, a minus
    or a relation.

    >>> relations(r"H \le L < H + 1", {"H": 1.5, "L": 1.75})
    [(1.5, '\\le', 1.75), (1.75, '<', 2.5)]
    >>> relations(r"2^{-\ell}", {r"\ell": 2, "=": 1 / 4})
    [(0.25, '=', 0.25)]
    """
    reader, found = _Reader(latex, names), []
    while True:
        sides, signs = [reader.sum()], []
        while reader.next in RELATIONS:
            signs.append(reader.take())
            sides.append(reader.sum())
        if not signs:
            signs, sides = ["="], [names["="], *sides]
        found += [tuple(part) for part in zip(sides, signs, sides[1:])]
        if reader.next is None:
            return found
        reader.take(",")


class _Reader:
    """Reads sums, products and powers from the left to the right."""

    def __init__(self, latex, names):
        self.values = KNOWN | {SPACE.sub("", name): v for name, v in names.items() if name != "="}
        known = sorted([*self.values, *RELATIONS, *FRACTIONS], key=len, reverse=True)
        piece = "|".join([*map(re.escape, known), r"\S"])
        self.left = re.findall(piece, SPACE.sub("", latex))

    @property
    def next(self):
        return self.left[0] if self.left else None

    def take(self, expected=None):
        assert self.left and expected in (None, self.left[0]), f"{expected} is not {self.left}"
        return self.left.pop(0)

    def sum(self):
        """Return what stands between two relations or brackets."""
        total = 0 if self.next == "-" else self.product()
        while self.next in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            total = total + sign * self.product()
        return total

    def product(self):
        found = self.power()
        while self.next not in ENDS | {None}:
            if self.next == "/":
                self.take()
                found = found / self.power()
            else:
                found = found * self.power()
        return found

    def power(self):
        found = self.factor()
        if self.next == "^":
            self.take()
            found = found ** self.group()
        return found

    def factor(self):
        piece = self.take()
        if piece in self.values:
            value = self.values[piece]
            return value(self.product()) if callable(value) else value
        if piece in FRACTIONS:
            return self.group() / self.group()
        if piece == "(":
            found = self.sum()
            self.take(")")
            return found
        assert piece.isdigit(), f"nobody says what {piece!r} is"
        return self.number(piece)

    def number(self, digits):
        while self.left and self.left[0].isdigit():
            digits += self.left.pop(0)
        return float(digits)

    def group(self):
        """Return what stands in braces, or the one sign that stands without."""
        if self.next != "{":
            piece = self.take()
            return self.values[piece] if piece in self.values else float(piece)
        self.take()
        found = self.sum()
        self.take("}")
        return found
