"""What the exercises on source coding accept."""

import numpy as np
import pytest

from itlib_book.source_coding import exercises


@pytest.mark.parametrize("unit", ["", "digits", "bits", "binary digits"])
def test_the_length_of_a_message_is_given_in_any_word_of_its_question(unit):
    reply = f"{exercises.message.answer:.0f} {unit}"

    assert "correct" == exercises.message.check(reply).verdict


def test_words_may_be_given_as_an_array():
    """As a function that computes with arrays returns them."""
    verdict = exercises.words.check(lambda lengths: np.array(exercises.my_words(lengths)))

    assert "correct" == verdict.verdict
