"""What the chapters compute about the sample text, compared with other ways to it."""

import math
from collections import Counter

import numpy as np
import pytest

from itlib_book.language_models import demos
from itlib_book.language_models.data import kneser_ney, per_sentence
from itlib_book.shared.sample_text import KEYS, parts
from itlib_book.source_coding.data import digits_for, share_numbered

TRAINING, HELD_OUT = ("".join(KEYS[x] for x in part) for part in parts())


def counted(context, discount):
    """Return Kneser and Ney's bits per character, one character of the text after the other."""
    text, begin = TRAINING + HELD_OUT, len(TRAINING)
    runs = {
        n: Counter(TRAINING[i : i + n] for i in range(len(TRAINING) - n + 1))
        for n in range(1, context + 2)
    }
    followed = {n: {} for n in range(context + 1)}
    for n in range(context + 1):
        times = runs[n + 1] if n == context else Counter(run[1:] for run in runs[n + 2])
        for run, count in times.items():
            followed[n].setdefault(run[:n], {})[run[n]] = count
    bits = 0.0
    for i in range(begin, len(text)):
        p = 1 / len(KEYS)
        for n in range(context + 1):
            came = followed[n].get(text[i - n : i], {})
            if came:
                own = max(came.get(text[i], 0) - discount, 0)
                p = (own + discount * len(came) * p) / sum(came.values())
        bits -= math.log2(p)
    return bits / len(HELD_OUT)


@pytest.mark.parametrize("context", [0, 1, 3])
def test_kneser_and_ney_by_arrays_are_kneser_and_ney_by_hand(context):
    assert math.isclose(counted(context, 0.75), kneser_ney(context), rel_tol=1e-12)


def test_the_sentences_are_all_of_the_held_out_text():
    _, length = per_sentence(5, 4)

    assert len(HELD_OUT) == length.sum()
    assert HELD_OUT.count(". ") + 1 == length.size


def test_a_model_saves_nothing_over_itself():
    saved, _ = per_sentence(3, 3)

    assert not np.any(saved)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.999])
@pytest.mark.parametrize("flips", [10, 100, 1000])
def test_a_share_of_the_messages_and_its_digits_undo_each_other(share, flips):
    assert math.isclose(share, share_numbered(digits_for(share, flips), flips), rel_tol=1e-9)


@pytest.mark.parametrize("context", range(7))
def test_the_picture_shows_the_characters_that_the_model_looks_at(context):
    """At the first places there are fewer than it would look at."""
    text = ". " + demos.SENTENCE
    for place in range(1, len(demos.SENTENCE) + 1):
        past = text[: place + 1]
        words = "".join(past[::-1][:context][::-1]).replace(" ", "␣")
        assert f"it sees “{words}”" == demos.seen(context, place)
