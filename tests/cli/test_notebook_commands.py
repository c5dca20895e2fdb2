"""A student works in a notebook from start to score: start, check, submit; and the course grades it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.cli.main import run
from autograder.course.overlay import pieces
from autograder.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
TOPIC = "py-basics"
SOLUTION = (ROOT / "solutions" / "01_py_basics" / "py_basics.py").read_text(encoding="utf-8")


def solved(notebook: Path) -> None:
    """Every cell of the notebook that asks for something with the solution in it, one of them where students play."""
    parts = {name: piece.text for piece in pieces(SOLUTION, "solution") for name in piece.names}
    imports = "\n".join(piece.text for piece in pieces(SOLUTION, "solution") if piece.imports)
    document = json.loads(notebook.read_text(encoding="utf-8"))
    code = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
    code[0]["source"] = ["%matplotlib inline\n", imports]
    for cell in code[1:]:
        cell["source"] = parts.pop(cell["id"].removeprefix("code-"), "raise ValueError('only tried')")
    document["cells"].append({**code[0], "id": "rest", "source": "\n\n".join(parts.values())})
    notebook.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def notebook(tmp_path, monkeypatch, capsys) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(ROOT))
    monkeypatch.delenv("AUTOGRADER_LANGUAGE", raising=False)
    assert run(["start", "--notebook", TOPIC]) == 0
    assert "py_basics.ipynb" in capsys.readouterr().err
    assert not (tmp_path / TOPIC / "py_basics.py").exists()
    return tmp_path / TOPIC / "py_basics.ipynb"


def test_start_speaks_the_language_of_the_environment(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTOGRADER_LANGUAGE", "zh")
    assert run(["start", "--notebook", TOPIC, "--course", str(ROOT)]) == 0
    assert "下一步：阅读 py-basics/README.zh.md" in capsys.readouterr().err
    assert "任务" in (tmp_path / TOPIC / "py_basics.ipynb").read_text(encoding="utf-8")


def test_a_notebook_is_checked_and_the_cell_that_raised_is_named(notebook, capsys):
    assert run(["check", TOPIC]) == 1
    assert "Not started" in capsys.readouterr().out
    solved(notebook)
    assert run(["check", TOPIC]) == 0
    document = json.loads(notebook.read_text(encoding="utf-8"))
    broken = next(cell for cell in document["cells"] if "def join_paths" in "".join(cell["source"]))
    broken["source"] = "def join_paths(*args):\n    return 1 / 0"
    notebook.write_text(json.dumps(document), encoding="utf-8")
    assert run(["check", TOPIC, str(notebook)]) == 1
    assert "in line 2 of code cell" in " ".join(capsys.readouterr().out.split())


def test_a_notebook_is_handed_in_collected_and_graded(notebook, tmp_path, capsys):
    solved(notebook)
    drop = tmp_path / "drop"
    drop.mkdir()
    assert run(["submit", TOPIC, "--student", "ada", "--to", str(drop)]) == 0
    assert "py_basics.ipynb" in capsys.readouterr().out
    database = tmp_path / "db" / "a.db"
    database.parent.mkdir()
    assert run(["grade", str(drop), "--course", str(ROOT), "--db", str(database), "-j", "1"]) == 0
    with Store.open(database) as store:
        (row,) = store.matrix()
    assert (row.student, row.topic, row.points) == ("ada", TOPIC, 100)
