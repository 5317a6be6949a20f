"""Modules as bytecode, so that no page compiles once more what every start imports.

Bytecode belongs to one Python, and that of a page need not be the one that builds the site: so
`compile.mjs` runs this module in the page's own Python, inside the Node that Playwright carries.
"""

import importlib.util
import io
import marshal
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

_TAG = "cpython-312"  # of the page's Python
COMPILER = Path(__file__).with_name("compile.mjs")
_SOURCES, _COMPILED = "sources.zip", "compiled.zip"


class NoNodeError(RuntimeError):
    """Nothing compiles for the page here; the message says why."""


def node():
    """Return the path of a Node: the one that Playwright carries, or one that is installed.

    Raises
    ------
    NoNodeError
        If there is none.
    """
    playwright = importlib.util.find_spec("playwright")
    if playwright:
        carried = Path(playwright.origin).parent / "driver"
        for name in ("node", "node.exe"):
            if (carried / name).is_file():
                return str(carried / name)
    found = shutil.which("node")
    if not found:
        raise NoNodeError("there is no Node to run the page's Python in")
    return found


def precompiled(modules, release, lock):
    """Return modules as the bytecode of the page's Python: {name: bytes}, `x.pyc` for `x.py`.

    Parameters
    ----------
    modules : dict
        Sources, {name: bytes}; a name is the path in the page without its first slash.
    release : dict
        The files of Pyodide, as `release.files` gives them.
    lock : str
        What Pyodide asks for as `pyodide-lock.json`.

    Raises
    ------
    NoNodeError
        If no Node is found, or if it cannot run Pyodide.
    """
    program = node()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in release.items():
            if not file.endswith(".whl"):
                (folder / file).write_bytes(data)
        (folder / "pyodide-lock.json").write_text(lock, "utf-8")
        (folder / _SOURCES).write_bytes(zipped(modules))
        shutil.copy(__file__, folder)
        command = [program, str(COMPILER), name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as problem:
            raise NoNodeError(f"Node does not run ({problem})") from problem
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["it gave no reason"]
            raise NoNodeError(f"Node does not run the page's Python ({lines[-1]})")
        return unzipped((folder / _COMPILED).read_bytes())


def compile_in(folder):
    """Compile the sources that lie in a folder, beside them. This runs in the page's Python."""
    sources = unzipped((Path(folder) / _SOURCES).read_bytes())
    compiled = {f"{name}c": bytecode(source, f"/{name}") for name, source in sources.items()}
    (Path(folder) / _COMPILED).write_bytes(zipped(compiled))


def bytecode(source, path):
    """Return a module as a file that Python imports where there is no source.

    >>> bytecode(b"x = 1", "x.py")[:4] == importlib.util.MAGIC_NUMBER
    True
    """
    code = compile(source, path, "exec", dont_inherit=True)
    # After the number of the bytecode's version comes a flag, by which no source is compared with it,
    # and in the place of the source's sum nothing.
    return importlib.util.MAGIC_NUMBER + b"\1\0\0\0" + bytes(8) + marshal.dumps(code)


def beside(compiled):
    """Return bytecode by the names under which Python looks for it where a source lies.

    >>> beside({"a/b.pyc": b"", "c.pyc": b""})
    {'a/__pycache__/b.cpython-312.pyc': b'', '__pycache__/c.cpython-312.pyc': b''}
    """
    paths = {PurePosixPath(name): data for name, data in compiled.items()}
    return {
        str(path.parent / "__pycache__" / f"{path.stem}.{_TAG}.pyc"): data
        for path, data in paths.items()
    }


def zipped(files):
    """Return files as a zip, {name: bytes} to bytes; stored, the same every time.

    >>> unzipped(zipped({"a/b.py": b"1"}))
    {'a/b.py': b'1'}
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def unzipped(archive):
    """Return the files of a zip: {name: bytes}."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        names = [name for name in source.namelist() if not name.endswith("/")]
        return {name: source.read(name) for name in names}
