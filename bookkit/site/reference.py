"""The reference: docstrings as Sphinx wants them, and before each group a list of what is in it."""

from docutils import nodes
from sphinx import addnodes


def setup(app):
    app.connect("autodoc-process-docstring", keep_bars)
    app.connect("doctree-read", add_summaries)


def keep_bars(app, what, name, obj, options, lines):
    """Let the bars of |p − q| and H(Y|X) be bars: as ASCII they would be markup.

    The sign for “divides” looks the same, and is as wide, so that tables keep their columns.
    """
    for i, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            lines[i] = line.replace("|", "∣")


def add_summaries(app, doctree):
    """Begin every section that documents functions with their names and first sentences."""
    for section in doctree.findall(nodes.section):
        described = [node for node in section.children if isinstance(node, addnodes.desc)]
        if described:
            place = section.index(described[0]) - 1  # before its entry for the general index
            section.insert(place, _summary(described))


def _summary(described):
    summary = nodes.definition_list(classes=["summary"])
    for node in described:
        signature, content = node.children
        name = nodes.literal("", signature["fullname"])
        link = nodes.reference("", "", name, refid=signature["ids"][0], internal=True)
        first = content.next_node(nodes.paragraph).deepcopy()
        summary += nodes.definition_list_item(
            "", nodes.term("", "", link), nodes.definition("", first)
        )
    return summary
