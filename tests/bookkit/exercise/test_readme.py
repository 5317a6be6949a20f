"""What the README of the engine shows does run."""

import math
import re
from pathlib import Path

import pytest

import bookkit.exercise
from bookkit.exercise import Exercise, Prediction

TEXT = (Path(bookkit.exercise.__file__).parent / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def shown():
    """What the blocks define, run one after the other."""
    names = {"pi": math.pi}
    for block in BLOCKS:
        exec(compile(block, "README.md", "exec"), names)
    return names


def test_every_example_of_the_readme_runs(shown):
    """Every block declares something that answers."""
    declared = [value for value in shown.values() if isinstance(value, Exercise | Prediction)]

    assert len(BLOCKS) == len(declared)


def test_the_square_room_varies_as_the_readme_says(shown):
    assert [25.0, 49.0, 144.0] == [variant.answer for variant in shown["room"].variants]


def test_the_round_table_answers_as_the_readme_says(shown):
    table = shown["table"]

    assert "correct" == table.judge("2.011 square metres").verdict
    assert table.mistakes[0].message == table.judge("5.027").message


def test_the_rope_is_revealed_as_the_readme_says(shown):
    rope = shown["rope"]
    rope.commit("0.001")

    assert "You said 0.001 metres. What happens: 0.159 metres." == str(rope.reveal)
