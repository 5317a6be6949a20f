"""The address of a section: the words of its title, whatever else leads there.

A section may have several, its labels among them, and releases of Sphinx differ in which comes
first. Contents, search and links of readers use the first.
"""

from docutils import nodes
from sphinx.transforms import SphinxTransform


def setup(app):
    app.add_transform(TitleFirst)


class TitleFirst(SphinxTransform):
    """Puts the address that comes from the title before the others."""

    # When all of them are given, and before the tables of contents take the first (DoctreeReadEvent).
    default_priority = 879

    def apply(self, **kwargs):
        for section in self.document.findall(nodes.section):
            section["ids"].sort(key=lambda name: name != nodes.make_id(section[0].astext()))
