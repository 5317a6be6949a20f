"""What of Python's library and of NumPy a page does without.

Each list names what no cell of a book needs, and nothing that Pyodide or NumPy load themselves.
Licences stay in. So do all comments, but docstrings go: they are a tenth of what travels, and `help`
in a page is for the book's own functions, which keep theirs.
"""

import ast
from fnmatch import fnmatch
from pathlib import PurePosixPath

from bookkit.python.bytecode import unzipped

# Servers, clients, mail, terminals, debuggers, and what a browser forbids anyway.
_LIBRARY_LEFT_OUT = """
    _aix_support.py _osx_support.py _pyio.py _sysconfigdata*.py.orig aifc.py antigravity.py
    asynchat.py asyncore.py bdb.py cProfile.py cgi.py cgitb.py chunk.py cmd.py code.py codeop.py
    compileall.py configparser.py crypt.py ctypes/macholib/* curses/* dbm/* distutils/* doctest.py
    email/* ensurepip/* filecmp.py fileinput.py ftplib.py graphlib.py http/* idlelib/* imaplib.py
    imghdr.py imp.py lib2to3/* logging/config.py logging/handlers.py lzma.py mailbox.py mailcap.py
    mimetypes.py modulefinder.py multiprocessing/* netrc.py nntplib.py nturl2path.py optparse.py
    pdb.py pickletools.py pipes.py plistlib.py poplib.py profile.py pstats.py pty.py py_compile.py
    pyclbr.py pydoc.py pydoc_data/* sched.py smtplib.py sndhdr.py socketserver.py sqlite3/*
    sre_*.py ssl.py sunau.py symtable.py tabnanny.py telnetlib.py this.py tkinter/* tomllib/*
    trace.py tty.py turtle.py unittest/* urllib/error.py urllib/request.py urllib/response.py
    urllib/robotparser.py uu.py venv/* wave.py webbrowser.py wsgiref/* xdrlib.py xml/dom/*
    xml/parsers/* xml/sax/* xmlrpc/* zipapp.py zoneinfo/*
""".split()
_ENCODINGS = set(
    """
    __init__ aliases ascii cp437 idna latin_1 punycode raw_unicode_escape undefined unicode_escape
    utf_16 utf_16_le utf_8 utf_8_sig
    """.split()
)
WRITTEN_ANEW = {
    "traceback.py",
    "typing.py",
}  # in a syntax that the oldest Python to build with lacks
# What compiles other languages, describes types, or tests NumPy itself.
NUMPY_LEFT_OUT = """
    *.a *.c *.f2py_f2cmap *.h *.ini *.md *.npz *.pxd *.pyi *.src *.template *.typed
    numpy-*.dist-info/METADATA numpy-*.dist-info/RECORD numpy-*.dist-info/WHEEL
    numpy-*.dist-info/entry_points.txt
    numpy/*/tests/* numpy/_configtool.py numpy/_core/_operand_flag_tests.*.so
    numpy/_core/_rational_tests.*.so numpy/_core/_simd.*.so numpy/_core/_struct_ufunc_tests.*.so
    numpy/_core/_umath_tests.*.so numpy/_core/code_generators/* numpy/_core/cversions.py
    numpy/_core/include/* numpy/_core/lib/* numpy/_pyinstaller/* numpy/compat/* numpy/conftest.py
    numpy/core/* numpy/distutils/* numpy/doc/* numpy/f2py/* numpy/linalg/lapack_lite.*.so
    numpy/random/_examples/* numpy/random/lib/* numpy/tests/*
""".split()

# Nothing but docstrings for what is compiled; imported, so it must be there.
_NUMPY_EMPTY = {"numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py"}


def library(archive):
    """Return the files of Python's own library, a zip, without what a page does without."""
    found = {name: data for name, data in unzipped(archive).items() if in_library(name)}
    terse = {name for name in found if name.endswith(".py")} - WRITTEN_ANEW
    return found | {name: undocumented(found[name]) for name in terse}


def in_library(name):
    """Return whether a page gets this file of Python's library.

    >>> in_library("random.py"), in_library("smtplib.py"), in_library("encodings/cp1252.py")
    (True, False, False)
    """
    path = PurePosixPath(name)
    if path.parts[0] == "encodings":
        return path.stem in _ENCODINGS
    return not _matches(name, _LIBRARY_LEFT_OUT)


def numpy(wheel):
    """Return NumPy's files, {name: bytes}, without what a page does without."""
    kept = {
        name: data
        for name, data in sorted(unzipped(wheel).items())
        if not _matches(name, NUMPY_LEFT_OUT)
    }
    modules = {name: undocumented(data) for name, data in kept.items() if name.endswith(".py")}
    return kept | modules | dict.fromkeys(kept.keys() & _NUMPY_EMPTY, b"")


def undocumented(source):
    """Return the source of a module without its docstrings, every line where it was.

    >>> undocumented(b"'What x is for.'; x = 1")
    b'""; x = 1'
    """
    lines = source.splitlines(keepends=True)
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = [
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
    ]
    for text in sorted(found, key=lambda text: -text.lineno):
        first, last = text.lineno - 1, text.end_lineno - 1
        before, after = lines[first][: text.col_offset], lines[last][text.end_col_offset :]
        lines[first : last + 1] = [before + b'""' + after, *[b"\n"] * (last - first)]
    return b"".join(lines)


def _matches(name, patterns):
    return any(fnmatch(name, pattern) for pattern in patterns)
