"""The types of the scripts name every member that Python hands to a page, and no other."""

import json
import re
from pathlib import Path

import pytest
import sample_demos
from exercise_samples import SAMPLES
from prediction_samples import PREDICTIONS

import bookkit
from bookkit.demo.bake import bake
from bookkit.demo.demo import Demo

TEXT = (Path(bookkit.__file__).parent / "types.js").read_text("utf-8")
BLOCKS = re.findall(r"/\*\*(.*?)\*/", TEXT, re.DOTALL)
TYPES = {
    re.search(r"@typedef \{object\} (\w+)", block)[1]: {
        name.strip("[]"): name.startswith("[")
        for name in re.findall(r"@property \{.*?\} (\[?\w+\]?)(?= |$)", block, re.MULTILINE)
    }
    for block in BLOCKS
}
DEMOS = [value for value in vars(sample_demos).values() if isinstance(value, Demo)]
BAKED = [json.loads(bake(demo).data.partition(",")[2].rpartition(")")[0]) for demo in DEMOS]


def misfits(kind, data):
    """Return members of the data that the type lacks, and members that it must have."""
    members = TYPES[kind]
    must = {name for name, optional in members.items() if not optional}
    return sorted(set(data) - set(members)) + sorted(must - set(data))


@pytest.mark.parametrize("exercise", SAMPLES, ids=lambda exercise: exercise.name)
def test_the_data_of_an_exercise_are_those_of_its_type(exercise):
    data = exercise.data()

    assert [] == misfits("ExerciseData", data)
    assert [[]] * len(data["rules"]) == [misfits("Rule", rule) for rule in data["rules"]]


@pytest.mark.parametrize("prediction", PREDICTIONS, ids=lambda prediction: prediction.name)
def test_the_data_of_a_prediction_are_those_of_an_entry(prediction):
    """It has no rules and no patience."""
    assert ["patience", "rules"] == sorted(misfits("ExerciseData", prediction.data()))


def test_the_data_of_a_demo_are_those_of_its_type():
    for data in BAKED:
        assert [] == misfits("DemoData", data)
        assert [[]] * len(data["tables"]) == [misfits("Table", table) for table in data["tables"]]
        assert [[]] * len(data["marks"]) == [misfits("Mark", mark) for mark in data["marks"]]


def test_every_member_is_used_by_some_sample():
    """A member that nothing writes would be a promise without a keeper."""
    rules = {name for exercise in SAMPLES for rule in exercise.data()["rules"] for name in rule}
    members = {name for exercise in SAMPLES for name in exercise.data()}

    assert set() == set(TYPES["Rule"]) - rules - {"above"}
    assert set() == set(TYPES["ExerciseData"]) - members
