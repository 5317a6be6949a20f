"""The theme of the site, and what its pages show around the text."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

THEME = Path(__file__).parent / "theme"
COLAB = "https://colab.research.google.com/github"
BINDER = "https://mybinder.org/v2/gh"
# A formula in a line of text, with the bracket before it and the punctuation after it.
FORMULA = re.compile(
    r'\(?<math(?![^>]*display="block")[^>]*>(?:(?!</math>).)*</math>[.,;:!?)’”]+', re.DOTALL
)


def setup(app):
    app.add_html_theme("bookkit", str(THEME))
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it; nobody reads it
    app.add_post_transform(BoxTables)
    app.connect("builder-inited", take_over_search)
    app.connect("html-collect-pages", search_page)
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


def search_page(app):
    return [("search", {"title": "Search"}, "search.html")]


def complete(app, pagename, templatename, context, doctree):
    """Add to a page's context what the body of `theme/layout.html` uses."""
    context["body"] = kept_together(mended(context.get("body", "")))
    source = app.env.doc2path(pagename, False) if doctree else ""
    context["launch"] = launch_links(app.config.html_theme_options, source)


def mended(body):
    """Return the HTML of a page with what extensions get wrong for screen readers put right."""
    # A folded cell says itself what it is; this label, read aloud, would hide that.
    body = body.replace(' aria-label="Toggle hidden content"', "")
    # The empty corner of a table heads nothing.
    body = re.sub(r'<th class="head[^"]*">(<p></p>)?</th>', "<td></td>", body)
    # The items of a bibliography are items of its list; their own role is withdrawn.
    return body.replace('role="doc-biblioentry"', 'role="listitem"')


def kept_together(body):
    """Return the HTML of a page in which no line of text begins with punctuation or a %.

    >>> kept_together("<p>5 % of <math><mi>x</mi></math>, then.</p><pre>5 %</pre>")
    '<p>5\\xa0% of <span class="formula"><math><mi>x</mi></math>,</span> then.</p><pre>5 %</pre>'
    """
    body = FORMULA.sub(r'<span class="formula">\g<0></span>', body)
    parts = re.split("(<pre.*?</pre>)", body, flags=re.DOTALL)
    return "".join(
        part if part.startswith("<pre") else re.sub(r"(?<=\d) %", "\u00a0%", part) for part in parts
    )


def launch_links(options, source):
    """Return (name, address) of places that run a notebook; none without a repository.

    >>> launch_links({"repository_url": ""}, "chapters/kl.ipynb")
    []
    >>> links = launch_links({"repository_url": "https://github.com/a/b"}, "chapters/kl.ipynb")
    >>> links[1]
    ('Open in Binder', 'https://mybinder.org/v2/gh/a/b/main?urlpath=lab/tree/chapters/kl.ipynb')
    """
    address = options.get("repository_url", "").rstrip("/")
    if not address or not source.endswith(".ipynb"):
        return []
    branch = options.get("repository_branch") or "main"
    repository = "/".join(address.split("/")[-2:])
    return [
        ("Open in Colab", f"{COLAB}/{repository}/blob/{branch}/{source}"),
        ("Open in Binder", f"{BINDER}/{repository}/{branch}?urlpath=lab/tree/{source}"),
        ("Source", f"{address}/blob/{branch}/{source}"),
    ]
