"""Building twice gives the same site, byte for byte."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "_build"


def contents(site):
    """Return the bytes of every file of a site, but for Sphinx's own note of its settings."""
    files = (path for path in site.rglob("*") if path.is_file() and path.name != ".buildinfo")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.mark.skipif(
    not (BUILD / "html").is_dir() and not os.environ.get("CI"), reason="no site: `make book`"
)
def test_two_builds_give_the_same_bytes(tmp_path):
    """In another folder, with other hash seeds, from what the notebooks gave the first time."""
    made_again = shutil.ignore_patterns("search", "downloads")
    shutil.copytree(BUILD / ".cache", tmp_path / "_build" / ".cache", ignore=made_again)
    taken = Path("html", "downloads")  # what was printed and packed is listed on the front page
    if (BUILD / taken).is_dir():
        shutil.copytree(BUILD / taken, tmp_path / "_build" / taken)
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    program = Path(sys.executable).with_name("jupyter-book")
    command = [program, "build", ".", "-W", "-q", "--path-output", tmp_path]
    build = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert 0 == build.returncode, build.stderr
    first, second = contents(BUILD / "html"), contents(tmp_path / "_build" / "html")

    assert sorted(first) == sorted(second)
    assert [] == sorted(name for name in first if first[name] != second[name])
