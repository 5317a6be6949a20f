"""The theme of the site, and what its pages show around the text."""

from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from bookkit.site import downloads

_THEME = Path(__file__).parent / "theme"
_COLAB = "https://colab.research.google.com"
_BINDER = "https://mybinder.org"


def setup(app):
    app.add_html_theme("bookkit", str(_THEME))
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it; nobody reads it
    app.add_config_value("bookkit_shortcuts", [], "html")  # pages to reach from every page
    app.add_post_transform(BoxTables)
    app.connect("builder-inited", take_over_search)
    app.connect("html-collect-pages", pages_aside)
    app.connect("html-page-context", complete)


class BoxTables(SphinxPostTransform):
    """Puts each table in a box, which scrolls where the table is wider than the page."""

    default_priority = 400

    def run(self, **kwargs):
        for table in list(self.document.findall(nodes.table)):
            box = nodes.container(classes=["table-box"])
            table.replace_self(box)
            box += table


def take_over_search(app):
    """Let Sphinx write no search index: the book has its own, which finds sections."""
    app.builder.search = False


def pages_aside(app):
    """Return the pages that lead on: to what is looked for, or from where nothing is."""
    pages = [("search", {"title": "Search"}, "search.html")]
    if app.config.html_baseurl:  # an address that does not exist can be of any depth
        pages.append(("404", {"title": "No such page"}, "404.html"))
    return pages


def complete(app, pagename, templatename, context, doctree):
    """Add to a page's context what the body of `theme/layout.html` uses."""
    source = Path(app.env.doc2path(pagename, False)).as_posix() if doctree else ""
    notebook = downloads.file_of(pagename) if source.endswith(".ipynb") else ""
    branch = app.config.bookkit_notebooks
    context["notebook"] = notebook and f"{downloads.FOLDER}/{notebook}"
    context["launch"] = launch_links(app.config.html_theme_options, notebook, source, branch)
    context["buttons"] = buttons(app.config.html_theme_options, source)
    context["shortcuts"] = [
        (app.env.titles[name].astext(), app.builder.get_relative_uri(pagename, name))
        for name in app.config.bookkit_shortcuts
        if name != pagename and name in app.env.titles
    ]


def buttons(options, source):
    """Return (name, address) of what the settings offer: the repository, an edit, a report.

    >>> switches = {"use_repository_button": False, "use_issues_button": True}
    >>> buttons({"repository_url": "https://github.com/a/b", **switches}, "chapters/kl.ipynb")
    [('Report an error', 'https://github.com/a/b/issues/new?title=chapters/kl.ipynb')]
    """
    address, branch, path = _repository(options)
    offered = (
        ("use_repository_button", "Repository", address),
        ("use_edit_page_button", "Edit this page", f"{address}/edit/{branch}/{path}{source}"),
        ("use_issues_button", "Report an error", f"{address}/issues/new?title={source}"),
    )
    return [(name, place) for switch, name, place in offered if source and options.get(switch)]


def launch_links(options, notebook, source, branch_of_notebooks="notebooks"):
    """Return (name, address) of places that run a notebook; none without a repository.

    >>> launch_links({"repository_url": ""}, "kl.ipynb", "chapters/kl.ipynb")
    []
    >>> site = {"repository_url": "https://github.com/a/b"}
    >>> links = launch_links(site, "kl.ipynb", "chapters/kl.ipynb")
    >>> links[1]
    ('Open in Binder', 'https://mybinder.org/v2/gh/a/b/notebooks?urlpath=lab/tree/kl.ipynb')
    """
    address, branch, path = _repository(options)
    if not address or not notebook:
        return []
    repository = "/".join(address.split("/")[-2:])
    chosen = options.get("launch_buttons") or {}
    colab = (chosen.get("colab_url") or _COLAB).rstrip("/")
    binder = (chosen.get("binderhub_url") or _BINDER).rstrip("/")
    plain = branch_of_notebooks
    return [
        ("Open in Colab", f"{colab}/github/{repository}/blob/{plain}/{notebook}"),
        ("Open in Binder", f"{binder}/v2/gh/{repository}/{plain}?urlpath=lab/tree/{notebook}"),
        ("Source", f"{address}/blob/{branch}/{path}{source}"),
    ]


def _repository(options):
    """Return the repository's address, its branch, and the folder of the book in it."""
    path = (options.get("path_to_docs") or "").strip("/")
    return (
        (options.get("repository_url") or "").rstrip("/"),
        options.get("repository_branch") or "main",
        f"{path}/" if path else "",
    )
