"""From data to places in a drawn panel."""

import numpy as np

from bookkit.demo.errors import DemoError

TENTHS = 10
MISSING = -(10**6)  # a coordinate that is not there; far outside every picture


class Scale:
    """From data to whole tenths of an SVG unit along one axis of a drawn panel.

    >>> Scale("linear", (0, 4), (10, 90)).units([0, 1, float("nan")])
    [100, 300, -1000000]
    >>> Scale("log", (1, 100), (0, 100)).units([1, 10, 1000])
    [0, 500, 1500]
    """

    def __init__(self, kind, limits, ends):
        if kind not in ("linear", "log"):
            raise DemoError(f"a panel's axis is linear or log, not {kind}")
        self._log = kind == "log"
        self._limits = self._straight(np.asarray(limits, dtype=float))
        self._ends = np.asarray(ends, dtype=float) * TENTHS

    def _straight(self, values):
        if not self._log:
            return values
        with np.errstate(divide="ignore"):
            return np.log10(values)

    def units(self, values):
        """Return the places of a number, or of a row of them, as a list of whole numbers."""
        return self.places(np.atleast_1d(np.asarray(values, dtype=float))).tolist()

    def places(self, values):
        """Return the places of an array of numbers.

        What lies more than one axis length outside the picture is moved there: it is not seen.
        """
        (a, b), (first, last) = self._limits, self._ends
        shares = ((self._straight(values) - a) / (b - a)).clip(-1.0, 2.0)
        units = np.rint(first + shares * (last - first))
        return np.where(np.isnan(units), MISSING, units).astype(np.int64)

    def for_dragging(self):
        """Return the places of both ends in SVG units, and their values (their exponents if log)."""
        numbers = *(self._ends / TENTHS).tolist(), *self._limits.tolist()
        return " ".join(f"{number:.6g}" for number in numbers) + (" log" if self._log else "")
