"""A notebook as one Python file: what runs, what is left out, what is said."""

from __future__ import annotations

import ast
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebooks import code, notebook, text

from autograder.model.notebook import cell_at, cells_of, in_cells, place
from autograder.submissions.notebook_cells import Unreadable
from autograder.submissions.notebook_script import neutral, script

SOFTMAX = "def softmax(x):\n    return x\n"


def said(*cells: object, asks: tuple[str, ...] = ("softmax",)) -> list[str]:
    return [problem.text.en for problem in script(notebook(*cells, asks=asks), "a.ipynb").problems]


def test_code_cells_stand_one_after_the_other_and_every_line_knows_its_cell():
    made = script(notebook("import math", text("# Prose"), "", SOFTMAX, "x = 1\ny = 2"), "a.ipynb")
    cells = cells_of(made.text)
    lines = made.text.split("\n")
    assert [number for number, _ in cells] == [1, 3, 4]
    assert [lines[line - 1] for _, line in cells] == ["import math", "def softmax(x):", "x = 1"]
    assert cell_at(cells, lines.index("y = 2") + 1) == (4, 2)
    assert place(cells, lines.index("    return x") + 1).en == "line 2 of code cell 3"
    assert in_cells(f'  File "a.py", line {lines.index("y = 2") + 1}, in f\n', cells) == (
        "  line 2 of code cell 4, in f\n"
    )
    ast.parse(made.text)


@pytest.mark.parametrize(
    ("source", "want"),
    [
        ("%matplotlib inline\nx = 1", "pass  # %matplotlib inline\nx = 1"),
        ("if x:\n    !pip install torch", "if x:\n    pass  # !pip install torch"),
        ("softmax?", "pass  # softmax?"),
        ("?softmax", "pass  # ?softmax"),
        ("files = !ls\ny = 1", "pass  # files = !ls\ny = 1"),
        ("t = %timeit -o f()", "pass  # t = %timeit -o f()"),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("%%bash\nrm -rf /\nx = (", "# %%bash\n# rm -rf /\n# x = ("),
        ("\n%%html\n<b>", "#\n# %%html\n# <b>"),
        ("x = (7\n % 4)\n", "x = (7\n % 4)\n"),
        ("s = '''\n%not magic\n!nor this\n'''\n%magic", "s = '''\n%not magic\n!nor this\n'''\npass  # %magic"),
        ("x = (", "x = ("),
        ("def f(:\n%magic", "def f(:\n%magic"),
    ],
)
def test_what_only_a_notebook_understands_becomes_a_comment(source, want):
    assert neutral(source) == want


@given(st.text(alphabet="%!?=x()\n 'a:", max_size=60))
def test_neutral_code_keeps_its_lines_whatever_it_is(source):
    assert neutral(source).count("\n") == source.count("\n")


def test_cells_to_play_in_are_left_out():
    made = script(notebook(SOFTMAX, code("while True: pass", role="try")), "a.ipynb")
    assert "while" not in made.text


def test_a_cell_that_python_cannot_read_is_told_with_its_line():
    (only,) = said(SOFTMAX, "x = 1\ny = (")
    assert only.startswith("Python can't read code cell 2, line 2: ")


def test_names_that_are_missing_renamed_or_defined_twice_are_told():
    assert said(SOFTMAX) == []
    assert said("x = 1") == ["No cell defines softmax; was its cell deleted?"]
    assert said("def softmax2(x): pass") == ["No cell defines softmax; was it renamed to softmax2?"]
    assert said(SOFTMAX, "x = 1", SOFTMAX) == ["softmax is defined in code cells 1, 3: the last one counts."]
    assert said("if 1:\n    pass", asks=()) == []


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty", "Perhaps it was not saved"),
        (notebook(), "empty", "holds no code"),
        (notebook(text("only prose"), " \n"), "empty", "holds no code"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n]}', "conflict", "merge conflict"),
        (b"x = 1", "notebook", "can't be read as a notebook"),
        (b"[]", "notebook", "can't be read as a notebook"),
        (b'{"cells": 3}', "notebook", "can't be read as a notebook"),
        ("{}".encode("utf-16"), "notebook", "can't be read as a notebook"),
        (b"[" * 100_000, "notebook", "can't be read as a notebook"),
    ],
)
def test_a_file_that_is_no_notebook_says_what_it_is_and_what_now(data, code, words):
    with pytest.raises(Unreadable) as caught:
        script(data, "my work.ipynb")
    assert caught.value.problem.code == code
    assert caught.value.problem.fatal
    assert words in caught.value.problem.text.en


def test_odd_cells_do_no_harm():
    odd = [
        None,
        3,
        {"cell_type": "code"},
        {"cell_type": "code", "source": 5},
        {"cell_type": "code", "source": [1, "x = 1"]},
    ]
    made = script(json.dumps({"cells": [*odd, code(SOFTMAX)], "metadata": 7}).encode(), "a.ipynb")
    assert "x = 1" in made.text
    assert [number for number, _ in cells_of(made.text)] == [3, 4]


def test_a_notebook_of_2014_is_read_as_well():
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}]}], "nbformat": 3}
    assert "x = 1\ny = 2" in script(json.dumps(old).encode(), "a.ipynb").text


@pytest.mark.parametrize("head", ["1:3 2:2", "1:1", "1:9", "1:3 2:3", "x", ""])
def test_a_head_that_does_not_fit_its_file_is_a_comment(head):
    source = f"# A notebook, one cell after the other. Cell:line where it begins: {head}\n\n# %% cell 1\nx = 1\n"
    assert cells_of(source) == ()
