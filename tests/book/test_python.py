"""Every code cell and every Code exercise of the book, run by the pages themselves, from a disk."""

import base64
import doctest
import importlib.util
import inspect
import io
import json
import zipfile
from pathlib import Path

import pytest
from python_cells import CHAPTERS, ROOT, RUN_ALL, stored, visible_cells
from site_pages import SITE

from bookkit.browser import launch

# Cells that a page cannot run, by something that stands in them, and what they need.
ABSENT = {
    ("decision_trees", "DecisionTreeClassifier("): "scikit-learn grows the tree",
    ("decision_trees", "left_over(t)"): "scikit-learn grows a tree for numbers",
    ("decision_trees", "data.held_out(price)"): "scikit-learn prunes",
    ("estimating_information", "mutual_info_classif"): "scikit-learn estimates",
    ("estimating_information", "seed_scores"): "scikit-learn estimates, for many seeds",
    ("estimating_information", "scores.std"): "those estimates, from a cell above",
    ("estimating_information", "scores.mean(axis=0)[2:]"): "those estimates, from a cell above",
    ("estimating_information", "k_means"): "scikit-learn groups",
    ("estimating_information", "metrics.adjusted"): "scikit-learn measures",
    ("language_models", "(zlib, lzma, bz2)"): "lzma",
    ("mistakes", "mutual_info_classif"): "scikit-learn estimates",
    ("mistakes", "alone = score("): "the same function, imported in a cell above",
    ("smoothing_and_temperature", "def ece("): "scikit-learn's digits",
    ("smoothing_and_temperature", "rng.random(len(sure))"): "those digits, from a cell above",
    ("smoothing_and_temperature", "miscalibration"): "those digits, from a cell above",
    ("source_coding", "lzma_rate"): "lzma",
    ("variational_inference", "data.gaps_at"): "SciPy minimises",
}

pytestmark = pytest.mark.skipif(
    not (SITE / "_static" / "python" / "parts.js").is_file(), reason="the site runs no Python"
)


@pytest.fixture(scope="module")
def python(browser):
    """A page from a disk, with the network off, whose Python all tests of this file share.

    It takes longer to start Python than to run a chapter, and the start is the same on all pages.
    So this page opens the others, and they ask its Python instead of their own. Pages from a disk
    may not speak with each other; this browser lets them.
    """
    within = launch(browser.browser_type, "--allow-file-access-from-files")
    tab = within.new_context(offline=True).new_page()
    tab.goto(address_of("kl_divergence"))
    yield tab
    within.close()


@pytest.fixture
def beside(python):
    """Open the page of a chapter beside the one that has Python, which has forgotten all names."""
    opened = []

    def open_page(chapter):
        with python.expect_popup() as found:
            python.evaluate("address => { open(address); }", address_of(chapter))
        opened.append(found.value)
        found.value.wait_for_load_state()
        found.value.evaluate("() => { bookkit.python.ask = opener.bookkit.python.ask; }")
        ask(python, FORGET)
        return found.value

    yield open_page
    for tab in opened:
        tab.close()


FORGET = "[globals().pop(name) for name in list(globals()) if not name.startswith('__')];"


def address_of(chapter):
    """Return the address of a chapter's page on disk."""
    return (SITE / "chapters" / f"{chapter}.html").as_uri()


def reason(chapter, cell):
    """Return why a page cannot run a cell; None if it can."""
    found = [why for (name, part), why in ABSENT.items() if name == chapter and part in cell.source]
    return found[0] if found else None


def test_a_page_starts_python_by_itself(browser):
    """From a disk, in a browser as it comes; its cells print what the notebook prints."""
    (path,) = [path for path in CHAPTERS if path.stem == "entropy"]
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.goto(address_of(path.stem))
    found = tab.evaluate(RUN_ALL)
    context.close()

    assert {} == wrong_cells(path, found)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_runs_in_the_page(path, beside):
    """Every visible cell prints what the notebook prints, to the character, and what a page has not
    is said in words; what an exercise gives as its solution is right where a reader types it."""
    if not visible_cells(path):
        pytest.skip("it has no code")
    tab = beside(path.stem)

    assert {} == wrong_cells(path, tab.evaluate(RUN_ALL))

    for _, exercise in code_exercises(path.stem):
        type_solution(tab, exercise)


def wrong_cells(path, found):
    """Return the cells of a chapter that did not do what they should: {index: (state, text, stored)}."""
    cells = visible_cells(path)
    assert sorted(cells) == sorted(map(int, found))
    wrong = {}
    for index, cell in cells.items():
        state, text = found[str(index)]
        if reason(path.stem, cell):
            right = state == "absent" and "is not on this page" in text
        else:
            right = (state, text) == ("done", stored(cell))
        if not right:
            wrong[index] = (state, text[-300:], stored(cell)[-300:])
    return wrong


def type_solution(tab, exercise):
    """Type something else, then the solution; words alone are no attempt."""
    form = tab.locator(f"#ex-{exercise.name}")
    check = form.get_by_role("button", name="Check")
    area = form.locator('textarea[name="answer"]')
    area.fill("def something_else(x): return x")
    check.click()
    output = form.locator("output[data-verdict]")
    output.wait_for(timeout=60_000)

    assert "unreadable" == output.get_attribute("data-verdict")

    area.fill(inspect.getsource(exercise.solution))
    check.click()
    form.locator('output[data-verdict="correct"]').wait_for()

    assert form.locator(".exercise-solved").is_visible()


def test_every_exception_is_needed():
    """The list above names cells that are there."""
    sources = {
        path.stem: [cell.source for cell in visible_cells(path).values()] for path in CHAPTERS
    }

    assert [] == [
        (chapter, part)
        for chapter, part in ABSENT
        if not any(part in source for source in sources[chapter])
    ]


# --- exercises ---


def code_exercises(chapter="*"):
    """Return every exercise of a chapter, or of the book, that asks for a function, with its module."""
    modules = sorted((ROOT / "itlib_book").glob(f"{chapter}/exercises.py"))
    names = [
        f"itlib_book.{path.parent.name}.exercises"
        for path in modules
        if "Code(" in path.read_text("utf-8")
    ]
    return [
        (name, exercise)
        for name in names
        for exercise in vars(importlib.import_module(name)).values()
        if type(exercise).__name__ == "Code"
    ]


def in_the_notebook(exercise, function):
    verdict = exercise.judge(function)
    return verdict.verdict, verdict.message


CHECK_ALL = """async (questions) => {
    const answers = [];
    for (const question of questions) answers.push(await bookkit.python.ask({ kind: "check", ...question }));
    return answers;
}"""


def test_functions_get_in_the_page_the_verdict_of_the_notebook(python):
    """Solution and slips of every exercise, word for word."""
    questions, wanted = [], []
    for module, exercise in code_exercises():
        called = exercise.solution.__name__
        find = f"next(e for e in vars(m).values() if getattr(e, 'name', None) == {exercise.name!r})"
        head = f"import {module} as m\nexercise = {find}\n"
        place = {"module": module, "name": exercise.name}
        questions.append({**place, "source": f"{head}{called} = exercise.solution"})
        wanted.append(in_the_notebook(exercise, exercise.solution))
        for i, slip in enumerate(exercise.mistakes):
            questions.append(
                {**place, "source": f"{head}{called} = exercise.mistakes[{i}].function"}
            )
            wanted.append(in_the_notebook(exercise, slip.function))
    answers = python.evaluate(CHECK_ALL, questions)
    rules = {exercise.name: exercise.rules for _, exercise in code_exercises()}
    found = []
    for question, answer in zip(questions, answers, strict=True):
        rule = rules[question["name"]][answer["rule"]].message if answer["rule"] >= 0 else ""
        found.append((answer["verdict"], f"{rule} {answer['text']}".strip()))

    assert len(questions) > 50
    assert [] == [(q, w, f) for q, w, f in zip(questions, wanted, found, strict=True) if w != f]


# --- the library ---

EXAMPLES = """
import contextlib, importlib, io, json
found = []
for module, sources in json.loads({data!r}):
    names = dict(vars(importlib.import_module(module)))
    for source in sources:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            try:
                exec(compile(source, "cell example", "single"), names)
            except Exception as error:
                print("Traceback (most recent call last):\\n" + type(error).__name__ + ": " + str(error))
        found.append(out.getvalue())
print(json.dumps(found))
"""


def ask(tab, source):
    """Return what a program prints in a page that runs Python."""
    answer = tab.evaluate(
        """async (source) => {
            let printed = "";
            const answer = await bookkit.python.ask({ kind: "run", source, name: "cell test" },
                { output: (text) => { printed = text; } });
            return [answer.state ?? answer.kind, printed, answer.text];
        }""",
        source,
    )
    assert ("done", "") == (answer[0], answer[2])
    return answer[1]


def library_examples():
    """Return the doctests of itlib, each with its module and the names it begins with."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    paths = sorted((ROOT / "itlib").rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    modules = [importlib.import_module(name.removesuffix(".__init__")) for name in names]
    return [test for module in modules for test in finder.find(module) if test.examples]


def test_the_examples_of_the_library_hold_in_the_page(python):
    """What the reference shows a reader comes out in the browser's Python, too."""
    tests = library_examples()
    data = [(test.globs["__name__"], [e.source for e in test.examples]) for test in tests]
    found = json.loads(ask(python, EXAMPLES.format(data=json.dumps(data))))
    examples = [example for test in tests for example in test.examples]
    checker = doctest.OutputChecker()
    wrong = []
    for example, got in zip(examples, found, strict=True):
        if example.exc_msg is not None:
            last = got.splitlines()[-1] + "\n"
            right = checker.check_output(example.exc_msg, last, doctest.ELLIPSIS)
        else:
            flags = sum(flag for flag, on in example.options.items() if on)
            right = checker.check_output(example.want, got, flags)
        if not right:
            wrong.append((example.source, example.want, got))

    assert len(examples) > 50
    assert [] == wrong


EXACT = """
import base64, io, sys, types, zipfile
zipfile.ZipFile(io.BytesIO(base64.b64decode({library!r}))).extractall("/tmp/more")
sys.path.insert(0, "/tmp/more")
import mpmath, precise, small_pytest
small_pytest.install()
sys.modules.update(mpmath=mpmath, precise=precise)  # which are there this time
ran = 0
for name, source in {sources!r}.items():
    module = types.ModuleType(name)
    exec(compile(source, name, "exec"), vars(module))
    for test in [t for n, t in vars(module).items() if n in {wanted!r}]:
        cases = getattr(test, "cases", [])
        for values in [[v[0] for _, v in cases]]:
            options = {{}}
            for (names, _), value in zip(cases, values):
                options.update(zip(names, value if len(names) > 1 else [value]))
            with mpmath.workdps(getattr(module, "DIGITS", 60)):
                test(**options)
            ran += 1
print(ran)
"""
# Each in the first of its forms: a browser is several times slower, and the others differ little.
EXACT_TESTS = [
    "test_entropy_is_right_to_4_units_in_the_last_place",
    "test_binary_entropy_is_right_to_4_units_in_the_last_place",
    "test_kl_is_right_to_8_units_in_the_last_place",
    "test_mutual_information_is_right_to_8_units_in_the_last_place",
    "test_mutual_information_from_samples_is_right_to_8_units_in_the_last_place",
    "test_softmax_cross_entropy_is_exact_to_four_ulp",
    "test_softmax_and_its_logarithm_are_exact_to_four_ulp",
    "test_losses_of_one_logit_and_their_gradients_are_exact_to_four_ulp",
    "test_kl_of_gaussians_is_exact_to_four_ulp",
    "test_kl_of_gaussians_in_several_dimensions_is_exact_to_64_ulp",
]


def test_the_library_is_as_exact_in_the_page(python):
    """To the same few units in the last place, against sixty digits and more."""
    folder = Path(importlib.util.find_spec("mpmath").origin).parent
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.rglob("*.py"):
            if "tests" not in path.parts:
                archive.write(path, Path("mpmath") / path.relative_to(folder))
        for name in ("small_pytest.py", "precise.py"):
            archive.write(ROOT / "tests" / "helpers" / name, name)
    library = base64.b64encode(packed.getvalue()).decode()
    tests = ROOT / "tests" / "itlib"
    sources = {
        path.stem: path.read_text("utf-8") for path in sorted(tests.glob("test_accuracy*.py"))
    }
    ran = int(ask(python, EXACT.format(library=library, sources=sources, wanted=EXACT_TESTS)))

    assert len(EXACT_TESTS) == ran


SWEEP = """
import json, pathlib, sys
for name, text in json.loads({files!r}).items():
    path = pathlib.Path("/tmp/sweep", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
sys.path.insert(0, "/tmp/sweep")
import small_pytest
print(json.dumps(vars(small_pytest.run(json.loads({sources!r}), {left_out!r}))))
"""
# They ask for pytest's own machinery, or for the source of the library.
OF_PYTEST = {"test_in_the_browser", "test_docstrings", "test_types", "test_any_input"}
# Searches that a browser takes seconds for; the code pages of Windows do not travel with a page, and
# no other Python can be started there.
LEFT_OUT = """
    test_a_module_needs_no_import_of_its_own
    test_a_printed_tree_can_be_written_in_a_code_page_of_windows
    test_a_minimum_appears_at_the_fold_away_from_the_covering_one test_a_tiny_basin_beside_the_fold_is_found
    test_above_the_cusp_the_minimum_moves_onto_the_heavy_mode_without_a_break
    test_an_isotropic_fit_leaves_the_middle_at_the_pitchfork
    test_channels_whose_inputs_hardly_differ_are_certified_too
    test_covering_stays_a_minimum_at_every_separation test_knn_mutual_information_is_that_of_the_gaussian_sampled
    test_laplace_and_absolute_error test_long_modes_side_by_side_part_an_isotropic_fit_in_a_jump
    test_near_equal_weights_the_covering_minimum_ends_far_out test_the_area_under_the_error_is_the_whole_bit
    test_the_best_fit_jumps_at_the_jump test_the_covering_minimum_vanishes_where_a_high_precision_solution_says
    test_the_jump_is_where_a_high_precision_solution_says
    test_the_limit_of_many_levels_does_not_depend_on_how_they_are_spaced
    test_the_pass_around_the_covering_minimum_is_low_and_near
    test_with_unequal_weights_the_covering_minimum_ends
""".split()


def test_the_tests_of_the_library_hold_in_the_page(python):
    """Published values, identities, refusals: all but what needs a library that a page has not."""
    tests, helpers = ROOT / "tests" / "itlib", ROOT / "tests" / "helpers"
    sources = {
        path.relative_to(tests).with_suffix("").as_posix(): path.read_text("utf-8")
        for path in sorted(tests.rglob("test_*.py"))
        if path.stem not in OF_PYTEST
    }
    sources["one that fails"] = "def test_that_fails():\n    assert 1 == 2"  # would be noticed
    needed = ["small_pytest.py", "library.py", "valid_calls.py", "near_samples.py"]
    paths = [*(helpers / name for name in needed), *sorted((helpers / "calls").glob("*.py"))]
    files = {path.relative_to(helpers).as_posix(): path.read_text("utf-8") for path in paths}
    program = SWEEP.format(files=json.dumps(files), sources=json.dumps(sources), left_out=LEFT_OUT)
    found = json.loads(ask(python, program))

    assert [["test_that_fails", "AssertionError: "]] == found["failed"]
    assert found["passed"] > 1000
    assert set(found["skipped"]) <= {"hypothesis", "mpmath", "precise", "scipy", "sklearn"}
