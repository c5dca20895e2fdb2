"""The sample class through the whole program: every submission comes out as its own folder says."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.cli import main
from autograder.model.result import TopicResult
from autograder.store.store import Store

ROOT = Path(__file__).resolve().parents[1]
CLASS = ROOT / "examples" / "class"
LABELS = sorted(CLASS.glob("*/*/expected.yml"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class graded once, by the command an instructor uses: database and reports are below this folder."""
    place = tmp_path_factory.mktemp("class")
    command = ["grade", str(CLASS), "--course", str(ROOT), "--db", str(place / "class.db"), "--quiet", "--seed", "7"]
    assert main.run([*command, "--reports", str(place / "reports")]) == 0
    return place


@pytest.fixture(scope="module")
def results(place: Path) -> dict[tuple[str, str], TopicResult]:
    with Store.open(place / "class.db") as store:
        return {(result.student, result.topic): result for result in store.current()}


def test_the_class_is_a_class():
    assert len(LABELS) >= 40
    assert len({label.parent.parent for label in LABELS}) == 12
    assert len({label.parent.name for label in LABELS}) == 6


@pytest.mark.parametrize("label", LABELS, ids=lambda path: f"{path.parent.parent.name}/{path.parent.name}")
def test_a_submission_comes_out_as_its_folder_says(label, results):
    expected: dict[str, Any] = yaml.safe_load(label.read_text(encoding="utf-8"))
    result = results[label.parent.parent.name, label.parent.name]
    said = {check.check: check for check in result.checks}
    assert result.outcome == expected.pop("outcome"), {name: check.message.en for name, check in said.items()}
    if "points" in expected:
        assert result.points == pytest.approx(expected.pop("points"), abs=0.01)
    for name, outcome in expected.pop("checks", {}).items():
        assert said[name].outcome == outcome, said[name]
    if reason := expected.pop("reason", ""):
        assert {check.reason for check in said.values()} <= {reason, "prerequisite"}
    if problem := expected.pop("problem", ""):
        told = {check.reason for check in said.values()}
        assert problem in told or result.problems, (told, result.problems)
    if words := expected.pop("says", ""):
        assert all(words in check.message.en for check in said.values() if check.reason != "prerequisite")
    if printed := expected.pop("prints", ""):
        assert printed in result.output
    if flag := expected.pop("flag", ""):
        assert any(flag in each for each in result.flags)
    for task in expected.pop("not_started", []):
        assert {check.reason for check in said.values() if check.task == task} <= {"not-started", "prerequisite"}
    assert expected == {}, "the label says something that nothing looks at"


def test_nobody_lost_points_for_a_fault_of_ours(results):
    assert {key for key, result in results.items() if result.outcome == "internal"} == set()


def test_no_student_page_holds_what_only_staff_may_know(place, results):
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (place / "reports" / "students").glob("*.html"))
    assert pages
    secrets = set()
    for result in results.values():
        told = "\n".join(check.message.en + check.values.en for check in result.checks)
        for check in result.checks:
            lines = check.detail.splitlines() if check.hidden else []
            secrets |= {line.strip() for line in lines if len(line.strip()) > 40 and line.strip() not in told}
    assert secrets
    assert [secret for secret in secrets if html.escape(secret) in pages or secret in pages] == []


def test_grading_the_class_again_runs_nothing(place, results, monkeypatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a grader process was started")

    monkeypatch.setattr("autograder.engine.worker_process.WorkerProcess.__init__", never)
    command = ["grade", str(CLASS), "--course", str(ROOT), "--db", str(place / "class.db"), "--quiet", "--seed", "7"]
    assert main.run([*command, "--reports", str(place / "reports")]) == 0
    with Store.open(place / "class.db") as store:
        assert len(store.current()) == len(results)
