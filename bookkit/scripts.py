"""Joins scripts that are written as modules into one that a page may load from disk.

A browser refuses modules from `file://`. So each source says with `import { a } from "./b.js";`
what it takes from its neighbours and with `export` what it gives, and here the sources are put one
after the other, in a function of their own. Their comments stay with the sources.
"""

import re

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\./[\w.-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const|let|class) )", re.MULTILINE)
_COMMENT = re.compile(r"^[ ]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
# Behind a statement; what has a quotation mark behind it may stand in a string.
_TRAILING = re.compile(r"(?<=[;,{]) // [^\n\"'`]*$", re.MULTILINE)
_NAME = re.compile(r"^(?:async function|function|const|let|class) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def joined(path):
    """Return the script that a module and all that it imports come to.

    Parameters
    ----------
    path : Path
        The module that is wanted; what it imports stands beside it.

    Raises
    ------
    ValueError
        If a name is declared at the top of two modules, imported but not exported, or imported or
        exported in a way that is not read here.
    """
    sources = {}
    _collect(path, sources, ())
    _require_one_home(sources)
    parts = [_EXPORT.sub("", _IMPORT.sub("", text)) for text in sources.values()]
    bare = [_TRAILING.sub("", _COMMENT.sub("", part)).strip() for part in parts]
    text = re.sub(r"\n{2,}", "\n", "\n".join(bare))
    if left := _LEFT.search(text):
        raise ValueError(f"{path.name}: cannot join {left[0]!r}; see bookkit/scripts.py")
    return f'(() => {{\n"use strict";\n{text}\n}})();\n'


def _collect(path, sources, above):
    """Put a module into `sources` behind everything that it imports."""
    if path in above:
        raise ValueError(f"{path.name} imports itself in a circle")
    if path in sources:
        return
    text = path.read_text("utf-8")
    for names, place in _IMPORT.findall(text):
        other = path.with_name(place.removeprefix("./"))
        _collect(other, sources, (*above, path))
        for name in filter(None, (name.strip() for name in names.split(","))):
            declared = rf"^export (?:async function|function|const|let|class) {name}\b"
            if not re.search(declared, sources[other], re.MULTILINE):
                raise ValueError(f"{path.name} imports {name!r}, which {place} does not export")
    sources[path] = text


def _require_one_home(sources):
    homes = {}
    for path, text in sources.items():
        for name in _NAME.findall(_EXPORT.sub("", text)):
            if homes.setdefault(name, path) != path:
                raise ValueError(f"{name!r} is declared in {homes[name].name} and in {path.name}")
