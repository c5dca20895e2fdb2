"""The shipped course proves itself on one seed: a third of its topics, and those that have changed (rotation.py).

`autograder verify` proves it on three seeds, or on as many as asked for.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rotation

from autograder.cli import main

ROOT = Path(__file__).resolve().parents[1]
TOPICS = rotation.chosen(ROOT)


def test_the_topics_whose_turn_it_is_are_proven(capfd, tmp_path, monkeypatch):
    if not TOPICS:
        pytest.skip("no topic has its turn")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # nothing is remembered
    code = main.run(["verify", "--course", str(ROOT), "--seeds", "1", "--json", *TOPICS])
    proofs = json.loads(capfd.readouterr().out)
    assert [f"{proof['topic']}: {fault}" for proof in proofs for fault in proof["faults"]] == []
    assert {proof["topic"]: proof["proven"] for proof in proofs} == dict.fromkeys(TOPICS, True)
    assert code == 0


def test_every_topic_of_the_course_is_listed(capfd):
    assert main.run(["list", "--course", str(ROOT), "--json"]) == 0
    listed = json.loads(capfd.readouterr().out)["topics"]
    assert sorted(each["topic"] for each in listed) == sorted(rotation.topics(ROOT))


def test_the_stubs_are_cut_from_their_solutions():
    assert main.run(["stubs", "--check", "--course", str(ROOT)]) == 0


def test_the_student_edition_holds_nothing_of_the_staff_side(tmp_path):
    assert main.run(["release", str(tmp_path / "edition"), "--course", str(ROOT), "--keys", str(tmp_path)]) == 0
    released = {path.name for path in (tmp_path / "edition").rglob("*")}
    assert "NOTES.md" not in released
    assert not any("hidden" in name for name in released)
