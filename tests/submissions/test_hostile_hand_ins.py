"""Hand-ins written by somebody else than `autograder submit`: a poisoned one costs only its own student."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from uploads import CODE, SOFTMAX, TOPICS, write, zip_of

from autograder.errors import AutograderError, UploadError
from autograder.model.submission import Submission, SubmittedFile
from autograder.store.store import Store
from autograder.submissions import collected
from autograder.submissions.collect import collect
from autograder.submissions.collection import Collection
from autograder.submissions.drop import attempts, check_receipt, find_archive, hand_in, open_packed

S = SOFTMAX.entry
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "format": 1,
    "student": "ada",
    "topic": "softmax-regression",
    "submitted_at": "2026-11-20T12:00:00+00:00",
    "attempt": 1,
    "files": [{"path": S, "bytes": len(CODE), "sha256": SubmittedFile(S, CODE).sha256}],
    "tool": "autograder 0.1.0",
}
LONGEST_TEXT = 2_000  # characters of one problem or one reject, whatever was sent


def packed(code: bytes = CODE, **changes: object) -> bytes:
    file = {"path": S, "bytes": len(code), "sha256": SubmittedFile(S, code).sha256}
    record = json.dumps(GOOD | {"files": [file]} | changes).encode()
    return zip_of({"submission.json": record, f"files/{S}": code}, 0)


def gather(tmp_path: Path, files: dict[str, bytes]) -> Collection:
    return collect([write(tmp_path / "class", {f"bob/softmax-regression/{S}": CODE, **files})], TOPICS, now=NOW)


def codes(found: Collection, student: str) -> list[str]:
    return [problem.code for one in found.submissions if one.student == student for problem in one.problems]


RECORDS: dict[str, dict[str, object]] = {
    "a path that is a list": {"files": [{"path": [1], "bytes": 1, "sha256": "x"}]},
    "paths of two types": {"files": [{"path": 1, "bytes": 1, "sha256": "x"}, *GOOD["files"]]},
    "files that are lists": {"files": [["path", "bytes", "sha256"]]},
    "files that are a number": {"files": 3},
    "files that are a text": {"files": "abc"},
    "a hash that is a list": {"files": [{"path": S, "bytes": 1, "sha256": []}]},
    "a path of a megabyte": {"files": [{"path": "x\x1b[2J" * 200_000, "bytes": 1, "sha256": "x"}]},
    "a format of a megabyte": {"format": "\x1b]8;;" * 200_000},
    "a name of a megabyte": {"student": "\x1b" * 1_000_000},
    "a topic that grows eighteenfold": {"topic": "\ufdfa" * 300_000},
    "a tool of a megabyte": {"tool": "t" * 1_000_000},
    "an attempt beyond any integer of a database": {"attempt": 10**30},
    "an attempt below one": {"attempt": -1},
    "an attempt that is true": {"attempt": True},
    "the first moment there is": {"submitted_at": "0001-01-01T00:00:00+14:00"},
    "the last moment there is": {"submitted_at": "9999-12-31T23:59:59-14:00"},
    "an odd zone": {"submitted_at": "2026-01-01T00:00:00+23:59:59.999999"},
    "no zone": {"submitted_at": "2026-01-01T00:00:00"},
    "half a character in a name": {"student": "\udcff"},
    "half a character in a topic": {"topic": "\udcff"},
    "half a character in a path": {"files": [{"path": "\udcff", "bytes": 1, "sha256": "x"}]},
    "nested without end": {"tool": json.loads("[" * 900 + "]" * 900)},
}


@pytest.mark.parametrize("place", ["ada.zip", "ada/work.zip", "ada/softmax-regression/work.zip"])
@pytest.mark.parametrize("change", RECORDS.values(), ids=RECORDS)
def test_a_poisoned_record_costs_only_its_own_student(tmp_path: Path, change: dict[str, object], place: str):
    found = gather(tmp_path, {place: packed(**change), "eve.zip": packed(student="eve")})
    assert {"bob", "eve"} <= {one.student for one in found.submissions}
    texts = [problem.text for one in found.submissions for problem in one.problems]
    for text in [*texts, *(reject.text for reject in found.rejects)]:
        assert len(text.en) + len(text.zh) < LONGEST_TEXT
        assert text.en.replace("\n", "").isprintable()
    collected.write(found.submissions, tmp_path / "into", "test")
    with Store.open(tmp_path / "a.db") as store:
        store.record_submissions(found.submissions, NOW.isoformat())
        assert len(store.submissions()) == len(found.submissions)


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "1980-01-01T00:00:00+00:00", "2107-12-31T23:59:58+00:00"]
)
@pytest.mark.parametrize("place", ["ada.zip", "ada/softmax-regression/work.zip"])
def test_a_time_that_cannot_be_is_told(tmp_path: Path, when: str, place: str):
    assert codes(gather(tmp_path, {place: packed(submitted_at=when)}), "ada") == ["odd-time"]


def test_clocks_may_differ_a_little(tmp_path: Path):
    soon = (NOW + timedelta(minutes=5)).isoformat()
    assert codes(gather(tmp_path, {"ada.zip": packed(submitted_at=soon)}), "ada") == []


def test_the_times_inside_an_archive_and_of_files_decide_nothing(tmp_path: Path):
    source = write(tmp_path / "class", {f"ada/softmax-regression/{S}": CODE, "eve.zip": zip_of({S: CODE})})
    os.utime(source / "ada/softmax-regression" / S, (0, 0))
    os.utime(source / "eve.zip", (1, 2**33))
    assert [one.submitted_at for one in collect([source], TOPICS, now=NOW).submissions] == [None, None]


def test_an_archive_that_speaks_for_another_student_is_told_even_if_it_comes_later(tmp_path: Path):
    theirs = packed(student="bob", submitted_at="2026-11-20T11:00:00+00:00")
    forged = packed(b"x = 1\n", student="bob", submitted_at="2026-11-21T11:59:00+00:00", attempt=9)
    source = write(tmp_path, {"bob.zip": theirs, "mallory_77_file.zip": forged, "eve.zip": packed(student="eve")})
    found = collect([source], TOPICS, now=NOW)
    (bob,) = [one for one in found.submissions if one.student == "bob"]
    assert [problem.code for problem in bob.problems] == ["named-otherwise"]
    assert "mallory_77_file" in bob.problems[0].text.en


def test_a_hand_in_in_the_folder_of_another_student_is_refused(tmp_path: Path):
    found = gather(tmp_path, {"mallory/softmax-regression/work.zip": packed(student="bob")})
    assert [one.student for one in found.submissions] == ["bob"]
    assert found.submissions[0].files[0].data == CODE
    assert "not where it lies" in found.rejects[0].text.en


@pytest.mark.parametrize("name", ["bob_123_20261120T120000Z-0123456789ab.zip", "bob (1).zip", "BOB.zip"])
def test_names_that_a_platform_makes_of_it_are_fine(tmp_path: Path, name: str):
    source = write(tmp_path, {name: packed(student="bob"), "eve.zip": packed(student="eve")})
    assert codes(collect([source], TOPICS, now=NOW), "bob") == []


def submission(student: str = "ada", data: bytes = CODE) -> Submission:
    return Submission(student, "softmax-regression", (SubmittedFile(S, data),), submitted_at=NOW)


def test_a_pipe_among_the_hand_ins_does_not_block_the_next_one(tmp_path: Path):
    folder = tmp_path / "ada/softmax-regression"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "20260101T000000Z-0123456789ab.zip")
    assert attempts(folder) == []
    assert hand_in(tmp_path, submission(), None, "test").receipt["attempt"] == 1
    with pytest.raises(UploadError, match="not a regular file"):
        open_packed(folder / "20260101T000000Z-0123456789ab.zip")


def test_a_hand_in_of_ten_gigabytes_is_not_read_whole(tmp_path: Path):
    large = tmp_path / "x.zip"
    with large.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(10 << 30)
    with pytest.raises(UploadError, match="larger than 50 MiB"):
        open_packed(large)


def test_a_receipt_that_became_a_pipe_is_made_anew(tmp_path: Path):
    handed = hand_in(tmp_path, submission(), None, "test")
    receipt = handed.archive.with_suffix(".receipt.json")
    receipt.unlink()
    os.mkfifo(receipt)
    assert hand_in(tmp_path, submission(), None, "test").repeated


@pytest.mark.parametrize("student", ["a" * 5_000, "a\0b", "\udcff", "a" * 300])
def test_a_receipt_with_a_name_that_no_file_can_have_leads_nowhere(tmp_path: Path, student: str):
    receipt = hand_in(tmp_path, submission(), None, "test").receipt | {"student": student}
    assert find_archive(tmp_path, receipt) is None
    assert check_receipt(receipt, None) != []


NONSENSE: dict[str, object] = {
    "attempt": "many",
    "submitted_at": "yesterday",
    "problems": [{"code": 1}],
    "files": [{"path": []}],
    "digest": "../../../outside",
}


@pytest.mark.parametrize("key", NONSENSE)
def test_a_record_in_a_collection_that_makes_no_sense_counts_as_none(tmp_path: Path, key: str):
    collected.write([submission()], tmp_path / "into", "test")
    path = tmp_path / "into/ada/softmax-regression/.collected.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {key: NONSENSE[key]}))
    (one,) = collect([tmp_path / "into"], TOPICS).submissions
    assert [file.data for file in one.files] == [CODE]
    collected.write([replace(submission(), submitted_at=NOW + timedelta(hours=1))], tmp_path / "into", "test")


def test_a_record_that_is_a_pipe_does_not_block(tmp_path: Path):
    collected.write([submission()], tmp_path / "into", "test")
    path = tmp_path / "into/ada/softmax-regression/.collected.json"
    path.unlink()
    os.mkfifo(path)
    assert len(collect([tmp_path / "into"], TOPICS).submissions) == 1


def test_a_disk_that_ignores_case_never_merges_two_students(tmp_path: Path):
    """Simulated: on such a disk the folder of `Ada` is the one that `ada` has already."""
    collected.write([submission("ada")], tmp_path, "test")
    (tmp_path / "Ada").symlink_to("ada")
    with pytest.raises(AutograderError, match="Ada's folder is ada's on this disk"):
        collected.write([submission("Ada", b"x = 1\n")], tmp_path, "test")
    assert (tmp_path / "ada/softmax-regression" / S).read_bytes() == CODE
