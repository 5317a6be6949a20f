"""The numbers that each demo shows, away from its start, against a second route."""

import math

import pytest
import second_routes
from content import demos_of_the_book
from demo_pages import some_states

DEMOS = demos_of_the_book()
NATS_IN = {"bits": 1 / math.log(2), "nats": 1.0}
# What these say in words has no second route yet.
WORDS_ONLY = {"minima", "planar_minima", "rival", "per_word", "meaning", "formulas"}
SLOW = {"demo-bimodal-2d", "demo-mi-estimators"}  # fewer random states
UNITS = {"bits", "nats", "bans"}
OTHER_UNITS = {"budget": "nats"}  # read-outs in another unit than the rest of their demo

SECOND_ROUTES = second_routes.demos()
IN_NATS = second_routes.in_nats()


def states_of(demo):
    """Return both ends of all controls, and states between."""
    ends = [{c.name: c.stops[end] for c in demo.controls} for end in (0, -1)]
    count = 2 if demo.ident in SLOW else 12
    return [*ends, *some_states(demo, count, settings=count, seed=11)[-count:]]


def expected_of(demo, state):
    """Return what the second route says, in the units that the demo shows."""
    name = demo.ident.removeprefix("demo-")
    found = SECOND_ROUTES[name](**state)
    given_in = "nats" if name in IN_NATS else "bits"
    for readout in demo.readouts:
        if readout.unit_of and isinstance(found.get(readout.name), float | int):
            unit = state[readout.unit_of]
            found[readout.name] *= NATS_IN[unit] / NATS_IN[given_in]
    return found


def agrees(readout, expected, shown, unit):
    """Tell whether a read-out shows the expected number, rounded, and its unit."""
    if readout.digits is None:
        return expected == shown
    number, _, rest = shown.partition(" ")
    if rest != unit:
        return False
    if number == "∞" or math.isinf(expected):
        return number == "∞" and math.isinf(expected)
    return abs(float(number.replace("−", "-")) - expected) <= 0.5001 * 10**-readout.digits + 1e-9


def test_every_demo_has_a_second_route():
    """A new demo comes with a line in tests/helpers/second_routes/."""
    assert {demo.ident.removeprefix("demo-") for demo in DEMOS} == set(SECOND_ROUTES)


@pytest.mark.slow
@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_demo_shows_what_a_second_route_gives(demo):
    wrong = []
    for state in states_of(demo):
        expected, shown = expected_of(demo, state), demo.shown(state)
        for readout in demo.readouts:
            if readout.name in WORDS_ONLY:
                continue
            unit = state[readout.unit_of] if readout.unit_of else readout.unit
            if not agrees(readout, expected[readout.name], shown[readout.name], unit):
                wrong.append((readout.name, state, expected[readout.name], shown[readout.name]))

    assert [] == wrong[:3]


@pytest.mark.parametrize("demo", DEMOS, ids=lambda demo: demo.ident)
def test_a_unit_that_never_changes_is_that_of_the_second_route(demo):
    """The unit in the name of a read-out goes before that of its demo."""
    usual = "nats" if demo.ident.removeprefix("demo-") in IN_NATS else "bits"
    for readout in demo.readouts:
        shown = UNITS & set((readout.unit or "").split())
        named = UNITS & set(readout.name.split("_"))
        if shown and not readout.unit_of:
            assert (named or {OTHER_UNITS.get(readout.name, usual)}) == shown, readout.name
