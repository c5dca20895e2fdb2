"""The topics that are proven this time."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import rotation

NAMES = [f"topic-{letter}" for letter in "abcdefg"]


class Repository:
    def __init__(self, root: Path) -> None:
        self.root = root
        for number, name in enumerate(NAMES):
            for side in ("exercises", "solutions"):
                self.write(f"{side}/{number:02}_{name.replace('-', '_')}/README.md")

    def write(self, name: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{path.stat().st_size if path.exists() else 0}")

    def git(self, *words: str) -> None:
        who = ("-c", "user.name=ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *words], cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Repository:
    monkeypatch.delenv(rotation.VARIABLE, raising=False)
    made = Repository(tmp_path / "course")
    made.git("init", "-q")
    made.commit()
    made.commit()
    return made


def test_three_commits_one_after_the_other_prove_every_topic(repository):
    proven = []
    for _ in range(3):
        repository.commit()
        assert len(rotation.chosen(repository.root)) in (2, 3)
        proven += rotation.chosen(repository.root)
    assert sorted(proven) == NAMES


def test_the_same_commit_proves_the_same_topics(repository):
    assert rotation.chosen(repository.root) == rotation.chosen(repository.root)


def test_what_the_last_commit_touched_is_proven_and_what_was_touched_since(repository):
    assert rotation.changed(repository.root) == set()
    repository.write("solutions/01_topic_b/mistakes/new.py")
    assert rotation.changed(repository.root) == {"topic-b"}
    repository.commit()
    repository.write("exercises/04_topic_e/README.md")
    repository.write("docs/authors.md")
    assert rotation.changed(repository.root) == {"topic-b", "topic-e"}
    assert {"topic-b", "topic-e"} <= set(rotation.chosen(repository.root))
    repository.commit()
    assert rotation.changed(repository.root) == {"topic-e"}


def test_a_first_commit_and_a_history_that_is_cut_off_are_no_trouble(repository, tmp_path):
    single = Repository(tmp_path / "single")
    single.git("init", "-q")
    single.commit()
    assert rotation.chosen(single.root)
    repository.git("clone", "-q", "--depth", "1", repository.root.as_uri(), str(tmp_path / "shallow"))
    assert rotation.chosen(tmp_path / "shallow")


def test_without_a_history_every_topic_is_proven(tmp_path, monkeypatch):
    monkeypatch.delenv(rotation.VARIABLE, raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    Repository(tmp_path / "course")
    assert rotation.chosen(tmp_path / "course") == NAMES


def test_one_variable_proves_all_or_some(repository, monkeypatch):
    monkeypatch.setenv(rotation.VARIABLE, "all")
    assert rotation.chosen(repository.root) == NAMES
    assert rotation.said(repository.root) == "course proof: every topic"
    monkeypatch.setenv(rotation.VARIABLE, "topic-a,topic-c")
    assert rotation.said(repository.root) == (
        "course proof: 2 of 7 topics: topic-a, topic-c; AUTOGRADER_PROVE=all proves every one"
    )
