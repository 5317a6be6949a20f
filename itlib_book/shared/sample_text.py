"""A sample of English prose, for the chapters that compress and predict text.

It is what the sources of scikit-learn, whose version this book pins, say in words: the plain
sentences of its docstrings. So it needs no file and no network, and is the same everywhere.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from bookkit.python.carried import carried

KEYS = " abcdefghijklmnopqrstuvwxyz0123456789.,:'()-"
"""The 44 characters that occur: those of a small typewriter."""

_ROLE = re.compile(r":(?:class|func|meth|mod|term):`~?(?:[\w.]+\.)?(\w+)`")
# Between paragraphs, parameters and sections.
_BREAK = re.compile(r"\n\s*\n|\n.* : .*\n|\n\s*-+\n")
_SENTENCE = re.compile(r"(?:^|(?<=\. ))[A-Z].*?\.(?= |$)")
_WORD = r"\(?'?(?:[a-z]+(?:['-][a-z]+)*|\d+(?:\.\d+)?)'?\)?"
_PLAIN = re.compile(rf"(?:{_WORD}[,:]? ){{5,}}{_WORD}\.")


@cache
@carried
def sample_text():
    """Return the sample: one line of lower-case sentences, typed on `KEYS`.

    >>> set(sample_text()) == set(KEYS)
    True
    """
    seen = set()
    found = (sentence for path in _sources() for sentence in _sentences(path))
    return " ".join(sentence for sentence in found if _is_new(sentence, seen))


def _sources():
    """Return the modules of scikit-learn in the same order everywhere, without importing it.

    One of them is made for the platform when scikit-learn is packaged, and left out.
    """
    root = Path(find_spec("sklearn").origin).parent
    inside = {path.relative_to(root): path for path in root.rglob("*.py")}
    left_out = {"tests", "externals", "_distributor_init.py"}
    own = [name for name in inside if not left_out & set(name.parts)]
    return [inside[name] for name in sorted(own, key=Path.as_posix)]


def _sentences(path):
    """Yield the plain sentences of a file's docstrings, in lower case."""
    for docstring in path.read_text(encoding="utf-8").split('"""')[1::2]:
        for block in _BREAK.split(_ROLE.sub(r"\1", docstring)):
            words = " ".join(block.replace("`", "").replace('"', "'").split())
            for sentence in map(str.lower, _SENTENCE.findall(words)):
                # What opens a bracket and does not close it was cut at an abbreviation.
                if _PLAIN.fullmatch(sentence) and sentence.count("(") == sentence.count(")"):
                    yield sentence


def _is_new(sentence, seen, run=4):
    """Tell whether most runs of four words are new, and remember them all.

    Docstrings repeat each other; a text that did would be too easy to predict.
    """
    words = sentence.split()
    runs = {tuple(words[i : i + run]) for i in range(len(words) - run + 1)}
    fresh = len(runs - seen)
    seen |= runs
    return 2 * fresh > len(runs)
