"""Notebooks are stored as sources and text, the same bytes whoever runs them."""

import nbformat
import pytest

from bookkit.notebooks import canonical, dumps, main

new = nbformat.v4


def code(source, *outputs, **metadata):
    return new.new_code_cell(source, outputs=list(outputs), metadata=metadata, execution_count=7)


def stored(*cells):
    return canonical(new.new_notebook(cells=list(cells), metadata={"widgets": {"state": 1}}))


PICTURE = {"text/plain": "<a figure>", "image/png": "AAAA", "text/html": "<svg/>"}


def test_pictures_and_pages_go_and_their_text_stays():
    cell = stored(code("f()", new.new_output("display_data", PICTURE))).cells[0]

    assert [{"text/plain": "<a figure>"}] == [output.data for output in cell.outputs]


def test_metadata_and_widget_state_go_and_tags_stay():
    notebook = stored(
        code("f()", tags=["hide-input"], execution={"iopub.status.busy": "1"}, collapsed=True)
    )

    assert {"tags": ["hide-input"]} == notebook.cells[0].metadata
    assert "widgets" not in notebook.metadata


def test_cells_with_outputs_count_as_run_and_all_alike():
    """nbval refuses outputs of a cell that has no count."""
    printed = new.new_output("stream", text="1\n")
    notebook = stored(code("f()", printed), code("x = 1"), code("g()", printed))

    assert [1, None, 1] == [cell.execution_count for cell in notebook.cells]


def test_streams_are_joined():
    parts = [new.new_output("stream", text=text) for text in ("1\n", "2\n")]

    assert ["1\n2\n"] == [output.text for output in stored(code("f()", *parts)).cells[0].outputs]


def test_a_cell_that_warns_cannot_be_stored():
    warning = new.new_output("stream", name="stderr", text="overflow in exp")

    with pytest.raises(ValueError, match="cell 1 prints to standard error: overflow in exp"):
        stored(code("f()", warning))


def test_ids_are_unique_and_follow_the_source():
    first, twin, other = (cell.id for cell in stored(code("a"), code("a"), code("b")).cells)

    assert 3 == len({first, twin, other})
    assert [first, twin] == [cell.id for cell in stored(code("a"), code("a")).cells]


def test_the_form_is_reached_at_once():
    notebook = stored(new.new_markdown_cell("text \n"), code("f()"))

    assert dumps(notebook) == dumps(canonical(notebook))


def test_the_form_is_a_valid_notebook():
    nbformat.validate(stored(new.new_markdown_cell("text"), code("f()")))


@pytest.mark.slow
def test_a_notebook_is_run_and_stored_with_what_it_prints(tmp_path, capsys):
    path = tmp_path / "sum.ipynb"
    path.write_text(nbformat.writes(new.new_notebook(cells=[code("print(1 + 1)\n3 + 4")])))

    assert 0 == main([path])
    outputs = nbformat.read(path, 4).cells[0].outputs
    assert ["2\n", "7"] == [outputs[0].text, outputs[1].data["text/plain"]]
    assert 0 == main([path])
    assert "as it was" in capsys.readouterr().out


@pytest.mark.slow
def test_a_notebook_that_fails_is_named_and_left_alone(tmp_path, capsys):
    path = tmp_path / "wrong.ipynb"
    before = nbformat.writes(new.new_notebook(cells=[code("1 / 0")]))
    path.write_text(before)

    assert 1 == main([path])
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert before == path.read_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("none.ipynb", None, "there is no such notebook"),
        (".", None, "Is a directory"),
        ("words.md", "# Words", "does not appear to be JSON"),
        ("empty.ipynb", "{}", "missing a key: cells"),
        (
            "dies.ipynb",
            nbformat.writes(new.new_notebook(cells=[code("import os; os._exit(1)")])),
            "Kernel died",
        ),
    ],
)
def test_what_cannot_be_run_is_named_and_the_next_one_runs(name, text, words, tmp_path, capsys):
    """A wrong path, another file, a notebook that ends its kernel."""
    if text is not None:
        (tmp_path / name).write_text(text)
    good = tmp_path / "good.ipynb"
    good.write_text(dumps(stored(new.new_markdown_cell("Text."))))

    assert 1 == main([tmp_path / name, good])
    told = capsys.readouterr()
    assert f"{tmp_path / name}: " in told.err
    assert words in told.err
    assert f"{good}: as it was" in told.out
