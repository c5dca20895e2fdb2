import os
import socket

import pytest
from uploads import CODE, write

from autograder.errors import UsageError
from autograder.submissions.folder import open_folder
from autograder.submissions.tree import Caps, read_files

CAPS = Caps()


def read(path, caps=CAPS):
    with open_folder(path, caps) as tree:
        files, flaws = read_files(tree.entries, caps)
        return {file.path: file.data for file in files}, {flaw.path: flaw.code for flaw in [*tree.flaws, *flaws]}


def test_files_are_read_by_their_paths(tmp_path):
    write(tmp_path, {"ada/a.py": CODE, "ada/data/b.csv": b"1", "empty/": b""})
    assert read(tmp_path) == ({"ada/a.py": CODE, "ada/data/b.csv": b"1"}, {})


def test_empty_folders_are_known(tmp_path):
    with open_folder(write(tmp_path, {"ada/softmax-regression/": b""}), CAPS) as tree:
        assert tree.folders == ("ada", "ada/softmax-regression")


def test_links_are_told_and_never_followed(tmp_path):
    write(tmp_path, {"outside/secret.py": b"secret", "class/ada/a.py": CODE})
    (tmp_path / "class/ada/b.py").symlink_to(tmp_path / "outside/secret.py")
    (tmp_path / "class/bob").symlink_to(tmp_path / "outside")
    (tmp_path / "class/ada/gone.py").symlink_to("nowhere")
    files, flaws = read(tmp_path / "class")
    assert files == {"ada/a.py": CODE}
    assert flaws == {"ada/b.py": "link", "bob": "link", "ada/gone.py": "link"}


def test_a_file_that_becomes_a_link_after_it_was_listed_is_not_followed(tmp_path):
    write(tmp_path, {"secret": b"secret", "class/ada/a.py": CODE, "class/bob/a.py": CODE})
    with open_folder(tmp_path / "class", CAPS) as tree:
        (tmp_path / "class/ada/a.py").unlink()
        (tmp_path / "class/ada/a.py").symlink_to(tmp_path / "secret")
        os.rename(tmp_path / "class/bob", tmp_path / "elsewhere")
        (tmp_path / "class/bob").symlink_to(tmp_path / "elsewhere")
        files, flaws = read_files(tree.entries, CAPS)
    assert files == []
    assert [flaw.code for flaw in flaws] == ["unreadable", "unreadable"]


def test_pipes_and_sockets_neither_block_nor_are_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.py"))
        assert read(tmp_path) == ({}, {"pipe.py": "special", "socket.py": "special"})


def test_a_file_that_becomes_a_pipe_after_it_was_listed_does_not_block(tmp_path):
    write(tmp_path, {"a.py": CODE})
    with open_folder(tmp_path, CAPS) as tree:
        (tmp_path / "a.py").unlink()
        os.mkfifo(tmp_path / "a.py")
        files, flaws = read_files(tree.entries, CAPS)
    assert (files, [flaw.code for flaw in flaws]) == ([], ["unreadable"])


def test_a_file_of_fifty_megabytes_is_dropped_and_its_neighbours_are_read(tmp_path):
    write(tmp_path, {"a.py": CODE})
    with (tmp_path / "weights.pt").open("wb") as large:
        large.truncate(50 << 20)
    assert read(tmp_path) == ({"a.py": CODE}, {"weights.pt": "too-large"})


def test_names_that_no_terminal_should_see_are_told_escaped(tmp_path):
    (tmp_path / "a\x1b[2J.py").write_bytes(CODE)
    (tmp_path / "b\\c.py").write_bytes(CODE)
    with open_folder(tmp_path, CAPS) as tree:
        assert sorted(flaw.code for flaw in tree.flaws) == ["backslash", "control"]
        assert all("\x1b" not in flaw.text.en for flaw in tree.flaws)


def test_names_that_are_not_utf8_are_told(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xca\xfd.csv", "wb"):
        pass
    with open_folder(tmp_path, CAPS) as tree:
        assert [flaw.code for flaw in tree.flaws] == ["not-utf8-name"]


def test_a_student_with_too_many_files_costs_only_that_student(tmp_path):
    caps = Caps(files=3)
    write(tmp_path, {f"ada/{n}.csv": b"" for n in range(40)} | {"bob/a.py": CODE})
    with open_folder(tmp_path, caps) as tree:
        assert [(flaw.path, flaw.code) for flaw in tree.flaws] == [("ada", "too-many")]
        assert "bob/a.py" in [entry.path for entry in tree.entries]


def test_a_folder_nested_without_end_is_cut(tmp_path):
    write(tmp_path, {"/".join(["ada", *"d" * 30, "a.py"]).lstrip("/"): CODE, "ada/b.py": CODE})
    files, flaws = read(tmp_path)
    assert list(files) == ["ada/b.py"]
    assert set(flaws.values()) == {"too-deep"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_told(tmp_path):
    write(tmp_path, {"a.py": CODE, "b.py": CODE})
    (tmp_path / "a.py").chmod(0)
    assert read(tmp_path) == ({"b.py": CODE}, {"a.py": "unreadable"})


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UsageError, match="No such file"), open_folder(tmp_path / "none", CAPS):
        pass
