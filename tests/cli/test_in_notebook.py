"""Checking from inside a notebook, in a real kernel."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.cli.in_notebook import Feedback, feedback
from autograder.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
COUNT = "def my_enumerate(it, start=0):\n    for value in it:\n        yield start, value\n        start += 1"


@pytest.fixture(autouse=True)
def in_course(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(ROOT))
    monkeypatch.setenv("AUTOGRADER_LANGUAGE", "en")


def test_cells_are_checked_as_they_were_run_and_the_answer_is_rich():
    cells = [
        "%load_ext autograder",
        "import math\n%matplotlib inline",
        COUNT,
        "raise ValueError",
        "%check py-basics my_enumerate",
    ]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(made, timeout=300, kernel_name="python3", allow_errors=True).execute()
    (told,) = made.cells[-1].outputs
    assert told["output_type"] == "execute_result"
    assert "All 1 visible checks pass." in told["data"]["text/plain"]
    assert told["data"]["text/html"].startswith("<pre style=")
    assert "my_enumerate.example" in told["data"]["text/html"]


def test_the_last_definition_counts_and_cells_that_only_run_something_are_not_run_again():
    broken = COUNT.replace("start += 1", "start += 2")
    said = feedback(["py-basics", "my_enumerate"], [COUNT, "1 / 0", broken, "while True:\n    pass"])
    assert isinstance(said, Feedback)
    assert "✗ my_enumerate.example" in repr(said)
    assert "line" not in repr(feedback(["py-basics", "my_enumerate"], [broken, COUNT])).split("All 1")[0]


def test_a_topic_that_is_not_there_is_said():
    with pytest.raises(UsageError, match="there is no topic"):
        feedback(["py-basic-s"], [COUNT])
    with pytest.raises(UsageError, match="no topic is named"):
        feedback([], [COUNT])
    with pytest.raises(UsageError, match="has been run yet"):
        feedback(["py-basics"], ["1 + 1"])
    with pytest.raises(UsageError, match="has no task 'enumerate'"):
        feedback(["py-basics", "enumerate"], [COUNT])
