"""What a piece of Python hangs on: the files of all that it imports, found without running it."""

import ast
import functools
import hashlib
import importlib.metadata
import importlib.util
import platform
import re
import sys
from pathlib import Path

# What lies beside a module and no Python reads: a page or a person does.
_NOT_READ = {".css", ".js", ".md", ".html", ".pyc"}


def key(codes, packages):
    """Return a short hash of all that pieces of Python import from `packages`, and of versions.

    Parameters
    ----------
    codes : iterable of str
        The cells of a notebook, say. What is no Python, such as `%time`, imports nothing.
    packages : iterable of str
        The packages whose files are followed, import by import.
        Of any other package its version counts, and nothing of the standard library but Python's.
    """
    return keys({"": codes}, packages)[""]


def keys(pieces, packages):
    """Return {name: key} for {name: codes}; each module that they import is looked at once."""
    look, read = functools.cache(_module), functools.cache(Path.read_bytes)
    return {name: _key(*followed(codes, packages, look), read) for name, codes in pieces.items()}


def _key(files, foreign, read):
    digest = hashlib.sha256(platform.python_version().encode())
    for name in sorted(foreign - sys.stdlib_module_names):
        digest.update(f"{name} {_version(name)};".encode())
    for file in sorted(files):
        digest.update(file.name.encode() + read(file))
    return digest.hexdigest()[:16]


def followed(codes, packages, look=None):
    """Return the files that `codes` hang on, and the names of the other packages they import.

    `look` gives the same as `_module`, which tells both of one module.
    """
    look = look or _module
    files, foreign, seen = set(), set(), set()
    wanted = set().union(*(_imported(code, "") for code in codes))
    while wanted:
        name = wanted.pop()
        seen.add(name)
        if name.partition(".")[0] not in packages:
            foreign.add(name.partition(".")[0])
        else:
            read, named = look(name)
            files |= read
            wanted |= named - seen
    return files, foreign


def _module(name):
    """Return the files of a module, and what it imports; nothing for what is no module.

    Beside a module stands what it may read, such as a style or a text; it counts as well.
    """
    file = _file(name)
    if file is None:
        return frozenset(), frozenset()
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    return frozenset({file, *_beside(file)}), _imported(file.read_text("utf-8"), package)


@functools.lru_cache(maxsize=4096)
def _imported(code, package):
    """Return the names that may be modules: `from a.b import c` gives a, a.b and a.b.c."""
    named = set()
    try:
        tree = ast.parse(re.sub(r"(?m)^[%!].*$", "", code))
    except SyntaxError:  # whoever runs it will say so
        return frozenset()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            base = importlib.util.resolve_name(base, package) if node.level else base
            named |= {f"{base}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in named]
    return frozenset(".".join(p[:i]) for p in parts for i in range(1, len(p) + 1))


def _file(name):
    """Return the file of a module, or None if the name is something else, such as a function."""
    top, *rest = name.split(".")
    spec = importlib.util.find_spec(top)
    if spec is None or spec.origin is None:
        return None
    first = Path(spec.origin)
    if not rest:
        return first
    path = first.parent.joinpath(*rest)
    return next((f for f in (path.with_suffix(".py"), path / "__init__.py") if f.is_file()), None)


def _beside(file):
    near = (path for path in file.parent.iterdir() if path.is_file())
    return {path for path in near if path.suffix not in _NOT_READ | {".py"}}


@functools.cache
def _version(name):
    """Return the version of the distribution that gives a package, "" if none does."""
    found = _distributions().get(name, ())
    return " ".join(importlib.metadata.version(one) for one in sorted(set(found)))


@functools.cache
def _distributions():
    return importlib.metadata.packages_distributions()
