"""Every demo and every exercise of the book also stands in a notebook, as widgets."""

import pytest
from content import demos_of_the_book, exercises_of_the_book

from bookkit.demo.live import live


def demos_of_each_kind():
    """Return a demo for each set of controls that there is; the notebooks draw all of them."""
    return {frozenset(map(type, demo.controls)): demo for demo in demos_of_the_book()}.values()


@pytest.mark.parametrize("demo", demos_of_each_kind(), ids=lambda demo: demo.ident)
def test_a_demo_is_a_widget_with_a_control_for_each_of_its_own(demo):
    widgets = live(demo).children

    assert {control.label for control in demo.controls} <= {
        getattr(widget, "description", None) for widget in widgets
    }


@pytest.mark.parametrize("exercise", exercises_of_the_book(), ids=lambda exercise: exercise.name)
def test_an_exercise_is_a_widget(exercise):
    bundle = exercise._repr_mimebundle_()

    assert exercise.name in repr(exercise)
    assert "application/vnd.jupyter.widget-view+json" in bundle
