"""A course of two topics without solutions, and a student's turn at the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STUB = "def f(x):\n    raise NotImplementedError\n"
DONE = "def f(x):\n    return x\n"
GRADING = """
course: {en: "Small course", zh: "小课程"}
submit_to: drop
topics:
  - {topic: tensor-basics, due: 2027-03-07T23:59:00+08:00}
  - {topic: softmax-regression, due: 2020-03-07T23:59:00+08:00}
"""
TOPIC = """
title: {{en: "About {module}", zh: "关于 {module}"}}
needs: [{needs}]
tasks: [{{name: f, points: 100, title: {{en: f, zh: f}}}}]
"""


def make_course(root: Path) -> Path:
    for folder, module, needs in (("02", "tensor_basics", ""), ("13", "softmax_regression", "tensor-basics")):
        place = root / "exercises" / f"{folder}_{module}"
        place.mkdir(parents=True)
        (place / f"{module}.py").write_text(STUB)
        (place / "README.md").write_text("# Read me\n")
        (place / "README.zh.md").write_text("# 读我\n")
        (place / f"test_{module}.py").write_text("")
        (place / "topic.yml").write_text(TOPIC.format(module=module, needs=needs), encoding="utf-8")
    (root / "grading.yml").write_text(GRADING, encoding="utf-8")
    return root


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    """Exit code, stdout, stderr of a command run in this process."""
    from autograder.cli.main import main

    with pytest.raises(SystemExit) as end:
        main([str(arg) for arg in args])
    captured = capsys.readouterr()
    return int(end.value.code or 0), captured.out, captured.err


def in_child(code: str, *args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Python source run in a fresh interpreter that writes no caches."""
    command = [sys.executable, "-B", "-c", code, *map(str, args)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=60)
