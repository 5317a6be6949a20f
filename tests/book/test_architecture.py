"""Where things may stand: who imports whom, what a chapter may hold, what git may hold."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from prose import missing_numbers

from bookkit.notebooks import canonical, dumps

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
# What hides code: all of a cell in a fold, a cell that only shows an object, a cell of no interest.
TAGS = ("hide-input", "remove-input", "remove-cell")
CONTENT = ("bookkit.demos", "bookkit.exercises", "bookkit.figures")

# What each part of the book may import, besides the standard library and itself.
ENGINE = ("bookkit.baking", "bookkit.checking", "bookkit.output", "bookkit.palette",
          "bookkit.markup", "bookkit.line_breaks", "bookkit.svg", "bookkit.figure",
          "bookkit.notebooks")  # fmt: skip
MAY_IMPORT = {
    "itlib": ("numpy",),
    "bookkit": (*ENGINE, "numpy", "matplotlib", "PIL", "ipywidgets", "IPython", "markdown_it",
                "playwright", "mdit_py_plugins", "math_core", "nbformat", "nbclient"),
    "bookkit/site": (*ENGINE, "bookkit.site", "bookkit.browser", "docutils", "sphinx", "nbclient",
                     "jupyter_cache", "pygments", "fontTools", "matplotlib", "pypdf", "yaml"),
    **dict.fromkeys(
        ("bookkit/demos", "bookkit/exercises", "bookkit/figures"),
        (*ENGINE, *CONTENT, "bookkit.sample_text", "itlib", "numpy", "matplotlib", "contourpy",
         "scipy", "sklearn"),
    ),
    # SciPy has divergences to compare with; scikit-learn has the irises, and trees and estimates;
    # zlib, lzma and bz2 are the compressors that readers know.
    "chapters": ("itlib", *CONTENT, "bookkit.sample_text", "numpy", "math", "zlib", "lzma",
                 "bz2", "sklearn"),
}  # fmt: skip


def imports(source, package=""):
    """Return every module a source imports, relative ones resolved against its package."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join(filter(None, [*(parents if node.level else []), node.module or ""]))
            # `from bookkit import demos` imports bookkit.demos; `from numpy import log` numpy.
            inner = base.partition(".")[0] == "bookkit"
            found |= {f"{base}.{name.name}" for name in node.names} if inner else {base}
    return found


def strangers(found, allowed, standard_library=True):
    """Return the modules that no allowed prefix covers."""
    known = set(sys.stdlib_module_names) if standard_library else set()
    return sorted(
        name
        for name in found
        if name.partition(".")[0] not in known
        and not any(name == prefix or name.startswith(f"{prefix}.") for prefix in allowed)
    )


def part_of(path):
    """Return the longest part of the book in `MAY_IMPORT` that a file belongs to."""
    place = path.relative_to(ROOT).as_posix()
    return max((part for part in MAY_IMPORT if place.startswith(f"{part}/")), key=len)


def package_of(path):
    """Return the dotted name of the package that a module's relative imports start from."""
    return ".".join(path.relative_to(ROOT).parent.parts)


def modules():
    """Return every module of both packages."""
    return sorted(path for name in ("itlib", "bookkit") for path in (ROOT / name).rglob("*.py"))


def cells(path, kind):
    """Return (number, cell) for the cells of one kind, numbered as JupyterLab counts them."""
    notebook = nbformat.read(path, as_version=4)
    return [(i, cell) for i, cell in enumerate(notebook.cells, 1) if cell.cell_type == kind]


def faults(number, cell):
    """Return what a code cell of a chapter does that it should not."""
    lines, tree = cell.source.splitlines(), ast.parse(cell.source)
    if len(lines) > 15:
        yield f"cell {number} has {len(lines)} lines; 15 at most"
    if re.search(r"\bplt\.", cell.source):
        yield f"cell {number} draws with plt; figures are drawn in bookkit/figures"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            length = node.end_lineno - node.lineno + 1
            if length > 5:
                yield f"cell {number}: {node.name} has {length} lines; 5 at most"
    for tag in cell.metadata.get("tags", []):
        if tag not in TAGS:
            yield f"cell {number} has the tag {tag!r}; the only ones are {', '.join(TAGS)}"
    wrong = strangers(imports(cell.source), MAY_IMPORT["chapters"], standard_library=False)
    if wrong:
        yield f"cell {number} imports {', '.join(wrong)}"


def toc_files(node):
    """Return every file that the table of contents names."""
    if isinstance(node, dict):
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [name for value in node.values() for name in toc_files(value)]
    return [name for item in node for name in toc_files(item)] if isinstance(node, list) else []


# --- the book ---


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path):
    """itlib knows NumPy, the engines know nothing of information theory, content knows both."""
    part = part_of(path)
    found = imports(path.read_text("utf-8"), package_of(path))
    allowed = (*MAY_IMPORT[part], part.replace("/", ".") if part != "bookkit" else "bookkit.output")

    assert [] == strangers(found, allowed)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_call_what_the_packages_define(path):
    """Short cells, no drawing, no long functions, two tags, imports from the book alone."""
    assert [] == [fault for number, cell in cells(path, "code") for fault in faults(number, cell)]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_are_stored_in_canonical_form(path):
    """Sources and text outputs only; `make outputs` stores a chapter so."""
    text = path.read_text("utf-8")

    assert text == dumps(canonical(nbformat.reads(text, as_version=4)))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_numbers_in_prose_are_printed_by_a_cell(path):
    """Every number of three digits or more was computed in the chapter that states it."""
    outputs = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for _, cell in cells(path, "code")
        for output in cell.outputs
    ]

    assert [] == missing_numbers([cell.source for _, cell in cells(path, "markdown")], outputs)


def test_the_table_of_contents_and_the_chapters_agree():
    """Every file in chapters/ is in the book once, and every entry is a file."""
    listed = toc_files(yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8")))
    present = [path for path in (ROOT / "chapters").iterdir() if path.suffix in (".ipynb", ".md")]

    assert sorted(f"chapters/{path.stem}" for path in present) == sorted(listed)


def test_every_module_of_content_belongs_to_a_chapter():
    """One module per chapter, with the chapter's name; what several chapters share is named here."""
    shared = {"__init__", "common_mistakes", "units"}
    chapters = {path.stem for path in (ROOT / "chapters").iterdir()} | shared
    folders = [ROOT / name.replace(".", "/") for name in CONTENT]
    homeless = [p for folder in folders for p in folder.glob("*.py") if p.stem not in chapters]

    assert [] == homeless


def test_each_module_says_what_it_holds():
    """The first line of a module is a sentence."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in modules()}

    assert [] == [path for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)]


def test_the_linter_finds_nothing():
    """Unused names, imports out of order and the like; pyproject.toml says what is looked for."""
    ruff = Path(sys.executable).with_name("ruff")
    found = subprocess.run([ruff, "check", ROOT], capture_output=True, text=True)

    assert 0 == found.returncode, found.stdout + found.stderr


# --- the rules themselves: they do fail ---


def chapter_cell(source, *tags):
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})


@pytest.mark.parametrize(
    ("source", "tags", "complaint"),
    [
        ("\n".join("x = 1" for _ in range(16)), [], "16 lines"),
        ("plt.plot(xs)", [], "plt"),
        ("def f(x):\n    a = x\n    a += 1\n    a += 2\n    a += 3\n    return a", [], "f has 6"),
        ("x = 1", ["skip"], "'skip'"),
        ("import matplotlib.pyplot", [], "matplotlib.pyplot"),
        ("from scipy import stats", [], "scipy"),
        ("import os", [], "os"),
        ("from bookkit.baking import demo", [], "bookkit.baking.demo"),
    ],
)
def test_a_cell_that_breaks_a_rule_is_named(source, tags, complaint):
    (sentence,) = faults(7, chapter_cell(source, *tags))

    assert "cell 7" in sentence
    assert complaint in sentence


def test_a_cell_within_the_rules_passes():
    source = "import numpy as np\nfrom itlib import entropy\nfrom bookkit.demos import kl"

    assert [] == list(faults(1, chapter_cell(source, "hide-input")))


@pytest.mark.parametrize(
    ("source", "package", "part", "expected"),
    [
        ("import scipy.stats", "itlib", "itlib", ["scipy.stats"]),
        ("from bookkit import palette", "itlib", "itlib", ["bookkit.palette"]),
        ("import itlib", "bookkit.baking", "bookkit", ["itlib"]),
        ("from ..demos import kl", "bookkit.baking", "bookkit", ["bookkit.demos.kl"]),
        ("from .. import exercises", "bookkit.checking", "bookkit", ["bookkit.exercises"]),
        ("from .live import show", "bookkit.baking", "bookkit", []),
        ("def f():\n    import torch", "bookkit.demos", "bookkit/demos", ["torch"]),
        ("import math\nimport numpy as np", "itlib", "itlib", []),
    ],
)
def test_an_import_against_the_current_is_seen(source, package, part, expected):
    assert expected == strangers(imports(source, package), (*MAY_IMPORT[part], "bookkit.output"))
