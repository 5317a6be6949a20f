"""A book without the usual carriers of formulas and fonts is built, reads, and says what it lacks."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow  # it builds a small book

ROOT = Path(__file__).parents[3]
CONFIG = {
    "title": "Bits", "author": "A", "copyright": "2026", "only_build_toc_files": True,
    "execute": {"execute_notebooks": "cache"},
    "sphinx": {"config": {
        "extensions": ["myst_nb", "jupyter_book", "sphinx_external_toc", "sphinx.ext.autodoc",
                       "sphinx.ext.napoleon", "bookkit.site"],
        "html_theme": "bookkit", "html_math_renderer": "mathml", "html_copy_source": False,
        "html_use_index": False, "html_domain_indices": False,
        "myst_enable_extensions": ["dollarmath"],
    }},
}  # fmt: skip
PAGE = "# Bits\n\nA byte has $\\log_2 256 = 8$ bits.\n\n$$\nH \\le \\log_2 m\n$$\n"
MISSING = "raise ImportError('no wheel for this machine')\n"


def build(folder, **environment):
    """Build a book of one page where math_core and the package of the text's font are missing."""
    for name in ("math_core", "font_source_serif_pro"):
        (folder / "lacking" / name).mkdir(parents=True)
        (folder / "lacking" / name / "__init__.py").write_text(MISSING)
    (folder / "_config.yml").write_text(yaml.safe_dump(CONFIG))
    (folder / "_toc.yml").write_text("format: jb-book\nroot: bits\n")
    (folder / "bits.md").write_text(PAGE)
    path = os.pathsep.join([str(folder / "lacking"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, **environment}
    program = Path(sys.executable).with_name("jupyter-book")
    return subprocess.run(
        [program, "build", ".", "-W", "-q"],
        cwd=folder, env=environment, capture_output=True, text=True,
    )  # fmt: skip


def test_at_home_the_pages_are_built_and_each_lack_is_said_once(tmp_path):
    built = build(tmp_path, CI="")
    notes = re.findall("^note: (.*)$", built.stderr, re.MULTILINE)
    html = (tmp_path / "_build" / "html" / "index.html").read_text("utf-8")

    assert 0 == built.returncode, built.stderr
    assert 1 == sum("no wheel for this machine" in note for note in notes)
    assert 3 == sum(note.startswith("Book Serif") for note in notes)
    assert 2 == html.count("<math")
    assert "<mi>H</mi><mo>≤</mo>" in html


def test_where_ci_is_set_nothing_is_built_by_halves(tmp_path):
    built = build(tmp_path, CI="true")

    assert 0 != built.returncode
    assert "no wheel for this machine" in built.stdout + built.stderr
