"""Every demo and every exercise of the book also stands in a notebook, as widgets."""

import pytest
from content import content_modules

from bookkit.demo.demo import Demo
from bookkit.demo.live import live
from bookkit.exercise import Exercise


def declared(kind, file):
    """Return what the chapters declare of a kind."""
    found = (value for module in content_modules(file) for value in vars(module).values())
    return [value for value in found if isinstance(value, kind)]


@pytest.mark.parametrize("demo", declared(Demo, "demos"), ids=lambda demo: demo.ident)
def test_a_demo_is_a_widget_with_a_control_for_each_of_its_own(demo):
    widgets = live(demo).children

    assert {control.label for control in demo.controls} <= {
        getattr(widget, "description", None) for widget in widgets
    }


@pytest.mark.parametrize(
    "exercise", declared(Exercise, "exercises"), ids=lambda exercise: exercise.name
)
def test_an_exercise_is_a_widget(exercise):
    bundle = exercise._repr_mimebundle_()

    assert exercise.name in repr(exercise)
    assert "application/vnd.jupyter.widget-view+json" in bundle
