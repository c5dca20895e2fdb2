"""A command that has nobody to talk to still does its work and ends with the right exit code."""

from __future__ import annotations

import errno
import tempfile

import pytest

from autograder.cli import output
from autograder.cli.main import run


class Full:
    """A stream on a full disk."""

    encoding = "utf-8"

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def isatty(self) -> bool:
        return False


def test_talk_that_can_not_be_written_is_dropped(monkeypatch):
    monkeypatch.setattr("sys.stderr", Full())
    output.say("[7/90] ada, statistics: passed")


def test_a_fault_of_ours_that_can_not_be_told_is_still_an_exit_code(monkeypatch, tmp_path):
    def fail(*_: object) -> object:
        raise RuntimeError("broken")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("autograder.cli.main.cli.main", fail)
    monkeypatch.setattr("sys.stderr", Full())
    assert run(["list"]) == output.OUR_FAULT
    assert run(["list"], debug=True) == output.OUR_FAULT


@pytest.mark.parametrize("words", [["list", "--nonsense"], ["grade", "--resume", "x"]])
def test_a_wrong_use_that_can_not_be_told_is_still_an_exit_code(monkeypatch, words):
    monkeypatch.setattr("sys.stderr", Full())
    assert run(words) == output.WRONG_USE
