"""Which file of an upload counts when a notebook is among them."""

from __future__ import annotations

import json

import pytest
from notebooks import notebook, text
from uploads import CODE, SOFTMAX

from autograder.errors import UploadError, UsageError
from autograder.model.submission import SubmittedFile
from autograder.submissions.entry import choose_entry
from autograder.submissions.prepare import find_file, prepare
from autograder.submissions.topics import TopicFolder

STUB = b"def softmax(x):\n    raise NotImplementedError\n"
DONE = notebook("def softmax(x):\n    return x")
OPEN = notebook("def softmax(x):\n    raise NotImplementedError")
ENTRY = "softmax_regression.py"


def chosen(**files: bytes) -> tuple[dict[str, bytes], list[str]]:
    """By path, and the codes of what is said. In names of arguments `__` is a dot."""
    kept, said = choose_entry([SubmittedFile(name.replace("__", "."), data) for name, data in files.items()], SOFTMAX)
    return {file.path: file.data for file in kept}, [problem.code for problem in said]


@pytest.mark.parametrize(
    "name", ["softmax_regression__ipynb", "Softmax-Regression (1).ipynb", "softmax_regression__zh__ipynb"]
)
def test_a_notebook_named_after_the_topic_is_taken_with_its_script_beside_it(name):
    files, said = chosen(**{name: DONE})
    assert said == []
    assert files["softmax_regression.ipynb"] == DONE
    assert b"def softmax(x):\n    return x" in files[ENTRY]


def test_renaming_the_notebook_changes_nothing():
    named = notebook("def softmax(x):\n    return x", topic="softmax-regression")
    assert chosen(Untitled3__ipynb=named) == chosen(softmax_regression__ipynb=named)
    assert chosen(Untitled3__ipynb=DONE) == chosen(softmax_regression__ipynb=DONE)
    assert chosen(a__ipynb=named, b__ipynb=DONE)[0]["softmax_regression.ipynb"] == named
    assert chosen(a__ipynb=DONE, b__ipynb=DONE)[1] == ["wrong-name"]


def test_what_was_taken_once_is_taken_the_same_again():
    files, _ = chosen(softmax_regression__ipynb=DONE)
    again, said = choose_entry([SubmittedFile(path, data) for path, data in files.items()], SOFTMAX)
    assert ({file.path: file.data for file in again}, said) == (files, [])


def test_of_a_python_file_and_notebooks_the_one_with_work_in_it_counts():
    files, said = chosen(
        softmax_regression__py=STUB, softmax_regression__ipynb=DONE, softmax_regression__zh__ipynb=OPEN
    )
    assert b"return x" in files[ENTRY]
    assert said == []
    files, said = chosen(softmax_regression__py=CODE, softmax_regression__ipynb=OPEN)
    assert (files, said) == ({ENTRY: CODE, "softmax_regression.ipynb": OPEN}, [])
    files, said = chosen(softmax_regression__py=STUB, softmax_regression__ipynb=OPEN)
    assert (files[ENTRY], said) == (STUB, [])
    files, said = chosen(
        softmax_regression__py=STUB, softmax_regression__ipynb=DONE, softmax_regression__zh__ipynb=notebook("x = 1")
    )
    assert said == ["several-files"]


def test_a_notebook_that_cannot_be_read_says_so():
    assert chosen(softmax_regression__ipynb=b"")[1] == ["empty"]
    assert chosen(softmax_regression__ipynb=notebook(text("prose")))[1] == ["empty"]


@pytest.fixture
def topic(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / ENTRY).write_bytes(STUB)
    return TopicFolder("softmax-regression", 13, folder)


def test_a_notebook_is_handed_in_as_it_will_be_collected(topic, tmp_path):
    path = tmp_path / "My notebook.ipynb"
    path.write_bytes(notebook("import own", "def softmax(x):\n    return x", topic="softmax-regression"))
    (tmp_path / "own.py").write_bytes(b"")
    ready = prepare(topic, path)
    kept, _ = choose_entry(ready.files, topic)
    assert sorted(file.path for file in kept) == ["own.py", "softmax_regression.ipynb", ENTRY]
    assert sorted(kept, key=lambda file: file.path) == sorted(ready.files, key=lambda file: file.path)
    assert ready.warnings == ()


def test_an_untouched_notebook_is_told_and_a_broken_one_refused(topic, tmp_path):
    path = tmp_path / "softmax_regression.ipynb"
    path.write_bytes(OPEN)
    assert "unchanged stub" in prepare(topic, path).warnings[0]
    path.write_bytes(b"")
    with pytest.raises(UploadError, match="not saved"):
        prepare(topic, path)


def test_the_file_that_was_worked_on_is_found(topic, tmp_path):
    (tmp_path / ENTRY).write_bytes(STUB)
    (tmp_path / "softmax_regression.ipynb").write_bytes(OPEN)
    assert find_file(topic, None, [tmp_path]).name == ENTRY
    (tmp_path / "softmax_regression.ipynb").write_bytes(DONE)
    assert find_file(topic, None, [tmp_path]).name == "softmax_regression.ipynb"
    (tmp_path / ENTRY).write_bytes(CODE + STUB.replace(b"softmax", b"other"))
    (tmp_path / "softmax_regression.ipynb").write_bytes(DONE)
    (tmp_path / "softmax_regression.zh.ipynb").write_bytes(notebook("def softmax(x):\n    return 2 * x"))
    with pytest.raises(UsageError, match="two different files"):
        find_file(topic, None, [tmp_path])


def test_a_notebook_full_of_pictures_is_handed_in_without_them(topic, tmp_path):
    whole = json.loads(DONE)
    whole["cells"][0]["outputs"] = [{"output_type": "display_data", "data": {"image/png": "A" * (12 << 20)}}]
    path = tmp_path / "softmax_regression.ipynb"
    path.write_text(json.dumps(whole), encoding="utf-8")
    files = {file.path: file.data for file in prepare(topic, path).files}
    assert len(files["softmax_regression.ipynb"]) < 1000
    assert b"return x" in files[ENTRY]
    path.write_bytes(b"x" * (11 << 20))
    with pytest.raises(UploadError, match="larger than 10 MiB"):
        prepare(topic, path)
