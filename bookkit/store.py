"""What is made once and kept in a folder, also by several processes at a time."""

import hashlib
import os
import tempfile
from pathlib import Path


def beside(out, name):
    """Return the folder in which a builder that writes into `out` keeps things of one sort.

    >>> beside("_build/html", "demos").as_posix()
    '_build/.cache/demos'
    """
    return Path(out).parent / ".cache" / name


def remembered(folder, kind, made_of, make):
    """Return the bytes that `make` gives, from a folder if it has them.

    Parameters
    ----------
    folder : Path
        Made when there is none. Of each kind only the newest stays in it.
    kind : str
        Without a dash.
    made_of : bytes
        What decides whether they are the same.
    make : function
        Called without arguments.
    """
    path = folder / f"{kind}-{hashlib.sha256(made_of).hexdigest()[:16]}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    data = make()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{kind}-*"):
        old.unlink(missing_ok=True)
    write(path, data)
    return data


def write(path, data):
    """Write a file, whole or not at all, whoever else reads or writes it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(data)
    os.replace(file.name, path)
