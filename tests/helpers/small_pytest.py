"""As much of pytest as the tests of the library need, for a Python that has not the real one.

A browser's Python runs `run(sources)`: every test but those that draw examples (hypothesis), count
with sixty digits (mpmath), compare with another library, or ask for something of pytest's own.
"""

import re
import sys
from types import ModuleType, SimpleNamespace

import numpy as np

LEFT_OUT = ("hypothesis", "mpmath", "scipy", "sklearn", "strategies", "precise")


class Skipped(BaseException):
    """A test that cannot run here; no `except Exception` of what is tested stops it."""


class Lacking:
    """Stands for whatever is taken from a module that is not here; a test that uses it is skipped."""

    def __init__(self, what):
        self.what = what

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Lacking(self.what)

    def __call__(self, *args, **options):
        return Lacking(self.what)

    def _skip(self, *args):
        raise Skipped(self.what)

    __iter__ = __getitem__ = __len__ = __float__ = __array__ = __bool__ = _skip
    __enter__ = __exit__ = _skip
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = __neg__ = _skip
    __truediv__ = __rtruediv__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __hash__ = _skip


class LackingModule(ModuleType):
    """A module whose every name is lacking."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Lacking(self.__name__.partition(".")[0])


class Approx:
    """Equal up to rounding: one in a million, or 1e-12, if nothing else is said."""

    __array_ufunc__ = None  # what compares an array with this asks here

    def __init__(self, expected, rel=None, abs=None, nan_ok=False):  # noqa: A002 - pytest's names
        self.expected, self.nan_ok = expected, nan_ok
        self.abs = 1e-12 if abs is None else abs
        self.rel = (1e-6 if abs is None else 0.0) if rel is None else rel

    def __eq__(self, found):
        return self._alike(self.expected, found)

    def _alike(self, expected, found):
        if isinstance(expected, dict):
            return expected.keys() == found.keys() and all(
                self._alike(expected[key], found[key]) for key in expected
            )
        expected, found = np.asarray(expected, float), np.asarray(found, float)
        if expected.shape != found.shape and expected.shape and found.shape:
            return False
        with np.errstate(invalid="ignore"):
            near = np.abs(expected - found) <= np.maximum(self.rel * np.abs(expected), self.abs)
        near = np.where(np.isfinite(expected), near, expected == found)
        if self.nan_ok:
            near |= np.isnan(expected) & np.isnan(found)
        return bool(near.all())

    def __repr__(self):
        return f"approx({self.expected!r})"


class Raises:
    """The block must stop with such an error."""

    def __init__(self, kind, match=None):
        self.kind, self.match = kind, match

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        assert error is not None, f"{self.kind} was not raised"
        if not isinstance(error, self.kind):
            return False
        assert self.match is None or re.search(self.match, str(error)), str(error)
        self.value, self.type = error, kind
        return True


def parametrize(names, values, **_):
    """Remember the cases of a test."""
    names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)

    def mark(test):
        test.cases = [(names, values), *getattr(test, "cases", [])]
        return test

    return mark


class _Marks:
    parametrize = staticmethod(parametrize)

    def __getattr__(self, name):
        return lambda *args, **options: args[0] if args and callable(args[0]) else lambda test: test


def _param(*values, **_):
    return values if len(values) > 1 else values[0]


def _skipped(why=""):
    raise Skipped(why)


def _fixture(function=None, **_):
    return function if callable(function) else lambda wanted: wanted


def install():
    """Put the stand-ins where an import finds them."""
    pytest = ModuleType("pytest")
    pytest.approx, pytest.raises, pytest.mark = Approx, Raises, _Marks()
    pytest.param, pytest.fixture, pytest.skip = _param, _fixture, _skipped
    pytest.importorskip = lambda name, **_: _skipped(name)
    sys.modules["pytest"] = pytest
    for name in (
        *LEFT_OUT,
        "hypothesis.extra",
        "hypothesis.extra.numpy",
        "scipy.spatial",
        "scipy.spatial.distance",
        "scipy.special",
        "sklearn.feature_selection",
    ):
        sys.modules[name] = LackingModule(name)


def _cases(test):
    """Yield the arguments of each case of a test."""
    made = [{}]
    for names, values in getattr(test, "cases", []):
        made = [
            {**before, **dict(zip(names, value if len(names) > 1 else [value], strict=True))}
            for before in made
            for value in values
        ]
    return made


def run(sources, left_out=()):
    """Run the tests of some files; return how many passed, what was skipped, and what failed.

    Parameters
    ----------
    sources : dict
        The text of each file by the name of its module.
    left_out : collection of str
        Tests by name.
    """
    install()
    passed, skipped, failed = 0, {}, []

    def tell(name, problem):
        if isinstance(problem, Skipped):
            skipped.setdefault(str(problem), []).append(name)
        else:
            failed.append((name, f"{type(problem).__name__}: {problem}"[:300]))

    for module, source in sources.items():
        names = {"__name__": module}
        try:
            exec(compile(source, f"{module}.py", "exec"), names)
        except (Exception, Skipped) as problem:
            tell(module, problem)
            continue
        for name, test in list(names.items()):
            if not name.startswith("test_") or name in left_out:
                continue
            if isinstance(test, Lacking):
                skipped.setdefault(test.what, []).append(name)
                continue
            try:
                for case in _cases(test):
                    wanted = test.__code__.co_varnames[: test.__code__.co_argcount]
                    if set(wanted) != set(case):
                        raise Skipped("fixtures")
                    test(**case)
                    passed += 1
            except (Exception, Skipped) as problem:
                tell(name, problem)
    return SimpleNamespace(passed=passed, skipped=skipped, failed=failed)
