"""The key: made once, for its owner alone, replaced in the open, and missed when it is gone."""

from __future__ import annotations

import shutil
import stat

import pytest
from signed_class import HAND, LATER, NOW, result

from autograder.errors import SigningError
from autograder.signing.canonical import digest
from autograder.signing.folder import KeyFolder, keys_beside
from autograder.signing.keys import PrivateKey, read_public
from autograder.store.store import Store


@pytest.fixture
def folder(database):
    return database.parent / "class.db-keys"


def told(store, **how):
    return [one.what.en for one in store.audit(**how).findings]


def test_a_key_is_made_with_the_store_and_is_its_owners_alone(folder):
    (private,) = folder.glob("*.key")
    (public,) = folder.glob("*.pub")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert (folder / ".gitignore").read_text() == "*\n"
    assert private.stem == public.stem
    (key,) = read_public(public.read_bytes(), "x").values()
    assert digest(key.raw)[:16] == private.stem


def test_reading_makes_no_key_and_needs_none(database, folder):
    shutil.rmtree(folder)
    with Store.open(database) as store:
        assert len(store.current()) == 3
    assert not folder.exists()


def test_a_folder_of_keys_may_lie_elsewhere(tmp_path):
    from autograder.store.pen import Hand

    with Store.open(tmp_path / "class.db", hand=Hand("me", lambda: NOW, tmp_path / "safe")) as store:
        assert store.audit().holds
    assert (tmp_path / "safe" / "class.db-keys").is_dir()
    assert not (tmp_path / "class.db-keys").exists()
    assert keys_beside(tmp_path / "class.db", tmp_path / "safe") == tmp_path / "safe" / "class.db-keys"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_that_others_can_reach_is_refused_with_what_to_do(database, folder, mode):
    (private,) = folder.glob("*.key")
    private.chmod(mode)
    with Store.open(database, hand=HAND) as store:
        with pytest.raises(SigningError, match=rf"by others \(mode {mode:o}\)(.|\n)*chmod 600 .*keys rotate"):
            store.save(result("dan"), 1, NOW)
        assert any("by others" in line for line in told(store))
        assert len(store.current()) == 3


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_folder_that_others_can_reach_is_refused(database, folder, mode):
    folder.chmod(mode)
    with Store.open(database, hand=HAND) as store, pytest.raises(SigningError, match="chmod 700"):
        store.note("report.written", "x", NOW)


def test_a_deleted_key_stops_writing_and_not_reading(database, folder):
    (private,) = folder.glob("*.key")
    private.unlink()
    with Store.open(database, hand=HAND) as store:
        with pytest.raises(SigningError, match=r"is not there(.|\n)*put back a copy(.|\n)*keys replace"):
            store.save(result("dan"), 1, NOW)
        assert store.audit().holds  # the public half is enough to verify
    assert list(folder.glob("*.key")) == []


def test_without_any_key_nothing_is_believed(database, folder):
    shutil.rmtree(folder)
    with Store.open(database, hand=HAND) as store:
        assert told(store) == ["there is no key to hold the signatures against"]
        assert told(store, thorough=False) == ["there is no key to hold the signatures against"]


def test_a_copy_on_another_machine_is_verified_with_the_public_key(database, folder, tmp_path):
    (public,) = folder.glob("*.pub")
    keys = read_public(public.read_bytes(), "x")
    copy = tmp_path / "copy.db"
    shutil.copy(database, copy)
    with Store.open(copy) as store:
        assert not store.audit().holds
        assert store.audit(trusted=keys).holds
        assert not store.audit(trusted={"0" * 16: PrivateKey.make().public}).holds
        with pytest.raises(SigningError, match="is not there"):
            store.note("report.written", "x", NOW)


def test_a_replaced_key_file_is_noticed(database, folder):
    (private,) = folder.glob("*.key")
    private.write_bytes(PrivateKey.make().pem())
    with Store.open(database, hand=HAND) as store:
        assert any("holds another key" in line for line in told(store))
        with pytest.raises(SigningError, match="holds another key"):
            store.note("report.written", "x", NOW)
    private.write_bytes(b"nonsense")
    with Store.open(database, hand=HAND) as store:
        assert any("holds no Ed25519 key" in line for line in told(store))


def test_a_replaced_folder_of_keys_is_noticed(database, folder):
    shutil.rmtree(folder)
    own = KeyFolder(folder).make()
    with Store.open(database, hand=HAND) as store:
        assert any(f"known here: {own.id}" in line for line in told(store))


def test_a_database_signed_anew_by_another_is_noticed(database, folder, tmp_path):
    forged = tmp_path / "forged.db"
    with Store.open(forged, hand=HAND) as store:
        store.save(result("ada", 100.0), store.start_run({}, NOW), NOW)
    database.with_name("class.db-wal").unlink(missing_ok=True)
    shutil.copy(forged, database)
    with Store.open(database, hand=HAND) as store:
        assert any("the database is signed by key" in line for line in told(store))


def test_a_new_key_is_introduced_by_the_old_one_and_old_signatures_still_hold(database, folder):
    with Store.open(database, hand=HAND) as store:
        old, new = store.rotate_key("every year")
        store.save(result("dan"), 1, LATER)
        done = store.audit()
        assert (done.findings, done.key) == ((), new)
        assert [(entry.what, entry.key, entry.why) for entry in store.trail()[10:12]] == [
            ("key.rotated", old, "every year"),
            ("key.begun", new, ""),
        ]
    assert [path.stem for path in folder.glob("*.key")] == [new]
    assert {path.stem for path in folder.glob("*.pub")} == {old, new}


def test_a_private_key_left_behind_by_a_crash_is_noted(database, monkeypatch):
    with Store.open(database, hand=HAND) as store:
        monkeypatch.setattr(KeyFolder, "forget", lambda *_: None)
        old, new = store.rotate_key("killed before the end")
        done = store.audit()
        assert (done.findings, done.key) == ((), new)
        assert f"the private half of key {old}" in done.notes[-1].en


def test_a_key_rotated_in_the_middle_of_a_run_is_taken_up_by_it(database):
    with Store.open(database, hand=HAND) as running, Store.open(database, hand=HAND) as other:
        run = running.start_run({}, NOW)
        running.save(result("dan"), run, NOW)
        _, new = other.rotate_key("in the middle")
        running.save(result("eve"), run, LATER)
        assert running.trail()[-1].key == new
        assert running.audit().holds


def test_the_key_of_before_does_not_sign_on(database, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "leaked")
    with Store.open(database, hand=HAND) as store:
        old, _ = store.rotate_key("it leaked")
    shutil.copy(tmp_path / "leaked" / f"{old}.key", folder)
    with Store.open(database, hand=HAND) as store:
        with store._writing() as trail:
            trail.append("result.stored", "forged", at=LATER, key=old)
        assert any("which nobody introduced" in line for line in told(store))


def test_a_lost_key_is_replaced_in_the_open(database, folder):
    (private,) = folder.glob("*.key")
    private.unlink()
    with Store.open(database, hand=HAND) as store:
        old, new = store.replace_key("the disk died")
        store.save(result("dan"), 1, LATER)
        done = store.audit()
        assert (done.findings, done.key) == ((), new)
        said = f"entry 11: key {old} was replaced by {new} without its consent ({NOW} staff@lab: the disk died)"
        assert said in [note.en for note in done.notes]


def test_a_key_made_before_its_store_is_taken_up(tmp_path):
    key = KeyFolder(tmp_path / "class.db-keys").make()
    with Store.open(tmp_path / "class.db") as store:
        assert store.audit().key == key.id


def test_a_private_key_never_shows_in_text():
    key = PrivateKey.make()
    assert "PRIVATE" in key.pem().decode()
    assert key.pem().decode().splitlines()[1] not in repr(key) + str(vars(key))


def test_a_signature_holds_for_its_kind_of_thing_alone():
    key = PrivateKey.make()
    signature = key.sign("receipt", b"x")
    assert key.public.holds("receipt", b"x", signature)
    assert not key.public.holds("result", b"x", signature)
    assert not key.public.holds("receipt", b"y", signature)
    assert not key.public.holds("receipt", b"x", b"")
    assert not key.public.holds("receipt", b"x", None)


EMPTY = b"-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----"


@pytest.mark.parametrize(
    "text", [b"", b"nonsense", PrivateKey.make().pem(), EMPTY], ids=["empty", "text", "own", "odd"]
)
def test_what_holds_no_public_key_is_said(text):
    with pytest.raises(SigningError, match="holds no public key"):
        read_public(text, "x.pem")
