"""A course of two tiny topics, and a class of submissions whose outcomes are known beforehand."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

TALLY, FORKING = "tally", "forking"
GRADING = """course: {en: "Faults", zh: "故障"}
limits: {cpu_s: 1, wall_s: 60, memory_mb: 256, output_kb: 256}
topics:
  - {topic: tally}
  - {topic: forking}
"""
TOPIC = """title: {{en: "{slug}", zh: "{slug}"}}
tasks:
  - {{name: {slug}, points: 100, title: {{en: "{slug}", zh: "{slug}"}}}}
limits: {{processes: {processes}}}
"""
VISIBLE = """from autograder.checks import compare
from autograder.checks.marks import check


@check("{slug}.example", hint="Read the text.", zh="请读题。")
def test_example(submission):
    compare.equal(submission.{slug}([1, 2, 3]), 6)
"""
# The poison is a fault of the course on purpose: a check that takes its own grader process down.
HIDDEN = """import os
import signal

from autograder.checks import compare, source_rules
from autograder.checks.marks import check


@check("{slug}.value", hint="Add them all.", zh="全部相加。")
def test_value(submission, draw):
    values = [draw.size(1, 1000) for _ in range(20)]
    compare.equal(submission.{slug}(values), sum(values))


@check("{slug}.empty", hint="Nothing adds up to nothing.", zh="空列表之和为零。")
def test_empty(submission):
    compare.equal(submission.{slug}([]), 0)


@check("{slug}.imports", hint="No ctypes.", zh="不要使用 ctypes。")
def test_imports(submission):
    source_rules.forbid_imports(submission.source, {{"ctypes"}})


@check("{slug}.poison", hint="None.", zh="无。")
def test_poison(submission):
    if "POISON kill" in submission.source:
        os.kill(os.getpid(), signal.SIGKILL)
    if "POISON exit" in submission.source:
        os._exit(0)
"""
GOOD = "def {slug}(values):\n    return sum(values)\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of submission: its file, and the outcome and points it must come to. Of 10,000, `share` are such."""

    share: float
    outcome: str
    points: float
    text: str = GOOD
    name: str = "{slug}.py"
    topic: str = TALLY


KINDS: Mapping[str, Kind] = {
    "poison": Kind(2, "internal", 0, "# POISON kill\n" + GOOD),
    "exit": Kind(2, "internal", 0, "# POISON exit\n" + GOOD),
    "good": Kind(5676, "passed", 100),
    "wrong": Kind(1500, "failed", 60, "def {slug}(values):\n    return sum(values[:-1])\n"),
    "stub": Kind(500, "failed", 40, "def {slug}(values):\n    raise NotImplementedError\n"),
    "leaves": Kind(300, "crash", 0, "import os\ndef {slug}(values):\n    os._exit(3)\n"),
    "aborts": Kind(100, "crash", 0, "import os\ndef {slug}(values):\n    os.abort()\n"),
    "forbidden": Kind(300, "forbidden", 80, "import ctypes\n" + GOOD),
    "memory": Kind(150, "memory", 40, "def {slug}(values):\n    return len(bytearray(2 << 30))\n"),
    "flood": Kind(100, "output", 0, 'def {slug}(values):\n    print("x" * (1 << 20))\n    return sum(values)\n'),
    "loop": Kind(20, "cpu", 0, "def {slug}(values):\n    while True:\n        pass\n"),
    "syntax": Kind(250, "failed", 0, "def {slug}(values)\n    return sum(values)\n"),
    "binary": Kind(100, "failed", 0, "\0\x01\x02{slug}"),
    "empty": Kind(150, "failed", 0, ""),
    "misnamed": Kind(250, "failed", 0, name="essay.txt"),
    "forks": Kind(
        600,
        "passed",
        100,
        "import os\ndef {slug}(values):\n    pid = os.fork()\n    if pid == 0:\n        os._exit(0)\n"
        "    os.waitpid(pid, 0)\n    return sum(values)\n",
        topic=FORKING,
    ),
}


# For a stand-in of the grader process that knows nothing of checks (tests/faults/light_worker.py).
LIGHT: Mapping[str, Kind] = {
    **{name: KINDS[name] for name in ("poison", "good", "wrong", "misnamed")},
    "forks": replace(KINDS["forks"], share=2000),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What must stand in the database for one student."""

    topic: str
    kind: str
    outcome: str
    points: float


def make_course(root: Path) -> None:
    """exercises/ and solutions/ of both topics."""
    files = {"grading.yml": GRADING}
    for number, (slug, processes) in enumerate(((TALLY, 0), (FORKING, 2)), 1):
        exercise, solution = f"exercises/{number:02}_{slug}", f"solutions/{number:02}_{slug}"
        master = f"def {slug}(values):\n    # answer\n    return sum(values)\n    # end answer\n"
        files |= {
            f"{exercise}/topic.yml": TOPIC.format(slug=slug, processes=processes),
            f"{exercise}/README.md": f"# {slug}\n",
            f"{exercise}/README.zh.md": f"# {slug}\n",
            f"{exercise}/{slug}.py": f"def {slug}(values):\n    raise NotImplementedError\n",
            f"{exercise}/test_{slug}.py": VISIBLE.format(slug=slug),
            f"{solution}/{slug}.py": master,
            f"{solution}/test_{slug}_hidden.py": HIDDEN.format(slug=slug),
            f"{solution}/NOTES.md": "# Notes\n",
        }
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def make_class(inbox: Path, count: int, dice: random.Random, kinds: Mapping[str, Kind] = KINDS) -> dict[str, Expected]:
    """Hand in `count` submissions, each of a student of its own; what must become of them by student."""
    names = [name for name, kind in kinds.items() for _ in range(max(1, round(kind.share * count / 10_000)))]
    names = (names + ["good"] * count)[:count]
    dice.shuffle(names)
    expected = {}
    for number, name in enumerate(names):
        kind, student = kinds[name], f"s{number:05}"
        place = inbox / student / kind.topic
        place.mkdir(parents=True)
        (place / kind.name.format(slug=kind.topic)).write_text(kind.text.format(slug=kind.topic))
        expected[student] = Expected(kind.topic, name, kind.outcome, kind.points)
    return expected


def forking_share(kinds: Mapping[str, Kind]) -> float:
    """Which share of the class has control groups; it is graded last."""
    return sum(kind.share for kind in kinds.values() if kind.topic == FORKING) / 10_000
