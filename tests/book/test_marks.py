"""Every mark of every demo lies where matplotlib's own transform puts what its author computed."""

import pytest
from content import demos_of_the_book
from demo_pages import some_states
from true_places import misplaced

DEMOS = demos_of_the_book()


def states_of(demo):
    """Return both ends of all controls, the start and a few states between."""
    ends = [{c.name: c.stops[end] for c in demo.controls} for end in (0, -1)]
    return [demo.start, *ends, *some_states(demo, 2, settings=2, seed=3)[-2:]]


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_mark_lies_where_matplotlib_would_put_it(demo):
    wrong = [words for state in states_of(demo) for words in misplaced(demo, state)]

    assert [] == wrong


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_dot_that_is_dragged_both_ways_follows_the_pointer(demo):
    """It stands at the two sliders that the panel names, each along its own axis."""
    for panel in demo.panels:
        if panel.drag_x and panel.drag_y:
            marks = [(m.x, m.y) for m in panel.marks if hasattr(m, "x")]
            both = [pair for pair in marks if all(isinstance(part, str) for part in pair)]

            assert {(panel.drag_x, panel.drag_y)} >= set(both)
