"""Every mark of every demo lies where matplotlib's own transform puts what its author computed."""

import inspect

import numpy as np
import pytest
import second_routes
from content import demos_of_the_book
from demo_pages import some_states
from drawn_curves import drawn_curves, tied
from true_places import misplaced, off_the_curves, true_places

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
    "demo-bimodal-kl": {3, 4},
    "demo-seven-bits": {0},
    "demo-quantiser": {1},
    "demo-gaussian-vae": {1},
    "demo-vae-beta": {2},
}
# What a drawing, a lattice or a tree is made of, and no curve: {demo: panels}.
DRAWINGS = {
    "demo-on-a-circle": {0},
    "demo-mi-estimators": {0},
    "demo-xor": {0},
    "demo-information-map": {0},
    "demo-seven-bits": {0},
    "demo-huffman": {0},
}
CURVES = second_routes.curves()
SLOW = {"demo-mi-estimators", "demo-peeking", "demo-bimodal-2d"}  # tried at the start alone
CHORD = 5e-3  # by how much the chord of a drawn line may be off the curve


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
    assert [] == off_their_routes(demo)[:3]


def off_their_routes(demo):
    """Return what is wrong with the curves that no dot ties: a route is missing, or leads elsewhere.

    A new one comes with a line of `CURVES` in tests/helpers/second_routes/.
    """
    routes = CURVES.get(demo.ident.removeprefix("demo-"), {})
    free, drawings = (those.get(demo.ident, set()) for those in (FREE, DRAWINGS))
    missing, wrong = set(routes), []
    for state in states_of(demo)[:: 4 if demo.ident not in SLOW else 5]:
        for i, (panel, drawn) in enumerate(zip(demo.panels, demo.scene.panels)):
            ax = true_places(panel, drawn.size).ax
            known = set() if i in free else tied(panel, ax)
            for name, (x, y) in drawn_curves(panel, ax, state).items():
                missing.discard(key := f"{i} {name}")
                if key in routes:
                    wrong += [
                        (key, state, *pair)
                        for pair in off_the_route(demo, routes[key], ax, x, y, state)
                    ]
                elif i not in drawings and name not in known:
                    wrong.append(f"{key} has no route")
    return wrong + [f"{key} is no curve" for key in missing]


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_dot_that_is_dragged_both_ways_follows_the_pointer(demo):
    """It stands at the two sliders that the panel names, each along its own axis."""
    for panel in demo.panels:
        if panel.drag_x and panel.drag_y:
            marks = [(m.x, m.y) for m in panel.marks if hasattr(m, "x")]
            both = [pair for pair in marks if all(isinstance(part, str) for part in pair)]

            assert {(panel.drag_x, panel.drag_y)} >= set(both)


def off_the_route(demo, route, ax, x, y, state):
    """Yield (drawn, expected) where a curve is elsewhere, at seven of its places in the frame."""
    low, high = sorted(ax.get_ylim())
    for k in np.unique(np.linspace(0, len(x) - 1, 7).astype(int)):
        place = {"i": int(k), "x": float(x[k]), "y": float(y[k])}
        expected = on_the_route(demo, route, place, state)
        near = np.isclose([place["x"], place["y"]], expected, rtol=1e-6, atol=1e-6)
        seen = any(low <= height <= high for height in (place["y"], expected[1]))
        if seen and not near.all():
            yield (place["x"], place["y"]), expected


def on_the_route(demo, route, place, state):
    """Return where the point of a curve should be."""
    if isinstance(route, tuple):
        readout, slider = route
        shown = second_routes.demos()[demo.ident.removeprefix("demo-")]
        return place["x"], float(shown(**(state | {slider: place["x"]}))[readout])
    names = inspect.signature(route).parameters
    takes_all = any(name.kind is name.VAR_KEYWORD for name in names.values())
    given = {n: v for n, v in (state | place).items() if n in names or takes_all and n in state}
    found = route(**given)
    if "i" in names:
        return tuple(map(float, found))
    if "y" in names:  # how far it is from the curve
        return place["x"], place["y"] + (0 if abs(found) < CHORD else float(found))
    return place["x"], float(found)
