"""Formulas in the text, numbered and linkable, as MathML."""

from html import escape

from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from bookkit import mathml
from bookkit.markup import math_html
from bookkit.site import notices
from bookkit.site.typography import kept_together

log = logging.getLogger(__name__)


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
    app.connect("builder-inited", tell)


def tell(app):
    """Say if formulas are not set by the converter that they were written for."""
    if problem := mathml.shortcoming():
        notices.say(problem)


def visit_inline(translator, node):
    html = node.get("before", "") + formula(node, display=False) + node.get("after", "")
    translator.body.append(kept_together(html))
    raise nodes.SkipNode


def visit_display(translator, node):
    """A formula on its own line, in a box that scrolls when the page is narrower."""
    translator.body.append(translator.starttag(node, "div", CLASS="equation"))
    translator.body.append(formula(node, display=True))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def formula(node, display):
    """Return MathML; a formula that cannot be set fails the build, at its place in the source."""
    try:
        return math_html(node.astext(), display=display)
    except ValueError as error:
        log.warning("%s", error, location=node)
        return f"<code>{escape(node.astext())}</code>"  # so that the page can be read
