"""A receipt that the course has signed: from the drop folder to the student and back."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
from small_course import DONE, in_child, make_course, run

from autograder.signing.folder import KeyFolder
from autograder.signing.keys import PrivateKey
from autograder.store.store import Store
from autograder.submissions.countersign import KEYS_FILE, SUFFIX

SOFTMAX = "softmax-regression"


@pytest.fixture
def course(tmp_path, monkeypatch, capsys):
    """A course whose drop folder holds one hand-in of ada's."""
    for name in ("COURSE", "STUDENT", "SUBMIT_TO", "KEYS", "LANGUAGE"):
        monkeypatch.delenv(f"AUTOGRADER_{name}", raising=False)
    root = make_course(tmp_path / "course")
    monkeypatch.chdir(root)
    hand_in(root, capsys)
    return root


def hand_in(root, capsys, text=DONE):
    (root / "softmax_regression.py").write_text(text)
    assert run(capsys, "submit", SOFTMAX, "--student", "ada")[0] == 0


def collect(capsys, root, *options):
    return run(capsys, "collect", root / "drop", "--into", root.parent / "into", *options)


@pytest.fixture
def signed(course, capsys):
    code, out, err = collect(capsys, course)
    assert (code, err) == (0, "")
    assert "signed receipts put beside 1 hand-ins" in out
    (path,) = (course / "drop").rglob(f"*{SUFFIX}")
    return path


def test_the_course_signs_what_it_collects_and_the_student_can_verify_it(signed, course, capsys, tmp_path):
    own = course / "softmax-regression.receipt.json"
    receipt = json.loads(signed.read_text())
    assert receipt["content"] == json.loads(own.read_text())["content"]
    assert receipt["student"] == "ada"
    code, out, _ = run(capsys, "receipt", signed)
    assert code == 0
    assert f"signed by the course (key {receipt['key']})" in out
    assert "and so does its hand-in" in out
    assert f"signed by the course (key {receipt['key']})" in run(capsys, "receipt", own)[1]


def test_a_students_own_receipt_says_that_nobody_signed_it(course, capsys):
    code, out, _ = run(capsys, "receipt", course / "softmax-regression.receipt.json")
    assert code == 0
    assert "not signed: your own computer wrote it" in out


def test_a_student_verifies_with_the_key_of_the_student_edition(signed, course, capsys, tmp_path, monkeypatch):
    edition = make_course(tmp_path / "edition")
    (edition / KEYS_FILE).write_bytes(b"".join(key.pem() for key in KeyFolder(keys_of(course)).public().values()))
    monkeypatch.chdir(edition)
    assert run(capsys, "receipt", signed)[0] == 0
    (edition / KEYS_FILE).write_bytes(PrivateKey.make().public.pem())
    code, out, _ = run(capsys, "receipt", signed)
    assert code == 1
    assert "which is not the course's" in out
    (edition / KEYS_FILE).unlink()
    code, _, err = run(capsys, "receipt", signed)
    assert code == 2
    assert "public key is not known here" in err


def keys_of(course):
    return course / "autograder.db-keys"


@pytest.mark.parametrize(
    ("field", "value"),
    [("student", "bob"), ("received_at", "2020-01-01T00:00:00+00:00"), ("content", "0" * 64), ("attempt", 2)],
)
def test_an_edited_signed_receipt_does_not_hold(signed, capsys, field, value):
    signed.write_text(json.dumps(json.loads(signed.read_text()) | {field: value}))
    code, out, _ = run(capsys, "receipt", signed)
    assert code == 1
    assert "it was edited, or the course never gave it" in out


def test_a_receipt_signed_with_a_students_own_key_does_not_hold(signed, capsys):
    from autograder.submissions.countersign import countersigned

    said = json.loads(signed.read_text())
    signed.write_text(json.dumps(countersigned(said, "2020", said["store"], PrivateKey.make())))
    assert run(capsys, "receipt", signed)[0] == 1
    extra = said | {"points": 100}
    signed.write_text(json.dumps(extra))
    assert "unknown fields: points" in run(capsys, "receipt", signed)[1]


def test_a_hand_in_exchanged_after_it_was_signed_does_not_fit(signed, course, capsys):
    archive = next((course / "drop").rglob("*.zip"))
    with zipfile.ZipFile(archive) as old:
        held = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as new:  # the same files, packed anew
        for name, data in held.items():
            new.writestr(name, data)
    code, out, _ = run(capsys, "receipt", signed)
    assert code == 1
    assert "the zip's bytes are not those the receipt was given for" in out


def test_a_receipt_that_was_deleted_is_given_again_with_its_first_time(signed, course, capsys):
    first = signed.read_text()
    signed.unlink()
    collect(capsys, course)
    assert signed.read_text() == first
    signed.write_text("nonsense")
    collect(capsys, course)
    assert signed.read_text() == first
    with Store.open(course / "autograder.db") as store:
        assert len(store.receipts()) == 1
        assert [entry.what for entry in store.trail()].count("collected") == 3
        assert store.audit().holds


def test_every_attempt_gets_a_receipt(signed, course, capsys):
    hand_in(course, capsys, DONE + "# better\n")
    assert "beside 2 hand-ins" in collect(capsys, course)[1]
    assert len(list((course / "drop").rglob(f"*{SUFFIX}"))) == 2


def test_the_trail_says_who_was_collected_and_by_whom(signed, course):
    with Store.open(course / "autograder.db") as store:
        entry = store.trail()[-1]
    assert entry.what == "collected"
    assert "@" in entry.who
    assert entry.told()["submissions"][0][:2] == ["ada", SOFTMAX]


def test_a_link_in_the_drop_folder_is_not_followed(course, capsys, tmp_path):
    target = tmp_path / "precious"
    target.write_text("mine")
    (archive,) = (course / "drop").rglob("*.zip")
    archive.with_suffix(SUFFIX).symlink_to(target)
    assert "beside 1 hand-ins" in collect(capsys, course)[1]
    assert target.read_text() == "mine"
    assert not archive.with_suffix(SUFFIX).is_symlink()


def test_a_receipt_that_can_not_be_put_beside_is_said_and_the_store_keeps_it(course, capsys):
    (archive,) = (course / "drop").rglob("*.zip")
    archive.with_suffix(SUFFIX).mkdir()
    code, out, err = collect(capsys, course)
    assert code == 0
    assert "the store keeps it" in err
    assert "signed receipts put" not in out
    assert not [path for path in archive.parent.iterdir() if path.name.endswith(".part")]
    with Store.open(course / "autograder.db") as store:
        assert len(store.receipts()) == 1


def test_collecting_goes_on_where_nothing_can_be_signed(course, capsys):
    keys = keys_of(course)
    keys.mkdir(mode=0o755)
    keys.chmod(0o755)
    code, _, err = collect(capsys, course)
    assert code == 0
    assert "collected, but no receipt was signed" in err
    assert "chmod 700" in err
    assert (course.parent / "into" / "ada" / SOFTMAX).is_dir()


def test_no_receipts_leaves_the_sources_alone(course, capsys):
    collect(capsys, course, "--no-receipts")
    assert list((course / "drop").rglob(f"*{SUFFIX}")) == []
    assert not (course / "autograder.db").exists()


def test_keys_may_be_kept_where_grading_yml_says(course, capsys):
    (course / "grading.yml").write_text((course / "grading.yml").read_text() + "keys: safe\n")
    collect(capsys, course)
    assert (course / "safe" / "autograder.db-keys").is_dir()
    assert not keys_of(course).exists()
    assert run(capsys, "audit")[0] == 0


def test_the_audit_reads_receipts_too(signed, course, capsys):
    with closing(sqlite3.connect(course / "autograder.db")) as raw:
        raw.execute("DROP TRIGGER receipt_no_update")
        raw.execute("UPDATE receipt SET data = replace(data, 'ada', 'eve')")
        raw.commit()
    code, out, _ = run(capsys, "audit", "--json")
    faults = json.loads(out)["faults"]
    assert code == 1
    assert [fault["area"] for fault in faults] == ["receipt", "receipt"]
    assert "does not fit what it says" in faults[1]["what"]


def test_handing_in_needs_no_package_beyond_the_small_base(course, tmp_path):
    code = """
import sys
from autograder.cli.main import main
try:
    main(["submit", "softmax-regression", "--student", "ada"])
finally:
    print([name for name in ("cryptography", "sqlalchemy", "torch") if name in sys.modules])
"""
    assert in_child(code, cwd=course).stdout.endswith("[]\n")


def test_a_computer_without_the_package_says_what_to_install(signed, course):
    code = """
import sys
from autograder.cli.main import main
sys.modules["cryptography"] = None
main(sys.argv[1:])
"""
    done = in_child(code, "receipt", signed, cwd=course)
    assert done.returncode == 2
    assert "pip install 'autograder[receipt]'" in done.stderr
    own = in_child(code, "receipt", course / "softmax-regression.receipt.json", cwd=course)
    assert own.returncode == 0
    assert "it was not verified" in own.stdout
