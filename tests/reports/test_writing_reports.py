"""A report is written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import made_up_class as made
import pytest

from autograder.errors import AutograderError, UsageError
from autograder.model.result import TopicResult
from autograder.reports.gradebook import Gradebook
from autograder.reports.write import write_reports


@pytest.fixture(scope="module")
def small() -> tuple[Gradebook, list[TopicResult]]:
    entry = made.graded("ada", "tensor-basics", (made.check("value", "make_grid"),))
    return made.gradebook([entry]), [entry.result]


def found(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_report_is_written_with_the_class_page_first(tmp_path: Path, small: tuple[Gradebook, list[TopicResult]]):
    target = tmp_path / "deep" / "report"
    written = write_reports(*small, target)
    assert written[0] == target / "staff/index.html"
    assert found(target) == {path.relative_to(target).as_posix() for path in written} | {".autograder-report"}
    assert [path.name for path in target.parent.iterdir()] == ["report"]


def test_only_the_formats_asked_for_are_written(tmp_path: Path, small: tuple[Gradebook, list[TopicResult]]):
    write_reports(*small, tmp_path / "r", formats=["csv"])
    assert found(tmp_path / "r") == {"staff/gradebook.csv", "staff/results.csv", ".autograder-report"}


def test_a_new_report_replaces_the_old_one_whole(tmp_path: Path, small: tuple[Gradebook, list[TopicResult]]):
    write_reports(*small, tmp_path / "r")
    write_reports(*small, tmp_path / "r", formats=["json"])
    assert found(tmp_path / "r") == {"staff/report.json", ".autograder-report"}


@pytest.mark.parametrize("name", ["notes.txt", "students/essay.txt", ".git/config"])
def test_a_folder_with_other_files_is_never_touched(
    tmp_path: Path, small: tuple[Gradebook, list[TopicResult]], name: str
):
    target = tmp_path / "r"
    write_reports(*small, target)
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_text("mine")
    before = found(target)
    with pytest.raises(UsageError, match=r"holds files that no report has written(.|\n)*nothing was changed"):
        write_reports(*small, target)
    assert found(target) == before


def test_a_file_in_the_way_is_said(tmp_path: Path, small: tuple[Gradebook, list[TopicResult]]):
    (tmp_path / "r").write_text("mine")
    with pytest.raises(UsageError, match="is a file, not a folder"):
        write_reports(*small, tmp_path / "r")
    with pytest.raises(AutograderError, match="no report was written"):
        write_reports(*small, tmp_path / "r" / "below")


def test_an_empty_folder_is_used(tmp_path: Path, small: tuple[Gradebook, list[TopicResult]]):
    (tmp_path / "r").mkdir()
    assert write_reports(*small, tmp_path / "r")


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "Input/output")]
)
def test_a_full_or_read_only_disk_leaves_the_old_report_as_it_was(
    tmp_path: Path,
    small: tuple[Gradebook, list[TopicResult]],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
):
    target = tmp_path / "r"
    write_reports(*small, target, formats=["csv"])
    before = {name: (target / name).read_bytes() for name in found(target)}
    real, calls = Path.write_bytes, []

    def refusing(path: Path, data: bytes) -> int:
        calls.append(path)
        if len(calls) == 3:
            raise OSError(number, os.strerror(number))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", refusing)
    with pytest.raises(AutograderError, match=words) as failure:
        write_reports(*small, target)
    assert failure.value.exit_code == 3
    assert {name: (target / name).read_bytes() for name in found(target)} == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_if_the_last_move_fails_the_old_report_is_put_back(
    tmp_path: Path, small: tuple[Gradebook, list[TopicResult]], monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "r"
    write_reports(*small, target, formats=["csv"])
    before = found(target)
    real = Path.rename

    def refusing(path: Path, to: Path) -> Path:
        if path.name == "new":
            raise OSError(errno.EIO, "no")
        return real(path, to)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(AutograderError):
        write_reports(*small, target)
    assert found(target) == before


def test_an_unknown_format_names_the_known_ones(tmp_path: Path, small: tuple[Gradebook, list[TopicResult]]):
    with pytest.raises(UsageError, match=r"pdf(.|\n)*html, csv, json"):
        write_reports(*small, tmp_path / "r", formats=["pdf"])
    assert not (tmp_path / "r").exists()
