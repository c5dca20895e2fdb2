"""`audit`, `keys`, and what `report` and `grade` do with a database that another hand has changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import test_report

from autograder.cli.main import run
from autograder.store.store import Store

course = test_report.course  # with results in its store


def edit(course: Path, statement: str) -> None:
    with closing(sqlite3.connect(course / "autograder.db")) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        raw.commit()


BETTER = "UPDATE result SET points = 100 WHERE student = '李明'"


def keys(course: Path) -> Path:
    return course / "autograder.db-keys"


def test_an_audit_counts_what_it_verified(course, capsys):
    assert run(["audit"]) == 0
    shown = capsys.readouterr().out
    assert "everything is as it was written" in shown
    assert "entries of the trail" in shown


def test_an_audit_says_where_what_and_what_now(course, capsys):
    edit(course, BETTER)
    assert run(["audit"]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "✗ result 3 (李明, first-steps): points is 100.0, entry 8 says 0.0" in shown
    assert "-> autograder audit --set-aside --why" in shown
    assert "2 faults" in shown


def test_an_audit_speaks_chinese(course, capsys, monkeypatch):
    edit(course, BETTER)
    monkeypatch.setenv("AUTOGRADER_LANGUAGE", "zh")
    assert run(["audit"]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "结果 3（李明，first-steps）：points 为 100.0，条目 8 记录为 0.0" in shown
    assert "审计记录条目" in shown


def test_an_audit_answers_in_json(course, capsys):
    edit(course, BETTER)
    assert run(["audit", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["holds"] is False
    assert answer["checked"]["result"] == 3
    assert answer["faults"][0]["area"] == "result"
    assert "结果 3" in answer["faults"][0]["zh"]


def test_names_of_students_reach_the_terminal_without_escape_sequences(course, capsys):
    edit(course, "UPDATE result SET student = char(27) || '[2J' WHERE student = '李明'")
    assert run(["audit"]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_a_head_that_was_kept_tells_of_a_database_that_was_set_back(course, capsys):
    (course / "old").mkdir()
    shutil.copy(course / "autograder.db", course / "old")
    with Store.open(course / "autograder.db") as store:
        store.note("report.written", "x", "2027-03-09T12:00:00+08:00")
    assert run(["audit", "--head"]) == 0
    head = capsys.readouterr().out.strip()
    assert run(["audit", "--kept", head]) == 0
    shutil.copy(course / "old" / "autograder.db", course / "autograder.db")
    assert run(["audit"]) == 1  # the folder of keys remembers
    assert "has been seen: it was cut off, or the database was set back" in capsys.readouterr().out
    (keys(course) / "head").unlink()
    assert run(["audit"]) == 0
    assert run(["audit", "--kept", head]) == 1


def test_an_audit_without_a_database_says_what_to_do(course, capsys):
    assert run(["audit", "--db", "nowhere.db"]) == 2
    assert "run `autograder grade`" in capsys.readouterr().err
    assert not Path("nowhere.db").exists()


def test_a_copy_elsewhere_is_verified_with_a_public_key(course, capsys, tmp_path):
    (public,) = keys(course).glob("*.pub")
    shutil.copy(course / "autograder.db", tmp_path / "copy.db")
    assert run(["audit", "--db", str(tmp_path / "copy.db")]) == 1
    assert "--public" in capsys.readouterr().out
    assert run(["audit", "--db", str(tmp_path / "copy.db"), "--public", str(public)]) == 0
    assert run(["audit", "--public", "nowhere.pem"]) == 2


@pytest.mark.parametrize("options", [[], ["--json"], ["--format", "csv"], ["--format", "html"], ["--student", "ada"]])
def test_no_report_takes_a_score_from_a_changed_database(course, capsys, options):
    edit(course, BETTER)
    assert run(["report", *options]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "no score is taken from it" in said.err
    assert "result 3 (李明, first-steps): points is 100.0" in said.err
    assert "autograder audit" in said.err
    assert not (course / "reports").exists()


def test_a_report_of_a_changed_database_can_be_had_and_flags_it(course, capsys):
    edit(course, BETTER)
    assert run(["report", "--unverified", "--format", "html"]) == 0
    assert "WARNING" in capsys.readouterr().err
    page = (course / "reports/staff/index.html").read_text(encoding="utf-8")
    assert "NOT AS GRADED: points is 100.0" in page
    with Store.open(course / "autograder.db") as store:
        entry = store.trail()[-1]
    assert (entry.what, entry.told()["unverified"]) == ("report.written", True)


def test_nothing_is_graded_into_a_changed_database(course, capsys):
    edit(course, BETTER)
    (course / "submissions/ada/first-steps").mkdir(parents=True)
    (course / "submissions/ada/first-steps/first_steps.py").write_text("x = 1\n")
    assert run(["grade", "submissions"]) == 1
    assert "no score is taken from it" in capsys.readouterr().err


def test_changed_results_are_set_aside_with_a_reason(course, capsys):
    edit(course, BETTER)
    assert run(["audit", "--set-aside"]) == 2
    assert run(["audit", "--set-aside", "--why", "found this"]) == 0
    assert "1 results set aside" in capsys.readouterr().err
    assert run(["report"]) == 0
    assert "李明" not in capsys.readouterr().out


def test_a_written_report_is_told_by_the_trail(course):
    assert run(["report", "--format", "csv", "--out", "table"]) == 0
    with Store.open(course / "autograder.db") as store:
        entry = store.trail()[-1]
    assert (entry.what, entry.subject) == ("report.written", str(course / "table"))
    assert "@" in entry.who


def test_a_report_where_nothing_can_be_signed_is_written_and_says_so(course, capsys):
    for path in keys(course).glob("*.key"):
        path.unlink()
    assert run(["report", "--format", "csv", "--out", "table"]) == 0
    assert "could not be noted in the trail" in capsys.readouterr().err
    assert (course / "table").is_dir()


def test_keys_are_listed_rotated_and_replaced(course, capsys):
    assert run(["keys"]) == 0
    first = capsys.readouterr().out.split()[0]
    assert run(["keys", "rotate"]) == 2
    assert run(["keys", "rotate", "--why", "every year"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{first} -> ")
    assert "back it up" in said.err
    second = said.out.split()[-1]
    (keys(course) / f"{second}.key").unlink()
    assert run(["keys", "rotate", "--why", "x"]) == 3
    assert run(["keys", "replace", "--why", "the disk died"]) == 0
    capsys.readouterr()
    assert run(["audit"]) == 0
    assert f"key {second} was replaced by" in " ".join(capsys.readouterr().out.split())
    assert run(["keys", "show", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["keys"]) == 3


def test_a_release_takes_every_public_key_and_no_private_one_with_it(course, tmp_path, capsys):
    run(["keys", "rotate", "--why", "every year"])
    assert run(["release", str(tmp_path / "edition")]) == 0
    text = (tmp_path / "edition" / "course-keys.pem").read_text()
    assert text.count("BEGIN PUBLIC KEY") == 2
    assert "PRIVATE" not in text
    assert [path for path in (tmp_path / "edition").rglob("*") if path.suffix == ".key"] == []


def test_a_release_before_anything_was_graded_makes_the_key(course, tmp_path):
    (course / "autograder.db").unlink()
    shutil.rmtree(keys(course))
    assert run(["release", str(tmp_path / "edition")]) == 0
    (key,) = keys(course).glob("*.key")
    with Store.open(course / "autograder.db") as store:
        assert store.audit().key == key.stem
