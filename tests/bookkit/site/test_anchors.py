"""The address of a section comes from its title."""

import pytest
from docutils import nodes
from docutils.utils import new_document

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
