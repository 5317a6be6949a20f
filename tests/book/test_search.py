"""The search finds what a reader means, first."""

import json
import os
import re

import pytest
from playwright.sync_api import expect
from site_pages import SITE

pytestmark = pytest.mark.skipif(
    not SITE.exists() and not os.environ.get("CI"), reason="no site: `make book` builds it"
)

# What a reader types, and where the first hit leads: a page, or a section of it.
FIRST = {
    "entropy": "entropy",
    "Entropy of a coin": "entropy#the-entropy-of-a-coin",
    "surprisal": "self_information",
    "bits and nats": "self_information#bits-nats-and-bans",
    "relative entropy": "kl_divergence",
    "KL divergence": "kl_divergence",
    "D(p||q)": "notation#how-to-say-d-pq",
    "forward KL vs reverse KL": "kl_divergence#forward-and-reverse-one-bell-for-two-humps",
    "inclusive vs exclusive": "kl_divergence#forward-and-reverse-one-bell-for-two-humps",
    "mode-seeking": "kl_divergence#where-the-reverse-optimum-goes",
    "log loss": "cross_entropy",
    "logistic loss": "cross_entropy",
    "“cross entropy”": "cross_entropy",
    "MSE vs cross-entropy": "cross_entropy_and_mse",
    "why squared error": "cross_entropy_and_mse",
    "information gain": "decision_trees",
    "Jensen-Shannon": "f_divergences",
    "evidence lower bound": "variational_inference#the-evidence-lower-bound",
    "softmax temperature": "smoothing_and_temperature#temperature",
    "label smoothing": "smoothing_and_temperature",
    "arithmetic coding": "source_coding",
    "Kraft's inequality": "source_coding#words-without-commas",
    "perplexity of a language model": "language_models",
    "Kulback Leibler": "kl_divergence",
    "entopy": "entropy",
    "normalizing flows": "honest_bits#flows-a-density-by-a-change-of-variables",
    "MDL": "evidence_and_testing#a-code-is-a-test",
    "which KL estimator": "kl_budget",
    "logprobs fall": "faq",
    "optional stopping": "evidence_and_testing",
    "is KL a metric": "kl_divergence#never-negative-sometimes-infinite-not-a-distance",
    # A section that no title names, but the glossary or the index of topics does.
    "brier": "cross_entropy_and_mse#when-squared-error-is-a-fair-choice",
    "what is the Brier score": "cross_entropy_and_mse#when-squared-error-is-a-fair-choice",
    "n-gram": "language_models#a-model-that-counts",
    "huffman coding": "source_coding#what-a-code-must-cost",
    "channel capacity": "noisy_channels#capacity-the-best-way-to-use-it",
    "kulback": "kl_divergence",
    "kelly criterion": "evidence_and_testing#how-much-to-bet",
    "large deviations": "evidence_and_testing#how-rare-is-a-rare-average",
    "20 questions": "asking#twenty-questions",
    # A function by its name, as it stands in code.
    "itlib.kl_divergence": "reference#itlib.kl_divergence",
    "kl_divergence(p, q)": "reference#itlib.kl_divergence",
    "fano_bound": "reference#itlib.channels.fano_bound",
    # Pages whose text is found elsewhere.
    "exercises": "exercises",
    "cheat sheet": "cheat_sheet",
    "FAQ": "faq",
    "flashcards": "review#cards-to-take-along",
}


@pytest.fixture(scope="module")
def tab(browser):
    """The page of the search, from disk."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((SITE / "search.html").as_uri())
    yield page
    context.close()


def search(tab, query):
    """Type a query; return the addresses found, best first, without what all have in common."""
    tab.locator("#query").fill(query)
    links = tab.eval_on_selector_all("#results a", "as => as.map(a => a.getAttribute('href'))")
    return [link.removeprefix("chapters/").replace(".html", "") for link in links]


@pytest.mark.parametrize(("query", "address"), FIRST.items())
def test_the_first_hit_is_what_was_meant(query, address, tab):
    found = search(tab, query)[0]

    assert address == (found if "#" in address else found.partition("#")[0])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Jensen's inequality", "Jensen’s inequality"),
        ("D(p||q)", "D(p‖q)"),
        ("mode-seeking", "mode–seeking"),
        ("cross entropy", "“cross‑entropy”"),
        ("mutual information", "(Mutual Information)"),
        ("H(Y|X)", "[H(Y∣X)]"),
        ("don't", "don’t"),
    ],
)
def test_what_is_typed_and_what_is_printed_find_the_same(typed, printed, tab):
    found = search(tab, typed)

    assert found
    assert found == search(tab, printed)


def test_a_word_that_occurs_nowhere_is_named_and_empties_nothing(tab):
    found = search(tab, "perplexity zqxj")

    assert found == search(tab, "perplexity")

    search(tab, "perplexity zqxj")

    assert tab.locator("#found").inner_text().endswith("nowhere in the book: zqxj")


def test_one_letter_beside_a_word_that_is_nowhere_finds_nothing(tab):
    assert [] == search(tab, "t-zqxj")
    assert search(tab, "t")


def test_a_term_is_found_in_the_glossary_right_after_its_section(tab):
    assert "glossary#term-Brier-score" in search(tab, "Brier score")[:3]


def test_markup_in_a_query_is_text(tab):
    search(tab, "<img src=x onerror=alert(1)> <b>entropy</b>")

    assert 0 == tab.locator("#results :is(img, b)").count()

    assert [] == search(tab, "<zqxj>")
    assert "No sections" == tab.locator("#found").inner_text()


def test_what_was_found_is_marked_in_its_own_spelling(tab):
    search(tab, "Gibbs' inequality")

    assert "gibbs" in tab.locator("#results li").first.inner_text().lower()
    assert {"Gibbs", "inequality"} & set(tab.locator("#results mark").all_inner_texts())


def test_an_excerpt_ends_with_a_whole_word(tab):
    words = set(tab.evaluate("searchData.sections.flatMap(([, , , text]) => text.split(' '))"))
    search(tab, "Brier score")
    excerpts = tab.locator("#results p").all_inner_texts()

    assert [] == [text for text in excerpts if text.removesuffix(" …").split()[-1] not in words]


def test_every_synonym_occurs_in_the_book(tab):
    """A group none of whose words the book says would lead nowhere."""
    groups = json.loads(tab.evaluate("JSON.stringify(searchData.same)"))

    assert [] == [group for group in groups if not search(tab, group[0])]


def test_the_field_of_every_page_leads_to_the_search(browser):
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto((SITE / "chapters/entropy.html").as_uri())
    field = page.locator("header input[type=search]")

    # Below 16 pixels a phone enlarges the page when one types.
    assert field.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 16

    field.fill("Kullback leibler")
    field.press("Enter")
    page.locator("#results a").first.click()

    expect(page.locator("article")).to_contain_text(re.compile("leibler", re.IGNORECASE))
    context.close()
