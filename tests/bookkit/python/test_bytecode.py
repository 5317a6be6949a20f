"""What one Python compiled, the next one runs without its compiler."""

import subprocess
import sys
import zipfile

PROGRAM = """
import builtins, sys
sys.dont_write_bytecode = True
sys.path[:0] = [{folder!r}, {archive!r}]
from bookkit.python import bytecode
bytecode.reuse({kept!r})
counted, real = [], builtins.compile
builtins.compile = lambda source, path, *more, **options: (counted.append(path), real(source, path, *more, **options))[1]
import in_a_folder, in_an_archive
builtins.compile = real
print(in_a_folder.answer(), in_an_archive.answer(), len(counted), bytecode.fresh())
"""


def run(folder, kept):
    """Return what the program prints in a Python of its own, and the bytecode it hands over."""
    source = PROGRAM.format(folder=str(folder), archive=str(folder / "more.zip"), kept=kept)
    printed = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    ).stdout
    one, other, count, bytecode = printed.split(maxsplit=3)
    return (int(one), int(other), int(count)), eval(bytecode)


def test_what_was_compiled_is_not_compiled_again(tmp_path):
    (tmp_path / "in_a_folder.py").write_text("def answer():\n    return 42\n")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("in_an_archive.py", "def answer():\r\n    return 43\r\n")
    first, bytecode = run(tmp_path, [])
    second, nothing = run(tmp_path, [bytecode])

    assert (42, 43, 2) == first
    assert (42, 43, 0) == second
    assert b"" == nothing
