"""What readers take along from the built site: notebooks that need nothing but what they install."""

import re

import nbformat
import pytest
from python_cells import ROOT
from site_pages import SITE, tags

FOLDER = SITE / "notebooks"
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
RAW = {
    "a role": r"\{[\w:-]+\}`",
    "a directive": r"^[ >]*(`{3,}|:{3,})\{",
    "a label": r"^[ >]*\([\w-]+\)=",
    "the label of an equation": r"^[ >]*\$\$ *\([\w-]+\)",
    "an option": r"^[ >]*:[a-z-]+: ",
    "a link to a file of the book": r"\]\([\w/.-]+\.(ipynb|md)\b",
    "a link to a label": r"\]\(#?[\w-]+\)",
    "what stands for a question": r"\[·\]|\{\{",
}
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no site: `make book` builds it")
every_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def taken(path):
    """The notebook of a chapter as readers get it."""
    return nbformat.read(FOLDER / path.name, as_version=4)


@every_chapter
def test_no_myst_stands_raw(path):
    found = [
        (what, match[0])
        for cell in taken(path).cells
        if cell.cell_type == "markdown"
        for what, pattern in RAW.items()
        for match in re.finditer(pattern, cell.source, re.MULTILINE)
    ]

    assert [] == found


@every_chapter
def test_every_word_outside_of_markup_is_still_there(path):
    """In its order: only what MyST adds is gone."""

    def words(notebook, cut):
        text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
        return re.findall(r"[^\W\d_]{3,}", re.sub(cut, " ", text))

    extra = r"\{[\w:-]+\}`[^`]*`|^ *\([\w-]+\)=|^ *:\w+: .*$|\{admonition\}|\{listing\} .*|^\$\$ \(.*\)|\]\([^)]*\)|^%.*$"
    left = iter(words(taken(path), "NOTHING"))

    assert [] == [
        word
        for word in words(nbformat.read(path, as_version=4), re.compile(extra, re.MULTILINE))
        if word not in left
    ]


@every_chapter
def test_code_is_as_in_the_chapter_between_what_installs_and_the_licence(path):
    made = taken(path)
    nbformat.validate(made)

    assert [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"] == [
        c.source for c in made.cells if c.cell_type == "code" and c.id != "install"
    ]
    assert ["install", "licence"] == [made.cells[0].id, made.cells[-1].id]
    assert "pip install" in made.cells[0].source
    assert "CC BY 4.0" in made.cells[-1].source


@every_chapter
def test_a_page_links_to_its_notebook(path):
    links = [a["href"] for a in tags(f"chapters/{path.stem}.html").named("a") if "download" in a]

    assert f"../notebooks/{path.name}" == links[-1]


def test_nothing_else_is_in_the_folder():
    assert [path.name for path in CHAPTERS] == sorted(path.name for path in FOLDER.iterdir())
