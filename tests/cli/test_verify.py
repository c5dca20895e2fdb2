"""`verify` on a course of one topic: proof, mutants, memory, page. Everything runs through the wall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.cli.main import run
from autograder.course.scaffold import NewTopic, new_topic
from autograder.course.stubs import write_stubs
from autograder.engine.local import LocalEngine
from autograder.errors import AutograderError

SOLUTION = "solutions/01_twice_plus_one/twice_plus_one.py"
DECLARED = "solutions/01_twice_plus_one/equivalent.yml"
UNNOTICED = "twice_plus_one: doubled.clone() + 1 -> doubled + 1"


class Author:
    """Somebody who proves the course again and again; `runs` is how many runs the last command needed."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.root, self.runs, self._capfd = root, 0, capfd
        submit = LocalEngine.submit

        def counted(engine: LocalEngine, spec: dict[str, Any], **options: float) -> Any:
            self.runs += 1
            return submit(engine, spec, **options)

        monkeypatch.setattr(LocalEngine, "submit", counted)
        monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))

    def verify(self, *words: str) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        self.runs = 0
        code = run(["verify", "--course", str(self.root), "--seeds", "1", "-j", "1", *words])
        said = self._capfd.readouterr()
        return code, said.out, said.err

    def answer(self, *words: str) -> tuple[int, dict[str, Any]]:
        """Exit code, and what `--json` says about the topic."""
        code, out, _ = self.verify("--json", *words)
        (topic,) = json.loads(out)
        return code, topic

    def replace(self, name: str, old: str, new: str, count: int = -1) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")


def refuse(*_: object, **__: object) -> None:
    raise AutograderError("nothing should be run")


@pytest.fixture
def author(tmp_path, monkeypatch, capfd) -> Author:
    root = tmp_path / "course"
    root.mkdir()
    grading = root / "grading.yml"
    grading.write_text("course: {en: Small, zh: 小}\ntopics:\n  - {topic: none}\n", encoding="utf-8")
    new_topic(root, NewTopic("twice-plus-one", "Twice plus one", "二倍加一", 1))
    grading.write_text(grading.read_text(encoding="utf-8").replace("  - {topic: none}\n", ""), encoding="utf-8")
    made = Author(root, monkeypatch, capfd)
    made.replace(SOLUTION, "    return 2 * x + 1\n", "    doubled = 2 * x\n    return doubled.clone() + 1\n")
    write_stubs(root)
    return made


def test_a_course_is_proven_its_mutants_tried_and_all_of_it_remembered(author):
    code, topic = author.answer("--mutate", "--html", str(author.root / "out" / "proof.html"))
    mutation = topic["mutation"]
    assert topic["proven"]
    assert topic["faults"] == []
    assert [each["change"] for each in mutation["survivors"]] == [UNNOTICED]
    assert (mutation["made"] - 1, mutation["survived"]) == (mutation["caught"], 1)
    assert mutation["tasks"]["twice_plus_one"]["made"] == mutation["made"] == 12
    assert (mutation["enough"], code) == (False, 1)
    page = (author.root / "out" / "proof.html").read_text(encoding="utf-8")
    assert "adds_first" in page
    assert "doubled.clone() + 1 -&gt; doubled + 1" in page
    assert author.runs > 25

    assert author.answer("--mutate") == (1, topic)  # the same to the last digit
    assert author.runs == 0

    (author.root / DECLARED).write_text(
        f'- {{change: "{UNNOTICED}", reason: "2 * x is new already"}}\n', encoding="utf-8"
    )
    author.replace("exercises/01_twice_plus_one/README.md", "#", "# Better prose:")
    code, out, err = author.verify("--mutate")
    assert (code, author.runs) == (0, 0)
    assert "✓ enough" in out
    assert "all from memory" in err
    assert "runs were taken from memory" in err

    code, topic = author.answer("--mutants", "5")
    assert (code, author.runs) == (0, 0)
    assert topic["mutation"]["made"] == 6  # and the one that is declared
    assert topic["mutation"]["left_out"] == mutation["made"] - 6


def test_only_what_has_changed_is_run_and_a_fault_is_never_remembered(author):
    assert author.answer()[0] == 0
    author.replace("solutions/01_twice_plus_one/mistakes/adds_first.py", "TRIPS = [", "ALSO = []\nTRIPS = [")
    assert (author.answer()[0], author.runs) == (0, 0)  # the file a student would hand in is the same
    author.replace("solutions/01_twice_plus_one/mistakes/adds_first.py", "2 * (x + 1)", "2 * x + 1")
    for _ in range(2):
        code, topic = author.answer()
        assert (code, author.runs) == (1, 1)
        assert "should catch it" in topic["faults"][0]


def test_a_mistake_faces_what_it_can_change_or_everything_on_request(author):
    check = "exercises/01_twice_plus_one/test_twice_plus_one.py"
    author.replace(
        check, "from autograder", "from autograder.checks import compare as comparing\nfrom autograder", count=1
    )
    unmoved = (
        '@check("twice_plus_one.alone", hint="a", zh="b")\ndef test_alone(submission):\n    comparing.equal(1, 1)\n'
    )
    (author.root / check).write_text((author.root / check).read_text() + "\n\n" + unmoved)

    def faced(*words: str) -> set[str]:
        code, topic = author.answer(*words)
        assert code == 1
        assert any("twice_plus_one.alone: no mistake trips it" in fault for fault in topic["faults"])
        return {name for run in topic["runs"] if run["kind"] == "mistake" for name in run["checks"]}

    narrow = faced()
    assert narrow
    assert faced("--every-check") == narrow | {"twice_plus_one.alone"}


def test_everything_is_run_again_on_request(author, monkeypatch):
    assert author.answer()[0] == 0
    monkeypatch.setattr(LocalEngine, "submit", refuse)
    assert author.answer()[0] == 0
    assert author.verify("--again")[0] == 3


def test_an_entry_of_equivalent_yml_that_matches_nothing_is_said_before_anything_is_run(author):
    (author.root / DECLARED).write_text('- {change: "f: a -> b", reason: "no one can tell"}\n', encoding="utf-8")
    code, _, err = author.verify("--mutants", "1")
    assert (code, author.runs) == (2, 0)
    assert f"{DECLARED}:1:12: no change of the solution is called 'f: a -> b'" in err


def test_a_solution_that_is_wrong_has_no_mutants(author):
    author.replace(SOLUTION, "doubled = 2 * x", "doubled = 3 * x")
    code, topic = author.answer("--mutate")
    assert code == 1
    assert topic["mutation"]["made"] == 0
    assert topic["mutation"]["faults"] == ["no mutants: the solution itself does not pass every check"]


def test_a_page_that_cannot_be_written_is_said_before_anything_is_run(author):
    (author.root / "file").write_text("")
    code, _, err = author.verify("--html", str(author.root / "file" / "proof.html"))
    assert (code, author.runs) == (2, 0)
    assert "the page can't be written" in err
