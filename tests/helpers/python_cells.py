"""Code cells of the chapters: what their notebooks hold, and how to run them all in a page."""

from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))

# A function of JavaScript: runs every cell of a page in order; {index: [state, text]}.
RUN_ALL = """async () => {
    const found = {};
    for (const cell of document.querySelectorAll(".cell[data-cell]")) {
        const run = cell.querySelector('[data-action="run"]');
        const output = cell.querySelector("output.cell-python");
        await new Promise((done) => {
            new MutationObserver((_, observer) => {
                if (run.hidden) return;
                observer.disconnect();
                done();
            }).observe(run, { attributeFilter: ["hidden"] });
            setTimeout(done, 120_000); // a cell that has not ended by then is told by its state
            run.click();
        });
        found[cell.dataset.cell] = [output.dataset.state, output.textContent];
    }
    return found;
}"""


def stored(cell):
    """Return what a cell of a notebook printed."""
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def visible_cells(path):
    """Return the code cells that a page shows: {index: cell}."""
    unseen = {"remove-cell", "remove-input"}
    cells = enumerate(nbformat.read(path, as_version=4).cells)
    return {
        i: cell
        for i, cell in cells
        if cell.cell_type == "code" and not unseen & set(cell.metadata.get("tags", []))
    }
