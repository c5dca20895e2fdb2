"""What was proven is not run again, as long as nothing that decides it has changed."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.engine import memory as memory_module
from autograder.engine.memory import Memory, program_digest
from autograder.model.job import Job
from autograder.model.result import CheckResult, Outcome, TopicResult
from autograder.model.submission import SubmittedFile
from autograder.model.text import Text

CHECK = CheckResult("mean.value", "mean", Outcome.FAILED, 0, 10, True, Text("no"), values=Text("3"), hint=Text("think"))
RESULT = TopicResult("ada", "statistics", "s", "c", "0.1", "cpu", 7, "wall", (CHECK,), cpu_s=1.5, output="noise")


def kept(folder: Path, job: Job, program: str = "p") -> None:
    memory = Memory(folder, program)
    memory.keep("statistics", job, RESULT)
    memory.save()


def found(folder: Path | None, job: Job, program: str = "p", **options: bool) -> TopicResult | None:
    return Memory(folder, program, **options).recall("statistics", job)


def test_a_result_is_found_again_without_what_no_proof_looks_at(tmp_path, make_job):
    kept(tmp_path, make_job("ada"))
    result = found(tmp_path, make_job("ada"))
    assert result == replace(RESULT, output="", checks=(replace(CHECK, hint=Text(), values=Text()),))


def test_whose_it_is_and_where_the_course_lies_decides_nothing(tmp_path, make_job):
    job = make_job("ada")
    kept(tmp_path, job)
    elsewhere = replace(job.topic, visible="/elsewhere/test_statistics.py", hidden=("/elsewhere/hidden.py",))
    assert found(tmp_path, replace(job, id="x", student="bo", submission="", topic=elsewhere, tries=2, speed=2.0))


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 8},
        {"device": "cuda"},
        {"files": (SubmittedFile("statistics.py", b"other"),)},
        {"only": ("mean.value",)},
        {"until_failed": True},
        {"mode": "plain"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_decides_a_result_makes_it_another_one(tmp_path, make_job, change):
    job = make_job("ada")
    kept(tmp_path, job)
    assert found(tmp_path, job)
    assert found(tmp_path, replace(job, **change)) is None


def test_other_checks_limits_or_another_program_make_it_another_one(tmp_path, make_job):
    job = make_job("ada")
    kept(tmp_path, job)
    assert found(tmp_path, job, "another program") is None
    assert found(tmp_path, replace(job, topic=replace(job.topic, digest="d" * 64))) is None
    assert found(tmp_path, replace(job, topic=replace(job.topic, limits=replace(job.topic.limits, cpu_s=1)))) is None


def test_forgetting_runs_everything_and_remembers_it_anew(tmp_path, make_job):
    job = make_job("ada")
    kept(tmp_path, job)
    assert found(tmp_path, job, forget=True) is None
    anew = Memory(tmp_path, "p", forget=True)
    anew.keep("statistics", job, replace(RESULT, cpu_s=9.0))
    anew.save()
    again = found(tmp_path, job)
    assert again is not None
    assert again.cpu_s == 9.0


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b half", gzip.compress(b"[1]", mtime=0), gzip.compress(b'{"x": ', mtime=0)]
)
def test_a_damaged_file_is_as_good_as_none(tmp_path, make_job, content):
    (tmp_path / "statistics.json.gz").write_bytes(content)
    assert found(tmp_path, make_job("ada")) is None
    kept(tmp_path, make_job("ada"))
    assert found(tmp_path, make_job("ada"))


def test_an_entry_of_another_form_is_as_good_as_none(tmp_path, make_job):
    kept(tmp_path, make_job("ada"))
    path = tmp_path / "statistics.json.gz"
    (key,) = json.loads(gzip.decompress(path.read_bytes()))
    path.write_bytes(gzip.compress(json.dumps({key: {"points": 3}}).encode()))
    assert found(tmp_path, make_job("ada")) is None


def test_what_was_asked_for_last_is_kept_longest(tmp_path, make_job, monkeypatch):
    monkeypatch.setattr(memory_module, "AT_LEAST", 2)
    jobs = [replace(make_job("ada"), seed=seed) for seed in range(5)]
    for job in jobs[:3]:
        kept(tmp_path, job)
    again = Memory(tmp_path, "p")
    assert again.recall("statistics", jobs[0])
    again.save()
    kept(tmp_path, jobs[3])
    kept(tmp_path, jobs[4])
    assert [found(tmp_path, job) is not None for job in jobs] == [True, False, False, True, True]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path, make_job):
    blocked = tmp_path / "file"
    blocked.write_text("here")
    kept(blocked / "folder", make_job("ada"))
    assert found(blocked / "folder", make_job("ada")) is None
    memory = Memory(None, "p")
    memory.keep("statistics", make_job("ada"), RESULT)
    memory.save()
    assert memory.recall("statistics", make_job("ada")) is None


def test_the_program_is_what_decides_results(tmp_path):
    for name in ("checks/compare.py", "cli/verify.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x = 1\n")
    before = program_digest(tmp_path)
    (tmp_path / "cli/verify.py").write_text("x = 2\n")
    assert program_digest(tmp_path) == before
    (tmp_path / "checks/compare.py").write_text("x = 2\n")
    assert program_digest(tmp_path) != before
