"""The demo engine: what is baked, what is refused, and that both lives show the same."""

import json
import math
import re
import shutil
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from demo_pages import all_states
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sample_demos import bell, bell_axes, everything

from bookkit.demo.bake import ENGINE, bake, bake_all, find
from bookkit.demo.codec import decode, encode
from bookkit.demo.controls import Choice, Slider
from bookkit.demo.demo import Demo
from bookkit.demo.errors import DemoError
from bookkit.demo.marks import Curve, Image, Tiles
from bookkit.demo.panel import Panel
from bookkit.demo.readouts import Readout, Walk, downhill
from bookkit.demo.sources import Source
from bookkit.demo.tables import Decimals, cells_of
from bookkit.palette import COLOURS

SPEC = "sample_demos:demo-everything"


def demo_with(readout=None, mark=None, controls=None, **rest):
    """Return a small demo with one thing exchanged."""

    def fine(a):
        return a

    return Demo(
        "small",
        caption="",
        controls=controls or [Slider("a", 0, 2, 1, start=0, label="a")],
        panels=[Panel(axes=bell_axes, alt="axes", marks=(mark,) if mark else ())],
        readouts=[Readout(of=readout or fine, label="r")],
        **rest,
    )


@given(
    hnp.arrays(
        np.int64,
        hnp.array_shapes(min_dims=1, max_dims=4, max_side=6),
        elements=st.integers(-(10**9), 10**9),
    )
)
def test_decoding_gives_back_what_was_encoded(values):
    orders, text = encode(values)

    assert np.array_equal(values, decode(orders, text, values.shape))
    assert not set('"\\') & set(text)


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_readout_shows_what_format_would(value, digits):
    """With a minus sign for the hyphen, and none before a zero, which no reader should meet."""
    shown = Readout(of=bell, label="", digits=digits).text(Decimals(digits)(value)[0])
    expected = f"{value:.{digits}f}"

    assert (expected.replace("-", "−") if float(expected) else expected.lstrip("-")) == shown


def test_a_slider_has_the_doubles_of_its_decimal_texts():
    slider = Slider("a", 0, 1, 0.1, start=0.3, label="a")

    assert tuple(float(f"0.{i}") for i in range(10)) + (1.0,) == slider.stops
    assert "0.3" == slider.texts[3]


def test_a_slider_below_zero_has_a_minus_sign_and_leaves_its_unit_alone():
    slider = Slider("a", -1, 0, 0.5, start=0, label="a", unit="light-years")

    assert ["−1.0 light-years", "−0.5 light-years", "0.0 light-years"] == slider.texts


@pytest.mark.parametrize(
    "start, high, step, message",
    [
        (0.35, 1, 0.1, "start 0.35 is not one of its stops"),
        (0, 1, 0.3, "1 is not a whole number of steps up"),
        (0, 1, -0.1, "positive step"),
    ],
)
def test_a_slider_that_cannot_be_stepped_is_refused(start, high, step, message):
    with pytest.raises(DemoError, match=message):
        Slider("a", 0, high, step, start=start, label="a")


def test_a_choice_starts_at_one_of_its_options():
    with pytest.raises(DemoError, match="start 'c' is not one of its options"):
        Choice("a", ("a", "b"), start="c", label="a")


def test_every_baked_row_is_the_live_one():
    """Every table of a demo, read back, holds at every state what the function gives there."""
    tables = everything.scene.tables
    held = cells_of(tables)
    packed = [table.packed(held[table]) for table in tables]
    for table, data in zip(tables, json.loads(json.dumps(packed)), strict=True):
        values = decode(data["orders"], data["text"], data["shape"])
        gaps = decode(*data["gaps"], data["shape"]) if "gaps" in data else 0 * values
        rows = zip(
            values.reshape(-1, data["shape"][-1]).tolist(),
            gaps.reshape(-1, data["shape"][-1]).tolist(),
            strict=True,
        )
        for (cells, missing), state in zip(rows, table.source.states(), strict=True):
            read = [None if gap else cell for cell, gap in zip(cells, missing)]
            live = table.row(state)
            if "texts" in data:
                read = [data["texts"][read[0]]]

            assert live == read[: len(live)]
            assert all(cell is None for cell in read[len(live) :])


def test_a_function_is_evaluated_over_the_controls_it_names_and_no_more():
    calls = []

    def counted(a):
        calls.append(a)
        return a

    controls = [Slider("a", 0, 2, 1, start=0, label="a"), Slider("b", 0, 9, 1, start=0, label="b")]
    bake(demo_with(readout=counted, controls=controls))

    assert {0.0, 1.0, 2.0} == set(calls)
    assert len(calls) <= 2 * 3


def test_what_a_function_keeps_is_found_by_the_demo_and_by_its_neighbours():
    kept = cache(lambda a: a * a)

    def squares():
        return [kept(a) for a in (0.0, 1.0, 2.0)]

    slider = Slider("a", 0, 2, 1, start=0, label="a")
    list(Source(squares, [slider]).over_all_states())
    assert [0, 1, 4] == list(Source(kept, [slider]).over_all_states())
    assert 3 == kept.cache_info().misses


def test_a_function_gets_its_controls_wherever_they_stand():
    controls = [Slider(name, 0, 1, 1, start=0, label=name) for name in "abc"]

    def spelled(c, width=8, *, a):
        return f"{a:.0f}{c:.0f}{width}"

    assert ["008", "018", "108", "118"] == list(Source(spelled, controls).over_all_states())


def test_numbers_are_turned_into_digits_together_as_one_by_one():
    rng = np.random.default_rng(0)
    values = [0.125, 0.375, 1.005, -0.5, 2.5, math.inf, -0.001, 1e9 / 7, *rng.normal(size=200)]
    for convert in map(Decimals, range(4)):
        expected = [math.nan if cell is None else cell for (cell,) in map(convert, values)]

        assert np.array_equal(expected, convert.together(values)[:, 0], equal_nan=True)


def fails(a):
    """Raise at one stop."""
    return math.log(a - 1)


def is_nan(a):
    """Give NaN at one stop."""
    return math.nan if a == 1 else a


def is_word(a):
    """Give a word where a number is asked for."""
    return "nine"


def is_table(a):
    """Give more numbers than a read-out shows."""
    return np.zeros(3)


def asks_for_more(a, temperature):
    """Ask for a control that is not there."""
    return a


def asks_for_anything(*stops):
    """Do not say what is asked for."""
    return 0


@pytest.mark.parametrize(
    "function, message",
    [
        (is_nan, r"demo-small, read-out: is_nan gives nan at a = 1.0"),
        (fails, r"demo-small.*fails.*(math domain|expected a positive)"),
        (is_word, r"is_word gives nine at a = 0.0"),
        (is_table, r"is_table gives \[0. 0. 0.\] at a = 0.0; a read-out shows one number"),
        (asks_for_more, r"demo-small: asks_for_more asks for temperature, but the controls are a"),
        (asks_for_anything, r"asks_for_anything must name the controls"),
    ],
)
def test_what_cannot_be_baked_is_an_error_that_says_which_and_why(function, message):
    with pytest.raises(DemoError, match=message):
        bake(demo_with(readout=function))


def test_a_curve_with_nan_is_an_error():
    with pytest.raises(DemoError, match=r"curve \(y\): is_nan gives nan at a = 1.0; nan cannot be"):
        bake(demo_with(mark=Curve(x=[0, 1], y=is_nan)))


@pytest.mark.parametrize(
    "function, message",
    [
        (is_table, r"image: is_table gives .*; 2 rows of 2 whole numbers are expected here"),
        (
            lambda: np.full((2, 2), 9),
            r"image: .* gives \[\[9 9\] \[9 9\]\]; a pixel is a number from 0 to 3",
        ),
        (lambda: np.zeros((2, 2)), r"whole numbers are expected"),
    ],
)
def test_an_image_that_is_not_what_was_announced_is_an_error(function, message):
    with pytest.raises(DemoError, match=message):
        bake(demo_with(mark=Image(pixels=function, shape=(2, 2), darkest=3)))


def test_a_function_of_too_many_states_is_refused_before_it_is_evaluated():
    controls = [Slider(name, 0, 99, 1, start=0, label=name) for name in "abc"]

    def wide(a, b, c):
        raise AssertionError("never reached")

    with pytest.raises(DemoError, match="wide depends on a, b, c: 1,000,000 states"):
        cells_of(demo_with(readout=wide, controls=controls).scene.readouts)


def test_a_name_is_lower_case_with_dashes_and_unique():
    with pytest.raises(DemoError, match="'Two Words': the name is lower case with dashes"):
        Demo("Two Words", controls=[], panels=[], readouts=[], caption="")
    with pytest.raises(DemoError, match="a is there twice"):
        demo_with(controls=[Slider("a", 0, 1, 1, start=0, label="")] * 2)


def test_a_button_that_asks_for_what_is_not_there_is_refused():
    with pytest.raises(DemoError, match="'Go' asks for b, which is not there"):
        demo_with(buttons=[Walk(readout="fine", over=("b",), label="Go")])


def test_a_demo_declared_in_a_notebook_cannot_be_found_by_the_build():
    with pytest.raises(DemoError, match="declare the demo in a module"):
        find("__main__:demo-small")
    with pytest.raises(DemoError, match="no such demo"):
        find("sample_demos:demo-nothing")


def test_a_demo_is_baked_once_and_again_only_when_its_sources_change(tmp_path, monkeypatch):
    module = tmp_path / "changing_demo.py"
    source = (
        "from bookkit.demo.controls import Slider\n"
        "from bookkit.demo.demo import Demo\n"
        "demo = Demo('changing', controls=[Slider('a', 0, 1, 1, start=0, label='a')],\n"
        "            panels=[], readouts=[], caption='CAPTION')\n"
    )
    module.write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    specs, reports = ["changing_demo:demo-changing", SPEC], []

    first = bake_all(specs, tmp_path / "cache", [], reports.append)
    again = bake_all(specs, tmp_path / "cache", [], reports.append)

    assert first == again
    assert 2 == len(reports)

    module.write_text(source.replace("CAPTION", "other"))
    bake_all(specs, tmp_path / "cache", [], reports.append)

    assert 3 == len(reports)
    assert "demo-changing" in reports[-1]


def test_baking_twice_gives_the_same_bytes():
    assert bake(everything) == bake(everything)


def test_the_figure_keeps_the_contract_of_the_page():
    figure = bake(everything).figure

    assert figure.startswith('<figure class="demo" id="demo-everything"')
    assert (
        '<input type="range" id="demo-everything-centre" name="centre" min="-2" max="2"'
        ' step="0.5" value="-1"' in figure
    )
    assert '<select id="demo-everything-kind" name="kind"' in figure
    assert '<input type="checkbox" id="demo-everything-shout" name="shout"' in figure
    assert "4.0000" not in figure
    assert 'name="bowl" aria-live="off">3.9500 nats</output>' in figure
    labelled = set(re.findall(r'<label for="([^"]+)"', figure))
    assert set(re.findall(r'<(?:input|select|output)[^>]* id="([^"]+)"', figure)) == labelled
    assert 3 == figure.count('role="img" aria-label="')
    assert " style=" not in figure


def test_downhill_takes_the_lowest_neighbour_until_none_is_lower():
    path = list(downhill(lambda i, j: (i - 4) ** 2 + (j - 1) ** 2, [9, 9], [0, 0]))

    assert [(1, 1), (2, 1), (3, 1), (4, 1)] == path


def test_the_live_demo_shows_what_the_page_shows():
    """Move the real ipywidgets sliders; compare with the read-outs of the page's states."""
    from bookkit.demo.live import _Live

    live = _Live(everything)
    for state in all_states(everything)[::97]:
        live.move(state)
        outputs = dict(
            re.findall(r'<output[^>]* name="(\w+)">([^<]*)</output>', live.numbers.value)
        )

        assert everything.shown(state) == outputs
        assert all(svg in live.picture.value for svg in everything.scene.svgs(state))


def test_the_live_demo_has_its_caption_and_the_colours_of_the_notebook():
    from bookkit.demo.live import live

    shown = " ".join(str(getattr(child, "value", "")) for child in live(everything).children)

    assert "<figcaption>The <em>centre</em> moves the bell.</figcaption>" in shown
    assert f'[data-jp-theme-light="false"], .vscode-dark){{--it-p:{COLOURS["p"][1]}' in shown


def test_a_live_demo_says_that_nothing_is_dragged_where_its_caption_asks_for_it():
    from bookkit.demo.live import live

    captions = [
        live(Demo(name, controls=[], panels=(), readouts=(), caption=caption)).children[-1].value
        for name, caption in (("hint", "Drag the dot."), ("none", "A dot."))
    ]

    assert "Drag the dot. (In a notebook the sliders move what is dragged" in captions[0]
    assert "<figcaption>A dot.</figcaption>" == captions[1].strip()


def test_the_live_buttons_walk_and_reset():
    from bookkit.demo import live as module

    module.SECONDS_A_STEP = 0
    live = module._Live(everything)
    walk, play, again = live.box.children[-2].children
    walk.click()

    assert (1.0, 1.0) == (live.state["centre"], live.state["width"])

    play.click()

    assert 2.0 == live.state["centre"]

    again.click()

    assert everything.start == live.state


def test_the_demo_of_the_readme_can_be_baked():
    """A newcomer copies these lines first."""
    text = (ENGINE / "README.md").read_text("utf-8")
    source = re.search(r"```python\n(.*?)```", text, re.DOTALL).group(1)
    names = {"__name__": "readme"}
    exec(compile(source, "README.md", "exec"), names)

    assert {"area": "2.507"} == names["bells"].shown(names["bells"].start)
    assert "demo-bells" in bake(names["bells"]).figure


def test_the_engine_can_be_lifted_out_with_the_files_that_its_readme_names(tmp_path):
    """Into another book: baked and alive it needs none besides."""
    text = (ENGINE / "README.md").read_text("utf-8")
    source = re.search(r"```python\n(.*?)```", text, re.DOTALL).group(1)
    beside = re.search(r"a few files beside it \((.*?)\)", text).group(1)
    shutil.copytree(ENGINE, tmp_path / "bookkit" / "demo")
    for name in ["__init__.py", *re.findall("`(.+?)`", beside)]:
        shutil.copy(ENGINE.parent / name, tmp_path / "bookkit")
    uses = "from bookkit.demo.bake import bake\nfrom bookkit.demo.live import live\n"
    source = f"{uses}{source}\nassert bake(bells).figure\nlive(bells)\n"
    (tmp_path / "lifted.py").write_text(source)

    subprocess.run([sys.executable, "lifted.py"], cwd=tmp_path, check=True)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_that_the_page_would_show_wrong_is_refused(sign):
    """Beyond 2**31 in its last digit a whole number wraps in the browser."""

    def fits(a):
        return sign * 214748.3647

    def large(a):
        return sign * (214748.3648 if a == 1 else 0)

    bake(demo_with(readout=fits))

    with pytest.raises(
        DemoError, match=r"large gives -?2,147,483,648 units .* at a = 1.0; .* fewer"
    ):
        bake(demo_with(readout=large))


@pytest.mark.parametrize("count, columns", [(0, 1), (1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3)])
def test_pictures_stand_in_as_many_columns_as_leave_none_alone(count, columns):
    panels = [Panel(axes=bell_axes, alt="axes", marks=())] * count
    demo = Demo("some", controls=[], panels=panels, readouts=[], caption="")

    assert columns == demo.columns


def test_a_map_is_inked_for_low_values_or_for_high_ones():
    falling, rising = (
        [ink["fill-opacity"] for ink in tiles.styles()]
        for tiles in (
            Tiles(of="bowl", x="a", y="b", levels=(1, 2, 3, 4), rising=rising)
            for rising in (False, True)
        )
    )

    assert [1.0, 0.75, 0.5, 0.25] == falling
    assert [0.25, 0.5, 0.75, 1.0] == rising


@pytest.mark.parametrize(
    "longest, in_a_row", [("3 of 6", False), ("all that was sent has been mended", True)]
)
def test_a_few_words_stand_in_a_column_and_many_in_a_row_of_their_own(longest, in_a_row):
    """The longest words of all states decide, so that nothing jumps."""

    def told(a):
        return longest if a == 2 else "none"

    demo = Demo(
        "small",
        caption="",
        controls=[Slider("a", 0, 2, 1, start=0, label="a")],
        panels=[Panel(axes=bell_axes, alt="axes", marks=())],
        readouts=[Readout(of=told, label="left", digits=None)],
    )

    assert in_a_row == ("demo-words" in bake(demo).figure)
