"""The index of topics: no number twice, and every section it names still treats the topic."""

import tomllib
from pathlib import Path

from sections import sections

DATA = Path(__file__).parents[2] / "chapters" / "topics.toml"
TOPICS = [
    topic for part in tomllib.loads(DATA.read_text("utf-8"))["part"] for topic in part["topics"]
]


def test_no_topic_is_there_twice():
    numbers = [number for number, *_ in TOPICS]

    assert sorted(set(numbers)) == sorted(numbers)


def missing(place, words):
    """Return what a topic says of its section and the section does not hold."""
    if place not in sections():
        return [place]
    text = sections()[place].casefold()
    return [word for word in words if word.casefold() not in text]


def test_the_section_of_a_topic_treats_it():
    """The section exists, and its text, code, outputs and exercises hold the words."""
    assert [] == [number for number, wording, _, *words in TOPICS if not (wording and words)]
    assert [] == [
        (number, *absent)
        for number, _, place, *words in TOPICS
        if (absent := missing(place, words))
    ]


def test_a_section_ends_where_the_next_of_its_level_begins():
    assert "Gibbs' inequality" in sections()["kl-bounds"]
    assert "Gibbs' inequality" not in sections()["kl-price"]
    assert len(sections()["kl-bounds"]) < len(sections()["kl_divergence"])
