"""Whatever is changed in the database by hand shows in the audit: which row, what it says, what it said."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from signed_class import HAND, LATER, NOW, result

from autograder.errors import StoreError
from autograder.model.result import Outcome
from autograder.store.results import pack
from autograder.store.store import Store


def found(store, **how):
    return [f"{one.area} | {one.where.en} | {one.what.en}" for one in store.audit(**how).findings]


def test_what_nobody_touched_holds(store):
    done = store.audit()
    assert done.findings == ()
    assert done.notes == ()
    assert done.checked == {"key": 1, "trail": 10, "result": 4, "receipt": 1, "submission": 2, "run": 1, "meta": 2}
    assert store.audit(thorough=False).holds


EDITS = {
    "points": (
        "UPDATE result SET points = 100 WHERE id = 3",
        "result 3 (bob, statistics) | points is 100.0, entry 7 says 50.0",
    ),
    "outcome": ("UPDATE result SET outcome = 'passed' WHERE id = 3", "outcome is 'passed', entry 7 says 'failed'"),
    "student": ("UPDATE result SET student = 'bob2' WHERE id = 4", "student is 'bob2', entry 8 says 'cleo'"),
    "seed of a result": ("UPDATE result SET seed = 1 WHERE id = 3", "seed is 1, entry 7 says 7"),
    "time": ("UPDATE result SET finished_at = 'x' WHERE id = 3", "finished_at is 'x', entry 7 says"),
    "content": (
        f"UPDATE result SET data = x'{pack(result('bob', 100.0)).hex()}' WHERE id = 3",
        "data is not what entry 7 vouches",
    ),
    "content that is none": ("UPDATE result SET data = x'00' WHERE id = 3", "data is not what entry 7 vouches for"),
    "another student's content": (
        "UPDATE result SET data = (SELECT data FROM result WHERE id = 4) WHERE id = 3",
        "result 3 (bob, statistics) | data is not what entry 7 vouches for",
    ),
    "a deleted result": (
        "DELETE FROM result WHERE id = 3",
        "result 3 (bob, statistics) | it is gone; entry 7 tells of it",
    ),
    "a copied row": (
        "INSERT INTO result SELECT 9, run_id, 'dan', topic, submission, checks_digest, grader, device, seed, isolation,"
        " outcome, points, max_points, flags, finished_at, replaced_at, redone, data, trail, key, signature"
        " FROM result WHERE id = 4",
        "result 9 (dan, statistics) | no entry of the trail tells of it",
    ),
    "an old result counts again": (
        "UPDATE result SET replaced_at = 'x' WHERE id = 2;UPDATE result SET replaced_at = NULL WHERE id = 1",
        "result 1 (ada, statistics) | replaced_at is None, entry 6 says '2026-03-01T12:00:00+00:00'",
    ),
    "a result asks to be redone": ("UPDATE result SET redone = 1 WHERE id = 3", "redone is 1, entry 7 says 0"),
    "the time of a hand-in": (
        "UPDATE submission SET submitted_at = '2020-01-01T00:00:00+00:00' WHERE id = 1",
        "submission 1 (ada, statistics) | submitted_at is '2020-01-01T00:00:00+00:00', entry 4 says '2026-03-01",
    ),
    "a deleted submission": ("DELETE FROM submission WHERE id = 2", "submission 2 (bob, statistics) | it is gone"),
    "the secret seed": (
        "UPDATE meta SET value = '5' WHERE key = 'seed'",
        "setting seed | value is not what entry 2",
    ),
    "the name of the store": ("UPDATE meta SET value = '5' WHERE key = 'store'", "setting store | value is not"),
    "what a run was asked": ("UPDATE run SET options = '{}' WHERE id = 1", "run 1 | options is not what"),
    "a receipt": ("UPDATE receipt SET received_at = '2020' WHERE id = 1", "received_at is '2020', entry 9 says"),
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("thorough", [False, True])
def test_an_edited_row_is_named_with_what_it_says_and_said(store, edit, name, thorough):
    statements, words = EDITS[name]
    edit(*statements.split(";"))
    assert any(words in line for line in found(store, thorough=thorough)), found(store)


def test_two_swapped_rows_are_both_named(store, edit):
    edit(
        "UPDATE result SET id = 99 WHERE id = 3",
        "UPDATE result SET id = 3 WHERE id = 4",
        "UPDATE result SET id = 4 WHERE id = 99",
    )
    told = found(store)
    assert any("result 3 (bob, statistics)" in line and "student is 'cleo'" in line for line in told)
    assert any("result 4 (cleo, statistics)" in line and "student is 'bob'" in line for line in told)


def test_the_key_and_the_entry_of_a_result_are_its_own(store, edit):
    edit("UPDATE result SET trail = 6 WHERE id = 3", "UPDATE result SET signature = x'00' WHERE id = 4")
    told = found(store)
    assert any("result 3" in line and "does not fit what it says" in line for line in told)
    assert any("result 4" in line and "does not fit what it says" in line for line in told)
    edit("UPDATE result SET signature = NULL WHERE id = 4")
    assert any("result 4" in line and "no signature" in line for line in found(store))


def test_a_check_listed_otherwise_than_graded_is_named(store, edit):
    edit("UPDATE check_result SET outcome = 'passed' WHERE result_id = 3 AND position = 0")
    assert any("mean.value" in line and "outcome is 'passed', not 'failed'" in line for line in found(store))
    edit("DELETE FROM check_result WHERE result_id = 3 AND position = 1")
    assert any("mean.shape" in line for line in found(store))


FIFTH = "entry 5 (result.stored ada/statistics) | "
TRAIL = {
    "an edited entry": ("UPDATE trail SET why = 'x' WHERE number = 5", FIFTH + "was changed"),
    "another author": ("UPDATE trail SET who = 'eve' WHERE number = 5", FIFTH + "was changed"),
    "details": ("UPDATE trail SET details = '{}' WHERE number = 5", FIFTH + "was changed"),
    "details that are none": ("UPDATE trail SET details = '{' WHERE number = 5", FIFTH + "its details can't be read"),
    "a deleted entry": ("DELETE FROM trail WHERE number = 5", "entries before it are missing: 5"),
    "deleted entries": ("DELETE FROM trail WHERE number IN (5, 6)", "entries before it are missing: 5 to 6"),
    "the first entry": ("DELETE FROM trail WHERE number = 1", "entries before it are missing: 1"),
    "every entry": ("DELETE FROM trail", "the trail is empty"),
    "a signature": ("UPDATE trail SET signature = x'00' WHERE number = 10", "its signature is not that of key"),
    "a key": ("UPDATE trail SET key = 'other' WHERE number = 10", "signed by key other, which nobody introduced"),
    "a cut end": ("DELETE FROM trail WHERE number > 8", "it ends with entry 8, but entry 10 has been seen"),
    "an entry put at the end": (
        "INSERT INTO trail SELECT number + 1, at, who, what, subject, why, details, hash, hash, key, signature"
        " FROM trail WHERE number = 10",
        "entry 11 (run.finished run 1) | was changed",
    ),
}


@pytest.mark.parametrize("name", TRAIL)
@pytest.mark.parametrize("thorough", [False, True])
def test_an_edited_trail_is_named(store, edit, name, thorough):
    statement, words = TRAIL[name]
    edit(statement)
    assert any(words in line for line in found(store, thorough=thorough)), found(store)


def test_entries_in_another_order_are_named(store, edit):
    edit(*[f"UPDATE trail SET number = {new} WHERE number = {old}" for old, new in ((5, 99), (6, 5), (99, 6))])
    assert [line for line in found(store) if "was changed: it does not have the hash" in line]


def test_an_end_that_was_cut_off_with_its_rows_is_told_by_the_head_that_was_kept(store, edit, database):
    kept = store.audit().head
    store.close()
    (database.parent / "class.db-keys" / "head").unlink()
    edit(
        "DELETE FROM trail WHERE number > 7",
        "DELETE FROM result WHERE id = 4",
        "DELETE FROM check_result WHERE result_id = 4",
        "DELETE FROM receipt",
        "UPDATE run SET finished_at = NULL",
    )
    with Store.open(database, hand=HAND) as opened:
        assert opened.audit().holds  # an older state of the same database, for all that it says itself
        assert found(opened, heads=[kept]) == [
            "trail | the trail | it ends with entry 7, but entry 10 has been seen: it was cut off, or the database was"
            " set back"
        ]
        assert any("is not the one that was seen" in line for line in found(opened, heads=["5:" + "0" * 64]))


def test_nothing_is_written_on_an_entry_of_another_hand(store, edit):
    edit("UPDATE trail SET details = '{}' WHERE number = 10")
    with pytest.raises(StoreError, match=r"last entry, number 10, was written or changed by another hand(.|\n)*audit"):
        store.save(result("dan"), 1, NOW)
    assert [row.student for row in store.matrix()] == ["ada", "bob", "cleo"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM trail WHERE number = 3",
        "UPDATE trail SET why = 'x'",
        "DELETE FROM result WHERE id = 1",
        "UPDATE result SET points = 100",
        "DELETE FROM submission",
        "UPDATE receipt SET data = ''",
        "DELETE FROM key",
    ],
)
def test_the_database_itself_refuses_what_the_program_never_does(database, statement):
    with contextlib.closing(sqlite3.connect(database)) as raw:
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            raw.execute(statement)
        raw.rollback()


def test_every_column_that_may_not_change_is_guarded():
    from autograder.store.guards import COLUMNS
    from autograder.store.schema import metadata

    for table, columns in COLUMNS.items():
        assert set(columns.split()) == set(metadata.tables[table].columns.keys())


def test_results_that_no_longer_hold_are_set_aside_and_graded_again(store, edit):
    edit(
        "UPDATE result SET points = 100 WHERE id = 3",
        "DELETE FROM result WHERE id = 4",
        f"UPDATE result SET data = x'{pack(result('ada', 1.0)).hex()}' WHERE id = 2",
    )
    assert store.set_aside(LATER, "somebody was here") == 3
    assert store.audit().findings == ()
    assert store.matrix() == []
    run = store.start_run({}, LATER)
    assert store.claim(store_identity("bob"), run, LATER) == "mine"
    assert store.save(result("bob"), run, LATER)
    assert [(one.student, one.points) for one in store.current()] == [("bob", 50.0)]
    assert store.audit().holds
    assert [entry.why for entry in store.trail() if entry.what == "result.set-aside"] == ["somebody was here"]


def test_a_result_that_can_not_be_read_is_set_aside_too(store, edit):
    edit("UPDATE result SET data = x'00' WHERE id = 3")
    with pytest.raises(StoreError, match="can't be read"):
        store.current()
    store.set_aside(LATER, "damaged")
    assert store.audit().holds
    assert [one.student for one in store.current()] == ["ada", "cleo"]
    assert store.history("bob", "statistics") == []


def test_a_broken_trail_can_not_be_mended_by_adding_to_it(store, edit):
    edit("UPDATE trail SET why = 'x' WHERE number = 5")
    with pytest.raises(StoreError, match=r"entry 5 (.|\n)*put back a copy"):
        store.set_aside(LATER, "please")


def store_identity(student):
    from autograder.store.rows import Identity

    return Identity.of(result(student))


def test_every_column_of_every_vouched_table_is_looked_at(store, edit):
    """No column is forgotten, nor one that a later migration adds."""
    from autograder.store.facts import VOUCHED, name_column

    for table, columns in VOUCHED.items():
        for column in columns.columns:
            if column.name == name_column(table):
                continue
            with store._database.reading() as connection:
                old = connection.exec_driver_sql(f"SELECT {column.name} FROM {table} LIMIT 1").scalar()
            value = {int: "987", float: "9.5", str: "'z'", bytes: "x'ff'", type(None): "'z'"}[type(old)]
            one = f"rowid = (SELECT min(rowid) FROM {table})"
            literal = "NULL" if old is None else f"x'{old.hex()}'" if isinstance(old, bytes) else repr(old)
            edit(f"UPDATE {table} SET {column.name} = {value} WHERE {one}")
            assert not store.audit().holds, f"{table}.{column.name}"
            edit(f"UPDATE {table} SET {column.name} = {literal} WHERE {one}")
            assert store.audit().holds, f"{table}.{column.name} put back"


def test_an_outcome_of_the_class_is_what_was_saved(store):
    assert [(row.student, row.outcome) for row in store.matrix()] == [
        ("ada", Outcome.PASSED),
        ("bob", Outcome.FAILED),
        ("cleo", Outcome.PASSED),
    ]
