"""Small pages that run Python, made without the build of the book."""

from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bookkit.python import release
from bookkit.site import python as site
from bookkit.site.head import policy

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "_build" / ".cache" / "python"  # that of the site: most parts are the same
PACKAGES = ["itlib", "itlib_book"]
SETTINGS = {
    "packages": PACKAGES,
    "absent": ["matplotlib", "scipy", "sklearn"],
    "first": "import itlib",
}


def write(folder, cells, *, hidden=(), more="", modules=None, **settings):
    """Write a page with these cells, and all it loads; return its path.

    Parameters
    ----------
    folder : Path
    cells : dict
        The source of each by its index.
    hidden : list of (int, str)
        Cells that the page does not show.
    more : str
        HTML behind the cells.
    modules : dict, optional
        Modules for the page's Python beside those of the book: {name: bytes}.
    settings
        What parts.js is told beyond `SETTINGS`.
    """
    static = folder / "_static"
    (static / "python").mkdir(parents=True, exist_ok=True)
    (static / "run.js").write_text(site.script(), "utf-8")
    for name, text in python_files(SETTINGS | settings, modules).items():
        (static / "python" / name).write_text(text, "utf-8")
    boxes = "".join(box(number, *cell) for number, cell in enumerate(cells.items(), start=1))
    rules = site.with_leave(
        policy("").replace(" 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", "")
    )
    page = folder / "page.html"
    page.write_text(
        f'<!doctype html><html lang="en" class="scripted"><meta charset="utf-8"><title>Cells</title><link rel="icon" href="data:,">'
        f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
        f'<script defer src="_static/run.js"></script><body><main><h1>Cells</h1>{boxes}{more}'
        f"{site.hidden_data(list(hidden))}</main></body></html>",
        "utf-8",
    )
    return page


def released():
    """Return the files of the release; skip the test where it is not to be had."""
    try:
        return release.files(log=lambda text: None)
    except release.NoReleaseError as problem:
        pytest.skip(str(problem))


def python_files(settings, modules=None):
    """Return the files below `_static/python/`."""
    return site.files(released(), settings, ROOT, CACHE, modules)


def run(tab, index):
    """Press Run on a cell, wait until it is done, and return (state, what it printed)."""
    cell = tab.locator(f'[data-cell="{index}"]')
    cell.locator('[data-action="run"]').click()
    return finished(cell)


def finished(cell):
    """Wait until a cell is done and return (state, what it printed)."""
    expect(cell.locator('[data-action="run"]')).to_be_visible(timeout=60_000)
    output = cell.locator("output.cell-python")
    return output.get_attribute("data-state"), output.text_content()


def box(number, index, source):
    """Return a cell of such a page, as HTML."""
    name = f"cell {number}"
    return (
        f'<div class="cell" data-cell="{index}" data-name="{name}"><div class="cell_input"><pre>'
        f"{escape(source)}</pre></div>{site.BAR.format(name=name)}{site.OUTPUT.format(name=name)}"
        '<div class="cell_output"><div class="output stream"><pre>stored</pre></div></div></div>'
    )
