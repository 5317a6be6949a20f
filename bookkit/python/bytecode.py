"""Bytecode that one Python of a page hands to the next, so that nothing is compiled twice.

A page that was stopped starts its Python anew, and half of that time would go into compiling the
same modules of Python, NumPy and the book once more.
"""

import marshal
import zipimport
from importlib.machinery import SourceFileLoader

_known = {}  # path -> bytecode, of all modules that were imported
_fresh = {}  # those of them that the page does not have yet


def reuse(kept):
    """Take what an earlier Python of this page compiled, and compile the rest from now on.

    Parameters
    ----------
    kept : iterable of bytes
        What `fresh` gave there.
    """
    for part in kept:
        _known.update(marshal.loads(part))
    SourceFileLoader.source_to_code = _source_to_code
    # subtle: a private name, for which there is no other; this Python's version is pinned.
    zipimport._compile_source = _of_archive


def fresh():
    """Return what was compiled since the last call, as bytes; empty if nothing was."""
    part = marshal.dumps(_fresh) if _fresh else b""
    _fresh.clear()
    return part


def code(path, source):
    """Return the code of a module's source, compiled unless its bytecode is known.

    >>> eval(code("a path", b"40 + 2"), {}) is None
    True
    """
    if path not in _known:
        compiled = compile(source, path, "exec", dont_inherit=True)
        _known[path] = _fresh[path] = marshal.dumps(compiled)
        return compiled
    return marshal.loads(_known[path])


def _source_to_code(self, data, path, **options):
    return code(str(path), data)


def _of_archive(path, source):
    return code(path, source.replace(b"\r\n", b"\n"))
