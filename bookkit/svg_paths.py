"""A path of a picture in steps from point to point: the same line in a third fewer bytes."""

import re

_PART = re.compile(r"([MLCQz])([-+.,e\d\s]*)")
_NUMBER = re.compile(r"-?[\d.]+(?:e[-+]?\d+)?")
_POINTS = {"M": 1, "L": 1, "C": 3, "Q": 2}  # after each of these letters
_FINE = 100  # points lie on hundredths of a unit


def in_steps(path):
    """Return a path with relative coordinates; its points are rounded before steps are taken.

    Points on a straight line between their neighbours are left out.

    Raises
    ------
    ValueError
        If the path has commands that matplotlib does not write.

    Examples
    --------
    >>> in_steps("M 10 20 L 10.5 19.75 L 11 19.5 L 11 30 z")
    'M10 20l1-.5 0 10.5z'
    """
    if rest := _PART.sub("", path).strip():
        raise ValueError(f"a path has {rest[:20]!r}, which is not written in steps")
    steps, here, start = [], (0, 0), (0, 0)
    for letter, numbers in _PART.findall(path):
        points = _points(numbers)
        if letter == "z":
            steps.append(("z", []))
            here = start
        for first in range(0, len(points), _POINTS.get(letter, 1)):
            group = points[first : first + _POINTS[letter]]
            if letter == "M" and first == 0:
                steps.append(("M", group))
                start = group[0]
            else:
                step = [(x - here[0], y - here[1]) for x, y in group]
                _add(steps, letter.lower().replace("m", "l"), step)
            here = group[-1]
    return _written(steps)


def _points(numbers):
    """Return [(x, y)] in hundredths."""
    values = [round(float(number) * _FINE) for number in _NUMBER.findall(numbers)]
    return list(zip(values[::2], values[1::2], strict=True))


def _add(steps, letter, step):
    """Append a step; one that goes straight on lengthens the last."""
    if letter == "l" and steps and steps[-1][0] == "l":
        (x, y), (dx, dy) = steps[-1][1][0], step[0]
        if x * dy == y * dx and x * dx + y * dy >= 0:
            steps[-1] = ("l", [(x + dx, y + dy)])
            return
    steps.append((letter, step))


def _written(steps):
    written, last = [], None
    for letter, points in steps:
        numbers = " ".join(_short(value) for point in points for value in point)
        # A letter holds until the next one.
        written.append(f" {numbers}" if letter == last != "M" else letter + numbers)
        last = letter
    return "".join(written).replace(" -", "-")


def _short(value):
    """Return hundredths as a decimal number, without what can be left out."""
    text = f"{value / _FINE:.2f}".rstrip("0").rstrip(".")
    return re.sub(r"^(-?)0(?=\.)", r"\1", text)
