"""`otter run` on an equivalent one-question assignment without torch, where otter-grader is installed."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from benchmarks.measure import Samples

NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "a",
            "metadata": {},
            "outputs": [],
            "source": "import otter\ngrader = otter.Notebook()",
        },
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "b",
            "metadata": {},
            "outputs": [],
            "source": "def add(a, b):\n    return a + b",
        },
        {
            "cell_type": "code",
            "execution_count": None,
            "id": "c",
            "metadata": {},
            "outputs": [],
            "source": 'grader.check("q1")',
        },
    ],
    "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
TEST = """OK_FORMAT = True
test = {"name": "q1", "points": 6, "suites": [{"cases": [
    {"code": ">>> add(1, 2)\\n3", "hidden": False, "locked": False},
    {"code": ">>> add(2, 2)\\n4", "hidden": True, "locked": False}],
    "scored": True, "setup": "", "teardown": "", "type": "doctest"}]}
"""


def installed() -> bool:
    """Whether `otter` stands beside this Python."""
    return Path(sys.executable).with_name("otter").exists()


def report(count: int = 5) -> str:
    """One line with the CPU seconds of one submission."""
    if not installed():
        return "otter-grader is not installed (pip install 'autograder[otter]'): not measured"
    samples = Samples("otter run")
    import resource
    import time

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hw.ipynb").write_text(json.dumps(NOTEBOOK))
        with zipfile.ZipFile(folder / "autograder.zip", "w") as archive:
            archive.writestr("tests/q1.py", TEST)
            archive.writestr("otter_config.json", json.dumps({"show_stdout": False, "pdf": False}))
        for _ in range(count):
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            command = [Path(sys.executable).with_name("otter"), "run", "-a", "autograder.zip", "hw.ipynb"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            samples.wall_ms.append((time.perf_counter() - begun) * 1e3)
            samples.cpu_ms.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3)
            shutil.rmtree(folder / "results", ignore_errors=True)
    cpu, wall = statistics.median(samples.cpu_ms), statistics.median(samples.wall_ms)
    return f"otter run, one question, no torch: {cpu:.0f} ms CPU, {wall:.0f} ms wall (median of {count})"


if __name__ == "__main__":
    print(report())
