"""The book's own part of what a page loads: its packages, as far as they run in a page."""

import ast
from importlib import import_module
from pathlib import Path

from bookkit import store
from bookkit.python.bytecode import unzipped, zipped
from bookkit.python.carried import packed
from bookkit.python.slicing import sliced

_BOOKKIT = Path(__file__).parents[1]
# What of the engine runs in a page: it judges functions, and runs cells.
_ENGINE = (
    "__init__.py",
    "output.py",
    "exercise/*.py",
    "python/__init__.py",
    "python/absent.py",
    "python/carried.py",
    "python/inpage.py",
)
_DRAWS = ("bookkit.demo", "bookkit.figure")
_ASKS = "bookkit.exercise"
# Said of the exercises that a page judges without Python.
_OTHERS = """
from bookkit.python.absent import IN_ITS_PLACE, Absent


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Absent(f"exercises.{name}", IN_ITS_PLACE)
"""


def collected(root, packages):
    """Return the modules of the book that a page can run, as {name: bytes}.

    A module that draws is left out, since a page has no matplotlib. Of a module with exercises
    goes what its functions are judged by.

    Parameters
    ----------
    root : Path
        The folder that holds the packages.
    packages : list of str
    """
    found = {
        f"bookkit/{path.relative_to(_BOOKKIT).as_posix()}": path.read_bytes()
        for pattern in _ENGINE
        for path in sorted(_BOOKKIT.glob(pattern))
    }
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            text = _for_the_page(path.read_text("utf-8"))
            if text is not None:
                found[path.relative_to(root).as_posix()] = text.encode()
    return found


def imported_at_start(modules, first):
    """Return the modules that are imported whenever Python starts in a page.

    Parameters
    ----------
    modules : dict
        As `collected` gives them.
    first : str
        The program that a start runs.
    """
    packages = {"bookkit.python", *_imported(ast.parse(first).body)}
    return {
        name: source
        for name, source in modules.items()
        if _within(name.removesuffix(".py").replace("/", "."), packages)
    }


def left_out(there, kept):
    """Return the modules that a page lacks, without those below another one that it lacks.

    Parameters
    ----------
    there, kept : iterable of str
        The names of all files, and of those that travel.

    Examples
    --------
    >>> left_out(["a/b.py", "a/c/__init__.py", "a/c/d.py", "a/e/f.py", "a/g.py"], ["a/g.py"])
    ['a.b', 'a.c', 'a.e']
    """
    lacking = _modules(there) - _modules(kept)
    return sorted(name for name in lacking if name.rpartition(".")[0] not in lacking)


def _modules(files):
    """Return the modules in these files, and the packages above them: a folder is one by itself."""
    found = set()
    for file in files:
        if file.endswith(".py"):
            parts = file.removesuffix(".py").removesuffix("/__init__").split("/")
            found |= {".".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return found


def sources(root, packages):
    """Return the names of all files of the engine and of these packages, whether they travel or not."""
    return [
        path.relative_to(folder.parent).as_posix()
        for folder in (_BOOKKIT, *(root / package for package in packages))
        for path in folder.rglob("*.py")
    ]


def carried_data(modules, cache):
    """Return what the functions marked `@carried` in these modules give, as {name: bytes}.

    Parameters
    ----------
    modules : dict
        As `collected` gives them.
    cache : Path
        Where the data are kept as long as no module changes.
    """
    made_of = repr(sorted(modules.items())).encode()
    given = store.remembered(cache, "given", made_of, lambda: zipped(dict(_computed(modules))))
    return {f"carried/{name}": data for name, data in sorted(unzipped(given).items())}


def _computed(modules):
    for name, source in modules.items():
        if b"\n@carried" in source:
            module = import_module(name.removesuffix(".py").replace("/", "."))
            for function in vars(module).values():
                # subtle: a cache around a marked function has its attributes, and its result.
                own = getattr(function, "__module__", "") == module.__name__
                if own and getattr(function, "is_carried", False):
                    yield f"{module.__name__}.{function.__name__}", packed(function())


def _for_the_page(source):
    body = ast.parse(source).body
    if any(_within(name, _DRAWS) for name in _imported(body)):
        return None
    if _declares_exercises(body):
        return sliced(source) + _OTHERS
    return source


def _declares_exercises(body):
    """Return whether a module calls, at its top, what it imports from the engine's exercises."""
    kinds = {
        alias.asname or alias.name
        for statement in body
        if isinstance(statement, ast.ImportFrom) and _within(statement.module or "", [_ASKS])
        for alias in statement.names
    }
    made = (
        getattr(statement.value, "func", None)
        for statement in body
        if isinstance(statement, ast.Assign)
    )
    return any(getattr(function, "id", None) in kinds for function in made)


def _imported(body):
    """Return what a module imports when it is imported itself, not later in a function."""
    names = set()
    for statement in body:
        if isinstance(statement, ast.Import):
            names |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            names.add(statement.module)
            names |= {f"{statement.module}.{alias.name}" for alias in statement.names}
    return names


def _within(name, packages):
    return any(name == package or name.startswith(f"{package}.") for package in packages)
