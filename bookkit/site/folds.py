"""Admonitions of the class `dropdown`: folded on a page until somebody wants them.

One of the class `short-answer` has an address of its own, which a link by its label unfolds.
"""

from html import escape
from posixpath import basename

from docutils import nodes
from sphinx.transforms import SphinxTransform

_SHORT = "short-answer"  # a class, an address on the page, and the end of a label


def setup(app):
    app.add_transform(ShortAnswer)
    app.connect("doctree-resolved", fold)


class ShortAnswer(SphinxTransform):
    """Gives the short answer of a page the address `#short-answer`, and the label `PAGE-short-answer`."""

    default_priority = 840  # before the labels of a page are collected

    def apply(self, **kwargs):
        for box in self.document.findall(nodes.admonition):
            if _SHORT in box["classes"]:
                box["ids"].insert(0, _SHORT)
                box["names"].append(f"{basename(self.env.docname)}-{_SHORT}")
                self.document.note_explicit_target(box)


def fold(app, doctree, docname):
    """Turn each into a `<details>`, which needs no script and opens when the page is printed."""
    if app.builder.format != "html":
        return
    for box in list(doctree.findall(nodes.admonition)):
        if "dropdown" not in box["classes"]:
            continue
        title, *body = box.children
        idents = "".join(f' id="{escape(ident)}"' for ident in box["ids"][:1])
        opening = f'<details class="admonition fold"{idents}><summary class="admonition-title">'
        place = box.parent.index(box)  # replace_self would hand the box's classes on
        box.parent[place : place + 1] = [
            _raw(opening),
            nodes.inline("", "", *title.children),
            _raw("</summary>"),
            *body,
            _raw("</details>"),
        ]


def _raw(html):
    return nodes.raw("", html, format="html")
