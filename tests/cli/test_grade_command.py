"""`autograder grade` from uploads to reports, with workers that only pretend (tests/engine/fake_worker.py)."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from autograder.cli.main import run
from autograder.errors import StoreError
from autograder.store.store import Store

FAKE = Path(__file__).parents[1] / "engine" / "fake_worker.py"

TOPIC = """\
title: {en: "Statistics", zh: "统计"}
tasks:
  - {name: mean, points: 60, title: {en: "Mean", zh: "均值"}}
  - {name: spread, points: 40, title: {en: "Spread", zh: "离散度"}}
"""
SOLUTION = """\
def mean(values):
    # answer
    return sum(values) / len(values)
    # end answer


def spread(values):
    # answer
    return max(values) - min(values)
    # end answer
"""
CHECKS = """\
from autograder.checks.marks import check


@check("mean.{name}", hint="Add and divide.", zh="先加后除。")
def test_mean(submission):
    assert submission.mean([1, 3]) == 2


@check("spread.{name}", hint="Largest minus smallest.", zh="最大减最小。")
def test_spread(submission):
    assert submission.spread([1, 3]) == 2
"""


class Desk:
    """A course of one topic, the uploads of a class, and the command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.course = folder, folder / "course"
        self.log, self.database, self.reports = folder / "log", self.course / "autograder.db", folder / "reports"
        exercise, solution = self.course / "exercises/01_statistics", self.course / "solutions/01_statistics"
        for file, text in {
            self.course / "grading.yml": 'course: {en: "Small", zh: "小"}\ntopics:\n  - {topic: statistics}\n',
            exercise / "topic.yml": TOPIC,
            exercise / "README.md": "# Statistics\n",
            exercise / "README.zh.md": "# 统计\n",
            exercise / "statistics.py": "def mean(values): ...\n",
            exercise / "test_statistics.py": CHECKS.format(name="example"),
            solution / "statistics.py": SOLUTION,
            solution / "test_statistics_hidden.py": CHECKS.format(name="value"),
            solution / "NOTES.md": "# Notes\n",
        }.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def hand_in(self, student: str, does: str = "ok", name: str = "statistics.py") -> None:
        place = self.folder / "inbox" / student / "statistics"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"# {does}\n")

    def grade(self, *words: str) -> int:
        """The exit code of the command on the class's uploads."""
        sources = [] if "--resume" in words else [str(self.folder / "inbox")]
        where = ["--course", str(self.course), "--reports", str(self.reports)]
        return run(["grade", *sources, *where, "-j", "2", *words])

    @property
    def started(self) -> Counter[str]:
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return Counter(line.partition("/")[0] for line in lines)

    @property
    def outcomes(self) -> dict[str, str]:
        with Store.open(self.database) as store:
            return {row.student: row.outcome.value for row in store.matrix()}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    made = Desk(tmp_path)
    worker = [sys.executable, str(FAKE), str(made.log)]
    monkeypatch.setattr(
        "autograder.engine.local.worker_command", lambda mode, device, *_hide: [*worker, f"{mode}-{device}"]
    )
    monkeypatch.chdir(tmp_path)
    return made


def test_a_class_is_graded_and_reported(desk, capsys):
    for student in ("ada", "李明"):
        desk.hand_in(student)
    assert desk.grade() == 0
    said = capsys.readouterr()
    assert "李明" in said.out
    assert "2 graded in" in said.err
    assert f"results  {desk.database}" in said.err
    page = Path(said.err.rpartition("open     ")[2].splitlines()[0])
    assert page.is_file()
    assert desk.reports in page.parents


def test_each_result_is_a_line_where_nobody_watches(desk, capsys):
    desk.hand_in("ada")
    desk.grade()
    assert "[1/1] ada, statistics: passed, 100 of 100 points" in capsys.readouterr().err


def test_grading_again_costs_nothing(desk, capsys):
    desk.hand_in("ada")
    desk.hand_in("bo")
    desk.grade()
    desk.hand_in("bo", "ok changed")
    assert desk.grade() == 0
    assert desk.started == {"ada": 1, "bo": 2}
    assert "1 already graded" in capsys.readouterr().err


def test_a_changed_check_grades_the_class_again(desk):
    desk.hand_in("ada")
    desk.grade()
    with (desk.course / "solutions/01_statistics/test_statistics_hidden.py").open("a") as file:
        file.write("# stricter\n")
    desk.grade()
    assert desk.started == {"ada": 2}


def test_again_grades_what_has_a_result_and_another_seed_too(desk):
    desk.hand_in("ada")
    for words in ([], ["--again"], ["--seed", "5"], ["--seed", "5"]):
        assert desk.grade(*words) == 0
    assert desk.started == {"ada": 3}
    with Store.open(desk.database) as store:
        rows = store.history("ada", "statistics")
        assert [row.result.seed == 5 for row in rows] == [False, False, True]
        assert rows[0].result.seed == store.secret_seed()


def test_the_answer_in_json_says_everything(desk, capsys):
    desk.hand_in("ada")
    desk.hand_in("bo", "die")
    assert desk.grade("--json") == 3
    said = json.loads(capsys.readouterr().out)
    assert (said["graded"], said["reused"], said["internal"]) == (2, 0, ["bo, statistics"])
    ada, bo = said["results"]
    assert (ada["student"], ada["points"], ada["final"], ada["isolated"]) == ("ada", 100.0, 100.0, True)
    assert (bo["outcome"], bo["final"]) == ("internal", None)


def test_our_own_fault_is_an_exit_code_and_is_tried_again(desk, capsys):
    desk.hand_in("ada", "die")
    assert desk.grade() == 3
    assert "NOT GRADED because of a fault on our side: ada, statistics" in capsys.readouterr().err
    desk.hand_in("ada", "ok")
    assert desk.grade() == 0


def test_a_broken_upload_does_not_stop_the_class(desk):
    desk.hand_in("ada")
    desk.hand_in("bo", name="essay.txt")
    assert desk.grade() == 0
    assert desk.outcomes == {"ada": "passed", "bo": "failed"}
    assert desk.started == {"ada": 1}


def test_only_the_students_and_topics_asked_for_are_graded(desk):
    for student in ("ada", "bo"):
        desk.hand_in(student)
    assert desk.grade("--student", "bo", "--topic", "01_statistics") == 0
    assert desk.started == {"bo": 1}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--student", "adda"], 'nothing was handed in by "adda"'),
        (["--student", "adda"], 'did you mean "ada"?'),
        (["--topic", "statistic"], 'did you mean "statistics"?'),
        (["--resume"], "no run was interrupted"),
        (["--resume", "--seed", "3"], "leave out seed, or leave out --resume"),
        (["--seed", "-1"], "Invalid value for '--seed'"),
    ],
)
def test_wrong_use_is_told_with_a_suggestion_and_no_run_is_left_behind(desk, capsys, words, said):
    desk.hand_in("ada")
    assert desk.grade(*words) == 2
    assert said in capsys.readouterr().err
    if desk.database.exists():
        with Store.open(desk.database) as store:
            assert store.runs() == []


def test_no_submissions_says_where_it_looked(desk, capsys):
    assert run(["grade", "--course", str(desk.course), "--reports", str(desk.reports)]) == 2
    assert f"{desk.folder / 'submissions'}" in capsys.readouterr().err


def test_the_courses_own_drop_folder_is_graded_by_default(desk):
    desk.hand_in("ada")
    (desk.folder / "inbox").rename(desk.course / "submissions")
    assert run(["grade", "--course", str(desk.course), "--reports", str(desk.reports)]) == 0
    assert desk.outcomes == {"ada": "passed"}


def test_a_reports_folder_with_other_files_is_refused_before_anything_is_graded(desk, capsys):
    desk.hand_in("ada")
    desk.reports.mkdir()
    (desk.reports / "thesis.tex").write_text("precious")
    assert desk.grade() == 2
    assert "thesis.tex" in capsys.readouterr().err
    assert desk.started == {}


def test_unsafe_is_loud_marked_and_does_not_pass_for_the_real_thing(desk, capsys):
    desk.hand_in("ada")
    assert desk.grade("--unsafe") == 0
    assert "WARNING: --unsafe" in capsys.readouterr().err
    with Store.open(desk.database) as store:
        assert [result.isolation for result in store.current()] == ["none (--unsafe)"]
    assert desk.grade() == 0
    with Store.open(desk.database) as store:
        assert [result.isolation for result in store.current()] == ["wall"]
    assert desk.started == {"ada": 2}


def test_a_machine_without_the_wall_grades_nothing(desk, capsys, monkeypatch):
    worker = [sys.executable, str(FAKE), str(desk.log), "refuse"]
    monkeypatch.setattr("autograder.engine.local.worker_command", lambda *_: worker)
    desk.hand_in("ada")
    assert desk.grade() == 3
    assert "no user namespaces here; run `autograder doctor`" in capsys.readouterr().err
    assert desk.outcomes == {}


def test_a_run_that_broke_off_is_resumed_with_its_own_options(desk, capsys, monkeypatch):
    for number in range(6):
        desk.hand_in(f"s{number}")
    save = Store.save

    def full(self, result, *words, **options):
        if result.student == "s3":
            raise StoreError("the disk is full", now="free some space")
        return save(self, result, *words, **options)

    monkeypatch.setattr(Store, "save", full)
    assert desk.grade("--seed", "11") == 3
    assert "the disk is full" in capsys.readouterr().err
    monkeypatch.setattr(Store, "save", save)
    assert desk.grade("--resume") == 0
    assert desk.outcomes == {f"s{number}": "passed" for number in range(6)}
    with Store.open(desk.database) as store:
        assert {result.seed for result in store.current()} == {11}
        (only,) = store.runs()
        assert only.finished_at


def test_asking_again_leaves_nothing_to_resume(desk, monkeypatch):
    desk.hand_in("ada", "ok")
    save = Store.save
    monkeypatch.setattr(Store, "save", lambda *_, **__: (_ for _ in ()).throw(StoreError("the disk is full")))
    assert desk.grade("--again") == 3
    monkeypatch.setattr(Store, "save", save)
    assert desk.grade("--again") == 0
    assert desk.grade("--resume") == 2


def test_a_regrade_that_broke_off_regrades_only_the_rest(desk, monkeypatch):
    for number in range(4):
        desk.hand_in(f"s{number}")
    desk.grade()
    save = Store.save

    def full(self, result, *words, **options):
        if result.student == "s3":
            raise StoreError("the disk is full")
        return save(self, result, *words, **options)

    monkeypatch.setattr(Store, "save", full)
    desk.grade("--again", "-j", "1")
    monkeypatch.setattr(Store, "save", save)
    assert desk.grade("--resume") == 0
    assert desk.started == {"s0": 2, "s1": 2, "s2": 2, "s3": 3}


def test_ctrl_c_finishes_what_runs_and_says_how_to_go_on(desk, capsys):
    for number in range(8):
        desk.hand_in(f"s{number}", "slow 0.3")

    def interrupt() -> None:
        while not desk.started:
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    thread.start()
    assert desk.grade() == 130
    thread.join()
    assert "autograder grade --resume" in capsys.readouterr().err
    assert 1 <= len(desk.outcomes) == sum(desk.started.values()) < 8
    assert desk.grade("--resume") == 0
    assert set(desk.started.values()) == {1}
    assert len(desk.outcomes) == 8


def test_quiet_says_where_things_are_and_no_more(desk, capsys):
    desk.hand_in("ada")
    assert desk.grade("--quiet") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "[1/1]" not in said.err
    assert "open     " in said.err


def test_a_roster_shows_who_handed_in_nothing(desk, capsys):
    desk.hand_in("ada")
    roster = desk.folder / "roster.csv"
    roster.write_text("student\nada\ngrace\n")
    assert desk.grade("--roster", str(roster)) == 0
    assert "grace" in capsys.readouterr().out
