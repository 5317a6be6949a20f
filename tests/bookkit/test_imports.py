"""What is made of Python is made again when something that it imports has changed, and only then."""

import pytest

from bookkit.imports import key

FILES = {
    "__init__.py": "",
    "chapter/__init__.py": "",
    "chapter/demos.py": "from moving.shared.near import FAR",
    "chapter/unread.py": "",
    "shared/__init__.py": "",
    "shared/near.py": "from .far import FAR",
    "shared/far.py": "FAR = 1",
    "shared/page.css": "p { color: red }",
    "shared/page.js": "f()",
    "shared/look.mplstyle": "lines.linewidth: 1",
    "other/__init__.py": "",
    "other/demos.py": "",
}
CELLS = ["%time\nimport math", "print(", "from moving.chapter import demos"]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package `moving` of two chapters and what they share."""
    monkeypatch.syspath_prepend(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / "moving" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "moving"


def changed(package, name):
    """Whether the key of `CELLS` is another once the file says something else."""
    before = key(CELLS, ["moving"])
    (package / name).write_text(FILES[name] + "\n")
    return before != key(CELLS, ["moving"])


@pytest.mark.parametrize("name", ["chapter/demos.py", "shared/near.py", "shared/far.py"])
def test_a_module_that_is_imported_gives_another_key(package, name):
    assert changed(package, name)


@pytest.mark.parametrize("name", ["chapter/unread.py", "other/demos.py"])
def test_a_module_that_is_not_imported_gives_the_same_key(package, name):
    assert not changed(package, name)


@pytest.mark.parametrize("name", ["shared/page.css", "shared/page.js"])
def test_a_style_or_a_script_of_the_page_gives_the_same_key(package, name):
    assert not changed(package, name)


def test_what_a_module_may_read_gives_another_key(package):
    assert changed(package, "shared/look.mplstyle")


def test_a_file_that_is_new_gives_another_key(package):
    before = key(CELLS, ["moving"])
    (package / "shared" / "words.txt").write_text("words")

    assert before != key(CELLS, ["moving"])


def test_another_version_of_what_is_imported_gives_another_key(package, monkeypatch):
    cells = ["import numpy"]
    before = key(cells, ["moving"])
    monkeypatch.setattr("bookkit.imports._version", lambda name: "0.0")

    assert before != key(cells, ["moving"])
