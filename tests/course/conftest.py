"""A small course of two topics, written anew for every test."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

GRADING = """\
course: {en: "Small course", zh: "小课程"}
topics:
  - {topic: first-steps}
  - {topic: second-steps, weight: 2, due: 2027-03-07T23:59:00+08:00}
"""

TOPIC = """\
title: {{en: "{title}", zh: "标题"}}
needs: [{needs}]
tasks:
  - {{name: double, points: 60, title: {{en: "Double", zh: "加倍"}}}}
  - {{name: halve, points: 40, title: {{en: "Halve", zh: "减半"}}}}
"""

MASTER = '''\
"""Two functions."""

import torch


def double(x: torch.Tensor) -> torch.Tensor:
    """Twice x."""
    # answer
    scaled = x.clone().mul(2)
    return scaled.contiguous()
    # end answer


def halve(x: torch.Tensor) -> torch.Tensor:
    """Half of x."""
    # answer
    return x.div(2).clone()
    # end answer
'''

VISIBLE = """\
from autograder.checks.marks import check


@check("double.example", hint="Twice.", zh="两倍。")
def test_double(submission):
    assert submission.double(2) == 4


@check("halve.example", hint="Half.", zh="一半。")
def test_halve(submission):
    assert submission.halve(4) == 2
"""

HIDDEN = """\
from autograder.checks.marks import check


@check("double.value", hint="Twice of anything.", zh="任何数的两倍。")
def test_double_of_large_numbers(submission):
    assert submission.double(4021) == 8042


@check("halve.value", hint="Half of anything.", zh="任何数的一半。", needs=["double.value"])
def test_halve_of_large_numbers(submission):
    assert submission.halve(8042) == 4021
"""

MISTAKE = '''\
"""Believes that doubling adds two."""

TRIPS = ["double.value"]


def double(x):
    return x + 2
'''

ACCEPTED = """\
def double(x):
    return x + x
"""


class SmallCourse:
    """The folder of a course; files are named by their path in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dedent(text).encode())
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> None:
        self.write(name, self.read(name) + text)

    def tree(self, name: str = ".") -> dict[str, bytes]:
        """Every file below a folder, to see what changed."""
        folder = self.root / name
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def course(tmp_path: Path) -> SmallCourse:
    from autograder.course.stubs import write_stubs

    made = SmallCourse(tmp_path / "course")
    made.write("grading.yml", GRADING)
    for number, module, needs in ((1, "first_steps", ""), (2, "second_steps", "first-steps")):
        exercise, solution = f"exercises/{number:02}_{module}", f"solutions/{number:02}_{module}"
        made.write(f"{exercise}/topic.yml", TOPIC.format(title=module, needs=needs))
        made.write(f"{exercise}/README.md", f"# {module}\n\nDouble and halve.\n")
        made.write(f"{exercise}/README.zh.md", f"# {module}\n\n加倍与减半。\n")
        made.write(f"{exercise}/test_{module}.py", VISIBLE)
        made.write(f"{solution}/{module}.py", MASTER)
        made.write(f"{solution}/test_{module}_hidden.py", HIDDEN)
        made.write(f"{solution}/mistakes/adds_two.py", MISTAKE)
        made.write(f"{solution}/accepted/by_adding.py", ACCEPTED)
        made.write(f"{solution}/NOTES.md", "# Notes\n\nThe numbers are large so that nobody guesses them.\n")
    write_stubs(made.root)
    return made
