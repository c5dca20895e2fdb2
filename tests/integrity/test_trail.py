"""The trail: who did what, when and why; whole whatever happens to the processes that write it."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from signed_class import HAND, LATER, NOW, result

from autograder.errors import StoreError
from autograder.store.pen import Hand
from autograder.store.store import Store

SAVE = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from signed_class import NOW, result
from autograder.store.pen import Hand
from autograder.store.store import Store
with Store.open(Path({database!r}), hand=Hand("process {name}", lambda: NOW)) as store:
    run = store.start_run({{}}, NOW)
    print("ready", flush=True)
    for number in range({count}):
        store.save(result(f"{name} {{number}}"), run, NOW)
"""


def saving(database: Path, name: str, count: int) -> subprocess.Popen[str]:
    code = SAVE.format(tests=str(Path(__file__).parent), database=str(database), name=name, count=count)
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_everything_that_is_done_is_told(store):
    assert [(entry.number, entry.what, entry.subject) for entry in store.trail()] == [
        (1, "store.founded", store.trail()[0].subject),
        (2, "seed.drawn", ""),
        (3, "run.started", "run 1"),
        (4, "submissions.recorded", ""),
        (5, "result.stored", "ada/statistics"),
        (6, "result.stored", "ada/statistics"),
        (7, "result.stored", "bob/statistics"),
        (8, "result.stored", "cleo/statistics"),
        (9, "collected", ""),
        (10, "run.finished", "run 1"),
    ]
    assert {entry.who for entry in store.trail()} == {"staff@lab"}
    assert store.trail()[9].at == LATER


def test_what_is_asked_for_again_says_what_it_replaced(store):
    run = store.start_run({}, LATER)
    store.save(result("bob", 100.0), run, LATER, redo=True)
    entry = store.trail()[-1]
    assert (entry.what, entry.why) == ("result.redone", "asked for again")
    assert [(row["id"], row.get("points"), row.get("redone")) for row in entry.told()["rows"]] == [
        (3, None, 1),
        (3, None, None),
        (5, 105.0, 0),
    ]
    assert store.audit().holds


def test_what_counts_again_is_told(store):
    from autograder.store.rows import Identity

    store.claim(Identity.of(result(submission="first")), 1, LATER)
    assert (store.trail()[-1].what, store.trail()[-1].subject) == ("result.counts", "ada/statistics")
    assert store.audit().holds


def test_a_save_that_changes_nothing_tells_nothing(store):
    before = len(store.trail())
    assert not store.save(result("bob"), 1, LATER)
    assert len(store.trail()) == before


def test_others_may_add_what_they_did_and_why(store):
    number = store.note("score.overridden", "ada/statistics", LATER, why="dog", details={"points": 3})
    entry = store.trail()[-1]
    assert (entry.number, entry.who, entry.why, entry.told()) == (number, "staff@lab", "dog", {"points": 3})
    assert store.audit().holds


@pytest.mark.parametrize("text", ["\x1b[2J", "\udcff", "\0", "名字", "a" * 100_000, '"; DROP TABLE trail; --'])
def test_any_text_can_be_told_and_verified(store, text):
    store.note("said", text, LATER, why=text, details={"text": text})
    assert store.audit().holds


def test_a_clock_that_was_set_back_is_noted_and_is_no_fault(database):
    with Store.open(database, hand=Hand("staff", lambda: "2020-01-01T00:00:00+00:00")) as store:
        store.note("report.written", "x", "2020-01-01T00:00:00+00:00")
        done = store.audit()
        assert done.holds
        assert "a clock was set back" in done.notes[0].en
        assert "时钟" in done.notes[0].zh


def test_two_processes_at_once_leave_one_whole_trail(database):
    children = [saving(database, name, 25) for name in ("first", "second")]
    for child in children:
        assert child.wait(60) == 0
        assert child.stdout is not None
        child.stdout.close()
    with Store.open(database, hand=HAND) as store:
        assert len(store.matrix()) == 3 + 50
        assert store.audit().holds
        assert {entry.who for entry in store.trail()} == {"staff@lab", "process first", "process second"}


def test_a_process_killed_at_any_point_leaves_a_whole_trail(database):
    saved = 3
    for wait in (0.0, 0.01, 0.05):
        child = saving(database, f"killed {wait}", 10_000)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(wait)
        os.kill(child.pid, signal.SIGKILL)
        child.wait(10)
        assert child.stdout is not None
        child.stdout.close()
        with Store.open(database, hand=HAND) as store:
            assert store.audit().findings == ()
            assert len(store.matrix()) >= saved
            saved = len(store.matrix())
            store.note("report.written", "x", LATER)  # and can be gone on with


def test_a_transaction_that_fails_leaves_neither_the_result_nor_its_entry(store):
    with store._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    before = len(store.trail())
    with pytest.raises(StoreError, match="the disk is full"):
        store.save(result("dan", output=os.urandom(60_000).hex()), 1, NOW)
    assert len(store.trail()) == before
    assert store.audit().holds


def test_what_was_stored_before_the_trail_is_signed_by_the_upgrade(database, tmp_path):
    old = tmp_path / "old.db"
    make_old(database, old)
    with Store.open(old, hand=Hand("upgrader@lab", lambda: LATER)) as store:
        assert store.audit().findings == ()
        assert [row.student for row in store.matrix()] == ["ada", "bob", "cleo"]
        told = [(entry.what, entry.subject, entry.who, entry.why) for entry in store.trail()[1:]]
        why = "stored before results were signed; signed as it was found"
        assert told == [
            ("store.upgraded", name, "upgrader@lab", why) for name in ("meta", "run", "submission", "result")
        ]
        store.save(result("dan"), 1, LATER)
        assert store.audit().holds
    with contextlib.closing(sqlite3.connect(old)) as raw:
        raw.execute("DROP TRIGGER result_no_update")
        raw.execute("UPDATE result SET points = 99 WHERE id = 1")
        raw.commit()
    with Store.open(old) as store:
        assert not store.audit().holds


def make_old(database: Path, old: Path) -> None:
    """The same class as the version before stored it: its tables, no signatures."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine

    from autograder.store.database import MIGRATIONS

    engine = create_engine(f"sqlite:///{old}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with contextlib.closing(sqlite3.connect(old)) as raw:
        raw.execute("ATTACH ? AS new", (str(database),))
        for table in ("meta", "run", "submission", "result", "check_result"):
            columns = ", ".join(row[1] for row in raw.execute(f"PRAGMA main.table_info({table})"))
            raw.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        raw.execute("DELETE FROM main.meta WHERE key = 'store'")
        raw.commit()


def test_an_upgrade_of_many_rows_tells_of_them_in_several_entries(database, tmp_path, monkeypatch):
    from autograder.store import founding

    monkeypatch.setattr(founding, "BATCH", 2)
    make_old(database, tmp_path / "old.db")
    with Store.open(tmp_path / "old.db") as store:
        assert [entry.subject for entry in store.trail()].count("result") == 2
        assert store.audit().holds


def test_the_statements_that_guard_the_tables_are_written_for_both_databases():
    from autograder.store.guards import guards

    for dialect in ("sqlite", "postgresql"):
        made = " ".join(guards(dialect))
        for table in ("trail", "result", "submission", "receipt", "key"):
            assert f"BEFORE DELETE ON {table}" in made
        assert "BEFORE UPDATE OF" in made


def test_a_column_that_results_get_later_changes_no_signature(store):
    from autograder.store.trail import result_message

    now = {"table": "result", "id": 3, "points": 45.0}
    assert result_message("store", 7, now) == result_message("store", 7, now | {"machine": None})
    assert result_message("store", 7, now) != result_message("store", 7, now | {"machine": "fast"})
