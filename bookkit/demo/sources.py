"""Where a mark or a read-out gets its values: a constant, a control, or a function of controls.

The parameter list of a function says which controls it depends on, as in a pytest fixture:
``def q(mu, sigma)`` is evaluated over the stops of ``mu`` and ``sigma`` and over nothing else.
A function that gives several things at once serves several channels, each with a `Part` of it.
"""

import inspect
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from bookkit.demo.errors import DemoError

_MOST_STATES = 500_000


@dataclass(frozen=True)
class Part:
    """One of the things that `of` gives: its first, its second, …"""

    of: Any
    index: int


class Source:
    """A constant, the name of a control, or a function whose parameters are controls.

    >>> from bookkit.demo.controls import Slider
    >>> d = Slider("d", 0, 2, 1, start=0, label="d")
    >>> double = Source(lambda d: 2 * d, [d])
    >>> double.depends, list(double.over_all_states())
    (('d',), [0.0, 2.0, 4.0])
    """

    def __init__(self, of, controls):
        by_name = {control.name: control for control in controls}
        self.name = of if isinstance(of, str) else getattr(of, "__name__", "constant")
        if callable(of):
            self._value, self._first, self._named = of, *_parameters(of, by_name)
        elif isinstance(of, str):
            self._value, self._first, self._named = lambda stop: stop, [of], []
        else:
            self._value, self._first, self._named = lambda: of, [], []
        asked = self._first + self._named
        unknown = [name for name in asked if name not in by_name]
        if unknown:
            raise DemoError(
                f"{self.name} asks for {', '.join(unknown)}, "
                f"but the controls are {', '.join(by_name)}"
            )
        # The order of the controls, not of the parameters, so that tables agree with each other.
        self.depends = tuple(name for name in by_name if name in asked)
        self._stops = [by_name[name].stops for name in self.depends]
        self._last = None, None  # the last state that was asked for, and the value there

    @property
    def shape(self):
        """How many stops each control has that the value depends on."""
        return tuple(len(stops) for stops in self._stops)

    def at(self, state):
        """Return the value at one state, a mapping from control names to stops.

        Several tables may ask for the same one: it is computed once.
        """
        asked = first, named = [state[n] for n in self._first], {n: state[n] for n in self._named}
        if asked != self._last[0]:
            self._last = asked, self._value(*first, **named)
        return self._last[1]

    def states(self):
        """Return every state that the value depends on, the last control fastest."""
        if prod(self.shape) > _MOST_STATES:
            raise DemoError(
                f"{self.name} depends on {', '.join(self.depends)}: "
                f"{prod(self.shape):,} states cannot be stored; let it depend on less"
            )
        return (dict(zip(self.depends, stops)) for stops in product(*self._stops))

    def over_all_states(self):
        """Return the values at every state, the last control fastest."""
        return map(self.at, self.states())


def _parameters(function, by_name):
    """Return which controls a function is given by position, and which by name.

    It is called by position as far as that goes, as other functions call it: so one that keeps
    what it gave finds it again, since a cache of `functools` tells the two ways apart.
    """
    parameters = inspect.signature(function).parameters.values()
    if any(p.kind not in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) for p in parameters):
        raise DemoError(
            f"{function.__name__} must name the controls it depends on; "
            "*args and **kwargs do not say which"
        )
    asked = [p for p in parameters if p.default is p.empty or p.name in by_name]
    first = [p for p, q in zip(asked, parameters) if p is q and p.kind is not p.KEYWORD_ONLY]
    return [p.name for p in first], [p.name for p in asked if p not in first]
