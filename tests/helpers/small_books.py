"""Small books of a page or three, built whole by Jupyter Book with the extension of this one."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("jupyter-book")


def write_settings(book, contents, **more):
    """Write the settings and the table of contents of a book; `more` are settings of Sphinx."""
    sphinx = {
        "extensions": ["myst_nb", "jupyter_book", "sphinx_external_toc", "sphinx.ext.autodoc",
                       "sphinx.ext.napoleon", "bookkit.site"],
        "html_theme": "bookkit", "html_math_renderer": "mathml", "html_copy_source": False,
        "html_use_index": False, "html_domain_indices": False,
        "myst_enable_extensions": ["dollarmath"],
    }  # fmt: skip
    config = {
        "title": "Bits",
        "author": "A",
        "copyright": "2026",
        "only_build_toc_files": True,
        "execute": {"execute_notebooks": "cache"},
        "sphinx": {"config": sphinx | more},
    }
    (book / "_config.yml").write_text(yaml.safe_dump(config))
    (book / "_toc.yml").write_text(yaml.safe_dump({"format": "jb-book", **contents}))


def build(book, modules, **environment):
    """Build a book that finds the modules of a folder before all others; gives the ended process."""
    path = os.pathsep.join([str(modules), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [PROGRAM, "build", ".", "-W", "-q"],
        cwd=book,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, **environment},
    )


def share_python(book):
    """Let a book take the browser's Python from what this one keeps: to compress it takes seconds."""
    kept = ROOT / "_build" / ".cache" / "python"
    kept.mkdir(parents=True, exist_ok=True)
    (book / "_build" / ".cache").mkdir(parents=True)
    (book / "_build" / ".cache" / "python").symlink_to(kept)


def filled_once(tmp_path_factory, name, fill):
    """Return a folder that the first worker to ask for it fills; the others wait and read it."""
    here = tmp_path_factory.getbasetemp()
    common = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    folder, filled = common / name, common / f"{name}.filled"
    with (common / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not filled.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what a worker left that failed
            folder.mkdir()
            fill(folder)
            filled.touch()
    return folder
