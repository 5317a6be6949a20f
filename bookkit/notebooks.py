"""Runs chapters and stores what they print: text only, in one canonical form.

    python -m bookkit.notebooks chapters/*.ipynb

Git then holds no pictures, no widget state and no noise, and a changed number is a changed line.
"""

import hashlib
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from bookkit.output import SITE_VARIABLE

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What goes wrong with a notebook or in its kernel, said well enough by whoever notices it.
_IN_WORDS = (CellExecutionError, DeadKernelError, nbformat.ValidationError)


def main(paths):
    """Run each notebook and store its text; return how many could not be run."""
    failures = 0
    for path in map(Path, paths):
        try:
            changed = store(path)
        except FileNotFoundError:
            failures += 1
            print(f"{path}: there is no such notebook", file=sys.stderr)
        except (*_IN_WORDS, OSError, ValueError) as error:
            failures += 1
            print(f"{path}: {error}", file=sys.stderr)
        else:
            print(f"{path}: {'stored' if changed else 'as it was'}")
    return failures


def store(path):
    """Run the notebook at `path` and write it back if it changed; return whether it did."""
    before = path.read_text("utf-8")
    after = dumps(canonical(run(nbformat.reads(before, as_version=4), path.parent)))
    if after != before:
        path.write_text(after, "utf-8", newline="\n")
    return after != before


def run(notebook, folder):
    """Return the notebook with fresh outputs, made in a kernel like a reader's."""
    environment = {name: value for name, value in os.environ.items() if name != SITE_VARIABLE}
    client = NotebookClient(
        notebook, timeout=600, coalesce_streams=True, resources={"metadata": {"path": str(folder)}}
    )
    return client.execute(env=environment)


def canonical(notebook):
    """Return the notebook as git holds it: sources, tags and the text that cells print.

    Raises
    ------
    ValueError
        If a cell has printed to standard error: a chapter shows no warnings.
    """
    cells, ids = [], set()
    for number, cell in enumerate(notebook.cells, 1):
        cell = nbformat.from_dict(
            {
                "cell_type": cell.cell_type,
                "id": _identity(cell, ids),
                "metadata": {"tags": sorted(tags)} if (tags := cell.metadata.get("tags")) else {},
                "source": cell.source.rstrip(),
            }
        )
        if cell.cell_type == "code":
            cell.outputs = _texts(notebook.cells[number - 1].outputs, number)
            # nbval takes a cell without a count for one that was not run, and refuses its outputs.
            # One count for all: a new cell then changes no line of the others.
            cell.execution_count = 1 if cell.outputs else None
        cells.append(cell)
    return nbformat.from_dict(
        {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    )


def dumps(notebook):
    """Return the text of the file that holds the notebook."""
    return nbformat.writes(notebook) + "\n"


def _identity(cell, taken):
    """Return an id that changes only when the cell does."""
    digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source.rstrip()}".encode()).hexdigest()[:8]
    name, copies = digest, 1
    while name in taken:
        copies += 1
        name = f"{digest}-{copies}"
    taken.add(name)
    return name


def _texts(outputs, number):
    """Return the outputs that are text: one stream, and the plain form of each object."""
    texts = []
    for output in outputs:
        if output.output_type == "stream":
            if output.name == "stderr":
                raise ValueError(f"cell {number} prints to standard error: {output.text.strip()}")
            if texts and texts[-1].output_type == "stream":
                texts[-1].text += output.text
            else:
                texts.append(nbformat.v4.new_output("stream", text=output.text))
        elif plain := output.get("data", {}).get("text/plain"):
            texts.append(nbformat.v4.new_output(output.output_type, {"text/plain": plain}))
    return texts


if __name__ == "__main__":
    sys.exit(
        main(sys.argv[1:]) if sys.argv[1:] else "Name notebooks, such as chapters/entropy.ipynb."
    )
