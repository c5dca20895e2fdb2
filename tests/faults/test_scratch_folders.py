"""A folder for a while never outlives the next of its kind, and nobody else's folder is ever touched."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from autograder.scratch import Scratch

KILLED = """
import os, signal, sys
from pathlib import Path
from autograder.scratch import Scratch
made = Scratch(Path(sys.argv[1]), "box-")
(made.path / "deep").mkdir()
(made.path / "deep" / "file").write_text("left behind")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_is_gone_when_it_is_closed(tmp_path):
    with Scratch(tmp_path, "box-") as path:
        (path / "file").write_text("x")
        assert path.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks that end with their process")
def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    assert (left / "deep" / "file").exists()
    with Scratch(tmp_path, "box-") as path:
        assert list(tmp_path.iterdir()) == [path]


def test_that_of_a_living_process_stays(tmp_path):
    with Scratch(tmp_path, "box-") as first, Scratch(tmp_path, "box-") as second:
        assert first != second
        assert first.is_dir()


def test_folders_and_files_of_others_stay(tmp_path):
    (tmp_path / "box-of-mine").mkdir()
    (tmp_path / "box-of-mine" / "precious").write_text("x")
    (tmp_path / "box-file").write_text("x")
    (tmp_path / "box-link").symlink_to(tmp_path / "box-of-mine")
    Scratch(tmp_path, "box-").close()
    assert {path.name for path in tmp_path.iterdir()} == {"box-of-mine", "box-file", "box-link"}


def test_many_at_once_never_take_each_others(tmp_path):
    taken: list[Path] = []

    def make() -> None:
        for _ in range(40):
            with Scratch(tmp_path, "box-") as path:
                (path / "file").write_text("x")
                if not (path / "file").exists():
                    taken.append(path)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == []
    assert list(tmp_path.iterdir()) == []
