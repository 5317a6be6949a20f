"""The environment is made again when it must be, and one that cannot be made takes nothing away."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = ("Makefile", "requirements.txt", "pyproject.toml", "itlib_book/pyproject.toml")
# A Python that makes environments of one file each, whose pip notes what it is asked for.
PYTHON = f"""#!/bin/sh
case "$*" in
-c*) exec {sys.executable} "$@";;
"-m venv"*) mkdir -p "$3/bin"; echo "made" >> log
    printf '#!/bin/sh\\necho "$@" >> log; exit $FAILS\\n' > "$3/bin/python"; chmod +x "$3/bin/python";;
esac
"""
INSTALLED = [
    "-m pip install --quiet --disable-pip-version-check setuptools==80.9.0",
    "-m pip install --quiet --disable-pip-version-check --no-build-isolation -r requirements.txt",
]
pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="no make")


@pytest.fixture
def book(tmp_path):
    """A folder with what the Makefile reads, older than any environment, and a Python."""
    folder = tmp_path / "book"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
        os.utime(folder / name, (1e9, 1e9))
    (folder / "python").write_text(PYTHON)
    (folder / "python").chmod(0o755)
    return folder


def make(folder, *words, fails=0, target=".venv/.ready", **more):
    """Make the environment; return what was done, what was said, and whether it worked."""
    log = folder / "log"
    log.unlink(missing_ok=True)
    settings = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FAILS": str(fails), **more}
    done = subprocess.run(
        ["make", "PYTHON=./python", *words, target],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
    )
    return log.read_text().splitlines() if log.exists() else [], done


def test_a_new_folder_gets_an_environment_once(book):
    assert ["made", *INSTALLED] == make(book)[0]
    assert [] == make(book)[0]


def test_what_is_pinned_anew_is_installed_into_the_environment_that_is_there(book):
    """As after a pull: it asks the network for nothing that is there already."""
    make(book)
    os.utime(book / "requirements.txt", (4e9, 4e9))

    assert INSTALLED == make(book)[0]


def test_a_folder_that_was_renamed_gets_a_new_environment(book):
    """The programs of the old one name a folder that is gone."""
    make(book)
    moved = book.rename(book.with_name("renamed"))

    assert ["made", *INSTALLED] == make(moved)[0]


def test_another_python_gets_a_new_environment(book):
    make(book)
    script = (book / "python").read_text()
    other = f"exec {sys.executable}", "echo 3 99 0; exit 0; :"
    (book / "other").write_text(script.replace(*other))
    (book / "other").chmod(0o755)

    assert ["made", *INSTALLED] == make(book, "PYTHON=./other")[0]


def test_an_environment_comes_back_when_its_successor_cannot_be_installed(book):
    """Without a network, say; and the words say what it lacked."""
    make(book)
    (book / ".venv" / "kept").touch()
    moved = book.rename(book.with_name("renamed"))
    _, done = make(moved, fails=1)

    assert 2 == done.returncode
    assert "needs the network when something is new" in done.stderr
    assert (moved / ".venv" / "kept").exists()
    assert not (moved / ".venv-before").exists()
    assert ["made", *INSTALLED] == make(moved)[0]
    assert not (moved / ".venv" / "kept").exists()


def test_a_python_that_is_too_old_is_refused_in_words(book):
    ancient = "import sys; sys.version_info = (3, 10, 13); exec(sys.argv[1])"
    old = f'{sys.executable} "$@"', f'{sys.executable} -c "{ancient}" "$2"'
    (book / "python").write_text((book / "python").read_text().replace(*old))
    done = make(book)[1]

    assert "Python 3.11 or newer is needed; this is 3.10. Try: make PYTHON=" in done.stderr
    assert not (book / ".venv").exists()


@pytest.mark.parametrize("writable", [True, False])
def test_a_home_that_cannot_be_written_is_replaced(book, writable):
    home = str(book) if writable else "/nonexistent"
    _, done = make(book, "--eval=home: ; @echo $$HOME", target="home", HOME=home)

    assert (home if writable else f"{book}/_build/home") == done.stdout.strip()
