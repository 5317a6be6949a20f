"""The index of topics: no number twice, and every section it names still treats the topic."""

import tomllib
from pathlib import Path

import pytest
from sections import sections

DATA = Path(__file__).parents[2] / "chapters" / "topics.toml"
TOPICS = [
    topic for part in tomllib.loads(DATA.read_text("utf-8"))["part"] for topic in part["topics"]
]


def test_no_topic_is_there_twice():
    numbers = [number for number, *_ in TOPICS]

    assert sorted(set(numbers)) == sorted(numbers)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: str(topic[0]))
def test_the_section_of_a_topic_treats_it(topic):
    """The section exists, and its text, code, outputs and exercises hold the words."""
    _, wording, place, *words = topic

    assert wording
    assert words
    assert place in sections()
    assert [] == [word for word in words if word.casefold() not in sections()[place].casefold()]


def test_a_section_ends_where_the_next_of_its_level_begins():
    assert "Gibbs' inequality" in sections()["kl-bounds"]
    assert "Gibbs' inequality" not in sections()["kl-price"]
    assert len(sections()["kl-bounds"]) < len(sections()["kl_divergence"])
