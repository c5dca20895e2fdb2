"""A tiny topic (3 functions, 6 checks) through the wall against a cold pytest process, interleaved in one run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.engine.worker import Worker
from autograder.model.course import Limits, Task
from autograder.model.job import Job, TopicSpec
from autograder.model.plain import from_plain
from autograder.model.result import TopicResult
from autograder.model.submission import SubmittedFile
from autograder.model.text import Text
from autograder.sandbox import backend
from autograder.sandbox.launcher import Zygote
from benchmarks.measure import HEADER, Samples, cpu_s

HERE = Path(__file__).parent / "toy"
GOOD = """import torch
# student {number}
def softmax(x):
    e = torch.exp(x - x.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)
def mse(p, y):
    return ((p - y) ** 2).mean()
def linear(x, w, b):
    return x @ w.T + b
"""
TASKS = tuple(Task(name, points, Text(name)) for name, points in (("softmax", 50.0), ("mse", 20.0), ("linear", 30.0)))
SPEC = TopicSpec("toy", "toy", TASKS, str(HERE / "test_toy.py"), (), "toy", Limits())
PASSES = {0: 6, 1: 5, 2: 5, 3: 4, 4: 6}


def source(number: int) -> str:
    """Five kinds of submission in turn: three of them with a mistake."""
    text = GOOD.format(number=number)
    kind = number % 5
    if kind == 1:
        text = text.replace("x - x.max(dim=-1, keepdim=True).values", "x")
    if kind == 2:
        text = text.replace(".mean()", ".sum()")
    if kind == 3:
        text = text.replace("return x @ w.T + b", "raise NotImplementedError")
    return text


def job(number: int) -> Job:
    files = (SubmittedFile("toy.py", source(number).encode()),)
    return Job(str(number), SPEC, f"student{number}", str(number), files, (), seed=number)


class Wall:
    """The grader process's own work: a warm worker and its zygote, in this process."""

    def __init__(self) -> None:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        self.zygote = Zygote()
        self.worker = Worker(self.zygote)
        backend.settle()

    def grade(self, number: int) -> tuple[int, float]:
        result: TopicResult = from_plain(TopicResult, self.worker.run(job(number)))
        return sum(check.outcome == "passed" for check in result.checks), 0.0


def cold(number: int) -> tuple[int, float]:
    """`python -m pytest` in a process of its own, no isolation."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "toy.py").write_text(source(number))
        shutil.copy(HERE / "cold_checks.py", Path(folder, "test_cold.py"))
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "-W", "ignore"]
        child = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        text = child.communicate()[0]
    return int(text.rpartition(" passed")[0].split()[-1] if " passed" in text else 0), 0.0


def run(count: int, cold_count: int) -> dict[str, Samples]:
    """Interleave the modes so that a busy moment of the machine meets all of them."""
    wall = Wall()
    with tempfile.TemporaryDirectory() as folder:
        stored = _storing(wall, Path(folder))
        modes: dict[str, tuple[Callable[[int], tuple[int, float]], int]] = {
            "through the wall, stored": (stored, count),
            "through the wall": (wall.grade, count),
            "cold python -m pytest, no wall": (cold, cold_count),
        }
        samples = {name: Samples(name) for name in modes}
        for mode, _ in modes.values():
            mode(0)
        for number in range(count):
            for name, (mode, wanted) in modes.items():
                if wanted < count and number % (count // wanted):
                    continue
                _sample(samples[name], mode, number)
    wall.worker.close()
    return samples


def _sample(samples: Samples, mode: Callable[[int], tuple[int, float]], number: int) -> None:
    cpu, begun = cpu_s(os.getpid()), time.perf_counter()
    passed, _ = mode(number)
    samples.wall_ms.append((time.perf_counter() - begun) * 1e3)
    samples.cpu_ms.append((cpu_s(os.getpid()) - cpu) * 1e3)
    if passed != PASSES[number % 5]:
        raise SystemExit(f"wrong result: {samples.name}, submission {number}: {passed} checks passed")


def _storing(wall: Wall, folder: Path) -> Callable[[int], tuple[int, float]]:
    from autograder.store.store import Store

    store = Store.open(folder / "results.db")
    run_number = store.start_run({}, datetime.now(UTC).isoformat())

    def grade(number: int) -> tuple[int, float]:
        work = replace(job(number), student=f"stored{number}")
        result: TopicResult = from_plain(TopicResult, wall.worker.run(work))
        store.save(result, run_number, datetime.now(UTC).isoformat())
        return sum(check.outcome == "passed" for check in result.checks), 0.0

    return grade


def report(count: int = 200, cold_count: int = 25) -> str:
    """The table, in Markdown."""
    samples = run(count, cold_count)
    base = samples["cold python -m pytest, no wall"]
    return "\n".join([HEADER, *(sample.row(base) for sample in samples.values())])


if __name__ == "__main__":
    print(report())
