"""What the page templates need beyond Sphinx's own: head, policy, links to the notebook."""

import base64
import hashlib
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

THEME = Path(__file__).parent / "theme"
COLAB = "https://colab.research.google.com/github"
BINDER = "https://mybinder.org/v2/gh"


def setup(app):
    app.add_html_theme("bookkit", str(THEME))
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it; nobody reads it
    app.add_post_transform(BoxTables)
    app.connect("builder-inited", take_over_search)
    app.connect("html-collect-pages", search_page)
    app.connect("html-page-context", complete)


def take_over_search(app):
    """Let Sphinx write no search index: the book has its own, which finds sections."""
    app.builder.search = False


def search_page(app):
    return [("search", {"title": "Search"}, "search.html")]


def complete(app, pagename, templatename, context, doctree):
    """Add to a page's context what the templates in `theme` use."""
    script = (THEME / "before-paint.js").read_text("utf-8").strip()
    context["body"] = mended(context.get("body", ""))
    context["author"] = app.config.author
    context["before_paint"] = script
    context["policy"] = policy(script)
    context["description"] = description(app, pagename, doctree)
    context["launch"] = launch_links(app, pagename)


class BoxTables(SphinxPostTransform):
    """Puts each table in a box, which scrolls where the table is wider than the page."""

    default_priority = 400

    def run(self, **kwargs):
        for table in list(self.document.findall(nodes.table)):
            box = nodes.container(classes=["table-box"])
            table.replace_self(box)
            box += table


def mended(body):
    """Return the HTML of a page with what extensions get wrong for screen readers put right."""
    # A folded cell says itself what it is; this label, read aloud, would hide that.
    body = body.replace(' aria-label="Toggle hidden content"', "")
    # The items of a bibliography are items of its list; their own role is withdrawn.
    return body.replace('role="doc-biblioentry"', 'role="listitem"')


def policy(script):
    """Return the content-security policy of a page with one inline script.

    Everything comes from the site itself, and the page sends nothing anywhere. `file:` is for
    browsers that do not count a page opened from disk as its own origin; fonts and small images
    are `data:` because those browsers refuse to load them as files.

    >>> policy("f()")[:60]
    "default-src 'none'; script-src 'self' file: 'sha256-GcEEE0Ik"
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' file: 'sha256-{digest}'",
            "style-src 'self' file:",
            "img-src 'self' file: data:",
            "font-src 'self' file: data:",
            "form-action 'self' file:",
            "base-uri 'none'",
        )
    )


def description(app, pagename, doctree, limit=200):
    """Return what the page is about: its first paragraph, cut at a word."""
    if doctree is None:
        return app.config.html_title
    paragraphs = (p for p in doctree.findall(nodes.paragraph) if p.astext().strip())
    text = " ".join(next(paragraphs, nodes.paragraph()).astext().split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def launch_links(app, pagename):
    """Return (name, address) of places that run the page's notebook; none without a repository."""
    options = app.config.html_theme_options
    address = options.get("repository_url", "").rstrip("/")
    source = app.env.doc2path(pagename, False) if pagename in app.env.found_docs else ""
    if not address or not source.endswith(".ipynb"):
        return []
    branch = options.get("repository_branch") or "main"
    repository = "/".join(address.split("/")[-2:])
    return [
        ("Colab", f"{COLAB}/{repository}/blob/{branch}/{source}"),
        ("Binder", f"{BINDER}/{repository}/{branch}?urlpath=lab/tree/{source}"),
        ("Source", f"{address}/blob/{branch}/{source}"),
    ]
