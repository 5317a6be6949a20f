"""The Python side of a page: cells, tracebacks, prints, and what stands in for what is absent."""

import builtins
import importlib
import inspect
import os
import subprocess
import sys
import warnings

import pytest

from bookkit.python import inpage
from bookkit.python.absent import ADVICE, DRAWS, Absent, Finder, NotOnThisPage
from bookkit.python.inpage import new_namespace, run


def test_the_value_of_the_last_expression_is_shown():
    """As a notebook does."""
    assert ("done", "3") == run("x = 1\nx + 2", "cell 1", new_namespace())


@pytest.mark.parametrize("source", ["x = 3", "None", "3;", "'é' ;  # why", "(3\n);\n# end", ""])
def test_nothing_is_shown_where_there_is_no_value(source):
    """An assignment, None, and whoever ends a line with a semicolon."""
    assert ("done", "") == run(source, "cell 1", new_namespace())


def test_a_semicolon_in_a_comment_hides_nothing():
    assert ("done", "3") == run("3  # quiet;", "cell 1", new_namespace())


def test_cells_share_their_names():
    """A cell sees what those before it defined, and the last value as `_`."""
    names = new_namespace()
    run("def double(x):\n    return 2 * x", "cell 1", names)

    assert ("done", "14") == run("double(7)", "cell 2", names)
    assert ("done", "15") == run("_ + 1", "cell 3", names)


def test_a_traceback_names_the_reader_s_lines_and_no_others():
    """What happens inside of libraries is nothing to learn from."""
    names = new_namespace()
    run("import statistics\ndef mean(xs):\n    return statistics.mean(xs)", "cell 1", names)
    state, text = run("x = 1\nmean([])", "cell 2", names)

    assert "error" == state
    assert [
        "cell 2, line 2: mean([])",
        "cell 1, line 3: return statistics.mean(xs)",
        "statistics.StatisticsError: mean requires at least one data point",
    ] == text.splitlines()


def test_a_syntax_error_names_its_line():
    """With the place in the line."""
    state, text = run("x = 1\nif x\n    y = 2", "cell 4", new_namespace())

    assert "error" == state
    assert 'File "cell 4", line 2' in text
    assert "expected ':'" in text


def test_an_error_while_another_is_handled_tells_of_both():
    """The first comes first."""
    source = "try:\n    1 / 0\nexcept ZeroDivisionError:\n    [][1]"
    lines = run(source, "cell 1", new_namespace())[1].splitlines()

    assert "ZeroDivisionError: division by zero" == lines[1]
    assert "IndexError: list index out of range" == lines[-1]


def test_errors_that_are_each_other_s_causes_are_told_once():
    source = "a, b = KeyError(1), KeyError(2)\na.__cause__, b.__cause__ = b, a\nraise a"

    assert ("error", "KeyError: 2\ncell 1, line 3: raise a\nKeyError: 1") == run(
        source, "cell 1", new_namespace()
    )


def test_a_long_traceback_looks_up_the_lines_that_it_shows_and_no_others(monkeypatch):
    """A million calls deep it took half a minute."""
    asked, look_up = [], inpage.linecache.getline
    monkeypatch.setattr(inpage.linecache, "getline", lambda *a: asked.append(a) or look_up(*a))
    _, text = run(
        "def f(n):\n    return n / n if n == 0 else f(n - 1)\nf(99)", "cell 1", new_namespace()
    )

    assert "cell 1, line 3: f(99)" == text.splitlines()[0]
    assert "… 93 more lines" == text.splitlines()[4]
    assert inpage._MOST_LINES == len(asked)


def test_a_group_of_errors_tells_each():
    """With the lines at which they were raised, and one step to the right."""
    source = "raise ExceptionGroup('two', [ValueError('a'), ExceptionGroup('in', [KeyError('b')])])"
    text = run(source, "cell 1", new_namespace())[1]

    assert [
        "ExceptionGroup: two (2 sub-exceptions)",
        "    ValueError: a",
        "    ExceptionGroup: in (1 sub-exception)",
        "        KeyError: 'b'",
    ] == text.splitlines()[1:]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("%matplotlib inline", "% begins a command of notebooks (Jupyter)"),
        ("x = 1\n%%capture out\nx", "% begins a command of notebooks (Jupyter)"),
        ("a = %timeit -o sum([1])", "here time.perf_counter() gives the seconds"),
        ("%%time\nx = (1 + 2", "here time.perf_counter() gives the seconds"),
        ("!pip install mpmath", "a page starts no other program and installs nothing"),
        ("files = !ls 'data", "a page starts no other program and installs nothing"),
        ("pip install mpmath", "a page starts no other program and installs nothing"),
        ("import math\nmath.sqrt?", "here help(print) tells of print"),
        ("??math", "here help(print) tells of print"),
        ("await sleep(1)", "SyntaxError: a bare await belongs to notebooks (Jupyter)"),
        ("def f():\n    await x", "'await' outside async function; and a page cannot wait for one"),
        ("async with x: pass", "'async with' outside async function; and a page cannot wait"),
    ],
)
def test_what_only_notebooks_understand_is_told_so(source, words):
    """With the line that is meant, and what to do instead."""
    state, text = run(source, "cell 1", new_namespace())

    assert "error" == state
    assert text.splitlines()[-1].startswith("SyntaxError: ")
    assert words in text.splitlines()[-1]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            ">>> p = [1]\n>>> p\n[1]",
            "SyntaxError: >>> and ... stand before the lines of an example",
        ),
        ("...     x", "SyntaxError: >>> and ... stand before the lines of an example"),
        ("x = 3 − 2", "(U+2212); code is written with the signs of a keyboard"),
        ("print(“x”)", "(U+201C); code is written with the signs of a keyboard"),
        ("for x in p:\n\u00a0\u00a0x", "U+00A0, which came along with a copy"),
        ("2 ^ 0.5", "'int' and 'float'; a power is written **"),
        ("import numpy as np\nnp.ones(2) ^ 2", "a power is written **"),
        (
            "log2(8)",
            "NameError: name 'log2' is not defined; it is np.log2, or math.log2 of one number",
        ),
    ],
)
def test_what_is_copied_from_a_page_or_from_paper_is_told_how_it_is_typed(source, words):
    """Prompts, dashes, curly quotes, hard spaces; powers and logarithms as on paper."""
    assert words in run(source, "cell 1", new_namespace())[1].splitlines()[-1]


@pytest.mark.parametrize("source", ["x = 1 %", "print('why?", "5 ! 3", "x ? y", "%"])
def test_a_slip_is_no_command_of_notebooks(source):
    """Python's own words are right there."""
    assert "otebook" not in run(source, "cell 1", new_namespace())[1]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ('RuntimeError("can\'t start new thread")', "RuntimeError: a page has one thread"),
        (
            "OSError(138, 'emscripten does not support processes.')",
            "OSError: a page starts no other",
        ),
        ("BlockingIOError(26, 'Operation in progress')", "BlockingIOError: a page has no network"),
        ("RuntimeError('Cannot stack switch because …')", "RuntimeError: a page cannot wait for"),
        ("MemoryError", "MemoryError: this is too large for the memory of this page"),
        ("SystemExit", "SystemExit: the cell ends here, and Python goes on"),
        ("SystemExit(None)", "SystemExit: the cell ends here, and Python goes on"),
    ],
)
def test_what_a_browser_forbids_is_told_in_words(error, words):
    """In place of those for a computer that a page is not."""
    assert words in run(f"raise {error}", "cell 1", new_namespace())[1].splitlines()[1]


@pytest.mark.parametrize(
    "damage",
    [
        *("sys.modules.clear(); import sys", "sys.stdout = None", "del sys.stdout", "sys.stdout = io.StringIO()"),
        *("__builtins__ = {}", "del builtins.print", "builtins.compile = builtins.vars = builtins.isinstance = None"),
        *("import ast; ast.parse = None", "import linecache; linecache.cache = None", "sys.setrecursionlimit(9)"),
    ],
)  # fmt: skip
def test_after_a_cell_that_takes_a_part_of_python_another_runs(damage):
    """Outside of this process, which needs the parts itself."""
    program = f"""
from bookkit.python.inpage import main, run
names = main()
states = [run("import builtins, io, sys\\n" + {damage!r}, "cell 1", names)]
states.append(run("import fractions, sys\\nprint('still here')\\nsys.version_info[0]", "cell 2", names))
assert [("done", ""), ("done", "3")] == states, states
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert ("still here\n", 0) == (ran.stdout, ran.returncode), ran.stderr


def test_a_cell_that_runs_again_warns_again(capsys):
    """Python itself says it once for a place, as long as it lasts."""
    names = new_namespace()
    source = "import warnings\nwarnings.warn('look')"
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default")
        for _ in range(2):
            run(source, "cell 1", names)

    assert ["look", "look"] == [str(one.message) for one in told]


def test_the_names_of_a_page_are_those_of_the_main_module(monkeypatch):
    """There pickle and timeit look for them."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    names = inpage.main()
    run("class Own:\n    pass\ndef one(): return 1", "cell 1", names)
    pickled = "import pickle\ntype(pickle.loads(pickle.dumps(Own()))).__name__"
    timed = "import timeit\ntimeit.timeit('one()', 'from __main__ import one', number=3) >= 0"

    assert ("done", "'Own'") == run(pickled, "cell 2", names)
    assert ("done", "True") == run(timed, "cell 3", names)


def test_a_long_traceback_is_cut_in_the_middle():
    """Recursion without end."""
    lines = run("def f():\n    f()\nf()", "cell 1", new_namespace())[1].splitlines()

    (cut,) = (i for i, line in enumerate(lines) if "more lines" in line)

    assert ["cell 1, line 3: f()", *["cell 1, line 2: f()"] * 3] == lines[:cut]
    assert ["cell 1, line 2: f()"] * 4 == lines[cut + 1 : -1]
    assert lines[-1].startswith("RecursionError")


@pytest.mark.parametrize(
    "source", ["raise SystemExit", "import sys; sys.exit(3)", "raise KeyboardInterrupt"]
)
def test_a_cell_cannot_end_python(source):
    """What ends a program ends a cell."""
    state, text = run(source, "cell 1", new_namespace())

    assert "error" == state
    assert text.startswith("cell 1, line 1")


def test_half_a_surrogate_pair_is_no_problem():
    """Neither in the source nor in a value."""
    assert ("done", "'?'") == run("'\ud800'", "cell 1", new_namespace())


def test_long_values_are_cut():
    """A page is no place for a million digits."""
    text = run("'a' * 1_000_000", "cell 1", new_namespace())[1]

    assert inpage.MOST_SHOWN + 1 == len(text)


def test_a_long_message_is_cut_and_its_line_is_named():
    """The text of an error is as long as its program likes."""
    text = run("raise ValueError('a' * 1_000_000)", "cell 1", new_namespace())[1]

    assert text.startswith("cell 1, line 1: raise ValueError")
    assert "ValueError: aaa" == text.splitlines()[1][:15]
    assert len(text) < 2 * inpage.MOST_SHOWN


def test_prints_that_were_sent_elsewhere_come_back_and_count_anew(monkeypatch):
    """By the usual way, `sys.__stdout__`; and a cell pays for its own prints alone, whatever stands before them."""
    for keep, names in (
        (sys, "stdin stdout stderr __stdout__ __stderr__"),
        (os, "system"),
        (inpage.builtins, "input help quit exit display"),
        (sys, "meta_path"),
    ):
        for name in names.split():
            value = getattr(keep, name, None)
            monkeypatch.setattr(
                keep, name, list(value) if name == "meta_path" else value, raising=False
            )
    sent, cells = [], new_namespace()
    inpage.prepare([], {}, sent.append)
    away = "import sys, io\nsys.stdout = io.StringIO()\nprint('away')"
    back = "sys.stdout = sys.__stdout__\nprint('back')"
    tee = "class Tee:\n    write, flush = sys.stdout.write, sys.stdout.flush\nsys.stdout = Tee()"
    states = [run(source, "cell 1", cells) for source in (away, back, tee)]
    states += [run("print('x' * 60_000)", "cell 2", cells) for _ in range(3)]

    assert [("done", "")] * 6 == states
    assert "back" == sent[0]
    assert "away" not in sent


def test_prints_reach_the_page_up_to_a_limit():
    """And the cell is told, in words, when it is over."""
    sent = []
    output = inpage.Output(sent.append)
    output.write("a" * (inpage.MOST_PRINTED - 1))

    output.write("bc")
    assert inpage.MOST_PRINTED == sum(map(len, sent))
    with pytest.raises(inpage.TooMuchOutput, match="at most 100,000 characters"):
        output.write("d")


def test_input_says_what_to_do():
    """There is nobody to ask."""
    with pytest.raises(NotOnThisPage, match="write the answer into the cell"):
        inpage._no_input("name?")


def described(value=1, *, twice=False):
    """Say what it is for.

    In two paragraphs.
    """


def test_help_shows_how_a_function_is_called_and_what_it_is_for(capsys):
    inpage._help(described)

    assert (
        "described(value=1, *, twice=False)\n\nSay what it is for.\n\nIn two paragraphs.\n"
        == capsys.readouterr().out
    )


@pytest.mark.parametrize("thing", [len, inpage, int, 3, "".join, NotOnThisPage("x")])
def test_help_has_words_for_everything(capsys, thing):
    """For a module, a class and a value as well."""
    inpage._help(thing)

    assert inspect.getdoc(thing) in capsys.readouterr().out


def test_help_leaves_out_types(capsys):
    """That of an array fills three lines."""

    def typed(values: list[float], *, base: float = 2) -> float:
        return 1.0

    inpage._help(typed)
    assert capsys.readouterr().out.startswith("typed(values, *, base=2)\n")


def test_a_name_without_brackets_says_what_it_is_for(capsys):
    """And display prints as a cell shows its last value."""
    told = inpage._Told("in words", lambda value: value + 1)
    inpage._display("x", 3, display_id=True)
    inpage._display()

    assert ("in words", 4) == (repr(told), told(3))
    assert "'x'\n3\n" == capsys.readouterr().out


def test_help_says_where_it_has_nothing_to_show(capsys):
    """Without a docstring, without a question, and for what is absent."""
    inpage._help(lambda x: x)

    assert "<lambda>(x)\n\nIts help text is not on this page.\n" == capsys.readouterr().out
    for nothing in ((), ("len",)):
        with pytest.raises(NotOnThisPage, match="without quotes"):
            inpage._help(*nothing)
    with pytest.raises(NotOnThisPage, match="scipy.stats is not on this page"):
        inpage._help(Absent("scipy.stats"))


# --- what is absent ---


@pytest.fixture
def finder(monkeypatch):
    """Stand in for two packages that nobody has."""
    found = Finder(
        ["nowhere", "notthere"],
        {"nowhere.data": "bookkit.output"},
        lambda file: file == __file__ or file.startswith("cell "),
    )
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, found])
    yield
    for name in [name for name in sys.modules if name.startswith(("nowhere", "notthere"))]:
        del sys.modules[name]


def test_what_is_absent_can_be_imported_and_complains_when_used(finder):
    """So the rest of a cell works."""
    names = new_namespace()
    source = "import nowhere.plot as plt\nfrom notthere import tree\nx = 3\nx"

    assert ("done", "3") == run(source, "cell 1", names)
    for use in ("plt.show()", "tree(2)", "tree.fit", "tree[1]", "list(tree)", "tree", "plt"):
        state, text = run(use, "cell 2", names)
        assert ("absent", True) == (state, "is not on this page" in text)


def test_what_a_cell_could_not_give_is_absent_in_later_cells(finder):
    """A reader is told of the library, not of a name that is not defined."""
    names = new_namespace()
    run("import nowhere\nfirst = 1\nscores = nowhere.score()", "cell 1", names)

    assert ("done", "1") == run("first", "cell 2", names)
    state, text = run("scores.mean()", "cell 3", names)
    assert ("absent", True) == (state, "scores.mean is not on this page" in text)


@pytest.mark.parametrize(
    "use",
    "y + 1|1 + y|2 * y|y ** 2|2 ** y|1 - y|7 // y|y % 2|-y|abs(y)|y @ y|~y|y & 1|y < 3|3 > y|y == 3|"
    "y != 3|round(y, 2)|float(y)|int(y)|bool(y)|complex(y)|[1, 2][y]|f'{y:.3f}'|f'{y}'|3 in y|next(y)|"
    "y[0]|reversed(y)|y[0] = 1|del y[0]|del y.z|y += 1|isinstance(3, y)|issubclass(int, y)|"
    "class Own(y): pass|class Own(Exception, y): pass|with y: pass|import math; math.sqrt(y)".split(
        "|"
    ),
)
def test_whatever_is_done_with_what_is_absent_says_so(finder, use):
    """An operator, a method, a statement: none gives a value, or an error that names our stand-in."""
    names = new_namespace()
    run("import nowhere\ny = nowhere.score()", "cell 1", names)

    assert ("absent", f"y {ADVICE}") == run(use, "cell 2", names)


@pytest.mark.parametrize(
    ("source", "has", "lacks"),
    [
        ("a = 1; b = 'b'; nowhere.show(); c = 2; a = 3", "b", "ac"),
        ("é = a = 1; nowhere.show()", "a", ""),
        ("a = 1\nwith nowhere.rc(\n    a):\n    b = 2\nc = 3", "a", "bc"),
        ("if a := 1:\n    b = 2\n    nowhere.show()\n    c = 3", "b", "ac"),
        ("nowhere.show()\ndef f(): g = 1\nimport math as m, os.path\nclass C: d = 1", "", "fmC"),
        ("from math import pi as p\nnowhere.show()\nfrom math import *", "p", ""),
        ("def f(): nowhere.show()\na = 1\nf()\nb = 2", "af", "b"),
    ],
)
def test_a_cell_that_stops_keeps_what_it_had_and_lacks_the_rest(finder, source, has, lacks):
    """However often it runs: a name that has its value already is not lost."""
    names = new_namespace()
    run("import nowhere", "cell 1", names)
    for _ in range(2):
        assert "absent" == run(source, "cell 2", names)[0]

        assert [] == [name for name in has if isinstance(names[name], Absent)]
        assert [] == [name for name in lacks if not isinstance(names[name], Absent)]


def test_what_draws_says_where_the_picture_is(tmp_path, monkeypatch):
    """A part of a package that is here draws; that of a package that is not is only absent."""
    (tmp_path / "atlas" / "maps").mkdir(parents=True)
    (tmp_path / "atlas" / "maps" / "data.py").write_text("north = 1")
    found = Finder(
        ["atlas.maps.demos", "atlas.maps.figures", "nowhere"],
        {},
        lambda file: file.startswith((str(tmp_path), "cell ")),
    )
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, found])
    names = new_namespace()
    source = "from atlas.maps import data, demos, figures\nimport nowhere.plot as plt\ndata.north"

    assert ("done", "1") == run(source, "cell 1", names)
    for use in ("figures.coast", "figures.coast.html()", "demos.tides", "demos"):
        state, text = run(use, "cell 2", names)
        assert ("absent", True) == (state, text.endswith(DRAWS))
    assert run("plt.plot([1])", "cell 3", names)[1].endswith(ADVICE)
    for name in [name for name in sys.modules if name.startswith(("atlas", "nowhere"))]:
        del sys.modules[name]


def test_a_stand_in_gives_what_the_page_has(finder):
    """Other names of the same module are absent."""
    names = new_namespace()
    run("from nowhere.data import on_site, more", "cell 1", names)

    assert ("done", "False") == run("on_site()", "cell 2", names)
    assert "absent" == run("more()", "cell 3", names)[0]


def test_libraries_get_the_import_error_that_they_wait_for(finder):
    """NumPy looks for several packages and does without; what it needs after all is told in words."""
    namespace = {"__name__": "numpy.somewhere"}
    with pytest.raises(ModuleNotFoundError, match="^nowhere is not on this page"):
        exec(compile("import nowhere", "/lib/numpy/somewhere.py", "exec"), namespace)


def test_a_misspelt_module_is_an_error(finder):
    """Not something that the page lacks."""
    state, text = run("import nunpy", "cell 1", new_namespace())

    words = "ModuleNotFoundError: No module named 'nunpy' on this page, which installs nothing"
    assert ("error", words) == (state, text.splitlines()[-1])


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("from collections import Countr", "ImportError: cannot import name 'Countr' from"),
        ("from xml import etre", "ImportError: cannot import name 'etre' from"),
        ("import xml.etre", "ModuleNotFoundError: No module named 'xml.etre'"),
        ("from bookkit.python import zz", "ImportError: cannot import name 'zz' from"),
        ("from bookkit.exercise.choice import Chois", "ImportError: cannot import name 'Chois'"),
    ],
)
def test_a_name_with_a_slip_is_an_error_below_a_package_that_is_here(monkeypatch, source, words):
    """As everywhere else, though other parts of the package are absent."""
    absent = {*sys.stdlib_module_names, "bookkit.site", "xml.dom"}
    found = Finder(absent, {}, lambda file: file.startswith("cell "))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, found])
    state, text = run(source, "cell 1", new_namespace())

    assert ("error", True) == (state, text.splitlines()[-1].startswith(words)), text


# --- functions of readers ---


@pytest.fixture
def exercise(monkeypatch):
    """A module with an exercise of the samples."""
    samples = importlib.import_module("exercise_samples")
    return lambda source: inpage.check(source, samples.__name__, "write-mean")


def test_a_right_function_gets_the_words_of_the_exercise(exercise):
    """The message is named by its number: the page has it, formulas and all."""
    verdict, rule, text = exercise("def mean(xs):\n    return sum(xs) / len(xs)")

    assert ("correct", 3, "") == (verdict, rule, text)


def test_a_wrong_function_is_told_the_first_case_that_fails(exercise):
    """With its arguments, in the words of the notebook."""
    verdict, rule, text = exercise("def mean(xs):\n    return sorted(xs)[len(xs) // 2]")

    assert ("wrong", 1) == (verdict, rule)
    assert "`mean([0.0, 1.0, 8.0])` should give `3.0`, not `1.0`." == text


def test_a_source_that_stops_is_not_an_attempt(exercise):
    """Its traceback is shown instead."""
    verdict, rule, text = exercise("def mean(xs)\n    return 1")

    assert ("error", -1) == (verdict, rule)
    assert "expected ':'" in text


@pytest.mark.parametrize("stop", ["KeyboardInterrupt", "GeneratorExit"])
def test_a_function_that_ends_python_is_not_an_attempt(exercise, stop):
    """Its traceback is shown, as that of a cell, and Python goes on."""
    verdict, rule, text = exercise(f"def mean(xs):\n    raise {stop}")

    assert ("error", -1) == (verdict, rule)
    assert text.startswith("your function, line ")


def test_an_error_whose_own_text_fails_is_told_by_its_name(exercise):
    unspeakable = "class Unspeakable(Exception):\n    def __str__(self): 1 / 0\n"
    verdict, _, text = exercise(f"{unspeakable}def mean(xs):\n    raise Unspeakable")

    assert "wrong" == verdict
    assert "Unspeakable" in text


def test_a_function_of_another_name_is_not_an_attempt(exercise):
    """The reader is told which one is wanted."""
    assert ("unreadable", -1, "Write below its first line what `mean` does.") == exercise(
        "def mean(xs):\n    "
    )
    assert ("unreadable", -1, "Define a function with the name `mean`.") == exercise(
        "def mena(xs): ..."
    )


def test_half_a_pair_of_surrogates_travels_as_a_question_mark():
    """No page could show it, and the message with it would be lost."""
    sent = []
    inpage.Output(sent.append).write("a\ud800b")

    assert ["a?b"] == sent


@pytest.mark.parametrize(
    ("how", "first"), [(" from None", []), ("", ["cell 1, line 2: {}[1]", "KeyError: 1"])]
)
def test_an_error_that_is_raised_from_none_hides_the_first(how, first):
    source = f"try:\n    {{}}[1]\nexcept KeyError:\n    raise ValueError('2'){how}"
    state, text = run(source, "cell 1", new_namespace())

    assert [
        *first,
        f"cell 1, line 4: raise ValueError('2'){how}",
        "ValueError: 2",
    ] == text.splitlines()


def test_what_a_cell_adds_to_the_builtins_stays():
    """As in a notebook; what it takes away or replaces comes back, since other cells need it."""
    run("import builtins\nbuiltins.own = 3\nbuiltins.abs = None", "cell 1", new_namespace())
    told = run("own, abs(-1)", "cell 2", new_namespace())
    del builtins.own

    assert ("done", "(3, 1)") == told


def test_a_coroutine_is_told_to_be_none_of_a_page():
    """Nothing runs of it; and no warning comes cells later, when it is thrown away."""
    state, text = run("async def f():\n    return 3\nf()", "cell 1", new_namespace())

    assert "absent" == state
    assert text.startswith("a page cannot wait for <coroutine object f")
