import errno
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from uploads import CODE, SOFTMAX, TOPICS, write

from autograder.errors import AutograderError
from autograder.model.submission import Submission, SubmittedFile
from autograder.submissions import collected
from autograder.submissions.collect import collect

S = SOFTMAX.entry
WHEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def submission(data=CODE, student="ada", **changes):
    files = (SubmittedFile("data/a.csv", b"1"), SubmittedFile(S, data))
    return replace(Submission(student, "softmax-regression", files, "upload.zip", WHEN), **changes)


def put(into, *submissions):
    return [one.what for one in collected.write(submissions, into, "autograder 0.1.0")]


def back(into):
    return collect([into], TOPICS)


def test_what_is_written_comes_back_the_same(tmp_path):
    source = write(tmp_path / "class", {"ada/softmax-regression/hw.py": CODE, f"王小明/softmax-regression/{S}": CODE})
    found = collect([source], TOPICS)
    assert put(tmp_path / "into", *found.submissions) == ["new", "new"]
    assert back(tmp_path / "into").submissions == found.submissions


def test_times_attempts_and_sources_come_back(tmp_path):
    one = submission(attempt=3)
    put(tmp_path, one)
    assert back(tmp_path).submissions == (one,)


def test_files_lie_where_a_person_looks_for_them(tmp_path):
    put(tmp_path, submission())
    folder = tmp_path / "ada" / "softmax-regression"
    assert (folder / S).read_bytes() == CODE
    assert (folder / "data/a.csv").read_bytes() == b"1"
    record = json.loads((folder / ".collected.json").read_text())
    assert (record["digest"], record["source"]) == (submission().digest, "upload.zip")


def test_the_same_submission_again_changes_nothing(tmp_path):
    put(tmp_path, submission())
    folder = tmp_path / "ada/softmax-regression"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert put(tmp_path, submission()) == ["unchanged"]
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_later_submission_replaces_and_the_one_before_is_kept(tmp_path):
    put(tmp_path, submission())
    assert put(tmp_path, submission(b"x = 2\n", submitted_at=WHEN + timedelta(hours=1))) == ["replaced"]
    assert (tmp_path / "ada/softmax-regression" / S).read_bytes() == b"x = 2\n"
    (kept,) = (tmp_path / "ada/.attempts/softmax-regression").iterdir()
    assert kept.name == f"1-{submission().digest[:12]}"
    assert (kept / S).read_bytes() == CODE
    assert [one.attempt for one in back(tmp_path).submissions] == [2]


def test_an_older_submission_does_not_replace_a_newer_one(tmp_path):
    put(tmp_path, submission())
    older = submission(b"x = 0\n", submitted_at=WHEN - timedelta(hours=1))
    assert put(tmp_path, older) == ["older"]
    assert put(tmp_path, older) == ["older"]
    assert (tmp_path / "ada/softmax-regression" / S).read_bytes() == CODE
    (kept,) = (tmp_path / "ada/.attempts/softmax-regression").iterdir()
    assert (kept / S).read_bytes() == b"x = 0\n"


def test_going_back_and_forth_loses_nothing(tmp_path):
    for data in (b"1\n", b"2\n", b"1\n", b"2\n"):
        put(tmp_path, submission(data, submitted_at=None))
    kept = [(path / S).read_bytes() for path in (tmp_path / "ada/.attempts/softmax-regression").iterdir()]
    assert sorted(kept) == [b"1\n", b"1\n", b"2\n"]
    assert (tmp_path / "ada/softmax-regression" / S).read_bytes() == b"2\n"


def test_a_folder_that_somebody_made_by_hand_is_kept_too(tmp_path):
    write(tmp_path, {f"ada/softmax-regression/{S}": b"by hand\n"})
    assert put(tmp_path, submission()) == ["replaced"]
    (kept,) = (tmp_path / "ada/.attempts/softmax-regression").iterdir()
    assert (kept / S).read_bytes() == b"by hand\n"


def test_a_file_changed_after_collecting_is_told_and_graded_as_it_is(tmp_path):
    put(tmp_path, submission())
    (tmp_path / "ada/softmax-regression" / S).write_bytes(b"x = 3\n")
    (one,) = back(tmp_path).submissions
    assert [(problem.code, problem.fatal) for problem in one.problems] == [("changed", False)]
    assert S in one.problems[0].text.en
    assert one.files[1].data == b"x = 3\n"


def test_a_record_planted_in_an_upload_is_not_believed(tmp_path):
    planted = {"format": 1, "digest": "x", "attempt": 9, "submitted_at": "2020-01-01T00:00:00+00:00", "problems": []}
    files = {S: CODE, ".collected.json": json.dumps({**planted, "files": [], "source": ""}).encode()}
    source = write(tmp_path, {f"ada/softmax-regression/{path}": data for path, data in files.items()})
    (one,) = collect([source], TOPICS).submissions
    assert (one.attempt, one.submitted_at, [file.path for file in one.files]) == (1, None, [S])


def test_a_full_disk_says_so_and_leaves_no_half_submission(tmp_path, monkeypatch):
    put(tmp_path, submission(student="bob"))

    def full(folder, one, tool):
        folder.mkdir()
        (folder / "half").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(collected, "_fill", full)
    with pytest.raises(AutograderError, match=r"No space left on device; 0 of 1") as refused:
        put(tmp_path, submission())
    assert refused.value.exit_code == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [".collected.json", "bob"]


def test_a_place_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AutograderError, match="Not a directory"):
        put(tmp_path / "file" / "into", submission())
