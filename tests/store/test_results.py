"""What goes into the store comes out, once, and the newest counts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.model.plain import from_plain, to_plain
from autograder.model.result import CheckResult, LimitNote, Outcome, TopicResult
from autograder.model.text import Text
from autograder.store.rows import Identity, ItemRow, MatrixRow
from autograder.store.store import Store

NOW, LATER = "2026-03-01T12:00:00+00:00", "2026-03-02T12:00:00+00:00"

words = st.text(st.characters(exclude_categories=()), max_size=12)  # lone surrogates and NUL included
numbers = st.floats(allow_nan=False)
points = st.floats(0, 1e6)
texts = st.builds(Text, words, words)
checks = st.builds(
    CheckResult,
    check=words,
    task=words,
    outcome=st.sampled_from(Outcome),
    points=points,
    max_points=points,
    hidden=st.booleans(),
    message=texts,
    values=texts,
    hint=texts,
    reason=words,
    detail=words,
    measured=st.dictionaries(words, numbers, max_size=2),
    cpu_s=numbers,
    wall_s=numbers,
    again=st.sampled_from(["", *Outcome]),
)
topic_results = st.builds(
    TopicResult,
    student=words,
    topic=words,
    submission=words,
    checks_digest=words,
    grader=words,
    device=words,
    seed=st.integers(0, 2**63 - 1),
    isolation=words,
    checks=st.lists(checks, max_size=3).map(tuple),
    limits=st.lists(st.builds(LimitNote, words, words, words), max_size=2).map(tuple),
    flags=st.lists(words, max_size=2).map(tuple),
    problems=st.lists(texts, max_size=2).map(tuple),
    output=words,
    cpu_s=numbers,
    wall_s=numbers,
    peak_memory_mb=numbers,
    started_at=words,
    tries=st.integers(1, 3),
    speed=numbers,
)


@given(result=topic_results)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_result_comes_back_exactly_as_it_was(store, run, result):
    store.save(result, run, NOW, redo=True)
    found = [row.result for row in store.history(result.student, result.topic) if row.replaced_at is None]
    if found != [result]:  # saved earlier under the same identity by this very run: then nothing may change
        assert [Identity.of(one) for one in found] == [Identity.of(result)]
    else:
        assert json.dumps(to_plain(found[0])) == json.dumps(to_plain(result))


def test_the_same_result_saved_twice_is_stored_once(store, run, graded):
    assert store.save(graded(), run, NOW)
    assert not store.save(graded(), run, LATER)
    assert len(store.history("ada", "statistics")) == 1
    assert store.has(Identity.of(graded()))


@pytest.mark.parametrize("field", ["student", "topic", "submission", "checks_digest", "grader", "device", "seed"])
def test_every_part_of_the_key_makes_another_result(store, run, graded, field):
    store.save(graded(), run, NOW)
    other = graded(**{field: 8 if field == "seed" else "other"})
    assert not store.has(Identity.of(other))
    assert store.save(other, run, NOW)


def test_an_unsafe_result_does_not_stand_in_for_an_isolated_one(store, run, graded):
    store.save(graded(isolation="none (--unsafe)"), run, NOW)
    assert not store.has(Identity.of(graded()))


def test_a_new_version_replaces_the_old_one_and_history_keeps_both(store, run, graded):
    store.save(graded(submission="old", outcome=Outcome.FAILED), run, NOW)
    store.save(graded(submission="new"), run, LATER)
    assert [result.submission for result in store.current()] == ["new"]
    assert [(row.result.submission, row.replaced_at) for row in store.history("ada", "statistics")] == [
        ("old", LATER),
        ("new", None),
    ]


def test_an_old_version_handed_in_again_counts_again_without_being_graded(store, run, graded):
    store.save(graded(submission="old", outcome=Outcome.FAILED), run, NOW)
    store.save(graded(submission="new"), run, NOW)
    assert store.claim(Identity.of(graded(submission="old")), run, LATER) == "done"
    assert [result.submission for result in store.current()] == ["old"]
    assert [row.outcome for row in store.items() if row.check == "mean.value"] == [Outcome.FAILED]


def test_a_regrade_on_purpose_takes_over_and_the_first_result_is_kept(store, run, graded):
    store.save(graded(), run, NOW)
    again = store.start_run({}, LATER)
    assert store.save(graded(outcome=Outcome.FAILED), again, LATER, redo=True)
    assert [result.outcome for result in store.current()] == [Outcome.FAILED]
    assert len(store.history("ada", "statistics")) == 2


def test_a_regrade_on_purpose_is_still_done_once_per_run(store, run, graded):
    store.save(graded(), run, NOW, redo=True)
    assert not store.save(graded(), run, LATER, redo=True)


def test_our_own_failure_does_not_pass_for_a_result_and_gives_way_to_one(store, run, graded):
    store.save(graded(outcome=Outcome.INTERNAL), run, NOW)
    assert not store.has(Identity.of(graded()))
    assert store.save(graded(), run, LATER)
    assert [result.outcome for result in store.current()] == [Outcome.PASSED]


def test_finished_names_what_need_not_be_graded_again(store, run, graded):
    store.save(graded(), run, NOW)
    store.save(graded(student="bo", outcome=Outcome.INTERNAL), run, NOW)
    other = store.start_run({}, NOW)
    assert store.finished() == {Identity.of(graded()).digest}
    assert store.finished(other) == set()
    assert len(store.finished(run)) == 2


def test_the_matrix_shows_the_class_without_the_checks(store, run, graded):
    store.save(graded(student="bo", outcome=Outcome.FAILED, flags=("look",)), run, NOW)
    store.save(graded(), run, NOW)
    assert store.matrix() == [
        MatrixRow("ada", "statistics", Outcome.PASSED, 15.0, 15.0, 0, "wall"),
        MatrixRow("bo", "statistics", Outcome.FAILED, 5.0, 15.0, 1, "wall"),
    ]


def test_items_count_outcomes_of_each_check_among_current_results(store, run, graded):
    for student in ("ada", "bo"):
        store.save(graded(student=student, outcome=Outcome.FAILED), run, NOW)
    store.save(graded(student="bo", submission="new"), run, LATER)
    assert [row for row in store.items("statistics") if row.check == "mean.value"] == [
        ItemRow("statistics", "mean.value", Outcome.FAILED, "value", 1, 0.0, 10.0),
        ItemRow("statistics", "mean.value", Outcome.PASSED, "", 1, 10.0, 10.0),
    ]
    assert store.items("other") == []


def test_current_can_be_asked_for_one_student_or_topic(store, run, graded):
    for student in ("ada", "bo"):
        store.save(graded(student=student), run, NOW)
    assert [result.student for result in store.current(student="bo")] == ["bo"]
    assert [result.student for result in store.current(topic="statistics")] == ["ada", "bo"]


def test_two_checks_with_one_id_do_not_lose_a_result(store, run, graded):
    result = graded()
    twice = replace(result, checks=result.checks * 2)
    assert store.save(twice, run, NOW)
    assert store.current() == [twice]


def test_a_large_class_is_read_through_indices(store: Store):
    with store._database.reading() as connection:
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all())
            for query in (
                "SELECT student, topic, outcome, points, max_points, flags, isolation FROM result"
                " WHERE replaced_at IS NULL ORDER BY student, topic",
                "SELECT topic, check_id, outcome, reason, count(*), avg(points) FROM check_result"
                " WHERE counts = 1 AND topic = 't' GROUP BY topic, check_id, outcome, reason",
                "SELECT data FROM result WHERE replaced_at IS NULL AND student = 'ada' AND topic = 't'",
            )
        ]
    assert "COVERING INDEX result_counts" in plans[0]
    assert "COVERING INDEX check_items" in plans[1]
    assert "SEARCH result USING INDEX" in plans[2]


def test_a_result_from_before_second_runs_and_speeds_were_recorded_is_still_read(graded):
    plain = to_plain(graded())
    del plain["speed"]
    for check in plain["checks"]:
        del check["again"]
    assert from_plain(TopicResult, plain) == graded()
