"""The sample of prose is the same everywhere, and fit to be predicted."""

import hashlib

from itlib_book.shared.sample_text import KEYS, sample_text

SHA256 = "de72b056735ab4309e28dc7f1fc4b048412fe7d8b47805c4574ff2d03c35365b"


def test_the_sample_is_the_same_byte_for_byte_everywhere():
    """What chapters print about it was computed from this very text."""
    text = sample_text().encode("ascii")

    assert 336792 == len(text)
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
