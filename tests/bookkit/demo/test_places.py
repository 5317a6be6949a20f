"""Marks against matplotlib's own transform: in the frame and beyond it, linear and logarithmic."""

import re

import numpy as np
import pytest
from sample_demos import everything
from true_places import TruePlaces, misplaced

from bookkit.demo.controls import Slider
from bookkit.demo.demo import Demo
from bookkit.demo.errors import DemoError
from bookkit.demo.marks import Bars, Curve, Points
from bookkit.demo.panel import DrawnPanel, Panel
from bookkit.demo.sources import Part
from bookkit.demo.tables import cells_of
from bookkit.svg_paths import in_steps

SCALES = ("linear", "log")


def panel_with(x_scale, y_scale):
    """Return a panel with two lengths of axes, so that nothing can be mistaken for the other."""

    def axes(ax):
        ax.set(xscale=x_scale, yscale=y_scale, xlim=(0.5, 4), ylim=(30, 0.2), xlabel="x")

    return Panel(axes=axes, marks=(), alt="axes")


@pytest.mark.parametrize("y_scale", SCALES)
@pytest.mark.parametrize("x_scale", SCALES)
def test_a_place_is_where_matplotlib_puts_it(x_scale, y_scale):
    """In the frame and far beyond it, up to one length of the axis."""
    panel = panel_with(x_scale, y_scale)
    drawn, true = DrawnPanel(panel, "p"), TruePlaces(panel, (340, 210))
    values = np.geomspace(1e-6, 1e6, 241)
    for axis, scale in (("x", drawn.x), ("y", drawn.y)):
        expected = true.along(axis, values)

        assert np.abs(expected - scale.units(values)).max() <= 0.51
        assert len(set(expected)) > 20


def test_the_axes_of_a_picture_stand_where_the_marks_take_them_to_be():
    """The letters of an SVG are a little wider, and would move the axes away from the marks."""
    for panel in everything.scene.panels:
        left, bottom, right = (f"{edge:.2f}" for edge in (panel.left, panel.bottom, panel.right))

        assert in_steps(f"M {left} {bottom} L {right} {bottom}") in panel.svg("")


def test_a_curve_leaves_its_frame_where_it_would_and_is_not_bent_along_it():
    drawn = DrawnPanel(panel_with("linear", "linear"), "p")
    inside, outside = drawn.y.units([15, -10])
    top, bottom = 10 * drawn.top, 10 * drawn.bottom

    assert top < inside < bottom
    assert outside < top - 500


def test_a_dot_at_the_end_of_an_axis_is_whole_and_a_map_ends_there():
    svg = everything.scene.svgs(everything.start)[1]
    rooms = dict(re.findall(r'<clipPath id="([^"]+)"><rect x="([\d.]+)"', svg))
    left = everything.scene.panels[1].left
    found = [left - float(rooms[name]) for name in re.findall(r"url\(#([^)]+)\)", svg)]

    assert [0, 4.5, 5.5, 0] == pytest.approx(found, abs=0.06)


def test_every_mark_of_a_demo_that_has_all_kinds_lies_where_it_should():
    ends = [{c.name: c.stops[end] for c in everything.controls} for end in (0, -1)]

    assert [] == [
        words for state in (everything.start, *ends) for words in misplaced(everything, state)
    ]


def ring(turn):
    """Three corners, across and up."""
    return np.array([1, 2, 3]) * turn, np.array([10, 20, 5])


def demo_of(*marks):
    """Return a demo of one panel with these marks."""
    return Demo(
        "ring",
        controls=[Slider("turn", 0.5, 1, 0.25, start=0.5, label="turn")],
        panels=[Panel(axes=panel_with("linear", "log").axes, marks=marks, alt="a ring")],
        readouts=[],
        caption="",
    )


def test_several_channels_from_one_function_are_those_of_several_functions():
    together = demo_of(Curve(xy=ring), Points(xy=ring), Bars(across=ring, up=(1, 2)))
    apart = demo_of(
        Curve(x=lambda turn: ring(turn)[0], y=lambda turn: ring(turn)[1]),
        Points(x=lambda turn: ring(turn)[0], y=Part(ring, 1)),
        Bars(left=Part(ring, 0), right=Part(ring, 1), base=1, top=2),
    )
    state = {"turn": 0.75}

    assert apart.scene.svgs(state) == together.scene.svgs(state)


def test_a_function_that_gives_several_channels_is_asked_once_at_a_state():
    calls = []

    def counted(turn):
        calls.append(turn)
        return ring(turn)

    cells_of(demo_of(Curve(xy=counted), Points(xy=counted)).scene.tables)

    assert [0.5, 0.75, 1.0] == calls


@pytest.mark.parametrize(
    "declare, message",
    [
        (lambda: Curve(x=1), "Curve lacks y"),
        (lambda: Bars(across=ring, top=1), "Bars lacks base"),
    ],
)
def test_a_mark_without_a_channel_is_refused_where_it_is_declared(declare, message):
    with pytest.raises(DemoError, match=message):
        declare()
