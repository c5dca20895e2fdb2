"""Hand-ins: packed, dropped, receipted, collected again."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from uploads import CODE, SOFTMAX, TOPICS, write, zip_of

from autograder.errors import AutograderError, UploadError
from autograder.model.submission import Submission, SubmittedFile
from autograder.submissions import receipt as receipts
from autograder.submissions.collect import collect
from autograder.submissions.drop import check_receipt, find_archive, hand_in, open_packed, receipt_path
from autograder.submissions.packed import pack

S = SOFTMAX.entry
WHEN = datetime(2026, 11, 21, 12, 0, 5, tzinfo=timezone(timedelta(hours=8)))
TOOL = "autograder 0.1.0"


def submission(data=CODE, when=WHEN, student="ada", **changes):
    made = Submission(student, "softmax-regression", (SubmittedFile(S, data),), submitted_at=when)
    return replace(made, **changes)


def drop(place, data=CODE, when=WHEN, due=None, student="ada"):
    return hand_in(place, submission(data, when, student), due, TOOL)


def codes(collection):
    return [(problem.code, problem.fatal) for one in collection.submissions for problem in one.problems]


def test_equal_content_and_time_give_equal_bytes():
    assert pack(submission(), TOOL) == pack(submission(), TOOL)
    assert pack(submission(), TOOL) != pack(submission(b"x = 1\n"), TOOL)


def test_a_hand_in_lies_below_student_and_topic_named_by_time_and_content(tmp_path):
    handed = drop(tmp_path, student="王小明")
    expected = f"王小明/softmax-regression/20261121T040005Z-{submission(student='王小明').digest[:12]}.zip"
    assert handed.archive == tmp_path / expected
    assert sorted(path.suffix for path in handed.archive.parent.iterdir()) == [".json", ".zip"]


def test_a_hand_in_holds_what_was_handed_in(tmp_path):
    packed = open_packed(drop(tmp_path).archive)
    assert packed.submission.files == submission().files
    assert packed.submission.submitted_at == WHEN
    assert (packed.damage, packed.tool) == ("", TOOL)


def test_attempts_are_counted(tmp_path):
    for number in (1, 2, 3):
        handed = drop(tmp_path, b"x = %d\n" % number, WHEN + timedelta(minutes=number))
        assert (handed.receipt["attempt"], handed.repeated) == (number, False)


def test_the_same_files_again_are_the_same_hand_in(tmp_path):
    first = drop(tmp_path)
    again = drop(tmp_path, when=WHEN + timedelta(days=3), due=WHEN + timedelta(days=1))
    assert again.repeated
    assert again.receipt == first.receipt
    assert len(list(tmp_path.rglob("*.zip"))) == 1


def test_going_back_to_earlier_files_is_a_new_attempt(tmp_path):
    for minute, data in enumerate((b"1\n", b"2\n", b"1\n")):
        handed = drop(tmp_path, data, WHEN + timedelta(minutes=minute))
    assert (handed.receipt["attempt"], handed.repeated) == (3, False)


def test_a_damaged_earlier_hand_in_does_not_stand_in_the_way(tmp_path):
    write(tmp_path, {"ada/softmax-regression/20200101T000000Z-x.zip": b"PK\x03\x04 broken"})
    assert drop(tmp_path).receipt["attempt"] == 1


@pytest.mark.parametrize(("minutes", "late"), [(-1, 0), (0, 0), (90, 5400)])
def test_the_receipt_says_how_late_it_is(tmp_path, minutes, late):
    receipt = drop(tmp_path, due=WHEN - timedelta(minutes=minutes)).receipt
    assert receipt["late_seconds"] == late


def test_without_a_due_date_nothing_is_late(tmp_path):
    receipt = drop(tmp_path).receipt
    assert (receipt["due"], receipt["late_seconds"]) == (None, None)


def test_a_receipt_names_the_content_and_the_files(tmp_path):
    receipt = drop(tmp_path).receipt
    assert receipt["content"] == submission().digest
    assert receipt["files"] == [{"path": S, "bytes": len(CODE), "sha256": submission().files[0].sha256}]


def test_an_honest_receipt_holds_alone_and_against_its_zip(tmp_path):
    handed = drop(tmp_path)
    stored = receipts.read_receipt(receipt_path(handed.archive).read_bytes(), "x")
    assert stored == handed.receipt
    assert find_archive(tmp_path, stored) == handed.archive
    assert check_receipt(stored, None) == check_receipt(stored, handed.archive) == []


@pytest.mark.parametrize(
    "change", [{"submitted_at": "2026-11-01T00:00:00+00:00"}, {"late_seconds": 0}, {"student": "bob"}, {"attempt": 9}]
)
def test_an_edited_receipt_does_not_hold(tmp_path, change):
    receipt = drop(tmp_path, due=WHEN - timedelta(days=1)).receipt
    assert "edited" in receipts.faults(receipt | change)[0]


def test_a_receipt_with_other_fields_does_not_hold(tmp_path):
    receipt = drop(tmp_path).receipt
    assert "unknown fields: extra" in receipts.faults(receipt | {"extra": 1})[0]
    del receipt["due"]
    assert "due" in receipts.faults(receipt)[0]


def test_a_receipt_edited_with_its_digest_does_not_fit_its_zip(tmp_path):
    handed = drop(tmp_path)
    forged = handed.receipt | {"attempt": 7, "content": "0" * 64}
    forged["digest"] = receipts.digest_of(forged)
    assert receipts.faults(forged) == []
    assert any("attempt" in fault for fault in check_receipt(forged, handed.archive))
    assert any("content" in fault for fault in check_receipt(forged, handed.archive))


def test_a_changed_zip_does_not_fit_its_receipt(tmp_path):
    handed = drop(tmp_path)
    handed.archive.write_bytes(pack(submission(b"x = 2\n"), TOOL))
    assert "the zip's bytes are not those" in check_receipt(handed.receipt, handed.archive)[0]


@pytest.mark.parametrize("name", ["..", "a/b", "a\\b", ""])
def test_a_receipt_cannot_point_outside_the_drop_folder(tmp_path, name):
    receipt = drop(tmp_path).receipt
    assert find_archive(tmp_path, receipt | {"student": name}) is None


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"kind": "receipt", "format": 9}', b"\xff", b"[" * 5000])
def test_what_is_no_receipt_is_said(data):
    with pytest.raises(UploadError, match="is no receipt"):
        receipts.read_receipt(data, "x.json")


def test_a_place_that_cannot_be_written_says_that_nothing_was_submitted(tmp_path):
    (tmp_path / "ada").write_bytes(b"a file where a folder belongs")
    with pytest.raises(AutograderError, match="nothing was submitted"):
        drop(tmp_path)


def test_a_drop_folder_is_collected_with_the_latest_attempt(tmp_path):
    for minute, data in enumerate((b"1\n", b"2\n", b"3\n")):
        drop(tmp_path, data, WHEN + timedelta(minutes=minute))
    drop(tmp_path, student="王小明")
    found = collect([tmp_path], TOPICS)
    assert [(one.student, one.attempt, one.files[0].data) for one in found.submissions] == [
        ("ada", 3, b"3\n"),
        ("王小明", 1, CODE),
    ]
    assert [(one.student, one.attempt) for one in found.earlier] == [("ada", 1), ("ada", 2)]
    assert (codes(found), found.rejects) == ([], ())
    assert found.submissions[0].submitted_at == WHEN + timedelta(minutes=2)


def test_the_same_files_dropped_again_by_hand_keep_their_first_time(tmp_path):
    folder = "ada/softmax-regression"
    late = pack(submission(when=WHEN + timedelta(days=9), attempt=2), TOOL)
    write(tmp_path, {f"{folder}/1.zip": pack(submission(), TOOL), f"{folder}/2.zip": late})
    found = collect([tmp_path], TOPICS)
    assert (found.submissions[0].submitted_at, found.earlier) == (WHEN, ())


def test_hand_ins_without_folders_tell_whose_they_are(tmp_path):
    write(tmp_path, {"1.zip": pack(submission(), TOOL), "2.zip": pack(submission(student="bob"), TOOL)})
    assert [one.student for one in collect([tmp_path], TOPICS).submissions] == ["ada", "bob"]
    assert [one.student for one in collect([tmp_path / "2.zip"], TOPICS).submissions] == ["bob"]


def test_a_hand_in_in_somebody_elses_folder_is_rejected(tmp_path):
    write(tmp_path, {"bob/softmax-regression/x.zip": pack(submission(student="ada"), TOOL)})
    found = collect([tmp_path], TOPICS)
    assert found.submissions == ()
    assert "says it is ada's hand-in" in found.rejects[0].text.en


def test_a_hand_in_for_an_unknown_topic_is_rejected_with_a_suggestion(tmp_path):
    write(tmp_path, {"x.zip": pack(submission(topic="softmax-regresion"), TOOL), "y.zip": pack(submission(), TOOL)})
    found = collect([tmp_path], TOPICS)
    assert "is it softmax-regression?" in found.rejects[0].text.en


def test_a_hand_in_whose_files_were_exchanged_is_damaged(tmp_path):
    with zipfile.ZipFile(io.BytesIO(pack(submission(), TOOL))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files[f"files/{S}"] = b"x = 'better'\n"
    write(tmp_path, {"ada/softmax-regression/x.zip": zip_of(files)})
    assert codes(collect([tmp_path], TOPICS)) == [("damaged", True)]


def test_a_receipt_beside_a_hand_in_that_does_not_hold_is_flagged(tmp_path):
    handed = drop(tmp_path)
    path = receipt_path(handed.archive)
    path.write_text(json.dumps(handed.receipt | {"attempt": 5}))
    assert codes(collect([tmp_path], TOPICS)) == [("receipt", False)]
    path.write_text("nonsense")
    assert codes(collect([tmp_path], TOPICS)) == [("receipt", False)]
    path.unlink()
    assert codes(collect([tmp_path], TOPICS)) == []


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"[]",
        b'{"format": 2}',
        b'{"format": 1, "student": "ada"}',
        b'{"format": 1, "student": "../x", "topic": "softmax-regression", "submitted_at": "2026-01-01T00:00:00+00:00",'
        b' "attempt": 1, "files": [], "tool": "x"}',
        b'{"format": 1, "student": "ada", "topic": "softmax-regression", "submitted_at": "2026-01-01T00:00:00",'
        b' "attempt": 1, "files": [], "tool": "x"}',
        b'{"format": 1, "student": "ada", "topic": "softmax-regression", "submitted_at": "2026-01-01T00:00:00+00:00",'
        b' "attempt": true, "files": [], "tool": "x"}',
    ],
)
def test_a_record_that_makes_no_sense_is_rejected_and_stops_nobody(tmp_path, record):
    write(tmp_path, {"x.zip": zip_of({"submission.json": record}), "y.zip": pack(submission(), TOOL)})
    found = collect([tmp_path], TOPICS)
    assert [one.student for one in found.submissions] == ["ada"]
    assert len(found.rejects) == 1


def test_times_are_compared_across_zones(tmp_path):
    drop(tmp_path, b"1\n", WHEN)
    drop(tmp_path, b"2\n", (WHEN + timedelta(minutes=1)).astimezone(UTC))
    assert collect([tmp_path], TOPICS).submissions[0].files[0].data == b"2\n"
