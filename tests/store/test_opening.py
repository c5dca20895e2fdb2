"""A database that can't be used says where, what and what now, and is left as it was."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from autograder.errors import StoreError
from autograder.store.database import MIGRATIONS
from autograder.store.place import file_system
from autograder.store.schema import VERSION, metadata
from autograder.store.store import Store

NOW = "2026-03-01T12:00:00+00:00"


def test_the_migrations_lead_to_the_tables_of_the_program(store):
    with store._database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_program_knows_the_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == VERSION


def test_writers_wait_and_readers_do_not(store):
    with sqlite3.connect(store.path) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()
    with store._database.writing(), Store.open(store.path) as other:
        assert other.runs() == []


def test_a_newer_database_is_refused_and_not_touched(store, tmp_path):
    store.close()
    with contextlib.closing(sqlite3.connect(store.path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match=r"written by a newer autograder \(database version 9999"):
        Store.open(store.path)
    assert store.path.read_bytes() == before


def test_another_programs_database_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "photos.db"
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE photo (id)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "essay.db"
    path.write_bytes(b"Once upon a time. " * 300)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"essay\.db: is not a database(.|\n)*-> name another file"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_damaged_database_says_how_to_save_what_is_left(store, run, graded):
    for number in range(40):
        store.save(graded(student=f"student {number}"), run, NOW)
    store.close()
    data = bytearray(store.path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    store.path.write_bytes(data)
    with pytest.raises(StoreError, match=r"is damaged(.|\n)*\.recover"), Store.open(store.path) as opened:
        opened.current()


def test_a_folder_is_not_a_database(tmp_path):
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path)


def test_a_place_that_can_not_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"Not a directory\n  -> check the path"):
        Store.open(tmp_path / "file" / "folder" / "class.db")


@pytest.fixture
def as_ordinary_user():
    """Permissions mean nothing to root, so be somebody else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public_folder():
    """A folder that every user can reach; pytest's own are private."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_read_only_folder_says_so_and_nothing_is_left_in_it(public_folder, as_ordinary_user):
    with pytest.raises(StoreError, match=r"can't be opened or created(.|\n)*may write there"):
        Store.open(public_folder / "class.db")
    assert list(public_folder.iterdir()) == []


def test_a_full_disk_says_so_and_keeps_what_was_saved(store, run, graded):
    store.save(graded(), run, NOW)
    with store._database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match=r"the disk is full(.|\n)*saved before this is kept"):
        store.save(graded(student="bo", output=os.urandom(60_000).hex()), run, NOW)
    assert [result.student for result in store.current()] == ["ada"]
    assert {row.check for row in store.items()} == {"mean.value", "mean.shape"}


def test_a_database_locked_by_another_program_says_so(store, graded):
    run = store.start_run({}, NOW)
    other = Store.open(store.path, wait_s=0.05)
    with other, store._database.writing(), pytest.raises(StoreError, match="locked by another program"):
        other.save(graded(), run, NOW)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ada/class.db", ("nfs4", "/home")),
        ("/home/local disk/class.db", ("ext4", "/home/local disk")),
        ("/home/local diskette", ("nfs4", "/home")),
        ("/srv/class.db", ("fuse.sshfs", "/srv")),
        ("/var/class.db", ("ext4", "/")),
    ],
)
def test_the_file_system_of_a_path_is_that_of_its_nearest_mount(path, kind):
    mounts = """rootfs / rootfs rw 0 0
/dev/vda / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/vdb /home/local\\040disk ext4 rw 0 0
broken line
me@host:/ /srv fuse.sshfs rw 0 0
"""
    assert file_system(Path(path), mounts) == kind


def test_a_network_file_system_is_refused(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs rw 0 0\n")
    with pytest.raises(StoreError, match=r"network file system \(nfs(.|\n)*--db PATH"):
        Store.open(tmp_path / "class.db", mounts=mounts)
    assert not (tmp_path / "class.db").exists()


def test_a_machine_without_a_list_of_mounts_can_still_open_a_store(tmp_path):
    with Store.open(tmp_path / "class.db", mounts=tmp_path / "missing") as store:
        assert store.current() == []


def test_two_programs_may_create_the_same_database_at_once(tmp_path):
    code = f"""
import pathlib
from autograder.store.store import Store
with Store.open(pathlib.Path({str(tmp_path / "class.db")!r})) as store:
    print(store.secret_seed())
"""
    command = [sys.executable, "-W", "error", "-c", code]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    seeds = [child.communicate(timeout=60)[0] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    assert len(set(seeds)) == 1
