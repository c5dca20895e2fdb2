"""The shipped course proves itself on one seed; `autograder verify` proves it on three, or on as many as asked for."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.cli import main

ROOT = Path(__file__).resolve().parents[1]


def test_every_topic_is_proven(capfd):
    code = main.run(["verify", "--course", str(ROOT), "--seeds", "1", "--json"])
    proofs = json.loads(capfd.readouterr().out)
    assert [fault for proof in proofs for fault in proof["faults"]] == []
    assert {proof["topic"]: proof["proven"] for proof in proofs} == {
        folder.name[3:].replace("_", "-"): True for folder in (ROOT / "exercises").glob("[0-9][0-9]_*")
    }
    assert code == 0


def test_the_stubs_are_cut_from_their_solutions():
    assert main.run(["stubs", "--check", "--course", str(ROOT)]) == 0


def test_the_student_edition_holds_nothing_of_the_staff_side(tmp_path):
    assert main.run(["release", str(tmp_path / "edition"), "--course", str(ROOT), "--keys", str(tmp_path)]) == 0
    released = {path.name for path in (tmp_path / "edition").rglob("*")}
    assert "NOTES.md" not in released
    assert not any("hidden" in name for name in released)
