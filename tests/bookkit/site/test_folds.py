"""What is folded on a page, and the address of a page's short answer."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.transforms.references import SphinxDomains

from bookkit.site.folds import ShortAnswer, fold


@pytest.fixture
def page():
    """A page with a short answer, and a box that is folded as well."""
    document = new_document("page")
    document.settings.env = SimpleNamespace(docname="chapters/kl_divergence", config=None)
    for classes in (["dropdown", "short-answer"], ["dropdown", "tip"]):
        box = nodes.admonition("", nodes.title("", "A title"), nodes.paragraph("", "Words."))
        box["classes"] += classes
        document += box
    ShortAnswer(document).apply()
    return document


def test_a_short_answer_has_an_address_and_a_label_that_the_page_gives_it(page):
    short, other = page.findall(nodes.admonition)

    assert ["short-answer"] == short["ids"]
    assert [] == other["ids"]
    assert "short-answer" == page.nameids["kl_divergence-short-answer"]
    assert page.nametypes["kl_divergence-short-answer"]


def test_the_label_is_there_when_the_labels_of_a_page_are_collected():
    assert ShortAnswer.default_priority < SphinxDomains.default_priority


def test_the_address_is_that_of_the_fold(page):
    app = SimpleNamespace(builder=SimpleNamespace(format="html"))
    fold(app, page, "chapters/kl_divergence")
    opened = [raw.astext() for raw in page.findall(nodes.raw) if "<details" in raw.astext()]

    assert ['id="short-answer"' in html for html in opened] == [True, False]
