"""The address of a section comes from its title."""

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.transforms import DoctreeReadEvent

from bookkit.site.anchors import TitleFirst


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["ent-coin", "the-entropy-of-a-coin"], ["the-entropy-of-a-coin", "ent-coin"]),
        (["the-entropy-of-a-coin", "ent-coin"], ["the-entropy-of-a-coin", "ent-coin"]),
        (["id1", "ent-coin"], ["id1", "ent-coin"]),
    ],
)
def test_the_title_comes_first_and_the_order_of_the_others_stays(ids, expected):
    document = new_document("page")
    section = nodes.section("", nodes.title("", "The entropy of a coin"), ids=list(ids))
    document += section
    TitleFirst(document).apply()

    assert expected == section["ids"]


def test_the_contents_take_the_address_that_the_page_has():
    """They are made when a page has been read, and number sections by their addresses."""
    assert TitleFirst.default_priority < DoctreeReadEvent.default_priority
