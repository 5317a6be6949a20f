"""Where things may stand: who imports whom, what a chapter may hold, what git may hold."""

import ast
import graphlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import pytest
import yaml
from prose import missing_numbers

from bookkit.notebooks import canonical, dumps

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
# What hides code: all of a cell in a fold, a cell that only shows an object, a cell of no interest.
TAGS = ("hide-input", "remove-input", "remove-cell", "play")
PACKAGES = ("itlib", "bookkit", "itlib_book")

# What each part of the book may import, besides the standard library and itself.
DRAWS = ("numpy", "matplotlib", "contourpy", "scipy", "sklearn")
ENGINE = ("numpy", "matplotlib", "PIL", "ipywidgets", "IPython", "markdown_it", "playwright",
          "mdit_py_plugins", "math_core", "latex2mathml", "nbformat", "nbclient", "websocket")  # fmt: skip
SITE = ("docutils", "sphinx", "nbclient", "nbformat", "jupyter_cache", "markdown_it", "myst_nb",
        "myst_parser", "nbval", "pytest",
        "pybtex", "pygments", "fontTools", "genanki", "matplotlib", "pypdf", "yaml")  # fmt: skip
CHAPTER = ("itlib", "itlib_book.shared", "numpy", "math", "collections", "zlib", "lzma", "bz2",
           "sklearn")  # fmt: skip


def may_import(module):
    """Return the prefixes of what a module may import."""
    package, _, rest = module.partition(".")
    inner = rest.partition(".")[0]
    if package == "itlib":
        return ("itlib", "numpy")
    if module.startswith("bookkit.site"):
        return ("bookkit", *SITE)
    if package == "bookkit":
        return (*(f"bookkit.{name}" for name in engine_parts()), *ENGINE)
    if inner == "shared":
        return ("bookkit", "itlib", "itlib_book.shared", *DRAWS)
    if rest.endswith(".data"):  # at the bottom of its folder
        return ("itlib", "itlib_book.shared", *DRAWS)
    return ("bookkit", "itlib", "itlib_book.shared", f"itlib_book.{inner}", *DRAWS)


def may_import_in_chapter(name):
    """Return the prefixes of what the cells of a chapter may import."""
    return (*CHAPTER, f"itlib_book.{name}")


def engine_parts():
    """Return the modules and folders of the engine, all but the site that is built with it."""
    inside = (path.stem for path in (ROOT / "bookkit").iterdir() if path.suffix in ("", ".py"))
    return sorted(set(inside) - {"site", "__pycache__"})


def modules():
    """Return {dotted name: path} of every module of the three packages."""
    paths = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
    return {module_name(path.relative_to(ROOT)): path for path in paths}


def module_name(path):
    """Return the dotted name of a module from its place."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source, known=()):
    """Return every module that a source imports, wherever in it; `known` are those of the book."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            # `from bookkit import output` imports bookkit.output; `from numpy import log` numpy.
            names = {f"{base}.{name.name}" for name in node.names}
            found |= names & set(known) or {base}
            if names - set(known):
                found.add(base)
    return found


def strangers(found, allowed, standard_library=True):
    """Return the modules that no allowed prefix covers."""
    modules_ = set(sys.stdlib_module_names) if standard_library else set()
    return sorted(
        name
        for name in found
        if name.partition(".")[0] not in modules_
        and not any(name == prefix or name.startswith(f"{prefix}.") for prefix in allowed)
    )


def first_circle(sources):
    """Return the modules of a circle of imports, or none; `sources` are {module: source}."""
    arrows = {name: imports(source, sources) & set(sources) for name, source in sources.items()}
    try:
        graphlib.TopologicalSorter(arrows).prepare()
    except graphlib.CycleError as error:
        return error.args[1]
    return []


def cells(path, kind):
    """Return (number, cell) for the cells of one kind, numbered as JupyterLab counts them."""
    notebook = nbformat.read(path, as_version=4)
    return [(i, cell) for i, cell in enumerate(notebook.cells, 1) if cell.cell_type == kind]


def faults(number, cell, chapter):
    """Return what a code cell of a chapter does that it should not."""
    lines, tree = cell.source.splitlines(), ast.parse(cell.source)
    if len(lines) > 15:
        yield f"cell {number} has {len(lines)} lines; 15 at most"
    hidden = {"remove-input", "remove-cell"} & set(cell.metadata.get("tags", []))
    if not hidden and (wide := max(map(len, lines), default=0)) > 77:
        yield f"cell {number} is {wide} characters wide; a page of the site shows 77"
    if re.search(r"\bplt\.", cell.source):
        yield f"cell {number} draws with plt; figures are drawn in itlib_book"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            length = node.end_lineno - node.lineno + 1
            if length > 5:
                yield f"cell {number}: {node.name} has {length} lines; 5 at most"
    for tag in cell.metadata.get("tags", []):
        if tag not in TAGS:
            yield f"cell {number} has the tag {tag!r}; the only ones are {', '.join(TAGS)}"
    allowed = may_import_in_chapter(chapter)
    wrong = strangers(imports(cell.source), allowed, standard_library=False)
    if wrong:
        yield f"cell {number} imports {', '.join(wrong)}"


def toc_files(node):
    """Return every file that the table of contents names."""
    if isinstance(node, dict):
        own = [node[key] for key in ("root", "file") if key in node]
        return own + [name for value in node.values() for name in toc_files(value)]
    return [name for item in node for name in toc_files(item)] if isinstance(node, list) else []


# --- the book ---


MODULES = modules()
SOURCES = {name: path.read_text("utf-8") for name, path in MODULES.items()}


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_one_way(name):
    """itlib knows NumPy, the engine nothing of information theory, a chapter no other chapter."""
    assert [] == strangers(imports(SOURCES[name], SOURCES), may_import(name))


def test_no_module_imports_itself_in_a_circle():
    """Not even by way of others, or inside a function."""
    assert [] == first_circle(SOURCES)


def test_a_constant_of_one_module_is_private():
    """Without an underscore stands what the engine and itlib share among modules, or with tests."""
    files = [
        *MODULES.values(),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "benchmarks").glob("*.py"),
    ]
    texts = [path.read_text("utf-8") for path in files]
    users = Counter(name for text in texts for name in _capitals(text) - _constants(text))
    own = {
        f"{module}.{name}"
        for module in MODULES
        if not module.startswith("itlib_book")
        for name in _constants(SOURCES[module])
        if not users[name]
    }

    assert set() == own


def _capitals(text):
    return set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", text))


def _constants(text):
    return set(re.findall(r"^([A-Z][A-Z0-9_]+) =", text, re.MULTILINE))


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_call_what_the_packages_define(path):
    """Short cells, no drawing, no long functions, few tags, imports from the book alone."""
    code = cells(path, "code")

    assert [] == [fault for number, cell in code for fault in faults(number, cell, path.stem)]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_are_stored_in_canonical_form(path):
    """Sources and text outputs only; `make outputs` stores a chapter so."""
    text = path.read_text("utf-8")

    assert text == dumps(canonical(nbformat.reads(text, as_version=4)))


# Numbers of the prose that no cell prints, since nothing computes them: what is given or chosen,
# a place in a book, a version. Each is written as it stands.
GIVEN = {
    "cross_entropy_and_mse": {"1.7": "a version"},
    "entropy": {"5.6": "a section"},
    "faq": {"15": "a perplexity that is asked about"},
    "index": {"60": "digits of the tests' arithmetic"},
    "joint_and_mutual_information": {"2.4": "a section"},
    "kl_budget": {"1.10": "a version", "1.12": "a version", "1.16": "a version"},
    "kl_divergence": {"2.7": "a section"},
    "language_models": {"0.75": "a discount that is chosen"},
    "map_of_quantities": {"0.55": "a probability of the table"},
    "mistakes": {"0.75": "a probability of the table", "95 %": "a confidence that is quoted"},
    "notation": {"10": "the base of the ban"},
    "self_information": {"39": "cards", "0.01": "a probability"},
    "smoothing_and_temperature": {"64": "units of a network"},
    "source_coding": {"99": "odds of a coin", "32": "kilobytes that zlib sees", "5.8": "a section"},
}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_numbers_in_prose_are_printed_by_a_cell(path):
    """Every number of two digits or more was computed in the chapter that states it, or is given.

    The tolerance of an exercise is neither.
    """
    outputs = [
        output.get("text")
        or re.sub(r"to within .*\)$", "", output.get("data", {}).get("text/plain", ""))
        for _, cell in cells(path, "code")
        for output in cell.outputs
    ]
    markdown = [cell.source for _, cell in cells(path, "markdown")]
    missing = {text.partition(" in “")[0]: text for text in missing_numbers(markdown, outputs)}

    assert set(GIVEN.get(path.stem, {})) == set(missing), missing


def test_the_table_of_contents_and_the_chapters_agree():
    """Every file in chapters/ is in `_toc.yml` once, and every entry there is a file."""
    listed = toc_files(yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8")))
    present = [path for path in (ROOT / "chapters").iterdir() if path.suffix in (".ipynb", ".md")]

    assert {f"chapters/{path.stem}" for path in present} == set(listed)
    assert len(present) == len(listed)


def test_every_folder_of_content_belongs_to_a_chapter():
    """One folder a chapter, with its name; what several share has a folder of its own."""
    chapters = {path.stem for path in (ROOT / "chapters").iterdir()} | {"shared"}
    folders = {path.parent.name for path in (ROOT / "itlib_book").glob("*/*.py")}
    kinds = {
        path.stem for path in (ROOT / "itlib_book").glob("*/*.py") if path.parent.name != "shared"
    }

    assert set() == folders - chapters
    assert {"data", "demos", "exercises", "figures"} >= kinds


def test_each_module_says_what_it_holds():
    """The first line of a module is a sentence."""
    trees = {name: ast.parse(source) for name, source in SOURCES.items()}

    assert [] == [name for name, tree in trees.items() if tree.body and not ast.get_docstring(tree)]


RUFF = Path(sys.executable).with_name("ruff")


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=lambda words: words[0])
def test_ruff_finds_nothing(command):
    """No unused name, no import out of order, one layout; pyproject.toml says what is looked for."""
    found = subprocess.run([RUFF, *command, ROOT], capture_output=True, text=True)

    assert 0 == found.returncode, found.stdout + found.stderr


OXLINT = Path(sys.executable).with_name("oxlint")


def lint(folder):
    """Return what the linter of scripts does with a folder."""
    command = [OXLINT, "--import-plugin", "--deny-warnings", "--config", ROOT / ".oxlintrc.json"]
    return subprocess.run([*command, folder], capture_output=True, text=True)


def test_oxlint_finds_nothing():
    """The scripts of the page are clean; .oxlintrc.json has the rules."""
    found = lint(ROOT / "bookkit")

    assert 0 == found.returncode, found.stdout + found.stderr


@pytest.mark.parametrize("fault", ["unknown();", "const f = (a, b) => a; f(1);", "eval('1');"])
def test_oxlint_does_find_what_is_wrong(fault, tmp_path):
    (tmp_path / "a.js").write_text(f"{fault}\n")

    assert 1 == lint(tmp_path).returncode


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
        ("from bookkit.demo.demo import Demo", [], "bookkit.demo"),
        ("from itlib_book.entropy import figures", [], "itlib_book.entropy"),
    ],
)
def test_a_cell_that_breaks_a_rule_is_named(source, tags, complaint):
    (sentence,) = faults(7, chapter_cell(source, *tags), "kl_divergence")

    assert "cell 7" in sentence
    assert complaint in sentence


def test_a_cell_within_the_rules_passes():
    source = (
        "import numpy as np\nfrom itlib import entropy\nfrom itlib_book.kl_divergence import demos"
    )

    assert [] == list(faults(1, chapter_cell(source, "hide-input"), "kl_divergence"))


@pytest.mark.parametrize(
    ("source", "module", "expected"),
    [
        ("import scipy.stats", "itlib.codes", ["scipy.stats"]),
        ("from bookkit import palette", "itlib.codes", ["bookkit.palette"]),
        ("import itlib", "bookkit.demo.bake", ["itlib"]),
        ("from itlib_book.entropy import demos", "bookkit.demo.bake", ["itlib_book.entropy.demos"]),
        ("from bookkit.site import head", "bookkit.demo.bake", ["bookkit.site.head"]),
        ("from .live import show", "bookkit.demo.bake", [".live"]),
        ("def f():\n    import torch", "itlib_book.entropy.demos", ["torch"]),
        ("from itlib_book.entropy.data import x", "itlib_book.kl_divergence.demos",
         ["itlib_book.entropy.data"]),
        ("from itlib_book.entropy import figures", "itlib_book.entropy.data",
         ["itlib_book.entropy.figures"]),
        ("from itlib_book.entropy.data import x", "itlib_book.shared.units",
         ["itlib_book.entropy.data"]),
        ("import math\nimport numpy as np", "itlib.codes", []),
    ],
)  # fmt: skip
def test_an_import_against_the_current_is_seen(source, module, expected):
    assert expected == strangers(imports(source, SOURCES), may_import(module))


def test_a_circle_is_seen_also_inside_a_function():
    circle = first_circle(
        {"a.b": "from a import c", "a.c": "def f():\n    from a.d import x", "a.d": "import a.b"}
    )

    assert {"a.b", "a.c", "a.d"} == set(circle)
