"""What a site must do without is said: in a line at home, as a failure where CI is set."""

import re

import pytest
from sphinx.errors import ExtensionError

from bookkit.site import equations, fonts, notices

NO_SIGNS = ("", "", "")
FACES = re.compile(r"font-family:'([^']+)';font-weight:(\d+);font-style:(\w+)")


def test_at_home_a_line_says_it_and_the_build_goes_on(monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    notices.say("no font")

    assert "note: no font\n" == capsys.readouterr().err


def test_where_ci_is_set_it_is_a_failure(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ExtensionError, match="no font"):
        notices.say("no font")


def test_all_faces_of_the_book_are_there(tmp_path):
    said = []
    css = fonts.stylesheet("é", NO_SIGNS, tmp_path, said.append)

    assert [] == said
    assert [(f, str(w), s) for f, w, s, _ in fonts.FACES] == FACES.findall(css)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (("no_such_package", "a.ttf"), "no_such_package, which carries it, is not installed"),
        (("ziamath", "fonts/none.ttf"), "none.ttf"),
        (("ziamath", "__init__.py"), "Not a TrueType"),
    ],
)
def test_a_face_without_its_carrier_is_left_out_and_named(monkeypatch, tmp_path, place, why):
    """No package, none of its files, no font: the other faces stay."""
    monkeypatch.setattr(fonts, "FACES", (("Book Serif", 400, "normal", place), fonts.FACES[-1]))
    said = []
    css = fonts.stylesheet("", NO_SIGNS, tmp_path, said.append)

    assert [("Book Math", "400", "normal")] == FACES.findall(css)
    (problem,) = said
    assert problem.startswith("Book Serif 400 normal is left to each reader's machine: ")
    assert why in problem


def test_a_page_names_further_families_after_those_of_the_book():
    css = (equations.__file__.rpartition("/")[0] + "/theme/book.css").replace("//", "/")
    with open(css, encoding="utf-8") as file:
        named = re.findall(r'(?:--serif: |font-family: )("Book [^;]+);', file.read())

    assert 2 == len(named)
    for families in named:
        assert families.split(", ")[-1] == "serif"
