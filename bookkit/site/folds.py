"""Admonitions of the class `dropdown`: folded on a page until somebody wants them."""

from html import escape

from docutils import nodes


def setup(app):
    app.connect("doctree-resolved", fold)


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
