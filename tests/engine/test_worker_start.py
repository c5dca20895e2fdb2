"""A grader process that can't get ready says why it is not its own fault, or ends so that another one is tried."""

from __future__ import annotations

import io
import json

import pytest

from autograder.engine import worker
from autograder.errors import IsolationError, Shortage, WorkerLost


def failing(monkeypatch, fault: Exception) -> io.StringIO:
    def refuse(*_: object) -> object:
        raise fault

    monkeypatch.setattr(worker, "sandboxes", refuse)
    return io.StringIO()


def test_a_machine_without_the_wall_is_refused_for_good(monkeypatch):
    pipe = failing(monkeypatch, IsolationError("no user namespaces"))
    worker.serve("wall", "cpu", [], io.StringIO(), pipe)
    assert json.loads(pipe.getvalue()) == {"refused": "no user namespaces", "short": False}


def test_a_shortage_is_said_to_be_one(monkeypatch):
    pipe = failing(monkeypatch, Shortage("Too many open files"))
    worker.serve("wall", "cpu", [], io.StringIO(), pipe)
    assert json.loads(pipe.getvalue())["short"] is True


def test_a_zygote_that_was_lost_at_the_start_is_tried_again_elsewhere(monkeypatch):
    pipe = failing(monkeypatch, WorkerLost("it ended", where="zygote"))
    with pytest.raises(SystemExit, match="could not get ready: zygote: it ended"):
        worker.serve("wall", "cpu", [], io.StringIO(), pipe)
    assert pipe.getvalue() == ""
