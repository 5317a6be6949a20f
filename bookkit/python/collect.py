"""The book's own part of what a page loads: its packages, as far as they run in a page."""

import ast
from pathlib import Path

from bookkit.python.slicing import sliced

BOOKKIT = Path(__file__).parents[1]
# What of the engine runs in a page: it judges functions, and runs cells.
ENGINE = ("__init__.py", "output.py", "exercise/*.py", "python/__init__.py", "python/absent.py",
          "python/inpage.py")  # fmt: skip
DRAWS = ("bookkit.demo", "bookkit.figure")
ASKS = "bookkit.exercise"


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
    found = {f"bookkit/{path.relative_to(BOOKKIT).as_posix()}": path.read_bytes()
             for pattern in ENGINE for path in sorted(BOOKKIT.glob(pattern))}  # fmt: skip
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            text = _for_the_page(path.read_text("utf-8"))
            if text is not None:
                found[path.relative_to(root).as_posix()] = text.encode()
    return found


def _for_the_page(source):
    imported = _imported(source)
    if any(_within(name, DRAWS) for name in imported):
        return None
    if any(_within(name, [ASKS]) for name in imported):
        return sliced(source)
    return source


def _imported(source):
    """Return what a module imports when it is imported itself, not later in a function."""
    names = set()
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Import):
            names |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom) and not statement.level:
            names.add(statement.module)
            names |= {f"{statement.module}.{alias.name}" for alias in statement.names}
    return names


def _within(name, packages):
    return any(name == package or name.startswith(f"{package}.") for package in packages)
