"""The foot of every page: which edition it belongs to, and where the small print stands."""

from pathlib import Path

import yaml

_CITATION = "CITATION.cff"


def setup(app):
    app.add_config_value(
        "bookkit_foot", {}, "html"
    )  # {words: label of a section or name of a page}
    app.connect("builder-inited", note)
    app.connect("html-page-context", complete)


def note(app):
    """Find the version of the book where those who cite it look, if it has one."""
    path = Path(app.srcdir, _CITATION)
    cited = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    app.bookkit_version = cited.get("version", "")


def complete(app, pagename, templatename, context, doctree):
    """Add to a page's context what the foot of `theme/layout.html` uses."""
    context["book_version"] = app.bookkit_version
    found = ((words, place(app, pagename, name)) for words, name in app.config.bookkit_foot.items())
    context["foot_links"] = [(words, address) for words, address in found if address]


def place(app, pagename, name):
    """Return the address of a labelled section or a page, seen from another; none is empty."""
    labels = app.env.domains["std"].labels
    page, ident, _ = labels.get(name, (name, "", ""))
    if page not in app.env.found_docs:
        return ""
    address = app.builder.get_relative_uri(pagename, page)
    return f"{address}#{ident}" if ident else address
