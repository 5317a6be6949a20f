"""Scripts written as modules become one that a page loads from disk."""

import re

import pytest

from bookkit.exercise import SCRIPT
from bookkit.scripts import joined


def write(folder, **modules):
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder / f"{next(iter(modules))}.js"


def test_what_is_imported_comes_first_and_once(tmp_path):
    """In the order of need, without comments, in a function of its own."""
    page = write(
        tmp_path,
        page='/* Top. */\nimport { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
        b='import { c } from "./c.js";\n\n// says\nexport function b() { return c; }\n',
        c="export const c = '/* kept */'; // why\nexport const d = '; // kept';\n",
    )

    assert (
        "(() => {\n\"use strict\";\nconst c = '/* kept */';\nconst d = '; // kept';\nfunction b() { return c; }\nb(c);\n})();\n"
        == joined(page)
    )


@pytest.mark.parametrize(
    ("modules", "complaint"),
    [
        ({"a": 'import { b } from "./b.js";\n', "b": "const b = 1;\n"}, "'b', which ./b.js does not"),
        ({"a": 'import { b } from "./b.js";\nconst c = 1;\n',
          "b": "const c = 2;\nexport const b = 1;\n"}, "'c' is declared in b.js and in a.js"),
        ({"a": 'import b from "./b.js";\n'}, "cannot join"),
        ({"a": "export default 1;\n"}, "cannot join"),
        ({"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'}, "in a circle"),
    ],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused_in_words(modules, complaint, tmp_path):
    with pytest.raises(ValueError, match=re.escape(complaint)):
        joined(write(tmp_path, **modules))


def test_a_plain_script_stays_what_it_is(tmp_path):
    """One that imports nothing is only put into a function."""
    assert '(() => {\n"use strict";\nf();\n})();\n' == joined(write(tmp_path, a="f();\n"))


def test_the_script_of_the_exercises_is_small_and_whole():
    """Nothing of the module syntax is left, and readers load little."""
    import gzip

    text = joined(SCRIPT)

    assert not re.search(r"^(?:import|export)\b", text, re.MULTILINE)
    assert 14_200 > len(gzip.compress(text.encode(), 9, mtime=0))
