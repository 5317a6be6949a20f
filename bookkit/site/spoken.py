"""What extensions write that a screen reader would read out wrongly, written rightly."""

from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform


def setup(app):
    app.add_node(HideCodeCellNode, override=True, html=(open_fold, close_fold))
    app.add_node(nodes.citation, override=True, html=(open_citation, close_citation))
    app.add_post_transform(EmptyCorners)


class EmptyCorners(SphinxPostTransform):
    """Makes the empty corner of a table a cell: it heads nothing."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs):
        for head in list(self.document.findall(nodes.thead)):
            for entry in list(head.findall(nodes.entry)):
                if not entry.astext():
                    entry.replace_self(nodes.raw("", "<td></td>", format="html"))


def open_fold(translator, node):
    """A folded cell says itself what it is; a label, read aloud, would hide that."""
    prompts = (("collapsed", node["prompt_show"]), ("expanded", node["prompt_hide"]))
    lines = "".join(
        f'<p class="{state} admonition-title">{escape(prompt)}</p>' for state, prompt in prompts
    )
    classes = " ".join(["admonition", "hide", *node["classes"]])
    translator.body.append(f'<details class="{classes}"><summary>{lines}</summary>\n')


def close_fold(translator, node):
    translator.body.append("</details>\n")


def open_citation(translator, node):
    """The items of a bibliography are items of its list; a role of their own is withdrawn."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        translator.body.append('<div role="list" class="citation-list">\n')
    translator.body.append(translator.starttag(node, "div", classes=["citation"], role="listitem"))


def close_citation(translator, node):
    last = not isinstance(node.next_node(descend=False, siblings=True), nodes.citation)
    translator.body.append("</div>\n</div>\n" if last else "</div>\n")
