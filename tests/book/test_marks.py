"""Every mark of every demo lies where matplotlib's own transform puts what its author computed."""

import pytest
from content import demos_of_the_book
from demo_pages import some_states
from true_places import misplaced, off_the_curves

DEMOS = demos_of_the_book()
# Panels of dots that are samples, settings in a plane, or places on a drawing: {demo: panels}.
FREE = {
    "demo-beta-question": {1},
    "demo-bald": {1},
    "demo-bandit-index": {0},
    "demo-on-a-circle": {1},
    "demo-threshold": {0},
    "demo-cuts": {0},
    "demo-mi-estimators": {0, 1},
    "demo-three-fishers": {0},
    "demo-preference": {0},
    "demo-bimodal-kl": {2, 4},
    "demo-seven-bits": {0},
    "demo-quantiser": {1},
    "demo-gaussian-vae": {1},
    "demo-vae-beta": {2},
}


def states_of(demo):
    """Return both ends of all controls, the start and a few states between."""
    ends = [{c.name: c.stops[end] for c in demo.controls} for end in (0, -1)]
    return [demo.start, *ends, *some_states(demo, 2, settings=2, seed=3)[-2:]]


@pytest.mark.slow
@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_mark_lies_where_matplotlib_would_put_it(demo):
    wrong = [words for state in states_of(demo) for words in misplaced(demo, state)]

    assert [] == wrong


@pytest.mark.slow
@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_dot_lies_on_a_curve_of_its_panel(demo):
    """Its height is that of the read-out, so the curve is tied to what a second route has found."""
    off = {panel for state in states_of(demo) for panel, _ in off_the_curves(demo, state)}

    assert FREE.get(demo.ident, set()) == off


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_dot_that_is_dragged_both_ways_follows_the_pointer(demo):
    """It stands at the two sliders that the panel names, each along its own axis."""
    for panel in demo.panels:
        if panel.drag_x and panel.drag_y:
            marks = [(m.x, m.y) for m in panel.marks if hasattr(m, "x")]
            both = [pair for pair in marks if all(isinstance(part, str) for part in pair)]

            assert {(panel.drag_x, panel.drag_y)} >= set(both)
