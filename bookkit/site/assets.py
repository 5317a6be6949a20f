"""The few files that pages load: one stylesheet and small scripts, named by their content."""

import hashlib
import re
from pathlib import Path

from pygments.formatters import HtmlFormatter

from bookkit import markup, palette
from bookkit.scripts import joined

_BOOKKIT = Path(__file__).parents[1]
THEME = Path(__file__).parent / "theme"
_STYLES = tuple(
    _BOOKKIT / name
    for name in (
        "site/theme/book.css",
        "site/theme/study.css",
        "figure/figure.css",
        "demo/demo.css",
        "exercise/exercise.css",
        "python/run.css",
    )
)
_SCRIPTS = {
    "book.js": THEME / "book.js",
    "player.js": _BOOKKIT / "demo/player.js",
    "exercise.js": _BOOKKIT / "exercise/scripts/page.js",
}  # the name on the site, and the module that is joined with what it imports
_WHERE_NEEDED = {
    "review.js": (_BOOKKIT / "exercise/scripts/review.js", 'class="exercise-review"'),
    "self_test.js": (_BOOKKIT / "exercise/scripts/self_test.js", 'class="self-test"'),
    "scores.js": (_BOOKKIT / "exercise/scripts/scores.js", 'class="own-scores"'),
}  # and what stands in the pages that load it
_COMMENT = re.compile(r" */\*.*?\*/", re.DOTALL)
_LIGHT_CODE, _DARK_CODE = "a11y-high-contrast-light", "github-dark"


def setup(app):
    app.connect("builder-inited", prepare)
    app.connect("html-page-context", link)
    app.connect("build-finished", write)


def prepare(app):
    """Collect the assets before the first page needs their names."""
    files = {named("book.css", stylesheet()): stylesheet()}
    app.bookkit_wanted = {}  # of a file that not every page loads, what stands in those that do
    paths = _SCRIPTS | {name: path for name, (path, _) in _WHERE_NEEDED.items()}
    for name, path in paths.items():
        text = joined(path)
        files[named(name, text)] = text
        if name in _WHERE_NEEDED:
            app.bookkit_wanted[named(name, text)] = _WHERE_NEEDED[name][1]
    app.bookkit_assets = files


def link(app, pagename, templatename, context, doctree):
    """Give the page's template the names of its assets."""
    body = context.get("body", "")
    names = [name for name in app.bookkit_assets if app.bookkit_wanted.get(name, "") in body]
    context["book_stylesheets"] = [name for name in names if name.endswith(".css")]
    context["book_scripts"] = [name for name in names if name.endswith(".js")]


def write(app, exception):
    """Write the assets, in place of whatever other extensions left for pages to load."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    static.mkdir(exist_ok=True)
    for name, text in app.bookkit_assets.items():
        (static / name).write_text(text, "utf-8", newline="\n")


def named(name, text):
    """Return the file name with a hash of the content in it, so that caches never go stale.

    >>> named("book.css", "p{}")
    'book.806db221.css'
    """
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:8]}{dot}{suffix}"


def stylesheet():
    """Return all CSS of the site but its fonts; comments stay with the sources.

    >>> "/*" in stylesheet()
    False
    """
    parts = [palette.stylesheet(), markup.stylesheet(), code_colours()]
    parts += [path.read_text("utf-8") for path in _STYLES]
    return _COMMENT.sub("", "\n".join(parts))


def code_colours():
    """Return the colours of code, for light pages and paper, and for dark pages."""
    dark = _code_rules(_DARK_CODE, 'html[data-theme="dark"] ')
    return f"{_code_rules(_LIGHT_CODE, '')}\n@media screen {{\n{dark}\n}}"


def _code_rules(style, page):
    lines = HtmlFormatter(style=style).get_style_defs(f"{page}.highlight").splitlines()
    return "\n".join(line for line in lines if ".highlight ." in line)
