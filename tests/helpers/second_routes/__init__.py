"""What exercises ask for and demos show, a second time: one module a chapter, never with itlib.

A module may have

- `ANSWERS`: {name of a numeric exercise: function that gives the answer}; for a varied exercise it
  takes the same parameters, whose defaults are the printed ones: `lambda n=78: lb(n)`;
- `DEMOS`: {name of a demo: function of its controls that gives {read-out: number or words}};
- `FIGURES`: {name of a figure: a {word or colour: function of x} for each of its panels}, as
  `drawings.plotted` finds them; None for a panel that plots no numbers;
- `CURVES`: {name of a demo: {"panel colour", as `drawn_curves` names it: route}} for curves that
  no dot ties to a read-out. A route is a function of some controls and of x, which gives y; of i,
  which gives both coordinates of a point; or of x and y, which is 0 on the curve. Or it is a pair:
  the read-out whose curve it is, and the slider over which it is drawn;
- `NATS`: names of demos whose functions give information in nats; the others give bits.
"""

import importlib
import pkgutil
from collections import Counter

from mpmath import mp

mp.dps = 30
MODULES = [
    importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
]


def answers():
    """Return {name: function} of the numeric exercises of all chapters that are here."""
    return _joined("ANSWERS")


def demos():
    """Return {name: function} of the demos of all chapters that are here."""
    return _joined("DEMOS")


def curves():
    """Return {name: routes} of the demos of all chapters that are here."""
    return _joined("CURVES")


def figures():
    """Return {name: panels} of the figures of all chapters that are here."""
    return _joined("FIGURES")


def in_nats():
    """Return the names of the demos whose functions give nats."""
    return {name for module in MODULES for name in getattr(module, "NATS", ())}


def _joined(table):
    rows = [row for module in MODULES for row in getattr(module, table, {}).items()]
    twice = [name for name, count in Counter(name for name, _ in rows).items() if count > 1]
    if twice:
        raise ValueError(f"two second routes of {twice}")
    return dict(rows)
