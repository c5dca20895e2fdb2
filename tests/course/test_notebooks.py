"""A topic as a notebook: all of the prose, all of the stub, each where it belongs, and it runs."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.course.notebook import notebook

ROOT = Path(__file__).resolve().parents[2]
TOPICS = sorted((ROOT / "exercises").glob("[0-9][0-9]_*"))
README = """# Sums

Some words.

## The tasks

### 1. `add(a, b)` and `Sum`: together (50 points)

Like this:

```python
### 9. `not_a_task`
## not a heading
```

### 2. `mul(a, b)`: times (50 points)

Text, and what is `left_over` from `add`.

## Further reading

A book.
"""
STUB = '''"""Topic: sums."""

from __future__ import annotations

import functools

ONE = 1


# adds
@functools.cache
def add(a, b):
    """Sum."""
    raise NotImplementedError


LATER = 2


def mul(a, b):
    raise NotImplementedError


def left_over():
    raise NotImplementedError


class Nowhere:
    pass


class Sum:
    pass
'''


def cells(readme=README, stub=STUB, language="en"):
    return [
        (cell["id"], "".join(cell["source"])) for cell in json.loads(notebook("sums", readme, stub, language))["cells"]
    ]


def test_every_function_stands_below_the_task_that_names_it():
    names = [name for name, _ in cells()]
    assert names == [
        *("text-0", "code-start", "text-1", "code-add", "code-Sum", "try-1"),
        *("text-2", "code-mul", "code-left_over", "code-Nowhere", "try-2", "text-3"),
    ]
    said = dict(cells())
    assert said["code-start"].endswith("ONE = 1")
    assert said["code-add"].startswith("# adds\n@functools.cache\ndef add")
    assert said["code-add"].endswith("LATER = 2")
    assert said["text-3"] == "## Further reading\n\nA book."


def test_nothing_of_either_file_is_lost():
    def words(text):
        return sorted(text.split())

    said = cells()
    assert words("".join(text + "\n" for name, text in said if name.startswith("text"))) == words(README)
    assert words("".join(text + "\n" for name, text in said if name.startswith("code"))) == words(STUB)


def test_the_file_to_fill_in_is_the_notebook():
    said = dict(cells("# Sums\n\nFill in `sums.py`; see `test_sums.py`.\n"))
    assert said["text-0"].endswith("Fill in `sums.ipynb`; see `test_sums.py`.")


def test_a_topic_without_numbered_tasks_has_its_stub_below_the_prose():
    assert [name for name, _ in cells("# Words\n")] == [
        *("text-0", "code-start", "code-add", "code-mul", "code-left_over", "code-Nowhere", "code-Sum")
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("topic", TOPICS, ids=lambda path: path.name)
def test_the_notebooks_of_the_course_are_valid_and_every_task_has_its_code(topic, language):
    module = topic.name[3:]
    readme = (topic / ("README.md" if language == "en" else "README.zh.md")).read_text(encoding="utf-8")
    made = nbformat.reads(
        notebook(module, readme, (topic / f"{module}.py").read_text(), language).decode(), as_version=4
    )
    nbformat.validate(made)
    assert (made.nbformat, made.nbformat_minor) == (4, 5)
    kinds = [cell.id.partition("-")[0] for cell in made.cells]
    tasks = kinds.count("try")
    assert tasks == sum(line.startswith("### ") and line[4].isdigit() for line in readme.splitlines())
    for place, kind in enumerate(kinds):
        assert kind != "try" or kinds[place - 1] == "code", made.cells[place - 1].source[:80]


def test_one_runs_from_top_to_bottom_in_a_fresh_kernel():
    topic = TOPICS[len(TOPICS) // 2]
    module = topic.name[3:]
    data = notebook(module, (topic / "README.md").read_text(encoding="utf-8"), (topic / f"{module}.py").read_text())
    made = nbformat.reads(data.decode(), as_version=4)
    NotebookClient(made, timeout=120, kernel_name="python3").execute()
    counts = [cell.execution_count for cell in made.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
