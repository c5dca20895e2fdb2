"""Folders that a student keeps changing, and files named to be picked up by somebody's program."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from uploads import CODE, SOFTMAX, TOPICS, tar_of, write, zip_of
from watching import warm_up, watching

from autograder.submissions import collected, folder
from autograder.submissions.collect import collect
from autograder.submissions.entry import shadows
from autograder.submissions.folder import open_folder, read_plain
from autograder.submissions.tree import MIB, Caps, read_files

S = SOFTMAX.entry
SECRET = b"SECRET = 'staff only'\n"
HERE = f"ada/softmax-regression/{S}"
pytestmark = pytest.mark.usefixtures("warm")


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    warm_up(tmp_path_factory.mktemp("warm"))


@contextmanager
def meanwhile(step: Callable[[], None]) -> Iterator[None]:
    """`step` over and over in a thread of its own."""
    ended = threading.Event()

    def run() -> None:
        while not ended.is_set():
            step()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def swaps(root: Path, secret: Path) -> dict[str, Callable[[], None]]:
    """What a student may do to their own folder while it is collected; each ends as it began, or nearly."""
    path = root / HERE

    def put(make: Callable[[Path], None]) -> None:
        beside = root / "ada/beside"
        make(beside)
        os.replace(beside, path)
        beside.write_bytes(CODE)
        os.replace(beside, path)

    def swap_folders() -> None:
        os.rename(path.parent, root / "ada/aside")
        path.parent.symlink_to(secret.parent)
        path.parent.unlink()
        os.rename(root / "ada/aside", path.parent)

    def grow() -> None:
        with path.open("ab") as file:
            file.write(b"# more\n" * 1000)
        os.truncate(path, len(CODE))

    return {
        "link to a file": lambda: put(lambda beside: beside.symlink_to(secret)),
        "pipe": lambda: put(os.mkfifo),
        "link to a folder": swap_folders,
        "growing file": grow,
    }


@pytest.mark.parametrize("name", ["link to a file", "pipe", "link to a folder", "growing file"])
def test_a_file_that_is_swapped_all_the_while_never_lets_the_outside_in(tmp_path: Path, name: str):
    secret = write(tmp_path, {f"staff/{S}": SECRET}) / "staff" / S
    root = write(tmp_path / "class", {HERE: CODE, f"bob/softmax-regression/{S}": CODE})
    with meanwhile(swaps(root, secret)[name]):
        for _ in range(60):
            found = collect([root], TOPICS)
            assert "bob" in [one.student for one in found.submissions]
            data = [file.data for one in found.submissions for file in one.files]
            assert all(b"SECRET" not in each for each in data)


def test_what_is_recorded_of_a_file_that_changes_is_what_was_read(tmp_path: Path):
    """The digest is made of the bytes in memory, and these are what is graded: nothing is read twice."""
    root = write(tmp_path / "class", {HERE: CODE})
    (one,) = collect([root], TOPICS).submissions
    (root / HERE).write_bytes(b"x = 1\n")
    collected.write([one], tmp_path / "into", "test")
    assert (tmp_path / "into" / HERE).read_bytes() == CODE
    assert collect([tmp_path / "into"], TOPICS).submissions[0].digest == one.digest


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_a_second_name_of_somebody_elses_file_is_no_work_of_a_student(tmp_path: Path):
    secret = write(tmp_path, {"staff.py": SECRET}) / "staff.py"
    root = write(tmp_path / "class", {f"ada/softmax-regression/{S}": CODE, "bob/softmax-regression/": b""})
    for path in (root / "ada", root / "ada/softmax-regression", root / HERE):
        os.chown(path, 4242, 4242)
    os.link(secret, root / "ada/softmax-regression/notes.py")
    os.link(root / HERE, root / "ada/softmax-regression/again.py")
    (ada,) = [one for one in collect([root], TOPICS).submissions if one.student == "ada"]
    assert {file.path for file in ada.files} == {S, "again.py"}
    assert [(problem.code, problem.fatal) for problem in ada.problems] == [("unsafe-archive", True)]
    assert "somebody else" in ada.problems[0].text.en


def test_a_file_of_ten_gigabytes_is_read_to_its_limit_and_no_further(tmp_path: Path):
    root = write(tmp_path / "class", {HERE: CODE, "ada/softmax-regression/weights.pt": b"", "ada/a.zip": b"PK\x03\x04"})
    for name in ("ada/softmax-regression/weights.pt", "ada/a.zip"):
        with (root / name).open("r+b") as large:
            large.truncate(10 << 30)
    with watching() as seen:
        found = collect([root], TOPICS)
    assert seen.read <= (Caps().file_bytes + Caps().for_one().archive_bytes) * 2
    assert [problem.code for one in found.submissions for problem in one.problems] == ["too-large"]


def test_a_folder_below_a_single_student_is_not_listed_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    caps = Caps(files=3, archive_files=50)
    root = write(tmp_path, {f"ada/softmax-regression/{number}.csv": b"" for number in range(80)})
    listed = []
    real = folder.islice

    def counted(listing: Iterator[object], most: int) -> Iterator[object]:
        listed.append(most)
        return real(listing, most)

    monkeypatch.setattr(folder, "islice", counted)
    with open_folder(root, caps) as tree:
        assert [flaw.code for flaw in tree.flaws] == ["too-many"]
        assert tree.entries == ()
    assert max(listed) == 51


def test_very_deep_folders_cost_neither_stack_nor_descriptors(tmp_path: Path):
    write(tmp_path / "class", {f"bob/softmax-regression/{S}": CODE})
    place = tmp_path / "class/ada/softmax-regression"
    place.mkdir(parents=True)
    before = os.getcwd()
    try:
        os.chdir(place)
        for _ in range(600):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(before)
    found = collect([tmp_path / "class"], TOPICS)
    assert [one.student for one in found.submissions] == ["ada", "bob"]
    assert "too long or too deep" in found.submissions[0].problems[0].text.en


RESERVED = {
    "conftest.py": b"import os; os.system('touch ran')\n",
    "pytest.ini": b"[pytest]\naddopts = -p evil\n",
    "setup.cfg": b"[tool:pytest]\naddopts = --co\n",
    "pyproject.toml": b"[tool.pytest.ini_options]\naddopts = '--co'\n",
    "sitecustomize.py": b"open('ran', 'w')\n",
    "torch.py": b"open('ran', 'w')\n",
    "evil.pth": b"import os; open('ran', 'w')\n",
    "evil-1.0.dist-info/entry_points.txt": b"[pytest11]\nevil = evil\n",
    "torch/__init__.py": b"open('ran', 'w')\n",
    "json.py": b"open('ran', 'w')\n",
}
IGNORED_OR_PLAIN = {
    "results.json": b'{"points": 100}',
    "tests/test_x.py": b"open('ran', 'w')\n",
    "grading.yml": b"course: !!python/object/apply:os.system ['touch ran']\n",
    "topic.yml": b"!!python/object/new:os.system ['touch ran']\n",
    "model.pt": b"cos\nsystem\n(S'touch ran'\ntR.",
    "autograder.db": b"SQLite format 3\0",
    "expected.yml": b"!!python/object/apply:os.system ['touch ran']\n",
    ".collected.json": b'{"format": 1}',
    ".git/hooks/pre-commit": b"#!/bin/sh\ntouch ran\n",
    "Makefile": b"all:\n\ttouch ran\n",
}


@pytest.mark.parametrize("shape", ["folder", "zip", "tar"])
def test_files_named_to_be_picked_up_are_bytes_like_any_other(tmp_path: Path, shape: str, monkeypatch):
    files = {S: CODE, **RESERVED, **IGNORED_OR_PLAIN}
    pack = {"zip": zip_of, "tar": tar_of}.get(shape)
    if pack:
        root = write(tmp_path / "class", {"ada.zip": pack(files), f"bob/softmax-regression/{S}": CODE})
    else:
        root = write(tmp_path / "class", {f"ada/softmax-regression/{name}": data for name, data in files.items()})
    monkeypatch.chdir(root)
    with watching() as seen:
        found = collect([root], TOPICS)
        collected.write(found.submissions, tmp_path / "into", "test")
    assert (seen.started, seen.executed, seen.outside(tmp_path / "into")) == ([], [], [])
    assert not list(tmp_path.rglob("ran"))
    (ada,) = [one for one in found.submissions if one.student == "ada"]
    assert [(problem.code, problem.fatal) for problem in ada.problems] == [("shadows", False)]
    assert all(shadows(name) for name in RESERVED)
    assert {file.path: file.data for file in ada.files} == {
        name: data for name, data in files.items() if not name.startswith(".") and name != "expected.yml"
    }


def test_nothing_but_a_regular_file_is_read_whole(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match=r"not a regular file|Is a directory"):
            read_plain(path, MIB)
    assert read_plain(write(tmp_path, {"a": CODE}) / "a", 5) == CODE[:5]


def test_a_file_that_shrinks_or_vanishes_while_it_is_read_is_an_outcome(tmp_path: Path):
    root = write(tmp_path, {"a.py": CODE, "b.py": CODE})
    with open_folder(root, Caps()) as tree:
        os.truncate(root / "a.py", 3)
        (root / "b.py").unlink()
        files, flaws = read_files(tree.entries, Caps())
    assert [file.data for file in files] == [CODE[:3]]
    assert [flaw.code for flaw in flaws] == ["unreadable"]
