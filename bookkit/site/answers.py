"""What roles and links come to outside the book: words, numbers, and links to the site."""

import posixpath

from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx.transforms import SphinxTransformer
from sphinx.util.docutils import new_document, sphinx_domains

_MARKS = {nodes.strong: "**", nodes.emphasis: "*", nodes.literal: "`", nodes.math: "$"}


def home(config):
    """Return the address of the site, with a stroke at its end; nothing while it has none."""
    return config.html_baseurl.rstrip("/") + "/" if config.html_baseurl else ""


def answers(app, page, questions):
    """Return {MyST: plain Markdown} for pieces of text, each read and resolved as on the page."""
    document = resolved(app, page, questions)
    base = posixpath.dirname(app.builder.get_target_uri(page))

    def place(link):
        """Return the address of a link; nothing where the site has none."""
        target = link.get("refuri") or f"{app.builder.get_target_uri(page)}#{link['refid']}"
        if not link.get("internal"):
            return target
        here = home(app.config)
        path = posixpath.normpath(posixpath.join(base, target)) if "refuri" in link else target
        return here + path if here else ""

    return {
        question: written(paragraph, place)
        for question, paragraph in zip(questions, document.children, strict=True)
    }


def resolved(app, page, questions):
    """Return a document with a paragraph for each question, as the page would show it."""
    env = app.env
    document = new_document(env.doc2path(page))
    document.settings.env = env
    env.prepare_settings(page)
    try:
        with sphinx_domains(env):
            parser = create_md_parser(env.myst_config, SphinxRenderer)
            parser.options["document"] = document
            parser.render("\n\n".join(questions))
        transformer = SphinxTransformer(document)
        transformer.set_environment(env)
        transformer.add_transforms(app.registry.get_post_transforms())
        transformer.apply_transforms()
    finally:
        env.temp_data.clear()
    return document


def written(node, place):
    """Return a node as plain Markdown; `place` gives the address of a link.

    >>> link = nodes.reference("", "", nodes.strong("", "bits"), refuri="a.html", internal=True)
    >>> written(link, lambda link: "https://example.org/" + link["refuri"])
    '[**bits**](https://example.org/a.html)'
    >>> written(link, lambda link: "")
    '**bits**'
    """
    if isinstance(node, nodes.Text):
        return node.astext()
    words = "".join(written(child, place) for child in node.children)
    if isinstance(node, nodes.reference):
        return f"[{words}]({address})" if (address := place(node)) else words
    mark = next((mark for kind, mark in _MARKS.items() if type(node) is kind), "")
    return mark + words + mark
