"""The parts that a page loads when its reader first runs Python.

They are classic scripts, since those are what a page may load from a server as from a disk: each
hands over a piece of base64, of at most a megabyte. Compressed data in base64 lose nothing: the
server's own compression takes away what base64 adds.
"""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

from bookkit import store
from bookkit.python import bytecode, release, trim

_HERE = Path(__file__).parent
LIBRARY = "lib/python312.zip"  # where Python's own library lies in a page, as one file
_BOOK = "book"  # the folder of the book's own modules
SITE_PACKAGES = "lib/python3.12/site-packages"
LARGEST = 1_000_000  # characters of a script


def python_scripts(files, cache, compiled=True):
    """Return the scripts of the parts that change with Pyodide alone: {file name: text}.

    Parameters
    ----------
    files : dict
        The release, as `release.files` gives it.
    cache : Path
        Where they are kept.
    compiled : bool
        Whether Python's library and NumPy travel as bytecode: a page starts a second earlier.

    Raises
    ------
    NoNodeError
        If they should, and nothing here can compile them.
    """
    code = (
        files["pyodide.asm.js"],
        _without_map(files["pyodide.js"]),
        f"self.lock = {json.dumps(release.LOCK)};".encode(),
        (_HERE / "worker.js").read_bytes(),
    )
    made_of = (
        files[release.NUMPY],
        files["python_stdlib.zip"],
        Path(trim.__file__).read_bytes(),
        *(_compiler() if compiled else ()),
    )
    return (
        kept(cache, "wasm", files["pyodide.asm.wasm"])
        | kept(cache, "code", b"\n".join(code))
        | kept(cache, "files", b"".join(made_of), lambda _: _library(files, compiled))
    )


def _library(files, compiled):
    """Return the archive of NumPy and of Python's library, as far as a page needs them."""
    found = _within(LIBRARY, trim.library(files["python_stdlib.zip"]))
    found |= _within(SITE_PACKAGES, trim.numpy(files[release.NUMPY]))
    if compiled:
        modules = {name: data for name, data in found.items() if name.endswith(".py")}
        others = {name: data for name, data in found.items() if name not in modules}
        found = others | bytecode.precompiled(modules, files, release.LOCK)
    start = f"{LIBRARY}/"
    library = {
        name.removeprefix(start): found.pop(name)
        for name in sorted(found)
        if name.startswith(start)
    }
    return archive({LIBRARY: bytecode.zipped(library)} | found)


def compiled(modules, files, cache):
    """Return the bytecode of modules of the book, for a place beside their sources: {name: bytes}.

    Parameters
    ----------
    modules : dict
        Their sources, {name: bytes}.
    files : dict
        The release, as `release.files` gives it.
    cache : Path
        Where it is kept.

    Raises
    ------
    NoNodeError
        If nothing here can compile them.
    """
    named = {f"{_BOOK}/{name}": source for name, source in modules.items()}

    def made():
        return bytecode.zipped(bytecode.precompiled(named, files, release.LOCK))

    made_of = repr((sorted(named.items()), _compiler())).encode()
    found = bytecode.unzipped(store.remembered(cache, "compiled", made_of, made))
    return {name.removeprefix(f"{_BOOK}/"): data for name, data in bytecode.beside(found).items()}


def _compiler():
    """Return the programs that compile, on which all bytecode hangs."""
    return [path.read_bytes() for path in (Path(bytecode.__file__), bytecode.COMPILER)]


def _within(folder, files):
    return {f"{folder}/{name}": data for name, data in files.items()}


def _without_map(script):
    """Return a script that names no file for debuggers, which would look for it."""
    return script.replace(b"//# sourceMappingURL=pyodide.js.map", b"")


def archive(files):
    """Return files as one: the length of an index, the index in JSON, then file after file.

    >>> archive({"a": b"xy"})[4:]
    b'[["a", 2]]xy'
    """
    index = json.dumps([[name, len(data)] for name, data in files.items()]).encode()
    return len(index).to_bytes(4, "big") + index + b"".join(files.values())


def scripts(kind, data):
    """Return a part as scripts: {file name: text}.

    >>> [(name, text)] = scripts("book", b"").items()
    >>> text.startswith('bookkit.python.part("book", 0, "H4sI')
    True
    """
    text = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
    found = {}
    for number, start in enumerate(range(0, len(text), LARGEST)):
        script = f'bookkit.python.part("{kind}", {number}, "{text[start : start + LARGEST]}");\n'
        digest = hashlib.sha256(script.encode()).hexdigest()[:8]
        found[f"{kind}-{number}.{digest}.js"] = script
    return found


def kept(cache, kind, source, made=bytes):
    """Return `scripts(kind, made(source))`, from a cache if it has them: compressing takes seconds."""

    def make():
        return json.dumps(scripts(kind, made(source))).encode()

    made_of = source + Path(__file__).read_bytes()
    return json.loads(store.remembered(cache, kind, made_of, make))


def licences(files):
    """Return the terms under which Pyodide, Python and NumPy are passed on, with NumPy's own."""
    with zipfile.ZipFile(io.BytesIO(files[release.NUMPY])) as wheel:
        found = [
            (name, wheel.read(name).decode()) for name in wheel.namelist() if "LICENSE" in name
        ]
    texts = "".join(f"\n\n{name}\n{'-' * len(name)}\n\n{text}" for name, text in found)
    return (_HERE / "licences.txt").read_text("utf-8") + texts
