"""The parts of a page's Python: trimmed, packed, cut into scripts, and the same every time."""

import ast
import base64
import gzip
import json
import random
import re

import pytest
import python_pages

from bookkit.python import collect, parts, release, trim
from bookkit.site.python import with_leave


@pytest.fixture(scope="module")
def files():
    """The files of the release."""
    return python_pages.released()


def unpacked(scripts):
    """Return the data that scripts hand over, as a page puts it together."""
    pieces = [
        re.fullmatch(r'bookkit\.python\.part\("\w+", (\d+), "(.*)"\);\n', text).groups()
        for text in scripts.values()
    ]
    assert [str(i) for i in range(len(pieces))] == [number for number, _ in pieces]
    return gzip.decompress(b"".join(base64.b64decode(piece) for _, piece in pieces))


def test_scripts_hand_over_what_went_in():
    """Each script is base64 by itself, so that a page can decode them as they come."""
    data = random.Random(0).randbytes(2_000_000)
    scripts = parts.scripts("files", data)

    assert 3 == len(scripts)
    assert all(len(text) < parts.LARGEST + 100 for text in scripts.values())
    assert data == unpacked(scripts)


def test_equal_data_have_equal_names():
    """A cache keeps what has not changed."""
    assert parts.scripts("book", b"a") == parts.scripts("book", b"a")
    assert parts.scripts("book", b"a").keys() != parts.scripts("book", b"b").keys()


def test_an_archive_begins_with_its_index():
    """The worker reads it as that."""
    data = parts.archive({"a/b.py": b"xyz", "c": b""})
    length = int.from_bytes(data[:4], "big")

    assert [["a/b.py", 3], ["c", 0]] == json.loads(data[4 : 4 + length])
    assert b"xyz" == data[4 + length :]


def test_kept_scripts_are_those_of_the_data(tmp_path):
    """Only the newest of a kind is kept."""
    assert parts.scripts("book", b"a") == parts.kept(tmp_path, "book", b"a")
    assert parts.scripts("book", b"a") == parts.kept(tmp_path, "book", b"a")
    parts.kept(tmp_path, "book", b"b")
    doubled = parts.kept(tmp_path, "book", b"c", lambda source: 2 * source)
    assert parts.scripts("book", b"cc") == doubled
    assert 1 == len(list(tmp_path.iterdir()))


def test_licences_and_what_numpy_loads_stay():
    """What it writes about itself does not."""
    assert all(
        not trim._matches(name, trim.NUMPY_LEFT_OUT)
        for name in (
            "numpy-2.0.2.dist-info/LICENSE.txt",
            "numpy/ma/core.py",
            "numpy/random/mtrand.so",
        )
    )
    assert trim._matches("numpy/f2py/crackfortran.py", trim.NUMPY_LEFT_OUT)


def test_no_two_libraries_have_the_same_length(files):
    """By it a page knows which one is compiled already."""
    lengths = [
        len(data) for name, data in trim.numpy(files[release.NUMPY]).items() if name.endswith(".so")
    ]

    assert len(lengths) > 10
    assert len(lengths) == len({*lengths})


DOCUMENTED = b'''"""A module."""
x = 1; """no docstring"""


class A:
    """In one line."""

    def f(self):
        """Of \xc3\xa4
        two lines."""; y = "kept"
        return y

    async def g(self): "here, too"
'''


def test_docstrings_stay_behind_and_every_line_keeps_its_place():
    """What runs is the same, and so are the lines that a traceback names."""
    found = trim.undocumented(DOCUMENTED)

    def bare(source):
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                if ast.get_docstring(node, clean=False) is not None:
                    node.body[0].value.value = ""
        return tree

    assert ast.dump(bare(DOCUMENTED)) == ast.dump(ast.parse(found))
    assert b'"""no docstring"""' in found
    place = DOCUMENTED.splitlines().index(b"        return y")
    assert b"        return y" == found.splitlines()[place]


@pytest.mark.slow
def test_python_s_library_and_numpy_travel_without_docstrings(files):
    """All of it can still be compiled; what is written for a newer Python than this goes as it is."""
    modules = trim.library(files["python_stdlib.zip"]) | trim.numpy(files[release.NUMPY])
    trees = {
        name: ast.parse(data)
        for name, data in modules.items()
        if name.endswith(".py") and name not in trim.WRITTEN_ANEW
    }

    assert [] == [name for name, tree in trees.items() if ast.get_docstring(tree)]
    assert b"def mean(" in modules["numpy/_core/fromnumeric.py"]
    assert b"Compute the arithmetic mean" not in modules["numpy/_core/fromnumeric.py"]


def test_the_policy_grows_by_two_words():
    """And by no more."""
    policy = "default-src 'none'; script-src 'self' file:; base-uri 'none'"

    assert (
        "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; base-uri 'none'; "
        "worker-src blob:" == with_leave(policy)
    )


def test_the_book_s_part_holds_what_runs_in_a_page(tmp_path):
    """Data whole, exercises cut, what draws not at all."""
    book = tmp_path / "book"
    book.mkdir()
    (book / "__init__.py").write_text("")
    (book / "data.py").write_text("import numpy as np\nFAIR = np.full(2, 0.5)\n")
    (book / "demos.py").write_text("from bookkit.demo import Demo\n")
    (book / "figures.py").write_text("from bookkit.figure import Figure\n")
    (book / "exercises.py").write_text(
        "from bookkit.exercise import Code, Number\n"
        "def f(x):\n    return x\n"
        "number = Number('n', answer=f(1))\n"
        "code = Code('c', solution=f)\n"
    )
    found = collect.collected(tmp_path, ["book"])

    assert {"book/__init__.py", "book/data.py", "book/exercises.py"} == {
        name for name in found if name.startswith("book/")
    }
    assert b"Number" not in found["book/exercises.py"]
    assert b"code = Code('c', solution=f)" in found["book/exercises.py"]
    begun = collect.imported_at_start(found, "import book")
    assert {"book/data.py", "bookkit/python/inpage.py"} <= begun.keys()
    assert "bookkit/exercise/code.py" not in begun
