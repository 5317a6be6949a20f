"""Every code cell and every Code exercise of the book, run by the pages themselves, from a disk."""

import importlib
import inspect

import pytest
from python_cells import CHAPTERS, ROOT, RUN_ALL, stored, visible_cells
from site_pages import SITE

# Cells that a page cannot run, by something that stands in them, and what they need.
ABSENT = {
    ("decision_trees", "DecisionTreeClassifier"): "scikit-learn grows the tree",
}

pytestmark = pytest.mark.skipif(
    not (SITE / "_static" / "python" / "parts.js").is_file(), reason="the site runs no Python"
)


@pytest.fixture(scope="module")
def visit(browser):
    """Open pages from a disk, with the network off."""
    context = browser.new_context(offline=True)

    def opened(page):
        tab = context.new_page()
        tab.goto((SITE / page).as_uri())
        return tab

    yield opened
    context.close()


def reason(chapter, cell):
    """Return why a page cannot run a cell; None if it can."""
    found = [why for (name, part), why in ABSENT.items() if name == chapter and part in cell.source]
    return found[0] if found else None


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_cells_print_in_the_page_what_the_notebook_prints(path, visit):
    """To the character, for every visible cell; what a page has not is said in words."""
    cells = visible_cells(path)
    if not cells:
        pytest.skip("it has no code")
    tab = visit(f"chapters/{path.stem}.html")
    found = tab.evaluate(RUN_ALL)
    tab.close()

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
    assert {} == wrong


def test_every_exception_is_needed():
    """The list above names cells that are there."""
    sources = {
        path.stem: [cell.source for cell in visible_cells(path).values()] for path in CHAPTERS
    }

    assert [] == [(chapter, part) for chapter, part in ABSENT
                  if not any(part in source for source in sources[chapter])]  # fmt: skip


# --- exercises ---


def code_exercises():
    """Return every exercise of the book that asks for a function, with its module."""
    modules = sorted((ROOT / "itlib_book").glob("*/exercises.py"))
    names = [f"itlib_book.{path.parent.name}.exercises" for path in modules
             if "Code(" in path.read_text("utf-8")]  # fmt: skip
    return [(name, exercise) for name in names
            for exercise in vars(importlib.import_module(name)).values()
            if type(exercise).__name__ == "Code"]  # fmt: skip


def in_the_notebook(exercise, function):
    verdict = exercise.judge(function)
    return verdict.verdict, verdict.message


CHECK_ALL = """async (questions) => {
    const answers = [];
    for (const question of questions) answers.push(await bookkit.python.ask({ kind: "check", ...question }));
    return answers;
}"""


def test_functions_get_in_the_page_the_verdict_of_the_notebook(visit):
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
    tab = visit("chapters/kl_divergence.html")
    answers = tab.evaluate(CHECK_ALL, questions)
    tab.close()
    rules = {exercise.name: exercise.rules for _, exercise in code_exercises()}
    found = []
    for question, answer in zip(questions, answers, strict=True):
        rule = rules[question["name"]][answer["rule"]].message if answer["rule"] >= 0 else ""
        found.append((answer["verdict"], f"{rule} {answer['text']}".strip()))

    assert len(questions) > 50
    assert [] == [(q, w, f) for q, w, f in zip(questions, wanted, found, strict=True) if w != f]


@pytest.mark.parametrize(
    ("module", "exercise"), [pytest.param(*pair, id=pair[1].name) for pair in code_exercises()]
)
def test_a_typed_solution_is_right(module, exercise, visit):
    """What the page gives as the solution passes where the reader types it; words alone do not."""
    chapter = module.split(".")[1]
    tab = visit(f"chapters/{chapter}.html")
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
    tab.close()
