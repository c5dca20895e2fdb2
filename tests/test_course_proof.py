"""The shipped course proves itself on one seed; `autograder verify` proves it on three, or on as many as asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.cli import main

ROOT = Path(__file__).resolve().parents[1]
TOPICS = sorted(path.name[3:].replace("_", "-") for path in (ROOT / "exercises").glob("[0-9][0-9]_*"))

pytestmark = pytest.mark.xdist_group("proof")


@pytest.fixture(scope="module")
def proofs(capfd_module: pytest.CaptureFixture[str]) -> dict[str, dict]:
    assert main.run(["verify", "--course", str(ROOT), "--seeds", "1", "--json"]) in (0, 1)
    return {proof["topic"]: proof for proof in json.loads(capfd_module.readouterr().out)}


@pytest.fixture(scope="module")
def capfd_module(request: pytest.FixtureRequest):
    """pytest's own capture of file descriptors, for a whole module."""
    from _pytest.capture import CaptureFixture, FDCapture

    capture = CaptureFixture(FDCapture, request, _ispytest=True)
    capture._start()
    yield capture
    capture.close()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_proven(topic, proofs):
    assert proofs[topic]["faults"] == []
    assert proofs[topic]["proven"]


def test_the_stubs_are_cut_from_their_solutions(capsys):
    assert main.run(["stubs", "--check", "--course", str(ROOT)]) == 0


def test_the_student_edition_holds_nothing_of_the_staff_side(tmp_path):
    assert main.run(["release", str(tmp_path / "edition"), "--course", str(ROOT)]) == 0
    released = {path.name for path in (tmp_path / "edition").rglob("*")}
    assert "NOTES.md" not in released
    assert not any("hidden" in name for name in released)
