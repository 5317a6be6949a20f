"""What is made again when the code of the site itself has changed: pages read, or only written."""

import hashlib
from pathlib import Path

_BOOKKIT = Path(__file__).parents[1]
_LOOK = {".css", ".html", ".js", ".toml"}


def setup(app):
    app.add_config_value("bookkit_reader", digest(*reader()), "env")
    app.add_config_value("bookkit_look", digest(*look()), "html")


def reader():
    """Return the files of the code that makes pages of notebooks; it runs no notebook again."""
    return sorted([*_BOOKKIT.glob("*.py"), *(_BOOKKIT / "site").glob("*.py")])


def look():
    """Return what pages load or are framed with."""
    return sorted(path for path in _BOOKKIT.rglob("*") if path.suffix in _LOOK)


def digest(*files):
    """Return a short hash of the files, their names included."""
    names = "\n".join(file.relative_to(_BOOKKIT).as_posix() for file in files)
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(names.encode() + content).hexdigest()[:16]
