"""Runs cells and judges functions inside a page: the Python side of `worker.js`.

Nothing here needs a browser, so that all of it is tested as any other module.
"""

import ast
import builtins
import functools
import importlib
import inspect
import io
import linecache
import math
import os
import re
import sys
import traceback
from types import ModuleType

from bookkit.python.absent import Absent, AbsentModule, Finder, NotOnThisPage

_READER = "cell "  # how the names of the reader's files begin
_FUNCTION = "your function"  # the file in which an exercise is answered
_BOOK = "/book/"  # the folder of the book's own modules
MOST_PRINTED = 100_000  # characters of one cell
MOST_SHOWN = 5_000  # characters of the value of a last expression
_MOST_LINES = 8  # of a traceback
_NOBODY = "has nobody to ask on this page; write the answer into the cell"
_HELP = "help(print) tells what print is for; name what you want to know of, without quotes"
_ENDS = "A cell ends with its last line; Stop ends one that does not."
_NEEDED = (sys, builtins, ast, inspect, linecache, re, traceback)  # by whatever runs a cell


class TooMuchOutput(Exception):
    """A cell that prints without end, which no page can show."""


class Output(io.TextIOBase):
    """What a cell prints, on its way to the page."""

    def __init__(self, send):
        self._send, self.printed = send, 0

    def writable(self):
        return True

    def write(self, text):
        if self.printed >= MOST_PRINTED:
            raise TooMuchOutput(f"a cell prints at most {MOST_PRINTED:,} characters on this page")
        piece = text[: MOST_PRINTED - self.printed]
        self.printed += len(piece)
        # A lone half of a surrogate pair cannot travel to the page.
        self._send(piece.encode("utf-8", "replace").decode())
        return len(text)


def prepare(absent, stand_ins, send):
    """Make this Python that of a page: with stand-ins for what is absent, and its own streams.

    Python's own modules that are not there at all are absent too.
    """
    names = set(absent) | set(sys.stdlib_module_names)
    sys.meta_path.append(Finder(names, stand_ins, _is_of_the_book))
    builtins.input, builtins.help, builtins.display = _no_input, _Told(_HELP, _help), _display
    builtins.quit = builtins.exit = _Told(_ENDS, sys.exit)
    sys.stdin = Absent("sys.stdin", _NOBODY)
    os.system = os.popen  # which refuses, where the other returns -1 and says nothing
    # A program that sends its prints elsewhere for a while takes them back from the streams with underscores.
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Output(send)


def _is_of_the_book(file):
    return file.startswith((_READER, _FUNCTION, _BOOK))


def _no_input(prompt=""):
    raise NotOnThisPage(f"input() {_NOBODY}")


class _Told:
    """A function that says in words what it is for, where its name stands alone."""

    def __init__(self, words, call):
        self._words, self._call = words, call

    def __call__(self, *args):
        return self._call(*args)

    def __repr__(self):
        return self._words


def _display(*things, **options):
    """Print values as the last one of a cell is shown, like the function of notebooks."""
    for thing in things:
        print(_short(repr(thing)))


def _help(thing=""):
    """Print how a thing is called and what it is for, as its docstring says."""
    if isinstance(thing, (Absent, AbsentModule)):
        raise NotOnThisPage(repr(thing))
    if isinstance(thing, str):
        raise NotOnThisPage(_HELP)
    name = getattr(thing, "__name__", type(thing).__name__)
    try:
        called = inspect.signature(thing)
        bare = [one.replace(annotation=one.empty) for one in called.parameters.values()]
        name += str(called.replace(parameters=bare, return_annotation=called.empty))
    except (TypeError, ValueError):  # no function, or one that does not tell
        pass
    print(name, inspect.getdoc(thing) or "Its help text is not on this page.", sep="\n\n")


def mend_numpy(np):
    """Let linear algebra refuse what it refuses elsewhere, and files be looked for on the disk alone.

    NumPy learns of a singular matrix by a flag of the processor, which WebAssembly has not, and
    answers with NaN there (pyodide/pyodide#4859). For a file that is not there it asks the network.
    And `from numpy import *` would import all that it lists, also what a page does without.
    """
    np.__all__ = [name for name in np.__all__ if name not in ("core", "f2py", "testing")]
    np.lib._datasource.DataSource.exists = lambda self, path: os.path.exists(path)
    linalg = np.linalg
    mended = {
        "cholesky": _refusing(linalg.cholesky, "Matrix is not positive definite", np),
        "inv": _refusing(linalg.inv, "Singular matrix", np),
        "solve": _refusing(linalg.solve, "Singular matrix", np),
        "svd": _converging(linalg.svd, 1, "SVD did not converge", np),
        "eigh": _converging(linalg.eigh, 1, "Eigenvalues did not converge", np),
        "eigvalsh": _converging(linalg.eigvalsh, 1, "Eigenvalues did not converge", np),
        "lstsq": _converging(linalg.lstsq, 2, "SVD did not converge in Linear Least Squares", np),
        "det": _spreading(linalg.det, lambda a, answer: _nan_of(a, answer, np)),
        "slogdet": _spreading(
            linalg.slogdet, lambda a, answer: answer._replace(logabsdet=_nan_of(a, answer[1], np))
        ),
    }
    # matrix_power takes inv from the second, polyfit lstsq from the third
    for module in (linalg, linalg._linalg, np.lib._polynomial_impl):
        vars(module).update(mended)


def _refusing(function, problem, np):
    @functools.wraps(function)
    def checked(*args, **options):
        answer = function(*args, **options)
        if np.isnan(answer).any() and all(np.isfinite(a).all() for a in args):
            raise np.linalg.LinAlgError(problem)
        return answer

    return checked


def _converging(function, count, problem, np):
    """Refuse NaN and infinity, for which no iteration ends, in the first `count` arguments."""

    @functools.wraps(function)
    def checked(*args, **options):
        if not all(np.isfinite(a).all() for a in args[:count]):
            raise np.linalg.LinAlgError(problem)
        return function(*args, **options)

    return checked


def _spreading(function, spread):
    """Put a NaN back that got lost: the page's LAPACK takes no pivot from a column with one."""

    @functools.wraps(function)
    def checked(a):
        return spread(a, function(a))

    return checked


def _nan_of(a, answer, np):
    return np.where(np.isnan(a).any((-2, -1)), np.nan, answer)[()]


def new_namespace():
    """Return the names that a chapter begins with."""
    return {"__name__": "__main__", "__builtins__": builtins}


def main():
    """Return the names of a page, which are those of the module `__main__`: pickle and timeit look there."""
    sys.modules["__main__"] = module = ModuleType("__main__")
    return vars(module)


def run(source, name, namespace):
    """Run a cell and return what to show below its prints, as (state, text).

    Parameters
    ----------
    source : str
    name : str
        The cell's file in tracebacks.
    namespace : dict
        Changed by the cell.

    Returns
    -------
    state : {"done", "error", "absent"}
    text : str
        The value of the last expression, if there is one; or a traceback of the reader's lines;
        or what the page has not.

    Examples
    --------
    >>> run("x = 20\\nx + 1", "cell 3", new_namespace())
    ('done', '21')
    >>> print(run("x = 20\\nx / 0", "cell 3", new_namespace())[1])
    cell 3, line 2: x / 0
    ZeroDivisionError: division by zero
    """
    namespace["__builtins__"] = builtins
    namespace.pop("__warningregistry__", None)  # a cell that runs again warns again
    if isinstance(sys.__stdout__, Output):
        sys.__stdout__.printed = 0
    # Lone surrogates cannot be compiled, and their complaint could not be shown.
    source = source.encode("utf-8", "replace").decode()
    linecache.cache[name] = len(source), None, source.splitlines(True), name
    names = [(module, vars(module).copy()) for module in _NEEDED]
    modules, depth = sys.modules.copy(), sys.getrecursionlimit()
    try:
        try:
            value = _value(source, name, namespace)
        finally:
            _restore(names, modules, depth)
        return _shown(value)
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt as well
        if not _is_absent(error):
            return "error", short_traceback(error)
        # A later cell that uses what this one should have given says so, too.
        for lost in _bound_from(_place(error, name), source):
            namespace[lost] = Absent(lost)
        return "absent", short_traceback(error)


def _restore(names, modules, depth):
    """Put back what a cell took from Python, and without which no other cell runs."""
    for module, whole in names:
        module.__dict__.update(whole)  # without `vars`, which may be among what was taken
    if sys.modules.get("sys") is not sys:
        sys.modules.update(modules)
    if sys.getrecursionlimit() < depth:
        sys.setrecursionlimit(depth)


def _shown(value):
    if isinstance(value, (Absent, AbsentModule)):
        return "absent", repr(value)
    if inspect.iscoroutine(value):
        value.close()
        raise NotOnThisPage(f"a page cannot wait for {value!r}; use plain functions")
    return "done", "" if value is None else _short(repr(value))


def _value(source, name, namespace):
    tree = ast.parse(source, name)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not _is_quiet(tree.body[-1], source):
        last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, name, "exec"), namespace)
    if last is None:
        return None
    value = eval(compile(last, name, "eval"), namespace)
    if value is not None:
        namespace["_"] = value
    return value


def _is_quiet(statement, source):
    """Return whether a semicolon stands behind a statement.

    >>> [_is_quiet(ast.parse(source).body[0], source) for source in ("x; # y", "x # y;")]
    [True, False]
    """
    line = source.split("\n")[statement.end_lineno - 1].encode()
    return line[statement.end_col_offset :].lstrip().startswith(b";")


def _place(error, name):
    """Return (line, column) where a cell stopped; past its end where none of its lines did."""
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == name:
            return frame.lineno, frame.colno or 0
    return math.inf, 0


_INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _bound_from(place, source):
    """Return the names that a cell gives a meaning to in the statement at a place, or in later ones.

    Those inside a function are its own.

    >>> sorted(_bound_from((2, 0), "a = 1\\nb, c = 2, [d for d in x]\\ndef f(g):\\n    h = g"))
    ['b', 'c', 'f']
    """
    found, nodes = set(), [ast.parse(source)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.stmt) and (node.end_lineno, node.end_col_offset) <= place:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, _NAMED):
            found.add(node.name)
            continue
        nodes += [n for n in ast.iter_child_nodes(node) if not isinstance(n, _INNER)]
    return found - {"*"}


def _short(text):
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _is_absent(error):
    seen = set()  # errors may be each other's causes
    while error is not None and id(error) not in seen:
        if isinstance(error, NotOnThisPage):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _of_notebooks(begin, words):
    """Return (pattern, replacement) for the complaint about a line that only a notebook understands."""
    line = rf"^( {{4}}(?:\w[\w, ]*=\s*)?{begin}\n(?: .*\n)*SyntaxError: ).*"
    return re.compile(line, re.MULTILINE), rf"\1{words}"


# Where Python's own words are about a computer that a page is not, or leave alone who copied code or
# mathematics from a page: what replaces them.
_WORDS = (
    _of_notebooks(
        "%+time.*", "%time belongs to notebooks (Jupyter); here time.perf_counter() gives the seconds"
    ),
    _of_notebooks(
        r"%+(?!time)\w.*", "% begins a command of notebooks (Jupyter), not of Python; leave the line out"
    ),
    _of_notebooks(
        "(?:!|pip |conda ).*", "a page starts no other program and installs nothing; leave the line out"
    ),
    _of_notebooks(
        r"(?:\?+[\w.]+|[\w.]+\?+)", "? belongs to notebooks (Jupyter); here help(print) tells of print"
    ),
    _of_notebooks(
        r"(?:>>>|\.\.\.).*", ">>> and ... stand before the lines of an example; leave them out, and what it printed"
    ),
    (r"invalid character '.'.*", r"\g<0>; code is written with the signs of a keyboard, - * / and plain quotes"),
    (r"invalid non-printable character.*", r"\g<0>, which came along with a copy; type the spaces there anew"),
    (r"(?:unsupported operand type\(s\) for \^:|ufunc 'bitwise_xor' not supported).*",
     r"\g<0>; a power is written **"),
    (r"name '(log2|log10|log|exp|sqrt)' is not defined", r"\g<0>; it is np.\1, or math.\1 of one number"),
    ("'await' outside function",
     "a bare await belongs to notebooks (Jupyter); a page cannot wait, so use plain functions"),
    (r"('await'|'async \w+'|asynchronous comprehension) outside.*",
     r"\g<0>; and a page cannot wait for one, so use plain functions"),
    ("Cannot stack switch.*", "a page cannot wait for a coroutine; use plain functions"),
    ("can't start new thread", "a page has one thread; call the function itself"),
    (r"\[Errno \d+\] emscripten does not support processes.*", "a page starts no other program"),
    (r"\[Errno \d+\] Function not implemented", "this function is not there in a browser"),
    (r"\[Errno \d+\] Operation in progress", "a page has no network; write the data into the cell"),
    (r"(?<=ModuleNotFoundError: )(No module named '\w+')$", r"\1 on this page, which installs nothing"),
    ("^MemoryError$", "MemoryError: this is too large for the memory of this page"),
    ("^SystemExit(: None)?$", "SystemExit: the cell ends here, and Python goes on"),
)  # fmt: skip


def _in_words(text):
    for pattern, words in _WORDS:
        text = re.sub(pattern, words, text)
    return text


def short_traceback(error):
    """Return a traceback that tells of the reader's own lines, and of no others."""
    if isinstance(error, SyntaxError) and _is_of_the_book(str(error.filename)):
        error.text = error.text or linecache.getline(error.filename, error.lineno)
        return _in_words("".join(traceback.format_exception_only(error)).strip())
    if isinstance(error, NotOnThisPage):
        return str(error)
    shown = traceback.TracebackException.from_exception(error, limit=0)
    return "\n".join(_told(shown, error))


def _told(shown, error):
    parts = []
    while shown is not None:
        last = _short("".join(shown.format_exception_only()).strip())
        last = _in_words(last.removeprefix("bookkit.python.inpage."))
        group = zip(shown.exceptions or (), getattr(error, "exceptions", ()))
        of_group = [f"    {line}" for pair in group for line in _told(*pair)]
        parts[:0] = [*_reader_lines(error), last, *of_group]
        if shown.__cause__ is not None:
            shown, error = shown.__cause__, error.__cause__
        else:
            shown = None if shown.__suppress_context__ else shown.__context__
            error = error.__context__
    return parts


def _reader_lines(error):
    """Return the lines of the reader's that an error came through; text is looked up for few of them."""
    places = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.startswith((_READER, _FUNCTION))
    ]
    more, half = len(places) - _MOST_LINES, _MOST_LINES // 2
    shown = places if more <= 0 else places[:half] + places[-half:]
    lines = [f"{name}, line {at}: {linecache.getline(name, at).strip()}" for name, at in shown]
    return lines if more <= 0 else [*lines[:half], f"… {more} more lines", *lines[half:]]


def check(source, module, name):
    """Judge a function by the hidden cases of the exercise `name` of `module`.

    Returns
    -------
    verdict : str
        As the exercise gives it; "error" if the source itself stops, or the function in a way that
        no exercise judges; "unreadable" if there is no function of the right name in it, or its
        first line alone.
    rule : int
        Which of the exercise's messages begins the text; -1 for none.
    text : str
        What follows that message, in Markdown in which only `code` is marked up.
    """
    namespace = new_namespace() | {
        "np": importlib.import_module("numpy"),
        "math": importlib.import_module("math"),
    }
    exercises = vars(importlib.import_module(module)).values()
    exercise = next(e for e in exercises if getattr(e, "name", None) == name)
    called = exercise.solution.__name__
    if source.strip() == exercise.entry.stub:
        return "unreadable", -1, f"Write below its first line what `{called}` does."
    state, text = run(source, _FUNCTION, namespace)
    if state != "done":
        return "error", -1, text
    if not callable(namespace.get(called)):
        return "unreadable", -1, f"Define a function with the name `{called}`."
    try:
        verdict = exercise.judge(namespace[called])
    except BaseException as error:  # noqa: BLE001 - what ends Python elsewhere, or fails as it is told
        return "error", -1, short_traceback(error)
    number, message = _beginning(verdict.message, [rule.message for rule in exercise.rules])
    return verdict.verdict, number, verdict.message.removeprefix(message).strip()


def _beginning(text, messages):
    """Return the longest message that a text begins with, after its number; -1 for none."""
    found = [(i, message) for i, message in enumerate(messages) if text.startswith(message)]
    return max(found, key=lambda pair: len(pair[1]), default=(-1, ""))
