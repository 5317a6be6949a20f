"""Exercises that ask for a function, which hidden cases compare with a reference."""

import contextlib
import copy
import inspect
import io
import linecache
import textwrap
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from numbers import Real

import numpy as np

from bookkit.exercise.entries import CodeEntry, text_of
from bookkit.exercise.exercise import Exercise
from bookkit.exercise.rules import Always, Lacks, Rule, Verdict

LONGEST = 90  # characters of a value that a message shows
_ROUNDED = 1e-3  # how far off a result is with three decimals, or with 32 bits
_NEARLY = "They are near: is something rounded, or a small number added?"


@dataclass(frozen=True)
class Case:
    """Arguments, and the property that a function shows on them, as a sentence.

    The reference says what comes out, or which error is raised.
    """

    says: str
    args: tuple
    options: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Slip:
    """A function with a usual mistake, and the property of a case by which it is found out."""

    function: Callable
    says: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a function on a case, in Markdown; false when nothing is."""

    text: str = ""
    stops: bool = False

    def __bool__(self):
        return bool(self.text)


@dataclass(eq=False, repr=False, kw_only=True)
class Code(Exercise):
    """A function to be written; judged in the notebook and on a page that runs Python.

    Parameters
    ----------
    solution : function
        Its source is shown as the solution, its signature with the question.
    reference : function
        What the hidden cases compare with.
    cases : list of Case
        Judged in order; put the plain ones first.
    mistakes : list of Slip
        Not shown: the declaration proves that each is found out by the case it names.
    tolerance : float
        Relative, and absolute near zero.
    call : str
        What to type for a check in the chapter, such as `exercises.code.check(double)`.
    remark : str
        Said below the source.

    Examples
    --------
    >>> def double(x):
    ...     return 2 * x
    >>> twice = Code("twice", stars=1, minutes=1, question="Write a function that doubles.",
    ...     solution=double, reference=lambda x: x + x, hint="Twice.", why="So it is.",
    ...     cases=[Case("Two becomes four.", (2,)), Case("Negative numbers as well.", (-1,))],
    ...     call="twice.check(double)")
    >>> twice.check(lambda x: x + 2)
    Not yet. Still to be met: Negative numbers as well. `double(-1)` should give `-2`, not `1`.
    >>> twice.check(double)
    Right. So it is.
    """

    solution: Callable
    reference: Callable
    cases: list[Case]
    why: str
    call: str = ""  # required; a default lets the refusal say which exercise lacks it
    mistakes: list[Slip] = ()
    tolerance: float = 1e-9
    remark: str = ""

    def __post_init__(self):
        if not callable(self.solution) or not callable(self.reference):
            self.refuse("`solution` and `reference` are functions")
        super().__post_init__()
        self.require_text("sentence in `why`", self.why)
        self.require_text("text in `call`", self.call)
        if not self.cases:
            self.refuse("it has no cases")
        for case in self.cases:
            self.require_text("property in a case", case.says)
        self._require_solution_passes()
        self._require_slips_are_found()

    @cached_property
    def entry(self):
        return CodeEntry(
            self._properties,
            legend="Tick what your function does",
            nothing="Tick what your function does first.",
            call=f"`{self.call}`",
            module=self.solution.__module__,
            stub=self._first_line,
        )

    @cached_property
    def rules(self):
        unmet = (
            Rule(Lacks(i), "wrong", _unmet(says)) for i, says in enumerate(self._properties, 1)
        )
        return (*unmet, Rule(Always(), "correct", self.why))

    @cached_property
    def full_question(self):
        return f"{self.question}\n\n```python\n{self._first_line}\n    ...\n```"

    @cached_property
    def full_solution(self):
        try:
            source = inspect.getsource(self.solution)
        except (OSError, TypeError):
            self.refuse("the source of its solution cannot be found; define it in a file")
        return f"```python\n{textwrap.dedent(source).strip()}\n```\n\n{self.remark}".strip()

    def judge(self, reply):
        """Return the verdict on a function: the first case that fails speaks."""
        if not callable(reply):
            return Verdict("unreadable", f"Give the function itself: check({self._called}).")
        for case in self.cases:
            if fault := self._fault(reply, case):
                return Verdict("wrong", f"{_unmet(case.says)} {fault.text}")
        return Verdict("correct", self.why)

    @property
    def _first_line(self):
        return f"def {self._called}{inspect.signature(self.solution)}:"

    @property
    def _called(self):
        return self.solution.__name__

    @cached_property
    def _properties(self):
        return tuple(dict.fromkeys(case.says for case in self.cases))

    def _fault(self, function, case):
        """Return what is wrong; a function may be written for lists or for arrays.

        Of its faults that one is told which is a value, not a stop, where there is such a one.
        """
        faults = []
        for args in _forms(case.args):
            fault = self._fault_on(function, case, args)
            if not fault:
                return fault
            faults.append(fault)
        return min(faults, key=lambda fault: fault.stops)

    def _fault_on(self, function, case, given):
        wanted, refusal, _ = _run(self.reference, case, copy.deepcopy(case.args))
        args = copy.deepcopy(given)
        got, error, printed = _run(function, case, args)
        call = f"`{self._called}({_arguments(case)})`"
        if refusal and isinstance(error, type(refusal)):
            return Fault()
        if refusal:
            return Fault(f"{call} should raise a {type(refusal).__name__}.")
        if error:
            stop = _short(f"{type(error).__name__}: {text_of(error)}").removesuffix(":")
            return Fault(f"{call} stops with `{stop}`{_place(function, error)}.", stops=True)
        if not _same(args, given, 0):
            return Fault(f"{call} changes the data that it is given.")
        if got is None:
            prints = "prints, but " if printed else ""
            return Fault(f"{call} {prints}gives nothing back: is a `return` missing?")
        if not _same(got, wanted, self.tolerance):
            nearly = f" {_NEARLY}" if _same(got, wanted, _ROUNDED) else ""
            text = "the text " if isinstance(got, str) and not isinstance(wanted, str) else ""
            return Fault(f"{call} should give `{_show(wanted)}`, not {text}`{_show(got)}`.{nearly}")
        return Fault()

    def _require_solution_passes(self):
        verdict = self.judge(self.solution)
        if not verdict:
            self.refuse(f"its own solution fails: {verdict.message}")

    def _require_slips_are_found(self):
        for slip in self.mistakes:
            if slip.says not in self._properties:
                self.refuse(f"a slip names {slip.says!r}, which no case says")
            message = self.judge(slip.function).message
            if not message.startswith(_unmet(slip.says)):
                self.refuse(f"the slip for {slip.says!r} is told instead: {message}")


def _forms(args):
    """Return the arguments as they are declared, as arrays, and as lists, each form once."""
    arrays = tuple(
        np.array(arg) if isinstance(arg, list) and _is_even(arg) else arg for arg in args
    )
    lists = tuple(arg.tolist() if isinstance(arg, np.ndarray) else arg for arg in args)
    kinds = [list(map(type, form)) for form in (args, arrays, lists)]
    forms = (args, arrays, lists)
    return [form for i, form in enumerate(forms) if kinds[i] not in kinds[:i]]


def _is_even(value):
    """Return whether a list makes an array: of numbers or of texts, of equal lengths."""
    try:
        return np.array(value).dtype.kind in "biufU" and len(value) > 0
    except ValueError:
        return False


def _unmet(says):
    return f"Still to be met: {says}"


def _run(function, case, args):
    """Return what a function gives, the error it stops with, and what it prints meanwhile.

    What NumPy is told in the session to do at an overflow is no part of the function.
    """
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()) as printed,
    ):
        warnings.simplefilter("ignore")
        try:
            return function(*args, **case.options), None, printed.getvalue()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a function does is told
            return None, error, printed.getvalue()


def _place(function, error):
    """Return the line of the function's own file in which it stopped, in words, if it came to one."""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == file
    ]
    text = _short(linecache.getline(file, lines[-1])) if lines else ""
    return f", in line {lines[-1]}: `{text}`" if text else ""


def _same(got, wanted, tolerance):
    """Return whether two values agree: numbers and arrays closely, all else exactly."""
    wanted, got = _plain(wanted), _plain(got)
    right, given = _numbers(wanted), _numbers(got)
    if isinstance(wanted, (tuple, list)) and right is None:
        alike = isinstance(got, (tuple, list)) and len(got) == len(wanted)
        return alike and all(_same(a, b, tolerance) for a, b in zip(got, wanted, strict=True))
    if right is None or given is None:
        return type(got) is type(wanted) and got == wanted
    if given.shape != right.shape:
        return False
    return bool(np.allclose(given, right, rtol=tolerance, atol=tolerance, equal_nan=True))


def _plain(value):
    """Return a scalar of NumPy, and an array of other things than numbers, as Python has them."""
    is_numpy = isinstance(value, np.generic) or (
        isinstance(value, np.ndarray) and _numbers(value) is None
    )
    return value.tolist() if is_numpy else value


def _numbers(value):
    """Return a value as an array of numbers, fractions and decimals as floats; none if it is no such."""
    try:
        array = np.asarray(value)
        if array.dtype == object and all(isinstance(x, (Real, Decimal)) for x in array.flat):
            array = array.astype(float)
    except Exception:  # noqa: BLE001 - lists of unequal lengths, and whatever a reader's object does
        return None
    return array if array.dtype.kind in "biuf" else None


def _arguments(case):
    options = (f"{name}={_show(value)}" for name, value in case.options.items())
    return ", ".join([*map(_show, case.args), *options])


def _show(value):
    """Return a value as a message shows it, with the digits on which all platforms agree."""
    if isinstance(value, np.ndarray):
        shown = np.array2string(
            value, separator=", ", threshold=12, max_line_width=1000, formatter={"float": _digits}
        )
        return _short(shown)
    return _short(_written(value.item() if isinstance(value, np.generic) else value))


def _written(value):
    if type(value) is float:
        return _digits(value)
    try:
        if type(value) in (list, tuple):
            inner = ", ".join(_written(_plain(part)) for part in value)
            return f"[{inner}]" if type(value) is list else f"({inner}{',' * (len(value) == 1)})"
        shown = text_of(value, repr)
    except RecursionError:  # a list in itself
        shown = ""
    return shown or f"a value of type {type(value).__name__}"


def _digits(number):
    text = f"{number:.12g}"
    return text if set(text) & set(".eni") else f"{text}.0"


def _short(text):
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
