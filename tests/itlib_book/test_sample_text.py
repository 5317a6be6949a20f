"""The sample of prose is the same everywhere, and fit to be predicted."""

import hashlib

from itlib_book.shared.sample_text import KEYS, sample_text

SHA256 = "2c864d4d3f8765804a1593fce3687f1c1718e3e4062e73f6df41fffc3ec7d438"


def test_the_sample_is_the_same_byte_for_byte_everywhere():
    """What chapters print about it was computed from this very text."""
    text = sample_text().encode("ascii")

    assert 339915 == len(text)
    assert SHA256 == hashlib.sha256(text).hexdigest()


def test_the_sample_is_typed_on_a_small_typewriter():
    """Every one of the 44 keys is used, and no other."""

    assert 44 == len(KEYS) == len(set(KEYS))
    assert set(KEYS) == set(sample_text())


def test_no_sentence_of_the_sample_comes_twice():
    """A text that repeated itself would be too easy to predict."""
    sentences = sample_text().split(". ")

    assert len(set(sentences)) == len(sentences)


def test_the_sample_is_made_once():
    """Chapters, figures and demos that ask again get the same object."""

    assert sample_text() is sample_text()
