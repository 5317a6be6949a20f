"""What stands in the head of a page: its name, what it is about, and what it may load."""

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

from docutils import nodes

from bookkit.markup import math_html

_SCRIPT = Path(__file__).parent / "theme" / "before-paint.js"


def setup(app):
    app.connect("html-page-context", complete)


def complete(app, pagename, templatename, context, doctree):
    """Add to a page's context what the head of `theme/layout.html` uses."""
    script = _SCRIPT.read_text("utf-8").strip()
    context["author"] = app.config.author
    context["plain_title"] = plain_title(context.get("title", ""))
    context["description"] = description(doctree) if doctree else app.config.html_title
    context["before_paint"] = script
    context["policy"] = policy(script)
    base = app.config.html_baseurl.rstrip("/")
    if not doctree:  # it only leads on, so no search engine need list it
        context["pageurl"] = None
    elif base and pagename == app.config.root_doc:  # it stands at the root as well
        context["pageurl"] = f"{base}/"


def plain_title(html):
    """Return a title without its number and without markup.

    >>> plain_title('<span class="section-number">1 </span>KL <em>divergence</em>')
    'KL divergence'
    """
    without_number = re.sub(r'<span class="section-number">.*?</span>', "", html)
    return unescape(re.sub("<[^>]+>", "", without_number)).strip()


def description(doctree, limit=200):
    """Return what the page is about: its first paragraph as plain text, cut at a word."""
    paragraphs = doctree.findall(nodes.paragraph)
    text = " ".join("".join(_words(next(paragraphs, nodes.paragraph()))).split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _words(node):
    for child in node.children:
        if isinstance(child, nodes.math):
            formula = unescape(re.sub("<[^>]+>", "", math_html(child.astext())))
            yield child.get("before", "") + formula + child.get("after", "")
        elif isinstance(child, nodes.Text):
            yield child.astext()
        else:
            yield from _words(child)


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
