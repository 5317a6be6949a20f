"""What was compiled when the site was built runs where no source is, in the Python it is for."""

import importlib.util
import io
import subprocess
import sys
import zipfile

import pytest
import python_pages

from bookkit.python import bytecode, parts, release, trim
from bookkit.site import notices
from bookkit.site import python as site

SOURCE = b"from math import pi\n\ndef answer():\n    return 42\n\ndef wrong():\n    return pi / 0\n"
MAGIC = (3531).to_bytes(2, "little") + b"\r\n"  # how bytecode of Python 3.12 begins


@pytest.fixture(scope="module")
def released():
    return python_pages.released()


@pytest.mark.parametrize("archive", [False, True])
def test_bytecode_is_imported_without_its_source(tmp_path, archive):
    """From a folder as from a zip; a traceback names the place that the page would."""
    data = bytecode.bytecode(SOURCE, "/lib/asked.py")
    if archive:
        place = tmp_path / "library.zip"
        place.write_bytes(bytecode.zipped({"asked.pyc": data}))
    else:
        place = tmp_path
        (place / "asked.pyc").write_bytes(data)
    program = f"import sys; sys.path.insert(0, {str(place)!r}); import asked; print(asked.answer()); asked.wrong()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert "42\n" == done.stdout
    assert 'File "/lib/asked.py", line 7, in wrong' in done.stderr


def test_bytecode_beside_a_source_is_imported_in_its_place(tmp_path, monkeypatch):
    """Whatever the source says; it is there to be read."""
    monkeypatch.setattr(bytecode, "_TAG", sys.implementation.cache_tag)
    (tmp_path / "asked.py").write_text("compiled anew")
    compiled = {"asked.pyc": bytecode.bytecode(SOURCE, "/lib/asked.py")}
    for name, data in bytecode.beside(compiled).items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(data)
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import asked; print(asked.answer())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert "42\n" == done.stdout


def test_a_zip_keeps_files_and_is_the_same_every_time():
    """Folders in a zip are no files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a/", b"")
        archive.writestr("a/b.py", b"1")

    assert {"a/b.py": b"1"} == bytecode.unzipped(out.getvalue())
    assert bytecode.zipped({"a": b"x"}) == bytecode.zipped({"a": b"x"})


@pytest.mark.slow
def test_the_page_s_own_python_compiles(released):
    """The version is the page's, whatever Python builds; the same every time."""
    modules = {"lib/one.py": b"type X = int\nx = {'a', 'b', 'c'}", "lib/two.py": SOURCE}
    found = bytecode.precompiled(modules, released, release.LOCK)

    assert ["lib/one.pyc", "lib/two.pyc"] == list(found)
    assert all(data.startswith(MAGIC + b"\1\0\0\0" + bytes(8)) for data in found.values())
    assert b"/lib/two.py" in found["lib/two.pyc"]
    assert found == bytecode.precompiled(modules, released, release.LOCK)


@pytest.mark.slow
def test_what_cannot_be_compiled_is_said(released):
    """In the words of the page's Python."""
    with pytest.raises(bytecode.NoNodeError, match="SyntaxError"):
        bytecode.precompiled({"lib/one.py": b"x = ="}, released, release.LOCK)


def test_a_node_that_does_not_run_is_said(released, monkeypatch, tmp_path):
    """The build goes on without it; it does not end in a traceback."""
    monkeypatch.setattr(bytecode, "node", lambda: str(tmp_path / "node"))
    with pytest.raises(bytecode.NoNodeError, match="Node does not run"):
        bytecode.precompiled({"lib/one.py": b""}, released, release.LOCK)


def test_a_node_on_the_path_serves_too(monkeypatch):
    """Without one, the reason is in words."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bytecode.shutil, "which", lambda name: f"/somewhere/{name}")
    assert "/somewhere/node" == bytecode.node()

    monkeypatch.setattr(bytecode.shutil, "which", lambda name: None)
    with pytest.raises(bytecode.NoNodeError, match="no Node"):
        bytecode.node()


@pytest.mark.slow
def test_no_source_of_the_library_travels(released):
    """All of it was compiled, and nothing else was lost."""
    taken = {}

    def compiled(modules, files, lock):
        taken.update(modules)
        return {f"{name}c": b"code" for name in modules}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bytecode, "precompiled", compiled)
        archive = parts._library(released, True)
    length = int.from_bytes(archive[:4], "big")
    index = archive[4 : 4 + length].decode()
    numpy = trim.numpy(released[release.NUMPY])

    assert "numpy/__init__.pyc" in index and '.py"' not in index
    assert all(f"{parts.SITE_PACKAGES}/{name}" in index for name in numpy if ".so" in name)
    assert {f"{parts.LIBRARY}/random.py", f"{parts.SITE_PACKAGES}/numpy/ma/core.py"} <= taken.keys()


def test_without_node_the_pages_start_later_and_the_build_says_so(monkeypatch, tmp_path):
    """The sources travel then."""
    asked, said = [], []

    def scripts(files, cache, compiled=True):
        asked.append(compiled)
        if compiled:
            raise bytecode.NoNodeError("there is none")
        return {"files": "sources"}

    monkeypatch.setattr(parts, "python_scripts", scripts)
    monkeypatch.setattr(notices, "say", said.append)

    assert {"files": "sources"} == site._python_scripts({}, tmp_path)
    assert [True, False] == asked
    assert ["Python starts a second later in the pages: there is none"] == said
